//! Questions about folds, and what opens, closes and divides them.

use std::ops::Range;

use chrono::{DateTime, Utc};

use super::{
    super::{Item, folding::Folder, folds::Fold},
    Index, Spot,
};
use crate::model::log::{EntryId, Log};

impl Index {
    /// Divides folds above this entry, and nowhere else on that account.
    pub(in super::super) fn set_cut(&mut self, log: &Log, cut: Option<EntryId>) {
        let before = std::mem::replace(&mut self.cut, cut);
        if before == cut || !self.folding.is_on() {
            return;
        }
        for place in before.into_iter().chain(cut) {
            let at = self.after(Item::Entry(place));
            let run = log.runs().iter().find(|run| run.id() == place.run);
            let section = at.and_then(|at| self.sections.get_mut(at.section));
            if let (Some(at), Some(run), Some(section)) = (at, run, section) {
                let cut = cut.filter(|cut| cut.run == run.id()).map(|cut| cut.serial);
                section.fold_around(at.at, &mut Folder::new(run, &self.folding, cut));
            }
        }
        self.reopen(log);
    }

    /// How many lines the entries that are shown take.
    pub(in super::super) fn lines(&self) -> usize {
        let within: usize = self.sections.iter().map(|section| section.folds.within()).sum();
        self.shown() - within
    }

    /// The fold that a spot is in: the first and the one after the last, and whether it is open.
    pub(in super::super) fn fold(&self, spot: Spot) -> Option<(Fold, Range<usize>, bool)> {
        self.sections.get(spot.section)?.folds.any(spot.at)
    }

    /// Whether the entry at a spot shares its line.
    pub(in super::super) fn is_folded(&self, spot: Spot) -> bool {
        self.sections.get(spot.section).is_some_and(|section| section.folds.closed(spot.at).is_some())
    }

    /// The entry of this number in the section of a spot.
    pub(in super::super) fn entry_of(&self, spot: Spot, at: usize) -> Option<EntryId> {
        let section = self.sections.get(spot.section)?;
        Some(EntryId { run: section.run, serial: *section.shown.get(at)? })
    }

    /// The last entry in the section of a spot.
    pub(in super::super) fn last_entry_of(&self, spot: Spot) -> Option<EntryId> {
        let section = self.sections.get(spot.section)?;
        Some(EntryId { run: section.run, serial: *section.shown.back()? })
    }

    /// Whether two instants are of one day, for those that fold.
    pub(in super::super) fn is_one_day(&self, one: DateTime<Utc>, other: DateTime<Utc>) -> bool {
        self.folding.is_one_day(one, other)
    }

    /// Opens the fold that an entry is in.
    pub(in super::super) fn open(&mut self, log: &Log, id: EntryId) {
        self.opened.push((log.generation(), id));
        self.reopen(log);
    }

    /// Closes the fold that a spot is in.
    pub(in super::super) fn close(&mut self, log: &Log, spot: Spot) {
        let Some((_, within, true)) = self.fold(spot) else { return };
        let mut opened = std::mem::take(&mut self.opened);
        opened.retain(|(of, id)| {
            let place = self.find(self.present(log, Item::Entry(*id)));
            *of != log.generation()
                || place.is_none_or(|at| at.section != spot.section || !within.contains(&at.at))
        });
        self.opened = opened;
        if let Some(section) = self.sections.get_mut(spot.section) {
            section.folds.set_open(spot.at, false);
        }
    }

    pub(super) fn reopen(&mut self, log: &Log) {
        let here = self.opened.iter().filter(|(of, _)| *of == log.generation());
        let spots: Vec<Spot> =
            here.filter_map(|(_, id)| self.find(self.present(log, Item::Entry(*id)))).collect();
        for spot in spots {
            if let Some(section) = self.sections.get_mut(spot.section) {
                section.folds.set_open(spot.at, true);
            }
        }
    }
}
