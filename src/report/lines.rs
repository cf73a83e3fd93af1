//! Passages on lines of a given width, with the mark under the right words.
//!
//! In: a text or a [`Passage`], and how many columns there are. Out: lines. Law: no line is wider than asked, and the
//! columns of a mark lie under the words of the mark, wide characters included.

use std::ops::Range;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::passage::Passage;
use super::visible::visible;

/// One line of a passage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Line {
    /// Words, and the columns that are marked.
    Words {
        text: String,
        mark: Option<Range<usize>>,
    },
    /// Lines left out.
    Gap,
}

/// The most lines one passage takes; a longer one loses lines that are not near the mark.
const TALLEST: usize = 5;

/// `text`, made visible, on lines of at most `width` columns.
pub(super) fn lines(text: &str, width: usize) -> Vec<String> {
    let text = visible(text);
    wrap(&text, width, 0..0)
        .into_iter()
        .map(|line| text[line].to_owned())
        .collect()
}

/// The passage on lines of at most `width` columns.
pub(super) fn passage(passage: &Passage<'_>, width: usize) -> Vec<Line> {
    let (before, spot, after) = passage.parts();
    let mut text = visible(&before).into_owned();
    let start = text.len();
    text += &visible(spot);
    let mark = passage.mark.map(|_| start..text.len());
    text += &visible(&after);

    // A spot that is easily kept on one line is kept there: a torn figure is read twice.
    let whole = mark
        .clone()
        .filter(|mark| columns_of(&text[mark.clone()]) <= width / 2);
    let ranges = wrap(&text, width, whole.unwrap_or_default());
    let marks = columns(&text, &ranges, mark.as_ref(), width);
    let kept = kept(&marks, ranges.len());
    let mut lines = Vec::new();
    for ((range, mark), keep) in ranges.into_iter().zip(marks).zip(kept) {
        if keep {
            let text = text[range].to_owned();
            lines.push(Line::Words { text, mark });
        } else if lines.last() != Some(&Line::Gap) {
            lines.push(Line::Gap);
        }
    }
    lines
}

/// Which columns of each line are marked. A mark that covers no visible word (an empty one, a space at the end of a
/// line) still shows as one column, where it stands.
fn columns(
    text: &str,
    lines: &[Range<usize>],
    mark: Option<&Range<usize>>,
    width: usize,
) -> Vec<Option<Range<usize>>> {
    let Some(mark) = mark else {
        return vec![None; lines.len()];
    };
    let mut marks: Vec<_> = lines
        .iter()
        .map(|line| {
            let (start, end) = (mark.start.max(line.start), mark.end.min(line.end));
            (start < end).then(|| {
                // A mark on nothing but an accent, at the very end of a line, goes under the letter.
                let column = text[line.start..start].width().min(width.saturating_sub(1));
                column..(column + text[start..end].width().max(1)).min(width)
            })
        })
        .collect();
    if marks.iter().all(Option::is_none) {
        let line = lines
            .partition_point(|line| line.start <= mark.start)
            .saturating_sub(1);
        if let (Some(range), Some(slot)) = (lines.get(line), marks.get_mut(line)) {
            let end = mark.start.clamp(range.start, range.end);
            let column = text[range.start..end].width().min(width.saturating_sub(1));
            *slot = Some(column..column + 1);
        }
    }
    marks
}

/// Which lines of a long passage stay: those where the mark begins and ends with their neighbours, or the first ones.
fn kept(marks: &[Option<Range<usize>>], count: usize) -> Vec<bool> {
    if count <= TALLEST {
        return vec![true; count];
    }
    let first = marks.iter().position(Option::is_some);
    let last = marks.iter().rposition(Option::is_some);
    let (Some(first), Some(last)) = (first, last) else {
        return (0..count).map(|line| line < TALLEST - 1).collect();
    };
    let is_near = |line: usize| line.abs_diff(first) <= 1 || line.abs_diff(last) <= 1;
    (0..count).map(is_near).collect()
}

/// The ranges of `text` that make lines of at most `width` columns, cut at spaces, and inside a word only if it is wider
/// than a line. Spaces that cannot be broken (U+00A0, U+202F) hold `1 250` together; so do those inside `whole`.
fn wrap(text: &str, width: usize, whole: Range<usize>) -> Vec<Range<usize>> {
    let width = width.max(2);
    let mut lines: Vec<Range<usize>> = Vec::new();
    let mut used = 0;
    for word in words(text, &whole) {
        let wide = columns_of(&text[word.clone()]);
        if let Some(line) = lines.last_mut() {
            let gap = word.start - line.end;
            if used + gap + wide <= width {
                used += gap + wide;
                line.end = word.end;
                continue;
            }
        }
        for piece in pieces(text, &word, width) {
            used = columns_of(&text[piece.clone()]);
            lines.push(piece);
        }
    }
    lines
}

