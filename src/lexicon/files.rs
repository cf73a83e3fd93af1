//! Which files of `data/` the names come from. The build reads them; the tests look whether they are sound.

/// The data files, in order: the first to give a form of a name gives the preferred one.
pub(crate) const FILES: [&str; 19] = [
    "nations.toml",
    "places.toml",
    "acronyms.toml",
    "paraphrased.toml",
    "institutions.toml",
    "people.toml",
    "brands.toml",
    "peoples.toml",
    "metonyms.toml",
    "calendar.toml",
    "organisations.toml",
    "common.toml",
    "towns.toml",
    "states.toml",
    "foreign.toml",
    "lowercase.toml",
    "territories.toml",
    "first_names.toml",
    "given.toml",
];

/// The word lists.
pub(crate) const LISTS: [&str; 3] = ["words.fr.txt", "words.en.txt", "names.en.txt"];
