//! Who says what: a statement keeps its speaker.
//!
//! In: a claim. Out: findings (`claim.speaker`). A sentence that gives a statement to a name (*X said*, *according to X*) is
//! held against the cited sentence that says most of it: where that has a speaker of its own (`selon Y`, `a déclaré Y`,
//! `Y affirme que`, `a-t-il dit` after a sentence with one person in it) and X is nowhere near, the words are put in
//! another's mouth (an error); where it has no speaker at all, nobody says it (a warning). Laws: one attribution a sentence,
//! or silence; an error needs a speaker by name on both sides.
//!
//! # Not done
//! Speakers the summary calls *he* or by an office; statements that join the words of two.

use super::Claim;
use super::actors::{Actor, actors, split};
use super::words::{Words, fold};
use crate::finding::{Code, Finding, Spot};
use crate::names::NameKind;
use crate::span::Span;

/// The fewest words of a statement that must stand in the French sentence, and as what share of all.
const LEAST: usize = 3;
const SHARE: (usize, usize) = (1, 2);

/// So many sentences back a pronoun may reach.
const ANTECEDENT: usize = 3;

/// A speaker stands within so many words of the verb.
const NEAR: usize = 6;

/// Openings of French verbs of saying, folded. Source: Grevisse & Goosse, *Le bon usage*, § 416 (verbs of incises).
const SAYS: &[&str] = &[
    "admet", "admis", "affirm", "ajout", "annonc", "assen", "assur", "averti", "avou", "concl", "confi",
    "declar", "denonc", "deplor", "disai", "disent", "ecri", "estim", "expliqu", "indiqu", "insist", "jug",
    "lanc", "martel", "note", "observ", "plaid", "precis", "preveni", "prevenu", "prevoi", "promet",
    "promis", "rappel", "racont", "reconn", "regrett", "repet", "repliqu", "repond", "resum", "ripost",
    "soulign", "souten", "temoign",
];

/// English verbs of saying.
const SAID: &[&str] = &[
    "added",
    "adds",
    "admitted",
    "argued",
    "argues",
    "believes",
    "claimed",
    "claims",
    "complained",
    "declared",
    "estimated",
    "estimates",
    "explained",
    "explains",
    "insisted",
    "insists",
    "noted",
    "notes",
    "promised",
    "recalled",
    "replied",
    "retorted",
    "said",
    "says",
    "stated",
    "states",
    "stressed",
    "stresses",
    "thinks",
    "told",
    "tells",
    "warned",
    "warns",
    "wrote",
    "writes",
];

/// Words between a speaker and the verb.
const ADVERBS: &[&str] = &["also", "has", "have", "had", "then", "later", "already", "who"];

pub(super) fn check(claim: &Claim<'_>, found: &[Finding]) -> Option<Finding> {
    let cues = attributions(claim.sentence);
    if cues.is_empty() {
        return None;
    }
    let actors = actors(claim);
    let mut speakers = cues
        .iter()
        .filter_map(|cue| Some((cue, actors.iter().find(|actor| cue.has(claim.sentence, actor))?)));
    let (cue, actor) = speakers.next()?;
    if cues.len() > 1 || speakers.next().is_some() {
        return None;
    }
    let is_known = |finding: &Finding| {
        finding.is_error()
            && finding
                .target
                .as_ref()
                .is_some_and(|spot| spot.span.overlaps(actor.english))
    };
    if found.iter().any(is_known) {
        return None;
    }
    let whole = &claim.passages.read(claim.lexicon).words;
    let said = statement(claim, cue, actor);
    let scores: Vec<usize> = (0..whole.sentences.len())
        .map(|at| score(claim, whole, &said, at))
        .collect();
    let best = (0..scores.len()).max_by_key(|at| (scores[*at], std::cmp::Reverse(*at)))?;
    if scores[best] < LEAST || scores[best] * SHARE.1 < said.len() * SHARE.0 {
        return None;
    }
    // Whoever is named in a sentence that says half as much may have said it too.
    let has = |at: usize| {
        actor
            .french
            .iter()
            .any(|place| place.overlaps(whole.sentences[at]))
    };
    if (0..scores.len()).any(|at| has(at) && scores[at] * 2 >= scores[best]) {
        return None;
    }
    let before = best.saturating_sub(ANTECEDENT)..best;
    let after = best + 1..(best + 2).min(scores.len());
    let is_close = before.clone().chain(after).any(has);
    let text = &claim.passages.whole;
    let here = whole.sentences[best];
    let target = Some(claim.spot(actor.english));
    let name = actor.english.of(claim.sentence);
    let Some(cue) = french_cue(text, here) else {
        let is_said = (best.saturating_sub(1)..(best + 2).min(scores.len()))
            .any(|at| french_cue(text, whole.sentences[at]).is_some());
        let is_quoted = here.of(text).contains(['«', '"', '“']);
        return (!is_close && !is_said && !is_quoted).then(|| {
            let message =
                format!("The passages give this statement to nobody; the sentence gives it to “{name}”.");
            let source = claim.in_cited(here).map(|here| Spot::new(claim.source, here));
            Finding::new(Code::ClaimSpeaker, source, target, message).as_warning()
        });
    };
    let by = match beside(claim, here, cue) {
        Some(speaker) => speaker,
        // A speaker without a name is the one person of the sentence before.
        None if !before.clone().any(has) => (before.start..best)
            .rev()
            .find_map(|at| persons(claim, whole.sentences[at]).pop())?,
        None => return None,
    };
    let other = by.of(text);
    if actor.shares_a_word_with(other) {
        return None;
    }
    let message = format!("The passages give this statement to “{other}”, not to “{name}”.");
    let source = claim.in_cited(by).or_else(|| claim.in_cited(cue));
    let source = source.map(|span| Spot::new(claim.source, span));
    Some(Finding::new(Code::ClaimSpeaker, source, target, message))
}

