//! The few words around a spot: what a person needs to judge a finding without opening the article.
//!
//! In: one of the two texts of a segment and a spot in it. Out: a [`Passage`], the sentence that holds the spot, with
//! the mark in it. Law: a spot that does not fit its text gives a passage without a mark, never a panic and never a
//! mark under other words.

use std::borrow::Cow;
use std::cell::OnceCell;

use crate::finding::Spot;
use crate::sentence::sentences;
use crate::span::Span;

/// A text and its sentences, cut at most once however many findings it has.
pub(super) struct Text<'a> {
    text: &'a str,
    sentences: OnceCell<Vec<Span>>,
}

/// Part of a text, with the spot that matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Passage<'a> {
    /// Whole sentences.
    pub text: &'a str,
    /// Bytes into `text`; none where the text has no such spot.
    pub mark: Option<Span>,
    /// Whether the sentence began earlier.
    pub cut_before: bool,
    /// Whether it goes on.
    pub cut_after: bool,
}

/// As many bytes of a sentence are shown on each side of a mark, and of the mark itself twice as many: a text without
/// full stops must not fill the report.
const MOST: usize = 400;

impl<'a> Text<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self {
            text,
            sentences: OnceCell::new(),
        }
    }

    /// The words as they stand.
    pub(super) fn as_str(&self) -> &'a str {
        self.text
    }

    /// Whether the spot was taken from this text.
    pub(super) fn holds(&self, spot: &Spot) -> bool {
        self.text.get(spot.span.start..spot.span.end) == Some(spot.text.as_str())
    }

    /// The sentence around the spot, or the sentences if it spans several.
    fn around(&self, spot: &Spot) -> Passage<'a> {
        if !self.holds(spot) {
            return self.between(0, 0, None);
        }
        let first = self.index_at(spot.span.start);
        let last = self.index_at(spot.span.end.saturating_sub(1).max(spot.span.start));
        self.between(first, last, Some(spot.span))
    }

    /// The sentence that stands where the spot stands in `other`: the one of the same number if both texts have as many,
    /// else the one at the same height. A place to look at, so it bears no mark.
    fn beside(&self, other: &Text<'_>, spot: &Spot) -> Passage<'a> {
        let (ours, theirs) = (self.sentences().len(), other.sentences().len().max(1));
        let index = other.index_at(spot.span.start) * ours / theirs;
        self.between(index, index, None)
    }

    /// The passage to show for a finding: around its spot here, else beside its spot in the other text, else all of it.
    pub(super) fn excerpt(&self, spot: Option<&Spot>, other: Option<(&Text<'_>, &Spot)>) -> Passage<'a> {
        match (spot, other) {
            (Some(spot), _) => self.around(spot),
            (None, Some((other, spot))) => self.beside(other, spot),
            (None, None) => self.whole(),
        }
    }

    /// The beginning of the text, unmarked.
    pub(super) fn whole(&self) -> Passage<'a> {
        let start = self.text.len() - self.text.trim_start().len();
        self.window(start, self.text.trim_end().len().max(start), None)
    }

    fn sentences(&self) -> &[Span] {
        self.sentences.get_or_init(|| sentences(self.text))
    }

    /// The number of the sentence that holds the byte `at`, or the last that begins before it.
    fn index_at(&self, at: usize) -> usize {
        self.sentences()
            .partition_point(|span| span.start <= at)
            .saturating_sub(1)
    }

    fn between(&self, first: usize, last: usize, mark: Option<Span>) -> Passage<'a> {
        let start = self.sentences().get(first).map_or(0, |span| span.start);
        let end = self
            .sentences()
            .get(last)
            .map_or(self.text.len(), |span| span.end);
        // A mark may reach beyond its sentences, over the white space between them.
        let start = mark.map_or(start, |mark| mark.start.min(start));
        let end = mark.map_or(end, |mark| mark.end.max(end));
        self.window(start, end, mark)
    }

    /// The text from `start` to `end`, or as much of it as is shown.
    fn window(&self, start: usize, end: usize, mark: Option<Span>) -> Passage<'a> {
        let mark = mark.map(|mark| Span::new(mark.start, mark.end.min(self.cut(mark.start + 2 * MOST))));
        let (from, to) = match mark {
            Some(mark) => (mark.start.saturating_sub(MOST), mark.end + MOST),
            None => (start, start + 2 * MOST),
        };
        let from = if from <= start {
            start
        } else {
            self.after_space(from).min(mark.map_or(end, |mark| mark.start))
        };
        let to = if to >= end {
            end
        } else {
            self.before_space(to).max(mark.map_or(from, |mark| mark.end))
        };
        Passage {
            text: &self.text[from..to],
            mark: mark.map(|mark| Span::new(mark.start - from, mark.end - from)),
            cut_before: from > start,
            cut_after: to < end,
        }
    }

    fn cut(&self, at: usize) -> usize {
        self.text.floor_char_boundary(at)
    }

    /// The first word after `at`, if there is a space near.
    fn after_space(&self, at: usize) -> usize {
        let (at, near) = (self.cut(at), self.cut(at + MOST / 4));
        self.text[at..near].find(' ').map_or(at, |space| at + space + 1)
    }

    /// The end of the last word before `at`, if there is a space near.
    fn before_space(&self, at: usize) -> usize {
        let (near, at) = (self.cut(at.saturating_sub(MOST / 4)), self.cut(at));
        self.text[near..at].rfind(' ').map_or(at, |space| near + space)
    }
}

