//! Text from elsewhere, made safe to show.
//!
//! In: words of an article, of a model, of a server. Out: the same words without a character that commands a terminal,
//! turns the direction of writing, or stands there unseen. Law: the result holds no control character and no
//! directional one, so nothing that is shown can move the cursor, colour a line or make one figure look like another.

use std::borrow::Cow;

/// `text` on one line, as a reader may safely see it: line ends and tabs become spaces, other control characters their
/// pictures (`␛`), directional characters and tags `�`; what has no shape at all (soft hyphen, zero-width space) goes.
///
/// The directional characters are those of *Unicode Standard Annex #9*, §2; the pictures are U+2400 to U+2421.
///
/// ```
/// assert_eq!(fidele::report::visible("12\u{1b}[31m %\n"), "12␛[31m % ");
/// ```
#[must_use]
pub fn visible(text: &str) -> Cow<'_, str> {
    rewritten(text, |c| if is_line_end(c) { Some(' ') } else { shown(c) })
}

/// The same, with its line ends kept: for forms in which a table keeps its rows.
pub(super) fn visible_lines(text: &str) -> Cow<'_, str> {
    rewritten(text, |c| match c {
        '\n' => Some('\n'),
        '\r' => None,
        other if is_line_end(other) => Some('\n'),
        other => shown(other),
    })
}

/// Whether a character may not be shown as it is.
pub(super) fn is_hidden(c: char) -> bool {
    shown(c) != Some(c)
}

fn rewritten(text: &str, show: impl Fn(char) -> Option<char>) -> Cow<'_, str> {
    if text.chars().any(|c| show(c) != Some(c)) {
        Cow::Owned(text.chars().filter_map(show).collect())
    } else {
        Cow::Borrowed(text)
    }
}

fn is_line_end(c: char) -> bool {
    matches!(
        c,
        '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}'
    )
}

fn shown(c: char) -> Option<char> {
    match c {
        '\t' => Some(' '),
        '\u{0}'..='\u{1f}' => char::from_u32(0x2400 + u32::from(c)),
        '\u{7f}' => Some('\u{2421}'),
        // Soft hyphen, zero-width space, word joiner and invisible operators, byte order mark.
        '\u{ad}' | '\u{200b}' | '\u{2060}'..='\u{2064}' | '\u{feff}' => None,
        '\u{80}'..='\u{9f}'
        | '\u{61c}'
        | '\u{200e}'
        | '\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2066}'..='\u{206f}'
        | '\u{fff9}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e007f}' => Some(char::REPLACEMENT_CHARACTER),
        other => Some(other),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_commands_a_terminal_becomes_a_picture() {
        assert_eq!(visible("a\u{1b}]0;x\u{7}b\u{7f}"), "a␛]0;x␇b␡");
        assert_eq!(visible("\u{9b}31m"), "�31m");
        assert_eq!(visible("\u{202e}001\u{202c} €"), "�001� €");
        assert_eq!(visible("so\u{ad}ciété\u{200b}"), "société");
    }

    #[test]
    fn plain_french_is_left_alone() {
        let text = "« 4,5 milliards d'euros », a dit Élise Œuvrard (1\u{202f}250\u{a0}%).";
        assert!(matches!(visible(text), Cow::Borrowed(same) if same == text));
    }

    #[test]
    fn rows_stay_rows_where_lines_are_kept() {
        assert_eq!(visible_lines("a\tb\r\nc\u{1b}"), "a b\nc␛");
        assert_eq!(visible("a\tb\nc"), "a b c");
    }

    proptest! {
        #[test]
        fn nothing_shown_is_a_control_or_turns_the_line(text in any::<String>()) {
            let shown = visible(&text);
            prop_assert!(shown.chars().all(|c| !c.is_control()));
            let turns = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
            prop_assert!(!shown.contains(turns));
            prop_assert_eq!(visible(&shown), shown.as_ref());
        }
    }
}
