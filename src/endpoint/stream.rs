//! Answers that come in pieces, put together again.
//!
//! A proxy between us and a model may cut a connection on which nothing moves for a minute, and a model that writes its
//! whole answer before it sends it is silent for longer. Asked to send as it writes, it is not. In: all bytes of such an
//! answer. Out: the body that the same server would have sent in one piece, which the dialect then reads.
//!
//! Law: an answer whose end did not come is none. The end is what the dialect gives as one: a finish reason, or the
//! event after the last. An error among the pieces counts before them.
//!
//! The pieces are put together once all have come: nobody reads half an answer. Sources: the API references
//! ("Streaming"), and the HTML standard, "Server-sent events", for the framing.

use serde_json::{Value, json};

use super::dialect::Dialect;
use super::failure::Failure;
use super::openai;

/// Whether answers are asked for in pieces.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Streaming {
    /// Once a connection was cut after a long silence.
    #[default]
    Auto,
    /// From the first request on.
    On,
    /// Never.
    Off,
}

impl Streaming {
    /// All of them, by the names that settings use.
    pub const ALL: [(&'static str, Self); 3] = [("auto", Self::Auto), ("on", Self::On), ("off", Self::Off)];
}

/// How an answer is to come.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Delivery {
    /// In one piece.
    #[default]
    Whole,
    /// In pieces, and the count of its tokens with them.
    Pieces,
    /// In pieces, from a server that does not take the request for the count.
    BarePieces,
}

impl Delivery {
    /// Whether it comes as it is written.
    #[must_use]
    pub fn is_streamed(self) -> bool {
        self != Self::Whole
    }
}

/// What is said of an answer whose end did not come.
pub const BREAKS_OFF: &str = "the answer breaks off";

/// The body in one piece. One that came so although it was asked for in pieces stays as it is.
///
/// # Errors
/// Its end did not come.
pub fn whole(dialect: Dialect, bytes: &[u8]) -> Result<Vec<u8>, &'static str> {
    let text = String::from_utf8_lossy(bytes);
    let body = match dialect {
        Dialect::Ollama => ollama(&text),
        _ if !is_event_stream(&text) => return Ok(bytes.to_vec()),
        Dialect::OpenAi => openai(&text),
        Dialect::Anthropic => anthropic(&text),
        Dialect::Gemini => gemini(&text),
    };
    Ok(body?.to_string().into_bytes())
}

/// Whether the first line is one of an event stream.
fn is_event_stream(text: &str) -> bool {
    let text = text.trim_start_matches('\u{FEFF}').trim_start();
    ["data:", "event:", "id:", "retry:", ":"]
        .into_iter()
        .any(|field| text.starts_with(field))
}

/// The data of each event, in order. Comments, by which servers keep a connection alive, are passed over; an event whose
/// empty line did not come is given all the same: whether it is whole, its JSON tells.
fn events(text: &str) -> Vec<String> {
    let mut events = Vec::new();
    let mut data: Option<String> = None;
    for line in text.lines() {
        if line.is_empty() {
            events.extend(data.take());
        } else if let Some(value) = line.strip_prefix("data:") {
            let value = value.strip_prefix(' ').unwrap_or(value);
            match &mut data {
                Some(data) => {
                    data.push('\n');
                    data.push_str(value);
                }
                None => data = Some(value.to_owned()),
            }
        }
    }
    events.extend(data);
    events
}

fn piece(data: &str) -> Result<Value, &'static str> {
    serde_json::from_str(data).map_err(|_| BREAKS_OFF)
}

fn openai(text: &str) -> Result<Value, &'static str> {
    let (mut content, mut refusal) = (String::new(), String::new());
    let (mut finish, mut usage, mut is_done) = (Value::Null, Value::Null, false);
    for data in events(text) {
        if data.trim() == "[DONE]" {
            is_done = true;
            continue;
        }
        let piece = piece(&data)?;
        if Failure::in_body(&piece).is_some() {
            return Ok(piece);
        }
        // The last piece but one may hold the count and no choice.
        if let Some(choice) = piece.pointer("/choices/0") {
            content += &openai::content(&choice["delta"]["content"]);
            refusal += choice["delta"]["refusal"].as_str().unwrap_or_default();
            if choice["finish_reason"].is_string() {
                finish = choice["finish_reason"].clone();
            }
        }
        if piece["usage"].is_object() {
            usage = piece["usage"].clone();
        }
    }
    if finish.is_null() && !is_done {
        return Err(BREAKS_OFF);
    }
    let message = json!({"role": "assistant", "content": content, "refusal": refusal});
    Ok(json!({"choices": [{"message": message, "finish_reason": finish}], "usage": usage}))
}

