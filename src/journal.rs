//! Every complete answer, kept: a rerun replays it at no cost.
//!
//! In: an identity ([`crate::endpoint::Endpoint::identities`]), the attempt, and a complete [`Completion`]. Out: the
//! same completion, today or after a crash.
//!
//! An entry is a line (`line`) in one of the files of a folder, its volumes: answers that come together are written
//! together, and a disk waits for them once. A process writes one volume (`volume`) and knows of all where each entry
//! stands (`index`).
//!
//! Laws: an entry is written whole or not at all, and is on disk when [`Journal::put`] returns. What does not carry
//! its own checksum is not an answer. Several processes may share a journal: what one has kept, the others find. Files
//! can be read by their owner alone. Keys and addresses are hashed into names and stand nowhere.
//!
//! A journal that grows beyond a size loses its oldest volumes ([`Journal::trim`]), whose answers may be asked for again
//! one day; deleting the folder is safe at any time.
//!
//! # Not done
//! Reading an entry makes it no younger. An entry that a later one replaces stays until its volume goes.
//! A run reads the folder through as it begins: a third of a second for a thousand million bytes that the system holds in
//! memory.

mod folder;
mod index;
mod line;
mod volume;

use std::collections::{HashMap, HashSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use blake3::Hash;

use self::folder::Folder;
use self::volume::Shelved;
use crate::disk::{self, Readers, UNFINISHED};
use crate::endpoint::Completion;

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
    Folder(Folder),
    Memory(Mutex<HashMap<Hash, Completion>>),
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
        let opened = disk::make_folder(&unfinished, Readers::Owner)
            .and_then(|()| disk::takes_files(&unfinished))
            .and_then(|()| Folder::open(&path));
        match opened {
            Ok(folder) => {
                sweep(&unfinished);
                Ok(Self(Place::Folder(folder)))
            }
            Err(cause) => Err(JournalError::Folder { path, cause }),
        }
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
            Place::Folder(folder) => Some(&folder.path),
            Place::Memory(_) | Place::Nowhere => None,
        }
    }

    /// What was found to be damaged where it cannot be told which answer it was: each is worth a remark.
    #[must_use]
    pub fn damaged(&self) -> Vec<JournalError> {
        let volumes = match &self.0 {
            Place::Folder(folder) => folder.damaged(),
            Place::Memory(_) | Place::Nowhere => Vec::new(),
        };
        let damaged = volumes.into_iter().map(|path| JournalError::Damaged { path });
        damaged.collect()
    }

    /// The answer kept under an identity, if there is one.
    ///
    /// # Errors
    /// [`JournalError::Read`] and [`JournalError::Damaged`]: worth a remark, and otherwise the same as none.
    pub fn get(&self, identity: &str, attempt: u32) -> Result<Option<Completion>, JournalError> {
        let name = line::name(identity, attempt);
        match &self.0 {
            Place::Nowhere => Ok(None),
            Place::Memory(kept) => Ok(lock(kept).get(&name).cloned()),
            Place::Folder(folder) => folder.get(name),
        }
    }

    /// Whether [`Journal::get`] would find an entry; one that another process has put a moment ago may be missed. Reads no
    /// more than what others have just written: a look that may be taken where nothing may block.
    #[must_use]
    pub fn has(&self, identity: &str, attempt: u32) -> bool {
        let name = line::name(identity, attempt);
        match &self.0 {
            Place::Nowhere => false,
            Place::Memory(kept) => lock(kept).contains_key(&name),
            Place::Folder(folder) => folder.has(name),
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

    /// Keeps several, each as [`Journal::put`] does. A disk that takes them together waits for them once.
    pub fn put_all(&self, answers: &[(&str, u32, &Completion)]) -> Vec<Result<(), JournalError>> {
        let named = answers
            .iter()
            .map(|(identity, attempt, completion)| (line::name(identity, *attempt), *completion));
        match &self.0 {
            Place::Nowhere => named.map(|_| Ok(())).collect(),
            Place::Memory(kept) => {
                lock(kept).extend(named.map(|(name, completion)| (name, completion.clone())));
                answers.iter().map(|_| Ok(())).collect()
            }
            Place::Folder(folder) => folder.put(&named.collect::<Vec<_>>()),
        }
    }
}

fn lock<T>(kept: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    // A map is whole whatever happened to whoever held it.
    kept.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What a journal holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Holdings {
    /// Answers.
    pub entries: u64,
    /// The bytes of its files, those of answers that were replaced included.
    pub bytes: u64,
}

impl Journal {
    /// How much there is in a folder. One that is not there holds nothing.
    ///
    /// # Errors
    /// [`JournalError::Folder`].
    pub fn holdings(folder: &Path) -> Result<Holdings, JournalError> {
        let volumes = volumes(folder)?;
        // One that goes away meanwhile holds nothing any more.
        let names = volumes
            .iter()
            .filter_map(|volume| index::names(&volume.path).ok());
        Ok(Holdings {
            entries: names.flatten().collect::<HashSet<_>>().len() as u64,
            bytes: volumes.iter().map(|volume| volume.data.len()).sum(),
        })
    }

    /// Removes the oldest volumes of a folder until the rest has at most so many bytes; what was removed. One that another
    /// process removes meanwhile, or that cannot be removed, is passed over; who still writes one goes on in a new one.
    ///
    /// # Errors
    /// [`JournalError::Folder`].
    pub fn trim(folder: &Path, most: u64) -> Result<Holdings, JournalError> {
        let mut volumes = volumes(folder)?;
        let mut held: u64 = volumes.iter().map(|volume| volume.data.len()).sum();
        if held <= most {
            return Ok(Holdings::default());
        }
        let written = |volume: &Shelved| volume.data.modified().unwrap_or(SystemTime::UNIX_EPOCH);
        volumes.sort_by(|one, other| (written(one), &one.path).cmp(&(written(other), &other.path)));
        let (mut removed, mut answers) = (Holdings::default(), HashSet::new());
        for volume in volumes {
            if held <= most {
                break;
            }
            let names = index::names(&volume.path).unwrap_or_default();
            match fs::remove_file(&volume.path) {
                Ok(()) => {
                    answers.extend(names);
                    removed.bytes += volume.data.len();
                }
                Err(cause) if cause.kind() == io::ErrorKind::NotFound => {}
                // It is still there, so another one goes instead.
                Err(_) => continue,
            }
            held -= volume.data.len();
        }
        removed.entries = answers.len() as u64;
        Ok(removed)
    }
}

fn volumes(folder: &Path) -> Result<Vec<Shelved>, JournalError> {
    volume::all(folder).map_err(|cause| JournalError::Folder {
        path: folder.to_owned(),
        cause,
    })
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
