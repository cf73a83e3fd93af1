//! The English forms of names that no row settles, asked for in one call before the first chunk goes out (`--terms`).
//!
//! In: the article and the terms the lexicon knows. Out: more [`Term`]s for every prompt of the article, so that chunks
//! that are translated in parallel spell a name in one way. Laws: a term is taken only if its French stands in the
//! article; what the model proposes goes into prompts alone and is never evidence, or the model would vouch for itself;
//! without an answer the article is translated with the terms there are.

use std::collections::HashMap;

use tokio_util::sync::CancellationToken;

use crate::article::Article;
use crate::ask::Desk;
use crate::endpoint::{Completion, Endpoint};
use crate::names::{self, Name, NameKind, Trust};
use crate::prompt::{Brief, Prompts, Question, Term};
use crate::reply;
use crate::sentence;
use crate::translate::{Refusal, TranslateError};
use crate::verify::Checker;

/// How many names go into the one call; the most frequent ones, since it is repetition that a table is for.
const MOST: usize = 60;

/// How much of the sentence round a name goes along, in bytes.
const CONTEXT: usize = 400;

/// What the model proposes, and what the reader of the report should know of it.
#[derive(Debug, Default)]
pub struct Proposed {
    /// French and English; none where the two are the same.
    pub terms: Vec<Term>,
    /// What was proposed, or why nothing was.
    pub remark: Option<String>,
}

/// Asks for the names of `article` that `brief` does not settle.
///
/// # Errors
/// The endpoint cannot be used at all, a template fails, or the user stopped the run. An answer that cannot be used is
/// a remark.
pub async fn propose<E: Endpoint>(
    desk: &Desk<E>,
    prompts: &Prompts,
    checker: &Checker,
    article: &Article,
    brief: &Brief,
    stop: &CancellationToken,
) -> Result<Proposed, TranslateError> {
    let questions = open_questions(checker, article.body(), brief);
    if questions.is_empty() || stop.is_cancelled() {
        return Ok(Proposed::default());
    }
    let answers = match ask(desk, prompts, brief, &questions).await {
        Ok(answers) => answers,
        Err(refusal) => {
            let reason = refusal.reason()?;
            let remark = format!("the model proposed no English forms of names: {reason}");
            return Ok(Proposed {
                terms: Vec::new(),
                remark: Some(remark),
            });
        }
    };
    let terms: Vec<Term> = questions
        .iter()
        .zip(answers.texts())
        .filter(|(question, _)| article.body().contains(&question.text))
        .filter(|(question, target)| is_a_form(&question.text, target))
        .map(|(question, target)| Term {
            source: question.text.clone(),
            target: target.to_owned(),
        })
        .collect();
    let listed: Vec<String> = terms
        .iter()
        .map(|term| format!("{} = {}", term.source, term.target))
        .collect();
    let remark = (!listed.is_empty()).then(|| {
        format!(
            "English forms that the model proposed for the prompts, which prove nothing: {}",
            listed.join("; ")
        )
    });
    Ok(Proposed { terms, remark })
}

async fn ask<E: Endpoint>(
    desk: &Desk<E>,
    prompts: &Prompts,
    brief: &Brief,
    questions: &[Question],
) -> Result<reply::English, Refusal> {
    let request = prompts.terms(brief, questions)?;
    let ids: Vec<&str> = questions.iter().map(|question| question.id.as_str()).collect();
    let read = |completion: &Completion| reply::english(completion, &request.mark, &ids);
    Ok(desk.ask(&request, read).await?)
}

/// The names of `body` whose English the lexicon does not settle, the most frequent first.
fn open_questions(checker: &Checker, body: &str, brief: &Brief) -> Vec<Question> {
    let mut seen: HashMap<&str, (usize, usize)> = HashMap::new();
    for name in names::find_french(body, checker.lexicon()) {
        let text = name.span.of(body);
        let is_settled = brief.terms.iter().any(|term| term.source == text);
        if is_open(&name) && !is_settled && !text.contains('\n') {
            seen.entry(text).or_insert((0, name.span.start)).0 += 1;
        }
    }
    let mut found: Vec<_> = seen.into_iter().collect();
    found.sort_by_key(|&(_, (times, at))| (std::cmp::Reverse(times), at));
    found.truncate(MOST);
    let sentences = sentence::sentences(body);
    let found = found.into_iter().enumerate();
    found
        .map(|(number, (text, (_, at)))| {
            let after = sentences.partition_point(|span| span.start <= at);
            let around = sentences[..after].last().map_or("", |span| span.of(body));
            Question {
                id: format!("n{}", number + 1),
                text: text.to_owned(),
                source: head(around).to_owned(),
                target: None,
            }
        })
        .collect()
}

/// Whether its English may differ from its French and no row says how.
fn is_open(name: &Name) -> bool {
    match name.trust {
        Trust::Spelt => !matches!(name.kind, NameKind::Ticker | NameKind::Given),
        Trust::Common => name.kind != NameKind::Common,
        Trust::Listed => name.kind == NameKind::Organisation,
        Trust::Loose => false,
    }
}

fn head(text: &str) -> &str {
    &text[..text.floor_char_boundary(CONTEXT)]
}

/// Whether the answer may be the English of a name at all: one line, no essay, and not the same word again.
fn is_a_form(source: &str, target: &str) -> bool {
    let is_short = target.chars().count() <= 3 * source.chars().count() + 20;
    let has_letters = target.chars().any(char::is_alphabetic);
    target != source && is_short && has_letters && !target.contains('\n')
}
