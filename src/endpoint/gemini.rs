//! Gemini's dialect: `POST …/models/NAME:generateContent`. Source: its API reference, "Generating content".
//!
//! Pure, as all dialects. The answer may have no candidate at all; then the prompt itself was declined. How long to
//! wait after a refusal stands in the body of the error, which `failure` reads.

use serde_json::{Value, json};

use super::failure::Failure;
use super::openai::{Answer, Limit, Quirks, Temperature, complete, cut, json_of, prompt};
use super::{Request, Shape, Usage};

/// The JSON body that asks for `request`; the model stands in the address.
#[must_use]
pub fn body(request: &Request, quirks: Quirks) -> Value {
    let (system, user) = prompt(request, quirks.shape);
    let mut generation = json!({});
    if quirks.temperature == Temperature::Zero {
        generation["temperature"] = json!(0);
    }
    if quirks.limit != Limit::Unsaid {
        generation["maxOutputTokens"] = json!(quirks.longest(request));
    }
    if quirks.shape == Shape::Json {
        generation["responseMimeType"] = json!("application/json");
        generation["responseSchema"] = openapi(&request.schema.schema);
    }
    json!({
        "systemInstruction": {"parts": [{"text": system}]},
        "contents": [{"role": "user", "parts": [{"text": user}]}],
        "generationConfig": generation,
    })
}

/// The schema in the subset of `OpenAPI` that `responseSchema` takes: types in capitals, no `additionalProperties`.
fn openapi(schema: &Value) -> Value {
    match schema {
        Value::Object(members) => members
            .iter()
            .filter(|(member, _)| *member != "additionalProperties")
            .map(|(member, value)| match value {
                Value::String(kind) if member == "type" => (member.clone(), json!(kind.to_uppercase())),
                _ => (member.clone(), openapi(value)),
            })
            .collect(),
        Value::Array(list) => list.iter().map(openapi).collect(),
        other => other.clone(),
    }
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
    let count = |member: &str| body["usageMetadata"][member].as_u64().unwrap_or_default();
    let usage = Usage {
        input: count("promptTokenCount"),
        output: count("candidatesTokenCount") + count("thoughtsTokenCount"),
    };
    let Some(candidate) = body
        .pointer("/candidates/0")
        .filter(|candidate| candidate.is_object())
    else {
        return match body["promptFeedback"]["blockReason"].as_str() {
            Some(reason) => refused(reason, usage),
            None => Answer::Alien("JSON without `candidates`".to_owned()),
        };
    };
    let parts = candidate["content"]["parts"].as_array();
    let text: String = parts
        .into_iter()
        .flatten()
        .filter(|part| part["thought"] != true)
        .filter_map(|part| part["text"].as_str())
        .collect();
    match candidate["finishReason"].as_str().unwrap_or_default() {
        "MAX_TOKENS" => cut(&text, usage),
        reason @ ("SAFETY" | "RECITATION" | "LANGUAGE" | "BLOCKLIST" | "PROHIBITED_CONTENT" | "SPII") => {
            refused(reason, usage)
        }
        reason @ ("OTHER" | "MALFORMED_FUNCTION_CALL") => Answer::Alien(format!("finish reason `{reason}`")),
        // `STOP`, or a word we do not know: the content decides.
        _ => complete(&text, shape, usage),
    }
}

fn refused(reason: &str, usage: Usage) -> Answer {
    let message = match reason {
        "RECITATION" => "it takes the text for one it must not repeat (RECITATION)".to_owned(),
        _ => format!("its filter says {reason}"),
    };
    Answer::Refused { message, usage }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::endpoint::openai::example;

    fn answer(finish: &str, parts: &Value) -> Answer {
        let body = json!({
            "candidates": [{"content": {"role": "model", "parts": parts}, "finishReason": finish}],
            "usageMetadata": {"promptTokenCount": 12, "candidatesTokenCount": 4, "thoughtsTokenCount": 1},
        });
        read(body.to_string().as_bytes(), Shape::Json)
    }

    #[test]
    fn the_schema_is_written_as_openapi() {
        let mut request = example();
        request.schema.schema = std::borrow::Cow::Owned(json!({
            "type": "object", "additionalProperties": false, "required": ["type"],
            "properties": {"type": {"type": "array", "items": {"type": "string"}}},
        }));
        let said = body(&request, Quirks::default());
        assert_eq!(
            said["generationConfig"]["responseSchema"],
            json!({
                "type": "OBJECT", "required": ["type"],
                "properties": {"type": {"type": "ARRAY", "items": {"type": "STRING"}}},
            })
        );
        assert_eq!(said["generationConfig"]["maxOutputTokens"], 300);
        assert_eq!(
            said["systemInstruction"]["parts"][0]["text"],
            "Translate. Answer in JSON."
        );
        assert_eq!(said["contents"][0]["parts"][0]["text"], "Le chat dort.");
        let tagged = Quirks {
            shape: Shape::Tagged,
            limit: Limit::Unsaid,
            temperature: Temperature::Unsaid,
            ..Quirks::default()
        };
        assert_eq!(body(&request, tagged)["generationConfig"], json!({}));
    }

    #[test]
    fn the_finish_reason_is_read_before_the_text() {
        let text = json!([{"text": "Hm.", "thought": true}, {"text": "{\"a\""}, {"text": ":1}"}]);
        let usage = Usage { input: 12, output: 5 };
        match answer("STOP", &text) {
            Answer::Complete(completion) => {
                assert_eq!((completion.text.as_str(), completion.usage), ("{\"a\":1}", usage));
            }
            other => panic!("{other:?}"),
        }
        assert_eq!(answer("MAX_TOKENS", &text), Answer::Truncated(usage));
        for reason in [
            "SAFETY",
            "RECITATION",
            "LANGUAGE",
            "BLOCKLIST",
            "PROHIBITED_CONTENT",
            "SPII",
        ] {
            assert!(
                matches!(answer(reason, &text), Answer::Refused { .. }),
                "{reason}"
            );
        }
        assert!(matches!(answer("OTHER", &text), Answer::Alien(_)));
        assert_eq!(answer("STOP", &json!([])), Answer::Empty(usage));
    }

    #[test]
    fn no_candidate_means_that_the_prompt_was_declined() {
        let blocked = json!({"promptFeedback": {"blockReason": "PROHIBITED_CONTENT"}});
        let read = |body: &Value| read(body.to_string().as_bytes(), Shape::Json);
        assert!(matches!(read(&blocked), Answer::Refused { message, .. } if message.contains("PROHIBITED")));
        assert!(matches!(read(&json!({"candidates": []})), Answer::Alien(_)));
        let listed = json!([{"error": {"code": 503, "status": "UNAVAILABLE", "message": "busy"}}]);
        assert!(matches!(read(&listed), Answer::Failed(failure) if failure.status == Some(503)));
    }
}
