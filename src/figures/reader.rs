//! One pass over a text: every figure with its unit, qualifier and direction.
//!
//! In: a text and the lexicon of its language. Out: figures in reading order, no two overlapping. Laws: every token is
//! read a bounded number of times, so the cost is linear; a spelling that fits no rule is no figure.

use super::calendar::{self, Found, figure};
use super::cues;
use super::numerals::{Page, Run};
use super::token::{Shape, key, tokens};
use super::unit::Unit;
use super::value::{Date, Form, Kind, Number, Qualifier, Value, plus, power_of_ten, times, whole};
use super::words::{Cue, Language, Lexicon, Numeral};
use super::{Figure, Reading};
use crate::span::Span;

/// Every figure of `text`.
pub(super) fn figures(text: &str, lexicon: &Lexicon) -> Vec<Figure> {
    let tokens = tokens(text, lexicon);
    let page = Page { text, tokens: &tokens, language: lexicon.language };
    let mut reader = Reader { page, lexicon, figures: Vec::new(), last: None };
    let mut at = 0;
    while at < tokens.len() {
        at = reader.read(at).max(at + 1);
    }
    reader.figures
}

struct Reader<'t> {
    page: Page<'t>,
    lexicon: &'t Lexicon,
    figures: Vec<Figure>,
    /// The last figure's first token, the token after it, and whether it had a scale word.
    last: Option<(usize, usize, bool)>,
}

macro_rules! keys {
    ($($name:ident $word:literal)*) => { $(const $name: u128 = key($word);)* };
}

keys! {
    DE "de" D "d" DES "des" DU "du" OF "of" A "a" AN "an" AND "and" ET "et" TO "to" POUR "pour" PER "per" CENT "cent"
    CENTAGE "centage" POURCENTAGE "pourcentage" BASE "base" BASIS "basis" PERCENTAGE "percentage" P "p" HALF "half"
    DEMI "demi" DEMIE "demie" ENTRE "entre" BETWEEN "between" SIECLE "siecle" SIECLES "siecles" CENTURY "century"
    CENTURIES "centuries" ANNEES "annees" QUELQUES "quelques" PLUSIEURS "plusieurs" SEVERAL "several" FEW "few"
    SOME "some" MANY "many" UN "un" UNE "une" LA "la" THE "the" FINALE "finale" FINALES "finales" HEURE "heure" H "h"
    AGE "age" AGED "aged" OLD "old" AGEE "agee" AGES "ages" AGEES "agees" MINUS "minus" MOINS "moins" AU "au" S "s"
    TIME "time"
    DERNIERES "dernieres" DERNIERS "derniers" PROCHAINES "prochaines" PROCHAINS "prochains" LONGUES "longues" LONGS "longs" BONNES "bonnes" AUTRES "autres" PETITES "petites"
    PETITS "petits" PLEINES "pleines" ENTIERES "entieres" LONG "long" FULL "full" MORE "more" FURTHER "further"
    CONSECUTIVE "consecutive" STRAIGHT "straight" CALENDAR "calendar" WORKING "working" ADDITIONAL "additional"
    EXTRA "extra" SHORT "short" WHOLE "whole" SOLID "solid" OTHER "other" ROUES "roues" BALLES "balles" POIDS "poids"
    MESURES "mesures" CLOS "clos" COINS "coins" EN "en" PAR "par" TOUS "tous" TOUTES "toutes" LES "les" SONT "sont"
    ONT "ont" PEUVENT "peuvent" ETAIENT "etaient" PAST "past" TO_THE "to" SUR "sur" ONE "one" OUT "out" IN "in"
    QUARTER "quarter" CENTURY_EN "century"
    NUMERO "numero" SCORE "score" LAST "last" PASSED "past"
    OU "ou" OR "or" PAS "pas" SQUARED "squared" MILLES "milles" PARTY "party" PARTIES "parties"
}

impl<'t> Reader<'t> {
    /// Reads what begins at the token `at`; gives the token after it, or `at`.
    fn read(&mut self, at: usize) -> usize {
        let token = &self.page.tokens[at];
        match token.shape {
            Shape::Digits => self.digits(at),
            Shape::Word => {
                if token.word.cue != Cue::None
                    && let Some(end) = self.calendar(at)
                {
                    return end;
                }
                if token.word.numeral != Numeral::None {
                    return self.numeral(at);
                }
                if token.capital {
                    return self.roman(at);
                }
                if token.word.unit.is_some_and(|unit| matches!(unit.code(), "10.a" | "2.wk")) {
                    // `the past decade`: ten years, said without a number.
                    let mut found = figure(self.page, at, at + 1, Kind::Duration, Value::from(1), Form::Implied);
                    found.unit = token.word.unit;
                    return self.push(at, at + 1, found);
                }
                at
            }
            Shape::Mark(_) => at,
        }
    }

