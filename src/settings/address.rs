//! Where requests go: a URL, the name of a well-known server, or a folder of recordings.

use std::fmt;
use std::path::{Path, PathBuf};

use crate::endpoint::address as http;
use crate::endpoint::dialect::Dialect;

/// A server that many people use, so that its name says its address.
#[derive(Debug, PartialEq, Eq)]
pub struct Provider {
    /// What the user writes.
    pub name: &'static str,
    /// The base URL.
    pub base: &'static str,
    /// The dialect of its own routes.
    pub dialect: Dialect,
    /// The variables in which its users keep their key by its own documentation; read for this server alone.
    pub key_variables: &'static [&'static str],
}

/// The servers known by name, with the base of their routes. Sources: the API reference of each provider; the default ports of the local servers.
pub const PROVIDERS: &[Provider] = &[
    Provider {
        name: "openai",
        base: "https://api.openai.com/v1",
        dialect: Dialect::OpenAi,
        key_variables: &["OPENAI_API_KEY"],
    },
    Provider {
        name: "anthropic",
        base: "https://api.anthropic.com/v1",
        dialect: Dialect::Anthropic,
        key_variables: &["ANTHROPIC_API_KEY"],
    },
    Provider {
        name: "gemini",
        base: "https://generativelanguage.googleapis.com/v1beta",
        dialect: Dialect::Gemini,
        key_variables: &["GEMINI_API_KEY", "GOOGLE_API_KEY"],
    },
    Provider {
        name: "mistral",
        base: "https://api.mistral.ai/v1",
        dialect: Dialect::OpenAi,
        key_variables: &["MISTRAL_API_KEY"],
    },
    Provider {
        name: "openrouter",
        base: "https://openrouter.ai/api/v1",
        dialect: Dialect::OpenAi,
        key_variables: &["OPENROUTER_API_KEY"],
    },
    Provider {
        name: "groq",
        base: "https://api.groq.com/openai/v1",
        dialect: Dialect::OpenAi,
        key_variables: &["GROQ_API_KEY"],
    },
    Provider {
        name: "deepseek",
        base: "https://api.deepseek.com/v1",
        dialect: Dialect::OpenAi,
        key_variables: &["DEEPSEEK_API_KEY"],
    },
    Provider {
        name: "ollama",
        base: "http://127.0.0.1:11434/v1",
        dialect: Dialect::Ollama,
        key_variables: &[],
    },
    Provider {
        name: "llamacpp",
        base: "http://127.0.0.1:8080/v1",
        dialect: Dialect::OpenAi,
        key_variables: &[],
    },
    Provider {
        name: "vllm",
        base: "http://127.0.0.1:8000/v1",
        dialect: Dialect::OpenAi,
        key_variables: &[],
    },
    Provider {
        name: "lmstudio",
        base: "http://127.0.0.1:1234/v1",
        dialect: Dialect::OpenAi,
        key_variables: &[],
    },
];

/// Where requests go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Address {
    /// A server.
    Server(http::Address),
    /// Recordings in a folder.
    Replay(PathBuf),
}

impl Address {
    /// Reads a URL, a well-known name, or `replay:DIR`, where a relative `DIR` is meant from `base` on. A URL without a
    /// path means `/v1`, where every server of this kind has its routes.
    ///
    /// # Errors
    /// What is wrong and what to write instead, as the end of a sentence that starts with the setting's name. What
    /// was written is not repeated if it may hold a password.
    pub fn read(text: &str, base: &Path) -> Result<Self, String> {
        let text = text.trim();
        if let Some(folder) = text.strip_prefix("replay:") {
            return if folder.is_empty() {
                Err("expects a folder after `replay:`".to_owned())
            } else {
                Ok(Self::Replay(base.join(folder)))
            };
        }
        let known = PROVIDERS
            .iter()
            .find(|provider| provider.name.eq_ignore_ascii_case(text));
        let text = known.map_or(text, |provider| provider.base);
        let Some((_, rest)) = text.split_once("://") else {
            let names: Vec<_> = PROVIDERS.iter().map(|provider| provider.name).collect();
            return Err(format!(
                "is a URL with http:// or https://, `replay:DIR`, or one of {}; not `{text}`",
                names.join(", ")
            ));
        };
        // The standard's way of reading URLs takes `http:///v1` for the host `v1`.
        if rest.starts_with('/') || rest.is_empty() {
            return Err("names no host".to_owned());
        }
        let has_path = rest.trim_end_matches('/').contains(['/', '?']);
        let address = if has_path {
            http::Address::parse(text)
        } else {
            http::Address::parse(&format!("{}/v1", text.trim_end_matches('/')))
        };
        let address = address.map_err(|message| format!("is no address: {message}"))?;
        if address.has_credentials() {
            return Err("must not hold a user or password: put the key into FIDELE_API_KEY".to_owned());
        }
        Ok(Self::Server(address))
    }

