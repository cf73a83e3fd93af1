//! Measures said in two units or more: `2 heures 40 minutes`, `1 h 02 min 04 s`, `2'34"`, six foot six.
//!
//! In: tokens, and the figure before. Out: one figure in the smallest unit said. Law: a smaller unit goes on a larger one only
//! right after it, or over `et`, *and*, a comma. Sources: SI Brochure §4.1 and §5.4.3 (h, min, s); ISO 80000-3 (′ and ″ for
//! minutes and seconds, as stopwatches are read in the French press); NIST Handbook 44, appendix C (twelve inches a foot).

use super::calendar::figure;
#[allow(clippy::wildcard_imports, reason = "a vocabulary: one name a word")]
use super::keys::*;
use super::reader::Reader;
use super::unit::Unit;
use super::value::{Kind, Number, Value, plus, power_of_ten, times, whole};
use super::words::Language;
use super::{Figure, Form, Reading};

const MINUTE_MARKS: [char; 3] = ['\'', '’', '′'];
const SECOND_MARKS: [char; 3] = ['"', '″', '”'];

impl Reader<'_> {
    /// Joins the measure to the one before it: minutes to hours, seconds to minutes, months to years, inches to feet. Gives
    /// the token after it.
    pub(super) fn lengthened(&mut self, first: usize, end: usize, found: &Figure) -> Option<usize> {
        let page = self.page;
        let (start, joint, _) = self.last?;
        let before = self.figures.last()?;
        let larger = before.readings().find(|reading| {
            reading
                .unit
                .is_some_and(|unit| matches!(unit.code(), "a" | "h" | "min" | "[ft_i]"))
        })?;
        let (Value::Number(high), Value::Number(low)) = (larger.value, found.value) else {
            return None;
        };
        let feet = larger.unit?.code() == "[ft_i]";
        let near = match first.checked_sub(joint)? {
            0 => true,
            1 => {
                !feet && (matches!(page.key(joint), ET | AND) || page.is_mark(joint, &[',']))
                    || feet && page.past_hyphen(joint) == first
            }
            2 => page.is_mark(joint, &[',']) && page.key(joint + 1) == AND,
            _ => false,
        };
        let mut end = end;
        let unit = match found.unit {
            Some(unit) => unit,
            // `02 min 04 s`: the letter is a unit only here.
            None if !feet && matches!(page.key(end), S | SEC | SECS) => {
                end += 1;
                Unit::with_code("s")?
            }
            // Six foot six.
            None if feet && (first > joint || page.key(end) == IN || !page.is_word(end)) => {
                Unit::with_code("[in_i]")?
            }
            None => return None,
        };
        let fits = match (larger.unit?.code(), unit.code()) {
            ("h", "min" | "s") | ("min", "s") => low < whole(60),
            ("[ft_i]", "[in_i]") | ("a", "mo") => low < whole(12),
            _ => false,
        };
        if !(near && fits && found.kind != Kind::Ordinal) {
            return None;
        }
        let value = plus(times(high, larger.unit?.factor() / unit.factor())?, low)?;
        let told = before
            .others
            .iter()
            .chain([&before.reading()])
            .any(|reading| reading.kind == Kind::Time);
        let mut whole_figure = Figure {
            unit: Some(unit),
            qualifier: before.qualifier,
            form: before.form.min(found.form),
            ..figure(
                page,
                start,
                end,
                if feet { Kind::Count } else { Kind::Duration },
                Value::Number(value),
                found.form,
            )
        };
        whole_figure.span.start = before.span.start;
        // `à 1 h 45 min` may still be a time of day.
        if told && unit.code() == "min" && value.is_integer() && value < whole(1440) {
            let minutes = u16::try_from(value.to_integer()).ok()?;
            whole_figure.others.push(Reading {
                kind: Kind::Time,
                value: Value::Time {
                    minutes,
                    half_day: false,
                },
                unit: None,
            });
        }
        self.figures.pop();
        Some(self.push(start, end, whole_figure))
    }

    /// `2'34"`, `2'34"56`, `9"58`, `20 sec 53`: what a stopwatch shows, in seconds.
    pub(super) fn stopwatch(&mut self, at: usize) -> Option<usize> {
        let page = self.page;
        if page.language != Language::French {
            return None;
        }
        let first = i128::from(page.small(at)?);
        let two = |at: usize| page.is_digits(at) && page.slice(at).len() == 2;
        let minutes =
            page.is_mark(at + 1, &MINUTE_MARKS) && page.glued(at + 1) && page.glued(at + 2) && two(at + 2);
        let (seconds, mark) = if minutes {
            (first * 60 + i128::from(page.small(at + 2)?), at + 3)
        } else {
            (first, at + 1)
        };
        let quoted = page.is_mark(mark, &SECOND_MARKS) && page.glued(mark);
        // `2'34''`: two apostrophes for a double prime.
        let doubled = minutes && page.is_mark(mark, &MINUTE_MARKS) && page.is_mark(mark + 1, &MINUTE_MARKS);
        let worded = !minutes && matches!(page.key(mark), S | SEC | SECONDES);
        let after = mark + 1 + usize::from(doubled);
        // What follows the seconds is their decimals, unless it is counted in a unit of its own.
        let decimals = page.is_digits(after)
            && page.slice(after).len() <= 2
            && (page.glued(after) || worded && two(after) && self.unit(after + 1, true).is_none());
        if !(quoted || doubled || worded && decimals) || !minutes && !decimals {
            return None;
        }
        let mut value = whole(seconds);
        let mut end = after;
        if decimals {
            let power = power_of_ten(u8::try_from(page.slice(after).len()).ok()?);
            value = plus(
                value,
                Number::from_integer(i128::from(page.small(after)?)) / power,
            )?;
            end += 1;
        }
        let mut found = figure(page, at, end, Kind::Duration, Value::Number(value), Form::Digits);
        found.unit = Unit::with_code("s");
        Some(self.push(at, end, found))
    }
}
