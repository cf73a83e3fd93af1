//! What the checks of claims and quotations warn of (`cases/claims.toml`): always warnings, never errors.

use fidele::verify::claim::check;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    source: String,
    target: String,
    findings: Vec<String>,
    why: String,
}

#[test]
fn warnings_are_those_of_the_table() {
    let table: Table = toml::from_str(include_str!("cases/claims.toml")).unwrap();
    for case in table.case {
        let findings = check(&case.source, &case.target);
        let codes: Vec<_> = findings.iter().map(|finding| finding.code.to_string()).collect();
        assert_eq!(codes, case.findings, "{}", case.why);
        assert!(findings.iter().all(|finding| !finding.is_error()), "{}", case.why);
        for spot in findings.iter().filter_map(|finding| finding.source.as_ref()) {
            assert_eq!(spot.span.of(&case.source), spot.text);
        }
    }
}
