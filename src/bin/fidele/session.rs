//! Everything a run that asks a model needs, made ready once: the model, the journal, the prompts, the checks.
//!
//! Laws: nothing is sent before every file and setting is found sound and the user was told where the text goes; a
//! first Ctrl-C stops asking and lets what is on its way arrive, a second one ends the program; the budget is the
//! endpoint's affair, which looks at it before each request.

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, Result, anyhow};
use fidele::article::Article;
use fidele::ask::{AskError, Desk};
use fidele::endpoint::EndpointError;
use fidele::endpoint::budget::Caps;
use fidele::endpoint::http::{Http, HttpSettings, Reach, Timeouts};
use fidele::endpoint::limits::Rates;
use fidele::endpoint::probe::{self, Candidate};
use fidele::endpoint::recording::{Recorder, Recordings};
use fidele::endpoint::replay::Replay;
use fidele::event::{Event, Listener};
use fidele::job::{Job, Want};
use fidele::journal::Journal;
use fidele::lexicon::Lexicon;
use fidele::prompt::Prompts;
use fidele::segment::Plan;
use fidele::settings::{Address, Settings};
use fidele::tokens::{Tiktoken, Tokens};
use fidele::translate::{TranslateError, Translator};
use fidele::verify::Checker;
use tokio_util::sync::CancellationToken;

use crate::args::Args;
use crate::choice::{self, Choice, Server, Wanted};
use crate::failure::{Interrupted, OverBudget};
use crate::progress::{Prices, Progress};
use crate::terminal::tell;

/// A run that asks a model.
pub struct Session<'a> {
    settings: &'a Settings,
    desk: Arc<Desk<Http>>,
    prompts: Arc<Prompts>,
    checker: Arc<Checker>,
    tokenizer: Arc<Tiktoken>,
    style: Option<String>,
    stop: CancellationToken,
    /// Shows what happens until it is finished.
    pub progress: Progress,
    /// Serves recordings for as long as the session lasts.
    _replay: Option<Replay>,
}

impl<'a> Session<'a> {
    /// Makes everything ready for these articles and tells the user where the text will go. Sends none of it.
    pub async fn open(
        settings: &'a Settings,
        articles: &[&Article],
        want: Want,
        args: &Args,
    ) -> Result<Session<'a>> {
        let prompts = Arc::new(prompts(settings)?);
        let checker = Arc::new(checker(settings)?);
        let style = style(settings)?;
        let answering = choose(settings, articles, want).await?;
        let (http, replay) = endpoint(settings, &answering).await?;
        let is_replay = replay.is_some();
        let journal = journal(settings, is_replay)?;
        let recorder = match &settings.record {
            Some(folder) if !is_replay => Some(Recorder::in_folder(&folder.value)?),
            _ => None,
        };

