//! Runs of French words that stand in an English sentence as they stood in the French.
//!
//! In: a French segment and its English. Out: the spans of the runs. Laws: the words are the French's own, in its order;
//! a name, a title in quotation marks, a term with its English beside it and what English has borrowed
//! (`data/loans.toml`) may stand. Linear: a run is looked for at the few places where its first two words stand.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use serde::Deserialize;

use crate::lexicon::Lexicon;
use crate::lexicon::fold::fold;
use crate::lexicon::words::{is_english, is_french};
use crate::names;
use crate::sentence::{is_english_word, is_french_word};
use crate::span::Span;
use crate::verify::reading::Side;
use crate::word::Word;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File<'a> {
    #[serde(borrow)]
    loans: &'a str,
}

/// Parsed once; `the_loans_are_sound` proves that this `expect` cannot fire.
static LOANS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    let file: File<'static> =
        toml::from_str(include_str!("../../../data/loans.toml")).expect("data/loans.toml is valid");
    file.loans.split_whitespace().collect()
});

/// At how many places of the French a run is looked for.
const MOST_PLACES: usize = 8;

/// The runs of French that stand in the English, in reading order.
pub(super) fn runs(source: &Side<'_>, target: &Side<'_>) -> Vec<Span> {
    let (french, english) = (&source.words, &target.words);
    if !may_stand(french, english) {
        return Vec::new();
    }
    let (source, target) = (source.text, target.text);
    let mut places: HashMap<(&str, &str), Vec<usize>> = HashMap::new();
    for (at, pair) in french.windows(2).enumerate() {
        let places = places.entry((&pair[0].lower, &pair[1].lower)).or_default();
        if places.len() < MOST_PLACES {
            places.push(at);
        }
    }
    let mut names: Option<Vec<Span>> = None;
    let mut runs = Vec::new();
    let mut at = 0;
    while at + 1 < english.len() {
        let key = (&*english[at].lower, &*english[at + 1].lower);
        let longest = places.get(&key).and_then(|places| {
            places
                .iter()
                .map(|&from| {
                    let same = french[from..]
                        .iter()
                        .zip(at..english.len())
                        .take_while(|(french, here)| {
                            french.lower == english[*here].lower
                                && (*here == at || !parted(target, english, *here))
                        })
                        .count();
                    (same, from)
                })
                .max()
        });
        let Some((length, from)) = longest else {
            at += 1;
            continue;
        };
        let run = Run {
            target,
            words: &english[at..at + length],
        };
        if run.is_left_over() {
            let names = names.get_or_insert_with(|| {
                names::find_french(source, Lexicon::embedded())
                    .iter()
                    .map(|name| name.span)
                    .collect()
            });
            let bare = french[from..from + length]
                .iter()
                .filter(|word| !names.iter().any(|name| name.overlaps(word.span)))
                .count();
            if bare * 2 > length && bare >= 3 {
                runs.push(run.span());
            }
        }
        at += length;
    }
    runs
}

/// Fewer words are no run.
const SHORTEST: usize = 3;

/// Whether so many words of the English follow each other that may all be words of the French: the others, nearly all
/// texts, hold no run.
fn may_stand(french: &[Word<'_>], english: &[Word<'_>]) -> bool {
    const SLOTS: usize = 16;
    const BITS: u64 = 64 * SLOTS as u64;
    let place = |word: &Word<'_>| {
        let bit = word.hash % BITS;
        (usize::try_from(bit / 64).unwrap_or_default(), bit % 64)
    };
    let mut sieve = [0_u64; SLOTS];
    for word in french {
        let (at, bit) = place(word);
        sieve[at] |= 1 << bit;
    }
    let mut run = 0;
    english.iter().any(|word| {
        let (at, bit) = place(word);
        run = if sieve[at] >> bit & 1 == 1 { run + 1 } else { 0 };
        run == SHORTEST
    })
}

/// Whether a quotation mark or the end of a line stands before a word: what they part is looked at by itself.
fn parted(target: &str, words: &[Word<'_>], at: usize) -> bool {
    target[words[at - 1].span.end..words[at].span.start].contains(['"', '«', '»', '“', '”', '\n'])
}

/// Words of the English that stand so in the French.
struct Run<'a> {
    target: &'a str,
    words: &'a [Word<'a>],
}

/// Small words that only a clause has; `de`, `la`, `et` stand in names and titles as well.
const CLAUSE: &[&str] = &[
    "ai", "aux", "avait", "avec", "ayant", "c", "ce", "cette", "chez", "dans", "depuis", "dont", "dès",
    "elle", "elles", "est", "furent", "il", "ils", "j", "je", "leur", "leurs", "lors", "malgré", "n", "ne",
    "nos", "nous", "ont", "où", "par", "pas", "pendant", "pour", "qu", "quand", "que", "qui", "s", "sa",
    "se", "selon", "ses", "si", "sont", "sous", "sur", "tu", "une", "vers", "vos", "votre", "vous", "été",
    "était", "étaient",
];

/// Who or what a sentence speaks of; no title of a thing has one.
const PRONOUNS: &[&str] = &[
    "elle", "elles", "il", "ils", "j", "je", "n", "ne", "nous", "on", "tu", "vous",
];

