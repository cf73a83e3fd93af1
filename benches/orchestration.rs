//! How much of the ideal a run achieves against a server of 200 ms, beside a bare loop of the same requests and the openai
//! client of Python.
//!
//! `cargo bench --bench orchestration` prints a table: 64 articles of 8 requests each, so many at once, on good days and
//! with faults. Ideal is requests × latency ÷ at once; with faults the repeated requests count too, each as one latency
//! (the busy time). The server is a process of its own; processor time is the client's alone, and of a loop without its
//! start-up (word lists, certificates, templates); `fidele batch` is the whole program, start-up, checks and files
//! included. Answers are kept in a journal on disk, as in life. Rounds (`FIDELE_BENCH_ROUNDS`, 3) are taken in turn, and
//! each figure is the median of its own.
//!
//! Words after `--` choose the rows that hold them: `-- "16 good fidele"`.
//!
//! Python is `FIDELE_BENCH_PYTHON` or `python3`; where it has no `openai`, its rows say so. Without `--bench` all of it
//! runs once, small and fast, to show that it runs.
#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a bench prints its table, or ends"
)]

#[path = "../tests/support/weather.rs"]
mod weather;

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::Arc;
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

/// The server, as a process of its own.
struct Served {
    child: Child,
    ask: ChildStdin,
    told: BufReader<ChildStdout>,
    base_url: String,
}

impl Served {
    fn start(latency: Duration, weather: &str) -> Self {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--serve", &latency.as_millis().to_string(), weather])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let ask = child.stdin.take().unwrap();
        let mut told = BufReader::new(child.stdout.take().unwrap());
        let mut base_url = String::new();
        told.read_line(&mut base_url).unwrap();
        Self {
            child,
            ask,
            told,
            base_url: base_url.trim().to_owned(),
        }
    }

