//! The feminine and the plural of French demonyms (Grevisse, *Le bon usage*, §§ 493-512 and 518-541).

/// Masculine and feminine, singular and plural, of a French adjective given in the masculine singular.
#[must_use]
pub(super) fn forms(masculine: &str) -> Vec<String> {
    let feminine = feminine(masculine);
    let mut all = vec![
        masculine.to_owned(),
        plural(masculine),
        plural(&feminine),
        feminine,
    ];
    all.sort();
    all.dedup();
    all
}

fn feminine(masculine: &str) -> String {
    for (ending, feminine) in [
        ("turc", "turque"),
        ("grec", "grecque"),
        ("ec", "èque"),
        ("ien", "ienne"),
        ("yen", "yenne"),
        ("éen", "éenne"),
        ("on", "onne"),
        ("el", "elle"),
        ("andalou", "andalouse"),
        ("er", "ère"),
        ("eau", "elle"),
    ] {
        if let Some(stem) = masculine.strip_suffix(ending) {
            // *lapon*, *letton* double their n; *wallon* as well. *afghan*, *persan* do not end in -on.
            return format!("{stem}{feminine}");
        }
    }
    if masculine.ends_with('e') {
        masculine.to_owned()
    } else {
        format!("{masculine}e")
    }
}

fn plural(singular: &str) -> String {
    if singular.ends_with(['s', 'x', 'z']) {
        return singular.to_owned();
    }
    if let Some(stem) = singular.strip_suffix("al") {
        return format!("{stem}aux");
    }
    if singular.ends_with("eau") {
        return format!("{singular}x");
    }
    format!("{singular}s")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gender_and_number_follow_the_ending() {
        assert_eq!(
            forms("allemand"),
            ["allemand", "allemande", "allemandes", "allemands"]
        );
        assert_eq!(
            forms("italien"),
            ["italien", "italienne", "italiennes", "italiens"]
        );
        assert_eq!(forms("grec"), ["grec", "grecque", "grecques", "grecs"]);
        assert_eq!(forms("russe"), ["russe", "russes"]);
        assert_eq!(forms("français"), ["français", "française", "françaises"]);
        assert_eq!(
            forms("letton"),
            ["letton", "lettone", "lettones", "lettons"].map(|w| w.replace("lettone", "lettonne"))
        );
    }
}
