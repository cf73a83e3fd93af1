//! The names of a sentence: each must stand in the passages it cites.
//!
//! In: a claim. Out: one finding for each name without support. A name that stands elsewhere in the article is a
//! citation too narrow (a warning), unless it took the place of a name of the cited passages; one that stands nowhere is
//! an error. Common words with a capital (*Supreme Court*) are held against the words of the French.

use super::Claim;
use super::words::Words;
use crate::finding::{Code, Finding};
use crate::ledger::{Language, Ledger};
use crate::lexicon::words::{is_english, is_french, is_known_name};
use crate::names::claimed::{Unsupported, unsupported};
use crate::names::{Name, NameKind};
use crate::span::Span;

/// What is said of the names.
pub(super) struct Names {
    pub findings: Vec<Finding>,
}

/// From this share of capitals on a line is in title case, where a capital on a common word means nothing.
const TITLE_CASE: (usize, usize) = (3, 5);

/// A name in so many passages is what the article is about: passages speak of it without saying it.
const SUBJECT: usize = 4;

pub(super) fn check(claim: &Claim<'_>) -> Names {
    let proven: Vec<Span> = claim.shared.iter().map(|(_, english)| *english).collect();
    let runs = unsupported(claim.source, claim.sentence, claim.lexicon, &proven);
    let mut findings = Vec::new();
    if runs.is_empty() {
        return Names { findings };
    }
    let title = is_title_case(claim.sentence);
    let initials = initials_of(claim.source);
    let mut elsewhere = None;
    for run in runs {
        if spells_out(claim, &run) {
            continue;
        }
        let left: Vec<&Unsupported> = run
            .iter()
            .filter(|word| !is_supported(claim, word, title, &initials))
            .collect();
        let Some(first) = left.first() else { continue };
        let span = left
            .iter()
            .fold(first.span, |span, word| Span::new(span.start, word.span.end));
        let words = span.of(claim.sentence);
        let names: Vec<&&Unsupported> = left.iter().filter(|word| !word.common).collect();
        let away = elsewhere.get_or_insert_with(|| absent(claim));
        let is_away = |word: &Unsupported| !away.iter().any(|span| span.overlaps(word.span));
        let spot = Some(claim.spot(span));
        if names.is_empty() {
            let known = left.iter().filter(|word| is_known(claim, word)).count();
            let anywhere = left.iter().all(|word| is_away(word));
            let message = format!("The passages it cites have no name that “{words}” translates.");
            let finding = Finding::new(Code::NameAdded, None, spot, message);
            findings.push(if known >= 2 && !anywhere {
                finding
            } else {
                finding.as_warning()
            });
            continue;
        }
        if names.iter().all(|word| is_away(word)) {
            let message = format!("“{words}” stands elsewhere in the article, not in the passages it cites.");
            let finding = Finding::new(Code::NameAdded, None, spot, message);
            let main = names
                .iter()
                .all(|word| passages_with(claim, &word.folded) >= SUBJECT);
            let replaced = replaced(claim, span)
                && !names.iter().all(|word| word.people)
                && !names.iter().all(|word| is_close_by(claim, &word.folded));
            findings.push(if replaced && !main || is_other_place(claim, &names, span) {
                finding
            } else {
                finding.as_warning()
            });
            continue;
        }
        let kept = keeps_a_word(claim, span);
        let message = format!("The article has no name for “{words}”.");
        let finding = Finding::new(Code::NameAdded, None, spot, message);
        let doubtful = kept || names.iter().all(|word| word.people);
        findings.push(if doubtful { finding.as_warning() } else { finding });
    }
    Names { findings }
}

/// Whether a run of capitals spells out an acronym of the article (`BCE`, *European Central Bank*).
fn spells_out(claim: &Claim<'_>, run: &[Unsupported]) -> bool {
    let initials: String = run
        .iter()
        .filter_map(|word| word.span.of(claim.sentence).chars().next())
        .filter(|c| c.is_uppercase())
        .collect();
    let names = &claim.passages.read(claim.lexicon).names;
    // *Javier Ortega* is no `J.O.`: what an acronym stands for has a common word.
    initials.chars().count() >= 2
        && run.iter().any(|word| word.common)
        && names
            .iter()
            .filter(|name| name.kind == NameKind::Acronym)
            .any(|name| {
                let forms = name.forms.iter().map(|form| form.text.as_ref());
                forms.chain([name.span.of(&claim.passages.whole)]).any(|form| {
                    let letters: String = form.chars().filter(|c| c.is_alphabetic()).collect();
                    letters == initials
                })
            })
}

