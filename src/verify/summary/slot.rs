//! Who stands where the passages have another.
//!
//! In: a claim. Out: errors (`name.altered`) where a name of the article stands in the place of another: the words right
//! before it, or right after it, are those right before or after the other name in the cited passages, and nowhere in the article do
//! they stand near its own. Laws: an error needs the binding on both sides, to the other name there, to this one here; before
//! and after do not count for each other, since a sentence can speak of whoever the passages call *he* beside the name of another.
//!
//! # Not done
//! Names whose place the two languages tell by other means: possessives, relations.

use super::actors::{Actor, actors, split};
use super::votes::fit;
use super::words::{Words, fold};
use super::{Claim, REACH};
use crate::finding::{Code, Finding, Spot};
use crate::names::NameKind;
use crate::sentence::is_french_word;
use crate::span::Span;

/// So many words must stand alike beside both names; with as many, the first English word must be one of them.
const LEAST: usize = 2;

/// From here on a name that the sentence has elsewhere may have lost its place as well.
const MANY: usize = 3;

/// Where the cited passages have the name itself too, only one word in so many may stand near it.
const FEW: usize = 4;

/// In the French, the first word alike stands within so many words of the name.
const CLOSE: u32 = 3;

/// A word beside a name: how many words away, and which.
type Beside = (u32, usize);

pub(super) fn check(claim: &Claim<'_>, found: &[Finding]) -> Vec<Finding> {
    let mut findings = Vec::new();
    let actors = actors(claim);
    if actors.is_empty() {
        return findings;
    }
    let others = others(claim);
    for actor in &actors {
        let is_known = |finding: &&Finding| {
            finding.is_error()
                && finding
                    .target
                    .as_ref()
                    .is_some_and(|spot| spot.span.overlaps(actor.english))
        };
        if found.iter().find(is_known).is_some() {
            continue;
        }
        // `l'islam`: small in French, and no name there.
        let is_small_word =
            || {
                let name = fold(actor.english.of(claim.sentence));
                claim.french.words.iter().any(|word| {
                    word.folded == name && word.span.of(claim.source).starts_with(char::is_lowercase)
                })
            };
        if others.iter().any(|(other, _)| may_be(claim, actor, *other)) || is_small_word() {
            continue;
        }
        let is_cited = actor.french.iter().any(|place| claim.in_cited(*place).is_some());
        let rivals: Vec<(Span, NameKind)> = others
            .iter()
            .filter(|(other, kind)| is_rival(claim, actor, *other, *kind) && !is_said(claim, &actors, *other))
            .copied()
            .collect();
        let has_role = |other: Span| role(claim.source, other) == role(claim.sentence, actor.run);
        let best = rivals
            .iter()
            .filter(|(other, _)| !is_cited || has_role(*other))
            .map(|(other, kind)| {
                let both = [Some(*kind), actor.kind]
                    .iter()
                    .all(|kind| kind.is_some_and(is_person));
                (alike(claim, *other, actor.run, both && !is_cited), *other)
            })
            .max_by_key(|(alike, other)| (alike.len(), std::cmp::Reverse(other.start)));
        let by_words = best.and_then(|(alike, other)| {
            let own = own(claim, actor, &alike);
            let is_bound = if is_cited {
                alike.len() >= MANY && own * FEW <= alike.len()
            } else {
                alike.len() >= LEAST && own * MANY <= alike.len()
            };
            is_bound.then_some(other)
        });
        let by_place = || (!is_cited).then(|| in_place_of(claim, actor, &rivals)).flatten();
        let Some(other) = by_words.or_else(by_place) else {
            continue;
        };
        let message = format!(
            "“{}” stands where the passages have “{}”.",
            actor.english.of(claim.sentence),
            other.of(claim.source)
        );
        let source = Some(Spot::new(claim.source, other));
        findings.push(Finding::new(
            Code::NameAltered,
            source,
            Some(claim.spot(actor.english)),
            message,
        ));
    }
    findings
}

