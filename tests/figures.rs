//! What is true of figures: the case tables, and the laws that hold for any text.

use fidele::figures::{Figure, compare, find_english, find_french};
use fidele::finding::Verdict;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cases {
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    text: String,
    values: Vec<String>,
    why: String,
}

/// `kind value [unit] [(qualifier)]`, as the tables write it.
fn shown(figure: &Figure) -> String {
    let qualifier = figure
        .qualifier
        .map(|qualifier| format!(" ({qualifier})"))
        .unwrap_or_default();
    format!("{} {figure}{qualifier}", figure.kind)
}

fn check_cases(table: &str, find: impl Fn(&str) -> Vec<Figure>) {
    let cases: Cases = toml::from_str(table).expect("the case table is valid");
    check_rows(cases.case, find);
}

fn check_rows(cases: Vec<Case>, find: impl Fn(&str) -> Vec<Figure>) {
    let wrong = wrong_rows(cases, find);
    assert!(
        wrong.is_empty(),
        "{} cases differ\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

fn wrong_rows(cases: Vec<Case>, find: impl Fn(&str) -> Vec<Figure>) -> Vec<String> {
    let mut wrong = Vec::new();
    for case in cases {
        let got: Vec<String> = find(&case.text).iter().map(shown).collect();
        if got != case.values {
            wrong.push(format!(
                "{:?}\n  got  {got:?}\n  want {:?}\n  {}",
                case.text, case.values, case.why
            ));
        }
    }
    wrong
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Pairs {
    pair: Vec<Pair>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Pair {
    source: String,
    target: String,
    findings: Vec<String>,
    why: String,
}

/// A table of one subject in both languages.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Subject {
    fr: Vec<Case>,
    en: Vec<Case>,
    pair: Vec<Pair>,
}

const SUBJECTS: [&str; 3] = [
    include_str!("cases/figures_codes.toml"),
    include_str!("cases/figures_days.toml"),
    include_str!("cases/figures_measures.toml"),
];

fn check(source: &str, target: &str) -> Verdict {
    compare(source, &find_french(source), target, &find_english(target))
}

#[test]
fn a_translation_is_judged_by_its_values() {
    let pairs: Pairs = toml::from_str(include_str!("cases/figures_pairs.toml")).expect("the pairs are valid");
    check_pairs(pairs.pair);
}

#[test]
fn days_codes_and_measures_are_read_and_judged() {
    let mut wrong = Vec::new();
    for table in SUBJECTS {
        let subject: Subject = toml::from_str(table).expect("the table is valid");
        wrong.extend(wrong_rows(subject.fr, find_french));
        wrong.extend(wrong_rows(subject.en, find_english));
        wrong.extend(wrong_pairs(subject.pair));
    }
    assert!(
        wrong.is_empty(),
        "{} rows differ\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

fn check_pairs(pairs: Vec<Pair>) {
    let wrong = wrong_pairs(pairs);
    assert!(
        wrong.is_empty(),
        "{} pairs differ\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

fn wrong_pairs(pairs: Vec<Pair>) -> Vec<String> {
    let mut wrong = Vec::new();
    for pair in pairs {
        let verdict = check(&pair.source, &pair.target);
        let got: Vec<String> = verdict
            .findings
            .iter()
            .map(|finding| {
                format!(
                    "{} {}",
                    finding.code,
                    format!("{:?}", finding.severity).to_lowercase()
                )
            })
            .collect();
        if got != pair.findings {
            let messages: Vec<&str> = verdict
                .findings
                .iter()
                .map(|finding| finding.message.as_str())
                .collect();
            wrong.push(format!(
                "{:?}\n{:?}\n  got  {got:?} {messages:?}\n  want {:?}\n  {}",
                pair.source, pair.target, pair.findings, pair.why
            ));
        }
    }
    wrong
}

#[test]
fn french_figures_are_read_by_value() {
    check_cases(include_str!("cases/figures_fr.toml"), find_french);
}

#[test]
fn english_figures_are_read_by_value() {
    check_cases(include_str!("cases/figures_en.toml"), find_english);
}

mod laws {
    //! What holds for every text and every number.

    use fidele::figures::{Figure, Value, find_english, find_french};
    use proptest::prelude::*;
    use proptest::sample::{Index, select};

    use super::check;

    const UNITS_FR: [&str; 17] = [
        "zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze",
        "douze", "treize", "quatorze", "quinze", "seize",
    ];
    const TENS_FR: [&str; 7] = ["", "", "vingt", "trente", "quarante", "cinquante", "soixante"];
    const UNITS_EN: [&str; 20] = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    const TENS_EN: [&str; 10] = [
        "", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
    ];

    /// A number below a hundred in French, in the spelling of 1990 or the older one.
    fn below_hundred_fr(n: usize, hyphens: bool) -> String {
        let et = if hyphens { "-et-" } else { " et " };
        match n {
            0..=16 => UNITS_FR[n].to_owned(),
            17..=19 => format!("dix-{}", UNITS_FR[n - 10]),
            71 => format!("soixante{et}onze"),
            70..=79 => format!("soixante-{}", below_hundred_fr(n - 60, hyphens)),
            80 => "quatre-vingts".to_owned(),
            81..=99 => format!("quatre-vingt-{}", below_hundred_fr(n - 80, hyphens)),
            _ if n.is_multiple_of(10) => TENS_FR[n / 10].to_owned(),
            _ if n % 10 == 1 => format!("{}{et}un", TENS_FR[n / 10]),
            _ => format!("{}-{}", TENS_FR[n / 10], UNITS_FR[n % 10]),
        }
    }

    fn below_thousand_fr(n: usize, hyphens: bool) -> String {
        let join = if hyphens { "-" } else { " " };
        let (hundreds, rest) = (n / 100, n % 100);
        match (hundreds, rest) {
            (0, _) => below_hundred_fr(rest, hyphens),
            (1, 0) => "cent".to_owned(),
            (1, _) => format!("cent{join}{}", below_hundred_fr(rest, hyphens)),
            (_, 0) => format!("{}{join}cents", UNITS_FR[hundreds]),
            _ => format!(
                "{}{join}cent{join}{}",
                UNITS_FR[hundreds],
                below_hundred_fr(rest, hyphens)
            ),
        }
    }

    /// A number below 10¹² in French words.
    fn spelt_fr(n: usize, hyphens: bool) -> String {
        let mut words = Vec::new();
        let (milliards, millions, thousands, rest) =
            (n / 1_000_000_000, n / 1_000_000 % 1000, n / 1000 % 1000, n % 1000);
        for (part, scale) in [(milliards, "milliard"), (millions, "million")] {
            if part > 0 {
                let plural = if part > 1 { "s" } else { "" };
                words.push(format!("{} {scale}{plural}", below_thousand_fr(part, hyphens)));
            }
        }
        match thousands {
            0 => {}
            1 => words.push("mille".to_owned()),
            _ => {
                let part = below_thousand_fr(thousands, hyphens);
                // `quatre-vingt mille`, `deux cent mille`: no plural before mille.
                let plural = part.ends_with("cents") || part.ends_with("vingts");
                words.push(format!(
                    "{} mille",
                    if plural { &part[..part.len() - 1] } else { &part }
                ));
            }
        }
        if rest > 0 || words.is_empty() {
            words.push(below_thousand_fr(rest, hyphens));
        }
        words.join(" ")
    }

    fn below_thousand_en(n: usize, and: bool) -> String {
        let below_hundred = |n: usize| match n {
            0..=19 => UNITS_EN[n].to_owned(),
            _ if n.is_multiple_of(10) => TENS_EN[n / 10].to_owned(),
            _ => format!("{}-{}", TENS_EN[n / 10], UNITS_EN[n % 10]),
        };
        match (n / 100, n % 100) {
            (0, rest) => below_hundred(rest),
            (hundreds, 0) => format!("{} hundred", UNITS_EN[hundreds]),
            (hundreds, rest) if and => format!("{} hundred and {}", UNITS_EN[hundreds], below_hundred(rest)),
            (hundreds, rest) => format!("{} hundred {}", UNITS_EN[hundreds], below_hundred(rest)),
        }
    }

    /// A number below 10¹² in English words.
    fn spelt_en(n: usize, and: bool) -> String {
        let parts = [
            (n / 1_000_000_000, "billion"),
            (n / 1_000_000 % 1000, "million"),
            (n / 1000 % 1000, "thousand"),
        ];
        let mut words: Vec<String> = parts
            .iter()
            .filter(|(part, _)| *part > 0)
            .map(|(part, scale)| format!("{} {scale}", below_thousand_en(*part, and)))
            .collect();
        if !n.is_multiple_of(1000) || words.is_empty() {
            words.push(below_thousand_en(n % 1000, and));
        }
        words.join(" ")
    }

    /// Digits in groups of three.
    fn grouped(n: usize, mark: &str) -> String {
        let digits = n.to_string();
        let first = (digits.len() + 2) % 3 + 1;
        let mut groups = vec![&digits[..first]];
        groups.extend((first..digits.len()).step_by(3).map(|at| &digits[at..at + 3]));
        groups.join(mark)
    }

    fn only_value(figures: &[Figure]) -> Option<Value> {
        match figures {
            [figure] => Some(figure.value),
            _ => None,
        }
    }

    fn whole(n: usize) -> Value {
        Value::from(n as i128)
    }

    proptest! {
        /// A number spelt out in French, in either spelling, reads back.
        #[test]
        fn a_number_in_french_words_reads_back(n in prop_oneof![2_usize..1100, 2_usize..1_000_000_000_000], hyphens: bool) {
            let text = format!("Il y a {} chaises rouges.", spelt_fr(n, hyphens));
            prop_assert_eq!(only_value(&find_french(&text)), Some(whole(n)), "{}", text);
        }

        /// A number spelt out in English, with or without `and`, reads back.
        #[test]
        fn a_number_in_english_words_reads_back(n in prop_oneof![2_usize..1100, 2_usize..1_000_000_000_000], and: bool) {
            let text = format!("There are {} red chairs.", spelt_en(n, and));
            prop_assert_eq!(only_value(&find_english(&text)), Some(whole(n)), "{}", text);
        }

        /// Digits read back whatever parts their groups.
        #[test]
        fn digits_read_back_whatever_parts_them(
            n in 10_000_usize..1_000_000_000_000,
            french in select(vec!["", " ", "\u{a0}", "\u{202f}", "\u{2009}", "'", "’"]),
            english in select(vec!["", ",", " ", "\u{a0}"]),
        ) {
            let text = format!("Il y a {} chaises.", grouped(n, french));
            prop_assert_eq!(only_value(&find_french(&text)), Some(whole(n)), "{}", text);
            let text = format!("There are {} chairs.", grouped(n, english));
            prop_assert_eq!(only_value(&find_english(&text)), Some(whole(n)), "{}", text);
        }

        /// One amount, written as each language writes it, is one amount; and a changed digit is seen.
        #[test]
        fn an_amount_survives_translation_and_a_change_is_seen(
            n in 11_u32..9999,
            scale in select(vec![("millions", "million", "m"), ("milliards", "billion", "bn")]),
            currency in select(vec![("d'euros", "€", "euros"), ("de dollars", "$", "dollars"), ("de livres sterling", "£", "pounds")]),
            style in 0..3,
            by in 1_u32..9,
        ) {
            let (large, small) = (n / 10, n % 10);
            let source = format!("Un budget de {large},{small} {} {} est voté.", scale.0, currency.0);
            let english = |large: u32, small: u32| match style {
                0 => format!("A budget of {}{large}.{small} {} was voted.", currency.1, scale.1),
                1 => format!("A budget of {}{large}.{small}{} was voted.", currency.1, scale.2),
                _ => format!("A budget of {large}.{small} {} {} was voted.", scale.1, currency.2),
            };
            let verdict = check(&source, &english(large, small));
            prop_assert!(verdict.findings.is_empty(), "{} {:?}", source, verdict.findings);
            let verdict = check(&source, &english(large, (small + by) % 10));
            prop_assert!(!verdict.is_intact(), "{} {}", source, english(large, (small + by) % 10));
        }

        /// A date survives in every order both languages use; another day is seen.
        #[test]
        fn a_date_survives_translation_and_another_day_is_seen(
            day in 1_usize..29, month in 0_usize..12, year in 1800_u32..2100, style in 0..4, numeric: bool,
        ) {
            const FRENCH: [&str; 12] = [
                "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre",
                "novembre", "décembre",
            ];
            const ENGLISH: [&str; 12] = [
                "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
                "November", "December",
            ];
            let source = if numeric {
                format!("Signé le {day:02}/{:02}/{year} à Lyon.", month + 1)
            } else {
                format!("Signé le {day} {} {year} à Lyon.", FRENCH[month])
            };
            let suffix = match day { 1 | 21 => "st", 2 | 22 => "nd", 3 | 23 => "rd", _ => "th" };
            let english = |day: usize| match style {
                0 => format!("Signed on {} {day}, {year} in Lyon.", ENGLISH[month]),
                1 => format!("Signed on {day} {} {year} in Lyon.", ENGLISH[month]),
                2 => format!("Signed on {day}{suffix} of {} {year} in Lyon.", ENGLISH[month]),
                _ => format!("Signed on {year}-{:02}-{day:02} in Lyon.", month + 1),
            };
            let verdict = check(&source, &english(day));
            prop_assert!(verdict.findings.is_empty(), "{} {} {:?}", source, english(day), verdict.findings);
            let other = day % 28 + 1;
            let verdict = check(&source, &english(other));
            prop_assert!(!verdict.is_intact(), "{} {}", source, english(other));
        }

        /// A time of day survives; another hour is seen.
        #[test]
        fn a_time_survives_translation_and_another_hour_is_seen(hour in 1_u32..24, minute in 1_u32..60, style in 0..3) {
            let source = format!("Le train part à {hour}h{minute:02} de Lyon.");
            let english = |hour: u32| match style {
                0 => format!("The train leaves at {}:{minute:02} {} from Lyon.", (hour + 11) % 12 + 1, if hour < 12 { "a.m." } else { "p.m." }),
                1 => format!("The train leaves at {}.{minute:02}{} from Lyon.", (hour + 11) % 12 + 1, if hour < 12 { "am" } else { "pm" }),
                _ => format!("The train leaves at {hour:02}:{minute:02} GMT from Lyon."),
            };
            let verdict = check(&source, &english(hour));
            prop_assert!(verdict.findings.is_empty(), "{} {} {:?}", source, english(hour), verdict.findings);
            let other = (hour + 5) % 24;
            prop_assert!(!check(&source, &english(other)).is_intact(), "{} {}", source, english(other));
        }

        /// Whatever single count the translation drops or changes, the verdict names it, and nothing else.
        #[test]
        fn a_dropped_or_changed_figure_is_always_seen(
            values in prop::collection::btree_set(2101_u32..99_999, 2..9), at: Index, drop: bool,
        ) {
            let values: Vec<u32> = values.into_iter().collect();
            let at = at.index(values.len());
            let say = |values: &[u32], open: &str, noun: &str| {
                let counts: Vec<String> = values.iter().map(|n| format!("{n} {noun}")).collect();
                format!("{open} {}.", counts.join(", "))
            };
            let source = say(&values, "On a vu", "oies");
            prop_assert!(check(&source, &say(&values, "They saw", "geese")).findings.is_empty());
            let mut altered = values.clone();
            if drop {
                altered.remove(at);
            } else {
                altered[at] += 100_000;
            }
            let verdict = check(&source, &say(&altered, "They saw", "geese"));
            let errors: Vec<_> = verdict.errors().collect();
            prop_assert_eq!(errors.len(), 1, "{:?}", errors);
            let named = errors[0].source.as_ref().is_some_and(|spot| spot.text == values[at].to_string());
            prop_assert!(named, "{:?}", errors);
        }
    }
}
