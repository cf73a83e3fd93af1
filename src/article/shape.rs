//! What the parts of a news text look like: slugs, bylines, datelines, notes, headings glued to what follows.
//!
//! In: the text of one block, trimmed. Out: whether it has the shape, or how many bytes of it have. Each rule reads at
//! most a bounded head or tail, or the block once. In doubt a text has no shape and stays running text: a paragraph
//! taken for a heading costs a translator context, a heading taken for a paragraph costs nothing.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::sentence::{is_french_word, is_terminated};

/// The set phrases of the trade (`data/press.toml`).
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Press<'a> {
    #[serde(borrow)]
    agencies: Vec<&'a str>,
    #[serde(borrow)]
    between_names: Vec<&'a str>,
    #[serde(borrow)]
    between_places: Vec<&'a str>,
    #[serde(borrow)]
    boilerplate: Vec<&'a str>,
    #[serde(borrow)]
    bylines: Vec<&'a str>,
    #[serde(borrow)]
    captions: Vec<&'a str>,
    #[serde(borrow)]
    credits: Vec<&'a str>,
    #[serde(borrow)]
    desk: Vec<&'a str>,
    #[serde(borrow)]
    keys: Vec<&'a str>,
    #[serde(borrow)]
    months: Vec<&'a str>,
}

/// Parsed once; `the_lists_are_sound` proves that this `expect` cannot fire.
static PRESS: LazyLock<Press<'static>> = LazyLock::new(|| {
    toml::from_str(include_str!("../../data/press.toml")).expect("data/press.toml is valid")
});

/// No line that a person reads at a glance (a byline, a caption, a credit) is longer, in bytes.
const GLANCE: usize = 300;

/// The words of a text with their offsets, as white space parts them.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let base = text.as_ptr() as usize;
    text.split_whitespace()
        .map(move |word| (word.as_ptr() as usize - base, word))
}

/// The length of the machine's words at the head of an article, which may be glued to its headline:
/// an ISO 8601 date (`2026-03-04`, after `date` or not, with a time or not), a wire's key (`FRANCE-BUDGET/`), or a
/// line `key: value` of a content system.
pub(super) fn slug(text: &str) -> Option<usize> {
    let mut words = words(text).take(8).peekable();
    let (_, first) = *words.peek()?;
    let mut end = None;
    if first.trim_end_matches(':').eq_ignore_ascii_case("date") {
        words.next();
    }
    if let Some((at, date)) = words.peek().copied()
        && is_iso_date(date)
    {
        words.next();
        let (mut to, mut last) = (at + date.len(), date);
        while let Some((at, time)) = words.next_if(|(_, word)| is_clock_or_zone(word)) {
            (to, last) = (at + time.len(), time);
        }
        // `2026-03-04, une date qui compte` is the beginning of a sentence.
        end = (!last.ends_with([',', '.', ';'])).then_some(to);
    }
    end.or_else(|| wire_key(text)).or_else(|| key_line(text))
}

/// `2026-03-04` or `2026-03-04T12:30:00Z`.
fn is_iso_date(word: &str) -> bool {
    let (date, time) = word.split_once('T').unwrap_or((word, ""));
    let mut parts = date.split('-');
    let digits = |part: Option<&str>, len| part.is_some_and(|part| part.len() == len && is_digits(part));
    digits(parts.next(), 4)
        && digits(parts.next(), 2)
        && digits(parts.next(), 2)
        && parts.next().is_none()
        && (time.is_empty() || is_clock_or_zone(time))
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// `12:30`, `12:30:00Z`, `12:30+01:00`, `UTC`, `GMT`, `CET`.
fn is_clock_or_zone(word: &str) -> bool {
    matches!(word, "UTC" | "GMT" | "CET" | "CEST")
        || (word.contains(':')
            && word.starts_with(|c: char| c.is_ascii_digit())
            && word
                .bytes()
                .all(|b| b.is_ascii_digit() || matches!(b, b':' | b'.' | b'+' | b'-' | b'Z')))
}

/// `FRANCE-BUDGET/`, `USA-FED/TAUX (URGENT)`: capitals parted by hyphens and slashes. Glued to a headline only if it
/// has the slash: `SAINT-DENIS Le maire…` is no key.
fn wire_key(text: &str) -> Option<usize> {
    let (_, first) = words(text).next()?;
    let is_key = first.len() >= 5
        && first.contains(['-', '/'])
        && first.chars().any(char::is_alphabetic)
        && first
            .chars()
            .all(|c| c.is_uppercase() || c.is_ascii_digit() || matches!(c, '-' | '/' | '\'' | '’' | '.'));
    let rest = text[first.len()..].trim_start();
    let alone = rest.is_empty()
        || (rest.starts_with('(') && parenthesis(rest) == Some(rest.len()) && rest.len() < 60);
    if !is_key {
        None
    } else if alone {
        Some(text.len())
    } else {
        first.contains('/').then_some(first.len())
    }
}

/// `rubrique: Économie`, on one line.
fn key_line(text: &str) -> Option<usize> {
    let (key, value) = text.split_once(':')?;
    let key = key.trim();
    let known = key.len() <= 20 && PRESS.keys.contains(&key.to_lowercase().as_str());
    (known && !value.contains('\n') && text.len() <= GLANCE && !value.trim().is_empty()).then_some(text.len())
}

/// The length of the parenthesis a text opens with, its nested ones counted.
fn parenthesis(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, c) in text.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return Some(at + 1);
                }
            }
            _ if at == 0 => return None,
            _ => {}
        }
    }
    None
}

