//! The commands that ask a model, against one on loopback.

use std::fs;

use serde_json::Value;

use crate::schema::Schema;
use crate::user::{Model, Outcome, User, outcome, run};

const FRENCH: &str = "Le bénéfice a progressé de 4,5 % en 2025, à 12 millions d'euros.";
const RIGHT: &str = "Profit rose 4.5% in 2025 to €12 million.";
const WRONG: &str = "Profit rose 4.5% in 2025 to €12 billion.";

fn ask(user: &User, model: &Model, args: &[&str]) -> Outcome {
    let url = model.url();
    let mut all = args.to_vec();
    all.extend(["--endpoint", &url, "--model", "m"]);
    run(user, &all)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_english_goes_to_stdout_and_everything_else_to_stderr() {
    let (user, model) = (User::new(), Model::knowing(&[(FRENCH, RIGHT)]).await);
    user.write("a.fr.txt", format!("{FRENCH}\n"));
    let first = ask(&user, &model, &["translate", "a.fr.txt"]);
    assert_eq!(first.code, 0, "{}", first.stderr);
    assert_eq!(first.stdout, format!("{RIGHT}\n"));
    assert!(
        first.stderr.contains("the text stays on this machine"),
        "{}",
        first.stderr
    );
    assert!(first.stderr.contains("m at 127.0.0.1:"), "{}", first.stderr);
    let again = ask(&user, &model, &["translate", "a.fr.txt", "--quiet"]);
    assert_eq!(
        (again.stdout.as_str(), again.stderr.as_str()),
        (first.stdout.as_str(), "")
    );
    assert_eq!(
        model.requests().await,
        1,
        "what is paid for is not asked for again"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_figure_that_stays_wrong_is_exit_3_and_in_the_report() {
    let (user, model) = (User::new(), Model::knowing(&[(FRENCH, WRONG)]).await);
    user.write("a.fr.txt", FRENCH);
    let outcome = ask(
        &user,
        &model,
        &[
            "translate",
            "a.fr.txt",
            "-o",
            "a.en.txt",
            "--report",
            "r.json",
            "--repairs",
            "1",
        ],
    );
    assert_eq!(outcome.code, 3, "{}", outcome.stderr);
    assert_eq!(outcome.stdout, "");
    assert!(outcome.stderr.contains("figure.scale"), "{}", outcome.stderr);
    assert_eq!(fs::read_to_string(user.path("a.en.txt")).unwrap(), WRONG);
    let report: Value = serde_json::from_slice(&fs::read(user.path("r.json")).unwrap()).unwrap();
    assert_eq!(report["figures"]["failed"], 1);
    assert_eq!(model.requests().await, 2, "once, and one repair");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_there_is_kept_unless_forced() {
    let (user, model) = (User::new(), Model::knowing(&[(FRENCH, RIGHT)]).await);
    user.write("a.fr.txt", FRENCH);
    user.write("a.en.txt", "edited by hand");
    let kept = ask(&user, &model, &["translate", "a.fr.txt", "--beside"]);
    assert_eq!(kept.code, 1);
    assert!(kept.stderr.contains("was kept; add --force"), "{}", kept.stderr);
    assert_eq!(
        fs::read_to_string(user.path("a.en.txt")).unwrap(),
        "edited by hand"
    );
    let forced = ask(&user, &model, &["translate", "a.fr.txt", "--beside", "--force"]);
    assert_eq!(forced.code, 0, "{}", forced.stderr);
    let same = ask(&user, &model, &["translate", "a.fr.txt", "--beside"]);
    assert_eq!(
        same.code, 0,
        "an identical output counts as success: {}",
        same.stderr
    );
    assert_eq!(fs::read_to_string(user.path("a.en.txt")).unwrap(), RIGHT);
    assert_eq!(model.requests().await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hole_is_marked_and_the_file_is_partial() {
    let second = "Deuxième paragraphe, que le modèle ne connaît pas.";
    let (user, model) = (User::new(), Model::knowing(&[(FRENCH, RIGHT)]).await);
    user.write("a.fr.txt", format!("{FRENCH}\n\n{second}\n"));
    let outcome = ask(&user, &model, &["translate", "a.fr.txt", "-o", "a.en.txt"]);
    assert_eq!(outcome.code, 4, "{}", outcome.stderr);
    assert!(!user.path("a.en.txt").exists());
    let partial = fs::read_to_string(user.path("a.en.txt.partial")).unwrap();
    assert!(
        partial.contains("[NOT TRANSLATED: ") && partial.contains(second),
        "{partial}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_result_in_three_forms() {
    let filler = "Les ventes ont suivi et la direction se dit confiante pour la suite de son plan, selon un entretien \
                  accordé par son directeur général à la presse régionale dans la journée.";
    let english = "Sales followed, and management says it is confident about the rest of its plan, according to an \
                   interview its chief executive gave to the regional press during the day.";
    let summary = "Profit rose 4.5% in 2025 to €12 million.";
    let known = [(FRENCH, RIGHT), (filler, english), ("SUMMARY", summary)];
    let (user, model) = (User::new(), Model::knowing(&known).await);
    user.write("a.fr.txt", format!("{FRENCH}\n\n{filler}\n"));
    let json = ask(
        &user,
        &model,
        &["translate", "a.fr.txt", "--summary", "--format", "json"],
    );
    assert_eq!(json.code, 0, "{}", json.stderr);
    let result: Value = serde_json::from_str(&json.stdout).unwrap();
    Schema::read(include_str!("../../docs/schema/result-1.schema.json")).assert_fits(&result);
    Schema::read(include_str!("../../docs/schema/report-1.schema.json")).assert_fits(&result["report"]);
    assert_eq!(result["translation"], format!("{RIGHT}\n\n{english}\n"));
    assert_eq!(result["summary"], summary);
    let text = ask(&user, &model, &["translate", "a.fr.txt", "--summary"]);
    assert!(
        text.stdout.ends_with(&format!("SUMMARY\n\n{summary}\n")),
        "{}",
        text.stdout
    );
    let markdown = ask(
        &user,
        &model,
        &["translate", "a.fr.txt", "--summary", "--format", "markdown"],
    );
    assert!(
        markdown
            .stdout
            .ends_with(&format!("## Summary\n\n{summary}[^b1]\n\n[^b1]: {FRENCH}\n")),
        "{}",
        markdown.stdout
    );
    let short = ask(&user, &model, &["summarise", "a.fr.txt"]);
    assert_eq!(
        (short.code, short.stdout.trim_end()),
        (0, summary),
        "{}",
        short.stderr
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_one_model_that_answers_here_is_used() {
    let (user, model) = (User::new(), Model::knowing(&[(FRENCH, RIGHT)]).await);
    user.write("a.fr.txt", FRENCH);
    let mut command = user.fidele(&["translate", "a.fr.txt"]);
    command.env("FIDELE_PROBE_PORTS", model.port());
    let found = outcome(&command.assert());
    assert_eq!(found.code, 0, "{}", found.stderr);
    assert!(
        found.stderr.contains("only-one at 127.0.0.1:"),
        "{}",
        found.stderr
    );
    let mut command = user.fidele(&["doctor"]);
    command.env("FIDELE_PROBE_PORTS", model.port());
    let doctor = outcome(&command.assert());
    assert_eq!(doctor.code, 0);
    assert!(
        doctor
            .stdout
            .contains("it is the only model that answers on this machine"),
        "{}",
        doctor.stdout
    );
    let second = Model::knowing(&[]).await;
    let mut command = user.fidele(&["translate", "a.fr.txt"]);
    command.env(
        "FIDELE_PROBE_PORTS",
        format!("{},{}", model.port(), second.port()),
    );
    let several = outcome(&command.assert());
    assert_eq!(several.code, 1);
    assert!(
        several
            .stderr
            .contains(&format!("--endpoint {} --model only-one", second.url())),
        "{}",
        several.stderr
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_is_sent_to_its_host_and_shown_nowhere() {
    let (user, model) = (User::new(), Model::knowing(&[(FRENCH, RIGHT)]).await);
    user.write("a.fr.txt", FRENCH);
    user.configure(&format!(
        "endpoint = '{}'\nmodel = 'm'\napi_key = 's3cret'\n",
        model.url()
    ));
    let done = run(&user, &["translate", "a.fr.txt", "-v", "--record", "rec"]);
    assert_eq!(done.code, 0, "{}", done.stderr);
    let received = model.server.received_requests().await.unwrap();
    assert_eq!(received[0].headers["authorization"], "Bearer s3cret");
    assert!(!(done.stdout + &done.stderr).contains("s3cret"));
    for folder in [user.path(""), user.home.path().join("cache")] {
        let mut waiting = vec![folder];
        while let Some(folder) = waiting.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    waiting.push(path);
                } else {
                    let text = String::from_utf8_lossy(&fs::read(&path).unwrap()).into_owned();
                    assert!(!text.contains("s3cret"), "{}", path.display());
                }
            }
        }
    }
    let other = Model::knowing(&[(FRENCH, RIGHT)]).await;
    let url = other.url();
    run(&user, &["translate", "a.fr.txt", "--endpoint", &url]);
    let received = other.server.received_requests().await.unwrap();
    assert!(
        !received[0].headers.contains_key("authorization"),
        "the key was for another host"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_recording_is_replayed_without_the_model() {
    let (user, model) = (User::new(), Model::knowing(&[(FRENCH, RIGHT)]).await);
    user.write("a.fr.txt", FRENCH);
    let recorded = ask(&user, &model, &["translate", "a.fr.txt", "--record", "rec"]);
    assert_eq!(recorded.code, 0, "{}", recorded.stderr);
    let replayed = run(&user, &["translate", "a.fr.txt", "--endpoint", "replay:rec"]);
    assert_eq!(
        (replayed.code, replayed.stdout),
        (0, recorded.stdout),
        "{}",
        replayed.stderr
    );
    assert!(
        replayed.stderr.contains("no model is asked"),
        "{}",
        replayed.stderr
    );
    user.write("b.fr.txt", "Un autre texte, jamais enregistré.");
    let missing = run(&user, &["translate", "b.fr.txt", "--endpoint", "replay:rec"]);
    assert_eq!(missing.code, 1, "{}", missing.stderr);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_budget_stops_the_run_with_exit_5() {
    let (user, model) = (User::new(), Model::knowing(&[(FRENCH, RIGHT)]).await);
    for name in ["a", "b", "c"] {
        user.write(
            &format!("in/{name}.txt"),
            FRENCH.replace("2025", &format!("202{}", name.len())) + name,
        );
    }
    let args = [
        "batch",
        "in",
        "out",
        "--at-once",
        "1",
        "--price-input",
        "1",
        "--price-output",
        "1",
        "--max-cost",
        "0.0001",
    ];
    let stopped = ask(&user, &model, &args);
    assert_eq!(stopped.code, 5, "{}", stopped.stderr);
    assert!(
        stopped.stderr.contains("budget of 0.0001 USD"),
        "{}",
        stopped.stderr
    );
    assert_eq!(model.requests().await, 0, "one alone could cost more");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_batch_goes_on_where_it_stopped_and_one_bad_article_stops_nothing() {
    let (user, model) = (User::new(), Model::knowing(&[(FRENCH, RIGHT)]).await);
    user.write("in/a.fr.txt", FRENCH);
    user.write("in/sub/b.md", FRENCH);
    user.write("in/bad.txt", b"\x00");
    let first = ask(&user, &model, &["batch", "in", "out"]);
    assert_eq!(first.code, 1, "the unreadable one: {}", first.stderr);
    assert!(
        first.stdout.contains("3 articles: 2 done, 0 unchanged, 1 failed"),
        "{}",
        first.stdout
    );
    assert_eq!(fs::read_to_string(user.path("out/a.en.txt")).unwrap(), RIGHT);
    assert_eq!(fs::read_to_string(user.path("out/sub/b.en.md")).unwrap(), RIGHT);
    let index: Value = serde_json::from_slice(&fs::read(user.path("out/index.json")).unwrap()).unwrap();
    Schema::read(include_str!("../../docs/schema/index-1.schema.json")).assert_fits(&index);
    assert_eq!(index["articles"].as_array().unwrap().len(), 3);
    fs::remove_file(user.path("in/bad.txt")).unwrap();
    let again = ask(&user, &model, &["batch", "in", "out", "--ephemeral"]);
    assert_eq!(again.code, 0, "{}", again.stderr);
    assert!(
        again.stdout.contains("2 articles: 0 done, 2 unchanged, 0 failed"),
        "{}",
        again.stdout
    );
    let asked = model.requests().await;
    fs::remove_file(user.path("out/a.en.txt")).unwrap();
    let mended = ask(&user, &model, &["batch", "in", "out"]);
    assert!(mended.stdout.contains("1 done, 1 unchanged"), "{}", mended.stdout);
    let pages = ask(&user, &model, &["batch", "in", "out", "--report", "html"]);
    assert_eq!(pages.code, 0, "{}", pages.stderr);
    assert!(
        user.path("out/sub/b.en.report.html").is_file() && user.path("out/sub/b.en.report.json").is_file()
    );
    assert_eq!(model.requests().await, asked, "every answer was in the journal");
}

/// Reports are named without the ending of the English, so these two would write over each other.
#[tokio::test(flavor = "multi_thread")]
async fn articles_that_differ_in_their_ending_alone_are_not_mixed_up() {
    let (user, model) = (User::new(), Model::knowing(&[(FRENCH, RIGHT)]).await);
    user.write("in/a.md", FRENCH);
    user.write("in/a.txt", FRENCH);
    let outcome = ask(&user, &model, &["batch", "in", "out"]);
    assert_eq!(outcome.code, 1, "{}", outcome.stderr);
    let told = "the names of those of a.md; rename one of the two";
    assert!(outcome.stdout.contains(told), "{}", outcome.stdout);
    assert!(user.path("out/a.en.md").is_file() && !user.path("out/a.en.txt").exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_index_of_a_batch_names_files_with_holes() {
    let (user, model) = (User::new(), Model::knowing(&[(FRENCH, RIGHT)]).await);
    user.write(
        "in/a.txt",
        format!("{FRENCH}\n\nLe modèle ne connaît pas ce passage.\n"),
    );
    let outcome = ask(&user, &model, &["batch", "in", "out"]);
    assert_eq!(outcome.code, 4, "{}", outcome.stderr);
    let index: Value = serde_json::from_slice(&fs::read(user.path("out/index.json")).unwrap()).unwrap();
    let files = &index["articles"][0]["files"];
    assert_eq!(
        *files,
        serde_json::json!(["a.en.txt.partial", "a.en.report.json"])
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn local_only_keeps_the_text_here() {
    let user = User::new();
    user.write("a.txt", FRENCH);
    let refused = run(
        &user,
        &[
            "translate",
            "a.txt",
            "--local-only",
            "--endpoint",
            "https://models.example/v1",
            "--model",
            "m",
        ],
    );
    assert_eq!(refused.code, 1);
    assert!(
        refused.stderr.contains("is not this machine"),
        "{}",
        refused.stderr
    );
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn ctrl_c_keeps_what_is_paid_for() {
    use wiremock::matchers::method;
    use wiremock::{Mock, MockServer, ResponseTemplate};

    let user = User::new();
    user.write("a.txt", FRENCH);
    let server = MockServer::start().await;
    let answer = serde_json::json!({
        "choices": [{"message": {"content": format!("{{\"segments\":[{{\"id\":\"b1\",\"text\":\"{RIGHT}\"}}]}}")},
                     "finish_reason": "stop"}],
    });
    let slow = ResponseTemplate::new(200)
        .set_body_json(answer)
        .set_delay(std::time::Duration::from_millis(500));
    Mock::given(method("POST"))
        .respond_with(slow)
        .mount(&server)
        .await;
    let url = format!("{}/v1", server.uri());
    let mut child = user.spawn(&["translate", "a.txt", "--endpoint", &url, "--model", "m"]);
    while server.received_requests().await.unwrap().is_empty() {
        assert!(child.try_wait().unwrap().is_none(), "it ended before it asked");
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
    press_ctrl_c(&child);
    let output = child.wait_with_output().unwrap();
    let told = String::from_utf8_lossy(&output.stderr);
    // The answer was on its way: it either became the result, or is in the journal for the next run.
    assert!(matches!(output.status.code(), Some(130 | 0)), "{told}");
    let again = run(&user, &["translate", "a.txt", "--endpoint", &url, "--model", "m"]);
    assert_eq!(
        (again.code, again.stdout.as_str()),
        (0, RIGHT),
        "{}",
        again.stderr
    );
    assert_eq!(server.received_requests().await.unwrap().len(), 1);
}

#[cfg(unix)]
fn press_ctrl_c(child: &std::process::Child) {
    let kill = std::process::Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status();
    assert!(kill.unwrap().success());
}

#[cfg(unix)]
#[test]
fn a_second_ctrl_c_does_not_wait() {
    use std::io::{BufRead as _, BufReader};

    let user = User::new();
    user.write("a.txt", FRENCH);
    // It takes the request and never answers.
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/v1", listener.local_addr().unwrap());
    let mut child = user.spawn(&["translate", "a.txt", "--endpoint", &url, "--model", "m"]);
    let connection = listener.accept().unwrap();
    press_ctrl_c(&child);
    let told = BufReader::new(child.stderr.take().unwrap())
        .lines()
        .map_while(Result::ok)
        .find(|line| line.contains("stopping"));
    assert!(told.is_some(), "the first press is answered");
    press_ctrl_c(&child);
    assert_eq!(child.wait().unwrap().code(), Some(130));
    drop(connection);
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_asked_for_if_a_result_could_not_be_written() {
    let (user, model) = (User::new(), Model::knowing(&[(FRENCH, RIGHT)]).await);
    user.write("a.txt", FRENCH);
    user.write("file", "");
    for args in [
        &["translate", "a.txt", "-o", "file/x.txt"][..],
        &["translate", "a.txt", "--report", "file/r.html"],
        &["translate", "a.txt", "--style", "no-such.md"],
        &["translate", "a.txt", "--glossary", "no-such.toml"],
        &["translate", "a.txt", "--prompts", "no-such"],
        &["translate", "a.txt", "--cache-dir", "file"],
        &["translate", "a.txt", "--record", "file"],
    ] {
        let outcome = ask(&user, &model, args);
        assert_eq!(outcome.code, 1, "{args:?}: {}", outcome.stderr);
    }
    assert_eq!(model.requests().await, 0);
}

/// Refuses the key for one text at once, and answers the others after a while.
struct Moody;

impl wiremock::Respond for Moody {
    fn respond(&self, request: &wiremock::Request) -> wiremock::ResponseTemplate {
        if String::from_utf8_lossy(&request.body).contains("Refuser") {
            return wiremock::ResponseTemplate::new(401);
        }
        let content = format!("{{\"segments\":[{{\"id\":\"b1\",\"text\":\"{RIGHT}\"}}]}}");
        let answer = serde_json::json!({
            "choices": [{"message": {"content": content}, "finish_reason": "stop"}],
        });
        wiremock::ResponseTemplate::new(200)
            .set_body_json(answer)
            .set_delay(std::time::Duration::from_millis(700))
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_on_its_way_is_kept_when_another_article_stops_the_run() {
    let user = User::new();
    user.write("in/a.txt", "Refuser ce texte.");
    user.write("in/b.txt", FRENCH);
    let server = wiremock::MockServer::start().await;
    wiremock::Mock::given(wiremock::matchers::method("POST"))
        .respond_with(Moody)
        .mount(&server)
        .await;
    let url = format!("{}/v1", server.uri());
    for command in [
        &["batch", "in", "out"][..],
        &["translate", "in/a.txt", "in/b.txt", "-o", "out2/"],
    ] {
        let mut args = command.to_vec();
        args.extend(["--endpoint", &url, "--model", "m"]);
        let stopped = run(&user, &args);
        assert_eq!(stopped.code, 1, "{}", stopped.stderr);
        assert!(stopped.stderr.contains("refused"), "{}", stopped.stderr);
    }
    let asked = server.received_requests().await.unwrap();
    let for_b = asked
        .iter()
        .filter(|request| !String::from_utf8_lossy(&request.body).contains("Refuser"));
    assert_eq!(for_b.count(), 1, "the answer of the first run served the second");
    assert_eq!(fs::read_to_string(user.path("out2/b.en.txt")).unwrap(), RIGHT);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_kept_is_shown_and_deleted() {
    let (user, model) = (User::new(), Model::knowing(&[(FRENCH, RIGHT)]).await);
    user.write("a.txt", FRENCH);
    assert!(
        run(&user, &["cache", "info"])
            .stdout
            .contains("0 answers, 0 bytes")
    );
    ask(&user, &model, &["translate", "a.txt"]);
    let info = run(&user, &["cache", "info"]);
    assert!(
        info.code == 0 && info.stdout.contains("\n1 answers, "),
        "{}",
        info.stdout
    );
    let cleared = run(&user, &["cache", "clear"]);
    assert!(
        cleared.stdout.starts_with("removed 1 answers, "),
        "{}",
        cleared.stdout
    );
    ask(&user, &model, &["translate", "a.txt"]);
    assert_eq!(model.requests().await, 2);
    ask(&user, &model, &["translate", "a.txt", "--cache-size", "1"]);
    assert_eq!(
        model.requests().await,
        3,
        "what is too much goes when a run begins"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn check_asks_a_model_only_where_it_is_told_to_and_only_about_what_is_not_proven() {
    let (user, model) = (
        User::new(),
        Model::knowing(&[("Conseil supérieur des pupitres", "The desk union")]).await,
    );
    user.write("a.fr.txt", "Le Conseil supérieur des pupitres a protesté mardi.");
    user.write("a.en.txt", "The desk union protested on Tuesday.");
    user.write("proven.fr.txt", "Tessendo a protesté mardi.");
    user.write("proven.en.txt", "Tessendo protested on Tuesday.");
    let check = |files: &[&str]| {
        let mut command = user.fidele(&[]);
        command
            .arg("check")
            .args(files)
            .env("FIDELE_ENDPOINT", model.url())
            .env("FIDELE_MODEL", "m");
        outcome(&command.assert())
    };
    let silent = check(&["a.fr.txt", "a.en.txt"]);
    assert!(
        silent.stdout.contains("may stand") && !silent.stdout.contains("The model"),
        "{}",
        silent.stdout
    );
    check(&["proven.fr.txt", "proven.en.txt", "--ask-model"]);
    assert_eq!(model.requests().await, 0);
    let asked = check(&["a.fr.txt", "a.en.txt", "--ask-model"]);
    assert_eq!((asked.code, model.requests().await), (0, 1), "{}", asked.stderr);
    let words: Vec<_> = asked.stdout.split_whitespace().collect();
    assert!(
        words
            .join(" ")
            .contains("takes “The desk union” for it, which proves nothing"),
        "{}",
        asked.stdout
    );
    assert!(asked.stdout.contains("1 not proven"), "{}", asked.stdout);
    let json = check(&["a.fr.txt", "a.en.txt", "--ask-model", "--format", "json"]);
    Schema::read(include_str!("../../docs/schema/report-1.schema.json"))
        .assert_fits(&serde_json::from_str(&json.stdout).unwrap());
    let report: Value = serde_json::from_str(&json.stdout).unwrap();
    let opinion = &report["segments"][0]["opinions"][0];
    assert_eq!(
        (&opinion["target"]["text"], &opinion["by"]),
        (&"The desk union".into(), &"m".into())
    );
}
