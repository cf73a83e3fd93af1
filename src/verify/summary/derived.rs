//! Figures that the passages do not state and that follow from those they do.
//!
//! In: a claim, and what comparing its ledgers found. Out: figures that recompute are taken off the findings and accounted
//! for as `derived: …`; what does not recompute stays, and a count or a ratio in words that was a mere warning becomes an
//! error. Laws: operands are figures of one kind and one unit in the cited passages; a result may differ from the exact
//! one by its announced rounding alone (the last digit it shows, or what *nearly*, *about*, *more than* allow).
//!
//! Rules: sums (two figures, or a run of three to five), differences, shares and changes in per cent, points between percentages,
//! ratios, products with a number of years the sentence names, years and days between dates, a date so many years or days from another, and counts
//! of what the passages or the sentence enumerate.
//!
//! # Not done
//! Chains of two operations; counts of things that are not listed side by side.

use super::Claim;
use super::arithmetic::{
    Operand, by_share, is_like, of_two, one_in, over_time, percentage_near, plus, product, ratio, same_unit,
    sum,
};
use super::dated::{dated, elapsed, hours, lengths, month, periodic, weekday};
use super::rounding::Rounding;
use super::stance::with_bound;
use crate::figures::{Figure, Form, Kind, Number, Qualifier, Unit, Value};
use crate::finding::{Account, Code, Finding, Outcome, Spot, Status, Subject, Verdict};
use crate::names::NameKind;
use crate::span::Span;

/// More figures than that recompute anything by chance.
pub(super) const MOST_OPERANDS: usize = 20;

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
            Code::FigureUnit => converted(claim, figure),
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

/// `606 à 480 millions`, *606 million to 480 million*: the scale of a range belongs to both its ends.
fn range_in_one_scale(claim: &Claim<'_>, figure: &Figure) -> Option<(Span, &'static str)> {
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
fn converted(claim: &Claim<'_>, figure: &Figure) -> Option<(Span, &'static str)> {
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

/// The low end of a range with the scale word that stands after its high end.
fn scaled(range: &Figure, low: Number) -> Number {
    let unscaled = low < Number::from_integer(1_000) && range.scale > 0;
    let factor = 10_i128.checked_pow(u32::from(range.scale));
    let whole = factor
        .filter(|_| unscaled)
        .and_then(|factor| product(low, Number::from_integer(factor)));
    whole.unwrap_or(low)
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
    if figure.kind == Kind::Ordinal
        && figure.form == Form::Words
        && (finding.code == Code::FigureAdded || is_told_off(claim.sentence, figure))
    {
        *finding = finding.clone().as_warning();
    }
    if figure.kind == Kind::Multiple && !claim.french_figures.is_empty() && figure.form != Form::Implied {
        finding.severity = finding.code.severity();
    }
}

/// *One in blue, another in white, the third…*: the sentence counts what it tells itself.
fn is_told_off(sentence: &str, figure: &Figure) -> bool {
    let before = sentence[..figure.span.start].to_lowercase();
    let says = |words: &[&str]| {
        words.iter().any(|word| {
            before
                .split(|c: char| !c.is_alphanumeric())
                .any(|other| other == *word)
        })
    };
    says(&["one", "first"]) && says(&["another", "other", "second"])
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
    if let Some(found) = rounded(figure, value, &may, &amounts) {
        return Some(found);
    }
    let ellipsis = (0..claim.french_figures.len()).find_map(|at| {
        let (like, worth) = in_the_unit_before(claim, at)?;
        let fits = worth == value
            && (same_unit(like.unit, figure.unit) || figure.unit.is_some_and(Unit::is_currency));
        fits.then_some((claim.french_figures[at].span, "unit of the figure before"))
    });
    if ellipsis.is_some() {
        return ellipsis;
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

/// A count of what the sentence lists right after it, or the passages list.
fn enumerated(claim: &Claim<'_>, figure: &Figure) -> Option<(Span, &'static str)> {
    let count = usize::try_from(figure.value.number()?.to_integer())
        .ok()
        .filter(|count| *count >= 2)?;
    let dates: Vec<&Figure> = claim
        .french_figures
        .iter()
        .filter(|french| french.kind == Kind::Date)
        .collect();
    if dates.len() == count {
        return Some((dates[0].span, "count"));
    }
    let start = Span::new(0, claim.source.len().min(1));
    let start = if claim.source.is_char_boundary(start.end) {
        start
    } else {
        Span::new(0, 0)
    };
    if figure.kind == Kind::Multiple {
        return None;
    }
    if let Some(other) = one_more(claim, figure) {
        return Some((other, "one more"));
    }
    if let Some(own) = listed(&claim.sentence[figure.span.end..]).into_iter().max() {
        return (own == count).then_some((start, "count"));
    }
    let names = crate::names::find_french(claim.source, claim.lexicon);
    let people: std::collections::BTreeSet<&str> = names
        .iter()
        .filter(|name| name.kind == NameKind::Person)
        .map(|name| name.span.of(claim.source))
        .collect();
    if people.len() == count && count > 2 {
        return Some((start, "count"));
    }
    claim.french.sentences.iter().find_map(|span| {
        let lists = |kind: fn(NameKind) -> bool| {
            let inside = names
                .iter()
                .filter(|name| kind(name.kind) && name.span.overlaps(*span));
            inside.count() == count
        };
        if lists(|kind| kind == NameKind::Place)
            || lists(|kind| matches!(kind, NameKind::Person | NameKind::Name))
        {
            return Some((Span::new(span.start, span.start), "count"));
        }
        listed(span.of(claim.source))
            .contains(&count)
            .then_some((Span::new(span.start, span.start), "count"))
    })
}

/// *A group of nine, a guest and eight friends*: one, and a number of the passages.
fn one_more(claim: &Claim<'_>, figure: &Figure) -> Option<Span> {
    let fewer = super::arithmetic::minus(figure.value.number()?, Number::from_integer(1))?;
    let said = claim.english_figures.iter().any(|other| {
        other.value == Value::Number(fewer) && claim.sentence[..other.span.start].trim_end().ends_with(" and")
    });
    let counted = claim
        .french_figures
        .iter()
        .find(|french| french.value == Value::Number(fewer));
    counted.filter(|_| said).map(|french| french.span)
}

/// How many things stand side by side in each list of a text: short pieces parted by commas, the last by *and* or `et`.
fn listed(text: &str) -> Vec<usize> {
    let mut found = Vec::new();
    for clause in text.split(['.', ';', ':', '(', ')', '–', '—', '!', '?']) {
        let mut run = 1;
        for piece in clause.split(',') {
            let words: Vec<&str> = piece.split_whitespace().collect();
            let joint = words
                .iter()
                .position(|word| matches!(*word, "and" | "et" | "ou" | "or"));
            match joint {
                Some(at) if run > 1 || at > 0 => {
                    found.push(if at == 0 { run } else { run + 1 });
                    run = 1;
                }
                _ if words.len() <= 8 => run += 1,
                _ => run = 2,
            }
        }
    }
    found.retain(|count| *count >= 3);
    found
}

fn operands(claim: &Claim<'_>) -> Vec<Operand> {
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
fn in_unit_of(figure: &Figure, amounts: &mut [Operand]) {
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
fn in_the_unit_before<'c>(claim: &'c Claim<'_>, at: usize) -> Option<(&'c Figure, Number)> {
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

/// One figure of the passages, rounded: to fewer digits, as announced or by the last digit shown; or told in another unit
/// of the same dimension.
fn rounded(
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
