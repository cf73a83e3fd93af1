//! A sentence of a summary against the passages it cites: it may leave out, never invent.
//!
//! In: the passages of an article, which of them the sentence cites, and the sentence. Out: a [`Verdict`]: what the
//! sentence says and the passages do not. Each concern has a module: figures that follow from others (`derived`), names
//! (`named`), quotations (`quoted`), which way things go (`stance`), what a figure or a name is said of (`bound`), and
//! whether the right passages are cited (`cited`). Laws: pure; an error needs evidence from both sides, for a summary
//! may choose its own words: something the sentence says that the passages do not, where they say something else.

mod bound;
mod cited;
mod derived;
mod named;
mod quoted;
mod stance;
mod words;

use super::Checker;
use crate::figures::{self, Figure};
use crate::finding::{Code, Finding, Outcome, Spot, Status, Subject, Verdict};
use crate::lexicon::Lexicon;
use crate::span::Span;
use words::Words;

/// The passages of an article, which a summary may cite.
#[derive(Debug, Clone)]
pub struct Passages<'a> {
    texts: Vec<&'a str>,
    whole: String,
}

/// What stands between passages where they are read as one text.
const BETWEEN: &str = "\n\n";

impl<'a> Passages<'a> {
    /// In reading order.
    #[must_use]
    pub fn new(texts: Vec<&'a str>) -> Self {
        let whole = texts.join(BETWEEN);
        Self { texts, whole }
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.texts.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }

    /// The cited passages as one text: spots of findings are bytes into it. Indices beyond the last are passed over.
    #[must_use]
    pub fn cited(&self, cites: &[usize]) -> String {
        let texts: Vec<&str> = cites.iter().filter_map(|at| self.texts.get(*at).copied()).collect();
        texts.join(BETWEEN)
    }
}

/// The cited French and the English sentence, read once for all checks.
struct Claim<'c> {
    passages: &'c Passages<'c>,
    lexicon: &'c Lexicon,
    source: &'c str,
    sentence: &'c str,
    french: Words,
    english: Words,
    french_figures: Vec<Figure>,
    english_figures: Vec<Figure>,
    /// The names and figures that both have, as their spans.
    shared: Vec<(Span, Span)>,
}

impl Claim<'_> {
    /// The French words that say English word `at`.
    fn answers(&self, at: usize) -> impl Iterator<Item = usize> {
        let english = &self.english.words[at];
        let letters = self.french.words.iter().enumerate();
        letters
            .filter(move |(_, french)| french.says(english) || self.is_shared(french.span, english.span))
            .map(|(at, _)| at)
    }

    fn is_shared(&self, french: Span, english: Span) -> bool {
        self.shared
            .iter()
            .any(|(ours, theirs)| ours.overlaps(french) && theirs.overlaps(english))
    }

    fn is_answered(&self, at: usize) -> bool {
        self.answers(at).next().is_some()
    }

    /// Whether any English word of the sentence answers French word `at`.
    fn is_said(&self, at: usize) -> bool {
        let french = &self.french.words[at];
        self.english
            .words
            .iter()
            .any(|english| french.says(english) || self.is_shared(french.span, english.span))
    }

    /// Whether a French word of `range` is in the neighbourhood of English word `at`.
    fn is_near(&self, at: usize, mut range: std::ops::Range<usize>) -> bool {
        let english = &self.english.words[at];
        range.any(|french| self.french.words[french].is_near(english))
    }

    /// How many words near `english` (a place of the sentence) are said by words near `french` (a place of the passages): what
    /// belongs together stands together in both. Each weighs by how near it stands; the places themselves do not count.
    fn closeness(&self, french: Span, english: Span) -> u32 {
        let ours = near(&self.french, french);
        let theirs = near(&self.english, english);
        let mut used = vec![false; ours.len()];
        let mut closeness = 0;
        for (distance, at) in theirs {
            let word = &self.english.words[at];
            let found = ours.iter().enumerate().find(|(place, (_, other))| {
                let other = &self.french.words[*other];
                !used[*place] && (other.says(word) || self.is_shared(other.span, word.span))
            });
            if let Some((place, (other, _))) = found {
                used[place] = true;
                closeness += REACH * 2 - distance - other;
            }
        }
        closeness
    }

    fn spot(&self, span: Span) -> Spot {
        Spot::new(self.sentence, span)
    }
}

/// So many words either side of a place are near it.
const REACH: u32 = 5;

/// The words near a place in its sentence, with how many words away they stand, nearest first.
fn near(words: &Words, place: Span) -> Vec<(u32, usize)> {
    let inside = words.within(place);
    let middle = inside.start;
    let sentence = words
        .sentences
        .iter()
        .position(|span| span.start <= place.start && place.start < span.end);
    let is_here = |at: &usize| Some(words.words[*at].sentence) == sentence;
    let before = (0..middle).rev().filter(is_here).zip(1..=REACH);
    let after = (inside.end.max(middle)..words.words.len()).filter(is_here).zip(1..=REACH);
    let mut near: Vec<(u32, usize)> = before.chain(after).map(|(at, distance)| (distance, at)).collect();
    near.sort_unstable();
    near
}

impl Checker {
    /// Judges a sentence of a summary against the passages it cites (indices into `passages`, in reading order). Only what
    /// the sentence says is in the verdict; `source` spots are bytes into [`Passages::cited`].
    #[must_use]
    pub fn check_claim(&self, passages: &Passages<'_>, cites: &[usize], sentence: &str) -> Verdict {
        let source = passages.cited(cites);
        let mut verdict = self.facts(&source, sentence);
        verdict
            .accounts
            .retain(|account| account.outcome == Outcome::Proven);
        verdict.findings.retain(|finding| {
            finding.target.is_some()
                && finding.code.status() != Status::Missing
                && finding.code.subject() == Subject::Figure
        });
        let shared = verdict
            .accounts
            .iter()
            .filter_map(|account| Some((account.source.span, account.target.as_ref()?.span)))
            .collect();
        let claim = Claim {
            passages,
            lexicon: self.lexicon(),
            source: &source,
            sentence,
            french: Words::french(&source),
            english: Words::english(sentence),
            french_figures: figures::find_french(&source),
            english_figures: figures::find_english(sentence),
            shared,
        };
        derived::accept(&claim, &mut verdict);
        let names = named::check(&claim);
        verdict.findings.extend(names.findings);
        if !cites.is_empty() {
            verdict.findings.extend(quoted::check(&claim));
            stance::check(&claim, &mut verdict);
            verdict.findings.extend(bound::check(&claim));
            verdict.findings.extend(cited::check(&claim));
        }
        super::in_reading_order(&mut verdict);
        verdict
    }

    /// The same for a sentence that must cite its passages: to cite none is an error of its own.
    #[must_use]
    pub fn check_cited(&self, passages: &Passages<'_>, cites: &[usize], sentence: &str) -> Verdict {
        let mut verdict = self.check_claim(passages, cites, sentence);
        if cites.is_empty() {
            let whole = Spot::new(sentence, Span::new(0, sentence.len()));
            let message = "The sentence cites no passage of the article.";
            verdict
                .findings
                .push(Finding::new(Code::ClaimUncited, None, Some(whole), message));
        }
        verdict
    }
}
