//! What the program says of files it cannot work with, and what needs no model.

use crate::schema::Schema;
use crate::user::{User, outcome, run};

const FRENCH: &str = "Le bénéfice a progressé de 4,5 % en 2025, à 12 millions d'euros.\n";

#[test]
fn a_bad_input_says_what_where_and_what_next() {
    let user = User::new();
    user.write("empty.txt", "");
    user.write("blank.txt", " \n\n");
    user.write("binary.txt", b"\x00\x01PK");
    user.write("latin.txt", b"Caf\xe9 cr\xe8me");
    user.write("long.txt", FRENCH.repeat(10));
    user.write("folder/x.txt", FRENCH);
    for (args, told) in [
        (&["ledger", "no-such.txt"][..], "there is no file no-such.txt"),
        (&["ledger", "folder"], "fidele batch 'folder' OUT_DIR"),
        (&["ledger", "empty.txt"], "empty.txt: the article is empty"),
        (&["ledger", "blank.txt"], "the article is empty"),
        (&["ledger", "binary.txt"], "binary"),
        (&["ledger", "latin.txt"], "not UTF-8 at byte 3; convert it first"),
        (
            &["ledger", "long.txt", "--max-bytes", "100"],
            "longer than 100 bytes",
        ),
        (&["estimate", "no-such.txt"], "there is no file"),
        (&["translate", "no-such.txt"], "there is no file"),
        (&["check", "folder/x.txt", "no-such.txt"], "there is no file"),
        (
            &["check", "--pairs", "no-such.jsonl"],
            "cannot read no-such.jsonl",
        ),
        (&["batch", "no-such", "out"], "there is no folder no-such"),
        (
            &["batch", "long.txt", "out"],
            "for one file run: fidele translate",
        ),
    ] {
        let outcome = run(&user, args);
        assert_eq!(outcome.code, 1, "{args:?}: {}", outcome.stderr);
        assert!(outcome.stderr.contains(told), "{args:?}: {}", outcome.stderr);
        assert!(
            outcome.stderr.starts_with("fidele: "),
            "{args:?}: {}",
            outcome.stderr
        );
        assert_eq!(outcome.stdout, "", "{args:?}");
    }
}

#[test]
fn texts_that_are_the_wrong_way_round_are_told() {
    let user = User::new();
    let french = "Le groupe a annoncé que les ventes de la filiale ont reculé de 3,2 % dans le pays.\n";
    let english = "The group announced that the sales of the subsidiary fell by 3.2% in the country.\n";
    user.write("fr.txt", french);
    user.write("en.txt", english);
    for (args, told) in [
        (
            ["check", "en.txt", "fr.txt"],
            "the two texts seem to be exchanged",
        ),
        (
            ["check", "en.txt", "en.txt"],
            "the first text seems to be English",
        ),
        (
            ["check", "fr.txt", "fr.txt"],
            "the second text seems to be French",
        ),
    ] {
        let outcome = run(&user, &args);
        assert!(outcome.stdout.contains(told), "{args:?}: {}", outcome.stdout);
    }
    let outcome = run(&user, &["check", "fr.txt", "en.txt"]);
    assert!(!outcome.stdout.contains("seem"), "{}", outcome.stdout);
}

#[test]
fn what_is_not_proven_fails_a_strict_run_over_pairs_too() {
    let user = User::new();
    let pair = r#"{"id":1,"source":"Le patron a vu Bercy hier.","target":"The boss saw it yesterday."}"#;
    user.write("pairs.jsonl", pair);
    assert_eq!(run(&user, &["check", "--pairs", "pairs.jsonl"]).code, 0);
    assert_eq!(
        run(&user, &["check", "--strict", "--pairs", "pairs.jsonl"]).code,
        3
    );
    let bounded = run(&user, &["check", "--pairs", "pairs.jsonl", "--max-bytes", "10"]);
    assert_eq!(bounded.code, 2, "{}", bounded.stderr);
}

