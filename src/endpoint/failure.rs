//! What a server's error says, and what follows from it.
//!
//! In: an HTTP status and a body in any of the shapes servers use: nested (`{"error":{"message",…}}`, OpenAI and most
//! others), flat (`{"object":"error","message",…}`, older vLLM, Mistral), a bare string (`{"error":"…"}`, Ollama), a
//! list of one (Gemini's compatible door), `detail` (`FastAPI`), a web page (proxies), plain text. Out: a [`Failure`] and
//! its [`Meaning`]. Pure.
//!
//! Law: a request that cannot succeed is not repeated. Where wording decides, the words are the ones the servers'
//! documentation or source gives; an unknown wording falls back to the meaning of the status.

use std::time::Duration;

use serde_json::Value;

use super::Shape;
use super::openai::{Limit, Quirks, Temperature};
use super::stream::Delivery;
use super::words::{excerpt, is_web_page, web_page};

/// A server's error, in one form for all servers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Failure {
    /// The HTTP status, or the one the body names when it came with 200.
    pub status: Option<u16>,
    /// `error.code`, if it is a word: `context_length_exceeded`.
    pub code: String,
    /// `error.type` or `error.status`: `invalid_request_error`, `RESOURCE_EXHAUSTED`.
    pub kind: String,
    /// The member of the request it complains of.
    pub param: String,
    /// In words, short and without control characters.
    pub message: String,
    /// How long to wait, where the body says so (Google's `RetryInfo`).
    pub delay: Option<Duration>,
}

/// What to do about a failure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Meaning {
    /// Ask again at once, otherwise.
    Adapt(Quirks),
    /// Too many requests: wait, and slow down.
    Busy,
    /// The server is in trouble: wait.
    Down,
    /// The key is not accepted.
    Unauthorized,
    /// No such model, or nothing under this address.
    NoSuchModel,
    /// The account is empty.
    Quota,
    /// The prompt does not fit.
    TooLong,
    /// A filter declined.
    Refused,
    /// Replay knows no such text.
    NoRecording,
    /// No retry mends it.
    Rejected,
}

impl Failure {
    /// The failure of an answer whose status says that it is one.
    #[must_use]
    pub fn of(status: u16, body: &[u8]) -> Self {
        let text = String::from_utf8_lossy(body);
        let read = serde_json::from_slice(body)
            .ok()
            .and_then(|body| Self::in_body(&body));
        let mut failure = read.unwrap_or_else(|| Self {
            message: if is_web_page(&text) {
                web_page(&text)
            } else {
                excerpt(&text)
            },
            ..Self::default()
        });
        failure.status = Some(status);
        if failure.message.is_empty() {
            "no explanation".clone_into(&mut failure.message);
        }
        failure
    }

    /// The error a JSON body reports, if it reports one; its `status` is the one the body names.
    #[must_use]
    pub fn in_body(body: &Value) -> Option<Self> {
        let body = match body {
            Value::Array(list) if list.len() == 1 => &list[0],
            other => other,
        };
        let nested = &body["error"];
        match nested {
            Value::Object(_) => return Some(Self::read(nested)),
            Value::String(message) if !message.is_empty() => {
                return Some(Self {
                    message: excerpt(message),
                    ..Self::read(body)
                });
            }
            Value::Array(list) if !list.is_empty() => return Some(Self::read(&list[0])),
            _ => {}
        }
        if body["object"] == "error" || (body["choices"].is_null() && body["message"].is_string()) {
            return Some(Self::read(body));
        }
        match &body["detail"] {
            Value::String(detail) => Some(Self {
                message: excerpt(detail),
                ..Self::default()
            }),
            Value::Array(details) if !details.is_empty() => Some(Self::validation(details)),
            _ => None,
        }
    }

