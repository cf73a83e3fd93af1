//! `fidele doctor`: what is configured and from where, what answers here, what would be used and why.

use std::fmt::Write as _;
use std::path::Path;

use anyhow::Result;
use fidele::exit::Exit;
use fidele::settings::{Origin, PROJECT_FILE, Settings};

use crate::args::{Args, Doctor};
use crate::failure::visible;
use crate::{output, settle};

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
    output::to_stdout(text.as_bytes())?;
    Ok(Exit::Sound)
}

fn write_settings(text: &mut String, settings: &Settings) -> Result<()> {
    writeln!(text, "Settings")?;
    let mut line = |key: &str, value: &str, origin: &str| {
        let line = format!("  {key:<13} {:<32} {origin}", visible(value));
        writeln!(text, "{}", line.trim_end())
    };
    for row in settings.rows() {
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
    let project = shown(
        settings.project_file.as_deref(),
        &format!("no {PROJECT_FILE} here or above"),
    );
    let user = shown(settings.user_file.as_deref(), "none");
    writeln!(text, "  project       {project}")?;
    writeln!(text, "  your own      {user}")?;
    Ok(())
}
