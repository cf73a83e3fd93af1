//! Two texts → what survived of the one in the other.
//!
//! In: the French and the English of one segment, or of all segments of a document. Out: a [`Verdict`]: the account of
//! every figure and name, and the findings. Law: pure, same input, same verdict, on any machine; no clock, no network,
//! no file. A segment is judged by itself first; the document then softens what has only moved to a neighbour.

pub mod claim;
pub mod markup;
mod moves;
mod phrase;
pub mod quote;
mod reading;
pub mod summary;
pub mod text;

use std::borrow::Cow;

use self::markup::Written;
use self::reading::Reading;

use crate::figures;
use crate::finding::{Account, Finding, Outcome, Spot, Subject, Verdict};
use crate::ledger::{Language, Ledger};
use crate::lexicon::Lexicon;
use crate::names;

/// Judges translations and summaries by one lexicon.
#[derive(Debug, Clone)]
pub struct Checker {
    lexicon: Cow<'static, Lexicon>,
}

impl Default for Checker {
    /// With the lexicon that comes with fidele.
    fn default() -> Self {
        Self {
            lexicon: Cow::Borrowed(Lexicon::embedded()),
        }
    }
}

/// The French and the English of one segment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pair<'a> {
    /// The French.
    pub source: &'a str,
    /// The English.
    pub target: &'a str,
}

impl Checker {
    /// With a lexicon of one's own, a glossary added.
    #[must_use]
    pub fn new(lexicon: Lexicon) -> Self {
        Self {
            lexicon: Cow::Owned(lexicon),
        }
    }

    /// The lexicon it judges by.
    #[must_use]
    pub fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// Judges one translation. Spots are bytes into `source` and `target`. Never fails.
    ///
    /// ```
    /// use fidele::verify::Checker;
    ///
    /// let verdict = Checker::default().check("La dette atteint 3,2 milliards d'euros.", "The debt is €3.2 million.");
    /// assert_eq!(verdict.findings[0].code.as_str(), "figure.scale");
    /// assert!(!verdict.is_intact());
    /// ```
    #[must_use]
    pub fn check(&self, source: &str, target: &str) -> Verdict {
        self.check_written(source, target, Written::Unknown)
    }

    /// The same where it is known whether the two are Markdown.
    #[must_use]
    pub fn check_written(&self, source: &str, target: &str, written: Written) -> Verdict {
        let mut verdict = self.facts(source, target);
        let reading = Reading::new(source, target);
        verdict.findings.extend(text::of(&reading));
        verdict.findings.extend(claim::of(&reading));
        verdict.findings.extend(quote::of(&reading));
        verdict.findings.extend(markup::check(source, target, written));
        in_reading_order(&mut verdict);
        verdict
    }

