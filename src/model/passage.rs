//! Reading a log in order, a page at a time: what stands behind the printed table, an export, a wait, and the roll of
//! people.
//!
//! Gives every entry once, newest or oldest first, and holds a few hundred of them, however long the log is. The
//! engine of the screen ([`Log`]) decides what to ask and lays every answer against what it knows, so what arrives
//! meanwhile is neither given twice nor lost. A window of time begins with a jump to its end, the oldest entry is
//! reached by a jump. Never asks by itself: [`Passage::step`] tells the window, [`Passage::accept`] and
//! [`Passage::fail`] take what came of it.

mod again;
mod down;
mod last;
mod up;
mod wanted;

use self::last::Last;
pub use self::wanted::{Count, Order, Page, Wanted};
use super::{
    entry::Entry,
    failure::Failure,
    log::{EntryId, Landing, Log, RunId},
    query::{Generation, Window},
    text::Untrusted,
};

/// How many of the given entries are kept: enough to find in the next answer what moved.
const KEPT: usize = 200;

/// How often in a row the head is asked for where else to read on.
const MOST_LOSSES: u8 = 3;

/// Where reading stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Nothing has been read yet.
    Unknown,
    /// The first entry to be given is looked for by probes.
    OnTheWay,
    /// No probe leads to the oldest entry: all is read before any of it is given.
    Gathering,
    /// What this run holds, and what follows.
    In(RunId),
    /// What the oldest run holds.
    Oldest,
}

/// What has been given.
#[derive(Debug)]
enum Given {
    /// Nothing, and nothing is known of the first one.
    Nothing,
    /// Nothing; this one is the first.
    From(EntryId),
    /// All up to this one.
    UpTo(Last),
}

/// Reads a log in order. See the module.
#[derive(Debug)]
pub struct Passage {
    wanted: Wanted,
    log: Log,
    place: Place,
    given: Given,
    next: Option<Window>,
    count: Count,
    /// Why the first stretch of a file that is no entry is none.
    unreadable: Option<Untrusted>,
    /// The limit left out an entry that was read.
    is_cut: bool,
    /// How often in a row nothing told where to read on.
    losses: u8,
    /// Nothing does any more.
    is_lost: bool,
    /// What is wanted where it begins anew; `None` where nothing would tell what is new.
    again: Option<Wanted>,
}

impl Passage {
    /// Nothing is asked before the first page is.
    #[must_use]
    pub fn new(wanted: Wanted) -> Self {
        let query = wanted.narrowing.types.query().filter(|_| !wanted.all).unwrap_or_default();
        let mut log = Log::new(query, Generation::default());
        // What waits above a passage that goes upwards is given last.
        log.keep_all_raw();
        let next = if wanted.limit == Some(0) { None } else { log.ask_head() };
        Self {
            again: Some(wanted.clone()),
            wanted,
            log,
            place: Place::Unknown,
            given: Given::Nothing,
            next,
            count: Count::default(),
            unreadable: None,
            is_cut: false,
            losses: 0,
            is_lost: false,
        }
    }

    /// How much was read so far.
    #[must_use]
    pub fn count(&self) -> Count {
        self.count
    }

    /// Why the first stretch of a file that is no entry is none, where there is one.
    #[must_use]
    pub fn unreadable(&self) -> Option<&Untrusted> {
        self.unreadable.as_ref()
    }

    /// In which order entries are wanted.
    #[must_use]
    pub fn order(&self) -> Order {
        self.wanted.order
    }

    /// What is known of the log.
    #[must_use]
    pub fn log(&self) -> &Log {
        &self.log
    }

    /// What to ask for next; `None` when there is nothing left.
    ///
    /// # Errors
    /// When nobody knows any more where to read on.
    pub fn step(&self) -> Result<Option<Window>, Failure> {
        if self.is_lost { Err(self.changed()) } else { Ok(self.next) }
    }

    /// Takes an answer to what was to be asked for next.
    ///
    /// # Errors
    /// When it leads nowhere. [`Passage::retry`] asks the same again.
    pub fn accept(&mut self, window: Window, mut answer: Vec<Entry>) -> Result<Page, Failure> {
        if !self.wanted.raw {
            // It is most of what an entry weighs.
            for entry in &mut answer {
                entry.raw = None;
            }
        }
        let landed = self.log.accept(window, answer).landed;
        if let Some(failure) = self.log.failure() {
            return Err(failure.clone());
        }
        let page = self.settle(landed);
        self.is_lost |= page.is_err();
        page
    }

    /// The answer failed.
    pub fn fail(&mut self, window: Window, failure: Failure) {
        self.log.fail(window, failure);
    }

