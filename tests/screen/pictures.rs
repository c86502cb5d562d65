//! Pictures like the product's, drawn without the product.

use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect, Size},
    style::{Color, Modifier, Style},
};

/// A timeline somewhere in a log of many entries.
#[derive(Clone, Copy)]
pub(crate) struct Timeline {
    /// The terminal's.
    pub(crate) size: Size,
    /// The entry in the first row of the list.
    pub(crate) top: usize,
    /// The entry with the mark.
    pub(crate) cursor: usize,
    /// Whether the detail pane is open.
    pub(crate) detail: bool,
    /// Entries loaded; none leaves the list empty.
    pub(crate) loaded: usize,
}

impl Timeline {
    /// At the head of the log, detail closed.
    pub(crate) fn new(width: u16, height: u16) -> Self {
        Self { size: Size::new(width, height), top: 0, cursor: 0, detail: false, loaded: 350 }
    }

    /// Rows of the list.
    pub(crate) fn list(&self) -> usize {
        usize::from(self.size.height) - if self.detail { 9 } else { 4 }
    }

    /// One entry further.
    pub(crate) fn step(self) -> Self {
        let cursor = self.cursor + 1;
        Self { cursor, top: self.top.max((cursor + 1).saturating_sub(self.list())), ..self }
    }

    /// One entry back.
    pub(crate) fn back(self) -> Self {
        let cursor = self.cursor - 1;
        Self { cursor, top: self.top.min(cursor), ..self }
    }

    /// One page further.
    pub(crate) fn page(self) -> Self {
        Self { cursor: self.cursor + self.list() - 1, top: self.top + self.list() - 1, ..self }
    }

    /// The picture.
    #[expect(clippy::disallowed_methods, reason = "a picture made by hand")]
    pub(crate) fn draw(&self) -> Buffer {
        let mut buffer = Buffer::empty(Rect::from((Position::ORIGIN, self.size)));
        let (width, height) = (self.size.width, self.size.height);
        let dim = Style::new().add_modifier(Modifier::DIM);
        let bold = Style::new().add_modifier(Modifier::BOLD);
        let mut put = |x: u16, y: u16, text: &str, style: Style| {
            if y < height {
                buffer.set_string(x, y, text, style);
            }
        };
        put(0, 0, "#4478963", bold);
        put(9, 0, "open · Garrick Ollivander · Sales · New car price list.", Style::new());
        put(width - 11, 0, "as of 14:02", dim);
        put(0, 1, "everything · oldest loaded 3 Aug 2023", dim);
        put(width - 24, 1, &format!("{:>5} of {} loaded", self.cursor + 1, self.loaded), dim);
        for row in 2..self.size.height {
            let entry = self.top + usize::from(row) - 2;
            if entry < self.loaded.min(self.top + self.list()) {
                self.draw_entry(entry, row, &mut put);
            }
        }
        if self.detail {
            self.draw_detail(height - 7, &mut put);
        }
        let keys = "j k move  enter entry  tab pane  f filter  / search  t time  y copy  ? help";
        put(0, height - 1, keys, dim);
        buffer
    }

    fn draw_entry(&self, entry: usize, y: u16, put: &mut impl FnMut(u16, u16, &str, Style)) {
        let words = [
            ("status  ", "Garrick Ollivander", "Open → Pending", Color::Yellow),
            ("reply→  ", "Garrick Ollivander", "sent a reply", Color::Green),
            ("assigned", "Hermione Granger", "took it", Color::Reset),
            ("read    ", "3 people", "6 reads", Color::Reset),
            ("←reply  ", "Harry Potter", "sent a reply", Color::Cyan),
            ("tag     ", "Draco Malfoy", "added tag «price list»", Color::Reset),
        ];
        let (word, actor, what, colour) = words[entry * 7 % 11 % 6];
        let mark = if entry == self.cursor { "▌" } else { " " };
        put(0, y, mark, Style::new().fg(Color::LightBlue));
        let time = format!(
            "2023-{:02}-{:02} {:02}:{:02}",
            12 - entry / 90,
            28 - entry / 4 % 28,
            23 - entry % 24,
            entry * 13 % 60
        );
        put(1, y, &time, Style::new().add_modifier(Modifier::DIM));
        put(18, y, word, Style::new().fg(colour));
        put(27, y, actor, Style::new());
        put(46, y, what, Style::new());
    }

    fn draw_detail(&self, y: u16, put: &mut impl FnMut(u16, u16, &str, Style)) {
        let entry = self.cursor;
        put(0, y, &format!("── entry {} of {} loaded ──", entry + 1, self.loaded), Style::new());
        let seconds = entry * 7 % 60;
        put(
            0,
            y + 1,
            &format!("reply_created  Garrick Ollivander (team)  Wed 13 Dec 2023 23:11:{seconds:02}.782 Oslo"),
            Style::new(),
        );
        put(0, y + 2, "sent a reply", Style::new());
        put(0, y + 3, &format!("22:11:{seconds:02}.7825391 +00:00 · 2 years ago"), Style::new());
    }
}
