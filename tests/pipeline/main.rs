//! The walk of one article with a scripted model: nothing lost, nothing doubled, repairs that repair, and one report
//! whatever the chunking.
#![cfg(feature = "pipeline")]
#![expect(
    clippy::unwrap_used,
    reason = "a test ends where something is not as it must be"
)]

mod holes;
mod names;
mod repair;
mod scripted;
mod summaries;

use std::sync::Arc;

use fidele::article::{Article, Format};
use fidele::ask::Desk;
use fidele::endpoint::EndpointError;
use fidele::event;
use fidele::exit::Exit;
use fidele::job::{Done, Job, Want};
use fidele::journal::Journal;
use fidele::prompt::{English, Length, Prompts};
use fidele::tokens::{Tokens, Words};
use fidele::translate::{TranslateError, Translator};
use fidele::verify::Checker;
use tokio_util::sync::CancellationToken;

use scripted::{Scripted, reply};

const ARTICLE: &str = "Le groupe Orvalec rachète Tessendo

* L'offre atteint 4,2 milliards d'euros

Orvalec a annoncé mardi le rachat de Tessendo pour 4,2 milliards d'euros.

Le bénéfice a reculé de 12 % à Londres.

1789

La vente sera conclue avant le 30 juin.
";

/// What a faithful model makes of a line of [`ARTICLE`].
fn faithful(french: &str) -> String {
    let english = match french {
        "Le groupe Orvalec rachète Tessendo" => "Orvalec group buys Tessendo",
        "L'offre atteint 4,2 milliards d'euros" => "The offer amounts to 4.2 billion euros",
        "Orvalec a annoncé mardi le rachat de Tessendo pour 4,2 milliards d'euros." => {
            "Orvalec announced on Tuesday that it was buying Tessendo for 4.2 billion euros."
        }
        "Le bénéfice a reculé de 12 % à Londres." => "Profit fell by 12% in London.",
        "La vente sera conclue avant le 30 juin." => "The sale will be completed before 30 June.",
        other => panic!("no script for {other:?}"),
    };
    english.to_owned()
}

struct Setting {
    desk: Arc<Desk<Scripted>>,
    prompts: Arc<Prompts>,
    checker: Arc<Checker>,
    stop: CancellationToken,
    chunk_tokens: u32,
    at_once: usize,
    repairs: u32,
    article: (&'static str, Format),
}

impl Setting {
    fn new(model: Scripted) -> Self {
        Self {
            desk: Arc::new(Desk::new(model, Journal::nowhere(), event::nobody())),
            prompts: Arc::new(Prompts::embedded()),
            checker: Arc::new(Checker::default()),
            stop: CancellationToken::new(),
            chunk_tokens: 1_000,
            at_once: 4,
            repairs: 2,
            article: (ARTICLE, Format::Text),
        }
    }

    fn job(&self) -> Job<Scripted> {
        Job {
            translator: Translator {
                desk: Arc::clone(&self.desk),
                prompts: Arc::clone(&self.prompts),
                checker: Arc::clone(&self.checker),
                repairs: self.repairs,
                at_once: self.at_once,
                stop: self.stop.clone(),
            },
            tokenizer: Arc::new(Words),
            chunk_tokens: Tokens(self.chunk_tokens),
            english: English::British,
            style: None,
            terms: false,
            ask_model: false,
        }
    }

    async fn run(&self, want: Want) -> Result<Done, TranslateError> {
        let (body, format) = self.article;
        self.run_on(&Article::parse(body.to_owned(), format), want).await
    }

    async fn run_on(&self, article: &Article, want: Want) -> Result<Done, TranslateError> {
        self.job().run("test", article, want).await
    }

