//! Markdown → blocks, by the byte ranges of `pulldown-cmark`: the source is cut, never rendered back.
//!
//! In: the body. Out: a block for each leaf (heading, paragraph, list item, code, table), whose content leaves the
//! marker out, so that `## `, `- ` and `> ` need not pass through a model. Bytes that no leaf covers (markers, link
//! definitions, closing fences) go to the leaf of their line, else they are a block of code: law as for plain text.
//!
//! # Not done
//! A quotation or list inside a paragraph's continuation lines keeps its `>` in the content. MDX is prose.

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

use super::kind::Reader;
use super::{Block, BlockKind, shape, trimmed};
use crate::sentence::{is_french_word, runs_on};
use crate::span::Span;

/// A leaf of the document: what it is, all of it, and the part that is language.
struct Leaf {
    kind: BlockKind,
    span: Span,
    content: Span,
}

pub(super) fn blocks(body: &str) -> Vec<Block> {
    let leaves = rejoined(body, covering(body, leaves(body)));
    let titled = leaves.iter().any(|leaf| leaf.kind == BlockKind::Heading);
    let mut reader = Reader::new(body, !titled);
    let count = leaves.len();
    for (index, leaf) in leaves.into_iter().enumerate() {
        let whole = leaf.span == leaf.content;
        if leaf.kind == BlockKind::Paragraph && whole {
            reader.read(leaf.span, index + 1 == count);
        } else {
            reader.push(Block {
                kind: leaf.kind,
                span: leaf.span,
                content: leaf.content,
            });
        }
    }
    reader.into_blocks()
}

fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
        | Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS
}

/// The leaves in reading order; they do not overlap.
fn leaves(body: &str) -> Vec<Leaf> {
    let mut leaves: Vec<Leaf> = Vec::new();
    let mut quotes = 0_usize;
    let mut items = 0_usize;
    // The leaf that is open: its kind, its range, and the range of what stands in it.
    let mut open: Option<(BlockKind, Span, Option<Span>)> = None;
    let close = |leaves: &mut Vec<Leaf>, open: Option<(BlockKind, Span, Option<Span>)>| {
        if let Some((kind, span, inner)) = open
            && let Some(span) = trimmed(body, span)
        {
            let content = inner.and_then(|inner| trimmed(body, inner)).unwrap_or(span);
            leaves.push(Leaf { kind, span, content });
        }
    };
    for (event, range) in Parser::new_ext(body, options()).into_offset_iter() {
        let span = Span::new(range.start, range.end);
        let prose = if quotes > 0 {
            BlockKind::Quote
        } else if items > 0 {
            BlockKind::Bullet
        } else {
            BlockKind::Paragraph
        };
        match event {
            Event::Start(Tag::BlockQuote(_)) => quotes += 1,
            Event::End(TagEnd::BlockQuote(_)) => {
                close(&mut leaves, open.take());
                quotes -= 1;
            }
            Event::Start(Tag::Item) => {
                // A tight item above, whose text has no paragraph around it, ends where its nested list begins.
                close(&mut leaves, open.take());
                items += 1;
            }
            Event::End(TagEnd::Item) => {
                close(&mut leaves, open.take());
                items -= 1;
            }
            Event::Start(Tag::Paragraph) => open = Some((prose, span, None)),
            Event::Start(Tag::Heading { .. }) => open = Some((BlockKind::Heading, span, None)),
            Event::Start(Tag::Table(_)) => open = Some((BlockKind::Table, span, Some(span))),
            // Text pasted with an indent is text still; a fence says that its author means code.
            Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) if is_french(span.of(body)) => {
                open = Some((prose, span, Some(span)));
            }
            Event::Start(Tag::CodeBlock(_)) => open = Some((BlockKind::Code, span, Some(span))),
            Event::Start(Tag::HtmlBlock) => {
                let kind = if has_text(span.of(body)) {
                    prose
                } else {
                    BlockKind::Code
                };
                open = Some((kind, span, Some(span)));
            }
            Event::Start(Tag::MetadataBlock(_)) => {
                close(&mut leaves, open.take());
                leaves.extend(front_matter(body, span));
            }
            Event::Start(Tag::List(_))
            | Event::End(
                TagEnd::Paragraph
                | TagEnd::Heading(_)
                | TagEnd::Table
                | TagEnd::CodeBlock
                | TagEnd::HtmlBlock,
            ) => close(&mut leaves, open.take()),
            Event::Rule => {
                close(&mut leaves, open.take());
                close(&mut leaves, Some((BlockKind::Boilerplate, span, None)));
            }
            Event::TaskListMarker(_) => {}
            Event::Text(_) if in_front_matter(&leaves, span) => {}
            // Inline: it widens what stands in the open leaf; in a tight item it opens the leaf.
            _ if items > 0 || open.is_some() => {
                let (_, whole, inner) = open.get_or_insert((prose, span, None));
                whole.end = whole.end.max(span.end);
                let inner = inner.get_or_insert(span);
                inner.start = inner.start.min(span.start);
                inner.end = inner.end.max(span.end);
            }
            _ => {}
        }
    }
    close(&mut leaves, open.take());
    leaves
}

/// Whether the text was already read as front matter.
fn in_front_matter(leaves: &[Leaf], span: Span) -> bool {
    leaves.last().is_some_and(|leaf| span.start < leaf.span.end)
}

