//! How fast names are read and matched, against `std::str::from_utf8` over the same bytes, and how soon the lexicon is
//! ready.
//!
//! After the rows of divan come ratios taken round by round, over segments with many names and over those of the figures'
//! bench: names, figures, both, and counting the tokens (with the feature `pipeline`). Only ratios mean something on a busy
//! machine.
#![expect(clippy::print_stdout, reason = "a bench prints what it measured")]

mod corpus;

use std::hint::black_box;
use std::time::{Duration, Instant};

use divan::Bencher;
use divan::counter::BytesCount;
use fidele::figures;
use fidele::lexicon::Lexicon;
use fidele::names::{compare, find_english, find_french};

/// Press-like segments, with the names of news: about one in 60 bytes.
const SEGMENTS: [(&str, &str); 10] = [
    (
        "À Londres, le Premier ministre a reçu la chancelière allemande, puis s'est entretenu au téléphone avec le \
         président des États-Unis.",
        "In London, the Prime Minister received the German Chancellor, then spoke on the phone with the President of the \
         United States.",
    ),
    (
        "Le groupe Dargenlieu, basé à Saint-Étienne, a confié à Mme Hélène Vauquelin la direction de ses activités en \
         Amérique latine.",
        "The Dargenlieu group, based in Saint-Etienne, has put Hélène Vauquelin in charge of its business in Latin \
         America.",
    ),
    (
        "Selon l'ONU et la Croix-Rouge, des milliers de personnes ont fui vers le nord du pays depuis la fin du mois, \
         alors que les pluies continuent.",
        "According to the UN and the Red Cross, thousands of people have fled to the north of the country since the end \
         of the month, while the rains go on.",
    ),
    (
        "Les chercheurs rappellent que ces résultats, obtenus chez l'animal, doivent encore être confirmés avant \
         d'envisager un traitement.",
        "The researchers point out that these results, obtained in animals, still have to be confirmed before a \
         treatment can be considered.",
    ),
    (
        "« Nous ne céderons pas », a prévenu M. Mérimont devant les députés de l'Assemblée nationale, où la réforme est \
         examinée depuis lundi.",
        "\"We will not give in,\" Mr Mérimont warned members of the National Assembly, where the reform has been under \
         examination since Monday.",
    ),
    (
        "La romancière, dont les livres sont traduits dans le monde entier, travaille désormais à une pièce de théâtre \
         inspirée de son enfance au bord de la mer.",
        "The novelist, whose books are translated all over the world, is now working on a play inspired by her childhood \
         by the sea.",
    ),
    (
        "Le ministère de la Santé et l'OMS recommandent la prudence aux voyageurs qui se rendent en Afrique de l'Ouest \
         ou au Brésil.",
        "The Ministry of Health and the WHO advise caution to travellers going to West Africa or Brazil.",
    ),
    (
        "Dans les rues du centre, les commerçants attendent avec impatience la fin des travaux, qui ont éloigné une \
         partie de leur clientèle.",
        "In the streets of the centre, shopkeepers are waiting impatiently for the end of the works, which have driven \
         away some of their customers.",
    ),
    (
        "À la Bourse de Paris, Orvanne et Teldis ont gagné du terrain, tandis que le CAC 40 reculait sous l'effet des \
         craintes venues d'Allemagne.",
        "On the Paris stock exchange, Orvanne and Teldis gained ground, while the CAC 40 fell on fears from Germany.",
    ),
    (
        "Interrogée à la sortie de la réunion, la présidente a refusé de commenter les rumeurs, se contentant de rappeler \
         la priorité du moment.",
        "Asked as she left the meeting, the president declined to comment on the rumours, merely recalling the priority \
         of the moment.",
    ),
];

/// So many segments. A few differ, so that nothing is learnt by heart.
fn with_names(count: usize) -> Vec<(String, String)> {
    (0..count)
        .map(|at| {
            let (french, english) = SEGMENTS[at % SEGMENTS.len()];
            (format!("{french} Page {at}."), format!("{english} Page {at}."))
        })
        .collect()
}

type Segments = [(String, String)];

fn bytes(segments: &Segments) -> usize {
    segments
        .iter()
        .map(|(french, english)| french.len() + english.len())
        .sum()
}

fn names(segments: &Segments, lexicon: &Lexicon) -> usize {
    segments
        .iter()
        .map(|(french, english)| {
            let (of_french, of_english) = (find_french(french, lexicon), find_english(english, lexicon));
            compare(french, &of_french, english, &of_english, lexicon)
                .findings
                .len()
        })
        .sum()
}

