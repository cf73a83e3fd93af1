//! Where the sentences of a French or English text begin and end.
//!
//! In: a text. Out: spans in reading order, without the white space around them; law: every byte that is not white
//! space lies in exactly one of them. A false cut costs more than a missed one (it tears what a translator needs in
//! one piece), so whatever is in doubt stays whole.
//!
//! Rules, each from the typography of the press: no cut before a lower-case letter; closing quotation marks and
//! brackets stay with their sentence; an abbreviation (`data/abbreviations.toml`), an initial (`J.-P.`) or a dotted
//! acronym (`O.N.U.`) ends a sentence only before a word that often opens one; a full stop inside a word (`NVDA.O`,
//! `1.250`) ends nothing; a blank line ends a sentence unless the text plainly runs on (see [`runs_on`]).
//!
//! # Not done
//! A sentence that begins with a lower-case brand (`iPhone`) stays with the one before it; so does a sentence that
//! follows a full stop without a space.

use std::collections::HashSet;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::span::Span;
use crate::word::WordMap;

/// The sentences of `text`, in reading order, trimmed; together they cover all that is not white space.
///
/// Never fails; a text without end marks is one sentence. Linear in the length of the text.
///
/// ```
/// let text = "M. Durand a vendu ses parts. « C'est fini », dit-il.";
/// let sentences: Vec<_> = fidele::sentence::sentences(text).into_iter().map(|span| span.of(text)).collect();
/// assert_eq!(sentences, ["M. Durand a vendu ses parts.", "« C'est fini », dit-il."]);
/// ```
#[must_use]
pub fn sentences(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut quoted = false; // inside straight quotation marks, which do not say whether they open or close
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let after = at + c.len_utf8();
        match c {
            '"' => {
                let spaced = text[..at].chars().next_back().is_none_or(char::is_whitespace);
                let free = text[after..].chars().next().is_none_or(char::is_whitespace);
                // A mark that touches a word on one side says itself what it is.
                quoted = if spaced == free { !quoted } else { spaced };
            }
            '\n' => {
                // The whole gap at once: looked at line by line, a long run of empty lines would cost its square.
                let end = skip(text, at, char::is_whitespace);
                if start < at && ends_at_line(&text[..at], &text[at..end], &text[end..]) {
                    push(&mut found, text, start, at);
                    start = end;
                    quoted = false;
                }
                at = end;
                continue;
            }
            '.' | '!' | '?' | '…' => {
                let marks_end = marks_end(text, at);
                let end = closers_end(text, marks_end, &mut quoted);
                if cuts(text, start, at, marks_end, end) {
                    push(&mut found, text, start, end);
                    start = skip(text, end, char::is_whitespace);
                }
                at = end;
                continue;
            }
            _ => {}
        }
        at = after;
    }
    push(&mut found, text, start, text.len());
    found
}

fn push(found: &mut Vec<Span>, text: &str, start: usize, end: usize) {
    let part = &text[start..end];
    let kept = part.trim();
    if !kept.is_empty() {
        let start = start + (part.len() - part.trim_start().len());
        found.push(Span::new(start, start + kept.len()));
    }
}

/// Where the end marks at `at` end. French parts `?` and `!` from what they follow, be it `…`, by a space.
fn marks_end(text: &str, at: usize) -> usize {
    let end = skip(text, at, is_end_mark);
    let spaced = text[end..]
        .strip_prefix([' ', '\u{a0}', '\u{202f}'])
        .unwrap_or("");
    if spaced.starts_with(['?', '!']) {
        skip(text, text.len() - spaced.len(), is_end_mark)
    } else {
        end
    }
}

fn is_end_mark(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…')
}

/// Where the run of characters that `take` accepts ends, from `at` on.
fn skip(text: &str, at: usize, take: impl Fn(char) -> bool) -> usize {
    text[at..].find(|c| !take(c)).map_or(text.len(), |run| at + run)
}

