//! Two lists of figures → what became of each figure of the French.
//!
//! In: both texts and their figures. Out: a [`Verdict`]: an account of every French figure, and a finding for each that is
//! missing, altered, added or not provable. Laws: pure; symmetric in nothing, since only the French is the truth; an error
//! is raised only where a correct translation would hardly ever stand.

use super::Figure;
use super::atoms::{Atom, Class, atoms};
use super::conversion;
use super::matching::{How, Match, assign, is_day, pair_leftovers};
use super::readable;
use super::unit::Unit;
use super::value::{Direction, Form, Kind, Number, Qualifier, Value, power_of_ten, times, whole};
use num_traits::CheckedDiv;
use std::fmt::Write as _;

use crate::finding::{Account, Code, Finding, Outcome, Severity, Spot, Subject, Verdict};
use crate::span::Span;

/// Accounts for every figure of the French text by the figures of the English one.
#[must_use]
pub fn compare(source: &str, french: &[Figure], target: &str, english: &[Figure]) -> Verdict {
    if french.is_empty() && english.is_empty() {
        return Verdict::default();
    }
    let mut comparison = Comparison {
        source,
        target,
        french,
        english,
        ours: atoms(french),
        theirs: atoms(english),
        findings: Vec::new(),
        fate: vec![Fate::default(); french.len()],
    };
    comparison.run();
    comparison.verdict()
}

/// What became of one French figure.
#[derive(Clone, Default)]
pub(super) struct Fate {
    /// An error stands for it.
    pub failed: bool,
    /// A warning stands for it.
    pub doubtful: bool,
    /// The English figure that matched.
    pub target: Option<usize>,
    pub because: Option<&'static str>,
}

pub(super) struct Comparison<'t> {
    pub source: &'t str,
    pub target: &'t str,
    pub french: &'t [Figure],
    pub english: &'t [Figure],
    pub ours: Vec<Atom>,
    pub theirs: Vec<Atom>,
    pub findings: Vec<Finding>,
    pub fate: Vec<Fate>,
}

/// The longest spot we show, in bytes: a place, not a sentence.
const LONGEST_SPOT: usize = 60;

fn spot(text: &str, figure: &Figure) -> Spot {
    let mut span = figure.span;
    while span.len() > LONGEST_SPOT {
        span.end -= 1;
        while !text.is_char_boundary(span.end) {
            span.end -= 1;
        }
    }
    let mut value = String::with_capacity(24);
    // Writing to a string cannot fail.
    let _ = write!(value, "{figure}");
    Spot::new(text, Span::new(span.start, span.end)).read_as(value)
}

