//! `fidele check`: the checks alone, on a translation from anywhere. No model, no key, no network, unless the user asks for
//! opinions.

use std::fs::File;
use std::io::{self, BufWriter, Read};
use std::ops::Range;
use std::path::Path;

use anyhow::{Context as _, Result, bail};
use fidele::align;
use fidele::article::{Article, BlockKind};
use fidele::claims;
use fidele::exit::Exit;
use fidele::job::Want;
use fidele::ledger::Language;
use fidele::pairs;
use fidele::report::{Form, Report, Style};
use fidele::sentence::{is_english_word, is_french_word};
use fidele::settings::{Settings, Written};
use fidele::span::Span;
use fidele::verify::markup;
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
        if command.input.max_bytes.is_some() {
            bail!(Misuse(
                "--max-bytes is for articles; with --pairs it is the lines that are bounded".to_owned()
            ));
        }
        return lines(&checker, pairs, command.what == "summary", settings.strict.value);
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

/// Pairs from a file or stdin, answered some at a time.
fn lines(checker: &Checker, path: &Path, summaries: bool, strict: bool) -> Result<Exit> {
    let output = BufWriter::new(io::stdout().lock());
    let input: Box<dyn Read> = if is_stdin(path) {
        Box::new(io::stdin().lock())
    } else {
        let file = File::open(path).with_context(|| format!("cannot read {}", path.display()))?;
        Box::new(file)
    };
    let answered = if summaries {
        pairs::check_summaries(checker, input, output)
    } else {
        pairs::check(checker, input, output)
    };
    let tally = match answered {
        Ok(tally) => tally,
        // Quietly, since whoever read them has seen enough; but the lines after were not looked at.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => return Ok(Exit::NotDone),
        Err(error) => {
            return Err(error).with_context(|| format!("cannot answer the lines of {}", input::name(path)));
        }
    };
    let mut exit = Exit::Sound;
    if tally.malformed > 0 {
        let are = if tally.malformed == 1 {
            "is no pair"
        } else {
            "are no pairs"
        };
        terminal::tell(format_args!(
            "fidele: {} of the lines {are}; each has its number in the output",
            tally.malformed
        ));
        exit = exit.and(Exit::NotDone);
    }
    if tally.altered > 0 || (strict && tally.unproven > 0) {
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
    let mut report = if command.what == "summary" {
        claims::check(&name, checker, &source, translation.body())
    } else {
        let mut report = compare(&name, checker, &source, &translation);
        if command.ask_model && report.names.not_proven > 0 {
            give_opinions(settings, &source, &mut report, args)?;
        }
        report
    };
    report
        .notes
        .extend(wrong_way_round(source.body(), translation.body()));
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

/// What is odd about the languages of the two texts, if it is plain: their findings would tell it badly.
fn wrong_way_round(french: &str, english: &str) -> Option<String> {
    let odd = match (reads_as(french), reads_as(english)) {
        (Some(Language::English), Some(Language::French)) => "the two texts seem to be exchanged",
        (Some(Language::English), _) => "the first text seems to be English",
        (_, Some(Language::French)) => "the second text seems to be French",
        _ => return None,
    };
    Some(format!("{odd}; it is: fidele check FRENCH ENGLISH"))
}

/// The language whose small words stand in a text at least five times, and three times as often as the other's.
fn reads_as(text: &str) -> Option<Language> {
    let (mut french, mut english) = (0_usize, 0_usize);
    let words = text
        .split(|c: char| !c.is_alphabetic())
        .filter(|word| !word.is_empty());
    for word in words.map(str::to_lowercase) {
        french += usize::from(is_french_word(&word));
        english += usize::from(is_english_word(&word));
    }
    match (french, english) {
        (few, many) if many >= 5 && many >= 3 * few => Some(Language::English),
        (many, few) if many >= 5 && many >= 3 * few => Some(Language::French),
        _ => None,
    }
}

/// Pairs the blocks of the two texts and judges each pair. A block without counterpart is paired with nothing.
fn compare(name: &str, checker: &Checker, source: &Article, target: &Article) -> Report {
    let written = markup::Written::of(source.format(), target.format());
    let aligned = align::pair_blocks(source, target);
    let pairs: Vec<_> = aligned
        .iter()
        .map(|pair| {
            let blocks = blocks_in(source, pair.source);
            let (id, kind) = match blocks.clone().next() {
                Some(first) => (format!("b{}", first + 1), source.blocks()[first].kind),
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
    let mut report = Report::of_check_written(name, checker, &pairs, written);
    if written == markup::Written::Markdown {
        for (segment, pair) in report.segments.iter_mut().zip(aligned) {
            let (ours, theirs) = (blocks_in(source, pair.source), blocks_in(target, pair.target));
            segment
                .findings
                .extend(markup::check_blocks(source, ours, target, theirs));
        }
    }
    report
}

fn words(span: Span, article: &Article) -> &str {
    span.of(article.body())
}

/// The places of the blocks that one side of a pair spans.
fn blocks_in(article: &Article, span: Option<Span>) -> Range<usize> {
    let blocks = article.blocks();
    // Blocks stand in reading order.
    let before = |at: usize| blocks.partition_point(|block| block.content.start < at);
    span.map_or(0..0, |span| before(span.start)..before(span.end))
}
