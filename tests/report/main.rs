//! What the four forms of a report look like, and the laws they keep whatever the texts hold.

#![cfg(feature = "pipeline")]

mod reports;

use fidele::report::{Form, Report, Style, visible};
use reports::{clean, doubtful, faulty, holed, hostile, summarised};
use unicode_width::UnicodeWidthStr;

fn all() -> [(&'static str, Report); 6] {
    [
        ("clean", clean()),
        ("faulty", faulty()),
        ("holed", holed()),
        ("doubtful", doubtful()),
        ("summarised", summarised()),
        ("hostile", hostile()),
    ]
}

fn text(report: &Report, width: usize) -> String {
    report.render(
        Form::Text,
        Style {
            width,
            ..Style::default()
        },
    )
}

#[test]
fn text_form() {
    for (name, report) in all() {
        insta::assert_snapshot!(format!("{name}.txt"), text(&report, 80));
    }
}

#[test]
fn text_form_on_a_narrow_terminal_and_with_few_warnings() {
    let style = Style {
        width: 48,
        colour: false,
        warnings: 1,
    };
    insta::assert_snapshot!("faulty.narrow.txt", faulty().render(Form::Text, style));
}

#[test]
fn text_form_in_colour() {
    let style = Style {
        colour: true,
        ..Style::default()
    };
    let coloured = faulty().render(Form::Text, style);
    insta::assert_snapshot!("faulty.colour.txt", coloured.replace('\u{1b}', "␛"));
    assert_eq!(
        bare(&coloured),
        text(&faulty(), 80),
        "colour adds nothing but colour"
    );
}

#[test]
fn markdown_form() {
    for (name, report) in all() {
        insta::assert_snapshot!(
            format!("{name}.md"),
            report.render(Form::Markdown, Style::default())
        );
    }
}

#[test]
fn html_form() {
    for (name, report) in all() {
        let page = report.render(Form::Html, Style::default());
        let (head, body) = page.split_once("<body>").unwrap();
        assert!(head.contains("default-src 'none'; style-src 'unsafe-inline'; img-src data:"));
        // The style sheet is read in its own file; an element a line is read more easily.
        insta::assert_snapshot!(format!("{name}.html"), body.replace("><", ">\n<"));
    }
}

#[test]
fn json_form() {
    for (name, report) in all() {
        insta::assert_snapshot!(
            format!("{name}.json"),
            report.render(Form::Json, Style::default())
        );
    }
}

#[test]
fn no_line_is_wider_than_the_terminal() {
    for width in [40, 41, 57, 80, 133] {
        for (name, report) in all() {
            for line in text(&report, width).lines() {
                assert!(line.width() <= width, "{name} at {width}: {line:?}");
            }
        }
    }
}

#[test]
fn the_mark_stands_under_the_words_of_the_spot() {
    let shown = text(&faulty(), 80);
    let lines: Vec<_> = shown.lines().collect();
    for words in [
        "€4.5 million",
        "4,5 milliards d'euros",
        "Hélène Carrière",
        "aurait touché",
        "received",
        "12",
    ] {
        let is_marked = |pair: &[&str]| {
            let Some((before, _)) = pair[0].split_once(words) else {
                return false;
            };
            let marks: String = pair[1].chars().skip(before.width()).take(words.width()).collect();
            !marks.is_empty() && marks.chars().all(|c| c == '^' || c == '~')
        };
        assert!(lines.windows(2).any(is_marked), "{words}");
    }
}

#[test]
fn the_spot_of_a_summary_is_found_in_the_segment_it_cites() {
    let shown = text(&summarised(), 80);
    let marked = "French  | Le chantier doit durer trois ans et coûter 4,5 milliards d'euros.\n          |                        ~~~~~~~~~ = 3 years";
    assert!(shown.contains(marked), "{shown}");
}

#[test]
fn every_form_counts_what_is_proven_what_is_not_and_what_failed() {
    let report = faulty();
    assert_eq!(
        (
            report.figures.proven,
            report.figures.not_proven,
            report.figures.failed
        ),
        (4, 1, 2)
    );
    assert_eq!(
        (report.names.proven, report.names.not_proven, report.names.failed),
        (1, 0, 1)
    );
    assert_eq!(
        report.verdict_line(),
        "FAILED: figures 4 proven, 1 not proven, 2 failed; names 1 proven, 0 not proven, 1 failed"
    );
    assert!(text(&report, 80).contains("figures   4 proven   1 not proven   2 failed"));
    assert!(
        report
            .render(Form::Markdown, Style::default())
            .contains("| figures | 4 | 1 | 2 |")
    );
    assert!(
        report
            .render(Form::Html, Style::default())
            .contains("<b>1</b> not proven")
    );
    assert!(holed().verdict_line().ends_with("; 2 segments not translated"));
}

#[test]
fn proven_is_said_only_when_all_is_proven() {
    assert!(clean().verdict_line().starts_with("PROVEN: "));
    assert!(doubtful().verdict_line().starts_with("NOT ALL PROVEN: "));
    assert!(holed().verdict_line().starts_with("INCOMPLETE: "));
    let mut nothing = clean();
    nothing.segments.clear();
    nothing.figures = fidele::finding::Count::default();
    nothing.names = fidele::finding::Count::default();
    assert!(nothing.verdict_line().starts_with("NOTHING TO PROVE: "));
    assert!(text(&nothing, 80).contains("0 proven"));
}

#[test]
fn what_is_not_proven_is_named_even_without_a_finding() {
    for form in [Form::Text, Form::Markdown, Form::Html] {
        let shown = doubtful().render(form, Style::default());
        assert!(shown.to_lowercase().contains("not proven"), "{shown}");
        assert!(shown.contains("Lyon"), "{shown}");
    }
}

#[test]
fn no_text_commands_the_terminal_or_turns_a_line() {
    let report = hostile();
    for form in [Form::Text, Form::Json, Form::Markdown, Form::Html] {
        let shown = report.render(form, Style::default());
        let hidden = shown
            .chars()
            .find(|&c| c != '\n' && visible(&c.to_string()) != c.to_string());
        assert_eq!(hidden, None, "{form:?}");
    }
    // With colour, the only escapes are ours.
    let coloured = report.render(
        Form::Text,
        Style {
            colour: true,
            ..Style::default()
        },
    );
    assert!(!bare(&coloured).contains('\u{1b}'));
}

#[test]
fn no_text_becomes_an_element_of_the_page() {
    let page = hostile().render(Form::Html, Style::default());
    for element in [
        "<script",
        "<img",
        "<b onclick",
        "<i>12",
        "onerror=alert(1)>",
        "<x>",
        "<lexicon",
    ] {
        assert!(!page.contains(element), "{element}");
    }
    assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
}

#[test]
fn every_link_of_the_page_leads_somewhere_on_it() {
    for (name, report) in all() {
        let page = report.render(Form::Html, Style::default());
        let quoted = |before: &str| -> Vec<String> {
            page.split(before)
                .skip(1)
                .filter_map(|rest| rest.split('"').next())
                .map(str::to_owned)
                .collect()
        };
        let ids = quoted(" id=\"");
        for link in quoted("href=\"") {
            let target = link
                .strip_prefix('#')
                .unwrap_or_else(|| panic!("{name}: {link} leaves the page"));
            assert_eq!(ids.iter().filter(|id| *id == target).count(), 1, "{name}: {link}");
        }
        let mut once = ids.clone();
        once.sort();
        once.dedup();
        assert_eq!(once.len(), ids.len(), "{name}: an id stands for one element");
    }
}

#[test]
fn json_gives_the_texts_back_untouched() {
    let report = hostile();
    let json: serde_json::Value = serde_json::from_str(&report.render(Form::Json, Style::default())).unwrap();
    assert_eq!(json["segments"][0]["source"], report.segments[0].source);
    assert_eq!(json["article"], report.article);
}

/// Without the escape sequences this program writes: `ESC [ … m`.
fn bare(coloured: &str) -> String {
    let mut parts = coloured.split("\u{1b}[");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| {
        text + part.split_once('m').expect("one of ours").1
    })
}