impl Comparison<'_> {
    fn run(&mut self) {
        let matches = assign(&mut self.ours, &mut self.theirs);
        let mut theirs_used = vec![false; self.theirs.len()];
        let mut left = Vec::new();
        for (at, found) in matches.iter().enumerate() {
            match found {
                Some(found) => {
                    theirs_used[found.target] = true;
                    self.settle(at, *found);
                }
                None => left.push(at),
            }
        }
        self.exchanges(&matches);
        self.turned_ranges(&matches);
        let spare: Vec<usize> = theirs_used
            .iter()
            .enumerate()
            .filter(|(_, used)| !**used)
            .map(|(at, _)| at)
            .collect();
        let (pairs, left, spare) = pair_leftovers(&self.ours, &self.theirs, &left, &spare);
        for (ours, theirs) in pairs {
            self.altered(ours, theirs);
        }
        for ours in left {
            self.missing(ours);
        }
        for theirs in spare {
            if self.repeats(theirs, &theirs_used) || self.spans_a_term(theirs) {
                continue;
            }
            self.added(theirs);
        }
    }

    /// Whether the English says at `at` only what it says elsewhere, where it was matched.
    fn repeats(&self, at: usize, used: &[bool]) -> bool {
        let atom = &self.theirs[at];
        self.theirs.iter().take(400).enumerate().any(|(other, twin)| {
            let alike = twin.class == atom.class
                || twin.class.is_numeric() && atom.class.is_numeric() && twin.form != Form::Implied;
            other != at && used[other] && twin.value == atom.value && alike
        })
    }

    /// The first six months, for `le premier semestre`: the length of a term that the French counts.
    fn spans_a_term(&self, at: usize) -> bool {
        let atom = &self.theirs[at];
        let (month, length) = (Unit::with_code("mo"), atom.value);
        atom.class == Class::Number
            && atom.unit == month
            && self.ours.iter().take(400).any(|term| {
                let long = |unit: Unit| matches!(unit.code(), "3.mo" | "6.mo") && unit.factor() == length;
                term.class == Class::Rank && term.unit.is_some_and(long)
            })
    }

    pub(super) fn report(
        &mut self,
        code: Code,
        severity: Severity,
        ours: Option<usize>,
        theirs: Option<usize>,
        message: String,
    ) {
        let source = ours.map(|at| spot(self.source, &self.french[self.ours[at].figure]));
        let target = theirs.map(|at| spot(self.target, &self.english[self.theirs[at].figure]));
        if let Some(at) = ours {
            let fate = &mut self.fate[self.ours[at].figure];
            match severity {
                Severity::Error => fate.failed = true,
                Severity::Warning => fate.doubtful = true,
            }
        }
        self.findings.push(Finding {
            severity,
            ..Finding::new(code, source, target, message)
        });
    }

    /// Two atoms of the same value: do unit, bound, direction and sign agree as well?
    fn settle(&mut self, at: usize, found: Match) {
        let ours = self.ours[at].clone();
        let theirs = self.theirs[found.target].clone();
        let fate = &mut self.fate[ours.figure];
        fate.target = Some(theirs.figure);
        if fate.because.is_none() || found.how != How::Same {
            fate.because = Some(found.how.because());
        }
        let (french, english) = (&self.french[ours.figure], &self.english[theirs.figure]);
        let (source, target) = (french.span.of(self.source), english.span.of(self.target));
        if found.how == How::Again {
            return;
        }
        if english.misspelt && !french.misspelt {
            let message = format!(
                "“{target}” keeps the separators of French; English writes {}.",
                english.value
            );
            self.report(
                Code::FigureAltered,
                Severity::Error,
                Some(at),
                Some(found.target),
                message,
            );
            return;
        }
        if found.how != How::Converted
            && let Some((code, mut severity, message)) = unit_conflict(&ours, &theirs, source, target)
        {
            // `pas un euro` is not a cent.
            if ours.form == Form::Implied && theirs.form == Form::Implied && ours.value == whole(1) {
                severity = Severity::Warning;
            }
            // Thousands of miles for `des milliers de kilomètres`: nobody measured.
            if french.qualifier == Some(Qualifier::OrderOf) && !ours.unit.is_some_and(Unit::is_currency) {
                severity = Severity::Warning;
            }
            self.report(code, severity, Some(at), Some(found.target), message);
            if severity == Severity::Error {
                return;
            }
        }
        if let Some(message) = bound_conflict(french, english, source, target) {
            self.report(
                Code::FigureDirection,
                Severity::Error,
                Some(at),
                Some(found.target),
                message,
            );
            return;
        }
        if let Some(message) = direction_conflict(french, english, source, target) {
            self.report(
                Code::FigureDirection,
                Severity::Error,
                Some(at),
                Some(found.target),
                message,
            );
        }
    }

    fn altered(&mut self, ours: usize, theirs: usize) {
        let (a, b) = (self.ours[ours].clone(), self.theirs[theirs].clone());
        let (french, english) = (&self.french[a.figure], &self.english[b.figure]);
        let measure = conversion::converted(&a, &b);
        let scale = measure.is_none() && a.class == Class::Number && is_scale(a.value, b.value);
        let code = if scale {
            Code::FigureScale
        } else {
            Code::FigureAltered
        };
        let (said, now) = (quoted(french, self.source), quoted(english, self.target));
        let message = if is_day(a.class, b.class) {
            format!("{said} became {now}: right only if both are the same day.")
        } else if let Some(value) = measure {
            let unit = b.unit.map_or("", Unit::code);
            let exactly = readable(&format!("{} {unit}", conversion::rounded(value)));
            format!("{said} became {now}; this may be a conversion, which gives {exactly}.")
        } else if scale {
            format!("{said} became {now}: the same digits on another scale.")
        } else {
            format!("{said} became {now}.")
        };
        let vague = |figure: &Figure| figure.qualifier == Some(Qualifier::OrderOf);
        let below = |a: Number, b: Number| times(b, whole(1000)).is_some_and(|far| a < far);
        let near = scale && below(a.value, b.value) && below(b.value, a.value);
        let severity = if english.in_name && a.class != b.class
            || vague(french) && vague(english) && near
            || Self::shares_scale(b.figure, self.english, french)
            || Self::shares_scale(a.figure, self.french, english)
            || a.form == Form::Implied && b.form == Form::Implied && a.class != b.class
            || is_day(a.class, b.class)
            || conversion::is_exact(&a, &b)
        {
            Severity::Warning
        } else {
            Severity::Error
        };
        self.report(code, severity, Some(ours), Some(theirs), message);
    }

    /// `40 billion and 24 more`, `pas 60 000 millions mais 95 000`: the bare number shares the scale word of its neighbour.
    fn shares_scale(bare: usize, figures: &[Figure], full: &Figure) -> bool {
        let (Value::Number(short), Value::Number(long)) = (figures[bare].value, full.value) else {
            return false;
        };
        let mut neighbours = figures.iter().skip(bare.saturating_sub(2)).take(5);
        figures[bare].scale == 0
            && neighbours
                .any(|figure| figure.scale > 0 && times(short, power_of_ten(figure.scale)) == Some(long))
    }

    fn missing(&mut self, at: usize) {
        let atom = &self.ours[at];
        if atom.form == Form::Implied {
            self.fate[atom.figure].doubtful |= self.fate[atom.figure].target.is_none();
            return;
        }
        let figure = &self.french[atom.figure];
        let severity = match atom.class {
            Class::Rank if atom.value <= whole(2) => Severity::Warning,
            _ if figure.in_name => Severity::Warning,
            Class::Decade | Class::Fraction | Class::Multiple => Severity::Warning,
            Class::Number if atom.value <= whole(1) && atom.unit != Some(Unit::PERCENT) => Severity::Warning,
            _ => Severity::Error,
        };
        let message = format!("{} is not in the English.", quoted(figure, self.source));
        self.report(Code::FigureMissing, severity, Some(at), None, message);
    }

    fn added(&mut self, at: usize) {
        let atom = &self.theirs[at];
        if atom.form == Form::Implied {
            return;
        }
        let figure = &self.english[atom.figure];
        let severity = match atom.class {
            Class::Rank | Class::Number if atom.value <= whole(2) && atom.form == Form::Words => {
                Severity::Warning
            }
            Class::Decade | Class::Fraction | Class::Multiple => Severity::Warning,
            _ if figure.in_name => Severity::Warning,
            _ => Severity::Error,
        };
        let message = format!(
            "The English has {}, which the French does not.",
            quoted(figure, self.target)
        );
        self.report(Code::FigureAdded, severity, None, Some(at), message);
    }

    fn verdict(mut self) -> Verdict {
        let key = |finding: &Finding| {
            (
                finding.source.is_none(),
                finding
                    .source
                    .as_ref()
                    .or(finding.target.as_ref())
                    .map_or(0, |spot| spot.span.start),
            )
        };
        self.findings.sort_by_key(key);
        self.findings.dedup();
        let accounts = self
            .french
            .iter()
            .zip(&self.fate)
            .map(|(figure, fate)| Account {
                kind: Subject::Figure,
                outcome: if fate.failed {
                    Outcome::Failed
                } else if fate.doubtful || fate.target.is_none() {
                    Outcome::NotProven
                } else {
                    Outcome::Proven
                },
                source: spot(self.source, figure),
                target: fate.target.map(|at| spot(self.target, &self.english[at])),
                because: fate.because.map(str::to_owned),
            })
            .collect();
        Verdict {
            findings: self.findings,
            accounts,
        }
    }
}

