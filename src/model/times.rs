//! How the list tells times: as clock times in a form of one's own, or as ages; in the zone of the settings, or in
//! universal time.

use std::fmt::Write as _;

use chrono::{
    DateTime, NaiveDate, NaiveDateTime, TimeDelta, Utc,
    format::{Item, StrftimeItems},
};

use super::zone::Zone;

/// The widest form of a time, in cells: the rest of a line of eighty belongs to what happened.
const WIDEST: usize = 24;

/// How often ages are counted anew.
pub const MINUTE: std::time::Duration = std::time::Duration::from_mins(1);

/// How the list tells times.
#[derive(Debug, Clone)]
pub struct Times {
    /// The zone of the settings.
    home: Zone,
    form: Form,
    ages: bool,
    turn: u64,
}

/// Tells the wait of one switch to ages from that of another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct AgeTurn(u64);

impl Times {
    /// Clock times of this form, in this zone.
    #[must_use]
    pub fn new(home: Zone, form: Form) -> Self {
        Self { home, form, ages: false, turn: 0 }
    }

    /// The zone of the settings.
    #[must_use]
    pub fn home(&self) -> Zone {
        self.home
    }

    /// The form of clock times.
    #[must_use]
    pub fn form(&self) -> &Form {
        &self.form
    }

    /// Whether ages are shown.
    #[must_use]
    pub fn are_ages(&self) -> bool {
        self.ages
    }

    /// Shows ages, or clock times. Gives the turn to wait for, where ages begin.
    pub fn show_ages(&mut self, ages: bool) -> Option<AgeTurn> {
        self.ages = ages;
        self.turn = self.turn.wrapping_add(1);
        self.turn()
    }

    /// The turn in which ages are shown now.
    #[must_use]
    pub fn turn(&self) -> Option<AgeTurn> {
        self.ages.then_some(AgeTurn(self.turn))
    }

    /// The minute that the ages on the screen were counted at; nothing where clock times are shown.
    #[must_use]
    pub fn minute(&self, now: DateTime<Utc>) -> Option<i64> {
        self.ages.then(|| now.timestamp().div_euclid(60))
    }
}

/// The form of a time in the list: chrono's own `strftime` items, checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    pattern: String,
    cells: usize,
}

impl Form {
    /// `2023-12-13 23:11`
    pub const DEFAULT: &str = "%Y-%m-%d %H:%M";

    /// A form such as `%d.%m.%Y %H:%M`.
    ///
    /// # Errors
    /// Why it cannot be used: the words for a sentence.
    pub fn parse(pattern: &str) -> Result<Self, String> {
        if StrftimeItems::new(pattern).any(|item| matches!(item, Item::Error)) {
            return Err("has an item that strftime does not know".to_owned());
        }
        let mut cells = 0;
        for day in samples() {
            let Some(text) = formatted(day, pattern) else {
                return Err("needs a zone; the second line names it".to_owned());
            };
            // It reaches the terminal as it is; items such as %n are no text either.
            if !text.bytes().all(|byte| (b' '..=b'~').contains(&byte)) {
                return Err("shows something else than printable ASCII".to_owned());
            }
            cells = cells.max(text.len());
        }
        match cells {
            0 => Err("shows nothing".to_owned()),
            1..=WIDEST => Ok(Self { pattern: pattern.to_owned(), cells }),
            _ => Err(format!("is {cells} cells wide; {WIDEST} are the most")),
        }
    }

    /// As it was written.
    #[must_use]
    pub fn pattern(&self) -> &str {
        &self.pattern
    }

    /// How wide the widest time is.
    #[must_use]
    pub fn cells(&self) -> usize {
        self.cells
    }

    /// The time in this form.
    #[must_use]
    pub fn of(&self, instant: DateTime<Utc>, zone: Zone) -> String {
        formatted(zone.local(instant), &self.pattern).unwrap_or_default()
    }
}

impl Default for Form {
    fn default() -> Self {
        Self { pattern: Self::DEFAULT.to_owned(), cells: "2023-12-13 23:11".len() }
    }
}

/// Where nothing has to be known beyond the clock; nothing else can fail, because a String takes all.
fn formatted(local: NaiveDateTime, pattern: &str) -> Option<String> {
    let mut text = String::new();
    write!(text, "{}", local.format(pattern)).ok().map(|()| text)
}

/// A day of each month and each weekday with the widest numbers: names and numbers take all their widths.
fn samples() -> impl Iterator<Item = NaiveDateTime> {
    let date = |at: u32| NaiveDate::from_ymd_opt(2023, at % 12 + 1, 20 + at % 7);
    (0..84).filter_map(move |at| date(at)?.and_hms_nano_opt(22, 58, 59, 123_456_789))
}

