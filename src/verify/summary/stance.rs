//! Which way things go: a rise told as a fall, a yes as a no, a floor as a ceiling.
//!
//! In: a claim, and what the figures check found. Out: findings (`figure.direction`). Words of opposite meaning are judged by
//! `turned`, what has two ends by `relations`, each place once. Bounds (*at least*, *at most*) are held here against those of
//! the same figure in the French, and the spot takes in the words that make the bound.

use super::poles::{is_course, words};
use super::words::fold;
use super::{Claim, relations, turned};
use crate::figures::{Figure, Qualifier, Value};
use crate::finding::{Code, Finding, Spot, Verdict};
use crate::span::Span;

pub(super) fn check(claim: &Claim<'_>, verdict: &mut Verdict) {
    bounds(claim, verdict);
    for finding in turned::check(claim).into_iter().chain(relations::check(claim)) {
        let is_said = |other: &Finding| {
            let spots = other.target.as_ref().zip(finding.target.as_ref());
            other.code == finding.code && spots.is_some_and(|(ours, theirs)| ours.span.overlaps(theirs.span))
        };
        if !verdict.findings.iter().any(is_said) {
            verdict.findings.push(finding);
        }
    }
}

/// A floor told as a ceiling, or a little less as a little more.
fn bounds(claim: &Claim<'_>, verdict: &mut Verdict) {
    verdict.findings.retain(|finding| {
        let Some(target) = finding
            .target
            .as_ref()
            .filter(|_| finding.code == Code::FigureDirection)
        else {
            return true;
        };
        let verb = bound_by_verb(claim.sentence, target.span);
        let source = finding.source.as_ref();
        let is_same_verb =
            source.is_some_and(|spot| verb.is_some() && verb == bound_by_verb(claim.source, spot.span));
        !is_idle(claim.sentence, target.span) && !is_same_verb
    });
    for finding in &mut verdict.findings {
        if matches!(finding.code, Code::FigureAltered | Code::FigureAdded)
            && let Some(spot) = &mut finding.target
            && spot.text.ends_with('%')
        {
            let value = spot.value.take();
            *spot = Spot::new(claim.sentence, with_course(claim.sentence, spot.span));
            spot.value = value;
        }
        if finding.code == Code::FigureDirection
            && let Some(spot) = &mut finding.target
        {
            let value = spot.value.take();
            let bound = with_bound(claim.sentence, spot.span);
            *spot = Spot::new(claim.sentence, with_course(claim.sentence, bound));
            spot.value = value;
        }
    }
    verdict.findings.extend(compared(claim));
    for figure in &claim.english_figures {
        let taken = |finding: &Finding| {
            finding.is_error()
                && finding
                    .target
                    .as_ref()
                    .is_some_and(|spot| spot.span.overlaps(figure.span))
        };
        if verdict.findings.iter().any(taken) {
            continue;
        }
        let Some(english) = bound_by_verb(claim.sentence, figure.span).or_else(|| bound_of(figure)) else {
            continue;
        };
        let same: Vec<&Figure> = claim
            .french_figures
            .iter()
            .filter(|french| {
                french.value == figure.value && french.kind == figure.kind
                    || end_of(claim, french, figure).is_some()
            })
            .collect();
        let turned = |french: &&Figure| {
            let bound = bound_by_verb(claim.source, french.span)
                .or_else(|| bound_of(french))
                .or_else(|| bound_beside(claim.source, french.span))
                .or_else(|| end_of(claim, french, figure));
            bound.is_some_and(|bound| bound != english)
        };
        if same.is_empty() || !same.iter().all(turned) {
            continue;
        }
        let french = same[0];
        let span = with_bound(claim.sentence, figure.span);
        let message = format!(
            "“{}” stands for “{}” of the passages.",
            span.of(claim.sentence),
            french.span.of(claim.source)
        );
        let source = Some(Spot::new(claim.source, french.span));
        verdict.findings.push(Finding::new(
            Code::FigureDirection,
            source,
            Some(claim.spot(span)),
            message,
        ));
    }
}

