//! Text as it is compared: in compatibility decomposition, without marks, without what nobody sees, case folded; and
//! the way back to where a match stands in the text as it came.
//!
//! Full-width letters, ligatures and circled digits become plain ones, ß, ẞ and SS the same, the Turkish i's one i,
//! final sigma a sigma; letters with strokes lose them.

use unicode_normalization::char::{decompose_compatible, is_combining_mark};

use crate::model::text::is_unseen;

/// A text and its fold.
pub(super) struct Folded<'a> {
    text: &'a str,
    fold: String,
    /// For each byte of the fold where its character begins in the text; nothing where both are the same.
    starts: Vec<u32>,
}

impl<'a> Folded<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        if text.bytes().all(|byte| matches!(byte, b' '..=b'~' | b'\t' | b'\n' | b'\r')) {
            return Self { text, fold: text.to_ascii_lowercase(), starts: Vec::new() };
        }
        let mut folded = Self { text, fold: String::with_capacity(text.len()), starts: Vec::new() };
        folded.starts.reserve(text.len());
        for (at, c) in text.char_indices() {
            fold_into(&mut folded.fold, c);
            let start = u32::try_from(at).unwrap_or(u32::MAX);
            folded.starts.resize(folded.fold.len(), start);
        }
        folded
    }

    /// The fold itself.
    pub(super) fn as_str(&self) -> &str {
        &self.fold
    }

    /// What a stretch of the fold is in the text: whole characters with the marks on them.
    pub(super) fn origin(&self, from: usize, to: usize) -> (usize, usize) {
        if self.starts.is_empty() {
            return (from, to);
        }
        let start = |at: usize| self.starts.get(at).map_or(self.text.len(), |start| *start as usize);
        let last = start(to.saturating_sub(1));
        let rest = self.text.get(last..).unwrap_or_default().chars();
        let marks = rest.clone().skip(1).take_while(|c| is_combining_mark(*c)).count();
        let length: usize = rest.take(1 + marks).map(char::len_utf8).sum();
        (start(from), last + length)
    }
}

/// The fold of a text.
pub(super) fn fold(text: &str) -> String {
    Folded::of(text).fold
}

/// Whether nothing of a text is left in its fold: spaces, marks on nothing, and what nobody sees.
pub(super) fn is_blank(text: &str) -> bool {
    let mut fold = String::new();
    text.chars().all(|c| {
        fold.clear();
        fold_into(&mut fold, c);
        fold.trim().is_empty()
    })
}

/// A blank text as formats write it: without what nobody sees, nor spaces at its ends. Where nothing is left, as it is.
pub(super) fn seen(text: &str) -> String {
    let seen: String = text.chars().filter(|c| !is_unseen(*c)).collect();
    let trimmed = seen.trim();
    if trimmed.is_empty() { text.to_owned() } else { trimmed.to_owned() }
}

/// Every fold that a text has in upper and lower case: a few Greek letters fold in two ways.
pub(super) fn folds(text: &str) -> Vec<String> {
    let mut folds = vec![fold(text)];
    for other in [fold(&text.to_uppercase()), fold(&text.to_lowercase())] {
        if !folds.contains(&other) {
            folds.push(other);
        }
    }
    folds
}

fn fold_into(out: &mut String, c: char) {
    match c {
        'A'..='Z' => out.push(c.to_ascii_lowercase()),
        ' '..='~' => out.push(c),
        // Its decomposition is a space with a mark.
        '´' => out.push('\''),
        _ if is_unseen(c) => {}
        _ => decompose_compatible(c, |part| {
            if !is_combining_mark(part) && !is_unseen(part) {
                fold_case(out, part);
            }
        }),
    }
}

fn fold_case(out: &mut String, c: char) {
    if c.is_whitespace() {
        out.push(' ');
        return;
    }
    // Down, up, down: ẞ, ß and SS all become ss.
    for lower in c.to_lowercase().flat_map(char::to_uppercase).flat_map(char::to_lowercase) {
        decompose_compatible(lower, |part| match part {
            _ if is_combining_mark(part) => {}
            'ø' => out.push('o'),
            'ł' => out.push('l'),
            'đ' | 'ð' => out.push('d'),
            'ħ' => out.push('h'),
            'ŧ' => out.push('t'),
            'æ' => out.push_str("ae"),
            'œ' => out.push_str("oe"),
            'ς' => out.push('σ'),
            '‘' | '’' | '‛' | 'ʼ' | 'ʹ' | '′' => out.push('\''),
            '‐'..='―' | '−' | '⁃' => out.push('-'),
            _ => out.push(part),
        });
    }
}

/// How many letters and digits a text has, in the form that has more of them. A syllable of Hangul is one letter.
pub(super) fn letters(text: &str) -> usize {
    use unicode_normalization::UnicodeNormalization;
    let count = |text: &str| text.nfkc().filter(|c| c.is_alphanumeric() && !is_combining_mark(*c)).count();
    count(text).max(count(&text.to_uppercase())).max(count(&text.to_lowercase()))
}

/// Whether the letter belongs to a script that writes words without spaces between them.
pub(super) fn is_spaceless(c: char) -> bool {
    matches!(c,
        '\u{E00}'..='\u{EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}' | '\u{1950}'..='\u{19DF}'
        | '\u{1A20}'..='\u{1AAF}' | '\u{3005}'..='\u{3007}' | '\u{3021}'..='\u{30FF}' | '\u{31F0}'..='\u{31FF}'
        | '\u{3400}'..='\u{9FFF}' | '\u{A9E0}'..='\u{A9FF}' | '\u{AA60}'..='\u{AADF}' | '\u{F900}'..='\u{FAFF}'
        | '\u{1B000}'..='\u{1B16F}' | '\u{20000}'..='\u{3FFFF}')
}

/// Whether the letter is a part of a syllable of Hangul: words go on in particles there.
pub(super) fn is_hangul(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{11FF}' | '\u{3131}'..='\u{318E}' | '\u{AC00}'..='\u{D7FF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_one_name_have_one_fold() {
        for (one, other) in [
            ("Zoë", "ZOE\u{308}"),
            ("Groß", "GROSS"),
            ("GROẞ", "groß"),
            ("Işık", "IŞIK"),
            ("İnci", "inci"),
            ("Νίκος", "ΝΙΚΟΣ"),
            ("Ｈａｒｒｙ", "harry"),
            ("Har\u{200b}r\u{ad}y\u{2069}", "harry"),
            ("Bjørn", "BJØRN"),
            ("김민수", "\u{1100}\u{1175}\u{11b7}\u{1106}\u{1175}\u{11ab}\u{1109}\u{116e}"),
            ("O’Neil", "o'neil"),
            ("ガ", "ｶﾞ"),
        ] {
            assert_eq!(fold(one), fold(other), "{one} {other}");
        }
    }

    #[test]
    fn a_match_in_the_fold_is_whole_characters_of_the_text() {
        let text = "→ Zo\u{e}e\u{308}! ﬁ ẞ";
        let folded = Folded::of(text);
        assert_eq!(folded.as_str(), "→ zoe! fi ss");
        let origin = |needle: &str| {
            let from = folded.as_str().find(needle).unwrap();
            let (from, to) = folded.origin(from, from + needle.len());
            text.get(from..to).unwrap()
        };
        assert_eq!(origin("zoe"), "Zo\u{e}e\u{308}");
        assert_eq!(origin("i"), "ﬁ");
        assert_eq!(origin("ss"), "ẞ");
        assert_eq!(origin("→"), "→");
    }
}
