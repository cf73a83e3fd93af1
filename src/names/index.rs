//! Where the words of a text stand, by the hashes of their spellings.
//!
//! In: a text in units. Out: chains of the places of each word, built for every text; and, for a word that is not found,
//! its parts, its sound, its first letters, two words as one. Law: each is built in one pass.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use super::reading::Reading;
use super::spelling;
use super::unit::Gap;
use crate::lexicon::hash::{self, Hashed};

/// The places of each word: where the chain begins of those whose hashes have the same low bits, and what comes next in
/// it, in order.
pub(super) struct Chains {
    first: Vec<u32>,
    next: Vec<u32>,
}

/// The end of a chain.
const NONE: u32 = u32::MAX;

impl Chains {
    pub fn new(reading: &Reading<'_>) -> Self {
        let units = reading.units();
        let mut first = vec![NONE; units.len().next_power_of_two()];
        let mut next = vec![NONE; units.len()];
        // Backwards, so that each chain runs forwards.
        for (at, unit) in units.iter().enumerate().rev() {
            let slot = Self::slot(&first, unit.hash);
            next[at] = first[slot];
            first[slot] = place(at);
        }
        Self { first, next }
    }

    #[expect(clippy::cast_possible_truncation, reason = "the low bits choose the slot")]
    fn slot(slots: &[u32], hash: u64) -> usize {
        hash as usize & (slots.len() - 1)
    }

    /// Where units stand whose hash may be `hash`: whoever asks compares.
    pub fn places(&self, hash: u64) -> impl Iterator<Item = usize> {
        let known = |place: u32| (place != NONE).then_some(place as usize);
        let first = known(self.first[Self::slot(&self.first, hash)]);
        std::iter::successors(first, move |at| known(self.next[*at]))
    }
}

/// The places of spellings that no unit has as it is.
#[derive(Default)]
pub(super) struct Places(HashMap<u64, Vec<u32>, BuildHasherDefault<Hashed>>);

impl Places {
    fn note(&mut self, spelling: &str, at: usize) {
        let hash = hash::of(spelling.as_bytes());
        self.0.entry(hash).or_default().push(place(at));
    }

    /// Where the spelling with this hash stands, in order.
    pub fn of(&self, hash: u64) -> impl Iterator<Item = usize> {
        let places = self.0.get(&hash).map_or(&[][..], Vec::as_slice);
        places.iter().map(|at| *at as usize)
    }

    /// Parts of words, umlauts written out, hyphens left out.
    pub fn of_other_spellings(reading: &Reading<'_>) -> Self {
        let mut others = Self::default();
        for (at, unit) in reading.units().iter().enumerate() {
            // A hyphen or an initial before it; or a letter beyond ASCII or a mark in it.
            let joined = matches!(unit.gap, Gap::Initial | Gap::Hyphen);
            if unit.is_plain() && !joined {
                continue;
            }
            let folded = reading.folded(at);
            if let Some(written) = spelling::written_out(reading.raw(at)) {
                others.note(&written, at);
            }
            if folded.bytes().any(|byte| matches!(byte, b'\'' | b'.' | b'&')) {
                for part in folded.split(['\'', '.', '&']).filter(|part| part.len() > 1) {
                    others.note(part, at);
                }
            }
            // `L. A.` and `L.A.`; `F-15` and `F15`, `Al-Qaida` and `Alqaida`.
            if at > 0 && (unit.gap == Gap::Hyphen || unit.gap == Gap::Initial && folded.len() == 1) {
                others.note(&format!("{}{folded}", reading.folded(at - 1)), at);
            }
        }
        others
    }

    /// How capitalised words of English sound.
    pub fn of_sounds(reading: &Reading<'_>) -> Self {
        let mut sounds = Self::default();
        for at in (0..reading.len()).filter(|at| reading.unit(*at).is_capital()) {
            if let Some(sound) = spelling::sound_english(reading.folded(at)) {
                sounds.note(&sound, at);
            }
        }
        sounds
    }
}

/// The first place of each spelling.
#[derive(Default)]
pub(super) struct FirstPlaces(HashMap<u64, u32, BuildHasherDefault<Hashed>>);

impl FirstPlaces {
    fn note(&mut self, spelling: &str, at: usize) {
        let hash = hash::of(spelling.as_bytes());
        self.0.entry(hash).or_insert(place(at));
    }

    /// Where a spelling stands first.
    pub fn of(&self, spelling: &str) -> Option<usize> {
        let place = self.0.get(&hash::of(spelling.as_bytes()))?;
        Some(*place as usize)
    }

    /// Two words run together.
    pub fn of_pairs(reading: &Reading<'_>) -> Self {
        let mut pairs = Self::default();
        pairs.0.reserve(reading.len());
        for at in 1..reading.len() {
            if reading.unit(at).runs_on() {
                let hash = hash::of_joined(reading.folded(at - 1), reading.folded(at));
                pairs.0.entry(hash).or_insert(place(at - 1));
            }
        }
        pairs
    }

    /// The first five letters of words.
    pub fn of_stems(reading: &Reading<'_>) -> Self {
        let mut stems = Self::default();
        for at in 0..reading.len() {
            if let Some(stem) = reading.folded(at).get(..5) {
                stems.note(stem, at);
            }
        }
        stems
    }
}

fn place(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(NONE)
}