    fn push(&mut self, first: usize, end: usize, mut figure: Figure) -> usize {
        if figure.qualifier.is_none() {
            figure.qualifier = cues::qualifier(self.page, first, end);
        }
        if figure.direction.is_none()
            && matches!(figure.kind, Kind::Percentage | Kind::Points | Kind::Money | Kind::Count | Kind::Range)
            && figure.form != Form::Implied
        {
            figure.direction = cues::direction(self.page, first, end);
        }
        figure.in_name |= figure.form == Form::Words && self.in_name(first, end);
        self.share_percent(first, &figure);
        self.figures.push(figure);
        self.last = Some((first, end, false));
        end
    }

    fn found(&mut self, first: usize, found: Found) -> Option<usize> {
        let (figure, end) = found?;
        Some(self.push(first, end, figure))
    }

    /// `1.3 and 2 %`, `20 ou 30 %`: the sign after the last number is that of the one before it.
    fn share_percent(&mut self, first: usize, figure: &Figure) {
        let page = self.page;
        let Some((_, end, _)) = self.last else { return };
        if figure.unit != Some(Unit::PERCENT) || first != end + 1 {
            return;
        }
        let joins = match page.tokens[end].shape {
            Shape::Word => matches!(page.key(end), AND | ET | OU | OR | A | TO),
            Shape::Mark(mark) => matches!(mark, ',' | '/' | '-' | '–'),
            Shape::Digits => false,
        };
        if let Some(before) = self.figures.last_mut()
            && joins
            && before.kind == Kind::Count
            && before.unit.is_none()
            && before.form == figure.form
        {
            before.unit = Some(Unit::PERCENT);
            before.kind = Kind::Percentage;
        }
    }

    /// `Four Aces`, `Sixth Form`: a capital inside a sentence, beside another.
    fn in_name(&self, first: usize, end: usize) -> bool {
        let page = self.page;
        page.language == Language::French
            && page.tokens[first].capital
            && !page.opens_sentence(first)
            && !page.is_mark(first - 1, &['»', '”', ')'])
            && matches!(page.numeral(first), Numeral::Digit(_) | Numeral::Teen(_) | Numeral::Ten(_))
            || page.language == Language::English
            && page.tokens[first].capital
            && matches!(page.numeral(first), Numeral::Digit(_) | Numeral::Teen(_) | Numeral::Ten(_) | Numeral::Ordinal(_))
            && page.at(page.past_hyphen(end)).is_some_and(|next| next.capital && !next.word.unit.is_some_and(Unit::is_currency))
            || page.language == Language::English
                && page.tokens[first].capital
                && !page.opens_sentence(first)
                && matches!(page.numeral(first), Numeral::Digit(_) | Numeral::Teen(_) | Numeral::Ten(_))
    }

    /// A month, a weekday, noon.
    fn calendar(&mut self, at: usize) -> Option<usize> {
        let page = self.page;
        match page.tokens[at].word.cue {
            Cue::Month(_) => {
                let found = calendar::from_month(page, at);
                if let Some((found, _)) = &found {
                    self.complete_days(at, found);
                }
                self.found(at, found)
            }
            Cue::Weekday(_) => self.found(at, calendar::weekday(page, at)),
            Cue::Clock(hour) => {
                // `midi` in `après-midi` and the Midi, a region, are no time.
                let hyphen = at > 0 && page.is_mark(at - 1, &['-', '‑']);
                if hyphen || page.tokens[at].capital && !page.opens_sentence(at) {
                    return None;
                }
                let value = Value::Time { minutes: u16::from(hour) * 60, half_day: false };
                let found = figure(page, at, at + 1, Kind::Time, value, Form::Implied);
                Some(self.push(at, at + 1, found))
            }
            _ => None,
        }
    }

    /// `du 3 au 5 mai`: the day before takes the month of the date after it.
    fn complete_days(&mut self, _at: usize, _date: &Figure) {}

    fn digits(&mut self, at: usize) -> usize {
        let page = self.page;
        if let Some(end) = self.code(at) {
            return end;
        }
        if let Some(end) = self.found(at, calendar::numeric_date(page, at)) {
            return end;
        }
        if let Some(end) = self.found(at, calendar::clock(page, at)) {
            return end;
        }
        if let Some(end) = self.found(at, calendar::day_month(page, at)) {
            return end;
        }
        match page.digits(at) {
            Some(run) => self.number(at, run),
            None => at + 1,
        }
    }

