//! Names in French.
//!
//! French gives a capital to names only, so a capital inside a sentence is a name unless it stands on a common word;
//! there it is an institution, a title or a work (*le Conseil*, *la Bourse*), which English translates. At the start
//! of a sentence the word itself must tell. Listed names are read in any position, the longest first.

use std::sync::Arc;

use super::bodies::phrase_end;
use super::compass::{self, Point};
use super::composed;
use super::grammar::{
    NAMED_BY_APPOSITION, Role, SIGNS, WANTS_AN_ARTICLE, is_drawn_out, is_numeral, is_quarter,
    looks_like_a_verb, looks_like_an_ordinal,
};
use super::reading::Reading;
use super::unit::{Case, Gap, Unit};
use super::{Form, Name, NameKind, SAME_SPELLING, Trust};
use crate::lexicon::Lexicon;
use crate::lexicon::words::is_french;

/// Finds every name of a French text, in reading order. Spans are byte offsets into `text`, half-open, and do not
/// overlap. Never fails: what is no name by these rules is left out.
#[must_use]
pub fn find_french(text: &str, lexicon: &Lexicon) -> Vec<Name> {
    let reading = Reading::new(text);
    let finder = Finder {
        reading: &reading,
        lexicon,
    };
    finder.names()
}

struct Finder<'r> {
    reading: &'r Reading<'r>,
    lexicon: &'r Lexicon,
}

