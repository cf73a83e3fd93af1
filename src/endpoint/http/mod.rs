//! One model over HTTP: slots, retries, waiting, and what the server turned out to take.
//!
//! In: [`HttpSettings`]. Out: [`Http`], an [`Endpoint`] that all articles of a process share.
//!
//! Laws: nothing is sent that could exceed the budget (`budget`). The key is in one request header and nowhere else, never over plain HTTP beyond this machine, and no redirect
//! is followed. The slot is free while a retry waits. Every loop is bounded: by `attempts`, and more tightly where a
//! repetition is unlikely to help (`trouble`). Nothing that cannot succeed is asked twice.
//!
//! # Not done
//! No provider recognises a repeated request, so one that was answered but never arrived may be billed twice.

mod reading;
mod settings;
mod trouble;

use std::hash::{BuildHasher, Hasher, RandomState};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use reqwest::header::{CONTENT_TYPE, HeaderName, HeaderValue};
use reqwest::{Client, Url};
use serde_json::json;
use tokio_util::sync::CancellationToken;

pub use self::settings::{Answers, HttpError, HttpSettings, Reach, Timeouts};
use self::trouble::{Came, Reply, Tries, Trouble};
use super::address::Address;
use super::budget::{self, Budget};
use super::dialect::Dialect;
use super::limits::Limits;
use super::ollama;
use super::openai::{self, Quirks};
use super::retry::nothing_left_for;
use super::stream::{BREAKS_OFF, Delivery, Streaming};
use super::{Completion, Endpoint, EndpointError, InVain, ModelInfo, Request, Shape, Usage};
use crate::event::{Event, Listener};
use crate::tokens::{Tiktoken, Tokenizer as _};

/// How often one request is written otherwise: there are three quirks, one in two steps, and others learn meanwhile.
const ADAPTATIONS: u32 = 6;
/// The longest body read. The longest answer of a model is far below.
const LONGEST_BODY: usize = 32 << 20;

/// One model over HTTP.
pub struct Http {
    info: ModelInfo,
    settings: HttpSettings,
    base: String,
    chat: Url,
    chat_in_pieces: Url,
    client: Client,
    key: Option<(HeaderName, HeaderValue)>,
    limits: Arc<Limits>,
    budget: Arc<Budget>,
    /// What the server takes, as far as we know.
    quirks: Mutex<Quirks>,
    /// Whether anything has ever come back from it.
    reached: AtomicBool,
    /// Whether it has ever answered a request with a schema.
    takes_schema: AtomicBool,
    /// Whether it has ever given a good answer; from then on it may keep prompts it has read.
    answered: AtomicBool,
    in_vain: Wasted,
    /// Counts prompts where the server's own count must be looked at.
    tokenizer: OnceLock<Tiktoken>,
    listener: Listener,
    stop: CancellationToken,
}

/// What was sent to no use; see [`InVain`].
#[derive(Default)]
struct Wasted {
    retries: AtomicU64,
    broken: AtomicU64,
    input: AtomicU64,
    output: AtomicU64,
}

impl Wasted {
    fn add(&self, usage: Usage) {
        self.input.fetch_add(usage.input, Ordering::Relaxed);
        self.output.fetch_add(usage.output, Ordering::Relaxed);
    }
}

impl std::fmt::Debug for Http {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Http")
            .field("settings", &self.settings)
            .finish_non_exhaustive()
    }
}

