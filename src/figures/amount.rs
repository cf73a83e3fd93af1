//! A number with everything around it: scale, half, unit, sign, range.
//!
//! In: a [`Run`] of digits or number words. Out: a figure, kept by the reader. Law: the figure spans its sign and its unit.

use super::calendar::{self, figure};
use super::clock;
use super::cues;
#[expect(clippy::wildcard_imports, reason = "a vocabulary: one name a word")]
use super::keys::*;
use super::measure::kind_of;
use super::numerals::Run;
use super::reader::Reader;
use super::token::Shape;
use super::unit::Unit;
use super::value::{Date, Form, Kind, Number, Value, plus, power_of_ten, small, times, whole};
use super::words::{Language, Numeral};
use super::{Figure, Reading};
use crate::span::Span;
impl Reader<'_> {
    /// Completes a number with everything around it and keeps it.
    pub(super) fn number(&mut self, start: usize, mut run: Run) -> usize {
        let page = self.page;
        let french = page.language == Language::French;
        let mut first = start;
        // A rank: `3e`, `2nd`.
        if run.form == Form::Digits
            && run.plain > 0
            && page.is_word(run.end)
            && page.glued(run.end)
            && calendar::is_rank_suffix(page, run.end)
        {
            run.rank = true;
            run.end += 1;
        }
        if run.rank {
            return self.rank(start, run);
        }
        if let Some(end) = self.decade(start, &run) {
            return end;
        }
        if !french
            && let Numeral::Decade(tens) = page.numeral(page.past_hyphen(run.end))
            && let Some(century) = small(run.value).filter(|century| (10..=20).contains(century))
        {
            // `nineteen seventies`
            let end = page.past_hyphen(run.end) + 1;
            let year = i32::from(century) * 100 + i32::from(tens);
            let value = Value::Date(Date {
                year: Some(year),
                month: None,
                day: None,
                decade: true,
            });
            let found = figure(page, start, end, Kind::Date, value, Form::Words);
            return self.push(start, end, found);
        }
        if run.plain > 0
            && page.is_digits(run.end)
            && page.is_mark(run.end + 1, &['/'])
            && page.glued(run.end + 2)
            && let (Some(part), Some(whole_)) = (page.small(run.end), page.small(run.end + 2))
            && matches!(whole_, 2 | 3 | 4 | 8)
            && part < whole_
            && let Some(value) = plus(run.value, Number::new(i128::from(part), i128::from(whole_)))
        {
            // `5 1/2`
            run.value = value;
            run.end += 3;
            run.plain = 0;
        }
        if run.form == Form::Words
            && let Some(hours) = small(run.value)
            && hours <= 24
            && let Some(end) = self.found(start, clock::spoken_clock(page, start, run.end, hours))
        {
            return end;
        }
        // `two and a half million`.
        if !french && let Some(halved) = self.and_a_half(run) {
            run = halved;
            if run.form == Form::Words {
                run = page.scaled(Run {
                    form: Form::Digits,
                    ..run
                });
                run.form = Form::Words;
            }
        }
        if page.is_mark(run.end, &['½']) {
            if let Some(value) = plus(run.value, Number::new(1, 2)) {
                run.value = value;
                run.end += 1;
            }
        }
        run = page.scaled(run);
        if french {
            run = self.half_added(run);
        }
        if run.form == Form::Words && !run.scaled
            || run.form == Form::Digits && run.plain > 0 && run.plain <= 2
        {
            if let Some(end) = self.fraction(start, &run) {
                return end;
            }
        }
        if let Numeral::Collective(n) = page.numeral(run.end)
            && let Some(value) = times(run.value, whole(i128::from(n)))
        {
            run.value = value;
            run.end += 1;
            run.scaled = true;
            run.plain = 0;
            run.other = if n == 10 {
                times(run.value, Number::new(12, 10))
            } else {
                None
            };
            // `deux douzaines de milliers`
            let next = self.past_of(run.end);
            if let Numeral::Scale(exponent) = page.numeral(next)
                && let Some(value) = times(run.value, power_of_ten(exponent))
            {
                run.value = value;
                run.end = next + 1;
            }
        }
        let (mut unit, mut end) = self.unit_of(&run, start);
        if !french
            && let Some(halved) = unit.and_then(|_| {
                self.and_a_half(Run {
                    end,
                    scale: whole(1),
                    ..run
                })
            })
        {
            // `an hour and a half`
            (run.value, end) = (halved.value, halved.end);
            run.form = run.form.min(Form::Words);
        }
        if unit.is_some() && french {
            let halved = self.half_added(Run {
                end,
                scale: whole(1),
                ..run
            });
            if halved.end != end {
                run.value = halved.value;
                end = halved.end;
            } else if page.is_mark(end, &['½'])
                && let Some(value) = plus(run.value, Number::new(1, 2))
            {
                run.value = value;
                end += 1;
            }
        }
        if unit.is_none_or(|unit| !unit.is_currency())
            && run.form == Form::Digits
            && let Some((before, at)) = self.currency_before(start)
        {
            // `$40 a barrel`: the sign is the unit.
            if unit.is_some_and(|unit| unit != Unit::PERCENT) {
                end = run.end;
            }
            unit = Some(before);
            first = at;
        }
        let mut kind = kind_of(unit);
        let mut value = Value::Number(run.value);
        let mut others = Vec::new();
        if let Some(other) = run.other {
            others.push(Reading {
                kind,
                value: Value::Number(other),
                unit,
            });
        }
        // `1950-53`, `2009/10`: the second year drops its century.
        let century = self.century_before(start);
        if let Some(century) = century.filter(|_| unit.is_none() && run.plain == 2) {
            others.push(Reading { kind, value, unit });
            kind = Kind::Date;
            value = Value::Date(Date {
                year: small(run.value).map(|year| century + i32::from(year)),
                ..Date::default()
            });
        }
        if run.plain == 4 && page.slice(start).starts_with('0') && unit.is_none() {
            others.extend(military(run.value));
        }
        if unit.is_none() && run.plain == 4 && in_years(run.value) {
            kind = Kind::Date;
            value = Value::Date(Date {
                year: small(run.value).map(i32::from),
                ..Date::default()
            });
        }
        if unit.is_some_and(|unit| unit.code() == "a") && self.is_age(start, end) {
            kind = Kind::Age;
        }
        let sign = self.negative(first).or_else(|| self.below_zero(first, unit));
        if sign.is_some()
            && let Value::Number(number) = value
        {
            value = Value::Number(-number);
        }
        let first = sign.unwrap_or(first);
        let mut found = figure(page, first, end, kind, value, run.form);
        found.unit = unit;
        found.others = others;
        found.misspelt = run.misspelt;
        found.scale = run.power();
        // `25m people`: metres or millions.
        if !french
            && unit.is_some_and(|unit| unit.code() == "m")
            && page.slice(end - 1) == "m"
            && page.glued(end - 1)
        {
            others_of_m(&mut found, run.value);
        }
        // `mille` has no plural: `six milles` are miles, unless it is a slip.
        if french && page.key(run.end.wrapping_sub(1)) == MILLES && unit.is_none() {
            let miles = Value::Number(run.value / whole(1000));
            found.others.push(found.reading());
            (found.value, found.unit) = (miles, Unit::with_code("[mi_i]"));
            if run.end == start + 1 {
                found.form = Form::Implied;
            }
        }
        if french
            && run.form == Form::Words
            && run.value == whole(11)
            && page.key(start.wrapping_sub(1)) == UN
        {
            found.form = Form::Implied;
        }
        if french && self.is_idiom(start, run.end, &run) {
            found.form = Form::Implied;
        }
        if let Some(part) = self.one_in(start, &run) {
            found.others.push(part);
        }
        if run.value == whole(9) && french && run.form == Form::Words && unit.is_none() && self.is_new(start)
        {
            found.form = Form::Implied;
        }
        if let Some(end) = self.range(first, end, &mut found, run.scaled) {
            return end;
        }
        self.push(first, end, found);
        self.last = Some((first, end, run.scaled));
        end
    }

    /// The century of the year that ends right before `start`, joined to it by a dash or a slash.
    pub(super) fn century_before(&self, start: usize) -> Option<i32> {
        let page = self.page;
        let (_, end, _) = self.last?;
        let joined = start == end + 1
            && page.is_mark(end, &['-', '–', '/', '‑'])
            && page.glued(end)
            && page.glued(start);
        match self.figures.last()?.value {
            Value::Date(Date {
                year: Some(year),
                decade: false,
                ..
            }) if joined => Some(year / 100 * 100),
            _ => None,
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
        let mut found = figure(
            page,
            start,
            end,
            Kind::Ordinal,
            Value::Number(run.value),
            run.form,
        );
        found.unit = unit;
        if page.language == Language::English
            && matches!(page.key(page.past_hyphen(end)), PARTY | PARTIES)
            && run.value == whole(3)
        {
            found.form = Form::Implied;
        }
        self.push(start, end, found)
    }

    /// `années 90`, `1990s`, `90's`, `années quatre-vingt-dix`.
    pub(super) fn decade(&mut self, start: usize, run: &Run) -> Option<usize> {
        let page = self.page;
        let year = small(run.value)?;
        let fits = year % 10 == 0 && (10..=90).contains(&year)
            || (1000..=2100).contains(&year) && year % 10 == 0 && run.plain == 4;
        if !fits {
            return None;
        }
        let (first, end) = if page.language == Language::French {
            let before = start.checked_sub(1)?;
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
        let value = Value::Date(Date {
            year: Some(i32::from(year)),
            month: None,
            day: None,
            decade: true,
        });
        let found = figure(page, first, end, Kind::Date, value, Form::Digits);
        Some(self.push(first, end, found))
    }

    pub(super) fn is_age(&self, start: usize, end: usize) -> bool {
        let page = self.page;
        let before = page.key(start.wrapping_sub(1));
        if page.language == Language::French {
            let further = page.key(start.wrapping_sub(2));
            return matches!(before, DE | D) && matches!(further, AGE | AGEE | AGES | AGEES)
                || page.is_mark(start.wrapping_sub(1), &[',']) && page.is_mark(end, &[',', '.']);
        }
        before == AGED
            || page.key(page.past_hyphen(end)) == OLD
            || page.key(end) == OF && page.key(end + 1) == AGE
    }

    /// `aux quatre coins`, `en deux`, `les deux.`: numbers that a translator rightly drops.
    pub(super) fn is_idiom(&self, start: usize, end: usize, run: &Run) -> bool {
        let page = self.page;
        if run.form != Form::Words || run.value > whole(10) {
            return false;
        }
        let before = page.key(start.wrapping_sub(1));
        let next = page.past_hyphen(end);
        if matches!(page.key(next), ROUES | BALLES | POIDS | MESURES | CLOS | COINS) {
            return true;
        }
        if run.value != whole(2) {
            return false;
        }
        let alone = page.at(end).is_none_or(|next| {
            matches!(next.shape, Shape::Mark(_)) && !page.is_mark(end, &['-', '\'', '’', '"', '«'])
        });
        let pronoun = matches!(before, LES | DES)
            && (alone || matches!(page.key(end), SONT | ONT | PEUVENT | ETAIENT | ET));
        let divided = before == PAR && page.slice(start.wrapping_sub(2)).starts_with("divis");
        pronoun
            || divided
            || matches!(before, TOUS | TOUTES)
            || matches!(before, EN | PAR | A) && (alone || matches!(page.key(end), A | AU))
            || before == DE && page.key(start.wrapping_sub(2)) == MOINS && alone
    }

    /// `neuf` that means new: after its noun, before a stop.
    pub(super) fn is_new(&self, start: usize) -> bool {
        let page = self.page;
        let ends = page
            .at(start + 1)
            .is_none_or(|next| matches!(next.shape, Shape::Mark(_)));
        ends && start > 0 && page.is_word(start - 1)
    }

    /// `- 7 degrés`: a minus with a space, before a temperature.
    pub(super) fn below_zero(&self, first: usize, unit: Option<Unit>) -> Option<usize> {
        let before = first.checked_sub(1)?;
        let cold = unit.is_some_and(|unit| matches!(unit.code(), "deg" | "Cel" | "[degF]"));
        (cold && self.page.is_mark(before, &['-', '−', '–'])).then_some(before)
    }

    /// The token of a minus sign or `moins`, `minus` before the number at `first`.
    pub(super) fn negative(&self, first: usize) -> Option<usize> {
        let page = self.page;
        let before = first.checked_sub(1)?;
        let token = &page.tokens[before];
        match token.shape {
            Shape::Mark('-' | '−' | '–') if !page.tokens[first].spaced => {
                let opens = token.spaced || before == 0 || page.is_mark(before - 1, &['(', '[']);
                // `- 1,5 % en un an -`: dashes around a remark.
                let closes = |at: usize| {
                    page.is_mark(at, &['-', '–'])
                        && page.glued(at)
                        && page.at(at + 1).is_some_and(|next| next.spaced)
                };
                let remark = (first + 1..first + 16).any(closes);
                (opens && !remark).then_some(before)
            }
            Shape::Word if token.key == MINUS => Some(before),
            Shape::Word if token.key == MOINS => {
                let further = page.key(before.wrapping_sub(1));
                (!matches!(further, AU | DU | OU | PAS) && before > 0)
                    .then_some(before)
                    .filter(|_| !matches!(further, HEURE | HEURES))
            }
            _ => None,
        }
    }

    /// Joins the figure to the one before it as a range: `3 à 5 %`, `entre 10 et 20`, `8-10`. Gives the token after it.
    pub(super) fn range(
        &mut self,
        first: usize,
        end: usize,
        high: &mut Figure,
        scaled: bool,
    ) -> Option<usize> {
        let page = self.page;
        let (low_first, low_end, low_scaled) = self.last?;
        let low = self.figures.last()?;
        if low.kind == Kind::Date
            || high.kind == Kind::Date
            || low.form == Form::Implied
            || high.form == Form::Implied
        {
            return None;
        }
        let (Value::Number(a), Value::Number(b)) = (low.value, high.value) else {
            return None;
        };
        if !matches!(low.kind, Kind::Count | Kind::Money) && low.unit != high.unit
            || low.kind == Kind::Ordinal
        {
            return None;
        }
        let joined = if first == low_end + 1 {
            let close =
                high.unit == Some(Unit::PERCENT) && low.form == Form::Digits && high.form == Form::Digits;
            let between = matches!(page.key(low_first.wrapping_sub(1)), ENTRE | BETWEEN);
            match page.tokens[low_end].shape {
                Shape::Mark('-' | '–' | '—' | '‑') => page.glued(low_end) && page.glued(first) || close,
                Shape::Word => match page.key(low_end) {
                    A | TO => page.tokens[low_end].end - page.tokens[low_end].start <= 2,
                    ET | AND => between,
                    _ => false,
                },
                _ => false,
            }
        } else {
            false
        };
        if !joined || low.unit.is_some() && low.unit != high.unit {
            return None;
        }
        let mut low_value = a;
        let mut others = Vec::new();
        // `3 à 5 millions`: the low end shares the scale word.
        if scaled && !low_scaled && a < whole(1000) {
            let mut power = whole(1);
            for exponent in [3, 6, 9, 12] {
                if b >= power_of_ten(exponent) {
                    power = power_of_ten(exponent);
                }
            }
            if let Some(product) = times(a, power)
                && product <= b
            {
                others.push(Reading {
                    kind: Kind::Range,
                    value: Value::Range(a, b),
                    unit: high.unit,
                });
                low_value = product;
            }
        }
        let dash = matches!(page.tokens[low_end].shape, Shape::Mark(_));
        let kind = if dash && high.unit.is_none() && a > b {
            Kind::Score
        } else {
            Kind::Range
        };
        let span = Span::new(low.span.start, high.span.end);
        let mut range = Figure {
            span,
            kind,
            value: Value::Range(low_value, b),
            others,
            ..high.clone()
        };
        range.form = low.form.min(high.form);
        range.misspelt = low.misspelt || high.misspelt;
        self.figures.pop();
        range.qualifier = cues::qualifier(page, low_first, end);
        self.push(low_first, end, range);
        // A range is not the low end of another.
        self.last = None;
        Some(end)
    }
}

/// The reading of `25m` as millions.
fn others_of_m(found: &mut Figure, value: Number) {
    if let Some(millions) = times(value, power_of_ten(6)) {
        found.others.push(Reading {
            kind: Kind::Count,
            value: Value::Number(millions),
            unit: None,
        });
    }
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
