//! Times of day, and lengths of time that look like them.
//!
//! In: tokens and where to begin. Out: a figure and the token after it, or nothing. Laws: a time without its half of the day
//! says so; what may be a time or a length keeps both readings. Sources: CLDR 46 `fr` (24 hours) and `en` (12 hours).

use super::calendar::{Found, figure};
#[allow(clippy::wildcard_imports, reason = "a vocabulary: one name a word")]
use super::keys::*;
use super::numerals::Page;
use super::unit::Unit;
use super::value::{Form, Kind, Number, Value, plus, power_of_ten, whole};
use super::words::Language;
use super::{Figure, Reading};

/// The half of the day a time stands in.
enum Half {
    Morning,
    Evening,
}

/// `a.m.`, `pm`, `du soir`, `in the afternoon`: the half, and the token after it.
fn half_of_day(page: Page<'_>, at: usize) -> Option<(Half, usize)> {
    let word = page.key(at);
    if page.language == Language::English {
        if word == AM {
            return Some((Half::Morning, at + 1));
        }
        if word == PM {
            return Some((Half::Evening, at + 1));
        }
        let dotted = page.is_mark(at + 1, &['.']) && page.glued(at + 1) && page.key(at + 2) == M;
        if dotted && matches!(word, A | P) {
            let end = if page.is_mark(at + 3, &['.']) && page.glued(at + 3) {
                at + 4
            } else {
                at + 3
            };
            return Some((if word == A { Half::Morning } else { Half::Evening }, end));
        }
        if word == TONIGHT {
            return Some((Half::Evening, at));
        }
        if word == AT && page.key(at + 1) == NIGHT {
            return Some((Half::Evening, at + 2));
        }
        if word == IN && page.key(at + 1) == THE {
            return match page.key(at + 2) {
                MORNING => Some((Half::Morning, at + 3)),
                AFTERNOON | EVENING => Some((Half::Evening, at + 3)),
                _ => None,
            };
        }
        return None;
    }
    if word == DU {
        return match page.key(at + 1) {
            MATIN => Some((Half::Morning, at + 2)),
            SOIR => Some((Half::Evening, at + 2)),
            _ => None,
        };
    }
    // `de l'après-midi`
    let afternoon = word == DE && page.key(at + 1) == L && page.key(at + 3) == APRES;
    (afternoon && page.key(at + 5) == MIDI).then_some((Half::Evening, at + 6))
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
    Some(Value::Time {
        minutes: hours * 60 + minutes,
        half_day,
    })
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
    let minutes_at = |at: usize| {
        (page.is_digits(at) && page.slice(at).len() == 2)
            .then(|| page.small(at))
            .flatten()
    };
    let next = start + 1;
    // `2 :03 :59`: a French typist puts a space before the colon.
    let colon = |at: usize| {
        page.is_mark(at, &[':'])
            && (page.glued(at) || page.language == Language::French)
            && page.glued(at + 1)
    };
    if colon(next) {
        let minutes = minutes_at(next + 1)?;
        let mut at = next + 2;
        if colon(at)
            && let Some(seconds) = minutes_at(at + 1)
        {
            // A winner's time: hours, minutes and seconds.
            at += 2;
            let total = i128::from(hours) * 3600 + i128::from(minutes) * 60 + i128::from(seconds);
            let mut found = figure(page, start, at, Kind::Duration, Value::from(total), Form::Digits);
            found.unit = Unit::with_code("s");
            if seconds == 0 {
                found
                    .others
                    .extend(on_the_clock(hours, minutes, None, true).map(|value| Reading {
                        kind: Kind::Time,
                        value,
                        unit: None,
                    }));
            }
            return Some((found, at));
        }
        return Some(
            split_seconds(page, start, hours, minutes)
                .unwrap_or_else(|| time(page, start, at, hours, minutes)),
        );
    }
    if page.is_mark(next, &['.']) && page.glued(next) && page.glued(next + 1) {
        let minutes = minutes_at(next + 1)?;
        let hours_said = matches!(page.key(next + 2), HRS | HOURS | H | HEURES | GMT);
        if !hours_said {
            half_of_day(page, next + 2).filter(|(_, end)| *end > next + 2)?;
        }
        let end = if hours_said && page.key(next + 2) != GMT {
            next + 3
        } else {
            next + 2
        };
        return Some(time(page, start, end, hours, minutes));
    }
    if page.language == Language::English {
        if page.key(next) == H
            && page.glued(next)
            && page.glued(next + 1)
            && let Some(minutes) = minutes_at(next + 1)
        {
            return Some(time(page, start, next + 2, hours, minutes));
        }
        let at = page.past_hyphen(next);
        if hours <= 12 && matches!(page.key(at), AM | PM | A | P) && half_of_day(page, at).is_some() {
            return Some(time(page, start, at, hours, 0));
        }
        if page.key(next) == O && page.key(next + 2) == CLOCK {
            return Some(time(page, start, next + 3, hours, 0));
        }
        return None;
    }
    if page.is_word(next) && matches!(page.key(next), H | HEURE | HEURES) {
        let glued_digits = page.is_digits(next + 1);
        // `2 heures 40 minutes` lasts; `15 heures 30` is a time.
        let lasts = matches!(page.key(next + 2), MINUTE | MINUTES | MN | MIN);
        let minutes = if glued_digits && !lasts {
            minutes_at(next + 1)
        } else {
            None
        };
        // `15 heures 30` is a time; `pendant 15 heures 300 personnes` is not: two digits only.
        let end = if minutes.is_some() { next + 2 } else { next + 1 };
        return Some(time(page, start, end, hours, minutes.unwrap_or(0)));
    }
    None
}

