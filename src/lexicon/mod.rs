//! The names both languages know and write differently: `data/*.toml`, and a user's glossary.
//!
//! In: the rows, embedded in the program. Out: for a place in a text, the longest name that begins there, and the
//! English forms in which it may survive. Law: the rows are sorted and without duplicates (`lexicon_is_sound`), and
//! a verdict depends on nothing but the two texts and [`Lexicon::hash`].
//!
//! # Not done
//! Names that both languages spell alike need no row; they are read by their capitals.

#[cfg(test)]
mod files;
pub(crate) mod fold;
pub(crate) mod hash;
mod image;
mod inflect;
mod intake;
mod layout;
mod rows;
mod table;
pub(crate) mod words;

use std::collections::HashSet;
use std::sync::{Arc, LazyLock};

use crate::names::NameKind;
use crate::names::reading::Reading;
use intake::Nameless;
use rows::File;
pub(crate) use table::Entry;
use table::Table;

static EMBEDDED: LazyLock<Lexicon> = LazyLock::new(|| {
    let table = Table::embedded();
    Lexicon {
        hash: table.image().hash(),
        table,
        glossaries: Vec::new(),
    }
});

/// Why a glossary cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LexiconError {
    /// It is not TOML, or has a key that no row knows. The cause names the line.
    #[error("the glossary is not readable: {0}")]
    Syntax(#[from] toml::de::Error),
    /// A row names nothing.
    #[error("row {0} of the glossary has an empty `fr`; write the French spelling there")]
    Nameless(usize),
}

/// Every known name with its English forms.
#[derive(Debug, Clone)]
pub struct Lexicon {
    table: Table,
    hash: u64,
    /// Those that lie over the names that come with the program, the last one on top.
    glossaries: Vec<Arc<File>>,
}

