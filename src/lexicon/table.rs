//! What is looked up: the names that come with the program, and over them those of a glossary.
//!
//! Names lie as they were laid out; an [`Entry`] is made of one when a text first has it.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, OnceLock};

use super::hash;
use super::image::{Image, Place, Row, Word, second};
use super::intake::{Listed, Listing, Nameless, Spelling};
use super::layout::lay_out;
use super::rows::File;
use crate::names::reading::Reading;
use crate::names::unit::Case;
use crate::names::{Form, NameKind};

/// A listed name.
#[derive(Debug)]
pub(crate) struct Entry {
    /// What it is.
    pub kind: NameKind,
    /// The English forms, the preferred one first. Shared with every [`crate::names::Name`] found by it.
    pub forms: Arc<[Form]>,
    /// Whether translators may leave it out or paraphrase it.
    pub loose: bool,
    /// Whether it is written with a small first letter, so that any case matches.
    pub small: bool,
    /// How many units its French spelling has.
    pub len: usize,
}

/// Names laid out, and the entries made of them so far.
#[derive(Debug)]
struct Layer {
    image: Image,
    entries: Box<[OnceLock<Box<Entry>>]>,
}

/// What the build laid out of the data files.
static EMBEDDED: LazyLock<Layer> = LazyLock::new(|| {
    let text = include_str!(concat!(env!("OUT_DIR"), "/lexicon.txt"));
    let bytes = include_bytes!(concat!(env!("OUT_DIR"), "/lexicon.image"));
    Layer::new(Image::embedded(text, bytes))
});

impl Layer {
    fn new(image: Image) -> Self {
        let entries = (0..image.len()).map(|_| OnceLock::new()).collect();
        Self { image, entries }
    }

    fn entry(&self, id: u32) -> &Entry {
        self.entries[id as usize].get_or_init(|| {
            let row = self.image.row(id);
            let forms = self.image.forms(&row);
            Box::new(Entry {
                kind: row.kind,
                forms: forms.map(|(text, why)| Form::new(text, why)).collect(),
                loose: row.loose,
                small: row.small,
                len: row.len(),
            })
        })
    }
}

/// Names over those that come with the program.
#[derive(Debug)]
struct Above {
    layer: Layer,
    /// Of the names below those that one of these stands instead of.
    instead: HashMap<u32, u32>,
}

/// All names.
#[derive(Debug, Clone)]
pub(super) struct Table {
    below: &'static Layer,
    above: Option<Arc<Above>>,
}

impl Table {
    /// The names that come with the program.
    pub fn embedded() -> Self {
        Self {
            below: &EMBEDDED,
            above: None,
        }
    }