fn anthropic(text: &str) -> Result<Value, &'static str> {
    let mut written = String::new();
    let (mut stop, mut usage) = (Value::Null, json!({}));
    for data in events(text) {
        let piece = piece(&data)?;
        if Failure::in_body(&piece).is_some() {
            return Ok(piece);
        }
        for counted in [&piece["message"]["usage"], &piece["usage"]] {
            for (member, count) in counted.as_object().into_iter().flatten() {
                usage[member] = count.clone();
            }
        }
        match piece["type"].as_str().unwrap_or_default() {
            "content_block_start" => {
                written += piece["content_block"]["text"].as_str().unwrap_or_default();
            }
            "content_block_delta" => written += piece["delta"]["text"].as_str().unwrap_or_default(),
            "message_delta" => stop = piece["delta"]["stop_reason"].clone(),
            _ => {}
        }
    }
    if !stop.is_string() {
        return Err(BREAKS_OFF);
    }
    Ok(json!({"content": [{"type": "text", "text": written}], "stop_reason": stop, "usage": usage}))
}

fn gemini(text: &str) -> Result<Value, &'static str> {
    let mut parts = Vec::new();
    let (mut finish, mut usage) = (Value::Null, Value::Null);
    for data in events(text) {
        let piece = piece(&data)?;
        let is_declined = piece["promptFeedback"]["blockReason"].is_string();
        if is_declined || Failure::in_body(&piece).is_some() {
            return Ok(piece);
        }
        let candidate = &piece["candidates"][0];
        parts.extend(
            candidate["content"]["parts"]
                .as_array()
                .into_iter()
                .flatten()
                .cloned(),
        );
        if candidate["finishReason"].is_string() {
            finish = candidate["finishReason"].clone();
        }
        if piece["usageMetadata"].is_object() {
            usage = piece["usageMetadata"].clone();
        }
    }
    if finish.is_null() {
        return Err(BREAKS_OFF);
    }
    let candidate = json!({"content": {"parts": parts}, "finishReason": finish});
    Ok(json!({"candidates": [candidate], "usageMetadata": usage}))
}

