//! The documents say what the program does: the table of findings, and the schemas of its JSON.

#![cfg(feature = "pipeline")]

#[path = "report/reports.rs"]
mod reports;
#[path = "docs/schema.rs"]
mod schema;

use fidele::article::BlockKind;
use fidele::finding::{Code, Severity};
use fidele::ledger::{Language, Ledger};
use fidele::lexicon::Lexicon;
use fidele::pairs;
use fidele::report::{Form, Report, Style, json};
use fidele::verify::{Checker, Pair};
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

/// What `docs/endpoint.md` says of waiting is what the program does unless it is told otherwise.
#[test]
fn the_page_on_servers_gives_the_numbers_of_the_program() {
    use fidele::endpoint::http::HttpSettings;
    use fidele::endpoint::limits::{CLOSED_AFTER, DOWN_AFTER, LONGEST_PAUSE, REGAIN};
    use fidele::endpoint::openai::Quirks;

    let page = include_str!("../docs/endpoint.md").replace('\n', " ");
    let usual = HttpSettings::new("", "");
    let seconds = |time: std::time::Duration| format!("{} s", time.as_secs_f64());
    for said in [
        format!("cut after {} of silence", seconds(usual.timeouts.cut)),
        format!("at most {} times as much", Quirks::MOST_ROOM),
        format!("{REGAIN} good answers give one back. After {CLOSED_AFTER} refusals in a row"),
        format!("more than {}", seconds(usual.patience)),
        format!(
            "{}, three times as much each time up to {}",
            seconds(usual.backoff.base),
            seconds(usual.backoff.cap)
        ),
        format!("at most {} |", seconds(LONGEST_PAUSE)),
        format!("{DOWN_AFTER} failures in a row"),
    ] {
        assert!(page.contains(&said), "{said}");
    }
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

/// No example gives a finding that it is not the example of; those of figures and names give theirs, but for these.
#[test]
fn examples_give_the_finding_they_stand_for() {
    // What takes more than one pair of sentences: a document, or the passages of a summary.
    let elsewhere = ["figure.swapped", "name.added", "name.inconsistent"];
    let is_fact = |row: &Row| row.code.starts_with("figure.") || row.code.starts_with("name.");
    let checker = Checker::default();
    let mut wrong = Vec::new();
    for row in rows() {
        let findings = checker.check(row.french, row.english).findings;
        let codes: Vec<_> = findings.iter().map(|finding| finding.code.as_str()).collect();
        let is_due = is_fact(&row) && !elsewhere.contains(&row.code);
        if codes != [row.code] && (is_due || !codes.is_empty()) {
            wrong.push(format!(
                "{} | {}: {codes:?}, not {}",
                row.french, row.english, row.code
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The finding that the page takes apart is what the program prints, whatever words the message finds.
#[test]
fn the_finding_to_be_read_is_a_real_one() {
    let example = FINDINGS.split("```").find(|block| block.starts_with("text\n"));
    let (head, excerpt) = example.and_then(|block| block.split_once("\n  French")).unwrap();
    let pair = Pair {
        source: "Le pont a coûté 2,4 milliards d'euros.",
        target: "The bridge cost €2.4 million.",
    };
    let pairs = [("b7".to_owned(), BlockKind::Paragraph, pair)];
    let report = Report::of_check("pont.fr.txt", &Checker::default(), &pairs);
    let text = report.render(Form::Text, Style::default());
    assert!(text.contains(excerpt), "{text}");
    let code = head
        .lines()
        .nth(1)
        .and_then(|line| line.split_once(": "))
        .unwrap()
        .0;
    assert!(text.contains(code), "{text}");
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
    let input = [
        r#"{"id": "a", "source": "Le pont a coûté 2,4 milliards d'euros.", "target": "The bridge cost €2.4 billion."}"#,
        r#"{"id": 7, "source": "Le pont a coûté 2,4 milliards d'euros.", "target": "The bridge cost €2.4 million."}"#,
        r#"{"id": "c", "source": "Il neige."}"#,
        "no JSON",
    ];
    let mut output = Vec::new();
    pairs::check(&Checker::default(), input.join("\n").as_bytes(), &mut output).unwrap();
    let lines: Vec<Value> = std::str::from_utf8(&output)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(lines.len(), input.len());
    assert_eq!(
        (&lines[0]["id"], &lines[0]["verdict"]),
        (&json!("a"), &json!("intact"))
    );
    assert_eq!(
        (&lines[1]["id"], &lines[1]["verdict"]),
        (&json!(7), &json!("altered"))
    );
    assert_eq!((&lines[2]["line"], &lines[3]["line"]), (&json!(3), &json!(4)));
    for line in &lines {
        schema.assert_fits(line);
    }
    assert!(
        schema.refuses(&json!({"schema": "fidele.pairs/1", "id": "a", "verdict": "fine", "findings": []}))
    );
}

#[test]
fn lines_of_summaries_fit_their_schema() {
    let schema = Schema::read(include_str!("../docs/schema/summaries-1.schema.json"));
    let source = r#"[{"id": "b1", "text": "Le pont a coûté 2,4 milliards d'euros."}, {"id": "b2", "text": "Il neige."}]"#;
    let line = |text: &str, cites: &str| {
        format!(r#"{{"id": 1, "source": {source}, "summary": [{{"text": "{text}", "cites": {cites}}}]}}"#)
    };
    let input = [
        line("The bridge cost €2.4 billion.", r#"["b1"]"#),
        line("The bridge in Oslo cost €2.4 million.", r#"["b1"]"#),
        line("It is snowing.", "[]"),
        line("He called it \\\"cheap populism\\\".", r#"["b2"]"#),
        "no JSON".to_owned(),
    ];
    let mut output = Vec::new();
    pairs::check_summaries(&Checker::default(), input.join("\n").as_bytes(), &mut output).unwrap();
    let lines: Vec<Value> = std::str::from_utf8(&output)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let verdicts: Vec<&Value> = lines.iter().map(|line| &line["verdict"]).collect();
    assert_eq!(
        verdicts,
        [
            &json!("intact"),
            &json!("altered"),
            &json!("altered"),
            &json!("altered"),
            &Value::Null
        ]
    );
    for line in &lines {
        schema.assert_fits(line);
    }
    let mut broken = lines[1].clone();
    broken["findings"][0]["sentence"] = json!("first");
    assert!(schema.refuses(&broken), "the schema can say no");
}

#[test]
fn ledgers_fit_their_schema() {
    let schema = Schema::read(include_str!("../docs/schema/ledger-1.schema.json"));
    let text =
        "Le 3 mars 2021, Camille Ferrand a versé près de 4,5 millions d'euros à la ville de Lyon, soit 12 %.";
    let ledger = Ledger::of(text, Language::French, Lexicon::embedded());
    assert!(!ledger.figures.is_empty() && !ledger.names.is_empty());
    schema.assert_fits(&ledger.to_json(text));
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
