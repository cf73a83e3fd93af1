//! What a sentence of a summary may say that its passages do not say word for word.
//!
//! In: the passages, the sentence, and what comparing their ledgers found. Out: figures that follow from the passages are
//! taken off the findings and marked `derived`; quotation marks around words that nobody is quoted with are added; acronyms
//! of what a passage spells out are taken off. Law:
//! a derivation needs two figures of the passages in one unit (or one, multiplied by a figure the sentence itself states).
//!
//! # Not done
//! Counts of what the passages enumerate: a count up to ten in words that they do not state is a warning. The words of a quotation are not translated: that they are the French
//! ones is shown by nothing here, so only a quotation where the French has none is an error.

use crate::figures::{self, Figure, Form, Kind, Number, Unit, Value};
use crate::finding::{Account, Code, Finding, Outcome, Spot, Status, Subject, Verdict};
use crate::span::Span;

/// Takes the figures that recompute from the passages off the findings, and accounts for them as `derived: …`.
pub(super) fn accept_derived(verdict: &mut Verdict, source: &str, sentence: &str) {
    let is_surplus = |finding: &Finding| {
        finding.is_error()
            && finding.code.subject() == Subject::Figure
            && finding.code.status() != Status::Missing
            && finding.code != Code::FigureCurrency
            && finding.target.is_some()
    };
    if !verdict.findings.iter().any(is_surplus) {
        return;
    }
    let french = figures::find_french(source);
    let english = figures::find_english(sentence);
    let (mut derived, mut is_product) = (Vec::new(), false);
    verdict.findings.retain(|finding| {
        let spot = finding.target.as_ref().filter(|_| is_surplus(finding));
        let Some(spot) = spot else { return true };
        let figure = english.iter().find(|figure| figure.span.overlaps(spot.span));
        let Some((from, how)) = figure.and_then(|figure| derivation(figure, &french, &english)) else {
            return true;
        };
        if how == "product" {
            is_product = true;
        }
        derived.push(Account {
            kind: Subject::Figure,
            outcome: Outcome::Proven,
            source: Spot::new(source, from),
            target: Some(spot.clone()),
            because: Some(format!("derived: {how}")),
        });
        false
    });
    verdict.accounts.extend(derived);
    for finding in &mut verdict.findings {
        let spot = finding.target.as_ref().filter(|_| finding.is_error());
        let figure = spot.and_then(|spot| english.iter().find(|figure| figure.span.overlaps(spot.span)));
        let Some(figure) = figure else { continue };
        // The years of a product are the sentence's own; a small count in words is not provable, see above.
        let is_factor = is_product && figure.kind == Kind::Duration;
        let is_small_count = finding.code == Code::FigureAdded
            && figure.kind == Kind::Count
            && figure.form == Form::Words
            && figure
                .value
                .number()
                .is_some_and(|value| value <= Number::from_integer(10));
        if is_factor || is_small_count {
            *finding = finding.clone().as_warning();
        }
    }
}

