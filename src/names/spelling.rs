//! When two spellings are one name, and when they are nearly one.
//!
//! Accents and hyphens may go or come back (folding has dealt with both). Beyond that only whole systems are accepted:
//! German umlauts written out (*Müller*, *Mueller*), and names from Russian, Arabic and other scripts as French and
//! English write them (*Loukachenko*, *Lukashenko*). A single other letter is an error.

use strsim::osa_distance;

/// The word with umlauts written out as German and Nordic writers do, if it has any.
pub(super) fn written_out(raw: &str) -> Option<String> {
    let pair = |c: char| match c {
        'ä' | 'Ä' => Some("ae"),
        'ö' | 'Ö' | 'ø' | 'Ø' => Some("oe"),
        'ü' | 'Ü' => Some("ue"),
        'å' | 'Å' => Some("aa"),
        _ => None,
    };
    if raw.is_ascii() || raw.chars().all(|c| pair(c).is_none()) {
        return None;
    }
    let mut out = String::with_capacity(raw.len() + 2);
    for c in raw.chars() {
        match pair(c) {
            Some(pair) => out.push_str(pair),
            None => out.push(c),
        }
    }
    Some(crate::lexicon::fold::fold(&out))
}

/// The English word that a French one becomes by its ending alone: *Eurogroupe*, *Eurogroup*.
pub(super) fn cognate(folded: &str) -> Option<String> {
    const ENDINGS: &[(&str, &str)] = &[
        ("groupe", "group"),
        ("isme", "ism"),
        ("ysme", "ism"),
        ("ismes", "isms"),
        ("iste", "ist"),
        ("istes", "ists"),
        ("ique", "ic"),
        ("iques", "ics"),
        ("ologie", "ology"),
        ("ographie", "ography"),
        ("cratie", "cracy"),
        ("phobie", "phobia"),
        ("ie", "ia"),
        ("eur", "or"),
        ("eurs", "ors"),
        ("mètre", "meter"),
        ("scope", "scope"),
        ("tique", "tics"),
        ("aire", "ary"),
    ];
    ENDINGS.iter().find_map(|(french, english)| {
        folded
            .strip_suffix(french)
            .filter(|stem| stem.len() >= 3)
            .map(|stem| format!("{stem}{english}"))
    })
}

/// How a French spelling of a foreign script sounds, or nothing where French has no spelling of its own.
/// Source: the usual French transcription of Cyrillic (*ch* = ш, *tch* = ч, *j* = ж, *ou* = у, *-ine* = -ин) and Arabic.
pub(super) fn sound_french(folded: &str) -> Option<String> {
    // A silent ending is French: *Giroux* has one spelling only.
    if folded.len() < 4 || folded.ends_with(['x', 's', 't', 'z']) {
        return None;
    }
    sound(
        folded,
        &[
            ("tch", "C"),
            ("dj", "J"),
            ("sch", "S"),
            ("sh", "S"),
            ("ch", "S"),
            ("ou", "u"),
            ("gue", "ge"),
            ("gui", "gi"),
            ("kh", "K"),
            ("y", "i"),
            ("j", "J"),
            ("q", "k"),
            ("w", "v"),
        ],
    )
}

/// How an English spelling of a foreign script sounds, in the letters of [`sound_french`].
pub(super) fn sound_english(folded: &str) -> Option<String> {
    if folded.len() < 3 {
        return None;
    }
    sound(
        folded,
        &[
            ("tch", "C"),
            ("shch", "SC"),
            ("dzh", "J"),
            ("zh", "J"),
            ("sh", "S"),
            ("ch", "C"),
            ("oo", "u"),
            ("ou", "u"),
            ("kh", "K"),
            ("y", "i"),
            ("j", "J"),
            ("q", "k"),
            ("w", "v"),
        ],
    )
}

