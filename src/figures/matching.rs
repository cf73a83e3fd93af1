//! Which English atom stands for which French one.
//!
//! In: the atoms of both texts. Out: for every French atom its counterpart, if any; then the likeliest pairs among those
//! left over. Laws: one to one, except that a figure said twice in one language may be said once in the other; the cost
//! grows linearly with the number of atoms (candidates are looked up by value, and only so many are tried).

use std::collections::HashMap;

use super::atoms::{Atom, Class, conversions};
use super::conversion;
use super::unit::Unit;
use super::value::{Form, Number, whole};

/// By which rule two atoms count as the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum How {
    /// The same value of the same class.
    Same,
    /// The same number in another role: a rank for a day.
    Role,
    /// Another reading of one of the two, or an exact conversion.
    Converted,
    /// The value is said once in the English and more than once in the French.
    Again,
}

impl How {
    pub fn because(self) -> &'static str {
        match self {
            Self::Same => "same value",
            Self::Role => "same number in another role",
            Self::Converted => "same value in another reading or unit",
            Self::Again => "said once in the English",
        }
    }
}

/// A French atom's counterpart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Match {
    pub target: usize,
    pub how: How,
}

/// At most so many candidates are weighed for one atom.
const CANDIDATES: usize = 48;

/// Below so many pairs of atoms every pair is weighed; above, candidates are looked up by value.
const FEW: usize = 1024;

/// Where the English atoms of a value are.
enum Index {
    /// So few that all are tried.
    All(usize),
    ByValue(HashMap<(i128, i128), Vec<usize>>),
}

impl Index {
    fn new(ours: &[Atom], theirs: &[Atom]) -> Self {
        if ours.len() * theirs.len() <= FEW {
            return Self::All(theirs.len());
        }
        let mut index: HashMap<(i128, i128), Vec<usize>> = HashMap::with_capacity(theirs.len());
        for (at, atom) in theirs.iter().enumerate() {
            for value in values(atom) {
                let entry = index.entry((*value.numer(), *value.denom())).or_default();
                if entry.last() != Some(&at) {
                    entry.push(at);
                }
            }
        }
        Self::ByValue(index)
    }

    /// The atoms that may stand for `atom`, those near the place `near` first in mind.
    fn candidates(&self, atom: &Atom, near: usize, found: &mut Vec<usize>) {
        found.clear();
        match self {
            Self::All(count) => found.extend(0..*count),
            Self::ByValue(index) => {
                for value in values(atom) {
                    let Some(list) = index.get(&(*value.numer(), *value.denom())) else {
                        continue;
                    };
                    let from = list
                        .partition_point(|at| *at < near)
                        .saturating_sub(CANDIDATES / 2);
                    found.extend(list.iter().skip(from).take(CANDIDATES));
                }
            }
        }
    }
}

/// Every value under which an atom may be found.
fn values(atom: &Atom) -> impl Iterator<Item = Number> {
    std::iter::once(atom.value).chain(atom.others.iter().map(|(_, value, _)| *value))
}

/// A counterpart for every French atom that has one.
pub(super) fn assign(ours: &mut [Atom], theirs: &mut [Atom]) -> Vec<Option<Match>> {
    let mut matches: Vec<Option<Match>> = vec![None; ours.len()];
    if ours.is_empty() || theirs.is_empty() {
        return matches;
    }
    let mut used = vec![false; theirs.len()];
    let mut index = Index::new(ours, theirs);
    // The surest first, so that a loose rule never takes what a strict one needs.
    take(ours, theirs, &index, [90, 60], &mut matches, &mut used);
    if matches.contains(&None) && used.contains(&false) {
        // Only what is left needs its conversions, and they cost.
        ours.iter_mut()
            .zip(&matches)
            .filter(|(_, found)| found.is_none())
            .for_each(|(atom, _)| conversions(atom));
        theirs
            .iter_mut()
            .zip(&used)
            .filter(|(_, used)| !**used)
            .for_each(|(atom, _)| conversions(atom));
        index = Index::new(ours, theirs);
        take(ours, theirs, &index, [30, 1], &mut matches, &mut used);
    }
    // Said twice in the French, once in the English.
    let mut candidates = Vec::new();
    for (at, atom) in ours.iter().enumerate() {
        if matches[at].is_some() {
            continue;
        }
        index.candidates(atom, at * theirs.len() / ours.len(), &mut candidates);
        let again = candidates.iter().find(|candidate| {
            let twin = &theirs[**candidate];
            let implied = atom.form == Form::Implied || twin.form == Form::Implied;
            (atom.class == twin.class || !implied) && grade(atom, twin).is_some_and(|(grade, _)| grade >= 60)
        });
        matches[at] = again.map(|target| Match {
            target: *target,
            how: How::Again,
        });
    }
    matches
}

