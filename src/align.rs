//! Two texts → which passages of one answer which of the other.
//!
//! In: the passages (sentences, or blocks) of a French text and of its translation, both in reading order. Out: beads,
//! each a run of French passages with the run of English ones that says the same; either may be empty. Laws: beads in
//! order hold every passage of either side once; the cost grows with the number of passages, not with its square.
//!
//! The model is that of Gale and Church (*A Program for Aligning Sentences in Bilingual Corpora*, 1993): lengths of
//! passages that answer each other agree, one mostly answers one. To length it adds words: figures, names, cognates
//! (by their consonants: `gouvernement`, *government*) and the common words of `data/anchors.toml`. Each evidence is
//! a log-likelihood ratio against passages that have nothing to do with each other, so that evidence adds up.
//!
//! # Not done
//! Passages that changed places: the order of both texts is taken as the same.

use std::ops::Range;

use evidence::{Echoes, Evidence, SHAPES, Weights};
pub use passage::Passage;
pub(crate) use passage::{Keys, answered, answers};

use crate::article::Article;
use crate::span::Span;

mod evidence;
mod passage;

/// A run of French passages and the run of English passages that answers it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bead {
    /// Which French passages; empty if the English has something of its own.
    pub source: Range<usize>,
    /// Which English passages; empty if the French has no counterpart.
    pub target: Range<usize>,
}

/// How far a reading may fall behind the best one and still win in the end. Beyond, it is not followed: in texts that
/// answer each other this leaves a few readings of each passage.
const BEAM: Evidence = 60.0;

/// The best beads of sentences. `band` bounds how far, in passages, the path may leave the diagonal, and with it the cost; the
/// lengths of the two sides may differ by more.
#[must_use]
pub fn align(source: &[Passage], target: &[Passage], band: usize) -> Vec<Bead> {
    let mut table = Table::new(source, target, band, &Weights::SENTENCES);
    table.fill();
    table.path()
}

#[derive(Clone, Copy)]
struct Cell {
    evidence: Evidence,
    shape: Option<u8>,
}

/// A row for each number of French passages read, in it a column for each number of English ones within the band.
struct Table<'a> {
    source: &'a [Passage],
    target: &'a [Passage],
    echoes: Echoes,
    weights: &'static Weights,
    band: usize,
    width: usize,
    cells: Vec<Cell>,
    /// The best evidence in each row so far.
    best: Vec<Evidence>,
}

impl<'a> Table<'a> {
    fn new(source: &'a [Passage], target: &'a [Passage], band: usize, weights: &'static Weights) -> Self {
        // From one row to the next the diagonal moves by a whole step at once: a row must reach into the next.
        let step = target.len().div_ceil(source.len().max(1));
        let width = 2 * band + step + 1;
        Self {
            source,
            target,
            echoes: Echoes::of(source, target, weights),
            weights,
            band,
            width,
            cells: vec![
                Cell {
                    evidence: f64::NEG_INFINITY,
                    shape: None
                };
                (source.len() + 1) * width
            ],
            best: vec![f64::NEG_INFINITY; source.len() + 1],
        }
    }

    /// The first column that a row holds.
    fn offset(&self, row: usize) -> usize {
        let middle = row * self.target.len() / self.source.len().max(1);
        middle.saturating_sub(self.band)
    }

    fn index(&self, row: usize, column: usize) -> Option<usize> {
        let at = column.checked_sub(self.offset(row))?;
        (at < self.width && column <= self.target.len()).then_some(row * self.width + at)
    }

    fn fill(&mut self) {
        self.cells[0].evidence = 0.0;
        self.best[0] = 0.0;
        for row in 0..=self.source.len() {
            let first = self.offset(row);
            for column in first..=self.target.len().min(first + self.width - 1) {
                let Some(to) = self.index(row, column) else {
                    continue;
                };
                for (shape, &(rows, columns)) in SHAPES.iter().enumerate() {
                    let from = row.checked_sub(rows).zip(column.checked_sub(columns));
                    let Some((above, left)) = from else { continue };
                    let Some(cell) = self.index(above, left).map(|at| self.cells[at]) else {
                        continue;
                    };
                    if cell.evidence < self.best[above] - BEAM || cell.evidence == f64::NEG_INFINITY {
                        continue;
                    }
                    let prior = self.weights.shapes[shape];
                    let evidence = cell.evidence + prior + self.evidence(above..row, left..column);
                    if evidence > self.cells[to].evidence {
                        self.cells[to] = Cell {
                            evidence,
                            shape: u8::try_from(shape).ok(),
                        };
                    }
                }
                self.best[row] = self.best[row].max(self.cells[to].evidence);
            }
        }
    }

