//! A sentence of a summary against the passages it cites: it may leave out, never invent.
//!
//! In: the passages of an article, which of them the sentence cites, and the sentence. Out: a [`Verdict`]: what the
//! sentence says and the passages do not. Each concern has a module: figures that follow from others (`derived`, `dated`),
//! what they are figures of (`roles`) and how they are rounded (`rounding`), names (`named`), quotations (`quoted`), facts from outside (`foreign`), which way
//! things go (`stance`), what a figure or a name is said of (`bound`), who stands where the passages have another (`slot`),
//! who says it (`speaker`), and whether the right passages are cited (`cited`); `votes` tells what belongs to what by the
//! words around. Laws: pure; an error needs evidence from both sides, for a summary may choose its own words: something the
//! sentence says that the passages do not, where they say something else.

mod actors;
mod arithmetic;
mod bound;
mod cited;
mod counted;
mod dated;
mod derived;
mod foreign;
mod irregular;
mod named;
mod operands;
mod poles;
mod quoted;
mod relations;
mod reworded;
mod roles;
mod rounding;
mod slot;
mod speaker;
mod stance;
mod turned;
mod votes;
mod words;

use std::sync::OnceLock;

use super::Checker;
use crate::figures::{self, Figure};
use crate::finding::{Code, Finding, Outcome, Spot, Status, Subject, Verdict};
use crate::lexicon::Lexicon;
use crate::names::Name;
use crate::span::Span;
use words::{Index, Words};

/// The passages of an article, which a summary may cite.
#[derive(Debug, Clone)]
pub struct Passages<'a> {
    texts: Vec<&'a str>,
    whole: String,
    read: OnceLock<Read>,
}

/// The whole article, read once for all its sentences.
#[derive(Debug, Clone)]
struct Read {
    index: Index,
    figures: Vec<Figure>,
    names: Vec<Name>,
    words: Words,
}

/// What stands between passages where they are read as one text.
pub(crate) const BETWEEN: &str = "\n\n";

impl<'a> Passages<'a> {
    /// In reading order.
    #[must_use]
    pub fn new(texts: Vec<&'a str>) -> Self {
        let whole = texts.join(BETWEEN);
        Self {
            texts,
            whole,
            read: OnceLock::new(),
        }
    }

    fn read(&self, lexicon: &Lexicon) -> &Read {
        self.read.get_or_init(|| Read {
            index: Index::of(&self.texts),
            figures: figures::find_french(&self.whole),
            names: crate::names::find_french(&self.whole, lexicon),
            words: Words::french(&self.whole),
        })
    }

    /// Reads the article for the checks, which else happens at the first that needs it.
    pub fn read_by(&self, checker: &Checker) {
        self.read(checker.lexicon());
    }

    /// The passages that may say a sentence, the likeliest first, at most so many: those that say most of its words, rare
    /// ones before common ones.
    #[must_use]
    pub fn likely(&self, checker: &Checker, sentence: &str, most: usize) -> Vec<usize> {
        let index = &self.read(checker.lexicon()).index;
        let english = Words::english(sentence);
        let mut weights = vec![0_usize; self.texts.len()];
        for word in &english.words {
            let places = index.passages(word);
            for at in &places {
                weights[*at] += 1_000 / places.len();
            }
        }
        let mut likely: Vec<usize> = (0..self.texts.len()).filter(|at| weights[*at] > 0).collect();
        likely.sort_by_key(|at| (std::cmp::Reverse(weights[*at]), *at));
        likely.truncate(most);
        likely
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.texts.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }

    /// The cited passages as one text: spots of findings are bytes into it. Indices beyond the last are passed over.
    #[must_use]
    pub fn cited(&self, cites: &[usize]) -> String {
        let texts: Vec<&str> = cites
            .iter()
            .filter_map(|at| self.texts.get(*at).copied())
            .collect();
        texts.join(BETWEEN)
    }
}

/// The cited French and the English sentence, read once for all checks.
struct Claim<'c> {
    passages: &'c Passages<'c>,
    /// Which of them it cites.
    cites: &'c [usize],
    lexicon: &'c Lexicon,
    source: &'c str,
    sentence: &'c str,
    french: Words,
    english: Words,
    french_figures: Vec<Figure>,
    english_figures: Vec<Figure>,
    /// The names and figures that both have, as their spans.
    shared: Vec<(Span, Span)>,
}

