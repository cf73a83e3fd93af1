//! Words of opposite meaning, as `data/opposites.toml` has them.
//!
//! In: a text in either language. Out: [`Pole`]s, the words and phrases that stand for one side of a row. The longest phrase
//! wins, so that `moins cher` is no `cher`. A French word also stands for a side where the dictionary answers it by a word of
//! that side and by none of the other. Says nothing about whether a side is meant: see `turned`.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use serde::Deserialize;

use super::words::{Key, Word, fold, stem_key};
use crate::span::Span;

/// A place that stands for a side of some rows.
#[derive(Debug, Clone)]
pub(super) struct Pole {
    pub span: Span,
    /// Rows, with the side (0 or 1) of each.
    pub sides: Vec<(usize, usize)>,
    /// Whether the rows have it, not the dictionary.
    pub is_listed: bool,
    /// Whether it is of several words.
    pub is_phrase: bool,
}

impl Pole {
    /// Whether some row has this place and `other` on opposite sides, and none has both on one.
    pub fn is_opposite(&self, other: &Self) -> bool {
        let shared = |same: bool| {
            self.sides.iter().any(|(row, side)| {
                other
                    .sides
                    .iter()
                    .any(|(its, theirs)| row == its && (side == theirs) == same)
            })
        };
        shared(false) && !shared(true)
    }

    /// Whether it says which way a figure goes.
    pub fn is_course(&self) -> bool {
        self.sides.iter().any(|(row, _)| OPPOSITES.courses.contains(row))
    }

    /// Whether it says that a figure rises (`true`) or falls.
    pub fn rises(&self) -> Option<bool> {
        let side = self
            .sides
            .iter()
            .find(|(row, _)| Some(*row) == OPPOSITES.rises)?
            .1;
        Some(side == 0)
    }

    /// Whether it says how much of something there is: *more*, *less*.
    pub fn is_degree(&self) -> bool {
        self.sides.iter().any(|(row, _)| OPPOSITES.degrees.contains(row))
    }

    /// Whether some row has both places on one side.
    pub fn is_alike(&self, other: &Self) -> bool {
        self.sides.iter().any(|side| other.sides.contains(side))
    }
}

/// The words of a text, folded, with their spans.
pub(super) fn words(text: &str) -> impl Iterator<Item = (Span, String)> {
    let base = text.as_ptr() as usize;
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(move |word| {
            let start = word.as_ptr() as usize - base;
            (Span::new(start, start + word.len()), fold(word))
        })
}

/// Of English, in reading order.
pub(super) fn in_english(text: &str) -> Vec<Pole> {
    let words: Vec<(Span, String)> = words(text).collect();
    let mut poles = Vec::new();
    let mut at = 0;
    while let Some((_, word)) = words.get(at) {
        let entries = OPPOSITES
            .english
            .get(word.as_str())
            .map_or(&[][..], Vec::as_slice);
        let found = entries
            .iter()
            .filter_map(|entry| Some((entry.end(text, &words, at, |step, word| step == word)?, entry)));
        let Some((end, _)) = found.clone().max_by_key(|(end, _)| *end) else {
            at += 1;
            continue;
        };
        let sides = found
            .filter(|(its, _)| *its == end)
            .map(|(_, entry)| entry.side)
            .collect();
        poles.push(Pole {
            span: Span::new(words[at].0.start, words[end - 1].0.end),
            sides,
            is_listed: true,
            is_phrase: end - at > 1,
        });
        at = end;
    }
    poles
}

/// Of French: the sides of the rows that `wanted` are of, in reading order.
pub(super) fn in_french(text: &str, dictionary: &[Word], wanted: &[Pole]) -> Vec<Pole> {
    let rows: HashSet<usize> = wanted
        .iter()
        .flat_map(|pole| pole.sides.iter().map(|(row, _)| *row))
        .collect();
    let words: Vec<(Span, String)> = words(text).collect();
    let mut poles = Vec::new();
    let mut free = 0;
    for at in 0..words.len() {
        let found = OPPOSITES
            .french_at(&words[at].1)
            .filter(|entry| rows.contains(&entry.side.0))
            .filter_map(|entry| Some((entry.end(text, &words, at, is_opening)?, entry)));
        let end = found.clone().map(|(end, _)| end).max().unwrap_or(at + 1);
        let span = Span::new(words[at].0.start, words[end - 1].0.end);
        let mut sides: Vec<(usize, usize)> = found
            .filter(|(its, _)| *its == end)
            .map(|(_, entry)| entry.side)
            .collect();
        let is_listed = !sides.is_empty();
        if !is_listed && end == at + 1 {
            let place = dictionary.partition_point(|word| word.span.start < span.start);
            if let Some(word) = dictionary.get(place).filter(|word| word.span == span) {
                for row in &rows {
                    let told = OPPOSITES.told(*row, word);
                    sides.extend(told.map(|side| (*row, side)));
                }
            }
        }
        sides.retain(|(_, side)| *side < 2);
        if !sides.is_empty() && at >= free {
            poles.push(Pole {
                span,
                sides,
                is_listed,
                is_phrase: end - at > 1,
            });
        }
        if end > at + 1 {
            free = free.max(end);
        }
    }
    poles
}

/// Whether an English word says which way a figure goes.
pub(super) fn is_course(folded: &str) -> bool {
    OPPOSITES.english.get(folded).is_some_and(|entries| {
        entries
            .iter()
            .any(|entry| entry.steps.len() == 1 && OPPOSITES.courses.contains(&entry.side.0))
    })
}

fn is_opening(step: &str, word: &str) -> bool {
    match step.strip_suffix('.') {
        Some(whole) => word == whole,
        None => word.starts_with(step),
    }
}

