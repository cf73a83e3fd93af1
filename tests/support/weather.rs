//! A chat endpoint on loopback that translates one kind of sentence, and has bad days by a seed.
//!
//! Whether a request fails depends on the seed, its body and how often that body came, never on the order of arrival.

#![allow(dead_code, reason = "each test file uses its share")]

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hasher as _};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

/// What can go wrong with one request.
pub const FAULTS: [&str; 12] = [
    "429",
    "500",
    "503",
    "reset",
    "truncate",
    "slow",
    "malformed",
    "html",
    "empty",
    "length",
    "refusal",
    "hang",
];

/// A kind of weather.
#[derive(Debug, Clone, Default)]
pub struct Weather {
    /// Kinds of faults, each with its share of the requests.
    pub faults: Vec<(&'static str, f64)>,
    pub seed: u64,
    /// Whether every body comes through the second time.
    pub once: bool,
    pub latency: Duration,
    /// At most so much longer, by the body: so that answers do not come in step.
    pub jitter: Duration,
}

/// A French sentence of the kind the endpoint can translate.
pub fn french(n: usize) -> String {
    format!("Le rapport cite {n} communes de la région et leurs écoles.")
}

/// Its English.
pub fn english(n: usize) -> String {
    format!("The report cites {n} municipalities in the region and their schools.")
}

fn translated(text: &str) -> Option<String> {
    let n = text
        .strip_prefix("Le rapport cite ")?
        .split(' ')
        .next()?
        .parse()
        .ok()?;
    (text == french(n)).then(|| english(n))
}

#[derive(Default)]
struct Seen {
    requests: AtomicUsize,
    bodies: Mutex<HashMap<u64, u32>>,
}

pub struct Server {
    pub base_url: String,
    seen: Arc<Seen>,
}

impl Server {
    pub async fn serve(weather: Weather) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base_url = format!("http://{}/v1", listener.local_addr().unwrap());
        let seen = Arc::new(Seen::default());
        let shared = Arc::clone(&seen);
        tokio::spawn(async move {
            loop {
                let Ok((stream, _)) = listener.accept().await else {
                    continue;
                };
                let (weather, seen) = (weather.clone(), Arc::clone(&shared));
                tokio::spawn(async move {
                    let _ = converse(stream, &weather, &seen).await;
                });
            }
        });
        Self { base_url, seen }
    }

    pub fn requests(&self) -> usize {
        self.seen.requests.load(Ordering::SeqCst)
    }

    pub fn distinct(&self) -> usize {
        self.seen.bodies.lock().unwrap().len()
    }
}

fn hash(parts: impl std::hash::Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    parts.hash(&mut hasher);
    hasher.finish()
}

impl Weather {
    fn fault(&self, body: u64, attempt: u32) -> Option<&'static str> {
        if self.once && attempt > 1 {
            return None;
        }
        #[expect(clippy::cast_precision_loss, reason = "chance needs no more bits")]
        let mut chance = hash((self.seed, body, attempt)) as f64 / u64::MAX as f64;
        for (kind, share) in &self.faults {
            if chance < *share {
                return Some(kind);
            }
            chance -= share;
        }
        None
    }
}

