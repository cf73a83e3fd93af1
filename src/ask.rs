//! The one door through which answers come: first the journal, then the endpoint.
//!
//! In: a [`Request`] and how to read its answer. Out: what was read, or why there is nothing.
//!
//! Laws: a complete answer is on disk before it counts, and is never paid for twice. An incomplete one (one that
//! `read` does not take) is never kept. The receipt counts both.
//!
//! # Not done
//! Two equal requests on their way at the same time are both paid for.

mod keeper;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use serde::Serialize;

use self::keeper::Keeper;
use crate::endpoint::recording::{Recordable, Recorder, RecordingError};
use crate::endpoint::{Completion, Endpoint, EndpointError, ModelInfo, Request, Shape, Usage};
use crate::event::{Event, Listener};
use crate::journal::{Journal, JournalError};

/// Why an answer is not what was asked for: an id is missing, it is chatter, it is not English…
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Incomplete(pub String);

/// Why there is nothing to work with.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum AskError {
    /// The endpoint gave no completion.
    #[error(transparent)]
    Endpoint(#[from] EndpointError),
    /// It gave one that is not what was asked for.
    #[error("the answer cannot be used: {0}")]
    Incomplete(Incomplete),
    /// A good answer could not be kept.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// A good answer could not be recorded.
    #[error(transparent)]
    Recording(#[from] RecordingError),
    /// The task that writes to disk was cancelled with the runtime.
    #[error("stopped while keeping an answer")]
    Cancelled,
}

impl AskError {
    /// Whether no other request can fare better: the run stops at once.
    #[must_use]
    pub fn stops_the_run(&self) -> bool {
        match self {
            Self::Endpoint(error) => error.stops_the_run(),
            Self::Incomplete(_) => false,
            Self::Journal(_) | Self::Recording(_) | Self::Cancelled => true,
        }
    }
}

/// What a run has asked for and what it cost, so far.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Receipt {
    /// What the endpoint was asked for.
    pub requests: u64,
    /// Requests that were sent again for the same: the server was busy, down or silent, or gave an answer that was none.
    pub retries: u64,
    /// Answers that were kept from an earlier run.
    pub from_journal: u64,
    /// Answers that were paid for and are no use: cut off, declined, empty, not what was asked for; and those that broke
    /// off or were none, which may be billed.
    pub wasted: u64,
    /// Tokens, the wasted ones included as far as the server said how many.
    pub usage: Usage,
}

#[derive(Debug, Default)]
struct Meter {
    requests: AtomicU64,
    from_journal: AtomicU64,
    wasted: AtomicU64,
    input: AtomicU64,
    output: AtomicU64,
}

fn count(counter: &AtomicU64, more: u64) {
    counter.fetch_add(more, Ordering::Relaxed);
}

/// An endpoint with its journal, shared by all articles of a process.
pub struct Desk<E> {
    endpoint: E,
    fallback: Option<E>,
    keeper: Keeper,
    recorder: Option<Arc<Recorder>>,
    listener: Listener,
    meter: Meter,
}

impl<E: Endpoint> Desk<E> {
    /// Asks `endpoint`, keeps answers in `journal`, tells `listener`.
    #[must_use]
    pub fn new(endpoint: E, journal: Journal, listener: Listener) -> Self {
        for damaged in journal.damaged() {
            listener(Event::Remark(damaged.to_string()));
        }
        Self {
            endpoint,
            fallback: None,
            keeper: Keeper::new(journal),
            recorder: None,
            listener,
            meter: Meter::default(),
        }
    }

    /// The same, recording every complete answer, those from the journal too. Answers that are recordings already are
    /// not recorded again.
    #[must_use]
    pub fn recorded_by(mut self, recorder: Recorder) -> Self {
        self.recorder = Some(Arc::new(recorder));
        self
    }

    /// The same, with another model for what the first one does not manage.
    #[must_use]
    pub fn falling_back_on(mut self, fallback: E) -> Self {
        self.fallback = Some(fallback);
        self
    }

    /// The name of the other model, if there is one.
    #[must_use]
    pub fn fallback(&self) -> Option<&str> {
        self.fallback
            .as_ref()
            .map(|fallback| fallback.info().model.as_str())
    }

    /// Which model this is.
    #[must_use]
    pub fn info(&self) -> &ModelInfo {
        self.endpoint.info()
    }

    /// The endpoint itself.
    #[must_use]
    pub fn endpoint(&self) -> &E {
        &self.endpoint
    }

    /// Tells the listener.
    pub fn tell(&self, event: Event) {
        (self.listener)(event);
    }

