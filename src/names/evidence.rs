//! Where the words of the English stand, so that a French name can be looked for.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use super::reading::Reading;
use super::unit::{Case, Gap};
use super::{Form, spelling};
use crate::lexicon::WordHasher;
use crate::lexicon::words::is_english;

type Places = HashMap<String, Vec<u32>, BuildHasherDefault<WordHasher>>;

/// Whether a word is left out of an acronym.
fn is_small(word: &str) -> bool {
    matches!(
        word,
        "of" | "the"
            | "and"
            | "for"
            | "in"
            | "on"
            | "to"
            | "de"
            | "la"
            | "le"
            | "du"
            | "des"
            | "les"
            | "d"
            | "l"
            | "et"
            | "pour"
    )
}

/// The English of a segment, indexed by folded word.
pub(super) struct Evidence<'r> {
    pub reading: &'r Reading<'r>,
    words: Places,
    /// Capitalised words by how they sound, built when a spelling is not found.
    sounds: std::cell::OnceCell<Places>,
    /// Two words run together, built when a spelling is not found.
    pairs: std::cell::OnceCell<Places>,
}

/// Where a word was found, and by which rule.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found {
    pub at: usize,
    pub end: usize,
    pub why: &'static str,
}

impl<'r> Evidence<'r> {
    pub fn new(reading: &'r Reading<'r>) -> Self {
        let mut words = Places::default();
        let mut put = |word: &str, at: usize| {
            let at = u32::try_from(at).unwrap_or(u32::MAX);
            if let Some(places) = words.get_mut(word) {
                places.push(at);
            } else {
                words.insert(word.to_owned(), vec![at]);
            }
        };
        for at in 0..reading.len() {
            let folded = reading.folded(at);
            put(folded, at);
            if let Some(written) = spelling::written_out(reading.raw(at)) {
                put(&written, at);
            }
            if folded.contains(['\'', '.', '&']) {
                for part in folded.split(['\'', '.', '&']).filter(|part| part.len() > 1) {
                    put(part, at);
                }
            }
            // `F-15` and `F15`, `Al-Qaida` and `Alqaida`.
            if at > 0 && reading.unit(at).gap == Gap::Hyphen {
                put(&format!("{}{folded}", reading.folded(at - 1)), at);
            }
        }
        Self {
            reading,
            words,
            sounds: std::cell::OnceCell::new(),
            pairs: std::cell::OnceCell::new(),
        }
    }

    fn places(&self, word: &str) -> &[u32] {
        self.words.get(word).map_or(&[], Vec::as_slice)
    }

    /// The first place of a word or of its plural that `fits`.
    pub fn find(&self, word: &str, fits: impl Fn(usize) -> bool) -> Option<usize> {
        let first = |word: &str| {
            self.places(word)
                .iter()
                .map(|at| *at as usize)
                .find(|at| fits(*at))
        };
        first(word)
            .or_else(|| first(&format!("{word}s")))
            .or_else(|| {
                word.strip_suffix(['s', 'x'])
                    .filter(|stem| stem.len() >= 2)
                    .and_then(first)
            })
            .or_else(|| first(&format!("{word}es")))
    }

    /// Where a listed form stands.
    pub fn form(&self, form: &Form) -> Option<(usize, usize)> {
        let (head, tail) = form.words().split_first()?;
        let upper = form.is_upper() && form.text.len() <= 5;
        let fits = |at: usize| {
            (!upper || matches!(self.reading.unit(at).case, Case::Upper | Case::Camel))
                && tail
                    .iter()
                    .enumerate()
                    .all(|(offset, word)| self.is_word(at + 1 + offset, word))
        };
        self.find(head, fits).map(|at| (at, at + form.words().len()))
    }

    /// Where the words of a longer form stand close together, in any order: *Central and Eastern Europe*.
    pub fn scattered(&self, form: &Form) -> Option<(usize, usize)> {
        let words: Vec<&str> = form
            .words()
            .iter()
            .map(|word| &**word)
            .filter(|word| !is_small(word))
            .collect();
        let (last, others) = words.split_last()?;
        if others.is_empty() {
            return None;
        }
        let at = self.find(last, |at| {
            others
                .iter()
                .all(|word| self.find(word, |other| other.abs_diff(at) <= 6).is_some())
        })?;
        Some((at, at + 1))
    }

    /// The acronym that the capitals of a longer form make: *ICJ* for *International Court of Justice*.
    pub fn initials(&self, words: impl Iterator<Item = impl AsRef<str>>) -> Option<usize> {
        let letters: String = words
            .filter_map(|word| Some(word.as_ref()).filter(|word| !is_small(word))?.chars().next())
            .collect();
        if letters.chars().count() < 2 {
            return None;
        }
        self.find(&letters, |at| self.reading.unit(at).case == Case::Upper)
    }

    /// Every place where a listed form stands, marked in `taken`.
    pub fn mark(&self, form: &Form, taken: &mut [bool]) {
        let Some((head, tail)) = form.words().split_first() else {
            return;
        };
        for word in [head.to_string(), format!("{head}s")] {
            for at in self.places(&word).iter().map(|at| *at as usize) {
                if tail
                    .iter()
                    .enumerate()
                    .all(|(offset, word)| self.is_word(at + 1 + offset, word))
                {
                    let end = (at + form.words().len()).min(taken.len());
                    taken[at..end].fill(true);
                }
            }
        }
    }

