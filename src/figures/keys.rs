//! The words of grammar that the readers look for, as keys: prepositions, articles, adverbs.
//!
//! In: nothing. Out: one constant a word, named as the word is written without accents. What can grow (units, number words,
//! months) is in the lexicon instead; these are the hooks on which the rules hang.

use super::fold::key;

macro_rules! keys {
    ($($name:ident $word:literal)*) => { $(pub(super) const $name: u128 = key($word);)* };
}

keys! {
    A "a" ABOUT "about" ABOVE "above" ADDITIONAL "additional" AFTER "after" AFTERNOON "afternoon"
    AGAINST "against" AGE "age" AGED "aged" AGEE "agee" AGEES "agees" AGES "ages" ALENTOURS "alentours"
    ALMOST "almost" AM "am" AN "an" AND "and" ANNEES "annees" APPROX "approx" APPROXIMATELY "approximately"
    APPROXIMATIVEMENT "approximativement" APRES "apres" AROUND "around" AS "as" AT "at" AU "au"
    AUTOUR "autour" AUTRE "autre" AUTRES "autres" AUX "aux" AVANT "avant" AVR "avr" BALLES "balles"
    BARRE "barre" BASE "base" BASIS "basis" BEFORE "before" BELOW "below" BETWEEN "between" BONNES "bonnes"
    BY "by" CALENDAR "calendar" CENT "cent" CENTURIES "centuries" CENTURY "century" CIRCA "circa"
    CLOCK "clock" CLOS "clos" CLOSE "close" COINS "coins" COMPARED "compared" CONSECUTIVE "consecutive"
    CONTRE "contre" COURANT "courant" COVID "covid" D "d" DAY "day" DE "de" DEBUT "debut" DEC "dec"
    DELA "dela" DEMI "demi" DEMIE "demie" DEPASSANT "depassant" DEPASSE "depasse" DEPASSENT "depassent"
    DEPASSER "depasser" DEPUIS "depuis" DERNIERES "dernieres" DERNIERS "derniers" DES "des"
    DESSOUS "dessous" DESSUS "dessus" DU "du" DURING "during" E "e" EACH "each" EARLY "early" EME "eme"
    EMES "emes" EN "en" ENTIERES "entieres" ENTRE "entre" ENVIRON "environ" ER "er" ERE "ere" ERES "eres"
    ERS "ers" ES "es" ESTIMATED "estimated" ET "et" ETAIENT "etaient" EVENING "evening" EVERY "every"
    EXCEDE "excede" EXCEED "exceed" EXCEEDING "exceeding" EXCEEDS "exceeds" EXPRESS "express" EXTRA "extra"
    FEV "fev" FEVR "fevr" FEW "few" FEWER "fewer" FIN "fin" FINAL "final" FINALE "finale" FINALES "finales"
    FINALS "finals" FOR "for" FROM "from" FULL "full" FURTHER "further" GMT "gmt" H "h" HALF "half"
    HERALD "herald" HEURE "heure" HEURES "heures" HOURS "hours" HRS "hrs" HUNDRED "hundred" IEME "ieme"
    IEMES "iemes" IN "in" INFERIEUR "inferieur" INFERIEURE "inferieure" INFERIEURES "inferieures"
    INFERIEURS "inferieurs" J "j" JANV "janv" JUIL "juil" JULY "july" JUNE "june" JUSQU "jusqu"
    JUSQUE "jusque" L "l" LA "la" LAST "last" LATE "late" LE "le" LEAST "least" LES "les" LESS "less" LOSS "loss" LOSSES "losses"
    LIVRE "livre" LONG "long" LONGS "longs" LONGUES "longues" M "m" MAIL "mail" MANY "many" MARCH "march"
    MARS "mars" MATIN "matin" MAX "max" MAXIMUM "maximum" MAY "may" MESURES "mesures" MI "mi" MID "mid"
    MIDI "midi" MIL "mil" MILLES "milles" MIN "min" MINIMUM "minimum" MINISTRE "ministre"
    MINISTRES "ministres" MINUS "minus" MINUTE "minute" MINUTES "minutes" MIRROR "mirror" MN "mn"
    MOINS "moins" MORE "more" MORNING "morning" MOST "most" MUCH "much" ND "nd" NDE "nde" NEARLY "nearly"
    NEXT "next" NIGHT "night" NO "no" NON "non" NOT "not" NOV "nov" NUIT "nuit" NUMERO "numero" O "o"
    OCT "oct" OF "of" OLD "old" ON "on" ONT "ont" OR "or" ORDRE "ordre" OTHER "other" OU "ou" OUT "out"
    OVER "over" P "p" PAR "par" PARTIES "parties" PARTIR "partir" PARTY "party" PAS "pas" PAST "past"
    PER "per" PERTE "perte" PERTES "pertes" PERCENTAGE "percentage" PETITES "petites" PETITS "petits" PEU "peu" PEUVENT "peuvent"
    PLEINES "pleines" PLUS "plus" PLUSIEURS "plusieurs" PM "pm" POIDS "poids" POST "post" POUR "pour"
    POURCENTAGE "pourcentage" PREMIER "premier" PREMIERE "premiere" PREMIERES "premieres"
    PREMIERS "premiers" PRES "pres" PRESQUE "presque" PROCHAINES "prochaines" PROCHAINS "prochains"
    PUIS "puis" QUART "quart" QUASI "quasi" QUASIMENT "quasiment" QUELQUE "quelque" QUELQUES "quelques"
    RD "rd" RE "re" REGION "region" ROUES "roues" ROUGHLY "roughly" S "s" SCORE "score" SECOND "second"
    SECONDE "seconde" SECONDES "secondes" SECONDS "seconds" SEPT "sept" SEUIL "seuil" SEUL "seul"
    SEULE "seule" SEVERAL "several" SHORT "short" SIECLE "siecle" SIECLES "siecles" SINCE "since"
    SINGLE "single" SOIR "soir" SOLID "solid" SOME "some" SONT "sont" SOUS "sous" SQUARED "squared" ST "st"
    STRAIGHT "straight" SUPERIEUR "superieur" SUPERIEURE "superieure" SUPERIEURES "superieures"
    SUPERIEURS "superieurs" SUR "sur" TELEGRAPH "telegraph" TH "th" THAN "than" THE "the" THEN "then"
    THIS "this" THROUGH "through" TILL "till" TIME "time" TIMES "times" TO "to" TONIGHT "tonight"
    TOUS "tous" TOUT "tout" TOUTES "toutes" U "u" UN "un" UNDER "under" UNTIL "until" UP "up" UPWARDS "upwards"
    UTC "utc" VERS "vers" VERSUS "versus" WHOLE "whole" WORKING "working"
}

