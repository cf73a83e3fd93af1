//! What the checks of running text find (`cases/text.toml`), and what never breaks.

#[path = "support/cases.rs"]
mod cases;

use cases::{Case, cases, said};
use fidele::finding::Code;
use fidele::verify::text::check;
use proptest::prelude::*;
use serde::Deserialize;

fn found(source: &str, target: &str) -> Vec<String> {
    said(&check(source, target))
}

#[test]
fn findings_are_those_of_the_table() {
    let table: Vec<Case> = cases(include_str!("cases/text.toml"));
    let failed: Vec<_> = table
        .iter()
        .filter(|case| found(&case.source, &case.target) != case.findings)
        .map(|case| format!("{}: {:#?}", case.why, check(&case.source, &case.target)))
        .collect();
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    source: String,
    target: String,
    finds: bool,
    why: String,
}

/// Of a table written before the rules: what is to be found is found under `code`, and a near miss is silent.
fn holds(table: &str, code: Code) {
    let table: Vec<Row> = cases(table);
    let (found, silent): (Vec<_>, Vec<_>) = table.iter().partition(|row| row.finds);
    assert!(found.len() >= 40 && silent.len() >= 40);
    let wrong: Vec<_> = table
        .iter()
        .filter(|row| {
            let finds = check(&row.source, &row.target)
                .iter()
                .any(|finding| finding.code == code);
            finds != row.finds
        })
        .map(|row| {
            format!(
                "{} ({}): {:#?}",
                row.target,
                row.why,
                check(&row.source, &row.target)
            )
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn french_left_standing_is_found_and_names_titles_and_loans_are_not() {
    holds(
        include_str!("cases/text_untranslated.toml"),
        Code::TextUntranslated,
    );
}

#[test]
fn chatter_is_found_and_an_article_about_it_is_silent() {
    holds(include_str!("cases/text_chatter.toml"), Code::TextChatter);
}

#[test]
fn broken_off_english_is_found_and_odd_endings_are_not() {
    holds(include_str!("cases/text_truncated.toml"), Code::TextTruncated);
}

#[test]
fn loops_are_found_and_refrains_are_not() {
    holds(include_str!("cases/text_loops.toml"), Code::TextChatter);
}

#[test]
fn refusals_are_found_and_people_who_refuse_are_not() {
    holds(include_str!("cases/text_refusals.toml"), Code::TextChatter);
}

/// A paragraph whose sentences have nothing in common, so that a lost one can only be lost.
const FRENCH: [&str; 6] = [
    "Le maire a inauguré le pont mardi devant trois cents habitants.",
    "La construction du tunnel a coûté 40 millions d'euros.",
    "Pourquoi les ingénieurs ont-ils préféré le béton ?",
    "Une fanfare a joué pendant toute la soirée.",
    "Les commerçants du centre craignent une baisse de leurs ventes.",
    "Le ministre des transports visitera le chantier en septembre.",
];
const ENGLISH: [&str; 6] = [
    "The mayor opened the bridge on Tuesday before three hundred residents.",
    "Building the tunnel cost 40 million euros.",
    "Why did the engineers prefer concrete?",
    "A brass band played all evening.",
    "Shopkeepers in the centre fear a drop in their sales.",
    "The transport minister will visit the site in September.",
];

#[test]
fn whichever_sentence_is_dropped_is_named() {
    for (dropped, lost) in FRENCH.iter().enumerate() {
        let mut english = ENGLISH.to_vec();
        english.remove(dropped);
        let findings = check(&FRENCH.join(" "), &english.join(" "));
        let [finding] = &findings[..] else {
            panic!("{dropped}: {findings:?}")
        };
        assert_eq!(finding.code, Code::TextMissing);
        assert_eq!(finding.source.as_ref().unwrap().text, *lost);
    }
}

proptest! {
    /// A part of a whole translation, sentence by sentence, is whole.
    #[test]
    fn nothing_is_missing_where_nothing_was_dropped(start in 0_usize..6, len in 1_usize..6) {
        let range = start..(start + len).min(6);
        let findings = check(&FRENCH[range.clone()].join(" "), &ENGLISH[range].join(" "));
        prop_assert!(findings.is_empty(), "{:?}", findings);
    }

    #[test]
    fn spots_hold_the_words_at_their_spans(source in "\\PC{0,60}", target in "\\PC{0,60}") {
        for finding in check(&source, &target) {
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
        "a ",
        "a",
        "Le a. ",
        ". ",
        "\"",
        "@a ",
        "https://a.b ",
        "!\n\n",
        "« le la ",
        "```",
    ] {
        let text = run.repeat(100_000 / run.len());
        let _ = check(&text, &text);
        let _ = check("Un mot. Deux mots.", &text);
        let _ = check(&text, "A word. Two words.");
    }
    let word = format!("Un mot. {}.", "a".repeat(100_000));
    let _ = check(&word, &word);
    // Two sentences, one of them endless, against thousands.
    let endless = format!("Un mot. {}.", "mot autre ".repeat(10_000));
    let _ = check(&endless, &"A word. ".repeat(10_000));
    let _ = check(&"Un mot. ".repeat(10_000), &endless);
}
