//! Puts JSON together again: laid out, masked, a member left out.

use std::borrow::Cow;

use super::{
    Layout, Personal, push_escaped, quoted,
    scan::{Token, Tokens},
    text::{characters, text, words},
};
use crate::model::{entry::Entry, placeholder};

/// Deeper nesting than any entry has; below it nothing is shown where JSON is indented.
const DEEPEST: usize = 40;

/// Words that make the name of a member one of personal data (product rule: e-mail, `customIdentifier` and ids; the
/// address of a person's picture may hold any of them).
const PERSONAL: [&str; 9] =
    ["id", "ids", "guid", "uuid", "email", "emails", "identifier", "identifiers", "image"];

/// Writes one value.
pub(super) struct Writer<'a> {
    out: String,
    entry: &'a Entry,
    personal: Personal,
    layout: Layout,
    left_out: Option<&'a str>,
    /// What is open, and how many members or elements it has so far.
    open: Vec<(char, usize)>,
}

impl<'a> Writer<'a> {
    /// The entry tells the names that take the place of ids.
    pub(super) fn new(
        entry: &'a Entry,
        personal: Personal,
        layout: Layout,
        left_out: Option<&'a str>,
    ) -> Self {
        Self { out: String::new(), entry, personal, layout, left_out, open: Vec::new() }
    }

    /// Writes valid JSON.
    pub(super) fn write(mut self, json: &str) -> String {
        self.out.reserve(json.len());
        let mut tokens = Tokens::of(json);
        let mut is_name_next = false;
        while let Some(token) = tokens.next() {
            match token {
                Token::Comma => is_name_next = self.is_in_object(),
                Token::Colon => self.out.push_str(if self.layout == Layout::Indented { ": " } else { ":" }),
                Token::Close(sign) => self.close(sign),
                Token::Text(name) if is_name_next => {
                    is_name_next = false;
                    self.member(name, &mut tokens);
                }
                value => {
                    if !self.is_in_object() {
                        self.separate();
                    }
                    is_name_next = self.value(value, &mut tokens);
                }
            }
        }
        self.out
    }

    fn is_in_object(&self) -> bool {
        matches!(self.open.last(), Some(('{', _)))
    }

    /// Writes the name of a member; and its value, where that is not the one that came.
    fn member(&mut self, name: &str, tokens: &mut Tokens<'_>) {
        let is_masked = self.personal == Personal::Masked && is_personal(name);
        let is_left_out = self.open.len() == 1 && self.left_out.is_some_and(|known| text(name) == known);
        if is_left_out || is_masked {
            // The colon.
            tokens.next();
            tokens.skip_value();
        }
        if is_left_out {
            return;
        }
        self.separate();
        self.push(name);
        if is_masked {
            self.out.push_str(if self.layout == Layout::Indented { ": null" } else { ":null" });
        }
    }

    /// Writes a value, or the beginning of one. Whether the name of a member follows.
    fn value(&mut self, value: Token<'_>, tokens: &mut Tokens<'_>) -> bool {
        match value {
            Token::Open(_) if self.layout == Layout::Indented && self.open.len() > DEEPEST => {
                tokens.skip_rest();
                self.out.push_str("(nested too deeply to show)");
            }
            Token::Open(sign) => {
                self.out.push(sign);
                self.open.push((sign, 0));
                return sign == '{';
            }
            Token::Text(json) if self.personal == Personal::Masked => {
                let masked = masked(json, self.entry);
                self.push(&masked);
            }
            Token::Text(json) => self.push(json),
            Token::Scalar(json) => self.out.push_str(json),
            Token::Comma | Token::Colon | Token::Close(_) => (),
        }
        false
    }

    fn close(&mut self, sign: char) {
        if self.open.pop().is_some_and(|(_, count)| count > 0) {
            self.end_line();
        }
        self.out.push(sign);
    }

    /// What stands before a member or an element.
    fn separate(&mut self) {
        let Some((_, count)) = self.open.last_mut() else { return };
        *count += 1;
        if *count > 1 {
            self.out.push(',');
        }
        self.end_line();
    }

    fn end_line(&mut self) {
        if self.layout == Layout::Indented {
            self.out.push('\n');
            self.out.extend(std::iter::repeat_n("  ", self.open.len()));
        }
    }

    fn push(&mut self, json: &str) {
        match self.layout {
            Layout::Indented => self.out.push_str(json),
            Layout::Compact => push_escaped(&mut self.out, json),
        }
    }
}

/// Whether the name of a member has a word of personal data in it: `email`, `customIdentifier`, `userId`, `reply_id`.
fn is_personal(name: &str) -> bool {
    let name = text(name);
    let whole = name.to_lowercase();
    let is_one = |word: &str| PERSONAL.contains(&word) || word == "customidentifier";
    is_one(&whole) || words(&name).iter().any(|word| is_one(word))
}

/// A JSON string with the ids in its placeholders taken out.
fn masked<'a>(json: &'a str, entry: &Entry) -> Cow<'a, str> {
    let has_brace = json.contains('{') || json.contains("\\u007");
    if !has_brace {
        return Cow::Borrowed(json);
    }
    let (decoded, spelled): (String, Vec<&str>) = characters(json).unzip();
    let mut spelled = spelled.into_iter();
    let mut out = String::from("\"");
    for piece in placeholder::pieces(&decoded) {
        let as_it_came = spelled.by_ref().take(piece.text().chars().count());
        match piece.masked(entry) {
            Some(masked) => {
                as_it_came.for_each(drop);
                out.push_str(quoted(&masked).trim_matches('"'));
            }
            None => out.extend(as_it_came),
        }
    }
    out.push('"');
    Cow::Owned(out)
}