    async fn translate(&self) -> Done {
        self.run(Want {
            translation: true,
            summary: None,
        })
        .await
        .unwrap()
    }
}

fn text(done: &Done) -> &str {
    &done.document.as_ref().unwrap().text
}

#[tokio::test]
async fn a_faithful_translation_keeps_every_line_and_what_stands_between() {
    let setting = Setting::new(Scripted::by_segment(|french, _| faithful(french)));
    let done = setting.translate().await;
    let expected = "Orvalec group buys Tessendo

* The offer amounts to 4.2 billion euros

Orvalec announced on Tuesday that it was buying Tessendo for 4.2 billion euros.

Profit fell by 12% in London.

1789

The sale will be completed before 30 June.
";
    assert_eq!(text(&done), expected);
    assert_eq!(
        done.report.exit(true),
        Exit::Sound,
        "{:#?}",
        done.report.findings().collect::<Vec<_>>()
    );
    assert!(done.report.figures.proven >= 4 && done.report.figures.failed == 0);
    let sent: Vec<String> = setting
        .desk
        .endpoint()
        .asked()
        .iter()
        .flat_map(|r| r.subject.segments.clone())
        .map(|p| p.text)
        .collect();
    assert!(
        !sent.iter().any(|text| text == "1789"),
        "what holds no letter is not sent"
    );
}

#[tokio::test]
async fn the_report_does_not_depend_on_chunks_or_concurrency() {
    let wrong = |french: &str, _: u32| {
        faithful(french)
            .replace("12%", "21%")
            .replace("Tessendo", "Tesendo")
    };
    let mut reports = Vec::new();
    // Words counts a token for every word or so: one chunk, then one for each paragraph, in turn and together.
    for (chunk_tokens, at_once) in [(1_000, 1), (30, 1), (30, 8)] {
        let mut setting = Setting::new(Scripted::by_segment(wrong));
        (setting.chunk_tokens, setting.at_once) = (chunk_tokens, at_once);
        let done = setting.translate().await;
        reports.push(serde_json::to_string(&done.report).unwrap());
    }
    assert!(reports[0].contains("figure.altered"));
    assert!(reports.windows(2).all(|pair| pair[0] == pair[1]));
}

#[tokio::test]
async fn a_wrong_figure_is_asked_for_again_with_the_reason_and_mended() {
    let model = |french: &str, attempt: u32| {
        if attempt == 1 {
            faithful(french).replace("12%", "21%")
        } else {
            faithful(french)
        }
    };
    let setting = Setting::new(Scripted::by_segment(model));
    let done = setting.translate().await;
    assert_eq!(done.report.exit(false), Exit::Sound);
    assert!(text(&done).contains("12%"));
    let mended: Vec<_> = done
        .report
        .segments
        .iter()
        .flat_map(|segment| &segment.mended)
        .collect();
    assert_eq!(mended.len(), 1);
    let repair = setting.desk.endpoint().asked().pop().unwrap();
    assert_eq!(repair.subject.segments.len(), 1, "the failing segment alone");
    assert!(
        repair.user.contains("21%") && repair.user.contains("12 %"),
        "{}",
        repair.user
    );
}

#[tokio::test]
async fn a_repair_that_makes_other_things_worse_is_not_kept() {
    let corrections: [fn(String) -> String; 4] = [
        // The figure comes back, another goes.
        |_| "Profit fell by 12% in Paris.".to_owned(),
        // The clause goes with the figure.
        |_| "Profit fell.".to_owned(),
        // Padding.
        |english| {
            format!(
                "{english} This is a remarkable development for all the people and companies concerned by it."
            )
        },
        // Direction lost.
        |_| "Profit rose by 12% in London.".to_owned(),
    ];
    for (case, correct) in corrections.into_iter().enumerate() {
        let model = move |french: &str, attempt: u32| match (french.starts_with("Le bénéfice"), attempt) {
            (true, 1) => faithful(french).replace("12%", "21%"),
            (true, _) => correct(faithful(french)),
            _ => faithful(french),
        };
        let setting = Setting::new(Scripted::by_segment(model));
        let done = setting.translate().await;
        assert!(
            text(&done).contains("Profit fell by 21% in London."),
            "case {case}: {}",
            text(&done)
        );
        assert_eq!(done.report.exit(false), Exit::Failed, "case {case}");
        let repairs = setting
            .desk
            .endpoint()
            .asked()
            .iter()
            .filter(|request| request.subject.attempt > 1)
            .count();
        assert_eq!(
            repairs, 2,
            "case {case}: asked again as often as allowed, no more"
        );
    }
}

#[tokio::test]
async fn a_model_that_leaves_the_text_alone_is_not_pressed_further() {
    let wrong = |french: &str, _: u32| faithful(french).replace("12%", "21%");
    let setting = Setting::new(Scripted::by_segment(wrong));
    let done = setting.translate().await;
    assert_eq!(done.report.exit(false), Exit::Failed, "the finding stays");
    let asked = setting.desk.endpoint().asked();
    assert_eq!(
        asked.iter().filter(|request| request.subject.attempt > 1).count(),
        1
    );
}

#[tokio::test]
async fn an_unusable_answer_is_asked_for_in_smaller_portions_and_then_left_as_a_marked_hole() {
    let model = Scripted::new(|request| {
        let bad = request
            .subject
            .segments
            .iter()
            .any(|piece| piece.text.starts_with("Le bénéfice"));
        if bad {
            Ok("Sorry, I cannot help with that.".to_owned())
        } else {
            Ok(reply(request, faithful))
        }
    });
    let setting = Setting::new(model);
    let done = setting.translate().await;
    assert_eq!(done.report.exit(false), Exit::Incomplete);
    assert_eq!(done.report.holes(), 1);
    assert_eq!(
        (done.report.figures.not_proven, done.report.names.not_proven),
        (1, 1),
        "12 % and Londres"
    );
    assert!(text(&done).contains("[NOT TRANSLATED: "));
    assert!(
        text(&done).contains("Le bénéfice a reculé de 12 % à Londres. [END]"),
        "{}",
        text(&done)
    );
    assert!(
        text(&done).contains("The sale will be completed before 30 June."),
        "the rest is there"
    );
    assert!(setting.desk.endpoint().asked().len() <= 10, "bounded");
}

#[tokio::test]
async fn what_is_no_translation_is_asked_for_again_and_never_passed_off_as_one() {
    let answers: [(&str, bool); 4] = [
        ("Le bénéfice a reculé de 12 % à Londres.", false),
        ("I'm sorry, but I can't help with that request.", false),
        ("As an AI language model, I cannot translate this text.", false),
        ("Profit fell by 12% in London.", true),
    ];
    for (answer, is_english) in answers {
        let model = move |french: &str, _| {
            if french.starts_with("Le bénéfice") {
                answer.to_owned()
            } else {
                faithful(french)
            }
        };
        let setting = Setting::new(Scripted::by_segment(model));
        let done = setting.translate().await;
        assert_eq!(done.report.holes(), usize::from(!is_english), "{answer}");
        assert_eq!(text(&done).contains("[NOT TRANSLATED: "), !is_english, "{answer}");
    }
}

#[tokio::test]
async fn a_refusal_that_a_second_asking_turns_into_english_leaves_no_hole() {
    let model = |french: &str, attempt: u32| match (french.starts_with("Le bénéfice"), attempt) {
        (true, 1) => "I'm sorry, but I can't help with that request.".to_owned(),
        _ => faithful(french),
    };
    let setting = Setting::new(Scripted::by_segment(model));
    let done = setting.translate().await;
    assert_eq!(done.report.exit(false), Exit::Sound);
    assert!(text(&done).contains("Profit fell by 12% in London."));
}

#[tokio::test]
async fn a_model_is_told_what_it_did_wrong_but_not_that_its_server_was_silent() {
    for (silent, is_told) in [(true, false), (false, true)] {
        let model = Scripted::new(move |request| {
            let bad = request
                .subject
                .segments
                .iter()
                .any(|piece| piece.text.starts_with("Le bénéfice"));
            match (bad, silent) {
                (false, _) => Ok(reply(request, faithful)),
                (true, true) => Err(EndpointError::Timeout {
                    host: "script".to_owned(),
                    after: std::time::Duration::from_mins(10),
                }),
                (true, false) => Ok("{}".to_owned()),
            }
        });
        let setting = Setting::new(model);
        let done = setting.translate().await;
        assert_eq!(done.report.holes(), 1);
        let asked = setting.desk.endpoint().asked();
        let told = asked
            .iter()
            .any(|request| request.user.contains("An earlier answer could not be used"));
        assert_eq!(told, is_told, "silent: {silent}");
    }
}

/// So too of a correction, and of a summary.
#[tokio::test]
async fn neither_a_correction_nor_a_summary_is_asked_for_with_what_the_server_did() {
    for (silent, is_told) in [(true, false), (false, true)] {
        let summaries = std::sync::atomic::AtomicU32::new(0);
        let model = Scripted::new(move |request| {
            let is_summary = request.subject.task != "translate";
            let is_bad = if is_summary {
                summaries.fetch_add(1, std::sync::atomic::Ordering::Relaxed) == 0
            } else {
                request.subject.attempt == 2
            };
            match (is_bad, is_summary) {
                (true, _) if silent => Err(EndpointError::Timeout {
                    host: "script".to_owned(),
                    after: std::time::Duration::from_mins(10),
                }),
                (true, _) => Ok("{}".to_owned()),
                (false, true) => Ok(summary(1, "The sale is due before 30 June.")),
                (false, false) if request.subject.attempt == 1 => {
                    Ok(reply(request, |french| faithful(french).replace("12%", "21%")))
                }
                (false, false) => Ok(reply(request, faithful)),
            }
        });
        let setting = Setting::new(model);
        let done = setting
            .run(Want {
                translation: true,
                summary: Some(Length {
                    words: 60,
                    ..Length::default()
                }),
            })
            .await
            .unwrap();
        assert!(text(&done).contains("12%"), "{}", text(&done));
        let summary = done.report.summary.unwrap();
        assert_eq!((summary.hole, summary.sentences.len()), (None, 3));
        for (of, words) in [
            ("translate", "An earlier correction could not be used"),
            ("summarize", "An earlier answer could not be used"),
        ] {
            let asked = setting.desk.endpoint().asked();
            let told = asked
                .iter()
                .any(|request| request.subject.task.starts_with(of) && request.user.contains(words));
            assert_eq!(told, is_told, "silent: {silent}, {of}");
        }
    }
}

#[tokio::test]
async fn a_key_that_is_refused_stops_the_run_at_once() {
    let model = Scripted::new(|_| {
        Err(EndpointError::Unauthorized {
            host: "script".to_owned(),
            status: 401,
        })
    });
    let mut setting = Setting::new(model);
    (setting.chunk_tokens, setting.at_once) = (10, 1);
    let error = setting
        .run(Want {
            translation: true,
            summary: None,
        })
        .await
        .unwrap_err();
    assert!(error.to_string().contains("401"), "{error}");
    assert_eq!(setting.desk.endpoint().asked().len(), 1);
}

#[tokio::test]
async fn a_rerun_asks_for_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut setting = Setting::new(Scripted::by_segment(|french, _| {
        faithful(french).replace("12%", "21%")
    }));
    setting.desk = Arc::new(Desk::new(
        Scripted::by_segment(|french, _| faithful(french).replace("12%", "21%")),
        Journal::in_folder(folder.path()).unwrap(),
        event::nobody(),
    ));
    let first = setting.translate().await;
    let asked = setting.desk.endpoint().asked().len();
    let second = setting.translate().await;
    assert_eq!(first, second);
    assert_eq!(
        setting.desk.endpoint().asked().len(),
        asked,
        "everything came from the journal"
    );
}