impl Claim<'_> {
    /// The French words that say English word `at`.
    fn answers(&self, at: usize) -> impl Iterator<Item = usize> {
        let english = &self.english.words[at];
        let letters = self.french.words.iter().enumerate();
        letters
            .filter(move |(_, french)| french.says(english) || self.is_shared(french.span, english.span))
            .map(|(at, _)| at)
    }

    fn is_shared(&self, french: Span, english: Span) -> bool {
        self.shared
            .iter()
            .any(|(ours, theirs)| ours.overlaps(french) && theirs.overlaps(english))
    }

    fn is_answered(&self, at: usize) -> bool {
        self.answers(at).next().is_some()
    }

    /// Whether any English word of the sentence answers French word `at`.
    fn is_said(&self, at: usize) -> bool {
        let french = &self.french.words[at];
        self.english
            .words
            .iter()
            .any(|english| french.says(english) || self.is_shared(french.span, english.span))
    }

    /// Whether a French word of `range` is in the neighbourhood of English word `at`.
    fn is_near(&self, at: usize, mut range: std::ops::Range<usize>) -> bool {
        let english = &self.english.words[at];
        range.any(|french| self.french.words[french].is_near(english))
    }

    /// Whether a French word of `range` may say English word `at` in a free translation.
    fn may_be_said(&self, at: usize, mut range: std::ops::Range<usize>) -> bool {
        let english = &self.english.words[at];
        range.any(|french| self.french.words[french].may_say(english))
    }

    /// How many words near `english` (a place of the sentence) are said by words near `french` (a place of the passages): what
    /// belongs together stands together in both. Each weighs by how near it stands; the places themselves do not count.
    fn closeness(&self, french: Span, english: Span) -> u32 {
        let ours = near(&self.french, french);
        let theirs = near(&self.english, english);
        let mut used = vec![false; ours.len()];
        let mut closeness = 0;
        for (distance, at) in theirs {
            let word = &self.english.words[at];
            let found = ours.iter().enumerate().find(|(place, (_, other))| {
                let other = &self.french.words[*other];
                !used[*place] && (other.says(word) || self.is_shared(other.span, word.span))
            });
            if let Some((place, (other, _))) = found {
                used[place] = true;
                closeness += REACH * 2 - distance - other;
            }
        }
        closeness
    }

    fn spot(&self, span: Span) -> Spot {
        Spot::new(self.sentence, span)
    }
}

/// So many words either side of a place are near it.
const REACH: u32 = 5;

/// The words near a place in its sentence, with how many words away they stand, nearest first.
fn near(words: &Words, place: Span) -> Vec<(u32, usize)> {
    let inside = words.within(place);
    let middle = inside.start;
    let sentence = words
        .sentences
        .iter()
        .position(|span| span.start <= place.start && place.start < span.end);
    let is_here = |at: &usize| Some(words.words[*at].sentence) == sentence;
    let before = (0..middle).rev().filter(is_here).zip(1..=REACH);
    let after = (inside.end.max(middle)..words.words.len())
        .filter(is_here)
        .zip(1..=REACH);
    let mut near: Vec<(u32, usize)> = before.chain(after).map(|(at, distance)| (distance, at)).collect();
    near.sort_unstable();
    near
}

/// Whoever stands in another's place, or has another's words; what was a mere doubt of the name gives way.
fn others_instead(claim: &Claim<'_>, verdict: &mut Verdict) {
    let mut findings = slot::check(claim, &verdict.findings);
    findings.extend(speaker::check(claim, &findings));
    let is_doubt = |doubt: &Finding| {
        !doubt.is_error()
            && doubt.code == Code::NameAdded
            && findings.iter().any(|finding| {
                let spans = finding.target.as_ref().zip(doubt.target.as_ref());
                finding.is_error() && spans.is_some_and(|(ours, theirs)| ours.span.overlaps(theirs.span))
            })
    };
    verdict.findings.retain(|finding| !is_doubt(finding));
    verdict.findings.extend(findings);
}

