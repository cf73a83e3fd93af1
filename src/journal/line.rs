//! One answer as it stands on disk: a line of JSON, each part at its place.
//!
//! In: a name and a completion; or a line. Out: the line; or the completion, if every byte of it is as it was written. Law:
//! a line carries the checksum of its name and its completion, so what was torn, changed or moved under another name is
//! no answer.

use blake3::Hash;

use crate::endpoint::Completion;

const SCHEMA_AND_NAME: &str = r#"{"schema":"fidele.journal/2","name":""#;
const CHECKSUM: &str = r#"","checksum":""#;
const COMPLETION: &str = r#"","completion":"#;
const END: &str = "}\n";

/// The name under which an answer is kept.
pub(super) fn name(identity: &str, attempt: u32) -> Hash {
    let mut hash = blake3::Hasher::new();
    hash.update(identity.as_bytes()).update(&attempt.to_le_bytes());
    hash.finalize()
}

/// The line of an answer, its end included.
pub(super) fn write(name: Hash, completion: &Completion) -> String {
    // Strings and numbers can always be written as JSON; line ends in them are escaped.
    let json = serde_json::to_string(completion).unwrap_or_default();
    let (name, checksum) = (name.to_hex(), checksum(name, &json).to_hex());
    format!("{SCHEMA_AND_NAME}{name}{CHECKSUM}{checksum}{COMPLETION}{json}{END}")
}

/// Whose answer a line says it is; none if it is no line of ours.
pub(super) fn name_of(line: &[u8]) -> Option<Hash> {
    let hex = line.strip_prefix(SCHEMA_AND_NAME.as_bytes())?.get(..64)?;
    Hash::from_hex(hex).ok()
}

/// The answer, if the line is whole, sound, and of that name.
pub(super) fn read(line: &[u8], name: Hash) -> Option<Completion> {
    let rest = str::from_utf8(line).ok()?.strip_prefix(SCHEMA_AND_NAME)?;
    let rest = rest
        .strip_prefix(name.to_hex().as_str())?
        .strip_prefix(CHECKSUM)?;
    let (told, rest) = rest.split_at_checked(64)?;
    let json = rest.strip_prefix(COMPLETION)?.strip_suffix(END)?;
    (told == checksum(name, json).to_hex().as_str())
        .then(|| serde_json::from_str(json).ok())
        .flatten()
}

fn checksum(name: Hash, json: &str) -> Hash {
    let mut hash = blake3::Hasher::new();
    hash.update(name.as_bytes()).update(json.as_bytes());
    hash.finalize()
}
