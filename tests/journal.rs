//! What is paid for is kept, whole, once, for its owner; and what is kept is not paid for again.
#![cfg(feature = "pipeline")]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

#[path = "support/requests.rs"]
mod requests;
#[path = "support/scripted.rs"]
mod scripted;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use fidele::ask::{AskError, Desk, Incomplete, Receipt};
use fidele::endpoint::recording::Recordable;
use fidele::endpoint::{Completion, EndpointError, Shape, Usage};
use fidele::event::Event;
use fidele::journal::{Journal, JournalError};
use requests::{Heard, about, request};
use scripted::{Scripted, says};
use serde_json::Value;
use tempfile::TempDir;

fn journal() -> (TempDir, Journal) {
    let folder = TempDir::new().unwrap();
    let journal = Journal::in_folder(folder.path().join("journal")).unwrap();
    (folder, journal)
}

/// Every file below a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path);
        }
    }
    found
}

/// The English of the one segment; an answer that ends in `…` is not complete.
#[derive(Debug, PartialEq)]
struct English(String);

impl Recordable for English {
    fn replies(&self) -> Vec<(String, Value)> {
        vec![("b1".to_owned(), Value::from(self.0.clone()))]
    }
}

fn english(completion: &Completion) -> Result<English, Incomplete> {
    if completion.text.ends_with('…') {
        return Err(Incomplete("the answer breaks off".to_owned()));
    }
    Ok(English(completion.text.clone()))
}

#[test]
fn what_was_put_is_got_by_identity_and_attempt() {
    let (_folder, journal) = journal();
    let completion = says("Hello.", Shape::Json);
    assert_eq!(journal.get("id", 1).unwrap(), None);
    journal.put("id", 1, &completion).unwrap();
    assert_eq!(journal.get("id", 1).unwrap(), Some(completion));
    assert_eq!(journal.get("id", 2).unwrap(), None);
    assert_eq!(journal.get("other", 1).unwrap(), None);
}

#[test]
fn a_second_answer_replaces_the_first() {
    let (folder, journal) = journal();
    journal.put("id", 1, &says("Hello.", Shape::Json)).unwrap();
    journal.put("id", 1, &says("Good day.", Shape::Json)).unwrap();
    assert_eq!(journal.get("id", 1).unwrap().unwrap().text, "Good day.");
    assert_eq!(files(folder.path()).len(), 1, "and nothing unfinished is left");
    let root = folder.path().join("journal");
    assert_eq!(Journal::holdings(&root).unwrap().entries, 1);
    let later = Journal::in_folder(root).unwrap();
    assert_eq!(later.get("id", 1).unwrap().unwrap().text, "Good day.");
}

#[test]
fn a_damaged_entry_is_no_answer() {
    let (folder, journal) = journal();
    journal
        .put("id", 1, &says("It cost 75 pounds.", Shape::Json))
        .unwrap();
    let file = files(folder.path()).remove(0);
    let whole = fs::read_to_string(&file).unwrap();
    let damages = [
        whole.replace("75 pounds", "85 pounds"),
        whole[..whole.len() / 2].to_owned(),
        String::new(),
        "{}".to_owned(),
    ];
    for damaged in damages {
        assert_ne!(damaged, whole);
        fs::write(&file, damaged).unwrap();
        assert!(matches!(journal.get("id", 1), Err(JournalError::Damaged { path }) if path == file));
    }
    let completion = says("It cost 75 pounds.", Shape::Json);
    journal.put("id", 1, &completion).unwrap();
    assert_eq!(journal.get("id", 1).unwrap(), Some(completion.clone()));
    let later = Journal::in_folder(folder.path().join("journal")).unwrap();
    assert_eq!(later.get("id", 1).unwrap(), Some(completion));
}

