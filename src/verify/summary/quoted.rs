//! Quotations: what stands between quotation marks must be a quotation of the cited passages, in their words.
//!
//! In: a claim. Out: findings. A quotation is held word by word against each French one. A word whose French answers are
//! known and none of which is there, beside a French word whose English is missing, is an altered quotation; one that
//! has nothing of any French quotation is invented. Words no list knows prove nothing.
//!
//! # Not done
//! The order of the words; small words.

use std::ops::Range;

use super::Claim;
use crate::finding::{Code, Finding, Severity};
use crate::span::Span;

/// How many words must be other words, of those of the quotation (as a fraction): a longer quotation is translated more freely.
const EVIDENCE: (usize, usize) = (1, 2);

/// English words that carry little by themselves: verbs that take their sense from their object, and stop-gaps.
const LIGHT: &[&str] = &[
    "able",
    "bit",
    "came",
    "come",
    "coming",
    "everything",
    "gave",
    "get",
    "getting",
    "give",
    "go",
    "goes",
    "going",
    "gone",
    "got",
    "kind",
    "let",
    "like",
    "lot",
    "made",
    "make",
    "makes",
    "making",
    "matter",
    "order",
    "possible",
    "put",
    "puts",
    "putting",
    "quite",
    "re",
    "really",
    "see",
    "set",
    "something",
    "sort",
    "sure",
    "take",
    "taken",
    "takes",
    "taking",
    "thing",
    "things",
    "time",
    "took",
    "turn",
    "turned",
    "turns",
    "use",
    "used",
    "using",
    "way",
    "went",
];

/// How a quotation answers a stretch of French.
#[derive(Clone, Copy)]
struct Fit {
    /// English words that a French one says.
    said: usize,
    /// Those of them that are names, by their capitals.
    names: usize,
    /// English words that a French one says nearly.
    near: usize,
    /// English words that the lists know and no French word of the stretch says.
    foreign: usize,
    /// English words nothing is known of.
    unknown: usize,
    /// French words between those found that no English word says.
    left: usize,
}

impl Fit {
    fn total(self) -> usize {
        self.said + self.near + self.foreign + self.unknown
    }

    /// Other words for what the French says: some on either side, and enough of them for the length of the quotation.
    fn is_altered(self) -> bool {
        let evidence = self.foreign + self.left;
        self.said > 0
            && self.foreign > 0
            && self.left > 0
            && evidence * EVIDENCE.1 >= self.total() * EVIDENCE.0
    }

    fn is_good(self) -> bool {
        self.foreign == 0 && (self.said > 0 || self.unknown + self.near > 0)
    }
}

pub(super) fn check(claim: &Claim<'_>) -> Vec<Finding> {
    let quotations = quotations(claim.source);
    let mut findings = Vec::new();
    for span in english_quotations(claim.sentence) {
        let words = claim.english.within(span);
        if words.is_empty() {
            continue;
        }
        let best = best(claim, &words, &quotations);
        if best.is_some_and(|fit| fit.is_good() && fit.said + fit.near > 0 || fit.total() == fit.unknown) {
            continue;
        }
        // Speech that the French gives without marks: a sentence of it says the words.
        let spoken = self::best(claim, &words, &claim.french.sentences);
        let is_spoken = spoken
            .is_some_and(|fit| fit.said > 0 && fit.said * 2 >= fit.total() && fit.foreign * 4 <= fit.total());
        let (message, severity) = match best {
            Some(fit) if fit.is_altered() => ("The French quotation has other words.", Severity::Error),
            Some(fit) if fit.said > 0 => (
                "The words of this quotation were not all found in the French one.",
                Severity::Warning,
            ),
            _ if is_spoken => (
                "The passages say this, but not between quotation marks.",
                Severity::Warning,
            ),
            Some(fit) if fit.foreign == 0 => (
                "Nothing is known of the words of this quotation.",
                Severity::Warning,
            ),
            _ => (
                "The passages it cites quote nobody with these words.",
                Severity::Error,
            ),
        };
        let mut finding = Finding::new(Code::QuoteAltered, None, Some(claim.spot(span)), message);
        finding.severity = severity;
        findings.push(finding);
    }
    findings
}

