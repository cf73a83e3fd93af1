//! What excuses a name that is not found: reasons for which its absence proves nothing.
//!
//! In: a name of the French that the English has in none of its forms. Out: whether a careful reader would shrug.
//! Each reason turns an error into a warning, never into silence.

use strsim::osa_distance;

use super::Name;
use super::NameKind;
use super::fate::{Check, Fate};
use super::reading::Reading;
use super::unit::{Case, Gap};
use crate::lexicon::words::{is_english, is_french, is_french_headword};

impl Check<'_> {
    /// Whether the name goes on with a small word of a third language, or comes after one: such names are translated
    /// (*Como en casa*).
    pub(super) fn is_foreign_phrase(&self, start: usize, end: usize) -> bool {
        let foreign = (start..end).any(|at| has_foreign_letters(self.source.raw(at)));
        self.is_foreign_word(end, foreign)
            || start > 1
                && self.source.unit(start).gap == Gap::Space
                && self.is_foreign_word(start - 1, false)
    }

    /// Whether a small word at `at` is French by no rule; after `foreign` letters, endings of French verbs say nothing.
    fn is_foreign_word(&self, at: usize, foreign: bool) -> bool {
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
            && (foreign || !verb)
    }

    /// Whether French words in brackets say what a foreign name means: *la Guardia Urbana (police municipale)*.
    pub(super) fn is_glossed(&self, name: &Name, end: usize) -> bool {
        let text = self.source.text();
        let between = |unit: usize| &text[name.span.end..self.source.unit(unit).span.start];
        let bracket = self.source.get(end).is_some()
            && between(end).trim_matches(['"', '»', '”', ' ', '\u{a0}']) == "(";
        bracket
            && matches!(name.kind, NameKind::Name | NameKind::Acronym)
            && matches!(self.source.unit(end).case, Case::Lower | Case::Capital)
            && self.source.is_french(end)
    }

    /// Whether the name stands in brackets after French words that say it already: *la Gauche (die Linke)*.
    pub(super) fn is_translated_original(&self, name: &Name) -> bool {
        let text = self.source.text();
        let (start, _) = self.units_of(name.span);
        // From the name back to the bracket: only small words, and other originals.
        let Some(first) = (start.saturating_sub(3)..=start)
            .rev()
            .find(|at| text[..self.source.unit(*at).span.start].ends_with(['(', '（']))
        else {
            return false;
        };
        let small = (first..start).all(|at| self.source.unit(at).case == Case::Lower);
        let said = (first.saturating_sub(5)..first).any(|at| {
            let unit = self.source.unit(at);
            unit.case == Case::Capital && !unit.opens && self.source.is_french(at)
        });
        let before = first > 0 && self.source.is_french(first - 1);
        matches!(
            name.kind,
            NameKind::Name | NameKind::Acronym | NameKind::Organisation
        ) && small
            && before
            && said
    }

    /// Whether a name that is not there is one that English does without at such a place: a pronoun or *the company*
    /// stands for it, a people is told by what was said before, a country by its office.
    pub(super) fn goes_without_saying(&self, name: &Name, start: usize) -> bool {
        match name.kind {
            // The people of a land; a creed or a movement has no other word.
            NameKind::People => name.forms.iter().any(|form| &*form.why == "its country"),
            NameKind::Place => self.is_country_of_office(start),
            NameKind::Acronym | NameKind::Ticker => false,
            NameKind::Person => self.is_pronoun_instead(start),
            _ => self.is_pronoun_instead(start) || self.is_firm_instead(start),
        }
    }

    /// Whether a country at `start` only completes an office or a body that the English has: *le président des
    /// États-Unis*, *the President*.
    fn is_country_of_office(&self, start: usize) -> bool {
        let joint = |at: usize| matches!(self.source.folded(at), "de" | "des" | "du" | "d" | "la" | "l");
        let mut at = start;
        while at > 0 && start - at < 3 && joint(at - 1) && self.source.unit(at).runs_on() {
            at -= 1;
        }
        if at == start || at == 0 {
            return false;
        }
        let head = self.source.folded(at - 1);
        // *la Cour suprême*: the head is before its adjective.
        let before = at.checked_sub(2).map_or("", |at| self.source.folded(at));
        OFFICES.iter().any(|(french, english)| {
            (head == *french || before == *french && self.source.unit(at - 1).runs_on())
                && self.target.find(english, |_| true).is_some()
        })
    }

    /// Whether English has one *company* or the like more than French, about where the name at `start` would stand.
    fn is_firm_instead(&self, start: usize) -> bool {
        let expected = start * self.target.reading.len() / self.source.len().max(1);
        let firms = &self.pronouns().firms;
        firms.iter().any(|at| at.abs_diff(expected) <= NEAR)
    }

    /// A listed person of whom only the surname stands in the English: *Kim Jong-un*, *Kim*.
    pub(super) fn surname_alone(&self, name: &Name, start: usize, end: usize) -> Option<Fate<'static>> {
        if name.kind != NameKind::Person {
            return None;
        }
        // Two syllables joined by a hyphen follow the surname in Korea and China.
        let joined = |at: usize| self.source.unit(at).gap == Gap::Hyphen;
        let surname_first = end - start == 3 && joined(end - 1) && !joined(start + 1);
        let reading = self.target.reading;
        let stands_alone = |at: usize| {
            let next = reading.get(at + 1);
            reading.unit(at).is_capital()
                && !(surname_first && next.is_some_and(|next| next.is_capital() && next.runs_on()))
        };
        let at = name.forms.iter().find_map(|form| {
            let words = form.words();
            let surname = &*if surname_first {
                words.first()
            } else {
                words.last()
            }?
            .folded;
            (surname.len() > 2 && !is_english(surname))
                .then(|| self.target.find(surname, stands_alone))
                .flatten()
        })?;
        let first = if surname_first {
            (start + 1, end)
        } else {
            (start, end - 1)
        };
        self.strays().before(at).is_none().then(|| Fate::Partly {
            target: reading.span(at, at + 1),
            lost: self.source.span(first.0, first.1),
        })
    }

    /// Whether French spells one of the words in another way as well, and English has that: *Iberdola*, *Iberdrola*.
    pub(super) fn is_spelt_otherwise_too(&self, lost: &[usize]) -> bool {
        lost.iter().any(|at| {
            let word = self.source.folded(*at);
            let low = at.saturating_sub(REACH);
            word.len() > 4
                && (low..self.source.len().min(at + REACH)).any(|other| {
                    let twin = self.source.folded(other);
                    self.source.unit(other).is_capital()
                        && twin != word
                        && osa_distance(word, twin) == 1
                        && self.target.letter_for_letter(twin).is_some()
                })
        })
    }

    /// Whether a lone first word of a sentence is French with a slip of the pen: *Auncun*, *Lestrois*.
    pub(super) fn is_slip(&self, start: usize, end: usize) -> bool {
        let reading = self.source;
        let folded = reading.folded(start);
        end - start == 1 && is_parted(folded)
            || end - start == 1
                && reading.unit(start).opens
                && !self.lexicon.is_given_name(reading.unit(start).hash)
                && is_nearly_french(folded)
    }

    /// Whether English has a *he* or *she* that French has not, or opens with a pronoun where French opens with the
    /// name at `start`: English repeats names less.
    pub(super) fn is_pronoun_instead(&self, start: usize) -> bool {
        let pronouns = self.pronouns();
        pronouns.more || (pronouns.opening && self.source.unit(start).opens)
    }

    fn pronouns(&self) -> &Pronouns {
        self.pronouns
            .get_or_init(|| Pronouns::new(self.source, self.target.reading))
    }
}

