//! Text on its way to a clipboard, or to a page from which it is selected by hand.
//!
//! No control character is in it: where it is pasted it may be typed, and a shell obeys what is typed. One line has no
//! line break; several have one between them and none at the end.

use std::fmt;

use unicode_segmentation::UnicodeSegmentation;

use super::text::Line;

/// Text that can be pasted anywhere. See the module.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Snippet(String);

impl Snippet {
    /// One line. It is clean already.
    #[must_use]
    pub fn line(line: &Line) -> Self {
        Self::lines([line.plain()])
    }

    /// Several lines; a line break within one of them counts as any other control character.
    #[must_use]
    pub fn lines(lines: impl IntoIterator<Item = String>) -> Self {
        let lines: Vec<String> = lines.into_iter().map(|line| guarded(line.trim_end())).collect();
        Self(lines.join("\n"))
    }

    /// A text of several lines that was written for people or as JSON.
    #[must_use]
    pub fn text(text: &str) -> Self {
        Self::lines(text.trim_end().split('\n').map(str::to_owned))
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// How many characters, as people count them.
    #[must_use]
    pub fn characters(&self) -> usize {
        self.0.graphemes(true).count()
    }
}

/// Says how long it is and nothing else.
impl fmt::Debug for Snippet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Snippet({} bytes)", self.0.len())
    }
}

/// What acts on whoever takes it, or turns round what stands beside it, as `\u{..}`.
fn guarded(line: &str) -> String {
    if !line.contains(is_odd) {
        return line.to_owned();
    }
    line.chars().fold(String::new(), |mut out, c| {
        if is_odd(c) {
            out.extend(c.escape_unicode());
        } else {
            out.push(c);
        }
        out
    })
}

/// Control characters, those that change the direction of text, separators of lines, and tags.
pub(super) fn is_odd(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
            | '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::text::{Charset, Untrusted};

    #[test]
    fn one_line_has_no_end_and_several_have_none_behind_the_last() {
        let line = Untrusted::new("rm -rf ~\n\u{1b}]52;c;x\u{7}\r\0").one_line(200, Charset::Unicode);
        let one = Snippet::line(&line);
        assert!(!one.as_str().contains(char::is_control), "{}", one.as_str());
        let several = Snippet::text("a\nb\r\n\nc\n\n");
        assert_eq!(several.as_str(), "a\nb\n\nc");
        let within = Snippet::lines(["a\nb".to_owned(), "c".to_owned()]);
        assert_eq!(within.as_str(), "a\\u{a}b\nc");
    }

    #[test]
    fn nothing_that_acts_gets_through_whatever_is_handed_over() {
        let all = (0..=0x10_ffff).filter_map(char::from_u32).filter(|c| is_odd(*c)).collect::<String>();
        let text = Snippet::text(&format!("x{all}x"));
        assert!(!text.as_str().contains(|c| is_odd(c) && c != '\n'));
        assert_eq!(Snippet::text("e\u{301}\u{1f469}\u{200d}\u{1f467}").characters(), 2);
    }
}
