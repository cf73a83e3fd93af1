//! The form for a terminal: the verdict first, then each finding with both sentences and a mark under the spot.
//!
//! In: a [`Report`] and a [`Style`]. Out: lines that end in `\n`. Laws: no line is wider than the style says; without
//! colour there is no escape sequence, and with colour only ours; words of the texts are shown by
//! [`visible`](super::visible()).
//!
//! ```text
//! FAILED  1 error
//!   figures   3 proven   0 not proven   1 failed
//!   names     2 proven   0 not proven   0 failed
//!
//! error[figure.scale] b7: milliards became millions.
//!   French  | Le groupe a investi 4,5 milliards d'euros.
//!           |                     ^^^^^^^^^^^^^^^^^^^^^ = 4500000000 EUR
//!   English | The group invested €4.5 million.
//!           |                    ^^^^^^^^^^^^ = 4500000 EUR
//! ```

use std::fmt::Write as _;
use std::ops::Range;

use unicode_width::UnicodeWidthStr;

use super::lines::{Line, lines, passage};
use super::passage::Text;
use super::verdict::{Excerpt, Located, Word, counted, listed, plural};
use super::{Report, SummaryReport};
use crate::finding::Count;

/// How the text form is laid out. The default is that of a file: 80 columns, no colour, every warning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// Columns of a line; fewer than 40 count as 40.
    pub width: usize,
    /// Whether to colour: the caller knows the terminal and `NO_COLOR`.
    pub colour: bool,
    /// How many warnings are shown; the rest is counted.
    pub warnings: usize,
}

impl Default for Style {
    fn default() -> Self {
        Self {
            width: 80,
            colour: false,
            warnings: usize::MAX,
        }
    }
}

/// A terminal of this height shows the verdict again under what came after it.
const SCREEN: usize = 24;
const NARROWEST: usize = 40;
const GUTTER: &str = "          | ";

pub(super) fn render(report: &Report, style: Style) -> String {
    let width = style.width.max(NARROWEST);
    let mut page = Page {
        out: String::new(),
        style: Style { width, ..style },
    };
    page.verdict(report);
    page.holes(report);
    let places = report.places();
    page.findings(&Report::located(&places));
    page.unexplained(report);
    if let Some(summary) = &report.summary {
        page.summary(summary);
    }
    page.remarks(report);
    if page.out.lines().count() > SCREEN {
        page.out.push('\n');
        page.paragraph(
            "",
            "  ",
            &report.verdict_line(),
            Some((report.word().as_str().len(), ink_of(report.word()))),
        );
    }
    page.out
}

/// The colours there are: the sixteen of any terminal, so that the user's own palette decides.
#[derive(Debug, Clone, Copy)]
enum Ink {
    Bad,
    Doubtful,
    Good,
    Strong,
    Faint,
}

impl Ink {
    fn code(self) -> &'static str {
        match self {
            Self::Bad => "1;31",
            Self::Doubtful => "1;33",
            Self::Good => "1;32",
            Self::Strong => "1",
            Self::Faint => "2",
        }
    }
}

fn ink_of(word: Word) -> Ink {
    match word {
        Word::Proven => Ink::Good,
        Word::Empty | Word::NotAllProven => Ink::Doubtful,
        Word::Failed | Word::Incomplete => Ink::Bad,
    }
}

struct Page {
    out: String,
    style: Style,
}

impl Page {
    fn verdict(&mut self, report: &Report) {
        let title = match report.translator() {
            Some(translator) => format!("{}, by {translator}", report.article),
            None => report.article.clone(),
        };
        for line in lines(&title, self.style.width) {
            self.painted(&line, Ink::Faint);
            self.out.push('\n');
        }
        let word = report.word();
        let line = format!("{}  {}", word.as_str(), report.explanation());
        self.paragraph("", "  ", &line, Some((word.as_str().len(), ink_of(word))));
        let digits = [report.figures, report.names]
            .into_iter()
            .flat_map(|count| [count.proven, count.not_proven, count.failed])
            .max()
            .map_or(1, |most| most.to_string().len());
        self.count("figures", report.figures, digits);
        self.count("names", report.names, digits);
    }

