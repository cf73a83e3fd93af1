//! What a report amounts to, in words that all forms share.
//!
//! In: a [`Report`]. Out: one word, one sentence, and the findings with the texts they stand in, the errors first. Law:
//! the word is *proven* only if no finding is an error, nothing is missing and every figure and name was found; and
//! every figure or name that was not is named in a finding or under [`Report::unexplained`].

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt::Write as _;

use super::passage::{Passage, Text};
use super::{Report, SegmentReport, SummarySentence};
use crate::figures::readable;
use crate::finding::{Account, Count, Finding, Outcome, Spot};
use crate::span::Span;

/// The verdict in one word, from good to bad.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Word {
    Empty,
    Proven,
    NotAllProven,
    Failed,
    Incomplete,
}

impl Word {
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Empty => "NOTHING TO PROVE",
            Self::Proven => "PROVEN",
            Self::NotAllProven => "NOT ALL PROVEN",
            Self::Failed => "FAILED",
            Self::Incomplete => "INCOMPLETE",
        }
    }

    /// The word for programs and style sheets.
    pub(super) fn as_key(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Proven => "proven",
            Self::NotAllProven => "not_all_proven",
            Self::Failed => "failed",
            Self::Incomplete => "incomplete",
        }
    }
}

/// A finding, and where a person finds it.
pub(super) struct Located<'a> {
    /// Its number among all findings of the report, from 0, errors first.
    pub number: usize,
    pub finding: &'a Finding,
    pub place: &'a Place<'a>,
    /// The French in which it stands, or the only French there is.
    pub french: Option<Side<'a>>,
    pub english: Option<Side<'a>>,
}

/// One of the two texts of a finding.
pub(super) struct Side<'a> {
    pub text: &'a Text<'a>,
    /// Bytes into this very text.
    pub spot: Option<Cow<'a, Spot>>,
}

/// What is shown of one of the two texts of a finding.
pub(super) struct Excerpt<'a> {
    /// `French`, `English`.
    pub language: &'static str,
    /// `fr`, `en`.
    pub code: &'static str,
    pub passage: Passage<'a>,
    /// What the marked words were read as, for a person.
    pub value: Option<String>,
}

impl<'a> Located<'a> {
    fn new(number: usize, finding: &'a Finding, place: &'a Place<'a>) -> Self {
        Self {
            number,
            finding,
            place,
            french: place.french(finding),
            english: place.target.as_ref().map(|text| Side {
                text,
                spot: finding.target.as_ref().map(Cow::Borrowed),
            }),
        }
    }

    /// The French, then the English, as far as there are such.
    pub(super) fn excerpts(&self) -> impl Iterator<Item = Excerpt<'a>> {
        let sides = [
            ("French", "fr", &self.french, &self.english),
            ("English", "en", &self.english, &self.french),
        ];
        sides.into_iter().filter_map(|(language, code, side, other)| {
            let side = side.as_ref()?;
            let spot = side.spot.as_deref();
            let other = other
                .as_ref()
                .and_then(|other| Some((other.text, other.spot.as_deref()?)));
            Some(Excerpt {
                language,
                code,
                passage: side.text.excerpt(spot, other),
                value: spot.and_then(|spot| spot.value.as_deref()).map(readable),
            })
        })
    }
}

/// A segment or a sentence of the summary, by number from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum At {
    Segment(usize),
    Sentence(usize),
}

/// Where findings stand: a segment, or a sentence of the summary.
pub(super) struct Place<'a> {
    /// `b7`, `summary 2`.
    pub label: String,
    /// The number of its segment in the report, or of its sentence in the summary.
    pub at: At,
    /// The French; for a summary, each segment that the sentence cites, in the order of the article.
    sources: Vec<Text<'a>>,
    pub target: Option<Text<'a>>,
    findings: &'a [Finding],
}

/// What parts the cited segments in the text that the spots of a summary's findings count in.
const BETWEEN: usize = "\n\n".len();

impl<'a> Place<'a> {
    fn french(&'a self, finding: &'a Finding) -> Option<Side<'a>> {
        let Some(spot) = &finding.source else {
            return match &self.sources[..] {
                [text] => Some(Side { text, spot: None }),
                _ => None,
            };
        };
        let mut before = 0;
        for text in &self.sources {
            let start = spot.span.start.checked_sub(before)?;
            let here = Spot {
                span: Span::new(start, start + spot.span.len()),
                ..spot.clone()
            };
            if text.holds(&here) {
                let spot = Some(Cow::Owned(here));
                return Some(Side { text, spot });
            }
            before += text.as_str().len() + BETWEEN;
        }
        None
    }
}

