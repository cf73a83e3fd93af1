//! How far a figure may lie from the exact result it stands for; and the same amount in fewer digits or another unit.
//!
//! In: a figure of the sentence. Out: the room that it leaves below and above itself, by what announces the rounding (*nearly*,
//! *about*, *more than*), or else by the last digit it shows; the figure of the passages that it is, rounded or converted.

use super::Claim;
use super::arithmetic::{Operand, is_like, minus, product, ratio, same_unit};
use super::operands::scaled;
use crate::figures::{Figure, Kind, Number, Qualifier, Unit, Value};
use crate::span::Span;

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

/// One figure of the passages, rounded: to fewer digits, as announced or by the last digit shown; or told in another unit
/// of the same dimension.
pub(super) fn rounded(
    figure: &Figure,
    value: Number,
    may: &Rounding,
    amounts: &[Operand],
) -> Option<(Span, &'static str)> {
    let found = amounts.iter().find(|operand| {
        let exact = match (figure.unit, operand.unit) {
            (Some(ours), Some(theirs)) if !ours.agrees(theirs) => {
                let measures = !ours.is_currency() && !theirs.is_currency() && ours.group() == theirs.group();
                if !measures {
                    return false;
                }
                ratio(operand.value, ours.factor(), theirs.factor())
            }
            _ if is_like(figure, operand) || figure.kind == Kind::Fraction => Some(operand.value),
            _ => return false,
        };
        let Some(exact) = exact else { return false };
        // *A third* of 33 %.
        let exact = if figure.kind == Kind::Fraction {
            if operand.kind != Kind::Percentage {
                return false;
            }
            product(exact, Number::new(1, 100)).unwrap_or(exact)
        } else {
            exact
        };
        let order = figure.qualifier == Some(Qualifier::OrderOf)
            && product(value, Number::from_integer(10)).is_some_and(|top| value <= exact && exact < top);
        order
            || may.allows(exact, value) && (figure.kind == Kind::Fraction || digits(value) < digits(exact))
            || figure.qualifier.and_then(Qualifier::is_floor) == Some(true)
                && digits(value) < digits(exact)
                && value < exact
                && product(value, Number::new(5, 4)).is_some_and(|top| exact < top)
    });
    found.map(|operand| (operand.span, "rounding"))
}

/// How many digits a number needs without its trailing zeros.
fn digits(value: Number) -> usize {
    let text = crate::figures::Value::Number(value).to_string();
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    digits.trim_matches('0').len()
}

/// `606 à 480 millions`, *606 million to 480 million*: the scale of a range belongs to both its ends.
pub(super) fn range_in_one_scale(claim: &Claim<'_>, figure: &Figure) -> Option<(Span, &'static str)> {
    let Value::Range(low, high) = figure.value else {
        return None;
    };
    let found = claim.french_figures.iter().find(|french| {
        matches!(french.value, Value::Range(ours, theirs) if theirs == high && scaled(french, ours) == low)
            && same_unit(french.unit, figure.unit)
    });
    found.map(|french| (french.span, "range"))
}

/// `De 53 à 49 Gt`, *from 53 to 49 billion tonnes, 5 billion less*: exactly the same in another unit of the dimension, which
/// another figure of the sentence may say.
pub(super) fn converted(claim: &Claim<'_>, figure: &Figure) -> Option<(Span, &'static str)> {
    let units = claim.english_figures.iter().filter_map(|other| other.unit);
    let unit = figure
        .unit
        .or_else(|| units.clone().find(|unit| unit.group() == "mass"))?;
    let one = Number::from_integer(1);
    let is = |ours: Number, theirs: Number, from: Unit| {
        product(ours, unit.factor()) == ratio(theirs, one, from.factor())
    };
    let found = claim.french_figures.iter().find(|french| {
        let from = french
            .unit
            .filter(|from| !from.is_currency() && from.group() == unit.group() && !from.agrees(unit));
        from.is_some_and(|from| match (figure.value, french.value) {
            (Value::Range(low, high), Value::Range(a, b)) => {
                is(scaled(figure, low), a, from) && is(high, b, from)
            }
            (Value::Number(ours), Value::Number(theirs)) => is(ours, theirs, from),
            _ => false,
        })
    });
    found.map(|french| (french.span, "conversion"))
}
