//! A folder of articles: which they are, which are finished already, and what needs an editor first.
//!
//! In: folders and results. Out: the list of articles, the [`Index`] of what became of each. The work on one article is
//! `job`'s; where its files go is the program's. Law: every article found has exactly one row, whatever became of the
//! others.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::article::Format;
use crate::exit::Exit;
use crate::finding::{Count, Severity};
use crate::report::Report;

/// What a folder holds; all paths are relative to it.
#[derive(Debug, Default)]
pub struct Listing {
    /// In byte order.
    pub articles: Vec<PathBuf>,
    /// The folders below it that cannot be read, and why.
    pub unreadable: Vec<(PathBuf, io::Error)>,
}

/// The articles below a folder. Hidden files and folders, links to folders, what is already English (`x.en.md`) and
/// everything below `except` are passed over.
///
/// # Errors
/// The folder itself cannot be read; one below it is listed.
pub fn articles(folder: &Path, except: &Path) -> io::Result<Listing> {
    let except = fs::canonicalize(except).ok();
    let mut listing = Listing::default();
    let mut waiting = vec![PathBuf::new()];
    while let Some(relative) = waiting.pop() {
        let entries: io::Result<Vec<fs::DirEntry>> =
            fs::read_dir(folder.join(&relative)).and_then(Iterator::collect);
        let entries = match entries {
            Err(cause) if relative.as_os_str().is_empty() => return Err(cause),
            Err(cause) => {
                listing.unreadable.push((relative, cause));
                continue;
            }
            Ok(entries) => entries,
        };
        for entry in entries {
            let path = relative.join(entry.file_name());
            if entry.file_name().to_string_lossy().starts_with('.') {
                continue;
            }
            let kind = entry.file_type()?;
            if kind.is_dir() {
                if except.is_none() || fs::canonicalize(entry.path()).ok() != except {
                    waiting.push(path);
                }
            } else if is_article(&path) && fs::metadata(entry.path()).is_ok_and(|found| found.is_file()) {
                listing.articles.push(path);
            }
        }
    }
    listing.articles.sort();
    Ok(listing)
}

/// Markdown by any of its endings, and `.txt`.
fn is_article(path: &Path) -> bool {
    let is_text = path
        .extension()
        .is_some_and(|ending| ending.eq_ignore_ascii_case("txt"));
    let is_known = is_text || Format::of_path(path) == Format::Markdown;
    // `x.en.md`, and what stands beside it: `x.en.summary.md`, `x.en.report.md`.
    let name = path
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .to_lowercase();
    is_known && name.split('.').skip(1).all(|part| part != "en")
}

/// A word that changes when the text or anything that shapes its English changes. `settings` holds the latter.
#[must_use]
pub fn fingerprint(body: &str, settings: &[&str]) -> String {
    let mut hash = blake3::Hasher::new();
    for part in std::iter::once(&body).chain(settings) {
        hash.update(&(part.len() as u64).to_le_bytes())
            .update(part.as_bytes());
    }
    hash.finalize().to_hex()[..32].to_owned()
}

/// A report as a batch files it: with the fingerprint of what it was made from.
#[derive(Debug, Serialize)]
pub struct Filed<'a> {
    /// The report.
    #[serde(flatten)]
    pub report: &'a Report,
    /// See [`fingerprint`].
    pub fingerprint: &'a str,
}

/// What became of one article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "outcome")]
pub enum Outcome {
    /// It was worked on.
    Done {
        /// What its report says in numbers.
        #[serde(flatten)]
        account: Tally,
    },
    /// Text and settings were those of the last run: nothing was asked.
    Unchanged {
        /// What its report said then.
        #[serde(flatten)]
        account: Tally,
    },
    /// It could not be worked on.
    Failed {
        /// Why.
        reason: String,
    },
}

/// A report in numbers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// The account of the figures.
    pub figures: Count,
    /// The account of the names.
    pub names: Count,
    /// Findings an editor must look at.
    pub errors: usize,
    /// Findings worth a look.
    pub warnings: usize,
    /// Segments that are not translated.
    pub holes: usize,
}

impl From<&Report> for Tally {
    fn from(report: &Report) -> Self {
        let of = |severity| {
            report
                .findings()
                .filter(|finding| finding.severity == severity)
                .count()
        };
        Self {
            figures: report.figures,
            names: report.names,
            errors: of(Severity::Error),
            warnings: of(Severity::Warning),
            holes: report.holes(),
        }
    }
}

/// One article of the folder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Row {
    /// Where it stands, relative to the folder.
    pub article: PathBuf,
    /// What became of it.
    #[serde(flatten)]
    pub outcome: Outcome,
    /// The files that hold its results, relative to the output folder.
    pub files: Vec<PathBuf>,
}

/// What became of all articles of a folder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Index {
    /// `fidele.index/1`.
    pub schema: &'static str,
    /// One for each article, in byte order of their names.
    pub articles: Vec<Row>,
}

