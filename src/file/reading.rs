//! What has been read of a file or a pipe so far: what it is, how it is ordered, and where its entries stand.

use std::mem;

use super::{
    format::{HEAD, NoLog, Search, Verdict, detect},
    index::Index,
    input::Input,
    order::{self, Order},
    tail::Tail,
};

/// What has been read so far.
#[derive(Default)]
pub(super) struct Read {
    /// The first bytes, until they tell what the file is and how it is ordered.
    head: Vec<u8>,
    pub(super) search: Option<Search>,
    pub(super) order: Option<Order>,
    /// Nothing told the order when the file ended: what is appended may.
    is_order_a_guess: bool,
    pub(super) index: Index,
    /// How far the search has come.
    pub(super) end: u64,
    pub(super) is_complete: bool,
    /// The newest entries, while there is more to read of a file that begins with its oldest one.
    pub(super) tail: Option<Tail>,
    /// The end of the file was taken for the end of the last entry.
    is_last_open: bool,
}

impl Read {
    /// Where the next piece begins.
    pub(super) fn offset(&self) -> u64 {
        if self.search.is_some() { self.end } else { self.head.len() as u64 }
    }

    /// How many places are known, where `is_whole` tells whether there is no more to come: none before the order is,
    /// and for a file that begins with its oldest entry only when all is read.
    pub(super) fn known(&self, is_whole: bool) -> Option<usize> {
        match self.order {
            Some(Order::NewestFirst) => Some(self.index.len()),
            Some(Order::OldestFirst) if is_whole => Some(self.index.len()),
            None if is_whole && self.index.len() > 0 => Some(self.index.len()),
            _ => None,
        }
    }

    /// Takes the next piece.
    pub(super) fn take(&mut self, piece: &[u8]) -> Result<(), NoLog> {
        if let Some(search) = &mut self.search {
            search.feed(piece, self.end, &mut self.index);
            self.end += piece.len() as u64;
            if !self.head.is_empty() && self.head.len() < HEAD {
                self.head.extend_from_slice(piece);
            }
            return Ok(());
        }
        self.head.extend_from_slice(piece);
        let first = self.head.get(..HEAD).unwrap_or(&self.head);
        match detect(first, false) {
            Verdict::Log(start, search) => self.begin(start, search),
            Verdict::TooShort => {}
            Verdict::Refused(why) => return Err(why),
        }
        Ok(())
    }

    fn begin(&mut self, start: u64, mut search: Search) {
        let from = usize::try_from(start).unwrap_or_default();
        search.feed(self.head.get(from..).unwrap_or_default(), start, &mut self.index);
        self.end = self.head.len() as u64;
        self.search = Some(search);
    }

    /// There is no more.
    pub(super) fn finish(&mut self) -> Result<(), NoLog> {
        if self.search.is_none() {
            match detect(&self.head, true) {
                Verdict::Log(start, search) => self.begin(start, search),
                Verdict::Refused(why) => return Err(why),
                Verdict::TooShort => return Err(NoLog::Empty),
            }
        }
        let before = self.index.len();
        // The search itself goes on from here when the file grows.
        if let Some(mut search) = self.search.clone() {
            search.finish(self.end, &mut self.index);
        }
        self.is_last_open = self.index.len() > before;
        self.is_complete = true;
        self.tail = None;
        Ok(())
    }

    /// The order of a file that has ended: as its entries tell it, else the server's.
    pub(super) fn settle_order(&mut self, told: Option<Order>) {
        self.is_order_a_guess = told.is_none();
        self.order = Some(told.unwrap_or(Order::NewestFirst));
    }

    /// The file has grown.
    pub(super) fn go_on(&mut self) {
        if mem::take(&mut self.is_last_open) {
            self.index.pop();
        }
        if mem::take(&mut self.is_order_a_guess) {
            self.order = None;
        }
        self.is_complete = false;
    }

    /// The order, as far as both ends of a file tell it, or the beginning of a pipe.
    pub(super) fn order_so_far(&mut self, input: &Input) -> Option<Order> {
        if self.search.is_none() || self.head.is_empty() {
            return None;
        }
        if input.is_file() {
            let head = mem::take(&mut self.head);
            let told = Order::of(order::first_time(&head), input.last_time());
            if told == Some(Order::OldestFirst) {
                self.tail = input.last_piece().map(|(piece, start)| match self.search {
                    Some(Search::Values(_)) => Tail::of_array(&piece, start),
                    _ => Tail::of_lines(&piece, start),
                });
            }
            return told;
        }
        let told = Order::of(order::first_time(&self.head), order::last_time(&self.head));
        told.or((self.head.len() >= HEAD).then_some(Order::NewestFirst))
    }
}
