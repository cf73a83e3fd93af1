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

/// The text made safe for a terminal (see [`fidele::report::visible`]), its line breaks kept.
pub fn visible(text: &str) -> String {
    let lines: Vec<_> = text.split('\n').map(fidele::report::visible).collect();
    lines.join("\n")
}
