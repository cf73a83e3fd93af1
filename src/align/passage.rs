//! What a passage can be recognised by in the other language.
//!
//! In: a passage. Out: its length, and for each word that says something the keys that the word opposite may share:
//! its digits, its stem, its consonants, the answers of `data/anchors.toml`. Law: the same on every machine.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use serde::Deserialize;
use unicode_normalization::UnicodeNormalization;

use crate::sentence::{is_english_word, is_french_word};

/// A passage longer than this, in content words, is recognised by its first: enough, and the cost stays linear where one
/// side is a single endless sentence.
const MOST_WORDS: usize = 256;

/// A passage as the alignment sees it: how long it is, and the words it can be recognised by.
#[derive(Debug, Clone, Default)]
pub struct Passage {
    pub(super) chars: u32,
    /// For each content word, the keys any of which recognises it on the other side.
    pub(super) words: Vec<Vec<Key>>,
}

impl Passage {
    /// A passage of the French.
    #[must_use]
    pub fn french(text: &str) -> Self {
        Self::new(text, is_french_word, french_keys)
    }

    /// A passage of the English.
    #[must_use]
    pub fn english(text: &str) -> Self {
        Self::new(text, is_english_word, english_keys)
    }

    fn new(text: &str, is_grammar: impl Fn(&str) -> bool, keys: impl Fn(&str) -> Vec<Key>) -> Self {
        let chars = text.chars().filter(|c| c.is_alphanumeric()).count();
        let speaks = |word: &&str| {
            let word = word.to_lowercase();
            !is_grammar(&word) || SPEAKING.contains(&word.as_str())
        };
        // A question is answered by a question.
        let words = words(text).filter(speaks).chain(text.matches('?').take(1));
        Self {
            chars: u32::try_from(chars).unwrap_or(u32::MAX),
            words: words
                .map(|word| keys(&fold(word)))
                .filter(|keys| !keys.is_empty())
                .take(MOST_WORDS)
                .collect(),
        }
    }

    /// How many letters and figures it has.
    #[must_use]
    pub fn chars(&self) -> u32 {
        self.chars
    }

    /// How many words it can be recognised by.
    #[must_use]
    pub fn words(&self) -> usize {
        self.words.len()
    }
}

/// All that a French text can be recognised by.
pub(crate) struct Keys {
    keys: HashSet<Key>,
    /// Whether the text was too long to keep all.
    cut: bool,
}

impl Keys {
    /// Of a French text.
    pub(crate) fn french(text: &str) -> Self {
        let passage = Passage::french(text);
        Self {
            cut: passage.words.len() >= MOST_WORDS,
            keys: passage.words.into_iter().flatten().collect(),
        }
    }

    /// Of how many content words of an English text the French has how many. All, if the French is too long to say.
    pub(crate) fn echoes(&self, english: &str) -> (usize, usize) {
        let words = Passage::english(english).words;
        let found = words
            .iter()
            .filter(|keys| self.cut || keys.iter().any(|key| self.keys.contains(key)));
        (words.len(), found.count())
    }
}

/// Of how many content words of a French text the English has how many.
pub(crate) fn answered(french: &str, english: &str) -> (usize, usize) {
    let keys: HashSet<Key> = Passage::english(english).words.into_iter().flatten().collect();
    let words = Passage::french(french).words;
    let found = words
        .iter()
        .filter(|word| word.iter().any(|key| keys.contains(key)))
        .count();
    (words.len(), found)
}

/// What a word is recognised by on the other side: a hash of the word's stem, of its consonants, or of its digits.
pub(super) type Key = u64;

/// FNV-1a: the same on every machine and in every run, as verdicts must be.
fn key(kind: u8, text: &str) -> Key {
    std::iter::once(kind)
        .chain(text.bytes())
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        })
}

/// The runs of letters and digits; a figure keeps the marks between its digits.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
}

/// Lower case, without accents, `œ` in two letters.
fn fold(word: &str) -> String {
    word.nfd()
        .filter(|c| c.is_alphanumeric() || *c == '?')
        .flat_map(char::to_lowercase)
        .flat_map(|c| match c {
            'œ' => ['o', 'e'],
            'æ' => ['a', 'e'],
            c => [c, '\0'],
        })
        .filter(|c| *c != '\0')
        .collect()
}

