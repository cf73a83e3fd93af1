//! Summaries by a scripted model: what is faithful passes, what is not is asked for again, mended or dropped, and a long
//! article goes in layers.

use fidele::article::{Article, Format};
use fidele::endpoint::Request;
use fidele::exit::Exit;
use fidele::job::{Done, Want};
use fidele::prompt::{Form, Length};
use serde_json::{Value, json};

use crate::Setting;
use crate::scripted::Scripted;

const ARTICLE: &str = "La ville de Ploubaz rachète sa régie des eaux

Le conseil municipal de Ploubaz a voté mardi le rachat de la régie des eaux pour 48 millions d'euros, contre 36 millions estimés en 2019.

« J'arrêterai les fuites avant l'hiver », a promis la maire, Solenne Kerdraon, devant 350 habitants au moins.

La société Aquatrel, dont le siège est à Nantes, perd un contrat qui lui rapportait 6 millions d'euros par an.

Selon l'association Eau Claire, les tarifs devraient baisser de 8 % dès le 1er mars 2026.
";

fn sentence(id: &str, text: &str, cites: &[&str]) -> Value {
    json!({ "id": id, "text": text, "cites": cites })
}

/// A faithful summary of [`ARTICLE`].
fn faithful() -> Vec<Value> {
    vec![
        sentence(
            "s1",
            "The council of Ploubaz voted on Tuesday to buy back its water company for 48 million euros.",
            &["b2"],
        ),
        sentence(
            "s2",
            "That is 12 million euros, or a third, more than was estimated in 2019.",
            &["b2"],
        ),
        sentence(
            "s3",
            "\"I will stop the leaks before winter,\" promised the mayor, Solenne Kerdraon, before at least 350 residents.",
            &["b3"],
        ),
        sentence(
            "s4",
            "The Nantes-based company Aquatrel loses a contract worth 6 million euros a year.",
            &["b4"],
        ),
        sentence(
            "s5",
            "According to the association Eau Claire, prices should fall by 8% from 1 March 2026.",
            &["b5"],
        ),
    ]
}

/// One planted error each: what is wrong, which sentence, and what it says then.
const PLANTED: &[(&str, &str, &str)] = &[
    (
        "a figure changed",
        "s1",
        "The council of Ploubaz voted on Tuesday to buy back its water company for 73 million euros.",
    ),
    (
        "a scale changed",
        "s1",
        "The council of Ploubaz voted on Tuesday to buy back its water company for 48 billion euros.",
    ),
    (
        "a currency changed",
        "s1",
        "The council of Ploubaz voted on Tuesday to buy back its water company for 48 million dollars.",
    ),
    (
        "a date changed",
        "s5",
        "According to the association Eau Claire, prices should fall by 8% from 1 May 2026.",
    ),
    (
        "a derived figure wrong",
        "s2",
        "That is 17 million euros more than was estimated in 2019.",
    ),
    (
        "a figure invented",
        "s4",
        "The Nantes-based company Aquatrel, with 1,200 staff, loses a contract worth 6 million euros a year.",
    ),
    (
        "a unit changed",
        "s5",
        "According to the association Eau Claire, prices should fall by 8 points from 1 March 2026.",
    ),
    (
        "a direction turned",
        "s5",
        "According to the association Eau Claire, prices should rise by 8% from 1 March 2026.",
    ),
    (
        "a bound turned",
        "s3",
        "The mayor, Solenne Kerdraon, spoke before no more than 350 residents.",
    ),
    (
        "a name invented",
        "s3",
        "\"I will stop the leaks before winter,\" promised the mayor, Rozenn Tallec, before at least 350 residents.",
    ),
    (
        "a place changed",
        "s4",
        "The Quimper-based company Aquatrel loses a contract worth 6 million euros a year.",
    ),
    (
        "a body changed",
        "s4",
        "The Nantes-based company Hydrovia loses a contract worth 6 million euros a year.",
    ),
    (
        "a speaker changed",
        "s5",
        "According to the mayor, Solenne Kerdraon, prices should fall by 8% from 1 March 2026.",
    ),
    (
        "a body of the article in another's place",
        "s4",
        "The Nantes-based company Eau Claire loses a contract worth 6 million euros a year.",
    ),
    (
        "a quotation altered",
        "s3",
        "\"I will bomb the leaks before winter,\" promised the mayor, Solenne Kerdraon.",
    ),
    (
        "a quotation invented",
        "s4",
        "The Nantes-based company Aquatrel calls the vote \"cheap populism\".",
    ),
];

