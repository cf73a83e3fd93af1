//! The command line: what may be typed, and what the help says.

use std::path::Path;

use clap::builder::PossibleValuesParser;
use clap::{Parser, Subcommand};
use fidele::settings::{Layer, Origin, SettingsError, Written};

const EXIT_CODES: &str = "\
Exit codes:
  0  no error found
  1  the work could not be done (endpoint, file, disk)
  2  wrong usage
  3  a figure or a name failed
  4  part of the text is not translated
  5  stopped by the budget

`fidele COMMAND --help` shows examples.";

/// Translates French articles into English and accounts for every figure and
/// every name: proven in the English, not proven, or failed.
#[derive(Debug, Parser)]
#[command(
    name = "fidele",
    version,
    max_term_width = 80,
    arg_required_else_help = true,
    after_help = EXIT_CODES
)]
pub struct Args {
    #[command(subcommand)]
    pub command: Command,
    /// Say nothing but the result and errors
    #[arg(long, short, global = true, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Say more about what is going on
    #[arg(long, short, global = true)]
    pub verbose: bool,
    /// Let what is not proven count as failed (exit code 3)
    #[arg(long, global = true)]
    pub strict: bool,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    Doctor(Doctor),
    Completions(Completions),
    Man(Man),
}

/// Show what is configured, what answers here, and what would be used
///
/// Shows every setting with where it was written, the files and folders in use, the model servers that answer on this
/// machine, and which model a translation would use and why. Sends no text anywhere and shows no key. Exit code 1 if
/// no model could be used.
#[derive(Debug, clap::Args)]
#[command(after_long_help = "\
Examples:
  fidele doctor
  fidele doctor --endpoint ollama --model mistral-small")]
pub struct Doctor {
    #[command(flatten)]
    pub model: ModelFlags,
    #[command(flatten)]
    pub prompt: PromptFlags,
    #[command(flatten)]
    pub glossary: GlossaryFlag,
    #[command(flatten)]
    pub input: InputFlags,
}

/// Print completions for a shell
#[derive(Debug, clap::Args)]
#[command(after_long_help = "\
Examples:
  fidele completions bash > ~/.local/share/bash-completion/completions/fidele
  fidele completions fish > ~/.config/fish/completions/fidele.fish")]
pub struct Completions {
    /// The shell
    pub shell: clap_complete::Shell,
}

/// Print the manual page
#[derive(Debug, clap::Args)]
#[command(after_long_help = "\
Examples:
  fidele man > ~/.local/share/man/man1/fidele.1
  fidele man | man -l -")]
pub struct Man {}

/// Settings as flags; each group is one layer. What the environment and files call them is in the README.
macro_rules! flags {
    (
        $(#[$attribute:meta])* $group:ident
        values { $($(#[$value_attribute:meta])* $value:ident;)* }
        switches { $($(#[$switch_attribute:meta])* $switch:ident;)* }
    ) => {
        #[derive(Debug, Clone, Default, clap::Args)]
        $(#[$attribute])*
        pub struct $group {
            $($(#[$value_attribute])* #[arg(long)] pub $value: Option<String>,)*
            $($(#[$switch_attribute])* #[arg(long)] pub $switch: bool,)*
        }

        impl $group {
            /// What these flags say, as the uppermost layer of the settings.
            pub fn put_into(&self, layer: &mut Layer) -> Result<(), SettingsError> {
                $(put(layer, stringify!($value), self.$value.as_deref().map(Written::Word))?;)*
                $(put(layer, stringify!($switch), self.$switch.then_some(Written::Switch(true)))?;)*
                Ok(())
            }
        }
    };
}

/// Puts one flag, if it was given, into the layer under its key.
pub fn put(layer: &mut Layer, key: &str, written: Option<Written<'_>>) -> Result<(), SettingsError> {
    let Some(written) = written else { return Ok(()) };
    let flag = format!("--{}", key.replace('_', "-"));
    layer.put(key, written, Path::new(""), Origin::Flag(flag))
}

/// Checks a value by the setting's own rules while the command line is read, so that clap says which flag is wrong.
fn value_of(key: &'static str) -> impl Fn(&str) -> Result<String, String> + Clone + Send + Sync + 'static {
    move |text| match put(&mut Layer::default(), key, Some(Written::Word(text))) {
        Ok(()) => Ok(text.to_owned()),
        Err(SettingsError::Value { message, .. }) => Err(message),
        Err(other) => Err(other.to_string()),
    }
}

flags! {
    /// Which model is asked, how, and what is kept.
    #[command(next_help_heading = "Model")]
    ModelFlags
    values {
        // No value parser here: clap would repeat the value, and a URL may hold a password.
        /// Server: a URL, a name (openai, mistral, ollama…), or replay:DIR
        #[arg(value_name = "URL|NAME")]
        endpoint;
        /// Model, as the server names it
        #[arg(value_name = "NAME")]
        model;
        /// Requests under way at once [default: 8]
        #[arg(value_name = "N", allow_negative_numbers = true, value_parser = value_of("at_once"))]
        at_once;
        /// Times a request is sent while the server is busy [default: 5]
        #[arg(value_name = "N", allow_negative_numbers = true, value_parser = value_of("attempts"))]
        attempts;
        /// Seconds one request may take [default: 600]
        #[arg(value_name = "SECONDS", allow_negative_numbers = true, value_parser = value_of("timeout"))]
        timeout;
        /// Folder where answers that were paid for are kept
        #[arg(value_name = "DIR")]
        cache_dir;
        /// Record the answers in a folder, for replay:DIR
        #[arg(value_name = "DIR")]
        record;
        /// US dollars per million tokens of prompt
        #[arg(value_name = "USD", allow_negative_numbers = true, value_parser = value_of("price_input"))]
        price_input;
        /// US dollars per million tokens of answer
        #[arg(value_name = "USD", allow_negative_numbers = true, value_parser = value_of("price_output"))]
        price_output;
    }
    switches {
        /// Keep nothing on disk but the result
        ephemeral;
        /// Refuse any server that is not this machine (exit code 1)
        local_only;
    }
}

flags! {
    /// How the text is cut and what is said to the model.
    #[command(next_help_heading = "Text")]
    PromptFlags
    values {
        /// Whose English [default: us]
        #[arg(value_name = "WHOSE", value_parser = PossibleValuesParser::new(["us", "uk"]))]
        english;
        /// File on how to write, added to the prompts
        #[arg(value_name = "FILE")]
        style;
        /// Folder of prompts instead of the built-in ones
        #[arg(value_name = "DIR")]
        prompts;
        /// Tokens of French in one request [default: 1200]
        #[arg(value_name = "N", allow_negative_numbers = true, value_parser = value_of("chunk_tokens"))]
        chunk_tokens;
        /// Times a failing passage is asked for again [default: 2]
        #[arg(value_name = "N", allow_negative_numbers = true, value_parser = value_of("repairs"))]
        repairs;
    }    switches {}
}

flags! {
    /// The user's own names and terms.
    #[command(next_help_heading = "Text")]
    GlossaryFlag
    values {
        /// File of names and terms with their English (TOML)
        #[arg(value_name = "FILE")]
        glossary;
    }    switches {}
}

flags! {
    /// What is read.
    #[command(next_help_heading = "Input")]
    InputFlags
    values {
        /// Largest input that is read, such as 500kB [default: 5MB]
        #[arg(value_name = "SIZE", allow_negative_numbers = true, value_parser = value_of("max_bytes"))]
        max_bytes;
    }    switches {}
}