    /// One row of the account. Zeros are faint, so that the eye goes to what there is.
    fn count(&mut self, what: &str, count: Count, digits: usize) {
        let cells = [
            (count.proven, "proven", Ink::Good),
            (count.not_proven, "not proven", Ink::Doubtful),
            (count.failed, "failed", Ink::Bad),
        ];
        // Two of indent, the label, and each number with its word and its margins.
        if 2 + 7 + cells.iter().map(|cell| 4 + digits + cell.1.len()).sum::<usize>() > self.style.width {
            let line = format!("{what}: {}", counted(count));
            return self.paragraph("  ", "  ", &line, None);
        }
        // Writing to a `String` cannot fail, here and below.
        let _ = write!(self.out, "  {what:<7}");
        for (number, word, ink) in cells {
            let cell = format!("{number:>digits$} {word}");
            self.out += "   ";
            self.painted(&cell, if number == 0 { Ink::Faint } else { ink });
        }
        self.out.push('\n');
    }

    fn holes(&mut self, report: &Report) {
        for (reason, segments) in report.holes_by_reason() {
            self.out.push('\n');
            let ids = listed(segments.iter().map(|segment| segment.id.as_str()), 12);
            let head = "not translated";
            self.paragraph(
                "",
                "  ",
                &format!("{head} {ids}: {reason}"),
                Some((head.len(), Ink::Bad)),
            );
            if let Some(first) = segments.first() {
                let excerpt = Excerpt {
                    language: "French",
                    code: "fr",
                    passage: Text::new(&first.source).whole(),
                    value: None,
                };
                self.excerpt(&excerpt, Ink::Bad, '^');
            }
        }
    }

