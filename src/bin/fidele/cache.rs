//! `fidele cache`: how much of what was paid for is kept, and getting rid of it.

use anyhow::{Result, anyhow};
use fidele::exit::Exit;
use fidele::journal::Journal;
use fidele::settings::Written;

use crate::args::{self, Args, Cache};
use crate::failure::visible;
use crate::{output, settle};

pub fn run(command: &Cache, args: &Args) -> Result<Exit> {
    let folder = command.cache_dir.as_deref().map(Written::Word);
    let settings = settle(args, |layer| args::put(layer, "cache_dir", folder))?;
    let Some(cache_dir) = &settings.cache_dir else {
        return Err(anyhow!(
            "there is no home folder, so no answers are kept; name a folder with --cache-dir DIR"
        ));
    };
    let folder = cache_dir.value.join("journal");
    let shown = visible(&folder.display().to_string());
    let text = if command.what == "clear" {
        let removed = Journal::trim(&folder, 0)?;
        format!(
            "removed {} answers, {} bytes, from {shown}\n",
            removed.entries, removed.bytes
        )
    } else {
        let held = Journal::holdings(&folder)?;
        format!(
            "{shown}\n{} answers, {} bytes; at most {} bytes ({})\n",
            held.entries, held.bytes, settings.cache_size.value, settings.cache_size.origin
        )
    };
    output::to_stdout(text.as_bytes())?;
    Ok(Exit::Sound)
}
