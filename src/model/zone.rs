//! The time zone that times are shown in, and the words for spans of time.

use chrono::{DateTime, Datelike, NaiveDateTime, Offset, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;

/// A named time zone. Named always: a clock time without its zone is a guess.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Zone(Tz);

impl Zone {
    /// Universal time.
    pub const UTC: Self = Self(Tz::UTC);

    /// A zone by its name in the time zone database, such as `Europe/Oslo`. `None` for anything else.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        name.parse().ok().map(Self)
    }

    /// The name in the time zone database: `Europe/Oslo`.
    #[must_use]
    pub fn id(self) -> &'static str {
        self.0.name()
    }

    /// The short name for the screen: `Oslo` for `Europe/Oslo`.
    #[must_use]
    pub fn name(self) -> String {
        let name = self.0.name();
        name.rsplit('/').next().unwrap_or(name).replace('_', " ")
    }

    /// Whether it is universal time, by any of its names.
    #[must_use]
    pub fn is_universal(self) -> bool {
        let name = self.id().rsplit('/').next().unwrap_or_default();
        ["UTC", "UCT", "Universal", "Zulu"].contains(&name)
    }

    /// The clock time in this zone; the instant itself where the zone's offset leads out of the calendar.
    #[must_use]
    pub fn local(self, instant: DateTime<Utc>) -> NaiveDateTime {
        let naive = instant.naive_utc();
        let offset = self.0.offset_from_utc_datetime(&naive).fix();
        naive.checked_add_offset(offset).unwrap_or(naive)
    }

    /// The instant of a clock time in this zone: of two, the later; of one that the clocks leave out, an hour on.
    #[must_use]
    pub fn instant(self, local: NaiveDateTime) -> Option<DateTime<Utc>> {
        let of = |local: NaiveDateTime| self.0.from_local_datetime(&local).latest();
        let found = of(local).or_else(|| of(local.checked_add_signed(TimeDelta::hours(1))?))?;
        Some(found.to_utc())
    }

    /// `Wed 13 Dec 2023`
    #[must_use]
    pub fn weekday(self, instant: DateTime<Utc>) -> String {
        let local = self.local(instant);
        format!("{} {}", local.format("%a"), day(local))
    }

    /// `2023-12-13 23:11`
    #[must_use]
    pub fn minute(self, instant: DateTime<Utc>) -> String {
        self.local(instant).format("%Y-%m-%d %H:%M").to_string()
    }

    /// `12-13 23:11`, for narrow screens.
    #[must_use]
    pub fn short_minute(self, instant: DateTime<Utc>) -> String {
        self.local(instant).format("%m-%d %H:%M").to_string()
    }

    /// `14:02`
    #[must_use]
    pub fn clock(self, instant: DateTime<Utc>) -> String {
        self.local(instant).format("%H:%M").to_string()
    }

    /// `Wed 13 Dec 2023 23:11:52.782 Oslo`
    #[must_use]
    pub fn full(self, instant: DateTime<Utc>) -> String {
        let local = self.local(instant);
        format!("{} {} {}", local.format("%a"), day(local), local.format("%H:%M:%S%.3f")) + " " + &self.name()
    }

    /// `2023-12-13 23:11:52 Oslo`, where the full form has no room.
    #[must_use]
    pub fn second(self, instant: DateTime<Utc>) -> String {
        format!("{} {}", self.local(instant).format("%Y-%m-%d %H:%M:%S"), self.name())
    }

    /// A time not long ago: `14:02` today, `Tue 14:02` within the last week, else `13 Dec 2023`.
    #[must_use]
    pub fn recently(self, instant: DateTime<Utc>, now: DateTime<Utc>) -> String {
        let local = self.local(instant);
        match (self.local(now).date() - local.date()).num_days() {
            0 => self.clock(instant),
            1..=6 => format!("{} {}", local.format("%a"), self.clock(instant)),
            _ => day(local),
        }
    }

    /// `3 Aug 2022`
    #[must_use]
    pub fn day(self, instant: DateTime<Utc>) -> String {
        day(self.local(instant))
    }
}