impl Index {
    /// The index of these articles, in the order of their names.
    #[must_use]
    pub fn new(mut articles: Vec<Row>) -> Self {
        articles.sort_by(|a, b| a.article.cmp(&b.article));
        Self {
            schema: "fidele.index/1",
            articles,
        }
    }

    /// The rows in the order in which an editor should look at them: failed, with holes, with most errors, with most
    /// that is not proven, the rest.
    #[must_use]
    pub fn by_need(&self) -> Vec<&Row> {
        let mut rows: Vec<&Row> = self.articles.iter().collect();
        rows.sort_by_key(|row| std::cmp::Reverse(row.need()));
        rows
    }

    /// What the whole folder amounts to for the shell.
    #[must_use]
    pub fn exit(&self, strict: bool) -> Exit {
        self.articles
            .iter()
            .fold(Exit::Sound, |exit, row| exit.and(row.exit(strict)))
    }
}

impl Row {
    /// What its report says in numbers, if there is one.
    #[must_use]
    pub fn account(&self) -> Option<Tally> {
        match &self.outcome {
            Outcome::Done { account } | Outcome::Unchanged { account } => Some(*account),
            Outcome::Failed { .. } => None,
        }
    }

    /// Failed or not, holes, errors, not proven.
    fn need(&self) -> (bool, usize, usize, usize) {
        let account = self.account().unwrap_or_default();
        let unproven = account.figures.not_proven + account.names.not_proven;
        (self.account().is_none(), account.holes, account.errors, unproven)
    }

    fn exit(&self, strict: bool) -> Exit {
        match self.need() {
            (true, ..) => Exit::NotDone,
            (_, holes, ..) if holes > 0 => Exit::Incomplete,
            (_, _, errors, unproven) if errors > 0 || (strict && unproven > 0) => Exit::Failed,
            _ => Exit::Sound,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn articles_are_found_in_order_and_the_output_is_not_taken_for_input() {
        let folder = tempfile::tempdir().unwrap();
        let names = [
            "b.fr.md",
            "a.txt",
            "d.mkd",
            "sub/c.MD",
            "sub/c.en.md",
            "sub/c.en.summary.md",
            ".hidden.md",
            "notes.pdf",
            "out/x.txt",
            ".git/y.md",
        ];
        for name in names {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "texte").unwrap();
        }
        let found = articles(folder.path(), &folder.path().join("out")).unwrap();
        assert_eq!(
            found.articles,
            ["a.txt", "b.fr.md", "d.mkd", "sub/c.MD"].map(PathBuf::from)
        );
    }

    #[cfg(unix)]
    #[test]
    fn a_folder_that_cannot_be_read_does_not_hide_the_others() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a.txt"), "texte").unwrap();
        let locked = folder.path().join("locked");
        fs::create_dir(&locked).unwrap();
        fs::set_permissions(&locked, fs::Permissions::from_mode(0o000)).unwrap();
        // Root reads everything.
        let is_locked = fs::read_dir(&locked).is_err();
        let found = articles(folder.path(), Path::new("")).unwrap();
        fs::set_permissions(&locked, fs::Permissions::from_mode(0o700)).unwrap();
        assert_eq!(found.articles, [PathBuf::from("a.txt")]);
        let unreadable: Vec<&Path> = found.unreadable.iter().map(|(path, _)| path.as_path()).collect();
        assert_eq!(
            unreadable,
            if is_locked {
                vec![Path::new("locked")]
            } else {
                vec![]
            }
        );
        assert!(articles(&folder.path().join("nowhere"), Path::new("")).is_err());
    }

    #[test]
    fn the_fingerprint_knows_where_one_part_ends() {
        assert_ne!(fingerprint("ab", &["c"]), fingerprint("a", &["bc"]));
        assert_eq!(fingerprint("ab", &["c"]), fingerprint("ab", &["c"]));
    }

    #[test]
    fn what_needs_an_editor_comes_first_and_decides_the_exit_code() {
        let row = |name: &str, outcome| Row {
            article: name.into(),
            outcome,
            files: Vec::new(),
        };
        let done = |errors, holes| Outcome::Done {
            account: Tally {
                errors,
                holes,
                ..Tally::default()
            },
        };
        let index = Index::new(vec![
            row("a", done(0, 0)),
            row("b", done(2, 0)),
            row(
                "c",
                Outcome::Failed {
                    reason: "binary".to_owned(),
                },
            ),
            row("d", done(0, 1)),
        ]);
        let names: Vec<_> = index
            .by_need()
            .iter()
            .map(|row| row.article.to_str().unwrap().to_owned())
            .collect();
        assert_eq!(names, ["c", "d", "b", "a"]);
        assert_eq!(index.exit(false), Exit::NotDone);
        assert_eq!(
            Index::new(vec![row("a", done(2, 0)), row("b", done(0, 1))]).exit(false),
            Exit::Incomplete
        );
    }
}
