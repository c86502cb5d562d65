//! What is shown of one run, and how that changes when entries come.

use std::{collections::VecDeque, ops::Range};

use super::super::{folding::Folder, folds::Folds};
use crate::model::{
    log::{Run, RunId},
    narrowing::Passes,
    text::Untrusted,
};

/// What is shown of one run.
#[derive(Debug)]
pub(super) struct Section {
    pub(super) run: RunId,
    pub(super) shown: VecDeque<i64>,
    seen: Range<i64>,
    pub(super) folds: Folds,
}

impl Section {
    pub(super) fn new(run: RunId, start: i64) -> Self {
        Self { run, shown: VecDeque::new(), seen: start..start, folds: Folds::default() }
    }

    /// The number of the oldest entry, be it hidden.
    pub(super) fn last_seen(&self) -> Option<i64> {
        self.seen.clone().next_back()
    }

    pub(super) fn update(&mut self, passes: &mut dyn Passes, folder: &mut Folder<'_>) {
        let run = folder.run();
        let serials = run.serials();
        if serials == self.seen {
            return;
        }
        // Each type is asked about once, and where types decide alone the entries themselves are not touched: there
        // may be a million.
        let kinds: Vec<Kind> = run.kinds().iter().map(|name| Kind::of(name, passes, folder)).collect();
        let above = passing((run, &kinds), passes, serials.start..self.seen.start);
        let above: Vec<i64> = above.map(|(serial, _)| serial).collect();
        let first_line = self.line_end(0);
        above.iter().rev().for_each(|serial| self.shown.push_front(*serial));
        self.folds.grow_above(above.len());
        let mut last = self.shown.back().copied();
        for (serial, kind) in passing((run, &kinds), passes, self.seen.end..serials.end) {
            if kind == Kind::Folds {
                self.folds.push(folder, self.shown.len(), last, serial);
            }
            self.shown.push_back(serial);
            last = Some(serial);
        }
        let gone = self.shown.partition_point(|serial| *serial < serials.start);
        self.shown.drain(..gone);
        self.folds.shrink_above(gone);
        if !above.is_empty() || gone > 0 {
            self.fold_anew(0..(above.len() + first_line).saturating_sub(gone), folder);
        }
        self.seen = serials;
    }

    /// Folds the line of this entry and the one above it anew.
    pub(super) fn fold_around(&mut self, at: usize, folder: &mut Folder<'_>) {
        let above = at.saturating_sub(1);
        let start = self.folds.any(above).map_or(above, |(_, fold, _)| fold.start);
        self.fold_anew(start..self.line_end(at), folder);
    }

    /// The end of the line, or of the open fold, of this entry.
    fn line_end(&self, at: usize) -> usize {
        self.folds.any(at).map_or(at + 1, |(_, fold, _)| fold.end).min(self.shown.len())
    }

    fn fold_anew(&mut self, stretch: Range<usize>, folder: &mut Folder<'_>) {
        let end = self.line_end(stretch.end.saturating_sub(1));
        let serials: Vec<i64> = self.shown.range(stretch.start.min(end)..end).copied().collect();
        self.folds.fold_anew(folder, stretch.start.min(end)..end, &serials);
    }
}

/// The entries of a stretch of a run that are shown, with what becomes of their types.
fn passing<'a>(
    (run, kinds): (&'a Run, &'a [Kind]),
    passes: &'a mut dyn Passes,
    serials: Range<i64>,
) -> impl Iterator<Item = (i64, Kind)> {
    let by_type = !passes.asks_entries();
    let kind = |kind: u32| usize::try_from(kind).ok().and_then(|kind| kinds.get(kind)).copied();
    let of_type = run.kinds_of(serials).filter_map(move |(serial, number)| {
        kind(number).filter(|kind| *kind != Kind::Hidden).map(|kind| (serial, kind))
    });
    let mut is_let_in = move |serial| run.by_serial(serial).is_some_and(|entry| passes.entry(entry));
    of_type.filter(move |(serial, _)| by_type || is_let_in(*serial))
}

/// What becomes of the entries of a type.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Hidden,
    Shown,
    /// Neighbours may share a line.
    Folds,
}

impl Kind {
    fn of(name: &Untrusted, passes: &mut dyn Passes, folder: &Folder<'_>) -> Self {
        match (passes.kind(name), folder.folds(name)) {
            (false, _) => Self::Hidden,
            (true, false) => Self::Shown,
            (true, true) => Self::Folds,
        }
    }
}
