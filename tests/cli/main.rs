//! The program as a user runs it: the real binary, in a home of its own, on a machine where no model answers unless the
//! test starts one.
#![cfg(feature = "cli")]
#![expect(
    clippy::unwrap_used,
    reason = "a test ends where something is not as it must be"
)]

mod holes;
mod input;
mod model;
mod readme;
#[path = "../docs/schema.rs"]
mod schema;
mod secrets;
mod summaries;
mod usage;
mod user;
