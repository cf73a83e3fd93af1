//! What words were read as, for a person.
//!
//! In: the value of a [`Spot`](crate::finding::Spot), as programs get it: `4500000000 EUR`, `12 a`, `XXXX-11`. Out: the
//! same for a reader: `4,500,000,000 EUR`, `12 years`, `November`. What it does not know stays as it is.

use std::borrow::Cow;

/// The months of a date without a year, in the order of the calendar.
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The value in words and with its long numbers in threes, so that nobody counts zeros.
#[must_use]
pub fn readable(value: &str) -> String {
    if let Some(date) = without_year(value) {
        return date;
    }
    if let Some(day) = relative_day(value) {
        return day.to_owned();
    }
    match value.rsplit_once(' ') {
        Some((number, unit)) if number.ends_with(|c: char| c.is_ascii_digit()) => {
            format!("{} {}", in_threes(number), unit_in_words(number, unit))
        }
        _ => in_threes(value),
    }
}

/// `XXXX-11` and `XXXX-11-03`: EDTF for a month and a day of any year.
fn without_year(value: &str) -> Option<String> {
    let mut parts = value.strip_prefix("XXXX-")?.splitn(2, '-');
    let number: usize = parts.next()?.parse().ok()?;
    let month = MONTHS.get(number.checked_sub(1)?)?;
    match parts.next() {
        None => Some((*month).to_owned()),
        Some(day) => Some(format!("{} {month}", day.parse::<u8>().ok()?)),
    }
}

/// `-P1D`: a day counted from the day of the text.
fn relative_day(value: &str) -> Option<&'static str> {
    Some(match value {
        "-P2D" => "two days before",
        "-P1D" => "the day before",
        "P0D" => "the same day",
        "P1D" => "the day after",
        "P2D" => "two days after",
        _ => return None,
    })
}

/// The UCUM codes of time are letters that nobody reads as time, those of imperial measures letters in brackets.
fn unit_in_words<'a>(number: &str, unit: &'a str) -> Cow<'a, str> {
    let word = match unit {
        "[mi_i]" => "mile",
        "[yd_i]" => "yard",
        "[lb_av]" | "pound" => "pound",
        "[oz_av]" => "ounce",
        "[gal_us]" => "gallon",
        "[bbl_us]" => "barrel",
        "[acr_us]" => "acre",
        "har" => "hectare",
        "[kn_i]" => "knot",
        "[ft_i]" => return Cow::Borrowed(if number == "1" { "foot" } else { "feet" }),
        "[in_i]" => return Cow::Borrowed(if number == "1" { "inch" } else { "inches" }),
        "[sft_i]" => return Cow::Borrowed("square feet"),
        "[smi_i]" => return Cow::Borrowed("square miles"),
        "[mi_i]/h" => return Cow::Borrowed("mph"),
        "3.mo" => "quarter",
        "6.mo" => return Cow::Borrowed(if number == "1" { "half-year" } else { "half-years" }),
        "[degF]" => return Cow::Borrowed("°F"),
        "Cel" => return Cow::Borrowed("°C"),
        "a" => "year",
        "mo" => "month",
        "wk" => "week",
        "d" => "day",
        "h" => "hour",
        "min" => "minute",
        "s" => "second",
        other => return Cow::Borrowed(other),
    };
    Cow::Owned(format!("{word}{}", if number == "1" { "" } else { "s" }))
}

/// Dates, decimals and what letters touch stay as they are.
fn in_threes(value: &str) -> String {
    let mut out = String::with_capacity(value.len() + value.len() / 3);
    let mut rest = value;
    while !rest.is_empty() {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let touches_word = out.ends_with(|c: char| c.is_alphanumeric() || c == '.' || c == '_')
            || rest[digits..].starts_with(char::is_alphabetic);
        for (index, digit) in rest[..digits].chars().enumerate() {
            if index > 0 && (digits - index) % 3 == 0 && digits > 4 && !touches_word {
                out.push(',');
            }
            out.push(digit);
        }
        rest = &rest[digits..];
        let other = rest.find(|c: char| c.is_ascii_digit()).unwrap_or(rest.len());
        out += &rest[..other];
        rest = &rest[other..];
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::readable;

    #[test]
    fn long_numbers_are_read_in_threes() {
        assert_eq!(readable("4500000000 EUR"), "4,500,000,000 EUR");
        assert_eq!(readable("-12345/100000"), "-12,345/100,000");
    }

    #[test]
    fn time_is_said_in_words() {
        assert_eq!(readable("12 a"), "12 years");
        assert_eq!(readable("1 wk"), "1 week");
        assert_eq!(readable("3 3.mo"), "3 quarters");
        assert_eq!(readable("XXXX-11"), "November");
        assert_eq!(readable("XXXX-03-08"), "8 March");
    }

    #[test]
    fn what_is_not_known_stays() {
        for same in [
            "2019-03-04",
            "XXXX-13",
            "XXXX-00",
            "1250",
            "0.123456",
            "AB123456",
            "123456b",
            "plan a",
            "4.1 %",
            "",
            "é",
        ] {
            assert_eq!(readable(same), same);
        }
    }

    proptest! {
        #[test]
        fn any_value_can_be_read(value in any::<String>()) {
            prop_assert!(value.is_empty() || !readable(&value).is_empty());
        }
    }
}