/// What was damaged between two runs: whose answer it was can be told from the line, or it cannot.
#[test]
fn a_later_run_takes_nothing_damaged_and_says_so() {
    let (folder, journal) = journal();
    let root = folder.path().join("journal");
    journal.put("id", 1, &says("75 pounds.", Shape::Json)).unwrap();
    journal.put("other", 1, &says("Hello.", Shape::Json)).unwrap();
    drop(journal);
    let file = files(folder.path()).remove(0);
    let whole = fs::read_to_string(&file).unwrap();
    for (damaged, is_told) in [
        (whole.replace("75 pounds", "85 pounds"), true),
        (whole.replace("pounds.", "po\nunds."), true),
        (whole.replacen("\"name\":\"", "\"name\":\"?", 1), true),
        (whole[whole.find('\n').unwrap() / 2..].to_owned(), true),
        // As a killed process leaves it: nothing was kept yet.
        (whole[whole.find('\n').unwrap() + 1..].to_owned(), false),
    ] {
        fs::write(&file, damaged).unwrap();
        let later = Journal::in_folder(&root).unwrap();
        let got = later.get("id", 1);
        assert!(
            matches!(got, Ok(None) | Err(JournalError::Damaged { .. })),
            "{got:?}"
        );
        assert_eq!(got.is_err() || !later.damaged().is_empty(), is_told);
        assert_eq!(later.get("other", 1).unwrap().unwrap().text, "Hello.");
    }
}

/// The end of a process in the middle of a write.
#[test]
fn what_a_killed_process_did_not_finish_is_taken_off_before_more_is_added() {
    let (folder, journal) = journal();
    let root = folder.path().join("journal");
    for (id, text) in [("first", "One."), ("second", "Two.")] {
        journal.put(id, 1, &says(text, Shape::Json)).unwrap();
    }
    drop(journal);
    let file = files(folder.path()).remove(0);
    let whole = fs::read_to_string(&file).unwrap();
    let first = whole.find('\n').unwrap() + 1;
    for kept in first..whole.len() {
        fs::write(&file, &whole[..kept]).unwrap();
        let later = Journal::in_folder(&root).unwrap();
        assert_eq!(later.get("first", 1).unwrap().unwrap().text, "One.");
        assert_eq!(later.get("second", 1).unwrap(), None, "{kept} bytes");
        later.put("second", 1, &says("Two.", Shape::Json)).unwrap();
        drop(later);
        assert_eq!(fs::read_to_string(&file).unwrap(), whole, "{kept} bytes");
        assert!(Journal::in_folder(&root).unwrap().damaged().is_empty());
    }
}

#[test]
fn an_entry_under_another_name_is_no_answer() {
    let (folder, journal) = journal();
    journal.put("id", 1, &says("Hello.", Shape::Json)).unwrap();
    let file = files(folder.path()).remove(0);
    let name = |line: &str| line.split('"').nth(7).unwrap().to_owned();
    let one = fs::read_to_string(&file).unwrap();
    journal.put("other", 1, &says("Bye.", Shape::Json)).unwrap();
    let both = fs::read_to_string(&file).unwrap();
    let other = &both[one.len()..];
    assert_eq!(name(&one).len(), 64);
    fs::write(&file, other.replace(&name(other), &name(&one))).unwrap();
    let journal = Journal::in_folder(folder.path().join("journal")).unwrap();
    assert!(matches!(journal.get("id", 1), Err(JournalError::Damaged { .. })));
}

#[cfg(unix)]
#[test]
fn its_owner_alone_may_read_it() {
    use std::os::unix::fs::PermissionsExt;
    let (folder, journal) = journal();
    journal.put("id", 1, &says("Hello.", Shape::Json)).unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let file = files(folder.path()).remove(0);
    assert_eq!(mode(&file), 0o600);
    assert_eq!(mode(file.parent().unwrap()), 0o700);
    assert_eq!(mode(journal.folder().unwrap()), 0o700);
}

