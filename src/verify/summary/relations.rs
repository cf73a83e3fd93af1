//! Relations with two ends, said the wrong way round: *from 55 to 25* for `de 25 à 55`, *before* for `après`, *older* of the
//! younger.
//!
//! In: a claim. Out: findings (`figure.direction`). Such a word may be exchanged for its opposite where its ends are exchanged as
//! well, so each is judged with its ends: the figures, the words of the two clauses, the names and what each of them counts.

use super::Claim;
use super::poles::{Pole, in_english, words};
use crate::figures::{Figure, Kind, Number, Value};
use crate::finding::{Code, Finding, Spot};
use crate::span::Span;

pub(super) fn check(claim: &Claim<'_>) -> Vec<Finding> {
    let mut findings = ends(claim);
    findings.extend(order(claim));
    findings.extend(compared(claim));
    findings
}

fn finding(claim: &Claim<'_>, span: Span, source: Option<Span>) -> Finding {
    let message = format!(
        "“{}” is the opposite of what the passages say.",
        span.of(claim.sentence)
    );
    let source = source.map(|span| Spot::new(claim.source, span));
    Finding::new(Code::FigureDirection, source, Some(claim.spot(span)), message)
}

/// From so much to so much.
struct Ends {
    span: Span,
    from: Number,
    to: Number,
}

/// So many words may part the two ends (*from 55 billion in 2000 to 25 billion*).
const APART: usize = 6;

/// Figures of a text that stand behind *from* and *to*.
fn all_ends(text: &str, figures: &[Figure], from: &[&str], to: &[&str]) -> Vec<Ends> {
    let is_behind = |figure: &Figure, words: &[&str]| {
        let before = text[..figure.span.start].trim_end_matches(['€', '$', '£', ' ', '\u{a0}']);
        let word = before.rsplit(|c: char| c.is_whitespace() || matches!(c, '\'' | '’'));
        let is_elided = before.ends_with(['\'', '’']);
        let mut word = word.filter(|word| !word.is_empty());
        let last = word.next().unwrap_or_default().to_lowercase();
        words.contains(&last.as_str()) && (!is_elided || last == "d")
    };
    let mut ends = Vec::new();
    for (at, figure) in figures.iter().enumerate() {
        if matches!(
            figure.kind,
            Kind::Ordinal | Kind::Time | Kind::Month | Kind::Weekday | Kind::Date
        ) {
            continue;
        }
        if !is_behind(figure, from) {
            continue;
        }
        if let Value::Range(from, to) = figure.value {
            ends.push(Ends {
                span: figure.span,
                from,
                to,
            });
            continue;
        }
        let end = figures[at + 1..]
            .iter()
            .find(|other| other.kind == figure.kind && is_behind(other, to));
        let Some((end, (from, to))) = end
            .zip(figure.value.number())
            .and_then(|(end, from)| Some((end, (from, end.value.number()?))))
        else {
            continue;
        };
        let between = text.get(figure.span.end..end.span.start).unwrap_or_default();
        if between.split_whitespace().count() <= APART && !between.contains([';', ':', '.']) {
            ends.push(Ends {
                span: Span::new(figure.span.start, end.span.end),
                from,
                to,
            });
        }
    }
    ends
}

