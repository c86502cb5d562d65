//! Hostile text: the table `assets/demo/666.tsv`, as raw JSON string literals.
//!
//! Owns the table's notation. The literals are bytes, not strings: among them are lone surrogates, which only exist
//! as JSON escapes, and bytes that are not UTF-8. Ticket 666 is made of them; tests of other layers may use them too.

mod log;
mod notation;

pub(super) use log::{rows, title};

/// One line of the table.
#[derive(Debug)]
struct Line<'a> {
    /// The number of the string, 1 to 100; some numbers have several lines.
    number: u8,
    /// Where it stands in an entry: `text` and others.
    places: Vec<&'a str>,
    /// The JSON string literal, with its quotes.
    literal: Vec<u8>,
}

/// Every hostile string: its number (1 to 100, some more than once) and its raw JSON string literal with the quotes.
///
/// A literal may hold lone surrogate escapes and invalid UTF-8; all else about it is valid JSON.
#[must_use]
pub fn hostile_strings() -> Vec<(u8, Vec<u8>)> {
    lines().into_iter().map(|line| (line.number, line.literal)).collect()
}

/// The table; a line that cannot be read is left out, and a test says that there is none.
fn lines() -> Vec<Line<'static>> {
    table().filter_map(read).collect()
}

fn table() -> impl Iterator<Item = &'static str> {
    include_str!("../../assets/demo/666.tsv").lines().filter(|line| !line.starts_with('#'))
}

fn read(line: &str) -> Option<Line<'_>> {
    let mut columns = line.split('\t');
    let number = columns.next()?.parse().ok()?;
    let places = columns.next()?.split('+').collect();
    let literal = notation::literal(columns.next()?)?;
    Some(Line { number, places, literal })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_table_can_be_read_and_every_number_is_there() {
        assert_eq!(lines().len(), table().count());
        let numbers: std::collections::BTreeSet<_> = lines().iter().map(|line| line.number).collect();
        assert_eq!(numbers, (1..=100).collect());
    }

    #[test]
    fn a_literal_is_valid_json_except_for_surrogates_and_raw_bytes() {
        for (number, literal) in hostile_strings() {
            let valid = serde_json::from_slice::<String>(&literal).is_ok();
            assert_eq!(valid, ![29, 90].contains(&number), "{number}");
        }
    }

    #[test]
    fn a_flood_stays_below_seventy_thousand_characters() {
        for (number, literal) in hostile_strings() {
            let text = serde_json::from_slice::<String>(&literal).unwrap_or_default();
            assert!(text.chars().count() <= 70_001, "{number}");
        }
    }
}
