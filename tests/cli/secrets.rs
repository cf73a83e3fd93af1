//! What SECURITY.md says of keys and of servers, sentence by sentence, with the program as a user runs it. (What it says
//! of articles is in `tests/hostile.rs` and `tests/report`, of a project's file in `tests/settings.rs`, of each dialect's
//! header in `tests/dialects.rs`.)

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::user::{Model, Outcome, User, outcome, run};

const KEY: &str = "sk-t0p-s3cr3t-0042";
const FRENCH: &str = "Le bénéfice a progressé de 4,5 % en 2025, à 12 millions d'euros.";
const RIGHT: &str = "Profit rose 4.5% in 2025 to €12 million.";

/// Every file below the user's home.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .flat_map(|entry| {
            let path = entry.path();
            if path.is_dir() { files(&path) } else { vec![path] }
        })
        .collect()
}

/// No file but the user's own settings holds the secret.
fn assert_no_trace(user: &User, secret: &str) {
    let own = user.home.path().join("config/fidele/config.toml");
    let files = files(user.home.path());
    for file in files.iter().filter(|file| **file != own) {
        let bytes = fs::read(file).unwrap();
        let found = bytes
            .windows(secret.len())
            .any(|window| window == secret.as_bytes());
        assert!(!found, "{}", file.display());
    }
}

fn assert_silent(outcome: &Outcome, secret: &str, what: &str) {
    for said in [&outcome.stdout, &outcome.stderr] {
        assert!(!said.contains(secret), "{what}: {said}");
    }
}

