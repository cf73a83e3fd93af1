//! The names of the French looked for in the English.

use std::sync::Arc;

use super::evidence::{Evidence, Found};
use super::french::is_required;
use super::reading::Reading;
use super::unit::Case;
use super::{Name, NameKind, Trust, spelling};
use crate::finding::{Account, Code, Finding, Outcome, Spot, Subject, Verdict};
use crate::lexicon::Lexicon;
use crate::lexicon::words::{is_english, is_french};
use crate::span::Span;

/// How many stray capitals a missing name is held against: enough for a paragraph, and the cost stays linear.
const NEIGHBOURHOOD: usize = 40;

/// Accounts for every name of the French.
///
/// `source` and `target` are the texts that `french` and `english` were found in. The findings follow the order of
/// the French, then of the English; each points at the name, not at the sentence.
#[must_use]
pub fn compare(source: &str, french: &[Name], target: &str, english: &[Name], lexicon: &Lexicon) -> Verdict {
    let (source, target) = (Reading::new(source), Reading::new(target));
    let check = Check {
        source: Evidence::new(&source),
        target: Evidence::new(&target),
        lexicon,
        strays: std::cell::OnceCell::new(),
    };
    let mut verdict = Verdict::default();
    let mut fates: Vec<Fate> = french.iter().map(|name| check.fate(name)).collect();
    check.join_neighbours(french, &mut fates);
    for (name, fate) in french.iter().zip(fates) {
        check.report(name, fate, &mut verdict);
    }
    let _ = english;
    verdict
}

/// What became of a name.
#[derive(Debug, Clone)]
enum Fate {
    /// It stands at `at` of the English.
    Proven { target: Span, why: Arc<str> },
    /// Part of it stands there; `lost` does not (a first name, a word of a title).
    Partly { target: Span, lost: Span },
    /// It may have been translated in words no row knows.
    Unproven,
    /// `lost` of the French stands as `target`.
    Altered { lost: Span, target: Span },
    /// It is not there.
    Missing { lost: Span },
}

struct Check<'r> {
    source: Evidence<'r>,
    target: Evidence<'r>,
    lexicon: &'r Lexicon,
    strays: std::cell::OnceCell<Vec<usize>>,
}