/// Gives every French atom still without one its best English atom of at least each grade in turn.
fn take(
    ours: &[Atom],
    theirs: &[Atom],
    index: &Index,
    grades: [i32; 2],
    matches: &mut [Option<Match>],
    used: &mut [bool],
) {
    let mut candidates = Vec::new();
    for least in grades {
        for (at, atom) in ours.iter().enumerate() {
            if matches[at].is_some() {
                continue;
            }
            let mut best: Option<(i32, usize, Match)> = None;
            index.candidates(atom, at * theirs.len() / ours.len(), &mut candidates);
            for &target in candidates.iter().filter(|target| !used[**target]) {
                let Some((grade, how)) = grade(atom, &theirs[target]) else {
                    continue;
                };
                // Of equals, the one at the same place in the text.
                let distance = (at * theirs.len()).abs_diff(target * ours.len());
                let better =
                    best.is_none_or(|(score, far, _)| grade > score || grade == score && distance < far);
                if grade >= least && better {
                    best = Some((grade, distance, Match { target, how }));
                }
            }
            if let Some((_, _, found)) = best {
                used[found.target] = true;
                matches[at] = Some(found);
            }
        }
    }
}

/// How well `theirs` stands for `ours`, from 1 to 100, and by which rule; `None` if it does not.
fn grade(ours: &Atom, theirs: &Atom) -> Option<(i32, How)> {
    let same = ours.value == theirs.value;
    if !same && ours.others.is_empty() && theirs.others.is_empty() && ours.class != Class::Time {
        return None;
    }
    let units = units_fit(ours.unit, theirs.unit);
    if ours.class == Class::Time && theirs.class == Class::Time {
        let later = ours.value + whole(720) == theirs.value || theirs.value + whole(720) == ours.value;
        return if same {
            Some((100, How::Same))
        } else {
            (later && (ours.half_day || theirs.half_day)).then_some((80, How::Same))
        };
    }
    if (ours.class, theirs.class) == (Class::Relative, Class::Relative) {
        let other = |one: &Atom, day: Number| {
            one.others
                .iter()
                .any(|(class, value, _)| (*class, *value) == (Class::Relative, day))
        };
        return (same || other(ours, theirs.value) || other(theirs, ours.value)).then_some((94, How::Same));
    }
    if same {
        if ours.class == theirs.class {
            let implied = i32::from(ours.form == Form::Implied) + i32::from(theirs.form == Form::Implied);
            return Some(((100 - 3 * implied) - (100 - units) / 2, How::Same));
        }
        // `paragraphe 365`, Article 365: a number that names on one side alone.
        let named = |one: &Atom, other: &Atom| {
            one.class == Class::Code && matches!(other.class, Class::Number | Class::Year)
        };
        let digits = ours.form == Form::Digits && theirs.form == Form::Digits;
        if ours.class.is_numeric() && theirs.class.is_numeric()
            || digits && (named(ours, theirs) || named(theirs, ours))
        {
            return Some((70 - (100 - units) / 4, How::Role));
        }
    }
    let agrees = |class: Class, value: Number, unit: Option<Unit>, own: Option<Unit>, other: &Atom| {
        value == other.value
            && (class == other.class
                || class == Class::Number && matches!(other.class, Class::Rank | Class::Day | Class::Year))
            && match (unit, other.unit) {
                (Some(a), Some(b)) => a.agrees(b),
                // Another unit must be said: `dix ans` is a decade, not one.
                (Some(_), None) => unit == own && matches!(other.class, Class::Number | Class::Fraction),
                (None, Some(_)) => false,
                (None, None) => true,
            }
    };
    let reading = ours
        .others
        .iter()
        .any(|(class, value, unit)| agrees(*class, *value, *unit, ours.unit, theirs))
        || theirs
            .others
            .iter()
            .any(|(class, value, unit)| agrees(*class, *value, *unit, theirs.unit, ours));
    if reading {
        return Some((40, How::Converted));
    }
    let both = ours.others.iter().any(|(class, value, unit)| {
        theirs
            .others
            .iter()
            .any(|(class_b, value_b, unit_b)| class == class_b && value == value_b && unit == unit_b)
    });
    both.then_some((20, How::Converted))
}