    /// The evidence that two runs of passages say the same; none if one is empty.
    fn evidence(&mut self, source: Range<usize>, target: Range<usize>) -> Evidence {
        if source.is_empty() || target.is_empty() {
            return 0.0;
        }
        let (passages, answers) = (&self.source[source.clone()], &self.target[target.clone()]);
        self.weights.lengths(passages, answers) + self.weights.words(&mut self.echoes, source, target)
    }

    /// The evidence that each passage answers the one of the same number.
    fn one_to_one(&mut self) -> Evidence {
        let prior = self.weights.shapes[0];
        (0..self.source.len())
            .map(|at| prior + self.evidence(at..at + 1, at..at + 1))
            .sum()
    }

    /// The evidence for the best path.
    fn total(&self) -> Evidence {
        let end = self.index(self.source.len(), self.target.len());
        end.map_or(f64::NEG_INFINITY, |at| self.cells[at].evidence)
    }

    /// Passages without an answer beside answers without a passage: one pair if their words say so, however odd their
    /// lengths.
    fn rejoined(&mut self, beads: &[Bead]) -> Vec<Bead> {
        let is_lonely = |bead: &Bead| bead.source.is_empty() || bead.target.is_empty();
        let mut joined = Vec::with_capacity(beads.len());
        for run in beads.chunk_by(|a, b| is_lonely(a) && is_lonely(b)) {
            let (Some(first), Some(last)) = (run.first(), run.last()) else {
                continue;
            };
            let whole = Bead {
                source: first.source.start..last.source.end,
                target: first.target.start..last.target.end,
            };
            let mut answers = || {
                let (source, target) = (whole.source.clone(), whole.target.clone());
                self.weights.words(&mut self.echoes, source, target) > 0.0
            };
            if run.len() > 1 && !is_lonely(&whole) && answers() {
                joined.push(whole);
            } else {
                joined.extend_from_slice(run);
            }
        }
        joined
    }

    fn path(&self) -> Vec<Bead> {
        let (mut row, mut column) = (self.source.len(), self.target.len());
        let mut beads = Vec::new();
        while let Some(shape) = self.index(row, column).and_then(|at| self.cells[at].shape) {
            let (rows, columns) = SHAPES[usize::from(shape)];
            beads.push(Bead {
                source: row - rows..row,
                target: column - columns..column,
            });
            row -= rows;
            column -= columns;
        }
        // A path always exists, for a passage may stay without an answer; should the beam ever cut it, nothing is lost.
        if row > 0 || column > 0 {
            beads.push(Bead {
                source: 0..row,
                target: 0..column,
            });
        }
        beads.reverse();
        beads
    }
}

/// What one file says and what the other says to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pair {
    /// Bytes of the French body; `None` if the English has something of its own.
    pub source: Option<Span>,
    /// Bytes of the English body; `None` if the French has no counterpart.
    pub target: Option<Span>,
}

/// How far the blocks of one file may run ahead of the other's.
const BLOCK_BAND: usize = 100;
/// By how much a reading with blocks merged, split or left out must win over "the same number answers the same
/// number" where both files have as many blocks.
const SAME_NUMBER: Evidence = 10.0;