impl Checker {
    /// Judges a sentence of a summary against the passages it cites (indices into `passages`, in reading order). Only what
    /// the sentence says is in the verdict; `source` spots are bytes into [`Passages::cited`].
    #[must_use]
    pub fn check_claim(&self, passages: &Passages<'_>, cites: &[usize], sentence: &str) -> Verdict {
        let source = passages.cited(cites);
        let mut verdict = self.facts(&source, sentence);
        verdict
            .accounts
            .retain(|account| account.outcome == Outcome::Proven);
        verdict.findings.retain(|finding| {
            finding.target.is_some()
                && finding.code.status() != Status::Missing
                && finding.code.subject() == Subject::Figure
                // A summary orders what it tells in its own way; `bound` looks for exchanges.
                && finding.code != Code::FigureSwapped
        });
        let shared = verdict
            .accounts
            .iter()
            .filter_map(|account| Some((account.source.span, account.target.as_ref()?.span)))
            .collect();
        let claim = Claim {
            passages,
            cites,
            lexicon: self.lexicon(),
            source: &source,
            sentence,
            french: Words::french(&source),
            english: Words::english(sentence),
            french_figures: figures::find_french(&source),
            english_figures: figures::find_english(sentence),
            shared,
        };
        derived::accept(&claim, &mut verdict);
        roles::check(&claim, &mut verdict);
        let names = named::check(&claim);
        verdict.findings.extend(names.findings);
        if !cites.is_empty() {
            verdict.findings.extend(quoted::check(&claim));
            stance::check(&claim, &mut verdict);
            verdict.findings.extend(bound::check(&claim));
            verdict.findings.extend(cited::check(&claim));
            others_instead(&claim, &mut verdict);
            foreign::check(&claim, &mut verdict);
        }
        super::in_reading_order(&mut verdict);
        verdict
    }

    /// The same for a sentence that must cite its passages: to cite none is an error of its own.
    #[must_use]
    pub fn check_cited(&self, passages: &Passages<'_>, cites: &[usize], sentence: &str) -> Verdict {
        let mut verdict = self.check_claim(passages, cites, sentence);
        if cites.is_empty() {
            let whole = Spot::new(sentence, Span::new(0, sentence.len()));
            let message = "The sentence cites no passage of the article.";
            verdict
                .findings
                .push(Finding::new(Code::ClaimUncited, None, Some(whole), message));
        }
        verdict
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(french: &[&str], english: &str) -> Verdict {
        let cites: Vec<usize> = (0..french.len()).collect();
        Checker::default().check_cited(&Passages::new(french.to_vec()), &cites, english)
    }

    /// The codes of the errors.
    fn errors(french: &[&str], english: &str) -> Vec<&'static str> {
        verdict(french, english)
            .errors()
            .map(|finding| finding.code.as_str())
            .collect()
    }

    fn is_sound(french: &[&str], english: &str) {
        let verdict = verdict(french, english);
        assert!(verdict.is_intact(), "{english}: {:#?}", verdict.findings);
    }

    #[test]
    fn figures_that_recompute_are_derived_and_others_are_errors() {
        let french = ["La ville verse 12 millions d'euros, la région 7 millions d'euros."];
        let right = verdict(&french, "Together they pay 19 million euros.");
        assert!(right.is_intact(), "{right:#?}");
        let because: Vec<_> = right
            .accounts
            .iter()
            .filter_map(|account| account.because.as_deref())
            .collect();
        assert!(because.contains(&"derived: sum"), "{because:?}");
        for wrong in [
            "Together they pay 21 million euros.",
            "Together they pay 19 million dollars.",
        ] {
            assert!(!errors(&french, wrong).is_empty(), "{wrong}");
        }
        for (french, right, wrong) in [
            (
                "Sur 400 élèves, 100 élèves ont échoué.",
                "Of 400 pupils, 25% failed.",
                "Of 400 pupils, 35% failed.",
            ),
            (
                "Les prix passent de 80 à 120 euros.",
                "Prices rose by 50%.",
                "Prices rose by 60%.",
            ),
            (
                "56 % ont dit oui.",
                "The other 44% said no.",
                "The other 54% said no.",
            ),
            (
                "Le taux passe de 8,1 % à 9,3 %.",
                "It rose by 1.2 points.",
                "It rose by 1.7 points.",
            ),
            (
                "Il est arrivé huitième puis cinquième.",
                "He moved up three places.",
                "He moved up six places.",
            ),
            (
                "Le musée a reçu 5 692 000 visiteurs.",
                "It had about 5.7 million visitors.",
                "It had about 6.7 million visitors.",
            ),
            (
                "Né en 1950, il est mort en 2010.",
                "He died aged 60.",
                "He died aged 70.",
            ),
            (
                "Du 6 octobre au 15 novembre.",
                "It lasted 40 days.",
                "It lasted 60 days.",
            ),
            (
                "Ugo, Léa et Max ont signé.",
                "Three people signed.",
                "Four people signed.",
            ),
        ] {
            is_sound(&[french], right);
            assert!(!errors(&[french], wrong).is_empty(), "{wrong}");
        }
    }

