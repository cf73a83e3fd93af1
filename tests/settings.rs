//! Settings from made-up surroundings: what wins, what is refused, and with which place.
#![cfg(feature = "pipeline")]
#![expect(
    clippy::unwrap_used,
    reason = "a test ends where something is not as it must be"
)]

use std::fs;
use std::path::{Path, PathBuf};

use fidele::prompt::English;
use fidele::settings::{Address, Layer, Origin, Settings, SettingsError, Surroundings, Written};
use tempfile::TempDir;

/// A folder with a project in `project/`, a user's file in `home/config.toml`, and variables.
struct World {
    folder: TempDir,
    variables: Vec<(String, String)>,
}

impl World {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join("project/deep/er")).unwrap();
        fs::create_dir_all(folder.path().join("home")).unwrap();
        Self {
            folder,
            variables: Vec::new(),
        }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn project(self, text: &str) -> Self {
        fs::write(self.path("project/fidele.toml"), text).unwrap();
        self
    }

    fn user(self, text: &str) -> Self {
        let path = self.path("home/config.toml");
        fs::write(&path, text).unwrap();
        set_mode(&path, 0o600);
        self
    }

    fn variable(mut self, name: &str, value: &str) -> Self {
        self.variables.push((name.to_owned(), value.to_owned()));
        self
    }

    fn settle(&self) -> Result<Settings, SettingsError> {
        self.settle_with(&[])
    }

    fn settle_with(&self, flags: &[(&str, &str)]) -> Result<Settings, SettingsError> {
        let mut layer = Layer::default();
        for (key, value) in flags {
            let origin = Origin::Flag(format!("--{key}"));
            layer.put(key, Written::Word(value), Path::new(""), origin)?;
        }
        Surroundings {
            flags: layer,
            variables: self.variables.clone(),
            directory: self.path("project/deep/er"),
            user_file: Some(self.path("home/config.toml")),
            cache_dir: Some(self.path("home/cache")),
        }
        .settle()
    }

    /// What the user is told, with the made-up folder taken out.
    fn refusal(&self) -> String {
        let shown = self.settle().unwrap_err().to_string();
        shown.replace(&format!("{}/", self.folder.path().display()), "")
    }
}

