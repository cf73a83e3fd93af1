//! The terminal: one function per command. stdout carries the result and nothing else; stderr everything else.
#![expect(
    clippy::print_stderr,
    reason = "this is the program that speaks to the user; the library prints nothing"
)]

mod args;
mod choice;
mod doctor;
mod failure;
mod input;
mod output;
#[cfg_attr(
    not(test),
    expect(dead_code, reason = "shown by the commands that ask a model")
)]
mod progress;

use std::process::ExitCode;

use anyhow::Result;
use clap::{CommandFactory as _, Parser as _};
use fidele::exit::Exit;
use fidele::settings::{Layer, Settings, Surroundings, Written};

use args::{Args, Command};

fn main() -> ExitCode {
    let args = Args::parse();
    let exit = run(&args).unwrap_or_else(|error| failure::report(&error));
    ExitCode::from(exit.code())
}

fn run(args: &Args) -> Result<Exit> {
    match &args.command {
        Command::Doctor(doctor) => doctor::run(doctor, args),
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

/// One page for the program, followed by one section per command, so that `man fidele` shows all of it.
fn manual() -> Result<Vec<u8>> {
    let mut command = Args::command();
    command.build();
    let mut page = Vec::new();
    clap_mangen::Man::new(command.clone()).render(&mut page)?;
    for sub in command
        .get_subcommands()
        .filter(|sub| !sub.is_hide_set() && sub.get_name() != "help")
    {
        let man = clap_mangen::Man::new(sub.clone());
        page.extend(format!(".SH \"FIDELE {}\"\n", sub.get_name().to_uppercase()).bytes());
        man.render_description_section(&mut page)?;
        man.render_options_section(&mut page)?;
        man.render_extra_section(&mut page)?;
    }
    Ok(page)
}

/// The settings of this process, with these flags on top.
fn settle(
    args: &Args,
    put: impl FnOnce(&mut Layer) -> Result<(), fidele::settings::SettingsError>,
) -> Result<Settings> {
    let mut flags = Layer::default();
    put(&mut flags)?;
    args::put(&mut flags, "strict", args.strict.then_some(Written::Switch(true)))?;
    let settings = Surroundings::of_process(flags).settle()?;
    if !args.quiet {
        for remark in &settings.remarks {
            eprintln!("fidele: {remark}");
        }
    }
    Ok(settings)
}
