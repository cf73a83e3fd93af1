//! Rows turned into what is looked up: the folded words of a name, and the forms it may take.

use std::collections::hash_map::Entry as Slot;
use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::{Arc, OnceLock};

use super::LexiconError;
use super::hash;
use super::inflect;
use super::rows::{File, NameRow, NationRow};
use super::scan;
use super::words::{is_english, is_french};
use crate::names::reading::Reading;
use crate::names::unit::Case;
use crate::names::{Form, NameKind};

/// Hashes a word as the word lists do: no seed, so a run is like the next.
#[derive(Debug, Clone, Copy)]
pub(crate) struct WordHasher(u64);

impl Default for WordHasher {
    fn default() -> Self {
        Self(hash::START)
    }
}

impl Hasher for WordHasher {
    fn write(&mut self, bytes: &[u8]) {
        self.0 = hash::mixed(self.0, bytes);
    }

    fn write_u8(&mut self, byte: u8) {
        self.0 = self.0.rotate_left(8) ^ u64::from(byte);
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

/// A map by folded word.
pub(crate) type WordMap<V> = HashMap<Box<str>, V, BuildHasherDefault<WordHasher>>;

/// A set of folded words.
type WordSet = HashSet<Box<str>, BuildHasherDefault<WordHasher>>;

/// A listed name.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    /// What it is.
    pub kind: NameKind,
    /// The folded units of the French spelling.
    pub words: Box<[Box<str>]>,
    /// The English forms, the preferred one first. Shared with every [`crate::names::Name`] found by it.
    pub forms: Arc<[Form]>,
    /// Whether translators may leave it out or paraphrase it.
    pub loose: bool,
    /// Whether it is written with a small first letter, so that any case matches.
    pub small: bool,
    /// Which of its words have a capital: so must the text, or *la réunion* is an island. Bit 0 is the first word.
    capitals: u32,
}

impl Entry {
    fn has_its_capitals(&self, reading: &Reading<'_>, at: usize) -> bool {
        (0..self.words.len().min(32))
            .all(|word| self.capitals & (1 << word) == 0 || reading.unit(at + word).is_capital())
    }
}

/// Which words may begin a name that is written with a small first letter (*mer Noire*): by their first two letters
/// and their length, so that most words of a text need no look-up.
#[derive(Debug, Clone)]
struct Small(Box<[u32]>);

impl Default for Small {
    fn default() -> Self {
        Self(vec![0; 26 * 26 + 1].into())
    }
}

impl Small {
    fn slot(word: &str) -> usize {
        match word.as_bytes() {
            [a @ b'a'..=b'z', b @ b'a'..=b'z', ..] => usize::from(a - b'a') * 26 + usize::from(b - b'a'),
            _ => 26 * 26,
        }
    }

    fn allow(&mut self, word: &str) {
        self.0[Self::slot(word)] |= 1 << word.len().min(31);
    }

    fn allows(&self, word: &str) -> bool {
        self.0[Self::slot(word)] & (1 << word.len().min(31)) != 0
    }
}

/// The names by their first word, the adjectives, the given names.
#[derive(Debug, Clone, Default)]
pub(super) struct Table {
    entries: Vec<Entry>,
    by_first: WordMap<Vec<u32>>,
    by_name: WordMap<u32>,
    adjectives: WordMap<u32>,
    given: WordSet,
    small: Small,
    english: OnceLock<WordMap<Vec<(u32, u32)>>>,
}

impl Table {
    /// Makes room for about `rows` names, so that the maps do not grow one doubling after another.
    pub fn reserve(&mut self, rows: usize) {
        self.entries.reserve(rows);
        self.by_name.reserve(rows);
        self.by_first.reserve(rows);
    }

    /// Takes in the rows of one file; forms given before keep their place.
    pub fn read(&mut self, text: &'static str) -> Result<(), LexiconError> {
        let file = match scan::file(text) {
            Some(file) => file,
            None => toml::from_str(text)?,
        };
        self.take(&file, false)
    }

    /// Takes in the rows of a glossary, which come first.
    pub fn read_glossary(&mut self, text: &str) -> Result<(), LexiconError> {
        let mut file: File = toml::from_str(text)?;
        file.rule.get_or_insert_with(|| "glossary".to_owned());
        self.english = OnceLock::new();
        self.take(&file, true)
    }

