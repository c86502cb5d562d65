//! How long nothing must have happened for a rule to say so.

use std::fmt;

use chrono::TimeDelta;

/// A long silence, in days: neighbours of one day may stand on one line, and no rule could part them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LongSilence {
    days: u16,
}

impl Default for LongSilence {
    fn default() -> Self {
        Self { days: 7 }
    }
}

impl LongSilence {
    /// The longest, about ten years.
    const MOST: u16 = 3650;

    /// So many days.
    #[must_use]
    pub fn of_days(days: i64) -> Option<Self> {
        let days = u16::try_from(days).ok()?;
        (1..=Self::MOST).contains(&days).then_some(Self { days })
    }

    /// `1 week`, `10 days`.
    #[must_use]
    pub fn named(words: &str) -> Option<Self> {
        let (number, unit) = words.trim().split_once(' ')?;
        let number: i64 = number.parse().ok()?;
        let days = match unit.trim() {
            "day" | "days" => 1,
            "week" | "weeks" => 7,
            _ => return None,
        };
        Self::of_days(number.checked_mul(days)?)
    }

    pub(super) fn span(self) -> TimeDelta {
        TimeDelta::days(self.days.into())
    }
}

/// As [`LongSilence::named`] reads it.
impl fmt::Display for LongSilence {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (number, unit) =
            if self.days.is_multiple_of(7) { (self.days / 7, "week") } else { (self.days, "day") };
        write!(out, "{number} {unit}{}", if number == 1 { "" } else { "s" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        for days in 1..=LongSilence::MOST {
            let silence = LongSilence { days };
            assert_eq!(LongSilence::named(&silence.to_string()), Some(silence));
        }
        assert_eq!(LongSilence::default().to_string(), "1 week");
    }

    #[test]
    fn what_is_no_length_is_none() {
        for words in [
            "",
            "1",
            "week",
            "0 days",
            "-1 week",
            "1 month",
            "3651 days",
            "99999999999999999999 days",
            "1.5 days",
        ] {
            assert_eq!(LongSilence::named(words), None, "{words}");
        }
    }
}
