//! Whether an answer is asked for again, with which reasons, and whether the correction may take its place.
//!
//! In: the French, an answer and what the check says of it, and a correction likewise. Out: a yes or no, with a reason
//! for the model. Law: a correction never makes a text worse: what was wrong is gone, no finding of any severity is new,
//! and the rest of the text is still there (sentences and length within 10 %, besides what the findings themselves account
//! for). What is missing must be said, not hung on.

use crate::finding::{Code, Finding, Subject, Verdict};
use crate::sentence::{is_english_word, sentences};

/// What the model is told: every error; and of the warnings those about what is said and how, which a model can mend as
/// well. A figure or a name that is merely not proven is mostly right.
pub(crate) fn reasons(verdict: &Verdict) -> impl Iterator<Item = &Finding> {
    verdict.findings.iter().filter(|finding| {
        let subject = finding.code.subject();
        finding.is_error() || !matches!(subject, Subject::Figure | Subject::Name)
    })
}

/// Whether the answer is asked for again. Warnings alone are worth one request: what is in doubt is not pressed.
pub(crate) fn is_wanted(verdict: &Verdict, attempt: u32) -> bool {
    !verdict.is_intact() || (attempt <= 2 && reasons(verdict).next().is_some())
}

/// What makes two findings the same finding.
pub(crate) fn key(finding: &Finding) -> (Code, Option<&str>, Option<&str>) {
    (
        finding.code,
        finding.source.as_ref().map(|spot| spot.text.as_str()),
        finding.target.as_ref().map(|spot| spot.text.as_str()),
    )
}

/// What shows that a text is no English of anything: mostly French, or mostly the model's own remarks (a refusal, a
/// loop, small talk). Less than half of it may be left in French: then it is a translation with an error.
pub(crate) fn not_a_translation<'v>(english: &str, verdict: &'v Verdict) -> Option<&'v Finding> {
    verdict.errors().find(|finding| {
        let covers = finding
            .target
            .as_ref()
            .is_some_and(|spot| spot.span.len() * 2 >= english.len());
        matches!(finding.code, Code::TextUntranslated | Code::TextChatter) && covers
    })
}

/// Whether a correction may replace what it corrects; each with its verdict.
///
/// # Errors
/// What is wrong with the correction, for the model to read.
pub(crate) fn is_better(
    source: &str,
    (old, old_verdict): (&str, &Verdict),
    (new, new_verdict): (&str, &Verdict),
) -> Result<(), &'static str> {
    // Anything that is a translation is better than what is none.
    if not_a_translation(old, old_verdict).is_some() && not_a_translation(new, new_verdict).is_none() {
        return Ok(());
    }
    let known: Vec<_> = old_verdict.findings.iter().map(key).collect();
    if new_verdict
        .findings
        .iter()
        .any(|finding| !known.contains(&key(finding)))
    {
        return Err("it brought in something that the French does not bear out");
    }
    let errors = |verdict: &Verdict| verdict.errors().count();
    let is_progress = if old_verdict.is_intact() {
        reasons(new_verdict).count() < reasons(old_verdict).count()
    } else {
        errors(new_verdict) < errors(old_verdict)
    };
    if !is_progress {
        return Err("what was wrong is still wrong");
    }
    if is_hung_on(source, old, new) {
        return Err("it hangs on, in brackets or at the end, what the sentence itself should say");
    }
    keeps_the_rest(source, (old, old_verdict), new)
}

/// Whether brackets were opened that neither the French nor the old answer has, or a bare figure or name follows the old
/// text after a comma or a dash. Where something was left out, a model likes to add it so; no translator does.
fn is_hung_on(source: &str, old: &str, new: &str) -> bool {
    let brackets = |text: &str| text.matches(['(', '[']).count();
    if brackets(new) > brackets(old).max(brackets(source)) {
        return true;
    }
    let closing = |c: char| c.is_whitespace() || matches!(c, '.' | '!' | '?' | '…' | '"' | '”' | '’' | ')');
    let Some(tail) = new
        .trim_end_matches(closing)
        .strip_prefix(old.trim_end_matches(closing))
    else {
        return false;
    };
    let says_something = tail
        .split(|c: char| !c.is_alphabetic())
        .any(|word| is_english_word(&word.to_lowercase()));
    tail.trim_start()
        .starts_with([',', ';', ':', '–', '—', '-', '/', '.'])
        && !says_something
}

/// A figure or a name is shorter in bytes, a sentence longer; the English of the first may be twice as long as the French.
const SHORT: usize = 32;

/// Whether what no finding is about is still there.
fn keeps_the_rest(source: &str, (old, verdict): (&str, &Verdict), new: &str) -> Result<(), &'static str> {
    // What is missing may come with a small word (`by 12%`); what is wrong may go, with no more than itself.
    let (mut more, mut less) = (old.len() / 10, old.len() / 10);
    for finding in reasons(verdict) {
        if let Some(spot) = &finding.source {
            more += if spot.text.len() < SHORT {
                2 * spot.text.len() + 4
            } else {
                spot.text.len() * 5 / 4
            };
        }
        if let Some(spot) = &finding.target {
            more += spot.text.len() / 4;
            less += spot.text.len() + 1;
        }
        if finding.code == Code::TextTruncated {
            // The spot is where it breaks off; what is due is the rest of the French.
            more += source.len().saturating_sub(old.len());
        }
    }
    if new.len() > old.len() + more || old.len() > new.len() + less {
        return Err("it changed more than what was wrong");
    }
    let count = |text: &str| sentences(text).len();
    let (before, after) = (count(old), count(new));
    // Where text was lost or does not belong, the number changes, towards that of the French.
    let is_due = verdict
        .errors()
        .any(|finding| finding.code.subject() == Subject::Text);
    let french = count(source);
    let is_nearer = is_due && after.abs_diff(french) < before.abs_diff(french);
    if before.abs_diff(after) > before / 10 && !is_nearer {
        return Err("it changed the number of sentences");
    }
    Ok(())
}