    #[test]
    fn a_name_from_nowhere_is_one_error_and_one_from_elsewhere_a_warning() {
        let french = [
            "Le maire, Paul Verdier, a inauguré le pont de Lyon.",
            "La préfète Jeanne Castan n'est pas venue.",
        ];
        let verdict = Checker::default().check_cited(
            &Passages::new(french.to_vec()),
            &[0],
            "The mayor, Paul Brandt, opened the bridge in Lyon.",
        );
        let found: Vec<_> = verdict
            .errors()
            .map(|finding| finding.target.as_ref().unwrap().text.as_str())
            .collect();
        assert_eq!(found, ["Brandt"]);
        let verdict = Checker::default().check_cited(
            &Passages::new(french.to_vec()),
            &[0],
            "Paul Verdier opened the bridge in Lyon while Castan stayed away.",
        );
        assert!(verdict.is_intact(), "{verdict:#?}");
        assert!(
            verdict
                .findings
                .iter()
                .any(|finding| finding.code == Code::NameAdded)
        );
    }

    #[test]
    fn an_acronym_may_stand_for_the_words_it_abbreviates() {
        let french = ["La Société du Grand Bassin construira le port à Lyon."];
        is_sound(&french, "The SGB will build the port.");
        assert_eq!(errors(&french, "The RTK will build the port."), ["name.added"]);
    }

    #[test]
    fn quotations_are_quotations_there_in_their_words() {
        let quoting = ["« J'arrêterai les travaux lundi », a promis la maire."];
        is_sound(
            &quoting,
            "\"I will stop the work on Monday,\" the mayor promised.",
        );
        assert_eq!(
            errors(
                &quoting,
                "\"I will bomb the work on Monday,\" the mayor promised."
            ),
            ["quote.altered"]
        );
        assert_eq!(
            errors(
                &["Il juge le projet trop cher."],
                "He calls it \"cheap populism\"."
            ),
            ["quote.altered"]
        );
    }

    #[test]
    fn what_rises_does_not_fall_and_a_floor_is_no_ceiling() {
        let french = ["Le conseil a voté une hausse de 11 % des loyers, pour au moins 350 logements."];
        is_sound(
            &french,
            "The council voted an 11% rise in rents for at least 350 homes.",
        );
        assert_eq!(
            errors(
                &french,
                "The council voted an 11% rise in rents for no more than 350 homes."
            ),
            ["figure.direction"]
        );
        assert!(errors(&french, "The council voted an 11% fall in rents.").contains(&"figure.direction"));
    }

    #[test]
    fn a_count_of_one_thing_is_none_of_another() {
        let french = [
            "Des policiers ont été blessés par des jets de pierres.",
            "Au moins 350 avocats ont été interpellés.",
        ];
        let passages = Passages::new(french.to_vec());
        let judge = |english: &str| Checker::default().check_cited(&passages, &[1], english);
        assert!(!judge("At least 350 police officers were arrested.").is_intact());
        for right in [
            "At least 350 lawyers were arrested.",
            "At least 350 people were arrested.",
        ] {
            assert!(judge(right).is_intact(), "{right}");
        }
    }

    #[test]
    fn citing_the_wrong_passages_is_an_error() {
        let french = [
            "Le tribunal a condamné le comptable pour avoir détourné l'argent de la mairie.",
            "La piscine rouvrira au printemps après de longs travaux.",
        ];
        let passages = Passages::new(french.to_vec());
        let judge = |cites: &[usize]| {
            let english = "The court convicted the accountant of embezzling money from the town hall.";
            let verdict = Checker::default().check_cited(&passages, cites, english);
            verdict
                .errors()
                .map(|finding| finding.code.as_str())
                .collect::<Vec<_>>()
        };
        assert_eq!(judge(&[0]), Vec::<&str>::new());
        assert_eq!(judge(&[1]), ["claim.miscited"]);
        assert_eq!(judge(&[]), ["claim.uncited"]);
    }

    #[test]
    fn odd_texts_are_no_panic() {
        for text in ["", "«", "\"\"\"", "é", "'' \n\n ''", "10 % %", "\u{202f}\"Ö\""] {
            let _ = verdict(&[text], "He said \"no\" to 10% of Ö.");
            let _ = verdict(&["Il a dit « non »."], text);
        }
        let long = "« a ".repeat(2_000);
        let _ = verdict(&[&long], &long);
    }
}
