//! The marks of a text: what is emphasised, linked, listed, by Markdown or by HTML.
//!
//! In: a text. Out: its [`Mark`]s, in reading order, with what must be the same in a translation of each.

use pulldown_cmark::{BrokenLink, CodeBlockKind, CowStr, Event, LinkType, Options, Parser, Tag};

use crate::span::Span;

/// What a mark does to what it marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Kind {
    Strong,
    Emphasis,
    Struck,
    Code,
    Link,
    Image,
    Footnote,
    Tag,
    Heading,
    Item,
    Task,
    Quote,
    Table,
    Fence,
    /// An HTML entity: not a mark, but what keeps a character from being one.
    Escape,
}

impl Kind {
    pub(super) fn noun(self) -> &'static str {
        match self {
            Self::Strong => "bold type",
            Self::Emphasis => "italics",
            Self::Struck => "line through words",
            Self::Code => "code",
            Self::Link => "link",
            Self::Image => "image",
            Self::Footnote => "footnote",
            Self::Tag => "HTML tag",
            Self::Heading => "heading",
            Self::Item => "item of a list",
            Self::Task => "box to tick",
            Self::Quote => "block quotation",
            Self::Table => "table",
            Self::Fence => "block of code",
            Self::Escape => "entity",
        }
    }

    /// The article that goes before the noun, where one does.
    pub(super) fn article(self) -> &'static str {
        match self {
            Self::Strong | Self::Emphasis | Self::Code => "mere",
            Self::Image | Self::Tag | Self::Item | Self::Escape => "an",
            _ => "a",
        }
    }

    /// The sort of which one may stand where another should: italics for bold type.
    pub(super) fn sort(self) -> Self {
        match self {
            Self::Strong | Self::Emphasis | Self::Struck => Self::Strong,
            other => other,
        }
    }
}

/// One mark, with what it marks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mark<'t> {
    pub kind: Kind,
    /// All of it, marks included.
    pub span: Span,
    /// What must be the same in a translation: address, code, label, tag, level, rows and columns.
    pub key: String,
    /// What is marked.
    pub words: &'t str,
}

impl Mark<'_> {
    /// How what is marked begins: enough to know it again, however deep marks are nested.
    pub(super) fn opening(&self) -> &str {
        &self.words[..self.words.floor_char_boundary(60)]
    }
}

fn options() -> Options {
    Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS
}

/// The definition of a link may stand in another part of the article: `[text][name]` is a link all the same. `[text]`
/// alone is not, for people write `[sic]`.
fn elsewhere<'t>(link: BrokenLink<'t>) -> Option<(CowStr<'t>, CowStr<'t>)> {
    matches!(link.link_type, LinkType::Reference | LinkType::Collapsed).then(|| (link.reference, "".into()))
}

