//! Words that come again and again, as a model caught in a loop writes them.
//!
//! In: a French segment and its English. Out: at most one finding, at the run that repeats. Law: what the French repeats
//! as often, the English may.

use crate::finding::{Code, Finding, Spot};
use crate::span::Span;

/// The longest run of words, in words, that is looked at as the period of a loop.
const LONGEST_PERIOD: usize = 48;

/// Words that come again and again, as a model caught in a loop writes them, and as the French does not.
pub(super) fn repetition(source: &str, target: &str) -> Option<Finding> {
    let (span, times) = looping(target)?;
    // A refrain of the French may be one in English.
    if looping(source).is_some_and(|(_, french)| french >= times) {
        return None;
    }
    let message = format!("the English repeats itself {times} times here");
    Some(Finding::new(
        Code::TextChatter,
        None,
        Some(Spot::new(target, span)),
        message,
    ))
}

/// The first run that repeats its words without a pause: four times, or more for a short one, and how often.
fn looping(text: &str) -> Option<(Span, usize)> {
    let base = text.as_ptr() as usize;
    let words: Vec<&str> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    for period in 1..=LONGEST_PERIOD.min(words.len() / 3) {
        let mut run = 0;
        for at in period..words.len() {
            run = if words[at] == words[at - period] {
                run + 1
            } else {
                0
            };
            let times = run / period + 1;
            // `Non, non, non` and `très, très, très` are style, and so are figures in a row.
            let enough = if period == 1 {
                8
            } else if period < 4 {
                5
            } else {
                3
            };
            let lettered = words[at - period + 1..=at]
                .iter()
                .any(|word| word.starts_with(char::is_alphabetic));
            if times >= enough && run % period == 0 && lettered {
                let (first, last) = (words[at + 1 - period * times], words[at]);
                let start = first.as_ptr() as usize - base;
                return Some((
                    Span::new(start, last.as_ptr() as usize - base + last.len()),
                    times,
                ));
            }
        }
    }
    None
}
