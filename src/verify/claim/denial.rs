//! Denials and restrictions of the French that the English does not have.

use super::words::CLAIMS;
use crate::align::answers;
use crate::lexicon::fold::fold;
use crate::lexicon::words::{is_english, is_french};
use crate::span::Span;
use crate::word::Word;

/// How the French denies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// `ne … pas`, `aucun`, `ni`.
    Denial,
    /// `ne … que`.
    Restriction,
    /// `sans`.
    Without,
}

/// One denial: its words, first and last.
#[derive(Debug, Clone, Copy)]
struct Unit {
    kind: Kind,
    first: usize,
    last: usize,
}

/// What follows or precedes `ne`.
const SECOND: &[&str] = &[
    "aucun",
    "aucune",
    "aucunement",
    "guère",
    "jamais",
    "ni",
    "nul",
    "nulle",
    "nullement",
    "pas",
    "personne",
    "plus",
    "point",
    "rien",
];

/// After `pas`, what makes a denial of a denial, which English says without any: `pas rare`, *common*.
const LITOTES: &[&str] = &[
    "anodin",
    "cess",
    "dout",
    "empêch",
    "exclu",
    "ignor",
    "impossib",
    "improbab",
    "indifféren",
    "insensib",
    "inutil",
    "manqu",
    "mal",
    "moindre",
    "moins",
    "mécontent",
    "négligeab",
    "oubli",
    "rare",
    "refus",
    "sans",
    "tard",
    "tort",
    "mauvais",
    "étranger",
];

/// After `sans`, what makes no denial: `sans doute`, `sans cesse`.
const NO_LACK: &[&str] = &[
    "ambages",
    "arrêt",
    "attendre",
    "cesse",
    "compter",
    "conteste",
    "danger",
    "culotte",
    "culottes",
    "discontinuer",
    "doute",
    "délai",
    "détour",
    "encombre",
    "exception",
    "faute",
    "faille",
    "parler",
    "plus",
    "relâche",
    "répit",
    "surprise",
    "tarder",
    "trop",
    "équivoque",
];

/// Words that another may stand between `ne` and its second word.
const REACH: usize = 9;

/// The denials of the French, in reading order. A question in the negative (`N'est-il pas… ?`) expects a yes.
fn units(source: &str, sentence: Span, words: &[Word<'_>]) -> Vec<Unit> {
    // `Pourquoi n'a-t-il pas… ?` asks for something else and denies.
    let asks = |word: &Word<'_>| {
        matches!(
            &*word.lower,
            "pourquoi" | "comment" | "qui" | "quand" | "où" | "combien"
        )
    };
    let question = sentence
        .of(source)
        .trim_end_matches(['»', '"', '”', ' ', '\u{a0}', '\u{202f}'])
        .ends_with('?')
        && !words.iter().take(3).any(asks);
    let mut units: Vec<Unit> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let (found, next) = if question {
            (None, at + 1)
        } else {
            read(source, words, at)
        };
        at = next;
        let Some(unit) = found else { continue };
        match units.last_mut() {
            // `sans aucun`, `ni … ni`, `ne … plus … rien`: one denial.
            Some(before) if unit.first <= before.last + 2 || (word(words, unit.first) == "ni") => {
                before.last = unit.last;
            }
            _ => units.push(unit),
        }
    }
    units
}

