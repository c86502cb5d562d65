//! A picture in the form the painter compares: one [`Glyph`] a cell, one summary a row.

use std::hash::RandomState;

use ratatui::{
    buffer::{Buffer, Cell},
    layout::Size,
    style::{Color, Modifier},
};

use super::{glyph::Glyph, pen::Pen, shape::Shape};
use crate::term::colours::Colours;

/// No terminal of a reader is larger; a hostile size must not cost memory.
const LARGEST: Size = Size::new(500, 300);

/// What the search for shifts knows of a row.
#[derive(Debug, Clone, Copy, Default)]
struct Summary {
    /// Equal rows have equal hashes; the rare wrong match costs bytes, never a wrong picture.
    hash: u64,
    /// Cells that are not blank.
    inked: usize,
}

/// A rectangle of glyphs.
#[derive(Debug, Clone, Default)]
pub(super) struct Grid {
    cells: Vec<Glyph>,
    rows: Vec<Summary>,
    width: usize,
}

impl Grid {
    /// A blank screen.
    pub(super) fn blank(width: usize, height: usize) -> Self {
        Self { cells: vec![Glyph::BLANK; width * height], rows: vec![Summary::default(); height], width }
    }

    /// Reads a picture, as much of it as `size` shows.
    pub(super) fn read(picture: &Buffer, size: Size, colours: Colours, seed: &RandomState) -> Self {
        let area = picture.area();
        let width = usize::from(area.width.min(size.width).min(LARGEST.width));
        let height = usize::from(area.height.min(size.height).min(LARGEST.height));
        if width == 0 {
            return Self { width, ..Self::default() };
        }
        let mut grid = Self::blank(width, height);
        let mut reader = Reader::new(colours, seed);
        let rows = grid.cells.chunks_exact_mut(width).zip(&mut grid.rows);
        for (row, (glyphs, summary)) in picture.content().chunks(area.width.into()).zip(rows) {
            *summary = reader.read_row(row, glyphs);
        }
        grid
    }

    pub(super) fn width(&self) -> usize {
        self.width
    }

    pub(super) fn height(&self) -> usize {
        self.rows.len()
    }

    pub(super) fn row(&self, y: usize) -> &[Glyph] {
        self.cells.get(y * self.width..(y + 1) * self.width).unwrap_or_default()
    }

    pub(super) fn row_mut(&mut self, y: usize) -> &mut [Glyph] {
        self.cells.get_mut(y * self.width..(y + 1) * self.width).unwrap_or_default()
    }

    pub(super) fn hash(&self, y: usize) -> u64 {
        self.rows.get(y).map_or(0, |row| row.hash)
    }

    /// Cells of a row that are not blank.
    pub(super) fn inked(&self, y: usize) -> usize {
        self.rows.get(y).map_or(0, |row| row.inked)
    }

    /// The rows from `top` to `bottom`, both included, as one piece.
    pub(super) fn rows_mut(&mut self, top: usize, bottom: usize) -> &mut [Glyph] {
        self.cells.get_mut(top * self.width..(bottom + 1) * self.width).unwrap_or_default()
    }

    /// Whether both show the same.
    pub(super) fn shows(&self, other: &Self) -> bool {
        self.width == other.width && self.cells == other.cells
    }
}

/// Turns cells into glyphs. Neighbours mostly share their style, so the last one's pen is kept.
struct Reader<'a> {
    colours: Colours,
    seed: &'a RandomState,
    style: (Color, Color, Modifier),
    pen: Pen,
    /// A blank in this style, and the same for its hash.
    blank: Glyph,
    blank_bits: u64,
}

impl<'a> Reader<'a> {
    fn new(colours: Colours, seed: &'a RandomState) -> Self {
        Self {
            colours,
            seed,
            style: (Color::Reset, Color::Reset, Modifier::empty()),
            pen: Pen::PLAIN,
            blank: Glyph::BLANK,
            blank_bits: Glyph::BLANK.text().bits() ^ Pen::PLAIN.bits(),
        }
    }

    /// Reads a row into blank glyphs, as many as there are. Every cell of every frame passes here: what is counted stays
    /// in the loop's own variables.
    fn read_row(&mut self, row: &[Cell], glyphs: &mut [Glyph]) -> Summary {
        let (mut hash, mut inked, mut tails) = (0_u64, 0, 0);
        let mut room = glyphs.len();
        for (slot, cell) in glyphs.iter_mut().zip(row) {
            let (glyph, bits) = if tails > 0 {
                tails -= 1;
                (Glyph::TAIL, 1)
            } else {
                let (glyph, bits) = self.glyph(cell, room);
                tails = glyph.span() - 1;
                (glyph, bits)
            };
            *slot = glyph;
            room -= 1;
            inked += usize::from(!glyph.is_blank());
            hash = (hash.rotate_left(5) ^ bits).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        }
        Summary { hash, inked }
    }

    /// A cell's glyph, and a number for hashing it.
    #[inline]
    fn glyph(&mut self, cell: &Cell, room: usize) -> (Glyph, u64) {
        let (fg, bg, modifier) = self.style;
        if cell.modifier != modifier || cell.fg != fg || cell.bg != bg {
            self.restyle((cell.fg, cell.bg, cell.modifier), Pen::of(cell, self.colours));
        }
        let shape = match cell.symbol().as_bytes() {
            b" " => return (self.blank, self.blank_bits),
            [byte @ b'!'..=b'~'] => Shape::ascii(*byte),
            _ => Shape::of(cell.symbol(), room, self.seed),
        };
        if shape == Shape::BLANK {
            return (self.blank, self.blank_bits);
        }
        let glyph = Glyph::new(shape, self.pen);
        (glyph, glyph.text().bits() ^ self.pen.bits())
    }

    #[cold]
    fn restyle(&mut self, style: (Color, Color, Modifier), pen: Pen) {
        self.style = style;
        self.pen = pen;
        self.blank = Glyph::blank(pen.on_blank());
        self.blank_bits = self.blank.text().bits() ^ self.blank.pen().bits();
    }
}
