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
    /// Where those stand that may open a figure: digits, words and signs of the lexicon, Roman numerals. Few words do, so
    /// that a reader that goes from one to the next passes over most of a text.
    pub notable: Vec<usize>,
}

impl Tokens {
    /// The tokens of `text`.
    pub fn of(text: &str, lexicon: &Lexicon) -> Self {
        let mut tokens = Self::default();
        tokens.fill(text, lexicon);
        tokens
    }

    fn fill(&mut self, text: &str, lexicon: &Lexicon) {
        self.all.clear();
        scan(text, &mut self.all);
        self.note(lexicon);
        for &at in &self.notable {
            let token = &mut self.all[at];
            token.word = match token.shape {
                Shape::Word => lexicon.word(token.key),
                Shape::Mark(mark) => lexicon.mark(mark),
                Shape::Digits => Word::NONE,
            };
        }
    }

    /// Notes where the notable tokens stand. Which ones do cannot be foreseen, so this takes no branch on it.
    fn note(&mut self, lexicon: &Lexicon) {
        self.notable.clear();
        self.notable.resize(self.all.len(), 0);
        let mut count = 0;
        for (at, token) in self.all.iter().enumerate() {
            let notable = match token.shape {
                Shape::Word => lexicon.may_know(token.key) | (token.capital & is_roman(token.key)),
                Shape::Mark(mark) => is_sign(mark),
                Shape::Digits => true,
            };
            self.notable[count] = at;
            count += usize::from(notable);
        }
        self.notable.truncate(count);
    }
}

/// Whether the word begins as a Roman numeral does.
fn is_roman(key: u128) -> bool {
    let [first, ..] = key.to_le_bytes();
    (first == b'i') | (first == b'v') | (first == b'x')
}

/// Whether the lexicon may know the mark: no punctuation of ASCII means anything to it.
fn is_sign(mark: char) -> bool {
    !mark.is_ascii() | (mark == '%') | (mark == '$')
}

/// Gives the tokens of `text` to `read`. The memory they take serves the next text of the same thread.
pub(super) fn with_tokens<T>(text: &str, lexicon: &Lexicon, read: impl FnOnce(&Tokens) -> T) -> T {
    let mut tokens = SPARE.take();
    tokens.fill(text, lexicon);
    let result = read(&tokens);
    if tokens.all.capacity() <= KEPT {
        SPARE.set(tokens);
    }
    result
}

/// A text of more tokens than this gives its memory back.
const KEPT: usize = 1 << 14;

thread_local! {
    static SPARE: Cell<Tokens> = Cell::default();
}

/// Puts the tokens of `text` into the empty `tokens`, before any lexicon saw them.
fn scan(text: &str, tokens: &mut Vec<Token>) {
    tokens.reserve(text.len() / 4 + 4);
    let bytes = text.as_bytes();
    let mut at = 0;
    let mut spaced = true;
    while let Some(&byte) = bytes.get(at) {
        let start = at;
        let mut token = Token {
            start,
            end: start,
            shape: Shape::Word,
            spaced,
            capital: byte.is_ascii_uppercase(),
            key: 0,
            word: Word::NONE,
        };
        (at, token.key) = word_at(text, start);
        if at == start {
            if byte.is_ascii_digit() {
                token.shape = Shape::Digits;
                while bytes.get(at).is_some_and(u8::is_ascii_digit) {
                    at += 1;
                }
            } else {
                let Some(mark) = text[at..].chars().next() else {
                    break;
                };
                at += mark.len_utf8();
                match mark {
                    // Zero-width characters are nothing at all; the spaces of typographers are spaces.
                    '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}' => continue,
                    _ if mark.is_whitespace() => {
                        spaced = true;
                        continue;
                    }
                    _ => token.shape = Shape::Mark(mark),
                }
            }
        } else if !byte.is_ascii() {
            token.capital = text[start..].chars().next().is_some_and(char::is_uppercase);
        }
        token.end = at;
        tokens.push(token);
        // What follows is mostly one space, and then no other.
        spaced = bytes.get(at) == Some(&b' ');
        at += usize::from(spaced);
    }
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
            .notable
            .iter()
            .map(|at| &text[tokens.all[*at].start..tokens.all[*at].end])
            .collect();
        for must in ["XXe", "siècle", "3", "5", "%", "dix"] {
            assert!(noted.contains(&must), "{must} in {noted:?}");
        }
        assert!(!noted.contains(&"chiens") && !noted.contains(&","));
    }
}
