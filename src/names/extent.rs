//! How far a word of a text extends: which marks join its parts, and what of it is a possessive.

use unicode_normalization::char::is_combining_mark;

/// Length in bytes of the word that `rest` starts with: letters and digits, and the marks that join them.
pub(super) fn word_len(rest: &str) -> usize {
    let bytes = rest.as_bytes();
    let (mut at, mut part_start) = (0, 0);
    while let Some(byte) = bytes.get(at) {
        if byte.is_ascii_alphanumeric() {
            at += 1;
            continue;
        }
        if *byte == b' ' {
            return at;
        }
        let mut chars = rest[at..].chars();
        let (Some(c), next) = (chars.next(), chars.next()) else {
            return at;
        };
        let after = at + c.len_utf8();
        if !c.is_ascii() && (c.is_alphanumeric() || is_combining_mark(c)) {
            at = after;
            continue;
        }
        let Some(next) = next else { return at };
        let joins = match c {
            '\'' | '’' | 'ʼ' => next.is_alphabetic(),
            '&' => next.is_uppercase() && rest[..at].ends_with(char::is_uppercase),
            '.' => joins_dot(&rest[part_start..at], &rest[at + 1..]),
            _ => false,
        };
        if !joins {
            return at;
        }
        (at, part_start) = (after, after);
    }
    rest.len()
}

/// Whether a full stop between `before` and `after` is inside a word: `U.S`, `NVDA.O`, `amazon.com`, never `fin.Le`.
fn joins_dot(before: &str, after: &str) -> bool {
    let part_len = after.find(|c: char| !c.is_alphanumeric()).unwrap_or(after.len());
    let part = &after[..part_len];
    let upper = |word: &str| !word.is_empty() && word.chars().all(|c| c.is_uppercase() || c.is_ascii_digit());
    if part.is_empty() || before.is_empty() || before.chars().all(|c| c.is_ascii_digit()) {
        return false;
    }
    if upper(before) && upper(part) {
        // `U.S.`, `NVDA.O`; not the sentence that ends in `OTAN.L'Union`.
        return part.len() <= 3;
    }
    part.chars().all(char::is_lowercase)
        && (2..=4).contains(&part.len())
        && !after[part_len..].starts_with(['\'', '’'])
}

/// Length of the possessive at the end of a word: `'s`. *Moody's* loses it in both languages alike.
pub(super) fn possessive_len(word: &str) -> usize {
    ["'s", "’s", "ʼs"]
        .iter()
        .find(|ending| word.len() > ending.len() && word.ends_with(**ending))
        .map_or(0, |ending| ending.len())
}
