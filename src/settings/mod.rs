//! What the user decided, where, and what follows from it.
//!
//! In: five layers (flags, `FIDELE_*` variables, the project's `fidele.toml`, the user's own file, defaults), each a
//! [`Layer`] of options as somebody wrote it. Out: [`Settings`], where nothing is left to decide and every value knows
//! its [`Origin`], so that `doctor` can say where it came from.
//!
//! Laws: a project file may come from anyone, so it says how the English is written and nothing else: it cannot name a
//! host, a key, a command or a folder to write to, and its paths stay below its own folder. A key belongs to one host
//! and is never printed. A value that is not understood is an error with its place, never a silent default.
//!
//! # Not done
//! Proxies and certificate authorities are not settings of ours: they come from the machine (`HTTPS_PROXY`,
//! `NO_PROXY`, `SSL_CERT_FILE`), as for other programs.

mod address;
mod file;
mod layer;
mod secret;
mod value;

use std::fmt;
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy as _;

pub use address::{Address, PROVIDERS, Provider};
pub use layer::{KEYS, Key, Layer, Row, Scope, Settings};
pub use secret::{ApiKey, Keys};
pub use value::{Dollars, Extra, Form, Written};

/// The name of a project's file.
pub const PROJECT_FILE: &str = "fidele.toml";

/// Where a value was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// On the command line: `--at-once`.
    Flag(String),
    /// In the environment: `FIDELE_AT_ONCE`.
    Variable(String),
    /// In the project's file, at this line (from 1).
    Project(PathBuf, usize),
    /// In the user's own file, at this line (from 1).
    User(PathBuf, usize),
    /// Nowhere: it is what fidele does unless told otherwise.
    Default,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Flag(name) | Self::Variable(name) => f.write_str(name),
            Self::Project(path, line) | Self::User(path, line) => write!(f, "{}:{line}", path.display()),
            Self::Default => f.write_str("default"),
        }
    }
}

/// A value, and where it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given<T> {
    /// The value.
    pub value: T,
    /// Where it was written.
    pub origin: Origin,
}

impl<T> Given<T> {
    /// What fidele does unless told otherwise.
    pub fn by_default(value: T) -> Self {
        Self {
            value,
            origin: Origin::Default,
        }
    }
}

/// Why there are no settings.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SettingsError {
    /// A value that is not understood.
    #[error("{origin}: `{key}` {message}")]
    Value {
        /// Where it was written.
        origin: Origin,
        /// The setting.
        key: String,
        /// What it expects, and what it got.
        message: String,
    },
    /// A key that does not exist.
    #[error("{origin}: unknown key `{key}`{}", nearest.as_ref().map(|n| format!("; did you mean `{n}`?")).unwrap_or_default())]
    UnknownKey {
        /// Where it was written.
        origin: Origin,
        /// As it was written.
        key: String,
        /// The known key it resembles.
        nearest: Option<&'static str>,
    },
    /// A key that may not be set at this place.
    #[error("{origin}: `{key}` may not be set here: {why}")]
    Refused {
        /// Where it was written.
        origin: Origin,
        /// The setting.
        key: String,
        /// Why, and where it may be set.
        why: &'static str,
    },
    /// The file is not TOML.
    #[error("{}:{line}: {message}", path.display())]
    Toml {
        /// The file.
        path: PathBuf,
        /// From 1.
        line: usize,
        /// What the parser expected.
        message: String,
    },
    /// The file cannot be read.
    #[error("cannot read {}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// The cause.
        #[source]
        cause: std::io::Error,
    },
    /// A user's file with a key in it that other users of the machine may read.
    #[error(
        "{} holds a key and other users may read it (mode {mode:03o}); run: chmod 600 '{}'",
        path.display(),
        path.display()
    )]
    Exposed {
        /// The file.
        path: PathBuf,
        /// Its permission bits.
        mode: u32,
    },
    /// `key_command` gave no key.
    #[error("{origin}: `key_command` gave no key: {message}")]
    KeyCommand {
        /// Where the command was written.
        origin: Origin,
        /// What happened; never what the command printed.
        message: String,
    },
}