fn word<'w>(words: &'w [Word<'_>], at: usize) -> &'w str {
    words.get(at).map_or("", |word| &*word.lower)
}

/// The denial that begins at a word, if one does, and where to read on.
fn read(source: &str, words: &[Word<'_>], at: usize) -> (Option<Unit>, usize) {
    let unit = |kind, last| {
        (
            Some(Unit {
                kind,
                first: at,
                last,
            }),
            last + 1,
        )
    };
    let none = (None, at + 1);
    let (before, next) = (word(words, at.wrapping_sub(1)), word(words, at + 1));
    let part = |from: usize, to: usize| match (words.get(from), words.get(to)) {
        (Some(from), Some(to)) => &source[from.span.end..to.span.start],
        (Some(from), None) => &source[from.span.end..],
        _ => "",
    };
    match word(words, at) {
        "ne" | "n" => {
            if next.starts_with("import") || next.starts_with("empêch") {
                return none;
            }
            // To the end of the clause, as far as punctuation shows it.
            let reach = (at + 1..words.len().min(at + 1 + REACH))
                .take_while(|&to| !part(to - 1, to).contains([';', ':', '.']));
            for to in reach {
                let here = word(words, to);
                if SECOND.contains(&here) {
                    return denied(words, at, to);
                }
                if matches!(here, "que" | "qu") {
                    return unit(Kind::Restriction, to);
                }
                if here == "ne" || here == "n" {
                    return none;
                }
            }
            let refuses = matches!(word(words, at + 2), "pu" | "su" | "osé")
                || matches!(next, "peut" | "ose" | "peuvent");
            if refuses { unit(Kind::Denial, at + 1) } else { none }
        }
        // `sans aucun doute`, `ni plus ni moins`: as one word.
        "sans" if next == "aucun" && word(words, at + 2) == "doute" => (None, at + 3),
        "ni" if next == "plus" && word(words, at + 2) == "ni" => (None, at + 4),
        "aucun" | "aucune" | "aucunement" | "nullement" | "guère" | "ni" => {
            unit(Kind::Denial, closed(words, at))
        }
        "nul" | "nulle" if closed(words, at) > at || next == "part" => unit(Kind::Denial, closed(words, at)),
        "personne" | "rien" if matches!(next, "ne" | "n") => unit(Kind::Denial, at + 1),
        "rien" if !matches!(before, "un" | "en" | "pour" | "de") && !matches!(next, "que" | "qu") => {
            unit(Kind::Denial, at)
        }
        "jamais" if !matches!(before, "que" | "à" | "si" | "au") => unit(Kind::Denial, closed(words, at)),
        "pas"
            if !STEP.contains(&before)
                && !matches!(
                    next,
                    "à" | "seulement" | "uniquement" | "que" | "qu" | "mal" | "moins"
                ) =>
        {
            unit(Kind::Denial, closed(words, at))
        }
        // The answer, or `non pas`; before an adjective it is a prefix.
        "non"
            if !matches!(before, "ou" | "sinon" | "mais")
                && (next == "pas" || part(at, at + 1).contains([',', '.', '!'])) =>
        {
            unit(Kind::Denial, at)
        }
        "sans" if !NO_LACK.contains(&next) && before != "non" && next != "nul" => unit(Kind::Without, at),
        _ => none,
    }
}

/// Before `pas`, what makes it a step.
const STEP: &[&str] = &[
    "au", "ce", "ces", "chaque", "d", "de", "des", "deux", "du", "faux", "grand", "le", "les", "leur",
    "nouveau", "petit", "petits", "pourquoi", "premier", "premiers", "ses", "son", "un", "à",
];

/// The denial from `ne` to its second word, unless what follows turns it; and where to read on.
fn denied(words: &[Word<'_>], ne: usize, second: usize) -> (Option<Unit>, usize) {
    let unit = |kind| {
        (
            Some(Unit {
                kind,
                first: ne,
                last: second,
            }),
            second + 1,
        )
    };
    let next = word(words, second + 1);
    if matches!(next, "que" | "qu") && word(words, second) != "pas" {
        return unit(Kind::Restriction);
    }
    // `pas que`, `pas seulement`, `pas le seul`: more than that.
    let more = matches!(next, "que" | "qu" | "loin")
        || (second + 1..second + 5).any(|at| {
            let here = word(words, at);
            matches!(here, "seulement" | "uniquement" | "simplement") || here.starts_with("seul")
        });
    let litotes = (second + 1..second + 4)
        .chain(ne + 1..second)
        .any(|at| LITOTES.iter().any(|opening| word(words, at).starts_with(opening)));
    if more || litotes {
        return (None, second + 1);
    }
    unit(Kind::Denial)
}

/// The last word of a denial that begins with its second word: `aucun … ne`, `ni … ne`.
fn closed(words: &[Word<'_>], at: usize) -> usize {
    (at + 1..words.len().min(at + 1 + REACH))
        .find(|to| matches!(word(words, *to), "ne" | "n"))
        .unwrap_or(at)
}

/// Contractions that `t` belongs to.
fn contracts(before: &str) -> bool {
    before.ends_with('n')
}

/// The words of the English that deny and that nothing else of the French explains: where they stand.
fn denials(french: &[Word<'_>], english: &[Word<'_>]) -> Vec<usize> {
    // `impossible` of the French explains one *impossible*.
    let mut explained = french
        .iter()
        .filter(|word| has_negative_prefix(&word.lower, is_french))
        .count();
    let mut places: Vec<usize> = (0..english.len())
        .filter(|&at| {
            let (before, next) = (word(english, at.wrapping_sub(1)), word(english, at + 1));
            match word(english, at) {
                "not" => !matches!(next, "only" | "just" | "merely" | "simply"),
                "no" => !matches!(next, "doubt" | "matter" | "sooner"),
                "t" => contracts(before) && !matches!(next, "only" | "just"),
                "never" | "none" | "nobody" | "nothing" | "nowhere" | "neither" | "nor" | "without"
                | "cannot" | "non" | "dont" | "cant" => true,
                word if has_negative_prefix(word, is_english) && explained > 0 => {
                    explained -= 1;
                    false
                }
                word => is_negative(word),
            }
        })
        .collect();
    for trace in CLAIMS.denial_traces.that_may_stand_in(english) {
        places.extend(trace.free(french, english).into_iter().map(|(at, _)| at));
    }
    places.sort_unstable();
    places.dedup();
    places
}

/// `pas impossible` that came back as *impossible*: a denial of a denial needs both or none.
fn collapsed(french: &[Word<'_>], english: &[Word<'_>]) -> Option<Span> {
    const TWICE: &[&str] = &["exclu", "impossib", "improbab", "inutil"];
    let at = (1..french.len()).find(|&at| {
        TWICE.iter().any(|opening| word(french, at).starts_with(opening)) && word(french, at - 1) == "pas"
    })?;
    (denials(&[], english).len() == 1).then(|| Span::new(french[at - 1].span.start, french[at].span.end))
}

/// Whether a word of English denies by a prefix or suffix: *unhurt*, *inaccurate*, *homeless*.
fn is_negative(word: &str) -> bool {
    let lacks = word.strip_suffix("less").is_some_and(|bare| bare.len() > 2)
        && !matches!(word, "nevertheless" | "nonetheless" | "regardless" | "unless");
    let un = word
        .strip_prefix("un")
        .filter(|bare| bare.len() > 3 && !bare.starts_with("der") && !word.starts_with("uni"))
        .is_some_and(is_english);
    lacks || un || has_negative_prefix(word, is_english)
}

/// Endings of adjectives: *inform* and *income* have no prefix.
const ADJECTIVES: &[&str] = &[
    "able", "ables", "act", "acte", "al", "ale", "ales", "ar", "ate", "aux", "ble", "bles", "ect", "ent",
    "ente", "ents", "et", "ete", "eux", "euse", "ible", "ibles", "ier", "if", "ive", "ile", "iles", "ure",
    "uste", "ète",
];

/// Whether a word is an adjective with `in-`, `im-`, `il-`, `ir-` before one that the language has by itself.
fn has_negative_prefix(word: &str, is_known: fn(&str) -> bool) -> bool {
    ["in", "im", "il", "ir"].iter().any(|prefix| {
        word.strip_prefix(prefix).is_some_and(|bare| {
            bare.len() > 4 && ADJECTIVES.iter().any(|end| bare.ends_with(end)) && is_known(&fold(bare))
        })
    })
}

/// The spots of the French whose denial has no trace in the English.
pub(super) fn lost(source: &str, sentence: Span, french: &[Word<'_>], english: &[Word<'_>]) -> Vec<Span> {
    let claims = &*CLAIMS;
    let span = |first: usize, last: usize| Span::new(french[first].span.start, french[last].span.end);
    let units = units(source, sentence, french);
    let mut lost = Vec::new();
    if let Some(spot) = collapsed(french, english) {
        return vec![spot];
    }
    if units.is_empty() {
        let mut lexical = claims.denials.that_may_stand_in(french).filter_map(|row| {
            let (first, after) = row.french.find(french)?;
            (!row.english.stand_in(english)).then(|| span(first, after - 1))
        });
        if let Some(spot) = lexical.next()
            && denials(french, english).is_empty()
        {
            lost.push(spot);
        }
        return lost;
    }
    let places = denials(french, english);
    let restricted = claims.restriction.stand_in(english);
    let open: Vec<&Unit> = units
        .iter()
        .filter(|unit| !(unit.kind == Kind::Restriction && restricted))
        .collect();
    if places.len() < open.len() {
        for unit in &open {
            if places.is_empty()
                || (is_said(french, english, unit) && !denied_near(french, english, unit, &places))
            {
                lost.push(span(unit.first, unit.last));
            }
        }
    }
    lost
}

/// The word that is denied: the verb between or after the words of the denial.
fn matter<'w>(french: &'w [Word<'w>], unit: &Unit) -> impl Iterator<Item = &'w Word<'w>> {
    french[unit.first + 1..(unit.last + 3).min(french.len())]
        .iter()
        .filter(|word| word.lower.chars().count() > 3)
}

/// Where in the English the words of a denial are said.
fn said<'w>(french: &'w [Word<'w>], english: &'w [Word<'w>], unit: &Unit) -> Option<usize> {
    matter(french, unit).find_map(|word| {
        let answers = answers(&word.lower);
        english.iter().position(|other| answers(&other.lower))
    })
}

fn is_said(french: &[Word<'_>], english: &[Word<'_>], unit: &Unit) -> bool {
    said(french, english, unit).is_some()
}

/// How far from its verb an English denial stands.
const NEAR: usize = 5;

fn denied_near(french: &[Word<'_>], english: &[Word<'_>], unit: &Unit, places: &[usize]) -> bool {
    said(french, english, unit).is_none_or(|at| places.iter().any(|place| place.abs_diff(at) <= NEAR))
}
