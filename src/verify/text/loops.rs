//! Words that come again and again, as a model caught in a loop writes them.
//!
//! In: a French segment and its English. Out: at most one finding, at the run that repeats. Law: what the French repeats
//! as often, the English may; figures alone are a table, not a loop.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::finding::{Code, Finding, Spot};
use crate::sentence::sentences;
use crate::span::Span;
use crate::verify::reading::Side;
use crate::word::{Word, words};

/// The first thing that the English repeats and the French does not.
pub(super) fn repetition(source: &Side<'_>, target: &Side<'_>) -> Option<Finding> {
    let (french, english) = (&source.words, &target.words);
    let echoes = Echoes::of(english);
    let may_double = target.text.contains('\n') || has_twins(target);
    let (source, target) = (source.text, target.text);
    // A refrain of the French may be one in English.
    let found = run(english, target, &echoes, enough)
        .filter(|(_, times)| {
            run(french, source, &Echoes::of(french), enough).is_none_or(|(_, refrain)| refrain < *times)
        })
        .or_else(|| {
            may_double
                .then(|| doubled(target))
                .flatten()
                .filter(|(_, times)| most_doubled(source) < *times)
        })
        .or_else(|| {
            stutter(target).filter(|(_, times)| stutter(source).is_none_or(|(_, same)| same * 2 < *times))
        })
        .or_else(|| {
            (echoes.longest >= PHRASE)
                .then(|| redundant(english))
                .flatten()
                .filter(|_| redundant_share(french) * 2 < redundant_share(english))
        })
        .or_else(|| run(english, target, &echoes, twice).filter(|_| !doubles(french)));
    let (span, times) = found?;
    let message = format!("the English repeats itself {times} times here");
    let finding = Finding::new(Code::TextChatter, None, Some(Spot::new(target, span)), message);
    // A word or two written twice are a slip of a keyboard as well.
    let slip = times == 2 && span.of(target).split_whitespace().count() <= 4;
    Some(if slip { finding.as_warning() } else { finding })
}

/// How a text echoes itself: enough to tell that most texts hold no loop.
struct Echoes {
    /// For each period, how many words are the same as the one so many words before, or may be.
    by_period: [usize; LONGEST_PERIOD + 1],
    /// The longest run of words that may all have stood there before.
    longest: usize,
}

