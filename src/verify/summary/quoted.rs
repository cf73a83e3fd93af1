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
use super::reworded::{SHORT, is_light_french, reworded};
use crate::finding::{Code, Finding, Severity};
use crate::span::Span;

/// How many words must be other words, of those of the quotation (as a fraction): a longer quotation is translated more freely.
const EVIDENCE: (usize, usize) = (1, 2);

/// A quotation of more words than that is translated freely: a third of it must be other words, on both sides.
const LONG: usize = 10;

/// English words that carry little by themselves: verbs that take their sense from their object, and stop-gaps.
const LIGHT: &[&str] = &[
    "able",
    "again",
    "already",
    "also",
    "another",
    "anyone",
    "anything",
    "aren",
    "bit",
    "came",
    "cannot",
    "certain",
    "come",
    "coming",
    "couldn",
    "didn",
    "doesn",
    "don",
    "earlier",
    "else",
    "even",
    "ever",
    "everybody",
    "everyone",
    "everything",
    "far",
    "gave",
    "get",
    "getting",
    "give",
    "given",
    "go",
    "goes",
    "going",
    "gone",
    "got",
    "hadn",
    "hand",
    "hasn",
    "haven",
    "include",
    "included",
    "includes",
    "including",
    "isn",
    "kind",
    "later",
    "let",
    "lets",
    "like",
    "ll",
    "lot",
    "made",
    "make",
    "makes",
    "making",
    "matter",
    "maybe",
    "much",
    "neither",
    "nobody",
    "none",
    "nor",
    "nothing",
    "order",
    "others",
    "perhaps",
    "possible",
    "put",
    "puts",
    "putting",
    "quite",
    "rather",
    "re",
    "really",
    "run",
    "see",
    "set",
    "shouldn",
    "somebody",
    "someone",
    "something",
    "somewhere",
    "sort",
    "still",
    "sure",
    "take",
    "taken",
    "takes",
    "taking",
    "thanks",
    "thing",
    "things",
    "time",
    "too",
    "took",
    "turn",
    "turned",
    "turns",
    "use",
    "used",
    "using",
    "ve",
    "very",
    "wasn",
    "way",
    "well",
    "went",
    "weren",
    "won",
    "wouldn",
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
    /// Those of them that carry little.
    light: usize,
    /// French words between those found that no English word says.
    left: usize,
    /// Where they stand in the French, with what is written between them and their neighbours.
    window: Option<Span>,
    /// The stretch itself.
    whole: Span,
}

impl Fit {
    fn total(self) -> usize {
        self.said + self.near + self.foreign + self.unknown
    }

    /// Other words for what the French says: some on either side, and enough of them for the length of the quotation.
    fn is_altered(self) -> bool {
        let evidence = self.foreign + self.left;
        let enough = if self.total() > LONG {
            self.foreign.min(self.left) * 3 >= self.total()
        } else {
            evidence * EVIDENCE.1 >= self.total() * EVIDENCE.0
        };
        self.said > 0 && self.foreign > 0 && self.left > 0 && enough
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
        let is_whole = |fit: Fit| fit.is_good() && fit.said + fit.near > 0 || fit.total() == fit.unknown;
        if let Some(fit) = best.filter(|fit| !fit.is_altered())
            && is_denied_otherwise(claim, &fit, span)
        {
            let message = "The French quotation and this one differ in a denial.";
            findings.push(altered(claim, span, message, Severity::Error));
            continue;
        }
        // Speech that the French gives without marks: a sentence of it says the words.
        let spoken = self::best(claim, &words, &claim.french.sentences);
        let held = best.filter(|fit| fit.said > 0 || words.len() <= SHORT);
        let speaks = |fit: &Fit| {
            if held.is_some() {
                fit.said * 3 >= fit.total() || words.len() <= SHORT
            } else {
                fit.said * 3 >= fit.total() * 2
            }
        };
        let all = claim.english.words.len();
        let reach = if words.len() <= SHORT { SHORT } else { 0 };
        let context = if held.is_some() {
            words.start.saturating_sub(reach)..(words.end + reach).min(all)
        } else {
            0..all
        };
        let fit = held
            .filter(|fit| !fit.is_altered())
            .or(spoken.filter(|_| quotations.is_empty()));
        if let Some(fit) = fit.filter(speaks)
            && let Some(found) = reworded(claim, span, &words, fit.whole, &context)
        {
            let english = found.english.of(claim.sentence);
            let message = match found.french {
                Some(french) => {
                    let french = claim.french.words[french].span.of(claim.source);
                    format!("“{english}” stands where the French has “{french}”.")
                }
                None => format!("The French has nothing that “{english}” says."),
            };
            findings.push(altered(claim, span, &message, Severity::Error));
            continue;
        }
        if best.is_some_and(is_whole) {
            continue;
        }
        let is_spoken = spoken.is_some_and(|fit| {
            (fit.said >= 2 || fit.unknown == fit.light)
                && fit.said * 2 >= fit.total()
                && fit.foreign * 4 <= fit.total()
        });
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
        // One word between marks is a term, or a word held at arm's length, rather than speech.
        let is_term = words.len() == 1 && span.of(claim.sentence).split_whitespace().count() <= 2;
        let severity = if is_term || is_title(claim, &words) {
            Severity::Warning
        } else {
            severity
        };
        findings.push(altered(claim, span, message, severity));
    }
    findings
}