    /// The members of an error object, wherever it stood.
    fn read(error: &Value) -> Self {
        let word = |member: &str| error[member].as_str().unwrap_or_default().to_owned();
        let number = |member: &str| {
            let value = &error[member];
            let number = value.as_u64().or_else(|| value.as_str()?.parse().ok());
            number.and_then(|number| u16::try_from(number).ok())
        };
        let status = ["code", "raw_status_code", "status"]
            .into_iter()
            .filter_map(number);
        let kind = [word("type"), word("status")]
            .into_iter()
            .find(|kind| !kind.is_empty());
        let filtered = error["innererror"]["content_filter_result"].is_object();
        let code = if filtered {
            "content_filter".to_owned()
        } else {
            word("code")
        };
        let message = match &error["message"] {
            Value::String(words) => excerpt(words),
            // Mistral puts FastAPI's list here.
            nested => Self::in_body(nested).map_or_else(String::new, |failure| failure.message),
        };
        Self {
            status: status.into_iter().find(|status| (400..600).contains(status)),
            code,
            kind: kind.unwrap_or_default(),
            param: word("param"),
            message,
            delay: retry_info(error),
        }
    }

    /// `FastAPI`'s list: where (`body`, `response_format`) and what. What was sent (`input`) is not read.
    fn validation(details: &[Value]) -> Self {
        let lines: Vec<String> = details
            .iter()
            .map(|detail| {
                let place: Vec<_> = detail["loc"]
                    .as_array()
                    .into_iter()
                    .flatten()
                    .filter_map(Value::as_str)
                    .collect();
                format!(
                    "{}: {}",
                    place.join("."),
                    detail["msg"].as_str().unwrap_or_default()
                )
            })
            .collect();
        Self {
            message: excerpt(&lines.join("; ")),
            ..Self::default()
        }
    }

    /// What to do about it, given how the request was written. `wait` says whether a header named a time to wait.
    #[must_use]
    pub fn meaning(&self, sent: Quirks, wait: bool) -> Meaning {
        let status = self.status.unwrap_or_else(|| self.likely_status());
        let message = self.message.to_lowercase();
        let says = |words: &[&str]| words.iter().any(|word| message.contains(word));
        let is = |words: &[&str]| words.iter().any(|word| self.code == *word || self.kind == *word);

        if is(&["no_recording"]) {
            return Meaning::NoRecording;
        }
        if is(&["content_filter", "content_policy_violation"])
            || (status == 403 && says(&["moderation", "flagged"]))
        {
            return Meaning::Refused;
        }
        if matches!(status, 400 | 422 | 500 | 501)
            && let Some(quirks) = self.adapted(sent, status)
        {
            return Meaning::Adapt(quirks);
        }
        if is(TOO_LONG_CODES) || (matches!(status, 400 | 413 | 422 | 429 | 500) && says(TOO_LONG_WORDS)) {
            return Meaning::TooLong;
        }
        match status {
            // Anthropic's word for an empty account is a 400; Google's for a wrong key is one too.
            400 if says(&["credit balance is too low"]) => Meaning::Quota,
            400 if says(&["api key not valid", "api key expired"]) => Meaning::Unauthorized,
            401 | 403 => Meaning::Unauthorized,
            402 => Meaning::Quota,
            413 => Meaning::TooLong,
            // Google says `exceeded your current quota` of its limits per minute too, and then names a wait.
            429 if is(QUOTA_CODES) || (says(QUOTA_WORDS) && self.delay.is_none() && !wait) => Meaning::Quota,
            429 | 529 => Meaning::Busy,
            501 => Meaning::Rejected,
            408 | 409 | 425 | 500.. => Meaning::Down,
            404 => Meaning::NoSuchModel,
            _ if is(&["model_not_found"]) => Meaning::NoSuchModel,
            _ if says(&["model"]) && says(&["does not exist", "not found", "no models loaded"]) => {
                Meaning::NoSuchModel
            }
            _ => Meaning::Rejected,
        }
    }

