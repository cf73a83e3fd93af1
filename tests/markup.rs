//! What the check of markup warns of (`cases/markup.toml`), where it stays silent, and what never breaks.

#[path = "support/cases.rs"]
mod cases;

use fidele::align::pair_blocks;
use fidele::article::{Article, Format};
use fidele::finding::{Code, Finding};
use fidele::verify::Checker;
use fidele::verify::markup::{Written, check, check_blocks};
use proptest::prelude::*;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    source: String,
    target: String,
    /// The codes, in order.
    findings: Vec<String>,
    /// `markdown`, `plain`, or not said.
    #[serde(default)]
    written: Option<String>,
    why: String,
}

fn written(case: &Case) -> Written {
    match case.written.as_deref() {
        Some("markdown") => Written::Markdown,
        Some("plain") => Written::Plain,
        None => Written::Unknown,
        Some(other) => panic!("{other}: {}", case.why),
    }
}

fn table() -> Vec<Case> {
    cases::cases(include_str!("cases/markup.toml"))
}

/// What the whole checker says of markup and addresses.
fn found(case: &Case) -> Vec<Finding> {
    let verdict = Checker::default().check_written(&case.source, &case.target, written(case));
    let of_markup = |finding: &Finding| matches!(finding.code, Code::MarkupLost | Code::UrlAltered);
    verdict.findings.into_iter().filter(of_markup).collect()
}

#[test]
fn findings_are_those_of_the_table() {
    let mut wrong = Vec::new();
    for case in table() {
        let findings = found(&case);
        let codes: Vec<_> = findings.iter().map(|finding| finding.code.as_str()).collect();
        if codes != case.findings {
            wrong.push(format!("{}: {findings:#?}", case.why));
        }
        for finding in &findings {
            assert_eq!(
                finding.is_error(),
                finding.code == Code::UrlAltered,
                "{}",
                case.why
            );
            for (spot, text) in [(&finding.source, &case.source), (&finding.target, &case.target)] {
                if let Some(spot) = spot {
                    assert_eq!(spot.span.of(text), spot.text, "{}", case.why);
                    assert!(spot.text.len() <= 60, "{}: a spot is a place", case.why);
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_table_holds_enough_of_both() {
    let (silent, told): (Vec<_>, Vec<_>) = table().into_iter().partition(|case| case.findings.is_empty());
    assert!(
        silent.len() >= 30 && told.len() >= 30,
        "{} {}",
        silent.len(),
        told.len()
    );
}

#[test]
fn a_plain_text_raises_nothing() {
    for case in table() {
        let findings = check(&case.source, &case.target, Written::Plain);
        assert!(findings.is_empty(), "{}: {findings:#?}", case.why);
    }
}

/// What `check` says of two files, by message.
fn of_files(french: &str, english: &str) -> Vec<String> {
    let source = Article::parse(french.to_owned(), Format::Markdown);
    let target = Article::parse(english.to_owned(), Format::Markdown);
    let places = |article: &Article, span: Option<fidele::span::Span>| {
        let blocks = article.blocks();
        let before = |at: usize| blocks.partition_point(|block| block.content.start < at);
        span.map_or(0..0, |span| before(span.start)..before(span.end))
    };
    pair_blocks(&source, &target)
        .into_iter()
        .flat_map(|pair| {
            let (ours, theirs) = (places(&source, pair.source), places(&target, pair.target));
            check_blocks(&source, ours, &target, theirs)
        })
        .map(|finding| {
            assert_eq!(finding.code, Code::MarkupLost);
            finding.message
        })
        .collect()
}

const FRENCH: &str = "# La crue du fleuve

## Les dégâts

La crue a détruit le pont de bois et la maison du garde.

- Le pont est fermé.
- La maison est vide.

1. Appeler la mairie.
2. Attendre les secours.

> Nous partons, dit le garde.

| Lieu | État |
|---|---|
| Pont | fermé |
";

const ENGLISH: &str = "# The river flood

## The damage

The flood destroyed the wooden bridge and the keeper's house.

- The bridge is closed.
- The house is empty.

1. Call the town hall.
2. Wait for help.

> We are leaving, said the keeper.

| Place | State |
|---|---|
| Bridge | closed |
";

#[test]
fn blocks_keep_their_form() {
    assert_eq!(of_files(FRENCH, ENGLISH), Vec::<String>::new());
    // A list with stars is a list with dashes; an underlined heading is a heading.
    let other = ENGLISH
        .replace("- The", "* The")
        .replace("# The river flood", "The river flood\n===============");
    assert_eq!(of_files(FRENCH, &other), Vec::<String>::new());
    for (marked, bare, says) in [
        ("## The damage", "The damage", "The heading of level 2 has lost"),
        (
            "## The damage",
            "### The damage",
            "The heading of level 2 has become a heading of level 3",
        ),
        (
            "- The bridge is closed.",
            "The bridge is closed.",
            "The item of a list has lost",
        ),
        (
            "1. Call",
            "- Call",
            "The item of a numbered list has become a item of a list",
        ),
        (
            "> We are leaving",
            "We are leaving",
            "The block quotation has lost",
        ),
        ("|---|---|\n", "", "The table has lost"),
        (
            "The flood destroyed",
            "## The flood destroyed",
            "The French has no heading of level 2 here",
        ),
    ] {
        let said = of_files(FRENCH, &ENGLISH.replace(marked, bare));
        assert!(said.iter().any(|said| said.starts_with(says)), "{bare}: {said:?}");
    }
}

proptest! {
    #[test]
    fn a_text_has_the_structure_of_itself(text in "[a-zé*_`~<>#|&;! \\[\\]()\\-\n0-9.]{0,80}") {
        let findings = check(&text, &text, Written::Markdown);
        prop_assert!(findings.is_empty(), "{:?}", findings);
    }

    #[test]
    fn spots_hold_the_words_at_their_spans(
        source in "[a-zé*_`~<>#|&;! \\[\\]()\\-\n0-9.]{0,60}",
        target in "[a-zé*_`~<>#|&;! \\[\\]()\\-\n0-9.]{0,60}",
    ) {
        for finding in check(&source, &target, Written::Markdown) {
            for (spot, text) in [(&finding.source, &source), (&finding.target, &target)] {
                if let Some(spot) = spot {
                    prop_assert_eq!(spot.span.of(text), &spot.text);
                }
            }
        }
    }
}

/// A hundred kilobytes of each run that invites a scan to start over. Quadratic, this would not end.
#[test]
fn hostile_runs_cost_no_more_than_their_length() {
    for run in [
        "*", "**a ", "_a_ ", "[", "[^", "[^a ", "![", "<a", "<b ", "`", "``` ", "&amp", "- a\n", "| a ",
        "> ", "# a\n",
    ] {
        let text = run.repeat(100_000 / run.len());
        let _ = check(&text, &text, Written::Markdown);
        let _ = check(&text, "a", Written::Markdown);
        let _ = check("**a**", &text, Written::Markdown);
    }
}
