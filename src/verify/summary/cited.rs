//! Whether the cited passages are those that say it.
//!
//! In: a claim. Out: an error where most of what the article says of the sentence is said by passages it does not cite.
//! Only words that the article answers somewhere count, so that a summary's own words weigh nothing.

use super::Claim;
use super::words::Words;
use crate::finding::{Code, Finding};
use crate::span::Span;

/// Of the words the article answers, so few in the cited passages are the wrong passages (as a fraction).
const FEW: (usize, usize) = (2, 5);

/// With fewer words nobody can tell.
const LEAST: usize = 5;

pub(super) fn check(claim: &Claim<'_>) -> Option<Finding> {
    let whole = Words::french(&claim.passages.whole);
    let (mut anywhere, mut here) = (0, 0);
    for (at, english) in claim.english.words.iter().enumerate() {
        let cited = claim.is_answered(at);
        here += usize::from(cited);
        anywhere += usize::from(cited || whole.words.iter().any(|french| french.says(english)));
    }
    (anywhere >= LEAST && here * FEW.1 < anywhere * FEW.0).then(|| {
        let span = Span::new(0, claim.sentence.len());
        let message = "Other passages of the article say this, not those it cites.";
        Finding::new(Code::ClaimMiscited, None, Some(claim.spot(span)), message)
    })
}
