//! What amounts of the passages give when they are computed with: sums, differences, shares, changes, ratios, products.
//!
//! In: operands, and `near`, which says whether a result is the figure of the sentence within its announced rounding. Out: the
//! name of the rule that gives it. Laws: exact rationals; what overflows is no result; only amounts of one kind and
//! one unit are put together.

use super::Claim;
use super::dated::has_word;
use crate::figures::{Figure, Kind, Number, Unit};
use crate::span::Span;

/// A sum of a run of figures has at most so many.
const LONGEST_SUM: usize = 5;

/// A figure of the passages as something to compute with; a range gives two.
pub(super) struct Operand {
    pub span: Span,
    pub kind: Kind,
    pub unit: Option<Unit>,
    pub value: Number,
}

impl Operand {
    fn is_alike(&self, other: &Self) -> bool {
        let money = |a: &Self, b: &Self| {
            a.kind == Kind::Count && a.unit.is_none() && b.unit.is_some_and(Unit::is_currency)
        };
        same_kind(self.kind, other.kind) && same_unit(self.unit, other.unit)
            || money(self, other)
            || money(other, self)
    }
}

/// Whether a sum or difference of such figures may be this one. Where one of the two leaves out the currency, a large number
/// is money all the same.
pub(super) fn is_like(figure: &Figure, source: &Operand) -> bool {
    let bare =
        figure.kind == Kind::Count && figure.unit.is_none() && source.unit.is_some_and(Unit::is_currency);
    let short = figure.unit.is_some_and(Unit::is_currency)
        && source.kind == Kind::Count
        && source.unit.is_none()
        && source.value >= Number::from_integer(10_000);
    (same_kind(figure.kind, source.kind) && same_unit(figure.unit, source.unit)) || bare || short
}

/// An age is so many years.
fn same_kind(a: Kind, b: Kind) -> bool {
    let is_time = |kind: Kind| matches!(kind, Kind::Age | Kind::Duration);
    a == b || is_time(a) && is_time(b)
}

pub(super) fn same_unit(a: Option<Unit>, b: Option<Unit>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => a.agrees(b),
        (None, None) => true,
        _ => false,
    }
}

/// A percentage within four points of the share that *three out of five* says.
pub(super) fn percentage_near(amounts: &[Operand], part: Number) -> Option<(Span, &'static str)> {
    let close = |operand: &&Operand| {
        operand.kind == Kind::Percentage
            && minus(operand.value, part).is_some_and(|gap| size(gap) <= Number::from_integer(4))
    };
    amounts.iter().find(close).map(|found| (found.span, "share"))
}

/// *One in four*: a percentage of about that share, or two amounts of about that ratio; `above` where the sentence says on
/// which side of it the share lies.
pub(super) fn one_in(
    amounts: &[Operand],
    value: Number,
    above: Option<bool>,
) -> Option<(Span, &'static str)> {
    let one = Number::from_integer(1);
    let part = ratio(one, value, one)?;
    let close = |share: Option<Number>| {
        let gap = share.and_then(|share| minus(share, part));
        let within = |times: i128| {
            gap.and_then(|gap| product(size(gap), Number::from_integer(times)))
                .is_some_and(|gap| gap <= part)
        };
        let lies_above = gap.is_some_and(|gap| gap > Number::from_integer(0));
        match above {
            Some(above) => lies_above == above && within(5),
            None => within(20),
        }
    };
    let found = amounts.iter().enumerate().find(|(at, first)| {
        let percent =
            first.kind == Kind::Percentage && close(ratio(first.value, Number::from_integer(100), one));
        percent
            || amounts[at + 1..].iter().any(|second| {
                first.is_alike(second)
                    && (close(ratio(first.value, second.value, one))
                        || close(ratio(second.value, first.value, one)))
            })
    });
    found.map(|(_, first)| (first.span, "share"))
}

fn size(number: Number) -> Number {
    if number < Number::from_integer(0) {
        -number
    } else {
        number
    }
}

