//! A word → its key: the word in lower case and without accents, its first sixteen bytes as one number.
//!
//! In: a text and where a word begins. Out: where it ends, and its key. Laws: a word has one key however it is written
//! (`Août`, `AOUT`, decomposed); sixteen bytes are read at a time, so the cost is linear and small.
//!
//! # Not done
//! Letters beyond Latin have no key of their own: each counts as `?`.

use crate::window::{ShortWindow, Window};

/// So many bytes of a word make its key.
const LONGEST: usize = Window::LEN;

/// The key of a word of ASCII letters: for the words of the grammar.
pub(super) const fn key(word: &str) -> u128 {
    let bytes = word.as_bytes();
    let mut key = 0_u128;
    let mut at = 0;
    while at < bytes.len() && at < LONGEST {
        key |= (bytes[at].to_ascii_lowercase() as u128) << (8 * at);
        at += 1;
    }
    key
}

/// The key of any word.
pub(super) fn key_of(word: &str) -> u128 {
    let mut folded = Folded::default();
    word.chars().for_each(|letter| folded.push(letter));
    folded.key
}

/// The first four letters of a word, if it has as many.
pub(super) fn prefix(key: u128) -> Option<u32> {
    let [a, b, c, d, ..] = key.to_le_bytes();
    (d != 0).then_some(u32::from_le_bytes([a, b, c, d]))
}

/// The end of the word that begins at `start`, and its key.
#[inline]
pub(super) fn word_at(text: &str, start: usize) -> (usize, u128) {
    let bytes = text.as_bytes();
    // Most words are short and plain.
    if let Some(window) = ShortWindow::at(bytes, start) {
        let length = window.letters();
        if length < ShortWindow::LEN && bytes[start + length].is_ascii() {
            return (start + length, u128::from(window.lower(length)));
        }
    }
    let window = Window::at(bytes, start);
    let length = window.letters();
    let end = start + length;
    let folded = Folded {
        key: window.lower(length),
        length,
    };
    if length < LONGEST && bytes.get(end).is_none_or(u8::is_ascii) {
        (end, folded.key)
    } else {
        rest_of_word(text, start, folded)
    }
}

/// What `word_at` gives for a word of which the first letters are in `folded` already.
fn rest_of_word(text: &str, start: usize, mut folded: Folded) -> (usize, u128) {
    let bytes = text.as_bytes();
    let mut at = start + folded.length;
    while let Some(&byte) = bytes.get(at) {
        if byte.is_ascii() {
            let window = Window::at(bytes, at);
            let length = window.letters();
            if length == 0 {
                break;
            }
            folded.append(window.lower(length), length);
            at += length;
            continue;
        }
        if byte == 0xc3 {
            let latin = LATIN[usize::from(bytes[at + 1] & 0x3f)];
            if latin.is_ascii_alphabetic() {
                folded.append(u128::from(latin), 1);
                at += 2;
                continue;
            }
        }
        if is_mark(bytes, at) {
            break;
        }
        let Some(letter) = text[at..].chars().next() else {
            break;
        };
        // Superscript letters (`1ᵉʳ`) are letters; combining marks go with the letter before them.
        let combining = ('\u{300}'..='\u{36f}').contains(&letter) && at > start;
        if !(combining || letter.is_alphabetic()) {
            break;
        }
        folded.push(match letter {
            'ᵉ' => 'e',
            'ʳ' => 'r',
            other => other,
        });
        at += letter.len_utf8();
    }
    (at, folded.key)
}

/// Whether the character of several bytes at `at` is plainly no letter: a typographer's quote, dash or space, a no-break
/// space, a guillemet. `false` where one has to look closer.
fn is_mark(bytes: &[u8], at: usize) -> bool {
    match bytes.get(at..at + 2) {
        // U+2000 to U+203F.
        Some([0xe2, 0x80]) => true,
        // U+0080 to U+00BF, but for ª, µ and º.
        Some([0xc2, second]) => !matches!(second, 0xaa | 0xb5 | 0xba),
        _ => false,
    }
}

/// A key being built.
#[derive(Default)]
struct Folded {
    key: u128,
    length: usize,
}

impl Folded {
    /// Takes `length` letters, in lower case, the first one lowest.
    fn append(&mut self, letters: u128, length: usize) {
        if self.length < LONGEST {
            self.key |= letters << (8 * self.length);
            self.length += length;
        }
    }

    /// Letters with accents count as the letter alone; ligatures as their two letters.
    fn push(&mut self, letter: char) {
        let plain: &[u8] = match letter {
            'a'..='z' | 'A'..='Z' => &[letter as u8 | 0x20],
            'à' | 'â' | 'ä' | 'á' | 'ã' | 'å' | 'À' | 'Â' | 'Ä' | 'Á' | 'Ã' | 'Å' => b"a",
            'é' | 'è' | 'ê' | 'ë' | 'É' | 'È' | 'Ê' | 'Ë' | 'ě' => b"e",
            'î' | 'ï' | 'í' | 'ì' | 'Î' | 'Ï' | 'Í' | 'Ì' => b"i",
            'ô' | 'ö' | 'ó' | 'ò' | 'õ' | 'Ô' | 'Ö' | 'Ó' | 'Ò' | 'Õ' => b"o",
            'ù' | 'û' | 'ü' | 'ú' | 'Ù' | 'Û' | 'Ü' | 'Ú' => b"u",
            'ç' | 'č' | 'Ç' | 'Č' => b"c",
            'ñ' | 'Ñ' => b"n",
            'œ' | 'Œ' => b"oe",
            'æ' | 'Æ' => b"ae",
            // Combining marks of a decomposed text: the letter before them stands alone.
            '\u{300}'..='\u{36f}' => return,
            _ => b"?",
        };
        for &byte in plain {
            self.append(u128::from(byte), 1);
        }
    }
}

/// The letters U+00C0 to U+00FF without case and accents: what follows the byte 0xC3. 0 for × and ÷, `?` for those that
/// no word of the lexicon has.
const LATIN: &[u8; 64] = b"aaaaaa?ceeeeiiii?nooooo\0?uuuu???aaaaaa?ceeeeiiii?nooooo\0?uuuu???";

#[cfg(test)]
mod tests {
    use super::{key, key_of, word_at};

    #[test]
    fn keys_forget_case_accents_and_composition() {
        assert_eq!(key_of("Août"), key("aout"));
        assert_eq!(key_of("e\u{301}te\u{301}"), key("ete"));
        assert_eq!(key_of("CŒUR"), key("coeur"));
        assert_ne!(key_of("mai"), key_of("mais"));
    }

    /// The quick way over a text and the way over a single word give the same keys.
    #[test]
    fn a_word_has_one_key_however_it_is_scanned() {
        let words =
            "Août été ÉTÉ cœur naïve Łódź straße ὥρα anticonstitutionnellement çà È ÿ désinstitutionnalisé";
        let mut at = 0;
        for word in words.split(' ') {
            assert_eq!(word_at(words, at), (at + word.len(), key_of(word)), "{word}");
            at += word.len() + 1;
        }
    }
}
