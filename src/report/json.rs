//! The form for programs, and how this program writes JSON anywhere.
//!
//! In: whatever can be serialised. Out: JSON in which control and directional characters are escaped (`\u202e`), so
//! that it may be shown in a terminal; it parses to the very same values. Law: `docs/schema/report-1.schema.json`
//! describes the report; within its number, fields are only added.

use std::fmt::Write as _;

use serde::{Serialize, Serializer};

use super::visible::is_hidden;
use super::{CheckerInfo, Report, SegmentReport, SummaryReport};
use crate::endpoint::ModelInfo;
use crate::finding::Count;

/// JSON over several lines, for people as well; ends in a line end.
///
/// # Panics
/// If `value` is no JSON, such as a map whose keys are no text: no type of this library is.
#[must_use]
pub fn pretty<T: Serialize>(value: &T) -> String {
    escaped(&serde_json::to_string_pretty(value).expect("what this library writes is JSON"))
}

/// JSON on one line, for a stream of them; ends in a line end.
///
/// # Panics
/// As [`pretty`].
#[must_use]
pub fn line<T: Serialize>(value: &T) -> String {
    escaped(&serde_json::to_string(value).expect("what this library writes is JSON"))
}

/// Outside its strings, JSON has no such character but its own line ends; so each stands in a string, and an escape
/// there means the same.
fn escaped(json: &str) -> String {
    let mut out = String::with_capacity(json.len() + 1);
    for c in json.chars() {
        if c != '\n' && is_hidden(c) {
            for unit in c.encode_utf16(&mut [0; 2]) {
                let _ = write!(out, "\\u{unit:04x}");
            }
        } else {
            out.push(c);
        }
    }
    out.push('\n');
    out
}

impl Serialize for Report {
    /// The report, with what a script asks first put first: the verdict and the numbers of errors, warnings and holes.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Form<'a> {
            schema: &'a str,
            article: &'a str,
            verdict: &'a str,
            errors: usize,
            warnings: usize,
            holes: usize,
            figures: Count,
            names: Count,
            checker: &'a CheckerInfo,
            model: &'a Option<ModelInfo>,
            segments: &'a [SegmentReport],
            summary: &'a Option<SummaryReport>,
            notes: &'a [String],
        }
        let (errors, warnings) = self.errors_and_warnings();
        Form {
            schema: self.schema,
            article: &self.article,
            verdict: self.word().as_key(),
            errors,
            warnings,
            holes: self.holes(),
            figures: self.figures,
            names: self.names,
            checker: &self.checker,
            model: &self.model,
            segments: &self.segments,
            summary: &self.summary,
            notes: &self.notes,
        }
        .serialize(serializer)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_terminal_is_not_commanded_by_json() {
        assert_eq!(
            line(&"a\u{9b}31m\u{202e}é\u{e0041}"),
            "\"a\\u009b31m\\u202eé\\udb40\\udc41\"\n"
        );
    }

    proptest! {
        #[test]
        fn what_is_escaped_reads_the_same(text in any::<String>()) {
            let json = pretty(&vec![&text]);
            prop_assert!(json.chars().all(|c| c == '\n' || !is_hidden(c)));
            prop_assert_eq!(serde_json::from_str::<Vec<String>>(&json).unwrap(), vec![text]);
        }
    }
}
