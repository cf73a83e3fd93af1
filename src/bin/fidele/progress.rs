//! Progress on stderr: how far, what is happening, what it costs.
//!
//! In: the events of a run. Out: a bar and two lines on a terminal, plain lines with `--verbose` where there is none,
//! else nothing but remarks. Laws: no line is wider than the terminal; nothing of a text, a file name or a server's
//! answer reaches the terminal as a command; nothing at all is written with `--quiet`.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use console::{Term, measure_text_width, truncate_str};
use fidele::endpoint::Usage;
use fidele::event::{Event, Listener};
use fidele::finding::Count;
use fidele::report::visible;
use fidele::settings::Dollars;
use indicatif::{MultiProgress, ProgressBar, ProgressStyle};

use crate::terminal::tell;

/// What tokens cost, where the user has told us.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Prices {
    /// Of a million tokens of prompt.
    pub input: Dollars,
    /// Of a million tokens of answer.
    pub output: Dollars,
}

/// Shows a run while it lasts. Cheap to keep when there is nothing to show.
pub struct Progress {
    stage: Arc<Stage>,
}

/// What the listener, which outlives borrows, shares with [`Progress`].
struct Stage {
    how: How,
    verbose: bool,
    prices: Option<Prices>,
    began: Instant,
    tally: Mutex<Tally>,
}

enum How {
    /// `--quiet`.
    Silent,
    /// No terminal: whole lines, and few.
    Lines,
    Bars(Box<Bars>),
}

struct Bars {
    all: MultiProgress,
    bar: ProgressBar,
    happening: ProgressBar,
    cost: ProgressBar,
}

impl Progress {
    /// Decides once how to show things: not at all if `quiet`, bars if stderr is a terminal that can draw them.
    #[must_use]
    pub fn new(quiet: bool, verbose: bool, prices: Option<Prices>) -> Self {
        let is_dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        let how = if quiet {
            How::Silent
        } else if Term::stderr().is_term() && !is_dumb {
            How::Bars(Box::new(Bars::new()))
        } else {
            How::Lines
        };
        Self {
            stage: Arc::new(Stage {
                how,
                verbose,
                prices,
                began: Instant::now(),
                tally: Mutex::new(Tally::default()),
            }),
        }
    }

    /// Who hears of the events.
    #[must_use]
    pub fn listener(&self) -> Listener {
        let stage = Arc::clone(&self.stage);
        Arc::new(move |event| stage.hear(&event))
    }

    /// Takes the bars away and says what the run cost, if it asked for anything.
    pub fn finish(&self) {
        self.stage.finish();
    }
}

impl Stage {
    fn hear(&self, event: &Event) {
        if matches!(self.how, How::Silent) {
            return;
        }
        // A listener that panicked left counts behind, nothing worse.
        let mut tally = self.tally.lock().unwrap_or_else(PoisonError::into_inner);
        let news = tally.hear(event);
        let line = match (event, news) {
            (Event::Remark(_), line) => line,
            (_, line) => line.filter(|_| self.verbose),
        };
        match &self.how {
            How::Silent => {}
            How::Lines => {
                if let Some(line) = line {
                    tell(line);
                }
            }
            How::Bars(bars) => {
                if let Some(line) = line {
                    // Only a broken stderr fails here, and then there is nobody to tell.
                    let _ = bars.all.println(line);
                }
                bars.show(&tally, self.prices);
            }
        }
    }

    fn finish(&self) {
        let tally = self.tally.lock().unwrap_or_else(PoisonError::into_inner);
        if let How::Bars(bars) = &self.how {
            for bar in [&bars.bar, &bars.happening, &bars.cost] {
                bar.finish_and_clear();
            }
        }
        let is_shown = match self.how {
            How::Silent => false,
            How::Lines => self.verbose,
            How::Bars(_) => true,
        };
        if is_shown && tally.asked + tally.from_journal > 0 {
            let time = span_of_time(self.began.elapsed());
            let room = match self.how {
                How::Bars(_) => usize::from(Term::stderr().size().1).saturating_sub(time.len() + 2),
                How::Silent | How::Lines => usize::MAX,
            };
            tell(format_args!("{}, {time}", tally.cost(room, self.prices)));
        }
    }
}

