//! `fidele ledger`: what the checker reads in a text.

use anyhow::Result;
use fidele::exit::Exit;
use fidele::ledger::{Language, Ledger};
use fidele::report::json;
use fidele::settings::Form;
use serde_json::Value;

use crate::args::{self, Args};
use crate::table::Table;
use crate::{input, output, session, settle};

pub fn run(command: &args::Ledger, args: &Args) -> Result<Exit> {
    let settings = settle(args, |layer| {
        command.format.put_into(layer)?;
        command.glossary.put_into(layer)?;
        command.input.put_into(layer)
    })?;
    let language = if command.lang == "en" {
        Language::English
    } else {
        Language::French
    };
    let article = input::article(&command.text, settings.max_bytes.value)?;
    let checker = session::checker(&settings)?;
    let ledger = Ledger::of(article.body(), language, checker.lexicon()).to_json(article.body());
    let text = match settings.format.value {
        Form::Json => json::pretty(&ledger),
        form => tables(&ledger, form),
    };
    output::to_stdout(text.as_bytes())?;
    Ok(Exit::Sound)
}

/// The figures, then the names, each in reading order.
fn tables(ledger: &Value, form: Form) -> String {
    let mut figures = Table::new(&["bytes", "kind", "value", "unit", "qualifier", "figure"]);
    for row in rows(ledger, "figures") {
        figures.push(&[
            span(row),
            word(&row["kind"]),
            word(&row["value"]),
            word(&row["unit"]),
            word(&row["qualifier"]),
            word(&row["text"]),
        ]);
    }
    let mut names = Table::new(&["bytes", "type", "name", "in English", "may survive as"]);
    for row in rows(ledger, "names") {
        let forms = row["accepted"].as_array().into_iter().flatten();
        let forms: Vec<String> = forms
            .map(|form| format!("{} ({})", word(&form["text"]), word(&form["why"])))
            .collect();
        names.push(&[
            span(row),
            word(&row["type"]),
            word(&row["text"]),
            word(&row["canonical"]),
            forms.join(" / "),
        ]);
    }
    format!("{}\n{}", figures.render(form), names.render(form))
}

fn rows<'a>(ledger: &'a Value, list: &str) -> impl Iterator<Item = &'a Value> {
    ledger[list].as_array().into_iter().flatten()
}

fn span(row: &Value) -> String {
    format!("{}-{}", row["start"], row["end"])
}

fn word(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
