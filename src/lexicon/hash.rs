//! One hash of a short word, for the maps of the lexicon and for the word lists that the build puts in order.
//!
//! No seed, so that a run is like the next and an index made by the build serves at run time. Eight bytes at a time;
//! the words come from our own lists or are compared in full, so nobody gains by a collision.

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

/// The same of a word of one to sixteen bytes that is given as one number, the first byte lowest.
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

/// The hash of several words, by theirs.
#[must_use]
pub fn of_all(hashes: impl Iterator<Item = u64>) -> u64 {
    hashes.fold(START, step)
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

/// The slot of an index of `slots` (a power of two) that a word is looked for first, and the tag it bears there.
#[inline]
#[must_use]
#[expect(clippy::cast_possible_truncation, reason = "the low bits choose the slot")]
pub fn slot(word: &[u8], slots: usize) -> (usize, u32) {
    let hash = of(word);
    ((hash as usize) & (slots - 1), (hash >> 56) as u32)
}

/// Bits of a slot that hold where a word stands, plus one; 0 is an empty slot. The eight above hold the tag.
pub const PLACE: u32 = 0x00ff_ffff;
