//! A run: neighbouring entries of the log, newest first, without a hole.

use super::chunks::Chunks;
use crate::model::{entry::Entry, stamp::Stamp, text::Untrusted};

/// Names a run for as long as it lives; after a join the older run's name leads to the younger one's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RunId(pub(super) u32);

/// Names an entry for good: entries that arrive above or below never change it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntryId {
    /// The run that holds it, or held it before a join.
    pub run: RunId,
    /// Its number there: rises towards older entries, may be negative.
    pub serial: i64,
}

/// What is known of a run's place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Footing {
    /// It was measured against the present head: what an answer shows to differ has arrived above all runs.
    Measured,
    /// The log was seen to move between the question and the answer that told it, so it may have been measured against
    /// an older head: what differs tells nothing of other runs.
    Near,
    /// Nobody knows: more entries than one answer holds may have pushed it away.
    Lost,
}

/// Neighbouring entries, newest first.
#[derive(Debug)]
pub struct Run {
    id: RunId,
    entries: Chunks,
    first_serial: i64,
    /// The place of the newest entry, counted from the newest of the log. A hint, valid for the head it was
    /// measured against.
    pub(super) place: u64,
    pub(super) footing: Footing,
    /// Whether a later time stands below an earlier one.
    is_out_of_order: bool,
}

impl Run {
    pub(super) fn new(id: RunId, place: u64, entries: Vec<Entry>) -> Self {
        let mut run = Self {
            id,
            entries: Chunks::default(),
            first_serial: 0,
            place,
            footing: Footing::Measured,
            is_out_of_order: false,
        };
        run.append(entries);
        run
    }

    /// The run's name.
    #[must_use]
    pub fn id(&self) -> RunId {
        self.id
    }

    /// How many entries are loaded here.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether the log, asked from here on, held nothing at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.len() == 0
    }

    /// The entry at an index from the newest.
    #[must_use]
    pub fn get(&self, index: usize) -> Option<&Entry> {
        self.entries.get(index)
    }

    /// The entry with this serial.
    #[must_use]
    pub fn by_serial(&self, serial: i64) -> Option<&Entry> {
        self.entries.get(usize::try_from(serial - self.first_serial).ok()?)
    }

    /// The serials in use: the first, and the one after the last.
    #[must_use]
    pub fn serials(&self) -> std::ops::Range<i64> {
        self.first_serial..self.first_serial + i64::try_from(self.entries.len()).unwrap_or(i64::MAX)
    }

    /// The newest entry.
    #[must_use]
    pub fn newest(&self) -> Option<&Entry> {
        self.entries.front()
    }

    /// The oldest entry.
    #[must_use]
    pub fn oldest(&self) -> Option<&Entry> {
        self.entries.back()
    }

    /// The entries, newest first.
    #[must_use]
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Entry> + ExactSizeIterator {
        self.entries.iter()
    }

    /// The action types that are or were loaded here; their places in this list are their numbers.
    #[must_use]
    pub fn kinds(&self) -> &[Untrusted] {
        self.entries.kinds()
    }

    /// The serials of a range, and with each the number of its action type. No entry is touched for it.
    pub fn kinds_of(&self, serials: std::ops::Range<i64>) -> impl Iterator<Item = (i64, u32)> {
        let all = self.serials();
        let start = serials.start.clamp(all.start, all.end);
        let end = serials.end.clamp(start, all.end);
        let index = |serial: i64| usize::try_from(serial - all.start).unwrap_or(0);
        (start..end).zip(self.entries.kinds_of(index(start)..index(end)))
    }

    /// Whether a later time stands below an earlier one. The server's order is kept all the same.
    pub(super) fn is_out_of_order(&self) -> bool {
        self.is_out_of_order
    }

    fn check_order(&mut self, newer: Option<Stamp>, older: Option<Stamp>) {
        self.is_out_of_order |= is_broken(newer, older);
    }

    /// The index of the first entry for which this is not true, in a run where it holds for the newest ones.
    pub(super) fn partition_point(&self, newer: impl Fn(&Entry) -> bool) -> usize {
        self.entries.partition_point(newer)
    }

    /// The serial of the entry at an index.
    pub(super) fn serial_at(&self, index: usize) -> i64 {
        self.first_serial + i64::try_from(index).unwrap_or(i64::MAX)
    }

    pub(super) fn by_serial_mut(&mut self, serial: i64) -> Option<&mut Entry> {
        self.entries.get_mut(usize::try_from(serial - self.first_serial).ok()?)
    }

    /// Whether it can be asked for by its place.
    pub(super) fn is_placed(&self) -> bool {
        self.footing != Footing::Lost
    }

    /// Nobody knows any more where it stands.
    pub(super) fn lose_place(&mut self) {
        self.footing = Footing::Lost;
    }

    /// The place after the oldest entry, as a hint.
    pub(super) fn end(&self) -> u64 {
        self.place + self.entries.len() as u64
    }

    pub(super) fn append(&mut self, older: impl IntoIterator<Item = Entry>) {
        for entry in older {
            self.check_order(self.oldest().and_then(Entry::stamp), entry.stamp());
            self.entries.push_back(entry);
        }
    }

    pub(super) fn prepend(&mut self, newer: impl IntoIterator<Item = Entry, IntoIter: DoubleEndedIterator>) {
        for entry in newer.into_iter().rev() {
            self.first_serial -= 1;
            self.check_order(entry.stamp(), self.newest().and_then(Entry::stamp));
            self.entries.push_front(entry);
        }
    }

    /// Drops the newest `count` entries: they are gone, or another run holds them in a newer form. What they alone were
    /// out of order with is in order again.
    pub(super) fn drop_newest(&mut self, count: usize) {
        self.forget_newest(count);
        if self.is_out_of_order {
            let neighbours = || self.iter().zip(self.iter().skip(1));
            let is_broken = neighbours().any(|(newer, older)| is_broken(newer.stamp(), older.stamp()));
            self.is_out_of_order = is_broken;
        }
    }

    /// Forgets the newest `count` entries, which are still there. What they told of the order of times is kept.
    pub(super) fn forget_newest(&mut self, count: usize) {
        let count = count.min(self.entries.len());
        self.entries.drop_front(count);
        self.first_serial += i64::try_from(count).unwrap_or(0);
        self.place += count as u64;
    }

    /// Forgets the oldest `count` entries, which are still there.
    pub(super) fn forget_oldest(&mut self, count: usize) {
        self.entries.drop_back(count);
    }

    /// Takes all of an older run in, below; tells what to add to the older run's serials.
    pub(super) fn join(&mut self, older: Self) -> i64 {
        let shift = self.serials().end - older.first_serial;
        self.is_out_of_order |= older.is_out_of_order;
        self.append(older.entries.into_entries());
        shift
    }
}

/// Whether a later time stands below an earlier one.
fn is_broken(newer: Option<Stamp>, older: Option<Stamp>) -> bool {
    newer.zip(older).is_some_and(|(newer, older)| newer < older)
}
