//! Chunks → translated segments. The one concurrent module, and the one loop (repair).
//!
//! In: an article's plan. Out: every segment once, in reading order, translated or marked as a hole with its reason.
//! Laws: segments in = segments out; the result does not depend on the order in which answers arrive; every loop is
//! bounded; a repair is kept only if it makes the segment better.

use futures::stream::{self, StreamExt};
use tokio_util::sync::CancellationToken;

use crate::article::{Article, BlockKind};
use crate::ask::{AskError, Desk};
use crate::endpoint::{Completion, Endpoint, EndpointError, Piece, Request};
use crate::event::Event;
use crate::finding::{Code, Finding, Verdict};
use crate::prompt::{Brief, PromptError, Prompts};
use crate::reply::{self, English};
use crate::segment::{Chunk, Plan, SegmentId};
use crate::sentence;
use crate::verify::markup::Written;
use crate::verify::{Checker, Pair};

mod portions;

/// What it takes to translate, shared by all articles of a run.
pub struct Translator<'a, E> {
    /// Where requests are answered.
    pub desk: &'a Desk<E>,
    /// What is said to the model.
    pub prompts: &'a Prompts,
    /// Who judges the answers.
    pub checker: &'a Checker,
    /// How often a failing segment may be asked for again.
    pub repairs: u32,
    /// How many chunks of one article are worked on at once. The endpoint has its own, lower limit for all articles.
    pub at_once: usize,
    /// Cancelled when the user wants to stop: what is in flight is finished, nothing more is asked.
    pub stop: &'a CancellationToken,
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
    /// Errors of an earlier attempt that a repair mended.
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
    mended: Vec<Finding>,
    remarks: Vec<String>,
}

impl<E: Endpoint> Translator<'_, E> {
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
        let chunks = plan.chunks.iter().map(|chunk| run.chunk(chunk));
        // Not `try_collect`: answers in flight are paid for and must reach the journal.
        let results: Vec<_> = stream::iter(chunks)
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
        let mut translated = Vec::with_capacity(answers.len());
        for (segment, answer) in plan.segments.iter().zip(answers) {
            let (rendering, mended, remarks) = match answer {
                None => (Rendering::AsIs, Vec::new(), Vec::new()),
                Some(Err(reason)) => (Rendering::Hole(reason), Vec::new(), Vec::new()),
                Some(Ok(settled)) => (
                    Rendering::English(settled.english),
                    settled.mended,
                    settled.remarks,
                ),
            };
            translated.push(Translated {
                id: segment.id,
                rendering,
                verdict: Verdict::default(),
                mended,
                remarks,
            });
        }
        let body = article.body();
        let english: Vec<usize> = (0..translated.len())
            .filter(|&index| matches!(translated[index].rendering, Rendering::English(_)))
            .collect();
        let pairs: Vec<Pair<'_>> = english
            .iter()
            .map(|&index| Pair {
                source: plan.segments[index].span.of(body),
                target: match &translated[index].rendering {
                    Rendering::English(text) => text,
                    Rendering::AsIs | Rendering::Hole(_) => "",
                },
            })
            .collect();
        let written = written(article);
        let verdicts = self.checker.check_document_written(&pairs, written);
        for (index, verdict) in english.into_iter().zip(verdicts) {
            translated[index].verdict = verdict;
        }
        for (segment, translated) in plan.segments.iter().zip(&mut translated) {
            if matches!(translated.rendering, Rendering::Hole(_)) {
                translated.verdict.accounts = self.checker.unproven(segment.span.of(body));
            }
        }
        translated
    }
}

