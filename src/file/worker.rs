//! The thread that reads: takes questions, builds the index piece by piece, answers what it covers.
//!
//! Never blocks while it has something to do: a question waits for one piece at most. A failure is the answer to
//! every question until the head is asked for again.

use std::{
    io, mem,
    sync::mpsc::{Receiver, RecvTimeoutError, TryRecvError},
};

use super::{
    Measure, Reply,
    answering::Progress,
    choice::Choices,
    input::{Change, Input, Piece},
    live::{Live, SILENCE, Tell},
    order::Order,
    reading::Read,
    refusal::Subject,
    rows::Rows,
};
use crate::model::{
    entry::Entry,
    failure::Failure,
    query::{Generation, Query, Window},
    stamp::Stamp,
};

/// How many entries at each end of a file are looked at for a time.
const NEAR_THE_END: usize = 100;

/// What the thread is asked for.
pub(super) enum Job {
    /// A window.
    Ask(Ask),
    /// Answers of this generation are not waited for any more.
    Cancel(Generation),
    /// A pipe has brought this.
    Piece(Piece),
    /// Whom to tell what no answer tells.
    Tell(Tell),
    /// What the index weighs.
    Measure(Box<dyn FnOnce(Measure) + Send>),
}

/// A question.
pub(super) struct Ask {
    pub(super) generation: Generation,
    pub(super) query: Query,
    pub(super) window: Window,
    pub(super) reply: Reply,
}

pub(super) struct Worker {
    subject: Subject,
    pub(super) input: Input,
    pub(super) live: Live,
    jobs: Receiver<Job>,
    asks: Vec<Ask>,
    measures: Vec<Box<dyn FnOnce(Measure) + Send>>,
    pub(super) read: Read,
    pub(super) rows: Rows,
    pub(super) choices: Choices,
    failure: Option<Failure>,
    /// The file was replaced, and nobody was told yet: one that cannot be read leaves what was told of the one before.
    is_replaced: bool,
}

impl Worker {
    pub(super) fn new(subject: Subject, input: Input, jobs: Receiver<Job>) -> Self {
        Self {
            subject,
            live: if input.is_file() { Live::default() } else { Live::open() },
            input,
            jobs,
            asks: Vec::new(),
            measures: Vec::new(),
            read: Read::default(),
            rows: Rows::default(),
            choices: Choices::default(),
            failure: None,
            is_replaced: false,
        }
    }

    /// Works until nobody can ask any more.
    pub(super) fn run(mut self) {
        let mut is_busy = true;
        loop {
            if !is_busy {
                match self.next_job() {
                    Ok(job) => self.take(job),
                    Err(RecvTimeoutError::Timeout) => {
                        let more = self.news_of_more();
                        self.live.fall_silent(self.read.index.len(), more);
                    }
                    Err(RecvTimeoutError::Disconnected) => return,
                }
            }
            loop {
                match self.jobs.try_recv() {
                    Ok(job) => self.take(job),
                    Err(TryRecvError::Empty) => break,
                    Err(TryRecvError::Disconnected) => return,
                }
            }
            is_busy = self.read_on();
            is_busy |= self.answer();
        }
    }

    /// Waits for the next job; no longer than a pipe may be silent, where that would change an answer.
    fn next_job(&self) -> Result<Job, RecvTimeoutError> {
        if self.live.is_listening(!self.asks.is_empty(), self.read.index.len()) {
            return self.jobs.recv_timeout(SILENCE);
        }
        self.jobs.recv().map_err(RecvTimeoutError::from)
    }

    fn take(&mut self, job: Job) {
        match job {
            Job::Ask(ask) => {
                let looked = if ask.window.skip == 0 { self.look_again() } else { Ok(()) };
                match looked {
                    Ok(()) => self.asks.push(ask),
                    Err(error) => (ask.reply)(Err(self.subject.not_read(&error))),
                }
            }
            Job::Cancel(generation) => self.asks.retain(|ask| ask.generation != generation),
            Job::Piece(_) if self.failure.is_some() => {}
            Job::Piece(piece) => {
                self.live.hear();
                let is_last = piece.as_ref().map_or(true, Vec::is_empty);
                if let Ok(piece) = &piece {
                    self.input.bytes.append(piece);
                }
                self.take_piece(piece);
                if self.failure.is_some() {
                    self.live.fail();
                } else if is_last {
                    let more = self.news_of_more();
                    self.live.end(self.read.index.len(), more);
                }
            }
            Job::Tell(tell) => self.live.tell(tell),
            Job::Measure(reply) => self.measures.push(reply),
        }
    }

