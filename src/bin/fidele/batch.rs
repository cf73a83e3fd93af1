//! `fidele batch`: a folder of articles into a folder of results, going on where it stopped.
//!
//! Laws: what one article does to itself (unreadable, no English, kept file) stops none of the others; what would stop
//! all of them (no endpoint, no key, full disk, the user, the budget) stops at once; the index has a row for each.

use std::collections::HashMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context as _, Result, anyhow, bail};
use fidele::article::Article;
use fidele::batch::{self, Filed, Index, Listing, Outcome, Row, Tally};
use fidele::disk::{self, Readers};
use fidele::endpoint::http::Http;
use fidele::exit::Exit;
use fidele::job::{Done, Job, Want};
use fidele::prompt::Length;
use fidele::report::{Style, json};
use fidele::settings::{self, Form};
use fidele::translate::TranslateError;
use futures::stream::{self, StreamExt as _};
use serde::{Deserialize, Serialize};
use tokio::task::JoinError;

use crate::args::{self, Args};
use crate::failure::{Misuse, visible};
use crate::output::{self, Target, Written};
use crate::session::Session;
use crate::table::Table;
use crate::{input, result, settle};

/// Up to this many articles are read beforehand, to see whether fidele comes with recordings of all of them.
const READ_BEFOREHAND: usize = 64;

pub fn run(command: &args::Batch, args: &Args) -> Result<Exit> {
    let settings = settle(args, |layer| {
        args::put(
            layer,
            "report",
            command.report.as_deref().map(settings::Written::Word),
        )?;
        command.model.put_into(layer)?;
        command.prompt.put_into(layer)?;
        command.glossary.put_into(layer)?;
        command.format.put_into(layer)?;
        command.input.put_into(layer)
    })?;
    let Listing { articles, unreadable } = find(command)?;
    output::usable_folder(&command.into)?;
    let want = Want {
        translation: true,
        summary: command.summary.then_some(command.length.length(&command.prompt)),
    };
    let first: Vec<Article> = if articles.len() <= READ_BEFOREHAND {
        let read = |path: &PathBuf| input::article(&command.from.join(path), settings.max_bytes.value).ok();
        articles.iter().filter_map(read).collect()
    } else {
        Vec::new()
    };
    let folder = crate::runtime()?.block_on(async {
        let beforehand: Vec<&Article> = first.iter().collect();
        let session = Session::open(&settings, &beforehand, want, args).await?;
        drop(beforehand);
        let folder = Folder {
            from: command.from.clone(),
            into: command.into.clone(),
            force: command.force,
            max_bytes: settings.max_bytes.value,
            format: settings.format.value,
            report: settings.report.value,
            want,
            shaping: shaping(&session, want, settings.format.value),
            job: session.job(),
        };
        let at_once = settings.at_once.value;
        let finished = Arc::new(folder).all(articles, unreadable, at_once).await;
        session.progress.finish();
        Ok::<_, anyhow::Error>(finished)
    })?;
    let (index, stopped) = folder;
    let path = command.into.join("index.json");
    disk::write_whole(
        &path,
        &command.into,
        json::pretty(&index).as_bytes(),
        Readers::Anyone,
    )
    .with_context(|| format!("cannot write {}", path.display()))?;
    output::to_stdout(overview(&index).as_bytes())?;
    match stopped {
        Some(error) => Err(error),
        None => Ok(index.exit(settings.strict.value)),
    }
}

fn find(command: &args::Batch) -> Result<Listing> {
    let from = &command.from;
    if !from.is_dir() {
        let advice = if from.is_file() {
            "; for one file run: fidele translate"
        } else {
            ""
        };
        bail!("there is no folder {}{advice}", from.display());
    }
    if command.into.is_file() {
        bail!(Misuse(format!(
            "{} is a file; OUT_DIR is a folder",
            command.into.display()
        )));
    }
    let found = batch::articles(from, &command.into)
        .with_context(|| format!("cannot read the folder {}", from.display()))?;
    if found.articles.is_empty() && found.unreadable.is_empty() {
        bail!("there is no .md or .txt file in {}", from.display());
    }
    Ok(found)
}