    /// `A400M`, `F-15`, `CO2`, `3D`: a code, whose number counts nothing.
    fn code(&mut self, at: usize) -> Option<usize> {
        let page = self.page;
        let before = at.checked_sub(1).map(|before| &page.tokens[before]);
        let glued = page.glued(at);
        let opens = match before.map(|token| token.shape) {
            Some(Shape::Word) if glued => before.is_some_and(|token| {
                // `de2008` is a slip, `jemb123` a user.
                (token.capital || token.end - token.start > 3 && token.word == super::words::Word::NONE)
                    && token.word.unit.is_none()
            }),
            Some(Shape::Mark('-' | '‑')) if glued && page.glued(at - 1) => {
                at >= 2 && page.is_word(at - 2) && {
                    let word = page.slice(at - 2);
                    word.chars().all(char::is_uppercase) || page.tokens[at - 2].capital && page.tokens[at - 2].word == super::words::Word::NONE
                }
            }
            _ => false,
        };
        let letters = page.slice(at + 1);
        let closes = page.is_word(at + 1)
            && page.glued(at + 1)
            && (matches!(letters, "D" | "G" | "x" | "X") || page.slice(at).len() <= 3 && letters.len() >= 2 && letters.chars().all(char::is_uppercase) && self.lexicon.sign(letters).is_none());
        if !(opens || closes) {
            return None;
        }
        let value: i128 = page.slice(at).parse().ok()?;
        let found = figure(page, at, at + 1, Kind::Identifier, Value::from(value), Form::Implied);
        Some(self.push(at, at + 1, found))
    }

    /// `XXIe siècle`, `IIIe trimestre`; in English only a century.
    fn roman(&mut self, at: usize) -> usize {
        let page = self.page;
        let Some(value) = roman_rank(page.slice(at), page.language) else {
            // `XX e siècle`, `XX siècle`
            let bare = roman_rank(page.slice(at), Language::English).filter(|_| page.language == Language::French);
            let apart = usize::from(calendar::is_rank_suffix(page, at + 1));
            if let Some(value) = bare
                && matches!(page.key(at + 1 + apart), SIECLE | SIECLES)
            {
                let mut found = figure(page, at, at + 2 + apart, Kind::Ordinal, Value::from(value), Form::Digits);
                found.unit = Unit::with_code("100.a");
                return self.push(at, at + 2 + apart, found);
            }
            return at;
        };
        if page.language == Language::English && !matches!(page.key(page.past_hyphen(at + 1)), CENTURY | CENTURIES) {
            return at;
        }
        let rank = whole(value);
        let (unit, end) = match self.unit(at + 1, false) {
            Some((unit, end)) => (Some(unit), end),
            None => (None, at + 1),
        };
        let mut found = figure(page, at, end, Kind::Ordinal, Value::Number(rank), Form::Digits);
        found.unit = unit;
        if unit.is_none() && value == 1 {
            return at + 1;
        }
        self.push(at, end, found)
    }

    /// A word with a number in it.
    fn numeral(&mut self, at: usize) -> usize {
        let page = self.page;
        let token = &page.tokens[at];
        match token.word.numeral {
            Numeral::One | Numeral::Article => self.one(at),
            Numeral::Digit(_) | Numeral::Teen(_) | Numeral::Ten(_) | Numeral::Hundred | Numeral::Thousand | Numeral::Ordinal(_) => {
                match page.words(at) {
                    Some(run) => self.number(at, run),
                    None => at + 1,
                }
            }
            Numeral::Scale(_) | Numeral::Collective(_) => self.order(at, at),
            Numeral::Part(denominator) => self.part(at, at, whole(1), denominator),
            Numeral::Multiple(n) => {
                let mut found = figure(page, at, at + 1, Kind::Multiple, Value::from(i128::from(n)), Form::Implied);
                found.unit = Some(Unit::TIMES);
                self.push(at, at + 1, found)
            }
            Numeral::Implied(n) => {
                let found = figure(page, at, at + 1, Kind::Count, Value::from(i128::from(n)), Form::Implied);
                self.push(at, at + 1, found)
            }
            Numeral::Decade(n) => {
                let value = Value::Date(Date { year: Some(i32::from(n)), month: None, day: None, decade: true });
                let mut found = figure(page, at, at + 1, Kind::Date, value, Form::Implied);
                found.others.push(Reading { kind: Kind::Age, value: Value::from(i128::from(n)), unit: Unit::with_code("a") });
                self.push(at, at + 1, found)
            }
            Numeral::None => at,
        }
    }

