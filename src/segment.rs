//! Article → segments → chunks: what a model is asked to translate, and how much of it at a time.
//!
//! A **segment** is a block, or a part of one that is too long for a request; it is the unit of request, reply, check
//! and repair, and has a name that lasts (`b7`, `b7.2`). A **chunk** is a run of segments that goes out in one request.
//! Laws: separators and segments in turn are the body, byte for byte; the chunks are the segments, in order; a chunk
//! over the budget is one segment that nothing could cut, and says `oversize`.
//!
//! A block is cut only if it exceeds the budget by itself: after a sentence; within a sentence that does, after a
//! clause; within a clause that does, at white space between two letters, so that `1 250` and `M. Durand` stay whole.
//! Tables are cut between rows only.
//!
//! # Not done
//! A word, or a row of a table, that is longer than the budget stays whole.

use std::fmt;
use std::ops::Range;
use std::str::FromStr;

use crate::article::{Article, Block, BlockKind};
use crate::sentence::sentences;
use crate::span::Span;
use crate::tokens::{Tokenizer, Tokens};

/// The name of a segment: `b7` for the seventh block, `b7.2` for the second part of it. Sorts in reading order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SegmentId {
    /// Which block, from 1.
    pub block: u32,
    /// Which part of it, from 1; 0 for a block that is whole.
    pub part: u32,
}

impl fmt::Display for SegmentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.part {
            0 => write!(f, "b{}", self.block),
            part => write!(f, "b{}.{part}", self.block),
        }
    }
}

impl serde::Serialize for SegmentId {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// Not the name of a segment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not the name of a segment; such names are `b7` or `b7.2`")]
pub struct NoSegmentId;

impl FromStr for SegmentId {
    type Err = NoSegmentId;

    /// Reads what `Display` writes and nothing else: `b07`, `B7` and `b7.0` are no names.
    fn from_str(name: &str) -> Result<Self, NoSegmentId> {
        let number = |digits: &str| {
            let plain = digits.bytes().all(|b| b.is_ascii_digit()) && !digits.starts_with('0');
            digits.parse().ok().filter(|_| plain).ok_or(NoSegmentId)
        };
        let rest = name.strip_prefix('b').ok_or(NoSegmentId)?;
        let (block, part) = match rest.split_once('.') {
            Some((block, part)) => (number(block)?, number(part)?),
            None => (number(rest)?, 0),
        };
        Ok(Self { block, part })
    }
}

/// A block, or a part of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Segment {
    /// Its name.
    pub id: SegmentId,
    /// What its block is.
    pub kind: BlockKind,
    /// Where it stands in the body, without the block's marker and the white space around it.
    pub span: Span,
    /// Whether it is language. What is not (code, slugs, text without a letter) is not sent and stays as it stands.
    pub translatable: bool,
    /// Its length; 0 if it is not sent.
    pub tokens: Tokens,
}

/// Segments that go out together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chunk {
    /// Which: indices into [`Plan::segments`]. May hold segments that are not sent.
    pub segments: Range<usize>,
    /// The sum of their lengths.
    pub tokens: Tokens,
    /// Whether it exceeds the budget: it then holds a single segment that is sent.
    pub oversize: bool,
}

/// An article cut for a model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// In reading order.
    pub segments: Vec<Segment>,
    /// In reading order; together they hold every segment once. None for an article without a block.
    pub chunks: Vec<Chunk>,
}

impl Plan {
    /// Cuts an article into segments of at most `budget` and packs them, in order, into chunks of at most `budget`.
    #[must_use]
    pub fn new(article: &Article, tokenizer: &dyn Tokenizer, budget: Tokens) -> Self {
        let cutter = Cutter {
            body: article.body(),
            tokenizer,
            budget,
        };
        let mut segments = Vec::new();
        for (index, block) in article.blocks().iter().enumerate() {
            cutter.cut(u32::try_from(index + 1).unwrap_or(u32::MAX), block, &mut segments);
        }
        let chunks = pack(&segments, budget);
        Self { segments, chunks }
    }

    /// What stands between the segments: before each of them, and after the last; one more than there are segments.
    /// Put in turn with the segments' texts they are the body.
    #[must_use]
    pub fn separators<'a>(&self, body: &'a str) -> Vec<&'a str> {
        let starts = self
            .segments
            .iter()
            .map(|segment| segment.span.start)
            .chain([body.len()]);
        let ends = [0]
            .into_iter()
            .chain(self.segments.iter().map(|segment| segment.span.end));
        ends.zip(starts).map(|(end, start)| &body[end..start]).collect()
    }
}

/// Fills chunk after chunk, in order. What is not sent costs nothing and goes where it stands.
fn pack(segments: &[Segment], budget: Tokens) -> Vec<Chunk> {
    let mut chunks: Vec<Chunk> = Vec::new();
    for (index, segment) in segments.iter().enumerate() {
        match chunks.last_mut() {
            Some(chunk)
                if segment.tokens == Tokens(0)
                    || chunk.tokens == Tokens(0)
                    || chunk.tokens + segment.tokens <= budget =>
            {
                chunk.segments.end = index + 1;
                chunk.tokens += segment.tokens;
            }
            _ => chunks.push(Chunk {
                segments: index..index + 1,
                tokens: segment.tokens,
                oversize: false,
            }),
        }
    }
    for chunk in &mut chunks {
        chunk.oversize = chunk.tokens > budget;
    }
    chunks
}