fn answer(sentences: &[Value]) -> String {
    json!({ "sentences": sentences }).to_string()
}

/// The faithful summary with one sentence replaced.
fn planted(id: &str, text: &str) -> Vec<Value> {
    let mut sentences = faithful();
    for sentence in &mut sentences {
        if sentence["id"] == id {
            sentence["text"] = json!(text);
        }
    }
    sentences
}

async fn summarise(model: Scripted, article: &str, length: Length) -> (Done, Vec<Request>) {
    let setting = Setting::new(model);
    let want = Want {
        translation: false,
        summary: Some(length),
    };
    let article = Article::parse(article.to_owned(), Format::Text);
    let done = setting.run_on(&article, want).await.unwrap();
    let asked = setting.desk.endpoint().asked();
    (done, asked)
}

#[tokio::test]
async fn a_faithful_summary_passes_at_the_first_attempt() {
    let model = Scripted::new(|_| Ok(answer(&faithful())));
    let (done, asked) = summarise(model, ARTICLE, Length::default()).await;
    let summary = done.report.summary.as_ref().unwrap();
    assert_eq!(asked.len(), 1, "{:#?}", summary.dropped);
    assert_eq!((summary.sentences.len(), summary.dropped.len()), (5, 0));
    assert_eq!(done.report.exit(true), Exit::Sound);
}

#[tokio::test]
async fn each_planted_error_is_asked_again_and_mended() {
    for (what, id, text) in PLANTED {
        let model = Scripted::new(move |request| {
            let sentences = if request.subject.attempt == 1 {
                planted(id, text)
            } else {
                faithful()
                    .into_iter()
                    .filter(|sentence| sentence["id"] == **id)
                    .collect()
            };
            Ok(answer(&sentences))
        });
        let (done, asked) = summarise(model, ARTICLE, Length::default()).await;
        let summary = done.report.summary.as_ref().unwrap();
        assert_eq!(asked.len(), 2, "{what}: caught and asked for once more");
        assert!(asked[1].user.contains(text), "{what}: with what was wrong");
        assert_eq!((summary.sentences.len(), summary.dropped.len()), (5, 0), "{what}");
        assert!(!summary.text().contains(text), "{what}");
    }
}

#[tokio::test]
async fn what_stays_wrong_is_dropped_with_a_note_and_strict_says_so() {
    for (what, id, text) in PLANTED {
        let model = Scripted::new(move |_| Ok(answer(&planted(id, text))));
        let (done, asked) = summarise(model, ARTICLE, Length::default()).await;
        let summary = done.report.summary.as_ref().unwrap();
        assert_eq!(asked.len(), 3, "{what}: two repairs and no more");
        assert_eq!(summary.dropped.len(), 1, "{what}");
        assert_eq!(summary.dropped[0].text, *text, "{what}");
        assert_eq!(done.report.exit(false), Exit::Sound, "{what}");
        assert_eq!(done.report.exit(true), Exit::Failed, "{what}");
    }
}

#[tokio::test]
async fn fewer_than_half_of_the_sentences_is_incomplete() {
    let model = Scripted::new(|_| {
        Ok(answer(&[
            sentence("s1", "It costs 99 million euros.", &["b2"]),
            sentence("s2", "It costs 98 million dollars.", &["b2"]),
            sentence("s3", "Prices should fall by 8%.", &["b5"]),
        ]))
    });
    let (done, _) = summarise(model, ARTICLE, Length::default()).await;
    assert_eq!(done.report.exit(false), Exit::Incomplete);
}

#[tokio::test]
async fn the_form_and_the_number_of_sentences_go_into_the_prompt_and_bound_the_summary() {
    let model = Scripted::new(|_| Ok(answer(&faithful())));
    let length = Length {
        sentences: Some(2),
        form: Form::Bullets,
        ..Length::default()
    };
    let (done, asked) = summarise(model, ARTICLE, length).await;
    assert!(asked[0].system.contains("a list") && asked[0].system.contains("At most 2 sentences"));
    assert_eq!(asked[0].subject.task, "summarize bullets 150 words 2 sentences");
    let text = done.report.summary.unwrap().text();
    assert_eq!(text.lines().count(), 2, "{text}");
    assert!(text.lines().all(|line| line.starts_with("- ")), "{text}");
    assert_eq!(Length::default().task(), "summarize 150 words");
}

