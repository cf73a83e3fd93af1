//! Reading what the user names: files and stdin, never more than `max_bytes`, each refusal with the next step.

use std::fs::File;
use std::io::{self, IsTerminal as _, Read};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, anyhow, bail};
use fidele::article::{Article, Format};

use crate::failure::Misuse;
use crate::output::is_stdin;
use crate::terminal::tell;

/// The name of an input in messages and reports.
pub fn name(path: &Path) -> String {
    if is_stdin(path) {
        "stdin".to_owned()
    } else {
        path.display().to_string()
    }
}

/// Stdin can be read once: naming it twice cannot be meant.
pub fn at_most_one_stdin(paths: &[&Path]) -> Result<()> {
    if paths.iter().filter(|path| is_stdin(path)).count() > 1 {
        bail!(Misuse(
            "`-` is named twice, but stdin can be read only once".to_owned()
        ));
    }
    Ok(())
}

/// The bytes of a file, or of stdin for `-`.
pub fn bytes(path: &Path, max_bytes: u64) -> Result<Vec<u8>> {
    let name = name(path);
    let unreadable = |error: io::Error| anyhow!(error).context(format!("cannot read {name}"));
    if is_stdin(path) {
        if io::stdin().is_terminal() {
            tell("fidele: reading the text from the terminal; end it with Ctrl-D");
        }
        return limited(io::stdin().lock(), None, &name, max_bytes);
    }
    if path.is_dir() {
        bail!("{name} is a folder, not an article; for a folder run: fidele batch '{name}' OUT_DIR");
    }
    let file = File::open(path).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => anyhow!("there is no file {name}; check the path, or use - to read stdin"),
        io::ErrorKind::PermissionDenied => anyhow!("you may not read {name}; check its permissions (ls -l)"),
        _ => unreadable(error),
    })?;
    let size = file.metadata().map_err(unreadable)?.len();
    limited(file, Some(size), &name, max_bytes)
}

fn limited(source: impl Read, size: Option<u64>, name: &str, max_bytes: u64) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let limit = max_bytes.saturating_add(1);
    source
        .take(limit)
        .read_to_end(&mut bytes)
        .map_err(|error| anyhow!(error).context(format!("cannot read {name}")))?;
    if bytes.len() as u64 > max_bytes {
        let size = size
            .filter(|size| *size > max_bytes)
            .map(|size| format!(" ({size} bytes)"));
        bail!(
            "{name}{} is longer than {max_bytes} bytes; if it is one article, add --max-bytes with a larger number",
            size.unwrap_or_default()
        );
    }
    Ok(bytes)
}

/// An article: its bytes decoded and taken apart. What comes from stdin is plain text.
pub fn article(path: &Path, max_bytes: u64) -> Result<Article> {
    let bytes = bytes(path, max_bytes)?;
    Article::decode(&bytes, Format::of_path(path)).with_context(|| name(path))
}

/// What an output must not replace.
pub fn files(paths: &[PathBuf]) -> Vec<PathBuf> {
    paths.iter().filter(|path| !is_stdin(path)).cloned().collect()
}
