//! Letting go of what has been used: for whoever reads a log once from its newest entry on.

use super::{Log, Run};

impl Log {
    /// Forgets the entries of the last run but the oldest ones, so many, and all runs above it. Reading on below needs
    /// those that are left to lay the next answer against.
    pub fn forget_above(&mut self, keep: usize) {
        let Some(last) = self.runs.len().checked_sub(1) else { return };
        let above: Vec<_> = self.runs.drain(..last).collect();
        let mut gone: Vec<_> = above.iter().flat_map(Run::iter).cloned().collect();
        if let Some(run) = self.runs.first_mut() {
            let count = run.len().saturating_sub(keep);
            gone.extend(run.iter().take(count).cloned());
            run.drop_newest(count);
        }
        self.tally(&gone, -1);
    }
}