/// The length of an editor's note at the head of a text: `(Actualisé avec…)`. Above the first paragraph (`front`) any
/// parenthesis is one; below, only one that opens with a word of the desk.
pub(super) fn note(text: &str, front: bool) -> Option<usize> {
    let end = parenthesis(text)?;
    let inner = head(text[1..].trim_start(), 32).to_lowercase();
    let by_desk = PRESS.desk.iter().any(|word| inner.starts_with(word));
    (by_desk || (front && !is_trailer(&text[..end]))).then_some(end)
}

/// The first `bytes` bytes of a text, or fewer, to a character boundary.
fn head(text: &str, bytes: usize) -> &str {
    &text[..text.floor_char_boundary(bytes)]
}

/// Whether a text says who wrote it and nothing else: `par Anne Blanc et Jean Noir, à Lyon`.
pub(super) fn is_byline(text: &str) -> bool {
    if text.len() > GLANCE || text.contains(['!', '?', ';']) {
        return false;
    }
    let lower = text.to_lowercase();
    let Some(opening) = PRESS.bylines.iter().find(|opening| lower.starts_with(*opening)) else {
        return false;
    };
    // Lower case may differ in length from what it was, but not in these openings.
    let Some(rest) = text.get(opening.len()..) else {
        return false;
    };
    let mut names = 0;
    for (_, word) in words(rest) {
        let word = word
            .trim_matches(|c: char| matches!(c, ',' | '/' | '(' | ')' | '.' | '&' | '@' | '|' | '-' | '–'));
        let bare = word
            .strip_prefix(['d', 'l'])
            .and_then(|rest| rest.strip_prefix(['\'', '’']))
            .unwrap_or(word);
        if bare.starts_with(char::is_uppercase) {
            names += 1;
        } else if !bare.is_empty() && !PRESS.between_names.contains(&bare) {
            return false;
        }
    }
    names > 0
}

/// The length of a dateline at the head of a text, dash included: `PARIS, 4 mars (Agence) -`, `Lyon (AFP) —`, `NICE –`,
/// or a whole line `Paris, le 4 mars 2026`.
/// What stands before the dash must be a place and say that it is one: by an agency, a date, or capitals throughout.
pub(super) fn dateline(text: &str) -> Option<usize> {
    let dash = ["--", "—", "–", "-"].iter().filter_map(|dash| {
        let window = head(text, 120);
        // Parted by spaces: `SAINT-DENIS` has a hyphen, no dash.
        window.match_indices(dash).find(|(at, _)| {
            window[..*at].ends_with(char::is_whitespace)
                && text[at + dash.len()..]
                    .chars()
                    .next()
                    .is_none_or(char::is_whitespace)
        })
    });
    match dash.min_by_key(|(at, _)| *at) {
        Some((at, dash)) => is_place_and_date(text[..at].trim_end(), true).then_some(at + dash.len()),
        None => (text.len() < 60 && is_place_and_date(text, false)).then_some(text.len()),
    }
}