impl Check<'_> {
    fn fate(&self, name: &Name) -> Fate {
        for form in name.forms.iter() {
            if let Some((at, end)) = self.target.form(form) {
                if name.kind == NameKind::Acronym && !form.is_upper() {
                    // *intelligence artificielle (IA)* as *artificial intelligence (PI)*: the words do not excuse the letters.
                    if let Some(target) = self.stray_acronym(name) {
                        return Fate::Altered {
                            lost: name.span,
                            target,
                        };
                    }
                }
                return Fate::Proven {
                    target: self.target.reading.span(at, end),
                    why: Arc::clone(&form.why),
                };
            }
        }
        let (start, end) = self.units_of(name.span);
        match name.trust {
            Trust::Listed => self.listed(name, start, end),
            Trust::Loose => Fate::Unproven,
            Trust::Spelt => self.spelt(name, start, end),
            Trust::Common => self.common(name, start, end),
        }
    }

    /// The units of the French that `span` covers.
    fn units_of(&self, span: Span) -> (usize, usize) {
        let reading = self.source.reading;
        let start = partition(reading.len(), |at| reading.unit(at).span.end <= span.start);
        let end = partition(reading.len(), |at| reading.unit(at).span.start < span.end);
        (start, end.max(start))
    }

    fn listed(&self, name: &Name, start: usize, end: usize) -> Fate {
        let reading = self.source.reading;
        if name.kind == NameKind::Acronym && end - start == 1 {
            // OTAN left standing is French.
            if let Some(found) = self.target.spelt(reading.raw(start), reading.folded(start), true) {
                return Fate::Altered {
                    lost: name.span,
                    target: self.target.reading.span(found.at, found.end),
                };
            }
        }
        // Its own spelling will do, except for an acronym: OTAN is not English.
        if name.kind != NameKind::Acronym {
            let mut first = None;
            let all = (start..end)
                .filter(|at| reading.unit(*at).is_capital())
                .all(|at| {
                    let found = self.target.spelt(reading.raw(at), reading.folded(at), false);
                    first = first.or(found);
                    found.is_some()
                });
            if let (true, Some(found)) = (all, first) {
                return self.proven(found);
            }
        }
        for form in name.forms.iter() {
            if let Some(target) = form.words().last().and_then(|word| self.near(word, start)) {
                return Fate::Altered {
                    lost: name.span,
                    target,
                };
            }
        }
        if name.kind == NameKind::Acronym {
            if let Some(at) = self.spelt_out(start) {
                return Fate::Proven {
                    target: self.target.reading.span(at, at + 1),
                    why: "acronym of its English words".into(),
                };
            }
            if self.stray_acronym(name).is_none() {
                return if self.source.is_spelt_out(start) {
                    Fate::Unproven
                } else {
                    Fate::Missing { lost: name.span }
                };
            }
        }
        match self.stray_near(start) {
            Some(target) if name.kind != NameKind::People => Fate::Altered {
                lost: name.span,
                target,
            },
            _ => Fate::Missing { lost: name.span },
        }
    }

    fn proven(&self, found: Found) -> Fate {
        Fate::Proven {
            target: self.target.reading.span(found.at, found.end),
            why: found.why.into(),
        }
    }

    /// A name known by its capitals: each word that French does not know must stand in the English.
    fn spelt(&self, name: &Name, start: usize, end: usize) -> Fate {
        let reading = self.source.reading;
        let (mut found, mut lost, mut last) = (Vec::new(), Vec::new(), start);
        for at in (start..end).filter(|at| is_required(reading, self.lexicon, start, end, *at)) {
            last = at;
            let upper = name.kind == NameKind::Acronym;
            match self
                .target
                .spelt(reading.raw(at), reading.folded(at), upper)
                .or_else(|| self.word_listed(at))
            {
                Some(place) => found.push(place),
                None => lost.push(at),
            }
        }
        // Common words of the name may be translated, but not misspelt: *American Express*.
        for at in
            (start..end).filter(|at| reading.unit(*at).is_capital() && end - start > 1 && !found.is_empty())
        {
            if !is_required(reading, self.lexicon, start, end, at)
                && reading.raw(at).chars().count() > 3
                && self
                    .target
                    .spelt(reading.raw(at), reading.folded(at), false)
                    .is_none()
            {
                if let Some(target) = self.near_unknown(reading.folded(at), at) {
                    return Fate::Altered {
                        lost: self.spot(name, at),
                        target,
                    };
                }
            }
        }
        let Some(first_lost) = lost.first().copied() else {
            return found.first().map_or(Fate::Unproven, |place| self.proven(*place));
        };
        if let (NameKind::Acronym, Some(at)) = (name.kind, self.spelt_out(first_lost)) {
            return Fate::Proven {
                target: self.target.reading.span(at, at + 1),
                why: "acronym of its English words".into(),
            };
        }
        for at in &lost {
            if let Some(target) = self.near(reading.folded(*at), *at) {
                return Fate::Altered {
                    lost: self.spot(name, *at),
                    target,
                };
            }
        }
        if let Some(place) = found.first() {
            if !lost.contains(&last) {
                if let Some(target) = self.stray_before(place.at) {
                    return Fate::Altered {
                        lost: self.spot(name, first_lost),
                        target,
                    };
                }
                return Fate::Partly {
                    target: self.target.reading.span(place.at, place.end),
                    lost: reading.span(first_lost, first_lost + 1),
                };
            }
        }
        if name.kind == NameKind::Acronym
            && self.source.is_spelt_out(first_lost)
            && self.stray_acronym(name).is_none()
        {
            // *Banque centrale européenne (BCE)*: English may do without the letters.
            return Fate::Unproven;
        }
        match self.stray_near(first_lost) {
            Some(target) => Fate::Altered {
                lost: self.spot(name, first_lost),
                target,
            },
            None => Fate::Missing {
                lost: self.spot(name, first_lost),
            },
        }
    }

    /// An English acronym near where `name` would stand that neither the French nor the English explains.
    fn stray_acronym(&self, name: &Name) -> Option<Span> {
        let reading = self.target.reading;
        let (start, _) = self.units_of(name.span);
        self.neighbourhood(start)
            .iter()
            .copied()
            .find(|at| {
                reading.unit(*at).case == Case::Upper
                    && reading.raw(*at).len() <= 6
                    && !self.target.is_spelt_out(*at)
            })
            .map(|at| reading.span(at, at + 1))
    }

    /// A stray English acronym that the words before it explain.
    fn spelt_out(&self, at: usize) -> Option<usize> {
        let french = self.source.reading.folded(at).len();
        let about = |stray: usize| self.target.reading.folded(stray).len().abs_diff(french) <= 1;
        self.neighbourhood(at)
            .iter()
            .copied()
            .find(|stray| about(*stray) && self.target.is_spelt_out(*stray))
    }

    /// A word of a longer name that has a row of its own: the *Mahmoud* of *Mahmoud Abbas*.
    fn word_listed(&self, at: usize) -> Option<Found> {
        let (_, entry) = self.lexicon.french_at(self.source.reading, at)?;
        if entry.words.len() > 1 {
            return None;
        }
        let (at, end) = entry.forms.iter().find_map(|form| self.target.form(form))?;
        Some(Found {
            at,
            end,
            why: "listed",
        })
    }

    /// Capitals on common words: proven if the English has the same words or known equivalents.
    fn common(&self, name: &Name, start: usize, end: usize) -> Fate {
        let reading = self.source.reading;
        let mut first = None;
        for at in (start..end).filter(|at| reading.unit(*at).is_capital()) {
            let found = self.target.spelt(reading.raw(at), reading.folded(at), false);
            let Some(found) = found else { return Fate::Unproven };
            first = first.or(Some(found));
        }
        let _ = name;
        first.map_or(Fate::Unproven, |found| self.proven(found))
    }

    /// The name if it is short enough to be a spot, else the word.
    fn spot(&self, name: &Name, at: usize) -> Span {
        if name.span.len() <= 50 {
            name.span
        } else {
            self.source.reading.span(at, at + 1)
        }
    }

    /// Which units of the English a listed name or adjective of the French accounts for.
    fn explained(&self) -> Vec<bool> {
        let source = self.source.reading;
        let mut explained = vec![false; self.target.reading.len()];
        for at in 0..source.len() {
            let name = self.lexicon.french_at(source, at).map(|(_, entry)| entry);
            for entry in name.into_iter().chain(self.lexicon.adjective(source.folded(at))) {
                for form in entry.forms.iter() {
                    self.target.mark(form, &mut explained);
                }
            }
        }
        explained
    }

    /// A stray that the lexicon knows as a place, near where unit `at` of the French would stand.
    fn stray_place(&self, at: usize) -> Option<Span> {
        let reading = self.target.reading;
        self.neighbourhood(at).iter().find_map(|stray| {
            let (len, entry) = self.lexicon.english_at(reading, *stray)?;
            (entry.kind == NameKind::Place && reading.unit(*stray).is_capital())
                .then(|| reading.span(*stray, *stray + len))
        })
    }

    /// Whether the capital right before unit `at` of the English is a stray: another first name, another title.
    fn stray_before(&self, at: usize) -> Option<Span> {
        let reading = self.target.reading;
        let before = at.checked_sub(1).filter(|_| reading.unit(at).runs_on())?;
        self.strays()
            .binary_search(&before)
            .ok()
            .map(|_| reading.span(before, before + 1))
    }

    /// Capitals of the English that nothing in the French explains.
    fn strays(&self) -> &[usize] {
        self.strays.get_or_init(|| {
            (0..self.target.reading.len())
                .filter(|at| self.target.is_stray(*at, &self.source))
                .collect()
        })
    }

    fn neighbourhood(&self, at: usize) -> &[usize] {
        let strays = self.strays();
        // Where the name would stand if both texts ran at the same pace.
        let (ours, theirs) = (self.source.reading.len().max(1), self.target.reading.len());
        let expected = at * theirs / ours;
        let middle = strays.partition_point(|stray| *stray < expected);
        let low = middle.saturating_sub(NEIGHBOURHOOD / 2);
        &strays[low..strays.len().min(low + NEIGHBOURHOOD)]
    }

    /// A stray capital spelt nearly as `folded`.
    fn near(&self, folded: &str, at: usize) -> Option<Span> {
        let reading = self.target.reading;
        self.neighbourhood(at)
            .iter()
            .find(|stray| spelling::is_near(folded, reading.folded(**stray)))
            .map(|stray| reading.span(*stray, *stray + 1))
    }

    /// A stray that no dictionary knows, spelt nearly as `folded`.
    fn near_unknown(&self, folded: &str, at: usize) -> Option<Span> {
        let reading = self.target.reading;
        self.neighbourhood(at)
            .iter()
            .find(|stray| {
                let word = reading.folded(**stray);
                !is_english(word)
                    && self.lexicon.english_at(reading, **stray).is_none()
                    && spelling::is_near(folded, word)
            })
            .map(|stray| reading.span(*stray, *stray + 1))
    }

    /// A stray capital that is no English word: another name stands there.
    fn stray_near(&self, at: usize) -> Option<Span> {
        let reading = self.target.reading;
        self.neighbourhood(at)
            .iter()
            .find(|stray| !is_english(reading.folded(**stray)) && !is_french(reading.folded(**stray)))
            .map(|stray| reading.span(*stray, *stray + 1))
    }

    /// A first name before a name that survived is only a first name dropped.
    fn join_neighbours(&self, french: &[Name], fates: &mut [Fate]) {
        for at in 1..french.len() {
            let gap = &self.source.reading.text()[french[at - 1].span.end..french[at].span.start];
            if gap != " " && gap != "-" && gap != "\n" {
                continue;
            }
            if let (Fate::Missing { lost }, Fate::Proven { target, .. }) = (&fates[at - 1], &fates[at]) {
                fates[at - 1] = Fate::Partly {
                    target: *target,
                    lost: *lost,
                };
            }
        }
    }

    fn report(&self, name: &Name, fate: Fate, verdict: &mut Verdict) {
        let (source, target) = (self.source.reading.text(), self.target.reading.text());
        let words = name.span.of(source);
        let spot = |span: Span| Spot::new(source, span);
        let read = |span: Span| match name.forms.first() {
            Some(form) if form.text != span.of(source) && name.trust != Trust::Spelt => {
                spot(span).read_as(&*form.text)
            }
            _ => spot(span),
        };
        let (outcome, place, because, finding) = match fate {
            Fate::Proven { target: at, why } => {
                let english = at.of(target);
                let because = if english == words {
                    why.to_string()
                } else {
                    format!("{why}: {words} → {english}")
                };
                (Outcome::Proven, Some(at), Some(because), None)
            }
            Fate::Partly { target: at, lost } => {
                let message = format!(
                    "“{}” of the name “{words}” is not in the English.",
                    lost.of(source)
                );
                let finding = Finding::new(
                    Code::NameMissing,
                    Some(spot(lost)),
                    Some(Spot::new(target, at)),
                    message,
                );
                (Outcome::NotProven, Some(at), None, Some(finding.as_warning()))
            }
            Fate::Unproven => {
                let message =
                    format!("“{words}” was not found in the English; it may stand there in other words.");
                let finding = Finding::new(Code::NameMissing, Some(read(name.span)), None, message);
                (Outcome::NotProven, None, None, Some(finding.as_warning()))
            }
            Fate::Altered { lost, target: at } => {
                let message = format!(
                    "“{}” stands as “{}” in the English.",
                    lost.of(source),
                    at.of(target)
                );
                let finding = Finding::new(
                    Code::NameAltered,
                    Some(read(lost)),
                    Some(Spot::new(target, at)),
                    message,
                );
                (Outcome::Failed, Some(at), None, Some(finding))
            }
            Fate::Missing { lost } => {
                let expected = name.forms.first().map_or("", |form| form.text.as_str());
                let message = if expected.is_empty() || expected == words {
                    format!("The name “{words}” is not in the English.")
                } else {
                    format!("The name “{words}” ({expected}) is not in the English.")
                };
                let finding = Finding::new(Code::NameMissing, Some(read(lost)), None, message);
                (Outcome::Failed, None, None, Some(finding))
            }
        };
        verdict.accounts.push(Account {
            kind: Subject::Name,
            outcome,
            source: read(name.span),
            target: place.map(|at| Spot::new(target, at)),
            because,
        });
        verdict.findings.extend(finding);
    }
}

/// The first index below `len` that does not satisfy `before`, which holds for a prefix.
fn partition(len: usize, before: impl Fn(usize) -> bool) -> usize {
    let (mut low, mut high) = (0, len);
    while low < high {
        let middle = low.midpoint(high);
        if before(middle) {
            low = middle + 1
        } else {
            high = middle
        }
    }
    low
}
