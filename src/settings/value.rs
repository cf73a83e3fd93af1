//! How single values are written, and what they mean.

use std::fmt;
use std::num::NonZeroU32;
use std::ops::RangeInclusive;
use std::path::{Component, Path, PathBuf};
use std::time::Duration;

use crate::endpoint::dialect::Dialect;
use crate::endpoint::stream::Streaming;
use crate::prompt::English;

/// A value as somebody wrote it: a word on the command line or in the environment, or a typed value of a TOML file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written<'a> {
    /// A word of the command line or the environment, which has no type of its own.
    Word(&'a str),
    /// A string of a file.
    Text(&'a str),
    /// A number of a file, in its own digits.
    Number(&'a str),
    /// A flag without a value, or a boolean of a file.
    Switch(bool),
    /// Something no setting takes: a table, an array, a date.
    Other(&'static str),
}

impl<'a> Written<'a> {
    fn kind(self) -> &'a str {
        match self {
            Self::Word(word) => word,
            Self::Text(_) => "a string",
            Self::Number(_) => "a number",
            Self::Switch(_) => "a boolean",
            Self::Other(kind) => kind,
        }
    }

    /// A string that is not empty.
    pub(super) fn text(self) -> Result<&'a str, String> {
        match self {
            Self::Word(text) | Self::Text(text) if text.trim().is_empty() => Err("must not be empty".into()),
            Self::Word(text) | Self::Text(text) => Ok(text),
            _ => Err(format!("expects a string, not {}", self.kind())),
        }
    }

    /// A whole number within the bounds, both included.
    pub(super) fn number<N>(self, bounds: RangeInclusive<N>) -> Result<N, String>
    where
        N: std::str::FromStr + PartialOrd + fmt::Display,
    {
        let wanted = || {
            let (low, high) = (bounds.start(), bounds.end());
            format!(
                "expects a whole number from {low} to {high}, not {}",
                self.digits()
            )
        };
        let (Self::Word(digits) | Self::Number(digits)) = self else {
            return Err(wanted());
        };
        let number: N = digits.replace('_', "").parse().map_err(|_| wanted())?;
        if bounds.contains(&number) {
            Ok(number)
        } else {
            Err(wanted())
        }
    }

    /// A number of something a minute.
    pub(super) fn rate(self) -> Result<NonZeroU32, String> {
        let number: u32 = self.number(1..=1_000_000_000)?;
        NonZeroU32::new(number).ok_or_else(|| "must not be 0".to_owned())
    }

    fn digits(self) -> String {
        match self {
            Self::Word(digits) | Self::Number(digits) => format!("`{digits}`"),
            _ => self.kind().to_owned(),
        }
    }

    /// Yes or no.
    pub(super) fn switch(self) -> Result<bool, String> {
        match self {
            Self::Switch(on) => Ok(on),
            Self::Word(word) => match word.to_ascii_lowercase().as_str() {
                "1" | "true" | "yes" | "on" => Ok(true),
                "0" | "false" | "no" | "off" => Ok(false),
                _ => Err(format!("expects true or false, not `{word}`")),
            },
            _ => Err(format!("expects true or false, not {}", self.kind())),
        }
    }

    /// A path; a relative one is meant from `base` on.
    pub(super) fn path(self, base: &Path) -> Result<PathBuf, String> {
        self.text().map(|text| base.join(text))
    }

    /// Whole seconds.
    pub(super) fn seconds(self) -> Result<Duration, String> {
        self.number(1..=86_400).map(Duration::from_secs)
    }

    /// A number of bytes, with or without `kB` or `MB`.
    pub(super) fn bytes(self) -> Result<u64, String> {
        const MOST: u64 = 1_000_000_000;
        let (Self::Word(text) | Self::Text(text)) = self else {
            return self.number(1..=MOST);
        };
        let lower = text.trim().to_ascii_lowercase();
        let (digits, unit) = if let Some(digits) = lower.strip_suffix("mb") {
            (digits, 1_000_000)
        } else if let Some(digits) = lower.strip_suffix("kb") {
            (digits, 1_000)
        } else {
            (lower.as_str(), 1)
        };
        let number = digits
            .trim()
            .parse::<u64>()
            .ok()
            .and_then(|n| n.checked_mul(unit));
        number.filter(|bytes| (1..=MOST).contains(bytes)).ok_or_else(|| {
            format!("expects a size such as 5000000, 500kB or 5MB (at most 1000MB), not `{text}`")
        })
    }

    /// One of a few words.
    pub(super) fn one_of<T: Copy>(self, choices: &[(&str, T)]) -> Result<T, String> {
        let text = self.text()?;
        let found = choices.iter().find(|(name, _)| name.eq_ignore_ascii_case(text));
        found.map(|(_, choice)| *choice).ok_or_else(|| {
            let names: Vec<_> = choices.iter().map(|(name, _)| *name).collect();
            format!("is one of {}, not `{text}`", names.join(", "))
        })
    }

    /// A JSON object. From a file it is written as a string too: what TOML can hold and JSON cannot never arises.
    pub(super) fn extra(self) -> Result<Extra, String> {
        let text = self.text()?;
        serde_json::from_str(text)
            .map(Extra)
            .map_err(|error| format!("expects a JSON object such as {{\"top_p\": 0.9}}: {error}"))
    }

    /// An amount of US dollars.
    pub(super) fn dollars(self) -> Result<Dollars, String> {
        let (Self::Word(digits) | Self::Number(digits)) = self else {
            return Err(format!(
                "expects US dollars per million tokens, not {}",
                self.kind()
            ));
        };
        Dollars::read(digits)
            .ok_or_else(|| format!("expects US dollars, such as 0.15 (at most 10000), not `{digits}`"))
    }
}

/// Whether a path that a project file names stays below the folder of that file.
pub(super) fn stays_below(path: &str) -> bool {
    Path::new(path)
        .components()
        .all(|part| matches!(part, Component::Normal(_) | Component::CurDir))
}

/// Whose English, as it is written.
pub(super) const ENGLISHES: &[(&str, English)] = &[("us", English::American), ("uk", English::British)];

/// How a result or a report is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Form {
    /// Plain text, for people.
    Text,
    /// Markdown.
    Markdown,
    /// JSON, for programs.
    Json,
    /// One self-contained page; reports only.
    Html,
}

