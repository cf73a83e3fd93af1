//! Anthropic's dialect: `POST …/messages`. Source: its API reference, "Messages" and "Structured outputs".
//!
//! Pure, as all dialects. The longest answer must be said; where a model takes less than we ask for, every model takes
//! `LEAST_LIMIT`. Its newer models hold to a JSON schema (`output_config`); the older ones refuse the member, and are
//! asked for tags.

use serde_json::{Value, json};

use super::failure::Failure;
use super::openai::{Answer, Limit, Quirks, Temperature, complete, json_of, prompt};
use super::words::excerpt;
use super::{Request, Shape, Usage};

/// What every model may write.
const LEAST_LIMIT: u32 = 4_096;

/// The JSON body that asks for `request`.
#[must_use]
pub fn body(request: &Request, model: &str, quirks: Quirks) -> Value {
    let (system, user) = prompt(request, quirks.shape);
    let longest = match quirks.limit {
        Limit::Unsaid => LEAST_LIMIT,
        Limit::MaxTokens | Limit::MaxCompletionTokens => request.max_output.0,
    };
    let mut body = json!({
        "model": model,
        "max_tokens": longest,
        "system": system,
        "messages": [{"role": "user", "content": user}],
    });
    if quirks.temperature == Temperature::Zero {
        body["temperature"] = json!(0);
    }
    if quirks.shape == Shape::Json {
        body["output_config"] = json!({"format": {"type": "json_schema", "schema": request.schema.schema}});
    }
    if quirks.delivery.is_streamed() {
        body["stream"] = json!(true);
    }
    body
}

/// Reads the body of an answer.
#[must_use]
pub fn read(bytes: &[u8], shape: Shape) -> Answer {
    let body = match json_of(bytes) {
        Ok(body) => body,
        Err(what) => return Answer::Alien(what),
    };
    if let Some(failure) = Failure::in_body(&body) {
        return Answer::Failed(failure);
    }
    let Some(parts) = body["content"].as_array() else {
        return Answer::Alien("JSON without `content`".to_owned());
    };
    let count = |member: &str| body["usage"][member].as_u64().unwrap_or_default();
    let usage = Usage {
        // Cached parts of the prompt are counted apart from the rest.
        input: count("input_tokens")
            + count("cache_creation_input_tokens")
            + count("cache_read_input_tokens"),
        output: count("output_tokens"),
    };
    let text: String = parts
        .iter()
        .filter(|part| part["type"] == "text")
        .filter_map(|part| part["text"].as_str())
        .collect();
    match body["stop_reason"].as_str().unwrap_or_default() {
        "max_tokens" | "model_context_window_exceeded" => Answer::Truncated(usage),
        "refusal" => {
            let words = if text.trim().is_empty() {
                "it gave no reason"
            } else {
                &text
            };
            Answer::Refused {
                message: excerpt(words),
                usage,
            }
        }
        reason @ ("tool_use" | "pause_turn") => Answer::Alien(format!("stop reason `{reason}`")),
        // `end_turn`, `stop_sequence`, or a word we do not know: the content decides.
        _ => complete(&text, shape, usage),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::endpoint::openai::example;

    fn answer(stop: &str, content: &Value) -> Answer {
        let body = json!({
            "type": "message", "role": "assistant", "content": content, "stop_reason": stop,
            "usage": {"input_tokens": 10, "cache_read_input_tokens": 2, "output_tokens": 5},
        });
        read(body.to_string().as_bytes(), Shape::Tagged)
    }

    #[test]
    fn the_instructions_are_no_message_and_the_limit_is_always_said() {
        let quirks = Quirks {
            shape: Shape::Tagged,
            ..Quirks::default()
        };
        let said = body(&example(), "m", quirks);
        assert_eq!(said["system"], "Translate. Answer in tags.");
        assert_eq!(
            said["messages"],
            json!([{"role": "user", "content": "<b1>Le chat dort.</b1>"}])
        );
        assert_eq!(
            (&said["max_tokens"], &said["temperature"]),
            (&json!(300), &json!(0))
        );
        let unsaid = Quirks {
            limit: Limit::Unsaid,
            temperature: Temperature::Unsaid,
            ..quirks
        };
        let said = body(&example(), "m", unsaid);
        assert_eq!(said["max_tokens"], LEAST_LIMIT);
        assert!(said.get("temperature").is_none());
        assert!(said.get("output_config").is_none() && said.get("stream").is_none());
    }

    #[test]
    fn a_schema_and_a_stream_are_asked_for_under_its_own_names() {
        let quirks = Quirks {
            delivery: crate::endpoint::stream::Delivery::Pieces,
            ..Quirks::default()
        };
        let said = body(&example(), "m", quirks);
        assert_eq!(said["system"], "Translate. Answer in JSON.");
        assert_eq!(
            said["output_config"]["format"],
            json!({"type": "json_schema", "schema": {"type": "object"}})
        );
        assert_eq!(said["stream"], true);
    }

    #[test]
    fn the_stop_reason_is_read_before_the_text() {
        let text = json!([{"type": "thinking", "thinking": "Hm."}, {"type": "text", "text": "<b1>The cat"},
                          {"type": "text", "text": " sleeps.</b1>"}]);
        let usage = Usage { input: 12, output: 5 };
        match answer("end_turn", &text) {
            Answer::Complete(completion) => {
                assert_eq!(
                    (completion.text.as_str(), completion.usage),
                    ("<b1>The cat sleeps.</b1>", usage)
                );
            }
            other => panic!("{other:?}"),
        }
        assert_eq!(answer("max_tokens", &text), Answer::Truncated(usage));
        assert_eq!(
            answer("model_context_window_exceeded", &text),
            Answer::Truncated(usage)
        );
        assert!(matches!(answer("refusal", &json!([])), Answer::Refused { .. }));
        assert!(matches!(answer("tool_use", &text), Answer::Alien(_)));
        assert_eq!(answer("end_turn", &json!([])), Answer::Empty(usage));
        assert!(matches!(read(b"{}", Shape::Tagged), Answer::Alien(_)));
    }

    #[test]
    fn its_errors_are_known() {
        let error = json!({"type": "error", "error": {"type": "overloaded_error", "message": "Overloaded"}});
        assert!(matches!(
            read(error.to_string().as_bytes(), Shape::Json),
            Answer::Failed(_)
        ));
    }
}
