//! Gives each piece of the body its kind, and takes apart what a paste has glued together.
//!
//! In: pieces (runs of text that line ends have kept together), in reading order. Out: blocks. What a piece may be
//! depends on what came before it: a headline stands above the first paragraph, a parenthesis up there is a note.

use super::{Block, BlockKind, shape, trimmed};
use crate::sentence::is_terminated;
use crate::span::Span;

/// A headline is rarely longer, in bytes; what is longer is a paragraph that lost its full stop.
const LONGEST_HEADLINE: usize = 400;
/// The same of the heading of a part.
const LONGEST_HEADING: usize = 140;

/// How far down the article we are.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    /// Nothing but slugs so far.
    Top,
    /// No running text so far.
    Front,
    Text,
}

/// The blocks read so far, and what that says about the next.
pub(super) struct Reader<'a> {
    body: &'a str,
    blocks: Vec<Block>,
    place: Place,
    headline: bool,
    /// Whether titles are recognised by their shape; not where mark-up says what is a title.
    by_shape: bool,
}

impl<'a> Reader<'a> {
    pub(super) fn new(body: &'a str, by_shape: bool) -> Self {
        Self {
            body,
            blocks: Vec::new(),
            place: Place::Top,
            headline: false,
            by_shape,
        }
    }

    pub(super) fn into_blocks(self) -> Vec<Block> {
        self.blocks
    }

    /// Takes in a block whose kind is known. A heading above all text, the first of its kind, is the headline.
    pub(super) fn push(&mut self, mut block: Block) {
        if block.kind == BlockKind::Heading && (self.place < Place::Text) && !self.headline {
            block.kind = BlockKind::Headline;
        }
        self.headline |= block.kind == BlockKind::Headline;
        let place = match block.kind {
            BlockKind::Slug => Place::Top,
            BlockKind::Paragraph | BlockKind::Quote | BlockKind::Heading => Place::Text,
            _ => Place::Front,
        };
        self.place = self.place.max(place);

        self.blocks.push(block);
    }

    fn push_as(&mut self, kind: BlockKind, start: usize, end: usize) {
        if let Some(span) = trimmed(self.body, Span::new(start, end)) {
            self.push(Block::new(kind, span));
        }
    }

    /// Takes in a piece of plain text; `last` if nothing follows it.
    pub(super) fn read(&mut self, piece: Span, last: bool) {
        let mut at = piece.start;
        // Each turn takes a part off the head; what is left is read as the rest of the piece.
        while let Some(rest) = trimmed(self.body, Span::new(at, piece.end)) {
            let text = rest.of(self.body);
            let Some((kind, len)) = self.head(text) else {
                self.read_rest(rest, last);
                return;
            };
            self.push_as(kind, rest.start, rest.start + len);
            at = rest.start + len;
        }
    }

    /// The part that a piece opens with and that is no running text, and its length.
    fn head(&self, text: &str) -> Option<(BlockKind, usize)> {
        if self.place == Place::Top
            && let Some(len) = shape::slug(text)
        {
            return Some((BlockKind::Slug, len));
        }
        if shape::is_boilerplate(text) {
            return Some((BlockKind::Boilerplate, text.len()));
        }
        // A parenthesis with text behind it is a note only if that text is a byline or the note is the desk's.
        if let Some(len) = shape::note(text, self.place < Place::Text)
            && (len == text.len()
                || shape::note(text, false).is_some()
                || shape::is_byline(text[len..].trim_start()))
        {
            return Some((BlockKind::Note, len));
        }
        if shape::is_byline(text) {
            return Some((BlockKind::Byline, text.len()));
        }
        if shape::is_caption(text) {
            return Some((BlockKind::Caption, text.len()));
        }
        // Not in a headline: `LYON - Le maire démissionne` above all else is one.
        if self.place < Place::Text
            && let Some(len) = shape::dateline(text)
            && (self.place > Place::Top || len == text.len() || is_terminated(text))
        {
            return Some((BlockKind::Dateline, len));
        }
        shape::capitals(text).map(|len| (BlockKind::Heading, len))
    }

    fn read_rest(&mut self, rest: Span, last: bool) {
        let text = rest.of(self.body);
        if let Some(at) = shape::trailer(text) {
            self.read_rest_kind(Span::new(rest.start, rest.start + at), false);
            self.push_as(BlockKind::Boilerplate, rest.start + at, rest.end);
        } else {
            self.read_rest_kind(rest, last);
        }
    }

    fn read_rest_kind(&mut self, rest: Span, last: bool) {
        let Some(rest) = trimmed(self.body, rest) else {
            return;
        };
        let text = rest.of(self.body);
        let titled = self.by_shape && !last && is_title(text);
        let kind = if titled && (self.place < Place::Text) && !self.headline && text.len() <= LONGEST_HEADLINE
        {
            BlockKind::Headline
        } else if shape::is_quotation(text) {
            BlockKind::Quote
        } else if titled && text.len() <= LONGEST_HEADING && !is_terminated(text) {
            BlockKind::Heading
        } else {
            BlockKind::Paragraph
        };
        self.push(Block::new(kind, rest));
    }
}

/// Whether a text may be a title: it opens as one and does not end as a sentence does. A question may be one.
fn is_title(text: &str) -> bool {
    let opens =
        text.starts_with(|c: char| c.is_uppercase() || c.is_numeric() || matches!(c, '«' | '"' | '“'));
    let bare = text.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '»' | '”' | ')'));
    opens && !bare.ends_with(['.', ':', ';', ','])
}
