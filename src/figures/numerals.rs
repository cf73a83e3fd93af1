//! Numbers: digits with their separators, number words, and the scale words after either.
//!
//! In: tokens, and where to begin. Out: a [`Numeral`] run with its exact value, or nothing. Law: a number is read
//! as far as the language's grammar allows and no further, so that `deux trois` is two numbers.
//! Sources: SI Brochure §5.4.4 (groups of three); CLDR 46 `fr` and `en` (separators, scale words); Grevisse and Quirk
//! (the words, see [`super::french`] and [`super::english`]).

#[expect(clippy::wildcard_imports, reason = "a vocabulary: one name a word")]
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
        let scales = [3, 6, 9, 12, 15, 18];
        let power = scales
            .into_iter()
            .find(|power| self.scale == power_of_ten(*power));
        power.filter(|_| self.scaled).unwrap_or(0)
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

    /// The separator between the digits at `index` and digits after it: the character, and where they are.
    fn separator(&self, index: usize) -> Option<(char, usize)> {
        let here = self.at(index)?;
        let next = self.at(index + 1)?;
        match next.shape {
            Shape::Digits => {
                let mut between = self.text[here.end..next.start].chars();
                match (between.next(), between.next()) {
                    (Some(' ' | '\u{a0}' | '\u{202f}' | '\u{2009}'), None) => Some((' ', index + 1)),
                    _ => None,
                }
            }
            Shape::Mark(mark @ (',' | '.' | '\'' | '’')) if !next.spaced => {
                let digits = self.at(index + 2)?;
                // A space slipped in after the comma: `80, 000`, `0, 5%`.
                let slipped = mark == ','
                    && match self.language {
                        Language::English => self.slice(index + 2) == "000",
                        Language::French => digits.end - digits.start == 1 && self.is_mark(index + 3, &['%']),
                    };
                (digits.shape == Shape::Digits && (!digits.spaced || slipped)).then_some((mark, index + 2))
            }
            _ => None,
        }
    }

    /// A number in digits, separators and all, without what follows.
    pub fn digits(&self, index: usize) -> Option<Run> {
        let first = self.slice(index);
        let mut value = parse(first)?;
        let mut run = Run {
            end: index + 1,
            value: whole(value),
            other: None,
            form: Form::Digits,
            rank: false,
            plain: u8::try_from(first.len()).unwrap_or(u8::MAX),
            misspelt: false,
            scale: whole(1),
            scaled: false,
        };
        let decimal = if self.language == Language::French {
            ','
        } else {
            '.'
        };
        // Groups of three, all parted alike.
        let mut at = index;
        let mut groups = 0;
        let mut mark = ' ';
        if first.len() <= 3 && !(first.starts_with('0')) {
            while let Some((separator, next)) = self.separator(at) {
                let group = self.slice(next);
                let fits = group.len() == 3 && (groups == 0 || separator == mark);
                let last_indian = self.language == Language::English && separator == ',' && group.len() == 2;
                // `1,25,000`: the Indian grouping ends in three digits.
                let indian = last_indian && self.separator(next).is_some_and(|(mark, _)| mark == ',');
                if !(fits || indian) || (separator == decimal && !(groups == 0 || separator == mark)) {
                    break;
                }
                let Some(grown) = value
                    .checked_mul(if group.len() == 2 { 100 } else { 1000 })
                    .and_then(|value| value.checked_add(parse(group)?))
                else {
                    break;
                };
                (value, at, mark) = (grown, next, separator);
                groups += 1;
            }
        }
        if groups > 0 {
            run.plain = 0;
            run.end = at + 1;
            run.value = whole(value);
            let point = mark == decimal;
            if groups == 1 && (mark == ',' || mark == '.') {
                // One group of three: thousands, or three decimals.
                let decimals = Number::new(value, 1000);
                if point {
                    run.value = decimals;
                    if self.language == Language::French {
                        run.other = Some(whole(value));
                    }
                } else if self.language == Language::French {
                    run.other = Some(decimals);
                }
                if point {
                    return Some(run);
                }
            } else if point {
                // `1.250.000` in English, `1,250,000` in French: only groups, but not this language's.
                run.misspelt = self.language == Language::English;
                return Some(run);
            }
        }
        // Decimals.
        if let Some((separator, next)) = self.separator(at) {
            let decimals = self.slice(next);
            let own = separator == decimal;
            let foreign = groups == 0
                && match self.language {
                    Language::French => separator == '.',
                    Language::English => separator == ',' && decimals.len() <= 2,
                };
            let swapped = groups > 0 && mark != separator && matches!(separator, ',' | '.');
            if (own || foreign || swapped) && decimals.len() <= 18 {
                let power = power_of_ten(u8::try_from(decimals.len()).ok()?);
                let fraction = Number::from_integer(parse(decimals)?) / power;
                run.value = plus(run.value, fraction)?;
                run.end = next + 1;
                run.plain = 0;
                run.other = None;
                run.misspelt = self.language == Language::English && !own;
            }
        }
        Some(run)
    }

    /// A number in words, without what follows.
    pub fn words(&self, index: usize) -> Option<Run> {
        let mut total = 0_i128;
        let mut current: Option<i128> = None;
        let mut last_scale = i128::MAX;
        let mut scale = 1_i128;
        let mut scaled = false;
        let mut rank = false;
        let mut end = index;
        let french = self.language == Language::French;
        loop {
            let Some((at, hyphen, and)) = self.next_numeral(index, end, current, total) else {
                break;
            };
            let first = at == index;
            let below = current.unwrap_or(0);
            let opening = current.is_none();
            let tens = below % 100;
            // A number below ten may be added after tens or hundreds, never after another unit.
            let takes_unit =
                opening || tens == 0 || (tens >= 20 && tens % 10 == 0 && !(french && and && tens == 0));
            let teen = |n: i128| -> Option<i128> {
                if opening || tens == 0 {
                    Some(below + n)
                } else if french && (tens == 60 || tens == 80) && n <= 16 {
                    Some(below + n)
                } else {
                    None
                }
            };
            let accepted = match self.numeral(at) {
                Numeral::One => {
                    (first || (!opening && tens >= 20 && tens % 10 == 0) || (!french && and && takes_unit))
                        .then_some(below + 1)
                }
                Numeral::Article => (first && self.makes_article_a_number(at)).then_some(1),
                Numeral::Digit(n) => {
                    let n = i128::from(n);
                    if takes_unit && !(n == 0 && !first) {
                        Some(below + n)
                    } else if french && matches!(tens, 10 | 70 | 90) && n >= 7 {
                        Some(below + n)
                    } else {
                        None
                    }
                }
                Numeral::Teen(n) => teen(i128::from(n)),
                Numeral::Ten(n) => {
                    let n = i128::from(n);
                    if french && n == 20 && tens == 4 {
                        Some(below + 76)
                    } else if opening || tens == 0 {
                        Some(below + n)
                    } else {
                        None
                    }
                }
                Numeral::Hundred => {
                    let pour = first && self.key(at.wrapping_sub(1)) == POUR;
                    // `50 Cent`, `40 cents`: money, or a name.
                    let coin = first && french && at > 0 && self.is_digits(at - 1);
                    if pour || coin {
                        None
                    } else if opening {
                        Some(100)
                    } else if below < 100 {
                        Some(below * 100)
                    } else {
                        None
                    }
                }
                Numeral::Thousand if self.key(at) == MIL && self.numeral(at + 1) == Numeral::None => None,
                Numeral::Thousand if last_scale > 1000 => {
                    let part = if opening && total == 0 { 1 } else { below };
                    if part == 0 {
                        None
                    } else {
                        total = total.checked_add(part.checked_mul(1000)?)?;
                        (last_scale, scale, scaled) = (1000, 1000, true);
                        current = None;
                        end = at + 1;
                        continue;
                    }
                }
                Numeral::Scale(exponent) if !opening || total > 0 => {
                    let power = 10_i128.checked_pow(u32::from(exponent))?;
                    total = if last_scale < power {
                        total.checked_add(below)?.checked_mul(power)?
                    } else {
                        total.checked_add(below.checked_mul(power)?)?
                    };
                    (last_scale, scale, scaled) = (power, power, true);
                    current = None;
                    end = at + 1;
                    continue;
                }
                Numeral::Ordinal(n) => {
                    let n = i128::from(n);
                    let compound = if french {
                        !matches!(
                            self.key(at),
                            PREMIER | PREMIERE | PREMIERS | PREMIERES | SECOND | SECONDE | SECONDS | SECONDES
                        )
                    } else {
                        hyphen || and || below >= 100
                    };
                    let value = if first {
                        Some(n)
                    } else if !compound {
                        None
                    } else if n < 10 {
                        (takes_unit && !(opening && total == 0)
                            || french && matches!(tens, 10 | 70 | 90) && n >= 7)
                            .then_some(below + n)
                    } else if n < 20 {
                        (!opening || total > 0).then(|| teen(n)).flatten()
                    } else if n < 100 {
                        if french && n == 20 && tens == 4 {
                            Some(below + 76)
                        } else {
                            (tens == 0).then_some(below + n)
                        }
                    } else {
                        (total == 0 && below > 1 && below < n).then_some(below * n)
                    };
                    if let Some(value) = value {
                        current = Some(value);
                        rank = true;
                        end = at + 1;
                    }
                    break;
                }
                _ => None,
            };
            match accepted {
                Some(value) => {
                    current = Some(value);
                    end = at + 1;
                }
                None => break,
            }
        }
        if end == index {
            return None;
        }
        let value = total.checked_add(current.unwrap_or(0))?;
        Some(Run {
            end,
            value: whole(value),
            other: None,
            form: Form::Words,
            rank,
            plain: 0,
            misspelt: false,
            scale: whole(if current.is_some() { 1 } else { scale }),
            scaled: scaled && current.is_none(),
        })
    }

    /// Where the next word of a number may stand: its index, whether a hyphen joins it, whether `et` or `and` does.
    fn next_numeral(
        &self,
        start: usize,
        end: usize,
        current: Option<i128>,
        total: i128,
    ) -> Option<(usize, bool, bool)> {
        if end == start {
            return Some((start, false, false));
        }
        let mut at = self.past_hyphen(end);
        let mut hyphen = at != end;
        let joined_by = if self.language == Language::French {
            ET
        } else {
            AND
        };
        let mut and = false;
        if self.is_word(at) && self.key(at) == joined_by {
            let next = self.past_hyphen(at + 1);
            let tens = current.unwrap_or(0) % 100;
            let fits = if self.language == Language::French {
                tens >= 20
                    && match self.numeral(next) {
                        Numeral::One | Numeral::Ordinal(1) => !matches!(self.key(next), PREMIER | PREMIERE),
                        Numeral::Teen(11) | Numeral::Ordinal(11) => tens == 60,
                        _ => false,
                    }
            } else {
                let hundreds = current.map_or(total > 0, |current| current >= 100 && current % 100 == 0);
                hundreds
                    && matches!(
                        self.numeral(next),
                        Numeral::One
                            | Numeral::Digit(_)
                            | Numeral::Teen(_)
                            | Numeral::Ten(_)
                            | Numeral::Ordinal(_)
                    )
            };
            if !fits {
                return None;
            }
            and = true;
            hyphen = hyphen || next != at + 1;
            at = next;
        }
        self.is_word(at).then_some((at, hyphen, and))
    }

    /// Whether `a` counts as one: before a hundred, a thousand, a million.
    fn makes_article_a_number(&self, index: usize) -> bool {
        matches!(
            self.numeral(index + 1),
            Numeral::Hundred | Numeral::Thousand | Numeral::Scale(_)
        )
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

/// A run of ASCII digits, if it is a number we hold (thirty digits).
fn parse(digits: &str) -> Option<i128> {
    if digits.len() > 30 {
        None
    } else {
        digits.parse().ok()
    }
}
