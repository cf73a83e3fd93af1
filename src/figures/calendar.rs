//! Dates, days of the week, times of day.
//!
//! In: tokens and where to begin. Out: figures and the token after them, or nothing. Laws: a date holds only what the
//! text says; a time without its half of the day says so. Sources: CLDR 46 `fr` and `en` (order of day and month, 12- and
//! 24-hour clock); EDTF, ISO 8601-2 (the written value). `04/03/2026` is 4 March in French; in English both are kept.

use super::numerals::Page;
use super::token::{Shape, key};
use super::unit::Unit;
use super::value::{Date, Form, Kind, Number, Value, whole};
use super::words::{Cue, Language, Numeral};
use super::{Figure, Reading};
use crate::span::Span;

/// A figure and the token after it.
pub(super) type Found = Option<(Figure, usize)>;

/// A figure over the tokens `start..end`.
pub(super) fn figure(page: Page<'_>, start: usize, end: usize, kind: Kind, value: Value, form: Form) -> Figure {
    let span = match (page.at(start), page.at(end.saturating_sub(1))) {
        (Some(first), Some(last)) if first.start <= last.end => Span::new(first.start, last.end),
        _ => Span::new(0, 0),
    };
    Figure {
        span,
        kind,
        value,
        unit: None,
        qualifier: None,
        direction: None,
        form,
        others: Vec::new(),
        misspelt: false,
        in_name: false,
        scale: 0,
    }
}

fn year(page: Page<'_>, index: usize) -> Option<i32> {
    let digits = page.slice(index);
    if !page.is_digits(index) || digits.len() != 4 {
        return None;
    }
    let year: i32 = digits.parse().ok()?;
    // Four digits before a group of three, or a decimal, are no year.
    (1000..=2199).contains(&year).then_some(year)
}

fn day(page: Page<'_>, index: usize) -> Option<u8> {
    let day = page.small(index)?;
    u8::try_from(day).ok().filter(|day| (1..=31).contains(day) && page.slice(index).len() <= 2)
}

/// `2026-03-04`, `04/03/2026`, `4.3.2026`.
pub(super) fn numeric_date(page: Page<'_>, start: usize) -> Found {
    // The day of the attacks has a name of its own.
    if page.language == Language::English
        && (page.slice(start), page.slice(start + 2)) == ("9", "11")
        && page.is_mark(start + 1, &['/'])
        && !page.is_mark(start + 3, &['/'])
    {
        let value = Value::Date(Date { month: Some(9), day: Some(11), ..Date::default() });
        return Some((figure(page, start, start + 3, Kind::Date, value, Form::Digits), start + 3));
    }
    for mark in ['/', '.', '-'] {
        if !(page.is_mark(start + 1, &[mark]) && page.is_mark(start + 3, &[mark])) {
            continue;
        }
        if !(1..=4).all(|ahead| page.glued(start + ahead)) || page.is_mark(start + 5, &[mark]) && page.glued(start + 5) {
            return None;
        }
        let date = |year, month: u16, day: u16| Date {
            year: Some(year),
            month: u8::try_from(month).ok(),
            day: u8::try_from(day).ok(),
            decade: false,
        };
        if let Some(year) = year(page, start) {
            let (month, day) = (page.small(start + 2)?, page.small(start + 4)?);
            if (1..=12).contains(&month) && (1..=31).contains(&day) {
                let value = Value::Date(date(year, month, day));
                return Some((figure(page, start, start + 5, Kind::Date, value, Form::Digits), start + 5));
            }
            return None;
        }
        let (first, second) = (page.small(start)?, page.small(start + 2)?);
        let year = match year(page, start + 4) {
            Some(year) => year,
            None if mark != '-' && page.slice(start + 4).len() == 2 && page.is_digits(start + 4) => {
                let short = i32::from(page.small(start + 4)?);
                if short < 50 { 2000 + short } else { 1900 + short }
            }
            None => return None,
        };
        let fits = |day: u16, month: u16| (1..=31).contains(&day) && (1..=12).contains(&month);
        let day_first = fits(first, second).then(|| Value::Date(date(year, second, first)));
        let month_first = fits(second, first).then(|| Value::Date(date(year, first, second)));
        let (value, other) = match page.language {
            Language::French => (day_first?, None),
            Language::English => match (month_first, day_first) {
                (Some(us), Some(uk)) if us != uk => (us, Some(uk)),
                (us, uk) => (us.or(uk)?, None),
            },
        };
        let mut found = figure(page, start, start + 5, Kind::Date, value, Form::Digits);
        found.others.extend(other.map(|value| Reading { kind: Kind::Date, value, unit: None }));
        return Some((found, start + 5));
    }
    None
}

