//! What is shown of a log: which entries pass the narrowing, where the cursor stands, which part is on the
//! screen.
//!
//! Nothing here counts from the top of the log: the cursor and the first line on the screen are names of items,
//! so entries that arrive above move neither. A frame costs the height of the screen, not the length of the log.

mod index;
mod rows;
mod seek;

use super::{
    entry::Entry,
    log::{EntryId, Log, RunId},
    query::Generation,
    stamp::Stamp,
};
pub use index::{Index, Spot};
pub use rows::{Row, Silence, Tail};
pub use seek::Sought;

/// Something the list has a line for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Item {
    /// An entry that passes the narrowing.
    Entry(EntryId),
    /// What is missing below a run; below the last one also the start of the ticket.
    Gap(RunId),
}

/// Which way the cursor moved last: pages are fetched ahead of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Direction {
    /// Down, towards the start of the ticket.
    #[default]
    Older,
    /// Up, towards the newest entry.
    Newer,
}

/// The list: an index of what is shown, a cursor and the first line on the screen.
#[derive(Debug, Default)]
pub struct Timeline {
    index: Index,
    cursor: Option<Item>,
    top: Option<Item>,
    /// The rule above the first item is on the screen too.
    top_rule: bool,
    direction: Direction,
    height: usize,
    home: Option<Home>,
}

/// The entry that the user put the cursor on last. A narrowing that hides it moves the cursor to a neighbour; the
/// next one that shows it brings the cursor back.
#[derive(Debug)]
struct Home {
    generation: Generation,
    id: EntryId,
    entry: Entry,
}

/// A silence at least this long gets a rule of its own.
const SILENCE: chrono::TimeDelta = chrono::TimeDelta::days(7);

impl Timeline {
    /// Where the cursor stands; `None` until something is loaded.
    #[must_use]
    pub fn cursor(&self) -> Option<Item> {
        self.cursor
    }

