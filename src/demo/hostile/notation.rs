//! The notation of a hostile string: code points, quoted ASCII, raw bytes, JSON escapes, repetition, groups.

/// The JSON string literal that a line of the notation describes; `None` when it cannot be read.
pub(super) fn literal(notation: &str) -> Option<Vec<u8>> {
    let mut pieces: Vec<Vec<u8>> = Vec::new();
    let mut group: Option<usize> = None;
    let mut rest = notation.trim_start();
    while !rest.is_empty() {
        let (token, after) = token(rest)?;
        rest = after.trim_start();
        match token {
            Token::Open => group = Some(pieces.len()),
            Token::Close => {
                let members = pieces.split_off(group.take()?);
                pieces.push(members.concat());
            }
            Token::Times(count) => {
                let piece = pieces.pop()?;
                pieces.push(piece.repeat(count));
            }
            Token::Piece(piece) => pieces.push(piece),
        }
    }
    Some([b"\"".as_slice(), &pieces.concat(), b"\""].concat())
}

enum Token {
    Open,
    Close,
    Times(usize),
    Piece(Vec<u8>),
}

/// The first token and what follows it.
fn token(text: &str) -> Option<(Token, &str)> {
    if let Some(quoted) = text.strip_prefix('"') {
        let (ascii, rest) = quoted.split_once('"')?;
        return Some((Token::Piece(ascii.chars().flat_map(escaped).collect()), rest));
    }
    let (word, rest) = text.split_once(' ').unwrap_or((text, ""));
    let token = if word == "(" {
        Token::Open
    } else if word == ")" {
        Token::Close
    } else if let Some(count) = word.strip_prefix('x') {
        Token::Times(count.parse().ok()?)
    } else if let Some(escapes) = word.strip_prefix("json:") {
        Token::Piece(escapes.into())
    } else if let Some(bytes) = word.strip_prefix("raw:") {
        Token::Piece(raw(bytes)?)
    } else {
        let point = u32::from_str_radix(word, 16).ok()?;
        Token::Piece(escaped(char::from_u32(point)?))
    };
    Some((token, rest))
}

/// A character inside a JSON string literal.
fn escaped(character: char) -> Vec<u8> {
    match character {
        '"' | '\\' => format!("\\{character}").into(),
        control if control.is_control() => format!("\\u{:04x}", u32::from(control)).into(),
        other => String::from(other).into(),
    }
}

fn raw(digits: &str) -> Option<Vec<u8>> {
    let nibbles: Option<Vec<u8>> =
        digits.chars().map(|digit| u8::try_from(digit.to_digit(16)?).ok()).collect();
    nibbles.map(|nibbles| {
        nibbles.chunks(2).map(|pair| pair.iter().fold(0, |byte, half| byte * 16 + half)).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::literal;

    #[test]
    fn repetition_takes_the_piece_or_the_group_before_it() {
        assert_eq!(literal(r#""ab" 43 x3"#).unwrap(), br#""abCCC""#);
        assert_eq!(literal(r#"( "ab" 43 ) x2 "d""#).unwrap(), br#""abCabCd""#);
        assert_eq!(literal("").unwrap(), br#""""#);
    }

    #[test]
    fn controls_are_escaped_unless_raw() {
        assert_eq!(literal(r#"1B "\" raw:C29B json:\ud800"#).unwrap(), b"\"\\u001b\\\\\xC2\x9B\\ud800\"");
    }

    #[test]
    fn what_is_not_notation_is_refused() {
        for notation in ["G1", "x3", ") x2", "\"open", "D800", "raw:0G"] {
            assert!(literal(notation).is_none(), "{notation}");
        }
    }
}
