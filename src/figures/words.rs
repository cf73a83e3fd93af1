//! What single words and signs mean to the readers: numbers, units, months, movement.
//!
//! In: the tables of [`super::french`] and [`super::english`] (grammar), `data/currencies.toml` and `data/units.toml`
//! (lexicon). Out: one [`Lexicon`] a language, built once. Law: looking a word up costs the same whatever the text.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::LazyLock;

use super::fold::key_of;
use super::unit::{self, Unit};
use super::{english, french};

/// What a word says as a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Numeral {
    /// Nothing.
    #[default]
    None,
    /// `un`, `une`, `one`: a number or an article.
    One,
    /// `a`, `an`: one before a hundred, a scale, a part.
    Article,
    /// 0 and 2 to 9.
    Digit(u8),
    /// 10 to 19.
    Teen(u8),
    /// 20 to 90.
    Ten(u8),
    /// `cent`, hundred.
    Hundred,
    /// `mille`, thousand.
    Thousand,
    /// Ten to this power: million, `milliard`…
    Scale(u8),
    /// A rank.
    Ordinal(u16),
    /// A part of a whole, by its denominator: `moitié`, half, `quart`.
    Part(u8),
    /// A round number of things: `dizaine`, dozen.
    Collective(u16),
    /// So many times: double, twice.
    Multiple(u8),
    /// A number hidden in a word: both, pair, trio.
    Implied(u8),
    /// A person in these years of age: `octogénaire`.
    Decade(u8),
}

/// What a word says about the figure beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Cue {
    /// Nothing.
    #[default]
    None,
    /// A month, 1 to 12.
    Month(u8),
    /// A day of the week, 1 to 7.
    Weekday(u8),
    /// A rise.
    Up,
    /// A fall.
    Down,
    /// A verb that says where something arrives (`les pertes atteignent 3 millions`).
    Reaches,
    /// Percent in one word or sign.
    Percent,
    /// `point`.
    Point,
    /// `fois`, times.
    Times,
    /// Noon (12) or midnight (0).
    Clock(u8),
    /// A day by its distance from the day of the text: `hier`, tomorrow.
    Day(i8),
    /// A part of the day that another word places: last night.
    Daypart,
}

/// All that the lexicon knows of one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Word {
    pub numeral: Numeral,
    pub unit: Option<Unit>,
    pub cue: Cue,
}

impl Word {
    /// A word the lexicon does not know.
    pub const NONE: Self = Self {
        numeral: Numeral::None,
        unit: None,
        cue: Cue::None,
    };
}

/// Which language a text is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Language {
    French,
    English,
}

/// Keys are already spread; one multiplication mixes them enough.
#[derive(Default)]
pub(super) struct KeyHasher(u64);

/// A key spread over 64 bits.
#[expect(clippy::cast_possible_truncation, reason = "each half of the key is meant")]
fn mixed(key: u128) -> u64 {
    let (low, high) = (key as u64, (key >> 64) as u64);
    let mixed = (low ^ high.rotate_left(29)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mixed ^ (mixed >> 32)
}

impl Hasher for KeyHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    fn write_u128(&mut self, key: u128) {
        self.0 = self.0.rotate_left(23) ^ mixed(key);
    }
}

pub(super) type Map<K, V> = HashMap<K, V, BuildHasherDefault<KeyHasher>>;

/// The words and signs of one language.
pub(super) struct Lexicon {
    pub language: Language,
    words: Map<u128, Word>,
    /// A bit for each word by its hash: most words of a text stop here.
    sieve: Box<[u64; SIEVE]>,
    /// Units of two words, by both keys.
    pairs: Map<(u128, u128), Unit>,
    /// Signs read right after digits, as spelt.
    signs: Map<&'static str, Unit>,
}

impl Lexicon {
    /// Whether the lexicon may know the word with this key; `false` is sure.
    pub fn may_know(&self, key: u128) -> bool {
        let (at, bit) = place(key);
        self.sieve[at] & bit != 0
    }

