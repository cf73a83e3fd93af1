//! `fidele doctor`: what is configured and from where, what answers here, what would be used and why.

use std::fmt::Write as _;

use anyhow::Result;
use fidele::exit::Exit;
use fidele::settings::{Origin, Settings};

use crate::args::{Args, Doctor};
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
    output::to_stdout(text.as_bytes())?;
    Ok(Exit::Sound)
}

fn write_settings(text: &mut String, settings: &Settings) -> Result<()> {
    writeln!(text, "Settings")?;
    for row in settings.rows() {
        let value = row.value.as_deref().unwrap_or("-");
        let origin = if row.value.is_none() && row.origin == Origin::Default {
            String::new()
        } else {
            row.origin.to_string()
        };
        writeln!(
            text,
            "  {:<13} {:<34} {origin}",
            row.key,
            crate::failure::visible(value)
        )?;
    }
    Ok(())
}
