//! The unit of a number: what stands after it, or a currency before it.
//!
//! In: tokens, and where the number ends or begins. Out: a unit and where it ends. Law: a sign that is also a letter (`m`,
//! `t`) is read only right after digits.

#[allow(clippy::wildcard_imports, reason = "a vocabulary: one name a word")]
use super::keys::*;
use super::numerals::Run;
use super::reader::Reader;
use super::token::Shape;
use super::unit::Unit;
use super::value::{Form, Kind};
use super::words::{Cue, Language};
impl Reader<'_> {
    /// The token after `de`, `d'`, `of`, or `at` itself.
    pub(super) fn past_of(&self, at: usize) -> usize {
        let page = self.page;
        match page.key(at) {
            DE | OF | DES => at + 1,
            D if page.is_mark(at + 1, &['\'', '’']) => at + 2,
            _ => at,
        }
    }

    /// The unit after a number, with `de` before it if the number ends in a scale word.
    pub(super) fn unit_of(&self, run: &Run) -> (Option<Unit>, usize) {
        let mut at = run.end;
        if run.scaled {
            at = self.past_of(at);
        }
        match self.unit(at, run.form == Form::Digits) {
            Some((unit, end)) => (Some(unit), end),
            None => (None, run.end),
        }
    }

    /// A unit that begins at `at`, and the token after it. `digits`: signs such as `m` count.
    pub(super) fn unit(&self, at: usize, digits: bool) -> Option<(Unit, usize)> {
        let page = self.page;
        let joined = page.past_hyphen(at);
        let at = if page.is_word(joined) { joined } else { at };
        let token = page.at(at)?;
        if let Shape::Mark(mark) = token.shape {
            return self.unit_sign(at, mark);
        }
        if token.shape != Shape::Word {
            return None;
        }
        // `700 billion U.S. dollars`
        if token.key == U && page.is_mark(at + 1, &['.']) && page.key(at + 2) == S {
            let money = at + 3 + usize::from(page.is_mark(at + 3, &['.']));
            let unit = page.at(money)?.word.unit.filter(|unit| unit.is_currency())?;
            let unit = if unit.code() == "$" {
                Unit::with_code("USD")?
            } else {
                unit
            };
            return Some((unit, money + 1));
        }
        // `dix dernières années`, `eighteen long months`.
        if is_between(token.key)
            && let Some(next) = page.at(at + 1)
            && next.shape == Shape::Word
            && let Some(unit) = next
                .word
                .unit
                .filter(|unit| unit.is_time() || unit.group() == "mass" || unit.group() == "length")
        {
            return Some((unit, at + 2));
        }
        match token.key {
            POUR | PER | P => {
                let mut next = page.past_hyphen(at + 1);
                if token.key == P && page.is_mark(next, &['.']) {
                    next += 1;
                }
                let cent = page.key(next) == CENT || page.slice(next) == "100" && token.key == P;
                if cent {
                    return Some((Unit::PERCENT, next + 1));
                }
            }
            BASIS if page.at(at + 1)?.word.cue == Cue::Point => return Some((Unit::BASIS_POINT, at + 2)),
            _ => {}
        }
        match token.word.cue {
            Cue::Percent => {
                let next = page.past_hyphen(at + 1);
                if page.at(next).is_some_and(|next| next.word.cue == Cue::Point) {
                    return Some((Unit::PERCENTAGE_POINT, next + 1));
                }
                return (!matches!(token.key, PERCENTAGE | POURCENTAGE)).then_some((Unit::PERCENT, at + 1));
            }
            Cue::Point => {
                let of = self.past_of(at + 1);
                return match page.key(of) {
                    POURCENTAGE if of > at + 1 => Some((Unit::PERCENTAGE_POINT, of + 1)),
                    BASE if of > at + 1 => Some((Unit::BASIS_POINT, of + 1)),
                    _ => Some((Unit::POINT, at + 1)),
                };
            }
            Cue::Times if token.key != TIME => return Some((Unit::TIMES, at + 1)),
            _ => {}
        }
        let next = page.past_hyphen(at + 1);
        if page.is_word(next)
            && let Some(unit) = self.lexicon.pair(token.key, page.key(next))
        {
            return Some((unit, next + 1));
        }
        if let Some(unit) = token.word.unit {
            let squared = unit.code() == "m" && page.key(at + 1) == SQUARED;
            return if squared {
                Some((Unit::with_code("m2")?, at + 2))
            } else {
                self.per_hour(unit, at + 1).or(Some((unit, at + 1)))
            };
        }
        digits.then(|| self.abbreviation(at)).flatten()
    }

    /// A unit by its sign, right after digits: `km`, `m²`, `US$`, `pb`.
    fn abbreviation(&self, at: usize) -> Option<(Unit, usize)> {
        let page = self.page;
        let token = page.at(at)?;
        let spelt = page.slice(at);
        // `25 pb`, 25 bp: the markets' basis points.
        if matches!(spelt, "pb" | "pdb" | "bp" | "bps") {
            return Some((Unit::BASIS_POINT, at + 1));
        }
        // `30 US$`
        if page.is_mark(at + 1, &['$'])
            && page.glued(at + 1)
            && let Some(unit) = self.lexicon.sign(&page.text[token.start..page.at(at + 1)?.end])
        {
            return Some((unit, at + 2));
        }
        let unit = self.lexicon.sign(spelt)?;
        // `km an hour`
        if let Some(speed) = self.per_hour(unit, at + 1) {
            return Some(speed);
        }
        // `km/h`, `m2`, `US$`.
        if spelt == "km" && page.is_mark(at + 1, &['/']) && matches!(page.key(at + 2), H | HEURE) {
            return Some((Unit::with_code("km/h")?, at + 3));
        }
        let power = match page.slice(at + 1) {
            "²" | "2" if page.glued(at + 1) => "2",
            "³" | "3" if page.glued(at + 1) => "3",
            _ => "",
        };
        if matches!(spelt, "m" | "km" | "cm") && !power.is_empty() {
            let powered = Unit::with_code(&format!("{spelt}{power}"));
            return powered.map(|unit| (unit, at + 2));
        }
        Some((unit, at + 1))
    }

    /// `kilomètres à l'heure`, miles per hour, km an hour: a speed, from the unit that ends before `at`.
    fn per_hour(&self, unit: Unit, at: usize) -> Option<(Unit, usize)> {
        let page = self.page;
        let speed = match unit.code() {
            "km" => "km/h",
            "[mi_i]" => "[mi_i]/h",
            _ => return None,
        };
        let end = match (page.key(at), page.key(at + 1)) {
            (PAR, HEURE) | (PER | AN, HOUR) => at + 2,
            (A, L) if page.key(at + 3) == HEURE => at + 4,
            _ => return None,
        };
        Unit::with_code(speed).map(|speed| (speed, end))
    }

    /// `30 $ US`, `30 $CA`: the dollar of a country, as Quebec writes it (Office québécois de la langue française).
    fn dollar_of(&self, at: usize) -> Option<(Unit, usize)> {
        let code = match self.page.slice(at) {
            "US" => "USD",
            "CA" | "CAN" => "CAD",
            "AU" | "AUS" => "AUD",
            "NZ" => "NZD",
            "HK" => "HKD",
            _ => return None,
        };
        Unit::with_code(code).map(|unit| (unit, at + 1))
    }

    /// A unit that is one mark: `%`, `°`, `€`.
    fn unit_sign(&self, at: usize, mark: char) -> Option<(Unit, usize)> {
        let page = self.page;
        let token = page.at(at)?;
        match mark {
            '%' | '％' => Some((Unit::PERCENT, at + 1)),
            '°' if page.is_mark(at + 1, &['%']) => Some((Unit::PERCENT, at + 2)),
            '°' => match page.slice(at + 1) {
                "C" if page.glued(at + 1) => Some((Unit::with_code("Cel")?, at + 2)),
                "F" if page.glued(at + 1) => Some((Unit::with_code("[degF]")?, at + 2)),
                _ => token.word.unit.map(|unit| (unit, at + 1)),
            },
            '$' if page.language == Language::French && self.dollar_of(at + 1).is_some() => {
                self.dollar_of(at + 1)
            }
            // A currency sign with a space before it opens the next amount in English.
            _ => {
                let unit = token
                    .word
                    .unit
                    .filter(|_| page.language == Language::French || !token.spaced);
                unit.map(|unit| (unit, at + 1))
            }
        }
    }

    /// A currency before the digits at `at`: `$`, `US$`, `EUR`; the unit and its first token.
    pub(super) fn currency_before(&self, at: usize) -> Option<(Unit, usize)> {
        let page = self.page;
        let before = at.checked_sub(1).filter(|before| *before >= self.taken)?;
        let token = &page.tokens[before];
        match token.shape {
            Shape::Mark(_) => {
                let unit = token.word.unit.filter(|unit| unit.is_currency())?;
                if before > self.taken && page.is_word(before - 1) && page.glued(before) {
                    let letters = &page.tokens[before - 1];
                    let spelt = &page.text[letters.start..token.end];
                    if let Some(unit) = self.lexicon.sign(spelt) {
                        return Some((unit, before - 1));
                    }
                }
                Some((unit, before))
            }
            Shape::Word => {
                let spelt = page.slice(before);
                let capitals = spelt.len() >= 2 && spelt.bytes().all(|byte| byte.is_ascii_uppercase());
                let unit = self
                    .lexicon
                    .sign(spelt)
                    .filter(|unit| unit.is_currency() && (capitals || spelt == "Rs"))?;
                Some((unit, before))
            }
            Shape::Digits => None,
        }
    }
}

/// What sort of figure a unit makes of a number.
pub(super) fn kind_of(unit: Option<Unit>) -> Kind {
    match unit {
        Some(Unit::PERCENT) => Kind::Percentage,
        Some(Unit::PERCENTAGE_POINT | Unit::BASIS_POINT | Unit::POINT) => Kind::Points,
        Some(Unit::TIMES) => Kind::Multiple,
        Some(unit) if unit.is_currency() => Kind::Money,
        Some(unit) if unit.is_time() => Kind::Duration,
        Some(_) | None => Kind::Count,
    }
}

/// Adjectives that may stand between a number and its unit.
fn is_between(word: u128) -> bool {
    matches!(
        word,
        DERNIERES
            | DERNIERS
            | PROCHAINES
            | PROCHAINS
            | LONGUES
            | LONGS
            | BONNES
            | AUTRES
            | PETITES
            | PETITS
            | PLEINES
            | ENTIERES
            | LONG
            | FULL
            | MORE
            | FURTHER
            | CONSECUTIVE
            | STRAIGHT
            | CALENDAR
            | WORKING
            | ADDITIONAL
            | EXTRA
            | SHORT
            | WHOLE
            | SOLID
            | OTHER
    )
}