/// The month at `index`, if it is one there: `mars` is also a planet, `May` also a verb.
fn month(page: Page<'_>, index: usize, dated: bool) -> Option<u8> {
    let token = page.at(index)?;
    let Cue::Month(month) = token.word.cue else { return None };
    let abbreviated = token.end - token.start <= 4 && page.language == Language::English
        && !matches!(token.key, MAY | JUNE | JULY)
        || page.language == Language::French && matches!(token.key, JANV | FEVR | FEV | AVR | JUIL | OCT | NOV | DEC);
    let dotted = page.is_mark(index + 1, &['.']) && page.glued(index + 1);
    match page.language {
        Language::French => {
            if abbreviated && !(dated || dotted) {
                return None;
            }
            // The planet, the company.
            let placed = matches!(page.key(index.wrapping_sub(1)), EN | DE | DEPUIS | FIN | DEBUT | MI | COURANT);
            if token.key == const { key("mars") } && token.capital && !dated && !placed && !page.opens_sentence(index) {
                return None;
            }
        }
        Language::English => {
            if !token.capital {
                return None;
            }
            if abbreviated && !(dated || dotted || token.key == const { key("sept") }) {
                return None;
            }
            // A verb, a name: without a date only a preposition makes it a month.
            let placed = matches!(
                page.key(index.wrapping_sub(1)),
                IN | OF | SINCE | UNTIL | LAST | NEXT | THIS | BY | EARLY | LATE | MID | FROM | TO | AND | BEFORE | AFTER
                    | DURING | THROUGH | EVERY | THE | BETWEEN | OR | ON | EACH | FOR | TILL
            ) || page.is_mark(index.wrapping_sub(1), &['-', '–', '/'])
                || page.key(index + 1) == DAY;
            if matches!(token.key, MAY | MARCH) && !dated && !placed {
                return None;
            }
        }
    }
    Some(month)
}

/// `5 décembre 2008`, `1er mai`, `5th of December`, when the day comes first.
pub(super) fn day_month(page: Page<'_>, start: usize) -> Found {
    let day = if page.is_digits(start) {
        day(page, start)?
    } else if page.numeral(start) == Numeral::Ordinal(1) && page.language == Language::French {
        1
    } else {
        return None;
    };
    let mut at = page.past_hyphen(start + 1);
    if at == start + 1 && page.is_word(at) && page.glued(at) {
        if !is_rank_suffix(page, at) {
            return None;
        }
        at += 1;
    }
    if page.is_word(at) && matches!(page.key(at), DE | D | OF) {
        at += 1;
        if page.is_mark(at, &['\'', '’']) {
            at += 1;
        }
    }
    let month = month(page, at, true)?;
    at += 1;
    let mut end = at;
    if page.is_mark(at, &['.']) && page.glued(at) && page.at(at - 1).is_some_and(|token| token.end - token.start <= 4) {
        at += 1;
    }
    if page.is_mark(at, &[',']) && page.language == Language::English {
        at += 1;
    }
    if page.is_word(at) && matches!(page.key(at), DE | OF) {
        at += 1;
    }
    let year = year_after(page, at);
    if year.is_some() {
        end = at + 1;
    }
    let value = Value::Date(Date { year, month: Some(month), day: Some(day), decade: false });
    Some((figure(page, start, end, Kind::Date, value, Form::Digits), end))
}

