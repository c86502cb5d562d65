//! Words for times, as users type them: `14:02`, `yesterday`, `-3d`, `2023-03-01 10:00`, `13.12. 22:11`, `friday`, and as
//! the program writes them itself: `Wed 13 Dec 2023 14:02 Oslo`.
//!
//! A word names a stretch, a minute or a day as a rule, and means its last instant: whoever asks for the newest
//! entry not later than `14:02` wants the one at half past the minute too. `last night` and `this week` name where they
//! begin instead: they mean the minute of it, as they are echoed, and what they are about stands above the entry that
//! is landed on. The end of either is now or nearly so, where nobody needs a jump, and as `--since` the beginning is what
//! is wanted. Refuses what it does not understand.

mod date;

use chrono::{DateTime, Datelike, Days, Months, NaiveDate, NaiveTime, TimeDelta, Timelike, Utc};

use self::date::{clock, day};
use super::zone::Zone;

/// What words about times refer to.
#[derive(Debug, Clone, Copy)]
pub struct Now {
    /// What the clock says.
    pub clock: DateTime<Utc>,
    /// The time of the entry at the cursor: a time of day alone means its day.
    pub cursor: Option<DateTime<Utc>>,
    /// The zone of all clock times.
    pub zone: Zone,
}

/// How long the stretch is that words name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// An instant.
    Instant,
    /// A second.
    Second,
    /// A minute.
    Minute,
    /// A day.
    Day,
}

/// A time as it was understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// The last instant of what was named.
    pub at: DateTime<Utc>,
    /// How much was named.
    pub unit: Unit,
}

impl Moment {
    /// Whether an instant lies in what was named.
    #[must_use]
    pub fn holds(self, instant: DateTime<Utc>, zone: Zone) -> bool {
        let (named, other) = (zone.local(self.at), zone.local(instant));
        match self.unit {
            Unit::Day => named.date() == other.date(),
            Unit::Minute => zone.minute(self.at) == zone.minute(instant),
            Unit::Second => self.at.timestamp() == instant.timestamp(),
            Unit::Instant => self.at == instant,
        }
    }

    /// The first instant of what was named.
    #[must_use]
    pub fn start(self, zone: Zone) -> DateTime<Utc> {
        let local = zone.local(self.at);
        let start = match self.unit {
            Unit::Instant => return self.at,
            Unit::Second => local.with_nanosecond(0),
            Unit::Minute => local.with_nanosecond(0).and_then(|local| local.with_second(0)),
            Unit::Day => Some(local.date().and_time(NaiveTime::MIN)),
        };
        start.and_then(|start| zone.instant(start)).filter(|start| *start <= self.at).unwrap_or(self.at)
    }

    /// What was understood: `Wed 13 Dec 2023 14:02 Oslo`.
    #[must_use]
    pub fn words(self, zone: Zone) -> String {
        let day = zone.weekday(self.at);
        match self.unit {
            Unit::Day => format!("{day} {}", zone.name()),
            Unit::Minute | Unit::Instant => format!("{day} {} {}", zone.clock(self.at), zone.name()),
            Unit::Second => format!("{day} {} {}", zone.local(self.at).format("%H:%M:%S"), zone.name()),
        }
    }
}

/// Reads words for a time; `None` for what is not understood.
#[must_use]
pub fn parse(text: &str, now: Now) -> Option<Moment> {
    let text = text.trim().to_lowercase();
    if let Ok(exact) = DateTime::parse_from_rfc3339(&text.to_uppercase()) {
        return Some(Moment { at: exact.to_utc(), unit: Unit::Instant });
    }
    // What is echoed ends with the zone.
    let zone = format!(" {}", now.zone.name().to_lowercase());
    let text = text.strip_suffix(&zone).unwrap_or(&text);
    let words: Vec<&str> = match text.split_once('t') {
        Some((date, time)) if text.starts_with(|c: char| c.is_ascii_digit()) && clock(time).is_some() => {
            vec![date, time]
        }
        _ => text.split_whitespace().collect(),
    };
    let today = now.zone.local(now.clock).date();
    let cursor = now.cursor.map_or(today, |cursor| now.zone.local(cursor).date());
    match words.as_slice() {
        [word] if let Some(at) = back(word, now) => Some(Moment { at, unit: Unit::Instant }),
        [word] if let Some((time, unit)) = clock(word) => moment(cursor, time, unit, now.zone),
        ["last", "night"] => {
            let evening = NaiveTime::from_hms_opt(18, 0, 0)?;
            moment(today.pred_opt()?, evening, Unit::Minute, now.zone)
        }
        ["this", "week"] => {
            let monday = today.checked_sub_days(Days::new(today.weekday().num_days_from_monday().into()))?;
            moment(monday, NaiveTime::MIN, Unit::Minute, now.zone)
        }
        [date @ .., time] if let Some((time, unit)) = clock(time) => {
            moment(day(date, today)?, time, unit, now.zone)
        }
        date => moment(day(date, today)?, NaiveTime::MIN, Unit::Day, now.zone),
    }
}

/// The end of a day.
#[must_use]
pub fn end_of_day(day: NaiveDate, zone: Zone) -> Option<Moment> {
    moment(day, NaiveTime::MIN, Unit::Day, zone)
}

