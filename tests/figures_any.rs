//! Any text in: the readers and the match take whatever comes, built from their own words as well as from bytes.
//!
//! `cargo test` tries twenty thousand texts; `FIDELE_TEST_INPUTS=1000000 cargo test --release --no-default-features --test
//! figures_any` a million, and long texts of a megabyte. A text that fails is printed with its number; the same number makes it again.

use fidele::figures::{Figure, compare, find_english, find_french};
use fidele::finding::Subject;

/// Steele, Lea and Flood, `SplitMix64`: small, and the same everywhere.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end as u64).unwrap_or(0)
    }

    fn of<'t>(&mut self, choices: &[&'t str]) -> &'t str {
        choices[self.below(choices.len())]
    }
}

/// Where the words of the grammar are written down.
const GRAMMAR: [&str; 5] = [
    include_str!("../src/figures/french.rs"),
    include_str!("../src/figures/english.rs"),
    include_str!("../src/figures/keys.rs"),
    include_str!("../data/units.toml"),
    include_str!("../data/currencies.toml"),
];

/// What stands between words and inside numbers: every joint and sign that a rule looks at, and some that none does.
const MARKS: [&str; 46] = [
    " ", " ", " ", "\u{a0}", "\u{202f}", "\u{2009}", "\n", "\t", "\u{200b}", "", "", "", "-", "‑", "–", "—",
    "−", "'", "’", "′", "\"", "″", "”", "«", ".", ",", ":", ";", "/", "(", ")", "+", "%", "‰", "°", "º", "$",
    "€", "£", "¢", "½", "²", "&", "\u{301}", "ᵉ", "😀",
];

const NUMBERS: [&str; 30] = [
    "0",
    "1",
    "2",
    "3",
    "7",
    "9",
    "11",
    "15",
    "24",
    "31",
    "33",
    "42",
    "49",
    "53",
    "60",
    "90",
    "99",
    "000",
    "001",
    "250",
    "514",
    "800",
    "0475",
    "1530",
    "1789",
    "1900",
    "2026",
    "9999",
    "99999999999",
    "999999999999999999999999999999",
];

/// Capitals, codes and Roman numerals.
const NAMES: [&str; 16] = [
    "XIV", "XXIe", "Ier", "IV", "I", "V", "X", "G", "T", "Q", "S", "H", "US", "CA", "Louis", "May",
];

/// The quoted words of the grammar's own tables, each once.
fn words() -> Vec<&'static str> {
    let mut words: Vec<&str> = GRAMMAR
        .iter()
        .flat_map(|table| table.split('"').skip(1).step_by(2))
        .flat_map(|quoted| quoted.split([' ', '+', '±']))
        .filter(|word| !word.is_empty() && word.len() < 24)
        .collect();
    words.sort_unstable();
    words.dedup();
    words
}

/// The text of this number: of words, of numbers, of bytes, or of all.
fn text(number: u64, words: &[&str]) -> String {
    let mut chance = Chance(number.wrapping_mul(0xd134_2543_de82_ef95));
    let manner = chance.below(8);
    if manner == 0 {
        let bytes: Vec<u8> = (0..chance.below(90))
            .map(|_| chance.next().to_le_bytes()[0])
            .collect();
        return String::from_utf8_lossy(&bytes).into_owned();
    }
    if manner == 1 {
        let any = |_| {
            u32::try_from(chance.next() % 0x11_0000)
                .ok()
                .and_then(char::from_u32)
        };
        return (0..40).filter_map(any).collect();
    }
    let mut text = String::new();
    for _ in 0..chance.below(24) {
        let piece = match chance.below(10) {
            0..=3 => chance.of(words),
            4..=6 => chance.of(&NUMBERS),
            7 => chance.of(&NAMES),
            _ => chance.of(&MARKS),
        };
        text += piece;
        // Glued words as well as spaced ones; some manners know only one joint.
        text += match manner {
            2 => "",
            3 => "-",
            4 => " ",
            _ => chance.of(&MARKS),
        };
    }
    text
}

