//! Which words are common words of French or of English, so that a capital on them need not be a name.
//!
//! The lists are sorted text with an index that the build makes of them: nothing is built at start-up, and a look-up
//! costs one hash. Inflected forms are traced back to a headword by their endings (Grevisse, *Le bon usage*: the plural,
//! the feminine, and the endings of the three conjugations; English -s, -ed, -ing).

use std::sync::LazyLock;

use super::hash;

/// A word list, one word a line, and its index.
pub(super) struct List {
    pub text: &'static str,
    index: &'static [u8],
}

macro_rules! list {
    ($name:literal) => {
        List {
            text: include_str!(concat!("../../data/", $name, ".txt")),
            index: include_bytes!(concat!(env!("OUT_DIR"), "/", $name, ".txt.index")),
        }
    };
}

/// French headwords, folded.
pub(super) static FRENCH: List = list!("words.fr");
/// English headwords, lower case.
pub(super) static ENGLISH: List = list!("words.en");
/// Well-known names as English spells them, folded.
pub(super) static NAMES: List = list!("names.en");

/// What an inflected ending goes back to: `(ending, ending of the headword)`.
#[rustfmt::skip]
const FRENCH_ENDINGS: &[(&str, &str)] = &[
    ("s", ""), ("x", ""), ("e", ""), ("es", ""), ("aux", "al"), ("aux", "ail"), ("aux", "au"),
    ("ee", "er"), ("ees", "er"), ("e", "er"), ("es", "er"), ("ant", "er"), ("ant", "re"), ("ant", "ir"),
    ("ant", "oir"), ("issant", "ir"), ("ants", "er"), ("ante", "er"), ("antes", "er"),
    ("ez", "er"), ("ons", "er"), ("a", "er"), ("ait", "er"), ("aient", "er"), ("ent", "er"), ("ent", "re"),
    ("geant", "ger"), ("geait", "ger"), ("geaient", "ger"), ("cait", "cer"), ("caient", "cer"),
    ("oie", "oyer"), ("oient", "oyer"), ("aie", "ayer"), ("uie", "uyer"),  ("cant", "cer"), ("era", "er"), ("eront", "er"), ("erait", "er"), ("eraient", "er"),
    ("erent", "er"), ("i", "ir"), ("ie", "ir"), ("is", "ir"), ("ies", "ir"), ("it", "ir"), ("issent", "ir"),
    ("issons", "ir"), ("issez", "ir"), ("ira", "ir"), ("iront", "ir"), ("irent", "ir"),
    ("u", "re"), ("ue", "re"), ("us", "re"), ("ues", "re"), ("ez", "re"), ("ons", "re"), ("ra", "re"),
    ("ront", "re"), ("onne", "on"), ("onnes", "on"), ("enne", "en"), ("ennes", "en"), ("elle", "el"),
    ("elles", "el"), ("ette", "et"), ("ettes", "et"), ("euse", "eur"), ("euses", "eur"), ("euse", "eux"),
    ("euses", "eux"), ("trice", "teur"), ("trices", "teur"), ("drice", "deur"), ("drices", "deur"), ("iez", "er"), ("iez", "ir"), ("iez", "re"),
    ("ions", "er"), ("ions", "ir"), ("ions", "re"), ("iez", "oir"), ("ions", "oir"), ("issant", "ir"), ("ive", "if"), ("ives", "if"), ("ere", "er"),
    ("eres", "er"), ("eille", "eil"), ("eilles", "eil"), ("que", "c"), ("ques", "c"), ("che", "c"), ("ches", "c"), ("se", "x"), ("ses", "x"),
];

#[rustfmt::skip]
const ENGLISH_ENDINGS: &[(&str, &str)] = &[
    ("s", ""), ("es", ""), ("ies", "y"), ("ed", ""), ("ed", "e"), ("ied", "y"), ("ing", ""), ("ing", "e"),
    ("er", ""), ("er", "e"), ("ers", ""), ("ers", "e"), ("ly", ""), ("est", ""), ("est", "e"), ("ness", ""),
    ("our", "or"), ("ours", "or"), ("ise", "ize"), ("ised", "ize"), ("ising", "ize"), ("isation", "ization"),
    ("re", "er"), ("ence", "ense"),
];

/// Endings by their last letter, so that a word meets only those it may have.
type ByLetter = [Vec<(&'static str, &'static str)>; 26];

static FRENCH_BY_LETTER: LazyLock<ByLetter> = LazyLock::new(|| by_letter(FRENCH_ENDINGS));
static ENGLISH_BY_LETTER: LazyLock<ByLetter> = LazyLock::new(|| by_letter(ENGLISH_ENDINGS));

