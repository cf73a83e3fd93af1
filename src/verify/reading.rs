//! A segment and its translation, each read once; every check of running text looks at this reading.
//!
//! In: both texts. Out: their words, their sentences, and which sentences answer each other. Law: what costs more than
//! a walk over the text is made when the first check asks for it, and once.

use std::cell::OnceCell;
use std::ops::Range;

use crate::align::{Bead, Passage, align};
use crate::sentence::sentences;
use crate::span::Span;
use crate::word::{Word, words};

/// How far, in sentences, one side may run ahead of the other within a segment.
const BAND: usize = 12;

/// A text with its words and sentences.
pub(super) struct Side<'t> {
    pub text: &'t str,
    pub words: Vec<Word<'t>>,
    pub sentences: Vec<Span>,
}

impl<'t> Side<'t> {
    pub fn new(text: &'t str) -> Self {
        Self {
            text,
            words: words(text),
            sentences: sentences(text),
        }
    }

    /// The words of a part that cuts none.
    pub fn within(&self, part: Span) -> &[Word<'t>] {
        let start = self.words.partition_point(|word| word.span.start < part.start);
        let end = self.words.partition_point(|word| word.span.end <= part.end);
        &self.words[start..end.max(start)]
    }

    /// How many letters and digits it has.
    pub fn letters(&self) -> usize {
        self.words.iter().map(|word| word.letters as usize).sum()
    }
}

/// A segment and its translation.
pub(super) struct Reading<'t> {
    pub source: Side<'t>,
    pub target: Side<'t>,
    aligned: OnceCell<(Vec<usize>, Vec<Bead>)>,
}

impl<'t> Reading<'t> {
    pub fn new(source: &'t str, target: &'t str) -> Self {
        Self {
            source: Side::new(source),
            target: Side::new(target),
            aligned: OnceCell::new(),
        }
    }

    /// By how many words each sentence of the French can be recognised, and the runs of sentences that answer each
    /// other.
    pub fn aligned(&self) -> (&[usize], &[Bead]) {
        let (words, beads) = self.aligned.get_or_init(|| {
            let passages = |text: &Side<'_>, read: fn(&str, &[Word<'_>]) -> Passage| -> Vec<Passage> {
                let sentence = |span: &Span| read(span.of(text.text), text.within(*span));
                text.sentences.iter().map(sentence).collect()
            };
            let french = passages(&self.source, Passage::of_french);
            let english = passages(&self.target, Passage::of_english);
            let words = french.iter().map(Passage::words).collect();
            (words, align(&french, &english, BAND))
        });
        (words, beads)
    }

    /// Which part of the English says what a part of the French says, sentence by sentence; what has no counterpart is
    /// left out.
    pub fn sentence_pairs(&self) -> impl Iterator<Item = (Span, Span)> {
        let span = |spans: &[Span], run: &Range<usize>| {
            let spans = &spans[run.clone()];
            Some(Span::new(spans.first()?.start, spans.last()?.end))
        };
        self.aligned().1.iter().filter_map(move |bead| {
            let source = span(&self.source.sentences, &bead.source)?;
            Some((source, span(&self.target.sentences, &bead.target)?))
        })
    }
}
