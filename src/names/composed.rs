//! Bodies and offices told by what they are for: *le ministère de la Santé*, *la secrétaire d'État au Numérique*.
//!
//! In: a word that heads such a phrase, written small or with a capital. Out: where the phrase ends, its parts, and the
//! English built from them in both orders (*Ministry of Health*, *Health Ministry*). What the lexicon has as a whole is
//! left to it. Nothing here proves a loss: what cannot be matched part by part is not proven.

use super::heads::HEADS;
use super::reading::Reading;
use super::unit::{Case, Gap};
use super::{Form, NameKind};
use crate::lexicon::{Lexicon, hash};

/// How many words may stand between the head and what it is for: *secrétaire d'État chargée du Numérique*.
const BETWEEN: usize = 6;

/// Words between the two: joints, and the words of an office.
const JOINTS: &[&str] = &[
    "a",
    "au",
    "aux",
    "charge",
    "chargee",
    "d",
    "de",
    "delegue",
    "deleguee",
    "des",
    "du",
    "etat",
    "federal",
    "federale",
    "general",
    "generale",
    "l",
    "la",
    "le",
    "les",
    "national",
    "nationale",
    "pour",
];

/// A phrase of this kind, in units of the French.
#[derive(Debug, Clone)]
pub(super) struct Composed<'r> {
    /// Where it ends.
    pub end: usize,
    /// Whether nothing after it may belong to it.
    pub whole: bool,
    heads: &'static [&'static str],
    /// The folded words of what it is for.
    subjects: Vec<&'r str>,
}

/// The phrase headed by unit `at`, unless the lexicon has a name there.
pub(super) fn at<'r>(reading: &'r Reading<'_>, at: usize, lexicon: &Lexicon) -> Option<Composed<'r>> {
    let first = reading.unit(at);
    // The words that may begin a name though they are small include the heads.
    if !matches!(first.case, Case::Lower | Case::Capital) || !lexicon.may_begin_small(first.hash) {
        return None;
    }
    let folded = reading.folded(at);
    let (_, heads) = HEADS.iter().find(|(head, _)| *head == folded)?;
    let listed = lexicon.french_at(reading, at);
    if listed.is_some_and(|entry| entry.len > 1) {
        return None;
    }
    let mut end = at + 1;
    let mut subjects = Vec::new();
    // *ministère de la guerre*; but *la direction de la banque* is no name.
    let state = folded.starts_with("minist") || folded.starts_with("secretaire");
    while let Some((subject, next)) = subject(reading, end, lexicon, subjects.is_empty(), state) {
        subjects.push(subject);
        end = next;
    }
    // *Sécurité publique*: an adjective, of which the lexicon knows nothing, may change the English.
    let whole = !reading.get(end).is_some_and(|unit| {
        unit.case == Case::Lower
            && unit.gap == Gap::Space
            && !unit.elided
            && !JOINTS.contains(&reading.folded(end))
    });
    (!subjects.is_empty()).then_some(Composed {
        end,
        whole,
        heads,
        subjects,
    })
}

/// What a body is for, from unit `from` on: joints, then a word that the lexicon knows as such, with a capital unless
/// `small` ones will do.
fn subject<'r>(
    reading: &'r Reading<'_>,
    from: usize,
    lexicon: &Lexicon,
    first: bool,
    small: bool,
) -> Option<(&'r str, usize)> {
    let mut at = from;
    if !first {
        // *de l'Économie et des Finances*.
        let joins = reading.get(at)?.gap == Gap::Space && reading.folded(at) == "et";
        at += usize::from(joins);
        let is_joined = joins && matches!(reading.folded(at), "a" | "au" | "aux" | "d" | "de" | "des" | "du");
        if !is_joined {
            return None;
        }
    }
    let start = at;
    loop {
        let unit = reading.get(at)?;
        if !unit.runs_on() || at > start + BETWEEN {
            return None;
        }
        let joint = JOINTS.contains(&reading.folded(at));
        if !joint || (unit.is_capital() && reading.folded(at) != "etat") {
            break;
        }
        at += 1;
    }
    if at == start {
        return None;
    }
    let folded = reading.folded(at);
    // A longer listed name keeps its own rule: *Affaires étrangères*.
    if reading.unit(at).is_capital()
        && lexicon
            .french_at(reading, at)
            .is_some_and(|entry| entry.len > 1 || entry.kind != NameKind::Common)
    {
        return None;
    }
    if !reading.unit(at).is_capital() && !small {
        return None;
    }
    if HEADS.iter().any(|(head, _)| *head == folded) {
        return None;
    }
    let entry = lexicon
        .word(reading.unit(at).hash)
        .filter(|entry| entry.kind == NameKind::Common)?;
    (!entry.forms.is_empty()).then_some((folded, at + 1))
}

/// How far from the head a part of the English may stand, in units.
pub(super) const CLOSE: usize = 8;

impl<'r> Composed<'r> {
    /// The English words for the head.
    pub fn heads(&self) -> &'static [&'static str] {
        self.heads
    }

    /// The folded French words of what it is for.
    pub fn subjects(&self) -> impl Iterator<Item = &'r str> {
        self.subjects.iter().copied()
    }

    /// The English built from the parts, both orders, the usual one first.
    pub fn forms(&self, lexicon: &Lexicon) -> Vec<Form> {
        let words: Vec<&str> = self
            .subjects
            .iter()
            .filter_map(|subject| Some(&*lexicon.word(hash::of(subject.as_bytes()))?.forms.first()?.text))
            .collect();
        let subject = words.join(" and ");
        self.heads
            .iter()
            .flat_map(|head| [format!("{head} of {subject}"), format!("{subject} {head}")])
            .map(|text| Form::new(text, "translated by parts"))
            .collect()
    }
}
