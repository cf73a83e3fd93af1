//! An endpoint that says what it is told to, in order, and counts.

#![allow(dead_code, reason = "each test file uses its share")]

use std::collections::VecDeque;
use std::sync::Mutex;

use fidele::endpoint::{Completion, Endpoint, EndpointError, ModelInfo, Request, Shape, Usage};

/// What it says next; an error once there is nothing left.
pub struct Scripted {
    answers: Mutex<VecDeque<Result<Completion, EndpointError>>>,
    info: ModelInfo,
}

impl Scripted {
    pub fn new(answers: impl IntoIterator<Item = Result<Completion, EndpointError>>) -> Self {
        Self {
            answers: Mutex::new(answers.into_iter().collect()),
            info: ModelInfo {
                host: "127.0.0.1:1".to_owned(),
                model: "scripted".to_owned(),
                local: true,
                recorded: false,
            },
        }
    }

    pub fn left(&self) -> usize {
        self.answers.lock().unwrap().len()
    }
}

/// A completion of 10 and 5 tokens.
pub fn says(text: &str, shape: Shape) -> Completion {
    Completion {
        text: text.to_owned(),
        shape,
        usage: Usage { input: 10, output: 5 },
        remarks: Vec::new(),
    }
}

impl Endpoint for Scripted {
    async fn complete(&self, _: &Request) -> Result<Completion, EndpointError> {
        let next = self.answers.lock().unwrap().pop_front();
        next.unwrap_or(Err(EndpointError::Stopped))
    }

    fn info(&self) -> &ModelInfo {
        &self.info
    }

    fn identities(&self, request: &Request) -> Vec<(Shape, String)> {
        let key = |shape| (shape, format!("{shape:?} {}", request.user));
        vec![key(Shape::Json), key(Shape::Tagged)]
    }
}
