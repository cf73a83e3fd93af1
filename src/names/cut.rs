//! A text → its [`Units`], in one pass.
//!
//! Most words are small letters of ASCII with a blank after them: they are their own folded form, and are hashed as one
//! number. Words with accents and capitals are next, an elided article before them or a possessive after them; all others
//! go the long way round, which alone knows every rule. Law: spans run forward, do not overlap, and fall
//! on character boundaries; whichever way a word is read, its units are the same.

use super::extent::{possessive_len, word_len};
use super::letters::{Class, Letters, class, is_latin_letter};
use super::unit::{Case, Folded, Gap, Unit, Units, case_by, case_of};
use crate::lexicon::fold::append_folded;
use crate::lexicon::hash;
use crate::span::Span;
use crate::window::{Capitals, ShortWindow, Window};

/// Words French elides before a vowel, without their apostrophe (Grevisse, §45).
const ELIDED: &[&str] = &[
    "l", "d", "n", "s", "m", "t", "c", "j", "qu", "lorsqu", "puisqu", "quoiqu", "jusqu", "presqu",
];

/// Abbreviations after which a capital does not open a sentence.
const NO_STOP: &[&str] = &[
    "m", "mm", "mr", "mrs", "ms", "mme", "mmes", "mlle", "dr", "me", "mgr", "rép", "st", "ste", "av", "bd",
    "prof", "gen", "col", "lt", "sgt", "capt", "cf", "art", "no", "vol", "vs", "jr", "sr", "sen", "rep",
    "gov", "rev", "hon",
];

/// Cuts `text` into `units`, which are emptied first.
pub(crate) fn cut(text: &str, units: &mut Units) {
    units.clear(text.len());
    let mut cutter = Cutter {
        text,
        units,
        opens: true,
        gap: Gap::Stop,
        quoted: false,
    };
    cutter.run();
}

struct Cutter<'t> {
    text: &'t str,
    units: &'t mut Units,
    opens: bool,
    gap: Gap,
    quoted: bool,
}