/// A title that English translated in its own way keeps some of its words: beside the name stands a word that says one which
/// the French writes with a capital (`Soleil vert`, *Soylent Green*).
fn keeps_a_word(claim: &Claim<'_>, span: Span) -> bool {
    let within = claim.english.within(span);
    let beside = within
        .start
        .checked_sub(1)
        .into_iter()
        .chain(within.clone())
        .chain([within.end]);
    beside
        .filter_map(|at| Some((at, claim.english.words.get(at)?)))
        .any(|(at, word)| {
            let gap = if word.span.end <= span.start {
                claim.sentence.get(word.span.end..span.start)
            } else {
                claim.sentence.get(span.end..word.span.start)
            };
            let text = word.span.of(claim.sentence);
            let touches = gap.is_none_or(|gap| gap.chars().all(char::is_whitespace));
            touches
                && text.starts_with(char::is_uppercase)
                && is_english(&word.folded)
                && claim.answers(at).any(|french| {
                    let french = &claim.french.words[french];
                    french.folded != word.folded
                        && french.span.of(claim.source).starts_with(char::is_uppercase)
                })
        })
}

/// Whether the French says this capitalised word in its own way.
fn is_supported(claim: &Claim<'_>, word: &Unsupported, title: bool, initials: &str) -> bool {
    if word.common && (title || word.opens) {
        return true;
    }
    let mut within = claim.english.within(word.span);
    if within.is_empty() {
        return word.common;
    }
    if within.all(|at| claim.is_answered(at)) {
        return true;
    }
    // *MPs*, *U.S.*
    let letters: String = word
        .span
        .of(claim.sentence)
        .chars()
        .filter(|c| c.is_uppercase())
        .collect();
    if word.upper
        && letters.chars().count()
            >= if word.span.of(claim.sentence).contains('&') {
                2
            } else {
                3
            }
        && (initials.contains(&letters) || initials.contains(&letters.chars().rev().collect::<String>()))
    {
        return true;
    }
    if word.opens && is_comparative(&word.folded) || is_compound(claim, &word.folded) {
        return true;
    }
    claim
        .french
        .words
        .iter()
        .any(|french| is_family(&french.folded, &word.folded) || is_corrected(&french.folded, &word.folded))
        || word.upper && COMMON_ACRONYMS.contains(&word.folded.trim_end_matches('s'))
}

/// *Earlier*, *Heaviest*: no name, though no dictionary lists it.
fn is_comparative(folded: &str) -> bool {
    let bare = folded.strip_suffix("ier").or_else(|| folded.strip_suffix("iest"));
    bare.is_some_and(|bare| is_english(&format!("{bare}y")))
}

/// Two words written as one, of which the French says one: `Feuille de route`, *Roadmap*.
fn is_compound(claim: &Claim<'_>, folded: &str) -> bool {
    let cuts = folded.char_indices().map(|(at, _)| at);
    cuts.filter(|at| *at >= 3 && folded.len() - at >= 3).any(|at| {
        let parts = [&folded[..at], &folded[at..]];
        let says = |part: &str| {
            let part = Words::english(part);
            let french = claim.french.words.iter();
            part.words
                .first()
                .is_some_and(|part| french.clone().any(|french| french.says(part)))
        };
        parts.iter().all(|part| is_english(part)) && parts.iter().any(|part| says(part))
    })
}

/// A well-known name that the French spells with a slip, and no name itself.
fn is_corrected(french: &str, english: &str) -> bool {
    english.len() >= 5
        && is_known_name(english)
        && !is_known_name(french)
        && !is_french(french)
        && french.chars().next() == english.chars().next()
        && strsim::damerau_levenshtein(french, english) <= if english.len() >= 8 { 2 } else { 1 }
}

/// Acronyms of common words, which French spells out or has its own for. Source: Merriam-Webster, abbreviations.
const COMMON_ACRONYMS: &[&str] = &[
    "ai", "atm", "ceo", "cfo", "coo", "cv", "dj", "gdp", "hq", "hr", "id", "it", "mep", "mp", "ngo", "phd",
    "pm", "pr", "rd", "sme", "suv", "tv", "vat", "vip",
];

/// *Montrealer*, `Montréal`: one is the other with an ending, or with something before it (`antisémite`, *Semite*).
fn is_family(french: &str, english: &str) -> bool {
    let opening = english
        .char_indices()
        .nth(5)
        .map_or(english, |(at, _)| &english[..at]);
    if opening.len() >= 5 && french.len() > english.len() / 2 && french.find(opening).is_some_and(|at| at > 0)
    {
        return true;
    }
    let shared = french
        .chars()
        .zip(english.chars())
        .take_while(|(a, b)| a == b)
        .map(|(c, _)| c.len_utf8())
        .sum::<usize>();
    shared >= 5 && french.len() - shared <= 4 && english.len() - shared <= 4
}