impl Lexicon {
    /// The lexicon that comes with the program.
    #[must_use]
    pub fn embedded() -> &'static Self {
        &EMBEDDED
    }

    /// This lexicon with the rows of a glossary, which win over it: the schema is that of `data/*.toml`.
    ///
    /// # Errors
    /// If the text is no TOML, holds an unknown key, or a row has no French name.
    ///
    /// ```
    /// # use fidele::lexicon::Lexicon;
    /// let ours = Lexicon::embedded().with_glossary(r#"
    /// [[name]]
    /// fr = "Le Grand Journal"
    /// en = ["The Grand Journal"]
    /// "#)?;
    /// assert_eq!(ours.table_for("Lu dans Le Grand Journal.")[0].1, "The Grand Journal");
    /// # Ok::<(), fidele::lexicon::LexiconError>(())
    /// ```
    pub fn with_glossary(&self, toml_text: &str) -> Result<Self, LexiconError> {
        let mut file: File = toml::from_str(toml_text)?;
        file.rule.get_or_insert_with(|| "glossary".to_owned());
        let mut glossaries = self.glossaries.clone();
        glossaries.push(Arc::new(file));
        let table = Table::with(&glossaries).map_err(|Nameless(row)| LexiconError::Nameless(row))?;
        let hash = hash::of_text(self.hash, toml_text.as_bytes());
        Ok(Self {
            table,
            hash,
            glossaries,
        })
    }

    /// A stable hash of all rows and word lists, sixteen hexadecimal digits (FNV-1a by words).
    #[must_use]
    pub fn hash(&self) -> String {
        format!("{:016x}", self.hash)
    }

    /// The listed names found in a French text, each once, with the English form to prefer: the table that goes
    /// into a prompt. In order of appearance. Left out are names that English spells alike, and bodies that have
    /// several English names: which is right depends on their country (*ministère de la Défense* is a Department in
    /// Washington and a Ministry in London), and a translator can tell.
    #[must_use]
    pub fn table_for(&self, text: &str) -> Vec<(String, String)> {
        let reading = Reading::new(text);
        let mut table: Vec<(String, String)> = Vec::new();
        let mut seen = HashSet::new();
        let mut at = 0;
        while at < reading.len() {
            let Some(entry) = self.french_at(&reading, at) else {
                at += 1;
                continue;
            };
            let end = at + entry.len;
            let french = reading.slice(at, end);
            // A people has several English words by grammar (*the Germans*, *German*): that is the model's affair.
            let is_settled = |why: &str| match entry.kind {
                NameKind::Organisation => entry.forms.len() == 1 || why == "glossary",
                NameKind::People => why == "glossary",
                _ => true,
            };
            let preferred = entry
                .forms
                .first()
                .filter(|form| !entry.loose && form.text != french && is_settled(&form.why));
            if let Some(form) = preferred
                && seen.insert(std::ptr::from_ref(entry))
            {
                table.push((french.to_owned(), form.text.clone().into_owned()));
            }
            at = end;
        }
        table
    }

    /// The longest listed name that begins at unit `at` of a French text.
    pub(crate) fn french_at(&self, reading: &Reading<'_>, at: usize) -> Option<&Entry> {
        self.table.french_at(reading, at)
    }

    /// The longest listed English form that begins at unit `at` of an English text.
    pub(crate) fn english_at(&self, reading: &Reading<'_>, at: usize) -> Option<(usize, &Entry)> {
        self.table.english_at(reading, at)
    }

    /// The listed name that is one folded word, given by its hash, whatever its case in the text.
    pub(crate) fn word(&self, hash: u64) -> Option<&Entry> {
        self.table.word(hash)
    }

    /// The nation a folded French adjective or noun belongs to, with its English words; else the people or the creed of
    /// which it is the word.
    pub(crate) fn people(&self, hash: u64) -> Option<&Entry> {
        self.table.people(hash)
    }

    /// Whether a folded word is a given name.
    pub(crate) fn is_given_name(&self, hash: u64) -> bool {
        self.table.is_given_name(hash)
    }

    /// Whether a word with a small first letter may begin a name, listed or composed; `false` is sure.
    pub(crate) fn may_begin_small(&self, hash: u64) -> bool {
        self.table.may_begin_small(hash)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_for_prompts_dictates_no_abbreviation() {
        let lexicon = Lexicon::embedded();
        let french = "Entre Washington et le Texas, l'OTAN et Londres, le ministère de la Défense a tranché.";
        let table = lexicon.table_for(french);
        let rows: Vec<_> = table
            .iter()
            .map(|(french, english)| (french.as_str(), english.as_str()))
            .collect();
        assert_eq!(rows, [("OTAN", "NATO"), ("Londres", "London")]);
    }

    fn read(name: &str) -> String {
        let data = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
        std::fs::read_to_string(data.join(name)).unwrap()
    }

    #[test]
    fn lexicon_is_sound() {
        for name in files::FILES {
            let text = read(name);
            let file: File = toml::from_str(&text).unwrap_or_else(|error| panic!("data/{name}: {error}"));
            let header: Vec<&str> = text.lines().take_while(|line| line.starts_with('#')).collect();
            assert!(
                header
                    .iter()
                    .any(|line| line.contains("SPDX-License-Identifier:")),
                "{name} says its licence"
            );
            assert!(
                file.source.is_some_and(|source| !source.is_empty()),
                "{name} says where it was read"
            );
            assert!(
                file.name.is_sorted_by(|a, b| a.fr < b.fr),
                "{name} is sorted by `fr`, without duplicates"
            );
            assert!(
                file.nation.is_sorted_by(|a, b| a.place < b.place),
                "{name} is sorted by `place`, without duplicates"
            );
            assert!(
                file.same.is_sorted_by(|a, b| a < b),
                "{name} is sorted, without duplicates"
            );
            for row in &file.name {
                assert!(
                    !row.fr.trim().is_empty() && row.en.iter().all(|en| !en.trim().is_empty()),
                    "{name}: {}",
                    row.fr
                );
            }
        }
        assert_eq!(Lexicon::embedded().hash().len(), 16);
    }

    /// What the build laid out is what the files say, byte for byte.
    #[test]
    fn the_rows_are_laid_out_the_same_every_time() {
        let mut listing = intake::Listing::new(&|_| None);
        for name in files::FILES {
            let file: File = toml::from_str(&read(name)).unwrap();
            listing.take(&file, false).unwrap();
        }
        let texts = files::FILES.into_iter().chain(files::LISTS).map(read);
        let hash = texts.fold(0, |hash, text| hash::of_text(hash, text.as_bytes()));
        let (text, sections) = layout::lay_out(&listing, hash);
        assert_eq!(format!("{hash:016x}"), Lexicon::embedded().hash());
        assert!(image::Image::new(text, sections) == *Table::embedded().image());
    }

    /// A glossary's row of a listed name stands wherever that name stood, and keeps what it does not change.
    #[test]
    fn a_glossary_lies_over_what_is_listed() {
        let texts = [
            "[[name]]\nfr = \"Autriche\"\nen = [\"Osterrich\"]\n",
            "[[name]]\nfr = \"Groupe d'Autriche\"\nen = [\"Austria Group\"]\n",
        ];
        let ours = texts.iter().fold(Lexicon::embedded().clone(), |lexicon, text| {
            lexicon.with_glossary(text).unwrap()
        });
        let forms =
            |entry: &Entry| -> Vec<String> { entry.forms.iter().map(|form| form.text.to_string()).collect() };
        let hash = |word: &str| hash::of(word.as_bytes());
        let listed = forms(Lexicon::embedded().word(hash("autriche")).unwrap());
        let expected: Vec<String> = std::iter::once("Osterrich".to_owned()).chain(listed).collect();
        assert_eq!(forms(ours.word(hash("autriche")).unwrap()), expected);
        assert_eq!(forms(ours.people(hash("autrichienne")).unwrap()), expected);
        let reading = Reading::new("Le Groupe d'Autriche, en Autriche et en Allemagne.");
        let at = |at: usize| {
            ours.french_at(&reading, at)
                .map(|entry| (entry.len, &*entry.forms[0].text))
        };
        assert_eq!(at(1), Some((3, "Austria Group")));
        assert_eq!(at(5), Some((1, "Osterrich")));
        assert_eq!(at(8), Some((1, "Germany")));
        let reading = Reading::new("Austria, Osterrich, the Austria Group, Germany.");
        let at = |at: usize| {
            ours.english_at(&reading, at)
                .map(|(len, entry)| (len, forms(entry)))
        };
        assert_eq!(at(0), Some((1, expected.clone())));
        assert_eq!(at(1), Some((1, expected)));
        assert_eq!(at(3), Some((2, vec!["Austria Group".to_owned()])));
        assert_eq!(
            at(5).map(|(len, forms)| (len, forms[0].clone())),
            Some((1, "Germany".to_owned()))
        );
        // No glossary, however small, makes a look-up endless.
        for text in ["", "[[name]]\nfr = \"!\"\n", "[[name]]\nfr = \"Rome\"\n"] {
            let ours = Lexicon::embedded().with_glossary(text).unwrap();
            assert!(ours.word(hash("rome")).is_some() && ours.word(hash("romee")).is_none());
        }
    }

    #[test]
    fn the_longest_name_wins() {
        let text = "La République démocratique du Congo et le Congo.";
        let table = Lexicon::embedded().table_for(text);
        assert_eq!(table[0].0, "République démocratique du Congo");
    }
}
