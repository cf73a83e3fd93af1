//! An article → a short English summary whose every figure and name stands in the passages it cites.
//!
//! In: the French, never the translation. Out: a [`SummaryReport`]: the sentences that passed, those that were dropped
//! and why, and what the summary leaves out. Laws: a sentence that the article does not bear out is asked for again, at
//! most `repairs` times, then dropped; the summary never outgrows its source. An article longer than [`LONGEST`] is
//! summarised in layers: its parts all at once, then one summary of what was borne out, as soon as the last part is there.

mod coverage;
mod facts;

use futures::future::{join, try_join_all};

use tokio_util::sync::CancellationToken;

use crate::article::{Article, BlockKind};
use crate::ask::{AskError, Desk};
use crate::endpoint::{Completion, Endpoint, EndpointError, Piece};
use crate::finding::Verdict;
use crate::prompt::{Brief, FailedSentence, Form, Length, Prompts};
use crate::reply::{self, Draft, Sentence};
use crate::report::{SummaryReport, SummarySentence};
use crate::segment::Plan;
use crate::sentence::{is_english_word, is_french_word};
use crate::tokens::Tokens;
use crate::translate::{Refusal, TranslateError};
use crate::verify::Checker;
use crate::verify::summary::Passages;

pub(crate) use coverage::omitted;
pub(crate) use facts::reported;

/// The most French that is summarised in one request, in tokens: longer texts are read without care for their middle
/// (Liu et al., *Lost in the Middle*, 2023).
pub const LONGEST: Tokens = Tokens(6_000);

/// The words of a part's summary: enough for the merge to choose from.
const PART_WORDS: u32 = 120;

/// The fewest words of French that are worth a summary.
const SHORTEST: usize = 30;

/// How many passages are tried for that: those that say most of its words.
const LIKELY: usize = 12;

/// How many passages may be added to a sentence's citations when the fact stands elsewhere in the article.
const ADDED_CITATIONS: usize = 3;

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

