//! Which model servers answer on this machine.
//!
//! In: ports. Out: the servers that list models there, and the models that can chat. All ports are asked at once, and
//! whoever has not answered after [`AT_MOST`] is not there. Whatever else may listen on a port (8080 is popular) is
//! passed over. Nothing but loopback is asked, and nothing is sent but `GET /v1/models`.

use std::net::Ipv4Addr;
use std::time::Duration;

use futures::future::join_all;
use reqwest::Client;
use reqwest::redirect::Policy;
use serde::Serialize;
use serde_json::Value;
use tokio::time::timeout;

/// How long all servers together have.
pub const AT_MOST: Duration = Duration::from_millis(280);

/// A list of models is shorter.
const LONGEST_BODY: usize = 4 << 20;

/// Where a server may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Candidate {
    /// What usually listens there.
    pub server: &'static str,
    /// The port on loopback.
    pub port: u16,
}

impl Candidate {
    /// The ports that the servers' own documentation gives.
    pub const USUAL: [Self; 4] = [
        Self {
            server: "Ollama",
            port: 11434,
        },
        Self {
            server: "llama.cpp",
            port: 8080,
        },
        Self {
            server: "LM Studio",
            port: 1234,
        },
        Self {
            server: "vLLM",
            port: 8000,
        },
    ];
}

/// A server that answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Found {
    /// By what it says of its models, or else by its port.
    pub server: String,
    /// `http://127.0.0.1:11434/v1`
    pub base_url: String,
    /// The models that can chat, as far as their names tell; in the server's order. It may be empty.
    pub models: Vec<String>,
}

/// The servers among `candidates` that answer within `at_most`, in the order of `candidates`.
pub async fn discover_within(candidates: &[Candidate], at_most: Duration) -> Vec<Found> {
    let Ok(client) = Client::builder().no_proxy().redirect(Policy::none()).build() else {
        return Vec::new();
    };
    let asked = candidates
        .iter()
        .map(|candidate| timeout(at_most, ask(&client, *candidate)));
    let answers = join_all(asked).await;
    answers
        .into_iter()
        .filter_map(|answer| answer.ok().flatten())
        .collect()
}

async fn ask(client: &Client, candidate: Candidate) -> Option<Found> {
    let base_url = format!("http://{}:{}/v1", Ipv4Addr::LOCALHOST, candidate.port);
    let mut response = client.get(format!("{base_url}/models")).send().await.ok()?;
    if !response.status().is_success() {
        return None;
    }
    let mut body = Vec::new();
    while let Some(bytes) = response.chunk().await.ok()? {
        body.extend_from_slice(&bytes);
        if body.len() > LONGEST_BODY {
            return None;
        }
    }
    let list: Value = serde_json::from_slice(&body).ok()?;
    let models = list["data"].as_array()?;
    Some(Found {
        server: server(models).unwrap_or(candidate.server).to_owned(),
        base_url,
        models: chat_models(models),
    })
}

/// Who serves, by the `owned_by` of its models.
fn server(models: &[Value]) -> Option<&'static str> {
    match models.first()?["owned_by"].as_str()? {
        "library" => Some("Ollama"),
        "llamacpp" => Some("llama.cpp"),
        "organization_owner" => Some("LM Studio"),
        "vllm" => Some("vLLM"),
        _ => None,
    }
}

fn chat_models(models: &[Value]) -> Vec<String> {
    let names = models.iter().filter_map(|model| model["id"].as_str());
    names.filter(|name| can_chat(name)).map(str::to_owned).collect()
}

/// Whether a model writes text, by its name: no list says so. Names of embedding, ranking and speech models carry one
/// of these words (`nomic-embed-text`, `bge-m3`, `Qwen3-Reranker-4B`, `whisper-large`); a chat model named like one
/// would be left out of the list, and can still be chosen by name.
fn can_chat(name: &str) -> bool {
    let name = name.to_lowercase();
    let mut words = name.split(|c: char| !c.is_alphanumeric());
    !words.any(|word| {
        word.starts_with("embed")
            || word.starts_with("rerank")
            || word.starts_with("whisper")
            || matches!(word, "bge" | "gte" | "e5" | "minilm" | "colbert" | "tts")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn embedding_models_are_known_by_their_names() {
        for name in [
            "llama3.1:8b",
            "qwen2.5-14b-instruct",
            "mistralai/Mistral-Small",
            "gemma3",
            "gpt-oss:20b",
            "bgerman",
        ] {
            assert!(can_chat(name), "{name}");
        }
        for name in [
            "nomic-embed-text:latest",
            "text-embedding-3-small",
            "BAAI/bge-m3",
            "mxbai-embed-large",
            "intfloat/multilingual-e5-large",
            "all-minilm:33m",
            "Qwen3-Reranker-4B",
            "whisper-large-v3",
        ] {
            assert!(!can_chat(name), "{name}");
        }
    }
}
