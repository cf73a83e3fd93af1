//! The words of a text, read once and lent to whoever looks at them.
//!
//! In: a text. Out: its runs of letters and digits, in reading order, each with its place, its lower case and what a
//! list says of it. Law: linear; a word that is written small costs no allocation.

use std::borrow::Cow;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use crate::sentence::small_word;
use crate::span::Span;

/// A run of letters and digits.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each says something else of the word"
)]
pub(crate) struct Word<'t> {
    /// Where it stands.
    pub span: Span,
    /// In lower case.
    pub lower: Cow<'t, str>,
    /// Whether a hyphen stands before it.
    pub glued: bool,
    /// How many letters and digits it has.
    pub letters: u32,
    /// Whether it has letters and digits.
    pub mixed: bool,
    /// Equal words have equal hashes; the same in every run.
    pub hash: u64,
    /// How it begins, as [`opening`] has it.
    pub opening: u16,
    /// Whether it is a small word of French, of English.
    pub french: bool,
    pub english: bool,
}

impl Word<'_> {
    /// Whether it is a small word of French and not of English as well.
    pub fn is_only_french(&self) -> bool {
        self.french && !self.english
    }
}

/// The words of a text.
pub(crate) fn words(text: &str) -> Vec<Word<'_>> {
    // News has a word for six bytes.
    let mut words = Vec::with_capacity(text.len() / 5);
    let mut start = None;
    let (mut letters, mut figures) = (0, 0);
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        let (is_letter, is_figure) = sort(c);
        if is_letter || is_figure {
            start.get_or_insert(at);
            letters += 1;
            figures += u32::from(is_figure);
        } else if let Some(start) = start.take() {
            let lower = lower(&text[start..at]);
            let (french, english) = small_word(&lower);
            words.push(Word {
                span: Span::new(start, at),
                glued: text.as_bytes()[..start].ends_with(b"-"),
                letters,
                mixed: figures > 0 && figures < letters,
                hash: hash(&lower),
                opening: opening(&lower),
                french,
                english,
                lower,
            });
            (letters, figures) = (0, 0);
        }
    }
    words
}

/// Whether a character is a letter; whether it is another sign that words are made of. What French and English texts
/// are written with is told without a table.
fn sort(c: char) -> (bool, bool) {
    match c {
        '\0'..='\x7f' => (c.is_ascii_alphabetic(), c.is_ascii_digit()),
        // U+2010 to U+2030 are dashes, quotation marks, points and spaces.
        '×' | '÷' | '\u{a0}' | '«' | '»' | '\u{2010}'..='\u{2030}' | '€' => (false, false),
        '\u{c0}'..='\u{ff}' => (true, false),
        c => {
            let is_letter = c.is_alphabetic();
            (is_letter, !is_letter && c.is_numeric())
        }
    }
}

fn lower(word: &str) -> Cow<'_, str> {
    let is_small = |c: char| matches!(c, 'a'..='z' | '0'..='9' | 'ß'..='ö' | 'ø'..='ÿ' | 'œ');
    if word.chars().all(is_small) {
        Cow::Borrowed(word)
    } else {
        Cow::Owned(word.to_lowercase())
    }
}

/// Hashes words of our own lists and keys that are hashes already: no seed, a few steps a word.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct WordHasher(u64);

impl WordHasher {
    fn step(&mut self, word: u64) {
        let mixed = (self.0 ^ word).wrapping_mul(0xa076_1d64_78bd_642f);
        self.0 = mixed ^ (mixed >> 32);
    }
}

impl Hasher for WordHasher {
    fn write(&mut self, bytes: &[u8]) {
        let (eights, rest) = bytes.as_chunks::<8>();
        for eight in eights {
            self.step(u64::from_le_bytes(*eight));
        }
        let rest = rest
            .iter()
            .rev()
            .fold(0, |rest, byte| rest << 8 | u64::from(*byte));
        self.step(rest | (bytes.len() as u64) << 56);
    }

    fn write_u8(&mut self, byte: u8) {
        self.0 ^= u64::from(byte);
    }

    fn write_u64(&mut self, word: u64) {
        self.step(word);
    }

    fn finish(&self) -> u64 {
        // The map takes its tag from the upper bits.
        self.0 ^ self.0 << 25
    }
}

/// A map that hashes its keys quickly.
pub(crate) type WordMap<K, V> = HashMap<K, V, BuildHasherDefault<WordHasher>>;

/// How many openings of words are told apart.
pub(crate) const OPENINGS: usize = 1024;

/// The first three bytes of a word as a number below [`OPENINGS`].
pub(crate) fn opening(word: &str) -> u16 {
    let bytes = word.bytes().take(3);
    let first = bytes.fold(0_u32, |first, byte| first << 8 | u32::from(byte));
    let spread = first.wrapping_mul(0x9e37_79b1) >> 22;
    u16::try_from(spread).unwrap_or_default()
}

fn hash(word: &str) -> u64 {
    let mut hasher = WordHasher::default();
    hasher.write(word.as_bytes());
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_cut_and_lowered_as_the_alphabet_says() {
        let text = "L’Été, c'est 2×3 m² — «Œuvre» d’İzmir, peut-être : ΑΣ 3D ½ ÿ";
        let plain: Vec<(String, &str)> = text
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(|word| (word.to_lowercase(), word))
            .collect();
        let read = words(text);
        assert_eq!(read.len(), plain.len());
        for (word, (lower, written)) in read.iter().zip(&plain) {
            assert_eq!((&*word.lower, word.span.of(text)), (lower.as_str(), *written));
            assert_eq!(word.letters as usize, written.chars().count());
        }
        let mixed: Vec<&str> = read
            .iter()
            .filter(|word| word.mixed)
            .map(|word| &*word.lower)
            .collect();
        assert_eq!(mixed, ["m²", "3d"]);
        assert!(read.iter().any(|word| word.glued && word.lower == "être"));
        assert!(
            read.iter()
                .any(|word| word.is_only_french() && word.lower == "est")
        );
    }
}