impl Bars {
    fn new() -> Self {
        let all = MultiProgress::new();
        let plain = |bar: ProgressBar| {
            bar.set_style(
                ProgressStyle::with_template("{msg}").unwrap_or_else(|_| ProgressStyle::default_spinner()),
            );
            bar
        };
        let bar = plain(all.add(ProgressBar::new(0)));
        let happening = plain(all.add(ProgressBar::new_spinner()));
        let cost = plain(all.add(ProgressBar::new_spinner()));
        // The clock goes on while the model thinks.
        bar.enable_steady_tick(Duration::from_millis(500));
        Self {
            all,
            bar,
            happening,
            cost,
        }
    }

    fn show(&self, tally: &Tally, prices: Option<Prices>) {
        let width = usize::from(Term::stderr().size().1);
        if let Ok(style) = ProgressStyle::with_template(bar_template(width)) {
            self.bar.set_style(style.progress_chars("━╸─"));
        }
        self.bar.set_length(tally.segments.max(1));
        self.bar.set_position(tally.checked.min(tally.segments));
        self.bar.set_message(tally.reach(width));
        self.happening.set_message(tally.happening(width));
        self.cost.set_message(tally.cost(width, prices));
    }
}

/// What the bar's line holds: less of it on a narrow terminal, so that it stays one line.
fn bar_template(width: usize) -> &'static str {
    match width {
        0..30 => "{msg}",
        30..60 => "{wide_bar:.green/dim} {msg}",
        _ => "{wide_bar:.green/dim} {msg} {elapsed:>4}",
    }
}

/// What has happened so far, in numbers.
#[derive(Debug, Default)]
struct Tally {
    articles: u64,
    articles_done: u64,
    segments: u64,
    checked: u64,
    errors: u64,
    asked: u64,
    in_flight: u64,
    from_journal: u64,
    retries: u64,
    wasted: u64,
    repairs: u64,
    usage: Usage,
    /// What the last event that takes a while was.
    now: Option<String>,
    /// Remarks that were made: each is worth one line.
    said: HashSet<String>,
}

/// More different remarks than this and old ones may be repeated: memory stays small in a run of many articles.
const REMARKS: usize = 256;

impl Tally {
    /// Counts the event, and says in one line what happened where that is worth a line.
    fn hear(&mut self, event: &Event) -> Option<String> {
        let line = match event {
            Event::Started {
                article,
                segments,
                chunks,
            } => {
                self.articles += 1;
                self.segments += as_count(*segments);
                self.now = Some(format!("{article}: translating"));
                format!(
                    "{article}: {}, {}",
                    plural(as_count(*segments), "segment"),
                    plural(as_count(*chunks), "request")
                )
            }
            Event::Asked => {
                self.asked += 1;
                self.in_flight += 1;
                return None;
            }
            Event::Answered {
                from_journal: true, ..
            } => {
                self.from_journal += 1;
                "answer taken from the journal".to_owned()
            }
            Event::Answered { usage, .. } => {
                self.in_flight = self.in_flight.saturating_sub(1);
                self.usage += *usage;
                format!(
                    "answer: {} tokens in, {} out",
                    short(usage.input),
                    short(usage.output)
                )
            }
            Event::Wasted { reason } => {
                self.in_flight = self.in_flight.saturating_sub(1);
                self.wasted += 1;
                format!("answer not usable: {reason}")
            }
            // Whether it is asked for again, and why, the next event says.
            Event::Broken { .. } => {
                self.wasted += 1;
                return None;
            }
            Event::Waiting { delay, reason } => {
                self.in_flight = self.in_flight.saturating_sub(1);
                self.retries += 1;
                let line = format!("waiting {}: {reason}", span_of_time(*delay));
                self.now = Some(line.clone());
                line
            }
            Event::Checked {
                article,
                segment,
                errors,
            } => {
                self.checked += 1;
                self.errors += as_count(*errors);
                self.now = Some(format!("{article}: {segment} checked"));
                if *errors == 0 {
                    return None;
                }
                format!("{article}: {} in {segment}", plural(as_count(*errors), "error"))
            }
            Event::Repairing {
                article,
                segment,
                attempt,
            } => {
                self.repairs += 1;
                let line = format!("{article}: {segment} failed the check, asking again (attempt {attempt})");
                self.now = Some(line.clone());
                line
            }
            Event::Finished {
                article,
                figures,
                names,
                holes,
            } => {
                self.articles_done += 1;
                let holes = match holes {
                    0 => String::new(),
                    holes => format!("; {} not translated", plural(as_count(*holes), "segment")),
                };
                format!(
                    "{article}: figures {}; names {}{holes}",
                    counted(*figures),
                    counted(*names)
                )
            }
            Event::Remark(remark) => self.remark(remark)?,
            _ => return None,
        };
        Some(visible(&line).into_owned())
    }

