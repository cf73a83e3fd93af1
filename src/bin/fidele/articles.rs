//! `fidele translate` and `fidele summarize`: one article or a few, each to its place.

use std::collections::HashSet;
use std::io::{self, IsTerminal as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Result, anyhow, bail};
use fidele::article::Article;
use fidele::exit::Exit;
use fidele::job::{Done, Want};
use fidele::report::{Report, Style};
use fidele::settings::{Form, Settings};
use fidele::translate::TranslateError;
use futures::stream::{self, StreamExt as _};

use crate::args::{Args, Summarize, Translate, Work};
use crate::failure::{Misuse, visible};
use crate::output::{self, Destination, Target, Written};
use crate::session::Session;
use crate::{input, result, settle, terminal};

pub fn translate(command: &Translate, args: &Args) -> Result<Exit> {
    let want = Want {
        translation: true,
        summary: command
            .summary
            .then_some(command.length.length(&command.work.prompt)),
    };
    run(&command.work, want, args)
}

pub fn summarize(command: &Summarize, args: &Args) -> Result<Exit> {
    let want = Want {
        translation: false,
        summary: Some(command.length.length(&command.work.prompt)),
    };
    run(&command.work, want, args)
}

/// One article with the places of its results; no place means stdout.
struct Item {
    name: String,
    article: Article,
    english: Option<Target>,
    summary: Option<Target>,
    report: Option<(Target, Form)>,
}

fn run(work: &Work, want: Want, args: &Args) -> Result<Exit> {
    let settings = settle(args, |layer| {
        work.output.format.put_into(layer)?;
        work.model.put_into(layer)?;
        work.prompt.put_into(layer)?;
        work.glossary.put_into(layer)?;
        work.input.put_into(layer)
    })?;
    let items = items(work, want, &settings)?;
    crate::runtime()?.block_on(async {
        let articles: Vec<&Article> = items.iter().map(|item| &item.article).collect();
        let session = Session::open(&settings, &articles, want, args).await?;
        let (delivered, stopped) = all(&session, &items, want, &settings).await;
        // Nothing is printed while bars are drawn.
        session.progress.finish();
        let mut exit = Exit::Sound;
        for delivered in &delivered {
            exit = exit.and(delivered.show(settings.strict.value, args)?);
        }
        match stopped {
            Some(error) => Err(error),
            None => Ok(exit),
        }
    })
}

/// Reads every article and finds every place writable, before anything is sent.
fn items(work: &Work, want: Want, settings: &Settings) -> Result<Vec<Arc<Item>>> {
    let paths: Vec<&Path> = work.articles.iter().map(PathBuf::as_path).collect();
    input::at_most_one_stdin(&paths)?;
    let flags = &work.output;
    let destination = Destination::of(flags.output.as_deref(), flags.beside, &work.articles)?;
    if flags.report.is_some() && work.articles.len() > 1 {
        bail!(Misuse(
            "--report FILE is for one article; for a report of each, use `fidele batch`".to_owned()
        ));
    }
    let inputs = input::files(&work.articles);
    let mut taken = HashSet::new();
    let mut reserve = |path: PathBuf| -> Result<Target> {
        if !taken.insert(path.clone()) {
            bail!(Misuse(format!(
                "two results would have the name {}; run them apart",
                path.display()
            )));
        }
        Target::reserve(path, &inputs, flags.force)
    };
    work.articles
        .iter()
        .map(|path| {
            let article = input::article(path, settings.max_bytes.value)?;
            let extension = result::extension(settings.format.value, &article);
            let english = destination.file_for(path, extension);
            let summary = english.as_ref().map(|english| match &destination {
                Destination::File(path) if !want.translation => path.clone(),
                _ => output::companion_name(english, "summary", result::summary_extension(english)),
            });
            let is_json = settings.format.value == Form::Json;
            let summary = summary.filter(|_| want.summary.is_some() && !(is_json && want.translation));
            Ok(Arc::new(Item {
                name: input::name(path),
                article,
                english: english
                    .filter(|_| want.translation)
                    .map(&mut reserve)
                    .transpose()?,
                summary: summary.map(&mut reserve).transpose()?,
                report: flags
                    .report
                    .as_ref()
                    .map(|path| {
                        let form = Form::of_path(path).unwrap_or(Form::Text);
                        reserve(path.clone()).map(|target| (target, form))
                    })
                    .transpose()?,
            }))
        })
        .collect()
}

