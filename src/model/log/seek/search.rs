//! The state of a jump: between which places the target lies, and which place to look at next. Pure arithmetic; it
//! knows nothing of what is loaded.

use super::Target;
use crate::model::{log::RunId, query::PAGE, stamp::Stamp};

/// A place, with the time of its entry where that was seen there by the jump itself or in the head. Without a time: a
/// hint, beyond the end, or unreadable.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mark {
    pub(super) place: u64,
    pub(super) time: Option<Stamp>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    Probe,
    /// Times out of order: did the log move? A head tells that was asked for from this number on.
    CheckHead {
        since: u64,
    },
    /// The last page may be cut short by the server: what follows below this run decides.
    Finish(RunId),
    Sequence,
    /// The log moves faster than places in it are found: given up.
    Outgrown,
}

/// A jump under way.
#[derive(Debug, Clone, Copy)]
pub(in crate::model::log) struct Seek {
    pub(super) target: Target,
    pub(super) mode: Mode,
    /// The last place known to be newer than the target.
    pub(super) newer: Option<Mark>,
    /// The first place known to be the target's or past it.
    pub(super) past: Option<Mark>,
    pub(super) stride: u64,
    /// How far the next probe is moved aside: the entry there had no readable time.
    pub(super) aside: u64,
    pub(super) asked: u32,
    pub(super) restarts: u8,
    /// How often the log had moved when the first of the places was seen.
    pub(super) moves: u64,
    /// The last page ended above an entry that was seen, and was asked for once more.
    pub(super) has_doubted_end: bool,
    /// Probes saw times out of order although the log stood still.
    pub(super) is_contradicted: bool,
    /// The run whose place is looked for, when nobody waits for a landing.
    pub(in crate::model::log) locates: Option<RunId>,
}

/// What a jump needs next.
pub(super) enum Step {
    Probe(u64),
    Page(u64),
    Head,
    Older(RunId),
    Nothing,
}

/// Farther places are never asked for.
pub(in crate::model::log) const FARTHEST: u64 = 2_147_483_647 - PAGE as u64;

/// How often a jump starts anew because the log moved; then it reads in sequence.
pub(super) const MOST_RESTARTS: u8 = 3;

/// How often a page that just missed the target is followed by the next one before places are doubled again.
const MOST_FOLLOWED: u8 = 4;

impl Seek {
    pub(super) fn new(target: Target) -> Self {
        let stride = PAGE.into();
        Self {
            target,
            mode: Mode::Probe,
            newer: None,
            past: None,
            stride,
            aside: 0,
            asked: 0,
            restarts: 0,
            moves: 0,
            has_doubted_end: false,
            is_contradicted: false,
            locates: None,
        }
    }

    pub(super) fn is_newer(&self, time: Stamp) -> bool {
        match self.target {
            Target::Oldest => true,
            Target::At(instant) => time.instant() > instant,
        }
    }

    /// The last place at which an entry was seen. A mark past the target without a time is beyond the end.
    pub(super) fn farthest_seen(&self) -> Option<u64> {
        let past = self.past.filter(|mark| mark.time.is_some());
        past.or(self.newer).map(|mark| mark.place)
    }

    /// Whether it is in question on which side of the target a place is.
    pub(super) fn is_open(&self, place: u64) -> bool {
        self.newer.is_none_or(|newer| place > newer.place) && self.past.is_none_or(|past| place < past.place)
    }

    /// Whether a time at a place contradicts what was seen before.
    pub(super) fn is_out_of_order(&self, time: Stamp) -> bool {
        let newer = self.newer.and_then(|mark| mark.time);
        let past = self.past.and_then(|mark| mark.time);
        newer.is_some_and(|newer| time > newer) || past.is_some_and(|past| time < past)
    }

    pub(super) fn probe_or_page(&self) -> Step {
        // The first place that is still in question, and the first one that is not.
        let from = self.newer.map_or(0, |mark| mark.place + 1);
        let page = u64::from(PAGE);
        let Some(past) = self.past else {
            if let (1..=MOST_FOLLOWED, Some(newer)) = (self.restarts, self.newer) {
                // The last page just missed the target, because entries arrived meanwhile.
                return Step::Page(newer.place.saturating_sub(1));
            }
            let next = from.saturating_sub(1) + self.stride + self.aside;
            return if next > FARTHEST { Step::Nothing } else { Step::Probe(next) };
        };
        let open = past.place.saturating_sub(from);
        if open + 1 < page {
            return Step::Page(match self.target {
                Target::Oldest => (past.place + 1).saturating_sub(page),
                // The rest of the page is shared by what is above and below.
                Target::At(_) => from.saturating_sub((page - open) / 2),
            });
        }
        Step::Probe((from + open / 2 + self.aside).min(past.place - 1))
    }
}
