//! A sentence turned round: a rise told as a fall, a yes as a no, a lot as a little.
//!
//! In: a claim. Out: findings (`figure.direction`). A word of one side of a row of `data/opposites.toml` turns the sentence
//! round where the passages say the other side of the same things: that word is near what is near the English one. A word
//! of its own side that is as near explains it, and so does a word of the French that the dictionary knows to say it. Laws:
//! what is denied on either side proves nothing; a French opposite that another word of the sentence says is that word's.

use super::poles::{self, Pole};
use super::words::Words;
use super::{Claim, near};
use crate::finding::{Code, Finding};
use crate::span::Span;

/// From here on two places speak of the same things: two words near both, one of them beside.
const CLOSE: u32 = 12;

/// What the opposite must be nearer by than a word that explains.
const MARGIN: u32 = 6;

pub(super) fn check(claim: &Claim<'_>) -> Vec<Finding> {
    let english = poles::in_english(claim.sentence);
    if english.is_empty() {
        return Vec::new();
    }
    let french = poles::in_french(claim.source, &claim.french.words, &english);
    let mut findings = Vec::new();
    for pole in english.iter().filter(|pole| !is_idle(claim, pole)) {
        if is_turned(claim, pole, &english, &french) {
            let message = format!(
                "“{}” is the opposite of what the passages say.",
                pole.span.of(claim.sentence)
            );
            let spot = claim.spot(pole.span);
            findings.push(Finding::new(Code::FigureDirection, None, Some(spot), message));
        }
    }
    findings
}

fn is_turned(claim: &Claim<'_>, pole: &Pole, english: &[Pole], french: &[Pole]) -> bool {
    let opposites = || {
        let listed = french
            .iter()
            .filter(|other| other.is_listed && other.is_opposite(pole));
        listed.filter(|other| counts(claim, other, pole, english))
    };
    // What is said of a figure stands beside it in both.
    if let Some(figure) = figure(claim, pole.span) {
        let is_here = |other: &&Pole| is_beside(claim.source, other.span, figure);
        if french
            .iter()
            .filter(|other| other.is_alike(pole))
            .any(|other| is_here(&other))
        {
            return false;
        }
        if pole.is_course() && opposites().any(|other| is_here(&other)) {
            return true;
        }
    }
    let Some(turned) = opposites()
        .map(|other| claim.closeness(other.span, pole.span))
        .max()
    else {
        return false;
    };
    let explained = explained(claim, pole, french);
    if pole.is_degree() && !has_same_neighbour(claim, pole, opposites(), (english, french)) {
        return false;
    }
    turned >= CLOSE
        && explained.is_none_or(|explained| turned * 2 >= explained * 3 && turned >= explained + MARGIN)
}

/// Whether an English word says nothing of its row here: a name, a denial.
fn is_idle(claim: &Claim<'_>, pole: &Pole) -> bool {
    let word = pole.span.of(claim.sentence);
    // *Los* is no *lose*.
    let is_name = pole.span.start > 0
        && word.starts_with(char::is_uppercase)
        && claim.sentence[..pole.span.start]
            .trim_end()
            .ends_with(|c: char| c.is_alphanumeric() || c == ',');
    // *1.1 points above*: a distance the sentence has worked out may be told from either end.
    let is_own_distance = claim.english_figures.iter().any(|figure| {
        figure.span.end <= pole.span.start
            && is_beside(claim.sentence, figure.span, pole.span)
            && !claim
                .shared
                .iter()
                .any(|(_, english)| figure.span.overlaps(*english))
    });
    // *Declined to say*: refused.
    is_name || is_own_distance || is_denied(claim.sentence, pole)
}

/// So many words from *more* may stand what there is more of.
const DEGREE_REACH: u32 = 4;

/// *Less crowded*, `moins fréquenté`: a degree is of what stands beside it, in its clause.
fn has_same_neighbour<'p>(
    claim: &Claim<'_>,
    pole: &Pole,
    mut others: impl Iterator<Item = &'p Pole>,
    (english, french): (&[Pole], &[Pole]),
) -> bool {
    let beside = |text: &str, words: &Words, place: Span| -> Vec<usize> {
        let near = near(words, place).into_iter();
        near.filter(|(distance, at)| {
            *distance <= DEGREE_REACH && is_one_clause(text, words.words[*at].span, place)
        })
        .map(|(_, at)| at)
        .collect()
    };
    let theirs = beside(claim.sentence, &claim.english, pole.span);
    let behind = |text: &str, pole: &Pole, other: &Pole| {
        other.span.start >= pole.span.end && is_beside(text, pole.span, other.span)
    };
    others.any(|other| {
        let of = english.iter().filter(|its| behind(claim.sentence, pole, its));
        let is_of_pole = of.clone().any(|its| {
            let ours = french.iter().filter(|ours| behind(claim.source, other, ours));
            ours.clone().any(|ours| ours.is_alike(its))
        });
        is_of_pole
            || beside(claim.source, &claim.french, other.span)
                .iter()
                .any(|ours| {
                    theirs
                        .iter()
                        .any(|at| claim.french.words[*ours].says(&claim.english.words[*at]))
                })
    })
}

/// The French of a figure beside an English word.
fn figure(claim: &Claim<'_>, word: Span) -> Option<Span> {
    let is_figure = |span: Span| {
        claim
            .english_figures
            .iter()
            .any(|figure| figure.span.overlaps(span))
    };
    let beside = claim
        .shared
        .iter()
        .filter(|(_, english)| is_figure(*english) && is_beside(claim.sentence, word, *english));
    beside.map(|(french, _)| *french).next()
}

