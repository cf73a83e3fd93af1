//! Places told by a point of the compass: *la Californie du Nord*, *l'Afrique occidentale*, *le sud-est de l'Asie*.
//!
//! In: a place of the lexicon and what follows it. Out: where the phrase ends and the English words for its point.
//! French puts the point after the place, English before it (*Northern California*, *West Africa*); which places say
//! *North* and which *Northern* is usage, so both are accepted. Law: another point is another place.

use super::reading::Reading;
use super::unit::{Gap, Unit};

/// The points: the French noun, its adjectives without ending, and the English words, the usual one first.
/// Source: Grevisse, *Le bon usage*, on the names of the points; Merriam-Webster's Geographical Dictionary.
const POINTS: &[(&str, &[&str], &[&str])] = &[
    ("nord", &["septentrional"], &["northern", "north", "upper"]),
    ("sud", &["meridional"], &["southern", "south", "lower"]),
    ("est", &["oriental"], &["eastern", "east"]),
    ("ouest", &["occidental"], &["western", "west"]),
    ("centre", &["central"], &["central", "middle", "mid"]),
];

/// A point, or two of them: *nord*, *nord-est*.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Point {
    first: usize,
    second: Option<usize>,
}

impl Point {
    /// The English words for it, the usual one first.
    pub fn english(self) -> Vec<String> {
        let (_, _, first) = POINTS[self.first];
        let Some(second) = self.second else {
            return first.iter().map(|word| (*word).to_owned()).collect();
        };
        // *Northeast*, *north-eastern*: a hyphen parts units, so both spellings are given.
        let (_, _, second) = POINTS[second];
        let stem = first.get(1).unwrap_or(&first[0]);
        second
            .iter()
            .take(2)
            .flat_map(|end| [format!("{stem}{end}"), format!("{stem}-{end}")])
            .collect()
    }
}

/// The point at unit `at` and where it ends: *nord*, *nord-est*.
fn noun(reading: &Reading<'_>, at: usize) -> Option<(Point, usize)> {
    let point = |at: usize| {
        reading.get(at)?;
        POINTS.iter().position(|(noun, _, _)| *noun == reading.folded(at))
    };
    let first = point(at)?;
    let hyphen = reading.get(at + 1).is_some_and(|next| next.gap == Gap::Hyphen);
    let second = hyphen.then(|| point(at + 1)).flatten();
    Some((Point { first, second }, at + 1 + usize::from(second.is_some())))
}

/// The point told after a place that ends at unit `end`, and where it ends: *du Nord*, *de l'Est*, *occidentale*.
pub(super) fn after(reading: &Reading<'_>, end: usize) -> Option<(Point, usize)> {
    let unit = reading.get(end).filter(|unit| unit.gap == Gap::Space)?;
    match reading.folded(end) {
        "du" => noun(reading, end + 1),
        "de" if reading.get(end + 1)?.elided && reading.folded(end + 1) == "l" => noun(reading, end + 2),
        word if !unit.opens => {
            let stem = word.trim_end_matches('s').trim_end_matches('e');
            let first = POINTS
                .iter()
                .position(|(_, adjectives, _)| adjectives.contains(&stem))?;
            Some((Point { first, second: None }, end + 1))
        }
        _ => None,
    }
}

/// Whether an English word is a point of the compass, for an adjective that French writes with one: *ouest-européen*.
pub(super) fn is_english_point(folded: &str) -> bool {
    POINTS.iter().any(|(_, _, english)| english.contains(&folded))
}

/// Whether the French adjective at `at` has a point before it: *ouest-européen*.
pub(super) fn is_before(reading: &Reading<'_>, at: usize) -> bool {
    at > 0
        && reading.get(at).map(|unit: Unit| unit.gap) == Some(Gap::Hyphen)
        && POINTS.iter().any(|(noun, _, _)| *noun == reading.folded(at - 1))
}

/// The English point right before unit `at`, if another one than `point` stands there.
pub(super) fn other_before(english: &Reading<'_>, at: usize, point: Point) -> Option<usize> {
    let before = at.checked_sub(1)?;
    let word = english.folded(before);
    let other = is_english_point(word) || is_compound(word);
    (other && !point.english().iter().any(|known| known == word)).then_some(before)
}

/// *northeast*, *southwestern*.
fn is_compound(word: &str) -> bool {
    ["north", "south"].iter().any(|first| {
        word.strip_prefix(first)
            .is_some_and(|rest| matches!(rest, "east" | "eastern" | "west" | "western"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(text: &str) -> Option<String> {
        let reading = Reading::new(text);
        after(&reading, 1).map(|(point, _)| point.english()[0].clone())
    }

    #[test]
    fn the_point_stands_after_the_place() {
        for (text, english) in [
            ("Californie du Nord", Some("northern")),
            ("Chine de l'Est", Some("eastern")),
            ("Asie du Sud-Est", Some("southeastern")),
            ("Afrique occidentale", Some("western")),
            ("Europe centrale", Some("central")),
            ("Chine du commerce", None),
            ("Chine, du nord", None),
        ] {
            let found = point(text);
            assert_eq!(found.as_deref(), english, "{text}");
        }
    }
}
