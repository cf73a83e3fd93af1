//! What excuses a name that is not found: reasons for which its absence proves nothing.
//!
//! In: a name of the French that the English has in none of its forms. Out: whether a careful reader would shrug.
//! Each reason turns an error into a warning, never into silence.

use super::Name;
use super::NameKind;
use super::fate::Check;
use super::reading::Reading;
use super::unit::{Case, Gap};
use crate::lexicon::words::{is_french, is_french_headword};

impl Check<'_> {
    /// Whether unit `at` goes on with a small word of a third language: such names are translated (*Como en casa*).
    pub(super) fn is_foreign_phrase(&self, at: usize) -> bool {
        let reading = self.source;
        let Some(unit) = reading.get(at) else { return false };
        let folded = reading.folded(at);
        let verb = ["ait", "aient", "ra", "ront", "ent", "oie", "a"]
            .iter()
            .any(|ending| folded.ends_with(ending));
        unit.gap == Gap::Space
            && unit.case == Case::Lower
            && folded.len() >= 4
            && folded.chars().all(char::is_alphabetic)
            && !is_french(folded)
            && !verb
    }

    /// Whether French words in brackets say what a foreign name means: *la Guardia Urbana (police municipale)*.
    pub(super) fn is_glossed(&self, name: &Name, end: usize) -> bool {
        let text = self.source.text();
        let between = |unit: usize| &text[name.span.end..self.source.unit(unit).span.start];
        let bracket = self.source.get(end).is_some()
            && between(end).trim_matches(['"', '»', '”', ' ', '\u{a0}']) == "(";
        bracket
            && name.kind == NameKind::Name
            && self.source.unit(end).case == Case::Lower
            && self.source.is_french(end)
    }

    /// Whether a lone first word of a sentence is French with a slip of the pen: *Auncun*, *Lestrois*.
    pub(super) fn is_slip(&self, start: usize, end: usize) -> bool {
        let reading = self.source;
        let folded = reading.folded(start);
        end - start == 1 && is_parted(folded)
            || end - start == 1
                && reading.unit(start).opens
                && !self.lexicon.is_given_name(folded)
                && is_nearly_french(folded)
    }

    /// Whether English has a *he* or *she* that French has not, or opens with a pronoun where French opens with the
    /// name at `start`: English repeats names less.
    pub(super) fn is_pronoun_instead(&self, start: usize) -> bool {
        let pronouns = self
            .pronouns
            .get_or_init(|| Pronouns::new(self.source, self.target.reading));
        pronouns.more || (pronouns.opening && self.source.unit(start).opens)
    }
}

/// The pronouns of a pair of texts, counted once.
pub(super) struct Pronouns {
    /// Whether English has more of *he* and *she* than French of *il* and *elle*.
    more: bool,
    /// Whether a sentence of the English opens with a pronoun.
    opening: bool,
}

impl Pronouns {
    fn new(source: &Reading<'_>, target: &Reading<'_>) -> Self {
        let count = |reading: &Reading<'_>, words: &[&str]| {
            (0..reading.len())
                .filter(|at| words.contains(&reading.folded(*at)))
                .count()
        };
        let more = count(target, &["he", "she"]) > count(source, &["il", "elle", "celui", "celle", "lui"]);
        let opens =
            |at: usize| target.unit(at).opens && matches!(target.folded(at), "it" | "they" | "he" | "she");
        Self {
            more,
            opening: (0..target.len()).any(opens),
        }
    }
}

/// Whether a word is two common French words run together: *Lestrois*, *Lhomme*.
fn is_parted(folded: &str) -> bool {
    let heads = [
        "l", "il", "on", "le", "la", "les", "un", "une", "des", "de", "du", "ce", "en", "et",
    ];
    heads.iter().any(|head| {
        folded
            .strip_prefix(head)
            .is_some_and(|tail| tail.len() > 2 && is_french_headword(tail))
            || *head == "il" && folded == "ila"
    })
}

/// Whether a word becomes a common French word by dropping a letter, swapping two, or parting it in two.
fn is_nearly_french(folded: &str) -> bool {
    if folded.len() < 3 || folded.len() > 20 || !folded.is_ascii() {
        return false;
    }
    let dropped = |at: usize| is_french(&format!("{}{}", &folded[..at], &folded[at + 1..]));
    let swapped = |at: usize| {
        let mut bytes = folded.as_bytes().to_vec();
        bytes.swap(at - 1, at);
        std::str::from_utf8(&bytes).is_ok_and(is_french)
    };

    let long = folded.len() > 4;
    is_parted(folded) || long && ((0..folded.len()).any(dropped) || (1..folded.len()).any(swapped))
}
