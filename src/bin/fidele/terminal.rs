//! What the user sees on stderr after the work: the verdict, and where the results are.

use std::io::IsTerminal as _;

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

/// The verdict of one article, on stderr.
pub fn show_report(report: &Report, verbose: bool) {
    let text = report.render(Form::Text, style(&Term::stderr(), verbose));
    // Between the English and the verdict, where both go to one terminal.
    let gap = if std::io::stdout().is_terminal() { "\n" } else { "" };
    eprint!("{gap}{text}");
}

/// Tells where a result is, and what a kept file means for the shell.
pub fn say_where(written: &Written, quiet: bool) -> Exit {
    let say = |message: String| {
        if !quiet {
            eprintln!("fidele: {}", visible(&message));
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
            eprintln!(
                "fidele: {} is there with another text, and was kept; add --force to replace it (answers already \
                 paid for are not asked for again)",
                visible(&path.display().to_string())
            );
            return Exit::NotDone;
        }
    }
    Exit::Sound
}
