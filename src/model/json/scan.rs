//! Takes valid JSON apart, one piece after the other, without recursion: nesting costs nothing.

/// A piece of JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::model) enum Token<'a> {
    /// `{` or `[`
    Open(char),
    /// `}` or `]`
    Close(char),
    /// `,`
    Comma,
    /// `:`
    Colon,
    /// A string with its quotes.
    Text(&'a str),
    /// A number, `true`, `false` or `null`.
    Scalar(&'a str),
}

/// The pieces of valid JSON, in order.
#[derive(Debug, Clone)]
pub(in crate::model) struct Tokens<'a>(&'a str);

impl<'a> Tokens<'a> {
    /// Of this JSON.
    pub(in crate::model) fn of(json: &'a str) -> Self {
        Self(json)
    }

    /// Steps over a whole value, of which the first piece is still to come.
    pub(super) fn skip_value(&mut self) {
        if let Some(Token::Open(_)) = self.next() {
            self.skip_rest();
        }
    }

    /// Steps over what is left of the innermost object or list.
    pub(super) fn skip_rest(&mut self) {
        let mut depth = 1;
        while depth > 0 {
            match self.next() {
                Some(Token::Open(_)) => depth += 1,
                Some(Token::Close(_)) => depth -= 1,
                Some(_) => (),
                None => return,
            }
        }
    }

    fn take(&mut self, length: usize) -> &'a str {
        let (taken, rest) = self.0.split_at_checked(length).unwrap_or((self.0, ""));
        self.0 = rest;
        taken
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        self.0 = self.0.trim_ascii_start();
        let first = self.0.chars().next()?;
        Some(match first {
            '"' => Token::Text(self.take(text_length(self.0))),
            '{' | '[' | '}' | ']' | ',' | ':' => {
                self.take(1);
                match first {
                    '{' | '[' => Token::Open(first),
                    '}' | ']' => Token::Close(first),
                    ',' => Token::Comma,
                    _ => Token::Colon,
                }
            }
            _ => {
                let ends = |c: char| matches!(c, ',' | '}' | ']' | ':') || c.is_ascii_whitespace();
                Token::Scalar(self.take(self.0.find(ends).unwrap_or(self.0.len())))
            }
        })
    }
}

/// The bytes of the string that a text begins with, its quotes included.
fn text_length(text: &str) -> usize {
    let mut at = 1;
    loop {
        let rest = text.as_bytes().get(at..).unwrap_or_default();
        match memchr::memchr2(b'"', b'\\', rest) {
            Some(found) if rest.get(found) == Some(&b'"') => return at + found + 1,
            Some(found) => at += found + 2,
            None => return text.len(),
        }
    }
}
