//! Text → tokens: words, runs of digits, and single marks, each with what the lexicon knows of it.
//!
//! In: a text of either language and its [`Lexicon`]. Out: tokens in reading order; white space shows as `spaced`.
//! Law: one pass, no look-back, so the cost is linear; every token falls on character boundaries.
//!
//! # Not done
//! No stemming: every form that counts is a row of the lexicon.

use super::words::{Lexicon, Word};

/// What a token is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// Letters.
    Word,
    /// ASCII digits.
    Digits,
    /// One character that is neither.
    Mark(char),
}

/// A word, a run of digits, or one mark.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    pub start: usize,
    pub end: usize,
    pub shape: Shape,
    /// White space stands before it.
    pub spaced: bool,
    /// The first letter is a capital.
    pub capital: bool,
    /// The word without case and accents, cut at sixteen bytes; 0 for what is no word.
    pub key: u128,
    /// What the lexicon says of it.
    pub word: Word,
}

/// The key of a word: lower case, no accents, the first sixteen bytes. ASCII only, for the words of the grammar.
pub(super) const fn key(word: &str) -> u128 {
    let bytes = word.as_bytes();
    let mut key = 0_u128;
    let mut at = 0;
    while at < bytes.len() && at < 16 {
        key = (key << 8) | bytes[at].to_ascii_lowercase() as u128;
        at += 1;
    }
    key
}

/// The key of any word, as the scanner makes it.
pub(super) fn key_of(word: &str) -> u128 {
    let mut folded = Folded::default();
    word.chars().for_each(|letter| folded.push(letter));
    folded.key
}

/// A key being built.
#[derive(Default)]
struct Folded {
    key: u128,
    length: u8,
}

impl Folded {
    /// The key of a run of `length` ASCII letters at the start of `bytes`, in one go.
    fn of_ascii(bytes: &[u8], length: usize) -> Self {
        let length = length.min(16);
        let whole = if let Some(sixteen) = bytes.first_chunk::<16>() {
            u128::from_be_bytes(*sixteen)
        } else {
            let mut buffer = [0_u8; 16];
            buffer[..bytes.len()].copy_from_slice(bytes);
            u128::from_be_bytes(buffer)
        };
        let kept = u8::try_from(length).unwrap_or(16);
        let shift = 8 * (16 - u32::from(kept));
        let letters = whole.checked_shr(shift).unwrap_or(0);
        let lower = u128::from_be_bytes([0x20; 16]).checked_shr(shift).unwrap_or(0);
        Self {
            key: letters | lower,
            length: kept,
        }
    }

    fn push_ascii(&mut self, byte: u8) {
        if self.length < 16 {
            self.key = (self.key << 8) | u128::from(byte | 0x20);
            self.length += 1;
        }
    }

    /// Letters with accents count as the letter alone; ligatures as their two letters.
    fn push(&mut self, letter: char) {
        let plain: &[u8] = match letter {
            'a'..='z' | 'A'..='Z' => return self.push_ascii(letter as u8),
            'à' | 'â' | 'ä' | 'á' | 'ã' | 'å' | 'À' | 'Â' | 'Ä' | 'Á' | 'Ã' | 'Å' => b"a",
            'é' | 'è' | 'ê' | 'ë' | 'É' | 'È' | 'Ê' | 'Ë' | 'ě' => b"e",
            'î' | 'ï' | 'í' | 'ì' | 'Î' | 'Ï' | 'Í' | 'Ì' => b"i",
            'ô' | 'ö' | 'ó' | 'ò' | 'õ' | 'Ô' | 'Ö' | 'Ó' | 'Ò' | 'Õ' => b"o",
            'ù' | 'û' | 'ü' | 'ú' | 'Ù' | 'Û' | 'Ü' | 'Ú' => b"u",
            'ç' | 'č' | 'Ç' | 'Č' => b"c",
            'ñ' | 'Ñ' => b"n",
            'œ' | 'Œ' => b"oe",
            'æ' | 'Æ' => b"ae",
            // Combining marks of a decomposed text: the letter before them stands alone.
            '\u{300}'..='\u{36f}' => return,
            _ => b"?",
        };
        for &byte in plain {
            self.push_ascii(byte);
        }
    }
}

/// What a byte begins.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Letter,
    Digit,
    Space,
    Mark,
    /// The first byte of a character of several.
    Wide,
}

/// The class of each byte: one look instead of many comparisons.
const CLASSES: [Class; 256] = {
    let mut classes = [Class::Mark; 256];
    let mut byte = u8::MIN;
    loop {
        classes[byte as usize] = match byte {
            b'a'..=b'z' | b'A'..=b'Z' => Class::Letter,
            b'0'..=b'9' => Class::Digit,
            b' ' | b'\t' | b'\n' | b'\r' | 0x0b | 0x0c => Class::Space,
            0x80..=0xff => Class::Wide,
            _ => Class::Mark,
        };
        if byte == u8::MAX {
            break classes;
        }
        byte += 1;
    }
};

