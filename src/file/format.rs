//! What a file is, told by its first bytes.

use std::collections::BTreeMap;

use serde::de::IgnoredAny;
use serde_json::value::RawValue;

use super::{index::Index, lines::Lines, values::Values};

/// How many bytes are looked at.
pub(super) const HEAD: usize = 64 * 1024;

/// The byte order mark that some programs write before UTF-8.
const BOM: &[u8] = b"\xEF\xBB\xBF";

/// What a member of an entry is called; an object with none of them is something else.
/// The latter are those of an export without an entry, or with what is none.
const MEMBERS: [&str; 8] = [
    "actionType",
    "actionString",
    "time",
    "user",
    "includedItems",
    "ticketlog",
    "ticketlogHead",
    "ticketlogTail",
];

/// Finds the entries, in the way of the file's format.
#[derive(Debug, Clone)]
pub(super) enum Search {
    /// One entry a line.
    Lines(Lines),
    /// Anything else.
    Values(Values),
}

impl Search {
    /// Takes the piece that begins at `offset`.
    pub(super) fn feed(&mut self, piece: &[u8], offset: u64, index: &mut Index) {
        match self {
            Self::Lines(lines) => lines.feed(piece, offset, index),
            Self::Values(values) => values.feed(piece, offset, index),
        }
    }

    /// The file ends here.
    pub(super) fn finish(&mut self, end: u64, index: &mut Index) {
        match self {
            Self::Lines(lines) => lines.finish(end, index),
            Self::Values(values) => values.finish(end, index),
        }
    }
}

/// What the first bytes tell.
#[derive(Debug, Clone)]
pub(super) enum Verdict {
    /// A log; it begins at this offset.
    Log(u64, Search),
    /// More bytes are needed.
    TooShort,
    /// No log.
    Refused(NoLog),
}

/// Why a file is no log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NoLog {
    /// Nothing, or white space.
    Empty,
    /// A web page.
    Html,
    /// Compressed.
    Compressed,
    /// Text of two bytes a character.
    Utf16,
    /// An answer of the API that says that something failed.
    ErrorAnswer,
    /// JSON of something else.
    OtherJson,
    /// Anything else.
    NotJson,
}

/// Judges the beginning of a file, of which `is_whole` tells whether it is all there is.
pub(super) fn detect(head: &[u8], is_whole: bool) -> Verdict {
    for (mark, why) in
        [(&b"\x1F\x8B"[..], NoLog::Compressed), (b"\xFF\xFE", NoLog::Utf16), (b"\xFE\xFF", NoLog::Utf16)]
    {
        if head.starts_with(mark) {
            return Verdict::Refused(why);
        }
    }
    let is_enough = is_whole || head.len() >= HEAD;
    let text = head.strip_prefix(BOM).unwrap_or(head);
    let start = (head.len() - text.len()) as u64;
    let found = judge(text, is_whole, is_enough);
    match found {
        Some(Ok(Kind::Lines)) => Verdict::Log(start, Search::Lines(Lines::new(start, 1))),
        Some(Ok(Kind::Values)) => Verdict::Log(start, Search::Values(Values::new())),
        Some(Err(why)) if is_enough => Verdict::Refused(why),
        Some(Err(_)) | None => Verdict::TooShort,
    }
}

#[derive(Clone, Copy)]
enum Kind {
    Lines,
    Values,
}

/// `None` when more bytes are needed. A refusal is final only when there are no more to look at.
fn judge(text: &[u8], is_whole: bool, is_enough: bool) -> Option<Result<Kind, NoLog>> {
    let trimmed = text.trim_ascii_start();
    let first = match trimmed.first() {
        Some(first) => *first,
        None => return is_enough.then_some(Err(NoLog::Empty)),
    };
    if first == b'[' {
        let inside = trimmed.get(1..).unwrap_or_default().trim_ascii_start().first();
        if matches!(inside, Some(b'{' | b']')) {
            return Some(Ok(Kind::Values));
        }
    }
    let mut values = Values::new();
    let mut index = Index::default();
    if matches!(first, b'{' | b'[') {
        values.feed(text, 0, &mut index);
    }
    // Something else may stand before the first entry of an array.
    let has_entry = || (0..index.first_run()).filter_map(|at| element(text, &index, at)).any(is_entry);
    if values.has_seen_answer() || (first == b'[' && has_entry()) {
        return Some(Ok(Kind::Values));
    }
    if let Some(found) = judge_lines(text, is_whole) {
        return Some(found.map(|()| Kind::Lines));
    }
    if first != b'{' {
        let is_json = || serde_json::from_slice::<IgnoredAny>(text).is_ok();
        let other = match first {
            b'<' => NoLog::Html,
            b'[' if is_json() => NoLog::OtherJson,
            _ => NoLog::NotJson,
        };
        return is_enough.then_some(Err(other));
    }
    // No line is an object, but the text begins like one: it goes over several lines, or the line goes on.
    match element(text, &index, 0).and_then(Object::read) {
        Some(object) => Some(object.judge().map(|()| Kind::Values)),
        None if !is_enough => None,
        None => {
            let first_line = trimmed.split(|byte| *byte == b'\n').next().unwrap_or_default();
            let is_open = first_line.trim_ascii() == b"{";
            Some(Ok(if is_open { Kind::Values } else { Kind::Lines }))
        }
    }
}

/// The text of an element, without the separator behind it.
fn element<'a>(text: &'a [u8], index: &Index, at: usize) -> Option<&'a [u8]> {
    let (start, end) = index.range(at)?;
    let element = text.get(usize::try_from(start).ok()?..usize::try_from(end).ok()?)?.trim_ascii_end();
    Some(element.strip_suffix(b",").unwrap_or(element))
}

fn is_entry(text: &[u8]) -> bool {
    Object::read(text).is_some_and(|object| object.judge().is_ok())
}

/// Whether a line is an entry; the judgement of another object when none is; `None` when no line is an object.
fn judge_lines(text: &[u8], is_whole: bool) -> Option<Result<(), NoLog>> {
    let mut judged = None;
    let mut lines = text.split(|byte| *byte == b'\n').peekable();
    while let Some(line) = lines.next() {
        let is_complete = lines.peek().is_some() || is_whole;
        let Some(object) = Some(line).filter(|_| is_complete).and_then(Object::read) else { continue };
        let judgement = object.judge();
        if judgement.is_ok() {
            return Some(Ok(()));
        }
        judged = judged.or(Some(judgement));
    }
    judged
}

/// The names in a JSON object.
struct Object<'a>(BTreeMap<String, &'a RawValue>);

impl<'a> Object<'a> {
    fn read(text: &'a [u8]) -> Option<Self> {
        let text = text.trim_ascii();
        if !text.starts_with(b"{") {
            return None;
        }
        serde_json::from_slice(text).ok().map(Self)
    }

    /// Whether it is an entry. One without any member says nothing against it.
    fn judge(&self) -> Result<(), NoLog> {
        if self.0.is_empty() || MEMBERS.iter().any(|name| self.0.contains_key(*name)) {
            return Ok(());
        }
        let is_answer = self.0.contains_key("errorCode");
        Err(if is_answer { NoLog::ErrorAnswer } else { NoLog::OtherJson })
    }
}
