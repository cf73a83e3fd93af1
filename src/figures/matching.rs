//! Which English atom stands for which French one.
//!
//! In: the atoms of both texts. Out: for every French atom its counterpart, if any; then the likeliest pairs among those
//! left over. Laws: one to one, except that a figure said twice in one language may be said once in the other; the cost
//! grows linearly with the number of atoms (candidates are looked up by value, and only so many are tried).

use std::collections::HashMap;

use super::atoms::{Atom, Class};
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
#[derive(Debug, Clone, Copy)]
pub(super) struct Match {
    pub target: usize,
    pub how: How,
}

/// At most so many candidates are weighed for one atom.
const CANDIDATES: usize = 48;

/// A counterpart for every French atom that has one.
pub(super) fn assign(ours: &[Atom], theirs: &[Atom]) -> Vec<Option<Match>> {
    let mut index: HashMap<Number, Vec<usize>> = HashMap::with_capacity(theirs.len());
    for (at, atom) in theirs.iter().enumerate() {
        let mut enter = |value: Number| {
            let entry = index.entry(value).or_default();
            if entry.last() != Some(&at) {
                entry.push(at);
            }
        };
        enter(atom.value);
        atom.others.iter().for_each(|(_, value, _)| enter(*value));
    }
    let mut used = vec![false; theirs.len()];
    let mut matches: Vec<Option<Match>> = vec![None; ours.len()];
    // The surest first, so that a loose rule never takes what a strict one needs.
    for least in [90, 60, 30, 1] {
        for (at, atom) in ours.iter().enumerate() {
            if matches[at].is_some() {
                continue;
            }
            let mut best: Option<(i32, usize, Match)> = None;
            let place = |target: usize| (at * theirs.len().max(1)).abs_diff(target * ours.len().max(1));
            let values = std::iter::once(atom.value).chain(atom.others.iter().map(|(_, value, _)| *value));
            for value in values {
                let Some(candidates) = index.get(&value) else {
                    continue;
                };
                // Near the same place in the text.
                let near = candidates
                    .partition_point(|candidate| candidate * ours.len().max(1) < at * theirs.len().max(1));
                let from = near.saturating_sub(CANDIDATES / 2);
                for &candidate in candidates.iter().skip(from).take(CANDIDATES) {
                    if used[candidate] {
                        continue;
                    }
                    let Some((grade, how)) = grade(atom, &theirs[candidate]) else {
                        continue;
                    };
                    if grade < least {
                        continue;
                    }
                    let distance = place(candidate);
                    if best.is_none_or(|(score, far, _)| {
                        (grade, std::cmp::Reverse(distance)) > (score, std::cmp::Reverse(far))
                    }) {
                        best = Some((
                            grade,
                            distance,
                            Match {
                                target: candidate,
                                how,
                            },
                        ));
                    }
                }
            }
            if let Some((_, _, found)) = best {
                used[found.target] = true;
                matches[at] = Some(found);
            }
        }
    }
    // Said twice in the French, once in the English.
    for (at, atom) in ours.iter().enumerate() {
        if matches[at].is_none()
            && let Some(candidates) = index.get(&atom.value)
            && let Some(&target) = candidates.iter().take(CANDIDATES).find(|candidate| {
                let twin = &theirs[**candidate];
                let implied = atom.form == Form::Implied || twin.form == Form::Implied;
                (atom.class == twin.class || !implied)
                    && grade(atom, twin).is_some_and(|(grade, _)| grade >= 60)
            })
        {
            matches[at] = Some(Match {
                target,
                how: How::Again,
            });
        }
    }
    matches
}

/// How well `theirs` stands for `ours`, from 1 to 100, and by which rule; `None` if it does not.
fn grade(ours: &Atom, theirs: &Atom) -> Option<(i32, How)> {
    let units = units_fit(ours.unit, theirs.unit);
    if ours.class == Class::Time && theirs.class == Class::Time {
        let same = ours.value == theirs.value;
        let later = ours.value + whole(720) == theirs.value || theirs.value + whole(720) == ours.value;
        return if same {
            Some((100, How::Same))
        } else {
            (later && (ours.half_day || theirs.half_day)).then_some((80, How::Same))
        };
    }
    if ours.value == theirs.value {
        if ours.class == theirs.class {
            let implied = i32::from(ours.form == Form::Implied) + i32::from(theirs.form == Form::Implied);
            return Some(((100 - 3 * implied) - (100 - units) / 2, How::Same));
        }
        if ours.class.is_numeric() && theirs.class.is_numeric() {
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

/// How likely it is that `theirs` is what became of `ours`; `None` if they are not the same sort of thing.
fn likeness(ours: &Atom, theirs: &Atom) -> Option<i32> {
    let same = ours.class == theirs.class;
    if ours.form == Form::Implied || theirs.form == Form::Implied {
        let parts = |class| matches!(class, Class::Fraction | Class::Multiple | Class::Code);
        // A half that became a third, a dozen that became twenty.
        let alike = same && (parts(ours.class) || ours.value >= whole(10) && theirs.value >= whole(10));
        if !alike {
            return None;
        }
    }
    if !same && !crosses(ours, theirs) {
        return None;
    }
    let mut likeness = if same { 50 } else { 20 };
    likeness += match (ours.unit, theirs.unit) {
        (Some(a), Some(b)) if a.agrees(b) => 30,
        (None, None) => 15,
        (Some(_), Some(_)) => 0,
        (Some(_), None) | (None, Some(_)) => 10,
    };
    if ours.form == theirs.form {
        likeness += 10;
    }
    Some(likeness)
}
