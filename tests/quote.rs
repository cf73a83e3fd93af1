//! What the check of quotations says (`cases/quotes.toml`), and what never breaks.

#[path = "support/cases.rs"]
mod cases;

use cases::{Case, cases, said};
use fidele::verify::quote::check;
use proptest::prelude::*;

#[test]
fn findings_are_those_of_the_table() {
    let table: Vec<Case> = cases(include_str!("cases/quotes.toml"));
    let silent = table.iter().filter(|case| case.findings.is_empty()).count();
    assert!(silent >= 30 && table.len() - silent >= 30);
    let wrong: Vec<_> = table
        .iter()
        .filter_map(|case| {
            let said = said(&check(&case.source, &case.target));
            (said != case.findings)
                .then(|| format!("{} | {} ({}): {said:?}", case.source, case.target, case.why))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

proptest! {
    #[test]
    fn spots_hold_the_words_at_their_spans(source in "[«»“”\"'‘’` a-zé.,\n]{0,60}", target in "[«»“”\"'‘’` a-zé.,\n]{0,60}") {
        for finding in check(&source, &target) {
            for (spot, text) in [(&finding.source, &source), (&finding.target, &target)] {
                if let Some(spot) = spot {
                    prop_assert_eq!(spot.span.of(text), &spot.text);
                }
            }
        }
    }
}

/// Marks without end. Quadratic, this would not end.
#[test]
fn hostile_marks_cost_no_more_than_their_length() {
    for run in ["« ", "»", "\"a\" ", "“a b c d e f” ", "'a ", "‘"] {
        let text = run.repeat(50_000 / run.len());
        let _ = check(&text, &text);
        let _ = check(&text, "Nothing.");
        let _ = check("« Rien du tout ici ou là »", &text);
    }
}