    /// The names that come with the program, as they lie.
    pub fn image(&self) -> &'static Image {
        &self.below.image
    }

    /// The names that come with the program, and over them the rows of glossaries, the last one first.
    pub fn with(glossaries: &[Arc<File>]) -> Result<Self, Nameless> {
        let table = Self::embedded();
        let known = |words: &[u64]| table.listed(words);
        let mut listing = Listing::new(&known);
        for file in glossaries {
            listing.take(file, true)?;
        }
        let (text, sections) = lay_out(&listing, 0);
        let pairs = listing.names.iter().zip(0..);
        let above = Above {
            layer: Layer::new(Image::new(text, sections)),
            instead: pairs.filter_map(|(name, id)| Some((name.instead?, id))).collect(),
        };
        Ok(Self {
            above: Some(Arc::new(above)),
            ..table
        })
    }

    /// The name of these words that comes with the program.
    fn listed(&self, words: &[u64]) -> Option<Listed> {
        let image = &self.below.image;
        let word = image.word(*words.first()?)?;
        let next = second(words.get(1).copied());
        image.names_of(&word, |second| second == next).find_map(|id| {
            let row = image.row(id);
            if !image.words_of_name(&row).eq(words.iter().copied()) {
                return None;
            }
            let forms = image.forms(&row).map(|(text, why)| Spelling {
                text: text.into_owned(),
                why: why.into_owned(),
            });
            Some(Listed {
                words: words.to_vec(),
                kind: row.kind,
                loose: row.loose,
                small: row.small,
                capitals: row.capitals,
                forms: forms.collect(),
                instead: Some(id),
            })
        })
    }

    fn above(&self) -> Option<Level<'_>> {
        self.above.as_ref().map(|above| Level {
            layer: &above.layer,
            above: None,
        })
    }

    fn below(&self) -> Level<'_> {
        Level {
            layer: self.below,
            above: self.above.as_deref(),
        }
    }

    /// What `look` finds above, else below.
    #[inline]
    fn find<'t, T>(&'t self, look: impl Fn(Level<'t>) -> Option<T>) -> Option<T> {
        if let Some(above) = self.above()
            && let Some(found) = look(above)
        {
            return Some(found);
        }
        look(self.below())
    }

    /// Whether a word with a small first letter may begin a name, listed or composed; `false` is sure.
    #[inline]
    pub fn may_begin_small(&self, hash: u64) -> bool {
        let may = |level: Level<'_>| level.layer.image.may_begin_small(hash);
        may(self.below()) || self.above().is_some_and(may)
    }

    /// The longest listed name that begins at unit `at` of a French text.
    pub fn french_at(&self, reading: &Reading<'_>, at: usize) -> Option<&Entry> {
        let unit = reading.unit(at);
        if !unit.is_capital() && !self.may_begin_small(unit.hash) {
            return None;
        }
        // An acronym may take a plural: *les PMEs*.
        if unit.case == Case::Camel
            && let Some(singular) = reading.folded(at).strip_suffix('s')
        {
            let hash = hash::of(singular.as_bytes());
            let begins_a_name = |level: Level<'_>| level.word(hash).filter(Word::begins_a_name);
            if self.find(begins_a_name).is_some() {
                return self.word(hash).filter(|entry| entry.kind == NameKind::Acronym);
            }
        }
        let above = self.above().and_then(|level| level.longest(reading, at));
        let below = self.below().longest(reading, at);
        // Two that are as long would be one name, which stands above or below.
        let (level, id, _) = above
            .into_iter()
            .chain(below)
            .max_by_key(|(.., length)| *length)?;
        Some(level.entry(id))
    }

    /// The longest listed English form that begins at unit `at` of an English text, and how many units it has.
    pub fn english_at(&self, reading: &Reading<'_>, at: usize) -> Option<(usize, &Entry)> {
        let best = |hash: u64, is_plural: bool| {
            let (known, below) = self.below().best(reading, at, hash, is_plural);
            let Some(above) = self.above() else {
                return known.then_some(below);
            };
            let (also_known, above) = above.best(reading, at, hash, is_plural);
            // A glossary wins where both fit as well.
            let rank = |(level, place): &(Level<'_>, Place)| level.layer.image.rank(place);
            let best = above.into_iter().chain(below).min_by_key(rank);
            (known || also_known).then_some(best)
        };
        let singular = || best(hash::of(reading.folded(at).strip_suffix('s')?.as_bytes()), true);
        let (level, place) = best(reading.unit(at).hash, false).or_else(singular)??;
        Some((place.len(), level.entry(place.name)))
    }

    /// The name that is one folded word.
    pub fn word(&self, hash: u64) -> Option<&Entry> {
        self.find(|level| Some(level.entry(level.word(hash)?.name?)))
    }

    /// The nation of a folded adjective, or the people or creed of which it is the word.
    pub fn people(&self, hash: u64) -> Option<&Entry> {
        // Most words of a text are in no row.
        self.find(|level| level.word(hash))?;
        self.find(|level| Some(level.entry(level.word(hash)?.adjective?)))
            .or_else(|| self.word(hash).filter(|entry| entry.kind == NameKind::People))
    }

    pub fn is_given_name(&self, hash: u64) -> bool {
        self.find(|level| level.word(hash).filter(|word| word.given))
            .is_some()
    }
}

