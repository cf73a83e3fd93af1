//! Which model is asked, and why.
//!
//! In: the settings, and what answers on this machine. Out: a [`Choice`], or the shortest ways to get one. Laws: what
//! the user named is used or refused, never replaced; what was found by asking around is used only if there is exactly
//! one; it is sent no key.

use std::fmt::Write as _;
use std::path::PathBuf;

use anyhow::{Result, anyhow, bail};
use fidele::endpoint::dialect::Dialect;
use fidele::settings::{Address, ApiKey, Settings};

use crate::failure::Misuse;

/// A model server that answers on this machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Server {
    /// What kind of server it seems to be: `Ollama`.
    pub kind: String,
    /// Its base URL.
    pub address: Address,
    /// The models it offers.
    pub models: Vec<String>,
}

impl Server {
    /// Ollama's own dialect where Ollama answers, on whatever port: on its compatible routes a long prompt is cut in
    /// silence.
    pub fn dialect(&self) -> Dialect {
        if self.kind == "Ollama" {
            Dialect::Ollama
        } else {
            self.address.dialect()
        }
    }
}

/// What the user says, or else what the server seems to speak.
fn dialect_of(settings: &Settings, seems: Dialect) -> Dialect {
    settings.dialect.as_ref().map_or(seems, |dialect| dialect.value)
}

/// Who answers.
#[derive(Debug, Clone)]
pub enum Choice {
    /// A model on a server.
    Model {
        address: Address,
        model: String,
        dialect: Dialect,
        key: Option<ApiKey>,
        /// Why this one, as the end of "it is used because …".
        because: String,
    },
    /// Recordings in a folder that the user named.
    Recordings(PathBuf),
    /// The recordings that come with fidele.
    Embedded,
}

/// What the settings ask for by themselves, before anything is asked of any server.
#[derive(Debug)]
pub enum Wanted {
    /// It is settled.
    Settled(Choice),
    /// A server, but no model: ask the server which it has.
    AnyModelOf(Address),
    /// No server: ask around on this machine.
    AnythingHere,
}

/// What the settings decide alone. Runs `key_command` if the key is there; sends nothing.
pub fn wanted(settings: &Settings) -> Result<Wanted> {
    let Some(endpoint) = &settings.endpoint else {
        return Ok(Wanted::AnythingHere);
    };
    let address = endpoint.value.clone();
    if let Address::Replay(folder) = address {
        return Ok(Wanted::Settled(Choice::Recordings(folder)));
    }
    if settings.local_only.value && !address.is_local() {
        bail!(
            "{} is not this machine, and `local_only` ({}) keeps the text here; name a local endpoint or drop it",
            address.host(),
            settings.local_only.origin
        );
    }
    match &settings.model {
        Some(model) => Ok(Wanted::Settled(Choice::Model {
            key: key_for(settings, &address)?,
            model: model.value.clone(),
            dialect: dialect_of(settings, address.dialect()),
            because: format!("endpoint: {}; model: {}", endpoint.origin, model.origin),
            address,
        })),
        None if address.is_local() => Ok(Wanted::AnyModelOf(address)),
        None => Err(anyhow!(Misuse(format!(
            "which model of {}? add --model NAME, or set FIDELE_MODEL",
            address.host()
        )))),
    }
}

/// The key for a server the user named. Never over a line that others can read.
pub fn key_for(settings: &Settings, address: &Address) -> Result<Option<ApiKey>> {
    let key = settings.keys.of(address)?;
    if let Some(key) = &key
        && address.is_open_to_eavesdroppers()
    {
        bail!(
            "the key ({}) would go to {} over plain http, where others can read it; use https://",
            key.origin,
            address.host()
        );
    }
    Ok(key)
}

/// The model of a local server that the user named without one.
pub fn only_model_of(settings: &Settings, server: &Server) -> Result<Choice> {
    match server.models.as_slice() {
        [model] => Ok(Choice::Model {
            key: key_for(settings, &server.address)?,
            address: server.address.clone(),
            model: model.clone(),
            dialect: dialect_of(settings, server.dialect()),
            because: format!("it is the only model of {}", server.address.host()),
        }),
        [] => bail!(
            "{} has no model yet; load one there, or name it with --model",
            server.address.host()
        ),
        models => bail!(
            "{} has several models; pick one:{}",
            server.address.host(),
            commands(models.iter().map(|model| (&server.address, model.as_str())))
        ),
    }
}

/// The one model that answers here. `None` if nothing does.
pub fn only_model_here(settings: &Settings, servers: &[Server]) -> Result<Option<Choice>> {
    let wanted = settings.model.as_ref();
    let all: Vec<(&Server, &str)> = servers
        .iter()
        .flat_map(|server| server.models.iter().map(move |model| (server, model.as_str())))
        .collect();
    let fitting: Vec<_> = all
        .iter()
        .filter(|(_, model)| wanted.is_none_or(|wanted| wanted.value == *model))
        .copied()
        .collect();
    let list =
        |models: &[(&Server, &str)]| commands(models.iter().map(|(server, model)| (&server.address, *model)));
    match (fitting.as_slice(), wanted) {
        ([(server, model)], wanted) => Ok(Some(Choice::Model {
            address: server.address.clone(),
            model: (*model).to_owned(),
            dialect: dialect_of(settings, server.dialect()),
            // Nobody configured a key for a server that happens to be here.
            key: None,
            because: match wanted {
                Some(wanted) => format!("{} asks for it, and {} has it", wanted.origin, server.kind),
                None => "it is the only model that answers on this machine".to_owned(),
            },
        })),
        ([], Some(wanted)) if !all.is_empty() => bail!(
            "no server on this machine has the model `{}` ({}); what is here:{}",
            wanted.value,
            wanted.origin,
            list(&all)
        ),
        ([], _) => Ok(None),
        (several, _) => bail!(
            "several models answer on this machine; pick one:{}",
            list(several)
        ),
    }
}

