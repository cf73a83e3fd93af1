//! `fidele check`: the checks alone, on a translation from anywhere. No model, no key, no network, unless the user asks for
//! opinions.

use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter};
use std::path::Path;

use anyhow::{Context as _, Result, bail};
use fidele::align;
use fidele::article::{Article, BlockKind};
use fidele::claims;
use fidele::exit::Exit;
use fidele::job::Want;
use fidele::pairs;
use fidele::report::{Form, Report, Style};
use fidele::settings::{Settings, Written};
use fidele::span::Span;
use fidele::verify::{Checker, Pair};

use crate::args::{self, Args};
use crate::failure::Misuse;
use crate::output::{Target, is_stdin};
use crate::session::Session;
use crate::{input, output, session, settle, terminal};

pub fn run(command: &args::Check, args: &Args) -> Result<Exit> {
    let is_lines = command.format.as_deref() == Some("jsonl");
    let settings = settle(args, |layer| {
        let form = command.format.as_deref().filter(|_| !is_lines);
        args::put(layer, "format", form.map(Written::Word))?;
        command.glossary.put_into(layer)?;
        command.input.put_into(layer)
    })?;
    let checker = session::checker(&settings)?;
    if let Some(pairs) = &command.pairs {
        if command.format.is_some() && !is_lines {
            bail!(Misuse(
                "with --pairs the verdicts are JSON lines: leave --format out".to_owned()
            ));
        }
        return lines(&checker, pairs, command.what == "summary");
    }
    if is_lines {
        bail!(Misuse(
            "--format jsonl goes with --pairs; for one pair of files use json".to_owned()
        ));
    }
    if command.ask_model && command.what == "summary" {
        bail!(Misuse(
            "--ask-model is for translations: a summary may leave names out".to_owned()
        ));
    }
    let (Some(french), Some(english)) = (&command.french, &command.english) else {
        bail!(Misuse("name two files: fidele check FRENCH ENGLISH".to_owned()));
    };
    files(command, &settings, &checker, [french, english], args)
}

/// Pairs from a file or stdin, each answered as it is read.
fn lines(checker: &Checker, path: &Path, summaries: bool) -> Result<Exit> {
    let output = BufWriter::new(io::stdout().lock());
    let input: Box<dyn BufRead> = if is_stdin(path) {
        Box::new(io::stdin().lock())
    } else {
        let file = File::open(path).with_context(|| format!("cannot read {}", path.display()))?;
        Box::new(BufReader::new(file))
    };
    let tally = if summaries {
        pairs::check_summaries(checker, input, output)?
    } else {
        pairs::check(checker, input, output)?
    };
    let mut exit = Exit::Sound;
    if tally.malformed > 0 {
        eprintln!(
            "fidele: {} of the lines {}; each has its number in the output",
            tally.malformed,
            if tally.malformed == 1 {
                "is no pair"
            } else {
                "are no pairs"
            }
        );
        exit = exit.and(Exit::NotDone);
    }
    if tally.altered > 0 {
        exit = exit.and(Exit::Failed);
    }
    Ok(exit)
}

fn files(
    command: &args::Check,
    settings: &Settings,
    checker: &Checker,
    [french, english]: [&Path; 2],
    args: &Args,
) -> Result<Exit> {
    input::at_most_one_stdin(&[french, english])?;
    let inputs = input::files(&[french.to_owned(), english.to_owned()]);
    let target = match &command.report {
        Some(path) => Some((
            Target::reserve(path.clone(), &inputs, command.force)?,
            Form::of_path(path).unwrap_or(Form::Text),
        )),
        None => None,
    };
    let source = input::article(french, settings.max_bytes.value)?;
    let translation = input::article(english, settings.max_bytes.value)?;
    let name = input::name(french);
    let report = if command.what == "summary" {
        claims::check(&name, checker, &source, translation.body())
    } else {
        let mut report = compare(&name, checker, &source, &translation);
        if command.ask_model && report.names.not_proven > 0 {
            give_opinions(settings, &source, &mut report, args)?;
        }
        report
    };
    let form = settings.format.value;
    let style = match form {
        Form::Text => terminal::style(&console::Term::stdout(), true),
        _ => Style::default(),
    };
    output::to_stdout(report.render(form, style).as_bytes())?;
    let mut exit = report.exit(settings.strict.value);
    if let Some((target, form)) = target {
        let written = target.write(report.render(form, Style::default()).as_bytes(), true)?;
        exit = exit.and(terminal::say_where(&written, args.quiet));
    }
    Ok(exit)
}

/// Has the model of the user's settings say what it takes for the names that are not proven.
fn give_opinions(settings: &Settings, source: &Article, report: &mut Report, args: &Args) -> Result<()> {
    let want = Want {
        translation: false,
        summary: None,
    };
    crate::runtime()?.block_on(async {
        let session = Session::open(settings, &[], want, args).await?;
        session.job().give_opinions_on(source, report).await;
        session.progress.finish();
        Ok(())
    })
}

/// Pairs the blocks of the two texts and judges each pair. A block without counterpart is paired with nothing.
fn compare(name: &str, checker: &Checker, source: &Article, target: &Article) -> Report {
    let pairs: Vec<_> = align::pair_blocks(source, target)
        .into_iter()
        .map(|pair| {
            let block = pair.source.and_then(|span| block_at(source, span));
            let (id, kind) = match block {
                Some((number, kind)) => (format!("b{number}"), kind),
                None => ("added".to_owned(), BlockKind::Paragraph),
            };
            let text = |span: Option<Span>, article| span.map_or("", |span| words(span, article));
            let pair = Pair {
                source: text(pair.source, source),
                target: text(pair.target, target),
            };
            (id, kind, pair)
        })
        .collect();
    Report::of_check(name, checker, &pairs)
}

fn words(span: Span, article: &Article) -> &str {
    span.of(article.body())
}

/// The number, from 1, and the kind of the block that starts a pair.
fn block_at(article: &Article, span: Span) -> Option<(usize, BlockKind)> {
    let blocks = article.blocks();
    // Blocks stand in reading order.
    let at = blocks
        .binary_search_by_key(&span.start, |block| block.content.start)
        .ok()?;
    Some((at + 1, blocks[at].kind))
}
