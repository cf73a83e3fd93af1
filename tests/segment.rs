//! What is sent to a model, and the laws that hold whatever the article and the budget.

use fidele::article::{Article, BlockKind, Format};
use fidele::segment::{Plan, SegmentId};
use fidele::tokens::{Tokenizer, Tokens, Words};
use proptest::prelude::*;

fn plan(text: &str, budget: u32) -> (Article, Plan) {
    let article = Article::parse(text.to_owned(), Format::Text);
    let plan = Plan::new(&article, &Words, Tokens(budget));
    (article, plan)
}

fn parts(text: &str, budget: u32) -> Vec<(String, String)> {
    let (article, plan) = plan(text, budget);
    let part = |segment: &fidele::segment::Segment| {
        (segment.id.to_string(), segment.span.of(article.body()).to_owned())
    };
    plan.segments.iter().map(part).collect()
}

fn assert_parts(text: &str, budget: u32, want: &[(&str, &str)]) {
    let want: Vec<_> = want
        .iter()
        .map(|(id, part)| ((*id).to_owned(), (*part).to_owned()))
        .collect();
    assert_eq!(parts(text, budget), want);
}

#[test]
fn a_block_within_the_budget_is_one_segment_without_its_marker() {
    assert_parts(
        "Un titre\n\n* Un point.\n\nUne phrase. Une autre.\n",
        50,
        &[
            ("b1", "Un titre"),
            ("b2", "Un point."),
            ("b3", "Une phrase. Une autre."),
        ],
    );
}

#[test]
fn a_long_block_is_cut_after_sentences() {
    assert_parts(
        "Il pleut. M. Roux lit. Elle dort. Fin.",
        8,
        &[("b1.1", "Il pleut. M. Roux lit."), ("b1.2", "Elle dort. Fin.")],
    );
}

#[test]
fn a_long_sentence_is_cut_after_clauses_and_a_long_clause_between_letters() {
    assert_parts(
        "Il vend des vis, des clous, des pinces et rien de plus.",
        6,
        &[
            ("b1.1", "Il vend des vis,"),
            ("b1.2", "des clous, des pinces et"),
            ("b1.3", "rien de plus."),
        ],
    );
}

#[test]
fn figures_and_titles_are_never_cut() {
    assert_parts(
        "Paul a vendu 1 250 000 parts",
        2,
        &[("b1.1", "Paul a"), ("b1.2", "vendu 1 250 000 parts")],
    );
}

#[test]
fn a_word_over_the_budget_stays_whole_and_its_chunk_says_so() {
    let (_, plan) = plan("Oui. Anticonstitutionnellement. Non.", 2);
    let chunks: Vec<_> = plan
        .chunks
        .iter()
        .map(|chunk| (chunk.segments.len(), chunk.oversize))
        .collect();
    assert_eq!(chunks, [(1, false), (1, true), (1, false)]);
}

#[test]
fn tables_are_cut_between_rows() {
    assert_parts(
        "a b c\td\ne f g\th\n",
        4,
        &[("b1.1", "a b c\td"), ("b1.2", "e f g\th")],
    );
}

#[test]
fn what_is_not_language_is_not_sent() {
    let text = "date 2025-11-07 Un titre\n\n* * *\n\n2024\t12\n2025\t13\n\nFin.\n";
    let (article, plan) = plan(text, 50);
    let sent: Vec<_> = plan
        .segments
        .iter()
        .filter(|segment| segment.translatable)
        .map(|segment| segment.span.of(article.body()))
        .collect();
    assert_eq!(sent, ["Un titre", "Fin."]);
    assert_eq!(plan.chunks.len(), 1);
    assert_eq!(plan.chunks[0].tokens, Words.count("Un titre Fin."));

    let article = Article::parse("Texte.\n\n```\nlet le = la;\n```\n".to_owned(), Format::Markdown);
    let plan = Plan::new(&article, &Words, Tokens(1));
    let code = plan
        .segments
        .iter()
        .find(|segment| segment.kind == BlockKind::Code)
        .unwrap();
    assert!(!code.translatable && code.tokens == Tokens(0));
}