    /// The entry at the cursor.
    #[must_use]
    pub fn current<'a>(&self, log: &'a Log) -> Option<&'a Entry> {
        match self.cursor? {
            Item::Entry(id) => log.entry(id),
            Item::Gap(_) => None,
        }
    }

    /// How many entries are shown.
    #[must_use]
    pub fn shown(&self) -> usize {
        self.index.shown()
    }

    /// The number of the entry at the cursor among those shown, from 1.
    #[must_use]
    pub fn number(&self) -> Option<usize> {
        let spot = self.index.find(self.cursor?)?;
        matches!(self.index.item(spot)?, Item::Entry(_)).then(|| self.index.entries_before(spot) + 1)
    }

    /// The height of the list in lines, as the layout gives it.
    pub fn set_height(&mut self, height: usize, log: &Log) {
        self.height = height;
        self.show_cursor(log);
    }

    /// Takes over what changed in the log. `passes` is the narrowing in force, the same as at the last call; when
    /// it changed, call [`Timeline::renew`]. A cursor on what was not loaded goes to the entry that took its place.
    pub fn update(&mut self, log: &Log, passes: &dyn Fn(&Entry) -> bool) {
        let gap =
            self.cursor.filter(|item| matches!(item, Item::Gap(_))).and_then(|item| self.index.find(item));
        self.index.update(log, passes);
        if let Some(item) = gap.and_then(|spot| self.index.item(spot)) {
            self.cursor = Some(item);
        }
        self.settle(log);
        if self.home.is_none() {
            self.note_home(log);
        }
    }

    /// Shows a log, the same or another, in another narrowing. The cursor goes to the entry that the user put it
    /// on last, else to the nearest in time, on the same line of the screen. `shown` is the log shown until now.
    pub fn renew(&mut self, shown: &Log, log: &Log, passes: &dyn Fn(&Entry) -> bool) {
        let line = self.cursor_line(shown);
        self.index = Index::default();
        self.index.update(log, passes);
        self.cursor = self.find_home(log).and_then(|spot| self.index.item(spot));
        self.top = None;
        self.settle(log);
        self.put_cursor_on_line(log, line);
    }

    fn find_home(&self, log: &Log) -> Option<Spot> {
        let home = self.home.as_ref()?;
        let known = (home.generation == log.generation()).then(|| log.resolve(home.id)).flatten();
        match known {
            Some((_, id)) => self.index.nearest(log, id),
            None => self.index.like(log, &home.entry),
        }
    }

    fn note_home(&mut self, log: &Log) {
        if let Some(Item::Entry(id)) = self.cursor
            && let Some(entry) = log.entry(id).cloned()
        {
            self.home = Some(Home { generation: log.generation(), id, entry });
        }
    }

    /// Gives the cursor a place when it has none or its item is gone, and keeps it on the screen.
    fn settle(&mut self, log: &Log) {
        self.cursor = self.cursor.map(|item| self.index.present(log, item));
        self.top = self.top.map(|item| self.index.present(log, item));
        let known = |item: Option<Item>| item.and_then(|item| self.index.find(item));
        if known(self.cursor).is_none() {
            let same_place = self.cursor.and_then(|item| self.index.after(item));
            self.cursor = same_place.or_else(|| self.index.first()).and_then(|spot| self.index.item(spot));
        }
        if known(self.top).is_none() {
            // Pinned, so that what arrives above the first line later does not push it down.
            self.top = self.index.first().and_then(|spot| self.index.item(spot));
            self.top_rule = false;
        }
        self.leave_dead_end(log);
        self.show_cursor(log);
    }

    /// The cursor does not stand on the start of the ticket: there is nothing to see, and nothing comes.
    fn leave_dead_end(&mut self, log: &Log) {
        if let Some(Item::Gap(_)) = self.cursor
            && let Some(spot) = self.cursor.and_then(|item| self.index.find(item))
            && self.is_start(log, spot)
            && let Some(before) = self.index.before(spot)
        {
            self.cursor = self.index.item(before);
        }
    }

    fn is_start(&self, log: &Log, spot: Spot) -> bool {
        log.reaches_start() && self.index.is_last(spot)
    }

    /// Moves the cursor by so many items, down when positive. Stops at both ends.
    pub fn step(&mut self, log: &Log, by: isize) {
        let Some(spot) = self.cursor.and_then(|item| self.index.find(item)) else {
            return;
        };
        self.direction = if by < 0 { Direction::Newer } else { Direction::Older };
        let target = self.index.step(spot, by);
        self.cursor = self.index.item(target);
        self.leave_dead_end(log);
        self.note_home(log);
        self.show_cursor(log);
    }

    /// Moves the cursor to the newest entry.
    pub fn to_newest(&mut self, log: &Log) {
        self.direction = Direction::Newer;
        self.cursor = self.index.first().and_then(|spot| self.index.item(spot));
        self.top = None;
        self.note_home(log);
        self.settle(log);
    }

    /// Moves the cursor to the oldest item loaded, or the gap below it.
    pub fn to_oldest(&mut self, log: &Log) {
        self.direction = Direction::Older;
        self.cursor = self.index.last().and_then(|spot| self.index.item(spot));
        self.leave_dead_end(log);
        self.note_home(log);
        self.show_cursor(log);
    }

    /// Whether the newest item is on the screen.
    #[must_use]
    pub fn shows_newest(&self) -> bool {
        self.top == self.index.first().and_then(|spot| self.index.item(spot))
    }

    /// The runs whose lower end is on the screen or at most one screen ahead of it, visible ones first.
    #[must_use]
    pub fn needs(&self, log: &Log) -> Vec<RunId> {
        let Some(mut spot) = self.top_spot() else {
            return Vec::new();
        };
        let ahead = match self.direction {
            Direction::Older => self.height,
            Direction::Newer => 0,
        };
        let mut needed = Vec::new();
        for _ in 0..self.height + ahead {
            if let Some(Item::Gap(run)) = self.index.item(spot)
                && !self.is_start(log, spot)
            {
                needed.push(run);
            }
            match self.index.next(spot) {
                Some(next) => spot = next,
                None => break,
            }
        }
        needed
    }

    fn top_spot(&self) -> Option<Spot> {
        self.top.and_then(|item| self.index.find(item)).or_else(|| self.index.first())
    }

    /// The line of the screen that the cursor stands on.
    fn cursor_line(&self, log: &Log) -> usize {
        let cursor = self.cursor;
        self.rows(log).iter().position(|row| row.item() == cursor && cursor.is_some()).unwrap_or(0)
    }

    /// Scrolls so that the cursor stands on this line, as far as there are rows above it.
    fn put_cursor_on_line(&mut self, log: &Log, line: usize) {
        let Some(cursor) = self.cursor.and_then(|item| self.index.find(item)) else {
            return;
        };
        let wanted = line.min(self.height.saturating_sub(1));
        let (top, rule) = self.climb(log, cursor, wanted);
        self.top = self.index.item(top);
        self.top_rule = rule;
        self.show_cursor(log);
    }

    /// Scrolls as little as needed for the cursor's line to be on the screen, with the start of the ticket where it
    /// follows.
    fn show_cursor(&mut self, log: &Log) {
        let Some(cursor) = self.cursor.and_then(|item| self.index.find(item)) else {
            return;
        };
        let Some(top) = self.top_spot() else { return };
        if self.height == 0 {
            return;
        }
        if cursor < top {
            self.top = self.index.item(cursor);
            self.top_rule = false;
            return;
        }
        let below = self.index.next(cursor).filter(|next| self.height > 1 && self.is_start(log, *next));
        let last = below.unwrap_or(cursor);
        let mut lines = usize::from(self.top_rule && self.rule_above(log, top).is_some());
        let mut spot = top;
        while spot < last && lines < self.height {
            let Some(next) = self.index.next(spot) else { break };
            lines += 1 + usize::from(self.rule_above(log, next).is_some());
            spot = next;
        }
        if spot < last || lines >= self.height {
            let (top, rule) = self.climb(log, last, self.height - 1);
            self.top = self.index.item(top);
            self.top_rule = rule;
        }
    }

    /// The item that stands `lines` lines above this one, and whether its rule is on the first line.
    fn climb(&self, log: &Log, from: Spot, mut lines: usize) -> (Spot, bool) {
        let mut spot = from;
        loop {
            if lines == 0 {
                return (spot, false);
            }
            let ruled = self.rule_above(log, spot).is_some();
            lines -= usize::from(ruled);
            if lines == 0 {
                return (spot, ruled);
            }
            let Some(before) = self.index.before(spot) else {
                return (spot, ruled);
            };
            lines -= 1;
            spot = before;
        }
    }

    /// The silence between an item and the entry above it, where it is long enough for a rule.
    fn rule_above(&self, log: &Log, spot: Spot) -> Option<rows::Silence> {
        let Item::Entry(older) = self.index.item(spot)? else {
            return None;
        };
        let Item::Entry(newer) = self.index.item(self.index.before(spot)?)? else {
            return None;
        };
        let at = |id| log.entry(id).and_then(Entry::stamp);
        let (from, to): (Stamp, Stamp) = (at(older)?, at(newer)?);
        let length = to.instant() - from.instant();
        let unbroken = older.run == newer.run && older.serial == newer.serial + 1;
        (length >= SILENCE).then_some(rows::Silence { from, to, unbroken })
    }
}
