//! A text cut into units, with each unit's folded form at hand.

use super::unit::{Unit, units};
use crate::lexicon::fold::fold_into;
use crate::span::Span;

/// The units of one text and their folded forms, kept in one buffer.
#[derive(Debug)]
pub(crate) struct Reading<'t> {
    text: &'t str,
    units: Vec<Unit>,
    folded: String,
    /// Where each unit's folded form ends in `folded`.
    ends: Vec<usize>,
}

impl<'t> Reading<'t> {
    pub fn new(text: &'t str) -> Self {
        let units = units(text);
        let mut folded = String::with_capacity(text.len());
        let mut ends = Vec::with_capacity(units.len());
        let mut word = String::new();
        for unit in &units {
            let raw = unit.span.of(text);
            if raw.is_ascii() && !raw.contains('.') {
                folded.extend(raw.chars().map(|c| c.to_ascii_lowercase()));
            } else {
                fold_into(raw, &mut word);
                folded.push_str(&word);
            }
            ends.push(folded.len());
        }
        Self {
            text,
            units,
            folded,
            ends,
        }
    }

    /// How many units there are.
    pub fn len(&self) -> usize {
        self.units.len()
    }

    pub fn text(&self) -> &'t str {
        self.text
    }

    /// Unit `at`; the caller knows that it exists.
    pub fn unit(&self, at: usize) -> Unit {
        self.units[at]
    }

    pub fn get(&self, at: usize) -> Option<Unit> {
        self.units.get(at).copied()
    }

    /// The folded form of unit `at`.
    pub fn folded(&self, at: usize) -> &str {
        let start = if at == 0 { 0 } else { self.ends[at - 1] };
        &self.folded[start..self.ends[at]]
    }

    /// The unit as it stands.
    pub fn raw(&self, at: usize) -> &'t str {
        self.units[at].span.of(self.text)
    }

    /// The span of units `start..end`, which are not empty.
    pub fn span(&self, start: usize, end: usize) -> Span {
        Span::new(self.units[start].span.start, self.units[end - 1].span.end)
    }

    /// The words of units `start..end`.
    pub fn slice(&self, start: usize, end: usize) -> &'t str {
        self.span(start, end).of(self.text)
    }
}
