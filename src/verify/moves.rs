//! What has only moved to a neighbouring segment, or was only paired wrongly, is no error.
//!
//! In: the segments of a document and their verdicts. Out: the same verdicts, errors lowered to warnings where the two
//! segments read together bear the figure or name out. Law: an item is excused only by its counterpart in the
//! neighbour, and only by one that answers none of the neighbour's own, so that a figure both segments have is not
//! excused by its twin; a name that is left out may be the neighbour's own. Linear: two segments are read together only where one of them has an error.

use super::{Checker, Pair};
use crate::finding::{Account, Code, Finding, Outcome, Spot, Verdict};
use crate::span::Span;

/// Lowers the errors of `pairs[here]` that `pairs[there]`, next to it, explains.
pub(super) fn soften(
    checker: &Checker,
    pairs: &[Pair<'_>],
    verdicts: &mut [Verdict],
    here: usize,
    there: usize,
) {
    if !verdicts[here].findings.iter().any(may_have_moved) {
        return;
    }
    let together = Together::new(checker, pairs, here, there);
    for index in 0..verdicts[here].findings.len() {
        let finding = &verdicts[here].findings[index];
        if !may_have_moved(finding) {
            continue;
        }
        let Some(found) = together.explains(finding, &verdicts[there].accounts) else {
            continue;
        };
        let where_to = if there > here { "next" } else { "previous" };
        let finding = &mut verdicts[here].findings[index];
        *finding = finding.clone().as_warning();
        finding.message = format!(
            "{} It stands in the {where_to} segment (“{}”).",
            finding.message, found.text
        );
        let span = finding.source.as_ref().map(|spot| spot.span);
        let account = verdicts[here]
            .accounts
            .iter_mut()
            .find(|account| Some(account.source.span) == span);
        if let Some(account) = account {
            account.outcome = Outcome::NotProven;
            account.because = Some(format!("in the {where_to} segment"));
        }
    }
}

/// Whether the finding is an error that goes away if the figure or name stands in the segment beside.
fn may_have_moved(finding: &Finding) -> bool {
    let code = matches!(
        finding.code,
        Code::FigureMissing
            | Code::FigureAltered
            | Code::FigureAdded
            | Code::FigureScale
            | Code::FigureUnit
            | Code::FigureCurrency
            | Code::NameMissing
            | Code::NameAltered
            | Code::NameAdded
    );
    code && finding.is_error()
}

/// What stands between two segments that are read together.
const BETWEEN: &str = "\n\n";

/// Two neighbouring segments read as one.
struct Together {
    verdict: Verdict,
    /// Where each side of `here` stands in the text read.
    here: [Span; 2],
    /// Where each side of `there` does.
    there: [Span; 2],
}

impl Together {
    fn new(checker: &Checker, pairs: &[Pair<'_>], here: usize, there: usize) -> Self {
        let joined = |side: fn(&Pair<'_>) -> String| {
            let (first, second) = (side(&pairs[here.min(there)]), side(&pairs[here.max(there)]));
            let spans = [
                Span::new(0, first.len()),
                Span::new(0, second.len()).shifted(first.len() + BETWEEN.len()),
            ];
            let [before, after] = spans;
            let spans = if here < there {
                [before, after]
            } else {
                [after, before]
            };
            (first + BETWEEN + &second, spans)
        };
        let (source, [here_source, there_source]) = joined(|pair| pair.source.to_owned());
        let (target, [here_target, there_target]) = joined(|pair| pair.target.to_owned());
        Self {
            verdict: checker.facts(&source, &target),
            here: [here_source, here_target],
            there: [there_source, there_target],
        }
    }

    /// What explains the finding: the English that answers its French, or the French that its English answers.
    fn explains(&self, finding: &Finding, neighbour: &[Account]) -> Option<&Spot> {
        // A name that is left out may be said by the neighbour for both, where nobody would say it twice.
        let may_be_shared = finding.code == Code::NameMissing;
        let source = finding
            .source
            .as_ref()
            .map(|spot| spot.span.shifted(self.here[0].start));
        let target = finding
            .target
            .as_ref()
            .map(|spot| spot.span.shifted(self.here[1].start));
        let proven = || {
            let accounts = self.verdict.accounts.iter();
            accounts.filter(|account| {
                account.kind == finding.code.subject() && account.outcome == Outcome::Proven
            })
        };
        let counterpart = match (source, target) {
            (Some(source), _) => {
                let spot = proven()
                    .find(|account| account.source.span == source)
                    .and_then(|account| account.target.as_ref())?;
                let there = within(spot.span, self.there[1])?;
                let is_taken = neighbour.iter().any(|account| {
                    account.outcome == Outcome::Proven
                        && account.kind == finding.code.subject()
                        && account
                            .target
                            .as_ref()
                            .is_some_and(|spot| spot.span.overlaps(there))
                });
                (may_be_shared || !is_taken).then_some(spot)?
            }
            (None, Some(target)) => {
                let account = proven().find(|account| {
                    account
                        .target
                        .as_ref()
                        .is_some_and(|spot| spot.span.overlaps(target))
                        && within(account.source.span, self.there[0]).is_some()
                })?;
                let there = within(account.source.span, self.there[0])?;
                let is_taken = neighbour
                    .iter()
                    .any(|account| account.outcome == Outcome::Proven && account.source.span == there);
                (may_be_shared || !is_taken).then_some(&account.source)?
            }
            (None, None) => return None,
        };
        // What the finding says of the English must be gone as well.
        let still_wrong = self.verdict.errors().any(|error| {
            let touches = |spot: &Option<Spot>, span: Option<Span>| {
                spot.as_ref()
                    .zip(span)
                    .is_some_and(|(spot, span)| spot.span.overlaps(span))
            };
            touches(&error.source, source) || touches(&error.target, target)
        });
        (!still_wrong).then_some(counterpart)
    }
}

/// The span counted from the start of the part it lies in, if it does.
fn within(span: Span, part: Span) -> Option<Span> {
    (part.start <= span.start && span.end <= part.end)
        .then(|| Span::new(span.start - part.start, span.end - part.start))
}
