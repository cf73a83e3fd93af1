//! Every complete answer, kept: a rerun replays it at no cost.
//!
//! In: an identity ([`crate::endpoint::Endpoint::identities`]), the attempt, and a complete [`Completion`]. Out: the
//! same completion, today or after a crash.
//!
//! Laws: an entry is written whole or not at all, and is on disk when [`Journal::put`] returns. What does not carry
//! its own checksum is not an answer. Several processes may share a journal: they write the same answers under the
//! same names. Files can be read by their owner alone. Keys and addresses are hashed into names and stand nowhere.
//!
//! A journal that grows beyond a size loses its oldest entries ([`Journal::trim`]), which may be asked for again one day;
//! deleting the folder is safe at any time.
//!
//! # Not done
//! Reading an entry makes it no younger.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};

use crate::disk::{self, Readers, UNFINISHED, Unfinished};
use crate::endpoint::Completion;

const SCHEMA: &str = "fidele.journal/1";

/// After which time an unfinished file belongs to nobody any more.
const ABANDONED: Duration = Duration::from_hours(24);

/// Why an answer cannot be kept, or not be found again.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum JournalError {
    /// The folder cannot be made or read.
    #[error("cannot keep answers in {}; {}", path.display(), advice(cause))]
    Folder {
        /// The folder.
        path: PathBuf,
        /// The cause.
        #[source]
        cause: io::Error,
    },
    /// An answer could not be written.
    #[error("cannot keep an answer in {}; {}", path.display(), advice(cause))]
    Write {
        /// The file.
        path: PathBuf,
        /// The cause.
        #[source]
        cause: io::Error,
    },
    /// There is an entry and it cannot be read.
    #[error("cannot read {}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// The cause.
        #[source]
        cause: io::Error,
    },
    /// There is an entry and it is not what was written.
    #[error("{} is damaged; the answer is asked for again", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
    },
}

fn advice(cause: &io::Error) -> &'static str {
    match cause.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            "free some space, and run again: what was kept is not asked for again"
        }
        _ => "choose another folder or run with --ephemeral",
    }
}

/// Where answers are kept.
#[derive(Debug)]
pub struct Journal(Place);

#[derive(Debug)]
enum Place {
    Folder(PathBuf),
    Memory(Mutex<HashMap<String, Completion>>),
    Nowhere,
}

impl Journal {
    /// Keeps answers in a folder, which is made if it is not there. One that takes no files (a full disk, a read-only
    /// one) is found out here, before anything is paid for.
    ///
    /// # Errors
    /// [`JournalError::Folder`].
    pub fn in_folder(folder: impl Into<PathBuf>) -> Result<Self, JournalError> {
        let path = folder.into();
        let unfinished = unfinished(&path);
        let usable =
            disk::make_folder(&unfinished, Readers::Owner).and_then(|()| disk::takes_files(&unfinished));
        if let Err(cause) = usable {
            return Err(JournalError::Folder { path, cause });
        }
        sweep(&unfinished);
        Ok(Self(Place::Folder(path)))
    }

    /// Keeps answers for as long as the process lives; its memory grows with them.
    #[must_use]
    pub fn in_memory() -> Self {
        Self(Place::Memory(Mutex::default()))
    }

    /// Keeps nothing (`--ephemeral`).
    #[must_use]
    pub fn nowhere() -> Self {
        Self(Place::Nowhere)
    }

    /// The folder, if there is one.
    #[must_use]
    pub fn folder(&self) -> Option<&Path> {
        match &self.0 {
            Place::Folder(folder) => Some(folder),
            Place::Memory(_) | Place::Nowhere => None,
        }
    }

    /// The answer kept under an identity, if there is one.
    ///
    /// # Errors
    /// [`JournalError::Read`] and [`JournalError::Damaged`]: worth a remark, and otherwise the same as none.
    pub fn get(&self, identity: &str, attempt: u32) -> Result<Option<Completion>, JournalError> {
        let name = name(identity, attempt);
        let path = match &self.0 {
            Place::Nowhere => return Ok(None),
            Place::Memory(kept) => {
                let kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
                return Ok(kept.get(&name).cloned());
            }
            Place::Folder(folder) => path(folder, &name),
        };
        let bytes = match fs::read(&path) {
            Ok(bytes) => bytes,
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(cause) => return Err(JournalError::Read { path, cause }),
        };
        match Entry::read(&bytes, &name) {
            Some(completion) => Ok(Some(completion)),
            None => Err(JournalError::Damaged { path }),
        }
    }

