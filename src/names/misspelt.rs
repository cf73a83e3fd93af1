//! A word of a name that stands nearly so in the English.
//!
//! One letter is an error; another form of a first name, or a word of a third language in English, is not.

use super::evidence::Found;
use super::fate::{Check, Fate};
use super::french::is_required;
use super::unit::Case;
use super::{Name, NameKind, spelling};
use crate::lexicon::fold::fold;
use crate::lexicon::hash;
use crate::lexicon::words::is_english_headword;
use crate::span::Span;

impl Check<'_> {
    /// A word of the name stands nearly so in the English: misspelt, unless it is a first name in its other form
    /// (*Isabelle*, *Isabel*) and the surname is there, or a word of a third language translated (*Valle*, *Valley*).
    pub(super) fn near_miss(
        &self,
        name: &Name,
        at: usize,
        target: Span,
        found: Option<&Found>,
    ) -> Fate<'static> {
        let english = fold(target.of(self.target.reading.text()));
        let person = name.kind == NameKind::Person
            || (found.is_some() && self.lexicon.is_given_name(self.source.unit(at).hash));
        let translated = !person
            && is_english_headword(&english)
            && spelling::is_anglicised(self.source.folded(at), &english);
        if translated && self.source.unit(at).case != Case::Upper {
            return Fate::Unproven;
        }
        match found {
            Some(place) if self.is_variant(self.source.folded(at), &english) => Fate::Partly {
                target: self.target.reading.span(place.at, place.end),
                lost: self.source.span(at, at + 1),
            },
            _ => Fate::altered(self.spot(name, at), target),
        }
    }

    /// Whether two first names are one in two languages: both are listed, or one has a vowel more (*Arnold*, *Arnoldo*).
    fn is_variant(&self, french: &str, english: &str) -> bool {
        let given = |word: &str| self.lexicon.is_given_name(hash::of(word.as_bytes()));
        let (short, long) = if french.len() < english.len() {
            (french, english)
        } else {
            (english, french)
        };
        let vowel = long
            .strip_prefix(short)
            .is_some_and(|rest| matches!(rest, "a" | "e" | "o"));
        // *Philipe*, corrected to *Philippe*, is no slip of the translator.
        let corrected = given(english) && spelling::is_near(french, english);
        given(french) && given(english) || corrected || vowel && given(french)
    }

    /// Common words of a name may be translated, but not misspelt: *American Express*.
    pub(super) fn common_word_misspelt(
        &self,
        name: &Name,
        start: usize,
        end: usize,
    ) -> Option<Fate<'static>> {
        let reading = self.source;
        let optional = |at: &usize| {
            reading.unit(*at).is_capital()
                && reading.raw(*at).chars().count() > 3
                && !is_required(reading, self.lexicon, start, end, *at)
        };
        (start..end)
            .filter(|_| end - start > 1)
            .filter(optional)
            .find_map(|at| {
                if self
                    .target
                    .spelt(reading.raw(at), reading.folded(at), false)
                    .is_some()
                {
                    return None;
                }
                let target = self.strays().near_unknown(reading.folded(at), at)?;
                Some(Fate::altered(self.spot(name, at), target))
            })
    }
}
