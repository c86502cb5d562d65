//! The newest entries of a file that begins with its oldest one, found from its end: they are on the screen while the
//! index of the whole is still being built.
//!
//! A line feed ends a line wherever one begins to read. In JSON a string can be told from the rest backwards too: a
//! quote is one unless an odd number of backslashes stands before it, and outside of strings no backslash stands.
//! That holds for JSON only, so whoever reads these entries stops believing at the first that is none.

use super::lines::is_telling;

/// Where the last entries begin and end, newest first.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Tail(Vec<(u64, u64)>);

impl Tail {
    /// Of a file with one entry a line, the last stretch of which begins at `offset`. A line that may have begun
    /// before is left out.
    pub(super) fn of_lines(stretch: &[u8], offset: u64) -> Self {
        let mut entries = Vec::new();
        let mut end = stretch.len();
        while let Some(feed) = memchr::memrchr(b'\n', stretch.get(..end).unwrap_or_default()) {
            let is_entry = |line: &[u8]| !line.trim_ascii().is_empty() && !is_telling(line);
            if stretch.get(feed + 1..end).is_some_and(is_entry) {
                entries.push((offset + feed as u64 + 1, offset + end as u64));
            }
            end = feed;
        }
        Self(entries)
    }

    /// Of an array: its last elements, as far back as they are objects or lists. Nothing, where the file ends with
    /// anything but the end of an array.
    pub(super) fn of_array(stretch: &[u8], offset: u64) -> Self {
        let mut entries = Vec::new();
        let Some(inside) = stretch.trim_ascii_end().strip_suffix(b"]") else { return Self(entries) };
        let (mut depth, mut end, mut is_quoted) = (0_u32, 0, false);
        for (at, byte) in inside.iter().enumerate().rev() {
            match byte {
                b'"' if is_quoted => is_quoted = is_escaped(inside, at),
                _ if is_quoted => {}
                b'"' if depth > 0 => is_quoted = true,
                b'}' | b']' => {
                    if depth == 0 {
                        end = at + 1;
                    }
                    depth += 1;
                }
                b'{' | b'[' if depth > 0 => {
                    depth -= 1;
                    if depth == 0 {
                        entries.push((offset + at as u64, offset + end as u64));
                    }
                }
                b',' | b' ' | b'\t' | b'\r' | b'\n' => {}
                _ if depth > 0 => {}
                _ => break,
            }
        }
        Self(entries)
    }

    /// Where these entries stand, counted from the newest; `None` when not all of them are known.
    pub(super) fn places(&self, skip: u64, take: u16) -> Option<&[(u64, u64)]> {
        let skip = usize::try_from(skip).ok()?;
        self.0.get(skip..skip.checked_add(take.into())?)
    }
}

/// Whether an odd number of backslashes stands before this place.
fn is_escaped(text: &[u8], at: usize) -> bool {
    let before = text.get(..at).unwrap_or_default();
    before.iter().rev().take_while(|byte| **byte == b'\\').count() % 2 == 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::file::{index::Index, lines::Lines, values::Values};

    /// What the search from the beginning finds, newest first, of what lies behind `from`.
    fn whole(index: &Index, text: &[u8], from: usize) -> Vec<(u64, u64)> {
        let trimmed = |(start, end): (u64, u64)| {
            let text = &text[usize::try_from(start).unwrap()..usize::try_from(end).unwrap()];
            let text = text.trim_ascii_end();
            let text = text.strip_suffix(b",").unwrap_or(text).trim_ascii_end();
            (start, start + text.len() as u64)
        };
        let entries = (0..index.len()).rev().map(|at| trimmed(index.range(at).unwrap()));
        entries.take_while(|(start, _)| *start >= from as u64).collect()
    }

    #[test]
    fn an_array_read_from_its_end_holds_what_it_holds_read_from_its_beginning() {
        let text = br#" [ {"a":"}],{\"" , "b":[1,{"c":"\\"}]},{"d\\\"":"[\\\\"},
            [{"e":"x"}], {"f":"\u005d \" ]"}
            ,{}] "#;
        let mut index = Index::default();
        let mut values = Values::new();
        values.feed(text, 0, &mut index);
        assert_eq!(index.len(), 5);
        for from in 0..text.len() {
            let expected = whole(&index, text, from);
            let Tail(found) = Tail::of_array(&text[from..], from as u64);
            assert_eq!(found, expected, "from {from}");
        }
    }

    #[test]
    fn lines_read_from_the_end_are_those_read_from_the_beginning() {
        let text = b"a\n\nbb,\r\n \t\n{\"ticketlogTail\":{}}\nccc\n\n";
        let mut index = Index::default();
        Lines::new(0, 1).feed(text, 0, &mut index);
        for from in 0..text.len() {
            let Tail(found) = Tail::of_lines(&text[from..], from as u64);
            let starts: Vec<u64> = found.iter().map(|(start, _)| *start).collect();
            let expected: Vec<u64> = whole(&index, text, from + 1).iter().map(|(start, _)| *start).collect();
            assert_eq!(starts, expected, "from {from}");
        }
    }

    #[test]
    fn what_is_no_whole_array_has_no_tail() {
        for text in [&b"[{},{}"[..], b"[{},{}]}", b"{\"data\":[{}]}", b"", b"[]", b"[{},null]"] {
            assert_eq!(Tail::of_array(text, 0), Tail(Vec::new()), "{text:?}");
        }
        assert_eq!(Tail::of_array(b"[{},null,{}]", 0), Tail(vec![(9, 11)]));
    }
}