/// The end of the closing quotation marks and brackets at `at`. French parts `»` from its sentence by a no-break
/// space (Imprimerie nationale); careless typing parts `"` likewise, so there the open quotation decides.
fn closers_end(text: &str, at: usize, quoted: &mut bool) -> usize {
    let mut end = at;
    loop {
        let space = skip(text, end, |c| {
            matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}')
        });
        // Longer runs of spaces close nothing; the bound also keeps the scan linear.
        if text[end..space].chars().take(3).count() > 2 {
            return end;
        }
        let Some(c) = text[space..].chars().next() else {
            return end;
        };
        let after = space + c.len_utf8();
        let opens_word = text[after..].starts_with(char::is_alphanumeric);
        match c {
            '»' | '”' => end = after,
            '"' if !opens_word && (*quoted || space == end) => {
                *quoted = false;
                end = after;
            }
            '’' | '\'' | ')' | ']' | '*' | '_' | '›' if space == end && !opens_word => end = after,
            _ => return end,
        }
    }
}

/// Whether the end marks at `marks..marks_end`, closed at `end`, end the sentence that began at `start`.
fn cuts(text: &str, start: usize, marks: usize, marks_end: usize, end: usize) -> bool {
    let rest = &text[end..];
    if !rest.starts_with(char::is_whitespace) {
        return rest.is_empty();
    }
    let next = rest.trim_start();
    let word = next.trim_start_matches(|c: char| {
        matches!(c, '«' | '“' | '"' | '‘' | '(' | '[' | '—' | '–' | '-' | '*') || c.is_whitespace()
    });
    let Some(first) = word.chars().next() else {
        return true;
    };
    if first.is_lowercase() || next.starts_with([',', ';', ':']) {
        return false;
    }
    let before = &text[start..marks];
    if &text[marks..marks_end] != "." {
        // `(…)` and `[...]` mark an omission inside a sentence, as at its end.
        return !before.ends_with(['(', '[']);
    }
    if end > marks_end {
        return true; // nothing is abbreviated before a closing quotation mark
    }
    match Stop::of(before) {
        Stop::Sentence => true,
        Stop::BeforeName => false,
        Stop::BeforeFigure => !first.is_ascii_digit(),
        Stop::Doubtful => opens_sentences(word),
    }
}

/// What the full stop after a text stands for.
enum Stop {
    Sentence,
    BeforeName,
    BeforeFigure,
    Doubtful,
}

impl Stop {
    fn of(before: &str) -> Self {
        // The word, and with it the one before (`p. ex`, `av. J.-C`); no abbreviation is longer than the window.
        let window = tail(before, 24);
        let word = last_word(window);
        let two = {
            let head = window[..window.len() - word.len()].trim_end();
            &window[head.len() - last_word(head).len()..]
        };
        let list = &*ABBREVIATIONS;
        let known = |set: &HashSet<String>| set.contains(word) || set.contains(two);
        if known(&list.may_end) {
            Self::Doubtful
        } else if known(&list.before_name) {
            Self::BeforeName
        } else if known(&list.before_figure) {
            Self::BeforeFigure
        } else if is_initials(word) {
            Self::Doubtful
        } else if before.len() <= 3 && word.len() == before.len() && word.bytes().all(|b| b.is_ascii_digit())
        {
            Self::BeforeName // `1. Une liste`: the figure counts the sentence that follows
        } else {
            Self::Sentence
        }
    }
}

/// At most the last `bytes` bytes of a text, from a character boundary.
fn tail(text: &str, bytes: usize) -> &str {
    let mut from = text.len().saturating_sub(bytes);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    &text[from..]
}

/// The run without white space, quotation marks, opening brackets or an elided article at the end of a text.
fn last_word(text: &str) -> &str {
    let from = text.rfind(|c: char| {
        c.is_whitespace() || matches!(c, '«' | '“' | '"' | '(' | '[' | '’' | '\'' | '/' | ',')
    });
    from.map_or(text, |at| {
        &text[at + text[at..].chars().next().map_or(0, char::len_utf8)..]
    })
}

/// `J`, `J.-P`, `O.N.U`, `P.-D.G`, `Ph.D`: capitals, at most two letters each, parted by full stops.
fn is_initials(word: &str) -> bool {
    !word.is_empty()
        && word.split('.').all(|part| {
            let part = part.strip_prefix('-').unwrap_or(part);
            part.starts_with(char::is_uppercase)
                && part.chars().count() <= if word.contains('.') { 2 } else { 1 }
        })
}

