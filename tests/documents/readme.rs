//! The README's commands and flags.

use std::ffi::OsString;

use clap::error::ErrorKind;
use ticketlog::cli;

use crate::words;

const README: &str = include_str!("../../README.md");

/// The words of a command as a shell splits them, as far as commands in the README go; a pipe begins another one,
/// a comment or a file ends it.
fn commands(line: &str) -> Vec<Vec<String>> {
    let mut commands = vec![Vec::new()];
    let (mut word, mut is_quoted, mut is_word) = (String::new(), false, false);
    for c in line.chars().chain([' ']) {
        match c {
            '\'' => (is_quoted, is_word) = (!is_quoted, true),
            c if is_quoted || !" |#>".contains(c) || (c == '#' && is_word) => {
                word.push(c);
                is_word = true;
            }
            _ => {
                if std::mem::take(&mut is_word) {
                    commands.last_mut().unwrap().push(std::mem::take(&mut word));
                }
                if c == '|' {
                    commands.push(Vec::new());
                }
                if c == '#' || c == '>' {
                    break;
                }
            }
        }
    }
    commands
}

/// The commands in blocks and between back quotes, as the program gets them.
fn shown() -> Vec<Vec<String>> {
    let blocks = README.lines().filter_map(|line| line.strip_prefix("    "));
    let inline = README.lines().filter(|line| !line.starts_with("    "));
    let inline = inline.flat_map(|line| line.split('`').skip(1).step_by(2));
    let ours = |command: Vec<String>| -> Option<Vec<String>> {
        let behind = command.iter().position(|word| word == "--").map_or(0, |at| at + 1);
        match command.first()?.as_str() {
            "ticketlog" => Some(command),
            "cargo" if command.get(1)? == "run" => {
                Some([&["ticketlog".to_owned()], command.get(behind..)?].concat())
            }
            _ => None,
        }
    };
    blocks.chain(inline).flat_map(commands).filter_map(ours).collect()
}

#[test]
fn every_command_of_the_readme_is_one() {
    let shown = shown();
    assert!(shown.len() > 20, "{shown:?}");
    for words in shown {
        let parsed = cli::parse(words.iter().map(OsString::from));
        let is_right = parsed.as_ref().err().is_none_or(|error| error.kind() == ErrorKind::DisplayHelp);
        assert!(is_right, "{words:?}: {}", parsed.unwrap_err());
    }
}

#[test]
fn every_command_is_in_the_readme_and_every_flag_of_it_is_one() {
    let known = words();
    for name in cli::definition().get_subcommands().map(clap::Command::get_name) {
        assert!(README.contains(&format!("ticketlog {name}")), "ticketlog {name} is missing");
    }
    // Those of cargo and of other programs stand in commands of theirs.
    let inline = README.split("```").step_by(2).flat_map(|text| text.split('`').skip(1).step_by(2));
    for flag in inline.filter_map(|words| words.strip_prefix("--")) {
        let name = flag.split([' ', '=', '[']).next().unwrap_or_default();
        assert!(known.iter().any(|known| known.strip_prefix("--") == Some(name)), "--{name}");
    }
}