/// A piece of a block that may end a part, with the white space before it, and its length.
struct Unit {
    span: Span,
    tokens: Tokens,
}

struct Cutter<'a> {
    body: &'a str,
    tokenizer: &'a dyn Tokenizer,
    budget: Tokens,
}

impl Cutter<'_> {
    fn count(&self, span: Span) -> Tokens {
        self.tokenizer.count(span.of(self.body))
    }

    fn cut(&self, number: u32, block: &Block, segments: &mut Vec<Segment>) {
        let span = block.content;
        let machine = matches!(block.kind, BlockKind::Code | BlockKind::Slug);
        let translatable = !machine && span.of(self.body).chars().any(char::is_alphabetic);
        let whole = Segment {
            id: SegmentId {
                block: number,
                part: 0,
            },
            kind: block.kind,
            span,
            translatable,
            tokens: Tokens(0),
        };
        if !translatable {
            segments.push(whole);
            return;
        }
        let tokens = self.count(span);
        if tokens <= self.budget {
            segments.push(Segment { tokens, ..whole });
            return;
        }
        let mut parts = self.parts(&self.units(span, block.kind));
        if let [only] = &mut parts[..] {
            only.0 = span;
            segments.push(Segment { tokens, ..whole });
            return;
        }
        for (part, (span, tokens)) in (1..).zip(parts) {
            segments.push(Segment {
                id: SegmentId { part, ..whole.id },
                span,
                tokens,
                ..whole
            });
        }
    }

    /// The finest pieces a block need be taken apart into: sentences; clauses of those that are too long; words of
    /// clauses that are. Each level counts each byte once, so the whole costs a multiple of the block's length.
    fn units(&self, block: Span, kind: BlockKind) -> Vec<Unit> {
        let text = block.of(self.body);
        if kind == BlockKind::Table {
            let rows = text.split_inclusive('\n').scan(0, |at, row| {
                *at += row.len();
                Some(*at)
            });
            return self.between(block, rows);
        }
        let mut units = Vec::new();
        for sentence in self.between(block, sentences(text).into_iter().map(|sentence| sentence.end)) {
            if sentence.tokens <= self.budget {
                units.push(sentence);
                continue;
            }
            for clause in self.between(sentence.span, cuts(sentence.span.of(self.body), ends_clause)) {
                if clause.tokens <= self.budget {
                    units.push(clause);
                } else {
                    units.extend(
                        self.between(clause.span, cuts(clause.span.of(self.body), char::is_alphabetic)),
                    );
                }
            }
        }
        units
    }

    /// The pieces of `span` that end at `ends` (offsets into it, rising) and at its end.
    fn between(&self, span: Span, ends: impl Iterator<Item = usize>) -> Vec<Unit> {
        let mut units: Vec<Unit> = Vec::new();
        let mut start = span.start;
        for end in ends.map(|end| span.start + end).chain([span.end]) {
            // White space at the end is no piece of its own.
            if self.body[start..end].trim().is_empty() {
                continue;
            }
            let span = Span::new(start, end);
            units.push(Unit {
                span,
                tokens: self.count(span),
            });
            start = end;
        }
        if let Some(last) = units.last_mut() {
            last.span.end = span.end;
        }
        units
    }

    /// Packs units into parts within the budget; a unit that is not within it is a part by itself.
    fn parts(&self, units: &[Unit]) -> Vec<(Span, Tokens)> {
        let mut parts = Vec::new();
        let mut first = 0;
        while first < units.len() {
            let mut sum = units[first].tokens;
            let mut next = first + 1;
            while next < units.len() && sum + units[next].tokens <= self.budget {
                sum += units[next].tokens;
                next += 1;
            }
            // What is sent has no white space around it, and that can be a token more than the sum: so the part itself
            // is counted. Doubled steps keep the number of counts small whatever the tokenizer.
            let (mut span, mut tokens) = self.part(units, first, next);
            let mut step = 1;
            while tokens > self.budget && next - first > 1 {
                next = next.saturating_sub(step).max(first + 1);
                step *= 2;
                (span, tokens) = self.part(units, first, next);
            }
            parts.push((span, tokens));
            first = next;
        }
        parts
    }

    fn part(&self, units: &[Unit], first: usize, next: usize) -> (Span, Tokens) {
        let (start, end) = (units[first].span.start, units[next - 1].span.end);
        let text = &self.body[start..end];
        let start = start + (text.len() - text.trim_start().len());
        let span = Span::new(start, start + text.trim().len());
        (span, self.count(span))
    }
}

/// Where a text may be cut: before white space that stands after a character `before` accepts and before a letter.
fn cuts(text: &str, before: impl Fn(char) -> bool) -> impl Iterator<Item = usize> {
    let mut last = None;
    let mut candidate = None;
    text.char_indices().filter_map(move |(at, c)| {
        let cut = if c.is_whitespace() {
            if last.is_some_and(&before) {
                candidate = Some(at);
            }
            None
        } else {
            // A quotation mark or bracket may open the next clause; it does not follow a letter as part of a word.
            candidate
                .take()
                .filter(|_| c.is_alphabetic() || matches!(c, '«' | '“' | '"' | '('))
        };
        last = Some(c);
        cut
    })
}

/// A mark that ends a clause: a comma between figures (`3, 5 et 7`) is followed by no letter, so it ends none.
fn ends_clause(c: char) -> bool {
    matches!(
        c,
        ',' | ';' | ':' | '—' | '–' | ')' | '»' | '”' | '.' | '!' | '?' | '…'
    )
}
