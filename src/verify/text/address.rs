//! Addresses: links, e-mail addresses, `@names`, `#words`; the same byte for byte in both texts.
//!
//! In: both texts. Out: `url.altered`. Law: linear. What stands around an address (full stops, quotation marks, brackets,
//! a possessive) is not part of it, but a bracket that it opens itself is: `…/Mercure_(planète)`.
//!
//! # Not done
//! A bare host (`exemple.org`) is read as a name; with a path (`exemple.org/page`) it is an address.

use std::collections::HashMap;

use crate::finding::{Code, Finding, Spot};
use crate::span::Span;

/// Addresses that are not the same byte for byte: links, e-mail addresses, `@names`, `#words`.
pub(super) fn addresses(source: &str, target: &str) -> Vec<Finding> {
    if !may_have_one(source) && !may_have_one(target) {
        return Vec::new();
    }
    let mut wanted: HashMap<&str, usize> = HashMap::new();
    for (_, address) in find_addresses(source) {
        *wanted.entry(address).or_default() += 1;
    }
    let mut added = Vec::new();
    for (span, address) in find_addresses(target) {
        match wanted.get_mut(address) {
            Some(count) => *count = count.saturating_sub(1),
            None => added.push(span),
        }
    }
    let mut added = added.into_iter();
    let mut findings = Vec::new();
    for (span, address) in find_addresses(source) {
        // A translator may name an address once where the French names it twice.
        if wanted.remove(address).is_some_and(|left| left > 0) && !stands(target, address) {
            let put = added.next().map(|span| Spot::new(target, span));
            let message = if put.is_some() {
                "this address is another one in the English"
            } else {
                "this address is not in the English"
            };
            findings.push(Finding::new(
                Code::UrlAltered,
                Some(Spot::new(source, span)),
                put,
                message,
            ));
        }
    }
    findings.extend(added.map(|span| {
        Finding::new(
            Code::UrlAltered,
            None,
            Some(Spot::new(target, span)),
            "the French does not have this address",
        )
    }));
    findings
}

/// Whether a text has a sign that every address has.
fn may_have_one(text: &str) -> bool {
    text.bytes().any(|byte| matches!(byte, b'@' | b'#' | b'/'))
        || text.contains("www.")
        || text.contains("mailto:")
}

/// Whether the address stands in a text, also where a word grows on it (`@mairie's`), but not as the start of another.
fn stands(text: &str, address: &str) -> bool {
    text.match_indices(address).any(|(at, _)| {
        let after = text[at + address.len()..].chars().next();
        !after.is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '/' | '=' | '&'))
    })
}

fn find_addresses(text: &str) -> impl Iterator<Item = (Span, &str)> {
    let base = text.as_ptr() as usize;
    text.split(|c: char| {
        c.is_whitespace() || matches!(c, '<' | '>' | '"' | '«' | '»' | '“' | '”' | '[' | ']' | '|' | '*')
    })
    .flat_map(without_brackets)
    .map(bare)
    .filter(|word| is_address(word))
    .map(move |word| {
        let start = word.as_ptr() as usize - base;
        (Span::new(start, start + word.len()), word)
    })
}

/// The parts of a word between brackets; an address keeps those it has itself.
fn without_brackets(word: &str) -> impl Iterator<Item = &str> {
    let inner = word.trim_start_matches('(');
    let (whole, parts) = if has_scheme(inner) {
        (Some(inner), "")
    } else {
        (None, inner)
    };
    whole.into_iter().chain(parts.split(['(', ')']))
}

/// Without what the sentence has put around it.
fn bare(word: &str) -> &str {
    let mark = |c: char| {
        matches!(
            c,
            '.' | ',' | ';' | ':' | '!' | '?' | '…' | '\'' | '’' | '‘' | '`' | '_'
        )
    };
    // How many brackets it closes beyond those it opens; counted once, so that a run of them costs its length.
    let (opened, closed) = (word.matches('(').count(), word.matches(')').count());
    let mut surplus = closed.saturating_sub(opened);
    let mut word = word.trim_matches(mark);
    while surplus > 0 && word.ends_with(')') {
        word = word[..word.len() - 1].trim_end_matches(mark);
        surplus -= 1;
    }
    word
}

