//! What can be seen of a translated text without reading a figure or a name: that it is there, that it is English,
//! that it is whole, and that it is nothing but the translation.
//!
//! In: a French segment and its English. Out: findings, in a fixed order of checks. Law: pure and linear. Each check
//! would rather miss than cry wolf: what good translators do every day (joining two sentences, keeping a title in
//! French) raises nothing.
//!
//! # Not done
//! A sentence that the English adds is not reported. A sentence whose words all return in its neighbours' English may
//! be dropped unseen.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use serde::Deserialize;

use crate::align::{Bead, Passage, align};
use crate::finding::{Code, Finding, Spot};
use crate::sentence::{is_english_word, is_french_word, sentences};
use crate::span::Span;

/// Checks the running text of one segment against its translation.
#[must_use]
pub fn check(source: &str, target: &str) -> Vec<Finding> {
    if target.trim().is_empty() {
        return whole(source).map(|spot| vec![nothing(spot)]).unwrap_or_default();
    }
    if source.trim().is_empty() {
        return whole(target).map(|spot| vec![made_up(spot)]).unwrap_or_default();
    }
    let english = sentences(target);
    let mut findings = untranslated(source, target, &english);
    if findings.is_empty() {
        findings.extend(missing(source, target));
    }
    findings.extend(chatter(source, target, &english));
    findings.extend(repetition(source, target));
    findings.extend(truncated(source, target));
    findings.extend(addresses(source, target));
    findings
}

/// The whole text as a spot, if it has a letter.
fn whole(text: &str) -> Option<Spot> {
    let start = text.len() - text.trim_start().len();
    text.contains(char::is_alphabetic)
        .then(|| Spot::new(text, Span::new(start, start + text.trim().len())))
}

fn nothing(spot: Spot) -> Finding {
    Finding::new(Code::TextMissing, Some(spot), None, "the English is empty")
}

fn made_up(spot: Spot) -> Finding {
    Finding::new(
        Code::TextAdded,
        None,
        Some(spot),
        "the French has no passage that this one answers",
    )
}

/// How far, in sentences, one side may run ahead of the other within a segment.
const BAND: usize = 12;

/// The sentences of both sides, aligned; spans over several where one side merges or splits them.
fn aligned(source: &str, target: &str) -> (Vec<Span>, Vec<Span>, Vec<Passage>, Vec<Bead>) {
    let (french, english) = (sentences(source), sentences(target));
    let passages: Vec<_> = french
        .iter()
        .map(|span| Passage::french(span.of(source)))
        .collect();
    let answers: Vec<_> = english
        .iter()
        .map(|span| Passage::english(span.of(target)))
        .collect();
    let beads = align(&passages, &answers, BAND);
    (french, english, passages, beads)
}

/// Which part of the English says what a part of the French says, sentence by sentence; what has no counterpart is
/// left out.
pub(super) fn sentence_pairs(source: &str, target: &str) -> Vec<(Span, Span)> {
    let (french, english, _, beads) = aligned(source, target);
    let span = |spans: &[Span]| Some(Span::new(spans.first()?.start, spans.last()?.end));
    beads
        .into_iter()
        .filter_map(|bead| span(&french[bead.source]).zip(span(&english[bead.target])))
        .collect()
}

/// Sentences of the French that no sentence of the English answers, alone or merged with another.
fn missing(source: &str, target: &str) -> Vec<Finding> {
    let (french, _, passages, beads) = aligned(source, target);
    if french.len() < 2 {
        return Vec::new();
    }
    beads
        .into_iter()
        .filter(|bead| bead.target.is_empty())
        .flat_map(|bead| bead.source)
        // A single word (`Non.`, `Sra.`) is too little to tell by.
        .filter(|at| passages[*at].words() >= 2)
        .map(|at| {
            let spot = Spot::new(source, french[at]);
            Finding::new(
                Code::TextMissing,
                Some(spot),
                None,
                "this sentence has no counterpart in the English",
            )
        })
        .collect()
}