/// A year in its place after a month.
fn year_after(page: Page<'_>, at: usize) -> Option<i32> {
    // `mars 2 008`? No; but `le 5 mai 1500 personnes` is so rare that the year wins.
    let year = year(page, at)?;
    let decimal = page.is_mark(at + 1, &[',', '.']) && page.glued(at + 1) && page.is_digits(at + 2) && page.glued(at + 2);
    let percent = page.is_mark(at + 1, &['%']);
    (!decimal && !percent).then_some(year)
}

/// A date that begins with its month: `décembre 2008`, `December 5th, 2008`, `May`.
pub(super) fn from_month(page: Page<'_>, start: usize) -> Found {
    let mut at = start + 1;
    let dotted = page.is_mark(at, &['.']) && page.glued(at) && page.at(start).is_some_and(|token| token.end - token.start <= 4);
    if dotted {
        at += 1;
    }
    let mut date = Date::default();
    let mut end = start + 1;
    if page.language == Language::English {
        let the = usize::from(page.key(at) == const { key("the") });
        if let Some(day) = day(page, at + the)
            && !followed_by_clock_or_unit(page, at + the)
        {
            date.day = Some(day);
            at += the + 1;
            if page.is_word(at) && page.glued(at) && is_rank_suffix(page, at) {
                at += 1;
            }
            end = at;
        }
        if page.is_mark(at, &[',']) {
            at += 1;
        }
    }
    if page.is_word(at) && matches!(page.key(at), DE | OF) {
        at += 1;
    }
    if let Some(year) = year_after(page, at) {
        date.year = Some(year);
        end = at + 1;
    } else if page.is_mark(at, &['\'', '’']) && page.is_digits(at + 1) && page.slice(at + 1).len() == 2 {
        let short = i32::from(page.small(at + 1)?);
        date.year = Some(if short < 50 { 2000 + short } else { 1900 + short });
        end = at + 2;
    }
    let dated = end > start + 1;
    date.month = Some(month(page, start, dated || dotted)?);
    let kind = if dated { Kind::Date } else { Kind::Month };
    let implied = page.language == Language::English && page.key(start + 1) == DAY;
    if implied && date.month == Some(5) {
        date.day = Some(1);
    }
    let form = if implied { Form::Implied } else if date.day.is_some() { Form::Digits } else { Form::Words };
    Some((figure(page, start, end, kind, Value::Date(date), form), end))
}

/// `May 5 people`? No day if a colon, a percent sign or a scale word follows it.
fn followed_by_clock_or_unit(page: Page<'_>, at: usize) -> bool {
    let Some(next) = page.at(at + 1) else { return false };
    match next.shape {
        Shape::Mark(':' | '%') => true,
        Shape::Mark(',' | '.') => !next.spaced && page.is_digits(at + 2) && page.glued(at + 2) && page.slice(at + 2).len() != 4,
        Shape::Word => matches!(next.word.numeral, Numeral::Scale(_) | Numeral::Thousand) || next.word.cue == Cue::Percent,
        _ => false,
    }
}

/// A day of the week.
pub(super) fn weekday(page: Page<'_>, start: usize) -> Found {
    let token = page.at(start)?;
    let Cue::Weekday(day) = token.word.cue else { return None };
    if page.language == Language::English && (!token.capital || token.end - token.start <= 5 && !is_dotted_day(page, start)) {
        return None;
    }
    let value = Value::from(i128::from(day));
    let mut found = figure(page, start, start + 1, Kind::Weekday, value, Form::Words);
    // `dans la nuit de samedi à dimanche` is Saturday night.
    let night = page.language == Language::French
        && (1..=6.min(start)).any(|back| page.key(start - back) == NUIT)
        && !page.is_mark(start - 1, &[',', '.']);
    if night {
        found.form = Form::Implied;
        let eve = i128::from((day + 5) % 7 + 1);
        found.others.push(Reading { kind: Kind::Weekday, value: Value::from(eve), unit: None });
    }
    // A newspaper, a programme.
    found.in_name = page.at(start + 1).is_some_and(|next| {
        next.capital && matches!(next.key, TIMES | TELEGRAPH | MAIL | MIRROR | HERALD | EXPRESS | POST | NIGHT)
    });
    Some((found, start + 1))
}

