//! An endpoint as it is configured, with nothing left to decide.

use std::time::Duration;

use reqwest::header::{HeaderName, HeaderValue};
use reqwest::redirect::Policy;
use reqwest::{Certificate, Client, Proxy};
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Map, Value};

use crate::endpoint::address::Address;
use crate::endpoint::budget::Caps;
use crate::endpoint::dialect::Dialect;
use crate::endpoint::limits::Rates;
use crate::endpoint::retry::Backoff;
use crate::endpoint::stream::Streaming;

/// How long we wait for what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timeouts {
    /// For the connection.
    pub connect: Duration,
    /// Without a byte. A model that writes its whole answer before it sends it is silent for as long.
    pub silence: Duration,
    /// For one request in all.
    pub total: Duration,
    /// After so long without a byte, a connection that ends was cut for its silence. The proxies that do so wait for
    /// 60 s (nginx, AWS) or 100 s (Cloudflare); a busy one may be half as patient.
    pub cut: Duration,
}

impl Default for Timeouts {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            silence: Duration::from_mins(5),
            total: Duration::from_mins(10),
            cut: Duration::from_secs(25),
        }
    }
}

/// How far text may go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// To the host that is configured.
    Anywhere,
    /// Not beyond this machine (`--local-only`).
    ThisMachine,
}

/// Who answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answers {
    /// A model. It is sent the prompt and nothing else.
    Model,
    /// `endpoint::replay`: it is sent the request's subject as well, by which it finds its recordings.
    Recordings,
}

/// An endpoint as it is configured.
#[derive(Clone)]
pub struct HttpSettings {
    /// Such as `https://api.openai.com/v1`: the part before `/chat/completions`.
    pub base_url: String,
    /// The model's name there.
    pub model: String,
    /// Which dialect is spoken there.
    pub dialect: Dialect,
    /// Members added to the body of every request; they win over ours.
    pub extra: Map<String, Value>,
    /// Sent in the one header from which the server reads it: `Authorization: Bearer`, `x-api-key`, `api-key`…
    pub key: Option<SecretString>,
    /// Requests in flight at most.
    pub at_once: usize,
    /// How fast requests may start.
    pub rates: Rates,
    /// What all requests together may cost.
    pub caps: Caps,
    /// A proxy's URL; without one, that of the environment. Never used for this machine.
    pub proxy: Option<String>,
    /// Certificates to trust besides the system's, in PEM.
    pub certificates: Option<Vec<u8>>,
    /// How long we wait.
    pub timeouts: Timeouts,
    /// Whether answers are asked for in pieces.
    pub stream: Streaming,
    /// How often one request is asked at most, the first time included.
    pub attempts: u32,
    /// Between attempts, where the server names no time.
    pub backoff: Backoff,
    /// The longest wait a server may ask for; beyond it we give up rather than come back early.
    pub patience: Duration,
    /// How far text may go.
    pub reach: Reach,
    /// Who answers.
    pub answers: Answers,
}

impl HttpSettings {
    /// The defaults, for one model at one address.
    #[must_use]
    pub fn new(base_url: impl Into<String>, model: impl Into<String>) -> Self {
        Self {
            base_url: base_url.into(),
            model: model.into(),
            dialect: Dialect::default(),
            extra: Map::new(),
            key: None,
            at_once: 4,
            rates: Rates::default(),
            caps: Caps::default(),
            proxy: None,
            certificates: None,
            timeouts: Timeouts::default(),
            stream: Streaming::default(),
            attempts: 6,
            backoff: Backoff::default(),
            patience: Duration::from_mins(10),
            reach: Reach::Anywhere,
            answers: Answers::Model,
        }
    }
}

impl std::fmt::Debug for HttpSettings {
    /// Without the key, and without what an address may hold beside it.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("HttpSettings")
            .field("address", &Address::parse(&self.base_url))
            .field("model", &self.model)
            .field("dialect", &self.dialect)
            .field("key", &self.key.as_ref().map(|_| "[hidden]"))
            .field("at_once", &self.at_once)
            .field("rates", &self.rates)
            .field("caps", &self.caps)
            .field("timeouts", &self.timeouts)
            .field("stream", &self.stream)
            .field("attempts", &self.attempts)
            .field("reach", &self.reach)
            .finish_non_exhaustive()
    }
}

/// Why an endpoint cannot be used as configured. Nothing was sent.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum HttpError {
    /// The base URL is none.
    #[error("the endpoint's address cannot be used: {0}")]
    Address(&'static str),
    /// A key would travel unencrypted.
    #[error("a key is not sent to {host} over plain http; use https")]
    KeyInTheClear {
        /// Host and port.
        host: String,
    },
    /// `--local-only`, and the host is elsewhere.
    #[error("{host} is not this machine, and only local endpoints are allowed")]
    NotLocal {
        /// Host and port.
        host: String,
    },
    /// The key has a line break or another character no header can carry.
    #[error("the key holds characters that no header can carry; check where it is read from")]
    UnusableKey,
    /// The proxy's URL is none. It is not repeated: it may hold a password.
    #[error("the proxy's address cannot be used; it should look like http://proxy.example.org:3128")]
    Proxy,
    /// The certificates cannot be read.
    #[error("the certificates cannot be read; they should be in PEM form")]
    Certificates,
    /// TLS or the like cannot be set up.
    #[error("cannot set up HTTP")]
    Client(#[source] reqwest::Error),
}

/// The client of one endpoint: no redirects, and for this machine no proxy either.
///
/// # Errors
/// [`HttpError::Proxy`], [`HttpError::Certificates`], [`HttpError::Client`].
pub(super) fn client(settings: &HttpSettings, address: &Address) -> Result<Client, HttpError> {
    let mut client = Client::builder()
        .user_agent(concat!("fidele/", env!("CARGO_PKG_VERSION")))
        .redirect(Policy::none())
        .connect_timeout(settings.timeouts.connect)
        .read_timeout(settings.timeouts.silence)
        .timeout(settings.timeouts.total);
    if address.is_local() {
        // A proxy would take the text off this machine.
        client = client.no_proxy();
    } else if let Some(proxy) = &settings.proxy {
        client = client.proxy(Proxy::all(proxy).map_err(|_| HttpError::Proxy)?);
    }
    if let Some((name, addresses)) = address.pinned() {
        client = client.resolve_to_addrs(name, &addresses);
    }
    if let Some(pem) = &settings.certificates {
        let certificates = Certificate::from_pem_bundle(pem).map_err(|_| HttpError::Certificates)?;
        if certificates.is_empty() {
            return Err(HttpError::Certificates);
        }
        client = client.tls_certs_merge(certificates);
    }
    client
        .build()
        .map_err(|error| HttpError::Client(error.without_url()))
}

/// The one header that carries the key.
pub(super) fn key_header(
    settings: &HttpSettings,
    address: &Address,
) -> Result<Option<(HeaderName, HeaderValue)>, HttpError> {
    let Some(key) = &settings.key else {
        return Ok(None);
    };
    let (name, before) = settings.dialect.key_header(address);
    let value = format!("{before}{}", key.expose_secret().trim());
    let mut value = HeaderValue::from_str(&value).map_err(|_| HttpError::UnusableKey)?;
    value.set_sensitive(true);
    Ok(Some((HeaderName::from_static(name), value)))
}