/// Ollama's pieces are lines of JSON; the last one says that it is, and counts.
fn ollama(text: &str) -> Result<Value, &'static str> {
    let mut written = String::new();
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        let mut piece = piece(line)?;
        if Failure::in_body(&piece).is_some() {
            return Ok(piece);
        }
        written += piece["message"]["content"].as_str().unwrap_or_default();
        if piece["done"] == true {
            piece["message"]["content"] = json!(written);
            return Ok(piece);
        }
    }
    Err(BREAKS_OFF)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::endpoint::openai::{Answer, Quirks};
    use crate::endpoint::{Shape, Usage};

    const OPENAI: &str = ": waiting\n\ndata: {\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"The \"},\"finish_reason\":null}],\"usage\":null}\n\n\
        data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"cat.\"},\"finish_reason\":null}]}\r\n\r\n\
        data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n\
        data: {\"choices\":[],\"usage\":{\"prompt_tokens\":12,\"completion_tokens\":5}}\n\n\
        data: [DONE]\n\n";
    const ANTHROPIC: &str = "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"usage\":{\"input_tokens\":12,\"output_tokens\":1}}}\n\n\
        event: content_block_start\ndata: {\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}}\n\n\
        event: ping\ndata: {\"type\":\"ping\"}\n\n\
        event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"The \"}}\n\n\
        event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"cat.\"}}\n\n\
        event: content_block_stop\ndata: {\"type\":\"content_block_stop\",\"index\":0}\n\n\
        event: message_delta\ndata: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"},\"usage\":{\"output_tokens\":5}}\n\n\
        event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n";
    const GEMINI: &str = "data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"The \"}]}}],\"usageMetadata\":{\"promptTokenCount\":12}}\r\n\r\n\
        data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"cat.\"}]},\"finishReason\":\"STOP\"}],\"usageMetadata\":{\"promptTokenCount\":12,\"candidatesTokenCount\":5}}\r\n\r\n";
    const OLLAMA: &str = "{\"message\":{\"role\":\"assistant\",\"content\":\"The \"},\"done\":false}\n\
        {\"message\":{\"role\":\"assistant\",\"content\":\"cat.\"},\"done\":false}\n\
        {\"message\":{\"role\":\"assistant\",\"content\":\"\"},\"done\":true,\"done_reason\":\"stop\",\"prompt_eval_count\":12,\"eval_count\":5}\n";

    const ALL: [(Dialect, &str); 4] = [
        (Dialect::OpenAi, OPENAI),
        (Dialect::Anthropic, ANTHROPIC),
        (Dialect::Gemini, GEMINI),
        (Dialect::Ollama, OLLAMA),
    ];

    fn read(dialect: Dialect, bytes: &[u8]) -> Answer {
        let sent = Quirks {
            shape: Shape::Json,
            delivery: Delivery::Pieces,
            ..Quirks::default()
        };
        dialect.read(bytes, sent)
    }

    #[test]
    fn pieces_make_the_whole_in_every_dialect() {
        for (dialect, stream) in ALL {
            match read(dialect, stream.as_bytes()) {
                Answer::Complete(completion) => {
                    assert_eq!(completion.text, "The cat.", "{dialect:?}");
                    assert_eq!(completion.usage, Usage { input: 12, output: 5 }, "{dialect:?}");
                }
                other => panic!("{dialect:?}: {other:?}"),
            }
        }
    }

    /// Wherever a stream is cut, it is no answer, or it is the whole one: never a part of it.
    #[test]
    fn a_stream_that_is_cut_anywhere_is_never_taken_for_a_shorter_answer() {
        for (dialect, stream) in ALL {
            let mut cuts = 0;
            for end in 0..stream.len() {
                match read(dialect, &stream.as_bytes()[..end]) {
                    Answer::Complete(completion) => {
                        assert_eq!(completion.text, "The cat.", "{dialect:?}, {end}");
                    }
                    Answer::Alien(_) => cuts += 1,
                    other => panic!("{dialect:?}, {end}: {other:?}"),
                }
            }
            assert!(cuts * 3 > stream.len() * 2, "{dialect:?}: {cuts}");
        }
    }

    #[test]
    fn an_end_that_is_not_good_is_read_as_one() {
        for (dialect, good, bad) in [
            (Dialect::OpenAi, "\"stop\"", "\"length\""),
            (Dialect::Anthropic, "end_turn", "max_tokens"),
            (Dialect::Gemini, "STOP", "MAX_TOKENS"),
            (Dialect::Ollama, "\"stop\"", "\"length\""),
        ] {
            let (_, stream) = ALL.iter().find(|(of, _)| *of == dialect).unwrap();
            let cut = stream.replace(good, bad);
            assert!(
                matches!(read(dialect, cut.as_bytes()), Answer::Truncated(_)),
                "{dialect:?}"
            );
        }
    }

    #[test]
    fn an_error_among_the_pieces_counts_before_them() {
        let overloaded = "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}}\n\n";
        let openai =
            "data: {\"error\":{\"message\":\"the server had an error\",\"type\":\"server_error\"}}\n\n";
        let ollama = "{\"error\":\"model runner has unexpectedly stopped\"}\n";
        for (dialect, error) in [
            (Dialect::OpenAi, openai),
            (Dialect::Anthropic, overloaded),
            (Dialect::Gemini, openai),
            (Dialect::Ollama, ollama),
        ] {
            let (_, stream) = ALL.iter().find(|(of, _)| *of == dialect).unwrap();
            let first = stream.split_inclusive('\n').take(3).collect::<String>();
            let begun = if dialect == Dialect::Ollama {
                stream.lines().next().unwrap().to_owned() + "\n"
            } else if first.ends_with("\n\n") || first.ends_with("\r\n\r\n") {
                first
            } else {
                first + "\n"
            };
            let answer = read(dialect, (begun + error).as_bytes());
            assert!(matches!(answer, Answer::Failed(_)), "{dialect:?}: {answer:?}");
        }
    }

    #[test]
    fn who_answers_in_one_piece_all_the_same_is_understood() {
        let body = br#"{"choices":[{"message":{"content":"The cat."},"finish_reason":"stop"}]}"#;
        assert!(matches!(read(Dialect::OpenAi, body), Answer::Complete(_)));
        let page = b"<html><title>Sign in</title></html>";
        assert!(matches!(read(Dialect::OpenAi, page), Answer::Alien(what) if what.contains("Sign in")));
    }

    #[test]
    fn an_event_may_have_several_lines() {
        assert_eq!(
            events("data: a\ndata:b\nid: 1\n\n:x\n\ndata: c"),
            ["a\nb".to_owned(), "c".to_owned()]
        );
    }
}
