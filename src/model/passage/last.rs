//! The entry that was given last, found again in a log that moved. Called by the passage.

use crate::model::{
    entry::Entry,
    log::{EntryId, Log, Run},
};

/// The entry that was given last.
#[derive(Debug)]
pub(super) struct Last {
    id: EntryId,
    entry: Entry,
}

impl Last {
    /// The entry at an index of a run.
    pub(super) fn at(run: &Run, index: usize) -> Option<Self> {
        let entry = run.get(index)?.clone();
        let serial = run.serials().start + i64::try_from(index).ok()?;
        Some(Self { id: EntryId { run: run.id(), serial }, entry })
    }

    pub(super) fn id(&self) -> EntryId {
        self.id
    }

    pub(super) fn entry(&self) -> &Entry {
        &self.entry
    }

    /// How many entries from its place on down are later than it: they took the place of given ones that are gone.
    pub(super) fn later_below(&self, run: &Run, at: usize) -> usize {
        let is_later =
            |entry: &&Entry| entry.stamp().zip(self.entry.stamp()).is_some_and(|(it, last)| it > last);
        run.iter().skip(at).take_while(is_later).count()
    }

    /// Where it stands in a run: by its name, or, in a log that was read again, as the only one that says the same.
    /// Another entry may say the same, so the name goes first.
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
