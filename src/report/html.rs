//! The form for a reader: one page that needs nothing else and runs nothing.
//!
//! In: a [`Report`]. Out: HTML with its style inside, French and English side by side, each figure and name marked with
//! what became of it. Laws: all words of the texts are escaped and shown by [`visible_lines`]; the page has no script
//! and may load nothing (its content security policy says so to the browser); the standing of a mark is told by its
//! line as well as by its colour, and by a title.
//!
//! [`visible_lines`]: super::visible::visible_lines

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::marks::{Note, Standing, pieces};
use super::verdict::{At, Excerpt, Located, Side, counted, plural};
use super::visible::{visible, visible_lines};
use super::{Report, SegmentReport, SummaryReport, SummarySentence};
use crate::article::BlockKind;
use crate::figures::readable;
use crate::finding::{Account, Count, Finding, Outcome, Spot, Subject};

const STYLE: &str = include_str!("page.css");
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";
/// A title names this many reasons and counts the rest.
const REASONS: usize = 4;

pub(super) fn render(report: &Report) -> String {
    let places = report.places();
    let findings = Report::located(&places);
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (report.word().as_str()) ": " (visible(&report.article)) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                (header(report))
                main {
                    (holes(report))
                    (listed_findings(&findings))
                    (unexplained(report))
                    @if let Some(summary) = &report.summary { (summary_section(report, summary, &findings)) }
                    (texts(report, &findings))
                    (repairs_and_notes(report))
                }
                (footer(report))
            }
        }
    };
    let mut page = page.into_string();
    page.push('\n');
    page
}

fn header(report: &Report) -> Markup {
    html! {
        header {
            h1 { (visible(&report.article)) }
            p.verdict {
                strong class=(report.word().as_key()) { (report.word().as_str()) }
                " " (report.explanation())
            }
            table.account {
                (account_row("figures", report.figures))
                (account_row("names", report.names))
            }
        }
    }
}

fn account_row(what: &str, count: Count) -> Markup {
    let shares = [
        ("proven", count.proven),
        ("not_proven", count.not_proven),
        ("failed", count.failed),
    ];
    html! {
        tr {
            th scope="row" { (what) }
            @for (class, number) in shares {
                td.zero[number == 0] { b { (number) } " " (class.replace('_', " ")) }
            }
            td.share {
                span.bar title=(counted(count)) {
                    @for (class, number) in shares {
                        @if number > 0 { i class=(class) style={ "flex-grow:" (number) } {} }
                    }
                }
            }
        }
    }
}

fn holes(report: &Report) -> Markup {
    let holes = report.holes_by_reason();
    html! {
        @if !holes.is_empty() {
            section {
                h2 { "Not translated" }
                ul {
                    @for (reason, segments) in holes {
                        li {
                            @for segment in segments.iter().take(12) { (link_to(&segment.id)) " " }
                            @if segments.len() > 12 { "and " (segments.len() - 12) " more " }
                            "– " (visible(reason))
                        }
                    }
                }
            }
        }
    }
}

fn listed_findings(findings: &[Located<'_>]) -> Markup {
    let (errors, warnings): (Vec<_>, Vec<_>) =
        findings.iter().partition(|located| located.finding.is_error());
    html! {
        @for (title, class, findings) in [("Errors", "failed", errors), ("Warnings", "not_proven", warnings)] {
            @if !findings.is_empty() {
                section {
                    h2 { (title) " " small { (findings.len()) } }
                    ol.findings { @for located in findings { (finding_item(located, class)) } }
                }
            }
        }
    }
}

fn finding_item(located: &Located<'_>, class: &str) -> Markup {
    let Located {
        number,
        finding,
        place,
        ..
    } = located;
    html! {
        li class=(class) id={ "finding-" (number) } {
            p {
                a.spot href={ "#" (anchor(located)) } { (place.label) }
                " " code { (finding.code) } " " (visible(&finding.message))
            }
            div.pair { @for excerpt in located.excerpts() { (excerpted(&excerpt, class)) } }
        }
    }
}

/// Where the spot of a finding is on this page: in the English if it can be, else in the French, else its segment.
fn anchor(located: &Located<'_>) -> String {
    let number = located.number;
    let held = |side: &Option<Side<'_>>| {
        let spot = side
            .as_ref()
            .and_then(|side| Some((side.text, side.spot.as_deref()?)));
        spot.is_some_and(|(text, spot)| text.holds(spot) && !text.as_str().is_empty())
    };
    if held(&located.english) {
        format!("spot-{number}-en")
    } else if matches!(located.place.at, At::Segment(_)) && held(&located.french) {
        format!("spot-{number}-fr")
    } else {
        place_id(&located.place.label)
    }
}