fn commands<'a>(models: impl Iterator<Item = (&'a Address, &'a str)>) -> String {
    models.fold(String::new(), |mut list, (address, model)| {
        let _ = write!(list, "\n  --endpoint {address} --model {model}");
        list
    })
}

/// Where to go from having no model at all.
pub const WAYS_TO_A_MODEL: &str = "\
no model to ask: nothing is configured, and no model server answers on this
machine. Three ways to get one:

  # Ollama, on this machine (https://ollama.com/download)
  ollama pull mistral-small

  # llama.cpp, on this machine
  llama-server -hf ggml-org/gemma-3-12b-it-GGUF

  # an API, over the network
  export FIDELE_ENDPOINT=openai FIDELE_MODEL=gpt-5-mini FIDELE_API_KEY=...

Then run the same command again; `fidele doctor` shows what would be used.";

#[cfg(test)]
mod tests {
    use std::path::Path;

    use fidele::settings::{Given, Layer, Origin};

    use super::*;

    fn server(port: u16, models: &[&str]) -> Server {
        Server {
            kind: "Ollama".to_owned(),
            address: address(&format!("http://127.0.0.1:{port}")),
            models: models.iter().map(|&model| model.to_owned()).collect(),
        }
    }

    fn address(text: &str) -> Address {
        Address::read(text, Path::new("")).unwrap()
    }

    fn settings(endpoint: Option<&str>, model: Option<&str>) -> Settings {
        let origin = || Origin::Flag("--x".to_owned());
        let layer = Layer {
            endpoint: endpoint.map(|text| Given {
                value: address(text),
                origin: origin(),
            }),
            model: model.map(|model| Given {
                value: model.to_owned(),
                origin: origin(),
            }),
            ..Layer::default()
        };
        layer.settle().unwrap()
    }

    fn model_of(choice: Choice) -> (String, String) {
        match choice {
            Choice::Model {
                address, model, key, ..
            } => {
                assert!(key.is_none());
                (address.host(), model)
            }
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn one_model_here_is_used_and_several_are_listed() {
        let none = settings(None, None);
        assert!(only_model_here(&none, &[]).unwrap().is_none());
        let one = only_model_here(&none, &[server(1, &[]), server(2, &["m"])])
            .unwrap()
            .unwrap();
        assert_eq!(model_of(one), ("127.0.0.1:2".to_owned(), "m".to_owned()));
        let several = only_model_here(&none, &[server(1, &["a", "b"]), server(2, &["m"])]).unwrap_err();
        let told = several.to_string();
        assert!(
            told.contains("--endpoint http://127.0.0.1:1/v1 --model b"),
            "{told}"
        );
        assert!(
            told.contains("--endpoint http://127.0.0.1:2/v1 --model m"),
            "{told}"
        );
    }

    #[test]
    fn ollama_is_spoken_to_in_its_own_dialect_unless_the_user_says_otherwise() {
        let here = [server(1, &["m"])];
        let dialect = |settings: &Settings| match only_model_here(settings, &here).unwrap().unwrap() {
            Choice::Model { dialect, .. } => dialect,
            other => panic!("{other:?}"),
        };
        let mut open = settings(None, None);
        assert_eq!(dialect(&open), Dialect::Ollama);
        open.dialect = Some(Given::by_default(Dialect::OpenAi));
        assert_eq!(dialect(&open), Dialect::OpenAi);
    }

    #[test]
    fn a_model_that_was_asked_for_is_found_or_refused_never_replaced() {
        let wanted = settings(None, Some("b"));
        let found = only_model_here(&wanted, &[server(1, &["a", "b"])])
            .unwrap()
            .unwrap();
        assert_eq!(model_of(found).1, "b");
        let told = only_model_here(&wanted, &[server(1, &["a"])])
            .unwrap_err()
            .to_string();
        assert!(told.contains("`b`") && told.contains("--model a"), "{told}");
        assert!(only_model_here(&wanted, &[]).unwrap().is_none());
    }

    #[test]
    fn the_text_stays_here_if_the_user_says_so() {
        let mut far = settings(Some("https://far.example/v1"), Some("m"));
        assert!(wanted(&far).is_ok());
        far.local_only.value = true;
        let told = wanted(&far).unwrap_err().to_string();
        assert!(told.contains("far.example is not this machine"), "{told}");
        let mut near = settings(Some("ollama"), Some("m"));
        near.local_only.value = true;
        assert!(matches!(
            wanted(&near).unwrap(),
            Wanted::Settled(Choice::Model { .. })
        ));
    }

    #[test]
    fn a_far_server_is_not_asked_which_models_it_has() {
        assert!(wanted(&settings(Some("openai"), None)).is_err());
        assert!(matches!(
            wanted(&settings(Some("ollama"), None)).unwrap(),
            Wanted::AnyModelOf(_)
        ));
    }
}