/// How much room an age has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Room {
    /// `2 months ago`, 14 cells.
    Words,
    /// `2 mo ago`, 11 cells.
    Short,
    /// `2mo`, 5 cells; what is to come has a plus.
    Letters,
}

impl Room {
    /// The widest age of the years that tickets have.
    #[must_use]
    pub fn cells(self) -> usize {
        match self {
            Self::Words => 14,
            Self::Short => 11,
            Self::Letters => 5,
        }
    }
}

/// How long ago an instant was, in one unit, rounded down.
#[must_use]
pub fn age(instant: DateTime<Utc>, now: DateTime<Utc>, room: Room) -> String {
    let length = now.signed_duration_since(instant);
    let (seconds, is_to_come) = (length.abs().num_seconds(), length < TimeDelta::zero());
    let units = [
        (365 * 86_400, "year", "y"),
        (30 * 86_400, "month", "mo"),
        (7 * 86_400, "week", "w"),
        (86_400, "day", "d"),
        (3_600, "hour", "h"),
        (60, "minute", "min"),
    ];
    let found = units.into_iter().find(|(unit, ..)| seconds >= *unit);
    let Some((unit, word, short)) = found else { return "now".to_owned() };
    let count = seconds / unit;
    let length = match room {
        Room::Words => format!("{count} {word}{}", if count == 1 { "" } else { "s" }),
        Room::Short => format!("{count} {short}"),
        Room::Letters => format!("{count}{}", if short == "min" { "m" } else { short }),
    };
    match (room, is_to_come) {
        (Room::Letters, true) => format!("+{length}"),
        (Room::Letters, false) => length,
        (_, true) => format!("in {length}"),
        (_, false) => format!("{length} ago"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        DateTime::parse_from_rfc3339(text).unwrap().to_utc()
    }

    /// P10: a form that chrono does not know would panic where it is shown.
    #[test]
    fn a_form_is_judged_before_it_is_used() {
        let oslo = Zone::named("Europe/Oslo").unwrap();
        let instant = at("2023-12-13T22:11:52.7825391Z");
        for (pattern, text) in [
            (Form::DEFAULT, "2023-12-13 23:11"),
            ("%d.%m.%y %H:%M", "13.12.23 23:11"),
            ("%a %e %b %I:%M %p", "Wed 13 Dec 11:11 PM"),
            ("%A", "Wednesday"),
        ] {
            let form = Form::parse(pattern).unwrap();
            assert_eq!(form.of(instant, oslo), text);
            assert!(form.cells() >= text.len(), "{pattern}");
        }
        assert_eq!(Form::parse(Form::DEFAULT), Ok(Form::default()));
        for (pattern, why) in [
            ("", "shows nothing"),
            ("%", "has an item that strftime does not know"),
            ("%Q", "has an item that strftime does not know"),
            ("%H:%M %Z", "needs a zone; the second line names it"),
            ("%H\u{1b}[2J", "shows something else than printable ASCII"),
            ("%H%n%M", "shows something else than printable ASCII"),
            ("%A, %d. %B %Y at %H:%M:%S", "is 41 cells wide; 24 are the most"),
        ] {
            assert_eq!(Form::parse(pattern).unwrap_err(), why, "{pattern:?}");
        }
    }

    #[test]
    fn an_age_has_one_unit_and_never_more_room_than_it_was_given() {
        let now = at("2026-02-01T12:00:00Z");
        for (seconds, ages) in [
            (0, ["now", "now", "now"]),
            (59, ["now", "now", "now"]),
            (60, ["1 minute ago", "1 min ago", "1m"]),
            (3_599, ["59 minutes ago", "59 min ago", "59m"]),
            (-3_599, ["in 59 minutes", "in 59 min", "+59m"]),
            (7_200, ["2 hours ago", "2 h ago", "2h"]),
            (13 * 86_400, ["1 week ago", "1 w ago", "1w"]),
            (359 * 86_400, ["11 months ago", "11 mo ago", "11mo"]),
            (-359 * 86_400, ["in 11 months", "in 11 mo", "+11mo"]),
            (-20 * 365 * 86_400, ["in 20 years", "in 20 y", "+20y"]),
        ] {
            for (room, words) in [Room::Words, Room::Short, Room::Letters].into_iter().zip(ages) {
                let age = age(now - TimeDelta::seconds(seconds), now, room);
                assert_eq!(age, words);
                assert!(age.len() <= room.cells(), "{age}");
            }
        }
    }

    #[test]
    fn the_ends_of_the_calendar_do_no_harm() {
        let (first, last) = (DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC);
        assert!(!age(first, last, Room::Words).is_empty());
        assert!(!Form::default().of(first, Zone::UTC).is_empty());
        assert!(!Form::default().of(last, Zone::named("Pacific/Kiritimati").unwrap()).is_empty());
    }
}
