//! An article → a short English summary whose every figure and name stands in the passages it cites.
//!
//! In: the French, never the translation. Out: a [`SummaryReport`]: the sentences that passed, those that were dropped
//! and why, and what the summary leaves out. Laws: a sentence that the article does not bear out is asked for again, at
//! most `repairs` times, then dropped; the summary never outgrows its source.
//!
//! # Not done
//! Layers: an article longer than [`LONGEST`] is refused, not cut.

use tokio_util::sync::CancellationToken;

use crate::article::{Article, BlockKind};
use crate::ask::{AskError, Desk};
use crate::endpoint::{Completion, Endpoint, EndpointError, Piece};
use crate::finding::{Outcome, Subject, Verdict};
use crate::prompt::{Brief, FailedSentence, Length, Prompts};
use crate::reply::{self, Draft, Sentence};
use crate::report::{SummaryReport, SummarySentence};
use crate::segment::Plan;
use crate::tokens::Tokens;
use crate::translate::{Refusal, TranslateError};
use crate::verify::Checker;
use crate::verify::summary::Passages;

/// The longest article that is summarised in one request, in tokens of the French.
pub const LONGEST: Tokens = Tokens(24_000);

/// The fewest words of French that are worth a summary.
const SHORTEST: usize = 30;

/// How many passages may be added to a sentence's citations when the fact stands elsewhere in the article.
const ADDED_CITATIONS: usize = 3;

/// How many key facts that the summary leaves out are listed.
const OMITTED: usize = 8;

/// What it takes to summarise, shared by all articles of a run.
pub struct Summariser<'a, E> {
    /// Where requests are answered.
    pub desk: &'a Desk<E>,
    /// What is said to the model.
    pub prompts: &'a Prompts,
    /// Who judges the sentences.
    pub checker: &'a Checker,
    /// How often failing sentences may be asked for again.
    pub repairs: u32,
    /// Cancelled when the user wants to stop.
    pub stop: &'a CancellationToken,
}

/// A sentence with what the check says of it.
struct Judged {
    sentence: Sentence,
    verdict: Verdict,
}

impl<E: Endpoint> Summariser<'_, E> {
    /// Summarises an article. The second value holds the remarks of recordings.
    ///
    /// # Errors
    /// The endpoint cannot be used, a template fails, an answer cannot be kept, or the user stopped the run. An article
    /// that cannot be summarised gives a report with a `hole`.
    pub async fn summarise(
        &self,
        article: &Article,
        plan: &Plan,
        brief: &Brief,
        length: Length,
    ) -> Result<(SummaryReport, Vec<String>), TranslateError> {
        let pieces = passages(article, plan);
        let words: usize = pieces
            .iter()
            .map(|piece| piece.text.split_whitespace().count())
            .sum();
        if words < SHORTEST {
            return Ok(hole(format!(
                "the article has {words} words; a summary needs at least {SHORTEST}"
            )));
        }
        let Tokens(may) = LONGEST;
        let has: u32 = plan.segments.iter().map(|segment| segment.tokens.0).sum();
        if has > may {
            return Ok(hole(format!(
                "the article has {has} tokens; one summary can hold {may}"
            )));
        }
        let Draft {
            sentences,
            mut remarks,
        } = match self.first(&pieces, brief, length).await? {
            Ok(draft) => draft,
            Err(reason) => return Ok(hole(reason)),
        };
        let mut judged: Vec<Judged> = sentences
            .into_iter()
            .map(|sentence| self.judge(&pieces, sentence))
            .collect();
        self.repair(&mut judged, &pieces, brief, length, &mut remarks)
            .await?;
        let source: usize = pieces.iter().map(|piece| piece.text.len()).sum();
        let mut report = sort(judged, source);
        report.omitted = omitted(self.checker, article, plan, &report);
        Ok((report, remarks))
    }

    /// The first answer, asked for twice at most; or why there is none.
    async fn first(
        &self,
        pieces: &[Piece],
        brief: &Brief,
        length: Length,
    ) -> Result<Result<Draft, String>, TranslateError> {
        let refusal = match self.ask(pieces, brief, length, &[], None, 1).await {
            Ok(answer) => return Ok(Ok(answer)),
            Err(refusal) => refusal,
        };
        let complaint = refusal.complaint()?;
        match self
            .ask(pieces, brief, length, &[], complaint.as_deref(), 1)
            .await
        {
            Ok(answer) => Ok(Ok(answer)),
            Err(refusal) => Ok(Err(refusal.reason()?)),
        }
    }

    async fn ask(
        &self,
        pieces: &[Piece],
        brief: &Brief,
        length: Length,
        failed: &[FailedSentence],
        complaint: Option<&str>,
        attempt: u32,
    ) -> Result<Draft, Refusal> {
        if self.stop.is_cancelled() {
            return Err(AskError::Endpoint(EndpointError::Stopped).into());
        }
        let request = self
            .prompts
            .summarise(brief, pieces, length, failed, complaint, attempt)?;
        let read = |completion: &Completion| reply::draft(completion, &request.mark);
        Ok(self.desk.ask(&request, read).await?)
    }

    /// Checks one sentence. Where a fact is not in the cited passages but elsewhere, the citation is mended.
    fn judge(&self, pieces: &[Piece], mut sentence: Sentence) -> Judged {
        sentence
            .cites
            .retain(|id| pieces.iter().any(|piece| piece.id == *id));
        let mut verdict = self.check(pieces, &sentence);
        for _ in 0..ADDED_CITATIONS {
            if verdict.is_intact() {
                break;
            }
            let better = pieces
                .iter()
                .filter(|piece| !sentence.cites.contains(&piece.id))
                .map(|piece| {
                    let mut wider = sentence.clone();
                    wider.cites.push(piece.id.clone());
                    let judged = self.check(pieces, &wider);
                    (judged.errors().count(), wider, judged)
                })
                .min_by_key(|(errors, ..)| *errors);
            match better {
                Some((errors, wider, judged)) if errors < verdict.errors().count() => {
                    (sentence, verdict) = (wider, judged);
                }
                _ => break,
            }
        }
        let order = |id: &String| pieces.iter().position(|piece| piece.id == *id);
        sentence.cites.sort_by_key(order);
        Judged { sentence, verdict }
    }

    fn check(&self, pieces: &[Piece], sentence: &Sentence) -> Verdict {
        let passages = Passages::new(pieces.iter().map(|piece| piece.text.as_str()).collect());
        let cites: Vec<usize> = (0..pieces.len())
            .filter(|at| sentence.cites.contains(&pieces[*at].id))
            .collect();
        self.checker.check_cited(&passages, &cites, &sentence.text)
    }

    /// Has the failing sentences written anew, together, at most `repairs` times.
    async fn repair(
        &self,
        judged: &mut [Judged],
        pieces: &[Piece],
        brief: &Brief,
        length: Length,
        remarks: &mut Vec<String>,
    ) -> Result<(), TranslateError> {
        let mut complaint = None;
        for attempt in 2..=self.repairs.saturating_add(1) {
            let failed: Vec<FailedSentence> = judged
                .iter()
                .filter(|judged| !judged.verdict.is_intact())
                .map(Judged::as_failed)
                .collect();
            if failed.is_empty() {
                break;
            }
            match self
                .ask(pieces, brief, length, &failed, complaint.as_deref(), attempt)
                .await
            {
                Ok(draft) => {
                    complaint = None;
                    remarks.extend(draft.remarks);
                    for answer in draft.sentences {
                        // Only what was asked for is replaced, and only by something that passes.
                        let Some(old) = judged
                            .iter_mut()
                            .find(|old| old.sentence.id == answer.id && !old.verdict.is_intact())
                        else {
                            continue;
                        };
                        let new = self.judge(pieces, answer);
                        if new.verdict.is_intact() {
                            *old = new;
                        }
                    }
                }
                Err(refusal) if refusal.is_no_recording() => break,
                Err(refusal) => complaint = refusal.complaint()?.or(complaint),
            }
        }
        Ok(())
    }
}

