//! Finds rows that moved up or down together between two pictures.
//!
//! The view gives no hint, so whatever scrolls profits. Costs are estimates in cells; where they leave a doubt, the
//! screen writes the frame both ways and sends the shorter.

use super::grid::Grid;

/// Which way the rows moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    Up,
    Down,
}

/// Rows `top` to `bottom` (both included) moved by `lines`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Shift {
    pub(super) top: usize,
    pub(super) bottom: usize,
    pub(super) lines: usize,
    pub(super) direction: Direction,
}

/// What a shift promises.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Promise {
    /// So much that the frame need not be written without it to compare.
    Sure,
    /// Something.
    Likely,
}

/// Cells' worth of bytes for going to a row.
const REACH_ROW: i64 = 4;
/// Cells' worth of bytes for margins and the moves around them.
const MARGINS: i64 = 20;
/// Cells' worth of bytes for erasing the rest of a row.
const ERASE: usize = 3;
/// Cells saved, estimated, from which on no doubt is left.
const SURE: i64 = 200;
/// Shifts looked at cell by cell.
const CLOSE_LOOKS: usize = 2;

/// The shift that promises to save most, if any does.
pub(super) fn find(old: &Grid, new: &Grid) -> Option<(Shift, Promise)> {
    let height = new.height();
    if height < 2 || old.height() != height {
        return None;
    }
    let rows = Rows {
        old,
        new,
        in_place: (0..height).map(|y| row_cost(old, y, new, y)).collect(),
        from_blank: (0..height).map(|y| count(new.inked(y))).collect(),
    };
    rows.promising()
        .into_iter()
        .filter_map(|(lines, direction)| rows.best_region(lines, direction))
        .max_by_key(|(saved, shift)| (*saved, std::cmp::Reverse(shift.lines)))
        .map(|(saved, shift)| (shift, if saved >= SURE { Promise::Sure } else { Promise::Likely }))
}

struct Rows<'a> {
    old: &'a Grid,
    new: &'a Grid,
    /// What each new row costs when nothing is shifted.
    in_place: Vec<i64>,
    /// What each new row costs on a blank line.
    from_blank: Vec<i64>,
}

impl Rows<'_> {
    /// The few shifts under which the most changed rows are found whole somewhere else.
    fn promising(&self) -> Vec<(usize, Direction)> {
        let height = self.new.height();
        let changed: Vec<usize> = (0..height).filter(|&y| at(&self.in_place, y) > 0).collect();
        let mut best: Vec<(i64, usize, Direction)> = Vec::new();
        for lines in 1..height {
            for direction in [Direction::Up, Direction::Down] {
                let found = |&&y: &&usize| {
                    source(y, lines, direction, height)
                        .is_some_and(|from| self.old.hash(from) == self.new.hash(y))
                };
                let saved = changed.iter().filter(found).map(|&y| at(&self.in_place, y)).sum();
                if saved > 0 {
                    best.push((saved, lines, direction));
                }
            }
        }
        best.sort_by_key(|&(saved, lines, _)| (-saved, lines));
        best.into_iter().take(CLOSE_LOOKS).map(|(_, lines, direction)| (lines, direction)).collect()
    }

    /// The stretch of rows for which a shift saves most: the heaviest run of gains, less what the rows cost that
    /// the scroll leaves blank.
    fn best_region(&self, lines: usize, direction: Direction) -> Option<(i64, Shift)> {
        let height = self.new.height();
        // Rows are counted in the direction of the blank lines, so that both directions are one case.
        let row = |n: usize| match direction {
            Direction::Up => n,
            Direction::Down => height - 1 - n,
        };
        let mut blanks: i64 = (0..lines).map(|n| self.blank_loss(row(n))).sum();
        let mut best: Option<(i64, usize, usize)> = None;
        let (mut run, mut first) = (0, 0);
        for n in 0..height.saturating_sub(lines) {
            blanks += self.blank_loss(row(n + lines)) - self.blank_loss(row(n));
            if run <= 0 {
                (run, first) = (0, n);
            }
            let y = row(n);
            if let Some(from) = source(y, lines, direction, height) {
                run += at(&self.in_place, y) - row_cost(self.old, from, self.new, y);
            }
            let saved = run - blanks - MARGINS - i64::try_from(lines).unwrap_or(i64::MAX);
            if saved > 0 && best.is_none_or(|(most, ..)| saved > most) {
                best = Some((saved, first, n + lines));
            }
        }
        best.map(|(saved, first, last)| {
            let (top, bottom) = (row(first).min(row(last)), row(first).max(row(last)));
            let shift = Shift { top, bottom, lines, direction };
            (saved, shift)
        })
    }

    /// What a row costs more when the scroll leaves it blank.
    fn blank_loss(&self, y: usize) -> i64 {
        at(&self.from_blank, y) - at(&self.in_place, y)
    }
}

/// Where the row now at `y` stood before.
fn source(y: usize, lines: usize, direction: Direction, height: usize) -> Option<usize> {
    match direction {
        Direction::Up => y.checked_add(lines).filter(|&from| from < height),
        Direction::Down => y.checked_sub(lines),
    }
}

fn at(costs: &[i64], y: usize) -> i64 {
    costs.get(y).copied().unwrap_or_default()
}

fn row_cost(old: &Grid, from: usize, new: &Grid, to: usize) -> i64 {
    if old.hash(from) == new.hash(to) {
        return 0;
    }
    let pairs = old.row(from).iter().zip(new.row(to));
    // What becomes blank is mostly erased at one stroke.
    let most = new.inked(to) + ERASE;
    count(pairs.filter(|(old, new)| old != new).take(most).count())
}

fn count(cells: usize) -> i64 {
    match i64::try_from(cells) {
        Ok(0) | Err(_) => 0,
        Ok(cells) => cells + REACH_ROW,
    }
}
