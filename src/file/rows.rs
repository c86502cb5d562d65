//! One stretch of a file becomes one entry, whatever it is. What cannot be read says on which line it stands, and
//! nothing of what stands there: it may be a customer's address.

use std::io;

use super::{bytes::Bytes, index::Index};
use crate::{
    api::{Interner, PageError, decode_entry},
    model::{
        entry::{Entry, Place},
        text::Untrusted,
    },
};

/// Longer entries are not read: as much as an answer of the API may hold.
const LONGEST: u64 = 8 * 1024 * 1024;

/// How much is read at once to count lines.
const PIECE: u64 = 64 * 1024;

/// Reads entries; equal parts of them are kept once.
#[derive(Debug, Default)]
pub(super) struct Rows {
    interner: Interner,
}

impl Rows {
    /// Reads the entry of this number in the file.
    pub(super) fn read(&mut self, bytes: &Bytes, index: &Index, entry: usize) -> io::Result<Option<Entry>> {
        let Some((start, end)) = index.range(entry) else { return Ok(None) };
        let length = end - start;
        let told = if length > LONGEST {
            Err(format!("has {length} bytes, more than an entry may have"))
        } else {
            self.decode(start, &bytes.range(start, end)?)
        };
        let line = || line_of(bytes, index, entry, start);
        Ok(match told {
            Ok(mut entry) => {
                if let Some(flaw) = &entry.flaw {
                    entry.flaw = Some(Untrusted::new(format!("line {}: {}", line()?, flaw.raw_for_export())));
                }
                Some(entry)
            }
            Err(words) => {
                let entry = self.bad(&format!("line {} {words}", line()?));
                entry.map(|entry| Entry { place: Place::of_no_entry(start), ..entry })
            }
        })
    }

    /// Reads what stands between two offsets, when it is an entry and nothing is wrong with it.
    pub(super) fn read_sound(
        &mut self,
        bytes: &Bytes,
        (start, end): (u64, u64),
    ) -> io::Result<Option<Entry>> {
        let entry = self.decode(start, &bytes.range(start, end)?).ok();
        Ok(entry.filter(|entry| entry.flaw.is_none()))
    }

    fn decode(&mut self, start: u64, bytes: &[u8]) -> Result<Entry, String> {
        let text = bytes.trim_ascii_end();
        let text = text.strip_suffix(b",").unwrap_or(text).trim_ascii();
        if text.is_empty() {
            return Err("ends too early: the file is cut off there".to_owned());
        }
        let first = start + (bytes.len() - bytes.trim_ascii_start().len()) as u64;
        let place = Place::of_entry(first);
        let entry = decode_entry(text, &mut self.interner).map(|entry| Entry { place, ..entry });
        entry.map_err(|error| match error {
            PageError::CutOff => "is cut off".to_owned(),
            PageError::Html => PageError::NotJson.to_string(),
            error => error.to_string(),
        })
    }

    /// A row that says why there is no entry; its JSON says the same.
    fn bad(&mut self, sentence: &str) -> Option<Entry> {
        let mut entry = decode_entry(format!("\"{sentence}\"").as_bytes(), &mut self.interner).ok()?;
        entry.flaw = Some(Untrusted::new(sentence));
        Some(entry)
    }
}

/// The number of the line that an entry begins on, counted from the nearest one that is known.
fn line_of(bytes: &Bytes, index: &Index, entry: usize, start: u64) -> io::Result<u64> {
    let Some((mut at, mut line)) = index.known_line(entry) else { return Ok(0) };
    while at < start {
        let piece = bytes.range(at, start.min(at + PIECE))?;
        if piece.is_empty() {
            break;
        }
        line += memchr::memchr_iter(b'\n', &piece).count() as u64;
        at += piece.len() as u64;
    }
    Ok(line)
}
