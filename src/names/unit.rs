//! The units that names are compared by: words, cut at hyphens and after elided articles.
//!
//! `d'Amazon.com` is `d'` and `Amazon.com`; `Saint-Étienne` is two units parted by a hyphen, so that `Saint Etienne`
//! reads the same. Each unit knows what stands before it and whether a sentence begins there, since only then does a
//! capital mean nothing.

use crate::lexicon::hash;
use crate::span::Span;

/// What stands between a unit and the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Gap {
    /// Blanks, or a single line end: a name may run on.
    Space,
    /// A hyphen and nothing else.
    Hyphen,
    /// The unit before is an elided word: `l'`, `qu'`.
    Elision,
    /// An initial's full stop: `J. Edgar`.
    Initial,
    /// Punctuation within the sentence, or the start of a sentence.
    Stop,
}

/// How a unit is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Case {
    /// `conseil`, `2026`.
    Lower,
    /// `Conseil`.
    Capital,
    /// `OTAN`, `G20`, `A400M`: two capitals or more, or a capital and digits, and no small letter.
    Upper,
    /// `OpenAI`, `iPhone`: a capital inside.
    Camel,
}

/// One word, or one part of a hyphenated word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Unit {
    /// Where it stands.
    pub span: Span,
    /// What stands before it.
    pub gap: Gap,
    /// How it is written.
    pub case: Case,
    /// Whether a sentence, a heading or a quotation begins with it.
    pub opens: bool,
    /// Whether it is an elided word (`d'`, `L'`).
    pub elided: bool,
    /// Whether a quotation mark stands right before it.
    pub quoted: bool,
    /// The hash of its folded form.
    pub hash: u64,
    /// Where its folded form stands among those of its text, if the unit is not its own.
    pub(super) folded: Option<Folded>,
}

/// A place among the folded forms of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Folded {
    start: u32,
    end: u32,
}

impl Unit {
    /// Whether it has a capital that could make it a name.
    pub fn is_capital(self) -> bool {
        self.case != Case::Lower
    }

    /// Whether it is small letters of ASCII and digits alone, and so its own folded form.
    pub fn is_plain(self) -> bool {
        self.folded.is_none()
    }

    /// Whether the name it belongs to may have begun before it.
    pub fn runs_on(self) -> bool {
        self.gap != Gap::Stop
    }
}

/// The units of one text.
#[derive(Debug, Default)]
pub(crate) struct Units {
    /// All of them, in reading order.
    pub all: Vec<Unit>,
    /// The folded forms of those that are not their own, one after another.
    folded: String,
}

impl Units {
    /// Forgets them, and makes room for those of a text of so many bytes.
    pub fn clear(&mut self, bytes: usize) {
        self.all.clear();
        self.folded.clear();
        self.folded.reserve(bytes / 2);
        self.all.reserve(bytes / 5 + 1);
    }

    /// The folded form of unit `at` of `text`.
    #[inline]
    pub fn folded<'t>(&'t self, text: &'t str, at: usize) -> &'t str {
        let unit = &self.all[at];
        match unit.folded {
            None => unit.span.of(text),
            Some(Folded { start, end }) => &self.folded[start as usize..end as usize],
        }
    }

    /// Keeps the folded form that `write` appends: where it stands.
    pub fn keep(&mut self, write: impl FnOnce(&mut String)) -> Folded {
        let place = |folded: &String| u32::try_from(folded.len()).unwrap_or(u32::MAX);
        let start = place(&self.folded);
        write(&mut self.folded);
        let end = place(&self.folded);
        Folded { start, end }
    }

    /// The hash of a folded form.
    pub fn hash(&self, folded: Folded) -> u64 {
        hash::of(&self.folded.as_bytes()[folded.start as usize..folded.end as usize])
    }
}

/// How a word is written.
pub(super) fn case_of(word: &str) -> Case {
    if word.bytes().all(|byte| byte.is_ascii_lowercase()) || word.starts_with(|c: char| c.is_numeric()) {
        return Case::Lower;
    }
    let (mut uppers, mut lowers, mut digits, mut first) = (0_usize, 0_usize, 0_usize, None);
    for c in word.chars() {
        if c.is_lowercase() {
            lowers += 1;
        } else if c.is_uppercase() {
            uppers += 1;
        } else if c.is_numeric() {
            digits += 1;
            continue;
        } else if !c.is_alphabetic() {
            continue;
        }
        first = first.or(Some(c));
    }
    let capital = first.is_some_and(char::is_uppercase);
    case_by(uppers, lowers, digits, capital, word)
}

/// The same for a word that begins with no digit, by its letters: how many are capitals, small, digits, and whether the
/// first one is a capital.
pub(super) fn case_by(capitals: usize, small: usize, digits: usize, capital: bool, word: &str) -> Case {
    match (capitals, small) {
        (0, _) => Case::Lower,
        (_, 0) if capitals + digits >= 2 => Case::Upper,
        (1, _) if capital => Case::Capital,
        // *McCain*, *O'Brien*, *Amazon.Com* are written like any name.
        _ if capital
            && (word.contains(['\'', '’', '.']) || word.starts_with("Mc") || word.starts_with("Mac")) =>
        {
            Case::Capital
        }
        _ => Case::Camel,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_is_read_with_digits() {
        for (word, case) in [
            ("OTAN", Case::Upper),
            ("G20", Case::Upper),
            ("A400M", Case::Upper),
            ("OpenAI", Case::Camel),
            ("iPhone", Case::Camel),
            ("Conseil", Case::Capital),
            ("3D", Case::Lower),
            ("2026", Case::Lower),
            ("McCain", Case::Capital),
        ] {
            assert_eq!(case_of(word), case, "{word}");
        }
    }
}
