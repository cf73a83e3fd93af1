//! Numbers that name and do not count: telephones, articles and numbers of laws, kings and acts in Roman numerals.
//!
//! In: tokens and where to begin. Out: figures of the kind identifier, which must come back digit by digit. Laws: a telephone
//! said with its country and one said without are the same; a number in two parts (`49-3`, `2016/679`) is both, in order.
//! Sources: ITU-T E.123 and E.164 (telephones); ARCEP and the North American plan (national forms); Légifrance and EUR-Lex
//! (citation of acts: `n° 2024-123`, (EU) 2016/679); Grevisse, Roman numerals.

use super::calendar::figure;
#[allow(clippy::wildcard_imports, reason = "a vocabulary: one name a word")]
use super::keys::*;
use super::reader::Reader;
use super::token::Shape;
use super::value::{Kind, Number, Value, whole};
use super::words::Language;
use super::{Form, Reading};

/// An article of law may stand so many tokens after the word that announces it: `règlement (UE) n° 2016/679`.
const ANNOUNCED: usize = 6;

/// The groups of a telephone, as tokens.
struct Groups {
    tokens: Vec<usize>,
    /// What parts each two: a space, a point, a hyphen.
    joints: Vec<char>,
}

impl Reader<'_> {
    /// `01 42 33 44 55`, `+33 1 42 33 44 55`, `514-555-0199`, `0475 12 34 56`.
    pub(super) fn telephone(&mut self, at: usize) -> Option<usize> {
        let page = self.page;
        let plus = at > self.taken && page.is_mark(at - 1, &['+']) && page.glued(at);
        let length = page.slice(at).len();
        // Most numbers are no telephone: a sign, a nought, or three digits and more digits.
        if !(plus || page.slice(at).starts_with('0') || length == 3) {
            return None;
        }
        let groups = self.groups(at);
        let lengths: Vec<usize> = groups
            .tokens
            .iter()
            .map(|token| page.slice(*token).len())
            .collect();
        let total: usize = lengths.iter().sum();
        let alike = groups.joints.windows(2).all(|pair| pair[0] == pair[1]);
        let international = plus && (8..=15).contains(&total) && (lengths.len() > 1 || total >= 10);
        let national = page.slice(at).starts_with('0')
            && alike
            && (9..=11).contains(&total)
            && lengths.len() >= 3
            && lengths[1..].iter().all(|length| (2..=4).contains(length));
        let american = lengths == [3, 3, 4] && matches!(groups.joints[..], [_, '-'] | ['.', '.']);
        if !(international || national || american) {
            return None;
        }
        let last = groups.tokens[groups.tokens.len() - 1];
        let digits: String = groups.tokens.iter().map(|token| page.slice(*token)).collect();
        let value: i128 = digits.parse().ok()?;
        let first = at - usize::from(plus);
        let mut found = figure(
            page,
            first,
            last + 1,
            Kind::Identifier,
            Value::from(value),
            Form::Digits,
        );
        if plus && lengths.len() > 1 && lengths[0] <= 3 {
            // The same telephone for those who live there.
            let home: i128 = digits[lengths[0]..].parse().ok()?;
            found.others.push(Reading {
                kind: Kind::Identifier,
                value: Value::from(home),
                unit: None,
            });
        }
        Some(self.push(first, last + 1, found))
    }

    fn groups(&self, at: usize) -> Groups {
        let page = self.page;
        let mut groups = Groups {
            tokens: vec![at],
            joints: Vec::new(),
        };
        let mut last = at;
        while groups.tokens.len() < 8 && page.slice(last).len() <= 12 {
            let one_space = page.is_digits(last + 1)
                && page
                    .at(last)
                    .zip(page.at(last + 1))
                    .is_some_and(|(one, other)| page.text[one.end..other.start].chars().count() == 1);
            let marked = ['.', '-'].into_iter().find(|mark| {
                page.is_mark(last + 1, &[*mark])
                    && page.is_digits(last + 2)
                    && page.glued(last + 1)
                    && page.glued(last + 2)
            });
            let (joint, next) = match (one_space, marked) {
                (true, _) => (' ', last + 1),
                (_, Some(mark)) => (mark, last + 2),
                _ => break,
            };
            if page.slice(next).len() > 4 {
                break;
            }
            groups.tokens.push(next);
            groups.joints.push(joint);
            last = next;
        }
        groups
    }

    /// `l'article 49.3`, `la loi n° 2024-123`, Regulation (EU) 2016/679: what the act is called by.
    pub(super) fn law(&mut self, at: usize) -> Option<usize> {
        let page = self.page;
        let announced = self.announced(at)?;
        let joined = page.is_mark(at + 1, &['-', '.', '/', '‑', '–'])
            && page.glued(at + 1)
            && page.glued(at + 2)
            && page.is_digits(at + 2);
        if joined && page.slice(at).len() <= 4 && page.slice(at + 2).len() <= 6 {
            let part = |token: usize| page.slice(token).parse().ok().map(Number::from_integer);
            let value = Value::Range(part(at)?, part(at + 2)?);
            let found = figure(page, at, at + 3, Kind::Identifier, value, Form::Digits);
            return Some(self.push(at, at + 3, found));
        }
        if announced != Announced::Article {
            return None;
        }
        let run = page.digits(at)?;
        let counted = self.unit(run.end, true).is_some()
            || !run.value.is_integer()
            || page.glued(run.end) && page.is_word(run.end);
        if counted {
            return None;
        }
        let found = figure(
            page,
            at,
            run.end,
            Kind::Identifier,
            Value::Number(run.value),
            Form::Digits,
        );
        Some(self.push(at, run.end, found))
    }

    /// `reçoivent3,3 millions`, `EUR100`: letters run into an amount are no code.
    pub(super) fn is_slip(&self, at: usize) -> bool {
        let page = self.page;
        let letters = page.slice(at.wrapping_sub(1));
        let decimals = page.is_mark(at + 1, &[',', '.', '/'])
            && page.glued(at + 1)
            && page.is_digits(at + 2)
            && page.glued(at + 2)
            && !page.at(at - 1).is_some_and(|token| token.capital);
        decimals || self.lexicon.sign(letters).is_some_and(super::Unit::is_currency)
    }

    /// Which word before the digits at `at` says that they name an act.
    fn announced(&self, at: usize) -> Option<Announced> {
        let page = self.page;
        let french = page.language == Language::French;
        // `n° 2024-123`, No. 2024-123: the sign alone announces a number in two parts.
        let mut sign = None;
        let mut bracket = false;
        for back in 1..=ANNOUNCED.min(at) {
            let token = page.at(at - back)?;
            match token.shape {
                Shape::Mark('(' | ')') => bracket = true,
                Shape::Mark('.' | '°') => {}
                Shape::Word => match token.key {
                    // `l'examen des articles (180 voix contre 115)`
                    ARTICLE | ARTICLES if (french || token.capital) && !bracket => {
                        return Some(Announced::Article);
                    }
                    LOI | DECRET | DIRECTIVE | REGLEMENT | ORDONNANCE | ARRETE | CIRCULAIRE | LAW | ACT
                    | REGULATION | DECREE | SECTION => return Some(Announced::Act),
                    N | NO if page.is_mark(at - back + 1, &['°', '.']) || token.key == NO && french => {
                        sign = Some(Announced::Act);
                    }
                    // The codes' own letters, and the bodies that make law.
                    L | R | D | UE | CE | EU | EC | ART => {}
                    _ => return sign,
                },
                _ => return sign,
            }
        }
        sign
    }

    /// `Louis XIV`, `l'an II`, `Acte III`, World War II: the name's own number.
    pub(super) fn numbered(&mut self, at: usize) -> usize {
        let page = self.page;
        let (Some(before), Some(value)) = (at.checked_sub(1), roman(page.slice(at))) else {
            return at;
        };
        let alone = page.slice(at).len() == 1;
        let name = page
            .at(before)
            .is_some_and(|token| token.shape == Shape::Word && token.capital);
        let called = matches!(
            page.key(before),
            AN | YEAR
                | ACTE
                | ACT
                | TOME
                | CHAPITRE
                | CHAPTER
                | VOLUME
                | WAR
                | TITRE
                | TITLE
                | LIVRE
                | ANNEXE
                | ANNEX
        );
        // A lone letter is a letter, unless its noun counts; `an I` in English is a slip.
        let fits = if alone {
            called && !(page.language == Language::English && page.key(before) == AN)
        } else {
            name || called
        };
        let ends = !(page.glued(at + 1) && (page.is_word(at + 1) || page.is_digits(at + 1)));
        if !(fits && ends) {
            return at;
        }
        let found = figure(
            page,
            at,
            at + 1,
            Kind::Identifier,
            Value::Number(whole(value)),
            Form::Implied,
        );
        self.push(at, at + 1, found)
    }
}

/// What announces the number of an act.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Announced {
    /// An article: its number may stand alone.
    Article,
    /// An act, or `n°`: its number has two parts.
    Act,
}

/// The value of a Roman numeral below forty, if it is written as Romans are.
fn roman(word: &str) -> Option<i128> {
    const UNITS: [&str; 10] = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"];
    if word.is_empty() || word.len() > 7 {
        return None;
    }
    let tens = word.bytes().take_while(|byte| *byte == b'X').count().min(3);
    let units = UNITS.iter().position(|units| *units == &word[tens..])?;
    i128::try_from(tens * 10 + units).ok()
}

#[cfg(test)]
mod tests {
    use super::roman;

    #[test]
    fn roman_numerals_are_read_as_romans_wrote_them() {
        for (word, value) in [
            ("I", 1),
            ("IV", 4),
            ("IX", 9),
            ("XIV", 14),
            ("XIX", 19),
            ("XXXIX", 39),
        ] {
            assert_eq!(roman(word), Some(value), "{word}");
        }
        for word in ["", "IIX", "VV", "IIII", "XXXX", "XL", "LIV", "VIX", "Xi"] {
            assert_eq!(roman(word), None, "{word}");
        }
    }
}