    fn take(&mut self, file: &File, first: bool) -> Result<(), LexiconError> {
        let rule: Arc<str> = file.rule.as_deref().unwrap_or("listed").into();
        let kind = file.kind.unwrap_or(NameKind::Name);
        for (at, row) in file.name.iter().enumerate() {
            if row.kind.unwrap_or(kind) == NameKind::Given {
                self.given.insert(super::fold::fold(&row.fr).into());
            }
            if row.fr.trim().is_empty() {
                return Err(LexiconError::Nameless(at + 1));
            }
            self.add_row(row, kind, file.loose, &rule, first);
        }
        for row in &file.nation {
            self.add_nation(row, first);
        }
        if kind == NameKind::Given {
            for name in &file.same {
                self.given.insert(super::fold::fold(name).into());
            }
        } else {
            for name in &file.same {
                self.add(
                    name,
                    kind,
                    &Arc::from([Form::new(name.clone(), &rule)]),
                    file.loose,
                    first,
                );
            }
        }
        Ok(())
    }

    fn add_row(&mut self, row: &NameRow, kind: NameKind, loose: bool, rule: &Arc<str>, first: bool) {
        let kind = row.kind.unwrap_or(kind);
        let mut forms: Vec<Form> = row.en.iter().map(|en| Form::new(en.clone(), rule)).collect();
        if forms.is_empty() {
            forms.push(Form::new(row.fr.clone(), rule));
        }
        self.add(&row.fr, kind, &forms.into(), row.loose.unwrap_or(loose), first);
    }

    fn add_nation(&mut self, row: &NationRow, first: bool) {
        let (exonym, demonym, country): (Arc<str>, Arc<str>, Arc<str>) =
            ("exonym".into(), "demonym".into(), "its country".into());
        let places: Vec<Form> = row.en.iter().map(|en| Form::new(en.clone(), &exonym)).collect();
        let people: Vec<Form> = row
            .demonym
            .iter()
            .map(|en| Form::new(en.clone(), &demonym))
            .collect();
        let id = self.add(
            &row.place,
            NameKind::Place,
            &[places, people.clone()].concat().into(),
            false,
            first,
        );
        let country: Vec<Form> = row.en.iter().map(|en| Form::new(en.clone(), &country)).collect();
        let people: Arc<[Form]> = [people, country].concat().into();
        for adjective in &row.people {
            for form in inflect::forms(adjective) {
                let mut letters = form.chars();
                let capital: String = letters
                    .next()
                    .map(|c| c.to_uppercase().chain(letters).collect())
                    .unwrap_or_default();
                self.add(&capital, NameKind::People, &people, false, first);
                self.adjectives.insert(super::fold::fold(&form).into(), id);
            }
        }
    }

    /// Adds a name, or more forms to one that is known: after its own, or before them if `first`.
    fn add(&mut self, french: &str, kind: NameKind, forms: &Arc<[Form]>, loose: bool, first: bool) -> u32 {
        let reading = Reading::new(french);
        let words: Box<[Box<str>]> = (0..reading.len()).map(|at| reading.folded(at).into()).collect();
        let name = words.join(" ").into_boxed_str();
        // *La Réunion* needs both capitals; *Europe de l'Est* is often written *Europe de l'est*.
        let article = words
            .first()
            .is_some_and(|word| matches!(&**word, "la" | "le" | "les" | "l"));
        let checked = if article { 2 } else { 1 };
        let capitals = (0..reading.len().min(checked))
            .filter(|at| reading.unit(*at).is_capital())
            .fold(0, |bits, at| bits | 1 << at);
        let small = french.starts_with(char::is_lowercase);
        let next = u32::try_from(self.entries.len()).unwrap_or(u32::MAX);
        match self.by_name.entry(name) {
            Slot::Occupied(slot) => {
                let entry = &mut self.entries[*slot.get() as usize];
                let (front, back) = if first {
                    (forms, &entry.forms)
                } else {
                    (&entry.forms, forms)
                };
                let new = |form: &&Form| front.iter().all(|known| known.text != form.text);
                let added: Vec<Form> = back.iter().filter(new).cloned().collect();
                if first || !added.is_empty() {
                    entry.forms = front.iter().cloned().chain(added).collect();
                }
                entry.small |= small;
                if let Some(word) = entry.words.first().filter(|_| small) {
                    self.small.allow(word);
                }
                entry.capitals &= capitals;
                if first {
                    (entry.kind, entry.loose) = (kind, loose);
                }
                *slot.get()
            }
            Slot::Vacant(slot) => {
                slot.insert(next);
                if let Some(word) = words.first() {
                    if small {
                        self.small.allow(word);
                    }
                    self.by_first.entry(word.clone()).or_default().push(next);
                }
                self.entries.push(Entry {
                    kind,
                    words,
                    forms: Arc::clone(forms),
                    loose,
                    small,
                    capitals,
                });
                next
            }
        }
    }

