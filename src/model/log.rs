//! The log of one query: what is loaded of it, what is missing, and what to ask for next.
//!
//! The API gives `skip` and `take` and nothing else: no total, no ids, and the list moves while we read. So the
//! log holds [`Run`]s, stretches of neighbouring entries; a place is only a hint; an answer is laid against
//! what is loaded by what it holds (`align`). Runs join only through one answer that holds entries of both.
//!
//! Used by the reader; [`super::timeline::Timeline`] shows it. Never asks by itself: [`Log::ask_head`],
//! [`Log::ask_older`], [`Log::ask_newer`] and [`Log::ask_seek`] tell the windows, [`Log::accept`] and [`Log::fail`]
//! take what came of them.

mod accept;
mod align;
mod all;
mod ask;
mod behind;
mod beside;
mod chunks;
mod doubt;
mod equals;
mod forget;
mod mend;
mod merge;
mod names;
mod narrow;
mod pending;
mod places;
mod progress;
mod raw;
mod run;
mod seek;
mod whole;

use std::collections::{HashMap, VecDeque};

use super::{
    entry::Entry,
    failure::Failure,
    query::{Generation, Query},
    text::Untrusted,
};
pub use ask::MAX_REQUESTS;
use doubt::{Check, Held};
use equals::Equals;
use pending::{Pending, Purpose};
use progress::Progress;
pub use run::{EntryId, Run, RunId};
use seek::Seek;
pub use seek::{Disorder, Landing, Target};

/// What an answer changed, for whoever shows the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[expect(clippy::struct_excessive_bools, reason = "facts about an answer that do not exclude each other")]
pub struct Accepted {
    /// Entries now loaded above what was the newest loaded one.
    pub arrived: usize,
    /// The log was found changed, not only longer: it is read again from the head.
    pub reread: bool,
    /// Equal entries were loaded of which nobody knows any more how many there are: they are read again.
    pub is_recounted: bool,
    /// More stands behind what was believed to be the end.
    pub is_mended: bool,
    /// It was asked for to show more.
    pub paged: bool,
    /// The jump under way has ended.
    pub landed: Option<Landing>,
}

/// The log of one query. See the module.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "facts about the log that do not exclude each other")]
pub struct Log {
    query: Query,
    generation: Generation,
    /// The generation of its requests: another one once some were given up.
    asks_as: Generation,
    runs: Vec<Run>,
    next_run: u32,
    joined: HashMap<RunId, (RunId, i64)>,
    counts: HashMap<Untrusted, usize>,
    end: bool,
    /// The place behind the end is to be looked at.
    looks_behind: bool,
    /// It was, or two answers have shown the end.
    has_looked_behind: bool,
    /// That told nothing, when the log had moved so often.
    looked_in_vain: Option<u64>,
    /// The last answer below brought nothing but an end, and was asked for once more.
    has_doubted_end: bool,
    pending: Vec<Pending>,
    /// How many requests may be under way at once.
    room: usize,
    /// How many requests there have been in all.
    asked: u64,
    failure: Option<Failure>,
    /// Answers in a row that brought nothing although the log stood still.
    stalls: u8,
    /// Answers in a row that could not be placed because the log moved.
    disturbances: u8,
    progress: Progress,
    /// What is to be asked before anything else.
    check: Check,
    reread: bool,
    /// It is read again from the head once somebody asks again for what failed.
    rereads_when_retried: bool,
    /// The next head takes the place of all that is loaded.
    restart: bool,
    /// Whether the first run begins with the newest entry, as far as is known.
    head_known: bool,
    /// A run without a place is reached by reading, because probes did not find it.
    sequential: bool,
    /// The most entries that the server gives, where that is less than is asked for.
    cap: Option<u16>,
    doubted_cap: Option<u16>,
    /// The length of the longest answer.
    longest: usize,
    /// How often the log was seen to have moved.
    moves: u64,
    /// The newest entries were missing from the head when the log had moved so often: that is asked for once more.
    doubts_head: Option<u64>,
    held: Option<Held>,
    equals: Equals,
    /// The farthest window asked for ahead since the last one that extended a run.
    asked_ahead: Option<u64>,
    seek: Option<Seek>,
    /// The entries whose JSON is kept, the ones to forget first in front.
    raws: VecDeque<EntryId>,
    /// For how many entries it is kept.
    raws_kept: usize,
    /// The entry whose JSON was asked for when there was no room.
    raw_owed: Option<EntryId>,
}

