//! Text → tokens: words, runs of digits, and single marks, each with what the lexicon knows of it.
//!
//! In: a text of either language and its [`Lexicon`]. Out: tokens in reading order; white space shows as `spaced`.
//! Law: one pass, no look-back, so the cost is linear; every token falls on character boundaries.
//!
//! # Not done
//! No stemming: every form that counts is a row of the lexicon.

use std::cell::Cell;

use super::fold::word_at;
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

/// The tokens of a text, and which of them are worth a look.
#[derive(Default)]
pub(super) struct Tokens {
    /// All of them, in reading order.
    pub all: Vec<Token>,
    /// Where the notable ones stand; what lies beyond the first `count` is left from before.
    notable: Vec<usize>,
    count: usize,
}

impl Tokens {
    /// The tokens of `text`.
    pub fn of(text: &str, lexicon: &Lexicon) -> Self {
        let mut tokens = Self::default();
        tokens.fill(text, lexicon);
        tokens
    }

    /// Where those stand that may open a figure: digits, words and signs of the lexicon, Roman numerals. Few words do, so
    /// that a reader that goes from one to the next passes over most of a text.
    pub fn notable(&self) -> &[usize] {
        &self.notable[..self.count]
    }

    fn fill(&mut self, text: &str, lexicon: &Lexicon) {
        self.all.clear();
        self.all.reserve(text.len() / 4 + 4);
        self.scan(text, lexicon);
        for &at in &self.notable[..self.count] {
            let token = &mut self.all[at];
            token.word = match token.shape {
                Shape::Word => lexicon.word(token.key),
                Shape::Mark(mark) => lexicon.mark(mark),
                Shape::Digits => Word::NONE,
            };
        }
    }

    /// Takes the tokens of `text`, without their words, and notes the notable ones.
    fn scan(&mut self, text: &str, lexicon: &Lexicon) {
        let bytes = text.as_bytes();
        // Which tokens are notable cannot be foreseen: each is written down, and the next one over it if it is not.
        if self.notable.len() < bytes.len() {
            self.notable.resize(bytes.len(), 0);
        }
        let mut noted = 0;
        let mut at = 0;
        let mut spaced = true;
        while let Some(&byte) = bytes.get(at) {
            let start = at;
            let (end, key) = if byte.is_ascii() && !byte.is_ascii_alphabetic() {
                (start, 0)
            } else {
                word_at(text, start)
            };
            self.notable[noted] = self.all.len();
            if end > start {
                let capital = if byte.is_ascii() {
                    byte.is_ascii_uppercase()
                } else {
                    text[start..].chars().next().is_some_and(char::is_uppercase)
                };
                self.all.push(Token {
                    start,
                    end,
                    shape: Shape::Word,
                    spaced,
                    capital,
                    key,
                    word: Word::NONE,
                });
                noted += usize::from(lexicon.may_know(key) | (capital & is_roman(key)));
                at = end;
            } else {
                let (piece, end) = piece_at(text, start);
                at = end;
                match piece {
                    Piece::Token(shape) => {
                        self.all.push(Token {
                            start,
                            end,
                            shape,
                            spaced,
                            capital: false,
                            key: 0,
                            word: Word::NONE,
                        });
                        noted += usize::from(!matches!(shape, Shape::Mark(mark) if !is_sign(mark)));
                    }
                    Piece::Space => {
                        spaced = true;
                        continue;
                    }
                    Piece::Nothing => continue,
                }
            }
            // What follows is mostly one space, and then no other.
            spaced = bytes.get(at) == Some(&b' ');
            at += usize::from(spaced);
        }
        self.count = noted;
    }
}

/// What stands between words.
enum Piece {
    /// Digits or a mark.
    Token(Shape),
    Space,
    /// A character that nobody sees and that parts nothing.
    Nothing,
}

/// What stands at `start`, where no word begins, and where it ends.
fn piece_at(text: &str, start: usize) -> (Piece, usize) {
    let rest = &text[start..];
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 0 {
        return (Piece::Token(Shape::Digits), start + digits);
    }
    let Some(mark) = rest.chars().next() else {
        return (Piece::Nothing, text.len());
    };
    let piece = match mark {
        '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}' => Piece::Nothing,
        // Also the spaces of typographers.
        _ if mark.is_whitespace() => Piece::Space,
        _ => Piece::Token(Shape::Mark(mark)),
    };
    (piece, start + mark.len_utf8())
}

/// Whether the word begins as a Roman numeral does.
fn is_roman(key: u128) -> bool {
    let [first, ..] = key.to_le_bytes();
    matches!(first, b'i' | b'v' | b'x')
}

/// Whether the lexicon may know the mark: no punctuation of ASCII means anything to it.
fn is_sign(mark: char) -> bool {
    !mark.is_ascii() || mark == '%' || mark == '$'
}

/// Gives the tokens of `text` to `read`. The memory they take serves the next text of the same thread.
pub(super) fn with_tokens<T>(text: &str, lexicon: &Lexicon, read: impl FnOnce(&Tokens) -> T) -> T {
    let mut tokens = SPARE.take();
    tokens.fill(text, lexicon);
    let result = read(&tokens);
    if text.len() <= KEPT {
        SPARE.set(tokens);
    }
    result
}

/// A longer text gives its memory back.
const KEPT: usize = 1 << 16;

thread_local! {
    static SPARE: Cell<Tokens> = Cell::default();
}

#[cfg(test)]
mod tests {
    use super::{Shape, Tokens};
    use crate::figures::words::FRENCH;

    #[test]
    fn a_combining_mark_without_a_letter_is_a_mark() {
        let shapes: Vec<Shape> = Tokens::of("\u{301} e\u{301} 1\u{301}", &FRENCH)
            .all
            .iter()
            .map(|token| token.shape)
            .collect();
        let mark = Shape::Mark('\u{301}');
        assert_eq!(shapes, [mark, Shape::Word, Shape::Digits, mark]);
    }

    #[test]
    fn what_may_open_a_figure_is_noted() {
        let text = "Le XXe siècle a vu 3 chiens, 5 % de chats et dix Persans.";
        let tokens = Tokens::of(text, &FRENCH);
        let noted: Vec<&str> = tokens
            .notable()
            .iter()
            .map(|at| &text[tokens.all[*at].start..tokens.all[*at].end])
            .collect();
        for must in ["XXe", "siècle", "3", "5", "%", "dix"] {
            assert!(noted.contains(&must), "{must} in {noted:?}");
        }
        assert!(!noted.contains(&"chiens") && !noted.contains(&","));
    }
}
