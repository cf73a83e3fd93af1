//! Figures that the passages do not state and that follow from those they do.
//!
//! In: a claim, and what comparing its ledgers found. Out: figures that recompute are taken off the findings and accounted
//! for as `derived: …`; what does not recompute stays, and a count or a ratio in words that was a mere warning becomes an
//! error. Laws: operands are figures of one kind and one unit in the cited passages; a result may differ from the exact
//! one by its announced rounding alone (the last digit it shows, or what *nearly*, *about*, *more than* allow).
//!
//! Rules: sums (two figures, or a run of three to five), differences, shares and changes in per cent, points between
//! percentages, ratios and speeds, products with a number of years the sentence names, twelfths of a year, time between dates and
//! hours, a date so far from another, exact conversions, and counts of what the passages or the sentence enumerate.
//!
//! # Not done
//! Chains of two operations; counts of things that are not listed side by side.

use super::Claim;
use super::arithmetic::{
    Operand, by_share, of_two, one_in, over_time, percentage_near, plus, product, ratio, same_unit, sum,
};
use super::counted::{enumerated, is_told_off, one_more};
use super::dated::{dated, elapsed, hours, month, periodic, weekday};
use super::operands::{in_unit_of, operands, shared_unit};
use super::rounding::{Rounding, converted, range_in_one_scale, rounded};
use super::stance::with_bound;
use crate::figures::{Figure, Form, Kind, Number, Qualifier, Unit, Value};
use crate::finding::{Account, Code, Finding, Outcome, Spot, Status, Subject, Verdict};
use crate::span::Span;

pub(super) fn accept(claim: &Claim<'_>, verdict: &mut Verdict) {
    let is_surplus = |finding: &Finding| {
        finding.code.subject() == Subject::Figure
            && finding.code.status() != Status::Missing
            && !matches!(finding.code, Code::FigureCurrency | Code::FigureSwapped)
            && finding.target.is_some()
    };
    let mut derived = Vec::new();
    let mut is_product = false;
    verdict.findings.retain_mut(|finding| {
        if !is_surplus(finding) {
            return true;
        }
        let Some(spot) = finding.target.clone() else {
            return true;
        };
        let Some(figure) = claim
            .english_figures
            .iter()
            .find(|figure| figure.span.overlaps(spot.span))
        else {
            return true;
        };
        let followed = match finding.code {
            // The same value in another unit is no new figure.
            Code::FigureDirection => None,
            Code::FigureUnit => converted(claim, figure)
                .or_else(|| {
                    let part = out_of(claim, figure)?;
                    percentage_near(&operands(claim), part)
                })
                .or_else(|| {
                    let is_ratio = figure.kind == Kind::Multiple;
                    is_ratio.then(|| derivation(claim, figure)).flatten()
                }),
            Code::FigureScale => range_in_one_scale(claim, figure).or_else(|| converted(claim, figure)),
            _ => derivation(claim, figure)
                .or_else(|| derivation(claim, &sharing_unit(claim, figure)?))
                .or_else(|| periodic(claim, figure)),
        };
        if finding.code == Code::FigureUnit && is_short_for_points(claim, figure) {
            *finding = finding.clone().as_warning();
        }
        if let Some((from, how)) = followed {
            is_product |= how == "product";
            derived.push(Account {
                kind: Subject::Figure,
                outcome: Outcome::Proven,
                source: Spot::new(claim.source, from),
                target: Some(spot),
                because: Some(format!("derived: {how}")),
            });
            return false;
        }
        if finding.code == Code::FigureAdded || finding.code == Code::FigureAltered {
            weigh(claim, figure, finding);
            bound_alone(claim, figure, finding);
        }
        if finding.is_error()
            && matches!(finding.code, Code::FigureAdded | Code::FigureAltered)
            && is_elsewhere(claim, figure)
        {
            let words = figure.span.of(claim.sentence);
            finding.message =
                format!("“{words}” stands elsewhere in the article, not in the passages it cites.");
            if !has_rival(claim, figure) {
                *finding = finding.clone().as_warning();
            }
        }
        true
    });
    verdict.accounts.extend(derived);
    if is_product {
        // The years of a product are the sentence's own.
        for finding in verdict.findings.iter_mut().filter(|finding| finding.is_error()) {
            let spot = finding.target.as_ref();
            let factor = claim.english_figures.iter().any(|figure| {
                figure.kind == Kind::Duration && spot.is_some_and(|spot| spot.span.overlaps(figure.span))
            });
            if factor {
                *finding = finding.clone().as_warning();
            }
        }
    }
}