    /// How many requests came.
    fn requests(mut self) -> usize {
        self.ask.write_all(b"\n").unwrap();
        let mut line = String::new();
        self.told.read_line(&mut line).unwrap();
        line.trim().parse().unwrap()
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

async fn serve(latency: Duration, with_faults: bool) {
    let faults = if with_faults { FAULTS.to_vec() } else { Vec::new() };
    let server = Server::serve(Weather {
        faults,
        seed: 7,
        once: true,
        latency,
        ..Weather::default()
    })
    .await;
    println!("{}", server.base_url);
    // The thread that waits for the word is not one of those that serve. Where nobody is left to say it, it ends too.
    let asked = tokio::task::spawn_blocking(|| std::io::stdin().read_line(&mut String::new()));
    if asked.await.unwrap().is_ok() {
        println!("{}", server.requests());
    }
}

/// Processor time so far, of this process or of the children it has waited for; where the system tells it.
fn processor_time(of_children: bool) -> Option<Duration> {
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    // The name before the last parenthesis may hold anything.
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let first = if of_children { 13 } else { 11 };
    let ticks: u32 = fields[first].parse::<u32>().ok()? + fields[first + 1].parse::<u32>().ok()?;
    // USER_HZ is 100 on every Linux that is in use.
    Some(Duration::from_millis(10) * ticks)
}

/// When something began, by both clocks.
struct Start {
    cpu: Option<Duration>,
    wall: Instant,
}

impl Start {
    fn now(of_children: bool) -> Self {
        Self {
            cpu: processor_time(of_children),
            wall: Instant::now(),
        }
    }
}

/// One run of one client.
struct Run {
    right: usize,
    requests: usize,
    wall: Duration,
    cpu: Option<Duration>,
    ideal: Duration,
    remark: String,
    /// Where it kept its files. Not deleted between runs: for a minute ext4 looks for other room than what was just
    /// deleted, file by file, and each run would pay for the one before it.
    _home: tempfile::TempDir,
}

fn article(nth: usize) -> Vec<usize> {
    (0..CHUNKS).map(|chunk| 1_000 + nth * CHUNKS + chunk).collect()
}

fn text(article: &[usize], sentence: fn(usize) -> String) -> String {
    let lines: Vec<String> = article.iter().map(|n| sentence(*n)).collect();
    lines.join("\n\n")
}

/// Translates all articles; how many requests' worth came out right, and from when on it was working.
async fn ours(base_url: &str, home: &Path, articles: usize, at_once: usize) -> (usize, Start) {
    let settings = HttpSettings {
        at_once,
        ..HttpSettings::new(base_url, "m")
    };
    let http = Http::new(settings, nobody()).unwrap();
    let desk = Desk::new(http, Journal::in_folder(home).unwrap(), nobody());
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
    // The word lists are read when the first passage is checked: start-up, of a run of any size.
    let _ = job.translator.checker.check(&french(1), &english(1));
    let (job, start) = (Arc::new(job), Start::now(false));
    let right = stream::iter(0..articles)
        .map(|nth| {
            let job = Arc::clone(&job);
            tokio::spawn(async move {
                let numbers = article(nth);
                let parsed = Article::parse(text(&numbers, french), Format::Text);
                let done = job.run("a", &parsed, want).await.unwrap();
                usize::from(done.document.unwrap().text == text(&numbers, english)) * CHUNKS
            })
        })
        .buffer_unordered(at_once)
        .fold(0, |sum, right| std::future::ready(sum + right.unwrap()))
        .await;
    (right, start)
}

/// As many requests of one size in a loop that looks at nothing.
async fn bare(base_url: &str, requests: usize, at_once: usize) -> usize {
    let client = reqwest::Client::new();
    let url = format!("{base_url}/chat/completions");
    stream::iter(0..requests)
        .map(|nth| {
            let post = client
                .post(&url)
                .body(format!("{{\"n\":{nth},\"x\":\"{}\"}}", "x".repeat(5_000)));
            async move { post.send().await.unwrap().bytes().await.unwrap() }
        })
        .buffer_unordered(at_once)
        .fold(0, |sum, _| std::future::ready(sum + 1))
        .await
}

/// The whole program over a folder. Three sentences make a request, since the smallest has 50 tokens.
fn program(base_url: &str, home: &Path, articles: usize, at_once: usize) -> usize {
    let path = |name: &str| home.join(name);
    fs::create_dir(path("in")).unwrap();
    let numbers = |nth: usize| -> Vec<usize> { (0..3 * CHUNKS).map(|n| 1_000 + nth * 100 + n).collect() };
    for nth in 0..articles {
        fs::write(path("in").join(format!("{nth}.txt")), text(&numbers(nth), french)).unwrap();
    }
    let status = Command::new(env!("CARGO_BIN_EXE_fidele"))
        .env_clear()
        .env("HOME", home)
        .current_dir(home)
        .args([
            "batch",
            "in",
            "out",
            "--quiet",
            "--model",
            "m",
            "--chunk-tokens",
            "50",
        ])
        .args(["--endpoint", base_url, "--at-once", &at_once.to_string()])
        .stdout(Stdio::null())
        .status()
        .unwrap();
    assert!(status.success(), "{status}");
    let is_right = |nth: &usize| {
        let english = text(&numbers(*nth), english);
        fs::read_to_string(path("out").join(format!("{nth}.en.txt"))).is_ok_and(|text| text.trim() == english)
    };
    (0..articles).filter(is_right).count() * CHUNKS
}

/// The openai client, if Python has it.
fn openai(base_url: &str, requests: usize, at_once: usize) -> Option<serde_json::Value> {
    let python = std::env::var("FIDELE_BENCH_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let output = Command::new(python)
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/benches/openai_client.py"))
        .args([base_url, &requests.to_string(), &at_once.to_string()])
        .stderr(Stdio::null())
        .output()
        .ok()?;
    serde_json::from_slice(&output.stdout).ok()
}

/// Measures one client once; nothing if it is not there.
async fn measure(
    client: &str,
    weather: &str,
    articles: usize,
    latency: Duration,
    at_once: usize,
) -> Option<Run> {
    let server = Served::start(latency, weather);
    let home = tempfile::tempdir().unwrap();
    let url = server.base_url.clone();
    let wanted = articles * CHUNKS;
    let is_program = client == "fidele batch";
    let mut start = Start::now(is_program);
    let mut remark = String::new();
    let right = match client {
        "bare reqwest loop" => bare(&url, wanted, at_once).await,
        "fidele" => {
            let right;
            (right, start) = ours(&url, home.path(), articles, at_once).await;
            right
        }
        "fidele batch" => program(&url, home.path(), articles, at_once),
        _ => {
            let told = openai(&url, wanted, at_once)?;
            let number = |member: &str| told[member].as_f64().unwrap_or_default();
            let requests = server.requests();
            return Some(Run {
                right: told["right"].as_u64().and_then(|right| right.try_into().ok())?,
                requests,
                wall: Duration::from_secs_f64(number("wall")),
                cpu: Some(Duration::from_secs_f64(number("cpu"))),
                ideal: ideal(requests, latency, at_once),
                remark: format!("failed {}, taken though wrong {}", told["failed"], told["taken"]),
                _home: home,
            });
        }
    };
    let wall = start.wall.elapsed();
    let cpu = start
        .cpu
        .and_then(|before| Some(processor_time(is_program)?.saturating_sub(before)));
    let requests = server.requests();
    if is_program {
        remark.push_str("start-up included");
    }
    Some(Run {
        right,
        requests,
        wall,
        cpu,
        ideal: ideal(requests, latency, at_once),
        remark,
        _home: home,
    })
}

fn ideal(requests: usize, latency: Duration, at_once: usize) -> Duration {
    latency * u32::try_from(requests).unwrap() / u32::try_from(at_once).unwrap()
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

fn row(at_once: usize, weather: &str, client: &str, runs: &[Run]) {
    let of = |figure: fn(&Run) -> f64| median(runs.iter().map(figure).collect());
    let last = &runs[runs.len() - 1];
    let cpu: Option<Vec<f64>> = runs
        .iter()
        .map(|run| Some(run.cpu?.as_secs_f64() * 1_000.0 / f64::from(u32::try_from(run.requests).ok()?)))
        .collect();
    let cpu = cpu.map_or_else(|| "-".to_owned(), |values| format!("{:.3}", median(values)));
    println!(
        "{at_once:>7}  {weather:<6}  {client:<18} {:>5} {:>8}  {:>6.2}  {:>7.2}  {:>5.3}  {cpu:>14}  {}",
        last.right,
        last.requests,
        of(|run| run.wall.as_secs_f64()),
        of(|run| run.ideal.as_secs_f64()),
        of(|run| run.wall.as_secs_f64() / run.ideal.as_secs_f64()),
        last.remark
    );
}

#[tokio::main]
async fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    if let Some(at) = arguments.iter().position(|argument| argument == "--serve") {
        let latency = Duration::from_millis(arguments[at + 1].parse().unwrap());
        return serve(latency, arguments[at + 2] == "faults").await;
    }
    let measured = arguments.iter().any(|argument| argument == "--bench");
    let rounds = std::env::var("FIDELE_BENCH_ROUNDS")
        .ok()
        .and_then(|rounds| rounds.parse().ok());
    let (articles, latency, rounds) = if measured {
        (64, 200, rounds.unwrap_or(3))
    } else {
        (4, 5, 1)
    };
    let latency = Duration::from_millis(latency);
    let only = arguments[1..].iter().find(|argument| !argument.starts_with("--"));
    let mut cases = vec![
        (16, "good", "bare reqwest loop"),
        (16, "good", "fidele"),
        (16, "good", "fidele batch"),
        (16, "good", "openai (Python)"),
        (256, "good", "bare reqwest loop"),
        (256, "good", "fidele"),
        (256, "good", "openai (Python)"),
        (16, "faults", "fidele"),
        (16, "faults", "openai (Python)"),
    ];
    if let Some(only) = only {
        cases.retain(|(at_once, weather, client)| format!("{at_once} {weather} {client}").contains(only));
    }
    let mut runs: BTreeMap<usize, Vec<Run>> = BTreeMap::new();
    for _ in 0..rounds {
        for (nth, (at_once, weather, client)) in cases.iter().enumerate() {
            let run = measure(client, weather, articles, latency, *at_once).await;
            runs.entry(nth).or_default().extend(run);
        }
    }
    println!(
        "at once  server  client             right requests  wall s  ideal s  ratio  CPU ms/request  remarks"
    );
    for (nth, (at_once, weather, client)) in cases.into_iter().enumerate() {
        let runs = &runs[&nth];
        if runs.is_empty() {
            println!("{at_once:>7}  {weather:<6}  {client:<18} skipped: this Python has no `openai`");
            continue;
        }
        row(at_once, weather, client, runs);
        let is_ours = client.starts_with("fidele");
        assert!(
            !is_ours || runs.iter().all(|run| run.right == articles * CHUNKS),
            "{client}"
        );
    }
}
