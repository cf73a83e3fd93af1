//! What went wrong, as one line on stderr and one exit code.

use fidele::exit::Exit;
use fidele::settings::SettingsError;

/// The user asked for something that cannot be meant: exit code 2.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct Misuse(pub String);

/// Prints the error with its causes, and says which exit code it is.
pub fn report(error: &anyhow::Error) -> Exit {
    if let Some(cause) = error.downcast_ref::<std::io::Error>()
        && cause.kind() == std::io::ErrorKind::BrokenPipe
    {
        // Whoever read our stdout has seen enough: `fidele … | head`.
        return Exit::Sound;
    }
    eprintln!("fidele: {}", visible(&format!("{error:#}")));
    let misuse = error.chain().any(|cause| {
        cause.is::<Misuse>()
            || cause.downcast_ref::<SettingsError>().is_some_and(|error| {
                !matches!(
                    error,
                    SettingsError::Unreadable { .. } | SettingsError::KeyCommand { .. }
                )
            })
    });
    if misuse { Exit::Usage } else { Exit::NotDone }
}

/// The text with control and bidirectional characters made visible: a file name or a server's message must not steer
/// the terminal. Line breaks stay.
pub fn visible(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for char in text.chars() {
        let steers = char.is_control() && char != '\n' && char != '\t'
            // Unicode Bidirectional Algorithm (UAX #9), §2: embeddings, overrides, isolates, marks.
            || matches!(char, '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        if steers {
            shown.extend(char.escape_unicode());
        } else {
            shown.push(char);
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::visible;

    #[test]
    fn nothing_steers_the_terminal() {
        assert_eq!(visible("a\u{1b}[31mb\u{202e}c"), "a\\u{1b}[31mb\\u{202e}c");
        assert_eq!(visible("été\n\tok"), "été\n\tok");
    }
}
