//! What is listed → an [`Image`](super::image::Image) of it.
//!
//! The build lays out the data files, so that a program that starts has nothing to read; the program lays out a glossary.
//! Law: the same listing gives the same bytes.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use super::hash;
use super::image::{BITS, LOOSE, Rank, SECTIONS, SMALL, Section, bit_of, number, rank, second};
use super::intake::{Listed, Listing, Spelling};
use crate::names::heads::HEADS;
use crate::names::unit::Units;
use crate::names::{NameKind, cut};

/// What is noted of a word on its way into an image.
#[derive(Default)]
struct Noted {
    /// With the number of their words, and the hash of the second.
    names: Vec<(u32, Reverse<usize>, Option<u64>)>,
    /// With how well they fit, what goes before where two fit as well, and the hash of their second word.
    forms: Vec<(u32, Rank, Reverse<u32>, Option<u64>)>,
    name: Option<u32>,
    adjective: Option<u32>,
    given: bool,
}

/// An image being laid out.
#[derive(Default)]
struct Layout {
    text: String,
    texts: HashMap<String, [u32; 2]>,
    sections: [Vec<u8>; SECTIONS],
    words: BTreeMap<u64, Noted>,
    whys: HashMap<String, u32>,
    units: Units,
}

/// Lays out what is listed: a text and the sections of an image. `hash` is that of all it was made from.
pub(crate) fn lay_out(listing: &Listing<'_>, hash: u64) -> (String, [Vec<u8>; SECTIONS]) {
    let mut layout = Layout::default();
    layout.names(&listing.names);
    for (word, nation) in &listing.adjectives {
        layout.words.entry(*word).or_default().adjective = Some(*nation);
    }
    for word in &listing.given {
        layout.words.entry(*word).or_default().given = true;
    }
    layout.words();
    layout.small(listing);
    layout.put(Section::Hash, halves(hash));
    (layout.text, layout.sections)
}

impl Layout {
    fn put<const N: usize>(&mut self, section: Section, record: [u32; N]) {
        self.sections[section as usize].extend(record.into_iter().flat_map(u32::to_le_bytes));
    }

    /// How many records of `N` numbers a section has.
    fn count<const N: usize>(&self, section: Section) -> u32 {
        number(self.sections[section as usize].len() / (4 * N))
    }

    /// Where a text stands, once.
    fn text(&mut self, text: &str) -> [u32; 2] {
        if let Some(place) = self.texts.get(text) {
            return *place;
        }
        let start = number(self.text.len());
        self.text.push_str(text);
        let place = [start, number(self.text.len())];
        self.texts.insert(text.to_owned(), place);
        place
    }

    /// The number of a rule.
    fn why(&mut self, why: &str) -> u32 {
        if let Some(known) = self.whys.get(why) {
            return *known;
        }
        let next = self.count::<2>(Section::Whys);
        let place = self.text(why);
        self.put(Section::Whys, place);
        self.whys.insert(why.to_owned(), next);
        next
    }

    fn hashes(&mut self, hashes: impl Iterator<Item = u64>) -> [u32; 2] {
        let start = self.count::<2>(Section::Hashes);
        hashes.for_each(|hash| self.put(Section::Hashes, halves(hash)));
        [start, self.count::<2>(Section::Hashes)]
    }

    fn names(&mut self, names: &[Listed]) {
        for (name, id) in names.iter().zip(0..) {
            if let Some(first) = name.words.first() {
                let noted = self.words.entry(*first).or_default();
                let length = Reverse(name.words.len());
                noted.names.push((id, length, name.words.get(1).copied()));
                if name.words.len() == 1 {
                    noted.name = Some(id);
                }
            }
            let [words, words_end] = self.hashes(name.words.iter().copied());
            let forms = self.count::<6>(Section::Forms);
            for (form, at) in name.forms.iter().zip(0..) {
                self.form(form, at, id, name.kind);
            }
            let forms_end = self.count::<6>(Section::Forms);
            let flags = if name.loose { LOOSE } else { 0 } | if name.small { SMALL } else { 0 };
            let kind = NameKind::ALL.iter().position(|kind| *kind == name.kind);
            let what = [
                flags,
                number(kind.unwrap_or(0)).to_le_bytes()[0],
                name.capitals,
                0,
            ];
            let what = u32::from_le_bytes(what);
            self.put(Section::Names, [words, words_end, forms, forms_end, what]);
        }
    }

    fn form(&mut self, form: &Spelling, at: u32, name: u32, kind: NameKind) {
        let mut units = std::mem::take(&mut self.units);
        cut::cut(&form.text, &mut units);
        let [words, words_end] = self.hashes(units.all.iter().map(|unit| unit.hash));
        // *lusophone* accounts for *Portuguese*, which is the name of a people all the same.
        if let Some(first) = units.all.first().filter(|_| kind != NameKind::Language) {
            let length = units.all.len();
            let id = self.count::<6>(Section::Forms);
            let noted = self.words.entry(first.hash).or_default();
            let next = units.all.get(1).map(|unit| unit.hash);
            noted
                .forms
                .push((id, rank(length, at, kind), Reverse(name), next));
        }
        self.units = units;
        let [text, text_end] = self.text(&form.text);
        let why = self.why(&form.why);
        self.put(Section::Forms, [text, text_end, words, words_end, why, name]);
    }

    fn words(&mut self) {
        let words = std::mem::take(&mut self.words);
        let mut slots = hash::slots_for(words.len());
        for (hash, mut noted) in words {
            noted.names.sort_by_key(|(_, length, _)| *length);
            noted.forms.sort_by_key(|(_, rank, last, _)| (*rank, *last));
            let names = self.count::<2>(Section::Begun);
            for (name, _, next) in &noted.names {
                self.put(Section::Begun, [*name, second(*next)]);
            }
            let forms = self.count::<2>(Section::Begun);
            for (form, _, _, next) in &noted.forms {
                self.put(Section::Begun, [*form, second(*next)]);
            }
            let end = self.count::<2>(Section::Begun);
            let or_none = |id: Option<u32>| id.map_or(0, |id| id + 1);
            let [low, high] = halves(hash);
            let (name, adjective) = (or_none(noted.name), or_none(noted.adjective));
            let given = u32::from(noted.given);
            self.put(
                Section::Words,
                [low, high, names, forms, end, name, adjective, given],
            );
            let id = self.count::<8>(Section::Words);
            hash::enter(&mut slots, hash, id);
        }
        for slot in slots {
            self.put(Section::Slots, [slot]);
        }
    }

    fn small(&mut self, listing: &Listing<'_>) {
        let mut bits = vec![0; BITS];
        let heads = HEADS.iter().map(|(head, _)| hash::of(head.as_bytes()));
        for hash in listing.small.iter().copied().chain(heads) {
            let (at, bit) = bit_of(hash);
            bits[at] |= bit;
        }
        self.sections[Section::Small as usize] = bits;
    }
}

#[expect(clippy::cast_possible_truncation, reason = "both halves are wanted")]
fn halves(number: u64) -> [u32; 2] {
    [number as u32, (number >> 32) as u32]
}
