//! The lines of the list that are on the screen, as data for the view.

use super::{Folded, Item, News, Spot, Timeline};
use crate::model::{
    entry::Entry,
    failure::Failure,
    log::{EntryId, Log},
    stamp::Stamp,
};

/// A stretch of time without an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Silence {
    /// The older end.
    pub from: Stamp,
    /// The newer end.
    pub to: Stamp,
    /// Nothing at all happened; otherwise there are entries, but none that is shown.
    pub unbroken: bool,
}

/// A line that belongs to no item: what stands between an entry and the one above it. Both in one line, so that no
/// item ever has more than one above it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// What is above is new.
    pub news: Option<News>,
    /// Nothing happened for long.
    pub silence: Option<Silence>,
}

/// What stands below the last entry of a run.
#[derive(Debug, Clone, Copy)]
pub enum Tail<'a> {
    /// The start of the ticket: nothing is older.
    Start,
    /// Older entries are being fetched.
    Loading,
    /// Entries that are not loaded: about so many, where places tell.
    NotLoaded(Option<u64>),
    /// The last request failed.
    Failed(&'a Failure),
}

/// One line of the list.
#[derive(Debug, Clone, Copy)]
pub enum Row<'a> {
    /// An entry.
    Entry {
        /// Its name.
        id: EntryId,
        /// The entry.
        entry: &'a Entry,
        /// Whether the cursor stands on it.
        cursor: bool,
    },
    /// Neighbours on one line.
    Fold {
        /// What they are.
        fold: Folded<'a>,
        /// Whether the cursor stands on one of them.
        cursor: bool,
    },
    /// A rule.
    Rule(Rule),
    /// What is missing below a run, or the start of the ticket.
    Tail {
        /// What it is.
        tail: Tail<'a>,
        /// Its item.
        item: Item,
        /// Whether the cursor stands on it.
        cursor: bool,
    },
}

impl Row<'_> {
    /// The item this line belongs to; rules belong to none.
    pub(super) fn item(&self) -> Option<Item> {
        match self {
            Self::Entry { id, .. } => Some(Item::Entry(*id)),
            Self::Fold { fold, .. } => Some(Item::Entry(fold.newest)),
            Self::Tail { item, .. } => Some(*item),
            Self::Rule(_) => None,
        }
    }
}

impl Timeline {
    /// The lines on the screen, at most as many as the list is high.
    #[must_use]
    pub fn rows<'a>(&self, log: &'a Log) -> Vec<Row<'a>> {
        let mut rows = Vec::with_capacity(self.height + 1);
        let mut next = self.top_spot();
        let cursor = self.cursor_spot();
        let mut with_rule = self.top_rule;
        while let Some(spot) = next
            && rows.len() < self.height
        {
            if with_rule && let Some(rule) = self.rule_above(log, spot) {
                rows.push(Row::Rule(rule));
            }
            with_rule = true;
            rows.extend(self.row(log, spot, cursor == Some(spot)));
            next = self.index.next(spot);
        }
        rows.truncate(self.height);
        rows
    }

    /// What stands above the cursor.
    pub(in crate::model) fn above_cursor(&self) -> Option<Item> {
        self.index.item(self.index.entry_before(self.index.find(self.cursor?)?)?)
    }

    /// The cursor goes up from what is not loaded and will not be.
    pub(in crate::model) fn leave_gap(&mut self, log: &Log) {
        let above =
            self.cursor.and_then(|item| self.index.find(item)).and_then(|spot| self.index.entry_before(spot));
        if let Some(above) = above {
            self.cursor = self.index.item(above);
            self.note_home(log);
            self.show_cursor(log);
        }
    }

    /// The cursor goes down past what is not loaded and will not be. False when nothing follows.
    pub(in crate::model) fn pass_gap(&mut self, log: &Log) -> bool {
        let spot = self.cursor.and_then(|item| self.index.find(item));
        let below = spot.and_then(|spot| self.index.entry_after(spot)).and_then(|spot| self.index.item(spot));
        if below.is_some() {
            self.cursor = below;
            self.note_home(log);
            self.show_cursor(log);
        }
        below.is_some()
    }

    fn row<'a>(&self, log: &'a Log, spot: Spot, cursor: bool) -> Option<Row<'a>> {
        if let Some(fold) = self.closed_fold(log, spot) {
            return Some(Row::Fold { fold, cursor });
        }
        let item = self.index.item(spot)?;
        match item {
            Item::Entry(id) => log.entry(id).map(|entry| Row::Entry { id, entry, cursor }),
            Item::Gap(run) => {
                let last = log.runs().last().is_some_and(|last| last.id() == run);
                let tail = match log.failure() {
                    _ if last && log.reaches_start() => Tail::Start,
                    Some(failure) => Tail::Failed(failure),
                    None if log.is_asking_below(run) => Tail::Loading,
                    None => Tail::NotLoaded(log.hole_below(run)),
                };
                Some(Row::Tail { tail, item, cursor })
            }
        }
    }
}