/// Everything settings are read from; taken from the process by [`Surroundings::of_process`], made up in tests.
#[derive(Debug, Default)]
pub struct Surroundings {
    /// What the command line says.
    pub flags: Layer,
    /// The environment.
    pub variables: Vec<(String, String)>,
    /// Where to look for the project's file, and then upwards.
    pub directory: PathBuf,
    /// The user's own file, whether it exists or not; none if the user has no home.
    pub user_file: Option<PathBuf>,
    /// The cache folder unless a setting names one; none if the user has no home.
    pub cache_dir: Option<PathBuf>,
}

impl Surroundings {
    /// What this process sees: its environment, its working directory, the user's folders (XDG on every Unix).
    #[must_use]
    pub fn of_process(flags: Layer) -> Self {
        let cache_dir = etcetera::choose_base_strategy().map(|folders| folders.cache_dir().join("fidele"));
        Self {
            flags,
            // A variable that is not UTF-8 cannot be one of ours.
            variables: std::env::vars_os()
                .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
                .collect(),
            directory: std::env::current_dir().unwrap_or_default(),
            user_file: Self::user_file_of_process(),
            cache_dir: cache_dir.ok(),
        }
    }

    /// Where this user's own file is, or would be.
    #[must_use]
    pub fn user_file_of_process() -> Option<PathBuf> {
        let folders = etcetera::choose_base_strategy().ok()?;
        Some(folders.config_dir().join("fidele").join("config.toml"))
    }

    /// Lays flags over variables over the project's file over the user's file over defaults.
    ///
    /// # Errors
    /// See [`SettingsError`]: the first value that is not understood, with its place.
    pub fn settle(self) -> Result<Settings, SettingsError> {
        let mut remarks = Vec::new();
        let variables = of_variables(&self.variables, &mut remarks)?;
        let project_file = find_upwards(&self.directory);
        let project = match &project_file {
            Some(path) => file::read_project(path)?,
            None => Layer::default(),
        };
        let user_file = self.user_file.filter(|path| path.exists());
        let (user, file_key) = match &user_file {
            Some(path) => file::read_user(path)?,
            None => (Layer::default(), None),
        };
        let keys = Keys::new(&self.variables, variables.endpoint.as_ref(), file_key);
        let layer = self.flags.over(variables).over(project).over(user);
        let mut settings = layer.settle()?;
        if settings.cache_dir.is_none() {
            settings.cache_dir = self.cache_dir.map(Given::by_default);
        }
        settings.keys = keys;
        settings.project_file = project_file;
        settings.user_file = user_file;
        settings.remarks = remarks;
        Ok(settings)
    }
}

/// `FIDELE_AT_ONCE=4` and the like. An empty variable counts as not set; an unknown one is a remark, since it may be
/// meant for a later version.
fn of_variables(variables: &[(String, String)], remarks: &mut Vec<String>) -> Result<Layer, SettingsError> {
    let mut layer = Layer::default();
    for (name, value) in variables {
        let Some(key) = name.strip_prefix("FIDELE_").map(str::to_ascii_lowercase) else {
            continue;
        };
        if value.is_empty() || ["api_key", "probe_ports"].contains(&key.as_str()) {
            continue;
        }
        if layer::key(&key).is_none() {
            let nearest = layer::nearest(&key)
                .map(|near| format!("; did you mean FIDELE_{}?", near.to_ascii_uppercase()));
            remarks.push(format!(
                "no setting is called {name}, so it is ignored{}",
                nearest.unwrap_or_default()
            ));
            continue;
        }
        layer.put(
            &key,
            Written::Word(value),
            Path::new(""),
            Origin::Variable(name.clone()),
        )?;
    }
    Ok(layer)
}

/// The first `fidele.toml` from `directory` upwards.
fn find_upwards(directory: &Path) -> Option<PathBuf> {
    directory
        .ancestors()
        .map(|folder| folder.join(PROJECT_FILE))
        .find(|path| path.is_file())
}