/// Every figure stands in the text, on whole characters, after the one before it.
fn in_order(text: &str, figures: &[Figure]) {
    let mut end = 0;
    for figure in figures {
        let span = figure.span;
        assert!(
            end <= span.start && span.start < span.end && span.end <= text.len(),
            "{span:?} in {text:?}"
        );
        assert!(
            text.is_char_boundary(span.start) && text.is_char_boundary(span.end),
            "{span:?} in {text:?}"
        );
        assert!(!figure.to_string().is_empty() && figure.entry(text).text == span.of(text));
        end = span.end;
    }
}

/// The match accounts for each French figure, and what it shows stands in the texts.
fn accounted(source: &str, target: &str) {
    let (french, english) = (find_french(source), find_english(target));
    in_order(source, &french);
    in_order(target, &english);
    let verdict = compare(source, &french, target, &english);
    assert_eq!(verdict.accounts.len(), french.len(), "{source:?} {target:?}");
    assert!(
        verdict
            .accounts
            .iter()
            .all(|account| account.kind == Subject::Figure)
    );
    // A figure has at most two ends or three parts, and each is found fault with at most three times.
    assert!(
        verdict.findings.len() <= 9 * (french.len() + english.len()),
        "{source:?} {target:?}"
    );
    for finding in &verdict.findings {
        for (spot, text) in [(&finding.source, source), (&finding.target, target)] {
            let Some(spot) = spot else { continue };
            assert_eq!(text.get(spot.span.start..spot.span.end), Some(spot.text.as_str()));
        }
    }
}

fn inputs() -> u64 {
    std::env::var("FIDELE_TEST_INPUTS")
        .ok()
        .and_then(|count| count.parse().ok())
        .unwrap_or(20_000)
}

#[test]
fn any_text_is_read_and_matched_without_harm() {
    let words = words();
    assert!(
        words.len() > 1000,
        "the tables are where they were: {}",
        words.len()
    );
    for number in 0..inputs() {
        let (source, target) = (text(2 * number, &words), text(2 * number + 1, &words));
        let outcome = std::panic::catch_unwind(|| {
            accounted(&source, &target);
            // Against itself: most values then have a counterpart.
            accounted(&source, &source);
        });
        assert!(outcome.is_ok(), "text {number}: {source:?} against {target:?}");
    }
}

/// What a rule that looks back or ahead too far would read again and again.
const PIECES: [&str; 52] = [
    "1",
    "7 ",
    "1 000 ",
    "1.000.",
    "1,000,",
    "quatre-vingt-",
    "quatre-vingt ",
    "deux cent mille ",
    "two hundred and ",
    "et demi ",
    "a half of a ",
    "virgule zéro ",
    "point one ",
    "n° ",
    "article ",
    "(n° ",
    "+1 ",
    "514-",
    "01 23 ",
    "2'34\"",
    "1 h 02 min 04 s ",
    "5 feet 6 ",
    "1:02:",
    "1 :02 ",
    "hier ",
    "the day before ",
    "Louis XIV ",
    "XIV ",
    "\u{a0}",
    "\u{300}",
    "%",
    "€",
    "entre 1 et ",
    "1 mai et ",
    "1 ",
    "1,",
    "000 ",
    "cent ",
    "mille ",
    "million de ",
    "milliers de ",
    "un ",
    "a ",
    "1:",
    "1/",
    "-1",
    "1-",
    "1 % et ",
    "mai ",
    "1950-53-",
    "5 % contre ",
    "1 2 3 4 5 6 7 8 9 ",
];

#[test]
fn long_texts_of_one_piece_are_read_in_one_pass() {
    let length = if inputs() < 1_000_000 { 30_000 } else { 1_000_000 };
    for piece in PIECES {
        for end in ["", "5", " 5 mai"] {
            let text = piece.repeat(length / piece.len()) + end;
            in_order(&text, &find_french(&text));
            in_order(&text, &find_english(&text));
        }
    }
}

#[test]
fn long_texts_of_one_piece_are_matched_in_one_pass() {
    let length = if inputs() < 1_000_000 { 10_000 } else { 200_000 };
    for piece in PIECES {
        let text = piece.repeat(length / piece.len());
        accounted(&text, &text);
    }
}
