//! A text as the units names are compared by: words, cut at hyphens and after elided articles.
//!
//! `d'Amazon.com` is `d'` and `Amazon.com`; `Saint-Étienne` is two units parted by a hyphen, so that `Saint Etienne`
//! reads the same. Each unit knows what stands before it and whether a sentence begins there, since only then does a
//! capital mean nothing. Law: spans run forward, do not overlap, and fall on character boundaries. One pass.

use unicode_normalization::char::is_combining_mark;

use crate::lexicon::fold::append_folded;
use crate::span::Span;

/// What stands between a unit and the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Gap {
    /// Blanks, or a single line end: a name may run on.
    Space,
    /// A hyphen and nothing else.
    Hyphen,
    /// The unit before is an elided word: `l'`, `qu'`.
    Elision,
    /// An initial's full stop: `J. Edgar`.
    Initial,
    /// Punctuation within the sentence, or the start of a sentence.
    Stop,
}

/// How a unit is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Case {
    /// `conseil`, `2026`.
    Lower,
    /// `Conseil`.
    Capital,
    /// `OTAN`, `G20`, `A400M`: two capitals or more, or a capital and digits, and no small letter.
    Upper,
    /// `OpenAI`, `iPhone`: a capital inside.
    Camel,
}

/// One word, or one part of a hyphenated word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Unit {
    /// Where it stands.
    pub span: Span,
    /// What stands before it.
    pub gap: Gap,
    /// How it is written.
    pub case: Case,
    /// Whether a sentence, a heading or a quotation begins with it.
    pub opens: bool,
    /// Whether it is an elided word (`d'`, `L'`).
    pub elided: bool,
    /// Whether a quotation mark stands right before it.
    pub quoted: bool,
}

impl Unit {
    /// Whether it has a capital that could make it a name.
    pub fn is_capital(self) -> bool {
        self.case != Case::Lower
    }

    /// Whether the name it belongs to may have begun before it.
    pub fn runs_on(self) -> bool {
        self.gap != Gap::Stop
    }
}

/// Words French elides before a vowel, without their apostrophe (Grevisse, §45).
const ELIDED: &[&str] = &[
    "d", "l", "n", "s", "m", "t", "c", "j", "qu", "lorsqu", "puisqu", "quoiqu", "jusqu", "presqu",
];

/// Abbreviations after which a capital does not open a sentence.
const NO_STOP: &[&str] = &[
    "m", "mm", "mr", "mrs", "ms", "mme", "mmes", "mlle", "dr", "me", "mgr", "rép", "st", "ste", "av", "bd",
    "prof", "gen", "col", "lt", "sgt", "capt", "cf", "art", "no", "vol", "vs", "jr", "sr", "sen", "rep",
    "gov", "rev", "hon",
];

/// Cuts `text` into units, in reading order, and appends the folded form of each to `folded`; `ends` gets where each of
/// those ends.
pub(crate) fn cut(text: &str, units: &mut Vec<Unit>, folded: &mut String, ends: &mut Vec<u32>) {
    let mut cutter = Cutter {
        text,
        units,
        folded,
        ends,
        opens: true,
        gap: Gap::Stop,
        quoted: false,
    };
    cutter.run();
}

/// Second bytes of × and ÷, the two signs among the letters of Latin-1 that UTF-8 writes after `0xc3`.
const TIMES: u8 = 0x97;
const DIVIDED: u8 = 0xb7;
/// Of ß, after the last capital: what follows it has the capitals' five bits again.
const SHARP_S: u8 = 0x9f;

/// What the letters of Latin-1 fold to, by the last five bits of their second byte; capitals and small ones alike.
#[rustfmt::skip]
const LATIN: [&str; 32] = [
    "a", "a", "a", "a", "a", "a", "ae", "c", "e", "e", "e", "e", "i", "i", "i", "i",
    "d", "n", "o", "o", "o", "o", "o", "", "o", "u", "u", "u", "u", "y", "th", "y",
];

/// Whether an ASCII byte is no letter and no digit.
fn is_ascii_mark(byte: u8) -> bool {
    byte.is_ascii() && !byte.is_ascii_alphanumeric()
}

struct Cutter<'t> {
    text: &'t str,
    units: &'t mut Vec<Unit>,
    folded: &'t mut String,
    ends: &'t mut Vec<u32>,
    opens: bool,
    gap: Gap,
    quoted: bool,
}

