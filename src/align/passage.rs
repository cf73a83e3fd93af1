//! What a passage can be recognised by in the other language.
//!
//! In: a passage. Out: its length, and for each word that says something the keys that the word opposite may share:
//! its digits, its stem, its consonants, the answers of `data/anchors.toml`. Law: the same on every machine.

use std::sync::LazyLock;

use serde::Deserialize;
use unicode_normalization::UnicodeNormalization;

use crate::word::{Word, WordMap, words};

/// A passage longer than this, in content words, is recognised by its first: enough, and the cost stays linear where one
/// side is a single endless sentence.
const MOST_WORDS: usize = 256;

/// A passage as the alignment sees it: how long it is, and the words it can be recognised by.
#[derive(Debug, Clone, Default)]
pub struct Passage {
    pub(super) chars: u32,
    /// For each content word, the keys any of which recognises it on the other side; one word after the other.
    keys: Vec<Key>,
    /// Where the keys of each word end.
    ends: Vec<usize>,
}

impl Passage {
    /// A passage of the French.
    #[must_use]
    pub fn french(text: &str) -> Self {
        Self::of_french(text, &words(text))
    }

    /// A passage of the English.
    #[must_use]
    pub fn english(text: &str) -> Self {
        Self::of_english(text, &words(text))
    }

