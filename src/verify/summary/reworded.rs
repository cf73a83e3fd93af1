//! One word of a quotation put in another's place.
//!
//! In: a quotation, and the French that answers it best. Out: the English word nothing in the French says, and the
//! French word beside it that nothing in the quotation says. The words around both answer each other, so that the one
//! stands where the other stood. Laws: both are words the lists know, free translations included, and neither is in
//! the neighbourhood of the other.

use std::ops::Range;

use super::Claim;
use super::quoted::has_matter;
use crate::sentence::is_english_word;
use crate::span::Span;

/// So many words from a word that answers a neighbour, another word stands in its place.
const BESIDE: usize = 2;

/// A quotation of so few words leans on the words beside it.
pub(super) const SHORT: usize = 3;

/// What stands in the quotation, and the French word whose place it took, if it took one.
pub(super) struct Reworded {
    pub english: Span,
    pub french: Option<usize>,
}

/// A word of the quotation at `span` that is another word. The English of `context` may say the French.
pub(super) fn reworded(
    claim: &Claim<'_>,
    span: Span,
    words: &Range<usize>,
    whole: Span,
    context: &Range<usize>,
) -> Option<Reworded> {
    let stretch = claim.french.within(whole);
    let pairing = Pairing::of(claim, words, context, &stretch);
    let is_left = |french: &usize| {
        let word = &claim.french.words[*french];
        !pairing.taken[french - stretch.start] && word.is_listed_french() && !is_light_french(&word.folded)
    };
    let beside = |around: Range<usize>| -> Vec<usize> {
        let anchors: Vec<usize> = around
            .filter(|english| context.contains(english))
            .filter_map(|english| pairing.places[english - context.start])
            .collect();
        let is_beside = |french: &usize| anchors.iter().any(|anchor| anchor.abs_diff(*french) <= BESIDE);
        stretch.clone().filter(is_beside).collect()
    };
    let another = words.clone().find_map(|english| {
        if !is_foreign(claim, english) {
            return None;
        }
        let beside = beside(english.saturating_sub(BESIDE)..english + BESIDE + 1);
        let left = beside.iter().copied().find(is_left)?;
        let is_near = |french: &usize| degree(claim, *french, english) < DEGREES;
        // A French word that no list knows may be what the English says.
        let may_be = |french: &usize| {
            let word = &claim.french.words[*french];
            !pairing.taken[french - stretch.start]
                && !word.is_listed_french()
                && !is_light_french(&word.folded)
        };
        (!beside.iter().any(|french| is_near(french) || may_be(french))).then(|| Reworded {
            english: claim.english.words[english].span,
            french: Some(left),
        })
    });
    let small = || {
        small_words(claim, span, whole).find_map(|span| {
            let after = claim
                .english
                .words
                .partition_point(|word| word.span.start < span.start);
            let left = beside(after.saturating_sub(1)..after + 1)
                .into_iter()
                .find(is_left)?;
            Some(Reworded {
                english: span,
                french: Some(left),
            })
        })
    };
    // All the French is said, and a thing more.
    let is_said = |french: usize| {
        pairing.taken[french - stretch.start] || is_light_french(&claim.french.words[french].folded)
    };
    let said = words
        .clone()
        .filter(|english| pairing.places[english - context.start].is_some());
    let is_complete = said.count() >= 2 && stretch.clone().all(is_said);
    let more = || {
        let mut foreign = words.clone().filter(|english| {
            is_foreign(claim, *english)
                && !claim.is_answered(*english)
                && is_phrase(claim.sentence, claim.english.words[*english].span, span)
                && stretch
                    .clone()
                    .all(|french| degree(claim, french, *english) == DEGREES)
        });
        let english = foreign.next().filter(|_| is_complete)?;
        foreign.next().is_none().then(|| Reworded {
            english: claim.english.words[english].span,
            french: None,
        })
    };
    // One word for one word.
    let alone = || {
        let (english, french) = (words.start, stretch.start);
        (words.len() == 1
            && stretch.len() == 1
            && is_foreign(claim, english)
            && is_left(&french)
            && degree(claim, french, english) == DEGREES)
            .then(|| Reworded {
                english: claim.english.words[english].span,
                french: Some(french),
            })
    };
    another.or_else(small).or_else(alone).or_else(more)
}

