//! What the checks of claims warn of (`cases/claims.toml`, `cases/claims_written.toml`): always warnings, never errors.

#![expect(clippy::print_stdout, reason = "a table for who asks with --nocapture")]

#[path = "support/cases.rs"]
mod cases;

use cases::{Case, cases};
use fidele::finding::Code;
use fidele::verify::claim::check;
use serde::Deserialize;

#[test]
fn warnings_are_those_of_the_table() {
    for case in cases::<Case>(include_str!("cases/claims.toml")) {
        let findings = check(&case.source, &case.target);
        let codes: Vec<_> = findings.iter().map(|finding| finding.code.to_string()).collect();
        assert_eq!(codes, case.findings, "{}", case.why);
        assert!(findings.iter().all(|finding| !finding.is_error()), "{}", case.why);
        for spot in findings.iter().filter_map(|finding| finding.source.as_ref()) {
            assert_eq!(spot.span.of(&case.source), spot.text);
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Pair {
    source: String,
    target: String,
    code: String,
    lost: bool,
    why: String,
}

/// Pairs that were written before the rules: no rule knows them, so their rates say what to expect elsewhere. A claim that
/// is kept must be silent under either code.
#[test]
fn most_lost_claims_are_found_and_hardly_any_kept_one_is_flagged() {
    let table: Vec<Pair> = cases(include_str!("cases/claims_written.toml"));
    for code in [Code::ClaimHedge, Code::ClaimNegation] {
        let pairs = || table.iter().filter(|pair| pair.code == code.as_str());
        let (lost, kept): (Vec<_>, Vec<_>) = pairs().partition(|pair| pair.lost);
        assert!(lost.len() >= 75 && kept.len() >= 75);
        let found = |pair: &&&Pair| {
            check(&pair.source, &pair.target)
                .iter()
                .any(|finding| finding.code == code)
        };
        let missed: Vec<_> = lost.iter().filter(|pair| !found(pair)).collect();
        let flagged: Vec<_> = kept
            .iter()
            .filter(|pair| !check(&pair.source, &pair.target).is_empty())
            .collect();
        println!(
            "{code}: {} of {} lost found, {} of {} kept flagged",
            lost.len() - missed.len(),
            lost.len(),
            flagged.len(),
            kept.len()
        );
        for pair in missed.iter().chain(&flagged) {
            println!("  {} | {} | {}", pair.source, pair.target, pair.why);
        }
        assert!(missed.len() * 100 <= lost.len() * 20, "{code}");
        assert!(flagged.len() * 100 <= kept.len() * 5, "{code}");
    }
}