impl Cutter<'_> {
    fn run(&mut self) {
        let bytes = self.text.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            if bytes[at] == b' ' && bytes.get(at + 1).is_some_and(u8::is_ascii_alphanumeric) {
                // The usual case: one blank between two words.
                (self.gap, self.quoted) = (Gap::Space, false);
                at += 1;
            }
            let word = match bytes[at] {
                byte if byte.is_ascii() => byte.is_ascii_alphanumeric(),
                0xc3 if bytes[at + 1] != TIMES && bytes[at + 1] != DIVIDED => true,
                _ => self.text[at..].chars().next().is_some_and(char::is_alphanumeric),
            };
            at = if !word {
                self.between(at)
            } else if let Some(end) = self.plain_word(at) {
                end
            } else {
                self.word(at)
            };
        }
    }

    /// Reads a word of the letters and digits of ASCII and Latin-1 alone, which most words are, in one pass: where it
    /// ends, how it is written, what it folds to. Leaves all others to [`Cutter::word`].
    fn plain_word(&mut self, at: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        if bytes[at..].starts_with("à".as_bytes())
            && bytes.get(at + 2).is_some_and(|byte| !byte.is_ascii_lowercase())
        {
            // It may have run into the next word: *àManchester*.
            return None;
        }
        let start = self.folded.len();
        let (mut end, mut uppers, mut lowers, mut digits) = (at, 0_usize, 0_usize, 0_usize);
        let mut capital = None;
        while let Some(&byte) = bytes.get(end) {
            let upper = match byte {
                b'a'..=b'z' => {
                    self.folded.push(char::from(byte));
                    false
                }
                b'A'..=b'Z' => {
                    self.folded.push(char::from(byte.to_ascii_lowercase()));
                    true
                }
                b'0'..=b'9' => {
                    self.folded.push(char::from(byte));
                    digits += 1;
                    end += 1;
                    continue;
                }
                0xc3 => {
                    let second = bytes[end + 1];
                    if second == TIMES || second == DIVIDED {
                        break;
                    }
                    self.folded.push_str(match second {
                        SHARP_S => "ss",
                        _ => LATIN[usize::from(second & 0x1f)],
                    });
                    end += 1;
                    second < SHARP_S
                }
                // Marks that may join the parts of a word, and letters beyond Latin-1.
                b'\'' | b'.' | b'&' if bytes.get(end + 1).is_some_and(|next| !is_ascii_mark(*next)) => {
                    self.folded.truncate(start);
                    return None;
                }
                byte if byte.is_ascii() => break,
                _ => {
                    self.folded.truncate(start);
                    return None;
                }
            };
            end += 1;
            uppers += usize::from(upper);
            lowers += usize::from(!upper);
            capital = capital.or(Some(upper));
        }
        let case = match (uppers, lowers) {
            _ if bytes[at].is_ascii_digit() => Case::Lower,
            (0, _) => Case::Lower,
            (_, 0) if uppers + digits >= 2 => Case::Upper,
            (1, _) if capital == Some(true) => Case::Capital,
            _ => {
                let word = &bytes[at..end];
                let mac = word.starts_with(b"Mc") || word.starts_with(b"Mac");
                if mac { Case::Capital } else { Case::Camel }
            }
        };
        self.add(Span::new(at, end), case, false);
        self.gap = Gap::Stop;
        Some(end)
    }

    /// Reads what stands between two words, from `at`; returns where the next word starts.
    fn between(&mut self, at: usize) -> usize {
        let bytes = self.text.as_bytes();
        if matches!(bytes[at], b',' | b';' | b')' | b'(')
            && bytes.get(at + 1) == Some(&b' ')
            && bytes.get(at + 2).is_some_and(u8::is_ascii_alphanumeric)
        {
            (self.gap, self.quoted) = (Gap::Stop, false);
            return at + 2;
        }
        let rest = &self.text[at..];
        let len = rest.find(char::is_alphanumeric).unwrap_or(rest.len());
        let between = &rest[..len];
        self.quoted = false;
        if between == "-" || between == "\u{2010}" || between == "\u{2011}" {
            self.gap = Gap::Hyphen;
            return at + len;
        }
        if between.bytes().all(|b| b == b' ') {
            self.gap = Gap::Space;
            return at + len;
        }
        self.gap = Gap::Space;
        let (mut lines, mut stop, mut ends) = (0, false, false);
        for c in between.chars() {
            match c {
                '\n' => lines += 1,
                '.' | '!' | '?' | '…' | ':' | '•' | '|' | '*' | '#' | '–' | '—' | '\u{2028}' => {
                    (stop, ends) = (true, true);
                }
                '"' | '«' | '“' | '„' | '‘' => (stop, ends, self.quoted) = (true, true, true),
                // A lone apostrophe before a word opens a quotation: ' nous parlons de…
                '\'' => (stop, ends) = (true, true),
                c if c.is_whitespace() => {}
                _ => stop = true,
            }
        }
        if lines >= 2 {
            (stop, ends) = (true, true);
        }
        // A dash that opens a line opens a sentence as well.
        if lines == 1 && between.contains(['-', '–', '—']) {
            (stop, ends) = (true, true);
        }
        if stop {
            self.gap = Gap::Stop;
        }
        if ends {
            let dot_only = between.trim_end().trim_start() == ".";
            match self.units.last().copied() {
                Some(last) if dot_only && self.is_initial(last) => self.gap = Gap::Initial,
                Some(last) if dot_only && self.is_abbreviation(last) => self.gap = Gap::Space,
                _ => self.opens = true,
            }
        }
        at + len
    }

    /// A single capital letter, or several with their stops: `J.`, `J.W.`.
    fn is_initial(&self, unit: Unit) -> bool {
        let text = unit.span.of(self.text);
        unit.case != Case::Lower && text.split('.').all(|part| part.chars().count() == 1)
    }

    fn is_abbreviation(&self, unit: Unit) -> bool {
        let text = unit.span.of(self.text);
        text.len() <= 5 && NO_STOP.iter().any(|known| known.eq_ignore_ascii_case(text))
    }

    /// Reads one word from `at`; returns where it ends.
    fn word(&mut self, at: usize) -> usize {
        let (len, plain) = word_len(&self.text[at..]);
        let whole = at + len;
        if plain {
            self.push(Span::new(at, whole), false);
            self.gap = Gap::Stop;
            return whole;
        }
        let end = whole - possessive_len(&self.text[at..whole]);
        let mut start = at;
        // A slip of the pen: *àManchester*.
        if self.text[start..end].starts_with('à')
            && self.text[start + 'à'.len_utf8()..end].starts_with(char::is_uppercase)
        {
            start += 'à'.len_utf8();
            self.push(Span::new(at, start), false);
            self.gap = Gap::Space;
        }
        // The elided word before the apostrophe is a unit of its own.
        if let Some(apostrophe) = self.text[start..end].find(['\'', '’']) {
            let before = &self.text[start..start + apostrophe];
            if before.len() <= 6 && ELIDED.iter().any(|word| word.eq_ignore_ascii_case(before)) {
                let width = self.text[start + apostrophe..]
                    .chars()
                    .next()
                    .map_or(1, char::len_utf8);
                self.push(Span::new(start, start + apostrophe), true);
                self.gap = Gap::Elision;
                start += apostrophe + width;
            }
        }
        if start < end {
            self.push(Span::new(start, end), false);
        }
        self.gap = Gap::Stop;
        whole
    }

    fn push(&mut self, span: Span, elided: bool) {
        append_folded(span.of(self.text), self.folded);
        self.add(span, case_of(span.of(self.text)), elided);
    }

    /// Adds a unit whose folded form has been appended.
    fn add(&mut self, span: Span, case: Case, elided: bool) {
        self.ends
            .push(u32::try_from(self.folded.len()).unwrap_or(u32::MAX));
        self.units.push(Unit {
            span,
            gap: self.gap,
            case,
            opens: self.opens,
            elided,
            quoted: self.quoted,
        });
        // After an elided article that opens the sentence, the next capital is inside it: *L'État*, *D'Obama*.
        self.opens = false;
        self.quoted = false;
    }
}