impl Http {
    /// Makes an endpoint ready; sends nothing.
    ///
    /// # Errors
    /// See [`HttpError`].
    pub fn new(settings: HttpSettings, listener: Listener) -> Result<Self, HttpError> {
        let address = Address::parse(&settings.base_url).map_err(HttpError::Address)?;
        let host = address.host();
        let local = address.is_local();
        if settings.reach == Reach::ThisMachine && !local {
            return Err(HttpError::NotLocal { host });
        }
        if address.is_clear() && !local && (settings.key.is_some() || address.has_credentials()) {
            return Err(HttpError::KeyInTheClear { host });
        }
        let key = settings::key_header(&settings, &address)?;
        // The port of a replay is another one every time; reports of recordings are not.
        let host = match settings.answers {
            Answers::Model => host,
            Answers::Recordings => "recordings".to_owned(),
        };
        let mut quirks = settings.dialect.quirks(&address);
        if settings.stream == Streaming::On {
            quirks.delivery = Delivery::Pieces;
        }
        let route = |delivery| settings.dialect.route(&address, &settings.model, delivery);
        Ok(Self {
            info: ModelInfo {
                host,
                model: settings.model.clone(),
                local,
                recorded: settings.answers == Answers::Recordings,
            },
            base: address.plain(),
            chat: route(Delivery::Whole),
            chat_in_pieces: route(Delivery::Pieces),
            client: settings::client(&settings, &address)?,
            key,
            limits: Arc::new(Limits::new(settings.at_once, settings.rates)),
            budget: Arc::new(Budget::new(settings.caps)),
            quirks: Mutex::new(quirks),
            reached: AtomicBool::new(false),
            takes_schema: AtomicBool::new(false),
            answered: AtomicBool::new(false),
            in_vain: Wasted::default(),
            tokenizer: OnceLock::new(),
            listener,
            stop: CancellationToken::new(),
            settings,
        })
    }

    /// The same, ending with [`EndpointError::Stopped`] whatever waits once `stop` is given. Requests on their way are
    /// paid for and are still received.
    #[must_use]
    pub fn stopped_by(mut self, stop: CancellationToken) -> Self {
        self.stop = stop;
        self
    }

    /// Another model of the same server. Both share slots, rates and budget.
    ///
    /// # Errors
    /// Those of [`Http::new`].
    pub fn another_model(&self, model: &str) -> Result<Self, HttpError> {
        let settings = HttpSettings {
            model: model.to_owned(),
            ..self.settings.clone()
        };
        Ok(Self {
            limits: Arc::clone(&self.limits),
            budget: Arc::clone(&self.budget),
            ..Self::new(settings, Arc::clone(&self.listener))?.stopped_by(self.stop.clone())
        })
    }

    /// What the server is known to take.
    #[must_use]
    pub fn quirks(&self) -> Quirks {
        *self.quirks.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps what a refusal taught, unless another request has learnt meanwhile.
    fn learn(&self, sent: Quirks, better: Quirks) {
        let mut quirks = self.quirks.lock().unwrap_or_else(PoisonError::into_inner);
        if *quirks == sent {
            *quirks = better;
        }
    }

    /// One request, one reply.
    async fn send(&self, request: &Request, quirks: Quirks) -> Result<Reply, Trouble> {
        let HttpSettings {
            dialect,
            model,
            extra,
            ..
        } = &self.settings;
        let body = match self.settings.answers {
            Answers::Model => dialect.json(request, model, quirks, extra),
            Answers::Recordings => {
                let mut body = dialect.body(request, model, quirks, extra);
                body["fidele"] = json!(request.subject);
                body.to_string().into_bytes()
            }
        };
        let url = if quirks.delivery.is_streamed() {
            &self.chat_in_pieces
        } else {
            &self.chat
        };
        let mut post = self
            .client
            .post(url.clone())
            .header(CONTENT_TYPE, "application/json");
        for (name, value) in dialect.headers() {
            post = post.header(*name, *value);
        }
        if let Some((name, value)) = &self.key {
            post = post.header(name, value);
        }
        let since = Instant::now();
        let trouble = |error: reqwest::Error, cut: &'static str| {
            if error.is_connect() {
                Trouble::Unreachable(error.without_url())
            } else if error.is_timeout() {
                let Timeouts { silence, total, .. } = self.settings.timeouts;
                let after = if since.elapsed() < total {
                    silence.min(total)
                } else {
                    total
                };
                Trouble::Silent { after }
            } else {
                Trouble::Cut(cut)
            }
        };
        let sending = post.body(body).send().await;
        let mut response =
            sending.map_err(|error| trouble(error, "it closed the connection without an answer"))?;
        self.reached.store(true, Ordering::Relaxed);
        let mut reply = Reply {
            status: response.status().as_u16(),
            headers: response.headers().clone(),
            body: Vec::new(),
        };
        loop {
            match response.chunk().await {
                Ok(Some(bytes)) if reply.body.len() + bytes.len() > LONGEST_BODY => {
                    return Err(Trouble::Broken("an answer of more than 32 MiB".to_owned()));
                }
                Ok(Some(bytes)) => reply.body.extend_from_slice(&bytes),
                Ok(None) => return Ok(reply),
                // The status of an error is enough.
                Err(_) if !response.status().is_success() => return Ok(reply),
                Err(error) => return Err(trouble(error, BREAKS_OFF)),
            }
        }
    }

