//! What happens during a run, for whoever wants to show it. The library prints nothing.

use std::sync::Arc;
use std::time::Duration;

use crate::endpoint::Usage;
use crate::finding::Count;

/// Something happened.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Event {
    /// An article was read and planned.
    Started {
        /// Its name.
        article: String,
        /// How many segments will be sent.
        segments: usize,
        /// In how many requests.
        chunks: usize,
    },
    /// A request is on its way.
    Asked,
    /// An answer came.
    Answered {
        /// What it cost; nothing when it came from the journal.
        usage: Usage,
        /// Whether it came from the journal, at no cost.
        from_journal: bool,
    },
    /// An answer came that cannot be used, and was paid for.
    Wasted {
        /// Why.
        reason: String,
    },
    /// An answer broke off or was none. It may be billed. Whether it is asked for again, another event says.
    Broken {
        /// What came.
        reason: String,
    },
    /// The same is asked for again, after a wait.
    Waiting {
        /// How long.
        delay: Duration,
        /// Why: `429 from api.example.org`.
        reason: String,
    },
    /// A segment is translated and checked.
    Checked {
        /// Its article.
        article: String,
        /// Its id.
        segment: String,
        /// How many errors the check found in it.
        errors: usize,
    },
    /// A failing segment is asked for again.
    Repairing {
        /// Its article.
        article: String,
        /// Its id.
        segment: String,
        /// Which attempt this is: 2 for the first repair.
        attempt: u32,
    },
    /// An article is finished.
    Finished {
        /// Its name.
        article: String,
        /// The account of its figures.
        figures: Count,
        /// The account of its names.
        names: Count,
        /// How many segments are not translated.
        holes: usize,
    },
    /// Something the user should know that stops nothing: a damaged journal entry.
    Remark(String),
}

/// Who hears of events. Called from several tasks at once; must not block.
pub type Listener = Arc<dyn Fn(Event) + Send + Sync>;

/// Hears and says nothing.
#[must_use]
pub fn nobody() -> Listener {
    Arc::new(|_| {})
}