impl Cutter<'_> {
    fn run(&mut self) {
        let bytes = self.text.as_bytes();
        let mut at = 0;
        while let Some(&byte) = bytes.get(at) {
            at = match self.usual_word(at) {
                Some(next) => next,
                None => self.any(at, byte),
            };
            if bytes.get(at) == Some(&b' ') && bytes.get(at + 1).is_some_and(u8::is_ascii_alphanumeric) {
                // The usual case: one blank between two words.
                (self.gap, self.quoted) = (Gap::Space, false);
                at += 1;
            }
        }
    }

    /// Reads what stands at `at`, whatever it is; returns where the next thing stands.
    fn any(&mut self, at: usize, byte: u8) -> usize {
        match class(byte) {
            Class::Small | Class::Digit | Class::Capital => {
                self.plain_word(at).unwrap_or_else(|| self.word(at))
            }
            Class::Latin if is_latin_letter(self.text.as_bytes(), at) => {
                self.latin_word(at).unwrap_or_else(|| self.word(at))
            }
            _ if !byte.is_ascii() && self.text[at..].chars().next().is_some_and(char::is_alphanumeric) => {
                self.word(at)
            }
            _ => self.between(at),
        }
    }

    /// Reads a word of up to fifteen letters of ASCII, small ones after the first: where it ends. Leaves the others.
    #[inline]
    fn usual_word(&mut self, at: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let (length, lower, capitals) = match ShortWindow::at(bytes, at) {
            Some(window) if window.letters() < ShortWindow::LEN => {
                let length = window.letters();
                (length, u128::from(window.lower(length)), window.capitals(length))
            }
            _ => {
                let window = Window::at(bytes, at);
                let length = window.letters();
                (length, window.lower(length), window.capitals(length))
            }
        };
        if length == 0 || length == Window::LEN {
            return None;
        }
        let end = at + length;
        let Some(whole) = self.whole_end(end) else {
            return self.elided_word(at, end);
        };
        let span = Span::new(at, end);
        let hash = hash::of_short(lower, length);
        match capitals {
            Capitals::None => self.add(span, Case::Lower, hash, None),
            Capitals::First => {
                let folded = self.keep_lower(span);
                self.add(span, Case::Capital, hash, Some(folded));
            }
            Capitals::Others => return None,
        }
        self.gap = Gap::Stop;
        Some(whole)
    }

    /// Keeps a word of ASCII in lower case.
    fn keep_lower(&mut self, span: Span) -> Folded {
        let word = span.of(self.text);
        self.units.keep(|kept| {
            let start = kept.len();
            kept.push_str(word);
            kept[start..].make_ascii_lowercase();
        })
    }

    /// Reads a word that begins with letters or digits of ASCII: where it ends. Nothing if marks join it to others in a
    /// way that takes a closer look.
    #[inline]
    fn plain_word(&mut self, at: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let (mut end, mut capitals, mut digits) = (at, 0, 0);
        let next = loop {
            let next = bytes.get(end).map_or(Class::Other, |byte| class(*byte));
            match next {
                Class::Small => {}
                Class::Digit => digits += 1,
                Class::Capital => capitals += 1,
                Class::Latin | Class::Other => break next,
            }
            end += 1;
        };
        if next == Class::Latin {
            return self.latin_word(at);
        }
        let whole = self.whole_end(end)?;
        let length = end - at;
        if length > Window::LEN {
            return None;
        }
        let span = Span::new(at, end);
        let hash = hash::of_short(Window::at(bytes, at).lower(length), length);
        if capitals == 0 {
            self.add(span, Case::Lower, hash, None);
        } else {
            let word = span.of(self.text);
            let case = if word.starts_with(|first: char| first.is_ascii_digit()) {
                Case::Lower
            } else {
                let capital = class(bytes[at]) == Class::Capital;
                case_by(capitals, length - capitals - digits, digits, capital, word)
            };
            let folded = self.keep_lower(span);
            self.add(span, case, hash, Some(folded));
        }
        self.gap = Gap::Stop;
        Some(whole)
    }

    /// Where the word of which all but a possessive ends at `end` ends as a whole, if that is plain to see.
    #[inline]
    fn whole_end(&self, end: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        if bytes.get(end) == Some(&b' ') || ends_plainly(bytes, end) {
            return Some(end);
        }
        let possessive = match bytes[end..] {
            [b'\'', b's', ..] => 2,
            [0xe2, 0x80, 0x99, b's', ..] => 4,
            _ => return None,
        };
        ends_plainly(bytes, end + possessive).then_some(end + possessive)
    }

    /// Reads the elided word from `at` to `end` and its apostrophe, if another word follows: where that begins.
    fn elided_word(&mut self, at: usize, end: usize) -> Option<usize> {
        let after = match self.text.as_bytes()[end..] {
            [b'\'', ..] => end + 1,
            [0xe2, 0x80, 0x99, ..] => end + '’'.len_utf8(),
            _ => return None,
        };
        // An *s* may be a possessive.
        let next = self.text[after..].chars().next()?;
        if !next.is_alphabetic() || next == 's' || !is_elided(&self.text[at..end]) {
            return None;
        }
        let span = Span::new(at, end);
        let hash = hash::of_short(Window::at(self.text.as_bytes(), at).lower(end - at), end - at);
        match case_of(span.of(self.text)) {
            Case::Lower => self.add(span, Case::Lower, hash, None),
            case => {
                let folded = self.keep_lower(span);
                self.add(span, case, hash, Some(folded));
            }
        }
        self.mark_elided();
        Some(after)
    }

    /// Reads a word of the letters and digits of ASCII and Latin-1 alone: where it ends, what it folds to, how it is
    /// written.
    fn latin_word(&mut self, at: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        if bytes[at..].starts_with("à".as_bytes())
            && bytes.get(at + 2).is_some_and(|byte| !byte.is_ascii_lowercase())
        {
            // It may have run into the next word: *àManchester*.
            return None;
        }
        let mut letters = Letters::default();
        let mut end = at;
        while let Some(&byte) = bytes.get(end) {
            if byte.is_ascii_lowercase() {
                letters.add(byte, false);
                end += 1;
                continue;
            }
            match class(byte) {
                Class::Digit => letters.add_digit(byte),
                Class::Capital => letters.add(byte.to_ascii_lowercase(), true),
                Class::Latin if is_latin_letter(bytes, end) => {
                    end += 1;
                    letters.add_latin(bytes[end]);
                }
                _ => break,
            }
            end += 1;
        }
        let whole = self.whole_end(end)?;
        let (folded, hash) = letters.folded()?;
        let span = Span::new(at, end);
        let case = letters.case(span.of(self.text));
        let folded = self.units.keep(|kept| kept.push_str(folded));
        self.add(span, case, hash, Some(folded));
        self.gap = Gap::Stop;
        Some(whole)
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
            match self.units.all.last().copied() {
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
        let whole = at + word_len(&self.text[at..]);
        let end = whole - possessive_len(&self.text[at..whole]);
        let mut start = at;
        // A slip of the pen: *àManchester*.
        if self.text[start..end].starts_with('à')
            && self.text[start + 'à'.len_utf8()..end].starts_with(char::is_uppercase)
        {
            start += 'à'.len_utf8();
            self.push(Span::new(at, start));
            self.gap = Gap::Space;
        }
        // The elided word before the apostrophe is a unit of its own.
        if let Some(apostrophe) = self.text[start..end].find(['\'', '’'])
            && is_elided(&self.text[start..start + apostrophe])
        {
            let mark = self.text[start + apostrophe..].chars().next();
            self.push(Span::new(start, start + apostrophe));
            self.mark_elided();
            start += apostrophe + mark.map_or(1, char::len_utf8);
        }
        if start < end {
            self.push(Span::new(start, end));
        }
        self.gap = Gap::Stop;
        whole
    }

    fn push(&mut self, span: Span) {
        let word = span.of(self.text);
        let folded = self.units.keep(|kept| append_folded(word, kept));
        let hash = self.units.hash(folded);
        self.add(span, case_of(word), hash, Some(folded));
    }

    /// Marks the last unit as an elided word, which what comes next belongs to.
    fn mark_elided(&mut self) {
        if let Some(last) = self.units.all.last_mut() {
            last.elided = true;
        }
        self.gap = Gap::Elision;
    }

    fn add(&mut self, span: Span, case: Case, hash: u64, folded: Option<Folded>) {
        self.units.all.push(Unit {
            span,
            gap: self.gap,
            case,
            opens: self.opens,
            elided: false,
            quoted: self.quoted,
            hash,
            folded,
        });
        // After an elided article that opens the sentence, the next capital is inside it: *L'État*, *D'Obama*.
        self.opens = false;
        self.quoted = false;
    }
}