/// What two amounts of one kind give together: a sum, a difference, a share, a change, a ratio.
pub(super) fn of_two(
    figure: &Figure,
    first: &Operand,
    second: &Operand,
    near: &dyn Fn(Option<Number>) -> bool,
) -> Option<&'static str> {
    let moves = first.kind == Kind::Percentage && second.kind == Kind::Points;
    if figure.kind == Kind::Percentage
        && moves
        && (near(minus(first.value, second.value)) || near(plus(first.value, second.value)))
    {
        // *At 24.2 %, 0.9 points up*: what it was before.
        return Some("before a change in points");
    }
    if !first.is_alike(second) {
        return None;
    }
    let (a, b) = (first.value, second.value);
    let (large, small) = if a < b { (b, a) } else { (a, b) };
    if figure.kind == Kind::Percentage && first.kind == Kind::Percentage && near(rest(plus(a, b)?)) {
        return Some("rest of a hundred");
    }
    if is_like(figure, first) || is_like(figure, second) {
        if near(plus(a, b)) {
            return Some("sum");
        }
        // Between percentages lie points, not per cent.
        if figure.kind != Kind::Percentage && near(minus(large, small)) {
            return Some("difference");
        }
    }
    match figure.kind {
        Kind::Percentage | Kind::Fraction if first.kind != Kind::Percentage => {
            let hundred = Number::from_integer(if figure.kind == Kind::Fraction { 1 } else { 100 });
            if near(ratio(small, large, hundred)) {
                return Some("share");
            }
            let gap = minus(large, small)?;
            // The last: *rose by 5 to 55*, a tenth.
            let is_change = near(ratio(gap, small, hundred))
                || near(ratio(gap, large, hundred))
                || near(ratio(small, gap, hundred));
            is_change.then_some("change")
        }
        // *From 29 to 20 per cent, a decline of 31 %*.
        Kind::Percentage | Kind::Fraction => {
            let whole = Number::from_integer(if figure.kind == Kind::Fraction { 1 } else { 100 });
            let gap = minus(large, small)?;
            let is_change = near(ratio(gap, small, whole)) || near(ratio(gap, large, whole));
            is_change.then_some("change")
        }
        Kind::Points if matches!(first.kind, Kind::Percentage | Kind::Count) => {
            near(minus(large, small)).then_some("difference in points")
        }
        Kind::Multiple => near(ratio(large, small, Number::from_integer(1))).then_some("ratio"),
        Kind::Duration if first.kind == Kind::Age => near(minus(large, small)).then_some("difference in age"),
        Kind::Count if first.kind == Kind::Ordinal => {
            near(minus(large, small)).then_some("places between ranks")
        }
        _ => None,
    }
}

/// The sum of three or more amounts in a row, or what a percentage leaves of a hundred.
pub(super) fn sum(
    figure: &Figure,
    first: &Operand,
    after: &[Operand],
    near: &dyn Fn(Option<Number>) -> bool,
) -> Option<&'static str> {
    if figure.kind == Kind::Percentage && first.kind == Kind::Percentage && near(rest(first.value)) {
        return Some("rest of a hundred");
    }
    if !is_like(figure, first) {
        return None;
    }
    let mut total = first.value;
    let alike = after.iter().filter(|other| first.is_alike(other));
    for (count, other) in alike.take(LONGEST_SUM - 1).enumerate() {
        total = plus(total, other.value)?;
        if count >= 1 && near(Some(total)) {
            return Some("sum");
        }
    }
    None
}

/// What a month or a quarter brings, in a year; what a year brings, in a month or over the years that the sentence names.
pub(super) fn over_time(
    claim: &Claim<'_>,
    figure: &Figure,
    amount: &Operand,
    near: &dyn Fn(Option<Number>) -> bool,
) -> Option<&'static str> {
    if !is_like(figure, amount) {
        return None;
    }
    let times = |factor: Number| near(product(amount.value, factor));
    let says = |words: &[&str]| words.iter().any(|word| claim.sentence.contains(word));
    let opens = |openings: &[&str]| {
        let mut words = claim.french.words.iter();
        words.any(|word| openings.iter().any(|opening| word.folded.starts_with(opening)))
    };
    let has = |words: &[&str]| words.iter().any(|word| has_word(claim.source, word));
    let brings = |word: &str, count: i128| has_word(claim.source, word) && times(Number::from_integer(count));
    let in_sentence_year = says(&["year", "annual"]);
    let in_a_year = in_sentence_year
        && (brings("mois", 12)
            || opens(&["mensuel"]) && times(Number::from_integer(12))
            || brings("trimestre", 4)
            || brings("semaine", 52));
    let by_the_day =
        || has_after(&claim.source.to_lowercase(), &["par ", "chaque "], "jour") || opens(&["quotidien"]);
    if says(&["a week", "per week", "weekly"]) && by_the_day() && times(Number::from_integer(7))
        || in_sentence_year && by_the_day() && times(Number::from_integer(365))
    {
        return Some("product");
    }
    // What is paid or used in a year or a week, by the month or the day.
    let parts = |count: i128| {
        near(ratio(
            amount.value,
            Number::from_integer(1),
            Number::new(1, count),
        ))
    };
    let (month, week, day) = (
        says(&["a month", "per month", "each month", "every month", "monthly"]),
        says(&["a week", "per week", "each week", "every week", "weekly"]),
        says(&["a day", "per day", "each day", "every day", "daily"]),
    );
    let in_a_part = (has(&["an", "ans", "année"]) || opens(&["annuel"]))
        && (month && parts(12) || week && parts(52) || day && parts(365))
        || (has(&["semaine"]) || opens(&["hebdomad"])) && day && parts(7)
        || (has(&["mois"]) || opens(&["mensuel"])) && (day && parts(30) || week && parts(4));
    if in_a_part {
        return Some("part of a longer time");
    }
    let over_years = || {
        let terms = claim
            .english_figures
            .iter()
            .filter(|other| other.span != figure.span && other.kind == Kind::Duration);
        terms
            .filter_map(|other| other.value.number())
            .any(|factor| factor != Number::from_integer(1) && times(factor))
    };
    (in_a_year || over_years()).then_some("product")
}

