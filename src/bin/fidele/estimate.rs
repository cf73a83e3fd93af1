//! `fidele estimate`: how many requests, tokens and dollars, before anything is sent.
//!
//! Prompts are rendered and counted as they would be sent. Two things are assumed, and said: an answer is as long as
//! the French it translates, and no passage has to be asked for again.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use fidele::article::Article;
use fidele::batch;
use fidele::endpoint::Piece;
use fidele::exit::Exit;
use fidele::prompt::{Brief, Prompts, Term};
use fidele::report::json;
use fidele::segment::Plan;
use fidele::settings::{Dollars, Form, Settings};
use fidele::tokens::{Tiktoken, Tokenizer as _, Tokens};
use fidele::verify::Checker;
use serde::Serialize;

use crate::args::{self, Args};
use crate::failure::visible;
use crate::output::is_stdin;
use crate::table::Table;
use crate::terminal::tell;
use crate::{input, output, session, settle};

/// What the answer's own form costs for each segment (an id, braces, quotation marks).
const ENVELOPE: u64 = 12;

/// By whose tokens articles are counted while no model is chosen.
const ANY_MODEL: &str = "gpt-4o";

/// What one article, or all of them, would take.
#[derive(Debug, Clone, Default, Serialize)]
struct Amount {
    article: String,
    segments: u64,
    requests: u64,
    french_tokens: u64,
    prompt_tokens: u64,
    answer_tokens: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    usd: Option<String>,
}

#[derive(Serialize)]
struct Estimate<'a> {
    schema: &'static str,
    tokenizer: &'a str,
    assumed: &'static str,
    articles: &'a [Amount],
    total: &'a Amount,
}

const ASSUMED: &str = "an answer is as long as its French, and nothing is asked for twice";

pub fn run(command: &args::Estimate, args: &Args) -> Result<Exit> {
    let settings = settle(args, |layer| {
        command.format.put_into(layer)?;
        command.price.put_into(layer)?;
        command.prompt.put_into(layer)?;
        command.glossary.put_into(layer)?;
        command.input.put_into(layer)
    })?;
    let scale = Scale {
        tokenizer: Tiktoken::for_model(settings.model.as_ref().map_or(ANY_MODEL, |model| &model.value)),
        prompts: session::prompts(&settings)?,
        checker: session::checker(&settings)?,
        style: session::style(&settings)?,
        settings: &settings,
    };
    let mut amounts = Vec::new();
    let mut exit = Exit::Sound;
    for path in files(&command.paths)? {
        match scale.weigh(&path) {
            Ok(amount) => amounts.push(amount),
            // One unreadable file of a folder says nothing about the others.
            Err(error) if command.paths.len() > 1 || !path.eq(&command.paths[0]) => {
                tell(format_args!("fidele: {}", visible(&format!("{error:#}"))));
                exit = Exit::NotDone;
            }
            Err(error) => return Err(error),
        }
    }
    let total = scale.total(&amounts);
    let text = match settings.format.value {
        Form::Json => json::pretty(&Estimate {
            schema: "fidele.estimate/1",
            tokenizer: scale.tokenizer.name(),
            assumed: ASSUMED,
            articles: &amounts,
            total: &total,
        }),
        form => scale.table(&amounts, &total, form),
    };
    output::to_stdout(text.as_bytes())?;
    Ok(exit)
}

/// Every article that was named, folders searched.
fn files(paths: &[PathBuf]) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for path in paths {
        if is_stdin(path) || !path.is_dir() {
            files.push(path.clone());
            continue;
        }
        let found = batch::articles(path, Path::new(""))
            .with_context(|| format!("cannot read the folder {}", path.display()))?;
        for (folder, cause) in &found.unreadable {
            let folder = path.join(folder);
            tell(format_args!(
                "fidele: cannot read the folder {}, its articles are left out: {cause}",
                folder.display()
            ));
        }
        if found.articles.is_empty() {
            bail!("there is no .md or .txt file in {}", path.display());
        }
        files.extend(found.articles.into_iter().map(|article| path.join(article)));
    }
    Ok(files)
}

