//! Whether two figures have changed places, or only stand in another order.
//!
//! In: a claim, and a finding that says two figures have changed places. Out: whether each still stands with its own words: a
//! summary orders what it tells in its own way, and the order alone proves nothing. Rule: a word of both texts that stands nearer to the
//! one figure in the French and nearer to the other in the English speaks for an exchange, one that stands nearer to the
//! same figure in both speaks against it, each the more the closer it stands.

use super::Claim;
use super::words::Words;
use crate::figures::Figure;
use crate::finding::{Code, Finding};
use crate::span::Span;

/// What a word right beside a figure weighs.
const WEIGHT: i64 = 60;

/// What must speak for an exchange: two words, each right beside one figure and a few words from the other, or many farther off.
const MARGIN: i64 = 300;

/// Whether the words around the figures say that none has taken the place of another.
pub(super) fn is_reordered(claim: &Claim<'_>, finding: &Finding) -> bool {
    let (Code::FigureSwapped, Some(ours), Some(theirs)) = (finding.code, &finding.source, &finding.target)
    else {
        return false;
    };
    let (ours, theirs) = (ours.span, theirs.span);
    let kind = claim
        .french_figures
        .iter()
        .find(|figure| figure.span.overlaps(ours));
    let rivals = claim.french_figures.iter().filter(|figure| {
        !figure.span.overlaps(ours)
            && kind.is_none_or(|kind| kind.kind == figure.kind && kind.value != figure.value)
    });
    !rivals
        .flat_map(|rival| partners(claim, rival, theirs).map(|other| (rival.span, other)))
        .any(|(rival, other)| attachment(claim, [ours, rival], [theirs, other]) < -MARGIN)
}

/// Where the sentence says a figure of the passages, other than at `theirs`.
fn partners<'c>(claim: &'c Claim<'_>, rival: &'c Figure, theirs: Span) -> impl Iterator<Item = Span> + 'c {
    let english = claim.english_figures.iter();
    english
        .filter(move |figure| figure.value == rival.value && !figure.span.overlaps(theirs))
        .map(|figure| figure.span)
}

/// How much the words around say that each of two figures of the French is the one that stands at its place in the
/// English; less than nothing where they say that it is the other.
fn attachment(claim: &Claim<'_>, french: [Span; 2], english: [Span; 2]) -> i64 {
    let inside = |at: Span, of: [Span; 2]| of.iter().any(|span| span.overlaps(at));
    claim
        .english
        .words
        .iter()
        .filter(|word| !inside(word.span, english))
        .map(|word| {
            let at = claim.english.within(word.span).start;
            let lean = lean(claim.sentence, &claim.english, at, english);
            let answers = claim
                .answers(at)
                .filter(|answer| !inside(claim.french.words[*answer].span, french));
            let leans = answers.map(|answer| self::lean(claim.source, &claim.french, answer, french));
            lean * leans.max_by_key(|lean| lean.abs()).unwrap_or(0)
        })
        .sum()
}

/// How much nearer a word stands to the first of two places than to the second; places of other sentences count for nothing.
fn lean(text: &str, words: &Words, at: usize, places: [Span; 2]) -> i64 {
    let weight = |place: Span| {
        let sentence = words.sentences.get(words.words[at].sentence);
        if !sentence.is_some_and(|sentence| sentence.start <= place.start && place.start < sentence.end) {
            return 0;
        }
        let inside = words.within(place);
        let distance = if at < inside.start {
            inside.start - at
        } else {
            (at + 1).saturating_sub(inside.end.max(inside.start))
        };
        let here = words.words[at].span;
        let (end, start) = (here.end.min(place.end), here.start.max(place.start));
        let parted = text.get(end..start).is_some_and(is_parted);
        WEIGHT / i64::try_from(distance.max(1) + if parted { PARTED } else { 0 }).unwrap_or(WEIGHT)
    };
    weight(places[0]) - weight(places[1])
}

/// What stands beyond a comma or a conjunction is so many words farther off.
const PARTED: usize = 3;

/// Whether a comma or a conjunction stands in what lies between two words: `12 euros à Metz et 17 à Lyon`.
fn is_parted(between: &str) -> bool {
    const JOINTS: &[&str] = &[
        "against", "alors", "and", "but", "contre", "et", "mais", "or", "ou", "puis", "tandis", "then",
        "versus", "whereas", "while",
    ];
    between.contains([',', ';', ':', '(', ')'])
        || between
            .split_whitespace()
            .any(|word| JOINTS.contains(&word.to_lowercase().as_str()))
}