/// *0.4 and 0.8 points*: the first in the unit of the second; *the elder in eight years, the younger in ten*: the last in that
/// of the one before, where nothing follows that it could count.
fn sharing_unit(claim: &Claim<'_>, figure: &Figure) -> Option<Figure> {
    if figure.unit.is_some() {
        return None;
    }
    let at = claim
        .english_figures
        .iter()
        .position(|other| other.span == figure.span)?;
    let of = |other: &Figure| Figure {
        kind: other.kind,
        unit: other.unit,
        ..figure.clone()
    };
    let next = claim
        .english_figures
        .get(at + 1)
        .filter(|next| next.unit.is_some());
    let joined = next.filter(|next| {
        let between = claim.sentence.get(figure.span.end..next.span.start);
        between.is_some_and(|between| matches!(between.trim(), "and" | "or" | "to" | ","))
    });
    if let Some(next) = joined {
        return Some(of(next));
    }
    let after = claim.sentence.get(figure.span.end..)?;
    let before = claim.english_figures.get(at.checked_sub(1)?)?;
    (before.unit.is_some() && (after.is_empty() || after.starts_with(['.', ',', ';', ')'])))
        .then(|| of(before))
}

/// *Points* for `points de base`: short, not wrong.
fn is_short_for_points(claim: &Claim<'_>, figure: &Figure) -> bool {
    let words = figure.span.of(claim.sentence);
    figure.kind == Kind::Points
        && words.ends_with("points")
        && !words.contains("percent")
        && claim
            .french_figures
            .iter()
            .any(|french| french.kind == Kind::Points && french.value == figure.value)
}

/// Whether the article states the figure in a passage the sentence does not cite.
fn is_elsewhere(claim: &Claim<'_>, figure: &Figure) -> bool {
    claim.passages.read(claim.lexicon).figures.iter().any(|french| {
        french.value == figure.value && french.kind == figure.kind && same_unit(french.unit, figure.unit)
    })
}

/// Whether the cited passages hold a figure of the same kind and unit that the sentence does not say.
fn has_rival(claim: &Claim<'_>, figure: &Figure) -> bool {
    claim.french_figures.iter().any(|french| {
        french.kind == figure.kind
            && same_unit(french.unit, figure.unit)
            && !claim
                .english_figures
                .iter()
                .any(|english| english.value == french.value)
    })
}

/// How bad it is that a figure does not recompute. One and two, in words, count whatever a reader likes to count.
fn weigh(claim: &Claim<'_>, figure: &Figure, finding: &mut Finding) {
    let Some(value) = figure.value.number() else {
        return;
    };
    let two = Number::from_integer(2);
    let counts =
        matches!(figure.kind, Kind::Count | Kind::Multiple) && figure.form == Form::Words && !figure.in_name;
    if counts && value > two {
        finding.severity = finding.code.severity();
    } else if counts {
        *finding = finding.clone().as_warning();
    }
    let lasts = matches!(figure.kind, Kind::Age | Kind::Duration) && figure.form == Form::Words;
    if lasts && value > two && finding.code == Code::FigureAltered {
        finding.severity = finding.code.severity();
    }
    // *The third one*: a reader counts what the article tells one after the other.
    let follows_the = claim.sentence[..figure.span.start]
        .to_lowercase()
        .ends_with("the ");
    if figure.kind == Kind::Ordinal
        && figure.form == Form::Words
        && figure.unit.is_none()
        && (finding.code == Code::FigureAdded && follows_the || is_told_off(claim.sentence, figure))
    {
        *finding = finding.clone().as_warning();
    }
    if figure.kind == Kind::Multiple && !claim.french_figures.is_empty() && figure.form != Form::Implied {
        finding.severity = finding.code.severity();
    }
}

