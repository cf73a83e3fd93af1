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
//! Who has an account of so many requests a minute can say so: then they start evenly spaced.

use std::num::NonZeroU32;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::time::{Instant, sleep_until};

/// How many good answers give back a slot that a refusal took.
pub const REGAIN: u32 = 4;

/// After how many refusals in a row everybody waits.
pub const CLOSED_AFTER: u32 = 3;

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
    /// Between two starts; none where no rate is set.
    interval: Duration,
    next_start: Option<Instant>,
}

impl Pace {
    /// The time at which who asks now may start; the next one starts an interval later.
    fn start(&mut self, now: Instant) -> Instant {
        let start = self.next_start.map_or(now, |next| next.max(now));
        self.next_start = Some(start + self.interval);
        start
    }
}

/// Room for one request.
#[derive(Debug)]
pub struct Slot<'a>(SemaphorePermit<'a>);

impl Limits {
    /// At most `at_once` in flight, and at least one; at most `per_minute` started in a minute.
    #[must_use]
    pub fn new(at_once: usize, per_minute: Option<NonZeroU32>) -> Self {
        let at_once = at_once.clamp(1, Semaphore::MAX_PERMITS);
        Self {
            slots: Semaphore::new(at_once),
            pace: Mutex::new(Pace {
                at_once,
                allowed: at_once,
                good: 0,
                refused_in_a_row: 0,
                closed_until: None,
                interval: per_minute.map_or(Duration::ZERO, |rate| Duration::from_mins(1) / rate.get()),
                next_start: None,
            }),
        }
    }

    /// Waits for room. First come, first served. None only if the slots were closed, which nobody does.
    pub async fn enter(&self) -> Option<Slot<'_>> {
        let now = Instant::now();
        let start = self.pace().start(now);
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
        let slot = limits.enter().await.unwrap();
        limits.refused(slot, wait);
    }

    #[tokio::test]
    async fn refusals_take_slots_and_good_answers_give_them_back() {
        let limits = Limits::new(3, None);
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
        let _in = (limits.enter().await, limits.enter().await, limits.enter().await);
        assert!(limits.enter().now_or_never().is_none());
    }

    #[tokio::test]
    async fn one_refusal_does_not_stop_the_others() {
        let limits = Limits::new(1, None);
        refuse(&limits, AN_HOUR).await;
        assert!(limits.enter().now_or_never().flatten().is_some());
    }

    #[tokio::test]
    async fn refusals_in_a_row_close_the_endpoint_until_the_time_named() {
        let limits = Limits::new(8, None);
        for _ in 0..CLOSED_AFTER {
            refuse(&limits, AN_HOUR).await;
        }
        assert!(limits.enter().now_or_never().is_none());

        let limits = Limits::new(8, None);
        let before = Instant::now();
        let wait = Duration::from_millis(20);
        for _ in 0..CLOSED_AFTER {
            refuse(&limits, wait).await;
        }
        assert!(limits.enter().await.is_some());
        assert!(before.elapsed() >= wait);
    }

    #[tokio::test]
    async fn a_good_answer_between_refusals_keeps_it_open() {
        let limits = Limits::new(8, None);
        for _ in 0..3 * CLOSED_AFTER {
            refuse(&limits, AN_HOUR).await;
            limits.went_well();
        }
        assert!(limits.enter().now_or_never().flatten().is_some());
    }

    #[test]
    fn there_is_always_room_for_one() {
        assert_eq!(Limits::new(0, None).allowed(), 1);
    }

    #[tokio::test]
    async fn a_rate_spaces_the_starts_and_not_the_slots() {
        let limits = Limits::new(8, NonZeroU32::new(1));
        let slot = limits.enter().now_or_never().flatten();
        assert!(slot.is_some());
        drop(slot);
        assert!(limits.enter().now_or_never().is_none(), "one a minute");
    }

    #[test]
    fn starts_are_evenly_spaced_and_idle_time_is_not_saved_up() {
        let limits = Limits::new(8, NonZeroU32::new(60));
        let begin = Instant::now();
        let at = |seconds: u64| begin + Duration::from_secs(seconds);
        let mut pace = limits.pace();
        let starts = [0, 0, 0, 9, 9].map(|asked| pace.start(at(asked)));
        assert_eq!(starts, [0, 1, 2, 9, 10].map(at));
    }
}
