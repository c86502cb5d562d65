//! What the terminal shows, and the bytes that change it.
//!
//! Holds every cell, the pen, the cursor's place and whether it is seen, and keeps them over frames. Writes cells
//! itself: ratatui's backend moves the cursor for every gap, resets colours after every frame, and does not know
//! that terminals disagree about the width of emoji.

mod join;

use ratatui::buffer::Buffer;

use super::{
    glyph::Glyph,
    grid::Grid,
    moves::{Move, Place, push_csi},
    pen::Pen,
    shift::{Direction, Shift},
};

/// The most unchanged cells written again instead of moving over them.
const WIDEST_BRIDGE: usize = 6;
/// Bytes of `ESC [ K`.
const ERASE: usize = 3;

/// Whether the cursor is seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Visibility {
    #[default]
    Unknown,
    Shown,
    Hidden,
}

/// A picture to paint: its glyphs, the buffer for clusters that glyphs do not hold, and the cursor.
#[derive(Clone, Copy)]
pub(super) struct Picture<'a> {
    pub(super) grid: &'a Grid,
    pub(super) buffer: &'a Buffer,
    /// Rows that go on with the line of the row above.
    pub(super) joined: &'a [u16],
    pub(super) cursor: Option<(usize, usize)>,
}

impl<'a> Picture<'a> {
    fn symbol(self, x: usize, y: usize) -> &'a str {
        let area = self.buffer.area();
        let index = y * usize::from(area.width) + x;
        self.buffer.content().get(index).map_or(" ", |cell| cell.symbol())
    }
}

/// The state of the terminal, as far as we brought it there.
#[derive(Debug, Clone, Default)]
pub(super) struct Terminal {
    cells: Grid,
    pen: Pen,
    place: Place,
    cursor: Visibility,
}

impl Terminal {
    pub(super) fn cells(&self) -> &Grid {
        &self.cells
    }

    /// Takes over what was painted, with its hashes.
    pub(super) fn accept(&mut self, grid: Grid) {
        debug_assert!(self.cells.shows(&grid), "the frame left cells unpainted");
        self.cells = grid;
    }

    /// Whether nothing needs to be sent.
    pub(super) fn shows(&self, picture: Picture<'_>) -> bool {
        let cursor = match picture.cursor {
            None => self.cursor == Visibility::Hidden,
            Some((x, y)) => self.cursor == Visibility::Shown && self.place == Place::At(x, y),
        };
        cursor && self.cells.shows(picture.grid)
    }

    /// Clears a terminal of which nothing is known.
    pub(super) fn clear(width: usize, height: usize, out: &mut Vec<u8>) -> Self {
        // Margins first: setting them moves the cursor. Colours before the clear, which fills with the background.
        out.extend_from_slice(b"\x1b[r\x1b[m\x1b[H\x1b[J");
        Self {
            cells: Grid::blank(width, height),
            pen: Pen::PLAIN,
            place: Place::At(0, 0),
            cursor: Visibility::Unknown,
        }
    }

    /// Moves rows as the terminal does it itself. The cursor's place is not known afterwards.
    pub(super) fn scroll(&mut self, shift: Shift, out: &mut Vec<u8>) {
        // The lines that come in take the background colour, on some terminals other attributes too.
        self.pen.change(Pen::PLAIN, out);
        self.pen = Pen::PLAIN;
        push_csi(out, &[shift.top + 1, shift.bottom + 1], b'r');
        let width = self.cells.width();
        let rows = self.cells.rows_mut(shift.top, shift.bottom);
        let moved = (shift.lines * width).min(rows.len());
        match shift.direction {
            Direction::Up => {
                push_csi(out, &[shift.bottom + 1], b'H');
                out.extend(std::iter::repeat_n(b'\n', shift.lines));
                rows.rotate_left(moved);
                rows.iter_mut().rev().take(moved).for_each(|cell| *cell = Glyph::BLANK);
            }
            Direction::Down => {
                push_csi(out, &[shift.top + 1], b'H');
                out.extend(std::iter::repeat_n(*b"\x1bM", shift.lines).flatten());
                rows.rotate_right(moved);
                rows.iter_mut().take(moved).for_each(|cell| *cell = Glyph::BLANK);
            }
        }
        push_csi(out, &[], b'r');
        self.place = Place::Unknown;
    }

    /// Paints what differs.
    pub(super) fn paint(&mut self, picture: Picture<'_>, out: &mut Vec<u8>) {
        // Hidden before anything moves and shown when all is in place, so that it does not run over the screen.
        if picture.cursor.is_none() && self.cursor != Visibility::Hidden {
            out.extend_from_slice(b"\x1b[?25l");
            self.cursor = Visibility::Hidden;
        }
        for y in 0..picture.grid.height() {
            self.paint_row(picture, y, out);
        }
        picture.joined.iter().for_each(|row| self.join(picture, usize::from(*row), out));
        if let Some((x, y)) = picture.cursor {
            self.go_to(picture, x, y, out);
            if self.cursor != Visibility::Shown {
                out.extend_from_slice(b"\x1b[?25h");
                self.cursor = Visibility::Shown;
            }
        }
    }

    fn paint_row(&mut self, picture: Picture<'_>, y: usize, out: &mut Vec<u8>) {
        let next = picture.grid.row(y);
        if self.cells.row(y) == next {
            return;
        }
        let text_ends = next.iter().rposition(|glyph| *glyph != Glyph::BLANK).map_or(0, |x| x + 1);
        let mut x = 0;
        while let Some(&glyph) = next.get(x) {
            let end = x + glyph.span();
            if self.cells.row(y).get(x..end) == next.get(x..end) {
                x = end;
                continue;
            }
            if x >= text_ends && self.erasing_pays(x, y) {
                self.erase(picture, x, y, out);
                return;
            }
            self.put(picture, x, y, out);
            x = end;
        }
    }

