//! What people call an action, beside its name, its word in the footer and the words of its sentence: those of the
//! linear mode, of pagers and of editors. A word may stand for several; where one of them works, that one is meant.

use super::Described;

/// A name of [`ACTIONS`](super::ACTIONS), and words between blanks. Hyphens and case do not count.
pub const WORDS: &[(&str, &str)] = &[
    ("older", "move"),
    ("page-down", "page scroll"),
    ("newest", "top latest"),
    ("oldest", "bottom first beginning start"),
    ("top", "first"),
    ("bottom", "last"),
    ("next-day", "day"),
    ("next-silence", "silence gap"),
    ("toggle", "tick check"),
    ("find-row", "search"),
    ("done", "apply ok"),
    ("open-entry", "unfold expand view more return"),
    ("detail-pane", "details preview"),
    ("pane-taller", "taller bigger resize"),
    ("pane-shorter", "shorter smaller"),
    ("raw-json", "raw source"),
    ("ages", "age relative"),
    ("universal-time", "utc gmt zone timezone"),
    ("older-entry", "older next"),
    ("newer-entry", "newer previous"),
    ("back-to-list", "back list"),
    ("personal-data", "email address id privacy"),
    ("filter", "narrow panel type types actors kinds presets bots replies notes"),
    ("hide-type", "hide exclude"),
    ("only-type", "only"),
    ("only-person", "person people who user author"),
    ("only-text", "text contains"),
    ("since-here", "since after"),
    ("until-here", "until before"),
    ("narrowing-on-off", "all everything reset clear"),
    ("undo-narrowing", "undo revert"),
    ("search", "find look grep"),
    ("next-hit", "next again"),
    ("previous-hit", "previous"),
    ("jump-to-time", "go goto jump date when calendar"),
    ("last-seen", "unread unseen"),
    ("copy", "yank clipboard"),
    ("copy-menu", "command share json markdown sentence"),
    ("select", "mark visual range"),
    ("save-as", "save export write file download"),
    ("pager", "less pipe"),
    ("inbox-link", "link url browser web"),
    ("redact", "names anonymous pseudonyms"),
    ("refresh", "reload update retry"),
    ("follow", "tail watch live"),
    ("load-all", "load fetch"),
    ("other-ticket", "tickets switch recent"),
    ("resume", "restore continue"),
    ("actions", "help commands keys menu shortcuts bindings man manual"),
    ("close", "escape"),
    ("quit", "exit leave bye"),
    ("cancel", "stop abort interrupt"),
    ("repaint", "redraw"),
    ("suspend", "background shell"),
];

impl Described {
    /// What people call it.
    pub fn words(&self) -> impl Iterator<Item = &'static str> {
        let named = WORDS.iter().find(|(name, _)| *name == self.name);
        named.into_iter().flat_map(|(_, words)| words.split(' '))
    }
}