/// Whether an English word has matter, the lists know it, and nothing in the passages says it.
fn is_foreign(claim: &Claim<'_>, english: usize) -> bool {
    let word = &claim.english.words[english];
    has_matter(&word.folded) && word.is_listed_english() && claim.answers(english).next().is_none()
}

/// *The conductor*: a determiner, the word, and nothing that it would only qualify.
fn is_phrase(sentence: &str, word: Span, quotation: Span) -> bool {
    const DETERMINERS: &[&str] = &[
        "a", "an", "her", "his", "its", "my", "our", "that", "the", "their", "these", "this", "those", "your",
    ];
    let before = pieces(&sentence[quotation.start..word.start]).last();
    let after = pieces(&sentence[word.end..quotation.end]).next();
    before.is_some_and(|before| DETERMINERS.contains(&before)) && after.is_none_or(is_english_word)
}

/// Small English words that carry the sense of what they stand in, and how French may say them (openings; with a full
/// stop, whole words). Source: Quirk et al., A Comprehensive Grammar of the English Language, ch. 9 (prepositions);
/// Grevisse, Le bon usage, on prepositions.
const SMALL: &[(&str, &str)] = &[
    (
        "after",
        "apres suit suiv lendemain des. derriere depuis fois puis ensuite lors post issue bout ulter fini termin a. succe consecutiv",
    ),
    (
        "against",
        "contre contr face anti oppos envers vis lutt combat defi hostil",
    ),
    (
        "before",
        "avant auparavant devant preced preal abord anter jusqu prior veille tot. ici deja premier prim prealabl plus. encore",
    ),
    ("despite", "malgre depit pourtant meme nonobstant bien outre"),
    ("until", "jusqu avant tant ici ne. n. lorsqu"),
    (
        "without",
        "sans hors faut depourv priv manqu absen ni. aucun pas. passer pass exempt ne. n. moins defaut depouill",
    ),
];

/// The small words of a quotation that nothing in the French says.
fn small_words<'c>(claim: &'c Claim<'_>, quotation: Span, whole: Span) -> impl Iterator<Item = Span> + 'c {
    let text = quotation.of(claim.sentence);
    let french: Vec<String> = pieces(whole.of(claim.source)).map(super::words::fold).collect();
    pieces(text).filter_map(move |piece| {
        let (_, says) = SMALL.iter().find(|(word, _)| *word == piece)?;
        let is_said = french.iter().any(|word| is_listed_in(says, word));
        let start = quotation.start + (piece.as_ptr() as usize - text.as_ptr() as usize);
        (!is_said).then(|| Span::new(start, start + piece.len()))
    })
}

fn pieces(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|piece| !piece.is_empty())
}

/// How nearly a French word says an English one: 0 by the lists, 1 in a free translation, 2 by way of a third word, or not.
fn degree(claim: &Claim<'_>, french: usize, english: usize) -> usize {
    let (ours, theirs) = (&claim.french.words[french], &claim.english.words[english]);
    if ours.says(theirs) || claim.is_shared(ours.span, theirs.span) {
        0
    } else if ours.may_say(theirs) || ours.is_kin(theirs) {
        1
    } else if ours.is_near(theirs) {
        2
    } else {
        DEGREES
    }
}

/// From here on it does not say it.
const DEGREES: usize = 3;

/// Which English word says which French one: the surest first, and of those the nearest to where the English word before
/// it was found. Each says one at most.
struct Pairing {
    /// For each French word of the stretch, whether it is said.
    taken: Vec<bool>,
    /// For each English word of the context, the French one it says.
    places: Vec<Option<usize>>,
}

