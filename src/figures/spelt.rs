//! Numbers in words: `quatre-vingt-dix-sept`, two hundred and fifty, `deux millions cinq cent mille`.
//!
//! In: tokens, and where the number may begin. Out: a [`Run`], or nothing. Law: a word is taken only where the grammar lets it
//! follow, so that `deux trois` is two numbers and `vingt et un` is one. Sources: Grevisse; Quirk §6.63 ff.; Belgian and
//! Swiss `septante`, `huitante`, `nonante`.

#[allow(clippy::wildcard_imports, reason = "a vocabulary: one name a word")]
use super::keys::*;
use super::numerals::{Page, Run};
use super::value::{Form, Number, plus, power_of_ten, whole};
use super::words::{Language, Numeral};

/// A number as far as its words were taken.
struct Tally {
    french: bool,
    /// What the scale words closed: `deux millions` of `deux millions cinq cents`.
    total: i128,
    /// What is below the next scale word; nothing right after one.
    current: Option<i128>,
    /// The last scale word, which the next one must not exceed.
    last_scale: i128,
    scaled: bool,
    rank: bool,
}

/// A word that may go on a number, and how it is joined to it.
struct Next {
    at: usize,
    first: bool,
    hyphen: bool,
    and: bool,
}

impl Tally {
    fn tens(&self) -> i128 {
        self.current.unwrap_or(0) % 100
    }

    /// Whether a number below ten may follow: after tens or hundreds, never after another unit.
    fn takes_unit(&self) -> bool {
        let tens = self.tens();
        self.current.is_none() || tens == 0 || tens >= 20 && tens % 10 == 0
    }

    /// `dix-sept`, `soixante-dix-huit`: seven to nine after ten, in French.
    fn takes_after_ten(&self, n: i128) -> bool {
        self.french && matches!(self.tens(), 10 | 70 | 90) && n >= 7
    }

    fn below_ten(&self, n: i128) -> Option<i128> {
        (self.takes_unit() || self.takes_after_ten(n)).then(|| self.current.unwrap_or(0) + n)
    }

    /// Ten to nineteen; in French also after sixty and eighty.
    fn teen(&self, n: i128) -> Option<i128> {
        let after_sixty = self.french && matches!(self.tens(), 60 | 80) && n <= 16;
        (self.current.is_none() || self.tens() == 0 || after_sixty).then(|| self.current.unwrap_or(0) + n)
    }

    /// The tens; `quatre-vingt` is four twenties.
    fn ten(&self, n: i128) -> Option<i128> {
        if self.french && n == 20 && self.tens() == 4 {
            return Some(self.current.unwrap_or(0) + 76);
        }
        (self.current.is_none() || self.tens() == 0).then(|| self.current.unwrap_or(0) + n)
    }

    /// Closes what was read so far by a scale word.
    fn close(&mut self, power: i128) -> Option<()> {
        let below = self.current.unwrap_or(0);
        self.total = if self.last_scale < power {
            self.total.checked_add(below)?.checked_mul(power)?
        } else {
            self.total.checked_add(below.checked_mul(power)?)?
        };
        (self.last_scale, self.scaled, self.current) = (power, true, None);
        Some(())
    }

    /// Takes the word if the grammar lets it follow.
    fn take(&mut self, page: Page<'_>, next: &Next) -> Option<()> {
        let opening = self.current.is_none();
        let below = self.current.unwrap_or(0);
        let key = page.key(next.at);
        let value = match page.numeral(next.at) {
            Numeral::One => {
                let after_tens = !opening && self.tens() >= 20 && self.tens() % 10 == 0;
                // `cent un`, `mille une`, five billion one hundred: but not `deux cents un tiers`.
                let after_hundreds = !next.first
                    && self.tens() == 0
                    && (below > 0 || self.total > 0)
                    && !matches!(
                        page.numeral(page.past_hyphen(next.at + 1)),
                        Numeral::Part(_) | Numeral::Ordinal(_)
                    );
                (next.first || after_tens || after_hundreds).then_some(below + 1)
            }
            Numeral::Article => (next.first && page.makes_article_a_number(next.at)).then_some(1),
            Numeral::Digit(0) => (next.first && opening).then_some(0),
            Numeral::Digit(n) => self.below_ten(i128::from(n)),
            Numeral::Teen(n) => self.teen(i128::from(n)),
            Numeral::Ten(n) => self.ten(i128::from(n)),
            Numeral::Hundred => {
                let pour = next.first && page.key(next.at.wrapping_sub(1)) == POUR;
                // `50 Cent`, `40 cents`: money, or a name.
                let coin = next.first && self.french && next.at > 0 && page.is_digits(next.at - 1);
                let hundreds = if opening {
                    Some(100)
                } else {
                    (below < 100).then_some(below * 100)
                };
                hundreds.filter(|_| !pour && !coin)
            }
            // `mil` is a thousand only in a year.
            Numeral::Thousand if key == MIL && page.numeral(next.at + 1) == Numeral::None => None,
            // `deux millions mille`: French says a thousand without one.
            Numeral::Thousand
                if self.last_scale > 1000 && (below > 0 || opening && (self.french || self.total == 0)) =>
            {
                self.current = Some(below.max(1));
                return self.close(1000);
            }
            Numeral::Scale(exponent) if !opening || self.total > 0 => {
                return self.close(10_i128.checked_pow(u32::from(exponent))?);
            }
            Numeral::Ordinal(n) => {
                let value = self.rank_of(page, next, i128::from(n));
                self.rank = value.is_some();
                value
            }
            _ => None,
        };
        self.current = Some(value?);
        Some(())
    }

