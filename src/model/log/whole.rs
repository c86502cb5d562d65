//! What need not be asked for once more: pages that are loaded without a hole from the newest entry on. For whoever
//! reads the same log from its head on, beside the user.

use super::{Log, doubt::Check};
use crate::model::{
    entry::Entry,
    query::{PAGE, Window},
};

impl Log {
    /// What a server would say to this window that gives as many entries as are asked for, as far as the head is known.
    /// `None` where it must be asked: it is not all loaded, or this server gives fewer, so that a longer page before its
    /// own would let one of those look like the last. An entry that could not be read comes with its JSON.
    #[must_use]
    pub fn loaded_page(&self, window: Window) -> Option<Vec<Entry>> {
        let is_sure = self.head_known && !self.restart && self.check == Check::Nothing;
        if !is_sure || self.doubts_head.is_some() || self.counts_equals() {
            return None;
        }
        let run = self.runs.first().filter(|run| run.is_placed() && run.place == 0)?;
        let is_short = self.cap.is_some() || self.doubted_cap.is_some() || window.take > PAGE;
        let from = usize::try_from(window.skip).ok()?;
        let to = from.checked_add(window.take.into())?;
        if self.total().is_none() && (is_short || to > run.len()) {
            return None;
        }
        let page: Vec<Entry> = (from..to).map_while(|at| run.get(at)).cloned().collect();
        page.iter().all(|entry| entry.flaw.is_none() || entry.raw.is_some()).then_some(page)
    }
}
