//! Whether words are still given as somebody's own.
//!
//! In: a French segment and its English. Out: a warning where a quotation lost its marks.

use crate::finding::{Code, Finding, Spot};
use crate::span::Span;

/// A quotation of at least this many words is somebody's speech; a shorter one may be a word held with tongs.
const SPEECH: usize = 5;

/// The first French quotation, if the English has no quotation mark at all.
#[must_use]
pub fn check(source: &str, target: &str) -> Option<Finding> {
    let marked = target.contains(['"', '“', '”', '«', '»', '‘', '„'])
        || target.contains("''")
        || target.contains(" '")
        || target.starts_with('\'')
        || target.contains('`');
    if marked {
        return None;
    }
    let (open, mark) = source.match_indices(['«', '“', '"']).next()?;
    let start = open + mark.len();
    let close = source[start..].find(['»', '”', '"']).map(|at| start + at)?;
    let speech = source[start..close]
        .split_whitespace()
        .filter(|word| word.contains(char::is_alphabetic))
        .count()
        >= SPEECH;
    let span = Span::new(
        open,
        close + source[close..].chars().next().map_or(0, char::len_utf8),
    );
    speech.then(|| {
        let message = "the French gives this as a quotation, the English has no quotation marks";
        Finding::new(Code::QuoteAltered, Some(Spot::new(source, span)), None, message).as_warning()
    })
}
