//! The commands that print a log somewhere else: all of it, or the first entry to come.

use std::{path::PathBuf, time::Duration};

use clap::{
    Args,
    builder::{PossibleValuesParser, TypedValueParser},
};

use super::{Account, Kind, Narrow, look, redact::Whose};
use crate::{export::Format, model::ticket};

/// What to print, and how.
#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "flags that do not exclude each other")]
pub struct Export {
    /// The ticket's number or its inbox link, or a file that was exported or saved; - is standard input
    #[arg(value_name = "TICKET|FILE", required_unless_present = "demo", allow_negative_numbers = true)]
    #[arg(value_parser = place)]
    pub place: Option<Exported>,
    /// Print a sample ticket of the embedded server; ignores every setting, token and proxy of yours
    #[arg(long)]
    pub demo: bool,
    /// In which format: ndjson into a pipe or a file, table on a terminal, where nothing else is said; the ending of
    /// the name behind -o says it, too
    #[arg(long, value_name = "FORMAT", value_parser = format())]
    pub format: Option<Format>,
    /// Print so many entries at most, and ask for no more
    #[arg(long, value_name = "N", value_parser = limit)]
    pub limit: Option<u64>,
    /// Begin with the oldest entry
    #[arg(long)]
    pub oldest_first: bool,
    /// Go on with what arrives, oldest first, until it is stopped or the time of --until is over
    #[arg(long)]
    pub follow: bool,
    /// How often to look for new entries while following, in seconds (15, 5 at least); less often while nothing happens
    #[arg(long, value_name = "SECONDS", value_parser = look::seconds)]
    pub follow_interval: Option<Duration>,
    /// Write to this file, which only you may read, once all of it is there; with --follow it grows in its place
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Put the file in the place of one that exists
    #[arg(long, requires = "output")]
    pub force: bool,
    /// Say in the file, too, what it is and what came of it: ndjson as first and last object, csv in lines that begin
    /// with #
    #[arg(long)]
    pub head: bool,
    /// E-mail addresses, identifiers and ids too
    #[arg(long, conflicts_with = "redact")]
    pub with_personal_data: bool,
    /// Replace the names of people by aliases such as Client 2; the log is read twice
    #[arg(long, value_name = "WHOSE", value_enum, num_args = 0..=1, require_equals = true, default_missing_value = "everyone")]
    pub redact: Option<Whose>,
    /// Keep in this file, which only you may read, who is called what, and take up what stands there
    #[arg(long, value_name = "FILE", requires = "redact")]
    pub legend: Option<PathBuf>,
    /// Print ASCII characters only
    #[arg(long, value_name = "BOOL", num_args = 0..=1, require_equals = true, default_missing_value = "true")]
    pub ascii: Option<bool>,
    /// What to print of it.
    #[command(flatten)]
    pub narrow: Narrow,
    /// Which account to use.
    #[command(flatten)]
    pub account: Account,
    /// Write a line for each request to this file; without it, the variable `TICKETLOG_TRACE` counts
    #[arg(long, value_name = "FILE")]
    pub trace: Option<PathBuf>,
}

/// What to wait for.
#[derive(Debug, Args)]
pub struct Wait {
    /// The ticket's number or its inbox link
    #[arg(value_name = "TICKET", required_unless_present = "demo", allow_negative_numbers = true)]
    #[arg(value_parser = ticket::name)]
    pub ticket: Option<ticket::Name>,
    /// Wait at a sample ticket of the embedded server; ignores every setting, token and proxy of yours
    #[arg(long)]
    pub demo: bool,
    /// The action types to wait for: words of the screen (reply,status) or names of the API
    #[arg(long = "for", value_name = "TYPES", value_delimiter = ',', required = true)]
    pub types: Vec<String>,
    /// By these kinds of actor alone
    #[arg(long, value_name = "KINDS", value_enum, value_delimiter = ',')]
    pub kind: Vec<Kind>,
    /// By whoever has this in their name; `me` is the name that the settings give,
    /// '"me"' somebody who is called so
    #[arg(long, value_name = "NAME")]
    pub actor: Option<String>,
    /// Only what is later than this; without it, what arrives after the newest entry of the first answer
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    pub after: Option<String>,
    /// Give up after so long: 90, 90s, 10m, 2h; exit code 6
    #[arg(long, value_name = "TIME", value_parser = duration)]
    pub timeout: Option<Duration>,
    /// How often to look, in seconds (15, 5 at least); less often while nothing happens
    #[arg(long, value_name = "SECONDS", value_parser = look::seconds)]
    pub interval: Option<Duration>,
    /// In which format to print the entry: ndjson into a pipe or a file, table on a terminal, where nothing else is said
    #[arg(long, value_name = "FORMAT", value_parser = format())]
    pub format: Option<Format>,
    /// E-mail addresses, identifiers and ids too
    #[arg(long)]
    pub with_personal_data: bool,
    /// Print ASCII characters only
    #[arg(long, value_name = "BOOL", num_args = 0..=1, require_equals = true, default_missing_value = "true")]
    pub ascii: Option<bool>,
    /// Which account to use.
    #[command(flatten)]
    pub account: Account,
    /// Write a line for each request to this file; without it, the variable `TICKETLOG_TRACE` counts
    #[arg(long, value_name = "FILE")]
    pub trace: Option<PathBuf>,
}

