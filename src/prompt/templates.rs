//! The templates: the ones that come with fidele, or a user's; compiled and looked through before anything is sent.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use minijinja::syntax::SyntaxConfig;
use minijinja::{Environment, UndefinedBehavior};

use super::Prompts;

/// Why a prompt cannot be made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PromptError {
    /// A template of the user's folder cannot be read.
    #[error("cannot read the prompt template {path}")]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// The cause.
        #[source]
        cause: std::io::Error,
    },
    /// A template is no template, or lacks its two parts.
    #[error("{name}: {message}")]
    Malformed {
        /// The file.
        name: String,
        /// What is wrong, with the line where known.
        message: String,
    },
    /// A template uses a placeholder that does not exist.
    #[error("{name}: there is no placeholder `{variable}`{}; prompts/README.md lists them all", near(.nearest.as_deref()))]
    UnknownVariable {
        /// The file.
        name: String,
        /// The placeholder.
        variable: String,
        /// The one that is spelt nearly so.
        nearest: Option<String>,
    },
}

fn near(nearest: Option<&str>) -> String {
    nearest
        .map(|word| format!(" (did you mean `{word}`?)"))
        .unwrap_or_default()
}

/// Name, text, and the placeholders there are. `prompts/README.md` is kept equal to this list by a test.
const TEMPLATES: [(&str, &str, &[&str]); 7] = [
    (
        "translate.md",
        include_str!("../../prompts/translate.md"),
        &[
            "english",
            "style",
            "shape",
            "mark",
            "names",
            "complaint",
            "headline",
            "before",
            "segments",
        ],
    ),
    (
        "repair.md",
        include_str!("../../prompts/repair.md"),
        &[
            "english",
            "style",
            "shape",
            "mark",
            "names",
            "complaint",
            "segment",
            "draft",
            "reasons",
        ],
    ),
    (
        "summarise.md",
        include_str!("../../prompts/summarise.md"),
        &[
            "english",
            "style",
            "shape",
            "mark",
            "names",
            "complaint",
            "words",
            "segments",
            "failed",
        ],
    ),
    (
        "terms.md",
        include_str!("../../prompts/terms.md"),
        &["english", "style", "shape", "mark", "names", "questions"],
    ),
    (
        "opinion.md",
        include_str!("../../prompts/opinion.md"),
        &["english", "style", "shape", "mark", "questions"],
    ),
    (
        "summarise_form.md",
        include_str!("../../prompts/summarise_form.md"),
        &["english", "style", "shape", "mark", "form", "sentences"],
    ),
    (
        "summarise_merge.md",
        include_str!("../../prompts/summarise_merge.md"),
        &[
            "english",
            "style",
            "shape",
            "mark",
            "words",
            "drafts",
            "complaint",
        ],
    ),
];

const PART: &str = "\n=== user ===\n";

/// How many steps a template may take for one prompt: a chunk of a thousand segments takes some ten thousand, and a loop in
/// a loop that a user's template holds by mistake ends within a second.
const FUEL: u64 = 10_000_000;

impl Prompts {
    /// The templates that come with fidele.
    ///
    /// # Panics
    /// Never: a test loads them.
    #[must_use]
    pub fn embedded() -> Self {
        Self::load(None).expect("the embedded templates are sound")
    }

    /// The user's templates from a folder; a file that is not there keeps the one that comes with fidele.
    ///
    /// # Errors
    /// An unreadable file, a malformed template, an unknown placeholder.
    pub fn from_dir(dir: &Path) -> Result<Self, PromptError> {
        Self::load(Some(dir))
    }

    fn load(dir: Option<&Path>) -> Result<Self, PromptError> {
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_fuel(Some(FUEL));
        let syntax = SyntaxConfig::builder()
            .trim_blocks(true)
            .lstrip_blocks(true)
            .build();
        environment.set_syntax(syntax.expect("the default delimiters do not clash"));
        let mut fingerprint = blake3::Hasher::new();
        for (name, embedded, placeholders) in TEMPLATES {
            let text = match dir.map(|dir| dir.join(name)).filter(|path| path.exists()) {
                Some(path) => std::fs::read_to_string(&path).map_err(|cause| PromptError::Unreadable {
                    path: path.clone(),
                    cause,
                })?,
                None => embedded.to_owned(),
            };
            let text = text.replace("\r\n", "\n");
            fingerprint.update(text.as_bytes()).update(&[0]);
            let Some((system, user)) = text.split_once(PART) else {
                let message = format!(
                    "the line `{}` that parts instructions from material is missing",
                    PART.trim()
                );
                return Err(PromptError::Malformed {
                    name: name.to_owned(),
                    message,
                });
            };
            for (part, text) in [("system", system), ("user", user)] {
                add(&mut environment, name, part, text, placeholders)?;
            }
        }
        Ok(Self {
            environment,
            fingerprint: fingerprint.finalize().to_hex()[..16].to_owned(),
        })
    }

    /// A word that changes when a template changes.
    #[must_use]
    pub fn fingerprint(&self) -> &str {
        &self.fingerprint
    }
}

/// Compiles one part of a template and refuses placeholders that do not exist, in any branch.
fn add(
    environment: &mut Environment<'static>,
    name: &str,
    part: &str,
    text: &str,
    placeholders: &[&str],
) -> Result<(), PromptError> {
    let key = format!("{name}/{part}");
    environment
        .add_template_owned(key.clone(), text.to_owned())
        .map_err(|error| malformed(name, &error))?;
    let template = environment
        .get_template(&key)
        .map_err(|error| malformed(name, &error))?;
    let used: BTreeSet<String> = template.undeclared_variables(false).into_iter().collect();
    match used
        .into_iter()
        .find(|variable| !placeholders.contains(&variable.as_str()))
    {
        None => Ok(()),
        Some(variable) => {
            let nearest = placeholders
                .iter()
                .map(|known| (strsim::osa_distance(known, &variable), *known))
                .min()
                .filter(|(distance, _)| *distance <= 2)
                .map(|(_, known)| known.to_owned());
            Err(PromptError::UnknownVariable {
                name: name.to_owned(),
                variable,
                nearest,
            })
        }
    }
}

pub(super) fn malformed(name: &str, error: &minijinja::Error) -> PromptError {
    PromptError::Malformed {
        name: name.to_owned(),
        message: format!("{error:#}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelt_placeholder_is_found_in_any_branch_before_anything_is_sent() {
        let dir = tempfile::tempdir().unwrap();
        let text = "Say it.\n=== user ===\n{% if style %}{{ hedline }}{% endif %}\n";
        std::fs::write(dir.path().join("translate.md"), text).unwrap();
        let error = Prompts::from_dir(dir.path()).unwrap_err().to_string();
        assert!(
            error.contains("translate.md") && error.contains("`hedline`"),
            "{error}"
        );
        assert!(error.contains("did you mean `headline`?"), "{error}");
    }

    #[test]
    fn a_template_without_its_two_parts_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("repair.md"), "Just instructions.").unwrap();
        let error = Prompts::from_dir(dir.path()).unwrap_err().to_string();
        assert!(
            error.contains("repair.md") && error.contains("=== user ==="),
            "{error}"
        );
    }

    #[test]
    fn every_placeholder_stands_in_the_readme_of_the_prompts() {
        let readme = include_str!("../../prompts/README.md");
        for (name, _, placeholders) in TEMPLATES {
            assert!(readme.contains(name), "{name}");
            for placeholder in placeholders {
                assert!(readme.contains(&format!("`{placeholder}`")), "{placeholder}");
            }
        }
    }
}
