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

/// Each way over the same segments in turn, some rounds; the median of its speed against that of `from_utf8` in its round.
#[expect(clippy::print_stdout, reason = "a bench is there to be read")]
fn print_ratios() {
    const ROUNDS: usize = 15;
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
    let time = |way: &dyn Fn(&Segments) -> usize| {
        let start = Instant::now();
        black_box(way(black_box(&segments)));
        start.elapsed()
    };
    let mut ratios = ways.map(|_| Vec::new());
    for _ in 0..ROUNDS {
        for ((_, way), ratios) in ways.iter().zip(&mut ratios) {
            // Before and after, since the machine may slow down in between.
            let before = time(&validate);
            let taken = time(way);
            let plain: Duration = (before + time(&validate)) / 2;
            ratios.push(plain.as_secs_f64() / taken.as_secs_f64());
        }
    }
    println!(
        "\nspeed against from_utf8, {:.1} MB, median of {ROUNDS} rounds:",
        bytes(&segments) as f64 / 1e6
    );
    for ((name, _), mut ratios) in ways.into_iter().zip(ratios) {
        ratios.sort_by(f64::total_cmp);
        println!(
            "  {name:15} {:.4}  ({:.4} to {:.4})",
            ratios[ROUNDS / 2],
            ratios[0],
            ratios[ROUNDS - 1]
        );
    }
}

fn main() {
    divan::main();
    if is_measured() {
        print_ratios();
    }
}
