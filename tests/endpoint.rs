//! The endpoint's bad days, one test each, and what must never happen on any of them.
#![cfg(feature = "pipeline")]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

#[path = "support/raw.rs"]
mod raw;
#[path = "support/requests.rs"]
mod requests;

use std::sync::Arc;
use std::time::Duration;

use fidele::endpoint::budget::Caps;
use fidele::endpoint::http::{Http, HttpError, HttpSettings, Reach};
use fidele::endpoint::openai::{Limit, Temperature};
use fidele::endpoint::{Completion, Endpoint, EndpointError, Shape, Usage};
use fidele::event::nobody;
use raw::{Act, Raw};
use requests::{FOREVER, completion, hasty, listened, request};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;
use wiremock::matchers::{body_partial_json, header, method, path};
use wiremock::{Mock, MockServer, Request as Sent, ResponseTemplate};

const GOOD: &str = "{\"segments\":[]}";

fn good() -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_json(completion(GOOD, "stop"))
}

fn failure(status: u16, error: &Value) -> ResponseTemplate {
    ResponseTemplate::new(status).set_body_json(json!({ "error": error }))
}

fn base(server: &MockServer) -> String {
    format!("{}/v1", server.uri())
}

/// A server that gives `first` so many times, then good answers.
async fn first(response: ResponseTemplate, times: u64) -> MockServer {
    let server = MockServer::start().await;
    Mock::given(method("POST"))
        .and(path("/v1/chat/completions"))
        .respond_with(response)
        .up_to_n_times(times)
        .mount(&server)
        .await;
    Mock::given(method("POST"))
        .and(path("/v1/chat/completions"))
        .respond_with(good())
        .mount(&server)
        .await;
    server
}

async fn always(response: ResponseTemplate) -> MockServer {
    first(response, u64::MAX).await
}

async fn requests_to(server: &MockServer) -> usize {
    server.received_requests().await.unwrap().len()
}

/// Asks once, and how many requests that took.
async fn outcome(server: &MockServer) -> (Result<Completion, EndpointError>, usize) {
    let (http, _) = listened(hasty(base(server)));
    let result = http.complete(&request("Bonjour.")).await;
    (result, requests_to(server).await)
}

async fn error_of(response: ResponseTemplate) -> (EndpointError, usize) {
    let (result, requests) = outcome(&always(response).await).await;
    (result.unwrap_err(), requests)
}

#[tokio::test]
async fn a_good_answer_takes_one_request() {
    let server = always(good()).await;
    let (result, requests) = outcome(&server).await;
    let completion = result.unwrap();
    assert_eq!(completion.text, GOOD);
    assert_eq!(completion.shape, Shape::Json);
    assert_eq!(completion.usage, Usage { input: 20, output: 7 });
    assert_eq!(requests, 1);
}

#[tokio::test]
async fn a_refusal_for_want_of_room_is_waited_out_in_seconds() {
    let server = first(ResponseTemplate::new(429).insert_header("retry-after", "1"), 1).await;
    let (http, heard) = listened(hasty(base(&server)));
    http.complete(&request("Bonjour.")).await.unwrap();
    assert_eq!(heard.asked(), 2);
    let waits = heard.waits();
    assert_eq!(waits.len(), 1);
    assert!(waits[0].0 >= Duration::from_secs(1), "{waits:?}");
    assert!(waits[0].1.starts_with("429 from 127.0.0.1:"), "{waits:?}");
}

#[tokio::test]
async fn a_refusal_for_want_of_room_is_waited_out_until_a_date() {
    let busy = ResponseTemplate::new(429)
        .insert_header("date", "Tue, 24 Nov 2026 08:00:00 GMT")
        .insert_header("retry-after", "Tue, 24 Nov 2026 08:00:01 GMT");
    let server = first(busy, 1).await;
    let (http, heard) = listened(hasty(base(&server)));
    http.complete(&request("Bonjour.")).await.unwrap();
    assert_eq!(heard.waits()[0].0, Duration::from_secs(1));
}

#[tokio::test]
async fn milliseconds_are_read_too() {
    let server = first(
        ResponseTemplate::new(429).insert_header("retry-after-ms", "30"),
        1,
    )
    .await;
    let (http, heard) = listened(hasty(base(&server)));
    http.complete(&request("Bonjour.")).await.unwrap();
    assert_eq!(heard.waits()[0].0, Duration::from_millis(30));
}

