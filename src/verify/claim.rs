//! How surely a thing is said, and whether it is denied; and whether words are still given as somebody's own.
//!
//! In: a French segment and its English. Out: warnings, never errors: both languages have more ways to hedge, deny and
//! report speech than any list, so an absence is worth a look and proves nothing.
//!
//! Rules: the French conditional of hearsay (`aurait détourné`, *is said to have embezzled*) wants some word of
//! reservation in the English of the same sentence; `ne … pas` and its kin want some word of denial; a quotation of
//! several words wants quotation marks.
//!
//! # Not done
//! A denial that moved to another word of the same sentence, a hedge that weakens another claim: any one serves.

use std::sync::LazyLock;

use serde::Deserialize;

use super::text::sentence_pairs;
use crate::finding::{Code, Finding, Spot};
use crate::span::Span;

/// Checks the reservations, denials and quotation marks of one segment against its translation. All are warnings.
#[must_use]
pub fn check(source: &str, target: &str) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (french, english) in sentence_pairs(source, target) {
        let words = words(source, french);
        let lists = &*CLAIMS;
        let mut warn = |code, spot: Span, message: &str| {
            let (source, target) = (Spot::new(source, spot), Spot::new(target, english));
            findings.push(Finding::new(code, Some(source), Some(target), message).as_warning());
        };
        if let Some(spot) = hearsay(&words)
            && !has_any(english.of(target), &lists.hedges)
        {
            warn(
                Code::ClaimHedge,
                spot,
                "the French reports this, the English states it",
            );
        }
        if let Some(spot) = denial(&words, french.of(source))
            && !has_any(english.of(target), &lists.denials)
        {
            warn(
                Code::ClaimNegation,
                spot,
                "the French denies this; no word of the English does",
            );
        }
    }
    findings.extend(quotation(source, target));
    findings
}

/// The words of a sentence, in lower case, with their spans.
fn words(text: &str, sentence: Span) -> Vec<(Span, String)> {
    let base = text.as_ptr() as usize;
    sentence
        .of(text)
        .split(|c: char| !c.is_alphabetic())
        .filter(|word| !word.is_empty())
        .map(|word| {
            let start = word.as_ptr() as usize - base;
            (Span::new(start, start + word.len()), word.to_lowercase())
        })
        .collect()
}

/// A conditional of hearsay: `aurait` or `serait` with a participle, in a sentence without a condition (`si`) and
/// without a verb that makes it a wish or a future in the past (`a déclaré qu'il serait élu`).
fn hearsay(words: &[(Span, String)]) -> Option<Span> {
    let is = |word: &str, list: &[&str]| list.contains(&word);
    let conditional = words.iter().any(|(_, word)| {
        is(
            word,
            &["si", "s", "sinon", "sans", "pourrait", "devrait", "que", "qu"],
        )
    });
    let at = words
        .iter()
        .position(|(_, word)| is(word, &["aurait", "auraient", "serait", "seraient"]))?;
    let participle = words[at + 1..].iter().take(3).find(|(_, word)| {
        let ends = [
            "é", "ée", "és", "ées", "i", "is", "it", "ie", "ies", "u", "us", "ue", "ues", "ert", "erte",
            "ort", "orte",
        ];
        word.chars().count() > 3
            && ends.iter().any(|end| word.ends_with(end))
            && !is(
                word,
                &["aussi", "ainsi", "parmi", "plus", "puis", "depuis", "jamais"],
            )
    })?;
    (!conditional).then(|| Span::new(words[at].0.start, participle.0.end))
}

/// `ne` with its second word. A question in the negative (`N'est-il pas… ?`) expects a yes and is passed over, and so is `ne … que`.
fn denial(words: &[(Span, String)], sentence: &str) -> Option<Span> {
    const SECOND: &[&str] = &[
        "pas",
        "plus",
        "jamais",
        "rien",
        "aucun",
        "aucune",
        "personne",
        "ni",
        "guère",
        "nul",
        "nulle",
        "nullement",
    ];
    if sentence
        .trim_end_matches(['»', '"', '”', ' ', '\u{a0}', '\u{202f}'])
        .ends_with('?')
    {
        return None;
    }
    words.iter().enumerate().find_map(|(at, (first, word))| {
        if word != "ne" && word != "n" {
            return None;
        }
        let (second, _) = words[at + 1..]
            .iter()
            .take(6)
            .find(|(_, word)| SECOND.contains(&word.as_str()))?;
        let alone = words[at + 1..]
            .iter()
            .take_while(|(span, _)| span.end <= second.end)
            .all(|(_, word)| word != "que" && word != "seulement");
        // `ne … pas que`, `pas seulement`: more than that, no denial of it.
        let after = words
            .iter()
            .find(|(span, _)| span.start > second.end)
            .map(|(_, word)| word.as_str());
        (alone && !matches!(after, Some("que" | "qu" | "seulement" | "uniquement" | "moins")))
            .then(|| Span::new(first.start, second.end))
    })
}

/// A quotation of at least this many words is somebody's speech; a shorter one may be a word held with tongs.
const SPEECH: usize = 5;

/// The first French quotation, if the English has no quotation mark at all.
fn quotation(source: &str, target: &str) -> Option<Finding> {
    let marked = target.contains(['"', '“', '”', '«', '»', '‘', '„'])
        || target.contains("''")
        || target.contains(" '")
        || target.starts_with('\'')
        || target.contains('`');
    if marked {
        return None;
    }
    let (open, mark) = source.match_indices(['«', '“', '"']).next()?;
    let start = open + mark.len();
    let close = source[start..].find(['»', '”', '"']).map(|at| start + at)?;
    let speech = source[start..close]
        .split_whitespace()
        .filter(|word| word.contains(char::is_alphabetic))
        .count()
        >= SPEECH;
    let span = Span::new(
        open,
        close + source[close..].chars().next().map_or(0, char::len_utf8),
    );
    speech.then(|| {
        let message = "the French gives this as a quotation, the English has no quotation marks";
        Finding::new(Code::QuoteAltered, Some(Spot::new(source, span)), None, message).as_warning()
    })
}

struct Claims {
    hedges: Vec<&'static str>,
    denials: Vec<&'static str>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File<'a> {
    #[serde(borrow)]
    hedges: &'a str,
    #[serde(borrow)]
    denials: &'a str,
}

/// Parsed once; `the_lists_are_sound` proves that this `expect` cannot fire.
static CLAIMS: LazyLock<Claims> = LazyLock::new(|| {
    let file: File<'static> =
        toml::from_str(include_str!("../../data/claims.toml")).expect("data/claims.toml is valid");
    Claims {
        hedges: file.hedges.split_whitespace().collect(),
        denials: file.denials.split_whitespace().collect(),
    }
});

/// Whether a text has a word that opens as one of `openings` says.
fn has_any(text: &str, openings: &[&str]) -> bool {
    text.split(|c: char| !c.is_alphabetic() && c != '-').any(|word| {
        let word = word.to_lowercase();
        openings.iter().any(|opening| match opening.strip_suffix('.') {
            Some(whole) => word == whole,
            None => word.starts_with(opening),
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_sound() {
        for list in [&CLAIMS.hedges, &CLAIMS.denials] {
            assert!(list.is_sorted_by(|a, b| a < b), "sorted, no duplicate");
            assert!(list.iter().all(|word| *word == word.to_lowercase()));
        }
    }
}
