//! The names of a sentence of a summary that the article has too, and where the article has them.
//!
//! In: a claim. Out: its actors: runs of capitalised words with which the sentence names someone or something, and every
//! place of the whole article with that name. Law: a run that the article does not have is no actor; `named` judges it.

use super::words::fold;
use super::{BETWEEN, Claim};
use crate::names::NameKind;
use crate::span::Span;

/// A name of the sentence.
pub(super) struct Actor {
    /// Where it stands in the sentence: the words of the name alone, without a title.
    pub english: Span,
    /// The same with a title that has capitals as well.
    pub run: Span,
    /// Every place of it in the whole article.
    pub french: Vec<Span>,
    /// What the article takes it for, where it says so.
    pub kind: Option<NameKind>,
    /// Its words, folded.
    words: Vec<String>,
}

impl Actor {
    /// Folded, in both languages.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.words.iter().map(String::as_str)
    }

    /// Whether a French text has a word of it with its capital.
    pub fn is_in(&self, text: &str) -> bool {
        split(text).any(|(_, word)| word.starts_with(char::is_uppercase) && self.words.contains(&fold(word)))
    }

    /// Whether a French name has a word of this one: a surname, a short form.
    pub fn shares_a_word_with(&self, name: &str) -> bool {
        split(name).any(|(_, word)| self.words.contains(&fold(word)))
    }
}

/// Words inside a name that have no capital.
const PARTICLES: &[&str] = &[
    "al", "ben", "bin", "da", "de", "del", "della", "der", "di", "du", "la", "le", "van", "von",
];

/// In reading order.
pub(super) fn actors(claim: &Claim<'_>) -> Vec<Actor> {
    let whole = &claim.passages.whole;
    let read = claim.passages.read(claim.lexicon);
    let capitals: Vec<(Span, String)> = split(whole)
        .filter(|(_, word)| word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()))
        .map(|(at, word)| (at, fold(word)))
        .collect();
    let mut actors = Vec::new();
    for run in runs(claim.sentence) {
        let mut words: Vec<(Span, String)> = run
            .into_iter()
            .map(|at| (at, fold(at.of(claim.sentence))))
            .collect();
        let start = words.first().map_or(0, |(at, _)| at.start);
        let shared: Vec<Span> = claim
            .shared
            .iter()
            .filter(|(_, english)| words.iter().any(|(at, _)| english.overlaps(*at)))
            .map(|(french, _)| *french)
            .collect();
        // A title is no part of the name: the article has it in French.
        let is_own = |at: &Span, word: &String| {
            claim.shared.iter().any(|(_, english)| english.overlaps(*at))
                || word.chars().count() >= 3 && capitals.iter().any(|(_, capital)| capital == word)
        };
        words.retain(|(at, word)| is_own(at, word));
        let (Some(first), Some(last)) = (words.first(), words.last()) else {
            continue;
        };
        let english = Span::new(first.0.start, last.0.end);
        let spellings: Vec<String> = shared
            .iter()
            .flat_map(|french| split(french.of(claim.source)))
            .filter(|(_, word)| word.starts_with(char::is_uppercase))
            .map(|(_, word)| fold(word))
            .collect();
        let is_name = |word: &String| {
            word.chars().count() >= 2
                && (words.iter().any(|(_, own)| own == word) || spellings.contains(word))
        };
        let french: Vec<Span> = capitals
            .iter()
            .filter(|(_, word)| is_name(word))
            .map(|(at, _)| *at)
            .collect();
        if french.is_empty() {
            continue;
        }
        let kind = read
            .names
            .iter()
            .filter(|name| french.iter().any(|at| name.span.overlaps(*at)))
            .map(|name| name.kind)
            .find(|kind| !matches!(kind, NameKind::Name | NameKind::Common));
        let words = words.into_iter().map(|(_, word)| word).chain(spellings).collect();
        actors.push(Actor {
            run: Span::new(start, english.end),
            english,
            french,
            kind,
            words,
        });
    }
    actors
}

/// Runs of words with a capital; a small word that opens the sentence is none.
fn runs(sentence: &str) -> Vec<Vec<Span>> {
    let mut runs: Vec<Vec<Span>> = Vec::new();
    let mut open = false;
    let mut last_end = 0;
    for (at, word) in split(sentence) {
        let between = &sentence[last_end..at.start];
        let joins = open && between.chars().all(|c| matches!(c, ' ' | '-' | '\u{a0}' | '.'));
        last_end = at.end;
        let is_small = crate::sentence::is_english_word(&word.to_lowercase());
        if word.starts_with(char::is_uppercase) && !is_small {
            match runs.last_mut().filter(|_| joins) {
                Some(run) => run.push(at),
                None => runs.push(vec![at]),
            }
            open = true;
        } else if !(joins && PARTICLES.contains(&word)) {
            open = false;
        }
    }
    runs
}

/// The words of a text with their spans.
pub(super) fn split(text: &str) -> impl Iterator<Item = (Span, &str)> {
    let base = text.as_ptr() as usize;
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(move |word| {
            let start = word.as_ptr() as usize - base;
            (Span::new(start, start + word.len()), word)
        })
}

impl Claim<'_> {
    /// A place of the whole article as a place of the cited passages, where it stands in one of them.
    pub(super) fn in_cited(&self, place: Span) -> Option<Span> {
        let (mut whole, mut cited) = (0, 0);
        for (at, text) in self.passages.texts.iter().enumerate() {
            let is_cited = self.cites.contains(&at);
            if is_cited && whole <= place.start && place.end <= whole + text.len() {
                let start = cited + place.start - whole;
                return Some(Span::new(start, start + place.len()));
            }
            whole += text.len() + BETWEEN.len();
            cited += if is_cited { text.len() + BETWEEN.len() } else { 0 };
        }
        None
    }
}
