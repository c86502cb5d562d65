//! The flags that narrow what is shown or printed, the same on every command.

use clap::{Args, ValueEnum};

/// What to show of a log.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "What to show")]
pub struct Narrow {
    /// Show these action types alone: words of the screen (reply,status) or names of the API; the server leaves out
    /// all others; `none` alone shows no entry
    #[arg(long, value_name = "TYPES", value_delimiter = ',')]
    pub types: Vec<String>,
    /// Hide these action types, and show all others
    #[arg(long, value_name = "TYPES", value_delimiter = ',', conflicts_with = "types")]
    pub hide: Vec<String>,
    /// Show the entries of whoever has this in their name; `me` is the name that the settings give,
    /// '"me"' somebody who is called so
    #[arg(long, value_name = "NAME")]
    pub actor: Option<String>,
    /// Show the entries of these kinds of actor alone
    #[arg(long, value_name = "KINDS", value_enum, value_delimiter = ',')]
    pub kind: Vec<Kind>,
    /// Show nothing older: 14:02, yesterday, -3d, 2023-03-01, '13.12. 22:11'
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    pub since: Option<String>,
    /// Show nothing newer
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    pub until: Option<String>,
    /// Show what has this text alone; /TEXT/ is a regular expression, !TEXT shows what has it not
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    pub grep: Option<String>,
}

/// A kind of actor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Kind {
    /// Who answers.
    Team,
    /// Who asks.
    Client,
    /// Neither is a person.
    Bot,
    /// Any other, and entries that name nobody.
    Other,
}
