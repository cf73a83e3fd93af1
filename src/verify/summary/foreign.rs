//! Facts from outside: what a sentence says of a figure or a sum that neither the passages nor the article can mean.
//!
//! In: a claim, and its findings. Out: the same findings, some graver, some with a longer spot. A currency the French
//! leaves unsaid is that of the article's other sums. A date that the article states elsewhere, and of other things, was
//! not meant by what the sentence says of it. A date that stands nowhere drags in what is said of it: the spot takes in the
//! words before it, in its clause, that no cited passage has (*founded in 1944*).
//!
//! # Not done
//! Facts without a figure or a name: whether they follow is not decided by words.

use super::Claim;
use crate::figures::{Figure, Kind};
use crate::finding::{Code, Finding, Spot, Verdict};
use crate::span::Span;

/// So many words of a clause may be foreign before its date.
const REACH: usize = 8;

/// A clause of fewer words tells nothing of what its date is said of.
const LEAST: usize = 2;

pub(super) fn check(claim: &Claim<'_>, verdict: &mut Verdict) {
    for finding in &mut verdict.findings {
        let Some(figure) = figure_of(claim, finding) else {
            continue;
        };
        match finding.code {
            Code::FigureCurrency if !finding.is_error() => foreign_currency(claim, figure, finding),
            Code::FigureAdded | Code::FigureAltered if figure.kind == Kind::Date => {
                foreign_date(claim, figure, finding);
            }
            _ => {}
        }
    }
}

fn figure_of<'c>(claim: &'c Claim<'_>, finding: &Finding) -> Option<&'c Figure> {
    let spot = finding.target.as_ref()?;
    claim
        .english_figures
        .iter()
        .find(|figure| figure.span.overlaps(spot.span))
}

/// *£4 billion* for `4 milliards` in an article that counts in euros.
fn foreign_currency(claim: &Claim<'_>, figure: &Figure, finding: &mut Finding) {
    let Some(ours) = figure.unit.filter(|unit| unit.is_currency()) else {
        return;
    };
    let all = &claim.passages.read(claim.lexicon).figures;
    let mut currencies = all
        .iter()
        .filter_map(|figure| figure.unit)
        .filter(|unit| unit.is_currency());
    let Some(theirs) = currencies.next() else { return };
    if ours.agrees(theirs) || currencies.any(|unit| unit.agrees(ours)) {
        return;
    }
    let words = figure.span.of(claim.sentence);
    finding.message = format!("“{words}” says {ours}; the article counts in {theirs}.");
    finding.severity = finding.code.severity();
}

fn foreign_date(claim: &Claim<'_>, figure: &Figure, finding: &mut Finding) {
    let words = figure.span.of(claim.sentence);
    let states_it = |figures: &[Figure]| {
        figures
            .iter()
            .any(|french| french.value == figure.value && french.kind == figure.kind)
    };
    if states_it(&claim.passages.read(claim.lexicon).figures) {
        if !finding.is_error() && finding.code == Code::FigureAdded && is_of_other_things(claim, figure) {
            finding.message = format!("The article states “{words}” of other things.");
            finding.severity = finding.code.severity();
        }
        return;
    }
    if !finding.is_error() {
        return;
    }
    // `27 ans` did not become 1993.
    let is_rival = |french: &Figure| {
        let spot = finding.source.as_ref();
        spot.is_some_and(|spot| spot.span.overlaps(french.span)) && french.kind == Kind::Date
    };
    if finding.code == Code::FigureAltered && !claim.french_figures.iter().any(is_rival) {
        let message = format!("The English has “{words}”, which the French does not.");
        *finding = Finding::new(Code::FigureAdded, None, finding.target.clone(), message);
    }
    let Some(spot) = &mut finding.target else { return };
    let start = foreign_words(claim, figure.span)
        .last()
        .map_or(spot.span.start, |at| claim.english.words[at].span.start);
    if start < spot.span.start {
        let value = spot.value.take();
        *spot = Spot::new(claim.sentence, Span::new(start, spot.span.end));
        spot.value = value;
        finding.message = format!("No passage it cites says “{}”.", spot.text);
    }
}

/// The words right before a figure, in its clause, that no cited passage says, backwards.
fn foreign_words<'c>(claim: &'c Claim<'_>, figure: Span) -> impl Iterator<Item = usize> + 'c {
    let start = claim.english.within(figure).start;
    let clause = clause(claim.sentence, figure);
    (0..start)
        .rev()
        .take(REACH)
        .take_while(move |at| claim.english.words[*at].span.start >= clause.start && !claim.is_answered(*at))
}

/// From one mark to the next.
fn clause(text: &str, place: Span) -> Span {
    const MARKS: [char; 11] = [',', ';', ':', '(', ')', '–', '—', '"', '“', '”', '.'];
    let start = text[..place.start]
        .rfind(MARKS)
        .map_or(0, |at| at + text[at..].chars().next().map_or(0, char::len_utf8));
    let end = text[place.end..]
        .find(MARKS)
        .map_or(text.len(), |at| place.end + at);
    Span::new(start, end)
}

/// Whether the clause of a date has words that the article has nowhere, and no more that stand beside the date or are cited.
fn is_of_other_things(claim: &Claim<'_>, figure: &Figure) -> bool {
    let read = claim.passages.read(claim.lexicon);
    let mut starts = Vec::with_capacity(claim.passages.texts.len());
    let mut at = 0;
    for text in &claim.passages.texts {
        starts.push(at);
        at += text.len() + super::BETWEEN.len();
    }
    let stating: Vec<usize> = read
        .figures
        .iter()
        .filter(|french| french.value == figure.value && french.kind == figure.kind)
        .map(|french| starts.partition_point(|start| *start <= french.span.start) - 1)
        .collect();
    let clause = clause(claim.sentence, figure.span);
    let (mut foreign, mut said) = (0, 0);
    for at in claim.english.within(clause) {
        let word = &claim.english.words[at];
        if word.span.overlaps(figure.span) {
            continue;
        }
        let passages = read.index.passages(word);
        foreign += usize::from(passages.is_empty());
        said +=
            usize::from(claim.is_answered(at) || passages.iter().any(|passage| stating.contains(passage)));
    }
    foreign > 0 && said <= foreign && said + foreign >= LEAST
}
