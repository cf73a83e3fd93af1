//! Translated segments → one English text that still knows where each part came from.
//!
//! In: the body, its plan, the segments after translation. Out: a [`Document`]. Law: what stands between the segments
//! is the body's own, byte for byte; a hole is marked where it stands and keeps its French.

use crate::article::Article;
use crate::segment::{Plan, SegmentId};
use crate::span::Span;
use crate::translate::{Rendering, Translated};

/// The English of an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// The text.
    pub text: String,
    /// Where each segment stands in it, in order.
    pub parts: Vec<Part>,
}

/// One segment's place in the English.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// Which segment.
    pub id: SegmentId,
    /// Bytes into [`Document::text`], a hole's marks included.
    pub span: Span,
    /// Whether it is not translated.
    pub is_hole: bool,
}

impl Document {
    /// Puts the segments back where they stood. `translated` holds every segment of `plan`, in its order.
    #[must_use]
    pub fn assemble(article: &Article, plan: &Plan, translated: &[Translated]) -> Self {
        debug_assert_eq!(
            plan.segments.len(),
            translated.len(),
            "segments in = segments out"
        );
        let body = article.body();
        let mut text = String::with_capacity(body.len());
        let mut parts = Vec::with_capacity(translated.len());
        let mut end = 0;
        for (segment, translated) in plan.segments.iter().zip(translated) {
            text.push_str(&body[end..segment.span.start]);
            end = segment.span.end;
            let start = text.len();
            let source = segment.span.of(body);
            match &translated.rendering {
                Rendering::AsIs => text.push_str(source),
                Rendering::English(english) => text.push_str(english),
                Rendering::Hole(reason) => {
                    text.push_str("[NOT TRANSLATED: ");
                    // The reason may quote a server; it must not break the mark.
                    text.extend(reason.chars().map(|c| {
                        if matches!(c, '[' | ']' | '\n' | '\r') {
                            ' '
                        } else {
                            c
                        }
                    }));
                    text.push_str("] ");
                    text.push_str(source);
                    text.push_str(" [END]");
                }
            }
            let is_hole = matches!(translated.rendering, Rendering::Hole(_));
            parts.push(Part {
                id: translated.id,
                span: Span::new(start, text.len()),
                is_hole,
            });
        }
        text.push_str(&body[end..]);
        Self { text, parts }
    }

    /// Whether every segment is translated.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        !self.parts.iter().any(|part| part.is_hole)
    }
}
