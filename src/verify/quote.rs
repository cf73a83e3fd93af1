//! Whether somebody's words are still given as somebody's words.
//!
//! In: a French segment and its English. Out: a warning where a quotation lost its marks, gained marks or changed its
//! speaker; an error where it vanished, marks and content. A word or two held with tongs (irony, titles) may lose their
//! marks in silence.
//!
//! A quotation is what stands between `« »`, `“ ”`, `" "`, or `‘ ’` and `' '` where they are no apostrophes; nested ones
//! belong to the outermost. One that does not end runs to the end of the segment, one that does not begin from its
//! start: quotations run over paragraphs, and English opens each paragraph anew.
//!
//! # Not done
//! That a quotation says the same: its figures and names are compared, its other words are not.

use super::reading::{Reading, Side};
use crate::align::answered;
use crate::finding::{Code, Finding, Spot};
use crate::span::Span;

/// A quotation of at least this many words is somebody's speech; a shorter one may be a title or a word held with tongs.
const SPEECH: usize = 5;

/// Of so many content words some would be known on the other side, were they there.
const TELLING: usize = 4;

/// Checks the quotations of one segment against its translation.
#[must_use]
pub fn check(source: &str, target: &str) -> Vec<Finding> {
    of(&Reading::new(source, target))
}

/// The same of a segment that has been read.
pub(super) fn of(reading: &Reading<'_>) -> Vec<Finding> {
    let (source, target) = (reading.source.text, reading.target.text);
    let french = quotations(source);
    let english = quotations(target);
    if target.trim().is_empty() || (french.is_empty() && english.is_empty()) {
        return Vec::new();
    }
    if french.is_empty() {
        return gained(source, target, &english);
    }
    let matched = matches(source, target, &french, &english);
    let mut findings = Vec::new();
    for (quotation, found) in french.iter().zip(&matched) {
        if found.is_some() {
            continue;
        }
        let words = content(source, *quotation);
        let (of, known) = answered(words, target);
        let spot = Some(Spot::new(source, *quotation));
        if of >= TELLING && known == 0 {
            let message = "this quotation is not in the English, neither its marks nor its words";
            findings.push(Finding::new(Code::QuoteMissing, spot, None, message));
        } else if count(words) >= SPEECH {
            let message = "the French gives this as a quotation, the English has no quotation marks for it";
            findings.push(Finding::new(Code::QuoteAltered, spot, None, message).as_warning());
        }
    }
    findings.extend(other_speaker(
        &reading.source,
        &reading.target,
        &french,
        &english,
        &matched,
    ));
    findings
}

/// The words of a quotation without its marks.
fn content(text: &str, quotation: Span) -> &str {
    quotation
        .of(text)
        .trim_matches(|c: char| is_mark(c) || c.is_whitespace())
}

fn is_mark(c: char) -> bool {
    matches!(
        c,
        '«' | '»' | '“' | '”' | '"' | '„' | '‘' | '’' | '\'' | '‹' | '›'
    )
}

fn count(text: &str) -> usize {
    text.split_whitespace()
        .filter(|word| word.contains(char::is_alphabetic))
        .count()
}

