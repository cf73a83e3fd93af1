//! Where results go: stdout, or files that are written whole or not at all.
//!
//! Laws: an output is found unwritable before anything is paid for; an existing file is kept unless `--force`; no
//! output ever replaces an input; a file under its own name is whole, and one with holes ends in `.partial`.

use std::borrow::Cow;
use std::ffi::OsString;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use fidele::disk::{self, Readers};

use crate::failure::{Misuse, visible};

/// Writes to stdout and flushes. A closed pipe (`fidele … | head`) is no failure: whoever read it has seen enough, and
/// the exit code still says what became of the work.
pub fn to_stdout(bytes: &[u8]) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    match stdout.write_all(bytes).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        written => written,
    }
}

/// An English text as this reader may safely get it: byte for byte in a file or pipe, without what commands a terminal
/// in a terminal.
pub fn for_reader(text: &str, terminal: bool) -> Cow<'_, str> {
    if terminal {
        Cow::Owned(visible(text))
    } else {
        Cow::Borrowed(text)
    }
}

/// The name of the English: `x.fr.md` → `x.en.md`, `x.txt` → `x.en.txt`, `x` → `x.en`; another ending if the result
/// is in another form than the article.
pub fn english_name(french: &Path, extension: Option<&str>) -> PathBuf {
    let own = french.extension().and_then(|extension| extension.to_str());
    let is_language = |part: &str| part.eq_ignore_ascii_case("fr");
    let stem = match own {
        Some(_) => french.file_stem(),
        None => french.file_name(),
    };
    let stem = Path::new(stem.unwrap_or_default());
    // `x.fr.md`: the stem `x.fr` ends in the language; `x.fr`: the ending itself is the language.
    let bare = match stem.extension().and_then(|part| part.to_str()) {
        Some(part) if is_language(part) => stem.file_stem().unwrap_or_default(),
        _ => stem.as_os_str(),
    };
    let mut name = OsString::from(bare);
    name.push(".en");
    let own = own.filter(|own| !is_language(own));
    if let Some(extension) = extension.or(own) {
        name.push(".");
        name.push(extension);
    }
    PathBuf::from(name)
}

/// The name of what stands beside an English text: `x.en.md` → `x.en.report.json`.
pub fn companion_name(english: &Path, what: &str, extension: &str) -> PathBuf {
    let stem = match english.extension() {
        Some(extension) if extension != "en" => english.file_stem(),
        _ => english.file_name(),
    };
    let mut name = OsString::from(stem.unwrap_or_default());
    name.push(format!(".{what}.{extension}"));
    english.with_file_name(name)
}

/// The name of a file that has holes.
pub fn partial_name(whole: &Path) -> PathBuf {
    let mut name = whole.as_os_str().to_owned();
    name.push(".partial");
    PathBuf::from(name)
}

/// Where the English of each article goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Destination {
    Stdout,
    File(PathBuf),
    Folder(PathBuf),
    Beside,
}

impl Destination {
    /// Understands `-o` and `--beside` for these inputs; `-o -` is stdout.
    pub fn of(output: Option<&Path>, beside: bool, inputs: &[PathBuf]) -> Result<Self> {
        let several = inputs.len() > 1;
        let destination = match output {
            None if beside => Self::Beside,
            None => Self::Stdout,
            Some(path) if is_stdin(path) => Self::Stdout,
            Some(path) if path.is_dir() || ends_in_separator(path) => Self::Folder(path.to_owned()),
            Some(path) if several && !path.exists() && path.extension().is_none() => {
                Self::Folder(path.to_owned())
            }
            Some(path) => Self::File(path.to_owned()),
        };
        if several && !matches!(destination, Self::Folder(_) | Self::Beside) {
            let message = "several articles need a place each: add -o DIR, or --beside to write next to each";
            bail!(Misuse(message.to_owned()));
        }
        if destination == Self::Beside && inputs.iter().any(|input| is_stdin(input)) {
            bail!(Misuse(
                "stdin has no folder to write beside: use -o FILE instead of --beside".to_owned()
            ));
        }
        Ok(destination)
    }

    /// The file for the English of this article; none for stdout.
    pub fn file_for(&self, article: &Path, extension: Option<&str>) -> Option<PathBuf> {
        let named = if is_stdin(article) {
            Path::new("stdin.txt")
        } else {
            article
        };
        match self {
            Self::Stdout => None,
            Self::File(path) => Some(path.clone()),
            Self::Folder(folder) => Some(folder.join(english_name(named, extension))),
            Self::Beside => Some(article.with_file_name(english_name(named, extension))),
        }
    }
}