    /// Whether [`Journal::get`] would find an entry. Reads none: a look that may be taken where nothing may block.
    #[must_use]
    pub fn has(&self, identity: &str, attempt: u32) -> bool {
        let name = name(identity, attempt);
        match &self.0 {
            Place::Nowhere => false,
            Place::Memory(kept) => kept
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .contains_key(&name),
            // What cannot be looked at may be there: `get` says what is wrong with it.
            Place::Folder(folder) => !matches!(
                fs::symlink_metadata(path(folder, &name)),
                Err(cause) if cause.kind() == io::ErrorKind::NotFound
            ),
        }
    }

    /// Keeps a complete answer. It is on disk when this returns. Blocks for as long as a disk takes.
    ///
    /// # Errors
    /// [`JournalError::Write`]: the disk is full, the folder cannot be written… What was kept before stays.
    pub fn put(&self, identity: &str, attempt: u32, completion: &Completion) -> Result<(), JournalError> {
        self.put_all(&[(identity, attempt, completion)])
            .pop()
            .unwrap_or(Ok(()))
    }

    /// Keeps several, each as [`Journal::put`] does. A disk that flushes them together waits for them once.
    pub fn put_all(&self, answers: &[(&str, u32, &Completion)]) -> Vec<Result<(), JournalError>> {
        let named = answers
            .iter()
            .map(|(identity, attempt, completion)| (name(identity, *attempt), *completion));
        match &self.0 {
            Place::Nowhere => named.map(|_| Ok(())).collect(),
            Place::Memory(kept) => {
                let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
                kept.extend(named.map(|(name, completion)| (name, completion.clone())));
                answers.iter().map(|_| Ok(())).collect()
            }
            Place::Folder(folder) => shelve(folder, &named.collect::<Vec<_>>()),
        }
    }
}

/// Puts entries on their shelves, step by step for all of them: a disk that flushes one of many files that were just
/// written has flushed them all.
fn shelve(folder: &Path, entries: &[(String, &Completion)]) -> Vec<Result<(), JournalError>> {
    let written: Vec<_> = entries.iter().map(|entry| write(folder, entry)).collect();
    let flushed: Vec<_> = written
        .into_iter()
        .map(|written| written.and_then(|file| file.flush().map(|()| file)))
        .collect();
    let moved: Vec<_> = flushed
        .into_iter()
        .zip(entries)
        .map(|(flushed, entry)| {
            let path = path(folder, &entry.0);
            let moved = match flushed.and_then(|file| file.move_to(&path)) {
                // Somebody cleared the cache between two of the steps.
                Err(cause) if cause.kind() == io::ErrorKind::NotFound => {
                    write(folder, entry).and_then(|file| file.flush().and_then(|()| file.move_to(&path)))
                }
                moved => moved,
            };
            moved.map_err(|cause| JournalError::Write { path, cause })
        })
        .collect();
    let shelves: BTreeSet<PathBuf> = entries.iter().map(|(name, _)| shelf(folder, name)).collect();
    for shelf in &shelves {
        disk::sync_folder(shelf);
    }
    moved
}

/// Writes an entry beside its place, which is made if it is not there: it is new, or somebody has cleared the cache
/// while we run.
fn write(folder: &Path, (name, completion): &(String, &Completion)) -> io::Result<Unfinished> {
    let bytes = serde_json::to_vec(&Entry::new(name, completion))?;
    disk::make_folder(&shelf(folder, name), Readers::Owner)?;
    let unfinished = unfinished(folder);
    let write = || Unfinished::write(&unfinished, &bytes, Readers::Owner);
    match write() {
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => {
            disk::make_folder(&unfinished, Readers::Owner)?;
            write()
        }
        written => written,
    }
}

/// What a journal holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Holdings {
    /// Answers.
    pub entries: u64,
    /// Their bytes.
    pub bytes: u64,
}

/// An entry's file, as far as it matters for what goes first.
struct Shelved {
    written: SystemTime,
    bytes: u64,
    path: PathBuf,
}

impl Journal {
    /// How much there is in a folder. One that is not there holds nothing.
    ///
    /// # Errors
    /// [`JournalError::Folder`].
    pub fn holdings(folder: &Path) -> Result<Holdings, JournalError> {
        Ok(sum(&shelved(folder)?))
    }

