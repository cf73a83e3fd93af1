//! French words that say whether a capital means a name: particles, titles, articles and the like.
//!
//! What is asked of every capital of a text is a [`Role`], looked up by the hash of the word.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;
use std::sync::LazyLock;

use crate::lexicon::hash::{self, Hashed};

/// What a word may be beside a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// A currency code: it belongs to a figure.
    Currency,
    /// A particle of foreign names, which a French sentence does not use for anything else.
    Foreign,
    /// A word that a sentence begins with, or shouts, and no name contains. It ends a run of capitals.
    Function,
    /// What tells a father from a son.
    Generation,
    /// A title before a name, without its stop; the name that follows is a person's.
    Honorific,
    /// A word that joins the parts of a personal name.
    Particle,
}

/// The words of each role.
const WORDS: [(Role, &[&str]); 6] = [
    (Role::Currency, CURRENCIES),
    (Role::Foreign, FOREIGN),
    (Role::Function, FUNCTION_WORDS),
    (Role::Generation, GENERATIONS),
    (Role::Honorific, HONORIFICS),
    (Role::Particle, PARTICLES),
];

/// The roles of each word, as bits.
static ROLES: LazyLock<HashMap<u64, u8, BuildHasherDefault<Hashed>>> = LazyLock::new(|| {
    let mut roles: HashMap<u64, u8, _> = HashMap::default();
    for (role, words) in WORDS {
        for word in words {
            *roles.entry(hash::of(word.as_bytes())).or_default() |= role.bit();
        }
    }
    roles
});

impl Role {
    fn bit(self) -> u8 {
        1 << self as u8
    }

    /// Whether the folded word with this hash has the role.
    pub fn is_of(self, hash: u64) -> bool {
        ROLES.get(&hash).is_some_and(|roles| roles & self.bit() != 0)
    }
}

/// Words that join the parts of a personal name: *de Gaulle*, *van der Leyen*, *Ben Salmane*.
const PARTICLES: &[&str] = &[
    "abou", "abu", "al", "and", "ben", "bin", "d", "da", "das", "de", "del", "della", "den", "der", "di",
    "do", "dos", "du", "el", "for", "ibn", "in", "la", "le", "of", "on", "ould", "san", "ter", "the", "und",
    "van", "vom", "von", "y", "zu",
];

/// Particles of foreign names, which a French sentence does not use for anything else.
const FOREIGN: &[&str] = &[
    "abu", "al", "and", "ben", "bin", "da", "das", "del", "della", "den", "der", "di", "dos", "el", "for",
    "ibn", "of", "ould", "ter", "the", "und", "van", "vom", "von", "y", "zu",
];

/// Titles before a name, without their stop; the name that follows is a person's.
const HONORIFICS: &[&str] = &[
    "dr",
    "dre",
    "lady",
    "lord",
    "m",
    "madame",
    "mademoiselle",
    "maitre",
    "maître",
    "me",
    "melle",
    "mesdames",
    "messieurs",
    "mgr",
    "mlle",
    "mlles",
    "mm",
    "mme",
    "mmes",
    "monsieur",
    "mr",
    "mrs",
    "ms",
    "pr",
    "pre",
    "sir",
];

/// What tells a father from a son; English writes it in several ways.
const GENERATIONS: &[&str] = &["jr", "jnr", "junior", "sr", "snr", "senior", "fils"];

/// Words a sentence begins with, or shouts, and no name contains. They end a run of capitals.
const FUNCTION_WORDS: &[&str] = &[
    "alors", "apres", "au", "aucun", "aussi", "aux", "avant", "avec", "beaucoup", "bien", "ca", "car", "ce",
    "cela", "ces", "cet", "cette", "ceux", "chaque", "chez", "comme", "comment", "contre", "dans", "depuis",
    "des", "deux", "donc", "du", "elle", "elles", "en", "encore", "entre", "est", "et", "eux", "ici", "il",
    "ils", "jamais", "je", "leur", "leurs", "lors", "lui", "ma", "mais", "meme", "mes", "moi", "moins",
    "mon", "ne", "ni", "non", "nos", "notre", "nous", "on", "ou", "oui", "par", "parce", "pas", "pendant",
    "peu", "plus", "pour", "pourquoi", "quand", "que", "quel", "quelle", "qui", "quoi", "rien", "sa", "sans",
    "selon", "ses", "seul", "si", "son", "sous", "sur", "ta", "tant", "tes", "toi", "ton", "toujours",
    "tous", "tout", "toute", "toutes", "tres", "trop", "tu", "un", "une", "vers", "voici", "voila", "vos",
    "votre", "vous",
];