#[test]
fn a_journal_that_is_too_large_loses_its_oldest_entries_and_nothing_else() {
    let (folder, journal) = journal();
    let root = folder.path().join("journal");
    assert_eq!(Journal::holdings(&folder.path().join("none")).unwrap().entries, 0);
    let now = SystemTime::now();
    // Each of the processes that write at the same time has a volume of its own.
    let mut at_the_same_time = Vec::new();
    for (id, age) in [("old", 3), ("older", 9), ("new", 1)] {
        let before = files(&root);
        let writes = Journal::in_folder(&root).unwrap();
        writes.put(id, 1, &says("Hello.", Shape::Json)).unwrap();
        let file = files(&root)
            .into_iter()
            .find(|file| !before.contains(file))
            .unwrap();
        let file = fs::File::options().write(true).open(file).unwrap();
        file.set_modified(now - Duration::from_hours(age)).unwrap();
        at_the_same_time.push(writes);
    }
    fs::write(root.join("a note of the user"), "kept").unwrap();
    let held = Journal::holdings(&root).unwrap();
    assert_eq!(held.entries, 3);
    let removed = Journal::trim(&root, held.bytes - 1).unwrap();
    assert_eq!(removed.entries, 1);
    assert_eq!(journal.get("older", 1).unwrap(), None);
    assert!(journal.get("old", 1).unwrap().is_some() && journal.get("new", 1).unwrap().is_some());
    assert_eq!(Journal::trim(&root, held.bytes).unwrap().entries, 0);
    assert_eq!(Journal::trim(&root, 0).unwrap().entries, 2);
    assert!(root.join("a note of the user").exists());
}

/// Two processes on one journal: whoever reads sees a whole answer, whoever else writes.
#[test]
fn two_journals_may_share_a_folder() {
    let (folder, first) = journal();
    let second = Journal::in_folder(folder.path().join("journal")).unwrap();
    first.put("id", 1, &says("Hello.", Shape::Json)).unwrap();
    std::thread::scope(|scope| {
        for journal in [&first, &second] {
            scope.spawn(move || {
                for round in 0..50 {
                    let text = "Hello. ".repeat(round * 40 + 1);
                    journal.put("id", 1, &says(&text, Shape::Json)).unwrap();
                }
            });
            scope.spawn(move || {
                for _ in 0..200 {
                    let answer = journal.get("id", 1).unwrap().unwrap();
                    assert!(answer.text.starts_with("Hello."));
                }
            });
        }
    });
    assert_eq!(files(folder.path()).len(), 2, "each writes one of its own");
    assert_eq!(
        Journal::holdings(&folder.path().join("journal")).unwrap().entries,
        1
    );
    second.put("another", 1, &says("Bye.", Shape::Json)).unwrap();
    assert_eq!(first.get("another", 1).unwrap().unwrap().text, "Bye.");
    assert!(first.has("another", 1));
}

/// A thousand short runs leave no thousand files.
#[cfg(unix)]
#[test]
fn one_run_after_another_writes_on_in_one_file() {
    let (folder, journal) = journal();
    let root = folder.path().join("journal");
    drop(journal);
    let completion = says("Hello.", Shape::Json);
    for run in 0..5 {
        let journal = Journal::in_folder(&root).unwrap();
        journal.put("id", run, &completion).unwrap();
    }
    assert_eq!(files(&root).len(), 1);
    let last = Journal::in_folder(&root).unwrap();
    for run in 0..5 {
        assert_eq!(last.get("id", run).unwrap().as_ref(), Some(&completion));
    }
}

#[test]
fn a_file_that_is_full_is_followed_by_another() {
    let (folder, journal) = journal();
    let root = folder.path().join("journal");
    let long = says(&"Hello. ".repeat(400_000), Shape::Json);
    for attempt in 0..8 {
        journal.put("id", attempt, &long).unwrap();
    }
    assert_eq!(files(&root).len(), 3);
    for journal in [journal, Journal::in_folder(&root).unwrap()] {
        for attempt in 0..8 {
            assert_eq!(journal.get("id", attempt).unwrap().as_ref(), Some(&long));
        }
    }
    let held = Journal::holdings(&root).unwrap();
    let removed = Journal::trim(&root, held.bytes - 1).unwrap();
    assert_eq!(removed.entries, 3, "the oldest file, and no other");
}