fn altered(claim: &Claim<'_>, span: Span, message: &str, severity: Severity) -> Finding {
    let mut finding = Finding::new(Code::QuoteAltered, None, Some(claim.spot(span)), message);
    finding.severity = severity;
    finding
}

/// A title, in capitals throughout; titles are translated in their own way, and names are checked elsewhere.
fn is_title(claim: &Claim<'_>, words: &Range<usize>) -> bool {
    claim.english.words[words.clone()].iter().all(|word| {
        word.span
            .of(claim.sentence)
            .starts_with(|c: char| c.is_uppercase() || c.is_numeric())
    })
}

/// Whether one of a quotation and its French denies and the other does not.
fn is_denied_otherwise(claim: &Claim<'_>, fit: &Fit, span: Span) -> bool {
    let Some(window) = fit
        .window
        .filter(|_| fit.said * 2 >= fit.total() && fit.said >= 2)
    else {
        return false;
    };
    let (french, english) = (window.of(claim.source), span.of(claim.sentence));
    let lost = || {
        let found = crate::verify::claim::check(french, english);
        found.iter().any(|finding| finding.code == Code::ClaimNegation)
    };
    denies_in_french(french) && !may_deny_in_english(english) && lost()
        || denies(english) && !may_deny(fit.whole.of(claim.source))
}

/// `Ne … pas`, `jamais`: the full denial.
fn denies_in_french(french: &str) -> bool {
    let words: Vec<String> = french
        .split(|c: char| !c.is_alphanumeric())
        .map(str::to_lowercase)
        .collect();
    let has = |list: &[&str]| words.iter().any(|word| list.contains(&word.as_str()));
    has(&["n", "ne"]) && has(&["jamais", "pas"])
}

/// *Unwilling*, *fails*, *hardly*: English denies in a word as well. Source: Quirk et al., A Comprehensive Grammar of the
/// English Language, §10.59 (words negative in meaning), §I.21 (negative prefixes).
fn may_deny_in_english(english: &str) -> bool {
    const WORDS: &[&str] = &[
        "against", "few", "hardly", "little", "neither", "no", "nobody", "none", "nor", "nothing", "only",
        "rather", "scarcely", "than", "unless", "until", "without",
    ];
    const OPENINGS: &[&str] = &[
        "avoid", "den", "dis", "fail", "fals", "ignor", "il", "im", "in", "ir", "lack", "mis", "non",
        "prevent", "refus", "reject", "stop", "un",
    ];
    english
        .split(|c: char| !c.is_alphanumeric())
        .map(str::to_lowercase)
        .any(|word| {
            WORDS.contains(&word.as_str())
                || word.len() > 4 && OPENINGS.iter().any(|opening| word.starts_with(opening))
                || word.ends_with("less")
        })
}

/// *Not* and its like, which no affirmation has; *couldn't care less* has.
fn denies(english: &str) -> bool {
    !english.contains("less")
        && english
            .split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’')
            .any(|word| {
                let word = word.to_lowercase();
                word == "not"
                    || word == "never"
                    || word == "cannot"
                    || word.ends_with("n't")
                    || word.ends_with("n’t")
            })
}