/// `Mon.`, `Tues.`: an abbreviation has its point.
fn is_dotted_day(page: Page<'_>, start: usize) -> bool {
    page.is_mark(start + 1, &['.']) && page.glued(start + 1)
}

/// The half of the day a time stands in.
enum Half {
    Morning,
    Evening,
}

/// `a.m.`, `pm`, `du soir`, `in the afternoon`: the half, and the token after it.
fn half_of_day(page: Page<'_>, at: usize) -> Option<(Half, usize)> {
    let word = page.key(at);
    if page.language == Language::English {
        if word == const { key("am") } {
            return Some((Half::Morning, at + 1));
        }
        if word == const { key("pm") } {
            return Some((Half::Evening, at + 1));
        }
        let dotted = page.is_mark(at + 1, &['.']) && page.glued(at + 1) && page.key(at + 2) == const { key("m") };
        if dotted && matches!(word, A | P) {
            let end = if page.is_mark(at + 3, &['.']) && page.glued(at + 3) { at + 4 } else { at + 3 };
            return Some((if word == A { Half::Morning } else { Half::Evening }, end));
        }
        if word == const { key("tonight") } {
            return Some((Half::Evening, at));
        }
        if word == const { key("at") } && page.key(at + 1) == const { key("night") } {
            return Some((Half::Evening, at + 2));
        }
        if word == const { key("in") } && page.key(at + 1) == const { key("the") } {
            return match page.key(at + 2) {
                MORNING => Some((Half::Morning, at + 3)),
                AFTERNOON | EVENING => Some((Half::Evening, at + 3)),
                _ => None,
            };
        }
        return None;
    }
    if word == const { key("du") } {
        return match page.key(at + 1) {
            MATIN => Some((Half::Morning, at + 2)),
            SOIR => Some((Half::Evening, at + 2)),
            _ => None,
        };
    }
    // `de l'après-midi`
    let afternoon = word == DE && page.key(at + 1) == const { key("l") } && page.key(at + 3) == const { key("apres") };
    (afternoon && page.key(at + 5) == const { key("midi") }).then_some((Half::Evening, at + 6))
}

fn on_the_clock(hours: u16, minutes: u16, half: Option<&Half>, ambiguous: bool) -> Option<Value> {
    if hours > 24 || minutes > 59 {
        return None;
    }
    let hours = match half {
        Some(Half::Evening) if hours < 12 => hours + 12,
        Some(Half::Morning) if hours == 12 => 0,
        // `17.40 am` contradicts itself; the half of the day is what was said last.
        Some(Half::Morning) if hours > 12 => hours - 12,
        _ => hours % 24,
    };
    let half_day = ambiguous && half.is_none() && hours <= 12;
    Some(Value::Time { minutes: hours * 60 + minutes, half_day })
}

