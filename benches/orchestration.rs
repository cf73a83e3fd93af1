//! How much of the ideal a run achieves against a server of 200 ms, beside a bare loop of the same requests.
//!
//! `cargo bench --bench orchestration` prints a table: 64 articles of 8 requests each, so many at once, on good days and
//! with faults. Ideal is requests × latency ÷ at once; with faults the repeated requests count too, each as one latency, ÷
//! at once. Server and client share one process, so the figures are those of both. Answers are kept in a journal on
//! disk, as in life. Without `--bench` it runs once, small and fast, to show that it runs.
#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a bench prints its table, or ends"
)]

#[path = "../tests/support/weather.rs"]
mod weather;

use std::time::{Duration, Instant};

use fidele::article::{Article, Format};
use fidele::ask::Desk;
use fidele::endpoint::http::{Http, HttpSettings};
use fidele::event::nobody;
use fidele::job::{Job, Want};
use fidele::journal::Journal;
use fidele::prompt::{English, Prompts};
use fidele::tokens::{Tokens, Words};
use fidele::translate::Translator;
use fidele::verify::Checker;
use futures::stream::{self, StreamExt as _};
use tokio_util::sync::CancellationToken;
use weather::{Server, Weather, english, french};

const CHUNKS: usize = 8;

/// What providers do on a bad day: mostly refusals for want of room.
const FAULTS: [(&str, f64); 7] = [
    ("429", 0.08),
    ("500", 0.03),
    ("reset", 0.02),
    ("truncate", 0.02),
    ("malformed", 0.02),
    ("length", 0.02),
    ("empty", 0.01),
];

fn article(nth: usize) -> Vec<usize> {
    (0..CHUNKS).map(|chunk| 1_000 + nth * CHUNKS + chunk).collect()
}

fn text(article: &[usize], sentence: fn(usize) -> String) -> String {
    let lines: Vec<String> = article.iter().map(|n| sentence(*n)).collect();
    lines.join("\n\n")
}

/// Translates all articles; how many came out right, and how long it took.
async fn ours(server: &Server, articles: usize, at_once: usize) -> (usize, Duration) {
    let folder = tempfile::tempdir().unwrap();
    let http = Http::new(
        HttpSettings {
            at_once,
            ..HttpSettings::new(&server.base_url, "m")
        },
        nobody(),
    )
    .unwrap();
    let desk = Desk::new(http, Journal::in_folder(folder.path()).unwrap(), nobody());
    let (prompts, checker, stop) = (Prompts::embedded(), Checker::default(), CancellationToken::new());
    let job = Job {
        translator: Translator {
            desk: &desk,
            prompts: &prompts,
            checker: &checker,
            repairs: 2,
            at_once,
            stop: &stop,
        },
        tokenizer: &Words,
        chunk_tokens: Tokens(20),
        english: English::British,
        style: None,
        terms: false,
        ask_model: false,
    };
    let want = Want {
        translation: true,
        summary: None,
    };
    let begin = Instant::now();
    let job = &job;
    let right = stream::iter(0..articles)
        .map(|nth| async move {
            let numbers = article(nth);
            let parsed = Article::parse(text(&numbers, french), Format::Text);
            let done = job.run("a", &parsed, want).await.unwrap();
            usize::from(done.document.unwrap().text == text(&numbers, english)) * CHUNKS
        })
        .buffer_unordered(at_once)
        .fold(0, |sum, right| std::future::ready(sum + right))
        .await;
    (right, begin.elapsed())
}

/// As many requests of one size in a loop that looks at nothing.
async fn bare(server: &Server, requests: usize, at_once: usize) -> Duration {
    let client = reqwest::Client::new();
    let url = format!("{}/chat/completions", server.base_url);
    let begin = Instant::now();
    stream::iter(0..requests)
        .map(|nth| {
            let post = client
                .post(&url)
                .body(format!("{{\"n\":{nth},\"x\":\"{}\"}}", "x".repeat(5_000)));
            async move { post.send().await.unwrap().bytes().await.unwrap() }
        })
        .buffer_unordered(at_once)
        .for_each(|_| std::future::ready(()))
        .await;
    begin.elapsed()
}

fn row(at_once: usize, client: &str, right: usize, requests: usize, wall: Duration, ideal: Duration) {
    println!(
        "{at_once:>7}  {client:<22} {right:>5} {requests:>8}  {:>6.2}  {:>7.2}  {:>5.3}",
        wall.as_secs_f64(),
        ideal.as_secs_f64(),
        wall.as_secs_f64() / ideal.as_secs_f64()
    );
}

fn ideal(requests: usize, latency: Duration, at_once: usize) -> Duration {
    latency * u32::try_from(requests).unwrap() / u32::try_from(at_once).unwrap()
}

#[tokio::main]
async fn main() {
    let measured = std::env::args().any(|argument| argument == "--bench");
    let (articles, latency) = if measured { (64, 200) } else { (4, 5) };
    let latency = Duration::from_millis(latency);
    let good = Weather {
        latency,
        ..Weather::default()
    };
    println!("at once  client                 right requests  wall s  ideal s  ratio");
    for at_once in [16, 256] {
        let server = Server::serve(good.clone()).await;
        let wall = bare(&server, articles * CHUNKS, at_once).await;
        let best = ideal(articles * CHUNKS, latency, at_once);
        row(at_once, "bare reqwest loop", 0, server.requests(), wall, best);
        let server = Server::serve(good.clone()).await;
        let (right, wall) = ours(&server, articles, at_once).await;
        row(at_once, "fidele", right, server.requests(), wall, best);
        assert_eq!(right, articles * CHUNKS);
    }
    let server = Server::serve(Weather {
        faults: FAULTS.to_vec(),
        seed: 7,
        once: true,
        latency,
    })
    .await;
    let (right, wall) = ours(&server, articles, 16).await;
    row(
        16,
        "fidele, with faults",
        right,
        server.requests(),
        wall,
        ideal(server.requests(), latency, 16),
    );
    assert_eq!(right, articles * CHUNKS);
}
