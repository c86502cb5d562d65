//! Looks at a story as a terminal does: cells, then bytes, then what an emulator shows.

use ratatui::{buffer::Buffer, layout::Size};
use ticketlog::{
    message::Message,
    model::{entry::Entry, text::Charset, ticket::Ticket},
    term::{colours::Colours, screen::Screen},
};

use crate::{emulator::Emulator, oracle, story::Story};

const COLOURS: Colours = Colours::None;

/// A story and the terminal it is shown on.
pub(crate) struct Watch {
    pub(crate) story: Story,
    screen: Screen,
    emulator: Emulator,
    /// What the test is about, for its failure.
    about: String,
}

impl Watch {
    /// A story of these entries, newest first, all answered.
    pub(crate) fn of(entries: Vec<Entry>, ticket: Option<Ticket>, size: Size, about: &str) -> Self {
        let mut story = Story::sized(0, size.width, size.height);
        story.server = entries;
        story.server.reverse();
        story.settle();
        if let Some(ticket) = ticket {
            let number = story.model.subject.ticket().unwrap();
            story.tell(Message::Ticket { ticket: number, answer: Ok(ticket) });
        }
        Self::on(story, about)
    }

    pub(crate) fn on(story: Story, about: &str) -> Self {
        let size = story.model.size;
        let mut watch = Self {
            story,
            screen: Screen::new(size, COLOURS),
            emulator: Emulator::used(size),
            about: about.to_owned(),
        };
        watch.look();
        watch
    }

    /// Presses keys and looks after each of the groups.
    pub(crate) fn keys(&mut self, groups: &[&str]) -> &mut Self {
        for keys in groups {
            self.story.keys(keys).settle();
            self.look();
        }
        self
    }

    /// Draws and checks: every cell, every byte, and that an emulator shows the cells.
    pub(crate) fn look(&mut self) -> Buffer {
        let buffer = self.story.buffer();
        check_cells(&buffer, self.story.model.charset)
            .unwrap_or_else(|wrong| panic!("{}: {wrong}", self.about));
        let bytes = self.screen.frame(&buffer, None);
        self.emulator.take(&bytes);
        self.emulator.expect(&buffer, None, COLOURS);
        buffer
    }
}

/// Checks every cell: one cluster that may be shown, whole, with blanks under the rest of a wide one.
pub(crate) fn check_cells(buffer: &Buffer, charset: Charset) -> Result<(), String> {
    let area = buffer.area;
    for y in 0..area.height {
        let mut x = 0;
        while x < area.width {
            let symbol = buffer[(x, y)].symbol();
            oracle::check_text(symbol, charset).map_err(|wrong| format!("at {x},{y}: {wrong}"))?;
            let cells = u16::try_from(oracle::cells(symbol)).unwrap_or(u16::MAX);
            if cells > area.width - x {
                return Err(format!("at {x},{y}: half a cluster: {}", symbol.escape_unicode()));
            }
            if (1..cells).any(|covered| buffer[(x + covered, y)].symbol() != " ") {
                return Err(format!("at {x},{y}: something under a wide cluster"));
            }
            x += cells.max(1);
        }
    }
    Ok(())
}

/// The rows of a picture as text, without the blanks under wide clusters.
pub(crate) fn rows(buffer: &Buffer) -> Vec<String> {
    let width = usize::from(buffer.area.width);
    let row = |cells: &[ratatui::buffer::Cell]| {
        let mut text = String::new();
        let mut x = 0;
        while let Some(cell) = cells.get(x) {
            text.push_str(cell.symbol());
            x += oracle::cells(cell.symbol()).max(1);
        }
        text
    };
    buffer.content().chunks(width).map(row).collect()
}
