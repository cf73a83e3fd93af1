//! The real binary, killed at random moments or met by a disk that is full or cannot be written, and started again: the
//! same text, and no answer paid for twice but those that were on their way.
#![cfg(all(feature = "cli", unix))]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]
#![expect(clippy::print_stdout, reason = "a table for who asks with --nocapture")]

#[path = "support/weather.rs"]
mod weather;

use std::fs;
use std::path::{Path, PathBuf};
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

/// The binary under a name of its own, which a build beside this test does not touch: another build may write other
/// prompts, and then all that was asked before the kill is asked again, as it should be.
fn binary(home: &Path) -> PathBuf {
    let (built, own) = (assert_cmd::cargo::cargo_bin!("fidele"), home.join("fidele-bin"));
    if !own.exists() && fs::hard_link(built, &own).is_err() {
        fs::copy(built, &own).unwrap();
    }
    own
}

fn fidele(home: &Path, url: &str) -> Command {
    let mut command = Command::new(binary(home));
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

/// How many answers are kept, and whole: one that is damaged would be asked for again.
fn entries(home: &Path) -> u64 {
    let journal = home.join("cache/fidele/journal");
    fidele::journal::Journal::holdings(&journal).unwrap().entries
}

async fn server() -> Server {
    Server::serve(Weather {
        latency: Duration::from_millis(30),
        jitter: Duration::from_millis(60),
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
    println!(
        "kill  asked before  on disk  asked after  paid twice  (a whole run asks {needed}, {AT_ONCE} at once)"
    );
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
        let (before, kept) = (server.requests(), entries(home.path()));
        let written = home.path().join("b.txt");
        assert!(!written.exists() || fs::read_to_string(&written).unwrap() == joined(english));
        assert_eq!(
            finish(home.path(), &server.base_url),
            joined(english),
            "kill {kill}"
        );
        let twice = server.requests() - needed;
        println!(
            "{kill:>4}  {before:>12}  {kept:>7}  {:>11}  {twice:>10}",
            needed + twice - before
        );
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
    let journal = home.path().join("cache/fidele/journal");
    let away = home.path().join("away");
    let mut child = fidele(home.path(), &server.base_url).spawn().unwrap();
    while server.requests() == 0 && child.try_wait().unwrap().is_none() {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    // A folder that has become a file takes no entry, for root too, as a full or read-only disk would not.
    fs::rename(&journal, &away).unwrap();
    fs::write(&journal, "").unwrap();
    let output = child.wait_with_output().unwrap();
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1), "{told}");
    assert!(
        told.contains("cannot keep an answer in") && told.contains("--ephemeral"),
        "{told}"
    );
    assert!(!home.path().join("b.txt").exists());
    fs::remove_file(&journal).unwrap();
    fs::rename(&away, &journal).unwrap();
    assert_eq!(finish(home.path(), &server.base_url), joined(english));
}

/// Runs fidele three times with a small file system of its own as cache: one that is soon full, the same with more room,
/// the same read-only. `$1` is its size; the rest is fidele. What each run said and came to is left in the home folder.
#[cfg(target_os = "linux")]
const THREE_RUNS: &str = r#"
size=$1; shift; at=$HOME/cache
mount -t tmpfs -o "size=$size,mode=700" none "$at" || exit 77
run() { "$@" 2>"$HOME/$name.err"; echo $? >"$HOME/$name.code"; }
name=full; run "$@"
cat "$at"/fidele/journal/*.jsonl | wc -l >"$HOME/full.kept"
mount -o remount,size=64m "$at" || exit 77
name=room; run "$@"
cp "$HOME/b.txt" "$HOME/room.txt"
mount -o remount,ro "$at" || exit 77
rm -f "$HOME/b.txt"
name=readonly; run "$@"
cat "$at"/fidele/journal/*.jsonl | wc -l >"$HOME/readonly.kept"
"#;

/// Runs a script where it may mount; nothing where the system does not let a test do so.
#[cfg(target_os = "linux")]
fn where_it_may_mount(home: &Path, script: &str, command: &Command, size: &str) -> Option<()> {
    for flags in [&["--mount"][..], &["--mount", "--user", "--map-root-user"]] {
        let mut unshare = Command::new("unshare");
        unshare
            .args(flags)
            .args(["sh", "-c", script, "sh", size])
            .arg(command.get_program())
            .args(command.get_args())
            .current_dir(home)
            .env_clear()
            .envs(
                command
                    .get_envs()
                    .filter_map(|(name, value)| Some((name, value?))),
            )
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        if unshare.status().is_ok_and(|status| status.success()) {
            return Some(());
        }
    }
    None
}

#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
async fn a_disk_that_is_full_or_read_only_is_a_clear_error_and_what_was_kept_is_not_paid_for_again() {
    let good_day = server().await;
    let home = tempfile::tempdir().unwrap();
    fs::write(home.path().join("a.txt"), joined(french)).unwrap();
    finish(home.path(), &good_day.base_url);
    let needed = good_day.requests();

    let server = server().await;
    let home = tempfile::tempdir().unwrap();
    fs::write(home.path().join("a.txt"), joined(french)).unwrap();
    fs::create_dir(home.path().join("cache")).unwrap();
    let command = fidele(home.path(), &server.base_url);
    // Room for a page or two of answers.
    if where_it_may_mount(home.path(), THREE_RUNS, &command, "8k").is_none() {
        println!("skipped: this system lets no test mount a file system of its own");
        return;
    }
    let left = |name: &str| {
        let text = fs::read_to_string(home.path().join(name)).unwrap();
        text.trim().to_owned()
    };
    let (full, kept) = (left("full.err"), left("full.kept").parse::<usize>().unwrap());
    assert_eq!(left("full.code"), "1", "{full}");
    assert!(
        full.contains("cannot keep an answer in") && full.contains("free some space"),
        "{full}"
    );
    assert!(full.contains("No space left on device"), "{full}");
    assert!(0 < kept && kept < needed, "{kept} of {needed}");
    assert_eq!(left("room.code"), "0", "{}", left("room.err"));
    assert_eq!(
        fs::read_to_string(home.path().join("room.txt")).unwrap(),
        joined(english)
    );
    let paid = server.requests();
    assert!(
        paid <= needed + AT_ONCE,
        "{paid} of {needed}: what did not fit was in flight, and no more"
    );

    let readonly = left("readonly.err");
    assert_eq!(left("readonly.code"), "1", "{readonly}");
    assert!(
        readonly.contains("cannot keep answers in") && readonly.contains("--ephemeral"),
        "{readonly}"
    );
    assert!(readonly.contains("Read-only file system"), "{readonly}");
    assert_eq!(left("readonly.kept").parse::<usize>().unwrap(), needed);
    assert_eq!(
        server.requests(),
        paid,
        "nothing was asked for that could not be kept"
    );
    println!("full after {kept} of {needed} answers, then room: {paid} requests in all; read-only: none");
}

/// fidele where no file may grow beyond so many blocks of 512 bytes: the one disk that every user can fill. Unless the
/// signal for a file that grows too large is ignored, it ends the program, as any other program.
fn limited(home: &Path, url: &str, blocks: u32, is_ignored: bool) -> std::process::Output {
    let command = fidele(home, url);
    let trap = if is_ignored { "trap '' XFSZ;" } else { "" };
    Command::new("sh")
        .args(["-c", &format!("{trap} ulimit -f {blocks}; exec \"$0\" \"$@\"")])
        .arg(command.get_program())
        .args(command.get_args())
        .current_dir(home)
        .env_clear()
        .envs(
            command
                .get_envs()
                .filter_map(|(name, value)| Some((name, value?))),
        )
        .output()
        .unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_limit_on_the_size_of_files_is_told_before_anything_is_paid_for() {
    let server = server().await;
    let home = tempfile::tempdir().unwrap();
    fs::write(home.path().join("a.txt"), joined(french)).unwrap();
    for (is_ignored, code) in [(true, Some(1)), (false, None)] {
        let output = limited(home.path(), &server.base_url, 0, is_ignored);
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), code, "{told}");
        assert!(
            code.is_none() || told.contains("cannot keep answers in"),
            "{told}"
        );
        assert_eq!((server.requests(), entries(home.path())), (0, 0));
    }
    assert_eq!(finish(home.path(), &server.base_url), joined(english));
}

/// A file that takes no more is followed by another, and what it did take is kept.
#[tokio::test(flavor = "multi_thread")]
async fn a_limit_on_the_size_of_files_that_is_met_on_the_way_loses_nothing() {
    let server = server().await;
    let home = tempfile::tempdir().unwrap();
    fs::write(home.path().join("a.txt"), joined(french)).unwrap();
    let output = limited(home.path(), &server.base_url, 12, true);
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let written = home.path().join("b.txt");
    assert_eq!(fs::read_to_string(&written).unwrap(), joined(english));
    let files = fs::read_dir(home.path().join("cache/fidele/journal")).unwrap();
    assert!(files.count() > 2, "no file met the limit");
    fs::remove_file(&written).unwrap();
    let paid = server.requests();
    assert_eq!(finish(home.path(), &server.base_url), joined(english));
    assert_eq!(server.requests(), paid, "all of it was kept");
}
