//! Plain text → pieces → blocks: which line ends part the text, and which only wrap it.
//!
//! In: the body. A *piece* is what the writer meant as one unit: a paragraph over several hard-wrapped lines, a
//! paragraph that a feed has torn in two by a blank line, a list item. Law: pieces keep the order and cover every byte
//! that is not white space.
//!
//! The rules, and why:
//! - A blank line parts, unless the text runs on over it ([`runs_on`]) and what stands before it is running text: a
//!   title has no full stop either, and must not be glued to the paragraph below.
//! - A line end alone is a hard wrap if the next word had no room left in the line: only then does a program wrap. Had
//!   it room, the writer broke the line. A text with longer lines than any wrap makes one paragraph a line.
//! - List markers, rows of tables, `>` and rules of dashes begin a piece.

use super::kind::Reader;
use super::{Block, BlockKind, shape, trimmed};
use crate::sentence::{is_open_end, is_terminated, opens_with_ticker, runs_on};
use crate::span::Span;

/// No program or person wraps lines wider, or narrower, in characters.
const WRAP: std::ops::RangeInclusive<usize> = 55..=120;
/// Text this long without a full stop is no title, in bytes. Also used where a title would be followed by lower case.
const LONGEST_TITLE: usize = 200;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    Plain,
    Bullet,
    Quote,
    Table,
    /// A rule of dashes or stars between parts.
    Rule,
}

struct Line {
    /// Without the white space at its ends.
    span: Span,
    chars: usize,
    mark: Mark,
    /// Length of the marker with the space behind it.
    marker: usize,
    after_blank: bool,
}

struct Piece {
    span: Span,
    mark: Mark,
    marker: usize,
}

pub(super) fn blocks(body: &str) -> Vec<Block> {
    let pieces = pieces(body);
    let mut reader = Reader::new(body, true);
    for (index, piece) in pieces.iter().enumerate() {
        let kind = match piece.mark {
            Mark::Plain => {
                reader.read(piece.span, index + 1 == pieces.len());
                continue;
            }
            Mark::Bullet => BlockKind::Bullet,
            Mark::Quote => BlockKind::Quote,
            Mark::Table => BlockKind::Table,
            Mark::Rule => BlockKind::Boilerplate,
        };
        let content = Span::new(piece.span.start + piece.marker, piece.span.end);
        reader.push(Block {
            kind,
            span: piece.span,
            content,
        });
    }
    reader.into_blocks()
}

fn pieces(body: &str) -> Vec<Piece> {
    let lines = lines(body);
    let width = wrap_width(&lines);
    let mut pieces: Vec<Piece> = Vec::new();
    let mut previous: Option<&Line> = None;
    for line in &lines {
        let joins = match (previous, pieces.last()) {
            (Some(previous), Some(piece)) => {
                if line.after_blank {
                    joins_over_blank(body, piece, line, pieces.len() == 1)
                } else {
                    joins_line(body, piece, previous, line, width)
                }
            }
            _ => false,
        };
        match pieces.last_mut() {
            Some(piece) if joins => piece.span.end = line.span.end,
            _ => pieces.push(Piece {
                span: line.span,
                mark: line.mark,
                marker: line.marker,
            }),
        }
        previous = Some(line);
    }
    pieces
}

/// Whether a line after a blank one belongs to the piece before it.
fn joins_over_blank(body: &str, piece: &Piece, line: &Line, first: bool) -> bool {
    if line.mark != Mark::Plain
        || !matches!(piece.mark, Mark::Plain | Mark::Bullet)
        || shape::is_byline(line.span.of(body))
    {
        return false;
    }
    let (before, after) = (piece.span.of(body), line.span.of(body));
    // A title over a text that opens in lower case looks the same as a torn sentence; a full stop inside, or more
    // words than a title has, tells them apart. The first piece of a text may be a long headline. The window keeps
    // the cost linear where piece after piece runs on.
    let long = before.len() > LONGEST_TITLE;
    let window = &before[..before.floor_char_boundary(2 * LONGEST_TITLE)];
    let running = window.contains(". ") || (long && !first);
    // A ticker opens no paragraph, but it may open a row under a title in capitals, or under the headline.
    let ticker = !first && opens_with_ticker(after) && before.contains(char::is_lowercase);
    is_open_end(before) || ((running || ticker) && runs_on(before, after))
}