fn figures(segments: &Segments) -> usize {
    segments
        .iter()
        .map(|(french, english)| {
            let (of_french, of_english) = (figures::find_french(french), figures::find_english(english));
            figures::compare(french, &of_french, english, &of_english)
                .findings
                .len()
        })
        .sum()
}

fn valid(segments: &Segments) -> usize {
    let is_valid = |text: &str| std::str::from_utf8(black_box(text.as_bytes())).is_ok();
    segments
        .iter()
        .filter(|(french, english)| is_valid(french) && is_valid(english))
        .count()
}

#[divan::bench(args = [30, 3000])]
fn read_and_match(bencher: Bencher, count: usize) {
    let (segments, lexicon) = (with_names(count), Lexicon::embedded());
    bencher
        .counter(BytesCount::new(bytes(&segments)))
        .bench(|| names(&segments, lexicon));
}

#[divan::bench(args = [30, 3000])]
fn read_only(bencher: Bencher, count: usize) {
    let (segments, lexicon) = (with_names(count), Lexicon::embedded());
    bencher.counter(BytesCount::new(bytes(&segments))).bench(|| {
        segments
            .iter()
            .map(|(french, english)| {
                find_french(french, lexicon).len() + find_english(english, lexicon).len()
            })
            .sum::<usize>()
    });
}

#[divan::bench(args = [30, 3000])]
fn from_utf8(bencher: Bencher, count: usize) {
    let segments = with_names(count);
    bencher
        .counter(BytesCount::new(bytes(&segments)))
        .bench(|| valid(&segments));
}

/// Counts the tokens of both texts as the models of `o200k` do.
#[cfg(feature = "pipeline")]
fn tokens(segments: &Segments) -> usize {
    let tokenizer = tiktoken_rs::o200k_base_singleton();
    let count = |text: &str| tokenizer.count_ordinary(text);
    segments
        .iter()
        .map(|(french, english)| count(french) + count(english))
        .sum()
}

/// Each way over two hundred segments, `from_utf8` over the same right before and after it; the median of the ratios.
fn print_ratios(of: &str, segments: &Segments, lexicon: &Lexicon) {
    const ROUND: usize = 200;
    type Way<'w> = (&'static str, &'w dyn Fn(&Segments) -> usize);
    let of_names = |segments: &Segments| names(segments, lexicon);
    let both = |segments: &Segments| names(segments, lexicon) + figures(segments);
    let ways: &[Way<'_>] = &[
        ("names", &of_names),
        ("figures", &figures),
        ("both", &both),
        #[cfg(feature = "pipeline")]
        ("counting tokens", &tokens),
    ];
    let time = |way: &dyn Fn(&Segments) -> usize, segments: &Segments| -> Duration {
        let start = Instant::now();
        black_box(way(black_box(segments)));
        start.elapsed()
    };
    println!(
        "\nspeed against from_utf8, {of}, {} kB, median (and middle half) of many short rounds:",
        bytes(segments) / 1000
    );
    for (name, way) in ways {
        // What is built once is no part of a round.
        way(&segments[..1]);
        let mut ratios: Vec<f64> = segments
            .chunks(ROUND)
            .map(|round| {
                let before = time(&valid, round);
                let taken = time(way, round);
                let plain: Duration = (before + time(&valid, round)) / 2;
                plain.as_secs_f64() / taken.as_secs_f64()
            })
            .collect();
        ratios.sort_by(f64::total_cmp);
        let quarter = |quarters: usize| ratios[ratios.len() * quarters / 4];
        println!(
            "  {name:15} {:.4}  ({:.4} to {:.4})",
            quarter(2),
            quarter(1),
            quarter(3)
        );
    }
}

fn main() {
    // First of all, since it happens once.
    let start = Instant::now();
    let lexicon = Lexicon::embedded();
    let french = start.elapsed();
    black_box(find_english("London", lexicon));
    let ready = start.elapsed();
    divan::main();
    // `cargo test` runs a bench once, to see that it lives.
    let is_measured = std::env::args().any(|arg| arg == "--bench");
    let count = if is_measured { 12_000 } else { SEGMENTS.len() };
    println!(
        "\nlexicon ready in {:.1} ms, with its English in {:.1} ms",
        french.as_secs_f64() * 1e3,
        ready.as_secs_f64() * 1e3,
    );
    print_ratios("segments with many names", &with_names(count), lexicon);
    print_ratios(
        "segments of the figures' bench",
        &corpus::segments(count),
        lexicon,
    );
}
