//! Names of entries and of runs: they stay good when runs are joined and when entries are put before or behind them.

use super::{EntryId, Log, Run, RunId};
use crate::model::entry::Entry;

impl Log {
    /// Where an entry is now: its run and its present name. `None` when it is no longer loaded.
    #[must_use]
    pub fn resolve(&self, mut id: EntryId) -> Option<(&Run, EntryId)> {
        while let Some((run, shift)) = self.joined.get(&id.run) {
            id = EntryId { run: *run, serial: id.serial + shift };
        }
        let run = self.runs.iter().find(|run| run.id() == id.run)?;
        run.serials().contains(&id.serial).then_some((run, id))
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
