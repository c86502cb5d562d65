//! What a run of the program begins with.

use chrono::{DateTime, Utc};
use ratatui::layout::Size;

use super::{
    keymap::Keymap, saved_view::Resume, subject::Subject, text::Charset, types::Catalogue, zone::Zone,
};

/// What a run of the program is given.
#[derive(Debug, Clone)]
pub struct Setup {
    /// What to open.
    pub subject: Subject,
    /// The known action types.
    pub catalogue: Catalogue,
    /// The zone that times are shown in.
    pub zone: Zone,
    /// Which characters may reach the terminal.
    pub charset: Charset,
    /// The size of the terminal.
    pub size: Size,
    /// What the clock says at the start.
    pub now: DateTime<Utc>,
    /// Which key asks for what.
    pub keys: Keymap,
    /// What a dropped line left behind.
    pub resume: Resume,
}