    /// Whether nobody knows any more where to read on: asking again does not help.
    #[must_use]
    pub fn is_lost(&self) -> bool {
        self.is_lost
    }

    /// Forgets a failure: the next page is asked for again.
    pub fn retry(&mut self) {
        self.log.forgive();
        self.next = match self.place {
            Place::Unknown => self.log.ask_head(),
            Place::OnTheWay => self.log.ask_owed().or_else(|| self.log.ask_seek()),
            _ => self.ask(),
        };
    }

    /// Asks what has arrived since, once everything has been read. Only oldest first can go on so.
    pub fn poll(&mut self) {
        if self.next.is_none() && self.wanted.order != Order::NewestFirst && !self.is_enough() {
            self.next = self.log.poll_head();
        }
    }

    /// Whether as many entries were given as were wanted.
    #[must_use]
    pub fn is_enough(&self) -> bool {
        self.wanted.limit.is_some_and(|limit| self.count.shown >= limit)
    }

    fn settle(&mut self, landed: Option<Landing>) -> Result<Page, Failure> {
        let is_down = self.wanted.order == Order::NewestFirst;
        match self.place {
            Place::Unknown if is_down => self.set_out_down(),
            Place::Unknown => self.set_out_up(),
            Place::OnTheWay if is_down => self.arrived_down(landed),
            Place::OnTheWay => self.arrived_up(landed),
            _ => {}
        }
        if self.place == Place::OnTheWay {
            self.next = self.log.ask_owed().or_else(|| self.log.ask_seek());
            if self.next.is_some() {
                return Ok(Page::default());
            }
            if is_down { self.give_up_down() } else { self.give_up_up() }
        }
        if self.place == Place::Gathering {
            self.next = self.gather();
            if self.next.is_some() {
                return Ok(Page::default());
            }
        }
        let page = if is_down { self.give_down() } else { self.give_up() }?;
        self.next = if self.is_enough() || self.is_passed() { None } else { self.ask() };
        self.count.is_complete =
            self.next.is_none() && !self.is_cut && (self.is_passed() || self.is_at_end());
        self.find_again(page.reached.is_some());
        Ok(page)
    }

    /// Where the log tells no window although something follows, nobody knows any more where the run stands, and it is
    /// reached from the head. The end is never assumed.
    fn find_again(&mut self, has_given: bool) {
        if has_given {
            self.losses = 0;
        }
        if self.next.is_none() && !self.is_enough() && !self.count.is_complete {
            self.losses += 1;
            self.next = self.log.poll_head().filter(|_| self.losses <= MOST_LOSSES);
            self.is_lost = self.next.is_none();
        }
    }

    fn ask(&mut self) -> Option<Window> {
        if self.wanted.order == Order::NewestFirst { self.ask_down() } else { self.ask_up() }
    }

    /// Whether all that follows is outside the window of time. Where times are not in order nobody knows.
    fn is_passed(&self) -> bool {
        let Given::UpTo(last) = &self.given else { return false };
        let span = self.wanted.narrowing.span;
        let is_past = |at| match self.wanted.order {
            Order::NewestFirst => span.is_before(at),
            _ => span.is_after(at),
        };
        !self.log.is_out_of_order() && last.entry().stamp().is_some_and(|stamp| is_past(stamp.instant()))
    }

    /// Whether nothing follows.
    fn is_at_end(&self) -> bool {
        if self.wanted.order == Order::NewestFirst {
            return self.log.reaches_start();
        }
        let is_first = self.index_up().is_none_or(|index| index == 0);
        is_first && self.log.knows_head() && self.log.unloaded_above() == 0
    }

    /// Takes the entries of this stretch, in order, up to the limit. Gives how many were taken.
    fn take(&mut self, entries: &[Entry], page: &mut Page) -> usize {
        let mut taken = 0;
        // Behind the last that is wanted, a limit cuts nothing.
        let wants = |entry: &Entry| !self.wanted.passes_over(entry) && self.wanted.narrowing.passes(entry);
        let last = self.wanted.limit.and_then(|_| entries.iter().rposition(wants));
        for entry in entries {
            self.is_cut = self.is_enough() && last.is_some_and(|last| last >= taken);
            if self.is_cut {
                break;
            }
            taken += 1;
            page.reached = entry.stamp().or(page.reached);
            if self.unreadable.is_none() {
                self.unreadable = entry.unreadable().cloned();
            }
            if self.wanted.passes_over(entry) {
                continue;
            }
            if self.wanted.narrowing.passes(entry) {
                self.count.shown += 1;
                page.entries.push(entry.clone());
                continue;
            }
            self.count.hidden += u64::from(self.wanted.narrowing.span.passes(entry));
            if self.wanted.all {
                page.left_out.push(entry.clone());
            }
        }
        taken
    }
}