/// Length in bytes of the word that `rest` starts with: letters and digits, and the marks that join them; and whether
/// it is letters and digits of ASCII alone, as most are.
fn word_len(rest: &str) -> (usize, bool) {
    let bytes = rest.as_bytes();
    let (mut at, mut part_start, mut plain) = (0, 0, true);
    while let Some(byte) = bytes.get(at) {
        if byte.is_ascii_alphanumeric() {
            at += 1;
            continue;
        }
        if *byte == b' ' {
            return (at, plain);
        }
        let mut chars = rest[at..].chars();
        let (Some(c), next) = (chars.next(), chars.next()) else {
            return (at, plain);
        };
        let after = at + c.len_utf8();
        if !c.is_ascii() && (c.is_alphanumeric() || is_combining_mark(c)) {
            (at, plain) = (after, false);
            continue;
        }
        let Some(next) = next else { return (at, plain) };
        let joins = match c {
            '\'' | '’' | 'ʼ' => next.is_alphabetic(),
            '&' => next.is_uppercase() && rest[..at].ends_with(char::is_uppercase),
            '.' => joins_dot(&rest[part_start..at], &rest[at + 1..]),
            _ => false,
        };
        if !joins {
            return (at, plain);
        }
        (at, part_start, plain) = (after, after, false);
    }
    (rest.len(), plain)
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
fn possessive_len(word: &str) -> usize {
    ["'s", "’s", "ʼs"]
        .iter()
        .find(|ending| word.len() > ending.len() && word.ends_with(**ending))
        .map_or(0, |ending| ending.len())
}

fn case_of(word: &str) -> Case {
    if word.bytes().all(|byte| byte.is_ascii_lowercase()) || word.starts_with(|c: char| c.is_numeric()) {
        return Case::Lower;
    }
    let (mut uppers, mut lowers, mut digits, mut first) = (0_usize, 0_usize, 0_usize, None);
    for c in word.chars() {
        if c.is_lowercase() {
            lowers += 1;
        } else if c.is_uppercase() {
            uppers += 1;
        } else if c.is_numeric() {
            digits += 1;
            continue;
        } else if !c.is_alphabetic() {
            continue;
        }
        first = first.or(Some(c));
    }
    let capital = first.is_some_and(char::is_uppercase);
    match (uppers, lowers) {
        (0, _) => Case::Lower,
        (_, 0) if uppers + digits >= 2 => Case::Upper,
        (1, _) if capital => Case::Capital,
        // *McCain*, *O'Brien*, *Amazon.Com* are written like any name.
        _ if capital
            && (word.contains(['\'', '’', '.']) || word.starts_with("Mc") || word.starts_with("Mac")) =>
        {
            Case::Capital
        }
        _ => Case::Camel,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::fold::fold;

    fn units(text: &str) -> Vec<Unit> {
        let (mut units, mut folded, mut ends) = (Vec::new(), String::new(), Vec::new());
        cut(text, &mut units, &mut folded, &mut ends);
        let mut start = 0;
        for (unit, end) in units.iter().zip(ends) {
            // However a word was read, it folds and is written as told for any word.
            let raw = unit.span.of(text);
            assert_eq!(folded[start..end as usize], fold(raw), "{raw}");
            assert_eq!(unit.case, case_of(raw), "{raw}");
            start = end as usize;
        }
        units
    }

    #[test]
    fn a_word_of_latin_1_is_read_as_any_other() {
        let letters: String = ('\u{c0}'..='\u{ff}').collect();
        let words = letters
            .chars()
            .map(|c| format!("{c} M{c} Ma{c} {c}2 2{c} Mc{c}A a{c}B"));
        let text: Vec<String> = words.collect();
        assert!(units(&text.join(" ")).len() > 400);
        assert_eq!(units("3×4 a÷b Œuvre œ’x J. Łódź É.-U. d'À").len(), 12);
    }

    fn words(text: &str) -> Vec<&str> {
        units(text).into_iter().map(|unit| unit.span.of(text)).collect()
    }

    #[test]
    fn elided_words_and_hyphens_part_units() {
        assert_eq!(
            words("le patron d'Amazon.com"),
            ["le", "patron", "d", "Amazon.com"]
        );
        assert_eq!(
            words("qu’Alan O'Brien, de Saint-Étienne"),
            ["qu", "Alan", "O'Brien", "de", "Saint", "Étienne"]
        );
        assert_eq!(
            words("NVDA.O U.S. fin.Le AT&T"),
            ["NVDA.O", "U.S", "fin", "Le", "AT&T"]
        );
    }

    #[test]
    fn a_sentence_opens_after_a_stop_but_not_after_an_initial() {
        let text = "J. Edgar parle. Il dit : « Oui ». M. Dupont part.";
        let opening: Vec<_> = units(text)
            .into_iter()
            .filter(|u| u.opens)
            .map(|u| u.span.of(text))
            .collect();
        assert_eq!(opening, ["J", "Il", "Oui", "M"]);
    }

    #[test]
    fn case_is_read_with_digits() {
        for (word, case) in [
            ("OTAN", Case::Upper),
            ("G20", Case::Upper),
            ("A400M", Case::Upper),
            ("OpenAI", Case::Camel),
            ("iPhone", Case::Camel),
            ("Conseil", Case::Capital),
            ("3D", Case::Lower),
            ("2026", Case::Lower),
            ("McCain", Case::Capital),
        ] {
            assert_eq!(case_of(word), case, "{word}");
        }
    }
}
