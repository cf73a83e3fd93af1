//! Figures of time that follow from others: what lies between two dates or hours, and what lies so far from one.
//!
//! In: a claim and a figure of the sentence. Out: where the derivation starts in the passages, and its rule. Law: the
//! distance is one that the passages or the sentence state, or lies between two dates of the passages.

use super::Claim;
use super::operands::MOST_OPERANDS;
use super::words::Word;
use crate::figures::{Date, Figure, Kind, Number, Unit, Value};
use crate::span::Span;

/// Lengths of time that French says in an adjective or a noun (`trimestriel`, `un quinquennat`): how the word begins, the
/// unit, and how many of it.
const PERIODS: &[(&str, &str, i128)] = &[
    ("annuel", "a", 1),
    ("bimensuel", "wk", 2),
    ("biennal", "a", 2),
    ("decenn", "a", 10),
    ("hebdomadaire", "wk", 1),
    ("mensuel", "mo", 1),
    ("quinquenn", "a", 5),
    ("quotidien", "d", 1),
    ("semestr", "mo", 6),
    ("septenn", "a", 7),
    ("trienn", "a", 3),
    ("trimestr", "mo", 3),
];

/// The words of the passages that say a length of time: where, its unit, how many.
pub(super) fn lengths(words: &[Word]) -> impl Iterator<Item = (Span, Unit, i128)> {
    words.iter().filter_map(|word| {
        let (_, unit, count) = PERIODS
            .iter()
            .find(|(opening, ..)| word.folded.starts_with(opening))?;
        Some((word.span, Unit::with_code(unit)?, *count))
    })
}

/// A length of time that French says in an adjective (`trimestriel`, *three-month*).
pub(super) fn periodic(claim: &Claim<'_>, figure: &Figure) -> Option<(Span, &'static str)> {
    let (unit, value) = (figure.unit?, figure.value.number()?);
    let found = lengths(&claim.french.words)
        .find(|(_, theirs, count)| unit.code() == theirs.code() && value == Number::from_integer(*count));
    found
        .filter(|_| figure.kind == Kind::Duration)
        .map(|(span, ..)| (span, "period"))
}

/// The hours between two times of day, past midnight too, or so many days later.
pub(super) fn hours(
    claim: &Claim<'_>,
    figure: &Figure,
    near: &dyn Fn(Option<Number>) -> bool,
) -> Option<(Span, &'static str)> {
    const DAY: i128 = 24 * 60;
    if figure.unit.map(Unit::code) != Some("h") {
        return None;
    }
    let times = claim.french_figures.iter().filter_map(|french| {
        let minutes = match french.value {
            Value::Time { minutes, .. } => i128::from(minutes),
            // `De 10h à 22h`: without minutes it may be a length or an hour of the day.
            Value::Number(hours) if french.unit.map(Unit::code) == Some("h") => {
                Some(hours.to_integer() * 60).filter(|minutes| *minutes <= DAY)?
            }
            _ => return None,
        };
        Some((french.span, minutes))
    });
    let times: Vec<(Span, i128)> = times.take(MOST_OPERANDS).collect();
    let dates = dates_of(&claim.french_figures);
    let days = dates.iter().enumerate().flat_map(|(at, (_, first))| {
        dates[at + 1..]
            .iter()
            .filter_map(|(_, second)| days_between(*first, *second))
    });
    let days: Vec<i128> = days.filter(|days| (1..=7).contains(days)).collect();
    times.iter().enumerate().find_map(|(at, (span, first))| {
        let apart = |second: i128| {
            let is = |minutes: i128| near(Some(Number::new(minutes, 60)));
            let later = second - first;
            is(later.abs()) || is(later.rem_euclid(DAY)) || days.iter().any(|days| is(later + days * DAY))
        };
        times[at + 1..]
            .iter()
            .any(|(_, second)| apart(*second))
            .then_some((*span, "elapsed hours"))
    })
}

/// The dates among figures, with where they stand.
fn dates_of(figures: &[Figure]) -> Vec<(Span, Date)> {
    let dates = figures.iter().filter_map(|figure| match figure.value {
        Value::Date(date) if !date.decade => Some((figure.span, date)),
        Value::Number(month) if figure.kind == Kind::Month => {
            let month = u8::try_from(month.to_integer()).ok();
            Some((
                figure.span,
                Date {
                    month,
                    ..Date::default()
                },
            ))
        }
        _ => None,
    });
    dates.take(MOST_OPERANDS).collect()
}

/// The days from one date to another, in years without a leap day; of one year where one of the two says none.
fn days_between(first: Date, second: Date) -> Option<i128> {
    let years = first
        .year
        .zip(second.year)
        .map_or(0, |(a, b)| i128::from(b) - i128::from(a));
    Some(i128::from(day_of_year(second)?) - i128::from(day_of_year(first)?) + years * 365)
}