fn ends(claim: &Claim<'_>) -> Vec<Finding> {
    let english = all_ends(claim.sentence, &claim.english_figures, &["from"], &["to"]);
    if english.is_empty() {
        return Vec::new();
    }
    let french = all_ends(claim.source, &claim.french_figures, &["de", "d"], &["à", "a"]);
    let poles = in_english(claim.sentence);
    let mut findings = Vec::new();
    for ends in english.iter().filter(|ends| ends.from != ends.to) {
        // *Rose from 606 to 480*.
        let course = poles.iter().rev().find(|pole| {
            let between = claim.sentence.get(pole.span.end..ends.span.start).unwrap_or(",");
            pole.rises().is_some()
                && between.split_whitespace().count() <= 4
                && !between.contains([',', ';', ':'])
        });
        let whole = course.map_or(ends.span, |course| Span::new(course.span.start, ends.span.end));
        let same = |other: &&Ends| other.from == ends.from && other.to == ends.to;
        let reversed = french
            .iter()
            .find(|other| other.from == ends.to && other.to == ends.from);
        if let Some(reversed) = reversed.filter(|_| !french.iter().any(|other| same(&other))) {
            findings.push(finding(claim, whole, Some(reversed.span)));
            continue;
        }
        let is_verb = |course: &Pole| {
            let word = course.span.of(claim.sentence).to_lowercase();
            word.ends_with("ed") || MOVED.contains(&word.as_str())
        };
        let is_scaled_apart = ends.from * Number::from_integer(100) < ends.to
            || ends.to * Number::from_integer(100) < ends.from;
        if course.is_some_and(|course| is_verb(course) && course.rises() == Some(ends.from > ends.to))
            && !is_scaled_apart
        {
            findings.push(finding(claim, whole, None));
        }
    }
    findings
}

/// Past forms of movement without *-ed*.
const MOVED: &[&str] = &[
    "fell", "fallen", "grew", "grown", "rose", "risen", "sank", "shrank", "slid",
];

/// How much more the ends must fit one way than the other.
const ORDER_MARGIN: usize = 2;

/// *Before* for `après`: the word and the two clauses it joins.
fn order(claim: &Claim<'_>) -> Vec<Finding> {
    let joints = |text: &str, before: &[&str], after: &[&str]| -> Vec<(Span, bool)> {
        words(text)
            .filter_map(|(span, word)| {
                let is_before = before.contains(&word.as_str());
                let is_idiom = text[..span.start].ends_with(['\'', '’', 'u'])
                    || ["until ", "not ", "pas "]
                        .iter()
                        .any(|word| text[..span.start].ends_with(word));
                (is_before || after.contains(&word.as_str()) && !is_idiom).then_some((span, is_before))
            })
            .collect()
    };
    let english = joints(claim.sentence, &["before"], &["after"]);
    let [(span, is_before)] = english[..] else {
        return Vec::new();
    };
    if span.start == 0 {
        return Vec::new();
    }
    let french = joints(claim.source, &["avant"], &["apres"]);
    let [(place, ours)] = french[..] else {
        return Vec::new();
    };
    let is_mark = |c: char| matches!(c, ',' | ';' | ':' | '.' | '(' | ')');
    let end = claim.sentence[span.end..]
        .find(is_mark)
        .map_or(claim.sentence.len(), |at| span.end + at);
    let (main, clause) = (
        claim.english.within(Span::new(0, span.start)),
        claim.english.within(Span::new(span.end, end)),
    );
    let Some(sentence) = claim
        .french
        .sentences
        .iter()
        .find(|sentence| (sentence.start..sentence.end).contains(&place.start))
    else {
        return Vec::new();
    };
    let french_end = claim.source[place.end..sentence.end]
        .find(is_mark)
        .map_or(sentence.end, |at| place.end + at);
    let theirs = claim.french.within(Span::new(place.end, french_end));
    let others = || {
        let before = claim.french.within(Span::new(sentence.start, place.start));
        before.chain(claim.french.within(Span::new(french_end, sentence.end)))
    };
    let says = |french: usize, english: usize| {
        let (ours, theirs) = (&claim.french.words[french], &claim.english.words[english]);
        ours.says(theirs) || claim.is_shared(ours.span, theirs.span)
    };
    let in_clause = |range: &std::ops::Range<usize>| {
        range
            .clone()
            .filter(|at| theirs.clone().any(|ours| says(ours, *at)))
            .count()
    };
    let in_main = |range: &std::ops::Range<usize>| {
        range
            .clone()
            .filter(|at| others().any(|ours| says(ours, *at)))
            .count()
    };
    let (straight, crossed) = (
        in_clause(&clause) + in_main(&main),
        in_main(&clause) + in_clause(&main),
    );
    let is_turned = if straight >= crossed + ORDER_MARGIN && in_clause(&clause) > 1 && in_main(&main) > 0 {
        is_before != ours
    } else if crossed >= straight + ORDER_MARGIN && in_clause(&clause) == 0 && in_main(&clause) > 2 {
        is_before == ours
    } else {
        false
    };
    if is_turned {
        vec![finding(claim, span, Some(place))]
    } else {
        Vec::new()
    }
}

