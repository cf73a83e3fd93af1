//! Requests, answers and listeners for the tests of the endpoint, the journal and the recordings.

#![allow(dead_code, reason = "each test file uses its share")]

use std::borrow::Cow;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use fidele::endpoint::http::{Http, HttpSettings, Timeouts};
use fidele::endpoint::retry::Backoff;
use fidele::endpoint::{Piece, Request, Schema, Subject, Tagged};
use fidele::event::{Event, Listener};
use fidele::tokens::Tokens;
use serde_json::{Value, json};

/// Long enough for any machine; only a test that hangs ever sees its end.
pub const FOREVER: Duration = Duration::from_mins(2);

/// A request for the English of one French text.
pub fn request(text: &str) -> Request {
    about("translate", 1, &[("b1", text)])
}

/// A request by its subject.
pub fn about(task: &str, attempt: u32, texts: &[(&str, &str)]) -> Request {
    let user: Vec<&str> = texts.iter().map(|(_, text)| *text).collect();
    Request {
        system: "Translate; answer in JSON.".to_owned(),
        user: user.join("\n"),
        schema: Schema {
            name: "translation",
            schema: Cow::Owned(
                json!({"type": "object", "properties": {}, "required": [], "additionalProperties": false}),
            ),
        },
        tagged: Tagged {
            system: "Translate; answer in tags.".to_owned(),
            user: format!("<fr>{}</fr>", user.join("\n")),
        },
        max_output: Tokens(500),
        mark: "0a1b".to_owned(),
        subject: Subject {
            task: task.to_owned(),
            attempt,
            segments: texts
                .iter()
                .map(|(id, text)| Piece {
                    id: (*id).to_owned(),
                    text: (*text).to_owned(),
                })
                .collect(),
        },
    }
}

/// A chat completion that ends for the given reason.
pub fn completion(content: impl Into<Value>, finish: &str) -> Value {
    json!({
        "id": "c1",
        "object": "chat.completion",
        "choices": [{
            "index": 0,
            "message": {"role": "assistant", "content": content.into()},
            "finish_reason": finish,
        }],
        "usage": {"prompt_tokens": 20, "completion_tokens": 7, "total_tokens": 27},
    })
}

/// Settings that wait milliseconds.
pub fn hasty(base_url: impl Into<String>) -> HttpSettings {
    HttpSettings {
        timeouts: Timeouts {
            connect: FOREVER,
            silence: FOREVER,
            total: FOREVER,
            cut: FOREVER,
        },
        backoff: Backoff {
            base: Duration::from_millis(1),
            cap: Duration::from_millis(4),
        },
        ..HttpSettings::new(base_url, "m")
    }
}

/// Such an endpoint, and what it tells.
pub fn listened(settings: HttpSettings) -> (Http, Heard) {
    let heard = Heard::default();
    let http = Http::new(settings, heard.listener()).unwrap();
    (http, heard)
}

/// What a listener heard.
#[derive(Clone, Default)]
pub struct Heard(Arc<Mutex<Vec<Event>>>);

impl Heard {
    pub fn listener(&self) -> Listener {
        let heard = Arc::clone(&self.0);
        Arc::new(move |event| heard.lock().unwrap().push(event))
    }

    pub fn events(&self) -> Vec<Event> {
        self.0.lock().unwrap().clone()
    }

    /// How many requests went out.
    pub fn asked(&self) -> usize {
        self.events()
            .iter()
            .filter(|event| **event == Event::Asked)
            .count()
    }

    /// The waits, in order.
    pub fn waits(&self) -> Vec<(Duration, String)> {
        let wait = |event: Event| match event {
            Event::Waiting { delay, reason } => Some((delay, reason)),
            _ => None,
        };
        self.events().into_iter().filter_map(wait).collect()
    }

    pub fn remarks(&self) -> Vec<String> {
        let remark = |event: Event| match event {
            Event::Remark(remark) => Some(remark),
            _ => None,
        };
        self.events().into_iter().filter_map(remark).collect()
    }
}
