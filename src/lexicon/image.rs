//! Listed names laid out for being looked up as they lie: a text, and sections of little-endian numbers.
//!
//! In: what [`super::layout`] laid out. Out: for the hash of a word, the names that begin with it, and what else it is.
//! Nothing is read before it is asked for.
//!
//! A word is known by the 64 bits of its hash alone: a text would need billions of different words before two of them had
//! one hash. So a unit of a text, which brings its hash along, costs one look-up.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::ops::Range;

use super::hash;
use crate::names::NameKind;

/// The sections, by their place in the header.
#[derive(Debug, Clone, Copy)]
pub(super) enum Section {
    /// Words by their hash, as [`hash::slot_of`] has it: the number of a word, plus one, and a tag; 0 is empty.
    Slots,
    /// Of each word its hash, where in `Begun` stand the names and the forms it begins, and what else it is.
    Words,
    /// For each word the names it begins, the longest first, then the English forms, the best first; each with [`second`].
    Begun,
    /// Of each name where its words and forms stand, and what it is.
    Names,
    /// Of each English form where its text and its words stand, its rule and its name.
    Forms,
    /// The rules.
    Whys,
    /// The hashes of the words of names and forms.
    Hashes,
    /// A bit for each word that may begin a name though it is small.
    Small,
    /// The hash of all that was laid out.
    Hash,
}

/// How many sections there are.
pub(super) const SECTIONS: usize = 9;

/// Bytes of the section of bits: one for each two bytes of a hash.
pub(super) const BITS: usize = 1 << 13;

/// Marks a name that may be left out, and one with a small first letter.
pub(super) const LOOSE: u8 = 1;
pub(super) const SMALL: u8 = 2;

/// What a word is.
#[derive(Debug, Clone)]
pub(crate) struct Word {
    /// Where the names stand that begin with it, and the English forms.
    names: Range<u32>,
    forms: Range<u32>,
    /// The name that it is.
    pub name: Option<u32>,
    /// The nation whose adjective it is.
    pub adjective: Option<u32>,
    /// Whether it is a given name.
    pub given: bool,
}

impl Word {
    /// Whether it begins a name.
    pub fn begins_a_name(&self) -> bool {
        !self.names.is_empty()
    }

    /// Whether it begins an English form.
    pub fn begins_a_form(&self) -> bool {
        !self.forms.is_empty()
    }
}

/// A name.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    pub kind: NameKind,
    pub loose: bool,
    pub small: bool,
    pub capitals: u8,
    words: Range<u32>,
    forms: Range<u32>,
}

impl Row {
    /// How many words it has.
    pub fn len(&self) -> usize {
        self.words.len()
    }
}

/// An English form.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    /// The name it is a form of.
    pub name: u32,
    /// Its number among all forms.
    form: u32,
    words: Range<u32>,
}

impl Place {
    /// How many words it has.
    pub fn len(&self) -> usize {
        self.words.len()
    }
}

/// How well a form fits, the best first: the longest; among those, that of the name it is the preferred form of; and
/// *Mali* is the country before its people.
pub(crate) type Rank = (Reverse<usize>, u32, bool);

/// The rank of form `at` of a name of this kind, if it has so many words.
pub(super) fn rank(words: usize, at: u32, kind: NameKind) -> Rank {
    (Reverse(words), at, kind == NameKind::People)
}

/// Names laid out.
#[derive(Debug, PartialEq)]
pub(crate) struct Image {
    text: Cow<'static, str>,
    sections: [Cow<'static, [u8]>; SECTIONS],
}

impl Image {
    /// What was laid out as `text` and as `bytes`: the sections one after another, after where each of them ends.
    pub fn embedded(text: &'static str, bytes: &'static [u8]) -> Self {
        let mut start = 4 * SECTIONS;
        let sections = std::array::from_fn(|at| {
            let [end] = numbers(bytes, at);
            let section = &bytes[start..end as usize];
            start = end as usize;
            Cow::Borrowed(section)
        });
        let text = Cow::Borrowed(text);
        Self { text, sections }
    }

    /// What was laid out just now.
    pub fn new(text: String, sections: [Vec<u8>; SECTIONS]) -> Self {
        Self {
            text: Cow::Owned(text),
            sections: sections.map(Cow::Owned),
        }
    }

    #[inline]
    fn section(&self, section: Section) -> &[u8] {
        &self.sections[section as usize]
    }

    /// The record `at` of a section.
    #[inline]
    fn get<const N: usize>(&self, section: Section, at: u32) -> [u32; N] {
        numbers(self.section(section), at as usize)
    }

    /// The hash of all that was laid out.
    pub fn hash(&self) -> u64 {
        wide(self.get(Section::Hash, 0))
    }

    /// Whether a word with a small first letter may begin a name; `false` is sure.
    #[inline]
    pub fn may_begin_small(&self, hash: u64) -> bool {
        let (at, bit) = bit_of(hash);
        self.section(Section::Small)[at] & bit != 0
    }

