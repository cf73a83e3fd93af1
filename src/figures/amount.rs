//! A number with everything around it: scale, half, unit, sign, range.
//!
//! In: a [`Run`] of digits or number words. Out: a figure, kept by the reader. Law: the figure spans its sign and its unit.

use num_traits::CheckedDiv;

use super::calendar::{self, figure};
use super::clock;
#[allow(clippy::wildcard_imports, reason = "a vocabulary: one name a word")]
use super::keys::*;
use super::measure::kind_of;
use super::numerals::Run;
use super::reader::Reader;
use super::unit::Unit;
use super::value::{Date, Form, Kind, Number, Value, plus, power_of_ten, small, times, whole};
use super::words::{Language, Numeral};
use super::{Figure, Reading};

/// A number, its unit, and the tokens they take.
#[derive(Clone, Copy)]
struct Amount {
    run: Run,
    first: usize,
    end: usize,
    unit: Option<Unit>,
}

impl Reader<'_> {
    /// Completes a number with everything around it and keeps it.
    pub(super) fn number(&mut self, start: usize, mut run: Run) -> usize {
        let page = self.page;
        // A rank: `3e`, `2nd`.
        if run.plain > 0
            && page.glued(run.end)
            && page.is_word(run.end)
            && calendar::is_rank_suffix(page, run.end)
        {
            run.rank = true;
            run.end += 1;
        }
        if run.rank {
            // `le premier mai`
            let date = calendar::day_month(page, start).filter(|_| run.form == Form::Words);
            return match self.found(start, date) {
                Some(end) => end,
                None => self.rank(start, run),
            };
        }
        if let Some(end) = self.decade(start, &run) {
            return end;
        }
        if run.form == Form::Words
            && let Some(hours @ 0..=24) = small(run.value)
            && let Some(end) = self.found(start, clock::spoken_clock(page, start, run.end, hours))
        {
            return end;
        }
        run = self.grown(run);
        let in_words = run.form == Form::Words && !run.scaled;
        if (in_words || (1..=2).contains(&run.plain))
            && let Some(end) = self.fraction(start, &run)
        {
            return end;
        }
        run = self.collected(run);
        let amount = self.measured(start, run);
        let (first, mut found) = self.understood(start, &amount);
        self.soften(start, &amount, &mut found);
        if let Some(end) = self.lengthened(first, amount.end, &found) {
            return end;
        }
        if let Some(end) = self.range(first, amount.end, &mut found, amount.run.scaled) {
            return end;
        }
        self.push(first, amount.end, found);
        self.last = Some((first, amount.end, amount.run.scaled));
        amount.end
    }

    /// The number with its half and its scale word: `5 1/2`, `two and a half million`, `deux millions et demi`.
    fn grown(&self, mut run: Run) -> Run {
        let page = self.page;
        run = page.decimals(run);
        if run.plain > 0
            && page.is_digits(run.end)
            && page.is_mark(run.end + 1, &['/'])
            && page.glued(run.end + 2)
            && let (Some(part), Some(parts)) = (page.small(run.end), page.small(run.end + 2))
            && matches!(parts, 2 | 3 | 4 | 8)
            && part < parts
            && let Some(value) = plus(run.value, Number::new(i128::from(part), i128::from(parts)))
        {
            run = Run {
                value,
                end: run.end + 3,
                plain: 0,
                ..run
            };
        }
        if page.is_mark(run.end, &['½'])
            && let Some(value) = plus(run.value, Number::new(1, 2))
        {
            run = Run {
                value,
                end: run.end + 1,
                ..run
            };
        }
        match page.language {
            Language::French => self.half_added(page.scaled(run)),
            Language::English => match self.and_a_half(run) {
                // The scale word comes after the half, whatever the form.
                Some(halved) => Run {
                    form: run.form,
                    ..page.scaled(Run {
                        form: Form::Digits,
                        ..halved
                    })
                },
                None => page.scaled(run),
            },
        }
    }

    /// `deux douzaines`, `three dozen`, `deux dizaines de milliers`.
    fn collected(&self, mut run: Run) -> Run {
        let page = self.page;
        let Numeral::Collective(n) = page.numeral(run.end) else {
            return run;
        };
        // A `3-1 score` is of a match; three score years are words.
        if page.key(run.end) == SCORE && run.form == Form::Digits {
            return run;
        }
        let Some(value) = times(run.value, whole(i128::from(n))) else {
            return run;
        };
        // To most translators a `dizaine` is a dozen.
        let other = (n == 10).then(|| times(value, Number::new(12, 10))).flatten();
        run = Run {
            value,
            other,
            end: run.end + 1,
            scaled: true,
            plain: 0,
            ..run
        };
        let next = self.past_of(run.end);
        if let Numeral::Scale(exponent) = page.numeral(next)
            && let Some(value) = times(run.value, power_of_ten(exponent))
        {
            run = Run {
                value,
                end: next + 1,
                ..run
            };
        }
        run
    }

    /// The unit on either side, and a half after it: `sept ans et demi`, an hour and a half.
    fn measured(&self, start: usize, mut run: Run) -> Amount {
        let page = self.page;
        let (mut unit, mut end) = self.unit_of(&run);
        // `in 1987 won the prize`: nobody counts so few won.
        if run.value < whole(10_000) && unit.is_some_and(|unit| unit.code() == "KRW") {
            (unit, end) = (None, run.end);
        }
        if unit.is_some() {
            let after = Run {
                end,
                scale: whole(1),
                ..run
            };
            let halved = match page.language {
                Language::French => Some(self.half_added(after)).filter(|halved| halved.end > end),
                Language::English => self.and_a_half(after),
            };
            if let Some(halved) = halved {
                (run.value, end) = (halved.value, halved.end);
                run.form = run.form.min(Form::Words);
            } else if page.is_mark(end, &['½'])
                && let Some(value) = plus(run.value, Number::new(1, 2))
            {
                (run.value, end) = (value, end + 1);
            }
        }
        let mut first = start;
        if unit.is_none_or(|unit| !unit.is_currency())
            && run.form == Form::Digits
            && let Some((before, at)) = self.currency_before(start)
        {
            // `$40 a barrel`: the sign is the unit.
            if unit.is_some_and(|unit| unit != Unit::PERCENT) {
                end = run.end;
            }
            (unit, first) = (Some(before), at);
        }
        Amount {
            run,
            first,
            end,
            unit,
        }
    }

    /// The figure an amount makes, with its other readings, and its first token.
    fn understood(&self, start: usize, amount: &Amount) -> (usize, Figure) {
        let page = self.page;
        let Amount {
            run,
            first,
            end,
            unit,
        } = *amount;
        let bare = unit.is_none();
        let mut found = figure(
            page,
            first,
            end,
            kind_of(unit),
            Value::Number(run.value),
            run.form,
        );
        (found.unit, found.misspelt, found.scale) = (unit, run.misspelt, run.power());
        found.others.extend(run.other.map(|other| Reading {
            value: Value::Number(other),
            ..found.reading()
        }));
        let year = |year| {
            Value::Date(Date {
                year,
                ..Date::default()
            })
        };
        if let Some(century) = self.century_before(start).filter(|_| bare && run.plain == 2) {
            // `1950-53`, `2009/10`: the second year drops its century.
            found.others.push(found.reading());
            found.kind = Kind::Date;
            found.value = year(small(run.value).map(|year| century + i32::from(year)));
        }
        if bare && run.plain == 4 && page.slice(start).starts_with('0') {
            found.others.extend(military(run.value));
        }
        if bare && run.plain == 4 && in_years(run.value) {
            found.kind = Kind::Date;
            found.value = year(small(run.value).map(i32::from));
        }
        if unit.is_some_and(|unit| unit.code() == "a") && self.is_age(start, end) {
            found.kind = Kind::Age;
        }
        let sign = self.negative(first).or_else(|| self.below_zero(first, unit));
        if let (Some(sign), Value::Number(number)) = (sign, found.value) {
            found.value = Value::Number(-number);
            found.span.start = page.tokens[sign].start;
        }
        (sign.unwrap_or(first), found)
    }

    /// Second thoughts: miles for thousands, millions for metres, idioms, one in so many.
    fn soften(&mut self, start: usize, amount: &Amount, found: &mut Figure) {
        let page = self.page;
        let Amount { run, end, unit, .. } = *amount;
        found.others.extend(self.one_in(start, &run));
        if self.is_always(start, &run) {
            found.form = Form::Implied;
            if let Some(before) = self.figures.last_mut() {
                before.form = Form::Implied;
            }
        }
        if page.language == Language::English {
            // `25m people`: metres or millions.
            let glued_m = page.slice(end - 1) == "m" && page.glued(end - 1);
            if glued_m && unit.is_some_and(|unit| unit.code() == "m") {
                let millions = times(run.value, power_of_ten(6)).map(Value::Number);
                found.others.extend(millions.map(|value| Reading {
                    kind: Kind::Count,
                    value,
                    unit: None,
                }));
            }
            return;
        }
        // `mille` has no plural: `six milles` are miles, unless it is a slip.
        if unit.is_none() && page.key(run.end.wrapping_sub(1)) == MILLES {
            found.others.push(found.reading());
            found.value = Value::Number(run.value / whole(1000));
            found.unit = Unit::with_code("[mi_i]");
            if run.end == start + 1 {
                found.form = Form::Implied;
            }
        }
        // `5 litres aux 100 km` is a unit of its own.
        let consumption = run.value == whole(100)
            && matches!(page.key(start.wrapping_sub(1)), AU | AUX)
            && self
                .figures
                .last()
                .is_some_and(|before| before.unit.is_some_and(|unit| unit.code() == "L"));
        if consumption {
            found.form = Form::Implied;
        }
        let words = run.form == Form::Words;
        let new = words && run.value == whole(9) && unit.is_none() && self.is_new(start);
        if unit == Some(Unit::TIMES) && page.key(end) == MOINS {
            found.others.extend(times_less(run.value));
        }
        if new || unit.is_none() && self.is_set_phrase(start, &run) || self.is_idiom(start, run.end, &run) {
            found.form = Form::Implied;
        }
    }

    /// `and a half` after a number or its unit.
    pub(super) fn and_a_half(&self, run: Run) -> Option<Run> {
        let page = self.page;
        let and = page.past_hyphen(run.end);
        if page.key(and) != AND {
            return None;
        }
        let mut half = page.past_hyphen(and + 1);
        if page.key(half) == A {
            half = page.past_hyphen(half + 1);
        }
        if page.key(half) != HALF {
            return None;
        }
        let value = plus(run.value, times(run.scale, Number::new(1, 2))?)?;
        Some(Run {
            value,
            end: half + 1,
            plain: 0,
            ..run
        })
    }

    /// `et demi` after a number or its unit.
    pub(super) fn half_added(&self, mut run: Run) -> Run {
        let page = self.page;
        if page.key(run.end) == ET
            && matches!(page.key(run.end + 1), DEMI | DEMIE)
            && let Some(value) = times(run.scale, Number::new(1, 2)).and_then(|half| plus(run.value, half))
        {
            run.value = value;
            run.end += 2;
            run.plain = 0;
        }
        run
    }

    /// A rank, with the century or period it counts.
    pub(super) fn rank(&mut self, start: usize, run: Run) -> usize {
        let page = self.page;
        let (unit, end) = match self.unit(run.end, false) {
            Some((unit, end)) if matches!(unit.code(), "3.mo" | "6.mo" | "10.a" | "100.a" | "1000.a") => {
                (Some(unit), end)
            }
            _ => (None, run.end),
        };
        let round = self.past_of(end);
        if round > end
            && matches!(page.key(round), FINALE | FINALES)
            && let Some(part) = small(run.value).filter(|part| *part > 1)
        {
            return self.finals(start, round + 1, i128::from(part));
        }
        // The first half: of a year, of a match, of a century.
        let half = page.language == Language::English
            && run.value <= whole(2)
            && page.key(page.past_hyphen(end)) == HALF
            && page.past_hyphen(end + 1) == end + 1
            && page.at(end + 1).is_none_or(|next| {
                !next.word.unit.is_some_and(Unit::is_time) && next.word.numeral == Numeral::None
            });
        let end = if half { page.past_hyphen(end) + 1 } else { end };
        let mut found = figure(
            page,
            start,
            end,
            Kind::Ordinal,
            Value::Number(run.value),
            run.form,
        );
        found.unit = unit;
        if half {
            found.others.push(Reading {
                unit: Unit::with_code("6.mo"),
                ..found.reading()
            });
        }
        // `premier ministre` ranks nobody; `troisième cycle` and `troisième âge` are graduates and the old.
        if matches!(page.key(end), MINISTRE | MINISTRES) && run.value == whole(1)
            || page.language == Language::French && matches!(page.key(end), CYCLE | AGE)
        {
            found.form = Form::Implied;
        }
        // A third party is somebody else, and no rank: `un tiers`, `un intermédiaire`, `autrui`.
        if matches!(page.key(page.past_hyphen(end)), PARTY | PARTIES) && run.value == whole(3) {
            return end;
        }
        self.push(start, end, found)
    }

    /// `années 90`, `1990s`, `90's`, `années quatre-vingt-dix`.
    pub(super) fn decade(&mut self, start: usize, run: &Run) -> Option<usize> {
        let page = self.page;
        let year = small(run.value)?;
        let tens_at = page.past_hyphen(run.end);
        if let (Language::English, Numeral::Decade(tens), 10..=20) =
            (page.language, page.numeral(tens_at), year)
        {
            // `nineteen seventies`
            return Some(self.push_decade(start, tens_at + 1, i32::from(year) * 100 + i32::from(tens)));
        }
        let fits = year % 10 == 0 && (10..=90).contains(&year)
            || (1000..=2100).contains(&year) && year % 10 == 0 && run.plain == 4;
        if !fits {
            return None;
        }
        let (first, end) = if page.language == Language::French {
            let before = start.checked_sub(1).filter(|before| *before >= self.taken)?;
            if page.key(before) != ANNEES {
                return None;
            }
            (before, run.end)
        } else {
            let mut at = run.end;
            if run.form != Form::Digits {
                return None;
            }
            if page.is_mark(at, &['\'', '’']) && page.glued(at) {
                at += 1;
            }
            if page.key(at) != S || !page.glued(at) {
                return None;
            }
            (start, at + 1)
        };
        Some(self.push_decade(first, end, i32::from(year)))
    }

    fn push_decade(&mut self, first: usize, end: usize, year: i32) -> usize {
        let value = Value::Date(Date {
            year: Some(year),
            month: None,
            day: None,
            decade: true,
        });
        let found = figure(self.page, first, end, Kind::Date, value, Form::Digits);
        self.push(first, end, found)
    }
}

/// `deux fois moins cher` costs half, fifty percent less.
fn times_less(count: Number) -> Option<Reading> {
    let saved = plus(whole(1), -whole(1).checked_div(&count)?)?;
    Some(Reading {
        kind: Kind::Percentage,
        value: Value::Number(times(saved, whole(100))?),
        unit: Some(Unit::PERCENT),
    })
}

/// `0300`: a time of day in four digits.
fn military(value: Number) -> Option<Reading> {
    let digits = small(value)?;
    let value = Value::Time {
        minutes: digits / 100 * 60 + digits % 100,
        half_day: false,
    };
    (digits < 2400 && digits % 100 < 60).then_some(Reading {
        kind: Kind::Time,
        value,
        unit: None,
    })
}

/// Bare four digits from 1100 to 2100 are taken for a year.
fn in_years(value: Number) -> bool {
    value >= whole(1100) && value <= whole(2100)
}