// Days, laws, and what else has joined since.
keys! {
    AUJOURD "aujourd" HUI "hui" HIER "hier" DEMAIN "demain" VEILLE "veille" LENDEMAIN "lendemain"
    SURLENDEMAIN "surlendemain" CE "ce" CETTE "cette" DERNIERE "derniere" JOUR "jour" SUIVANT "suivant"
    PRECEDENT "precedent" YESTERDAY "yesterday" TOMORROW "tomorrow" EVE "eve" PREVIOUS "previous"
    PRECEDING "preceding" FOLLOWING "following" YEAR "year" YEARS "years" BASTILLE "bastille"
    CHRISTMAS "christmas" SAINTS "saints" ARMISTICE "armistice" REMEMBRANCE "remembrance" VALENTINE "valentine"
    SEC "sec" SECS "secs" ARTICLE "article" ARTICLES "articles" ART "art" LOI "loi" DECRET "decret" DIRECTIVE "directive"
    REGLEMENT "reglement" ORDONNANCE "ordonnance" ARRETE "arrete" CIRCULAIRE "circulaire" LAW "law" ACT "act"
    REGULATION "regulation" DECREE "decree" SECTION "section" R "r" N "n" UE "ue" EU "eu" EC "ec" ACTE "acte"
    TOME "tome" CHAPITRE "chapitre" CHAPTER "chapter" VOLUME "volume" WAR "war" TITRE "titre" TITLE "title"
    ANNEXE "annexe" ANNEX "annex" CYCLE "cycle" SON "son" LEUR "leur" MON "mon" NOTRE "notre" VOTRE "votre"
    TON "ton" HOUR "hour" DANS "dans" SENS "sens" VIRGULE "virgule" POINT "point"
}
