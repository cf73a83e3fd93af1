//! A whole article through an endpoint on its worst day: nothing lost, nothing doubled, nothing untranslated passed off
//! as done, a bounded number of requests, and in the end the same text as on a good day.
#![cfg(feature = "pipeline")]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]
#![expect(clippy::print_stdout, reason = "a table for who asks with --nocapture")]

#[path = "support/requests.rs"]
mod requests;
#[path = "support/weather.rs"]
mod weather;

use std::sync::Arc;
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
    let job = Job {
        translator: Translator {
            desk: Arc::new(desk),
            prompts: Arc::new(Prompts::embedded()),
            checker: Arc::new(Checker::default()),
            repairs: 2,
            at_once: 8,
            stop: CancellationToken::new(),
        },
        tokenizer: Arc::new(Words),
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

/// What became of the segments of one run, besides those that came out right.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Fate {
    /// In the text neither as English nor as a marked hole.
    lost: usize,
    /// In the text more than once.
    doubled: usize,
    /// Passed off as done, and not the English of its French; or a hole of which the exit code does not tell.
    silent: usize,
    /// Marked, with a reason.
    holes: usize,
}

fn fate(done: &Done) -> Fate {
    let report = &done.report;
    let text = &done.document.as_ref().unwrap().text;
    let mut fate = Fate {
        holes: report.holes(),
        ..Fate::default()
    };
    for n in 0..SEGMENTS {
        let (french, english) = (french(200 + n), english(200 + n));
        let (there, marked) = (text.matches(&english).count(), text.matches(&french).count());
        fate.lost += usize::from(there + marked == 0);
        fate.doubled += usize::from(there + marked > 1);
        let told = report.segments.get(n).is_some_and(|segment| {
            segment.source == french
                && match (&segment.target, &segment.hole) {
                    (Some(target), None) => *target == english && there == 1,
                    (None, Some(reason)) => !reason.is_empty() && marked == 1,
                    _ => false,
                }
        });
        fate.silent += usize::from(!told);
    }
    let exit = if report.holes() == 0 {
        Exit::Sound
    } else {
        Exit::Incomplete
    };
    fate.silent += usize::from(report.exit(true) != exit || report.segments.len() != SEGMENTS);
    fate
}

/// Every segment of the report is the English of its French, or a hole that is told.
fn assert_nothing_is_lost_doubled_or_silent(done: &Done, what: &str) {
    let fate = fate(done);
    let good = Fate {
        holes: fate.holes,
        ..Fate::default()
    };
    assert_eq!(fate, good, "{what}");
}

/// The whole table: each kind of weather, 20 seeds of it.
async fn runs(name: &str, faults: &[(&'static str, f64)], once: bool) -> usize {
    let (mut sum, mut requests, mut most) = (Fate::default(), 0, 0);
    for seed in 0..SEEDS {
        let weather = Weather {
            faults: faults.to_vec(),
            seed,
            once,
            ..Weather::default()
        };
        let server = Server::serve(weather).await;
        let done = translate(&server, false).await;
        let (fate, what) = (fate(&done), format!("{name}, seed {seed}"));
        sum.lost += fate.lost;
        sum.doubled += fate.doubled;
        sum.silent += fate.silent;
        sum.holes += fate.holes;
        requests += server.requests();
        most = most.max(server.requests());
        if once {
            assert_eq!(done.document.unwrap().text, expected(), "{what}");
            assert!(
                server.requests() <= 2 * server.distinct(),
                "{what}: no body is asked a third time"
            );
            assert!(server.requests() <= 6 * SEGMENTS, "{what}: {}", server.requests());
        }
        assert!(
            server.requests() <= 12 * SEGMENTS,
            "{what}: {}",
            server.requests()
        );
    }
    println!(
        "{name:<24} {SEEDS:>4} {:>5} {:>8} {:>7} {:>6} {requests:>9} {most:>14}",
        sum.lost, sum.doubled, sum.silent, sum.holes
    );
    assert_eq!((sum.lost, sum.doubled, sum.silent), (0, 0, 0), "{name}");
    sum.holes
}

/// A fault that passes changes nothing but the number of requests; what does not pass is a hole that is told.
#[tokio::test(flavor = "multi_thread")]
async fn no_fault_loses_doubles_or_hides_anything() {
    println!("fault                    runs  lost  doubled  silent  holes  requests  most in a run");
    assert_eq!(runs("none", &[], true).await, 0);
    for fault in FAULTS {
        assert_eq!(runs(fault, &[(fault, 0.3)], true).await, 0, "{fault}");
    }
    let all: Vec<_> = FAULTS.iter().map(|fault| (*fault, 0.025)).collect();
    assert_eq!(runs("all", &all, true).await, 0);
    let lasting = [
        ("empty", 0.15),
        ("length", 0.15),
        ("refusal", 0.15),
        ("malformed", 0.1),
        ("503", 0.05),
    ];
    let holes = runs("five that do not pass", &lasting, false).await;
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
