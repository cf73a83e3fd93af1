//! An article: its body, and the blocks it consists of.

use serde::{Deserialize, Serialize};

/// What a block is to the reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum BlockKind {
    /// A line for the desk, not the reader.
    Slug,
    /// The title.
    Headline,
    /// Who wrote it.
    Byline,
    /// Where and when.
    Dateline,
    /// A remark of the editors.
    Note,
    /// An item of a list.
    Bullet,
    /// A heading inside the article.
    Heading,
    /// Running text.
    Paragraph,
    /// A quotation set apart.
    Quote,
    /// Under a picture.
    Caption,
    /// A table.
    Table,
    /// Code.
    Code,
    /// What belongs to the page, not the article.
    Boilerplate,
}
