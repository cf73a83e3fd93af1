//! The command line: what may be typed, and what the help says.
#![expect(clippy::doc_markdown, reason = "these doc comments are the help texts")]

use std::path::{Path, PathBuf};

use clap::builder::PossibleValuesParser;
use clap::{Parser, Subcommand};
use fidele::prompt::Length;
use fidele::settings::{Form, Layer, Origin, SettingsError, Written};

const EXIT_CODES: &str = "\
Exit codes:
    0  no error found
    1  the work could not be done (endpoint, file, disk)
    2  wrong usage
    3  a figure or a name failed
    4  part of the text is not translated
    5  stopped by the budget
  130  stopped by Ctrl-C

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
    Translate(Translate),
    #[command(alias = "summarise")]
    Summarize(Summarize),
    Batch(Batch),
    Check(Check),
    Ledger(Ledger),
    Estimate(Estimate),
    Cache(Cache),
    Doctor(Doctor),
    Completions(Completions),
    Man(Man),
}

/// Translate articles into English and check every figure and name
///
/// The English goes to stdout, or to a file with -o; the verdict goes to stderr. A passage that fails a check is asked
/// for again. What still fails stays in the text, is shown, and makes the exit code 3. A passage that was not
/// translated is marked in the text, and the file's name then ends in .partial.
#[derive(Debug, clap::Args)]
#[command(after_long_help = "\
Examples:
  fidele translate article.fr.md
  fidele translate article.fr.md -o article.en.md --report report.html
  fidele translate *.fr.md -o english/
  fidele translate - --english uk --summary < article.txt")]
pub struct Translate {
    /// Write a summary too: after the text, or as x.en.summary.md
    #[arg(long)]
    pub summary: bool,
    #[command(flatten)]
    pub length: LengthFlag,
    #[command(flatten)]
    pub work: Work,
}

/// Summarize articles in English and check every figure and name
///
/// The summary is made from the French and checked against it: each sentence cites the passages it rests on, and each of
/// its figures and names must stand there. A sentence that fails is asked for again, then dropped. (Also: summarise.)
#[derive(Debug, clap::Args)]
#[command(after_long_help = "\
Examples:
  fidele summarize article.fr.md
  fidele summarize --words 200 article.fr.md -o summary.txt --report report.md
  fidele summarize *.fr.md --beside")]
pub struct Summarize {
    #[command(flatten)]
    pub length: LengthFlag,
    #[command(flatten)]
    pub work: Work,
}

/// How long a summary may be.
#[derive(Debug, clap::Args)]
pub struct LengthFlag {
    /// Most words of a summary
    #[arg(long, value_name = "N", default_value_t = 150, value_parser = clap::value_parser!(u32).range(20..=2000))]
    pub words: u32,
    /// Most sentences of a summary
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=100))]
    pub sentences: Option<u32>,
    /// Language of the article: summarize it even if it does not look French
    #[arg(long, value_name = "LANG", value_parser = PossibleValuesParser::new(["fr"]))]
    pub lang: Option<String>,
}

impl LengthFlag {
    /// The length, and the form that `--style` may name: *bullets* is a form, any other value is the user's file on how to write.
    pub fn length(&self, prompt: &PromptFlags) -> Length {
        Length {
            words: self.words,
            sentences: self.sentences,
            form: prompt.form().unwrap_or_default(),
            is_french: self.lang.is_some(),
        }
    }
}

impl PromptFlags {
    fn form(&self) -> Option<fidele::prompt::Form> {
        fidele::prompt::Form::named(self.style.as_deref()?)
    }
}

/// What articles are worked on, and where results go.
#[derive(Debug, clap::Args)]
pub struct Work {
    /// Articles, as text or Markdown; - is stdin
    #[arg(required = true, value_name = "ARTICLE")]
    pub articles: Vec<PathBuf>,
    #[command(flatten)]
    pub output: OutputFlags,
    #[command(flatten)]
    pub model: ModelFlags,
    #[command(flatten)]
    pub prompt: PromptFlags,
    #[command(flatten)]
    pub glossary: GlossaryFlag,
    #[command(flatten)]
    pub input: InputFlags,
}

