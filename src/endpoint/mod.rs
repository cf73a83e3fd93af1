//! Asking a language model once, over HTTP.
//!
//! In: a [`Request`] (what we say, what shape the answer must have). Out: a [`Completion`] whose finish reason was
//! good, or an [`EndpointError`]. Whether the answer is a translation is not decided here: `translate` and `summary`
//! read it. Retries, `Retry-After` and the number in flight live here and are shared by all articles of a process.

pub mod address;
pub mod anthropic;
pub mod budget;
pub mod dialect;
pub mod failure;
pub mod gemini;
pub mod http;
pub mod limits;
pub mod ollama;
pub mod openai;
pub mod probe;
pub mod recording;
pub mod replay;
pub mod retry;
pub mod stream;
mod words;

use std::borrow::Cow;
use std::future::Future;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::tokens::Tokens;

/// What we ask of a model, in no dialect yet.
#[derive(Debug, Clone, PartialEq)]
pub struct Request {
    /// The instructions.
    pub system: String,
    /// The material, in its delimiters.
    pub user: String,
    /// The shape the answer must have, as JSON schema with a name for it. An endpoint that does not take schemas
    /// is sent [`Request::tagged`] instead.
    pub schema: Schema,
    /// The same request for an endpoint that takes no schema: the answer comes as tagged text.
    pub tagged: Tagged,
    /// The longest answer we can use.
    pub max_output: Tokens,
    /// The word that the tags of a tagged answer carry; see [`crate::prompt::Mark`].
    pub mark: String,
    /// What is asked for, apart from the wording: the key of recordings.
    pub subject: Subject,
}

/// A JSON schema by name, for `response_format`.
#[derive(Debug, Clone, PartialEq)]
pub struct Schema {
    /// Letters, digits and `_`.
    pub name: &'static str,
    /// The schema itself; `strict` subset (every property required, no others).
    pub schema: Cow<'static, serde_json::Value>,
}

/// The two texts of a request whose answer comes as tagged text.
#[derive(Debug, Clone, PartialEq)]
pub struct Tagged {
    /// The instructions, with the tagged form explained.
    pub system: String,
    /// The material.
    pub user: String,
}

/// What a request is about: the task, which attempt, and the texts by id. Recordings are found by it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Subject {
    /// `translate`, or `summarize` with what shapes the summary (`summarize paragraph 150 words`).
    pub task: String,
    /// 1 for the first time, 2 for the first repair, and so on.
    pub attempt: u32,
    /// The French texts, by segment id, in order. A summary has one, the whole article, under `article`.
    pub segments: Vec<Piece>,
}

/// One text with its id.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Piece {
    /// The id it goes out and comes back under.
    pub id: String,
    /// The text.
    pub text: String,
}

/// How the answer is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Shape {
    /// JSON that fits the request's schema.
    Json,
    /// Text in our tags.
    Tagged,
}

/// An answer that came to a good end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Completion {
    /// What the model wrote, a leading `<think>…</think>` taken off.
    pub text: String,
    /// Whether it was asked for JSON or for tagged text.
    pub shape: Shape,
    /// What it cost.
    pub usage: Usage,
    /// What the person who made the recording says of it (`altered to show the check`), if it is one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub remarks: Vec<String>,
}

/// Tokens as the server counted them; zero where it did not say.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Usage {
    /// Of the prompt.
    pub input: u64,
    /// Of the answer, reasoning included.
    pub output: u64,
}

impl std::ops::AddAssign for Usage {
    fn add_assign(&mut self, other: Self) {
        self.input += other.input;
        self.output += other.output;
    }
}

/// What an endpoint has sent to no use so far.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct InVain {
    /// Requests that were sent again: the server was busy, down or silent, took them written otherwise, or gave an
    /// answer that was none.
    pub retries: u64,
    /// Answers that broke off or were no completion. They may be billed, and nobody says for how much.
    pub broken: u64,
    /// What answers cost that were cut off, declined or empty. An [`EndpointError`] carries no cost.
    pub usage: Usage,
}

impl std::ops::AddAssign for InVain {
    fn add_assign(&mut self, other: Self) {
        self.retries += other.retries;
        self.broken += other.broken;
        self.usage += other.usage;
    }
}

/// Which model this is, for the user and for reports. Holds no secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ModelInfo {
    /// Host and port, without user, path or query: `api.openai.com`, `127.0.0.1:11434`.
    pub host: String,
    /// The model's name there.
    pub model: String,
    /// Whether the host is this machine.
    pub local: bool,
    /// Whether the answers are recordings rather than a model's.
    pub recorded: bool,
}