/// A time of day in digits: `14h30`, `17:30`, `2.30 p.m.`, `5 a.m.`, `15 heures 30`.
pub(super) fn clock(page: Page<'_>, start: usize) -> Found {
    let hours = page.small(start)?;
    if page.slice(start).len() == 4 {
        return military(page, start);
    }
    if hours > 24 {
        return None;
    }
    let minutes_at = |at: usize| (page.is_digits(at) && page.slice(at).len() == 2).then(|| page.small(at)).flatten();
    let next = start + 1;
    if page.is_mark(next, &[':']) && page.glued(next) && page.glued(next + 1) {
        let minutes = minutes_at(next + 1)?;
        let mut at = next + 2;
        if page.is_mark(at, &[':']) && page.glued(at) && page.glued(at + 1)
            && let Some(seconds) = minutes_at(at + 1)
        {
            // A winner's time: hours, minutes and seconds.
            at += 2;
            let total = i128::from(hours) * 3600 + i128::from(minutes) * 60 + i128::from(seconds);
            let mut found = figure(page, start, at, Kind::Duration, Value::from(total), Form::Digits);
            found.unit = Unit::with_code("s");
            if seconds == 0 {
                found.others.extend(
                    on_the_clock(hours, minutes, None, true).map(|value| Reading { kind: Kind::Time, value, unit: None }),
                );
            }
            return Some((found, at));
        }
        return Some(time(page, start, at, hours, minutes));
    }
    if page.is_mark(next, &['.']) && page.glued(next) && page.glued(next + 1) {
        let minutes = minutes_at(next + 1)?;
        let hours_said = matches!(page.key(next + 2), HRS | HOURS | H | HEURES | GMT);
        if !hours_said {
            half_of_day(page, next + 2).filter(|(_, end)| *end > next + 2)?;
        }
        let end = if hours_said && page.key(next + 2) != GMT { next + 3 } else { next + 2 };
        return Some(time(page, start, end, hours, minutes));
    }
    if page.language == Language::English {
        if page.key(next) == H && page.glued(next) && page.glued(next + 1)
            && let Some(minutes) = minutes_at(next + 1)
        {
            return Some(time(page, start, next + 2, hours, minutes));
        }
        let at = page.past_hyphen(next);
        if hours <= 12 && matches!(page.key(at), AM | PM | A | P) && half_of_day(page, at).is_some() {
            return Some(time(page, start, at, hours, 0));
        }
        if page.key(next) == const { key("o") } && page.key(next + 2) == const { key("clock") } {
            return Some(time(page, start, next + 3, hours, 0));
        }
        return None;
    }
    if page.is_word(next) && matches!(page.key(next), H | HEURE | HEURES) {
        let glued_digits = page.is_digits(next + 1);
        // `2 heures 40 minutes` lasts; `15 heures 30` is a time.
        let lasts = matches!(page.key(next + 2), MINUTE | MINUTES | MN | MIN);
        let minutes = if glued_digits && !lasts { minutes_at(next + 1) } else { None };
        // `15 heures 30` is a time; `pendant 15 heures 300 personnes` is not: two digits only.
        let end = if minutes.is_some() { next + 2 } else { next + 1 };
        return Some(time(page, start, end, hours, minutes.unwrap_or(0)));
    }
    None
}

/// `1530 hours`.
fn military(page: Page<'_>, start: usize) -> Found {
    let digits = page.small(start)?;
    if page.language != Language::English || page.key(start + 1) != const { key("hours") } {
        return None;
    }
    if digits > 2400 || !page.slice(start).starts_with(['0', '1', '2']) {
        return None;
    }
    let value = on_the_clock(digits / 100, digits % 100, None, false)?;
    Some((figure(page, start, start + 2, Kind::Time, value, Form::Digits), start + 2))
}

/// A time with what follows it; `end` is the token after the digits.
fn time(page: Page<'_>, start: usize, end: usize, hours: u16, minutes: u16) -> (Figure, usize) {
    let half = half_of_day(page, end);
    let after = half.as_ref().map_or(end, |(_, after)| *after);
    let french = page.language == Language::French;
    let half = half.map(|(half, _)| half);
    let mut value = on_the_clock(hours, minutes, half.as_ref(), !french);
    let (mut end, mut after, mut minutes) = (end, after, minutes);
    if french && let Some(exact @ Value::Time { minutes: before, .. }) = value {
        let (shifted, past) = past_the_hour(page, exact, after);
        if let (true, Value::Time { minutes: now, .. }) = (past > after, shifted) {
            // `10 heures et demie` lasts as long as it says; `moins vingt` is only told by a clock.
            minutes = if now > before { minutes + (now - before) } else { minutes };
            value = Some(shifted);
            (end, after) = (past, past);
        }
    }
    let colon = page.is_mark(start + 1, &[':']);
    let lasting = Reading {
        kind: Kind::Duration,
        value: Value::Number(Number::new(i128::from(hours) * 60 + i128::from(minutes), 60)),
        unit: Unit::with_code("h"),
    };
    let said = half.is_some();
    let zone = matches!(page.key(after), GMT | UTC) || matches!(page.slice(after), "HNE" | "CET" | "ET");
    let timed = said || zone || colon || !french || introduces_time(page, start) || page.is_digits(end.wrapping_sub(1)) && end > start + 2;
    let span_end = if said { after } else { end };
    match value {
        Some(value) if timed => {
            let mut found = figure(page, start, span_end, Kind::Time, value, Form::Digits);
            if !said {
                found.others.push(lasting);
            }
            (found, span_end)
        }
        value => {
            let mut found = figure(page, start, span_end, Kind::Duration, lasting.value, Form::Digits);
            found.unit = lasting.unit;
            found.others.extend(value.map(|value| Reading { kind: Kind::Time, value, unit: None }));
            (found, span_end)
        }
    }
}

