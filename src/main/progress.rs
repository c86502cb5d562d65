//! How far an export has come, on standard error: one line, drawn anew, once it takes longer than a second, and only
//! where a terminal shows it and nothing else is being drawn there.

use std::io::{self, IsTerminal, Write};

use chrono::{DateTime, TimeDelta, Utc};
use ticketlog::{
    model::{counted, zone::Zone},
    shell,
    shell::export::Read,
};

/// How long nothing is drawn.
const PATIENCE: TimeDelta = TimeDelta::seconds(1);

/// How often it is drawn at most.
const PAUSE: TimeDelta = TimeDelta::milliseconds(250);

/// The terminal shows `^C` behind it.
const CAUGHT: usize = 2;

/// The line.
pub(super) struct Line {
    is_shown: bool,
    zone: Zone,
    start: DateTime<Utc>,
    drawn: Option<DateTime<Utc>>,
    /// How many cells of it stand there.
    cells: usize,
}

impl Line {
    /// Nothing is drawn yet; never, where entries go to a terminal or to a pager.
    pub(super) fn new(is_wanted: bool, zone: Zone) -> Self {
        let is_shown = is_wanted && io::stderr().is_terminal();
        Self { is_shown, zone, start: shell::now(), drawn: None, cells: 0 }
    }

    pub(super) fn read(&mut self, read: Read) {
        let now = shell::now();
        let is_due = self.drawn.is_none_or(|drawn| now - drawn >= PAUSE || now < drawn);
        if self.is_shown && is_due && now - self.start >= PATIENCE {
            self.drawn = Some(now);
            // The last cell stays free: behind it the cursor may stand in the next line.
            let room = width().saturating_sub(CAUGHT + 1);
            self.draw(&words(read, self.zone, now - self.start, room));
        }
    }

    /// Takes it away, so that a sentence can stand there.
    pub(super) fn clear(&mut self) {
        if self.cells > 0 {
            self.cells += CAUGHT;
            self.draw("");
            let _ = write!(io::stderr(), "\r");
        }
    }

    /// Without an escape sequence: blanks cover what stood there, as far as the terminal goes now.
    fn draw(&mut self, words: &str) {
        let cells = self.cells.min(width());
        let _ = write!(io::stderr(), "\r{words:cells$}");
        let _ = io::stderr().flush();
        self.cells = words.chars().count();
    }
}

/// The cells of a line of the terminal; it may have another size each time.
fn width() -> usize {
    let size = rustix::termios::tcgetwinsize(io::stderr()).ok().filter(|size| size.ws_col > 0);
    size.map_or(80, |size| size.ws_col.into())
}

/// `ticketlog: 12000 entries, at 2023-03-01 10:00, 850 a second`: as many of these parts as there is room for.
fn words(read: Read, zone: Zone, since: TimeDelta, room: usize) -> String {
    let Read { is_learning, entries, reached } = read;
    let millis = u64::try_from(since.num_milliseconds()).unwrap_or_default().max(1);
    let rate = entries.saturating_mul(1000) / millis;
    let what = if is_learning { "names of " } else { "" };
    let count = format!("ticketlog: {what}{entries} {}", counted::entries(entries));
    let at = reached.map(|at| format!(", at {}", zone.minute(at.instant()))).unwrap_or_default();
    let mut words = String::new();
    for part in [count, at, format!(", {rate} a second")] {
        if words.len() + part.len() > room {
            break;
        }
        words.push_str(&part);
    }
    words
}

#[cfg(test)]
mod tests {
    use ticketlog::model::stamp::Stamp;

    use super::*;

    #[test]
    fn the_line_tells_entries_the_time_that_was_reached_and_the_rate() {
        let reached = Stamp::parse("2023-03-01T10:00:00Z");
        let read = Read { is_learning: false, entries: 1700, reached };
        let told = |room| words(read, Zone::UTC, TimeDelta::seconds(2), room);
        let whole = "ticketlog: 1700 entries, at 2023-03-01 10:00, 850 a second";
        for room in 0..100 {
            assert!(told(room).len() <= room && whole.starts_with(&told(room)), "{room}");
        }
        let [count, with_time] = ["ticketlog: 1700 entries", "ticketlog: 1700 entries, at 2023-03-01 10:00"];
        let lengths = [count, with_time, whole].map(str::len);
        assert_eq!(lengths.map(told), [count, with_time, whole]);
        assert_eq!(lengths.map(|length| told(length - 1)), ["", count, with_time]);
        let told = words(Read { is_learning: true, ..Read::default() }, Zone::UTC, TimeDelta::zero(), 80);
        assert_eq!(told, "ticketlog: names of 0 entries, 0 a second");
    }
}
