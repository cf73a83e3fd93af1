//! A file to which one process adds answers, line by line.
//!
//! In: whole lines. Out: where they stand, once they are on disk. Laws: one process writes a volume at a time; what one
//! that was killed left unfinished is taken off before anything is added; a volume that is full, that failed once, or that
//! somebody else has changed or removed is not added to any more.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::disk::{self, Readers};

/// What the names of volumes end in.
const EXTENSION: &str = "jsonl";

/// How large a volume grows: of what is kept, the oldest goes a volume at a time.
pub(super) const FULL: u64 = 8 << 20;

/// Whether a file that is locked can still be read by others.
const LOCKS: bool = cfg!(unix);

/// A volume that this process writes.
#[derive(Debug)]
pub(super) struct Volume {
    pub(super) path: Arc<Path>,
    file: File,
    end: u64,
}

impl Volume {
    /// Goes on with one that has room and that nobody writes, of whose bytes `whole` are whole lines.
    pub(super) fn claim(path: &Arc<Path>, whole: u64) -> Option<Self> {
        // Where nothing stands, whoever has made it may not have locked it yet.
        if !LOCKS || whole == 0 || whole >= FULL {
            return None;
        }
        let mut file = OpenOptions::new().read(true).write(true).open(path).ok()?;
        file.try_lock().ok()?;
        // Somebody may have added to it before it was ours.
        let end = super::index::whole_lines(path, whole).ok()?;
        if end < file.metadata().ok()?.len() {
            file.set_len(end).ok()?;
        }
        file.seek(SeekFrom::End(0)).ok()?;
        Some(Self {
            path: Arc::clone(path),
            file,
            end,
        })
    }

    /// A new one, in a folder that is made if it is not there: it is new, or somebody has cleared the cache.
    pub(super) fn create(folder: &Path) -> io::Result<Self> {
        disk::make_folder(folder, Readers::Owner)?;
        let (file, path) = disk::new_file(folder, &format!(".{EXTENSION}"), Readers::Owner)?;
        // Where files cannot be locked, nobody goes on with what another process has begun.
        let _ = LOCKS && file.try_lock().is_ok();
        disk::sync_folder(folder);
        Ok(Self {
            path: path.into(),
            file,
            end: 0,
        })
    }

    /// Whether it can be added to: there is room, and it is as it was left.
    pub(super) fn is_open(&self) -> bool {
        let is_as_left =
            || fs::metadata(&self.path).is_ok_and(|data| data.is_file() && data.len() == self.end);
        self.end < FULL && is_as_left()
    }

    /// Adds lines; where they begin. They are on disk when this returns. If they cannot be, none of them is in it.
    pub(super) fn add(mut self, lines: &str) -> io::Result<(Self, u64)> {
        let start = self.end;
        let added = self
            .file
            .write_all(lines.as_bytes())
            .and_then(|()| self.file.sync_data());
        if let Err(cause) = added {
            let _ = self.file.set_len(start);
            if start == 0 {
                let _ = fs::remove_file(&self.path);
            }
            return Err(cause);
        }
        self.end += lines.len() as u64;
        Ok((self, start))
    }
}

/// A volume of a folder, as far as it matters for what goes first.
pub(super) struct Shelved {
    pub(super) path: PathBuf,
    pub(super) data: fs::Metadata,
}

/// The volumes of a folder, and nothing else that may lie there. A folder that is not there has none.
pub(super) fn all(folder: &Path) -> io::Result<Vec<Shelved>> {
    let files = match fs::read_dir(folder) {
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        files => files?,
    };
    let volumes = files.flatten().filter_map(|file| {
        let path = file.path();
        let is_volume = path.extension().is_some_and(|extension| extension == EXTENSION);
        // One that goes away meanwhile is none.
        let data = file.metadata().ok().filter(|data| is_volume && data.is_file())?;
        Some(Shelved { path, data })
    });
    Ok(volumes.collect())
}
