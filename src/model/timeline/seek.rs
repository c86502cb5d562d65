//! Back to an entry that is known by its time alone.

use chrono::{DateTime, Utc};

use super::{Item, Timeline};
use crate::model::{entry::Entry, log::Log};

/// What came of looking for an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sought {
    /// The cursor stands on it, or on the nearest in time where it is not there any more.
    Reached,
    /// Everything loaded is newer; the cursor stands on the nearest in time.
    OlderThanLoaded,
}

impl Timeline {
    /// Puts the cursor on the entry of this time that `is_it` tells, in the middle of the screen.
    pub fn seek(&mut self, log: &Log, time: DateTime<Utc>, is_it: &dyn Fn(&Entry) -> bool) -> Sought {
        let mut nearest = None;
        let mut passed = log.reaches_start();
        let mut next = self.index.first();
        while let Some(spot) = next {
            next = self.index.next(spot);
            let Some(Item::Entry(id)) = self.index.item(spot) else {
                continue;
            };
            let Some((entry, stamp)) = log.entry(id).and_then(|entry| Some((entry, entry.stamp()?))) else {
                continue;
            };
            let away = (stamp.instant() - time).abs();
            let exact = stamp.instant() == time && is_it(entry);
            if exact || nearest.is_none_or(|(least, _)| away < least) {
                nearest = Some((away, spot));
            }
            if exact || stamp.instant() < time {
                passed = true;
                break;
            }
        }
        if let Some((_, spot)) = nearest {
            self.cursor = self.index.item(spot);
            self.note_home(log);
            self.put_cursor_on_line(log, self.height / 2);
        }
        if passed { Sought::Reached } else { Sought::OlderThanLoaded }
    }
}
