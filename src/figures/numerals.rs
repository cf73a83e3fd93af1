//! Numbers: digits with their separators, number words, and the scale words after either.
//!
//! In: tokens, and where to begin. Out: a [`Numeral`] run with its exact value, or nothing. Law: a number is read
//! as far as the language's grammar allows and no further, so that `deux trois` is two numbers.
//! Sources: SI Brochure §5.4.4 (groups of three); CLDR 46 `fr` and `en` (separators, scale words); Grevisse and Quirk
//! (the words, see [`super::french`] and [`super::english`]).

#[allow(clippy::wildcard_imports, reason = "a vocabulary: one name a word")]
use super::keys::*;
use super::token::{Shape, Token};
use super::value::{Form, Number, plus, power_of_ten, times, whole};
use super::words::{Language, Numeral};

/// A number as it was read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Run {
    /// The token after the last one.
    pub end: usize,
    pub value: Number,
    /// What the separators could mean otherwise.
    pub other: Option<Number>,
    pub form: Form,
    /// It is a rank.
    pub rank: bool,
    /// The number of digits, if it is digits without any separator; else 0.
    pub plain: u8,
    /// The separators are those of the other language.
    pub misspelt: bool,
    /// What a half added after it is a half of: `deux millions et demi`.
    pub scale: Number,
    /// It has a scale word: a unit may follow after `de`.
    pub scaled: bool,
}

impl Run {
    /// A whole number that ends before the token `end`.
    pub fn of(value: i128, end: usize) -> Self {
        Self {
            end,
            value: whole(value),
            other: None,
            form: Form::Words,
            rank: false,
            plain: 0,
            misspelt: false,
            scale: whole(1),
            scaled: false,
        }
    }

    /// The power of ten of its scale word; 0 where it has none.
    pub fn power(&self) -> u8 {
        if !self.scaled {
            return 0;
        }
        let mut scales = [3, 6, 9, 12, 15, 18].into_iter();
        scales
            .find(|power| self.scale == power_of_ten(*power))
            .unwrap_or(0)
    }
}

/// What the reader of numbers needs to see.
#[derive(Clone, Copy)]
pub(super) struct Page<'t> {
    pub text: &'t str,
    pub tokens: &'t [Token],
    pub language: Language,
}

impl<'t> Page<'t> {
    pub fn at(&self, index: usize) -> Option<&'t Token> {
        self.tokens.get(index)
    }

    pub fn slice(&self, index: usize) -> &'t str {
        self.at(index)
            .map_or("", |token| &self.text[token.start..token.end])
    }

    pub fn key(&self, index: usize) -> u128 {
        self.at(index).map_or(0, |token| token.key)
    }

    pub fn numeral(&self, index: usize) -> Numeral {
        self.at(index).map_or(Numeral::None, |token| token.word.numeral)
    }

    pub fn is_mark(&self, index: usize, marks: &[char]) -> bool {
        matches!(self.at(index), Some(Token { shape: Shape::Mark(mark), .. }) if marks.contains(mark))
    }

    pub fn is_digits(&self, index: usize) -> bool {
        matches!(
            self.at(index),
            Some(Token {
                shape: Shape::Digits,
                ..
            })
        )
    }

    pub fn is_word(&self, index: usize) -> bool {
        matches!(
            self.at(index),
            Some(Token {
                shape: Shape::Word,
                ..
            })
        )
    }

    pub fn glued(&self, index: usize) -> bool {
        self.at(index).is_some_and(|token| !token.spaced)
    }

    /// A small number in digits, without separators.
    pub fn small(&self, index: usize) -> Option<u16> {
        if !self.is_digits(index) || self.slice(index).len() > 4 {
            return None;
        }
        self.slice(index).parse().ok()
    }

    /// The index after a hyphen that joins two tokens, or `index` itself.
    pub fn past_hyphen(&self, index: usize) -> usize {
        if self.is_mark(index, &['-', '‑', '‐']) && self.glued(index) && self.glued(index + 1) {
            index + 1
        } else {
            index
        }
    }

    /// The scale words after a number in digits: `2,3 milliards`, `40 mille`, `4.5bn`, `800 M€`.
    pub fn scaled(&self, mut run: Run) -> Run {
        loop {
            let mut at = self.past_hyphen(run.end);
            // `100 autres milliards`
            if matches!(self.key(at), AUTRES | AUTRE) && matches!(self.numeral(at + 1), Numeral::Scale(_)) {
                at += 1;
            }
            let Some(token) = self.at(at) else { return run };
            if token.shape != Shape::Word {
                return run;
            }
            let power = match token.word.numeral {
                Numeral::Hundred
                    if self.language == Language::English
                        && run.form == Form::Digits
                        && !run.scaled
                        && self.key(at) == HUNDRED =>
                {
                    2
                }
                Numeral::Thousand if run.form == Form::Digits && !run.scaled && token.key != MIL => 3,
                Numeral::Scale(exponent) => exponent,
                // `thousand million`, `mille milliards` after digits.
                _ => match self.abbreviated_scale(at, token) {
                    Some(exponent) if run.form == Form::Digits && !run.scaled => exponent,
                    _ => return run,
                },
            };
            let Some(value) = times(run.value, power_of_ten(power)) else {
                return run;
            };
            run.value = value;
            // `2,631 millions` and `18.000 millions` have one reading each: nobody writes three decimals for show.
            run.other = None;
            run.scale = power_of_ten(power);
            run.scaled = true;
            run.plain = 0;
            run.end = at + 1;
            // `5 mille 352`: what follows the thousands in digits is added.
            if power == 3
                && self.language == Language::French
                && let Some(rest) = self.small(run.end).filter(|rest| *rest < 1000 && *rest > 0)
                && self.slice(run.end).len() <= 3
                && let Some(value) = plus(run.value, whole(i128::from(rest)))
            {
                run.value = value;
                run.end += 1;
                return run;
            }
        }
    }

    /// `M€`, `Md€`, `k€`; `3m`, `12k`, `4.5b` right after the digits.
    fn abbreviated_scale(&self, at: usize, token: &Token) -> Option<u8> {
        let spelt = self.slice(at);
        let money = self
            .at(at + 1)
            .is_some_and(|next| !next.spaced && next.word.unit.is_some());
        match self.language {
            Language::French => match spelt {
                "M" if money || !token.spaced && self.money_before(at) => Some(6),
                "m" if !token.spaced && self.money_before(at) => Some(6),
                "bn" if !token.spaced => Some(9),
                "k" | "K" if money || !token.spaced => Some(3),
                "G" if money => Some(9),
                _ => None,
            },
            Language::English => match spelt {
                "m" | "M" if !token.spaced => (self.money_before(at) || spelt == "M").then_some(6),
                "k" | "K" if !token.spaced => Some(3),
                "b" | "B" if !token.spaced && (spelt == "b" || self.money_before(at)) => Some(9),
                "t" | "T" if !token.spaced && self.money_before(at) => Some(12),
                _ => None,
            },
        }
    }

    /// Whether a currency sign opens the digits that end before `at`.
    fn money_before(&self, at: usize) -> bool {
        let mut index = at;
        while index > 0 && at - index < 8 {
            index -= 1;
            let token = &self.tokens[index];
            match token.shape {
                Shape::Digits => {}
                Shape::Mark('.' | ',') if !token.spaced => {}
                Shape::Mark(_) | Shape::Word => return token.word.unit.is_some_and(super::Unit::is_currency),
            }
        }
        false
    }
}