    /// Whether, and after how long, to ask again after `trouble`.
    fn wait(&self, trouble: &Trouble, tries: &mut Tries) -> Option<Duration> {
        let reached = self.reached.load(Ordering::Relaxed);
        if !tries.leave_room_after(trouble, reached) || tries.asked >= self.settings.attempts {
            return None;
        }
        let own = self.settings.backoff.delay(tries.asked, chance());
        let asked = trouble.asked().unwrap_or_default();
        (asked <= self.settings.patience).then(|| own.max(asked))
    }

    fn give_up(&self, trouble: Trouble, tries: &Tries) -> EndpointError {
        let host = self.info.host.clone();
        match trouble {
            Trouble::Busy {
                status,
                message,
                asked,
            }
            | Trouble::Down {
                status,
                message,
                asked,
            } => {
                let too_long = asked.filter(|wait| *wait > self.settings.patience);
                let message = match too_long {
                    Some(wait) => format!("it asks us to wait {} s: {message}", wait.as_secs()),
                    None => message,
                };
                EndpointError::Unavailable {
                    host,
                    status,
                    attempts: tries.asked,
                    message,
                }
            }
            Trouble::Unreachable(cause) => EndpointError::Unreachable { host, cause },
            Trouble::Silent { after } => EndpointError::Timeout { host, after },
            Trouble::Cut(what) => self.not_a_completion(what.to_owned()),
            Trouble::Broken(message) => self.not_a_completion(message),
        }
    }

    fn down(&self, failures: u32, message: &str) -> EndpointError {
        EndpointError::Down {
            host: self.info.host.clone(),
            failures,
            message: message.to_owned(),
        }
    }

    /// Waits for `what`, unless the run is stopped first.
    async fn unless_stopped<T>(&self, what: impl Future<Output = T>) -> Result<T, EndpointError> {
        tokio::select! {
            biased;
            () = self.stop.cancelled() => Err(EndpointError::Stopped),
            done = what => Ok(done),
        }
    }
}

