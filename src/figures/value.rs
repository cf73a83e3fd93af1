//! What a figure is: its kind, its exact value, its qualifier, its direction.
//!
//! In: nothing. Out: the words the readers and the match speak in. Law: a value is exact; nothing here is a float.

use std::fmt;

use num_rational::Ratio;
use num_traits::{CheckedAdd, CheckedMul};

/// An exact number. All arithmetic on it is checked: what does not fit is no figure.
pub type Number = Ratio<i128>;

/// What sort of figure it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Kind {
    /// So many of something, or a bare number.
    Count,
    /// An amount of money.
    Money,
    /// Parts in a hundred.
    Percentage,
    /// Points: of an index, of percentage, of a base rate.
    Points,
    /// A rank.
    Ordinal,
    /// A day, a month of a year, a year, a decade, a century.
    Date,
    /// A day of the week.
    Weekday,
    /// A month without day and year.
    Month,
    /// A time of day.
    Time,
    /// A length of time.
    Duration,
    /// How old somebody is.
    Age,
    /// From so much to so much.
    Range,
    /// The result of a match or a vote.
    Score,
    /// So many out of so many, or so much per something.
    Rate,
    /// So many times.
    Multiple,
    /// A part of a whole.
    Fraction,
    /// A number that names rather than counts: a flight, an article of law, a telephone.
    Identifier,
}

impl Kind {
    /// The name used in the ledger.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Count => "count",
            Self::Money => "money",
            Self::Percentage => "percentage",
            Self::Points => "points",
            Self::Ordinal => "ordinal",
            Self::Date => "date",
            Self::Weekday => "weekday",
            Self::Month => "month",
            Self::Time => "time",
            Self::Duration => "duration",
            Self::Age => "age",
            Self::Range => "range",
            Self::Score => "score",
            Self::Rate => "rate",
            Self::Multiple => "multiple",
            Self::Fraction => "fraction",
            Self::Identifier => "identifier",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A date as far as the text says it. Written as EDTF (ISO 8601-2): `2026-03-04`, `XXXX-12-05`, `2026-03`, `199X`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    /// The year, or the first year of the decade.
    pub year: Option<i32>,
    /// 1 to 12.
    pub month: Option<u8>,
    /// 1 to 31.
    pub day: Option<u8>,
    /// A decade: `year` is its first year (`les années 90`), counted within a century when below 100.
    pub decade: bool,
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let (true, Some(year)) = (self.decade, self.year) {
            return if year < 100 {
                write!(f, "XX{}X", year / 10)
            } else {
                write!(f, "{:03}X", year / 10)
            };
        }
        match self.year {
            Some(year) => write!(f, "{year:04}")?,
            None => f.write_str("XXXX")?,
        }
        match (self.month, self.day) {
            (Some(month), Some(day)) => write!(f, "-{month:02}-{day:02}"),
            (Some(month), None) => write!(f, "-{month:02}"),
            (None, Some(day)) => write!(f, "-XX-{day:02}"),
            (None, None) => Ok(()),
        }
    }
}

/// What a figure is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Value {
    /// An exact number; for a weekday 1 (Monday) to 7 (ISO 8601), for a rank the rank.
    Number(Number),
    /// From low to high, in the order of the text.
    Range(Number, Number),
    /// A date.
    Date(Date),
    /// A time of day, in minutes after midnight; `half_day` where the text does not say which half of the day.
    Time {
        /// Minutes after midnight.
        minutes: u16,
        /// The text may mean the same time twelve hours later.
        half_day: bool,
    },
    /// A day by its distance from the day of the text: -1 for `hier`.
    Day(i8),
}

impl Value {
    /// The number, if it is one.
    #[must_use]
    pub fn number(self) -> Option<Number> {
        match self {
            Self::Number(number) => Some(number),
            _ => None,
        }
    }
}

impl From<i128> for Value {
    fn from(number: i128) -> Self {
        Self::Number(Number::from_integer(number))
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => write_number(f, *number),
            Self::Range(low, high) => {
                write_number(f, *low)?;
                f.write_str("/")?;
                write_number(f, *high)
            }
            Self::Date(date) => date.fmt(f),
            Self::Time { minutes, .. } => write!(f, "T{:02}:{:02}", minutes / 60, minutes % 60),
            Self::Day(day) if *day < 0 => write!(f, "-P{}D", day.unsigned_abs()),
            Self::Day(day) => write!(f, "P{day}D"),
        }
    }
}

