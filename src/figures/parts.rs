//! Numbers that only lean on a noun: `un`, `une dizaine`, `des milliers`, `la moitié`, `deux tiers`.
//!
//! In: tokens, and where such a word stands. Out: figures of the implied form, which are never missed on their own.
//! Sources: Grevisse, collective numerals and fractions; Quirk §6.63 ff.

use super::calendar::figure;
use super::clock;
use super::cues;
#[allow(clippy::wildcard_imports, reason = "a vocabulary: one name a word")]
use super::keys::*;
use super::measure::kind_of;
use super::numerals::Run;
use super::reader::Reader;
use super::unit::Unit;
use super::value::{Form, Kind, Number, Qualifier, Value, power_of_ten, small, times, whole};
use super::words::{Language, Numeral};
use super::{Figure, Reading};
impl Reader<'_> {
    /// `un`, `une`, `one`, `a`: a number before a scale, a part, a unit; elsewhere a word like any other.
    pub(super) fn one(&mut self, at: usize) -> usize {
        let page = self.page;
        let next = page.past_hyphen(at + 1);
        let next = if page.key(next) == SEUL || page.key(next) == SEULE || page.key(next) == SINGLE {
            next + 1
        } else {
            next
        };
        if page.language == Language::French && next == at + 1 && page.numeral(next) == Numeral::Thousand {
            // `un mille` is a mile: a thousand has no article.
            let mut found = figure(page, at, next + 1, Kind::Count, Value::from(1), Form::Implied);
            found.unit = Unit::with_code("[mi_i]");
            return self.push(at, next + 1, found);
        }
        match page.numeral(next) {
            Numeral::Part(denominator) => return self.part(at, next, whole(1), denominator),
            Numeral::Collective(_) => return self.order(at, next),
            // A third party is somebody else.
            Numeral::Ordinal(3) if matches!(page.key(page.past_hyphen(next + 1)), PARTY | PARTIES) => {
                return next + 1;
            }
            Numeral::Ordinal(n) if n > 2 && page.is_word(next) => {
                // `un cinquième des voix` is a part, a fourth summit a rank; each may be the other.
                let part = Reading {
                    kind: Kind::Fraction,
                    value: Value::Number(Number::new(1, i128::from(n))),
                    unit: None,
                };
                let rank = Reading {
                    kind: Kind::Ordinal,
                    value: Value::from(i128::from(n)),
                    unit: None,
                };
                let round = self.past_of(next + 1);
                if matches!(page.key(round), FINALE | FINALES) {
                    return self.finals(at, round + 1, i128::from(n));
                }
                let of = matches!(page.key(next + 1), OF | DE | D | DES | DU);
                let noun = page.is_word(next + 1) && !of;
                let (reading, other, form) = if noun {
                    (rank, part, Form::Words)
                } else {
                    (part, rank, Form::Implied)
                };
                let mut found = figure(page, at, next + 1, reading.kind, reading.value, form);
                found.others.push(other);
                return self.push(at, next + 1, found);
            }
            _ => {}
        }
        if let Some(run) = page.words(at)
            && run.value != whole(1)
        {
            return self.number(at, run);
        }
        let is_one = page.numeral(at) == Numeral::One;
        if page.key(at.wrapping_sub(1)) == NUMERO {
            let found = figure(page, at, at + 1, Kind::Count, Value::from(1), Form::Implied);
            return self.push(at, at + 1, found);
        }
        // `une heure trente`, `une heure du matin`
        if is_one
            && page.key(at + 1) == HEURE
            && let Some((found, end)) = clock::spoken_clock(page, at, at + 1, 1)
            && end > at + 2
        {
            return self.push(at, end, found);
        }
        // `one and a half years`
        if is_one
            && page.key(page.past_hyphen(at + 1)) == AND
            && page.key(page.past_hyphen(page.past_hyphen(at + 1) + 1)) == A
        {
            let run = Run::of(1, at + 1);
            return self.number(at, run);
        }
        // `un et demi pour cent`
        if is_one && page.key(at + 1) == ET && matches!(page.key(at + 2), DEMI | DEMIE) {
            return self.number(at, Run::of(1, at + 1));
        }
        // `un livre` is a book; money and weight are `une livre`.
        let book = page.key(at) == UN && page.key(next) == LIVRE;
        if let Some((unit, _)) = self.unit(next, false).filter(|_| !book)
            && (unit.is_time() || is_one || unit.is_currency() || unit == Unit::PERCENT)
        {
            let form = if unit == Unit::PERCENT {
                Form::Words
            } else {
                Form::Implied
            };
            return self.number(
                at,
                Run {
                    form,
                    ..Run::of(1, next)
                },
            );
        }
        if is_one && page.language == Language::English {
            let found = figure(page, at, at + 1, Kind::Count, Value::from(1), Form::Implied);
            return self.push(at, at + 1, found);
        }
        if is_one && next > at + 1 {
            let found = figure(page, at, next, Kind::Count, Value::from(1), Form::Implied);
            return self.push(at, next, found);
        }
        at + 1
    }

    /// `dizaine`, `des milliers`, `thousands`, `dozens of millions`: an order of magnitude, begun at `first`.
    pub(super) fn order(&mut self, first: usize, start: usize) -> usize {
        let page = self.page;
        let counted = first < start || matches!(page.key(start.wrapping_sub(1)), FEW | SEVERAL | MANY);
        if page.key(start) == SCORE && !counted {
            // The score of a match.
            return start + 1;
        }
        let mut value = whole(1);
        let mut at = start;
        let mut end = start;
        let mut words = 0;
        loop {
            let factor = match page.numeral(at) {
                Numeral::Collective(n) => whole(i128::from(n)),
                Numeral::Scale(exponent) => power_of_ten(exponent),
                Numeral::Thousand if words > 0 => whole(1000),
                _ => break,
            };
            let Some(product) = times(value, factor) else {
                break;
            };
            value = product;
            words += 1;
            end = at + 1;
            // `de`, `d'`, `of` may lead to the next one.
            at = self.past_of(end);
        }
        if end == start {
            return start + 1;
        }
        let plural = page.slice(end - 1).ends_with('s') || page.slice(start).ends_with('s');
        let quantifier = page.key(start.wrapping_sub(1));
        let indefinite = plural
            || matches!(
                quantifier,
                QUELQUES | PLUSIEURS | SEVERAL | FEW | SOME | MANY | DES
            );
        let run = Run {
            value,
            scaled: true,
            form: Form::Implied,
            ..Run::of(1, end)
        };
        let (unit, unit_end) = self.unit_of(&run);
        let mut found = figure(
            page,
            first,
            unit_end,
            Kind::Count,
            Value::Number(value),
            Form::Implied,
        );
        found.unit = unit;
        found.kind = kind_of(unit);
        // A `dizaine` of people is a dozen to most translators.
        if page.numeral(start) == Numeral::Collective(10)
            && let Some(dozens) = times(value, Number::new(12, 10))
        {
            found.others.push(Reading {
                kind: found.kind,
                value: Value::Number(dozens),
                unit,
            });
        }
        found.qualifier = Some(if indefinite {
            Qualifier::OrderOf
        } else {
            match cues::qualifier(page, first, unit_end) {
                Some(bound) => bound,
                None if matches!(page.numeral(start), Numeral::Collective(12)) => {
                    return self.push(
                        first,
                        unit_end,
                        Figure {
                            qualifier: None,
                            ..found
                        },
                    );
                }
                None => Qualifier::About,
            }
        });
        self.push(first, unit_end, found)
    }

    /// A part of a whole whose denominator word stands at `at`: `moitié`, `deux tiers`, `a quarter`.
    pub(super) fn part(&mut self, first: usize, at: usize, numerator: Number, denominator: u8) -> usize {
        let page = self.page;
        let mut value = numerator / whole(i128::from(denominator));
        let mut end = at + 1;
        // `half-time`, `quart-temps`, `demi-frère`: a word of its own, unless a unit or a scale follows.
        let joined = page.past_hyphen(end);
        if joined != end
            && page.is_word(joined)
            && page.tokens[joined].word.unit.is_none()
            && page.numeral(joined) == Numeral::None
        {
            return joined + 1;
        }
        // Quarter-finals: no part of anything.
        let next = self.past_of(page.past_hyphen(end));
        if matches!(page.key(next), FINALE | FINALES | FINAL | FINALS) {
            return self.finals(first, next + 1, i128::from(denominator));
        }
        // `half past six`, `a quarter to nine`
        if page.language == Language::English
            && matches!(page.key(end), PAST | TO)
            && let Some(run) = page.words(end + 1)
            && let Some(hours) = small(run.value).filter(|hours| (1..=12).contains(hours) && !run.rank)
        {
            let shift = if denominator == 2 { 30 } else { 15 };
            let minutes = if page.key(end) == PAST {
                hours * 60 + shift
            } else {
                hours * 60 - shift
            };
            let value = Value::Time {
                minutes,
                half_day: true,
            };
            let found = figure(page, first, run.end, Kind::Time, value, Form::Words);
            return self.push(first, run.end, found);
        }
        // `half a billion`, `un demi-million`.
        let mut scale_at = next;
        if matches!(page.key(scale_at), A | AN | UN) {
            scale_at += 1;
        }
        let mut scaled = false;
        let power = match page.numeral(scale_at) {
            Numeral::Scale(exponent) => Some(power_of_ten(exponent)),
            Numeral::Collective(n) => Some(whole(i128::from(n))),
            _ => None,
        };
        if let Some(product) = power.and_then(|power| times(value, power)) {
            (value, end, scaled) = (product, scale_at + 1, true);
        }
        let unit_at = if scaled { end } else { scale_at };
        let mut found = figure(
            page,
            first,
            end,
            Kind::Fraction,
            Value::Number(value),
            Form::Implied,
        );
        if denominator == 3 {
            // `un tiers`: a third party.
            found.others.push(Reading {
                kind: Kind::Ordinal,
                value: Value::from(3),
                unit: None,
            });
        }
        if let Some((unit, unit_end)) = self.unit(self.past_of(unit_at), false)
            && (scaled
                || unit.is_time() && page.glued(unit_at)
                || page.key(unit_at) == HEURE
                || page.key(self.past_of(unit_at)) == HEURE
                || matches!(page.key(end), A | AN))
        {
            found = figure(
                page,
                first,
                unit_end,
                kind_of(Some(unit)),
                Value::Number(value),
                Form::Implied,
            );
            found.unit = Some(unit);
            end = unit_end;
        } else if scaled {
            found.kind = Kind::Count;
            found.form = Form::Words;
        }
        if scaled && self.page.language == Language::English {
            // *Half a million dollars*: no idiom, as *half an hour* may be.
            found.form = Form::Words;
        }
        self.push(first, end, found)
    }

    /// `huitième de finale`: the round of the last sixteen. Nobody is missed if the translator names the round otherwise.
    pub(super) fn finals(&mut self, first: usize, end: usize, part: i128) -> usize {
        let mut found = figure(
            self.page,
            first,
            end,
            Kind::Fraction,
            Value::Number(Number::new(1, part)),
            Form::Implied,
        );
        found.others.push(Reading {
            kind: Kind::Count,
            value: Value::from(part * 2),
            unit: None,
        });
        found.others.push(Reading {
            kind: Kind::Ordinal,
            value: Value::from(part),
            unit: None,
        });
        self.push(first, end, found)
    }

    /// `deux tiers`, `three quarters`, `3/4`.
    pub(super) fn fraction(&mut self, start: usize, run: &Run) -> Option<usize> {
        let page = self.page;
        let slash = page.is_mark(run.end, &['/']) && page.glued(run.end) && page.glued(run.end + 1);
        if run.form == Form::Digits && slash {
            let denominator = page.small(run.end + 1)?;
            let after_slash = page.is_mark(run.end + 2, &['/']);
            let before_slash = start > 0 && page.is_mark(start - 1, &['/']);
            let usual = matches!(denominator, 2..=5 | 8 | 10) && small(run.value)? < denominator;
            if !usual || after_slash || before_slash {
                return None;
            }
            let value = Value::Number(run.value / whole(i128::from(denominator)));
            let found = figure(page, start, run.end + 2, Kind::Fraction, value, Form::Digits);
            return Some(self.push(start, run.end + 2, found));
        }
        let at = page.past_hyphen(run.end);
        let denominator = match page.numeral(at) {
            Numeral::Part(denominator) => i128::from(denominator),
            Numeral::Ordinal(n)
                if n > 2 && (page.slice(at).ends_with('s') || at > run.end && run.value > whole(1)) =>
            {
                i128::from(n)
            }
            _ => return None,
        };
        let quarter_final = matches!(
            page.key(self.past_of(page.past_hyphen(at + 1))),
            FINALE | FINALES | FINAL | FINALS
        );
        if quarter_final || page.slice(at).starts_with("demi") {
            return None;
        }
        let value = Value::Number(run.value / whole(denominator));
        let mut end = at + 1;
        let mut found = figure(page, start, end, Kind::Fraction, value, Form::Words);
        // `trois quarts d'heure`.
        let unit_at = self.past_of(end);
        if page.key(unit_at) == HEURE {
            end = unit_at + 1;
            found = figure(page, start, end, Kind::Duration, value, Form::Words);
            found.unit = Unit::with_code("h");
        }
        Some(self.push(start, end, found))
    }
}
