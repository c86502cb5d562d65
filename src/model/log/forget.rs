//! Letting go of what has been used, for whoever reads a log once from one of its ends on; and of a log that another
//! one took the place of.

use super::{Log, Run, doubt::Check};
use crate::model::query::Generation;

impl Log {
    /// Another log takes the place of this one: the next head replaces all that is loaded. Answers to what was asked
    /// before are not waited for; one may hold what was. Gives the generation of these requests.
    pub fn replaced(&mut self, asks_as: Generation) -> Generation {
        let asked_as = self.abandon(asks_as);
        self.retry();
        self.check = Check::Nothing;
        self.restart = true;
        asked_as
    }

    /// More stands below the end than there was.
    pub fn reopen(&mut self) {
        self.end = false;
    }

    /// Forgets every entry. Names of runs are not used again.
    pub fn forget_all(&mut self) {
        self.runs.clear();
        self.counts.clear();
        self.end = false;
        self.head_known = false;
        self.restart = false;
        self.count_progress_anew();
    }

    /// Forgets the entries of the lowest run that has a place but the oldest ones, so many, and all runs above it.
    /// Reading on below needs those that are left to lay the next answer against; where the last run has lost its
    /// place, those above lead to it.
    pub fn forget_above(&mut self, keep: usize) {
        let Some(lowest) = self.runs.iter().rposition(Run::is_placed) else { return };
        let above: Vec<_> = self.runs.drain(..lowest).collect();
        let mut gone: Vec<_> = above.iter().flat_map(Run::iter).cloned().collect();
        if let Some(run) = self.runs.first_mut() {
            let count = run.len().saturating_sub(keep);
            gone.extend(run.iter().take(count).cloned());
            run.forget_newest(count);
        }
        self.tally(&gone, -1);
        self.forget_raw();
        self.count_progress_anew();
    }

    /// Forgets the entries of the last run but the newest ones, so many. Reading on above needs those that are left to
    /// lay the next answer against. The start of the ticket is not loaded any more then.
    pub fn forget_below(&mut self, keep: usize) {
        let Some(run) = self.runs.last_mut().filter(|run| run.len() > keep) else { return };
        let gone: Vec<_> = run.iter().skip(keep).cloned().collect();
        run.forget_oldest(gone.len());
        self.end = false;
        self.tally(&gone, -1);
        self.forget_raw();
        self.count_progress_anew();
    }
}