/// Who is said to say something: the stretch in which the name stands.
struct Cue {
    /// The verb, or *according to*.
    words: Span,
    /// Where the speaker stands.
    speaker: Span,
}

impl Cue {
    fn has(&self, sentence: &str, actor: &Actor) -> bool {
        // *According to the mayor, X,*: a title may part the two.
        let is_direct = |between: &str| {
            let title = between.trim_end().trim_end_matches(',');
            !title.contains([',', ';', ':', '"', '“', '”'])
        };
        self.speaker.overlaps(actor.english)
            && if self.words.start <= actor.english.start {
                is_direct(&sentence[self.words.end.min(actor.english.start)..actor.english.start])
            } else {
                true
            }
    }
}

/// *According to X*, *X said*, *said X*.
fn attributions(sentence: &str) -> Vec<Cue> {
    let words: Vec<(Span, String)> = split(sentence)
        .map(|(at, word)| (at, word.to_lowercase()))
        .collect();
    let mut cues = Vec::new();
    let until = |at: usize| words[(at + NEAR).min(words.len()) - 1].0.end;
    for (at, (span, word)) in words.iter().enumerate() {
        if word == "according"
            && words.get(at + 1).is_some_and(|(_, next)| next == "to")
            && at + 2 < words.len()
        {
            cues.push(Cue {
                words: Span::new(span.start, words[at + 1].0.end),
                speaker: Span::new(words[at + 2].0.start, until(at + 2)),
            });
        } else if SAID.contains(&word.as_str()) {
            let before = sentence[..span.start].trim_end();
            let is_inverted = before.ends_with([',', '"', '”', '»']);
            let subject = subject(sentence, &words, at);
            let speaker = match subject {
                Some(subject) => subject,
                None if is_inverted && at + 1 < words.len() => {
                    Span::new(words[at + 1].0.start, until(at + 1))
                }
                None => continue,
            };
            cues.push(Cue {
                words: *span,
                speaker,
            });
        }
    }
    cues
}

/// The words right before a verb that are its subject: a name, or a name with something between commas after it.
fn subject(sentence: &str, words: &[(Span, String)], verb: usize) -> Option<Span> {
    let mut at = verb.checked_sub(1)?;
    while ADVERBS.contains(&words[at].1.as_str()) {
        at = at.checked_sub(1)?;
    }
    let is_capital = |at: usize| words[at].0.of(sentence).starts_with(char::is_uppercase);
    let gap = |at: usize| sentence[words[at].0.end..words[at + 1].0.start].trim();
    if gap(at).is_empty() && is_capital(at) {
        return Some(words[at].0);
    }
    // *X, head of the union, said*.
    if gap(at) != "," {
        return None;
    }
    let opens = (at.saturating_sub(12)..at)
        .rev()
        .find(|at| gap(*at).contains(','));
    // *The head of the union, X, said*.
    let from = opens.map_or(0, |at| at + 1);
    if opens.is_some() && at - from < 4 && (from..=at).all(is_capital) {
        return Some(words[at].0);
    }
    let opens = opens?;
    is_capital(opens).then_some(words[opens].0)
}