/// The letters U+00C0 to U+00FF without case and accents: what follows the byte 0xC3. 0 for × and ÷, `?` for those that
/// no word of the lexicon has.
const LATIN: &[u8; 64] = b"aaaaaa?ceeeeiiii?nooooo\0?uuuu???aaaaaa?ceeeeiiii?nooooo\0?uuuu???";

/// The tokens of `text`, in reading order.
pub(super) fn tokens(text: &str, lexicon: &Lexicon) -> Vec<Token> {
    let bytes = text.as_bytes();
    let mut tokens = Vec::with_capacity(text.len() / 4 + 4);
    let mut at = 0;
    let mut spaced = true;
    while at < bytes.len() {
        let start = at;
        match CLASSES[usize::from(bytes[at])] {
            Class::Space => {
                spaced = true;
                at += 1;
                continue;
            }
            Class::Digit => {
                while at < bytes.len() && bytes[at].is_ascii_digit() {
                    at += 1;
                }
                tokens.push(Token {
                    start,
                    end: at,
                    shape: Shape::Digits,
                    spaced,
                    capital: false,
                    key: 0,
                    word: Word::NONE,
                });
            }
            Class::Mark => {
                at += 1;
                tokens.push(mark(start, at, char::from(bytes[start]), spaced, lexicon));
            }
            Class::Letter => {
                let (end, key) = word_at(text, start);
                at = end;
                tokens.push(word(
                    start,
                    end,
                    key,
                    spaced,
                    bytes[start].is_ascii_uppercase(),
                    lexicon,
                ));
            }
            Class::Wide => {
                let Some(first) = text[at..].chars().next() else {
                    break;
                };
                if first.is_alphabetic() {
                    let (end, key) = word_at(text, start);
                    at = end;
                    tokens.push(word(start, end, key, spaced, first.is_uppercase(), lexicon));
                } else {
                    at += first.len_utf8();
                    match first {
                        // Zero-width characters are nothing at all; the spaces of typographers are spaces.
                        '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}' => {}
                        _ if first.is_whitespace() => spaced = true,
                        _ => {
                            tokens.push(mark(start, at, first, spaced, lexicon));
                            spaced = false;
                        }
                    }
                    continue;
                }
            }
        }
        spaced = false;
    }
    tokens
}

/// The end of the word that begins at `start`, and its key.
#[inline]
fn word_at(text: &str, start: usize) -> (usize, u128) {
    let bytes = text.as_bytes();
    let mut at = start;
    while at < bytes.len() && CLASSES[usize::from(bytes[at])] == Class::Letter {
        at += 1;
    }
    let mut folded = Folded::of_ascii(&bytes[start..], at - start);
    while at < bytes.len() {
        match CLASSES[usize::from(bytes[at])] {
            Class::Letter => {
                folded.push_ascii(bytes[at]);
                at += 1;
            }
            Class::Wide => {
                let latin = if bytes[at] == 0xc3 {
                    LATIN[usize::from(bytes[at + 1] & 0x3f)]
                } else {
                    0
                };
                if latin.is_ascii_alphabetic() {
                    folded.push_ascii(latin);
                    at += 2;
                    continue;
                }
                let Some(letter) = text[at..].chars().next() else {
                    break;
                };
                // Superscript letters (`1ᵉʳ`) are letters; combining marks go with the letter before them.
                if !letter.is_alphabetic() && !('\u{300}'..='\u{36f}').contains(&letter) {
                    break;
                }
                folded.push(match letter {
                    'ᵉ' => 'e',
                    'ʳ' => 'r',
                    other => other,
                });
                at += letter.len_utf8();
            }
            Class::Digit | Class::Space | Class::Mark => break,
        }
    }
    (at, folded.key)
}

fn word(start: usize, end: usize, key: u128, spaced: bool, capital: bool, lexicon: &Lexicon) -> Token {
    Token {
        start,
        end,
        shape: Shape::Word,
        spaced,
        capital,
        key,
        word: lexicon.word(key),
    }
}

fn mark(start: usize, end: usize, character: char, spaced: bool, lexicon: &Lexicon) -> Token {
    Token {
        start,
        end,
        shape: Shape::Mark(character),
        spaced,
        capital: false,
        key: 0,
        word: lexicon.mark(character),
    }
}

#[cfg(test)]
mod tests {
    use super::{key, key_of, tokens};
    use crate::figures::words::FRENCH;

    #[test]
    fn keys_forget_case_accents_and_composition() {
        assert_eq!(key_of("Août"), key("aout"));
        assert_eq!(key_of("e\u{301}te\u{301}"), key("ete"));
        assert_eq!(key_of("CŒUR"), key("coeur"));
        assert_ne!(key_of("mai"), key_of("mais"));
    }

    /// The quick way over a text and the way over a single word give the same keys.
    #[test]
    fn a_word_has_one_key_however_it_is_scanned() {
        let words = "Août été ÉTÉ cœur naïve Łódź straße ὥρα anticonstitutionnellement çà È ÿ";
        let scanned: Vec<u128> = tokens(words, &FRENCH).iter().map(|token| token.key).collect();
        let single: Vec<u128> = words.split(' ').map(key_of).collect();
        assert_eq!(scanned, single);
    }
}
