//! What the cited passages offer to compute with.
//!
//! In: a claim. Out: its French figures as amounts, with what they leave to the reader: a unit that stands once for two, the
//! scale of the figure before, the two halves of `320 sur 400`, lengths of time said in a word (`quinquennat`).

use super::Claim;
use super::arithmetic::{Operand, product, ratio, same_unit};
use super::dated::lengths;
use crate::figures::{Figure, Kind, Number, Unit, Value};
use crate::span::Span;

/// More figures than that recompute anything by chance.
pub(super) const MOST_OPERANDS: usize = 20;

pub(super) fn operands(claim: &Claim<'_>) -> Vec<Operand> {
    let kind_of = |figure: &Figure| match (figure.kind, figure.unit) {
        (Kind::Range | Kind::Score, Some(unit)) if unit.is_currency() => Kind::Money,
        (Kind::Range | Kind::Score, Some(Unit::PERCENT)) => Kind::Percentage,
        (Kind::Range | Kind::Score, Some(unit)) if unit.is_time() => Kind::Duration,
        (Kind::Range | Kind::Score, _) => Kind::Count,
        (kind, _) => kind,
    };
    let mut operands = Vec::new();
    for (at, figure) in claim.french_figures.iter().enumerate() {
        let operand = |kind, unit, value| Operand {
            span: figure.span,
            kind,
            unit,
            value,
        };
        let values = || match figure.value {
            Value::Number(value) => vec![value],
            Value::Range(low, high) => vec![scaled(figure, low), high],
            _ => Vec::new(),
        };
        let of = |value| operand(kind_of(figure), figure.unit, value);
        operands.extend(values().into_iter().map(of));
        if figure.kind == Kind::Rate
            && let Some((few, many)) = figure.span.of(claim.source).split_once(" sur ")
        {
            // `320 sur 400`: each of the two may be computed with.
            let parts = [few, many]
                .into_iter()
                .filter_map(|part| part.trim().parse().ok());
            operands.extend(parts.map(|part| operand(Kind::Count, None, Number::from_integer(part))));
        }
        // `2,735 km`: a comma before three digits may part thousands, as English and Spanish originals have it.
        let words = figure.span.of(claim.source);
        let thousands = words.split_once(',').is_some_and(|(whole, rest)| {
            let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
            digits == 3
                && (1..=3).contains(&whole.len())
                && whole.bytes().all(|byte| byte.is_ascii_digit())
                && !whole.starts_with('0')
        });
        if thousands && figure.unit.is_some_and(|unit| !unit.is_currency()) {
            let whole = figure
                .value
                .number()
                .and_then(|value| product(value, Number::from_integer(1_000)));
            operands.extend(whole.map(of));
        }
        for like in neighbours(claim, at) {
            let factor = 10_i128.checked_pow(u32::from(like.scale)).unwrap_or(1);
            let worth = |value| product(value, Number::from_integer(factor));
            let worth = values().into_iter().filter_map(worth);
            operands.extend(worth.map(|value| operand(kind_of(like), like.unit, value)));
        }
    }
    let terms = lengths(&claim.french.words);
    operands.extend(terms.map(|(span, unit, count)| Operand {
        span,
        kind: Kind::Duration,
        unit: Some(unit),
        value: Number::from_integer(count),
    }));
    operands.truncate(MOST_OPERANDS);
    operands
}

/// Lengths of time are put together in the unit of the figure: *four minutes* between 2:15:25 and 2:19:19; and money in
/// hundredths where the figure is in cents.
pub(super) fn in_unit_of(figure: &Figure, amounts: &mut [Operand]) {
    let Some(unit) = figure.unit else {
        return;
    };
    for amount in amounts {
        let value = match amount.unit {
            Some(other) if unit.group() == "time" && other.group() == "time" && !other.agrees(unit) => {
                ratio(amount.value, unit.factor(), other.factor())
            }
            Some(other) if unit.code() == "cent" && other.is_currency() && !other.agrees(unit) => {
                product(amount.value, Number::from_integer(100))
            }
            _ => None,
        };
        if let Some(value) = value {
            (amount.unit, amount.value) = (Some(unit), value);
        }
    }
}

/// The figures whose unit and scale a bare one of the same sentence may share: the one before it (`9 millions, face aux 5,2 de
/// l'autre`, `l'un a dix points, l'autre en a six`), the one it is joined to (`2,5 et 10 millions`, `19 et 17 ans`). A percentage
/// lends its unit to decimals alone, on either side.
fn neighbours<'c>(claim: &'c Claim<'_>, at: usize) -> impl Iterator<Item = &'c Figure> {
    let figures = &claim.french_figures;
    let figure = &figures[at];
    let (value, is_bare) = match figure.value {
        Value::Number(value) => (value, figure.kind == Kind::Count),
        Value::Range(low, _) => (low, true),
        _ => (Number::from_integer(0), false),
    };
    let is_bare =
        is_bare && figure.unit.is_none() && figure.scale == 0 && value < Number::from_integer(1_000);
    let between = |one: Span, other: Span| claim.source.get(one.end..other.start).unwrap_or(".");
    let lends = |other: &&Figure| {
        (other.unit.is_some() || other.scale > 0) && (other.kind != Kind::Percentage || !value.is_integer())
    };
    let before = figures[..at]
        .iter()
        .rev()
        .find(lends)
        .filter(|before| !between(before.span, figure.span).contains(['.', ';', '!', '?']));
    let after = figures.get(at + 1).filter(lends).filter(|next| {
        let between = between(figure.span, next.span);
        matches!(between.trim(), "et" | "ou" | "à" | "et de" | "à près de")
            || next.kind == Kind::Percentage && !between.contains(['.', ';', '!', '?'])
    });
    before.into_iter().chain(after).filter(move |_| is_bare)
}

/// A bare figure of the passages that is this one, in the unit and scale of its neighbour.
pub(super) fn shared_unit(claim: &Claim<'_>, figure: &Figure, value: Number) -> Option<Span> {
    let found = (0..claim.french_figures.len()).find(|at| {
        let bare = claim.french_figures[*at].value.number();
        neighbours(claim, *at).any(|like| {
            let factor = 10_i128.checked_pow(u32::from(like.scale)).unwrap_or(1);
            let worth = bare.and_then(|bare| product(bare, Number::from_integer(factor)));
            let is_money = figure.unit.is_some_and(Unit::is_currency) && like.unit.is_none();
            worth == Some(value) && (same_unit(like.unit, figure.unit) || is_money)
        })
    });
    found.map(|at| claim.french_figures[at].span)
}

/// The low end of a range with the scale word that stands after its high end.
pub(super) fn scaled(range: &Figure, low: Number) -> Number {
    let unscaled = low < Number::from_integer(1_000) && range.scale > 0;
    let factor = 10_i128.checked_pow(u32::from(range.scale));
    let whole = factor
        .filter(|_| unscaled)
        .and_then(|factor| product(low, Number::from_integer(factor)));
    whole.unwrap_or(low)
}