/// Sentences of the English that are French, by their small words; speech in quotation marks counts by itself, and a
/// short one there may be a title. What is made of names alone may stand as it was.
fn untranslated(source: &str, target: &str, english: &[Span]) -> Vec<Finding> {
    let lower = source.to_lowercase();
    let french: HashSet<&str> = words(&lower).collect();
    let unchanged = source.trim() == target.trim();
    english
        .iter()
        .filter(|span| {
            let mut outside = String::new();
            let mut speech = false;
            for (quoted, part) in quotations(span.of(target)) {
                if !quoted {
                    outside.push_str(part);
                    outside.push(' ');
                } else if words(part).nth(SPEECH).is_some() {
                    speech |= is_french(part, &french, unchanged);
                }
            }
            speech || is_french(&outside, &french, unchanged)
        })
        .map(|span| {
            let spot = Spot::new(target, *span);
            Finding::new(
                Code::TextUntranslated,
                None,
                Some(spot),
                "this sentence is still French",
            )
        })
        .collect()
}

/// A quotation with more words than this is speech; one with fewer may be the title of a book.
const SPEECH: usize = 7;

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphabetic())
        .filter(|word| !word.is_empty())
}

/// Whether a text is French by its lower-case words and its first. Words that both languages have (`on`, `me`) say
/// nothing, nor does a word that the French does not have.
fn is_french(text: &str, french: &HashSet<&str>, unchanged: bool) -> bool {
    let (mut ours, mut theirs, mut all, mut matter) = (0_usize, 0_usize, 0_usize, 0_usize);
    for (index, word) in words(text).enumerate() {
        let lower = word.to_lowercase();
        if word != lower && index > 0 {
            continue;
        }
        all += 1;
        let (is_french, is_english) = (is_french_word(&lower), is_english_word(&lower));
        ours += usize::from(is_french && !is_english && french.contains(lower.as_str()));
        theirs += usize::from(is_english && !is_french);
        matter += usize::from(word == lower && !is_french && !is_english);
    }
    // In French prose every second word is small; an English sentence that names a French work has small ones of its own.
    let prose = ours >= 2 && ours > 2 * theirs && ours * 5 >= all;
    // `L'année prochaine.` has one; so has `Le Monde`, but no other word in lower case.
    prose || (unchanged && ours >= 1 && theirs == 0 && matter >= 2)
}

