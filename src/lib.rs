//! French articles into English, with an account of every figure and every name.
//!
//! The walk of one article, module by module; a module uses those before it, never those after:
//!
//! ```text
//! article → segment → prompt → (journal, endpoint) → translate → document ┐
//!    └─────────── ledger of the French ──→ verify ←── ledger of the English ┴→ report → exit code
//!    └──────────→ summary → verify
//! ```
//!
//! - **The text**: [`article`] (bytes → body → blocks), [`sentence`], [`tokens`], [`segment`] (what is sent, in which
//!   requests), [`align`] (two free texts → pairs).
//! - **The heart**: [`lexicon`], [`figures`] and [`names`] read both languages into a [`ledger`]; [`verify`] holds one
//!   against the other and speaks in [`finding`]s. [`pairs`] does so for lines of JSON.
//! - **The pipeline** (feature `pipeline`): `prompt`, `endpoint`, `journal`, `ask`, `reply`, `translate`, `document`,
//!   `summary`, `claims`, and `terms` and `opinion`, which ask the model about names; `job` walks one article through
//!   them, `batch` a folder, `settings` decides how, `event` and `report` say what happened, [`exit`] what it amounts to.
//! - **Under all of them**: [`span`] (where something stands in a text), and `disk` (files written whole or not at all).
//!
//! The terminal is not here: clap and indicatif live in the binary alone. Without features the crate is the checks, with no
//! network and no terminal:
//!
//! ```
//! use fidele::verify::Checker;
//!
//! let verdict = Checker::default().check("Londres a payé 75 livres.", "London paid 85 pounds.");
//! assert_eq!(verdict.findings[0].code.as_str(), "figure.altered");
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
#[cfg(feature = "pipeline")]
pub mod opinion;
pub mod pairs;
#[cfg(feature = "pipeline")]
pub mod prompt;
#[cfg(feature = "pipeline")]
mod repair;
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
#[cfg(feature = "pipeline")]
pub mod terms;
pub mod tokens;
#[cfg(feature = "pipeline")]
pub mod translate;
pub mod verify;
mod window;
mod word;
