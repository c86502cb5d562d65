//! A terminal to draw on: `vt100`, the byte oracle, and what `vt100` does not model itself.

use ratatui::{
    buffer::{Buffer, Cell},
    layout::{Position, Size},
    style::{Color, Modifier},
};
use ticketlog::term::{
    colours::Colours,
    oracle::{Oracle, Scope},
};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// What the program believes to write to.
pub(crate) struct Emulator {
    parser: vt100::Parser,
    oracle: Oracle,
}

impl Emulator {
    /// A terminal that something else has used: text, colours, margins and a pen are left over.
    pub(crate) fn used(size: Size) -> Self {
        let mut emulator = Self {
            parser: vt100::Parser::new(rows(size), columns(size), 0),
            oracle: Oracle::new(Scope::Frames),
        };
        emulator.litter();
        emulator
    }

    /// Leaves text, colours, margins and a pen over, as a resize or another program does.
    fn litter(&mut self) {
        self.parser
            .process(b"\x1b[2;3r\x1b[H\x1b[4;7;31;44mleft over by something else\r\n\nand here\x1b[?25h");
    }

    /// Another size; what it shows then is anybody's guess.
    pub(crate) fn resize(&mut self, size: Size) {
        self.parser.set_size(rows(size), columns(size));
        self.litter();
    }

    /// Takes a frame. Breaches of the grammar and scrolls with a colour that would fill the new lines fail.
    pub(crate) fn take(&mut self, frame: &[u8]) {
        self.oracle.feed(frame).expect("the byte oracle");
        self.oracle.finish().expect("the byte oracle at the end of a frame");
        self.take_unchecked(frame);
    }

    /// Takes bytes as a terminal does, whatever they are.
    pub(crate) fn take_unchecked(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.parser.process(&[*byte]);
        }
    }

    /// Compares cell by cell with what should be seen.
    pub(crate) fn expect(&self, picture: &Buffer, cursor: Option<Position>, colours: Colours) {
        let area = *picture.area();
        for y in 0..area.height {
            let mut x = 0;
            while x < area.width {
                let cell = picture.cell((x, y)).expect("a cell of the picture");
                x += self.expect_cell(cell, Position::new(x, y), area.width - x, colours);
            }
        }
        let screen = self.parser.screen();
        assert_eq!(screen.hide_cursor(), cursor.is_none(), "the cursor's visibility");
        if let Some(cursor) = cursor {
            assert_eq!(screen.cursor_position(), (cursor.y, cursor.x), "the cursor's place");
        }
    }

    /// Compares the cell a cluster begins in and gives the cells it takes.
    fn expect_cell(&self, cell: &Cell, at: Position, room: u16, colours: Colours) -> u16 {
        let symbol: String = cell.symbol().chars().filter(|c| *c != '\u{fe0f}').collect();
        let width = u16::try_from(symbol.width()).expect("a narrow symbol");
        let shown = self.parser.screen().cell(at.y, at.x).expect("a cell of the screen");
        let parts = symbol.chars().filter(|c| c.width() > Some(0)).count();
        let apart: usize = symbol.chars().map(|c| c.width().unwrap_or(0).max(1)).sum();
        if parts > 1 || (symbol.chars().count() > 1 && apart > usize::from(room)) {
            // The emulator splits the cluster, or it was cut at the end of the row. All around it is compared.
            return width.min(room);
        }
        let fits = width <= room;
        let expected = if fits { symbol.as_str() } else { " " };
        let contents = if shown.has_contents() { shown.contents() } else { " " };
        // The emulator draws nothing for U+FFFD, and a cell of it has no room for six marks of three bytes.
        let is_cut = expected.len() > 18 && expected.starts_with(contents);
        if expected == "\u{fffd}" || is_cut {
            return width;
        }
        assert_eq!(contents, expected, "the text at {at}");
        assert_eq!(
            style_shown(shown),
            style_expected(cell, expected, colours),
            "the style at {at} of {expected:?}"
        );
        if fits { width } else { 1 }
    }
}

fn rows(size: Size) -> std::num::NonZeroU16 {
    size.height.try_into().expect("a row")
}

fn columns(size: Size) -> std::num::NonZeroU16 {
    size.width.try_into().expect("a column")
}

/// Foreground, background, and the attributes `vt100` knows. Where nothing shows them, foreground and attributes
/// are left out.
type Style = (vt100::Color, vt100::Color, [bool; 5]);

fn style_shown(cell: &vt100::Cell) -> Style {
    let attributes = [cell.bold(), cell.dim(), cell.italic(), cell.underline(), cell.inverse()];
    let contents = if cell.has_contents() { cell.contents() } else { " " };
    visible((cell.fgcolor(), cell.bgcolor(), attributes), contents)
}

fn style_expected(cell: &Cell, shown: &str, colours: Colours) -> Style {
    let has = |attribute| cell.modifier.contains(attribute);
    let attributes = [
        has(Modifier::BOLD),
        has(Modifier::DIM),
        has(Modifier::ITALIC),
        has(Modifier::UNDERLINED),
        has(Modifier::REVERSED),
    ];
    visible((colour(cell.fg, colours), colour(cell.bg, colours), attributes), shown)
}

fn visible((fg, bg, attributes): Style, shown: &str) -> Style {
    let [.., underlined, reversed] = attributes;
    if shown == " " && !underlined && !reversed {
        return (vt100::Color::Default, bg, [false; 5]);
    }
    (fg, bg, attributes)
}

/// Only colours that all modes but `None` write alike, or exact ones where 24 bits are on.
fn colour(colour: Color, colours: Colours) -> vt100::Color {
    match (colours, colour) {
        (Colours::None, _) | (_, Color::Reset) => vt100::Color::Default,
        (_, Color::Red) => vt100::Color::Idx(1),
        (_, Color::LightBlue) => vt100::Color::Idx(12),
        (Colours::Sixteen, Color::Indexed(196) | Color::Rgb(255, 0, 0)) => vt100::Color::Idx(9),
        (Colours::Sixteen, Color::Indexed(200)) => vt100::Color::Idx(13),
        (_, Color::Indexed(index)) => vt100::Color::Idx(index),
        (Colours::TwoFiftySix, Color::Rgb(255, 0, 0)) => vt100::Color::Idx(196),
        (_, Color::Rgb(red, green, blue)) => vt100::Color::Rgb(red, green, blue),
        _ => panic!("a colour the test does not use"),
    }
}
