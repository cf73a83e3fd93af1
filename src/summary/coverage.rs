//! What a summary leaves out that its article makes much of.
//!
//! In: the article, its plan, the summary. Out: the key figures and names it does not mention, as the French has them: those of
//! the headline and the lead, names that many passages repeat, the largest amounts. Law: a note, never an error.

use std::collections::HashMap;

use crate::article::{Article, BlockKind};
use crate::figures::{Kind, Number, find_french};
use crate::finding::Outcome;
use crate::names::NameKind;
use crate::report::SummaryReport;
use crate::segment::Plan;
use crate::verify::Checker;

/// How many key facts that the summary leaves out are listed.
const MOST: usize = 8;

/// A name in so many passages is one of those the article is about.
const REPEATED: usize = 3;

/// How many of the largest amounts count as key facts.
const LARGEST: usize = 2;

/// The key figures and names that the summary does not mention, the most telling first.
pub(crate) fn omitted(
    checker: &Checker,
    article: &Article,
    plan: &Plan,
    report: &SummaryReport,
) -> Vec<String> {
    let body = article.body();
    let first = |kind| plan.segments.iter().find(|segment| segment.kind == kind);
    let summary = report.text();
    let mut omitted: Vec<String> = Vec::new();
    let mut add = |words: &str| {
        if !omitted.iter().any(|known| known == words) {
            omitted.push(words.to_owned());
        }
    };
    for segment in first(BlockKind::Headline)
        .into_iter()
        .chain(first(BlockKind::Paragraph))
    {
        for words in &missing(checker, segment.span.of(body), &summary) {
            add(words);
        }
    }
    for words in repeated(checker, article, plan)
        .into_iter()
        .chain(largest(article, plan))
    {
        // On its own a fact is looked for as it stands in the article.
        if !missing(checker, &words, &summary).is_empty() {
            add(&words);
        }
    }
    omitted.truncate(MOST);
    omitted
}

/// The figures and names of a passage that the summary has not.
fn missing(checker: &Checker, passage: &str, summary: &str) -> Vec<String> {
    let verdict = checker.check(passage, summary);
    let failed = verdict
        .accounts
        .into_iter()
        .filter(|account| account.outcome == Outcome::Failed);
    failed.map(|account| account.source.text).collect()
}

/// Names that many passages have, the most frequent first.
fn repeated(checker: &Checker, article: &Article, plan: &Plan) -> Vec<String> {
    let mut counts: HashMap<&str, (usize, usize)> = HashMap::new();
    for (at, segment) in plan.segments.iter().enumerate() {
        let text = segment.span.of(article.body());
        let mut here: Vec<&str> = crate::names::find_french(text, checker.lexicon())
            .into_iter()
            .filter(|name| {
                !matches!(
                    name.kind,
                    NameKind::Common | NameKind::People | NameKind::Language
                )
            })
            .map(|name| name.span.of(text))
            .collect();
        here.sort_unstable();
        here.dedup();
        for name in here {
            counts.entry(name).or_insert((0, at)).0 += 1;
        }
    }
    let mut names: Vec<(&str, (usize, usize))> = counts
        .into_iter()
        .filter(|(_, (count, _))| *count >= REPEATED)
        .collect();
    names.sort_unstable_by_key(|(name, (count, at))| (std::cmp::Reverse(*count), *at, *name));
    names.into_iter().map(|(name, _)| name.to_owned()).collect()
}

/// The largest amounts of money.
fn largest(article: &Article, plan: &Plan) -> Vec<String> {
    let mut amounts: Vec<(Number, String)> = Vec::new();
    for segment in &plan.segments {
        let text = segment.span.of(article.body());
        let money = find_french(text)
            .into_iter()
            .filter(|figure| figure.kind == Kind::Money);
        amounts.extend(
            money.filter_map(|figure| Some((figure.value.number()?, figure.span.of(text).to_owned()))),
        );
    }
    amounts.sort_by_key(|amount| std::cmp::Reverse(amount.0));
    amounts.dedup_by(|a, b| a.0 == b.0);
    amounts
        .into_iter()
        .take(LARGEST)
        .map(|(_, words)| words)
        .collect()
}
