//! How fast figures are read and matched, against `std::str::from_utf8` over the same bytes.
//!
//! The two rows of a size are to be compared with each other: only the ratio means something on a busy machine.

use divan::Bencher;
use divan::counter::BytesCount;
use fidele::figures::{compare, find_english, find_french};

/// Press-like segments: about one figure in fifteen words, as in news.
const SEGMENTS: [(&str, &str); 6] = [
    (
        "Le groupe a annoncé mardi un bénéfice de 4,5 milliards d'euros, en hausse de 3,2 % sur un an, malgré le \
         ralentissement de la demande dans plusieurs de ses marchés historiques.",
        "The group on Tuesday announced a profit of €4.5bn, up 3.2% on the year, despite slowing demand in several of \
         its historic markets.",
    ),
    (
        "Devant la mairie, des dizaines de manifestants avaient pris place dès le matin, banderoles à la main, pour \
         demander aux élus de revenir sur une décision qu'ils jugent injuste et précipitée.",
        "Outside the town hall, dozens of demonstrators had gathered since morning, banners in hand, to ask the \
         councillors to reverse a decision they consider unfair and hasty.",
    ),
    (
        "L'accord, signé le 4 mars 2026 à 14h30, prévoit la livraison de 12 500 tonnes de blé avant la fin du mois de \
         juin, selon le ministère de l'Agriculture.",
        "The agreement, signed on March 4, 2026 at 2:30 p.m., provides for the delivery of 12,500 tonnes of wheat by \
         the end of June, according to the Ministry of Agriculture.",
    ),
    (
        "Interrogée à la sortie de la réunion, la présidente a refusé de commenter les rumeurs, se contentant de \
         rappeler que la priorité restait la sécurité des habitants du quartier.",
        "Asked as she left the meeting, the president declined to comment on the rumours, merely recalling that the \
         priority remained the safety of the people of the neighbourhood.",
    ),
    (
        "Près de deux tiers des sondés, soit 65 %, disent avoir renoncé à un achat cette année, contre 58 % en 2024 ; \
         les moins de trente ans sont les plus nombreux.",
        "Nearly two-thirds of those polled, or 65%, say they gave up a purchase this year, against 58% in 2024; \
         under-thirties are the most numerous.",
    ),
    (
        "Le navire, long de cent vingt mètres, transportait au moins dix-sept marins de cinq nationalités ; trois \
         d'entre eux ont été hospitalisés dans la nuit de samedi à dimanche.",
        "The ship, a hundred and twenty metres long, was carrying at least seventeen sailors of five nationalities; \
         three of them were taken to hospital on Saturday night.",
    ),
];

/// So many segments, each different from its neighbours by its figures.
fn segments(count: usize) -> Vec<(String, String)> {
    (0..count)
        .map(|at| {
            let (french, english) = SEGMENTS[at % SEGMENTS.len()];
            (
                format!("{french} Page {}.", at + 2),
                format!("{english} Page {}.", at + 2),
            )
        })
        .collect()
}

fn bytes(segments: &[(String, String)]) -> BytesCount {
    BytesCount::new(
        segments
            .iter()
            .map(|(french, english)| french.len() + english.len())
            .sum::<usize>(),
    )
}

#[divan::bench(args = [30, 3000])]
fn read_and_match(bencher: Bencher, count: usize) {
    let segments = segments(count);
    bencher.counter(bytes(&segments)).bench(|| {
        segments
            .iter()
            .map(|(french, english)| {
                compare(french, &find_french(french), english, &find_english(english))
                    .findings
                    .len()
            })
            .sum::<usize>()
    });
}

#[divan::bench(args = [30, 3000])]
fn read_only(bencher: Bencher, count: usize) {
    let segments = segments(count);
    bencher.counter(bytes(&segments)).bench(|| {
        segments
            .iter()
            .map(|(french, english)| find_french(french).len() + find_english(english).len())
            .sum::<usize>()
    });
}

#[divan::bench(args = [30, 3000])]
fn from_utf8(bencher: Bencher, count: usize) {
    let segments = segments(count);
    bencher.counter(bytes(&segments)).bench(|| {
        segments
            .iter()
            .filter(|(french, english)| {
                std::str::from_utf8(divan::black_box(french.as_bytes())).is_ok()
                    && std::str::from_utf8(divan::black_box(english.as_bytes())).is_ok()
            })
            .count()
    });
}

fn main() {
    divan::main();
}
