//! The spots of a text, laid over it without overlap.
//!
//! In: a text and what there is to say about parts of it. Out: pieces in order, each with all that is said about it.
//! Law: the pieces, joined, are the text; a note whose span does not fit the text is left out.

use crate::span::Span;

/// How well a piece stands, from good to bad: where several notes meet, the worst shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Standing {
    Proven,
    NotProven,
    Failed,
}

/// What there is to say about a part of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Note {
    pub span: Span,
    pub standing: Standing,
    /// The reason, for a person.
    pub reason: String,
    /// The number of the finding, if it is one.
    pub finding: Option<usize>,
}

/// A part of the text, and the notes that cover it.
pub(super) struct Piece<'a, 'n> {
    pub text: &'a str,
    pub notes: Vec<&'n Note>,
    /// The notes whose span begins here.
    pub begins: Vec<&'n Note>,
}

impl Piece<'_, '_> {
    pub(super) fn standing(&self) -> Option<Standing> {
        self.notes.iter().map(|note| note.standing).max()
    }
}

/// The text in pieces, cut wherever a note begins or ends. An empty span marks the character after it.
pub(super) fn pieces<'a, 'n>(text: &'a str, notes: &'n [Note]) -> Vec<Piece<'a, 'n>> {
    let mut spans: Vec<(Span, &Note)> = notes
        .iter()
        .filter(|note| text.get(note.span.start..note.span.end).is_some())
        .map(|note| (seen(text, note.span), note))
        .collect();
    spans.sort_by_key(|(span, _)| (span.start, span.end));
    let mut cuts: Vec<usize> = spans
        .iter()
        .flat_map(|(span, _)| [span.start, span.end])
        .chain([0, text.len()])
        .collect();
    cuts.sort_unstable();
    cuts.dedup();

    let mut pieces = Vec::new();
    let mut coming = spans.into_iter().peekable();
    let mut open: Vec<(Span, &Note)> = Vec::new();
    for cut in cuts.windows(2) {
        open.retain(|(span, _)| span.end > cut[0]);
        let mut begins = Vec::new();
        while let Some(next) = coming.next_if(|(span, _)| span.start <= cut[0]) {
            begins.push(next.1);
            open.push(next);
        }
        pieces.push(Piece {
            text: &text[cut[0]..cut[1]],
            notes: open.iter().map(|(_, note)| *note).collect(),
            begins,
        });
    }
    pieces
}

fn seen(text: &str, span: Span) -> Span {
    if !span.is_empty() {
        return span;
    }
    match text[span.start..].chars().next() {
        Some(c) => Span::new(span.start, span.start + c.len_utf8()),
        None => Span::new(text.floor_char_boundary(text.len().saturating_sub(1)), text.len()),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn note(start: usize, end: usize, standing: Standing) -> Note {
        Note {
            span: Span::new(start, end),
            standing,
            reason: format!("{start}..{end}"),
            finding: None,
        }
    }

    #[test]
    fn where_notes_meet_the_worst_shows() {
        let notes = [
            note(0, 6, Standing::Failed),
            note(3, 4, Standing::Proven),
            note(5, 8, Standing::NotProven),
        ];
        let shown: Vec<_> = pieces("abcdefghij", &notes)
            .iter()
            .map(|piece| (piece.text, piece.standing()))
            .collect();
        assert_eq!(
            shown,
            [
                ("abc", Some(Standing::Failed)),
                ("d", Some(Standing::Failed)),
                ("e", Some(Standing::Failed)),
                ("f", Some(Standing::Failed)),
                ("gh", Some(Standing::NotProven)),
                ("ij", None),
            ]
        );
    }

    proptest! {
        #[test]
        fn pieces_joined_are_the_text(text in any::<String>(), ends in prop::collection::vec((0_usize..40, 0_usize..40), 0..8)) {
            let notes: Vec<_> = ends.iter().map(|&(start, len)| note(start, start + len, Standing::Proven)).collect();
            let pieces = pieces(&text, &notes);
            prop_assert_eq!(pieces.iter().map(|piece| piece.text).collect::<String>(), text.clone());
            let fits = |note: &&Note| !text.is_empty() && text.get(note.span.start..note.span.end).is_some();
            let begun: usize = pieces.iter().map(|piece| piece.begins.len()).sum();
            prop_assert_eq!(begun, notes.iter().filter(fits).count(), "every note that fits begins once");
        }
    }
}