impl Form {
    /// The ending of a file in this form, without the dot.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Self::Text => "txt",
            Self::Markdown => "md",
            Self::Json => "json",
            Self::Html => "html",
        }
    }

    /// The form a file of this name has, by its extension: `.txt`, `.json`, `.md` or `.markdown`, `.html` or `.htm`,
    /// in capitals or not. None for any other.
    ///
    /// ```
    /// use fidele::settings::Form;
    /// assert_eq!(Form::of_path("out/report.HTML".as_ref()), Some(Form::Html));
    /// assert_eq!(Form::of_path("report".as_ref()), None);
    /// ```
    #[must_use]
    pub fn of_path(path: &Path) -> Option<Self> {
        match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "txt" => Some(Self::Text),
            "json" => Some(Self::Json),
            "md" | "markdown" => Some(Self::Markdown),
            "html" | "htm" => Some(Self::Html),
            _ => None,
        }
    }
}

/// What a result may be written as.
pub(super) const RESULTS: &[(&str, Form)] = &[
    ("text", Form::Text),
    ("markdown", Form::Markdown),
    ("json", Form::Json),
];

/// What a report may be written as.
pub(super) const REPORTS: &[(&str, Form)] = &[
    ("json", Form::Json),
    ("markdown", Form::Markdown),
    ("html", Form::Html),
    ("text", Form::Text),
];

/// Members added to the body of every request.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Extra(pub serde_json::Map<String, serde_json::Value>);

/// An amount of US dollars, exactly: in millionths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Dollars(pub u64);

impl Dollars {
    /// Reads `3`, `0.15`, `12.5`: at most six decimals, at most 10,000 dollars.
    fn read(text: &str) -> Option<Self> {
        let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
        let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || decimals.len() > 6 || !digits(whole) || !digits(decimals) {
            return None;
        }
        let whole: u64 = whole.parse().ok()?;
        let millionths: u64 = format!("{decimals:0<6}").parse().ok()?;
        (whole <= 10_000).then_some(Self(whole * 1_000_000 + millionths))
    }