/// Whether a word stands after one of the openings.
fn has_after(text: &str, openings: &[&str], word: &str) -> bool {
    openings.iter().any(|opening| {
        text.match_indices(opening)
            .any(|(at, _)| text[at + opening.len()..].starts_with(word))
    })
}

/// What a share or a change says of an amount: the part, the whole, what it was before, what it is after; and the average over
/// a number of years or things.
pub(super) fn by_share(
    claim: &Claim<'_>,
    figure: &Figure,
    amount: &Operand,
    operands: &[Operand],
    near: &dyn Fn(Option<Number>) -> bool,
) -> Option<&'static str> {
    let one = Number::from_integer(1);
    let unit = |unit: Option<Unit>| unit.map_or("", Unit::code);
    if let Some((length, "h")) = unit(figure.unit).split_once('/')
        && unit(amount.unit) == length
    {
        // So many kilometres in so many hours.
        let in_hours = operands
            .iter()
            .any(|other| unit(other.unit) == "h" && near(ratio(amount.value, other.value, one)));
        return in_hours.then_some("speed");
    }
    if figure.kind == Kind::Percentage {
        let hundred = Number::from_integer(100);
        let says = match amount.kind {
            // *Doubled*: rose by 100 %.
            Kind::Multiple => minus(amount.value, one).and_then(|more| product(more, hundred)),
            Kind::Fraction => product(amount.value, hundred),
            _ => None,
        };
        if near(says) {
            return Some("in per cent");
        }
    }
    if !is_like(figure, amount) || matches!(amount.kind, Kind::Percentage | Kind::Fraction | Kind::Ordinal) {
        return None;
    }
    let is_average = ["average", "each", "every", "apiece", " per "]
        .iter()
        .any(|words| claim.sentence.contains(words))
        || is_of_each(&claim.sentence[figure.span.end..]);
    operands
        .iter()
        .filter(|other| other.span != amount.span)
        .find_map(|other| {
            let part = match other.kind {
                Kind::Percentage => product(other.value, Number::new(1, 100))?,
                Kind::Fraction => other.value,
                Kind::Multiple
                    if near(product(amount.value, other.value))
                        || near(ratio(amount.value, other.value, one)) =>
                {
                    return Some("multiple of an amount");
                }
                // So many things of so much each; exactly, for any two numbers make a product.
                Kind::Count
                    if product(amount.value, other.value) == figure.value.number() && other.value > one =>
                {
                    return Some("product");
                }
                Kind::Count | Kind::Duration if is_average && near(ratio(amount.value, other.value, one)) => {
                    return Some("average");
                }
                _ => return None,
            };
            let (more, less) = (plus(one, part)?, minus(one, part)?);
            let results = [
                (product(amount.value, part), "share of an amount"),
                (ratio(amount.value, part, one), "whole of a share"),
                (ratio(amount.value, more, one), "before a change"),
                (ratio(amount.value, less, one), "before a change"),
            ];
            results
                .into_iter()
                .find_map(|(result, how)| near(result).then_some(how))
        })
}

/// *Goals a game*, *a day*: what comes after the figure says that there is so much of it for each.
fn is_of_each(after: &str) -> bool {
    let mut words = after
        .split_whitespace()
        .take(3)
        .skip_while(|word| *word != "a" && *word != "an");
    words.next().is_some() && words.next().is_some()
}

/// What is left of a hundred.
fn rest(percent: Number) -> Option<Number> {
    minus(Number::from_integer(100), percent)
}

pub(super) fn ratio(part: Number, whole: Number, scale: Number) -> Option<Number> {
    use num_traits::CheckedDiv as _;
    if *whole.numer() == 0 {
        return None;
    }
    product(part, scale)?.checked_div(&whole)
}

pub(super) fn plus(a: Number, b: Number) -> Option<Number> {
    num_traits::CheckedAdd::checked_add(&a, &b)
}

pub(super) fn minus(a: Number, b: Number) -> Option<Number> {
    num_traits::CheckedSub::checked_sub(&a, &b)
}

pub(super) fn product(a: Number, b: Number) -> Option<Number> {
    num_traits::CheckedMul::checked_mul(&a, &b)
}
