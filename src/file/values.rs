//! Finds the entries of JSON that is not one object a line: the elements of an array, of the list `data` of a saved
//! answer, and objects that stand alone; any number of such documents after each other. Takes the file piece by
//! piece and keeps nothing of it.
//!
//! Only strings, brackets and commas are looked at. So a broken element costs itself as long as its brackets match;
//! whether it is JSON is seen when it is read.

use super::index::Index;

/// The member of an answer that holds the entries.
const DATA: &[u8] = b"data";

/// How many bytes of a string are looked at one by one.
const NEAR: usize = 24;

/// Longer names are not looked at.
const LONGEST_NAME: usize = 16;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// Outside of every document.
    Top,
    /// In an object of which is not known yet whether it is an answer or an entry.
    Object,
    /// In the list that holds the entries, between two of them.
    List,
    /// In an entry.
    Entry,
    /// In something that is neither an object nor a list where an entry should be.
    Other,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Quoted {
    No,
    Yes,
    /// Behind a backslash.
    Escape,
}

/// Where the search stands.
#[derive(Debug, Clone)]
pub(super) struct Values {
    state: State,
    quoted: Quoted,
    /// Brackets that are open below the state.
    depth: u64,
    start: u64,
    start_line: u64,
    line: u64,
    /// The name of the member of an object that is read.
    name: Vec<u8>,
    /// Behind the colon of that member.
    is_value: bool,
    /// The object is an answer: it has shown its list of entries.
    has_data: bool,
    has_seen_answer: bool,
}

impl Values {
    /// Begins outside of every document, on the first line.
    pub(super) fn new() -> Self {
        Self {
            state: State::Top,
            quoted: Quoted::No,
            depth: 0,
            start: 0,
            start_line: 1,
            line: 1,
            name: Vec::new(),
            is_value: false,
            has_data: false,
            has_seen_answer: false,
        }
    }

    /// Whether there was an answer of the API with a list.
    pub(super) fn has_seen_answer(&self) -> bool {
        self.has_seen_answer
    }

    /// Takes the piece that begins at `offset`.
    pub(super) fn feed(&mut self, piece: &[u8], offset: u64, index: &mut Index) {
        let mut at = 0;
        while let Some(mut byte) = piece.get(at) {
            let rest = piece.get(at..).unwrap_or_default();
            if self.state == State::Entry && self.quoted == Quoted::No {
                at += rest.iter().position(|byte| is_structure(*byte)).unwrap_or(rest.len());
                let Some(next) = piece.get(at) else { return };
                byte = next;
            } else if self.quoted == Quoted::Yes {
                let length = string_end(rest).unwrap_or(rest.len());
                self.note_name(rest.get(..length).unwrap_or_default());
                at += length;
                match rest.get(length) {
                    Some(b'"') => self.quoted = Quoted::No,
                    Some(b'\\') => self.quoted = Quoted::Escape,
                    Some(_) => self.line += 1,
                    None => {}
                }
                at += usize::from(length < rest.len());
                continue;
            }
            self.line += u64::from(*byte == b'\n');
            if self.quoted == Quoted::Escape {
                self.quoted = Quoted::Yes;
            } else {
                self.take(*byte, offset + at as u64, index);
            }
            at += 1;
        }
    }

    /// The file ends here. What is open then is cut off: an entry that is not whole, or one of no length.
    pub(super) fn finish(&mut self, end: u64, index: &mut Index) {
        match self.state {
            State::Entry | State::Other => index.push(self.start, end, self.start_line),
            State::Object if !self.has_data => index.push(self.start, end, self.start_line),
            State::List => index.push(end, end, self.line),
            State::Object | State::Top => {}
        }
    }

