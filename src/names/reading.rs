//! A text cut into units, with each unit's folded form at hand.

use std::cell::RefCell;

use super::unit::{Case, Unit, units};
use crate::lexicon::fold::append_folded;
use crate::lexicon::words::{is_english, is_french};
use crate::span::Span;

/// The units of one text and their folded forms, kept in one buffer.
#[derive(Debug)]
pub(crate) struct Reading<'t> {
    text: &'t str,
    units: Vec<Unit>,
    folded: String,
    /// Where each unit's folded form ends in `folded`.
    ends: Vec<usize>,
    /// Whether each unit is a common French word, once asked.
    french: RefCell<Vec<Option<bool>>>,
    /// Whether each unit is a common English word, once asked.
    english: RefCell<Vec<Option<bool>>>,
}

impl<'t> Reading<'t> {
    pub fn new(text: &'t str) -> Self {
        let units = units(text);
        let mut folded = String::with_capacity(text.len());
        let mut ends = Vec::with_capacity(units.len());
        for unit in &units {
            append_folded(unit.span.of(text), &mut folded);
            ends.push(folded.len());
        }
        Self {
            text,
            units,
            folded,
            ends,
            french: RefCell::default(),
            english: RefCell::default(),
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

    /// Whether unit `at` is a common French word. Asked often of the same capitals, so remembered.
    pub fn is_french(&self, at: usize) -> bool {
        self.remembered(&self.french, at, is_french)
    }

    /// Whether unit `at` is a common English word, remembered likewise.
    pub fn is_english(&self, at: usize) -> bool {
        self.remembered(&self.english, at, is_english)
    }

    fn remembered(&self, known: &RefCell<Vec<Option<bool>>>, at: usize, is_word: fn(&str) -> bool) -> bool {
        let mut known = known.borrow_mut();
        if known.is_empty() {
            known.resize(self.units.len(), None);
        }
        *known[at].get_or_insert_with(|| is_word(self.folded(at)))
    }

    /// Whether the acronym at `at` is spelt out by the words before it: *nucleic acid testing (NAT)*.
    pub fn is_spelt_out(&self, at: usize) -> bool {
        let plural = self.unit(at).case == Case::Camel;
        let folded = self.folded(at);
        let singular = if plural {
            folded.trim_end_matches('s')
        } else {
            folded
        };
        let letters: Vec<char> = singular.chars().filter(|c| c.is_alphabetic()).collect();
        if letters.len() < 2 || !matches!(self.unit(at).case, Case::Upper | Case::Camel) {
            return false;
        }
        // From the last letter back, word by word; small words have no letter.
        let (mut here, mut left) = (at, letters.len());
        while left > 0 && here > 0 {
            here -= 1;
            let word = self.folded(here);
            if word.starts_with(letters[left - 1]) {
                left -= 1;
            } else if !is_small(word) {
                return false;
            }
        }
        left == 0
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

/// Whether a word is left out of an acronym.
pub(super) fn is_small(word: &str) -> bool {
    matches!(
        word,
        "of" | "the"
            | "and"
            | "for"
            | "in"
            | "on"
            | "to"
            | "de"
            | "la"
            | "le"
            | "du"
            | "des"
            | "les"
            | "d"
            | "l"
            | "et"
            | "pour"
    )
}

/// The first index below `len` that does not satisfy `before`, which holds for a prefix.
pub(super) fn first_not(len: usize, before: impl Fn(usize) -> bool) -> usize {
    let (mut low, mut high) = (0, len);
    while low < high {
        let middle = low.midpoint(high);
        if before(middle) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    low
}
