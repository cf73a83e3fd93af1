//! Measures said in another unit: kilometres that came back as miles, degrees as degrees of another scale.
//!
//! In: two atoms of one dimension. Out: what the French one is in the unit of the English one, and whether the English says just
//! that. Law: a conversion never counts as the same figure, since a reader can no longer hold the two side by side; but one
//! that is exact to the digits it states lost nothing, and weighs as a warning. Sources: NIST Handbook 44, appendix C, and SP 811
//! §7.9 (a converted value keeps the precision of what was measured).

use num_traits::{CheckedDiv, CheckedSub};

use super::atoms::{Atom, Class};
use super::unit::Unit;
use super::value::{Number, Value, plus, times, whole};

/// What `ours` is in the unit of `theirs`; nothing if the two measure different things or in the same unit.
pub(super) fn converted(ours: &Atom, theirs: &Atom) -> Option<Number> {
    if ours.class != Class::Number || theirs.class != Class::Number {
        return None;
    }
    in_unit(ours.value, ours.unit?, theirs.unit?)
}

/// Whether the two are one measure as exactly as either is stated: 100 km and 62 miles, not 100 km and 60 miles.
pub(super) fn is_exact(ours: &Atom, theirs: &Atom) -> bool {
    let (Some(a), Some(b)) = (ours.unit, theirs.unit) else {
        return false;
    };
    let there = converted(ours, theirs).is_some_and(|value| rounds_to(value, theirs.value));
    let back = converted(theirs, ours).is_some_and(|value| rounds_to(value, ours.value));
    (there || back) && in_unit(ours.value, a, b).is_some_and(|value| is_near(value, theirs.value))
}

/// Temperatures may be below nought, which an atom does not say; translators convert those of weather, above it.
fn in_unit(value: Number, from: Unit, to: Unit) -> Option<Number> {
    let (nine_fifths, freezing) = (Number::new(9, 5), whole(32));
    match (from.code(), to.code()) {
        ("Cel" | "deg", "[degF]" | "deg") => plus(times(value, nine_fifths)?, freezing),
        ("[degF]" | "deg", "Cel") => times(plus(value, -freezing)?, nine_fifths.recip()),
        _ => {
            let (from, to) = (weighed(from), weighed(to));
            let alike = from != to && !from.is_currency() && !from.is_time() && from.group() == to.group();
            alike.then(|| times(value, from.factor() / to.factor())).flatten()
        }
    }
}

/// A pound that stands against a weight is one.
fn weighed(unit: Unit) -> Unit {
    if unit.code() == "pound" {
        Unit::with_code("[lb_av]").unwrap_or(unit)
    } else {
        unit
    }
}

/// Whether `value`, rounded to the last digit that `stated` gives, is `stated`.
fn rounds_to(value: Number, stated: Number) -> bool {
    let holds = |step: Number| stated.checked_div(&step).is_some_and(|steps| steps.is_integer());
    let ten = whole(10);
    let mut step = whole(1);
    if stated.is_integer() {
        while stated != whole(0) && step < whole(1_000_000_000) && holds(step * ten) {
            step *= ten;
        }
    } else {
        while step > Number::new(1, 1_000_000) && !holds(step) {
            step /= ten;
        }
    }
    apart(value, stated)
        .and_then(|apart| times(apart, whole(2)))
        .is_some_and(|twice| twice <= step)
}

/// Within one part in forty: rounding to one digit alone (186 miles to 200) loses more than a translator may.
fn is_near(value: Number, stated: Number) -> bool {
    apart(value, stated)
        .and_then(|apart| times(apart, whole(40)))
        .is_some_and(|forty| forty <= stated)
}

fn apart(value: Number, stated: Number) -> Option<Number> {
    if value > stated {
        value.checked_sub(&stated)
    } else {
        stated.checked_sub(&value)
    }
}

/// A converted value for a person: at most two decimals, whole from a hundred up.
pub(super) fn rounded(value: Number) -> String {
    let scale = if value < whole(100) { whole(100) } else { whole(1) };
    let near = times(value, scale).map_or(value, |scaled| scaled.round() / scale);
    Value::Number(near).to_string()
}

#[cfg(test)]
mod tests {
    use super::{Number, is_near, rounded, rounds_to, whole};

    #[test]
    fn a_value_rounds_to_the_last_digit_stated() {
        assert!(rounds_to(Number::new(6214, 100), whole(62)) && rounds_to(Number::new(1398, 10), whole(140)));
        assert!(
            !rounds_to(Number::new(6214, 100), whole(63)) && !rounds_to(Number::new(1398, 10), whole(139))
        );
        assert!(rounds_to(Number::new(1803, 1000), Number::new(18, 10)));
        assert!(!rounds_to(Number::new(1803, 1000), Number::new(181, 100)));
    }

    #[test]
    fn near_is_within_one_part_in_forty() {
        assert!(is_near(whole(39), whole(40)) && !is_near(whole(186), whole(200)));
    }

    #[test]
    fn a_converted_value_is_said_shortly() {
        assert_eq!(rounded(Number::new(62137, 1000)), "62.14");
        assert_eq!(rounded(Number::new(186_411, 1000)), "186");
    }
}
