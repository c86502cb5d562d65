//! What is missing: on the screen first, then one screen ahead in the direction of travel.

use super::{Direction, Item, Spot, Timeline};
use crate::model::log::{Log, RunId};

/// Which end of which run is to be extended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// What follows below the run.
    Below(RunId),
    /// What stands above the run.
    Above(RunId),
}

impl Timeline {
    /// What is missing, the most urgent first.
    #[must_use]
    pub fn needs(&self, log: &Log) -> Vec<Need> {
        let Some(top) = self.top_spot() else {
            return Vec::new();
        };
        let mut needs = Vec::new();
        let bottom = self.walk(log, top, self.height.cast_signed(), &mut needs);
        match self.direction {
            Direction::Older => self.walk(log, bottom, self.height.cast_signed(), &mut needs),
            Direction::Newer => self.walk(log, top, -self.height.cast_signed(), &mut needs),
        };
        needs
    }

    /// Notes the gaps on so many items from a spot on, down when positive; tells where it ended.
    fn walk(&self, log: &Log, from: Spot, by: isize, needs: &mut Vec<Need>) -> Spot {
        if let Some(end) = self.index.leap_within(from, by) {
            return end;
        }
        let mut spot = from;
        for _ in 0..by.unsigned_abs() {
            if let Some(Item::Gap(run)) = self.index.item(spot)
                && !self.is_start(log, spot)
            {
                let need = self.need(spot, run);
                if !needs.contains(&need) {
                    needs.push(need);
                }
            }
            let next = if by < 0 { self.index.before(spot) } else { self.index.next(spot) };
            match next {
                Some(next) => spot = next,
                None => break,
            }
        }
        spot
    }

    /// A hole is filled from the side that the cursor looks at it from.
    fn need(&self, gap: Spot, run: RunId) -> Need {
        let cursor = self.cursor.and_then(|item| self.index.find(item));
        let from_below = match cursor {
            Some(cursor) if cursor == gap => self.direction == Direction::Newer,
            Some(cursor) => cursor > gap,
            None => false,
        };
        let below = self.index.next(gap).and_then(|spot| self.index.item(spot));
        match below {
            Some(Item::Entry(id)) if from_below => Need::Above(id.run),
            Some(Item::Gap(run)) if from_below => Need::Above(run),
            _ => Need::Below(run),
        }
    }
}
