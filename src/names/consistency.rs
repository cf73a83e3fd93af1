//! One name, one rendering: across the segments of a document.

use std::collections::HashMap;

use crate::finding::{Account, Code, Finding, Outcome, Subject};
use crate::lexicon::fold::fold;

/// Names that a document renders in two ways by the same rule: *Kiev* as *Kiev* and as *Kyiv*.
///
/// `accounts` are those of all segments, in reading order. Each finding comes with the index of the account whose
/// rendering differs from the first one; its spots are that account's. A place and its adjective (*Chine*, *Chinese*)
/// are two rules, and agree; so do a form and its plural.
pub fn inconsistencies<'a>(accounts: impl IntoIterator<Item = &'a Account>) -> Vec<(usize, Finding)> {
    let mut first: HashMap<(String, &str), (String, &str)> = HashMap::new();
    let mut findings = Vec::new();
    for (at, account) in accounts.into_iter().enumerate() {
        if account.kind != Subject::Name || account.outcome != Outcome::Proven {
            continue;
        }
        let (Some(target), Some(because)) = (&account.target, &account.because) else {
            continue;
        };
        let rule = because.split(':').next().unwrap_or(because);
        if !matches!(
            rule,
            "exonym" | "established name" | "transliteration" | "glossary"
        ) {
            continue;
        }
        let rendering = fold(&target.text);
        let rendering = rendering.trim_end_matches('s').to_owned();
        let key = (fold(&account.source.text), rule);
        let (known, words) = first
            .entry(key)
            .or_insert_with(|| (rendering.clone(), &target.text));
        // A short form after the long one is good style: *the EU* after *the European Union*.
        let letters = |words: &str| !words.contains(char::is_lowercase);
        let short = known.contains(&*rendering) || rendering.contains(&**known);
        if short || letters(words) || letters(&target.text) {
            continue;
        }
        let french = &account.source.text;
        let message = format!("“{french}” is “{words}” elsewhere and “{}” here.", target.text);
        let spots = (Some(account.source.clone()), Some(target.clone()));
        findings.push((
            at,
            Finding::new(Code::NameInconsistent, spots.0, spots.1, message),
        ));
    }
    findings
}
