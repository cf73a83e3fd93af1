//! Summaries as a user gets them: in every form, in one run and in a folder, and what is said where there can be none.

use std::fs;

use serde_json::Value;

use crate::schema::Schema;
use crate::user::{Model, Outcome, User, run};

const FRENCH: &str = "Le bénéfice a progressé de 4,5 % en 2025, à 12 millions d'euros.";
const RIGHT: &str = "Profit rose 4.5% in 2025 to €12 million.";
const FILLER: &str = "Les ventes ont suivi et la direction se dit confiante pour la suite de son plan, selon un entretien \
                      accordé par son directeur général à la presse régionale dans la journée.";
const ENGLISH: &str = "Sales followed, and management says it is confident about the rest of its plan, according to an \
                       interview its chief executive gave to the regional press during the day.";
const SUMMARY: &str = "Profit rose 4.5% in 2025 to €12 million.";

async fn model() -> Model {
    Model::knowing(&[(FRENCH, RIGHT), (FILLER, ENGLISH), ("SUMMARY", SUMMARY)]).await
}

fn ask(user: &User, model: &Model, args: &[&str]) -> Outcome {
    let url = model.url();
    let mut all = args.to_vec();
    all.extend(["--endpoint", &url, "--model", "m"]);
    run(user, &all)
}