    /// How else to ask, where the server complains of how we asked.
    fn adapted(&self, sent: Quirks, status: u16) -> Option<Quirks> {
        let message = self.message.to_lowercase();
        let names = |word: &str| self.param.contains(word) || message.contains(word);
        let asked_wrongly = matches!(status, 400 | 422);

        // Anthropic and Gemini name the member, Ollama the JSON it cannot take as one.
        let schema_of_another = [
            "output_config",
            "output_format",
            "output format",
            "responseschema",
            "response_schema",
            "responsemimetype",
            "json mode",
            "invalid format",
        ];
        if sent.shape == Shape::Json && asked_wrongly && schema_of_another.into_iter().any(names) {
            return Some(Quirks {
                shape: Shape::Tagged,
                ..sent
            });
        }
        // A server that chokes on the schema may say so with a 500; only one that names it is believed.
        let schema = [
            "response_format",
            "json_schema",
            "structured output",
            "guided",
            "grammar",
        ];
        if sent.shape == Shape::Json && schema.into_iter().any(names) {
            return Some(Quirks {
                shape: Shape::Tagged,
                ..sent
            });
        }
        if asked_wrongly && sent.temperature == Temperature::Zero && names("temperature") {
            return Some(Quirks {
                temperature: Temperature::Unsaid,
                ..sent
            });
        }
        if asked_wrongly && sent.delivery.is_streamed() {
            let is_of_the_count = sent.delivery == Delivery::Pieces && names("stream_options");
            let words = message.split(|c: char| !c.is_alphanumeric() && c != '_');
            let mut of_streams = words.chain([self.param.as_str()]);
            let delivery = if is_of_the_count {
                Some(Delivery::BarePieces)
            } else {
                of_streams
                    .any(|word| matches!(word, "stream" | "streaming"))
                    .then_some(Delivery::Whole)
            };
            if let Some(delivery) = delivery {
                return Some(Quirks { delivery, ..sent });
            }
        }
        let member = sent.limit.member()?;
        if asked_wrongly && names(member) {
            let too_large = ["too large", "at most", "less than", "greater than", "maximum"];
            let limit = if too_large.into_iter().any(|word| message.contains(word)) {
                Limit::Unsaid
            } else if sent.limit == Limit::MaxTokens {
                Limit::MaxCompletionTokens
            } else if message.contains("max_tokens") {
                Limit::MaxTokens
            } else {
                Limit::Unsaid
            };
            return Some(Quirks { limit, ..sent });
        }
        None
    }

    /// The status an error would have had, had it not come with 200 and no number. 400 where nothing tells.
    fn likely_status(&self) -> u16 {
        let words = format!("{} {} {}", self.code, self.kind, self.message).to_lowercase();
        let says = |list: &[&str]| list.iter().any(|word| words.contains(word));
        if says(&[
            "rate_limit",
            "rate limit",
            "resource_exhausted",
            "too many requests",
        ]) {
            429
        } else if says(&[
            "overloaded",
            "unavailable",
            "timeout",
            "timed out",
            "loading",
            "internal",
            "server_error",
        ]) {
            503
        } else if says(&["authentication", "unauthorized", "api key"]) {
            401
        } else {
            400
        }
    }
}

/// OpenAI and its clones; llama.cpp.
const TOO_LONG_CODES: &[&str] = &[
    "context_length_exceeded",
    "exceed_context_size_error",
    "request_too_large",
];

/// OpenAI, vLLM, llama.cpp, LM Studio, Groq. A 429 `Request too large` (tokens per minute) never passes by waiting.
const TOO_LONG_WORDS: &[&str] = &[
    "context length",
    "context window",
    "context size",
    "context_length",
    "prompt is too long",
    "input is too long",
    "too many tokens",
    "request too large",
    "input token count",
];

/// OpenAI (`insufficient_quota`, `billing_…`), `OpenRouter`, `DeepSeek`.
const QUOTA_CODES: &[&str] = &[
    "insufficient_quota",
    "billing_hard_limit_reached",
    "billing_not_active",
    "credit_balance_exhausted",
    "insufficient_balance",
    "spend_limit_exceeded",
];

const QUOTA_WORDS: &[&str] = &[
    "exceeded your current quota",
    "insufficient balance",
    "credit balance",
    "insufficient credit",
    "spend limit",
    "spending limit",
];

/// `{"details":[{"@type":"…RetryInfo","retryDelay":"32s"}]}`
fn retry_info(error: &Value) -> Option<Duration> {
    let details = error["details"].as_array()?;
    let delay = details.iter().find_map(|detail| detail["retryDelay"].as_str())?;
    let seconds: f64 = delay.strip_suffix('s')?.parse().ok()?;
    Duration::try_from_secs_f64(seconds).ok()
}

#[cfg(test)]
mod tests;
