//! The form for a wiki, a ticket or a pull request.
//!
//! In: a [`Report`]. Out: Markdown of plain paragraphs, lists and one table. Law: what comes from the texts is text there as well: no markup,
//! no link, no image and no HTML of an article takes effect.

use std::fmt::Write as _;

use super::passage::Passage;
use super::verdict::{Located, listed};
use super::visible::visible;
use super::{Report, SummaryReport};

pub(super) fn render(report: &Report) -> String {
    let mut out = String::new();
    // Writing to a `String` cannot fail.
    let _ = write(report, &mut out);
    out
}

fn write(report: &Report, out: &mut String) -> std::fmt::Result {
    writeln!(out, "# {}\n", literal(&report.article))?;
    writeln!(out, "**{}**: {}\n", report.word().as_str(), report.explanation())?;
    writeln!(out, "| | proven | not proven | failed |\n|---|---:|---:|---:|")?;
    for (what, count) in [("figures", report.figures), ("names", report.names)] {
        writeln!(
            out,
            "| {what} | {} | {} | {} |",
            count.proven, count.not_proven, count.failed
        )?;
    }
    holes(report, out)?;
    findings(report, out)?;
    let unexplained = report.unexplained();
    if !unexplained.is_empty() {
        writeln!(out, "\n## Not proven\n")?;
        for (segment, account) in unexplained {
            writeln!(out, "- {} ({})", literal(&account.source.text), segment.id)?;
        }
    }
    if let Some(summary) = &report.summary {
        self::summary(summary, out)?;
    }
    remarks(report, out)
}

fn holes(report: &Report, out: &mut String) -> std::fmt::Result {
    if report.holes() > 0 {
        writeln!(out, "\n## Not translated\n")?;
    }
    for (reason, segments) in report.holes_by_reason() {
        let ids = listed(segments.iter().map(|segment| segment.id.as_str()), 12);
        writeln!(out, "- {ids}: {}", literal(reason))?;
        for segment in segments {
            writeln!(out, "  - {}: {}", segment.id, literal(&opening(&segment.source)))?;
        }
    }
    Ok(())
}

/// How a passage begins, on one line: enough to find it in the article.
fn opening(text: &str) -> String {
    const MOST: usize = 160;
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}

fn findings(report: &Report, out: &mut String) -> std::fmt::Result {
    let places = report.places();
    let mut section = None;
    for located in Report::located(&places) {
        let Located { finding, place, .. } = &located;
        if section != Some(finding.severity) {
            section = Some(finding.severity);
            writeln!(
                out,
                "\n## {}",
                if finding.is_error() { "Errors" } else { "Warnings" }
            )?;
        }
        writeln!(
            out,
            "\n**{}** in {}: {}",
            finding.code,
            place.label,
            literal(&finding.message)
        )?;
        for excerpt in located.excerpts() {
            write!(out, "\n> {}: {}", excerpt.language, emphasised(&excerpt.passage))?;
            if let Some(value) = &excerpt.value {
                write!(out, " (= {})", literal(value))?;
            }
            writeln!(out)?;
        }
    }
    Ok(())
}

fn summary(summary: &SummaryReport, out: &mut String) -> std::fmt::Result {
    writeln!(out, "\n## Summary")?;
    if let Some(reason) = &summary.hole {
        return writeln!(out, "\nNo summary: {}", literal(reason));
    }
    for (index, sentence) in summary.sentences.iter().enumerate() {
        let gap = if index == 0 { "\n" } else { "" };
        let cites = sentence
            .cites
            .iter()
            .map(|id| literal(id))
            .collect::<Vec<_>>()
            .join(", ");
        writeln!(out, "{gap}{}. {} ({cites})", index + 1, literal(&sentence.text))?;
    }
    if !summary.dropped.is_empty() {
        writeln!(out, "\nLeft out, as the article does not support it:\n")?;
    }
    for sentence in &summary.dropped {
        writeln!(out, "- {}", literal(&sentence.text))?;
        for finding in &sentence.findings {
            writeln!(out, "  - **{}**: {}", finding.code, literal(&finding.message))?;
        }
    }
    if !summary.omitted.is_empty() {
        writeln!(out, "\nIn the article, not in the summary:\n")?;
    }
    for fact in &summary.omitted {
        writeln!(out, "- {}", literal(fact))?;
    }
    Ok(())
}