#[test]
fn names_are_read_as_they_are_written_and_nothing_else_is() {
    for (block, part, name) in [(7, 0, "b7"), (7, 2, "b7.2"), (120, 13, "b120.13")] {
        let id = SegmentId { block, part };
        assert_eq!(id.to_string(), name);
        assert_eq!(name.parse(), Ok(id));
    }
    for name in [
        "",
        "b",
        "7",
        "b0",
        "b07",
        "B7",
        "b7.",
        "b7.0",
        "b7.02",
        "b7.2.1",
        "b+7",
        "b7 ",
        "b٧",
        "b99999999999",
    ] {
        assert!(name.parse::<SegmentId>().is_err(), "{name:?}");
    }
}

fn prose() -> impl Strategy<Value = String> {
    let token = prop::sample::select(vec![
        "Le ",
        "chat ",
        "anticonstitutionnellement ",
        "1 250 ",
        "M. ",
        "dort. ",
        "Roux, ",
        "« ",
        " » ",
        "\n",
        "\r\n",
        "\n\n",
        "* ",
        "\t",
        "; ",
        "(",
        ") ",
        "é",
        "😀",
        "\u{a0}",
        "et ",
        "de ",
        "plus ",
        "… ",
        "- ",
        "date 2026-03-04 ",
    ]);
    prop::collection::vec(token, 0..120).prop_map(|tokens| tokens.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn separators_and_segments_in_turn_are_the_body(text in prose(), budget in 0_u32..40) {
        for format in [Format::Text, Format::Markdown] {
            let article = Article::parse(text.clone(), format);
            let plan = Plan::new(&article, &Words, Tokens(budget));
            let mut rebuilt = String::new();
            let separators = plan.separators(article.body());
            prop_assert_eq!(separators.len(), plan.segments.len() + 1);
            for (separator, segment) in separators.iter().zip(&plan.segments) {
                rebuilt += separator;
                rebuilt += segment.span.of(article.body());
            }
            rebuilt += separators[plan.segments.len()];
            prop_assert_eq!(&rebuilt, &text);
            prop_assert!(plan.segments.is_sorted_by(|a, b| a.id < b.id && a.span.end <= b.span.start));
            for segment in &plan.segments {
                let words = segment.span.of(&text);
                prop_assert!(!words.is_empty() && words.trim() == words);
            }
        }
    }

    #[test]
    fn chunks_hold_every_segment_once_and_fit(text in prose(), budget in 1_u32..40) {
        let (article, plan) = plan(&text, budget);
        let mut next = 0;
        for chunk in &plan.chunks {
            prop_assert_eq!(chunk.segments.start, next);
            next = chunk.segments.end;
            let sent: Vec<_> = plan.segments[chunk.segments.clone()].iter().filter(|segment| segment.translatable).collect();
            prop_assert_eq!(chunk.tokens, sent.iter().map(|segment| Words.count(segment.span.of(article.body()))).sum());
            prop_assert_eq!(chunk.oversize, chunk.tokens > Tokens(budget));
            prop_assert!(!chunk.oversize || sent.len() == 1);
        }
        prop_assert_eq!(next, plan.segments.len());
    }

    #[test]
    fn no_cut_falls_inside_a_figure(text in prose(), budget in 1_u32..10) {
        let (article, plan) = plan(&text, budget);
        for pair in plan.segments.windows(2).filter(|pair| pair[0].id.block == pair[1].id.block) {
            let (before, after) = (pair[0].span.of(article.body()), pair[1].span.of(article.body()));
            prop_assert!(!(before.ends_with('1') && after.starts_with("250")), "{:?} ¦ {:?}", before, after);
        }
    }
}

/// A megabyte of one sentence, of one word, of words, of sentences. Quadratic, this would not end.
#[test]
fn cost_grows_with_length_only() {
    for run in ["mot ", "a", "Une phrase. ", "un, ", "1 ", "\u{a0}x"] {
        let (_, plan) = plan(&run.repeat(1_000_000 / run.len()), 100);
        assert!(!plan.segments.is_empty());
    }
}
