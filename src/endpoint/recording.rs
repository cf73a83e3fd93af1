//! Recordings: answers by text, so that a run can be repeated without a model.
//!
//! A [`Recording`] holds what a model answered to one segment. It is found by task, attempt and French text, never by
//! the wording of a prompt, so that prompts and chunks may change. In a folder each is a file `KEY.json`; those of the
//! samples are in the binary.
//!
//! Law: what is not recorded is not found; there are no near matches.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::{fs, io};

use include_dir::{Dir, include_dir};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{ModelInfo, Subject};
use crate::disk::{self, Readers};

const SCHEMA: &str = "fidele.recording/1";

static SAMPLES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/samples");

/// What a model answered to one text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recording {
    /// `fidele.recording/1`
    pub schema: String,
    /// What was asked: [`Subject::task`].
    pub task: String,
    /// At which attempt.
    pub attempt: u32,
    /// The French text.
    pub source: String,
    /// The answer: a string for a segment's English, an object for a whole summary.
    pub reply: Value,
    /// Who answered.
    pub model: String,
    /// What the person who made the recording says of it: `altered to show the check`.
    #[serde(default)]
    pub remark: Option<String>,
}

impl Recording {
    /// The name under which an answer is found: the first 32 hexadecimal digits of BLAKE3 over task, attempt and text.
    #[must_use]
    pub fn key(task: &str, attempt: u32, text: &str) -> String {
        let subject = serde_json::json!([task, attempt, text]).to_string();
        let mut key = blake3::hash(subject.as_bytes()).to_hex().to_string();
        key.truncate(32);
        key
    }
}

/// Why recordings cannot be read or written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RecordingError {
    /// A folder or file cannot be read.
    #[error("cannot read recordings from {}", path.display())]
    Read {
        /// Which.
        path: PathBuf,
        /// The cause.
        #[source]
        cause: io::Error,
    },
    /// A file is no recording.
    #[error("{} is no recording: {cause}", path.display())]
    Form {
        /// Which.
        path: PathBuf,
        /// What is wrong, with the line.
        cause: serde_json::Error,
    },
    /// The file's name is not the key of what it holds, or it is of another kind.
    #[error("{} should be named {expected}.json and have the schema {SCHEMA}", path.display())]
    Misplaced {
        /// Which.
        path: PathBuf,
        /// The key of what it holds.
        expected: String,
    },
    /// A recording cannot be written.
    #[error("cannot write the recording {}", path.display())]
    Write {
        /// Which.
        path: PathBuf,
        /// The cause.
        #[source]
        cause: io::Error,
    },
}

/// Recordings, ready to be found.
#[derive(Debug, Clone, Default)]
pub struct Recordings(HashMap<String, Recording>);

impl Recordings {
    /// Reads every `.json` file of a folder.
    ///
    /// # Errors
    /// The folder or a file cannot be read, or a file is not a recording under its own name.
    pub fn from_folder(folder: &Path) -> Result<Self, RecordingError> {
        let unreadable = |cause| RecordingError::Read {
            path: folder.to_owned(),
            cause,
        };
        let mut recordings = Self::default();
        for entry in fs::read_dir(folder).map_err(unreadable)? {
            let path = entry.map_err(unreadable)?.path();
            if path.extension().is_some_and(|extension| extension == "json") {
                let bytes = fs::read(&path).map_err(|cause| RecordingError::Read {
                    path: path.clone(),
                    cause,
                })?;
                recordings.take(&path, &bytes)?;
            }
        }
        Ok(recordings)
    }

    /// Those of the samples, which are in the binary.
    ///
    /// # Errors
    /// None in a binary whose tests pass.
    pub fn embedded() -> Result<Self, RecordingError> {
        let mut recordings = Self::default();
        let folders = SAMPLES.dirs().flat_map(Dir::dirs);
        for folder in folders.filter(|folder| folder.path().ends_with("recordings")) {
            for file in folder
                .files()
                .filter(|file| file.path().extension().is_some_and(|it| it == "json"))
            {
                recordings.take(file.path(), file.contents())?;
            }
        }
        Ok(recordings)
    }

