//! Units: currencies and measures, by code.
//!
//! In: `data/currencies.toml` (ISO 4217) and `data/units.toml` (UCUM), embedded. Out: [`Unit`], a small handle.
//! Law: a member of a family (`USD` of `$`) agrees with its family, never with another member.

use std::fmt;
use std::sync::LazyLock;

use serde::Deserialize;

use super::value::Number;
use super::words::Map;

/// What a figure is counted in: a currency, a measure, per cent, points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Unit(u16);

/// One row of either table.
pub(super) struct Row {
    pub code: String,
    /// For a currency its family; for a measure its dimension.
    pub group: String,
    pub currency: bool,
    /// The same as a number, from 1 up.
    pub family: u32,
    /// How many of the smallest unit of the dimension it is.
    pub factor: Number,
    pub fr: Vec<String>,
    pub en: Vec<String>,
    pub signs: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Currencies {
    currency: Vec<CurrencyRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CurrencyRow {
    code: String,
    family: String,
    fr: Vec<String>,
    en: Vec<String>,
    signs: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Units {
    unit: Vec<UnitRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct UnitRow {
    code: String,
    dimension: String,
    factor: String,
    fr: Vec<String>,
    en: Vec<String>,
    signs: Vec<String>,
}

/// Both tables, after the units that are grammar: per cent, points, times.
static ROWS: LazyLock<Vec<Row>> = LazyLock::new(|| {
    let grammar = ["%", "pp", "bp", "point", "×"].map(|code| Row {
        code: code.to_owned(),
        group: code.to_owned(),
        currency: false,
        family: 0,
        factor: Number::from_integer(1),
        fr: Vec::new(),
        en: Vec::new(),
        signs: Vec::new(),
    });
    let currencies: Currencies = toml::from_str(include_str!("../../data/currencies.toml"))
        .expect("data/currencies.toml is valid: a test reads it");
    let units: Units = toml::from_str(include_str!("../../data/units.toml"))
        .expect("data/units.toml is valid: a test reads it");
    let currencies = currencies.currency.into_iter().map(|row| Row {
        code: row.code,
        group: row.family,
        currency: true,
        family: 0,
        factor: Number::from_integer(1),
        fr: row.fr,
        en: row.en,
        signs: row.signs,
    });
    let units = units.unit.into_iter().map(|row| Row {
        code: row.code,
        group: row.dimension,
        currency: false,
        family: 0,
        factor: factor(&row.factor).expect("every factor is a decimal number: a test reads it"),
        fr: row.fr,
        en: row.en,
        signs: row.signs,
    });
    let mut rows: Vec<Row> = grammar.into_iter().chain(currencies).chain(units).collect();
    let groups: Vec<String> = rows.iter().map(|row| row.group.clone()).collect();
    for row in &mut rows {
        let first = groups.iter().position(|group| *group == row.group);
        row.family = first.and_then(|at| u32::try_from(at + 1).ok()).unwrap_or(0);
    }
    rows
});

/// Every unit by its code.
static CODES: LazyLock<Map<&'static str, Unit>> =
    LazyLock::new(|| rows().map(|(unit, row)| (row.code.as_str(), unit)).collect());

/// A decimal number, exactly.
fn factor(text: &str) -> Option<Number> {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    let digits: i128 = format!("{whole}{decimals}").parse().ok()?;
    Some(Number::new(
        digits,
        10_i128.checked_pow(u32::try_from(decimals.len()).ok()?)?,
    ))
}

/// Every unit with its row.
pub(super) fn rows() -> impl Iterator<Item = (Unit, &'static Row)> {
    ROWS.iter()
        .enumerate()
        .map(|(at, row)| (Unit(u16::try_from(at).unwrap_or(u16::MAX)), row))
}

impl Unit {
    /// Per cent.
    pub const PERCENT: Self = Self(0);
    /// Percentage points.
    pub const PERCENTAGE_POINT: Self = Self(1);
    /// Basis points.
    pub const BASIS_POINT: Self = Self(2);
    /// Points, of whatever.
    pub const POINT: Self = Self(3);
    /// Times.
    pub const TIMES: Self = Self(4);

    fn row(self) -> &'static Row {
        &ROWS[usize::from(self.0)]
    }

    /// The unit with this code: an ISO 4217 code, a family (`$`, `franc`, `kr`, `pound`), a UCUM code, `%`, `pp`, `bp`.
    #[must_use]
    pub fn with_code(code: &str) -> Option<Self> {
        CODES.get(code).copied()
    }

    /// The code.
    #[must_use]
    pub fn code(self) -> &'static str {
        &self.row().code
    }

    /// Whether it is money.
    #[must_use]
    pub fn is_currency(self) -> bool {
        self.row().currency
    }

    /// The family of a currency, the dimension of a measure.
    #[must_use]
    pub fn group(self) -> &'static str {
        &self.row().group
    }

    /// Whether it measures time: seconds to weeks, months to centuries.
    #[must_use]
    pub fn is_time(self) -> bool {
        matches!(self.group(), "time" | "calendar")
    }

    /// A number for the unit's family or dimension, from 1 up.
    pub(super) fn family(self) -> u32 {
        self.row().family
    }

    /// How many of the smallest unit of its dimension it is.
    pub(crate) fn factor(self) -> Number {
        self.row().factor
    }

    /// Whether it is some kind of point.
    #[must_use]
    pub fn is_point(self) -> bool {
        matches!(self, Self::POINT | Self::PERCENTAGE_POINT)
    }

    /// Whether the two can stand for one another: the same, or one is the family of the other.
    #[must_use]
    pub fn agrees(self, other: Self) -> bool {
        if self == other || (self.is_point() && other.is_point()) {
            return true;
        }
        let (a, b) = (self.row(), other.row());
        // `livre` and pound are money or weight; `degré` is of any scale; a cent is of any money.
        let loose = |a: &Row, b: &Row| match a.code.as_str() {
            "pound" => b.code == "[lb_av]",
            "deg" => matches!(b.code.as_str(), "Cel" | "[degF]"),
            _ => false,
        };
        (a.group == b.group && a.currency && b.currency && (a.code == a.group || b.code == b.group))
            || loose(a, b)
            || loose(b, a)
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

#[cfg(test)]
mod tests {
    use super::{Currencies, Unit, Units, factor};

    fn is_sorted(codes: &[String]) -> bool {
        codes
            .windows(2)
            .all(|pair| pair[0].as_bytes() < pair[1].as_bytes())
    }

    #[test]
    fn currencies_and_units_are_sorted_and_sound() {
        let currencies: Currencies = toml::from_str(include_str!("../../data/currencies.toml")).unwrap();
        let units: Units = toml::from_str(include_str!("../../data/units.toml")).unwrap();
        let codes: Vec<String> = currencies.currency.iter().map(|row| row.code.clone()).collect();
        assert!(is_sorted(&codes), "currencies by code, none twice");
        let families: Vec<&str> = currencies
            .currency
            .iter()
            .map(|row| row.family.as_str())
            .collect();
        assert!(families.iter().all(|family| !family.is_empty()));
        let codes: Vec<String> = units.unit.iter().map(|row| row.code.clone()).collect();
        assert!(is_sorted(&codes), "units by code, none twice");
        for row in units.unit {
            assert!(factor(&row.factor).is_some(), "{}", row.code);
            assert!(
                !(row.fr.is_empty() && row.en.is_empty() && row.signs.is_empty()),
                "{}",
                row.code
            );
        }
    }

    #[test]
    fn a_member_agrees_with_its_family_alone() {
        let unit = |code| Unit::with_code(code).unwrap();
        assert!(unit("USD").agrees(unit("$")) && unit("$").agrees(unit("CAD")));
        assert!(!unit("USD").agrees(unit("CAD")));
        assert!(unit("pound").agrees(unit("GBP")) && unit("pound").agrees(unit("[lb_av]")));
        assert!(!unit("GBP").agrees(unit("[lb_av]")) && !unit("pound").agrees(unit("kg")));
        assert!(unit("deg").agrees(unit("Cel")) && !unit("Cel").agrees(unit("[degF]")));
        assert!(Unit::POINT.agrees(Unit::PERCENTAGE_POINT) && !Unit::POINT.agrees(Unit::PERCENT));
    }

    #[test]
    fn the_units_of_grammar_keep_their_codes() {
        for (unit, code) in [
            (Unit::PERCENT, "%"),
            (Unit::PERCENTAGE_POINT, "pp"),
            (Unit::BASIS_POINT, "bp"),
            (Unit::POINT, "point"),
            (Unit::TIMES, "×"),
        ] {
            assert_eq!(unit.code(), code);
        }
    }
}