#[tokio::test]
async fn nothing_is_asked_once_the_user_stopped_the_run() {
    let setting = Setting::new(Scripted::by_segment(|french, _| faithful(french)));
    setting.stop.cancel();
    let error = setting
        .run(Want {
            translation: true,
            summary: None,
        })
        .await
        .unwrap_err();
    assert!(error.is_stop());
    assert!(setting.desk.endpoint().asked().is_empty());
}

/// A summary whose third sentence is invented and whose second cites the wrong passage.
fn summary(attempt: u32, third: &str) -> String {
    let sentences = if attempt == 1 {
        serde_json::json!([
            { "id": "s1", "text": "Orvalec is buying Tessendo for 4.2 billion euros.", "cites": ["b3"] },
            { "id": "s2", "text": "Profit fell by 12%.", "cites": ["b1"] },
            { "id": "s3", "text": third, "cites": ["b6"] },
        ])
    } else {
        serde_json::json!([{ "id": "s3", "text": "The sale is due before 30 June.", "cites": ["b6"] }])
    };
    serde_json::json!({ "sentences": sentences }).to_string()
}

#[tokio::test]
async fn a_summary_sentence_without_support_is_written_anew_and_a_wrong_citation_mended() {
    let third = "The sale brings in 900 million dollars.";
    let setting = Setting::new(Scripted::new(move |request| {
        Ok(summary(request.subject.attempt, third))
    }));
    let done = setting
        .run(Want {
            translation: false,
            summary: Some(Length {
                words: 60,
                ..Length::default()
            }),
        })
        .await
        .unwrap();
    let summary = done.report.summary.unwrap();
    let texts: Vec<_> = summary
        .sentences
        .iter()
        .map(|sentence| sentence.text.as_str())
        .collect();
    assert_eq!(texts.last(), Some(&"The sale is due before 30 June."));
    assert_eq!(
        summary.sentences[1].cites,
        ["b1", "b4"],
        "the passage that bears it out is added"
    );
    assert!(summary.dropped.is_empty());
}

#[tokio::test]
async fn a_summary_sentence_that_stays_without_support_is_dropped() {
    let third = "The sale brings in 900 million dollars.";
    let setting = Setting::new(Scripted::new(move |_| Ok(summary(1, third))));
    let done = setting
        .run(Want {
            translation: false,
            summary: Some(Length {
                words: 60,
                ..Length::default()
            }),
        })
        .await
        .unwrap();
    assert_eq!(done.report.exit(false), Exit::Sound);
    assert_eq!(done.report.exit(true), Exit::Failed);
    let summary = done.report.summary.unwrap();
    assert!(!summary.text().contains("900"), "{}", summary.text());
    assert_eq!(summary.dropped.len(), 1);
    assert!(
        summary.dropped[0].findings.iter().any(|finding| finding
            .target
            .as_ref()
            .unwrap()
            .text
            .contains("900"))
    );
}
