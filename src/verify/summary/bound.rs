//! What a figure or a name is said of.
//!
//! In: a claim. Out: errors where two figures of one kind, or two names, have changed places (`figure.swapped`, `name.altered`),
//! and warnings where a figure seems to be said of another thing than in the passages (`figure.altered`), errors where that
//! thing is another one of the article. Both are told by the words around:
//! those near a figure in the English are near it in the French as well. Law: an exchange needs clearly more words for it
//! than against it; another thing needs a known word of the English without an answer, against a known word of the French
//! without one.

use super::{Claim, REACH, near};
use crate::figures::Kind;
use crate::finding::{Code, Finding, Spot};
use crate::span::Span;

/// What an exchange must have more than things as they are: one word close by, or two.
const MARGIN: u32 = 8;

/// More figures or names than that are not weighed against each other.
const MOST: usize = 16;

/// A figure or a name that both sides have, at its likeliest place in the French.
#[derive(Clone, Copy)]
struct Shared {
    french: Span,
    english: Span,
    is_figure: bool,
}

pub(super) fn check(claim: &Claim<'_>) -> Vec<Finding> {
    let mut findings = exchanged(claim);
    let elsewhere = misapplied(claim, &findings);
    findings.extend(elsewhere);
    findings
}

fn exchanged(claim: &Claim<'_>) -> Vec<Finding> {
    let shared = shared(claim);
    let mut findings = Vec::new();
    for (at, a) in shared.iter().enumerate() {
        for b in &shared[at + 1..] {
            if a.is_figure != b.is_figure || a.french.overlaps(b.french) || a.english.overlaps(b.english) {
                continue;
            }
            if a.is_figure && !same_kind(claim, a.english, b.english)
                || !a.is_figure && side_by_side(claim, a.english, b.english)
            {
                continue;
            }
            let straight = apart(claim, a.french, a.english, b) + apart(claim, b.french, b.english, a);
            let crossed = apart(claim, b.french, a.english, b) + apart(claim, a.french, b.english, a);
            // An exchange that restores the order of the French would need a writer who turned it round as well.
            let is_turned = (a.french.start < b.french.start) != (a.english.start < b.english.start);
            let margin = if is_turned { MARGIN } else { MARGIN * 2 } + if a.is_figure { 0 } else { 4 };
            if crossed < straight + margin || crossed < straight * 2 + 1 {
                continue;
            }
            let span = Span::new(
                a.english.start.min(b.english.start),
                a.english.end.max(b.english.end),
            );
            let words = (a.english.of(claim.sentence), b.english.of(claim.sentence));
            let message = format!("“{}” and “{}” stand in each other's place.", words.0, words.1);
            let code = if a.is_figure {
                Code::FigureSwapped
            } else {
                Code::NameAltered
            };
            let source = Some(Spot::new(claim.source, a.french));
            let target = if span.len() <= LONGEST_SPOT {
                span
            } else {
                a.english
            };
            findings.push(Finding::new(code, source, Some(claim.spot(target)), message));
        }
    }
    findings
}

/// A spot is a place, not a sentence.
const LONGEST_SPOT: usize = 90;

/// How close a place of the French is to one of the English, without counting what is weighed.
fn apart(claim: &Claim<'_>, french: Span, english: Span, other: &Shared) -> u32 {
    claim.closeness_without(french, english, &[other.french, other.english])
}

fn same_kind(claim: &Claim<'_>, a: Span, b: Span) -> bool {
    let figure = |span: Span| {
        claim
            .english_figures
            .iter()
            .find(|figure| figure.span.overlaps(span))
    };
    figure(a)
        .zip(figure(b))
        .is_some_and(|(a, b)| a.kind == b.kind && a.unit == b.unit && a.value != b.value && a.form == b.form)
}

/// Names that stand side by side share all their neighbours.
fn side_by_side(claim: &Claim<'_>, a: Span, b: Span) -> bool {
    let (first, second) = if a.start < b.start { (a, b) } else { (b, a) };
    claim
        .english
        .within(second)
        .start
        .saturating_sub(claim.english.within(first).end)
        < 2
}