#[cfg(unix)]
fn set_mode(path: &Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

#[cfg(not(unix))]
fn set_mode(_: &Path, _: u32) {}

fn address(text: &str) -> Address {
    Address::read(text, Path::new("")).unwrap()
}

#[test]
fn flags_stand_over_variables_over_the_project_over_the_user_over_defaults() {
    let world = World::new()
        .user("chunk_tokens = 100\nrepairs = 1\nenglish = 'uk'\nat_once = 2\n")
        .project("\nchunk_tokens = 200\nrepairs = 3\n")
        .variable("FIDELE_CHUNK_TOKENS", "300");
    let settings = world.settle_with(&[("chunk_tokens", "400")]).unwrap();
    assert_eq!(settings.chunk_tokens.value, 400);
    assert_eq!(
        settings.chunk_tokens.origin,
        Origin::Flag("--chunk_tokens".into())
    );

    let settings = world.settle().unwrap();
    let project = |line| Origin::Project(world.path("project/fidele.toml"), line);
    let user = |line| Origin::User(world.path("home/config.toml"), line);
    assert_eq!(settings.chunk_tokens.value, 300);
    assert_eq!(
        settings.chunk_tokens.origin,
        Origin::Variable("FIDELE_CHUNK_TOKENS".into())
    );
    assert_eq!((settings.repairs.value, settings.repairs.origin), (3, project(3)));
    assert_eq!(
        (settings.english.value, settings.english.origin),
        (English::British, user(3))
    );
    assert_eq!(
        (settings.attempts.value, settings.attempts.origin),
        (5, Origin::Default)
    );
    assert_eq!(settings.cache_dir.unwrap().value, world.path("home/cache"));
}

#[test]
fn a_project_sets_text_options_only() {
    let refused = [
        "endpoint = 'https://evil.example/v1'",
        "model = 'dear'",
        "api_key = 'k'",
        "key_command = 'touch owned'",
        "proxy = 'http://evil.example'",
        "ca_file = 'ca.pem'",
        "cache_dir = '/tmp'",
        "record = '.'",
        "at_once = 100",
        "local_only = false",
        "ephemeral = false",
        "max_bytes = 1",
        "price_input = 1.0",
    ];
    for line in refused {
        let key = line.split(' ').next().unwrap();
        let refusal = World::new().project(&format!("# ours\n{line}\n")).refusal();
        let start = format!("project/fidele.toml:2: `{key}` may not be set here: a project folder may");
        assert!(refusal.starts_with(&start), "{refusal}");
    }
    let allowed = "english='uk'\nstyle='style.md'\nglossary='glossary.toml'\nprompts='p'\nchunk_tokens=100\n\
                   repairs=0\nformat='json'\nreport='html'\nstrict=true";
    assert!(World::new().project(allowed).settle().unwrap().strict.value);
}

#[test]
fn a_project_names_nothing_outside_its_folder() {
    let world = World::new().project("style = 'house/style.md'\n");
    assert_eq!(
        world.settle().unwrap().style.unwrap().value,
        world.path("project/house/style.md"),
        "relative to the file, not to the working directory"
    );
    for outside in ["../style.md", "/etc/passwd"] {
        let refusal = World::new().project(&format!("style = '{outside}'\n")).refusal();
        assert!(refusal.contains("below its own folder"), "{refusal}");
    }
}

#[cfg(unix)]
#[test]
fn a_link_in_a_project_leads_nowhere_outside_its_folder() {
    let world = World::new().project("style = 'style.md'\n");
    fs::write(world.path("home/secret"), "secret").unwrap();
    std::os::unix::fs::symlink(world.path("home/secret"), world.path("project/style.md")).unwrap();
    assert!(world.refusal().contains("below its own folder"));
    fs::remove_file(world.path("project/style.md")).unwrap();
    fs::write(world.path("project/deep/style.md"), "short").unwrap();
    std::os::unix::fs::symlink("deep/style.md", world.path("project/style.md")).unwrap();
    assert!(
        world.settle().is_ok(),
        "a link to another file of the project is one of its files"
    );
}

#[test]
fn mistakes_are_told_with_their_place_and_a_way_out() {
    assert_eq!(
        World::new().project("\nenlgish = 'uk'\n").refusal(),
        "project/fidele.toml:2: unknown key `enlgish`; did you mean `english`?"
    );
    assert_eq!(
        World::new().user("at_once = 0").refusal(),
        "home/config.toml:1: `at_once` expects a whole number from 1 to 256, not `0`"
    );
    assert_eq!(
        World::new().user("at_once = 'eight'").refusal(),
        "home/config.toml:1: `at_once` expects a whole number from 1 to 256, not a string"
    );
    assert_eq!(
        World::new().user("[model]\nname = 'x'").refusal(),
        "home/config.toml:1: `model` expects a string, not a table"
    );
    assert_eq!(
        World::new().variable("FIDELE_ENGLISH", "scots").refusal(),
        "FIDELE_ENGLISH: `english` is one of us, uk, not `scots`"
    );
    let broken = World::new().user("\n\nmodel = \n").refusal();
    assert!(broken.starts_with("home/config.toml:3: "), "{broken}");
    let alone = World::new().user("price_input = 1").refusal();
    assert!(alone.contains("`price_output`"), "{alone}");
}

#[test]
fn an_unknown_variable_is_a_remark_and_an_empty_one_is_nothing() {
    let world = World::new()
        .variable("FIDELE_ENDPIONT", "openai")
        .variable("FIDELE_MODEL", "");
    let settings = world.settle().unwrap();
    assert_eq!(settings.model, None);
    assert_eq!(settings.remarks.len(), 1);
    assert!(
        settings.remarks[0].contains("did you mean FIDELE_ENDPOINT?"),
        "{:?}",
        settings.remarks
    );
}

#[test]
fn a_key_goes_to_the_host_it_was_configured_for() {
    let world = World::new()
        .user("endpoint = 'https://one.example/v1'\napi_key = 'one'\n")
        .variable("OPENAI_API_KEY", "open");
    let keys = world.settle().unwrap().keys;
    let key_for = |text: &str| {
        keys.of(&address(text))
            .unwrap()
            .map(|key| key.expose().to_owned())
    };
    assert_eq!(key_for("https://one.example/other").as_deref(), Some("one"));
    assert_eq!(key_for("https://two.example/v1"), None);
    assert_eq!(
        key_for("http://one.example/v1"),
        None,
        "another scheme is another server"
    );
    assert_eq!(key_for("openai").as_deref(), Some("open"));
    assert_eq!(key_for("mistral"), None);

    let world = World::new()
        .variable("FIDELE_ENDPOINT", "https://env.example")
        .variable("FIDELE_API_KEY", "env");
    let keys = world.settle_with(&[("endpoint", "openai")]).unwrap().keys;
    assert!(
        keys.of(&address("openai")).unwrap().is_none(),
        "the key was for env.example"
    );
    assert!(keys.of(&address("https://env.example/v1")).unwrap().is_some());
    let unused = keys.unused_for(&address("openai"));
    assert_eq!(unused, [Origin::Variable("FIDELE_API_KEY".into())]);
}

#[test]
fn the_environments_key_stands_over_the_files() {
    let world = World::new()
        .user("endpoint = 'openai'\napi_key = 'file'\n")
        .variable("FIDELE_API_KEY", "own")
        .variable("OPENAI_API_KEY", "provider");
    let key = world
        .settle()
        .unwrap()
        .keys
        .of(&address("openai"))
        .unwrap()
        .unwrap();
    assert_eq!(key.expose(), "own");
    assert_eq!(key.origin, Origin::Variable("FIDELE_API_KEY".into()));
}

#[test]
fn a_key_without_its_host_is_refused() {
    assert_eq!(
        World::new().user("api_key = 'k'").refusal(),
        "home/config.toml:1: `api_key` needs `endpoint` in the same file: the key goes to that host and to no other"
    );
    let both = World::new().user("endpoint='openai'\napi_key = 'k'\nkey_command = 'c'");
    assert!(both.refusal().contains("keep one"));
}

#[cfg(unix)]
#[test]
fn a_key_that_others_may_read_is_refused_with_the_command_to_run() {
    let world = World::new().user("endpoint = 'openai'\napi_key = 'k'\n");
    set_mode(&world.path("home/config.toml"), 0o640);
    let refusal = world.refusal();
    assert!(refusal.contains("(mode 640); run: chmod 600 '"), "{refusal}");
    fs::write(world.path("home/config.toml"), "endpoint = 'openai'\n").unwrap();
    assert!(
        world.settle().is_ok(),
        "without a key the mode is the user's affair"
    );
}

#[cfg(unix)]
#[test]
fn a_command_may_print_the_key_and_nothing_shows_it() {
    let world = World::new().user("endpoint = 'openai'\nkey_command = 'printf \"s3cret\\nuser: me\\n\"'\n");
    let settings = world.settle().unwrap();
    let openai = address("openai");
    let key = settings.keys.of(&openai).unwrap().unwrap();
    assert_eq!(key.expose(), "s3cret");
    assert_eq!(key.origin, Origin::User(world.path("home/config.toml"), 2));
    assert!(!format!("{settings:?}{key:?}").contains("s3cret"));

    for (command, message) in [
        ("exit 3", "exit status: 3"),
        ("echo", "nothing on its first line"),
    ] {
        let world = World::new().user(&format!("endpoint = 'openai'\nkey_command = '{command}'\n"));
        let error = world.settle().unwrap().keys.of(&openai).unwrap_err().to_string();
        assert!(error.contains(message), "{error}");
    }
}

#[cfg(unix)]
#[test]
fn asking_where_a_key_comes_from_runs_nothing() {
    let world = World::new();
    let trace = world.path("ran");
    let world = world.user(&format!(
        "endpoint = 'openai'\nkey_command = 'touch {}; echo k'\n",
        trace.display()
    ));
    let keys = world.settle().unwrap().keys;
    assert!(keys.origin_for(&address("openai")).is_some());
    assert!(!trace.exists());
    assert!(keys.of(&address("openai")).unwrap().is_some());
    assert!(trace.exists(), "the command does run when the key is needed");
}

#[test]
fn a_file_that_is_no_settings_file_does_not_hang_or_fill_the_memory() {
    let world = World::new().project(&"#".repeat(1_000_001));
    assert!(world.settle().is_err());
    let world = World::new();
    fs::create_dir(world.path("project/fidele.toml")).unwrap();
    assert!(
        world.settle().is_ok(),
        "a folder of that name is not a settings file"
    );
    let world = World::new();
    fs::write(world.path("project/fidele.toml"), b"english = 'uk'\n# caf\xe9\n").unwrap();
    assert!(world.refusal().ends_with("fidele.toml:2: is not UTF-8"));
}