    fn take(&mut self, path: &Path, bytes: &[u8]) -> Result<(), RecordingError> {
        let recording: Recording = serde_json::from_slice(bytes).map_err(|cause| RecordingError::Form {
            path: path.to_owned(),
            cause,
        })?;
        let key = Recording::key(&recording.task, recording.attempt, &recording.source);
        if recording.schema != SCHEMA || path.file_stem().is_none_or(|stem| stem != key.as_str()) {
            return Err(RecordingError::Misplaced {
                path: path.to_owned(),
                expected: key,
            });
        }
        self.0.insert(key, recording);
        Ok(())
    }

    /// The answer to a text, if it was recorded.
    #[must_use]
    pub fn find(&self, task: &str, attempt: u32, text: &str) -> Option<&Recording> {
        let recording = self.0.get(&Recording::key(task, attempt, text))?;
        // The key is half a hash; the text itself decides.
        (recording.task == task && recording.attempt == attempt && recording.source == text)
            .then_some(recording)
    }

    /// Whether an answer to a text was recorded.
    #[must_use]
    pub fn contains(&self, task: &str, attempt: u32, text: &str) -> bool {
        self.find(task, attempt, text).is_some()
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// What an answer says of each segment of its request, for recordings.
pub trait Recordable {
    /// The reply by the id of its segment: a string for a translated segment; the whole answer, as an object, for a
    /// summary, whose one segment is `article`.
    fn replies(&self) -> Vec<(String, Value)>;
}

/// Writes recordings (`--record DIR`).
#[derive(Debug)]
pub struct Recorder {
    folder: PathBuf,
}

impl Recorder {
    /// Writes into a folder, which is made if it is not there.
    ///
    /// # Errors
    /// [`RecordingError::Write`].
    pub fn in_folder(folder: impl Into<PathBuf>) -> Result<Self, RecordingError> {
        let path = folder.into();
        match disk::make_folder(&path, Readers::Anyone) {
            Ok(()) => Ok(Self { folder: path }),
            Err(cause) => Err(RecordingError::Write { path, cause }),
        }
    }

    /// Writes what `info` answered to each segment of `subject`, replacing what was recorded for the same text. Replies
    /// to segments that were not asked for are left out.
    ///
    /// # Errors
    /// [`RecordingError::Write`].
    pub fn keep(
        &self,
        subject: &Subject,
        replies: Vec<(String, Value)>,
        info: &ModelInfo,
    ) -> Result<(), RecordingError> {
        for (id, reply) in replies {
            let Some(piece) = subject.segments.iter().find(|piece| piece.id == id) else {
                continue;
            };
            let key = Recording::key(&subject.task, subject.attempt, &piece.text);
            let recording = Recording {
                schema: SCHEMA.to_owned(),
                task: subject.task.clone(),
                attempt: subject.attempt,
                source: piece.text.clone(),
                reply,
                model: info.model.clone(),
                remark: None,
            };
            let path = self.folder.join(key).with_extension("json");
            let write = || {
                let mut bytes = serde_json::to_vec_pretty(&recording)?;
                bytes.push(b'\n');
                disk::write_whole(&path, &self.folder, &bytes, Readers::Anyone)
            };
            write().map_err(|cause| RecordingError::Write {
                path: path.clone(),
                cause,
            })?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_recordings_of_the_samples_are_sound() {
        Recordings::embedded().unwrap();
    }

    #[test]
    fn keys_differ_by_task_attempt_and_text() {
        let keys = [
            Recording::key("translate", 1, "Bonjour"),
            Recording::key("translate", 2, "Bonjour"),
            Recording::key("translate", 1, "Bonjour "),
            Recording::key("summarize", 1, "Bonjour"),
        ];
        assert!(keys.iter().all(|key| key.len() == 32));
        let distinct: std::collections::HashSet<_> = keys.iter().collect();
        assert_eq!(distinct.len(), keys.len());
    }
}
