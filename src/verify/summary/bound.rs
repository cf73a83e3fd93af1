//! What a figure or a name is said of.
//!
//! In: a claim. Out: errors where two figures of one kind, or two names, have changed places (`figure.swapped`, `name.altered`),
//! and warnings where a figure seems to be said of another thing than in the passages (`figure.altered`), errors where that
//! thing is another one of the article. Both are told by the words around:
//! those near a figure in the English are near it in the French as well. Law: an exchange needs clearly more words for it
//! than against it; another thing needs a known word of the English without an answer, against a known word of the French
//! without one.

use super::actors::{actors, split};
use super::votes::{has_conjunction, votes};
use super::words::Word;
use super::{Claim, REACH, near};
use crate::figures::{Figure, Form, Kind, Number};
use crate::finding::{Code, Finding, Spot};
use crate::names::NameKind;
use crate::span::Span;

/// What must speak for an exchange of figures, and of names.
const LEAST: i64 = 400;
const LEAST_NAMES: i64 = 600;

/// So many times what speaks against it.
const TIMES: i64 = 3;
const TIMES_NAMES: i64 = 4;

/// The least where nothing says that the names are of one sort.
const LEAST_UNKNOWN: i64 = 2_000;

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

/// A figure or a name of the sentence, and where the passages have it.
struct Thing {
    english: Span,
    french: Vec<Span>,
    sort: Sort,
}

/// What it can be taken for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    /// Its kind in the English.
    Figure(Kind),
    Person,
    Body,
    Place,
    Unknown,
}

fn exchanged(claim: &Claim<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for things in [figures(claim), names(claim)] {
        for (at, a) in things.iter().enumerate() {
            for b in &things[at + 1..] {
                let Some(french) = changed_places(claim, a, b) else {
                    continue;
                };
                let whole = Span::new(
                    a.english.start.min(b.english.start),
                    a.english.end.max(b.english.end),
                );
                let words = (a.english.of(claim.sentence), b.english.of(claim.sentence));
                let message = format!("“{}” and “{}” stand in each other's place.", words.0, words.1);
                let code = if matches!(a.sort, Sort::Figure(_)) {
                    Code::FigureSwapped
                } else {
                    Code::NameAltered
                };
                let source = Some(Spot::new(claim.source, french));
                let target = if whole.len() <= LONGEST_SPOT {
                    whole
                } else {
                    a.english
                };
                findings.push(Finding::new(code, source, Some(claim.spot(target)), message));
            }
        }
    }
    findings
}

/// A spot is a place, not a sentence.
const LONGEST_SPOT: usize = 90;

/// Where the passages have the first of two things that have changed places: there is no place of either where they have not.
fn changed_places(claim: &Claim<'_>, a: &Thing, b: &Thing) -> Option<Span> {
    let is_figure = matches!(a.sort, Sort::Figure(_));
    let least = match (a.sort, b.sort) {
        (Sort::Figure(_), _) => is_one_kind(claim, a, b).then_some(LEAST)?,
        _ if are_side_by_side(claim, a.english, b.english) => return None,
        (Sort::Unknown, Sort::Unknown | Sort::Person | Sort::Body)
        | (Sort::Person | Sort::Body, Sort::Unknown) => LEAST_UNKNOWN,
        (one, other) => (one == other).then_some(LEAST_NAMES)?,
    };
    let times = if is_figure { TIMES } else { TIMES_NAMES };
    let mut first = None;
    for &french in &a.french {
        for &other in &b.french {
            if french.overlaps(other) {
                continue;
            }
            let is_turned = (french.start < other.start) != (a.english.start < b.english.start);
            let votes = votes(claim, [french, other], [a.english, b.english]);
            // A list of names is in any order.
            if !(is_figure || is_turned) || !votes.is_exchange(is_turned, times, least) {
                return None;
            }
            first.get_or_insert(french);
        }
    }
    first
}

/// Names that stand side by side share all their neighbours: a list, *University of X, Y*, *X met Y*.
fn are_side_by_side(claim: &Claim<'_>, a: Span, b: Span) -> bool {
    const SMALL: &[&str] = &["and", "of", "or", "the"];
    let (first, second) = if a.start < b.start { (a, b) } else { (b, a) };
    let between = claim.sentence.get(first.end..second.start).unwrap_or_default();
    let apart = claim.english.within(second).start;
    let apart = apart.saturating_sub(claim.english.within(first).end);
    let is_list =
        split(between).all(|(_, word)| word.starts_with(char::is_uppercase) || SMALL.contains(&word));
    is_list || apart < 2 && !has_conjunction(between)
}

/// The figures that both have.
fn figures(claim: &Claim<'_>) -> Vec<Thing> {
    let ours = |figure: &Figure| {
        let all = claim.french_figures.iter();
        all.filter(|french| french.value == figure.value || claim.is_shared(french.span, figure.span))
            .map(|french| french.span)
            .collect()
    };
    let things = claim.english_figures.iter().map(|figure| Thing {
        english: figure.span,
        french: ours(figure),
        sort: Sort::Figure(figure.kind),
    });
    things
        .filter(|thing| !thing.french.is_empty())
        .take(MOST)
        .collect()
}

