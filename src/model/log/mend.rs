//! An edited head: the newest entries are replaced, and what stands below them is kept.
//!
//! An answer with the head that contradicts the first run may still end with entries that stand in it as they were.
//! Those tell where the rest belongs; what was loaded below them is not read again. Whether it was edited, too, shows
//! when it is asked for. An answer that is edited down to its last entries tells nothing: then all is read again.

use super::{
    Accepted, Log,
    align::{self, Ends, Relation},
};
use crate::model::entry::Entry;

/// How many unchanged entries must stand below the changed ones.
const FEWEST_KEPT: usize = 2;

impl Log {
    /// Replaces what changed among the newest entries. Nothing when the answer does not tell where that ends.
    pub(super) fn mend_head(&mut self, page: &[Entry], ends: Ends) -> Option<Accepted> {
        let (changed, offset) = self.unchanged_tail(page, ends)?;
        let told: Vec<Entry> = page.get(..changed)?.to_vec();
        let dropped: Vec<Entry> = self.runs.first()?.iter().take(offset).cloned().collect();
        self.tally(&dropped, -1);
        self.runs.first_mut()?.drop_newest(offset);
        // Names of entries are for good: the new ones are of a run of their own.
        self.push_run(0, 0, told);
        self.join_next(0);
        let by = i64::try_from(changed).ok()? - i64::try_from(offset).ok()?;
        for run in self.runs.iter_mut().skip(1) {
            run.place = run.place.saturating_add_signed(by);
        }
        self.moves += 1;
        self.held = None;
        self.restart_seek();
        Some(Accepted { reread: true, ..Accepted::default() })
    }

    /// How many entries of the answer stand above those at its end that the first run holds unchanged, and how many
    /// of the run's.
    fn unchanged_tail(&self, page: &[Entry], ends: Ends) -> Option<(usize, usize)> {
        let run = self.runs.first().filter(|run| run.place == 0)?;
        let ends = Ends { top: false, ..self.ends_at(0, ends) };
        (1..page.len()).find_map(|changed| {
            let tail = page.get(changed..).filter(|tail| tail.len() >= FEWEST_KEPT)?;
            let Relation::Fits(offset) = align::relate(run, tail, ends, None) else { return None };
            let offset = usize::try_from(offset).ok()?;
            (offset + tail.len() <= run.len()).then_some((changed, offset))
        })
    }
}
