//! What a question is answered with, as far as the file has been read.

use std::{io, ops::Range};

use super::{
    choice::STEP,
    live::News,
    order::Order,
    worker::{Ask, Worker},
};
use crate::model::{entry::Entry, query::Query};

/// How far a question is.
pub(super) enum Progress {
    /// The entries.
    Answered(Vec<Entry>),
    /// More of the file must be read.
    Waiting,
    /// More entries must be looked at.
    Working,
}

impl Worker {
    /// Answers a question, or tells what it waits for.
    pub(super) fn progress(&mut self, ask: &Ask) -> io::Result<Progress> {
        let is_whole = self.is_whole();
        let Some(known) = self.read.known(is_whole) else { return self.near_the_end(ask) };
        let window = ask.window.skip..ask.window.skip + u64::from(ask.window.take);
        let entries: Vec<usize> = match &ask.query {
            Query::All if is_whole || window.end <= known as u64 => {
                window.map_while(|place| self.entry_at(usize::try_from(place).ok()?)).collect()
            }
            Query::All => return Ok(Progress::Waiting),
            only @ Query::Only(_) => match self.chosen(only, window, is_whole)? {
                Ok(entries) => entries,
                Err(progress) => return Ok(progress),
            },
        };
        let is_short = entries.len() < usize::from(ask.window.take);
        if !self.read.is_complete && (is_short || self.order() == Order::OldestFirst) {
            self.live.answered(self.read.index.len());
        }
        let mut answer = Vec::with_capacity(entries.len());
        for entry in entries {
            answer.extend(self.rows.read(&self.input.bytes, &self.read.index, entry)?);
        }
        Ok(Progress::Answered(answer))
    }

    /// Whether what has been read is all there is: a pipe that is silent brings no more for now.
    fn is_whole(&self) -> bool {
        self.read.is_complete || self.live.is_silent()
    }

    /// The news that a pipe has brought more: at which end of the log it stands.
    pub(super) fn news_of_more(&self) -> News {
        match self.order() {
            Order::NewestFirst => News::WentOn,
            Order::OldestFirst => News::Grew,
        }
    }

    /// What is known of the newest entries while the rest is still being read.
    fn near_the_end(&mut self, ask: &Ask) -> io::Result<Progress> {
        let Some(tail) = self.read.tail.as_ref().filter(|_| ask.query == Query::All) else {
            return Ok(Progress::Waiting);
        };
        let Some(places) = tail.places(ask.window.skip, ask.window.take) else {
            return Ok(Progress::Waiting);
        };
        let mut entries = Vec::with_capacity(places.len());
        for place in places {
            let Some(entry) = self.rows.read_sound(&self.input.bytes, *place)? else {
                self.read.tail = None;
                return Ok(Progress::Waiting);
            };
            entries.push(entry);
        }
        Ok(Progress::Answered(entries))
    }

    /// The numbers in the file of the entries of a window of some types.
    fn chosen(
        &mut self,
        query: &Query,
        window: Range<u64>,
        is_whole: bool,
    ) -> io::Result<Result<Vec<usize>, Progress>> {
        let (order, len) = (self.order(), self.read.index.len());
        for _ in 0..STEP {
            let choice = self.choices.of(query, order, len);
            let next = choice.next(len);
            if choice.reaches(window.end, len) || (next.is_none() && is_whole) {
                return Ok(Ok(window.map_while(|place| choice.entry(place)).collect()));
            }
            let Some(entry) = next else { return Ok(Err(Progress::Waiting)) };
            let read = self.rows.read(&self.input.bytes, &self.read.index, entry)?;
            let is_chosen = read.is_some_and(|read| query.includes(&read.action_type));
            self.choices.of(query, order, len).note(entry, is_chosen);
        }
        Ok(Err(Progress::Working))
    }

    /// The number in the file of the entry at a place, counted from the newest.
    fn entry_at(&self, place: usize) -> Option<usize> {
        let len = self.read.index.len();
        match self.order() {
            Order::OldestFirst => len.checked_sub(place + 1),
            Order::NewestFirst => Some(place).filter(|place| *place < len),
        }
    }

    fn order(&self) -> Order {
        self.read.order.unwrap_or(Order::NewestFirst)
    }
}
