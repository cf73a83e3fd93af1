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
pub mod finding;
pub mod segment;
pub mod sentence;
pub mod span;
pub mod tokens;
pub mod verify;
