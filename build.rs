//! The samples are part of the binary (`include_dir!` does not tell cargo so): a new recording means a new build. And
//! an index of each word list is made here, so that a program that starts has nothing to sort.
#![allow(clippy::print_stdout, reason = "this is how a build script speaks to cargo")]

use std::path::Path;
use std::{env, fs};

#[path = "src/lexicon/hash.rs"]
#[allow(dead_code, reason = "the program hashes in more ways")]
mod hash;

fn main() {
    println!("cargo::rerun-if-changed=samples");
    println!("cargo::rerun-if-changed=src/lexicon/hash.rs");
    let out = env::var("OUT_DIR").expect("cargo says where to build");
    for list in ["words.fr.txt", "words.en.txt", "names.en.txt"] {
        let path = Path::new("data").join(list);
        println!("cargo::rerun-if-changed={}", path.display());
        let text = fs::read_to_string(&path).expect("the word lists are part of the source");
        let index = Path::new(&out).join(list).with_extension("index");
        fs::write(index, indexed(&text)).expect("the build folder can be written");
    }
}

/// Slots of four bytes, little-endian: where in `text` a word stands, by its hash; the next free slot where two meet.
fn indexed(text: &str) -> Vec<u8> {
    let words = text.lines().filter(|line| !line.starts_with('#'));
    let count = words.clone().count();
    let mut slots = vec![0_u32; (count * 3 / 2).next_power_of_two()];
    for word in words {
        let place = word.as_ptr() as usize - text.as_ptr() as usize + 1;
        let (mut at, tag) = hash::slot(word.as_bytes(), slots.len());
        while slots[at] != 0 {
            at = (at + 1) & (slots.len() - 1);
        }
        let place = u32::try_from(place).ok().filter(|place| *place <= hash::PLACE);
        slots[at] = tag << 24 | place.expect("a word list has less than 16 MiB");
    }
    slots.into_iter().flat_map(u32::to_le_bytes).collect()
}
