//! The documents say what the program does: the table of findings, and the schemas of its JSON.

#![cfg(feature = "pipeline")]

#[path = "report/reports.rs"]
mod reports;
#[path = "docs/schema.rs"]
mod schema;

use fidele::figures;
use fidele::finding::{Code, Finding, Severity, Verdict};
use fidele::lexicon::Lexicon;
use fidele::names;
use fidele::report::{Form, Style, json, pairs};
use serde_json::{Value, json};

use schema::Schema;

const FINDINGS: &str = include_str!("../docs/findings.md");

struct Row {
    code: &'static str,
    severity: &'static str,
    meaning: &'static str,
    french: &'static str,
    english: &'static str,
}

fn rows() -> Vec<Row> {
    let lines = FINDINGS.lines().filter(|line| line.starts_with("| `"));
    lines
        .map(|line| {
            let cells: Vec<_> = line.trim_matches('|').split('|').map(str::trim).collect();
            let [code, severity, meaning, french, english] = cells[..] else {
                panic!("five cells: {line}")
            };
            let code = code.trim_matches('`');
            Row {
                code,
                severity,
                meaning,
                french,
                english,
            }
        })
        .collect()
}

#[test]
fn the_table_of_findings_is_that_of_the_code() {
    let documented: Vec<_> = rows()
        .iter()
        .map(|row| (row.code, row.severity, row.meaning))
        .collect();
    let coded: Vec<_> = Code::ALL
        .iter()
        .map(|code| {
            let severity = match code.severity() {
                Severity::Error => "error",
                Severity::Warning => "warning",
            };
            (code.as_str(), severity, code.meaning())
        })
        .collect();
    assert_eq!(documented, coded);
}

#[test]
fn every_code_has_an_example_of_its_own() {
    let mut examples: Vec<_> = rows().iter().map(|row| (row.french, row.english)).collect();
    assert!(
        examples
            .iter()
            .all(|(french, english)| !french.is_empty() && !english.is_empty())
    );
    examples.sort_unstable();
    examples.dedup();
    assert_eq!(examples.len(), Code::ALL.len());
}

/// The examples of figures and names are checked: each gives the finding it stands for.
#[test]
fn examples_give_the_finding_they_stand_for() {
    let lexicon = Lexicon::embedded();
    let mut wrong = Vec::new();
    for row in rows() {
        let (french, english) = (row.french, row.english);
        let verdict = if row.code.starts_with("figure.") {
            let (source, target) = (figures::find_french(french), figures::find_english(english));
            figures::compare(french, &source, english, &target)
        } else if row.code.starts_with("name.") && row.code != "name.inconsistent" {
            let (source, target) = (
                names::find_french(french, &lexicon),
                names::find_english(english, &lexicon),
            );
            names::compare(french, &source, english, &target, &lexicon)
        } else {
            continue;
        };
        let codes: Vec<_> = verdict
            .findings
            .iter()
            .map(|finding| finding.code.as_str())
            .collect();
        if codes != [row.code] {
            wrong.push(format!("{french} | {english}: {codes:?}, not {}", row.code));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn reports_fit_their_schema() {
    let schema = Schema::read(include_str!("../docs/schema/report-1.schema.json"));
    for report in [
        reports::clean(),
        reports::faulty(),
        reports::holed(),
        reports::doubtful(),
        reports::summarised(),
        reports::hostile(),
    ] {
        let json = report.render(Form::Json, Style::default());
        schema.assert_fits(&serde_json::from_str(&json).unwrap());
    }
    let mut broken: Value = serde_json::from_str(&json::pretty(&reports::faulty())).unwrap();
    broken["segments"][2]["findings"][0]["severity"] = json!("fatal");
    assert!(schema.refuses(&broken), "the schema can say no");
}

#[test]
fn lines_of_pairs_fit_their_schema() {
    let schema = Schema::read(include_str!("../docs/schema/pairs-1.schema.json"));
    let read = |line: &str| -> Value {
        assert_eq!(line.lines().count(), 1);
        serde_json::from_str(line).unwrap()
    };
    let intact = read(&pairs::checked(&json!("a\u{2028}1"), &Verdict::default()));
    assert_eq!(
        (&intact["verdict"], &intact["id"]),
        (&json!("intact"), &json!("a\u{2028}1"))
    );
    let findings: Vec<Finding> = reports::faulty().findings().cloned().collect();
    let warning = findings.iter().find(|finding| !finding.is_error()).cloned();
    let warned = Verdict {
        findings: warning.into_iter().collect(),
        accounts: Vec::new(),
    };
    let warned = read(&pairs::checked(&json!(7), &warned));
    assert_eq!((&warned["verdict"], &warned["id"]), (&json!("intact"), &json!(7)));
    let altered = read(&pairs::checked(
        &Value::Null,
        &Verdict {
            findings,
            accounts: Vec::new(),
        },
    ));
    assert_eq!(altered["verdict"], "altered");
    let unreadable = read(&pairs::unreadable(3, "expected value at column 1"));
    assert_eq!(unreadable["line"], 3);
    for line in [&intact, &warned, &altered, &unreadable] {
        schema.assert_fits(line);
    }
    assert!(
        schema.refuses(&json!({"schema": "fidele.pairs/1", "id": "a", "verdict": "fine", "findings": []}))
    );
}

#[test]
fn ledgers_fit_their_schema() {
    let schema = Schema::read(include_str!("../docs/schema/ledger-1.schema.json"));
    let text =
        "Le 3 mars 2021, Camille Ferrand a versé près de 4,5 millions d'euros à la ville de Lyon, soit 12 %.";
    let (found, named) = (
        figures::find_french(text),
        names::find_french(text, &Lexicon::embedded()),
    );
    assert!(!found.is_empty() && !named.is_empty());
    schema.assert_fits(&json!({
        "schema": "fidele.ledger/1",
        "figures": found.iter().map(|figure| figure.entry(text)).collect::<Vec<_>>(),
        "names": named.iter().map(|name| name.entry(text)).collect::<Vec<_>>(),
    }));
}

#[test]
fn spans_in_the_schemas_mean_the_same_everywhere() {
    let read = |text: &str| -> Value { serde_json::from_str(text).unwrap() };
    let report = read(include_str!("../docs/schema/report-1.schema.json"));
    let pairs = read(include_str!("../docs/schema/pairs-1.schema.json"));
    for shared in ["finding", "spot"] {
        assert_eq!(report["$defs"][shared], pairs["$defs"][shared]);
    }
}
