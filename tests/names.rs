//! The names check, on a table of sentences and by its laws.

use fidele::finding::{Outcome, Severity, Subject, Verdict};
use fidele::lexicon::Lexicon;
use fidele::names::{compare, find_english, find_french, inconsistencies};
use proptest::prelude::*;
use serde::Deserialize;

fn check(french: &str, english: &str) -> Verdict {
    let lexicon = Lexicon::embedded();
    compare(
        french,
        &find_french(french, lexicon),
        english,
        &find_english(english, lexicon),
        lexicon,
    )
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    why: String,
    fr: String,
    en: String,
    #[serde(default)]
    proven: Vec<String>,
    #[serde(default)]
    errors: Vec<String>,
    #[serde(default)]
    warnings: Vec<String>,
}

fn findings(verdict: &Verdict, severity: Severity) -> Vec<String> {
    let line = |finding: &fidele::finding::Finding| {
        let spots = [&finding.source, &finding.target];
        let spots: Vec<&str> = spots
            .into_iter()
            .flatten()
            .map(|spot| spot.text.as_str())
            .collect();
        format!("{}: {}", finding.code, spots.join(" → "))
    };
    verdict
        .findings
        .iter()
        .filter(|finding| finding.severity == severity)
        .map(line)
        .collect()
}

