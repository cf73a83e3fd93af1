//! One way in which a name may stand in the English.

use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

use super::reading::Reading;
use crate::lexicon::hash;
use crate::window::Window;

/// One way in which a name may stand in the English, and why.
#[derive(Debug, Clone)]
pub struct Form {
    /// The English words.
    pub text: Cow<'static, str>,
    /// Why they count as the name: `same spelling`, `exonym`, `acronym`, `demonym`, `glossary`…
    pub why: Arc<str>,
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
    pub(crate) fn new(text: impl Into<Cow<'static, str>>, why: &Arc<str>) -> Self {
        Self {
            text: text.into(),
            why: Arc::clone(why),
            phrase: OnceLock::new(),
        }
    }

    fn phrase(&self) -> &Phrase {
        self.phrase.get_or_init(|| {
            let reading = Reading::new(&self.text);
            let word = |at| Word {
                folded: reading.folded(at).into(),
                hash: reading.unit(at).hash,
            };
            let upper =
                self.text.chars().any(char::is_uppercase) && !self.text.chars().any(char::is_lowercase);
            Phrase {
                words: (0..reading.len()).map(word).collect(),
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

    /// The hash of the first of [`Form::words`], and how many there are.
    pub(crate) fn opening(&self) -> Option<(u64, usize)> {
        self.plain_opening().or_else(|| {
            let words = self.words();
            Some((words.first()?.hash, words.len()))
        })
    }

    /// The same without working out the words, where letters of ASCII parted by single blanks and hyphens make that
    /// plain to see.
    fn plain_opening(&self) -> Option<(u64, usize)> {
        let bytes = self.text.as_bytes();
        let window = Window::at(bytes, 0);
        let length = window.letters();
        if !(1..Window::LEN).contains(&length) {
            return None;
        }
        let (mut words, mut parted) = (1, false);
        for byte in &bytes[length..] {
            match byte {
                b' ' | b'-' if !parted => (words, parted) = (words + 1, true),
                b'a'..=b'z' | b'A'..=b'Z' => parted = false,
                _ => return None,
            }
        }
        (!parted).then(|| (hash::of_short(window.lower(length), length), words))
    }
}
