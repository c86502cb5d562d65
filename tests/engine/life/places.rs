//! Where the cursor goes: nothing but a key moves it, and jumps, which end where they should (`landings`).

use chrono::TimeDelta;
use ticketlog::model::{
    follow::Following,
    query::Generation,
    reader::{Landed, Notice},
    timeline::{Row, Tail},
};

use super::Life;
use crate::server::number;

/// What is so before something is told.
pub(super) struct Before {
    generation: Generation,
    /// The number of the entry at the cursor.
    cursor: Option<u64>,
    /// Its line of the screen.
    line: Option<usize>,
    loaded: usize,
    screen: String,
    landed: Option<Landed>,
    is_seeking: bool,
    is_jumping: bool,
    /// The screen moves along with what arrives.
    follows: bool,
}

impl Life {
    pub(super) fn before(&self) -> Before {
        let reader = &self.model.reader;
        let follows = self.model.follow.following() == Following::On && reader.is_on_newest();
        Before {
            generation: reader.log().generation(),
            cursor: reader.current().map(number),
            line: self.cursor_line(),
            loaded: reader.log().loaded(),
            screen: self.screen(),
            landed: self.landed(),
            is_seeking: reader.asked_log().is_seeking(),
            is_jumping: reader.progress().is_some_and(|progress| !progress.is_kept),
            follows,
        }
    }

    fn landed(&self) -> Option<Landed> {
        match self.model.reader.notice()? {
            Notice::Landed(landed) => Some(*landed),
            _ => None,
        }
    }

    /// The lines of the list in a few letters.
    fn screen(&self) -> String {
        let reader = &self.model.reader;
        let rows = reader.timeline().rows(reader.log());
        let lines = rows.iter().map(|row| match row {
            Row::Entry { entry, cursor, .. } => {
                format!("{}{}", if *cursor { ">" } else { "" }, number(entry))
            }
            Row::Fold { fold, cursor } => {
                format!("{}{}x", if *cursor { ">" } else { "" }, number(fold.entry))
            }
            Row::Rule(_) => "--".to_owned(),
            Row::Tail { tail, cursor, .. } => format!("{}{tail:?}", if *cursor { ">" } else { "" }),
        });
        lines.collect::<Vec<_>>().join(" ")
    }

    fn cursor_line(&self) -> Option<usize> {
        let reader = &self.model.reader;
        reader.timeline().rows(reader.log()).iter().position(|row| match row {
            Row::Entry { cursor, .. } | Row::Fold { cursor, .. } | Row::Tail { cursor, .. } => *cursor,
            Row::Rule(_) => false,
        })
    }

    /// Checks what has become of the cursor.
    pub(super) fn check_cursor(&self, before: &Before, is_answer: bool) {
        let landed = self.landed().filter(|landed| before.landed != Some(*landed));
        if let Some(landed) = landed {
            return self.check_landing(&landed);
        }
        let reader = &self.model.reader;
        let is_same = before.generation == reader.log().generation();
        let is_less = is_same && reader.log().loaded() < before.loaded;
        let is_told = reader.was_reread() || reader.notice().is_some() || !is_answer;
        assert!(!is_less || is_told, "what was loaded vanishes without a word");
        let has_ended = before.is_jumping && reader.progress().is_none_or(|progress| progress.is_kept);
        // To the next newer day leads more than one jump; where it ends nothing is said.
        let is_told = reader.notice().is_some() || reader.current().map(number) != before.cursor;
        assert!(!is_answer || !has_ended || is_told, "a jump ends without a word");
        if is_answer && is_same && !has_ended && !before.follows {
            self.check_standing(before);
        }
    }

    /// An answer leaves the cursor on its entry, and that on its line; or brings it back to where the user put it.
    fn check_standing(&self, before: &Before) {
        let reader = &self.model.reader;
        let is_excused = self.changed || reader.was_reread();
        let Some(cursor) = before.cursor.filter(|_| !is_excused) else { return };
        let now = reader.current().map(number);
        let home = reader.timeline().home().map(number);
        // Home may be hidden, or not of these types: then it is what is next to it.
        let is_nearer =
            home.zip(now).is_some_and(|(home, now)| self.distance(now, home) <= self.distance(cursor, home));
        let goes_home = now == home || is_nearer || (before.is_seeking && !reader.asked_log().is_seeking());
        assert!(
            now == Some(cursor) || goes_home,
            "from {cursor} to {now:?}:\n{}\n{}",
            before.screen,
            self.screen()
        );
        let line = self.cursor_line();
        let rows = reader.timeline().rows(reader.log());
        if matches!(rows.last(), Some(Row::Tail { tail: Tail::Start, .. })) {
            // The start of the ticket is shown where it follows.
            return;
        }
        let has_room = !reader.timeline().shows_newest();
        assert!(
            line == before.line || (line < before.line && !has_room),
            "from line {:?} to {line:?}\n{}\n{}",
            before.line,
            before.screen,
            self.screen()
        );
    }

    /// The time between two entries.
    fn distance(&self, one: u64, other: u64) -> TimeDelta {
        (self.server.time(one) - self.server.time(other)).abs()
    }
}
