//! The roll of people: the whole log is read once in the background, newest first and whatever narrows the view, while
//! names are replaced on the screen. Only then do people get the numbers of their aliases, so that they are those of an
//! export, whatever was loaded, narrowed or scrolled.
//!
//! One request at a time, and the reader comes first. What the reader has loaded without a hole is not asked for again.
//! Whoever comes later gets a number once everything that is newer than what was read has been read as well. Called by
//! `update` after every message.

mod reading;

use chrono::{DateTime, Utc};

use self::reading::{Reading, Step};
use super::{
    Model,
    backoff::{Attempt, Backoff, Wake},
    entry::Entry,
    failure::Failure,
    query::{Generation, Query, Window},
    reader::Fetch,
};

/// How many loaded pages are gone through in one turn: whoever presses a key does not wait for more.
const TURN: usize = 40;

/// Where reading stands.
#[derive(Debug, Default)]
enum State {
    /// Nothing is to be read.
    #[default]
    Idle,
    Reading(Box<Reading>),
    /// It failed for good.
    Failed(Failure),
}

/// What has been read for the roll, and what is to be asked. See the module.
#[derive(Debug, Default)]
pub struct Roll {
    state: State,
    /// The generation of its requests: another one once one was given up.
    asks_as: Option<Generation>,
    /// What is under way.
    asked: Option<Window>,
    backoff: Backoff,
    /// The whole log was read once.
    has_read: bool,
    /// Up to this time, where entries have one.
    read_to: Option<DateTime<Utc>>,
    /// The next turn is on its way.
    has_turn: bool,
}

/// What is to be done for the roll.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Turn {
    /// An answer is not waited for any more.
    pub cancelled: Option<Generation>,
    /// What to ask for.
    pub fetch: Option<Fetch>,
    /// More that is loaded is to be gone through, in another turn.
    pub looks_on: bool,
}

/// What there is to say of the numbers of aliases.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Numbers<'a> {
    /// Everybody has one.
    Given,
    /// So many entries have been read for them.
    Follow(u64),
    /// There are none, for this reason.
    Missing(&'a Failure),
}

impl Roll {
    /// How many requests are under way.
    #[must_use]
    pub fn under_way(&self) -> usize {
        self.asked.iter().count()
    }

    /// Whether an answer is for the roll.
    #[must_use]
    pub fn awaits(&self, generation: Generation) -> bool {
        self.asked.is_some() && self.asks_as == Some(generation)
    }

    /// Takes what the waits between tries are made of: another one for every run of the program.
    pub fn set_seed(&mut self, seed: u64) {
        self.backoff = Backoff::new(seed);
    }

    /// The turn has come that [`Turn::looks_on`] asked for.
    pub fn note_turn(&mut self) {
        self.has_turn = false;
    }

    /// Whether anything was read that counts.
    #[must_use]
    pub fn has_begun(&self) -> bool {
        self.has_read || matches!(self.state, State::Reading(_))
    }

    /// Whether the whole log was read once.
    #[must_use]
    pub fn has_read(&self) -> bool {
        self.has_read
    }

    /// The next try, where one is to be made: how long to sleep.
    #[must_use]
    pub fn sleep(&self, now: DateTime<Utc>) -> Option<(Attempt, std::time::Duration)> {
        self.backoff.sleep(now)
    }

    /// What failed for good is tried again.
    pub fn retry(&mut self) {
        if let State::Failed(_) = self.state {
            self.state = State::Idle;
        }
    }

    /// Nothing of what was read counts any more: it is another log.
    pub fn renew(&mut self) -> Option<Generation> {
        (self.has_read, self.read_to) = (false, None);
        self.stop()
    }

    fn stop(&mut self) -> Option<Generation> {
        self.state = State::Idle;
        self.backoff.reset();
        self.cancel()
    }

    fn cancel(&mut self) -> Option<Generation> {
        self.asked.take().and_then(|_| self.asks_as.take())
    }

    /// How many entries have been read.
    #[must_use]
    pub fn entries(&self) -> u64 {
        match &self.state {
            State::Reading(reading) => reading.passage.count().shown,
            _ => 0,
        }
    }
}

