//! The lines that `check --pairs` writes: one for each line it reads, in the same order.
//!
//! Law: `docs/schema/pairs-1.schema.json` describes them; each is one line of JSON whatever the texts hold.

use serde::Serialize;

use super::json;
use crate::finding::{Finding, Verdict};

/// The name and number of the form.
pub const SCHEMA: &str = "fidele.pairs/1";

/// What the checks say of one pair: `{"schema","id","verdict":"intact"|"altered","findings"}`. The id is given back as
/// it was read, a number as a number.
#[must_use]
pub fn checked(id: &serde_json::Value, verdict: &Verdict) -> String {
    #[derive(Serialize)]
    struct Line<'a> {
        schema: &'static str,
        id: &'a serde_json::Value,
        verdict: &'static str,
        findings: &'a [Finding],
    }
    json::line(&Line {
        schema: SCHEMA,
        id,
        verdict: if verdict.is_intact() { "intact" } else { "altered" },
        findings: &verdict.findings,
    })
}

/// A line that could not be read: `{"schema","line","error"}`, the first line being 1.
#[must_use]
pub fn unreadable(line: usize, error: &str) -> String {
    #[derive(Serialize)]
    struct Line<'a> {
        schema: &'static str,
        line: usize,
        error: &'a str,
    }
    json::line(&Line {
        schema: SCHEMA,
        line,
        error,
    })
}
