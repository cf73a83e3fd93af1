//! The words of reservation and denial, read once from `data/claims.toml`.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::verify::phrase::{Phrases, Rows};
use crate::word::Word;

/// An English turn of phrase, and the French that explains it by itself.
pub(super) struct Trace {
    english: Phrases,
    french: Phrases,
}

impl Trace {
    /// Where it stands in the English, less as many as the French explains: `(first word, words)`.
    pub fn free(&self, french: &[Word<'_>], english: &[Word<'_>]) -> Vec<(usize, usize)> {
        let mut places: Vec<_> = (0..english.len())
            .filter_map(|at| Some((at, self.english.at(english, at)?)))
            .collect();
        if !places.is_empty() {
            places.drain(..self.french.count(french).min(places.len()));
        }
        places
    }
}

/// A French turn of phrase, and the English that may answer it.
pub(super) struct Marker {
    pub french: Phrases,
    pub english: Phrases,
}

pub(super) struct Claims {
    pub hedges: Rows<Marker>,
    pub hedge_traces: Rows<Trace>,
    pub conditional: Phrases,
    pub reported: Phrases,
    pub denials: Rows<Marker>,
    pub denial_traces: Rows<Trace>,
    pub restriction: Phrases,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row<'a> {
    #[serde(borrow)]
    en: &'a str,
    #[serde(borrow)]
    fr: &'a str,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File<'a> {
    #[serde(borrow)]
    conditional: &'a str,
    reported: &'a str,
    saying: &'a str,
    restriction: &'a str,
    trace: Vec<Row<'a>>,
    hedge: Vec<Row<'a>>,
    denial: Vec<Row<'a>>,
    lexical: Vec<Row<'a>>,
}

const DATA: &str = include_str!("../../../data/claims.toml");

/// Parsed once; `the_lists_are_sound` proves that this `expect` cannot fire.
pub(super) static CLAIMS: LazyLock<Claims> = LazyLock::new(|| {
    let file: File<'static> = toml::from_str(DATA).expect("data/claims.toml is valid");
    let saying = file.saying;
    let trace = |row: &Row<'static>| Trace {
        english: Phrases::new(row.en),
        french: Phrases::new(row.fr),
    };
    let marker = |row: &Row<'static>| {
        let mut english = Phrases::new(row.en);
        if row.en.split_whitespace().any(|word| word == "@saying") {
            english.add(saying);
        }
        Marker {
            french: Phrases::new(row.fr),
            english,
        }
    };
    let traces =
        |rows: &[Row<'static>]| Rows::new(rows.iter().map(trace).collect(), |row: &Trace| &row.english);
    let markers =
        |rows: &[Row<'static>]| Rows::new(rows.iter().map(marker).collect(), |row: &Marker| &row.french);
    Claims {
        hedges: markers(&file.hedge),
        hedge_traces: traces(&file.trace),
        conditional: Phrases::new(file.conditional),
        reported: Phrases::new(file.reported),
        denials: markers(&file.lexical),
        denial_traces: traces(&file.denial),
        restriction: Phrases::new(file.restriction),
    }
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_sound() {
        let file: File<'_> = toml::from_str(DATA).unwrap();
        assert!(file.hedge.is_sorted_by(|a, b| a.fr < b.fr));
        assert!(file.lexical.is_sorted_by(|a, b| a.fr < b.fr));
        assert!(file.trace.is_sorted_by(|a, b| a.en < b.en));
        assert!(file.denial.is_sorted_by(|a, b| a.en < b.en));
        for row in [&file.hedge, &file.lexical, &file.trace, &file.denial]
            .into_iter()
            .flatten()
        {
            assert!(!row.en.is_empty());
            for text in [row.en, row.fr] {
                assert_eq!(text, text.to_lowercase());
            }
        }
        for list in [file.conditional, file.reported, file.saying, file.restriction] {
            let words: Vec<&str> = list.split_whitespace().collect();
            assert!(words.is_sorted_by(|a, b| a < b), "{list}");
        }
    }
}
