//! Which words of the French say a word of the English.
//!
//! In: the cited French and a sentence of a summary. Out: for each word of the sentence that carries matter, the French
//! words that answer it. A word is answered by the rows of `data/answers.toml` and `data/anchors.toml`, by its stem, or
//! by its consonants (`gouvernement`, *government*). Laws: a word that no row knows proves nothing by its absence; the
//! cost is linear for texts of the length of an article.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use serde::Deserialize;
use unicode_normalization::UnicodeNormalization;

use super::irregular::regular;
use crate::sentence::{is_english_word, is_french_word, sentences};
use crate::span::Span;

/// A hash of a stem, of consonants, or of digits; the same on every machine.
pub(super) type Key = u64;

/// A word that carries matter.
#[derive(Debug, Clone)]
pub(super) struct Word {
    /// Where it stands.
    pub span: Span,
    /// Lower case, without accents.
    pub folded: String,
    /// Which sentence of its text, from 0.
    pub sentence: usize,
    keys: Vec<Key>,
    /// Whether a row of the lists has it.
    pub known: bool,
}

/// The words of a text in reading order.
#[derive(Debug, Clone, Default)]
pub(super) struct Words {
    pub words: Vec<Word>,
    /// The sentences they stand in.
    pub sentences: Vec<Span>,
}

impl Words {
    /// Of French.
    pub fn french(text: &str) -> Self {
        Self::read(text, |folded, word| {
            if is_french_word(word) || folded.chars().count() < 2 {
                return None;
            }
            let mut keys: Vec<Key> = Vec::new();
            let mut known = false;
            for answers in openings(folded, &LISTS).filter_map(|opening| LISTS.answers.get(opening)) {
                known = true;
                keys.extend(answers);
            }
            keys.extend(own_keys(folded));
            Some((keys, known))
        })
    }

    /// Of English.
    pub fn english(text: &str) -> Self {
        Self::read(text, |folded, word| {
            if is_english_word(word) || folded.chars().count() < 2 {
                return None;
            }
            let mut keys = own_keys(folded);
            keys.extend(regular(folded).map(|base| key(b's', stem(base))));
            let known = keys.iter().any(|key| LISTS.rows.contains_key(key));
            Some((keys, known))
        })
    }

    fn read(text: &str, keys: impl Fn(&str, &str) -> Option<(Vec<Key>, bool)>) -> Self {
        let sentences = sentences(text);
        let base = text.as_ptr() as usize;
        let mut words = Vec::new();
        let mut sentence = 0;
        for piece in text
            .split(|c: char| !c.is_alphanumeric())
            .filter(|piece| !piece.is_empty())
        {
            let start = piece.as_ptr() as usize - base;
            let span = Span::new(start, start + piece.len());
            while sentences.get(sentence).is_some_and(|span| span.end <= start) {
                sentence += 1;
            }
            let folded = fold(piece);
            if let Some((keys, known)) = keys(&folded, &piece.to_lowercase()) {
                words.push(Word {
                    span,
                    folded,
                    sentence,
                    keys,
                    known,
                });
            }
        }
        Self { words, sentences }
    }

    /// The words inside `span`, as a range of indices.
    pub fn within(&self, span: Span) -> std::ops::Range<usize> {
        let start = self.words.partition_point(|word| word.span.start < span.start);
        let end = self.words.partition_point(|word| word.span.end <= span.end);
        start..end.max(start)
    }
}

impl Word {
    /// Whether this French word says that English one.
    pub fn says(&self, english: &Self) -> bool {
        self.keys.iter().any(|key| english.keys.contains(key))
    }

    /// Whether one of these stems answers it.
    pub fn has_any(&self, stems: &HashSet<Key>) -> bool {
        self.keys.iter().any(|key| stems.contains(key))
    }

    /// Whether a French word that says this English one has an answer in common with this French word: not the word, but one of its
    /// neighbourhood (`difficile`, *tough*, by way of *hard*).
    pub fn is_near(&self, english: &Self) -> bool {
        LISTS.rows.get(&english.keys[0]).is_some_and(|rows| {
            rows.iter()
                .any(|row| LISTS.list[*row].iter().any(|answer| self.keys.contains(answer)))
        })
    }
}

impl Word {
    /// Whether an answer or a free translation of this French word is of the family of that English one: they open alike
    /// (`appuie`, *supportive*, by way of *support*), or one ends in the other (*underestimate*).
    pub fn is_kin(&self, english: &Self) -> bool {
        let family: Vec<Key> = families(&english.folded).collect();
        [&*LISTS, &*WIDER].iter().any(|lists| {
            openings(&self.folded, lists).any(|opening| {
                let kin = lists.kin.get(opening);
                kin.is_some_and(|kin| kin.iter().any(|key| family.contains(key)))
            })
        })
    }

    /// Whether a list knows this French word, those of free translations included.
    pub fn is_listed_french(&self) -> bool {
        self.known || openings(&self.folded, &WIDER).any(|opening| WIDER.answers.contains_key(opening))
    }

