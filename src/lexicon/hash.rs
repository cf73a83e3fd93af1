//! One hash of a short word, for the maps of the lexicon and for the word lists that the build puts in order.
//!
//! No seed, so that a run is like the next and an index made by the build serves at run time. Eight bytes at a time;
//! the words come from our own lists or are compared in full, so nobody gains by a collision.

use std::hash::Hasher;

/// Passes on a number that is a hash already.
#[derive(Debug, Clone, Copy, Default)]
pub struct Hashed(u64);

impl Hasher for Hashed {
    fn write(&mut self, bytes: &[u8]) {
        self.0 = mixed(self.0, bytes);
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

/// Mixes `bytes` into `hash`; a fresh hash starts at [`START`].
#[inline]
#[must_use]
pub fn mixed(mut hash: u64, bytes: &[u8]) -> u64 {
    let (words, rest) = bytes.as_chunks::<8>();
    for word in words {
        hash = step(hash, u64::from_le_bytes(*word));
    }
    if !rest.is_empty() {
        let mut last = [0; 8];
        last[..rest.len()].copy_from_slice(rest);
        hash = step(hash, u64::from_le_bytes(last));
    }
    step(hash, bytes.len() as u64)
}

/// The hash of a word.
#[inline]
#[must_use]
pub fn of(word: &[u8]) -> u64 {
    mixed(START, word)
}

/// The hash of two words written as one.
#[must_use]
pub fn of_joined(first: &str, second: &str) -> u64 {
    // Words are short: few need memory of their own.
    let mut short = [0; 64];
    let (length, total) = (first.len(), first.len() + second.len());
    let Some(word) = short.get_mut(..total) else {
        return of([first, second].concat().as_bytes());
    };
    word[..length].copy_from_slice(first.as_bytes());
    word[length..].copy_from_slice(second.as_bytes());
    of(word)
}

/// The hash of a word of one to sixteen bytes that is given as one number, the first byte lowest.
#[inline]
#[must_use]
#[expect(
    clippy::cast_possible_truncation,
    reason = "both halves of the word are wanted"
)]
pub fn of_short(word: u128, length: usize) -> u64 {
    let mut hash = step(START, word as u64);
    if length > 8 {
        hash = step(hash, (word >> 64) as u64);
    }
    step(hash, length as u64)
}

/// Where a hash starts.
pub const START: u64 = 0x9e37_79b9_7f4a_7c15;

#[inline]
#[expect(
    clippy::cast_possible_truncation,
    reason = "both halves of the product are wanted"
)]
fn step(hash: u64, word: u64) -> u64 {
    let product = u128::from(hash ^ word) * 0xa076_1d64_78bd_642f;
    (product as u64) ^ ((product >> 64) as u64)
}

/// The slot of an index of `slots` (a power of two) that a hash is looked for first, and the tag it bears there.
#[inline]
#[must_use]
#[expect(clippy::cast_possible_truncation, reason = "the low bits choose the slot")]
pub fn slot_of(hash: u64, slots: usize) -> (usize, u32) {
    ((hash as usize) & (slots - 1), (hash >> 56) as u32)
}

/// Bits of a slot that hold where a word stands, plus one; 0 is an empty slot. The eight above hold the tag.
pub const PLACE: u32 = 0x00ff_ffff;

/// Empty slots for so many words: a third of them at least stays free.
#[must_use]
pub fn slots_for(words: usize) -> Vec<u32> {
    vec![0; (words * 3 / 2 + 1).next_power_of_two()]
}

/// Enters a word by its hash and by where it stands, plus one: in the next free slot where two meet.
///
/// # Panics
/// If the place is too large for a slot.
pub fn enter(slots: &mut [u32], hash: u64, place: u32) {
    assert!(place <= PLACE, "an index reaches over 16 MiB");
    let (mut at, tag) = slot_of(hash, slots.len());
    while slots[at] != 0 {
        at = (at + 1) & (slots.len() - 1);
    }
    slots[at] = tag << 24 | place;
}

/// FNV-1a over words of eight bytes, continued from `hash` (0: a fresh start). For long texts.
#[must_use]
pub fn of_text(hash: u64, text: &[u8]) -> u64 {
    let start = if hash == 0 { 0xcbf2_9ce4_8422_2325 } else { hash };
    let step = |hash: u64, word: u64| (hash ^ word).wrapping_mul(0x0100_0000_01b3).rotate_left(23);
    let (words, rest) = text.as_chunks::<8>();
    let hash = words
        .iter()
        .fold(start, |hash, word| step(hash, u64::from_le_bytes(*word)));
    rest.iter().fold(step(hash, text.len() as u64), |hash, byte| {
        step(hash, u64::from(*byte))
    })
}
