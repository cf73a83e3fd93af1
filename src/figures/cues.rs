//! The words around a figure that hedge it, bound it, or say which way it moves.
//!
//! In: tokens, and the figure's first and last. Out: a qualifier, a direction, or nothing. Law: only a few tokens either
//! side are read, never past the end of a sentence. Source: Grevisse and Quirk, approximation and comparison.

#[allow(clippy::wildcard_imports, reason = "a vocabulary: one name a word")]
use super::keys::*;
use super::numerals::Page;
use super::token::Shape;
use super::value::{Direction, Qualifier};
use super::words::{Cue, Language};

/// How the words before the token `first` and after the token before `end` hedge the figure.
pub(super) fn qualifier(page: Page<'_>, first: usize, end: usize) -> Option<Qualifier> {
    match page.language {
        // `300 morts au moins`: at most one noun stands between.
        Language::French => french_before(page, first)
            .or_else(|| french_after(page, end))
            .or_else(|| french_after(page, end + 1).filter(|_| page.is_word(end))),
        Language::English => english_before(page, first)
            .or_else(|| english_after(page, end))
            .or_else(|| english_after(page, end + 1).filter(|_| page.is_word(end))),
    }
}

/// The keys of the words before `first`, nearest first; apostrophes do not count, other marks end it.
fn words_before(page: Page<'_>, first: usize) -> [u128; 5] {
    let mut words = [0; 5];
    let mut at = first;
    let mut filled = 0;
    while filled < 5 && at > 0 {
        at -= 1;
        match page.tokens[at].shape {
            Shape::Word => {
                words[filled] = page.tokens[at].key;
                filled += 1;
            }
            Shape::Mark('\'' | '’' | '-' | '(' | '"' | '«') => {}
            _ => break,
        }
    }
    words
}

fn french_before(page: Page<'_>, first: usize) -> Option<Qualifier> {
    let mut words = words_before(page, first);
    // `plus de la moitié`: the article does not part them.
    if matches!(words[0], LE | LA | LES | L) && matches!(words[1], DE | D) {
        words.rotate_left(1);
        words[4] = 0;
    }
    // `plus de`, `moins de`, `près de`, `au-dessus des`: the preposition, then the word.
    if matches!(words[0], DE | D | DES | DU) {
        return match words[1] {
            PLUS if matches!(words[2], PAS | NON | AU) => Some(Qualifier::AtMost),
            PLUS | DESSUS | DELA => Some(Qualifier::MoreThan),
            MOINS if matches!(words[2], PAS | NON | AU) => Some(Qualifier::AtLeast),
            MOINS | DESSOUS => Some(Qualifier::LessThan),
            PRES => Some(Qualifier::Nearly),
            AUTOUR | ALENTOURS | ORDRE => Some(Qualifier::About),
            MAXIMUM | MAX => Some(Qualifier::AtMost),
            MINIMUM | MIN => Some(Qualifier::AtLeast),
            BARRE | SEUIL if words[2] == LA || words[2] == LE => match words[3] {
                SOUS => Some(Qualifier::LessThan),
                _ => None,
            },
            _ => None,
        };
    }
    if matches!(words[0], A | AU | AUX) {
        return match words[1] {
            JUSQU | JUSQUE => Some(Qualifier::UpTo),
            SUPERIEUR | SUPERIEURE | SUPERIEURS | SUPERIEURES => Some(Qualifier::MoreThan),
            INFERIEUR | INFERIEURE | INFERIEURS | INFERIEURES => Some(Qualifier::LessThan),
            _ => None,
        };
    }
    let near = usize::from(matches!(words[0], LES | LE | LA | L));
    let (word, before, further) = (words[near], words[near + 1], words[near + 2]);
    match word {
        PLUS if before == AU || before == A && further == TOUT => Some(Qualifier::AtMost),
        MOINS if matches!(before, AU | DU) => Some(Qualifier::AtLeast),
        // `plus ou moins`
        MOINS if before == OU => Some(Qualifier::About),
        ENVIRON | QUELQUE | QUELQUES | APPROXIMATIVEMENT => Some(Qualifier::About),
        PRES if before == PEU || further == PEU => Some(Qualifier::About),
        PRESQUE | QUASI | QUASIMENT => Some(Qualifier::Nearly),
        MAXIMUM => Some(Qualifier::AtMost),
        MINIMUM => Some(Qualifier::AtLeast),
        DEPASSE | DEPASSENT | DEPASSER | DEPASSANT | EXCEDE => Some(if before == PAS {
            Qualifier::AtMost
        } else {
            Qualifier::MoreThan
        }),
        SOUS if near == 1 => Some(Qualifier::LessThan),
        _ => None,
    }
}

fn french_after(page: Page<'_>, end: usize) -> Option<Qualifier> {
    match (page.key(end), page.key(end + 1)) {
        (ENVIRON, _) => Some(Qualifier::About),
        (OU, PLUS) | (AU, MOINS | MINIMUM) | (MINIMUM, _) => Some(Qualifier::AtLeast),
        (OU, MOINS) | (AU, PLUS | MAXIMUM) | (MAXIMUM, _) => Some(Qualifier::AtMost),
        _ => None,
    }
}