/// The words of the sentence that carry matter, without the speaker and the verb.
fn statement(claim: &Claim<'_>, cue: &Cue, actor: &Actor) -> Vec<usize> {
    let quiet = claim.sentence[actor.english.end..]
        .strip_prefix(", ")
        .map(|rest| {
            // What stands between commas after the name is said of the speaker.
            let start = actor.english.end + 2;
            let end = rest.find(',').map_or(start, |end| start + end);
            if end <= cue.words.start {
                Span::new(start, end)
            } else {
                Span::new(start, start)
            }
        });
    (0..claim.english.words.len())
        .filter(|at| {
            let span = claim.english.words[*at].span;
            !span.overlaps(actor.english)
                && !span.overlaps(cue.words)
                && !quiet.is_some_and(|quiet| span.overlaps(quiet))
        })
        .collect()
}

/// How many words of a statement a sentence of the article says, where it stands in a cited passage.
fn score(claim: &Claim<'_>, whole: &Words, said: &[usize], sentence: usize) -> usize {
    let span = whole.sentences[sentence];
    if claim.in_cited(span).is_none() {
        return 0;
    }
    let french = &whole.words[whole.within(span)];
    said.iter()
        .filter(|at| french.iter().any(|word| word.says(&claim.english.words[**at])))
        .count()
}

/// The verb of saying of a French sentence, or its `selon`; outside quotation marks.
fn french_cue(text: &str, sentence: Span) -> Option<Span> {
    let quoted = super::quoted::quotations(sentence.of(text));
    split(sentence.of(text))
        .filter(|(at, _)| !quoted.iter().any(|quote| quote.overlaps(*at)))
        .find(|(_, word)| {
            let word = fold(word);
            matches!(word.as_str(), "selon" | "dit" | "apres")
                && (word != "apres"
                    || sentence.of(text).contains("'après")
                    || sentence.of(text).contains("’après"))
                || SAYS.iter().any(|opening| word.starts_with(opening))
        })
        .map(|(at, _)| at.shifted(sentence.start))
}

/// The name that a cue gives the statement to: right after it, or before it in its clause.
fn beside(claim: &Claim<'_>, sentence: Span, cue: Span) -> Option<Span> {
    let text = &claim.passages.whole;
    let words_between = |from: usize, to: usize| text[from..to].split_whitespace().count();
    let is_open = |from: usize, to: usize| !text[from..to].contains([';', ':', '«', '»', '"', '“', '”']);
    let names = names(claim, sentence);
    let after = names.iter().find(|name| {
        cue.end <= name.start
            && words_between(cue.end, name.start) <= NEAR
            && is_open(cue.end, name.start)
            && {
                let between = &text[cue.end..name.start];
                // What was said follows a `que`, and the one it is said to an `à`.
                let lower = between.to_lowercase();
                !lower.split(|c: char| !c.is_alphabetic()).any(|word| {
                    matches!(
                        word,
                        "que" | "qu" | "à" | "au" | "aux" | "dans" | "sur" | "lors" | "devant" | "en"
                    )
                }) && !between.contains(',')
            }
    });
    let before = || {
        names.iter().rev().find(|name| {
            name.end <= cue.start
                && words_between(name.end, cue.start) <= NEAR
                && is_open(name.end, cue.start)
                && !text[name.end..cue.start]
                    .split(|c: char| !c.is_alphabetic())
                    .any(|word| matches!(word, "que" | "qu" | "il" | "elle" | "ils" | "elles" | "on"))
        })
    };
    after.or_else(before).copied()
}

/// The names of a sentence that can speak, outside its quotation marks; those side by side as one.
fn names(claim: &Claim<'_>, sentence: Span) -> Vec<Span> {
    let text = &claim.passages.whole;
    let quoted: Vec<Span> = super::quoted::quotations(sentence.of(text))
        .into_iter()
        .map(|quote| quote.shifted(sentence.start))
        .collect();
    let mut names: Vec<Span> = Vec::new();
    for name in &claim.passages.read(claim.lexicon).names {
        let can_speak = matches!(
            name.kind,
            NameKind::Name | NameKind::Person | NameKind::Given | NameKind::Organisation | NameKind::Acronym
        );
        if !can_speak || !name.span.overlaps(sentence) || quoted.iter().any(|quote| quote.overlaps(name.span))
        {
            continue;
        }
        match names.last_mut() {
            Some(last) if last.end <= name.span.start && text[last.end..name.span.start] == *" " => {
                last.end = name.span.end;
            }
            _ => names.push(name.span),
        }
    }
    names
}