#[test]
fn wrong_use_of_files_is_exit_2() {
    let user = User::new();
    user.write("a.txt", FRENCH);
    user.write("b.txt", FRENCH);
    user.write("d/a.txt", FRENCH);
    for (args, told) in [
        (&["translate", "a.txt", "b.txt"][..], "-o DIR, or --beside"),
        (
            &["translate", "a.txt", "b.txt", "-o", "one.txt"],
            "-o DIR, or --beside",
        ),
        (
            &["translate", "a.txt", "-o", "a.txt"],
            "would replace the article a.txt",
        ),
        (
            &["translate", "a.txt", "-o", "a.txt", "--force"],
            "would replace the article a.txt",
        ),
        (
            &["translate", "a.txt", "d/a.txt", "-o", "out/"],
            "two results would have the name",
        ),
        (
            &["translate", "a.txt", "--report", "r.pdf"],
            ".json, .md, .html or .txt",
        ),
        (
            &["translate", "a.txt", "b.txt", "--beside", "--report", "r.html"],
            "is for one article",
        ),
        (&["translate", "-", "-"], "stdin can be read only once"),
        (&["check", "-", "-"], "stdin can be read only once"),
        (&["check", "a.txt"], "ENGLISH"),
        (&["check", "--pairs", "a.txt", "--format", "json"], "JSON lines"),
        (&["check", "a.txt", "b.txt", "--format", "jsonl"], "--pairs"),
        (&["translate", "a.txt", "--summary", "--words", "0"], "20..=2000"),
    ] {
        let outcome = run(&user, args);
        assert_eq!(outcome.code, 2, "{args:?}: {}", outcome.stderr);
        assert!(outcome.stderr.contains(told), "{args:?}: {}", outcome.stderr);
    }
    assert_eq!(std::fs::read_to_string(user.path("a.txt")).unwrap(), FRENCH);
}

#[test]
fn without_a_model_it_says_how_to_get_one() {
    let user = User::new();
    user.write("a.txt", FRENCH);
    let outcome = run(&user, &["translate", "a.txt"]);
    assert_eq!(outcome.code, 1);
    for way in [
        "ollama pull",
        "llama-server",
        "FIDELE_ENDPOINT=",
        "FIDELE_MODEL=",
        "FIDELE_API_KEY=",
    ] {
        assert!(outcome.stderr.contains(way), "{way}: {}", outcome.stderr);
    }
    assert_eq!(outcome.stdout, "");
}

#[test]
fn a_place_that_cannot_be_written_is_found_before_anything_else() {
    let user = User::new();
    user.write("a.txt", FRENCH);
    user.write("file", "");
    let outcome = run(&user, &["translate", "a.txt", "-o", "file/x.txt"]);
    assert_eq!(outcome.code, 1);
    assert!(
        outcome.stderr.contains("cannot make the folder file"),
        "{}",
        outcome.stderr
    );
}

#[test]
fn the_ledger_reads_values_and_places() {
    let user = User::new();
    user.write("a.txt", FRENCH);
    let outcome = run(&user, &["ledger", "a.txt", "--format", "json"]);
    assert_eq!((outcome.code, outcome.stderr.as_str()), (0, ""));
    let ledger: serde_json::Value = serde_json::from_str(&outcome.stdout).unwrap();
    let money = ledger["figures"].as_array().unwrap();
    let money = money.iter().find(|figure| figure["kind"] == "money").unwrap();
    assert_eq!(
        (money["value"].as_str(), money["unit"].as_str()),
        (Some("12000000"), Some("EUR"))
    );
    let (start, end) = (money["start"].as_u64().unwrap(), money["end"].as_u64().unwrap());
    let span = usize::try_from(start).unwrap()..usize::try_from(end).unwrap();
    assert_eq!(&FRENCH[span], money["text"].as_str().unwrap());
    let text = run(&user, &["ledger", "a.txt"]).stdout;
    assert!(text.contains("12000000") && text.contains("EUR"), "{text}");
}

#[test]
fn check_needs_no_model_and_finds_the_wrong_figure() {
    let user = User::new();
    user.write("a.fr.txt", FRENCH);
    user.write("right.txt", "Profit rose 4.5% in 2025 to €12 million.\n");
    user.write("wrong.txt", "Profit rose 4.5% in 2025 to €12 billion.\n");
    let right = run(&user, &["check", "a.fr.txt", "right.txt"]);
    assert_eq!(right.code, 0, "{}{}", right.stdout, right.stderr);
    let wrong = run(&user, &["check", "a.fr.txt", "wrong.txt", "--report", "r.html"]);
    assert_eq!(wrong.code, 3, "{}", wrong.stderr);
    assert!(wrong.stdout.contains("figure.scale"), "{}", wrong.stdout);
    assert!(
        !wrong.stdout.contains('\u{1b}'),
        "no colour where there is no terminal"
    );
    let page = std::fs::read_to_string(user.path("r.html")).unwrap();
    assert!(page.contains("figure.scale"));
    let mut stdin = user.fidele(&["check", "-", "wrong.txt", "--format", "json"]);
    let stdin = outcome(&stdin.write_stdin(FRENCH).assert());
    assert_eq!(stdin.code, 3);
    let report: serde_json::Value = serde_json::from_str(&stdin.stdout).unwrap();
    assert_eq!(report["schema"], "fidele.report/1");
    assert_eq!(report["article"], "stdin");
}