/// Whether no word goes on at `end`: a mark that joins no words stands there, or nothing.
#[inline]
fn ends_plainly(bytes: &[u8], end: usize) -> bool {
    match bytes[end..] {
        [] => true,
        // These join the parts of a word, if another part follows.
        [b'\'' | b'.' | b'&', ref rest @ ..] => rest.first().is_none_or(|next| is_ascii_mark(*next)),
        // The no-break space and the guillemets; the quotes, dashes and spaces of typographers but for the apostrophe.
        [0xc2, second, ..] => matches!(second, 0xa0 | 0xab | 0xbb),
        [0xe2, 0x80, third, ..] => third != 0x99,
        [byte, ..] => is_ascii_mark(byte),
    }
}

/// Whether an ASCII byte is no letter and no digit.
fn is_ascii_mark(byte: u8) -> bool {
    byte.is_ascii() && !byte.is_ascii_alphanumeric()
}

fn is_elided(word: &str) -> bool {
    word.len() <= 6 && ELIDED.iter().any(|known| known.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::fold::fold;

    fn units(text: &str) -> Vec<Unit> {
        let mut units = Units::default();
        cut(text, &mut units);
        for (at, unit) in units.all.iter().enumerate() {
            // However a word was read, it folds, hashes and is written as told for any word.
            let raw = unit.span.of(text);
            let folded = units.folded(text, at);
            assert_eq!(folded, fold(raw), "{raw}");
            assert_eq!(unit.hash, hash::of(folded.as_bytes()), "{raw}");
            assert_eq!(unit.case, case_of(raw), "{raw}");
        }
        units.all
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
        assert_eq!(
            words("Moody's l's d'su's qu'on d’l'autre it’s, O's2 l'Été’s."),
            [
                "Moody", "l", "d", "su", "qu", "on", "d", "l", "autre", "it", "O's2", "l", "Été"
            ]
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
}