/// A layer, and what stands above it.
#[derive(Clone, Copy)]
struct Level<'t> {
    layer: &'t Layer,
    above: Option<&'t Above>,
}

impl<'t> Level<'t> {
    fn word(self, hash: u64) -> Option<Word> {
        self.layer.image.word(hash)
    }

    /// Whether nothing above stands instead of a name.
    fn counts(self, id: u32) -> bool {
        self.above.is_none_or(|above| !above.instead.contains_key(&id))
    }

    /// A name of this layer, or what stands above instead of it.
    fn entry(self, id: u32) -> &'t Entry {
        let instead = self
            .above
            .and_then(|above| Some(above.layer.entry(*above.instead.get(&id)?)));
        instead.unwrap_or_else(|| self.layer.entry(id))
    }

    /// The longest name that begins at unit `at` of a French text, and its length.
    fn longest(self, reading: &Reading<'_>, at: usize) -> Option<(Self, u32, usize)> {
        let unit = reading.unit(at);
        let image = &self.layer.image;
        let word = self.word(unit.hash)?;
        image.names_of(&word, goes_on(reading, at)).find_map(|id| {
            let row = image.row(id);
            let stands = (unit.is_capital() || row.small)
                && runs(reading, at, image.words_of_name(&row))
                && has_its_capitals(reading, at, &row)
                && (row.kind != NameKind::Acronym || is_acronym_here(reading, at, &row))
                && self.counts(id);
            stands.then_some((self, id, row.len()))
        })
    }

    /// Whether a word, by its hash, begins an English form, and the best that stands at unit `at` of an English text.
    fn best(
        self,
        reading: &Reading<'_>,
        at: usize,
        hash: u64,
        is_plural: bool,
    ) -> (bool, Option<(Self, Place)>) {
        let image = &self.layer.image;
        let Some(word) = self.word(hash) else {
            return (false, None);
        };
        let is_known = match self.above {
            None => word.begins_a_form(),
            Some(_) => image
                .places_of(&word, |_| true)
                .any(|place| self.counts(place.name)),
        };
        let best = image
            .places_of(&word, goes_on(reading, at))
            .filter(|place| self.counts(place.name))
            .find(|place| place.len() == 1 || !is_plural && runs(reading, at, image.words_of_place(place)));
        (is_known, best.map(|place| (self, place)))
    }
}

/// Whether a name or a form that begins at unit `at` may go on as the text does.
fn goes_on(reading: &Reading<'_>, at: usize) -> impl Fn(u32) -> bool {
    let next = reading.get(at + 1).filter(|next| next.runs_on());
    let next = second(next.map(|next| next.hash));
    move |second| second == 0 || second == next
}

fn has_its_capitals(reading: &Reading<'_>, at: usize, row: &Row) -> bool {
    (0..row.len().min(2)).all(|word| row.capitals & (1 << word) == 0 || reading.unit(at + word).is_capital())
}

/// *Otan* and *Onu* are written so by some papers; *Bad* and *Pac* are words.
fn is_acronym_here(reading: &Reading<'_>, at: usize, row: &Row) -> bool {
    row.small
        || row.len() > 1
        || reading.unit(at).case != Case::Capital
        || !(reading.is_french(at) || reading.is_english(at))
}

/// Whether the units from `at` on are these words, the first of which stands there, with nothing but blanks, hyphens and
/// elisions between them.
#[inline]
fn runs(reading: &Reading<'_>, at: usize, mut words: impl ExactSizeIterator<Item = u64>) -> bool {
    if words.next().is_none() {
        return false;
    }
    let rest = reading.units().get(at + 1..at + 1 + words.len());
    rest.is_some_and(|units| {
        units
            .iter()
            .zip(words)
            .all(|(unit, hash)| unit.hash == hash && unit.runs_on())
    })
}