/// The one person of a sentence; none if there are more.
fn persons(claim: &Claim<'_>, sentence: Span) -> Vec<Span> {
    let text = &claim.passages.whole;
    let mut names = names(claim, sentence);
    // Two words at least: a first name and a surname.
    names.retain(|name| name.of(text).contains([' ', '-']));
    if names.len() == 1 { names } else { Vec::new() }
}

#[cfg(test)]
mod tests {
    use crate::finding::{Code, Severity};
    use crate::verify::Checker;
    use crate::verify::summary::Passages;

    const ARTICLE: [&str; 9] = [
        "Le maire, Paul Verdier, a visité le chantier lundi matin.",
        "« La construction du nouveau pont sera terminée en décembre », a-t-il déclaré devant la presse.",
        "Selon Jeanne Castan, les travaux coûteront deux fois plus cher que prévu.",
        "Hervé Guillou affirme que les habitants ont peur des inondations depuis la fermeture du barrage.",
        "« Personne ne nous a consultés sur le tracé de la route », regrette Solenne Kerdraon, présidente du syndicat.",
        "Les commerçants du centre ont fermé leurs boutiques pendant trois jours.",
        "D'après l'association Eau Claire, la rivière a perdu la moitié de ses poissons.",
        "Le préfet Luc Ney n'est pas venu.",
        "La saison des pluies commence en octobre dans toute la vallée.",
    ];

    /// Whoever the passages have instead, by the speaker or by the place.
    fn found(cites: &[usize], english: &str) -> Vec<(Severity, String)> {
        let passages = Passages::new(ARTICLE.to_vec());
        let verdict = Checker::default().check_cited(&passages, cites, english);
        let ours = verdict
            .findings
            .iter()
            .filter(|finding| matches!(finding.code, Code::ClaimSpeaker | Code::NameAltered));
        ours.map(|finding| (finding.severity, finding.message.clone()))
            .collect()
    }

    #[test]
    fn words_in_anothers_mouth_are_an_error() {
        for (cites, english, whose) in [
            (
                &[0, 1][..],
                "Construction of the new bridge will be finished in December, Hervé Guillou said.",
                "Paul Verdier",
            ),
            (
                &[2],
                "According to Luc Ney, the works will cost twice as much as planned.",
                "Jeanne Castan",
            ),
            (
                &[3],
                "Paul Verdier, the mayor, said residents have been afraid of floods since the dam closed.",
                "Hervé Guillou",
            ),
            (
                &[4],
                "\"Nobody consulted us about the route of the road,\" said Jeanne Castan.",
                "Solenne Kerdraon",
            ),
            (
                &[6],
                "Luc Ney says the river has lost half of its fish.",
                "Eau Claire",
            ),
        ] {
            let found = found(cites, english);
            let is_it = |(severity, message): &(Severity, String)| {
                *severity == Severity::Error && message.contains(whose)
            };
            assert!(found.len() == 1 && is_it(&found[0]), "{english}: {found:?}");
        }
    }

    #[test]
    fn what_nobody_says_is_a_warning() {
        let english = "Jeanne Castan said shopkeepers in the centre closed their shops for three days.";
        let found = found(&[5], english);
        assert!(found.is_empty() || found[0].0 == Severity::Warning, "{found:?}");
        let english = "Paul Verdier said the rainy season begins in October in the whole valley.";
        let found = self::found(&[8], english);
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0].0, Severity::Warning);
    }

    #[test]
    fn a_speaker_of_the_passages_keeps_the_statement() {
        for (cites, english) in [
            (
                &[0, 1][..],
                "Construction of the new bridge will be finished in December, Paul Verdier said.",
            ),
            (
                &[1],
                "\"Construction of the new bridge will be finished in December,\" the mayor said.",
            ),
            (
                &[2],
                "According to Jeanne Castan, the works will cost twice as much as planned.",
            ),
            (
                &[3],
                "Residents have been afraid of floods since the dam closed, says Hervé Guillou.",
            ),
            (
                &[4],
                "Solenne Kerdraon, president of the union, said nobody had consulted them about the route.",
            ),
            (
                &[6],
                "The association Eau Claire says the river has lost half of its fish.",
            ),
            (&[6], "It said the river has lost half of its fish."),
            // Two speakers in one sentence: nobody can be sure whose is what.
            (
                &[2, 3],
                "Jeanne Castan said the works will cost twice as much, and Hervé Guillou said residents fear floods.",
            ),
        ] {
            let found = found(cites, english);
            assert!(found.is_empty(), "{english}: {found:?}");
        }
    }
}