fn by_letter(endings: &[(&'static str, &'static str)]) -> ByLetter {
    let mut by_letter = ByLetter::default();
    for (ending, headword) in endings {
        if let Some(last) = last_letter(ending) {
            by_letter[last].push((ending, headword));
        }
    }
    by_letter
}

fn last_letter(word: &str) -> Option<usize> {
    let last = *word.as_bytes().last()?;
    last.is_ascii_lowercase().then(|| usize::from(last - b'a'))
}

/// Whether a folded word is a common French word, inflected or not.
#[must_use]
pub fn is_french(folded: &str) -> bool {
    // *aujourd'hui*, *prud'homme*, and the slip *il'y*: known if all its parts are.
    folded.split('\'').all(|part| match part {
        "aujourd" | "hui" | "prud" | "entr" => true,
        part if part.len() == 1 => part.bytes().all(|byte| byte.is_ascii_alphabetic()),
        part => is_known(part, &FRENCH, &FRENCH_BY_LETTER),
    })
}

/// Whether a folded word is a common English word, inflected or not.
#[must_use]
pub fn is_english(folded: &str) -> bool {
    is_known(folded, &ENGLISH, &ENGLISH_BY_LETTER)
}

/// Whether a folded word is a French word as a dictionary lists it.
#[must_use]
pub fn is_french_headword(folded: &str) -> bool {
    contains(&FRENCH, folded)
}

/// Whether a folded word is a well-known name, spelt as English spells it: *rembrandt*.
#[must_use]
pub fn is_known_name(folded: &str) -> bool {
    contains(&NAMES, folded)
}

/// Whether a folded word is an English word as a dictionary lists it.
#[must_use]
pub fn is_english_headword(folded: &str) -> bool {
    contains(&ENGLISH, folded)
}

fn is_known(folded: &str, list: &List, endings: &ByLetter) -> bool {
    if contains(list, folded) {
        return true;
    }
    let Some(letter) = last_letter(folded) else {
        return false;
    };
    endings[letter].iter().any(|(ending, lemma)| {
        let stem = folded.strip_suffix(ending).filter(|stem| stem.len() >= 2);
        stem.is_some_and(|stem| contains_joined(list, hash::of_joined(stem, lemma), stem, lemma))
    })
}

/// Whether `list` has `word`.
fn contains(list: &List, word: &str) -> bool {
    contains_joined(list, hash::of(word.as_bytes()), word, "")
}

/// Whether `list` has the word of this hash that two parts make, by the index that the build made of it: one slot in most
/// cases.
fn contains_joined(list: &List, hash: u64, stem: &str, ending: &str) -> bool {
    let (slots, _) = list.index.as_chunks::<4>();
    let (mut at, tag) = hash::slot_of(hash, slots.len());
    loop {
        let slot = u32::from_le_bytes(slots[at]);
        if slot == 0 {
            return false;
        }
        if slot >> 24 == tag {
            let place = (slot & hash::PLACE) as usize - 1;
            let rest = &list.text.as_bytes()[place..];
            let rest = rest.strip_prefix(stem.as_bytes());
            let rest = rest.and_then(|rest| rest.strip_prefix(ending.as_bytes()));
            if matches!(rest, Some([] | [b'\n', ..])) {
                return true;
            }
        }
        at = (at + 1) & (slots.len() - 1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headwords_and_their_forms_are_known() {
        for word in [
            "conseil",
            "conseils",
            "generaux",
            "president",
            "presidente",
            "annonçant".replace('ç', "c").as_str(),
            "selon",
            "sont",
        ] {
            assert!(is_french(word), "{word}");
        }
        for word in ["council", "councils", "ministries", "announced", "defence", "the"] {
            assert!(is_english(word), "{word}");
        }
        for word in ["merkel", "obama", "", "#", "zz", "a", "é"] {
            assert!(word == "a" || !is_french(word), "{word}");
        }
    }

    #[test]
    fn lists_are_sorted_and_folded() {
        for list in [&FRENCH, &ENGLISH, &NAMES] {
            let words: Vec<_> = list.text.lines().filter(|line| !line.starts_with('#')).collect();
            assert!(words.is_sorted_by(|a, b| a < b));
            assert!(
                words
                    .iter()
                    .all(|word| word.bytes().all(|b| b.is_ascii_lowercase()))
            );
            assert!(words.iter().all(|word| contains(list, word)));
            assert!(words.iter().all(|word| !contains(list, &format!("{word}-"))));
        }
    }
}
