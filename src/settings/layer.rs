//! The list of all settings: their keys, types, bounds, defaults, and who may set them.
//!
//! One table makes the [`Layer`] somebody wrote, the [`Settings`] that follow from it, and the rows `doctor` shows, so
//! that a setting cannot exist in one and be missing in another.

use std::num::NonZeroU32;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::endpoint::dialect::Dialect;
use crate::endpoint::stream::Streaming;
use crate::prompt::English;

use super::value::{ENGLISHES, REPORTS, RESULTS, Show};
use super::{Address, Dollars, Extra, Form, Given, Keys, Origin, SettingsError, Written};

/// Who may set a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// How the English is written: anyone, a project's file included.
    Text,
    /// Where text goes, what it costs, what is written where: the user alone.
    User,
}

/// A setting, as the documentation lists it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Key {
    /// As files spell it; `FIDELE_` and capitals make the variable, dashes the flag.
    pub name: &'static str,
    /// Who may set it.
    pub scope: Scope,
    /// What it means.
    pub meaning: &'static str,
}

/// One setting as it stands, for `doctor`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The setting.
    pub key: &'static str,
    /// Its value; nothing if it is open.
    pub value: Option<String>,
    /// Where it was written.
    pub origin: Origin,
}

macro_rules! settings {
    (
        decided { $($(#[doc = $meaning:literal])+ $name:ident: $type:ty = $default:expr, $scope:ident, $read:expr;)* }
        open { $($(#[doc = $open_meaning:literal])+ $open:ident: $open_type:ty, $open_scope:ident, $open_read:expr;)* }
    ) => {
        /// Settings as somebody wrote them at one place: what is not written is `None`.
        #[derive(Debug, Clone, Default, PartialEq, Eq)]
        pub struct Layer {
            $($(#[doc = $open_meaning])+ pub $open: Option<Given<$open_type>>,)*
            $($(#[doc = $meaning])+ pub $name: Option<Given<$type>>,)*
        }

        /// Settings with nothing left to decide. What is `None` has no default and was not asked for.
        #[derive(Debug)]
        pub struct Settings {
            $($(#[doc = $open_meaning])+ pub $open: Option<Given<$open_type>>,)*
            $($(#[doc = $meaning])+ pub $name: Given<$type>,)*
            /// The keys that may be sent, each bound to its host.
            pub keys: Keys,
            /// The project's file, if there is one.
            pub project_file: Option<PathBuf>,
            /// The user's own file, if it exists.
            pub user_file: Option<PathBuf>,
            /// What the user should know, and stops nothing.
            pub remarks: Vec<String>,
        }

        /// Every setting there is, in the order in which they are shown.
        pub const KEYS: &[Key] = &[
            $(Key { name: stringify!($open), scope: Scope::$open_scope, meaning: concat!($($open_meaning),+).trim_ascii() },)*
            $(Key { name: stringify!($name), scope: Scope::$scope, meaning: concat!($($meaning),+).trim_ascii() },)*
        ];

        impl Layer {
            /// Takes in one value. A relative path is meant from `base` on.
            ///
            /// # Errors
            /// The key does not exist, or the value is not one it takes.
            pub fn put(
                &mut self, key: &str, written: Written<'_>, base: &Path, origin: Origin,
            ) -> Result<(), SettingsError> {
                fn given<T>(read: Result<T, String>, key: &str, origin: Origin) -> Result<Option<Given<T>>, SettingsError> {
                    match read {
                        Ok(value) => Ok(Some(Given { value, origin })),
                        Err(message) => Err(SettingsError::Value { origin, key: key.to_owned(), message }),
                    }
                }
                match key {
                    $(stringify!($open) => {
                        let read: fn(Written<'_>, &Path) -> Result<$open_type, String> = $open_read;
                        self.$open = given(read(written, base), key, origin)?;
                    })*
                    $(stringify!($name) => {
                        let read: fn(Written<'_>, &Path) -> Result<$type, String> = $read;
                        self.$name = given(read(written, base), key, origin)?;
                    })*
                    _ => return Err(SettingsError::UnknownKey { origin, key: key.to_owned(), nearest: nearest(key) }),
                }
                Ok(())
            }

            /// This layer where it says something, the one below elsewhere.
            #[must_use]
            pub fn over(self, below: Self) -> Self {
                Self {
                    $($open: self.$open.or(below.$open),)*
                    $($name: self.$name.or(below.$name),)*
                }
            }

            fn with_defaults(self) -> Settings {
                Settings {
                    $($open: self.$open,)*
                    $($name: self.$name.unwrap_or_else(|| Given::by_default($default)),)*
                    keys: Keys::default(),
                    project_file: None,
                    user_file: None,
                    remarks: Vec::new(),
                }
            }
        }

        impl Settings {
            /// Every setting as it stands, in the order of [`KEYS`].
            #[must_use]
            pub fn rows(&self) -> Vec<Row> {
                vec![
                    $(Row {
                        key: stringify!($open),
                        value: self.$open.as_ref().map(|given| given.value.show()),
                        origin: self.$open.as_ref().map_or(Origin::Default, |given| given.origin.clone()),
                    },)*
                    $(Row {
                        key: stringify!($name),
                        value: Some(self.$name.value.show()),
                        origin: self.$name.origin.clone(),
                    },)*
                ]
            }
        }
    };
}

settings! {
    decided {
        /// Whose English: `us` or `uk`.
        english: English = English::American, Text, |w, _| w.one_of(ENGLISHES);
        /// How many tokens of French go into one request.
        chunk_tokens: u32 = 1200, Text, |w, _| w.number(50..=100_000);
        /// How often a failing passage is asked for again.
        repairs: u32 = 2, Text, |w, _| w.number(0..=10);
        /// How the result is written: `text`, `markdown` or `json`.
        format: Form = Form::Text, Text, |w, _| w.one_of(RESULTS);
        /// How the report beside an output is written: `json`, `markdown`, `html` or `text`.
        report: Form = Form::Json, Text, |w, _| w.one_of(REPORTS);
        /// Whether the model is first asked for the English of names that no list settles, for all prompts of an article.
        terms: bool = false, User, |w, _| w.switch();
        /// Whether the model is asked about names that are not proven; what it says is shown and proves nothing.
        ask_model: bool = false, User, |w, _| w.switch();
        /// Whether what is not proven counts as failed.
        strict: bool = false, Text, |w, _| w.switch();
        /// How many requests are under way at once.
        at_once: usize = 8, User, |w, _| w.number(1..=256);
        /// How often a request is sent in all when the server is busy or broken.
        attempts: u32 = 5, User, |w, _| w.number(1..=20);
        /// How long one request may take, in seconds.
        timeout: Duration = Duration::from_mins(10), User, |w, _| w.seconds();
        /// How long it may take to reach the server, in seconds.
        connect_timeout: Duration = Duration::from_secs(10), User, |w, _| w.seconds();
        /// Whether the model sends as it writes: `on`, `off`, or `auto`: once a connection was cut while it was silent.
        stream: Streaming = Streaming::Auto, User, |w, _| w.one_of(&Streaming::ALL);
        /// Whether nothing is kept on disk.
        ephemeral: bool = false, User, |w, _| w.switch();
        /// Whether the text must stay on this machine.
        local_only: bool = false, User, |w, _| w.switch();
        /// How large the cache may grow, in bytes: when a run begins, the oldest answers go.
        cache_size: u64 = 1_000_000_000, User, |w, _| w.bytes();
        /// The largest input that is read, in bytes.
        max_bytes: u64 = 5_000_000, User, |w, _| w.bytes();
    }
    open {
        /// Which server: a URL, a well-known name, or `replay:DIR`.
        endpoint: Address, User, |w, base| w.text().and_then(|text| Address::read(text, base));
        /// Which model of that server.
        model: String, User, |w, _| w.text().map(str::to_owned);
        /// Another model of that server, asked for what the first one does not manage.
        fallback_model: String, User, |w, _| w.text().map(str::to_owned);
        /// The dialect of that server: `openai`, `anthropic`, `gemini` or `ollama`; its name or address says it otherwise.
        dialect: Dialect, User, |w, _| w.one_of(&Dialect::ALL);
        /// What is added to the body of every request, as a JSON object.
        extra_body: Extra, User, |w, _| w.extra();
        /// A file on how to write, for the prompts.
        style: PathBuf, Text, |w, base| w.path(base);
        /// A file of names and terms with their English.
        glossary: PathBuf, Text, |w, base| w.path(base);
        /// A folder of prompts instead of the built-in ones.
        prompts: PathBuf, Text, |w, base| w.path(base);
        /// Where answers that were paid for are kept.
        cache_dir: PathBuf, User, |w, base| w.path(base);
        /// Where answers are recorded, to be replayed.
        record: PathBuf, User, |w, base| w.path(base);
        /// What a million tokens of prompt cost, in US dollars.
        price_input: Dollars, User, |w, _| w.dollars();
        /// What a million tokens of answer cost, in US dollars.
        price_output: Dollars, User, |w, _| w.dollars();
        /// What a run may cost at most, in US dollars; needs the prices.
        max_cost: Dollars, User, |w, _| w.dollars();
        /// How many tokens a run may use at most, prompts and answers together.
        max_tokens_total: u64, User, |w, _| w.number(1..=1_000_000_000_000);
        /// How long nothing may come, in seconds; as long as a request may take, unless it is set.
        silence_timeout: Duration, User, |w, _| w.seconds();
        /// How many requests may start in a minute.
        requests_per_minute: NonZeroU32, User, |w, _| w.rate();
        /// How many tokens may be asked for in a minute, prompts and longest answers together.
        tokens_per_minute: NonZeroU32, User, |w, _| w.rate();
    }
}

impl Layer {
    /// Decides what nobody wrote, and checks what belongs together.
    ///
    /// # Errors
    /// One of the two prices stands alone, or a cost without prices.
    pub fn settle(self) -> Result<Settings, SettingsError> {
        let settings = self.with_defaults();
        let alone = match (&settings.price_input, &settings.price_output) {
            (Some(price), None) => Some((price, "price_input", "price_output")),
            (None, Some(price)) => Some((price, "price_output", "price_input")),
            _ => None,
        };
        if let Some((price, key, missing)) = alone {
            return Err(SettingsError::Value {
                origin: price.origin.clone(),
                key: key.to_owned(),
                message: format!("needs `{missing}` too: without both prices no cost can be told"),
            });
        }
        if let (Some(max_cost), None) = (&settings.max_cost, &settings.price_input) {
            return Err(SettingsError::Value {
                origin: max_cost.origin.clone(),
                key: "max_cost".to_owned(),
                message: "needs `price_input` and `price_output`: without prices no cost can be told"
                    .to_owned(),
            });
        }
        Ok(settings)
    }
}

/// The setting of this name.
pub(super) fn key(name: &str) -> Option<&'static Key> {
    KEYS.iter().find(|key| key.name == name)
}

/// The known key that a mistyped one resembles.
pub(super) fn nearest(mistyped: &str) -> Option<&'static str> {
    let names = KEYS.iter().map(|key| key.name).chain(["api_key", "key_command"]);
    names
        .map(|name| (strsim::damerau_levenshtein(name, mistyped), name))
        .filter(|(distance, name)| *distance <= name.len().div_ceil(3))
        .min()
        .map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layer(flag: &str, at_once: Option<&str>, model: Option<&str>) -> Layer {
        let mut layer = Layer::default();
        for (key, value) in [("at_once", at_once), ("model", model)] {
            if let Some(value) = value {
                let origin = Origin::Flag(flag.to_owned());
                layer
                    .put(key, Written::Word(value), Path::new(""), origin)
                    .unwrap();
            }
        }
        layer
    }

    #[test]
    fn the_upper_layer_wins_where_it_says_something() {
        let upper = layer("upper", Some("3"), None);
        let lower = layer("lower", Some("4"), Some("m"));
        let settings = upper.over(lower).settle().unwrap();
        assert_eq!(settings.at_once.value, 3);
        assert_eq!(settings.at_once.origin, Origin::Flag("upper".into()));
        assert_eq!(settings.model.unwrap().origin, Origin::Flag("lower".into()));
        assert_eq!(settings.repairs, Given::by_default(2));
    }

    #[test]
    fn every_key_can_be_put_and_is_shown() {
        let settings = Layer::default().settle().unwrap();
        let shown: Vec<_> = settings.rows().iter().map(|row| row.key).collect();
        let listed: Vec<_> = KEYS.iter().map(|key| key.name).collect();
        assert_eq!(shown, listed);
        for key in KEYS {
            let error = Layer::default().put(
                key.name,
                Written::Other("a table"),
                Path::new(""),
                Origin::Default,
            );
            assert!(matches!(error, Err(SettingsError::Value { .. })), "{}", key.name);
        }
    }

    #[test]
    fn a_mistyped_key_is_met_half_way() {
        assert_eq!(nearest("enlgish"), Some("english"));
        assert_eq!(nearest("chunk_token"), Some("chunk_tokens"));
        assert_eq!(nearest("apikey"), Some("api_key"));
        assert_eq!(nearest("colour"), None);
    }
}
