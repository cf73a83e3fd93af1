//! The few words around a spot: what a person needs to judge a finding without opening the article.
//!
//! In: one of the two texts of a segment and a spot in it. Out: a [`Passage`], the sentence that holds the spot, with
//! the mark in it. Law: a spot that does not fit its text gives a passage without a mark, never a panic and never a
//! mark under other words.

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
}

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
            return self.from_to(0, 0, None);
        }
        let first = self.index_at(spot.span.start);
        let last = self.index_at(spot.span.end.saturating_sub(1).max(spot.span.start));
        self.from_to(first, last, Some(spot.span))
    }

    /// The sentence that stands where the spot stands in `other`: the one of the same number if both texts have as many,
    /// else the one at the same height. A place to look at, so it bears no mark.
    fn beside(&self, other: &Text<'_>, spot: &Spot) -> Passage<'a> {
        let (ours, theirs) = (self.sentences().len(), other.sentences().len().max(1));
        let index = other.index_at(spot.span.start) * ours / theirs;
        self.from_to(index, index, None)
    }

    /// The passage to show for a finding: around its spot here, else beside its spot in the other text, else all of it.
    pub(super) fn excerpt(&self, spot: Option<&Spot>, other: Option<(&Text<'_>, &Spot)>) -> Passage<'a> {
        match (spot, other) {
            (Some(spot), _) => self.around(spot),
            (None, Some((other, spot))) => self.beside(other, spot),
            (None, None) => self.whole(),
        }
    }

    /// The whole text, unmarked.
    pub(super) fn whole(&self) -> Passage<'a> {
        Passage {
            text: self.text.trim(),
            mark: None,
        }
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

    fn from_to(&self, first: usize, last: usize, mark: Option<Span>) -> Passage<'a> {
        let (Some(first), Some(last)) = (self.sentences().get(first), self.sentences().get(last)) else {
            return Passage {
                mark,
                ..self.untrimmed()
            };
        };
        // A mark may reach beyond its sentences, over the white space between them.
        let start = mark.map_or(first.start, |mark| mark.start.min(first.start));
        let end = mark.map_or(last.end, |mark| mark.end.max(last.end));
        match self.text.get(start..end) {
            Some(text) => Passage {
                text,
                mark: mark.map(|mark| Span::new(mark.start - start, mark.end - start)),
            },
            None => Passage {
                mark,
                ..self.untrimmed()
            },
        }
    }

    fn untrimmed(&self) -> Passage<'a> {
        Passage {
            text: self.text,
            mark: None,
        }
    }
}

impl<'a> Passage<'a> {
    /// What stands before the mark, in it, and after it; everything is before where there is no mark.
    pub(super) fn parts(&self) -> (&'a str, &'a str, &'a str) {
        match self.mark {
            Some(mark) => (
                &self.text[..mark.start],
                &self.text[mark.start..mark.end],
                &self.text[mark.end..],
            ),
            None => (self.text, "", ""),
        }
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
        assert_eq!(
            passage.parts(),
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

    proptest! {
        /// Whatever the spot, the mark covers the spot's words.
        #[test]
        fn the_mark_is_under_the_words_of_the_spot(text in "[a-zé. ?!\n«»]{0,60}", from in 0_usize..60, len in 0_usize..30) {
            let Some(words) = text.get(from..(from + len).min(text.len())) else { return Ok(()) };
            let spot = Spot { text: words.to_owned(), span: Span::new(from, from + words.len()), value: None };
            let passage = Text::new(&text).around(&spot);
            prop_assert_eq!(passage.parts().1, words);
        }
    }
}
