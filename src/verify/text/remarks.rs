//! What the model says to its user, and the wrapping of its answer.
//!
//! In: a French segment, its English and the sentences of the English. Out: a finding for each remark. Law: what the
//! French itself says (an article about chatbots) is no remark.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::finding::{Code, Finding, Spot};
use crate::span::Span;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Remarks {
    chatter: Vec<Remark>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Remark {
    says: String,
    at: Place,
    unless: Vec<String>,
}

#[derive(Deserialize, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
enum Place {
    Start,
    End,
    Sentence,
}

/// Parsed once; `the_remarks_are_sound` proves that this `expect` cannot fire.
static REMARKS: LazyLock<Vec<Remark>> = LazyLock::new(|| {
    let remarks: Remarks =
        toml::from_str(include_str!("../../../data/chatter.toml")).expect("data/chatter.toml is valid");
    remarks.chatter
});

/// What the model says to its user, in the first or last sentence or between; and the wrapping of its answer.
pub(super) fn chatter(source: &str, target: &str, english: &[Span]) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut found = |span: Span, message: &str| {
        findings.push(Finding::new(
            Code::TextChatter,
            None,
            Some(Spot::new(target, span)),
            message,
        ));
    };
    for wrapping in [
        "```",
        "<think>",
        "</think>",
        "<translation>",
        "</translation>",
        "<|",
    ] {
        if let Some(at) = target.find(wrapping)
            && !source.contains(wrapping)
        {
            found(
                Span::new(at, at + wrapping.len()),
                "the wrapping of a model's answer stands in the text",
            );
        }
    }
    let mut french = None;
    for (index, span) in english.iter().enumerate() {
        let opening: String = span
            .of(target)
            .chars()
            .skip_while(|c| matches!(c, '*' | '_' | '(' | '#' | ' '))
            .filter(|c| !matches!(c, '*' | '_'))
            .take(48)
            .map(|c| if c == '’' { '\'' } else { c })
            .flat_map(char::to_lowercase)
            .collect();
        let stands = |place: Place| match place {
            Place::Start => index == 0,
            Place::End => index + 1 == english.len(),
            Place::Sentence => true,
        };
        let said = REMARKS
            .iter()
            .find(|remark| stands(remark.at) && opening.starts_with(&remark.says));
        let Some(remark) = said else { continue };
        let french = french.get_or_insert_with(|| source.to_lowercase());
        if !remark.unless.iter().any(|piece| french.contains(piece.as_str())) {
            found(*span, "the model speaks here, not the article");
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_remarks_are_sound() {
        assert!(
            REMARKS.is_sorted_by(|a, b| a.says < b.says),
            "sorted by `says`, no duplicate"
        );
        for remark in REMARKS.iter() {
            assert_eq!(remark.says, remark.says.to_lowercase());
            assert!(
                remark.says.chars().count() <= 48,
                "{}: longer than what is looked at",
                remark.says
            );
            assert!(
                !remark.unless.is_empty(),
                "{}: some French may say so too",
                remark.says
            );
            assert!(
                remark.unless.iter().all(|piece| *piece == piece.to_lowercase()),
                "{}",
                remark.says
            );
        }
    }
}