fn excerpted(excerpt: &Excerpt<'_>, class: &str) -> Markup {
    let (before, words, after) = excerpt.passage.parts();
    html! {
        p.excerpt lang=(excerpt.code) {
            (visible(&before))
            @if !words.is_empty() { mark class=(class) { (visible(words)) } }
            @if let Some(value) = &excerpt.value { span.value { " = " (visible(value)) } }
            (visible(&after))
        }
    }
}

fn unexplained(report: &Report) -> Markup {
    let unexplained = report.unexplained();
    html! {
        @if !unexplained.is_empty() {
            section {
                h2 { "Not proven" }
                ul {
                    @for (segment, account) in unexplained {
                        li { (link_to(&segment.id)) " " span lang="fr" { (visible(&account.source.text)) } }
                    }
                }
            }
        }
    }
}

fn summary_section(report: &Report, summary: &SummaryReport, findings: &[Located<'_>]) -> Markup {
    html! {
        section.summary {
            h2 { "Summary" }
            @if let Some(reason) = &summary.hole { p.hole { "No summary: " (visible(reason)) } }
            @if !summary.sentences.is_empty() {
                ol {
                    @for (index, sentence) in summary.sentences.iter().enumerate() {
                        (summary_sentence(report, index, sentence, findings))
                    }
                }
            }
            @if !summary.dropped.is_empty() {
                h3 { "Left out, as the article does not support it" }
                ul.dropped {
                    @for sentence in &summary.dropped {
                        li {
                            del lang="en" { (visible(&sentence.text)) }
                            @for finding in &sentence.findings {
                                p { code { (finding.code) } " " (visible(&finding.message)) }
                            }
                        }
                    }
                }
            }
            @if !summary.omitted.is_empty() {
                h3 { "In the article, not in the summary" }
                ul { @for fact in &summary.omitted { li lang="fr" { (visible(fact)) } } }
            }
        }
    }
}

fn summary_sentence(
    report: &Report,
    index: usize,
    sentence: &SummarySentence,
    findings: &[Located<'_>],
) -> Markup {
    let own = findings
        .iter()
        .filter(|located| located.place.at == At::Sentence(index));
    let notes: Vec<_> = own
        .filter_map(|located| finding_note(located.number, located.finding, located.finding.target.as_ref()))
        .collect();
    let account = format!(
        "figures {}; names {}",
        counted(sentence.figures),
        counted(sentence.names)
    );
    html! {
        li lang="en" id=(place_id(&format!("summary {}", index + 1))) title=(account) {
            (marked_text(&sentence.text, &notes, "en"))
            @for segment in report.cited(sentence) { " " (link_to(&segment.id)) }
        }
    }
}

fn texts(report: &Report, findings: &[Located<'_>]) -> Markup {
    let is_translated = report
        .segments
        .iter()
        .any(|segment| segment.target.is_some() || segment.hole.is_some());
    // The findings come in the order of their numbers, not of the segments: sorted once, not searched for each.
    let mut by_segment: Vec<Vec<&Located<'_>>> = report.segments.iter().map(|_| Vec::new()).collect();
    for located in findings {
        if let At::Segment(index) = located.place.at {
            by_segment[index].push(located);
        }
    }
    html! {
        section.texts.single[!is_translated] {
            h2 { @if is_translated { "French and English" } @else { "The French" } }
            @if is_translated {
                p.legend {
                    span { mark.proven { "proven" } " found in the English by value or form" }
                    span { mark.not_proven { "not proven" } " worth a look" }
                    span { mark.failed { "failed" } " missing, altered or added" }
                    span.hint { "Rest the pointer on a mark for the reason." }
                }
            }
            @for (segment, findings) in report.segments.iter().zip(&by_segment) {
                (segment_row(segment, findings, is_translated))
            }
        }
    }
}

fn segment_row(segment: &SegmentReport, findings: &[&Located<'_>], is_translated: bool) -> Markup {
    let accounts = |spot: fn(&Account) -> Option<&Spot>| {
        segment
            .accounts
            .iter()
            .filter_map(move |account| account_note(account, spot(account)))
    };
    let found = |spot: fn(&Finding) -> Option<&Spot>| {
        findings
            .iter()
            .filter_map(move |located| finding_note(located.number, located.finding, spot(located.finding)))
    };
    let french: Vec<_> = accounts(|account| Some(&account.source))
        .chain(found(|f| f.source.as_ref()))
        .collect();
    let english: Vec<_> = accounts(|account| account.target.as_ref())
        .chain(found(|f| f.target.as_ref()))
        .collect();
    html! {
        article class={ "segment " (kind_class(segment.kind)) } id=(place_id(&segment.id)) {
            span.id { (segment.id) }
            div.french lang="fr" { (marked_text(&segment.source, &french, "fr")) }
            @if let Some(reason) = &segment.hole {
                div.english.hole lang="en" { strong { "Not translated" } " " (visible(reason)) }
            } @else if let Some(target) = &segment.target {
                div.english lang="en" { (marked_text(target, &english, "en")) }
            } @else if is_translated {
                div.english {}
            }
        }
    }
}

/// A text with its notes as marks; the mark of a finding leads to the finding.
fn marked_text(text: &str, notes: &[Note], lang: &str) -> Markup {
    html! {
        @for piece in pieces(text, notes) {
            @for number in piece.begins.iter().filter_map(|note| note.finding) {
                span.anchor id={ "spot-" (number) "-" (lang) } {}
            }
            @match piece.standing() {
                None => (visible_lines(piece.text)),
                Some(standing) => {
                    mark class=(class_of(standing)) title=(reasons(&piece.notes)) {
                        @match piece.notes.iter().find_map(|note| note.finding) {
                            Some(number) => a href={ "#finding-" (number) } { (visible_lines(piece.text)) },
                            None => (visible_lines(piece.text)),
                        }
                    }
                }
            }
        }
    }
}

fn reasons(notes: &[&Note]) -> String {
    let more = notes.len().saturating_sub(REASONS);
    let mut reasons: Vec<_> = notes
        .iter()
        .take(REASONS)
        .map(|note| note.reason.clone())
        .collect();
    if more > 0 {
        reasons.push(format!("and {more} more"));
    }
    visible(&reasons.join(" · ")).into_owned()
}

fn account_note(account: &Account, spot: Option<&Spot>) -> Option<Note> {
    let spot = spot?;
    let (standing, outcome) = match account.outcome {
        Outcome::Proven => (Standing::Proven, "proven"),
        Outcome::NotProven => (Standing::NotProven, "not proven"),
        Outcome::Failed => (Standing::Failed, "failed"),
    };
    let what = if account.kind == Subject::Name {
        "name"
    } else {
        "figure"
    };
    let value = spot
        .value
        .as_deref()
        .map(|value| format!("read as {}", readable(value)));
    let reason: Vec<String> = [Some(format!("{what} {outcome}")), value, account.because.clone()]
        .into_iter()
        .flatten()
        .collect();
    Some(Note {
        span: spot.span,
        standing,
        reason: reason.join(", "),
        finding: None,
    })
}

fn finding_note(number: usize, finding: &Finding, spot: Option<&Spot>) -> Option<Note> {
    Some(Note {
        span: spot?.span,
        standing: if finding.is_error() {
            Standing::Failed
        } else {
            Standing::NotProven
        },
        reason: format!("{}: {}", finding.code, finding.message),
        finding: Some(number),
    })
}

fn class_of(standing: Standing) -> &'static str {
    match standing {
        Standing::Proven => "proven",
        Standing::NotProven => "not_proven",
        Standing::Failed => "failed",
    }
}

fn kind_class(kind: BlockKind) -> &'static str {
    match kind {
        BlockKind::Headline => "headline",
        BlockKind::Heading => "heading",
        BlockKind::Quote => "quote",
        BlockKind::Bullet => "bullet",
        BlockKind::Table | BlockKind::Code => "verbatim",
        BlockKind::Slug | BlockKind::Note | BlockKind::Boilerplate => "faint",
        BlockKind::Byline | BlockKind::Dateline | BlockKind::Caption => "small",
        BlockKind::Paragraph => "paragraph",
    }
}

fn repairs_and_notes(report: &Report) -> Markup {
    let notes = report.all_notes();
    html! {
        @if report.mended().next().is_some() {
            section {
                h2 { "Repaired" }
                ul {
                    @for (segment, finding) in report.mended() {
                        li { (link_to(&segment.id)) " " code { (finding.code) } " " (visible(&finding.message)) }
                    }
                }
            }
        }
        @if !notes.is_empty() {
            section { h2 { "Notes" } ul { @for note in notes { li { (visible(&note)) } } } }
        }
    }
}

fn footer(report: &Report) -> Markup {
    html! {
        footer {
            @if let Some(translator) = report.translator() { "English by " (visible(&translator)) ". " }
            "Checked by fidele " (report.checker.version) ", lexicon " (visible(&report.checker.lexicon)) ". "
            (plural(report.segments.len(), "segment")) "."
        }
    }
}

fn link_to(id: &str) -> Markup {
    html! { a.spot href={ "#" (place_id(id)) } { (visible(id)) } }
}

/// The id of a segment or sentence on the page: no space, and no clash with the other ids.
fn place_id(label: &str) -> String {
    format!("at-{}", label.replace(' ', "-"))
}