fn is_place_and_date(text: &str, dashed: bool) -> bool {
    let mut agency = false;
    let mut parts = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('(') {
        let Some((inner, after)) = after.split_once(')') else {
            return false;
        };
        if !PRESS.agencies.contains(&inner.trim().to_lowercase().as_str()) {
            return false;
        }
        agency = true;
        parts.push_str(before);
        rest = after;
    }
    parts.push_str(rest);
    let mut dated = false;
    let mut place = "";
    for (index, part) in parts.split(',').map(str::trim).enumerate() {
        if index == 0 {
            place = part;
        } else if is_day_and_month(part) {
            dated = true;
        } else if !(part.is_empty() || is_place(part) || (is_digits(part) && part.len() == 4)) {
            return false;
        }
    }
    if place.is_empty() {
        return agency && dashed;
    }
    let capitals = place.chars().all(|c| !c.is_lowercase());
    is_place(place)
        && if dashed {
            agency || dated || capitals
        } else {
            dated
        }
}

/// At most five words, each with a capital or a word that links the parts of place names.
fn is_place(text: &str) -> bool {
    let mut count = 0;
    text.split_whitespace().all(|word| {
        count += 1;
        let bare = word
            .strip_prefix("d'")
            .or_else(|| word.strip_prefix("d’"))
            .unwrap_or(word);
        bare.starts_with(char::is_uppercase) || PRESS.between_places.contains(&bare)
    }) && (1..=5).contains(&count)
        && !text
            .chars()
            .any(|c| c.is_numeric() || matches!(c, '"' | '«' | '»' | ':' | '.' | '!' | '?'))
        && text.chars().filter(|c| c.is_alphabetic()).count() >= 3
}

/// `4 mars`, `le 1er avril 2026`, `mercredi 4 mars`, `March 4`.
fn is_day_and_month(text: &str) -> bool {
    let (mut day, mut month, mut count) = (false, false, 0);
    let known = text.split_whitespace().all(|word| {
        count += 1;
        let word = word.trim_end_matches('.').to_lowercase();
        let figure = word.trim_end_matches("er");
        if is_digits(figure) && figure.len() <= 4 {
            day |= figure.len() <= 2;
            true
        } else if PRESS.months.iter().any(|name| word.starts_with(name)) {
            month = true;
            true
        } else {
            word == "le" || word.ends_with("di") || word == "dimanche" || word.ends_with("day")
        }
    });
    known && day && month && count <= 5
}

/// The length of a heading in capitals that is glued to the sentence below it: `RISQUES ÉLEVÉS Lors de…`.
///
/// A run of words in capitals, then a word with one capital. Two words, one of them of five letters, so that `BFM TV
/// Paris` is none; three words, if one is grammar (`À QUEL PRIX`); a single word needs six letters and a small word behind it (`CONTEXTE Le groupe…`), for `AIRBUS
/// Industrie` is a name. Followed by a lower-case word the capitals are emphasis, or an acronym: no heading.
pub(super) fn capitals(text: &str) -> Option<usize> {
    let (mut end, mut count, mut longest, mut grammar, mut start_of_rest) = (0, 0, 0, false, None);
    // Headlines apart, no heading has more words.
    for (at, word) in words(text).take(16) {
        let letters = word.chars().filter(|c| c.is_alphabetic()).count();
        let lower = word.chars().any(char::is_lowercase);
        // `À ce stade`, `L'or`: a capital that stands alone opens the sentence if a lower-case word follows.
        let opens = lower
            || (letters == 1
                && text[at + word.len()..]
                    .trim_start()
                    .starts_with(char::is_lowercase));
        if opens {
            start_of_rest = Some((at, word));
            break;
        }
        if letters == 0 && count == 0 {
            return None;
        }
        count += usize::from(letters > 0);
        longest = longest.max(letters);
        grammar |= is_french_word(&word.to_lowercase());
        end = at + word.len();
    }
    let (at, word) = start_of_rest?;
    let bare = word.trim_start_matches(['«', '"', '“', '(']);
    if !bare.starts_with(char::is_uppercase) || text[at..].split_whitespace().take(4).count() < 4 {
        return None;
    }
    let first: String = bare
        .chars()
        .take_while(|c| c.is_alphabetic())
        .flat_map(char::to_lowercase)
        .collect();
    let heading = text[..end].trim_end();
    let ends_a_sentence = heading.ends_with(['.', ',', ';', '(', '«', '"']);
    let long_enough = (count >= 2 && longest >= 5)
        || (count >= 3 && grammar)
        || (count == 1 && longest >= 6 && is_french_word(&first));
    (long_enough && !ends_a_sentence).then_some(end)
}

