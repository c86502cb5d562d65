//! What the terminal writes with: colours and attributes, and the shortest change from one pen to the next.

use ratatui::{
    buffer::Cell,
    style::{Color, Modifier},
};

use crate::term::colours::{Colours, Ink, Kind};

/// Attributes that show on a blank cell.
const ON_BLANKS: Modifier = Modifier::UNDERLINED.union(Modifier::REVERSED).union(Modifier::CROSSED_OUT);

const INTENSITY: Modifier = Modifier::BOLD.union(Modifier::DIM);
const BLINKS: Modifier = Modifier::SLOW_BLINK.union(Modifier::RAPID_BLINK);

/// Attribute, code that turns it on, attributes the code that turns it off takes along, that code.
const CODES: [(Modifier, u8, Modifier, u8); 9] = [
    (Modifier::BOLD, 1, INTENSITY, 22),
    (Modifier::DIM, 2, INTENSITY, 22),
    (Modifier::ITALIC, 3, Modifier::ITALIC, 23),
    (Modifier::UNDERLINED, 4, Modifier::UNDERLINED, 24),
    (Modifier::SLOW_BLINK, 5, BLINKS, 25),
    (Modifier::RAPID_BLINK, 6, BLINKS, 25),
    (Modifier::REVERSED, 7, Modifier::REVERSED, 27),
    (Modifier::HIDDEN, 8, Modifier::HIDDEN, 28),
    (Modifier::CROSSED_OUT, 9, Modifier::CROSSED_OUT, 29),
];

/// The bits that an ink takes in a pen.
const INK: u32 = 26;

/// Colours and attributes, as this terminal can show them: in one number, because pens are compared cell by cell.
/// The foreground is lowest, above it the background, above that the attributes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Pen(u64);

impl Pen {
    /// The terminal's pen after a reset.
    pub(super) const PLAIN: Self = Self(0);

    fn new(fg: Ink, bg: Ink, attributes: Modifier) -> Self {
        Self(fg.bits() | bg.bits() << INK | u64::from(attributes.bits()) << (2 * INK))
    }

    fn fg(self) -> Ink {
        Ink::of_bits(self.0 & ((1 << INK) - 1))
    }

    fn bg(self) -> Ink {
        Ink::of_bits(self.0 >> INK & ((1 << INK) - 1))
    }

    fn attributes(self) -> Modifier {
        Modifier::from_bits_truncate(u16::try_from(self.0 >> (2 * INK)).unwrap_or_default())
    }

    /// The pen for a cell's style.
    pub(super) fn of(cell: &Cell, colours: Colours) -> Self {
        let ink = |colour: Color| colours.ink(colour);
        Self::new(ink(cell.fg), ink(cell.bg), cell.modifier)
    }

    /// The same pen without what cannot be seen on a blank cell.
    pub(super) fn on_blank(self) -> Self {
        if self.attributes().intersects(ON_BLANKS) {
            return self;
        }
        Self::new(Ink::DEFAULT, self.bg(), Modifier::empty())
    }

    /// Whether erasing with this pen leaves plain blanks: terminals erase with the background colour, some also
    /// with other attributes.
    pub(super) fn erases_plainly(self) -> bool {
        self.on_blank() == Self::PLAIN
    }

    /// A number for hashing.
    pub(super) fn bits(self) -> u64 {
        self.0
    }

    /// Appends the shortest sequence that turns this pen into `next`.
    pub(super) fn change(self, next: Self, out: &mut Vec<u8>) {
        if self == next {
            return;
        }
        if next == Self::PLAIN {
            out.extend_from_slice(b"\x1b[m");
            return;
        }
        let start = out.len();
        let mut codes = Codes::start(out);
        self.step(next, &mut codes);
        codes.end();
        let middle = out.len();
        let mut codes = Codes::start(out);
        codes.push(&[0]);
        Self::PLAIN.step(next, &mut codes);
        codes.end();
        if out.len() - middle < middle - start {
            out.drain(start..middle);
        } else {
            out.truncate(middle);
        }
    }

    fn step(self, next: Self, codes: &mut Codes<'_>) {
        let removed = self.attributes() - next.attributes();
        let mut kept = self.attributes();
        for (attribute, _, group, off) in CODES {
            if removed.contains(attribute) && kept.intersects(group) {
                codes.push(&[off]);
                kept -= group;
            }
        }
        for (attribute, on, ..) in CODES {
            if next.attributes().contains(attribute) && !kept.contains(attribute) {
                codes.push(&[on]);
            }
        }
        if self.fg() != next.fg() {
            codes.colour(next.fg(), 30);
        }
        if self.bg() != next.bg() {
            codes.colour(next.bg(), 40);
        }
    }
}

