//! How many requests are in flight, for the whole process, and how a refusal slows them all.
//!
//! One [`Limits`] stands for one endpoint. A request holds a slot while it is on its way and never while it waits: a
//! slot that waits is work another article could do.
//!
//! A 429 takes one slot away; [`REGAIN`] good answers give one back. So a server that refuses one request in twenty
//! is used in full, and one that refuses more than one in five is asked by fewer and fewer at once, down to one. Three
//! refusals in a row, with no good answer between, mean that the account as a whole is at its limit: then everybody
//! waits until the time the server named.
//!
//! Who has an account of so many requests or tokens a minute can say so: then they start evenly spaced, each later by
//! what the one before it weighs. Where the server says that nothing is left until some time, everybody waits for it,
//! at most [`LONGEST_PAUSE`].
//!
//! A server that fails [`DOWN_AFTER`] times in a row, or three times for each slot if that is more, is down: nothing
//! more is asked of it.

use std::num::NonZeroU32;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::time::{Instant, sleep_until};

/// How many good answers give back a slot that a refusal took.
pub const REGAIN: u32 = 4;

/// After how many refusals in a row everybody waits.
pub const CLOSED_AFTER: u32 = 3;

/// After how many failures in a row a server is given up by everybody.
pub const DOWN_AFTER: u32 = 20;

/// How long everybody waits at most because a header says that nothing is left.
pub const LONGEST_PAUSE: Duration = Duration::from_mins(1);

/// How fast requests may start.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Rates {
    /// Requests a minute.
    pub requests: Option<NonZeroU32>,
    /// Tokens a minute, prompts and the longest answers together, as servers count them.
    pub tokens: Option<NonZeroU32>,
}

impl Rates {
    /// How much later the next request may start for one of so many tokens.
    fn interval(self, tokens: u64) -> Duration {
        let minute = Duration::from_mins(1);
        let by_requests = self.requests.map_or(Duration::ZERO, |rate| minute / rate.get());
        let by_tokens = self.tokens.map_or(Duration::ZERO, |rate| {
            let tokens = u32::try_from(tokens).unwrap_or(u32::MAX);
            minute.mul_f64(f64::from(tokens) / f64::from(rate.get()))
        });
        by_requests.max(by_tokens)
    }
}

/// The slots of one endpoint.
#[derive(Debug)]
pub struct Limits {
    slots: Semaphore,
    pace: Mutex<Pace>,
}

#[derive(Debug)]
struct Pace {
    at_once: usize,
    allowed: usize,
    good: u32,
    refused_in_a_row: u32,
    closed_until: Option<Instant>,
    failed_in_a_row: u32,
    rates: Rates,
    next_start: Option<Instant>,
}

impl Pace {
    /// The time at which who asks now may start; the next one starts later by what these tokens weigh.
    fn start(&mut self, now: Instant, tokens: u64) -> Instant {
        let start = self.next_start.map_or(now, |next| next.max(now));
        self.next_start = Some(start + self.rates.interval(tokens));
        start
    }

    fn is_down(&self) -> Option<u32> {
        let slots = u32::try_from(self.at_once).unwrap_or(u32::MAX);
        (self.failed_in_a_row >= DOWN_AFTER.max(slots.saturating_mul(3))).then_some(self.failed_in_a_row)
    }
}

/// Room for one request.
#[derive(Debug)]
pub struct Slot<'a>(SemaphorePermit<'a>);

impl Limits {
    /// At most `at_once` in flight, and at least one; started no faster than `rates`.
    #[must_use]
    pub fn new(at_once: usize, rates: Rates) -> Self {
        let at_once = at_once.clamp(1, Semaphore::MAX_PERMITS);
        Self {
            slots: Semaphore::new(at_once),
            pace: Mutex::new(Pace {
                at_once,
                allowed: at_once,
                good: 0,
                refused_in_a_row: 0,
                closed_until: None,
                failed_in_a_row: 0,
                rates,
                next_start: None,
            }),
        }
    }

