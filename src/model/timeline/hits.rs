//! Where a pattern was found among the entries that are shown, and the way from one to the next.
//!
//! A log may hold a million entries: each is looked at once, so many in one turn, and the next turn goes on where
//! this one ended. What is loaded later is looked at when it comes.

use std::{collections::VecDeque, ops::Range};

use super::{Index, Item, Timeline};
use crate::model::{
    finder::Finder,
    log::{EntryId, Log, RunId},
    pattern::Pattern,
};

/// So many entries are looked at in one turn: a few milliseconds, so that a key never waits for them.
const TURN: usize = 20_000;

/// What was found so far.
#[derive(Debug)]
pub(super) struct Hits {
    finder: Finder,
    parts: Vec<Part>,
    complete: bool,
}

/// What was found in one run.
#[derive(Debug)]
struct Part {
    run: RunId,
    found: VecDeque<i64>,
    /// Those that are shown among these have been looked at.
    seen: Range<i64>,
}

impl Hits {
    fn new(finder: Finder) -> Self {
        Self { finder, parts: Vec::new(), complete: false }
    }

    /// Looks at entries that were not looked at yet, as many as one turn takes.
    fn look(&mut self, index: &Index, log: &Log, turn: usize) {
        let mut old = std::mem::take(&mut self.parts);
        let mut left = turn;
        for (run, shown) in index.parts() {
            let known = old.iter().position(|part| part.run == run).map(|at| old.swap_remove(at));
            let mut part = known.unwrap_or_else(|| Part::new(run, shown));
            let finder = &mut self.finder;
            let finds =
                |serial: i64| log.entry(EntryId { run, serial }).is_some_and(|entry| finder.finds(entry));
            part.look(shown, finds, &mut left);
            self.parts.push(part);
        }
        self.complete = left > 0;
    }

    fn count(&self) -> usize {
        self.parts.iter().map(|part| part.found.len()).sum()
    }

    /// How many stand above an item, and whether it is one itself.
    fn above(&self, index: &Index, item: Item) -> Option<(usize, bool)> {
        let (Item::Gap(run) | Item::Entry(EntryId { run, .. })) = item;
        let section = index.parts().position(|(id, _)| id == run)?;
        let before: usize = self.parts.iter().take(section).map(|part| part.found.len()).sum();
        let part = self.parts.get(section)?;
        Some(match item {
            Item::Gap(_) => (before + part.found.len(), false),
            Item::Entry(EntryId { serial, .. }) => {
                let above = part.found.partition_point(|found| *found < serial);
                (before + above, part.found.get(above) == Some(&serial))
            }
        })
    }

    /// The hit with this number, from 0 for the newest.
    fn nth(&self, number: usize) -> Option<EntryId> {
        let mut left = number;
        for part in &self.parts {
            match part.found.get(left) {
                Some(serial) => return Some(EntryId { run: part.run, serial: *serial }),
                None => left -= part.found.len(),
            }
        }
        None
    }
}

impl Part {
    fn new(run: RunId, shown: &VecDeque<i64>) -> Self {
        let start = shown.front().copied().unwrap_or_default();
        Self { run, found: VecDeque::new(), seen: start..start }
    }

    fn look(&mut self, shown: &VecDeque<i64>, mut finds: impl FnMut(i64) -> bool, left: &mut usize) {
        let first = shown.front().copied().unwrap_or(self.seen.end);
        while self.found.front().is_some_and(|serial| *serial < first) {
            self.found.pop_front();
        }
        self.seen.start = self.seen.start.max(first.min(self.seen.end));
        let newer = shown.partition_point(|serial| *serial < self.seen.start);
        let older = shown.partition_point(|serial| *serial < self.seen.end);
        for serial in shown.range(..newer).rev().take(*left) {
            *left -= 1;
            self.seen.start = *serial;
            if finds(*serial) {
                self.found.push_front(*serial);
            }
        }
        for serial in shown.range(older..).take(*left) {
            *left -= 1;
            self.seen.end = serial + 1;
            if finds(*serial) {
                self.found.push_back(*serial);
            }
        }
    }
}

/// The result of a search among what is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    /// How many entries were found so far.
    pub hits: usize,
    /// Which of them the cursor stands on, from 1 for the newest.
    pub number: Option<usize>,
    /// Whether all that is shown has been looked at.
    pub complete: bool,
}

impl Timeline {
    /// Looks for something from now on, or for nothing any more.
    pub fn look_for(&mut self, log: &Log, finder: Option<Finder>) {
        self.hits = finder.map(Hits::new);
        self.searches += 1;
        self.look_on(log);
    }

    /// Goes on looking where the last turn ended.
    pub fn look_on(&mut self, log: &Log) {
        if let Some(hits) = &mut self.hits {
            hits.look(&self.index, log, TURN);
        }
    }

    /// Begins to look anew, because what is shown is another thing.
    pub(super) fn look_again(&mut self, log: &Log) {
        if let Some(hits) = &mut self.hits {
            hits.parts.clear();
            hits.look(&self.index, log, TURN);
        }
    }

    /// What looks for it.
    #[must_use]
    pub fn finder(&self) -> Option<&Finder> {
        self.hits.as_ref().map(|hits| &hits.finder)
    }

    /// What is looked for.
    #[must_use]
    pub fn pattern(&self) -> Option<&Pattern> {
        self.hits.as_ref().map(|hits| hits.finder.pattern())
    }

    /// Another number for every change of what is looked for.
    #[must_use]
    pub fn searches(&self) -> u64 {
        self.searches
    }

    /// What was found; `None` when nothing is looked for.
    #[must_use]
    pub fn found(&self) -> Option<Found> {
        let hits = self.hits.as_ref()?;
        let here = self.cursor.and_then(|item| hits.above(&self.index, item));
        let number = here.and_then(|(above, is_hit)| is_hit.then_some(above + 1));
        Some(Found { hits: hits.count(), number, complete: hits.complete })
    }

    /// Moves the cursor to the nearest hit, down when `by` is positive, or round from the other end; where the
    /// cursor stands on one, `here` says whether that is it. False when there is none.
    pub fn to_hit(&mut self, log: &Log, by: i16, here: bool) -> bool {
        let Some(hits) = self.hits.as_ref().filter(|hits| hits.count() > 0) else { return false };
        let count = hits.count();
        let (above, on_hit) = self.cursor.and_then(|item| hits.above(&self.index, item)).unwrap_or_default();
        let times = usize::from(by.unsigned_abs());
        let number = match (on_hit && here, by < 0) {
            (true, _) => above,
            (false, false) => (above + usize::from(on_hit) + times.saturating_sub(1)) % count,
            (false, true) => (above + count - times % count) % count,
        };
        if let Some(id) = hits.nth(number) {
            self.direction = if by < 0 { super::Direction::Newer } else { super::Direction::Older };
            self.cursor = Some(Item::Entry(id));
            self.note_home(log);
            self.show_cursor(log);
        }
        true
    }
}

#[cfg(test)]
mod tests;
