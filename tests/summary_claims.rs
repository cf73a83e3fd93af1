//! What the check of summaries says of a sentence and the passages it cites (`cases/summary_claims.toml`), and of figures that
//! follow from those of the passages (`cases/summary_derived.toml`).

#[path = "support/cases.rs"]
mod cases;

use cases::{cases, said};
use fidele::verify::Checker;
use fidele::verify::summary::Passages;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    source: Vec<String>,
    cites: Option<Vec<usize>>,
    target: String,
    findings: Vec<String>,
    why: String,
}

#[test]
fn findings_are_those_of_the_table() {
    agrees(include_str!("cases/summary_claims.toml"));
}

#[test]
fn figures_that_follow_are_those_of_the_table() {
    agrees(include_str!("cases/summary_derived.toml"));
}

fn agrees(table: &str) {
    let table: Vec<Case> = cases(table);
    let silent = table.iter().filter(|case| case.findings.is_empty()).count();
    assert!(silent >= 15 && table.len() - silent >= 8);
    let checker = Checker::default();
    let wrong: Vec<_> = table
        .iter()
        .filter_map(|case| {
            let passages = Passages::new(case.source.iter().map(String::as_str).collect());
            let cites = case
                .cites
                .clone()
                .unwrap_or_else(|| (0..case.source.len()).collect());
            let verdict = checker.check_cited(&passages, &cites, &case.target);
            let said = said(&verdict.findings);
            (said != case.findings).then(|| format!("{} ({}): {said:?}", case.target, case.why))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_citation_out_of_range_is_no_panic() {
    let passages = Passages::new(vec!["La mairie a fermé la piscine municipale pour travaux."]);
    let english = "The town hall closed the municipal swimming pool for repairs.";
    let verdict = Checker::default().check_cited(&passages, &[7], english);
    assert!(
        verdict
            .errors()
            .any(|finding| finding.code.as_str() == "claim.miscited")
    );
}
