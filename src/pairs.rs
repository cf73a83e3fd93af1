//! Aligned pairs, one JSON line in, one JSON line out, in the same order, on all cores.
//!
//! In: lines `{"id", "source", "target"}`. Out: lines `{"schema", "id", "verdict", "findings"}`; a malformed line gives a
//! line with its number and what is wrong, and the rest goes on. Law: memory does not grow with the number of lines.

use std::io::{self, BufRead, Write};
use std::num::NonZero;
use std::thread;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::finding::Finding;
use crate::verify::Checker;

/// How many lines each core takes at a time: enough to hide the hand-over, little enough to stay small.
const SHARE: usize = 256;

#[derive(Deserialize)]
struct Line {
    /// Any JSON value; it comes back as it was.
    id: Value,
    source: String,
    target: String,
}

#[derive(Serialize)]
struct Judged<'a> {
    schema: &'static str,
    id: &'a Value,
    verdict: &'static str,
    findings: &'a [Finding],
}

#[derive(Serialize)]
struct Malformed {
    schema: &'static str,
    line: usize,
    error: String,
}

const SCHEMA: &str = "fidele.pairs/1";

/// How many lines there were, of each kind.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Pairs without an error.
    pub intact: usize,
    /// Pairs with at least one.
    pub altered: usize,
    /// Lines that are no pair.
    pub malformed: usize,
}

/// Judges every line of `input` and writes a line for each to `output`. Empty lines are passed over.
///
/// # Errors
/// Reading or writing fails. A malformed line is no error: it is counted, and answered by a line that says so.
///
/// # Panics
/// Never: the checks take any text.
pub fn check(checker: &Checker, mut input: impl BufRead, mut output: impl Write) -> io::Result<Tally> {
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    let mut tally = Tally::default();
    let mut number = 0;
    loop {
        let mut lines = Vec::with_capacity(SHARE * cores);
        let mut bytes = Vec::new();
        while lines.len() < SHARE * cores && input.read_until(b'\n', &mut bytes)? > 0 {
            number += 1;
            if !bytes.trim_ascii().is_empty() {
                lines.push((number, std::mem::take(&mut bytes)));
            }
            bytes.clear();
        }
        if lines.is_empty() {
            output.flush()?;
            return Ok(tally);
        }
        let judged: Vec<(Vec<u8>, Tally)> = thread::scope(|scope| {
            let share = lines.len().div_ceil(cores);
            let workers: Vec<_> = lines
                .chunks(share)
                .map(|lines| scope.spawn(move || judge(checker, lines)))
                .collect();
            workers
                .into_iter()
                .map(|worker| worker.join().expect("the checks do not panic"))
                .collect()
        });
        for (text, counted) in judged {
            output.write_all(&text)?;
            tally.intact += counted.intact;
            tally.altered += counted.altered;
            tally.malformed += counted.malformed;
        }
    }
}

fn judge(checker: &Checker, lines: &[(usize, Vec<u8>)]) -> (Vec<u8>, Tally) {
    let mut text = Vec::new();
    let mut tally = Tally::default();
    for (number, bytes) in lines {
        match serde_json::from_slice::<Line>(bytes) {
            Ok(line) => {
                let verdict = checker.check(&line.source, &line.target);
                let word = if verdict.is_intact() { "intact" } else { "altered" };
                *(if verdict.is_intact() {
                    &mut tally.intact
                } else {
                    &mut tally.altered
                }) += 1;
                let judged = Judged {
                    schema: SCHEMA,
                    id: &line.id,
                    verdict: word,
                    findings: &verdict.findings,
                };
                push(&mut text, &judged);
            }
            Err(error) => {
                tally.malformed += 1;
                // serde_json counts lines within this one line; ours is the number that helps.
                let error = error.to_string();
                let error = error.split(" at line ").next().unwrap_or(&error).to_owned();
                push(
                    &mut text,
                    &Malformed {
                        schema: SCHEMA,
                        line: *number,
                        error,
                    },
                );
            }
        }
    }
    (text, tally)
}

fn push(text: &mut Vec<u8>, line: &impl Serialize) {
    serde_json::to_writer(&mut *text, line).expect("strings and numbers serialise into memory");
    text.push(b'\n');
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(input: &str) -> (Tally, Vec<Value>) {
        let mut output = Vec::new();
        let tally = check(&Checker::default(), input.as_bytes(), &mut output).unwrap();
        let lines = String::from_utf8(output).unwrap();
        (
            tally,
            lines
                .lines()
                .map(|line| serde_json::from_str(line).unwrap())
                .collect(),
        )
    }

    #[test]
    fn lines_come_back_in_order_and_a_broken_one_stops_nothing() {
        let mut input = String::new();
        for id in 0..2_000 {
            let line = format!(
                "{{\"id\":{id},\"source\":\"Il y a {id} pages.\",\"target\":\"There are {id} pages.\"}}\n"
            );
            input.push_str(&line);
        }
        input.push_str("\n{\"id\":\"x\",\"source\":\"Non.\"}\n{\"id\":\"y\",\"source\":\"Il a payé 15 euros.\",\"target\":\"He paid 50 euros.\"}");
        let (tally, lines) = run(&input);
        assert_eq!(
            tally,
            Tally {
                intact: 2_000,
                altered: 1,
                malformed: 1
            }
        );
        for (id, line) in lines[..2_000].iter().enumerate() {
            assert_eq!(
                (line["id"].as_u64(), line["verdict"].as_str()),
                (Some(id as u64), Some("intact"))
            );
        }
        assert_eq!(lines[2_000]["line"], 2_002);
        assert!(lines[2_000]["error"].as_str().unwrap().contains("target"));
        assert_eq!(lines[2_001]["verdict"], "altered");
        assert_eq!(lines[2_001]["findings"][0]["target"]["text"], "50 euros");
    }

    #[test]
    fn bytes_that_are_no_text_are_a_malformed_line() {
        let mut output = Vec::new();
        let tally = check(&Checker::default(), &b"\xff\xfe\n"[..], &mut output).unwrap();
        assert_eq!(tally.malformed, 1);
    }
}