/// What the results depend on besides the text: if any of it changes, an article is done again.
fn shaping(session: &Session<'_>, want: Want, format: Form) -> Vec<String> {
    let mut shaping = session.shaping().to_vec();
    shaping.push(want.summary.map(Length::task).unwrap_or_default());
    shaping.push(format.extension().to_owned());
    shaping.push(env!("CARGO_PKG_VERSION").to_owned());
    shaping
}

/// The work on one folder.
struct Folder {
    from: PathBuf,
    into: PathBuf,
    /// Whether what is there is done again and replaced.
    force: bool,
    /// The longest article that is read.
    max_bytes: u64,
    /// The form of the results.
    format: Form,
    /// The form of the report that a person reads.
    report: Form,
    want: Want,
    shaping: Vec<String>,
    job: Job<Http>,
}

/// A report as it stands on disk beside the English.
#[derive(Serialize)]
struct OnDisk<'a> {
    #[serde(flatten)]
    filed: Filed<'a>,
    account: Tally,
}

/// As much of it as tells whether there is anything to do.
#[derive(Deserialize)]
struct Seal {
    fingerprint: String,
    account: Tally,
}

/// Why an article has no result, and whether the others can have one.
enum Trouble {
    OfThisOne(String),
    OfAll(TranslateError),
    NotBegun,
    /// The program fell over it.
    Broken(JoinError),
}

/// The files that an article's results go to.
struct Places {
    english: PathBuf,
    summary: Option<PathBuf>,
    report: PathBuf,
    /// The report once more, in the form the user reads.
    readable: Option<PathBuf>,
}

impl Folder {
    /// Every article, several at once, each a task of its own; why it stopped before the end, if it did.
    async fn all(
        self: Arc<Self>,
        articles: Vec<PathBuf>,
        unreadable: Vec<(PathBuf, io::Error)>,
        at_once: usize,
    ) -> (Index, Option<anyhow::Error>) {
        let mut rows = Vec::with_capacity(articles.len() + unreadable.len());
        let why = |cause| format!("cannot read the folder, so no article in it was seen: {cause}");
        rows.extend(
            unreadable
                .into_iter()
                .map(|(folder, cause)| failed(&folder, why(cause))),
        );
        let (articles, clashes) = without_clashes(articles);
        rows.extend(clashes);
        let mut stopped = None;
        let mut working = stream::iter(&articles)
            .map(|article| {
                let task = tokio::spawn(Arc::clone(&self).one(article.clone()));
                async move {
                    (
                        article,
                        task.await.unwrap_or_else(|error| Err(Trouble::Broken(error))),
                    )
                }
            })
            .buffer_unordered(at_once);
        while let Some((article, outcome)) = working.next().await {
            rows.push(match outcome {
                Ok(row) => row,
                Err(Trouble::OfThisOne(reason)) => failed(article, reason),
                Err(Trouble::Broken(error)) => failed(article, format!("fidele itself failed: {error}")),
                Err(Trouble::NotBegun) => failed(article, "the run stopped before it was begun".to_owned()),
                Err(Trouble::OfAll(error)) => {
                    let reason = error.to_string();
                    // Those that were begun are waited for: they are paid for.
                    self.job.translator.stop.cancel();
                    stopped.get_or_insert(error);
                    failed(article, reason)
                }
            });
        }
        drop(working);
        (Index::new(rows), stopped.map(Session::why))
    }

