//! Whether the cited passages are those that say it.
//!
//! In: a claim. Out: an error where most of what the article says of the sentence is said by passages it does not cite, or
//! where another passage says far more of it than all that it cites. Only words that the article answers somewhere
//! count, so that a summary's own words weigh nothing, and rare ones more than common ones.

use super::Claim;
use crate::finding::{Code, Finding};
use crate::span::Span;

/// Of the words the article answers, so few in the cited passages are the wrong passages (as a fraction).
const FEW: (usize, usize) = (2, 5);

/// With fewer words nobody can tell.
const LEAST: usize = 5;

/// What a word weighs that one passage alone says.
const RARE: usize = 60;

/// Another passage says so many times more than the cited ones, and so much more.
const MORE: (usize, usize) = (2, RARE * 3 / 2);

pub(super) fn check(claim: &Claim<'_>) -> Option<Finding> {
    let index = &claim.passages.read(claim.lexicon).index;
    let (mut anywhere, mut here) = (0, 0);
    let mut weights = vec![0_usize; claim.passages.len()];
    let mut cited = 0;
    for (at, english) in claim.english.words.iter().enumerate() {
        let is_cited = claim.is_answered(at);
        let places = index.passages(english);
        here += usize::from(is_cited);
        anywhere += usize::from(is_cited || !places.is_empty());
        let weight = RARE / places.len().max(1);
        cited += if is_cited { weight } else { 0 };
        for place in places {
            weights[place] += weight;
        }
    }
    for at in claim.cites {
        if let Some(weight) = weights.get_mut(*at) {
            *weight = 0;
        }
    }
    let other = weights.into_iter().max().unwrap_or(0);
    let is_few = anywhere >= LEAST && here * FEW.1 < anywhere * FEW.0;
    let is_elsewhere = other > cited * MORE.0 && other - cited >= MORE.1;
    (is_few || is_elsewhere).then(|| {
        let span = Span::new(0, claim.sentence.len());
        let message = "Other passages of the article say this, not those it cites.";
        Finding::new(Code::ClaimMiscited, None, Some(claim.spot(span)), message)
    })
}