#[test]
fn of_several_each_is_kept_or_told() {
    let (folder, journal) = journal();
    let root = folder.path().join("journal");
    let completion = says("Hello.", Shape::Json);
    let ids: Vec<String> = (0..40).map(|n| format!("id {n}")).collect();
    let answers: Vec<_> = ids.iter().map(|id| (id.as_str(), 1, &completion)).collect();
    fs::remove_dir_all(&root).unwrap();
    fs::write(&root, "a file where the folder should be").unwrap();
    let told = journal.put_all(&answers);
    assert_eq!(told.len(), ids.len());
    assert!(told.iter().all(Result::is_err));
    assert!(ids.iter().all(|id| journal.get(id, 1).ok().flatten().is_none()));
    fs::remove_file(&root).unwrap();
    let kept = journal.put_all(&answers);
    assert_eq!(kept.len(), ids.len());
    assert!(kept.iter().all(Result::is_ok));
    assert!(ids.iter().all(|id| journal.get(id, 1).unwrap().is_some()));
    assert_eq!(files(&root).len(), 1);
}

/// Whoever writes for all leaves nobody waiting, and nobody is told before the disk has it.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn answers_that_come_together_are_on_disk_when_they_are_used() {
    const ANSWERS: usize = 100;
    let (folder, journal) = journal();
    let root = folder.path().join("journal");
    let script = (0..ANSWERS).map(|_| Ok(says("Hello.", Shape::Json)));
    let desk = Arc::new(Desk::new(Scripted::new(script), journal, fidele::event::nobody()));
    let asked: Vec<_> = (0..ANSWERS)
        .map(|n| {
            let (desk, root) = (Arc::clone(&desk), root.clone());
            tokio::spawn(async move {
                desk.ask(&request(&format!("Bonjour {n}.")), english)
                    .await
                    .unwrap();
                let other = Journal::in_folder(root).unwrap();
                let held = Scripted::new([]);
                let again = Desk::new(held, other, fidele::event::nobody());
                again
                    .ask(&request(&format!("Bonjour {n}.")), english)
                    .await
                    .unwrap();
            })
        })
        .collect();
    for task in asked {
        task.await.unwrap();
    }
    assert_eq!(Journal::holdings(&root).unwrap().entries, ANSWERS as u64);
}

#[test]
fn what_a_killed_process_left_is_swept_a_day_later() {
    let (folder, journal) = journal();
    drop(journal);
    let unfinished = folder.path().join("journal").join("unfinished");
    let old = unfinished.join(".unfinished-old");
    let fresh = unfinished.join(".unfinished-fresh");
    let foreign = unfinished.join("notes");
    for path in [&old, &fresh, &foreign] {
        fs::write(path, "{").unwrap();
    }
    let two_days_ago = SystemTime::now() - Duration::from_hours(48);
    for path in [&old, &foreign] {
        fs::File::options()
            .write(true)
            .open(path)
            .unwrap()
            .set_modified(two_days_ago)
            .unwrap();
    }
    Journal::in_folder(folder.path().join("journal")).unwrap();
    assert_eq!(
        (old.exists(), fresh.exists(), foreign.exists()),
        (false, true, true)
    );
}

#[test]
fn a_folder_that_cannot_be_used_is_named_with_a_way_out() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, "").unwrap();
    let error = Journal::in_folder(file.join("journal")).unwrap_err();
    assert!(matches!(error, JournalError::Folder { .. }));
    assert!(error.to_string().contains("--ephemeral"), "{error}");
}

#[test]
fn a_journal_whose_folder_is_deleted_while_it_runs_makes_it_again() {
    let (folder, journal) = journal();
    fs::remove_dir_all(folder.path().join("journal")).unwrap();
    journal.put("id", 1, &says("Hello.", Shape::Json)).unwrap();
    assert!(journal.get("id", 1).unwrap().is_some());
}

