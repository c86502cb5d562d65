//! The command line: what was asked for, before any setting is read.

mod export;
mod look;
mod narrowing;
mod redact;
mod refusal;
mod values;

use std::{path::PathBuf, time::Duration};

use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueHint};
use clap_complete::Shell;

pub use self::{
    export::{Export, Exported, Wait},
    look::{Color, CopyBy, Following, Look, Scroll},
    narrowing::{Kind, Narrow},
    redact::Redact,
    refusal::refusal,
    values::THEMES,
};
use crate::model::ticket;

/// What people come for, in front of everything else in the help and the manual.
pub const EXAMPLES: [(&str, &str); 10] = [
    ("ticketlog --demo", "look around without an account"),
    ("ticketlog 4478963", "the timeline of ticket 4478963"),
    ("ticketlog 4478963 --types reply,status", "replies and changes of status alone"),
    ("ticketlog 4478963 | less", "the same as a plain table"),
    ("ticketlog 4478963 --linear", "in sentences, for screen readers and bad lines"),
    ("ticketlog open log.ndjson", "a log that was saved to a file"),
    ("ticketlog export 4478963 -o log.json", "the whole log in a file that open reads"),
    ("ticketlog wait 4478963 --for reply", "until the next reply comes, which is printed"),
    ("ticketlog auth login", "keep a refresh token for this account"),
    ("ticketlog doctor", "what keeps it from working here"),
];

/// The exit codes, and what each says.
pub const EXIT_CODES: [(&str, &str); 9] = [
    ("0", "done"),
    ("1", "failed"),
    ("2", "wrong usage or configuration"),
    ("3", "not authorised"),
    ("4", "server or network trouble"),
    ("5", "no such ticket"),
    ("6", "timed out waiting"),
    ("101", "a bug"),
    ("128+n", "ended by signal n"),
];

/// The order of the help: examples before the rest.
const TEMPLATE: &str = "{about-with-newline}\n{before-help}{usage-heading} {usage}\n\n{all-args}{after-help}";

/// Read a support ticket's activity log in a terminal: who did what, and when.
#[derive(Debug, Parser)]
#[command(name = "ticketlog", bin_name = "ticketlog", version, help_template = TEMPLATE, before_help = examples(), after_help = closing())]
#[command(args_conflicts_with_subcommands = true)]
pub struct CommandLine {
    /// What to do; without one, a ticket is opened.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// How to open a ticket.
    #[command(flatten)]
    pub open: Open,
}

/// The commands beside opening a ticket.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Read an exported log: a JSON object a line, a JSON array, or a saved answer of the API
    Open(OpenFile),
    /// Print a log, whole or narrowed: ndjson, json, csv, markdown or a table
    Export(Box<Export>),
    /// Print the first new entry of a type and exit; exit code 6 when none came in time
    Wait(Box<Wait>),
    /// Log in with a refresh token, look at the account, log out
    #[command(subcommand)]
    Auth(Auth),
    /// Look at the settings: every value and where it comes from, the files, what is wrong in them
    #[command(subcommand)]
    Config(Config),
    /// Find out what keeps the program from working: settings, terminal, network, token, one request
    Doctor(Doctor),
    /// Run the embedded API server with its sample tickets, on loopback only
    Serve(Serve),
    /// Print what makes a shell complete ticketlog's commands and flags
    Completions(Completions),
    /// Print the manual page: ticketlog man | man -l -
    Man,
}

/// For which shell.
#[derive(Debug, Args)]
pub struct Completions {
    /// The shell
    #[arg(value_name = "SHELL", value_enum)]
    pub shell: Shell,
}

/// What to do with the account.
#[derive(Debug, Subcommand)]
pub enum Auth {
    /// Ask for a refresh token without showing it, or read it from a pipe; try it, and keep it for this Unix account
    Login(Asking),
    /// Print which token is used, where it comes from and until when, and try it with one request
    Status(Asking),
    /// Forget what login keeps
    Logout(Account),
}

/// Which account to ask with.
#[derive(Debug, Args)]
pub struct Asking {
    /// Which account to use.
    #[command(flatten)]
    pub account: Account,
    /// Write a line for each request to this file; without it, the variable `TICKETLOG_TRACE` counts
    #[arg(long, value_name = "FILE")]
    pub trace: Option<PathBuf>,
}

/// What to do with the settings.
#[derive(Debug, Subcommand)]
pub enum Config {
    /// Print every setting, its value and where it comes from
    Show(Account),
    /// Print where configuration files are looked for, and which are there
    Path(Configuration),
    /// Look for unknown keys and wrong values; exit code 2 when there are any
    Check(Configuration),
}

