//! A language model that is a function.

use std::sync::Mutex;

use fidele::endpoint::{Completion, Endpoint, EndpointError, ModelInfo, Request, Shape, Usage};

/// What a script answers: to a request, the text of a completion or an error.
pub type Script = Box<dyn Fn(&Request) -> Result<String, EndpointError> + Send + Sync>;

/// An endpoint that answers from a script, at once, and remembers what it was asked.
pub struct Scripted {
    script: Script,
    info: ModelInfo,
    asked: Mutex<Vec<Request>>,
}

impl Scripted {
    pub fn new(script: impl Fn(&Request) -> Result<String, EndpointError> + Send + Sync + 'static) -> Self {
        let info = ModelInfo {
            host: "script".to_owned(),
            model: "script".to_owned(),
            local: true,
            recorded: false,
        };
        Self {
            script: Box::new(script),
            info,
            asked: Mutex::new(Vec::new()),
        }
    }

    /// Answers every segment by `translate(text, attempt)`.
    pub fn by_segment(translate: impl Fn(&str, u32) -> String + Send + Sync + 'static) -> Self {
        Self::new(move |request| Ok(reply(request, |text| translate(text, request.subject.attempt))))
    }

    /// Every request so far, in order.
    pub fn asked(&self) -> Vec<Request> {
        self.asked.lock().unwrap().clone()
    }
}

/// The JSON a well-behaved model answers with.
pub fn reply(request: &Request, translate: impl Fn(&str) -> String) -> String {
    let segments: Vec<_> = request
        .subject
        .segments
        .iter()
        .map(|piece| serde_json::json!({ "id": piece.id, "text": translate(&piece.text) }))
        .collect();
    serde_json::json!({ "segments": segments }).to_string()
}

impl Endpoint for Scripted {
    async fn complete(&self, request: &Request) -> Result<Completion, EndpointError> {
        self.asked.lock().unwrap().push(request.clone());
        // Let other requests overtake this one, so that order of arrival differs from order of asking.
        for _ in 0..request.user.len() % 7 {
            tokio::task::yield_now().await;
        }
        let text = (self.script)(request)?;
        Ok(Completion {
            text,
            shape: Shape::Json,
            usage: Usage { input: 10, output: 5 },
            remarks: Vec::new(),
        })
    }

    fn info(&self) -> &ModelInfo {
        &self.info
    }

    fn identities(&self, request: &Request) -> Vec<(Shape, String)> {
        vec![(Shape::Json, format!("{}\n{}", request.system, request.user))]
    }
}
