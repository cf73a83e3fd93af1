//! How long summaries in layers take against a server of 200 ms, beside the ideal of their own call graph.
//!
//! `cargo bench --bench summaries` prints a table: 64 articles, 16 at once, 16 requests at once; each article is too long
//! for one request, so that its parts are asked for first and the merge as soon as they are there. Ideal is a schedule of
//! the same calls by a machine that needs no time of its own. Server and client share one process. Without `--bench` it
//! runs once, small and fast, to show that it runs.
#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a bench prints its table, or ends"
)]

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use fidele::article::{Article, Format};
use fidele::ask::Desk;
use fidele::endpoint::http::{Http, HttpSettings};
use fidele::event::nobody;
use fidele::job::{Job, Want};
use fidele::journal::Journal;
use fidele::prompt::{English, Length, Prompts};
use fidele::summary::LONGEST;
use fidele::tokens::{Tokenizer as _, Tokens, Words};
use fidele::translate::Translator;
use fidele::verify::Checker;
use futures::stream::{self, StreamExt as _};
use serde_json::json;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio_util::sync::CancellationToken;

/// Parts of an article.
const PARTS: usize = 2;

/// Answers every request with one sentence that the first passage of every part bears out, after a while.
struct Server {
    base_url: String,
    asked: Arc<AtomicUsize>,
}

impl Server {
    async fn start(latency: Duration) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base_url = format!("http://{}/v1", listener.local_addr().unwrap());
        let asked = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&asked);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, latency, Arc::clone(&count)));
            }
        });
        Self { base_url, asked }
    }
}

async fn serve(mut stream: TcpStream, latency: Duration, asked: Arc<AtomicUsize>) {
    let sentences =
        json!({ "sentences": [{ "id": "s1", "text": "Water was lost in the night.", "cites": ["b1"] }] });
    let body = json!({
        "choices": [{ "message": { "content": sentences.to_string() }, "finish_reason": "stop" }],
        "usage": { "prompt_tokens": 1, "completion_tokens": 1 },
    })
    .to_string();
    let head = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    let mut received: Vec<u8> = Vec::new();
    let mut buffer = vec![0; 64 * 1024];
    loop {
        let whole = loop {
            if let Some(whole) = request_len(&received).filter(|len| received.len() >= *len) {
                break whole;
            }
            match stream.read(&mut buffer).await {
                Ok(0) | Err(_) => return,
                Ok(read) => received.extend_from_slice(&buffer[..read]),
            }
        };
        received.drain(..whole);
        asked.fetch_add(1, Ordering::Relaxed);
        tokio::time::sleep(latency).await;
        if stream
            .write_all(format!("{head}{body}").as_bytes())
            .await
            .is_err()
        {
            return;
        }
    }
}

/// How long the first request of these bytes is, once its head is there.
fn request_len(bytes: &[u8]) -> Option<usize> {
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n")? + 4;
    let head = String::from_utf8_lossy(&bytes[..end]).to_lowercase();
    let length = head
        .split("content-length:")
        .nth(1)?
        .split("\r\n")
        .next()?
        .trim()
        .parse::<usize>()
        .ok()?;
    Some(end + length)
}

/// An article of [`PARTS`] parts.
fn article(nth: usize) -> String {
    let Tokens(longest) = LONGEST;
    let mut text = String::new();
    for line in 0.. {
        let paragraph = format!(
            "De l'eau a été perdue dans la nuit : le rapport {nth} de la régie, page {line}, dit que les habitants de la \
             commune l'avaient signalé à la mairie bien avant que la presse n'en parle.\n\n"
        );
        text.push_str(&paragraph);
        if line % 20 == 0 && Words.count(&text).0 as usize > longest as usize * (PARTS - 1) + 1_500 {
            break;
        }
    }
    text
}

/// The rounds of a machine that needs no time of its own: `articles`, so many `at_once` of them and of their requests.
fn rounds(articles: usize, at_once: usize) -> usize {
    // How many parts of each open article are left, and whether its merge is done.
    let mut queue: VecDeque<(usize, bool)> = VecDeque::new();
    let mut left = vec![PARTS; articles];
    let (mut opened, mut done, mut rounds) = (0, 0, 0);
    while done < articles {
        while opened < articles && opened - done < at_once {
            queue.extend((0..PARTS).map(|_| (opened, false)));
            opened += 1;
        }
        let now: Vec<(usize, bool)> = (0..at_once).filter_map(|_| queue.pop_front()).collect();
        rounds += 1;
        for (article, is_merge) in now {
            if is_merge {
                done += 1;
                continue;
            }
            left[article] -= 1;
            if left[article] == 0 {
                queue.push_back((article, true));
            }
        }
    }
    rounds
}

async fn run(server: &Server, articles: usize, at_once: usize) -> Duration {
    let settings = HttpSettings {
        at_once,
        ..HttpSettings::new(&server.base_url, "m")
    };
    let http = Http::new(settings, nobody()).unwrap();
    let desk = Desk::new(http, Journal::nowhere(), nobody());
    let job = Job {
        translator: Translator {
            desk: Arc::new(desk),
            prompts: Arc::new(Prompts::embedded()),
            checker: Arc::new(Checker::default()),
            repairs: 2,
            at_once,
            stop: CancellationToken::new(),
        },
        tokenizer: Arc::new(Words),
        chunk_tokens: Tokens(1_200),
        english: English::British,
        style: None,
        terms: false,
        ask_model: false,
    };
    let parsed: Vec<Article> = (0..articles)
        .map(|nth| Article::parse(article(nth), Format::Text))
        .collect();
    let want = Want {
        translation: false,
        summary: Some(Length::default()),
    };
    let job = &job;
    let begin = Instant::now();
    let right = stream::iter(&parsed)
        .map(|article| async move {
            let done = job.run("a", article, want).await.unwrap();
            usize::from(
                done.report
                    .summary
                    .is_some_and(|summary| summary.sentences.len() == 1),
            )
        })
        .buffer_unordered(at_once)
        .fold(0, |sum, right| std::future::ready(sum + right))
        .await;
    let wall = begin.elapsed();
    assert_eq!(right, articles, "every article has its summary");
    wall
}

#[tokio::main]
async fn main() {
    let is_bench = std::env::args().any(|arg| arg == "--bench");
    let (articles, at_once, latency) = if is_bench {
        (64, 16, Duration::from_millis(200))
    } else {
        (4, 2, Duration::from_millis(5))
    };
    let server = Server::start(latency).await;
    let wall = run(&server, articles, at_once).await;
    let requests = server.asked.load(Ordering::Relaxed);
    assert_eq!(
        requests,
        articles * (PARTS + 1),
        "no call more than the graph has"
    );
    let ideal = latency * u32::try_from(rounds(articles, at_once)).unwrap();
    println!("articles  requests  seconds    ideal  ratio");
    println!(
        "{articles:>8}  {requests:>8}  {:>7.2}  {:>7.2}  {:>5.3}",
        wall.as_secs_f64(),
        ideal.as_secs_f64(),
        wall.as_secs_f64() / ideal.as_secs_f64()
    );
}