/// One SGR sequence being written.
struct Codes<'a> {
    out: &'a mut Vec<u8>,
}

impl<'a> Codes<'a> {
    fn start(out: &'a mut Vec<u8>) -> Self {
        out.extend_from_slice(b"\x1b[");
        Self { out }
    }

    fn push(&mut self, codes: &[u8]) {
        for &code in codes {
            super::moves::push_number(self.out, code.into());
            self.out.push(b';');
        }
    }

    /// `base` is 30 for the foreground, 40 for the background. The first sixteen have short codes of their own.
    fn colour(&mut self, ink: Ink, base: u8) {
        match ink.kind() {
            Kind::Default => self.push(&[base + 9]),
            Kind::Index(index @ 0..8) => self.push(&[base + index]),
            Kind::Index(index @ 8..16) => self.push(&[base + 60 + (index - 8)]),
            Kind::Index(index) => self.push(&[base + 8, 5, index]),
            Kind::Rgb([red, green, blue]) => self.push(&[base + 8, 2, red, green, blue]),
        }
    }

    fn end(self) {
        if let Some(last) = self.out.last_mut() {
            *last = b'm';
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pen(fg: Color, bg: Color, attributes: Modifier) -> Pen {
        let mut cell = Cell::EMPTY;
        (cell.fg, cell.bg, cell.modifier) = (fg, bg, attributes);
        Pen::of(&cell, Colours::True)
    }

    fn change(from: Pen, to: Pen) -> String {
        let mut out = Vec::new();
        from.change(to, &mut out);
        String::from_utf8(out).unwrap().replace('\x1b', "^")
    }

    #[test]
    fn the_shortest_change_is_written() {
        let none = Modifier::empty();
        let red = pen(Color::Red, Color::Reset, none);
        let bold = pen(Color::Red, Color::Reset, Modifier::BOLD);
        let all = pen(Color::Rgb(1, 2, 3), Color::Indexed(200), Modifier::BOLD | Modifier::UNDERLINED);
        assert_eq!(change(red, red), "");
        assert_eq!(change(all, Pen::PLAIN), "^[m");
        assert_eq!(change(Pen::PLAIN, red), "^[31m");
        assert_eq!(change(red, bold), "^[1m");
        assert_eq!(change(bold, red), "^[22m");
        assert_eq!(change(all, red), "^[0;31m");
        assert_eq!(change(Pen::PLAIN, all), "^[1;4;38;2;1;2;3;48;5;200m");
        assert_eq!(change(red, pen(Color::LightBlue, Color::DarkGray, none)), "^[94;100m");
    }

    #[test]
    fn every_part_of_a_pen_comes_back() {
        for (fg, bg) in [(Color::Reset, Color::White), (Color::Indexed(255), Color::Rgb(255, 255, 255))] {
            for attributes in [Modifier::empty(), Modifier::all()] {
                let pen = pen(fg, bg, attributes);
                let parts = (Colours::True.ink(fg), Colours::True.ink(bg), attributes);
                assert_eq!((pen.fg(), pen.bg(), pen.attributes()), parts);
            }
        }
        assert_eq!(pen(Color::Reset, Color::Reset, Modifier::empty()), Pen::PLAIN);
    }

    #[test]
    fn bold_and_dim_share_the_code_that_ends_them() {
        let with = |attributes| pen(Color::Rgb(1, 2, 3), Color::Reset, attributes);
        assert_eq!(change(with(Modifier::BOLD | Modifier::DIM), with(Modifier::DIM)), "^[22;2m");
        assert_eq!(change(with(Modifier::BOLD), with(Modifier::DIM)), "^[22;2m");
        assert_eq!(change(with(Modifier::BOLD | Modifier::DIM), with(Modifier::empty())), "^[22m");
    }

    #[test]
    fn a_blank_has_no_foreground_unless_something_shows_on_it() {
        assert_eq!(pen(Color::Red, Color::Reset, Modifier::BOLD).on_blank(), Pen::PLAIN);
        let reversed = pen(Color::Red, Color::Reset, Modifier::REVERSED);
        assert_eq!(reversed.on_blank(), reversed);
        assert!(!reversed.erases_plainly());
        assert!(pen(Color::Red, Color::Reset, Modifier::BOLD).erases_plainly());
    }
}
