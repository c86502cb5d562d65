//! How far the clock of this computer is from a server's, in words. Called by the judge and the doctor.

use chrono::{DateTime, TimeDelta, Utc};

/// A clock that is wrong by more than this breaks certificates and tokens.
const SKEW: TimeDelta = TimeDelta::minutes(2);

/// `about 3 hours ahead of`, for a sentence that goes on with the server; `None` where the clocks agree.
#[must_use]
pub fn difference(ours: DateTime<Utc>, theirs: DateTime<Utc>) -> Option<String> {
    let ahead = ours - theirs;
    if ahead.abs() <= SKEW {
        return None;
    }
    let side = if ahead > TimeDelta::zero() { "ahead of" } else { "behind" };
    let (days, hours, minutes) = (ahead.abs().num_days(), ahead.abs().num_hours(), ahead.abs().num_minutes());
    let far = match (days, hours) {
        (0, 0..=2) => format!("{minutes} minutes"),
        (0, hours) => format!("{hours} hours"),
        (days, _) => format!("{days} days"),
    };
    Some(format!("about {far} {side}"))
}

/// The clock of this computer.
#[expect(clippy::disallowed_methods, reason = "compared with a server's, for a message alone")]
pub(super) fn now() -> DateTime<Utc> {
    Utc::now()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// H27
    #[test]
    fn clocks_that_differ_are_told_with_the_direction() {
        let far =
            |seconds| difference(DateTime::UNIX_EPOCH + TimeDelta::seconds(seconds), DateTime::UNIX_EPOCH);
        assert_eq!((far(120), far(-120)), (None, None));
        assert_eq!(far(121).as_deref(), Some("about 2 minutes ahead of"));
        assert_eq!(far(-7199).as_deref(), Some("about 119 minutes behind"));
        assert_eq!(far(10_800).as_deref(), Some("about 3 hours ahead of"));
        assert_eq!(far(-200_000).as_deref(), Some("about 2 days behind"));
    }
}
