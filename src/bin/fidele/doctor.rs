//! `fidele doctor`: what is configured and from where, what answers here, what would be used and why.

use std::fmt::Write as _;
use std::path::Path;

use anyhow::Result;
use fidele::exit::Exit;
use fidele::job::Want;
use fidele::settings::{PROJECT_FILE, Settings, Surroundings};

use crate::args::{Args, Doctor};
use crate::choice::Choice;
use crate::failure::visible;
use crate::{output, session, settle};

pub fn run(doctor: &Doctor, args: &Args) -> Result<Exit> {
    let settings = settle(args, |layer| {
        doctor.model.put_into(layer)?;
        doctor.prompt.put_into(layer)?;
        doctor.glossary.put_into(layer)?;
        doctor.input.put_into(layer)
    })?;
    let mut text = String::new();
    write_settings(&mut text, &settings)?;
    write_files(&mut text, &settings)?;
    let exit = crate::runtime()?.block_on(write_model(&mut text, &settings))?;
    output::to_stdout(text.as_bytes())?;
    Ok(exit)
}

fn write_settings(text: &mut String, settings: &Settings) -> Result<()> {
    writeln!(text, "Settings")?;
    let rows = settings.rows();
    let width = rows.iter().map(|row| row.key.len()).max().unwrap_or_default();
    let mut line = |key: &str, value: &str, origin: &str| {
        let line = format!("  {key:<width$} {:<32} {}", visible(value), visible(origin));
        writeln!(text, "{}", line.trim_end())
    };
    for row in rows {
        match (&row.value, &row.origin) {
            (None, _) => line(row.key, "-", "")?,
            (Some(value), origin) => line(row.key, value, &origin.to_string())?,
        }
        if row.key == "endpoint" {
            let address = settings.endpoint.as_ref().map(|endpoint| &endpoint.value);
            match address.and_then(|address| settings.keys.origin_for(address)) {
                Some(origin) => line("api_key", "set", &format!("from {origin}"))?,
                None => line("api_key", "-", "")?,
            }
            let unused = address.map(|address| settings.keys.unused_for(address));
            for origin in unused.into_iter().flatten() {
                line("", "another key, not for this host", &format!("from {origin}"))?;
            }
        }
    }
    Ok(())
}

fn write_files(text: &mut String, settings: &Settings) -> Result<()> {
    let shown = |path: Option<&Path>, otherwise: &str| {
        path.map_or_else(
            || otherwise.to_owned(),
            |path| visible(&path.display().to_string()),
        )
    };
    writeln!(text, "\nFiles")?;
    let project = format!("no {PROJECT_FILE} here or above");
    let user = Surroundings::user_file_of_process();
    let user = user.map_or_else(
        || "none: there is no home folder".to_owned(),
        |path| format!("none at {}", path.display()),
    );
    writeln!(
        text,
        "  project       {}",
        shown(settings.project_file.as_deref(), &project)
    )?;
    writeln!(
        text,
        "  your own      {}",
        shown(settings.user_file.as_deref(), &user)
    )?;
    let answers = match &settings.cache_dir {
        _ if settings.ephemeral.value => "are not kept".to_owned(),
        Some(folder) => visible(&folder.value.join("journal").display().to_string()),
        None => "have no place: set cache_dir, or ephemeral".to_owned(),
    };
    writeln!(text, "  paid answers  {answers}")?;
    // Each is read as a run would read it, so that a mistake shows here.
    let checker = session::checker(settings)?;
    let prompts = session::prompts(settings)?;
    session::style(settings)?;
    writeln!(text, "  lexicon       {}", checker.lexicon().hash())?;
    writeln!(text, "  prompts       {}", prompts.fingerprint())?;
    Ok(())
}

async fn write_model(text: &mut String, settings: &Settings) -> Result<Exit> {
    writeln!(text, "\nModel servers on this machine")?;
    let candidates = session::candidates()?;
    let servers = session::ask_around().await?;
    for server in &servers {
        let models = match server.models.len() {
            0 => "no model".to_owned(),
            _ => server.models.join(", "),
        };
        let line = format!("  {:<13} {} at {}", "answers", server.kind, server.address);
        writeln!(text, "{}", visible(&line))?;
        writeln!(text, "  {:<13} {}", "", visible(&models))?;
    }
    if servers.is_empty() {
        let ports: Vec<_> = candidates
            .iter()
            .map(|candidate| candidate.port.to_string())
            .collect();
        writeln!(
            text,
            "  none answers  (asked: 127.0.0.1, ports {})",
            ports.join(", ")
        )?;
    }
    writeln!(text, "\nWould be used")?;
    let want = Want {
        translation: true,
        summary: None,
    };
    let (line, exit) = match session::choose(settings, &[], want).await {
        Ok(choice) => (describe(&choice), Exit::Sound),
        Err(error) => (format!("nothing: {error:#}"), Exit::NotDone),
    };
    for line in line.lines() {
        writeln!(text, "{}", format!("  {}", visible(line)).trim_end())?;
    }
    Ok(exit)
}

fn describe(choice: &Choice) -> String {
    match choice {
        Choice::Model {
            address,
            model,
            because,
            key,
            dialect,
        } => {
            let stays = if address.is_local() { "stays on" } else { "leaves" };
            let key = match key {
                Some(key) => format!("the key from {}", key.origin),
                None => "no key".to_owned(),
            };
            format!(
                "{model} at {address}, in the dialect of {}\nwith {key}; the text {stays} this machine\nbecause: {because}",
                dialect.name()
            )
        }
        Choice::Recordings(folder) => {
            format!("recorded answers from {}; no model is asked", folder.display())
        }
        Choice::Embedded => "the recorded answers that come with fidele".to_owned(),
    }
}