/// Why an endpoint gave us no usable completion.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum EndpointError {
    /// Nothing answers there.
    #[error("cannot reach {host}; is the server running, and is the address right?")]
    Unreachable {
        /// Host and port.
        host: String,
        /// The cause.
        #[source]
        cause: reqwest::Error,
    },
    /// Silence until the time was up.
    #[error("{host} did not answer within {}; raise `timeout` if the model is slow", seconds(*.after))]
    Timeout {
        /// Host and port.
        host: String,
        /// How long we waited.
        after: Duration,
    },
    /// 401 or 403.
    #[error("{host} refused the key ({status}); set FIDELE_API_KEY or `api_key` in your own settings file")]
    Unauthorized {
        /// Host and port.
        host: String,
        /// The HTTP status.
        status: u16,
    },
    /// The server does not know the model, or has nothing under this address.
    #[error("{host} has no model `{model}` at this address: {message}")]
    NoSuchModel {
        /// Host and port.
        host: String,
        /// The model asked for.
        model: String,
        /// What the server said.
        message: String,
    },
    /// The account is empty: waiting does not help.
    #[error("{host} says the quota is used up: {message}")]
    Quota {
        /// Host and port.
        host: String,
        /// What the server said.
        message: String,
    },
    /// Still too busy or broken after all retries.
    #[error("{host} answered {status} after {attempts} attempts: {message}")]
    Unavailable {
        /// Host and port.
        host: String,
        /// The last HTTP status.
        status: u16,
        /// How often we asked.
        attempts: u32,
        /// What the server said.
        message: String,
    },
    /// A 4xx that no retry mends.
    #[error("{host} rejected the request ({status}): {message}")]
    Rejected {
        /// Host and port.
        host: String,
        /// The HTTP status.
        status: u16,
        /// What the server said.
        message: String,
    },
    /// The prompt does not fit the model's window.
    #[error("the prompt is longer than the model's window; lower `chunk_tokens`: {message}")]
    TooLong {
        /// What the server said.
        message: String,
    },
    /// It sends us elsewhere, where neither key nor text goes.
    #[error("{host} redirects to {to}; if you trust it, make that the endpoint's address")]
    Moved {
        /// Host and port.
        host: String,
        /// Host and port; nothing else of the address.
        to: String,
    },
    /// The answer is no chat completion: a web page, broken JSON, no choices.
    #[error("{host} did not answer as a chat endpoint: {message}")]
    NotACompletion {
        /// Host and port.
        host: String,
        /// What came instead, in short.
        message: String,
    },
    /// The answer stopped at the model's limit, so its end is missing. Never accepted, never retried as is.
    #[error("the answer was cut off at the model's limit; lower `chunk_tokens`")]
    Truncated,
    /// A content filter or the model itself declined.
    #[error("the model declined to answer: {message}")]
    Refused {
        /// In what words.
        message: String,
    },
    /// Nothing came.
    #[error("the model gave an empty answer")]
    Empty,
    /// Replay knows no such text.
    #[error("no recording of this text ({what}); connect a model to translate it")]
    NoRecording {
        /// Task, attempt and the first words.
        what: String,
    },
    /// It has failed so often in a row, with nothing good between, that it must be down.
    #[error("{host} failed {failures} times in a row and seems to be down; the last time: {message}")]
    Down {
        /// Host and port.
        host: String,
        /// How often, over all articles.
        failures: u32,
        /// What happened last.
        message: String,
    },
    /// The request could exceed what the run may cost.
    #[error("the budget of {cap} is used up")]
    OverBudget {
        /// The cap, with its unit.
        cap: String,
    },
    /// The user stopped the run.
    #[error("stopped")]
    Stopped,
}

fn seconds(duration: Duration) -> String {
    format!("{} s", duration.as_secs())
}

impl EndpointError {
    /// Whether no other request can fare better: the run stops at once.
    #[must_use]
    pub fn stops_the_run(&self) -> bool {
        matches!(
            self,
            Self::Unreachable { .. }
                | Self::Unauthorized { .. }
                | Self::NoSuchModel { .. }
                | Self::Moved { .. }
                | Self::Quota { .. }
                | Self::Down { .. }
                | Self::OverBudget { .. }
                | Self::Stopped
        )
    }

    /// Whether the same text in smaller portions, or asked for again, may fare better.
    #[must_use]
    pub fn may_be_mended(&self) -> bool {
        matches!(
            self,
            Self::Truncated | Self::Refused { .. } | Self::Empty | Self::TooLong { .. }
        )
    }
}

/// A language model we can ask: HTTP in life, a script in tests.
pub trait Endpoint: Send + Sync {
    /// Asks. Retries are the implementation's own affair; what comes back is complete as far as HTTP and the finish
    /// reason tell.
    ///
    /// # Errors
    /// See [`EndpointError`].
    fn complete(&self, request: &Request) -> impl Future<Output = Result<Completion, EndpointError>> + Send;

    /// Which model this is.
    fn info(&self) -> &ModelInfo;

    /// The keys under which the journal may hold the answer to this request, the likeliest first: one for each
    /// [`Shape`] in which it could be asked. They hold dialect, address and request, and no secret.
    fn identities(&self, request: &Request) -> Vec<(Shape, String)>;

    /// What was sent to no use so far.
    fn in_vain(&self) -> InVain {
        InVain::default()
    }
}

impl<E: Endpoint> Endpoint for std::sync::Arc<E> {
    fn complete(&self, request: &Request) -> impl Future<Output = Result<Completion, EndpointError>> + Send {
        self.as_ref().complete(request)
    }

    fn info(&self) -> &ModelInfo {
        self.as_ref().info()
    }

    fn identities(&self, request: &Request) -> Vec<(Shape, String)> {
        self.as_ref().identities(request)
    }

    fn in_vain(&self) -> InVain {
        self.as_ref().in_vain()
    }
}