/// Whether two spellings that sound alike differ as French and English do, and not by a slip: by *tch* or *dj*, by two
/// letters of the transcription, or by one before a Slavic ending.
pub(super) fn is_transliteration(french: &str, english: &str) -> bool {
    let differ =
        |from: &str, to: &str| french.contains(from) && !english.contains(from) && english.contains(to);
    if differ("tch", "ch")
        || differ("dj", "j")
        || differ("ch", "sh") && !french.contains("sch")
        || differ("i", "y")
        || differ("y", "i")
    {
        return true;
    }
    let pairs = [
        ("ou", "u"),
        ("ou", "oo"),
        ("ch", "sh"),
        ("j", "zh"),
        ("y", "i"),
        ("i", "y"),
        ("ss", "s"),
        ("gu", "g"),
        ("q", "k"),
        // As German transcribes: *Walujew*, *Wasjunik*.
        ("w", "v"),
        ("j", "y"),
        ("j", "i"),
    ];
    let letters = pairs.iter().filter(|(from, to)| differ(from, to)).count()
        + usize::from(french.ends_with("ine") && english.ends_with("in"));
    let slavic = [
        "ov", "ova", "ow", "ew", "ev", "eva", "ina", "ski", "sky", "skaia", "ko", "itch", "ich", "ouk",
        "enka", "ak", "chvili",
    ];
    letters >= 2 || (letters == 1 && slavic.iter().any(|ending| french.ends_with(ending)))
}

/// How a German spelling of a Slavic name sounds, as French papers copy it from German ones.
pub(super) fn sound_german(folded: &str) -> Option<String> {
    if !folded.contains(['j', 'w']) {
        return None;
    }
    sound(
        folded,
        &[
            ("tsch", "C"),
            ("sch", "S"),
            ("ij", "i"),
            ("j", "i"),
            ("y", "i"),
            ("w", "v"),
        ],
    )
}

/// Endings that other languages put to a name: a vowel, a case, an adjective, a kind of street.
const FOREIGN_ENDINGS: &[&str] = &[
    "a", "e", "i", "o", "u", "er", "ers", "en", "es", "in", "ova", "uv", "ske", "land", "ian", "iens", "ien",
    "ska", "ski", "sky", "strasse", "allee", "platz", "stadion", "turm", "hof", "ois",
];

/// Whether one word is the other with an ending of a third language: *Marienbader*, *Marienbad*; *Isabela*, *Isabel*.
pub(super) fn is_inflected(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    short.len() >= 4
        && long
            .strip_prefix(short)
            .is_some_and(|rest| FOREIGN_ENDINGS.contains(&rest))
}

/// Endings of Slavic names, after the letters are levelled.
const SLAVIC: &[&str] = &[
    "ov", "ova", "ev", "eva", "in", "ina", "ski", "skaia", "ko", "iC", "uk", "enka",
];

fn sound(folded: &str, letters: &[(&str, &str)]) -> Option<String> {
    if !folded.is_ascii() {
        return None;
    }
    let mut out = folded.to_owned();
    for (from, to) in letters.iter().chain(&[("ii", "i")]) {
        // Few words have any one of them.
        let first = from.as_bytes()[0];
        let stands = |part: &[u8]| part[0] == first && part == from.as_bytes();
        if out.as_bytes().windows(from.len()).any(stands) {
            out = out.replace(from, to);
        }
    }
    if let Some(stem) = out.strip_suffix("ine") {
        out = format!("{stem}in");
    } else if let Some(stem) = out.strip_suffix("ff") {
        out = format!("{stem}v");
    }
    if SLAVIC.iter().any(|ending| out.ends_with(ending)) {
        // French doubles the s between vowels (*Fetissov*), and writes or leaves out a soft sign (*Milinkievitch*).
        out = out.replace("ss", "s").replace("ie", "e");
    }
    // *Ieltsine*, *Yeltsin*, *Eltsine*.
    if out.starts_with("ie") {
        out.remove(0);
    }
    Some(out)
}

/// Whether an English word is a Romance one with an English ending: *Valle*, *Valley*; *Colonia*, *Colony*.
pub(super) fn is_anglicised(foreign: &str, english: &str) -> bool {
    let shared = foreign
        .bytes()
        .zip(english.bytes())
        .take_while(|(a, b)| a == b)
        .count();
    foreign.ends_with(['a', 'e', 'i', 'o']) && shared >= 4 && shared + 3 >= foreign.len()
}

/// Whether two different folded words are close enough to be one name misspelt.
pub(super) fn is_near(a: &str, b: &str) -> bool {
    let (long, short) = (
        a.chars().count().max(b.chars().count()),
        a.chars().count().min(b.chars().count()),
    );
    if short < 2 || long > 40 {
        return false;
    }
    let allowed = match long {
        0..=5 => 1,
        6..=8 => 2,
        _ => 3,
    };
    long - short <= allowed && osa_distance(a, b) <= allowed
}
