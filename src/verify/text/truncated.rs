//! An English that breaks off.
//!
//! In: a French segment and its English. Out: at most one finding, at the end of the English.

use crate::finding::{Code, Finding, Spot};
use crate::span::Span;

/// An English that breaks off: the French ends as a sentence, the English does not. An error if it ends on a word or
/// mark that cannot be the last, or is much too short; else a warning.
pub(super) fn truncated(source: &str, target: &str) -> Option<Finding> {
    let bare = |text: &str| -> usize {
        text.trim_end_matches(|c: char| {
            c.is_whitespace() || matches!(c, '"' | '»' | '”' | '’' | '\'' | ')' | ']' | '›' | '*' | '_')
        })
        .len()
    };
    let ended = |text: &str, marks: &[char]| text[..bare(text)].ends_with(marks);
    if !ended(source, &['.', '!', '?', '…'])
        || ended(target, &['.', '!', '?', '…', ':', ';'])
        || source.len() < 40
    {
        return None;
    }
    let end = bare(target);
    let start = target[..end]
        .rfind(char::is_whitespace)
        .map_or(0, |at| at + target[at..].chars().next().map_or(1, char::len_utf8));
    let last = &target[start..end];
    let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).count();
    let share = letters(target) * 100 / letters(source).max(1);
    // No sentence ends on an article or a conjunction. One may end on a comma by a slip of the keyboard, and then it is
    // as long as it should be: translations of news have 91 letters for 100, nine in ten more than 70.
    let open = matches!(
        last,
        "the" | "a" | "an" | "of" | "and" | "or" | "its" | "their" | "whose"
    );
    let cut = last.ends_with([',', '-', '(', '–', '—']) && share < 70;
    let broken = open || cut || (share < 40 && source.len() > 100);
    let spot = Spot::new(target, Span::new(start, end.max(start)));
    let finding = Finding::new(
        Code::TextTruncated,
        None,
        Some(spot),
        "the French ends its sentence, the English breaks off",
    );
    Some(if broken { finding } else { finding.as_warning() })
}