/// What repairs are made of and judged by.
#[derive(Clone, Copy)]
struct Material<'m> {
    passages: &'m Passages<'m>,
    pieces: &'m [Piece],
    /// Whether the article is too long to go out again as a whole.
    in_layers: bool,
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
        if !length.is_french && !looks_french(&pieces) {
            return Ok(hole(
                "the article does not look French; if it is, say so with --lang fr".to_owned(),
            ));
        }
        let parts = parts(plan, &pieces);
        let passages = passages_of(&pieces);
        // The article is read for the checks while the model writes.
        let read = async { passages.read_by(self.checker) };
        let (first, ()) = match parts.as_slice() {
            [] | [_] => join(self.first(&pieces, brief, length), read).await,
            parts => join(self.in_layers(&passages, &pieces, parts, brief, length), read).await,
        };
        let Draft {
            sentences,
            mut remarks,
        } = match first? {
            Ok(draft) => draft,
            Err(reason) => return Ok(hole(reason)),
        };
        let mut judged: Vec<Judged> = sentences
            .into_iter()
            .map(|sentence| self.judge(&passages, &pieces, sentence))
            .collect();
        let material = Material {
            passages: &passages,
            pieces: &pieces,
            in_layers: parts.len() > 1,
        };
        self.repair(&mut judged, material, brief, length, &mut remarks)
            .await?;
        let source: usize = pieces.iter().map(|piece| piece.text.len()).sum();
        let write = |judged: Judged| {
            let Judged { sentence, verdict } = judged;
            reported(
                self.checker,
                article,
                plan,
                sentence.text,
                sentence.cites,
                verdict,
            )
        };
        let (mut report, too_long) = sort(judged, source, length, write);
        if too_long > 0 {
            remarks.push(format!(
                "the summary is as long as the article: {too_long} of its sentences left out; ask for fewer --words"
            ));
        }
        report.place();
        report.omitted = omitted(self.checker, article, plan, &report);
        Ok((report, remarks))
    }

    /// A summary of each part, all asked for at once; then one of what the article bears out of them.
    async fn in_layers(
        &self,
        article: &Passages<'_>,
        pieces: &[Piece],
        parts: &[&[Piece]],
        brief: &Brief,
        length: Length,
    ) -> Result<Result<Draft, String>, TranslateError> {
        let of_part = Length {
            words: PART_WORDS,
            is_french: length.is_french,
            ..Length::default()
        };
        // Each part is judged when it comes, while the others are still written.
        let judge = |part| async move {
            let draft = match self.first(part, brief, of_part).await? {
                Ok(draft) => draft,
                Err(reason) => return Ok(Err(reason)),
            };
            let judged = draft
                .sentences
                .into_iter()
                .map(|sentence| self.judge(article, pieces, sentence));
            Ok::<_, TranslateError>(Ok((judged.collect::<Vec<Judged>>(), draft.remarks)))
        };
        let judged = try_join_all(parts.iter().map(|part| judge(*part))).await?;
        let mut remarks = Vec::new();
        let mut sound: Vec<FailedSentence> = Vec::new();
        for part in judged {
            let (part, said) = match part {
                Ok(part) => part,
                Err(reason) => return Ok(Err(reason)),
            };
            remarks.extend(said);
            for judged in part.iter().filter(|judged| judged.verdict.is_intact()) {
                let mut draft = judged.as_failed();
                draft.id = format!("d{}", sound.len() + 1);
                sound.push(draft);
            }
        }
        if sound.is_empty() {
            return Ok(Err(
                "the article bears out nothing of what was written about its parts".to_owned(),
            ));
        }
        let mut complaint: Option<String> = None;
        loop {
            let request = self.prompts.merge(brief, &sound, length, complaint.as_deref())?;
            let read = |completion: &Completion| reply::draft(completion, &request.mark);
            match self.desk.ask(&request, read).await.map_err(Refusal::from) {
                Ok(mut draft) => {
                    remarks.append(&mut draft.remarks);
                    return Ok(Ok(Draft {
                        sentences: draft.sentences,
                        remarks,
                    }));
                }
                Err(refusal) => {
                    let reason = refusal.reason()?;
                    if complaint.is_some() {
                        return Ok(Err(reason));
                    }
                    complaint = Some(reason);
                }
            }
        }
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
    fn judge(&self, article: &Passages<'_>, pieces: &[Piece], mut sentence: Sentence) -> Judged {
        let place = |id: &String| pieces.iter().position(|piece| piece.id == *id);
        let mut cites: Vec<usize> = sentence.cites.iter().filter_map(place).collect();
        cites.sort_unstable();
        cites.dedup();
        let mut verdict = self.checker.check_cited(article, &cites, &sentence.text);
        let likely = if verdict.is_intact() {
            Vec::new()
        } else {
            article.likely(self.checker, &sentence.text, LIKELY)
        };
        for _ in 0..ADDED_CITATIONS {
            if verdict.is_intact() {
                break;
            }
            let better = likely
                .iter()
                .filter(|at| !cites.contains(at))
                .map(|at| {
                    let mut wider = cites.clone();
                    wider.push(*at);
                    wider.sort_unstable();
                    let judged = self.checker.check_cited(article, &wider, &sentence.text);
                    (judged.errors().count(), wider, judged)
                })
                .min_by_key(|(errors, ..)| *errors);
            match better {
                Some((errors, wider, judged)) if errors < verdict.errors().count() => {
                    (cites, verdict) = (wider, judged);
                }
                _ => break,
            }
        }
        sentence.cites = cites.iter().map(|at| pieces[*at].id.clone()).collect();
        Judged { sentence, verdict }
    }

    /// Has the failing sentences written anew, together, at most `repairs` times.
    async fn repair(
        &self,
        judged: &mut [Judged],
        Material {
            passages,
            pieces,
            in_layers,
        }: Material<'_>,
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
            // A long article does not go out again as a whole: what the sentences rest on does.
            let cited: Vec<Piece> = pieces
                .iter()
                .filter(|piece| {
                    failed
                        .iter()
                        .any(|sentence| sentence.cites.split(' ').any(|id| id == piece.id))
                })
                .cloned()
                .collect();
            let material = if in_layers && !cited.is_empty() {
                &cited
            } else {
                pieces
            };
            match self
                .ask(material, brief, length, &failed, complaint.as_deref(), attempt)
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
                        let new = self.judge(passages, pieces, answer);
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

/// The passages as the check takes them.
fn passages_of(pieces: &[Piece]) -> Passages<'_> {
    Passages::new(pieces.iter().map(|piece| piece.text.as_str()).collect())
}

/// The passages in runs of at most [`LONGEST`].
fn parts<'p>(plan: &Plan, pieces: &'p [Piece]) -> Vec<&'p [Piece]> {
    // The pieces are some of the segments, in the same order.
    let mut segments = plan.segments.iter();
    let lengths: Vec<u32> = pieces
        .iter()
        .map(|piece| {
            let found = segments.find(|segment| segment.id.to_string() == piece.id);
            found.map_or(0, |segment| {
                segment.tokens.0.max(u32::from(!segment.span.is_empty()))
            })
        })
        .collect();
    let Tokens(may) = LONGEST;
    let has: u32 = lengths.iter().sum();
    // Even parts, the last no leftover: a passage belongs to the part in which it begins.
    let (has, count) = (u64::from(has.max(1)), u64::from(has.div_ceil(may).max(1)));
    let (mut parts, mut start, mut before, mut current) = (Vec::new(), 0, 0_u64, 0);
    for (at, length) in lengths.into_iter().enumerate() {
        let part = before * count / has;
        if part > current && at > start {
            parts.push(&pieces[start..at]);
            start = at;
        }
        current = part;
        before += u64::from(length);
    }
    if start < pieces.len() {
        parts.push(&pieces[start..]);
    }
    parts
}

