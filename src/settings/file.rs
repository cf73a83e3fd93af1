//! Reading `fidele.toml` and the user's own file, line by line accountable.

use std::fs;
use std::io::Read as _;
use std::path::Path;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::layer::{self, Scope};
use super::secret::{Content, FileKey};
use super::value::stays_below;
use super::{Given, Layer, Origin, SettingsError, Written};

/// No settings file is longer; a longer one is something else.
const LONGEST: u64 = 1_000_000;

const PROJECT_SETS_TEXT_ONLY: &str = "a project folder may come from anyone, so its file says how the English is \
     written and nothing else; set it in your own settings file, in the environment, or as a flag";
const PROJECT_STAYS_BELOW: &str =
    "a project file may name only files below its own folder; name others in your own settings file";
const FROM_THE_MACHINE: &str =
    "it comes from the machine, as for other programs: HTTPS_PROXY, NO_PROXY, SSL_CERT_FILE";

/// The project's file: text settings only.
pub(super) fn read_project(path: &Path) -> Result<Layer, SettingsError> {
    let text = read(path)?;
    let mut layer = Layer::default();
    for_each_value(path, &text, |key, line, written| {
        let origin = Origin::Project(path.to_owned(), line);
        let refuse = |why| {
            Err(SettingsError::Refused {
                origin: origin.clone(),
                key: key.to_owned(),
                why,
            })
        };
        if is_the_users_affair(key) {
            return refuse(PROJECT_SETS_TEXT_ONLY);
        }
        let names_a_file = ["style", "glossary", "prompts"].contains(&key);
        if names_a_file
            && let Written::Text(named) = written
            && !(stays_below(named) && leads_below(named, folder_of(path)))
        {
            return refuse(PROJECT_STAYS_BELOW);
        }
        layer.put(key, written, folder_of(path), origin)
    })?;
    Ok(layer)
}

/// Whether a name leads to a place below `folder` once links are followed: a folder from anyone may hold links too. What
/// is not there leads nowhere, and is missed by whoever reads it.
fn leads_below(named: &str, folder: &Path) -> bool {
    let Ok(file) = fs::canonicalize(folder.join(named)) else {
        return true;
    };
    fs::canonicalize(folder).is_ok_and(|folder| file.starts_with(folder))
}

fn is_the_users_affair(key: &str) -> bool {
    layer::key(key).is_some_and(|key| key.scope == Scope::User)
        || ["api_key", "key_command"].contains(&key)
        || is_of_the_machine(key)
}

fn is_of_the_machine(key: &str) -> bool {
    [
        "proxy",
        "http_proxy",
        "https_proxy",
        "ca",
        "ca_file",
        "ca_cert",
        "ca_bundle",
    ]
    .contains(&key)
}