/// Translate a folder, with reports, and go on where it stopped
///
/// Every .md and .txt file of the folder and those below it is translated; the English and a report go to the same place
/// below OUT_DIR, with an index of all of them. An article whose text and settings have not changed is not asked for
/// again; one that fails does not stop the others.
#[derive(Debug, clap::Args)]
#[command(after_long_help = "\
Examples:
  fidele estimate articles/
  fidele batch articles/ english/
  fidele batch articles/ english/ --report html
  fidele batch articles/ english/ --summary --max-cost 5 --price-input 0.4 --price-output 1.6")]
pub struct Batch {
    /// Folder with French articles
    #[arg(value_name = "IN_DIR")]
    pub from: PathBuf,
    /// Folder for the results
    #[arg(value_name = "OUT_DIR")]
    pub into: PathBuf,
    /// Write a summary of each article too
    #[arg(long)]
    pub summary: bool,
    #[command(flatten)]
    pub length: LengthFlag,
    /// Write each report in this form too [default: JSON alone]
    #[arg(long, value_name = "FORM", value_parser = PossibleValuesParser::new(["json", "markdown", "html", "text"]))]
    pub report: Option<String>,
    #[command(flatten)]
    pub format: FormatFlag,
    /// Do finished articles again, and replace what is there
    #[arg(long)]
    pub force: bool,
    #[command(flatten)]
    pub model: ModelFlags,
    #[command(flatten)]
    pub prompt: PromptFlags,
    #[command(flatten)]
    pub glossary: GlossaryFlag,
    #[command(flatten)]
    pub input: InputFlags,
}

/// Check a translation from anywhere: no model, no key, no network
///
/// Compares every figure and name of the French with the English, by value. The verdict goes to stdout. With --pairs, each
/// line {"id", "source", "target"} is answered by a line with its verdict and findings, in the same order; with --as summary too, the lines are
/// {"id", "source": [{"id", "text"}], "summary": [{"text", "cites": [ids]}]}. Only with --ask-model a model is asked, about
/// names that are not proven and nothing else; what it says is shown beside them and proves nothing.
#[derive(Debug, clap::Args)]
#[command(after_long_help = "\
Examples:
  fidele check article.fr.md article.en.md
  fidele check article.fr.md article.en.md --report report.html
  fidele check --as summary article.fr.md summary.txt
  fidele check --pairs pairs.jsonl > verdicts.jsonl
  some-program | fidele check --pairs -")]
pub struct Check {
    /// The French; - is stdin
    #[arg(required_unless_present = "pairs", conflicts_with = "pairs")]
    pub french: Option<PathBuf>,
    /// The English; - is stdin
    #[arg(required_unless_present = "pairs", conflicts_with = "pairs")]
    pub english: Option<PathBuf>,
    /// Aligned pairs as JSON lines; - is stdin
    #[arg(long, value_name = "FILE")]
    pub pairs: Option<PathBuf>,
    /// What the English is: a summary may leave out, never invent
    #[arg(long = "as", value_name = "WHAT", default_value = "translation",
          value_parser = PossibleValuesParser::new(["translation", "summary"]))]
    pub what: String,
    /// Form of the verdict [default: text; with --pairs: jsonl]
    #[arg(long, value_name = "FORM", value_parser = PossibleValuesParser::new(["text", "markdown", "json", "jsonl"]))]
    pub format: Option<String>,
    /// Write a report too; its form is that of the ending
    #[arg(long, value_name = "FILE", value_parser = report_file, conflicts_with = "pairs")]
    pub report: Option<PathBuf>,
    /// Replace a report that is there
    #[arg(long)]
    pub force: bool,
    /// Ask the model of your settings about names that are not proven
    #[arg(long, conflicts_with = "pairs")]
    pub ask_model: bool,
    #[command(flatten)]
    pub glossary: GlossaryFlag,
    #[command(flatten)]
    pub input: InputFlags,
}

/// Show every figure and name the checker reads in a text
#[derive(Debug, clap::Args)]
#[command(after_long_help = "\
Examples:
  fidele ledger article.fr.md
  fidele ledger --lang en article.en.md
  fidele ledger article.fr.md --format json")]
