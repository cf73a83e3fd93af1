//! How articles come apart (`cases/blocks.toml`), and the laws of blocks on any text.

use fidele::article::{Article, ArticleError, BlockKind, Format};
use proptest::prelude::*;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    text: String,
    format: Option<String>,
    blocks: Vec<(String, String)>,
    why: String,
}

fn name(kind: BlockKind) -> String {
    let value = serde_json::to_value(kind).expect("a unit variant");
    value.as_str().expect("is its name").to_owned()
}

#[test]
fn articles_come_apart_as_the_table_says() {
    let table: Table = toml::from_str(include_str!("cases/blocks.toml")).unwrap();
    let mut failed = Vec::new();
    for case in table.case {
        let format = if case.format.is_some() {
            Format::Markdown
        } else {
            Format::Text
        };
        let article = Article::parse(case.text, format);
        let got: Vec<_> = article
            .blocks()
            .iter()
            .map(|block| (name(block.kind), block.span.of(article.body()).to_owned()))
            .collect();
        lawful(&article).unwrap();
        if got != case.blocks {
            failed.push(format!("{}\n got {got:#?}\nwant {:#?}", case.why, case.blocks));
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n\n"));
}

#[test]
fn content_leaves_the_marker_out() {
    let text = "# Titre\n\n- [ ] un point\n\n> Une citation.\n\n1. premier\n";
    let article = Article::parse(text.to_owned(), Format::Markdown);
    let contents: Vec<_> = article
        .blocks()
        .iter()
        .map(|block| block.content.of(text))
        .collect();
    assert_eq!(contents, ["Titre", "un point", "Une citation.", "premier"]);
    assert_eq!(article.headline(), Some("Titre"));
}

#[test]
fn bytes_that_are_no_text_are_refused_with_the_place_and_the_next_move() {
    let decode = |bytes: &[u8]| Article::decode(bytes, Format::Text);
    assert_eq!(decode(b"caf\xe9 noir"), Err(ArticleError::NotUtf8 { offset: 3 }));
    assert!(
        decode(b"caf\xe9")
            .unwrap_err()
            .to_string()
            .contains("at byte 3; convert it")
    );
    assert_eq!(
        decode(b"PK\x03\x04\x00\xff"),
        Err(ArticleError::Binary { offset: 4 })
    );
    assert_eq!(decode(b"\xff\xfea\x00"), Err(ArticleError::Utf16));
    assert_eq!(decode(b""), Err(ArticleError::Empty));
    assert_eq!(decode("\u{feff} \r\n\u{a0}".as_bytes()), Err(ArticleError::Empty));
    let article = decode("\u{feff}Un mot.\r\n".as_bytes()).unwrap();
    assert_eq!(
        article.body(),
        "Un mot.\r\n",
        "the mark is dropped and nothing else"
    );
}

#[test]
fn the_file_name_promises_the_format() {
    for (path, format) in [
        ("a.md", Format::Markdown),
        ("b.fr.MD", Format::Markdown),
        ("c.txt", Format::Text),
        ("md", Format::Text),
    ] {
        assert_eq!(Format::of_path(path.as_ref()), format, "{path}");
    }
}

/// Blocks stand in order, are trimmed, hold their content, and cover every byte that is not white space.
fn lawful(article: &Article) -> Result<(), TestCaseError> {
    let body = article.body();
    let mut at = 0;
    for block in article.blocks() {
        prop_assert!(block.span.start >= at, "blocks overlap");
        prop_assert!(
            body[at..block.span.start].trim().is_empty(),
            "lost: {:?}",
            &body[at..block.span.start]
        );
        prop_assert!(!block.span.is_empty() && block.span.of(body).trim() == block.span.of(body));
        prop_assert!(block.span.start <= block.content.start && block.content.end <= block.span.end);
        prop_assert!(!block.content.of(body).trim().is_empty());
        at = block.span.end;
    }
    prop_assert!(body[at..].trim().is_empty(), "lost: {:?}", &body[at..]);
    let headlines = article
        .blocks()
        .iter()
        .filter(|block| block.kind == BlockKind::Headline)
        .count();
    prop_assert!(headlines <= 1, "{headlines} headlines");
    Ok(())
}

fn messy() -> impl Strategy<Value = String> {
    let token = prop::sample::select(vec![
        "Le",
        "chat",
        "gris",
        " ",
        " ",
        " ",
        "\n",
        "\n",
        "\r\n",
        "\n\n",
        "\r\n\r\n",
        "\r",
        "\t",
        "* ",
        "- ",
        "> ",
        "1. ",
        "# ",
        "## ",
        "---\n",
        "+++\n",
        "```\n",
        "| a | b |\n",
        "|---|---|\n",
        "par ",
        "Anne Blanc",
        "PARIS",
        ", 4 mars",
        " (AFP)",
        " - ",
        "(",
        ")",
        "(Reportage de ",
        "date ",
        "2026-03-04 ",
        "RISQUES DE ",
        "DÉFAUT ",
        ".",
        "?",
        ":",
        "«",
        "»",
        "\"",
        "ACME.O ",
        "title: ",
        "[a]: http://b.c\n",
        "<p>",
        "</p>",
        "<!-- ",
        " -->",
        "© ",
        "Photo : ",
        "\u{a0}",
        "é",
        "😀",
        "\u{feff}",
        "\\",
        "**",
        "_",
        "[^1]: ",
        "    ",
        "&amp;",
        "- [ ] ",
        "\u{2028}",
    ]);
    prop::collection::vec(token, 0..40).prop_map(|tokens| tokens.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn blocks_cover_plain_text(text in messy()) {
        lawful(&Article::parse(text, Format::Text))?;
    }

    #[test]
    fn blocks_cover_markdown(text in messy()) {
        lawful(&Article::parse(text, Format::Markdown))?;
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        if let Ok(article) = Article::decode(&bytes, Format::Markdown) {
            lawful(&article)?;
        }
    }
}

/// Half a megabyte of each run that invites a scan to start over. Quadratic, this would not end.
#[test]
fn hostile_runs_cost_no_more_than_their_length() {
    for run in [
        "\n",
        " ",
        "a\n\n",
        "de\n\n",
        "* a\n",
        "> ",
        "(",
        "(ajout) ",
        "date 2026-03-04 ",
        "AAAAA BBBBB Xa xx xx ",
        "\"",
        "\t|",
        "par A, ",
        "<",
        "a\n",
        ")",
        "AB-CD/ ",
    ] {
        for format in [Format::Text, Format::Markdown] {
            lawful(&Article::parse(run.repeat(500_000 / run.len()), format)).unwrap();
        }
    }
}
