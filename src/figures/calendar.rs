//! Dates, days of the week, times of day.
//!
//! In: tokens and where to begin. Out: figures and the token after them, or nothing. Laws: a date holds only what the
//! text says; a time without its half of the day says so. Sources: CLDR 46 `fr` and `en` (order of day and month, 12- and
//! 24-hour clock); EDTF, ISO 8601-2 (the written value). `04/03/2026` is 4 March in French; in English both are kept.

#[allow(clippy::wildcard_imports, reason = "a vocabulary: one name a word")]
use super::keys::*;
use super::numerals::Page;
use super::token::Shape;
use super::value::{Date, Form, Kind, Value};
use super::words::{Cue, Language, Numeral};
use super::{Figure, Reading};
use crate::span::Span;

/// A figure and the token after it.
pub(super) type Found = Option<(Figure, usize)>;

/// A figure over the tokens `start..end`.
pub(super) fn figure(
    page: Page<'_>,
    start: usize,
    end: usize,
    kind: Kind,
    value: Value,
    form: Form,
) -> Figure {
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
    u8::try_from(day)
        .ok()
        .filter(|day| (1..=31).contains(day) && page.slice(index).len() <= 2)
}

/// `2026-03-04`, `04/03/2026`, `4.3.2026`.
pub(super) fn numeric_date(page: Page<'_>, start: usize) -> Found {
    // The day of the attacks has a name of its own.
    if page.language == Language::English
        && (page.slice(start), page.slice(start + 2)) == ("9", "11")
        && page.is_mark(start + 1, &['/'])
        && !page.is_mark(start + 3, &['/'])
    {
        let value = Value::Date(Date {
            month: Some(9),
            day: Some(11),
            ..Date::default()
        });
        return Some((
            figure(page, start, start + 3, Kind::Date, value, Form::Digits),
            start + 3,
        ));
    }
    for mark in ['/', '.', '-'] {
        if !(page.is_mark(start + 1, &[mark]) && page.is_mark(start + 3, &[mark])) {
            continue;
        }
        if !(1..=4).all(|ahead| page.glued(start + ahead))
            || page.is_mark(start + 5, &[mark]) && page.is_digits(start + 6) && page.glued(start + 6)
        {
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
                return Some((
                    figure(page, start, start + 5, Kind::Date, value, Form::Digits),
                    start + 5,
                ));
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
        found.others.extend(other.map(|value| Reading {
            kind: Kind::Date,
            value,
            unit: None,
        }));
        return Some((found, start + 5));
    }
    None
}

/// The month at `index`, if it is one there: `mars` is also a planet, `May` also a verb.
fn month(page: Page<'_>, index: usize, dated: bool) -> Option<u8> {
    let token = page.at(index)?;
    let Cue::Month(month) = token.word.cue else {
        return None;
    };
    let abbreviated = token.end - token.start <= 4
        && page.language == Language::English
        && !matches!(token.key, MAY | JUNE | JULY)
        || page.language == Language::French
            && matches!(token.key, JANV | FEVR | FEV | AVR | JUIL | OCT | NOV | DEC);
    let dotted = page.is_mark(index + 1, &['.']) && page.glued(index + 1);
    match page.language {
        Language::French => {
            if abbreviated && !(dated || dotted) {
                return None;
            }
            // The planet, the company.
            let placed = matches!(
                page.key(index.wrapping_sub(1)),
                EN | DE | DEPUIS | FIN | DEBUT | MI | COURANT
            );
            if token.key == MARS && token.capital && !dated && !placed && !page.opens_sentence(index) {
                return None;
            }
        }
        Language::English => {
            if !token.capital {
                return None;
            }
            if abbreviated && !(dated || dotted || token.key == SEPT) {
                return None;
            }
            // A verb, a name: without a date only a preposition makes it a month.
            let placed = matches!(
                page.key(index.wrapping_sub(1)),
                IN | OF
                    | SINCE
                    | UNTIL
                    | LAST
                    | NEXT
                    | THIS
                    | BY
                    | EARLY
                    | LATE
                    | MID
                    | FROM
                    | TO
                    | AND
                    | BEFORE
                    | AFTER
                    | DURING
                    | THROUGH
                    | EVERY
                    | THE
                    | BETWEEN
                    | OR
                    | ON
                    | EACH
                    | FOR
                    | TILL
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
    if page.is_mark(at, &['.'])
        && page.glued(at)
        && page.at(at - 1).is_some_and(|token| token.end - token.start <= 4)
    {
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
    let value = Value::Date(Date {
        year,
        month: Some(month),
        day: Some(day),
        decade: false,
    });
    Some((figure(page, start, end, Kind::Date, value, Form::Digits), end))
}

/// A year in its place after a month.
fn year_after(page: Page<'_>, at: usize) -> Option<i32> {
    // `mars 2 008`? No; but `le 5 mai 1500 personnes` is so rare that the year wins.
    let year = year(page, at)?;
    let decimal = page.is_mark(at + 1, &[',', '.'])
        && page.glued(at + 1)
        && page.is_digits(at + 2)
        && page.glued(at + 2);
    let percent = page.is_mark(at + 1, &['%']);
    (!decimal && !percent).then_some(year)
}

/// A date that begins with its month: `décembre 2008`, `December 5th, 2008`, `May`.
pub(super) fn from_month(page: Page<'_>, start: usize) -> Found {
    let mut at = start + 1;
    let dotted = page.is_mark(at, &['.'])
        && page.glued(at)
        && page.at(start).is_some_and(|token| token.end - token.start <= 4);
    if dotted {
        at += 1;
    }
    let mut date = Date::default();
    let mut end = start + 1;
    if page.language == Language::English {
        let the = usize::from(page.key(at) == THE);
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
    let implied = page.language == Language::English && page.key(start + 1) == DAY;
    if implied && date.month == Some(5) {
        date.day = Some(1);
    }
    let kind = if dated || date.day.is_some() {
        Kind::Date
    } else {
        Kind::Month
    };
    let form = if implied {
        Form::Implied
    } else if date.day.is_some() {
        Form::Digits
    } else {
        Form::Words
    };
    Some((figure(page, start, end, kind, Value::Date(date), form), end))
}

/// `May 5 people`? No day if a colon, a percent sign or a scale word follows it.
fn followed_by_clock_or_unit(page: Page<'_>, at: usize) -> bool {
    let Some(next) = page.at(at + 1) else { return false };
    match next.shape {
        Shape::Mark(':' | '%') => true,
        Shape::Mark(',' | '.') => {
            !next.spaced && page.is_digits(at + 2) && page.glued(at + 2) && page.slice(at + 2).len() != 4
        }
        Shape::Word => {
            matches!(next.word.numeral, Numeral::Scale(_) | Numeral::Thousand)
                || next.word.cue == Cue::Percent
        }
        _ => false,
    }
}

/// A day of the week.
pub(super) fn weekday(page: Page<'_>, start: usize) -> Found {
    let token = page.at(start)?;
    let Cue::Weekday(day) = token.word.cue else {
        return None;
    };
    if page.language == Language::English
        && (!token.capital || token.end - token.start <= 5 && !is_dotted_day(page, start))
    {
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
        found.others.push(Reading {
            kind: Kind::Weekday,
            value: Value::from(eve),
            unit: None,
        });
    }
    // A newspaper, a programme.
    found.in_name = page.at(start + 1).is_some_and(|next| {
        next.capital
            && matches!(
                next.key,
                TIMES | TELEGRAPH | MAIL | MIRROR | HERALD | EXPRESS | POST | NIGHT
            )
    });
    Some((found, start + 1))
}

/// `Mon.`, `Tues.`: an abbreviation has its point.
fn is_dotted_day(page: Page<'_>, start: usize) -> bool {
    page.is_mark(start + 1, &['.']) && page.glued(start + 1)
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
        let Some(before) = index.checked_sub(1).and_then(|before| self.at(before)) else {
            return true;
        };
        matches!(
            before.shape,
            Shape::Mark('.' | '!' | '?' | ':' | '"' | '“' | '«' | '‘' | '—' | '–' | '-' | '…' | '•' | '(')
        ) || self
            .at(index)
            .is_some_and(|token| self.text[before.end..token.start].contains('\n'))
    }
}