    /// Whether a list knows this English word, those of free translations included.
    pub fn is_listed_english(&self) -> bool {
        self.known || self.keys.iter().any(|key| WIDER.rows.contains_key(key))
    }

    /// Whether a free translation of this French word may be that English one.
    pub fn may_say(&self, english: &Self) -> bool {
        openings(&self.folded, &WIDER).any(|opening| {
            let answers = WIDER.answers.get(opening);
            answers.is_some_and(|answers| english.keys.iter().any(|key| answers.contains(key)))
        })
    }
}

/// Which passages of an article have a word that says an English one.
#[derive(Debug, Clone)]
pub(super) struct Index(HashMap<Key, Vec<usize>>);

impl Index {
    pub fn of(passages: &[&str]) -> Self {
        let mut index: HashMap<Key, Vec<usize>> = HashMap::new();
        for (at, passage) in passages.iter().enumerate() {
            for key in Words::french(passage).words.iter().flat_map(|word| &word.keys) {
                let places = index.entry(*key).or_default();
                if places.last() != Some(&at) {
                    places.push(at);
                }
            }
        }
        Self(index)
    }

    /// In reading order, each once.
    pub fn passages(&self, english: &Word) -> Vec<usize> {
        let mut places: Vec<usize> = english
            .keys
            .iter()
            .filter_map(|key| self.0.get(key))
            .flatten()
            .copied()
            .collect();
        places.sort_unstable();
        places.dedup();
        places
    }
}

/// Lower case, without accents, `œ` in two letters.
pub(super) fn fold(word: &str) -> String {
    let mut folded = String::with_capacity(word.len());
    for c in word
        .nfd()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
    {
        match c {
            'œ' => folded.push_str("oe"),
            'æ' => folded.push_str("ae"),
            c => folded.push(c),
        }
    }
    folded
}

/// The stem first, then the consonants.
fn own_keys(folded: &str) -> Vec<Key> {
    let mut keys = vec![key(b's', stem(folded))];
    keys.extend(consonants(folded));
    keys
}

/// What words of one family share: how they open, with and without a prefix.
fn families(english: &str) -> impl Iterator<Item = Key> {
    const PREFIXES: &[&str] = &[
        "anti", "counter", "mid", "non", "out", "over", "pre", "re", "self", "sub", "under",
    ];
    let bare = PREFIXES.iter().find_map(|prefix| english.strip_prefix(prefix));
    [Some(english), bare]
        .into_iter()
        .flatten()
        .map(stem)
        .filter(|stem| stem.len() >= FAMILY - 1)
        .map(|stem| {
            key(
                b'f',
                stem.char_indices()
                    .nth(FAMILY)
                    .map_or(stem, |(at, _)| &stem[..at]),
            )
        })
}

/// So many letters open all words of a family.
const FAMILY: usize = 6;

/// The key of an English word by its stem.
pub(super) fn stem_key(folded: &str) -> Key {
    key(b's', stem(folded))
}

/// FNV-1a.
fn key(kind: u8, text: &str) -> Key {
    std::iter::once(kind)
        .chain(text.bytes())
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        })
}

/// An English word without its inflection and without a doubled last consonant (*stopped*, *stop*).
pub(super) fn stem(word: &str) -> &str {
    const ENDINGS: &[&str] = &[
        "ings", "ing", "iest", "ier", "ied", "ies", "ily", "ers", "est", "ed", "er", "es", "ly", "s", "e",
        "y",
    ];
    let bare = ENDINGS.iter().find_map(|ending| {
        let bare = word.strip_suffix(ending)?;
        // *Delay*, *delays*: the ending is that of *early*.
        let is_ending = *ending != "y" || !bare.ends_with(['a', 'e', 'o', 'u']);
        (is_ending && bare.chars().count() >= 3).then_some(bare)
    });
    let bare = bare.unwrap_or(word);
    let mut last = bare.chars().rev();
    match (last.next(), last.next()) {
        (Some(a), Some(b)) if a == b && bare.chars().count() > 3 => &bare[..bare.len() - a.len_utf8()],
        _ => bare,
    }
}

