//! Which characters may reach the terminal: the last look, after all cleaning.

/// Whether a character may be sent: printable, or one of the two joiners inside a cluster.
///
/// `escape_debug` escapes exactly Cc, Cf, Cs, Co, Cn, Zl, Zp and the spaces other than ASCII's; it also escapes
/// quotes, which are fine, and marks, unless something stands before them.
pub(in crate::term) fn is_printable(c: char) -> bool {
    is_everyday(c) || matches!(c, '\u{200c}' | '\u{200d}') || (!is_blank_lookalike(c) && survives_escaping(c))
}

/// What most frames are made of, decided without tables: Latin, arrows, lines and blocks.
fn is_everyday(c: char) -> bool {
    matches!(
        c,
        ' '..='~'
            | '\u{a1}'..='\u{ac}'
            | '\u{ae}'..='\u{2ff}'
            | '\u{2010}'..='\u{2027}'
            | '\u{2190}'..='\u{21ff}'
            | '\u{2500}'..='\u{25ff}'
    )
}

fn survives_escaping(c: char) -> bool {
    let mut text = [0; 5];
    // A letter first, so that a mark is not the first character.
    let (first, rest) = text.split_at_mut(1);
    first.fill(b'a');
    let length = 1 + c.encode_utf8(rest).len();
    text.get(..length)
        .and_then(|bytes| std::str::from_utf8(bytes).ok())
        .is_some_and(|text| text.escape_debug().nth(1) == Some(c))
}

/// Not escaped, yet invisible or without a width of their own: variation selectors, fillers, the empty braille.
fn is_blank_lookalike(c: char) -> bool {
    matches!(
        c,
        '\u{34f}'
            | '\u{115f}'
            | '\u{1160}'
            | '\u{17b4}'
            | '\u{17b5}'
            | '\u{180b}'..='\u{180f}'
            | '\u{2800}'
            | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{ffa0}'
            | '\u{e0000}'..='\u{e0fff}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_invisible_or_acts_on_the_terminal_is_not_printable() {
        let refused = "\0\t\n\r\u{1b}\u{7f}\u{80}\u{9b}\u{a0}\u{ad}\u{34f}\u{61c}\u{115f}\u{200b}\u{200e}\u{2028}\
                       \u{202e}\u{2066}\u{2800}\u{3000}\u{fe0f}\u{feff}\u{fff9}\u{e000}\u{e0041}\u{fdd0}\u{378}";
        for c in refused.chars() {
            assert!(!is_printable(c), "{}", c.escape_unicode());
        }
    }

    #[test]
    fn letters_marks_signs_and_emoji_are_printable() {
        let allowed = " ~\"'\\éßЖ\u{301}\u{93f}中한→─▌█…·\u{2019}\u{fffd}👍🏽\u{1f1e9}\u{200d}\u{2801}";
        for c in allowed.chars() {
            assert!(is_printable(c), "{}", c.escape_unicode());
        }
    }
}
