//! Strays: capitals of the English that nothing in the French accounts for.
//!
//! A missing name and a stray that stands where the name would be are one finding: the name was altered. A stray
//! alone is, at most, an added name.

use std::collections::HashSet;
use std::hash::BuildHasherDefault;
use std::sync::Arc;

use super::NameKind;
use super::compass;
use super::evidence::Evidence;
use super::reading::Reading;
use super::spelling;
use super::unit::Case;
use crate::lexicon::words::is_known_name;
use crate::lexicon::{Lexicon, hash};
use crate::span::Span;
use crate::word::WordHasher;

/// How many strays a missing name is held against: enough for a paragraph, and the cost stays linear.
const NEIGHBOURHOOD: usize = 40;

/// English words with a capital that name nobody: months, weekdays, titles of address, the pronoun.
const NOT_NAMES: &[&str] = &[
    "am",
    "april",
    "aug",
    "august",
    "dec",
    "december",
    "dr",
    "feb",
    "february",
    "friday",
    "jan",
    "january",
    "jr",
    "july",
    "june",
    "march",
    "may",
    "miss",
    "monday",
    "mr",
    "mrs",
    "ms",
    "nov",
    "november",
    "oct",
    "october",
    "ok",
    "pm",
    "prof",
    "saturday",
    "sept",
    "september",
    "sir",
    "sr",
    "st",
    "sunday",
    "thursday",
    "tuesday",
    "tv",
    "wednesday",
];

/// The strays of one English text, in order.
pub(super) struct Strays<'r> {
    target: &'r Evidence<'r>,
    lexicon: &'r Lexicon,
    /// Length of the French in units, to find where a name would stand.
    source_len: usize,
    units: Vec<usize>,
}

impl<'r> Strays<'r> {
    pub fn new(source: &Evidence<'_>, target: &'r Evidence<'r>, lexicon: &'r Lexicon) -> Self {
        let explained = explained(source, target, lexicon);
        let units = (0..explained.len())
            .filter(|at| !explained[*at] && is_stray(*at, source, target))
            .collect();
        Self {
            target,
            lexicon,
            source_len: source.reading.len().max(1),
            units,
        }
    }

    /// The strays, in order, as units of the English.
    pub fn units(&self) -> impl Iterator<Item = usize> {
        self.units.iter().copied()
    }

    fn reading(&self) -> &'r Reading<'r> {
        self.target.reading
    }

    fn span(&self, at: usize) -> Span {
        self.reading().span(at, at + 1)
    }

    /// The strays about where unit `at` of the French would stand if both texts ran at the same pace.
    pub fn about(&self, at: usize) -> &[usize] {
        let expected = at * self.reading().len() / self.source_len;
        let middle = self.units.partition_point(|stray| *stray < expected);
        let low = middle.saturating_sub(NEIGHBOURHOOD / 2);
        &self.units[low..self.units.len().min(low + NEIGHBOURHOOD)]
    }

    /// A stray spelt nearly as `folded`.
    pub fn near(&self, folded: &str, at: usize) -> Option<Span> {
        let found = self
            .about(at)
            .iter()
            .find(|stray| spelling::is_near(folded, self.reading().folded(**stray)));
        found.map(|stray| self.span(*stray))
    }

    /// A stray spelt nearly as `folded` that is a well-known name or the English form of a listed one: the French made the slip
    /// (*Afghnistan*), the English put it right.
    pub fn corrected(&self, folded: &str, at: usize) -> Option<Span> {
        // *Nicole* and *Nicolas* are two people.
        if self.lexicon.is_given_name(hash::of(folded.as_bytes())) {
            return None;
        }
        let slip = !is_known_name(folded);
        let listed = |stray: usize| {
            self.lexicon.english_at(self.reading(), stray).is_some()
                || slip && is_known_name(self.reading().folded(stray))
        };
        let near = |stray: usize| folded.len() > 4 && spelling::is_near(folded, self.reading().folded(stray));
        let found = self
            .about(at)
            .iter()
            .copied()
            .find(|stray| near(*stray) && listed(*stray));
        found.map(|stray| self.span(stray))
    }

    /// A stray that is `folded` with an ending of a third language, or without one.
    pub fn inflected(&self, folded: &str, at: usize) -> Option<Span> {
        let found = self
            .about(at)
            .iter()
            .find(|stray| spelling::is_inflected(folded, self.reading().folded(**stray)));
        found.map(|stray| self.span(*stray))
    }

    /// A stray spelt nearly as `folded` that neither a dictionary nor the lexicon knows: no other name, no other word.
    pub fn near_unknown(&self, folded: &str, at: usize) -> Option<Span> {
        let unknown = |stray: usize| {
            !self.reading().is_english(stray) && self.lexicon.english_at(self.reading(), stray).is_none()
        };
        let near = |stray: usize| spelling::is_near(folded, self.reading().folded(stray));
        let found = self
            .about(at)
            .iter()
            .copied()
            .find(|stray| unknown(*stray) && near(*stray));
        found.map(|stray| self.span(stray))
    }

    /// A stray that is no common word of either language: another name.
    pub fn name(&self, at: usize) -> Option<Span> {
        let is_name =
            |stray: &&usize| !self.reading().is_english(**stray) && !self.reading().is_french(**stray);
        self.about(at).iter().find(is_name).map(|stray| self.span(*stray))
    }

    /// A stray that the lexicon knows as a place.
    pub fn place(&self, at: usize) -> Option<Span> {
        self.listed(at, |kind| kind == NameKind::Place)
    }

