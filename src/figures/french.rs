//! The number words, months, days and movement words of French.
//!
//! In: nothing. Out: the tables from which the French lexicon is built; keys ignore case and accents.
//! Source: Grevisse, *Le bon usage*, numerals; the long scale, *Journal officiel* (Conférence générale des poids et
//! mesures 1948: million 10⁶, milliard 10⁹, billion 10¹²); CLDR 46 `fr` for months and days. `septante`, `huitante`,
//! `octante`, `nonante`: Belgium and Switzerland. The 1990 spelling joins numerals by hyphens; the scanner takes both.

use super::words::{Cue, Numeral};

/// Words with a number in them.
pub(super) const NUMERALS: &[(&str, Numeral)] = &[
    ("un une", Numeral::One),
    ("zéro", Numeral::Digit(0)),
    ("deux", Numeral::Digit(2)),
    ("trois", Numeral::Digit(3)),
    ("quatre quatres", Numeral::Digit(4)),
    ("cinq", Numeral::Digit(5)),
    ("six", Numeral::Digit(6)),
    ("sept", Numeral::Digit(7)),
    ("huit", Numeral::Digit(8)),
    ("neuf", Numeral::Digit(9)),
    ("dix", Numeral::Teen(10)),
    ("onze", Numeral::Teen(11)),
    ("douze", Numeral::Teen(12)),
    ("treize", Numeral::Teen(13)),
    ("quatorze", Numeral::Teen(14)),
    ("quinze", Numeral::Teen(15)),
    ("seize", Numeral::Teen(16)),
    ("vingt vingts", Numeral::Ten(20)),
    ("trente", Numeral::Ten(30)),
    ("quarante", Numeral::Ten(40)),
    ("cinquante", Numeral::Ten(50)),
    ("soixante", Numeral::Ten(60)),
    ("septante", Numeral::Ten(70)),
    ("huitante octante", Numeral::Ten(80)),
    ("nonante", Numeral::Ten(90)),
    ("cent cents", Numeral::Hundred),
    ("mille milles mil", Numeral::Thousand),
    ("million millions mio", Numeral::Scale(6)),
    ("milliard milliards md mds mrd mrds mia", Numeral::Scale(9)),
    ("billion billions", Numeral::Scale(12)),
    ("billiard billiards", Numeral::Scale(15)),
    ("trillion trillions", Numeral::Scale(18)),
    ("premier première premiers premières", Numeral::Ordinal(1)),
    ("unième", Numeral::Ordinal(1)),
    ("premièrement", Numeral::Ordinal(1)),
    ("deuxièmement deuxio secundo", Numeral::Ordinal(2)),
    ("troisièmement tertio", Numeral::Ordinal(3)),
    ("quatrièmement", Numeral::Ordinal(4)),
    ("cinquièmement", Numeral::Ordinal(5)),
    (
        "deuxième deuxièmes second seconde seconds secondes",
        Numeral::Ordinal(2),
    ),
    ("troisième troisièmes", Numeral::Ordinal(3)),
    ("quatrième quatrièmes", Numeral::Ordinal(4)),
    ("cinquième cinquièmes", Numeral::Ordinal(5)),
    ("sixième sixièmes", Numeral::Ordinal(6)),
    ("septième septièmes", Numeral::Ordinal(7)),
    ("huitième huitièmes", Numeral::Ordinal(8)),
    ("neuvième neuvièmes", Numeral::Ordinal(9)),
    ("dixième dixièmes", Numeral::Ordinal(10)),
    ("onzième onzièmes", Numeral::Ordinal(11)),
    ("douzième douzièmes", Numeral::Ordinal(12)),
    ("treizième treizièmes", Numeral::Ordinal(13)),
    ("quatorzième quatorzièmes", Numeral::Ordinal(14)),
    ("quinzième quinzièmes", Numeral::Ordinal(15)),
    ("seizième seizièmes", Numeral::Ordinal(16)),
    ("vingtième vingtièmes", Numeral::Ordinal(20)),
    ("trentième trentièmes", Numeral::Ordinal(30)),
    ("quarantième quarantièmes", Numeral::Ordinal(40)),
    ("cinquantième cinquantièmes", Numeral::Ordinal(50)),
    ("soixantième soixantièmes", Numeral::Ordinal(60)),
    ("septantième", Numeral::Ordinal(70)),
    ("nonantième", Numeral::Ordinal(90)),
    ("centième centièmes", Numeral::Ordinal(100)),
    ("millième millièmes", Numeral::Ordinal(1000)),
    ("demi demie demis demies moitié moitiés", Numeral::Part(2)),
    ("tiers", Numeral::Part(3)),
    ("quart quarts", Numeral::Part(4)),
    ("huitaine", Numeral::Collective(8)),
    ("dizaine dizaines", Numeral::Collective(10)),
    ("douzaine douzaines", Numeral::Collective(12)),
    ("quinzaine quinzaines", Numeral::Collective(15)),
    ("vingtaine vingtaines", Numeral::Collective(20)),
    ("trentaine", Numeral::Collective(30)),
    ("quarantaine", Numeral::Collective(40)),
    ("cinquantaine", Numeral::Collective(50)),
    ("soixantaine", Numeral::Collective(60)),
    ("centaine centaines", Numeral::Collective(100)),
    ("millier milliers", Numeral::Collective(1000)),
    (
        "double doubles doubler doublé doublée doublés doublées doublent doublait doublaient doublant doublera \
         doubleront doublerons doublerai doubleras doublerez doublerait doubleraient doublons doublez doubla doublèrent",
        Numeral::Multiple(2),
    ),
    ("doublement redoubler redoublé", Numeral::Multiple(2)),
    (
        "triple triples tripler triplé triplée triplés triplées triplent triplait triplaient triplant triplera \
         tripleront triplerons triplerait tripleraient triplons tripla triplèrent",
        Numeral::Multiple(3),
    ),
    (
        "quadruple quadrupler quadruplé quadruplée quadruplés",
        Numeral::Multiple(4),
    ),
    ("quintuple quintupler quintuplé quintuplée", Numeral::Multiple(5)),
    ("décuple décupler décuplé", Numeral::Multiple(10)),
    ("centuple centupler", Numeral::Multiple(100)),
    (
        "duo couple paire jumeaux jumelle bipartite bipartites bilatéral bilatérale bilatéraux",
        Numeral::Implied(2),
    ),
    (
        "biplace binôme tandem bidimensionnel bidimensionnelle bimensuel bihebdomadaire bisannuel",
        Numeral::Implied(2),
    ),
    (
        "trio trilogie triangulaire tripartite tridimensionnel tridimensionnelle triplés triennal triennale triennat trimestriel trimestrielle triathlon tricolore trident triplace",
        Numeral::Implied(3),
    ),
    ("quatuor quadriennal quadriennale quadrupède", Numeral::Implied(4)),
    (
        "quinquennat quinquennal quinquennale quintette",
        Numeral::Implied(5),
    ),
    ("sextuor", Numeral::Implied(6)),
    ("septennat septennal septennale septennaux", Numeral::Implied(7)),
    ("décennal centenaire", Numeral::Implied(100)),
    ("bicentenaire", Numeral::Implied(200)),
    ("vingtenaire", Numeral::Decade(20)),
    ("trentenaire", Numeral::Decade(30)),
    ("quadragénaire quarantenaire", Numeral::Decade(40)),
    ("quinquagénaire cinquantenaire", Numeral::Decade(50)),
    ("sexagénaire sexagénaires", Numeral::Decade(60)),
    ("septuagénaire septuagénaires", Numeral::Decade(70)),
    ("octogénaire octogénaires", Numeral::Decade(80)),
    ("nonagénaire nonagénaires", Numeral::Decade(90)),
];

