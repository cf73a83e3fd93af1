//! How fast figures are read and matched, against `std::str::from_utf8` over the same bytes.
//!
//! The two rows of a size are to be compared with each other: only the ratio means something on a busy machine.

use divan::Bencher;
use divan::counter::BytesCount;
use fidele::figures::{compare, find_english, find_french};

/// Press-like segments: about one figure in 200 bytes, as in news.
const SEGMENTS: [(&str, &str); 12] = [
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
    (
        "Les organisateurs espèrent que le public reviendra nombreux, après une saison marquée par les annulations et \
         par des conditions météorologiques défavorables dans tout le sud du pays.",
        "The organisers hope the public will return in numbers, after a season marked by cancellations and by poor \
         weather throughout the south of the country.",
    ),
    (
        "Selon plusieurs témoins, le conducteur aurait perdu le contrôle de son véhicule à l'entrée du village, avant \
         de heurter un mur ; une enquête a été ouverte par le parquet.",
        "According to several witnesses, the driver lost control of his vehicle at the entrance to the village before \
         hitting a wall; the prosecutor has opened an investigation.",
    ),
    (
        "La romancière, dont les livres sont traduits dans le monde entier, travaille désormais à une pièce de théâtre \
         inspirée de son enfance au bord de la mer et des récits de sa grand-mère.",
        "The novelist, whose books are translated all over the world, is now working on a play inspired by her \
         childhood by the sea and by her grandmother's stories.",
    ),
    (
        "Le ministre a reconnu que la réforme avait été mal expliquée, tout en assurant qu'elle serait menée à son \
         terme, quitte à en modifier certaines dispositions après consultation des syndicats.",
        "The minister acknowledged that the reform had been badly explained, while insisting that it would be carried \
         through, even if some provisions are changed after consulting the unions.",
    ),
    (
        "Les chercheurs rappellent que ces résultats, obtenus chez l'animal, doivent encore être confirmés avant \
         d'envisager un traitement, et qu'il serait imprudent d'en tirer des conclusions hâtives.",
        "The researchers point out that these results, obtained in animals, still have to be confirmed before a \
         treatment can be considered, and that it would be unwise to draw hasty conclusions.",
    ),
    (
        "Dans les rues du centre, les commerçants attendent avec impatience la fin des travaux, qui ont éloigné une \
         partie de leur clientèle et rendu les livraisons particulièrement difficiles.",
        "In the streets of the centre, shopkeepers are waiting impatiently for the end of the works, which have driven \
         away some of their customers and made deliveries particularly difficult.",
    ),
];

/// So many segments.
fn segments(count: usize) -> Vec<(String, String)> {
    (0..count)
        .map(|at| {
            let (french, english) = SEGMENTS[at % SEGMENTS.len()];
            // A few differ, so that nothing is learnt by heart.
            if at % 7 == 0 {
                (
                    format!("{french} Page {}.", at + 2),
                    format!("{english} Page {}.", at + 2),
                )
            } else {
                (french.to_owned(), english.to_owned())
            }
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