#[tokio::test]
async fn who_asks_us_to_wait_for_hours_is_neither_waited_for_nor_asked_early() {
    let server = always(ResponseTemplate::new(429).insert_header("retry-after", "86400")).await;
    let (result, requests) = outcome(&server).await;
    let error = result.unwrap_err();
    assert!(
        matches!(
            &error,
            EndpointError::Unavailable {
                status: 429,
                attempts: 1,
                ..
            }
        ),
        "{error}"
    );
    assert!(error.to_string().contains("86400 s"), "{error}");
    assert_eq!(requests, 1);
}

#[tokio::test]
async fn a_server_in_trouble_is_asked_again() {
    for status in [408, 409, 500, 502, 503, 504, 529] {
        let (result, requests) = outcome(&first(ResponseTemplate::new(status), 2).await).await;
        assert_eq!(result.unwrap().text, GOOD, "{status}");
        assert_eq!(requests, 3, "{status}");
    }
}

#[tokio::test]
async fn a_server_that_stays_in_trouble_is_given_up() {
    let (error, requests) = error_of(failure(503, &json!({"message": "overloaded"}))).await;
    let EndpointError::Unavailable {
        status,
        attempts,
        message,
        ..
    } = error
    else {
        panic!("{error}")
    };
    assert_eq!((status, attempts, message.as_str()), (503, 6, "overloaded"));
    assert_eq!(requests, 6);
}

#[tokio::test]
async fn what_no_retry_mends_is_asked_once() {
    type Expected = fn(&EndpointError) -> bool;
    let cases: [(u16, Value, Expected); 8] = [
        (400, json!({"message": "bad"}), |e| {
            matches!(e, EndpointError::Rejected { status: 400, .. })
        }),
        (401, json!({"message": "bad key"}), |e| {
            matches!(e, EndpointError::Unauthorized { status: 401, .. })
        }),
        (402, json!({"message": "pay"}), |e| {
            matches!(e, EndpointError::Quota { .. })
        }),
        (403, json!({"message": "no"}), |e| {
            matches!(e, EndpointError::Unauthorized { status: 403, .. })
        }),
        (
            404,
            json!({"message": "no model m"}),
            |e| matches!(e, EndpointError::NoSuchModel { model, .. } if model == "m"),
        ),
        (413, json!({"message": "big"}), |e| {
            matches!(e, EndpointError::TooLong { .. })
        }),
        (422, json!({"message": "odd"}), |e| {
            matches!(e, EndpointError::Rejected { status: 422, .. })
        }),
        (
            429,
            json!({"message": "broke", "code": "insufficient_quota"}),
            |e| matches!(e, EndpointError::Quota { .. }),
        ),
    ];
    for (status, body, expected) in cases {
        let (error, requests) = error_of(failure(status, &body)).await;
        assert!(expected(&error), "{status}: {error:?}");
        assert_eq!(requests, 1, "{status}");
    }
}

#[tokio::test]
async fn an_answer_cut_at_the_limit_is_no_answer() {
    let server = always(ResponseTemplate::new(200).set_body_json(completion("The cat sl", "length"))).await;
    let (http, _) = listened(hasty(base(&server)));
    let error = http.complete(&request("Le chat dort.")).await.unwrap_err();
    assert!(matches!(error, EndpointError::Truncated), "{error}");
    assert_eq!(requests_to(&server).await, 1);
    assert_eq!(
        http.in_vain().usage,
        Usage { input: 20, output: 7 },
        "it was paid for"
    );
}

#[tokio::test]
async fn a_filtered_answer_is_a_refusal() {
    let (error, requests) =
        error_of(ResponseTemplate::new(200).set_body_json(completion("", "content_filter"))).await;
    assert!(matches!(error, EndpointError::Refused { .. }), "{error}");
    assert_eq!(requests, 1);
}

#[tokio::test]
async fn an_empty_answer_is_no_answer() {
    for content in [json!(""), json!(" \n"), Value::Null] {
        let (error, requests) =
            error_of(ResponseTemplate::new(200).set_body_json(completion(content, "stop"))).await;
        assert!(matches!(error, EndpointError::Empty), "{error}");
        assert_eq!(requests, 1);
    }
}