    pub fn french_at(&self, reading: &Reading<'_>, at: usize) -> Option<(u32, &Entry)> {
        let unit = reading.unit(at);
        let capital = unit.is_capital();
        if !capital && !self.small.allows(reading.folded(at)) {
            return None;
        }
        let folded = reading.folded(at);
        // An acronym may take a plural: *les PMEs*.
        let singular = folded.strip_suffix('s').filter(|_| unit.case == Case::Camel);
        if let Some(ids) = singular.and_then(|word| self.by_first.get(word)) {
            let acronym = ids.iter().map(|id| (*id, &self.entries[*id as usize]));
            return acronym
                .into_iter()
                .find(|(_, entry)| entry.words.len() == 1 && entry.kind == NameKind::Acronym);
        }
        let ids = self.by_first.get(folded)?;
        ids.iter()
            .map(|id| (*id, &self.entries[*id as usize]))
            .filter(|(_, entry)| entry.kind != NameKind::Acronym || is_acronym_here(unit.case, folded, entry))
            .filter(|(_, entry)| {
                (capital || entry.small)
                    && runs(reading, at, &entry.words)
                    && entry.has_its_capitals(reading, at)
            })
            .max_by_key(|(_, entry)| entry.words.len())
    }

    pub fn english_at(&self, reading: &Reading<'_>, at: usize) -> Option<(usize, &Entry)> {
        let index = self.english.get_or_init(|| self.english_index());
        let folded = reading.folded(at);
        let plural = || {
            folded
                .strip_suffix('s')
                .and_then(|singular| Some((index.get(singular)?, true)))
        };
        let (ids, plural) = index.get(folded).map(|ids| (ids, false)).or_else(plural)?;
        // The longest; among those, the name it is the preferred form of: *Mali* is the country before its people.
        ids.iter()
            .map(|(id, form)| {
                let entry = &self.entries[*id as usize];
                (entry.forms[*form as usize].words(), *form, entry)
            })
            .filter(|(words, _, _)| {
                if plural {
                    words.len() == 1
                } else {
                    runs(reading, at, words)
                }
            })
            .max_by_key(|(words, form, entry)| {
                let place = entry.kind != NameKind::People;
                (words.len(), std::cmp::Reverse(*form), place)
            })
            .map(|(words, _, entry)| (words.len(), entry))
    }

    fn english_index(&self) -> WordMap<Vec<(u32, u32)>> {
        let mut index = WordMap::<Vec<(u32, u32)>>::default();
        index.reserve(self.entries.len());
        for (id, entry) in (0_u32..).zip(&self.entries) {
            // *lusophone* accounts for *Portuguese*, which is the name of a people all the same.
            if entry.kind == NameKind::Language {
                continue;
            }
            for (at, form) in (0_u32..).zip(entry.forms.iter()) {
                let Some(word) = form.first_word() else { continue };
                match index.get_mut(&*word) {
                    Some(places) => places.push((id, at)),
                    None => {
                        index.insert(word.into_owned().into(), vec![(id, at)]);
                    }
                }
            }
        }
        index
    }

    pub fn word(&self, folded: &str) -> Option<&Entry> {
        self.by_name.get(folded).map(|id| &self.entries[*id as usize])
    }

    pub fn adjective(&self, folded: &str) -> Option<&Entry> {
        self.adjectives.get(folded).map(|id| &self.entries[*id as usize])
    }

    pub fn is_given_name(&self, folded: &str) -> bool {
        self.given.contains(folded)
    }
}

/// *Otan* and *Onu* are written so by some papers; *Bad* and *Pac* are words.
fn is_acronym_here(case: Case, folded: &str, entry: &Entry) -> bool {
    entry.small
        || entry.words.len() > 1
        || case != Case::Capital
        || !(is_french(folded) || is_english(folded))
}

/// Whether the units from `at` on are `words`, with nothing but blanks, hyphens and elisions between them.
fn runs(reading: &Reading<'_>, at: usize, words: &[Box<str>]) -> bool {
    words.iter().enumerate().all(|(offset, word)| {
        let here = at + offset;
        reading
            .get(here)
            .is_some_and(|unit| (offset == 0 || unit.runs_on()) && reading.folded(here) == &**word)
    })
}
