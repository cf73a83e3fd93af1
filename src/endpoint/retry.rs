//! How long to wait before asking again. Pure: the clock and the dice are given.
//!
//! Law: never earlier than the server said. Our own back-off triples from [`Backoff::base`] up to [`Backoff::cap`],
//! half of it by chance, so that requests refused together do not come back together. Most troubles pass at once, and a
//! server that restarts takes ten seconds: tripling meets the first early and outlasts the second in few attempts.

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
            base: Duration::from_millis(250),
            cap: Duration::from_secs(30),
        }
    }
}

impl Backoff {
    /// The wait before repetition `nth` (1 is the first). `chance` is taken within 0 and 1: the wait lies between half
    /// and all of the tripled base.
    #[must_use]
    pub fn delay(self, nth: u32, chance: f64) -> Duration {
        let tripled = self
            .base
            .saturating_mul(3_u32.saturating_pow(nth.saturating_sub(1)));
        tripled.min(self.cap).mul_f64(0.5 + chance.clamp(0.0, 1.0) / 2.0)
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

/// How long nothing will be left, where the headers of an answer say that nothing is left now: `x-ratelimit-…` with a
/// duration such as `6m0s` (`OpenAI`, Groq), `anthropic-ratelimit-…` with a time (RFC 3339). The longest counts.
#[must_use]
pub fn nothing_left_for(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let text = |name: String| headers.get(name)?.to_str().ok().map(str::trim);
    let date = text("date".to_owned()).and_then(|date| httpdate::parse_http_date(date).ok());
    let now = date.unwrap_or(now);
    let of_openai = ["requests", "tokens"].into_iter().filter_map(|what| {
        let left = text(format!("x-ratelimit-remaining-{what}"))?;
        let reset = text(format!("x-ratelimit-reset-{what}"))?;
        (left == "0").then(|| duration(reset)).flatten()
    });
    let of_anthropic = ["requests", "tokens", "input-tokens", "output-tokens"]
        .into_iter()
        .filter_map(|what| {
            let left = text(format!("anthropic-ratelimit-{what}-remaining"))?;
            let reset = text(format!("anthropic-ratelimit-{what}-reset"))?;
            let until = (left == "0").then(|| time(reset)).flatten()?;
            Some(until.duration_since(now).unwrap_or_default())
        });
    of_openai.chain(of_anthropic).max()
}

/// A duration as Go writes it: `1s`, `6m0s`, `12ms`, `1h2m3.5s`.
fn duration(text: &str) -> Option<Duration> {
    let mut rest = text;
    let mut sum = 0.0;
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit() && c != '.')?;
        let number: f64 = rest[..digits].parse().ok()?;
        rest = &rest[digits..];
        let unit = rest.find(|c: char| c.is_ascii_digit()).unwrap_or(rest.len());
        sum += number
            * match &rest[..unit] {
                "h" => 3600.0,
                "m" => 60.0,
                "s" => 1.0,
                "ms" => 1e-3,
                "us" | "µs" => 1e-6,
                "ns" => 1e-9,
                _ => return None,
            };
        rest = &rest[unit..];
    }
    Duration::try_from_secs_f64(sum).ok().filter(|_| !text.is_empty())
}

/// A time as RFC 3339 writes it in UTC: `2026-11-24T08:00:09Z`. Any other is none.
fn time(text: &str) -> Option<SystemTime> {
    let (date, clock) = text.strip_suffix('Z')?.split_once('T')?;
    let parts = |text: &str, mark: char| -> Option<[u64; 3]> {
        let whole = text.split('.').next()?;
        let parts: Result<Vec<u64>, _> = whole.split(mark).map(str::parse).collect();
        parts.ok()?.try_into().ok()
    };
    let [year, month, day] = parts(date, '-')?;
    let [hour, minute, second] = parts(clock, ':')?;
    let is_date = (1970..=9999).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
    // A minute may have a leap second.
    if !is_date || hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    // Days since 1970-01-01 in the Gregorian calendar, years beginning in March so that leap days come last.
    let (year, month) = if month > 2 {
        (year, month - 3)
    } else {
        (year - 1, month + 9)
    };
    let days = 365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day - 1;
    let seconds = (days.checked_sub(719_468)?) * 86_400 + hour * 3600 + minute * 60 + second;
    Some(SystemTime::UNIX_EPOCH + Duration::from_secs(seconds))
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
    fn the_back_off_triples_up_to_its_cap() {
        let backoff = Backoff {
            base: Duration::from_millis(100),
            cap: Duration::from_millis(700),
        };
        let waits: Vec<_> = (1..=5).map(|nth| backoff.delay(nth, 1.0).as_millis()).collect();
        assert_eq!(waits, [100, 300, 700, 700, 700]);
        assert_eq!(backoff.delay(1, 0.0), Duration::from_millis(50));
        assert_eq!(backoff.delay(u32::MAX, 1.0), backoff.cap);
    }

    fn left(pairs: &[(&'static str, &str)]) -> Option<Duration> {
        let now = httpdate::parse_http_date("Tue, 24 Nov 2026 08:00:00 GMT").unwrap();
        nothing_left_for(&headers(pairs), now)
    }

    #[test]
    fn headers_say_for_how_long_nothing_is_left() {
        let openai = |left: &str, reset: &str| {
            self::left(&[
                ("x-ratelimit-remaining-requests", "7"),
                ("x-ratelimit-reset-requests", "9h"),
                ("x-ratelimit-remaining-tokens", left),
                ("x-ratelimit-reset-tokens", reset),
            ])
        };
        assert_eq!(openai("0", "6m0s"), Some(Duration::from_mins(6)));
        assert_eq!(openai("0", "12ms"), Some(Duration::from_millis(12)));
        assert_eq!(openai("0", "1h2m3.5s"), Some(Duration::from_millis(3_723_500)));
        assert_eq!(openai("1", "6m0s"), None);
        for nonsense in ["", "soon", "6", "s", "6x", "-1s"] {
            assert_eq!(openai("0", nonsense), None, "{nonsense}");
        }
        let anthropic = |reset: &str| {
            self::left(&[
                ("anthropic-ratelimit-input-tokens-remaining", "0"),
                ("anthropic-ratelimit-input-tokens-reset", reset),
            ])
        };
        assert_eq!(anthropic("2026-11-24T08:00:09Z"), Some(Duration::from_secs(9)));
        assert_eq!(anthropic("2026-11-24T07:00:00Z"), Some(Duration::ZERO));
        for nonsense in [
            "",
            "2026-11-24",
            "2026-13-01T00:00:00Z",
            "T Z",
            "1-2-3T4:5:6Z",
            "2026-11-24T5000000000000000:00:00Z",
            "2026-11-24T08:00:18446744073709551615Z",
        ] {
            assert_eq!(anthropic(nonsense), None, "{nonsense}");
        }
    }

    #[test]
    fn days_are_counted_as_the_calendar_does() {
        for (rfc3339, http) in [
            ("1970-01-01T00:00:00Z", "Thu, 01 Jan 1970 00:00:00 GMT"),
            ("2024-02-29T23:59:59Z", "Thu, 29 Feb 2024 23:59:59 GMT"),
            ("2024-03-01T00:00:00Z", "Fri, 01 Mar 2024 00:00:00 GMT"),
            ("2026-12-31T12:30:00Z", "Thu, 31 Dec 2026 12:30:00 GMT"),
        ] {
            assert_eq!(time(rfc3339), httpdate::parse_http_date(http).ok(), "{rfc3339}");
        }
    }
}
