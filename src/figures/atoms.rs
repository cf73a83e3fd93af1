//! What a figure promises, piece by piece: a date is a day, a month and a year, a range its two ends.
//!
//! In: figures. Out: atoms in the order of the figures. Law: an atom knows every way in which it may be said again, as
//! keys; two atoms that share a key may stand for one another, and how well is for the match to judge.

use super::unit::Unit;
use super::value::{Form, Kind, Number, Value, times, whole};
use super::{Figure, Reading};

/// What an atom is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Class {
    Number,
    Rank,
    Fraction,
    Multiple,
    Code,
    Day,
    Month,
    Year,
    Decade,
    Weekday,
    Time,
    /// A day by its distance from the day of the text, ten added: never negative.
    Relative,
}

impl Class {
    /// Whether it is counted in bare numbers, so that another such class may stand for it.
    pub fn is_numeric(self) -> bool {
        !matches!(
            self,
            Self::Month | Self::Weekday | Self::Time | Self::Code | Self::Relative
        )
    }
}

/// One piece of a figure.
#[derive(Debug, Clone)]
pub(super) struct Atom {
    /// Which figure it is part of.
    pub figure: usize,
    pub class: Class,
    /// Never negative: the sign is the figure's.
    pub value: Number,
    pub unit: Option<Unit>,
    pub form: Form,
    /// A time that may be twelve hours later.
    pub half_day: bool,
    /// Other classes and values under which it may be found.
    pub others: Vec<(Class, Number, Option<Unit>)>,
}

fn absolute(number: Number) -> Number {
    if number < whole(0) { -number } else { number }
}

fn class_of(reading: &Reading) -> Class {
    match reading.kind {
        Kind::Ordinal => Class::Rank,
        Kind::Fraction => Class::Fraction,
        Kind::Multiple => Class::Multiple,
        Kind::Weekday => Class::Weekday,
        Kind::Identifier => Class::Code,
        _ => Class::Number,
    }
}

/// The pieces of `figures`, in order.
pub(super) fn atoms(figures: &[Figure]) -> Vec<Atom> {
    let mut atoms = Vec::with_capacity(figures.len() + 4);
    for (at, figure) in figures.iter().enumerate() {
        let first = atoms.len();
        let mut push = |class, value, form| {
            atoms.push(Atom {
                figure: at,
                class,
                value,
                unit: figure.unit,
                form,
                half_day: false,
                others: Vec::new(),
            });
        };
        match figure.value {
            Value::Number(number) => push(class_of(&figure.reading()), absolute(number), figure.form),
            Value::Range(low, high) => {
                push(Class::Number, absolute(low), figure.form);
                push(Class::Number, absolute(high), figure.form);
            }
            Value::Date(date) => {
                if date.decade {
                    push(
                        Class::Decade,
                        whole(i128::from(date.year.unwrap_or(0))),
                        figure.form,
                    );
                } else {
                    if let Some(day) = date.day {
                        push(Class::Day, whole(i128::from(day)), figure.form);
                    }
                    if let Some(month) = date.month {
                        push(Class::Month, whole(i128::from(month)), figure.form);
                    }
                    if let Some(year) = date.year {
                        push(Class::Year, whole(i128::from(year)), figure.form);
                    }
                }
            }
            Value::Day(day) => push(Class::Relative, whole(i128::from(day) + HERE), figure.form),
            Value::Time { minutes, half_day } => {
                push(Class::Time, whole(i128::from(minutes)), figure.form);
                if let Some(atom) = atoms.last_mut() {
                    atom.half_day = half_day;
                    let (hours, rest) = (i128::from(minutes / 60), i128::from(minutes % 60));
                    // `20.30`, `at six`, `1530`: the same time as a bare number.
                    let decimal = Number::new(hours * 100 + rest, 100);
                    atom.others.push((Class::Number, decimal, None));
                    if rest == 0 {
                        atom.others
                            .push((Class::Number, whole((hours + 11) % 12 + 1), None));
                        if hours == 0 {
                            atom.others.push((Class::Number, whole(24), None));
                        }
                    }
                    atom.others.push((Class::Number, whole(hours * 100 + rest), None));
                }
            }
        }
        for reading in &figure.others {
            match (reading.value, atoms.len() - first) {
                (Value::Number(number), 1) => {
                    atoms[first]
                        .others
                        .push((class_of(reading), absolute(number), reading.unit));
                }
                (Value::Range(low, high), 2) => {
                    atoms[first]
                        .others
                        .push((Class::Number, absolute(low), reading.unit));
                    atoms[first + 1]
                        .others
                        .push((Class::Number, absolute(high), reading.unit));
                }
                (Value::Time { minutes, .. }, 1) => {
                    atoms[first]
                        .others
                        .push((Class::Time, whole(i128::from(minutes)), None));
                    let hundreds = i128::from(minutes / 60) * 100 + i128::from(minutes % 60);
                    atoms[first].others.push((Class::Number, whole(hundreds), None));
                }
                (Value::Date(date), 3) => {
                    for (offset, part) in [date.day.map(i128::from), date.month.map(i128::from)]
                        .into_iter()
                        .enumerate()
                    {
                        let class = if offset == 0 { Class::Day } else { Class::Month };
                        atoms[first + offset]
                            .others
                            .extend(part.map(|part| (class, whole(part), None)));
                    }
                }
                (Value::Day(day), 1) => {
                    let day = whole(i128::from(day) + HERE);
                    atoms[first].others.push((Class::Relative, day, None));
                }
                _ => {}
            }
        }
    }
    atoms
}