impl Run<'_> {
    fn span(&self) -> Span {
        let (first, last) = (&self.words[0], &self.words[self.words.len() - 1]);
        Span::new(first.span.start, last.span.end)
    }

    /// Whether the run is French that nobody means to stand there.
    fn is_left_over(&self) -> bool {
        let text = self.span().of(self.target);
        // An address is one word.
        if self.words.len() < SHORTEST || !text.contains(char::is_whitespace) || self.is_borrowed() {
            return false;
        }
        let shouted = !text.chars().any(char::is_lowercase);
        let small = |word: &&Word<'_>| shouted || word.span.of(self.target) == word.lower;
        let french = self
            .words
            .iter()
            .filter(small)
            .filter(|word| is_only_french(&word.lower))
            .count();
        let clause = self
            .words
            .iter()
            .filter(|word| CLAUSE.contains(&&*word.lower))
            .count();
        if french < 2 || french * 5 < self.words.len() * 2 {
            return false;
        }
        let (before, after) = (
            self.target[..self.words[0].span.start].trim_end(),
            self.target[self.span().end..].trim_start(),
        );
        // A term and its English: `the brevet (a diploma)`, `a diploma (brevet …)`.
        let glossed = after.starts_with('(') || after.starts_with('[') || after.starts_with(", or ");
        if glossed && self.words.len() <= 7 && clause == 0 {
            return false;
        }
        if self.is_quoted() {
            let pronouns = self
                .words
                .iter()
                .filter(|word| PRONOUNS.contains(&&*word.lower))
                .count();
            let spoken = after.starts_with([',', '!', '?', '.', '…'])
                || after
                    .trim_start_matches(['»', '”', '"', '’', ' '])
                    .starts_with(',');
            return self.words.len() >= 4 && pronouns >= 1 && spoken;
        }
        let opens = before.is_empty() || before.ends_with(['.', '!', '?', '\n', ':']) || self.begins_line();
        let lower = self.words[0].span.of(self.target) == self.words[0].lower;
        // A clause inside the English; a noun with its `de` may be a term, the name of a dish, of an office.
        let free = self.words.iter().filter(|word| !word.glued).count();
        let inside = lower && ((free >= 6 && !text.contains(',')) || (clause >= 1 && free >= 3));
        // At the beginning of a sentence a name has its capital too: it takes a clause, or the whole sentence.
        let capitals = self
            .words
            .iter()
            .skip(1)
            .filter(|word| word.span.of(self.target) != word.lower)
            .count();
        let ends = after.is_empty()
            || after.starts_with([',', '.', '!', '?', ':', ';', '–', '—'])
            || self.ends_line();
        let parted = text.contains([',', ':', ';']);
        let opening = opens
            && (shouted || capitals * 2 < self.words.len())
            && (clause >= 2
                || parted
                || (after.starts_with(['.', '!', '?']) && self.words.len() >= 5)
                || (ends && clause >= 1)
                || (self.begins_line() && self.ends_line()));
        inside || opening
    }

    fn begins_line(&self) -> bool {
        let line = self.target[..self.words[0].span.start].rsplit('\n').next();
        line.is_some_and(|line| !line.contains(char::is_alphanumeric))
    }

    fn ends_line(&self) -> bool {
        let line = self.target[self.span().end..].split('\n').next();
        line.is_some_and(|line| !line.contains(char::is_alphanumeric))
    }

    /// Whether it stands in quotation marks, or begins with one.
    fn is_quoted(&self) -> bool {
        let line = self.target[..self.words[0].span.start]
            .rsplit('\n')
            .next()
            .unwrap_or("");
        let open =
            |opening: char, closing: char| line.matches(opening).count() > line.matches(closing).count();
        open('«', '»')
            || open('“', '”')
            || line.matches('"').count() % 2 == 1
            || line.ends_with(['‘', '\'', '*', '_'])
    }

    fn is_borrowed(&self) -> bool {
        let folded = |words: &[Word<'_>]| {
            words
                .iter()
                .map(|word| fold(&word.lower))
                .collect::<Vec<_>>()
                .join("_")
        };
        let longest = self.words.len().min(12);
        // With an article before it, or a word after it that both languages share.
        (3..=longest).any(|length| {
            self.words.len() - length <= 2
                && self
                    .words
                    .windows(length)
                    .any(|words| LOANS.contains(folded(words).as_str()))
        })
    }
}

/// Whether a word is French and not English as well.
fn is_only_french(word: &str) -> bool {
    if is_french_word(word) {
        return !is_english_word(word);
    }
    let folded = fold(word);
    folded.len() > 2 && is_french(&folded) && !is_english(&folded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_loans_are_sound() {
        let file: File<'_> = toml::from_str(include_str!("../../../data/loans.toml")).unwrap();
        let loans: Vec<&str> = file.loans.split_whitespace().collect();
        assert!(loans.is_sorted_by(|a, b| a < b));
        for loan in loans {
            assert_eq!(loan, fold(loan), "as it is looked up");
        }
    }
}
