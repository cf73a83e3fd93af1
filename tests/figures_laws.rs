//! What holds for every figure of a kind: said in any way of French and in any way of English, it is one figure, and another
//! one is seen.

use fidele::figures::{compare, find_english, find_french};
use fidele::finding::Verdict;
use proptest::prelude::*;
use proptest::sample::select;

fn check(source: &str, target: &str) -> Verdict {
    compare(source, &find_french(source), target, &find_english(target))
}

/// Nothing is found between the two; something is, once the English says `other`.
fn survives(source: &str, target: &str, other: &str) -> Result<(), TestCaseError> {
    let verdict = check(source, target);
    prop_assert!(
        verdict.findings.is_empty(),
        "{source} {target} {:?}",
        verdict.findings
    );
    prop_assert!(!check(source, other).is_intact(), "{source} {other}");
    Ok(())
}

fn suffix(n: u32) -> &'static str {
    match (n % 10, n % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    }
}

proptest! {
    /// Source of the forms: CLDR 46, `fr` and `en`; `p. 100` in the older press.
    #[test]
    fn a_percentage_survives_and_points_are_seen(
        n in 11_u32..999,
        french in select(vec!["%", " %", "\u{a0}%", "\u{202f}%", " pour cent", " pourcent", " p. 100"]),
        english in select(vec!["%", " percent", " per cent", " pct"]),
    ) {
        let (large, small) = (n / 10, n % 10);
        survives(
            &format!("Un taux de {large},{small}{french} est admis."),
            &format!("A rate of {large}.{small}{english} is admitted."),
            &format!("A rate of {large}.{small} percentage points is admitted."),
        )?;
    }

    /// `0,3 point` is neither 0.3 % nor 0.3 basis points.
    #[test]
    fn points_survive_and_per_cent_is_seen(
        n in 21_u32..99,
        unit in select(vec![("points", "points"), ("points de pourcentage", "percentage points"), ("points de base", "basis points"), ("pb", "bp")]),
    ) {
        survives(
            &format!("Un écart de {n} {} demeure.", unit.0),
            &format!("A gap of {n} {} remains.", unit.1),
            &format!("A gap of {n}% remains."),
        )?;
    }

    #[test]
    fn a_rank_survives_and_another_is_seen(n in 3_u32..999, french in select(vec!["e", "ème", "ᵉ"]), by in 1_u32..9) {
        let other = n + by;
        survives(
            &format!("La {n}{french} édition commence."),
            &format!("The {n}{} edition begins.", suffix(n)),
            &format!("The {other}{} edition begins.", suffix(other)),
        )?;
    }

    /// A length in hours, minutes and seconds, as it is timed, typed or told.
    #[test]
    fn a_length_survives_and_another_second_is_seen(h in 1_u32..9, m in 1_u32..60, s in 1_u32..59, french in 0..3, english in 0..3) {
        let source = match french {
            0 => format!("Il gagne en {h} h {m:02} min {s:02} s devant son frère."),
            1 => format!("Il gagne en {h} heures, {m} minutes et {s} secondes devant son frère."),
            _ => format!("Il gagne en {h} :{m:02} :{s:02} devant son frère."),
        };
        let target = |s: u32| match english {
            0 => format!("He won in {h}:{m:02}:{s:02} ahead of his brother."),
            1 => format!("He won in {h} hours, {m} minutes and {s} seconds ahead of his brother."),
            _ => format!("He won in {h} hours {m} minutes {s} seconds ahead of his brother."),
        };
        survives(&source, &target(s), &target(s + 1))?;
    }

    /// A French telephone, from home and from abroad (ITU-T E.123).
    #[test]
    fn a_telephone_survives_and_another_digit_is_seen(n in 100_000_000_u32..699_999_999, french in 0..3, abroad: bool) {
        let pairs = |n: u32| {
            let digits = n.to_string();
            (digits[..1].to_owned(), [&digits[1..3], &digits[3..5], &digits[5..7], &digits[7..]].map(str::to_owned))
        };
        let (first, rest) = pairs(n);
        let source = match french {
            0 => format!("Appelez le 0{first} {}.", rest.join(" ")),
            1 => format!("Appelez le 0{first}.{}.", rest.join(".")),
            _ => format!("Appelez le +33 {first} {}.", rest.join(" ")),
        };
        let target = |n: u32| {
            let (first, rest) = pairs(n);
            if abroad { format!("Call +33 {first} {}.", rest.join(" ")) } else { format!("Call 0{first} {}.", rest.join(" ")) }
        };
        survives(&source, &target(n), &target(if n % 10 == 9 { n - 1 } else { n + 1 }))?;
    }

    /// An exact conversion is a warning and never more; one that is off by a twentieth is an error.
    #[test]
    fn a_conversion_is_never_silent(km in 21_u32..900) {
        let miles = f64::from(km) / 1.609_344;
        let source = format!("La ville est à {km} km d'ici.");
        let exact = check(&source, &format!("The city is {} miles away.", miles.round()));
        prop_assert!(exact.is_intact() && !exact.findings.is_empty(), "{source} {:?}", exact.findings);
        let off = check(&source, &format!("The city is {} miles away.", (miles * 1.05).round() + 1.0));
        prop_assert!(!off.is_intact(), "{source}");
    }

    /// Every number from 2 to 99 in Belgian and Swiss words is the number in English digits.
    #[test]
    fn belgian_and_swiss_numbers_are_numbers(ten in select(vec![("septante", 70), ("huitante", 80), ("octante", 80), ("nonante", 90)]), unit in 0_usize..10) {
        const UNITS: [&str; 10] = ["", " et un", "-deux", "-trois", "-quatre", "-cinq", "-six", "-sept", "-huit", "-neuf"];
        let n = ten.1 + unit;
        survives(
            &format!("On compte {}{} arbres.", ten.0, UNITS[unit]),
            &format!("There are {n} trees."),
            &format!("There are {} trees.", n + 1),
        )?;
    }
}