/// The same for a time in words, once the number is read: `huit heures du soir`, `five o'clock`, `eight p.m.`.
pub(super) fn spoken_clock(page: Page<'_>, start: usize, end: usize, hours: u16) -> Found {
    let found = match page.language {
        Language::French if page.key(start.wrapping_sub(1)) == MOINS => return None,
        Language::French if matches!(page.key(end), HEURE | HEURES) => {
            let half = half_of_day(page, end + 1);
            let after = half.as_ref().map_or(end + 1, |(_, after)| *after);
            let value = on_the_clock(hours, 0, half.as_ref().map(|(half, _)| half), true)?;
            let (value, after) = past_the_hour(page, value, after);
            (value, after)
        }
        Language::English => {
            if page.key(end) == const { key("o") } && page.key(end + 2) == const { key("clock") } {
                let half = half_of_day(page, end + 3);
                let after = half.as_ref().map_or(end + 3, |(_, after)| *after);
                (on_the_clock(hours, 0, half.as_ref().map(|(half, _)| half), true)?, after)
            } else {
                let (half, after) = half_of_day(page, end).filter(|(_, after)| *after > end)?;
                (on_the_clock(hours, 0, Some(&half), true)?, after)
            }
        }
        Language::French => return None,
    };
    let told = found.1 > end + 1 || page.language == Language::English;
    let mut figure = figure(page, start, found.1, Kind::Time, found.0, Form::Words);
    if page.language == Language::French {
        let past = match found.0 {
            Value::Time { minutes, .. } => i128::from(minutes % 60),
            _ => 0,
        };
        let value = Value::Number(Number::new(i128::from(hours) * 60 + past, 60));
        let lasting = Reading { kind: Kind::Duration, value, unit: Unit::with_code("h") };
        if told || introduces_time(page, start) {
            figure.others.push(lasting);
        } else {
            figure.others.push(Reading { kind: Kind::Time, value: figure.value, unit: None });
            (figure.kind, figure.value, figure.unit) = (lasting.kind, lasting.value, lasting.unit);
        }
    }
    Some((figure, found.1))
}

/// `et demie`, `et quart`, `moins vingt` after the hour.
fn past_the_hour(page: Page<'_>, time: Value, end: usize) -> (Value, usize) {
    let Value::Time { minutes, half_day } = time else { return (time, end) };
    let (shift, after) = match (page.key(end), page.key(end + 1)) {
        (ET, DEMI | DEMIE) => (30, end + 2),
        (ET, QUART) => (15, end + 2),
        (MOINS, LE) if page.key(end + 2) == QUART => (-15, end + 3),
        (_, _) if page.key(end) != MOINS => match page.words(end) {
            // `six heures trente`
            Some(run) if !run.rank && run.value.is_integer() && run.value < whole(60) && run.value > whole(9) && minutes % 60 == 0 => {
                (i32::try_from(run.value.to_integer()).unwrap_or(0), run.end)
            }
            _ => return (time, end),
        },
        (MOINS, _) => match page.words(end + 1) {
            Some(run) if !run.rank && run.value.is_integer() && run.value < whole(30) => {
                (-i32::try_from(run.value.to_integer()).unwrap_or(0), run.end)
            }
            _ => return (time, end),
        },
        _ => return (time, end),
    };
    let minutes = u16::try_from((i32::from(minutes) + shift).rem_euclid(1440)).unwrap_or(minutes);
    (Value::Time { minutes, half_day }, after)
}