impl Report {
    /// The verdict on one line, without colour, for a list of articles. It always counts what is proven, what is not
    /// and what failed.
    ///
    /// ```text
    /// FAILED: figures 12 proven, 1 not proven, 2 failed; names 9 proven, 0 not proven, 1 failed; 1 not translated
    /// ```
    #[must_use]
    pub fn verdict_line(&self) -> String {
        let mut line = format!(
            "{}: figures {}; names {}",
            self.word().as_str(),
            counted(self.figures),
            counted(self.names)
        );
        if self.holes() > 0 {
            let _ = write!(line, "; {} not translated", plural(self.holes(), "segment"));
        }
        line
    }

    pub(super) fn word(&self) -> Word {
        let (errors, warnings) = self.errors_and_warnings();
        let failed = self.figures.failed + self.names.failed;
        let not_proven = self.figures.not_proven + self.names.not_proven;
        let is_incomplete = self
            .summary
            .as_ref()
            .is_some_and(super::SummaryReport::is_incomplete);
        if self.holes() > 0 || is_incomplete {
            Word::Incomplete
        } else if errors + failed > 0 {
            Word::Failed
        } else if not_proven > 0 {
            Word::NotAllProven
        } else if self.figures.total() + self.names.total() == 0 && warnings == 0 {
            Word::Empty
        } else {
            Word::Proven
        }
    }

    /// What stands beside the word.
    pub(super) fn explanation(&self) -> String {
        let (errors, warnings) = self.errors_and_warnings();
        let mut parts = Vec::new();
        if self.holes() > 0 {
            parts.push(format!("{} not translated", plural(self.holes(), "segment")));
        }
        if let Some(summary) = &self.summary {
            if summary.hole.is_some() {
                parts.push("no summary".to_owned());
            } else if summary.is_incomplete() {
                parts.push("most of the summary was left out".to_owned());
            }
        }
        match self.word() {
            Word::Empty => parts.push("no figure and no name in the text".to_owned()),
            Word::Proven => parts.push("every figure and every name".to_owned()),
            _ if errors == 0 => parts.push("no error".to_owned()),
            _ => parts.push(plural(errors, "error")),
        }
        if warnings > 0 {
            parts.push(plural(warnings, "warning"));
        }
        if self.dropped() > 0 {
            parts.push(format!("{} left out", plural(self.dropped(), "sentence")));
        }
        parts.join(", ")
    }

    pub(super) fn errors_and_warnings(&self) -> (usize, usize) {
        let errors = self.findings().filter(|finding| finding.is_error()).count();
        (errors, self.findings().count() - errors)
    }