/// *Just over 71,000* for 70,831: the rounding is right, what bounds it is not.
fn bound_alone(claim: &Claim<'_>, figure: &Figure, finding: &mut Finding) {
    let bare = Figure {
        qualifier: Some(Qualifier::About),
        ..figure.clone()
    };
    if figure.qualifier.and_then(Qualifier::is_floor).is_some()
        && let Some((from, _)) = derivation(claim, &bare)
    {
        let span = with_bound(claim.sentence, figure.span);
        let (english, french) = (span.of(claim.sentence), from.of(claim.source));
        let message = format!("“{english}” stands for “{french}” of the passages.");
        let source = Some(Spot::new(claim.source, from));
        *finding = Finding::new(Code::FigureDirection, source, Some(claim.spot(span)), message);
    }
}

/// The first figure a derivation starts from, and the rule.
pub(super) fn derivation(claim: &Claim<'_>, figure: &Figure) -> Option<(Span, &'static str)> {
    let words = figure.span.of(claim.sentence);
    if figure.kind == Kind::Ordinal
        && (words.starts_with("a ") || words.starts_with("one ") || words.starts_with("one-"))
    {
        // *Fell by a third*.
        let one = Number::from_integer(1);
        let part = Figure {
            kind: Kind::Fraction,
            value: Value::Number(ratio(one, figure.value.number()?, one)?),
            unit: None,
            ..figure.clone()
        };
        return derivation(claim, &part);
    }
    match figure.value {
        Value::Date(date) => return dated(claim, figure, date),
        Value::Range(low, high) => return range(claim, figure, low, high),
        _ => {}
    }
    match figure.kind {
        Kind::Weekday => return weekday(claim, figure),
        Kind::Month => return month(claim, figure),
        _ => {}
    }
    let value = figure.value.number()?;
    let may = Rounding::of(figure, claim.sentence);
    let near = |computed: Option<Number>| computed.is_some_and(|computed| may.allows(computed, value));
    let mut amounts = operands(claim);
    in_unit_of(figure, &mut amounts);
    if matches!(figure.kind, Kind::Count | Kind::Multiple)
        && figure.form == Form::Words
        && let Some(found) = enumerated(claim, figure)
    {
        return Some(found);
    }
    if let Some(from) = one_more(claim, figure) {
        return Some((from, "one more"));
    }
    if let Some(found) = rounded(figure, value, &may, &amounts) {
        return Some(found);
    }
    if let Some(from) = shared_unit(claim, figure, value) {
        return Some((from, "unit of its neighbour"));
    }
    if let Some(found) = out_of(claim, figure).and_then(|part| percentage_near(&amounts, part)) {
        return Some(found);
    }
    if figure.kind == Kind::Count && is_one_in(claim.sentence, figure) {
        return one_in(&amounts, value, bound_of_share(claim.sentence, figure));
    }
    amounts
        .iter()
        .enumerate()
        .find_map(|(at, first)| {
            let rest = &amounts[at + 1..];
            let of_two = rest
                .iter()
                .find_map(|second| of_two(figure, first, second, &near));
            of_two
                .or_else(|| by_share(claim, figure, first, &amounts, &near))
                .or_else(|| sum(figure, first, rest, &near))
                .or_else(|| over_time(claim, figure, first, &near))
                .map(|how| (first.span, how))
        })
        .or_else(|| hours(claim, figure, &near))
        .or_else(|| elapsed(claim, figure, value, &near))
}