impl Finder<'_> {
    fn names(&self) -> Vec<Name> {
        let mut names = Vec::new();
        let mut at = 0;
        while at < self.reading.len() {
            let unit = self.reading.unit(at);
            // Most words of a text.
            if !unit.is_capital() && !self.lexicon.may_begin_small(unit.hash) {
                at += 1;
                continue;
            }
            if let Some((end, name)) = self
                .composed(at)
                .or_else(|| self.listed(at))
                .or_else(|| self.coded(at))
            {
                names.push(name);
                at = end;
            } else if unit.is_capital() && !self.is_plain_word(at) {
                let end = self.run_end(at);
                if let Some(name) = self.spelt(at, end) {
                    names.push(name);
                }
                at = end;
            } else {
                at += 1;
            }
        }
        names
    }

    /// A listed name that begins at `at`, and where it ends.
    fn listed(&self, at: usize) -> Option<(usize, Name)> {
        let entry = self.lexicon.french_at(self.reading, at)?;
        let unit = self.reading.unit(at);
        let end = at + entry.len;
        let single = entry.len == 1;
        // *marxiste*, *introduction en bourse*: no names, but they account for a capital of the English.
        let small = entry.kind == NameKind::Language && (entry.small || !unit.is_capital());
        if entry.kind == NameKind::Given || small {
            return None;
        }
        // *François Hollande*, *Anatole France*: after a first name, a place is a surname.
        if single && matches!(entry.kind, NameKind::Place | NameKind::Common) && self.continues_person(at) {
            return None;
        }
        if single && entry.kind == NameKind::Common && unit.case == Case::Capital {
            let end = phrase_end(self.reading, at);
            if end > at + 1 {
                return Some((end, self.body(at, end)));
            }
        }
        // *Luc Chatel*: before a surname, a name of scripture is a first name.
        let next_is_capital = self
            .reading
            .get(end)
            .is_some_and(|next| next.is_capital() && next.runs_on());
        let given = single && self.lexicon.is_given_name(self.reading.unit(at).hash);
        let acronym = entry.kind == NameKind::Acronym && unit.case == Case::Capital && single;
        if next_is_capital && (acronym || given && entry.kind == NameKind::Person) {
            return None;
        }
        let doubtful =
            single && unit.is_capital() && (unit.opens || self.shouts(at)) && self.reading.is_french(at);
        // *Agence télégraphique Hongroise*: an adjective inside a longer name.
        let adjective = entry.kind == NameKind::People
            && at > 0
            && unit.gap == Gap::Space
            && self.reading.unit(at - 1).is_capital()
            && self.reading.is_french(at - 1);
        let loose = adjective || entry.loose || (doubtful && unit.case != Case::Upper);
        let trust = if loose { Trust::Loose } else { Trust::Listed };
        if entry.kind == NameKind::Place
            && !entry.loose
            && let Some((point, far)) = compass::after(self.reading, end)
        {
            let name = Name {
                span: self.reading.span(at, far),
                kind: entry.kind,
                forms: Self::pointed(&entry.forms, point),
                trust,
            };
            return Some((far, name));
        }
        let name = Name {
            span: self.reading.span(at, end),
            kind: entry.kind,
            forms: Arc::clone(&entry.forms),
            trust,
        };
        Some((end, name))
    }

    /// The English of a place told by a point of the compass: *Northern California*, *California's north*.
    fn pointed(forms: &[Form], point: Point) -> Arc<[Form]> {
        let capital = |word: &str| {
            let mut letters = word.chars();
            let first = letters.next().map(char::to_uppercase);
            first.into_iter().flatten().chain(letters).collect::<String>()
        };
        let points = point.english();
        let before = |form: &Form| {
            let text = form.text.clone();
            points
                .iter()
                .map(move |word| format!("{} {text}", capital(word)))
                .collect::<Vec<_>>()
        };
        forms
            .iter()
            .flat_map(before)
            .map(|text| Form::new(text, "point of the compass"))
            .collect()
    }

    /// A ministry, an agency, a minister, told by what it is for: *le ministère de la Santé*.
    fn composed(&self, at: usize) -> Option<(usize, Name)> {
        let composed = composed::at(self.reading, at, self.lexicon)?;
        let own = Form::new(self.reading.slice(at, composed.end).to_owned(), SAME_SPELLING);
        let name = Name {
            span: self.reading.span(at, composed.end),
            kind: NameKind::Organisation,
            forms: composed.forms(self.lexicon).into_iter().chain([own]).collect(),
            trust: Trust::Common,
        };
        Some((composed.end, name))
    }

    /// Letters and digits parted by a hyphen: *F-15*, *L-159*, *G-20*.
    fn coded(&self, at: usize) -> Option<(usize, Name)> {
        let (unit, next) = (self.reading.unit(at), self.reading.get(at + 1)?);
        let raw = self.reading.raw(at);
        let letters = raw.len() <= 3 && raw.bytes().all(|byte| byte.is_ascii_uppercase());
        let digits = self.reading.raw(at + 1).starts_with(|c: char| c.is_ascii_digit());
        if !letters || !digits || next.gap != Gap::Hyphen || unit.gap == Gap::Hyphen || is_numeral(raw) {
            return None;
        }
        let form = Form::new(self.reading.slice(at, at + 2).to_owned(), SAME_SPELLING);
        let name = Name {
            span: self.reading.span(at, at + 2),
            kind: NameKind::Product,
            forms: Arc::from([form]),
            trust: Trust::Spelt,
        };
        Some((at + 2, name))
    }

    /// A body named by common words; its only form is itself, to be found in other words.
    fn body(&self, at: usize, end: usize) -> Name {
        Name {
            span: self.reading.span(at, end),
            kind: NameKind::Organisation,
            forms: Arc::from([Form::new(self.reading.slice(at, end).to_owned(), SAME_SPELLING)]),
            trust: Trust::Common,
        }
    }

    /// Whether the capital at `at` follows a first name or a title: *François Hollande*, *M. Le Maire*.
    fn continues_person(&self, at: usize) -> bool {
        let mut here = at;
        while here > 0 && here + 3 > at && self.reading.unit(here).runs_on() {
            here -= 1;
            if !self.reading.unit(here).is_capital() {
                return false;
            }
            if self.is_honorific(here) || self.lexicon.is_given_name(self.reading.unit(here).hash) {
                return true;
            }
        }
        false
    }

    /// A capital that says nothing: the first word of a sentence, a title of address, a lone letter, a numeral.
    fn is_plain_word(&self, at: usize) -> bool {
        let unit = self.reading.unit(at);
        let folded = self.reading.folded(at);
        if unit.elided
            || self.is_honorific(at)
            || self.is_glued(at)
            || self.reading.is_single(at)
            || is_numeral(self.reading.raw(at))
        {
            return true;
        }
        if Role::Function.is_of(unit.hash)
            || Role::Currency.is_of(unit.hash)
            || SIGNS.contains(&self.reading.raw(at))
            || is_drawn_out(folded)
        {
            return true;
        }
        if self.shouts(at) && (self.reading.is_french(at) || matches!(folded, "de" | "la" | "le" | "les")) {
            return true;
        }
        if !unit.opens {
            return false;
        }
        let given_and_surname = self.lexicon.is_given_name(unit.hash)
            && self
                .reading
                .get(at + 1)
                .is_some_and(|next| next.is_capital() && next.runs_on());
        unit.case == Case::Capital
            && !given_and_surname
            && (self.reading.is_french(at) || looks_like_a_verb(folded))
    }

    /// Two words run together by a slip: *queM*, *événementPiste*. So is a smiley (*xD*).
    fn is_glued(&self, at: usize) -> bool {
        let raw = self.reading.raw(at);
        if self.reading.unit(at).case != Case::Camel || !raw.starts_with(char::is_lowercase) {
            return false;
        }
        let head = raw.split(char::is_uppercase).next().unwrap_or(raw);
        raw.chars().count() == 2
            || (head.chars().count() >= 3 || head == "à") && is_french(&crate::lexicon::fold::fold(head))
    }

    fn is_honorific(&self, at: usize) -> bool {
        Role::Honorific.is_of(self.reading.unit(at).hash)
    }

    /// Whether the unit stands among words in capitals: a heading, where capitals mean nothing.
    fn shouts(&self, at: usize) -> bool {
        let upper = |unit: Unit, at: usize| {
            unit.case == Case::Upper && self.reading.raw(at).chars().all(|c| !c.is_numeric())
        };
        let unit = self.reading.unit(at);
        if !upper(unit, at) {
            return false;
        }
        // *MERCI D'AVOIR*: the elided letter does not part the two.
        let neighbour = |other: usize| {
            let elided = self.reading.get(other).is_some_and(|unit| unit.elided);
            let far = if elided && other > at { other + 1 } else { other };
            let known = |unit: Unit| upper(unit, far) && self.reading.is_french(far);
            self.reading.get(far).is_some_and(known)
        };
        neighbour(at + 1)
            || (at > 0 && neighbour(at - 1))
            || (self.reading.raw(at).chars().count() > 5 - usize::from(unit.opens)
                && self.reading.is_french(at))
            || (matches!(self.reading.folded(at), "de" | "la" | "le" | "les")
                && self
                    .reading
                    .get(at + 1)
                    .is_some_and(|next| next.runs_on() && upper(next, at + 1)))
    }

    /// Where the run of capitals that begins at `at` ends.
    fn run_end(&self, at: usize) -> usize {
        let mut end = at + 1;
        let person = self.lexicon.is_given_name(self.reading.unit(at).hash) || is_titled(self.reading, at);
        while let Some(unit) = self.reading.get(end) {
            if !unit.runs_on() || (unit.elided && unit.is_capital()) {
                break;
            }
            if unit.is_capital() && !unit.opens {
                // *l'agence Reuters Greg Salvaggio*: a first name begins another name.
                if !person && end > at && unit.gap == Gap::Space && self.begins_person(end) {
                    break;
                }
                if Role::Function.is_of(unit.hash) || self.listed(end).is_some() {
                    break;
                }
                end += 1;
            } else if let Some(next) = self.after_particles(end, person && end == at + 1) {
                if self.listed(next).is_some() {
                    break;
                }
                end = next + 1;
            } else {
                break;
            }
        }
        end
    }

    /// Whether a first name stands at `at` and a surname after it.
    fn begins_person(&self, at: usize) -> bool {
        self.lexicon.is_given_name(self.reading.unit(at).hash)
            && self
                .reading
                .get(at + 1)
                .is_some_and(|next| next.is_capital() && next.runs_on())
    }

    /// The capital that follows the particles at `at`, if that is what stands there.
    fn after_particles(&self, at: usize, given: bool) -> Option<usize> {
        let known = if given { Role::Particle } else { Role::Foreign };
        let mut next = at;
        while next < at + 3 {
            let unit = self.reading.get(next)?;
            if !unit.runs_on() {
                return None;
            }
            if next > at && unit.is_capital() {
                return Some(next);
            }
            if !known.is_of(unit.hash) {
                return None;
            }
            next += 1;
        }
        None
    }

    /// The name that units `at..end` spell, if any of them is more than a common word with a capital.
    fn spelt(&self, at: usize, end: usize) -> Option<Name> {
        let firm = (at..end).any(|here| self.is_required(at, end, here));
        let units = end - at;
        // One capital on a common word (*le Conseil*) is grammar, not a name.
        if !firm && units == 1 && !self.is_bare(at) {
            return None;
        }
        let raw = self.reading.slice(at, end);
        let first = self.reading.unit(at);
        let kind = if units == 1 && first.case == Case::Upper && raw.contains('.') {
            NameKind::Ticker
        } else if (at..end).any(|here| self.reading.raw(here).contains(|c: char| c.is_numeric())) {
            NameKind::Product
        } else if units == 1 && first.case == Case::Upper {
            NameKind::Acronym
        } else if is_titled(self.reading, at) || self.lexicon.is_given_name(self.reading.unit(at).hash) {
            NameKind::Person
        } else if firm {
            NameKind::Name
        } else {
            NameKind::Organisation
        };
        Some(Name {
            span: self.reading.span(at, end),
            kind,
            forms: Arc::from([Form::new(raw.to_owned(), SAME_SPELLING)]),
            trust: if firm { Trust::Spelt } else { Trust::Common },
        })
    }

    fn is_required(&self, start: usize, end: usize, here: usize) -> bool {
        is_required(self.reading, self.lexicon, start, end, here)
    }

    /// Whether nothing before it explains a common noun: French nouns want an article, names do not.
    fn is_bare(&self, at: usize) -> bool {
        let unit = self.reading.unit(at);
        if at == 0 || unit.opens || unit.quoted || unit.gap != Gap::Space || unit.case != Case::Capital {
            return false;
        }
        let before = self.reading.unit(at - 1);
        let word = self.reading.raw(at - 1).to_lowercase();
        !before.is_capital() && (WANTS_AN_ARTICLE.contains(&&*word) || NAMED_BY_APPOSITION.contains(&&*word))
    }
}

