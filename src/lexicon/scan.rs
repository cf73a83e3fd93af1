//! Reads the data files in the one form they are written in: one row a line.
//!
//! The files are TOML, and a TOML reader takes longer over them than all the rest of the start-up. This one knows
//! only defaults (`key = "value"`), rows in braces and lists of names, and gives up (`None`) at anything else, so that
//! the TOML reader is asked. Law: where it does not give up, it reads what the TOML reader reads (`lexicon_is_sound`).

use std::borrow::Cow;

use serde::Deserialize as _;
use serde::de::value::{Error, StrDeserializer};

use super::rows::{File, NameRow, NationRow};
use crate::names::NameKind;

/// The rows of `text`, or nothing if it has another form.
pub(super) fn file(text: &'static str) -> Option<File> {
    let mut file = File::default();
    let mut list = "";
    for line in text.lines() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if line == "]" {
            list = "";
            continue;
        }
        match list {
            "name" => file.name.push(name_row(line)?),
            "nation" => file.nation.push(nation_row(line)?),
            "same" => Cursor(line).strings_to(&mut file.same)?,
            _ => {
                let (key, value) = line.split_once(" = ")?;
                match (key, value) {
                    ("name" | "nation" | "same", "[") => list = key,
                    ("loose", value) => file.loose = value.parse().ok()?,
                    ("kind", value) => file.kind = Some(kind(Cursor(value).string()?)?),
                    ("rule", value) => file.rule = Some(Cursor(value).string()?.to_owned()),
                    ("source", value) => file.source = Some(Cursor(value).string()?.to_owned()),
                    _ => return None,
                }
            }
        }
    }
    list.is_empty().then_some(file)
}

fn kind(name: &str) -> Option<NameKind> {
    NameKind::deserialize(StrDeserializer::<Error>::new(name)).ok()
}

fn name_row(line: &'static str) -> Option<NameRow> {
    let mut cursor = Cursor(line);
    cursor.expect("{ fr = ")?;
    let mut row = NameRow {
        fr: cursor.string()?.into(),
        en: Vec::new(),
        kind: None,
        source: None,
        loose: None,
    };
    cursor.expect(", en = [")?;
    cursor.strings_to(&mut row.en)?;
    cursor.expect("]")?;
    if cursor.expect(", kind = ").is_some() {
        row.kind = Some(kind(cursor.string()?)?);
    }
    (cursor.0 == " },").then_some(row)
}

fn nation_row(line: &'static str) -> Option<NationRow> {
    let mut cursor = Cursor(line);
    cursor.expect("{ place = ")?;
    let mut row = NationRow {
        place: cursor.string()?.into(),
        en: Vec::new(),
        people: Vec::new(),
        demonym: Vec::new(),
    };
    cursor.expect(", en = [")?;
    cursor.strings_to(&mut row.en)?;
    cursor.expect("], people = [")?;
    cursor.strings_to(&mut row.people)?;
    cursor.expect("], demonym = [")?;
    cursor.strings_to(&mut row.demonym)?;
    (cursor.0 == "] },").then_some(row)
}

/// What is left of a line.
struct Cursor(&'static str);

impl Cursor {
    fn expect(&mut self, words: &str) -> Option<()> {
        self.0 = self.0.strip_prefix(words)?;
        Some(())
    }

    /// A string in double quotes, in which only quotes and backslashes are escaped.
    fn string(&mut self) -> Option<&'static str> {
        let rest = self.0.strip_prefix('"')?;
        let mut bytes = rest.bytes();
        let end = bytes.position(|byte| matches!(byte, b'"' | b'\\'))?;
        if rest[end..].starts_with('\\') {
            return None;
        }
        self.0 = &rest[end + 1..];
        Some(&rest[..end])
    }

    /// Strings parted by commas, the last with or without one.
    fn strings_to(&mut self, out: &mut Vec<Cow<'static, str>>) -> Option<()> {
        while self.0.starts_with('"') {
            out.push(Cow::Borrowed(self.string()?));
            if self.expect(", ").is_none() {
                let _ = self.expect(",");
                break;
            }
        }
        Some(())
    }
}
