//! Answers that come in pieces: asked for when the user says so or a silent connection was cut, and never kept by half.
#![cfg(feature = "pipeline")]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

#[path = "support/raw.rs"]
mod raw;
#[path = "support/requests.rs"]
mod requests;

use std::sync::{Arc, Mutex};
use std::time::Duration;

use fidele::ask::{Desk, Incomplete};
use fidele::endpoint::http::{Http, HttpSettings};
use fidele::endpoint::stream::{Delivery, Streaming};
use fidele::endpoint::{Completion, Endpoint as _, EndpointError, InVain, Usage};
use fidele::event::nobody;
use fidele::journal::Journal;
use raw::http;
use requests::{hasty, listened, request};
use serde_json::{Value, json};
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpListener;

/// A server that answers the body of each request as it is told; nothing closes the connection without a word.
struct Server {
    base_url: String,
    bodies: Arc<Mutex<Vec<Value>>>,
}

impl Server {
    async fn answering(answer: impl Fn(&Value) -> Option<String> + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base_url = format!("http://{}/v1", listener.local_addr().unwrap());
        let bodies = Arc::new(Mutex::new(Vec::new()));
        let (answer, seen) = (Arc::new(answer), Arc::clone(&bodies));
        tokio::spawn(async move {
            loop {
                let (mut stream, _) = listener.accept().await.unwrap();
                let (answer, seen) = (Arc::clone(&answer), Arc::clone(&seen));
                tokio::spawn(async move {
                    let body: Value = serde_json::from_str(&raw::receive(&mut stream).await).unwrap();
                    seen.lock().unwrap().push(body.clone());
                    if let Some(answer) = answer(&body) {
                        stream.write_all(answer.as_bytes()).await.unwrap();
                    }
                });
            }
        });
        Self { base_url, bodies }
    }

    /// For each request, whether pieces were asked for.
    fn streams(&self) -> Vec<bool> {
        let bodies = self.bodies.lock().unwrap();
        bodies.iter().map(|body| body["stream"] == true).collect()
    }
}

const PIECES: &str = "data: {\"choices\":[{\"delta\":{\"content\":\"Hel\"},\"finish_reason\":null}]}\n\n\
    data: {\"choices\":[{\"delta\":{\"content\":\"lo.\"},\"finish_reason\":\"stop\"}]}\n\n\
    data: {\"choices\":[],\"usage\":{\"prompt_tokens\":20,\"completion_tokens\":7}}\n\n\
    data: [DONE]\n\n";

fn whole() -> String {
    http("200 OK", &requests::completion("Hello.", "stop").to_string())
}

fn settings(server: &Server, stream: Streaming) -> HttpSettings {
    HttpSettings {
        stream,
        ..hasty(&server.base_url)
    }
}

fn is_streamed(body: &Value) -> bool {
    body["stream"] == true
}

#[tokio::test]
async fn who_asks_for_pieces_is_sent_the_whole_in_the_end() {
    let server = Server::answering(|_| Some(http("200 OK", PIECES))).await;
    let (http, _) = listened(settings(&server, Streaming::On));
    let completion = http.complete(&request("Bonjour.")).await.unwrap();
    assert_eq!(completion.text, "Hello.");
    assert_eq!(completion.usage, Usage { input: 20, output: 7 });
    let body = &server.bodies.lock().unwrap()[0];
    assert_eq!(body["stream_options"], json!({"include_usage": true}));
}

#[tokio::test]
async fn a_connection_that_is_cut_while_it_is_silent_is_asked_for_pieces_from_then_on() {
    // A proxy that is not patient enough for a whole answer.
    let impatient = |body: &Value| is_streamed(body).then(|| http("200 OK", PIECES));
    let gateway = |body: &Value| {
        let answer = if is_streamed(body) {
            http("200 OK", PIECES)
        } else {
            http("504 Gateway Timeout", "")
        };
        Some(answer)
    };
    let servers = [
        Server::answering(impatient).await,
        Server::answering(gateway).await,
    ];
    for server in servers {
        let mut settings = settings(&server, Streaming::Auto);
        settings.timeouts.cut = Duration::ZERO;
        let (http, heard) = listened(settings);
        for _ in 0..2 {
            assert_eq!(http.complete(&request("Bonjour.")).await.unwrap().text, "Hello.");
        }
        assert_eq!(server.streams(), [false, true, true]);
        assert_eq!(heard.remarks().len(), 1);
        assert_eq!(http.quirks().delivery, Delivery::Pieces);
    }
}