/// Names and figures that both sides have, once each.
fn shared(claim: &Claim<'_>) -> Vec<Shared> {
    let mut shared: Vec<Shared> = Vec::new();
    for &(french, english) in &claim.shared {
        if shared.iter().any(|other| other.english.overlaps(english)) || shared.len() == MOST {
            continue;
        }
        // A name said several times stands where it fits best.
        let best = claim
            .shared
            .iter()
            .filter(|(_, other)| other.overlaps(english))
            .map(|(french, _)| *french)
            .max_by_key(|french| claim.closeness(*french, english))
            .unwrap_or(french);
        let is_figure = claim
            .french_figures
            .iter()
            .any(|figure| figure.span.overlaps(best))
            && claim
                .english_figures
                .iter()
                .any(|figure| figure.span.overlaps(english));
        shared.push(Shared {
            french: best,
            english,
            is_figure,
        });
    }
    shared
}

/// Words after a figure that are not what it counts: *1,5 Md€ d'ici à 2030*.
const ADVERBS: &[&str] = &[
    "ailleurs",
    "ainsi",
    "aujourd",
    "encore",
    "environ",
    "ici",
    "seulement",
    "tard",
    "tot",
    "toujours",
];

/// A figure whose nearest word is another one: *350 police officers*, `350 avocats`.
fn misapplied(claim: &Claim<'_>, found: &[Finding]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for figure in shared(claim).into_iter().filter(|shared| shared.is_figure) {
        if found.iter().any(|finding| {
            finding
                .target
                .as_ref()
                .is_some_and(|spot| spot.span.overlaps(figure.english))
        }) {
            continue;
        }
        let Some(theirs) = counted(claim, figure.english) else {
            continue;
        };
        let english = &claim.english.words[theirs];
        if !english.known || claim.is_answered(theirs) {
            continue;
        }
        let french = claim.french.within(figure.french).end;
        let ours = (french..claim.french.words.len().min(french + 2)).find(|at| {
            let word = &claim.french.words[*at];
            word.known
                && word.folded.chars().all(char::is_alphabetic)
                && !ADVERBS.contains(&word.folded.as_str())
        });
        let around = near(&claim.english, figure.english);
        let is_said_here = |ours: &usize| {
            around.iter().any(|(_, at)| {
                let (ours, theirs) = (&claim.french.words[*ours], &claim.english.words[*at]);
                ours.says(theirs) || claim.is_shared(ours.span, theirs.span)
            })
        };
        let Some(ours) = ours.filter(|ours| !is_said_here(ours)) else {
            continue;
        };
        if claim.is_near(theirs, ours..ours + 1)
            || near(&claim.french, figure.french)
                .iter()
                .any(|(distance, at)| *distance <= REACH && claim.is_near(theirs, *at..*at + 1))
        {
            continue;
        }
        let span = Span::new(
            figure.english.start.min(english.span.start),
            english.span.end.max(figure.english.end),
        );
        let message = format!(
            "“{}” is said of “{}” in the passages.",
            figure.english.of(claim.sentence),
            claim.french.words[ours].span.of(claim.source)
        );
        let source = Some(Spot::new(
            claim.source,
            Span::new(
                figure.french.start,
                claim.french.words[ours].span.end.max(figure.french.end),
            ),
        ));
        // What it is said of instead is another thing of the article.
        let beside = claim.sentence[figure.english.end..english.span.start] == *" "
            && claim.source[figure.french.end..claim.french.words[ours].span.start] == *" ";
        let index = &claim.passages.read(claim.lexicon).index;
        let finding = Finding::new(Code::FigureAltered, source, Some(claim.spot(span)), message);
        let is_count = claim
            .english_figures
            .iter()
            .any(|other| other.span == figure.english && other.kind == Kind::Count);
        // *2,000 people* are whatever can be counted as people.
        let is_thing = is_count && english.folded != "people" && !index.passages(english).is_empty();
        findings.push(if beside && is_thing {
            finding
        } else {
            finding.as_warning()
        });
    }
    findings
}

/// The word right after a figure, small words between them or not.
fn counted(claim: &Claim<'_>, figure: Span) -> Option<usize> {
    let at = claim.english.within(figure).end;
    let word = claim.english.words.get(at)?;
    let between = claim.sentence.get(figure.end..word.span.start)?;
    (!between.contains(['.', ',', ';', ':', '(', ')', '-', '–', '—', '"', '“', '”'])
        && between.split_whitespace().count() <= 1
        && word.folded.chars().all(char::is_alphabetic))
    .then_some(at)
}
