//! A text cut into units, with each unit's folded form at hand.

use std::cell::{Cell, RefCell};

use super::cut::cut;
use super::unit::{Case, Unit, Units};
use crate::lexicon::words::{is_english, is_french};
use crate::span::Span;

/// The units of one text and their folded forms, kept in one buffer.
#[derive(Debug)]
pub(crate) struct Reading<'t> {
    text: &'t str,
    parts: Parts,
}

/// What was read of a text.
#[derive(Debug, Default)]
struct Parts {
    /// The text, to know it again.
    of: String,
    units: Units,
    /// Whether each unit is a common French or English word, once asked.
    known: Vec<Cell<u8>>,
}

/// Bits of `known`: asked of French, and the answer; the same of English.
const ASKED_FRENCH: u8 = 1;
const FRENCH: u8 = 2;
const ASKED_ENGLISH: u8 = 4;
const ENGLISH: u8 = 8;

/// How many texts a thread remembers: the two of a segment are read to find their names and again to compare them.
const REMEMBERED: usize = 4;

/// A text of more bytes than this is not remembered.
const KEPT: usize = 1 << 16;

thread_local! {
    /// The last texts read, the latest last. The memory of the oldest serves the next one.
    static SPARE: RefCell<Vec<Parts>> = const { RefCell::new(Vec::new()) };
}

impl Parts {
    /// The parts of `text`: those of the last time if this thread has them still.
    fn of(text: &str) -> Self {
        let spare = SPARE.with_borrow_mut(|spare| {
            let known = spare.iter().rposition(|parts| parts.of == text);
            let oldest = (spare.len() >= REMEMBERED).then_some(0);
            known.or(oldest).map(|at| spare.remove(at))
        });
        let mut parts = spare.unwrap_or_default();
        if parts.of != text || text.is_empty() {
            parts.fill(text);
        }
        parts
    }

    fn fill(&mut self, text: &str) {
        self.of.clear();
        if text.len() <= KEPT {
            self.of.push_str(text);
        }
        cut(text, &mut self.units);
        self.known.clear();
        self.known.resize(self.units.all.len(), Cell::new(0));
    }
}

impl Drop for Reading<'_> {
    fn drop(&mut self) {
        if self.text.len() <= KEPT {
            let parts = std::mem::take(&mut self.parts);
            // A thread that ends has no use for it.
            let _ = SPARE.try_with(|spare| {
                if let Ok(mut spare) = spare.try_borrow_mut() {
                    if spare.len() >= REMEMBERED {
                        spare.remove(0);
                    }
                    spare.push(parts);
                }
            });
        }
    }
}

impl<'t> Reading<'t> {
    pub fn new(text: &'t str) -> Self {
        Self {
            text,
            parts: Parts::of(text),
        }
    }

    /// All units, in reading order.
    pub fn units(&self) -> &[Unit] {
        &self.parts.units.all
    }

    /// How many units there are.
    pub fn len(&self) -> usize {
        self.units().len()
    }

    pub fn text(&self) -> &'t str {
        self.text
    }

    /// Unit `at`; the caller knows that it exists.
    pub fn unit(&self, at: usize) -> Unit {
        self.units()[at]
    }

    pub fn get(&self, at: usize) -> Option<Unit> {
        self.units().get(at).copied()
    }

    /// The folded form of unit `at`.
    pub fn folded(&self, at: usize) -> &str {
        self.parts.units.folded(self.text, at)
    }

    /// Whether unit `at` is a common French word. Asked often of the same capitals, so remembered.
    pub fn is_french(&self, at: usize) -> bool {
        self.remembered(at, ASKED_FRENCH, FRENCH, is_french)
    }

    /// Whether unit `at` is a common English word, remembered likewise.
    pub fn is_english(&self, at: usize) -> bool {
        self.remembered(at, ASKED_ENGLISH, ENGLISH, is_english)
    }

    fn remembered(&self, at: usize, asked: u8, yes: u8, is_word: fn(&str) -> bool) -> bool {
        let known = self.parts.known[at].get();
        if known & asked != 0 {
            return known & yes != 0;
        }
        let answer = is_word(self.folded(at));
        self.parts.known[at].set(known | asked | if answer { yes } else { 0 });
        answer
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
        self.units()[at].span.of(self.text)
    }

    /// Whether unit `at` is a single letter or digit.
    pub fn is_single(&self, at: usize) -> bool {
        let mut letters = self.raw(at).chars();
        letters.next().is_some() && letters.next().is_none()
    }

    /// The span of units `start..end`, which are not empty.
    pub fn span(&self, start: usize, end: usize) -> Span {
        Span::new(self.units()[start].span.start, self.units()[end - 1].span.end)
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
