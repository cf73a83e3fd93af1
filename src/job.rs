//! One article, from its body to its report: the walk in one place.
//!
//! In: an [`Article`] and what is wanted of it. Out: [`Done`]: the English, if it was asked for, and the [`Report`].
//! Commands and `batch` differ in where articles come from and where results go, not in this.

use std::sync::Arc;

use crate::article::{Article, BlockKind};
use crate::document::Document;
use crate::endpoint::Endpoint;
use crate::event::Event;
use crate::finding::{Count, Subject};
use crate::opinion;
use crate::prompt::{Brief, English, Length, Term};
use crate::report::{CheckerInfo, Report, SCHEMA, SegmentReport, SummaryReport};
use crate::segment::Plan;
use crate::summary::Summariser;
use crate::terms;
use crate::tokens::{Tokenizer, Tokens};
use crate::translate::{Rendering, TranslateError, Translated, Translator};
use crate::verify::markup::Written;
use crate::verify::{Checker, Pair};

/// What is wanted of an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Want {
    /// The whole English text.
    pub translation: bool,
    /// A summary of this length.
    pub summary: Option<Length>,
}

/// What a run holds constant over all its articles.
///
/// It is owned, so that each article can be a task of its own: then none waits while another is read, checked or written.
pub struct Job<E> {
    /// Translates, and holds the desk, the prompts and the checker that the summary uses too.
    pub translator: Translator<E>,
    /// How texts are counted.
    pub tokenizer: Arc<dyn Tokenizer>,
    /// The most tokens of French in one request.
    pub chunk_tokens: Tokens,
    /// Whose English is written.
    pub english: English,
    /// The user's `style.md`.
    pub style: Option<String>,
    /// Whether the model is asked for the English of names that no row settles, before the first chunk.
    pub terms: bool,
    /// Whether the model is asked about names that the check could not prove.
    pub ask_model: bool,
}

/// An article that is finished, well or badly.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done {
    /// The English; none if only a summary was asked for.
    pub document: Option<Document>,
    /// What there is to say about it.
    pub report: Report,
}

impl<E: Endpoint> Job<E> {
    /// How the article would be cut: what goes out, in which requests. Calls nothing.
    #[must_use]
    pub fn plan(&self, article: &Article) -> Plan {
        Plan::new(article, self.tokenizer.as_ref(), self.chunk_tokens)
    }

    /// Does what is wanted of one article. `name` is how events and the report call it.
    ///
    /// # Errors
    /// See [`TranslateError`]. Holes and findings are no errors: they are in the report.
    pub async fn run(&self, name: &str, article: &Article, want: Want) -> Result<Done, TranslateError> {
        let desk = &self.translator.desk;
        let plan = self.plan(article);
        let segments = plan
            .segments
            .iter()
            .filter(|segment| segment.translatable)
            .count();
        let chunks = plan.chunks.len();
        desk.tell(Event::Started {
            article: name.to_owned(),
            segments,
            chunks,
        });

        let mut brief = self.brief(article);
        let mut remarks = Vec::new();
        if self.terms {
            let Translator {
                prompts,
                checker,
                stop,
                ..
            } = &self.translator;
            let proposed = terms::propose(desk, prompts, checker, article, &brief, stop).await?;
            brief.terms.extend(proposed.terms);
            remarks.extend(proposed.remark);
        }
        let mut report = Report::new(name, &self.translator.checker);
        report.model = Some(desk.info().clone());
        let mut document = None;
        if want.translation {
            let translated = self.translator.translate(name, article, &plan, &brief).await?;
            document = Some(Document::assemble(article, &plan, &translated));
            remarks.extend(translated.iter().flat_map(|segment| segment.remarks.clone()));
            report.add_segments(article, &plan, translated);
            if self.ask_model {
                self.give_opinions(&brief, &mut report).await;
            }
        }
        if let Some(length) = want.summary {
            let (summary, said) = self
                .summariser()
                .summarise(article, &plan, &brief, length)
                .await?;
            remarks.extend(said);
            if !want.translation {
                report.add_passages(article, &plan);
            }
            report.add_summary(summary);
        }
        for remark in remarks {
            if !report.notes.contains(&remark) {
                report.notes.push(remark);
            }
        }
        let (figures, names, holes) = (report.figures, report.names, report.holes());
        desk.tell(Event::Finished {
            article: name.to_owned(),
            figures,
            names,
            holes,
        });
        Ok(Done { document, report })
    }

