//! What the checks say: findings, and the account of every figure and name.
//!
//! In: nothing; these are the words the checks speak in. Law: every [`Code`] is in `docs/findings.md` with the
//! severity given here (a test compares the two). Errors of the program are not here: a lost figure is a finding
//! in a [`Verdict`], never an `Err`.

use serde::{Deserialize, Serialize, Serializer};

use crate::span::Span;

/// How much a finding asks of an editor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth a look, or not provable.
    Warning,
    /// An editor must look: exit code 3.
    Error,
}

/// What a finding is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Subject {
    /// A number, an amount, a date…
    Figure,
    /// A person, a place, a body, a product…
    Name,
    /// Running text: lost, left in French, chatter of the model.
    Text,
    /// Words between quotation marks.
    Quote,
    /// How surely, or whether, something is said.
    Claim,
    /// Links, tables, emphasis.
    Markup,
}

/// What happened to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// In the French, not in the English.
    Missing,
    /// In both, but not the same.
    Altered,
    /// In the English only.
    Added,
}

macro_rules! codes {
    ($($variant:ident $text:literal $subject:ident $status:ident $severity:ident $meaning:literal;)*) => {
        /// The stable name of a kind of finding, such as `figure.scale`.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Code { $(#[doc = $meaning] $variant,)* }

        impl Code {
            /// Every code there is, in the order of `docs/findings.md`.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// The name that reports, scripts and the documentation use.
            #[must_use]
            pub fn as_str(self) -> &'static str { match self { $(Self::$variant => $text,)* } }

            /// What it is about.
            #[must_use]
            pub fn subject(self) -> Subject { match self { $(Self::$variant => Subject::$subject,)* } }

            /// What happened.
            #[must_use]
            pub fn status(self) -> Status { match self { $(Self::$variant => Status::$status,)* } }

            /// The severity unless a rule says otherwise.
            #[must_use]
            pub fn severity(self) -> Severity { match self { $(Self::$variant => Severity::$severity,)* } }

            /// What it means, in one sentence.
            #[must_use]
            pub fn meaning(self) -> &'static str { match self { $(Self::$variant => $meaning,)* } }
        }
    };
}

codes! {
    FigureMissing "figure.missing" Figure Missing Error "A figure of the French is not in the English.";
    FigureAltered "figure.altered" Figure Altered Error "A figure has another value in the English.";
    FigureAdded "figure.added" Figure Added Error "The English has a figure that the French does not.";
    FigureScale "figure.scale" Figure Altered Error "The same digits on another scale: millions for milliards.";
    FigureUnit "figure.unit" Figure Altered Error "The same value in another unit: points for per cent.";
    FigureCurrency "figure.currency" Figure Altered Error "The same amount in another currency.";
    FigureDirection "figure.direction" Figure Altered Error "More for less, a rise for a fall, plus for minus.";
    FigureSwapped "figure.swapped" Figure Altered Error "Two figures of one sentence have changed places.";
    NameMissing "name.missing" Name Missing Error "A name of the French is not in the English.";
    NameAltered "name.altered" Name Altered Error "A name is spelt otherwise, or is another name.";
    NameAdded "name.added" Name Added Error "The English has a name that the French does not.";
    NameInconsistent "name.inconsistent" Name Altered Warning "One name is rendered in two ways in one document.";
    TextMissing "text.missing" Text Missing Error "A sentence of the French has no counterpart.";
    TextAdded "text.added" Text Added Warning "The English has a passage that the French does not.";
    TextUntranslated "text.untranslated" Text Altered Error "French was left standing in the English.";
    TextChatter "text.chatter" Text Added Error "The model's own remarks, a refusal or a loop stand in the text.";
    TextTruncated "text.truncated" Text Missing Error "The English breaks off.";
    QuoteAltered "quote.altered" Quote Altered Warning "A quotation lost or gained its marks, or changed its speaker.";
    QuoteMissing "quote.missing" Quote Missing Error "A quotation of the French is not in the English.";
    ClaimHedge "claim.hedge" Claim Altered Warning "What the French reports as alleged is stated as a fact.";
    ClaimNegation "claim.negation" Claim Altered Warning "A negation has no trace in the English.";
    ClaimMiscited "claim.miscited" Claim Altered Error "A sentence of a summary cites passages that do not say it; others do.";
    ClaimSpeaker "claim.speaker" Claim Altered Error "A sentence of a summary gives a statement to another speaker than its passages.";
    ClaimUncited "claim.uncited" Claim Added Error "A sentence of a summary cites no passage of the article.";
    MarkupLost "markup.lost" Markup Missing Warning "Emphasis, a link, a table or a heading lost its form.";
    UrlAltered "url.altered" Markup Altered Error "An address is not the same byte for byte.";
}

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// A spot in one of the two texts: its words, where they stand, and what they were read as.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Spot {
    /// The words at the spot, as they stand.
    pub text: String,
    /// Where: bytes into the text that was checked (a segment, a line of pairs).
    #[serde(flatten)]
    pub span: Span,
    /// What the words were read as (`4500000000 EUR`), where that says more than the words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
}

