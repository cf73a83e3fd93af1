//! Figures of a text: read by value in French and in English, and matched.
//!
//! In: a text. Out: every figure it states, in reading order, with its exact value, its unit, its kind and its span;
//! and, for two texts, a [`Verdict`](crate::finding::Verdict) that accounts for each figure of the French. Laws: a figure is an exact rational or a
//! date or a time, never a float; nothing here fails or panics, and the cost grows linearly; `compare` is pure.
//!
//! ```
//! use fidele::figures::{compare, find_english, find_french};
//!
//! let french = "Un bénéfice de 4,5 milliards d'euros.";
//! let english = "A profit of €4.5bn.";
//! let verdict = compare(french, &find_french(french), english, &find_english(english));
//! assert!(verdict.is_intact());
//! ```
//!
//! # Not done
//! No arithmetic between figures; relative days (`hier`) are not counted from a dateline; eras (`av. J.-C.`) are not read.
//! A measure converted into another unit is reported, since the figure of the French did not survive.

mod amount;
mod atoms;
mod binding;
mod calendar;
mod clock;
mod codes;
mod compare;
mod conversion;
mod cues;
mod days;
mod digits;
mod english;
mod exchange;
mod fold;
mod french;
mod idioms;
mod keys;
mod lasting;
mod matching;
mod measure;
mod numerals;
mod parts;
mod ranges;
mod readable;
mod reader;
mod spelt;
mod token;
mod unit;
mod value;
mod words;

use serde::Serialize;

use crate::span::Span;

pub use compare::compare;
pub use readable::readable;
pub use unit::Unit;
pub use value::{Date, Direction, Form, Kind, Number, Qualifier, Value};

/// One way to understand a spelling.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Reading {
    /// What sort of figure it is then.
    pub kind: Kind,
    /// What it is worth then.
    pub value: Value,
    /// What it is counted in then.
    pub unit: Option<Unit>,
}

/// A figure of a text.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Figure {
    /// Where it stands, sign and unit included: bytes into the text.
    pub span: Span,
    /// What sort of figure it is.
    pub kind: Kind,
    /// What it is worth.
    pub value: Value,
    /// What it is counted in.
    pub unit: Option<Unit>,
    /// How the text hedges or bounds it.
    pub qualifier: Option<Qualifier>,
    /// Which way it moves, by the nearest word that says so.
    pub direction: Option<Direction>,
    /// Digits, words, or only implied.
    pub form: Form,
    /// Other ways to understand the spelling (`1.250`, `3/4/2026`). Usually none.
    pub others: Vec<Reading>,
    /// The spelling is wrong in its language: `2,8` in English.
    pub misspelt: bool,
    /// Its capital and its neighbour's say that it is part of a name or a title.
    pub in_name: bool,
    /// Ten to this power is its scale word; 0 where it has none.
    pub scale: u8,
}

impl Figure {
    /// The first reading.
    #[must_use]
    pub fn reading(&self) -> Reading {
        Reading {
            kind: self.kind,
            value: self.value,
            unit: self.unit,
        }
    }

    /// Every reading, the likeliest first.
    pub fn readings(&self) -> impl Iterator<Item = Reading> {
        std::iter::once(self.reading()).chain(self.others.iter().copied())
    }

    /// The figure as `fidele ledger` shows it; `text` is the text it was found in.
    #[must_use]
    pub fn entry<'t>(&self, text: &'t str) -> Entry<'t> {
        Entry {
            text: self.span.of(text),
            span: self.span,
            kind: self.kind.as_str(),
            value: self.value.to_string(),
            unit: self.unit.map(Unit::code),
            qualifier: self.qualifier.map(Qualifier::as_str),
        }
    }
}

impl std::fmt::Display for Figure {
    /// Value and unit: `4500000000 EUR`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.value.fmt(f)?;
        match self.unit {
            Some(unit) => write!(f, " {unit}"),
            None => Ok(()),
        }
    }
}

/// A figure in the form of the ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Entry<'t> {
    /// The words of the text.
    pub text: &'t str,
    /// Where they stand.
    #[serde(flatten)]
    pub span: Span,
    /// The kind, by name.
    pub kind: &'static str,
    /// The value: a number, an EDTF date, `T14:30`, or `low/high`.
    pub value: String,
    /// The unit's code.
    pub unit: Option<&'static str>,
    /// The qualifier, by name.
    pub qualifier: Option<&'static str>,
}

/// Finds every figure of a French text, in reading order.
///
/// Digit groups may be parted by a space of any width, a point or an apostrophe (SI Brochure, 9th ed., §5.4.4; CLDR
/// `fr`), decimals by a comma. Never fails: a spelling it does not know is no figure.
#[must_use]
pub fn find_french(text: &str) -> Vec<Figure> {
    reader::figures(text, &words::FRENCH)
}

/// Finds every figure of an English text, in reading order.
///
/// Digit groups are parted by a comma or a space, decimals by a point (CLDR `en`). Never fails.
#[must_use]
pub fn find_english(text: &str) -> Vec<Figure> {
    reader::figures(text, &words::ENGLISH)
}
