//! What is not translated, as a user meets it: on stdout, in files, in reports, in a folder, and for the shell.

use std::fs;

use serde_json::Value;

use crate::schema::Schema;
use crate::user::{Model, Outcome, User, run};

const FRENCH: &str = "Le bénéfice a progressé de 4,5 % en 2025, à 12 millions d'euros.";
const ENGLISH: &str = "Profit rose 4.5% in 2025 to €12 million.";
const LOST: &str = "Deuxième paragraphe, que le modèle ne connaît pas.";

/// A user with an article, as text and as Markdown, of which the model knows the first half.
async fn half_known() -> (User, Model) {
    let (user, model) = (User::new(), Model::knowing(&[(FRENCH, ENGLISH)]).await);
    for name in ["a.fr.txt", "a.fr.md"] {
        user.write(name, format!("{FRENCH}\n\n{LOST}\n"));
    }
    (user, model)
}

fn ask(user: &User, model: &Model, args: &[&str]) -> Outcome {
    let url = model.url();
    let mut all = args.to_vec();
    all.extend(["--endpoint", &url, "--model", "m"]);
    run(user, &all)
}

/// The English that is there, then the French of the hole between its marks.
fn assert_marked(text: &str, what: &str) {
    assert!(text.starts_with(ENGLISH), "{what}: {text}");
    let (_, hole) = text.split_once("\n\n[NOT TRANSLATED: ").expect(what);
    let (reason, rest) = hole.split_once("] ").expect(what);
    assert!(!reason.is_empty() && !reason.contains('\n'), "{what}: {reason}");
    assert_eq!(rest, format!("{LOST} [END]\n"), "{what}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hole_on_stdout_is_marked_in_every_form_and_the_exit_is_4() {
    let (user, model) = half_known().await;
    for article in ["a.fr.txt", "a.fr.md"] {
        for form in ["text", "markdown", "json"] {
            let what = format!("{article} as {form}");
            let outcome = ask(&user, &model, &["translate", article, "--format", form]);
            assert_eq!(outcome.code, 4, "{what}: {}", outcome.stderr);
            if form != "json" {
                assert_marked(&outcome.stdout, &what);
                continue;
            }
            let result: Value = serde_json::from_str(&outcome.stdout).unwrap();
            Schema::read(include_str!("../../docs/schema/result-1.schema.json")).assert_fits(&result);
            assert_marked(result["translation"].as_str().unwrap(), &what);
            let report = &result["report"];
            assert_eq!(
                (&report["verdict"], &report["holes"]),
                (&"incomplete".into(), &1.into())
            );
            assert_eq!(report["segments"][1]["target"], Value::Null);
            assert!(report["segments"][1]["hole"].is_string());
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_with_a_hole_is_partial_in_every_form_until_it_is_whole() {
    let (user, model) = half_known().await;
    for (article, form, name) in [
        ("a.fr.txt", "text", "a.en.txt"),
        ("a.fr.md", "text", "b.en.md"),
        ("a.fr.txt", "markdown", "c.en.md"),
        ("a.fr.txt", "json", "d.en.json"),
    ] {
        let outcome = ask(
            &user,
            &model,
            &["translate", article, "--format", form, "-o", name],
        );
        assert_eq!(
            (outcome.code, outcome.stdout.as_str()),
            (4, ""),
            "{name}: {}",
            outcome.stderr
        );
        assert!(
            !user.path(name).exists(),
            "{name}: the name is that of a whole text"
        );
        let partial = fs::read_to_string(user.path(&format!("{name}.partial"))).unwrap();
        assert!(
            partial.contains("[NOT TRANSLATED: ") && partial.contains(LOST),
            "{partial}"
        );
        assert!(outcome.stderr.contains(".partial"), "{name}: {}", outcome.stderr);
    }
    let whole = Model::knowing(&[(FRENCH, ENGLISH), (LOST, "A second paragraph.")]).await;
    let outcome = ask(&user, &whole, &["translate", "a.fr.txt", "-o", "a.en.txt"]);
    assert_eq!(outcome.code, 0, "{}", outcome.stderr);
    assert_eq!(
        fs::read_to_string(user.path("a.en.txt")).unwrap(),
        format!("{ENGLISH}\n\nA second paragraph.\n")
    );
    assert!(!user.path("a.en.txt.partial").exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn every_report_says_what_is_not_translated_and_why() {
    let (user, model) = half_known().await;
    for (name, says) in [
        ("r.txt", "INCOMPLETE"),
        ("r.md", "**INCOMPLETE**"),
        ("r.html", "INCOMPLETE"),
        ("r.json", "\"verdict\": \"incomplete\""),
    ] {
        let outcome = ask(
            &user,
            &model,
            &["translate", "a.fr.txt", "-o", "a.en.txt", "--report", name],
        );
        assert_eq!(outcome.code, 4, "{name}: {}", outcome.stderr);
        // The report itself lacks nothing.
        let report = fs::read_to_string(user.path(name)).unwrap();
        assert!(report.contains(says), "{name}: {report}");
        assert!(
            report.contains("b2") && report.contains("que le modèle"),
            "{name}: {report}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_article_with_a_hole_does_not_hold_up_the_others() {
    let (user, model) = half_known().await;
    user.write("in/a.fr.txt", format!("{FRENCH}\n\n{LOST}\n"));
    user.write("in/b.fr.txt", format!("{FRENCH}\n"));
    let several = ask(
        &user,
        &model,
        &["translate", "in/a.fr.txt", "in/b.fr.txt", "-o", "out/"],
    );
    assert_eq!(several.code, 4, "{}", several.stderr);
    let batch = ask(&user, &model, &["batch", "in", "out2"]);
    assert_eq!(batch.code, 4, "{}", batch.stderr);
    for folder in ["out", "out2"] {
        assert!(
            user.path(&format!("{folder}/a.en.txt.partial")).is_file(),
            "{folder}"
        );
        assert!(!user.path(&format!("{folder}/a.en.txt")).exists(), "{folder}");
        assert!(user.path(&format!("{folder}/b.en.txt")).is_file(), "{folder}");
    }
}