#[test]
fn a_paragraph_that_was_lost_or_split_does_not_shift_the_others() {
    let user = User::new();
    let french = format!(
        "{FRENCH}\nLe syndicat demande une hausse des salaires de 7 % dès le mois de mars.\n\n\
         La ministre recevra la presse à Lille. Elle y restera trois jours avec 250 élus.\n"
    );
    user.write("a.fr.txt", french);
    let start = "Profit rose 4.5% in 2025 to €12 million.\n\n";
    let end = "The minister will meet the press in Lille.\n\nShe will stay there for three days with 250 elected \
               officials.\n";
    let union = "The union is asking for a pay rise of 7% from March.\n\n";
    user.write("split.txt", format!("{start}{union}{end}"));
    user.write("lost.txt", format!("{start}{}", end.replace("\n\n", " ")));
    let split = run(&user, &["check", "a.fr.txt", "split.txt"]);
    assert_eq!(split.code, 0, "{}{}", split.stdout, split.stderr);
    let lost = run(&user, &["check", "a.fr.txt", "lost.txt"]);
    assert_eq!(lost.code, 3);
    assert!(lost.stdout.contains("[text.missing] b2"), "{}", lost.stdout);
    assert!(
        !lost.stdout.contains("] b1") && !lost.stdout.contains("] b3"),
        "{}",
        lost.stdout
    );
}

#[test]
fn a_summary_may_leave_out_and_never_invent() {
    let user = User::new();
    user.write(
        "a.fr.txt",
        format!("{FRENCH}\nLe groupe compte 250 magasins à Lyon.\n"),
    );
    user.write("fair.txt", "Profit rose to €12 million.\n");
    user.write("unfair.txt", "Profit rose to €12 million. It has 350 shops.\n");
    let fair = run(&user, &["check", "--as", "summary", "a.fr.txt", "fair.txt"]);
    assert_eq!(fair.code, 0, "{}{}", fair.stdout, fair.stderr);
    let unfair = run(&user, &["check", "--as", "summary", "a.fr.txt", "unfair.txt"]);
    assert_eq!(unfair.code, 3, "{}", unfair.stdout);
    assert!(unfair.stdout.contains("350"), "{}", unfair.stdout);
}

#[test]
fn pairs_are_answered_line_by_line() {
    let user = User::new();
    let pairs = "{\"id\":1,\"source\":\"Il a payé 15 euros.\",\"target\":\"He paid 15 euros.\"}\n\
                 nonsense\n\
                 {\"id\":3,\"source\":\"Il a payé 15 euros.\",\"target\":\"He paid 50 euros.\"}\n";
    let mut command = user.fidele(&["check", "--pairs", "-", "--format", "jsonl"]);
    let outcome = outcome(&command.write_stdin(pairs).assert());
    assert_eq!(outcome.code, 1, "a malformed line outranks a failed figure");
    let lines: Vec<&str> = outcome.stdout.lines().collect();
    assert_eq!(lines.len(), 3);
    assert!(lines[0].contains("\"intact\"") && lines[2].contains("\"altered\""));
    assert!(lines[1].contains("\"line\":2"), "{}", lines[1]);
}

#[test]
fn an_estimate_counts_requests_and_dollars_and_sends_nothing() {
    let user = User::new();
    user.write("folder/a.txt", FRENCH);
    user.write("folder/sub/b.md", "# Titre\n\nUn chat dort.\n");
    user.write("folder/a.en.txt", "already English");
    let args = [
        "estimate",
        "folder",
        "--price-input",
        "1",
        "--price-output",
        "2",
        "--format",
        "json",
    ];
    let outcome = run(&user, &args);
    assert_eq!(outcome.code, 0, "{}", outcome.stderr);
    let estimate: serde_json::Value = serde_json::from_str(&outcome.stdout).unwrap();
    let schema = Schema::read(include_str!("../../docs/schema/estimate-1.schema.json"));
    schema.assert_fits(&estimate);
    assert!(schema.refuses(&estimate["total"]), "the schema can say no");
    assert_eq!(estimate["articles"].as_array().unwrap().len(), 2);
    let total = &estimate["total"];
    assert_eq!(
        (total["requests"].as_u64(), total["segments"].as_u64()),
        (Some(2), Some(3))
    );
    let (prompt, answer) = (
        total["prompt_tokens"].as_u64().unwrap(),
        total["answer_tokens"].as_u64().unwrap(),
    );
    let micro = prompt + 2 * answer;
    assert_eq!(
        total["usd"].as_str().unwrap(),
        format!("0.{micro:06}").trim_end_matches('0')
    );
}