/// One article under way.
struct Run<'a, E> {
    translator: &'a Translator<'a, E>,
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
        let desk = self.translator.desk;
        if of_another_model {
            return Ok(desk.ask_fallback(request, read).await?);
        }
        Ok(desk.ask(request, read).await?)
    }

    /// Checks the English of one segment and has it corrected while it fails, at most `repairs` times. What is no
    /// translation after that is none: the reason for a hole.
    async fn settle(
        &self,
        index: usize,
        answer: &str,
        mut remarks: Vec<String>,
    ) -> Result<Result<Settled, String>, TranslateError> {
        let segment = &self.plan.segments[index];
        let source = segment.span.of(self.article.body());
        let mut english = answer.to_owned();
        let written = written(self.article);
        let mut verdict = self.translator.checker.check_written(source, &english, written);
        let first: Vec<Finding> = verdict.errors().cloned().collect();
        let mut complaint = None;
        for attempt in 2..=self.translator.repairs.saturating_add(1) {
            if verdict.is_intact() {
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
                        let judged = self.translator.checker.check_written(source, candidate, written);
                        match better(&english, &verdict, candidate, &judged) {
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
        let open: Vec<_> = verdict.findings.iter().map(key).collect();
        let mended = first
            .into_iter()
            .filter(|finding| !open.contains(&key(finding)))
            .collect();
        self.checked(index, verdict.errors().count());
        remarks.dedup();
        if let Some(finding) = not_a_translation(&english, &verdict) {
            return Ok(Err(finding.message.clone()));
        }
        Ok(Ok(Settled {
            english,
            mended,
            remarks,
        }))
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
        for finding in verdict.errors() {
            if !reasons.contains(&finding.message) {
                reasons.push(finding.message.clone());
            }
        }
        let piece = self.piece(index);
        let prompts = self.translator.prompts;
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

/// A translation is written as its article is.
fn written(article: &Article) -> Written {
    Written::of(article.format(), article.format())
}

/// What makes two findings the same finding.
fn key(finding: &Finding) -> (Code, Option<&str>, Option<&str>) {
    (
        finding.code,
        finding.source.as_ref().map(|spot| spot.text.as_str()),
        finding.target.as_ref().map(|spot| spot.text.as_str()),
    )
}

/// What shows that a text is no English of anything: mostly French, or mostly the model's own remarks (a refusal, a
/// loop, small talk). Less than half of it may be left in French: then it is a translation with an error.
fn not_a_translation<'v>(english: &str, verdict: &'v Verdict) -> Option<&'v Finding> {
    verdict.errors().find(|finding| {
        let covers = finding
            .target
            .as_ref()
            .is_some_and(|spot| spot.span.len() * 2 >= english.len());
        matches!(finding.code, Code::TextUntranslated | Code::TextChatter) && covers
    })
}

/// Whether a correction may replace what it corrects: an error is gone, no finding of any severity is new, and the rest
/// of the text is still there (sentences and length within 10 %, besides what the findings themselves account for).
fn better(old: &str, old_verdict: &Verdict, new: &str, new_verdict: &Verdict) -> Result<(), &'static str> {
    // Anything that is a translation is better than what is none.
    if not_a_translation(old, old_verdict).is_some() && not_a_translation(new, new_verdict).is_none() {
        return Ok(());
    }
    let known: Vec<_> = old_verdict.findings.iter().map(key).collect();
    if new_verdict
        .findings
        .iter()
        .any(|finding| !known.contains(&key(finding)))
    {
        return Err("it brought in something that the French does not bear out");
    }
    if new_verdict.errors().count() >= old_verdict.errors().count() {
        return Err("what was wrong is still wrong");
    }
    // Where text was lost or left in French, its length must change.
    if old_verdict
        .errors()
        .any(|finding| finding.code.subject() == crate::finding::Subject::Text)
    {
        return Ok(());
    }
    let spots = old_verdict
        .errors()
        .flat_map(|finding| [&finding.source, &finding.target])
        .flatten();
    let accounted: usize = spots.map(|spot| spot.text.len() + 1).sum();
    if new.len().abs_diff(old.len()) > old.len() / 10 + accounted {
        return Err("it changed more than what was wrong");
    }
    let (before, after) = (sentence::sentences(old).len(), sentence::sentences(new).len());
    if before.abs_diff(after) > before / 10 {
        return Err("it changed the number of sentences");
    }
    Ok(())
}