#[tokio::test]
async fn thoughts_are_taken_off() {
    let answer = completion("<think>A cat…</think>\n{\"segments\":[]}", "stop");
    let (result, _) = outcome(&always(ResponseTemplate::new(200).set_body_json(answer)).await).await;
    assert_eq!(result.unwrap().text, GOOD);
}

#[tokio::test]
async fn broken_json_is_asked_for_again_and_then_given_up() {
    let broken = ResponseTemplate::new(200).set_body_string("{\"choices\":[{\"mess");
    assert_eq!(
        outcome(&first(broken.clone(), 2).await).await.0.unwrap().text,
        GOOD
    );
    let (error, requests) = error_of(broken).await;
    assert!(matches!(error, EndpointError::NotACompletion { .. }), "{error}");
    assert_eq!(requests, 3);
}

#[tokio::test]
async fn a_web_page_is_no_completion() {
    let page = "<!doctype html><html><head><title>Sign in</title></head></html>";
    let (error, requests) = error_of(ResponseTemplate::new(200).set_body_raw(page, "text/html")).await;
    assert!(error.to_string().ends_with("a web page (Sign in)"), "{error}");
    assert!(matches!(error, EndpointError::NotACompletion { .. }));
    assert!(requests <= 3);
}

#[tokio::test]
async fn an_error_inside_a_good_status_is_an_error() {
    let inside = |error: Value| ResponseTemplate::new(200).set_body_json(json!({ "error": error }));
    let (result, requests) = outcome(&first(inside(json!({"code": 503, "message": "busy"})), 1).await).await;
    assert_eq!(result.unwrap().text, GOOD);
    assert_eq!(requests, 2);
    let (error, requests) = error_of(inside(
        json!({"message": "no", "type": "exceed_context_size_error"}),
    ))
    .await;
    assert!(matches!(error, EndpointError::TooLong { .. }), "{error}");
    assert_eq!(requests, 1);
}

#[tokio::test]
async fn an_answer_that_breaks_off_is_asked_for_again_and_then_given_up() {
    let body = completion(GOOD, "stop").to_string();
    let cut = format!(
        "HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{}",
        body.len(),
        &body[..body.len() / 2]
    );
    let server = Raw::serve(Act::Send(cut)).await;
    let (http, _) = listened(hasty(&server.base_url));
    let error = http.complete(&request("Bonjour.")).await.unwrap_err();
    assert!(matches!(error, EndpointError::NotACompletion { .. }), "{error}");
    assert_eq!(server.requests(), 3);
}

#[tokio::test]
async fn a_closed_connection_is_asked_again_and_then_given_up() {
    let server = Raw::serve(Act::Send(String::new())).await;
    let (http, heard) = listened(hasty(&server.base_url));
    let error = http.complete(&request("Bonjour.")).await.unwrap_err();
    assert!(matches!(error, EndpointError::NotACompletion { .. }), "{error}");
    assert_eq!(heard.asked(), 3);
}

#[tokio::test]
async fn silence_is_waited_out_twice() {
    let server = Raw::serve(Act::Silence).await;
    let mut settings = hasty(&server.base_url);
    settings.timeouts.silence = Duration::from_millis(50);
    let (http, heard) = listened(settings);
    let error = http.complete(&request("Bonjour.")).await.unwrap_err();
    assert!(
        matches!(error, EndpointError::Timeout { after, .. } if after == Duration::from_millis(50)),
        "{error:?}"
    );
    assert_eq!(heard.asked(), 2);
}

#[tokio::test]
async fn nobody_waits_for_a_server_that_is_not_running() {
    let port = TcpListener::bind("127.0.0.1:0")
        .await
        .unwrap()
        .local_addr()
        .unwrap()
        .port();
    let (http, heard) = listened(hasty(format!("http://127.0.0.1:{port}/v1")));
    let error = http.complete(&request("Bonjour.")).await.unwrap_err();
    assert!(matches!(error, EndpointError::Unreachable { .. }), "{error}");
    assert!(error.stops_the_run());
    assert_eq!(heard.asked(), 3);
}

#[tokio::test]
async fn a_server_that_was_there_may_be_restarting() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let answer_once = |listener: TcpListener| async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        raw::receive(&mut stream).await;
        let answer = raw::http("200 OK", &completion(GOOD, "stop").to_string());
        tokio::io::AsyncWriteExt::write_all(&mut stream, answer.as_bytes())
            .await
            .unwrap();
    };
    let (http, heard) = listened(hasty(format!("http://{address}/v1")));
    let asked = request("Bonjour.");
    let (answer, ()) = tokio::join!(http.complete(&asked), answer_once(listener));
    answer.unwrap();
    let error = http.complete(&asked).await.unwrap_err();
    assert!(matches!(error, EndpointError::Unreachable { .. }), "{error}");
    assert_eq!(heard.asked(), 1 + 6);
}

