//! Which segments go out together, and what becomes of those whose answer is no use.
//!
//! In: the segments of a chunk. Out: an answer for each, or why there is none. Law: bounded; each step asks for less at
//! once than the one before it, or for one segment once more, and the last one is a hole with its reason.

use std::collections::VecDeque;

use futures::future::join_all;

use super::{Answer, Refusal, Run, TranslateError};
use crate::endpoint::{Endpoint, Piece};
use crate::reply::English;

/// How often a segment that stands alone is asked for again, with the reason, while its answers cannot be used.
const ASKED_AGAIN: u32 = 3;

impl<E: Endpoint> Run<'_, E> {
    /// Asks for the segments together; what cannot be read is asked for in halves, then one by one, then again with the
    /// reason, at most [`ASKED_AGAIN`] times, then once of the other model if there is one.
    pub(super) async fn portions(&self, sent: Vec<usize>) -> Result<Vec<Answer>, TranslateError> {
        let mut answers = Vec::with_capacity(sent.len());
        let mut waiting = VecDeque::from([Portion::of(sent)]);
        while let Some(portion) = waiting.pop_front() {
            if portion.segments.is_empty() {
                continue;
            }
            match self.ask(&portion).await {
                Ok(english) => {
                    let mut remarks = english.remarks.clone();
                    remarks.extend(portion.remark(self.translator.desk.fallback()));
                    let settled = portion
                        .segments
                        .iter()
                        .zip(english.texts())
                        .map(|(&index, text)| {
                            let remarks = remarks.clone();
                            async move {
                                self.settle(index, text, remarks)
                                    .await
                                    .map(|settled| (index, settled))
                            }
                        });
                    for answer in join_all(settled).await {
                        match answer? {
                            (index, Err(reason)) if self.has_another_model(&portion) => {
                                waiting.push_back(Portion::of(vec![index]).of_another_model(reason));
                            }
                            answer => answers.push(answer),
                        }
                    }
                }
                Err(error) => {
                    let is_of_the_answer = error.is_of_the_answer();
                    let most = if is_of_the_answer { ASKED_AGAIN } else { 1 };
                    let reason = error.reason()?;
                    if portion.segments.len() > 1 {
                        let (head, tail) = portion.segments.split_at(portion.segments.len() / 2);
                        waiting.push_back(Portion::of(head.to_vec()));
                        waiting.push_back(Portion::of(tail.to_vec()));
                    } else if portion.again < most {
                        waiting.push_back(portion.again(reason, is_of_the_answer));
                    } else if self.has_another_model(&portion) {
                        waiting.push_back(portion.of_another_model(reason));
                    } else {
                        self.checked(portion.segments[0], 0);
                        answers.push((portion.segments[0], Err(reason)));
                    }
                }
            }
        }
        Ok(answers)
    }

    /// Whether there is another model that has not been asked yet.
    fn has_another_model(&self, portion: &Portion) -> bool {
        self.translator.desk.fallback().is_some() && !portion.of_another_model
    }

    /// Asks for the English of some segments, in one request.
    async fn ask(&self, portion: &Portion) -> Result<English, Refusal> {
        let pieces: Vec<Piece> = portion.segments.iter().map(|&index| self.piece(index)).collect();
        let before = self.before(portion.segments[0]);
        // A model can mend what it wrote; a server that was silent is no business of its.
        let complaint = portion.complaint.as_deref().filter(|_| portion.is_of_the_answer);
        let prompts = &self.translator.prompts;
        let request = prompts.translate(self.brief, pieces, before, complaint)?;
        self.send(&request, portion.of_another_model).await
    }
}

/// Segments that are asked for together, and what went before.
#[derive(Debug)]
struct Portion {
    segments: Vec<usize>,
    /// Why an earlier answer could not be used, or did not come.
    complaint: Option<String>,
    /// Whether it came.
    is_of_the_answer: bool,
    /// How often they were asked for again for that reason.
    again: u32,
    of_another_model: bool,
}

impl Portion {
    fn of(segments: Vec<usize>) -> Self {
        Self {
            segments,
            complaint: None,
            is_of_the_answer: false,
            again: 0,
            of_another_model: false,
        }
    }

    fn again(self, reason: String, is_of_the_answer: bool) -> Self {
        Self {
            complaint: Some(reason),
            is_of_the_answer,
            again: self.again + 1,
            ..self
        }
    }

    /// The last resort; it is asked afresh and once.
    fn of_another_model(self, reason: String) -> Self {
        Self {
            complaint: Some(reason),
            is_of_the_answer: false,
            again: u32::MAX,
            of_another_model: true,
            ..self
        }
    }

    /// What a reader of the report should know.
    fn remark(&self, fallback: Option<&str>) -> Option<String> {
        let model = fallback.filter(|_| self.of_another_model)?;
        let reason = self.complaint.as_deref().unwrap_or_default();
        Some(format!("a passage was translated by {model} instead: {reason}"))
    }
}
