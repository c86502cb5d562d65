//! The flags that narrow what is shown or printed, the same on every command.

use clap::Args;

/// What to show of a log.
#[derive(Debug, Default, Args)]
pub struct Narrow {
    /// Show these action types alone: words of the screen (reply,status) or names of the API; the server leaves out
    /// all others
    #[arg(long, value_name = "TYPES", value_delimiter = ',')]
    pub types: Vec<String>,
}