/// Every mark of a text.
pub(super) fn marks(text: &str) -> Vec<Mark<'_>> {
    let mut found = Vec::new();
    let mut push = |kind: Kind, span: Span, key: String, words: Span| {
        let words = words.of(text);
        found.push(Mark {
            kind,
            span,
            key,
            words,
        });
    };
    let mut ordered: Vec<bool> = Vec::new();
    // The table that is open: where its mark will stand, its rows and columns.
    let mut table: Option<(Span, usize, usize)> = None;
    let parser = Parser::new_with_broken_link_callback(text, options(), Some(elsewhere));
    for (event, range) in parser.into_offset_iter() {
        let span = Span::new(range.start, range.end);
        let raw = span.of(text);
        match event {
            Event::Start(Tag::Strong) => push(Kind::Strong, span, String::new(), inner(text, span, 2)),
            Event::Start(Tag::Emphasis) => push(Kind::Emphasis, span, String::new(), inner(text, span, 1)),
            Event::Start(Tag::Strikethrough) => {
                let width = if raw.starts_with("~~") { 2 } else { 1 };
                push(Kind::Struck, span, String::new(), inner(text, span, width));
            }
            Event::Code(code) => push(Kind::Code, span, code.to_string(), span),
            // An address between angle brackets is an address; other checks read it.
            Event::Start(Tag::Link {
                link_type: LinkType::Autolink | LinkType::Email,
                ..
            }) => {}
            Event::Start(Tag::Link { dest_url, .. }) => {
                push(Kind::Link, span, dest_url.to_string(), inner(text, span, 0));
            }
            Event::Start(Tag::Image { dest_url, .. }) => {
                push(Kind::Image, span, dest_url.to_string(), inner(text, span, 0));
            }
            Event::Start(Tag::Heading { level, .. }) => {
                push(Kind::Heading, span, format!("level {}", level as usize), span);
            }
            Event::Start(Tag::List(first)) => ordered.push(first.is_some()),
            Event::End(pulldown_cmark::TagEnd::List(_)) => {
                ordered.pop();
            }
            Event::Start(Tag::Item) => {
                let key = if ordered.last() == Some(&true) {
                    "numbered"
                } else {
                    "plain"
                };
                push(Kind::Item, span, key.to_owned(), span);
            }
            Event::TaskListMarker(done) => push(Kind::Task, span, done.to_string(), span),
            Event::Start(Tag::BlockQuote(_)) => push(Kind::Quote, span, String::new(), span),
            Event::Start(Tag::Table(columns)) => table = Some((span, 0, columns.len())),
            Event::Start(Tag::TableRow | Tag::TableHead) => {
                if let Some((_, rows, _)) = &mut table {
                    *rows += 1;
                }
            }
            Event::End(pulldown_cmark::TagEnd::Table) => {
                if let Some((span, rows, columns)) = table.take() {
                    push(Kind::Table, span, format!("{rows} rows, {columns} columns"), span);
                }
            }
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(language))) => {
                push(Kind::Fence, span, language.to_string(), span);
            }
            Event::Html(_) | Event::InlineHtml(_) => tags(text, span, &mut push),
            Event::Text(shown) if raw.len() > 2 && raw.starts_with('&') && raw.ends_with(';') => {
                push(Kind::Escape, span, shown.to_string(), span);
            }
            _ => {}
        }
    }
    footnotes(text, &mut push);
    found.retain(|mark| !is_ordinal(mark));
    found.sort_by_key(|mark| (mark.span.start, std::cmp::Reverse(mark.span.end)));
    found
}

/// The text as a reader sees it, code left out.
pub(super) fn rendered(text: &str) -> String {
    let mut shown = String::new();
    for event in Parser::new_ext(text, options()) {
        match event {
            Event::Text(words) => shown += &words,
            Event::SoftBreak | Event::HardBreak | Event::End(_) => shown.push(' '),
            _ => {}
        }
    }
    shown
}

/// What stands between marks of `width` at both ends; of a link (width 0), its words.
fn inner(text: &str, span: Span, width: usize) -> Span {
    let raw = span.of(text);
    let (start, end) = if width == 0 {
        let start = raw.find('[').map_or(0, |at| at + 1);
        (
            start,
            raw.rfind(']')
                .map_or(raw.len(), |_| raw.find(']').unwrap_or(raw.len())),
        )
    } else {
        (width, raw.len().saturating_sub(width))
    };
    let (start, end) = (raw.floor_char_boundary(start), raw.floor_char_boundary(end));
    Span::new(span.start + start.min(end), span.start + end)
}

/// HTML that shows: others (`<AIR.PA>`, `<think>`) are words between angle brackets.
const TAGS: &[&str] = &[
    "a",
    "abbr",
    "aside",
    "b",
    "blockquote",
    "br",
    "cite",
    "code",
    "dd",
    "del",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "iframe",
    "img",
    "ins",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "pre",
    "q",
    "s",
    "section",
    "small",
    "span",
    "strike",
    "strong",
    "sub",
    "sup",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "u",
    "ul",
    "video",
];

