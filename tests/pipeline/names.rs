//! What the model may be asked about names: their English before the first chunk, and an opinion on what is not proven.

use fidele::article::{Article, Format};
use fidele::exit::Exit;
use fidele::job::{Done, Want};

use super::Setting;
use super::scripted::{Scripted, reply};

const FRENCH: &str = "Le Conseil supérieur des pupitres a protesté. La fabrique Tessendo s'y rallie.

Le Conseil supérieur des pupitres attend une réponse.
";
const BODY: &str = "Conseil supérieur des pupitres";

/// A model that translates the two blocks, calling the body `called`, and answers questions about names by `answer`.
fn model(called: &'static str, answer: impl Fn(&str) -> String + Send + Sync + 'static) -> Scripted {
    Scripted::new(move |request| {
        Ok(reply(request, |text| match request.subject.task.as_str() {
            "translate" if text.contains("Tessendo") => {
                format!("{called} protested. The Tessendo factory sides with it.")
            }
            "translate" => format!("{called} is waiting for an answer."),
            _ => answer(text),
        }))
    })
}

async fn translate(setting: &Setting, terms: bool, ask_model: bool) -> Done {
    let article = Article::parse(FRENCH.to_owned(), Format::Text);
    let want = Want {
        translation: true,
        summary: None,
    };
    let job = fidele::job::Job {
        terms,
        ask_model,
        ..setting.job()
    };
    job.run("test", &article, want).await.unwrap()
}

fn tasks(setting: &Setting) -> Vec<String> {
    let asked = setting.desk.endpoint().asked();
    asked.into_iter().map(|request| request.subject.task).collect()
}

#[tokio::test]
async fn one_call_before_the_first_chunk_gives_every_chunk_the_same_form() {
    let mut setting = Setting::new(model("The High Council of Desks", |name| {
        if name == BODY {
            "High Council of Desks".to_owned()
        } else {
            name.to_owned()
        }
    }));
    setting.chunk_tokens = 26;
    let done = translate(&setting, true, false).await;
    let asked = setting.desk.endpoint().asked();
    assert_eq!(asked[0].subject.task, "terms");
    let of_chunks: Vec<_> = asked
        .iter()
        .filter(|request| request.subject.task == "translate")
        .collect();
    assert!(of_chunks.len() > 1, "each block in a chunk of its own");
    let line = format!("- {BODY} = High Council of Desks");
    for request in &of_chunks {
        assert!(request.user.contains(&line), "{}", request.user);
    }
    assert!(
        !of_chunks
            .iter()
            .any(|request| request.user.contains("Tessendo = ")),
        "what stays as it is needs no line"
    );
    let note = done
        .report
        .notes
        .iter()
        .find(|note| note.contains("prove nothing"));
    assert!(
        note.is_some_and(|note| note.contains("High Council of Desks")),
        "{:?}",
        done.report.notes
    );
}

#[tokio::test]
async fn what_the_model_proposes_is_no_proof() {
    let with = Setting::new(model("The Club", |_| "Club".to_owned()));
    let without = Setting::new(model("The Club", |_| "Club".to_owned()));
    let (with, without) = (
        translate(&with, true, false).await.report,
        translate(&without, false, false).await.report,
    );
    assert_eq!((with.names, with.figures), (without.names, without.figures));
    assert!(
        with.names.proven < with.names.total(),
        "the body is not proven by its own translation"
    );
}

#[tokio::test]
async fn an_answer_about_names_that_cannot_be_used_costs_a_note() {
    let answers = [
        "a very long essay on the name ".repeat(9),
        "two\nlines".to_owned(),
        "…".to_owned(),
    ];
    for answer in answers {
        let setting = Setting::new(model("The High Council of Desks", move |_| answer.clone()));
        let done = translate(&setting, true, false).await;
        let asked = setting.desk.endpoint().asked();
        assert!(
            asked
                .iter()
                .all(|request| !request.user.contains(&format!("- {BODY} =")))
        );
        assert_eq!(done.report.holes(), 0);
    }
    let setting = Setting::new(model("The High Council of Desks", |_| String::new()));
    let done = translate(&setting, true, false).await;
    let notes = &done.report.notes;
    assert!(
        notes
            .iter()
            .any(|note| note.contains("proposed no English forms")),
        "{notes:?}"
    );
    assert_eq!(done.report.holes(), 0);
}

#[tokio::test]
async fn an_opinion_stands_beside_what_is_not_proven_and_changes_nothing_else() {
    let asked = Setting::new(model("The desk makers' union", |question| {
        assert!(
            question.starts_with(BODY),
            "only what is not proven is asked about: {question}"
        );
        "The desk makers' union".to_owned()
    }));
    let silent = Setting::new(model("The desk makers' union", |_| unreachable!()));
    let (with, without) = (
        translate(&asked, false, true).await.report,
        translate(&silent, false, false).await.report,
    );
    assert_eq!(tasks(&silent), ["translate"]);
    assert_eq!((with.names, with.exit(false)), (without.names, Exit::Sound));
    assert!(with.names.not_proven > 0);
    let opinion = &with.segments[0].opinions[0];
    assert_eq!(opinion.source.text, BODY);
    assert_eq!(opinion.target.as_ref().unwrap().text, "The desk makers' union");
    assert_eq!(opinion.by, "script");
    let said = with
        .findings()
        .map(|finding| finding.message.as_str())
        .collect::<String>();
    assert!(
        said.contains("takes “The desk makers' union” for it, which proves nothing"),
        "{said}"
    );
}

#[tokio::test]
async fn words_that_are_not_in_the_english_are_no_opinion() {
    let setting = Setting::new(model("The desk makers' union", |_| {
        "High Council of Desks".to_owned()
    }));
    let report = translate(&setting, false, true).await.report;
    assert!(report.segments.iter().all(|segment| segment.opinions.is_empty()));
    let setting = Setting::new(model("The desk makers' union", |_| "-".to_owned()));
    let report = translate(&setting, false, true).await.report;
    assert_eq!(report.segments[0].opinions[0].target, None);
    let said = report
        .findings()
        .map(|finding| finding.message.as_str())
        .collect::<String>();
    assert!(said.contains("finds nothing that stands for it"), "{said}");
}
