//! Two texts → findings: what the translation lost, changed or added.

pub mod claim;
pub mod text;
