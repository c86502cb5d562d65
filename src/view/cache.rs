//! Rows that were drawn before: a step down the list draws one new row and copies the others.
//!
//! A row of the list depends on its [`Name`], under which nothing ever changes, and on what [`Key`] holds. The cache
//! is handed in by whoever draws frame after frame; drawing without it gives the same cells, which every story in
//! the tests checks.

use std::collections::HashMap;

use foldhash::fast::RandomState;
use ratatui::buffer::{Buffer, Cell};

use crate::{
    model::{Model, log::EntryId, query::Generation, text::Charset, timeline::Folded, zone::Zone},
    theme::Theme,
};

/// The most rows kept: a few screens of the largest terminal.
const MOST: usize = 1_000;

/// What a row depends on beside its entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Key {
    log: Generation,
    width: u16,
    charset: Charset,
    zone: Zone,
    /// The minute that ages were counted at.
    minute: Option<i64>,
    theme: Theme,
    /// What is looked for.
    search: u64,
    /// What people are called.
    redaction: (u64, u64),
}

/// What a row shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Name {
    /// An entry.
    Entry(EntryId),
    /// Neighbours on one line: the newest, how many, of how many actors, and whether there may be more.
    Fold(EntryId, usize, usize, bool),
}

impl From<Folded<'_>> for Name {
    fn from(fold: Folded<'_>) -> Self {
        Self::Fold(fold.newest, fold.count, fold.people, fold.may_grow)
    }
}

/// Rows of the list as cells. See the module.
#[derive(Debug, Default)]
pub struct RowCache {
    key: Option<Key>,
    rows: HashMap<Name, Vec<Cell>, RandomState>,
}

impl RowCache {
    /// Forgets rows that would look different now.
    pub(super) fn prepare(&mut self, model: &Model, theme: Theme, width: u16) {
        let key = Key {
            log: model.reader.log().generation(),
            width,
            charset: model.charset,
            zone: model.zone,
            minute: model.times.minute(model.now),
            theme,
            search: model.reader.timeline().searches(),
            redaction: model.redaction_turn(),
        };
        if self.key != Some(key) || self.rows.len() > MOST {
            self.rows.clear();
            self.key = Some(key);
        }
    }

    /// Copies a row that was drawn before to the line `y`, which is blank; false when there is none.
    pub(super) fn recall(&self, name: Name, y: u16, buffer: &mut Buffer) -> bool {
        let Some(row) = self.rows.get(&name) else { return false };
        for (cell, known) in line(buffer, y).zip(row) {
            cell.clone_from(known);
        }
        true
    }

    /// Keeps the row that stands on the line `y`, up to its last cell that is not blank.
    pub(super) fn keep(&mut self, name: Name, y: u16, buffer: &mut Buffer) {
        let mut row: Vec<Cell> = line(buffer, y).map(|cell| cell.clone()).collect();
        let used = row.iter().rposition(|cell| *cell != Cell::EMPTY).map_or(0, |last| last + 1);
        row.truncate(used);
        self.rows.insert(name, row);
    }
}

/// The cells of a line of the screen.
fn line(buffer: &mut Buffer, y: u16) -> impl Iterator<Item = &mut Cell> {
    let width = usize::from(buffer.area.width);
    let first = usize::from(y.saturating_sub(buffer.area.y)) * width;
    buffer.content.iter_mut().skip(first).take(width)
}
