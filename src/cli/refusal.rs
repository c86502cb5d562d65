//! What is wrong with a command line, in our own words where clap's say too little.

use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::definition;
use crate::model::text::{Charset, Untrusted};

/// Shorter words are names and slips of the fingers.
const SHORTEST_TOKEN: usize = 20;

/// The longest line that is printed of clap's own words.
const LONGEST: usize = 300;

/// What is wrong with the command line, in one sentence. It quotes arguments, and a link that was pasted is a
/// stranger's text: cleaned.
#[must_use]
pub fn refusal(error: &clap::Error) -> String {
    let meant = meant(error);
    if error.kind() == ErrorKind::ArgumentConflict {
        return asking(&conflict(error), meant);
    }
    if is_command(error) {
        return sentence(BEHIND);
    }
    if is_secret(error) {
        return sentence(NO_SECRET);
    }
    if is_behind_auth(error) {
        return sentence(NO_TOKEN_HERE);
    }
    if quotes_token(error) {
        return sentence(NO_TOKEN);
    }
    let said = error.render().to_string();
    // The first paragraph says what is wrong; usage and hints follow it.
    let first = said.split("\n\n").next().unwrap_or_default();
    let first = first.trim_start_matches("error: ").split_whitespace().collect::<Vec<_>>().join(" ");
    asking(&Untrusted::new(first).one_line(LONGEST, Charset::Ascii).plain(), meant)
}

/// Adds the command that was probably meant, where a ticket or what stands behind it was none.
pub(super) fn with_command_meant(mut error: clap::Error, args: &[OsString]) -> clap::Error {
    let is_ticket = match error.kind() {
        ErrorKind::ArgumentConflict => error.get(ContextKind::InvalidSubcommand).is_some(),
        ErrorKind::ValueValidation => {
            matches!(error.get(ContextKind::InvalidArg), Some(ContextValue::String(arg)) if arg == "[TICKET]")
        }
        _ => false,
    };
    let first = args.iter().skip(1).filter_map(|arg| arg.to_str()).find(|arg| !arg.starts_with('-'));
    if let Some(command) = first.filter(|_| is_ticket).and_then(command_near) {
        error.insert(ContextKind::SuggestedSubcommand, ContextValue::String(command));
    }
    error
}

/// The command that differs by few letters, but differs.
fn command_near(typed: &str) -> Option<String> {
    // The comparison is quadratic.
    let typed: String = typed.chars().take(40).collect();
    let far = |name: &String| strsim::osa_distance(&typed, name);
    let names = definition();
    let names = names.get_subcommands().map(|command| command.get_name().to_owned());
    names.filter(|name| (1..=(name.len() / 3).max(1)).contains(&far(name))).min_by_key(far)
}

/// What was probably meant: names of ours.
fn meant(error: &clap::Error) -> Option<&str> {
    let kinds = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue];
    kinds.into_iter().find_map(|kind| match error.get(kind)? {
        ContextValue::String(name) => Some(name.as_str()),
        ContextValue::Strings(names) => names.first().map(String::as_str),
        _ => None,
    })
}

fn asking(words: &str, meant: Option<&str>) -> String {
    match meant {
        Some(meant) => format!("{words}; did you mean {meant}? See ticketlog --help."),
        None => sentence(words),
    }
}

fn sentence(words: &str) -> String {
    format!("{words}. See ticketlog --help.")
}

/// A command that clap took for a ticket, because a flag stands before it.
fn is_command(error: &clap::Error) -> bool {
    let given = error.get(ContextKind::InvalidValue);
    let Some(ContextValue::String(given)) = given else { return false };
    error.kind() == ErrorKind::ValueValidation && definition().find_subcommand(given).is_some()
}

/// A flag that people try: nothing of it is quoted, its value may stand in it.
fn is_secret(error: &clap::Error) -> bool {
    let Some(ContextValue::String(flag)) = error.get(ContextKind::InvalidArg) else { return false };
    let name = flag.split('=').next().unwrap_or_default().to_ascii_lowercase();
    error.kind() == ErrorKind::UnknownArgument
        && ["token", "secret", "password", "bearer", "auth"].iter().any(|word| name.contains(word))
}

