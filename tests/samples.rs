//! The two samples against what was read in them by eye: `expected.toml` beside each article.
//!
//! Twice: the ledger of the French holds every row, and the recorded translation carries every row.
#![cfg(feature = "pipeline")]
#![expect(
    clippy::unwrap_used,
    reason = "a test ends where something is not as it must be"
)]

use std::fs;
use std::path::{Path, PathBuf};

use fidele::endpoint::recording::Recordings;
use fidele::ledger::{Language, Ledger};
use fidele::lexicon::Lexicon;
use fidele::span::Span;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    figure: Vec<Row>,
    name: Vec<Row>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    fr: String,
    en: Vec<String>,
    #[serde(rename = "why")]
    _why: String,
}

fn samples() -> Vec<(PathBuf, String, Expected)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let articles = [
        "01-wire-technology/article.fr.txt",
        "02-economy-figures/article.fr.md",
    ];
    articles
        .into_iter()
        .map(|article| {
            let path = root.join(article);
            let body = fs::read_to_string(&path).unwrap();
            let expected = fs::read_to_string(path.with_file_name("expected.toml")).unwrap();
            (path, body, toml::from_str(&expected).unwrap())
        })
        .collect()
}

/// Case, the shape of quotation marks and the kind of space do not count.
fn folded(text: &str) -> String {
    text.chars()
        .flat_map(char::to_lowercase)
        .map(|c| match c {
            '’' | '‘' => '\'',
            '“' | '”' => '"',
            c if c.is_whitespace() => ' ',
            c => c,
        })
        .collect()
}

/// Whether the form stands in the text by itself: no letter or digit touches it, nor a digit across a point or comma.
fn holds(text: &str, form: &str) -> bool {
    let form = folded(form);
    let digit_across = |mut chars: Vec<char>| {
        let first = chars.first().copied();
        chars.truncate(2);
        first.is_some_and(char::is_alphanumeric)
            || (matches!(first, Some('.' | ',')) && chars.get(1).is_some_and(char::is_ascii_digit))
    };
    text.match_indices(&form).any(|(at, _)| {
        let before: Vec<char> = text[..at].chars().rev().take(2).collect();
        let after: Vec<char> = text[at + form.len()..].chars().take(2).collect();
        let starts_bare = !form.starts_with(char::is_alphanumeric);
        let ends_bare = !form.ends_with(char::is_alphanumeric);
        (starts_bare || !digit_across(before)) && (ends_bare || !digit_across(after))
    })
}

#[test]
fn the_ledger_reads_what_a_reader_reads() {
    for (path, body, expected) in samples() {
        let ledger = Ledger::of(&body, Language::French, Lexicon::embedded());
        let figures: Vec<Span> = ledger.figures.iter().map(|figure| figure.span).collect();
        let names: Vec<Span> = ledger.names.iter().map(|name| name.span).collect();
        let unread = |rows: &[Row], spans: &[Span]| -> Vec<String> {
            rows.iter()
                .filter(|row| {
                    !body.match_indices(&row.fr).any(|(at, _)| {
                        let place = Span::new(at, at + row.fr.len());
                        spans.iter().chain(&figures).any(|span| span.overlaps(place))
                    })
                })
                .map(|row| row.fr.clone())
                .collect()
        };
        assert_eq!(unread(&expected.figure, &figures), [""; 0], "{}", path.display());
        assert_eq!(unread(&expected.name, &names), [""; 0], "{}", path.display());
    }
}

#[test]
fn the_recorded_translation_carries_what_must_survive() {
    let recordings = Recordings::embedded().unwrap();
    for (path, body, expected) in samples() {
        let english = recorded_english(&path, &body, &recordings);
        let lost = |rows: &[Row]| -> Vec<String> {
            rows.iter()
                .filter(|row| !row.en.iter().any(|form| holds(&english, form)))
                .map(|row| row.fr.clone())
                .collect()
        };
        assert_eq!(lost(&expected.figure), [""; 0], "{}", path.display());
        assert_eq!(lost(&expected.name), [""; 0], "{}", path.display());
    }
}

/// The English of every segment that is kept: the second attempt where there is one, since it mends the first.
fn recorded_english(path: &Path, body: &str, recordings: &Recordings) -> String {
    use fidele::article::{Article, Format};
    use fidele::segment::Plan;
    use fidele::tokens::{Tokens, Words};

    let article = Article::parse(body.to_owned(), Format::of_path(path));
    let plan = Plan::new(&article, &Words, Tokens(u32::MAX));
    let mut english = String::new();
    for segment in &plan.segments {
        let source = segment.span.of(body);
        let found = [2, 1]
            .into_iter()
            .find_map(|attempt| recordings.find("translate", attempt, source));
        match found {
            Some(recording) => english.push_str(recording.reply.as_str().unwrap()),
            None if !segment.translatable => english.push_str(source),
            None => panic!("no recording of {source:?}"),
        }
        english.push('\n');
    }
    folded(&english)
}
