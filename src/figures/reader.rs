//! One pass over a text: every figure with its unit, qualifier and direction.
//!
//! In: a text and the lexicon of its language. Out: figures in reading order, no two overlapping. Laws: every token is
//! read a bounded number of times, so the cost is linear; a spelling that fits no rule is no figure.

use super::calendar::{self, Found, figure};
use super::clock;
use super::cues;
use super::days;
#[allow(clippy::wildcard_imports, reason = "a vocabulary: one name a word")]
use super::keys::*;
use super::numerals::Page;
use super::token::{Shape, with_tokens};
use super::unit::Unit;
use super::value::{Date, Form, Kind, Value, small, whole};
use super::words::{Cue, Language, Lexicon, Numeral, Word};
use super::{Figure, Reading};

/// Every figure of `text`.
pub(super) fn figures(text: &str, lexicon: &Lexicon) -> Vec<Figure> {
    with_tokens(text, lexicon, |tokens| {
        let mut reader = Reader {
            page: Page {
                text,
                tokens: &tokens.all,
                language: lexicon.language,
            },
            lexicon,
            figures: Vec::new(),
            last: None,
            taken: 0,
        };
        let mut next = 0;
        for &at in tokens.notable() {
            if at >= next {
                next = reader.read(at).max(at + 1);
            }
        }
        reader.figures
    })
}

pub(super) struct Reader<'t> {
    pub page: Page<'t>,
    pub lexicon: &'t Lexicon,
    pub figures: Vec<Figure>,
    /// The last figure's first token, the token after it, and whether it had a scale word.
    pub last: Option<(usize, usize, bool)>,
    /// The token after the last figure: nothing before it may be taken again.
    pub taken: usize,
}

