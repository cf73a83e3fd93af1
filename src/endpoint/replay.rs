//! Recordings served over real HTTP on this machine, so that the whole path runs without a model.
//!
//! In: [`Recordings`]. Out: [`Replay`], an OpenAI-compatible server on a port of its own, and the settings of an
//! [`Http`](super::http::Http) that asks it. A request carries its [`Subject`] in the member `fidele`, since recordings
//! are found by text. The answer is composed from the recording of each segment.
//!
//! Laws: no recording is an error (`no_recording`), never a near match. Only loopback is listened on. What comes is
//! bounded: the head, the body, the time a client may be slow.
//!
//! The HTTP is written by hand: one method a route, bodies of known length, no TLS. A server crate would be a
//! dependency more for these hundred lines.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use serde::Deserialize;
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{JoinHandle, JoinSet};

use super::Subject;
use super::http::{Answers, HttpSettings, Reach};
use super::recording::Recordings;
use super::words::excerpt;

/// The name of the one model there is.
pub const MODEL: &str = "recorded";

const LONGEST_HEAD: u64 = 64 << 10;
const LONGEST_BODY: usize = 64 << 20;
const PATIENCE: Duration = Duration::from_mins(1);

/// A server of recordings; it ends when this is dropped.
#[derive(Debug)]
pub struct Replay {
    address: SocketAddr,
    serving: JoinHandle<()>,
}

impl Replay {
    /// Serves recordings on a free port of loopback, within the current Tokio runtime.
    ///
    /// # Errors
    /// No port can be opened.
    pub async fn serve(recordings: Recordings) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        let serving = tokio::spawn(serve(listener, Arc::new(recordings)));
        Ok(Self { address, serving })
    }

    /// `http://127.0.0.1:PORT/v1`
    #[must_use]
    pub fn base_url(&self) -> String {
        format!("http://{}/v1", self.address)
    }

    /// How to ask it.
    #[must_use]
    pub fn settings(&self) -> HttpSettings {
        HttpSettings {
            reach: Reach::ThisMachine,
            answers: Answers::Recordings,
            ..HttpSettings::new(self.base_url(), MODEL)
        }
    }
}

impl Drop for Replay {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

async fn serve(listener: TcpListener, recordings: Arc<Recordings>) {
    // Dropped with this task, and every connection with it.
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => {
                    let recordings = Arc::clone(&recordings);
                    connections.spawn(async move {
                        // A client that goes away or speaks no HTTP loses its connection and nothing else.
                        let _ = converse(stream, &recordings).await;
                    });
                }
                // Out of file handles, say: the next one may do.
                Err(_) => tokio::time::sleep(Duration::from_millis(10)).await,
            },
            Some(_) = connections.join_next() => {}
        }
    }
}

/// The requests of one connection, one after another.
async fn converse(stream: TcpStream, recordings: &Recordings) -> io::Result<()> {
    let mut stream = BufReader::new(stream);
    loop {
        let asked = tokio::time::timeout(PATIENCE, Asked::read(&mut stream)).await;
        let Ok(Some(asked)) = asked.map_err(|_| io::ErrorKind::TimedOut)? else {
            return Ok(());
        };
        let (status, body) = answer(&asked, recordings);
        let body = body.to_string();
        let head = format!(
            "HTTP/1.1 {status}\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n",
            body.len()
        );
        let stream = stream.get_mut();
        stream.write_all(head.as_bytes()).await?;
        stream.write_all(body.as_bytes()).await?;
        stream.flush().await?;
    }
}

/// One request.
struct Asked {
    method: String,
    path: String,
    body: Vec<u8>,
}

impl Asked {
    /// Reads a request; none where the client has gone, or where it is no HTTP within our bounds.
    async fn read(stream: &mut BufReader<TcpStream>) -> io::Result<Option<Self>> {
        let mut head = (&mut *stream).take(LONGEST_HEAD);
        let mut line = String::new();
        head.read_line(&mut line).await?;
        let mut words = line.split_whitespace().map(str::to_owned);
        let (Some(method), Some(path)) = (words.next(), words.next()) else {
            return Ok(None);
        };
        let mut length = 0;
        loop {
            let mut line = String::new();
            if head.read_line(&mut line).await? == 0 {
                return Ok(None);
            }
            if line.trim().is_empty() {
                break;
            }
            if let Some((name, value)) = line.split_once(':')
                && name.eq_ignore_ascii_case("content-length")
            {
                length = match value.trim().parse() {
                    Ok(length) if length <= LONGEST_BODY => length,
                    _ => return Ok(None),
                };
            }
        }
        let mut body = vec![0; length];
        stream.read_exact(&mut body).await?;
        Ok(Some(Self { method, path, body }))
    }
}

fn answer(asked: &Asked, recordings: &Recordings) -> (&'static str, Value) {
    match (asked.method.as_str(), asked.path.as_str()) {
        ("POST", "/v1/chat/completions") => completion(&asked.body, recordings),
        ("GET", "/v1/models") => {
            let model = json!({"id": MODEL, "object": "model", "owned_by": "fidele"});
            ("200 OK", json!({"object": "list", "data": [model]}))
        }
        _ => (
            "404 Not Found",
            error("not_found", "this server has /v1/chat/completions and /v1/models"),
        ),
    }
}

fn completion(body: &[u8], recordings: &Recordings) -> (&'static str, Value) {
    let body: Value = serde_json::from_slice(body).unwrap_or_default();
    let Ok(subject) = Subject::deserialize(&body["fidele"]) else {
        let message =
            "this server replays recordings; it needs the member `fidele` that says what is asked for";
        return ("400 Bad Request", error("no_subject", message));
    };
    match compose(&subject, recordings) {
        Ok((content, remarks)) => {
            let message = json!({"role": "assistant", "content": content});
            let answer = json!({
                "id": "recorded",
                "object": "chat.completion",
                "created": 0,
                "model": MODEL,
                "choices": [{"index": 0, "message": message, "finish_reason": "stop"}],
                "usage": {"prompt_tokens": 0, "completion_tokens": 0, "total_tokens": 0},
                "fidele_remarks": remarks,
            });
            ("200 OK", answer)
        }
        Err(what) => ("404 Not Found", error("no_recording", &what)),
    }
}

/// The answer to a subject, as a model would write it, and what is said of the recordings used. A recorded object is an
/// answer by itself; recorded strings are the English of segments, by id.
///
/// # Errors
/// What is not recorded: task, attempt and the first words.
fn compose(subject: &Subject, recordings: &Recordings) -> Result<(String, Vec<String>), String> {
    let mut segments = Vec::new();
    let mut whole = None;
    let mut remarks: Vec<String> = Vec::new();
    for piece in &subject.segments {
        let Some(recording) = recordings.find(&subject.task, subject.attempt, &piece.text) else {
            let words: String = piece.text.chars().take(60).collect();
            let words = excerpt(&words);
            return Err(format!(
                "{}, attempt {}, {}: {words}",
                subject.task, subject.attempt, piece.id
            ));
        };
        match &recording.reply {
            Value::String(text) => segments.push(json!({"id": piece.id, "text": text})),
            reply => whole = Some(reply),
        }
        remarks.extend(
            recording
                .remark
                .clone()
                .filter(|remark| !remarks.contains(remark)),
        );
    }
    let content = whole.cloned().unwrap_or_else(|| json!({"segments": segments}));
    Ok((content.to_string(), remarks))
}

fn error(code: &str, message: &str) -> Value {
    json!({"error": {"message": message, "type": "invalid_request_error", "param": null, "code": code}})
}