/// Whether the letters of unit `here`, inside the name `start..end`, must come back in English.
pub(super) fn is_required(
    reading: &Reading<'_>,
    lexicon: &Lexicon,
    start: usize,
    end: usize,
    here: usize,
) -> bool {
    let unit = reading.unit(here);
    let (folded, raw) = (reading.folded(here), reading.raw(here));
    let initials = end - start > 1 && raw.contains('.') && !folded.contains('.');
    if !unit.is_capital() || unit.elided || reading.is_single(here) || is_numeral(raw) || initials {
        return false;
    }
    if Role::Generation.is_of(unit.hash) || is_quarter(raw) {
        return false;
    }
    if !reading.is_french(here) {
        return !looks_like_an_ordinal(folded);
    }
    // A common word is part of a person's name after a first name: *Jean Moulin*.
    let given = |at: usize| lexicon.is_given_name(reading.unit(at).hash);
    // *Marine Royale* is no woman; *Marine Tondelier* is.
    let some_name = || (start..end).any(|at| reading.unit(at).is_capital() && !reading.is_french(at));
    let person = end - start >= 2
        && given(start)
        && (!reading.is_french(start) || reading.folded(start) == "pierre" || some_name());
    let titled = is_titled(reading, start);
    let acronym = unit.case == Case::Upper && raw.chars().count() <= 5 && end - start == 1;
    (person && (here > start || lexicon.is_given_name(unit.hash)) && !Role::Particle.is_of(unit.hash))
        || titled
        || acronym
}

/// Whether a title of address stands right before unit `at`: *M. Dupont*, *Me Badinter*, but not *Likes Me (Marqué*.
fn is_titled(reading: &Reading<'_>, at: usize) -> bool {
    at > 0
        && reading.unit(at).runs_on()
        && Role::Honorific.is_of(reading.unit(at - 1).hash)
        && reading.unit(at - 1).is_capital()
        && !(at > 1 && reading.unit(at - 1).runs_on() && reading.unit(at - 2).is_capital())
}