/// Front matter line by line: what is machine's is a slug, the values of `title` and `description` are language.
fn front_matter(body: &str, span: Span) -> Vec<Leaf> {
    let mut leaves: Vec<Leaf> = Vec::new();
    let mut start = span.start;
    for raw in span.of(body).split_inclusive('\n') {
        let end = start + raw.len();
        if let Some(line) = trimmed(body, Span::new(start, end)) {
            let text = line.of(body);
            let value = text.split_once([':', '=']).and_then(|(key, value)| {
                let kind = match key.trim() {
                    "title" | "titre" => BlockKind::Headline,
                    "description" | "subtitle" | "sous-titre" | "chapô" | "excerpt" | "résumé"
                    | "summary" => BlockKind::Paragraph,
                    _ => return None,
                };
                let quoted = |c: char| c == '"' || c == '\'' || c.is_whitespace();
                let bare = value.trim_matches(quoted);
                // A block scalar (`|`, `>`) has its text on the lines below: left to the machine.
                let language = bare.chars().any(char::is_alphabetic);
                let at = line.end - value.len() + (value.len() - value.trim_start_matches(quoted).len());
                language.then(|| (kind, Span::new(at, at + bare.len())))
            });
            match (value, leaves.last_mut()) {
                (Some((kind, content)), _) => leaves.push(Leaf {
                    kind,
                    span: line,
                    content,
                }),
                (None, Some(last)) if last.kind == BlockKind::Slug => {
                    last.span.end = line.end;
                    last.content.end = line.end;
                }
                (None, _) => leaves.push(Leaf {
                    kind: BlockKind::Slug,
                    span: line,
                    content: line,
                }),
            }
        }
        start = end;
    }
    leaves
}

/// Whether one word in five is a small word of French, as in prose and never in code.
fn is_french(text: &str) -> bool {
    let words = || {
        text.split(|c: char| !c.is_alphabetic())
            .filter(|word| !word.is_empty())
    };
    let small = words().filter(|word| is_french_word(word)).count();
    small >= 3 && small * 5 >= words().count()
}

/// Whether HTML holds words for a reader: outside tags, comments, scripts and styles.
fn has_text(html: &str) -> bool {
    let mut rest = html;
    while let Some((before, after)) = rest.split_once('<') {
        if before.chars().any(char::is_alphabetic) {
            return true;
        }
        let closer = if after.starts_with("!--") {
            "-->"
        } else if after.starts_with("script") {
            "</script>"
        } else if after.starts_with("style") {
            "</style>"
        } else {
            ">"
        };
        match after.split_once(closer) {
            Some((_, after)) => rest = after,
            None => return false,
        }
    }
    rest.chars().any(char::is_alphabetic)
}

/// The leaves, widened to cover every byte that is not white space: what stands on the line of a leaf is its marker,
/// before or behind; what stands on lines of its own is code.
fn covering(body: &str, leaves: Vec<Leaf>) -> Vec<Leaf> {
    let mut covered: Vec<Leaf> = Vec::new();
    let mut at = 0;
    for mut leaf in leaves {
        // Cannot be: leaves do not overlap. Should a parser's range ever, the law holds and the leaf shrinks.
        if leaf.span.end <= at {
            continue;
        }
        leaf.span.start = leaf.span.start.max(at);
        let Some(span) = trimmed(body, leaf.span) else {
            continue;
        };
        leaf.span = span;
        leaf.content = Span::new(
            leaf.content.start.max(span.start).min(span.end),
            leaf.content.end.max(span.start).min(span.end),
        );
        if leaf.content.is_empty() {
            leaf.content = span;
        }
        // The start of the leaf's line, or of the gap.
        let line = body[at..leaf.span.start]
            .rfind(['\n', '\r'])
            .map_or(at, |end| at + end + 1);
        fill(body, &mut covered, at, line);
        if let Some(marker) = trimmed(body, Span::new(line, leaf.span.start)) {
            leaf.span.start = marker.start;
        }
        at = leaf.span.end;
        covered.push(leaf);
    }
    fill(body, &mut covered, at, body.len());
    covered
}

/// Gives the bytes of a gap a place: the first line to the leaf above if it is that leaf's last, the rest to code.
fn fill(body: &str, covered: &mut Vec<Leaf>, start: usize, end: usize) {
    let Some(gap) = trimmed(body, Span::new(start, end)) else {
        return;
    };
    let mut from = gap.start;
    if let Some(above) = covered.last_mut()
        && !body[start..gap.start].contains(['\n', '\r'])
    {
        let line = body[gap.start..gap.end]
            .find(['\n', '\r'])
            .map_or(gap.end, |at| gap.start + at);
        above.span.end = trimmed(body, Span::new(above.span.start, line)).map_or(line, |span| span.end);
        from = line;
    }
    if let Some(span) = trimmed(body, Span::new(from, gap.end)) {
        covered.push(Leaf {
            kind: BlockKind::Code,
            span,
            content: span,
        });
    }
}

/// Paragraphs that a blank line has torn apart in mid-sentence, in one piece again (see [`runs_on`]).
fn rejoined(body: &str, leaves: Vec<Leaf>) -> Vec<Leaf> {
    let mut joined: Vec<Leaf> = Vec::new();
    for leaf in leaves {
        if let Some(above) = joined.last_mut() {
            let plain = |leaf: &Leaf| leaf.kind == BlockKind::Paragraph && leaf.span == leaf.content;
            let (before, after) = (above.span.of(body), leaf.span.of(body));
            let html = before.starts_with('<') || after.starts_with('<');
            if plain(above) && plain(&leaf) && !html && !shape::is_byline(after) && runs_on(before, after) {
                above.span.end = leaf.span.end;
                above.content.end = leaf.span.end;
                continue;
            }
        }
        joined.push(leaf);
    }
    joined
}
