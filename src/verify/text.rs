//! What can be seen of a translated text without reading a figure or a name: that it is there, that it is English,
//! that it is whole, and that it is nothing but the translation.
//!
//! In: a French segment and its English. Out: findings, in a fixed order of checks. Law: pure and linear. Each check
//! would rather miss than cry wolf: what good translators do every day (joining two sentences, keeping a title in
//! French) raises nothing.
//!
//! # Not done
//! A sentence that the English adds is not reported. A sentence whose words all return in its neighbours' English may
//! be dropped unseen.

use super::reading::Reading;
use crate::finding::{Code, Finding, Spot};
use crate::span::Span;

mod address;
mod loops;
mod remarks;
mod standing;
mod truncated;
mod untranslated;

/// Checks the running text of one segment against its translation.
#[must_use]
pub fn check(source: &str, target: &str) -> Vec<Finding> {
    of(&Reading::new(source, target))
}

/// The same of a segment that has been read.
pub(super) fn of(reading: &Reading<'_>) -> Vec<Finding> {
    let (source, target) = (reading.source.text, reading.target.text);
    if target.trim().is_empty() {
        return whole(source).map(|spot| vec![nothing(spot)]).unwrap_or_default();
    }
    if source.trim().is_empty() {
        return whole(target).map(|spot| vec![made_up(spot)]).unwrap_or_default();
    }
    let mut findings = untranslated::untranslated(reading);
    if findings.is_empty() {
        findings.extend(missing(reading));
    }
    findings.extend(remarks::chatter(reading));
    findings.extend(loops::repetition(&reading.source, &reading.target));
    findings.extend(truncated::truncated(&reading.source, &reading.target));
    findings.extend(address::addresses(source, target));
    findings
}

/// The whole text as a spot, if it has a letter.
fn whole(text: &str) -> Option<Spot> {
    let start = text.len() - text.trim_start().len();
    text.contains(char::is_alphabetic)
        .then(|| Spot::new(text, Span::new(start, start + text.trim().len())))
}

fn nothing(spot: Spot) -> Finding {
    Finding::new(Code::TextMissing, Some(spot), None, "the English is empty")
}

fn made_up(spot: Spot) -> Finding {
    Finding::new(
        Code::TextAdded,
        None,
        Some(spot),
        "the French has no passage that this one answers",
    )
}

/// Sentences of the French that no sentence of the English answers, alone or merged with another.
fn missing(reading: &Reading<'_>) -> Vec<Finding> {
    let french = &reading.source.sentences;
    if french.len() < 2 {
        return Vec::new();
    }
    let (words, beads) = reading.aligned();
    beads
        .iter()
        .filter(|bead| bead.target.is_empty())
        .flat_map(|bead| bead.source.clone())
        // A single word (`Non.`, `Sra.`) is too little to tell by.
        .filter(|at| words[*at] >= 2)
        .map(|at| {
            let spot = Spot::new(reading.source.text, french[at]);
            Finding::new(
                Code::TextMissing,
                Some(spot),
                None,
                "this sentence has no counterpart in the English",
            )
        })
        .collect()
}
