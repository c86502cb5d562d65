//! An entry's time as the server gave it: the instant, its own offset, and how many fraction digits it had.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, TimeDelta, Timelike, Utc};
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
        Self::documented(text).or_else(|| Self::tolerant(text))
    }

    fn tolerant(text: &str) -> Option<Self> {
        if let Ok(time) = DateTime::parse_from_rfc3339(text) {
            return Self::from_parts(&time, digits(text), false);
        }
        let time = NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f").ok()?;
        Self::from_parts(&time.and_utc().fixed_offset(), digits(text), true)
    }

    /// Reads the one form that the reference shows, `2023-12-13T22:11:52.7825391+00:00` with up to nine fraction
    /// digits. Everything else is left to chrono.
    fn documented(text: &str) -> Option<Self> {
        let [date @ .., b'T', h1, h2, b':', m1, m2, b':', s1, s2] = text.as_bytes().get(..19)? else {
            return None;
        };
        let [year @ .., b'-', month1, month2, b'-', day1, day2] = date else { return None };
        let day = NaiveDate::from_ymd_opt(
            i32::try_from(number(year)?).ok()?,
            number(&[*month1, *month2])?,
            number(&[*day1, *day2])?,
        )?;
        let clock = day.and_hms_opt(number(&[*h1, *h2])?, number(&[*m1, *m2])?, number(&[*s1, *s2])?)?;
        let rest = text.as_bytes().get(19..)?;
        let (fraction, zone) = match rest {
            [b'.', rest @ ..] => rest.split_at_checked(rest.len().checked_sub(6)?)?,
            rest => (&[][..], rest),
        };
        let (true, [sign @ (b'+' | b'-'), h1, h2, b':', m1, m2]) = (fraction.len() <= 9, zone) else {
            return None;
        };
        let is_empty = fraction.is_empty() && rest.first() == Some(&b'.');
        let (hours, minutes) = (number(&[*h1, *h2])?, number(&[*m1, *m2])?);
        if is_empty || hours > 23 || minutes > 59 {
            return None;
        }
        let minutes = i16::try_from(hours * 60 + minutes).ok()?;
        let offset_minutes = if *sign == b'-' { -minutes } else { minutes };
        let digits = u8::try_from(fraction.len()).ok()?;
        let nanos = number(fraction)? * 10_u32.pow(9 - u32::from(digits));
        let seconds = clock.and_utc().timestamp() - i64::from(offset_minutes) * 60;
        Some(Self { seconds, nanos, offset_minutes, digits, assumed: false })
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

    /// The time from an earlier instant to this one; negative when that is later.
    #[must_use]
    pub fn since(&self, earlier: &Self) -> TimeDelta {
        let seconds =
            TimeDelta::try_seconds(self.seconds.saturating_sub(earlier.seconds)).unwrap_or_default();
        seconds + TimeDelta::nanoseconds(i64::from(self.nanos) - i64::from(earlier.nanos))
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

/// The number that ASCII digits write, at most nine of them; 0 for none.
fn number(digits: &[u8]) -> Option<u32> {
    digits
        .iter()
        .try_fold(0, |number, digit| digit.is_ascii_digit().then(|| number * 10 + u32::from(digit - b'0')))
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
    fn the_time_between_two_stamps_is_that_between_their_instants() {
        let texts =
            ["2023-12-13T22:11:52.9031351+00:00", "2023-12-13T23:11:53.1+01:00", "1970-01-01T00:00:00-09:30"];
        let stamps = texts.map(|text| Stamp::parse(text).unwrap_or_else(|| panic!("{text}")));
        for (to, from) in stamps.iter().flat_map(|to| stamps.iter().map(move |from| (to, from))) {
            assert_eq!(to.since(from), to.instant() - from.instant());
        }
    }

    proptest::proptest! {
        #[test]
        fn the_form_of_the_reference_is_read_as_any_other(
            text in "(0000|19[0-9]{2}|20[0-9]{2})-(0[0-9]|1[0-3])-[0-3][0-9]T[0-2][0-9]:[0-6][0-9]:[0-6][0-9]\
                (\\.[0-9]{0,10})?(Z|[+-][0-2][0-9]:[0-6][0-9])?",
        ) {
            if let Some(stamp) = Stamp::documented(&text) {
                let parts = |stamp: Stamp| (stamp.exact_with_date(), stamp.instant(), stamp.assumed);
                proptest::prop_assert_eq!(Some(parts(stamp)), Stamp::tolerant(&text).map(parts), "{}", text);
            }
        }
    }

    #[test]
    fn the_form_of_the_reference_takes_the_short_way() {
        for text in
            ["2023-12-13T22:11:52.7825391+00:00", "2024-02-29T20:39:35-09:30", "0000-01-01T00:00:00.0+00:00"]
        {
            assert!(Stamp::documented(text).is_some(), "{text}");
        }
        for text in ["2023-02-29T00:00:00+00:00", "2023-12-13T22:11:60+00:00", "2023-12-13T22:11:52.+00:00"] {
            assert!(Stamp::documented(text).is_none(), "{text}");
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

    /// P08: years, seconds and offsets at their ends.
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
