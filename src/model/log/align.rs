//! Finding an answer's place among loaded entries by what it holds, not by the numbers it was asked with.
//!
//! The log moves: every arrival pushes all entries one place further, so the window `skip = 48` holds other
//! entries a moment later. An answer is therefore laid against a run until all entries that both hold agree.

use crate::model::{entry::Entry, log::run::Run};

/// How many entries of its own end a run asks for again, so that the answer can be laid against it.
const OVERLAP: usize = 2;

/// The most entries asked for again: half a page must stay for new ones.
const LONGEST_OVERLAP: usize = 25;

/// How many of a run's oldest entries the next request must repeat: two, or as many as are needed to hold an
/// entry that differs from its neighbour. Truly equal neighbours would fit in more than one place.
pub(super) fn overlap(run: &Run) -> usize {
    let Some(oldest) = run.oldest() else { return 0 };
    let equals = run.iter().rev().take(LONGEST_OVERLAP).take_while(|entry| entry.is_same(oldest)).count();
    (equals + 1).clamp(OVERLAP, LONGEST_OVERLAP).min(run.len())
}

/// How the answer lies against the run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Fit {
    /// The run's index at which the answer's first entry belongs; negative when the answer starts above the run.
    pub offset: isize,
}

/// Lays an answer that begins inside the run against it, best guess first: `expected` is the index where the
/// answer starts if nothing moved. Arrivals move the answer up, removals move it down.
pub(super) fn below(run: &Run, page: &[Entry], expected: usize) -> Option<Fit> {
    let up = (0..=expected.min(run.len())).rev();
    let down = expected + 1..run.len();
    up.chain(down).find_map(|at| agree(run, page, at.try_into().ok()?))
}

/// Lays an answer that begins at or above the run's newest entry against it: the fewest arrivals that fit.
pub(super) fn above(run: &Run, page: &[Entry]) -> Option<Fit> {
    (0..page.len()).find_map(|arrivals| agree(run, page, -isize::try_from(arrivals).ok()?))
}

/// Whether all entries that both hold are the same when the answer starts at this index of the run, and there
/// is at least one of them.
fn agree(run: &Run, page: &[Entry], offset: isize) -> Option<Fit> {
    let in_run = usize::try_from(offset).unwrap_or(0);
    let in_page = usize::try_from(-offset).unwrap_or(0);
    let both = run.len().checked_sub(in_run)?.min(page.len().checked_sub(in_page)?);
    let same = (0..both).all(|i| match (run.get(in_run + i), page.get(in_page + i)) {
        (Some(known), Some(told)) => known.is_same(told),
        _ => false,
    });
    (both > 0 && same).then_some(Fit { offset })
}
