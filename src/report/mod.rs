//! One verdict in four forms: terminal, JSON, Markdown, and one self-contained HTML page.
//!
//! In: a [`Report`], which holds everything a form may show. Out: text. Law: the report depends on the article, the
//! English and the checker alone, never on the clock, the order of arrival or what a request cost, so that the same
//! English gives the same report byte for byte.

mod html;
pub mod json;
mod lines;
mod markdown;
mod marks;
mod passage;
mod text;
mod verdict;
mod visible;

use serde::Serialize;

pub use text::Style;
pub use visible::visible;

/// The four forms of a report.
pub use crate::settings::Form;

use crate::article::BlockKind;
use crate::endpoint::ModelInfo;
use crate::exit::Exit;
use crate::finding::{Account, Count, Finding, Outcome, Spot, Subject};
use crate::span::Span;

/// The name and number of the JSON form.
pub const SCHEMA: &str = "fidele.report/1";

/// What there is to say about one article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// [`SCHEMA`].
    pub schema: &'static str,
    /// The article, as the user named it.
    pub article: String,
    /// The version of fidele and the hash of the lexicon the verdict depends on.
    pub checker: CheckerInfo,
    /// Who translated; nobody for `check`.
    pub model: Option<ModelInfo>,
    /// The account of the figures: translation and summary together.
    pub figures: Count,
    /// The account of the names.
    pub names: Count,
    /// The segments in reading order; those that hold nothing to translate are there too, without findings.
    pub segments: Vec<SegmentReport>,
    /// The summary, where one was asked for.
    pub summary: Option<SummaryReport>,
    /// What else a reader must know: a recording that was altered, blocks that were paired by length…
    pub notes: Vec<String>,
}

/// What a verdict depends on besides the two texts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CheckerInfo {
    /// The version of fidele.
    pub version: &'static str,
    /// The hash of the lexicon, glossary included.
    pub lexicon: String,
}

/// One segment: both texts, and what the check says of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SegmentReport {
    /// `b7`, `b7.2`.
    pub id: String,
    /// What kind of block it belongs to.
    pub kind: BlockKind,
    /// The French.
    pub source: String,
    /// The English; none if it is a hole.
    pub target: Option<String>,
    /// Why it is not translated, if it is not.
    pub hole: Option<String>,
    /// What the check found in the English that is kept. Spans are bytes into `source` and `target`.
    pub findings: Vec<Finding>,
    /// Every figure and name of the French and what became of it.
    pub accounts: Vec<Account>,
    /// What an earlier attempt got wrong and a repair mended.
    pub mended: Vec<Finding>,
    /// What the model says of names that are not proven, where it was asked.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub opinions: Vec<Opinion>,
}

/// What a model says of a name that is not proven. It changes no count, no severity and no exit code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Opinion {
    /// The name in the French.
    pub source: Spot,
    /// The words of the English that stand for it, as the model says; none if it says that there are none.
    pub target: Option<Spot>,
    /// Which model says so.
    pub by: String,
}

/// The summary: its sentences, what was left out of it, and what it leaves unsaid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SummaryReport {
    /// The sentences that are kept, in order.
    pub sentences: Vec<SummarySentence>,
    /// The sentences that the article does not support; they are not in the summary.
    pub dropped: Vec<SummarySentence>,
    /// Key figures and names of the article that the summary leaves out, as the article has them.
    pub omitted: Vec<String>,
    /// Why there is no summary, if there is none.
    pub hole: Option<String>,
    /// What it looks like, where it is laid out.
    #[serde(skip)]
    pub form: crate::prompt::Form,
}

/// One sentence of a summary.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SummarySentence {
    /// The English sentence.
    pub text: String,
    /// Where it stands, in bytes into the text of the summary as it is written ([`SummaryReport::text`]; for `check`, the
    /// file that was checked); none if it was left out.
    pub span: Option<Span>,
    /// The ids of the segments it rests on.
    pub cites: Vec<String>,
    /// The same segments with where they stand in the article.
    pub sources: Vec<Cited>,
    /// Every figure and name of the sentence, and what bears it out.
    pub facts: Vec<Fact>,
    /// What the check found in it. `target` spots are bytes into `text`, `source` spots bytes into the cited segments
    /// joined by empty lines.
    pub findings: Vec<Finding>,
    /// How many figures of the sentence are supported by the cited segments.
    pub figures: Count,
    /// How many names.
    pub names: Count,
}

/// A segment that a sentence of a summary rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Cited {
    /// `b7`.
    pub id: String,
    /// Where it stands, in bytes into the article.
    #[serde(flatten)]
    pub span: Span,
}

/// A figure or a name of a sentence of a summary, and what bears it out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fact {
    /// [`Subject::Figure`] or [`Subject::Name`].
    pub kind: Subject,
    /// Its words, and where they stand in the sentence.
    #[serde(flatten)]
    pub target: Spot,
    /// What the check makes of it.
    pub outcome: Outcome,
    /// The French that bears it out; for a derived figure, the first figure it follows from.
    pub source: Option<Witness>,
    /// By which rule: `same value`, `exonym: Londres → London`, `derived: sum`…
    pub because: Option<String>,
}

