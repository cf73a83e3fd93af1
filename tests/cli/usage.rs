//! Arguments, settings and `doctor`.

use crate::user::{User, outcome, run};

#[test]
fn wrong_usage_is_exit_2_and_says_what_is_right() {
    let user = User::new();
    for (args, told) in [
        (&["doctor", "--at-once", "0"][..], "from 1 to 256"),
        (&["doctor", "--timeout", "soon"], "from 1 to 86400"),
        (&["doctor", "--chunk-tokens=1"], "from 50 to 100000"),
        (&["doctor", "--repairs", "-1"], "--repairs"),
        (&["doctor", "--price-input", "1e9"], "US dollars, such as 0.15"),
        (&["doctor", "--price-input", "1"], "`price_output`"),
        (&["doctor", "--english", "scots"], "us, uk"),
        (&["doctor", "--endpoint", "opnai"], "openai"),
        (&["doctor", "--no-such-flag"], "--no-such-flag"),
        (&["doctor", "--quiet", "--verbose"], "cannot be used with"),
        (&["doktor"], "doctor"),
    ] {
        let outcome = run(&user, args);
        assert_eq!(outcome.code, 2, "{args:?}: {}", outcome.stderr);
        assert!(outcome.stderr.contains(told), "{args:?}: {}", outcome.stderr);
        assert_eq!(outcome.stdout, "", "{args:?}: stdout is for results");
    }
}

#[test]
fn without_arguments_it_shows_its_help() {
    let outcome = run(&User::new(), &[]);
    assert_eq!(outcome.code, 2);
    assert!(outcome.stderr.contains("Usage: fidele"), "{}", outcome.stderr);
}

#[test]
fn every_help_fits_80_columns() {
    let user = User::new();
    let main = run(&user, &["--help"]);
    assert_eq!(main.code, 0);
    let commands = main
        .stdout
        .lines()
        .skip_while(|line| *line != "Commands:")
        .skip(1);
    let names: Vec<&str> = commands
        .take_while(|line| !line.is_empty())
        .filter(|line| line.starts_with("  ") && !line.starts_with("   "))
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    assert!(names.contains(&"doctor"), "{names:?}");
    for name in names.iter().filter(|name| **name != "help") {
        let help = run(&user, &[name, "--help"]);
        assert_eq!(help.code, 0, "{name}");
        for line in help.stdout.lines().chain(main.stdout.lines()) {
            assert!(line.chars().count() <= 80, "{name}: {line}");
        }
        assert!(help.stdout.contains("Examples:"), "{name} shows no example");
    }
}

#[test]
fn a_closed_pipe_is_a_quiet_end() {
    let user = User::new();
    let mut child = std::process::Command::new(assert_cmd::cargo::cargo_bin!("fidele"))
        .args(["man"])
        .current_dir(user.path(""))
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert_eq!(output.status.code(), Some(0));
}

/// `fidele … | head` and `fidele … 2>&1 | head`: whoever reads has seen enough, and the exit code says what it would.
#[test]
fn a_closed_pipe_does_not_change_the_exit_code() {
    let user = User::new();
    user.write("fr.txt", "Il a payé 15 euros.\n");
    user.write("en.txt", "He paid 50 euros.\n");
    user.write(
        "pairs.jsonl",
        "{\"id\":1,\"source\":\"Oui.\",\"target\":\"Yes.\"}\n",
    );
    let check = ["check", "fr.txt", "en.txt", "--report", "report.html"];
    // The lines that were not written were not answered.
    for (args, code) in [(&check[..], 3), (&["check", "--pairs", "pairs.jsonl"], 1)] {
        let mut child = user.spawn(args);
        drop(child.stdout.take());
        drop(child.stderr.take());
        assert_eq!(child.wait().unwrap().code(), Some(code), "{args:?}");
    }
}

#[test]
fn completions_and_the_manual_know_every_command() {
    let user = User::new();
    let completions = run(&user, &["completions", "bash"]);
    let manual = run(&user, &["man"]);
    for command in ["doctor", "completions", "man"] {
        assert!(completions.stdout.contains(command), "{command}");
        assert!(manual.stdout.to_lowercase().contains(command), "{command}");
    }
    assert!(
        manual.stdout.contains("local"),
        "the flags of the commands are there"
    );
}

#[test]
fn a_broken_settings_file_is_told_with_its_line() {
    let user = User::new();
    user.write(
        "fidele.toml",
        "english = 'uk'\nendpoint = 'https://evil.example/v1'\n",
    );
    let outcome = run(&user, &["doctor"]);
    assert_eq!(outcome.code, 2, "{}", outcome.stderr);
    assert!(
        outcome
            .stderr
            .contains("fidele.toml:2: `endpoint` may not be set here"),
        "{}",
        outcome.stderr
    );
    assert!(outcome.stderr.starts_with("fidele: "));
}

#[test]
fn doctor_shows_where_each_value_comes_from_and_no_secret() {
    let user = User::new();
    user.configure("endpoint = 'https://models.example/v1'\napi_key = 's3cret-file'\nat_once = 3\n");
    user.write("fidele.toml", "english = 'uk'\n");
    let mut command = user.fidele(&["doctor", "--model", "m1", "-v"]);
    command
        .env("FIDELE_TIMEOUT", "30")
        .env("OPENAI_API_KEY", "s3cret-provider");
    let outcome = outcome(&command.assert());
    let line = |key: &str| {
        let found = outcome
            .stdout
            .lines()
            .find(|line| line.trim_start().starts_with(key));
        found
            .unwrap_or_else(|| panic!("{key} in {}", outcome.stdout))
            .to_owned()
    };
    assert!(
        line("endpoint").contains("https://models.example/v1") && line("endpoint").contains("config.toml:1")
    );
    assert!(line("model").contains("m1") && line("model").contains("--model"));
    assert!(line("at_once").contains('3') && line("at_once").contains("config.toml:3"));
    assert!(line("english").contains("uk") && line("english").contains("fidele.toml:1"));
    assert!(line("timeout").contains("30 s") && line("timeout").contains("FIDELE_TIMEOUT"));
    assert!(line("repairs").contains("default"));
    assert!(line("api_key").contains("set") && line("api_key").contains("config.toml:2"));
    let all = outcome.stdout.clone() + &outcome.stderr;
    assert!(!all.contains("s3cret"), "{all}");
}

#[test]
fn a_mistyped_variable_is_a_remark() {
    let user = User::new();
    let mut command = user.fidele(&["doctor"]);
    command.env("FIDELE_ENDPIONT", "openai");
    let told = outcome(&command.assert()).stderr;
    assert!(told.contains("did you mean FIDELE_ENDPOINT?"), "{told}");
}