/// The first figure a derivation starts from, and the rule.
fn derivation(figure: &Figure, french: &[Figure], english: &[Figure]) -> Option<(Span, &'static str)> {
    let value = figure.value.number()?;
    let slack = slack(figure);
    let near = |computed: Option<Number>| computed.is_some_and(|computed| within(computed, value, slack));
    let amounts: Vec<(&Figure, Number)> = french
        .iter()
        .filter_map(|figure| Some((figure, figure.value.number()?)))
        .collect();
    for (at, &(first, a)) in amounts.iter().enumerate() {
        for &(second, b) in &amounts[at + 1..] {
            let alike = first.kind == second.kind && same_unit(first.unit, second.unit);
            if !alike && !lacks_currency(first, second) && !lacks_currency(second, first) {
                continue;
            }
            if is_like(figure, first) || is_like(figure, second) {
                if near(plus(a, b)) {
                    return Some((first.span, "sum"));
                }
                if near(minus(a, b)) || near(minus(b, a)) {
                    return Some((first.span, "difference"));
                }
            }
            match figure.kind {
                Kind::Percentage | Kind::Fraction => {
                    let hundred = Number::from_integer(if figure.kind == Kind::Fraction { 1 } else { 100 });
                    if near(ratio(a, b, hundred)) || near(ratio(b, a, hundred)) {
                        return Some((first.span, "share"));
                    }
                    let change = |from: Number, to: Number| ratio(minus(to, from)?, from, hundred);
                    let fell = |from: Number, to: Number| ratio(minus(from, to)?, from, hundred);
                    if near(change(a, b)) || near(fell(a, b)) || near(change(b, a)) || near(fell(b, a)) {
                        return Some((first.span, "change"));
                    }
                }
                Kind::Multiple => {
                    let one = Number::from_integer(1);
                    if near(ratio(a, b, one)) || near(ratio(b, a, one)) {
                        return Some((first.span, "ratio"));
                    }
                }
                _ => {}
            }
        }
        // What a year brings, over the years the sentence names.
        let times = english
            .iter()
            .filter(|other| other.span != figure.span && other.kind == Kind::Duration);
        for factor in times.filter_map(|other| other.value.number()) {
            if is_like(figure, first) && factor != Number::from_integer(1) && near(product(a, factor)) {
                return Some((first.span, "product"));
            }
        }
    }
    elapsed(figure, value, french)
}

/// The years between two dates of the passages.
fn elapsed(figure: &Figure, value: Number, french: &[Figure]) -> Option<(Span, &'static str)> {
    if figure.unit.is_none_or(|unit| unit.code() != "a") {
        return None;
    }
    let years: Vec<(Span, i32)> = french
        .iter()
        .filter_map(|figure| match figure.value {
            Value::Date(date) if !date.decade => Some((figure.span, date.year?)),
            _ => None,
        })
        .collect();
    years.iter().enumerate().find_map(|(at, (span, first))| {
        let found = years[at + 1..].iter().any(|(_, second)| {
            let between = i128::from(first.abs_diff(*second));
            between > 0 && Number::from_integer(between) == value
        });
        found.then_some((*span, "elapsed years"))
    })
}

/// Whether a sum or difference of such figures may be this one.
fn is_like(figure: &Figure, source: &Figure) -> bool {
    (figure.kind == source.kind && same_unit(figure.unit, source.unit)) || lacks_currency(figure, source)
}

/// A bare number beside money: `117 millions d'euros par an`, *or 351 million over three years*.
fn lacks_currency(bare: &Figure, money: &Figure) -> bool {
    bare.kind == Kind::Count && bare.unit.is_none() && money.unit.is_some_and(Unit::is_currency)
}

fn same_unit(a: Option<Unit>, b: Option<Unit>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => a.agrees(b),
        (None, None) => true,
        _ => false,
    }
}

/// How far from the exact result a figure may stand, in hundredths: announced rounding, or the last digit shown.
fn slack(figure: &Figure) -> i128 {
    match (figure.qualifier, figure.kind) {
        (Some(_), _) => 6,
        (None, Kind::Percentage | Kind::Fraction | Kind::Multiple) => 2,
        (None, _) => 0,
    }
}