/// Words of the article, with the segment they stand in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Witness {
    /// `b7`.
    pub id: String,
    /// The words, and where they stand, in bytes into the article.
    #[serde(flatten)]
    pub spot: Spot,
}

impl Report {
    /// The report in one of its forms; it ends in a line end. The style concerns the text form alone.
    ///
    /// Every word of the texts is escaped for its form, and characters that command a terminal or turn the direction
    /// of writing are made visible (JSON escapes them instead, so that programs get what was there).
    #[must_use]
    pub fn render(&self, form: Form, style: Style) -> String {
        match form {
            Form::Text => text::render(self, style),
            Form::Json => json::pretty(self),
            Form::Markdown => markdown::render(self),
            Form::Html => html::render(self),
        }
    }

    /// What it amounts to for the shell. `strict`: what is not proven counts as failed.
    #[must_use]
    pub fn exit(&self, strict: bool) -> Exit {
        let mut exit = Exit::Sound;
        let findings = self.findings().any(Finding::is_error);
        let unproven = self.figures.not_proven + self.names.not_proven > 0;
        if findings || (strict && (unproven || self.dropped() > 0)) {
            exit = exit.and(Exit::Failed);
        }
        if self.holes() > 0 || self.summary.as_ref().is_some_and(SummaryReport::is_incomplete) {
            exit = exit.and(Exit::Incomplete);
        }
        exit
    }

    /// How many segments are not translated.
    #[must_use]
    pub fn holes(&self) -> usize {
        self.segments
            .iter()
            .filter(|segment| segment.hole.is_some())
            .count()
    }

    /// Every finding that stands: of the segments, then of the kept sentences of the summary.
    pub fn findings(&self) -> impl Iterator<Item = &Finding> {
        let summary = self.summary.iter().flat_map(|summary| &summary.sentences);
        self.segments
            .iter()
            .flat_map(|segment| &segment.findings)
            .chain(summary.flat_map(|s| &s.findings))
    }

    fn dropped(&self) -> usize {
        self.summary.as_ref().map_or(0, |summary| summary.dropped.len())
    }
}

impl SegmentReport {
    /// The account of the figures or of the names, in numbers; see [`crate::finding::Verdict::count`].
    #[must_use]
    pub fn count(&self, subject: Subject) -> Count {
        crate::finding::count(&self.accounts, &self.findings, subject)
    }
}

impl SummaryReport {
    /// The summary as a text: running, or laid out as its form wants.
    #[must_use]
    pub fn text(&self) -> String {
        self.laid_out(|sentence| sentence.text.clone())
    }

    /// The same in Markdown, each sentence with notes that say which passages it rests on, and the French of those below.
    #[must_use]
    pub fn with_notes(&self, segments: &[SegmentReport]) -> String {
        let mut cited: Vec<&str> = Vec::new();
        for id in self.sentences.iter().flat_map(|sentence| &sentence.cites) {
            if !cited.contains(&id.as_str()) {
                cited.push(id);
            }
        }
        let mut text = self.laid_out(|sentence| {
            let mut text = markdown::literal(&sentence.text);
            for id in &sentence.cites {
                text.extend(["[^", id, "]"]);
            }
            text
        });
        text.push('\n');
        for id in cited {
            let french = segments
                .iter()
                .find(|segment| segment.id == id)
                .map_or("", |segment| &segment.source);
            let french: Vec<_> = french.split_whitespace().collect();
            text.extend(["\n[^", id, "]: ", &markdown::literal(&french.join(" "))]);
        }
        text
    }

    fn laid_out(&self, write: impl Fn(&SummarySentence) -> String) -> String {
        let mut text = String::new();
        for (at, sentence) in self.sentences.iter().enumerate() {
            text.push_str(self.lead(at));
            text.push_str(&write(sentence));
        }
        text
    }

    /// What stands before sentence `at` in this form.
    fn lead(&self, at: usize) -> &'static str {
        use crate::prompt::Form as Style;
        match (self.form, at) {
            (Style::Bullets, 0) => "- ",
            (Style::Bullets, _) => "\n- ",
            (_, 0) => "",
            (Style::Headline, 1) => "\n\n",
            _ => " ",
        }
    }

    /// Writes down where each sentence stands in [`SummaryReport::text`].
    pub(crate) fn place(&mut self) {
        let mut end = 0;
        for at in 0..self.sentences.len() {
            let start = end + self.lead(at).len();
            end = start + self.sentences[at].text.len();
            self.sentences[at].span = Some(Span::new(start, end));
        }
    }

    /// Whether fewer than half of the sentences remain, or there is no summary at all.
    #[must_use]
    pub fn is_incomplete(&self) -> bool {
        self.hole.is_some() || self.sentences.len() < self.dropped.len()
    }
}