/// Which account to use.
#[derive(Debug, Default, Args)]
#[command(next_help_heading = "Account and connection")]
pub struct Account {
    /// The address of the API
    #[arg(long, value_name = "URL")]
    pub base_url: Option<String>,
    /// The address at which tokens are made
    #[arg(long, value_name = "URL")]
    pub token_url: Option<String>,
    /// The client id that belongs to the refresh token
    #[arg(long, value_name = "ID")]
    pub client_id: Option<String>,
    /// The profile of the configuration to use
    #[arg(long, value_name = "NAME")]
    pub profile: Option<String>,
    /// Trust the certificates in this PEM file too, beside those of this computer
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub ca_file: Option<String>,
    /// Where the settings are.
    #[command(flatten)]
    pub configuration: Configuration,
}

/// Where the settings are.
#[derive(Debug, Clone, Default, Args)]
pub struct Configuration {
    /// Read this configuration file in the place of yours
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
}

/// How to open a ticket.
#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "flags that do not exclude each other")]
pub struct Open {
    /// The ticket's number or its inbox link
    #[arg(value_name = "TICKET", value_parser = ticket::name, allow_negative_numbers = true)]
    pub ticket: Option<ticket::Name>,
    /// Open a sample ticket of the embedded server; ignores every setting, token and proxy of yours
    #[arg(long)]
    pub demo: bool,
    /// Take up the view that was open when the line dropped: this ticket's, without one the last
    #[arg(long)]
    pub resume: bool,
    /// Keep nothing of this run for the next one, and use nothing that was kept
    #[arg(long, conflicts_with = "resume")]
    pub no_state: bool,
    /// Open with all types and with times as they are set, whatever was in force the last time
    #[arg(long)]
    pub fresh: bool,
    /// Which account to use.
    #[command(flatten)]
    pub account: Account,
    /// Write a line for each request to this file; without it, the variable `TICKETLOG_TRACE` counts
    #[arg(long, value_name = "FILE")]
    pub trace: Option<PathBuf>,
    /// How to show it.
    #[command(flatten)]
    pub look: Look,
}

/// What to look at.
#[derive(Debug, Args)]
pub struct Doctor {
    /// The ticket whose log is tried, its number or its inbox link; without one, a number that no ticket has
    #[arg(value_name = "TICKET", value_parser = ticket::name, allow_negative_numbers = true)]
    pub ticket: Option<ticket::Name>,
    /// Which account to use.
    #[command(flatten)]
    pub account: Account,
    /// Write a line for each request to this file; without it, the variable `TICKETLOG_TRACE` counts
    #[arg(long, value_name = "FILE")]
    pub trace: Option<PathBuf>,
}

/// How to open a file.
#[derive(Debug, Args)]
pub struct OpenFile {
    /// The file; - is standard input
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Where the settings are.
    #[command(flatten)]
    pub configuration: Configuration,
    /// How to show it.
    #[command(flatten)]
    pub look: Look,
}

/// How to run the embedded server.
#[derive(Debug, Args)]
pub struct Serve {
    /// The port to listen on; a free one is found when there is none
    #[arg(long, default_value_t = 0, hide_default_value = true)]
    pub port: u16,
    /// How long every answer waits, in milliseconds
    #[arg(long, value_name = "MS", default_value = "0", value_parser = milliseconds)]
    pub latency: Duration,
    /// Serve ticket 1 with this many entries
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(..=100_000_000))]
    pub entries: Option<u64>,
}

/// The command line.
///
/// # Errors
/// What clap says of a wrong usage, or the help that was asked for; it knows its own exit code.
pub fn parse(args: impl IntoIterator<Item = std::ffi::OsString>) -> Result<CommandLine, clap::Error> {
    let args: Vec<_> = args.into_iter().collect();
    let matches = definition().try_get_matches_from(&args);
    let matches = matches.map_err(|error| refusal::with_command_meant(error, &args))?;
    CommandLine::from_arg_matches(&matches)
}

/// What the command line may hold: for the documents that are made of it.
#[must_use]
pub fn definition() -> clap::Command {
    values::hinted(CommandLine::command())
}

fn examples() -> String {
    let lines = EXAMPLES.map(|(command, does)| format!("\n  {command:<40} {does}"));
    format!("Examples:{}\n\nPress ? in the program for its keys.", lines.concat())
}

fn closing() -> String {
    let codes = EXIT_CODES.map(|(code, says)| format!("{code} {says}"));
    format!(
        "ticketlog man | man -l - has the keys, the files and the variables; ticketlog config show prints every setting \
         with where it comes from.\n\nExit codes: {}.",
        codes.join(", ")
    )
}

fn milliseconds(text: &str) -> Result<Duration, String> {
    let milliseconds: u64 = text.parse().map_err(|_| "not a number of milliseconds".to_owned())?;
    Ok(Duration::from_millis(milliseconds))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        definition().debug_assert();
    }
}