#[test]
fn nowhere_keeps_nothing_and_memory_keeps_it_for_now() {
    let completion = says("Hello.", Shape::Json);
    for (journal, kept) in [
        (Journal::nowhere(), None),
        (Journal::in_memory(), Some(completion.clone())),
    ] {
        journal.put("id", 1, &completion).unwrap();
        assert_eq!(journal.get("id", 1).unwrap(), kept);
    }
}

#[tokio::test]
async fn a_complete_answer_is_paid_for_once() {
    let (folder, journal) = journal();
    let heard = Heard::default();
    let desk = Desk::new(
        Scripted::new([Ok(says("Hello.", Shape::Json))]),
        journal,
        heard.listener(),
    );
    let hello = English("Hello.".to_owned());
    assert_eq!(desk.ask(&request("Bonjour."), english).await.unwrap(), hello);
    let usage = Usage { input: 10, output: 5 };
    let paid = Receipt {
        requests: 1,
        usage,
        ..Receipt::default()
    };
    assert_eq!(desk.receipt(), paid);

    // Another process, later; its endpoint has nothing to say.
    let journal = Journal::in_folder(folder.path().join("journal")).unwrap();
    let desk = Desk::new(Scripted::new([]), journal, heard.listener());
    assert_eq!(desk.ask(&request("Bonjour."), english).await.unwrap(), hello);
    let free = Receipt {
        from_journal: 1,
        ..Receipt::default()
    };
    assert_eq!(desk.receipt(), free);
    let answered = |usage, from_journal| Event::Answered { usage, from_journal };
    assert_eq!(
        heard.events(),
        [answered(usage, false), answered(Usage::default(), true)]
    );
}

#[tokio::test]
async fn an_answer_in_tags_is_found_again_by_who_asks_for_json_first() {
    let answers = [Ok(says("<en>Hello.</en>", Shape::Tagged))];
    let desk = Desk::new(
        Scripted::new(answers),
        Journal::in_memory(),
        Heard::default().listener(),
    );
    for _ in 0..2 {
        desk.ask(&request("Bonjour."), english).await.unwrap();
    }
    assert_eq!(desk.receipt().from_journal, 1);
}

#[tokio::test]
async fn attempts_are_kept_apart() {
    let answers = [
        Ok(says("Hello.", Shape::Json)),
        Ok(says("Good day.", Shape::Json)),
    ];
    let desk = Desk::new(
        Scripted::new(answers),
        Journal::in_memory(),
        Heard::default().listener(),
    );
    let first = about("translate", 1, &[("b1", "Bonjour.")]);
    let second = about("translate", 2, &[("b1", "Bonjour.")]);
    for _ in 0..2 {
        assert_eq!(desk.ask(&first, english).await.unwrap().0, "Hello.");
        assert_eq!(desk.ask(&second, english).await.unwrap().0, "Good day.");
    }
    assert_eq!(desk.receipt().requests, 2);
}

#[tokio::test]
async fn an_incomplete_answer_is_never_kept() {
    let (folder, journal) = journal();
    let heard = Heard::default();
    let answers = [Ok(says("Hel…", Shape::Json)), Ok(says("Hello.", Shape::Json))];
    let desk = Desk::new(Scripted::new(answers), journal, heard.listener());
    let error = desk.ask(&request("Bonjour."), english).await.unwrap_err();
    assert!(matches!(&error, AskError::Incomplete(Incomplete(reason)) if reason == "the answer breaks off"));
    assert!(files(folder.path()).is_empty());
    assert_eq!(desk.ask(&request("Bonjour."), english).await.unwrap().0, "Hello.");
    let receipt = desk.receipt();
    assert_eq!((receipt.requests, receipt.wasted), (2, 1));
    assert_eq!(
        receipt.usage,
        Usage {
            input: 20,
            output: 10
        },
        "the wasted one was paid for too"
    );
    assert!(heard.events().contains(&Event::Wasted {
        reason: "the answer breaks off".to_owned()
    }));
}