    fn remark(&mut self, remark: &str) -> Option<String> {
        if self.said.len() >= REMARKS {
            self.said.clear();
        }
        self.said
            .insert(remark.to_owned())
            .then(|| format!("note: {remark}"))
    }

    /// How far: `34/120 segments, 2/10 articles`.
    fn reach(&self, width: usize) -> String {
        let mut parts = vec![format!("{}/{} segments", self.checked, self.segments)];
        if self.articles > 1 {
            parts.push(format!("{}/{} articles", self.articles_done, self.articles));
        }
        if self.errors > 0 {
            parts.push(plural(self.errors, "error"));
        }
        // Half of the line belongs to the bar.
        fitted(&parts, if width < 30 { width } else { width / 2 })
    }

    fn happening(&self, width: usize) -> String {
        let now = visible(self.now.as_deref().unwrap_or("reading")).into_owned();
        let answers = match self.in_flight {
            0 => String::new(),
            answers => format!("{} on the way", plural(answers, "answer")),
        };
        if answers.is_empty() || measure_text_width(&now) + 2 + measure_text_width(&answers) > width {
            return truncate_str(&now, width, "…").into_owned();
        }
        format!("{now}, {answers}")
    }

    /// What it costs so far, the most important first; what does not fit is left out.
    fn cost(&self, width: usize, prices: Option<Prices>) -> String {
        let mut parts = vec![plural(self.asked, "request")];
        if let Some(prices) = prices {
            let spent =
                prices.input.for_tokens(self.usage.input) + prices.output.for_tokens(self.usage.output);
            // What was not usable was paid for as well, and nobody told us how much.
            let more = if self.wasted > 0 { "over " } else { "" };
            parts.push(format!("{more}{}", dollars(spent.0)));
        }
        if self.usage != Usage::default() {
            parts.push(format!(
                "{} tokens in, {} out",
                short(self.usage.input),
                short(self.usage.output)
            ));
        }
        if self.from_journal > 0 {
            parts.push(format!("{} from the journal", self.from_journal));
        }
        if self.repairs > 0 {
            parts.push(plural(self.repairs, "repair"));
        }
        if self.wasted > 0 {
            parts.push(format!("{} not usable", self.wasted));
        }
        if self.retries > 0 {
            parts.push(format!("{} sent again", self.retries));
        }
        fitted(&parts, width)
    }
}

/// The first parts that fit in `width` columns.
fn fitted(parts: &[String], width: usize) -> String {
    let mut line = String::new();
    for part in parts {
        let gap = if line.is_empty() { "" } else { ", " };
        if measure_text_width(&line) + gap.len() + measure_text_width(part) > width {
            break;
        }
        line += gap;
        line += part;
    }
    if line.is_empty() {
        line = truncate_str(parts.first().map_or("", String::as_str), width, "…").into_owned();
    }
    line
}

fn counted(count: Count) -> String {
    let Count {
        proven,
        not_proven,
        failed,
    } = count;
    format!("{proven} proven, {not_proven} not proven, {failed} failed")
}

fn as_count(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}

fn plural(count: u64, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

/// `950`, `12.3k`, `4.1M`: to three figures, rounded down.
fn short(number: u64) -> String {
    match number {
        0..1_000 => number.to_string(),
        1_000..100_000 => format!("{}.{}k", number / 1_000, number % 1_000 / 100),
        100_000..1_000_000 => format!("{}k", number / 1_000),
        _ => format!("{}.{}M", number / 1_000_000, number % 1_000_000 / 100_000),
    }
}

/// Millionths of a dollar as dollars: `$0.27`, `under $0.01`.
fn dollars(millionths: u64) -> String {
    match millionths {
        0 => "$0.00".to_owned(),
        1..10_000 => "under $0.01".to_owned(),
        _ => {
            let cents = millionths.div_ceil(10_000);
            format!("${}.{:02}", cents / 100, cents % 100)
        }
    }
}

/// `0.4 s`, `12 s`, `2 min 5 s`, `1 h 12 min`.
fn span_of_time(time: Duration) -> String {
    match time.as_secs() {
        0 => format!("0.{} s", time.subsec_millis() / 100),
        seconds @ 1..60 => format!("{seconds} s"),
        seconds @ 60..3600 => format!("{} min {} s", seconds / 60, seconds % 60),
        seconds => format!("{} h {} min", seconds / 3600, seconds % 3600 / 60),
    }
}

#[cfg(test)]
mod tests;