/// `2:34.56`: minutes, seconds and their decimals.
fn split_seconds(page: Page<'_>, start: usize, minutes: u16, seconds: u16) -> Found {
    let (mark, decimals) = (start + 3, start + 4);
    let digits = page.slice(decimals);
    let fits = page.is_mark(mark, &['.', ','])
        && page.glued(mark)
        && page.glued(decimals)
        && page.is_digits(decimals)
        && digits.len() <= 3;
    if !fits {
        return None;
    }
    let part = Number::from_integer(digits.parse().ok()?) / power_of_ten(u8::try_from(digits.len()).ok()?);
    let value = plus(whole(i128::from(minutes) * 60 + i128::from(seconds)), part)?;
    let mut found = figure(
        page,
        start,
        decimals + 1,
        Kind::Duration,
        Value::Number(value),
        Form::Digits,
    );
    found.unit = Unit::with_code("s");
    Some((found, decimals + 1))
}

/// `1530 hours`.
fn military(page: Page<'_>, start: usize) -> Found {
    let digits = page.small(start)?;
    if page.language != Language::English || page.key(start + 1) != HOURS {
        return None;
    }
    if digits > 2400 || !page.slice(start).starts_with(['0', '1', '2']) {
        return None;
    }
    let value = on_the_clock(digits / 100, digits % 100, None, false)?;
    Some((
        figure(page, start, start + 2, Kind::Time, value, Form::Digits),
        start + 2,
    ))
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
            minutes = if now > before {
                minutes + (now - before)
            } else {
                minutes
            };
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
    let timed = said
        || zone
        || colon
        || !french
        || introduces_time(page, start)
        || page.is_digits(end.wrapping_sub(1)) && end > start + 2;
    let span_end = if said { after } else { end };
    match value {
        Some(value) if timed => {
            let mut found = figure(page, start, span_end, Kind::Time, value, Form::Digits);
            if !said {
                found.others.push(lasting);
                // `2:34` on a stopwatch is minutes and seconds.
                if colon {
                    found.others.push(Reading {
                        kind: Kind::Duration,
                        value: Value::from(i128::from(hours) * 60 + i128::from(minutes)),
                        unit: Unit::with_code("s"),
                    });
                }
            }
            (found, span_end)
        }
        value => {
            let mut found = figure(page, start, span_end, Kind::Duration, lasting.value, Form::Digits);
            found.unit = lasting.unit;
            found.others.extend(value.map(|value| Reading {
                kind: Kind::Time,
                value,
                unit: None,
            }));
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
            if page.key(end) == O && page.key(end + 2) == CLOCK {
                let half = half_of_day(page, end + 3);
                let after = half.as_ref().map_or(end + 3, |(_, after)| *after);
                (
                    on_the_clock(hours, 0, half.as_ref().map(|(half, _)| half), true)?,
                    after,
                )
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
        let lasting = Reading {
            kind: Kind::Duration,
            value,
            unit: Unit::with_code("h"),
        };
        if told || introduces_time(page, start) {
            figure.others.push(lasting);
        } else {
            figure.others.push(Reading {
                kind: Kind::Time,
                value: figure.value,
                unit: None,
            });
            (figure.kind, figure.value, figure.unit) = (lasting.kind, lasting.value, lasting.unit);
        }
    }
    Some((figure, found.1))
}

/// `et demie`, `et quart`, `moins vingt` after the hour.
fn past_the_hour(page: Page<'_>, time: Value, end: usize) -> (Value, usize) {
    let Value::Time { minutes, half_day } = time else {
        return (time, end);
    };
    let (shift, after) = match (page.key(end), page.key(end + 1)) {
        (ET, DEMI | DEMIE) => (30, end + 2),
        (ET, QUART) => (15, end + 2),
        (MOINS, LE) if page.key(end + 2) == QUART => (-15, end + 3),
        (_, _) if page.key(end) != MOINS => match page.words(end) {
            // `six heures trente`
            Some(run)
                if !run.rank
                    && run.value.is_integer()
                    && run.value < whole(60)
                    && run.value > whole(9)
                    && minutes % 60 == 0 =>
            {
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
