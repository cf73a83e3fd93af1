//! The OpenAI-compatible chat dialect, spoken by OpenAI, vLLM, llama.cpp, LM Studio, Mistral, Groq and many more.
//!
//! Pure functions: a [`Request`] becomes the JSON body of `POST {base}/chat/completions`, and a JSON body becomes an
//! [`Answer`]. What the servers do not agree on is a value, [`Quirks`]; `http` learns it from their refusals.
//!
//! Law: the finish reason is always read. An answer without one is judged by its content, never by its absence.
//!
//! # Not done
//! Tools are not asked for and not read. Answers in pieces are put together in `stream`.

use std::borrow::Cow;

use serde::Serialize;
use serde_json::{Value, json};

use super::failure::Failure;
use super::stream::Delivery;
use super::words::{excerpt, is_web_page, web_page};
use super::{Completion, Request, Shape, Usage};

/// The dialect's name in the keys of the journal.
pub const DIALECT: &str = "openai";

/// Under which name the longest answer is announced.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Limit {
    /// `max_tokens`: what most servers know.
    MaxTokens,
    /// `max_completion_tokens`: what OpenAI's reasoning models insist on.
    MaxCompletionTokens,
    /// Not at all: the server's own limit holds. A cut-off answer is still known by its finish reason.
    Unsaid,
}

impl Limit {
    /// The member of the request that carries it.
    #[must_use]
    pub fn member(self) -> Option<&'static str> {
        match self {
            Self::MaxTokens => Some("max_tokens"),
            Self::MaxCompletionTokens => Some("max_completion_tokens"),
            Self::Unsaid => None,
        }
    }
}

/// Whether a temperature is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Temperature {
    /// 0: the likeliest words, as far as the server can repeat itself.
    Zero,
    /// The server's own: some models take no other.
    Unsaid,
}

/// What a server takes and what it does not; the settings give the first guess, its refusals the rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Quirks {
    /// Whether it is sent a JSON schema.
    pub shape: Shape,
    /// How the longest answer is announced.
    pub limit: Limit,
    /// Whether a temperature is sent.
    pub temperature: Temperature,
    /// Whether the answer is to come in pieces.
    pub delivery: Delivery,
    /// How many times the longest answer is allowed: a model that thinks before it writes needs more than it writes.
    pub room: u32,
}

impl Quirks {
    /// The most room a model is given.
    pub const MOST_ROOM: u32 = 16;

    /// The longest answer, thoughts included.
    #[must_use]
    pub fn longest(self, request: &Request) -> u32 {
        request.max_output.0.saturating_mul(self.room)
    }

    /// Twice the room, if there is more and the longest answer is announced at all.
    #[must_use]
    pub fn roomier(self) -> Option<Self> {
        let room = self.room.saturating_mul(2);
        let may = self.limit != Limit::Unsaid && room <= Self::MOST_ROOM;
        may.then_some(Self { room, ..self })
    }
}

impl Default for Quirks {
    fn default() -> Self {
        Self {
            shape: Shape::Json,
            limit: Limit::MaxTokens,
            temperature: Temperature::Zero,
            delivery: Delivery::Whole,
            room: 1,
        }
    }
}

/// The JSON body that asks for a request, its members in the order in which they are written.
#[derive(Serialize)]
pub(super) struct Body<'a> {
    model: &'a str,
    messages: [Message<'a>; 2],
    stream: bool,
    /// Without it, nobody says what an answer in pieces cost.
    #[serde(skip_serializing_if = "Option::is_none")]
    stream_options: Option<StreamOptions>,
    #[serde(skip_serializing_if = "Option::is_none")]
    temperature: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_tokens: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_completion_tokens: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    response_format: Option<ResponseFormat<'a>>,
}

#[derive(Serialize)]
struct Message<'a> {
    role: &'static str,
    content: &'a str,
}

#[derive(Serialize)]
struct StreamOptions {
    include_usage: bool,
}