fn words(text: &str, whole: &Range<usize>) -> Vec<Range<usize>> {
    let mut words: Vec<Range<usize>> = Vec::new();
    let mut start = 0;
    let spaces = text
        .match_indices(' ')
        .map(|(at, _)| at)
        .filter(|at| !whole.contains(at));
    for end in spaces.chain([text.len()]) {
        if start < end {
            words.push(start..end);
        }
        start = end + 1;
    }
    words
}

/// A word in pieces of at most `width` columns.
fn pieces(text: &str, word: &Range<usize>, width: usize) -> Vec<Range<usize>> {
    let mut pieces = Vec::new();
    let (mut start, mut used) = (word.start, 0);
    for (offset, c) in text[word.clone()].char_indices() {
        let wide = columns_of_char(c);
        if used + wide > width {
            pieces.push(start..word.start + offset);
            (start, used) = (word.start + offset, 0);
        }
        used += wide;
    }
    pieces.push(start..word.end);
    pieces
}

/// At least as many columns as the words take on a terminal.
fn columns_of(text: &str) -> usize {
    text.chars().map(columns_of_char).sum()
}

/// U+FE0F turns the character before it into a wide picture, so it counts for the column it adds.
fn columns_of_char(c: char) -> usize {
    if c == '\u{fe0f}' {
        1
    } else {
        c.width().unwrap_or(1)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::span::Span;

    fn marked(text: &str, mark: Option<Span>) -> Passage<'_> {
        Passage {
            text,
            mark,
            cut_before: false,
            cut_after: false,
        }
    }

    fn shown(text: &str, words: &str, width: usize) -> Vec<(String, String)> {
        let start = text.find(words).unwrap();
        let mark = Some(Span::new(start, start + words.len()));
        passage(&marked(text, mark), width)
            .into_iter()
            .map(|line| match line {
                Line::Words { text, mark } => {
                    let mark = mark.unwrap_or_default();
                    (text, " ".repeat(mark.start) + &"^".repeat(mark.len()))
                }
                Line::Gap => ("…".to_owned(), String::new()),
            })
            .collect()
    }

    fn pair(text: &str, marks: &str) -> (String, String) {
        (text.to_owned(), marks.to_owned())
    }

    #[test]
    fn the_mark_stands_under_its_words() {
        assert_eq!(
            shown("Il a versé 4,5 milliards d'euros.", "4,5 milliards", 40),
            [pair(
                "Il a versé 4,5 milliards d'euros.",
                "           ^^^^^^^^^^^^^"
            )]
        );
    }

    #[test]
    fn a_mark_goes_on_where_its_line_does() {
        assert_eq!(
            shown("un deux trois quatre", "deux trois", 9),
            [
                pair("un deux", "   ^^^^"),
                pair("trois", "^^^^^"),
                pair("quatre", "")
            ]
        );
    }

    #[test]
    fn wide_characters_take_two_columns() {
        assert_eq!(
            shown("東京 vaut 7", "7", 20),
            [pair("東京 vaut 7", "          ^")]
        );
        assert_eq!(shown("日本語", "語", 4), [pair("日本", ""), pair("語", "^^")]);
    }

    #[test]
    fn an_escape_in_front_of_the_mark_does_not_move_it() {
        assert_eq!(shown("a\u{1b}b 7", "7", 20), [pair("a␛b 7", "    ^")]);
        assert_eq!(shown("a\u{ad}b 7", "7", 20), [pair("ab 7", "   ^")]);
    }

    #[test]
    fn a_long_passage_keeps_the_lines_near_its_mark() {
        let text = "a1 a2 a3 a4 a5 a6 a7 a8 a9";
        let lines: Vec<_> = shown(text, "a6", 2).into_iter().map(|line| line.0).collect();
        assert_eq!(lines, ["…", "a5", "a6", "a7", "…"]);
    }

    #[test]
    fn figures_are_not_torn_at_their_inner_space() {
        assert_eq!(
            lines("il y a 1\u{202f}250 cas", 8),
            ["il y a", "1\u{202f}250", "cas"]
        );
    }

    proptest! {
        #[test]
        fn no_line_is_wider_than_asked(text in any::<String>(), width in 2_usize..50, cut in any::<prop::sample::Index>()) {
            for line in lines(&text, width) {
                prop_assert!(line.width() <= width, "{line:?}");
            }
            let start = text.floor_char_boundary(cut.index(text.len() + 1));
            let mark = Some(Span::new(start, text.len()));
            let lines = passage(&marked(&text, mark), width);
            for line in &lines {
                if let Line::Words { text, mark: Some(mark) } = line {
                    prop_assert!(mark.end <= width && mark.start < mark.end, "{text:?} {mark:?}");
                }
            }
            let is_marked = |line: &Line| matches!(line, Line::Words { mark: Some(_), .. });
            prop_assert!(lines.is_empty() || lines.iter().any(is_marked), "the mark is seen");
        }

        /// Nothing but spaces goes missing between the lines.
        #[test]
        fn lines_hold_every_word(text in "[a-zé東 ]{0,80}", width in 2_usize..30) {
            let joined = lines(&text, width).concat();
            prop_assert_eq!(joined.replace(' ', ""), text.replace(' ', ""));
        }
    }
}