fn english_before(page: Page<'_>, first: usize) -> Option<Qualifier> {
    let mut words = words_before(page, first);
    // `at least a million`, `over the 100`: the article does not part them.
    if matches!(words[0], THE | A | AN) {
        words.rotate_left(1);
        words[4] = 0;
    }
    match words[0] {
        THAN => match words[1] {
            MORE if matches!(words[2], NO | NOT) => Some(Qualifier::AtMost),
            MORE => Some(Qualifier::MoreThan),
            LESS | FEWER if matches!(words[2], NO | NOT) => Some(Qualifier::AtLeast),
            LESS | FEWER => Some(Qualifier::LessThan),
            _ => None,
        },
        OVER | ABOVE | EXCEEDING | EXCEEDS | EXCEED => Some(Qualifier::MoreThan),
        UNDER | BELOW => Some(Qualifier::LessThan),
        OF => match words[1] {
            UPWARDS => Some(Qualifier::MoreThan),
            MAXIMUM => Some(Qualifier::AtMost),
            MINIMUM => Some(Qualifier::AtLeast),
            REGION => Some(Qualifier::About),
            _ => None,
        },
        LEAST => Some(Qualifier::AtLeast),
        MOST => (words[1] == AT || words[2] == AT).then_some(Qualifier::AtMost),
        TO => match words[1] {
            UP => Some(Qualifier::UpTo),
            CLOSE => Some(Qualifier::Nearly),
            _ => None,
        },
        AS if matches!(words[1], MUCH | MANY) => Some(Qualifier::AsMuchAs),
        ABOUT | AROUND | SOME | APPROXIMATELY | APPROX | ROUGHLY | CIRCA | ESTIMATED => {
            Some(Qualifier::About)
        }
        NEARLY | ALMOST => Some(Qualifier::Nearly),
        _ => None,
    }
}

fn english_after(page: Page<'_>, end: usize) -> Option<Qualifier> {
    match (page.key(end), page.key(end + 1)) {
        (OR, MORE) | (AT, LEAST) => Some(Qualifier::AtLeast),
        (OR, LESS | FEWER) | (AT, MOST) => Some(Qualifier::AtMost),
        (PLUS, _) if page.at(end).is_some_and(|token| !token.spaced) => Some(Qualifier::AtLeast),
        _ => None,
    }
}

/// How many tokens either side may say which way a figure moves.
const REACH: usize = 8;

/// Which way the figure moves: what all the words near it say, or else the one right beside it.
pub(super) fn direction(page: Page<'_>, first: usize, end: usize) -> Option<Direction> {
    // The nearest of either sort, by distance.
    let (mut up, mut down) = (usize::MAX, usize::MAX);
    let adjacent = (1..=2.min(first)).find_map(|distance| match page.tokens[first - distance].word.cue {
        Cue::Up if !is_bound(page, first - distance) => Some(Direction::Up),
        Cue::Down => Some(Direction::Down),
        _ => None,
    });
    if adjacent.is_some() {
        return adjacent;
    }
    let mut consider = |at: usize, distance: usize| match page.tokens[at].word.cue {
        Cue::Up if !is_bound(page, at) => up = up.min(distance),
        Cue::Down => down = down.min(distance),
        _ => {}
    };
    let mut reaches = false;
    for distance in 1..=REACH.min(first) {
        let at = first - distance;
        let stop = matches!(page.tokens[at].shape, Shape::Mark('.' | ';' | '!' | '?'));
        if stop && page.at(at + 1).is_some_and(|next| next.spaced) {
            break;
        }
        reaches |= page.tokens[at].word.cue == Cue::Reaches;
        // Losses that reach a sum do not fall.
        if !(reaches && matches!(page.key(at), PERTE | PERTES | LOSS | LOSSES)) {
            consider(at, distance);
        }
    }
    for distance in 1..=4 {
        let at = end + distance - 1;
        let Some(token) = page.at(at) else { break };
        if matches!(
            token.shape,
            Shape::Mark('.' | ';' | '!' | '?' | ',' | '(' | ')') | Shape::Digits
        ) {
            break;
        }
        // A little further than the same distance before: `rose 3 % after the fall`.
        consider(at, distance + 1);
    }
    if up == usize::MAX && down == usize::MAX {
        return None;
    }
    let (near, far) = (up.min(down), up.max(down));
    // Two words that disagree: only the one beside the figure counts, and only if the other is well away.
    if far != usize::MAX && !(near <= 3 && far >= near + 3) {
        return None;
    }
    Some(if up < down { Direction::Up } else { Direction::Down })
}

/// `up to 300` is a bound and `make up`, `set up` no movement: `up` moves only beside a figure.
fn is_bound(page: Page<'_>, at: usize) -> bool {
    page.key(at) == UP
        && (page.key(at + 1) == TO
            || !matches!(page.at(at + 1), Some(token) if token.shape != Shape::Word)
                && !is_measured(page, at + 1))
}

fn is_measured(page: Page<'_>, at: usize) -> bool {
    matches!(
        page.key(at),
        FROM | ABOUT | SOME | BY | NEARLY | ALMOST | MORE | OVER
    ) || page.numeral(at) != super::words::Numeral::None
}