#[derive(Serialize)]
struct ResponseFormat<'a> {
    r#type: &'static str,
    json_schema: JsonSchema<'a>,
}

#[derive(Serialize)]
struct JsonSchema<'a> {
    name: &'a str,
    strict: bool,
    schema: &'a Value,
}

impl<'a> Body<'a> {
    pub(super) fn new(request: &'a Request, model: &'a str, quirks: Quirks) -> Self {
        let (system, user) = prompt(request, quirks.shape);
        let message = |role, content| Message { role, content };
        let longest = |limit| (quirks.limit == limit).then(|| quirks.longest(request));
        let schema = || ResponseFormat {
            r#type: "json_schema",
            json_schema: JsonSchema {
                name: request.schema.name,
                strict: true,
                schema: &request.schema.schema,
            },
        };
        Self {
            model,
            messages: [message("system", system), message("user", user)],
            stream: quirks.delivery.is_streamed(),
            stream_options: (quirks.delivery == Delivery::Pieces)
                .then_some(StreamOptions { include_usage: true }),
            temperature: (quirks.temperature == Temperature::Zero).then_some(0),
            max_tokens: longest(Limit::MaxTokens),
            max_completion_tokens: longest(Limit::MaxCompletionTokens),
            response_format: (quirks.shape == Shape::Json).then(schema),
        }
    }
}

/// The JSON body that asks for `request`.
#[must_use]
pub fn body(request: &Request, model: &str, quirks: Quirks) -> Value {
    json!(Body::new(request, model, quirks))
}

/// Instructions and material, as they are worded for answers of this shape.
pub(super) fn prompt(request: &Request, shape: Shape) -> (&str, &str) {
    match shape {
        Shape::Json => (&request.system, &request.user),
        Shape::Tagged => (&request.tagged.system, &request.tagged.user),
    }
}

/// What a body says, whatever its HTTP status.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// An answer that came to a good end.
    Complete(Completion),
    /// It stopped at the model's limit.
    Truncated(Usage),
    /// It stopped there before a word of the answer was written: the thoughts took all the room.
    Unbegun(Usage),
    /// A filter or the model declined.
    Refused {
        /// In what words.
        message: String,
        /// What it cost all the same.
        usage: Usage,
    },
    /// Nothing was written, or nothing but thoughts.
    Empty(Usage),
    /// The server reports an error.
    Failed(Failure),
    /// No chat completion: what came instead, in short.
    Alien(String),
}

/// Reads the body of an answer. An `error` in it counts before any choice: some servers send one with status 200.
#[must_use]
pub fn read(bytes: &[u8], shape: Shape) -> Answer {
    let body = match json_of(bytes) {
        Ok(body) => body,
        Err(what) => return Answer::Alien(what),
    };
    if let Some(failure) = Failure::in_body(&body) {
        return Answer::Failed(failure);
    }
    let Some(choice) = body.pointer("/choices/0").filter(|choice| choice.is_object()) else {
        return Answer::Alien("JSON without `choices`".to_owned());
    };
    let usage = usage(&body);
    let message = &choice["message"];
    let refusal = message["refusal"]
        .as_str()
        .filter(|words| !words.trim().is_empty());
    let finish = choice["finish_reason"].as_str().unwrap_or_default();
    match finish {
        "length" | "model_length" | "max_tokens" => return cut(&content(&message["content"]), usage),
        "content_filter" => {
            let message = excerpt(refusal.unwrap_or("content filter"));
            return Answer::Refused { message, usage };
        }
        // Mistral's word for an answer that broke inside the server.
        "error" => return Answer::Alien("finish reason `error`".to_owned()),
        // `stop`, none, or a word we do not know: the content decides, here and in whoever reads the text.
        _ => {}
    }
    if let Some(words) = refusal {
        let message = excerpt(words);
        return Answer::Refused { message, usage };
    }
    let content = content(&message["content"]);
    match complete(&content, shape, usage) {
        Answer::Complete(completion) => Answer::Complete(Completion {
            remarks: remarks(&body),
            ..completion
        }),
        other => other,
    }
}