/// With one slot, a request that waits for an hour leaves it to the others, and a stop ends its wait.
#[tokio::test]
async fn the_slot_is_free_while_a_retry_waits() {
    let server = MockServer::start().await;
    let busy = ResponseTemplate::new(429).insert_header("retry-after", "3600");
    Mock::given(body_partial_json(
        json!({"messages": [{"role": "system"}, {"content": "Premier."}]}),
    ))
    .respond_with(busy)
    .mount(&server)
    .await;
    Mock::given(method("POST"))
        .respond_with(good())
        .mount(&server)
        .await;
    let settings = HttpSettings {
        at_once: 1,
        patience: Duration::from_hours(2),
        ..hasty(base(&server))
    };
    let stop = CancellationToken::new();
    let heard = requests::Heard::default();
    let http = Http::new(settings, heard.listener())
        .unwrap()
        .stopped_by(stop.clone());
    let http = Arc::new(http);
    let first = tokio::spawn({
        let http = Arc::clone(&http);
        async move { http.complete(&request("Premier.")).await }
    });
    while heard.waits().is_empty() {
        tokio::task::yield_now().await;
    }
    for _ in 0..3 {
        let second = timeout(FOREVER, http.complete(&request("Second."))).await;
        second.expect("the slot is held by a request that waits").unwrap();
    }
    assert!(!first.is_finished());
    stop.cancel();
    let stopped = timeout(FOREVER, first)
        .await
        .expect("a stop ends the wait")
        .unwrap();
    assert!(matches!(stopped, Err(EndpointError::Stopped)));
    assert_eq!(heard.asked(), 4);
}

/// A server that answers only once three requests are in: fewer at once would hang, more would be seen.
#[tokio::test]
async fn as_many_are_in_flight_as_were_asked_for_and_no_more() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base_url = format!("http://{}/v1", listener.local_addr().unwrap());
    tokio::spawn(async move {
        loop {
            let mut three = Vec::new();
            while three.len() < 3 {
                let (mut stream, _) = listener.accept().await.unwrap();
                raw::receive(&mut stream).await;
                three.push(stream);
            }
            // A fourth would have to be on its way by now.
            let fourth = timeout(Duration::from_millis(50), listener.accept()).await;
            let body = completion(if fourth.is_ok() { "too many" } else { GOOD }, "stop").to_string();
            for mut stream in three {
                let answer = raw::http("200 OK", &body);
                tokio::io::AsyncWriteExt::write_all(&mut stream, answer.as_bytes())
                    .await
                    .unwrap();
            }
        }
    });
    let settings = HttpSettings {
        at_once: 3,
        ..hasty(base_url)
    };
    let (http, _) = listened(settings);
    let texts: Vec<_> = (0..9).map(|n| request(&format!("Numéro {n}."))).collect();
    let answers = futures::future::join_all(texts.iter().map(|request| http.complete(request)));
    for answer in timeout(FOREVER, answers).await.expect("three go at once") {
        assert_eq!(answer.unwrap().text, GOOD);
    }
}

#[tokio::test]
async fn a_server_without_schemas_is_asked_for_tags_from_then_on() {
    let server = MockServer::start().await;
    let refusal = json!({"message": "'response_format' of type 'json_schema' is not supported", "param": "response_format"});
    Mock::given(body_partial_json(
        json!({"response_format": {"type": "json_schema"}}),
    ))
    .respond_with(failure(400, &refusal))
    .mount(&server)
    .await;
    Mock::given(method("POST"))
        .respond_with(ResponseTemplate::new(200).set_body_json(completion("<en>Hello.</en>", "stop")))
        .mount(&server)
        .await;
    let (http, _) = listened(hasty(base(&server)));
    let asked = request("Bonjour.");
    let before = http.identities(&asked);
    for _ in 0..2 {
        let completion = http.complete(&asked).await.unwrap();
        assert_eq!(
            (completion.shape, completion.text.as_str()),
            (Shape::Tagged, "<en>Hello.</en>")
        );
    }
    assert_eq!(requests_to(&server).await, 3, "refused once, never again");
    let after = http.identities(&asked);
    assert_eq!(
        after.iter().rev().collect::<Vec<_>>(),
        before.iter().collect::<Vec<_>>(),
        "the same keys, the likelier first"
    );
}

