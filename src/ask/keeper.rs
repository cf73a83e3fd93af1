//! Answers on their way to the journal.
//!
//! In: an answer. Out: leave to use it, once it is on disk. Those that come while others are being written go together
//! after them, so that a hundred answers at once cost the disk little more than one, and one thread.

use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::oneshot;

use super::AskError;
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
    waiting: Arc<Mutex<Vec<Waiting>>>,
    /// Held by the one that writes for all that wait.
    turn: Arc<tokio::sync::Mutex<()>>,
}

impl Keeper {
    pub(super) fn new(journal: Journal) -> Self {
        Self {
            journal: Arc::new(journal),
            waiting: Arc::default(),
            turn: Arc::default(),
        }
    }

    /// Keeps an answer. It is on disk when this returns, and will be if nobody waits for that any more: it is paid for.
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
        lock(&self.waiting).push(Waiting {
            identity,
            attempt,
            completion,
            tell,
        });
        let kept = tokio::select! {
            biased;
            // Somebody took it along.
            kept = &mut told => kept,
            turn = Arc::clone(&self.turn).lock_owned() => {
                let (journal, waiting) = (Arc::clone(&self.journal), Arc::clone(&self.waiting));
                // It writes to the end, whatever becomes of those that wait.
                tokio::task::spawn_blocking(move || {
                    let _turn = turn;
                    loop {
                        let together = std::mem::take(&mut *lock(&waiting));
                        if together.is_empty() {
                            break;
                        }
                        write(&journal, together);
                    }
                });
                told.await
            }
        };
        Ok(kept.map_err(|_| AskError::Cancelled)??)
    }
}

fn lock(waiting: &Mutex<Vec<Waiting>>) -> std::sync::MutexGuard<'_, Vec<Waiting>> {
    // A list is whole whatever happened to whoever held it.
    waiting.lock().unwrap_or_else(PoisonError::into_inner)
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

#[cfg(test)]
mod tests {
    use std::future::poll_fn;
    use std::task::Poll;

    use super::*;
    use crate::endpoint::{Shape, Usage};

    fn completion(text: &str) -> Completion {
        Completion {
            text: text.to_owned(),
            shape: Shape::Json,
            usage: Usage::default(),
            remarks: Vec::new(),
        }
    }

    /// Asks a future once whether it is ready.
    async fn once<T>(mut asked: std::pin::Pin<&mut impl Future<Output = T>>) -> Poll<T> {
        poll_fn(|context| Poll::Ready(asked.as_mut().poll(context))).await
    }

    #[tokio::test]
    async fn an_answer_is_kept_though_nobody_waits_for_it_any_more() {
        let folder = tempfile::tempdir().unwrap();
        let keeper = Keeper::new(Journal::in_folder(folder.path()).unwrap());
        let (first, second) = ("1".repeat(64), "2".repeat(64));
        let mut writing = Box::pin(keeper.keep(first.clone(), 0, completion(&first)));
        assert!(once(writing.as_mut()).await.is_pending());
        {
            let let_go = std::pin::pin!(keeper.keep(second.clone(), 0, completion(&second)));
            assert!(once(let_go).await.is_pending());
        }
        writing.await.unwrap();
        // Whoever writes has the turn to the end.
        drop(keeper.turn.lock().await);
        for key in [first, second] {
            assert_eq!(keeper.journal.get(&key, 0).unwrap().unwrap().text, key);
        }
    }
}
