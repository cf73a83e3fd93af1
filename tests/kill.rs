//! The real binary, killed at random moments and started again: the same text, and no answer paid for twice but those
//! that were on their way.
#![cfg(all(feature = "cli", unix))]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]
#![expect(clippy::print_stdout, reason = "a table for who asks with --nocapture")]

#[path = "support/weather.rs"]
mod weather;

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use weather::{Server, Weather, english, french};

const SEGMENTS: usize = 60;
const AT_ONCE: usize = 4;

/// How often it is killed: `FIDELE_TEST_KILLS`, or a few times.
fn kills() -> u64 {
    let kills = std::env::var("FIDELE_TEST_KILLS").ok();
    kills.and_then(|kills| kills.parse().ok()).unwrap_or(6)
}

fn fidele(home: &Path, url: &str) -> Command {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("fidele"));
    command
        .env_clear()
        .env("HOME", home)
        .env("XDG_CONFIG_HOME", home.join("config"))
        .env("XDG_CACHE_HOME", home.join("cache"))
        .env("FIDELE_PROBE_PORTS", "1")
        .current_dir(home)
        .args([
            "translate",
            "a.txt",
            "-o",
            "b.txt",
            "--quiet",
            "--model",
            "m",
            "--chunk-tokens",
            "50",
        ])
        .args(["--at-once", &AT_ONCE.to_string(), "--endpoint", url])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped());
    command
}

fn joined(sentence: fn(usize) -> String) -> String {
    (0..SEGMENTS)
        .map(|n| sentence(200 + n))
        .collect::<Vec<_>>()
        .join("\n\n")
}

async fn server() -> Server {
    Server::serve(Weather {
        latency: Duration::from_millis(60),
        ..Weather::default()
    })
    .await
}

/// Runs it to its end; the text.
fn finish(home: &Path, url: &str) -> String {
    let output = fidele(home, url).output().unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    fs::read_to_string(home.join("b.txt")).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_run_goes_on_and_pays_only_for_what_was_on_its_way() {
    let good_day = server().await;
    let home = tempfile::tempdir().unwrap();
    fs::write(home.path().join("a.txt"), joined(french)).unwrap();
    assert_eq!(finish(home.path(), &good_day.base_url), joined(english));
    let needed = good_day.requests();
    assert!(
        needed > 2 * AT_ONCE,
        "{needed} requests are too few to be killed among"
    );

    let (mut dead, mut most) = (0, 0);
    for kill in 0..kills() {
        let server = server().await;
        let home = tempfile::tempdir().unwrap();
        fs::write(home.path().join("a.txt"), joined(french)).unwrap();
        let mut child = fidele(home.path(), &server.base_url).spawn().unwrap();
        // The moment is counted in answers and parts of one, so that a slow machine is killed in the middle too.
        let answers = usize::try_from(kill).unwrap() * 7 % needed;
        while server.requests() <= answers && child.try_wait().unwrap().is_none() {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        tokio::time::sleep(Duration::from_millis(kill * 13 % 61)).await;
        child.kill().unwrap();
        dead += usize::from(!child.wait().unwrap().success());
        assert!(
            !home.path().join("b.txt").exists() || finish(home.path(), &server.base_url) == joined(english)
        );
        assert_eq!(
            finish(home.path(), &server.base_url),
            joined(english),
            "kill {kill}"
        );
        let twice = server.requests() - needed;
        assert!(twice <= AT_ONCE, "kill {kill}: {twice} were paid for twice");
        most = most.max(twice);
    }
    assert!(dead > 0, "nothing was killed in time");
    println!(
        "{} kills, {dead} of them in time; the text is the same; paid twice at most {most}",
        kills()
    );
}

/// A cache that cannot be written is an error that says what to do, and leaves nothing broken.
#[tokio::test(flavor = "multi_thread")]
async fn a_disk_that_takes_nothing_more_is_a_clear_error_and_nothing_is_broken() {
    let server = server().await;
    let home = tempfile::tempdir().unwrap();
    fs::write(home.path().join("a.txt"), joined(french)).unwrap();
    // A shelf of the journal that is a file takes no entry, for root too, as a full or read-only disk would not.
    let journal = home.path().join("cache/fidele/journal");
    fs::create_dir_all(&journal).unwrap();
    for shelf in 0..=255 {
        fs::write(journal.join(format!("{shelf:02x}")), "").unwrap();
    }
    let output = fidele(home.path(), &server.base_url).output().unwrap();
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1), "{told}");
    assert!(
        told.contains("cannot keep an answer in") && told.contains("--ephemeral"),
        "{told}"
    );
    assert!(!home.path().join("b.txt").exists());
    for shelf in 0..=255 {
        fs::remove_file(journal.join(format!("{shelf:02x}"))).unwrap();
    }
    assert_eq!(finish(home.path(), &server.base_url), joined(english));
}
