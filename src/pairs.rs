//! Aligned pairs, one JSON line in, one JSON line out, in the same order, on all cores.
//!
//! In: lines `{"id", "source", "target"}` of translations, or `{"id", "source": [{"id", "text"}], "summary": [{"text",
//! "cites"}]}` of summaries. Out: lines `{"schema", "id", "verdict", "findings"}`; a malformed line gives a line with its
//! number and what is wrong, and the rest goes on. Laws: memory grows neither with the number of lines nor with the length
//! of one; a line that has come is answered before the next is waited for, so a program may ask one at a time.

use std::io::{self, BufRead as _, BufReader, Read, Write};
use std::num::NonZero;
use std::thread;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::finding::{Finding, Subject};
use crate::verify::Checker;
use crate::verify::summary::Passages;

/// How many lines each core takes at a time: enough to hide the hand-over, little enough to stay small.
const SHARE: usize = 256;

/// How many bytes are read ahead where there are so many: all cores have work then.
const AHEAD: usize = 1 << 20;

/// How many bytes of lines are held at a time; the line that exceeds it is the last of its turn.
const HELD: usize = 16 << 20;

/// The longest line that is read, in bytes; no pair of texts is so long.
const LONGEST: usize = 64 << 20;

#[derive(Deserialize)]
struct Line {
    /// Any JSON value; it comes back as it was.
    id: Value,
    source: String,
    target: String,
}

/// A summary with the passages of its article.
#[derive(Deserialize)]
struct Summary {
    id: Value,
    source: Vec<Passage>,
    #[serde(rename = "summary")]
    sentences: Vec<Sentence>,
}

#[derive(Deserialize)]
struct Passage {
    id: String,
    text: String,
}

#[derive(Deserialize)]
struct Sentence {
    text: String,
    /// None at all is a finding, not a malformed line.
    #[serde(default)]
    cites: Vec<String>,
}

/// A finding of a summary: spots are bytes into the sentence, and into the cited passages joined by empty lines.
#[derive(Serialize)]
struct InSentence {
    /// Which sentence of the summary, from 0.
    sentence: usize,
    #[serde(flatten)]
    finding: Finding,
}

#[derive(Serialize)]
struct Answer<'a, F> {
    schema: &'static str,
    id: &'a Value,
    verdict: &'static str,
    findings: &'a [F],
}

#[derive(Serialize)]
struct Malformed {
    schema: &'static str,
    line: usize,
    error: String,
}

const SCHEMA: &str = "fidele.pairs/1";
const SUMMARIES: &str = "fidele.summaries/1";

/// What a line comes to, where it is a pair.
enum Judged {
    Intact,
    /// Intact, but not all of it is proven.
    Unproven,
    Altered,
}

/// Judges the bytes of one line and appends the answer.
type Judge = fn(&Checker, &[u8], &mut Vec<u8>) -> Result<Judged, serde_json::Error>;

/// A line with its number, or its number alone if it is too long.
type Numbered = (usize, Option<Vec<u8>>);

/// How many lines there were, of each kind.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Pairs without an error.
    pub intact: usize,
    /// Those of them in which a figure or a name is not proven.
    pub unproven: usize,
    /// Pairs with at least one.
    pub altered: usize,
    /// Lines that are no pair.
    pub malformed: usize,
}

/// Judges every line of `input` and writes a line for each to `output`, at once for what has come. Empty lines are passed
/// over.
///
/// # Errors
/// Reading or writing fails. A malformed line is no error: it is counted, and answered by a line that says so.
///
/// # Panics
/// Never: the checks take any text.
pub fn check(checker: &Checker, input: impl Read, output: impl Write) -> io::Result<Tally> {
    lines(checker, input, output, SCHEMA, translation)
}

/// The same for summaries: each sentence is held against the passages it cites.
///
/// # Errors
/// As [`check`].
pub fn check_summaries(checker: &Checker, input: impl Read, output: impl Write) -> io::Result<Tally> {
    lines(checker, input, output, SUMMARIES, summary)
}

