//! Turns of phrase, looked for among the words of a text.
//!
//! In: the words of a passage, and phrases as the data files write them. Out: where one stands. Law: a phrase has few
//! words and gaps are short, so that looking costs no more than the length of the text.
//!
//! A phrase is written as its words with `_` between them, in lower case, without apostrophes and hyphens (`dit_on`,
//! `l_a`). `*` after letters stands for any ending, `|` parts forms of which any will do, `~` is a gap of at most
//! [`GAP`] words. `!` before forms: another word than these; `-` before them: after a hyphen (`peut_-être`).

use std::collections::{BTreeSet, HashMap};

use crate::span::Span;

/// How many words may stand at a `~`.
const GAP: usize = 4;

/// A run of letters and digits, in lower case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    pub span: Span,
    pub lower: String,
    /// Whether a hyphen stands before it.
    pub glued: bool,
}

/// The words of the part of `text` at `within`.
pub(super) fn words(text: &str, within: Span) -> Vec<Word> {
    let base = text.as_ptr() as usize;
    within
        .of(text)
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| {
            let start = word.as_ptr() as usize - base;
            Word {
                span: Span::new(start, start + word.len()),
                lower: word.to_lowercase(),
                glued: text[..start].ends_with('-'),
            }
        })
        .collect()
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Step {
    Word(Vec<Form>),
    Glued(Vec<Form>),
    Other(Vec<Form>),
    Gap,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Form {
    Whole(&'static str),
    Opening(&'static str),
}

/// One turn of phrase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Phrase(Vec<Step>);

impl Phrase {
    /// Reads one phrase.
    pub fn new(written: &'static str) -> Self {
        let form = |form: &'static str| match form.strip_suffix('*') {
            Some(opening) => Form::Opening(opening),
            None => Form::Whole(form),
        };
        let forms = |forms: &'static str| forms.split('|').map(form).collect();
        let step = |step: &'static str| match step.as_bytes().first() {
            Some(b'~') => Step::Gap,
            Some(b'!') => Step::Other(forms(&step[1..])),
            Some(b'-') => Step::Glued(forms(&step[1..])),
            _ => Step::Word(forms(step)),
        };
        Self(written.split('_').map(step).collect())
    }

    /// The bytes its first word may begin with; nothing if that is any.
    fn first_bytes(&self) -> Option<BTreeSet<u8>> {
        let (Step::Word(forms) | Step::Glued(forms)) = self.0.first()? else {
            return None;
        };
        forms
            .iter()
            .map(|form| match form {
                Form::Whole(word) | Form::Opening(word) => word.as_bytes().first().copied(),
            })
            .collect()
    }

    /// How many words it takes from `words[at]` on, if it stands there.
    pub fn at(&self, words: &[Word], at: usize) -> Option<usize> {
        let after = words.get(at..)?;
        match self.0.split_first() {
            // Nothing before the first word is another word too.
            Some((Step::Other(_), rest)) if at == 0 => taken(rest, after).or_else(|| taken(&self.0, after)),
            _ => taken(&self.0, after),
        }
    }
}

fn taken(steps: &[Step], words: &[Word]) -> Option<usize> {
    match steps.split_first() {
        None => Some(0),
        Some((Step::Gap, rest)) => {
            (0..=GAP.min(words.len())).find_map(|gap| taken(rest, &words[gap..]).map(|taken| gap + taken))
        }
        Some((step, rest)) => {
            let (word, after) = words.split_first()?;
            let fits = |forms: &[Form]| {
                forms.iter().any(|form| match form {
                    Form::Whole(whole) => word.lower == *whole,
                    Form::Opening(opening) => word.lower.starts_with(opening),
                })
            };
            let stands = match step {
                Step::Word(forms) => fits(forms),
                Step::Glued(forms) => word.glued && fits(forms),
                Step::Other(forms) => !fits(forms),
                Step::Gap => true,
            };
            if !stands {
                return None;
            }
            taken(rest, after).map(|taken| 1 + taken)
        }
    }
}

/// Phrases of which any will do, by the first byte of their first word; those that may begin with any word apart.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Phrases {
    all: Vec<Phrase>,
    by_byte: HashMap<u8, Vec<usize>>,
    by_any: Vec<usize>,
}

impl Phrases {
    /// Reads phrases with white space between them.
    pub fn new(written: &'static str) -> Self {
        let mut phrases = Self::default();
        phrases.add(written);
        phrases
    }

    /// Reads phrases of whole words with `|` between them: `final_answer|answer`.
    pub fn alternatives(written: &'static str) -> Self {
        let mut phrases = Self::default();
        written
            .split('|')
            .for_each(|phrase| phrases.push(Phrase::new(phrase)));
        phrases
    }

    /// Adds more of them.
    pub fn add(&mut self, written: &'static str) {
        written
            .split_whitespace()
            .for_each(|phrase| self.push(Phrase::new(phrase)));
    }

    fn push(&mut self, phrase: Phrase) {
        let at = self.all.len();
        match phrase.first_bytes() {
            Some(bytes) => {
                for byte in bytes {
                    self.by_byte.entry(byte).or_default().push(at);
                }
            }
            None => self.by_any.push(at),
        }
        self.all.push(phrase);
    }

    /// How many words the longest phrase at `words[at]` takes.
    pub fn at(&self, words: &[Word], at: usize) -> Option<usize> {
        let first = words.get(at)?.lower.as_bytes().first()?;
        let named = self.by_byte.get(first).into_iter().flatten();
        named
            .chain(&self.by_any)
            .filter_map(|&phrase| self.all[phrase].at(words, at))
            .max()
    }

    /// Where the first phrase stands: the first word and the one after the last.
    pub fn find(&self, words: &[Word]) -> Option<(usize, usize)> {
        (0..words.len()).find_map(|at| self.at(words, at).map(|taken| (at, at + taken)))
    }

    /// Whether one of them stands anywhere.
    pub fn stand_in(&self, words: &[Word]) -> bool {
        self.find(words).is_some()
    }

    /// How often one of them stands there.
    pub fn count(&self, words: &[Word]) -> usize {
        (0..words.len())
            .filter(|at| self.at(words, *at).is_some())
            .count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(phrases: &'static str, text: &str) -> Option<String> {
        let words = words(text, Span::new(0, text.len()));
        let (first, after) = Phrases::new(phrases).find(&words)?;
        Some(text[words[first].span.start..words[after - 1].span.end].to_owned())
    }

    #[test]
    fn phrases_are_found_with_their_gaps_and_endings() {
        let text = "Sure! Here’s the English translation of it.";
        assert_eq!(
            found("here_s|is_~_translat*", text).unwrap(),
            "Here’s the English translation"
        );
        assert_eq!(found("sure", text).unwrap(), "Sure");
        assert_eq!(found("here_translat* translation", text).unwrap(), "translation");
        assert_eq!(found("translat", text), None);
        assert_eq!(found("here_~_it", text), None, "more than a gap");
        assert_eq!(found("it_~", "it"), Some("it".to_owned()));
        assert_eq!(found("peut_-être", "Peut être, peut-être").unwrap(), "peut-être");
        assert_eq!(
            found("selon_!lequel", "selon lequel, selon lui").unwrap(),
            "selon lui"
        );
    }
}