/// Where the agency's last lines begin, when they are glued to the last sentence: `… en mars. (Reportage de…)`.
pub(super) fn trailer(text: &str) -> Option<usize> {
    if !text.ends_with(')') {
        return None;
    }
    let mut depth = 0_usize;
    for (at, c) in text.char_indices().rev().take(600) {
        match c {
            ')' => depth += 1,
            '(' => {
                depth -= 1;
                if depth == 0 {
                    return (is_trailer(&text[at..]) && is_terminated(&text[..at])).then_some(at);
                }
            }
            _ => {}
        }
    }
    None
}

/// `(Reportage de…; rédigé par…)`, `(Avec AFP)`: who did what, in parentheses.
fn is_trailer(text: &str) -> bool {
    let Some(inner) = text.strip_prefix('(') else {
        return false;
    };
    let inner = head(inner.trim_start(), 40).to_lowercase();
    PRESS.credits.iter().any(|word| inner.starts_with(word))
}

/// Whether a block is what stands on every article: credits, rights, calls to read on, a rule between parts.
pub(super) fn is_boilerplate(text: &str) -> bool {
    if !text.chars().any(char::is_alphanumeric) {
        return true;
    }
    if text.len() > 2 * GLANCE {
        return false;
    }
    if is_trailer(text) {
        return parenthesis(text).is_some_and(|end| text.len() - end <= 1);
    }
    let lower = text.to_lowercase();
    let opens = PRESS.boilerplate.iter().any(|opening| {
        lower.strip_prefix(opening).is_some_and(|rest| {
            !rest.starts_with(char::is_alphanumeric) || opening.ends_with(' ') || *opening == "©"
        })
    });
    let short = text.len() <= GLANCE;
    // `Publicité : les règles changent` may be a headline; a lone `Publicité` is not.
    let word_alone =
        !matches!(lower.split_whitespace().next(), Some("publicité" | "partager")) || text.len() <= 24;
    short
        && ((opens && word_alone)
            || (lower.contains("tous droits réservés") || lower.contains("all rights reserved")))
}

/// Whether a block stands under a picture: `Photo : …`, `Illustration (crédit …)`, or ends on a photo credit.
pub(super) fn is_caption(text: &str) -> bool {
    if text.len() > GLANCE {
        return false;
    }
    let lower = text.to_lowercase();
    let opens = PRESS.captions.iter().any(|opening| {
        lower.strip_prefix(opening).is_some_and(|rest| {
            let rest = rest.trim_start();
            rest.starts_with(':')
                || rest.starts_with("d'archives")
                || rest.starts_with("d’archives")
                || rest.starts_with("d'illustration")
                || rest.starts_with("d’illustration")
        })
    });
    // `Anne Blanc, le 4 mars. REUTERS/Jean Noir`
    let credited = ["REUTERS/", "AFP/", "/AFP", "/REUTERS", "Photo AFP", "(AP Photo"]
        .iter()
        .any(|credit| text.contains(credit))
        && words(text)
            .last()
            .is_some_and(|(_, word)| word.starts_with(char::is_uppercase) || word.contains('/'));
    opens || credited
}

/// Whether a block is one quotation from its first character to its last.
pub(super) fn is_quotation(text: &str) -> bool {
    let (open, close) = match text.chars().next() {
        Some('«') => ('«', '»'),
        Some('“') => ('“', '”'),
        Some('"') => ('"', '"'),
        _ => return false,
    };
    // The closing mark may be followed by the full stop.
    let bare = text.trim_end_matches(['.', ',', ' ']);
    let Some(inner) = bare.strip_prefix(open).and_then(|rest| rest.strip_suffix(close)) else {
        return false;
    };
    !inner.is_empty() && !inner.contains(open) && !inner.contains(close)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_sound() {
        let press = &*PRESS;
        let lists = [
            &press.agencies,
            &press.between_names,
            &press.between_places,
            &press.boilerplate,
            &press.bylines,
            &press.captions,
            &press.credits,
            &press.desk,
            &press.keys,
            &press.months,
        ];
        for list in lists {
            assert!(list.is_sorted_by(|a, b| a < b), "sorted, no duplicate: {list:?}");
            assert!(
                list.iter()
                    .all(|word| *word == word.to_lowercase() && !word.trim().is_empty()),
                "{list:?}"
            );
        }
    }
}
