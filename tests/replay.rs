//! Recordings: made, found again by text, served over HTTP; and the probe that finds servers.
#![cfg(feature = "pipeline")]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

#[path = "support/raw.rs"]
mod raw;
#[path = "support/requests.rs"]
mod requests;
#[path = "support/scripted.rs"]
mod scripted;

use std::fs;

use fidele::ask::{AskError, Desk, Incomplete};
use fidele::endpoint::probe::{Candidate, discover_within};
use fidele::endpoint::recording::{Recordable, Recorder, Recording, RecordingError, Recordings};
use fidele::endpoint::replay::Replay;
use fidele::endpoint::{Completion, Endpoint, EndpointError, ModelInfo, Request, Shape};
use fidele::journal::Journal;
use raw::{Act, Raw};
use requests::{FOREVER, Heard, about, listened};
use scripted::{Scripted, says};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::net::TcpListener;
use wiremock::matchers::{method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

/// The English of each segment, by id.
#[derive(Debug, PartialEq)]
struct Segments(Vec<(String, Value)>);

impl Recordable for Segments {
    fn replies(&self) -> Vec<(String, Value)> {
        self.0.clone()
    }
}

fn segments(completion: &Completion) -> Result<Segments, Incomplete> {
    let answer: Value =
        serde_json::from_str(&completion.text).map_err(|error| Incomplete(error.to_string()))?;
    let list = answer["segments"]
        .as_array()
        .ok_or_else(|| Incomplete("no segments".to_owned()))?;
    let segment = |segment: &Value| {
        (
            segment["id"].as_str().unwrap().to_owned(),
            segment["text"].clone(),
        )
    };
    Ok(Segments(list.iter().map(segment).collect()))
}

fn info() -> ModelInfo {
    ModelInfo {
        host: "api.example.org".to_owned(),
        model: "some-model".to_owned(),
        local: false,
        recorded: false,
    }
}

/// Recordings of some texts.
fn recorded(task: &str, replies: &[(&str, Value)]) -> (TempDir, Recordings) {
    let folder = TempDir::new().unwrap();
    let recorder = Recorder::in_folder(folder.path()).unwrap();
    for (text, reply) in replies {
        let subject = about(task, 1, &[("b1", text)]).subject;
        recorder
            .keep(&subject, vec![("b1".to_owned(), reply.clone())], &info())
            .unwrap();
    }
    let recordings = Recordings::from_folder(folder.path()).unwrap();
    (folder, recordings)
}

async fn ask(recordings: Recordings, request: &Request) -> Result<Completion, EndpointError> {
    let replay = Replay::serve(recordings).await.unwrap();
    let (http, _) = listened(replay.settings());
    tokio::time::timeout(FOREVER, http.complete(request))
        .await
        .unwrap()
}

#[tokio::test]
async fn recordings_answer_by_text_in_any_grouping_and_under_any_id() {
    let (_folder, recordings) = recorded(
        "translate",
        &[
            ("Bonjour.", "Hello.".into()),
            ("Le chat dort.", "The cat sleeps.".into()),
        ],
    );
    let both = about("translate", 1, &[("b7", "Le chat dort."), ("b9", "Bonjour.")]);
    let completion = ask(recordings.clone(), &both).await.unwrap();
    assert_eq!(completion.shape, Shape::Json);
    assert_eq!(
        segments(&completion).unwrap().0,
        [
            ("b7".to_owned(), json!("The cat sleeps.")),
            ("b9".to_owned(), json!("Hello."))
        ]
    );
    let mut reworded = about("translate", 1, &[("b1", "Bonjour.")]);
    reworded.system = "Other words.".to_owned();
    assert!(ask(recordings, &reworded).await.is_ok());
}

#[tokio::test]
async fn an_object_is_a_whole_answer() {
    let reply = json!({"sentences": [{"text": "A cat sleeps.", "cites": ["b1"]}]});
    let task = "summarize paragraph 50 words";
    let (_folder, recordings) = recorded(task, &[("Le chat dort.", reply.clone())]);
    let completion = ask(recordings, &about(task, 1, &[("article", "Le chat dort.")]))
        .await
        .unwrap();
    assert_eq!(serde_json::from_str::<Value>(&completion.text).unwrap(), reply);
}

#[tokio::test]
async fn no_recording_is_an_error_and_never_a_near_match() {
    let (_folder, recordings) = recorded("translate", &[("Bonjour.", "Hello.".into())]);
    let near = [
        about("translate", 1, &[("b1", "Bonjour !")]),
        about("translate", 1, &[("b1", "Bonjour. ")]),
        about("translate", 2, &[("b1", "Bonjour.")]),
        about("summarize", 1, &[("b1", "Bonjour.")]),
        about("translate", 1, &[("b1", "Bonjour."), ("b2", "Le chat dort.")]),
    ];
    for request in near {
        let error = ask(recordings.clone(), &request).await.unwrap_err();
        assert!(matches!(error, EndpointError::NoRecording { .. }), "{error}");
    }
    let far = about("translate", 1, &[("b1", "Bonjour."), ("b2", "Le chat dort.")]);
    let error = ask(recordings.clone(), &far).await.unwrap_err();
    assert!(
        error
            .to_string()
            .contains("translate, attempt 1, b2: Le chat dort."),
        "{error}"
    );
    assert!(recordings.contains("translate", 1, "Bonjour."));
    assert!(!recordings.contains("translate", 2, "Bonjour."));
}

#[tokio::test]
async fn what_is_said_of_a_recording_comes_with_the_answer() {
    let (folder, _) = recorded("translate", &[("75 £", "£75".into())]);
    let file = fs::read_dir(folder.path())
        .unwrap()
        .next()
        .unwrap()
        .unwrap()
        .path();
    let mut recording: Recording = serde_json::from_slice(&fs::read(&file).unwrap()).unwrap();
    recording.reply = "€85".into();
    recording.remark = Some("altered to show the check".to_owned());
    fs::write(&file, serde_json::to_vec(&recording).unwrap()).unwrap();
    let replay = Replay::serve(Recordings::from_folder(folder.path()).unwrap())
        .await
        .unwrap();
    let (http, _) = listened(replay.settings());
    assert!(http.info().recorded);
    assert_eq!(http.info().host, "recordings");
    let completion = http
        .complete(&about("translate", 1, &[("b1", "75 £")]))
        .await
        .unwrap();
    assert!(completion.text.contains("€85"));
    assert_eq!(completion.remarks, ["altered to show the check"]);
}

#[tokio::test]
async fn what_was_recorded_is_replayed() {
    let folder = TempDir::new().unwrap();
    let answer =
        json!({"segments": [{"id": "b1", "text": "Hello."}, {"id": "b2", "text": "The cat sleeps."}]});
    let model = Scripted::new([Ok(says(&answer.to_string(), Shape::Json))]);
    let request = about("translate", 1, &[("b1", "Bonjour."), ("b2", "Le chat dort.")]);
    let recorder = Recorder::in_folder(folder.path()).unwrap();
    let desk = Desk::new(model, Journal::in_memory(), Heard::default().listener()).recorded_by(recorder);
    let from_model = desk.ask(&request, segments).await.unwrap();

    let replay = Replay::serve(Recordings::from_folder(folder.path()).unwrap())
        .await
        .unwrap();
    let (http, heard) = listened(replay.settings());
    let kept = TempDir::new().unwrap();
    let journal = Journal::in_folder(kept.path()).unwrap();
    let desk = Desk::new(http, journal, heard.listener());
    for _ in 0..2 {
        assert_eq!(desk.ask(&request, segments).await.unwrap(), from_model);
    }
    assert_eq!(
        desk.receipt().from_journal,
        0,
        "recordings are not kept a second time"
    );

    let repair = about("translate", 2, &[("b1", "Bonjour.")]);
    let error = desk.ask(&repair, segments).await.unwrap_err();
    assert!(
        matches!(error, AskError::Endpoint(EndpointError::NoRecording { .. })),
        "{error}"
    );
    assert!(!error.stops_the_run());
}

#[tokio::test]
async fn answers_from_the_journal_are_recorded_too() {
    let folder = TempDir::new().unwrap();
    let kept = TempDir::new().unwrap();
    let answer = json!({"segments": [{"id": "b1", "text": "Hello."}]}).to_string();
    let request = about("translate", 1, &[("b1", "Bonjour.")]);
    let journal = || Journal::in_folder(kept.path()).unwrap();
    let model = Scripted::new([Ok(says(&answer, Shape::Json))]);
    Desk::new(model, journal(), Heard::default().listener())
        .ask(&request, segments)
        .await
        .unwrap();
    let recorder = Recorder::in_folder(folder.path()).unwrap();
    let desk = Desk::new(Scripted::new([]), journal(), Heard::default().listener()).recorded_by(recorder);
    desk.ask(&request, segments).await.unwrap();
    let recordings = Recordings::from_folder(folder.path()).unwrap();
    assert!(recordings.contains("translate", 1, "Bonjour."));
}

#[test]
fn replies_to_what_was_not_asked_are_not_recorded() {
    let folder = TempDir::new().unwrap();
    let recorder = Recorder::in_folder(folder.path()).unwrap();
    let subject = about("translate", 1, &[("b1", "Bonjour.")]).subject;
    let replies = vec![
        ("b2".to_owned(), "What?".into()),
        ("b1".to_owned(), "Hello.".into()),
    ];
    recorder.keep(&subject, replies, &info()).unwrap();
    let recordings = Recordings::from_folder(folder.path()).unwrap();
    assert_eq!(recordings.len(), 1);
    let recording = recordings.find("translate", 1, "Bonjour.").unwrap();
    assert_eq!(
        (&recording.reply, recording.model.as_str()),
        (&json!("Hello."), "some-model")
    );
}

#[test]
fn files_that_are_no_recordings_are_named() {
    let (folder, _) = recorded("translate", &[("Bonjour.", "Hello.".into())]);
    let file = fs::read_dir(folder.path())
        .unwrap()
        .next()
        .unwrap()
        .unwrap()
        .path();
    let misplaced = folder.path().join("hello.json");
    fs::rename(&file, &misplaced).unwrap();
    let error = Recordings::from_folder(folder.path()).unwrap_err();
    assert!(
        matches!(&error, RecordingError::Misplaced { path, .. } if *path == misplaced),
        "{error}"
    );
    fs::write(&misplaced, "{").unwrap();
    assert!(matches!(
        Recordings::from_folder(folder.path()),
        Err(RecordingError::Form { .. })
    ));
    fs::remove_file(&misplaced).unwrap();
    fs::write(folder.path().join("README.md"), "notes").unwrap();
    assert!(Recordings::from_folder(folder.path()).unwrap().is_empty());
    assert!(matches!(
        Recordings::from_folder(&folder.path().join("none")),
        Err(RecordingError::Read { .. })
    ));
}

#[tokio::test]
async fn a_replay_without_a_subject_says_what_it_is() {
    let (_folder, recordings) = recorded("translate", &[("Bonjour.", "Hello.".into())]);
    let replay = Replay::serve(recordings).await.unwrap();
    let (http, _) = listened(requests::hasty(replay.base_url()));
    let error = http
        .complete(&about("translate", 1, &[("b1", "Bonjour.")]))
        .await
        .unwrap_err();
    assert!(
        matches!(&error, EndpointError::Rejected { status: 400, .. }),
        "{error}"
    );
    assert!(error.to_string().contains("replays recordings"), "{error}");
}

#[tokio::test]
async fn a_replay_answers_hundreds_of_requests_at_once() {
    let (_folder, recordings) = recorded("translate", &[("Bonjour.", "Hello.".into())]);
    let replay = Replay::serve(recordings).await.unwrap();
    let (http, _) = listened(fidele::endpoint::http::HttpSettings {
        at_once: 64,
        ..replay.settings()
    });
    let request = about("translate", 1, &[("b1", "Bonjour.")]);
    let answers = futures::future::join_all((0..300).map(|_| http.complete(&request)));
    for answer in tokio::time::timeout(FOREVER, answers).await.unwrap() {
        assert!(answer.unwrap().text.contains("Hello."));
    }
}

#[tokio::test]
async fn only_servers_that_list_models_are_found() {
    let (_folder, recordings) = recorded("translate", &[]);
    let replay = Replay::serve(recordings).await.unwrap();
    let replay_port = replay
        .base_url()
        .split([':', '/'])
        .nth(4)
        .unwrap()
        .parse()
        .unwrap();

    let models = json!({"object": "list", "data": [
        {"id": "qwen2.5:14b", "owned_by": "library"},
        {"id": "nomic-embed-text:latest", "owned_by": "library"},
    ]});
    let ollama = MockServer::start().await;
    Mock::given(method("GET"))
        .and(path("/v1/models"))
        .respond_with(ResponseTemplate::new(200).set_body_json(models))
        .mount(&ollama)
        .await;
    let page = Raw::serve(Act::Send(raw::http("200 OK", "<html>My router</html>"))).await;
    let elsewhere = Raw::serve(Act::Send("SSH-2.0-Something\r\n".to_owned())).await;
    let closed = TcpListener::bind("127.0.0.1:0")
        .await
        .unwrap()
        .local_addr()
        .unwrap()
        .port();

    let candidate = |port| Candidate { server: "vLLM", port };
    let ports = [
        closed,
        page.port,
        ollama.address().port(),
        elsewhere.port,
        replay_port,
    ];
    let candidates: Vec<_> = ports.into_iter().map(candidate).collect();
    let found = discover_within(&candidates, FOREVER).await;
    let seen: Vec<_> = found
        .iter()
        .map(|it| (it.server.as_str(), it.base_url.clone(), it.models.join(" ")))
        .collect();
    let expected = [
        ("Ollama", format!("{}/v1", ollama.uri()), "qwen2.5:14b".to_owned()),
        ("vLLM", replay.base_url(), "recorded".to_owned()),
    ];
    assert_eq!(seen, expected);
}

#[tokio::test]
async fn nobody_waits_for_a_silent_port() {
    let silent = Raw::serve(Act::Silence).await;
    let candidate = Candidate {
        server: "vLLM",
        port: silent.port,
    };
    let at_most = std::time::Duration::from_millis(50);
    let found = tokio::time::timeout(FOREVER, discover_within(&[candidate], at_most)).await;
    assert_eq!(found.expect("the time is up"), []);
}
