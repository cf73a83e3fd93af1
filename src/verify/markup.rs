//! Markup: whether what the French sets apart is set apart in the English.
//!
//! In: a French text and its English, and how they are written. Out: `markup.lost` as warnings, and `url.altered` for the
//! address of a link that no other check reads (`/page`). Laws: pure and linear; a plain text raises nothing, and
//! where it is not said how a text is written, only what no plain text holds by chance counts as markup.
//!
//! What must come back is the structure: as many of each kind (strong, emphasis, struck, code, link, image, footnote, HTML
//! tag, heading of a level, list item, quotation, table of a size, fence), with the same address, code, label or tag.
//! Whether emphasis is written `*x*`, `_x_` or `<em>x</em>` does not matter.
//!
//! # Not done
//! Links by reference in a shortcut (`[text]`), line breaks within a paragraph, and the words inside a code block.

mod marks;

use std::collections::{HashMap, VecDeque};
use std::hash::Hash;
use std::ops::Range;

use marks::{Kind, Mark, marks, rendered};

use crate::article::{Article, Block, BlockKind, Format};
use crate::finding::{Code, Finding, Spot};
use crate::span::Span;

/// How both texts are written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Written {
    /// As plain text: a star is a star.
    Plain,
    /// As Markdown.
    Markdown,
    /// Nobody said.
    #[default]
    Unknown,
}

impl Written {
    /// What the formats of two files say of them.
    #[must_use]
    pub fn of(source: Format, target: Format) -> Self {
        match (source, target) {
            (Format::Markdown, Format::Markdown) => Self::Markdown,
            (Format::Text, Format::Text) => Self::Plain,
            _ => Self::Unknown,
        }
    }
}

/// Compares the markup of a segment with that of its translation.
///
/// ```
/// use fidele::verify::markup::{Written, check};
///
/// let findings = check("Les cols sont **fermés**.", "The passes are closed.", Written::Markdown);
/// assert_eq!(findings[0].code.as_str(), "markup.lost");
/// assert!(check("Les cols sont **fermés**.", "The passes are closed.", Written::Plain).is_empty());
/// ```
#[must_use]
pub fn check(source: &str, target: &str, written: Written) -> Vec<Finding> {
    const MARKS: &[char] = &[
        '*', '_', '`', '[', '<', '>', '#', '~', '|', '&', '-', '+', '.', ')', '=',
    ];
    // What is not there at all is said by another check.
    if written == Written::Plain || target.trim().is_empty() || source.trim().is_empty() {
        return Vec::new();
    }
    if !source.contains(MARKS) && (written == Written::Unknown || !target.contains(MARKS)) {
        return Vec::new();
    }
    let mut ours = marks(source);
    if written == Written::Unknown {
        marks::keep_the_sure(source, &mut ours);
        if ours.is_empty() {
            return Vec::new();
        }
    }
    let theirs = marks(target);
    let mut findings = compare(source, &ours, target, &theirs);
    findings.extend(escapes(source, &ours, target));
    findings
}

/// The longest spot that is shown, in bytes: a place, not a passage.
const LONGEST_SPOT: usize = 60;

fn spot(text: &str, span: Span) -> Spot {
    let end = text.floor_char_boundary(span.end.min(span.start + LONGEST_SPOT));
    Spot::new(text, Span::new(span.start, end))
}

fn compare(source: &str, ours: &[Mark<'_>], target: &str, theirs: &[Mark<'_>]) -> Vec<Finding> {
    let mut free = vec![true; theirs.len()];
    let mut found = vec![false; ours.len()];
    // The same words first (a name stays as it is), so that what is blamed is what was lost; then in reading order.
    pair(ours, &mut found, theirs, &mut free, |mark| {
        (mark.kind, mark.key.as_str(), mark.opening())
    });
    pair(ours, &mut found, theirs, &mut free, |mark| {
        (mark.kind, mark.key.as_str(), "")
    });
    let mut others = by(theirs, &free, |mark| mark.kind.sort());
    let lower = target.to_lowercase();
    let mut findings = Vec::new();
    for (mark, _) in ours.iter().zip(&found).filter(|(_, found)| !**found) {
        let other = others.get_mut(&mark.kind.sort()).and_then(VecDeque::pop_front);
        if let Some(at) = other {
            free[at] = false;
        }
        // Where all is lost, the words of each are not looked for: the cost stays linear.
        let is_foreign = findings.len() < 64 && other.is_none() && comes_home(mark, &lower);
        if !is_foreign {
            findings.extend(lost(source, mark, target, other.map(|at| &theirs[at])));
        }
    }
    let gained = theirs.iter().zip(&free).filter(|(_, free)| **free);
    findings.extend(
        gained
            .filter(|(mark, _)| mark.kind != Kind::Escape)
            .map(|(mark, _)| {
                let message = format!("The French has no {} here.", mark.kind.noun());
                Finding::new(Code::MarkupLost, None, Some(spot(target, mark.span)), message).as_warning()
            }),
    );
    findings
}