/// The parts of a text inside and outside quotation marks, in order.
fn quotations(text: &str) -> Vec<(bool, &str)> {
    let mut parts = Vec::new();
    let (mut quoted, mut start) = (false, 0);
    for (at, mark) in text.match_indices(['«', '»', '“', '”', '"']) {
        parts.push((quoted, &text[start..at]));
        start = at + mark.len();
        quoted = match mark {
            "«" | "“" => true,
            "»" | "”" => false,
            _ => !quoted,
        };
    }
    parts.push((quoted, &text[start..]));
    parts
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Remarks {
    chatter: Vec<Remark>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Remark {
    says: String,
    at: Place,
    unless: Vec<String>,
}

#[derive(Deserialize, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
enum Place {
    Start,
    End,
    Sentence,
}

/// Parsed once; `the_remarks_are_sound` proves that this `expect` cannot fire.
static REMARKS: LazyLock<Vec<Remark>> = LazyLock::new(|| {
    let remarks: Remarks =
        toml::from_str(include_str!("../../data/chatter.toml")).expect("data/chatter.toml is valid");
    remarks.chatter
});

/// What the model says to its user, in the first or last sentence or between; and the wrapping of its answer.
fn chatter(source: &str, target: &str, english: &[Span]) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut found = |span: Span, message: &str| {
        findings.push(Finding::new(
            Code::TextChatter,
            None,
            Some(Spot::new(target, span)),
            message,
        ));
    };
    for wrapping in [
        "```",
        "<think>",
        "</think>",
        "<translation>",
        "</translation>",
        "<|",
    ] {
        if let Some(at) = target.find(wrapping)
            && !source.contains(wrapping)
        {
            found(
                Span::new(at, at + wrapping.len()),
                "the wrapping of a model's answer stands in the text",
            );
        }
    }
    let mut french = None;
    for (index, span) in english.iter().enumerate() {
        let opening: String = span
            .of(target)
            .chars()
            .skip_while(|c| matches!(c, '*' | '_' | '(' | '#' | ' '))
            .filter(|c| !matches!(c, '*' | '_'))
            .take(48)
            .map(|c| if c == '’' { '\'' } else { c })
            .flat_map(char::to_lowercase)
            .collect();
        let stands = |place: Place| match place {
            Place::Start => index == 0,
            Place::End => index + 1 == english.len(),
            Place::Sentence => true,
        };
        let said = REMARKS
            .iter()
            .find(|remark| stands(remark.at) && opening.starts_with(&remark.says));
        let Some(remark) = said else { continue };
        let french = french.get_or_insert_with(|| source.to_lowercase());
        if !remark.unless.iter().any(|piece| french.contains(piece.as_str())) {
            found(*span, "the model speaks here, not the article");
        }
    }
    findings
}

/// The longest run of words, in words, that is looked at as the period of a loop.
const LONGEST_PERIOD: usize = 48;

/// Words that come again and again, as a model caught in a loop writes them, and as the French does not.
fn repetition(source: &str, target: &str) -> Option<Finding> {
    let (span, times) = looping(target)?;
    // A refrain of the French may be one in English.
    if looping(source).is_some_and(|(_, french)| french >= times) {
        return None;
    }
    let message = format!("the English repeats itself {times} times here");
    Some(Finding::new(
        Code::TextChatter,
        None,
        Some(Spot::new(target, span)),
        message,
    ))
}

/// The first run that repeats its words without a pause: four times, or more for a short one, and how often.
fn looping(text: &str) -> Option<(Span, usize)> {
    let base = text.as_ptr() as usize;
    let words: Vec<&str> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    for period in 1..=LONGEST_PERIOD.min(words.len() / 3) {
        let mut run = 0;
        for at in period..words.len() {
            run = if words[at] == words[at - period] {
                run + 1
            } else {
                0
            };
            let times = run / period + 1;
            // `Non, non, non` and `très, très, très` are style, and so are figures in a row.
            let enough = if period == 1 {
                8
            } else if period < 4 {
                5
            } else {
                3
            };
            let lettered = words[at - period + 1..=at]
                .iter()
                .any(|word| word.starts_with(char::is_alphabetic));
            if times >= enough && run % period == 0 && lettered {
                let (first, last) = (words[at + 1 - period * times], words[at]);
                let start = first.as_ptr() as usize - base;
                return Some((
                    Span::new(start, last.as_ptr() as usize - base + last.len()),
                    times,
                ));
            }
        }
    }
    None
}

/// An English that breaks off: the French ends as a sentence, the English does not. An error if it ends on a word or
/// mark that cannot be the last, or is much too short; else a warning.
fn truncated(source: &str, target: &str) -> Option<Finding> {
    let bare = |text: &str| -> usize {
        text.trim_end_matches(|c: char| {
            c.is_whitespace() || matches!(c, '"' | '»' | '”' | '’' | '\'' | ')' | ']' | '›' | '*' | '_')
        })
        .len()
    };
    let ended = |text: &str, marks: &[char]| text[..bare(text)].ends_with(marks);
    if !ended(source, &['.', '!', '?', '…'])
        || ended(target, &['.', '!', '?', '…', ':', ';'])
        || source.len() < 40
    {
        return None;
    }
    let end = bare(target);
    let start = target[..end]
        .rfind(char::is_whitespace)
        .map_or(0, |at| at + target[at..].chars().next().map_or(1, char::len_utf8));
    let last = &target[start..end];
    let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).count();
    let share = letters(target) * 100 / letters(source).max(1);
    // No sentence ends on an article or a conjunction. One may end on a comma by a slip of the keyboard, and then it is
    // as long as it should be: translations of news have 91 letters for 100, nine in ten more than 70.
    let open = matches!(
        last,
        "the" | "a" | "an" | "of" | "and" | "or" | "its" | "their" | "whose"
    );
    let cut = last.ends_with([',', '-', '(', '–', '—']) && share < 70;
    let broken = open || cut || (share < 40 && source.len() > 100);
    let spot = Spot::new(target, Span::new(start, end.max(start)));
    let finding = Finding::new(
        Code::TextTruncated,
        None,
        Some(spot),
        "the French ends its sentence, the English breaks off",
    );
    Some(if broken { finding } else { finding.as_warning() })
}