/// An answer that stopped at the limit.
pub(super) fn cut(content: &str, usage: Usage) -> Answer {
    if without_thoughts(content).trim().is_empty() {
        Answer::Unbegun(usage)
    } else {
        Answer::Truncated(usage)
    }
}

/// An answer that came to a good end, if there is anything in it besides thoughts.
pub(super) fn complete(content: &str, shape: Shape, usage: Usage) -> Answer {
    let text = without_thoughts(content);
    if text.trim().is_empty() {
        return Answer::Empty(usage);
    }
    Answer::Complete(Completion {
        text: text.to_owned(),
        shape,
        usage,
        remarks: Vec::new(),
    })
}

/// The JSON of a body, or what came instead.
pub(super) fn json_of(bytes: &[u8]) -> Result<Value, String> {
    serde_json::from_slice(bytes).map_err(|error| not_json(bytes, &error))
}

/// The text of a message: a string, or a list of parts of which the `text` ones are the answer. Thoughts that come as
/// parts of their own (`thinking`) are left out.
pub(super) fn content(content: &Value) -> Cow<'_, str> {
    match content {
        Value::String(text) => Cow::Borrowed(text),
        Value::Array(parts) => parts
            .iter()
            .filter(|part| {
                part["type"]
                    .as_str()
                    .is_none_or(|kind| kind == "text" || kind == "output_text")
            })
            .filter_map(|part| part["text"].as_str())
            .collect(),
        _ => Cow::Borrowed(""),
    }
}

/// The answer without the thoughts before it. Chat templates that open the `<think>` themselves leave only its end in
/// the answer: then the words before the end go too, unless they begin as an answer does (`{`, `[`, `<`, a fence),
/// since an article may speak of `</think>`. Thoughts that never end leave nothing: the answer was not reached.
fn without_thoughts(text: &str) -> &str {
    const OPEN: &str = "<think>";
    const CLOSE: &str = "</think>";
    let mut rest = text.trim_start();
    let mut opened = false;
    while let Some(thoughts) = rest.strip_prefix(OPEN) {
        opened = true;
        let Some((_, after)) = thoughts.split_once(CLOSE) else {
            return "";
        };
        rest = after.trim_start();
    }
    if !opened
        && !rest.starts_with(['{', '[', '<', '`'])
        && let Some((_, after)) = rest.split_once(CLOSE)
    {
        return after.trim_start();
    }
    if opened { rest } else { text }
}

fn usage(body: &Value) -> Usage {
    let count = |member: &str| body["usage"][member].as_u64().unwrap_or_default();
    Usage {
        input: count("prompt_tokens"),
        output: count("completion_tokens"),
    }
}

/// What the replay server says of its recordings, in a member that no other server sends.
fn remarks(body: &Value) -> Vec<String> {
    let remarks = body["fidele_remarks"].as_array();
    remarks
        .into_iter()
        .flatten()
        .filter_map(|remark| remark.as_str().map(str::to_owned))
        .collect()
}

/// What came instead of JSON, in words for a person.
fn not_json(bytes: &[u8], error: &serde_json::Error) -> String {
    let text = String::from_utf8_lossy(bytes);
    if text.trim().is_empty() {
        "an empty body".to_owned()
    } else if is_web_page(&text) {
        web_page(&text)
    } else if error.is_eof() {
        "JSON that breaks off".to_owned()
    } else {
        format!("no JSON: {}", excerpt(&text))
    }
}

