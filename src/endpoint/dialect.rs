//! Which language of requests and answers a server speaks.
//!
//! Four dialects, each a file of pure functions (request → JSON, JSON → answer); here is what differs around them:
//! the route, the header that carries the key, and the first guess of what the server takes.
//!
//! Law: the name of a dialect stands in the keys of the journal, so an answer is found again only by who asks in the
//! same dialect.

use reqwest::Url;
use serde_json::{Map, Value};

use super::address::Address;
use super::openai::{Answer, Limit, Quirks};
use super::stream::{self, Delivery};
use super::{Request, anthropic, gemini, ollama, openai};

/// A dialect.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Dialect {
    /// `POST …/chat/completions`: `OpenAI` and everyone who imitates it.
    #[default]
    OpenAi,
    /// `POST …/messages`.
    Anthropic,
    /// `POST …/models/NAME:generateContent`.
    Gemini,
    /// `POST /api/chat`: the only route of Ollama on which the window can be set.
    Ollama,
}

/// How a server that imitates `OpenAI` differs from it, by the end of its host name.
struct Server {
    host: &'static str,
    key_header: &'static str,
    limit: Limit,
}

/// Azure reads the key from `api-key`. `OpenAI`'s own models since o1 refuse `max_tokens`, and all of its models take
/// the newer name. Everyone else is met with the defaults, and corrected by their refusals. Sources: the API reference
/// of each.
const SERVERS: &[Server] = &[
    Server {
        host: "api.openai.com",
        key_header: "authorization",
        limit: Limit::MaxCompletionTokens,
    },
    Server {
        host: ".openai.azure.com",
        key_header: "api-key",
        limit: Limit::MaxCompletionTokens,
    },
    Server {
        host: ".services.ai.azure.com",
        key_header: "api-key",
        limit: Limit::MaxCompletionTokens,
    },
    Server {
        host: ".cognitiveservices.azure.com",
        key_header: "api-key",
        limit: Limit::MaxCompletionTokens,
    },
];

fn server(address: &Address) -> Option<&'static Server> {
    let host = address.host();
    let name = host.split(':').next().unwrap_or_default();
    SERVERS
        .iter()
        .find(|server| name == server.host || (server.host.starts_with('.') && name.ends_with(server.host)))
}

