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
            self.draw(&words(read, self.zone, now - self.start));
        }
    }

    /// Takes it away, so that a sentence can stand there.
    pub(super) fn clear(&mut self) {
        if self.cells > 0 {
            // The terminal shows ^C behind it.
            self.cells += 2;
            self.draw("");
            let _ = write!(io::stderr(), "\r");
        }
    }

    /// Without an escape sequence: blanks cover what stood there.
    fn draw(&mut self, words: &str) {
        let _ = write!(io::stderr(), "\r{words:cells$}", cells = self.cells);
        let _ = io::stderr().flush();
        self.cells = words.chars().count();
    }
}

/// `ticketlog: 12000 entries, at 2023-03-01 10:00, 850 a second`, as much as fits into the narrowest terminal.
fn words(read: Read, zone: Zone, since: TimeDelta) -> String {
    let Read { is_learning, entries, reached } = read;
    let at = reached.map(|at| format!(", at {}", zone.minute(at.instant()))).unwrap_or_default();
    let millis = u64::try_from(since.num_milliseconds()).unwrap_or_default().max(1);
    let rate = entries.saturating_mul(1000) / millis;
    let what = if is_learning { "names of " } else { "" };
    format!("ticketlog: {what}{entries} {}{at}, {rate} a second", counted::entries(entries))
}

#[cfg(test)]
mod tests {
    use ticketlog::model::stamp::Stamp;

    use super::*;

    #[test]
    fn the_line_tells_entries_the_time_that_was_reached_and_the_rate() {
        let reached = Stamp::parse("2023-03-01T10:00:00Z");
        let read = Read { is_learning: false, entries: 1700, reached };
        let told = words(read, Zone::UTC, TimeDelta::seconds(2));
        assert_eq!(told, "ticketlog: 1700 entries, at 2023-03-01 10:00, 850 a second");
        let told = words(Read { is_learning: true, ..Read::default() }, Zone::UTC, TimeDelta::zero());
        assert_eq!(told, "ticketlog: names of 0 entries, 0 a second");
    }
}
