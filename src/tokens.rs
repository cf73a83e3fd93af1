//! Lengths as the model counts them.

/// A length in model tokens: neither bytes nor characters, and only comparable under one tokenizer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tokens(pub u32);