/// The stretch that answers best.
fn best(claim: &Claim<'_>, words: &Range<usize>, stretches: &[Span]) -> Option<Fit> {
    stretches
        .iter()
        .map(|span| fit(claim, words, claim.french.within(*span)))
        .filter(|fit| fit.total() > 0)
        .max_by_key(|fit| {
            (
                fit.said + fit.names,
                fit.near,
                std::cmp::Reverse(fit.foreign),
                std::cmp::Reverse(fit.left),
            )
        })
}

fn fit(claim: &Claim<'_>, words: &Range<usize>, stretch: Range<usize>) -> Fit {
    let mut fit = Fit {
        said: 0,
        names: 0,
        near: 0,
        foreign: 0,
        unknown: 0,
        left: 0,
    };
    let (mut first, mut last) = (usize::MAX, 0);
    for at in words.clone() {
        let found = claim.answers(at).find(|french| stretch.contains(french));
        if let Some(found) = found {
            fit.said += 1;
            let word = &claim.english.words[at];
            fit.names += usize::from(word.span.of(claim.sentence).starts_with(char::is_uppercase));
            (first, last) = (first.min(found), last.max(found));
        } else if claim.is_near(at, stretch.clone()) {
            fit.near += 1;
        } else if has_matter(&claim.english.words[at].folded)
            && (claim.english.words[at].known || claim.is_answered(at))
        {
            fit.foreign += 1;
        } else {
            fit.unknown += 1;
        }
    }
    if fit.said > 0 {
        // What stands beside the words found may be what an English word should have said.
        let spare = words.len().saturating_sub(fit.said) + 1;
        let from = first.saturating_sub(spare).max(stretch.start);
        let to = (last + spare + 1).min(stretch.end);
        fit.left = (from..to)
            .filter(|at| claim.french.words[*at].known && !claim.is_said(*at))
            .count();
    }
    fit
}

/// Whether the absence of a word says something: not of stop-gaps, nor of adverbs of degree (*deeply worried*).
fn has_matter(word: &str) -> bool {
    LIGHT.binary_search(&word).is_err() && !word.ends_with("ly")
}

/// The quotations of a French text: what stands between its quotation marks. A passage may open one and leave it open.
pub(super) fn quotations(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut open: Option<usize> = None;
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        let two = rest.starts_with("''") || rest.starts_with("``") || rest.starts_with("’’");
        let len = if two {
            rest.chars().take(2).map(char::len_utf8).sum()
        } else {
            c.len_utf8()
        };
        let before = text[..at].chars().next_back();
        let opens_single = matches!(c, '\'' | '’' | '‘') && before.is_none_or(|c| !c.is_alphanumeric());
        let closes_single =
            matches!(c, '\'' | '’') && rest[len..].chars().next().is_none_or(|c| !c.is_alphanumeric());
        match c {
            '«' | '“' | '„' => open = Some(at + len),
            '»' | '”' => {
                found.extend(open.take().map(|start| Span::new(start, at)));
            }
            '"' => match open.take() {
                Some(start) => found.push(Span::new(start, at)),
                None => open = Some(at + len),
            },
            _ if two => match open.take() {
                Some(start) => found.push(Span::new(start, at)),
                None => open = Some(at + len),
            },
            _ if opens_single && open.is_none() => open = Some(at + len),
            _ if closes_single && open.is_some() => {
                found.extend(open.take().map(|start| Span::new(start, at)));
            }
            '\n' if rest.starts_with("\n\n") => {
                found.extend(open.take().map(|start| Span::new(start, at)));
            }
            _ => {}
        }
        at += len;
    }
    found.extend(open.map(|start| Span::new(start, text.len())));
    found.retain(|span| span.start < span.end);
    found
}

/// What stands between double quotation marks, in reading order.
fn english_quotations(text: &str) -> Vec<Span> {
    let marks: Vec<(usize, char)> = text
        .char_indices()
        .filter(|(_, c)| matches!(c, '"' | '“' | '”' | '«' | '»'))
        .collect();
    let mut found: Vec<Span> = marks
        .chunks_exact(2)
        .map(|pair| Span::new(pair[0].0 + pair[0].1.len_utf8(), pair[1].0))
        .collect();
    if marks.is_empty() {
        found.extend(quotations(text));
    }
    found.retain(|span| span.start < span.end);
    found
}