    fn is_word(&self, at: usize, word: &str) -> bool {
        self.reading.get(at).is_some_and(|unit| unit.runs_on()) && {
            let folded = self.reading.folded(at);
            folded == word || folded.strip_suffix('s') == Some(word) || word.strip_suffix('s') == Some(folded)
        }
    }

    /// Where a French word stands as it is spelt, or as another system spells it.
    pub fn spelt(&self, raw: &str, folded: &str, upper: bool) -> Option<Found> {
        // *bbc* will do for BBC, but *it* is not IT.
        let fits =
            |at: usize| !upper || self.reading.unit(at).is_capital() || !is_english(self.reading.folded(at));
        let found = |at: usize, why| Found { at, end: at + 1, why };
        if let Some(at) = self.find(folded, fits) {
            return Some(found(
                at,
                if self.reading.raw(at) == raw {
                    "same spelling"
                } else {
                    "same letters"
                },
            ));
        }
        if let Some(at) = spelling::written_out(raw).and_then(|word| self.find(&word, fits)) {
            return Some(found(at, "umlaut written out"));
        }
        if folded.contains(['\'', '.', '&']) {
            let mut parts = folded.split(['\'', '.', '&']).filter(|part| part.len() > 1);
            if let Some(at) = parts.next().and_then(|part| self.find(part, fits)) {
                if parts.all(|part| self.find(part, fits).is_some()) {
                    return Some(found(at, "same letters"));
                }
            }
        }
        if upper {
            return None;
        }
        // *Skyblues*, *Sky Blues*; *Eurozone*, *euro zone*.
        if let Some(at) = self.pairs().get(folded).and_then(|at| at.first()) {
            return Some(Found {
                at: *at as usize,
                end: *at as usize + 2,
                why: "same letters",
            });
        }
        if let Some(at) = spelling::cognate(folded).and_then(|word| self.find(&word, fits)) {
            return Some(found(at, "English ending"));
        }
        if let Some(at) = self.adjective(folded) {
            return Some(found(at, "adjective of the name"));
        }
        let sound = spelling::sound_french(folded)?;
        let places = self.sounds().get(&sound)?;
        let at = places
            .iter()
            .find(|at| spelling::is_transliteration(folded, self.reading.folded(**at as usize)))?;
        Some(found(*at as usize, "transliteration"))
    }

    fn pairs(&self) -> &Places {
        self.pairs.get_or_init(|| {
            let mut pairs = Places::default();
            for at in 1..self.reading.len() {
                if self.reading.unit(at).runs_on() {
                    let pair = format!("{}{}", self.reading.folded(at - 1), self.reading.folded(at));
                    pairs
                        .entry(pair)
                        .or_default()
                        .push(u32::try_from(at - 1).unwrap_or(u32::MAX));
                }
            }
            pairs
        })
    }

    /// Whether the acronym at `at` is spelt out by the words before it: *nucleic acid testing (NAT)*.
    pub fn is_spelt_out(&self, at: usize) -> bool {
        let plural = self.reading.unit(at).case == Case::Camel;
        let folded = self.reading.folded(at);
        let singular = if plural {
            folded.trim_end_matches('s')
        } else {
            folded
        };
        let letters: Vec<char> = singular.chars().filter(|c| c.is_alphabetic()).collect();
        if letters.len() < 2 || !matches!(self.reading.unit(at).case, Case::Upper | Case::Camel) {
            return false;
        }
        // From the last letter back, word by word; small words have no letter.
        let (mut here, mut left) = (at, letters.len());
        while left > 0 && here > 0 {
            here -= 1;
            let word = self.reading.folded(here);
            if word.starts_with(letters[left - 1]) {
                left -= 1;
            } else if !is_small(word) {
                return false;
            }
        }
        left == 0
    }

    /// An English adjective made from the name, looked up by the endings it may have.
    fn adjective(&self, name: &str) -> Option<usize> {
        if name.len() < 4 {
            return None;
        }
        let stem = name.trim_end_matches(['a', 'e', 'i', 'o', 'y']);
        let mut word = String::with_capacity(name.len() + 4);
        for base in [name, stem] {
            for ending in ["n", "an", "ian", "ean", "ese", "ish", "ic", "i", "ni", "nese"] {
                word.clear();
                word.push_str(base);
                word.push_str(ending);
                let found = self.find(&word, |at| self.reading.unit(at).is_capital());
                if found.is_some() {
                    return found;
                }
            }
        }
        None
    }

    fn sounds(&self) -> &Places {
        self.sounds.get_or_init(|| {
            let mut sounds = Places::default();
            for at in 0..self.reading.len() {
                if !self.reading.unit(at).is_capital() {
                    continue;
                }
                if let Some(sound) = spelling::sound_english(self.reading.folded(at)) {
                    sounds
                        .entry(sound)
                        .or_default()
                        .push(u32::try_from(at).unwrap_or(u32::MAX));
                }
            }
            sounds
        })
    }
}
