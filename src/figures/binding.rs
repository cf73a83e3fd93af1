//! Two figures of a sentence that have changed places: every value survived, but each stands where the other should.
//!
//! In: both texts, and figures that were matched by value. Out: the pairs that look exchanged. Law: an exchange is told
//! by the words around the figures, never by the order alone, since translators move phrases with their figures.
//!
//! Only figures whose order is turned round are weighed: an exchange that restores the order of the French would need a
//! translator who turned it round as well.
//!
//! The words that both texts share (names, cognates, `data/neighbours.toml`, other figures) are anchors. In a true
//! translation an anchor stands near the same figure in both texts; after an exchange it stands near the other one.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::fold::{key_of, prefix};
#[allow(clippy::wildcard_imports, reason = "a vocabulary: one name a word")]
use super::keys::*;
use super::token::{Shape, Token, Tokens};
use super::words::{Cue, ENGLISH, FRENCH, Numeral};
use crate::span::Span;

/// A figure of the French and the one that has its value in the English.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bound {
    pub ours: Span,
    pub theirs: Span,
    /// Only figures of one sort can be told apart by their neighbours alone.
    pub sort: u8,
    /// What marks each side besides its value.
    pub marks: (Marks, Marks),
    /// It may be one of an exchanged pair: unique on both sides.
    pub movable: bool,
}

/// What a figure has about it besides its value: unit, class, scale word, bound, and whether it is where something
/// arrived (`à 1 983 points`, to 1,983 points).
pub(super) type Marks = [u32; 5];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    neighbour: Vec<Row>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    fr: String,
    en: String,
}

/// The usual translations of the words beside figures.
static NEIGHBOURS: LazyLock<HashMap<u128, Vec<u128>>> = LazyLock::new(|| {
    let file: File = toml::from_str(include_str!("../../data/neighbours.toml"))
        .expect("data/neighbours.toml is valid: a test reads it");
    let mut neighbours: HashMap<u128, Vec<u128>> = HashMap::new();
    let both = |word: &str| [key_of(word), key_of(&format!("{word}s"))];
    for row in &file.neighbour {
        for french in row.fr.split(' ').flat_map(both) {
            neighbours
                .entry(french)
                .or_default()
                .extend(row.en.split(' ').flat_map(both));
        }
    }
    neighbours
});

/// A word that stands in both texts.
struct Anchor {
    ours: usize,
    theirs: usize,
    weight: f64,
}

// The weights below were fitted to some thousands of human translations, clean and with exchanged figures; they are
// rounded, since nothing hangs on their last digit.

/// So many votes for an exchange, and so many times those against, are needed.
const LEAST: f64 = 0.25;
const TIMES: f64 = 1.0;
/// What goes before a figure is a little further than what follows it.
const BEFORE: f64 = 1.05;
/// A comma or a parenthesis between a word and a figure, another figure, a preposition that opens the figure's phrase.
const COMMA: f64 = 0.6;
const FIGURE: f64 = 2.7;
const PREPOSITION: f64 = 1.0;
/// From this difference of distances on it is clear whose neighbour a word is.
const CLEAR: f64 = 2.7;
/// A vote fades with the distance of the word from the nearer figure.
const REACH: f64 = 2.1;
const FADING: f64 = 1.6;
/// A word said as often in both texts, taken in order.
const REPEATED: f64 = 0.7;
/// A unit or a class that went to the other figure, or stayed; a scale word, a bound, a preposition weigh less.
const MARK_CROSSED: f64 = 0.64;
const MARK_STRAIGHT: f64 = 1.1;
const MINOR_MARK: f64 = 0.7;

/// Beyond so many tokens a text is not read for exchanges: nobody can tell there.
const LONGEST: usize = 600;
/// At most so many figures of one text are weighed against each other.
const MOST: usize = 24;

/// The pairs of `bound` (by index) that stand in each other's place.
pub(super) fn exchanged(
    source: &str,
    target: &str,
    bound: &[Bound],
    told_apart: impl Fn(usize, usize) -> bool,
) -> Vec<(usize, usize)> {
    let movable: Vec<usize> = (0..bound.len())
        .filter(|at| bound[*at].movable)
        .take(MOST)
        .collect();
    let pairs: Vec<(usize, usize)> = movable
        .iter()
        .enumerate()
        .flat_map(|(rank, a)| movable[rank + 1..].iter().map(move |b| (*a, *b)))
        .filter(|(a, b)| {
            let (one, other) = (&bound[*a], &bound[*b]);
            let turned = (one.ours.start < other.ours.start) != (one.theirs.start < other.theirs.start);
            turned && one.sort == other.sort && !told_apart(*a, *b)
        })
        .collect();
    if pairs.is_empty() || source.len() > LONGEST * 12 || target.len() > LONGEST * 12 {
        return Vec::new();
    }
    let (ours, theirs) = (Tokens::of(source, &FRENCH).all, Tokens::of(target, &ENGLISH).all);
    if ours.len() > LONGEST || theirs.len() > LONGEST {
        return Vec::new();
    }
    let anchors = anchors(source, target, &ours, &theirs, bound);
    let places = places(&ours, bound.iter().map(|bound| bound.ours));
    let spots = places_in(&theirs, bound);
    let mut found: Vec<(f64, usize, usize)> = pairs
        .into_iter()
        .filter_map(|(a, b)| {
            let mut votes = votes(
                &anchors,
                (&ours, places[a], places[b]),
                (&theirs, spots[a], spots[b]),
            );
            votes.count_marks(bound[a].marks, bound[b].marks);
            votes.verdict().map(|score| (score, a, b))
        })
        .collect();
    found.sort_by(|x, y| y.0.total_cmp(&x.0));
    let mut taken = vec![false; bound.len()];
    let mut exchanged = Vec::new();
    for (_, a, b) in found {
        if !taken[a] && !taken[b] {
            taken[a] = true;
            taken[b] = true;
            exchanged.push((a, b));
        }
    }
    exchanged
}

