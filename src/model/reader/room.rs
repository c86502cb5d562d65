//! How many requests may be under way at once, of all logs of the reader together: only one of them is ever asked.

use super::Reader;

impl Reader {
    /// So many requests may be under way from now on.
    pub fn set_room(&mut self, room: usize) {
        let left = self.left.as_deref_mut().map(|left| &mut left.log);
        [Some(&mut self.all), self.narrow.as_mut(), left]
            .into_iter()
            .flatten()
            .for_each(|log| log.set_room(room));
    }
}
