//! What a number means beyond its value: an age, one in so many, a set phrase that a translator rightly drops.
//!
//! In: tokens around a number. Out: yes or no, or another reading. Source: Trésor de la langue française, s.v. `deux`,
//! `quatre`, `neuf`.

use super::Reading;
#[allow(clippy::wildcard_imports, reason = "a vocabulary: one name a word")]
use super::keys::*;
use super::numerals::Run;
use super::reader::Reader;
use super::token::Shape;
use super::value::{Form, Kind, Value, whole};
use super::words::{Cue, Language, Numeral};

impl Reader<'_> {
    pub(super) fn is_age(&self, start: usize, end: usize) -> bool {
        let page = self.page;
        let before = page.key(start.wrapping_sub(1));
        if page.language == Language::French {
            let further = page.key(start.wrapping_sub(2));
            return matches!(before, DE | D) && matches!(further, AGE | AGEE | AGES | AGEES)
                || page.is_mark(start.wrapping_sub(1), &[',']) && page.is_mark(end, &[',', '.']);
        }
        before == AGED
            || page.key(page.past_hyphen(end)) == OLD
            || page.key(end) == OF && page.key(end + 1) == AGE
    }

    /// `aux quatre coins`, `en deux`, `les deux.`: numbers that a translator rightly drops.
    pub(super) fn is_idiom(&self, start: usize, end: usize, run: &Run) -> bool {
        let page = self.page;
        if run.form != Form::Words || run.value > whole(10) {
            return false;
        }
        let before = page.key(start.wrapping_sub(1));
        let next = page.past_hyphen(end);
        // `l'un deux`: for `l'un d'eux`.
        if run.value == whole(2) && before == UN && page.key(start.wrapping_sub(3)) == L {
            return true;
        }
        // `avec trois sous`, `de quatre sous`: little money.
        let pennies = (run.value == whole(3) || run.value == whole(4)) && page.key(end) == SOUS;
        if pennies && page.past_hyphen(end + 1) == end + 1 {
            return true;
        }
        if matches!(page.key(next), ROUES | BALLES | POIDS | MESURES | CLOS | COINS) {
            return true;
        }
        if run.value != whole(2) {
            return false;
        }
        let alone = page.at(end).is_none_or(|next| {
            matches!(next.shape, Shape::Mark(_)) && !page.is_mark(end, &['-', '\'', '’', '"', '«'])
        });
        let pronoun = matches!(before, LES | DES)
            && (alone || matches!(page.key(end), SONT | ONT | PEUVENT | ETAIENT | ET));
        let is_division = |word: &str| {
            word.get(..5)
                .is_some_and(|stem| stem.eq_ignore_ascii_case("divis"))
        };
        let divided = before == PAR && is_division(page.slice(start.wrapping_sub(2)));
        // Both ways, back and forth.
        let ways = before == LES && page.key(next) == SENS;
        pronoun
            || ways
            || divided
            || matches!(before, TOUS | TOUTES)
            || matches!(before, EN | PAR | A) && (alone || matches!(page.key(end), A | AU))
            || before == DE && page.key(start.wrapping_sub(2)) == MOINS && alone
    }

    /// `24 heures sur 24`, `7j/7`, 24/7: always. The number at `start` is the second of the two.
    pub(super) fn is_always(&self, start: usize, run: &Run) -> bool {
        let page = self.page;
        let Some((first, end, _)) = self.last else {
            return false;
        };
        let over = page.key(end) == SUR || page.is_mark(end, &['/']);
        let (before, here) = (page.slice(first), page.slice(start));
        let same = before == here && matches!(here, "24" | "7");
        // `vingt-quatre heures sur vingt-quatre`
        let words = run.form == Form::Words
            && (run.value == whole(24) || run.value == whole(7))
            && self.figures.last().and_then(|figure| figure.value.number()) == Some(run.value);
        if words && page.key(end) == SUR && start == end + 1 {
            return true;
        }
        // `7j/7`: the letter is no unit that the lexicon knows.
        let letter = page.is_mark(start.wrapping_sub(1), &['/']) && page.key(end) == J && start == end + 2;
        page.is_digits(start)
            && (over && start == end + 1 && (same || (before, here) == ("24", "7")) || letter && same)
    }

    /// `sur son 31`, `dans le mille`, `le onze de départ`, `le quinze de France`: dress, the target, a team.
    pub(super) fn is_set_phrase(&self, start: usize, run: &Run) -> bool {
        let page = self.page;
        let (before, further) = (page.key(start.wrapping_sub(1)), page.key(start.wrapping_sub(2)));
        let dress = run.value == whole(31)
            && matches!(before, SON | LEUR | MON | TON | NOTRE | VOTRE)
            && further == SUR;
        let words = run.form == Form::Words && !run.rank;
        let target = words && run.value == whole(1000) && before == LE && further == DANS;
        // A number after a singular article is a team of so many, if it is no day.
        let team = words
            && (run.value == whole(11) || run.value == whole(13) || run.value == whole(15))
            && matches!(before, LE | UN | CE | SON | LEUR | NOTRE | DU | AU)
            && !matches!(page.at(run.end).map(|next| next.word.cue), Some(Cue::Month(_)));
        dress || target || team
    }

    /// `neuf` that means new: after its noun, before a stop.
    pub(super) fn is_new(&self, start: usize) -> bool {
        let page = self.page;
        let ends = page
            .at(start + 1)
            .is_none_or(|next| matches!(next.shape, Shape::Mark(_)));
        ends && start > 0 && page.is_word(start - 1)
    }

    /// `one in five`, `un sur cinq`: the second number is a part of one.
    pub(super) fn one_in(&self, start: usize, run: &Run) -> Option<Reading> {
        let page = self.page;
        if run.value < whole(2) || run.value > whole(100) || run.scaled {
            return None;
        }
        let over = match (page.language, page.key(start.wrapping_sub(1))) {
            (Language::French, SUR) | (Language::English, IN) => start - 1,
            (Language::English, OF) if page.key(start.wrapping_sub(2)) == OUT => start - 2,
            _ => return None,
        };
        let one = (1..=3.min(over))
            .any(|back| page.numeral(over - back) == Numeral::One || page.slice(over - back) == "1");
        let value = Value::Number(run.value.recip());
        one.then_some(Reading {
            kind: Kind::Fraction,
            value,
            unit: None,
        })
    }
}
