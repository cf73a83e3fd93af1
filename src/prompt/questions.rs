//! What a model is asked about names: their English before the first chunk, and which words stand for them afterwards.

use serde::Serialize;

use super::{Brief, Mark, Material, PromptError, Prompts, given, room_for, segments_schema};
use crate::endpoint::{Piece, Request, Subject};

/// A name that a model is asked about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Question {
    /// The id the answer comes back under.
    pub id: String,
    /// The name, as the French has it.
    pub text: String,
    /// The French it stands in.
    pub source: String,
    /// The English of that; none where the question is what it should be.
    pub target: Option<String>,
}

impl Prompts {
    /// Asks for the English forms of names.
    ///
    /// # Errors
    /// A template that fails on this material.
    pub fn terms(&self, brief: &Brief, questions: &[Question]) -> Result<Request, PromptError> {
        let pieces: Vec<Piece> = questions.iter().map(Question::name).collect();
        let names = brief.terms_in(&questions.iter().map(Question::passage).collect::<Vec<_>>());
        let material = Material::from([("questions", given(&questions)), ("names", given(&names))]);
        self.questions("terms", brief, questions, material, pieces)
    }

    /// Asks which words of the English stand for names.
    ///
    /// # Errors
    /// A template that fails on this material.
    pub fn opinion(&self, brief: &Brief, questions: &[Question]) -> Result<Request, PromptError> {
        let pieces = questions.iter().map(Question::comparison).collect();
        self.questions(
            "opinion",
            brief,
            questions,
            Material::from([("questions", given(&questions))]),
            pieces,
        )
    }

    fn questions(
        &self,
        task: &str,
        brief: &Brief,
        questions: &[Question],
        material: Material,
        segments: Vec<Piece>,
    ) -> Result<Request, PromptError> {
        let texts: Vec<&str> = questions
            .iter()
            .flat_map(|question| {
                [
                    Some(&question.text),
                    Some(&question.source),
                    question.target.as_ref(),
                ]
            })
            .flatten()
            .map(String::as_str)
            .collect();
        let mark = Mark::absent_from(&texts);
        let max_output = room_for(texts.iter().map(|text| text.len()).sum());
        let subject = Subject {
            task: task.to_owned(),
            attempt: 1,
            segments,
        };
        let template = format!("{task}.md");
        self.request(
            &template,
            brief,
            &mark,
            material,
            segments_schema(),
            max_output,
            subject,
        )
    }
}

impl Question {
    /// What an answer is recorded under: the name alone, since its English does not depend on the sentence.
    fn name(&self) -> Piece {
        self.piece(self.text.clone())
    }

    fn passage(&self) -> Piece {
        self.piece(self.source.clone())
    }

    /// What an answer is recorded under: the name and the English it is looked for in.
    fn comparison(&self) -> Piece {
        self.piece(format!(
            "{}\n{}",
            self.text,
            self.target.as_deref().unwrap_or_default()
        ))
    }

    fn piece(&self, text: String) -> Piece {
        Piece {
            id: self.id.clone(),
            text,
        }
    }
}