impl Pairing {
    fn of(claim: &Claim<'_>, words: &Range<usize>, context: &Range<usize>, stretch: &Range<usize>) -> Self {
        let mut taken = vec![false; stretch.len()];
        let mut places: Vec<Option<usize>> = vec![None; context.len()];
        for sure in 0..DEGREES {
            for english in context.clone() {
                let at = english - context.start;
                // Words outside the quotation say nothing of it by a free translation.
                if places[at].is_some() || sure > 0 && !words.contains(&english) {
                    continue;
                }
                let before = places[..at].iter().rev().flatten().next().copied().unwrap_or(0);
                let found = stretch
                    .clone()
                    .filter(|french| {
                        !taken[french - stretch.start] && degree(claim, *french, english) == sure
                    })
                    .min_by_key(|french| before.abs_diff(*french));
                if let Some(french) = found {
                    taken[french - stretch.start] = true;
                    places[at] = Some(french);
                }
            }
        }
        Self { taken, places }
    }
}

/// French verbs that take their sense from what stands beside them, and words that only point or measure: English leaves
/// them out or has a word of its own. Openings; with a full stop, whole words. Source: Grevisse, Le bon usage, on auxiliaries,
/// support verbs and adverbs of degree.
const LIGHT_FRENCH: &str = "\
a. ai. aille. allaient. allait. allant. alle. aller. allons. alors. assez. aujourd. aura. auraient. aurait. \
auront. aussi. autant. autre. autrement. autres. avaient. avait. avec. avez. avoir. avons. ayant. beaucoup. \
bien. cas. cela. certain ces. cette. chaque. chose. choses. comme. compte. connait. constitu connu. connue. connus. \
coup. cours. deja. depuis. devai deven devien devoi devoir devr dois. doit. doiv donc. donnait. donne. donnee. \
donnees. donnent. donner. donnes. du. due. dus. effet. egalement. encore. enfin. ensuite. entre. es. est. et. \
etaient. etait. etant. ete. etes. etre. eu. eue. eus. eut. face. faire. fais faisai faisan fait. faite. \
faites. faits. fallu fass faudr faut. fer. ferai feraient feron feront fois. fond. font. for. fur. furent. \
fus. fut. hui. ici. ira. iront. jamais. jour. laisse. laissent. laisser. lieu. lors. maniere. meme. memes. \
mett mieux. mis. mise. mises. mit. moins. moment. moyen. moyens. niveau. non. notamment. nouveau. nouveaux. nouvel. nouvelle. nouvelles. parce. part. partie. \
pas. passe. passer. pendant. peu. peut. peuv peux. plein. plus. plutot. point. pourr pouv prenai prenan prend \
prenn prenon pris. prise. prises. prit. propre. propres. puis. puisse. puissent. quant. quel. quelle. quelqu \
rend rendre. rendu. represent rest sais. sait. sans. sauf. savoir. se. sein. sembl sens. sera. seraient. serait. serez. \
seront. seul. seule. seulement. seuls. si. soi. soient. soit. sommes. sont. sorte. sous. souvent. suis. sur. \
surtout. tant. tard. tel. telle. telles. tels. tenai tenan tenir. tenu. tenue. tenus. terme. termes. tien \
tienn tot. toujours. tour. tous. tout. toute. toutes. tres. trop. trouve. trouver. va. vais. vas. venai venir. \
venu veut. veux. viendr vienn vient. voila. voir. voit. vont. voudr voul vraiment. vu. vue. y.";

pub(super) fn is_light_french(word: &str) -> bool {
    is_listed_in(LIGHT_FRENCH, word)
}

/// Whether an opening of the list, or a whole word of it, fits.
fn is_listed_in(list: &str, word: &str) -> bool {
    list.split(' ').any(|opening| match opening.strip_suffix('.') {
        Some(whole) => word == whole,
        None => word.starts_with(opening),
    })
}
