//! A whole article through an endpoint on its worst day: nothing lost, nothing doubled, nothing untranslated passed off
//! as done, a bounded number of requests, and in the end the same text as on a good day.
#![cfg(feature = "pipeline")]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]
#![expect(clippy::print_stdout, reason = "a table for who asks with --nocapture")]

#[path = "support/requests.rs"]
mod requests;
#[path = "support/weather.rs"]
mod weather;

use std::time::Duration;

use fidele::article::{Article, Format};
use fidele::ask::Desk;
use fidele::endpoint::http::{Http, HttpSettings};
use fidele::event::nobody;
use fidele::exit::Exit;
use fidele::job::{Done, Job, Want};
use fidele::journal::Journal;
use fidele::prompt::{English, Prompts};
use fidele::tokens::{Tokens, Words};
use fidele::translate::Translator;
use fidele::verify::Checker;
use requests::hasty;
use tokio_util::sync::CancellationToken;
use weather::{FAULTS, Server, Weather, english, french};

const SEEDS: u64 = 20;
const SEGMENTS: usize = 24;

fn article() -> String {
    let lines: Vec<String> = (0..SEGMENTS).map(|n| french(200 + n)).collect();
    lines.join("\n\n")
}

fn expected() -> String {
    let lines: Vec<String> = (0..SEGMENTS).map(|n| english(200 + n)).collect();
    lines.join("\n\n")
}

async fn translate(server: &Server, fallback: bool) -> Done {
    let mut settings = HttpSettings {
        at_once: 8,
        ..hasty(&server.base_url)
    };
    settings.timeouts.silence = Duration::from_millis(250);
    let http = Http::new(settings, nobody()).unwrap();
    let other = http.another_model("other").unwrap();
    let mut desk = Desk::new(http, Journal::in_memory(), nobody());
    if fallback {
        desk = desk.falling_back_on(other);
    }
    let (prompts, checker, stop) = (Prompts::embedded(), Checker::default(), CancellationToken::new());
    let job = Job {
        translator: Translator {
            desk: &desk,
            prompts: &prompts,
            checker: &checker,
            repairs: 2,
            at_once: 8,
            stop: &stop,
        },
        tokenizer: &Words,
        chunk_tokens: Tokens(60),
        english: English::British,
        style: None,
        terms: false,
        ask_model: false,
    };
    let want = Want {
        translation: true,
        summary: None,
    };
    let article = Article::parse(article(), Format::Text);
    job.run("a", &article, want).await.unwrap()
}

/// Every segment of the report is the English of its French, or a hole that is told.
fn assert_nothing_is_lost_doubled_or_silent(done: &Done, what: &str) {
    let report = &done.report;
    assert_eq!(report.segments.len(), SEGMENTS, "{what}");
    for (n, segment) in report.segments.iter().enumerate() {
        assert_eq!(segment.source, french(200 + n), "{what}");
        match (&segment.target, &segment.hole) {
            (Some(target), None) => assert_eq!(*target, english(200 + n), "{what}"),
            (None, Some(_)) => {}
            other => panic!("{what}: {other:?}"),
        }
    }
    let text = &done.document.as_ref().unwrap().text;
    for n in 0..SEGMENTS {
        let (there, marked) = (
            text.matches(&english(200 + n)).count(),
            text.matches(&french(200 + n)).count(),
        );
        assert_eq!(there + marked, 1, "{what}: {n}");
    }
    let exit = if report.holes() == 0 {
        Exit::Sound
    } else {
        Exit::Incomplete
    };
    assert_eq!(report.exit(true), exit, "{what}");
}

async fn runs(name: &str, faults: &[(&'static str, f64)]) {
    let mut requests = 0;
    for seed in 0..SEEDS {
        let weather = Weather {
            faults: faults.to_vec(),
            seed,
            once: true,
            ..Weather::default()
        };
        let server = Server::serve(weather).await;
        let done = translate(&server, false).await;
        let what = format!("{name}, seed {seed}");
        assert_nothing_is_lost_doubled_or_silent(&done, &what);
        assert_eq!(done.document.unwrap().text, expected(), "{what}");
        assert!(
            server.requests() <= 2 * server.distinct(),
            "{what}: no body is asked a third time"
        );
        assert!(server.requests() <= 6 * SEGMENTS, "{what}: {}", server.requests());
        requests += server.requests();
    }
    println!("{name:<10} {SEEDS} runs, each with the text of a run without faults, requests {requests}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_good_day() {
    runs("none", &[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn each_fault_alone_changes_nothing_but_the_number_of_requests() {
    for fault in FAULTS {
        runs(fault, &[(fault, 0.3)]).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn all_faults_together_change_nothing_but_the_number_of_requests() {
    let all: Vec<_> = FAULTS.iter().map(|fault| (*fault, 0.025)).collect();
    runs("all", &all).await;
}

/// Faults that do not pass leave holes, and every hole is told.
#[tokio::test(flavor = "multi_thread")]
async fn what_does_not_come_through_is_a_hole_that_is_told() {
    let mut holes = 0;
    for seed in 0..SEEDS {
        let faults = vec![
            ("empty", 0.15),
            ("length", 0.15),
            ("refusal", 0.15),
            ("malformed", 0.1),
            ("503", 0.05),
        ];
        let server = Server::serve(Weather {
            faults,
            seed,
            ..Weather::default()
        })
        .await;
        let done = translate(&server, false).await;
        assert_nothing_is_lost_doubled_or_silent(&done, &format!("seed {seed}"));
        assert!(server.requests() <= 12 * SEGMENTS, "{}", server.requests());
        holes += done.report.holes();
    }
    assert!(holes > 0, "the weather was too good to tell");
}

#[tokio::test(flavor = "multi_thread")]
async fn another_model_is_asked_for_what_the_first_does_not_manage_and_the_report_says_so() {
    // By its seed this weather leaves holes; the other model's requests have other bodies, and other luck.
    let weather = |seed| Weather {
        faults: vec![("refusal", 0.6)],
        seed,
        ..Weather::default()
    };
    let (mut alone, mut together) = (0, 0);
    for seed in 0..6 {
        alone += translate(&Server::serve(weather(seed)).await, false)
            .await
            .report
            .holes();
        let done = translate(&Server::serve(weather(seed)).await, true).await;
        assert_nothing_is_lost_doubled_or_silent_with_notes(&done);
        together += done.report.holes();
    }
    assert!(together < alone, "{together} of {alone}");
}

fn assert_nothing_is_lost_doubled_or_silent_with_notes(done: &Done) {
    assert_nothing_is_lost_doubled_or_silent(done, "with another model");
    for note in &done.report.notes {
        assert!(
            note.starts_with("a passage was translated by other instead: "),
            "{note}"
        );
    }
}
