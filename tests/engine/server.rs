//! A model server: a list of numbered entries that changes while it is read.

use std::{cell::Cell, sync::Arc};

use chrono::{DateTime, TimeDelta, Utc};
use ticketlog::model::{
    entry::{Entry, Time, User},
    query::{PAGE, Query, Window},
    stamp::Stamp,
    text::Untrusted,
};

/// The types that entries go through in turn.
const TYPES: [&str; 3] = ["ticket_read", "reply_created", "something_new"];

/// An entry as the server keeps it: equal kinds are truly equal entries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row(pub u64);

#[derive(Debug, Default)]
pub struct Server {
    /// Newest first.
    pub rows: Vec<Row>,
    next: u64,
    /// How many entries ever arrived.
    pub arrivals: usize,
    manners: Manners,
    was_short: Cell<bool>,
}

/// How a server keeps to what it is asked.
#[derive(Debug, Clone, Copy, Default)]
#[expect(clippy::struct_excessive_bools, reason = "any of them may come with any other")]
pub struct Manners {
    /// The most entries it gives at once.
    pub most: Option<usize>,
    /// It gives all types, whatever is asked.
    pub ignores_types: bool,
    /// It gives a whole page, however little is asked.
    pub ignores_take: bool,
    /// It gives its first page for every place.
    pub repeats: bool,
    /// Times are in no order.
    pub is_unordered: bool,
    /// One page comes back with so few entries, once, in the middle.
    pub short_once: Option<usize>,
}

impl Server {
    pub fn new(count: usize, manners: Manners) -> Self {
        let mut server = Self { manners, ..Self::default() };
        server.arrive(count);
        server
    }

    /// Whether it gives fewer entries than are asked for.
    pub fn is_capped(&self) -> bool {
        self.manners.most.is_some() || self.comes_short()
    }

    /// Whether one of its pages is or was no end, although it is short.
    pub fn comes_short(&self) -> bool {
        self.manners.short_once.is_some()
    }

    /// Whether it gives what stands at the places that are asked for.
    pub fn is_readable(&self) -> bool {
        !self.manners.repeats
    }

    /// Whether places and times tell what they should.
    pub fn is_kept_to(&self) -> bool {
        !self.manners.repeats && !self.manners.is_unordered
    }

    pub fn is_unordered(&self) -> bool {
        self.manners.is_unordered
    }

    pub fn arrive(&mut self, count: usize) {
        for _ in 0..count {
            self.rows.insert(0, Row(self.next));
            self.next += 1;
        }
        self.arrivals += count;
    }

    /// Entries that equal the newest one in everything.
    pub fn arrive_equal(&mut self, count: usize) {
        let Some(newest) = self.rows.first().copied() else { return };
        for _ in 0..count {
            self.rows.insert(0, newest);
        }
        self.arrivals += count;
    }

    pub fn edit(&mut self, at: usize) {
        self.rows[at].0 += 1;
        // What arrives later is no older.
        self.next = self.next.max(self.rows[at].0);
    }

    pub fn has_equals(&self) -> bool {
        self.rows.windows(2).any(|pair| pair[0] == pair[1])
    }

    /// Whether equal entries are neighbours, and no newer one stands below an older one.
    pub fn is_sorted(&self) -> bool {
        self.rows.is_sorted_by(|newer, older| newer.0 >= older.0)
    }

    pub fn lose(&mut self, from: usize, count: usize) {
        let from = from.min(self.rows.len());
        let to = (from + count).min(self.rows.len());
        self.rows.drain(from..to);
    }

    /// What stands below older entries since it was edited vanishes.
    pub fn lose_unsorted(&mut self) {
        let mut oldest = u64::MAX;
        self.rows.retain(|row| {
            let is_sorted = row.0 <= oldest;
            oldest = oldest.min(row.0);
            is_sorted
        });
    }

    pub fn page(&self, query: &Query, window: Window) -> Vec<Entry> {
        let query = if self.manners.ignores_types { &Query::All } else { query };
        let asked = if self.manners.ignores_take { PAGE } else { window.take };
        let most = self.manners.most.unwrap_or(usize::MAX).min(asked.into());
        let skip = if self.manners.repeats { 0 } else { usize::try_from(window.skip).unwrap() };
        let mut page: Vec<Entry> =
            self.chosen(query).skip(skip).take(most).map(|row| self.entry(row)).collect();
        let in_the_middle = page.len() == usize::from(PAGE) && window.skip > 0;
        if let Some(few) = self.manners.short_once.filter(|_| in_the_middle && !self.was_short.replace(true))
        {
            page.truncate(few);
        }
        page
    }

    /// The numbers that a query sees, newest first.
    pub fn numbers(&self, query: &Query) -> Vec<u64> {
        self.chosen(query).map(|row| row.0).collect()
    }

    fn entry(&self, row: Row) -> Entry {
        if !self.manners.is_unordered {
            return entry(row);
        }
        // Another entry's time: equal ones still have the same.
        let other = row.0.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 54;
        Entry { time: entry(Row(other)).time, ..entry(row) }
    }

    /// When the entry of this number happened.
    pub fn time(&self, number: u64) -> DateTime<Utc> {
        self.entry(Row(number)).stamp().unwrap().instant()
    }

    fn chosen(&self, query: &Query) -> impl Iterator<Item = Row> {
        let included = TYPES.map(|name| query.includes(&Untrusted::new(name)));
        self.rows.iter().copied().filter(move |row| included[kind(*row)])
    }
}

fn kind(row: Row) -> usize {
    usize::try_from(row.0).unwrap() % TYPES.len()
}

pub fn entry(row: Row) -> Entry {
    let n = row.0;
    let start = DateTime::parse_from_rfc3339("2023-08-03T12:00:00Z").unwrap();
    let at = start + TimeDelta::minutes(7 * i64::try_from(n).unwrap());
    let user = User {
        id: Untrusted::new("user"),
        name: Untrusted::new("Garrick Ollivander"),
        email: None,
        status: Untrusted::new("team"),
        is_bot: false,
        custom_identifier: None,
    };
    Entry {
        action_type: Untrusted::new(TYPES[kind(row)]),
        action: Untrusted::new(n.to_string()),
        actor: Some(Arc::new(user)),
        time: Time::At(Stamp::parse(&at.to_rfc3339()).unwrap()),
        included: None,
        raw: None,
        flaw: None,
        place: None,
    }
}

pub fn number(entry: &Entry) -> u64 {
    entry.action.raw_for_export().parse().unwrap()
}
