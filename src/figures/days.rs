//! Days told from another day, and days that have a name: `hier`, the day after tomorrow, Bastille Day.
//!
//! In: tokens and where such a word stands. Out: a figure of the implied form and the token after it, or nothing: what a
//! text says by *yesterday* is never missed on its own, but must not come back as another day. Law: the count runs from the
//! day of the text, which is told neither here nor there; both languages count from the same one.
//! Sources: Grevisse, *Le bon usage*, adverbs of time (`hier`, `la veille`, `le surlendemain`); Quirk §8.52 ff.; the named
//! days, *Code du travail* L3133-1 and CLDR 46, calendar events.

use super::calendar::{Found, figure};
#[allow(clippy::wildcard_imports, reason = "a vocabulary: one name a word")]
use super::keys::*;
use super::numerals::Page;
use super::unit::Unit;
use super::value::{Date, Form, Kind, Value};
use super::words::{Cue, Language};
use super::{Figure, Reading};

/// The day a word of `Cue::Day` or `Cue::Daypart` tells, with the words that belong to it. `taken`: the first token that is free.
pub(super) fn relative(page: Page<'_>, at: usize, taken: usize) -> Found {
    let (first, end, day, other) = match (page.language, page.at(at)?.word.cue) {
        (Language::French, Cue::Day(day)) => french(page, at, day)?,
        (Language::French, Cue::Daypart) => french_part(page, at)?,
        // Eve is also a name, and `Christmas Eve` another day.
        (Language::English, Cue::Day(_))
            if page.key(at) == EVE && (page.at(at)?.capital || page.key(at + 1) != OF) =>
        {
            return None;
        }
        (Language::English, Cue::Day(day)) => (at, at + 1, day, None),
        (Language::English, Cue::Daypart) => english_part(page, at)?,
        _ => return None,
    };
    (first >= taken).then(|| told(page, first, end, day, other))
}

fn told(page: Page<'_>, first: usize, end: usize, day: i8, other: Option<i8>) -> (Figure, usize) {
    let mut found = figure(page, first, end, Kind::Date, Value::Day(day), Form::Implied);
    found.others.extend(other.map(|day| Reading {
        kind: Kind::Date,
        value: Value::Day(day),
        unit: None,
    }));
    (found, end)
}

/// First token, token after the last, the day, another day it may be.
type Told = Option<(usize, usize, i8, Option<i8>)>;

fn french(page: Page<'_>, at: usize, day: i8) -> Told {
    let before = page.key(at.wrapping_sub(1));
    let hyphen = at >= 2 && page.is_mark(at - 1, &['-', '‑', '‐']);
    let joined = if hyphen { page.key(at - 2) } else { 0 };
    match page.key(at) {
        AUJOURD => {
            (page.is_mark(at + 1, &['\'', '’']) && page.key(at + 2) == HUI).then_some((at, at + 3, 0, None))
        }
        HIER | VEILLE if joined == AVANT => Some((at - 2, at + 1, -2, None)),
        DEMAIN if joined == APRES => Some((at - 2, at + 1, 2, None)),
        // `elle veille` watches; the day before has its article.
        VEILLE => (before == LA).then_some((at, at + 1, day, None)),
        LENDEMAIN | SURLENDEMAIN => matches!(before, LE | AU | DU | CE).then_some((at, at + 1, day, None)),
        _ => Some((at, at + 1, day, None)),
    }
}

/// `ce soir`, `la nuit dernière`, `cette nuit` (the one that ends or the one that comes).
fn french_part(page: Page<'_>, at: usize) -> Told {
    let first = at.checked_sub(1)?;
    match (page.key(first), page.key(at), page.key(at + 1)) {
        (LA, NUIT, DERNIERE) => Some((first, at + 2, -1, None)),
        (CETTE, NUIT, _) => Some((first, at + 1, 0, Some(-1))),
        (CE, MATIN | SOIR, _) => Some((first, at + 1, 0, None)),
        _ => None,
    }
}

/// Last night, this morning, the next evening.
fn english_part(page: Page<'_>, at: usize) -> Told {
    let first = at.checked_sub(1)?;
    let day = match (page.key(first), page.key(at)) {
        (LAST, NIGHT | EVENING) | (PREVIOUS | PRECEDING, _) => -1,
        (THIS, _) => 0,
        (NEXT | FOLLOWING, MORNING | EVENING | NIGHT | AFTERNOON) => 1,
        _ if page.key(first) == THE && page.key(at + 1) == BEFORE => return Some((first, at + 2, -1, None)),
        _ => return None,
    };
    Some((first, at + 1, day, None))
}

