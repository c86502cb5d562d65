//! An entry's own JSON for people and for files, with personal data masked unless it is asked for: one rule for the
//! raw view, for copies and for exports.
//!
//! Scalars, names and their order stay as the server wrote them; only white space between them is ours. Masked are
//! the values of members that are called e-mail, identifier, id or image (a picture's address may hold an id), and the
//! ids in placeholders: `{User:841c..}` becomes `{User:Garrick Ollivander}` where the entry itself tells the name, else `{User:hidden}`. Masking twice
//! changes nothing.
//!
//! `scan` takes JSON apart without recursion, `write` puts it together again, `text` tells what a string of it says.

pub(in crate::model) mod scan;
pub(in crate::model) mod text;
mod write;

use std::fmt::Write as _;

use serde_json::value::RawValue;

use super::entry::Entry;

/// Whether personal data is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Personal {
    /// As it came.
    Shown,
    /// `null` in its place.
    Masked,
}

/// How JSON is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// Over several lines, two spaces a level, for reading. Deeper than any entry goes it ends in words.
    Indented,
    /// On one line and without white space, for files. Characters that act on a terminal or turn the reading order
    /// are escaped.
    Compact,
}

impl Entry {
    /// The entry's own JSON; `None` where it was not kept. Indented, what is not JSON comes as it is; compact, there
    /// is `None` for it.
    #[must_use]
    pub fn json(&self, personal: Personal, layout: Layout) -> Option<String> {
        self.json_without(personal, layout, None)
    }

    /// The same without the member of this name, in the outermost object.
    #[must_use]
    pub fn json_without(&self, personal: Personal, layout: Layout, left_out: Option<&str>) -> Option<String> {
        let raw = self.raw.as_ref()?.text().trim();
        if serde_json::from_str::<&RawValue>(raw).is_err() {
            return (layout == Layout::Indented).then(|| raw.to_owned());
        }
        Some(write::Writer::new(self, personal, layout, left_out).write(raw))
    }
}

/// Text as a JSON string, with its quotes, escaped as compact JSON is.
#[must_use]
pub fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    // A text always has a JSON form.
    push_escaped(&mut out, &serde_json::to_string(text).unwrap_or_default());
    out
}

/// Adds JSON, with what acts on a terminal or turns the reading order as escapes.
fn push_escaped(out: &mut String, json: &str) {
    if json.bytes().all(|byte| byte < 0x7F) {
        return out.push_str(json);
    }
    for c in json.chars() {
        if is_active(c) {
            // Writing to a String cannot fail.
            let _ = write!(out, "\\u{:04x}", u32::from(c));
        } else {
            out.push(c);
        }
    }
}

/// DEL, C1, line and paragraph separators, and what turns the reading order: JSON allows them as they are.
fn is_active(c: char) -> bool {
    matches!(c,
        '\u{7F}'..='\u{9F}' | '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}'
        | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests;
