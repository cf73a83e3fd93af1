//! Answers in the volumes of one folder.
//!
//! In: answers; or the name of one. Out: whether they are on disk; or the answer. One volume is written by this process, if
//! it writes at all; all are read.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use blake3::Hash;

use super::index::{Index, Spot};
use super::volume::Volume;
use super::{JournalError, line};
use crate::endpoint::Completion;

/// A folder, and what this process knows of it.
#[derive(Debug)]
pub(super) struct Folder {
    pub(super) path: PathBuf,
    index: Mutex<Index>,
    writing: Mutex<Writing>,
}

/// The volume that this process writes.
#[derive(Debug)]
enum Writing {
    /// None yet: one that another process has left can be gone on with.
    NotYet,
    Into(Volume),
    /// The last one is full, gone or failing: a new one is made.
    Anew,
}

impl Folder {
    /// A folder, as it is found.
    ///
    /// # Errors
    /// Those of the file system.
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        let mut index = Index::default();
        index.read_on(path)?;
        Ok(Self {
            path: path.to_owned(),
            index: Mutex::new(index),
            writing: Mutex::new(Writing::NotYet),
        })
    }

    /// Volumes in which something stands that is no answer.
    pub(super) fn damaged(&self) -> Vec<PathBuf> {
        lock(&self.index).damaged().to_vec()
    }

    /// Whether there is an answer of that name, or was a moment ago. What cannot be looked at may hold it: `get` says what
    /// is wrong.
    pub(super) fn has(&self, name: Hash) -> bool {
        lock(&self.index).has(&self.path, name).unwrap_or(true)
    }

    /// The answer of that name.
    pub(super) fn get(&self, name: Hash) -> Result<Option<Completion>, JournalError> {
        let spot = lock(&self.index)
            .look(&self.path, name)
            .map(Option::<&Spot>::cloned);
        let Some(spot) = spot.map_err(|cause| JournalError::Read {
            path: self.path.clone(),
            cause,
        })?
        else {
            return Ok(None);
        };
        let path = spot.volume.to_path_buf();
        match spot.read() {
            Ok(bytes) => match line::read(&bytes, name) {
                Some(completion) => Ok(Some(completion)),
                None => Err(JournalError::Damaged { path }),
            },
            // Its volume was removed: it was among the oldest, or somebody has cleared the cache.
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(cause) => Err(JournalError::Read { path, cause }),
        }
    }

    /// Puts answers on disk, all at once if it takes them so, or else one by one.
    pub(super) fn put(&self, answers: &[(Hash, &Completion)]) -> Vec<Result<(), JournalError>> {
        let mut writing = lock(&self.writing);
        let lines: Vec<_> = answers
            .iter()
            .map(|(name, completion)| (*name, line::write(*name, completion)))
            .collect();
        if self.add(&mut writing, &lines).is_ok() {
            return lines.iter().map(|_| Ok(())).collect();
        }
        let one_by_one = lines.chunks(1).map(|line| self.add(&mut writing, line));
        one_by_one.collect()
    }

    fn add(&self, writing: &mut Writing, lines: &[(Hash, String)]) -> Result<(), JournalError> {
        let all: String = lines.iter().map(|(_, line)| line.as_str()).collect();
        let (volume, start) = self
            .volume(std::mem::replace(writing, Writing::Anew))
            .and_then(|volume| volume.add(&all))
            .map_err(|cause| JournalError::Write {
                path: self.path.clone(),
                cause,
            })?;
        let (mut index, mut at) = (lock(&self.index), start);
        for (name, line) in lines {
            index.add(*name, &volume.path, at, line.len());
            at += line.len() as u64;
        }
        *writing = Writing::Into(volume);
        Ok(())
    }

    /// The volume to add to.
    fn volume(&self, writing: Writing) -> io::Result<Volume> {
        let left = match writing {
            Writing::NotYet => {
                let index = lock(&self.index);
                index
                    .volumes()
                    .find_map(|(path, whole)| Volume::claim(path, whole))
            }
            Writing::Into(volume) => Some(volume),
            Writing::Anew => None,
        };
        match left.filter(Volume::is_open) {
            Some(volume) => Ok(volume),
            None => Volume::create(&self.path),
        }
    }
}

fn lock<T>(held: &Mutex<T>) -> MutexGuard<'_, T> {
    // What is held is whole whatever happened to whoever held it: at worst a line is read again.
    held.lock().unwrap_or_else(PoisonError::into_inner)
}