pub struct Ledger {
    /// The text; - is stdin
    pub text: PathBuf,
    /// Its language
    #[arg(long, value_name = "LANG", default_value = "fr", value_parser = PossibleValuesParser::new(["fr", "en"]))]
    pub lang: String,
    #[command(flatten)]
    pub format: FormatFlag,
    #[command(flatten)]
    pub glossary: GlossaryFlag,
    #[command(flatten)]
    pub input: InputFlags,
}

/// Count requests, tokens and cost; call nothing
///
/// Prompts are rendered and counted as they would be sent. The length of the answers is an assumption, and repairs are not
/// foreseen. Folders are searched for .md and .txt files. The cost needs --price-input and --price-output.
#[derive(Debug, clap::Args)]
#[command(after_long_help = "\
Examples:
  fidele estimate article.fr.md
  fidele estimate articles/ --model gpt-5-mini --price-input 0.25 --price-output 2")]
pub struct Estimate {
    /// Articles and folders
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    #[command(flatten)]
    pub format: FormatFlag,
    #[command(flatten)]
    pub price: PriceFlags,
    #[command(flatten)]
    pub prompt: PromptFlags,
    #[command(flatten)]
    pub glossary: GlossaryFlag,
    #[command(flatten)]
    pub input: InputFlags,
}

/// Show or delete the answers that were paid for
///
/// Answers are kept so that the same command costs nothing the second time. Several runs may share them; deleting them is
/// safe at any time, also while a run is under way.
#[derive(Debug, clap::Args)]
#[command(after_long_help = "\
Examples:
  fidele cache info
  fidele cache clear")]
pub struct Cache {
    /// What to do
    #[arg(value_name = "WHAT", value_parser = PossibleValuesParser::new(["info", "clear"]))]
    pub what: String,
    /// Folder where answers that were paid for are kept
    #[arg(long, value_name = "DIR")]
    pub cache_dir: Option<String>,
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

/// Where results go.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Output")]
pub struct OutputFlags {
    /// File for the result, or folder for several
    #[arg(long, short, value_name = "FILE|DIR", conflicts_with = "beside")]
    pub output: Option<PathBuf>,
    /// Write next to each article: x.fr.md becomes x.en.md
    #[arg(long)]
    pub beside: bool,
    /// Replace a file that is there with another text
    #[arg(long)]
    pub force: bool,
    /// Write a report: .json, .md, .html or .txt
    #[arg(long, value_name = "FILE", value_parser = report_file)]
    pub report: Option<PathBuf>,
    #[command(flatten)]
    pub format: FormatFlag,
}

/// A report's form is that of its file's ending.
fn report_file(text: &str) -> Result<PathBuf, String> {
    let path = PathBuf::from(text);
    match Form::of_path(&path) {
        Some(_) => Ok(path),
        None => Err("a report ends in .json, .md, .html or .txt".to_owned()),
    }
}

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
    if key == "style" && matches!(written, Written::Word(word) if fidele::prompt::Form::named(word).is_some())
    {
        return Ok(()); // a form of the summary, not a file
    }
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
        /// Another model of that server, for passages the first one fails on
        #[arg(value_name = "NAME")]
        fallback_model;
        /// Dialect of the server, where its name or address does not tell
        #[arg(value_name = "NAME", value_parser = PossibleValuesParser::new(["openai", "anthropic", "gemini", "ollama"]))]
        dialect;
        /// JSON object added to the body of every request
        #[arg(value_name = "JSON", value_parser = value_of("extra_body"))]
        extra_body;
        /// Requests under way at once [default: 8]
        #[arg(value_name = "N", allow_negative_numbers = true, value_parser = value_of("at_once"))]
        at_once;
        /// Times a request is sent while the server is busy [default: 5]
        #[arg(value_name = "N", allow_negative_numbers = true, value_parser = value_of("attempts"))]
        attempts;
        /// Seconds one request may take [default: 600]
        #[arg(value_name = "SECONDS", allow_negative_numbers = true, value_parser = value_of("timeout"))]
        timeout;
        /// Seconds it may take to reach the server [default: 10]
        #[arg(value_name = "SECONDS", allow_negative_numbers = true, value_parser = value_of("connect_timeout"))]
        connect_timeout;
        /// Seconds in which nothing may come [default: as --timeout]
        #[arg(value_name = "SECONDS", allow_negative_numbers = true, value_parser = value_of("silence_timeout"))]
        silence_timeout;
        /// Whether the model sends as it writes [default: auto]
        #[arg(value_name = "WHEN", value_parser = PossibleValuesParser::new(["auto", "on", "off"]))]
        stream;
        /// Folder where answers that were paid for are kept
        #[arg(value_name = "DIR")]
        cache_dir;
        /// Largest size of that folder, such as 500MB [default: 1000MB]
        #[arg(value_name = "SIZE", value_parser = value_of("cache_size"))]
        cache_size;
        /// Record the answers in a folder, for replay:DIR
        #[arg(value_name = "DIR")]
        record;
        /// US dollars per million tokens of prompt
        #[arg(value_name = "USD", allow_negative_numbers = true, value_parser = value_of("price_input"))]
        price_input;
        /// US dollars per million tokens of answer
        #[arg(value_name = "USD", allow_negative_numbers = true, value_parser = value_of("price_output"))]
        price_output;
        /// US dollars this run may cost at most; needs both prices (exit code 5)
        #[arg(value_name = "USD", allow_negative_numbers = true, value_parser = value_of("max_cost"))]
        max_cost;
        /// Tokens this run may use at most (exit code 5)
        #[arg(value_name = "N", allow_negative_numbers = true, value_parser = value_of("max_tokens_total"))]
        max_tokens_total;
        /// Requests that may start in a minute
        #[arg(value_name = "N", allow_negative_numbers = true, value_parser = value_of("requests_per_minute"))]
        requests_per_minute;
        /// Tokens that may be asked for in a minute
        #[arg(value_name = "N", allow_negative_numbers = true, value_parser = value_of("tokens_per_minute"))]
        tokens_per_minute;
    }
    switches {
        /// First ask for the English of names that no list settles
        terms;
        /// Ask about names that are not proven; no proof, but a hint
        ask_model;
        /// Keep nothing on disk but the result
        ephemeral;
        /// Refuse any server that is not this machine (exit code 1)
        local_only;
    }
}

