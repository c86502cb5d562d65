//! Finds the entries of a file that has one on each line. Blank lines are none; a carriage return before the end
//! of a line belongs to it. Nor is a line that tells of the file: what it is an export of, and what came of it. Takes
//! the file piece by piece.

use super::index::Index;

/// What lines begin with that tell of the file. Exports of this program hold them.
const TELLING: [&[u8]; 2] = [b"{\"ticketlogHead\":", b"{\"ticketlogTail\":"];

/// How many bytes of a line tell whether it tells of the file.
const BEGINNING: usize = 17;

/// Whether a line tells of the file, and is no entry.
pub(super) fn is_telling(line: &[u8]) -> bool {
    TELLING.iter().any(|beginning| line.starts_with(beginning))
}

/// Where the search stands.
#[derive(Debug, Clone)]
pub(super) struct Lines {
    start: u64,
    line: u64,
    is_blank: bool,
    /// The first bytes of the line.
    beginning: Vec<u8>,
}

impl Lines {
    /// Begins at an offset, on the line of this number.
    pub(super) fn new(start: u64, line: u64) -> Self {
        Self { start, line, is_blank: true, beginning: Vec::new() }
    }

    /// Takes the piece that begins at `offset`.
    pub(super) fn feed(&mut self, piece: &[u8], offset: u64, index: &mut Index) {
        let mut rest = piece;
        let mut at = offset;
        while let Some(length) = memchr::memchr(b'\n', rest) {
            let (line, after) = rest.split_at_checked(length).unwrap_or((rest, &[]));
            self.look_at(line);
            let end = at + length as u64;
            self.finish(end, index);
            self.start = end + 1;
            self.line += 1;
            self.is_blank = true;
            self.beginning.clear();
            rest = after.get(1..).unwrap_or_default();
            at = end + 1;
        }
        self.look_at(rest);
    }

    fn look_at(&mut self, part: &[u8]) {
        self.is_blank &= part.trim_ascii_start().is_empty();
        let missing = BEGINNING - self.beginning.len();
        self.beginning.extend_from_slice(part.get(..missing).unwrap_or(part));
    }

    /// The file ends here.
    pub(super) fn finish(&mut self, end: u64, index: &mut Index) {
        if is_telling(&self.beginning) {
            index.end_run();
        } else if !self.is_blank {
            index.push(self.start, end, self.line);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_tells_of_the_file_is_no_entry_wherever_the_pieces_are_cut() {
        let text = "{\"ticketlogHead\":{}}\na\n{\"ticketlogTail\":{}}\n{\"ticketlog\":1}\n";
        for pieces in 1..text.len() {
            assert_eq!(ranges(text, pieces), [(21, 22), (44, 59)], "{pieces}");
        }
        assert!(TELLING.iter().all(|beginning| beginning.len() == BEGINNING));
    }

    fn ranges(text: &str, pieces: usize) -> Vec<(u64, u64)> {
        let mut index = Index::default();
        let mut lines = Lines::new(0, 1);
        let mut offset = 0;
        for piece in text.as_bytes().chunks(pieces) {
            lines.feed(piece, offset, &mut index);
            offset += piece.len() as u64;
        }
        lines.finish(offset, &mut index);
        (0..index.len()).map(|at| index.range(at).unwrap()).collect()
    }

    #[test]
    fn blank_lines_are_no_entries_wherever_the_pieces_are_cut() {
        let text = "a\r\n\n \t\r\nbb\n\nccc";
        for pieces in 1..text.len() {
            assert_eq!(ranges(text, pieces), [(0, 8), (8, 12), (12, 15)], "{pieces}");
        }
        assert_eq!(ranges("\n\r\n", 2), []);
    }
}
