//! What became of one name of the French.

use std::cell::OnceCell;

use super::bodies::is_rendered;
use super::compass;
use super::composed::{self, Composed};
use super::doubt::Pronouns;
use super::evidence::{Evidence, Found};
use super::reading::{Reading, first_not};
use super::strays::Strays;
use super::unit::Case;
use super::{Name, NameKind, Trust};
use crate::lexicon::fold::fold;
use crate::lexicon::{Lexicon, hash};
use crate::span::Span;

/// What became of a name.
#[derive(Debug, Clone)]
pub(super) enum Fate<'n> {
    /// It stands at `target` of the English.
    Proven { target: Span, why: &'n str },
    /// Part of it stands there; `lost` does not (a first name, a word of a title).
    Partly { target: Span, lost: Span },
    /// It may have been translated in words no row knows.
    Unproven,
    /// `lost` of the French stands as `target`. A guess says what holds if `target` turns out to be another name's.
    Altered {
        lost: Span,
        target: Span,
        otherwise: Option<Box<Self>>,
    },
    /// It is not there.
    Missing { lost: Span },
}

impl Fate<'_> {
    /// `lost` stands as `target`, which is spelt so or is its own French letters.
    pub fn altered(lost: Span, target: Span) -> Self {
        Self::Altered {
            lost,
            target,
            otherwise: None,
        }
    }

    /// `target` may be what stands for `lost`; if it is another name's, nothing is proven.
    fn guessed(lost: Span, target: Span) -> Self {
        Self::Altered {
            lost,
            target,
            otherwise: Some(Box::new(Self::Unproven)),
        }
    }

    /// `lost` is gone, and `target` may be what stands for it.
    pub(super) fn replaced(lost: Span, target: Span) -> Self {
        Self::Altered {
            lost,
            target,
            otherwise: Some(Box::new(Self::Missing { lost })),
        }
    }
}

/// Both texts of a segment, indexed.
pub(super) struct Check<'r> {
    pub source: &'r Reading<'r>,
    pub target: &'r Evidence<'r>,
    pub lexicon: &'r Lexicon,
    /// Worked out when the first name is not found.
    strays: OnceCell<Strays<'r>>,
    pub pronouns: OnceCell<Pronouns>,
}

impl<'r> Check<'r> {
    pub fn new(source: &'r Reading<'r>, target: &'r Evidence<'r>, lexicon: &'r Lexicon) -> Self {
        Self {
            source,
            target,
            lexicon,
            strays: OnceCell::new(),
            pronouns: OnceCell::new(),
        }
    }

