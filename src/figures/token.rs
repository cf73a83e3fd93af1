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

/// The tokens of `text`, in reading order.
pub(super) fn tokens(text: &str, lexicon: &Lexicon) -> Vec<Token> {
    let bytes = text.as_bytes();
    let mut tokens = Vec::with_capacity(text.len() / 5 + 4);
    let mut at = 0;
    let mut spaced = true;
    while at < bytes.len() {
        let byte = bytes[at];
        let start = at;
        if byte.is_ascii_whitespace() {
            spaced = true;
            at += 1;
            continue;
        }
        if byte.is_ascii_digit() {
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
        } else if byte.is_ascii_alphabetic() || byte >= 0x80 {
            let Some(first) = text[at..].chars().next() else {
                break;
            };
            if !first.is_alphabetic() {
                at += first.len_utf8();
                // Zero-width characters are nothing at all; the spaces of typographers are spaces.
                match first {
                    '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}' => {}
                    _ if first.is_whitespace() => spaced = true,
                    _ => {
                        tokens.push(mark(start, at, first, spaced, lexicon));
                        spaced = false;
                    }
                }
                continue;
            }
            let mut folded = Folded::default();
            while at < bytes.len() {
                let byte = bytes[at];
                if byte.is_ascii_alphabetic() {
                    folded.push_ascii(byte);
                    at += 1;
                } else if byte >= 0x80 {
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
                } else {
                    break;
                }
            }
            tokens.push(Token {
                start,
                end: at,
                shape: Shape::Word,
                spaced,
                capital: first.is_uppercase(),
                key: folded.key,
                word: lexicon.word(folded.key),
            });
        } else {
            at += 1;
            tokens.push(mark(start, at, char::from(byte), spaced, lexicon));
        }
        spaced = false;
    }
    tokens
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