/// Whether a line directly below the piece's last one (`previous`) belongs to it.
fn joins_line(body: &str, piece: &Piece, previous: &Line, line: &Line, width: Option<usize>) -> bool {
    let (before, after) = (previous.span.of(body), line.span.of(body));
    let wide = |share: usize| width.is_some_and(|width| previous.chars * 100 > width * share);
    let first_word = after
        .split_whitespace()
        .next()
        .map_or(0, |word| word.chars().count());
    let had_room = width.is_none_or(|width| previous.chars + 1 + first_word <= width);
    let ended = is_terminated(before);
    match line.mark {
        Mark::Table | Mark::Quote => return piece.mark == line.mark,
        Mark::Rule => return false,
        // A dash or a number at the head of a wrapped line may stand in mid-sentence.
        Mark::Bullet => return !had_room && piece.mark == Mark::Plain && !ended,
        Mark::Plain if !matches!(piece.mark, Mark::Plain | Mark::Bullet) => return false,
        Mark::Plain => {}
    }
    if had_room && (shape::is_byline(after) || shape::is_byline(before)) {
        return false;
    }
    let small = after.starts_with(char::is_lowercase);
    if width.is_none() {
        return runs_on(before, after) || (!ended && small);
    }
    let broken = had_room
        && !small
        && if ended {
            !wide(85)
        } else {
            !wide(60) && !runs_on(before, after)
        };
    !broken
}

/// The width the text is wrapped at, if it is: that of its longest line, long paragraphs on single lines left aside.
fn wrap_width(lines: &[Line]) -> Option<usize> {
    let total: usize = lines.iter().map(|line| line.chars).sum();
    let long: usize = lines
        .iter()
        .map(|line| line.chars)
        .filter(|chars| chars > WRAP.end())
        .sum();
    let widest = lines
        .iter()
        .map(|line| line.chars)
        .filter(|chars| chars <= WRAP.end())
        .max()?;
    (long * 5 <= total && WRAP.contains(&widest)).then_some(widest)
}

fn lines(body: &str) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut after_blank = false;
    let mut start = 0;
    for raw in body.split_inclusive(['\n', '\r']) {
        let end = start + raw.len();
        // CR LF is one line end: the LF alone is no blank line.
        let half = raw == "\n" && body[..start].ends_with('\r');
        if let Some(span) = trimmed(body, Span::new(start, end)) {
            let (mark, marker) = mark(span.of(body));
            lines.push(Line {
                span,
                chars: span.of(body).chars().count(),
                mark,
                marker,
                after_blank,
            });
            after_blank = false;
        } else if !half {
            after_blank = true;
        }
        start = end;
    }
    lone_rows_are_text(&mut lines);
    lines
}

/// A single line with a tab in it is a line; two together are a table.
fn lone_rows_are_text(lines: &mut [Line]) {
    for index in 0..lines.len() {
        let is_row = |at: usize| lines.get(at).is_some_and(|line| line.mark == Mark::Table);
        let above = !lines[index].after_blank && index > 0 && is_row(index - 1);
        let below = lines.get(index + 1).is_some_and(|line| !line.after_blank) && is_row(index + 1);
        if is_row(index) && !above && !below {
            lines[index].mark = Mark::Plain;
        }
    }
}

/// How a line opens, and the length of its marker.
fn mark(line: &str) -> (Mark, usize) {
    if line.len() >= 3
        && line
            .chars()
            .all(|c| matches!(c, '-' | '*' | '_' | '=' | '~' | '#' | '•' | '.' | ' '))
        && !line.starts_with('.')
    {
        return (Mark::Rule, 0);
    }
    if let Some(rest) = line.strip_prefix('>') {
        let content = rest.trim_start();
        return if content.is_empty() {
            (Mark::Rule, 0)
        } else {
            (Mark::Quote, line.len() - content.len())
        };
    }
    if line.contains('\t') || line.matches('|').count() >= 2 {
        return (Mark::Table, 0);
    }
    let marker = marker(line);
    if marker > 0 {
        (Mark::Bullet, marker)
    } else {
        (Mark::Plain, 0)
    }
}

/// The length of a list marker: `* `, `- `, `– `, `• `, `1. `, `1) `, `a) `. The em dash opens a line of dialogue.
fn marker(line: &str) -> usize {
    let Some(first) = line.chars().next() else {
        return 0;
    };
    let after = match first {
        '*' | '-' | '–' | '+' => first.len_utf8(),
        '•' | '‣' | '▪' | '■' | '●' | '◦' => {
            let rest = line[first.len_utf8()..].trim_start();
            return if rest.is_empty() {
                0
            } else {
                line.len() - rest.len()
            };
        }
        '0'..='9' => {
            let digits = line.bytes().take_while(u8::is_ascii_digit).count();
            if digits > 2 || !line[digits..].starts_with(['.', ')']) {
                return 0;
            }
            digits + 1
        }
        'a'..='h' if line[1..].starts_with(')') => 2,
        _ => return 0,
    };
    let rest = &line[after..];
    let content = rest.trim_start();
    // `-5 %` and `14.30` are figures; `1. 5 %` is too likely one.
    let listed = content.len() < rest.len() && !content.is_empty();
    let counted = first.is_ascii_digit() && content.starts_with(|c: char| c.is_ascii_digit());
    if listed && !counted {
        line.len() - content.len()
    } else {
        0
    }
}