/// Whether one value is the other times a power of a thousand, or with its decimal point moved.
fn is_scale(a: Number, b: Number) -> bool {
    if a == whole(0) || b == whole(0) {
        return false;
    }
    let (large, small) = if a > b { (a, b) } else { (b, a) };
    let Some(ratio) = large.checked_div(&small) else {
        return false;
    };
    ratio.is_integer() && {
        let mut ratio = ratio.to_integer();
        while ratio % 10 == 0 {
            ratio /= 10;
        }
        ratio == 1
    }
}

/// What is wrong with the units of two equal values, if anything.
fn unit_conflict(ours: &Atom, theirs: &Atom, source: &str, target: &str) -> Option<(Code, Severity, String)> {
    match (ours.unit, theirs.unit) {
        (Some(a), Some(b)) => {
            if a.agrees(b) {
                return None;
            }
            if a.is_currency() && b.is_currency() {
                let message = format!("“{source}” is in {a}, but “{target}” is in {b}.");
                return Some((Code::FigureCurrency, Severity::Error, message));
            }
            let message = format!("“{source}” is counted in {a}, but “{target}” in {b}.");
            Some((Code::FigureUnit, Severity::Error, message))
        }
        (Some(Unit::PERCENT), None) if matches!(theirs.class, Class::Number) => {
            let message = format!("“{source}” is a percentage, but “{target}” has no per cent.");
            Some((Code::FigureUnit, Severity::Error, message))
        }
        (None, Some(Unit::PERCENT)) => {
            let message = format!("“{target}” is a percentage; the French “{source}” does not say so.");
            Some((Code::FigureUnit, Severity::Warning, message))
        }
        // `trente livres` may be books.
        (Some(a), None) if a.code() == "pound" && source.contains("livre") => None,
        (Some(a), None) if a.is_currency() => {
            let message = format!("The currency of “{source}” ({a}) is left unsaid in “{target}”.");
            Some((Code::FigureCurrency, Severity::Warning, message))
        }
        (None, Some(b)) if b.is_currency() => {
            let message = format!("“{target}” says {b}; the French “{source}” leaves the currency unsaid.");
            Some((Code::FigureCurrency, Severity::Warning, message))
        }
        _ => None,
    }
}

