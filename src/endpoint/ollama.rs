//! Ollama's own dialect: `POST /api/chat`. Source: its API documentation, "Generate a chat completion".
//!
//! Pure, as all dialects. Ollama cuts the head off a prompt that is longer than the window, without a word, and the
//! window is small unless the request sets it. So each request says how large a window it needs ([`window`]), and the
//! number of tokens the server says it read is compared with our own count ([`is_cut`]): a model may have a smaller
//! window than it was asked for.

use serde_json::{Value, json};

use super::failure::Failure;
use super::openai::{Answer, Limit, Quirks, Temperature, complete, cut, json_of, prompt};
use super::{Request, Shape, Usage};

/// Windows come in steps: a server loads the model anew for each size of window.
const STEP: usize = 4_096;

/// The JSON body that asks for `request`.
#[must_use]
pub fn body(request: &Request, model: &str, quirks: Quirks) -> Value {
    let (system, user) = prompt(request, quirks.shape);
    let mut options = json!({"num_ctx": window(request, quirks)});
    if quirks.limit != Limit::Unsaid {
        options["num_predict"] = json!(quirks.longest(request));
    }
    if quirks.temperature == Temperature::Zero {
        options["temperature"] = json!(0);
    }
    let mut body = json!({
        "model": model,
        "messages": [{"role": "system", "content": system}, {"role": "user", "content": user}],
        // Streaming is what it does unless told otherwise.
        "stream": quirks.delivery.is_streamed(),
        "options": options,
    });
    if quirks.shape == Shape::Json {
        body["format"] = request.schema.schema.clone().into_owned();
    }
    body
}

/// The window a request needs, in tokens: the prompt at three bytes a token (French and English take four in most
/// vocabularies) and the longest answer, in steps of `STEP`.
#[must_use]
pub fn window(request: &Request, quirks: Quirks) -> usize {
    let (system, user) = prompt(request, quirks.shape);
    let answer = usize::try_from(quirks.longest(request)).unwrap_or(usize::MAX / 2);
    ((system.len() + user.len()) / 3)
        .saturating_add(answer)
        .saturating_add(64)
        .next_multiple_of(STEP)
}

/// Whether the server read less of a prompt than was sent: less than four fifths of our own count, since vocabularies
/// differ. A server that does not say how much it read is believed.
#[must_use]
pub fn is_cut(read: u64, sent: u64) -> bool {
    read > 0 && read.saturating_mul(5) < sent.saturating_mul(4)
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
    let Some(text) = body["message"]["content"].as_str() else {
        return Answer::Alien("JSON without `message`".to_owned());
    };
    let count = |member: &str| body[member].as_u64().unwrap_or_default();
    let usage = Usage {
        input: count("prompt_eval_count"),
        output: count("eval_count"),
    };
    if body["done"] == false {
        return Answer::Alien("an answer that is not finished".to_owned());
    }
    match body["done_reason"].as_str().unwrap_or_default() {
        "length" => cut(text, usage),
        // The model was loaded, or taken out of memory, and nothing was written.
        reason @ ("load" | "unload") => Answer::Alien(format!("done reason `{reason}`")),
        _ => complete(text, shape, usage),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::endpoint::openai::example;

    fn answer(reason: &str, text: &str) -> Answer {
        let body = json!({
            "model": "m", "message": {"role": "assistant", "content": text}, "done": true, "done_reason": reason,
            "prompt_eval_count": 12, "eval_count": 5,
        });
        read(body.to_string().as_bytes(), Shape::Json)
    }

    #[test]
    fn the_window_holds_the_prompt_and_the_answer() {
        let mut request = example();
        let said = body(&request, "m", Quirks::default());
        assert_eq!(
            said["options"],
            json!({"num_ctx": 4096, "num_predict": 300, "temperature": 0})
        );
        assert_eq!(
            (&said["stream"], &said["format"]),
            (&json!(false), &json!({"type": "object"}))
        );
        request.user = "Le chat dort. ".repeat(1_500);
        // 21,000 bytes are at most 7,000 tokens.
        assert_eq!(window(&request, Quirks::default()), 8_192);
        let tagged = Quirks {
            shape: Shape::Tagged,
            ..Quirks::default()
        };
        assert!(body(&request, "m", tagged).get("format").is_none());
    }

    #[test]
    fn a_cut_prompt_is_told_from_another_vocabulary() {
        assert!(is_cut(4_096, 7_000));
        assert!(!is_cut(6_000, 7_000), "another vocabulary");
        assert!(!is_cut(0, 7_000), "it does not say");
    }

    #[test]
    fn the_done_reason_is_read_before_the_text() {
        let usage = Usage { input: 12, output: 5 };
        assert!(matches!(answer("stop", "{}"), Answer::Complete(completion) if completion.usage == usage));
        assert_eq!(answer("length", "{"), Answer::Truncated(usage));
        assert!(matches!(answer("load", ""), Answer::Alien(_)));
        assert_eq!(answer("stop", " "), Answer::Empty(usage));
        let error = json!({"error": "model 'm' not found"});
        assert!(matches!(
            read(error.to_string().as_bytes(), Shape::Json),
            Answer::Failed(_)
        ));
        let streamed = "{\"message\":{\"content\":\"{\"},\"done\":false}";
        assert!(matches!(read(streamed.as_bytes(), Shape::Json), Answer::Alien(_)));
    }
}