/// Comparatives, and whether what stands before *than* is the more of the two.
const COMPARATIVES: &[(&str, bool)] = &[
    ("behind", false),
    ("ahead", true),
    ("fewer", false),
    ("higher", true),
    ("less", false),
    ("longer", true),
    ("lower", false),
    ("more", true),
    ("older", true),
    ("shorter", false),
    ("taller", true),
    ("younger", false),
];

/// *Ten years older than* of the one who is ten years younger.
fn compared(claim: &Claim<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let french: Vec<(Span, String)> = words(claim.source).collect();
    // Words with a capital that both have.
    let is_name = |(span, word): &(Span, String)| {
        span.of(claim.sentence).starts_with(char::is_uppercase)
            && french.iter().any(|(_, other)| other == word)
    };
    let names: Vec<(Span, String)> = words(claim.sentence).filter(is_name).collect();
    for figure in &claim.english_figures {
        // *One that has more* counts nothing.
        if figure.span.of(claim.sentence) == "one" {
            continue;
        }
        let Some(apart) = figure.value.number() else {
            continue;
        };
        let behind: Vec<(Span, String)> = words(&claim.sentence[figure.span.end..]).take(12).collect();
        let found = behind.iter().take(3).find_map(|(span, word)| {
            let (_, more) = COMPARATIVES.iter().find(|(written, _)| written == word)?;
            Some((
                *more,
                Span::new(figure.span.end + span.start, figure.span.end + span.end),
            ))
        });
        let Some((more, span)) = found else { continue };
        let than = behind.iter().find(|(_, word)| word == "than" || word == "of");
        let Some(than) = than.map(|(span, _)| figure.span.end + span.end) else {
            continue;
        };
        let subject = names.iter().rfind(|(span, _)| span.end <= figure.span.start);
        let object = names.iter().find(|(span, _)| span.start >= than);
        let Some(((_, subject), (_, object))) = subject.zip(object).filter(|(one, other)| one.1 != other.1)
        else {
            continue;
        };
        let (ours, theirs) = (counted(claim, subject, object), counted(claim, object, subject));
        let signs: Vec<bool> = ours
            .iter()
            .flat_map(|a| theirs.iter().map(move |b| (*a, *b)))
            .filter(|(a, b)| *a - *b == apart || *b - *a == apart)
            .map(|(a, b)| a > b)
            .collect();
        if !signs.is_empty() && signs.iter().all(|sign| *sign != more) {
            findings.push(finding(claim, Span::new(figure.span.start, span.end), None));
        }
    }
    findings
}

/// The figures that a sentence of the French has behind a name, up to the other one.
fn counted(claim: &Claim<'_>, name: &str, other: &str) -> Vec<Number> {
    let all: Vec<(Span, String)> = words(claim.source).collect();
    let places = all.iter().filter(|(_, word)| word == name).map(|(span, _)| *span);
    let figures = |place: Span| {
        let sentence = claim
            .french
            .sentences
            .iter()
            .find(|sentence| sentence.overlaps(place));
        let end = sentence.map_or(claim.source.len(), |sentence| sentence.end);
        let next = all
            .iter()
            .find(|(span, word)| span.start >= place.end && word == other);
        let end = next.map_or(end, |(span, _)| end.min(span.start));
        let figures = claim.french_figures.iter();
        figures
            .filter(move |figure| figure.span.start >= place.end && figure.span.end <= end)
            .filter_map(|figure| figure.value.number())
    };
    places.flat_map(figures).collect()
}