/// A request for the tests of the dialects.
#[cfg(test)]
pub(super) fn example() -> Request {
    use super::{Piece, Schema, Subject, Tagged};
    use crate::tokens::Tokens;

    Request {
        system: "Translate. Answer in JSON.".to_owned(),
        user: "Le chat dort.".to_owned(),
        schema: Schema {
            name: "translation",
            schema: std::borrow::Cow::Owned(json!({"type": "object"})),
        },
        tagged: Tagged {
            system: "Translate. Answer in tags.".to_owned(),
            user: "<b1>Le chat dort.</b1>".to_owned(),
        },
        max_output: Tokens(300),
        mark: "0a1b".to_owned(),
        subject: Subject {
            task: "translate".to_owned(),
            attempt: 1,
            segments: vec![Piece {
                id: "b1".to_owned(),
                text: "Le chat dort.".to_owned(),
            }],
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(choice: &Value) -> Answer {
        let body = json!({
            "choices": [choice],
            "usage": {"prompt_tokens": 12, "completion_tokens": 5, "total_tokens": 17},
        });
        read(body.to_string().as_bytes(), Shape::Json)
    }

    fn text_of(content: &Value) -> Option<String> {
        match answer(&json!({"message": {"content": content}, "finish_reason": "stop"})) {
            Answer::Complete(completion) => Some(completion.text),
            Answer::Empty(_) => None,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_request_asks_for_json_by_a_strict_schema() {
        let body = body(&example(), "m", Quirks::default());
        assert_eq!(body["response_format"]["json_schema"]["strict"], true);
        assert_eq!(body["response_format"]["json_schema"]["name"], "translation");
        assert_eq!(body["messages"][0]["content"], "Translate. Answer in JSON.");
        assert_eq!(body["max_tokens"], 300);
        assert_eq!(body["temperature"], 0);
        assert_eq!(body["stream"], false);
    }

    #[test]
    fn a_tagged_request_has_the_tagged_texts_and_no_schema() {
        let quirks = Quirks {
            shape: Shape::Tagged,
            limit: Limit::Unsaid,
            temperature: Temperature::Unsaid,
            ..Quirks::default()
        };
        let body = body(&example(), "m", quirks);
        assert_eq!(body["messages"][1]["content"], "<b1>Le chat dort.</b1>");
        let members: Vec<_> = body.as_object().unwrap().keys().collect();
        assert_eq!(members, ["model", "messages", "stream"]);
    }

    #[test]
    fn the_limit_goes_under_the_name_the_server_knows() {
        let quirks = Quirks {
            limit: Limit::MaxCompletionTokens,
            ..Quirks::default()
        };
        let body = body(&example(), "m", quirks);
        assert_eq!(body["max_completion_tokens"], 300);
        assert!(body.get("max_tokens").is_none());
    }

    #[test]
    fn the_subject_never_reaches_a_model() {
        assert!(body(&example(), "m", Quirks::default()).get("fidele").is_none());
    }

    #[test]
    fn a_good_answer_has_its_text_and_its_usage() {
        let got = answer(&json!({"message": {"content": "The cat sleeps."}, "finish_reason": "stop"}));
        let Answer::Complete(completion) = got else {
            panic!("{got:?}")
        };
        assert_eq!(completion.text, "The cat sleeps.");
        assert_eq!(completion.usage, Usage { input: 12, output: 5 });
    }

    #[test]
    fn the_finish_reason_is_always_read() {
        let with = |reason: Value| answer(&json!({"message": {"content": "The"}, "finish_reason": reason}));
        let cost = Usage { input: 12, output: 5 };
        assert_eq!(with(json!("length")), Answer::Truncated(cost));
        assert_eq!(with(json!("model_length")), Answer::Truncated(cost));
        assert!(matches!(with(json!("content_filter")), Answer::Refused { .. }));
        assert!(matches!(with(json!("error")), Answer::Alien(_)));
        assert!(matches!(with(json!("stop")), Answer::Complete(_)));
        assert!(matches!(with(Value::Null), Answer::Complete(_)));
        assert!(matches!(with(json!("eos_token")), Answer::Complete(_)));
    }

    #[test]
    fn a_reasoning_model_that_used_up_its_limit_is_cut_off_not_empty() {
        for thoughts in [Value::Null, json!("<think>Let me"), json!(" ")] {
            let got = answer(&json!({"message": {"content": thoughts}, "finish_reason": "length"}));
            assert!(matches!(got, Answer::Unbegun(_)), "{got:?}");
        }
    }

    #[test]
    fn room_doubles_up_to_its_most() {
        let rooms = std::iter::successors(Some(Quirks::default()), |quirks| quirks.roomier());
        let rooms: Vec<u32> = rooms.map(|quirks| quirks.longest(&example())).collect();
        assert_eq!(rooms, [300, 600, 1_200, 2_400, 4_800]);
        let unsaid = Quirks {
            limit: Limit::Unsaid,
            ..Quirks::default()
        };
        assert_eq!(unsaid.roomier(), None);
    }

    #[test]
    fn a_refusal_is_no_answer() {
        let got =
            answer(&json!({"message": {"content": null, "refusal": "I cannot."}, "finish_reason": "stop"}));
        assert!(matches!(got, Answer::Refused { message, .. } if message == "I cannot."));
    }

    #[test]
    fn null_missing_and_blank_contents_are_empty() {
        assert_eq!(text_of(&Value::Null), None);
        assert_eq!(text_of(&json!(" \n")), None);
        assert_eq!(text_of(&json!([])), None);
        assert!(matches!(answer(&json!({})), Answer::Empty(_)));
    }

    #[test]
    fn thoughts_before_the_answer_are_taken_off() {
        let cases = [
            ("<think>Let me see.</think>\n\n{\"a\":1}", Some("{\"a\":1}")),
            ("\n<think>one</think><think>two</think>yes", Some("yes")),
            ("Let me see.\n</think>\n{\"a\":1}", Some("{\"a\":1}")),
            // An article may speak of the tag.
            (
                "{\"a\":\"the </think> tag\"}",
                Some("{\"a\":\"the </think> tag\"}"),
            ),
            ("<b1>the </think> tag</b1>", Some("<b1>the </think> tag</b1>")),
            ("A <think> in the middle", Some("A <think> in the middle")),
            ("<think>never ends", None),
            ("<think>only thoughts</think>", None),
        ];
        for (content, text) in cases {
            assert_eq!(text_of(&json!(content)).as_deref(), text, "{content:?}");
        }
    }

    #[test]
    fn parts_are_joined_and_thinking_parts_left_out() {
        let parts = json!([{"type": "thinking", "text": "hm"}, {"type": "text", "text": "The "}, {"type": "text", "text": "cat"}]);
        assert_eq!(text_of(&parts).as_deref(), Some("The cat"));
    }

    #[test]
    fn what_is_no_completion_is_named_in_short() {
        let alien = |bytes: &str| match read(bytes.as_bytes(), Shape::Json) {
            Answer::Alien(what) => what,
            other => panic!("{other:?}"),
        };
        assert_eq!(alien(""), "an empty body");
        assert_eq!(alien("{\"choices\":[{\"mess"), "JSON that breaks off");
        assert_eq!(alien("{\"object\":\"list\"}"), "JSON without `choices`");
        assert_eq!(alien("{\"choices\":[],\"usage\":null}"), "JSON without `choices`");
        assert_eq!(
            alien("<!DOCTYPE html><title>Log in</title>"),
            "a web page (Log in)"
        );
        assert!(alien("upstream fell over").starts_with("no JSON: upstream"));
    }

    #[test]
    fn an_error_inside_a_good_status_counts_before_the_choices() {
        let body = json!({"error": {"message": "overloaded", "code": 503}, "choices": [{"message": {"content": "x"}}]});
        let Answer::Failed(failure) = read(body.to_string().as_bytes(), Shape::Json) else {
            panic!("the error was not seen")
        };
        assert_eq!(failure.status, Some(503));
        // A null error is none.
        let body =
            json!({"error": null, "choices": [{"message": {"content": "x"}, "finish_reason": "stop"}]});
        assert!(matches!(
            read(body.to_string().as_bytes(), Shape::Json),
            Answer::Complete(_)
        ));
    }
}