fn lines(
    checker: &Checker,
    input: impl Read,
    mut output: impl Write,
    schema: &'static str,
    one: Judge,
) -> io::Result<Tally> {
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    let mut input = BufReader::with_capacity(AHEAD, input);
    let mut tally = Tally::default();
    let mut number = 0;
    loop {
        let mut lines: Vec<Numbered> = Vec::with_capacity(SHARE * cores);
        let mut held = 0;
        while lines.len() < SHARE * cores
            && held < HELD
            && (lines.is_empty() || input.buffer().contains(&b'\n'))
            && let Some(line) = next_line(&mut input)?
        {
            number += 1;
            let line = line
                .ok()
                .map(|bytes| if number == 1 { without_mark(bytes) } else { bytes });
            if line.as_ref().is_none_or(|bytes| !bytes.trim_ascii().is_empty()) {
                held += line.as_ref().map_or(0, Vec::len);
                lines.push((number, line));
            }
        }
        if lines.is_empty() {
            return Ok(tally);
        }
        let judged: Vec<(Vec<u8>, Tally)> = thread::scope(|scope| {
            let share = lines.len().div_ceil(cores);
            let workers: Vec<_> = lines
                .chunks(share)
                .map(|lines| scope.spawn(move || judge(checker, lines, schema, one)))
                .collect();
            workers
                .into_iter()
                .map(|worker| worker.join().expect("the checks do not panic"))
                .collect()
        });
        for (text, counted) in judged {
            output.write_all(&text)?;
            tally.intact += counted.intact;
            tally.unproven += counted.unproven;
            tally.altered += counted.altered;
            tally.malformed += counted.malformed;
        }
        output.flush()?;
    }
}

/// A line of more than [`LONGEST`] bytes.
struct TooLong;

/// The bytes of the next line, unless it is too long to be read; none at the end.
fn next_line(input: &mut BufReader<impl Read>) -> io::Result<Option<Result<Vec<u8>, TooLong>>> {
    let mut bytes = Vec::new();
    let longest = LONGEST as u64 + 1;
    if input.by_ref().take(longest).read_until(b'\n', &mut bytes)? == 0 {
        return Ok(None);
    }
    if bytes.len() <= LONGEST || bytes.ends_with(b"\n") {
        return Ok(Some(Ok(bytes)));
    }
    input.skip_until(b'\n')?;
    Ok(Some(Err(TooLong)))
}

/// Some programs begin every file with a byte order mark, which is no part of its first line.
fn without_mark(mut bytes: Vec<u8>) -> Vec<u8> {
    let mark = "\u{feff}".as_bytes();
    if bytes.starts_with(mark) {
        bytes.drain(..mark.len());
    }
    bytes
}

fn translation(checker: &Checker, bytes: &[u8], text: &mut Vec<u8>) -> Result<Judged, serde_json::Error> {
    let line: Line = serde_json::from_slice(bytes)?;
    let verdict = checker.check(&line.source, &line.target);
    answer(text, SCHEMA, &line.id, verdict.is_intact(), &verdict.findings);
    let unproven = [Subject::Figure, Subject::Name].map(|subject| verdict.count(subject).not_proven);
    Ok(match verdict.is_intact() {
        false => Judged::Altered,
        true if unproven.iter().any(|count| *count > 0) => Judged::Unproven,
        true => Judged::Intact,
    })
}

fn summary(checker: &Checker, bytes: &[u8], text: &mut Vec<u8>) -> Result<Judged, serde_json::Error> {
    let line: Summary = serde_json::from_slice(bytes)?;
    let mut findings = Vec::new();
    let passages = Passages::new(line.source.iter().map(|passage| passage.text.as_str()).collect());
    for (sentence, claim) in line.sentences.iter().enumerate() {
        let cites: Vec<usize> = (0..line.source.len())
            .filter(|at| claim.cites.contains(&line.source[*at].id))
            .collect();
        let verdict = checker.check_cited(&passages, &cites, &claim.text);
        findings.extend(
            verdict
                .findings
                .into_iter()
                .map(|finding| InSentence { sentence, finding }),
        );
    }
    let intact = !findings.iter().any(|found| found.finding.is_error());
    answer(text, SUMMARIES, &line.id, intact, &findings);
    // What a summary leaves out is not unproven.
    Ok(if intact { Judged::Intact } else { Judged::Altered })
}

fn answer<F: Serialize>(text: &mut Vec<u8>, schema: &'static str, id: &Value, intact: bool, findings: &[F]) {
    let verdict = if intact { "intact" } else { "altered" };
    push(
        text,
        &Answer {
            schema,
            id,
            verdict,
            findings,
        },
    );
}

