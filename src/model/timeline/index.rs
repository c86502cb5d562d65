//! The items that are shown, in order, without copying entries: serials of those that pass the narrowing.

mod folded;
mod section;
mod walk;

use std::collections::VecDeque;

use self::section::Section;
use super::{
    Item,
    folding::{Folder, Folding},
};
use crate::model::{
    entry::Entry,
    log::{EntryId, Log, RunId},
    narrowing::Passes,
    query::Generation,
};

/// A place in the index; later ones are older. Valid until the index changes. Entries of a fold have places of their
/// own; the line that they share has that of its newest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spot {
    section: usize,
    /// The number of the entry in its section; one more than the last is the gap below.
    at: usize,
}

/// What is shown of a log.
#[derive(Debug, Default)]
pub struct Index {
    sections: Vec<Section>,
    folding: Folding,
    /// The newest entry that was seen at an earlier look: no fold goes over the rule above it.
    cut: Option<EntryId>,
    /// Entries whose folds are open.
    opened: Vec<(Generation, EntryId)>,
}

impl Index {
    /// Nothing is shown yet; this folds.
    pub(super) fn folding(folding: Folding) -> Self {
        Self { folding, ..Self::default() }
    }

    /// Folds something else when it is made again.
    pub(super) fn refold(&mut self, folding: Folding) {
        self.folding = folding;
    }

    /// The same of another log, or in another narrowing; what was opened stays open.
    pub(super) fn emptied(&mut self) -> Self {
        let (folding, opened) = (std::mem::take(&mut self.folding), std::mem::take(&mut self.opened));
        Self { folding, opened, ..Self::default() }
    }

    /// Takes over what was loaded since the last call: looks at new entries only, unless runs were joined.
    pub(super) fn update(&mut self, log: &Log, passes: &mut dyn Passes) {
        let mut old: Vec<Section> = std::mem::take(&mut self.sections);
        for run in log.runs() {
            let at = old.iter().position(|section| section.run == run.id());
            let mut section =
                at.map_or_else(|| Section::new(run.id(), run.serials().start), |at| old.swap_remove(at));
            let cut = self.cut.filter(|cut| cut.run == run.id()).map(|cut| cut.serial);
            section.update(passes, &mut Folder::new(run, &self.folding, cut));
            self.sections.push(section);
        }
        self.reopen(log);
    }

    /// The runs with the serials of the entries that are shown of each, from the newest on.
    pub(super) fn parts(&self) -> impl Iterator<Item = (RunId, &VecDeque<i64>)> {
        self.sections.iter().map(|section| (section.run, &section.shown))
    }

    /// How many entries are shown.
    pub(super) fn shown(&self) -> usize {
        self.sections.iter().map(|section| section.shown.len()).sum()
    }