    /// What was asked for and what it cost, so far.
    #[must_use]
    pub fn receipt(&self) -> Receipt {
        let read = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        let mut in_vain = self.endpoint.in_vain();
        in_vain += self.fallback.as_ref().map(E::in_vain).unwrap_or_default();
        let mut usage = in_vain.usage;
        usage += Usage {
            input: read(&self.meter.input),
            output: read(&self.meter.output),
        };
        Receipt {
            requests: read(&self.meter.requests),
            retries: in_vain.retries,
            from_journal: read(&self.meter.from_journal),
            wasted: read(&self.meter.wasted) + in_vain.broken,
            usage,
        }
    }

    /// The answer to `request` as `read` takes it: kept from an earlier run, or from the endpoint, and then kept before
    /// this returns. An answer of an earlier run that `read` does not take any more is asked for again.
    ///
    /// # Errors
    /// See [`AskError`].
    pub async fn ask<T: Recordable>(
        &self,
        request: &Request,
        read: impl Fn(&Completion) -> Result<T, Incomplete>,
    ) -> Result<T, AskError> {
        self.ask_of(&self.endpoint, request, read).await
    }

    /// The same of the other model, if there is one; of the first otherwise.
    ///
    /// # Errors
    /// See [`AskError`].
    pub async fn ask_fallback<T: Recordable>(
        &self,
        request: &Request,
        read: impl Fn(&Completion) -> Result<T, Incomplete>,
    ) -> Result<T, AskError> {
        let endpoint = self.fallback.as_ref().unwrap_or(&self.endpoint);
        self.ask_of(endpoint, request, read).await
    }

    async fn ask_of<T: Recordable>(
        &self,
        endpoint: &E,
        request: &Request,
        read: impl Fn(&Completion) -> Result<T, Incomplete>,
    ) -> Result<T, AskError> {
        let recorded = endpoint.info().recorded;
        let identities = if recorded {
            Vec::new()
        } else {
            endpoint.identities(request)
        };
        let attempt = request.subject.attempt;
        for completion in self.kept(&identities, attempt).await? {
            if let Ok(answer) = read(&completion) {
                count(&self.meter.from_journal, 1);
                self.tell(Event::Answered {
                    usage: Usage::default(),
                    from_journal: true,
                });
                self.record(request, &answer).await?;
                return Ok(answer);
            }
        }
        count(&self.meter.requests, 1);
        let completion = endpoint.complete(request).await.inspect_err(|error| {
            // These came as answers, and were paid for.
            if let EndpointError::Truncated | EndpointError::Refused { .. } | EndpointError::Empty = error {
                self.waste(error.to_string());
            }
        })?;
        let Usage { input, output } = completion.usage;
        count(&self.meter.input, input);
        count(&self.meter.output, output);
        let answer = read(&completion).map_err(|incomplete| {
            self.waste(incomplete.to_string());
            AskError::Incomplete(incomplete)
        })?;
        let usage = completion.usage;
        let asked = identities
            .into_iter()
            .find(|(shape, _)| *shape == completion.shape);
        if let Some((_, identity)) = asked {
            self.keeper.keep(identity, attempt, completion).await?;
        }
        self.record(request, &answer).await?;
        self.tell(Event::Answered {
            usage,
            from_journal: false,
        });
        Ok(answer)
    }

    /// What the journal holds under any of the identities. What cannot be read is remarked upon and passed over.
    async fn kept(&self, identities: &[(Shape, String)], attempt: u32) -> Result<Vec<Completion>, AskError> {
        let journal = &self.keeper.journal;
        let held = identities.iter().map(|(_, identity)| identity);
        let held: Vec<String> = held.filter(|key| journal.has(key, attempt)).cloned().collect();
        // Most runs ask for what is new: they need not wait for a disk.
        if held.is_empty() {
            return Ok(Vec::new());
        }
        let journal = Arc::clone(journal);
        let found =
            on_disk(move || -> Vec<_> { held.iter().map(|key| journal.get(key, attempt)).collect() }).await?;
        let mut kept = Vec::new();
        for entry in found {
            match entry {
                Ok(completion) => kept.extend(completion),
                Err(error) => self.tell(Event::Remark(error.to_string())),
            }
        }
        Ok(kept)
    }

    async fn record<T: Recordable>(&self, request: &Request, answer: &T) -> Result<(), AskError> {
        let Some(recorder) = self.recorder.clone().filter(|_| !self.endpoint.info().recorded) else {
            return Ok(());
        };
        let (subject, replies) = (request.subject.clone(), answer.replies());
        let info = self.endpoint.info().clone();
        on_disk(move || recorder.keep(&subject, replies, &info)).await??;
        Ok(())
    }

    fn waste(&self, reason: String) {
        count(&self.meter.wasted, 1);
        self.tell(Event::Wasted { reason });
    }
}

/// Disks block; the tasks that wait for models must not.
pub(crate) async fn on_disk<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, AskError> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|_| AskError::Cancelled)
}
