//! Names in English.
//!
//! English gives capitals to much more than names: months, peoples, languages, titles, the words of a headline. So an
//! English name is a listed form, or a run of capitals with a word that English does not know.

use std::sync::Arc;

use super::reading::Reading;
use super::unit::Case;
use super::{Form, Name, NameKind, SAME_SPELLING, Trust};
use crate::lexicon::Lexicon;

/// Finds the names of an English text, in reading order. Spans are byte offsets into `text`, half-open, and do not
/// overlap. Never fails.
#[must_use]
pub fn find_english(text: &str, lexicon: &Lexicon) -> Vec<Name> {
    let reading = Reading::new(text);
    let mut names = Vec::new();
    let mut at = 0;
    while at < reading.len() {
        let unit = reading.unit(at);
        if !unit.is_capital() || unit.elided || reading.is_single(at) {
            at += 1;
            continue;
        }
        if let Some((len, entry)) = lexicon.english_at(&reading, at) {
            let doubtful = len == 1 && unit.opens && reading.is_english(at);
            if !doubtful && entry.kind != NameKind::Common {
                names.push(name(&reading, at, at + len, entry.kind, Trust::Listed));
                at += len;
                continue;
            }
        }
        let start = at;
        let mut firm = false;
        while let Some(unit) = reading.get(at) {
            if !unit.is_capital() || (at > start && (!unit.runs_on() || unit.opens)) {
                break;
            }
            firm |= !reading.is_english(at) && !reading.is_single(at);
            at += 1;
        }
        if firm {
            let kind = kind_of(&reading, start, at, lexicon);
            names.push(name(&reading, start, at, kind, Trust::Spelt));
        }
    }
    names
}

fn name(reading: &Reading<'_>, start: usize, end: usize, kind: NameKind, trust: Trust) -> Name {
    let forms = Arc::from([Form::new(reading.slice(start, end).to_owned(), SAME_SPELLING)]);
    Name {
        span: reading.span(start, end),
        kind,
        forms,
        trust,
    }
}

fn kind_of(reading: &Reading<'_>, start: usize, end: usize, lexicon: &Lexicon) -> NameKind {
    if (start..end).any(|at| reading.raw(at).contains(|c: char| c.is_numeric())) {
        NameKind::Product
    } else if end - start == 1 && reading.unit(start).case == Case::Upper {
        NameKind::Acronym
    } else if lexicon.is_given_name(reading.unit(start).hash) {
        NameKind::Person
    } else {
        NameKind::Name
    }
}
