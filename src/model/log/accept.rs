//! Taking answers into the log: laid against what is loaded, joined, or doubted.

use super::{Accepted, Log, Purpose, RunId, align};
use crate::model::{
    entry::Entry,
    failure::{Failure, FailureKind},
    query::Window,
};

/// How many answers in a row may bring nothing new before the log stops asking.
const MOST_STALLS: u8 = 2;

impl Log {
    /// Takes an answer: `page` holds the entries from `window.skip` on, newest first. A page shorter than asked
    /// for is the end of the log. Answers to windows that were not asked change nothing.
    pub fn accept(&mut self, window: Window, page: Vec<Entry>) -> Accepted {
        let Some(pending) = self.take_pending(window) else {
            return Accepted::default();
        };
        let short = page.len() < usize::from(window.take);
        match pending.purpose {
            Purpose::Head => self.accept_head(page, short),
            Purpose::Below(run, start) => self.accept_below(run, start, page, short),
        }
    }

    fn accept_head(&mut self, page: Vec<Entry>, short: bool) -> Accepted {
        let Some(run) = self.runs.first() else {
            self.push_run(0, 0, page);
            self.end = short;
            return Accepted::default();
        };
        let fit = align::above(run, &page);
        let held = run.len();
        match fit {
            Some(fit) => {
                let arrived = fit.offset.unsigned_abs();
                if short && page.len() < arrived + held {
                    return self.start_over(page, short);
                }
                let moved = (arrived as u64).saturating_sub(run.place);
                self.shift_places(moved, 1);
                let mut page = page;
                let older = page.split_off(page.len().min(arrived + held));
                self.grow_top(page, arrived);
                let vanished = self.grow_bottom(0, older, short);
                Accepted { arrived, reread: vanished }
            }
            None if short || self.loaded() == 0 => self.start_over(page, short),
            None => {
                // More arrived than one answer holds, or the newest entries were edited: a run of its own, until
                // reading on from the head meets what is loaded.
                let arrived = page.len();
                let moved = (arrived as u64).saturating_sub(run.place);
                self.shift_places(moved, 0);
                self.runs.iter_mut().for_each(|run| run.is_placed = false);
                self.push_run(0, 0, page);
                Accepted { arrived, reread: false }
            }
        }
    }

    /// Adds entries below a run: joins it with the next older one if they reach it. Below a short answer there is
    /// nothing: whatever was loaded there has vanished, and then this is true.
    fn grow_bottom(&mut self, index: usize, new: Vec<Entry>, short: bool) -> bool {
        if self.join_older(index, &new) {
            return false;
        }
        let vanished = short && index + 1 < self.runs.len();
        self.tally(&new, 1);
        if let Some(run) = self.runs.get_mut(index) {
            run.append(new);
        }
        if vanished {
            self.drop_older_than(index);
        }
        self.end |= short;
        vanished
    }

    fn accept_below(&mut self, id: RunId, start: i64, page: Vec<Entry>, short: bool) -> Accepted {
        let id = self.resolve_run(id);
        let Some(index) = self.index_of(id) else {
            return Accepted::default();
        };
        let Some(run) = self.runs.get(index) else {
            return Accepted::default();
        };
        let expected = usize::try_from(start - run.serials().start).unwrap_or(0);
        let Some(fit) = align::below(run, &page, expected) else {
            return self.doubt();
        };
        let at = usize::try_from(fit.offset).unwrap_or(0);
        let known = run.len() - at;
        self.shift_places(expected.saturating_sub(at) as u64, 0);
        if page.len() <= known && !short {
            return self.stall();
        }
        self.stalls = 0;
        let reread = self.grow_bottom(index, page.into_iter().skip(known).collect(), short);
        Accepted { arrived: 0, reread }
    }

    /// When the new entries below a run reach the next older run, both become one; what the older run held of
    /// the answer's entries is dropped, because the answer is younger.
    fn join_older(&mut self, index: usize, new: &[Entry]) -> bool {
        let Some(older) = self.runs.get(index + 1) else {
            return false;
        };
        let meeting = new.iter().enumerate().find_map(|(at, entry)| {
            let in_older = older.iter().position(|known| known.is_same(entry))?;
            let rest = new.iter().skip(at);
            rest.zip(older.iter().skip(in_older)).all(|(a, b)| a.is_same(b)).then_some((at, in_older))
        });
        let Some((at, in_older)) = meeting else {
            return false;
        };
        let mut older = self.runs.remove(index + 1);
        let dropped: Vec<Entry> = older.iter().take(in_older).cloned().collect();
        self.tally(&dropped, -1);
        older.drop_newest(in_older);
        let bridge: Vec<Entry> = new.iter().take(at).cloned().collect();
        self.tally(&bridge, 1);
        let older_id = older.id();
        let Some(run) = self.runs.get_mut(index) else {
            return false;
        };
        run.append(bridge);
        let shift = run.join(older);
        let id = run.id();
        self.joined.insert(older_id, (id, shift));
        // Places below are measured anew: the joined run knows them from its head.
        true
    }

    /// An answer fitted nowhere: the head tells whether the log moved; after that it is asked once more.
    fn doubt(&mut self) -> Accepted {
        if self.stalls < MOST_STALLS {
            self.stalls += 1;
            self.check_head = true;
            return Accepted::default();
        }
        if self.reread {
            self.failure = Some(Failure::new(
                FailureKind::Trouble,
                "The log changes while it is read, so its pages do not fit together. r reads it again.",
            ));
            return Accepted::default();
        }
        let keep_nothing = Vec::new();
        self.start_over(keep_nothing, false)
    }

    /// An answer held only what was known: the head tells whether that many arrived; twice in a row, the server
    /// does not do what it is asked.
    fn stall(&mut self) -> Accepted {
        self.stalls += 1;
        self.check_head = true;
        if self.stalls > MOST_STALLS {
            self.failure = Some(Failure::new(
                FailureKind::Trouble,
                "The server gives the same page for different places, so older entries cannot be read. r tries again.",
            ));
        }
        Accepted::default()
    }

    /// Entries vanished or changed: what was loaded is dropped and the log is read again, once.
    fn start_over(&mut self, page: Vec<Entry>, short: bool) -> Accepted {
        self.runs.clear();
        self.counts.clear();
        self.pending.clear();
        self.stalls = 0;
        self.reread = true;
        self.end = short;
        if !page.is_empty() || short {
            self.push_run(0, 0, page);
        }
        Accepted { arrived: 0, reread: true }
    }

    fn drop_older_than(&mut self, index: usize) {
        let gone: Vec<Entry> =
            self.runs.drain(index + 1..).flat_map(|run| run.iter().cloned().collect::<Vec<_>>()).collect();
        self.tally(&gone, -1);
    }

    fn grow_top(&mut self, page: Vec<Entry>, arrived: usize) {
        let new: Vec<Entry> = page.into_iter().take(arrived).collect();
        self.tally(&new, 1);
        if let Some(run) = self.runs.first_mut() {
            run.place = 0;
            run.prepend(new);
        }
    }
}
