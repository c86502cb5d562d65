//! The example configuration that ships with the program.

use std::borrow::Cow;

use super::World;
use ticketlog::settings::{Row, Settings};

const EXAMPLE: &str = include_str!("../../assets/config.toml");

/// The example with its settings in force: `#key` is a setting, `# words` are words.
fn in_force() -> String {
    let line = |line: &str| match line.strip_prefix('#') {
        Some(setting) if setting.starts_with(|c: char| c.is_ascii_lowercase() || c == '[') => {
            setting.to_owned()
        }
        _ => line.to_owned(),
    };
    EXAMPLE.lines().map(line).collect::<Vec<_>>().join("\n")
}

/// All settings but the keys, of which only those are told that a file binds.
fn rows(settings: &Settings) -> Vec<(Cow<'static, str>, String)> {
    let rows = settings.rows().into_iter().filter(|row| !row.key.starts_with("keys"));
    rows.map(|Row { key, value, .. }| (key, value)).collect()
}

#[test]
fn as_it_ships_it_changes_nothing() {
    let (shipped, empty) = (World::new(EXAMPLE, ""), World::new("", ""));
    assert_eq!(shipped.problems(), Vec::<String>::new());
    assert_eq!(rows(&shipped.plain()), rows(&empty.plain()));
}

#[test]
fn with_everything_in_force_it_is_right_and_says_what_the_defaults_are() {
    let world = World::new(&in_force(), "");
    assert_eq!(world.problems(), Vec::<String>::new());
    let settings = world.plain();
    assert_eq!(settings.profile.as_ref().unwrap().value, "acme");
    let without_default =
        ["profile", "client_id", "token_file", "community", "me", "ca_file", "time_zone", "copy_command"];
    for (said, default) in rows(&settings).into_iter().zip(rows(&World::new("", "").plain())) {
        if !without_default.contains(&said.0.as_ref()) {
            assert_eq!(said, default);
        }
    }
}

#[test]
fn every_key_stands_in_it() {
    let settings = World::new(&in_force(), "").plain();
    // Two ways for one thing: the second stands in the other profile.
    assert!(in_force().contains("\ntoken_command = "));
    for row in settings.rows().into_iter().filter(|row| row.key != "token_command") {
        assert!(row.value != "-" && row.origin.ends_with(|c: char| c.is_ascii_digit()), "{row:?}");
    }
}