    /// Takes a byte outside of strings.
    fn take(&mut self, byte: u8, at: u64, index: &mut Index) {
        match self.state {
            State::Top | State::List => self.begin(byte, at, index),
            State::Object => self.in_object(byte, at, index),
            State::Entry => match byte {
                b'"' => self.quoted = Quoted::Yes,
                b'{' | b'[' => self.depth += 1,
                b'}' | b']' => {
                    self.depth -= 1;
                    if self.depth == 0 {
                        self.end(at + 1, index);
                    }
                }
                _ => {}
            },
            State::Other => self.in_other(byte, at, index),
        }
    }

    /// Between entries or documents.
    fn begin(&mut self, byte: u8, at: u64, index: &mut Index) {
        let in_list = self.state == State::List;
        match byte {
            b' ' | b'\t' | b'\r' | b'\n' | b',' => return,
            b']' if in_list => {
                index.end_run();
                self.state = if self.has_data { State::Object } else { State::Top };
                return;
            }
            b'[' if !in_list => {
                index.end_run();
                self.state = State::List;
                self.has_data = false;
                return;
            }
            _ => {}
        }
        (self.start, self.start_line) = (at, self.line);
        self.depth = 0;
        match byte {
            b'{' if !in_list => {
                self.state = State::Object;
                (self.has_data, self.is_value) = (false, false);
                self.name.clear();
            }
            b'{' | b'[' => {
                self.state = State::Entry;
                self.depth = 1;
            }
            _ => {
                self.state = State::Other;
                self.quoted = if in_list && byte == b'"' { Quoted::Yes } else { Quoted::No };
                self.depth = u64::from(in_list);
            }
        }
    }

    /// In an object at the top: an entry, unless it turns out to be an answer.
    fn in_object(&mut self, byte: u8, at: u64, index: &mut Index) {
        match byte {
            b'"' => {
                self.quoted = Quoted::Yes;
                if self.depth == 0 && !self.is_value {
                    self.name.clear();
                }
            }
            b':' if self.depth == 0 => self.is_value = true,
            b',' if self.depth == 0 => self.is_value = false,
            b'[' if self.depth == 0 && self.is_value && self.name == DATA && !self.has_data => {
                index.end_run();
                (self.has_data, self.has_seen_answer) = (true, true);
                self.state = State::List;
            }
            b'{' | b'[' => self.depth += 1,
            b'}' if self.depth == 0 => {
                if self.has_data {
                    self.state = State::Top;
                } else {
                    self.end(at + 1, index);
                }
            }
            b'}' | b']' => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
    }

    /// Ends at the next separator in a list, at the end of the line elsewhere.
    fn in_other(&mut self, byte: u8, at: u64, index: &mut Index) {
        let in_list = self.depth > 0;
        match byte {
            b'"' if in_list => self.quoted = Quoted::Yes,
            b',' | b']' if in_list => {
                self.end(at, index);
                self.begin(byte, at, index);
            }
            b'\n' if !in_list => self.end(at, index),
            _ => {}
        }
    }

    fn end(&mut self, end: u64, index: &mut Index) {
        let in_list = match self.state {
            State::Other => self.depth > 0,
            state => state == State::Entry,
        };
        index.push(self.start, end, self.start_line);
        self.state = if in_list { State::List } else { State::Top };
    }

    fn note_name(&mut self, text: &[u8]) {
        if self.state == State::Object && self.depth == 0 && !self.is_value {
            let room = LONGEST_NAME.saturating_sub(self.name.len());
            self.name.extend(text.iter().take(room));
        }
    }
}

/// What matters inside of an entry, outside of strings.
fn is_structure(byte: u8) -> bool {
    matches!(byte, b'"' | b'{' | b'}' | b'[' | b']' | b'\n')
}

/// What matters inside of a string. Most strings are short: for those a search of its own would cost more.
fn string_end(text: &[u8]) -> Option<usize> {
    let is_special = |byte: &u8| matches!(byte, b'"' | b'\\' | b'\n');
    let near = text.iter().take(NEAR).position(is_special);
    near.or_else(|| {
        let far = text.get(NEAR..)?;
        memchr::memchr3(b'"', b'\\', b'\n', far).map(|at| at + NEAR)
    })
}

#[cfg(test)]
mod tests;
