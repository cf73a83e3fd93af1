//! An English that breaks off.
//!
//! In: a French segment and its English. Out: at most one finding, at the end of the English. An error where no text can
//! end so (an article, a comma, half a word, an open bracket), or where much is missing; a warning where the end mark is
//! gone and some of the length with it.

use crate::finding::{Code, Finding, Spot};
use crate::lexicon::fold::fold;
use crate::lexicon::words::{is_english, is_french, is_known_name};
use crate::sentence::is_open_end;
use crate::span::Span;
use crate::verify::reading::Side;

const ENDS: [char; 4] = ['.', '!', '?', '…'];

/// Words after which no English text ends, headlines included.
const OPEN: &[&str] = &[
    "a", "an", "and", "because", "but", "her", "his", "its", "my", "or", "our", "than", "the", "their",
    "whose", "your", "every", "into", "which",
];

/// Words after which no English sentence ends that the French ends with a full stop; a headline may.
const LEANING: &[&str] = &[
    "about", "after", "against", "also", "among", "are", "as", "at", "be", "been", "before", "being",
    "between", "by", "can", "could", "did", "does", "during", "for", "from", "had", "has", "have", "if",
    "in", "is", "may", "might", "must", "not", "of", "on", "should", "since", "some", "that", "this",
    "through", "to", "towards", "under", "until", "very", "was", "were", "when", "where", "while", "who",
    "will", "with", "without", "would",
];

/// Where a text ends, closing marks and white space apart.
fn bare(text: &str) -> &str {
    text.trim_end_matches(|c: char| {
        c.is_whitespace() || matches!(c, '"' | '»' | '”' | '’' | '\'' | ')' | ']' | '›' | '*' | '_')
    })
}

fn letters(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphanumeric()).count()
}

/// The end of the English, if the English breaks off there.
pub(super) fn truncated(source: &Side<'_>, target: &Side<'_>) -> Option<Finding> {
    let (of, has) = (source.letters(), target.letters());
    let (source, target) = (source.text, target.text);
    let (french, english) = (bare(source), bare(target));
    let ended = french.ends_with(ENDS);
    if of < 4 || has == 0 {
        return None;
    }
    // Translations of news have 91 letters for 100, nine in ten more than 70.
    let share = has * 100 / of;
    let start = english.rfind(char::is_whitespace).map_or(0, |at| {
        at + english[at..].chars().next().map_or(1, char::len_utf8)
    });
    let last = &english[start..];
    let error = if english.ends_with(ENDS) {
        dots(french, english, share) || within_a_figure(source, target, last)
    } else {
        // Where the French breaks off as well, it is whole.
        !is_open_end(source.trim_end())
            && (broken_line(source, target)
                || is_open_word(last, share, ended || loses_name(source, target))
                || is_half_a_word(source, last, ended)
                || (ended && (ends_on_a_mark(english, share) || leaves_open(source, target))))
    };
    let warning = ended && !english.ends_with(ENDS) && share < 85 && of > 30;
    let finding = Finding::new(
        Code::TextTruncated,
        None,
        Some(Spot::new(target, Span::new(start, english.len().max(start)))),
        "the French ends here, the English breaks off",
    );
    if error {
        Some(finding)
    } else {
        warning.then(|| finding.as_warning())
    }
}

/// Whether the last word always has another after it.
fn is_open_word(last: &str, share: usize, leans: bool) -> bool {
    let word = last.trim_start_matches(|c: char| !c.is_alphanumeric());
    OPEN.contains(&word) || (leans && LEANING.contains(&word) && share < 90)
}

/// Whether the French ends on a name that the English does not have: *spreads panic in*.
fn loses_name(source: &str, target: &str) -> bool {
    let last = source.split_whitespace().next_back().unwrap_or("");
    last.starts_with(char::is_uppercase) && !target.contains(last)
}

/// Whether the English ends on a mark after which something has to come. One may stand there by a slip of the keyboard,
/// and then the text is as long as it should be.
fn ends_on_a_mark(english: &str, share: usize) -> bool {
    (english.ends_with([',', '-', '(', '[', '–', '—', '«', '“', '/', '&']) && share < 70)
        || (english.ends_with([':', ';']) && share < 75)
}

/// Whether the model put dots where it stopped.
fn dots(french: &str, english: &str, share: usize) -> bool {
    let trails = |text: &str| {
        // Four points are three and a full stop.
        text.trim_end_matches('.').ends_with('…') || text.ends_with("...")
    };
    trails(english) && !trails(french) && !french.ends_with("etc.") && share < 75
}

/// Whether the last word is the beginning of one: no word of English, no name, and not in the French; or the beginning of
/// one of the French.
fn is_half_a_word(source: &str, last: &str, ended: bool) -> bool {
    let word = last.trim_start_matches(|c: char| !c.is_alphabetic());
    if !ended || word.len() < 2 || !word.chars().all(char::is_alphabetic) {
        return false;
    }
    let folded = fold(word);
    let french = || source.split(|c: char| !c.is_alphabetic());
    if french().any(|other| fold(other) == folded) {
        return false;
    }
    if word.starts_with(char::is_uppercase) {
        let opens = |other: &str| other.len() > word.len() + 1 && other.starts_with(word);
        return word.len() >= 3 && french().any(opens);
    }
    let american = folded.replace("our", "or");
    !is_english(&folded) && !is_english(&american) && !is_known_name(&folded) && !is_french(&folded)
}

/// Whether a bracket or quotation is open at the end of the English and not at that of the French.
fn leaves_open(source: &str, target: &str) -> bool {
    let open = |text: &str| {
        let count = |marks: &[char]| text.chars().filter(|c| marks.contains(c)).count();
        count(&['(', '[']) > count(&[')', ']']) || count(&['“', '«']) > count(&['”', '»'])
    };
    let straight = |text: &str| text.matches('"').count() % 2 == 1;
    (open(target) && !open(source)) || (straight(target) && !straight(source))
}

/// `1.` for `1,34`: the text stops within a figure.
fn within_a_figure(source: &str, target: &str, last: &str) -> bool {
    let Some(digits) = last.strip_suffix('.').filter(|digits| {
        !digits.is_empty() && target.trim_end().ends_with(last) && digits.bytes().all(|b| b.is_ascii_digit())
    }) else {
        return false;
    };
    source.match_indices(&format!("{digits},")).any(|(at, found)| {
        !source[..at].ends_with(|c: char| c.is_ascii_digit())
            && source[at + found.len()..].starts_with(|c: char| c.is_ascii_digit())
    })
}

/// Of lists and other lines without end marks: the last one has hardly a word, and not the one opposite.
fn broken_line(source: &str, target: &str) -> bool {
    let lines = |text: &str| {
        text.trim_end()
            .lines()
            .filter(|line| !line.trim().is_empty())
            .count()
    };
    let last = |text: &str| text.trim_end().lines().next_back().map_or(0, letters);
    let (of, has) = (last(source), last(target));
    lines(source) > 1 && lines(source) == lines(target) && of >= 10 && has * 100 / of < 30
}
