//! What is shown of a log: which entries pass the narrowing, where the cursor stands, which part is on the
//! screen.
//!
//! Nothing here counts from the top of the log: the cursor and the first line on the screen are names of items,
//! so entries that arrive above move neither. A frame costs the height of the screen, not the length of the log.

mod folding;
mod folds;
mod hits;
mod home;
mod index;
mod leap;
mod needs;
mod news;
mod numbers;
mod rows;
mod seek;
mod silence;
mod step;
mod stretch;
mod unfolding;
mod view;

use super::{
    entry::Entry,
    log::{EntryId, Log, RunId},
    narrowing::Passes,
};
pub use folding::Folding;
pub use hits::Found;
use hits::Hits;
pub use home::Bookmark;
use home::Home;
pub use index::{Index, Spot};
pub use leap::{DayLeap, Leap};
pub use needs::Need;
use news::Mark;
pub use news::{Count, News};
pub use rows::{Row, Rule, Silence, Tail};
pub use seek::Sought;
pub use silence::LongSilence;
pub use stretch::Stretch;
pub use unfolding::Folded;

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
    silence: LongSilence,
    cursor: Option<Item>,
    top: Option<Item>,
    /// The rule above the first item is on the screen too.
    top_rule: bool,
    direction: Direction,
    height: usize,
    /// The line of the screen that the cursor stood on last: where it is put when its entry is found again.
    line: usize,
    /// That entry.
    here: Option<Entry>,
    home: Option<Home>,
    /// The line that it stood on, since another query has not shown it yet.
    home_line: Option<usize>,
    /// The newest entry seen at an earlier look.
    mark: Option<Mark>,
    /// What is looked for, and where it was found.
    hits: Option<Hits>,
    searches: u64,
}

impl Timeline {
    /// A list of nothing yet, in which this folds, with rules where nothing happened for so long.
    #[must_use]
    pub fn folding(folding: Folding, silence: LongSilence) -> Self {
        Self { index: Index::folding(folding), silence, ..Self::default() }
    }

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

    /// Takes over what changed in the log. `passes` is the narrowing in force, the same as at the last call; when it
    /// changed, call [`Timeline::renew`]. A cursor on what was not loaded goes to the entry that took its place.
    pub fn update(&mut self, log: &Log, passes: &mut dyn Passes) {
        let gap =
            self.cursor.filter(|item| matches!(item, Item::Gap(_))).and_then(|item| self.index.find(item));
        let behind = gap.and_then(|spot| self.index.next(spot)).and_then(|spot| self.index.item(spot));
        // Hidden or not: where all of a run is hidden, what comes above it is not what came below.
        let before = gap.and_then(|spot| self.index.last_seen(spot));
        self.index.update(log, passes);
        self.look_on(log);
        let filled = match (self.direction, behind) {
            (Direction::Newer, Some(behind)) => {
                let behind = self.index.find(self.index.present(log, behind));
                behind.and_then(|spot| self.index.entry_before(spot))
            }
            _ => before.and_then(|before| self.index.behind(log, before)).or(gap),
        };
        if let Some(item) = filled.and_then(|spot| self.index.item(spot)) {
            self.cursor = Some(item);
        }
        let line = self.line;
        self.look_for_mark(log);
        self.settle(log);
        // A rule above it may have come or gone.
        self.put_cursor_on_line(log, line);
        if self.home.is_none() {
            self.note_home(log);
        }
    }

    /// Shows a log, the same or another, in another narrowing. The cursor goes to the entry that the user put it
    /// on last, else to the nearest in time, on the same line of the screen. `shown` is the log shown until now.
    pub fn renew(&mut self, log: &Log, passes: &mut dyn Passes) {
        let line = self.home_line.unwrap_or(self.line);
        self.index = self.index.emptied();
        self.index.update(log, passes);
        self.look_again(log);
        self.cursor = self.find_home(log).and_then(|spot| self.index.item(spot));
        self.top = None;
        self.look_for_mark(log);
        self.settle(log);
        self.put_cursor_on_line(log, line);
        let is_home =
            self.cursor.and_then(|item| self.index.find(item)).is_some_and(|spot| self.is_home(log, spot));
        self.home_line = (!is_home).then_some(line);
    }

    /// Gives the cursor a place when it has none or its item is gone, and keeps it on the screen.
    fn settle(&mut self, log: &Log) {
        self.cursor = self.cursor.map(|item| self.index.present(log, item));
        self.top = self.top.map(|item| self.index.present(log, item));
        let known = |item: Option<Item>| item.and_then(|item| self.index.find(item));
        if known(self.cursor).is_none() {
            // Of equal entries that are read again, another one is as good.
            let same_place = || self.cursor.and_then(|item| self.index.after(item));
            let spot = self.find_again(log).or_else(same_place).or_else(|| self.index.first());
            self.cursor = spot.and_then(|spot| self.index.item(spot));
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
        if self.is_at_start(log)
            && let Some(spot) = self.cursor.and_then(|item| self.index.find(item))
            && let Some(before) = self.index.entry_before(spot)
        {
            self.cursor = self.index.item(before);
        }
    }

    /// Whether the cursor stands on the start of the ticket: nothing of all that is loaded is shown.
    #[must_use]
    pub fn is_at_start(&self, log: &Log) -> bool {
        let gap = self.cursor.filter(|item| matches!(item, Item::Gap(_)));
        gap.and_then(|gap| self.index.find(gap)).is_some_and(|spot| self.is_start(log, spot))
    }

    fn is_start(&self, log: &Log, spot: Spot) -> bool {
        log.reaches_start() && self.index.is_last(spot)
    }

    /// Moves the cursor to the newest entry.
    pub fn to_newest(&mut self, log: &Log) {
        self.direction = Direction::Newer;
        self.cursor = self.index.first().and_then(|spot| self.index.item(spot));
        self.top = None;
        // Where nothing is loaded yet, nothing else is gone back to.
        self.home = None;
        self.note_home(log);
        self.settle(log);
    }

    /// Moves the cursor to the oldest item loaded, or the gap below it.
    pub fn to_oldest(&mut self, log: &Log) {
        self.direction = Direction::Older;
        self.cursor = self.index.last().and_then(|spot| self.index.item(spot));
        let last = self.cursor;
        self.leave_dead_end(log);
        if let Some(Item::Gap(_)) = self.cursor
            && self.cursor != last
        {
            // Nothing is shown of the last run: what is missing above it is read from there upwards.
            self.direction = Direction::Newer;
        }
        self.note_home(log);
        self.show_cursor(log);
    }

    /// Puts the cursor on an entry, or on the next older one that is shown, in the upper part of the screen.
    pub fn land(&mut self, log: &Log, id: EntryId) {
        let Some(spot) = log.resolve(id).and_then(|(_, id)| self.index.after(Item::Entry(id))) else {
            return;
        };
        self.direction = Direction::Older;
        self.cursor = self.index.item(spot);
        self.leave_dead_end(log);
        self.note_home(log);
        self.settle(log);
        self.put_cursor_on_line(log, self.height / 3);
    }
}