fn within(computed: Number, value: Number, slack: i128) -> bool {
    let gap = minus(computed, value).map(|gap| if gap < Number::from_integer(0) { -gap } else { gap });
    let may = product(value, Number::new(slack, 100));
    value > Number::from_integer(0) && gap.zip(may).is_some_and(|(gap, may)| gap <= may)
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

/// Takes acronyms off the findings whose words a passage spells out: *SGP* for `Société du Grand Paris`. An article says
/// the full name in one passage and the acronym in another, and a summary may take either.
pub(super) fn accept_initials(verdict: &mut Verdict, source: &str) {
    let mut initials = None;
    verdict.findings.retain(|finding| {
        let Some(spot) = finding.target.as_ref().filter(|_| {
            finding.is_error()
                && finding.code.subject() == Subject::Name
                && finding.code.status() != Status::Missing
        }) else {
            return true;
        };
        let acronym = spot.text.replace('.', "");
        let is_acronym = acronym.chars().count() >= 3 && acronym.chars().all(char::is_uppercase);
        !(is_acronym
            && initials
                .get_or_insert_with(|| initials_of(source))
                .contains(&acronym))
    });
}

/// The initials of the words of a text with articles and prepositions left out, in capitals; a space where a sentence,
/// a clause or any other run of words ends.
fn initials_of(text: &str) -> String {
    const BETWEEN: &[&str] = &[
        "a", "au", "aux", "d", "de", "des", "du", "en", "et", "l", "la", "le", "les", "pour", "sur", "à",
    ];
    let mut initials = String::new();
    for run in text.split(|c: char| !c.is_alphanumeric() && !matches!(c, ' ' | '\'' | '’' | '-' | '\u{a0}'))
    {
        for word in run.split(|c: char| !c.is_alphanumeric()) {
            if !BETWEEN.contains(&word.to_lowercase().as_str()) {
                initials.extend(word.chars().next().into_iter().flat_map(char::to_uppercase));
            }
        }
        initials.push(' ');
    }
    initials
}

/// Quotation marks in a sentence whose passages quote nobody.
pub(super) fn quotations(source: &str, sentence: &str) -> Vec<Finding> {
    // An apostrophe that follows no letter opens a quotation.
    let mut before = ' ';
    let quotes = source.chars().any(|c| {
        let opens = matches!(c, '«' | '»' | '“' | '”' | '"' | '„' | '‘')
            || (matches!(c, '\'' | '’') && !before.is_alphanumeric());
        before = c;
        opens
    });
    if quotes {
        return Vec::new();
    }
    quoted(sentence)
        .into_iter()
        .map(|span| {
            let spot = Spot::new(sentence, span);
            let mut finding = Finding::new(
                Code::QuoteAltered,
                None,
                Some(spot),
                "The passages it cites quote nobody with these words.",
            );
            finding.severity = crate::finding::Severity::Error;
            finding
        })
        .collect()
}

/// What stands between double quotation marks, in reading order.
fn quoted(text: &str) -> Vec<Span> {
    let marks: Vec<(usize, char)> = text
        .char_indices()
        .filter(|(_, c)| matches!(c, '"' | '“' | '”'))
        .collect();
    marks
        .chunks_exact(2)
        .map(|pair| Span::new(pair[0].0 + pair[0].1.len_utf8(), pair[1].0))
        .filter(|span| span.start < span.end)
        .collect()
}

#[cfg(test)]
mod tests {
    use crate::verify::Checker;

    fn verdict(french: &str, english: &str) -> crate::finding::Verdict {
        Checker::default().check_claim(&[french], english)
    }

    #[test]
    fn a_figure_that_recomputes_is_derived_and_another_is_an_error() {
        let french = "La ville verse 12 millions d'euros, la région 7 millions d'euros.";
        let right = verdict(french, "Together they pay 19 million euros.");
        assert!(right.is_intact(), "{right:#?}");
        assert!(
            right
                .accounts
                .iter()
                .any(|account| account.because.as_deref() == Some("derived: sum"))
        );
        assert!(!verdict(french, "Together they pay 21 million euros.").is_intact());
        assert!(!verdict(french, "Together they pay 19 million dollars.").is_intact());
    }

    #[test]
    fn a_share_recomputes_within_announced_rounding() {
        let french = "Sur 400 élèves, 100 élèves ont échoué.";
        assert!(verdict(french, "Of 400 pupils, 25% failed.").is_intact());
        assert!(!verdict(french, "Of 400 pupils, 35% failed.").is_intact());
    }

    #[test]
    fn an_acronym_may_stand_for_the_words_it_abbreviates() {
        let french = "La Société du Grand Bassin construira le port à Lyon.";
        assert!(verdict(french, "The SGB will build the port.").is_intact());
        assert!(!verdict(french, "The RTK will build the port.").is_intact());
    }

    #[test]
    fn a_quotation_needs_passages_that_quote() {
        assert!(!verdict("Il juge le projet trop cher.", "He calls it \"far too dear\".").is_intact());
        assert!(verdict("Il juge le projet « trop cher ».", "He calls it \"too dear\".").is_intact());
    }
}
