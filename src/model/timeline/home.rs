//! The entry that the user put the cursor on last, and places to come back to.

use super::{Direction, Item, Spot, Timeline};
use crate::model::{
    entry::Entry,
    log::{EntryId, Log},
    query::Generation,
};

/// The entry that the user put the cursor on last. A narrowing that hides it moves the cursor to a neighbour; the
/// next one that shows it brings the cursor back.
#[derive(Debug, Clone)]
pub(super) struct Home {
    generation: Generation,
    id: EntryId,
    entry: Entry,
}

/// A place to come back to: the entry at the cursor and its line on the screen.
#[derive(Debug, Clone)]
pub struct Bookmark {
    home: Home,
    line: usize,
}

impl Timeline {
    pub(super) fn find_home(&self, log: &Log) -> Option<Spot> {
        let home = self.home.as_ref()?;
        let known = (home.generation == log.generation()).then(|| log.resolve(home.id)).flatten();
        match known {
            Some((_, id)) => self.index.nearest(log, id),
            None => self.index.like(log, &home.entry),
        }
    }

    /// Whether what the user put the cursor on last stands there, or what equals it.
    pub(super) fn is_home(&self, log: &Log, spot: Spot) -> bool {
        self.home.as_ref().is_some_and(|home| self.holds(log, spot, &home.entry))
    }

    /// Where what the user put the cursor on last is shown, or what equals it; else the same of what the cursor stood on,
    /// which a narrowing or what vanished may have led it to.
    pub(super) fn find_again(&self, log: &Log) -> Option<Spot> {
        let home = self.find_home(log).filter(|spot| self.is_home(log, *spot));
        home.or_else(|| {
            let here = self.here.as_ref()?;
            self.index.like(log, here).filter(|spot| self.holds(log, *spot, here))
        })
    }

    fn holds(&self, log: &Log, spot: Spot, wanted: &Entry) -> bool {
        let entry = match self.index.item(spot) {
            Some(Item::Entry(id)) => log.entry(id),
            _ => None,
        };
        entry.is_some_and(|entry| entry.is_same(wanted))
    }

    pub(super) fn note_home(&mut self, log: &Log) {
        // Also on what is not loaded: it stands where the user put it.
        self.home_line = None;
        if let Some(Item::Entry(id)) = self.cursor
            && let Some(entry) = log.entry(id).cloned()
        {
            self.home = Some(Home { generation: log.generation(), id, entry });
        }
    }

    /// Puts the cursor back on the entry that the user put it on last, or the nearest in time, on the line that it had.
    /// Where it stands there already nothing moves.
    pub fn return_home(&mut self, log: &Log) {
        let line = self.home_line.take().unwrap_or_else(|| self.cursor_line(log));
        let here = self.cursor.and_then(|item| self.index.find(self.index.present(log, item)));
        if let Some(spot) = self.find_home(log).filter(|spot| here != Some(*spot)) {
            self.cursor = self.index.item(spot);
            self.settle(log);
            self.put_cursor_on_line(log, line);
        }
    }

    /// The entry that the user put the cursor on last.
    #[must_use]
    pub fn home(&self) -> Option<&Entry> {
        self.home.as_ref().map(|home| &home.entry)
    }

    /// A place to come back to.
    #[must_use]
    pub fn bookmark(&self, log: &Log) -> Option<Bookmark> {
        let home = self.home.clone()?;
        Some(Bookmark { home, line: self.cursor_line(log) })
    }

    /// Goes back to a place: to its entry, or to the nearest in time that is shown. False when what is loaded does
    /// not hold it: then it is [`Timeline::home`] that is to be looked for.
    pub fn go_back(&mut self, log: &Log, bookmark: Bookmark) -> bool {
        self.direction = Direction::Older;
        let target = bookmark.home.entry.clone();
        self.home = Some(bookmark.home);
        if let Some(spot) = self.find_home(log) {
            self.cursor = self.index.item(spot);
            self.settle(log);
            self.put_cursor_on_line(log, bookmark.line);
        }
        self.current(log).is_some_and(|entry| entry.is_same(&target))
    }
}
