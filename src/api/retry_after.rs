//! What the header `Retry-After` asks for (RFC 9110, section 10.2.3). Called by the transport.

use std::time::Duration;

use chrono::DateTime;

/// How long a `Retry-After` asks to wait: seconds, or a date that counts from the answer's own `Date`, so that the
/// clock of this computer does not matter. What cannot be read asks for nothing.
pub(super) fn wait_of(value: &str, date: Option<&str>) -> Option<Duration> {
    let value = value.trim();
    if value.bytes().all(|byte| byte.is_ascii_digit()) {
        return value.parse().ok().map(Duration::from_secs);
    }
    let then = DateTime::parse_from_rfc2822(value).ok()?;
    let now = DateTime::parse_from_rfc2822(date?.trim()).ok()?;
    Some((then - now).to_std().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// H07
    #[test]
    fn a_retry_after_is_seconds_or_a_date_and_everything_else_asks_for_nothing() {
        let date = Some("Sun, 06 Nov 1994 08:49:37 GMT");
        let seconds = |value: &str| wait_of(value, date).map(|wait| wait.as_secs());
        assert_eq!(seconds("2"), Some(2));
        assert_eq!(seconds(" 120 "), Some(120));
        assert_eq!(seconds("Sun, 06 Nov 1994 08:50:07 GMT"), Some(30));
        assert_eq!(seconds("Sun, 06 Nov 1994 08:00:00 GMT"), Some(0), "in the past");
        for garbage in ["-1", "1e9", "abc", "", "1.5", &"9".repeat(400), "Sun, 99 Nov 1994 08:50:07 GMT"] {
            assert_eq!(seconds(garbage), None, "{garbage}");
        }
        assert_eq!(wait_of("Sun, 06 Nov 1994 08:50:07 GMT", None), None, "a date without a clock to compare");
    }
}
