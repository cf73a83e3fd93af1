//! What the user sees on stderr: messages, the verdict, and where the results are. Law: whoever has closed our stderr
//! (`fidele … 2>&1 | head`) ends nothing.

use std::fmt;
use std::io::{self, IsTerminal as _, Write as _};

use console::Term;
use fidele::exit::Exit;
use fidele::report::{Form, Report, Style};

use crate::failure::visible;
use crate::output::Written;

/// How many warnings are shown unless `--verbose`.
const WARNINGS: usize = 5;

/// The style of a report on this stream: as wide as the terminal, coloured only there and only if nobody objects.
pub fn style(stream: &Term, verbose: bool) -> Style {
    let is_terminal = stream.features().is_attended();
    Style {
        width: if is_terminal {
            usize::from(stream.size().1).min(120)
        } else {
            80
        },
        // Not where `NO_COLOR` is set, nor on a dumb terminal.
        colour: stream.features().colors_supported(),
        warnings: if verbose { usize::MAX } else { WARNINGS },
    }
}

/// A line on stderr. Not `eprintln!`, which panics where nobody reads it.
pub fn tell(message: impl fmt::Display) {
    write_to_stderr(format_args!("{message}\n"));
}

fn write_to_stderr(text: fmt::Arguments<'_>) {
    // There is nobody left to tell.
    let _ = io::stderr().write_fmt(text);
}

/// The verdict of one article, on stderr.
pub fn show_report(report: &Report, verbose: bool) {
    let text = report.render(Form::Text, style(&Term::stderr(), verbose));
    // Between the English and the verdict, where both go to one terminal.
    let gap = if io::stdout().is_terminal() { "\n" } else { "" };
    write_to_stderr(format_args!("{gap}{text}"));
}

/// Tells where a result is, and what a kept file means for the shell.
pub fn say_where(written: &Written, quiet: bool) -> Exit {
    let say = |message: String| {
        if !quiet {
            tell(format_args!("fidele: {}", visible(&message)));
        }
    };
    match written {
        Written::Whole(path) => say(format!("wrote {}", path.display())),
        Written::AsBefore(path) => say(format!("{} is there already, and the same", path.display())),
        Written::Partial(path) => say(format!(
            "wrote {}: it keeps this name until every part is translated",
            path.display()
        )),
        Written::Kept(path) => {
            tell(format_args!(
                "fidele: {} is there with another text, and was kept; add --force to replace it (answers already \
                 paid for are not asked for again)",
                visible(&path.display().to_string())
            ));
            return Exit::NotDone;
        }
    }
    Exit::Sound
}
