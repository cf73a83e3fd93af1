//! French left standing in the English.
//!
//! In: a French segment and its English. Out: a finding for each sentence that is French
//! by its small words. Law: names and short quotations (titles) may stay as they were.

use std::cell::LazyCell;
use std::collections::HashSet;

use super::standing;

use crate::finding::{Code, Finding, Spot};
use crate::sentence::{is_english_word, is_french_word};
use crate::span::Span;
use crate::verify::reading::Reading;
use crate::word::Word;

/// Sentences of the English that are French, by their small words; speech in quotation marks counts by itself, and a
/// short one there may be a title. What is made of names alone may stand as it was.
pub(super) fn untranslated(reading: &Reading<'_>) -> Vec<Finding> {
    let (source, target) = (reading.source.text, reading.target.text);
    let french =
        LazyCell::new(|| -> HashSet<String> { words(&source.to_lowercase()).map(str::to_owned).collect() });
    let unchanged = source.trim() == target.trim();
    let enough = if unchanged { 1 } else { 2 };
    let whole: Vec<Span> = reading
        .target
        .sentences
        .iter()
        .copied()
        .filter(|span| small_words(reading.target.within(*span)) >= enough)
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
        .collect();
    let parts: Vec<Span> = standing::runs(&reading.source, &reading.target)
        .into_iter()
        .filter(|run| !whole.iter().any(|sentence| sentence.overlaps(*run)))
        .collect();
    let found = |span: Span, message: &str| {
        Finding::new(
            Code::TextUntranslated,
            None,
            Some(Spot::new(target, span)),
            message,
        )
    };
    let sentences = whole
        .iter()
        .map(|span| found(*span, "this sentence is still French"));
    let rest = parts
        .iter()
        .map(|span| found(*span, "these words are still French"));
    sentences.chain(rest).collect()
}

/// At most how many small words of French a text has that English has not. A word with digits in it may hold some.
fn small_words(words: &[Word<'_>]) -> usize {
    let count = |word: &Word<'_>| match (word.mixed, word.is_only_french()) {
        (true, _) => word.lower.len(),
        (false, small) => usize::from(small),
    };
    words.iter().map(count).sum()
}

/// Whether a sentence is French by its small words, whatever it says.
pub(super) fn is_french_prose(sentence: &str, said: &[Word<'_>]) -> bool {
    if small_words(said) < 3 {
        return false;
    }
    let (mut ours, mut theirs, mut all) = (0_usize, 0_usize, 0_usize);
    for word in words(sentence) {
        let lower = word.to_lowercase();
        let (is_french, is_english) = (is_french_word(&lower), is_english_word(&lower));
        all += 1;
        ours += usize::from(is_french && !is_english);
        theirs += usize::from(is_english && !is_french);
    }
    ours >= 3 && ours > 2 * theirs && ours * 4 >= all
}

/// A quotation with more words than this is speech; one with fewer may be the title of a book.
const SPEECH: usize = 7;

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphabetic())
        .filter(|word| !word.is_empty())
}

/// Whether a text is French by its lower-case words and its first. Words that both languages have (`on`, `me`) say
/// nothing, nor does a word that the French does not have.
fn is_french(text: &str, french: &HashSet<String>, unchanged: bool) -> bool {
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