#[tokio::test]
async fn a_server_that_chokes_on_schemas_without_a_word_is_asked_for_tags_in_the_end() {
    let server = MockServer::start().await;
    Mock::given(body_partial_json(
        json!({"response_format": {"type": "json_schema"}}),
    ))
    .respond_with(ResponseTemplate::new(500))
    .mount(&server)
    .await;
    Mock::given(method("POST"))
        .respond_with(good())
        .mount(&server)
        .await;
    let (http, _) = listened(hasty(base(&server)));
    assert_eq!(http.complete(&request("Un.")).await.unwrap().shape, Shape::Tagged);
    let first = requests_to(&server).await;
    assert_eq!(first, 7, "six attempts and one without");
    http.complete(&request("Deux.")).await.unwrap();
    assert_eq!(requests_to(&server).await, first + 1);
}

#[tokio::test]
async fn a_broken_server_that_has_taken_schemas_is_not_suspected() {
    let server = MockServer::start().await;
    Mock::given(method("POST"))
        .respond_with(good())
        .up_to_n_times(1)
        .mount(&server)
        .await;
    Mock::given(method("POST"))
        .respond_with(ResponseTemplate::new(500))
        .mount(&server)
        .await;
    let (http, _) = listened(hasty(base(&server)));
    http.complete(&request("Un.")).await.unwrap();
    http.complete(&request("Deux.")).await.unwrap_err();
    assert_eq!(requests_to(&server).await, 7);
    assert_eq!(http.quirks().shape, Shape::Json);
}

#[tokio::test]
async fn members_a_model_does_not_take_are_renamed_or_left_out_once() {
    let server = MockServer::start().await;
    let limit = json!({"message": "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead.", "param": "max_tokens"});
    let warm = json!({"message": "Unsupported value: 'temperature' does not support 0 with this model.", "param": "temperature"});
    let says =
        |member: &'static str| move |sent: &Sent| sent.body_json::<Value>().unwrap().get(member).is_some();
    Mock::given(says("max_tokens"))
        .respond_with(failure(400, &limit))
        .mount(&server)
        .await;
    Mock::given(says("temperature"))
        .respond_with(failure(400, &warm))
        .mount(&server)
        .await;
    Mock::given(body_partial_json(json!({"max_completion_tokens": 500})))
        .respond_with(good())
        .mount(&server)
        .await;
    let (http, _) = listened(hasty(base(&server)));
    http.complete(&request("Un.")).await.unwrap();
    assert_eq!(requests_to(&server).await, 3);
    http.complete(&request("Deux.")).await.unwrap();
    assert_eq!(requests_to(&server).await, 4);
    let quirks = http.quirks();
    assert_eq!(
        (quirks.limit, quirks.temperature),
        (Limit::MaxCompletionTokens, Temperature::Unsaid)
    );
}

#[tokio::test]
async fn a_server_that_is_never_content_is_not_asked_for_ever() {
    let never = json!({"message": "response_format, temperature, max_tokens and max_completion_tokens are not supported"});
    let (error, requests) = error_of(failure(400, &never)).await;
    assert!(matches!(error, EndpointError::Rejected { .. }), "{error}");
    assert!(requests <= 7, "{requests}");
}

#[tokio::test]
async fn the_key_is_in_one_header_and_nowhere_else() {
    const KEY: &str = "sk-very-secret-0001";
    let server = MockServer::start().await;
    let echo = json!({"message": format!("the key {KEY} may not do this")});
    Mock::given(header("authorization", format!("Bearer {KEY}")))
        .respond_with(failure(400, &echo))
        .expect(1)
        .mount(&server)
        .await;
    let settings = HttpSettings {
        key: Some(format!("{KEY}\n").into()),
        ..hasty(base(&server))
    };
    assert!(!format!("{settings:?}").contains(KEY));
    let (http, heard) = listened(settings);
    let error = http.complete(&request("Bonjour.")).await.unwrap_err();
    assert!(error.to_string().contains("[key]"), "{error}");
    let sent = &server.received_requests().await.unwrap()[0];
    let seen = [
        format!("{http:?}"),
        format!("{error} {error:?}"),
        format!("{:?}", heard.events()),
        format!("{:?}", http.info()),
        format!("{:?}", http.identities(&request("Bonjour."))),
        sent.url.to_string(),
        String::from_utf8_lossy(&sent.body).into_owned(),
    ];
    for text in seen {
        assert!(!text.contains("very-secret"), "{text}");
    }
}