/// Whether the words before say that a time of day follows: `à`, `vers`, `dès`…
fn introduces_time(page: Page<'_>, start: usize) -> bool {
    if page.key(start.wrapping_sub(1)) == DE && page.key(start.wrapping_sub(2)) == PARTIR {
        return true;
    }
    let compared = matches!(
        page.key(start.wrapping_sub(2)),
        SUPERIEUR | SUPERIEURE | SUPERIEURES | INFERIEUR | INFERIEURE | INFERIEURES
    );
    matches!(page.key(start.wrapping_sub(1)), A | VERS | DES | AVANT | APRES) && !compared
}

/// `er`, `e`, `th`: what makes digits a rank.
pub(super) fn is_rank_suffix(page: Page<'_>, index: usize) -> bool {
    match page.language {
        Language::French => matches!(
            page.key(index),
            E | ER | ERE | RE | EME | IEME | ND | NDE | EMES | ES | ERES | ERS | IEMES
        ),
        Language::English => matches!(page.key(index), ST | ND | RD | TH),
    }
}

impl Page<'_> {
    /// Whether the word opens a sentence, so that its capital says nothing.
    pub fn opens_sentence(&self, index: usize) -> bool {
        let Some(before) = index.checked_sub(1).and_then(|before| self.at(before)) else { return true };
        matches!(before.shape, Shape::Mark('.' | '!' | '?' | ':' | '"' | '“' | '«' | '‘' | '—' | '–' | '-' | '…' | '•' | '('))
            || self.at(index).is_some_and(|token| self.text[before.end..token.start].contains('\n'))
    }
}

macro_rules! keys {
    ($($name:ident $word:literal)*) => { $(const $name: u128 = key($word);)* };
}

keys! {
    DE "de" D "d" OF "of" MAY "may" JUNE "june" JULY "july" MARCH "march" JANV "janv" FEVR "fevr" FEV "fev" AVR "avr"
    JUIL "juil" OCT "oct" NOV "nov" DEC "dec" A "a" P "p" AM "am" PM "pm" MORNING "morning" AFTERNOON "afternoon"
    EVENING "evening" MATIN "matin" SOIR "soir" H "h" HEURE "heure" HEURES "heures" GMT "gmt" UTC "utc" VERS "vers"
    DES "des" AVANT "avant" APRES "apres" E "e" ER "er" ERE "ere" RE "re" EME "eme" IEME "ieme" ND "nd" NDE "nde"
    IN "in" SINCE "since" UNTIL "until" LAST "last" NEXT "next" THIS "this" BY "by" EARLY "early" LATE "late" MID "mid"
    FROM "from" TO "to" AND "and" BEFORE "before" AFTER "after" DURING "during" THROUGH "through" EVERY "every" THE "the"
    BETWEEN "between" OR "or" ON "on" EACH "each" FOR "for" TILL "till" NUIT "nuit" ET "et" DEMI "demi" DEMIE "demie"
    QUART "quart" MOINS "moins" LE "le" SUPERIEUR "superieur" SUPERIEURE "superieure" SUPERIEURES "superieures"
    INFERIEUR "inferieur" INFERIEURE "inferieure" INFERIEURES "inferieures" DAY "day" EN "en" DEPUIS "depuis" FIN "fin" DEBUT "debut" MI "mi" COURANT "courant" HRS "hrs" HOURS "hours"
    MINUTES "minutes" MINUTE "minute" MN "mn" MIN "min" TIMES "times" TELEGRAPH "telegraph" MAIL "mail" MIRROR "mirror"
    HERALD "herald" EXPRESS "express" POST "post" NIGHT "night" PARTIR "partir" PAST "past"
    EMES "emes" ES "es" ERES "eres" ERS "ers" IEMES "iemes" ST "st" RD "rd" TH "th"
}