    /// Whether erasing from `x` to the end of the row is no longer than writing blanks.
    fn erasing_pays(&self, x: usize, y: usize) -> bool {
        let row = self.cells.row(y);
        row.iter().rposition(|glyph| *glyph != Glyph::BLANK).is_some_and(|last| last + 1 >= x + ERASE)
    }

    fn erase(&mut self, picture: Picture<'_>, x: usize, y: usize, out: &mut Vec<u8>) {
        self.go_to(picture, x, y, out);
        if !self.pen.erases_plainly() {
            self.take(Pen::PLAIN, out);
        }
        push_csi(out, &[], b'K');
        self.cells.row_mut(y).iter_mut().skip(x).for_each(|cell| *cell = Glyph::BLANK);
    }

    /// Writes the picture's glyph that begins at `x`.
    fn put(&mut self, picture: Picture<'_>, x: usize, y: usize, out: &mut Vec<u8>) {
        let Some(&glyph) = picture.grid.row(y).get(x) else {
            return;
        };
        self.go_to(picture, x, y, out);
        if !glyph.suits(self.pen) {
            self.take(glyph.pen(), out);
        }
        if glyph.reach().is_some() {
            self.blank_under(glyph, x, y, out);
        }
        glyph.write(picture.symbol(x, y), out);
        self.cover(glyph, x, y);
        let width = self.cells.width();
        self.place = match glyph.reach() {
            Some(reach) if x + reach.max(glyph.span()) < width => Place::Row(y),
            None if x + glyph.span() < width => Place::At(x + glyph.span(), y),
            // The last column is written: a wrap may be pending.
            _ => Place::Unknown,
        };
    }

    /// Blanks the cells under a wide glyph that some terminal may draw narrow, leaving what stood there.
    fn blank_under(&mut self, glyph: Glyph, x: usize, y: usize, out: &mut Vec<u8>) {
        let blank = Glyph::blank(glyph.pen().on_blank());
        let hidden = self.cells.row(y).get(x + 1..x + glyph.span()).unwrap_or_default();
        if hidden.iter().all(|cell| *cell == blank) {
            return;
        }
        out.extend(std::iter::repeat_n(b' ', glyph.span()));
        let place = if x + glyph.span() < self.cells.width() {
            Place::At(x + glyph.span(), y)
        } else {
            Place::Unknown
        };
        Move::shortest(place, x, y).write(out);
    }

    /// Notes what the terminal shows after a glyph was written at `x`.
    fn cover(&mut self, glyph: Glyph, x: usize, y: usize) {
        let span = glyph.span();
        let touched = glyph.reach().unwrap_or_default().max(span);
        for (offset, cell) in self.cells.row_mut(y).iter_mut().skip(x).enumerate() {
            *cell = match offset {
                0 => glyph,
                _ if offset < span => Glyph::TAIL,
                // A terminal that splits the cluster has written here.
                _ if offset < touched => Glyph::UNKNOWN,
                // The rest of a wide glyph that lost its left part.
                _ if cell.is_tail() => Glyph::UNKNOWN,
                _ => break,
            };
        }
    }

    fn take(&mut self, pen: Pen, out: &mut Vec<u8>) {
        self.pen.change(pen, out);
        self.pen = pen;
    }

    /// Brings the cursor to a cell. What stands left of it on its row must be painted already: where that is
    /// shorter, it is written once more.
    fn go_to(&mut self, picture: Picture<'_>, x: usize, y: usize, out: &mut Vec<u8>) {
        let way = Move::shortest(self.place, x, y);
        let bridges = [self.bridge_from_here(y), self.bridge_from_line_start(y)];
        let row = picture.grid.row(y);
        let best = bridges
            .into_iter()
            .flatten()
            .filter(|(_, start)| *start < x && x - start <= WIDEST_BRIDGE)
            .filter_map(|(before, start)| {
                Some((before.cost() + self.bridge_cost(row, start, x)?, before, start))
            })
            .min_by_key(|(cost, ..)| *cost);
        match best {
            Some((cost, before, start)) if cost < way.cost() => {
                before.write(out);
                let cells = row.iter().enumerate().take(x).skip(start);
                cells.filter(|(_, glyph)| !glyph.is_tail()).for_each(|(x, glyph)| {
                    glyph.write(picture.symbol(x, y), out);
                });
            }
            _ => way.write(out),
        }
        self.place = Place::At(x, y);
    }

    fn bridge_from_here(&self, y: usize) -> Option<(Move, usize)> {
        match self.place {
            Place::At(column, row) if row == y => Some((Move::Stay, column)),
            _ => None,
        }
    }

    fn bridge_from_line_start(&self, y: usize) -> Option<(Move, usize)> {
        let (Place::At(_, row) | Place::Row(row)) = self.place else {
            return None;
        };
        let down = y.checked_sub(row)?;
        Some((Move::Line { down, column: 0 }, 0))
    }

    /// Bytes for writing the cells from `start` up to `end` once more with the pen as it is, if that can be done.
    fn bridge_cost(&self, row: &[Glyph], start: usize, end: usize) -> Option<usize> {
        let cells = row.get(start..end)?;
        if cells.first()?.is_tail() {
            return None;
        }
        let heads = cells.iter().filter(|glyph| !glyph.is_tail());
        heads
            .map(|glyph| (glyph.reach().is_none() && glyph.suits(self.pen)).then(|| glyph.len()).flatten())
            .sum()
    }
}
