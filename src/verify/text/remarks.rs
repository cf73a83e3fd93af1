//! What the model says to its user, and the wrapping of its answer.
//!
//! In: a French segment and its English. Out: a finding for each remark: small talk, notes,
//! refusals in either language, labels, fences. Law: what the French itself says (an article about chatbots) is no
//! remark: every row of `data/chatter.toml` names the French that explains its words.

use std::cell::LazyCell;
use std::collections::HashSet;
use std::sync::LazyLock;

use serde::Deserialize;

use super::untranslated::is_french_prose;
use crate::align::Keys;
use crate::finding::{Code, Finding, Spot};
use crate::span::Span;
use crate::verify::phrase::{Phrases, Rows};
use crate::verify::reading::Reading;
use crate::word::Word;

#[derive(Deserialize, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
enum Place {
    /// The first sentence.
    Start,
    /// The first sentence begins with it.
    Open,
    /// The first sentence is nothing else.
    Alone,
    /// The last sentence.
    End,
    Any,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row<'a> {
    at: Place,
    #[serde(borrow)]
    says: &'a str,
    unless: &'a str,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LabelRow<'a> {
    #[serde(borrow)]
    says: &'a str,
    unless: &'a str,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File<'a> {
    #[serde(borrow)]
    remark: Vec<Row<'a>>,
    label: Vec<LabelRow<'a>>,
    wrapping: Vec<String>,
}

struct Remark {
    at: Place,
    says: Phrases,
    unless: Phrases,
}

struct Chatter {
    remarks: Rows<Remark>,
    /// What stands before a colon.
    labels: Vec<Remark>,
    wrapping: Vec<String>,
}

const DATA: &str = include_str!("../../../data/chatter.toml");

/// Parsed once; `the_remarks_are_sound` proves that this `expect` cannot fire.
static CHATTER: LazyLock<Chatter> = LazyLock::new(|| {
    let file: File<'static> = toml::from_str(DATA).expect("data/chatter.toml is valid");
    let remark = |row: &Row<'static>| Remark {
        at: row.at,
        says: Phrases::new(row.says),
        unless: Phrases::new(row.unless),
    };
    let label = |row: &LabelRow<'static>| Remark {
        at: Place::Start,
        says: Phrases::alternatives(row.says),
        unless: Phrases::new(row.unless),
    };
    Chatter {
        remarks: Rows::new(file.remark.iter().map(remark).collect(), |row| &row.says),
        labels: file.label.iter().map(label).collect(),
        wrapping: file.wrapping,
    }
});

/// What the model says to its user, and the wrapping of its answer.
pub(super) fn chatter(reading: &Reading<'_>) -> Vec<Finding> {
    let chatter = &*CHATTER;
    let (source, target) = (reading.source.text, reading.target.text);
    let (french, english) = (&reading.source.words, &reading.target.sentences);
    let mut findings = Vec::new();
    let mut found = |span: Span, message: &str| {
        findings.push(Finding::new(
            Code::TextChatter,
            None,
            Some(Spot::new(target, span)),
            message,
        ));
    };
    let mut signs = [false; 256];
    target.bytes().for_each(|byte| signs[usize::from(byte)] = true);
    let may_stand = |mark: &&String| mark.bytes().all(|byte| signs[usize::from(byte)]);
    for mark in chatter.wrapping.iter().filter(may_stand) {
        if let Some(at) = target.find(mark.as_str())
            && !source.contains(mark.as_str())
        {
            found(
                Span::new(at, at + mark.len()),
                "the wrapping of a model's answer stands in the text",
            );
        }
    }
    let extra = english.len() > reading.source.sentences.len();
    let heard = LazyCell::new(|| Heard::of(source, french));
    for span in labels(target) {
        let label = reading.target.within(span);
        let is_label = |row: &&Remark| row.says.at(label, 0) == Some(label.len());
        if let Some(row) = chatter.labels.iter().find(is_label)
            && !row.unless.stand_in(french)
        {
            found(span, "a label of the model's answer, not of the article");
        }
    }
    for span in footnotes(source, target) {
        found(span, "a note of the model's own, not of the article");
    }
    for (index, span) in english.iter().enumerate() {
        let said = reading.target.within(*span);
        let says = |row: &Remark| match row.at {
            Place::Any => row.says.stand_in(said),
            Place::Start => index == 0 && row.says.stand_in(said),
            Place::Open => index == 0 && row.says.at(said, 0).is_some(),
            Place::Alone => index == 0 && row.says.at(said, 0) == Some(said.len()),
            Place::End => index + 1 == english.len() && row.says.stand_in(said),
        };
        let is_remark =
            |row: &Remark| says(row) && !row.unless.stand_in(french) && !row.says.stand_in(french);
        if chatter.remarks.that_may_stand_in(said).any(is_remark)
            || speaks_for_itself(said, *span, target, french, &heard, extra)
            || speaks_french(said, span.of(target), french)
        {
            found(*span, "the model speaks here, not the article");
        }
    }
    findings
}

