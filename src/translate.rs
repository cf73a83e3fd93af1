//! Chunks → translated segments. The one concurrent module, and the one loop (repair).
//!
//! In: an article's plan. Out: every segment once, in reading order, translated or marked as a hole with its reason.
//! Laws: segments in = segments out; the result does not depend on the order in which answers arrive; every loop is
//! bounded; a repair is kept only if it makes the segment better.

use std::sync::Arc;

use futures::stream::{self, StreamExt};
use tokio_util::sync::CancellationToken;

use crate::article::{Article, BlockKind};
use crate::ask::{AskError, Desk};
use crate::endpoint::{Completion, Endpoint, EndpointError, Piece, Request};
use crate::event::Event;
use crate::finding::{Finding, Verdict};
use crate::prompt::{Brief, PromptError, Prompts};
use crate::repair;
use crate::reply::{self, English};
use crate::segment::{Chunk, Plan, SegmentId};
use crate::sentence;
use crate::verify::markup::Written;
use crate::verify::{Checker, Pair};

mod portions;

/// What it takes to translate, shared by all articles of a run.
pub struct Translator<E> {
    /// Where requests are answered.
    pub desk: Arc<Desk<E>>,
    /// What is said to the model.
    pub prompts: Arc<Prompts>,
    /// Who judges the answers.
    pub checker: Arc<Checker>,
    /// How often a failing segment may be asked for again.
    pub repairs: u32,
    /// How many chunks of one article are worked on at once. The endpoint has its own, lower limit for all articles.
    pub at_once: usize,
    /// Cancelled when the user wants to stop: what is in flight is finished, nothing more is asked.
    pub stop: CancellationToken,
}

/// One segment after the work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Translated {
    /// Which segment.
    pub id: SegmentId,
    /// What it became.
    pub rendering: Rendering,
    /// What the check says of the English; for a hole, that nothing of it is proven.
    pub verdict: Verdict,
    /// What an earlier attempt got wrong and a repair mended.
    pub mended: Vec<Finding>,
    /// What the makers of a recording say of it.
    pub remarks: Vec<String>,
}

/// What became of a segment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rendering {
    /// Nothing in it to translate: it stays as it is.
    AsIs,
    /// The English.
    English(String),
    /// Not translated, and why.
    Hole(String),
}

