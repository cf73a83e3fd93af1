//! Signs and joints: minus, the second year of `1950-53`, and two numbers that make a range.
//!
//! In: tokens, and the figure before. Out: a sign, a century, or one figure in place of two. Law: two numbers are a range only
//! if nothing but a joint stands between them.

use super::cues;
#[allow(clippy::wildcard_imports, reason = "a vocabulary: one name a word")]
use super::keys::*;
use super::reader::Reader;
use super::token::Shape;
use super::unit::Unit;
use super::value::{Date, Form, Kind, Value, power_of_ten, times, whole};
use super::{Figure, Reading};
use crate::span::Span;

impl Reader<'_> {
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

    /// `- 7 degrés`: a minus with a space, before a temperature.
    pub(super) fn below_zero(&self, first: usize, unit: Option<Unit>) -> Option<usize> {
        let before = first.checked_sub(1).filter(|before| *before >= self.taken)?;
        let cold = unit.is_some_and(|unit| matches!(unit.code(), "deg" | "Cel" | "[degF]"));
        (cold && self.page.is_mark(before, &['-', '−', '–'])).then_some(before)
    }

    /// The token of a minus sign or `moins`, `minus` before the number at `first`.
    pub(super) fn negative(&self, first: usize) -> Option<usize> {
        let page = self.page;
        let before = first.checked_sub(1).filter(|before| *before >= self.taken)?;
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
        // `2 sur 3`, two out of three: so many of so many.
        let out_of = page.key(low_end) == OUT && page.key(low_end + 1) == OF && first == low_end + 2;
        let over = page.key(low_end) == SUR && first == low_end + 1 || out_of;
        let rate = over && high.unit.is_none() && a < b && !scaled && !low_scaled;
        // `$2-3bn`: the sign before the first number is that of both.
        let sign = joined && high.unit.is_none() && low.unit.is_some_and(Unit::is_currency);
        if sign && page.glued(first) {
            high.unit = low.unit;
        }
        if !joined && !rate || low.unit.is_some() && low.unit != high.unit {
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
        let kind = if rate {
            Kind::Rate
        } else if dash && high.unit.is_none() && a > b {
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
