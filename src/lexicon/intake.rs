//! The rows of files → the names they list, each with the hashes of its words and the forms it may take.
//!
//! Both the build, which takes in `data/*.toml`, and the program, which takes in a glossary, read rows by this module;
//! [`super::layout`] lays out what comes of it.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::fold::fold;
use super::rows::{File, NameRow, NationRow};
use super::{hash, inflect};
use crate::names::unit::Units;
use crate::names::{NameKind, cut};

/// A row that names nothing, by its number.
#[derive(Debug)]
pub(crate) struct Nameless(pub usize);

/// A name that rows list.
#[derive(Debug, Clone)]
pub(crate) struct Listed {
    /// The hashes of the words of its French spelling.
    pub words: Vec<u64>,
    /// What it is.
    pub kind: NameKind,
    /// Whether translators may leave it out or paraphrase it.
    pub loose: bool,
    /// Whether it is written with a small first letter, so that any case matches.
    pub small: bool,
    /// Which of its first two words have a capital: so must the text, or *la réunion* is an island. Bit 0 is the first
    /// word.
    pub capitals: u8,
    /// The English forms, the preferred one first.
    pub forms: Vec<Spelling>,
    /// Which of the names below it stands instead of: what a glossary says of a name that is listed already.
    pub instead: Option<u32>,
}

/// An English form, and why it counts.
#[derive(Debug, Clone)]
pub(crate) struct Spelling {
    pub text: String,
    pub why: String,
}

/// The names that rows list.
pub(crate) struct Listing<'k> {
    pub names: Vec<Listed>,
    /// The nations that a word is the adjective of.
    pub adjectives: BTreeMap<u64, u32>,
    /// The words that are given names.
    pub given: BTreeSet<u64>,
    /// Words that may begin a name though they have a small first letter: *mer Noire*.
    pub small: BTreeSet<u64>,
    by_words: HashMap<Vec<u64>, u32>,
    /// What is known of a name beforehand, by the hashes of its words.
    known: &'k dyn Fn(&[u64]) -> Option<Listed>,
    /// Those of the name being taken; their memory serves the next one.
    units: Units,
}

/// What the rows of a file say unless they say otherwise.
struct Defaults<'f> {
    kind: NameKind,
    loose: bool,
    rule: &'f str,
    /// Whether the forms come before those that are known.
    first: bool,
}

impl<'k> Listing<'k> {
    /// Nothing yet; `known` tells what is known of a name beforehand.
    pub fn new(known: &'k dyn Fn(&[u64]) -> Option<Listed>) -> Self {
        Self {
            names: Vec::new(),
            adjectives: BTreeMap::new(),
            given: BTreeSet::new(),
            small: BTreeSet::new(),
            by_words: HashMap::new(),
            known,
            units: Units::default(),
        }
    }

    /// Takes in the rows of one file. The forms they give come after those that are known, or before them if `first`.
    pub fn take(&mut self, file: &File, first: bool) -> Result<(), Nameless> {
        let defaults = Defaults {
            kind: file.kind.unwrap_or(NameKind::Name),
            loose: file.loose,
            rule: file.rule.as_deref().unwrap_or("listed"),
            first,
        };
        for (at, row) in file.name.iter().enumerate() {
            if row.fr.trim().is_empty() {
                return Err(Nameless(at + 1));
            }
            self.name(row, &defaults);
        }
        for row in &file.nation {
            self.nation(row, &defaults);
        }
        for name in &file.same {
            if defaults.kind == NameKind::Given {
                self.given(name);
            } else {
                let forms = spellings(std::slice::from_ref(name), defaults.rule);
                self.add(name, defaults.kind, &forms, defaults.loose, first);
            }
        }
        Ok(())
    }

    fn name(&mut self, row: &NameRow, defaults: &Defaults<'_>) {
        let kind = row.kind.unwrap_or(defaults.kind);
        if kind == NameKind::Given {
            self.given(&row.fr);
        }
        let english = if row.en.is_empty() {
            std::slice::from_ref(&row.fr)
        } else {
            &row.en
        };
        let forms = spellings(english, defaults.rule);
        self.add(
            &row.fr,
            kind,
            &forms,
            row.loose.unwrap_or(defaults.loose),
            defaults.first,
        );
    }

    fn nation(&mut self, row: &NationRow, defaults: &Defaults<'_>) {
        let people = spellings(&row.demonym, "demonym");
        let place = [spellings(&row.en, "exonym"), people.clone()].concat();
        let id = self.add(&row.place, NameKind::Place, &place, false, defaults.first);
        let people = [people, spellings(&row.en, "its country")].concat();
        for adjective in &row.people {
            for form in inflect::forms(adjective) {
                let mut letters = form.chars();
                let capital: String = letters
                    .next()
                    .map(|c| c.to_uppercase().chain(letters).collect())
                    .unwrap_or_default();
                self.add(&capital, NameKind::People, &people, false, defaults.first);
                self.adjectives.insert(hash::of(fold(&form).as_bytes()), id);
            }
        }
    }

    fn given(&mut self, name: &str) {
        self.given.insert(hash::of(fold(name).as_bytes()));
    }

    /// Adds a name, or more forms to one that is known: after its own, or before them if `first`.
    fn add(&mut self, french: &str, kind: NameKind, forms: &[Spelling], loose: bool, first: bool) -> u32 {
        cut::cut(french, &mut self.units);
        let units = &self.units.all;
        // *La Réunion* needs both capitals; *Europe de l'Est* is often written *Europe de l'est*.
        let article = !units.is_empty() && matches!(self.units.folded(french, 0), "la" | "le" | "les" | "l");
        let checked = if article { 2 } else { 1 };
        let capitals = (0..units.len().min(checked))
            .filter(|at| units[*at].is_capital())
            .fold(0, |bits, at| bits | 1 << at);
        let small = french.starts_with(char::is_lowercase);
        let words: Vec<u64> = units.iter().map(|unit| unit.hash).collect();
        if let Some(head) = words.first().filter(|_| small) {
            self.small.insert(*head);
        }
        let known = self.by_words.get(&words).copied();
        let known = known.or_else(|| (self.known)(&words).map(|below| self.push(below)));
        let Some(id) = known else {
            return self.push(Listed {
                words,
                kind,
                loose,
                small,
                capitals,
                forms: forms.to_vec(),
                instead: None,
            });
        };
        let name = &mut self.names[id as usize];
        let (mut front, back) = if first {
            (forms.to_vec(), std::mem::take(&mut name.forms))
        } else {
            (std::mem::take(&mut name.forms), forms.to_vec())
        };
        let own = front.len();
        for form in back {
            if front[..own].iter().all(|known| known.text != form.text) {
                front.push(form);
            }
        }
        name.forms = front;
        name.small |= small;
        name.capitals &= capitals;
        if first {
            (name.kind, name.loose) = (kind, loose);
        }
        id
    }

    fn push(&mut self, name: Listed) -> u32 {
        let id = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
        self.by_words.insert(name.words.clone(), id);
        self.names.push(name);
        id
    }
}

fn spellings(english: &[String], why: &str) -> Vec<Spelling> {
    let spelling = |text: &String| Spelling {
        text: text.clone(),
        why: why.to_owned(),
    };
    english.iter().map(spelling).collect()
}