    /// The head is asked for: a file that was read to its end, or failed, may have changed.
    fn look_again(&mut self) -> io::Result<()> {
        if !self.read.is_complete && self.failure.is_none() {
            return Ok(());
        }
        let change = self.input.look()?;
        self.is_replaced |= change == Change::Replaced;
        match change {
            Change::None if self.failure.is_none() || !self.input.is_file() => return Ok(()),
            Change::Grew if self.failure.is_none() => {
                self.read.go_on();
                self.choices.forget_from(self.read.index.len());
            }
            Change::None | Change::Grew | Change::Replaced => {
                self.read = Read::default();
                self.choices.clear();
            }
        }
        self.failure = None;
        Ok(())
    }

    /// Reads the next piece of a file. Whether there was something to do.
    fn read_on(&mut self) -> bool {
        let is_due = self.input.is_file() && !self.read.is_complete && self.failure.is_none();
        if is_due {
            let piece = self.input.next(self.read.offset());
            self.take_piece(piece);
        }
        is_due
    }

    fn take_piece(&mut self, piece: Piece) {
        let taken = piece.map_err(|error| self.subject.not_read(&error)).and_then(|piece| {
            if piece.is_empty() {
                self.finish()
            } else {
                self.read.take(&piece).map_err(|why| self.subject.no_log(why))
            }
        });
        match taken {
            Ok(()) if self.read.order.is_none() => self.read.order = self.read.order_so_far(&self.input),
            Ok(()) => {}
            Err(failure) => {
                self.input.give_up();
                self.failure = Some(failure);
            }
        }
    }

    fn finish(&mut self) -> Result<(), Failure> {
        self.read.finish().map_err(|why| self.subject.no_log(why))?;
        let told = |error: io::Error| self.subject.not_read(&error);
        self.input.note_read(self.read.end).map_err(told)?;
        if self.read.order.is_none() {
            let told = self.order_of_entries().map_err(|error| self.subject.not_read(&error))?;
            self.read.settle_order(told);
        }
        Ok(())
    }

    /// The order by the first and the last entry that has a time.
    fn order_of_entries(&mut self) -> io::Result<Option<Order>> {
        let count = self.read.index.len();
        let near = NEAR_THE_END.min(count);
        let first = self.first_stamp(&mut (0..near))?;
        let last = self.first_stamp(&mut (count - near..count).rev())?;
        Ok(Order::of(first, last))
    }

    fn first_stamp(&mut self, entries: &mut dyn Iterator<Item = usize>) -> io::Result<Option<Stamp>> {
        for entry in entries {
            let entry = self.rows.read(&self.input.bytes, &self.read.index, entry)?;
            if let Some(stamp) = entry.as_ref().and_then(Entry::stamp) {
                return Ok(Some(stamp));
            }
        }
        Ok(None)
    }

    /// Answers what can be answered. Whether a question needs more work that does not wait for the file.
    fn answer(&mut self) -> bool {
        if self.read.is_complete || self.failure.is_some() {
            let measure = self.read.index.measure();
            for reply in mem::take(&mut self.measures) {
                reply(measure);
            }
        }
        let mut is_busy = false;
        for ask in mem::take(&mut self.asks) {
            if let Some(failure) = &self.failure {
                (ask.reply)(Err(failure.clone()));
                continue;
            }
            match self.progress(&ask) {
                Ok(Progress::Answered(entries)) => {
                    if mem::take(&mut self.is_replaced) {
                        self.live.replaced();
                    }
                    (ask.reply)(Ok(entries));
                }
                Ok(Progress::Waiting) => self.asks.push(ask),
                Ok(Progress::Working) => {
                    is_busy = true;
                    self.asks.push(ask);
                }
                Err(error) => (ask.reply)(Err(self.subject.not_read(&error))),
            }
        }
        is_busy
    }
}
