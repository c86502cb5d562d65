//! Which part of the list is on the screen: scrolls as little as needed for the cursor's line to be there.

use super::{Item, Spot, Timeline, rows};
use crate::model::{log::Log, stamp::Stamp};

impl Timeline {
    /// Whether the newest item is on the screen.
    #[must_use]
    pub fn shows_newest(&self) -> bool {
        let top = self.top.map(|item| self.index.find(item).map(|spot| self.index.line(spot)));
        top == self.index.first().map(Some)
    }

    pub(super) fn top_spot(&self) -> Option<Spot> {
        // What came above the first line may have taken it into a fold.
        let top = self.top.and_then(|item| self.index.find(item)).map(|spot| self.index.line(spot));
        top.or_else(|| self.index.first())
    }

    /// The line that the cursor stands on.
    pub(super) fn cursor_spot(&self) -> Option<Spot> {
        self.cursor.and_then(|item| self.index.find(item)).map(|spot| self.index.line(spot))
    }

    /// The line of the screen that the cursor stands on.
    pub(super) fn cursor_line(&self, log: &Log) -> usize {
        let cursor = self.cursor_spot().and_then(|spot| self.index.item(spot));
        self.rows(log).iter().position(|row| row.item() == cursor && cursor.is_some()).unwrap_or(0)
    }

    /// Scrolls so that the cursor stands on this line, as far as there are rows above it.
    pub(super) fn put_cursor_on_line(&mut self, log: &Log, line: usize) {
        let Some(cursor) = self.cursor_spot() else {
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
    pub(super) fn show_cursor(&mut self, log: &Log) {
        let Some(cursor) = self.cursor_spot() else {
            return;
        };
        self.here = self.current(log).cloned();
        let Some(top) = self.top_spot() else { return };
        if self.height == 0 {
            return;
        }
        if cursor < top {
            self.top = self.index.item(cursor);
            self.top_rule = false;
            self.line = 0;
            return;
        }
        let start = self.index.next(cursor).filter(|next| self.is_start(log, *next));
        let below =
            start.map(|start| (start, self.with_rule(log, start))).filter(|(_, lines)| self.height > *lines);
        let (last, lines_below) = below.unwrap_or((cursor, 0));
        let mut lines = usize::from(self.top_rule && self.rule_above(log, top).is_some());
        let mut spot = top;
        self.line = lines;
        while spot < last && lines < self.height {
            let Some(next) = self.index.next(spot) else { break };
            lines += self.with_rule(log, next);
            spot = next;
            if spot <= cursor {
                self.line = lines;
            }
        }
        if spot < last || lines >= self.height {
            let (top, rule) = self.climb(log, last, self.height - 1);
            self.top = self.index.item(top);
            self.top_rule = rule;
            self.line = self.height - 1 - lines_below;
        }
    }

    /// The item that stands `lines` lines above this one, and whether its rule is on the first line.
    pub(super) fn climb(&self, log: &Log, from: Spot, mut lines: usize) -> (Spot, bool) {
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

    /// How many lines an item has with the rule above it.
    fn with_rule(&self, log: &Log, spot: Spot) -> usize {
        1 + usize::from(self.rule_above(log, spot).is_some())
    }

    /// The rule between an item and the one above it.
    pub(super) fn rule_above(&self, log: &Log, spot: Spot) -> Option<rows::Rule> {
        let (news, silence) = (self.news_above(log, spot), self.silence_above(log, spot));
        (news.is_some() || silence.is_some()).then_some(rows::Rule { news, silence })
    }

    /// The silence between an item and the entry above it, where it is long enough for a rule.
    pub(super) fn silence_above(&self, log: &Log, spot: Spot) -> Option<rows::Silence> {
        let Item::Entry(older) = self.index.item(spot)? else {
            return None;
        };
        let Item::Entry(newer) = self.index.item(self.index.entry_before(spot)?)? else {
            return None;
        };
        let (run, older_id) = log.resolve(older)?;
        let from = run.by_serial(older_id.serial)?.stamp()?;
        let newer_entry = if newer.run == older.run && older_id == older {
            run.by_serial(newer.serial)
        } else {
            log.entry(newer)
        };
        let to: Stamp = newer_entry?.stamp()?;
        let unbroken = older.run == newer.run && older.serial == newer.serial + 1;
        (to.since(&from) >= self.silence.span()).then_some(rows::Silence { from, to, unbroken })
    }
}
