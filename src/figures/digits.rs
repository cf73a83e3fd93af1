//! Numbers in digits: groups of three, decimals, and what their separators may mean.
//!
//! In: tokens, and a run of digits. Out: a [`Run`]. Laws: groups are of three and parted alike; a spelling of the other
//! language is read for what it says and marked. Sources: SI Brochure §5.4.4; CLDR 46 `fr` (space, comma), `en` (comma,
//! point), `de-CH` (apostrophe); the Indian grouping, CLDR 46 `en-IN`.

use super::numerals::{Page, Run};
use super::token::Shape;
use super::value::{Form, Number, plus, power_of_ten, whole};
use super::words::Language;

impl Page<'_> {
    /// The separator between the digits at `index` and digits after it: the character, and where they are.
    fn separator(&self, index: usize) -> Option<(char, usize)> {
        let here = self.at(index)?;
        let next = self.at(index + 1)?;
        match next.shape {
            Shape::Digits => {
                let mut between = self.text[here.end..next.start].chars();
                match (between.next(), between.next()) {
                    (Some(' ' | '\u{a0}' | '\u{202f}' | '\u{2009}'), None) => Some((' ', index + 1)),
                    _ => None,
                }
            }
            Shape::Mark(mark @ (',' | '.' | '\'' | '’')) if !next.spaced => {
                let digits = self.at(index + 2)?;
                // A space slipped in after the comma: `80, 000`, `0, 5%`.
                let slipped = mark == ','
                    && match self.language {
                        Language::English => self.slice(index + 2) == "000",
                        Language::French => digits.end - digits.start == 1 && self.is_mark(index + 3, &['%']),
                    };
                (digits.shape == Shape::Digits && (!digits.spaced || slipped)).then_some((mark, index + 2))
            }
            _ => None,
        }
    }

    /// A number in digits, separators and all, without what follows.
    pub fn digits(&self, index: usize) -> Option<Run> {
        let first = self.slice(index);
        let mut value = parse(first)?;
        let mut run = Run {
            end: index + 1,
            value: whole(value),
            other: None,
            form: Form::Digits,
            rank: false,
            plain: u8::try_from(first.len()).unwrap_or(u8::MAX),
            misspelt: false,
            scale: whole(1),
            scaled: false,
        };
        let decimal = if self.language == Language::French {
            ','
        } else {
            '.'
        };
        // Groups of three, all parted alike.
        let mut at = index;
        let mut groups = 0;
        let mut mark = ' ';
        if first.len() <= 3 && !(first.starts_with('0')) {
            while let Some((separator, next)) = self.separator(at) {
                let group = self.slice(next);
                let fits = group.len() == 3 && (groups == 0 || separator == mark);
                let last_indian = self.language == Language::English && separator == ',' && group.len() == 2;
                // `1,25,000`: the Indian grouping ends in three digits.
                let indian = last_indian && self.separator(next).is_some_and(|(mark, _)| mark == ',');
                if !(fits || indian) || (separator == decimal && !(groups == 0 || separator == mark)) {
                    break;
                }
                let Some(grown) = value
                    .checked_mul(if group.len() == 2 { 100 } else { 1000 })
                    .and_then(|value| value.checked_add(parse(group)?))
                else {
                    break;
                };
                (value, at, mark) = (grown, next, separator);
                groups += 1;
            }
        }
        if groups > 0 {
            run.plain = 0;
            run.end = at + 1;
            run.value = whole(value);
            let point = mark == decimal;
            if groups == 1 && (mark == ',' || mark == '.') {
                // One group of three: thousands, or three decimals.
                let decimals = Number::new(value, 1000);
                if point {
                    run.value = decimals;
                    if self.language == Language::French {
                        run.other = Some(whole(value));
                    }
                } else if self.language == Language::French {
                    run.other = Some(decimals);
                }
                if point {
                    return Some(run);
                }
            } else if point {
                // `1.250.000` in English, `1,250,000` in French: only groups, but not this language's.
                run.misspelt = self.language == Language::English;
                return Some(run);
            }
        }
        // Decimals.
        if let Some((separator, next)) = self.separator(at) {
            let decimals = self.slice(next);
            let own = separator == decimal;
            let foreign = groups == 0
                && match self.language {
                    Language::French => separator == '.',
                    Language::English => separator == ',' && decimals.len() <= 2,
                };
            let swapped = groups > 0 && mark != separator && matches!(separator, ',' | '.');
            if (own || foreign || swapped) && decimals.len() <= 18 {
                let power = power_of_ten(u8::try_from(decimals.len()).ok()?);
                let fraction = Number::from_integer(parse(decimals)?) / power;
                run.value = plus(run.value, fraction)?;
                run.end = next + 1;
                run.plain = 0;
                run.other = None;
                run.misspelt = self.language == Language::English && !own;
            }
        }
        Some(run)
    }
}

/// A run of ASCII digits, if it is a number we hold (thirty digits).
fn parse(digits: &str) -> Option<i128> {
    if digits.len() > 30 {
        None
    } else {
        digits.parse().ok()
    }
}