/// How well two units fit, from 0 to 100.
fn units_fit(ours: Option<Unit>, theirs: Option<Unit>) -> i32 {
    match (ours, theirs) {
        (Some(a), Some(b)) if a == b => 100,
        (Some(a), Some(b)) if a.agrees(b) => 95,
        (None, None) => 100,
        (None, Some(_)) | (Some(_), None) => 80,
        (Some(_), Some(_)) => 20,
    }
}

/// The likeliest pairs among the atoms that found no counterpart, and what is left of both.
pub(super) fn pair_leftovers(
    ours: &[Atom],
    theirs: &[Atom],
    left: &[usize],
    spare: &[usize],
) -> (Vec<(usize, usize)>, Vec<usize>, Vec<usize>) {
    if left.is_empty() || spare.is_empty() {
        return (Vec::new(), left.to_vec(), spare.to_vec());
    }
    let mut candidates = Vec::new();
    for (rank, &a) in left.iter().enumerate() {
        // In a long text only the neighbours can be meant.
        let window = if left.len() * spare.len() > 4096 {
            4
        } else {
            usize::MAX
        };
        let from = rank.saturating_sub(window);
        for (other, &b) in spare.iter().enumerate().skip(from).take(window.saturating_mul(2)) {
            if let Some(likeness) = likeness(&ours[a], &theirs[b]) {
                candidates.push((std::cmp::Reverse(likeness), rank.abs_diff(other), a, b));
            }
        }
    }
    candidates.sort_unstable();
    let mut taken_ours = vec![false; ours.len()];
    let mut taken_theirs = vec![false; theirs.len()];
    let mut pairs = Vec::new();
    for (_, _, a, b) in candidates {
        if !taken_ours[a] && !taken_theirs[b] {
            taken_ours[a] = true;
            taken_theirs[b] = true;
            pairs.push((a, b));
        }
    }
    pairs.sort_unstable();
    let left = left.iter().copied().filter(|at| !taken_ours[*at]).collect();
    let spare = spare.iter().copied().filter(|at| !taken_theirs[*at]).collect();
    (pairs, left, spare)
}

/// Whether a figure of one class may have become one of another: a count a year, a rank a number; never a year a rank.
fn crosses(ours: &Atom, theirs: &Atom) -> bool {
    let pair = if ours.class < theirs.class {
        (ours.class, theirs.class)
    } else {
        (theirs.class, ours.class)
    };
    match pair {
        (Class::Number, Class::Rank) => ours.value > whole(2) && theirs.value > whole(2),
        (Class::Number, Class::Fraction | Class::Multiple | Class::Day | Class::Year)
        | (Class::Year, Class::Decade) => true,
        _ => false,
    }
}

/// `hier` that became Tuesday, `mardi` that became today: only the date of the text could tell.
pub(super) fn is_day(ours: Class, theirs: Class) -> bool {
    matches!(
        (ours, theirs),
        (Class::Relative, Class::Weekday) | (Class::Weekday, Class::Relative)
    )
}

/// How likely it is that `theirs` is what became of `ours`; `None` if they are not the same sort of thing.
fn likeness(ours: &Atom, theirs: &Atom) -> Option<i32> {
    // `a third` is read as a rank before a noun, and may still be what became of a half.
    let also_part = theirs.others.iter().any(|(class, ..)| *class == Class::Fraction);
    let same = ours.class == theirs.class || ours.class == Class::Fraction && also_part;
    if ours.form == Form::Implied || theirs.form == Form::Implied {
        let parts = |class| {
            matches!(
                class,
                Class::Fraction | Class::Multiple | Class::Code | Class::Relative
            )
        };
        // A half that became a third, a dozen that became twenty.
        let alike = same && (parts(ours.class) || ours.value >= whole(10) && theirs.value >= whole(10));
        if !alike {
            return is_day(ours.class, theirs.class).then_some(1);
        }
    }
    if !same && !crosses(ours, theirs) {
        return None;
    }
    let mut likeness = if same { 50 } else { 20 };
    likeness += match (ours.unit, theirs.unit) {
        (Some(a), Some(b)) if a.agrees(b) => 30,
        (Some(_), Some(_)) if conversion::is_exact(ours, theirs) => 40,
        (None, None) => 15,
        (Some(_), Some(_)) => 0,
        (Some(_), None) | (None, Some(_)) => 10,
    };
    if ours.form == theirs.form {
        likeness += 10;
    }
    Some(likeness)
}
