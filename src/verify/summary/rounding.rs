//! How far a figure may lie from the exact result it stands for.
//!
//! In: a figure of the sentence. Out: the room that it leaves below and above itself, by what announces the rounding (*nearly*,
//! *about*, *more than*), or else by the last digit it shows.

use super::arithmetic::{minus, product};
use crate::figures::{Figure, Kind, Number, Qualifier};

/// How far below and above what it says the exact result may lie.
pub(super) struct Rounding {
    below: Number,
    above: Number,
}

impl Rounding {
    /// By what announces the rounding, or else by the last digit the figure shows.
    pub fn of(figure: &Figure, text: &str) -> Self {
        let value = figure.value.number().unwrap_or_else(|| Number::from_integer(0));
        let part = |hundredths: i128| product(value, Number::new(hundredths, 100)).unwrap_or(value);
        let nothing = Number::from_integer(0);
        let half = half_of_last_digit(figure, text);
        let wider = |part: Number| if part > half { part } else { half };
        match figure.qualifier {
            Some(Qualifier::MoreThan | Qualifier::AtLeast) => Self {
                below: nothing,
                above: part(10),
            },
            Some(Qualifier::Nearly | Qualifier::LessThan | Qualifier::AtMost | Qualifier::UpTo) => Self {
                below: part(8),
                above: half,
            },
            Some(Qualifier::About | Qualifier::AsMuchAs | Qualifier::OrderOf) => Self {
                below: wider(part(5)),
                above: wider(part(5)),
            },
            None if figure.kind == Kind::Fraction => Self {
                below: part(3),
                above: part(3),
            },
            None => Self {
                below: half,
                above: half,
            },
        }
    }

    pub fn allows(&self, computed: Number, value: Number) -> bool {
        let zero = Number::from_integer(0);
        value > zero
            && minus(computed, value).is_some_and(|gap| {
                if gap < zero {
                    -gap <= self.below
                } else {
                    gap <= self.above
                }
            })
    }
}

/// Half of what the last digit of a figure is worth: 0.05 billion for *1.3 billion*. A whole number stands for itself, but a
/// quotient is never whole.
fn half_of_last_digit(figure: &Figure, text: &str) -> Number {
    let words = figure.span.of(text);
    let decimals = words.split_once('.').map_or(0, |(_, rest)| {
        rest.chars().take_while(char::is_ascii_digit).count()
    });
    let mut unit = Number::new(1, 2);
    for _ in 0..figure.scale.min(15) {
        unit = product(unit, Number::from_integer(10)).unwrap_or(unit);
    }
    for _ in 0..decimals.min(15) {
        unit = product(unit, Number::new(1, 10)).unwrap_or(unit);
    }
    let rounded = figure.scale > 0 || decimals > 0;
    let quotient = matches!(figure.kind, Kind::Percentage | Kind::Multiple | Kind::Points);
    if rounded || quotient {
        unit
    } else {
        Number::from_integer(0)
    }
}