/// What stands behind `auth` may be a token, whatever it looks like.
fn is_behind_auth(error: &clap::Error) -> bool {
    let usage = match error.get(ContextKind::Usage) {
        Some(ContextValue::StyledStr(usage)) => usage.to_string(),
        _ => String::new(),
    };
    let is_given = matches!(error.kind(), ErrorKind::UnknownArgument | ErrorKind::InvalidSubcommand);
    is_given && usage.contains("ticketlog auth")
}

/// Whether an argument that would be quoted looks like a token: one long word of the letters that tokens have.
fn quotes_token(error: &clap::Error) -> bool {
    let is_letter = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~+/=".contains(&byte);
    let is_token = |word: &str| {
        word.len() >= SHORTEST_TOKEN
            && !word.starts_with('-')
            && word.bytes().all(is_letter)
            && !word.bytes().all(|byte| byte.is_ascii_digit())
    };
    let quoted = [ContextKind::InvalidValue, ContextKind::InvalidArg, ContextKind::InvalidSubcommand];
    quoted
        .into_iter()
        .any(|kind| matches!(error.get(kind), Some(ContextValue::String(word)) if is_token(word)))
}

/// What cannot stand together; all of it are names of ours.
fn conflict(error: &clap::Error) -> String {
    let named = |kind| match error.get(kind) {
        Some(ContextValue::String(name)) => vec![name.as_str()],
        Some(ContextValue::Strings(names)) => names.iter().map(String::as_str).collect(),
        _ => Vec::new(),
    };
    let flag = |kind| {
        let name = named(kind).into_iter().find(|name| name.starts_with("--"))?;
        name.split(['[', ' ', '=']).next()
    };
    let (one, other) = (flag(ContextKind::InvalidArg), flag(ContextKind::PriorArg));
    match (one, other) {
        (Some(one), Some(other)) => format!("{one} and {other} contradict each other; give one of them"),
        (None, Some(flag)) => format!("{BEHIND}, and {flag} stands before; {ONE}"),
        _ => format!("{ONE}; {BEHIND}"),
    }
}

const BEHIND: &str = "flags of a command stand behind it";
const NO_SECRET: &str = "no flag takes a token or another secret, because others can read command lines and the shell keeps \
                         them: remove it from the history and make a new one; ticketlog auth login asks for it, token_file and token_command name where it is";
const NO_TOKEN_HERE: &str = "ticketlog auth knows login, status and logout, and takes no token on the command line; \
                             if that was one, it stands in the history of your shell now, and others may have read \
                             it: remove it there, make a new one, and give it where ticketlog auth login asks for it";
const NO_TOKEN: &str = "that is no ticket and no command; if it was a token, it stands in the history of your shell now, \
                        and others may have read it: remove it there, make a new one, and give it where \
                        ticketlog auth login asks for it";