    /// Judges the segments of a document, in order. What one segment lost and its neighbour holds is a warning, not an
    /// error: the sentence has moved, the fact has not.
    #[must_use]
    pub fn check_document(&self, pairs: &[Pair<'_>]) -> Vec<Verdict> {
        self.check_document_written(pairs, Written::Unknown)
    }

    /// The same where it is known whether the two are Markdown.
    #[must_use]
    pub fn check_document_written(&self, pairs: &[Pair<'_>], written: Written) -> Vec<Verdict> {
        let alone = pairs
            .iter()
            .map(|pair| self.check_written(pair.source, pair.target, written))
            .collect();
        self.together(pairs, alone)
    }

    /// What the verdicts on the segments of a document, each judged by itself, become where the document is seen.
    #[must_use]
    pub fn together(&self, pairs: &[Pair<'_>], mut verdicts: Vec<Verdict>) -> Vec<Verdict> {
        for here in 1..pairs.len() {
            moves::soften(self, pairs, &mut verdicts, here - 1, here);
            moves::soften(self, pairs, &mut verdicts, here, here - 1);
        }
        warn_of_inconsistent_names(&mut verdicts);
        verdicts
    }

    /// The account of a text that was not translated: nothing in it is proven.
    #[must_use]
    pub fn unproven(&self, source: &str) -> Vec<Account> {
        let ledger = Ledger::of(source, Language::French, &self.lexicon);
        let figures = ledger.figures.iter().map(|figure| (Subject::Figure, figure.span));
        let names = ledger.names.iter().map(|name| (Subject::Name, name.span));
        let account = |(kind, span)| Account {
            kind,
            outcome: Outcome::NotProven,
            source: Spot::new(source, span),
            target: None,
            because: Some("not translated".to_owned()),
        };
        let mut accounts: Vec<Account> = figures.chain(names).map(account).collect();
        accounts.sort_by_key(|account| (account.source.span, account.kind));
        accounts
    }

    fn facts(&self, source: &str, target: &str) -> Verdict {
        let french = Ledger::of(source, Language::French, &self.lexicon);
        let english = Ledger::of(target, Language::English, &self.lexicon);
        let mut verdict = figures::compare(source, &french.figures, target, &english.figures);
        verdict.merge(names::compare(
            source,
            &french.names,
            target,
            &english.names,
            &self.lexicon,
        ));
        verdict
    }
}

/// One name in two renderings is seen by no single segment.
fn warn_of_inconsistent_names(verdicts: &mut [Verdict]) {
    let found = names::inconsistencies(verdicts.iter().flat_map(|verdict| &verdict.accounts));
    let mut ends = Vec::with_capacity(verdicts.len());
    for verdict in verdicts.iter() {
        ends.push(ends.last().unwrap_or(&0) + verdict.accounts.len());
    }
    for (account, finding) in found {
        let verdict = &mut verdicts[ends.partition_point(|&end| end <= account)];
        verdict.findings.push(finding);
        in_reading_order(verdict);
    }
}

fn in_reading_order(verdict: &mut Verdict) {
    let at = |finding: &Finding| {
        let source = finding.source.as_ref().map_or(usize::MAX, |spot| spot.span.start);
        let target = finding.target.as_ref().map_or(usize::MAX, |spot| spot.span.start);
        (source, target, finding.code)
    };
    verdict.findings.sort_by_key(at);
    verdict
        .accounts
        .sort_by_key(|account| (account.source.span, account.kind));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Code;

    fn pair<'a>(source: &'a str, target: &'a str) -> Pair<'a> {
        Pair { source, target }
    }

    #[test]
    fn a_figure_that_moved_to_the_next_segment_is_a_warning_on_both_sides() {
        let checker = Checker::default();
        let verdicts = checker.check_document(&[
            pair(
                "Le groupe emploie 1 350 personnes.",
                "The group is a big employer.",
            ),
            pair(
                "Il est né à Lyon.",
                "It employs 1,350 people and was founded in Lyon.",
            ),
        ]);
        assert!(verdicts.iter().all(Verdict::is_intact), "{verdicts:#?}");
        assert_eq!(verdicts[0].count(Subject::Figure).not_proven, 1);
        assert!(verdicts[0].findings[0].message.contains("next segment"));
    }

    #[test]
    fn a_name_in_two_renderings_is_a_warning_where_the_second_stands() {
        let verdicts = Checker::default().check_document(&[
            pair("Kiev a refusé l'offre.", "Kiev refused the offer."),
            pair("Le vote a été reporté.", "The vote was postponed."),
            pair("Kiev a confirmé.", "Kyiv confirmed."),
        ]);
        assert!(verdicts.iter().all(Verdict::is_intact), "{verdicts:#?}");
        let codes: Vec<_> = verdicts.iter().map(|verdict| verdict.findings.len()).collect();
        assert_eq!(codes, [0, 0, 1]);
        assert_eq!(verdicts[2].findings[0].code, Code::NameInconsistent);
    }

    #[test]
    fn a_figure_the_neighbour_has_anyway_does_not_excuse_its_loss() {
        let checker = Checker::default();
        let verdicts = checker.check_document(&[
            pair(
                "Le groupe emploie 1 350 personnes.",
                "The group is a big employer.",
            ),
            pair("Il vend 1 350 voitures.", "It sells 1,350 cars."),
        ]);
        assert!(!verdicts[0].is_intact());
    }

    #[test]
    fn a_summary_may_leave_out_but_not_invent() {
        let checker = Checker::default();
        let passages = summary::Passages::new(vec![
            "Le chiffre d'affaires a atteint 310 millions d'euros, contre 248 millions un an plus tôt.",
        ]);
        assert!(
            checker
                .check_claim(&passages, &[0], "Revenue reached 310 million euros.")
                .is_intact()
        );
        assert!(
            !checker
                .check_claim(&passages, &[0], "Revenue reached 410 million euros.")
                .is_intact()
        );
    }
}