    /// The places findings can stand in, in reading order.
    pub(super) fn places(&self) -> Vec<Place<'_>> {
        let segments = self.segments.iter().enumerate().map(|(index, segment)| Place {
            at: At::Segment(index),
            label: segment.id.clone(),
            sources: vec![Text::new(&segment.source)],
            target: segment.target.as_deref().map(Text::new),
            findings: &segment.findings,
        });
        let sentences = self.summary.iter().flat_map(|summary| &summary.sentences);
        let sentences = sentences.enumerate().map(|(index, sentence)| Place {
            at: At::Sentence(index),
            label: format!("summary {}", index + 1),
            sources: self
                .cited(sentence)
                .map(|segment| Text::new(&segment.source))
                .collect(),
            target: Some(Text::new(&sentence.text)),
            findings: &sentence.findings,
        });
        segments.chain(sentences).collect()
    }

    /// Every finding that stands: the errors, then the warnings, each in reading order.
    pub(super) fn located<'a>(places: &'a [Place<'a>]) -> Vec<Located<'a>> {
        let all = || {
            places
                .iter()
                .flat_map(|place| place.findings.iter().map(move |finding| (finding, place)))
        };
        let errors = all().filter(|(finding, _)| finding.is_error());
        let warnings = all().filter(|(finding, _)| !finding.is_error());
        errors
            .chain(warnings)
            .enumerate()
            .map(|(number, (finding, place))| Located::new(number, finding, place))
            .collect()
    }

    /// The accounts that are not proven although no finding stands at their spot, with the segment they stand in.
    pub(super) fn unexplained(&self) -> Vec<(&SegmentReport, &Account)> {
        let mut unexplained = Vec::new();
        for segment in &self.segments {
            let french = Cover::of(
                segment
                    .findings
                    .iter()
                    .filter_map(|finding| finding.source.as_ref()),
            );
            let english = Cover::of(
                segment
                    .findings
                    .iter()
                    .filter_map(|finding| finding.target.as_ref()),
            );
            let is_explained = |account: &Account| {
                french.touches(account.source.span)
                    || account
                        .target
                        .as_ref()
                        .is_some_and(|spot| english.touches(spot.span))
            };
            let open = segment
                .accounts
                .iter()
                .filter(|account| account.outcome != Outcome::Proven);
            unexplained.extend(
                open.filter(|account| !is_explained(account))
                    .map(|account| (segment, account)),
            );
        }
        unexplained
    }

    /// The segments a sentence rests on; an id the article does not have is passed over.
    pub(super) fn cited<'a>(
        &'a self,
        sentence: &'a SummarySentence,
    ) -> impl Iterator<Item = &'a SegmentReport> {
        self.segments
            .iter()
            .filter(|segment| sentence.cites.contains(&segment.id))
    }

    /// The holes by reason, in the order of the article, so that an endpoint that went away is said once.
    pub(super) fn holes_by_reason(&self) -> Vec<(&str, Vec<&SegmentReport>)> {
        let mut reasons: Vec<(&str, Vec<&SegmentReport>)> = Vec::new();
        let mut known = HashMap::new();
        for segment in &self.segments {
            if let Some(reason) = segment.hole.as_deref() {
                let at = *known.entry(reason).or_insert(reasons.len());
                if at == reasons.len() {
                    reasons.push((reason, Vec::new()));
                }
                reasons[at].1.push(segment);
            }
        }
        reasons
    }

    /// What earlier attempts got wrong and a repair mended, in reading order.
    pub(super) fn mended(&self) -> impl Iterator<Item = (&SegmentReport, &Finding)> {
        self.segments
            .iter()
            .flat_map(|segment| segment.mended.iter().map(move |finding| (segment, finding)))
    }

    /// The notes, the one about recordings included.
    pub(super) fn all_notes(&self) -> Vec<String> {
        let is_recorded = self.model.as_ref().is_some_and(|model| model.recorded);
        let recorded = is_recorded.then(|| "the answers are recorded; no model was asked".to_owned());
        recorded.into_iter().chain(self.notes.iter().cloned()).collect()
    }

    /// Whose English it is: `gpt-5 at api.openai.com`.
    pub(super) fn translator(&self) -> Option<String> {
        self.model
            .as_ref()
            .map(|model| match (model.recorded, model.local) {
                (true, _) => "recorded answers".to_owned(),
                (false, true) => format!("{} at {} (this machine)", model.model, model.host),
                (false, false) => format!("{} at {}", model.model, model.host),
            })
    }
}

/// The parts of a text that spots lie on, to ask about one place after another in no time.
struct Cover {
    /// By start; each with the furthest end so far.
    reach: Vec<(usize, usize)>,
}

impl Cover {
    fn of<'a>(spots: impl Iterator<Item = &'a Spot>) -> Self {
        let mut reach: Vec<_> = spots.map(|spot| (spot.span.start, spot.span.end)).collect();
        reach.sort_unstable();
        let mut furthest = 0;
        for (_, end) in &mut reach {
            furthest = furthest.max(*end);
            *end = furthest;
        }
        Self { reach }
    }

    fn touches(&self, span: Span) -> bool {
        // At least one byte, so that an empty spot touches what it stands in.
        let end = span.end.max(span.start + 1);
        let before = self.reach.partition_point(|(start, _)| *start < end);
        before > 0 && self.reach[before - 1].1 > span.start
    }
}

/// `12 proven, 1 not proven, 2 failed`.
pub(super) fn counted(count: Count) -> String {
    format!(
        "{} proven, {} not proven, {} failed",
        count.proven, count.not_proven, count.failed
    )
}

/// `1 error`, `2 errors`.
pub(super) fn plural(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

/// Ids in a row, the first `most` of them: `b2, b3, b9 and 14 more`.
pub(super) fn listed<'a>(ids: impl ExactSizeIterator<Item = &'a str>, most: usize) -> String {
    let more = ids.len().saturating_sub(most);
    let first: Vec<_> = ids.take(most).collect();
    match more {
        0 => first.join(", "),
        more => format!("{} and {more} more", first.join(", ")),
    }
}
