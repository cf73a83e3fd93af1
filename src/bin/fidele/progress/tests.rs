use super::*;

fn after(events: &[Event]) -> (Tally, Vec<String>) {
    let mut tally = Tally::default();
    let lines = events.iter().filter_map(|event| tally.hear(event)).collect();
    (tally, lines)
}

fn run() -> Vec<Event> {
    let started = |article: &str| Event::Started {
        article: article.to_owned(),
        segments: 60,
        chunks: 5,
    };
    let answered = |from_journal| Event::Answered {
        usage: Usage {
            input: 45_250,
            output: 20_100,
        },
        from_journal,
    };
    vec![
        started("dunkerque.fr.md"),
        started("lyon.fr.md"),
        answered(true),
        Event::Asked,
        answered(false),
        Event::Asked,
        answered(false),
        Event::Checked {
            article: "lyon.fr.md".to_owned(),
            segment: "b1".to_owned(),
            errors: 0,
        },
        Event::Checked {
            article: "lyon.fr.md".to_owned(),
            segment: "b2".to_owned(),
            errors: 2,
        },
        Event::Repairing {
            article: "lyon.fr.md".to_owned(),
            segment: "b2".to_owned(),
            attempt: 2,
        },
        Event::Asked,
    ]
}

const PRICES: Prices = Prices {
    input: Dollars(1_000_000),
    output: Dollars(4_000_000),
};

#[test]
fn what_is_shown_at_80_columns() {
    let (tally, lines) = after(&run());
    assert_eq!(tally.reach(80), "2/120 segments, 0/2 articles, 2 errors");
    assert_eq!(
        tally.happening(80),
        "lyon.fr.md: b2 failed the check, asking again (attempt 2), 1 answer on the way"
    );
    assert_eq!(
        tally.cost(80, Some(PRICES)),
        "3 requests, $0.26, 90.5k tokens in, 40.2k out, 1 from the journal, 1 repair"
    );
    assert_eq!(
        lines,
        [
            "dunkerque.fr.md: 60 segments, 5 requests",
            "lyon.fr.md: 60 segments, 5 requests",
            "answer taken from the journal",
            "answer: 45.2k tokens in, 20.1k out",
            "answer: 45.2k tokens in, 20.1k out",
            "lyon.fr.md: 2 errors in b2",
            "lyon.fr.md: b2 failed the check, asking again (attempt 2)",
        ]
    );
}

#[test]
fn no_line_is_wider_than_the_terminal() {
    let (mut tally, _) = after(&run());
    tally.now = Some("東京.fr.md: waiting ".repeat(9));
    for width in 1..200 {
        for line in [
            tally.reach(width),
            tally.happening(width),
            tally.cost(width, Some(PRICES)),
        ] {
            assert!(measure_text_width(&line) <= width, "{width}: {line}");
        }
    }
    assert_eq!(tally.cost(20, Some(PRICES)), "3 requests, $0.26");
}

#[test]
fn the_journal_costs_nothing_and_waste_is_not_hidden() {
    let (tally, _) = after(&[
        Event::Answered {
            usage: Usage::default(),
            from_journal: true,
        },
        Event::Asked,
        Event::Wasted {
            reason: "cut off".to_owned(),
        },
        Event::Asked,
        Event::Broken {
            reason: "the answer breaks off".to_owned(),
        },
        Event::Waiting {
            delay: Duration::from_secs(1),
            reason: "the answer breaks off".to_owned(),
        },
    ]);
    assert_eq!(
        tally.cost(80, Some(PRICES)),
        "2 requests, over $0.00, 1 from the journal, 2 not usable, 1 sent again"
    );
    assert_eq!(tally.in_flight, 0);
}

#[test]
fn a_server_cannot_command_the_terminal() {
    let (tally, lines) = after(&[
        Event::Waiting {
            delay: Duration::from_secs(90),
            reason: "429 \u{1b}[2J\nfrom\u{202e} api".to_owned(),
        },
        Event::Remark("\u{7}".to_owned()),
    ]);
    assert_eq!(tally.happening(80), "waiting 1 min 30 s: 429 ␛[2J from� api");
    assert_eq!(lines, ["waiting 1 min 30 s: 429 ␛[2J from� api", "note: ␇"]);
}

#[test]
fn a_remark_is_made_once() {
    let remark = Event::Remark("altered to show the check".to_owned());
    assert_eq!(after(&[remark.clone(), remark]).1.len(), 1);
}

#[test]
fn numbers_are_short() {
    assert_eq!(
        [999, 1_000, 99_999, 250_000, 4_190_000].map(short),
        ["999", "1.0k", "99.9k", "250k", "4.1M"]
    );
    assert_eq!(
        [0, 9_999, 10_000, 12_345_678].map(dollars),
        ["$0.00", "under $0.01", "$0.01", "$12.35"]
    );
    let times = [200, 12_000, 125_000, 4_320_000].map(Duration::from_millis);
    assert_eq!(
        times.map(span_of_time),
        ["0.2 s", "12 s", "2 min 5 s", "1 h 12 min"]
    );
}