    /// The rank that an ordinal word makes of what was read: `vingt et unième`, one hundred and fiftieth.
    fn rank_of(&self, page: Page<'_>, next: &Next, n: i128) -> Option<i128> {
        if next.first {
            return Some(n);
        }
        let below = self.current.unwrap_or(0);
        let compound = if self.french {
            // `vingt premiers`, `deux secondes`: not compounds.
            !matches!(
                page.key(next.at),
                PREMIER | PREMIERE | PREMIERS | PREMIERES | SECOND | SECONDE | SECONDS | SECONDES
            )
        } else {
            next.hyphen || next.and || below >= 100
        };
        let begun = self.current.is_some() || self.total > 0;
        match n {
            _ if !compound => None,
            1..10 => (begun || self.takes_after_ten(n))
                .then(|| self.below_ten(n))
                .flatten(),
            10..20 => begun.then(|| self.teen(n)).flatten(),
            20..100 => self.ten(n).filter(|_| self.current.is_some()),
            _ => (self.total == 0 && below > 1 && below < n).then_some(below * n),
        }
    }
}

impl Page<'_> {
    /// A number in words, without what follows.
    pub fn words(&self, index: usize) -> Option<Run> {
        let mut tally = Tally {
            french: self.language == Language::French,
            total: 0,
            current: None,
            last_scale: i128::MAX,
            scaled: false,
            rank: false,
        };
        let mut end = index;
        while let Some(next) = self.next_numeral(index, end, &tally) {
            if tally.take(*self, &next).is_none() {
                break;
            }
            end = next.at + 1;
            if tally.rank {
                break;
            }
        }
        if end == index {
            return None;
        }
        let value = tally.total.checked_add(tally.current.unwrap_or(0))?;
        let scaled = tally.scaled && tally.current.is_none();
        Some(Run {
            form: Form::Words,
            rank: tally.rank,
            scale: whole(if scaled { tally.last_scale } else { 1 }),
            scaled,
            ..Run::of(value, end)
        })
    }

    /// `deux virgule cinq`, three point one four: the decimals said after a number in words. French says them as one number
    /// after its noughts, English digit by digit (Grevisse, *Le bon usage*, numerals; Quirk §6.66).
    pub fn decimals(&self, run: Run) -> Run {
        let french = self.language == Language::French;
        if run.form != Form::Words
            || run.rank
            || run.scaled
            || self.key(run.end) != if french { VIRGULE } else { POINT }
        {
            return run;
        }
        let mut end = run.end + 1;
        let (mut value, mut power) = (0_i128, 0_u8);
        while let Numeral::Digit(digit) = self.numeral(end)
            && power < 18
            && (!french || digit == 0)
        {
            (value, power, end) = (value * 10 + i128::from(digit), power + 1, end + 1);
        }
        if french && let Some(rest) = self.words(end).filter(|rest| !rest.rank && !rest.scaled) {
            let length = u8::try_from(rest.value.to_string().len()).unwrap_or(u8::MAX);
            if length > 3 {
                return run;
            }
            (value, power, end) = (rest.value.to_integer(), power.saturating_add(length), rest.end);
        }
        let decimals = Number::from_integer(value) / power_of_ten(power);
        match plus(run.value, decimals) {
            Some(value) if power > 0 => Run { end, value, ..run },
            _ => run,
        }
    }

    /// Where the next word of a number may stand, and how it is joined.
    fn next_numeral(&self, start: usize, end: usize, tally: &Tally) -> Option<Next> {
        if end == start {
            return Some(Next {
                at: start,
                first: true,
                hyphen: false,
                and: false,
            });
        }
        let mut at = self.past_hyphen(end);
        let mut hyphen = at != end;
        let mut and = false;
        if self.is_word(at) && self.key(at) == if tally.french { ET } else { AND } {
            let after = self.past_hyphen(at + 1);
            let numeral = self.numeral(after);
            let fits = if tally.french {
                let one = matches!(numeral, Numeral::One | Numeral::Ordinal(1))
                    && !matches!(self.key(after), PREMIER | PREMIERE);
                let eleven =
                    matches!(numeral, Numeral::Teen(11) | Numeral::Ordinal(11)) && tally.tens() == 60;
                tally.tens() >= 20 && (one || eleven)
            } else {
                let hundreds = tally
                    .current
                    .map_or(tally.total > 0, |current| current >= 100 && current % 100 == 0);
                let below_hundred = matches!(
                    numeral,
                    Numeral::One
                        | Numeral::Digit(_)
                        | Numeral::Teen(_)
                        | Numeral::Ten(_)
                        | Numeral::Ordinal(_)
                );
                hundreds && below_hundred
            };
            if !fits {
                return None;
            }
            and = true;
            hyphen = hyphen || after != at + 1;
            at = after;
        }
        self.is_word(at).then_some(Next {
            at,
            first: false,
            hyphen,
            and,
        })
    }

    /// Whether `a` counts as one: before a hundred, a thousand, a million.
    fn makes_article_a_number(&self, index: usize) -> bool {
        matches!(
            self.numeral(index + 1),
            Numeral::Hundred | Numeral::Thousand | Numeral::Scale(_)
        )
    }
}