#[tokio::test]
async fn a_summary_has_notes_with_the_french_in_markdown() {
    let model = Scripted::new(|_| Ok(answer(&faithful())));
    let (done, _) = summarise(model, ARTICLE, Length::default()).await;
    let text = done
        .report
        .summary
        .as_ref()
        .unwrap()
        .with_notes(&done.report.segments);
    assert!(
        text.contains("prices should fall by 8% from 1 March 2026.[^b5]"),
        "{text}"
    );
    assert!(text.contains("\n[^b5]: Selon l'association Eau Claire"), "{text}");
}

#[tokio::test]
async fn every_figure_and_name_has_its_place_and_what_bears_it_out() {
    for form in [Form::Paragraph, Form::Bullets, Form::Headline, Form::Brief] {
        let model = Scripted::new(|_| Ok(answer(&faithful())));
        let length = Length {
            form,
            ..Length::default()
        };
        let (done, _) = summarise(model, ARTICLE, length).await;
        let summary = done.report.summary.unwrap();
        let text = summary.text();
        for sentence in &summary.sentences {
            assert_eq!(sentence.span.unwrap().of(&text), sentence.text, "{form:?}");
            for cited in &sentence.sources {
                assert!(sentence.cites.contains(&cited.id) && !cited.span.of(ARTICLE).is_empty());
            }
            for fact in &sentence.facts {
                assert_eq!(fact.target.span.of(&sentence.text), fact.target.text);
                if let Some(source) = &fact.source {
                    assert_eq!(source.spot.span.of(ARTICLE), source.spot.text);
                }
            }
        }
        let fact = |sentence: usize, words: &str| {
            let facts = &summary.sentences[sentence].facts;
            let found = facts.iter().find(|fact| fact.target.text == words);
            found.unwrap_or_else(|| panic!("{words}: {facts:?}"))
        };
        let bought = fact(0, "48 million euros").source.as_ref().unwrap();
        assert_eq!(
            (bought.id.as_str(), bought.spot.text.as_str()),
            ("b2", "48 millions d'euros")
        );
        let more = fact(1, "12 million euros").because.as_deref();
        assert!(more.unwrap().starts_with("derived: "), "{more:?}");
        assert_eq!(fact(2, "Solenne Kerdraon").source.as_ref().unwrap().id, "b3");
    }
}

#[tokio::test]
async fn a_summary_does_not_outgrow_its_article_and_says_so() {
    let twice = || {
        let mut sentences = faithful();
        for (at, mut again) in faithful().into_iter().enumerate() {
            again["id"] = json!(format!("s{}", at + 6));
            sentences.push(again);
        }
        sentences
    };
    let model = Scripted::new(move |_| Ok(answer(&twice())));
    let (done, _) = summarise(model, ARTICLE, Length::default()).await;
    let summary = done.report.summary.as_ref().unwrap();
    assert!(summary.text().len() < ARTICLE.len());
    assert!(summary.dropped.is_empty(), "nothing in it is wrong");
    let is_told = |note: &String| note.contains("as long as the article") && note.contains("--words");
    assert!(done.report.notes.iter().any(is_told), "{:?}", done.report.notes);
    assert_eq!(done.report.exit(true), Exit::Sound);
}

#[tokio::test]
async fn what_the_summary_leaves_out_is_noted() {
    let model = Scripted::new(|_| Ok(answer(&[sentence("s1", "Prices should fall by 8%.", &["b5"])])));
    let (done, _) = summarise(model, ARTICLE, Length::default()).await;
    let omitted = done.report.summary.unwrap().omitted;
    assert!(
        omitted.iter().any(|words| words.contains("48 millions")),
        "{omitted:?}"
    );
    assert!(omitted.iter().any(|words| words == "Ploubaz"), "{omitted:?}");
}

