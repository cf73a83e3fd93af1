//! Free texts are paired rightly: documents rebuilt from sentences with paragraphs merged, split and left out at random.
//! The seeds are fixed, so that a failure comes back.

use std::collections::BTreeSet;

use fidele::align::pair_blocks;
use fidele::article::{Article, Format};
use fidele::finding::{Code, Subject};
use fidele::span::Span;
use fidele::verify::{Checker, Pair};

/// Numbers that look random and are the same everywhere (Marsaglia, *Xorshift RNGs*, 2003).
struct Dice(u64);

impl Dice {
    fn below(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from((self.0 >> 16) % sides as u64).unwrap()
    }
}

type Phrase = (&'static str, &'static str);

const WHO: [Phrase; 14] = [
    ("Le maire", "The mayor"),
    ("La directrice de l'hôpital", "The head of the hospital"),
    ("Une équipe de chercheurs", "A team of researchers"),
    ("Le syndicat des pêcheurs", "The fishermen's union"),
    ("Un tribunal", "A court"),
    ("La compagnie aérienne", "The airline"),
    ("Le gouvernement", "The government"),
    ("Un groupe d'étudiants", "A group of students"),
    ("La police", "The police"),
    ("L'entraîneur", "The coach"),
    ("Le musée", "The museum"),
    ("La banque", "The bank"),
    ("Une association de parents", "A parents' association"),
    ("Le constructeur", "The manufacturer"),
];

const DID: [Phrase; 14] = [
    ("a annoncé la fermeture", "announced the closure"),
    ("a refusé la vente", "rejected the sale"),
    ("a demandé la rénovation", "asked for the renovation"),
    ("a retardé l'ouverture", "delayed the opening"),
    ("a critiqué la gestion", "criticised the management"),
    ("a financé l'extension", "funded the extension"),
    ("a suspendu les travaux", "suspended work"),
    ("a défendu l'avenir", "defended the future"),
    ("a étudié l'histoire", "studied the history"),
    ("a interdit l'accès", "banned access"),
    ("a salué la réussite", "praised the success"),
    ("a réclamé un contrôle", "demanded an inspection"),
    ("a révélé le coût", "revealed the cost"),
    ("a condamné l'abandon", "condemned the neglect"),
];

const OF_WHAT: [Phrase; 14] = [
    ("de la vieille usine", "of the old factory"),
    ("du port de plaisance", "of the marina"),
    ("de la bibliothèque", "of the library"),
    ("du stade olympique", "of the Olympic stadium"),
    ("de la ligne de tramway", "of the tram line"),
    ("du marché couvert", "of the covered market"),
    ("de l'école primaire", "of the primary school"),
    ("du laboratoire", "of the laboratory"),
    ("de la piscine", "of the swimming pool"),
    ("du théâtre", "of the theatre"),
    ("de la centrale électrique", "of the power station"),
    ("du jardin botanique", "of the botanical garden"),
    ("de l'aéroport", "of the airport"),
    ("du château", "of the castle"),
];

const HOW: [Phrase; 8] = [
    (" après des semaines de débats.", " after weeks of debate."),
    (
        ", malgré les protestations des habitants.",
        ", despite protests from residents.",
    ),
    (
        " dans un communiqué diffusé mardi.",
        " in a statement released on Tuesday.",
    ),
    (
        ", selon un rapport confidentiel.",
        ", according to a confidential report.",
    ),
    (" pour des raisons de sécurité.", " for safety reasons."),
    (
        ", ce qui inquiète les commerçants.",
        ", which worries shopkeepers.",
    ),
    (
        " sans consulter les riverains.",
        " without consulting the neighbours.",
    ),
    (" lors d'une réunion à Lyon.", " at a meeting in Lyon."),
];