/// Addresses that are not the same byte for byte: links, e-mail addresses, `@names`, `#words`.
fn addresses(source: &str, target: &str) -> Vec<Finding> {
    let mut wanted: HashMap<&str, usize> = HashMap::new();
    for (_, address) in find_addresses(source) {
        *wanted.entry(address).or_default() += 1;
    }
    let mut added = Vec::new();
    for (span, address) in find_addresses(target) {
        match wanted.get_mut(address) {
            Some(count) => *count = count.saturating_sub(1),
            None => added.push(span),
        }
    }
    let mut added = added.into_iter();
    let mut findings = Vec::new();
    for (span, address) in find_addresses(source) {
        // A translator may name an address once where the French names it twice.
        if wanted.remove(address).is_some_and(|left| left > 0) && !target.contains(address) {
            let put = added.next().map(|span| Spot::new(target, span));
            let message = if put.is_some() {
                "this address is another one in the English"
            } else {
                "this address is not in the English"
            };
            findings.push(Finding::new(
                Code::UrlAltered,
                Some(Spot::new(source, span)),
                put,
                message,
            ));
        }
    }
    findings.extend(added.map(|span| {
        Finding::new(
            Code::UrlAltered,
            None,
            Some(Spot::new(target, span)),
            "the French does not have this address",
        )
    }));
    findings
}

fn find_addresses(text: &str) -> impl Iterator<Item = (Span, &str)> {
    let base = text.as_ptr() as usize;
    text.split(|c: char| {
        c.is_whitespace()
            || matches!(
                c,
                '<' | '>' | '"' | '«' | '»' | '“' | '”' | '[' | ']' | '(' | ')' | '|' | '*'
            )
    })
    .map(|word| {
        word.trim_matches(|c: char| {
            matches!(
                c,
                '.' | ',' | ';' | ':' | '!' | '?' | '…' | '\'' | '’' | '‘' | '`' | '_'
            )
        })
    })
    .filter(|word| is_address(word))
    .map(move |word| {
        let start = word.as_ptr() as usize - base;
        (Span::new(start, start + word.len()), word)
    })
}

fn is_address(word: &str) -> bool {
    let name = |text: &str| {
        text.len() >= 2
            && text
                .chars()
                .all(|c| c.is_alphanumeric() || matches!(c, '_' | '.' | '-'))
    };
    if let Some((user, host)) = word.split_once('@') {
        return if user.is_empty() {
            name(host)
        } else {
            name(user) && name(host) && host.contains('.')
        };
    }
    if let Some(tag) = word.strip_prefix('#') {
        return name(tag) && tag.contains(char::is_alphabetic);
    }
    let rest = ["https://", "http://", "ftp://", "mailto:", "www."]
        .iter()
        .find_map(|scheme| word.strip_prefix(scheme));
    rest.is_some_and(|rest| rest.len() >= 3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_remarks_are_sound() {
        assert!(
            REMARKS.is_sorted_by(|a, b| a.says < b.says),
            "sorted by `says`, no duplicate"
        );
        for remark in REMARKS.iter() {
            assert_eq!(remark.says, remark.says.to_lowercase());
            assert!(
                remark.says.chars().count() <= 48,
                "{}: longer than what is looked at",
                remark.says
            );
            assert!(
                !remark.unless.is_empty(),
                "{}: some French may say so too",
                remark.says
            );
            assert!(
                remark.unless.iter().all(|piece| *piece == piece.to_lowercase()),
                "{}",
                remark.says
            );
        }
    }

    #[test]
    fn addresses_are_told_from_words() {
        let found = |text: &str| {
            find_addresses(text)
                .map(|(_, address)| address.to_owned())
                .collect::<Vec<_>>()
        };
        assert_eq!(
            found("Voir (https://a.fr/b?c=d), a.b@c.fr, @nom et #Mot."),
            ["https://a.fr/b?c=d", "a.b@c.fr", "@nom", "#Mot"]
        );
        assert_eq!(
            found("Amazon.com, n° #1, 3 @ 5 €, @, http://"),
            Vec::<String>::new()
        );
    }
}