/// Whether the text opens with a capitalised small word of either language: `Le`, `Selon`, `The`, `L'…`.
fn opens_sentences(text: &str) -> bool {
    let word = &text[..skip(text, 0, char::is_alphabetic)];
    // An initial is no small word: `J. A. Dupont`.
    !text[word.len()..].starts_with('.') && word.starts_with(char::is_uppercase) && {
        let word = word.to_lowercase();
        is_french_word(&word) || is_english_word(&word)
    }
}

/// Whether the line breaks of `gap` end a sentence: a blank line does unless the text runs on over it; a line that
/// opens with a list marker does.
fn ends_at_line(before: &str, gap: &str, next: &str) -> bool {
    let marked = ["* ", "- ", "• ", "– "]
        .iter()
        .any(|marker| next.starts_with(marker));
    marked || (gap.matches('\n').count() > 1 && !runs_on(tail(before, 64), next))
}

/// Whether a text goes on in mid-sentence over the blank line between `before` and `after`.
///
/// Feeds put a line break around whatever was a link (`…patron d'Amazon.com` ⏎⏎ `AMZN.O Andy Jassy, selon…`). Two
/// signs, each enough by itself: `before` ends on a word after which no French or English sentence can end (an
/// article, a preposition, an elision); or `before` has no end mark and `after` begins as no paragraph begins: with
/// a lower-case letter, with punctuation that closes, or with a ticker. A company's `Inc.` is no end mark before a
/// ticker. Neither sign is there between a headline and the paragraph below it.
#[must_use]
pub fn runs_on(before: &str, after: &str) -> bool {
    let (before, after) = (before.trim_end(), after.trim_start());
    if before.is_empty() || after.is_empty() {
        return false;
    }
    if is_open_end(before) {
        return true;
    }
    let ticker = opens_with_ticker(after);
    if is_terminated(before) {
        let stop = before.strip_suffix('.');
        return ticker
            && stop.is_some_and(|before| ABBREVIATIONS.may_end.contains(last_word(tail(before, 24))));
    }
    ticker || after.starts_with(|c: char| c.is_lowercase() || matches!(c, ',' | ';' | ')' | '»' | '”' | ']'))
}

/// Whether a text ends with an end mark, a colon or a semicolon, quotation marks and brackets apart.
#[must_use]
pub fn is_terminated(text: &str) -> bool {
    let bare = text.trim_end_matches(|c: char| {
        c.is_whitespace() || matches!(c, '"' | '»' | '”' | '’' | '\'' | ')' | ']' | '›' | '*' | '_')
    });
    bare.ends_with(['.', '!', '?', '…', ':', ';'])
}

/// Whether a text stops after a word that always has another after it.
pub(crate) fn is_open_end(text: &str) -> bool {
    const OPEN: &[&str] = &[
        "le", "la", "les", "un", "une", "des", "du", "de", "au", "aux", "à", "dans", "par", "pour", "chez",
        "et", "ou", "que", "qui", "dont", "ce", "cette", "ces", "sa", "ses", "leurs", "the", "of", "an",
        "to", "and", "from", "with",
    ];
    if let Some(bare) = text.strip_suffix(['\'', '’']) {
        // `l'`, `qu'`: an elision, where a closing quotation mark would follow a longer word.
        let word = last_word(tail(bare, 16));
        return matches!(
            word,
            "l" | "d" | "qu" | "n" | "s" | "c" | "j" | "m" | "L" | "D" | "C" | "jusqu" | "lorsqu"
        );
    }
    if text.ends_with(['«', '“', '(', '[']) {
        return true;
    }
    if let Some(bare) = text.strip_suffix('.') {
        return matches!(
            last_word(tail(bare, 16)),
            "M" | "MM" | "Mme" | "Mmes" | "Mlle" | "Mgr" | "Dr" | "Mr" | "Mrs" | "Ms"
        );
    }
    OPEN.contains(&last_word(tail(text, 16)))
}