fn is_known(claim: &Claim<'_>, word: &Unsupported) -> bool {
    claim
        .english
        .within(word.span)
        .any(|at| claim.english.words[at].known)
}

/// The spans of the sentence's capitals that the whole article does not account for.
fn absent(claim: &Claim<'_>) -> Vec<Span> {
    let whole = &claim.passages.whole;
    let french = &claim.passages.read(claim.lexicon).names;
    let english = Ledger::of(claim.sentence, Language::English, claim.lexicon);
    let verdict = crate::names::compare(whole, french, claim.sentence, &english.names, claim.lexicon);
    let proven: Vec<Span> = verdict
        .accounts
        .iter()
        .filter(|account| account.outcome == crate::finding::Outcome::Proven)
        .filter_map(|account| Some(account.target.as_ref()?.span))
        .collect();
    unsupported(whole, claim.sentence, claim.lexicon, &proven)
        .into_iter()
        .flatten()
        .map(|word| word.span)
        .collect()
}

/// In how many passages a word stands.
fn passages_with(claim: &Claim<'_>, folded: &str) -> usize {
    claim
        .passages
        .texts
        .iter()
        .filter(|text| has_word(text, folded))
        .count()
}

/// Whether a word stands in one of the few passages before a cited one, or right after it: French says *le compositeur* or
/// *il* where a summary says who.
fn is_close_by(claim: &Claim<'_>, folded: &str) -> bool {
    let texts = &claim.passages.texts;
    claim.cites.iter().any(|cited| {
        (cited.saturating_sub(ANTECEDENT)..(cited + 2).min(texts.len())).any(|at| has_word(texts[at], folded))
    })
}

/// So many passages back a pronoun may reach.
const ANTECEDENT: usize = 3;

fn has_word(text: &str, folded: &str) -> bool {
    text.split(|c: char| !c.is_alphanumeric())
        .any(|word| super::words::fold(word) == folded)
}

/// Whether a name of the passages that the sentence leaves out stands where this one does.
fn replaced(claim: &Claim<'_>, english: Span) -> bool {
    let french: Vec<Name> = crate::names::find_french(claim.source, claim.lexicon);
    french.iter().any(|name| {
        !matches!(
            name.kind,
            NameKind::Common | NameKind::People | NameKind::Language
        ) && !claim.shared.iter().any(|(ours, _)| ours.overlaps(name.span))
            && claim.closeness(name.span, english) >= CLOSE
    })
}

/// Whether the sentence names a place, or a people, where the passages have another that it leaves out. A pronoun stands for
/// who it was rather than for where.
fn is_other_place(claim: &Claim<'_>, names: &[&&Unsupported], english: Span) -> bool {
    let least = if names.iter().all(|word| word.place) {
        NEAR
    } else if names.iter().all(|word| word.people) {
        CLOSE
    } else {
        return false;
    };
    let ours = crate::names::find_french(claim.source, claim.lexicon);
    let is_said = |name: &Name| {
        claim.shared.iter().any(|(ours, _)| ours.overlaps(name.span))
            || claim.french.within(name.span).any(|at| claim.is_said(at))
    };
    ours.iter().any(|name| {
        matches!(name.kind, NameKind::Place | NameKind::People)
            && !is_said(name)
            && claim.closeness(name.span, english) >= least
    })
}

/// One word near both places.
const NEAR: u32 = 4;

/// As in `stance`: two words near both places, or one right beside.
const CLOSE: u32 = 7;

fn is_title_case(sentence: &str) -> bool {
    let words: Vec<&str> = sentence
        .split_whitespace()
        .filter(|word| word.chars().filter(|c| c.is_alphabetic()).count() > 3)
        .collect();
    let capitals = words
        .iter()
        .filter(|word| word.starts_with(char::is_uppercase))
        .count();
    words.len() >= 4 && capitals * TITLE_CASE.1 >= words.len() * TITLE_CASE.0
}

/// The initials of the words of a text with articles and prepositions left out, in capitals; a space where a sentence,
/// a clause or any other run of words ends.
fn initials_of(text: &str) -> String {
    const BETWEEN: &[&str] = &[
        "a", "au", "aux", "d", "de", "des", "du", "en", "et", "l", "la", "le", "les", "pour", "sur", "à",
    ];
    let mut initials = String::new();
    for run in
        text.split(|c: char| !c.is_alphanumeric() && !matches!(c, ' ' | '\'' | '’' | '-' | '&' | '\u{a0}'))
    {
        for word in run.split(|c: char| !c.is_alphanumeric()) {
            if !BETWEEN.contains(&word.to_lowercase().as_str()) {
                initials.extend(word.chars().next().into_iter().flat_map(char::to_uppercase));
            }
        }
        initials.push(' ');
    }
    initials
}