fn judge(checker: &Checker, lines: &[Numbered], schema: &'static str, one: Judge) -> (Vec<u8>, Tally) {
    let mut text = Vec::new();
    let mut tally = Tally::default();
    for (number, bytes) in lines {
        let judged = match bytes {
            // serde_json counts lines within this one line; ours is the number that helps.
            Some(bytes) => one(checker, bytes, &mut text).map_err(|error| {
                let error = error.to_string();
                error.split(" at line ").next().unwrap_or(&error).to_owned()
            }),
            None => Err(format!("longer than {LONGEST} bytes")),
        };
        match judged {
            Ok(Judged::Altered) => tally.altered += 1,
            Ok(intact) => {
                tally.intact += 1;
                tally.unproven += usize::from(matches!(intact, Judged::Unproven));
            }
            Err(error) => {
                tally.malformed += 1;
                push(
                    &mut text,
                    &Malformed {
                        schema,
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
                unproven: 0,
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

    /// Output that is read while it is written.
    #[derive(Clone, Default)]
    struct Shared(std::rc::Rc<std::cell::RefCell<Vec<u8>>>);

    impl Write for Shared {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.borrow_mut().write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    /// A program that asks its next line only once the one before is answered.
    struct Asking {
        asked: usize,
        answers: Shared,
    }

    impl Read for Asking {
        fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
            let answered = self.answers.0.borrow().split(|byte| *byte == b'\n').count() - 1;
            assert_eq!(answered, self.asked, "the line before is not answered yet");
            if self.asked == 3 {
                return Ok(0);
            }
            self.asked += 1;
            let line = b"{\"id\":1,\"source\":\"Oui.\",\"target\":\"Yes.\"}\n";
            bytes[..line.len()].copy_from_slice(line);
            Ok(line.len())
        }
    }

    #[test]
    fn a_line_that_has_come_is_answered_before_the_next_is_waited_for() {
        let answers = Shared::default();
        let input = Asking {
            asked: 0,
            answers: answers.clone(),
        };
        let tally = check(&Checker::default(), input, answers).unwrap();
        assert_eq!(tally.intact, 3);
    }

    #[test]
    fn each_sentence_of_a_summary_is_held_against_what_it_cites() {
        let source = r#"[{"id":"b1","text":"Le musée a coûté 15 millions d'euros."},{"id":"b2","text":"Il ouvrira lundi."}]"#;
        let line = |cites: &str| {
            format!(
                r#"{{"id":"a","source":{source},"summary":[{{"text":"It cost 15 million euros.","cites":{cites}}}]}}"#
            )
        };
        let input = [line(r#"["b1"]"#), line(r#"["b2"]"#), line("[]"), "{}".to_owned()].join("\n");
        let mut output = Vec::new();
        let tally = check_summaries(&Checker::default(), input.as_bytes(), &mut output).unwrap();
        assert_eq!((tally.intact, tally.altered, tally.malformed), (1, 2, 1));
        let output = String::from_utf8(output).unwrap();
        let lines: Vec<Value> = output
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
        assert_eq!(lines[0]["schema"], "fidele.summaries/1");
        assert_eq!(lines[1]["findings"][0]["sentence"], 0);
        let codes = lines[2]["findings"].as_array().unwrap();
        assert!(codes.iter().any(|finding| finding["code"] == "claim.uncited"));
    }

    #[test]
    fn what_is_not_proven_is_counted_among_the_intact() {
        let (tally, _) =
            run(r#"{"id":1,"source":"Le patron a vu Bercy hier.","target":"The boss saw it yesterday."}"#);
        assert_eq!((tally.intact, tally.unproven), (1, 1));
    }

    #[test]
    fn a_byte_order_mark_is_no_part_of_the_first_line() {
        let (tally, _) = run("\u{feff}{\"id\":1,\"source\":\"Oui.\",\"target\":\"Yes.\"}\n");
        assert_eq!((tally.intact, tally.malformed), (1, 0));
    }

    #[test]
    fn a_line_too_long_to_be_one_is_passed_over_and_the_rest_goes_on() {
        let endless = io::repeat(b'x').take(LONGEST as u64 * 2);
        let next = &b"\n{\"id\":1,\"source\":\"Oui.\",\"target\":\"Yes.\"}\n"[..];
        let input = io::BufReader::new(endless.chain(next));
        let mut output = Vec::new();
        let tally = check(&Checker::default(), input, &mut output).unwrap();
        assert_eq!((tally.malformed, tally.intact), (1, 1));
        assert!(
            String::from_utf8(output)
                .unwrap()
                .contains(r#""line":1,"error":"longer than"#)
        );
    }

    #[test]
    fn bytes_that_are_no_text_are_a_malformed_line() {
        let mut output = Vec::new();
        let tally = check(&Checker::default(), &b"\xff\xfe\n"[..], &mut output).unwrap();
        assert_eq!(tally.malformed, 1);
    }
}
