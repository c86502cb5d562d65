//! From line to line, and from entry to entry.

use super::{Index, Spot};

impl Index {
    /// The first item.
    pub(in super::super) fn first(&self) -> Option<Spot> {
        (!self.sections.is_empty()).then_some(Spot { section: 0, at: 0 })
    }

    /// The last item: the gap below the oldest run.
    pub(in super::super) fn last(&self) -> Option<Spot> {
        let section = self.sections.len().checked_sub(1)?;
        Some(Spot { section, at: self.sections.get(section)?.shown.len() })
    }

    /// Whether this is the last item.
    pub(in super::super) fn is_last(&self, spot: Spot) -> bool {
        self.last() == Some(spot)
    }

    /// The line that a spot stands on: of a closed fold that of its newest entry.
    pub(in super::super) fn line(&self, spot: Spot) -> Spot {
        let section = self.sections.get(spot.section);
        let fold = section.and_then(|section| section.folds.closed(spot.at));
        fold.map_or(spot, |fold| Spot { at: fold.start, ..spot })
    }

    /// The line below.
    pub(in super::super) fn next(&self, spot: Spot) -> Option<Spot> {
        let section = self.sections.get(spot.section)?;
        if spot.at < section.shown.len() {
            let at = section.folds.closed(spot.at).map_or(spot.at + 1, |fold| fold.end);
            return Some(Spot { at, ..spot });
        }
        (spot.section + 1 < self.sections.len()).then_some(Spot { section: spot.section + 1, at: 0 })
    }

    /// The line above.
    pub(in super::super) fn before(&self, spot: Spot) -> Option<Spot> {
        self.entry_before(self.line(spot)).map(|above| self.line(above))
    }

    /// The entry or the gap below, folded or not.
    pub(in super::super) fn entry_after(&self, spot: Spot) -> Option<Spot> {
        let length = self.sections.get(spot.section)?.shown.len();
        if spot.at < length {
            return Some(Spot { at: spot.at + 1, ..spot });
        }
        (spot.section + 1 < self.sections.len()).then_some(Spot { section: spot.section + 1, at: 0 })
    }

    /// The entry or the gap above, folded or not.
    pub(in super::super) fn entry_before(&self, spot: Spot) -> Option<Spot> {
        if let Some(at) = spot.at.checked_sub(1) {
            return Some(Spot { at, ..spot });
        }
        let section = spot.section.checked_sub(1)?;
        Some(Spot { section, at: self.sections.get(section)?.shown.len() })
    }

    /// The line so many lines away, where entries alone lie between and each has a line of its own: known at once.
    pub(in super::super) fn leap_within(&self, from: Spot, by: isize) -> Option<Spot> {
        let section = self.sections.get(from.section).filter(|section| !section.folds.has_closed())?;
        let at = from.at.checked_add_signed(by)?;
        (from.at < section.shown.len() && at < section.shown.len()).then_some(Spot { at, ..from })
    }

    /// The line so many lines away, down when positive, or the last one on the way.
    pub(in super::super) fn step(&self, from: Spot, by: isize) -> Spot {
        let mut spot = self.line(from);
        for _ in 0..by.unsigned_abs() {
            match if by < 0 { self.before(spot) } else { self.next(spot) } {
                Some(next) => spot = next,
                None => break,
            }
        }
        spot
    }

    /// The same, but no farther than the next gap.
    pub(in super::super) fn step_to_gap(&self, from: Spot, by: isize) -> Spot {
        let mut spot = self.line(from);
        for _ in 0..by.unsigned_abs() {
            match if by < 0 { self.before(spot) } else { self.next(spot) } {
                Some(next) => spot = next,
                None => break,
            }
            if self.is_gap(spot) {
                break;
            }
        }
        spot
    }

    fn is_gap(&self, spot: Spot) -> bool {
        self.sections.get(spot.section).is_some_and(|section| spot.at >= section.shown.len())
    }
}