/// What is printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Exported {
    /// A ticket of the server.
    Ticket(ticket::Name),
    /// A file, or `-`.
    File(PathBuf),
}

/// Takes the word of a format.
fn format() -> impl TypedValueParser<Value = Format> {
    PossibleValuesParser::new(Format::WORDS.map(|(word, _)| word))
        .try_map(|word| Format::named(&word).ok_or("there is no such format"))
}

/// A number or a link is a ticket, anything else a file; `./4711` is a file of that name.
fn place(text: &str) -> Result<Exported, String> {
    match ticket::name(text) {
        Ok(name) => Ok(Exported::Ticket(name)),
        Err(sentence) if text.contains("://") || text.bytes().all(|byte| byte.is_ascii_digit()) => {
            Err(sentence.to_owned())
        }
        Err(_) => Ok(Exported::File(PathBuf::from(text))),
    }
}

/// The longest wait: a month.
const LONGEST: Duration = Duration::from_hours(31 * 24);

fn duration(text: &str) -> Result<Duration, String> {
    let (number, unit) = match text.strip_suffix(['s', 'm', 'h']) {
        Some(number) => (number, text.chars().next_back().unwrap_or('s')),
        None => (text, 's'),
    };
    let number: u64 = number.parse().map_err(|_| "give a time such as 90, 90s, 10m or 2h".to_owned())?;
    let seconds = number.saturating_mul(match unit {
        'h' => 3600,
        'm' => 60,
        _ => 1,
    });
    let wait = Duration::from_secs(seconds);
    let valid = (Duration::from_secs(1)..=LONGEST).contains(&wait);
    if valid { Ok(wait) } else { Err("give a second at least, and a month at most".to_owned()) }
}

/// An export of nothing is no file that anything reads.
fn limit(text: &str) -> Result<u64, String> {
    match text.parse() {
        Ok(0) => Err("nothing would be printed; give 1 at least".to_owned()),
        Ok(limit) => Ok(limit),
        Err(_) => Err("give a whole number, 1 at least".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_or_a_link_is_a_ticket_and_anything_else_a_file() {
        let ticket = |text| matches!(place(text), Ok(Exported::Ticket(name)) if name.number == 4711);
        assert!(ticket("4711") && ticket("https://inbox.socialboards.com/a/tickets?ticketId=4711"));
        for file in ["-", "./4711", "4711.json", "log"] {
            assert_eq!(place(file), Ok(Exported::File(file.into())));
        }
        for neither in ["", "0", "99999999999999999999999", "https://example.org/x"] {
            assert!(place(neither).is_err(), "{neither}");
        }
    }

    #[test]
    fn times_to_wait_are_numbers_with_a_unit() {
        let seconds = |text| duration(text).map(|wait| wait.as_secs()).ok();
        for (text, expected) in [("90", 90), ("90s", 90), ("10m", 600), ("2h", 7200), ("744h", 2_678_400)] {
            assert_eq!(seconds(text), Some(expected), "{text}");
        }
        for wrong in ["", "s", "0", "745h", "-1", "1d", "1.5h", "99999999999999999999h"] {
            assert_eq!(seconds(wrong), None, "{wrong}");
        }
    }
}
