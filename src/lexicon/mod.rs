//! The names both languages know and write differently: `data/*.toml`, and a user's glossary.
//!
//! In: the rows, embedded in the program. Out: for a place in a text, the longest name that begins there, and the
//! English forms in which it may survive. Law: the rows are sorted and without duplicates (`lexicon_is_sound`), and
//! a verdict depends on nothing but the two texts and [`Lexicon::hash`].
//!
//! # Not done
//! Names that both languages spell alike need no row; they are read by their capitals.

pub(crate) mod fold;
pub(crate) mod hash;
mod inflect;
mod intake;
mod rows;
mod scan;
mod table;
pub(crate) mod words;

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::names::NameKind;
use crate::names::reading::Reading;
use table::Table;
pub(crate) use table::{Entry, Hashed};

/// The data files, in order: the first to give a form of a name gives the preferred one.
const FILES: &[(&str, &str)] = &[
    ("nations.toml", include_str!("../../data/nations.toml")),
    ("places.toml", include_str!("../../data/places.toml")),
    ("acronyms.toml", include_str!("../../data/acronyms.toml")),
    ("paraphrased.toml", include_str!("../../data/paraphrased.toml")),
    ("institutions.toml", include_str!("../../data/institutions.toml")),
    ("people.toml", include_str!("../../data/people.toml")),
    ("brands.toml", include_str!("../../data/brands.toml")),
    ("peoples.toml", include_str!("../../data/peoples.toml")),
    ("metonyms.toml", include_str!("../../data/metonyms.toml")),
    ("calendar.toml", include_str!("../../data/calendar.toml")),
    (
        "organisations.toml",
        include_str!("../../data/organisations.toml"),
    ),
    ("common.toml", include_str!("../../data/common.toml")),
    ("towns.toml", include_str!("../../data/towns.toml")),
    ("states.toml", include_str!("../../data/states.toml")),
    ("foreign.toml", include_str!("../../data/foreign.toml")),
    ("lowercase.toml", include_str!("../../data/lowercase.toml")),
    ("territories.toml", include_str!("../../data/territories.toml")),
    ("first_names.toml", include_str!("../../data/first_names.toml")),
    ("given.toml", include_str!("../../data/given.toml")),
];

/// The hash of all files and word lists. The lists are long, and few runs ask for it.
static EMBEDDED_HASH: LazyLock<u64> = LazyLock::new(|| {
    let lists = [&words::FRENCH, &words::ENGLISH, &words::NAMES].map(|list| list.text);
    FILES
        .iter()
        .map(|(_, text)| *text)
        .chain(lists)
        .fold(0, |hash, text| hashed(hash, text.as_bytes()))
});

/// Read once; `lexicon_is_sound` proves that this `expect` cannot fire.
static EMBEDDED: LazyLock<Lexicon> = LazyLock::new(|| {
    let mut lexicon = Lexicon::default();
    lexicon
        .table
        .reserve(FILES.iter().map(|(_, text)| text.len() / 40).sum());
    for (name, text) in FILES {
        lexicon
            .table
            .read(text)
            .unwrap_or_else(|error| panic!("data/{name}: {error}"));
    }
    lexicon.hash = Hash::Embedded;
    lexicon
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
#[derive(Debug, Clone, Default)]
pub struct Lexicon {
    table: Table,
    hash: Hash,
}

/// The hash of a lexicon.
#[derive(Debug, Clone, Copy)]
enum Hash {
    /// That of the embedded one, worked out when asked for.
    Embedded,
    Of(u64),
}

impl Default for Hash {
    fn default() -> Self {
        Self::Of(0)
    }
}

impl Hash {
    fn get(self) -> u64 {
        match self {
            Self::Embedded => *EMBEDDED_HASH,
            Self::Of(hash) => hash,
        }
    }
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
        let mut lexicon = self.clone();
        lexicon.table.read_glossary(toml_text)?;
        lexicon.hash = Hash::Of(hashed(self.hash.get(), toml_text.as_bytes()));
        Ok(lexicon)
    }

    /// A stable hash of all rows and word lists, sixteen hexadecimal digits (FNV-1a by words).
    #[must_use]
    pub fn hash(&self) -> String {
        format!("{:016x}", self.hash.get())
    }

    /// The listed names found in a French text, each once, with the English form to prefer: the table that goes
    /// into a prompt. In order of appearance. Left out are names that English spells alike, and bodies that have
    /// several English names: which is right depends on their country (*ministère de la Défense* is a Department in
    /// Washington and a Ministry in London), and a translator can tell.
    #[must_use]
    pub fn table_for(&self, text: &str) -> Vec<(String, String)> {
        let reading = Reading::new(text);
        let mut table: Vec<(String, String)> = Vec::new();
        let mut seen: HashSet<u32> = HashSet::new();
        let mut at = 0;
        while at < reading.len() {
            let Some((id, entry)) = self.french_at(&reading, at) else {
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
                && seen.insert(id)
            {
                table.push((french.to_owned(), form.text.clone().into_owned()));
            }
            at = end;
        }
        table
    }

    /// The longest listed name that begins at unit `at` of a French text.
    pub(crate) fn french_at(&self, reading: &Reading<'_>, at: usize) -> Option<(u32, &Entry)> {
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

    /// The nation a folded French adjective or noun belongs to, with its English words.
    pub(crate) fn adjective(&self, hash: u64) -> Option<&Entry> {
        self.table.adjective(hash)
    }

    /// Whether a folded word is a given name.
    pub(crate) fn is_given_name(&self, hash: u64) -> bool {
        self.table.is_given_name(hash)
    }

    /// Whether a word with a small first letter may begin a name, listed or composed; `false` is sure.
    pub(crate) fn may_begin_small(&self, hash: u64) -> bool {
        self.table.small.may_have(hash)
    }
}

/// FNV-1a over words of eight bytes, continued from `hash` (0: a fresh start). The lists are long; the start is short.
fn hashed(hash: u64, bytes: &[u8]) -> u64 {
    let start = if hash == 0 { 0xcbf2_9ce4_8422_2325 } else { hash };
    let step = |hash: u64, word: u64| (hash ^ word).wrapping_mul(0x0100_0000_01b3).rotate_left(23);
    let (words, rest) = bytes.as_chunks::<8>();
    let hash = words
        .iter()
        .fold(start, |hash, word| step(hash, u64::from_le_bytes(*word)));
    rest.iter().fold(step(hash, bytes.len() as u64), |hash, byte| {
        step(hash, u64::from(*byte))
    })
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

    #[test]
    fn lexicon_is_sound() {
        for (name, text) in FILES {
            let file: rows::File =
                toml::from_str(text).unwrap_or_else(|error| panic!("data/{name}: {error}"));
            let header: Vec<&str> = text.lines().take_while(|line| line.starts_with('#')).collect();
            assert!(
                header
                    .iter()
                    .any(|line| line.contains("SPDX-License-Identifier:")),
                "{name} says its licence"
            );
            assert_eq!(
                scan::file(text).as_ref(),
                Some(&file),
                "{name} has one row a line"
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

    #[test]
    fn the_longest_name_wins() {
        let text = "La République démocratique du Congo et le Congo.";
        let table = Lexicon::embedded().table_for(text);
        assert_eq!(table[0].0, "République démocratique du Congo");
    }
}
