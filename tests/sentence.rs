//! What is true of sentence boundaries (`cases/sentences.toml`), and what never breaks.

use fidele::sentence::sentences;
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
    why: String,
}

#[test]
fn sentences_are_cut_as_the_table_says() {
    let table: Table = toml::from_str(include_str!("cases/sentences.toml")).unwrap();
    for case in table.case {
        let want: Vec<_> = case.text.split('¦').map(|part| part.trim().to_owned()).collect();
        let text = case.text.replace('¦', "");
        let got: Vec<_> = sentences(&text)
            .into_iter()
            .map(|span| span.of(&text).to_owned())
            .collect();
        assert_eq!(got, want, "{}", case.why);
    }
}

/// What makes sentence ends hard, in any order.
fn awkward() -> impl Strategy<Value = String> {
    let token = prop::sample::select(vec![
        "Le", "chat", "M.", "J.-P.", "O.N.U.", "U.S.", "14", "h.", "30", ".", "!", "?", "…", "...", "\"",
        "«", "»", "(", ")", "'", "’", " ", " ", "\u{a0}", "\u{202f}", "\n", "\r\n", "\n\n", "\t", "NVDA.O",
        "é", "É", "😀", "\u{301}", "*", "- ", "de",
    ]);
    prop::collection::vec(token, 0..40).prop_map(|tokens| tokens.concat())
}

proptest! {
    #[test]
    fn every_byte_that_is_not_space_is_in_one_sentence(text in awkward()) {
        let mut at = 0;
        for span in sentences(&text) {
            prop_assert!(text[at..span.start].trim().is_empty(), "between sentences: {:?}", &text[at..span.start]);
            prop_assert_eq!(span.of(&text).trim(), span.of(&text));
            prop_assert!(!span.is_empty());
            at = span.end;
        }
        prop_assert!(text[at..].trim().is_empty());
    }

    #[test]
    fn any_text_at_all_is_cut_without_a_panic(text in "\\PC{0,80}") {
        let _ = sentences(&text);
    }
}

/// A megabyte of each run that invites a scan to look back or ahead again and again. Quadratic, this would not end.
#[test]
fn hostile_runs_cost_no_more_than_their_length() {
    for run in [
        " ", "\n", ".", ". ", "\"", "\". ", "».", "a", "A.", "\n\n* ", "(. ", "M. ", "- . ",
    ] {
        let _ = sentences(&run.repeat(1_000_000 / run.len()));
    }
}
