//! Turns pictures into as few bytes as possible, and remembers what the terminal shows.
//!
//! A frame is: rows that moved sent as one scroll inside margins, then the cells that still differ, with small gaps
//! written over, blank tails erased, and colours and cursor kept from frame to frame. Where it is not sure
//! that a scroll pays, the frame is written both ways and the shorter one is sent. Pictures may hold anything: cells that must not reach a terminal
//! are replaced (`shape`), sizes are cut to 500 x 300.
//!
//! Refuses to write: [`super::writer`] does. Never asks the terminal anything, never uses synchronised output (tmux
//! then sends the whole pane again). Called by the shell.

mod glyph;
mod grid;
mod moves;
mod pen;
mod shape;
mod shift;
mod terminal;

use std::hash::RandomState;

use ratatui::{
    buffer::Buffer,
    layout::{Position, Size},
};

use self::{
    grid::Grid,
    shift::Promise,
    terminal::{Picture, Terminal},
};
use super::{colours::Colours, oracle};

/// Whether rows that moved may be sent as scrolls.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum ScrollUse {
    /// Wherever it saves bytes.
    #[default]
    On,
    /// Never: the terminal makes scrolls dear.
    Off,
}

/// The terminal's picture, and the way to the next one.
#[derive(Debug)]
pub struct Screen {
    size: Size,
    colours: Colours,
    scroll: ScrollUse,
    /// Rows that go on with the line of the row above.
    joined: Vec<u16>,
    /// `None` when it is not known.
    terminal: Option<Terminal>,
    seed: RandomState,
}

impl Screen {
    /// A screen of which nothing is known: the first frame paints in full.
    #[must_use]
    pub fn new(size: Size, colours: Colours) -> Self {
        Self {
            size,
            colours,
            scroll: ScrollUse::default(),
            joined: Vec::new(),
            terminal: None,
            seed: RandomState::new(),
        }
    }

    /// Says whether scrolls may be used from now on.
    pub fn set_scroll(&mut self, scroll: ScrollUse) {
        self.scroll = scroll;
    }

    /// Says which rows go on with the line of the row above: there the terminal is to wrap by itself, until
    /// others are said.
    pub fn set_joined(&mut self, rows: Vec<u16>) {
        // Terminals differ in what parts a line that they have wrapped. A clear does on all of them.
        if self.joined.iter().any(|row| !rows.contains(row)) {
            self.invalidate();
        }
        self.joined = rows;
    }

    /// Takes the terminal's new size; the next frame paints in full.
    pub fn resize(&mut self, size: Size) {
        self.size = size;
        self.invalidate();
    }

    /// Forgets what the terminal shows, after SIGCONT, Ctrl-L or a failed write: the next frame resets margins and
    /// colours, clears, and paints in full.
    pub fn invalidate(&mut self) {
        self.terminal = None;
    }

    /// The bytes that turn what the terminal shows into `next`, with the cursor at `cursor`, hidden if `None`.
    ///
    /// Empty when nothing changed. The bytes must then be written, all and in order, or [`Screen::invalidate`] be
    /// called. A picture of another size than the last one paints in full.
    #[must_use]
    pub fn frame(&mut self, next: &Buffer, cursor: Option<Position>) -> Vec<u8> {
        let grid = Grid::read(next, self.size, self.colours, &self.seed);
        if grid.width() == 0 || grid.height() == 0 {
            return Vec::new();
        }
        let joined = std::mem::take(&mut self.joined);
        let cursor = cursor.map(|cursor| clamp(cursor, &grid));
        let picture = Picture { grid: &grid, buffer: next, joined: &joined, cursor };
        let known = self.terminal.take().filter(|terminal| fits(terminal, &grid));
        let (bytes, mut terminal) = match known {
            Some(terminal) if terminal.shows(picture) => (Vec::new(), terminal),
            Some(terminal) => self.change(terminal, picture),
            None => repaint(picture),
        };
        terminal.accept(grid);
        self.terminal = Some(terminal);
        self.joined = joined;
        debug_assert_eq!(oracle::check(&bytes), Ok(()), "a frame outside the grammar");
        bytes
    }

    fn change(&self, mut terminal: Terminal, picture: Picture<'_>) -> (Vec<u8>, Terminal) {
        let shift = match self.scroll {
            ScrollUse::On => shift::find(terminal.cells(), picture.grid),
            ScrollUse::Off => None,
        };
        let mut plain = Vec::new();
        let Some((shift, promise)) = shift else {
            terminal.paint(picture, &mut plain);
            return (plain, terminal);
        };
        let unscrolled = (promise == Promise::Likely).then(|| terminal.clone());
        let mut scrolled = Vec::new();
        terminal.scroll(shift, &mut scrolled);
        terminal.paint(picture, &mut scrolled);
        if let Some(mut unscrolled) = unscrolled {
            unscrolled.paint(picture, &mut plain);
            if plain.len() <= scrolled.len() {
                return (plain, unscrolled);
            }
        }
        (scrolled, terminal)
    }
}

fn repaint(picture: Picture<'_>) -> (Vec<u8>, Terminal) {
    let mut bytes = Vec::new();
    let mut terminal = Terminal::clear(picture.grid.width(), picture.grid.height(), &mut bytes);
    terminal.paint(picture, &mut bytes);
    (bytes, terminal)
}

fn fits(terminal: &Terminal, grid: &Grid) -> bool {
    terminal.cells().width() == grid.width() && terminal.cells().height() == grid.height()
}

fn clamp(cursor: Position, grid: &Grid) -> (usize, usize) {
    (usize::from(cursor.x).min(grid.width() - 1), usize::from(cursor.y).min(grid.height() - 1))
}