/// Who of the passages has the place of a name that they do not have: one of the same sort, whom the sentence leaves out
/// and whose place fits far better than any of the name's own in the article.
fn in_place_of(claim: &Claim<'_>, actor: &Actor, rivals: &[(Span, NameKind)]) -> Option<Span> {
    let texts = &claim.passages.texts;
    let has = |at: usize| actor.is_in(texts[at]);
    // What the article is about, passages speak of without saying it.
    if (0..texts.len()).filter(|at| has(*at)).count() >= SUBJECT {
        return None;
    }
    // Whoever stands close before may be the one whom they call *he*.
    let is_close = claim.cites.iter().any(|cited| {
        let around = cited.saturating_sub(ANTECEDENT)..(cited + 2).min(texts.len());
        around.into_iter().any(has)
    });
    let is_many = actor.english.of(claim.sentence).contains(' ');
    let is_person_here = actor.kind.is_some_and(is_person) || actor.kind.is_none() && is_many;
    let is_body_here = actor.kind.is_some_and(is_body);
    let words = &claim.passages.read(claim.lexicon).words;
    let own = actor.french.iter();
    let own = own.map(|place| fit(claim, words, &claim.passages.whole, *place, actor.english));
    let own = own.max().unwrap_or(0);
    let fits = |(other, kind): &&(Span, NameKind)| {
        let has_role = role(claim.source, *other) == role(claim.sentence, actor.run);
        let is_sort = if is_person_here {
            is_person(*kind) || *kind == NameKind::Name && has_role
        } else {
            is_body_here && is_body(*kind)
        };
        let there = fit(claim, &claim.french, claim.source, *other, actor.english);
        is_sort
            && if is_close {
                has_role && there >= CLEAR && there >= own * 3
            } else if is_person_here {
                there >= FAINT && there * 10 >= own * 11
            } else {
                there >= CLEAR / 2 && there >= own * 2
            }
    };
    rivals.iter().find(fits).map(|(other, _)| *other)
}

/// How well a place must fit: three words near it, or one right beside.
const FAINT: i64 = 120;
const CLEAR: i64 = 500;

/// A name in so many passages is what the article is about.
const SUBJECT: usize = 4;

/// So many passages back a pronoun may reach.
const ANTECEDENT: usize = 3;

/// The names of the cited passages, those side by side as one.
fn others(claim: &Claim<'_>) -> Vec<(Span, NameKind)> {
    let mut others: Vec<(Span, NameKind)> = Vec::new();
    for name in crate::names::find_french(claim.source, claim.lexicon) {
        if matches!(
            name.kind,
            NameKind::Common | NameKind::People | NameKind::Language | NameKind::Ticker | NameKind::Event
        ) {
            continue;
        }
        match others.last_mut() {
            Some((last, kind))
                if last.end <= name.span.start && claim.source[last.end..name.span.start] == *" " =>
            {
                last.end = name.span.end;
                *kind = if *kind == NameKind::Given {
                    NameKind::Person
                } else {
                    *kind
                };
            }
            _ => others.push((with_first_name(claim.source, name.span), name.kind)),
        }
    }
    others
}

/// A name with the word before it, where that has a capital and is no small word: a first name that opens the sentence.
fn with_first_name(text: &str, name: Span) -> Span {
    let before = &text[..name.start];
    let first = before.strip_suffix(' ').and_then(|before| split(before).last());
    match first {
        Some((at, word))
            if at.end + 1 == name.start
                && word.starts_with(char::is_uppercase)
                && !is_french_word(&word.to_lowercase()) =>
        {
            Span::new(at.start, name.end)
        }
        _ => name,
    }
}

fn is_person(kind: NameKind) -> bool {
    matches!(kind, NameKind::Person | NameKind::Given)
}

fn is_body(kind: NameKind) -> bool {
    matches!(kind, NameKind::Organisation | NameKind::Acronym)
}

/// Whether the two can be taken for each other and are not the same.
fn is_rival(claim: &Claim<'_>, actor: &Actor, other: Span, kind: NameKind) -> bool {
    let is_single = |words: &str| !words.contains(' ');
    let fits = match (actor.kind, kind) {
        (Some(own), _) if is_person(own) => is_person(kind) || kind == NameKind::Name,
        // *The L'Oréal heiress*: one word of which nothing is known is no person.
        (_, NameKind::Name | NameKind::Person)
            if is_single(actor.english.of(claim.sentence)) && !is_single(other.of(claim.source)) =>
        {
            false
        }
        // An acronym may be short for the very name in words.
        (Some(NameKind::Acronym), kind) if kind != NameKind::Acronym => false,
        (Some(NameKind::Place), NameKind::Name) => false,
        (None, _) | (_, NameKind::Name) => true,
        (Some(own), kind) => is_person(own) == is_person(kind) || is_body(own) && is_body(kind),
    };
    // Side by side in the French, the one may be the other's title: *the L'Oréal heiress*.
    let is_beside = actor
        .french
        .iter()
        .filter_map(|place| claim.in_cited(*place))
        .any(|place| {
            let (first, second) = if place.start < other.start {
                (place, other)
            } else {
                (other, place)
            };
            let between = claim.source.get(first.end..second.start);
            between.is_none_or(|between| between.split_whitespace().count() <= 3)
        });
    fits && !is_beside && !claim.is_shared(other, actor.english)
}

