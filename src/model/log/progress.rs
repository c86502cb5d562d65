//! Whether reading leads anywhere: no server whatever makes the program ask for ever.
//!
//! Answers that cannot be placed, a log that changes and one that is found shorter are each asked about again, and each
//! has its own bound. What they lead to together is bounded here: until nothing is left to be asked, what is loaded may
//! be dropped a few times and answers may bring nothing a few times, unless more is loaded in the end than ever before.
//! Where all that answers hold is one entry, more of it is no progress for ever: a long group of equal entries looks like
//! a server that gives the same for every place. One that does so with a page that ends as it begins fits wherever it is
//! laid, so the same page is not taken in again and again either.

use super::{
    Log, Purpose,
    doubt::{Check, SAME_PAGE},
};
use crate::model::{
    entry::Entry,
    failure::{Failure, FailureKind},
};

/// How often what is loaded may become less.
const MOST_FALLS: u8 = 8;

/// How many answers in a row may bring nothing. Probes have a bound of their own.
const MOST_FRUITLESS: u8 = 32;

/// How many answers in a row may hold nothing but equal entries: as many as a jump may ask for.
const MOST_ALIKE: u8 = 200;

/// How often in a row the same page of several entries may be read on with. Entries that repeat themselves so long, times
/// and all, are no log.
const MOST_REPEATED: u8 = 8;

/// Whether an answer holds nothing but equal entries.
pub(super) fn is_alike(page: &[Entry]) -> bool {
    page.len() > 1 && page.windows(2).all(|pair| matches!(pair, [one, other] if one.is_same(other)))
}

/// What has come of reading since nothing was left to be asked.
#[derive(Debug, Default)]
pub(super) struct Progress {
    /// The most entries that ever were loaded.
    most: usize,
    falls: u8,
    fruitless: u8,
    alike: u8,
    /// The answer that was read on with last.
    last: Vec<Entry>,
    repeated: u8,
}

impl Log {
    /// An answer has come that is to be read on with: whether the last one was the same.
    pub(super) fn note_repeated(&mut self, page: &[Entry], purpose: Purpose) {
        if !matches!(purpose, Purpose::Below(..) | Purpose::Ahead) || is_alike(page) {
            return;
        }
        let progress = &mut self.progress;
        let is_same = page.len() > 1
            && page.len() == progress.last.len()
            && page.iter().zip(&progress.last).all(|(told, last)| told.is_same(last));
        if is_same {
            progress.repeated = progress.repeated.saturating_add(1);
        } else {
            (progress.repeated, progress.last) = (0, page.to_vec());
        }
        if progress.repeated > MOST_REPEATED && self.failure.is_none() {
            self.failure = Some(Failure::new(FailureKind::Trouble, SAME_PAGE));
        }
    }

    /// An answer was taken in when so many entries were loaded.
    pub(super) fn note_progress(&mut self, before: usize, purpose: Purpose, is_alike: bool) {
        let loaded = self.loaded();
        let progress = &mut self.progress;
        progress.alike = if is_alike { progress.alike.saturating_add(1) } else { 0 };
        if progress.alike > MOST_ALIKE && self.failure.is_none() {
            self.failure = Some(Failure::new(
                FailureKind::Trouble,
                "The server gives nothing but one and the same entry, again and again.",
            ));
        }
        if loaded > progress.most {
            (progress.most, progress.falls, progress.fruitless) = (loaded, 0, 0);
            return;
        }
        progress.falls = progress.falls.saturating_add((loaded < before).into());
        if loaded > before {
            progress.fruitless = 0;
        } else if !matches!(purpose, Purpose::Probe | Purpose::Behind | Purpose::Raw(_)) {
            progress.fruitless = progress.fruitless.saturating_add(1);
        }
        let is_in_vain = progress.falls > MOST_FALLS || progress.fruitless > MOST_FRUITLESS;
        if is_in_vain && self.failure.is_none() {
            self.failure = Some(Failure::new(
                FailureKind::Trouble,
                "Reading begins anew again and again, because the server's answers do not fit together.",
            ));
        }
    }

    /// Nothing was asked although it could have been: what is asked for next is another matter.
    pub fn note_rest(&mut self) {
        if self.pending.is_empty() && self.check == Check::Nothing && self.failure.is_none() {
            self.count_progress_anew();
        }
    }

    /// The bounds hold from now on, for what is loaded now.
    pub(super) fn count_progress_anew(&mut self) {
        self.progress = Progress { most: self.loaded(), ..Progress::default() };
    }
}
