//! Reports made by hand, as a run would make them.

use fidele::article::BlockKind;
use fidele::endpoint::ModelInfo;
use fidele::finding::{Account, Code, Finding, Outcome, Spot, Subject};
use fidele::report::{CheckerInfo, Report, SCHEMA, SegmentReport, SummaryReport, SummarySentence};
use fidele::span::Span;

/// The first place in `text` where `words` stand.
pub fn spot(text: &str, words: &str) -> Spot {
    let start = text
        .find(words)
        .unwrap_or_else(|| panic!("{words:?} in {text:?}"));
    Spot::new(text, Span::new(start, start + words.len()))
}

/// A segment without a word said about it.
pub fn segment(id: &str, kind: BlockKind, source: &str, target: &str) -> SegmentReport {
    SegmentReport {
        id: id.to_owned(),
        kind,
        source: source.to_owned(),
        target: Some(target.to_owned()),
        hole: None,
        findings: Vec::new(),
        accounts: Vec::new(),
        mended: Vec::new(),
        opinions: Vec::new(),
    }
}

/// An account of `words` in the segment, and of the English `found` for it.
pub fn account(
    segment: &mut SegmentReport,
    kind: Subject,
    outcome: Outcome,
    words: &str,
    found: Option<(&str, &str)>,
) {
    let target = segment.target.clone().unwrap_or_default();
    segment.accounts.push(Account {
        kind,
        outcome,
        source: spot(&segment.source, words),
        target: found.map(|(found, _)| spot(&target, found)),
        because: found.map(|(_, because)| because.to_owned()),
    });
}

/// The report of these segments, the account counted from them.
pub fn report(article: &str, segments: Vec<SegmentReport>) -> Report {
    let mut report = Report {
        schema: SCHEMA,
        article: article.to_owned(),
        checker: CheckerInfo {
            version: "0.1.0",
            lexicon: "3f2a91c07d5e".to_owned(),
        },
        model: None,
        figures: fidele::finding::Count::default(),
        names: fidele::finding::Count::default(),
        segments,
        summary: None,
        notes: Vec::new(),
    };
    for segment in &report.segments {
        report.figures += segment.count(Subject::Figure);
        report.names += segment.count(Subject::Name);
    }
    report
}

/// Nothing wrong.
pub fn clean() -> Report {
    let mut headline = segment(
        "b1",
        BlockKind::Headline,
        "Le port de Dunkerque attire un fabricant de batteries",
        "Port of Dunkirk attracts a battery maker",
    );
    account(
        &mut headline,
        Subject::Name,
        Outcome::Proven,
        "Dunkerque",
        Some(("Dunkirk", "exonym: Dunkerque → Dunkirk")),
    );
    let mut first = segment(
        "b2",
        BlockKind::Paragraph,
        "Le chantier doit durer trois ans et coûter 4,5 milliards d'euros.",
        "Construction is due to take three years and cost €4.5 billion.",
    );
    account(
        &mut first,
        Subject::Figure,
        Outcome::Proven,
        "trois ans",
        Some(("three years", "same value")),
    );
    account(
        &mut first,
        Subject::Figure,
        Outcome::Proven,
        "4,5 milliards d'euros",
        Some(("€4.5 billion", "same value")),
    );
    report("dunkerque.fr.md", vec![headline, first])
}

/// Errors and warnings of several codes, a repair, notes.
pub fn faulty() -> Report {
    let mut report = clean();
    let mut money = segment(
        "b3",
        BlockKind::Paragraph,
        "L'annonce a surpris les élus. Selon la préfète Hélène Carrière, le groupe a déjà versé 4,5 milliards d'euros \
         à la région pour racheter les terrains voisins de la raffinerie, où 1\u{202f}250 salariés travaillaient encore \
         en 2019. Les travaux commencent lundi.",
        "The announcement surprised local officials. According to the prefect, the group has already paid \
         €4.5 million to the region to buy the land next to the refinery, where 1,250 people still worked in 2019. \
         Work starts on Monday.",
    );
    let (french, english) = (money.source.clone(), money.target.clone().unwrap_or_default());
    account(
        &mut money,
        Subject::Name,
        Outcome::Failed,
        "Hélène Carrière",
        None,
    );
    account(
        &mut money,
        Subject::Figure,
        Outcome::Failed,
        "4,5 milliards d'euros",
        Some(("€4.5 million", "same digits")),
    );
    account(
        &mut money,
        Subject::Figure,
        Outcome::Proven,
        "1\u{202f}250",
        Some(("1,250", "same value")),
    );
    account(
        &mut money,
        Subject::Figure,
        Outcome::Proven,
        "2019",
        Some(("2019", "same value")),
    );
    account(&mut money, Subject::Figure, Outcome::NotProven, "lundi", None);
    money.findings.push(Finding::new(
        Code::NameMissing,
        Some(spot(&french, "Hélène Carrière")),
        None,
        "Hélène Carrière is not in the English.",
    ));
    money.findings.push(
        Finding::new(
            Code::FigureAltered,
            Some(spot(&french, "lundi")),
            Some(spot(&english, "Monday")),
            "A weekday cannot be checked without the date of the article.",
        )
        .as_warning(),
    );
    money.findings.push(Finding::new(
        Code::FigureScale,
        Some(spot(&french, "4,5 milliards d'euros").read_as("4500000000 EUR")),
        Some(spot(&english, "€4.5 million").read_as("4500000 EUR")),
        "4,5 milliards became 4.5 million: a thousand times less.",
    ));
    money.mended.push(Finding::new(
        Code::TextUntranslated,
        Some(spot(&french, "les terrains voisins")),
        None,
        "A sentence was left in French.",
    ));
    let mut claim = segment(
        "b4.2",
        BlockKind::Quote,
        "Le directeur aurait touché des primes.",
        "The director received 12 bonuses.",
    );
    let (french, english) = (claim.source.clone(), claim.target.clone().unwrap_or_default());
    claim.findings.push(Finding::new(
        Code::FigureAdded,
        None,
        Some(spot(&english, "12")),
        "12 is not in the French.",
    ));
    claim.findings.push(Finding::new(
        Code::ClaimHedge,
        Some(spot(&french, "aurait touché")),
        Some(spot(&english, "received")),
        "The French says it is alleged, the English says it is so.",
    ));
    report.segments.extend([money, claim]);
    report = self::report("dunkerque.fr.md", report.segments);
    report.model = Some(ModelInfo {
        host: "replay".to_owned(),
        model: "example-model-1".to_owned(),
        local: true,
        recorded: true,
    });
    report
        .notes
        .push("b3: the recording was altered to show the check".to_owned());
    report
}

