//! Answers on their way to the journal.
//!
//! In: an answer. Out: leave to use it, once it is on disk. Those that come while others are being written go together
//! after them, so that a hundred answers at once cost the disk little more than one, and one thread.

use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::oneshot;

use super::{AskError, on_disk};
use crate::endpoint::Completion;
use crate::journal::{Journal, JournalError};

/// An answer, its key, and who waits for it to be kept.
struct Waiting {
    identity: String,
    attempt: u32,
    completion: Completion,
    tell: oneshot::Sender<Result<(), JournalError>>,
}

/// A journal with those who wait for it.
pub(super) struct Keeper {
    pub(super) journal: Arc<Journal>,
    waiting: Mutex<Vec<Waiting>>,
    /// Held by whoever writes for all that wait.
    turn: tokio::sync::Mutex<()>,
}

impl Keeper {
    pub(super) fn new(journal: Journal) -> Self {
        Self {
            journal: Arc::new(journal),
            waiting: Mutex::default(),
            turn: tokio::sync::Mutex::default(),
        }
    }

    /// Keeps an answer. It is on disk when this returns.
    ///
    /// # Errors
    /// [`AskError::Journal`], [`AskError::Cancelled`].
    pub(super) async fn keep(
        &self,
        identity: String,
        attempt: u32,
        completion: Completion,
    ) -> Result<(), AskError> {
        let (tell, mut told) = oneshot::channel();
        self.waiting().push(Waiting {
            identity,
            attempt,
            completion,
            tell,
        });
        let kept = tokio::select! {
            biased;
            // Somebody took it along.
            kept = &mut told => kept,
            _turn = self.turn.lock() => {
                let together = std::mem::take(&mut *self.waiting());
                let journal = Arc::clone(&self.journal);
                on_disk(move || write(&journal, together)).await?;
                told.await
            }
        };
        Ok(kept.map_err(|_| AskError::Cancelled)??)
    }

    fn waiting(&self) -> std::sync::MutexGuard<'_, Vec<Waiting>> {
        // A list is whole whatever happened to whoever held it.
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn write(journal: &Journal, together: Vec<Waiting>) {
    let answers: Vec<_> = together
        .iter()
        .map(|waiting| (waiting.identity.as_str(), waiting.attempt, &waiting.completion))
        .collect();
    let kept = journal.put_all(&answers);
    for (waiting, kept) in together.into_iter().zip(kept) {
        // Who was told to stop does not wait any more.
        let _ = waiting.tell.send(kept);
    }
}