impl Spot {
    /// The words of `text` at `span`, with no value.
    #[must_use]
    pub fn new(text: &str, span: Span) -> Self {
        Self {
            text: span.of(text).to_owned(),
            span,
            value: None,
        }
    }

    /// The same spot, read as `value`.
    #[must_use]
    pub fn read_as(mut self, value: impl Into<String>) -> Self {
        self.value = Some(value.into());
        self
    }
}

/// One thing an editor should know: what, how bad, where in both texts, and a sentence that says it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Finding {
    /// Which kind of finding.
    pub code: Code,
    /// How bad, here.
    pub severity: Severity,
    /// The spot in the French, if there is one.
    pub source: Option<Spot>,
    /// The spot in the English, if there is one.
    pub target: Option<Spot>,
    /// What is wrong, in one sentence, for a person who has not read the manual.
    pub message: String,
}

impl Finding {
    /// A finding of the code's own severity.
    #[must_use]
    pub fn new(code: Code, source: Option<Spot>, target: Option<Spot>, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: code.severity(),
            source,
            target,
            message: message.into(),
        }
    }

    /// The same, as a warning: worth a look, not an error.
    #[must_use]
    pub fn as_warning(mut self) -> Self {
        self.severity = Severity::Warning;
        self
    }

    /// Whether an editor must look.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

impl Serialize for Finding {
    /// The form that `check --pairs` and every report share: `code`, `kind`, `status`, `severity`, both spots, `message`.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Form<'a> {
            code: Code,
            kind: Subject,
            status: Status,
            severity: Severity,
            source: &'a Option<Spot>,
            target: &'a Option<Spot>,
            message: &'a str,
        }
        Form {
            code: self.code,
            kind: self.code.subject(),
            status: self.code.status(),
            severity: self.severity,
            source: &self.source,
            target: &self.target,
            message: &self.message,
        }
        .serialize(serializer)
    }
}

/// What became of one figure or name of the French.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Found in the English, and the account says where and by which rule.
    Proven,
    /// Neither found nor refuted: a warning stands for it.
    NotProven,
    /// Missing or altered: an error stands for it.
    Failed,
}

/// One line of the account: a figure or name of the French and what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Account {
    /// [`Subject::Figure`] or [`Subject::Name`].
    pub kind: Subject,
    /// What became of it.
    pub outcome: Outcome,
    /// Where it stands in the French.
    pub source: Spot,
    /// Where it was found in the English.
    pub target: Option<Spot>,
    /// Why the two count as the same: `same value`, `exonym: Londres → London`, `glossary`…
    #[serde(skip_serializing_if = "Option::is_none")]
    pub because: Option<String>,
}

/// How many were proven, not proven and failed. What the English adds counts as failed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Count {
    /// Found in the English by value or by form.
    pub proven: usize,
    /// Neither found nor refuted.
    pub not_proven: usize,
    /// Missing, altered or added.
    pub failed: usize,
}

impl Count {
    /// How many there are in all.
    #[must_use]
    pub fn total(self) -> usize {
        self.proven + self.not_proven + self.failed
    }
}

impl std::ops::AddAssign for Count {
    fn add_assign(&mut self, other: Self) {
        self.proven += other.proven;
        self.not_proven += other.not_proven;
        self.failed += other.failed;
    }
}

/// What the checks say of one pair of texts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Verdict {
    /// What is wrong, in the order of the French, then of the English.
    pub findings: Vec<Finding>,
    /// Every figure and name of the French, in reading order.
    pub accounts: Vec<Account>,
}

impl Verdict {
    /// Whether no finding is an error.
    #[must_use]
    pub fn is_intact(&self) -> bool {
        !self.findings.iter().any(Finding::is_error)
    }

    /// The findings that are errors.
    pub fn errors(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|finding| finding.is_error())
    }

    /// The account of the figures, or of the names, in numbers.
    #[must_use]
    pub fn count(&self, subject: Subject) -> Count {
        count(&self.accounts, &self.findings, subject)
    }

    /// Takes in what another check says of the same pair.
    pub fn merge(&mut self, other: Self) {
        self.findings.extend(other.findings);
        self.accounts.extend(other.accounts);
    }
}

/// The account of the figures, or of the names, in numbers. What the English adds counts as failed.
#[must_use]
pub fn count(accounts: &[Account], findings: &[Finding], subject: Subject) -> Count {
    let mut count = Count::default();
    for account in accounts.iter().filter(|account| account.kind == subject) {
        match account.outcome {
            Outcome::Proven => count.proven += 1,
            Outcome::NotProven => count.not_proven += 1,
            Outcome::Failed => count.failed += 1,
        }
    }
    let added = |finding: &&Finding| {
        finding.is_error() && finding.code.subject() == subject && finding.code.status() == Status::Added
    };
    count.failed += findings.iter().filter(added).count();
    count
}