    pub fn strays(&self) -> &Strays<'r> {
        self.strays
            .get_or_init(|| Strays::new(&Evidence::new(self.source), self.target, self.lexicon))
    }

    pub fn fate<'n>(&self, name: &'n Name) -> Fate<'n> {
        let (start, end) = self.units_of(name.span);
        // A name known by its capitals is looked for word by word; its only form is itself.
        let listed = matches!(name.trust, Trust::Listed | Trust::Loose);
        for form in name.forms.iter().filter(|_| listed) {
            let Some((at, end)) = self.target.form(form) else {
                continue;
            };
            let proven = Fate::Proven {
                target: self.target.reading.span(at, end),
                why: &form.why,
            };
            return match self.contradicted(name, start, form.is_upper(), &form.why) {
                Some(target) => Fate::Altered {
                    lost: name.span,
                    target,
                    otherwise: Some(Box::new(proven)),
                },
                None => proven,
            };
        }
        match name.trust {
            Trust::Listed if name.kind == NameKind::Acronym => self.acronym(name, start, end),
            Trust::Listed => self.listed(name, start, end),
            Trust::Loose => self.loose(name, start, end),
            Trust::Spelt => self.spelt(name, start, end),
            Trust::Common => self.common(name, start, end),
        }
    }

    /// What stands in the English against a weak proof: the words of an acronym do not excuse other letters
    /// (*intelligence artificielle (IA)*, *artificial intelligence (PI)*), nor a people another country.
    fn contradicted(&self, name: &Name, start: usize, upper: bool, why: &str) -> Option<Span> {
        match name.kind {
            NameKind::Acronym if !upper => self.strays().acronym(start).filter(|_| {
                let folded = self.source.folded(start);
                name.trust == Trust::Listed || self.strays().near(folded, start).is_some()
            }),
            NameKind::Place if why == "demonym" => self.strays().place(start),
            _ => None,
        }
    }

    /// The units of the French that `span` covers.
    pub(super) fn units_of(&self, span: Span) -> (usize, usize) {
        let reading = self.source;
        let start = first_not(reading.len(), |at| reading.unit(at).span.end <= span.start);
        let end = first_not(reading.len(), |at| reading.unit(at).span.start < span.end);
        (start, end.max(start))
    }

    pub(super) fn proven(&self, found: Found) -> Fate<'static> {
        Fate::Proven {
            target: self.target.reading.span(found.at, found.end),
            why: found.why,
        }
    }

    pub(super) fn proven_at(&self, at: usize, why: &'static str) -> Fate<'static> {
        self.proven(Found { at, end: at + 1, why })
    }

    /// A listed acronym: its letters as they stand are French (*OTAN*).
    fn acronym(&self, name: &Name, start: usize, end: usize) -> Fate<'static> {
        let reading = self.source;
        let folded = reading.folded(start);
        // *Uefa* is UEFA in both languages; OTAN is not.
        let alike = name
            .forms
            .iter()
            .any(|form| form.words().len() == 1 && *form.words()[0].folded == *folded);
        if end - start == 1
            && let Some(found) = self.target.spelt(reading.raw(start), reading.folded(start), true)
        {
            let target = self.target.reading.span(found.at, found.end);
            return if alike {
                self.proven(found)
            } else {
                Fate::altered(name.span, target)
            };
        }
        self.letters_gone(name, start)
    }

    /// An acronym whose letters are not in the English.
    pub(super) fn letters_gone(&self, name: &Name, start: usize) -> Fate<'static> {
        let strays = self.strays();
        if let Some(at) = strays.spelt_out(start, self.source.folded(start).chars().count()) {
            return self.proven_at(at, "acronym of its English words");
        }
        if let Some(target) = strays.acronym(start) {
            return Fate::replaced(name.span, target);
        }
        let letters = self.source.folded(start);
        let about = start * self.target.reading.len() / self.source.len().max(1);
        if let Some((at, end)) = self.target.expansion(letters, about) {
            return self.proven(Found {
                at,
                end,
                why: "written out",
            });
        }
        // *Banque centrale européenne (BCE)*: English may do without the letters; or say *the bank*.
        let body = || letters.chars().next().and_then(|letter| self.target.body(letter));
        if self.source.is_spelt_out(start) || body().is_some() {
            return Fate::Unproven;
        }
        if let Some(target) = strays.near(self.source.folded(start), start) {
            return Fate::altered(name.span, target);
        }
        let (_, end) = self.units_of(name.span);
        if self.is_translated_original(name) || self.is_glossed(name, end) {
            return Fate::Unproven;
        }
        match strays.name(start) {
            Some(target) => Fate::replaced(name.span, target),
            None => Fate::Missing { lost: name.span },
        }
    }

    /// A name that translators paraphrase: not there proves nothing, unless another place stands for a place.
    fn loose(&self, name: &Name, start: usize, end: usize) -> Fate<'static> {
        if let Some(found) = self.letters_kept(start, end) {
            return self.proven(found);
        }
        let other = match name.kind {
            NameKind::Place => self.strays().place(start),
            // *PME*, *RME*: a common noun may be paraphrased, its letters may not be changed.
            NameKind::Acronym => self
                .strays()
                .acronym(start)
                .filter(|_| self.strays().near(self.source.folded(start), start).is_some()),
            _ => None,
        };
        match other {
            Some(target) => Fate::guessed(name.span, target),
            None => Fate::Unproven,
        }
    }

    /// Where the first capital of a listed name stands, if all its capitals stand in the English as they are spelt.
    fn letters_kept(&self, start: usize, end: usize) -> Option<Found> {
        let capitals = (start..end).filter(|at| self.source.unit(*at).is_capital());
        let spelt = |at| {
            self.target
                .spelt(self.source.raw(at), self.source.folded(at), false)
        };
        let found: Option<Vec<Found>> = capitals.map(spelt).collect();
        found.and_then(|found| found.first().copied())
    }

    /// A listed name none of whose forms is there: its own spelling will do, then a near miss tells.
    fn listed(&self, name: &Name, start: usize, end: usize) -> Fate<'static> {
        let reading = self.source;
        if let Some(fate) = self.pointless(name, start, end) {
            return fate;
        }
        if let Some(found) = self.letters_kept(start, end) {
            return self.proven(found);
        }
        if end - start > 1 {
            for form in name.forms.iter() {
                if let Some((at, end)) = self.target.scattered(form) {
                    return self.proven(Found {
                        at,
                        end,
                        why: "the same words",
                    });
                }
                if let Some(at) = self.target.initials(form.words().iter()) {
                    return self.proven_at(at, "its initials");
                }
            }
            // A body with a long name is paraphrased: *le Conseil européen*, *the EU*.
            let translatable = (start..end).all(|at| !reading.unit(at).is_capital() || reading.is_french(at));
            if matches!(name.kind, NameKind::Organisation | NameKind::Event) && translatable {
                // *State Department*, *Treasury Department*: unless another body stands there.
                return match self.strays().body(start, 2) {
                    Some(target) => Fate::guessed(name.span, target),
                    None => Fate::Unproven,
                };
            }
            if let Some(fate) = self.surname_alone(name, start, end) {
                return fate;
            }
        }
        let mut last_words = name.forms.iter().filter_map(|form| form.words().last());
        if let Some(target) = last_words.find_map(|word| self.strays().near_unknown(&word.folded, start)) {
            return Fate::altered(name.span, target);
        }
        let strays = self.strays();
        let other = match name.kind {
            NameKind::Place => strays.place(start).or_else(|| strays.name(start)),
            NameKind::People => strays.people(start),
            // *Apple* is an English word as well.
            NameKind::Organisation => strays.body(start, 1).or_else(|| strays.name(start)),
            _ => strays.name(start),
        };
        match other {
            Some(target) if name.kind == NameKind::People && self.goes_without_saying(name, start) => {
                Fate::guessed(name.span, target)
            }
            Some(target) => Fate::replaced(name.span, target),
            // Of a name replaced by a noun or a pronoun, no word is left.
            None if !self.is_partly_there(start, end) && self.goes_without_saying(name, start) => {
                Fate::Unproven
            }
            None => Fate::Missing { lost: name.span },
        }
    }

    /// A place told by a point of the compass, whose point is not there: left out, or another one.
    fn pointless(&self, name: &Name, start: usize, end: usize) -> Option<Fate<'static>> {
        if name.kind != NameKind::Place {
            return None;
        }
        let entry = self.lexicon.french_at(self.source, start)?;
        let middle = start + entry.len;
        let (point, _) = (middle < end).then(|| compass::after(self.source, middle))??;
        let (at, far) = entry.forms.iter().find_map(|form| self.target.form(form))?;
        let reading = self.target.reading;
        Some(match compass::other_before(reading, at, point) {
            Some(before) => Fate::altered(name.span, reading.span(before, far)),
            None => Fate::Partly {
                target: reading.span(at, far),
                lost: self.source.span(middle, end),
            },
        })
    }

    fn is_partly_there(&self, start: usize, end: usize) -> bool {
        (start..end).any(|at| {
            self.source.unit(at).is_capital()
                && self
                    .target
                    .spelt(self.source.raw(at), self.source.folded(at), false)
                    .is_some()
        })
    }

    /// The places of a name's words as one place, if they stand together.
    pub(super) fn together(&self, found: &[Found], units: usize) -> Fate<'static> {
        let Some(first) = found.first() else {
            return Fate::Unproven;
        };
        let start = found.iter().map(|place| place.at).min().unwrap_or(first.at);
        let end = found.iter().map(|place| place.end).max().unwrap_or(first.end);
        let close = end - start <= units;
        self.proven(if close {
            Found {
                at: start,
                end,
                why: first.why,
            }
        } else {
            *first
        })
    }

    /// A word of a longer name that has a row of its own: the *Alexandre* of *Alexandre Loukine*.
    pub(super) fn word_listed(&self, at: usize) -> Option<Found> {
        let entry = self.lexicon.french_at(self.source, at)?;
        if entry.len > 1 {
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
    fn common<'n>(&self, name: &'n Name, start: usize, end: usize) -> Fate<'n> {
        let reading = self.source;
        if let Some(composed) = composed::at(reading, start, self.lexicon) {
            return self.composed(name, &composed);
        }
        if (start..end).any(|at| reading.unit(at).case == Case::Lower) {
            let rendered = |at: usize| is_rendered(reading, at, self.target, self.lexicon);
            let head = self.word_listed(start).filter(|_| (start..end).all(rendered));
            return head.map_or(Fate::Unproven, |head| {
                self.proven(Found {
                    why: "the same words",
                    ..head
                })
            });
        }
        let mut all = Vec::new();
        for at in (start..end).filter(|at| reading.unit(*at).is_capital()) {
            let found = self.target.spelt(reading.raw(at), reading.folded(at), false);
            let Some(found) = found.or_else(|| self.word_listed(at)) else {
                // A lone bare word is a name in spite of the dictionary, if another name stands in its place.
                let lone = end - start == 1;
                let other = lone.then(|| self.strays().name(at)).flatten();
                return other.map_or(Fate::Unproven, |target| Fate::guessed(name.span, target));
            };
            all.push(found);
        }
        self.together(&all, end - start)
    }

    /// A body told by what it is for: proven if the English has its head and each of its parts close to it. Another
    /// field in the place of its own (*Minister of Health*, *Minister of Defence*) is another body.
    fn composed<'n>(&self, name: &'n Name, composed: &Composed<'_>) -> Fate<'n> {
        let proven = |(at, end): (usize, usize), why| Fate::Proven {
            target: self.target.reading.span(at, end),
            why,
        };
        for form in name.forms.iter() {
            if let Some(place) = self.target.form(form) {
                return proven(place, &form.why);
            }
        }
        let parts: Option<Vec<usize>> = composed
            .subjects()
            .map(|subject| {
                let forms = &self.lexicon.word(hash::of(subject.as_bytes()))?.forms;
                forms
                    .iter()
                    .find_map(|form| self.target.form(form))
                    .map(|(at, _)| at)
            })
            .collect();
        let close = |at: usize| {
            parts
                .iter()
                .flatten()
                .all(|part| part.abs_diff(at) <= composed::CLOSE)
        };
        let heads = composed.heads().iter().map(|head| head.to_lowercase());
        if parts.is_some()
            && let Some(at) = heads.clone().find_map(|head| self.target.find(&head, close))
        {
            return proven((at, at + 1), "translated by parts");
        }
        let head = heads.clone().find_map(|head| {
            self.target
                .find(&head, |at| self.target.reading.unit(at).is_capital())
        });
        match head.and_then(|at| self.strays().common_by(at)) {
            Some(target) if parts.is_none() && composed.whole => Fate::guessed(name.span, target),
            _ => Fate::Unproven,
        }
    }

    /// The name if it is short enough to be a spot, else the word.
    pub(super) fn spot(&self, name: &Name, at: usize) -> Span {
        if name.span.len() <= 50 {
            name.span
        } else {
            self.source.span(at, at + 1)
        }
    }

    /// A first name before a name that survived is only a first name dropped; so is a maker before its product.
    pub fn join_neighbours(&self, french: &[Name], fates: &mut [Fate<'_>]) {
        let (source, target) = (self.source.text(), self.target.reading);
        for at in 1..french.len() {
            let (first, second) = (&french[at - 1], &french[at]);
            let run = matches!(&source[first.span.end..second.span.start], " " | "-" | "\n");
            let given =
                first.trust == Trust::Spelt && matches!(first.kind, NameKind::Name | NameKind::Person);
            let maker = first.kind == NameKind::Organisation
                && matches!(fates[at - 1], Fate::Missing { .. })
                && matches!(second.kind, NameKind::Name | NameKind::Product)
                && !second.span.of(source).contains(' ');
            if !run || !(given || maker) {
                continue;
            }
            let (Fate::Missing { lost } | Fate::Altered { lost, .. }, Fate::Proven { target: place, .. }) =
                (&fates[at - 1], &fates[at])
            else {
                continue;
            };
            let unit = first_not(target.len(), |at| target.unit(at).span.end <= place.start);
            let replaced = unit < target.len() && self.strays().before(unit).is_some();
            let misspelt = self.strays().near(&fold(lost.of(source)), unit).is_some();
            if !replaced && !misspelt {
                fates[at - 1] = Fate::Partly {
                    target: *place,
                    lost: *lost,
                };
            }
        }
    }
}