/// The last instant of a stretch that begins at a clock time.
fn moment(day: NaiveDate, time: NaiveTime, unit: Unit, zone: Zone) -> Option<Moment> {
    let next = if unit == Unit::Day {
        zone.instant(day.checked_add_days(Days::new(1))?.and_time(NaiveTime::MIN))?
    } else {
        let length = if unit == Unit::Minute { TimeDelta::minutes(1) } else { TimeDelta::seconds(1) };
        zone.instant(day.and_time(time))?.checked_add_signed(length)?
    };
    Some(Moment { at: next.checked_sub_signed(TimeDelta::nanoseconds(1))?, unit })
}

/// `-3d`: so long ago.
fn back(word: &str, now: Now) -> Option<DateTime<Utc>> {
    let rest = word.strip_prefix('-')?;
    let digits = rest.trim_end_matches(|c: char| c.is_ascii_lowercase());
    let unit = rest.strip_prefix(digits)?;
    let count: u32 = digits.parse().ok()?;
    let seconds = match unit {
        "s" => 1,
        "m" | "min" => 60,
        "h" => 3_600,
        "d" => 86_400,
        "w" => 604_800,
        "mo" => return now.clock.checked_sub_months(Months::new(count)),
        "y" => return now.clock.checked_sub_months(Months::new(count.checked_mul(12)?)),
        _ => return None,
    };
    now.clock.checked_sub_signed(TimeDelta::try_seconds(i64::from(count) * seconds)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn understood(text: &str) -> Option<String> {
        let at = |text: &str| DateTime::parse_from_rfc3339(text).unwrap().to_utc();
        // A Thursday, 13:30 in Oslo.
        let now = Now {
            clock: at("2024-01-18T12:30:00Z"),
            cursor: Some(at("2023-12-13T22:11:52Z")),
            zone: Zone::named("Europe/Oslo").unwrap(),
        };
        parse(text, now).map(|moment| format!("{} {:?}", moment.words(now.zone), moment.unit))
    }

    #[test]
    fn the_words_of_the_product_are_understood() {
        for (text, words) in [
            ("14:02", "Wed 13 Dec 2023 14:02 Oslo Minute"),
            ("14:02:30", "Wed 13 Dec 2023 14:02:30 Oslo Second"),
            ("today", "Thu 18 Jan 2024 Oslo Day"),
            ("yesterday", "Wed 17 Jan 2024 Oslo Day"),
            ("yesterday 9:05", "Wed 17 Jan 2024 09:05 Oslo Minute"),
            ("-3d", "Mon 15 Jan 2024 13:30 Oslo Instant"),
            ("-90m", "Thu 18 Jan 2024 12:00 Oslo Instant"),
            ("2023-03-01 10:00", "Wed 1 Mar 2023 10:00 Oslo Minute"),
            ("2023-03-01T10:00", "Wed 1 Mar 2023 10:00 Oslo Minute"),
            ("2023-03-01T10:00:00Z", "Wed 1 Mar 2023 11:00 Oslo Instant"),
            ("2023-03-01", "Wed 1 Mar 2023 Oslo Day"),
            ("13.12. 22:11", "Wed 13 Dec 2023 22:11 Oslo Minute"),
            ("13.12.2022", "Tue 13 Dec 2022 Oslo Day"),
            (" Friday ", "Fri 12 Jan 2024 Oslo Day"),
            ("thu", "Thu 11 Jan 2024 Oslo Day"),
            // As the program writes them itself.
            ("13 Dec 2023", "Wed 13 Dec 2023 Oslo Day"),
            ("Wed 13 Dec 2023 14:02 Oslo", "Wed 13 Dec 2023 14:02 Oslo Minute"),
            ("1 Oct 2023 14:02:30", "Sun 1 Oct 2023 14:02:30 Oslo Second"),
            ("wednesday 13. december 2023 9:05", "Wed 13 Dec 2023 09:05 Oslo Minute"),
            ("31 May", "Wed 31 May 2023 Oslo Day"),
            ("1 jan 10:00", "Mon 1 Jan 2024 10:00 Oslo Minute"),
            ("tuesday 8:00", "Tue 16 Jan 2024 08:00 Oslo Minute"),
            ("Last night", "Wed 17 Jan 2024 18:00 Oslo Minute"),
            ("this week", "Mon 15 Jan 2024 00:00 Oslo Minute"),
        ] {
            assert_eq!(understood(text).as_deref(), Some(words), "{text}");
        }
    }

    #[test]
    fn what_is_not_a_time_is_refused_and_never_a_panic() {
        for text in [
            "",
            "x",
            "25:00",
            "14:",
            ":",
            "-",
            "-d",
            "-99999999999d",
            "2023-13-01",
            "30.2.",
            "99.99.9999",
            "0-1-1",
            "14:02 friday x",
            "last week",
            "last  night x",
            "2023-03-01 25:61",
            "31 Jun 2023",
            "31 maybe 2023",
            "31 May 23",
            "Tue 13 Dec 2023",
            "13 Dec 2023 14:02 Rome",
            "Dec",
            "Oslo",
            "13 Dec 2023 14:02 x Oslo",
            "+3d",
            "١٤:٠٢",
            "t",
            "1t",
            "\u{1b}[2J",
        ] {
            assert_eq!(understood(text), None, "{text}");
        }
    }

    #[test]
    fn a_minute_that_the_clocks_leave_out_is_an_hour_on() {
        assert_eq!(understood("2023-03-26 02:30").as_deref(), Some("Sun 26 Mar 2023 03:30 Oslo Minute"));
    }
}