/// A sentence and its translation; one in three holds a figure.
fn sentence(dice: &mut Dice) -> (String, String) {
    let parts = [
        WHO[dice.below(WHO.len())],
        DID[dice.below(DID.len())],
        OF_WHAT[dice.below(OF_WHAT.len())],
        HOW[dice.below(HOW.len())],
    ];
    let figure = 100 + dice.below(800);
    let (french, english) = match dice.below(3) {
        0 => (
            format!(" Cela concerne {figure} emplois."),
            format!(" It affects {figure} jobs."),
        ),
        _ => (String::new(), String::new()),
    };
    let [who, did, what, how] = parts;
    (
        format!("{} {} {}{}{french}", who.0, did.0, what.0, how.0),
        format!("{} {} {}{}{english}", who.1, did.1, what.1, how.1),
    )
}

/// Paragraphs of both sides that say the same: sentence numbers, in order. The shape tells how many there are.
struct Group {
    french: Vec<Vec<usize>>,
    english: Vec<Vec<usize>>,
}

/// Cuts the sentences `start..` into paragraphs of a shape drawn at random.
fn group(dice: &mut Dice, start: usize, left: usize) -> Group {
    let run = |from: usize, to: usize| (start + from..start + to).collect::<Vec<_>>();
    let shape = if left < 3 { 0 } else { dice.below(10) };
    let (french, english) = match shape {
        // One paragraph each.
        0..=5 => {
            let len = (1 + dice.below(3)).min(left);
            (vec![run(0, len)], vec![run(0, len)])
        }
        // The English merges two.
        6 | 7 => (vec![run(0, 1), run(1, 3)], vec![run(0, 3)]),
        // The English splits one.
        8 => (vec![run(0, 3)], vec![run(0, 2), run(2, 3)]),
        // The border lies elsewhere.
        _ => (vec![run(0, 1), run(1, 3)], vec![run(0, 2), run(2, 3)]),
    };
    Group { french, english }
}

/// One side as a text, and for each of its paragraphs the sentences it holds.
fn text(
    groups: &[Group],
    side: impl Fn(&Group) -> &[Vec<usize>],
    sentences: &[String],
) -> (String, Vec<BTreeSet<usize>>) {
    let paragraphs: Vec<&Vec<usize>> = groups.iter().flat_map(|group| side(group)).collect();
    let texts: Vec<String> = paragraphs
        .iter()
        .map(|numbers| {
            let said: Vec<&str> = numbers.iter().map(|&number| sentences[number].as_str()).collect();
            said.join(" ")
        })
        .collect();
    let held = paragraphs.iter().map(|numbers| numbers.iter().copied().collect());
    (texts.join("\n\n"), held.collect())
}

/// The numbers of the blocks that a span covers.
fn blocks(article: &Article, span: Option<Span>) -> Vec<usize> {
    let covers = |span: Span, block: Span| span.start <= block.start && block.end <= span.end;
    let all = article.blocks().iter().enumerate();
    all.filter(|(_, block)| span.is_some_and(|span| covers(span, block.content)))
        .map(|(index, _)| index)
        .collect()
}

struct Tally {
    links: usize,
    made: usize,
    right: usize,
    found: usize,
    dropped: usize,
    told: usize,
    shapes: BTreeSet<(usize, usize)>,
}

