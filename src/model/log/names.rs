//! Names of entries and of runs: they stay good when runs are joined and when entries are put before or behind them.

use super::{EntryId, Log, Run, RunId};
use crate::model::entry::Entry;

impl Log {
    /// Where an entry is now: its run and its present name. `None` when it is no longer loaded.
    #[must_use]
    pub fn resolve(&self, id: EntryId) -> Option<(&Run, EntryId)> {
        let id = self.present(id);
        let run = self.runs.iter().find(|run| run.id() == id.run)?;
        run.serials().contains(&id.serial).then_some((run, id))
    }

    /// How many loaded entries stand above an entry. One that was dropped from the newer end of its run, to be read
    /// again, stands so far above those that are left as it did; `None` when nothing is left of the run.
    #[must_use]
    pub fn loaded_above(&self, id: EntryId) -> Option<usize> {
        let id = self.present(id);
        let at = self.runs.iter().position(|run| run.id() == id.run)?;
        let runs = self.runs.iter().take(at);
        let above: usize = match self.entry(id).and_then(Entry::stamp).filter(|_| !self.is_out_of_order()) {
            // Where entries vanished, a run above may reach below this one before that shows.
            Some(seen) => {
                runs.map(|run| run.partition_point(|entry| entry.stamp().is_none_or(|at| at >= seen))).sum()
            }
            None => runs.map(Run::len).sum(),
        };
        let index = id.serial - self.runs.get(at)?.serials().start;
        Some(above.saturating_add_signed(isize::try_from(index).unwrap_or(0)))
    }

    /// The newest loaded entry that is the same in everything.
    #[must_use]
    pub fn newest_like(&self, wanted: &Entry) -> Option<EntryId> {
        self.runs.iter().find_map(|run| {
            let index = run.iter().position(|known| known.is_same(wanted))?;
            Some(EntryId { run: run.id(), serial: run.serial_at(index) })
        })
    }

    /// Whether entries are missing between the newest loaded one and this one.
    #[must_use]
    pub fn is_hole_above(&self, id: EntryId) -> bool {
        self.index_of(id.run).is_some_and(|at| at > 0)
    }

    pub(super) fn present(&self, mut id: EntryId) -> EntryId {
        while let Some((run, shift)) = self.joined.get(&id.run) {
            id = EntryId { run: *run, serial: id.serial + shift };
        }
        id
    }

    /// The present name of a run that may have been joined to another.
    #[must_use]
    pub fn resolve_run(&self, mut id: RunId) -> RunId {
        while let Some((run, _)) = self.joined.get(&id) {
            id = *run;
        }
        id
    }

    /// The entry of this name.
    #[must_use]
    pub fn entry(&self, id: EntryId) -> Option<&Entry> {
        let (run, id) = self.resolve(id)?;
        run.by_serial(id.serial)
    }

    pub(super) fn index_of(&self, id: RunId) -> Option<usize> {
        let id = self.resolve_run(id);
        self.runs.iter().position(|run| run.id() == id)
    }
}
