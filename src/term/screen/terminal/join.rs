//! Rows that are one line, for whoever selects them: a terminal gives a line back in one piece where it has wrapped it by
//! itself.

use super::{Picture, Place, Terminal};

impl Terminal {
    /// Writes the last glyph of the row above and the first one of this row behind it, without a move between them.
    pub(super) fn join(&mut self, picture: Picture<'_>, y: usize, out: &mut Vec<u8>) {
        let Some(above) = y.checked_sub(1).filter(|_| y < picture.grid.height()) else { return };
        let row = picture.grid.row(above);
        let Some(x) = row.iter().rposition(|glyph| !glyph.is_tail()) else { return };
        let (Some(last), Some(first)) = (row.get(x), picture.grid.row(y).first()) else { return };
        if last.reach().or(first.reach()).is_some() {
            // Nobody knows whether the terminal would wrap there.
            return;
        }
        self.put(picture, x, above, out);
        if !first.suits(self.pen) {
            self.take(first.pen(), out);
        }
        first.write(picture.symbol(0, y), out);
        self.place = Place::Unknown;
    }
}