/// Two segments that came to nothing.
pub fn holed() -> Report {
    let mut report = clean();
    for (id, source) in [
        (
            "b3",
            "Le préfet n'a pas souhaité répondre à nos questions sur le calendrier des travaux.",
        ),
        ("b4", "Contacté, le groupe n'a pas donné suite."),
    ] {
        let mut hole = segment(id, BlockKind::Paragraph, source, "");
        hole.target = None;
        hole.hole = Some("the model declined to answer: I cannot help with that".to_owned());
        report.segments.push(hole);
    }
    report
}

/// Nothing is wrong, but not everything is proven, and no finding says why.
pub fn doubtful() -> Report {
    let mut report = clean();
    let mut segment = segment(
        "b3",
        BlockKind::Paragraph,
        "Lyon attend une décision.",
        "A decision is awaited.",
    );
    account(&mut segment, Subject::Name, Outcome::NotProven, "Lyon", None);
    report.segments.push(segment);
    self::report("lyon.txt", report.segments)
}

/// A summary that lost a sentence.
pub fn summarised() -> Report {
    let mut report = clean();
    for segment in &mut report.segments {
        segment.target = None;
        segment.accounts.clear();
    }
    let sentence = |text: &str, cites: &[&str]| SummarySentence {
        text: text.to_owned(),
        span: None,
        cites: cites.iter().map(|&id| id.to_owned()).collect(),
        sources: Vec::new(),
        facts: Vec::new(),
        findings: Vec::new(),
        figures: fidele::finding::Count::default(),
        names: fidele::finding::Count::default(),
    };
    let mut kept = sentence(
        "A battery plant near Dunkirk will cost €4.5 billion.",
        &["b1", "b2"],
    );
    kept.figures.proven = 1;
    kept.names.proven = 1;
    let mut doubtful = sentence("It will take three long years.", &["b1", "b2"]);
    // The spots of a summary's findings count in the cited segments joined by empty lines.
    let cited = format!("{}\n\n{}", report.segments[0].source, report.segments[1].source);
    doubtful.findings.push(
        Finding::new(
            Code::TextMissing,
            Some(spot(&cited, "trois ans").read_as("3 a")),
            Some(spot(&doubtful.text, "three long years")),
            "The article does not say that the years are long.",
        )
        .as_warning(),
    );
    let mut dropped = sentence("It will employ 3,000 people.", &["b2"]);
    dropped.findings.push(Finding::new(
        Code::FigureAdded,
        None,
        Some(spot(&dropped.text, "3,000")),
        "3,000 is in none of the blocks it cites.",
    ));
    (report.figures, report.names) = (kept.figures, kept.names);
    report.summary = Some(SummaryReport {
        sentences: vec![kept, doubtful],
        dropped: vec![dropped],
        omitted: vec!["trois ans".to_owned()],
        hole: None,
        form: fidele::prompt::Form::Paragraph,
    });
    report
}

/// What a hostile article and a hostile model would like to do to a terminal and a page.
pub fn hostile() -> Report {
    let mut bad = segment(
        "b1",
        BlockKind::Paragraph,
        "Il a dit <script>alert(1)</script> et \u{1b}[2J\u{1b}[31m12 millions\u{202e}001\u{202c} à 東京 pour 7 € | `rm`.",
        "He said </div><img src=x onerror=alert(1)> \u{9b}31m and ![x](http://example.org/x.png) for \u{2067}7 euros.",
    );
    let (french, english) = (bad.source.clone(), bad.target.clone().unwrap_or_default());
    account(
        &mut bad,
        Subject::Figure,
        Outcome::Proven,
        "7 €",
        Some(("7 euros", "\"><b onclick=x>same</b>")),
    );
    account(
        &mut bad,
        Subject::Figure,
        Outcome::Failed,
        "12 millions\u{202e}001\u{202c}",
        None,
    );
    bad.findings.push(Finding::new(
        Code::FigureMissing,
        Some(spot(&french, "12 millions\u{202e}001\u{202c}").read_as("<i>12000000</i>\u{7}")),
        None,
        "<b>12 millions\u{202e}001\u{202c}</b> is not in the English.\u{1b}]0;pwned\u{7}",
    ));
    bad.findings.push(
        Finding::new(
            Code::UrlAltered,
            Some(spot(&french, "<script>alert(1)</script>")),
            Some(spot(&english, "</div><img src=x onerror=alert(1)>")),
            "An address is not the same.",
        )
        .as_warning(),
    );
    let mut report = report("<x>\u{1b}[31m\".fr.md", vec![bad]);
    report.notes.push("*bold* \u{1b}[5m </ul><script>".to_owned());
    "<lexicon>".clone_into(&mut report.checker.lexicon);
    report
}
