//! How strongly two runs of passages speak for saying the same.
//!
//! In: passages. Out: log-likelihood ratios against passages that have nothing to do with each other, so that evidence
//! adds up. Law: the same on every machine; the cost grows with the number of words.

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

    /// The evidence of the words of two runs of passages, by their numbers: each word of the one recognises at most one of
    /// the other, so that a sentence is not taken for said because its neighbour speaks of the same things.
    pub(super) fn words(&self, echoes: &mut Echoes, source: Range<usize>, target: Range<usize>) -> Evidence {
        let all = echoes.french.words(&source) + echoes.english.words(&target);
        let (mut found, mut evidence) = (0, 0.0);
        echoes.turn += 1;
        for word in &echoes.words[echoes.recognising.range(&source)] {
            let answer = echoes.known[word.clone()].iter().find_map(|known| {
                let places = &echoes.places[known.places.clone()];
                let first = places.partition_point(|place| place.passage < target.start);
                let free = places[first..]
                    .iter()
                    .take_while(|place| place.passage < target.end)
                    .find(|place| echoes.taken[place.word] != echoes.turn)?;
                Some((free.word, known.weight))
            });
            if let Some((word, weight)) = answer {
                echoes.taken[word] = echoes.turn;
                found += 1;
                evidence += weight;
            }
        }
        #[expect(
            clippy::cast_precision_loss,
            reason = "a passage has a few hundred words at most"
        )]
        let alone = (all - 2 * found) as f64;
        2.0 * evidence + self.not_found * alone
    }

    /// What a word weighs that stands in so many passages: one that stands in many says less about any of them.
    fn of_word(&self, passages: f64) -> Evidence {
        (self.found - self.common * passages.ln()).max(0.05)
    }
}

/// Where a key stands in the English.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    key: Key,
    passage: usize,
    /// Which word of all.
    word: usize,
}

/// A key of the French that the English has: where, and what it weighs.
struct Known {
    places: Range<usize>,
    weight: Evidence,
}

/// Where the items of each passage end, in a list of those of all passages.
struct Ends(Vec<usize>);

impl Ends {
    fn of(counts: impl Iterator<Item = usize>) -> Self {
        let ends = counts.scan(0, |end, count| {
            *end += count;
            Some(*end)
        });
        Self(std::iter::once(0).chain(ends).collect())
    }

    /// Which items some passages have.
    fn range(&self, passages: &Range<usize>) -> Range<usize> {
        self.0[passages.start]..self.0[passages.end]
    }

    fn words(&self, passages: &Range<usize>) -> usize {
        self.range(passages).len()
    }
}

/// A stretch of a text in which an answer is looked for, in passages: the length of an article.
const WITHIN_REACH: u32 = 40;

/// How often a word of a passage is looked for, so that one that stands there hundreds of times costs no more.
const MOST_PLACES: usize = 8;

/// Which words of the English each word of the French recognises: looked up once, so that each reading of the two texts
/// only has to count.
pub(super) struct Echoes {
    /// Sorted.
    places: Vec<Place>,
    known: Vec<Known>,
    /// For each word of the French that the English may have, its part of `known`.
    words: Vec<Range<usize>>,
    /// Which of those each passage has.
    recognising: Ends,
    french: Ends,
    english: Ends,
    /// For each word of the English, the last turn in which it answered.
    taken: Vec<u64>,
    turn: u64,
}

impl Echoes {
    pub(super) fn of(source: &[Passage], target: &[Passage], weights: &Weights) -> Self {
        let english = Ends::of(target.iter().map(Passage::words));
        let mut places = Vec::new();
        for (number, (passage, first)) in target.iter().zip(&english.0).enumerate() {
            for (at, keys) in passage.each().enumerate() {
                places.extend(keys.iter().map(|&key| Place {
                    key,
                    passage: number,
                    word: first + at,
                }));
            }
        }
        places.sort_unstable();
        let mut kept = 0;
        places.retain({
            let mut before: Option<Place> = None;
            move |place| {
                let same =
                    before.is_some_and(|before| (before.key, before.passage) == (place.key, place.passage));
                kept = if same { kept + 1 } else { 1 };
                before = Some(*place);
                kept <= MOST_PLACES
            }
        });
        // In a book every word stands in many passages; what counts is how many there are within reach.
        let all = u32::try_from(target.len()).unwrap_or(u32::MAX).max(WITHIN_REACH);
        let near = f64::from(WITHIN_REACH) / f64::from(all);
        let find = |key: Key| {
            let start = places.partition_point(|place| place.key < key);
            let run = places[start..].iter().take_while(|place| place.key == key);
            let (mut end, mut passages, mut last) = (start, 0_u32, None);
            for place in run {
                end += 1;
                passages += u32::from(last.replace(place.passage) != Some(place.passage));
            }
            (end > start).then(|| Known {
                places: start..end,
                weight: weights.of_word((f64::from(passages) * near).max(1.0)),
            })
        };
        let (mut known, mut words) = (Vec::new(), Vec::new());
        let recognising = source.iter().map(|passage| {
            let before = words.len();
            for keys in passage.each() {
                let start = known.len();
                known.extend(keys.iter().copied().filter_map(find));
                if known.len() > start {
                    words.push(start..known.len());
                }
            }
            words.len() - before
        });
        let recognising = Ends::of(recognising);
        Self {
            taken: vec![0; english.0.last().copied().unwrap_or_default()],
            french: Ends::of(source.iter().map(Passage::words)),
            turn: 0,
            places,
            known,
            words,
            recognising,
            english,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_says_as_much_in_a_book_as_in_an_article() {
        let french = Passage::french("Le budget du musée augmente.");
        let evidence = |length: usize| {
            // Every fourth passage speaks of the budget of a museum.
            let english: Vec<Passage> = (0..length)
                .map(|at| match at % 4 {
                    0 => Passage::english("The museum's budget is rising."),
                    _ => Passage::english("Nobody was hurt in the accident."),
                })
                .collect();
            let weights = Weights::BLOCKS;
            let mut echoes = Echoes::of(std::slice::from_ref(&french), &english, &weights);
            weights.words(&mut echoes, 0..1, 0..1)
        };
        let (article, book) = (evidence(40), evidence(4_000));
        assert!(article > 0.0 && (article - book).abs() < 1e-9, "{article} {book}");
    }
}
