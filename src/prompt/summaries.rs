//! What a model is asked for a summary: how long, in which form, in one piece or in layers.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{Brief, Mark, Material, PromptError, Prompts, given, list_of, room_for};
use crate::endpoint::{Piece, Request, Schema, Subject};

/// What a summary looks like.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Form {
    /// Running text.
    #[default]
    Paragraph,
    /// A list, one sentence a point.
    Bullets,
    /// A headline and a sentence or two.
    Headline,
    /// Two or three short sentences.
    Brief,
}

impl Form {
    /// Every form with its name, in the order in which they are listed.
    pub const ALL: &[(&str, Self)] = &[
        ("paragraph", Self::Paragraph),
        ("bullets", Self::Bullets),
        ("headline", Self::Headline),
        ("brief", Self::Brief),
    ];

    /// The form of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, form)| *form)
    }

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::ALL
            .iter()
            .find(|(_, form)| *form == self)
            .map_or("paragraph", |(name, _)| *name)
    }
}

/// How long a summary may be, and what it looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Length {
    /// The most words.
    pub words: u32,
    /// The most sentences, if that is bounded too.
    pub sentences: Option<u32>,
    /// What it looks like.
    pub form: Form,
    /// The user vouches for the language: the article is summarised even where it does not look French.
    pub is_french: bool,
}

impl Default for Length {
    fn default() -> Self {
        Self {
            words: 150,
            sentences: None,
            form: Form::Paragraph,
            is_french: false,
        }
    }
}

impl Length {
    /// The task under which a summary of this length is recorded: `summarize 150 words`, `summarize bullets 150 words 5
    /// sentences`.
    #[must_use]
    pub fn task(self) -> String {
        let form = match self.form {
            Form::Paragraph => String::new(),
            form => format!("{} ", form.name()),
        };
        let sentences = self
            .sentences
            .map_or_else(String::new, |count| format!(" {count} sentences"));
        format!("summarize {form}{} words{sentences}", self.words)
    }

    /// Whether the prompt says more than how many words there may be.
    fn is_formed(self) -> bool {
        self.form != Form::Paragraph || self.sentences.is_some()
    }
}

/// A sentence of a summary that did not pass, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FailedSentence {
    /// `s3`.
    pub id: String,
    /// The sentence.
    pub text: String,
    /// The ids it cited, parted by spaces.
    pub cites: String,
    /// What the check said.
    pub reasons: Vec<String>,
}

impl Prompts {
    /// Asks for a summary of the whole article, or, from attempt 2 on, for new versions of the sentences that failed.
    ///
    /// # Errors
    /// A template that fails on this material.
    pub fn summarise(
        &self,
        brief: &Brief,
        pieces: &[Piece],
        length: Length,
        failed: &[FailedSentence],
        complaint: Option<&str>,
        attempt: u32,
    ) -> Result<Request, PromptError> {
        let texts: Vec<&str> = pieces.iter().map(|piece| piece.text.as_str()).collect();
        let mark = Mark::absent_from(&texts);
        let names = brief.terms_in(pieces);
        // No summary is longer than what it summarises.
        let has: usize = texts.iter().map(|text| text.split_whitespace().count()).sum();
        let words = length.words.min(u32::try_from(has).unwrap_or(u32::MAX));
        let material = Material::from([
            ("words", given(&words)),
            ("segments", given(&pieces)),
            ("failed", given(&failed)),
            ("names", given(&names)),
            ("complaint", given(&complaint)),
        ]);
        let whole = Piece {
            id: "article".to_owned(),
            text: texts.join("\n\n"),
        };
        let max_output = room_for(4_000);
        let subject = Subject {
            task: length.task(),
            attempt,
            segments: vec![whole],
        };
        let request = self.request(
            "summarise.md",
            brief,
            &mark,
            material,
            sentences_schema(),
            max_output,
            subject,
        )?;
        self.with_form(request, brief, &mark, length)
    }

    /// Makes one summary of what was written about the parts of a long article. The parts stand for the article in the
    /// key of a recording.
    ///
    /// # Errors
    /// A template that fails on this material.
    pub fn merge(
        &self,
        brief: &Brief,
        drafts: &[FailedSentence],
        length: Length,
        complaint: Option<&str>,
    ) -> Result<Request, PromptError> {
        let texts: Vec<&str> = drafts.iter().map(|draft| draft.text.as_str()).collect();
        let mark = Mark::absent_from(&texts);
        let material = Material::from([
            ("words", given(&length.words)),
            ("drafts", given(&drafts)),
            ("complaint", given(&complaint)),
        ]);
        let parts = Piece {
            id: "article".to_owned(),
            text: texts.join("\n\n"),
        };
        let subject = Subject {
            task: format!("merge: {}", length.task()),
            attempt: 1,
            segments: vec![parts],
        };
        let request = self.request(
            "summarise_merge.md",
            brief,
            &mark,
            material,
            sentences_schema(),
            room_for(4_000),
            subject,
        )?;
        self.with_form(request, brief, &mark, length)
    }

    /// Adds what the form asks for to the instructions, where it asks for anything.
    fn with_form(
        &self,
        mut request: Request,
        brief: &Brief,
        mark: &Mark,
        length: Length,
    ) -> Result<Request, PromptError> {
        if !length.is_formed() {
            return Ok(request);
        }
        let material = Material::from([
            ("form", given(&length.form.name())),
            ("sentences", given(&length.sentences)),
        ]);
        let (schema, subject) = (sentences_schema(), request.subject.clone());
        let form = self.request(
            "summarise_form.md",
            brief,
            mark,
            material,
            schema,
            request.max_output,
            subject,
        )?;
        for (text, more) in [
            (&mut request.system, &form.system),
            (&mut request.user, &form.user),
            (&mut request.tagged.system, &form.tagged.system),
            (&mut request.tagged.user, &form.tagged.user),
        ] {
            if !more.is_empty() {
                text.push_str("\n\n");
                text.push_str(more);
            }
        }
        Ok(request)
    }
}

fn sentences_schema() -> Schema {
    let entry = json!({
        "type": "object",
        "properties": {
            "id": { "type": "string" },
            "text": { "type": "string" },
            "cites": { "type": "array", "items": { "type": "string" } },
        },
        "required": ["id", "text", "cites"],
        "additionalProperties": false,
    });
    Schema {
        name: "summary",
        schema: Cow::Owned(list_of("sentences", &entry)),
    }
}