    /// A passage of the French whose words have been read.
    pub(crate) fn of_french(text: &str, words: &[Word<'_>]) -> Self {
        Self::new(text, words, |word| word.french, french_keys)
    }

    /// A passage of the English whose words have been read.
    pub(crate) fn of_english(text: &str, words: &[Word<'_>]) -> Self {
        Self::new(text, words, |word| word.english, english_keys)
    }

    fn new(
        text: &str,
        words: &[Word<'_>],
        is_grammar: impl Fn(&Word<'_>) -> bool,
        add_keys: impl Fn(&str, &mut Vec<Key>),
    ) -> Self {
        let speaks = |word: &&Word<'_>| !is_grammar(word) || SPEAKING.binary_search(&&*word.lower).is_ok();
        // A question is answered by a question.
        let question = text.contains('?').then_some("?");
        let said = words.iter().filter(speaks).map(|word| &*word.lower);
        let mut passage = Self {
            chars: words
                .iter()
                .fold(0, |chars, word| chars.saturating_add(word.letters)),
            keys: Vec::with_capacity(words.len() * 2),
            ends: Vec::with_capacity(words.len()),
        };
        let mut folded = String::new();
        for word in said.chain(question).take(MOST_WORDS) {
            fold_into(word, &mut folded);
            add_keys(&folded, &mut passage.keys);
            passage.ends.push(passage.keys.len());
        }
        passage
    }

    /// The keys of each word.
    pub(super) fn each(&self) -> impl Iterator<Item = &[Key]> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(start, end)| &self.keys[start..*end])
    }

    /// How many letters and figures it has.
    #[must_use]
    pub fn chars(&self) -> u32 {
        self.chars
    }

    /// How many words it can be recognised by.
    #[must_use]
    pub fn words(&self) -> usize {
        self.ends.len()
    }
}

/// All that a text can be recognised by.
pub(crate) struct Keys {
    /// Sorted.
    keys: Vec<Key>,
    /// Whether the text was too long to keep all.
    cut: bool,
}

impl Keys {
    fn of(passage: Passage) -> Self {
        let mut keys = passage.keys;
        keys.sort_unstable();
        Self {
            cut: passage.ends.len() >= MOST_WORDS,
            keys,
        }
    }

    /// Of a French text.
    pub(crate) fn french(text: &str) -> Self {
        Self::of(Passage::french(text))
    }

    /// Of how many content words of an English text the French has how many. All, if the French is too long to say.
    pub(crate) fn echoes(&self, english: &str) -> (usize, usize) {
        let passage = Passage::english(english);
        let found = if self.cut {
            passage.words()
        } else {
            self.found(&passage)
        };
        (passage.words(), found)
    }

    /// How many words of a passage it has.
    fn found(&self, passage: &Passage) -> usize {
        let has = |keys: &&[Key]| keys.iter().any(|key| self.keys.binary_search(key).is_ok());
        passage.each().filter(has).count()
    }
}

/// Of how many content words of a French text the English has how many.
pub(crate) fn answered(french: &str, english: &str) -> (usize, usize) {
    let passage = Passage::french(french);
    let found = Keys::of(Passage::english(english)).found(&passage);
    (passage.words(), found)
}

/// What a word is recognised by on the other side: a hash of the word's stem, of its consonants, or of its digits.
pub(super) type Key = u64;

/// FNV-1a: the same on every machine and in every run, as verdicts must be.
fn key(kind: u8, text: &str) -> Key {
    text.bytes().fold(mixed(START, kind), mixed)
}

const START: Key = 0xcbf2_9ce4_8422_2325;

fn mixed(hash: Key, byte: u8) -> Key {
    (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
}

/// Lower case, without accents, `œ` in two letters.
fn fold(word: &str) -> String {
    let mut folded = String::new();
    fold_into(word, &mut folded);
    folded
}

/// The same, written to `out`, which is emptied first.
fn fold_into(word: &str, out: &mut String) {
    out.clear();
    for c in word.chars() {
        match c {
            'a'..='z' | '0'..='9' | '?' => out.push(c),
            // French has these; the rest goes the long way round.
            'à' | 'â' | 'ä' => out.push('a'),
            'é' | 'è' | 'ê' | 'ë' => out.push('e'),
            'î' | 'ï' => out.push('i'),
            'ô' | 'ö' => out.push('o'),
            'ù' | 'û' | 'ü' => out.push('u'),
            'ç' => out.push('c'),
            'œ' => out.push_str("oe"),
            _ => {
                out.clear();
                return fold_any(word, out);
            }
        }
    }
}

fn fold_any(word: &str, out: &mut String) {
    let letters = word
        .nfd()
        .filter(|c| c.is_alphanumeric() || *c == '?')
        .flat_map(char::to_lowercase);
    for c in letters {
        match c {
            'œ' => out.push_str("oe"),
            'æ' => out.push_str("ae"),
            c => out.push(c),
        }
    }
}

/// The first four consonants, doubled ones once: what French and English cognates share when endings and vowels
/// differ. Fewer than three tell nothing.
fn consonants(word: &str) -> Option<Key> {
    let (mut hash, mut count, mut last) = (mixed(START, b'c'), 0, None);
    for c in word
        .chars()
        .filter(|c| !matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y'))
    {
        // The spellings that differ by rule: `ph`/`f`, `k`/`c`, `q`/`c`.
        let c = if matches!(c, 'k' | 'q') { 'c' } else { c };
        if last.replace(c) != Some(c) {
            hash = c.encode_utf8(&mut [0; 4]).bytes().fold(hash, mixed);
            count += 1;
            if count == 4 {
                break;
            }
        }
    }
    (count >= 3).then_some(hash)
}

/// An English word without its inflection.
fn stem(word: &str) -> &str {
    let bare = match word.as_bytes().last() {
        Some(b'g') => word.strip_suffix("ing"),
        Some(b'd') => word.strip_suffix("ied").or_else(|| word.strip_suffix("ed")),
        Some(b's') => word
            .strip_suffix("ies")
            .or_else(|| word.strip_suffix("es"))
            .or_else(|| word.strip_suffix('s')),
        Some(b'y') => word.strip_suffix("ly").or_else(|| word.strip_suffix('y')),
        Some(b'e') => word.strip_suffix('e'),
        _ => None,
    };
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

fn english_keys(word: &str, keys: &mut Vec<Key>) {
    let figure = figure(word, |number| number.1);
    if !(figure.is_some() && word.starts_with(|c: char| c.is_ascii_digit())) {
        keys.push(key(b's', stem(word)));
        keys.extend(consonants(word));
    }
    keys.extend(figure);
}

/// Whether an English word may be the translation of a French one, both in lower case.
pub(crate) fn answers(french: &str) -> impl Fn(&str) -> bool {
    let mut wanted = Vec::new();
    french_keys(&fold(french), &mut wanted);
    move |english| {
        let mut keys = Vec::new();
        english_keys(&fold(english), &mut keys);
        wanted.iter().any(|key| keys.contains(key))
    }
}

fn french_keys(word: &str, keys: &mut Vec<Key>) {
    let figure = figure(word, |number| number.0);
    if figure.is_some() && word.starts_with(|c: char| c.is_ascii_digit()) {
        keys.extend(figure);
        return;
    }
    keys.extend(consonants(word));
    keys.extend(figure);
    keys.push(key(b's', stem(word)));
    if let Some(answers) = ANCHORS.of(word) {
        keys.extend(answers);
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Anchors<'a> {
    #[serde(borrow)]
    anchors: &'a str,
}

/// In characters; no row of the list is longer.
const LONGEST_ANCHOR: usize = 16;

/// What the list has.
#[derive(Default)]
struct Answers {
    /// French openings of words → the keys of their English answers.
    opening: WordMap<&'static str, Vec<Key>>,
    /// The same of whole words.
    whole: WordMap<&'static str, Vec<Key>>,
}

impl Answers {
    /// The answers of a word, or of the longest opening that the list knows, to two letters: `travaillent` is found
    /// under `travail`.
    fn of(&self, word: &str) -> Option<&Vec<Key>> {
        let longest = word.char_indices().map(|(at, c)| at + c.len_utf8());
        let (mut ends, mut count) = ([0; LONGEST_ANCHOR], 0);
        for (slot, end) in ends.iter_mut().zip(longest) {
            *slot = end;
            count += 1;
        }
        let openings = ends[..count].iter().skip(1).rev();
        self.whole.get(word).or_else(|| {
            openings
                .into_iter()
                .find_map(|end| self.opening.get(&word[..*end]))
        })
    }
}

/// Parsed once; `the_anchors_are_sound` proves that this `expect` cannot fire.
static ANCHORS: LazyLock<Answers> = LazyLock::new(|| {
    let list: Anchors<'static> =
        toml::from_str(include_str!("../../data/anchors.toml")).expect("data/anchors.toml is valid");
    let mut answers = Answers::default();
    for (french, english) in list.anchors.lines().filter_map(|line| line.split_once(' ')) {
        let keys = english.split_whitespace().map(|word| key(b's', stem(word)));
        match french.strip_suffix('.') {
            Some(whole) => answers.whole.insert(whole, keys.collect()),
            None => answers.opening.insert(french, keys.collect()),
        };
    }
    answers
});

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sentence::is_french_word;

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
    fn the_short_way_of_folding_is_the_long_one() {
        assert!(SPEAKING.is_sorted());
        for word in [
            "élèves", "cœur", "22e", "açores", "naïf", "goût", "où", "hôtel", "?", "æther", "straße",
        ] {
            let mut long = String::new();
            fold_any(word, &mut long);
            assert_eq!(fold(word), long, "{word}");
        }
    }

    #[test]
    fn words_answer_each_other_across_the_languages() {
        let answers = |french: &str, english: &str| answers(french)(english);
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