flags! {
    /// What a model costs, for `estimate`.
    #[command(next_help_heading = "Model")]
    PriceFlags
    values {
        /// Model whose tokens are counted
        #[arg(value_name = "NAME")]
        model;
        /// US dollars per million tokens of prompt
        #[arg(value_name = "USD", allow_negative_numbers = true, value_parser = value_of("price_input"))]
        price_input;
        /// US dollars per million tokens of answer
        #[arg(value_name = "USD", allow_negative_numbers = true, value_parser = value_of("price_output"))]
        price_output;
    }
    switches {}
}

flags! {
    /// How the result is written.
    FormatFlag
    values {
        /// Form of the result [default: text]
        #[arg(value_name = "FORM", value_parser = PossibleValuesParser::new(["text", "markdown", "json"]))]
        format;
    }
    switches {}
}

flags! {
    /// How the text is cut and what is said to the model.
    #[command(next_help_heading = "Text")]
    PromptFlags
    values {
        /// Whose English [default: us]
        #[arg(value_name = "WHOSE", value_parser = PossibleValuesParser::new(["us", "uk"]))]
        english;
        /// Form of a summary: paragraph, bullets, headline or brief; or a file on how to write, added to the prompts
        #[arg(value_name = "FORM|FILE")]
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
    }
    switches {}
}

flags! {
    /// The user's own names and terms.
    #[command(next_help_heading = "Text")]
    GlossaryFlag
    values {
        /// File of names and terms with their English (TOML)
        #[arg(value_name = "FILE")]
        glossary;
    }
    switches {}
}

flags! {
    /// What is read.
    #[command(next_help_heading = "Input")]
    InputFlags
    values {
        /// Largest input that is read, such as 500kB [default: 5MB]
        #[arg(value_name = "SIZE", allow_negative_numbers = true, value_parser = value_of("max_bytes"))]
        max_bytes;
    }
    switches {}
}