/// What stands for the day of the text among relative days, so that none is negative.
const HERE: i128 = 10;

/// The exact conversions translators make: fifteen days and two weeks, six months and half a year, 50 % and half.
pub(super) fn conversions(atom: &mut Atom) {
    let value = atom.value;
    let mut also = Vec::new();
    if let Some(unit) = atom.unit
        && !unit.is_currency()
    {
        match unit {
            _ if unit.group() == unit.code() => {}
            _ => {
                // `quinze jours` is two weeks, `huit jours` one: both ends are counted.
                let days = unit.code() == "d";
                if days && (value == whole(15) || value == whole(8)) {
                    also.push((Class::Number, value - whole(1), Some(unit)));
                }
                for (other, factor) in siblings(unit) {
                    let base = also
                        .first()
                        .map_or(value, |(_, days, _): &(Class, Number, Option<Unit>)| *days);
                    let base = if days && unit.group() == "time" {
                        base
                    } else {
                        value
                    };
                    if let Some(converted) = times(base, factor) {
                        also.push((Class::Number, converted, Some(other)));
                    }
                }
            }
        }
    }
    match atom.class {
        Class::Fraction => {
            also.push((Class::Number, value, None));
            also.extend(
                times(value, whole(100)).map(|percent| (Class::Number, percent, Some(Unit::PERCENT))),
            );
            if *value.numer() == 1 {
                also.push((Class::Multiple, whole(*value.denom()), None));
            }
        }
        Class::Multiple => {
            also.push((Class::Number, value, None));
            if *value.numer() != 0 {
                also.push((Class::Fraction, value.recip(), None));
            }
        }
        Class::Code => {
            also.push((Class::Number, value, None));
            also.push((Class::Year, value, None));
            if value >= whole(40) && value < whole(100) {
                // `JO-92`
                also.push((Class::Year, value + whole(1900), None));
            }
        }
        Class::Relative => {
            // `le surlendemain`, two days later.
            let days = absolute(value - whole(HERE));
            also.extend(Unit::with_code("d").map(|day| (Class::Number, days, Some(day))));
        }
        Class::Decade => {
            // `les années 90`, the 1990s, the nineties.
            let year = value.to_integer();
            if !(100..1900).contains(&year) {
                also.push((Class::Decade, whole(year % 100), None));
                also.push((Class::Number, whole(year % 100), None));
            }
            also.push((
                Class::Year,
                whole(if year < 100 { year + 1900 } else { year }),
                None,
            ));
        }
        _ => {}
    }
    atom.others.extend(also);
}

/// The units a translator may turn this one into without a calculator, and by which factor.
fn siblings(unit: Unit) -> Vec<(Unit, Number)> {
    let others: &[&str] = match unit.code() {
        "s" => &["min", "h"],
        "min" => &["s", "h"],
        "h" => &["s", "min", "d"],
        "d" => &["h", "wk", "2.wk"],
        "wk" => &["d", "2.wk"],
        "2.wk" => &["d", "wk"],
        "mo" => &["a", "3.mo"],
        "6.mo" => &["mo", "a"],
        "a" | "3.mo" => &["mo"],
        "10.a" | "100.a" | "1000.a" => &["a"],
        "m" => &["km", "cm"],
        "cm" => &["m", "mm"],
        "mm" => &["cm"],
        "km" => &["m"],
        "kg" => &["t", "g"],
        "t" | "g" => &["kg"],
        _ => &[],
    };
    others
        .iter()
        .filter_map(|code| Unit::with_code(code))
        .map(|other| (other, unit.factor() / other.factor()))
        .collect()
}
