//! The words that head a phrase for a body or an office: *le ministère de la Santé*.

/// The folded words that head such phrases, and their English, the usual one first.
pub(crate) const HEADS: &[(&str, &[&str])] = &[
    ("agence", &["Agency"]),
    ("commissaire", &["Commissioner"]),
    ("commission", &["Commission", "Committee"]),
    ("comite", &["Committee"]),
    ("departement", &["Department"]),
    ("direction", &["Directorate", "Department", "Division"]),
    ("haut-commissaire", &["High Commissioner"]),
    ("ministere", &["Ministry", "Department", "Office"]),
    ("ministeres", &["Ministries", "Departments"]),
    ("ministre", &["Minister", "Secretary", "Ministry"]),
    ("ministres", &["Ministers", "Secretaries"]),
    ("office", &["Office", "Agency"]),
    ("secretaire", &["Secretary", "Minister"]),
    ("secretariat", &["Secretariat", "Department", "Office"]),
    ("tribunal", &["Court", "Tribunal"]),
];
