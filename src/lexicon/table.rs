//! Rows turned into what is looked up: the words of a name by their hashes, and the forms it may take.
//!
//! A word is known by the 64 bits of its hash alone: a text would need billions of different words before two of them had
//! one hash. So a unit of a text, which brings its hash along, costs one look-up.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::{Arc, OnceLock};

use super::hash;
use crate::names::reading::Reading;
use crate::names::unit::Case;
use crate::names::{Form, NameKind, Word, composed};

/// Passes on a number that is a hash already.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Hashed(u64);

impl Hasher for Hashed {
    fn write(&mut self, bytes: &[u8]) {
        self.0 = hash::mixed(self.0, bytes);
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

/// A map by the hash of a folded word.
pub(super) type ByHash<V> = HashMap<u64, V, BuildHasherDefault<Hashed>>;

/// A listed name.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    /// What it is.
    pub kind: NameKind,
    /// The English forms, the preferred one first. Shared with every [`crate::names::Name`] found by it.
    pub forms: Arc<[Form]>,
    /// Whether translators may leave it out or paraphrase it.
    pub loose: bool,
    /// Whether it is written with a small first letter, so that any case matches.
    pub small: bool,
    /// How many units its French spelling has.
    pub len: usize,
    /// Where the hashes of those stand among all.
    pub(super) start: usize,
    /// Which of its words have a capital: so must the text, or *la réunion* is an island. Bit 0 is the first word.
    pub(super) capitals: u32,
    /// The entry added before it whose name begins with the same word.
    pub(super) next: Option<u32>,
}

impl Entry {
    fn has_its_capitals(&self, reading: &Reading<'_>, at: usize) -> bool {
        (0..self.len.min(32))
            .all(|word| self.capitals & (1 << word) == 0 || reading.unit(at + word).is_capital())
    }
}

/// What one word may be.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Senses {
    /// The last entry added whose name begins with it; its `next` leads on.
    pub first: Option<u32>,
    /// The entry whose name it is.
    pub name: Option<u32>,
    /// The nation whose adjective it is.
    pub adjective: Option<u32>,
    /// Whether it is a given name.
    pub given: bool,
}

/// Words as bits, two by two bytes of their hash: where a bit is missing, the word is not among them.
#[derive(Debug, Clone)]
pub(super) struct Filter(Box<[u64; 1024]>);

impl Filter {
    fn place(hash: u64) -> (usize, u64) {
        let [low, high, ..] = hash.to_le_bytes();
        let bit = u16::from_le_bytes([low, high]);
        (usize::from(bit / 64), 1 << (bit % 64))
    }

    pub fn add(&mut self, hash: u64) {
        let (at, bit) = Self::place(hash);
        self.0[at] |= bit;
    }

    pub fn may_have(&self, hash: u64) -> bool {
        let (at, bit) = Self::place(hash);
        self.0[at] & bit != 0
    }
}

impl Default for Filter {
    fn default() -> Self {
        let mut filter = Self(Box::new([0; 1024]));
        composed::heads().for_each(|head| filter.add(hash::of(head.as_bytes())));
        filter
    }
}

/// An English form by its first word.
#[derive(Debug, Clone)]
struct Place {
    entry: u32,
    form: u32,
    /// How many units it has.
    len: usize,
    /// The one added before it that has the same first word.
    before: Option<u32>,
}

/// The English forms by their first word.
#[derive(Debug, Clone, Default)]
pub(super) struct EnglishIndex {
    last: ByHash<u32>,
    places: Vec<Place>,
}

/// All names.
#[derive(Debug, Clone, Default)]
pub(super) struct Table {
    pub(super) entries: Vec<Entry>,
    /// The hashes of the words of all entries, one entry after another.
    pub(super) hashes: Vec<u64>,
    pub(super) words: ByHash<Senses>,
    /// The names of more than one word, by the hash of the hashes of them.
    pub(super) longer: ByHash<u32>,
    /// Words that may begin a name though they have a small first letter: *mer Noire*, *ministère de la Santé*. Most
    /// words of a text are not among them.
    pub(super) small: Filter,
    pub(super) english: OnceLock<EnglishIndex>,
}

impl Table {
    /// Makes room for about `rows` names, so that the maps do not grow one doubling after another.
    pub fn reserve(&mut self, rows: usize) {
        self.entries.reserve(rows);
        self.hashes.reserve(rows * 2);
        self.words.reserve(rows);
        self.longer.reserve(rows / 2);
    }

