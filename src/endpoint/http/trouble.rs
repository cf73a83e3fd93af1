//! What one request meets on its way, and how often.

use std::time::Duration;

use reqwest::header::HeaderMap;

use crate::endpoint::openai::Quirks;
use crate::endpoint::{Completion, EndpointError, Usage};

/// How often a host that was never reached is tried: nobody waits for a server that is not running.
const CONNECT_TRIES: u32 = 3;
/// How often silence is waited out. A slow model is slow again.
const SILENT_TRIES: u32 = 2;
/// How often an answer that breaks off, is no JSON or no completion is asked for again.
const BROKEN_TRIES: u32 = 3;

/// What came over the wire.
pub(super) struct Reply {
    pub(super) status: u16,
    pub(super) headers: HeaderMap,
    pub(super) body: Vec<u8>,
}

/// What it comes to.
pub(super) enum Came {
    /// A completion, or an error that no retry mends, and what that cost.
    Settled(Result<Completion, EndpointError>, Usage),
    /// The server may take it written otherwise; if it never does, this is the error.
    Otherwise(Quirks, EndpointError),
    /// It may go better later.
    Trouble(Trouble),
}

/// What may pass.
pub(super) enum Trouble {
    Busy {
        status: u16,
        message: String,
        asked: Option<Duration>,
    },
    Down {
        status: u16,
        message: String,
        asked: Option<Duration>,
    },
    Unreachable(reqwest::Error),
    Silent {
        after: Duration,
    },
    /// The connection ended before the answer did.
    Cut(&'static str),
    /// What came is no answer.
    Broken(String),
}

impl Trouble {
    /// Whether it tells of a server that is down, rather than busy or answering badly.
    pub(super) fn is_of_the_server(&self) -> bool {
        matches!(
            self,
            Self::Down { .. } | Self::Unreachable(_) | Self::Silent { .. }
        )
    }

    /// Whether it is what a connection meets that somebody between us and the model cut because nothing came: it was
    /// closed, or a gateway answers for the model (504; Cloudflare's 524; 408 and 502 of some).
    pub(super) fn may_be_for_the_silence(&self) -> bool {
        match self {
            Self::Cut(_) | Self::Silent { .. } => true,
            Self::Down { status, .. } => matches!(status, 408 | 502 | 504 | 524),
            _ => false,
        }
    }

    /// Whether an answer came, and was none. It may be billed.
    pub(super) fn is_broken(&self) -> bool {
        matches!(self, Self::Cut(_) | Self::Broken(_))
    }

    pub(super) fn asked(&self) -> Option<Duration> {
        match self {
            Self::Busy { asked, .. } | Self::Down { asked, .. } => *asked,
            _ => None,
        }
    }

    pub(super) fn reason(&self, host: &str) -> String {
        match self {
            Self::Busy { status, .. } | Self::Down { status, .. } => format!("{status} from {host}"),
            Self::Unreachable(_) => format!("{host} cannot be reached"),
            Self::Silent { after } => format!("{host} was silent for {} s", after.as_secs()),
            Self::Cut(what) => format!("{host} sent no usable answer: {what}"),
            Self::Broken(what) => format!("{host} sent no usable answer: {what}"),
        }
    }
}

/// What one request has been through.
#[derive(Default)]
pub(super) struct Tries {
    /// How often it was asked, not counting when it was only written otherwise.
    pub(super) asked: u32,
    /// How often it was written otherwise.
    pub(super) adapted: u32,
    /// Whether it is asked without a schema, as a last resort.
    pub(super) without_schema: bool,
    unreachable: u32,
    silent: u32,
    broken: u32,
}

impl Tries {
    /// Counts a trouble; whether one of its kind may be met again. `reached` says whether the host ever answered.
    pub(super) fn leave_room_after(&mut self, trouble: &Trouble, reached: bool) -> bool {
        let (seen, most) = match trouble {
            // Bounded by the attempts alone. A server that was there and is not may be restarting.
            Trouble::Busy { .. } | Trouble::Down { .. } => return true,
            Trouble::Unreachable(_) if reached => return true,
            Trouble::Unreachable(_) => (&mut self.unreachable, CONNECT_TRIES),
            Trouble::Silent { .. } => (&mut self.silent, SILENT_TRIES),
            Trouble::Cut(_) | Trouble::Broken(_) => (&mut self.broken, BROKEN_TRIES),
        };
        *seen += 1;
        *seen < most
    }
}