/// Decimals where they end (`4.5`), a fraction where they do not (`1/3`).
fn write_number(f: &mut fmt::Formatter<'_>, number: Number) -> fmt::Result {
    let (above, below) = (*number.numer(), *number.denom());
    if below == 1 {
        // Nearly all numbers are small, and small ones are quickly written.
        return match i64::try_from(above) {
            Ok(small) => write!(f, "{small}"),
            Err(_) => write!(f, "{above}"),
        };
    }
    let mut places = 0_usize;
    let mut power = 1_i128;
    while power % below != 0 {
        places += 1;
        power = match power.checked_mul(10) {
            Some(power) if places <= 18 => power,
            _ => return write!(f, "{above}/{below}"),
        };
    }
    let Some(scaled) = above.checked_mul(power / below) else {
        return write!(f, "{above}/{below}");
    };
    let sign = if scaled < 0 { "-" } else { "" };
    let (scaled, power) = (scaled.unsigned_abs(), power.unsigned_abs());
    write!(f, "{sign}{}.{:0places$}", scaled / power, scaled % power)
}

/// How the text hedges or bounds a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Qualifier {
    /// `environ`, `une dizaine`, about.
    About,
    /// `près de`, nearly: a little under.
    Nearly,
    /// `plus de`, more than.
    MoreThan,
    /// `au moins`, at least.
    AtLeast,
    /// `moins de`, less than.
    LessThan,
    /// `au plus`, at most.
    AtMost,
    /// `jusqu'à`, up to.
    UpTo,
    /// As much as, as many as: said of a figure that impresses, neither a floor nor a ceiling.
    AsMuchAs,
    /// `des milliers`, thousands of: the order of magnitude alone.
    OrderOf,
}

impl Qualifier {
    /// The name used in the ledger.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::About => "about",
            Self::Nearly => "nearly",
            Self::MoreThan => "more than",
            Self::AtLeast => "at least",
            Self::LessThan => "less than",
            Self::AtMost => "at most",
            Self::UpTo => "up to",
            Self::AsMuchAs => "as much as",
            Self::OrderOf => "order of",
        }
    }

    /// Whether the figure is a floor (`true`), a ceiling (`false`), or neither.
    #[must_use]
    pub fn is_floor(self) -> Option<bool> {
        match self {
            Self::MoreThan | Self::AtLeast => Some(true),
            Self::LessThan | Self::AtMost | Self::UpTo => Some(false),
            Self::About | Self::Nearly | Self::AsMuchAs | Self::OrderOf => None,
        }
    }
}

impl fmt::Display for Qualifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Which way a figure moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    /// A rise, a gain, more.
    Up,
    /// A fall, a loss, less.
    Down,
}

impl fmt::Display for Direction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Up => "up",
            Self::Down => "down",
        })
    }
}

/// How a figure stands in the text, which decides how much its absence weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Form {
    /// In digits.
    Digits,
    /// In number words.
    Words,
    /// In a word that only implies it: both, twice, a decade, thousands. Never missed on its own.
    Implied,
}

/// `a × b`, if it fits.
pub(super) fn times(a: Number, b: Number) -> Option<Number> {
    a.checked_mul(&b)
}

/// `a + b`, if it fits.
pub(super) fn plus(a: Number, b: Number) -> Option<Number> {
    a.checked_add(&b)
}

/// The whole number `n`.
pub(super) fn whole(n: i128) -> Number {
    Number::from_integer(n)
}

/// Ten to the power `exponent`, at most 10³⁰.
pub(super) fn power_of_ten(exponent: u8) -> Number {
    whole(10_i128.pow(u32::from(exponent.min(30))))
}

/// The number as a small whole one, if it is.
pub(super) fn small(value: Number) -> Option<u16> {
    if value.is_integer() {
        u16::try_from(value.to_integer()).ok()
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::{Date, Number, Value};

    #[test]
    fn values_are_written_exactly() {
        let number = |above, below| Value::Number(Number::new(above, below)).to_string();
        assert_eq!(number(45, 10), "4.5");
        assert_eq!(number(-1, 8), "-0.125");
        assert_eq!(number(1, 3), "1/3");
        assert_eq!(number(4_500_000_000, 1), "4500000000");
        let range = Value::Range(Number::new(3, 1), Number::new(11, 2));
        assert_eq!(range.to_string(), "3/5.5");
        let time = Value::Time {
            minutes: 870,
            half_day: false,
        };
        assert_eq!(time.to_string(), "T14:30");
    }

    #[test]
    fn dates_are_written_as_edtf() {
        let date = |year, month, day| {
            Date {
                year,
                month,
                day,
                decade: false,
            }
            .to_string()
        };
        assert_eq!(date(Some(2026), Some(3), Some(4)), "2026-03-04");
        assert_eq!(date(None, Some(12), Some(5)), "XXXX-12-05");
        assert_eq!(date(Some(2008), Some(12), None), "2008-12");
        assert_eq!(date(None, Some(5), None), "XXXX-05");
        let decade = |year| {
            Date {
                year: Some(year),
                month: None,
                day: None,
                decade: true,
            }
            .to_string()
        };
        assert_eq!(decade(1990), "199X");
        assert_eq!(decade(90), "XX9X");
    }
}