/// Rebuilds a document, leaves one paragraph out on one side, and counts what the pairing makes of it.
fn judge(dice: &mut Dice, checker: &Checker, tally: &mut Tally) {
    let pairs: Vec<_> = (0..40).map(|_| sentence(dice)).collect();
    let (french, english): (Vec<_>, Vec<_>) = pairs.into_iter().unzip();
    let mut groups = Vec::new();
    let mut at = 0;
    while at < french.len() {
        let next = group(dice, at, french.len() - at);
        at += next.french.iter().map(Vec::len).sum::<usize>();
        groups.push(next);
    }
    let whole: Vec<usize> = (0..groups.len())
        .filter(|&index| groups[index].french.len() == 1 && groups[index].english.len() == 1)
        .collect();
    let lost = &mut groups[whole[dice.below(whole.len())]];
    let (in_french, numbers) = if dice.below(2) == 0 {
        (true, std::mem::take(&mut lost.english).remove(0))
    } else {
        (false, std::mem::take(&mut lost.french).remove(0))
    };
    let numbers: BTreeSet<usize> = numbers.into_iter().collect();

    let (source, ours) = text(&groups, |group| &group.french, &french);
    let (target, theirs) = text(&groups, |group| &group.english, &english);
    let (source, target) = (
        Article::parse(source, Format::Text),
        Article::parse(target, Format::Text),
    );
    assert_eq!(
        (source.blocks().len(), target.blocks().len()),
        (ours.len(), theirs.len())
    );
    let pairs = pair_blocks(&source, &target);
    let mut linked = BTreeSet::new();
    for pair in &pairs {
        let (left, right) = (blocks(&source, pair.source), blocks(&target, pair.target));
        tally.shapes.insert((left.len(), right.len()));
        linked.extend(left.iter().flat_map(|&a| right.iter().map(move |&b| (a, b))));
    }
    for (a, said) in ours.iter().enumerate() {
        for (b, answer) in theirs.iter().enumerate() {
            let answers = !said.is_disjoint(answer);
            tally.links += usize::from(answers);
            tally.found += usize::from(answers && linked.contains(&(a, b)));
        }
    }
    // A link inside a pair of two and two is right although the two paragraphs may share no sentence.
    tally.made += linked.len();
    tally.right += linked
        .iter()
        .filter(|&&(a, b)| {
            let near = |from: usize| from.saturating_sub(1)..=from + 1;
            near(b).any(|b| theirs.get(b).is_some_and(|answer| !ours[a].is_disjoint(answer)))
        })
        .count();

    let texts: Vec<Pair<'_>> = pairs
        .iter()
        .map(|pair| Pair {
            source: pair.source.map_or("", |span| span.of(source.body())),
            target: pair.target.map_or("", |span| span.of(target.body())),
        })
        .collect();
    tally.dropped += 1;
    for (pair, verdict) in texts.iter().zip(checker.check_document(&texts)) {
        let (side, sentences) = if in_french {
            (pair.source, &french)
        } else {
            (pair.target, &english)
        };
        let alone = pair.source.is_empty() || pair.target.is_empty();
        let is_lost = alone
            && numbers
                .iter()
                .all(|&number| side.contains(sentences[number].as_str()));
        let code = if in_french {
            Code::TextMissing
        } else {
            Code::TextAdded
        };
        tally.told += usize::from(is_lost && verdict.findings.iter().any(|finding| finding.code == code));
        // The ledger errs nowhere but in what was left out.
        let blamed: Vec<_> = verdict
            .errors()
            .filter(|finding| matches!(finding.code.subject(), Subject::Figure | Subject::Name))
            .collect();
        assert!(alone || blamed.is_empty(), "{pair:#?} {blamed:#?}");
    }
}

#[test]
fn paragraphs_are_paired_however_they_were_merged_split_or_left_out() {
    let mut dice = Dice(0x5eed_0001);
    let checker = Checker::default();
    let mut tally = Tally {
        links: 0,
        made: 0,
        right: 0,
        found: 0,
        dropped: 0,
        told: 0,
        shapes: BTreeSet::new(),
    };
    for _ in 0..25 {
        judge(&mut dice, &checker, &mut tally);
    }
    let Tally {
        links,
        made,
        right,
        found,
        dropped,
        told,
        ..
    } = tally;
    assert!(found * 100 >= links * 98, "{found} of {links} links found");
    assert!(right * 100 >= made * 98, "{right} of {made} links right");
    assert!(
        told * 100 >= dropped * 95,
        "{told} of {dropped} lost paragraphs found"
    );
    for shape in [(1, 1), (2, 1), (1, 2), (2, 2), (1, 0), (0, 1)] {
        assert!(tally.shapes.contains(&shape), "{shape:?} never occurs");
    }
}
