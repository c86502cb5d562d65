//! The JSON of entries: kept for the newest accepted ones alone, because it is most of what an entry weighs. For
//! others it is asked for again.

use super::{
    Accepted, EntryId, Log,
    align::{self, Ends, Relation},
};
use crate::model::{
    entry::{Entry, RawJson},
    query::Window,
};

/// For how many entries the JSON is kept.
pub(super) const KEPT: usize = 2_000;

impl Log {
    /// Keeps the JSON of every entry, for whoever takes all of it and forgets entries when they are through.
    pub fn keep_all_raw(&mut self) {
        self.raws_kept = usize::MAX;
    }

    /// Nothing is left of entries that were forgotten.
    pub(super) fn forget_raw(&mut self) {
        let mut raws = std::mem::take(&mut self.raws);
        raws.retain(|id| self.resolve(*id).is_some());
        self.raws = raws;
    }

    /// Remembers which of the entries that come above or below a run have their JSON. Called before they are added.
    pub(super) fn note_raw(&mut self, index: usize, entries: &[Entry], above: bool) {
        let Some(run) = self.runs.get(index) else { return };
        let count = i64::try_from(entries.len()).unwrap_or(0);
        let serials = run.serials();
        let first = if above { serials.start - count } else { serials.end };
        let with = entries.iter().zip(first..).filter(|(entry, _)| entry.raw.is_some());
        let run = run.id();
        self.raws.extend(with.map(|(_, serial)| EntryId { run, serial }));
    }

    /// Forgets the JSON of all but the newest accepted entries.
    pub(super) fn bound_raw(&mut self) {
        while self.raws.len() > self.raws_kept {
            let Some(id) = self.raws.pop_front() else { return };
            if let Some(entry) = self.entry_mut(id) {
                entry.raw = None;
            }
        }
    }

    /// Takes the answer to a question for an entry's JSON: only the same entry's.
    pub(super) fn accept_raw(&mut self, id: EntryId, page: &[Entry], window: Window) -> Accepted {
        if let Some(raw) = self.told_raw(id, page, window)
            && let Some(entry) = self.entry_mut(id)
        {
            entry.raw = Some(raw);
            self.raws.push_back(id);
        }
        Accepted::default()
    }

    /// The entry's JSON in an answer. Equal entries may differ in what is not compared, so among them the place decides
    /// that the answer has in the run; where that is open, only JSON that all of them there share is taken.
    fn told_raw(&self, id: EntryId, page: &[Entry], window: Window) -> Option<RawJson> {
        let (run, id) = self.resolve(id)?;
        let index = usize::try_from(id.serial - run.serials().start).ok()?;
        let entry = run.get(index)?;
        let ends = Ends { top: window.skip == 0, bottom: false, run_bottom: false };
        if let Relation::Fits(offset) = align::relate(run, page, ends, None) {
            let at = usize::try_from(index.cast_signed() - offset).ok()?;
            return page.get(at).filter(|told| told.is_same(entry))?.raw.clone();
        }
        let mut same = page.iter().filter(|told| told.is_same(entry));
        let first = same.next()?;
        same.all(|other| other.raw == first.raw).then(|| first.raw.clone())?
    }

    fn entry_mut(&mut self, id: EntryId) -> Option<&mut Entry> {
        let (run, id) = self.resolve(id).map(|(run, id)| (run.id(), id))?;
        self.runs.iter_mut().find(|found| found.id() == run)?.by_serial_mut(id.serial)
    }
}
