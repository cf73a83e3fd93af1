use super::*;

fn meaning(status: u16, body: &str) -> Meaning {
    Failure::of(status, body.as_bytes()).meaning(Quirks::default(), false)
}

#[test]
fn every_shape_of_error_gives_its_message() {
    let cases = [
        (
            r#"{"error":{"message":"bad key","type":"invalid_request_error","param":null,"code":"invalid_api_key"}}"#,
            "bad key",
        ),
        (
            r#"{"object":"error","message":"no such thing","type":"BadRequestError","param":null,"code":400}"#,
            "no such thing",
        ),
        (
            r#"{"object":"error","message":"slow down","type":"rate_limited","code":"1300","raw_status_code":429}"#,
            "slow down",
        ),
        (r#"{"error":"model 'x' not found"}"#, "model 'x' not found"),
        (
            r#"[{"error":{"code":429,"message":"exhausted","status":"RESOURCE_EXHAUSTED"}}]"#,
            "exhausted",
        ),
        (r#"{"detail":"Not Found"}"#, "Not Found"),
        (
            r#"{"detail":[{"loc":["body","response_format"],"msg":"Extra inputs are not permitted","input":"secret"}]}"#,
            "body.response_format: Extra inputs are not permitted",
        ),
        (r#"{"message":"Unauthorized"}"#, "Unauthorized"),
        (
            "<html><head><title>502 Bad Gateway</title></head></html>",
            "a web page (502 Bad Gateway)",
        ),
        ("upstream connect error", "upstream connect error"),
        ("", "no explanation"),
    ];
    for (body, message) in cases {
        assert_eq!(Failure::of(500, body.as_bytes()).message, message, "{body}");
    }
}

#[test]
fn the_status_decides_where_the_words_do_not() {
    let cases = [
        (400, Meaning::Rejected),
        (401, Meaning::Unauthorized),
        (402, Meaning::Quota),
        (403, Meaning::Unauthorized),
        (404, Meaning::NoSuchModel),
        (405, Meaning::Rejected),
        (408, Meaning::Down),
        (409, Meaning::Down),
        (413, Meaning::TooLong),
        (422, Meaning::Rejected),
        (429, Meaning::Busy),
        (500, Meaning::Down),
        (503, Meaning::Down),
        (529, Meaning::Busy),
    ];
    for (status, expected) in cases {
        assert_eq!(
            meaning(status, r#"{"error":{"message":"no"}}"#),
            expected,
            "{status}"
        );
    }
}

#[test]
fn an_empty_account_is_not_a_busy_server() {
    let empty = r#"{"error":{"message":"You exceeded your current quota","type":"insufficient_quota","code":"insufficient_quota"}}"#;
    assert_eq!(meaning(429, empty), Meaning::Quota);
    assert_eq!(
        meaning(429, r#"{"error":{"message":"Insufficient Balance"}}"#),
        Meaning::Quota
    );
    // Google's limit per minute is worded like an empty account, but names a wait.
    let minute = r#"[{"error":{"code":429,"message":"You exceeded your current quota","status":"RESOURCE_EXHAUSTED",
        "details":[{"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"32s"}]}}]"#;
    let failure = Failure::of(429, minute.as_bytes());
    assert_eq!(failure.delay, Some(Duration::from_secs(32)));
    assert_eq!(failure.meaning(Quirks::default(), false), Meaning::Busy);
}

#[test]
fn a_prompt_that_does_not_fit_is_known_by_code_and_by_words() {
    let cases = [
        (
            400,
            r#"{"error":{"message":"no","code":"context_length_exceeded"}}"#,
        ),
        (
            400,
            r#"{"error":{"code":400,"message":"request (9000 tokens) exceeds the available context size","type":"exceed_context_size_error"}}"#,
        ),
        (
            400,
            r#"{"object":"error","message":"This model's maximum context length is 4096 tokens. However, you requested 9000 tokens"}"#,
        ),
        (
            429,
            r#"{"error":{"message":"Request too large for m on tokens per min: Limit 1000, Requested 2000","code":"rate_limit_exceeded"}}"#,
        ),
    ];
    for (status, body) in cases {
        assert_eq!(meaning(status, body), Meaning::TooLong, "{body}");
    }
    // With status 200 as well.
    let inside = Failure::in_body(
        &serde_json::json!({"error": {"message": "no", "type": "exceed_context_size_error"}}),
    )
    .unwrap();
    assert_eq!(inside.meaning(Quirks::default(), false), Meaning::TooLong);
}

#[test]
fn a_refused_member_is_left_out_or_renamed() {
    let sent = Quirks::default();
    let renamed = Quirks {
        limit: Limit::MaxCompletionTokens,
        ..sent
    };
    let unlimited = Quirks {
        limit: Limit::Unsaid,
        ..sent
    };
    let tagged = Quirks {
        shape: Shape::Tagged,
        ..sent
    };
    let tepid = Quirks {
        temperature: Temperature::Unsaid,
        ..sent
    };
    let cases = [
        (
            400,
            r#"{"error":{"message":"Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.","param":"max_tokens","code":"unsupported_parameter"}}"#,
            renamed,
        ),
        (
            400,
            r#"{"error":{"message":"max_tokens is too large: 90000. This model supports at most 16384 completion tokens","param":"max_tokens"}}"#,
            unlimited,
        ),
        (
            400,
            r#"{"error":{"message":"Unsupported value: 'temperature' does not support 0 with this model. Only the default (1) value is supported.","param":"temperature","code":"unsupported_value"}}"#,
            tepid,
        ),
        (
            400,
            r#"{"error":{"message":"Invalid parameter: 'response_format' of type 'json_schema' is not supported with this model.","param":null}}"#,
            tagged,
        ),
        (
            400,
            r#"{"error":{"message":"This response_format type is unavailable now","type":"invalid_request_error"}}"#,
            tagged,
        ),
        (
            422,
            r#"{"detail":[{"loc":["body","response_format"],"msg":"Extra inputs are not permitted"}]}"#,
            tagged,
        ),
        (
            500,
            r#"{"error":{"code":500,"message":"failed to parse grammar","type":"server_error"}}"#,
            tagged,
        ),
    ];
    for (status, body, quirks) in cases {
        assert_eq!(meaning(status, body), Meaning::Adapt(quirks), "{body}");
    }
    // The other way round, and no way left.
    let clone =
        r#"{"detail":[{"loc":["body","max_completion_tokens"],"msg":"Extra inputs are not permitted"}]}"#;
    let failure = Failure::of(422, clone.as_bytes());
    assert_eq!(failure.meaning(renamed, false), Meaning::Adapt(unlimited));
    assert_eq!(failure.meaning(unlimited, false), Meaning::Rejected);
}

#[test]
fn who_takes_no_streams_is_asked_for_the_whole() {
    let sent = |delivery| Quirks {
        delivery,
        ..Quirks::default()
    };
    let adapted =
        |body: &str, delivery| match Failure::of(422, body.as_bytes()).meaning(sent(delivery), false) {
            Meaning::Adapt(quirks) => Some(quirks.delivery),
            _ => None,
        };
    let count = r#"{"detail":[{"loc":["body","stream_options"],"msg":"Extra inputs are not permitted"}]}"#;
    assert_eq!(adapted(count, Delivery::Pieces), Some(Delivery::BarePieces));
    assert_eq!(adapted(count, Delivery::BarePieces), None);
    let none = r#"{"error":{"message":"streaming is not supported for this model"}}"#;
    assert_eq!(adapted(none, Delivery::BarePieces), Some(Delivery::Whole));
    assert_eq!(adapted(none, Delivery::Whole), None);
    let other = r#"{"error":{"message":"the upstream provider declined"}}"#;
    assert_eq!(adapted(other, Delivery::Pieces), None);
}

#[test]
fn what_was_already_left_out_is_not_left_out_again() {
    let bare = Quirks {
        shape: Shape::Tagged,
        limit: Limit::Unsaid,
        temperature: Temperature::Unsaid,
        ..Quirks::default()
    };
    let body = br#"{"error":{"message":"response_format, temperature and max_tokens are bad"}}"#;
    assert_eq!(Failure::of(400, body).meaning(bare, false), Meaning::Rejected);
}

#[test]
fn a_500_that_does_not_name_the_schema_is_a_500() {
    assert_eq!(
        meaning(
            500,
            r#"{"error":{"message":"Internal error with temperature sensor"}}"#
        ),
        Meaning::Down
    );
}

#[test]
fn a_filter_is_a_refusal() {
    let azure = r#"{"error":{"message":"filtered","code":"content_filter","innererror":{"content_filter_result":{}}}}"#;
    assert_eq!(meaning(400, azure), Meaning::Refused);
    assert_eq!(
        meaning(
            403,
            r#"{"error":{"code":403,"message":"Your input was flagged"}}"#
        ),
        Meaning::Refused
    );
}

#[test]
fn errors_with_status_200_are_judged_by_their_words() {
    let inside = |body: Value| Failure::in_body(&body).unwrap().meaning(Quirks::default(), false);
    assert_eq!(
        inside(serde_json::json!({"error": {"message": "rate limit reached"}})),
        Meaning::Busy
    );
    assert_eq!(
        inside(serde_json::json!({"error": {"message": "x", "code": 502}})),
        Meaning::Down
    );
    assert_eq!(
        inside(serde_json::json!({"error": "the model is loading"})),
        Meaning::Down
    );
}
