//! The rows of `data/*.toml` and of a user's glossary, as they are written.

use serde::Deserialize;

use crate::names::NameKind;

/// One file: defaults for its rows, then the rows.
#[derive(Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct File {
    /// What the names are, unless a row says otherwise.
    #[serde(default)]
    pub kind: Option<NameKind>,
    /// Where the rows were read, unless a row says otherwise. For people; the soundness test asks for it.
    #[serde(default)]
    pub source: Option<String>,
    /// The rule that lets the English form stand for the French one: `exonym`, `acronym`, `transliteration`…
    #[serde(default)]
    pub rule: Option<String>,
    /// Whether translators leave these names out or paraphrase them as they like.
    #[serde(default)]
    pub loose: bool,
    /// Names and how English writes them.
    #[serde(default)]
    pub name: Vec<NameRow>,
    /// Places and the people of them.
    #[serde(default)]
    pub nation: Vec<NationRow>,
    /// Names that both languages write alike, kept so that a capital on a common word is known to be a name.
    #[serde(default)]
    pub same: Vec<String>,
}

/// A name: `fr = "Londres"`, `en = ["London"]`.
#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct NameRow {
    /// The French spelling. A small first letter matches any case, a capital only a capital.
    pub fr: String,
    /// The English forms, the preferred one first. Empty: the French spelling itself.
    #[serde(default)]
    pub en: Vec<String>,
    /// What it is.
    pub kind: Option<NameKind>,
    /// Where it was read.
    pub source: Option<String>,
    /// Whether it may be paraphrased.
    pub loose: Option<bool>,
}

/// A place and its people: the place may come back as the adjective, the people as the place.
#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct NationRow {
    /// The French name of the place.
    pub place: String,
    /// Its English names, the preferred one first.
    pub en: Vec<String>,
    /// French adjectives, masculine singular, lower case; the feminine and the plural follow by rule.
    #[serde(default)]
    pub people: Vec<String>,
    /// English adjectives and nouns, the preferred one first.
    #[serde(default)]
    pub demonym: Vec<String>,
}