    async fn one(self: Arc<Self>, name: PathBuf) -> Result<Row, Trouble> {
        if self.job.translator.stop.is_cancelled() {
            return Err(Trouble::NotBegun);
        }
        let of_this_one = |error: anyhow::Error| Trouble::OfThisOne(format!("{error:#}"));
        let article = input::article(&self.from.join(&name), self.max_bytes).map_err(of_this_one)?;
        let shaping: Vec<&str> = self.shaping.iter().map(String::as_str).collect();
        let fingerprint = batch::fingerprint(article.body(), &shaping);
        let places = self.places(&name, &article);
        if let Some(account) = self.finished_before(&places, &fingerprint) {
            return Ok(places.row(&name, Outcome::Unchanged { account }, &self.into));
        }
        // Before anything is paid for.
        let targets = self.reserve(&places).map_err(of_this_one)?;
        let shown = name.display().to_string();
        let done = self.job.run(&shown, &article, self.want).await;
        let done = done.map_err(|error| match error {
            TranslateError::Nothing { .. } => Trouble::OfThisOne(error.to_string()),
            _ => Trouble::OfAll(error),
        })?;
        // Disks block; the tasks that wait for models must not.
        let delivered = tokio::task::spawn_blocking(move || {
            let source = result::Source {
                name: &shown,
                article: &article,
            };
            self.deliver(source, &places, &targets, &done, &fingerprint)?;
            let account = Tally::from(&done.report);
            Ok(places.row(&name, Outcome::Done { account }, &self.into))
        });
        delivered.await.map_err(Trouble::Broken)?.map_err(of_this_one)
    }

    fn places(&self, name: &Path, article: &Article) -> Places {
        let english = output::english_name(name, result::extension(self.format, article));
        let english = self.into.join(name.with_file_name(english));
        let report = self.report;
        let summary = output::companion_name(&english, "summary", result::summary_extension(&english));
        Places {
            // The one document of JSON has it.
            summary: self
                .want
                .summary
                .filter(|_| self.format != Form::Json)
                .map(|_| summary),
            report: output::companion_name(&english, "report", "json"),
            readable: (report != Form::Json)
                .then(|| output::companion_name(&english, "report", report.extension())),
            english,
        }
    }

    /// What the report of an earlier run says, if nothing has changed since and every file is still there.
    fn finished_before(&self, places: &Places, fingerprint: &str) -> Option<Tally> {
        if self.force {
            return None;
        }
        let report = std::fs::read(&places.report).ok()?;
        let seal: Seal = serde_json::from_slice(&report).ok()?;
        let is_there = places.all().iter().all(|path| path.is_file());
        (seal.fingerprint == fingerprint && seal.account.holes == 0 && is_there).then_some(seal.account)
    }

    fn reserve(&self, places: &Places) -> Result<Vec<Target>> {
        let source: [PathBuf; 0] = [];
        let reserve =
            |(path, is_ours): (&PathBuf, bool)| Target::reserve(path.clone(), &source, self.force || is_ours);
        // A report is ours to replace; a text may have been edited since.
        let texts = std::iter::once(&places.english)
            .chain(&places.summary)
            .map(|path| (path, false));
        let reports = std::iter::once(&places.report)
            .chain(&places.readable)
            .map(|path| (path, true));
        texts.chain(reports).map(reserve).collect()
    }

    fn deliver(
        &self,
        source: result::Source<'_>,
        places: &Places,
        targets: &[Target],
        done: &Done,
        fingerprint: &str,
    ) -> Result<()> {
        let report = &done.report;
        let form = self.format;
        let mut targets = targets.iter();
        let mut write = |text: &str, whole: bool| -> Result<()> {
            let target = targets
                .next()
                .ok_or_else(|| anyhow!("a place for every result"))?;
            match target.write(text.as_bytes(), whole)? {
                Written::Kept(path) => bail!(
                    "{} is there with another text, and was kept; add --force to replace it",
                    path.display()
                ),
                _ => Ok(()),
            }
        };
        if let Some(document) = &done.document {
            write(&result::translation(source, done, form), document.is_whole())?;
        }
        if places.summary.is_some() {
            let summary = report.summary.as_ref().filter(|summary| summary.hole.is_none());
            match summary {
                Some(summary) => write(&result::summary_text(summary, report, form), true)?,
                None => write("", false)?,
            }
        }
        let on_disk = OnDisk {
            filed: Filed { report, fingerprint },
            account: Tally::from(report),
        };
        write(&json::pretty(&on_disk), true)?;
        if places.readable.is_some() {
            write(&report.render(self.report, Style::default()), true)?;
        }
        Ok(())
    }
}