        if !args.quiet {
            tell(format_args!("fidele: {}", announcement(&answering)));
        }
        let progress = Progress::new(args.quiet, args.verbose, prices(settings));
        let stop = CancellationToken::new();
        let listener = progress.listener();
        let tokenizer = Arc::new(Tiktoken::for_model(&http.model));
        let endpoint = Http::new(http, Arc::clone(&listener))?.stopped_by(stop.clone());
        let fallback = settings.fallback_model.as_ref().filter(|_| !is_replay);
        let fallback = fallback
            .map(|model| endpoint.another_model(&model.value))
            .transpose()?;
        let mut desk = Desk::new(endpoint, journal, listener);
        if let Some(fallback) = fallback {
            desk = desk.falling_back_on(fallback);
        }
        if let Some(recorder) = recorder {
            desk = desk.recorded_by(recorder);
        }
        let desk = Arc::new(desk);
        stop_at_ctrl_c(stop.clone(), progress.listener());
        Ok(Self {
            settings,
            desk,
            prompts,
            checker,
            tokenizer,
            style,
            stop,
            progress,
            _replay: replay,
        })
    }

    /// What all articles of the run have in common.
    pub fn job(&self) -> Job<Http> {
        Job {
            translator: Translator {
                desk: Arc::clone(&self.desk),
                prompts: Arc::clone(&self.prompts),
                checker: Arc::clone(&self.checker),
                repairs: self.settings.repairs.value,
                at_once: self.settings.at_once.value,
                stop: self.stop.clone(),
            },
            tokenizer: Arc::<Tiktoken>::clone(&self.tokenizer),
            chunk_tokens: Tokens(self.settings.chunk_tokens.value),
            english: self.settings.english.value,
            style: self.style.clone(),
            terms: self.settings.terms.value,
            ask_model: self.settings.ask_model.value,
        }
    }

    /// What the English of an article depends on besides its text.
    pub fn shaping(&self) -> [String; 10] {
        let info = self.desk.info();
        // Recordings are served on another port each time.
        let host = if info.recorded {
            String::new()
        } else {
            info.host.clone()
        };
        [
            host,
            info.model.clone(),
            self.desk.fallback().unwrap_or_default().to_owned(),
            format!("{:?}", self.settings.english.value),
            self.style.clone().unwrap_or_default(),
            self.prompts.fingerprint().to_owned(),
            self.checker.lexicon().hash(),
            self.settings.repairs.value.to_string(),
            self.settings.terms.value.to_string(),
            self.settings.ask_model.value.to_string(),
        ]
    }

    /// Lets nothing more be asked: the run cannot succeed. What is on its way still arrives.
    pub fn stop(&self) {
        self.stop.cancel();
    }

    /// Why an article is not done, as the program sees it: a stop has its own exit code.
    pub fn why(error: TranslateError) -> anyhow::Error {
        if let TranslateError::Ask(AskError::Endpoint(EndpointError::OverBudget { cap })) = &error {
            return anyhow!(OverBudget(cap.clone()));
        }
        if error.is_stop() {
            anyhow!(Interrupted)
        } else {
            anyhow!(error)
        }
    }
}

fn prices(settings: &Settings) -> Option<Prices> {
    let input = settings.price_input.as_ref()?.value;
    let output = settings.price_output.as_ref()?.value;
    Some(Prices { input, output })
}

/// What the user is told before anything is sent.
fn announcement(choice: &Choice) -> String {
    match choice {
        Choice::Model { address, model, .. } => {
            let stays = if address.is_local() {
                "the text stays on this machine"
            } else {
                "the text leaves this machine"
            };
            crate::failure::visible(&format!("{model} at {}; {stays}", address.host()))
        }
        Choice::Recordings(folder) => format!(
            "recorded answers from {}; no model is asked",
            crate::failure::visible(&folder.display().to_string())
        ),
        Choice::Embedded => {
            "recorded answers that come with fidele, since no model is connected; see `fidele doctor`"
                .to_owned()
        }
    }
}

/// Settles which model is asked; asks around on this machine if the settings leave it open.
pub async fn choose(settings: &Settings, articles: &[&Article], want: Want) -> Result<Choice> {
    match choice::wanted(settings)? {
        Wanted::Settled(choice) => Ok(choice),
        Wanted::AnyModelOf(address) => choice::only_model_of(settings, &ask(&address).await?),
        Wanted::AnythingHere => {
            if let Some(choice) = choice::only_model_here(settings, &ask_around().await?)? {
                return Ok(choice);
            }
            if settings.model.is_none() && !articles.is_empty() && are_recorded(settings, articles, want)? {
                return Ok(Choice::Embedded);
            }
            Err(anyhow!(choice::WAYS_TO_A_MODEL))
        }
    }
}

/// The ports to ask instead of the usual ones, so that tests meet no server but their own.
const PROBE_PORTS: &str = "FIDELE_PROBE_PORTS";

/// How long a server may take to say which models it has, where we know that there is one.
const PATIENCE: Duration = Duration::from_secs(10);

