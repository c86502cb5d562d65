//! Which end of a file is the newer one, told by the first and the last time that can be read.

use memchr::memmem;

use crate::model::stamp::Stamp;

/// The name that stands before a time.
const TIME: &[u8] = b"\"time\"";

/// How the entries of a file follow each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    /// As the server gives them; also where nobody can tell.
    NewestFirst,
    /// As they happened.
    OldestFirst,
}

impl Order {
    /// The order of two times that stand in a file one after the other; `None` while nothing can be told.
    pub(super) fn of(first: Option<Stamp>, last: Option<Stamp>) -> Option<Self> {
        let (first, last) = (first?, last?);
        match first.instant().cmp(&last.instant()) {
            std::cmp::Ordering::Less => Some(Self::OldestFirst),
            std::cmp::Ordering::Greater => Some(Self::NewestFirst),
            std::cmp::Ordering::Equal => None,
        }
    }
}

/// The first time in a stretch of a file. A quote inside a string has a backslash before it, so what looks like the
/// name of a member is one.
pub(super) fn first_time(bytes: &[u8]) -> Option<Stamp> {
    memmem::find_iter(bytes, TIME).find_map(|at| time_at(bytes, at))
}

/// The last time in a stretch of a file.
pub(super) fn last_time(bytes: &[u8]) -> Option<Stamp> {
    memmem::rfind_iter(bytes, TIME).find_map(|at| time_at(bytes, at))
}

fn time_at(bytes: &[u8], at: usize) -> Option<Stamp> {
    let value = bytes.get(at + TIME.len()..)?.trim_ascii_start().strip_prefix(b":")?.trim_ascii_start();
    let value = value.strip_prefix(b"\"")?;
    let text = value.get(..memchr::memchr(b'"', value)?)?;
    Stamp::parse(std::str::from_utf8(text).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_and_the_last_readable_time_tell_the_order() {
        let text =
            br#"{"time":"soon"},{"time" : "2023-01-01T00:00:00Z","x":"\"time\":\"2030-01-01T00:00:00Z\""},
            {"time":"2023-01-02T01:00:00+03:00"},{"time":"2023-01-0"#;
        let (first, last) = (first_time(text), last_time(text));
        assert_eq!(Order::of(first, last), Some(Order::OldestFirst));
        assert_eq!(Order::of(last, first), Some(Order::NewestFirst));
        assert_eq!(Order::of(first, first), None);
        assert_eq!(Order::of(None, last), None);
    }
}