/// Whether a text opens with an exchange's code for a share or an index: `AMZN.O`, `<AIR.PA>`, `.FCHI`
/// (Reuters Instrument Codes: a root, a full stop, one or two letters for the exchange; an index begins with the stop).
pub(crate) fn opens_with_ticker(text: &str) -> bool {
    let text = text.strip_prefix(['<', '(']).unwrap_or(text);
    let code = &text[..skip(text, 0, |c| {
        c.is_ascii_uppercase() || c.is_ascii_digit() || c == '.'
    })];
    let ends = text[code.len()..]
        .chars()
        .next()
        .is_none_or(|c| c.is_whitespace() || matches!(c, ',' | ')' | '>' | ';'));
    let Some((root, exchange)) = code.split_once('.') else {
        return false;
    };
    let capitals = |part: &str| part.bytes().any(|b| b.is_ascii_uppercase());
    ends && if root.is_empty() {
        (2..=7).contains(&exchange.len()) && capitals(exchange) && !exchange.contains('.')
    } else {
        root.len() <= 6
            && capitals(root)
            && (1..=2).contains(&exchange.len())
            && exchange.bytes().all(|b| b.is_ascii_uppercase())
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Abbreviations {
    before_name: HashSet<String>,
    before_figure: HashSet<String>,
    may_end: HashSet<String>,
}

/// Parsed once; `the_lists_are_sound` proves that this `expect` cannot fire.
static ABBREVIATIONS: LazyLock<Abbreviations> = LazyLock::new(|| {
    toml::from_str(include_str!("../data/abbreviations.toml")).expect("data/abbreviations.toml is valid")
});

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FunctionWords<'a> {
    french: &'a str,
    english: &'a str,
}

/// The small words: whether of French, whether of English.
static FUNCTION_WORDS: LazyLock<WordMap<&'static str, (bool, bool)>> = LazyLock::new(|| {
    let lists: FunctionWords<'static> = toml::from_str(include_str!("../data/function_words.toml"))
        .expect("data/function_words.toml is valid");
    let mut words = WordMap::<_, (bool, bool)>::default();
    for word in lists.french.split_whitespace() {
        words.entry(word).or_default().0 = true;
    }
    for word in lists.english.split_whitespace() {
        words.entry(word).or_default().1 = true;
    }
    words
});

/// Whether a lower-case word is a small word of French; whether of English.
pub(crate) fn small_word(word: &str) -> (bool, bool) {
    FUNCTION_WORDS.get(word).copied().unwrap_or_default()
}

/// Whether a lower-case word, elided without its apostrophe, is a small word of French (`la`, `qu`, `avec`).
#[must_use]
pub fn is_french_word(word: &str) -> bool {
    small_word(word).0
}

/// Whether a lower-case word is a small word of English (`the`, `of`, `which`).
#[must_use]
pub fn is_english_word(word: &str) -> bool {
    small_word(word).1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_sound() {
        assert!(ABBREVIATIONS.before_name.contains("M"));
        let all = [
            &ABBREVIATIONS.before_name,
            &ABBREVIATIONS.before_figure,
            &ABBREVIATIONS.may_end,
        ];
        for word in all.into_iter().flatten() {
            assert!(
                !word.ends_with('.') && word.len() <= 16,
                "{word}: as the scan looks it up"
            );
            assert_eq!(
                all.iter().filter(|list| list.contains(word)).count(),
                1,
                "{word} is in one list"
            );
        }
        assert!(is_french_word("la") && is_english_word("the") && !is_english_word("la"));
        for list in [
            include_str!("../data/abbreviations.toml"),
            include_str!("../data/function_words.toml"),
        ] {
            assert!(list.contains("SPDX-License-Identifier"));
        }
    }

    #[test]
    fn tickers_are_codes_with_an_exchange() {
        for ticker in [
            "AMZN.O",
            "AIR.PA, dit",
            "<ACME.N>",
            "(BNPP.PA) a",
            ".FCHI recule",
            ".N225",
        ] {
            assert!(opens_with_ticker(ticker), "{ticker}");
        }
        for other in [
            "U.S. officials",
            "AMZN",
            "Amazon.com",
            "3.5",
            "O.N.U.",
            "P.S.",
            "A.B.C",
            ".com",
            "...",
        ] {
            assert!(!opens_with_ticker(other), "{other}");
        }
    }
}