/// The first four consonants, doubled ones once: what French and English cognates share when endings and vowels
/// differ. Fewer than three tell nothing.
fn consonants(word: &str) -> Option<Key> {
    let mut bones = String::new();
    for c in word
        .chars()
        .filter(|c| !matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y'))
    {
        // The spellings that differ by rule: `ph`/`f`, `k`/`c`, `q`/`c`.
        let c = if matches!(c, 'k' | 'q') { 'c' } else { c };
        if !bones.ends_with(c) {
            bones.push(c);
        }
    }
    let bones = &bones[..bones.char_indices().nth(4).map_or(bones.len(), |(at, _)| at)];
    (bones.chars().count() >= 3).then(|| key(b'c', bones))
}

/// An English word without its inflection.
fn stem(word: &str) -> &str {
    let bare = ["ing", "ied", "ies", "ed", "es", "s", "ly", "e", "y"]
        .iter()
        .find_map(|end| word.strip_suffix(end));
    bare.filter(|bare| bare.len() >= 3).unwrap_or(word)
}

/// Small words that do tell passages apart: who speaks, and whether it is a question or a denial.
const SPEAKING: &[&str] = &[
    "because", "comment", "elle", "elles", "her", "how", "i", "if", "ils", "j", "je", "jusqu", "ma", "me",
    "mes", "moi", "mon", "my", "même", "no", "nos", "not", "notre", "nous", "our", "où", "parce", "pas",
    "pourquoi", "qui", "she", "si", "t", "their", "them", "they", "toujours", "tous", "until", "up", "us",
    "vos", "votre", "vous", "we", "where", "which", "who", "why", "you", "your",
];

/// In French, in English, in digits.
type Number = (&'static str, &'static str, &'static str);

/// Small numbers, which one language writes out where the other has digits.
const NUMBERS: &[Number] = &[
    ("deux", "two", "2"),
    ("trois", "three", "3"),
    ("quatre", "four", "4"),
    ("cinq", "five", "5"),
    ("six", "six", "6"),
    ("sept", "seven", "7"),
    ("huit", "eight", "8"),
    ("neuf", "nine", "9"),
    ("dix", "ten", "10"),
    ("onze", "eleven", "11"),
    ("douze", "twelve", "12"),
    ("quinze", "fifteen", "15"),
    ("vingt", "twenty", "20"),
    ("trente", "thirty", "30"),
    ("quarante", "forty", "40"),
    ("cinquante", "fifty", "50"),
    ("soixante", "sixty", "60"),
];

/// The digits of a figure, also of a rank or a decade (`22e`, `22nd`, `1990s`), or of a small number in words.
fn figure(word: &str, in_words: fn(&Number) -> &'static str) -> Option<Key> {
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 0 {
        return Some(key(b'd', &word[..digits]));
    }
    let number = NUMBERS.iter().find(|number| in_words(number) == word)?;
    Some(key(b'd', number.2))
}

fn english_keys(word: &str) -> Vec<Key> {
    let figure = figure(word, |number| number.1);
    if figure.is_some() && word.starts_with(|c: char| c.is_ascii_digit()) {
        return figure.into_iter().collect();
    }
    let mut keys = vec![key(b's', stem(word))];
    keys.extend(consonants(word));
    keys.extend(figure);
    keys
}

/// Whether an English word may be the translation of a French one, both in lower case.
pub(crate) fn answers(french: &str, english: &str) -> bool {
    let keys = english_keys(&fold(english));
    french_keys(&fold(french)).iter().any(|key| keys.contains(key))
}

fn french_keys(word: &str) -> Vec<Key> {
    let figure = figure(word, |number| number.0);
    if figure.is_some() && word.starts_with(|c: char| c.is_ascii_digit()) {
        return figure.into_iter().collect();
    }
    let mut keys: Vec<Key> = consonants(word).into_iter().chain(figure).collect();
    keys.push(key(b's', stem(word)));
    // The longest opening that the list knows, to three letters: `travaillent` is found under `travail`.
    let openings = word
        .char_indices()
        .map(|(at, c)| at + c.len_utf8())
        .take(LONGEST_ANCHOR)
        .skip(1)
        .collect::<Vec<_>>();
    let whole = ANCHORS.get(format!("{word}.").as_str());
    if let Some(answers) = whole.or_else(|| openings.iter().rev().find_map(|end| ANCHORS.get(&word[..*end])))
    {
        keys.extend(answers);
    }
    keys
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Anchors<'a> {
    #[serde(borrow)]
    anchors: &'a str,
}

/// In characters; no row of the list is longer.
const LONGEST_ANCHOR: usize = 16;

/// French openings of words → the keys of their English answers.
static ANCHORS: LazyLock<HashMap<&'static str, Vec<Key>>> = LazyLock::new(|| {
    let list: Anchors<'static> =
        toml::from_str(include_str!("../../data/anchors.toml")).expect("data/anchors.toml is valid");
    let row = |line: &'static str| {
        let (french, english) = line.split_once(' ')?;
        Some((
            french,
            english
                .split_whitespace()
                .map(|word| key(b's', stem(word)))
                .collect(),
        ))
    };
    list.anchors.lines().filter_map(row).collect()
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_anchors_are_sound() {
        let list: Anchors<'_> = toml::from_str(include_str!("../../data/anchors.toml")).unwrap();
        let rows: Vec<&str> = list.anchors.lines().collect();
        assert!(
            rows.is_sorted_by(|a, b| a.split(' ').next() < b.split(' ').next()),
            "sorted, no duplicate"
        );
        for row in rows {
            let (french, english) = row.split_once(' ').expect("French, then English");
            assert_eq!(
                french.trim_end_matches('.'),
                fold(french),
                "{row}: as it is looked up"
            );
            assert!(
                !english.trim().is_empty() && french.len() <= LONGEST_ANCHOR,
                "{row}"
            );
            let bare = french.trim_end_matches('.');
            let whole = french.ends_with('.');
            let speaks = SPEAKING.iter().any(|word| fold(word) == bare);
            assert!(
                !(whole && is_french_word(bare) && !speaks),
                "{row}: small words are not looked up"
            );
        }
    }

    #[test]
    fn words_answer_each_other_across_the_languages() {
        let answers = |french: &str, english: &str| {
            let keys: HashSet<Key> = english_keys(&fold(english)).into_iter().collect();
            french_keys(&fold(french)).iter().any(|key| keys.contains(key))
        };
        for (french, english) in [
            ("gouvernement", "government"),
            ("économie", "economy"),
            ("travaillaient", "work"),
            ("années", "years"),
            ("Zelensky", "Zelensky"),
            ("2014", "2014"),
            ("ministre", "minister"),
            ("22e", "22nd"),
            ("sept", "7"),
            ("9", "nine"),
        ] {
            assert!(answers(french, english), "{french} {english}");
        }
        for (french, english) in [
            ("pont", "bridgehead"),
            ("chaise", "stool"),
            ("2014", "2015"),
            ("chat", "dog"),
        ] {
            assert!(!answers(french, english), "{french} {english}");
        }
    }
}