    /// The longest listed name that begins at unit `at` of a French text.
    pub fn french_at(&self, reading: &Reading<'_>, at: usize) -> Option<(u32, &Entry)> {
        let unit = reading.unit(at);
        let capital = unit.is_capital();
        if !capital && !self.small.may_have(unit.hash) {
            return None;
        }
        // An acronym may take a plural: *les PMEs*.
        if unit.case == Case::Camel
            && let Some(singular) = reading.folded(at).strip_suffix('s')
            && let Some(senses) = self.words.get(&hash::of(singular.as_bytes()))
            && senses.first.is_some()
        {
            let name = senses.name.map(|id| (id, &self.entries[id as usize]));
            return name.filter(|(_, entry)| entry.kind == NameKind::Acronym);
        }
        let mut next = self.words.get(&unit.hash)?.first;
        let mut longest: Option<(u32, &Entry)> = None;
        while let Some(id) = next {
            let entry = &self.entries[id as usize];
            next = entry.next;
            if longest.is_none_or(|(_, known)| known.len < entry.len)
                && (capital || entry.small)
                && self.runs(reading, at, entry)
                && entry.has_its_capitals(reading, at)
                && (entry.kind != NameKind::Acronym || is_acronym_here(reading, at, entry))
            {
                longest = Some((id, entry));
            }
        }
        longest
    }

    /// Whether the units from `at` on, the first of which is that of `entry`, are its name, with nothing but blanks,
    /// hyphens and elisions between them.
    fn runs(&self, reading: &Reading<'_>, at: usize, entry: &Entry) -> bool {
        let rest = &self.hashes[entry.start + 1..entry.start + entry.len];
        reading.units().get(at + 1..at + entry.len).is_some_and(|units| {
            units
                .iter()
                .zip(rest)
                .all(|(unit, hash)| unit.hash == *hash && unit.runs_on())
        })
    }

    /// The longest listed English form that begins at unit `at` of an English text, and how many units it has.
    pub fn english_at(&self, reading: &Reading<'_>, at: usize) -> Option<(usize, &Entry)> {
        let index = self.english.get_or_init(|| EnglishIndex::new(&self.entries));
        let plural = || {
            let singular = reading.folded(at).strip_suffix('s')?;
            Some((*index.last.get(&hash::of(singular.as_bytes()))?, true))
        };
        let (last, plural) = index
            .last
            .get(&reading.unit(at).hash)
            .map(|last| (*last, false))
            .or_else(plural)?;
        // The longest; among those, the name it is the preferred form of: *Mali* is the country before its people.
        let rank = |place: &Place| {
            let people = self.entries[place.entry as usize].kind == NameKind::People;
            (Reverse(place.len), place.form, people)
        };
        let mut best: Option<&Place> = None;
        for place in index.chain(last) {
            if best.is_none_or(|known| rank(place) < rank(known))
                && (place.len == 1 || !plural && is_run(reading, at, self.form(place).words()))
            {
                best = Some(place);
            }
        }
        best.map(|place| (place.len, &self.entries[place.entry as usize]))
    }

    fn form(&self, place: &Place) -> &Form {
        &self.entries[place.entry as usize].forms[place.form as usize]
    }

    /// The name that is one folded word.
    pub fn word(&self, hash: u64) -> Option<&Entry> {
        let id = self.words.get(&hash)?.name?;
        Some(&self.entries[id as usize])
    }

    /// The nation of a folded adjective.
    pub fn adjective(&self, hash: u64) -> Option<&Entry> {
        let id = self.words.get(&hash)?.adjective?;
        Some(&self.entries[id as usize])
    }

    pub fn is_given_name(&self, hash: u64) -> bool {
        self.words.get(&hash).is_some_and(|senses| senses.given)
    }
}

impl EnglishIndex {
    fn new(entries: &[Entry]) -> Self {
        let mut index = Self::default();
        index.last.reserve(entries.len());
        index.places.reserve(entries.len() * 2);
        for (of, entry) in entries.iter().zip(0..) {
            // *lusophone* accounts for *Portuguese*, which is the name of a people all the same.
            if of.kind == NameKind::Language {
                continue;
            }
            for (form, at) in of.forms.iter().zip(0..) {
                let Some((hash, len)) = form.opening() else {
                    continue;
                };
                let place = u32::try_from(index.places.len()).unwrap_or(u32::MAX);
                let before = index.last.insert(hash, place);
                index.places.push(Place {
                    entry,
                    form: at,
                    len,
                    before,
                });
            }
        }
        index
    }

    /// The forms from place `last` back, the last added first.
    fn chain(&self, last: u32) -> impl Iterator<Item = &Place> {
        std::iter::successors(Some(&self.places[last as usize]), |place| {
            Some(&self.places[place.before? as usize])
        })
    }
}

/// *Otan* and *Onu* are written so by some papers; *Bad* and *Pac* are words.
fn is_acronym_here(reading: &Reading<'_>, at: usize, entry: &Entry) -> bool {
    entry.small
        || entry.len > 1
        || reading.unit(at).case != Case::Capital
        || !(reading.is_french(at) || reading.is_english(at))
}

/// Whether the units from `at` on are `words`, with nothing but blanks, hyphens and elisions between them.
fn is_run(reading: &Reading<'_>, at: usize, words: &[Word]) -> bool {
    reading.units().get(at..at + words.len()).is_some_and(|units| {
        units
            .iter()
            .zip(words)
            .enumerate()
            .all(|(offset, (unit, word))| unit.hash == word.hash && (offset == 0 || unit.runs_on()))
    })
}
