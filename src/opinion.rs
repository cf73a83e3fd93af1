//! What the model says of names that the check could not prove (`--ask-model`): an opinion, never a proof.
//!
//! In: a [`Report`] whose segments are judged. Out: the same, with an [`Opinion`] beside each name that is not proven.
//! Laws: only names that are not proven are asked about; counts, severities and the exit code stay as they are; words
//! that do not stand in the English are no answer; a server that does not answer costs a note, not the report.

use futures::future::join_all;
use tokio_util::sync::CancellationToken;

use crate::ask::Desk;
use crate::endpoint::{Completion, Endpoint};
use crate::finding::{Outcome, Spot, Subject};
use crate::prompt::{Brief, Prompts, Question};
use crate::reply;
use crate::report::{Opinion, Report};
use crate::span::Span;
use crate::translate::Refusal;

/// How many names are asked about in one request.
const TOGETHER: usize = 10;

/// How many names of one article are asked about.
const MOST: usize = 100;

/// A name that is not proven: the segment it stands in, by its place in the report, and the spot.
struct Open {
    segment: usize,
    source: Spot,
}

/// Asks about the names of the report that are not proven, and puts what is said beside them.
pub async fn ask<E: Endpoint>(
    desk: &Desk<E>,
    prompts: &Prompts,
    brief: &Brief,
    report: &mut Report,
    stop: &CancellationToken,
) {
    let mut open = unproven(report);
    if open.is_empty() {
        return;
    }
    if open.len() > MOST {
        let left = open.len() - MOST;
        report.notes.push(format!(
            "the model was not asked about {left} of the names that are not proven"
        ));
        open.truncate(MOST);
    }
    let requests = open.chunks(TOGETHER).map(|some| {
        let questions: Vec<Question> = some
            .iter()
            .enumerate()
            .map(|(at, open)| question(report, at, open))
            .collect();
        async move {
            if stop.is_cancelled() {
                return Err("the run was stopped".to_owned());
            }
            answers(desk, prompts, brief, &questions)
                .await
                .map_err(|refusal| refusal.to_string())
        }
    });
    let answered = join_all(requests).await;
    let by = desk.info().model.clone();
    for (some, answer) in open.chunks(TOGETHER).zip(answered) {
        match answer {
            Ok(answer) => {
                for (open, words) in some.iter().zip(answer.texts()) {
                    note(report, open, words, &by);
                }
            }
            Err(reason) => {
                let remark = format!("the model gave no opinion on names that are not proven: {reason}");
                if !report.notes.contains(&remark) {
                    report.notes.push(remark);
                }
            }
        }
    }
}

fn unproven(report: &Report) -> Vec<Open> {
    let translated = report
        .segments
        .iter()
        .enumerate()
        .filter(|(_, segment)| segment.target.is_some());
    translated
        .flat_map(|(at, segment)| {
            let names = segment
                .accounts
                .iter()
                .filter(|account| account.kind == Subject::Name && account.outcome == Outcome::NotProven);
            names.map(move |account| Open {
                segment: at,
                source: account.source.clone(),
            })
        })
        .collect()
}

fn question(report: &Report, at: usize, open: &Open) -> Question {
    let segment = &report.segments[open.segment];
    Question {
        id: format!("n{}", at + 1),
        text: open.source.text.clone(),
        source: segment.source.clone(),
        target: segment.target.clone(),
    }
}

async fn answers<E: Endpoint>(
    desk: &Desk<E>,
    prompts: &Prompts,
    brief: &Brief,
    questions: &[Question],
) -> Result<reply::English, Refusal> {
    let request = prompts.opinion(brief, questions)?;
    let ids: Vec<&str> = questions.iter().map(|question| question.id.as_str()).collect();
    let read = |completion: &Completion| reply::english(completion, &request.mark, &ids);
    Ok(desk.ask(&request, read).await?)
}

/// Puts an opinion beside the account, and says it in the finding that stands for the name.
fn note(report: &mut Report, open: &Open, words: &str, by: &str) {
    let segment = &mut report.segments[open.segment];
    let english = segment.target.as_deref().unwrap_or_default();
    let is_none = matches!(words, "-" | "–" | "—");
    let target = english
        .find(words)
        .map(|start| Spot::new(english, Span::new(start, start + words.len())));
    if !is_none && target.is_none() {
        return;
    }
    let target = target.filter(|_| !is_none);
    let says = match &target {
        Some(spot) => format!(" The model takes “{}” for it, which proves nothing.", spot.text),
        None => " The model finds nothing that stands for it.".to_owned(),
    };
    let of_this_name = |spot: &Spot| spot.span.overlaps(open.source.span);
    let finding = segment.findings.iter_mut().find(|finding| {
        finding.code.subject() == Subject::Name && finding.source.as_ref().is_some_and(of_this_name)
    });
    if let Some(finding) = finding {
        finding.message.push_str(&says);
    }
    segment.opinions.push(Opinion {
        source: open.source.clone(),
        target,
        by: by.to_owned(),
    });
}
