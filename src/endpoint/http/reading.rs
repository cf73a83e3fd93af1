//! What a reply comes to: a completion, an error, another way to ask, or a trouble that may pass.

use std::time::SystemTime;

use reqwest::header::{HeaderMap, LOCATION};
use secrecy::ExposeSecret as _;

use super::Http;
use super::trouble::{Came, Reply, Trouble};
use crate::endpoint::address::Address;
use crate::endpoint::failure::{Failure, Meaning};
use crate::endpoint::openai::{Answer, Quirks};
use crate::endpoint::retry::asked_to_wait;
use crate::endpoint::{Completion, EndpointError, Usage};

impl Http {
    /// What a reply to a request written by `sent` comes to.
    pub(super) fn read(&self, reply: &Reply, sent: Quirks) -> Came {
        let failure = match reply.status {
            200..300 => match self.settings.dialect.read(&reply.body, sent) {
                Answer::Failed(failure) => failure,
                Answer::Alien(what) => return Came::Trouble(Trouble::Broken(self.hidden(what))),
                answer => {
                    let (result, in_vain) = self.settle(answer);
                    return Came::Settled(result, in_vain);
                }
            },
            300..400 => {
                let moved = EndpointError::Moved {
                    host: self.info.host.clone(),
                    to: elsewhere(&reply.headers),
                };
                return Came::Settled(Err(moved), Usage::default());
            }
            status => Failure::of(status, &reply.body),
        };
        let asked = asked_to_wait(&reply.headers, SystemTime::now()).max(failure.delay);
        let meaning = failure.meaning(sent, asked.is_some());
        let status = failure.status.unwrap_or(reply.status);
        let host = self.info.host.clone();
        let message = self.hidden(failure.message);
        let error = match meaning {
            Meaning::Busy => {
                return Came::Trouble(Trouble::Busy {
                    status,
                    message,
                    asked,
                });
            }
            Meaning::Down => {
                return Came::Trouble(Trouble::Down {
                    status,
                    message,
                    asked,
                });
            }
            Meaning::Adapt(quirks) => {
                let rejected = EndpointError::Rejected {
                    host,
                    status,
                    message,
                };
                return Came::Otherwise(quirks, rejected);
            }
            Meaning::Unauthorized => EndpointError::Unauthorized { host, status },
            Meaning::NoSuchModel => EndpointError::NoSuchModel {
                host,
                model: self.info.model.clone(),
                message,
            },
            Meaning::Quota => EndpointError::Quota { host, message },
            Meaning::TooLong => EndpointError::TooLong { message },
            Meaning::Refused => EndpointError::Refused { message },
            Meaning::NoRecording => EndpointError::NoRecording { what: message },
            Meaning::Rejected => EndpointError::Rejected {
                host,
                status,
                message,
            },
        };
        Came::Settled(Err(error), Usage::default())
    }

    /// An answer that is not an error of the server: good, or paid for in vain.
    fn settle(&self, answer: Answer) -> (Result<Completion, EndpointError>, Usage) {
        let (usage, error) = match answer {
            Answer::Complete(completion) => return (Ok(completion), Usage::default()),
            Answer::Truncated(usage) => (usage, EndpointError::Truncated),
            Answer::Empty(usage) => (usage, EndpointError::Empty),
            Answer::Refused { message, usage } => {
                let message = self.hidden(message);
                (usage, EndpointError::Refused { message })
            }
            Answer::Failed(failure) => (Usage::default(), self.not_a_completion(failure.message)),
            Answer::Alien(what) => (Usage::default(), self.not_a_completion(what)),
        };
        self.in_vain.add(usage);
        (Err(error), usage)
    }

    pub(super) fn not_a_completion(&self, message: String) -> EndpointError {
        EndpointError::NotACompletion {
            host: self.info.host.clone(),
            message,
        }
    }

    /// A server's words without our key: some servers repeat it in their refusal.
    fn hidden(&self, words: String) -> String {
        match &self.settings.key {
            Some(key) if !key.expose_secret().trim().is_empty() => {
                words.replace(key.expose_secret().trim(), "[key]")
            }
            _ => words,
        }
    }
}

/// Where a redirect points, by host alone.
fn elsewhere(headers: &HeaderMap) -> String {
    let location = headers.get(LOCATION).and_then(|location| location.to_str().ok());
    match location.and_then(|location| Address::parse(location).ok()) {
        Some(address) => address.host(),
        None => "another address".to_owned(),
    }
}
