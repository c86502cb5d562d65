//! Taking answers that were asked for to extend a run, below or above: by what they hold, and where that leaves open
//! where they belong, by their place, once the head has shown that nothing moved meanwhile (`doubt`).

use super::{
    Accepted, EntryId, Log, Pending, Purpose, Run,
    align::Relation,
    doubt::Basis,
    merge::{Answer, Merged},
};
use crate::model::{entry::Entry, query::PAGE};

impl Log {
    pub(super) fn accept_beside(&mut self, pending: Pending, page: Vec<Entry>, basis: Basis) -> Accepted {
        let Some((index, expected)) = self.expected(pending) else {
            return Accepted::default();
        };
        let is_below = matches!(pending.purpose, Purpose::Below(..));
        let length = self.runs.get(index).map_or(0, Run::len);
        let repeated = if is_below { length.saturating_sub_signed(expected) } else { 0 };
        let ends = self.ends_behind(&page, pending.window, repeated);
        let is_first_look = basis == Basis::Content;
        if is_first_look && is_below && ends.bottom && self.doubts_end_of(&page, repeated) {
            return Accepted::default();
        }
        let count = page.len();
        let is_older = self.is_older(pending);
        let answer =
            Answer { place: pending.window.skip, is_older, page, ends, expected: Some((index, expected)) };
        let relation = self.relation(&answer);
        let is_known = self.is_known(index, relation, &answer);
        match relation {
            // It lies where it should: its entries came with another answer meanwhile.
            Relation::Fits(offset)
                if is_known && is_below && offset == expected && count >= self.cap.unwrap_or(PAGE).into() =>
            {
                return Accepted::default();
            }
            Relation::Fits(_) if !is_known => {}
            Relation::Unsure(offset) if basis == Basis::Place && index == 0 && offset == expected => {}
            Relation::Torn => return self.torn(),
            _ if basis == Basis::Place && index == 0 => return self.contradicted(relation),
            _ => return self.puzzle(index, relation, pending, answer.page),
        }
        if basis == Basis::Place {
            self.doubt_places_below_equals();
        }
        match self.merge(answer) {
            Merged::Grew { new, newer, joined, .. } if new > 0 || joined > 0 || ends.bottom => {
                self.stalls = 0;
                if is_below && new == newer && joined == 0 && !ends.bottom {
                    // All that it brought stands above: the log moved by as much as an answer holds.
                    return Accepted { paged: true, ..self.disturbed() };
                }
                self.disturbances = 0;
                self.asked_ahead = None;
                if let Some(cap) = self.doubted_cap.take().filter(|_| new > newer) {
                    // More followed below a short answer: the server caps its pages there.
                    self.cap = Some(cap.max(u16::try_from(self.longest).unwrap_or(0)));
                }
                Accepted { paged: true, ..Accepted::default() }
            }
            Merged::Grew { .. } | Merged::Alone(_) if index > 0 => self.displace(index, true),
            Merged::Grew { .. } | Merged::Alone(_) => self.contradicted(relation),
            Merged::Torn => self.torn(),
        }
    }

    /// Whether an answer that fits tells nothing: no entry that the run has not, no end that was not known.
    fn is_known(&self, index: usize, relation: Relation, answer: &Answer) -> bool {
        let (Relation::Fits(offset), Some(run)) = (relation, self.runs.get(index)) else { return false };
        let Ok(offset) = usize::try_from(offset) else { return false };
        let end = offset + answer.page.len();
        let is_end = self.end && index + 1 == self.runs.len() && end == run.len();
        end <= run.len() && (!answer.ends.bottom || is_end)
    }

    /// The run that an answer was asked for, and where in it the answer starts if nothing moved.
    fn expected(&self, pending: Pending) -> Option<(usize, isize)> {
        let (Purpose::Below(id, _) | Purpose::Above(id)) = pending.purpose else {
            return None;
        };
        let index = self.index_of(id)?;
        let run = self.runs.get(index)?;
        let expected = match pending.purpose {
            Purpose::Below(_, start) => {
                // The run may have been joined to another since.
                let start = self.present(EntryId { run: id, serial: start }).serial;
                isize::try_from(start - run.serials().start).unwrap_or(0)
            }
            _ => -isize::try_from(run.place.saturating_sub(pending.window.skip)).unwrap_or(0),
        };
        Some((index, expected))
    }
}