/// Months, days, movement, and the words that make a unit.
pub(super) const CUES: &[(&str, Cue)] = &[
    ("janvier janv", Cue::Month(1)),
    ("février févr fév", Cue::Month(2)),
    ("mars", Cue::Month(3)),
    ("avril avr", Cue::Month(4)),
    ("mai", Cue::Month(5)),
    ("juin", Cue::Month(6)),
    ("juillet juil", Cue::Month(7)),
    ("août", Cue::Month(8)),
    ("septembre", Cue::Month(9)),
    ("octobre oct", Cue::Month(10)),
    ("novembre nov", Cue::Month(11)),
    ("décembre déc", Cue::Month(12)),
    ("lundi lundis", Cue::Weekday(1)),
    ("mardi mardis", Cue::Weekday(2)),
    ("mercredi mercredis", Cue::Weekday(3)),
    ("jeudi jeudis", Cue::Weekday(4)),
    ("vendredi vendredis", Cue::Weekday(5)),
    ("samedi samedis", Cue::Weekday(6)),
    ("dimanche dimanches dominical dominicale", Cue::Weekday(7)),
    ("pourcent pourcents pourcentage", Cue::Percent),
    ("point points pt pts", Cue::Point),
    ("fois", Cue::Times),
    ("midi", Cue::Clock(12)),
    ("minuit", Cue::Clock(0)),
    ("hier veille", Cue::Day(-1)),
    ("aujourd", Cue::Day(0)),
    ("demain lendemain", Cue::Day(1)),
    ("surlendemain", Cue::Day(2)),
    ("matin soir nuit", Cue::Daypart),
    // `+` stands for the endings of a verb in -er, `±` for those of a verb in -re: see `forms`.
    (
        "hausse hausses hauss+ augmentation augmentations augment+ croissance croissances croître croit croissent crû",
        Cue::Up,
    ),
    (
        "progression progressions progress+ gain gains gagn+ bond bonds bondi bondit bondir grimp+ grimpée mont+",
        Cue::Up,
    ),
    (
        "relèvement relev+ accroissement accroître accru accrue accrus accrues accroît envolée envol+ élévation élévations flamb+ flambée",
        Cue::Up,
    ),
    (
        "supérieur supérieure supérieurs supérieures appréci+ appréciation rebond rebondi rebondit rebondir hiss+ avanc+",
        Cue::Up,
    ),
    (
        "avancée majoration major+ surplus excédent renchéri renchérissement amélioration amélior+ ajout+ bénéfice",
        Cue::Up,
    ),
    (
        "baisse baisses baiss+ diminution diminutions diminu+ chute chutes chut+ recul reculs recul+ perte pertes perd±",
        Cue::Down,
    ),
    (
        "perdirent repli replis repli+ réduction réductions réduire réduit réduite réduits réduites réduira réduisant",
        Cue::Down,
    ),
    (
        "réduisait réduisent réduiront réduirait déclin déclins déclin+ dégringol+ dégringolade tomb+ plong+ plongeon céd+",
        Cue::Down,
    ),
    (
        "cède cèdent effondrement effondr+ contraction contract+ inférieur inférieure inférieurs inférieures abaiss+",
        Cue::Down,
    ),
    (
        "abaissement dépréciation dépréci+ rabais décroissance décru lâch+ abandonn+ rétréci glissement gliss+ déficit",
        Cue::Down,
    ),
    (
        "atteindre atteint atteints atteinte atteintes atteignent atteignait atteignaient atteignant atteindra atteindront atteindrait atteindraient",
        Cue::Reaches,
    ),
    (
        "décroître décroît amput+ repliait recule régress+ régression fléchi fléchit fléchir fléchissement sabr+",
        Cue::Down,
    ),
];

/// The forms a row of a table stands for: a word as it is, a verb by its stem and the mark of its conjugation.
/// Source: Bescherelle, first conjugation (and the third, `perdre`), in the tenses of the press.
pub(super) fn forms(entry: &str) -> Vec<String> {
    let (stem, endings) = if let Some(stem) = entry.strip_suffix('+') {
        (
            stem,
            "er e es ent é ée és ées ait aient ant a èrent era eront erait eraient ons",
        )
    } else if let Some(stem) = entry.strip_suffix('±') {
        (
            stem,
            "re s ent u ue us ues ait aient ant it irent ra ront rait raient",
        )
    } else {
        return vec![entry.to_owned()];
    };
    let mut forms: Vec<String> = endings
        .split(' ')
        .map(|ending| format!("{stem}{ending}"))
        .collect();
    if entry.ends_with('±') {
        forms.push(stem.to_owned());
    }
    forms
}