impl Model {
    /// What there is to say of numbers, while names are replaced.
    #[must_use]
    pub fn numbers(&self) -> Option<Numbers<'_>> {
        self.redacts()?;
        Some(match &self.roll.state {
            State::Failed(failure) => Numbers::Missing(failure),
            _ if self.has_numbers() => Numbers::Given,
            _ => Numbers::Follow(self.roll.entries()),
        })
    }

    /// Whether everybody who is known has the number of an export.
    #[must_use]
    pub fn has_numbers(&self) -> bool {
        self.roll.has_read && !self.lacks_numbers()
    }

    /// Goes on with the roll, where numbers are wanted: as far as loaded pages lead, then by one request. Where the
    /// reader has asked for as much as may be under way, the roll's own request is given up; it is made again later.
    pub fn call_roll(&mut self) -> Turn {
        // What goes on may bring older entries.
        if !self.wants_people() || self.subject.source().is_none() || self.reader.is_open() {
            return Turn { cancelled: self.roll.stop(), ..Turn::default() };
        }
        let is_crowded = self.reader.under_way() + self.roll.under_way() > self.max_requests;
        let cancelled = if is_crowded { self.roll.cancel() } else { None };
        Turn { cancelled, ..self.read_on() }
    }

    fn read_on(&mut self) -> Turn {
        if matches!(self.roll.state, State::Failed(_)) {
            return Turn::default();
        }
        if matches!(self.roll.state, State::Idle) {
            if self.has_numbers() || self.reader.comes_first(self.now) {
                return Turn::default();
            }
            self.roll.state = State::Reading(Box::new(Reading::new(&self.catalogue)));
        }
        for _ in 0..TURN {
            match self.next_step() {
                Step::Read => {}
                Step::Ask(window) => return Turn { fetch: self.ask_for_roll(window), ..Turn::default() },
                Step::Done => {
                    self.end_roll();
                    return Turn::default();
                }
                Step::Failed(failure) => {
                    self.fail_roll(failure);
                    return Turn::default();
                }
            }
        }
        let looks_on = !std::mem::replace(&mut self.roll.has_turn, true);
        Turn { looks_on, ..Turn::default() }
    }

    fn next_step(&mut self) -> Step {
        let State::Reading(reading) = &mut self.roll.state else { return Step::Done };
        let window = match reading.passage.step() {
            Err(failure) => return Step::Failed(failure),
            Ok(None) => return Step::Done,
            Ok(Some(window)) => window,
        };
        if self.roll.asked.is_some() {
            return Step::Ask(window);
        }
        match self.reader.all().loaded_page(window) {
            // Whoever is named there is known already.
            Some(page) => reading.take(window, page, self.roll.read_to),
            None => Step::Ask(window),
        }
    }

    fn ask_for_roll(&mut self, window: Window) -> Option<Fetch> {
        let is_waiting = self.roll.asked.is_some() || self.roll.backoff.due().is_some();
        let has_room = self.reader.under_way() < self.max_requests;
        if is_waiting || !has_room || self.reader.comes_first(self.now) {
            return None;
        }
        let generation = *self.roll.asks_as.get_or_insert_with(|| self.reader.new_generation());
        self.roll.asked = Some(window);
        Some(Fetch { generation, query: Query::All, window })
    }

    /// Takes an answer that [`Roll::awaits`]; whom it names has been learned.
    pub fn accept_for_roll(&mut self, window: Window, answer: Result<Vec<Entry>, Failure>) {
        self.roll.asked = None;
        let State::Reading(reading) = &mut self.roll.state else { return };
        match answer {
            Ok(page) => {
                self.roll.backoff.reset();
                match reading.take(window, page, self.roll.read_to) {
                    Step::Done => self.end_roll(),
                    Step::Failed(failure) => self.fail_roll(failure),
                    Step::Read | Step::Ask(_) => {}
                }
            }
            Err(failure) if self.roll.backoff.failed(failure.retry, self.now) => {}
            Err(failure) => self.fail_roll(failure),
        }
    }

    /// A sleep is over: how long to sleep on.
    pub fn wake_roll(&mut self, attempt: Attempt) -> Option<(Attempt, std::time::Duration)> {
        match self.roll.backoff.wake(attempt, self.now) {
            Wake::Sleep(attempt, wait) => Some((attempt, wait)),
            Wake::Now | Wake::Nothing => None,
        }
    }

    fn end_roll(&mut self) {
        if let State::Reading(reading) = std::mem::take(&mut self.roll.state) {
            (self.roll.has_read, self.roll.read_to) = (true, reading.head.max(self.roll.read_to));
            self.release_numbers();
        }
    }

    fn fail_roll(&mut self, failure: Failure) {
        self.roll.backoff.reset();
        self.tell_roll_failed(&failure);
        self.roll.state = State::Failed(failure);
    }
}