fn ends_in_separator(path: &Path) -> bool {
    path.as_os_str()
        .to_string_lossy()
        .ends_with(std::path::is_separator)
}

/// Whether this argument means stdin.
pub fn is_stdin(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// A file that will be written, and that can be: checked before anything is paid for.
#[derive(Debug, PartialEq, Eq)]
pub struct Target {
    path: PathBuf,
    force: bool,
}

/// What became of an output.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Written {
    /// It is there, under this name.
    Whole(PathBuf),
    /// It has holes, so it ends in `.partial`.
    Partial(PathBuf),
    /// It was there already, byte for byte.
    AsBefore(PathBuf),
    /// Another text is there, and was kept.
    Kept(PathBuf),
}

impl Target {
    /// Checks that this file can be written: its folder exists or can be made, takes a file, and the file is no input.
    pub fn reserve(path: PathBuf, inputs: &[PathBuf], force: bool) -> Result<Self> {
        if path.is_dir() {
            bail!(Misuse(format!(
                "{} is a folder: name a file in it",
                path.display()
            )));
        }
        if let Some(input) = inputs.iter().find(|input| is_same_file(input, &path)) {
            let message = format!(
                "the output would replace the article {}: choose another name",
                input.display()
            );
            bail!(Misuse(message));
        }
        if !is_device(&path) {
            usable_folder(folder_of(&path))?;
            if path.exists() && fs::metadata(&path).is_ok_and(|metadata| metadata.permissions().readonly()) {
                bail!("{} is read-only; nothing was sent", path.display());
            }
        }
        Ok(Self { path, force })
    }

    /// Writes the text: whole under its name, with holes under a name ending in `.partial`.
    pub fn write(&self, text: &[u8], whole: bool) -> Result<Written> {
        if is_device(&self.path) {
            fs::write(&self.path, text)
                .with_context(|| format!("cannot write to {}", self.path.display()))?;
            return Ok(Written::Whole(self.path.clone()));
        }
        let partial = partial_name(&self.path);
        if !whole {
            // Always replaced: a partial file is nobody's work but ours.
            replace(&partial, text)?;
            return Ok(Written::Partial(partial));
        }
        match fs::read(&self.path) {
            Ok(before) if before == text => {
                remove_if_there(&partial)?;
                return Ok(Written::AsBefore(self.path.clone()));
            }
            Ok(_) if !self.force => return Ok(Written::Kept(self.path.clone())),
            _ => {}
        }
        replace(&self.path, text)?;
        remove_if_there(&partial)?;
        Ok(Written::Whole(self.path.clone()))
    }
}

/// Finds out whether files can be written to this folder, which is made if it is not there.
pub fn usable_folder(folder: &Path) -> Result<()> {
    disk::make_folder(folder, Readers::Anyone)
        .with_context(|| format!("cannot make the folder {}", folder.display()))?;
    tempfile::tempfile_in(folder)
        .with_context(|| format!("cannot write to {}; nothing was sent", folder.display()))?;
    Ok(())
}

fn remove_if_there(path: &Path) -> Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("cannot remove the outdated {}", path.display()))
        }
        _ => Ok(()),
    }
}

/// Writes the file whole or not at all; through a link, so that the link stays one.
fn replace(path: &Path, text: &[u8]) -> Result<()> {
    let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    disk::write_whole(&path, folder_of(&path), text, Readers::Anyone)
        .with_context(|| format!("cannot write {}", path.display()))
}

fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// A pipe, a terminal, `/dev/null`: written to as it is, never replaced.
fn is_device(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|metadata| !metadata.is_file() && !metadata.is_dir())
}

fn is_same_file(one: &Path, two: &Path) -> bool {
    match (fs::canonicalize(one), fs::canonicalize(two)) {
        (Ok(one), Ok(two)) => one == two || is_same_inode(&one, &two),
        _ => false,
    }
}

#[cfg(unix)]
fn is_same_inode(one: &Path, two: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    match (fs::metadata(one), fs::metadata(two)) {
        (Ok(one), Ok(two)) => one.is_file() && (one.dev(), one.ino()) == (two.dev(), two.ino()),
        _ => false,
    }
}

