//! Which of two places each word of the sentence stands by, here and in the passages.
//!
//! In: a claim, two figures or names of its sentence and a place of each in the passages. Out: how much the words around
//! say that each still stands with its own, and how much that each stands with the other's. Rule: a word of both texts that
//! stands nearer to the one place in the French and nearer to the other in the English votes for an exchange, one that
//! stands nearer to the same in both votes against it, each the more the closer it stands and the clearer it is whose it
//! is; a comma or a conjunction between parts. A word that the French has beside both says nothing.

use super::Claim;
use super::words::{Word, Words};
use crate::span::Span;

/// What is so many words away is as far as can be.
const FAR: i64 = 20;

/// What stands beyond a comma, a conjunction or a mark is so many words farther off.
const PARTED: i64 = 6;

/// What speaks for each order.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Votes {
    /// For things as they are.
    pub straight: i64,
    /// For an exchange.
    pub crossed: i64,
    /// How many words speak for the exchange.
    pub words: usize,
}

/// What a word beside both places may say for no reason.
const NOISE: i64 = 150;

impl Votes {
    /// Whether an exchange is what the words say, by far. One that leaves the order of the French (`is_turned` is false) would
    /// need a writer who turned it round as well.
    pub fn is_exchange(self, is_turned: bool, times: i64, least: i64) -> bool {
        let times = if is_turned { times } else { times * 4 };
        let least = if is_turned { least } else { least.max(2_000) };
        self.crossed >= least
            && self.crossed > times * (self.straight + NOISE)
            && (is_turned || self.words > 1)
    }
}

/// Words for what is left of a whole: whoever turns the two shares round moves them as well.
const COMPLEMENTS: &[&str] = &["other", "others", "remainder", "remaining", "rest"];

pub(super) fn votes(claim: &Claim<'_>, french: [Span; 2], english: [Span; 2]) -> Votes {
    let inside = |at: Span, of: [Span; 2]| of.iter().any(|span| span.overlaps(at));
    let mut votes = Votes::default();
    for (at, word) in claim.english.words.iter().enumerate() {
        if inside(word.span, english) || COMPLEMENTS.contains(&word.folded.as_str()) {
            continue;
        }
        let here = lean(claim.sentence, &claim.english, at, english);
        if here.share == 0 {
            continue;
        }
        let (mut most, mut least) = (0, 0);
        for answer in claim.answers(at) {
            if inside(claim.french.words[answer].span, french) {
                continue;
            }
            let there = lean(claim.source, &claim.french, answer, french);
            let vote = here.share * there.share / (here.near + there.near);
            most = most.max(vote);
            least = least.min(vote);
        }
        let vote = most + least;
        if vote < 0 {
            votes.crossed -= vote;
            votes.words += 1;
        } else {
            votes.straight += vote;
        }
    }
    votes
}

/// How much nearer a word stands to the first of two places than to the second, from -100 to 100, and how near to the nearer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Lean {
    share: i64,
    near: i64,
}

fn lean(text: &str, words: &Words, at: usize, places: [Span; 2]) -> Lean {
    let [a, b] = places.map(|place| distance(text, words, at, place));
    Lean {
        share: 100 * (b - a) / (a + b),
        near: a.min(b),
    }
}

/// In words that carry matter.
fn distance(text: &str, words: &Words, at: usize, place: Span) -> i64 {
    let sentence = words.sentences.get(words.words[at].sentence);
    if !sentence.is_some_and(|sentence| sentence.start <= place.start && place.start < sentence.end) {
        return FAR;
    }
    let inside = words.within(place);
    let apart = if at < inside.start {
        inside.start - at
    } else {
        (at + 1).saturating_sub(inside.end.max(inside.start))
    };
    let here = words.words[at].span;
    let (end, start) = (here.end.min(place.end), here.start.max(place.start));
    let between = text.get(end..start).unwrap_or_default();
    let is_beside = here.end <= place.start && is_apposed(between, &text[place.end..]);
    let parted = if is_beside { 0 } else { joints(between) };
    i64::try_from(apart)
        .unwrap_or(FAR)
        .saturating_add(PARTED * parted)
        .clamp(1, FAR)
}

/// Whether commas or parentheses alone stand around what follows a word: *Odile, 62, and*, `Odile, âgée de 62 ans,`.
fn is_apposed(between: &str, after: &str) -> bool {
    between.trim_start().starts_with([',', '('])
        && after.trim_start().starts_with([',', ')', '.'])
        && between
            .split(|c: char| !c.is_alphanumeric())
            .all(|word| matches!(word, "" | "age" | "aged" | "de" | "âgé" | "âgée"))
}

/// How many commas and conjunctions stand in what lies between two words: `12 euros à Metz et 17 à Lyon`.
fn joints(between: &str) -> i64 {
    const MARKS: [char; 5] = [',', ';', ':', '(', ')'];
    let clauses = between.split_inclusive(MARKS);
    let parting = clauses.filter(|clause| clause.ends_with(MARKS) || has_conjunction(clause));
    i64::try_from(parting.count()).unwrap_or(FAR)
}

/// Whether a text has a conjunction, of either language.
pub(super) fn has_conjunction(text: &str) -> bool {
    const JOINTS: &[&str] = &[
        "against", "alors", "and", "but", "contre", "et", "mais", "or", "ou", "puis", "tandis", "then",
        "versus", "whereas", "while",
    ];
    text.split_whitespace()
        .any(|word| JOINTS.contains(&word.to_lowercase().as_str()))
}

/// How well a place of a French text fits one of the sentence: the words of both beside it, each the more the closer it stands.
/// What both have of names and figures counts in the cited passages alone.
pub(super) fn fit(claim: &Claim<'_>, words: &Words, text: &str, french: Span, english: Span) -> i64 {
    let is_cited = std::ptr::eq(words, &raw const claim.french);
    let near = |at: usize| {
        let word = &claim.english.words[at];
        let says = |answer: &Word| answer.says(word) || is_cited && claim.is_shared(answer.span, word.span);
        let answers = words.words.iter().enumerate();
        let answers = answers.filter(|(_, answer)| !answer.span.overlaps(french) && says(answer));
        let there = answers
            .map(|(answer, _)| distance(text, words, answer, french))
            .min();
        let there = there.filter(|there| *there < FAR)?;
        Some(1_000 / (distance(claim.sentence, &claim.english, at, english) + there))
    };
    (0..claim.english.words.len())
        .filter(|at| !claim.english.words[*at].span.overlaps(english))
        .filter_map(near)
        .sum()
}
