//! Back to an entry that is known by its time alone.

use chrono::{DateTime, Utc};

use super::{Direction, Item, Spot, Timeline};
use crate::model::{entry::Entry, log::Log};

/// What came of looking for an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sought {
    /// The cursor stands on it.
    Reached,
    /// It is not there any more; the cursor stands on the nearest in time.
    Gone,
    /// It may lie where nothing is loaded; the cursor stands on the nearest in time.
    NotLoaded,
}

impl Timeline {
    /// Puts the cursor on the entry of this time that `is_it` tells, in the upper part of the screen.
    pub fn seek(&mut self, log: &Log, time: DateTime<Utc>, is_it: &dyn Fn(&Entry) -> bool) -> Sought {
        let mut reached = false;
        let mut nearest = None;
        let mut next = self.index.first();
        while let Some(spot) = next {
            next = self.index.entry_after(spot);
            let Some((entry, at)) = self.timed(log, spot) else { continue };
            let away = (at - time).abs();
            reached = away.is_zero() && is_it(entry);
            if reached || nearest.is_none_or(|(least, _)| away < least) {
                nearest = Some((away, spot));
            }
            // Below, times may rise again only in a log out of order.
            if reached || (at < time && !log.is_out_of_order()) {
                break;
            }
        }
        if let Some((_, spot)) = nearest {
            self.direction = Direction::Older;
            self.cursor = self.index.item(spot);
            self.note_home(log);
            self.put_cursor_on_line(log, self.height / 3);
        }
        match self.gap_below(log, time) {
            _ if reached => Sought::Reached,
            Some(_) => Sought::NotLoaded,
            None => Sought::Gone,
        }
    }

    /// Puts the cursor on what is not loaded of the entries of this time, so that it is asked for.
    pub fn to_gap_below(&mut self, log: &Log, time: DateTime<Utc>) {
        if let Some(spot) = self.gap_below(log, time) {
            self.cursor = self.index.item(spot);
            self.show_cursor(log);
        }
    }

    /// The first thing not loaded below the entries that are not newer, where more entries of this time may be in it.
    fn gap_below(&self, log: &Log, time: DateTime<Utc>) -> Option<Spot> {
        let mut found = false;
        let mut next = self.index.first();
        while let Some(spot) = next {
            next = self.index.entry_after(spot);
            if let Some((_, at)) = self.timed(log, spot) {
                found |= at <= time;
                if at < time && !log.is_out_of_order() {
                    return None;
                }
            }
            let is_last = next.is_none();
            if let Some(Item::Gap(_)) = self.index.item(spot)
                && (found || is_last)
                && !self.is_start(log, spot)
            {
                return Some(spot);
            }
        }
        None
    }

    fn timed<'a>(&self, log: &'a Log, spot: Spot) -> Option<(&'a Entry, DateTime<Utc>)> {
        let Some(Item::Entry(id)) = self.index.item(spot) else { return None };
        let entry = log.entry(id)?;
        Some((entry, entry.stamp()?.instant()))
    }
}
