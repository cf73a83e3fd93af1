//! Reservations of the French that the English does not have.

use super::conditional::is_conditional;
use super::words::CLAIMS;
use crate::span::Span;
use crate::word::Word;

/// Verbs whose conditional is a politeness, a wish or a rule rather than a reservation, by their stems.
const POLITE: &[&str] = &[
    "aimer",
    "dir",
    "faudr",
    "préférer",
    "saur",
    "souhaiter",
    "vaudr",
    "voudr",
];

/// The spots of the French whose reservation has no trace in the English. At most one: the others of the sentence mostly
/// say the same again.
pub(super) fn lost(french: &[Word<'_>], english: &[Word<'_>]) -> Option<Span> {
    let claims = &*CLAIMS;
    let marked = claims.hedges.that_may_stand_in(french).filter_map(|row| {
        let (first, after) = row.french.find(french)?;
        Some((first, after, Some(&row.english)))
    });
    let conditional = conditional(french).map(|at| (at, at + 1, None));
    let mut marks: Vec<_> = marked.chain(conditional).collect();
    if marks.is_empty() {
        return None;
    }
    // One free trace serves for all: *allegedly* for `aurait` beside `selon`.
    let traced = claims
        .hedge_traces
        .that_may_stand_in(english)
        .any(|trace| !trace.free(french, english).is_empty());
    if traced {
        return None;
    }
    marks.sort_by_key(|(first, ..)| *first);
    marks.into_iter().find_map(|(first, after, answers)| {
        let kept = match answers {
            Some(answers) => answers.stand_in(english),
            None => {
                claims.conditional.stand_in(english)
                    || (follows(&french[..first], OPENERS) && claims.reported.stand_in(english))
            }
        };
        (!kept).then(|| Span::new(french[first].span.start, french[after - 1].span.end))
    })
}

/// The first conditional that reserves judgement.
fn conditional(french: &[Word<'_>]) -> Option<usize> {
    french.iter().enumerate().position(|(at, word)| {
        let stem = word
            .lower
            .strip_suffix("aient")
            .or_else(|| word.lower.strip_suffix("ait"));
        is_conditional(&word.lower)
            // In a dependent clause the conditional of other verbs is mostly the future seen from the past.
            && (matches!(stem, Some("aur" | "ser")) || !(follows(&french[..at], OPENERS) || follows(&french[..at], RELATIVE)))
            // Those have rows of their own.
            && !matches!(&*word.lower, "pourrait" | "pourraient" | "devrait" | "devraient" | "semblerait" | "sembleraient")
            && !stem.is_some_and(|stem| POLITE.contains(&stem))
    })
}

/// What opens a reported clause or a condition.
const OPENERS: &[&str] = &["que", "qu", "s", "si"];
/// What opens another dependent clause.
const RELATIVE: &[&str] = &["dont", "laquelle", "lequel", "où", "quand", "qui"];

/// Whether a clause opened by one of `openers` is under way after these words.
fn follows(before: &[Word<'_>], openers: &[&str]) -> bool {
    before
        .iter()
        .rev()
        .take(12)
        .any(|word| openers.contains(&&*word.lower))
}
