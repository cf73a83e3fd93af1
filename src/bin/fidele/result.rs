//! The result of one article, in the form that was asked for.
//!
//! `text` is the English as the article was written (Markdown stays Markdown). `markdown` gives the headline and the
//! headings of a plain text their marks. `json` is one document with the English, the summary and the report.

use std::path::Path;

use fidele::article::{Article, BlockKind, Format};
use fidele::document::Document;
use fidele::job::Done;
use fidele::report::{Report, SummaryReport, json};
use fidele::settings::Form;
use serde::Serialize;

/// The article a result belongs to.
#[derive(Clone, Copy)]
pub struct Source<'a> {
    /// As the user named it.
    pub name: &'a str,
    pub article: &'a Article,
}

#[derive(Serialize)]
struct Result<'a> {
    schema: &'static str,
    article: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    translation: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    summary: Option<String>,
    report: &'a Report,
}

/// The ending of a file in this form, where it differs from the article's own.
pub fn extension(form: Form, article: &Article) -> Option<&'static str> {
    match form {
        Form::Json => Some("json"),
        Form::Markdown if article.format() == Format::Text => Some("md"),
        _ => None,
    }
}

/// The ending of the summary's file: that of the English, `txt` if it has none.
pub fn summary_extension(english: &Path) -> &str {
    let own = english.extension().and_then(|extension| extension.to_str());
    own.filter(|own| *own != "en").unwrap_or("txt")
}

/// Everything there is, on one page: the English, then the summary.
pub fn whole(source: Source<'_>, done: &Done, form: Form) -> String {
    if form == Form::Json {
        return translation(source, done, form);
    }
    let english = done
        .document
        .as_ref()
        .map(|document| prose(source, document, &done.report, form));
    let summary = done
        .report
        .summary
        .as_ref()
        .filter(|summary| summary.hole.is_none())
        .map(|summary| summary_text(summary, &done.report, form));
    match (english, summary) {
        (Some(english), Some(summary)) => {
            let heading = match form {
                Form::Markdown => "## Summary",
                _ if source.article.format() == Format::Markdown => "## Summary",
                _ => "SUMMARY",
            };
            format!("{}\n\n{heading}\n\n{summary}", english.trim_end())
        }
        (english, summary) => english.or(summary).unwrap_or_default(),
    }
}

/// The English alone; with `json`, the one document that holds everything.
pub fn translation(source: Source<'_>, done: &Done, form: Form) -> String {
    let document = done.document.as_ref();
    if form == Form::Json {
        let summary = done
            .report
            .summary
            .as_ref()
            .filter(|summary| summary.hole.is_none());
        return json::pretty(&Result {
            schema: "fidele.result/1",
            article: source.name,
            translation: document.map(|document| document.text.as_str()),
            summary: summary.map(SummaryReport::text),
            report: &done.report,
        });
    }
    document.map_or_else(String::new, |document| {
        prose(source, document, &done.report, form)
    })
}

/// The summary as a text of its own; in Markdown each sentence has notes with the French it rests on.
pub fn summary_text(summary: &SummaryReport, report: &Report, form: Form) -> String {
    let mut text = match form {
        Form::Markdown => summary.with_notes(&report.segments),
        _ => summary.text(),
    };
    text.push('\n');
    text
}

fn prose(source: Source<'_>, document: &Document, report: &Report, form: Form) -> String {
    if form != Form::Markdown || source.article.format() == Format::Markdown {
        return document.text.clone();
    }
    let mut text = String::with_capacity(document.text.len());
    let mut end = 0;
    for (part, segment) in document.parts.iter().zip(&report.segments) {
        text.push_str(&document.text[end..part.span.start]);
        text.push_str(match segment.kind {
            BlockKind::Headline => "# ",
            BlockKind::Heading => "## ",
            _ => "",
        });
        text.push_str(part.span.of(&document.text));
        end = part.span.end;
    }
    text.push_str(&document.text[end..]);
    text
}
