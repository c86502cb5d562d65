//! An edited head, or one that lost entries: the newest ones are replaced or dropped, and what stands below them is
//! kept.
//!
//! An answer with the head that contradicts the first run may still end with entries that stand in it as they were.
//! Those tell where the rest belongs; what was loaded below them is not read again. Whether it was edited, too, shows
//! when it is asked for. An answer that is edited down to its last entries tells nothing: then all is read again.

use super::{
    Accepted, Log, Run,
    align::{self, Ends, Relation},
    merge::Answer,
};
use crate::model::entry::Entry;

/// How many unchanged entries must stand below the changed ones.
const FEWEST_KEPT: usize = 2;

/// Whether all of an answer is older than a run.
pub(super) fn is_older(page: &[Entry], run: &Run) -> bool {
    let times = page.first().and_then(Entry::stamp).zip(run.oldest().and_then(Entry::stamp));
    times.is_some_and(|(told, known)| told < known)
}

impl Accepted {
    /// Nothing has arrived above a log of which the newest entry was never loaded.
    pub(super) fn seen_from_head(self, was_known: bool) -> Self {
        Self { arrived: if was_known { self.arrived } else { 0 }, ..self }
    }
}

impl Log {
    /// Replaces what changed among the newest entries. Nothing when the answer does not tell where that ends.
    pub(super) fn mend_head(&mut self, page: &[Entry], ends: Ends) -> Option<Accepted> {
        let (changed, offset) = self.unchanged_tail(page, ends)?;
        let told: Vec<Entry> = page.get(..changed)?.to_vec();
        let dropped: Vec<Entry> = self.runs.first()?.iter().take(offset).cloned().collect();
        self.tally(&dropped, -1);
        self.runs.first_mut()?.drop_newest(offset);
        // Names of entries are for good: the new ones are of a run of their own.
        self.push_run(0, 0, told);
        self.join_next(0);
        let by = i64::try_from(changed).ok()? - i64::try_from(offset).ok()?;
        self.move_below_head(by);
        self.held = None;
        self.restart_seek();
        // What took the place of a changed entry has not arrived.
        Some(Accepted { arrived: changed.saturating_sub(offset), reread: true, ..Accepted::default() })
    }

    /// How many entries of the head of a log that is read again stand above the newest one that was loaded, or above
    /// what took its place: counted from the first entry that stands in both; where there is none, by time.
    pub(super) fn arrived_above(&self, page: &[Entry], ends: bool) -> usize {
        let Some(run) = self.runs.first() else { return 0 };
        let known = || run.iter().take(page.len());
        let kept = page.iter().enumerate().find_map(|(at, told)| {
            let was = known().position(|known| known.is_same(told))?;
            Some(at.saturating_sub(was))
        });
        let by_time = || {
            let newest = known().find_map(Entry::stamp)?;
            Some(page.iter().filter(|told| told.stamp().is_some_and(|told| told > newest)).count())
        };
        // Without any time, two lengths of the whole log tell how it grew.
        let by_length =
            || if ends { page.len().saturating_sub(self.total().unwrap_or(page.len())) } else { 0 };
        kept.or_else(by_time).unwrap_or_else(by_length)
    }

    /// Drops so many of the newest entries: they are gone. Where none of the first run is left, the head takes its place.
    pub(super) fn drop_head(&mut self, count: usize, page: &[Entry], ends: Ends) -> Accepted {
        let Some(run) = self.runs.first_mut() else { return Accepted::default() };
        let gone: Vec<Entry> = run.iter().take(count).cloned().collect();
        run.drop_newest(count);
        self.tally(&gone, -1);
        if let Some(run) = self.runs.first_mut() {
            run.place = 0;
        }
        self.move_below_head(-i64::try_from(count).unwrap_or(0));
        if self.remove_empty(0) {
            self.merge(Answer { place: 0, is_older: false, page: page.to_vec(), ends, expected: None });
        }
        self.held = None;
        self.restart_seek();
        Accepted { reread: true, ..Accepted::default() }
    }

    /// How many entries of the answer stand above those at its end that the first run holds unchanged, and how many
    /// of the run's.
    fn unchanged_tail(&self, page: &[Entry], ends: Ends) -> Option<(usize, usize)> {
        let run = self.runs.first().filter(|run| run.place == 0)?;
        let ends = Ends { top: false, ..self.ends_at(0, ends) };
        (1..page.len()).find_map(|changed| {
            let tail = page.get(changed..).filter(|tail| tail.len() >= FEWEST_KEPT)?;
            let Relation::Fits(offset) = align::relate(run, tail, ends, None) else { return None };
            let offset = usize::try_from(offset).ok()?;
            (offset + tail.len() <= run.len()).then_some((changed, offset))
        })
    }
}
