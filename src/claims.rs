//! A summary from anywhere → what the article bears out of it.
//!
//! In: a French article and an English summary that somebody wrote. Out: a [`Report`]: each sentence of the summary with
//! the passages it rests on and what the check found. Laws: the summary may leave out, never invent; nothing is dropped
//! from a text that is not ours. Pure: no model, no clock, no file.
//!
//! # Not done
//! A summary from elsewhere cites nothing, so the passages are found here, by what they support. A sentence that holds
//! no figure and no name rests on nothing and is not judged.

use crate::article::Article;
use crate::finding::{Code, Finding, Subject, Verdict};
use crate::report::{Report, SummaryReport};
use crate::segment::{Plan, Segment};
use crate::sentence::sentences;
use crate::summary;
use crate::tokens::{Tokens, Words};
use crate::verify::Checker;
use crate::verify::summary::Passages;

/// The most passages one sentence may rest on: a sentence that needs more is a list, not a statement.
const MOST_PASSAGES: usize = 4;

/// How many passages are looked at: those that say most of its words.
const LIKELY: usize = 16;

/// Judges every sentence of a summary against the article. `name` is how the report calls the article.
#[must_use]
pub fn check(name: &str, checker: &Checker, article: &Article, english: &str) -> Report {
    // Without a budget every block is one passage.
    let plan = Plan::new(article, &Words, Tokens(u32::MAX));
    let passages: Vec<&Segment> = plan
        .segments
        .iter()
        .filter(|segment| segment.translatable)
        .collect();
    let texts = Passages::new(
        passages
            .iter()
            .map(|segment| segment.span.of(article.body()))
            .collect(),
    );
    let judged = sentences(english).into_iter().map(|span| {
        let sentence = span.of(english);
        let (rests_on, verdict) = support(checker, &texts, sentence);
        let cites = rests_on.iter().map(|at| passages[*at].id.to_string()).collect();
        let text = sentence.to_owned();
        let mut reported = summary::reported(checker, article, &plan, text, cites, verdict);
        reported.span = Some(span);
        reported
    });
    let mut summary = SummaryReport {
        sentences: judged.collect(),
        dropped: Vec::new(),
        omitted: Vec::new(),
        hole: None,
        form: crate::prompt::Form::default(),
    };
    summary.omitted = summary::omitted(checker, article, &plan, &summary);
    let mut report = Report::new(name, checker);
    report.add_passages(article, &plan);
    report.add_summary(summary);
    report
}

/// The passages that bear out a sentence, in reading order, and what they do not bear out. Each passage that is added
/// supports something the others do not.
fn support(checker: &Checker, texts: &Passages<'_>, sentence: &str) -> (Vec<usize>, Verdict) {
    let mut rests_on: Vec<usize> = Vec::new();
    let mut verdict = checker.check_claim(texts, &[], sentence);
    let likely = texts.likely(checker, sentence, LIKELY);
    while rests_on.len() < MOST_PASSAGES && open(&verdict) > 0 {
        let wider = likely
            .iter()
            .copied()
            .filter(|at| !rests_on.contains(at))
            .map(|at| {
                let mut wider = rests_on.clone();
                wider.push(at);
                wider.sort_unstable();
                let judged = checker.check_claim(texts, &wider, sentence);
                (open(&judged), wider, judged)
            })
            .min_by_key(|(open, ..)| *open);
        match wider {
            Some((left, wider, judged)) if left < open(&verdict) => {
                (rests_on, verdict) = (wider, judged);
            }
            _ => break,
        }
    }
    (rests_on, verdict)
}

/// How much of a sentence still wants a passage: what is wrong, and each figure and name that may stand in another. Whose
/// words they are is seen only where the passage that says them is cited, so that such a finding does not speak against it.
fn open(verdict: &Verdict) -> usize {
    let wants = |finding: &&Finding| {
        matches!(finding.code.subject(), Subject::Figure | Subject::Name)
            || finding.is_error() && finding.code != Code::ClaimSpeaker
    };
    verdict.findings.iter().filter(wants).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Format;
    use crate::exit::Exit;

    const FRENCH: &str = "Le groupe supprime 1 200 emplois à Lyon\n\n\
        Le groupe a annoncé mardi la suppression de 1 200 emplois à Lyon, dont 300 dès le mois de mars.\n\n\
        Ses ventes ont reculé de 3,2 % en 2025, à 4,5 milliards d'euros.\n";

    fn judge(english: &str) -> Report {
        let article = Article::parse(FRENCH.to_owned(), Format::Text);
        check("a", &Checker::default(), &article, english)
    }

    #[test]
    fn what_the_article_says_is_borne_out_and_cited() {
        let report =
            judge("The group is cutting 1,200 jobs in Lyon. Sales fell 3.2% in 2025 to €4.5 billion.");
        let summary = report.summary.as_ref().unwrap();
        assert_eq!(summary.sentences.len(), 2);
        assert_eq!(report.exit(false), Exit::Sound, "{:?}", summary.sentences);
        assert_eq!(summary.sentences[1].cites, ["b3"]);
    }

    #[test]
    fn what_it_does_not_say_is_an_error_at_its_sentence() {
        let report =
            judge("The group is cutting 1,200 jobs in Lyon. Sales fell 3.2% in 2025 to €4.5 million.");
        let summary = report.summary.as_ref().unwrap();
        assert!(
            summary.sentences[0].findings.is_empty(),
            "{:?}",
            summary.sentences[0]
        );
        let spot = summary.sentences[1].findings[0].target.as_ref().unwrap();
        assert!(spot.text.contains("4.5 million"), "{spot:?}");
        assert_eq!(report.exit(false), Exit::Failed);
    }

    #[test]
    fn a_statement_is_held_against_the_passage_that_has_its_speaker() {
        let french = "Le maire de Ploubaz, Paul Verdier, a visité le chantier lundi matin.\n\n\
            Selon Jeanne Castan, présidente de la région, les travaux commenceront en 2027 avec des subventions.\n";
        let article = Article::parse(french.to_owned(), Format::Text);
        for (speaker, exit) in [("Paul Verdier", Exit::Failed), ("Jeanne Castan", Exit::Sound)] {
            let english = format!("According to {speaker}, works will commence in 2027 with subsidies.");
            let report = check("a", &Checker::default(), &article, &english);
            let sentence = &report.summary.as_ref().unwrap().sentences[0];
            assert_eq!(report.exit(false), exit, "{speaker}: {:?}", sentence.findings);
            assert_eq!(sentence.cites, ["b2"], "{speaker}");
        }
    }

    #[test]
    fn leaving_out_is_no_error_but_the_key_figures_are_listed() {
        let report = judge("The group has announced its plans.");
        assert_eq!(report.exit(false), Exit::Sound);
        let omitted = &report.summary.as_ref().unwrap().omitted;
        assert!(omitted.iter().any(|words| words.contains("1 200")), "{omitted:?}");
    }

    #[test]
    fn nothing_at_all_is_no_panic() {
        assert!(judge("").summary.unwrap().sentences.is_empty());
        let empty = Article::parse(String::new(), Format::Text);
        let report = check("a", &Checker::default(), &empty, "Sales fell 3.2%.");
        assert_eq!(report.exit(false), Exit::Failed);
    }
}
