//! The items that are shown, in order, without copying entries: serials of those that pass the narrowing.

mod walk;

use std::collections::VecDeque;

use chrono::{DateTime, Utc};

use super::{
    Item,
    folding::{Folder, Folding},
    folds::{Fold, Folds},
};
use crate::model::{
    entry::Entry,
    log::{EntryId, Log, RunId},
    narrowing::Passes,
    query::Generation,
    text::Untrusted,
};

/// A place in the index; later ones are older. Valid until the index changes. Entries of a fold have places of their
/// own; the line that they share has that of its newest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spot {
    section: usize,
    /// The number of the entry in its section; one more than the last is the gap below.
    at: usize,
}

/// What is shown of one run.
#[derive(Debug)]
struct Section {
    run: RunId,
    shown: VecDeque<i64>,
    seen: std::ops::Range<i64>,
    folds: Folds,
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

    /// The same of another log, or in another narrowing; what was opened stays open.
    pub(super) fn emptied(&mut self) -> Self {
        let (folding, opened) = (std::mem::take(&mut self.folding), std::mem::take(&mut self.opened));
        Self { folding, opened, ..Self::default() }
    }

    /// Takes over what was loaded since the last call: looks at new entries only, unless runs were joined.
    pub(super) fn update(&mut self, log: &Log, passes: &dyn Passes) {
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

    /// Divides folds above this entry, and nowhere else on that account.
    pub(super) fn set_cut(&mut self, log: &Log, cut: Option<EntryId>) {
        let before = std::mem::replace(&mut self.cut, cut);
        if before == cut || !self.folding.is_on() {
            return;
        }
        for place in before.into_iter().chain(cut) {
            let at = self.after(Item::Entry(place));
            let run = log.runs().iter().find(|run| run.id() == place.run);
            let section = at.and_then(|at| self.sections.get_mut(at.section));
            if let (Some(at), Some(run), Some(section)) = (at, run, section) {
                let cut = cut.filter(|cut| cut.run == run.id()).map(|cut| cut.serial);
                section.fold_around(at.at, &mut Folder::new(run, &self.folding, cut));
            }
        }
        self.reopen(log);
    }

    /// How many lines the entries that are shown take.
    pub(super) fn lines(&self) -> usize {
        let within: usize = self.sections.iter().map(|section| section.folds.within()).sum();
        self.shown() - within
    }

    /// The fold that a spot is in: the first and the one after the last, and whether it is open.
    pub(super) fn fold(&self, spot: Spot) -> Option<(Fold, std::ops::Range<usize>, bool)> {
        self.sections.get(spot.section)?.folds.any(spot.at)
    }

    /// Whether the entry at a spot shares its line.
    pub(super) fn is_folded(&self, spot: Spot) -> bool {
        self.sections.get(spot.section).is_some_and(|section| section.folds.closed(spot.at).is_some())
    }

    /// The entry of this number in the section of a spot.
    pub(super) fn entry_of(&self, spot: Spot, at: usize) -> Option<EntryId> {
        let section = self.sections.get(spot.section)?;
        Some(EntryId { run: section.run, serial: *section.shown.get(at)? })
    }

    /// The last entry in the section of a spot.
    pub(super) fn last_entry_of(&self, spot: Spot) -> Option<EntryId> {
        let section = self.sections.get(spot.section)?;
        Some(EntryId { run: section.run, serial: *section.shown.back()? })
    }

    /// Whether two instants are of one day, for those that fold.
    pub(super) fn is_one_day(&self, one: DateTime<Utc>, other: DateTime<Utc>) -> bool {
        self.folding.is_one_day(one, other)
    }

    /// Opens the fold that an entry is in.
    pub(super) fn open(&mut self, log: &Log, id: EntryId) {
        self.opened.push((log.generation(), id));
        self.reopen(log);
    }

    /// Closes the fold that a spot is in.
    pub(super) fn close(&mut self, log: &Log, spot: Spot) {
        let Some((_, within, true)) = self.fold(spot) else { return };
        let mut opened = std::mem::take(&mut self.opened);
        opened.retain(|(of, id)| {
            let place = self.find(self.present(log, Item::Entry(*id)));
            *of != log.generation()
                || place.is_none_or(|at| at.section != spot.section || !within.contains(&at.at))
        });
        self.opened = opened;
        if let Some(section) = self.sections.get_mut(spot.section) {
            section.folds.set_open(spot.at, false);
        }
    }

    fn reopen(&mut self, log: &Log) {
        let here = self.opened.iter().filter(|(of, _)| *of == log.generation());
        let spots: Vec<Spot> =
            here.filter_map(|(_, id)| self.find(self.present(log, Item::Entry(*id)))).collect();
        for spot in spots {
            if let Some(section) = self.sections.get_mut(spot.section) {
                section.folds.set_open(spot.at, true);
            }
        }
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

impl Section {
    fn new(run: RunId, start: i64) -> Self {
        Self { run, shown: VecDeque::new(), seen: start..start, folds: Folds::default() }
    }

    fn update(&mut self, passes: &dyn Passes, folder: &mut Folder<'_>) {
        let run = folder.run();
        let serials = run.serials();
        if serials == self.seen {
            return;
        }
        // Each type is asked about once, and where types decide alone the entries themselves are not touched: there
        // may be a million.
        let kinds: Vec<Kind> = run.kinds().iter().map(|name| Kind::of(name, passes, folder)).collect();
        let by_type = !passes.asks_entries();
        let is_let_in = |serial: i64| run.by_serial(serial).is_some_and(|entry| passes.entry(entry));
        let passing = |serials| {
            let kind = |kind: u32| usize::try_from(kind).ok().and_then(|kind| kinds.get(kind)).copied();
            let of_type = run.kinds_of(serials).filter_map(move |(serial, number)| {
                kind(number).filter(|kind| *kind != Kind::Hidden).map(|kind| (serial, kind))
            });
            of_type.filter(|(serial, _)| by_type || is_let_in(*serial))
        };
        let above: Vec<i64> = passing(serials.start..self.seen.start).map(|(serial, _)| serial).collect();
        let first_line = self.line_end(0);
        above.iter().rev().for_each(|serial| self.shown.push_front(*serial));
        self.folds.grow_above(above.len());
        let mut last = self.shown.back().copied();
        for (serial, kind) in passing(self.seen.end..serials.end) {
            if kind == Kind::Folds {
                self.folds.push(folder, self.shown.len(), last, serial);
            }
            self.shown.push_back(serial);
            last = Some(serial);
        }
        let gone = self.shown.partition_point(|serial| *serial < serials.start);
        self.shown.drain(..gone);
        self.folds.shrink_above(gone);
        if !above.is_empty() || gone > 0 {
            self.fold_anew(0..(above.len() + first_line).saturating_sub(gone), folder);
        }
        self.seen = serials;
    }

    /// Folds the line of this entry and the one above it anew.
    fn fold_around(&mut self, at: usize, folder: &mut Folder<'_>) {
        let above = at.saturating_sub(1);
        let start = self.folds.any(above).map_or(above, |(_, fold, _)| fold.start);
        self.fold_anew(start..self.line_end(at), folder);
    }

    /// The end of the line, or of the open fold, of this entry.
    fn line_end(&self, at: usize) -> usize {
        self.folds.any(at).map_or(at + 1, |(_, fold, _)| fold.end).min(self.shown.len())
    }

    fn fold_anew(&mut self, stretch: std::ops::Range<usize>, folder: &mut Folder<'_>) {
        let end = self.line_end(stretch.end.saturating_sub(1));
        let serials: Vec<i64> = self.shown.range(stretch.start.min(end)..end).copied().collect();
        self.folds.fold_anew(folder, stretch.start.min(end)..end, &serials);
    }
}

/// What becomes of the entries of a type.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Hidden,
    Shown,
    /// Neighbours may share a line.
    Folds,
}

impl Kind {
    fn of(name: &Untrusted, passes: &dyn Passes, folder: &Folder<'_>) -> Self {
        match (passes.kind(name), folder.folds(name)) {
            (false, _) => Self::Hidden,
            (true, false) => Self::Shown,
            (true, true) => Self::Folds,
        }
    }
}

#[cfg(test)]
mod tests;