/// Whether the passages may have a name in another spelling: *Manchester United*, `ManU`.
fn may_be(claim: &Claim<'_>, actor: &Actor, other: Span) -> bool {
    actor.words().any(|word| {
        split(other.of(claim.source)).any(|(_, theirs)| {
            let theirs = fold(theirs);
            let opening = word.chars().zip(theirs.chars());
            let opening = opening.take_while(|(a, b)| a == b).count();
            !actor.words().any(|word| word == theirs)
                && (opening >= 3 || word.len() >= 6 && strsim::levenshtein(word, &theirs) == 1)
        })
    })
}

/// Whether the sentence has this name as well.
fn is_said(claim: &Claim<'_>, actors: &[Actor], other: Span) -> bool {
    let words = other.of(claim.source);
    actors.iter().any(|actor| actor.shares_a_word_with(words))
        || claim.shared.iter().any(|(french, _)| french.overlaps(other))
}

/// The English words beside a name that stand on the same side of a name of the passages; names among them count only with
/// others.
fn alike(claim: &Claim<'_>, french: Span, english: Span, may_be_apart: bool) -> Vec<usize> {
    let mut alike = Vec::new();
    for is_after in [false, true] {
        if is_after && role(claim.source, french) != role(claim.sentence, english) {
            continue;
        }
        let ours = beside(&claim.french, french, is_after);
        let theirs = beside(&claim.english, english, is_after);
        let pairs = pairs(claim, &ours, &theirs);
        let is_capital = |text: &str, span: Span| span.of(text).starts_with(char::is_uppercase);
        let is_word = |ours: usize, theirs: usize| {
            !is_capital(claim.source, claim.french.words[ours].span)
                || !is_capital(claim.sentence, claim.english.words[theirs].span)
        };
        let is_near = |near: u32| {
            pairs.iter().any(|((french, ours), (distance, theirs))| {
                *french <= CLOSE && *distance <= near && is_word(*ours, *theirs)
            })
        };
        let far = if may_be_apart { CLOSE } else { CLOSE - 1 };
        if is_near(1) || pairs.len() >= MANY && is_near(far) {
            alike.extend(pairs.iter().map(|(_, (_, at))| *at));
        }
    }
    alike
}

/// French words and the English ones that they say.
fn pairs(claim: &Claim<'_>, ours: &[Beside], theirs: &[Beside]) -> Vec<(Beside, Beside)> {
    let mut used = vec![false; ours.len()];
    let mut pairs = Vec::new();
    for &(distance, at) in theirs {
        let word = &claim.english.words[at];
        let found = ours.iter().enumerate().find(|(place, (_, other))| {
            let other = &claim.french.words[*other];
            !used[*place] && (other.says(word) || claim.is_shared(other.span, word.span))
        });
        if let Some((place, french)) = found {
            used[place] = true;
            pairs.push((*french, (distance, at)));
        }
    }
    pairs
}

/// The words on one side of a place, in its sentence, nearest first.
fn beside(words: &Words, place: Span, is_after: bool) -> Vec<Beside> {
    let inside = words.within(place);
    let sentence = words
        .sentences
        .iter()
        .position(|span| span.start <= place.start && place.start < span.end);
    let is_here = |at: &usize| Some(words.words[*at].sentence) == sentence;
    if is_after {
        (inside.end..words.words.len())
            .filter(is_here)
            .zip(1..=REACH)
            .map(|(at, distance)| (distance, at))
            .collect()
    } else {
        (0..inside.start)
            .rev()
            .filter(is_here)
            .zip(1..=REACH)
            .map(|(at, distance)| (distance, at))
            .collect()
    }
}

/// How many of those words the article has near a name's own places.
fn own(claim: &Claim<'_>, actor: &Actor, alike: &[usize]) -> usize {
    let whole = &claim.passages.read(claim.lexicon).words;
    let near = |place: &Span| {
        let around: Vec<Beside> = [false, true]
            .into_iter()
            .flat_map(|is_after| beside(whole, *place, is_after))
            .collect();
        let is_there = |at: &&usize| {
            let word = &claim.english.words[**at];
            around.iter().any(|(_, other)| whole.words[*other].says(word))
        };
        alike.iter().filter(is_there).count()
    };
    actor.french.iter().map(near).max().unwrap_or(0)
}

/// What a name is to its sentence, as far as the word before tells.
#[derive(PartialEq, Eq)]
enum Role {
    /// It opens a clause: the one who does.
    Opens,
    /// A preposition has it.
    Governed,
    Other,
}