fn places_in(theirs: &[Token], bound: &[Bound]) -> Vec<(usize, usize)> {
    places(theirs, bound.iter().map(|bound| bound.theirs))
}

/// The first token of each span and the one after its last.
fn places(tokens: &[Token], spans: impl Iterator<Item = Span>) -> Vec<(usize, usize)> {
    spans
        .map(|span| {
            let first = tokens.partition_point(|token| token.end <= span.start);
            let end = tokens.partition_point(|token| token.start < span.end);
            (first, end.max(first + 1))
        })
        .collect()
}

/// Votes for figures in their place, and for figures exchanged.
#[derive(Debug, Default)]
struct Votes {
    straight: f64,
    crossed: f64,
}

impl Votes {
    /// A unit that stands with the other number is as good as a word that does.
    fn count_marks(&mut self, a: (Marks, Marks), b: (Marks, Marks)) {
        for mark in 0..a.0.len() {
            let (here, there) = ((a.0[mark], b.0[mark]), (a.1[mark], b.1[mark]));
            let f = if mark < 2 { 1.0 } else { MINOR_MARK };
            if here.0 == here.1 || there.0 == there.1 {
                continue;
            }
            if here.0 == there.1 && here.1 == there.0 {
                self.crossed += MARK_CROSSED * f;
            } else if here == there {
                self.straight += MARK_STRAIGHT * f;
            }
        }
    }

    /// How sure an exchange is, if it is sure enough.
    fn verdict(&self) -> Option<f64> {
        (self.crossed >= LEAST && self.crossed > TIMES * self.straight)
            .then_some(self.crossed - self.straight)
    }
}

type Place<'t> = (&'t [Token], (usize, usize), (usize, usize));

fn votes(anchors: &[Anchor], ours: Place<'_>, theirs: Place<'_>) -> Votes {
    let mut votes = Votes::default();
    for anchor in anchors {
        let here = margin(anchor.ours, ours);
        let there = margin(anchor.theirs, theirs);
        let (Some((here, near)), Some((there, near_there))) = (here, there) else {
            continue;
        };
        let strength = anchor.weight
            * (here.abs().min(CLEAR) / CLEAR)
            * (there.abs().min(CLEAR) / CLEAR)
            * ((1.0 + REACH) / (REACH + near.min(near_there))).powf(FADING);
        if (here > 0.0) == (there > 0.0) {
            votes.straight += strength;
        } else {
            votes.crossed += strength;
        }
    }
    votes
}

/// How much nearer the token stands to the first figure than to the second, and how near it is to the nearer.
fn margin(token: usize, (tokens, a, b): Place<'_>) -> Option<(f64, f64)> {
    if (a.0..a.1).contains(&token) || (b.0..b.1).contains(&token) {
        return None;
    }
    let to_a = distance(tokens, token, a);
    let to_b = distance(tokens, token, b);
    Some((to_b - to_a, to_a.min(to_b)))
}

/// How far a word is from a figure: what follows a figure is nearer than what goes before it, and marks part them.
fn distance(tokens: &[Token], token: usize, (first, end): (usize, usize)) -> f64 {
    let (low, high, factor) = if token < first {
        (token + 1, first, BEFORE)
    } else {
        (end, token, 1.0)
    };
    let mut distance = 1.0;
    for between in &tokens[low.min(tokens.len())..high.min(tokens.len())] {
        distance += match between.shape {
            Shape::Word => 1.0,
            Shape::Digits => FIGURE,
            Shape::Mark(';' | '.' | '!' | '?' | ':')
                if !(between.shape == Shape::Mark('.') && between.spaced) =>
            {
                4.0
            }
            Shape::Mark(',' | '(' | ')') => COMMA,
            Shape::Mark(_) => 0.0,
        };
    }
    if token < first
        && matches!(
            tokens[first - 1].key,
            A | CONTRE | ET | AND | TO | AGAINST | VERSUS | PUIS | THEN | COMPARED | FROM
        )
        && token + 1 < first
    {
        distance += PREPOSITION;
    }
    distance * factor
}

