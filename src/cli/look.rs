//! How a log is shown: the flags that a ticket and a file share.

use std::time::Duration;

use clap::{Args, ValueEnum};

use super::{
    Narrow, Redact,
    values::{Name, THEMES},
};
use crate::model::follow::{LONGEST, SHORTEST};

/// How to show a log.
#[derive(Debug, Default, Args)]
#[command(next_help_heading = "How to show it")]
pub struct Look {
    /// Read in sentences, for screen readers and very bad lines: no screen, no colours, a prompt; so does `TICKETLOG_LINEAR=1`
    #[arg(long, value_name = "BOOL", num_args = 0..=1, require_equals = true, default_missing_value = "true")]
    #[arg(display_order = 0)]
    pub linear: Option<bool>,
    /// When to show colours; auto, the default, is what the environment says
    #[arg(long, value_name = "WHEN", value_enum)]
    pub color: Option<Color>,
    /// Which theme to use: auto, dark, light, mono, terminal, or one of the configuration
    #[arg(long, value_name = "NAME", value_parser = Name(&THEMES), hide_possible_values = true)]
    pub theme: Option<String>,
    /// Start at the newest entry that is not later than this: 14:02, yesterday, -3d, '2023-03-01 10:00'
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    pub at: Option<String>,
    /// Look for this once it is open: text, or /TEXT/ for a regular expression
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    pub find: Option<String>,
    /// Show ASCII characters only
    #[arg(long, value_name = "BOOL", num_args = 0..=1, require_equals = true, default_missing_value = "true")]
    pub ascii: Option<bool>,
    /// Send moved rows as scrolls; `auto`, the default, is on except in a tmux pane narrower than its window
    #[arg(long, value_name = "WHEN", value_enum)]
    pub scroll: Option<Scroll>,
    /// Whose names to replace.
    #[command(flatten)]
    pub redact: Redact,
    /// What to show of it.
    #[command(flatten)]
    pub narrow: Narrow,
    /// Whether and how to follow.
    #[command(flatten)]
    pub following: Following,
}

/// Whether and how to follow.
#[derive(Debug, Default, Args)]
#[command(next_help_heading = "Following")]
pub struct Following {
    /// Follow the ticket from the start: new entries come by themselves, as after F
    #[arg(long)]
    pub follow: bool,
    /// How often to look for new entries while following, in seconds (15, 5 at least); less often while nothing happens
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    pub follow_interval: Option<Duration>,
    /// Ring the terminal's bell when entries arrive while following
    #[arg(long, value_name = "BOOL", num_args = 0..=1, require_equals = true, default_missing_value = "true")]
    pub bell: Option<bool>,
}

/// When moved rows are sent as scrolls.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum Scroll {
    /// Where they save bytes.
    #[default]
    Auto,
    /// Always.
    On,
    /// Never.
    Off,
}

/// When to show colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum Color {
    /// What the environment says.
    #[default]
    Auto,
    /// Also where the environment says otherwise.
    Always,
    /// Never; the cursor and all states are still visible.
    Never,
}

/// How text is copied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum CopyBy {
    /// By the first way that there is: `copy_command`, tmux, the terminal.
    #[default]
    Auto,
    /// By the terminal, with OSC 52, also inside tmux.
    Osc52,
    /// By hand, from a page of plain text.
    Page,
}

/// The shortest interval is for the server's sake, the longest is a day.
pub(super) fn seconds(text: &str) -> Result<Duration, String> {
    let seconds: u64 = text.parse().map_err(|_| "not a number of seconds".to_owned())?;
    let seconds = Duration::from_secs(seconds);
    let valid = (SHORTEST..=LONGEST).contains(&seconds);
    if valid { Ok(seconds) } else { Err("give 5 seconds at least, and a day at most".to_owned()) }
}