    fn findings(&mut self, findings: &[Located<'_>]) {
        let (errors, warnings): (Vec<_>, Vec<_>) =
            findings.iter().partition(|located| located.finding.is_error());
        for located in errors.iter().chain(warnings.iter().take(self.style.warnings)) {
            self.finding(located);
        }
        let more = warnings.len().saturating_sub(self.style.warnings);
        if more > 0 {
            self.out.push('\n');
            let more = if self.style.warnings == 0 {
                plural(more, "warning")
            } else {
                plural(more, "more warning")
            };
            self.paragraph("", "  ", &format!("{more}; --verbose shows every one"), None);
        }
    }

    fn finding(&mut self, located: &Located<'_>) {
        let Located { finding, place, .. } = located;
        let (severity, ink, stroke) = if finding.is_error() {
            ("error", Ink::Bad, '^')
        } else {
            ("warning", Ink::Doubtful, '~')
        };
        self.out.push('\n');
        let head = format!("{severity}[{}]", finding.code);
        let line = format!("{head} {}: {}", place.label, finding.message);
        self.paragraph("", "  ", &line, Some((head.len(), ink)));

        for excerpt in located.excerpts() {
            self.excerpt(&excerpt, ink, stroke);
        }
    }

    /// One of the two texts, with the mark under the spot.
    fn excerpt(&mut self, excerpt: &Excerpt<'_>, ink: Ink, stroke: char) {
        let width = self.style.width - GUTTER.len();
        let value = excerpt.value.as_ref().map(|value| format!("= {value}"));
        let shown = passage(&excerpt.passage, width);
        let last_marked = shown
            .iter()
            .rposition(|line| matches!(line, Line::Words { mark: Some(_), .. }));
        for (index, line) in shown.iter().enumerate() {
            let label = if index == 0 { excerpt.language } else { "" };
            self.painted(&format!("  {label:<8}| "), Ink::Faint);
            match line {
                Line::Gap => self.out.push('…'),
                Line::Words { text, .. } => self.out += text,
            }
            self.out.push('\n');
            if let Line::Words { mark: Some(mark), .. } = line {
                self.painted(GUTTER, Ink::Faint);
                self.out += &" ".repeat(mark.start);
                let strokes: String = std::iter::repeat_n(stroke, mark.len()).collect();
                self.painted(&strokes, ink);
                if Some(index) == last_marked {
                    self.value(value.as_deref(), mark, width);
                }
                self.out.push('\n');
            }
        }
    }

    /// What the marked words were read as: after the mark if there is room, else below it.
    fn value(&mut self, value: Option<&str>, mark: &Range<usize>, width: usize) {
        let Some(value) = value else { return };
        for (index, line) in lines(value, width).into_iter().enumerate() {
            let wide = line.width();
            if index == 0 && mark.end + 1 + wide <= width {
                self.out.push(' ');
            } else {
                self.out.push('\n');
                self.painted(GUTTER, Ink::Faint);
                self.out += &" ".repeat(mark.start.min(width.saturating_sub(wide)));
            }
            self.painted(&line, Ink::Faint);
        }
    }

    /// What is not proven although no finding says why: named all the same.
    fn unexplained(&mut self, report: &Report) {
        let unexplained = report.unexplained();
        if unexplained.is_empty() {
            return;
        }
        let spots: Vec<_> = unexplained
            .iter()
            .map(|(segment, account)| format!("{} ({})", account.source.text, segment.id))
            .collect();
        self.out.push('\n');
        let head = "not proven";
        self.paragraph(
            "",
            "  ",
            &format!("{head}: {}", spots.join(", ")),
            Some((head.len(), Ink::Doubtful)),
        );
    }

    fn summary(&mut self, summary: &SummaryReport) {
        self.out.push('\n');
        if let Some(reason) = &summary.hole {
            let head = "no summary";
            return self.paragraph(
                "",
                "  ",
                &format!("{head}: {reason}"),
                Some((head.len(), Ink::Bad)),
            );
        }
        let mut line = format!("summary: {}", plural(summary.sentences.len(), "sentence"));
        if !summary.dropped.is_empty() {
            let _ = write!(
                line,
                ", {} left out, as the article does not support it",
                summary.dropped.len()
            );
        }
        self.paragraph("", "  ", &line, Some(("summary".len(), Ink::Strong)));
        for sentence in &summary.dropped {
            self.paragraph("  - ", "    ", &format!("left out: {}", sentence.text), None);
            for finding in &sentence.findings {
                self.paragraph(
                    "    ",
                    "      ",
                    &format!("{}: {}", finding.code, finding.message),
                    None,
                );
            }
        }
        if !summary.omitted.is_empty() {
            let line = format!("not in the summary: {}", summary.omitted.join("; "));
            self.paragraph("  - ", "    ", &line, None);
        }
    }

    fn remarks(&mut self, report: &Report) {
        let mended: Vec<String> = report
            .mended()
            .map(|(segment, finding)| format!("[{}] {}: {}", finding.code, segment.id, finding.message))
            .collect();
        let notes = report.all_notes();
        if !(mended.is_empty() && notes.is_empty()) {
            self.out.push('\n');
        }
        for mended in mended {
            let head = "repaired";
            self.paragraph(
                "",
                "  ",
                &format!("{head}{mended}"),
                Some((head.len(), Ink::Good)),
            );
        }
        for note in notes {
            let head = "note";
            self.paragraph(
                "",
                "  ",
                &format!("{head}: {note}"),
                Some((head.len(), Ink::Strong)),
            );
        }
    }

    /// Words of any length on as many lines as they need; the first `head` bytes may be painted. They hold no
    /// character that `visible` would change, so that they are bytes of the first line as well.
    fn paragraph(&mut self, first: &str, rest: &str, words: &str, head: Option<(usize, Ink)>) {
        let width = self.style.width - rest.len().max(first.len());
        for (index, line) in lines(words, width).into_iter().enumerate() {
            self.out += if index == 0 { first } else { rest };
            match head {
                Some((length, ink)) if index == 0 && length <= line.len() => {
                    self.painted(&line[..length], ink);
                    self.out += &line[length..];
                }
                _ => self.out += &line,
            }
            self.out.push('\n');
        }
    }

    fn painted(&mut self, words: &str, ink: Ink) {
        if self.style.colour {
            let _ = write!(self.out, "\u{1b}[{}m{words}\u{1b}[0m", ink.code());
        } else {
            self.out += words;
        }
    }
}
