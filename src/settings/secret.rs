//! The key of an endpoint: where it may come from, and the one host it may go to.
//!
//! Law: a key is sent to the server it was configured for, and to no other. A key in the user's file belongs to the
//! `endpoint` of that file; `FIDELE_API_KEY` to `FIDELE_ENDPOINT`, or where that is not set to the endpoint that the
//! user named elsewhere; a provider's own variable to that provider. A server found on this machine by asking around
//! gets none: nobody configured one for it.

use std::process::{Command, Stdio};

use secrecy::{ExposeSecret as _, SecretString};

use super::{Address, Given, Origin, SettingsError};

/// A key, and where it came from. Nothing prints it.
#[derive(Debug, Clone)]
pub struct ApiKey {
    /// The key.
    pub secret: SecretString,
    /// Where it came from; this may be shown.
    pub origin: Origin,
}

/// What the user's file says of the key.
#[derive(Debug, Clone)]
pub(super) enum Content {
    /// The key.
    Key(SecretString),
    /// A command of the shell whose first line of output is the key. Hidden too: some write the key into it.
    Command(SecretString),
}

/// The key of the user's file, with the server it belongs to.
#[derive(Debug, Clone)]
pub(super) struct FileKey {
    pub(super) content: Given<Content>,
    pub(super) endpoint: Address,
}

/// The keys there are, each bound to its server.
#[derive(Debug, Clone, Default)]
pub struct Keys {
    /// `FIDELE_API_KEY`, and the server of `FIDELE_ENDPOINT` if that is set.
    own: Option<(ApiKey, Option<Address>)>,
    file: Option<FileKey>,
    /// The providers' own variables, by name.
    providers: Vec<ApiKey>,
}

impl Keys {
    pub(super) fn new(
        variables: &[(String, String)],
        endpoint: Option<&Given<Address>>,
        file: Option<FileKey>,
    ) -> Self {
        let known: Vec<_> = super::PROVIDERS
            .iter()
            .flat_map(|provider| provider.key_variables)
            .collect();
        let mut keys = Self {
            file,
            ..Self::default()
        };
        for (name, value) in variables {
            let value = value.trim();
            if value.is_empty() {
                continue;
            }
            let key = || ApiKey {
                secret: value.into(),
                origin: Origin::Variable(name.clone()),
            };
            if name == "FIDELE_API_KEY" {
                keys.own = Some((key(), endpoint.map(|endpoint| endpoint.value.clone())));
            } else if known.iter().any(|variable| **variable == name) {
                keys.providers.push(key());
            }
        }
        keys
    }

    /// The key for this server, which the user has named: the environment's before the file's before the provider's
    /// own variable. Runs `key_command` if that is where the key is.
    ///
    /// # Errors
    /// `key_command` fails or prints nothing.
    pub fn of(&self, address: &Address) -> Result<Option<ApiKey>, SettingsError> {
        if let Some((key, bound_to)) = &self.own
            && bound_to
                .as_ref()
                .is_none_or(|bound_to| bound_to.is_same_server(address))
        {
            return Ok(Some(key.clone()));
        }
        if let Some(file) = &self.file
            && file.endpoint.is_same_server(address)
        {
            let origin = file.content.origin.clone();
            let secret = match &file.content.value {
                Content::Key(secret) => secret.clone(),
                Content::Command(command) => {
                    run(command.expose_secret()).map_err(|message| SettingsError::KeyCommand {
                        origin: origin.clone(),
                        message,
                    })?
                }
            };
            return Ok(Some(ApiKey { secret, origin }));
        }
        let variables = address
            .provider()
            .map_or(&[][..], |provider| provider.key_variables);
        let of_provider = variables.iter().find_map(|variable| {
            self.providers
                .iter()
                .find(|key| matches!(&key.origin, Origin::Variable(name) if name == variable))
        });
        Ok(of_provider.cloned())
    }

    /// Where the key for this server would come from, without running anything.
    #[must_use]
    pub fn origin_for(&self, address: &Address) -> Option<Origin> {
        let without_command = Self {
            file: self.file.clone().map(|mut file| {
                if let Content::Command(command) = file.content.value {
                    file.content.value = Content::Key(command);
                }
                file
            }),
            ..self.clone()
        };
        without_command.of(address).ok().flatten().map(|key| key.origin)
    }

    /// The keys that are set but belong to other servers than this one, by where they were written.
    #[must_use]
    pub fn unused_for(&self, address: &Address) -> Vec<Origin> {
        let own = self.own.as_ref().map(|(key, _)| key.origin.clone());
        let file = self.file.as_ref().map(|file| file.content.origin.clone());
        let used = self.origin_for(address);
        own.into_iter()
            .chain(file)
            .filter(|origin| Some(origin) != used.as_ref())
            .collect()
    }
}

/// The first line the command prints. What it prints is never part of a message.
fn run(command: &str) -> Result<SecretString, String> {
    let mut shell = if cfg!(windows) {
        let mut shell = Command::new("cmd");
        shell.arg("/C");
        shell
    } else {
        let mut shell = Command::new("sh");
        shell.arg("-c");
        shell
    };
    // The command may ask for a passphrase on the terminal, so it keeps our stdin and stderr.
    let output = shell
        .arg(command)
        .stderr(Stdio::inherit())
        .stdin(Stdio::inherit())
        .output()
        .map_err(|error| format!("the shell cannot be run: {error}"))?;
    if !output.status.success() {
        return Err(format!("it ended with {}", output.status));
    }
    let text = String::from_utf8(output.stdout).map_err(|_| "what it printed is not UTF-8".to_owned())?;
    let first = text.lines().next().unwrap_or_default().trim();
    if first.is_empty() {
        return Err("it printed nothing on its first line".to_owned());
    }
    Ok(first.into())
}

/// Lets a header be built.
impl ApiKey {
    /// The key in the clear, for the request header and nothing else.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.secret.expose_secret()
    }
}