/// Whether anything in the French may be said with a denial: its own, a restriction, or a word with a prefix that denies.
/// Source: Grevisse, Le bon usage, "La négation".
fn may_deny(french: &str) -> bool {
    const WORDS: &[&str] = &[
        "aucun",
        "aucune",
        "aucunement",
        "guère",
        "hors",
        "jamais",
        "moins",
        "n",
        "ne",
        "ni",
        "non",
        "nul",
        "nulle",
        "pas",
        "personne",
        "peu",
        "plutôt",
        "point",
        "rien",
        "sans",
        "sauf",
        "seul",
        "seulement",
    ];
    const OPENINGS: &[&str] = &[
        "anti", "contr", "dis", "dé", "empêch", "éch", "ignor", "il", "im", "in", "interdi", "ir", "manqu",
        "mé", "mal", "faux", "refus", "rejet", "évit", "mécon",
    ];
    french
        .split(|c: char| !c.is_alphanumeric())
        .map(str::to_lowercase)
        .any(|word| {
            WORDS.contains(&word.as_str())
                || word.chars().count() > 4 && OPENINGS.iter().any(|opening| word.starts_with(opening))
        })
}

/// The stretch that answers best.
fn best(claim: &Claim<'_>, words: &Range<usize>, stretches: &[Span]) -> Option<Fit> {
    stretches
        .iter()
        .map(|span| fit(claim, words, *span))
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

fn fit(claim: &Claim<'_>, words: &Range<usize>, whole: Span) -> Fit {
    let stretch = claim.french.within(whole);
    let mut fit = Fit {
        said: 0,
        names: 0,
        near: 0,
        foreign: 0,
        unknown: 0,
        light: 0,
        left: 0,
        window: None,
        whole,
    };
    let (mut first, mut last) = (usize::MAX, 0);
    for at in words.clone() {
        let found = claim.answers(at).find(|french| stretch.contains(french));
        if let Some(found) = found {
            fit.said += 1;
            let word = &claim.english.words[at];
            fit.names += usize::from(word.span.of(claim.sentence).starts_with(char::is_uppercase));
            (first, last) = (first.min(found), last.max(found));
        } else if claim.is_near(at, stretch.clone()) || claim.may_be_said(at, stretch.clone()) {
            fit.near += 1;
        } else if has_matter(&claim.english.words[at].folded)
            && (claim.english.words[at].known || claim.is_answered(at))
        {
            fit.foreign += 1;
        } else {
            fit.unknown += 1;
            fit.light += usize::from(!has_matter(&claim.english.words[at].folded));
        }
    }
    if fit.said > 0 {
        let before = first.checked_sub(1).filter(|at| *at >= stretch.start);
        let start = before.map_or(whole.start, |at| claim.french.words[at].span.end);
        let after = claim
            .french
            .words
            .get(last + 1)
            .filter(|_| last + 1 < stretch.end);
        fit.window = Some(Span::new(start, after.map_or(whole.end, |word| word.span.start)));
        // What stands beside the words found may be what an English word should have said.
        let spare = words.len().saturating_sub(fit.said) + 1;
        let from = first.saturating_sub(spare).max(stretch.start);
        let to = (last + spare + 1).min(stretch.end);
        fit.left = (from..to)
            .filter(|at| {
                let word = &claim.french.words[*at];
                word.known && !is_light_french(&word.folded) && !claim.is_said(*at)
            })
            .count();
    }
    fit
}

/// Whether the absence of a word says something: not of stop-gaps, nor of adverbs of degree (*deeply worried*).
pub(super) fn has_matter(word: &str) -> bool {
    LIGHT.binary_search(&word).is_err() && !word.ends_with("ly")
}

/// The quotations of a French text: what stands between its quotation marks. A passage may open one and leave it open.
pub(super) fn quotations(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut open: Option<usize> = None;
    let (mut passage, mut at) = (0, 0);
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
            // A quotation goes on from the passage before.
            '»' | '”' => {
                found.push(Span::new(open.take().unwrap_or(passage), at));
                passage = at + len;
            }
            '"' if open.is_none() && closes(before, rest[len..].chars().next()) => {
                found.push(Span::new(passage, at));
                passage = at + len;
            }
            '"' => match open.take() {
                Some(start) => {
                    found.push(Span::new(start, at));
                    passage = at + len;
                }
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
                passage = at + len;
            }
            _ => {}
        }
        at += len;
    }
    found.extend(open.map(|start| Span::new(start, text.len())));
    found.retain(|span| span.start < span.end);
    found
}

/// Whether a straight mark ends a quotation: it clings to what stands before it.
fn closes(before: Option<char>, after: Option<char>) -> bool {
    before.is_some_and(|c| !c.is_whitespace() && !matches!(c, '(' | '['))
        && after.is_none_or(|c| c.is_whitespace() || matches!(c, '.' | ',' | ';' | ')'))
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