impl Dialect {
    /// All of them, by the names that settings and journal use.
    pub const ALL: [(&'static str, Self); 4] = [
        ("openai", Self::OpenAi),
        ("anthropic", Self::Anthropic),
        ("gemini", Self::Gemini),
        ("ollama", Self::Ollama),
    ];

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::OpenAi => openai::DIALECT,
            Self::Anthropic => "anthropic",
            Self::Gemini => "gemini",
            Self::Ollama => "ollama",
        }
    }

    /// Where requests go. What servers show as their compatible base (`…/v1`, `…/openai`) is taken off where the
    /// native routes are elsewhere. Gemini has another route for answers in pieces.
    #[must_use]
    pub fn route(self, address: &Address, model: &str, delivery: Delivery) -> Url {
        let below = |ends: &[&str], route: &str| {
            let mut url = address.route("");
            let mut path = url.path().trim_end_matches('/').to_owned();
            while let Some(shorter) = ends.iter().find_map(|end| path.strip_suffix(end)) {
                path.truncate(shorter.len());
            }
            url.set_path(&format!("{path}{route}"));
            url
        };
        match self {
            Self::OpenAi => address.route("chat/completions"),
            Self::Anthropic => below(&["/messages"], "/messages"),
            Self::Gemini => {
                let model = model.strip_prefix("models/").unwrap_or(model);
                if delivery.is_streamed() {
                    let mut url = below(&["/openai"], &format!("/models/{model}:streamGenerateContent"));
                    url.query_pairs_mut().append_pair("alt", "sse");
                    return url;
                }
                below(&["/openai"], &format!("/models/{model}:generateContent"))
            }
            Self::Ollama => below(&["/chat", "/api", "/v1"], "/api/chat"),
        }
    }

    /// The header that carries the key, and what stands before the key in it.
    #[must_use]
    pub fn key_header(self, address: &Address) -> (&'static str, &'static str) {
        match self {
            Self::Anthropic => ("x-api-key", ""),
            Self::Gemini => ("x-goog-api-key", ""),
            Self::OpenAi | Self::Ollama => match server(address).map(|server| server.key_header) {
                Some(header) if header != "authorization" => (header, ""),
                _ => ("authorization", "Bearer "),
            },
        }
    }

    /// Headers that go with every request.
    #[must_use]
    pub fn headers(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::Anthropic => &[("anthropic-version", "2023-06-01")],
            Self::OpenAi | Self::Gemini | Self::Ollama => &[],
        }
    }

    /// The first guess of what the server takes.
    #[must_use]
    pub fn quirks(self, address: &Address) -> Quirks {
        let limit = match self {
            Self::OpenAi => server(address).map_or(Limit::MaxTokens, |server| server.limit),
            _ => Limit::MaxTokens,
        };
        Quirks {
            limit,
            ..Quirks::default()
        }
    }

    /// The JSON body that asks for `request`. `extra` is the user's own addition, whose members win.
    #[must_use]
    pub fn body(self, request: &Request, model: &str, quirks: Quirks, extra: &Map<String, Value>) -> Value {
        let mut body = match self {
            Self::OpenAi => openai::body(request, model, quirks),
            Self::Anthropic => anthropic::body(request, model, quirks),
            Self::Gemini => gemini::body(request, quirks),
            Self::Ollama => ollama::body(request, model, quirks),
        };
        for (member, value) in extra {
            body[member.as_str()] = value.clone();
        }
        body
    }

    /// The same as it goes over the wire. Of the dialect most servers speak it is written without a detour: prompts are
    /// long.
    #[must_use]
    pub fn json(self, request: &Request, model: &str, quirks: Quirks, extra: &Map<String, Value>) -> Vec<u8> {
        let json = if self == Self::OpenAi && extra.is_empty() {
            serde_json::to_vec(&openai::Body::new(request, model, quirks))
        } else {
            serde_json::to_vec(&self.body(request, model, quirks, extra))
        };
        // JSON with names for keys can always be written.
        json.unwrap_or_default()
    }

    /// Reads the body of an answer. An error in it counts before anything else: some servers send one with status 200.
    #[must_use]
    pub fn read(self, bytes: &[u8], sent: Quirks) -> Answer {
        let shape = sent.shape;
        if sent.delivery.is_streamed() {
            return match stream::whole(self, bytes) {
                Ok(whole) => {
                    let delivery = Delivery::Whole;
                    self.read(&whole, Quirks { delivery, ..sent })
                }
                Err(what) => Answer::Alien(what.to_owned()),
            };
        }
        match self {
            Self::OpenAi => openai::read(bytes, shape),
            Self::Anthropic => anthropic::read(bytes, shape),
            Self::Gemini => gemini::read(bytes, shape),
            Self::Ollama => ollama::read(bytes, shape),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn route(dialect: Dialect, base: &str) -> String {
        let address = Address::parse(base).unwrap();
        dialect.route(&address, "m", Delivery::Whole).to_string()
    }

    #[test]
    fn each_dialect_has_its_route_whatever_base_was_copied() {
        for base in [
            "http://a.org:11434",
            "http://a.org:11434/v1",
            "http://a.org:11434/api/chat",
        ] {
            assert_eq!(
                route(Dialect::Ollama, base),
                "http://a.org:11434/api/chat",
                "{base}"
            );
        }
        for base in ["https://a.org/v1", "https://a.org/v1/messages"] {
            assert_eq!(route(Dialect::Anthropic, base), "https://a.org/v1/messages");
        }
        for base in ["https://a.org/v1beta", "https://a.org/v1beta/openai/"] {
            assert_eq!(
                route(Dialect::Gemini, base),
                "https://a.org/v1beta/models/m:generateContent"
            );
        }
        let azure = "https://me.openai.azure.com/openai/deployments/d?api-version=2024-10-21";
        assert_eq!(
            route(Dialect::OpenAi, azure),
            "https://me.openai.azure.com/openai/deployments/d/chat/completions?api-version=2024-10-21"
        );
    }

    #[test]
    fn gemini_streams_by_another_route() {
        let address = Address::parse("https://a.org/v1beta?x=1").unwrap();
        assert_eq!(
            Dialect::Gemini.route(&address, "m", Delivery::Pieces).as_str(),
            "https://a.org/v1beta/models/m:streamGenerateContent?x=1&alt=sse"
        );
    }

    #[test]
    fn the_key_goes_in_the_header_the_server_reads() {
        let header = |dialect: Dialect, base: &str| dialect.key_header(&Address::parse(base).unwrap());
        assert_eq!(
            header(Dialect::OpenAi, "https://a.org/v1"),
            ("authorization", "Bearer ")
        );
        assert_eq!(
            header(Dialect::OpenAi, "https://me.openai.azure.com/openai"),
            ("api-key", "")
        );
        assert_eq!(
            header(Dialect::OpenAi, "https://notopenai.azure.com.a.org/v1"),
            ("authorization", "Bearer ")
        );
        assert_eq!(header(Dialect::Anthropic, "https://a.org/v1"), ("x-api-key", ""));
        assert_eq!(
            header(Dialect::Gemini, "https://a.org/v1beta"),
            ("x-goog-api-key", "")
        );
    }

    #[test]
    fn names_and_dialects_are_one_to_one() {
        assert!(Dialect::ALL.iter().all(|(name, dialect)| dialect.name() == *name));
    }
}