impl Endpoint for Http {
    async fn complete(&self, request: &Request) -> Result<Completion, EndpointError> {
        let mut tries = Tries::default();
        loop {
            let most = budget::most(request, self.quirks());
            let slot = self
                .unless_stopped(self.limits.enter(most.input + most.output))
                .await?
                .ok_or(EndpointError::Stopped)?;
            if let Some(failures) = self.limits.is_down() {
                return Err(self.down(failures, "it was given up by another request"));
            }
            let reserved = self
                .budget
                .reserve(most)
                .map_err(|cap| EndpointError::OverBudget { cap })?;
            let known = self.quirks();
            let shape = if tries.without_schema {
                Shape::Tagged
            } else {
                known.shape
            };
            let sent = Quirks { shape, ..known };
            (self.listener)(Event::Asked);
            if tries.asked + tries.adapted > 0 {
                self.in_vain.retries.fetch_add(1, Ordering::Relaxed);
            }
            tries.asked += 1;
            let since = Instant::now();
            let came = match self.send(request, sent).await {
                Ok(reply) => {
                    if let Some(wait) = nothing_left_for(&reply.headers, SystemTime::now()) {
                        self.limits.pause(wait);
                    }
                    self.read(&reply, sent)
                }
                Err(trouble) => Came::Trouble(trouble),
            };
            reserved.cost(cost_of(&came, most));
            let trouble = match came {
                Came::Settled(result, _) => {
                    self.limits.went_well();
                    let result = result.and_then(|completion| self.whole_prompt(request, completion, &tries));
                    if result.is_ok() {
                        self.answered.store(true, Ordering::Relaxed);
                        match sent.shape {
                            Shape::Json => self.takes_schema.store(true, Ordering::Relaxed),
                            Shape::Tagged => self.learn(known, sent),
                        }
                    }
                    return result;
                }
                Came::Otherwise(quirks, error, paid) => {
                    if tries.adapted >= ADAPTATIONS {
                        return Err(error);
                    }
                    if paid != Usage::default() {
                        self.in_vain.add(paid);
                        self.broken(&error.to_string());
                    }
                    // Asking otherwise is no repetition.
                    tries.adapted += 1;
                    tries.asked -= 1;
                    self.learn(known, quirks);
                    (self.listener)(Event::Waiting {
                        delay: Duration::ZERO,
                        reason: format!("{} takes it otherwise", self.info.host),
                    });
                    continue;
                }
                Came::Trouble(trouble) => trouble,
            };
            if trouble.is_broken() {
                self.broken(&trouble.reason(&self.info.host));
            }
            self.keep_it_moving(&trouble, since.elapsed(), known);
            if trouble.is_of_the_server()
                && let Some(failures) = self.limits.failed()
            {
                return Err(self.down(failures, &trouble.reason(&self.info.host)));
            }
            let again = self.wait(&trouble, &mut tries);
            if let Trouble::Busy { .. } = trouble {
                self.limits
                    .refused(slot, again.unwrap_or(self.settings.backoff.cap));
            } else {
                drop(slot);
            }
            if let Some(delay) = again {
                let reason = trouble.reason(&self.info.host);
                (self.listener)(Event::Waiting { delay, reason });
                self.unless_stopped(tokio::time::sleep(delay)).await?;
            } else if self.may_choke_on_the_schema(&trouble, sent, &tries) {
                tries.without_schema = true;
            } else {
                return Err(self.give_up(trouble, &tries));
            }
        }
    }

    fn info(&self) -> &ModelInfo {
        &self.info
    }

    /// All that a request is made of, but no quirks: what a server turns out to take must not change under which key an
    /// answer is found again.
    fn identities(&self, request: &Request) -> Vec<(Shape, String)> {
        let shapes = match self.quirks().shape {
            Shape::Json => [Shape::Json, Shape::Tagged],
            Shape::Tagged => [Shape::Tagged, Shape::Json],
        };
        let HttpSettings {
            dialect,
            model,
            extra,
            ..
        } = &self.settings;
        let key = |shape| {
            let (system, user) = openai::prompt(request, shape);
            let schema = (shape == Shape::Json).then_some((request.schema.name, &request.schema.schema));
            let lengths = [system.len(), user.len()];
            // The prompts are long: they stand as they are behind their lengths. In one piece, of which a processor hashes
            // several parts at a time.
            let head = (
                dialect.name(),
                &self.base,
                model,
                extra,
                request.max_output.0,
                schema,
                lengths,
            );
            // JSON with names for keys can always be written.
            let mut all = serde_json::to_string(&head).unwrap_or_default();
            all.push_str(system);
            all.push_str(user);
            (shape, blake3::hash(all.as_bytes()).to_hex().to_string())
        };
        shapes.map(key).to_vec()
    }