/// The months from one date to another; of one year where one of the two says none.
fn months_between(first: Date, second: Date) -> Option<i128> {
    let years = first
        .year
        .zip(second.year)
        .map_or(0, |(a, b)| i128::from(b) - i128::from(a));
    Some(i128::from(second.month?) - i128::from(first.month?) + years * 12)
}

/// What lies between two dates of the passages, in years, months, weeks or days.
pub(super) fn elapsed(
    claim: &Claim<'_>,
    figure: &Figure,
    value: Number,
    near: &dyn Fn(Option<Number>) -> bool,
) -> Option<(Span, &'static str)> {
    let unit = figure.unit.map(Unit::code);
    let aged = claim.sentence[..figure.span.start].trim_end().ends_with("aged");
    let is_age = matches!(figure.kind, Kind::Age | Kind::Duration) || aged;
    let in_years = is_age && (unit == Some("a") || figure.kind == Kind::Age || aged);
    let mut dates = dates_of(&claim.french_figures);
    let stated = dates.len();
    // The other end may be a date that the sentence itself derives; it is judged on its own.
    let theirs = dates_of(&claim.english_figures);
    dates.extend(theirs.into_iter().map(|(_, date)| (Span::new(0, 0), date)));
    let is = |count: i128, parts: i128| count != 0 && near(Some(Number::new(count.abs(), parts)));
    if unit == Some("d") {
        // *Two days later*: from one day of the week to another.
        let weekdays = claim
            .french_figures
            .iter()
            .filter(|french| french.kind == Kind::Weekday);
        let weekdays: Vec<(Span, i128)> = weekdays
            .filter_map(|french| Some((french.span, french.value.number()?.to_integer())))
            .collect();
        let found = weekdays.iter().enumerate().find(|(at, (_, first))| {
            weekdays[at + 1..].iter().any(|(_, second)| {
                is((second - first).rem_euclid(7), 1) || is((first - second).rem_euclid(7), 1)
            })
        });
        if let Some((_, (span, _))) = found {
            return Some((*span, "elapsed days"));
        }
    }
    for (at, (span, first)) in dates[..stated].iter().enumerate() {
        for (_, second) in &dates[at + 1..] {
            let years = first
                .year
                .zip(second.year)
                .map(|(a, b)| i128::from(b) - i128::from(a));
            let months = months_between(*first, *second);
            if in_years
                && (years.is_some_and(|years| is(years, 1)) || months.is_some_and(|months| is(months, 12)))
            {
                return Some((*span, "elapsed years"));
            }
            let may_wrap = years.is_none()
                && months
                    .is_some_and(|months| is(months.rem_euclid(12), 1) || is((-months).rem_euclid(12), 1));
            if unit == Some("mo") && (may_wrap || months.is_some_and(|months| is(months, 1))) {
                return Some((*span, "elapsed months"));
            }
            let scale = match unit {
                Some("d") => 1,
                Some("wk") => 7,
                _ => continue,
            };
            // Without a year, the second may lie after the turn of it.
            let days = days_between(*first, *second);
            let wraps = years.is_none()
                && days.is_some_and(|days| {
                    is(days.rem_euclid(365), scale) || is((-days).rem_euclid(365), scale)
                });
            // The last day may be counted with the first.
            let apart = days.is_some_and(|days| {
                is(days, scale) || scale == 1 && Number::from_integer(days.abs() + 1) == value
            });
            if apart || wraps {
                return Some((*span, "elapsed days"));
            }
        }
    }
    None
}

/// The day in a year that is no leap year.
fn day_of_year(date: Date) -> Option<u16> {
    const BEFORE: [u16; 12] = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];
    let month = usize::from(date.month?);
    Some(BEFORE.get(month.checked_sub(1)?)? + u16::from(date.day?))
}

/// A year, a month or a day so far from one of the passages as they or the sentence state, or the one next to it.
pub(super) fn dated(claim: &Claim<'_>, figure: &Figure, date: Date) -> Option<(Span, &'static str)> {
    let dates = || {
        claim
            .french_figures
            .iter()
            .filter_map(|french| match french.value {
                Value::Date(other) => Some((french.span, other)),
                _ => None,
            })
    };
    let lengths = |code: &str| -> Vec<i128> {
        let all = claim.french_figures.iter().chain(&claim.english_figures);
        all.filter(|other| {
            other.kind == Kind::Duration && other.unit.map(Unit::code) == Some(code)
                || other.kind == Kind::Age && code == "a"
        })
        .filter_map(|other| Some(other.value.number()?.to_integer()))
        .collect()
    };
    if let Some(day) = day_of_year(date) {
        let days: Vec<i128> = lengths("d")
            .into_iter()
            .chain(lengths("wk").into_iter().map(|weeks| weeks * 7))
            .collect();
        return dates().find_map(|(span, other)| {
            let apart = i128::from(day_of_year(other)?.abs_diff(day));
            (apart > 0 && days.contains(&apart)).then_some((span, "days apart"))
        });
    }
    if date.month.is_some() {
        let months = lengths("mo");
        return dates().find_map(|(span, other)| {
            let apart = months_between(other, date)?.abs();
            (apart > 0 && months.contains(&apart)).then_some((span, "months apart"))
        });
    }
    let year = date.year?;
    if figure.span.of(claim.sentence).to_lowercase().contains("centur") {
        return dates()
            .find_map(|(span, other)| (other.year? / 100 == year / 100).then_some((span, "century")));
    }
    if date.decade {
        return dates().find_map(|(span, other)| {
            let decade = if year < 100 {
                other.year?.rem_euclid(100)
            } else {
                other.year?
            } / 10
                * 10;
            (decade == year).then_some((span, "decade"))
        });
    }
    let mut years = lengths("a");
    years.extend((says_next(claim.sentence) || says_next_in_french(claim.source)).then_some(1));
    dates().find_map(|(span, other)| {
        let gap = i128::from(other.year?.abs_diff(year));
        (gap > 0 && years.contains(&gap)).then_some((span, "years apart"))
    })
}

