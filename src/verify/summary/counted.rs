//! Counts of what a sentence or its passages list.
//!
//! In: a claim and a small number in words. Out: where the list begins, and the rule; or that the sentence counts what it tells
//! itself.

use std::collections::BTreeSet;

use super::Claim;
use super::arithmetic::minus;
use crate::figures::{Figure, Kind, Number, Value};
use crate::names::NameKind;
use crate::span::Span;

/// A count of what the sentence lists right after it, or the passages list.
pub(super) fn enumerated(claim: &Claim<'_>, figure: &Figure) -> Option<(Span, &'static str)> {
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
    // *Four players, Ann, Bo, Cy and Di*: the counted noun stands before the list, and a comma between them.
    let after = &claim.sentence[figure.span.end..];
    let clause = after.split([';', ':', '(', '–', '—']).next().unwrap_or(after);
    let in_apposition = clause
        .split_once(',')
        .is_some_and(|(noun, _)| !noun.trim().is_empty() && !noun.contains(" and "))
        && listed(clause).first().is_some_and(|own| *own == count + 1);
    if in_apposition {
        return Some((start, "count"));
    }
    if let Some(own) = listed(&claim.sentence[figure.span.end..]).into_iter().max() {
        return (own == count).then_some((start, "count"));
    }
    let names = crate::names::find_french(claim.source, claim.lexicon);
    let people: BTreeSet<&str> = names
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

/// *A group of nine, a guest and eight friends*, *17 children and one teacher, 18 people*: one, and a number of the passages.
pub(super) fn one_more(claim: &Claim<'_>, figure: &Figure) -> Option<Span> {
    if !matches!(figure.kind, Kind::Count) || figure.unit.is_some() {
        return None;
    }
    let fewer = minus(figure.value.number()?, Number::from_integer(1))?;
    let lower = claim.sentence.to_lowercase();
    let said = claim.english_figures.iter().any(|other| {
        other.value == Value::Number(fewer)
            && (claim.sentence[..other.span.start].trim_end().ends_with(" and")
                || lower[other.span.end..].contains(" and one "))
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

/// *One in blue, another in white, the third…*: the sentence counts what it tells itself.
pub(super) fn is_told_off(sentence: &str, figure: &Figure) -> bool {
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
