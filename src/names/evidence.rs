//! Where the words of the English stand, so that a French name can be looked for.

use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;

use super::index::{Chains, FirstPlaces, Places};
use super::reading::{Reading, is_small};
use super::unit::{Case, Unit};
use super::{Form, spelling};
use crate::lexicon::hash;

/// In a text of so many units, what was looked for is remembered; in a shorter one it is as soon found again.
const LONG: usize = 400;

/// How far around its expected place an acronym written out is looked for, in units.
const EXPANSION_WINDOW: usize = 60;

/// What English calls a body instead of repeating its name.
const BODIES: &[&str] = &[
    "agency",
    "alliance",
    "association",
    "assembly",
    "authority",
    "bank",
    "board",
    "bureau",
    "chamber",
    "club",
    "commission",
    "committee",
    "company",
    "confederation",
    "council",
    "court",
    "exchange",
    "federation",
    "firm",
    "forum",
    "foundation",
    "front",
    "fund",
    "group",
    "institute",
    "institution",
    "league",
    "ministry",
    "movement",
    "network",
    "office",
    "organisation",
    "organization",
    "party",
    "society",
    "tribunal",
    "union",
    "university",
];

/// One text of a segment, indexed by folded word.
pub(super) struct Evidence<'r> {
    pub reading: &'r Reading<'r>,
    words: Chains,
    /// Spellings that no unit has as it stands: parts of words, umlauts written out, hyphens left out. Built when a word
    /// is not found.
    others: OnceCell<Places>,
    /// Capitalised words by how they sound, built when a spelling is not found.
    sounds: OnceCell<Places>,
    /// Where two words run together first make one, built when a spelling is not found in a long text.
    pairs: OnceCell<FirstPlaces>,
    /// The first of the words with the same first letters, built when a body is looked for.
    stems: OnceCell<FirstPlaces>,
    /// What was looked for before in a long text: forms by their address, which outlives the check, and spellings.
    forms: RefCell<HashMap<usize, Option<(usize, usize)>>>,
    spellings: RefCell<HashMap<(bool, String), Option<Found>>>,
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
        Self {
            reading,
            words: Chains::new(reading),
            others: OnceCell::new(),
            sounds: OnceCell::new(),
            pairs: OnceCell::new(),
            stems: OnceCell::new(),
            forms: RefCell::default(),
            spellings: RefCell::default(),
        }
    }

    /// The places of a word, in order.
    fn own(&self, word: u64) -> impl Iterator<Item = usize> {
        let places = self.words.places(word);
        places.filter(move |at| self.reading.unit(*at).hash == word)
    }

    /// The places of a spelling that stands for a word, in order.
    fn others(&self, word: u64) -> impl Iterator<Item = usize> {
        let others = self
            .others
            .get_or_init(|| Places::of_other_spellings(self.reading));
        others.of(word)
    }

    /// The places of a word, then those of a spelling that stands for it.
    fn places(&self, word: u64) -> impl Iterator<Item = usize> {
        let others = std::iter::once_with(move || self.others(word));
        self.own(word).chain(others.flatten())
    }

    /// The first of these places that `fits`.
    fn first(&self, word: u64, fits: impl Fn(usize) -> bool) -> Option<usize> {
        let own = self.own(word).find(|at| fits(*at));
        own.or_else(|| self.others(word).find(|at| fits(*at)))
    }

    /// The first place of a word or of its plural that `fits`.
    pub fn find(&self, word: &str, fits: impl Fn(usize) -> bool) -> Option<usize> {
        self.find_hashed(word, hash::of(word.as_bytes()), fits)
    }

    /// The same where the hash of the word is known.
    pub fn find_hashed(&self, word: &str, hash: u64, fits: impl Fn(usize) -> bool) -> Option<usize> {
        let first = |hash| self.first(hash, &fits);
        if let Some(at) = first(hash) {
            return Some(at);
        }
        // What the word would be with another ending.
        let ending = |stem: &str, ending: &str| first(hash::of_joined(stem, ending));
        ending(word, "s")
            .or_else(|| {
                let stem = word.strip_suffix(['s', 'x']).filter(|stem| stem.len() >= 2)?;
                ending(stem, "")
            })
            .or_else(|| ending(word, "es"))
            .or_else(|| ending(word.strip_suffix("ies")?, "y"))
    }

    /// Where a listed form stands.
    pub fn form(&self, form: &Form) -> Option<(usize, usize)> {
        if self.reading.len() < LONG {
            return self.look_for(form);
        }
        // Names repeat, and a form may have many heads in a long text: each is looked for once.
        let key = std::ptr::from_ref(form) as usize;
        if let Some(known) = self.forms.borrow().get(&key) {
            return *known;
        }
        let found = self.look_for(form);
        self.forms.borrow_mut().insert(key, found);
        found
    }

    fn look_for(&self, form: &Form) -> Option<(usize, usize)> {
        let (head, tail) = form.words().split_first()?;
        let upper = form.is_upper() && form.text.len() <= 5;
        let fits = |at: usize| {
            (!upper || self.is_upper(at))
                && tail
                    .iter()
                    .enumerate()
                    .all(|(offset, word)| self.is_word(at + 1 + offset, &word.folded))
        };
        self.find_hashed(&head.folded, head.hash, fits)
            .map(|at| (at, at + form.words().len()))
    }

    /// Where the words of a longer form stand close together, in any order: *Central and Eastern Europe*.
    pub fn scattered(&self, form: &Form) -> Option<(usize, usize)> {
        if self.reading.len() < LONG {
            return self.look_for_scattered(form);
        }
        // One bit of an address is free to tell this question from the other.
        let key = std::ptr::from_ref(form) as usize | 1;
        if let Some(known) = self.forms.borrow().get(&key) {
            return *known;
        }
        let found = self.look_for_scattered(form);
        self.forms.borrow_mut().insert(key, found);
        found
    }

    fn look_for_scattered(&self, form: &Form) -> Option<(usize, usize)> {
        let words: Vec<&str> = form
            .words()
            .iter()
            .map(|word| &*word.folded)
            .filter(|word| !is_small(word))
            .collect();
        let (last, others) = words.split_last()?;
        if others.is_empty() {
            return None;
        }
        let same = |at: usize, word: &str| {
            let folded = self.reading.folded(at);
            folded == word || folded.strip_suffix('s') == Some(word)
        };
        let close = |at: usize, word: &str| {
            (at.saturating_sub(6)..self.reading.len().min(at + 7)).any(|other| same(other, word))
        };
        let at = self.find(last, |at| others.iter().all(|word| close(at, word)))?;
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
        let plural = hash::of_joined(&head.folded, "s");
        for hash in [head.hash, plural] {
            for at in self.places(hash) {
                if tail
                    .iter()
                    .enumerate()
                    .all(|(offset, word)| self.is_word(at + 1 + offset, &word.folded))
                {
                    let end = (at + form.words().len()).min(taken.len());
                    taken[at..end].fill(true);
                }
            }
        }
    }

    fn is_word(&self, at: usize, word: &str) -> bool {
        self.reading.get(at).is_some_and(Unit::runs_on) && {
            let folded = self.reading.folded(at);
            folded == word || folded.strip_suffix('s') == Some(word) || word.strip_suffix('s') == Some(folded)
        }
    }

    /// An English word that shares its first five letters with a French one: *technologies*, *Technology*.
    pub fn cousin(&self, folded: &str) -> Option<usize> {
        let stem = folded.get(..5).filter(|_| folded.len() > 5)?;
        let stems = self.stems.get_or_init(|| FirstPlaces::of_stems(self.reading));
        stems.of(stem)
    }

    /// Where a word stands exactly as it is, in letters and digits.
    pub fn letter_for_letter(&self, folded: &str) -> Option<Found> {
        let at = self.first(hash::of(folded.as_bytes()), |_| true)?;
        Some(Found {
            at,
            end: at + 1,
            why: "same letters",
        })
    }

    /// Whether an acronym may stand at `at`: `AIDS`, `SMEs`, and `Aids` inside a sentence.
    fn is_upper(&self, at: usize) -> bool {
        let unit = self.reading.unit(at);
        match unit.case {
            Case::Upper | Case::Camel => true,
            Case::Capital => !unit.opens,
            Case::Lower => false,
        }
    }

    /// Where capitals in a row have `letters` for their initials: *Bank of Japan* for `boj`.
    pub fn expansion(&self, letters: &str, about: usize) -> Option<(usize, usize)> {
        let low = about.saturating_sub(EXPANSION_WINDOW);
        let high = self.reading.len().min(about + EXPANSION_WINDOW);
        (low..high).find_map(|start| {
            let (mut at, mut left) = (start, letters.chars().peekable());
            while let Some(letter) = left.peek() {
                let unit = self
                    .reading
                    .get(at)
                    .filter(|unit| at == start || unit.runs_on())?;
                let word = self.reading.folded(at);
                if unit.is_capital() && word.starts_with(*letter) {
                    left.next();
                } else if at == start || !is_small(word) {
                    return None;
                }
                at += 1;
            }
            Some((start, at))
        })
    }

    /// An English common noun for a body that begins with `letter`: *the commission* for *la CEI*.
    pub fn body(&self, letter: char) -> Option<usize> {
        BODIES
            .iter()
            .filter(|body| body.starts_with(letter))
            .find_map(|body| self.find(body, |_| true))
    }

    /// Where a French word stands as it is spelt, or as another system spells it.
    pub fn spelt(&self, raw: &str, folded: &str, upper: bool) -> Option<Found> {
        if !upper && let Some(at) = self.find(folded, |_| true) {
            let why = if self.reading.raw(at) == raw {
                "same spelling"
            } else {
                "same letters"
            };
            return Some(Found { at, end: at + 1, why });
        }
        if self.reading.len() < LONG {
            return self.look_for_spelling(raw, folded, upper);
        }
        if let Some(known) = self.spellings.borrow().get(&(upper, raw.to_owned())) {
            return *known;
        }
        let found = self.look_for_spelling(raw, folded, upper);
        self.spellings.borrow_mut().insert((upper, raw.to_owned()), found);
        found
    }

    fn look_for_spelling(&self, raw: &str, folded: &str, upper: bool) -> Option<Found> {
        // *bbc* will do for BBC, but *it* is not IT.
        let fits = |at: usize| !upper || self.reading.unit(at).is_capital() || !self.reading.is_english(at);
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
            if let Some(at) = parts.next().and_then(|part| self.find(part, fits))
                && parts.all(|part| self.find(part, fits).is_some())
            {
                return Some(found(at, "same letters"));
            }
        }
        // *S21*, *Stuttgart 21*: a letter and a number, the letter written out.
        let number = folded
            .get(1..)
            .filter(|digits| digits.bytes().all(|b| b.is_ascii_digit()));
        if let Some(number) = number.filter(|number| number.len() > 1)
            && let Some(at) = self.find(number, |at| {
                at > 0
                    && self.reading.unit(at - 1).is_capital()
                    && self.reading.folded(at - 1).starts_with(&folded[..1])
            })
        {
            return Some(Found {
                at: at - 1,
                end: at + 1,
                why: "its letter written out",
            });
        }
        if upper {
            return None;
        }
        // *sarkozyste*, *Umpiste*: who follows a person or a party is told by its name.
        let follower = folded
            .trim_end_matches('s')
            .strip_suffix("iste")
            .or_else(|| folded.trim_end_matches('s').strip_suffix("ste"));
        if let Some(leader) = follower.filter(|leader| leader.len() > 2)
            && let Some(at) = self.find(leader, |at| self.reading.unit(at).is_capital())
        {
            return Some(found(at, "the name it is made from"));
        }
        // *Skyblues*, *Sky Blues*; *Eurozone*, *euro zone*.
        if let Some(at) = self.pair(folded) {
            return Some(Found {
                at,
                end: at + 2,
                why: "same letters",
            });
        }
        if let Some(at) = spelling::cognate(folded).and_then(|word| self.find(&word, fits)) {
            return Some(found(at, "English ending"));
        }
        if let Some(at) = self.adjective(folded) {
            return Some(found(at, "adjective of the name"));
        }
        for sound in [spelling::sound_french(folded), spelling::sound_german(folded)]
            .into_iter()
            .flatten()
        {
            let sounds = self.sounds.get_or_init(|| Places::of_sounds(self.reading));
            let mut places = sounds.of(hash::of(sound.as_bytes()));
            if let Some(at) = places.find(|at| spelling::is_transliteration(folded, self.reading.folded(*at)))
            {
                return Some(found(at, "transliteration"));
            }
        }
        None
    }

    /// Where two words run together first make one.
    fn pair(&self, folded: &str) -> Option<usize> {
        let reading = self.reading;
        if reading.len() >= LONG {
            let pairs = self.pairs.get_or_init(|| FirstPlaces::of_pairs(reading));
            return pairs.of(folded);
        }
        (1..reading.len()).map(|next| next - 1).find(|at| {
            let rest = folded.strip_prefix(reading.folded(*at));
            reading.unit(at + 1).runs_on() && rest == Some(reading.folded(at + 1))
        })
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
}