/// Pairs the blocks of a French article with those of its translation. In order; every block is in one pair; a pair
/// spans several blocks where one side has merged or split them.
#[must_use]
pub fn pair_blocks(source: &Article, target: &Article) -> Vec<Pair> {
    let passages = |article: &Article, read: fn(&str) -> Passage| -> Vec<Passage> {
        article
            .blocks()
            .iter()
            .map(|block| read(block.content.of(article.body())))
            .collect()
    };
    let (french, english) = (
        passages(source, Passage::french),
        passages(target, Passage::english),
    );
    let mut table = Table::new(&french, &english, BLOCK_BAND, &Weights::BLOCKS);
    table.fill();
    let beads = if french.len() == english.len() && table.one_to_one() + SAME_NUMBER >= table.total() {
        (0..french.len())
            .map(|at| Bead {
                source: at..at + 1,
                target: at..at + 1,
            })
            .collect()
    } else {
        let path = table.path();
        table.rejoined(&path)
    };
    let span = |article: &Article, run: Range<usize>| {
        let blocks = &article.blocks()[run];
        let (first, last) = (blocks.first()?, blocks.last()?);
        Some(Span::new(first.content.start, last.content.end))
    };
    beads
        .into_iter()
        .map(|bead| Pair {
            source: span(source, bead.source),
            target: span(target, bead.target),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Format;

    fn beads(french: &[&str], english: &[&str]) -> Vec<(Range<usize>, Range<usize>)> {
        let source: Vec<_> = french.iter().map(|text| Passage::french(text)).collect();
        let target: Vec<_> = english.iter().map(|text| Passage::english(text)).collect();
        align(&source, &target, 8)
            .into_iter()
            .map(|bead| (bead.source, bead.target))
            .collect()
    }

    #[test]
    fn merged_split_and_missing_passages_are_told_apart() {
        let french = [
            "Le président a signé le traité lundi.",
            "Il est ensuite parti pour Berlin en train.",
            "Le prix du blé a monté de 12 %, et les boulangers s'inquiètent.",
            "Personne n'a été blessé dans l'accident.",
        ];
        let english = [
            "The president signed the treaty on Monday and then left for Berlin by train.",
            "The price of wheat rose by 12%.",
            "Bakers are worried.",
        ];
        assert_eq!(
            beads(&french, &english),
            [(0..2, 0..1), (2..3, 1..3), (3..4, 3..3)]
        );
    }

    #[test]
    fn beads_hold_every_passage_once_whatever_the_numbers() {
        let passages: Vec<_> = (0..200)
            .map(|number| Passage::french(&format!("Le numéro {number} est sorti.")))
            .collect();
        for (source, target) in [
            (0, 0),
            (0, 5),
            (5, 0),
            (1, 200),
            (200, 1),
            (200, 3),
            (7, 150),
            (200, 200),
        ] {
            for band in [0, 1, 12] {
                let (mut row, mut column) = (0, 0);
                for bead in align(&passages[..source], &passages[..target], band) {
                    assert_eq!((bead.source.start, bead.target.start), (row, column));
                    (row, column) = (bead.source.end, bead.target.end);
                }
                assert_eq!((row, column), (source, target), "band {band}");
            }
        }
    }

    fn paired(french: &str, english: &str) -> Vec<(Option<String>, Option<String>)> {
        let source = Article::parse(french.to_owned(), Format::Text);
        let target = Article::parse(english.to_owned(), Format::Text);
        let text =
            |span: Option<Span>, article: &Article| span.map(|span| span.of(article.body()).to_owned());
        let pairs = pair_blocks(&source, &target);
        pairs
            .iter()
            .map(|pair| (text(pair.source, &source), text(pair.target, &target)))
            .collect()
    }

    fn both(french: &str, english: &str) -> (Option<String>, Option<String>) {
        (Some(french.to_owned()), Some(english.to_owned()))
    }

    #[test]
    fn blocks_in_the_same_number_are_pairs() {
        assert_eq!(
            paired(
                "Grève\n\n* Un point\n\nLes trains sont à l'arrêt.",
                "Strike\n\n* A point\n\nTrains are not running."
            ),
            [
                both("Grève", "Strike"),
                both("Un point", "A point"),
                both("Les trains sont à l'arrêt.", "Trains are not running.")
            ],
        );
    }

    #[test]
    fn a_lost_block_is_a_pair_without_english() {
        let french = "Grève des trains\n\nLes trains sont à l'arrêt mardi à Lyon.\n\nLe syndicat demande 5 % de hausse.\n\nLa ministre recevra la presse à Lille.";
        let english = "Train strike\n\nTrains are not running in Lyon on Tuesday.\n\nThe minister will meet the press in Lille.";
        let pairs = paired(french, english);
        assert_eq!(pairs.len(), 4);
        assert_eq!(
            pairs[2],
            (Some("Le syndicat demande 5 % de hausse.".to_owned()), None)
        );
    }

    #[test]
    fn a_split_paragraph_is_one_pair() {
        let french = "Grève des trains\n\nLes trains sont à l'arrêt mardi à Lyon. Le syndicat demande 5 % de hausse.\n\nLa ministre recevra la presse à Lille.";
        let english = "Train strike\n\nTrains are not running in Lyon on Tuesday.\n\nThe union asks for a 5% rise.\n\nThe minister will meet the press in Lille.";
        let pairs = paired(french, english);
        assert_eq!(pairs.len(), 3);
        assert_eq!(
            pairs[1].1.as_deref(),
            Some("Trains are not running in Lyon on Tuesday.\n\nThe union asks for a 5% rise.")
        );
    }

    /// As long as a book: 1,500 paragraphs. Quadratic, this would not end.
    #[test]
    fn a_book_is_paired_along_its_diagonal() {
        let french: Vec<_> = (0..1500)
            .map(|at| {
                format!(
                    "Le chapitre {at} raconte le voyage numéro {at} du navire à travers {} mers.",
                    at * 7
                )
            })
            .collect();
        let mut english: Vec<_> = (0..1500)
            .map(|at| {
                format!(
                    "Chapter {at} tells of voyage number {at} of the ship across {} seas.",
                    at * 7
                )
            })
            .collect();
        english.remove(734);
        let pairs = paired(&french.join("\n\n"), &english.join("\n\n"));
        let lost: Vec<_> = pairs.iter().filter(|pair| pair.1.is_none()).collect();
        assert_eq!(lost, [&(Some(french[734].clone()), None)]);
    }
}
