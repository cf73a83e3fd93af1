//! Sixteen bytes of a text looked at at once.
//!
//! In: a text and a place in it. Out: how many letters stand there, and what they are in lower case; ASCII only, so whoever
//! asks looks at the next byte himself. Law: no branch on the letters, so that words of any length cost the same.

/// The bytes from some place of a text on, the first one lowest; zeros beyond the end.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Window(u128);

/// Which letters of a word are capitals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Capitals {
    None,
    /// The first one and no other.
    First,
    /// One that is not the first.
    Others,
}

/// The top bit of each byte.
const TOP: u128 = every(0x80);

/// The bit that tells a small letter of ASCII from its capital.
const SMALL: u128 = every(0x20);

/// The lowest so many bytes of sixteen.
const FIRST: [u128; Window::LEN + 1] = {
    let mut masks = [u128::MAX; Window::LEN + 1];
    let mut length = 0;
    while length < Window::LEN {
        masks[length] = (1 << (8 * length)) - 1;
        length += 1;
    }
    masks
};

/// Sixteen times the same byte.
const fn every(byte: u8) -> u128 {
    u128::from_ne_bytes([byte; Window::LEN])
}

impl Window {
    /// So many bytes are looked at.
    pub const LEN: usize = 16;

    /// The bytes from `at` on, which is within the text or its end.
    #[inline]
    pub fn at(bytes: &[u8], at: usize) -> Self {
        if let Some(whole) = bytes[at..].first_chunk() {
            return Self(u128::from_le_bytes(*whole));
        }
        let left = bytes.len() - at;
        if let Some(last) = bytes.last_chunk().filter(|_| left > 0) {
            // The last sixteen bytes of the text, less those before `at`.
            return Self(u128::from_le_bytes(*last) >> (8 * (Self::LEN - left)));
        }
        let mut short = [0; Self::LEN];
        short[..left].copy_from_slice(&bytes[at..]);
        Self(u128::from_le_bytes(short))
    }

    /// How many letters it opens with.
    #[inline]
    pub fn letters(self) -> usize {
        (self.letter_bits() ^ TOP).trailing_zeros() as usize / 8
    }

    /// Its first `length` bytes, which are letters and digits, in lower case.
    #[inline]
    pub fn lower(self, length: usize) -> u128 {
        // Digits have the bit of small letters anyway.
        (self.0 | SMALL) & FIRST[length]
    }

    /// Which of its first `length` bytes, which are letters, are capitals.
    #[inline]
    pub fn capitals(self, length: usize) -> Capitals {
        match !self.0 & SMALL & FIRST[length] {
            0 => Capitals::None,
            0x20 => Capitals::First,
            _ => Capitals::Others,
        }
    }

    /// The top bit of each byte that is a letter. All bytes are compared at once, each in its own eight bits.
    #[inline]
    fn letter_bits(self) -> u128 {
        let lower = (self.0 | SMALL) & !TOP;
        let from_a = lower + every(0x80 - b'a');
        let past_z = lower + every(0x7f - b'z');
        from_a & !past_z & !self.0 & TOP
    }
}

/// Eight bytes of a text, for words that are short: most of them.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ShortWindow(u64);

/// Eight times the same byte.
const fn eight(byte: u8) -> u64 {
    u64::from_ne_bytes([byte; ShortWindow::LEN])
}

impl ShortWindow {
    /// So many bytes are looked at.
    pub const LEN: usize = 8;

    /// The bytes from `at` on; nothing if there are not as many.
    #[inline]
    pub fn at(bytes: &[u8], at: usize) -> Option<Self> {
        bytes[at..]
            .first_chunk()
            .map(|whole| Self(u64::from_le_bytes(*whole)))
    }

    /// How many letters it opens with.
    #[inline]
    pub fn letters(self) -> usize {
        (self.letter_bits() ^ eight(0x80)).trailing_zeros() as usize / 8
    }

    /// Its first `length` bytes, which are letters and fewer than all, in lower case.
    #[inline]
    pub fn lower(self, length: usize) -> u64 {
        (self.0 | eight(0x20)) & Self::first(length)
    }

    /// Which of those are capitals.
    #[inline]
    pub fn capitals(self, length: usize) -> Capitals {
        match !self.0 & eight(0x20) & Self::first(length) {
            0 => Capitals::None,
            0x20 => Capitals::First,
            _ => Capitals::Others,
        }
    }

    fn first(length: usize) -> u64 {
        (1 << (8 * length)) - 1
    }

    fn letter_bits(self) -> u64 {
        let lower = (self.0 | eight(0x20)) & eight(0x7f);
        let from_a = lower + eight(0x80 - b'a');
        let past_z = lower + eight(0x7f - b'z');
        from_a & !past_z & !self.0 & eight(0x80)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Capitals, ShortWindow, Window};

    proptest! {
        #[test]
        fn bytes_are_told_as_one_by_one(text in "[a-zA-Z0-9]{0,17}.?[@\\[`{/:é’\u{10} a-z]{0,20}") {
            let bytes = text.as_bytes();
            for at in 0..=text.len() {
                let first = &bytes[at..text.len().min(at + Window::LEN)];
                let run = |is: fn(&u8) -> bool| first.iter().take_while(|byte| is(byte)).count();
                let window = Window::at(bytes, at);
                prop_assert_eq!(window.letters(), run(u8::is_ascii_alphabetic), "{:?} from {}", text, at);
                let length = run(u8::is_ascii_alphanumeric);
                let lower = window.lower(length).to_le_bytes();
                prop_assert_eq!(&lower[..length], first[..length].to_ascii_lowercase());
                let letters = run(u8::is_ascii_alphabetic);
                let capitals = |length: usize| {
                    match first[..length].iter().rposition(u8::is_ascii_uppercase) {
                        None => Capitals::None,
                        Some(0) => Capitals::First,
                        Some(_) => Capitals::Others,
                    }
                };
                prop_assert_eq!(window.capitals(letters), capitals(letters));
                let Some(short) = ShortWindow::at(bytes, at) else { continue };
                let length = short.letters();
                prop_assert_eq!(length, run(u8::is_ascii_alphabetic).min(ShortWindow::LEN));
                if length < ShortWindow::LEN {
                    let lower = short.lower(length).to_le_bytes();
                    prop_assert_eq!(&lower[..length], first[..length].to_ascii_lowercase());
                    prop_assert_eq!(short.capitals(length), capitals(length));
                }
            }
        }
    }
}
