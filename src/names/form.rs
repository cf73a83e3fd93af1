//! One way in which a name may stand in the English.

use std::borrow::Cow;
use std::sync::OnceLock;

use super::cut::cut;
use super::unit::Units;

/// One way in which a name may stand in the English, and why.
#[derive(Debug, Clone)]
pub struct Form {
    /// The English words.
    pub text: Cow<'static, str>,
    /// Why they count as the name: `same spelling`, `exonym`, `acronym`, `demonym`, `glossary`…
    pub why: Cow<'static, str>,
    /// Worked out when first asked for: of most forms nobody ever does.
    phrase: OnceLock<Phrase>,
}

/// What a form is as units of a text.
#[derive(Debug, Clone)]
struct Phrase {
    words: Box<[Word]>,
    upper: bool,
}

/// One unit of a form.
#[derive(Debug, Clone)]
pub(crate) struct Word {
    pub folded: Box<str>,
    /// The hash of that.
    pub hash: u64,
}

impl AsRef<str> for Word {
    fn as_ref(&self) -> &str {
        &self.folded
    }
}

impl PartialEq for Form {
    fn eq(&self, other: &Self) -> bool {
        (&self.text, &self.why) == (&other.text, &other.why)
    }
}

impl Eq for Form {}

impl Form {
    pub(crate) fn new(text: impl Into<Cow<'static, str>>, why: impl Into<Cow<'static, str>>) -> Self {
        Self {
            text: text.into(),
            why: why.into(),
            phrase: OnceLock::new(),
        }
    }

    fn phrase(&self) -> &Phrase {
        self.phrase.get_or_init(|| {
            let mut units = Units::default();
            cut(&self.text, &mut units);
            let word = |at: usize| Word {
                folded: units.folded(&self.text, at).into(),
                hash: units.all[at].hash,
            };
            let upper =
                self.text.chars().any(char::is_uppercase) && !self.text.chars().any(char::is_lowercase);
            Phrase {
                words: (0..units.all.len()).map(word).collect(),
                upper,
            }
        })
    }

    /// The folded units that must stand in the English, in this order.
    pub(crate) fn words(&self) -> &[Word] {
        &self.phrase().words
    }

    /// Whether it is written in capitals only, so that `US` is not found in `us`.
    pub(crate) fn is_upper(&self) -> bool {
        self.phrase().upper
    }
}