fn tags(text: &str, html: Span, push: &mut impl FnMut(Kind, Span, String, Span)) {
    let raw = html.of(text);
    let mut at = 0;
    while let Some(open) = raw[at..].find('<').map(|found| at + found) {
        let Some(end) = raw[open..].find('>').map(|found| open + found + 1) else {
            return;
        };
        at = end;
        let body = raw[open + 1..end - 1].trim_end_matches('/').trim();
        let (slash, body) = match body.strip_prefix('/') {
            Some(body) => ("/", body),
            None => ("", body),
        };
        let name = body
            .split(|c: char| !c.is_ascii_alphanumeric())
            .next()
            .unwrap_or_default();
        let name = name.to_ascii_lowercase();
        if TAGS.binary_search(&name.as_str()).is_err() {
            continue;
        }
        let span = Span::new(html.start + open, html.start + end);
        let words = text[span.end..].split('<').next().unwrap_or_default();
        let words = Span::new(span.end, span.end + words.len());
        let attribute = |key: &str| {
            let value = body.split_once(key)?.1;
            let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
            let value = value.trim_start_matches(['"', '\'']);
            let ends = |c: char| quote.map_or(c.is_whitespace(), |quote| c == quote);
            Some(value.split(ends).next().unwrap_or_default().to_owned())
        };
        let (kind, key) = match (slash, name.as_str()) {
            ("", "b" | "strong") => (Kind::Strong, String::new()),
            ("", "i" | "em" | "cite") => (Kind::Emphasis, String::new()),
            ("", "s" | "del" | "strike") => (Kind::Struck, String::new()),
            ("", "a") => (Kind::Link, attribute("href=").unwrap_or_default()),
            ("", "img") => (Kind::Image, attribute("src=").unwrap_or_default()),
            ("", "h1" | "h2" | "h3" | "h4" | "h5" | "h6") => (Kind::Heading, format!("level {}", &name[1..])),
            // Both ends of what has a kind of its own count once.
            (
                "/",
                "b" | "strong" | "i" | "em" | "cite" | "s" | "del" | "strike" | "a" | "h1" | "h2" | "h3"
                | "h4" | "h5" | "h6",
            ) => continue,
            (slash, name) => (Kind::Tag, format!("{slash}{name}")),
        };
        push(kind, span, key, words);
    }
}

/// `[^1]`, wherever the note itself stands.
fn footnotes(text: &str, push: &mut impl FnMut(Kind, Span, String, Span)) {
    for (at, open) in text.match_indices("[^") {
        let start = at + open.len();
        // No label is longer, and the scan stays linear where none ends.
        let label = &text[start..text.floor_char_boundary(start + 64)];
        let label = label.split([']', '\n', ' ']).next().unwrap_or_default();
        let end = start + label.len();
        if !label.is_empty() && text[end..].starts_with(']') {
            push(
                Kind::Footnote,
                Span::new(at, end + 1),
                label.to_owned(),
                Span::new(start, end),
            );
        }
    }
}

/// `XX<sup>e</sup>`, `M<sup>me</sup>`, *20<sup>th</sup>*: raised letters are spelling, not structure, and the other
/// language spells otherwise (Imprimerie nationale, *Lexique des règles typographiques*).
fn is_ordinal(mark: &Mark<'_>) -> bool {
    let raised = matches!(
        mark.words,
        "e" | "er"
            | "re"
            | "ère"
            | "es"
            | "ème"
            | "eme"
            | "ième"
            | "o"
            | "os"
            | "me"
            | "mes"
            | "lle"
            | "lles"
            | "d"
            | "de"
            | "r"
            | "gr"
            | "st"
            | "nd"
            | "nde"
            | "rd"
            | "th"
    );
    mark.kind == Kind::Tag && (mark.key == "/sup" || (mark.key == "sup" && raised))
}

/// Leaves what no plain text holds by chance: a star may stand for a letter or for a note, a hash for a number, a dash
/// for a speaker, a word between angle brackets for an address.
pub(super) fn keep_the_sure(text: &str, marks: &mut Vec<Mark<'_>>) {
    let stands_free = |span: Span| {
        let before = text[..span.start].chars().next_back();
        let after = text[span.end..].chars().next();
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    };
    let starts_a_word = |words: &str| {
        words.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '«' | '“' | '"' | '[' | '‘'))
            && words.contains(char::is_alphabetic)
    };
    // Two items, and none of them spoken: a dialogue has dashes too.
    let items: Vec<_> = marks.iter().filter(|mark| mark.kind == Kind::Item).collect();
    let spoken = |mark: &&Mark<'_>| mark.words.trim_end().ends_with(['?', '!', '…', '"', '»', '”']);
    let listed = items.len() >= 2 && !items.iter().any(spoken);
    marks.retain(|mark| {
        let raw = mark.span.of(text);
        match mark.kind {
            Kind::Strong | Kind::Emphasis | Kind::Struck => {
                raw.starts_with('<')
                    || (stands_free(mark.span) && starts_a_word(mark.words) && !single_tilde(raw))
            }
            Kind::Heading => raw.starts_with('#') || raw.starts_with('<'),
            Kind::Item => listed,
            Kind::Quote => raw.lines().all(|line| line.trim_start().starts_with("> ")),
            Kind::Link => raw.starts_with('<') || !mark.key.contains(char::is_whitespace),
            _ => true,
        }
    });
}

fn single_tilde(raw: &str) -> bool {
    raw.starts_with('~') && !raw.starts_with("~~")
}