/// Whether small words of French are as frequent as French has them and more frequent than those of English. In French
/// prose about every second word is one; words of both languages say nothing.
fn looks_french(pieces: &[Piece]) -> bool {
    let (mut french, mut english, mut all) = (0_usize, 0_usize, 0_usize);
    for word in pieces
        .iter()
        .flat_map(|piece| piece.text.split(|c: char| !c.is_alphabetic()))
        .filter(|word| !word.is_empty())
    {
        let word = word.to_lowercase();
        let (ours, theirs) = (is_french_word(&word), is_english_word(&word));
        french += usize::from(ours && !theirs);
        english += usize::from(theirs && !ours);
        all += 1;
    }
    french > english && french * 10 >= all
}

/// Parts the sentences that passed from those that did not, and counts those that passed and would have made the summary
/// longer than its source, of `longest` bytes. What exceeds the number of sentences that was asked for is left out without a word: it was not asked for.
fn sort(
    judged: Vec<Judged>,
    longest: usize,
    asked: Length,
    write: impl Fn(Judged) -> SummarySentence,
) -> (SummaryReport, usize) {
    let most = asked.sentences.map_or(usize::MAX, |most| most as usize);
    let mut report = SummaryReport {
        sentences: Vec::new(),
        dropped: Vec::new(),
        omitted: Vec::new(),
        hole: None,
        form: asked.form,
    };
    let (mut length, mut too_long) = (0, 0);
    for judged in judged {
        let fits = length + judged.sentence.text.len() < longest;
        if !judged.verdict.is_intact() {
            report.dropped.push(write(judged));
        } else if report.sentences.len() == most {
            // Not asked for.
        } else if fits {
            length += judged.sentence.text.len() + 1;
            report.sentences.push(write(judged));
        } else {
            too_long += 1;
        }
    }
    (report, too_long)
}

fn hole(reason: String) -> (SummaryReport, Vec<String>) {
    let report = SummaryReport {
        sentences: Vec::new(),
        dropped: Vec::new(),
        omitted: Vec::new(),
        hole: Some(reason),
        form: Form::default(),
    };
    (report, Vec::new())
}
