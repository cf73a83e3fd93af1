//! The program as a user runs it: the real binary, in a home of its own, on a machine where no model answers unless the
//! test starts one.
#![cfg(feature = "cli")]

mod input;
mod model;
mod usage;
mod user;