fn day(local: NaiveDateTime) -> String {
    format!("{} {}", local.day(), local.format("%b %Y"))
}

/// A span in one unit, rounded down: `4 months`, `1 week`, `3 hours`.
#[must_use]
pub fn span(length: TimeDelta) -> String {
    let units = [
        (TimeDelta::days(365), "year"),
        (TimeDelta::days(30), "month"),
        (TimeDelta::days(7), "week"),
        (TimeDelta::days(1), "day"),
        (TimeDelta::hours(1), "hour"),
        (TimeDelta::minutes(1), "minute"),
    ];
    let length = length.abs();
    for (unit, name) in units {
        let count = length.num_seconds() / unit.num_seconds();
        if count > 0 {
            return format!("{count} {name}{}", if count == 1 { "" } else { "s" });
        }
    }
    "under a minute".to_owned()
}

/// How long ago an instant was: `2 years ago`, `in 3 hours`.
#[must_use]
pub fn ago(instant: DateTime<Utc>, now: DateTime<Utc>) -> String {
    let length = now.signed_duration_since(instant);
    if length < TimeDelta::zero() { format!("in {}", span(length)) } else { format!("{} ago", span(length)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        DateTime::parse_from_rfc3339(text).unwrap().to_utc()
    }

    #[test]
    fn clock_times_follow_the_zone_over_the_change_to_summer_time() {
        let oslo = Zone::named("Europe/Oslo").unwrap();
        assert_eq!(oslo.minute(at("2023-03-26T00:59:59Z")), "2023-03-26 01:59");
        assert_eq!(oslo.minute(at("2023-03-26T01:00:00Z")), "2023-03-26 03:00");
        assert_eq!(oslo.full(at("2023-12-13T22:11:52.7825391Z")), "Wed 13 Dec 2023 23:11:52.782 Oslo");
        assert_eq!(Zone::named("America/New_York").unwrap().name(), "New York");
    }

    #[test]
    fn a_time_not_long_ago_is_told_by_its_weekday_and_never_by_one_that_is_ambiguous() {
        let oslo = Zone::named("Europe/Oslo").unwrap();
        for (instant, words) in [
            ("2023-12-13T22:11:52Z", "23:11"),
            ("2023-12-12T23:00:00Z", "00:00"),
            ("2023-12-12T22:59:59Z", "Tue 23:59"),
            ("2023-12-07T12:00:00Z", "Thu 13:00"),
            ("2023-12-06T12:00:00Z", "6 Dec 2023"),
            ("2023-12-14T12:00:00Z", "14 Dec 2023"),
        ] {
            assert_eq!(oslo.recently(at(instant), at("2023-12-13T22:30:00Z")), words, "{instant}");
        }
    }

    #[test]
    fn what_is_not_a_zone_is_none() {
        for name in ["", "/etc/passwd", "Oslo", "UTC+1", "../UTC"] {
            assert_eq!(Zone::named(name), None, "{name}");
        }
    }

    #[test]
    fn spans_are_rounded_down_to_one_unit() {
        for (days, words) in [
            (0, "under a minute"),
            (1, "1 day"),
            (6, "6 days"),
            (13, "1 week"),
            (131, "4 months"),
            (800, "2 years"),
        ] {
            assert_eq!(span(TimeDelta::days(days)), words);
        }
        assert_eq!(ago(at("2023-01-01T00:00:00Z"), at("2023-01-01T02:30:00Z")), "2 hours ago");
        assert_eq!(ago(at("2023-01-01T02:30:00Z"), at("2023-01-01T00:00:00Z")), "in 2 hours");
    }

    #[test]
    fn the_ends_of_the_calendar_do_no_harm() {
        for zone in
            [Zone::UTC, Zone::named("Pacific/Kiritimati").unwrap(), Zone::named("Pacific/Midway").unwrap()]
        {
            assert!(!zone.full(DateTime::<Utc>::MAX_UTC).is_empty());
            assert!(!zone.full(DateTime::<Utc>::MIN_UTC).is_empty());
        }
        assert!(!ago(DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC).is_empty());
    }
}