    /// What `tokens` cost if a million of them cost this, rounded up.
    #[must_use]
    pub fn for_tokens(self, tokens: u64) -> Self {
        let cost = (u128::from(self.0) * u128::from(tokens)).div_ceil(1_000_000);
        Self(u64::try_from(cost).unwrap_or(u64::MAX))
    }
}

impl std::ops::Add for Dollars {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl fmt::Display for Dollars {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let decimals = format!("{:06}", self.0 % 1_000_000);
        let decimals = decimals.trim_end_matches('0');
        write!(f, "{}.{decimals:0<2} USD", self.0 / 1_000_000)
    }
}

/// How a value is shown to the user who wrote it.
pub(super) trait Show {
    fn show(&self) -> String;
}

macro_rules! show_as_displayed {
    ($($type:ty)*) => { $(impl Show for $type { fn show(&self) -> String { self.to_string() } })* };
}
show_as_displayed!(u32 NonZeroU32 usize u64 String Dollars super::Address);

impl Show for PathBuf {
    fn show(&self) -> String {
        self.display().to_string()
    }
}

impl Show for bool {
    fn show(&self) -> String {
        if *self { "yes" } else { "no" }.to_owned()
    }
}

impl Show for Duration {
    fn show(&self) -> String {
        format!("{} s", self.as_secs())
    }
}

fn word_for<T: PartialEq>(choices: &[(&str, T)], choice: &T) -> String {
    let found = choices.iter().find(|(_, other)| other == choice);
    found.map(|(name, _)| (*name).to_owned()).unwrap_or_default()
}

impl Show for English {
    fn show(&self) -> String {
        word_for(ENGLISHES, self)
    }
}

impl Show for Streaming {
    fn show(&self) -> String {
        word_for(&Streaming::ALL, self)
    }
}

impl Show for Dialect {
    fn show(&self) -> String {
        self.name().to_owned()
    }
}

impl Show for Extra {
    fn show(&self) -> String {
        serde_json::Value::Object(self.0.clone()).to_string()
    }
}

impl Show for Form {
    fn show(&self) -> String {
        word_for(REPORTS, self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_is_exact() {
        assert_eq!(Dollars::read("0.15"), Some(Dollars(150_000)));
        assert_eq!(Dollars::read("3"), Some(Dollars(3_000_000)));
        assert_eq!(Dollars(150_000).for_tokens(1_000_000), Dollars(150_000));
        assert_eq!(
            Dollars(150_000).for_tokens(1),
            Dollars(1),
            "rounded up, never down to nothing"
        );
        assert_eq!(Dollars(150_000).to_string(), "0.15 USD");
        assert_eq!(Dollars(3_000_000).to_string(), "3.00 USD");
        for wrong in [
            "",
            "-1",
            "0,15",
            "1e3",
            "0.1234567",
            "free",
            "99999999999999999999",
        ] {
            assert_eq!(Dollars::read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn sizes_are_written_as_people_write_them() {
        assert_eq!(Written::Word("500kB").bytes(), Ok(500_000));
        assert_eq!(Written::Text("5 MB").bytes(), Ok(5_000_000));
        assert_eq!(Written::Number("5_000_000").bytes(), Ok(5_000_000));
        for wrong in ["0", "", "MB", "-5", "5GB", "99999999999999999999MB"] {
            assert!(Written::Word(wrong).bytes().is_err(), "{wrong}");
        }
    }

    #[test]
    fn numbers_outside_their_bounds_say_the_bounds() {
        let wrong = Written::Word("0").number(1..=256_usize).unwrap_err();
        assert_eq!(wrong, "expects a whole number from 1 to 256, not `0`");
        assert!(
            Written::Text("8").number(1..=256_usize).is_err(),
            "a string is no number"
        );
        assert_eq!(Written::Word("8").number(1..=256_usize), Ok(8));
    }

    #[test]
    fn a_project_names_nothing_outside_itself() {
        assert!(stays_below("style.md") && stays_below("./prompts/mine"));
        assert!(!stays_below("../style.md") && !stays_below("/etc/passwd") && !stays_below("a/../../b"));
    }
}
