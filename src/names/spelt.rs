//! What became of a name that is known by its capitals: its letters are expected in the English, word by word.

use super::evidence::Found;
use super::fate::{Check, Fate};
use super::french::is_required;
use super::unit::Gap;
use super::{Name, NameKind};

impl Check<'_> {
    /// A name known by its capitals: each word that French does not know must stand in the English.
    pub(super) fn spelt(&self, name: &Name, start: usize, end: usize) -> Fate<'static> {
        let reading = self.source;
        if let Some(fate) = self.letters_and_digits(name, start, end) {
            return fate;
        }
        let acronym = name.kind == NameKind::Acronym;
        let (mut found, mut lost, mut surname) = (Vec::new(), Vec::new(), start);
        for at in (start..end).filter(|at| is_required(reading, self.lexicon, start, end, *at)) {
            surname = at;
            let place = if name.kind == NameKind::Ticker {
                self.target.letter_for_letter(reading.folded(at))
            } else {
                self.target.spelt(reading.raw(at), reading.folded(at), acronym)
            };
            match place
                .or_else(|| self.word_listed(at))
                .or_else(|| self.joined(start, end, at))
            {
                Some(place) => found.push(place),
                None => lost.push(at),
            }
        }
        if let Some(altered) = self
            .common_word_misspelt(name, start, end)
            .filter(|_| !found.is_empty())
        {
            return altered;
        }
        let Some(first_lost) = lost.first().copied() else {
            return self.together(&found, end - start);
        };
        if acronym {
            return self.letters_gone(name, start);
        }
        if end - start > 1 {
            // *You Tube*, *YouTube*.
            let joined: String = (start..end).map(|at| reading.folded(at)).collect();
            if let Some(at) = self.target.find(&joined, |_| true) {
                return self.proven_at(at, "same letters");
            }
        }
        if end - start > 1 && found.is_empty() {
            // *Hospodářské noviny*, *HN*.
            if let Some(at) = self.target.initials((start..end).map(|at| reading.folded(at))) {
                return self.proven_at(at, "its initials");
            }
        }
        if self.is_foreign_phrase(start, end)
            || (self.is_slip(start, end) && self.strays().name(start).is_none())
        {
            return Fate::Unproven;
        }
        let strays = self.strays();
        let other_form = |at: &usize| {
            let word = reading.folded(*at);
            strays.inflected(word, *at).is_some() || strays.corrected(word, *at).is_some()
        };
        if lost.iter().any(other_form) || self.is_glossed(name, end) {
            return Fate::Unproven;
        }
        if found.is_empty() && self.is_translated_original(name) {
            return Fate::Unproven;
        }
        for at in &lost {
            if let Some(target) = self.strays().near(reading.folded(*at), *at) {
                return self.near_miss(name, *at, target, found.last());
            }
        }
        if let Some(place) = found.first() {
            // English common words of a name come and go: *Grammy Awards*, *Grammys*.
            let droppable = lost.iter().all(|at| reading.is_english(*at));
            // A first name before another surname is another person's.
            let taken = |place: &Found| {
                let next = self.target.reading.get(place.end);
                self.lexicon
                    .is_given_name(self.target.reading.unit(place.at).hash)
                    && next.is_some_and(|next| next.is_capital() && next.runs_on() && !next.opens)
            };
            let replaced = self.strays().name(first_lost).is_some() || found.iter().all(taken);
            if !lost.contains(&surname) || droppable || !replaced {
                return match self.strays().before(place.at) {
                    Some(target) => Fate::replaced(self.spot(name, first_lost), target),
                    None => Fate::Partly {
                        target: self.target.reading.span(place.at, place.end),
                        lost: reading.span(first_lost, first_lost + 1),
                    },
                };
            }
        }
        match self.strays().name(first_lost) {
            Some(target) => Fate::replaced(self.spot(name, first_lost), target),
            None if found.is_empty() && self.goes_without_saying(name, start) => Fate::Unproven,
            None if self.is_spelt_otherwise_too(&lost) => Fate::Unproven,
            None => Fate::Missing {
                lost: self.spot(name, first_lost),
            },
        }
    }

    /// Letters and digits parted by a hyphen are looked for as one first: *F-15*, *F15*. A lone letter proves nothing.
    fn letters_and_digits(&self, name: &Name, start: usize, end: usize) -> Option<Fate<'static>> {
        let reading = self.source;
        let parted = end - start > 1 && reading.unit(start + 1).gap == Gap::Hyphen;
        if name.kind != NameKind::Product || !parted {
            return None;
        }
        let joined: String = (start..end).map(|at| reading.folded(at)).collect();
        if let Some(found) = self.target.letter_for_letter(&joined) {
            return Some(self.proven(found));
        }
        if !reading.is_single(start) {
            return None;
        }
        let target = self.strays().near(&joined, start);
        Some(target.map_or(Fate::Missing { lost: name.span }, |target| {
            Fate::altered(name.span, target)
        }))
    }

    /// A word run together with the next or the one before: *Mac Dougal*, *Macdougal*.
    fn joined(&self, start: usize, end: usize, at: usize) -> Option<Found> {
        let pair = |first: usize| {
            let word = format!("{}{}", self.source.folded(first), self.source.folded(first + 1));
            self.target.letter_for_letter(&word)
        };
        let next = (at + 1 < end).then(|| pair(at)).flatten();
        next.or_else(|| (at > start).then(|| pair(at - 1)).flatten())
    }
}