/// A range whose two ends the passages give, or of which one is derived.
fn range(claim: &Claim<'_>, figure: &Figure, low: Number, high: Number) -> Option<(Span, &'static str)> {
    let kind = match figure.unit {
        Some(unit) if unit.is_currency() => Kind::Money,
        Some(Unit::PERCENT) => Kind::Percentage,
        _ => Kind::Count,
    };
    let end = |value| Figure {
        value: Value::Number(value),
        kind,
        ..figure.clone()
    };
    let amounts = operands(claim);
    let known = |value: Number| {
        let operand = amounts.iter().find(|operand| operand.value == value)?;
        Some((operand.span, "range"))
    };
    match (known(low), known(high)) {
        (Some(found), Some(_)) => Some(found),
        (Some(_), None) => derivation(claim, &end(high)),
        (None, Some(_)) => derivation(claim, &end(low)),
        (None, None) => between(claim, &amounts, low, high).or_else(|| {
            let (from, _) = derivation(claim, &end(low))?;
            derivation(claim, &end(high)).map(|_| (from, "range"))
        }),
    }
}

/// *Between two and three for each*: two amounts, how often one goes into the other.
fn between(
    claim: &Claim<'_>,
    amounts: &[Operand],
    low: Number,
    high: Number,
) -> Option<(Span, &'static str)> {
    let is_quotient = ["average", "each", "apiece", " per ", " times"];
    if !is_quotient.iter().any(|words| claim.sentence.contains(words)) || high > plus(low, low)? {
        return None;
    }
    let within =
        |quotient: Option<Number>| quotient.is_some_and(|quotient| low < quotient && quotient < high);
    let one = Number::from_integer(1);
    let found = amounts.iter().enumerate().find(|(at, first)| {
        amounts[at + 1..].iter().any(|second| {
            within(ratio(first.value, second.value, one)) || within(ratio(second.value, first.value, one))
        })
    });
    found.map(|(_, first)| (first.span, "ratio"))
}

/// *Eight in ten*, *four out of five*, in per cent; `figure` is either of the two, or both.
fn out_of(claim: &Claim<'_>, figure: &Figure) -> Option<Number> {
    let percent = |few: Number, many: Number| {
        ratio(few, many, Number::from_integer(100)).filter(|part| *part < Number::from_integer(100))
    };
    if let Value::Range(few, many) = figure.value {
        return percent(few, many);
    }
    if matches!(figure.kind, Kind::Rate | Kind::Fraction | Kind::Score) {
        return product(figure.value.number()?, Number::from_integer(100));
    }
    claim.english_figures.windows(2).find_map(|pair| {
        let between = claim.sentence.get(pair[0].span.end..pair[1].span.start)?.trim();
        let is_pair =
            matches!(between, "in" | "in every" | "out of") && pair.iter().any(|one| one.span == figure.span);
        is_pair
            .then(|| percent(pair[0].value.number()?, pair[1].value.number()?))
            .flatten()
    })
}

/// *One in four*, *one out of four*.
fn is_one_in(sentence: &str, figure: &Figure) -> bool {
    let before = sentence[..figure.span.start].to_lowercase();
    let before = before.trim_end();
    ["one in", "one in every", "one out of"]
        .iter()
        .any(|words| before.ends_with(words))
}

/// Whether *fewer than one in 200* says that the share is smaller (`false`), *more than one in 200* that it is larger (`true`).
fn bound_of_share(sentence: &str, figure: &Figure) -> Option<bool> {
    let before = sentence[..figure.span.start].to_lowercase();
    let before = before.rsplit_once("one ")?.0.trim_end();
    let ends = |words: &[&str]| words.iter().any(|word| before.ends_with(word));
    if ends(&["fewer than", "less than", "under", "below", "nearly", "almost"]) {
        return Some(false);
    }
    ends(&["more than", "over", "above", "at least"]).then_some(true)
}
