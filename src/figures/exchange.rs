//! Findings of figures that changed places: which pairs may have, and what to say of those that did.
//!
//! In: the atoms of a comparison and how they were matched. Out: findings `figure.swapped`. Law: only figures that stand once
//! in each text are weighed; the weighing itself is [`super::binding`]'s.

use super::Figure;
use super::atoms::{Atom, Class};
use super::binding::{Bound, Marks, exchanged};
use super::compare::Comparison;
use super::matching::{How, Match};
use super::unit::Unit;
use super::value::{Form, Kind, Qualifier, Value, whole};
use crate::finding::{Code, Severity};
use crate::span::Span;

/// `pas 25 %, mais 15 %` that came back as *15% instead of 25%*: French denies the first of the two, English the second, so
/// the two stand the other way round in a right translation.
fn contrasted(source: &str, target: &str, a: &Bound, b: &Bound) -> bool {
    let between = |text: &str, one: Span, other: Span| {
        let (first, second) = if one.start < other.start {
            (one, other)
        } else {
            (other, one)
        };
        text.get(first.end..second.start)
            .unwrap_or_default()
            .to_lowercase()
    };
    let (french, english) = (
        between(source, a.ours, b.ours),
        between(target, a.theirs, b.theirs),
    );
    let turned = (a.ours.start < b.ours.start) != (a.theirs.start < b.theirs.start);
    turned
        && (french.starts_with("mais ") || french.contains(" mais "))
        && ["instead of", "rather than", ", not ", "as opposed to"]
            .iter()
            .any(|words| english.contains(words))
}

impl Comparison<'_> {
    /// Figures that were matched by value but stand in each other's place.
    pub(super) fn exchanges(&mut self, matches: &[Option<Match>]) {
        if self.is_in_step(matches) {
            return;
        }
        let mut bound = Vec::new();
        let mut atoms = Vec::new();
        for (at, found) in matches.iter().enumerate() {
            let Some(found) = found.filter(|found| found.how != How::Again) else {
                continue;
            };
            let (ours, theirs) = (&self.ours[at], &self.theirs[found.target]);
            let plain = matches!(ours.class, Class::Number | Class::Year | Class::Day | Class::Code)
                && matches!(found.how, How::Same | How::Role);
            let twice = |atoms: &[Atom], atom: &Atom| {
                atoms
                    .iter()
                    .take(200)
                    .filter(|other| other.value == atom.value)
                    .count()
                    > 1
            };
            let firm = ours.form != Form::Implied
                && theirs.form != Form::Implied
                && (ours.form == Form::Digits || ours.value > whole(1));
            let movable = plain && firm && !twice(&self.ours, ours) && !twice(&self.theirs, theirs);
            let sort = match ours.unit {
                _ if ours.class == Class::Year && theirs.class == Class::Year => 0,
                Some(Unit::PERCENT) => 1,
                Some(unit) if unit.is_currency() => 2,
                _ => 3,
            };
            let mark = |atom: &Atom, figure: &Figure, text: &str| -> Marks {
                let unit = atom.unit.map_or(0, Unit::family);
                let class = u32::from(atom.class == Class::Day) + 2 * u32::from(atom.class == Class::Year);
                let bound = figure
                    .qualifier
                    .and_then(Qualifier::is_floor)
                    .map_or(0, |floor| 1 + u32::from(floor));
                let before = text[..figure.span.start].trim_end();
                let arrived = [" à", " to", " at"].iter().any(|word| before.ends_with(word));
                [unit, class, u32::from(figure.scale), bound, u32::from(arrived)]
            };
            let (french, english) = (&self.french[ours.figure], &self.english[theirs.figure]);
            let marks = (
                mark(ours, french, self.source),
                mark(theirs, english, self.target),
            );
            bound.push(Bound {
                ours: french.span,
                theirs: english.span,
                sort,
                marks,
                movable,
            });
            atoms.push((at, found.target));
        }
        // Figures of two units are told apart by their units.
        let mixed = |a: usize, b: usize| {
            let differ = |one: Option<Unit>, other: Option<Unit>| {
                one.zip(other).is_some_and(|(one, other)| !one.agrees(other))
            };
            differ(self.ours[atoms[a].0].unit, self.ours[atoms[b].0].unit)
                && differ(self.theirs[atoms[a].1].unit, self.theirs[atoms[b].1].unit)
        };
        for (a, b) in exchanged(self.source, self.target, &bound, mixed) {
            if contrasted(self.source, self.target, &bound[a], &bound[b]) {
                continue;
            }
            let ((ours, theirs), (other, _)) = (atoms[a], atoms[b]);
            let texts = [ours, other].map(|at| self.french[self.ours[at].figure].span.of(self.source));
            let message = format!(
                "“{}” and “{}” have changed places in the English.",
                texts[0], texts[1]
            );
            self.report(
                Code::FigureSwapped,
                Severity::Error,
                Some(ours),
                Some(theirs),
                message,
            );
            self.fate[self.ours[other].figure].failed = true;
        }
    }

    /// Whether the figures stand in the same order in both texts, so that none can have been exchanged.
    fn is_in_step(&self, matches: &[Option<Match>]) -> bool {
        let mut places = matches.iter().enumerate().filter_map(|(at, found)| {
            let found = found.filter(|found| found.how != How::Again)?;
            let (ours, theirs) = (self.ours[at].figure, self.theirs[found.target].figure);
            Some((self.french[ours].span.start, self.english[theirs].span.start))
        });
        let Some(mut before) = places.next() else {
            return true;
        };
        places.all(|place| {
            let in_step = before == place || before.0 < place.0 && before.1 < place.1;
            before = place;
            in_step
        })
    }

    /// `de 5 à 6 %` that came back as `6 to 5 %`.
    pub(super) fn turned_ranges(&mut self, matches: &[Option<Match>]) {
        for at in 0..self.ours.len().saturating_sub(1) {
            let (low, high) = (&self.ours[at], &self.ours[at + 1]);
            let (Some(first), Some(second)) = (matches[at], matches[at + 1]) else {
                continue;
            };
            let ends = low.figure == high.figure && matches!(self.french[low.figure].value, Value::Range(..));
            let score = self.french[low.figure].kind == Kind::Score
                || self.french[low.figure].unit.is_none()
                    && self.french[low.figure].scale == 0
                    && low.value < whole(10)
                    && high.value < whole(10);
            let turned = second.target + 1 == first.target
                && self.theirs[first.target].figure == self.theirs[second.target].figure
                && matches!(
                    self.english[self.theirs[first.target].figure].value,
                    Value::Range(..)
                );
            if ends && turned && !score && low.value != high.value {
                let figure = low.figure;
                let texts = (
                    self.french[figure].span.of(self.source),
                    self.english[self.theirs[first.target].figure]
                        .span
                        .of(self.target),
                );
                let message = format!(
                    "The two ends of “{}” have changed places in “{}”.",
                    texts.0, texts.1
                );
                self.report(
                    Code::FigureSwapped,
                    Severity::Error,
                    Some(at),
                    Some(first.target),
                    message,
                );
            }
        }
    }
}