fn role(text: &str, name: Span) -> Role {
    const PREPOSITIONS: &[&str] = &[
        "about", "against", "at", "au", "aux", "avec", "by", "chez", "contre", "d", "dans", "de", "des",
        "du", "en", "for", "from", "in", "into", "of", "on", "par", "pour", "sur", "to", "vers", "with", "à",
    ];
    const OPENERS: &[&str] = &[
        "and", "but", "car", "et", "l", "la", "le", "les", "m", "mais", "me", "mme", "mr", "mrs", "ms", "qu",
        "que", "that", "the", "where", "while",
    ];
    let before = text[..name.start].trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '\'' | '’'));
    let Some(last) = before.chars().next_back() else {
        return Role::Opens;
    };
    let is_title = |before: &str| {
        let word = split(before).last().map_or("", |(_, word)| word);
        word.chars().count() == 1 || matches!(word, "Mr" | "Mrs" | "Ms" | "Dr" | "Prof" | "St")
    };
    if !last.is_alphanumeric() && (last != '.' || !is_title(before)) {
        return Role::Opens;
    }
    let before = before.trim_end_matches('.');
    let start = before
        .char_indices()
        .rev()
        .find(|(_, c)| !c.is_alphanumeric())
        .map_or(0, |(at, c)| at + c.len_utf8());
    let word = before[start..].to_lowercase();
    if PREPOSITIONS.contains(&word.as_str()) {
        return Role::Governed;
    }
    // *The*, `le`: what stands before the article decides.
    if matches!(
        word.as_str(),
        "l" | "la" | "le" | "les" | "the" | "m" | "mme" | "me" | "mr" | "mrs" | "ms"
    ) && start > 0
    {
        return role(text, Span::new(start, start));
    }
    if OPENERS.contains(&word.as_str()) {
        return Role::Opens;
    }
    Role::Other
}

#[cfg(test)]
mod tests {
    use crate::verify::Checker;
    use crate::verify::summary::Passages;

    const ARTICLE: [&str; 6] = [
        "Le conseil de Ploubaz a choisi mardi son nouveau président, Hervé Guillou, après deux tours de scrutin.",
        "Solenne Kerdraon a financé la piscine municipale de Quimper avec deux entreprises de la ville.",
        "La préfète Jeanne Castan a rencontré Paul Verdier à Rennes lundi soir.",
        "Elle a signé un accord avec la région.",
        "L'étude a été réalisée en avril par Aquatrel pour le compte de la mairie.",
        "La société Hydrovia attend son tour depuis trois ans.",
    ];

    /// The names that stand in the place of others. What follows the names of the sentence may have seen it first.
    fn found(cites: &[usize], english: &str) -> Vec<String> {
        let passages = Passages::new(ARTICLE.to_vec());
        let verdict = Checker::default().check_cited(&passages, cites, english);
        let ours = verdict
            .errors()
            .filter(|finding| finding.code.as_str().starts_with("name."));
        ours.map(|finding| {
            finding
                .target
                .as_ref()
                .map_or_else(String::new, |spot| spot.text.clone())
        })
        .collect()
    }

    #[test]
    fn a_name_in_the_place_of_another_is_found() {
        for (cites, english, who) in [
            (
                &[0][..],
                "The council of Ploubaz has chosen a new president, Paul Verdier, after two rounds.",
                "Paul Verdier",
            ),
            (
                &[1],
                "Jeanne Castan financed the municipal swimming pool in Quimper with two companies.",
                "Jeanne Castan",
            ),
            (
                &[4],
                "A study carried out in April by Hydrovia was paid for by the town hall.",
                "Hydrovia",
            ),
        ] {
            let found = found(cites, english);
            assert!(found.len() == 1 && found[0] == who, "{english}: {found:?}");
        }
    }

    #[test]
    fn a_name_in_its_own_place_is_not() {
        for (cites, english) in [
            (
                &[0][..],
                "The council of Ploubaz has chosen a new president, Hervé Guillou, after two rounds.",
            ),
            // The passage calls her *elle*; another's name stands beside.
            (
                &[2, 3],
                "Jeanne Castan was in Rennes on Monday evening and signed an agreement.",
            ),
            (&[2], "Castan met Paul Verdier in Rennes on Monday evening."),
            (
                &[2],
                "Paul Verdier met Jeanne Castan in Rennes on Monday evening.",
            ),
            (&[3], "Jeanne Castan signed an agreement with the region."),
            (
                &[4, 5],
                "A study carried out in April by Aquatrel; Hydrovia is waiting.",
            ),
        ] {
            let found = found(cites, english);
            assert!(found.is_empty(), "{english}: {found:?}");
        }
    }
}
