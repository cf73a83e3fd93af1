//! What the README shows is what the program does.

use std::path::Path;

use fidele::settings::{KEYS, Layer, Scope};

use crate::user::{User, run};

const README: &str = include_str!("../../README.md");

/// The fenced blocks that say what they are, with their text: `file=NAME`; `run=ARGUMENTS`, what goes to stdout;
/// `verdict=ARGUMENTS`, what goes to stderr.
fn blocks() -> Vec<(&'static str, &'static str, &'static str)> {
    let parts = README.split("\n```text ").skip(1);
    let blocks = parts.map(|part| {
        let (info, rest) = part.split_once('\n').unwrap();
        let text = &rest[..rest.find("```").unwrap()];
        let (what, argument) = info.split_once('=').unwrap();
        (what, argument, text)
    });
    blocks.collect()
}

#[test]
fn every_run_in_the_readme_prints_what_stands_there() {
    let user = User::new();
    let blocks = blocks();
    for (_, name, text) in blocks.iter().filter(|(what, ..)| *what == "file") {
        let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
        assert_eq!(std::fs::read_to_string(shipped).unwrap(), *text, "{name}");
        user.write(name, text);
    }
    for (_, arguments, text) in blocks.iter().filter(|(what, ..)| *what == "verdict") {
        let args: Vec<&str> = arguments.split(' ').collect();
        let article = args.last().unwrap();
        user.write(
            article,
            std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join(article)).unwrap(),
        );
        assert_eq!(run(&user, &args).stderr, *text, "fidele {arguments}");
    }
    let runs: Vec<_> = blocks.iter().filter(|(what, ..)| *what == "run").collect();
    assert!(runs.len() >= 2, "the README shows a run and the help");
    for (_, arguments, text) in runs {
        let args: Vec<&str> = arguments.split(' ').collect();
        assert_eq!(run(&user, &args).stdout, *text, "fidele {arguments}");
    }
}

#[test]
fn the_table_of_settings_is_the_list_of_settings() {
    let rows = Layer::default().settle().unwrap().rows();
    let rows = KEYS.iter().zip(rows).map(|(key, row)| {
        let default = row
            .value
            .map_or_else(|| " ".to_owned(), |value| format!(" {value} "));
        let project = if key.scope == Scope::Text { " yes " } else { " " };
        format!("| `{}` |{default}| {} |{project}|", key.name, key.meaning)
    });
    let table = rows.collect::<Vec<_>>().join("\n");
    assert!(README.contains(&table), "the README should have:\n{table}");
}