/// The words both texts share: names and cognates, usual translations, months, and the figures themselves.
fn anchors(source: &str, target: &str, ours: &[Token], theirs: &[Token], bound: &[Bound]) -> Vec<Anchor> {
    let mut anchors = Vec::new();
    let mut by_key: HashMap<u128, Vec<usize>> = HashMap::new();
    let mut by_prefix: HashMap<u32, Vec<usize>> = HashMap::new();
    for (at, token) in theirs.iter().enumerate() {
        if is_plain_word(token) {
            by_key.entry(token.key).or_default().push(at);
            if let Some(prefix) = prefix(token.key) {
                by_prefix.entry(prefix).or_default().push(at);
            }
        }
    }
    let mut candidates: Vec<Vec<usize>> = vec![Vec::new(); ours.len()];
    for (at, token) in ours.iter().enumerate() {
        if !is_plain_word(token) {
            continue;
        }
        let mut add = |list: &[usize]| candidates[at].extend_from_slice(list);
        if token.end - token.start >= 3
            && let Some(list) = by_key.get(&token.key)
        {
            add(list);
        }
        for english in NEIGHBOURS.get(&token.key).map_or(&[][..], Vec::as_slice) {
            if let Some(list) = by_key.get(english) {
                add(list);
            }
        }
        if let Some(list) = prefix(token.key).and_then(|prefix| by_prefix.get(&prefix)) {
            let word = &source[token.start..token.end];
            let near: Vec<usize> = list
                .iter()
                .copied()
                .filter(|at| are_cognate(word, &target[theirs[*at].start..theirs[*at].end]))
                .collect();
            add(&near);
        }
        candidates[at].sort_unstable();
        candidates[at].dedup();
    }
    // An anchor must be clear: one place in each text, or as many in both, taken in order.
    let mut claims: HashMap<usize, usize> = HashMap::new();
    for list in &candidates {
        for at in list {
            *claims.entry(*at).or_default() += 1;
        }
    }
    let mut groups: HashMap<&[usize], Vec<usize>> = HashMap::new();
    for (at, list) in candidates.iter().enumerate().filter(|(_, list)| !list.is_empty()) {
        groups.entry(list.as_slice()).or_default().push(at);
    }
    for (list, words) in groups {
        if list.len() == words.len() && list.iter().all(|at| claims.get(at) == Some(&words.len())) {
            let weight = if words.len() == 1 { 1.0 } else { REPEATED };
            anchors.extend(words.iter().zip(list).map(|(ours, theirs)| Anchor {
                ours: *ours,
                theirs: *theirs,
                weight,
            }));
        }
    }
    // Months and weekdays are read as figures too; these count most, being said of one figure only.
    for bound in bound.iter().filter(|bound| !bound.movable) {
        let ours_at = ours.partition_point(|token| token.end <= bound.ours.start);
        let theirs_at = theirs.partition_point(|token| token.end <= bound.theirs.start);
        if ours_at < ours.len() && theirs_at < theirs.len() {
            anchors.push(Anchor {
                ours: ours_at,
                theirs: theirs_at,
                weight: 1.0,
            });
        }
    }
    anchors
}

/// A word that is no number, month or day: those are figures.
fn is_plain_word(token: &Token) -> bool {
    token.shape == Shape::Word
        && matches!(token.word.numeral, Numeral::None | Numeral::Implied(_))
        && !matches!(token.word.cue, Cue::Month(_) | Cue::Weekday(_))
        && !matches!(token.key, 0)
}

/// Whether two words look like one another: most of the shorter one opens the longer.
fn are_cognate(french: &str, english: &str) -> bool {
    let (a, b) = (key_of(french).to_le_bytes(), key_of(english).to_le_bytes());
    let (a, b) = (trimmed(&a), trimmed(&b));
    let common = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let shorter = a.len().min(b.len());
    common >= 4 && common * 10 >= shorter * 6
}

fn trimmed(bytes: &[u8]) -> &[u8] {
    let end = bytes.iter().position(|byte| *byte == 0).unwrap_or(bytes.len());
    &bytes[..end]
}

#[cfg(test)]
mod tests {
    use super::{File, are_cognate};

    #[test]
    fn neighbours_are_sorted_and_sound() {
        let file: File = toml::from_str(include_str!("../../data/neighbours.toml")).unwrap();
        assert!(
            file.neighbour
                .windows(2)
                .all(|pair| pair[0].fr.as_bytes() < pair[1].fr.as_bytes()),
            "sorted by `fr`, none twice"
        );
        assert!(
            file.neighbour
                .iter()
                .all(|row| !row.fr.is_empty() && !row.en.is_empty())
        );
    }

    #[test]
    fn words_are_cognate_by_most_of_the_shorter_one() {
        assert!(are_cognate("démocrates", "Democrats") && are_cognate("grammes", "grams"));
        assert!(!are_cognate("contraire", "contemporary") && !are_cognate("pain", "pay"));
    }
}
