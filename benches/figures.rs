//! How fast figures are read and matched, against `std::str::from_utf8` over the same bytes.
//!
//! Beside it stand what others do with the same bytes: text2num, which writes number words as digits, and a plain
//! expression that finds runs of digits. After the table come ratios taken round by round: on a busy machine only they mean anything.

mod corpus;

use std::hint::black_box;
use std::time::{Duration, Instant};

use divan::Bencher;
use divan::counter::BytesCount;
use fidele::figures::{compare, find_english, find_french};
use regex::bytes::Regex;
use text2num::{Language, replace_numbers_in_text};

type Segments = [(String, String)];

/// A few megabytes when measured; a few segments where `cargo test` only asks whether the benches run.
fn size() -> usize {
    if is_measured() { 12_000 } else { 12 }
}

fn is_measured() -> bool {
    std::env::args().any(|argument| argument == "--bench")
}

fn bytes(segments: &Segments) -> usize {
    segments
        .iter()
        .map(|(french, english)| french.len() + english.len())
        .sum()
}

fn read_both_and_match(segments: &Segments) -> usize {
    segments
        .iter()
        .map(|(french, english)| {
            compare(french, &find_french(french), english, &find_english(english))
                .accounts
                .len()
        })
        .sum()
}

fn read_both(segments: &Segments) -> usize {
    segments
        .iter()
        .map(|(french, english)| find_french(french).len() + find_english(english).len())
        .sum()
}

fn validate(segments: &Segments) -> usize {
    let valid = |text: &String| usize::from(std::str::from_utf8(black_box(text.as_bytes())).is_ok());
    segments
        .iter()
        .map(|(french, english)| valid(french) + valid(english))
        .sum()
}

fn text2num_both(segments: &Segments) -> usize {
    let (french, english) = (Language::french(), Language::english());
    segments
        .iter()
        .map(|(source, target)| {
            replace_numbers_in_text(source, &french, 0.0).len()
                + replace_numbers_in_text(target, &english, 0.0).len()
        })
        .sum()
}

/// Runs of ASCII digits with separators: no Unicode classes, which would cost six times as much.
fn digits() -> Regex {
    Regex::new(r"[0-9]+(?:[., ][0-9]+)*").expect("the expression is right")
}

fn regex_both(segments: &Segments, digits: &Regex) -> usize {
    segments
        .iter()
        .map(|(french, english)| {
            digits.find_iter(french.as_bytes()).count() + digits.find_iter(english.as_bytes()).count()
        })
        .sum()
}

fn bench(bencher: Bencher, run: impl Fn(&Segments) -> usize + Sync) {
    let segments = corpus::segments(size());
    bencher
        .counter(BytesCount::new(bytes(&segments)))
        .bench(|| run(&segments));
}

#[divan::bench]
fn read_and_match(bencher: Bencher) {
    bench(bencher, read_both_and_match);
}

#[divan::bench]
fn read_only(bencher: Bencher) {
    bench(bencher, read_both);
}

#[divan::bench]
fn from_utf8(bencher: Bencher) {
    bench(bencher, validate);
}

#[divan::bench(sample_count = 10)]
fn text2num(bencher: Bencher) {
    bench(bencher, text2num_both);
}

#[divan::bench]
fn regex_digits(bencher: Bencher) {
    let digits = digits();
    bench(bencher, |segments| regex_both(segments, &digits));
}

/// Each way over two hundred segments, `from_utf8` over the same right before and after it; the median of the ratios.
///
/// A round is short, so that most rounds see no other process; it is long enough for its text not to fit the first cache.
#[expect(clippy::print_stdout, reason = "a bench is there to be read")]
fn print_ratios() {
    const ROUND: usize = 200;
    const TIMES: usize = 5;
    type Way<'w> = (&'static str, &'w dyn Fn(&Segments) -> usize);
    let segments = corpus::segments(size());
    let digits = digits();
    let regex = |segments: &Segments| regex_both(segments, &digits);
    let ways: [Way<'_>; 4] = [
        ("read and match", &read_both_and_match),
        ("read only", &read_both),
        ("text2num", &text2num_both),
        ("regex digits", &regex),
    ];
    let time = |way: &dyn Fn(&Segments) -> usize, segments: &Segments| {
        let start = Instant::now();
        black_box(way(black_box(segments)));
        start.elapsed()
    };
    let figures = read_both(&segments);
    println!(
        "\nspeed against from_utf8, {} kB with {figures} figures, median (and middle half) of many short rounds:",
        bytes(&segments) / 1000
    );
    for (name, way) in ways {
        let rounds = (0..TIMES).flat_map(|_| segments.chunks(ROUND));
        let mut ratios: Vec<f64> = rounds
            .map(|round| {
                let before = time(&validate, round);
                let taken = time(way, round);
                let plain: Duration = (before + time(&validate, round)) / 2;
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
    divan::main();
    if is_measured() {
        print_ratios();
    }
}
