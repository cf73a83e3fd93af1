//! French articles into English, with an account of every figure and every name.
//!
//! The walk of one article, module by module; a module uses those before it, never those after:
//!
//! ```text
//! article → segment → prompt → (journal, endpoint) → translate → document ┐
//!    └─────────── ledger of the French ──→ verify ←── ledger of the English ┴→ report → exit code
//! ```

pub mod align;
pub mod article;
#[cfg(feature = "pipeline")]
pub mod ask;
#[cfg(feature = "pipeline")]
pub mod batch;
#[cfg(feature = "pipeline")]
pub mod claims;
#[cfg(feature = "pipeline")]
pub mod disk;
#[cfg(feature = "pipeline")]
pub mod document;
#[cfg(feature = "pipeline")]
pub mod endpoint;
#[cfg(feature = "pipeline")]
pub mod event;
pub mod exit;
pub mod figures;
pub mod finding;
#[cfg(feature = "pipeline")]
pub mod job;
#[cfg(feature = "pipeline")]
pub mod journal;
pub mod ledger;
pub mod lexicon;
pub mod names;
pub mod pairs;
#[cfg(feature = "pipeline")]
pub mod prompt;
#[cfg(feature = "pipeline")]
pub mod reply;
#[cfg(feature = "pipeline")]
pub mod report;
pub mod segment;
pub mod sentence;
#[cfg(feature = "pipeline")]
pub mod settings;
pub mod span;
#[cfg(feature = "pipeline")]
pub mod summary;
pub mod tokens;
#[cfg(feature = "pipeline")]
pub mod translate;
pub mod verify;
