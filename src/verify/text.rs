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

use crate::align::{Bead, Passage, align};
use crate::finding::{Code, Finding, Spot};
use crate::sentence::sentences;
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
    if target.trim().is_empty() {
        return whole(source).map(|spot| vec![nothing(spot)]).unwrap_or_default();
    }
    if source.trim().is_empty() {
        return whole(target).map(|spot| vec![made_up(spot)]).unwrap_or_default();
    }
    let english = sentences(target);
    let mut findings = untranslated::untranslated(source, target, &english);
    if findings.is_empty() {
        findings.extend(missing(source, target));
    }
    findings.extend(remarks::chatter(source, target, &english));
    findings.extend(loops::repetition(source, target));
    findings.extend(truncated::truncated(source, target));
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

/// How far, in sentences, one side may run ahead of the other within a segment.
const BAND: usize = 12;

/// The sentences of both sides, aligned; spans over several where one side merges or splits them.
fn aligned(source: &str, target: &str) -> (Vec<Span>, Vec<Span>, Vec<Passage>, Vec<Bead>) {
    let (french, english) = (sentences(source), sentences(target));
    let passages: Vec<_> = french
        .iter()
        .map(|span| Passage::french(span.of(source)))
        .collect();
    let answers: Vec<_> = english
        .iter()
        .map(|span| Passage::english(span.of(target)))
        .collect();
    let beads = align(&passages, &answers, BAND);
    (french, english, passages, beads)
}

/// Which part of the English says what a part of the French says, sentence by sentence; what has no counterpart is
/// left out.
pub(super) fn sentence_pairs(source: &str, target: &str) -> Vec<(Span, Span)> {
    let (french, english, _, beads) = aligned(source, target);
    let span = |spans: &[Span]| Some(Span::new(spans.first()?.start, spans.last()?.end));
    beads
        .into_iter()
        .filter_map(|bead| span(&french[bead.source]).zip(span(&english[bead.target])))
        .collect()
}

/// Sentences of the French that no sentence of the English answers, alone or merged with another.
fn missing(source: &str, target: &str) -> Vec<Finding> {
    let (french, _, passages, beads) = aligned(source, target);
    if french.len() < 2 {
        return Vec::new();
    }
    beads
        .into_iter()
        .filter(|bead| bead.target.is_empty())
        .flat_map(|bead| bead.source)
        // A single word (`Non.`, `Sra.`) is too little to tell by.
        .filter(|at| passages[*at].words() >= 2)
        .map(|at| {
            let spot = Spot::new(source, french[at]);
            Finding::new(
                Code::TextMissing,
                Some(spot),
                None,
                "this sentence has no counterpart in the English",
            )
        })
        .collect()
}