impl Places {
    fn all(&self) -> Vec<&PathBuf> {
        let first = [&self.english, &self.report];
        first
            .into_iter()
            .chain(&self.summary)
            .chain(&self.readable)
            .collect()
    }

    fn row(&self, article: &Path, outcome: Outcome, into: &Path) -> Row {
        let relative = |path: PathBuf| path.strip_prefix(into).map_or(path.clone(), Path::to_owned);
        let names = self.all().into_iter();
        let there = names
            .flat_map(|path| [path.clone(), output::partial_name(path)])
            .filter(|path| path.is_file());
        Row {
            article: article.to_owned(),
            outcome,
            files: there.map(relative).collect(),
        }
    }
}

fn failed(article: &Path, reason: String) -> Row {
    Row {
        article: article.to_owned(),
        outcome: Outcome::Failed { reason },
        files: Vec::new(),
    }
}

/// Parts articles whose results would have the names of another's: the first in order keeps them. Reports are named
/// without the ending of the English, so `x.md` and `x.txt` clash too.
fn without_clashes(articles: Vec<PathBuf>) -> (Vec<PathBuf>, Vec<Row>) {
    let mut taken: HashMap<PathBuf, PathBuf> = HashMap::new();
    let mut clashes = Vec::new();
    let mut kept = Vec::with_capacity(articles.len());
    for article in articles {
        let english = article.with_file_name(output::english_name(&article, None));
        let report = output::companion_name(&english, "report", "json");
        if let Some(other) = taken.get(&report) {
            let reason = format!(
                "its results would have the names of those of {}; rename one of the two",
                other.display()
            );
            clashes.push(failed(&article, reason));
        } else {
            taken.insert(report, article.clone());
            kept.push(article);
        }
    }
    (kept, clashes)
}

/// More rows than this are for `index.json`: nobody reads them in a terminal.
const ROWS_SHOWN: usize = 20;

/// The rows that need an editor, the neediest first, and the count of all.
fn overview(index: &Index) -> String {
    let count = |is: fn(&Outcome) -> bool| index.articles.iter().filter(|row| is(&row.outcome)).count();
    let needy: Vec<_> = index.by_need().into_iter().filter_map(cells).collect();
    let mut text = String::new();
    if !needy.is_empty() {
        let mut table = Table::new(&["article", "errors", "not proven", "holes", ""]);
        for row in needy.iter().take(ROWS_SHOWN) {
            table.push(row);
        }
        text = visible(&table.render(Form::Text));
        if needy.len() > ROWS_SHOWN {
            text.push_str("… and more, all of them in index.json\n");
        }
        text.push('\n');
    }
    let failures = count(|outcome| matches!(outcome, Outcome::Failed { .. }));
    text + &format!(
        "{} articles: {} done, {} unchanged, {failures} failed; {} with something to look at\n",
        index.articles.len(),
        count(|outcome| matches!(outcome, Outcome::Done { .. })),
        count(|outcome| matches!(outcome, Outcome::Unchanged { .. })),
        needy.len() - failures,
    )
}

/// A row of the overview; none if there is nothing to look at.
fn cells(row: &Row) -> Option<[String; 5]> {
    let article = row.article.display().to_string();
    if let Outcome::Failed { reason } = &row.outcome {
        let nothing = String::new;
        return Some([article, nothing(), nothing(), nothing(), reason.clone()]);
    }
    let account = row.account()?;
    let unproven = account.figures.not_proven + account.names.not_proven;
    let numbers = [account.errors, unproven, account.holes];
    numbers.iter().any(|number| *number > 0).then(|| {
        let [errors, unproven, holes] = numbers.map(|number| number.to_string());
        [article, errors, unproven, holes, String::new()]
    })
}
