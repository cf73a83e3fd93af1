//! Segments like those of the press, as many as one asks for, none like another.
//!
//! In: how many. Out: pairs of French and English. Law: the same each time; the sentences, their slots and their figures vary
//! independently, so that neither a branch predictor nor a cache learns them by heart.

use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    sentence: Vec<Sentence>,
    slot: Vec<Slot>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sentence {
    fr: String,
    en: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Slot {
    name: String,
    rows: Vec<(String, String)>,
}

/// Chance that is the same each time (splitmix64).
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % bound as u64).unwrap_or(0)
    }

    fn of<'t, T>(&mut self, list: &'t [T]) -> &'t T {
        &list[self.below(list.len())]
    }
}

/// So many segments: one sentence, or two.
pub fn segments(count: usize) -> Vec<(String, String)> {
    let file: File =
        toml::from_str(include_str!("news.toml")).expect("news.toml is valid: every run reads it");
    let mut chance = Chance(1);
    (0..count)
        .map(|_| {
            let (mut french, mut english) = sentence(&file, &mut chance);
            if chance.below(3) == 0 {
                let (fr, en) = sentence(&file, &mut chance);
                french = format!("{french} {fr}");
                english = format!("{english} {en}");
            }
            (french, english)
        })
        .collect()
}

fn sentence(file: &File, chance: &mut Chance) -> (String, String) {
    let Sentence { fr, en } = chance.of(&file.sentence);
    let (mut french, mut english) = (fr.clone(), en.clone());
    while let Some((_, rest)) = french.split_once('{')
        && let Some((name, _)) = rest.split_once('}')
    {
        let filler = match file.slot.iter().find(|slot| slot.name == name) {
            Some(slot) => chance.of(&slot.rows).clone(),
            None => figure(name, chance),
        };
        let slot = format!("{{{name}}}");
        french = french.replacen(&slot, &filler.0, 1);
        english = english.replacen(&slot, &filler.1, 1);
    }
    (capital(&french), capital(&english))
}

fn capital(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

const MONTHS: [(&str, &str); 12] = [
    ("janvier", "January"),
    ("février", "February"),
    ("mars", "March"),
    ("avril", "April"),
    ("mai", "May"),
    ("juin", "June"),
    ("juillet", "July"),
    ("août", "August"),
    ("septembre", "September"),
    ("octobre", "October"),
    ("novembre", "November"),
    ("décembre", "December"),
];

const FEW: [(&str, &str); 8] = [
    ("deux", "two"),
    ("trois", "three"),
    ("cinq", "five"),
    ("sept", "seven"),
    ("onze", "eleven"),
    ("dix-huit", "eighteen"),
    ("vingt et un", "twenty-one"),
    ("quarante", "forty"),
];

/// A figure as French and as English write it.
fn figure(name: &str, chance: &mut Chance) -> (String, String) {
    match name {
        "percent" => {
            let (whole, tenths) = (1 + chance.below(60), 1 + chance.below(9));
            (format!("{whole},{tenths}\u{a0}%"), format!("{whole}.{tenths}%"))
        }
        "money" => {
            let (whole, tenths) = (1 + chance.below(400), 1 + chance.below(9));
            let (fr, en) = *chance.of(&[("millions", "million"), ("milliards", "billion")]);
            (
                format!("{whole},{tenths} {fr} d'euros"),
                format!("€{whole}.{tenths} {en}"),
            )
        }
        "number" => {
            let (thousands, rest) = (1 + chance.below(80), chance.below(1000));
            (
                format!("{thousands}\u{202f}{rest:03}"),
                format!("{thousands},{rest:03}"),
            )
        }
        "date" => {
            let (day, year) = (1 + chance.below(28), 1990 + chance.below(40));
            let (fr, en) = *chance.of(&MONTHS);
            (format!("{day} {fr} {year}"), format!("{en} {day}, {year}"))
        }
        "time" => {
            let (hour, minutes) = (1 + chance.below(11), 10 + chance.below(50));
            (
                format!("{}h{minutes}", hour + 12),
                format!("{hour}:{minutes} p.m."),
            )
        }
        "year" => {
            let year = (1950 + chance.below(75)).to_string();
            (year.clone(), year)
        }
        _ => {
            let (fr, en) = *chance.of(&FEW);
            (fr.to_owned(), en.to_owned())
        }
    }
}
