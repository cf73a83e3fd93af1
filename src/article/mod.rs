//! Bytes → body → blocks.
//!
//! In: the bytes of a file, or a text. Out: an [`Article`], which is the **body** (UTF-8, otherwise untouched: line
//! ends, spaces and quotation marks stay as they came) and its [`Block`]s, which are spans of the body. Laws: blocks
//! stand in reading order, share no byte, and every byte that is not white space lies in one.
//!
//! # Not done
//! No character set is guessed: a file that is not UTF-8 is refused, and the error says how to convert it.

mod kind;
mod markdown;
mod shape;
mod text;

use std::path::Path;

use crate::span::Span;

/// How the body is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Format {
    /// Plain text, hard-wrapped or not, clean or pasted from a wire.
    #[default]
    Text,
    /// Markdown (`CommonMark`, with tables and front matter).
    Markdown,
}

impl Format {
    /// The format a file name promises: Markdown for `.md`, `.markdown`, `.mdown` and `.mkd`, else plain text.
    #[must_use]
    pub fn of_path(path: &Path) -> Self {
        let extension = path
            .extension()
            .and_then(|extension| extension.to_str())
            .unwrap_or_default();
        let markdown = ["md", "markdown", "mdown", "mkd"]
            .iter()
            .any(|known| extension.eq_ignore_ascii_case(known));
        if markdown { Self::Markdown } else { Self::Text }
    }
}

/// What part of an article a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum BlockKind {
    /// What the agency's machines read: `date 2026-03-04`, `FRANCE-BUDGET/`, front matter. Kept as it stands.
    Slug,
    /// The title of the whole article; at most one.
    Headline,
    /// Who wrote it: `par A et B`.
    Byline,
    /// Where and when: `PARIS, 4 mars (Agence) -`.
    Dateline,
    /// A remark of the desk to its readers: `(Actualisé avec…)`.
    Note,
    /// An item of a list, with its marker.
    Bullet,
    /// The title of a part.
    Heading,
    /// Running text.
    Paragraph,
    /// A block that is a quotation from end to end.
    Quote,
    /// What stands under a picture.
    Caption,
    /// Rows and columns.
    Table,
    /// What is not language: code, mark-up, addresses of links. Kept as it stands.
    Code,
    /// What stands on every article: credits, rights, "read also", rules between parts.
    Boilerplate,
}

/// A part of the body, and what it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Where it stands: bytes of the body, without white space at either end, and with its marker (`* `, `## `).
    pub span: Span,
    /// The part of `span` that is language: without the marker. Never empty.
    pub content: Span,
}

impl Block {
    fn new(kind: BlockKind, span: Span) -> Self {
        Self {
            kind,
            span,
            content: span,
        }
    }
}

/// Why bytes are no article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ArticleError {
    /// The bytes are not UTF-8.
    #[error(
        "not UTF-8 at byte {offset}; convert it first, for instance with `iconv -f WINDOWS-1252 -t UTF-8`"
    )]
    NotUtf8 {
        /// The first byte that is wrong.
        offset: usize,
    },
    /// The bytes are UTF-16, with a byte order mark.
    #[error("this is UTF-16; convert it first, for instance with `iconv -f UTF-16 -t UTF-8`")]
    Utf16,
    /// The bytes are no text at all.
    #[error(
        "a NUL at byte {offset}: this is a binary file, not a text; give the article as plain text or Markdown"
    )]
    Binary {
        /// The first NUL.
        offset: usize,
    },
    /// Nothing but white space.
    #[error("the article is empty; give a text with at least one word")]
    Empty,
}

/// An article: its body and the blocks it consists of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Article {
    body: String,
    format: Format,
    blocks: Vec<Block>,
}

impl Article {
    /// Reads an article from the bytes of a file. A byte order mark is dropped; offsets count from after it.
    ///
    /// # Errors
    /// If the bytes are not UTF-8, are no text, or hold nothing but white space.
    pub fn decode(bytes: &[u8], format: Format) -> Result<Self, ArticleError> {
        if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
            return Err(ArticleError::Utf16);
        }
        let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
        // Before UTF-8: what is binary has both, and "convert it" would be wrong advice.
        if let Some(offset) = bytes.iter().position(|&byte| byte == 0) {
            return Err(ArticleError::Binary { offset });
        }
        let body = std::str::from_utf8(bytes).map_err(|error| ArticleError::NotUtf8 {
            offset: error.valid_up_to(),
        })?;
        if body.trim().is_empty() {
            return Err(ArticleError::Empty);
        }
        Ok(Self::parse(body.to_owned(), format))
    }

    /// Takes a body apart. Never fails: a body of nothing but white space has no block.
    #[must_use]
    pub fn parse(body: String, format: Format) -> Self {
        let blocks = match format {
            Format::Text => text::blocks(&body),
            Format::Markdown => markdown::blocks(&body),
        };
        Self { body, format, blocks }
    }

    /// The text that all spans count in.
    #[must_use]
    pub fn body(&self) -> &str {
        &self.body
    }

    /// How the body is written.
    #[must_use]
    pub fn format(&self) -> Format {
        self.format
    }

    /// The blocks, in reading order.
    #[must_use]
    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// The words of the headline, without its marker, if the article has one.
    #[must_use]
    pub fn headline(&self) -> Option<&str> {
        let headline = self.blocks.iter().find(|block| block.kind == BlockKind::Headline);
        headline.map(|block| block.content.of(&self.body))
    }
}

/// `span` of `body` without the white space at its ends, unless nothing else is there.
fn trimmed(body: &str, span: Span) -> Option<Span> {
    let part = span.of(body);
    let kept = part.trim();
    let start = span.start + (part.len() - part.trim_start().len());
    (!kept.is_empty()).then(|| Span::new(start, start + kept.len()))
}