/// Words after which French wants an article before a common noun, so that a bare capital is a name: prepositions,
/// conjunctions, and the verbs that report speech.
pub(super) const WANTS_AN_ARTICLE: &[&str] = &[
    "affirme",
    "affirmé",
    "ajoute",
    "ajouté",
    "annonce",
    "annoncé",
    "avec",
    "chez",
    "contre",
    "dit",
    "déclare",
    "déclaré",
    "demande",
    "demandé",
    "devant",
    "estime",
    "estimé",
    "explique",
    "expliqué",
    "indique",
    "indiqué",
    "lance",
    "lancé",
    "note",
    "par",
    "pour",
    "poursuit",
    "précise",
    "précisé",
    "que",
    "rappelle",
    "rappelé",
    "reconnaît",
    "répond",
    "répondu",
    "selon",
    "si",
    "souligne",
    "souligné",
    "sur",
    "écrit",
];

/// Nouns that take the name of what they are right after them: *l'institut Amarrage* (Grevisse, §§ 339-342, apposition).
/// Titles of works are not among them, since English translates those.
pub(super) const NAMED_BY_APPOSITION: &[&str] = &[
    "agence",
    "appli",
    "application",
    "assureur",
    "banque",
    "cabinet",
    "chaîne",
    "compagnie",
    "constructeur",
    "enseigne",
    "entreprise",
    "fabricant",
    "fabriquant",
    "fondation",
    "groupe",
    "hebdomadaire",
    "hôtel",
    "institut",
    "laboratoire",
    "logiciel",
    "marque",
    "navire",
    "opérateur",
    "paquebot",
    "plateforme",
    "quotidien",
    "société",
    "start-up",
];

/// Signs of units with a capital: they belong to a figure (SI Brochure, 9th ed., tables 2 and 7; French *o* for byte).
pub(super) const SIGNS: &[&str] = &[
    "GHz", "GW", "GWh", "Go", "Gt", "Hz", "Ko", "MHz", "MW", "MWh", "Mo", "Mt", "TWh", "To", "dB", "kHz",
    "kW", "kWh",
];

/// Currency codes (ISO 4217): they belong to a figure.
const CURRENCIES: &[&str] = &[
    "aud", "brl", "cad", "chf", "cny", "czk", "dkk", "eur", "fcfa", "frf", "gbp", "hkd", "huf", "inr", "jpy",
    "kc", "mad", "mxn", "nok", "pln", "rub", "sek", "tnd", "try", "usd", "xaf", "xof", "zar",
];

/// `XVI`, `VIII`, `XXIe`: the numerals of kings and centuries. Figures have them.
pub(super) fn is_numeral(raw: &str) -> bool {
    if !raw.starts_with(['I', 'V', 'X']) {
        return false;
    }
    let digits = raw
        .trim_end_matches("ème")
        .trim_end_matches("er")
        .trim_end_matches('e');
    // *Ve*, *Xe*: one letter will do before the ending of an ordinal.
    let least = if digits.len() < raw.len() { 1 } else { 2 };
    digits.len() >= least && digits.chars().all(|c| matches!(c, 'I' | 'V' | 'X'))
}

/// `T3`, `S1`: quarters and half-years, which belong to a date.
pub(super) fn is_quarter(raw: &str) -> bool {
    matches!(raw, "T1" | "T2" | "T3" | "T4" | "S1" | "S2")
}

/// A word cried out: *ALLEEEEZ*.
/// So are zeros that a hand has typed as letters: *140.OOO*.
pub(super) fn is_drawn_out(folded: &str) -> bool {
    if folded.len() == 3 && folded.bytes().all(|byte| byte == b'o') {
        return true;
    }
    folded.as_bytes().windows(4).any(|four| {
        four.iter()
            .all(|byte| *byte == four[0] && byte.is_ascii_alphabetic())
    })
}

pub(super) fn looks_like_an_ordinal(folded: &str) -> bool {
    folded.starts_with(|c: char| c.is_numeric())
}

/// An inflected verb no headword list explains: *Craignant*, *Rappelons*, *Souhaitaient*.
pub(super) fn looks_like_a_verb(folded: &str) -> bool {
    folded.len() > 6
        && ["ant", "ons", "ez", "aient", "issent", "erent"]
            .iter()
            .any(|ending| folded.ends_with(ending))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_may_have_several_roles() {
        let has = |word: &str, role: Role| role.is_of(hash::of(word.as_bytes()));
        assert!(has("von", Role::Particle) && has("von", Role::Foreign));
        assert!(has("de", Role::Particle) && !has("de", Role::Foreign));
        assert!(has("mme", Role::Honorific) && !has("mme", Role::Function));
        assert!(has("selon", Role::Function) && !has("londres", Role::Function));
    }

    #[test]
    fn numerals_of_kings_and_centuries_are_no_names() {
        for (word, numeral) in [
            ("XVI", true),
            ("XXIe", true),
            ("Vème", true),
            ("CIC", false),
            ("I", false),
        ] {
            assert_eq!(is_numeral(word), numeral, "{word}");
        }
    }
}
