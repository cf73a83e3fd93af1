//! Files that are written whole or not at all.
//!
//! A file is written beside its place, flushed, and renamed into it: whoever reads sees the old one or the new one,
//! whatever happens in between (a kill, a full disk, a power cut).

use std::fs::{DirBuilder, File, Permissions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::Builder;

/// How the names of unfinished files begin.
pub const UNFINISHED: &str = ".unfinished-";

/// Who may read a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Readers {
    /// Its owner alone: mode 0600, folders 0700.
    Owner,
    /// Whoever the user's umask lets.
    Anyone,
}

impl Readers {
    #[cfg(unix)]
    fn file(self) -> Permissions {
        use std::os::unix::fs::PermissionsExt;
        Permissions::from_mode(match self {
            Self::Owner => 0o600,
            Self::Anyone => 0o666,
        })
    }

    #[cfg(unix)]
    fn folder(self, builder: &mut DirBuilder) {
        use std::os::unix::fs::DirBuilderExt;
        builder.mode(match self {
            Self::Owner => 0o700,
            Self::Anyone => 0o777,
        });
    }
}

/// Makes a folder and those above it. One that is there stays as it is.
///
/// # Errors
/// Those of the file system.
pub fn make_folder(path: &Path, readers: Readers) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    readers.folder(&mut builder);
    builder.create(path)
}

/// Writes `bytes` to `path`, by way of an unfinished file in `beside`, a folder of the same file system. What stood
/// at `path` is replaced. When this returns, the bytes and the name are on disk.
///
/// # Errors
/// Those of the file system; then `path` is as it was.
pub fn write_whole(path: &Path, beside: &Path, bytes: &[u8], readers: Readers) -> io::Result<()> {
    let mut builder = Builder::new();
    builder.prefix(UNFINISHED);
    #[cfg(unix)]
    builder.permissions(readers.file());
    let mut file = builder.tempfile_in(beside)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    file.persist(path).map_err(|error| error.error)?;
    sync_folder(path.parent().unwrap_or(beside));
    Ok(())
}

/// Makes a file of a name that nobody has, ending in `suffix`.
///
/// # Errors
/// Those of the file system.
pub fn new_file(folder: &Path, suffix: &str, readers: Readers) -> io::Result<(File, PathBuf)> {
    let mut builder = Builder::new();
    builder.prefix("").rand_bytes(16).suffix(suffix);
    #[cfg(unix)]
    builder.permissions(readers.file());
    Ok(builder.tempfile_in(folder)?.keep()?)
}

/// Finds out whether a folder takes files: before something is paid for that would be kept there.
///
/// # Errors
/// Those of the file system.
pub fn takes_files(folder: &Path) -> io::Result<()> {
    let mut file = Builder::new().prefix(UNFINISHED).tempfile_in(folder)?;
    // A full disk may still make files, and then there is no room in them.
    file.write_all(&[0; 4096])?;
    file.flush()
}

/// Makes a name last through a power cut, where folders can be flushed; the file is whole without.
pub fn sync_folder(folder: &Path) {
    if cfg!(unix) {
        let _ = File::open(folder).and_then(|folder| folder.sync_all());
    }
}
