//! The noun behind a count, for all that tells one: on the screen, in sentences and on standard error.

/// The word for so many: `one` behind 1, `many` behind all else.
#[must_use]
pub fn noun<'a>(count: u64, one: &'a str, many: &'a str) -> &'a str {
    if count == 1 { one } else { many }
}

/// `entry` or `entries`.
#[must_use]
pub fn entries(count: u64) -> &'static str {
    noun(count, "entry", "entries")
}

#[cfg(test)]
mod tests {
    use super::entries;

    #[test]
    fn one_alone_is_singular() {
        for (count, word) in [(0, "entries"), (1, "entry"), (2, "entries"), (1_001, "entries")] {
            assert_eq!(entries(count), word, "{count}");
        }
    }
}