const ONE: &str = "give one ticket or one command, not both";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::parse;

    #[test]
    fn what_is_said_of_a_wrong_usage_quotes_hostile_arguments_as_text_only() {
        for argument in [
            "\x1b]0;x\x07",
            "--\x1b[2J",
            "-\u{9b}",
            "--port=\r1",
            "\u{202e}",
            "a\nforged",
            &"\u{1100}".repeat(40_000),
        ] {
            for command in
                [&["ticketlog"][..], &["\x1b]0;x\x07", "serve"], &["ticketlog", "serve", "--latency"]]
            {
                let args = command.iter().chain([&argument]).map(std::ffi::OsString::from);
                let said = refusal(&parse(args).unwrap_err());
                let is_clean = said.bytes().all(|byte| matches!(byte, b' '..=b'~'));
                assert!(is_clean && said.len() < 500, "{}", said.escape_debug());
            }
        }
    }

    #[test]
    fn a_secret_on_the_command_line_is_refused_without_a_word_of_it() {
        for flag in
            ["--token", "--access-token", "--refresh-token=CANARY", "--token=CANARY", "--PASSWORD=CANARY"]
        {
            for command in [&["ticketlog"][..], &["ticketlog", "auth", "login"], &["ticketlog", "doctor"]] {
                let args = command.iter().chain([&flag]).map(std::ffi::OsString::from);
                let said = refusal(&parse(args).unwrap_err());
                assert!(said.starts_with("no flag takes a token") && !said.contains("CANARY"), "{said}");
            }
        }
    }

    /// C01
    #[test]
    fn a_token_behind_auth_is_not_quoted_whatever_it_looks_like() {
        for words in [
            "auth login CANARY",
            "auth login --client-id x CANARY",
            "auth status CANARY",
            "auth logout CANARY",
            "auth CANARY",
            "auth login -CANARY",
            "auth login --CANARY=CANARY",
        ] {
            let args = format!("ticketlog {words}");
            let said = refusal(&parse(args.split(' ').map(std::ffi::OsString::from)).unwrap_err());
            assert!(said.contains("in the history of your shell") && !said.contains("CANARY"), "{said}");
        }
    }

    /// C01
    #[test]
    fn a_token_in_the_place_of_a_ticket_is_not_quoted() {
        let said = |args: &str| {
            let args = args.split(' ').map(std::ffi::OsString::from);
            refusal(&parse(args).unwrap_err())
        };
        for token in [
            "CANARYq9X2vLmZ8rT4wB7n",
            "eyCANARY.eyJzdWIiOiIxMjM0NTY3ODkwIn0.abc-_",
            "CANARY+/9X2vLmZ8rT4wB7n==",
        ] {
            for before in
                ["ticketlog", "ticketlog 7", "ticketlog doctor", "ticketlog --tail 7", "ticketlog serve"]
            {
                let said = said(&format!("{before} {token}"));
                assert!(!said.contains("CANARY"), "{before}: {said}");
            }
            assert!(said(&format!("ticketlog {token}")).contains("in the history of your shell"));
        }
        for plain in ["docter", "99999999999999999999999", "https://example.org/a-long-way/to-nothing"] {
            assert!(
                said(&format!("ticketlog {plain}")).contains(plain),
                "{}",
                said(&format!("ticketlog {plain}"))
            );
        }
    }

    #[test]
    fn what_contradicts_is_named() {
        let said = |args: &str| {
            let args = args.split(' ').map(std::ffi::OsString::from);
            refusal(&parse(args).unwrap_err())
        };
        for (args, expected) in [
            ("ticketlog --no-state --resume", "--no-state and --resume contradict each other; give one"),
            ("ticketlog --ascii open x", "flags of a command stand behind it, and --ascii stands before;"),
            ("ticketlog --profile a auth status", "flags of a command stand behind it, and --profile stands"),
            ("ticketlog --ascii doctor", "flags of a command stand behind it. See"),
            ("ticketlog 7 doctor", "give one ticket or one command, not both; flags"),
        ] {
            assert!(said(args).starts_with(expected), "{args}: {}", said(args));
        }
    }

    #[test]
    fn what_was_probably_meant_is_named() {
        let said = |args: &str| {
            let args = args.split(' ').map(OsString::from);
            refusal(&parse(args).unwrap_err())
        };
        for (args, meant) in [
            ("ticketlog opne x", Some("open")),
            ("ticketlog opne", Some("open")),
            ("ticketlog docter 7", Some("doctor")),
            ("ticketlog --typs a", Some("--types")),
            ("ticketlog config chck", Some("check")),
            ("ticketlog --color nevr", Some("never")),
            ("ticketlog completions bsh", Some("bash")),
            ("ticketlog 7 8", None),
            ("ticketlog nothing-like-it", None),
            ("ticketlog 7 doctor", None),
        ] {
            let tail = meant.map_or_else(String::new, |meant| format!("; did you mean {meant}?"));
            let said = said(args);
            assert_eq!(said.contains("did you mean"), meant.is_some(), "{said}");
            assert!(said.ends_with(&format!("{tail} See ticketlog --help.")), "{said}");
        }
    }
}