/// The outermost quotations of a text, marks included, in reading order.
fn quotations(text: &str) -> Vec<Span> {
    let mut found: Vec<Span> = Vec::new();
    // Where the outermost begins, the mark that ends it, and how many of its kind are open within.
    let mut open: Option<(usize, char, usize)> = None;
    for (at, c) in text.char_indices().filter(|(_, c)| is_mark(*c) || *c == '`') {
        let end = at + c.len_utf8();
        let before = text[..at].chars().next_back().unwrap_or(' ');
        let next = text[end..].chars().next().unwrap_or(' ');
        let opens_word = !before.is_alphanumeric() && (next.is_alphabetic() || is_mark(next));
        let closes_word = !before.is_whitespace() && !next.is_alphanumeric();
        // Within a word it is an apostrophe, be it a careless one: `n"était`.
        let elides = matches!(c, '"' | '\'' | '’') && before.is_alphanumeric() && next.is_alphanumeric();
        match open {
            _ if elides => {}
            Some((start, closing, depth)) => {
                let opening = opening_of(closing);
                if c == opening && opening != closing {
                    open = Some((start, closing, depth + 1));
                } else if (c == closing || (closing == '’' && c == '\''))
                    && (!matches!(c, '’' | '\'') || closes_word)
                {
                    if depth > 0 {
                        open = Some((start, closing, depth - 1));
                    } else {
                        found.push(Span::new(start, end));
                        open = None;
                    }
                }
            }
            None => match c {
                '«' => open = Some((at, '»', 0)),
                '“' => open = Some((at, '”', 0)),
                '„' => open = Some((at, '“', 0)),
                // After a digit it is a measure: `12"`.
                '"' if !before.is_ascii_digit()
                    && !before.is_alphanumeric()
                    && !next.is_whitespace()
                    && at + 1 < text.len() =>
                {
                    open = Some((at, '"', 0));
                }
                // Careless typing parts it from what it opens.
                '"' if before.is_whitespace() && found.is_empty() && text[end..].contains('"') => {
                    open = Some((at, '"', 0));
                }
                '‘' | '`' if opens_word => open = Some((at, '’', 0)),
                '\'' if opens_word => open = Some((at, '\'', 0)),
                // Begun in a paragraph before this one.
                // Within a quotation French may open each paragraph with the closing mark.
                '»' if text[..at].trim().is_empty() => open = Some((at, '»', 0)),
                // Begun in a paragraph before this one.
                '»' if found.is_empty() => found.push(Span::new(0, end)),
                '”' | '"' if found.is_empty() && !before.is_whitespace() && !before.is_ascii_digit() => {
                    found.push(Span::new(0, end));
                }
                _ => {}
            },
        }
    }
    // An apostrophe (`'90s`) opens nothing, but at the start of all, before a capital.
    if let Some((start, closing, _)) = open
        && (!matches!(closing, '’' | '\'')
            || (text[..start].trim().is_empty()
                && text[start..].chars().nth(1).is_some_and(char::is_uppercase)))
    {
        found.push(Span::new(start, text.trim_end().len().max(start)));
    }
    found.retain(|span| count(span.of(text)) > 0);
    found
}

fn opening_of(closing: char) -> char {
    match closing {
        '»' => '«',
        '”' => '“',
        '“' => '„',
        '’' => '‘',
        closing => closing,
    }
}

/// Which English quotation answers each French one: one that has its words, or else one that is left over.
fn matches(source: &str, target: &str, french: &[Span], english: &[Span]) -> Vec<Option<usize>> {
    // Each is looked for near its own place, so that the cost stays linear.
    const REACH: usize = 6;
    let mut taken = vec![false; english.len()];
    let mut matched = vec![None; french.len()];
    for (at, quotation) in french.iter().enumerate() {
        let words = content(source, *quotation);
        let best = (at.saturating_sub(REACH)..english.len().min(at + REACH + 1))
            .filter_map(|other| {
                let (of, known) = answered(words, content(target, english[other]));
                (of > 0 && known * 3 >= of).then_some((known, usize::MAX - at.abs_diff(other), other))
            })
            .max();
        if let Some((_, _, other)) = best {
            taken[other] = true;
            matched[at] = Some(other);
        }
    }
    // What the words do not tell, the number does: as many marks as there are quotations left.
    let mut left = (0..english.len()).filter(|&other| !taken[other]);
    for slot in matched.iter_mut().filter(|slot| slot.is_none()) {
        *slot = left.next();
    }
    // English takes two quotations of one sentence together, and opens a paragraph within one only.
    if !english.is_empty() {
        let whole: String = english
            .iter()
            .map(|span| content(target, *span))
            .collect::<Vec<_>>()
            .join(" ");
        for (slot, quotation) in matched.iter_mut().zip(french) {
            if slot.is_none() {
                let (of, known) = answered(content(source, *quotation), &whole);
                if of > 0 && known * 3 >= of {
                    *slot = Some(0);
                }
            }
        }
    }
    matched
}