    /// Has the model say what it takes for the names of a checked report that are not proven.
    pub async fn give_opinions_on(&self, article: &Article, report: &mut Report) {
        self.give_opinions(&self.brief(article), report).await;
    }

    async fn give_opinions(&self, brief: &Brief, report: &mut Report) {
        let Translator {
            desk, prompts, stop, ..
        } = &self.translator;
        opinion::ask(desk, prompts, brief, report, stop).await;
    }

    fn summariser(&self) -> Summariser<'_, E> {
        let Translator {
            desk,
            prompts,
            checker,
            repairs,
            stop,
            ..
        } = &self.translator;
        Summariser {
            desk,
            prompts,
            checker,
            repairs: *repairs,
            stop,
        }
    }

    /// What goes with every prompt of this article: fixed here, before the first request.
    fn brief(&self, article: &Article) -> Brief {
        let terms = self.translator.checker.lexicon().table_for(article.body());
        Brief {
            english: self.english,
            style: self.style.clone(),
            terms: terms
                .into_iter()
                .map(|(source, target)| Term { source, target })
                .collect(),
            headline: article.headline().map(str::to_owned),
        }
    }
}

impl Report {
    /// A report with nothing in it yet.
    #[must_use]
    pub fn new(article: &str, checker: &Checker) -> Self {
        Self {
            schema: SCHEMA,
            article: article.to_owned(),
            checker: CheckerInfo {
                version: env!("CARGO_PKG_VERSION"),
                lexicon: checker.lexicon().hash(),
            },
            model: None,
            figures: Count::default(),
            names: Count::default(),
            segments: Vec::new(),
            summary: None,
            notes: Vec::new(),
        }
    }

    /// The report of a translation from anywhere: `pairs` with the id and kind of each French block.
    #[must_use]
    pub fn of_check(article: &str, checker: &Checker, pairs: &[(String, BlockKind, Pair<'_>)]) -> Self {
        Self::of_check_written(article, checker, pairs, Written::Unknown)
    }

    /// The same where it is known whether the two are Markdown.
    #[must_use]
    pub fn of_check_written(
        article: &str,
        checker: &Checker,
        pairs: &[(String, BlockKind, Pair<'_>)],
        written: Written,
    ) -> Self {
        let mut report = Self::new(article, checker);
        let texts: Vec<Pair<'_>> = pairs.iter().map(|(.., pair)| *pair).collect();
        for ((id, kind, pair), verdict) in pairs.iter().zip(checker.check_document_written(&texts, written)) {
            report.push(SegmentReport {
                id: id.clone(),
                kind: *kind,
                source: pair.source.to_owned(),
                target: Some(pair.target.to_owned()),
                hole: None,
                findings: verdict.findings,
                accounts: verdict.accounts,
                mended: Vec::new(),
                opinions: Vec::new(),
            });
        }
        report
    }

    fn add_segments(&mut self, article: &Article, plan: &Plan, translated: Vec<Translated>) {
        for (segment, translated) in plan.segments.iter().zip(translated) {
            let source = segment.span.of(article.body()).to_owned();
            let (target, hole) = match translated.rendering {
                Rendering::AsIs => (Some(source.clone()), None),
                Rendering::English(english) => (Some(english), None),
                Rendering::Hole(reason) => (None, Some(reason)),
            };
            self.push(SegmentReport {
                id: translated.id.to_string(),
                kind: segment.kind,
                source,
                target,
                hole,
                findings: translated.verdict.findings,
                accounts: translated.verdict.accounts,
                mended: translated.mended,
                opinions: Vec::new(),
            });
        }
    }

    /// The French alone, so that a reader can follow the citations of a summary.
    pub(crate) fn add_passages(&mut self, article: &Article, plan: &Plan) {
        for segment in &plan.segments {
            self.push(SegmentReport {
                id: segment.id.to_string(),
                kind: segment.kind,
                source: segment.span.of(article.body()).to_owned(),
                target: None,
                hole: None,
                findings: Vec::new(),
                accounts: Vec::new(),
                mended: Vec::new(),
                opinions: Vec::new(),
            });
        }
    }

    fn push(&mut self, segment: SegmentReport) {
        self.figures += segment.count(Subject::Figure);
        self.names += segment.count(Subject::Name);
        self.segments.push(segment);
    }

    pub(crate) fn add_summary(&mut self, summary: SummaryReport) {
        for sentence in &summary.sentences {
            self.figures += sentence.figures;
            self.names += sentence.names;
        }
        self.summary = Some(summary);
    }
}