/// The names that both have.
fn names(claim: &Claim<'_>) -> Vec<Thing> {
    let things = actors(claim).into_iter().map(|actor| Thing {
        english: actor.english,
        french: actor
            .french
            .iter()
            .filter_map(|place| claim.in_cited(*place))
            .collect(),
        sort: match actor.kind {
            Some(NameKind::Person | NameKind::Given) => Sort::Person,
            Some(NameKind::Organisation | NameKind::Acronym) => Sort::Body,
            Some(NameKind::Place) => Sort::Place,
            _ => Sort::Unknown,
        },
    });
    things
        .filter(|thing| !thing.french.is_empty())
        .take(MOST)
        .collect()
}

/// Whether two figures are of one kind in both languages; *five days and then 20* counts days both times.
fn is_one_kind(claim: &Claim<'_>, a: &Thing, b: &Thing) -> bool {
    let values = [a, b].map(|thing| {
        let own = |figure: &&Figure| figure.span == thing.english;
        claim
            .english_figures
            .iter()
            .find(own)
            .map(|figure| (figure.value, figure.form))
    });
    let [Some(one), Some(other)] = values else {
        return false;
    };
    let is_whole = one
        .0
        .number()
        .zip(other.0.number())
        .is_some_and(|(one, other)| one + other == Number::from_integer(100));
    // What two shares that make a whole are of belongs to both.
    if one.0 == other.0 || [one.1, other.1].contains(&Form::Implied) || is_whole {
        return false;
    }
    let kinds = |thing: &Thing| -> Vec<Kind> {
        let all = claim.french_figures.iter();
        all.filter(|figure| thing.french.contains(&figure.span))
            .map(|figure| figure.kind)
            .collect()
    };
    let (ours, theirs) = (kinds(a), kinds(b));
    let is_plain = |kind: &Kind| matches!(kind, Kind::Age | Kind::Count | Kind::Duration);
    let all_plain = ours.iter().chain(&theirs).all(is_plain);
    let alike = ours.iter().all(|kind| theirs.iter().all(|other| kind == other));
    (alike || all_plain)
        && match (a.sort, b.sort) {
            (Sort::Figure(one), Sort::Figure(other)) => {
                one == other || alike && is_plain(&one) && is_plain(&other)
            }
            _ => false,
        }
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

/// French nouns that a summary may replace by what the persons or things are. Folded.
const ANYBODY: &[&str] = &[
    "cas",
    "element",
    "elements",
    "gens",
    "homme",
    "hommes",
    "individu",
    "individus",
    "membre",
    "membres",
    "personne",
    "personnes",
    "sujet",
    "sujets",
];

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
        // *One reader* counts nothing.
        if counts(claim, figure.english) == Some(Number::from_integer(1)) {
            continue;
        }
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
        // Fifty persons may be fifty hostages.
        if ours.is_some_and(|ours| ANYBODY.contains(&claim.french.words[ours].folded.as_str())) {
            continue;
        }
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
        let gap = &claim.source[figure.french.end..claim.french.words[ours].span.start];
        let beside = claim.sentence[figure.english.end..english.span.start] == *" "
            && (gap == " " || matches!(gap, " de " | " d'" | " d’") && is_counted(claim, english));
        let index = &claim.passages.read(claim.lexicon).index;
        let finding = Finding::new(Code::FigureAltered, source, Some(claim.spot(span)), message);
        let is_count = counts(claim, figure.english).is_some();
        // *2,000 people* are whatever can be counted as people.
        let is_free = claim.may_be_said(theirs, ours..ours + 1);
        let is_thing =
            is_count && !is_free && english.folded != "people" && !index.passages(english).is_empty();
        findings.push(if beside && is_thing {
            finding
        } else {
            finding.as_warning()
        });
    }
    findings
}

/// How many a figure of the sentence counts, if it counts.
fn counts(claim: &Claim<'_>, figure: Span) -> Option<Number> {
    let own = |other: &&Figure| other.span == figure && other.kind == Kind::Count;
    claim.english_figures.iter().find(own)?.value.number()
}

/// Whether the article counts what an English word names: `47 millions de documents`.
fn is_counted(claim: &Claim<'_>, english: &Word) -> bool {
    let read = claim.passages.read(claim.lexicon);
    read.figures.iter().any(|figure| {
        let next = read.words.within(figure.span).end;
        let next = read.words.words.get(next).filter(|word| word.says(english));
        let gap = next.and_then(|word| claim.passages.whole.get(figure.span.end..word.span.start));
        gap.is_some_and(|gap| matches!(gap, " " | " de " | " d'" | " d’"))
    })
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
