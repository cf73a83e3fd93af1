//! What a name is the name of.

use serde::{Deserialize, Serialize};

/// What a name is the name of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum NameKind {
    /// Known to be a name by its capitals alone.
    Name,
    /// A man or a woman.
    Person,
    /// A first name, in the list of first names.
    Given,
    /// A company, a party, an agency, a body.
    Organisation,
    /// A country, a town, a region, a sea.
    Place,
    /// The people of a place, or the adherents of a creed.
    People,
    /// A language.
    Language,
    /// A thing with a name, often with a digit: `A400M`.
    Product,
    /// `OTAN`.
    Acronym,
    /// `NVDA.O`.
    Ticker,
    /// A feast, a war, a treaty.
    Event,
    /// A common noun that French writes with a capital: *l'État*.
    Common,
}

impl NameKind {
    /// All of them, in the order of their numbers.
    pub(crate) const ALL: [Self; 12] = [
        Self::Name,
        Self::Person,
        Self::Given,
        Self::Organisation,
        Self::Place,
        Self::People,
        Self::Language,
        Self::Product,
        Self::Acronym,
        Self::Ticker,
        Self::Event,
        Self::Common,
    ];
}
