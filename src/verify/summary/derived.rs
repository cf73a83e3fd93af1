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
use super::dated::{dated, elapsed, has_word, hours, month, periodic, weekday};
use crate::figures::{Figure, Form, Kind, Number, Qualifier, Unit, Value};
use crate::finding::{Account, Code, Finding, Outcome, Spot, Status, Subject, Verdict};
use crate::names::NameKind;
use crate::span::Span;

/// More figures than that recompute anything by chance.
pub(super) const MOST_OPERANDS: usize = 20;

/// A sum of a run of figures has at most so many.
const LONGEST_SUM: usize = 5;

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
            Code::FigureUnit | Code::FigureDirection => None,
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
        }
        if finding.is_error() && is_elsewhere(claim, figure) {
            let words = figure.span.of(claim.sentence);
            finding.message =
                format!("“{words}” stands elsewhere in the article, not in the passages it cites.");
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

/// *0.4 and 0.8 points*: the first in the unit of the second.
fn sharing_unit(claim: &Claim<'_>, figure: &Figure) -> Option<Figure> {
    let at = claim
        .english_figures
        .iter()
        .position(|other| other.span == figure.span)?;
    let next = claim.english_figures.get(at + 1)?;
    let between = claim.sentence.get(figure.span.end..next.span.start)?.trim();
    (figure.unit.is_none() && next.unit.is_some() && matches!(between, "and" | "or" | "to" | ",")).then(
        || Figure {
            kind: next.kind,
            unit: next.unit,
            ..figure.clone()
        },
    )
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
    if figure.kind == Kind::Multiple && !claim.french_figures.is_empty() && figure.form != Form::Implied {
        finding.severity = finding.code.severity();
    }
}

/// The first figure a derivation starts from, and the rule.
fn derivation(claim: &Claim<'_>, figure: &Figure) -> Option<(Span, &'static str)> {
    let words = figure.span.of(claim.sentence);
    if figure.kind == Kind::Ordinal
        && (words.starts_with("a ") || words.starts_with("one ") || words.starts_with("one-"))
    {
        // *Fell by a third*.
        let value = ratio(
            Number::from_integer(1),
            figure.value.number()?,
            Number::from_integer(1),
        )?;
        let part = Figure {
            kind: Kind::Fraction,
            value: Value::Number(value),
            unit: None,
            ..figure.clone()
        };
        return derivation(claim, &part);
    }
    if let Value::Date(date) = figure.value {
        return dated(claim, figure, date);
    }
    if figure.kind == Kind::Weekday {
        return weekday(claim, figure);
    }
    if figure.kind == Kind::Month {
        return month(claim, figure);
    }
    if let Value::Range(low, high) = figure.value {
        let kind = match figure.unit {
            Some(unit) if unit.is_currency() => Kind::Money,
            Some(Unit::PERCENT) => Kind::Percentage,
            _ => Kind::Count,
        };
        let single = |value| Figure {
            value: Value::Number(value),
            kind,
            ..figure.clone()
        };
        let known = |value: Number| {
            operands(claim)
                .iter()
                .find(|operand| operand.value == value)
                .map(|operand| (operand.span, "range"))
        };
        let (first, last) = (known(low), known(high));
        return match (first, last) {
            (Some(found), Some(_)) => Some(found),
            (Some(_), None) => derivation(claim, &single(high)),
            (None, Some(_)) => derivation(claim, &single(low)),
            (None, None) => None,
        };
    }
    let value = figure.value.number()?;
    let may = Rounding::of(figure, claim.sentence);
    let near = |computed: Option<Number>| computed.is_some_and(|computed| may.allows(computed, value));
    let amounts = operands(claim);
    if matches!(figure.kind, Kind::Count | Kind::Multiple)
        && figure.form == Form::Words
        && let Some(found) = enumerated(claim, figure)
    {
        return Some(found);
    }
    if let Some(found) = rounded(figure, value, &may, &amounts) {
        return Some(found);
    }
    if let Some(part) = out_of(claim, figure) {
        let close = |operand: &&Operand| {
            operand.kind == Kind::Percentage
                && minus(operand.value, part).is_some_and(|gap| {
                    let gap = if gap < Number::from_integer(0) { -gap } else { gap };
                    gap <= Number::from_integer(4)
                })
        };
        if let Some(found) = amounts.iter().find(close) {
            return Some((found.span, "share"));
        }
    }
    // *One in four*: a share.
    if figure.kind == Kind::Count && is_one_in(claim.sentence, figure) {
        let one = Number::from_integer(1);
        let part = ratio(one, value, one)?;
        let close = |share: Option<Number>| {
            share.and_then(|share| minus(share, part)).is_some_and(|gap| {
                let gap = if gap < Number::from_integer(0) { -gap } else { gap };
                product(gap, Number::from_integer(20)).is_some_and(|gap| gap <= part)
            })
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
        return found.map(|(_, first)| (first.span, "share"));
    }
    for (at, first) in amounts.iter().enumerate() {
        let a = first.value;
        for second in &amounts[at + 1..] {
            let b = second.value;
            if !first.is_alike(second) {
                continue;
            }
            let (large, small) = if a < b { (b, a) } else { (a, b) };
            if figure.kind == Kind::Percentage && first.kind == Kind::Percentage && near(rest(plus(a, b)?)) {
                return Some((first.span, "rest of a hundred"));
            }
            if is_like(figure, first) || is_like(figure, second) {
                if near(plus(a, b)) {
                    return Some((first.span, "sum"));
                }
                // Between percentages lie points, not per cent.
                if figure.kind != Kind::Percentage && near(minus(large, small)) {
                    return Some((first.span, "difference"));
                }
            }
            match figure.kind {
                Kind::Percentage | Kind::Fraction if first.kind != Kind::Percentage => {
                    let hundred = Number::from_integer(if figure.kind == Kind::Fraction { 1 } else { 100 });
                    if near(ratio(small, large, hundred)) {
                        return Some((first.span, "share"));
                    }
                    let gap = minus(large, small)?;
                    // The last: *rose by 5 to 55*, a tenth.
                    if near(ratio(gap, small, hundred))
                        || near(ratio(gap, large, hundred))
                        || near(ratio(small, gap, hundred))
                    {
                        return Some((first.span, "change"));
                    }
                }
                Kind::Points if first.kind == Kind::Percentage && near(minus(large, small)) => {
                    return Some((first.span, "difference in points"));
                }
                Kind::Multiple if near(ratio(large, small, Number::from_integer(1))) => {
                    return Some((first.span, "ratio"));
                }
                Kind::Duration if first.kind == Kind::Age && near(minus(large, small)) => {
                    return Some((first.span, "difference in age"));
                }
                Kind::Count if first.kind == Kind::Ordinal && near(minus(large, small)) => {
                    return Some((first.span, "places between ranks"));
                }
                _ => {}
            }
        }
        if figure.kind == Kind::Percentage && first.kind == Kind::Percentage && near(rest(a)) {
            return Some((first.span, "rest of a hundred"));
        }
        if let Some(how) = by_share(claim, figure, first, &amounts, &near) {
            return Some((first.span, how));
        }
        // Three to five figures in a row.
        let alike: Vec<Number> = amounts[at..]
            .iter()
            .filter(|other| first.is_alike(other))
            .map(|other| other.value)
            .take(LONGEST_SUM)
            .collect();
        if is_like(figure, first) {
            let mut total = a;
            for (count, number) in alike.iter().enumerate().skip(1) {
                total = plus(total, *number)?;
                if count >= 2 && near(Some(total)) {
                    return Some((first.span, "sum"));
                }
            }
        }
        // What a month or a quarter brings, in a year.
        let brings = |word: &str, times: i128| {
            has_word(claim.source, word) && near(product(a, Number::from_integer(times)))
        };
        let in_a_year = is_like(figure, first) && claim.sentence.contains("year");
        if in_a_year
            && (brings("mois", 12)
                || brings("mensuel", 12)
                || brings("trimestre", 4)
                || brings("semaine", 52))
        {
            return Some((first.span, "product"));
        }
        // What a year brings, over the years the sentence names.
        let times = claim
            .english_figures
            .iter()
            .filter(|other| other.span != figure.span && other.kind == Kind::Duration);
        for factor in times.filter_map(|other| other.value.number()) {
            if is_like(figure, first) && factor != Number::from_integer(1) && near(product(a, factor)) {
                return Some((first.span, "product"));
            }
        }
    }
    hours(claim, figure, value).or_else(|| elapsed(claim, figure, value))
}

/// What a share or a change says of an amount: the part, the whole, what it was before, what it is after; and the average over
/// a number of years or things.
fn by_share(
    claim: &Claim<'_>,
    figure: &Figure,
    amount: &Operand,
    operands: &[Operand],
    near: &dyn Fn(Option<Number>) -> bool,
) -> Option<&'static str> {
    if !is_like(figure, amount) || matches!(amount.kind, Kind::Percentage | Kind::Fraction | Kind::Ordinal) {
        return None;
    }
    let one = Number::from_integer(1);
    let is_average = [
        "average", "each", "apiece", " a year", " a month", " a day", " per ",
    ]
    .iter()
    .any(|words| claim.sentence.contains(words));
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
    if let Some(own) = listed(&claim.sentence[figure.span.end..]).into_iter().max() {
        return (own == count).then_some((start, "count"));
    }
    let names = crate::names::find_french(claim.source, claim.lexicon);
    claim.french.sentences.iter().find_map(|span| {
        let named = |kind: fn(NameKind) -> bool| {
            let inside = names
                .iter()
                .filter(|name| kind(name.kind) && name.span.overlaps(*span));
            inside.count() == count
        };
        if named(|kind| kind == NameKind::Place)
            || named(|kind| matches!(kind, NameKind::Person | NameKind::Name))
        {
            return Some((Span::new(span.start, span.start), "count"));
        }
        listed(span.of(claim.source))
            .contains(&count)
            .then_some((Span::new(span.start, span.start), "count"))
    })
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

/// A figure of the passages as something to compute with; a range gives two.
struct Operand {
    span: Span,
    kind: Kind,
    unit: Option<Unit>,
    value: Number,
}

impl Operand {
    fn is_alike(&self, other: &Self) -> bool {
        let money = |a: &Self, b: &Self| {
            a.kind == Kind::Count && a.unit.is_none() && b.unit.is_some_and(Unit::is_currency)
        };
        self.kind == other.kind && same_unit(self.unit, other.unit)
            || money(self, other)
            || money(other, self)
    }
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
    for figure in &claim.french_figures {
        let values = match figure.value {
            Value::Number(value) => vec![value],
            Value::Range(low, high) => vec![low, high],
            _ => Vec::new(),
        };
        operands.extend(values.into_iter().map(|value| Operand {
            span: figure.span,
            kind: kind_of(figure),
            unit: figure.unit,
            value,
        }));
    }
    operands.truncate(MOST_OPERANDS);
    operands
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

/// *One in four*, *one out of four*.
/// What is left of a hundred.
fn rest(percent: Number) -> Option<Number> {
    minus(Number::from_integer(100), percent)
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

fn is_one_in(sentence: &str, figure: &Figure) -> bool {
    let before = sentence[..figure.span.start].to_lowercase();
    let before = before.trim_end();
    ["one in", "one in every", "one out of"]
        .iter()
        .any(|words| before.ends_with(words))
}

/// Whether a sum or difference of such figures may be this one.
fn is_like(figure: &Figure, source: &Operand) -> bool {
    let bare =
        figure.kind == Kind::Count && figure.unit.is_none() && source.unit.is_some_and(Unit::is_currency);
    (figure.kind == source.kind && same_unit(figure.unit, source.unit)) || bare
}

fn same_unit(a: Option<Unit>, b: Option<Unit>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => a.agrees(b),
        (None, None) => true,
        _ => false,
    }
}

/// How far below and above what it says the exact result may lie.
struct Rounding {
    below: Number,
    above: Number,
}

impl Rounding {
    /// By what announces the rounding, or else by the last digit the figure shows.
    fn of(figure: &Figure, text: &str) -> Self {
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

    fn allows(&self, computed: Number, value: Number) -> bool {
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

fn ratio(part: Number, whole: Number, scale: Number) -> Option<Number> {
    use num_traits::CheckedDiv as _;
    if *whole.numer() == 0 {
        return None;
    }
    product(part, scale)?.checked_div(&whole)
}

fn plus(a: Number, b: Number) -> Option<Number> {
    num_traits::CheckedAdd::checked_add(&a, &b)
}

fn minus(a: Number, b: Number) -> Option<Number> {
    num_traits::CheckedSub::checked_sub(&a, &b)
}

fn product(a: Number, b: Number) -> Option<Number> {
    num_traits::CheckedMul::checked_mul(&a, &b)
}