fn has_scheme(word: &str) -> bool {
    ["https://", "http://", "ftp://", "mailto:", "www."]
        .iter()
        .any(|scheme| word.starts_with(scheme) && word.len() >= scheme.len() + 3)
}

fn is_address(word: &str) -> bool {
    // Before the sign of an e-mail address is looked for: `https://a.fr/@nom`.
    if has_scheme(word) {
        return true;
    }
    let name = |text: &str| {
        text.len() >= 2
            && text
                .chars()
                .all(|c| c.is_alphanumeric() || matches!(c, '_' | '.' | '-'))
    };
    if let Some((user, host)) = word.split_once('@') {
        return if user.is_empty() {
            name(host)
        } else {
            let letter = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '-' | '+');
            user.chars().all(letter) && name(host) && host.contains('.')
        };
    }
    if let Some(tag) = word.strip_prefix('#') {
        return name(tag) && tag.contains(char::is_alphabetic);
    }
    is_path(word)
}

/// `exemple.org/page`: a host in lower case, whose last part is letters, then a path.
fn is_path(word: &str) -> bool {
    let Some((host, path)) = word.split_once('/') else {
        return false;
    };
    let Some((_, last)) = host.rsplit_once('.') else {
        return false;
    };
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '.' | '-');
    host.chars().all(plain)
        && host.starts_with(|c: char| c.is_ascii_lowercase())
        && (2..=10).contains(&last.len())
        && last.chars().all(|c| c.is_ascii_lowercase())
        && path.starts_with(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        find_addresses(text).map(|(_, address)| address).collect()
    }

    #[test]
    fn addresses_are_told_from_words() {
        assert_eq!(
            found("Voir (https://a.fr/b?c=d), a.b@c.fr, @nom et #Mot."),
            ["https://a.fr/b?c=d", "a.b@c.fr", "@nom", "#Mot"]
        );
        assert_eq!(
            found(
                "(voir https://a.fr/b_(c)), [x](https://a.fr/d). mailto:a@b.fr, a+b@c.fr ; a.fr/page, https://a.fr/@nom"
            ),
            [
                "https://a.fr/b_(c)",
                "https://a.fr/d",
                "mailto:a@b.fr",
                "a+b@c.fr",
                "a.fr/page",
                "https://a.fr/@nom"
            ]
        );
        for none in [
            "Amazon.com, n° #1, 3 @ 5 €, @, http://",
            "S.A./N.V. et 1.5/2, 120 km/h, et/ou, M./Mme",
        ] {
            assert_eq!(found(none), Vec::<&str>::new());
        }
    }

    #[test]
    fn an_address_is_the_same_to_the_last_letter() {
        for (french, english, count) in [
            (
                "Voir https://a.fr/b_(planète).",
                "See https://a.fr/b_(planet).",
                1,
            ),
            ("Voir https://a.fr/b.", "See https://a.fr/bc.", 1),
            ("Écrire à mailto:a@b.fr.", "Write to mailto:a@c.fr.", 1),
            ("Voir https://a.fr/@nom/1.", "See https://a.fr/@name/1.", 1),
            ("Voir a.fr/page.", "See a.fr/seite.", 1),
            (
                "Le compte de @mairie est muet.",
                "@mairie's account is silent.",
                0,
            ),
            ("Voir (https://a.fr/b).", "See https://a.fr/b, please.", 0),
            (
                "Voir https://a.fr/b, puis https://a.fr/b.",
                "See https://a.fr/b.",
                0,
            ),
        ] {
            assert_eq!(addresses(french, english).len(), count, "{french} {english}");
        }
    }
}
