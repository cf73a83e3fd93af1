//! Each dialect against a server that behaves as its documentation says, errors included.
#![cfg(feature = "pipeline")]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

#[path = "support/requests.rs"]
mod requests;

use std::time::Duration;

use fidele::endpoint::dialect::Dialect;
use fidele::endpoint::http::{Http, HttpSettings};
use fidele::endpoint::{Completion, Endpoint, EndpointError, Shape, Usage};
use fidele::event::nobody;
use requests::{hasty, listened, request};
use serde_json::{Value, json};
use wiremock::matchers::{any, body_partial_json, header, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

const KEY: &str = "k-0001";

fn answers(status: u16, body: &Value) -> ResponseTemplate {
    ResponseTemplate::new(status).set_body_json(body)
}

fn settings(server: &MockServer, base: &str, dialect: Dialect) -> HttpSettings {
    HttpSettings {
        dialect,
        key: Some(KEY.to_owned().into()),
        ..hasty(format!("{}{base}", server.uri()))
    }
}

/// Asks once a server that gives `first` once and then `then`; what came, and how many requests it took.
async fn ask(
    dialect: Dialect,
    base: &str,
    first: ResponseTemplate,
    then: ResponseTemplate,
) -> (Result<Completion, EndpointError>, usize) {
    let server = MockServer::start().await;
    Mock::given(any())
        .respond_with(first)
        .up_to_n_times(1)
        .mount(&server)
        .await;
    Mock::given(any()).respond_with(then).mount(&server).await;
    let (http, _) = listened(settings(&server, base, dialect));
    let result = http.complete(&request("Bonjour.")).await;
    (result, server.received_requests().await.unwrap().len())
}

fn anthropic(text: &str, stop: &str) -> Value {
    json!({
        "id": "msg_1", "type": "message", "role": "assistant", "model": "m",
        "content": [{"type": "text", "text": text}], "stop_reason": stop,
        "usage": {"input_tokens": 20, "output_tokens": 7},
    })
}

fn gemini(text: &str, finish: &str) -> Value {
    json!({
        "candidates": [{"content": {"role": "model", "parts": [{"text": text}]}, "finishReason": finish}],
        "usageMetadata": {"promptTokenCount": 20, "candidatesTokenCount": 7},
    })
}

fn ollama(text: &str, reason: &str, read: u64) -> Value {
    json!({
        "model": "m", "message": {"role": "assistant", "content": text}, "done": true, "done_reason": reason,
        "prompt_eval_count": read, "eval_count": 7,
    })
}

const COST: Usage = Usage { input: 20, output: 7 };

#[tokio::test]
async fn anthropic_is_asked_by_its_own_route_header_and_version() {
    let server = MockServer::start().await;
    Mock::given(path("/v1/messages"))
        .and(header("x-api-key", KEY))
        .and(header("anthropic-version", "2023-06-01"))
        .and(body_partial_json(
            json!({"model": "m", "max_tokens": 500, "system": "Translate; answer in JSON.",
                   "output_config": {"format": {"type": "json_schema", "schema": {"type": "object"}}}}),
        ))
        .respond_with(answers(200, &anthropic("{\"a\":1}", "end_turn")))
        .mount(&server)
        .await;
    let (http, _) = listened(settings(&server, "/v1", Dialect::Anthropic));
    let completion = http.complete(&request("Bonjour.")).await.unwrap();
    assert_eq!(
        (completion.text.as_str(), completion.shape),
        ("{\"a\":1}", Shape::Json)
    );
    assert_eq!(completion.usage, COST);
    let sent = &server.received_requests().await.unwrap()[0];
    assert!(!sent.headers.contains_key("authorization"));
}

#[tokio::test]
async fn the_errors_of_anthropic_are_what_its_documentation_says() {
    type Expected = fn(&EndpointError) -> bool;
    let cases: [(u16, &str, &str, Expected); 7] = [
        (400, "invalid_request_error", "bad", |e| {
            matches!(e, EndpointError::Rejected { .. })
        }),
        (
            400,
            "invalid_request_error",
            "prompt is too long: 210000 tokens > 200000 maximum",
            |e| matches!(e, EndpointError::TooLong { .. }),
        ),
        (
            400,
            "invalid_request_error",
            "Your credit balance is too low to access the API.",
            |e| matches!(e, EndpointError::Quota { .. }),
        ),
        (401, "authentication_error", "invalid x-api-key", |e| {
            matches!(e, EndpointError::Unauthorized { .. })
        }),
        (402, "billing_error", "pay", |e| {
            matches!(e, EndpointError::Quota { .. })
        }),
        (404, "not_found_error", "model: m", |e| {
            matches!(e, EndpointError::NoSuchModel { .. })
        }),
        (413, "request_too_large", "too large", |e| {
            matches!(e, EndpointError::TooLong { .. })
        }),
    ];
    let good = || answers(200, &anthropic("<en>Hello.</en>", "end_turn"));
    for (status, kind, message, expected) in cases {
        let body = json!({"type": "error", "error": {"type": kind, "message": message}, "request_id": "r"});
        let (result, requests) = ask(Dialect::Anthropic, "/v1", answers(status, &body), good()).await;
        let error = result.unwrap_err();
        assert!(expected(&error), "{status} {kind}: {error:?}");
        assert_eq!(requests, 1, "{kind}");
    }
    for (status, kind) in [
        (429, "rate_limit_error"),
        (500, "api_error"),
        (529, "overloaded_error"),
    ] {
        let body = json!({"type": "error", "error": {"type": kind, "message": "later"}});
        let (result, requests) = ask(Dialect::Anthropic, "/v1", answers(status, &body), good()).await;
        assert_eq!(
            (result.unwrap().text.as_str(), requests),
            ("<en>Hello.</en>", 2),
            "{kind}"
        );
    }
    for (stop, cut) in [
        ("max_tokens", true),
        ("model_context_window_exceeded", true),
        ("refusal", false),
    ] {
        let ended = answers(200, &anthropic("<en>Hel", stop));
        let error = ask(Dialect::Anthropic, "/v1", ended, good()).await.0.unwrap_err();
        assert_eq!(matches!(error, EndpointError::Truncated), cut, "{stop}: {error}");
        assert_eq!(
            matches!(error, EndpointError::Refused { .. }),
            !cut,
            "{stop}: {error}"
        );
    }
}

#[tokio::test]
async fn gemini_is_asked_with_the_model_in_the_route_and_its_own_schema() {
    let server = MockServer::start().await;
    Mock::given(path("/v1beta/models/m:generateContent"))
        .and(header("x-goog-api-key", KEY))
        .and(body_partial_json(json!({"generationConfig": {
            "responseMimeType": "application/json", "responseSchema": {"type": "OBJECT"}, "maxOutputTokens": 500,
        }})))
        .respond_with(answers(200, &gemini("{}", "STOP")))
        .mount(&server)
        .await;
    let (http, _) = listened(settings(&server, "/v1beta", Dialect::Gemini));
    let completion = http.complete(&request("Bonjour.")).await.unwrap();
    assert_eq!(
        (completion.text.as_str(), completion.shape, completion.usage),
        ("{}", Shape::Json, COST)
    );
}

#[tokio::test]
async fn the_errors_of_gemini_are_what_its_documentation_says() {
    type Expected = fn(&EndpointError) -> bool;
    let good = || answers(200, &gemini("{}", "STOP"));
    let cases: [(u16, &str, &str, Expected); 5] = [
        (
            400,
            "INVALID_ARGUMENT",
            "API key not valid. Please pass a valid API key.",
            |e| matches!(e, EndpointError::Unauthorized { .. }),
        ),
        (
            400,
            "INVALID_ARGUMENT",
            "The input token count (9) exceeds the maximum number of tokens allowed (8).",
            |e| matches!(e, EndpointError::TooLong { .. }),
        ),
        (400, "INVALID_ARGUMENT", "bad", |e| {
            matches!(e, EndpointError::Rejected { .. })
        }),
        (403, "PERMISSION_DENIED", "no", |e| {
            matches!(e, EndpointError::Unauthorized { .. })
        }),
        (404, "NOT_FOUND", "models/m is not found", |e| {
            matches!(e, EndpointError::NoSuchModel { .. })
        }),
    ];
    for (code, status, message, expected) in cases {
        let body = json!({"error": {"code": code, "message": message, "status": status}});
        let (result, requests) = ask(Dialect::Gemini, "/v1beta", answers(code, &body), good()).await;
        let error = result.unwrap_err();
        assert!(expected(&error), "{status}: {error:?}");
        assert_eq!(requests, 1, "{status}");
    }
    let blocked = answers(200, &json!({"promptFeedback": {"blockReason": "SAFETY"}}));
    let error = ask(Dialect::Gemini, "/v1beta", blocked, good())
        .await
        .0
        .unwrap_err();
    assert!(matches!(error, EndpointError::Refused { .. }), "{error}");
    let recited = answers(200, &gemini("{", "RECITATION"));
    let (result, requests) = ask(Dialect::Gemini, "/v1beta", recited, good()).await;
    let error = result.unwrap_err();
    assert!(
        error.to_string().contains("RECITATION") && requests == 1,
        "{error}"
    );
}

#[tokio::test]
async fn geminis_wait_is_read_from_the_body_even_in_a_list_of_one() {
    let busy = json!([{"error": {
        "code": 429, "message": "You exceeded your current quota.", "status": "RESOURCE_EXHAUSTED",
        "details": [{"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": "0.3s"}],
    }}]);
    let server = MockServer::start().await;
    Mock::given(any())
        .respond_with(answers(429, &busy))
        .up_to_n_times(1)
        .mount(&server)
        .await;
    Mock::given(any())
        .respond_with(answers(200, &gemini("{}", "STOP")))
        .mount(&server)
        .await;
    let (http, heard) = listened(settings(&server, "/v1beta", Dialect::Gemini));
    http.complete(&request("Bonjour.")).await.unwrap();
    assert_eq!(heard.waits()[0].0, Duration::from_millis(300));
}

#[tokio::test]
async fn ollama_is_told_how_large_a_window_it_needs() {
    let server = MockServer::start().await;
    Mock::given(path("/api/chat"))
        .and(body_partial_json(json!({
            "stream": false, "format": {"type": "object"}, "options": {"num_ctx": 4096, "num_predict": 500},
        })))
        .respond_with(answers(200, &ollama("{}", "stop", 20)))
        .mount(&server)
        .await;
    let (http, _) = listened(settings(&server, "/v1", Dialect::Ollama));
    let completion = http.complete(&request("Bonjour.")).await.unwrap();
    assert_eq!((completion.text.as_str(), completion.usage), ("{}", COST));
}

/// A model with a window of 2,048 tokens reads no more, whatever it was asked for, and says nothing.
#[tokio::test]
async fn a_prompt_that_ollama_cut_is_no_answer() {
    let long = "Le chat dort sur le tapis du salon. ".repeat(600);
    let server = MockServer::start().await;
    Mock::given(any())
        .respond_with(answers(200, &ollama("{}", "stop", 2_048)))
        .mount(&server)
        .await;
    let (http, _) = listened(settings(&server, "/v1", Dialect::Ollama));
    let error = http.complete(&request(&long)).await.unwrap_err();
    assert!(
        matches!(&error, EndpointError::TooLong { message } if message.contains("read 2048 of about")),
        "{error}"
    );
    assert!(error.may_be_mended(), "smaller portions fit");
    assert_eq!(
        http.in_vain().usage,
        Usage {
            input: 2_048,
            output: 7
        }
    );
}

#[tokio::test]
async fn what_ollama_has_read_before_it_need_not_count_again() {
    let server = MockServer::start().await;
    let mut asked = request("Bonjour à tous les lecteurs de ce journal.");
    asked.system = "Translate. ".repeat(900);
    Mock::given(any())
        .respond_with(answers(200, &ollama("{}", "stop", 1_850)))
        .up_to_n_times(1)
        .mount(&server)
        .await;
    Mock::given(any())
        .respond_with(answers(200, &ollama("{}", "stop", 12)))
        .mount(&server)
        .await;
    let (http, _) = listened(settings(&server, "/v1", Dialect::Ollama));
    http.complete(&asked).await.unwrap();
    http.complete(&asked).await.unwrap();
}

#[tokio::test]
async fn the_errors_of_ollama_are_what_its_documentation_says() {
    type Expected = fn(&EndpointError) -> bool;
    let good = || answers(200, &ollama("{}", "stop", 20));
    let cases: [(u16, &str, Expected); 2] = [
        (404, "model 'm' not found", |e| {
            matches!(e, EndpointError::NoSuchModel { .. })
        }),
        (400, "\"m\" does not support chat", |e| {
            matches!(e, EndpointError::Rejected { .. })
        }),
    ];
    for (status, message, expected) in cases {
        let (result, requests) = ask(
            Dialect::Ollama,
            "",
            answers(status, &json!({"error": message})),
            good(),
        )
        .await;
        let error = result.unwrap_err();
        assert!(expected(&error), "{status}: {error:?}");
        assert_eq!(requests, 1);
    }
    let busy = json!({"error": "server busy, please try again.  maximum pending requests exceeded"});
    for first in [answers(503, &busy), answers(200, &ollama("", "load", 0))] {
        let (result, requests) = ask(Dialect::Ollama, "", first, good()).await;
        assert_eq!((result.unwrap().text.as_str(), requests), ("{}", 2));
    }
    let cut = answers(200, &ollama("{\"segm", "length", 20));
    let error = ask(Dialect::Ollama, "", cut, good()).await.0.unwrap_err();
    assert!(matches!(error, EndpointError::Truncated), "{error}");
}

#[tokio::test]
async fn a_server_that_takes_no_schema_in_its_own_dialect_is_asked_for_tags() {
    let refusals = [
        (
            Dialect::Anthropic,
            "/v1",
            json!({"type": "error", "error": {"type": "invalid_request_error",
            "message": "output_config: Extra inputs are not permitted"}}),
            anthropic("<en>Hello.</en>", "end_turn"),
        ),
        (
            Dialect::Gemini,
            "/v1beta",
            json!({"error": {"code": 400, "status": "INVALID_ARGUMENT",
            "message": "JSON mode is not enabled for models/m"}}),
            gemini("<en>Hello.</en>", "STOP"),
        ),
        (
            Dialect::Ollama,
            "",
            json!({"error": "invalid format: expected \"json\" or a JSON schema"}),
            ollama("<en>Hello.</en>", "stop", 20),
        ),
    ];
    for (dialect, base, refusal, good) in refusals {
        let (result, requests) = ask(dialect, base, answers(400, &refusal), answers(200, &good)).await;
        assert_eq!(
            (result.unwrap().shape, requests),
            (Shape::Tagged, 2),
            "{dialect:?}"
        );
    }
}

#[tokio::test]
async fn what_the_user_adds_to_the_body_is_sent_and_tells_answers_apart() {
    let server = MockServer::start().await;
    Mock::given(body_partial_json(
        json!({"chat_template_kwargs": {"enable_thinking": false}}),
    ))
    .respond_with(answers(200, &requests::completion("{}", "stop")))
    .mount(&server)
    .await;
    let plain = settings(&server, "/v1", Dialect::OpenAi);
    let extra = json!({"chat_template_kwargs": {"enable_thinking": false}});
    let with = HttpSettings {
        extra: extra.as_object().unwrap().clone(),
        ..plain.clone()
    };
    let (http, _) = listened(with);
    http.complete(&request("Bonjour.")).await.unwrap();
    let without = Http::new(plain, nobody()).unwrap();
    assert_ne!(
        http.identities(&request("Un.")),
        without.identities(&request("Un."))
    );
}

#[test]
fn the_same_request_in_another_dialect_is_another_answer() {
    let keys: Vec<String> = Dialect::ALL
        .iter()
        .flat_map(|(_, dialect)| {
            let settings = HttpSettings {
                dialect: *dialect,
                ..HttpSettings::new("https://a.org/v1", "m")
            };
            Http::new(settings, nobody()).unwrap().identities(&request("Un."))
        })
        .map(|(_, key)| key)
        .collect();
    let distinct: std::collections::HashSet<_> = keys.iter().collect();
    assert_eq!((keys.len(), distinct.len()), (8, 8));
}

type Expected = fn(&Result<Completion, EndpointError>) -> bool;

/// What the servers that imitate `OpenAI` say on a bad day, in the words of their documentation or source: the first
/// answer, what it must come to when good ones follow, and in how many requests.
#[expect(clippy::too_many_lines, reason = "a table")]
#[tokio::test]
async fn the_servers_that_imitate_openai_are_understood() {
    let good: Expected = |result| {
        result
            .as_ref()
            .is_ok_and(|completion| completion.text == "Hello.")
    };
    let too_long: Expected = |result| matches!(result, Err(EndpointError::TooLong { .. }));
    let refused: Expected = |result| matches!(result, Err(EndpointError::Refused { .. }));
    let quota: Expected = |result| matches!(result, Err(EndpointError::Quota { .. }));
    let no_model: Expected = |result| matches!(result, Err(EndpointError::NoSuchModel { .. }));
    let truncated: Expected = |result| matches!(result, Err(EndpointError::Truncated));
    let key: Expected = |result| matches!(result, Err(EndpointError::Unauthorized { .. }));
    let cases: Vec<(&str, u16, Value, Expected, usize)> = vec![
        (
            "OpenAI: members of older models",
            400,
            json!({"error": {"message": "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.", "type": "invalid_request_error", "param": "max_tokens", "code": "unsupported_parameter"}}),
            good,
            2,
        ),
        (
            "OpenAI: an account without money",
            429,
            json!({"error": {"message": "You exceeded your current quota, please check your plan and billing details.", "type": "insufficient_quota", "param": null, "code": "insufficient_quota"}}),
            quota,
            1,
        ),
        (
            "Azure: its filter",
            400,
            json!({"error": {"message": "The response was filtered due to the prompt triggering content management policy.", "type": null, "param": "prompt", "code": "content_filter", "status": 400, "innererror": {"code": "ResponsibleAIPolicyViolation", "content_filter_result": {"violence": {"filtered": true, "severity": "high"}}}}}),
            refused,
            1,
        ),
        (
            "Azure: a wrong deployment",
            404,
            json!({"error": {"code": "DeploymentNotFound", "message": "The API deployment for this resource does not exist."}}),
            no_model,
            1,
        ),
        (
            "Mistral: busy",
            429,
            json!({"object": "error", "message": "Requests rate limit exceeded", "type": "rate_limited", "param": null, "code": "1300", "raw_status_code": 429}),
            good,
            2,
        ),
        (
            "Mistral: a member it does not know",
            422,
            json!({"object": "error", "message": {"detail": [{"type": "extra_forbidden", "loc": ["body", "response_format", "json_schema"], "msg": "Extra inputs are not permitted", "input": "x"}]}, "type": "invalid_request_error", "param": null, "code": null}),
            good,
            2,
        ),
        (
            "Mistral: the window is full",
            200,
            json!({"choices": [{"message": {"content": "Hel"}, "finish_reason": "model_length"}]}),
            truncated,
            1,
        ),
        (
            "vLLM, older: the window",
            400,
            json!({"object": "error", "message": "This model's maximum context length is 4096 tokens. However, you requested 5000 tokens (4000 in the messages, 1000 in the completion).", "type": "BadRequestError", "param": null, "code": 400}),
            too_long,
            1,
        ),
        (
            "vLLM, newer: no such model",
            404,
            json!({"error": {"message": "The model `m` does not exist.", "type": "NotFoundError", "param": "model", "code": 404}}),
            no_model,
            1,
        ),
        (
            "llama.cpp: loading",
            503,
            json!({"error": {"code": 503, "message": "Loading model", "type": "unavailable_error"}}),
            good,
            2,
        ),
        (
            "llama.cpp: the window, with status 200",
            200,
            json!({"error": {"code": 400, "message": "request (9000 tokens) exceeds the available context size (4096 tokens), try increasing it", "type": "exceed_context_size_error", "n_prompt_tokens": 9000, "n_ctx": 4096}}),
            too_long,
            1,
        ),
        (
            "LM Studio: nothing loaded",
            400,
            json!({"error": {"message": "No models loaded. Please load a model in the developer page or use the `lms load` command.", "type": "invalid_request_error", "param": "model", "code": null}}),
            no_model,
            1,
        ),
        (
            "OpenRouter: no credit",
            402,
            json!({"error": {"code": 402, "message": "Insufficient credits. Add more credits to continue."}}),
            quota,
            1,
        ),
        (
            "OpenRouter: the provider is busy, with status 200",
            200,
            json!({"error": {"code": 429, "message": "Provider returned error", "metadata": {"provider_name": "x"}}}),
            good,
            2,
        ),
        (
            "OpenRouter: moderation",
            403,
            json!({"error": {"code": 403, "message": "Your chosen model requires moderation and your input was flagged", "metadata": {"reasons": ["violence"]}}}),
            refused,
            1,
        ),
        (
            "OpenRouter: a wrong key",
            401,
            json!({"error": {"code": 401, "message": "User not found."}}),
            key,
            1,
        ),
    ];
    for (what, status, first, expected, requests) in cases {
        let then = answers(200, &requests::completion("Hello.", "stop"));
        let (result, took) = ask(Dialect::OpenAi, "/v1", answers(status, &first), then).await;
        assert!(expected(&result), "{what}: {result:?}");
        assert_eq!(took, requests, "{what}");
    }
}

#[tokio::test]
async fn azure_is_asked_by_the_path_and_query_of_its_address() {
    let server = MockServer::start().await;
    Mock::given(path("/openai/deployments/d/chat/completions"))
        .and(wiremock::matchers::query_param("api-version", "2024-10-21"))
        .respond_with(answers(200, &requests::completion("Hello.", "stop")))
        .mount(&server)
        .await;
    let base = "/openai/deployments/d?api-version=2024-10-21";
    let (http, _) = listened(settings(&server, base, Dialect::OpenAi));
    assert_eq!(http.complete(&request("Bonjour.")).await.unwrap().text, "Hello.");
}