#[tokio::test]
async fn no_redirect_is_followed() {
    let elsewhere = MockServer::start().await;
    Mock::given(method("POST"))
        .respond_with(good())
        .expect(0)
        .mount(&elsewhere)
        .await;
    let moved = ResponseTemplate::new(307)
        .insert_header("location", format!("{}/v1/chat/completions", elsewhere.uri()));
    let server = always(moved).await;
    let settings = HttpSettings {
        key: Some("sk-1".to_owned().into()),
        ..hasty(base(&server))
    };
    let (http, _) = listened(settings);
    let error = http.complete(&request("Bonjour.")).await.unwrap_err();
    assert!(
        error.to_string().contains(&elsewhere.address().to_string()),
        "{error}"
    );
    assert_eq!(requests_to(&server).await, 1);
}

#[tokio::test]
async fn a_proxy_is_for_other_machines() {
    let proxy = always(good()).await;
    let local = always(good()).await;
    let through = |base_url: &str| {
        let settings = HttpSettings {
            proxy: Some(proxy.uri()),
            ..hasty(base_url)
        };
        Http::new(settings, nobody()).unwrap()
    };
    through("http://api.example.org/v1")
        .complete(&request("Bonjour."))
        .await
        .unwrap();
    let seen = proxy.received_requests().await.unwrap();
    assert_eq!(seen[0].url.host_str(), Some("api.example.org"));
    through(&base(&local))
        .complete(&request("Bonjour."))
        .await
        .unwrap();
    assert_eq!((requests_to(&proxy).await, requests_to(&local).await), (1, 1));
}

#[test]
fn a_proxy_or_certificates_that_cannot_be_used_are_refused_without_repeating_them() {
    let with = |proxy: Option<&str>, certificates: Option<&str>| {
        let settings = HttpSettings {
            proxy: proxy.map(str::to_owned),
            certificates: certificates.map(|pem| pem.as_bytes().to_vec()),
            ..hasty("https://api.example.org/v1")
        };
        Http::new(settings, nobody()).unwrap_err()
    };
    let error = with(Some("http://me:pa55@[proxy"), None);
    assert!(matches!(error, HttpError::Proxy), "{error}");
    assert!(!format!("{error} {error:?}").contains("pa55"));
    assert!(matches!(
        with(None, Some("no certificate")),
        HttpError::Certificates
    ));
}

#[test]
fn a_key_does_not_travel_in_the_clear() {
    let with_key = |base_url: &str| {
        let settings = HttpSettings {
            key: Some("sk-1".to_owned().into()),
            ..hasty(base_url)
        };
        Http::new(settings, nobody()).err()
    };
    assert!(
        matches!(with_key("http://api.example.org/v1"), Some(HttpError::KeyInTheClear { host }) if host == "api.example.org")
    );
    assert!(matches!(
        with_key("http://10.0.0.7:8000/v1"),
        Some(HttpError::KeyInTheClear { .. })
    ));
    assert!(with_key("https://api.example.org/v1").is_none());
    assert!(with_key("http://127.0.0.1:8000/v1").is_none());
    assert!(with_key("http://localhost:8000/v1").is_none());
    let password = Http::new(hasty("http://me:pa55@api.example.org/v1"), nobody()).unwrap_err();
    assert!(matches!(password, HttpError::KeyInTheClear { .. }));
    assert!(!format!("{password} {password:?}").contains("pa55"));
    assert!(
        Http::new(hasty("http://api.example.org/v1"), nobody()).is_ok(),
        "without a key it may"
    );
}

#[test]
fn local_only_means_this_machine() {
    let local_only = |base_url: &str| {
        let settings = HttpSettings {
            reach: Reach::ThisMachine,
            ..hasty(base_url)
        };
        Http::new(settings, nobody())
    };
    assert!(matches!(
        local_only("https://api.example.org/v1"),
        Err(HttpError::NotLocal { .. })
    ));
    assert!(local_only("http://[::1]:8080/v1").unwrap().info().local);
}