    /// Waits for room for a request of so many tokens. First come, first served. None only if the slots were closed,
    /// which nobody does.
    pub async fn enter(&self, tokens: u64) -> Option<Slot<'_>> {
        let now = Instant::now();
        let start = self.pace().start(now, tokens);
        if start > now {
            sleep_until(start).await;
        }
        loop {
            self.reopened().await;
            let permit = self.slots.acquire().await.ok()?;
            // It may have closed while we stood in line: then the slot is given back for the time.
            if self.closed_until().is_none() {
                return Some(Slot(permit));
            }
        }
    }

    /// The server answered.
    pub fn went_well(&self) {
        let mut pace = self.pace();
        pace.refused_in_a_row = 0;
        pace.failed_in_a_row = 0;
        if pace.allowed < pace.at_once {
            pace.good += 1;
            if pace.good >= REGAIN {
                pace.good = 0;
                pace.allowed += 1;
                self.slots.add_permits(1);
            }
        }
    }

    /// The server refused for want of room; it should not be asked again for `wait`. Gives the slot back, or takes it
    /// away for a while.
    pub fn refused(&self, slot: Slot<'_>, wait: Duration) {
        let mut pace = self.pace();
        pace.good = 0;
        pace.refused_in_a_row += 1;
        if pace.refused_in_a_row >= CLOSED_AFTER {
            let until = Instant::now() + wait;
            pace.closed_until = pace.closed_until.max(Some(until));
        }
        if pace.allowed > 1 {
            pace.allowed -= 1;
            slot.0.forget();
        }
    }

    /// The server failed, or was not there. How often in a row that was, once it is too often.
    pub fn failed(&self) -> Option<u32> {
        let mut pace = self.pace();
        pace.failed_in_a_row = pace.failed_in_a_row.saturating_add(1);
        pace.is_down()
    }

    /// How often the server has failed in a row, if that is too often to ask again.
    #[must_use]
    pub fn is_down(&self) -> Option<u32> {
        self.pace().is_down()
    }

    /// The server says that nothing more is left for so long: everybody waits, at most [`LONGEST_PAUSE`].
    pub fn pause(&self, wait: Duration) {
        let until = Instant::now() + wait.min(LONGEST_PAUSE);
        let mut pace = self.pace();
        pace.closed_until = pace.closed_until.max(Some(until));
    }

    /// How many may be in flight now.
    #[must_use]
    pub fn allowed(&self) -> usize {
        self.pace().allowed
    }

    async fn reopened(&self) {
        while let Some(until) = self.closed_until() {
            sleep_until(until).await;
        }
    }

    fn closed_until(&self) -> Option<Instant> {
        let mut pace = self.pace();
        if pace.closed_until.is_some_and(|until| until <= Instant::now()) {
            pace.closed_until = None;
        }
        pace.closed_until
    }

    fn pace(&self) -> MutexGuard<'_, Pace> {
        // The numbers are whole whatever happened to whoever held them.
        self.pace.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures::FutureExt;

    const NO_TIME: Duration = Duration::ZERO;
    const AN_HOUR: Duration = Duration::from_hours(1);

    async fn refuse(limits: &Limits, wait: Duration) {
        let slot = limits.enter(0).await.unwrap();
        limits.refused(slot, wait);
    }

    #[tokio::test]
    async fn refusals_take_slots_and_good_answers_give_them_back() {
        let limits = Limits::new(3, Rates::default());
        for left in [2, 1, 1] {
            refuse(&limits, NO_TIME).await;
            assert_eq!(limits.allowed(), left);
        }
        for _ in 0..2 * REGAIN {
            limits.went_well();
        }
        assert_eq!(limits.allowed(), 3);
        for _ in 0..2 * REGAIN {
            limits.went_well();
        }
        assert_eq!(limits.allowed(), 3, "never more than asked for");
        // And they are real slots: three go in, a fourth does not.
        let _in = (
            limits.enter(0).await,
            limits.enter(0).await,
            limits.enter(0).await,
        );
        assert!(limits.enter(0).now_or_never().is_none());
    }

    #[tokio::test]
    async fn one_refusal_does_not_stop_the_others() {
        let limits = Limits::new(1, Rates::default());
        refuse(&limits, AN_HOUR).await;
        assert!(limits.enter(0).now_or_never().flatten().is_some());
    }

    #[tokio::test]
    async fn refusals_in_a_row_close_the_endpoint_until_the_time_named() {
        let limits = Limits::new(8, Rates::default());
        for _ in 0..CLOSED_AFTER {
            refuse(&limits, AN_HOUR).await;
        }
        assert!(limits.enter(0).now_or_never().is_none());

        let limits = Limits::new(8, Rates::default());
        let before = Instant::now();
        let wait = Duration::from_millis(20);
        for _ in 0..CLOSED_AFTER {
            refuse(&limits, wait).await;
        }
        assert!(limits.enter(0).await.is_some());
        assert!(before.elapsed() >= wait);
    }

    #[tokio::test]
    async fn a_good_answer_between_refusals_keeps_it_open() {
        let limits = Limits::new(8, Rates::default());
        for _ in 0..3 * CLOSED_AFTER {
            refuse(&limits, AN_HOUR).await;
            limits.went_well();
        }
        assert!(limits.enter(0).now_or_never().flatten().is_some());
    }

    #[test]
    fn there_is_always_room_for_one() {
        assert_eq!(Limits::new(0, Rates::default()).allowed(), 1);
    }

    #[tokio::test]
    async fn a_rate_spaces_the_starts_and_not_the_slots() {
        let limits = Limits::new(8, a_minute(1));
        let slot = limits.enter(0).now_or_never().flatten();
        assert!(slot.is_some());
        drop(slot);
        assert!(limits.enter(0).now_or_never().is_none(), "one a minute");
    }

    #[test]
    fn starts_are_evenly_spaced_and_idle_time_is_not_saved_up() {
        let limits = Limits::new(8, a_minute(60));
        let begin = Instant::now();
        let at = |seconds: u64| begin + Duration::from_secs(seconds);
        let mut pace = limits.pace();
        let starts = [0, 0, 0, 9, 9].map(|asked| pace.start(at(asked), 0));
        assert_eq!(starts, [0, 1, 2, 9, 10].map(at));
    }

    fn a_minute(requests: u32) -> Rates {
        Rates {
            requests: NonZeroU32::new(requests),
            tokens: None,
        }
    }

    #[test]
    fn a_heavy_request_keeps_the_next_one_waiting_for_longer() {
        let rates = Rates {
            requests: NonZeroU32::new(60),
            tokens: NonZeroU32::new(6_000),
        };
        let limits = Limits::new(8, rates);
        let begin = Instant::now();
        let mut pace = limits.pace();
        // 500 tokens are five seconds at 100 a second; 10 tokens weigh less than one request of 60 a minute.
        let starts = [500, 10, 0].map(|tokens| pace.start(begin, tokens).duration_since(begin).as_secs());
        assert_eq!(starts, [0, 5, 6]);
    }

    #[test]
    fn a_server_that_fails_again_and_again_is_down_until_something_goes_well() {
        let limits = Limits::new(2, Rates::default());
        assert!((1..DOWN_AFTER).all(|_| limits.failed().is_none()));
        limits.went_well();
        assert!((1..DOWN_AFTER).all(|_| limits.failed().is_none()));
        assert_eq!(limits.failed(), Some(DOWN_AFTER));
        assert_eq!(limits.is_down(), Some(DOWN_AFTER));
        let many = Limits::new(100, Rates::default());
        assert!((1..300).all(|_| many.failed().is_none()));
        assert_eq!(many.failed(), Some(300));
    }

    #[tokio::test]
    async fn everybody_waits_while_nothing_is_left() {
        let limits = Limits::new(8, Rates::default());
        limits.pause(AN_HOUR);
        assert!(limits.enter(0).now_or_never().is_none());
        let until = limits.closed_until().unwrap();
        assert!(until <= Instant::now() + LONGEST_PAUSE);
    }
}
