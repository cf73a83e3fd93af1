//! A user with a home of their own, and a model that answers what the test says.

use std::collections::HashMap;
use std::fs;
use std::path::PathBuf;
use std::process::{Child, Stdio};

use assert_cmd::Command;
use assert_cmd::assert::Assert;
use serde_json::{Value, json};
use tempfile::TempDir;
use wiremock::matchers::{method, path};
use wiremock::{Mock, MockServer, Request, Respond, ResponseTemplate};

/// A user with an empty home and a working folder.
pub struct User {
    pub home: TempDir,
}

impl User {
    pub fn new() -> Self {
        let home = tempfile::tempdir().unwrap();
        fs::create_dir_all(home.path().join("work")).unwrap();
        fs::create_dir_all(home.path().join("config/fidele")).unwrap();
        Self { home }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.home.path().join("work").join(name)
    }

    pub fn write(&self, name: &str, text: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        path
    }

    pub fn configure(&self, text: &str) {
        let path = self.home.path().join("config/fidele/config.toml");
        fs::write(&path, text).unwrap();
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
        }
    }

    pub fn fidele(&self, args: &[&str]) -> Command {
        Command::from_std(self.command(args))
    }

    /// The same, to be looked at while it runs.
    pub fn spawn(&self, args: &[&str]) -> Child {
        let mut command = self.command(args);
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        command.spawn().unwrap()
    }

    fn command(&self, args: &[&str]) -> std::process::Command {
        let mut command = std::process::Command::new(assert_cmd::cargo::cargo_bin!("fidele"));
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
pub struct Outcome {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

pub fn outcome(assert: &Assert) -> Outcome {
    let output = assert.get_output();
    Outcome {
        code: output.status.code().unwrap_or(-1),
        stdout: String::from_utf8(output.stdout.clone()).unwrap(),
        stderr: String::from_utf8(output.stderr.clone()).unwrap(),
    }
}

pub fn run(user: &User, args: &[&str]) -> Outcome {
    outcome(&user.fidele(args).assert())
}

/// A model that knows the English of some French texts, by heart, and leaves out what it does not know.
pub struct Model {
    pub server: MockServer,
}

struct ByHeart(HashMap<String, String>);

impl Respond for ByHeart {
    fn respond(&self, request: &Request) -> ResponseTemplate {
        let body: Value = request.body_json().unwrap();
        let prompt = body["messages"][1]["content"].as_str().unwrap();
        let shape = &body["response_format"]["json_schema"]["schema"]["properties"];
        let answer = if shape["sentences"].is_object() {
            json!({"sentences": [{"id": "s1", "text": self.0["SUMMARY"], "cites": ["b1"]}]})
        } else {
            let segments = segments(prompt).filter_map(|(id, french)| {
                let english = self.0.get(french)?;
                Some(json!({"id": id, "text": english}))
            });
            json!({"segments": segments.collect::<Vec<_>>()})
        };
        ResponseTemplate::new(200).set_body_json(json!({
            "choices": [{"message": {"content": answer.to_string()}, "finish_reason": "stop"}],
            "usage": {"prompt_tokens": 100, "completion_tokens": 50},
        }))
    }
}

/// What a prompt asks for by id: segments, `<fr-MARK id="b1">…</fr-MARK>`, or names, `<name-MARK id="n1">…</name-MARK>`.
fn segments(prompt: &str) -> impl Iterator<Item = (&str, &str)> {
    prompt.split('<').filter_map(|part| {
        part.strip_prefix("fr-").or(part.strip_prefix("name-"))?;
        let (_, rest) = part.split_once("id=\"")?;
        rest.split_once("\">")
    })
}

impl Model {
    pub async fn knowing(pairs: &[(&str, &str)]) -> Self {
        let server = MockServer::start().await;
        let known = pairs
            .iter()
            .map(|(french, english)| ((*french).to_owned(), (*english).to_owned()));
        Mock::given(method("POST"))
            .and(path("/v1/chat/completions"))
            .respond_with(ByHeart(known.collect()))
            .mount(&server)
            .await;
        Mock::given(method("GET"))
            .and(path("/v1/models"))
            .respond_with(ResponseTemplate::new(200).set_body_json(json!({"data": [{"id": "only-one"}]})))
            .mount(&server)
            .await;
        Self { server }
    }

    pub fn url(&self) -> String {
        format!("{}/v1", self.server.uri())
    }

    pub fn port(&self) -> String {
        self.server.address().port().to_string()
    }

    /// How many times it was asked.
    pub async fn requests(&self) -> usize {
        let received = self.server.received_requests().await.unwrap();
        received
            .iter()
            .filter(|request| request.method.as_str() == "POST")
            .count()
    }
}