/// *10 fewer than* for `10 de plus que`.
fn compared(claim: &Claim<'_>) -> Vec<Finding> {
    let after = |text: &str, span: Span, up: &[&str], down: &[&str]| {
        let next = words(&text[span.end..]).take(3);
        let near =
            next.take_while(|(at, _)| !text[span.end..span.end + at.start].contains([',', ';', '.', ')']));
        let found: Vec<(Span, String)> = near.collect();
        found.into_iter().find_map(|(at, word)| {
            let is_up = up.contains(&word.as_str()).then_some(true);
            let goes = is_up.or_else(|| down.contains(&word.as_str()).then_some(false))?;
            Some((goes, span.end + at.end))
        })
    };
    let mut findings = Vec::new();
    for figure in &claim.english_figures {
        let Some((goes, end)) = after(
            claim.sentence,
            figure.span,
            &["more", "higher"],
            &["fewer", "less", "lower"],
        ) else {
            continue;
        };
        let same = claim
            .french_figures
            .iter()
            .filter(|french| french.value == figure.value);
        let courses: Vec<(bool, Span)> = same
            .filter_map(|french| {
                Some((
                    after(claim.source, french.span, &["plus"], &["moins"])?.0,
                    french.span,
                ))
            })
            .collect();
        if let Some((_, french)) = courses
            .first()
            .filter(|_| courses.iter().all(|(ours, _)| *ours != goes))
        {
            let span = Span::new(figure.span.start, end);
            let message = format!(
                "“{}” is the opposite of what the passages say.",
                span.of(claim.sentence)
            );
            let source = Some(Spot::new(claim.source, *french));
            findings.push(Finding::new(
                Code::FigureDirection,
                source,
                Some(claim.spot(span)),
                message,
            ));
        }
    }
    findings
}

/// *Gave up 334 points*: no rise. Source: Quirk et al., A Comprehensive Grammar of the English Language, §16.3 (phrasal verbs).
fn is_idle(text: &str, figure: Span) -> bool {
    const VERBS: &[&str] = &[
        "end", "ended", "gave", "give", "given", "gives", "giving", "made", "make", "set", "take", "takes",
        "taken", "took", "use", "used", "wind", "wound",
    ];
    let all: Vec<(Span, String)> = words(text).take_while(|(at, _)| at.start < figure.end).collect();
    let up = all
        .iter()
        .rposition(|(at, word)| word == "up" && at.end + 8 >= figure.start);
    up.and_then(|at| all.get(at.checked_sub(1)?))
        .is_some_and(|(_, verb)| VERBS.contains(&verb.as_str()))
}

/// Whether the true value lies above the figure (`true`) or below it.
fn bound_of(figure: &Figure) -> Option<bool> {
    match figure.qualifier? {
        Qualifier::Nearly => Some(false),
        qualifier => qualifier.is_floor(),
    }
}

/// *From 600 to 700*: at least the one, at most the other.
fn end_of(claim: &Claim<'_>, range: &Figure, figure: &Figure) -> Option<bool> {
    let (Value::Range(low, high), number) = (range.value, figure.value.number()?) else {
        return None;
    };
    let before = claim.source[..range.span.start].split_whitespace().rev();
    let is_change = before.take(3).any(|word| fold(word).starts_with("pass"));
    let is_low = number == low;
    (range.unit == figure.unit && !is_change && is_low != (number == high)).then_some(is_low)
}

/// A bound that a verb before the figure says, the other one where it is denied: `ne doit pas dépasser`, *may not exceed*.
fn bound_by_verb(text: &str, figure: Span) -> Option<bool> {
    let all: Vec<(Span, String)> = words(text).take_while(|(at, _)| at.end <= figure.start).collect();
    let near = all.len().saturating_sub(VERB_REACH);
    let says = |at: usize| match all[at].1.as_str() {
        "exceed" | "exceeds" | "exceeded" | "exceeding" | "depasser" | "depasse" | "depassent"
        | "exceder" | "excede" | "excedent" => Some(true),
        "below"
            if matches!(
                all[at.checked_sub(1)?].1.as_str(),
                "drop" | "dropped" | "fall" | "fallen" | "fell"
            ) =>
        {
            Some(false)
        }
        _ => None,
    };
    let (at, bound) = (near..all.len()).rev().find_map(|at| Some((at, says(at)?)))?;
    if text[all[at].0.end..figure.start].contains([',', ';', '.', ':']) {
        return None;
    }
    let is_denied = all[at.saturating_sub(3)..at]
        .iter()
        .any(|(_, word)| matches!(word.as_str(), "cannot" | "n" | "ne" | "never" | "not" | "pas"));
    Some(bound != is_denied)
}

