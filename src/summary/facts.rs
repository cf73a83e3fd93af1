//! What bears out each figure and name of a sentence, and where it stands in the article.
//!
//! In: a sentence, what it cites, and the verdict on it. Out: the sentence as a report has it, with spans: the cited segments
//! and the witnesses in bytes into the article, the facts in bytes into the sentence. Law: what no account stands for is
//! there too, as not proven or failed, so that the facts are all figures and names that the checker reads.

use crate::article::Article;
use crate::finding::{Account, Finding, Outcome, Spot, Subject, Verdict};
use crate::ledger::{Language, Ledger};
use crate::names::NameKind;
use crate::report::{Cited, Fact, SummarySentence, Witness};
use crate::segment::Plan;
use crate::span::Span;
use crate::verify::Checker;
use crate::verify::summary::BETWEEN;

/// A sentence with the verdict on it, as a report has it. `cites` are in reading order, as they were judged.
pub(crate) fn reported(
    checker: &Checker,
    article: &Article,
    plan: &Plan,
    text: String,
    cites: Vec<String>,
    verdict: Verdict,
) -> SummarySentence {
    let sources: Vec<Cited> = plan
        .segments
        .iter()
        .map(|segment| Cited {
            id: segment.id.to_string(),
            span: segment.span,
        })
        .filter(|cited| cites.contains(&cited.id))
        .collect();
    SummarySentence {
        figures: verdict.count(Subject::Figure),
        names: verdict.count(Subject::Name),
        facts: facts(checker, article, &sources, &text, &verdict),
        span: None,
        text,
        cites,
        sources,
        findings: verdict.findings,
    }
}

fn facts(
    checker: &Checker,
    article: &Article,
    sources: &[Cited],
    text: &str,
    verdict: &Verdict,
) -> Vec<Fact> {
    let mut facts: Vec<Fact> = Vec::new();
    let ledger = Ledger::of(text, Language::English, checker.lexicon());
    for account in &verdict.accounts {
        let Some(mut target) = account.target.clone() else {
            continue;
        };
        // A surname is enough to prove a name; the fact is the whole of it.
        let whole = ledger
            .names
            .iter()
            .find(|name| name.span.start <= target.span.start && target.span.end <= name.span.end);
        if let Some(name) = whole.filter(|_| account.kind == Subject::Name) {
            let value = target.value.take();
            target = Spot::new(text, name.span);
            target.value = value;
        }
        if facts
            .iter()
            .any(|fact| fact.kind == account.kind && fact.target.span == target.span)
        {
            continue;
        }
        facts.push(Fact {
            kind: account.kind,
            target,
            outcome: account.outcome,
            source: witness(article, sources, account),
            because: account.because.clone(),
        });
    }
    let figures = ledger.figures.iter().map(|figure| (Subject::Figure, figure.span));
    let names = ledger
        .names
        .iter()
        .filter(|name| name.kind != NameKind::Common)
        .map(|name| (Subject::Name, name.span));
    for (kind, span) in figures.chain(names) {
        if facts.iter().any(|fact| fact.target.span.overlaps(span)) {
            continue;
        }
        let is_wrong = |finding: &Finding| {
            finding.is_error()
                && finding
                    .target
                    .as_ref()
                    .is_some_and(|spot| spot.span.overlaps(span))
        };
        let is_wrong = verdict.findings.iter().any(is_wrong);
        facts.push(Fact {
            kind,
            target: Spot::new(text, span),
            outcome: if is_wrong {
                Outcome::Failed
            } else {
                Outcome::NotProven
            },
            source: None,
            because: None,
        });
    }
    facts.sort_by_key(|fact| (fact.target.span, fact.kind));
    joined(text, facts)
}

/// Names side by side are one: both not proven, or the second proven by words that have the first as well.
fn joined(text: &str, facts: Vec<Fact>) -> Vec<Fact> {
    let mut joined: Vec<Fact> = Vec::with_capacity(facts.len());
    for fact in facts {
        if let Some(last) = joined.last_mut()
            && (last.kind, fact.kind) == (Subject::Name, Subject::Name)
            && last.outcome == Outcome::NotProven
            && text.get(last.target.span.end..fact.target.span.start) == Some(" ")
        {
            let has_it = |source: &Witness| source.spot.text.contains(&last.target.text);
            if fact.outcome == Outcome::NotProven || fact.source.as_ref().is_some_and(has_it) {
                let span = Span::new(last.target.span.start, fact.target.span.end);
                *last = Fact {
                    target: Spot::new(text, span),
                    ..fact
                };
                continue;
            }
        }
        joined.push(fact);
    }
    joined
}

/// Where the French of an account stands in the article: its spot counts in the cited segments, joined.
fn witness(article: &Article, sources: &[Cited], account: &Account) -> Option<Witness> {
    let mut before = 0;
    for cited in sources {
        let end = before + cited.span.len();
        let span = account.source.span;
        if before <= span.start && span.end <= end {
            let start = cited.span.start + span.start - before;
            let mut spot = Spot::new(article.body(), Span::new(start, start + span.len()));
            spot.value.clone_from(&account.source.value);
            return Some(Witness {
                id: cited.id.clone(),
                spot,
            });
        }
        before = end + BETWEEN.len();
    }
    None
}