fn article() -> String {
    format!("{FRENCH}\n\n{FILLER}\n")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_has_its_summaries_in_the_form_asked_for() {
    let (user, model) = (User::new(), model().await);
    user.write("in/a.fr.txt", article());
    user.write("in/b.md", article());
    let read = |name: &str| fs::read_to_string(user.path(name)).unwrap();

    let text = ask(&user, &model, &["batch", "in", "text", "--summary"]);
    assert_eq!(text.code, 0, "{}", text.stderr);
    assert_eq!(read("text/a.en.summary.txt"), format!("{SUMMARY}\n"));
    assert_eq!(read("text/b.en.summary.md"), format!("{SUMMARY}\n"));

    let markdown = ask(
        &user,
        &model,
        &["batch", "in", "marked", "--summary", "--format", "markdown"],
    );
    assert_eq!(markdown.code, 0, "{}", markdown.stderr);
    for name in ["marked/a.en.summary.md", "marked/b.en.summary.md"] {
        assert_eq!(
            read(name),
            format!("{SUMMARY}[^b1]\n\n[^b1]: {FRENCH}\n"),
            "{name}"
        );
    }
    assert!(user.path("marked/a.en.md").is_file());

    let json = ask(
        &user,
        &model,
        &["batch", "in", "json", "--summary", "--format", "json"],
    );
    assert_eq!(json.code, 0, "{}", json.stderr);
    let result: Value = serde_json::from_str(&read("json/a.en.json")).unwrap();
    Schema::read(include_str!("../../docs/schema/result-1.schema.json")).assert_fits(&result);
    assert_eq!(result["summary"], SUMMARY);
    assert!(user.path("json/a.en.report.json").is_file());

    // Another form is another result.
    let again = ask(
        &user,
        &model,
        &["batch", "in", "json", "--summary", "--format", "json"],
    );
    assert!(again.stdout.contains("0 done, 2 unchanged"), "{}", again.stdout);
    let other = ask(
        &user,
        &model,
        &[
            "batch",
            "in",
            "text",
            "--summary",
            "--format",
            "markdown",
            "--force",
        ],
    );
    assert!(other.stdout.contains("2 done, 0 unchanged"), "{}", other.stdout);
}

#[tokio::test(flavor = "multi_thread")]
async fn json_says_where_everything_stands_in_bytes() {
    let (user, model) = (User::new(), model().await);
    let article = format!("É.\n\n{}", article());
    user.write("a.fr.txt", &article);
    user.write("summary.txt", format!("« É »: {SUMMARY}\n"));
    let made = ask(&user, &model, &["summarize", "a.fr.txt", "--format", "json"]);
    let checked = run(
        &user,
        &[
            "check",
            "--as",
            "summary",
            "a.fr.txt",
            "summary.txt",
            "--format",
            "json",
        ],
    );
    let report = Schema::read(include_str!("../../docs/schema/report-1.schema.json"));
    let of_bytes = |text: &str, at: &Value| {
        let end = |name| usize::try_from(at[name].as_u64().unwrap()).unwrap();
        text[end("start")..end("end")].to_owned()
    };
    let made: Value = serde_json::from_str(&made.stdout).unwrap();
    let checked: Value = serde_json::from_str(&checked.stdout).unwrap();
    let written = made["summary"].as_str().unwrap().to_owned();
    let file = fs::read_to_string(user.path("summary.txt")).unwrap();
    for (whole, summary) in [(&made["report"], written), (&checked, file)] {
        report.assert_fits(whole);
        let sentence = &whole["summary"]["sentences"][0];
        let text = sentence["text"].as_str().unwrap();
        assert_eq!(of_bytes(&summary, &sentence["span"]), text);
        for source in sentence["sources"].as_array().unwrap() {
            let passage = of_bytes(&article, source);
            let of_segment = |segment: &&Value| segment["id"] == source["id"];
            let segment = whole["segments"].as_array().unwrap().iter().find(of_segment);
            assert_eq!(segment.unwrap()["source"], passage);
        }
        let facts = sentence["facts"].as_array().unwrap();
        let amount = facts.iter().find(|fact| fact["text"] == "€12 million").unwrap();
        assert_eq!(of_bytes(text, amount), "€12 million");
        assert_eq!(of_bytes(&article, &amount["source"]), "12 millions d'euros");
        assert_eq!(
            (amount["outcome"].as_str(), amount["kind"].as_str()),
            (Some("proven"), Some("figure"))
        );
    }
}

/// What happened, where, and what to do next.
#[tokio::test(flavor = "multi_thread")]
async fn where_there_can_be_no_summary_the_message_says_what_next() {
    let (user, model) = (User::new(), model().await);
    user.write("short.txt", "Il pleut à Ploubaz depuis lundi.\n");
    user.write("empty.txt", "");
    user.write("blank.txt", "  \n\n");
    user.write("english.txt", format!("{ENGLISH} {ENGLISH}\n"));
    for (name, words) in [
        ("short.txt", ["short.txt", "6 words", "at least 30"]),
        ("empty.txt", ["empty.txt", "is empty", "give a text"]),
        ("blank.txt", ["blank.txt", "is empty", "give a text"]),
        (
            "english.txt",
            ["english.txt", "does not look French", "--lang fr"],
        ),
    ] {
        let outcome = ask(&user, &model, &["summarize", name]);
        assert!(matches!(outcome.code, 1 | 4), "{name}: {}", outcome.code);
        assert_eq!(outcome.stdout, "", "{name}");
        for word in words {
            assert!(
                outcome.stderr.contains(word),
                "{name}: {word}: {}",
                outcome.stderr
            );
        }
    }
    assert_eq!(model.requests().await, 0, "nothing was paid for");
    let forced = ask(&user, &model, &["summarize", "english.txt", "--lang", "fr"]);
    assert!(model.requests().await > 0, "{}", forced.stderr);
}

#[tokio::test(flavor = "multi_thread")]
async fn more_words_than_the_article_has_are_not_asked_for() {
    let (user, model) = (User::new(), model().await);
    user.write("a.fr.txt", article());
    let outcome = ask(&user, &model, &["summarize", "a.fr.txt", "--words", "500"]);
    assert_eq!(outcome.code, 0, "{}", outcome.stderr);
    let asked = &model.server.received_requests().await.unwrap()[0];
    let body: Value = asked.body_json().unwrap();
    assert!(!body.to_string().contains("500 words"), "{body}");
}