    /// The entries that are shown.
    pub(super) fn entries(&self) -> impl Iterator<Item = EntryId> {
        let ids = |section: &'_ Section| {
            let run = section.run;
            let ids = section.shown.iter().map(move |serial| EntryId { run, serial: *serial });
            ids.collect::<Vec<_>>()
        };
        self.sections.iter().flat_map(ids)
    }

    /// How many shown entries stand above a spot.
    pub(super) fn entries_before(&self, spot: Spot) -> usize {
        self.sections.iter().take(spot.section).map(|section| section.shown.len()).sum::<usize>() + spot.at
    }

    /// The item at a spot.
    pub(super) fn item(&self, spot: Spot) -> Option<Item> {
        let section = self.sections.get(spot.section)?;
        match section.shown.get(spot.at) {
            Some(serial) => Some(Item::Entry(EntryId { run: section.run, serial: *serial })),
            None => Some(Item::Gap(section.run)),
        }
    }

    /// Where an item stands; `None` when it is not shown.
    pub(super) fn find(&self, item: Item) -> Option<Spot> {
        match item {
            Item::Gap(run) => {
                let section = self.sections.iter().position(|section| section.run == run)?;
                Some(Spot { section, at: self.sections.get(section)?.shown.len() })
            }
            Item::Entry(id) => {
                let section = self.sections.iter().position(|section| section.run == id.run)?;
                let at = self.sections.get(section)?.shown.binary_search(&id.serial).ok()?;
                Some(Spot { section, at })
            }
        }
    }

    /// The present name of an item whose run may have been joined to another.
    #[expect(clippy::unused_self, reason = "reads as a question to the index")]
    pub(super) fn present(&self, log: &Log, item: Item) -> Item {
        match item {
            Item::Entry(id) => Item::Entry(log.resolve(id).map_or(id, |(_, id)| id)),
            Item::Gap(run) => Item::Gap(log.resolve_run(run)),
        }
    }

    /// The spot that follows where an item was: for a gap that has been filled, the first entry behind it.
    pub(super) fn after(&self, item: Item) -> Option<Spot> {
        let (Item::Gap(run) | Item::Entry(EntryId { run, .. })) = item;
        let section = self.sections.iter().position(|section| section.run == run)?;
        let at = match item {
            Item::Entry(id) => {
                self.sections.get(section)?.shown.partition_point(|serial| *serial < id.serial)
            }
            Item::Gap(_) => self.sections.get(section)?.shown.len(),
        };
        Some(Spot { section, at })
    }

    /// The last entry of the section of a spot, be it hidden; `None` where it has none.
    pub(super) fn last_seen(&self, spot: Spot) -> Option<EntryId> {
        let section = self.sections.get(spot.section)?;
        Some(EntryId { run: section.run, serial: section.last_seen()? })
    }

    /// The spot that follows an entry, be it hidden; `None` where it is gone.
    pub(super) fn behind(&self, log: &Log, id: EntryId) -> Option<Spot> {
        let (_, id) = log.resolve(id)?;
        self.after(Item::Entry(EntryId { serial: id.serial.checked_add(1)?, ..id }))
    }

    /// The shown entry nearest in time to one of the same log that may be hidden.
    pub(super) fn nearest(&self, log: &Log, id: EntryId) -> Option<Spot> {
        let older = self.after(Item::Entry(id))?;
        let exact = self.item(older) == Some(Item::Entry(id));
        let at = |spot: Spot| match self.item(spot)? {
            Item::Entry(id) => log.entry(id)?.stamp(),
            Item::Gap(_) => None,
        };
        let (Some(newer), false) = (self.entry_before(older), exact) else {
            return Some(older);
        };
        let here = log.entry(id).and_then(Entry::stamp);
        match (here, at(newer), at(older)) {
            (Some(here), Some(newer_at), Some(older_at)) => {
                let up = newer_at.instant() - here.instant();
                let down = here.instant() - older_at.instant();
                Some(if up <= down { newer } else { older })
            }
            (_, Some(_), None) => Some(newer),
            _ => Some(older),
        }
    }

    /// The shown entry that is the same as one of another log, else the nearest in time.
    pub(super) fn like(&self, log: &Log, entry: &Entry) -> Option<Spot> {
        let mut best: Option<(u64, Spot)> = None;
        for (section, part) in self.sections.iter().enumerate() {
            let Some(run) = log.runs().iter().find(|run| run.id() == part.run) else { continue };
            for (at, serial) in part.shown.iter().enumerate() {
                let Some(other) = run.by_serial(*serial) else { continue };
                if other.is_same(entry) {
                    return Some(Spot { section, at });
                }
                let (Some(here), Some(there)) = (entry.stamp(), other.stamp()) else {
                    continue;
                };
                let away = (here.instant() - there.instant()).num_milliseconds().unsigned_abs();
                if best.is_none_or(|(least, _)| away < least) {
                    best = Some((away, Spot { section, at }));
                }
            }
        }
        best.map(|(_, spot)| spot)
    }
}

#[cfg(test)]
mod tests;