impl Log {
    /// A log of which nothing is known.
    #[must_use]
    pub fn new(query: Query, generation: Generation) -> Self {
        Self {
            query,
            generation,
            asks_as: generation,
            runs: Vec::new(),
            next_run: 0,
            joined: HashMap::new(),
            counts: HashMap::new(),
            end: false,
            looks_behind: false,
            has_looked_behind: false,
            looked_in_vain: None,
            has_doubted_end: false,
            pending: Vec::new(),
            room: MAX_REQUESTS,
            asked: 0,
            failure: None,
            stalls: 0,
            disturbances: 0,
            progress: Progress::default(),
            check: Check::Nothing,
            reread: false,
            rereads_when_retried: false,
            restart: false,
            head_known: false,
            sequential: false,
            cap: None,
            doubted_cap: None,
            longest: 0,
            moves: 0,
            doubts_head: None,
            held: None,
            equals: Equals::default(),
            asked_ahead: None,
            seek: None,
            raws: VecDeque::new(),
            raws_kept: raw::KEPT,
            raw_owed: None,
        }
    }

    /// What is asked of the server.
    #[must_use]
    pub fn query(&self) -> &Query {
        &self.query
    }

    /// Its name for good: no other log has it.
    #[must_use]
    pub fn generation(&self) -> Generation {
        self.generation
    }

    /// The generation of its requests; answers of others are not for this log, or not waited for any more.
    #[must_use]
    pub fn asks_as(&self) -> Generation {
        self.asks_as
    }

    /// The runs, newest first.
    #[must_use]
    pub fn runs(&self) -> &[Run] {
        &self.runs
    }

    /// Whether the server has answered at all.
    #[must_use]
    pub fn is_answered(&self) -> bool {
        !self.runs.is_empty()
    }

    /// Whether the start of the ticket is loaded below the last run.
    #[must_use]
    pub fn reaches_start(&self) -> bool {
        self.end
    }

    /// Whether the first run began with the newest entry when that was asked for last.
    #[must_use]
    pub fn knows_head(&self) -> bool {
        self.head_known
    }

    /// How many entries are loaded.
    #[must_use]
    pub fn loaded(&self) -> usize {
        self.runs.iter().map(Run::len).sum()
    }

    /// Whether neighbours stand in another order than their times. Nothing promises an order; the server's is kept.
    #[must_use]
    pub fn is_out_of_order(&self) -> bool {
        self.runs.iter().any(Run::is_out_of_order)
    }

    /// The number of entries in all; known only when all are loaded.
    #[must_use]
    pub fn total(&self) -> Option<usize> {
        let whole = self.end && self.runs.len() <= 1 && self.unloaded_above() == 0;
        whole.then(|| self.loaded())
    }

    /// How many loaded entries have this action type.
    #[must_use]
    pub fn count(&self, action_type: &Untrusted) -> usize {
        self.counts.get(action_type).copied().unwrap_or(0)
    }

    /// All action types seen.
    pub fn seen_types(&self) -> impl Iterator<Item = &Untrusted> {
        self.counts.keys()
    }

    /// Entries known to stand above the newest loaded one: the head moved by as many places.
    #[must_use]
    pub fn unloaded_above(&self) -> u64 {
        self.runs.first().map_or(0, |run| run.place)
    }

    /// The number of entries between a run and the next older one, as far as places tell. `None` below the last, and where
    /// nobody knows the place of either.
    #[must_use]
    pub fn hole_below(&self, id: RunId) -> Option<u64> {
        let index = self.index_of(id)?;
        let run = self.runs.get(index).filter(|run| run.is_placed())?;
        let older = self.runs.get(index + 1).filter(|older| older.is_placed())?;
        Some(older.place.saturating_sub(run.end()))
    }

    fn push_run(&mut self, index: usize, place: u64, entries: Vec<Entry>) {
        self.tally(&entries, 1);
        let id = RunId(self.next_run);
        self.next_run += 1;
        let index = index.min(self.runs.len());
        self.runs.insert(index, Run::new(id, place, Vec::new()));
        self.note_raw(index, &entries, false);
        if let Some(run) = self.runs.get_mut(index) {
            run.append(entries);
        }
    }

    fn tally(&mut self, entries: &[Entry], by: isize) {
        for entry in entries {
            match self.counts.get_mut(&entry.action_type) {
                Some(count) => *count = count.saturating_add_signed(by),
                None => drop(self.counts.insert(entry.action_type.clone(), 0.max(by).unsigned_abs())),
            }
        }
    }
}
