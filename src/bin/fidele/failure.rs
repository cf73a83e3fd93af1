//! What went wrong, as one message on stderr and one exit code.

use fidele::exit::Exit;
use fidele::settings::SettingsError;

use crate::terminal::tell;

/// The exit code of a program that a signal stopped: 128 and the number of SIGINT.
pub const INTERRUPTED: u8 = 130;

/// The user asked for something that cannot be meant: exit code 2.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct Misuse(pub String);

/// The user stopped the run: exit code 130.
#[derive(Debug, thiserror::Error)]
#[error("stopped; what is paid for is kept, and the same command goes on from there")]
pub struct Interrupted;

/// The run may cost no more: exit code 5.
#[derive(Debug, thiserror::Error)]
#[error(
    "stopped: the next request could exceed the budget of {0}; what is paid for is kept, and the same command goes on from there"
)]
pub struct OverBudget(pub String);

/// Prints the error with its causes, and says which exit code it is.
pub fn report(error: &anyhow::Error) -> u8 {
    tell(format_args!("fidele: {}", visible(&format!("{error:#}"))));
    code(error)
}

fn code(error: &anyhow::Error) -> u8 {
    if error.is::<Interrupted>() {
        return INTERRUPTED;
    }
    if error.is::<OverBudget>() {
        return Exit::Budget.code();
    }
    let is_misuse = error.chain().any(|cause| {
        let settings = cause.downcast_ref::<SettingsError>();
        cause.is::<Misuse>() || settings.is_some_and(is_written_wrongly)
    });
    if is_misuse { Exit::Usage } else { Exit::NotDone }.code()
}

/// Whether the settings are wrong, rather than out of reach.
fn is_written_wrongly(error: &SettingsError) -> bool {
    !matches!(
        error,
        SettingsError::Unreadable { .. } | SettingsError::KeyCommand { .. }
    )
}

/// The text made safe for a terminal (see [`fidele::report::visible`]), its line breaks kept.
pub fn visible(text: &str) -> String {
    let lines: Vec<_> = text.split('\n').map(fidele::report::visible).collect();
    lines.join("\n")
}