    /// A stray body of at least `words` words that the lexicon knows.
    pub fn body(&self, at: usize, words: usize) -> Option<Span> {
        self.about(at).iter().find_map(|stray| {
            let (len, entry) = self.lexicon.english_at(self.reading(), *stray)?;
            let whole = len >= words && self.units.binary_search(&(*stray + len - 1)).is_ok();
            (entry.kind == NameKind::Organisation && whole).then(|| self.reading().span(*stray, *stray + len))
        })
    }

    /// A stray that the lexicon knows as a people, or as the place of one.
    pub fn people(&self, at: usize) -> Option<Span> {
        self.listed(at, |kind| matches!(kind, NameKind::Place | NameKind::People))
    }

    /// A common noun with a capital right by unit `at` that nothing accounts for: what another ministry is for.
    pub fn common_by(&self, at: usize) -> Option<Span> {
        let low = self.units.partition_point(|stray| stray + 2 < at);
        self.units[low..]
            .iter()
            .take_while(|stray| **stray <= at + 3)
            .find(|stray| {
                let entry = self.lexicon.english_at(self.reading(), **stray);
                **stray != at && entry.is_some_and(|(_, entry)| entry.kind == NameKind::Common)
            })
            .map(|stray| self.span(*stray))
    }

    /// A listed stray of a kind that `fits`, no part of which the French accounts for.
    fn listed(&self, at: usize, fits: impl Fn(NameKind) -> bool) -> Option<Span> {
        self.about(at).iter().find_map(|stray| {
            let (len, entry) = self.lexicon.english_at(self.reading(), *stray)?;
            let last = *stray + len - 1;
            let whole = len == 1 || self.units.binary_search(&last).is_ok();
            (fits(entry.kind) && whole).then(|| self.reading().span(*stray, *stray + len))
        })
    }

    /// A stray acronym that no words of the English spell out.
    pub fn acronym(&self, at: usize) -> Option<Span> {
        let found = self.about(at).iter().copied().find(|stray| {
            self.reading().unit(*stray).case == Case::Upper
                && self.reading().raw(*stray).len() <= 6
                && !self.target.reading.is_spelt_out(*stray)
        });
        found.map(|stray| self.span(stray))
    }

    /// A stray acronym, about as long as unit `at` of the French (`len` letters), that words of the English spell out.
    pub fn spelt_out(&self, at: usize, len: usize) -> Option<usize> {
        let about = |stray: usize| self.reading().folded(stray).chars().count().abs_diff(len) <= 1;
        self.about(at)
            .iter()
            .copied()
            .find(|stray| about(*stray) && self.target.reading.is_spelt_out(*stray))
    }

    /// Runs of strays that no dictionary knows, as units of the English: names from nowhere.
    pub fn runs(&self) -> Vec<(usize, usize)> {
        let mut runs: Vec<(usize, usize)> = Vec::new();
        for at in self.units.iter().copied() {
            let folded = self.reading().folded(at);
            if self.reading().is_english(at)
                || self.reading().is_french(at)
                || folded.starts_with(|c: char| c.is_numeric())
            {
                continue;
            }
            match runs.last_mut() {
                Some((_, end)) if *end == at && self.reading().unit(at).runs_on() => *end = at + 1,
                _ => runs.push((at, at + 1)),
            }
        }
        runs
    }

    /// The stray right before unit `at` of the English: another first name, another title.
    pub fn before(&self, at: usize) -> Option<Span> {
        let before = at.checked_sub(1).filter(|_| self.reading().unit(at).runs_on())?;
        self.units.binary_search(&before).ok().map(|_| self.span(before))
    }
}

/// *I'm*, *we're*, *don't*: a capital on them is grammar.
fn is_contraction(folded: &str) -> bool {
    ["'m", "'re", "'ve", "'ll", "'d", "n't"]
        .iter()
        .any(|ending| folded.ends_with(ending))
}

/// Which units of the English a listed name or adjective of the French accounts for.
fn explained(source: &Evidence<'_>, target: &Evidence<'_>, lexicon: &Lexicon) -> Vec<bool> {
    let mut explained = vec![false; target.reading.len()];
    let french = source.reading;
    // Each row once, however often the text has it.
    let mut seen: HashSet<_, BuildHasherDefault<WordHasher>> = HashSet::default();
    for at in 0..french.len() {
        let name = lexicon.french_at(french, at);
        // *chiite*: those of a creed have no land whose adjective it is.
        let people = lexicon.people(french.unit(at).hash);
        for entry in name.into_iter().chain(people) {
            if seen.insert(Arc::as_ptr(&entry.forms)) {
                entry
                    .forms
                    .iter()
                    .for_each(|form| target.mark(form, &mut explained));
            }
        }
    }
    // *ouest-européen*, *West European*: the point belongs to the adjective.
    if (1..french.len()).any(|at| compass::is_before(french, at)) {
        for at in 1..explained.len() {
            if explained[at] && compass::is_english_point(target.reading.folded(at - 1)) {
                explained[at - 1] = true;
            }
        }
    }
    explained
}

/// Whether the capital at `at` may be a name that the letters of the French do not explain.
fn is_stray(at: usize, source: &Evidence<'_>, target: &Evidence<'_>) -> bool {
    let unit = target.reading.unit(at);
    let folded = target.reading.folded(at);
    unit.is_capital()
        && !unit.elided
        && folded.chars().count() >= 2
        && NOT_NAMES.binary_search(&folded.trim_end_matches('s')).is_err()
        && NOT_NAMES.binary_search(&folded).is_err()
        && !is_contraction(folded)
        && (!unit.opens || !target.reading.is_english(at))
        && source.find(folded, |_| true).is_none()
}