/// Why an article could not be translated at all.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TranslateError {
    /// The endpoint cannot work for us, or an answer could not be kept.
    #[error(transparent)]
    Ask(#[from] AskError),
    /// A template fails on this article.
    #[error(transparent)]
    Prompt(#[from] PromptError),
    /// Not one segment came back.
    #[error("no part of the article was translated: {reason}")]
    Nothing {
        /// What became of the first segment.
        reason: String,
    },
}

impl TranslateError {
    /// Whether the run was stopped by the user rather than by a fault.
    #[must_use]
    pub fn is_stop(&self) -> bool {
        matches!(self, Self::Ask(AskError::Endpoint(EndpointError::Stopped)))
    }
}

/// Why one request brought nothing.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Refusal {
    /// It could not be written.
    #[error(transparent)]
    Prompt(#[from] PromptError),
    /// It was not answered.
    #[error(transparent)]
    Ask(#[from] AskError),
}

impl Refusal {
    /// Whether there is no recording to answer it.
    pub(crate) fn is_no_recording(&self) -> bool {
        matches!(
            self,
            Self::Ask(AskError::Endpoint(EndpointError::NoRecording { .. }))
        )
    }

    /// Whether an answer came, and another one may be better. What no answer came to has been repeated by the endpoint.
    fn is_of_the_answer(&self) -> bool {
        match self {
            Self::Ask(AskError::Incomplete(_)) => true,
            Self::Ask(AskError::Endpoint(error)) => matches!(
                error,
                EndpointError::Truncated | EndpointError::Refused { .. } | EndpointError::Empty
            ),
            _ => false,
        }
    }

    /// What the model is told of it: a model can mend what it wrote; a server that was silent is no business of its.
    pub(crate) fn complaint(self) -> Result<Option<String>, TranslateError> {
        let is_of_the_answer = self.is_of_the_answer();
        Ok(Some(self.reason()?).filter(|_| is_of_the_answer))
    }

    /// What it means for one segment: the reason for a hole; or else the end of the run.
    pub(crate) fn reason(self) -> Result<String, TranslateError> {
        match self {
            Self::Prompt(error) => Err(error.into()),
            Self::Ask(error) if error.stops_the_run() => Err(error.into()),
            Self::Ask(error) => Ok(error.to_string()),
        }
    }
}

/// One segment's first answer, or why there is none.
type Answer = (usize, Result<Settled, String>);

/// The English of one segment after its check and its repairs.
struct Settled {
    english: String,
    /// What the check says of it, by itself.
    verdict: Verdict,
    mended: Vec<Finding>,
    remarks: Vec<String>,
}

impl<E: Endpoint> Translator<E> {
    /// Translates an article. `name` is how events call it.
    ///
    /// What is in flight when the endpoint fails for good, or when the user stops the run, is finished and kept in the
    /// journal before the error is returned.
    ///
    /// # Errors
    /// The endpoint cannot be used (address, key, model, quota), gave nothing at all, or the user stopped the run; a
    /// template fails; an answer cannot be kept. A segment that is refused or comes back broken is a hole, not an error.
    pub async fn translate(
        &self,
        name: &str,
        article: &Article,
        plan: &Plan,
        brief: &Brief,
    ) -> Result<Vec<Translated>, TranslateError> {
        let run = Run {
            translator: self,
            name,
            article,
            plan,
            brief,
            halt: self.stop.child_token(),
        };
        // Not `try_collect`: answers in flight are paid for and must reach the journal.
        let results: Vec<_> = stream::iter(0..plan.chunks.len())
            .map(|chunk| run.chunk(&plan.chunks[chunk]))
            .buffer_unordered(self.at_once.max(1))
            .collect()
            .await;
        let mut answers: Vec<Option<Result<Settled, String>>> = plan.segments.iter().map(|_| None).collect();
        let mut failure = None;
        for result in results {
            match result {
                Ok(chunk) => chunk
                    .into_iter()
                    .for_each(|(index, answer)| answers[index] = Some(answer)),
                // Chunks that were halted say `Stopped`; the one that halted them says why.
                Err(error) if failure.is_none() || !error.is_stop() => failure = Some(error),
                Err(_) => {}
            }
        }
        if let Some(error) = failure {
            return Err(error);
        }
        let sent = || answers.iter().flatten();
        if let Some(Err(reason)) = sent().next()
            && sent().all(Result::is_err)
        {
            return Err(TranslateError::Nothing {
                reason: reason.clone(),
            });
        }
        Ok(self.judge(article, plan, answers))
    }

    /// Puts the segments in order and judges the document as a whole.
    fn judge(
        &self,
        article: &Article,
        plan: &Plan,
        answers: Vec<Option<Result<Settled, String>>>,
    ) -> Vec<Translated> {
        let body = article.body();
        let mut translated = Vec::with_capacity(answers.len());
        let mut verdicts = Vec::with_capacity(answers.len());
        for (segment, answer) in plan.segments.iter().zip(answers) {
            let mut part = Translated {
                id: segment.id,
                rendering: Rendering::AsIs,
                verdict: Verdict::default(),
                mended: Vec::new(),
                remarks: Vec::new(),
            };
            match answer {
                None => {}
                Some(Err(reason)) => {
                    part.rendering = Rendering::Hole(reason);
                    part.verdict.accounts = self.checker.unproven(segment.span.of(body));
                }
                Some(Ok(settled)) => {
                    part.rendering = Rendering::English(settled.english);
                    part.mended = settled.mended;
                    part.remarks = settled.remarks;
                    verdicts.push(settled.verdict);
                }
            }
            translated.push(part);
        }
        let pairs: Vec<Pair<'_>> = plan
            .segments
            .iter()
            .zip(&translated)
            .filter_map(|(segment, part)| match &part.rendering {
                Rendering::English(target) => Some(Pair {
                    source: segment.span.of(body),
                    target,
                }),
                Rendering::AsIs | Rendering::Hole(_) => None,
            })
            .collect();
        let verdicts = self.checker.together(&pairs, verdicts);
        let english = translated
            .iter_mut()
            .filter(|part| matches!(part.rendering, Rendering::English(_)));
        for (part, verdict) in english.zip(verdicts) {
            part.verdict = verdict;
        }
        translated
    }
}

/// One article under way.
struct Run<'a, E> {
    translator: &'a Translator<E>,
    name: &'a str,
    article: &'a Article,
    plan: &'a Plan,
    brief: &'a Brief,
    /// Cancelled with the run, or when this article cannot go on.
    halt: CancellationToken,
}

impl<E: Endpoint> Run<'_, E> {
    async fn chunk(&self, chunk: &Chunk) -> Result<Vec<Answer>, TranslateError> {
        let sent: Vec<usize> = chunk
            .segments
            .clone()
            .filter(|&index| self.plan.segments[index].translatable)
            .collect();
        let result = self.portions(sent).await;
        if result.is_err() {
            self.halt.cancel();
        }
        result
    }

    async fn send(&self, request: &Request, of_another_model: bool) -> Result<English, Refusal> {
        if self.halt.is_cancelled() {
            return Err(AskError::Endpoint(EndpointError::Stopped).into());
        }
        let ids: Vec<&str> = request
            .subject
            .segments
            .iter()
            .map(|piece| piece.id.as_str())
            .collect();
        let read = |completion: &Completion| reply::english(completion, &request.mark, &ids);
        let desk = &self.translator.desk;
        if of_another_model {
            return Ok(desk.ask_fallback(request, read).await?);
        }
        Ok(desk.ask(request, read).await?)
    }

    /// Checks the English of one segment and has it corrected while it fails. What is no translation after that is
    /// none: the reason for a hole.
    async fn settle(
        &self,
        index: usize,
        english: &str,
        remarks: Vec<String>,
    ) -> Result<Result<Settled, String>, TranslateError> {
        let mut settled = Settled {
            english: english.to_owned(),
            verdict: self.check(index, english),
            mended: Vec::new(),
            remarks,
        };
        if repair::is_wanted(&settled.verdict, 2) {
            // Few segments come here, and what it takes to ask again is large to carry along.
            settled = Box::pin(self.mend(index, settled)).await?;
        }
        self.checked(index, settled.verdict.errors().count());
        settled.remarks.dedup();
        if let Some(finding) = repair::not_a_translation(&settled.english, &settled.verdict) {
            return Ok(Err(finding.message.clone()));
        }
        Ok(Ok(settled))
    }

    /// What the check says of a segment's English, by itself.
    fn check(&self, index: usize, english: &str) -> Verdict {
        let source = self.plan.segments[index].span.of(self.article.body());
        let written = Written::of(self.article.format(), self.article.format());
        self.translator.checker.check_written(source, english, written)
    }

    /// Has the English of a segment corrected while it fails, at most `repairs` times.
    async fn mend(&self, index: usize, settled: Settled) -> Result<Settled, TranslateError> {
        let segment = &self.plan.segments[index];
        let source = segment.span.of(self.article.body());
        let Settled {
            mut english,
            mut verdict,
            mut remarks,
            ..
        } = settled;
        let first: Vec<Finding> = repair::reasons(&verdict).cloned().collect();
        let mut complaint = None;
        for attempt in 2..=self.translator.repairs.saturating_add(1) {
            if !repair::is_wanted(&verdict, attempt) {
                break;
            }
            let id = segment.id.to_string();
            self.tell(Event::Repairing {
                article: self.name.to_owned(),
                segment: id,
                attempt,
            });
            match self
                .repair(index, &english, &verdict, complaint.as_deref(), attempt)
                .await
            {
                // The prompt lets the model say that a remark is mistaken by leaving the text alone: then asking again
                // only presses it to spoil what is right.
                Ok(corrected) if corrected.texts().any(|candidate| candidate == english) => break,
                Ok(corrected) => {
                    for candidate in corrected.texts() {
                        let judged = self.check(index, candidate);
                        let (old, new) = ((english.as_str(), &verdict), (candidate, &judged));
                        match repair::is_better(source, old, new) {
                            Ok(()) => (english, verdict, complaint) = (candidate.to_owned(), judged, None),
                            Err(reason) => complaint = Some(reason.to_owned()),
                        }
                    }
                    remarks.extend(corrected.remarks);
                }
                Err(refusal) if refusal.is_no_recording() => break,
                // What was said of an answer that came still holds where none came.
                Err(refusal) => complaint = refusal.complaint()?.or(complaint),
            }
        }
        let open: Vec<_> = verdict.findings.iter().map(repair::key).collect();
        let mended = first
            .into_iter()
            .filter(|finding| !open.contains(&repair::key(finding)))
            .collect();
        Ok(Settled {
            english,
            verdict,
            mended,
            remarks,
        })
    }

    async fn repair(
        &self,
        index: usize,
        draft: &str,
        verdict: &Verdict,
        complaint: Option<&str>,
        attempt: u32,
    ) -> Result<English, Refusal> {
        let mut reasons: Vec<String> = Vec::new();
        for finding in repair::reasons(verdict) {
            if !reasons.contains(&finding.message) {
                reasons.push(finding.message.clone());
            }
        }
        let piece = self.piece(index);
        let prompts = &self.translator.prompts;
        let request = prompts.repair(self.brief, piece, draft, &reasons, complaint, attempt)?;
        self.send(&request, false).await
    }

    fn piece(&self, index: usize) -> Piece {
        let segment = &self.plan.segments[index];
        Piece {
            id: segment.id.to_string(),
            text: segment.span.of(self.article.body()).to_owned(),
        }
    }

    /// The French sentence that stands before a segment, if it is prose of this article.
    fn before(&self, index: usize) -> Option<&str> {
        let previous = &self.plan.segments[index.checked_sub(1)?];
        let prose = matches!(
            previous.kind,
            BlockKind::Paragraph | BlockKind::Quote | BlockKind::Heading
        );
        let text = previous.span.of(self.article.body());
        let last = *sentence::sentences(text).last()?;
        (prose && last.len() <= 600).then(|| last.of(text))
    }

    fn checked(&self, index: usize, errors: usize) {
        let segment = self.plan.segments[index].id.to_string();
        self.tell(Event::Checked {
            article: self.name.to_owned(),
            segment,
            errors,
        });
    }

    fn tell(&self, event: Event) {
        self.translator.desk.tell(event);
    }
}
