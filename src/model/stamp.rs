//! An entry's time as the server gave it: the instant, its own offset, and how many fraction digits it had.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, Timelike, Utc};
use std::fmt::Write as _;

/// A point in time with its own offset, 16 bytes.
///
/// The API gives ISO 8601 with 0, 2, 6 or 7 fraction digits and with offsets that differ within one answer;
/// all of it can be shown again exactly. Orders by the instant alone.
#[derive(Debug, Clone, Copy)]
pub struct Stamp {
    seconds: i64,
    nanos: u32,
    offset_minutes: i16,
    digits: u8,
    assumed: bool,
}

impl Stamp {
    /// Reads ISO 8601 with an offset; without one, UTC is assumed and [`Stamp::is_assumed_utc`] says so.
    /// `None` for anything else, also for offsets that are not whole minutes.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if let Ok(time) = DateTime::parse_from_rfc3339(text) {
            return Self::from_parts(&time, digits(text), false);
        }
        let time = NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f").ok()?;
        Self::from_parts(&time.and_utc().fixed_offset(), digits(text), true)
    }

    fn from_parts(time: &DateTime<FixedOffset>, digits: u8, assumed: bool) -> Option<Self> {
        let offset = time.offset().local_minus_utc();
        if offset % 60 != 0 {
            return None;
        }
        Some(Self {
            seconds: time.timestamp(),
            nanos: time.nanosecond(),
            offset_minutes: i16::try_from(offset / 60).ok()?,
            digits,
            assumed,
        })
    }

    /// The instant.
    #[must_use]
    pub fn instant(&self) -> DateTime<Utc> {
        DateTime::from_timestamp(self.seconds, self.nanos).unwrap_or(DateTime::UNIX_EPOCH)
    }

    /// Whether the server gave no offset and UTC was assumed.
    #[must_use]
    pub fn is_assumed_utc(&self) -> bool {
        self.assumed
    }

    /// The day in the entry's own offset.
    #[must_use]
    pub fn date(&self) -> NaiveDate {
        self.local().date()
    }

    /// Day and clock time in the entry's own offset: `2023-12-13 22:11:52.7825391 +00:00`.
    #[must_use]
    pub fn exact_with_date(&self) -> String {
        format!("{} {}", self.local().format("%Y-%m-%d"), self.exact())
    }

    fn local(&self) -> NaiveDateTime {
        let naive = self.instant().naive_utc();
        let offset = FixedOffset::east_opt(i32::from(self.offset_minutes) * 60);
        offset.map_or(naive, |offset| naive.checked_add_offset(offset).unwrap_or(naive))
    }

    /// The clock time in the entry's own offset with all its digits: `22:11:52.7825391 +00:00`.
    #[must_use]
    pub fn exact(&self) -> String {
        let mut out = self.local().format("%H:%M:%S").to_string();
        if self.digits > 0 {
            let fraction = format!("{:09}", self.nanos % 1_000_000_000);
            out.push('.');
            out.extend(fraction.chars().take(usize::from(self.digits)));
        }
        let minutes = self.offset_minutes.unsigned_abs();
        let sign = if self.offset_minutes < 0 { '-' } else { '+' };
        // Writing to a String cannot fail.
        let _ = write!(out, " {sign}{:02}:{:02}", minutes / 60, minutes % 60);
        out
    }
}

/// How many fraction digits the text has, at most the nine that an instant can hold.
fn digits(text: &str) -> u8 {
    let fraction = text.split_once('.').map_or("", |(_, rest)| rest);
    let count = fraction.bytes().take_while(u8::is_ascii_digit).take(9).count();
    u8::try_from(count).unwrap_or(9)
}

impl PartialEq for Stamp {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Stamp {}

impl PartialOrd for Stamp {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Stamp {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (self.seconds, self.nanos).cmp(&(other.seconds, other.nanos))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_is_shown_again_exactly_as_the_server_wrote_it() {
        for (text, shown) in [
            ("2023-12-13T22:11:52.9031351+00:00", "22:11:52.9031351 +00:00"),
            ("2023-12-13T22:11:39.031395+00:00", "22:11:39.031395 +00:00"),
            ("2023-08-03T20:39:35.01+03:00", "20:39:35.01 +03:00"),
            ("2023-08-03T20:39:35-09:30", "20:39:35 -09:30"),
            ("2023-08-03T20:39:35Z", "20:39:35 +00:00"),
        ] {
            assert_eq!(Stamp::parse(text).map(|s| s.exact()).as_deref(), Some(shown), "{text}");
        }
    }

    #[test]
    fn stamps_order_by_the_instant_and_not_by_the_clock_on_the_wall() {
        let moscow = Stamp::parse("2023-08-03T20:39:35+03:00").unwrap();
        let utc = Stamp::parse("2023-08-03T18:00:00Z").unwrap();
        assert!(moscow < utc);
        assert_eq!(moscow, Stamp::parse("2023-08-03T17:39:35Z").unwrap());
    }

    #[test]
    fn a_time_without_an_offset_is_read_as_utc_and_says_so() {
        let stamp = Stamp::parse("2023-08-03T20:39:35.5").unwrap();
        assert!(stamp.is_assumed_utc());
        assert_eq!(stamp.exact(), "20:39:35.5 +00:00");
    }

    #[test]
    fn what_is_not_a_time_is_none_and_never_a_panic() {
        for text in
            ["", "yesterday", "1700000000", "2023-13-01T00:00:00Z", "2023-08-03", "99999-01-01T00:00:00Z"]
        {
            assert!(Stamp::parse(text).is_none(), "{text}");
        }
        for text in ["0000-01-01T00:00:00+23:59", "9999-12-31T23:59:59.999999999-23:59"] {
            assert!(Stamp::parse(text).is_none_or(|s| !s.exact().is_empty()), "{text}");
        }
        assert!(Stamp::parse("2016-12-31T23:59:60.5Z").unwrap().exact().starts_with("23:59:60.5"));
    }
}
