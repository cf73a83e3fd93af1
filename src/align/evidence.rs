//! How strongly two runs of passages speak for saying the same.
//!
//! In: passages. Out: log-likelihood ratios against passages that have nothing to do with each other, so that evidence
//! adds up. Law: the same on every machine; the cost grows with the number of words.

use std::collections::HashMap;
use std::ops::Range;

use super::passage::{Key, Passage};

/// A log-likelihood ratio.
pub(super) type Evidence = f64;

/// The beads there are: so many passages of the French, so many of the English.
pub(super) const SHAPES: [(usize, usize); 8] =
    [(1, 1), (2, 1), (1, 2), (2, 2), (3, 1), (1, 3), (1, 0), (0, 1)];

/// What each piece of evidence weighs. Sentences of one paragraph and paragraphs of one text differ: a paragraph has
/// more words to be recognised by, and is less often left out or made up than a sentence is.
pub(super) struct Weights {
    /// A content word that is found in the passages opposite: half of all words are found in the passage that answers,
    /// one in ten in one that does not. Counted for both sides.
    found: Evidence,
    /// What a word found in many passages loses, for each natural logarithm of their number.
    common: Evidence,
    /// A content word that is not found.
    not_found: Evidence,
    /// Letters of English for a letter of French (measured on translations of news: 0.90 by people, 0.91 by models).
    ratio: f64,
    /// The variance of that for each letter (measured: 1.9 by people, 1.3 by models; wider here, for a passage may be
    /// paraphrased).
    variance: f64,
    /// No length, however odd, weighs more: a translator may be brief.
    oddest_length: Evidence,
    /// How likely each of [`SHAPES`] is beforehand.
    pub(super) shapes: [Evidence; 8],
}

impl Weights {
    pub(super) const SENTENCES: Self = Self {
        found: 0.8,
        common: 0.25,
        not_found: -0.3,
        ratio: 0.9,
        variance: 2.5,
        oddest_length: -14.0,
        shapes: [-0.1, -3.2, -3.2, -5.0, -5.5, -5.5, -2.5, -5.5],
    };
    pub(super) const BLOCKS: Self = Self {
        found: 0.85,
        common: 0.2,
        not_found: -0.21,
        ratio: 0.89,
        variance: 3.25,
        oddest_length: -15.0,
        shapes: [-0.1, -2.4, -2.8, -6.0, -5.5, -5.5, -2.6, -3.0],
    };

    /// The evidence of the lengths of two runs of passages (Gale and Church 1993, their δ).
    pub(super) fn lengths(&self, source: &[Passage], target: &[Passage]) -> Evidence {
        let length = |passages: &[Passage]| {
            passages
                .iter()
                .map(|passage| f64::from(passage.chars))
                .sum::<f64>()
        };
        let (french, english) = (length(source), length(target));
        let off = (english - self.ratio * french) / (self.variance * french.max(english).max(1.0)).sqrt();
        (-off * off / 2.0).max(self.oddest_length)
    }

    /// The evidence of the words of two runs of passages: each word of the one recognises at most one of the other, so
    /// that a sentence is not taken for said because its neighbour speaks of the same things. `at` says which passages
    /// of `english` the `target` is.
    pub(super) fn words(
        &self,
        source: &[Passage],
        target: &[Passage],
        english: &Index,
        at: Range<usize>,
    ) -> Evidence {
        let mut free: Vec<Vec<bool>> = target
            .iter()
            .map(|passage| vec![true; passage.words.len()])
            .collect();
        let total = |passages: &[Passage]| passages.iter().map(|passage| passage.words.len()).sum::<usize>();
        let (mut found, mut evidence) = (0, 0.0);
        for word in source.iter().flat_map(|passage| &passage.words) {
            let answer = word.iter().find_map(|&key| {
                at.clone().enumerate().find_map(|(run, passage)| {
                    let place = english
                        .places(passage, key)
                        .take(MOST_PLACES)
                        .find(|place| free[run][place.word])?;
                    Some((run, *place))
                })
            });
            if let Some((run, place)) = answer {
                free[run][place.word] = false;
                found += 1;
                // A word that stands in many passages says less about any of them.
                evidence += (self.found - self.common * f64::from(place.passages).ln()).max(0.05);
            }
        }
        let alone = total(source) + total(target) - 2 * found;
        #[expect(
            clippy::cast_precision_loss,
            reason = "a passage has a few hundred words at most"
        )]
        let alone = alone as f64;
        2.0 * evidence + self.not_found * alone
    }
}

/// Where a key stands: in which word of its passage, and in how many passages of its side.
#[derive(Clone, Copy)]
struct Place {
    key: Key,
    word: usize,
    passages: u32,
}

/// The keys of each passage of one side, sorted.
pub(super) struct Index(Vec<Vec<Place>>);

impl Index {
    pub(super) fn of(passages: &[Passage]) -> Self {
        let places = |passage: &Passage| {
            let of_word = |(word, keys): (usize, &Vec<Key>)| -> Vec<Place> {
                keys.iter()
                    .map(|&key| Place {
                        key,
                        word,
                        passages: 0,
                    })
                    .collect()
            };
            let mut places: Vec<Place> = passage.words.iter().enumerate().flat_map(of_word).collect();
            places.sort_unstable_by_key(|place| (place.key, place.word));
            places
        };
        let mut passages: Vec<Vec<Place>> = passages.iter().map(places).collect();
        let mut counts: HashMap<Key, u32> = HashMap::new();
        for passage in &passages {
            for run in passage.chunk_by(|a, b| a.key == b.key) {
                *counts.entry(run[0].key).or_default() += 1;
            }
        }
        for place in passages.iter_mut().flatten() {
            place.passages = counts[&place.key];
        }
        Self(passages)
    }

    /// Where a key stands in a passage.
    fn places(&self, passage: usize, key: Key) -> impl Iterator<Item = &Place> {
        let places = &self.0[passage];
        let first = places.partition_point(|place| place.key < key);
        places[first..].iter().take_while(move |place| place.key == key)
    }
}

/// How often a word of a passage is looked for, so that one that stands there hundreds of times costs no more.
const MOST_PLACES: usize = 8;
