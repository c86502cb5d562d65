//! Finding an answer's place among loaded entries by what it holds, not by the numbers it was asked with.
//!
//! The log moves: every arrival pushes all entries one place further, so the window `skip = 48` holds other
//! entries a moment later. An answer is therefore laid against a run until all entries that both hold agree.
//! Equal neighbours fit in more than one place; what fits there alone is [`Relation::Unsure`] and joins nothing.

use std::ops::Range;

use crate::model::{entry::Entry, log::run::Run};

/// How many entries of its own end a run asks for again, so that the answer can be laid against it.
const OVERLAP: usize = 2;

/// How far from its end a run is searched for an entry that no other one there equals.
const NEIGHBOURHOOD: usize = 60;

/// Runs up to this length are compared entry by entry; of longer ones only the part near in time.
const SHORT_RUN: usize = 5_000;

/// How many entries at the edge of a run the next request must repeat: two, or as many as are needed to hold an
/// entry that can be mistaken for no other one. `edge` begins at the run's end.
///
/// At least one place of an answer, which holds `most` entries, stays for a new one. Among as many equal neighbours no
/// overlap helps, so it is two again: the place alone decides there, and the log says that it did.
pub(super) fn overlap<'a>(edge: impl Iterator<Item = &'a Entry>, most: u16) -> usize {
    let near: Vec<&Entry> = edge.take(NEIGHBOURHOOD).collect();
    let most = usize::from(most).saturating_sub(1).min(near.len());
    let is_single = |entry: &Entry| near.iter().filter(|other| other.is_same(entry)).count() == 1;
    let single = near.iter().position(|entry| is_single(entry)).map(|at| at + 1);
    single.filter(|needed| *needed <= most).unwrap_or(OVERLAP).max(OVERLAP).min(most)
}

/// Which ends of an answer are ends of the log: nothing stands beyond them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Ends {
    /// It was asked for from the newest entry on.
    pub top: bool,
    /// It is shorter than asked for.
    pub bottom: bool,
    /// The run that it is laid against reaches the oldest entry, too.
    pub run_bottom: bool,
}

/// How an answer lies against a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Relation {
    /// They share no entry.
    Apart,
    /// The run's index at which the answer's first entry belongs; negative when the answer starts above the run.
    Fits(isize),
    /// It fits so, and perhaps otherwise: all that both hold are equal neighbours.
    Unsure(isize),
    /// They share entries and contradict each other: the log lost or changed some.
    Torn,
}

/// Lays an answer against a run. `expected` is where it lies if nothing moved: it is preferred where the answer fits
/// in more than one place.
pub(super) fn relate(run: &Run, page: &[Entry], ends: Ends, expected: Option<isize>) -> Relation {
    let Some(first) = page.first() else {
        return Relation::Apart;
    };
    let near = near(run, page);
    let inside = near.clone().filter(|at| run.get(*at).is_some_and(|known| known.is_same(first)));
    let above = (1..page.len()).map(|above| -above.cast_signed());
    let agrees = |offset: &isize| reaches(run, page, ends, *offset) && agrees(run, page, *offset);
    let mut fitting = inside.map(usize::cast_signed).chain(above).filter(agrees);
    let expected = expected.filter(agrees);
    let found = fitting.next();
    if let Some(offset) = expected.or(found) {
        let is_only = found.is_none_or(|found| found == offset) && fitting.next().is_none();
        let at_bottom = ends.bottom && ends.run_bottom;
        return if is_only && (at_bottom || is_certain(page, shared(run, page, offset), ends)) {
            Relation::Fits(offset)
        } else {
            Relation::Unsure(offset)
        };
    }
    let mut known = near.filter_map(|at| run.get(at));
    let torn = known.any(|known| page.iter().any(|told| told.is_same(known)));
    if torn { Relation::Torn } else { Relation::Apart }
}

/// The part of a run that can hold entries of the answer.
fn near(run: &Run, page: &[Entry]) -> Range<usize> {
    let ends = (page.first().and_then(Entry::stamp), page.last().and_then(Entry::stamp));
    let (Some(newest), Some(oldest)) = ends else {
        return 0..run.len();
    };
    if run.len() <= SHORT_RUN {
        return 0..run.len();
    }
    let start = run.partition_point(|entry| entry.stamp().is_none_or(|stamp| stamp > newest));
    let end = run.partition_point(|entry| entry.stamp().is_none_or(|stamp| stamp >= oldest));
    start..end.max(start)
}

/// The part of the answer that the run holds too, when it starts at this index of the run.
fn shared(run: &Run, page: &[Entry], offset: isize) -> Range<usize> {
    let in_run = usize::try_from(offset).unwrap_or(0);
    let in_page = usize::try_from(-offset).unwrap_or(0);
    let both = run.len().saturating_sub(in_run).min(page.len().saturating_sub(in_page));
    in_page..in_page + both
}

/// Whether the oldest entry stands where both say: it is one entry, and nothing is below it.
fn reaches(run: &Run, page: &[Entry], ends: Ends, offset: isize) -> bool {
    let end = offset + page.len().cast_signed();
    let known = run.len().cast_signed();
    !ends.bottom || end == known || (end > known && !ends.run_bottom)
}

/// Whether all entries that both hold are the same when the answer starts at this index of the run, and there is
/// at least one of them.
fn agrees(run: &Run, page: &[Entry], offset: isize) -> bool {
    let shared = shared(run, page, offset);
    let in_run = usize::try_from(offset).unwrap_or(0);
    let same = |(at, told): (usize, &Entry)| run.get(in_run + at).is_some_and(|known| known.is_same(told));
    !shared.is_empty() && page.get(shared).is_some_and(|told| told.iter().enumerate().all(same))
}

/// Whether the shared part can lie in one place only: it holds different entries, or all the equal neighbours that
/// there are.
fn is_certain(page: &[Entry], shared: Range<usize>, ends: Ends) -> bool {
    let Some(told) = page.get(shared.clone()) else {
        return false;
    };
    let Some(first) = told.first() else {
        return false;
    };
    let differs = |entry: &Entry| !entry.is_same(first);
    let above = page.iter().take(shared.start).any(differs);
    let below = page.iter().skip(shared.end).any(differs);
    told.iter().any(differs) || ((above || ends.top) && (below || ends.bottom))
}