impl Echoes {
    fn of(words: &[Word<'_>]) -> Self {
        // So many that two words rarely share one.
        let slots = (words.len() * 8).next_power_of_two();
        // The last word of each slot, and for each word the one before it in its slot; counted from one.
        let (mut last, mut before) = (vec![0_usize; slots], vec![0_usize; words.len()]);
        let (mut by_period, mut longest, mut run) = ([0; LONGEST_PERIOD + 1], 0, 0);
        for (at, word) in words.iter().enumerate() {
            let slot = usize::try_from(word.hash % slots as u64).unwrap_or_default();
            before[at] = std::mem::replace(&mut last[slot], at + 1);
            run = if before[at] > 0 { run + 1 } else { 0 };
            longest = longest.max(run);
            let mut other = before[at];
            while other > 0 && at + 1 - other <= LONGEST_PERIOD {
                by_period[at + 1 - other] += usize::from(words[other - 1].hash == word.hash);
                other = before[other - 1];
            }
        }
        Self { by_period, longest }
    }
}

/// Whether two sentences have the same words, or may have.
fn has_twins(text: &Side<'_>) -> bool {
    let said = |span: &Span| {
        let words = text.within(*span).iter();
        words.fold(0_u64, |said, word| said.rotate_left(7) ^ word.hash)
    };
    let mut said: Vec<u64> = text.sentences.iter().map(said).collect();
    said.sort_unstable();
    said.windows(2).any(|pair| pair[0] == pair[1])
}

/// Whether any run of words follows itself: `chow-chow`, `et la mer monte, et la mer monte`.
fn doubles(words: &[Word<'_>]) -> bool {
    (1..=LONGEST_PERIOD.min(words.len() / 2)).any(|period| {
        let mut run = 0;
        (period..words.len()).any(|at| {
            run = if words[at].lower == words[at - period].lower {
                run + 1
            } else {
                0
            };
            run == period
        })
    })
}

/// The longest run of words, in words, that is looked at as the period of a loop.
const LONGEST_PERIOD: usize = 48;

/// How often a run of words comes without a pause before it is a loop. `Non, non, non` and `très, très, très` are style.
fn enough(period: usize) -> usize {
    match period {
        1 => 5,
        2 => 4,
        _ => 3,
    }
}

/// The same where the French has nothing of the kind: one doubling is enough.
fn twice(_: usize) -> usize {
    2
}

/// Words that English doubles without a fault (*had had*, *that that*), or by which it repeats (*again and again*).
const DOUBLES: &[&str] = &[
    "after", "and", "bye", "by", "do", "far", "go", "ha", "had", "her", "is", "long", "many", "much",
    "never", "no", "or", "really", "so", "that", "to", "upon", "very", "yes", "you",
];

/// The first run that repeats its words without a pause as often as `enough` says for its length, and how often.
fn run(words: &[Word<'_>], text: &str, echoes: &Echoes, enough: fn(usize) -> usize) -> Option<(Span, usize)> {
    for period in 1..=LONGEST_PERIOD.min(words.len() / 2) {
        if echoes.by_period[period] < (enough(period) - 1) * period {
            continue;
        }
        let mut run = 0;
        for at in period..words.len() {
            run = if words[at].lower == words[at - period].lower {
                run + 1
            } else {
                0
            };
            let times = run / period + 1;
            if run == 0 || run % period != 0 || times < enough(period) {
                continue;
            }
            let part = &words[at + 1 - period..=at];
            let lettered = part
                .iter()
                .any(|word| word.lower.starts_with(char::is_alphabetic) && word.lower.len() > 1);
            let style = enough(period) == 2
                && period <= 2
                && (part.iter().any(|word| DOUBLES.contains(&&*word.lower))
                    // `nothing, nothing at all`: for effect.
                    || words[at + 1 - 2 * period..=at]
                        .windows(2)
                        .any(|pair| text[pair[0].span.end..pair[1].span.start] != *" "));
            if !lettered || style {
                continue;
            }
            let first = at + 1 - period * times;
            // To its end.
            let last = (at + 1..words.len())
                .take_while(|&next| words[next].lower == words[next - period].lower)
                .last()
                .unwrap_or(at);
            let times = (last + 1 - first) / period;
            return Some((Span::new(words[first].span.start, words[last].span.end), times));
        }
    }
    None
}

/// Sentences of fewer words come twice by chance: `He said no.` Shorter ones need to come three times.
const SENTENCE: usize = 4;

/// The sentences of each line as they are compared, by their words alone: where each stands first twice, and how often.
fn said(text: &str) -> HashMap<Vec<String>, (usize, Span)> {
    let mut said: HashMap<Vec<String>, (usize, Span)> = HashMap::new();
    let base = text.as_ptr() as usize;
    for line in text.lines() {
        let from = line.as_ptr() as usize - base;
        for span in sentences(line) {
            let span = Span::new(from + span.start, from + span.end);
            let spoken: Vec<String> = words(span.of(text))
                .into_iter()
                .map(|word| word.lower.into_owned())
                .collect();
            if spoken.iter().any(|word| word.starts_with(char::is_alphabetic)) {
                let entry = said.entry(spoken).or_insert((0, span));
                entry.0 += 1;
                if entry.0 == 2 {
                    entry.1 = span;
                }
            }
        }
    }
    said
}

/// The first sentence that stands there once more, and how often.
fn doubled(text: &str) -> Option<(Span, usize)> {
    said(text)
        .into_iter()
        .filter(|(bare, (times, _))| *times >= if bare.len() >= SENTENCE { 2 } else { 3 })
        .map(|(_, (times, span))| (span, times))
        .min_by_key(|(span, _)| span.start)
}

/// How often the sentence that comes most often stands there.
fn most_doubled(text: &str) -> usize {
    said(text)
        .into_values()
        .map(|(times, _)| times)
        .max()
        .unwrap_or(0)
}

/// How often a sign or syllable comes in a row within a word before nobody writes so: `aaaaaaa`, `nanananana`, `412,412,412,412`.
fn stammers(period: usize) -> usize {
    match period {
        1 => 7,
        2 => 5,
        _ => 4,
    }
}

/// Whether a word may stammer. Who does has at least six signs in a row each of which is the one at most four before
/// it, so every sixth tells; only plain letters are looked at.
fn may_stammer(token: &[u8]) -> bool {
    let echoes = |at: usize| (1..=4).any(|period| token[at].eq_ignore_ascii_case(&token[at - period]));
    !token.is_ascii() || (5..token.len()).step_by(6).any(echoes)
}

/// The first word that stammers: at most four signs, again and again. Lines drawn with signs and rows of zeros do not.
fn stutter(text: &str) -> Option<(Span, usize)> {
    let base = text.as_ptr() as usize;
    text.split(char::is_whitespace)
        .filter(|token| token.len() >= 7 && may_stammer(token.as_bytes()))
        .find_map(|token| {
            let signs: Vec<char> = token.chars().flat_map(char::to_lowercase).take(4096).collect();
            (1..=4).find_map(|period| {
                let mut run = 0;
                let mut longest = 0;
                for at in period..signs.len() {
                    run = if signs[at] == signs[at - period] {
                        run + 1
                    } else {
                        0
                    };
                    let part = &signs[at + 1 - period..=at];
                    let speaks = part.iter().any(|c| c.is_alphanumeric() && *c != '0')
                        || matches!(part, ['!' | '?' | '.' | ',']);
                    if speaks {
                        longest = longest.max(run / period + 1);
                    }
                }
                (longest >= stammers(period)).then(|| {
                    let start = token.as_ptr() as usize - base;
                    (Span::new(start, start + token.len()), longest)
                })
            })
        })
}

/// How many words in a row make a turn of phrase that hardly returns by chance.
const PHRASE: usize = 5;

/// For each word, whether it ends a run of [`PHRASE`] words that stood there before.
fn returned(words: &[Word<'_>]) -> Vec<bool> {
    let mut seen: HashSet<u64> = HashSet::new();
    let mut returned = vec![false; words.len()];
    for (at, window) in words.windows(PHRASE).enumerate() {
        let mut hasher = DefaultHasher::new();
        for word in window {
            word.lower.hash(&mut hasher);
        }
        if !seen.insert(hasher.finish()) {
            returned[at..at + PHRASE].fill(true);
        }
    }
    returned
}

/// How many words of a hundred stood there before, in the same company.
fn redundant_share(words: &[Word<'_>]) -> usize {
    returned(words).into_iter().filter(|returned| *returned).count() * 100 / words.len().max(1)
}

/// Text of which half has been said before, and where that begins.
fn redundant(words: &[Word<'_>]) -> Option<(Span, usize)> {
    let returned = returned(words);
    let again = returned.iter().filter(|returned| **returned).count();
    if again < 6 || again * 2 < words.len() {
        return None;
    }
    let first = returned.iter().position(|returned| *returned)?;
    let last = returned.iter().rposition(|returned| *returned)?;
    let times = words.len() / (words.len() - again).max(1);
    Some((
        Span::new(words[first].span.start, words[last].span.end),
        times.max(2),
    ))
}