    /// Removes the oldest entries of a folder until the rest has at most so many bytes; what was removed. An entry that
    /// another process removes meanwhile, or that cannot be removed, is passed over.
    ///
    /// # Errors
    /// [`JournalError::Folder`].
    pub fn trim(folder: &Path, most: u64) -> Result<Holdings, JournalError> {
        let mut files = shelved(folder)?;
        files.sort_by(|one, other| (one.written, &one.path).cmp(&(other.written, &other.path)));
        let mut held = sum(&files).bytes;
        let mut removed = Holdings::default();
        for file in files {
            if held <= most {
                break;
            }
            match fs::remove_file(&file.path) {
                Ok(()) => {
                    removed.entries += 1;
                    removed.bytes += file.bytes;
                }
                Err(cause) if cause.kind() == io::ErrorKind::NotFound => {}
                // It is still there, so another one goes instead.
                Err(_) => continue,
            }
            held -= file.bytes;
        }
        Ok(removed)
    }
}

fn sum(files: &[Shelved]) -> Holdings {
    Holdings {
        entries: files.len() as u64,
        bytes: files.iter().map(|file| file.bytes).sum(),
    }
}

/// Every entry of a folder: the `.json` files on its shelves, and nothing else that may lie there.
fn shelved(folder: &Path) -> Result<Vec<Shelved>, JournalError> {
    let failed = |cause| JournalError::Folder {
        path: folder.to_owned(),
        cause,
    };
    let shelves = match fs::read_dir(folder) {
        Ok(shelves) => shelves,
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(cause) => return Err(failed(cause)),
    };
    let mut files = Vec::new();
    for shelf in shelves.flatten().filter(|shelf| shelf.file_name().len() == 2) {
        // A shelf that goes away meanwhile holds nothing any more.
        for file in fs::read_dir(shelf.path()).into_iter().flatten().flatten() {
            let path = file.path();
            let Some(data) = file.metadata().ok().filter(fs::Metadata::is_file) else {
                continue;
            };
            if path.extension().is_some_and(|extension| extension == "json") {
                files.push(Shelved {
                    written: data.modified().unwrap_or(SystemTime::UNIX_EPOCH),
                    bytes: data.len(),
                    path,
                });
            }
        }
    }
    Ok(files)
}

/// An entry as it stands on disk.
#[derive(Debug, Serialize, Deserialize)]
struct Entry<'a> {
    schema: Cow<'a, str>,
    completion: Cow<'a, Completion>,
    /// BLAKE3 over the name under which it was put and the completion.
    checksum: String,
}

impl<'a> Entry<'a> {
    fn new(name: &str, completion: &'a Completion) -> Self {
        Self {
            schema: Cow::Borrowed(SCHEMA),
            completion: Cow::Borrowed(completion),
            checksum: hash(&(name, completion)),
        }
    }

    fn read(bytes: &[u8], name: &str) -> Option<Completion> {
        let entry: Self = serde_json::from_slice(bytes).ok()?;
        let sound = entry.schema == SCHEMA && entry.checksum == hash(&(name, &entry.completion));
        sound.then(|| entry.completion.into_owned())
    }
}

fn name(identity: &str, attempt: u32) -> String {
    hash(&(identity, attempt))
}

/// BLAKE3 over a value as JSON.
fn hash(value: &impl Serialize) -> String {
    // Strings and numbers can always be written as JSON.
    let json = serde_json::to_vec(value).unwrap_or_default();
    blake3::hash(&json).to_hex().to_string()
}

/// Two hundred and fifty-six folders, so that none grows long.
fn shelf(folder: &Path, name: &str) -> PathBuf {
    folder.join(&name[..2])
}

fn path(folder: &Path, name: &str) -> PathBuf {
    shelf(folder, name).join(&name[2..]).with_extension("json")
}

fn unfinished(folder: &Path) -> PathBuf {
    folder.join("unfinished")
}

/// Removes what killed processes left. What cannot be removed does no harm.
fn sweep(unfinished: &Path) {
    let Ok(files) = fs::read_dir(unfinished) else {
        return;
    };
    for file in files.flatten() {
        let ours = file.file_name().to_string_lossy().starts_with(UNFINISHED);
        let age = file
            .metadata()
            .and_then(|data| data.modified())
            .ok()
            .and_then(|time| time.elapsed().ok());
        if ours && age.is_some_and(|age| age > ABANDONED) {
            let _ = fs::remove_file(file.path());
        }
    }
}
