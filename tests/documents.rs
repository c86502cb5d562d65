//! The manual page, the completions, the help and the README say what the program is.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "documents/completions.rs"]
mod completions;
#[path = "documents/manual.rs"]
mod manual;
#[path = "documents/readme.rs"]
mod readme;

use std::process::{Command, Stdio};

use ticketlog::cli;

/// What the program prints, which is all right by its own account.
fn printed(args: &[&str]) -> String {
    let program = env!("CARGO_BIN_EXE_ticketlog");
    let output = Command::new(program).args(args).env_clear().stdin(Stdio::null()).output().unwrap();
    assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), &b""[..]), "{args:?}");
    String::from_utf8(output.stdout).unwrap()
}

/// Every command, and every flag with its dashes.
fn words() -> Vec<String> {
    fn add(command: &clap::Command, words: &mut Vec<String>) {
        words
            .extend(command.get_arguments().filter_map(|arg| arg.get_long()).map(|flag| format!("--{flag}")));
        for sub in command.get_subcommands() {
            words.push(sub.get_name().to_owned());
            add(sub, words);
        }
    }
    let mut words = Vec::new();
    add(&cli::definition(), &mut words);
    words
}

/// Whether a text has a word whole: `--at` is not in `--attach`, nor is `man` in `command`.
fn has(text: &str, word: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    text.match_indices(word).any(|(at, _)| {
        let before = text.get(..at).and_then(|before| before.chars().next_back());
        let after = text.get(at + word.len()..).and_then(|after| after.chars().next());
        !before.is_some_and(is_part) && !after.is_some_and(is_part)
    })
}

#[test]
fn a_word_is_had_whole() {
    assert!(has("[--at=TIME]", "--at") && has("open the file", "open"));
    assert!(!has("--attach --no--at", "--at") && !has("reopen openly", "open"));
}

#[test]
fn the_help_begins_with_examples_and_ends_with_the_rare_commands() {
    let help = printed(&["--help"]);
    let at = |text: &str| help.find(text).unwrap_or_else(|| panic!("{text} is missing:\n{help}"));
    let order = [
        "Examples:",
        "ticketlog --demo",
        "Usage:",
        "\n  open ",
        "\n  doctor ",
        "\n  serve ",
        "\n  man ",
        "Exit codes:",
    ];
    assert!(order.is_sorted_by_key(|text| at(text)), "{help}");
    assert!(help.lines().all(|line| line.chars().count() <= 100), "{help}");
}
