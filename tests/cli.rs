//! The program as a user runs it: the real binary, in a home of its own, on a machine where no model answers.
#![cfg(feature = "cli")]

use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use assert_cmd::assert::Assert;
use tempfile::TempDir;

/// A user with an empty home and a working folder.
struct User {
    home: TempDir,
}

impl User {
    fn new() -> Self {
        let home = tempfile::tempdir().unwrap();
        fs::create_dir_all(home.path().join("work")).unwrap();
        fs::create_dir_all(home.path().join("config/fidele")).unwrap();
        Self { home }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.home.path().join("work").join(name)
    }

    fn write(&self, name: &str, text: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        path
    }

    fn configure(&self, text: &str) {
        let path = self.home.path().join("config/fidele/config.toml");
        fs::write(&path, text).unwrap();
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
        }
    }

    fn fidele(&self, args: &[&str]) -> Command {
        let mut command = Command::new(assert_cmd::cargo::cargo_bin!("fidele"));
        command
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("HOME", self.home.path())
            .env("XDG_CONFIG_HOME", self.home.path().join("config"))
            .env("XDG_CACHE_HOME", self.home.path().join("cache"))
            // Nothing listens on port 1: no test meets a model that happens to run here.
            .env("FIDELE_PROBE_PORTS", "1")
            .current_dir(self.path(""))
            .args(args);
        command
    }
}

/// What a run came to.
struct Outcome {
    code: i32,
    stdout: String,
    stderr: String,
}

fn outcome(assert: &Assert) -> Outcome {
    let output = assert.get_output();
    Outcome {
        code: output.status.code().unwrap_or(-1),
        stdout: String::from_utf8(output.stdout.clone()).unwrap(),
        stderr: String::from_utf8(output.stderr.clone()).unwrap(),
    }
}

fn run(user: &User, args: &[&str]) -> Outcome {
    outcome(&user.fidele(args).assert())
}

#[test]
fn wrong_usage_is_exit_2_and_says_what_is_right() {
    let user = User::new();
    for (args, told) in [
        (&["doctor", "--at-once", "0"][..], "from 1 to 256"),
        (&["doctor", "--timeout", "soon"], "from 1 to 86400"),
        (&["doctor", "--chunk-tokens=1"], "from 50 to 100000"),
        (&["doctor", "--repairs", "-1"], "--repairs"),
        (
            &["doctor", "--price-input", "1e9"],
            "US dollars per million tokens",
        ),
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

#[expect(dead_code, reason = "used as soon as a command reads articles")]
fn article(user: &User, name: &str) -> PathBuf {
    let body = "Le bénéfice a progressé de 4,5 % en 2025, à 12 millions d'euros.\n";
    user.write(Path::new(name).to_str().unwrap(), body)
}
