//! A line of text that the user types: what was typed, where the cursor stands, what is understood of it.
//!
//! Our own forty lines instead of a crate: the model must not know key events, and a cluster must go as a whole.
//! The text can be pasted, so it is shown through the cleaning functions like a stranger's.

use unicode_segmentation::UnicodeSegmentation;

use super::text::Untrusted;

/// A change to the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Edit {
    /// A character at the cursor.
    Insert(char),
    /// The character before the cursor goes.
    Erase,
    /// The character at the cursor goes.
    Delete,
    /// The word before the cursor goes.
    EraseWord,
    /// Everything before the cursor goes.
    EraseToStart,
    /// One character to the left.
    Left,
    /// One character to the right.
    Right,
    /// To the start of the line.
    Start,
    /// To the end of the line.
    End,
}

/// What a line is typed for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Prompt {
    /// A time to jump to, or which ticket to open.
    #[default]
    Jump,
    /// A row of the filter panel to go to.
    Row,
    /// A text that entries must have.
    Phrase,
    /// The name of a file to write.
    File,
    /// Something to look for.
    Search,
    /// An action, a ticket's number or its link.
    Action,
}

/// The longest line, in bytes.
const LONGEST: usize = 200;

/// A line being typed, as what stands before and after the cursor.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Input {
    before: String,
    after: String,
    prompt: Prompt,
}

impl Input {
    /// An empty line.
    #[must_use]
    pub fn asking(prompt: Prompt) -> Self {
        Self { prompt, ..Self::default() }
    }

    /// What it is typed for.
    #[must_use]
    pub fn prompt(&self) -> Prompt {
        self.prompt
    }

    /// A line with this text and the cursor at its end. What a line cannot hold is left out.
    #[must_use]
    pub fn of(prompt: Prompt, text: &str) -> Self {
        let mut line = Self::asking(prompt);
        text.chars().for_each(|c| line.edit(Edit::Insert(c)));
        line
    }

    /// The whole line.
    #[must_use]
    pub fn text(&self) -> String {
        format!("{}{}", self.before, self.after)
    }

    /// What stands before the cursor, and what stands from there on, to be shown.
    #[must_use]
    pub fn parts(&self) -> (Untrusted, Untrusted) {
        (Untrusted::new(self.before.as_str()), Untrusted::new(self.after.as_str()))
    }

    /// Whether nothing is typed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.before.is_empty() && self.after.is_empty()
    }

    /// Puts pasted text at the cursor. It becomes one line: line breaks and other controls separate words.
    pub fn paste(&mut self, text: &str) {
        let words = text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty());
        for (at, word) in words.enumerate() {
            let space = (at > 0).then_some(' ');
            space.into_iter().chain(word.chars()).for_each(|c| self.edit(Edit::Insert(c)));
        }
    }

    fn len(&self) -> usize {
        self.before.len() + self.after.len()
    }

    /// Makes a change.
    pub fn edit(&mut self, edit: Edit) {
        match edit {
            Edit::Insert(c) if c.is_control() || self.len() + c.len_utf8() > LONGEST => {}
            Edit::Insert(c) => self.before.push(c),
            Edit::Erase => drop(self.take_last()),
            Edit::Delete => drop(self.take_first()),
            Edit::EraseWord => {
                let kept = self.before.trim_end().trim_end_matches(|c: char| !c.is_whitespace()).len();
                self.before.truncate(kept);
            }
            Edit::EraseToStart => self.before.clear(),
            Edit::Left => {
                let moved = self.take_last();
                self.after.insert_str(0, &moved);
            }
            Edit::Right => {
                let moved = self.take_first();
                self.before.push_str(&moved);
            }
            Edit::Start => self.after = std::mem::take(&mut self.before) + &self.after,
            Edit::End => self.before.push_str(&std::mem::take(&mut self.after)),
        }
    }

    fn take_last(&mut self) -> String {
        let last = self.before.graphemes(true).next_back().unwrap_or_default().to_owned();
        self.before.truncate(self.before.len() - last.len());
        last
    }

    fn take_first(&mut self) -> String {
        let first = self.after.graphemes(true).next().unwrap_or_default().to_owned();
        self.after.drain(..first.len());
        first
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(text: &str) -> Input {
        let mut input = Input::default();
        text.chars().for_each(|c| input.edit(Edit::Insert(c)));
        input
    }

    #[test]
    fn edits_keep_what_stands_on_both_sides_of_the_cursor() {
        let mut input = typed("14:02");
        input.edit(Edit::Left);
        input.edit(Edit::Erase);
        input.edit(Edit::Insert('3'));
        assert_eq!(input.text(), "14:32");
        input.edit(Edit::Start);
        input.edit(Edit::Delete);
        input.edit(Edit::End);
        input.edit(Edit::Insert('0'));
        assert_eq!(input.text(), "4:320");
        input.edit(Edit::EraseToStart);
        assert!(input.is_empty());
    }

    #[test]
    fn a_word_goes_with_the_spaces_behind_it_and_a_cluster_as_a_whole() {
        let mut input = typed("yesterday 14:02  ");
        input.edit(Edit::EraseWord);
        assert_eq!(input.text(), "yesterday ");
        let mut input = typed("a\u{3000}b");
        input.edit(Edit::EraseWord);
        assert_eq!(input.text(), "a\u{3000}", "a space of three bytes");
        let mut input = typed("e\u{301}\u{301}x");
        input.edit(Edit::Left);
        input.edit(Edit::Erase);
        assert_eq!(input.text(), "x");
    }

    #[test]
    fn control_characters_and_too_much_text_are_not_taken() {
        assert!(typed("\u{1b}\r\n\u{9b}").is_empty());
        for c in ["x", "å", "\u{1f600}"] {
            let text = typed(&c.repeat(1_000)).text();
            assert!(text.len() <= LONGEST && text.len() > LONGEST - 4, "{text}");
        }
    }

    #[test]
    fn what_is_pasted_becomes_one_line_at_the_cursor() {
        let mut input = typed("<>");
        input.edit(Edit::Left);
        input.paste("\r\n 2023-03-01\t\u{1b}\n10:00\u{9b} \n");
        assert_eq!(input.text(), "<2023-03-01 10:00>");
        input.paste(&"x".repeat(1_000));
        assert_eq!(input.text().len(), LONGEST);
    }
}
