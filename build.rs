//! The samples are part of the binary (`include_dir!` does not tell cargo so): a new recording means a new build. And
//! what a program that starts would read and sort is laid out here: the rows of names, and an index of each word list.
#![allow(clippy::print_stdout, reason = "this is how a build script speaks to cargo")]

use std::path::Path;
use std::{env, fs};

use lexicon::files::{FILES, LISTS};
use lexicon::intake::{Listing, Nameless};
use lexicon::rows::File;
use lexicon::{hash, image, layout};

/// What the program reads a glossary with.
#[path = "src/lexicon"]
#[allow(dead_code, reason = "the program looks up what is laid out here")]
mod lexicon {
    pub mod files;
    pub mod fold;
    pub mod hash;
    pub mod image;
    mod inflect;
    pub mod intake;
    pub mod layout;
    pub mod rows;
}

#[path = "src/names"]
#[allow(dead_code, reason = "the program reads texts as well")]
mod names {
    pub mod cut;
    mod extent;
    pub mod heads;
    mod kind;
    mod letters;
    pub mod unit;

    pub use kind::NameKind;
}

#[path = "src/span.rs"]
#[allow(dead_code, reason = "the program does more with spans")]
mod span;
#[path = "src/window.rs"]
mod window;

fn main() {
    println!("cargo::rerun-if-changed=samples");
    println!("cargo::rerun-if-changed=data");
    let read = |name: &str| {
        let path = Path::new("data").join(name);
        fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    };
    let out = env::var("OUT_DIR").expect("cargo says where to build");
    let write = |name: &str, bytes: &[u8]| {
        fs::write(Path::new(&out).join(name), bytes).expect("the build folder can be written");
    };
    let files = FILES.map(|name| (name, read(name)));
    let lists = LISTS.map(|name| (name, read(name)));
    let mut listing = Listing::new(&|_| None);
    for (name, text) in &files {
        let file: File = toml::from_str(text).unwrap_or_else(|error| panic!("data/{name}: {error}"));
        if let Err(Nameless(row)) = listing.take(&file, false) {
            panic!("data/{name}: row {row} has an empty `fr`");
        }
    }
    let texts = files.iter().chain(&lists).map(|(_, text)| text);
    let hash = texts.fold(0, |hash, text| hash::of_text(hash, text.as_bytes()));
    let (text, sections) = layout::lay_out(&listing, hash);
    write("lexicon.txt", text.as_bytes());
    write("lexicon.image", &joined(&sections));
    for (name, text) in &lists {
        write(&format!("{name}.index"), &indexed(text));
    }
}

/// The sections one after another, after where each of them ends.
fn joined(sections: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut end = 4 * sections.len();
    for section in sections {
        end += section.len();
        bytes.extend(image::number(end).to_le_bytes());
    }
    bytes.extend(sections.iter().flatten());
    bytes
}

/// Slots of four bytes, little-endian: where in `text` a word stands, by its hash.
fn indexed(text: &str) -> Vec<u8> {
    let words = text.lines().filter(|line| !line.starts_with('#'));
    let mut slots = hash::slots_for(words.clone().count());
    for word in words {
        let place = word.as_ptr() as usize - text.as_ptr() as usize + 1;
        let place = u32::try_from(place).expect("a word list has less than 4 GiB");
        hash::enter(&mut slots, hash::of(word.as_bytes()), place);
    }
    slots.into_iter().flat_map(u32::to_le_bytes).collect()
}