impl<'a> Passage<'a> {
    /// What stands before the mark, in it, and after it; everything is before where there is no mark. Dots stand for
    /// what was cut off.
    pub(super) fn parts(&self) -> (Cow<'a, str>, &'a str, Cow<'a, str>) {
        let mark = self.mark.unwrap_or(Span::new(self.text.len(), self.text.len()));
        let mut before = Cow::Borrowed(&self.text[..mark.start]);
        let mut after = Cow::Borrowed(&self.text[mark.end..]);
        if self.cut_before {
            before = Cow::Owned(format!("… {before}"));
        }
        if self.cut_after {
            after = Cow::Owned(format!("{after} …"));
        }
        (before, &self.text[mark.start..mark.end], after)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn spot(text: &str, words: &str) -> Spot {
        let start = text.find(words).unwrap();
        Spot::new(text, Span::new(start, start + words.len()))
    }

    #[test]
    fn only_the_sentence_of_the_spot_is_shown() {
        let text = "La banque a publié ses comptes. Son bénéfice atteint 12 millions d'euros. Elle recrute.";
        let passage = Text::new(text).around(&spot(text, "12 millions d'euros"));
        assert_eq!(passage.text, "Son bénéfice atteint 12 millions d'euros.");
        let (before, words, after) = passage.parts();
        assert_eq!(
            (&*before, words, &*after),
            ("Son bénéfice atteint ", "12 millions d'euros", ".")
        );
    }

    #[test]
    fn a_spot_over_two_sentences_shows_both() {
        let text = "Un mot. Deux mots ici. Trois.";
        let passage = Text::new(text).around(&spot(text, "mot. Deux"));
        assert_eq!(passage.text, "Un mot. Deux mots ici.");
        assert_eq!(passage.parts().1, "mot. Deux");
    }

    #[test]
    fn without_a_spot_the_sentence_of_the_same_number_is_shown() {
        let french = "Il pleut. Le chiffre est 7. Il fait froid.";
        let english = "It is raining. There is a figure. It is cold.";
        let (french_text, english_text) = (Text::new(french), Text::new(english));
        let passage = english_text.beside(&french_text, &spot(french, "7"));
        assert_eq!((passage.text, passage.mark), ("There is a figure.", None));
    }

    #[test]
    fn a_spot_of_another_text_marks_nothing() {
        let stray = Spot {
            text: "12".to_owned(),
            span: Span::new(0, 2),
            value: None,
        };
        assert_eq!(Text::new("é").around(&stray).mark, None);
        assert_eq!(Text::new("").around(&stray).mark, None);
        assert_eq!(Text::new("").beside(&Text::new(""), &stray).text, "");
    }

    #[test]
    fn a_sentence_without_end_is_cut_at_words_around_its_mark() {
        let text = format!("{}le chiffre 7 {}", "mot ".repeat(1000), "mot ".repeat(1000));
        let passage = Text::new(&text).around(&spot(&text, "7"));
        assert!(
            (2 * MOST - 10..=2 * MOST + 10).contains(&passage.text.len()),
            "{}",
            passage.text.len()
        );
        let (before, words, after) = passage.parts();
        assert!(
            before.starts_with("… mot ") && after.ends_with(" mot …"),
            "{before}{words}{after}"
        );
        assert_eq!(words, "7");
        assert_eq!(Text::new(&text).whole().parts().0.chars().next(), Some('m'));
    }

    proptest! {
        /// Whatever the spot, the mark covers the spot's words.
        #[test]
        fn the_mark_is_under_the_words_of_the_spot(text in "[a-zé. ?!\n«»]{0,60}|[a-zé ]{600,1200}", from in 0_usize..900, len in 0_usize..30) {
            let Some(words) = text.get(from..(from + len).min(text.len())) else { return Ok(()) };
            let spot = Spot { text: words.to_owned(), span: Span::new(from, from + words.len()), value: None };
            let passage = Text::new(&text).around(&spot);
            prop_assert_eq!(passage.parts().1, words);
        }
    }
}