#[tokio::test]
async fn answers_that_came_to_a_bad_end_count_as_wasted_and_troubles_do_not() {
    let refused = EndpointError::Refused {
        message: "no".to_owned(),
    };
    let rejected = EndpointError::Rejected {
        host: "h".to_owned(),
        status: 400,
        message: "no".to_owned(),
    };
    let answers = [
        Err(EndpointError::Truncated),
        Err(refused),
        Err(EndpointError::Empty),
        Err(rejected),
    ];
    let desk = Desk::new(
        Scripted::new(answers),
        Journal::in_memory(),
        Heard::default().listener(),
    );
    for _ in 0..4 {
        assert!(matches!(
            desk.ask(&request("Bonjour."), english).await,
            Err(AskError::Endpoint(_))
        ));
    }
    assert_eq!(desk.receipt().wasted, 3);
}

#[tokio::test]
async fn an_answer_that_is_no_longer_taken_is_asked_for_again() {
    let answers = [
        Ok(says("Hello.", Shape::Json)),
        Ok(says("Good day.", Shape::Json)),
    ];
    let desk = Desk::new(
        Scripted::new(answers),
        Journal::in_memory(),
        Heard::default().listener(),
    );
    let stricter = |completion: &Completion| match completion.text.as_str() {
        "Hello." => Err(Incomplete("too short".to_owned())),
        text => Ok(English(text.to_owned())),
    };
    desk.ask(&request("Bonjour."), english).await.unwrap();
    assert_eq!(
        desk.ask(&request("Bonjour."), stricter).await.unwrap().0,
        "Good day."
    );
    // And the better one is kept.
    assert_eq!(
        desk.ask(&request("Bonjour."), english).await.unwrap().0,
        "Good day."
    );
    assert_eq!(desk.endpoint().left(), 0);
}

#[tokio::test]
async fn a_damaged_entry_is_remarked_upon_and_asked_for_again() {
    let (folder, journal) = journal();
    let heard = Heard::default();
    let answers = [
        Ok(says("Hello.", Shape::Json)),
        Ok(says("Hello again.", Shape::Json)),
    ];
    let desk = Desk::new(Scripted::new(answers), journal, heard.listener());
    desk.ask(&request("Bonjour."), english).await.unwrap();
    fs::write(&files(folder.path())[0], "{\"schema\":").unwrap();
    assert_eq!(
        desk.ask(&request("Bonjour."), english).await.unwrap().0,
        "Hello again."
    );
    let remarks = heard.remarks();
    assert_eq!(remarks.len(), 1);
    assert!(remarks[0].contains("is damaged"), "{remarks:?}");
    assert_eq!(
        desk.ask(&request("Bonjour."), english).await.unwrap().0,
        "Hello again."
    );
}

#[tokio::test]
async fn an_answer_that_cannot_be_kept_does_not_count() {
    let (folder, journal) = journal();
    let root = folder.path().join("journal");
    fs::remove_dir_all(&root).unwrap();
    fs::write(&root, "in the way").unwrap();
    let answers = [Ok(says("Hello.", Shape::Json))];
    let desk = Desk::new(Scripted::new(answers), journal, Heard::default().listener());
    let error = desk.ask(&request("Bonjour."), english).await.unwrap_err();
    assert!(
        matches!(error, AskError::Journal(JournalError::Write { .. })),
        "{error:?}"
    );
    assert!(error.stops_the_run());
}

/// The answer is on disk at the moment it is told of: a kill right after loses nothing.
#[tokio::test]
async fn an_answer_is_on_disk_before_anybody_hears_of_it() {
    let (folder, journal) = journal();
    let seen = Arc::new(std::sync::Mutex::new(Vec::new()));
    let listener: fidele::event::Listener = Arc::new({
        let (root, seen) = (folder.path().to_owned(), Arc::clone(&seen));
        move |event| {
            if let Event::Answered { .. } = event {
                seen.lock().unwrap().push(files(&root).len());
            }
        }
    });
    let desk = Desk::new(
        Scripted::new([Ok(says("Hello.", Shape::Json))]),
        journal,
        listener,
    );
    desk.ask(&request("Bonjour."), english).await.unwrap();
    assert_eq!(*seen.lock().unwrap(), [1]);
}