async fn converse(mut stream: TcpStream, weather: &Weather, seen: &Seen) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    let mut bytes = Vec::new();
    loop {
        let Some(body) = receive(&mut stream, &mut bytes).await? else {
            return Ok(());
        };
        seen.requests.fetch_add(1, Ordering::SeqCst);
        let key = hash(&body);
        let attempt = {
            let mut bodies = seen.bodies.lock().unwrap();
            let attempt = bodies.entry(key).or_default();
            *attempt += 1;
            *attempt
        };
        let share = u32::try_from(key % 1_000).unwrap_or_default();
        tokio::time::sleep(weather.latency + weather.jitter * share / 1_000).await;
        let asked: Value = serde_json::from_slice(&body).unwrap_or_default();
        let good = answer(&asked);
        let said = |content: &str, finish: &str| completion(content, finish).to_string();
        match weather.fault(key, attempt) {
            None => send(&mut stream, "200 OK", "", &said(&good, "stop")).await?,
            Some("429") => {
                let error = r#"{"error":{"message":"slow down","code":"rate_limit_exceeded"}}"#;
                send(
                    &mut stream,
                    "429 Too Many Requests",
                    "retry-after-ms: 20\r\n",
                    error,
                )
                .await?;
            }
            Some("500") => send(&mut stream, "500 Internal Server Error", "", "{}").await?,
            Some("503") => send(&mut stream, "503 Service Unavailable", "", "busy").await?,
            Some("reset") => return Ok(()),
            Some("truncate") => {
                let whole = said(&good, "stop");
                let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n", whole.len());
                stream.write_all(head.as_bytes()).await?;
                return stream.write_all(&whole.as_bytes()[..whole.len() / 2]).await;
            }
            Some("slow") => {
                let whole = said(&good, "stop");
                let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n", whole.len());
                stream.write_all(head.as_bytes()).await?;
                let (first, rest) = whole.as_bytes().split_at(20);
                for byte in first {
                    stream.write_all(&[*byte]).await?;
                    tokio::time::sleep(Duration::from_millis(1)).await;
                }
                stream.write_all(rest).await?;
            }
            Some("malformed") => {
                let whole = said(&good, "stop");
                send(&mut stream, "200 OK", "", &whole[..whole.len() / 2]).await?;
            }
            Some("html") => {
                let page = "<!doctype html><html><title>Sign in</title></html>";
                send(&mut stream, "200 OK", "", page).await?;
            }
            Some("empty") => send(&mut stream, "200 OK", "", &said("", "stop")).await?,
            Some("length") => {
                let half: String = good.chars().take(good.chars().count() / 2).collect();
                send(&mut stream, "200 OK", "", &said(&half, "length")).await?;
            }
            Some("refusal") => {
                let words = "I'm sorry, but I can't help with that request.";
                send(&mut stream, "200 OK", "", &said(words, "stop")).await?;
            }
            Some(_) => std::future::pending().await,
        }
    }
}

fn completion(content: &str, finish: &str) -> Value {
    json!({
        "choices": [{"message": {"role": "assistant", "content": content}, "finish_reason": finish}],
        "usage": {"prompt_tokens": 100, "completion_tokens": 50},
    })
}

/// The English of every segment of the prompt that it knows, in the shape asked for.
fn answer(asked: &Value) -> String {
    let prompt = asked["messages"][1]["content"].as_str().unwrap_or_default();
    let known = prompt.split("<fr-").skip(1).filter_map(|part| {
        let (mark, rest) = part.split_once(" id=\"")?;
        let (id, rest) = rest.split_once("\">")?;
        let (text, _) = rest.split_once("</fr-")?;
        Some((mark, id, translated(text)?))
    });
    if asked["response_format"].is_object() {
        let segments: Vec<Value> = known
            .map(|(_, id, text)| json!({"id": id, "text": text}))
            .collect();
        return json!({ "segments": segments }).to_string();
    }
    let tags: Vec<String> = known
        .map(|(mark, id, text)| format!("<en-{mark} id=\"{id}\">{text}</en-{mark}>"))
        .collect();
    tags.join("\n")
}

async fn send(stream: &mut TcpStream, status: &str, headers: &str, body: &str) -> std::io::Result<()> {
    let answer = format!(
        "HTTP/1.1 {status}\r\n{headers}content-length: {}\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(answer.as_bytes()).await
}

/// The body of the next request of a connection; none at its end.
async fn receive(stream: &mut TcpStream, bytes: &mut Vec<u8>) -> std::io::Result<Option<Vec<u8>>> {
    loop {
        if let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            let head = String::from_utf8_lossy(&bytes[..end]).to_ascii_lowercase();
            let length = head
                .lines()
                .find_map(|line| line.strip_prefix("content-length:")?.trim().parse().ok())
                .unwrap_or(0_usize);
            if bytes.len() >= end + 4 + length {
                let body = bytes[end + 4..end + 4 + length].to_vec();
                bytes.drain(..end + 4 + length);
                return Ok(Some(body));
            }
        }
        if stream.read_buf(bytes).await? == 0 {
            return Ok(None);
        }
    }
}
