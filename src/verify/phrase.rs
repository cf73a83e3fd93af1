//! Turns of phrase, looked for among the words of a text.
//!
//! In: the words of a passage, and phrases as the data files write them. Out: where one stands. Law: a phrase has few
//! words and gaps are short, so that looking costs no more than the length of the text.
//!
//! A phrase is written as its words with `_` between them, in lower case, without apostrophes and hyphens (`dit_on`,
//! `l_a`). `*` after letters stands for any ending, `|` parts forms of which any will do, `~` is a gap of at most
//! [`GAP`] words. `!` before forms: another word than these; `-` before them: after a hyphen (`peut_-être`).

use std::collections::BTreeSet;

use crate::word::{OPENINGS, Word, opening};

/// How many words may stand at a `~`.
const GAP: usize = 4;

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

    /// The openings that its first word may have; nothing if that is any.
    fn openings(&self) -> Option<BTreeSet<u16>> {
        let (Step::Word(forms) | Step::Glued(forms)) = self.0.first()? else {
            return None;
        };
        forms
            .iter()
            .map(|form| match form {
                Form::Whole(word) => Some(opening(word)),
                // Two letters leave the third open.
                Form::Opening(word) => (word.len() > 2).then(|| opening(word)),
            })
            .collect()
    }

    /// How many words it takes from `words[at]` on, if it stands there.
    pub fn at(&self, words: &[Word<'_>], at: usize) -> Option<usize> {
        let after = words.get(at..)?;
        match self.0.split_first() {
            // Nothing before the first word is another word too.
            Some((Step::Other(_), rest)) if at == 0 => taken(rest, after).or_else(|| taken(&self.0, after)),
            _ => taken(&self.0, after),
        }
    }
}

fn taken(steps: &[Step], words: &[Word<'_>]) -> Option<usize> {
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

/// Phrases of which any will do, by the opening of their first word; those that may begin with any word apart.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Phrases {
    all: Vec<Phrase>,
    /// A bit for each opening that a phrase has: most words of a text stop here.
    sieve: [u64; OPENINGS / 64],
    /// Which phrases have an opening, sorted.
    by_opening: Vec<(u16, usize)>,
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
        match phrase.openings() {
            Some(openings) => {
                for opening in openings {
                    self.sieve[usize::from(opening / 64)] |= 1 << (opening % 64);
                    // Its place among the phrases that are there: to sort them all for each costs more than a run of checks.
                    let place = self.by_opening.partition_point(|other| *other < (opening, at));
                    self.by_opening.insert(place, (opening, at));
                }
            }
            None => self.by_any.push(at),
        }
        self.all.push(phrase);
    }

    /// How many words the longest phrase at `words[at]` takes.
    pub fn at(&self, words: &[Word<'_>], at: usize) -> Option<usize> {
        let opening = words.get(at)?.opening;
        let named = if self.sieve[usize::from(opening / 64)] >> (opening % 64) & 1 == 1 {
            let first = self.by_opening.partition_point(|(other, _)| *other < opening);
            &self.by_opening[first..]
        } else {
            &[]
        };
        named
            .iter()
            .take_while(|(other, _)| *other == opening)
            .map(|(_, phrase)| phrase)
            .chain(&self.by_any)
            .filter_map(|&phrase| self.all[phrase].at(words, at))
            .max()
    }

    /// Where the first phrase stands: the first word and the one after the last.
    pub fn find(&self, words: &[Word<'_>]) -> Option<(usize, usize)> {
        (0..words.len()).find_map(|at| self.at(words, at).map(|taken| (at, at + taken)))
    }

    /// Whether one of them stands anywhere.
    pub fn stand_in(&self, words: &[Word<'_>]) -> bool {
        self.find(words).is_some()
    }

    /// How often one of them stands there.
    pub fn count(&self, words: &[Word<'_>]) -> usize {
        (0..words.len())
            .filter(|at| self.at(words, *at).is_some())
            .count()
    }
}

/// Rows with phrases, of which a text rules most out by how its words begin.
pub(super) struct Rows<T> {
    all: Vec<T>,
    /// For each opening of a word, a bit for each row that has a phrase with it; every 64th row has the same bit.
    by_opening: Vec<u64>,
    /// Those of the rows that have a phrase with any.
    by_any: u64,
}

impl<T> Rows<T> {
    /// Rows that are looked for by the phrases that `phrases` says.
    pub fn new(rows: Vec<T>, phrases: fn(&T) -> &Phrases) -> Self {
        let (mut by_opening, mut by_any) = (vec![0; OPENINGS], 0);
        for (at, row) in rows.iter().enumerate() {
            let (phrases, bit) = (phrases(row), 1_u64 << (at % 64));
            for (opening, _) in &phrases.by_opening {
                by_opening[usize::from(*opening)] |= bit;
            }
            if !phrases.by_any.is_empty() {
                by_any |= bit;
            }
        }
        Self {
            all: rows,
            by_opening,
            by_any,
        }
    }

    /// The rows of which a phrase may stand among these words, in their order.
    pub fn that_may_stand_in(&self, words: &[Word<'_>]) -> impl Iterator<Item = &T> {
        let openings = words
            .iter()
            .map(|word| self.by_opening[usize::from(word.opening)]);
        let may = openings.fold(self.by_any, |may, rows| may | rows);
        let rows = self.all.iter().enumerate();
        rows.filter(move |(at, _)| may >> (at % 64) & 1 == 1)
            .map(|(_, row)| row)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::word::words;

    fn found(phrases: &'static str, text: &str) -> Option<String> {
        let words = words(text);
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