#[test]
fn a_key_no_header_can_carry_is_refused_without_repeating_it() {
    let settings = HttpSettings {
        key: Some("sk-1\nsk-2".to_owned().into()),
        ..hasty("https://api.example.org/v1")
    };
    let error = Http::new(settings, nobody()).unwrap_err();
    assert!(matches!(error, HttpError::UnusableKey));
    assert!(!format!("{error} {error:?}").contains("sk-"));
}

#[test]
fn identities_tell_dialect_address_model_and_text_apart_and_nothing_else() {
    let identities = |base_url: &str, model: &str, text: &str, key: Option<&str>| {
        let mut settings = HttpSettings::new(base_url, model);
        settings.key = key.map(|key| key.to_owned().into());
        let http = Http::new(settings, nobody()).unwrap();
        http.identities(&request(text))
    };
    let one = identities("https://a.org/v1", "m", "Un.", None);
    assert_eq!(
        one.iter().map(|(shape, _)| *shape).collect::<Vec<_>>(),
        [Shape::Json, Shape::Tagged]
    );
    assert_ne!(one[0].1, one[1].1);
    assert_eq!(
        one,
        identities("https://me:pw@a.org/v1/?key=1", "m", "Un.", Some("sk-1"))
    );
    assert_ne!(one, identities("https://b.org/v1", "m", "Un.", None));
    assert_ne!(one, identities("https://a.org/v1", "n", "Un.", None));
    assert_ne!(one, identities("https://a.org/v1", "m", "Deux.", None));
}

#[tokio::test]
async fn nothing_is_sent_that_could_exceed_the_budget() {
    let server = always(good()).await;
    // Each request costs 27 tokens, and at most 500 for its answer and a third of its bytes for its prompt.
    let caps = Caps {
        tokens: Some(600),
        cost: None,
    };
    let (http, _) = listened(HttpSettings {
        caps,
        ..hasty(base(&server))
    });
    let mut sent = 0;
    let error = loop {
        match http.complete(&request("Bonjour.")).await {
            Ok(_) => sent += 1,
            Err(error) => break error,
        }
    };
    assert!(
        matches!(&error, EndpointError::OverBudget { cap } if cap == "600 tokens"),
        "{error}"
    );
    assert!(error.stops_the_run());
    assert!((1..=4).contains(&sent), "{sent}");
    assert_eq!(requests_to(&server).await, sent);
    let (http, _) = listened(HttpSettings {
        caps: Caps {
            tokens: Some(1_100),
            cost: None,
        },
        ..hasty(base(&server))
    });
    let asked = [request("Un."), request("Deux."), request("Trois.")];
    let answers = futures::future::join_all(asked.iter().map(|request| http.complete(request))).await;
    let refused = answers.iter().filter(|answer| answer.is_err()).count();
    assert_eq!(refused, 1, "what is on its way is counted in");
}

#[tokio::test]
async fn a_server_that_is_down_is_given_up_by_everybody() {
    let server = always(failure(503, &json!({"message": "overloaded"}))).await;
    let (http, _) = listened(hasty(base(&server)));
    let mut errors = Vec::new();
    for _ in 0..10 {
        errors.push(http.complete(&request("Bonjour.")).await.unwrap_err());
    }
    assert!(
        matches!(errors[0], EndpointError::Unavailable { .. }),
        "{}",
        errors[0]
    );
    let last = errors.pop().unwrap();
    assert!(matches!(last, EndpointError::Down { failures: 20, .. }), "{last}");
    assert!(last.stops_the_run());
    assert_eq!(requests_to(&server).await, 20, "and not asked again");
}

#[tokio::test]
async fn when_the_headers_say_that_nothing_is_left_everybody_waits() {
    let spent = good()
        .insert_header("x-ratelimit-remaining-requests", "0")
        .insert_header("x-ratelimit-reset-requests", "1h");
    let server = always(spent).await;
    let stop = CancellationToken::new();
    let http = Http::new(hasty(base(&server)), nobody())
        .unwrap()
        .stopped_by(stop.clone());
    http.complete(&request("Un.")).await.unwrap();
    let asked = request("Deux.");
    let (answer, ()) = tokio::join!(http.complete(&asked), async {
        tokio::time::sleep(Duration::from_millis(50)).await;
        stop.cancel();
    });
    assert!(matches!(answer, Err(EndpointError::Stopped)));
    assert_eq!(requests_to(&server).await, 1);
}
