//! The last printed entry, found again in a log that moved. Called by the table.

use crate::model::{
    entry::Entry,
    log::{EntryId, Log, Run},
};

/// The last printed entry.
pub(super) struct Last {
    id: EntryId,
    entry: Entry,
}

impl Last {
    pub(super) fn of(run: &Run) -> Option<Self> {
        let entry = run.oldest()?.clone();
        Some(Self { id: EntryId { run: run.id(), serial: run.serials().end - 1 }, entry })
    }

    /// Where it stands in a run: by its name, or, in a log that was read again, as the only one that says the same.
    pub(super) fn place(&self, log: &Log, run: &Run) -> Option<usize> {
        if let Some((of, id)) = log.resolve(self.id) {
            let place = usize::try_from(id.serial - run.serials().start).ok();
            return place.filter(|_| of.id() == run.id());
        }
        let mut same = run.iter().enumerate().filter(|(_, entry)| entry.is_same(&self.entry));
        let (at, _) = same.next()?;
        same.next().is_none().then_some(at)
    }
}
