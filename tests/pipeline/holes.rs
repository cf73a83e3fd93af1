//! What is not translated is marked, in the text and in every form of the report.

use fidele::exit::Exit;
use fidele::job::Done;
use fidele::report::{Form, Style};

use crate::scripted::{Scripted, reply};
use crate::{Setting, faithful, text};

const LOST: &str = "Le bénéfice a reculé de 12 % à Londres.";

/// A run in which the model refuses one segment, with a reason that would break the mark.
async fn with_a_hole() -> Done {
    let model = Scripted::new(|request| {
        let bad = request.subject.segments.iter().any(|piece| piece.text == LOST);
        if bad {
            Err(fidele::endpoint::EndpointError::Refused {
                message: "policy [7]\nno <b>finance</b>".to_owned(),
            })
        } else {
            Ok(reply(request, faithful))
        }
    });
    Setting::new(model).translate().await
}

#[tokio::test]
async fn a_hole_keeps_its_french_between_its_marks_on_its_own_line() {
    let done = with_a_hole().await;
    assert_eq!(done.report.exit(false), Exit::Incomplete);
    let text = text(&done);
    let line = text
        .lines()
        .find(|line| line.starts_with("[NOT TRANSLATED: "))
        .unwrap();
    let (reason, rest) = line
        .strip_prefix("[NOT TRANSLATED: ")
        .unwrap()
        .split_once("] ")
        .unwrap();
    assert!(reason.contains("policy  7  no"), "{reason}");
    assert_eq!(rest, format!("{LOST} [END]"));
    // The rest of the article stands where it stood.
    assert!(
        text.starts_with("Orvalec group buys Tessendo\n\n* The offer"),
        "{text}"
    );
    assert!(
        text.ends_with("\n\n1789\n\nThe sale will be completed before 30 June.\n"),
        "{text}"
    );
    assert_eq!(text.matches("[NOT TRANSLATED").count(), 1);
}

#[tokio::test]
async fn every_form_of_the_report_names_the_hole_its_reason_and_its_french() {
    let report = with_a_hole().await.report;
    for form in [Form::Text, Form::Markdown, Form::Html, Form::Json] {
        let shown = report.render(form, Style::default());
        assert!(
            shown.to_lowercase().contains("not translated") || form == Form::Json,
            "{form:?}: {shown}"
        );
        assert!(shown.contains("b4"), "{form:?}: which segment");
        assert!(shown.contains("Le bénéfice a reculé de"), "{form:?}: its French");
        assert!(shown.contains("policy"), "{form:?}: why");
        assert!(form != Form::Html || !shown.contains("<b>finance"), "{shown}");
    }
    let json: serde_json::Value = serde_json::from_str(&report.render(Form::Json, Style::default())).unwrap();
    let segment = &json["segments"][3];
    assert_eq!(segment["source"], LOST);
    assert!(
        segment["target"].is_null() && segment["hole"].is_string(),
        "{segment}"
    );
    assert!(
        report.verdict_line().starts_with("INCOMPLETE: "),
        "{}",
        report.verdict_line()
    );
    assert!(report.verdict_line().contains("1 segment not translated"));
}

#[tokio::test]
async fn a_hole_outranks_a_wrong_figure() {
    let model = Scripted::new(|request| {
        let bad = request.subject.segments.iter().any(|piece| piece.text == LOST);
        if bad {
            Ok("I'm sorry, but I can't help with that request.".to_owned())
        } else {
            Ok(reply(request, |french| {
                faithful(french).replace("30 June", "13 June")
            }))
        }
    });
    let done = Setting::new(model).translate().await;
    assert!(done.report.figures.failed > 0);
    assert_eq!(done.report.exit(false), Exit::Incomplete);
}
