//! The items that are shown, in order, without copying entries: serials of those that pass the narrowing.

use std::collections::VecDeque;

use super::Item;
use crate::model::{
    entry::Entry,
    log::{EntryId, Log, Run, RunId},
    narrowing::Passes,
};

/// A place in the index; later ones are older. Valid until the index changes.
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
}

/// What is shown of a log.
#[derive(Debug, Default)]
pub struct Index {
    sections: Vec<Section>,
}

impl Index {
    /// Takes over what was loaded since the last call: looks at new entries only, unless runs were joined.
    pub(super) fn update(&mut self, log: &Log, passes: &dyn Passes) {
        let mut old: Vec<Section> = std::mem::take(&mut self.sections);
        for run in log.runs() {
            let at = old.iter().position(|section| section.run == run.id());
            let mut section =
                at.map_or_else(|| Section::new(run.id(), run.serials().start), |at| old.swap_remove(at));
            section.update(run, passes);
            self.sections.push(section);
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
        let (Some(newer), false) = (self.before(older), exact) else {
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

    /// The first item.
    pub(super) fn first(&self) -> Option<Spot> {
        (!self.sections.is_empty()).then_some(Spot { section: 0, at: 0 })
    }

    /// The last item: the gap below the oldest run.
    pub(super) fn last(&self) -> Option<Spot> {
        let section = self.sections.len().checked_sub(1)?;
        Some(Spot { section, at: self.sections.get(section)?.shown.len() })
    }

    /// Whether this is the last item.
    pub(super) fn is_last(&self, spot: Spot) -> bool {
        self.last() == Some(spot)
    }

    /// The item below.
    pub(super) fn next(&self, spot: Spot) -> Option<Spot> {
        let length = self.sections.get(spot.section)?.shown.len();
        if spot.at < length {
            return Some(Spot { at: spot.at + 1, ..spot });
        }
        (spot.section + 1 < self.sections.len()).then_some(Spot { section: spot.section + 1, at: 0 })
    }

    /// The item above.
    pub(super) fn before(&self, spot: Spot) -> Option<Spot> {
        if let Some(at) = spot.at.checked_sub(1) {
            return Some(Spot { at, ..spot });
        }
        let section = spot.section.checked_sub(1)?;
        Some(Spot { section, at: self.sections.get(section)?.shown.len() })
    }

    /// The item so many places away, down when positive, or the last one on the way.
    pub(super) fn step(&self, from: Spot, by: isize) -> Spot {
        let mut spot = from;
        let mut left = by.unsigned_abs();
        while left > 0 {
            let length = self.sections.get(spot.section).map_or(0, |section| section.shown.len());
            let room = if by < 0 { spot.at } else { length - spot.at };
            let jump = left.min(room);
            if jump > 0 {
                spot.at = if by < 0 { spot.at - jump } else { spot.at + jump };
                left -= jump;
                continue;
            }
            let next = if by < 0 { self.before(spot) } else { self.next(spot) };
            match next {
                Some(next) => spot = next,
                None => break,
            }
            left -= 1;
        }
        spot
    }

    /// The same, but no farther than the next gap.
    pub(super) fn step_to_gap(&self, from: Spot, by: isize) -> Spot {
        let target = self.step(from, by);
        let gap = |section: usize| {
            let length = self.sections.get(section)?.shown.len();
            Some(Spot { section, at: length })
        };
        if by < 0 {
            let above = from.section.checked_sub(1).and_then(gap);
            return above.map_or(target, |gap| target.max(gap));
        }
        let below = self.next(from).and_then(|next| gap(next.section));
        below.map_or(target, |gap| target.min(gap))
    }
}

impl Section {
    fn new(run: RunId, start: i64) -> Self {
        Self { run, shown: VecDeque::new(), seen: start..start }
    }

    fn update(&mut self, run: &Run, passes: &dyn Passes) {
        let serials = run.serials();
        if serials == self.seen {
            return;
        }
        // Each type is asked about once, and where types decide alone the entries themselves are not touched: there
        // may be a million.
        let shown: Vec<bool> = run.kinds().iter().map(|name| passes.kind(name)).collect();
        let by_type = !passes.asks_entries();
        let is_let_in = |serial: i64| run.by_serial(serial).is_some_and(|entry| passes.entry(entry));
        let passing = |serials| {
            let is_shown =
                |kind: u32| usize::try_from(kind).ok().and_then(|kind| shown.get(kind)) == Some(&true);
            let of_type =
                run.kinds_of(serials).filter(move |(_, kind)| is_shown(*kind)).map(|(serial, _)| serial);
            of_type.filter(|serial| by_type || is_let_in(*serial))
        };
        let above: Vec<i64> = passing(serials.start..self.seen.start).collect();
        above.into_iter().rev().for_each(|serial| self.shown.push_front(serial));
        self.shown.extend(passing(self.seen.end..serials.end));
        while self.shown.front().is_some_and(|serial| *serial < serials.start) {
            self.shown.pop_front();
        }
        self.seen = serials;
    }
}

#[cfg(test)]
mod tests;