    /// What the lexicon says of the word with this key.
    pub fn word(&self, key: u128) -> Word {
        self.words.get(&key).copied().unwrap_or(Word::NONE)
    }

    /// What the lexicon says of a mark.
    pub fn mark(&self, character: char) -> Word {
        if character == '%' || character == '％' {
            return Word {
                cue: Cue::Percent,
                ..Word::NONE
            };
        }
        let sign = match character {
            '½' => Numeral::Part(2),
            _ => Numeral::None,
        };
        let unit = if matches!(
            character,
            '$' | '€' | '£' | '¥' | '₹' | '₽' | '₩' | '₺' | '₴' | '₪' | '₿' | '¢' | '°' | '‰'
        ) {
            let mut buffer = [0; 4];
            self.signs.get(&*character.encode_utf8(&mut buffer)).copied()
        } else {
            None
        };
        Word {
            numeral: sign,
            unit,
            cue: Cue::None,
        }
    }

    /// The unit that two words name together.
    pub fn pair(&self, first: u128, second: u128) -> Option<Unit> {
        if self.may_know(first) {
            self.pairs.get(&(first, second)).copied()
        } else {
            None
        }
    }

    /// The unit a sign stands for, as spelt, right after digits.
    pub fn sign(&self, sign: &str) -> Option<Unit> {
        self.signs.get(sign).copied()
    }

    fn add(&mut self, word: &str, change: impl FnOnce(&mut Word)) {
        let key = key_of(word);
        let (at, bit) = place(key);
        self.sieve[at] |= bit;
        change(self.words.entry(key).or_default());
    }

    fn build(language: Language) -> Self {
        let mut lexicon = Self {
            language,
            words: Map::default(),
            sieve: Box::new([0; SIEVE]),
            pairs: Map::default(),
            signs: Map::default(),
        };
        let (numerals, cues) = match language {
            Language::French => (french::NUMERALS, french::CUES),
            Language::English => (english::NUMERALS, english::CUES),
        };
        for (words, numeral) in numerals {
            for word in words.split(' ') {
                lexicon.add(word, |entry| entry.numeral = *numeral);
                if matches!(numeral, Numeral::Implied(_) | Numeral::Decade(_)) {
                    lexicon.add(&format!("{word}s"), |entry| entry.numeral = *numeral);
                }
            }
        }
        for (words, cue) in cues {
            let forms = words.split(' ').flat_map(french::forms);
            forms.for_each(|word| lexicon.add(&word, |entry| entry.cue = *cue));
        }
        for (unit, row) in unit::rows() {
            let names = if language == Language::French {
                &row.fr
            } else {
                &row.en
            };
            for name in names {
                let mut words = name.split([' ', '-']);
                match (words.next(), words.next()) {
                    (Some(one), None) => lexicon.add(one, |entry| entry.unit = Some(unit)),
                    (Some(one), Some(two)) => {
                        lexicon.pairs.insert((key_of(one), key_of(two)), unit);
                        // The first word must be in the lexicon for the pair to be tried.
                        lexicon.add(one, |_| ());
                    }
                    _ => {}
                }
            }
            for sign in &row.signs {
                lexicon.signs.insert(sign, unit);
            }
        }
        lexicon
    }
}

/// How many times 64 bits the sieve has: some thirty bits a word, so that one word in thirty is let through in vain.
const SIEVE: usize = 1024;

/// The bit of a key in the sieve.
fn place(key: u128) -> (usize, u64) {
    let hash = mixed(key) >> 20;
    let at = usize::try_from(hash >> 6).unwrap_or(0) % SIEVE;
    (at, 1 << (hash & 63))
}

/// The French words.
pub(super) static FRENCH: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::build(Language::French));
/// The English words.
pub(super) static ENGLISH: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::build(Language::English));
