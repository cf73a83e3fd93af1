//! The letters of ASCII and Latin-1, of which most words are made: how they fold, and how a word of them is written.

use super::unit::{Case, case_by};
use crate::lexicon::hash;
use crate::window::Window;

/// What a byte is in a word of ASCII and Latin-1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    Small,
    Digit,
    Capital,
    /// The first byte of a letter of Latin-1, or of × and ÷.
    Latin,
    Other,
}

static CLASSES: [Class; 256] = {
    let mut classes = [Class::Other; 256];
    let mut byte = 0_u8;
    while byte < u8::MAX {
        classes[byte as usize] = match byte {
            b'a'..=b'z' => Class::Small,
            b'0'..=b'9' => Class::Digit,
            b'A'..=b'Z' => Class::Capital,
            0xc3 => Class::Latin,
            _ => Class::Other,
        };
        byte += 1;
    }
    classes
};

pub(super) fn class(byte: u8) -> Class {
    CLASSES[usize::from(byte)]
}

/// Second bytes of × and ÷, the two signs among the letters of Latin-1 that UTF-8 writes after `0xc3`.
const TIMES: u8 = 0x97;
const DIVIDED: u8 = 0xb7;
/// Of ß, after the last capital: what follows it has the capitals' five bits again.
const SHARP_S: u8 = 0x9f;

/// What the letters of Latin-1 fold to, by the last five bits of their second byte; capitals and small ones alike.
#[rustfmt::skip]
const LATIN: [[u8; 2]; 32] = [
    [b'a', 0], [b'a', 0], [b'a', 0], [b'a', 0], [b'a', 0], [b'a', 0], *b"ae", [b'c', 0],
    [b'e', 0], [b'e', 0], [b'e', 0], [b'e', 0], [b'i', 0], [b'i', 0], [b'i', 0], [b'i', 0],
    [b'd', 0], [b'n', 0], [b'o', 0], [b'o', 0], [b'o', 0], [b'o', 0], [b'o', 0], [0, 0],
    [b'o', 0], [b'u', 0], [b'u', 0], [b'u', 0], [b'u', 0], [b'y', 0], *b"th", [b'y', 0],
];

/// Whether a letter of Latin-1 beyond ASCII stands at `at`.
pub(super) fn is_latin_letter(bytes: &[u8], at: usize) -> bool {
    matches!(bytes.get(at..at + 2), Some([0xc3, second]) if !matches!(*second, TIMES | DIVIDED))
}

/// The letters of a word of ASCII and Latin-1, folded and counted one by one.
#[derive(Default)]
pub(super) struct Letters {
    folded: [u8; Window::LEN],
    length: usize,
    capitals: usize,
    small: usize,
    digits: usize,
    /// Whether the first of them is a capital.
    capital: bool,
}

impl Letters {
    /// Takes a letter by its folded form.
    pub fn add(&mut self, folded: u8, capital: bool) {
        self.capital |= capital && self.length == 0;
        self.capitals += usize::from(capital);
        self.small += usize::from(!capital);
        self.fold(folded);
    }

    pub fn add_digit(&mut self, digit: u8) {
        self.digits += 1;
        self.fold(digit);
    }

    /// Takes a letter of Latin-1 by its second byte.
    pub fn add_latin(&mut self, second: u8) {
        let [first, more] = if second == SHARP_S {
            *b"ss"
        } else {
            LATIN[usize::from(second & 0x1f)]
        };
        self.add(first, second < SHARP_S);
        if more != 0 {
            self.fold(more);
        }
    }

    fn fold(&mut self, byte: u8) {
        if let Some(next) = self.folded.get_mut(self.length) {
            *next = byte;
        }
        self.length += 1;
    }

    /// The folded word and its hash, if it is no longer than most.
    pub fn folded(&self) -> Option<(&str, u64)> {
        let folded = std::str::from_utf8(self.folded.get(..self.length)?).ok()?;
        let hash = hash::of_short(u128::from_le_bytes(self.folded), self.length);
        Some((folded, hash))
    }

    /// How `word` is written, whose letters these are.
    pub fn case(&self, word: &str) -> Case {
        if word.starts_with(|first: char| first.is_ascii_digit()) {
            return Case::Lower;
        }
        case_by(self.capitals, self.small, self.digits, self.capital, word)
    }
}