/// What an English `day` or `year` tells with the words around it: the next day, the day before yesterday, the year before last;
/// in both languages `le jour suivant`. `taken`: the first token that is free.
pub(super) fn placed(page: Page<'_>, at: usize, taken: usize) -> Found {
    let before = at.checked_sub(1).filter(|before| *before >= taken);
    let lead = before.map_or(0, |before| page.key(before));
    let (next, further) = (page.key(at + 1), page.key(at + 2));
    if page.language == Language::French {
        let day = match (lead, page.key(at), next) {
            (LE, JOUR, SUIVANT) => 1,
            (LE, JOUR, PRECEDENT) => -1,
            _ => return None,
        };
        return Some(told(page, at, at + 2, day, None));
    }
    if next == BEFORE && further == LAST && lead == THE {
        // `the year before last`: two of them ago.
        let mut found = figure(page, at, at + 3, Kind::Duration, Value::from(2), Form::Implied);
        found.unit = page.at(at)?.word.unit;
        return Some((found, at + 3));
    }
    if lead == OTHER && page.key(at.wrapping_sub(2)) == EVERY {
        // Every other day: one in two.
        let mut found = figure(page, at, at + 1, Kind::Duration, Value::from(2), Form::Implied);
        found.unit = page.at(at)?.word.unit;
        return Some((found, at + 1));
    }
    if page.key(at) != DAY {
        return None;
    }
    match (next, further) {
        (BEFORE, YESTERDAY) => return Some(told(page, at, at + 3, -2, None)),
        (AFTER, TOMORROW) => return Some(told(page, at, at + 3, 2, None)),
        (BEFORE, _) if lead == THE => return Some(told(page, at, at + 2, -1, None)),
        (AFTER, _) if lead == THE => return Some(told(page, at, at + 2, 1, None)),
        _ => {}
    }
    let day = match lead {
        NEXT | FOLLOWING => 1,
        PREVIOUS | PRECEDING => -1,
        _ => return None,
    };
    Some(told(page, before?, at + 1, day, None))
}

/// A day of the year that English calls by its name: the words before `day` or `eve`, the month, the day.
const NAMED: [(u128, u128, u8, u8); 8] = [
    (0, BASTILLE, 7, 14),
    (YEAR, S, 1, 1),
    (YEARS, 0, 1, 1),
    (0, CHRISTMAS, 12, 25),
    (SAINTS, 0, 11, 1),
    (0, ARMISTICE, 11, 11),
    (0, REMEMBRANCE, 11, 11),
    (VALENTINE, S, 2, 14),
];

/// Bastille Day, New Year's Day, Christmas Eve: the token is `Day` or `Eve`.
pub(super) fn named(page: Page<'_>, at: usize, taken: usize) -> Found {
    let eve = page.key(at) == EVE;
    if page.language != Language::English || !(eve || page.key(at) == DAY) || !page.at(at)?.capital {
        return None;
    }
    let back = |steps: usize| at.checked_sub(steps).filter(|token| *token >= taken);
    let (one, two) = (back(1)?, back(3));
    let apostrophe = back(2).is_some_and(|mark| page.is_mark(mark, &['\'', '’']));
    // `Saints'` and `Years'` end in their mark.
    let marked = page.is_mark(one, &['\'', '’']);
    let word = |token: Option<usize>| token.map_or(0, |token| page.key(token));
    let (first, month, day) = NAMED.iter().find_map(|(owner, last, month, day)| {
        let first = match (*owner, *last) {
            (0, last) => (page.key(one) == last).then_some(one),
            (owner, 0) => (if marked {
                word(back(2)) == owner
            } else {
                page.key(one) == owner
            })
            .then_some(if marked { at - 2 } else { one }),
            (owner, last) => (apostrophe && page.key(one) == last && word(two) == owner).then_some(at - 3),
        };
        first.map(|first| (first, *month, *day))
    })?;
    let (month, day) = match (eve, month, day) {
        (false, month, day) => (month, day),
        (true, 1, 1) => (12, 31),
        (true, 12, 25) => (12, 24),
        _ => return None,
    };
    let date = Date {
        month: Some(month),
        day: Some(day),
        ..Date::default()
    };
    let found = figure(page, first, at + 1, Kind::Date, Value::Date(date), Form::Implied);
    Some((found, at + 1))
}

/// Whether a unit may be placed by the words around it: a day, a week, a month, a year.
pub(super) fn is_placed(unit: Option<Unit>) -> bool {
    unit.is_some_and(|unit| matches!(unit.code(), "d" | "wk" | "mo" | "a"))
}
