//! What a text says in figures and names, by value, with the place of each.
//!
//! In: a French or an English text. Out: its [`Ledger`]. Pure: no clock, no network, no file.

use serde_json::{Value, json};

use crate::figures::{self, Figure};
use crate::lexicon::Lexicon;
use crate::names::{self, Name};

/// Which of the two languages a text is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Language {
    /// The source.
    French,
    /// The target.
    English,
}

/// The figures and names of one text, each in reading order.
#[derive(Debug, Clone)]
pub struct Ledger {
    /// Numbers, amounts, dates…
    pub figures: Vec<Figure>,
    /// People, places, bodies…
    pub names: Vec<Name>,
}

impl Ledger {
    /// Reads a text. Spans are bytes into it, half-open. Never fails: what it does not know is not in the ledger.
    ///
    /// ```
    /// use fidele::ledger::{Language, Ledger};
    /// use fidele::lexicon::Lexicon;
    ///
    /// let text = "Londres a versé 4,5 milliards d'euros.";
    /// let ledger = Ledger::of(text, Language::French, Lexicon::embedded());
    /// assert_eq!(ledger.figures[0].span.of(text), "4,5 milliards d'euros");
    /// assert_eq!(ledger.names[0].span.of(text), "Londres");
    /// ```
    #[must_use]
    pub fn of(text: &str, language: Language, lexicon: &Lexicon) -> Self {
        let (figures, mut names) = match language {
            Language::French => (figures::find_french(text), names::find_french(text, lexicon)),
            Language::English => (figures::find_english(text), names::find_english(text, lexicon)),
        };
        // `Md` in `1,5 Md€`, `mai` in `3 mai`: part of a figure is no name. Both lists are in reading order.
        let mut ahead = figures.iter().peekable();
        names.retain(|name| {
            while ahead.next_if(|figure| figure.span.end < name.span.end).is_some() {}
            ahead
                .peek()
                .is_none_or(|figure| figure.span.start > name.span.start)
        });
        Self { figures, names }
    }

    /// The form of `fidele ledger --format json`, by the schema `fidele.ledger/1`.
    #[must_use]
    pub fn to_json(&self, text: &str) -> Value {
        json!({
            "schema": "fidele.ledger/1",
            "figures": self.figures.iter().map(|figure| figure.entry(text)).collect::<Vec<_>>(),
            "names": self.names.iter().map(|name| name.entry(text)).collect::<Vec<_>>(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn part_of_a_figure_is_no_name() {
        let text = "Le 3 mai, Orvalec a versé 1,5 Md€ à Tessendo et 600 M€ au G20.";
        let ledger = Ledger::of(text, Language::French, Lexicon::embedded());
        let names: Vec<&str> = ledger.names.iter().map(|name| name.span.of(text)).collect();
        assert_eq!(names, ["Orvalec", "Tessendo", "G20"]);
    }
}
