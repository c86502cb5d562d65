//! What was seen at an earlier look: taken over when it is known, and gone to.

use super::{Fetch, Notice, Reader, shown};
use crate::model::{
    time_words::{Moment, Unit},
    timeline::Leap,
    visit::Seen,
};

impl Reader {
    /// Takes over what was seen at an earlier look. Asks for nothing.
    pub fn recall(&mut self, seen: Seen) {
        let log = shown(self.left.as_deref(), self.narrow.as_ref(), &self.all);
        self.timeline.set_mark(log, seen);
    }

    /// To the newest entry that was seen at an earlier look: by a jump where it is not loaded.
    pub fn to_last_seen(&mut self) -> Vec<Fetch> {
        let Some(seen) = self.timeline.last_seen() else {
            self.notice = Some(Notice::NoLastLook);
            return Vec::new();
        };
        let back = self.timeline.bookmark(self.log());
        let mut loaded = false;
        self.leap(
            |list, log| {
                let leap = list.to_last_seen(log);
                loaded = leap.is_some();
                leap.unwrap_or(Leap::NotLoaded)
            },
            Notice::NoLastLook,
        );
        if !loaded {
            return self.to_moment(Moment { at: seen.entry.time, unit: Unit::Instant });
        }
        self.back = back.or_else(|| self.back.take());
        self.wants()
    }
}
