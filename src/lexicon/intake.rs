//! The rows of one file taken into the table.

use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

use super::LexiconError;
use super::fold::fold;
use super::rows::{File, NameRow, NationRow};
use super::table::{Entry, Table};
use super::{hash, inflect, scan};
use crate::names::unit::Units;
use crate::names::{Form, NameKind, cut};

impl Table {
    /// Takes in the rows of one file; forms given before keep their place.
    pub fn read(&mut self, text: &'static str) -> Result<(), LexiconError> {
        let file = match scan::file(text) {
            Some(file) => file,
            None => toml::from_str(text)?,
        };
        Intake::new(self, &file, false).take(&file)
    }

    /// Takes in the rows of a glossary, which come first.
    pub fn read_glossary(&mut self, text: &str) -> Result<(), LexiconError> {
        let mut file: File = toml::from_str(text)?;
        file.rule.get_or_insert_with(|| "glossary".to_owned());
        self.english = OnceLock::new();
        Intake::new(self, &file, true).take(&file)
    }
}

/// A file on its way into a table.
struct Intake<'t> {
    table: &'t mut Table,
    /// Those of the name being taken; their memory serves the next one.
    units: Units,
    /// What the names are, whether they may be paraphrased, by which rule they stand, unless a row says otherwise.
    kind: NameKind,
    loose: bool,
    rule: Arc<str>,
    /// Whether the forms come before those that are known.
    first: bool,
}

impl<'t> Intake<'t> {
    fn new(table: &'t mut Table, file: &File, first: bool) -> Self {
        Self {
            table,
            units: Units::default(),
            kind: file.kind.unwrap_or(NameKind::Name),
            loose: file.loose,
            rule: file.rule.as_deref().unwrap_or("listed").into(),
            first,
        }
    }

    fn take(&mut self, file: &File) -> Result<(), LexiconError> {
        for (at, row) in file.name.iter().enumerate() {
            if row.fr.trim().is_empty() {
                return Err(LexiconError::Nameless(at + 1));
            }
            self.name(row);
        }
        for row in &file.nation {
            self.nation(row);
        }
        for name in &file.same {
            if self.kind == NameKind::Given {
                self.given(name);
            } else {
                let form = Form::new(name.clone(), &self.rule);
                self.add(name, self.kind, &Arc::from([form]), self.loose);
            }
        }
        Ok(())
    }

    fn name(&mut self, row: &NameRow) {
        let kind = row.kind.unwrap_or(self.kind);
        if kind == NameKind::Given {
            self.given(&row.fr);
        }
        let form = |text| Form::new(text, &self.rule);
        let forms: Arc<[Form]> = if row.en.is_empty() {
            Arc::from([form(row.fr.clone())])
        } else {
            row.en.iter().cloned().map(form).collect()
        };
        self.add(&row.fr, kind, &forms, row.loose.unwrap_or(self.loose));
    }

    fn nation(&mut self, row: &NationRow) {
        let forms = |texts: &[Cow<'static, str>], why: &str| -> Vec<Form> {
            let why = why.into();
            texts.iter().map(|en| Form::new(en.clone(), &why)).collect()
        };
        let people = forms(&row.demonym, "demonym");
        let place = [forms(&row.en, "exonym"), people.clone()].concat().into();
        let id = self.add(&row.place, NameKind::Place, &place, false);
        let people: Arc<[Form]> = [people, forms(&row.en, "its country")].concat().into();
        for adjective in &row.people {
            for form in inflect::forms(adjective) {
                let mut letters = form.chars();
                let capital: String = letters
                    .next()
                    .map(|c| c.to_uppercase().chain(letters).collect())
                    .unwrap_or_default();
                self.add(&capital, NameKind::People, &people, false);
                let hash = hash::of(fold(&form).as_bytes());
                self.table.words.entry(hash).or_default().adjective = Some(id);
            }
        }
    }

    fn given(&mut self, name: &str) {
        let hash = hash::of(fold(name).as_bytes());
        self.table.words.entry(hash).or_default().given = true;
    }

    /// Adds a name, or more forms to one that is known: after its own, or before them if `first`.
    fn add(&mut self, french: &str, kind: NameKind, forms: &Arc<[Form]>, loose: bool) -> u32 {
        cut::cut(french, &mut self.units);
        let units = &self.units.all;
        // *La Réunion* needs both capitals; *Europe de l'Est* is often written *Europe de l'est*.
        let article = !units.is_empty() && matches!(self.units.folded(french, 0), "la" | "le" | "les" | "l");
        let checked = if article { 2 } else { 1 };
        let capitals = (0..units.len().min(checked))
            .filter(|at| units[*at].is_capital())
            .fold(0, |bits, at| bits | 1 << at);
        let small = french.starts_with(char::is_lowercase);
        let table = &mut *self.table;
        if let Some(first) = units.first().filter(|_| small) {
            table.small.add(first.hash);
        }
        let next = u32::try_from(table.entries.len()).unwrap_or(u32::MAX);
        let known = match units.as_slice() {
            [word] => *table.words.entry(word.hash).or_default().name.get_or_insert(next),
            _ => *table
                .longer
                .entry(hash::of_all(units.iter().map(|unit| unit.hash)))
                .or_insert(next),
        };
        if known < next {
            let entry = &mut table.entries[known as usize];
            let (front, back) = if self.first {
                (forms, &entry.forms)
            } else {
                (&entry.forms, forms)
            };
            let new = |form: &&Form| front.iter().all(|known| known.text != form.text);
            let added: Vec<Form> = back.iter().filter(new).cloned().collect();
            if self.first || !added.is_empty() {
                entry.forms = front.iter().cloned().chain(added).collect();
            }
            entry.small |= small;
            entry.capitals &= capitals;
            if self.first {
                (entry.kind, entry.loose) = (kind, loose);
            }
            return known;
        }
        let same_first = units.first().and_then(|first| {
            let senses = table.words.entry(first.hash).or_default();
            senses.first.replace(next)
        });
        let start = table.hashes.len();
        table.hashes.extend(units.iter().map(|unit| unit.hash));
        table.entries.push(Entry {
            kind,
            forms: Arc::clone(forms),
            loose,
            small,
            len: units.len(),
            start,
            capitals,
            next: same_first,
        });
        next
    }
}