    /// Host and port as messages show them; `replay:DIR` for recordings.
    #[must_use]
    pub fn host(&self) -> String {
        match self {
            Self::Server(address) => address.host(),
            Self::Replay(folder) => format!("replay:{}", folder.display()),
        }
    }

    /// Whether the text stays on this machine.
    #[must_use]
    pub fn is_local(&self) -> bool {
        match self {
            Self::Server(address) => address.is_local(),
            Self::Replay(_) => true,
        }
    }

    /// Whether what is sent can be read on the way: plain HTTP beyond this machine.
    #[must_use]
    pub fn is_open_to_eavesdroppers(&self) -> bool {
        matches!(self, Self::Server(address) if address.is_clear() && !address.is_local())
    }

    /// Whether a key for one may be sent to the other: same scheme, host and port.
    #[must_use]
    pub fn is_same_server(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Server(one), Self::Server(two)) => {
                one.is_clear() == two.is_clear() && one.host() == two.host()
            }
            _ => false,
        }
    }

    /// The dialect spoken there, as far as the address tells: that of a well-known server's own routes, unless the path
    /// is that of its OpenAI-compatible ones.
    #[must_use]
    pub fn dialect(&self) -> Dialect {
        match self.provider() {
            Some(_) if self.to_string().ends_with("/openai") => Dialect::OpenAi,
            Some(provider) => provider.dialect,
            None => Dialect::OpenAi,
        }
    }

    /// The well-known server at this address.
    #[must_use]
    pub fn provider(&self) -> Option<&'static Provider> {
        PROVIDERS.iter().find(|provider| {
            let known = Self::read(provider.base, Path::new(""));
            known.is_ok_and(|known| known.is_same_server(self))
        })
    }
}

impl fmt::Display for Address {
    /// The address without its query, which may hold a key.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Server(address) => f.write_str(&address.plain()),
            Self::Replay(folder) => write!(f, "replay:{}", folder.display()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Address, String> {
        Address::read(text, Path::new("/base"))
    }

    #[test]
    fn a_name_stands_for_its_address() {
        assert_eq!(read("openai"), read("https://api.openai.com/v1/"));
        assert_eq!(read("mistral").unwrap().provider().unwrap().name, "mistral");
        assert_eq!(read("https://example.org/v1").unwrap().provider(), None);
        assert_eq!(
            read("https://api.openai.com"),
            read("openai"),
            "no path means /v1"
        );
        assert_ne!(read("https://api.openai.com/v2"), read("openai"));
        for provider in PROVIDERS {
            assert_eq!(read(provider.name).unwrap().provider(), Some(provider));
        }
    }

    #[test]
    fn what_is_no_address_says_what_would_be() {
        assert!(read("opnai").unwrap_err().contains("openai"));
        assert!(read("localhost:11434").unwrap_err().contains("http://"));
        assert!(read("ftp://example.org").unwrap_err().contains("https://"));
        for no_host in ["http://", "https:///", "http:///v1"] {
            assert_eq!(read(no_host).unwrap_err(), "names no host");
        }
        assert!(read("replay:").is_err());
        let secret = read("https://me:hunter2@example.org/v1").unwrap_err();
        assert!(secret.contains("FIDELE_API_KEY") && !secret.contains("hunter2"));
    }

    #[test]
    fn loopback_is_this_machine_and_nothing_else_is() {
        for local in [
            "http://localhost:1",
            "http://127.3.2.1",
            "http://[::1]:8080",
            "replay:x",
        ] {
            assert!(read(local).unwrap().is_local(), "{local}");
        }
        for remote in [
            "http://192.168.1.2",
            "https://localhost.example.org",
            "http://127.0.0.1.example.org",
        ] {
            assert!(!read(remote).unwrap().is_local(), "{remote}");
        }
        assert!(read("http://192.168.1.2").unwrap().is_open_to_eavesdroppers());
        assert!(!read("https://192.168.1.2").unwrap().is_open_to_eavesdroppers());
    }

    #[test]
    fn a_name_or_an_address_says_the_dialect() {
        for (text, dialect) in [
            ("openai", Dialect::OpenAi),
            ("anthropic", Dialect::Anthropic),
            ("https://api.anthropic.com", Dialect::Anthropic),
            ("gemini", Dialect::Gemini),
            (
                "https://generativelanguage.googleapis.com/v1beta/openai",
                Dialect::OpenAi,
            ),
            ("ollama", Dialect::Ollama),
            ("http://127.0.0.1:11434/v1", Dialect::Ollama),
            ("http://127.0.0.1:8080", Dialect::OpenAi),
            ("https://example.org/v1", Dialect::OpenAi),
        ] {
            assert_eq!(read(text).unwrap().dialect(), dialect, "{text}");
        }
    }

    #[test]
    fn a_query_is_kept_but_not_shown() {
        let address = read("https://example.org/v1?key=hunter2").unwrap();
        assert_eq!(address.to_string(), "https://example.org/v1");
        assert_eq!(read("replay:r").unwrap().to_string(), "replay:/base/r");
    }
}