#[tokio::test]
async fn an_article_in_another_language_is_refused_unless_the_user_vouches_for_it() {
    let english = "The council of the town has voted to buy back its own water company for a sum that nobody had thought of, \
        and the mayor has said that she will stop the leaks before the winter comes to the town.\n";
    let model = || {
        Scripted::new(|_| {
            Ok(answer(&[sentence(
                "s1",
                "The town buys its water company.",
                &["b1"],
            )]))
        })
    };
    let (done, asked) = summarise(model(), english, Length::default()).await;
    assert!(asked.is_empty());
    assert!(
        done.report
            .summary
            .as_ref()
            .unwrap()
            .hole
            .as_ref()
            .unwrap()
            .contains("--lang fr")
    );
    assert_eq!(done.report.exit(false), Exit::Incomplete);
    let (_, asked) = summarise(
        model(),
        english,
        Length {
            is_french: true,
            ..Length::default()
        },
    )
    .await;
    assert!(!asked.is_empty());
}

#[tokio::test]
async fn a_near_empty_article_is_refused() {
    let model = Scripted::new(|_| Ok(answer(&[])));
    let (done, asked) = summarise(model, "Il pleut à Ploubaz.\n", Length::default()).await;
    assert!(asked.is_empty());
    assert!(done.report.summary.unwrap().hole.unwrap().contains("at least"));
}

/// Over 6,000 words: paragraphs that differ by their number.
fn long_article() -> String {
    let paragraph = |n: usize| {
        format!(
            "Le rapport numéro {n} de la régie dit que les canalisations de la commune ont perdu {} litres en une seule nuit, \
             ce que les habitants du quartier avaient signalé à la mairie bien avant que la presse de la région n'en parle.",
            10_000 + n
        )
    };
    let paragraphs: Vec<String> = (0..180).map(paragraph).collect();
    paragraphs.join("\n\n")
}

#[tokio::test]
async fn a_long_article_goes_in_layers() {
    let article = long_article();
    assert!(article.split_whitespace().count() > 6_000);
    let model = Scripted::new(|request| {
        if request.subject.task.starts_with("merge") {
            // The merge chooses two of the sentences it was given, and invents one.
            assert!(request.user.contains("10001 litres") && request.user.contains("10179 litres"));
            return Ok(answer(&[
                sentence("s1", "The pipes lost 10001 litres in a single night.", &["b2"]),
                sentence("s2", "The pipes lost 10179 litres in a single night.", &["b180"]),
                sentence("s3", "The pipes lost 77777 litres in a single night.", &["b3"]),
            ]));
        }
        if request.subject.attempt > 1 {
            return Ok(answer(&[sentence(
                "s3",
                "The pipes lost 10002 litres in a single night.",
                &["b3"],
            )]));
        }
        let sentences: Vec<Value> = [1, 179]
            .iter()
            .filter(|n| request.user.contains(&format!("{} litres", 10_000 + **n)))
            .enumerate()
            .map(|(at, n)| {
                let text = format!("The pipes lost {} litres in a single night.", 10_000 + n);
                sentence(&format!("s{}", at + 1), &text, &[&format!("b{}", n + 1)])
            })
            .chain([sentence(
                "s9",
                "The mayor has resigned over 55555 litres.",
                &["b5"],
            )])
            .collect();
        Ok(answer(&sentences))
    });
    let (done, asked) = summarise(model, &article, Length::default()).await;
    let tasks: Vec<&str> = asked
        .iter()
        .map(|request| request.subject.task.as_str())
        .collect();
    let merges = tasks.iter().filter(|task| task.starts_with("merge")).count();
    assert_eq!(merges, 1, "{tasks:?}");
    assert!(tasks.len() >= 4, "{tasks:?}");
    assert!(
        !asked
            .iter()
            .any(|request| request.user.contains("55555") && request.subject.task.starts_with("merge"))
    );
    let longest = asked.iter().map(|request| request.user.len()).max().unwrap();
    assert!(
        longest < article.len() * 3 / 4,
        "no request holds the whole article"
    );
    let summary = done.report.summary.unwrap();
    assert!(
        summary.text().contains("10002") && summary.dropped.is_empty(),
        "{summary:#?}"
    );
    assert_eq!(summary.sentences[1].cites, ["b180"]);
}
