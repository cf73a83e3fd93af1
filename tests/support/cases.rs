//! Tables of true cases: `case = […]` or `[[case]]` in `tests/cases/*.toml`.
#![allow(dead_code, reason = "each test that includes this uses its own part of it")]

use fidele::finding::Finding;
use serde::Deserialize;
use serde::de::DeserializeOwned;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table<C> {
    case: Vec<C>,
}

/// Two texts and what is to be found, as [`said`] writes it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    pub source: String,
    pub target: String,
    pub findings: Vec<String>,
    pub why: String,
}

/// The rows of a table, of whatever form.
pub fn cases<C: DeserializeOwned>(table: &str) -> Vec<C> {
    let table: Table<C> = toml::from_str(table).expect("the table is sound");
    table.case
}

/// The codes of findings, in order, those of warnings with a question mark.
pub fn said(findings: &[Finding]) -> Vec<String> {
    let name = |finding: &Finding| format!("{}{}", finding.code, if finding.is_error() { "" } else { "?" });
    findings.iter().map(name).collect()
}
