//! What is true of figures: the case tables, and the laws that hold for any text.

use fidele::figures::{Figure, compare, find_english, find_french};
use fidele::finding::Verdict;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cases {
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    text: String,
    values: Vec<String>,
    why: String,
}

/// `kind value [unit] [(qualifier)]`, as the tables write it.
fn shown(figure: &Figure) -> String {
    let qualifier = figure
        .qualifier
        .map(|qualifier| format!(" ({qualifier})"))
        .unwrap_or_default();
    format!("{} {figure}{qualifier}", figure.kind)
}

fn check_cases(table: &str, find: impl Fn(&str) -> Vec<Figure>) {
    let cases: Cases = toml::from_str(table).unwrap();
    let mut wrong = Vec::new();
    for case in cases.case {
        let got: Vec<String> = find(&case.text).iter().map(shown).collect();
        if got != case.values {
            wrong.push(format!(
                "{:?}\n  got  {got:?}\n  want {:?}\n  {}",
                case.text, case.values, case.why
            ));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} cases differ\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Pairs {
    pair: Vec<Pair>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Pair {
    source: String,
    target: String,
    findings: Vec<String>,
    why: String,
}

fn check(source: &str, target: &str) -> Verdict {
    compare(source, &find_french(source), target, &find_english(target))
}

#[test]
fn a_translation_is_judged_by_its_values() {
    let pairs: Pairs = toml::from_str(include_str!("cases/figures_pairs.toml")).unwrap();
    let mut wrong = Vec::new();
    for pair in pairs.pair {
        let verdict = check(&pair.source, &pair.target);
        let got: Vec<String> = verdict
            .findings
            .iter()
            .map(|finding| {
                format!(
                    "{} {}",
                    finding.code,
                    format!("{:?}", finding.severity).to_lowercase()
                )
            })
            .collect();
        if got != pair.findings {
            let messages: Vec<&str> = verdict
                .findings
                .iter()
                .map(|finding| finding.message.as_str())
                .collect();
            wrong.push(format!(
                "{:?}\n{:?}\n  got  {got:?} {messages:?}\n  want {:?}\n  {}",
                pair.source, pair.target, pair.findings, pair.why
            ));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} pairs differ\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn french_figures_are_read_by_value() {
    check_cases(include_str!("cases/figures_fr.toml"), find_french);
}

#[test]
fn english_figures_are_read_by_value() {
    check_cases(include_str!("cases/figures_en.toml"), find_english);
}