fn remarks(report: &Report, out: &mut String) -> std::fmt::Result {
    if report.mended().next().is_some() {
        writeln!(out, "\n## Repaired\n")?;
    }
    for (segment, finding) in report.mended() {
        writeln!(
            out,
            "- **{}** in {}: {}",
            finding.code,
            segment.id,
            literal(&finding.message)
        )?;
    }
    let notes = report.all_notes();
    if !notes.is_empty() {
        writeln!(out, "\n## Notes\n")?;
    }
    for note in notes {
        writeln!(out, "- {}", literal(&note))?;
    }
    write!(
        out,
        "\n---\n\nfidele {}, lexicon {}",
        report.checker.version,
        literal(&report.checker.lexicon)
    )?;
    if let Some(translator) = report.translator() {
        write!(out, "; English: {}", literal(&translator))?;
    }
    writeln!(out)
}

/// The passage on one line with its mark in bold. The stars stand at words, never at spaces, where they would be stars.
fn emphasised(passage: &Passage<'_>) -> String {
    let (before, spot, after) = passage.parts();
    let words = spot.trim();
    if words.is_empty() {
        return literal(&format!("{before}{spot}{after}"));
    }
    let (lead, trail) = (
        &spot[..spot.len() - spot.trim_start().len()],
        &spot[spot.trim_end().len()..],
    );
    let before = literal(&format!("{before}{lead}"));
    format!(
        "{before}**{}**{}",
        literal(words),
        literal(&format!("{trail}{after}"))
    )
}

/// Words as Markdown that shows just these words.
pub(super) fn literal(text: &str) -> String {
    let text = visible(text);
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        // Every ASCII mark may be escaped (CommonMark 0.31, §2.4); these can begin markup anywhere, `$` on GitHub.
        if matches!(
            c,
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '!' | '&' | '~' | '$'
        ) {
            out.push('\\');
        }
        out.push(c);
    }
    // These begin a list, a rule or a heading, but only at the start of a line.
    if out.starts_with(['-', '+', '=']) {
        out.insert(0, '\\');
    }
    let digits = out.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 0 && out[digits..].starts_with(['.', ')']) {
        out.insert(digits, '\\');
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

    use super::*;

    /// What a reader of the Markdown sees, if it is one paragraph of plain text.
    fn read(markdown: &str) -> Result<String, String> {
        let mut seen = String::new();
        // What GitHub and GitLab read.
        let dialect = Options::ENABLE_TABLES
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_TASKLISTS
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_MATH
            | Options::ENABLE_GFM;
        for event in Parser::new_ext(markdown, dialect) {
            match event {
                Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph) => {}
                Event::Text(text) => seen += &text,
                other => return Err(format!("{other:?}")),
            }
        }
        Ok(seen)
    }

    proptest! {
        #[test]
        fn whatever_the_words_they_are_only_words(text in r"[-a-c0-2 .)(+=*_`\[\]<>#|!&~$:/\\'^{}]{0,24}") {
            let text = text.trim();
            prop_assert_eq!(read(&literal(text)), Ok(text.to_owned()));
        }
    }

    #[test]
    fn an_article_cannot_put_an_image_or_a_tag_into_the_report() {
        for hostile in [
            "<script>alert(1)</script>",
            "![x](http://example.org/a.png)",
            "</div><!--",
            "&lt;b&gt;",
            "1. a",
        ] {
            assert_eq!(read(&literal(hostile)).as_deref(), Ok(hostile));
        }
    }
}