    /// What the word with this hash is.
    #[inline]
    pub fn word(&self, hash: u64) -> Option<Word> {
        let (slots, _) = self.section(Section::Slots).as_chunks::<4>();
        let (mut at, tag) = hash::slot_of(hash, slots.len());
        loop {
            let slot = u32::from_le_bytes(slots[at]);
            if slot == 0 {
                return None;
            }
            if slot >> 24 == tag {
                let [low, high, names, forms, end, name, adjective, given] =
                    self.get(Section::Words, (slot & hash::PLACE) - 1);
                if wide([low, high]) == hash {
                    return Some(Word {
                        names: names..forms,
                        forms: forms..end,
                        name: name.checked_sub(1),
                        adjective: adjective.checked_sub(1),
                        given: given != 0,
                    });
                }
            }
            at = (at + 1) & (slots.len() - 1);
        }
    }

    /// The names that begin with a word and may go on as `goes_on` has it, the longest first.
    pub fn names_of(&self, word: &Word, goes_on: impl Fn(u32) -> bool) -> impl Iterator<Item = u32> {
        self.begun(&word.names, goes_on)
    }

    /// The English forms that begin with a word and may go on as `goes_on` has it, the best first.
    pub fn places_of(&self, word: &Word, goes_on: impl Fn(u32) -> bool) -> impl Iterator<Item = Place> {
        self.begun(&word.forms, goes_on).map(|form| {
            let [.., words, words_end, _, name] = self.get::<6>(Section::Forms, form);
            Place {
                name,
                form,
                words: words..words_end,
            }
        })
    }

    /// How well an English form fits.
    pub fn rank(&self, place: &Place) -> Rank {
        let row = self.row(place.name);
        rank(place.len(), place.form - row.forms.start, row.kind)
    }

    #[inline]
    fn begun(&self, places: &Range<u32>, goes_on: impl Fn(u32) -> bool) -> impl Iterator<Item = u32> {
        let bytes = &self.section(Section::Begun)[8 * places.start as usize..8 * places.end as usize];
        let (begun, _) = bytes.as_chunks::<8>();
        begun.iter().filter_map(move |record| {
            let [id, second] = numbers(record, 0);
            goes_on(second).then_some(id)
        })
    }

    /// How many names there are.
    pub fn len(&self) -> usize {
        self.section(Section::Names).len() / (4 * 5)
    }

    /// The name with this number.
    #[inline]
    pub fn row(&self, id: u32) -> Row {
        let [words, words_end, forms, forms_end, what] = self.get(Section::Names, id);
        let [flags, kind, capitals, _] = what.to_le_bytes();
        Row {
            kind: NameKind::ALL[usize::from(kind)],
            loose: flags & LOOSE != 0,
            small: flags & SMALL != 0,
            capitals,
            words: words..words_end,
            forms: forms..forms_end,
        }
    }

    /// The hashes of the words of a name or a form.
    #[inline]
    fn hashes(&self, words: &Range<u32>) -> impl ExactSizeIterator<Item = u64> {
        let bytes = &self.section(Section::Hashes)[8 * words.start as usize..8 * words.end as usize];
        let (hashes, _) = bytes.as_chunks::<8>();
        hashes.iter().map(|hash| u64::from_le_bytes(*hash))
    }

    /// The hashes of the words of a name.
    pub fn words_of_name(&self, row: &Row) -> impl ExactSizeIterator<Item = u64> {
        self.hashes(&row.words)
    }

    /// The hashes of the words of an English form.
    pub fn words_of_place(&self, place: &Place) -> impl ExactSizeIterator<Item = u64> {
        self.hashes(&place.words)
    }

    /// The English forms of a name, each with why it counts.
    pub fn forms(&self, row: &Row) -> impl ExactSizeIterator<Item = (Cow<'static, str>, Cow<'static, str>)> {
        row.forms.clone().map(|at| {
            let [text, text_end, _, _, why, _] = self.get(Section::Forms, at);
            let [why, why_end] = self.get(Section::Whys, why);
            (self.text(text..text_end), self.text(why..why_end))
        })
    }

    fn text(&self, place: Range<u32>) -> Cow<'static, str> {
        let place = place.start as usize..place.end as usize;
        match &self.text {
            Cow::Borrowed(text) => Cow::Borrowed(&text[place]),
            Cow::Owned(text) => Cow::Owned(text[place].to_owned()),
        }
    }
}

/// The record `at` of records of so many numbers.
#[inline]
fn numbers<const N: usize>(bytes: &[u8], at: usize) -> [u32; N] {
    let (all, _) = bytes[4 * N * at..][..4 * N].as_chunks::<4>();
    std::array::from_fn(|number| u32::from_le_bytes(all[number]))
}

#[inline]
fn wide([low, high]: [u32; 2]) -> u64 {
    u64::from(high) << 32 | u64::from(low)
}

/// What tells second words of a name apart in most cases, by the hash; 0 where there is none.
#[inline]
#[expect(clippy::cast_possible_truncation, reason = "a part of the hash will do")]
pub(super) fn second(hash: Option<u64>) -> u32 {
    hash.map_or(0, |hash| hash as u32 | 1)
}

/// The byte and the bit of a word in the section of bits, by two bytes of its hash.
#[inline]
pub(super) fn bit_of(hash: u64) -> (usize, u8) {
    let [low, high, ..] = hash.to_le_bytes();
    let bit = u16::from_le_bytes([low, high]);
    (usize::from(bit / 8), 1 << (bit % 8))
}

/// A number of records or bytes as sections hold it.
///
/// # Panics
/// If it is 4 GiB.
pub(crate) fn number(number: usize) -> u32 {
    u32::try_from(number).expect("what is listed has less than 4 GiB")
}
