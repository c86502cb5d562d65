//! The folds among the entries that are shown of a run: found once, when entries come, never for a frame.
//!
//! Places are numbers that stay when entries come above: a million entries are not numbered anew for one that arrives.

use std::{
    collections::{HashSet, VecDeque},
    ops::Range,
    sync::Arc,
};

use foldhash::fast::RandomState;

use super::folding::Folder;
use crate::model::text::Untrusted;

/// Neighbours on one line: two at least.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Fold {
    start: i64,
    length: u32,
    /// How many different actors they have.
    pub(super) people: u32,
}

/// All folds of a run. Those that are open are kept apart: whoever walks over lines has to know the closed ones alone.
#[derive(Debug, Default)]
pub(super) struct Folds {
    /// The place of the first entry that is shown.
    origin: i64,
    closed: VecDeque<Fold>,
    open: Vec<Fold>,
    /// How many entries have no line of their own.
    within: usize,
    /// The actors of the oldest fold, which grows with every page.
    crowd: HashSet<Untrusted, RandomState>,
}

impl Fold {
    fn end(&self) -> i64 {
        self.start + i64::from(self.length)
    }

    fn holds(&self, place: i64) -> bool {
        self.start <= place && place < self.end()
    }
}

impl Folds {
    /// How many entries have no line of their own.
    pub(super) fn within(&self) -> usize {
        self.within
    }

    /// Whether any fold is closed.
    pub(super) fn has_closed(&self) -> bool {
        !self.closed.is_empty()
    }

    /// The closed fold that the entry of this number is in.
    pub(super) fn closed(&self, at: usize) -> Option<Range<usize>> {
        if self.closed.is_empty() {
            return None;
        }
        self.fold_of(&Found::in_closed(self, self.place(at))?)
    }

    /// The fold that the entry of this number is in, open or not.
    pub(super) fn any(&self, at: usize) -> Option<(Fold, Range<usize>, bool)> {
        let place = self.place(at);
        let found = Found::in_closed(self, place).or_else(|| Found::in_open(self, place))?;
        let fold = self.get(&found)?;
        Some((fold, self.fold_of(&found)?, matches!(found, Found::Open(_))))
    }

    fn get(&self, found: &Found) -> Option<Fold> {
        match found {
            Found::Closed(at) => self.closed.get(*at).copied(),
            Found::Open(at) => self.open.get(*at).copied(),
        }
    }

    fn fold_of(&self, found: &Found) -> Option<Range<usize>> {
        let fold = self.get(found)?;
        let at = |place: i64| usize::try_from(place - self.origin).unwrap_or(0);
        Some(at(fold.start)..at(fold.end()))
    }

    fn place(&self, at: usize) -> i64 {
        self.origin.saturating_add_unsigned(at as u64)
    }

    /// Opens the fold that the entry of this number is in, or closes it.
    pub(super) fn set_open(&mut self, at: usize, open: bool) {
        let place = self.place(at);
        if open && let Some(Found::Closed(found)) = Found::in_closed(self, place) {
            let fold = self.closed.remove(found);
            self.within -= fold.map_or(0, |fold| fold.length as usize - 1);
            self.open.extend(fold);
        } else if !open && let Some(Found::Open(found)) = Found::in_open(self, place) {
            let fold = self.open.swap_remove(found);
            let above = self.closed.partition_point(|other| other.start < fold.start);
            self.within += fold.length as usize - 1;
            self.closed.insert(above, fold);
        }
    }

    /// The entry of this number is shown below all others; `above` is the one above it, where that may share its line.
    pub(super) fn push(&mut self, folder: &mut Folder<'_>, at: usize, above: Option<i64>, serial: i64) {
        let Some(above) = above.filter(|above| folder.joins(*above, serial)) else { return };
        let place = self.place(at);
        let open = self.open.iter_mut().find(|fold| fold.end() == place);
        let is_open = open.is_some();
        let last = open.or_else(|| self.closed.back_mut().filter(|fold| fold.end() == place));
        let (newer, actor) = (folder.actor(above), folder.actor(serial));
        if let Some(fold) = last {
            let is_other = newer.zip(actor).is_none_or(|(newer, actor)| !Arc::ptr_eq(newer, actor));
            if is_other && let Some(actor) = actor.filter(|actor| !self.crowd.contains(&actor.id)) {
                self.crowd.insert(actor.id.clone());
                fold.people += 1;
            }
            fold.length += 1;
            self.within += usize::from(!is_open);
            return;
        }
        self.crowd.clear();
        self.crowd.extend(newer.into_iter().chain(actor).map(|actor| actor.id.clone()));
        let people = u32::try_from(self.crowd.len()).unwrap_or(u32::MAX);
        self.closed.push_back(Fold { start: place - 1, length: 2, people });
        self.within += 1;
    }

    /// So many entries are shown above all others from now on.
    pub(super) fn grow_above(&mut self, count: usize) {
        self.origin = self.origin.saturating_sub_unsigned(count as u64);
    }

    /// So many of the first entries are not there any more.
    pub(super) fn shrink_above(&mut self, count: usize) {
        self.origin = self.place(count);
        while let Some(gone) = self.closed.front().filter(|fold| fold.end() <= self.origin) {
            self.within -= gone.length as usize - 1;
            self.closed.pop_front();
        }
        self.open.retain(|fold| fold.end() > self.origin);
    }

    /// Folds a stretch anew, which begins and ends with a line. What is open there is closed.
    pub(super) fn fold_anew(&mut self, folder: &mut Folder<'_>, stretch: Range<usize>, serials: &[i64]) {
        let (start, end) = (self.place(stretch.start), self.place(stretch.end));
        let mut part = Self { origin: start, ..Self::default() };
        let mut above = None;
        for (at, serial) in serials.iter().enumerate() {
            part.push(folder, at, above, *serial);
            above = Some(*serial);
        }
        self.open.retain(|fold| fold.end() <= start || fold.start >= end);
        // A fold that lost its first entries may begin above the stretch.
        let from = self.closed.partition_point(|fold| fold.end() <= start);
        let to = self.closed.partition_point(|fold| fold.start < end);
        let is_oldest = to == self.closed.len() && self.open.iter().all(|fold| fold.start < end);
        if is_oldest && !part.closed.is_empty() {
            self.crowd = part.crowd;
        }
        let mut below = self.closed.split_off(to);
        for fold in self.closed.drain(from..) {
            self.within -= fold.length as usize - 1;
        }
        self.within += part.within;
        self.closed.append(&mut part.closed);
        self.closed.append(&mut below);
    }
}

/// Where a fold is kept.
enum Found {
    Closed(usize),
    Open(usize),
}

impl Found {
    fn in_closed(folds: &Folds, place: i64) -> Option<Self> {
        let at = folds.closed.partition_point(|fold| fold.start <= place).checked_sub(1)?;
        folds.closed.get(at).filter(|fold| fold.holds(place)).map(|_| Self::Closed(at))
    }

    fn in_open(folds: &Folds, place: i64) -> Option<Self> {
        folds.open.iter().position(|fold| fold.holds(place)).map(Self::Open)
    }
}