/// A word or a phrase of a row.
struct Entry {
    steps: Vec<&'static str>,
    /// A row, and 0 or 1; 2: of neither side.
    side: (usize, usize),
}

/// So many words may fill the gap of a phrase.
const GAP: usize = 3;

impl Entry {
    fn new(written: &'static str, side: (usize, usize)) -> Self {
        let steps = written.split('_').collect();
        Self { steps, side }
    }

    /// Behind its last word, where it begins at `at`.
    fn end(
        &self,
        text: &str,
        words: &[(Span, String)],
        at: usize,
        is_step: impl Fn(&str, &str) -> bool,
    ) -> Option<usize> {
        let mut next = at;
        let mut gap = 0;
        for step in &self.steps {
            if *step == "~" {
                gap = GAP;
                continue;
            }
            let place = (next..=next + gap).find(|place| {
                words.get(*place).is_some_and(|(span, word)| {
                    let is_near = *place == at
                        || !text[words[*place - 1].0.end..span.start]
                            .contains([',', ';', '.', ':', '(', ')']);
                    is_near && is_step(step, word)
                })
            })?;
            next = place + 1;
            gap = 0;
        }
        Some(next)
    }
}

struct Opposites {
    /// First word → what begins with it.
    english: HashMap<&'static str, Vec<Entry>>,
    /// First opening (without a full stop) → what begins with it.
    french: HashMap<&'static str, Vec<Entry>>,
    /// For each row the stems of both sides.
    stems: Vec<[HashSet<Key>; 2]>,
    /// The rows said of figures.
    courses: Vec<usize>,
    /// The row of rises and falls.
    rises: Option<usize>,
    /// The rows of degrees.
    degrees: Vec<usize>,
}

impl Opposites {
    fn french_at<'w>(&'static self, word: &'w str) -> impl Iterator<Item = &'static Entry> + Clone + use<'w> {
        let ends = word.char_indices().map(|(at, c)| at + c.len_utf8());
        ends.filter_map(|end| self.french.get(&word[..end])).flatten()
    }

    /// The side of a row that the dictionary has a French word on.
    fn told(&self, row: usize, word: &Word) -> Option<usize> {
        let [one, other] = [0, 1].map(|side| word.has_any(&self.stems[row][side]));
        (one != other).then_some(usize::from(other))
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File<'a> {
    #[serde(borrow)]
    opposite: Vec<Row<'a>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row<'a> {
    one: &'a str,
    other: &'a str,
    un: &'a str,
    autre: &'a str,
    #[serde(default)]
    neither: &'a str,
    #[serde(default)]
    course: bool,
}

/// Parsed once; `the_opposites_are_sound` proves that this `expect` cannot fire.
static OPPOSITES: LazyLock<Opposites> = LazyLock::new(|| {
    let file: File<'static> =
        toml::from_str(include_str!("../../../data/opposites.toml")).expect("data/opposites.toml is valid");
    let mut opposites = Opposites {
        english: HashMap::new(),
        french: HashMap::new(),
        stems: Vec::new(),
        courses: Vec::new(),
        rises: None,
        degrees: Vec::new(),
    };
    for (at, row) in file.opposite.into_iter().enumerate() {
        for (side, list) in [row.one, row.other].into_iter().enumerate() {
            for written in list.split_whitespace() {
                let entry = Entry::new(written, (at, side));
                opposites.english.entry(entry.steps[0]).or_default().push(entry);
            }
        }
        for (side, list) in [row.un, row.autre, row.neither].into_iter().enumerate() {
            for written in list.split_whitespace() {
                let entry = Entry::new(written, (at, side));
                let opening = entry.steps[0].trim_end_matches('.');
                opposites.french.entry(opening).or_default().push(entry);
            }
        }
        opposites.stems.push([row.one, row.other].map(|list| {
            let single = list.split_whitespace().filter(|written| !written.contains('_'));
            single.map(stem_key).collect()
        }));
        if row.one == "more" {
            opposites.degrees.push(at);
        }
        if row.one.split_whitespace().any(|word| word == "rose") {
            opposites.rises = Some(at);
        }
        if row.course {
            opposites.courses.push(at);
        }
    }
    opposites
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_opposites_are_sound() {
        let file: File<'_> = toml::from_str(include_str!("../../../data/opposites.toml")).unwrap();
        assert!(
            file.opposite.is_sorted_by(|a, b| a.one < b.one),
            "sorted by `one`"
        );
        for row in &file.opposite {
            for (one, other) in [(row.one, row.other), (row.un, row.autre)] {
                let lists = [one, other].map(|list| list.split_whitespace().collect::<Vec<_>>());
                for list in &lists {
                    assert!(list.is_sorted_by(|a, b| a < b), "sorted: {list:?}");
                }
                for written in &lists[0] {
                    assert!(!lists[1].contains(written), "{written} is on both sides of a row");
                }
                for step in lists.iter().flatten().flat_map(|written| written.split('_')) {
                    let step = step.trim_end_matches('.');
                    assert!(
                        step == "~" || step == fold(step) && !step.is_empty(),
                        "{step}: as it is looked up"
                    );
                }
            }
        }
    }

    #[test]
    fn the_longest_phrase_wins() {
        let wanted = in_english("The new model is cheaper.");
        let french = "Le nouveau modèle est moins cher.";
        let words = super::super::words::Words::french(french);
        let poles = in_french(french, &words.words, &wanted);
        let said: Vec<&str> = poles.iter().map(|pole| pole.span.of(french)).collect();
        assert!(
            said.contains(&"moins cher") && !said.contains(&"cher"),
            "{said:?}"
        );
    }
}