/// So many words may part a verb from its figure.
const VERB_REACH: usize = 4;

/// A bound that French says beside the figure: `croissance maximum à 1,5 %`.
fn bound_beside(text: &str, figure: Span) -> Option<bool> {
    let says = |word: &str| match word {
        word if word.starts_with("maxim") || word.starts_with("plafon") => Some(false),
        word if word.starts_with("minim") || word.starts_with("planch") => Some(true),
        _ => None,
    };
    let all: Vec<(Span, String)> = words(text).collect();
    let at = all.partition_point(|(span, _)| span.end <= figure.start);
    let after = all.partition_point(|(span, _)| span.start < figure.end);
    let before = all[at.saturating_sub(2)..at].iter().rev();
    before
        .chain(all[after..].iter().take(2))
        .find_map(|(_, word)| says(word))
}

/// A figure with the word of its clause that says which way it goes: *expanded by 5.2%*, *3.9% higher*.
fn with_course(text: &str, figure: Span) -> Span {
    let goes = |at: Span| {
        let word = fold(at.of(text));
        is_course(&word) || COURSES.contains(&word.as_str())
    };
    let is_one_clause = |from: usize, to: usize| !text[from..to].contains([',', ';', ':', '(', '"']);
    let before: Vec<Span> = words(&text[..figure.start]).map(|(at, _)| at).collect();
    let found = before.into_iter().rev().take(4).find(|at| goes(*at));
    if let Some(at) = found.filter(|at| is_one_clause(at.end, figure.start)) {
        return Span::new(at.start, figure.end);
    }
    let after = words(&text[figure.end..]).take(2);
    let found = after
        .map(|(at, _)| Span::new(figure.end + at.start, figure.end + at.end))
        .find(|at| goes(*at));
    match found.filter(|at| is_one_clause(figure.end, at.start)) {
        Some(at) => Span::new(figure.start, at.end),
        None => figure,
    }
}

/// Comparatives that say which way a figure goes.
const COURSES: &[&str] = &[
    "above", "below", "down", "fewer", "higher", "less", "lower", "more", "off", "up",
];

/// A figure with the words beside it that bound it.
pub(super) fn with_bound(text: &str, figure: Span) -> Span {
    const BOUNDS: &[&str] = &[
        "above", "almost", "as", "at", "below", "exceed", "exceeded", "exceeds", "fall", "fell", "fewer",
        "just", "least", "less", "many", "maximum", "minimum", "more", "most", "much", "nearly", "no", "not",
        "over", "than", "to", "under", "up", "well",
    ];
    let is_bound = |word: &str| BOUNDS.contains(&word.to_lowercase().as_str());
    let mut span = figure;
    for (at, word) in words(text)
        .filter(|(at, _)| at.end <= figure.start)
        .map(|(at, _)| (at, at.of(text)))
        .collect::<Vec<_>>()
        .into_iter()
        .rev()
        .take(4)
    {
        let between = &text[at.end..span.start];
        if !is_bound(word)
            || !between
                .chars()
                .all(|c| c.is_whitespace() || matches!(c, '€' | '$' | '£'))
        {
            break;
        }
        span.start = at.start;
    }
    let after: Vec<Span> = words(&text[figure.end..])
        .take(3)
        .map(|(at, _)| Span::new(figure.end + at.start, figure.end + at.end))
        .collect();
    for at in after {
        let word = at.of(text);
        if !is_bound(word) && !matches!(word, "or") || text[span.end..at.start].contains(['.', ',', ';']) {
            break;
        }
        span.end = at.end;
    }
    span
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_a_bound_are_part_of_its_spot() {
        let text = "Police held no more than 350 people, 1.5% at most.";
        let at = text.find("350").unwrap();
        assert_eq!(
            with_bound(text, Span::new(at, at + 3)).of(text),
            "no more than 350"
        );
        let at = text.find("1.5%").unwrap();
        assert_eq!(with_bound(text, Span::new(at, at + 4)).of(text), "1.5% at most");
    }
}