/// How far from its place a noun may stand for a name, in units.
const NEAR: usize = 12;

/// How far a second spelling of a name is looked for, in units.
const REACH: usize = 200;

/// Offices and bodies of state whose country goes without saying, as French and English call them.
const OFFICES: &[(&str, &str)] = &[
    ("armee", "army"),
    ("assemblee", "assembly"),
    ("chancelier", "chancellor"),
    ("chanceliere", "chancellor"),
    ("congres", "congress"),
    ("constitution", "constitution"),
    ("cour", "court"),
    ("ministre", "minister"),
    ("parlement", "parliament"),
    ("president", "president"),
    ("presidente", "president"),
    ("reine", "queen"),
    ("roi", "king"),
    ("senat", "senate"),
];

/// What French calls a body instead of repeating its name.
const FRENCH_FIRMS: &[&str] = &[
    "banque",
    "compagnie",
    "constructeur",
    "enseigne",
    "entreprise",
    "entreprises",
    "firme",
    "firmes",
    "groupe",
    "maison",
    "marque",
    "societe",
    "societes",
];

/// What English calls it.
const ENGLISH_FIRMS: &[&str] = &[
    "airline",
    "automaker",
    "bank",
    "brand",
    "carmaker",
    "chain",
    "companies",
    "company",
    "firm",
    "firms",
    "group",
    "manufacturer",
    "retailer",
];

/// The pronouns of a pair of texts, counted once.
pub(super) struct Pronouns {
    /// Whether English has more of *he* and *she* than French of *il* and *elle*.
    more: bool,
    /// Whether a sentence of the English opens with a pronoun.
    opening: bool,
    /// Where English has *the company* or the like, if it has more of it than French.
    firms: Vec<usize>,
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
        let mut firms: Vec<usize> = (0..target.len())
            .filter(|at| ENGLISH_FIRMS.contains(&target.folded(*at)))
            .collect();
        // Where the English is much shorter, a sentence may be gone, and its names with it.
        if firms.len() <= count(source, FRENCH_FIRMS) || target.len() * 10 < source.len() * 7 {
            firms.clear();
        }
        Self {
            more,
            firms,
            opening: (0..target.len()).any(opens),
        }
    }
}

/// Letters that no French word has: *Městská*, *Łódź*.
fn has_foreign_letters(raw: &str) -> bool {
    raw.chars()
        .any(|c| !c.is_ascii() && c.is_alphabetic() && !"àâäæçéèêëîïôöœùûüÿÀÂÄÆÇÉÈÊËÎÏÔÖŒÙÛÜŸ".contains(c))
}

/// Whether a word is two common French words run together: *Lestrois*, *Lhomme*.
fn is_parted(folded: &str) -> bool {
    let heads = [
        "l", "il", "on", "le", "la", "les", "un", "une", "des", "de", "du", "ce", "en", "et",
    ];
    heads.iter().any(|head| {
        folded.strip_prefix(head).is_some_and(|tail| {
            tail.len() > 2 && is_french_headword(tail) || tail.len() > 6 && is_french(tail)
        }) || *head == "il" && folded == "ila"
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