/// The servers that answer on this machine.
pub async fn ask_around() -> Result<Vec<Server>> {
    let patience = if std::env::var_os(PROBE_PORTS).is_some() {
        PATIENCE
    } else {
        probe::AT_MOST
    };
    let found = probe::discover_within(&candidates()?, patience).await;
    found.into_iter().map(server).collect()
}

fn server(found: probe::Found) -> Result<Server> {
    let address = Address::read(&found.base_url, Path::new("")).map_err(|message| anyhow!(message))?;
    Ok(Server {
        kind: found.server,
        address,
        models: found.models,
    })
}

/// The ports to ask.
pub fn candidates() -> Result<Vec<Candidate>> {
    let Ok(ports) = std::env::var(PROBE_PORTS) else {
        return Ok(Candidate::USUAL.to_vec());
    };
    let ports = ports.split(',').filter(|port| !port.trim().is_empty());
    ports
        .map(|port| {
            let port = port
                .trim()
                .parse()
                .with_context(|| format!("{PROBE_PORTS}: `{port}` is no port"))?;
            Ok(Candidate {
                server: "a model server",
                port,
            })
        })
        .collect()
}

/// The models of one local server that the user named.
async fn ask(address: &Address) -> Result<Server> {
    let Address::Server(server_address) = address else {
        return Err(anyhow!("{address} is no server"));
    };
    let port = server_address
        .route("models")
        .port_or_known_default()
        .unwrap_or(80);
    let candidate = Candidate {
        server: "the server",
        port,
    };
    let found = probe::discover_within(&[candidate], PATIENCE).await.pop();
    let found = found.ok_or_else(|| {
        anyhow!(
            "no model server answers at {}; start it, or name another one with --endpoint",
            address.host()
        )
    })?;
    Ok(Server {
        address: address.clone(),
        ..server(found)?
    })
}

/// Whether fidele comes with an answer to everything that would be asked about these articles.
fn are_recorded(settings: &Settings, articles: &[&Article], want: Want) -> Result<bool> {
    let recordings = Recordings::embedded()?;
    if recordings.is_empty() {
        return Ok(false);
    }
    let tokenizer = Tiktoken::for_model(fidele::endpoint::replay::MODEL);
    let chunk_tokens = Tokens(settings.chunk_tokens.value);
    Ok(articles.iter().all(|article| {
        let plan = Plan::new(article, &tokenizer, chunk_tokens);
        let mut sent = plan.segments.iter().filter(|segment| segment.translatable);
        let translated = !want.translation
            || sent.all(|segment| recordings.contains("translate", 1, segment.span.of(article.body())));
        let summarised = want.summary.is_none_or(|length| {
            recordings.contains(&length.task(), 1, &fidele::summary::source(article, &plan))
        });
        translated && summarised
    }))
}

async fn endpoint(settings: &Settings, choice: &Choice) -> Result<(HttpSettings, Option<Replay>)> {
    let recordings = match choice {
        Choice::Model {
            address: Address::Server(address),
            model,
            key,
            dialect,
            ..
        } => {
            let mut http = HttpSettings::new(address.route("").to_string(), model.clone());
            http.dialect = *dialect;
            http.extra = settings
                .extra_body
                .as_ref()
                .map(|extra| extra.value.0.clone())
                .unwrap_or_default();
            http.key = key.as_ref().map(|key| key.secret.clone());
            http.at_once = settings.at_once.value;
            http.rates = Rates {
                requests: settings.requests_per_minute.as_ref().map(|rate| rate.value),
                tokens: settings.tokens_per_minute.as_ref().map(|rate| rate.value),
            };
            http.caps = caps(settings);
            http.attempts = settings.attempts.value;
            http.timeouts = timeouts(settings);
            http.stream = settings.stream.value;
            if settings.local_only.value {
                http.reach = Reach::ThisMachine;
            }
            return Ok((http, None));
        }
        Choice::Model { .. } | Choice::Embedded => Recordings::embedded()?,
        Choice::Recordings(folder) => Recordings::from_folder(folder)?,
    };
    let replay = Replay::serve(recordings)
        .await
        .context("cannot open a port on this machine for the recordings")?;
    let mut http = replay.settings();
    http.at_once = settings.at_once.value;
    Ok((http, Some(replay)))
}