/// The user's own file: every setting, and a key or the command that prints it.
pub(super) fn read_user(path: &Path) -> Result<(Layer, Option<FileKey>), SettingsError> {
    let text = read(path)?;
    let mut layer = Layer::default();
    let mut key_found: Option<(Given<Content>, &'static str)> = None;
    for_each_value(path, &text, |key, line, written| {
        let origin = Origin::User(path.to_owned(), line);
        let wrong = |message: String| SettingsError::Value {
            origin: origin.clone(),
            key: key.to_owned(),
            message,
        };
        let (content, name): (fn(String) -> Content, _) = match key {
            "api_key" => (|text| Content::Key(text.into()), "api_key"),
            "key_command" => (|text| Content::Command(text.into()), "key_command"),
            _ if is_of_the_machine(key) => {
                return Err(SettingsError::Refused {
                    origin: origin.clone(),
                    key: key.to_owned(),
                    why: FROM_THE_MACHINE,
                });
            }
            _ => return layer.put(key, written, folder_of(path), origin),
        };
        let Written::Text(text) = written else {
            return Err(wrong("expects a string".to_owned()));
        };
        if text.trim().is_empty() {
            return Err(wrong("must not be empty".to_owned()));
        }
        if let Some((_, other)) = &key_found {
            return Err(wrong(format!("and `{other}` are both set; keep one")));
        }
        let value = content(text.trim().to_owned());
        key_found = Some((Given { value, origin }, name));
        Ok(())
    })?;
    let Some((content, name)) = key_found else {
        return Ok((layer, None));
    };
    if name == "api_key" {
        refuse_if_exposed(path)?;
    }
    match &layer.endpoint {
        Some(endpoint) => {
            let endpoint = endpoint.value.clone();
            Ok((layer, Some(FileKey { content, endpoint })))
        }
        None => Err(SettingsError::Value {
            origin: content.origin,
            key: name.to_owned(),
            message: "needs `endpoint` in the same file: the key goes to that host and to no other"
                .to_owned(),
        }),
    }
}

#[cfg(unix)]
fn refuse_if_exposed(path: &Path) -> Result<(), SettingsError> {
    use std::os::unix::fs::PermissionsExt as _;
    let mode = fs::metadata(path)
        .map_err(|cause| unreadable(path, cause))?
        .permissions()
        .mode()
        & 0o777;
    let for_others = mode & 0o077;
    if for_others == 0 {
        return Ok(());
    }
    let path = path.to_owned();
    Err(SettingsError::Exposed { path, mode })
}

/// Elsewhere a file's mode does not say who may read it.
#[cfg(not(unix))]
fn refuse_if_exposed(_: &Path) -> Result<(), SettingsError> {
    Ok(())
}

fn unreadable(path: &Path, cause: std::io::Error) -> SettingsError {
    let path = path.to_owned();
    SettingsError::Unreadable { path, cause }
}

fn folder_of(path: &Path) -> &Path {
    path.parent().unwrap_or(Path::new(""))
}

/// Reads a whole regular file; whatever else may lie under this name (a pipe, a device) would never end.
fn read(path: &Path) -> Result<String, SettingsError> {
    let refuse = |what: &str| unreadable(path, std::io::Error::other(what.to_owned()));
    let metadata = fs::metadata(path).map_err(|cause| unreadable(path, cause))?;
    if !metadata.is_file() {
        return Err(refuse("it is not a regular file"));
    }
    let file = fs::File::open(path).map_err(|cause| unreadable(path, cause))?;
    let mut bytes = Vec::new();
    file.take(LONGEST + 1)
        .read_to_end(&mut bytes)
        .map_err(|cause| unreadable(path, cause))?;
    if bytes.len() as u64 > LONGEST {
        return Err(refuse("it is longer than 1 MB, so it is no settings file"));
    }
    String::from_utf8(bytes).map_err(|error| SettingsError::Toml {
        path: path.to_owned(),
        line: line_of(error.as_bytes(), error.utf8_error().valid_up_to()),
        message: "is not UTF-8".to_owned(),
    })
}

fn line_of(text: &[u8], offset: usize) -> usize {
    text[..offset.min(text.len())]
        .split(|byte| *byte == b'\n')
        .count()
}

/// Calls `take` with each key, its line, and its value, in the order of the file.
fn for_each_value(
    path: &Path,
    text: &str,
    mut take: impl FnMut(&str, usize, Written<'_>) -> Result<(), SettingsError>,
) -> Result<(), SettingsError> {
    let table = DeTable::parse(text).map_err(|error| SettingsError::Toml {
        path: path.to_owned(),
        line: line_of(text.as_bytes(), error.span().map_or(0, |span| span.start)),
        message: error.message().replace('\n', "; "),
    })?;
    let mut values: Vec<_> = table.get_ref().iter().collect();
    values.sort_by_key(|(key, _)| key.span().start);
    for (key, value) in values {
        let line = line_of(text.as_bytes(), key.span().start);
        take(key.get_ref(), line, written(value))?;
    }
    Ok(())
}

fn written<'a>(value: &'a Spanned<DeValue<'_>>) -> Written<'a> {
    match value.get_ref() {
        DeValue::String(text) => Written::Text(text),
        DeValue::Integer(number) if number.radix() == 10 => Written::Number(number.as_str()),
        DeValue::Integer(_) => Written::Other("a number that is not decimal"),
        DeValue::Float(number) => Written::Number(number.as_str()),
        DeValue::Boolean(on) => Written::Switch(*on),
        DeValue::Datetime(_) => Written::Other("a date"),
        DeValue::Array(_) => Written::Other("an array"),
        DeValue::Table(_) => Written::Other("a table"),
    }
}
