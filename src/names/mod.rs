//! Names: people, places, bodies, products and acronyms, found in French and expected in English.
//!
//! In: the French and the English of one segment. Out: for every French name whether it survived, and by which form
//! (its own spelling, its exonym, its acronym, its people…). A name survives where it occurs at least once: English
//! repeats names less than French does. Law: no model, no clock, no file; the same texts and the same lexicon give
//! the same verdict, and the cost grows with the length of the texts.
//!
//! # Not done
//! Who is who: two people of one surname are one name here. Titles of works are expected to be translated.

mod bodies;
pub(crate) mod claimed;
mod compare;
mod compass;
pub(crate) mod composed;
mod consistency;
pub(crate) mod cut;
mod doubt;
mod english;
mod evidence;
mod extent;
mod fate;
mod form;
mod french;
mod grammar;
pub(crate) mod heads;
mod index;
mod kind;
mod letters;
mod misspelt;
pub(crate) mod reading;
mod spelling;
mod spelt;
mod strays;
pub(crate) mod unit;

use std::sync::Arc;

use serde::Serialize;

use crate::span::Span;

pub use compare::compare;
pub use consistency::inconsistencies;
pub use english::find_english;
pub use form::Form;
pub use french::find_french;
pub use kind::NameKind;

/// The rule by which a name stands for itself.
const SAME_SPELLING: &str = "same spelling";

/// How a name is known, and so how much its absence proves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Trust {
    /// By its row in the lexicon: one of its forms is expected.
    Listed,
    /// By its row, but translators paraphrase it, or the word has another sense.
    Loose,
    /// By capitals on a word that French does not know: its letters are expected.
    Spelt,
    /// By capitals on common words: expected translated, so that its absence proves nothing.
    Common,
}

/// A name in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// Where it stands: bytes into the text it was found in.
    pub span: Span,
    /// What it is.
    pub kind: NameKind,
    /// The English forms in which it may survive, the preferred one first.
    pub forms: Arc<[Form]>,
    pub(crate) trust: Trust,
}

/// A name as a ledger prints it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NameEntry {
    /// The words, as they stand.
    pub text: String,
    /// Where they stand.
    #[serde(flatten)]
    pub span: Span,
    /// What they name.
    #[serde(rename = "type")]
    pub kind: NameKind,
    /// The English form to prefer.
    pub canonical: String,
    /// The English forms in which the name may survive.
    pub forms: Vec<String>,
    /// The same forms, each with the rule by which it counts as the name.
    pub accepted: Vec<AcceptedForm>,
}

/// An English form of a name, and why it counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AcceptedForm {
    /// The English words.
    pub text: String,
    /// The rule: `same spelling`, `exonym`, `glossary`…
    pub why: String,
}

impl Name {
    /// The ledger's line for this name, which was found in `text`:
    /// `{"text","start","end","type","canonical","forms","accepted":[{"text","why"}]}`.
    ///
    /// # Panics
    /// If the name was found in another text and its span does not fit this one.
    #[must_use]
    pub fn entry(&self, text: &str) -> NameEntry {
        let accepted = |form: &Form| AcceptedForm {
            text: form.text.clone().into_owned(),
            why: form.why.to_string(),
        };
        NameEntry {
            text: self.span.of(text).to_owned(),
            span: self.span,
            kind: self.kind,
            canonical: match self.forms.first() {
                Some(form) => form.text.clone().into_owned(),
                None => self.span.of(text).to_owned(),
            },
            accepted: self.forms.iter().map(accepted).collect(),
            forms: self
                .forms
                .iter()
                .map(|form| form.text.clone().into_owned())
                .collect(),
        }
    }
}
