//! What a figure or a name is said of.
//!
//! In: a claim. Out: findings where two figures, or two names, have changed places, or where a figure is said of
//! something else. Each is told by the words around it: those near it in the English should be near it in the French.

use super::Claim;
use crate::finding::Finding;

pub(super) fn check(_claim: &Claim<'_>) -> Vec<Finding> {
    Vec::new()
}