/// The words of a figure, and what they were read as where that says more: “une vingtaine” (20).
fn quoted(figure: &Figure, text: &str) -> String {
    let words = figure.span.of(text);
    let value = readable(&figure.to_string());
    if words
        .chars()
        .filter(|c| !c.is_whitespace())
        .eq(value.chars().filter(|c| !matches!(c, ' ' | ',')))
    {
        format!("“{words}”")
    } else {
        format!("“{words}” ({value})")
    }
}

/// A floor that became a ceiling.
fn bound_conflict(french: &Figure, english: &Figure, source: &str, target: &str) -> Option<String> {
    let (ours, theirs) = (french.qualifier?, english.qualifier?);
    let floor = ours.is_floor()?;
    (theirs.is_floor()? != floor)
        .then(|| format!("“{source}” is bounded by “{ours}”, but “{target}” by “{theirs}”."))
}

/// A rise that became a fall, or a minus sign lost.
fn direction_conflict(french: &Figure, english: &Figure, source: &str, target: &str) -> Option<String> {
    let minus = |figure: &Figure| matches!(figure.value, Value::Number(number) if number < whole(0));
    if minus(french) != minus(english) {
        let other = if minus(french) { english } else { french };
        if other.direction != Some(Direction::Down) && other.qualifier != Some(Qualifier::LessThan) {
            return Some(format!("“{source}” and “{target}” differ in sign."));
        }
        return None;
    }
    // `deux buts`, `three trees`: what is merely counted in words does not move.
    if french.kind == Kind::Count && (french.form != Form::Digits || english.form != Form::Digits) {
        return None;
    }
    let (ours, theirs) = (french.direction?, english.direction?);
    (ours != theirs).then(|| format!("“{source}” goes {ours}, but “{target}” goes {theirs}."))
}