#[test]
fn every_case_of_the_table_holds() {
    let table: Table = toml::from_str(include_str!("cases/names.toml")).unwrap();
    let mut wrong = Vec::new();
    for case in &table.case {
        let verdict = check(&case.fr, &case.en);
        let (errors, warnings) = (
            findings(&verdict, Severity::Error),
            findings(&verdict, Severity::Warning),
        );
        if (&errors, &warnings) != (&case.errors, &case.warnings) {
            wrong.push(format!(
                "{}\n  {:?}\n  errors {errors:?}\n  warnings {warnings:?}",
                case.why, case.fr
            ));
        }
        for name in &case.proven {
            let holds = |account: &fidele::finding::Account| {
                account.source.text == *name
                    && account.outcome == Outcome::Proven
                    && account.because.is_some()
            };
            if !verdict.accounts.iter().any(holds) {
                let accounts: Vec<_> = verdict
                    .accounts
                    .iter()
                    .map(|a| (&a.source.text, a.outcome))
                    .collect();
                wrong.push(format!("{}\n  {name:?} is not proven: {accounts:?}", case.why));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_ledger_prints_a_name_with_its_forms() {
    let text = "Il vit à Londres.";
    let names = find_french(text, Lexicon::embedded());
    let entry = serde_json::to_value(names[0].entry(text)).unwrap();
    assert_eq!(entry["text"], "Londres");
    assert_eq!((&entry["start"], &entry["end"]), (&10.into(), &17.into()));
    assert_eq!(entry["type"], "place");
    assert_eq!(
        (&entry["canonical"], &entry["forms"][0]),
        (&"London".into(), &"London".into())
    );
    assert_eq!(
        entry["accepted"][0],
        serde_json::json!({ "text": "London", "why": "exonym" })
    );
}

#[test]
fn a_finding_says_which_glossary_entry_decided() {
    let ours = Lexicon::embedded()
        .with_glossary("[[name]]\nfr = \"Marée haute\"\nen = [\"High Tide\"]\n")
        .unwrap();
    let french = "L'association Marée haute recrute.";
    let names = find_french(french, &ours);
    let entry = serde_json::to_value(names[0].entry(french)).unwrap();
    assert_eq!(
        entry["accepted"][0],
        serde_json::json!({ "text": "High Tide", "why": "glossary" })
    );
    let message = |english: &str| {
        let verdict = compare(french, &names, english, &find_english(english, &ours), &ours);
        verdict.findings.first().map(|finding| finding.message.clone())
    };
    assert_eq!(message("The High Tide association is hiring."), None);
    let missing = message("The association is hiring.").unwrap();
    assert!(missing.ends_with("The glossary has “High Tide”."), "{missing}");
    let altered = message("The Zellbrook association is hiring.").unwrap();
    assert!(altered.ends_with("The glossary has “High Tide”."), "{altered}");
}

#[test]
fn an_account_says_which_rule_decided() {
    let verdict = check("Il vit à Londres.", "He lives in London.");
    assert_eq!(
        verdict.accounts[0].because.as_deref(),
        Some("exonym: Londres → London")
    );
    assert_eq!(verdict.count(Subject::Name).proven, 1);
}

#[test]
fn a_glossary_adds_and_corrects_names() {
    let text = "[[name]]\nfr = \"Londres\"\nen = [\"London Town\"]\n[[name]]\nfr = \"le Grand Canard\"\nen = [\"The Great Duck\"]\n";
    let ours = Lexicon::embedded().with_glossary(text).unwrap();
    assert_ne!(ours.hash(), Lexicon::embedded().hash());
    let french = "Lu dans Le Grand Canard, à Londres et à Rome.";
    assert_eq!(
        ours.table_for(french),
        [
            ("Le Grand Canard".into(), "The Great Duck".into()),
            ("Londres".into(), "London Town".into())
        ]
    );
    let english = "Read in The Great Duck, in London Town and in Rome.";
    let verdict = compare(
        french,
        &find_french(french, &ours),
        english,
        &find_english(english, &ours),
        &ours,
    );
    assert!(
        verdict.is_intact()
            && verdict
                .accounts
                .iter()
                .all(|account| account.outcome == Outcome::Proven)
    );
    assert_eq!(
        verdict.accounts[0].because.as_deref(),
        Some("glossary: Le Grand Canard → The Great Duck")
    );
}

#[test]
fn a_glossary_with_a_mistake_says_where() {
    let unknown = Lexicon::embedded()
        .with_glossary("[[name]]\nfr = \"Rome\"\nenglish = [\"Rome\"]\n")
        .unwrap_err();
    assert!(unknown.to_string().contains("line 3"), "{unknown}");
    let nameless = Lexicon::embedded()
        .with_glossary("[[name]]\nfr = \" \"\nen = [\"Rome\"]\n")
        .unwrap_err();
    assert!(nameless.to_string().contains("row 1"), "{nameless}");
}

#[test]
fn a_name_rendered_in_two_ways_is_told() {
    let pairs = [
        ("Elle vit à Kiev.", "She lives in Kiev."),
        (
            "La Chine et l'Union européenne.",
            "Chinese and European Union views.",
        ),
        ("Il vit à Kiev.", "He lives in Kyiv."),
        ("La Chine et l'Union européenne.", "China and the EU."),
    ];
    let verdicts = pairs.map(|(french, english)| check(french, english));
    let accounts: Vec<_> = verdicts.iter().flat_map(|verdict| &verdict.accounts).collect();
    let told = inconsistencies(accounts.iter().copied());
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!(accounts[told[0].0].target.as_ref().unwrap().text, "Kyiv");
    assert!(!told[0].1.is_error());
}

/// Surnames that no dictionary and no row knows.
const SURNAMES: &[&str] = &[
    "Kerbrat",
    "Vandewalle",
    "Szymanek",
    "Mbekweson",
    "Thackeray",
    "Quintavalle",
    "Brzeski",
    "Hallenbeck",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    /// Whatever two texts hold, nothing panics, every spot lies in its text, and no spot is longer than the name.
    #[test]
    fn any_two_texts_can_be_checked(french in soup(), english in soup()) {
        let verdict = check(&french, &english);
        for finding in &verdict.findings {
            for (spot, text) in [(&finding.source, &french), (&finding.target, &english)] {
                if let Some(spot) = spot {
                    prop_assert_eq!(spot.span.of(text), spot.text.as_str());
                }
            }
            prop_assert!(finding.source.is_some() || finding.target.is_some());
        }
    }

    /// Names come in reading order and do not overlap.
    #[test]
    fn names_are_in_order(text in soup()) {
        for names in [find_french(&text, Lexicon::embedded()), find_english(&text, Lexicon::embedded())] {
            prop_assert!(names.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start));
        }
    }

    /// A text is faithful to itself, but for the acronyms and words that English writes otherwise.
    #[test]
    fn a_surname_kept_is_proven(name in prop::sample::select(SURNAMES)) {
        let verdict = check(&format!("La ministre a vu {name} hier."), &format!("The minister saw {name} yesterday."));
        prop_assert!(verdict.is_intact());
        prop_assert_eq!(verdict.count(Subject::Name).proven, 1);
    }

    /// Whatever letter inside a surname is dropped, added or changed, an error points at it.
    #[test]
    fn a_letter_changed_is_found(name in prop::sample::select(SURNAMES), at in 1_usize..6, kind in 0..3) {
        let mut letters: Vec<char> = name.chars().collect();
        match kind {
            0 => { letters.remove(at); }
            1 => letters[at] = if letters[at] == 'x' { 'w' } else { 'x' },
            _ => letters.insert(at, 'x'),
        }
        let wrong: String = letters.into_iter().collect();
        let verdict = check(&format!("La ministre a vu M. {name} hier."), &format!("The minister saw Mr {wrong} yesterday."));
        let spot = verdict.errors().find_map(|finding| finding.source.as_ref());
        prop_assert_eq!(spot.map(|spot| spot.text.as_str()), Some(name), "{}", wrong);
    }
}

/// Words, capitals, marks and line ends in any order, French and otherwise.
fn soup() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "\\PC{0,6}",
        "[A-ZÉÀa-zéàœß'’.&0-9-]{1,8}",
        prop::sample::select(vec![
            " ",
            "\n",
            "\n\n",
            ". ",
            "l'",
            "d’",
            "«\u{a0}",
            "OTAN",
            "Jean-",
            "de Gaulle",
            "M. ",
            "İ",
            "ŒUVRE",
            "e\u{301}",
            "États-Unis",
            "(",
            ") ",
            "d'",
            "S.A.",
            "\u{2028}",
            "'",
            "-",
            "A400M",
            "von der ",
        ])
        .prop_map(str::to_owned),
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

/// A text ten times as long costs about ten times as much: counted in names, not in seconds.
#[test]
fn long_texts_are_read_to_the_end() {
    let french = "Kerbrat, Londres, l'OTAN et Zyx Qwv ont vu Brzeski. ".repeat(2000);
    let english = "Kerbrot, Landon, TANO and Zax Qwp saw Brzeska. ".repeat(2000);
    let verdict = check(&french, &english);
    assert!(verdict.accounts.len() >= 10_000);
    assert!(
        verdict
            .accounts
            .iter()
            .all(|account| account.outcome == Outcome::Failed)
    );
}
