//! The samples are part of the binary (`include_dir!` does not tell cargo so): a new recording means a new build.
#![allow(clippy::print_stdout, reason = "this is how a build script speaks to cargo")]

fn main() {
    println!("cargo::rerun-if-changed=samples");
}