/// Quotation marks round the speech of an English whose French quotes nobody. Speech may also begin with a dash or after
/// a colon, and a title may stand in italics.
fn gained(source: &str, target: &str, english: &[Span]) -> Vec<Finding> {
    let speaks = source.trim_start().starts_with(['–', '—', '-', '"', '\''])
        || source.contains([':', '*', '_', '`'])
        || source.contains(" - ")
        || source.contains("\n– ")
        || source.contains("\n— ");
    if speaks {
        return Vec::new();
    }
    english
        .iter()
        .filter(|span| count(content(target, **span)) >= SPEECH)
        .map(|span| {
            let message = "the English gives this as a quotation, the French does not";
            Finding::new(Code::QuoteAltered, None, Some(Spot::new(target, *span)), message).as_warning()
        })
        .collect()
}

/// The words with a capital that stand in the sentence of a quotation, outside of all quotations and not at its start.
fn names_around<'t>(text: &Side<'t>, quotations: &[Span], quotation: Span) -> Vec<&'t str> {
    let (text, sentences) = (text.text, &text.sentences);
    let first = sentences.partition_point(|sentence| sentence.end <= quotation.start);
    let mut names = Vec::new();
    for sentence in sentences[first.min(sentences.len())..]
        .iter()
        .take_while(|sentence| sentence.start < quotation.end)
    {
        let base = text.as_ptr() as usize;
        let words = sentence
            .of(text)
            .split(|c: char| !c.is_alphanumeric() && c != '-')
            .filter(|word| word.len() > 2 && word.starts_with(char::is_uppercase));
        for word in words {
            let at = word.as_ptr() as usize - base;
            let quoted = quotations.iter().any(|span| span.start <= at && at < span.end);
            if !quoted && at != sentence.start {
                names.push(word);
            }
        }
    }
    names
}

/// Quotations that came back beside the name that the French gives to another one.
fn other_speaker(
    source: &Side<'_>,
    target: &Side<'_>,
    french: &[Span],
    english: &[Span],
    matched: &[Option<usize>],
) -> Vec<Finding> {
    // Of dozens in one segment the speakers are not told apart.
    if french.len() < 2 || french.len() > 12 || english.len() > 24 {
        return Vec::new();
    }
    let names: Vec<Vec<&str>> = french
        .iter()
        .map(|span| names_around(source, french, *span))
        .collect();
    let mut findings = Vec::new();
    for (at, found) in matched.iter().enumerate() {
        let Some(found) = *found else { continue };
        let there = names_around(target, english, english[found]);
        let own = &names[at];
        // A name of another quotation that is none of this one's.
        let strange = |name: &&str| {
            !own.contains(name)
                && names
                    .iter()
                    .enumerate()
                    .any(|(other, names)| other != at && names.contains(name))
        };
        let lacks_own = !own.is_empty() && !own.iter().any(|name| there.contains(name));
        if lacks_own && there.iter().any(strange) {
            let message = "this quotation stands beside another name than in the French";
            findings.push(
                Finding::new(
                    Code::QuoteAltered,
                    Some(Spot::new(source.text, french[at])),
                    Some(Spot::new(target.text, english[found])),
                    message,
                )
                .as_warning(),
            );
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotations_are_read_with_nesting_and_without_their_other_mark() {
        let found = |text: &str| {
            quotations(text)
                .into_iter()
                .map(|span| span.of(text).to_owned())
                .collect::<Vec<_>>()
        };
        assert_eq!(found("Il dit « oui » et “non”."), ["« oui »", "“non”"]);
        assert_eq!(
            found("« Il a crié « au feu » deux fois », dit-elle."),
            ["« Il a crié « au feu » deux fois »"]
        );
        assert_eq!(found("« Cela commence ici."), ["« Cela commence ici."]);
        assert_eq!(found("et finit là », dit-il."), ["et finit là »"]);
        assert_eq!(found("He said 'no, it's mine' twice."), ["'no, it's mine'"]);
        assert_eq!(
            found("The '90s, the dogs' dinner, a 12\" record."),
            Vec::<String>::new()
        );
    }
}
