//! Whether a figure of the sentence stands in the role that its counterpart has in the passages.
//!
//! In: a claim, and what comparing its ledgers proved. Out: errors (`figure.altered`). The comparison of a translation may take a number in another
//! role for the same one; a summary leaves most figures out, so that a number alone proves little: points are no count, a
//! share is no percentage of its denominator, years are no rank. A range with one end of the passages and another
//! for the other end is altered as well.

use super::Claim;
use super::derived::derivation;
use crate::figures::{Figure, Kind, Number, Value};
use crate::finding::{Account, Code, Finding, Outcome, Spot, Subject, Verdict};
use crate::span::Span;

pub(super) fn check(claim: &Claim<'_>, verdict: &mut Verdict) {
    let mut found: Vec<Finding> = Vec::new();
    verdict.accounts.retain(|account| {
        let Some((french, english)) = pair(claim, account) else {
            return true;
        };
        let small = english
            .value
            .number()
            .is_none_or(|value| value <= Number::from_integer(2));
        if small
            || english.kind == Kind::Points && !is_share(claim, english)
            || may_stand_for(french, english)
            || derivation(claim, english).is_some()
        {
            return true;
        }
        found.push(altered(claim, french.span, english.span));
        false
    });
    // Points that nothing accounts for: `0,3 %` is no 0.3 point.
    for english in claim
        .english_figures
        .iter()
        .filter(|figure| figure.kind == Kind::Points)
    {
        let touches = |finding: &Finding| {
            finding
                .target
                .as_ref()
                .is_some_and(|spot| spot.span.overlaps(english.span))
        };
        let stated = claim
            .french_figures
            .iter()
            .any(|french| french.kind == Kind::Points && french.value == english.value);
        if stated
            || found.iter().chain(&verdict.findings).any(touches)
            || derivation(claim, english).is_some()
        {
            continue;
        }
        let rival = claim
            .french_figures
            .iter()
            .find(|french| matches!(french.kind, Kind::Percentage | Kind::Points));
        found.extend(rival.map(|french| altered(claim, french.span, english.span)));
    }
    found.extend(range_ends(claim));
    verdict.findings.extend(found);
}

/// *Percentage points*, which are no points of an index or a match.
fn is_share(claim: &Claim<'_>, figure: &Figure) -> bool {
    figure.kind == Kind::Points && figure.span.of(claim.sentence).contains("percent")
}

fn altered(claim: &Claim<'_>, french: Span, english: Span) -> Finding {
    let (ours, theirs) = (french.of(claim.source), english.of(claim.sentence));
    let message = format!("“{theirs}” does not follow from “{ours}” of the passages.");
    let source = Some(Spot::new(claim.source, french));
    Finding::new(Code::FigureAltered, source, Some(claim.spot(english)), message)
}

/// The figures that an account puts together.
fn pair<'c>(claim: &'c Claim<'_>, account: &Account) -> Option<(&'c Figure, &'c Figure)> {
    if account.kind != Subject::Figure || account.outcome != Outcome::Proven {
        return None;
    }
    let target = account.target.as_ref()?;
    let at = |figures: &'c [Figure], span: Span| figures.iter().find(|figure| figure.span.overlaps(span));
    Some((
        at(&claim.french_figures, account.source.span)?,
        at(&claim.english_figures, target.span)?,
    ))
}

/// Whether a figure of this kind in the English may say that of the French.
fn may_stand_for(french: &Figure, english: &Figure) -> bool {
    match english.kind {
        Kind::Points => matches!(
            french.kind,
            Kind::Percentage | Kind::Points | Kind::Range | Kind::Score
        ),
        Kind::Percentage => !matches!(
            french.kind,
            Kind::Age | Kind::Count | Kind::Date | Kind::Duration | Kind::Money | Kind::Ordinal | Kind::Time
        ),
        Kind::Fraction => !matches!(
            french.kind,
            Kind::Percentage | Kind::Points | Kind::Date | Kind::Money
        ),
        Kind::Duration => !matches!(french.kind, Kind::Ordinal | Kind::Money | Kind::Percentage),
        _ => true,
    }
}

/// *From 1946 to 1958* for `de 1946 à 1953`: ranges that share their first end only.
fn range_ends(claim: &Claim<'_>) -> Vec<Finding> {
    let ours = ends(
        claim.source,
        &claim.french_figures,
        &["de", "du", "entre"],
        &["à", "au", "et", "aux"],
    );
    let theirs = ends(
        claim.sentence,
        &claim.english_figures,
        &["from", "between"],
        &["to", "and", "until"],
    );
    theirs
        .into_iter()
        .filter_map(|(low, high)| {
            let same: Vec<_> = ours
                .iter()
                .filter(|(first, second)| {
                    first.value == low.value
                        && first.kind == low.kind
                        && second.kind == high.kind
                        && second.unit == high.unit
                })
                .collect();
            let other = same
                .first()
                .filter(|_| !same.iter().any(|(_, second)| second.value == high.value))?;
            let whole = |figure: &Figure| !matches!(figure.value, Value::Date(date) if date.month.is_some());
            (whole(other.1) && whole(high)).then(|| altered(claim, other.1.span, high.span))
        })
        .collect()
}

/// Pairs of figures that a text joins as the two ends of a range.
fn ends<'f>(
    text: &str,
    figures: &'f [Figure],
    before: &[&str],
    between: &[&str],
) -> Vec<(&'f Figure, &'f Figure)> {
    let joined = |pair: &&'f [Figure]| {
        let words = text[..pair[0].span.start].trim_end();
        let opens = before.iter().any(|word| {
            let rest = words.to_lowercase();
            rest.strip_suffix(word)
                .is_some_and(|rest| !rest.ends_with(char::is_alphanumeric))
        });
        let joint = text.get(pair[0].span.end..pair[1].span.start).map(str::trim);
        opens && joint.is_some_and(|joint| between.contains(&joint))
    };
    figures
        .windows(2)
        .filter(joined)
        .map(|pair| (&pair[0], &pair[1]))
        .collect()
}
