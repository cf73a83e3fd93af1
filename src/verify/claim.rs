//! How surely a thing is said, and whether it is denied.
//!
//! In: a French segment and its English. Out: warnings, never errors: both languages have more ways to hedge and deny
//! than any list, so an absence is worth a look and proves nothing.
//!
//! Rules: a word or form by which the French reserves its judgement (`aurait détourné`, `selon`, `présumé`) wants one in
//! the English of the same sentence; a denial (`ne … pas`, `sans`, `ni`, `aucun`) wants a denial. An English word that
//! another word of the French explains (`impossible`, *impossible*) serves for nothing else. The words stand in
//! `data/claims.toml`.
//!
//! # Not done
//! Where a sentence holds several denials and the English fewer, only one whose verb is found in the English without a
//! denial near it is reported. A hedge that weakens another claim serves.

mod conditional;
mod denial;
mod hedge;
mod words;

use super::reading::Reading;
use crate::finding::{Code, Finding, Spot};
use crate::span::Span;

/// Checks the reservations and denials of one segment against its translation. All findings are warnings.
#[must_use]
pub fn check(source: &str, target: &str) -> Vec<Finding> {
    of(&Reading::new(source, target))
}

/// The same of a segment that has been read.
pub(super) fn of(reading: &Reading<'_>) -> Vec<Finding> {
    let (source, target) = (reading.source.text, reading.target.text);
    let mut findings = Vec::new();
    for (french, english) in reading.sentence_pairs() {
        let (before, after) = (reading.source.within(french), reading.target.within(english));
        let mut warn = |code, spot: Span, message: &str| {
            let (source, target) = (Spot::new(source, spot), Spot::new(target, english));
            findings.push(Finding::new(code, Some(source), Some(target), message).as_warning());
        };
        if let Some(spot) = hedge::lost(before, after) {
            warn(
                Code::ClaimHedge,
                spot,
                "the French reports this, the English states it",
            );
        }
        for spot in denial::lost(source, french, before, after) {
            warn(
                Code::ClaimNegation,
                spot,
                "the French denies this; no word of the English does",
            );
        }
    }
    findings
}