/// Lines that an asterisk makes a footnote, where the French has none: `*A drug withdrawn in 2009.`
fn footnotes(source: &str, target: &str) -> Vec<Span> {
    if source.contains('*') {
        return Vec::new();
    }
    let base = target.as_ptr() as usize;
    target
        .lines()
        .skip(1)
        .filter(|line| {
            line.strip_prefix('*')
                .is_some_and(|rest| rest.starts_with(char::is_alphanumeric) && !rest.contains('*'))
        })
        .map(|line| {
            let start = line.as_ptr() as usize - base;
            Span::new(start, start + line.trim_end().len())
        })
        .collect()
}

/// What of the French a sentence could go back to.
struct Heard {
    keys: Keys,
    /// Whether the French says `je` or `nous`; whether it speaks to somebody.
    first: bool,
    second: bool,
}

impl Heard {
    fn of(source: &str, words: &[Word<'_>]) -> Self {
        let has = |list: &[&str]| words.iter().any(|word| list.contains(&&*word.lower));
        Self {
            keys: Keys::french(source),
            first: has(&[
                "j", "je", "m", "ma", "me", "mes", "mien", "mienne", "moi", "mon", "nos", "notre", "nous",
                "on",
            ]),
            second: has(&[
                "on", "t", "ta", "te", "tes", "toi", "ton", "tu", "vos", "votre", "vous",
            ]) || words
                .iter()
                .any(|word| word.lower.len() > 3 && word.lower.ends_with("ez")),
        }
    }
}

/// Whether a sentence says `I` or speaks to a reader where the French has neither, and says nothing that the French says:
/// the model, and nobody in the article. A quotation is somebody's.
fn speaks_for_itself(
    said: &[Word<'_>],
    span: Span,
    target: &str,
    french: &[Word<'_>],
    heard: &LazyCell<Heard, impl FnOnce() -> Heard>,
    extra: bool,
) -> bool {
    let is_first = |word: &Word<'_>| word.span.of(target) == "I";
    let is_second = |word: &Word<'_>| word.lower == "please";
    let (first, second) = (said.iter().any(is_first), said.iter().any(is_second));
    if !(first || second) || french.is_empty() || span.of(target).starts_with(['"', '“', '«', '‘', '\''])
    {
        return false;
    }
    if (!first || heard.first) && (!second || heard.second) {
        return false;
    }
    let (of, echoed) = heard.keys.echoes(span.of(target));
    // A few words are too little to tell by; where no sentence has been added, `I` and nothing of the French.
    if extra {
        of >= 2 && echoed * 5 <= of
    } else {
        first && !heard.first && of >= 4 && echoed == 0
    }
}

/// Whether a sentence is French, and not out of the article.
fn speaks_french(said: &[Word<'_>], sentence: &str, french: &[Word<'_>]) -> bool {
    is_french_prose(sentence, said) && {
        let known: HashSet<&str> = french.iter().map(|word| &*word.lower).collect();
        let from_there = said.iter().filter(|word| known.contains(&*word.lower)).count();
        from_there * 2 < said.len()
    }
}

/// What stands before the first colon of each line, if it is short, without the signs around it.
fn labels(text: &str) -> impl Iterator<Item = Span> {
    let base = text.as_ptr() as usize;
    text.lines().filter_map(move |line| {
        let colon = line.find(':')?;
        let label = line[..colon].trim_matches(|c: char| !c.is_alphanumeric());
        // Nobody labels with more than three words.
        let start = label.as_ptr() as usize - base;
        (!label.is_empty() && label.len() < 32).then(|| Span::new(start, start + label.len()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_remarks_are_sound() {
        let file: File<'_> = toml::from_str(DATA).unwrap();
        assert!(file.wrapping.is_sorted_by(|a, b| a < b));
        assert!(file.label.is_sorted_by(|a, b| a.says < b.says));
        for row in &file.remark {
            assert_eq!(row.says, row.says.to_lowercase());
            assert_eq!(row.unless, row.unless.to_lowercase());
            assert!(!row.says.is_empty());
        }
        assert!(
            file.remark.is_sorted_by(|a, b| a.says < b.says),
            "sorted by `says`"
        );
    }
}