/// The marks that answer nothing yet, in reading order, by what they are paired by.
fn by<'m, K: Eq + Hash>(
    marks: &'m [Mark<'_>],
    free: &[bool],
    key: impl Fn(&'m Mark<'_>) -> K,
) -> HashMap<K, VecDeque<usize>> {
    let mut waiting: HashMap<K, VecDeque<usize>> = HashMap::new();
    for (at, mark) in marks.iter().enumerate().filter(|(at, _)| free[*at]) {
        waiting.entry(key(mark)).or_default().push_back(at);
    }
    waiting
}

/// Pairs the marks of both sides that are the same by `key`.
fn pair<'m, K: Eq + Hash>(
    ours: &'m [Mark<'_>],
    found: &mut [bool],
    theirs: &'m [Mark<'_>],
    free: &mut [bool],
    key: impl Fn(&'m Mark<'_>) -> K,
) {
    let mut waiting = by(theirs, free, &key);
    for (mark, found) in ours.iter().zip(found).filter(|(_, found)| !**found) {
        if let Some(at) = waiting.get_mut(&key(mark)).and_then(VecDeque::pop_front) {
            free[at] = false;
            *found = true;
        }
    }
}

/// Whether italics mark a foreign word that is English: `*fake news*` comes home, and home it is not foreign.
fn comes_home(mark: &Mark<'_>, lower: &str) -> bool {
    let word = mark.words.trim();
    mark.kind == Kind::Emphasis && word.starts_with(char::is_lowercase) && lower.contains(word)
}

/// What to say of a mark that did not come back; `other` is one of its sort in the English that answers nothing.
fn lost(source: &str, mark: &Mark<'_>, target: &str, other: Option<&Mark<'_>>) -> Option<Finding> {
    if mark.kind == Kind::Escape {
        return None;
    }
    let noun = mark.kind.noun();
    let here = spot(source, mark.span);
    let Some(other) = other else {
        let message = format!("The English has lost the {noun}.");
        return Some(Finding::new(Code::MarkupLost, Some(here), None, message));
    };
    let there = Some(spot(target, other.span));
    if matches!(mark.kind, Kind::Link | Kind::Image) && mark.kind == other.kind {
        // Whole addresses are compared wherever they stand, marked up or not.
        let whole = |key: &str| {
            key.contains("://") || key.starts_with("www.") || key.starts_with('#') || key.contains('@')
        };
        if whole(&mark.key) {
            return None;
        }
        let message = format!("The {noun} leads to “{}”, not to “{}”.", other.key, mark.key);
        return Some(Finding::new(Code::UrlAltered, Some(here), there, message));
    }
    let message = if mark.kind == other.kind {
        format!("The {noun} is not the same: “{}”, not “{}”.", other.key, mark.key)
    } else {
        format!(
            "The {noun} has become {} {}.",
            other.kind.article(),
            other.kind.noun()
        )
    };
    Some(Finding::new(Code::MarkupLost, Some(here), there, message))
}

/// HTML entities: what the French escapes shows in the English as the same character, once.
fn escapes(source: &str, ours: &[Mark<'_>], target: &str) -> Vec<Finding> {
    let mut escaped = ours.iter().filter(|mark| mark.kind == Kind::Escape).peekable();
    if escaped.peek().is_none() {
        return Vec::new();
    }
    let shown = rendered(target);
    let mut findings = Vec::new();
    for c in ["<", ">"] {
        let wanted: Vec<_> = ours
            .iter()
            .filter(|mark| mark.kind == Kind::Escape && mark.key == c)
            .collect();
        let there = shown.matches(c).count();
        if let Some(first) = wanted.get(there) {
            let message = format!(
                "“{}” is escaped in the French and not in the English.",
                first.words
            );
            findings.push(Finding::new(
                Code::MarkupLost,
                Some(spot(source, first.span)),
                None,
                message,
            ));
        }
    }
    // Escaped twice, or torn: what a reader sees is an entity still.
    let before = rendered(source);
    for torn in [
        "&amp;", "&lt;", "&gt;", "&nbsp;", "&quot;", "&eacute;", "& amp;", "&amp ", "& lt;", "& gt;",
    ] {
        if shown.contains(torn) && !before.contains(torn) {
            // Where it stands in the English as written: by its letters, which both ways of tearing keep.
            let name = torn.trim_matches(['&', ';', ' ']);
            let at = target.find(name).map(|at| Span::new(at, at + name.len()));
            let message = format!("A reader of the English sees “{torn}”.");
            findings.push(Finding::new(
                Code::MarkupLost,
                escaped.peek().map(|mark| spot(source, mark.span)),
                at.map(|span| spot(target, span)),
                message,
            ));
            break;
        }
    }
    findings
}

/// What a block of Markdown is, by its marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Heading(usize),
    Item,
    Counted,
    Quote,
    Code,
    Table,
}