/// The first five consonants, doubled ones once, and the first letter where it is one: what French and English cognates
/// share when endings and vowels differ. Fewer than three tell nothing.
fn consonants(word: &str) -> Option<Key> {
    let mut bones = String::new();
    if word.starts_with(['a', 'e', 'i', 'o', 'u', 'y']) {
        bones.push('a');
    }
    for c in word
        .chars()
        .filter(|c| !matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y'))
    {
        let c = match c {
            'k' | 'q' => 'c',
            'z' => 's',
            c => c,
        };
        if !bones.ends_with(c) {
            bones.push(c);
        }
    }
    let bones = &bones[..bones.char_indices().nth(4).map_or(bones.len(), |(at, _)| at)];
    (bones.chars().count() >= 3 && word.chars().count() >= 4).then(|| key(b'c', bones))
}

/// The openings of a word that a row may have, and the word itself with a full stop.
fn openings<'w>(folded: &'w str, lists: &'static Lists) -> impl Iterator<Item = &'w str> {
    let prefixes = folded
        .char_indices()
        .map(|(at, c)| at + c.len_utf8())
        .skip(2)
        .take(LONGEST)
        .map(move |end| &folded[..end]);
    // A short word is its own opening; a whole word has a row of its own.
    prefixes.chain(lists.whole.get(folded).copied())
}

/// In characters; no row is longer.
const LONGEST: usize = 20;

struct Lists {
    /// Opening → the stems that answer it.
    answers: HashMap<&'static str, Vec<Key>>,
    /// Whole words that have a row → the key of that row, with its full stop.
    whole: HashMap<&'static str, &'static str>,
    /// Opening → the families of the words that answer it.
    kin: HashMap<&'static str, Vec<Key>>,
    /// The stems of each row.
    list: Vec<Vec<Key>>,
    /// Stem → the rows that have it.
    rows: HashMap<Key, Vec<usize>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File<'a> {
    #[serde(borrow, alias = "anchors")]
    answers: &'a str,
}

/// Parsed once; `the_answers_are_sound` proves that the `expect` of [`Lists::of`] cannot fire.
static LISTS: LazyLock<Lists> = LazyLock::new(|| {
    Lists::of(&[
        include_str!("../../../data/answers.toml"),
        include_str!("../../../data/anchors.toml"),
    ])
});

/// Free translations, looked at only where a quotation seems altered.
static WIDER: LazyLock<Lists> = LazyLock::new(|| Lists::of(&[include_str!("../../../data/wider.toml")]));

impl Lists {
    fn of(texts: &[&'static str]) -> Self {
        let mut lists = Self {
            answers: HashMap::new(),
            kin: HashMap::new(),
            whole: HashMap::new(),
            list: Vec::new(),
            rows: HashMap::new(),
        };
        for text in texts {
            let file: File<'static> = toml::from_str(text).expect("all lists are valid");
            for (french, english) in file.answers.lines().filter_map(|row| row.split_once(' ')) {
                let stems: Vec<Key> = english
                    .split_whitespace()
                    .map(|word| key(b's', stem(word)))
                    .collect();
                for stem in &stems {
                    lists.rows.entry(*stem).or_default().push(lists.list.len());
                }
                if let Some(word) = french.strip_suffix('.') {
                    lists.whole.insert(word, french);
                }
                let kin = english.split_whitespace().flat_map(families);
                lists.kin.entry(french).or_default().extend(kin);
                lists.answers.entry(french).or_default().extend(&stems);
                lists.list.push(stems);
            }
        }
        lists
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_answers_are_sound() {
        for text in [
            include_str!("../../../data/answers.toml"),
            include_str!("../../../data/wider.toml"),
        ] {
            let file: File<'_> = toml::from_str(text).unwrap();
            let rows: Vec<&str> = file.answers.lines().collect();
            let first = |row: &str| row.split(' ').next().map(str::to_owned);
            assert!(
                rows.is_sorted_by(|a, b| first(a) < first(b)),
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
                    !english.trim().is_empty() && french.trim_end_matches('.').len() <= LONGEST,
                    "{row}"
                );
            }
        }
    }

    #[test]
    fn a_free_translation_is_told_from_another_word() {
        let may_say = |french: &str, english: &str| {
            let (ours, theirs) = (Words::french(french), Words::english(english));
            ours.words[0].may_say(&theirs.words[0])
        };
        for (french, english) in [("lourdes", "serious"), ("rivés", "fixed")] {
            assert!(may_say(french, english), "{french} {english}");
        }
        assert!(!may_say("lourdes", "cheap") && !may_say("rivés", "closed"));
    }

    #[test]
    fn words_answer_each_other_across_the_languages() {
        let says = |french: &str, english: &str| {
            let (ours, theirs) = (Words::french(french), Words::english(english));
            ours.words[0].says(&theirs.words[0])
        };
        for (french, english) in [
            ("gouvernement", "government"),
            ("édifiant", "uplifting"),
            ("arrêterai", "stopped"),
            ("augmenté", "raising"),
            ("arrêts", "rulings"),
            ("jouer", "playing"),
            ("retards", "delays"),
        ] {
            assert!(says(french, english), "{french} {english}");
        }
        for (french, english) in [("arrêterai", "bomb"), ("hausse", "fall"), ("avocats", "officers")] {
            assert!(!says(french, english), "{french} {english}");
        }
    }

    #[test]
    fn a_word_of_the_neighbourhood_is_near_and_another_is_not() {
        let (french, english) = (Words::french("difficile"), Words::english("tough bomb"));
        assert!(french.words[0].is_near(&english.words[0]));
        assert!(!french.words[0].is_near(&english.words[1]));
    }
}