/// What the run may cost. Recordings cost nothing.
fn caps(settings: &Settings) -> Caps {
    let cost = settings.max_cost.as_ref().zip(prices(settings));
    Caps {
        cost: cost.map(|(cap, Prices { input, output })| (cap.value, [input, output])),
        tokens: settings.max_tokens_total.as_ref().map(|cap| cap.value),
    }
}

/// A model that writes its whole answer before it sends it is silent for as long as it works.
fn timeouts(settings: &Settings) -> Timeouts {
    let total = settings.timeout.value;
    let silence = settings
        .silence_timeout
        .as_ref()
        .map_or(total, |given| given.value);
    Timeouts {
        connect: settings.connect_timeout.value.min(total),
        silence: silence.min(total),
        total,
        ..Timeouts::default()
    }
}

fn journal(settings: &Settings, recorded: bool) -> Result<Journal> {
    if settings.ephemeral.value || recorded {
        return Ok(Journal::nowhere());
    }
    let Some(cache_dir) = &settings.cache_dir else {
        return Err(anyhow!(
            "there is no home folder to keep answers in; add --cache-dir DIR, or --ephemeral to keep none"
        ));
    };
    let journal = Journal::in_folder(cache_dir.value.join("journal"))?;
    if let Some(folder) = journal.folder() {
        Journal::trim(folder, settings.cache_size.value)?;
    }
    Ok(journal)
}

/// The prompts: the user's, or those that come with fidele.
pub fn prompts(settings: &Settings) -> Result<Prompts> {
    match &settings.prompts {
        Some(folder) if !folder.value.is_dir() => Err(anyhow!(
            "{}: there is no folder {}",
            folder.origin,
            folder.value.display()
        )),
        Some(folder) => Ok(Prompts::from_dir(&folder.value)?),
        None => Ok(Prompts::embedded()),
    }
}

/// The checks, with the user's glossary if there is one.
pub fn checker(settings: &Settings) -> Result<Checker> {
    let Some(glossary) = &settings.glossary else {
        return Ok(Checker::default());
    };
    let path = glossary.value.display();
    let text =
        fs::read_to_string(&glossary.value).with_context(|| format!("cannot read the glossary {path}"))?;
    // Its message says what its cause says.
    let lexicon = Lexicon::embedded().with_glossary(&text);
    Ok(Checker::new(lexicon.map_err(|error| anyhow!("{path}: {error}"))?))
}

/// The user's `style.md`.
pub fn style(settings: &Settings) -> Result<Option<String>> {
    let Some(style) = &settings.style else {
        return Ok(None);
    };
    let text = fs::read_to_string(&style.value)
        .with_context(|| format!("cannot read the style {}", style.value.display()))?;
    Ok(Some(text))
}

/// The first Ctrl-C stops asking; the second ends the program.
fn stop_at_ctrl_c(stop: CancellationToken, tell: Listener) {
    // One stream for both, so that a second press is not missed while the first is dealt with.
    let Ok(mut presses) = ctrl_c() else { return };
    tokio::spawn(async move {
        presses.recv().await;
        let message = "stopping; answers on their way are kept for the next run (Ctrl-C again ends at once)";
        tell(Event::Remark(message.to_owned()));
        stop.cancel();
        presses.recv().await;
        std::process::exit(i32::from(crate::failure::INTERRUPTED));
    });
}

#[cfg(unix)]
fn ctrl_c() -> std::io::Result<tokio::signal::unix::Signal> {
    tokio::signal::unix::signal(tokio::signal::unix::SignalKind::interrupt())
}

#[cfg(windows)]
fn ctrl_c() -> std::io::Result<tokio::signal::windows::CtrlC> {
    tokio::signal::windows::ctrl_c()
}
