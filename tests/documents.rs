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

/// Every command and every flag, without dashes.
fn words() -> Vec<String> {
    fn add(command: &clap::Command, words: &mut Vec<String>) {
        words.extend(command.get_arguments().filter_map(|arg| arg.get_long()).map(str::to_owned));
        for sub in command.get_subcommands() {
            words.push(sub.get_name().to_owned());
            add(sub, words);
        }
    }
    let mut words = Vec::new();
    add(&cli::definition(), &mut words);
    words
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
