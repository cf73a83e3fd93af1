//! What the cited passages offer to compute with.
//!
//! In: a claim. Out: its French figures as amounts, with what they leave to the reader: a unit that stands once for two, the
//! scale of the figure before, the two halves of `320 sur 400`, lengths of time said in a word (`quinquennat`).

use super::Claim;
use super::arithmetic::{Operand, product, ratio};
use super::dated::lengths;
use crate::figures::{Figure, Kind, Number, Unit, Value};

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
        // `19 et 17 ans`: the first in the unit of the second.
        let shared = claim.french_figures.get(at + 1).filter(|next| {
            let between = claim.source.get(figure.span.end..next.span.start);
            figure.kind == Kind::Count
                && figure.unit.is_none()
                && matches!(next.kind, Kind::Age | Kind::Duration)
                && between.is_some_and(|between| matches!(between.trim(), "et" | "ou" | "à"))
        });
        let like = shared.unwrap_or(figure);
        let values = match figure.value {
            Value::Number(value) => vec![value],
            Value::Range(low, high) => vec![scaled(figure, low), high],
            _ => Vec::new(),
        };
        let operand = |kind, unit, value| Operand {
            span: figure.span,
            kind,
            unit,
            value,
        };
        operands.extend(
            values
                .into_iter()
                .map(|value| operand(kind_of(like), like.unit, value)),
        );
        if figure.kind == Kind::Rate
            && let Some((few, many)) = figure.span.of(claim.source).split_once(" sur ")
        {
            // `320 sur 400`: each of the two may be computed with.
            let parts = [few, many]
                .into_iter()
                .filter_map(|part| part.trim().parse().ok());
            operands.extend(parts.map(|part| operand(Kind::Count, None, Number::from_integer(part))));
        }
        if let Some((like, value)) = in_the_unit_before(claim, at) {
            operands.push(operand(like.kind, like.unit, value));
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

/// Lengths of time are put together in the unit of the figure: *four minutes* between 2:15:25 and 2:19:19.
pub(super) fn in_unit_of(figure: &Figure, amounts: &mut [Operand]) {
    let Some(unit) = figure.unit.filter(|unit| unit.group() == "time") else {
        return;
    };
    for amount in amounts {
        let other = amount
            .unit
            .filter(|other| other.group() == "time" && !other.agrees(unit));
        if let Some(value) = other.and_then(|other| ratio(amount.value, unit.factor(), other.factor())) {
            (amount.unit, amount.value) = (Some(unit), value);
        }
    }
}

/// `9 millions, face aux 5,2 de l'autre`, `l'un a dix points, l'autre en a six`: a bare figure after one with a scale or a unit
/// in one sentence, and what it is worth in the scale and unit of that one.
pub(super) fn in_the_unit_before<'c>(claim: &'c Claim<'_>, at: usize) -> Option<(&'c Figure, Number)> {
    let figure = claim.french_figures.get(at)?;
    if figure.kind != Kind::Count || figure.unit.is_some() || figure.scale > 0 {
        return None;
    }
    let value = figure
        .value
        .number()
        .filter(|value| *value < Number::from_integer(1_000))?;
    let before = claim.french_figures[..at]
        .iter()
        .rev()
        .find(|before| before.unit.is_some() || before.scale > 0)?;
    let apart = claim.source.get(before.span.end..figure.span.start)?;
    if apart.contains(['.', ';', '!', '?']) || matches!(before.kind, Kind::Percentage) {
        return None;
    }
    let factor = 10_i128.checked_pow(u32::from(before.scale))?;
    Some((before, product(value, Number::from_integer(factor))?))
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
