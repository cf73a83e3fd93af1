//! The capitals of an English text that a French text does not account for.
//!
//! In: both texts, and what was proven of the French. Out: runs of capitalised words with which the English names
//! something that the French, by its letters, its lexicon or a proven name, does not. Unlike [`compare`](super::compare()), which follows the
//! names of the French, this follows those of the English: a summary leaves names out and must not bring any.

use super::NameKind;
use super::evidence::Evidence;
use super::reading::Reading;
use super::strays::Strays;
use super::unit::Case;
use crate::lexicon::Lexicon;
use crate::lexicon::words::is_known_name;
use crate::span::Span;

/// One word of a name without support.
#[derive(Debug, Clone)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "observations that do not depend on each other"
)]
pub(crate) struct Unsupported {
    /// Where it stands in the English.
    pub span: Span,
    /// Folded.
    pub folded: String,
    /// Whether English has it as a common word and as no well-known name.
    pub common: bool,
    /// Whether it is a people's name or a language's: an adjective more often than a name.
    pub people: bool,
    /// Whether the lexicon has it as a place.
    pub place: bool,
    /// Whether it is written in capitals only.
    pub upper: bool,
    /// Whether it opens a sentence, where a capital means nothing.
    pub opens: bool,
}

/// Runs of words; those of one run belong to one name.
pub(crate) fn unsupported(
    source: &str,
    target: &str,
    lexicon: &Lexicon,
    proven: &[Span],
) -> Vec<Vec<Unsupported>> {
    let (source, target) = (Reading::new(source), Reading::new(target));
    let (ours, theirs) = (Evidence::new(&source), Evidence::new(&target));
    let strays = Strays::new(&ours, &theirs, lexicon);
    let mut runs: Vec<Vec<Unsupported>> = Vec::new();
    let mut last = None;
    for at in strays.units() {
        let unit = target.unit(at);
        if proven.iter().any(|span| span.overlaps(unit.span)) {
            continue;
        }
        let word = Unsupported {
            span: unit.span,
            folded: target.folded(at).to_owned(),
            common: target.is_english(at) && !is_known_name(target.folded(at)),
            people: lexicon
                .english_at(&target, at)
                .is_some_and(|(_, entry)| matches!(entry.kind, NameKind::People | NameKind::Language)),
            place: lexicon
                .english_at(&target, at)
                .is_some_and(|(_, entry)| entry.kind == NameKind::Place),
            upper: unit.case == Case::Upper,
            opens: unit.opens,
        };
        // Small words inside a name do not part it: *Bank of Scotland*.
        let joined = last.is_some_and(|last: usize| {
            (last + 1..at).all(|at| is_inside(target.folded(at)) || target.unit(at).is_capital())
                && (last + 1..=at).all(|at| target.unit(at).runs_on())
        });
        match runs.last_mut().filter(|_| joined) {
            Some(run) => run.push(word),
            None => runs.push(vec![word]),
        }
        last = Some(at);
    }
    runs
}

fn is_inside(word: &str) -> bool {
    matches!(
        word,
        "of" | "the" | "and" | "for" | "de" | "du" | "la" | "le" | "des" | "d" | "l"
    )
}