/// *The year after*, *the previous year*.
fn says_next(sentence: &str) -> bool {
    let lower = sentence.to_lowercase();
    [
        "year after",
        "year before",
        "year earlier",
        "year later",
        "next year",
        "previous year",
        "following year",
    ]
    .iter()
    .any(|words| lower.contains(words))
}

/// `L'année suivante`, `l'an dernier`.
fn says_next_in_french(source: &str) -> bool {
    let lower = source.to_lowercase();
    let is_next = |word: &str| {
        [
            "suivant",
            "précédent",
            "dernier",
            "dernière",
            "passé",
            "prochain",
            "d'après",
            "d’après",
            "d'avant",
            "d’avant",
        ]
        .iter()
        .any(|next| word.trim_start().starts_with(next))
    };
    ["l'an ", "l’an ", "année ", "an "].iter().any(|year| {
        lower
            .match_indices(year)
            .any(|(at, _)| is_next(&lower[at + year.len()..]))
    })
}

/// A month so many months from one of the passages.
pub(super) fn month(claim: &Claim<'_>, figure: &Figure) -> Option<(Span, &'static str)> {
    let month_of = |figure: &Figure| match figure.value {
        Value::Date(date) => date.month.map(i128::from),
        Value::Number(number) if figure.kind == Kind::Month => Some(number.to_integer()),
        _ => None,
    };
    let ours = month_of(figure)?;
    let lengths = claim
        .french_figures
        .iter()
        .filter(|other| other.unit.map(Unit::code) == Some("mo"));
    let lengths: Vec<i128> = lengths
        .filter_map(|other| Some(other.value.number()?.to_integer()))
        .collect();
    claim.french_figures.iter().find_map(|french| {
        let gap = (month_of(french)? - ours).rem_euclid(12);
        let reached = lengths
            .iter()
            .any(|months| months.rem_euclid(12) == gap || (-months).rem_euclid(12) == gap);
        (gap > 0 && reached).then_some((french.span, "months apart"))
    })
}

/// A weekday so many days from one of the passages.
pub(super) fn weekday(claim: &Claim<'_>, figure: &Figure) -> Option<(Span, &'static str)> {
    let day = figure.value.number()?.to_integer();
    let days: Vec<i128> = claim
        .french_figures
        .iter()
        .filter(|other| other.kind == Kind::Duration && other.unit.map(Unit::code) == Some("d"))
        .filter_map(|other| Some(other.value.number()?.to_integer()))
        .chain(
            RELATIVE
                .iter()
                .filter(|(word, _)| has_word(claim.source, word))
                .map(|(_, days)| *days),
        )
        .collect();
    let reaches = |french: &Figure| {
        let other = french.value.number().filter(|_| french.kind == Kind::Weekday);
        other.is_some_and(|other| {
            let gap = (other.to_integer() - day).rem_euclid(7);
            gap > 0
                && days
                    .iter()
                    .any(|days| days.rem_euclid(7) == gap || (-days).rem_euclid(7) == gap)
        })
    };
    // The day that `la veille` counts from is often named once, at the top.
    let (start, _) = claim.source.char_indices().nth(1).unwrap_or((0, ' '));
    let whole = || &claim.passages.read(claim.lexicon).figures;
    let here = claim
        .french_figures
        .iter()
        .find(|french| reaches(french))
        .map(|french| french.span);
    let span = here.or_else(|| whole().iter().any(reaches).then(|| Span::new(0, start)))?;
    Some((span, "days apart"))
}

/// Days that French names by their distance.
const RELATIVE: &[(&str, i128)] = &[
    ("lendemain", 1),
    ("veille", -1),
    ("hier", -1),
    ("demain", 1),
    ("surlendemain", 2),
];

pub(super) fn has_word(text: &str, word: &str) -> bool {
    text.split(|c: char| !c.is_alphabetic())
        .any(|other| other.eq_ignore_ascii_case(word))
}