    fn in_vain(&self) -> InVain {
        let read = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        InVain {
            retries: read(&self.in_vain.retries),
            broken: read(&self.in_vain.broken),
            usage: Usage {
                input: read(&self.in_vain.input),
                output: read(&self.in_vain.output),
            },
        }
    }
}

impl Http {
    /// A completion, unless the server read less of the prompt than it was sent. It may leave out of its count what it
    /// has read before: after the first answer the instructions, and of a request that is repeated all of it.
    fn whole_prompt(
        &self,
        request: &Request,
        completion: Completion,
        tries: &Tries,
    ) -> Result<Completion, EndpointError> {
        if self.settings.dialect != Dialect::Ollama || tries.asked > 1 {
            return Ok(completion);
        }
        let (system, user) = openai::prompt(request, completion.shape);
        let system = if self.answered.load(Ordering::Relaxed) {
            ""
        } else {
            system
        };
        let sent: u64 = [system, user]
            .map(|text| u64::from(self.tokenizer().count(text).0))
            .iter()
            .sum();
        let Usage { input, .. } = completion.usage;
        if !ollama::is_cut(input, sent) {
            return Ok(completion);
        }
        self.in_vain.add(completion.usage);
        Err(EndpointError::TooLong {
            message: format!("{} read {input} of about {sent} tokens", self.info.host),
        })
    }

    fn tokenizer(&self) -> &Tiktoken {
        self.tokenizer
            .get_or_init(|| Tiktoken::for_model(&self.settings.model))
    }

    /// Counts an answer that is asked for again.
    fn broken(&self, reason: &str) {
        self.in_vain.broken.fetch_add(1, Ordering::Relaxed);
        let reason = reason.to_owned();
        (self.listener)(Event::Broken { reason });
    }

    /// A connection that ends after a long silence may have been cut for it: from then on answers are asked for in
    /// pieces, unless the user decided otherwise.
    fn keep_it_moving(&self, trouble: &Trouble, silent: Duration, known: Quirks) {
        let HttpSettings { stream, timeouts, .. } = &self.settings;
        if *stream == Streaming::Auto
            && known.delivery == Delivery::Whole
            && trouble.may_be_for_the_silence()
            && silent >= timeouts.cut
        {
            let delivery = Delivery::Pieces;
            self.learn(known, Quirks { delivery, ..known });
            let remark = "the connection was cut while the model was silent; from now on it is asked to send \
                          as it writes";
            (self.listener)(Event::Remark(remark.to_owned()));
        }
    }

    /// A server may answer any schema with a bare 500. One that never answered a request with a schema is asked once
    /// without, before we give up; if that goes well, schemas are never sent to it again.
    fn may_choke_on_the_schema(&self, trouble: &Trouble, sent: Quirks, tries: &Tries) -> bool {
        matches!(trouble, Trouble::Down { status: 500, .. })
            && sent.shape == Shape::Json
            && !tries.without_schema
            && !self.takes_schema.load(Ordering::Relaxed)
    }
}

/// What a request cost, whatever came of it. An answer that broke off may have been billed: its prompt counts.
fn cost_of(came: &Came, most: Usage) -> Usage {
    match came {
        Came::Settled(Ok(completion), _) => completion.usage,
        Came::Settled(Err(_), usage) => *usage,
        Came::Trouble(Trouble::Cut(_) | Trouble::Broken(_) | Trouble::Silent { .. }) => {
            Usage { output: 0, ..most }
        }
        Came::Otherwise(_, _, paid) => *paid,
        Came::Trouble(_) => Usage::default(),
    }
}

/// A number between 0 and 1, by chance enough to spread waits: the standard library seeds every `RandomState` anew.
fn chance() -> f64 {
    let bits = RandomState::new().build_hasher().finish();
    f64::from(u32::try_from(bits >> 32).unwrap_or_default()) / f64::from(u32::MAX)
}
