//! Where in a folder each answer stands.
//!
//! In: the volumes, those of other processes too. Out: the place of an answer. What has been read is not read again: a
//! volume only grows, and whether one has grown is seen by its size. A line that breaks off at the end of a volume is being
//! written, or was when its process was killed: it is no answer yet.

use std::collections::{BTreeMap, HashMap};
use std::fs::File;
use std::io::{self, BufRead as _, BufReader, Read as _, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use blake3::Hash;

use super::line;
use super::volume;

/// How old a look at the folder may be for who asks before each request.
const LATELY: Duration = Duration::from_millis(50);

/// A line on disk.
#[derive(Debug, Clone)]
pub(super) struct Spot {
    pub(super) volume: Arc<Path>,
    at: u64,
    length: usize,
}

impl Spot {
    /// The line, or as much as is left of it.
    pub(super) fn read(&self) -> io::Result<Vec<u8>> {
        let mut file = File::open(&self.volume)?;
        file.seek(SeekFrom::Start(self.at))?;
        let mut bytes = Vec::with_capacity(self.length);
        file.take(self.length as u64).read_to_end(&mut bytes)?;
        Ok(bytes)
    }
}

/// What is known of a folder.
#[derive(Debug, Default)]
pub(super) struct Index {
    spots: HashMap<Hash, Spot>,
    /// The volumes, each with how many bytes of it are whole lines that have been read.
    volumes: BTreeMap<Arc<Path>, u64>,
    /// When the folder was last looked at.
    looked: Option<Instant>,
    damaged: Vec<PathBuf>,
}

impl Index {
    /// Where an answer stands, looking for what other processes have added.
    pub(super) fn look(&mut self, folder: &Path, name: Hash) -> io::Result<Option<&Spot>> {
        if !self.spots.contains_key(&name) {
            self.read_on(folder)?;
        }
        Ok(self.spots.get(&name))
    }

    /// Whether an answer is there, or was a moment ago.
    pub(super) fn has(&mut self, folder: &Path, name: Hash) -> io::Result<bool> {
        let is_known = self.spots.contains_key(&name);
        if !is_known && self.looked.is_none_or(|looked| looked.elapsed() > LATELY) {
            return self.look(folder, name).map(|spot| spot.is_some());
        }
        Ok(is_known)
    }

    /// Volumes in which lines stand that are none of ours.
    pub(super) fn damaged(&self) -> &[PathBuf] {
        &self.damaged
    }

    /// The volumes, each with how many of its bytes are whole lines.
    pub(super) fn volumes(&self) -> impl Iterator<Item = (&Arc<Path>, u64)> {
        self.volumes.iter().map(|(path, whole)| (path, *whole))
    }

    /// Reads what is new in the folder.
    pub(super) fn read_on(&mut self, folder: &Path) -> io::Result<()> {
        self.looked = Some(Instant::now());
        for volume in volume::all(folder)? {
            let path: Arc<Path> = volume.path.into();
            let whole = self.volumes.entry(Arc::clone(&path)).or_default();
            if volume.data.len() <= *whole {
                continue;
            }
            let mut is_damaged = false;
            // One that cannot be read holds nothing for us.
            let read = lines(&path, *whole, |at, line| match line::name_of(line) {
                Some(name) => {
                    let (volume, length) = (Arc::clone(&path), line.len());
                    self.spots.insert(name, Spot { volume, at, length });
                }
                None => is_damaged = true,
            });
            *whole = read.unwrap_or(*whole);
            if is_damaged {
                self.damaged.push(path.to_path_buf());
            }
        }
        Ok(())
    }

    /// Takes note of a line that this process has added.
    pub(super) fn add(&mut self, name: Hash, volume: &Arc<Path>, at: u64, length: usize) {
        let whole = self.volumes.entry(Arc::clone(volume)).or_default();
        *whole = (*whole).max(at + length as u64);
        let volume = Arc::clone(volume);
        self.spots.insert(name, Spot { volume, at, length });
    }
}

/// Reads whole lines of a volume from `start` on; where they end.
fn lines(path: &Path, start: u64, mut line: impl FnMut(u64, &[u8])) -> io::Result<u64> {
    let mut file = File::open(path)?;
    file.seek(SeekFrom::Start(start))?;
    let mut file = BufReader::with_capacity(64 << 10, file);
    let (mut at, mut bytes) = (start, Vec::new());
    loop {
        bytes.clear();
        file.read_until(b'\n', &mut bytes)?;
        if !bytes.ends_with(b"\n") {
            return Ok(at);
        }
        line(at, &bytes);
        at += bytes.len() as u64;
    }
}

/// Where the whole lines of a volume end, of which so many bytes are known to be.
pub(super) fn whole_lines(path: &Path, known: u64) -> io::Result<u64> {
    lines(path, known, |_, _| {})
}

/// Whose answers stand in a volume.
pub(super) fn names(path: &Path) -> io::Result<Vec<Hash>> {
    let mut names = Vec::new();
    lines(path, 0, |_, line| names.extend(line::name_of(line)))?;
    Ok(names)
}
