//! Bodies whose name is made of common words: *Conseil de l'industrie des technologies de l'information*.
//!
//! In: a capitalised common noun. Out: where the phrase ends that it heads, and whether the English has a counterpart
//! for each of its content words. English builds such names anew, so what is not found is not proven, never an error.

use super::evidence::Evidence;
use super::reading::Reading;
use super::unit::{Case, Gap};
use crate::lexicon::Lexicon;

/// Prepositions and articles that join the words of such a name.
const JOINTS: &[&str] = &[
    "au", "aux", "d", "de", "des", "du", "et", "l", "la", "le", "les", "pour", "sur",
];

/// The longest name that is read as one, in units.
const LONGEST: usize = 14;

/// Where the phrase headed by unit `at` ends: its nouns joined by *de* and the like, one adjective at most after the
/// head. The head alone if nothing follows.
pub(super) fn phrase_end(reading: &Reading<'_>, at: usize) -> usize {
    let content = |here: usize| {
        reading.get(here).is_some_and(|unit| {
            unit.case == Case::Lower
                && unit.runs_on()
                && !unit.elided
                && !JOINTS.contains(&reading.folded(here))
        })
    };
    // The joint after `here`, and the noun after it.
    let joined = |here: usize| {
        let begins = reading.get(here).is_some_and(|unit| {
            unit.gap == Gap::Space
                && matches!(
                    reading.folded(here),
                    "contre" | "d" | "de" | "des" | "du" | "pour"
                )
        });
        let mut next = here + 1;
        while begins
            && reading
                .get(next)
                .is_some_and(|unit| unit.case == Case::Lower && JOINTS.contains(&reading.folded(next)))
        {
            next += 1;
        }
        (begins && content(next) && reading.folded(next).len() > 3).then_some(next + 1)
    };
    let mut end = at + 1;
    if content(end) && joined(end + 1).is_some() {
        end += 1;
    }
    while let Some(next) = joined(end).filter(|next| next - at <= LONGEST) {
        end = next;
    }
    // An adjective without a noun after it may as well be the verb of the sentence.
    end
}

/// Whether the English has a word for unit `at` of such a phrase: its letters, its listed English, or a cousin.
pub(super) fn is_rendered(source: &Reading<'_>, at: usize, target: &Evidence<'_>, lexicon: &Lexicon) -> bool {
    let folded = source.folded(at);
    if JOINTS.contains(&folded) {
        return true;
    }
    target.spelt(source.raw(at), folded, false).is_some()
        || lexicon
            .word(source.unit(at).hash)
            .is_some_and(|entry| entry.forms.iter().any(|form| target.form(form).is_some()))
        || target.cousin(folded).is_some()
}