impl Form {
    fn of(article: &Article, block: &Block) -> Option<Self> {
        let before = Span::new(block.span.start, block.content.start).of(article.body());
        let after = Span::new(block.content.end, block.span.end).of(article.body());
        Some(match block.kind {
            BlockKind::Code => Self::Code,
            BlockKind::Table => Self::Table,
            BlockKind::Quote => Self::Quote,
            BlockKind::Bullet if before.contains(|c: char| c.is_ascii_digit()) => Self::Counted,
            BlockKind::Bullet => Self::Item,
            BlockKind::Heading | BlockKind::Headline if before.contains('#') => {
                Self::Heading(before.matches('#').count())
            }
            // Underlined: `===` is the first level, `---` the second.
            BlockKind::Heading | BlockKind::Headline if after.contains('=') => Self::Heading(1),
            BlockKind::Heading | BlockKind::Headline if after.contains('-') => Self::Heading(2),
            _ => return None,
        })
    }

    fn noun(self) -> String {
        match self {
            Self::Heading(level) => format!("heading of level {level}"),
            Self::Item => "item of a list".to_owned(),
            Self::Counted => "item of a numbered list".to_owned(),
            Self::Quote => "block quotation".to_owned(),
            Self::Code => "block of code".to_owned(),
            Self::Table => "table".to_owned(),
        }
    }
}

/// Compares what two runs of blocks that answer each other are: headings of their level, items, quotations, tables,
/// code. `source` and `target` are the blocks' places in [`Article::blocks`]; spots count from the first block's content
/// on, as the texts of a pair do. Both articles are Markdown.
#[must_use]
pub fn check_blocks(
    source: &Article,
    source_blocks: Range<usize>,
    target: &Article,
    target_blocks: Range<usize>,
) -> Vec<Finding> {
    let (ours, theirs) = (&source.blocks()[source_blocks], &target.blocks()[target_blocks]);
    let (Some(first), Some(answer)) = (ours.first(), theirs.first()) else {
        return Vec::new();
    };
    let spot_in = |article: &Article, from: usize, block: &Block| {
        let words = block.content.of(article.body());
        let end = words.floor_char_boundary(LONGEST_SPOT);
        Spot {
            text: words[..end].to_owned(),
            span: Span::new(block.content.start - from, block.content.start - from + end),
            value: None,
        }
    };
    let mut forms: Vec<(Form, &Block, bool)> = theirs
        .iter()
        .filter_map(|block| Some((Form::of(target, block)?, block, true)))
        .collect();
    let mut findings = Vec::new();
    let mut lost = Vec::new();
    for block in ours {
        let Some(form) = Form::of(source, block) else {
            continue;
        };
        match forms.iter_mut().find(|(other, _, free)| *free && *other == form) {
            Some((.., free)) => *free = false,
            None => lost.push((form, block)),
        }
    }
    for (form, block) in lost {
        let other = forms.iter_mut().find(|(.., free)| *free);
        let message = match &other {
            Some((other, ..)) => format!("The {} has become a {}.", form.noun(), other.noun()),
            None => format!("The {} has lost its form in the English.", form.noun()),
        };
        let there = match other {
            Some((_, block, free)) => {
                *free = false;
                block
            }
            None => &answer,
        };
        findings.push(Finding::new(
            Code::MarkupLost,
            Some(spot_in(source, first.content.start, block)),
            Some(spot_in(target, answer.content.start, there)),
            message,
        ));
    }
    for (form, block, _) in forms.iter().filter(|(.., free)| *free) {
        let message = format!("The French has no {} here.", form.noun());
        findings.push(Finding::new(
            Code::MarkupLost,
            None,
            Some(spot_in(target, answer.content.start, block)),
            message,
        ));
    }
    findings
}