/// The ways a key may come in: what stands in the user's file, and what in the environment.
fn ways(url: &str) -> [(String, Vec<(&'static str, String)>); 3] {
    let server = format!("endpoint = '{url}'\nmodel = 'm'\n");
    [
        (format!("{server}api_key = '{KEY}'\n"), Vec::new()),
        (format!("{server}key_command = 'echo {KEY}'\n"), Vec::new()),
        (
            "model = 'm'\n".to_owned(),
            vec![
                ("FIDELE_ENDPOINT", url.to_owned()),
                ("FIDELE_API_KEY", KEY.to_owned()),
            ],
        ),
    ]
}

fn with(user: &User, variables: &[(&str, String)], args: &[&str]) -> Command {
    let mut command = user.fidele(args);
    command.envs(variables.iter().map(|(name, value)| (name, value)));
    command
}

/// "A key goes in one request header … and is in no log, cache, recording, report or error."
#[tokio::test(flavor = "multi_thread")]
async fn a_key_is_in_one_header_of_a_request_and_nowhere_else_whatever_is_done_with_it() {
    let summary = "Profit rose 4.5% in 2025 to €12 million.";
    for way in 0..3 {
        let model = Model::knowing(&[(FRENCH, RIGHT), ("SUMMARY", summary)]).await;
        let user = User::new();
        let long = [FRENCH; 4].join("\n\n");
        user.write("in/a.fr.txt", &long);
        let (file, variables) = &ways(&model.url())[way];
        user.configure(file);
        let commands: [&[&str]; 8] = [
            &["doctor"],
            &[
                "translate",
                "in/a.fr.txt",
                "-v",
                "--record",
                "rec",
                "-o",
                "a.txt",
                "--report",
                "r.json",
            ],
            &[
                "translate",
                "in/a.fr.txt",
                "-v",
                "-o",
                "b.txt",
                "--report",
                "r.html",
                "--force",
            ],
            &[
                "translate",
                "in/a.fr.txt",
                "-v",
                "--format",
                "json",
                "--report",
                "r.md",
            ],
            &[
                "translate",
                "in/a.fr.txt",
                "-v",
                "--format",
                "markdown",
                "--report",
                "r.txt",
            ],
            &[
                "summarize",
                "in/a.fr.txt",
                "-v",
                "-o",
                "s.txt",
                "--report",
                "s.json",
            ],
            &["batch", "in", "out", "-v", "--summary"],
            &["estimate", "in/a.fr.txt"],
        ];
        // How a key came in makes no difference once it is there: all of them with one way are enough.
        let some = if way == 0 { commands.len() } else { 2 };
        for args in commands.into_iter().take(some) {
            let done = outcome(&with(&user, variables, args).assert());
            assert_eq!(done.code, 0, "{args:?}: {}", done.stderr);
            assert_silent(&done, KEY, &format!("{args:?}"));
        }
        assert_no_trace(&user, KEY);
        let received = model.server.received_requests().await.unwrap();
        assert!(!received.is_empty());
        for request in received
            .iter()
            .filter(|request| request.method.as_str() == "POST")
        {
            assert_eq!(request.headers["authorization"], format!("Bearer {KEY}"));
            let carrying = request
                .headers
                .iter()
                .filter(|(_, value)| value.to_str().is_ok_and(|value| value.contains(KEY)));
            assert_eq!(carrying.count(), 1);
            assert!(!request.url.as_str().contains(KEY));
            assert!(!String::from_utf8_lossy(&request.body).contains(KEY));
        }
    }
}

/// A key in the query of the address is as secret as another; a user and a password in it are refused, and not repeated.
#[tokio::test(flavor = "multi_thread")]
async fn what_an_address_holds_besides_the_host_is_shown_nowhere() {
    let model = Model::knowing(&[(FRENCH, RIGHT)]).await;
    let user = User::new();
    user.write("a.fr.txt", FRENCH);
    let host = model.server.address();
    user.configure(&format!(
        "endpoint = 'http://{host}/v1?key=qu3ry-k3y'\nmodel = 'm'\n"
    ));
    let with_user = format!("http://me:pa55w0rd@{host}/v1");
    let commands: [(&[&str], i32); 4] = [
        (
            &[
                "translate",
                "a.fr.txt",
                "-v",
                "--record",
                "rec",
                "-o",
                "a.txt",
                "--report",
                "r.json",
            ],
            0,
        ),
        (&["doctor"], 0),
        (
            &[
                "translate",
                "a.fr.txt",
                "-v",
                "--ephemeral",
                "--endpoint",
                "http://127.0.0.1:1/v1?key=qu3ry-k3y",
            ],
            1,
        ),
        (&["translate", "a.fr.txt", "-v", "--endpoint", &with_user], 2),
    ];
    for (args, code) in commands {
        let done = run(&user, args);
        assert_eq!(done.code, code, "{args:?}: {}", done.stderr);
        for secret in ["pa55w0rd", "qu3ry-k3y"] {
            assert_silent(&done, secret, &format!("{args:?}"));
            assert_no_trace(&user, secret);
        }
    }
    let received = model.server.received_requests().await.unwrap();
    assert!(
        received
            .iter()
            .any(|request| request.url.as_str().contains("qu3ry-k3y"))
    );
}

/// "… or error": many servers repeat a wrong key in their refusal.
#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_repeats_the_key_does_not_make_us_show_it() {
    let user = User::new();
    user.write("a.fr.txt", FRENCH);
    let words = format!("Incorrect API key provided: {KEY}. See your account.");
    let error = serde_json::json!({"error": {"message": words, "type": "x"}});
    let page = format!("<html><title>{words}</title></html>");
    let refusal = serde_json::json!({"choices": [{"message": {"refusal": words}, "finish_reason": "stop"}]});
    let answers = [
        ResponseTemplate::new(400).set_body_json(&error),
        ResponseTemplate::new(401).set_body_json(&error),
        ResponseTemplate::new(402).set_body_json(&error),
        ResponseTemplate::new(404).set_body_json(&error),
        ResponseTemplate::new(413).set_body_json(&error),
        ResponseTemplate::new(500).set_body_json(&error),
        ResponseTemplate::new(502).set_body_string(&page),
        ResponseTemplate::new(200).set_body_json(&error),
        ResponseTemplate::new(200).set_body_string(&page),
        ResponseTemplate::new(200).set_body_string(&words),
        ResponseTemplate::new(200).set_body_json(&refusal),
    ];
    for (nth, answer) in answers.into_iter().enumerate() {
        let server = MockServer::start().await;
        Mock::given(any()).respond_with(answer).mount(&server).await;
        let url = format!("{}/v1", server.uri());
        user.configure(&format!("endpoint = '{url}'\nmodel = 'm'\napi_key = '{KEY}'\n"));
        let args = [
            "translate",
            "a.fr.txt",
            "-v",
            "--attempts",
            "1",
            "-o",
            "a.txt",
            "--report",
            "r.json",
        ];
        let done = run(&user, &args);
        assert_eq!(done.code, 1, "{nth}: {}", done.stderr);
        assert_silent(&done, KEY, &nth.to_string());
        assert_no_trace(&user, KEY);
    }
}

/// "… to the host it was configured for": a redirect is another host, and is not followed.
#[tokio::test(flavor = "multi_thread")]
async fn a_redirect_takes_neither_key_nor_text_along() {
    let (here, there) = (
        MockServer::start().await,
        Model::knowing(&[(FRENCH, RIGHT)]).await,
    );
    for status in [301, 302, 307, 308] {
        here.reset().await;
        let to =
            ResponseTemplate::new(status).insert_header("location", there.url() + "/chat/completions?a=b");
        Mock::given(any()).respond_with(to).mount(&here).await;
        let user = User::new();
        user.write("a.fr.txt", FRENCH);
        user.configure(&format!(
            "endpoint = '{}/v1'\nmodel = 'm'\napi_key = '{KEY}'\n",
            here.uri()
        ));
        let done = run(&user, &["translate", "a.fr.txt", "-v"]);
        assert_eq!(done.code, 1, "{}", done.stderr);
        assert!(done.stderr.contains("redirects to 127.0.0.1:"), "{}", done.stderr);
        assert_silent(&done, KEY, "redirect");
        assert_eq!(there.server.received_requests().await.unwrap().len(), 0);
        assert_eq!(here.received_requests().await.unwrap().len(), 1);
    }
}

/// "… never over plain HTTP beyond this machine." The address is one that documentation uses (RFC 5737): a request to it
/// would hang, and this ends at once.
#[test]
fn a_key_does_not_leave_this_machine_in_the_clear() {
    let user = User::new();
    user.write("a.fr.txt", FRENCH);
    for (file, variables) in ways("http://192.0.2.1/v1") {
        user.configure(&file);
        let done = outcome(&with(&user, &variables, &["translate", "a.fr.txt", "-v"]).assert());
        assert_eq!(done.code, 1, "{}", done.stderr);
        assert!(
            done.stderr.contains("192.0.2.1 over plain http"),
            "{}",
            done.stderr
        );
        assert_silent(&done, KEY, "plain http");
    }
}

/// "… never from a flag": the command line of a process can be read by all.
#[test]
fn no_flag_takes_a_key() {
    let user = User::new();
    for command in ["translate", "summarize", "batch", "doctor"] {
        for flag in ["--api-key", "--key", "--key-command"] {
            let done = run(&user, &[command, flag, KEY]);
            assert_eq!(done.code, 2, "{command} {flag}");
        }
        let help = run(&user, &[command, "--help"]).stdout.to_lowercase();
        assert!(!help.contains("-key") && help.contains("usage"), "{help}");
    }
}

/// "… refused if others may read it."
#[cfg(unix)]
#[test]
fn a_file_with_a_key_that_others_may_read_is_refused_before_anything_is_sent() {
    use std::os::unix::fs::PermissionsExt as _;
    let user = User::new();
    user.write("a.fr.txt", FRENCH);
    let path = user.home.path().join("config/fidele/config.toml");
    user.configure(&format!(
        "endpoint = 'http://127.0.0.1:1/v1'\nmodel = 'm'\napi_key = '{KEY}'\n"
    ));
    fs::set_permissions(&path, fs::Permissions::from_mode(0o604)).unwrap();
    let done = run(&user, &["translate", "a.fr.txt"]);
    assert_ne!(done.code, 0);
    assert!(
        done.stderr.contains("(mode 604); run: chmod 600 '"),
        "{}",
        done.stderr
    );
    assert_silent(&done, KEY, "mode");
    // Nor is it shown in what is wrong with the file.
    for broken in [
        format!("api_key = '{KEY}\n"),
        format!("api_key = {KEY}\n"),
        format!("api_key = ['{KEY}']\n"),
    ] {
        user.configure(&format!("endpoint = 'http://127.0.0.1:1/v1'\n{broken}"));
        let done = run(&user, &["translate", "a.fr.txt", "-v"]);
        assert_eq!(done.code, 2, "{}", done.stderr);
        assert_silent(&done, KEY, &broken);
    }
}

/// What `key_command` prints is a key or nothing: no part of it is in a message.
#[cfg(unix)]
#[test]
fn what_a_key_command_prints_is_never_shown() {
    let user = User::new();
    user.write("a.fr.txt", FRENCH);
    for command in [
        format!("echo {KEY}; exit 3"),
        format!("printf \"\\n{KEY}\\n\""),
        format!("printf \"{KEY}\\\\351\""),
        format!("printf \"{KEY}\\\\001x\""),
    ] {
        user.configure(&format!(
            "endpoint = 'http://127.0.0.1:1/v1'\nmodel = 'm'\nkey_command = '{command}'\n"
        ));
        let done = run(&user, &["translate", "a.fr.txt", "-v"]);
        assert_eq!(done.code, 1, "{command}: {}", done.stderr);
        assert_silent(&done, KEY, &command);
    }
}

/// "Cached answers are readable by you alone (mode 0600) … `--ephemeral` keeps none."
#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn what_is_kept_is_for_its_owner_and_ephemeral_keeps_nothing() {
    use std::os::unix::fs::PermissionsExt as _;
    let model = Model::knowing(&[(FRENCH, RIGHT)]).await;
    let user = User::new();
    user.write("a.fr.txt", FRENCH);
    user.configure(&format!("endpoint = '{}'\nmodel = 'm'\n", model.url()));
    let cache = user.home.path().join("cache");
    assert_eq!(run(&user, &["translate", "a.fr.txt", "--ephemeral"]).code, 0);
    assert!(files(&cache).is_empty());
    assert_eq!(run(&user, &["translate", "a.fr.txt"]).code, 0);
    let kept = files(&cache);
    assert_eq!(kept.len(), 1);
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&kept[0]), 0o600);
    let folders = kept[0].ancestors().skip(1).take_while(|folder| **folder != cache);
    for folder in folders {
        assert_eq!(mode(folder), 0o700, "{}", folder.display());
    }
}

/// "Answers are bounded in size": a server that sends for ever is given up, whatever it announces.
#[test]
fn a_server_cannot_fill_the_memory() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/v1", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let _ = stream.read(&mut [0; 4096]);
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n");
            // Until the other side has had enough.
            while stream.write_all(&[b'a'; 8_192]).is_ok() {}
        }
    });
    let user = User::new();
    user.write("a.fr.txt", FRENCH);
    user.configure(&format!("endpoint = '{url}'\nmodel = 'm'\n"));
    let done = run(&user, &["translate", "a.fr.txt", "--attempts", "1"]);
    assert_eq!(done.code, 1, "{}", done.stderr);
    assert!(done.stderr.contains("more than 32 MiB"), "{}", done.stderr);
}
