//! The page from which a text is selected by hand: the text alone, from the first column on, with a break or a gap nowhere
//! but where the text has one. A line that is too long goes on in the next row, which the terminal is told.

use super::Page;
use crate::model::{
    Model,
    snippet::Snippet,
    text::{Line, Origin},
};

/// A row of the page.
struct Row {
    line: Line,
    /// The line of the row above goes on here.
    is_joined: bool,
}

impl Model {
    pub(super) fn lines_by_hand(&self) -> Vec<Line> {
        self.rows_by_hand().map(|row| row.line).collect()
    }

    /// The rows of the screen that go on with what fills the row above.
    #[must_use]
    pub fn joined_rows(&self) -> Vec<u16> {
        let Some(Page::Text { .. }) = self.page else { return Vec::new() };
        let body = self.areas().body;
        let shown = (body.y..body.bottom()).zip(self.rows_by_hand().skip(self.page_scroll()));
        shown.skip(1).filter(|(_, row)| row.is_joined).map(|(y, _)| y).collect()
    }

    /// Whether a line of it takes more than one row.
    #[must_use]
    pub fn has_joined_rows(&self) -> bool {
        self.rows_by_hand().any(|row| row.is_joined)
    }

    fn rows_by_hand(&self) -> impl Iterator<Item = Row> {
        let width = usize::from(self.areas().body.width).max(1);
        let text = self.text_by_hand().map(Snippet::as_str).unwrap_or_default();
        text.lines().flat_map(move |line| {
            // Cleaned already: nothing is escaped a second time.
            let mut whole = Line::default();
            whole.push(Origin::Data, line);
            let mut is_full = false;
            let rows = whole.split(width).into_iter();
            rows.map(move |line| Row {
                is_joined: std::mem::replace(&mut is_full, line.cells() == width),
                line,
            })
        })
    }
}
