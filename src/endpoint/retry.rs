//! How long to wait before asking again. Pure: the clock and the dice are given.
//!
//! Law: never earlier than the server said. Our own back-off doubles from [`Backoff::base`] up to [`Backoff::cap`],
//! half of it by chance, so that requests refused together do not come back together.

use std::time::{Duration, SystemTime};

use reqwest::header::{DATE, HeaderMap, RETRY_AFTER};

/// Waiting as a value: tests wait milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Backoff {
    /// Before the first repetition.
    pub base: Duration,
    /// At most.
    pub cap: Duration,
}

impl Default for Backoff {
    fn default() -> Self {
        Self {
            base: Duration::from_millis(500),
            cap: Duration::from_secs(30),
        }
    }
}

impl Backoff {
    /// The wait before repetition `nth` (1 is the first). `chance` is taken within 0 and 1: the wait lies between half
    /// and all of the doubled base.
    #[must_use]
    pub fn delay(self, nth: u32, chance: f64) -> Duration {
        let doubled = self
            .base
            .saturating_mul(1_u32.checked_shl(nth.saturating_sub(1)).unwrap_or(u32::MAX));
        doubled.min(self.cap).mul_f64(0.5 + chance.clamp(0.0, 1.0) / 2.0)
    }
}

/// How long the server asks us to wait: `retry-after-ms`, or `Retry-After` in seconds or as a date (RFC 9110,
/// §10.2.3). A date is measured against the server's own `Date`, since its clock may differ from ours; `now` is used
/// where it sends none. A date that has passed is no wait.
#[must_use]
pub fn asked_to_wait(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let text = |name: &str| headers.get(name)?.to_str().ok().map(str::trim);
    let seconds = |text: &str, unit: f64| {
        let number: f64 = text.parse().ok()?;
        Duration::try_from_secs_f64(number * unit).ok()
    };
    if let Some(wait) = text("retry-after-ms").and_then(|text| seconds(text, 0.001)) {
        return Some(wait);
    }
    let wait = text(RETRY_AFTER.as_str())?;
    if let Some(wait) = seconds(wait, 1.0) {
        return Some(wait);
    }
    let until = httpdate::parse_http_date(wait).ok()?;
    let now = text(DATE.as_str())
        .and_then(|date| httpdate::parse_http_date(date).ok())
        .unwrap_or(now);
    Some(until.duration_since(now).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use reqwest::header::{HeaderName, HeaderValue};

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        let pair = |&(name, value): &(&'static str, &str)| {
            (
                HeaderName::from_static(name),
                HeaderValue::from_str(value).unwrap(),
            )
        };
        pairs.iter().map(pair).collect()
    }

    fn wait(pairs: &[(&'static str, &str)]) -> Option<Duration> {
        let now = httpdate::parse_http_date("Tue, 24 Nov 2026 08:00:00 GMT").unwrap();
        asked_to_wait(&headers(pairs), now)
    }

    #[test]
    fn both_forms_of_retry_after_are_read() {
        assert_eq!(wait(&[("retry-after", "7")]), Some(Duration::from_secs(7)));
        assert_eq!(wait(&[("retry-after", "0.2")]), Some(Duration::from_millis(200)));
        assert_eq!(
            wait(&[("retry-after", "Tue, 24 Nov 2026 08:00:09 GMT")]),
            Some(Duration::from_secs(9))
        );
        assert_eq!(
            wait(&[("retry-after", "Tue, 24 Nov 2026 07:00:00 GMT")]),
            Some(Duration::ZERO)
        );
        assert_eq!(
            wait(&[("retry-after-ms", "250"), ("retry-after", "7")]),
            Some(Duration::from_millis(250))
        );
    }

    #[test]
    fn a_date_is_measured_by_the_servers_clock() {
        let skewed = [
            ("retry-after", "Tue, 24 Nov 2026 09:00:05 GMT"),
            ("date", "Tue, 24 Nov 2026 09:00:00 GMT"),
        ];
        assert_eq!(wait(&skewed), Some(Duration::from_secs(5)));
    }

    #[test]
    fn what_is_no_wait_is_none() {
        for nonsense in ["", "soon", "-1", "NaN", "inf"] {
            assert_eq!(wait(&[("retry-after", nonsense)]), None, "{nonsense}");
        }
        assert_eq!(wait(&[]), None);
    }

    #[test]
    fn the_back_off_doubles_up_to_its_cap() {
        let backoff = Backoff {
            base: Duration::from_millis(100),
            cap: Duration::from_millis(700),
        };
        let waits: Vec<_> = (1..=5).map(|nth| backoff.delay(nth, 1.0).as_millis()).collect();
        assert_eq!(waits, [100, 200, 400, 700, 700]);
        assert_eq!(backoff.delay(1, 0.0), Duration::from_millis(50));
        assert_eq!(backoff.delay(u32::MAX, 1.0), backoff.cap);
    }
}
