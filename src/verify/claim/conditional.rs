//! The French conditional, told from the imperfect by its stem.
//!
//! In: a lower-case word. Out: whether it is a third person of the conditional. Source: Grevisse, *Le bon usage*, "Le
//! conditionnel": the endings of the imperfect on the stem of the future, which is the infinitive without its final
//! *e*, or one of the irregular stems below. `entrait` is an imperfect, `entrerait` a conditional.

/// Irregular stems of the future.
const STEMS: &[&str] = &[
    "acquerr", "aur", "courr", "devr", "dir", "faudr", "ir", "lir", "mourr", "plair", "pleuvr", "pourr",
    "reverr", "saur", "tair", "vaudr", "verr", "voudr",
];

/// Ends of stems (those of infinitives in `-re`, and of compounds) that no verb in `-rer` shares.
const ENDS: &[&str] = &[
    "aitr", "aîtr", "battr", "boir", "cevr", "clur", "courr", "croir", "ettr", "iendr", "mpr", "ndr", "oudr",
    "oîtr", "rdr", "uir", "uivr", "vaincr", "vivr",
];

/// Stems of verbs in `-rer` that look as those do.
const IMPERFECT: &[&str] = &[
    "admir", "aspir", "attir", "déchir", "désir", "effondr", "empir", "engendr", "expir", "inspir", "maîtr",
    "poudr", "respir", "retir", "saupoudr", "soupir", "étir",
];

/// Whether a word is a conditional in the third person: `aurait`, `prépareraient`, `souffrirait`.
pub(super) fn is_conditional(word: &str) -> bool {
    let Some(stem) = word.strip_suffix("aient").or_else(|| word.strip_suffix("ait")) else {
        return false;
    };
    if IMPERFECT.contains(&stem) {
        return false;
    }
    STEMS.contains(&stem)
        // An unaccented `er` before the ending is that of an infinitive: `opérait` has its accent.
        || stem == "ser"
        || stem == "fer"
        || (stem.ends_with("er") && stem.len() > 3)
        || (stem.ends_with("ir") && stem.len() > 4)
        || ENDS.iter().any(|end| stem.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditionals_are_told_from_imperfects() {
        for word in [
            "aurait",
            "seraient",
            "préparerait",
            "finirait",
            "prendrait",
            "mettraient",
            "produirait",
            "viendrait",
            "parviendrait",
            "irait",
            "souffrirait",
            "pourrait",
            "devrait",
            "recevrait",
            "suivrait",
        ] {
            assert!(is_conditional(word), "{word}");
        }
        for word in [
            "avait",
            "était",
            "entrait",
            "montrait",
            "préparait",
            "considérait",
            "tirait",
            "retirait",
            "ouvrait",
            "souffrait",
            "courait",
            "livrait",
            "encadrait",
            "effondrait",
            "gérait",
            "serrait",
            "trait",
            "attrait",
            "restaurait",
            "portrait",
            "extrait",
            "rencontrait",
        ] {
            assert!(!is_conditional(word), "{word}");
        }
    }
}
