//! The names of the French looked for in the English, and what is said of each.

use std::collections::BTreeSet;

use super::evidence::Evidence;
use super::fate::{Check, Fate};
use super::reading::Reading;
use super::{Name, NameKind, Trust};
use crate::finding::{Account, Code, Finding, Outcome, Spot, Subject, Verdict};
use crate::lexicon::Lexicon;
use crate::span::Span;

/// Accounts for every name of the French.
///
/// `source` and `target` are the texts that `french` and `english` were found in. The findings follow the order of
/// the French, then of the English; each points at the name, not at the sentence.
#[must_use]
pub fn compare(source: &str, french: &[Name], target: &str, english: &[Name], lexicon: &Lexicon) -> Verdict {
    if french.is_empty() && english.iter().all(|name| name.kind == NameKind::People) {
        return Verdict::default();
    }
    let (source, target) = (Reading::new(source), Reading::new(target));
    let words = Evidence::new(&target);
    let check = Check::new(&source, &words, lexicon);
    let mut fates: Vec<Fate<'_>> = french.iter().map(|name| check.fate(name)).collect();
    check.join_neighbours(french, &mut fates);
    settle(&mut fates);
    let mut verdict = Verdict::default();
    for (name, fate) in french.iter().zip(fates) {
        report(source.text(), target.text(), name, &fate, &mut verdict);
    }
    added(&check, english, &mut verdict);
    verdict
}

/// Lets each English name stand for one French name only: a guess gives way where its English is another's, by proof
/// or by spelling, or has been guessed before. So a name that is merely absent is one finding, and says so.
fn settle(fates: &mut [Fate<'_>]) {
    let is_guess = |fate: &Fate<'_>| {
        matches!(
            fate,
            Fate::Altered {
                otherwise: Some(_),
                ..
            }
        )
    };
    if !fates.iter().any(is_guess) {
        return;
    }
    let mut taken: Vec<Span> = fates
        .iter()
        .filter_map(|fate| match fate {
            Fate::Proven { target, .. }
            | Fate::Altered {
                target,
                otherwise: None,
                ..
            } => Some(*target),
            _ => None,
        })
        .collect();
    taken.sort_unstable();
    let mut guessed: BTreeSet<Span> = BTreeSet::new();
    for fate in fates {
        let Fate::Altered {
            target,
            otherwise: Some(otherwise),
            ..
        } = fate
        else {
            continue;
        };
        if overlaps_any(&taken, *target) || !guessed.insert(*target) {
            *fate = (**otherwise).clone();
        }
    }
}

/// Names of the English that nothing in the French accounts for, and that no altered name has taken.
///
/// Translators add names to explain (*Merkel*, *German Chancellor Merkel*), so this warns; a first name with a
/// surname that the French does not have is a person from nowhere, and an error.
fn added(check: &Check<'_>, english: &[Name], verdict: &mut Verdict) {
    let mut taken: Vec<Span> = verdict
        .accounts
        .iter()
        .filter_map(|account| Some(account.target.as_ref()?.span))
        .collect();
    taken.extend(
        verdict
            .findings
            .iter()
            .filter_map(|finding| Some(finding.target.as_ref()?.span)),
    );
    taken.sort_unstable();
    taken.dedup();
    let is_taken = |span: Span| overlaps_any(&taken, span);
    if english
        .iter()
        .all(|name| name.kind == NameKind::People || is_taken(name.span))
    {
        return;
    }
    let target = check.target.reading;
    let names: Vec<Span> = english
        .iter()
        .filter(|name| name.kind != NameKind::People)
        .map(|name| name.span)
        .collect();
    for (start, end) in check.strays().runs() {
        let span = target.span(start, end);
        if is_taken(span) || !overlaps_any(&names, span) {
            continue;
        }
        let words = span.of(target.text());
        let message = format!("The French has no name for “{words}”.");
        let finding = Finding::new(
            Code::NameAdded,
            None,
            Some(Spot::new(target.text(), span)),
            message,
        );
        let person = end - start > 1 && check.lexicon.is_given_name(target.unit(start).hash);
        verdict
            .findings
            .push(if person { finding } else { finding.as_warning() });
    }
}

/// Whether `span` shares a byte with one of `spans`, which are sorted.
fn overlaps_any(spans: &[Span], span: Span) -> bool {
    // Spans of names do not nest, so those that end before `span` are a prefix but for a few that share words.
    let from = spans.partition_point(|other| other.end <= span.start);
    spans[from.saturating_sub(2)..]
        .iter()
        .take(6)
        .any(|other| other.overlaps(span))
}

fn report(source: &str, target: &str, name: &Name, fate: &Fate<'_>, verdict: &mut Verdict) {
    let words = name.span.of(source);
    let read = |span: Span| match name.forms.first() {
        Some(form) if name.trust != Trust::Spelt && form.text != span.of(source) => {
            Spot::new(source, span).read_as(&*form.text)
        }
        _ => Spot::new(source, span),
    };
    // Whoever wrote the entry that decided should find it in the finding.
    let glossary = match name.forms.first() {
        Some(form) if &*form.why == "glossary" => format!(" The glossary has “{}”.", form.text),
        _ => String::new(),
    };
    let (outcome, place, because, mut finding) = match *fate {
        Fate::Proven { target: at, why } => {
            let english = at.of(target);
            let because = if english == words {
                why.to_owned()
            } else {
                [why, ": ", words, " → ", english].concat()
            };
            (Outcome::Proven, Some(at), Some(because), None)
        }
        Fate::Partly { target: at, lost } => {
            let message = format!(
                "“{}” of the name “{words}” is not in the English.",
                lost.of(source)
            );
            let spots = (Some(Spot::new(source, lost)), Some(Spot::new(target, at)));
            let finding = Finding::new(Code::NameMissing, spots.0, spots.1, message).as_warning();
            (Outcome::NotProven, Some(at), None, Some(finding))
        }
        Fate::Unproven => {
            let message =
                format!("“{words}” was not found in the English; it may stand there in other words.");
            let finding = Finding::new(Code::NameMissing, Some(read(name.span)), None, message).as_warning();
            (Outcome::NotProven, None, None, Some(finding))
        }
        Fate::Altered { lost, target: at, .. } => {
            let message = format!(
                "“{}” stands as “{}” in the English.",
                lost.of(source),
                at.of(target)
            );
            let finding = Finding::new(
                Code::NameAltered,
                Some(read(lost)),
                Some(Spot::new(target, at)),
                message,
            );
            (Outcome::Failed, Some(at), None, Some(finding))
        }
        Fate::Missing { lost } => {
            let message = match name.forms.first().filter(|form| form.text != words) {
                Some(form) => format!("The name “{words}” ({}) is not in the English.", form.text),
                None => format!("The name “{words}” is not in the English."),
            };
            let finding = Finding::new(Code::NameMissing, Some(read(lost)), None, message);
            (Outcome::Failed, None, None, Some(finding))
        }
    };
    if let Some(finding) = &mut finding {
        finding.message.push_str(&glossary);
    }
    verdict.accounts.push(Account {
        kind: Subject::Name,
        outcome,
        source: read(name.span),
        target: place.map(|at| Spot::new(target, at)),
        because,
    });
    verdict.findings.extend(finding);
}