/// Works on all of them at once and keeps the order in which they were named; why it stopped, if it did.
async fn all(
    session: &Session<'_>,
    items: &[Arc<Item>],
    want: Want,
    settings: &Settings,
) -> (Vec<Delivered>, Option<anyhow::Error>) {
    let job = Arc::new(session.job());
    let mut finished = stream::iter(items)
        .map(|item| {
            let (job, own) = (Arc::clone(&job), Arc::clone(item));
            let task = tokio::spawn(async move {
                // After a stop the others are not begun; those that were are waited for, since they are paid for.
                if job.translator.stop.is_cancelled() {
                    return None;
                }
                Some(job.run(&own.name, &own.article, want).await)
            });
            async move { (item, task.await) }
        })
        .buffered(settings.at_once.value);
    let mut delivered = Vec::new();
    let mut stopped = None;
    while let Some((item, article)) = finished.next().await {
        let done = match article {
            Ok(Some(done)) => done,
            Ok(None) => continue,
            Err(broken) => {
                stopped.get_or_insert(anyhow!("fidele itself failed: {broken}"));
                continue;
            }
        };
        let error = match done {
            Ok(done) => match deliver(item, &done, want, settings) {
                Ok(written) => {
                    delivered.push(written);
                    continue;
                }
                Err(error) => error,
            },
            Err(error) if items.len() > 1 && !stops_the_run(&error) => {
                delivered.push(Delivered::Failed(format!("{}: {error}", item.name)));
                continue;
            }
            Err(error) => Session::why(error),
        };
        session.stop();
        stopped.get_or_insert(error);
    }
    (delivered, stopped)
}

fn stops_the_run(error: &TranslateError) -> bool {
    !matches!(error, TranslateError::Nothing { .. })
}

/// An article whose files are written, with what is still to be said of it.
enum Delivered {
    Done {
        report: Box<Report>,
        stdout: Option<String>,
        written: Vec<Written>,
    },
    Failed(String),
}

/// Puts the results of one article in their places.
fn deliver(item: &Item, done: &Done, want: Want, settings: &Settings) -> Result<Delivered> {
    let form = settings.format.value;
    let source = result::Source {
        name: &item.name,
        article: &item.article,
    };
    let mut written = Vec::new();
    if let Some(target) = &item.english {
        let text = result::translation(source, done, form);
        written.push(target.write(text.as_bytes(), done.report.holes() == 0)?);
    }
    let summary = done.report.summary.as_ref();
    if let (Some(target), Some(summary)) = (&item.summary, summary.filter(|summary| summary.hole.is_none())) {
        let text = if want.translation {
            result::summary_text(summary, &done.report, form)
        } else {
            result::whole(source, done, form)
        };
        written.push(target.write(text.as_bytes(), true)?);
    }
    if let Some((target, form)) = &item.report {
        let report = done.report.render(*form, Style::default());
        written.push(target.write(report.as_bytes(), true)?);
    }
    let to_stdout = item.english.is_none() && item.summary.is_none();
    Ok(Delivered::Done {
        report: Box::new(done.report.clone()),
        stdout: to_stdout.then(|| result::whole(source, done, form)),
        written,
    })
}

impl Delivered {
    /// Prints the result, the verdict, and where things are.
    fn show(&self, strict: bool, args: &Args) -> Result<Exit> {
        match self {
            Self::Failed(message) => {
                terminal::tell(format_args!("fidele: {}", visible(message)));
                Ok(Exit::NotDone)
            }
            Self::Done {
                report,
                stdout,
                written,
            } => {
                if let Some(text) = stdout {
                    let text = output::for_reader(text, io::stdout().is_terminal());
                    output::to_stdout(text.as_bytes())?;
                }
                if !args.quiet {
                    terminal::show_report(report, args.verbose);
                }
                let exits = written
                    .iter()
                    .map(|written| terminal::say_where(written, args.quiet));
                Ok(exits.fold(report.exit(strict), Exit::and))
            }
        }
    }
}
