//! Where the entries of some action types stand among all of them: found by reading entries in the background, a
//! few at a time, and kept for the choices that were used last, also when the file grows.

use std::{collections::VecDeque, ops::Range};

use super::order::Order;
use crate::model::query::Query;

/// For how many choices the places are kept.
const MOST: usize = 4;

/// How many entries are read before questions are looked at again.
pub(super) const STEP: usize = 500;

/// The entries of one choice.
#[derive(Debug)]
pub(super) struct Choice {
    query: Query,
    order: Order,
    /// Their numbers in the file, newest first; four bytes each.
    entries: VecDeque<u32>,
    /// Which entries of the file were looked at.
    looked: Range<usize>,
}

impl Choice {
    /// The number in the file of the entry at this place of the choice.
    pub(super) fn entry(&self, place: u64) -> Option<usize> {
        let entry = self.entries.get(usize::try_from(place).ok()?)?;
        usize::try_from(*entry).ok()
    }

    /// Whether the entries before this place are known, in a file of so many entries.
    pub(super) fn reaches(&self, place: u64, len: usize) -> bool {
        let are_newest = self.order == Order::NewestFirst || self.looked.end == len;
        are_newest && self.entries.len() as u64 >= place
    }

    /// The number in the file of the entry that is to be looked at next, if any is left.
    pub(super) fn next(&self, len: usize) -> Option<usize> {
        match self.order {
            // What was appended is newer than all that was looked at.
            _ if self.looked.end < len => Some(self.looked.end),
            Order::NewestFirst => None,
            Order::OldestFirst => self.looked.start.checked_sub(1),
        }
    }

    /// The entry that [`Choice::next`] named was looked at.
    pub(super) fn note(&mut self, entry: usize, is_chosen: bool) {
        let is_behind = entry >= self.looked.end;
        if is_behind {
            self.looked.end = entry + 1;
        } else {
            self.looked.start = entry;
        }
        if let Some(entry) = u32::try_from(entry).ok().filter(|_| is_chosen) {
            if is_behind && self.order == Order::OldestFirst {
                self.entries.push_front(entry);
            } else {
                self.entries.push_back(entry);
            }
        }
    }

    fn forget_from(&mut self, entry: usize) {
        self.looked.end = self.looked.end.min(entry);
        self.looked.start = self.looked.start.min(entry);
        self.entries.retain(|known| usize::try_from(*known).is_ok_and(|known| known < entry));
    }
}

/// The choices that were used last, the newest in front.
#[derive(Debug, Default)]
pub(super) struct Choices(VecDeque<Choice>);

impl Choices {
    /// What is known of a choice, in a file of this order and so many entries.
    pub(super) fn of(&mut self, query: &Query, order: Order, len: usize) -> &mut Choice {
        let known = self.0.iter().position(|choice| choice.query == *query && choice.order == order);
        let choice = known.and_then(|at| self.0.remove(at)).unwrap_or_else(|| {
            let start = if order == Order::OldestFirst { len } else { 0 };
            Choice { query: query.clone(), order, entries: VecDeque::new(), looked: start..start }
        });
        self.0.truncate(MOST - 1);
        self.0.push_front(choice);
        &mut self.0[0]
    }

    /// Forgets the entries from this number on.
    pub(super) fn forget_from(&mut self, entry: usize) {
        self.0.iter_mut().for_each(|choice| choice.forget_from(entry));
    }

    /// Forgets everything: it is another file.
    pub(super) fn clear(&mut self) {
        self.0.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Looks at what is left of a file of so many entries, of which every third is chosen; how many that were.
    fn look(choices: &mut Choices, order: Order, len: usize) -> usize {
        let choice = choices.of(&Query::All, order, len);
        let mut looked = 0;
        while let Some(entry) = choice.next(len) {
            choice.note(entry, entry % 3 == 0);
            looked += 1;
        }
        let entries: Vec<usize> = (0..).map_while(|place| choice.entry(place)).collect();
        let mut expected: Vec<usize> = (0..len).filter(|entry| entry % 3 == 0).collect();
        if order == Order::OldestFirst {
            expected.reverse();
        }
        assert_eq!(entries, expected);
        looked
    }

    #[test]
    fn a_file_that_grows_is_looked_at_from_there_on() {
        for order in [Order::NewestFirst, Order::OldestFirst] {
            let mut choices = Choices::default();
            assert_eq!(look(&mut choices, order, 100), 100);
            assert_eq!(look(&mut choices, order, 140), 40);
            // The last one was half written.
            choices.forget_from(139);
            assert_eq!(look(&mut choices, order, 150), 11);
        }
    }
}