#[cfg(not(unix))]
fn is_same_inode(_: &Path, _: &Path) -> bool {
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_of_the_name_changes_and_nothing_else() {
        let names = [
            ("x.fr.md", "x.en.md"),
            ("x.FR.md", "x.en.md"),
            ("x.txt", "x.en.txt"),
            ("x", "x.en"),
            ("x.fr", "x.en"),
            ("a/b.2026.fr.txt", "b.2026.en.txt"),
            ("l'été n°1.md", "l'été n°1.en.md"),
        ];
        for (french, english) in names {
            assert_eq!(
                english_name(Path::new(french), None),
                Path::new(english),
                "{french}"
            );
        }
        assert_eq!(
            english_name(Path::new("x.fr.md"), Some("json")),
            Path::new("x.en.json")
        );
        assert_eq!(
            companion_name(Path::new("d/x.en.md"), "report", "json"),
            Path::new("d/x.en.report.json")
        );
        assert_eq!(
            companion_name(Path::new("x.en"), "report", "html"),
            Path::new("x.en.report.html")
        );
    }

    #[test]
    fn an_article_commands_no_terminal_and_is_untouched_elsewhere() {
        let text = "12\u{1b}[31m\n\u{202e}34\n";
        assert_eq!(for_reader(text, true), "12␛[31m\n�34\n");
        assert_eq!(for_reader(text, false), text);
    }

    #[test]
    fn several_articles_need_a_place_each() {
        let inputs = [PathBuf::from("a.txt"), PathBuf::from("b.txt")];
        assert!(Destination::of(None, false, &inputs).is_err());
        assert!(Destination::of(Some(Path::new("out.txt")), false, &inputs).is_err());
        let folder = Destination::of(Some(Path::new("no-such/")), false, &inputs).unwrap();
        assert_eq!(
            folder.file_for(Path::new("a.txt"), None).unwrap(),
            Path::new("no-such/a.en.txt")
        );
        let dash = Destination::of(Some(Path::new("-")), false, &inputs[..1]);
        assert_eq!(dash.unwrap(), Destination::Stdout);
        let beside = Destination::of(None, true, &inputs).unwrap();
        assert_eq!(
            beside.file_for(Path::new("d/a.txt"), None).unwrap(),
            Path::new("d/a.en.txt")
        );
        assert!(Destination::of(None, true, &[PathBuf::from("-")]).is_err());
    }

    #[test]
    fn what_is_there_is_kept_unless_forced() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.en.txt");
        let target = Target::reserve(path.clone(), &[], false).unwrap();
        assert_eq!(
            target.write(b"holes", false).unwrap(),
            Written::Partial(folder.path().join("x.en.txt.partial"))
        );
        assert!(
            !path.exists(),
            "a text with holes does not get the name of a whole one"
        );
        assert_eq!(target.write(b"one", true).unwrap(), Written::Whole(path.clone()));
        assert_eq!(
            fs::read_dir(folder.path()).unwrap().count(),
            1,
            "the partial file is gone"
        );
        assert_eq!(
            target.write(b"one", true).unwrap(),
            Written::AsBefore(path.clone())
        );
        assert_eq!(target.write(b"two", true).unwrap(), Written::Kept(path.clone()));
        assert_eq!(fs::read(&path).unwrap(), b"one");
        let forced = Target::reserve(path.clone(), &[], true).unwrap();
        assert_eq!(forced.write(b"two", true).unwrap(), Written::Whole(path.clone()));
        assert_eq!(fs::read(&path).unwrap(), b"two");
    }

    #[test]
    fn the_article_is_never_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let article = folder.path().join("x.txt");
        fs::write(&article, "texte").unwrap();
        let inputs = [article.clone()];
        assert!(Target::reserve(folder.path().join(".").join("x.txt"), &inputs, true).is_err());
        #[cfg(unix)]
        {
            let link = folder.path().join("link.txt");
            fs::hard_link(&article, &link).unwrap();
            assert!(Target::reserve(link, &inputs, true).is_err());
        }
        assert_eq!(fs::read(&article).unwrap(), b"texte");
    }

    #[cfg(unix)]
    #[test]
    fn a_device_is_written_to_not_replaced() {
        let null = PathBuf::from("/dev/null");
        let target = Target::reserve(null.clone(), &[], false).unwrap();
        assert_eq!(target.write(b"text", true).unwrap(), Written::Whole(null.clone()));
        assert!(is_device(&null));
    }
}