impl Reader<'_> {
    /// Reads what begins at the token `at`; gives the token after it, or `at`.
    pub(super) fn read(&mut self, at: usize) -> usize {
        let token = &self.page.tokens[at];
        match token.shape {
            Shape::Digits => self.digits(at),
            Shape::Word => {
                if token.word.cue != Cue::None
                    && let Some(end) = self.calendar(at)
                {
                    return end;
                }
                if token.word.numeral != Numeral::None {
                    return self.numeral(at);
                }
                if token.capital && matches!(self.page.text.as_bytes()[token.start], b'I' | b'V' | b'X') {
                    return self.roman(at);
                }
                if days::is_placed(token.word.unit) {
                    let found = days::named(self.page, at, self.taken)
                        .or_else(|| days::placed(self.page, at, self.taken));
                    return self.found(at, found).unwrap_or(at);
                }
                if token
                    .word
                    .unit
                    .is_some_and(|unit| matches!(unit.code(), "10.a" | "2.wk"))
                {
                    // `the past decade`: ten years, said without a number.
                    let mut found = figure(
                        self.page,
                        at,
                        at + 1,
                        Kind::Duration,
                        Value::from(1),
                        Form::Implied,
                    );
                    found.unit = token.word.unit;
                    return self.push(at, at + 1, found);
                }
                at
            }
            Shape::Mark(_) => at,
        }
    }

    pub(super) fn push(&mut self, first: usize, end: usize, mut figure: Figure) -> usize {
        if figure.qualifier.is_none() {
            figure.qualifier = cues::qualifier(self.page, first, end);
        }
        if figure.direction.is_none()
            && matches!(
                figure.kind,
                Kind::Percentage | Kind::Points | Kind::Money | Kind::Count | Kind::Range
            )
            && figure.form != Form::Implied
        {
            figure.direction = cues::direction(self.page, first, end);
        }
        figure.in_name |= figure.form == Form::Words && self.in_name(first, end);
        self.share_percent(first, &figure);
        self.share_month(first, &mut figure);
        self.figures.push(figure);
        self.last = Some((first, end, false));
        self.taken = end;
        end
    }

    pub(super) fn found(&mut self, first: usize, found: Found) -> Option<usize> {
        let (figure, end) = found?;
        Some(self.push(first, end, figure))
    }

    /// `du 3 au 5 mai`, `May 3 and 5`: a bare day takes the month of the date beside it.
    fn share_month(&mut self, first: usize, figure: &mut Figure) {
        let page = self.page;
        let (Some((_, end, _)), Some(before)) = (self.last, self.figures.last_mut()) else {
            return;
        };
        let gap = end..first;
        let joins = |at: usize| match page.tokens[at].shape {
            Shape::Word => matches!(page.key(at), AU | A | ET | OU | AND | TO | OR | THE | LES | LE),
            Shape::Mark(mark) => matches!(mark, ',' | '-' | '–' | '/'),
            Shape::Digits => false,
        };
        if gap.is_empty() || gap.len() > 2 || !gap.into_iter().all(joins) {
            return;
        }
        let (bare, dated) = match (before.value, figure.value) {
            (_, Value::Date(date)) => (before, date),
            (Value::Date(date), _) => (figure, date),
            _ => return,
        };
        let day = bare
            .value
            .number()
            .and_then(small)
            .and_then(|day| u8::try_from(day).ok());
        let plain = matches!(bare.kind, Kind::Count | Kind::Ordinal)
            && bare.unit.is_none()
            && bare.form == Form::Digits;
        if let (Some(day @ 1..=31), true, Some(_), Some(_)) = (day, plain, dated.day, dated.month) {
            bare.kind = Kind::Date;
            bare.value = Value::Date(Date {
                day: Some(day),
                ..dated
            });
        }
    }

    /// `1.3 and 2 %`, `20 ou 30 %`: the sign after the last number is that of the one before it.
    pub(super) fn share_percent(&mut self, first: usize, figure: &Figure) {
        let page = self.page;
        let Some((_, end, _)) = self.last else { return };
        if figure.unit != Some(Unit::PERCENT) || first != end + 1 {
            return;
        }
        let joins = match page.tokens[end].shape {
            Shape::Word => matches!(page.key(end), AND | ET | OU | OR | A | TO),
            Shape::Mark(mark) => matches!(mark, ',' | '/' | '-' | '–'),
            Shape::Digits => false,
        };
        if let Some(before) = self.figures.last_mut()
            && joins
            && before.kind == Kind::Count
            && before.unit.is_none()
            && before.form == figure.form
        {
            before.unit = Some(Unit::PERCENT);
            before.kind = Kind::Percentage;
        }
    }

    /// `Four Aces`, `Sixth Form`: a capital inside a sentence, beside another.
    pub(super) fn in_name(&self, first: usize, end: usize) -> bool {
        let page = self.page;
        page.language == Language::French
            && page.tokens[first].capital
            && !page.opens_sentence(first)
            && !page.is_mark(first - 1, &['»', '”', ')'])
            && matches!(
                page.numeral(first),
                Numeral::Digit(_) | Numeral::Teen(_) | Numeral::Ten(_)
            )
            || page.language == Language::English
                && page.tokens[first].capital
                && matches!(
                    page.numeral(first),
                    Numeral::Digit(_) | Numeral::Teen(_) | Numeral::Ten(_) | Numeral::Ordinal(_)
                )
                && page
                    .at(page.past_hyphen(end))
                    .is_some_and(|next| next.capital && !next.word.unit.is_some_and(Unit::is_currency))
            || page.language == Language::English
                && page.tokens[first].capital
                && !page.opens_sentence(first)
                && matches!(
                    page.numeral(first),
                    Numeral::Digit(_) | Numeral::Teen(_) | Numeral::Ten(_)
                )
    }

    /// A month, a weekday, noon.
    pub(super) fn calendar(&mut self, at: usize) -> Option<usize> {
        let page = self.page;
        match page.tokens[at].word.cue {
            Cue::Month(_) => {
                let found = calendar::from_month(page, at);
                self.found(at, found)
            }
            Cue::Weekday(_) => self.found(at, calendar::weekday(page, at)),
            Cue::Day(_) | Cue::Daypart => {
                let found =
                    days::named(page, at, self.taken).or_else(|| days::relative(page, at, self.taken));
                self.found(at, found)
            }
            Cue::Clock(hour) => {
                // `midi` in `après-midi` and the Midi, a region, are no time.
                let hyphen = at > 0 && page.is_mark(at - 1, &['-', '‑']);
                if hyphen || page.tokens[at].capital && !page.opens_sentence(at) {
                    return None;
                }
                let value = Value::Time {
                    minutes: u16::from(hour) * 60,
                    half_day: false,
                };
                let found = figure(page, at, at + 1, Kind::Time, value, Form::Implied);
                Some(self.push(at, at + 1, found))
            }
            _ => None,
        }
    }

    pub(super) fn digits(&mut self, at: usize) -> usize {
        let page = self.page;
        if let Some(end) = self
            .code(at)
            .or_else(|| self.telephone(at))
            .or_else(|| self.law(at))
            .or_else(|| self.stopwatch(at))
        {
            return end;
        }
        if let Some(end) = self.found(at, calendar::numeric_date(page, at)) {
            return end;
        }
        if let Some(end) = self.found(at, clock::clock(page, at)) {
            return end;
        }
        if let Some(end) = self.found(at, calendar::day_month(page, at)) {
            return end;
        }
        match page.digits(at) {
            Some(run) => self.number(at, run),
            None => at + 1,
        }
    }

    /// `A400M`, `F-15`, `CO2`, `3D`: a code, whose number counts nothing.
    pub(super) fn code(&mut self, at: usize) -> Option<usize> {
        let page = self.page;
        let before = at.checked_sub(1).map(|before| &page.tokens[before]);
        let glued = page.glued(at);
        let opens = match before.map(|token| token.shape) {
            Some(Shape::Word) if glued => before.is_some_and(|token| {
                // `de2008` is a slip, `jemb123` a user.
                (token.capital || token.end - token.start > 3 && token.word == Word::NONE)
                    && token.word.unit.is_none()
                    && !self.is_slip(at)
            }),
            Some(Shape::Mark('-' | '‑')) if glued && page.glued(at - 1) => {
                at >= 2 && page.is_word(at - 2) && {
                    let word = page.slice(at - 2);
                    // The disease is also written without a capital.
                    page.key(at - 2) == COVID
                        || word.chars().all(char::is_uppercase)
                        || page.tokens[at - 2].capital
                            && page.tokens[at - 2].word == Word::NONE
                            && !matches!(page.key(at - 2), UNDER | OVER)
                }
            }
            _ => false,
        };
        let letters = page.slice(at + 1);
        let closes = page.is_word(at + 1)
            && page.glued(at + 1)
            && (matches!(letters, "D" | "G" | "x" | "X")
                || page.slice(at).len() <= 3
                    && letters.len() >= 2
                    && letters.chars().all(char::is_uppercase)
                    && self.lexicon.sign(letters).is_none());
        if !(opens || closes) {
            return None;
        }
        let value: i128 = page.slice(at).parse().ok()?;
        let mut found = figure(
            page,
            at,
            at + 1,
            Kind::Identifier,
            Value::from(value),
            Form::Implied,
        );
        // `T3`, Q3: the third quarter, its letter included; `S1`, H1: the first half of a year.
        let term = match page.slice(at.wrapping_sub(1)) {
            "T" | "Q" if opens && glued && (1..=4).contains(&value) => "3.mo",
            "S" | "H" if opens && glued && (1..=2).contains(&value) => "6.mo",
            _ => "",
        };
        if let Some(unit) = Unit::with_code(term) {
            found.span.start = page.tokens[at - 1].start;
            let placed = matches!(page.key(at.wrapping_sub(2)), AU | DU | IN | OF | FOR)
                && !(page.glued(at + 1) && (page.is_word(at + 1) || page.is_digits(at + 1)))
                || page.slice(at + 1).len() == 4 && page.is_digits(at + 1);
            let name = found.reading();
            if placed {
                (found.kind, found.unit, found.form) = (Kind::Ordinal, Some(unit), Form::Digits);
            }
            found.others.push(if placed {
                name
            } else {
                Reading {
                    kind: Kind::Ordinal,
                    value: Value::from(value),
                    unit: Some(unit),
                }
            });
        }
        Some(self.push(at, at + 1, found))
    }

    /// `XXIe siècle`, `IIIe trimestre`; in English only a century.
    pub(super) fn roman(&mut self, at: usize) -> usize {
        let page = self.page;
        let Some(value) = roman_rank(page.slice(at), page.language) else {
            // `XX e siècle`, `XX siècle`
            let bare =
                roman_rank(page.slice(at), Language::English).filter(|_| page.language == Language::French);
            let apart = usize::from(calendar::is_rank_suffix(page, at + 1));
            if let Some(value) = bare
                && matches!(page.key(at + 1 + apart), SIECLE | SIECLES)
            {
                let mut found = figure(
                    page,
                    at,
                    at + 2 + apart,
                    Kind::Ordinal,
                    Value::from(value),
                    Form::Digits,
                );
                found.unit = Unit::with_code("100.a");
                return self.push(at, at + 2 + apart, found);
            }
            return self.numbered(at);
        };
        if page.language == Language::English
            && !matches!(page.key(page.past_hyphen(at + 1)), CENTURY | CENTURIES)
        {
            return self.numbered(at);
        }
        let rank = whole(value);
        let (unit, end) = match self.unit(at + 1, false) {
            Some((unit, end)) => (Some(unit), end),
            None => (None, at + 1),
        };
        let mut found = figure(page, at, end, Kind::Ordinal, Value::Number(rank), Form::Digits);
        found.unit = unit;
        if unit.is_none() && value == 1 {
            return at + 1;
        }
        self.push(at, end, found)
    }

    /// A word with a number in it.
    pub(super) fn numeral(&mut self, at: usize) -> usize {
        let page = self.page;
        let token = &page.tokens[at];
        match token.word.numeral {
            Numeral::One | Numeral::Article => self.one(at),
            Numeral::Digit(_)
            | Numeral::Teen(_)
            | Numeral::Ten(_)
            | Numeral::Hundred
            | Numeral::Thousand
            | Numeral::Ordinal(_) => match page.words(at) {
                Some(run) => self.number(at, run),
                None => at + 1,
            },
            Numeral::Scale(_) | Numeral::Collective(_) => self.order(at, at),
            Numeral::Part(denominator) => self.part(at, at, whole(1), denominator),
            Numeral::Multiple(n) => {
                let mut found = figure(
                    page,
                    at,
                    at + 1,
                    Kind::Multiple,
                    Value::from(i128::from(n)),
                    Form::Implied,
                );
                found.unit = Some(Unit::TIMES);
                self.push(at, at + 1, found)
            }
            Numeral::Implied(n) => {
                let found = figure(
                    page,
                    at,
                    at + 1,
                    Kind::Count,
                    Value::from(i128::from(n)),
                    Form::Implied,
                );
                self.push(at, at + 1, found)
            }
            Numeral::Decade(n) => {
                let value = Value::Date(Date {
                    year: Some(i32::from(n)),
                    month: None,
                    day: None,
                    decade: true,
                });
                let mut found = figure(page, at, at + 1, Kind::Date, value, Form::Implied);
                found.others.push(Reading {
                    kind: Kind::Age,
                    value: Value::from(i128::from(n)),
                    unit: Unit::with_code("a"),
                });
                self.push(at, at + 1, found)
            }
            Numeral::None => at,
        }
    }
}

/// The rank a Roman numeral with its ending names: `XXIe`, `Ier`, `IIIème`.
pub(super) fn roman_rank(word: &str, language: Language) -> Option<i128> {
    let length = word
        .bytes()
        .take_while(|byte| matches!(byte, b'I' | b'V' | b'X'))
        .count();
    let ending = &word[length..];
    let fits = match language {
        Language::French => matches!(ending, "e" | "er" | "ème" | "ième" | "ᵉ" | "re" | "ère"),
        Language::English => matches!(ending, "" | "th" | "st" | "nd" | "rd"),
    };
    if length == 0 || !fits {
        return None;
    }
    let mut total = 0;
    let mut before = 0;
    for letter in word[..length].bytes().rev() {
        let value = match letter {
            b'I' => 1,
            b'V' => 5,
            _ => 10,
        };
        if value < before {
            total -= value;
        } else {
            total += value;
            before = value;
        }
    }
    (total > 0 && length <= 8).then_some(total)
}