    /// `un`, `une`, `one`, `a`: a number before a scale, a part, a unit; elsewhere a word like any other.
    fn one(&mut self, at: usize) -> usize {
        let page = self.page;
        let next = page.past_hyphen(at + 1);
        let next = if page.key(next) == const { key("seul") } || page.key(next) == const { key("seule") } || page.key(next) == const { key("single") } { next + 1 } else { next };
        if page.language == Language::French && next == at + 1 && page.numeral(next) == Numeral::Thousand {
            // `un mille` is a mile: a thousand has no article.
            let mut found = figure(page, at, next + 1, Kind::Count, Value::from(1), Form::Implied);
            found.unit = Unit::with_code("[mi_i]");
            return self.push(at, next + 1, found);
        }
        match page.numeral(next) {
            Numeral::Part(denominator) => return self.part(at, next, whole(1), denominator),
            Numeral::Collective(_) => return self.order(at, next),
            Numeral::Ordinal(n) if n > 2 && page.is_word(next) => {
                // `un cinquième`, `a fifth`: a part as well as a rank.
                let mut found = figure(page, at, next + 1, Kind::Fraction, Value::Number(Number::new(1, i128::from(n))), Form::Implied);
                found.others.push(Reading { kind: Kind::Ordinal, value: Value::from(i128::from(n)), unit: None });
                if page.numeral(at) != Numeral::One || page.language == Language::French {
                    return self.push(at, next + 1, found);
                }
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
            && let Some((found, end)) = calendar::spoken_clock(page, at, at + 1, 1)
            && end > at + 2
        {
            return self.push(at, end, found);
        }
        // `one and a half years`
        if is_one && page.key(page.past_hyphen(at + 1)) == AND && page.key(page.past_hyphen(page.past_hyphen(at + 1) + 1)) == A {
            let run = Run::of(1, at + 1);
            return self.number(at, run);
        }
        if let Some((unit, end)) = self.unit(next, false) {
            if unit.is_time() || is_one || unit.is_currency() || unit == Unit::PERCENT {
                let mut run = Run::of(1, next);
                run.form = Form::Implied;
                if unit == Unit::PERCENT {
                    run.form = Form::Words;
                }
                let _ = end;
                return self.number(at, run);
            }
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
    fn order(&mut self, first: usize, start: usize) -> usize {
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
            let Some(product) = times(value, factor) else { break };
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
        let before = page.key(start.wrapping_sub(1));
        let vague = plural || matches!(before, QUELQUES | PLUSIEURS | SEVERAL | FEW | SOME | MANY | DES);
        let mut run = Run::of(1, end);
        run.value = value;
        run.scaled = true;
        run.form = Form::Implied;
        let (unit, unit_end) = self.unit_of(&run, start);
        let mut found = figure(page, first, unit_end, Kind::Count, Value::Number(value), Form::Implied);
        found.unit = unit;
        found.kind = kind_of(unit);
        // A `dizaine` of people is a dozen to most translators.
        if page.numeral(start) == Numeral::Collective(10)
            && let Some(dozens) = times(value, Number::new(12, 10))
        {
            found.others.push(Reading { kind: found.kind, value: Value::Number(dozens), unit });
        }
        found.qualifier = Some(if vague {
            Qualifier::OrderOf
        } else {
            match cues::qualifier(page, first, unit_end) {
                Some(bound) => bound,
                None if matches!(page.numeral(start), Numeral::Collective(12)) => return self.push(first, unit_end, Figure { qualifier: None, ..found }),
                None => Qualifier::About,
            }
        });
        self.push(first, unit_end, found)
    }

    /// The token after `de`, `d'`, `of`, or `at` itself.
    fn past_of(&self, at: usize) -> usize {
        let page = self.page;
        match page.key(at) {
            DE | OF | DES => at + 1,
            D if page.is_mark(at + 1, &['\'', '’']) => at + 2,
            _ => at,
        }
    }

    /// A part of a whole whose denominator word stands at `at`: `moitié`, `deux tiers`, `a quarter`.
    fn part(&mut self, first: usize, at: usize, numerator: Number, denominator: u8) -> usize {
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
        if matches!(page.key(next), FINALE | FINALES | FINAL_KEY | FINALS_KEY) {
            return self.finals(first, next + 1, i128::from(denominator));
        }
        // `half past six`, `a quarter to nine`
        if page.language == Language::English
            && matches!(page.key(end), PAST | TO)
            && let Some(run) = page.words(end + 1)
            && let Some(hours) = small(run.value).filter(|hours| (1..=12).contains(hours) && !run.rank)
        {
            let shift = if denominator == 2 { 30 } else { 15 };
            let minutes = if page.key(end) == PAST { hours * 60 + shift } else { hours * 60 - shift };
            let value = Value::Time { minutes, half_day: true };
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
        let mut run = Run::of(1, end);
        run.scaled = scaled;
        let unit_at = if scaled { end } else { scale_at };
        let mut found = figure(page, first, end, Kind::Fraction, Value::Number(value), Form::Implied);
        if denominator == 3 {
            // `un tiers`: a third party.
            found.others.push(Reading { kind: Kind::Ordinal, value: Value::from(3), unit: None });
        }
        if let Some((unit, unit_end)) = self.unit(self.past_of(unit_at), false)
            && (scaled || unit.is_time() && page.glued(unit_at) || page.key(unit_at) == HEURE || page.key(self.past_of(unit_at)) == HEURE || matches!(page.key(end), A | AN))
        {
            found = figure(page, first, unit_end, kind_of(Some(unit)), Value::Number(value), Form::Implied);
            found.unit = Some(unit);
            end = unit_end;
        } else if scaled {
            found.kind = Kind::Count;
            found.form = Form::Words;
        }
        self.push(first, end, found)
    }

    /// `huitième de finale`: the round of the last sixteen. Nobody is missed if the translator names the round otherwise.
    fn finals(&mut self, first: usize, end: usize, part: i128) -> usize {
        let mut found = figure(self.page, first, end, Kind::Fraction, Value::Number(Number::new(1, part)), Form::Implied);
        found.others.push(Reading { kind: Kind::Count, value: Value::from(part * 2), unit: None });
        found.others.push(Reading { kind: Kind::Ordinal, value: Value::from(part), unit: None });
        self.push(first, end, found)
    }

    /// The unit after a number, with `de` before it if the number ends in a scale word.
    fn unit_of(&self, run: &Run, _start: usize) -> (Option<Unit>, usize) {
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
    fn unit(&self, at: usize, digits: bool) -> Option<(Unit, usize)> {
        let page = self.page;
        let joined = page.past_hyphen(at);
        let at = if page.is_word(joined) { joined } else { at };
        let token = page.at(at)?;
        if let Shape::Mark(mark) = token.shape {
            return match mark {
                '%' | '％' => Some((Unit::PERCENT, at + 1)),
                '°' if page.is_mark(at + 1, &['%']) => Some((Unit::PERCENT, at + 2)),
                '°' => match page.slice(at + 1) {
                    "C" if page.glued(at + 1) => Some((Unit::with_code("Cel")?, at + 2)),
                    "F" if page.glued(at + 1) => Some((Unit::with_code("[degF]")?, at + 2)),
                    _ => token.word.unit.map(|unit| (unit, at + 1)),
                },
                _ => token.word.unit.filter(|_| page.language == Language::French || !token.spaced).map(|unit| (unit, at + 1)),
            };
        }
        if token.shape != Shape::Word {
            return None;
        }
        // `dix dernières années`, `eighteen long months`.
        if is_between(token.key)
            && let Some(next) = page.at(at + 1)
            && next.shape == Shape::Word
            && let Some(unit) = next.word.unit.filter(|unit| unit.is_time() || unit.group() == "mass" || unit.group() == "length")
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
                if page.key(next) == CENTAGE {
                    return Some((Unit::PERCENTAGE_POINT, next + 2));
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
            return if squared { Some((Unit::with_code("m2")?, at + 2)) } else { Some((unit, at + 1)) };
        }
        if digits {
            let spelt = page.slice(at);
            let unit = self.lexicon.sign(spelt)?;
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
            return Some((unit, at + 1));
        }
        None
    }

    /// A currency before the digits at `at`: `$`, `US$`, `EUR`; the unit and its first token.
    fn currency_before(&self, at: usize) -> Option<(Unit, usize)> {
        let page = self.page;
        let before = at.checked_sub(1)?;
        let token = &page.tokens[before];
        match token.shape {
            Shape::Mark(_) => {
                let unit = token.word.unit.filter(|unit| unit.is_currency())?;
                if before > 0 && page.is_word(before - 1) && page.glued(before) {
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
                let unit = self.lexicon.sign(spelt).filter(|unit| unit.is_currency() && (capitals || spelt == "Rs"))?;
                Some((unit, before))
            }
            Shape::Digits => None,
        }
    }

    /// Completes a number with everything around it and keeps it.
    fn number(&mut self, start: usize, mut run: Run) -> usize {
        let page = self.page;
        let french = page.language == Language::French;
        let mut first = start;
        // A rank: `3e`, `2nd`.
        if run.form == Form::Digits && run.plain > 0 && page.is_word(run.end) && page.glued(run.end) && calendar::is_rank_suffix(page, run.end) {
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
            let value = Value::Date(Date { year: Some(year), month: None, day: None, decade: true });
            let found = figure(page, start, end, Kind::Date, value, Form::Words);
            return self.push(start, end, found);
        }
        if run.plain > 0 && page.is_digits(run.end) && page.is_mark(run.end + 1, &['/']) && page.glued(run.end + 2)
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
            && let Some(end) = self.found(start, calendar::spoken_clock(page, start, run.end, hours))
        {
            return end;
        }
        // `two and a half million`.
        if !french && let Some(halved) = self.and_a_half(run) {
            run = halved;
            if run.form == Form::Words {
                run = page.scaled(Run { form: Form::Digits, ..run });
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
        if run.form == Form::Words && !run.scaled || run.form == Form::Digits && run.plain > 0 && run.plain <= 2 {
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
            run.other = if n == 10 { times(run.value, Number::new(12, 10)) } else { None };
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
        if !french && let Some(halved) = unit.and_then(|_| self.and_a_half(Run { end, scale: whole(1), ..run })) {
            // `an hour and a half`
            (run.value, end) = (halved.value, halved.end);
            run.form = run.form.min(Form::Words);
        }
        if unit.is_some() && french {
            let halved = self.half_added(Run { end, scale: whole(1), ..run });
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
            others.push(Reading { kind, value: Value::Number(other), unit });
        }
        // `1950-53`, `2009/10`: the second year drops its century.
        let century = self.century_before(start);
        if let Some(century) = century.filter(|_| unit.is_none() && run.plain == 2) {
            others.push(Reading { kind, value, unit });
            kind = Kind::Date;
            value = Value::Date(Date { year: small(run.value).map(|year| century + i32::from(year)), ..Date::default() });
        }
        if run.plain == 4 && page.slice(start).starts_with('0') && unit.is_none() {
            others.extend(military(run.value));
        }
        if unit.is_none() && run.plain == 4 && in_years(run.value) {
            kind = Kind::Date;
            value = Value::Date(Date { year: small(run.value).map(i32::from), ..Date::default() });
        }
        if unit.is_some_and(|unit| unit.code() == "a") && self.is_age(start, end) {
            kind = Kind::Age;
        }
        let sign = self.negative(first).or_else(|| self.below_zero(first, unit));
        if sign.is_some() && let Value::Number(number) = value {
            value = Value::Number(-number);
        }
        let first = sign.unwrap_or(first);
        let mut found = figure(page, first, end, kind, value, run.form);
        found.unit = unit;
        found.others = others;
        found.misspelt = run.misspelt;
        found.scale = run.power();
        // `25m people`: metres or millions.
        if !french && unit.is_some_and(|unit| unit.code() == "m") && page.slice(end - 1) == "m" && page.glued(end - 1) {
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
        if french && run.form == Form::Words && run.value == whole(11) && page.key(start.wrapping_sub(1)) == UN {
            found.form = Form::Implied;
        }
        if french && self.is_idiom(start, run.end, &run) {
            found.form = Form::Implied;
        }
        if let Some(part) = self.one_in(start, &run) {
            found.others.push(part);
        }
        if run.value == whole(9) && french && run.form == Form::Words && unit.is_none() && self.is_new(start) {
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
    fn century_before(&self, start: usize) -> Option<i32> {
        let page = self.page;
        let (_, end, _) = self.last?;
        let joined = start == end + 1 && page.is_mark(end, &['-', '–', '/', '‑']) && page.glued(end) && page.glued(start);
        match self.figures.last()?.value {
            Value::Date(Date { year: Some(year), decade: false, .. }) if joined => Some(year / 100 * 100),
            _ => None,
        }
    }

    /// `and a half` after a number or its unit.
    fn and_a_half(&self, run: Run) -> Option<Run> {
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
        Some(Run { value, end: half + 1, plain: 0, ..run })
    }

    /// `et demi` after a number or its unit.
    fn half_added(&self, mut run: Run) -> Run {
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
    fn rank(&mut self, start: usize, run: Run) -> usize {
        let page = self.page;
        let (unit, end) = match self.unit(run.end, false) {
            Some((unit, end)) if matches!(unit.code(), "3.mo" | "6.mo" | "10.a" | "100.a" | "1000.a") => (Some(unit), end),
            _ => (None, run.end),
        };
        let round = self.past_of(end);
        if round > end
            && matches!(page.key(round), FINALE | FINALES)
            && let Some(part) = small(run.value).filter(|part| *part > 1)
        {
            return self.finals(start, round + 1, i128::from(part));
        }
        let mut found = figure(page, start, end, Kind::Ordinal, Value::Number(run.value), run.form);
        found.unit = unit;
        if page.language == Language::English && matches!(page.key(page.past_hyphen(end)), PARTY | PARTIES) && run.value == whole(3) {
            found.form = Form::Implied;
        }
        self.push(start, end, found)
    }

    /// `années 90`, `1990s`, `90's`, `années quatre-vingt-dix`.
    fn decade(&mut self, start: usize, run: &Run) -> Option<usize> {
        let page = self.page;
        let year = small(run.value)?;
        let fits = year % 10 == 0 && (10..=90).contains(&year) || (1000..=2100).contains(&year) && year % 10 == 0 && run.plain == 4;
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
        let value = Value::Date(Date { year: Some(i32::from(year)), month: None, day: None, decade: true });
        let found = figure(page, first, end, Kind::Date, value, Form::Digits);
        Some(self.push(first, end, found))
    }

    /// `deux tiers`, `three quarters`, `3/4`.
    fn fraction(&mut self, start: usize, run: &Run) -> Option<usize> {
        let page = self.page;
        if run.form == Form::Digits {
            if page.is_mark(run.end, &['/']) && page.glued(run.end) && page.glued(run.end + 1) {
                let denominator = page.small(run.end + 1)?;
                let after_slash = page.is_mark(run.end + 2, &['/']);
                let before_slash = start > 0 && page.is_mark(start - 1, &['/']);
                if !matches!(denominator, 2..=5 | 8 | 10) || after_slash || before_slash || small(run.value)? >= denominator {
                    return None;
                }
                let value = Value::Number(run.value / whole(i128::from(denominator)));
                let mut found = figure(page, start, run.end + 2, Kind::Fraction, value, Form::Digits);
                found.others.push(Reading { kind: Kind::Range, value: Value::Range(run.value, whole(i128::from(denominator))), unit: None });
                return Some(self.push(start, run.end + 2, found));
            }
        }
        let at = page.past_hyphen(run.end);
        let denominator = match page.numeral(at) {
            Numeral::Part(denominator) => i128::from(denominator),
            Numeral::Ordinal(n) if n > 2 && (page.slice(at).ends_with('s') || at > run.end && run.value > whole(1)) => i128::from(n),
            _ => return None,
        };
        let quarter_final = matches!(page.key(self.past_of(page.past_hyphen(at + 1))), FINALE | FINALES | FINAL_KEY | FINALS_KEY);
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

    fn is_age(&self, start: usize, end: usize) -> bool {
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
    fn is_idiom(&self, start: usize, end: usize, run: &Run) -> bool {
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
        let alone = page.at(end).is_none_or(|next| matches!(next.shape, Shape::Mark(_)) && !page.is_mark(end, &['-', '\'', '’', '"', '«']));
        let pronoun = matches!(before, LES | DES) && (alone || matches!(page.key(end), SONT | ONT | PEUVENT | ETAIENT | ET));
        let divided = before == PAR && page.slice(start.wrapping_sub(2)).starts_with("divis");
        pronoun
            || divided
            || matches!(before, TOUS | TOUTES)
            || matches!(before, EN | PAR | A) && (alone || matches!(page.key(end), A | AU))
            || before == DE && page.key(start.wrapping_sub(2)) == MOINS && alone
    }

    /// `one in five`, `un sur cinq`: the second number is a part of one.
    fn one_in(&self, start: usize, run: &Run) -> Option<Reading> {
        let page = self.page;
        if run.value < whole(2) || run.value > whole(100) || run.scaled {
            return None;
        }
        let over = match (page.language, page.key(start.wrapping_sub(1))) {
            (Language::French, SUR) | (Language::English, IN) => start - 1,
            (Language::English, OF) if page.key(start.wrapping_sub(2)) == OUT => start - 2,
            _ => return None,
        };
        let one = (1..=3.min(over)).any(|back| page.numeral(over - back) == Numeral::One || page.slice(over - back) == "1");
        let value = Value::Number(run.value.recip());
        one.then_some(Reading { kind: Kind::Fraction, value, unit: None })
    }

    /// `neuf` that means new: after its noun, before a stop.
    fn is_new(&self, start: usize) -> bool {
        let page = self.page;
        let ends = page.at(start + 1).is_none_or(|next| matches!(next.shape, Shape::Mark(_)));
        ends && start > 0 && page.is_word(start - 1)
    }

    /// `- 7 degrés`: a minus with a space, before a temperature.
    fn below_zero(&self, first: usize, unit: Option<Unit>) -> Option<usize> {
        let before = first.checked_sub(1)?;
        let cold = unit.is_some_and(|unit| matches!(unit.code(), "deg" | "Cel" | "[degF]"));
        (cold && self.page.is_mark(before, &['-', '−', '–'])).then_some(before)
    }

    /// The token of a minus sign or `moins`, `minus` before the number at `first`.
    fn negative(&self, first: usize) -> Option<usize> {
        let page = self.page;
        let before = first.checked_sub(1)?;
        let token = &page.tokens[before];
        match token.shape {
            Shape::Mark('-' | '−' | '–') if !page.tokens[first].spaced => {
                let opens = token.spaced || before == 0 || page.is_mark(before - 1, &['(', '[']);
                // `- 1,5 % en un an -`: dashes around a remark.
                let closes = |at: usize| {
                    page.is_mark(at, &['-', '–']) && page.glued(at) && page.at(at + 1).is_some_and(|next| next.spaced)
                };
                let remark = (first + 1..first + 16).any(closes);
                (opens && !remark).then_some(before)
            }
            Shape::Word if token.key == MINUS => Some(before),
            Shape::Word if token.key == MOINS => {
                let further = page.key(before.wrapping_sub(1));
                (!matches!(further, AU | DU | OU | PAS) && before > 0).then_some(before).filter(|_| !matches!(further, HEURE | HEURES_KEY))
            }
            _ => None,
        }
    }

    /// Joins the figure to the one before it as a range: `3 à 5 %`, `entre 10 et 20`, `8-10`. Gives the token after it.
    fn range(&mut self, first: usize, end: usize, high: &mut Figure, scaled: bool) -> Option<usize> {
        let page = self.page;
        let (low_first, low_end, low_scaled) = self.last?;
        let low = self.figures.last()?;
        if low.kind == Kind::Date || high.kind == Kind::Date || low.form == Form::Implied || high.form == Form::Implied {
            return None;
        }
        let (Value::Number(a), Value::Number(b)) = (low.value, high.value) else { return None };
        if !matches!(low.kind, Kind::Count | Kind::Money) && low.unit != high.unit || low.kind == Kind::Ordinal {
            return None;
        }
        let joined = if first == low_end + 1 {
            let close = high.unit == Some(Unit::PERCENT) && low.form == Form::Digits && high.form == Form::Digits;
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
                others.push(Reading { kind: Kind::Range, value: Value::Range(a, b), unit: high.unit });
                low_value = product;
            }
        }
        let dash = matches!(page.tokens[low_end].shape, Shape::Mark(_));
        let kind = if dash && high.unit.is_none() && a > b { Kind::Score } else { Kind::Range };
        let span = Span::new(low.span.start, high.span.end);
        let mut range = Figure { span, kind, value: Value::Range(low_value, b), others, ..high.clone() };
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

const FINAL_KEY: u128 = key("final");
const FINALS_KEY: u128 = key("finals");
const HEURES_KEY: u128 = key("heures");

impl Run {
    /// A whole number that ends before the token `end`.
    fn of(value: i128, end: usize) -> Self {
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
}

/// Adjectives that may stand between a number and its unit.
fn is_between(word: u128) -> bool {
    matches!(
        word,
        DERNIERES | DERNIERS | PROCHAINES | PROCHAINS | LONGUES | LONGS | BONNES | AUTRES
            | PETITES | PETITS | PLEINES | ENTIERES | LONG | FULL | MORE | FURTHER | CONSECUTIVE | STRAIGHT | CALENDAR
            | WORKING | ADDITIONAL | EXTRA | SHORT | WHOLE | SOLID | OTHER
    )
}

/// The reading of `25m` as millions.
fn others_of_m(found: &mut Figure, value: Number) {
    if let Some(millions) = times(value, power_of_ten(6)) {
        found.others.push(Reading { kind: Kind::Count, value: Value::Number(millions), unit: None });
    }
}

fn small(value: Number) -> Option<u16> {
    if value.is_integer() { u16::try_from(value.to_integer()).ok() } else { None }
}

/// `0300`: a time of day in four digits.
fn military(value: Number) -> Option<Reading> {
    let digits = small(value)?;
    let value = Value::Time { minutes: digits / 100 * 60 + digits % 100, half_day: false };
    (digits < 2400 && digits % 100 < 60).then_some(Reading { kind: Kind::Time, value, unit: None })
}

/// Bare four digits from 1100 to 2100 are taken for a year.
fn in_years(value: Number) -> bool {
    value >= whole(1100) && value <= whole(2100)
}

/// What sort of figure a unit makes of a number.
fn kind_of(unit: Option<Unit>) -> Kind {
    match unit {
        None => Kind::Count,
        Some(Unit::PERCENT) => Kind::Percentage,
        Some(Unit::PERCENTAGE_POINT | Unit::BASIS_POINT | Unit::POINT) => Kind::Points,
        Some(Unit::TIMES) => Kind::Multiple,
        Some(unit) if unit.is_currency() => Kind::Money,
        Some(unit) if unit.is_time() => Kind::Duration,
        Some(_) => Kind::Count,
    }
}

/// The rank a Roman numeral with its ending names: `XXIe`, `Ier`, `IIIème`.
fn roman_rank(word: &str, language: Language) -> Option<i128> {
    let length = word.bytes().take_while(|byte| matches!(byte, b'I' | b'V' | b'X')).count();
    let ending = &word[length..];
    let fits = match language {
        Language::French => matches!(ending, "e" | "er" | "ème" | "ième" | "ᵉ" | "re" | "ère"),
        Language::English => matches!(ending, "" | "th" | "st" | "nd" | "rd"),
    };
    if length == 0 || !fits {
        return None;
    }
    let mut total = 0;
    let mut before = 0;
    for letter in word[..length].bytes().rev() {
        let value = match letter {
            b'I' => 1,
            b'V' => 5,
            _ => 10,
        };
        if value < before {
            total -= value;
        } else {
            total += value;
            before = value;
        }
    }
    (total > 0 && length <= 8).then_some(total)
}