#[tokio::test]
async fn a_connection_that_is_cut_at_once_was_not_cut_for_its_silence() {
    for stream in [Streaming::Auto, Streaming::Off] {
        let server = Server::answering(|_| None).await;
        let mut settings = settings(&server, stream);
        if stream == Streaming::Off {
            settings.timeouts.cut = Duration::ZERO;
        }
        let (http, _) = listened(settings);
        http.complete(&request("Bonjour.")).await.unwrap_err();
        assert_eq!(server.streams(), [false; 3], "{stream:?}");
    }
}

#[tokio::test]
async fn who_takes_no_pieces_is_asked_otherwise_once() {
    let no_count =
        json!({"detail": [{"loc": ["body", "stream_options"], "msg": "Extra inputs are not permitted"}]});
    let no_count = http("422 Unprocessable Entity", &no_count.to_string());
    let server = Server::answering(move |body| {
        let is_refused = body.get("stream_options").is_some();
        Some(if is_refused {
            no_count.clone()
        } else {
            http("200 OK", PIECES)
        })
    })
    .await;
    let (http, _) = listened(settings(&server, Streaming::On));
    for _ in 0..2 {
        assert_eq!(http.complete(&request("Bonjour.")).await.unwrap().text, "Hello.");
    }
    assert_eq!(server.streams(), [true, true, true]);

    let none = r#"{"error":{"message":"stream is not supported","param":"stream"}}"#;
    let server = Server::answering(|body| {
        let refused = raw::http("400 Bad Request", none);
        Some(if is_streamed(body) { refused } else { whole() })
    })
    .await;
    let (http, _) = listened(settings(&server, Streaming::On));
    for _ in 0..2 {
        assert_eq!(http.complete(&request("Bonjour.")).await.unwrap().text, "Hello.");
    }
    assert_eq!(server.streams(), [true, false, false]);
}

/// One piece is missing, and the connection ends as if all were well.
#[tokio::test]
async fn a_stream_that_is_cut_is_asked_for_again_and_never_kept() {
    let cut = PIECES.split_inclusive("\n\n").next().unwrap();
    let server = Server::answering(|_| Some(http("200 OK", cut))).await;
    let folder = tempfile::tempdir().unwrap();
    let journal = Journal::in_folder(folder.path()).unwrap();
    let endpoint = Http::new(settings(&server, Streaming::On), nobody()).unwrap();
    let desk = Desk::new(endpoint, journal, nobody());
    let read = |_: &Completion| -> Result<fidele::reply::English, Incomplete> { panic!("it is no answer") };
    let error = desk.ask(&request("Bonjour."), read).await.unwrap_err();
    assert!(error.to_string().contains("the answer breaks off"), "{error}");
    assert_eq!(server.streams(), [true; 3]);
    assert_eq!(Journal::holdings(folder.path()).unwrap().entries, 0);
    let receipt = desk.receipt();
    assert_eq!((receipt.requests, receipt.retries, receipt.wasted), (1, 2, 3));
}

#[tokio::test]
async fn an_error_among_the_pieces_is_an_error() {
    let begun = PIECES.split_inclusive("\n\n").next().unwrap();
    let error = "data: {\"error\":{\"message\":\"out of credit\",\"code\":402}}\n\n";
    let server = Server::answering(move |_| Some(http("200 OK", &format!("{begun}{error}")))).await;
    let (http, _) = listened(settings(&server, Streaming::On));
    let error = http.complete(&request("Bonjour.")).await.unwrap_err();
    assert!(matches!(error, EndpointError::Quota { .. }), "{error}");
}

/// The same request, however its answer comes, is one entry of the journal.
#[tokio::test]
async fn how_an_answer_comes_does_not_tell_answers_apart() {
    let server = Server::answering(|_| None).await;
    let keys = |stream| {
        let http = Http::new(settings(&server, stream), nobody()).unwrap();
        http.identities(&request("Bonjour."))
    };
    assert_eq!(keys(Streaming::On), keys(Streaming::Off));
}

#[tokio::test]
async fn what_is_sent_again_is_counted() {
    let first = Mutex::new(true);
    let server = Server::answering(move |_| {
        let is_first = std::mem::take(&mut *first.lock().unwrap());
        let busy = raw::http("429 Too Many Requests", "{}");
        Some(if is_first { busy } else { whole() })
    })
    .await;
    let (http, _) = listened(hasty(&server.base_url));
    http.complete(&request("Bonjour.")).await.unwrap();
    let once = InVain {
        retries: 1,
        ..InVain::default()
    };
    assert_eq!(http.in_vain(), once);
}
