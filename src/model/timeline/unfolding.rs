//! Lines that stand for several entries: what they say, and opening and closing them.

use super::{Folding, Item, Spot, Timeline};
use crate::model::{
    entry::Entry,
    log::{EntryId, Log, Run},
};

/// Neighbours that share a line.
#[derive(Debug, Clone, Copy)]
pub struct Folded<'a> {
    /// The newest of them.
    pub newest: EntryId,
    /// The oldest of them.
    pub oldest: EntryId,
    /// The newest, whose type and time the line shows.
    pub entry: &'a Entry,
    /// How many there are.
    pub count: usize,
    /// How many different actors they have.
    pub people: usize,
    /// Whether what is not loaded may hold more of them.
    pub may_grow: bool,
    /// Whether each has a line of its own for now.
    pub is_open: bool,
}

impl Timeline {
    /// From the next [`Timeline::renew`] on this folds.
    pub fn refold(&mut self, folding: Folding) {
        self.index.refold(folding);
    }

    /// How many lines the entries that are shown take.
    #[must_use]
    pub fn lines(&self) -> usize {
        self.index.lines()
    }

    /// The fold that the cursor stands in, open or not.
    #[must_use]
    pub fn fold_here<'a>(&self, log: &'a Log) -> Option<Folded<'a>> {
        self.folded(log, self.index.find(self.cursor?)?)
    }

    /// Whether the entry at the cursor shares its line.
    #[must_use]
    pub fn is_folded(&self) -> bool {
        let spot = self.cursor.and_then(|item| self.index.find(item));
        spot.is_some_and(|spot| self.index.is_folded(spot))
    }

    /// Opens the fold at the cursor, which stays on its entry.
    pub fn unfold(&mut self, log: &Log) {
        if let Some(Item::Entry(id)) = self.cursor.filter(|_| self.is_folded()) {
            self.index.open(log, id);
            self.show_cursor(log);
        }
    }

    /// Closes the fold that the cursor stands in.
    pub fn fold(&mut self, log: &Log) {
        let Some(spot) = self.cursor.and_then(|item| self.index.find(item)) else { return };
        self.index.close(log, spot);
        self.show_cursor(log);
        let missing = self.height.saturating_sub(self.rows(log).len());
        if missing > 0 {
            // What stands above comes down, so that the screen is as full as it can be.
            self.put_cursor_on_line(log, self.cursor_line(log) + missing);
        }
    }

    /// The fold that has its line at a spot.
    pub(super) fn closed_fold<'a>(&self, log: &'a Log, spot: Spot) -> Option<Folded<'a>> {
        self.index.is_folded(spot).then(|| self.folded(log, spot)).flatten()
    }

    fn folded<'a>(&self, log: &'a Log, spot: Spot) -> Option<Folded<'a>> {
        let (fold, within, is_open) = self.index.fold(spot)?;
        let first = self.index.entry_of(spot, within.start)?;
        let last = self.index.entry_of(spot, within.end.checked_sub(1)?)?;
        let entry = log.entry(first)?;
        Some(Folded {
            newest: first,
            oldest: last,
            entry,
            count: within.len(),
            people: usize::try_from(fold.people).unwrap_or(usize::MAX),
            may_grow: self.may_grow(log, (first, last), spot),
            is_open,
        })
    }

    /// Whether nothing that is shown stands between a fold and what is not loaded, and nothing that is hidden is of
    /// another day.
    fn may_grow(&self, log: &Log, (first, last): (EntryId, EntryId), spot: Spot) -> bool {
        let Some(at) = log.runs().iter().position(|run| run.id() == first.run) else { return false };
        let Some(run) = log.runs().get(at) else { return false };
        let at_top = self.index.entry_of(spot, 0) == Some(first);
        let is_more_above = at > 0 || log.unloaded_above() > 0;
        let at_end = self.index.last_entry_of(spot) == Some(last);
        let is_more_below = at + 1 < log.runs().len() || !log.reaches_start();
        let is_of_day = |edge: Option<&Entry>, id| {
            let at = |entry: Option<&Entry>| entry.and_then(Entry::stamp).map(|stamp| stamp.instant());
            at(edge).zip(at(log.entry(id))).is_none_or(|(edge, own)| self.index.is_one_day(edge, own))
        };
        (at_top && is_more_above && is_of_day(run.newest(), first))
            || (at_end && is_more_below && is_of_day(Run::oldest(run), last))
    }
}
