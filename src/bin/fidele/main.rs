//! The terminal: one function per command. stdout carries the result and nothing else; stderr everything else.

mod args;
mod articles;
mod batch;
mod cache;
mod check;
mod choice;
mod doctor;
mod estimate;
mod failure;
mod input;
mod ledger;
mod output;
mod progress;
mod result;
mod session;
mod table;
mod terminal;

use std::process::ExitCode;

use anyhow::{Context as _, Result};
use clap::{CommandFactory as _, Parser as _};
use fidele::exit::Exit;
use fidele::settings::{Layer, Settings, SettingsError, Surroundings, Written};

use args::{Args, Command};

fn main() -> ExitCode {
    let args = Args::parse();
    let code = match run(&args) {
        Ok(exit) => exit.code(),
        Err(error) => failure::report(&error),
    };
    ExitCode::from(code)
}

fn run(args: &Args) -> Result<Exit> {
    match &args.command {
        Command::Translate(command) => articles::translate(command, args),
        Command::Summarize(command) => articles::summarize(command, args),
        Command::Batch(command) => batch::run(command, args),
        Command::Check(command) => check::run(command, args),
        Command::Ledger(command) => ledger::run(command, args),
        Command::Estimate(command) => estimate::run(command, args),
        Command::Cache(command) => cache::run(command, args),
        Command::Doctor(command) => doctor::run(command, args),
        Command::Completions(completions) => {
            let mut script = Vec::new();
            clap_complete::generate(completions.shell, &mut Args::command(), "fidele", &mut script);
            output::to_stdout(&script)?;
            Ok(Exit::Sound)
        }
        Command::Man(_) => {
            output::to_stdout(&manual()?)?;
            Ok(Exit::Sound)
        }
    }
}

fn runtime() -> Result<tokio::runtime::Runtime> {
    tokio::runtime::Runtime::new().context("cannot start the threads that wait for answers")
}

/// One page for the program with a section for each command, so that `man fidele` shows all of it.
fn manual() -> Result<Vec<u8>> {
    let mut command = Args::command();
    command.build();
    let program = clap_mangen::Man::new(command.clone());
    let mut page = Vec::new();
    program.render_title(&mut page)?;
    program.render_name_section(&mut page)?;
    program.render_synopsis_section(&mut page)?;
    program.render_options_section(&mut page)?;
    let is_shown = |sub: &&clap::Command| !sub.is_hide_set() && sub.get_name() != "help";
    for sub in command.get_subcommands().filter(is_shown) {
        let man = clap_mangen::Man::new(sub.clone());
        let mut section = Vec::new();
        man.render_synopsis_section(&mut section)?;
        man.render_description_section(&mut section)?;
        man.render_options_section(&mut section)?;
        man.render_extra_section(&mut section)?;
        // What is a section of a page of its own is a part of a section here.
        let section = String::from_utf8(section)?
            .replace(".SH EXTRA", ".SS EXAMPLES")
            .replace(".SH ", ".SS ");
        page.extend(format!(".SH \"FIDELE {}\"\n{section}", sub.get_name().to_uppercase()).bytes());
    }
    let mut end = Vec::new();
    program.render_extra_section(&mut end)?;
    page.extend(
        String::from_utf8(end)?
            .replace(".SH EXTRA", ".SH \"EXIT CODES\"")
            .bytes(),
    );
    Ok(page)
}

/// The settings of this process, with these flags on top.
fn settle(args: &Args, put: impl FnOnce(&mut Layer) -> Result<(), SettingsError>) -> Result<Settings> {
    let mut flags = Layer::default();
    put(&mut flags)?;
    args::put(&mut flags, "strict", args.strict.then_some(Written::Switch(true)))?;
    let settings = Surroundings::of_process(flags).settle()?;
    if !args.quiet {
        for remark in &settings.remarks {
            terminal::tell(format_args!("fidele: {}", failure::visible(remark)));
        }
    }
    Ok(settings)
}