/// Whether few words, and no clause, part two places.
fn is_beside(text: &str, one: Span, other: Span) -> bool {
    between(text, one, other).split_whitespace().count() <= BESIDE && is_one_clause(text, one, other)
}

fn is_one_clause(text: &str, one: Span, other: Span) -> bool {
    !between(text, one, other).contains([',', ';', ':', '.', '('])
}

fn between(text: &str, one: Span, other: Span) -> &str {
    let (first, second) = if one.start < other.start {
        (one, other)
    } else {
        (other, one)
    };
    text.get(first.end..second.start).unwrap_or_default()
}

/// So many words part a figure from what is said of it.
const BESIDE: usize = 2;

/// How near the nearest French stands that says the word itself.
fn explained(claim: &Claim<'_>, pole: &Pole, french: &[Pole]) -> Option<u32> {
    let near = |span: Span| claim.closeness(span, pole.span);
    let opposites = || {
        french
            .iter()
            .filter(|other| other.is_listed && other.is_opposite(pole))
    };
    let alike = french.iter().filter(|other| other.is_alike(pole));
    // A word of the dictionary that merely shares an answer with one of its side counts half.
    let alike = alike.map(|other| near(other.span) / if other.is_listed { 1 } else { 2 });
    let denied = opposites().filter(|other| is_denied_in_french(claim.source, other));
    // Of a phrase its first word.
    let at = claim.english.within(pole.span).take(1);
    let answers = claim.french.words.iter().filter(|word| {
        at.clone().any(|at| {
            let english = &claim.english.words[at];
            word.says(english) || word.may_say(english)
        })
        // `Un peu plus`: a little more.
        && !opposites().any(|other| other.span.overlaps(Span::new(word.span.start, word.span.end + 2)))
    });
    let answers = answers.map(|word| near(word.span));
    alike
        .chain(denied.map(|other| near(other.span)))
        .chain(answers)
        .max()
}

/// Whether a French word is said of something, and is not what another word of the sentence says.
fn counts(claim: &Claim<'_>, opposite: &Pole, pole: &Pole, english: &[Pole]) -> bool {
    if is_denied_in_french(claim.source, opposite) {
        return false;
    }
    let near = claim.closeness(opposite.span, pole.span);
    let is_nearer = |span: Span| claim.closeness(opposite.span, span) >= near;
    let is_of = |at: usize| {
        let french = &claim.french.words[at];
        claim.english.words.iter().any(|word| {
            claim.is_shared(french.span, word.span)
                || !word.span.overlaps(pole.span)
                    && french.says(word)
                    && is_nearer(word.span)
                    && !english
                        .iter()
                        .any(|other| other.is_phrase && other.span.overlaps(word.span))
        })
    };
    !claim.french.within(opposite.span).any(is_of)
        && !english
            .iter()
            .any(|other| opposite.is_alike(other) && is_nearer(other.span))
}

/// A denial in the few words before a place, or right behind it, makes the opposite right.
fn is_denied(text: &str, pole: &Pole) -> bool {
    let is_denial = |word: &str| {
        matches!(
            word,
            "not"
                | "no"
                | "never"
                | "without"
                | "nor"
                | "neither"
                | "cannot"
                | "less"
                | "hardly"
                | "barely"
                | "none"
        ) || word.ends_with("n't")
            || word.ends_with("n’t")
    };
    let is_apart = |c: char| !c.is_alphanumeric() && c != '\'' && c != '’';
    let words = |part: &str| -> Vec<String> {
        let words = part.split(is_apart).filter(|word| !word.is_empty());
        words.map(str::to_lowercase).collect()
    };
    let is_break = |c: char| matches!(c, ',' | ';' | ':' | '(' | ')' | '—' | '–');
    let (before, after) = (&text[..pole.span.start], &text[pole.span.end..]);
    let before = words(before.rsplit(is_break).next().unwrap_or_default());
    let after = words(after.split(is_break).next().unwrap_or_default());
    before
        .iter()
        .rev()
        .take(DENIED_BEFORE)
        .any(|word| is_denial(word))
        || after
            .iter()
            .take(DENIED_AFTER)
            .any(|word| word == "not" || word.ends_with("n't") || word.ends_with("n’t"))
}

/// So many words before a word its denial may stand, and so many behind.
const DENIED_BEFORE: usize = 6;
const DENIED_AFTER: usize = 2;

/// `N'ont pas réussi`, `sans succès`, `moins cher`, `peu élevé`: a denial in the few words before a place.
fn is_denied_in_french(text: &str, pole: &Pole) -> bool {
    let before =
        text[..pole.span.start].trim_end_matches(|c: char| !c.is_whitespace() && !matches!(c, '\'' | '’'));
    let words = before
        .split(|c: char| c.is_whitespace() || matches!(c, '\'' | '’'))
        .filter(|word| !word.is_empty());
    let words: Vec<String> = words.rev().take(DENIAL_REACH).map(str::to_lowercase).collect();
    let is_little =
        words.first().is_some_and(|word| word == "peu") && words.get(1).is_none_or(|word| word != "un");
    is_little
        || words.iter().any(|word| {
            matches!(
                word.as_str(),
                "ne" | "n"
                    | "pas"
                    | "sans"
                    | "ni"
                    | "aucun"
                    | "aucune"
                    | "non"
                    | "jamais"
                    | "guère"
                    | "moins"
            )
        })
}

/// So many words before a verb or a noun a denial may stand.
const DENIAL_REACH: usize = 4;