impl Judged {
    fn as_failed(&self) -> FailedSentence {
        FailedSentence {
            id: self.sentence.id.clone(),
            text: self.sentence.text.clone(),
            cites: self.sentence.cites.join(" "),
            reasons: self
                .verdict
                .errors()
                .map(|finding| finding.message.clone())
                .collect(),
        }
    }

    fn into_report(self) -> SummarySentence {
        SummarySentence {
            figures: self.verdict.count(Subject::Figure),
            names: self.verdict.count(Subject::Name),
            text: self.sentence.text,
            cites: self.sentence.cites,
            findings: self.verdict.findings,
        }
    }
}

/// Figures and names of the headline and the first paragraph that the summary does not mention.
pub(crate) fn omitted(
    checker: &Checker,
    article: &Article,
    plan: &Plan,
    report: &SummaryReport,
) -> Vec<String> {
    let body = article.body();
    let headline = plan
        .segments
        .iter()
        .find(|segment| segment.kind == BlockKind::Headline);
    let lead = plan
        .segments
        .iter()
        .find(|segment| segment.kind == BlockKind::Paragraph);
    let summary = report.text();
    let mut omitted: Vec<String> = Vec::new();
    for segment in headline.into_iter().chain(lead) {
        let verdict = checker.check(segment.span.of(body), &summary);
        for account in verdict.accounts {
            if account.outcome == Outcome::Failed && !omitted.contains(&account.source.text) {
                omitted.push(account.source.text);
            }
        }
    }
    omitted.truncate(OMITTED);
    omitted
}

/// The French that is summarised, as recordings of a summary know it.
#[must_use]
pub fn source(article: &Article, plan: &Plan) -> String {
    let passages = passages(article, plan);
    let texts: Vec<&str> = passages.iter().map(|piece| piece.text.as_str()).collect();
    texts.join("\n\n")
}

/// What is summarised: the segments a reader reads, without the desk's own lines.
fn passages(article: &Article, plan: &Plan) -> Vec<Piece> {
    let read = |kind| {
        !matches!(
            kind,
            BlockKind::Slug | BlockKind::Note | BlockKind::Byline | BlockKind::Boilerplate
        )
    };
    plan.segments
        .iter()
        .filter(|segment| segment.translatable && read(segment.kind))
        .map(|segment| Piece {
            id: segment.id.to_string(),
            text: segment.span.of(article.body()).to_owned(),
        })
        .collect()
}

/// Parts the sentences that passed from those that did not. `longest` is the length of the source in bytes.
fn sort(judged: Vec<Judged>, longest: usize) -> SummaryReport {
    let mut report = SummaryReport {
        sentences: Vec::new(),
        dropped: Vec::new(),
        omitted: Vec::new(),
        hole: None,
    };
    let mut length = 0;
    for judged in judged {
        let fits = length + judged.sentence.text.len() < longest;
        if judged.verdict.is_intact() && fits {
            length += judged.sentence.text.len() + 1;
            report.sentences.push(judged.into_report());
        } else {
            report.dropped.push(judged.into_report());
        }
    }
    report
}

fn hole(reason: String) -> (SummaryReport, Vec<String>) {
    let report = SummaryReport {
        sentences: Vec::new(),
        dropped: Vec::new(),
        omitted: Vec::new(),
        hole: Some(reason),
    };
    (report, Vec::new())
}