/// What articles are weighed with.
struct Scale<'a> {
    tokenizer: Tiktoken,
    prompts: Prompts,
    checker: Checker,
    style: Option<String>,
    settings: &'a Settings,
}

impl Scale<'_> {
    fn weigh(&self, path: &Path) -> Result<Amount> {
        let article = input::article(path, self.settings.max_bytes.value)?;
        let budget = Tokens(self.settings.chunk_tokens.value);
        let plan = Plan::new(&article, &self.tokenizer, budget);
        let brief = self.brief(&article);
        let mut amount = Amount {
            article: input::name(path),
            ..Amount::default()
        };
        for chunk in &plan.chunks {
            let sent: Vec<Piece> = plan.segments[chunk.segments.clone()]
                .iter()
                .filter(|segment| segment.translatable)
                .map(|segment| Piece {
                    id: segment.id.to_string(),
                    text: segment.span.of(article.body()).to_owned(),
                })
                .collect();
            if sent.is_empty() {
                continue;
            }
            let segments = sent.len() as u64;
            let request = self.prompts.translate(&brief, sent, None, None)?;
            let prompt = [&request.system, &request.user].map(|text| self.tokenizer.count(text));
            amount.requests += 1;
            amount.segments += segments;
            amount.french_tokens += u64::from(chunk.tokens.0);
            amount.prompt_tokens += prompt.iter().map(|tokens| u64::from(tokens.0)).sum::<u64>();
            amount.answer_tokens += u64::from(chunk.tokens.0) + segments * ENVELOPE;
        }
        amount.usd = self.cost(&amount).map(plain);
        Ok(amount)
    }

    fn brief(&self, article: &Article) -> Brief {
        let terms = self.checker.lexicon().table_for(article.body());
        Brief {
            english: self.settings.english.value,
            style: self.style.clone(),
            terms: terms
                .into_iter()
                .map(|(source, target)| Term { source, target })
                .collect(),
            headline: article.headline().map(str::to_owned),
        }
    }

    fn cost(&self, amount: &Amount) -> Option<Dollars> {
        let input = self.settings.price_input.as_ref()?.value;
        let output = self.settings.price_output.as_ref()?.value;
        Some(input.for_tokens(amount.prompt_tokens) + output.for_tokens(amount.answer_tokens))
    }

    fn total(&self, amounts: &[Amount]) -> Amount {
        let sum = |part: fn(&Amount) -> u64| amounts.iter().map(part).sum();
        let mut total = Amount {
            article: format!("{} in all", amounts.len()),
            segments: sum(|amount| amount.segments),
            requests: sum(|amount| amount.requests),
            french_tokens: sum(|amount| amount.french_tokens),
            prompt_tokens: sum(|amount| amount.prompt_tokens),
            answer_tokens: sum(|amount| amount.answer_tokens),
            usd: None,
        };
        total.usd = self.cost(&total).map(plain);
        total
    }

    fn table(&self, amounts: &[Amount], total: &Amount, form: Form) -> String {
        let mut headings = vec!["article", "segments", "requests", "French", "prompts", "answers"];
        if total.usd.is_some() {
            headings.push("USD");
        }
        let mut table = Table::new(&headings);
        let several = (amounts.len() > 1).then_some(total);
        for amount in amounts.iter().chain(several) {
            let numbers = [
                amount.segments,
                amount.requests,
                amount.french_tokens,
                amount.prompt_tokens,
                amount.answer_tokens,
            ];
            let mut row = vec![amount.article.clone()];
            row.extend(numbers.map(|number| number.to_string()));
            row.extend(amount.usd.clone());
            table.push(&row);
        }
        let price = if total.usd.is_some() {
            String::new()
        } else {
            " For the cost, add --price-input and --price-output (USD per million tokens).".to_owned()
        };
        format!(
            "{}\nTokens by {}. Assumed: {ASSUMED}.{price}\n",
            table.render(form),
            visible(self.tokenizer.name())
        )
    }
}

/// The number alone, for a column of its own.
fn plain(amount: Dollars) -> String {
    amount.to_string().trim_end_matches(" USD").to_owned()
}
