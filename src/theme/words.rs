//! The words of a style: `#5fd7ff bold`, `cyan`, `117 on black`, `reverse`, `plain`.

use ratatui::style::{Color, Modifier, Style};

const NAMES: [(&str, Color, Color); 8] = [
    ("black", Color::Black, Color::DarkGray),
    ("red", Color::Red, Color::LightRed),
    ("green", Color::Green, Color::LightGreen),
    ("yellow", Color::Yellow, Color::LightYellow),
    ("blue", Color::Blue, Color::LightBlue),
    ("magenta", Color::Magenta, Color::LightMagenta),
    ("cyan", Color::Cyan, Color::LightCyan),
    ("white", Color::Gray, Color::White),
];

/// Reads a style.
///
/// # Errors
/// The word that is none, in a sentence without its end.
pub(super) fn style(words: &str) -> Result<Style, String> {
    let mut style = Style::new();
    let mut is_ground = false;
    for word in words.split_whitespace() {
        let is_first = style.fg.is_none() && style.add_modifier.is_empty();
        style = match word {
            "on" if !is_ground => {
                is_ground = true;
                continue;
            }
            "plain" if is_first && !is_ground => style,
            "bold" => style.add_modifier(Modifier::BOLD),
            "dim" => style.add_modifier(Modifier::DIM),
            "underline" => style.add_modifier(Modifier::UNDERLINED),
            "reverse" => style.add_modifier(Modifier::REVERSED),
            word => match colour(word) {
                Some(colour) if is_ground && style.bg.is_none() => style.bg(colour),
                Some(colour) if !is_ground && style.fg.is_none() => style.fg(colour),
                Some(_) => return Err("a style has one colour, and one more after on".to_owned()),
                None => return Err(unknown(word)),
            },
        };
    }
    if is_ground && style.bg.is_none() {
        return Err("on is followed by a colour".to_owned());
    }
    let is_said = style != Style::new() || words.trim() == "plain";
    if is_said { Ok(style) } else { Err("a style has words, such as plain, cyan or bold".to_owned()) }
}

fn unknown(word: &str) -> String {
    let word: String = word.chars().filter(|c| matches!(c, ' '..='~')).take(20).collect();
    format!("\"{word}\" is neither a colour (cyan, 117, #5fd7ff) nor bold, dim, underline, reverse or plain")
}

fn colour(word: &str) -> Option<Color> {
    if let Some(digits) = word.strip_prefix('#') {
        let is_hex = digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        let [_, red, green, blue] = u32::from_str_radix(digits, 16).ok().filter(|_| is_hex)?.to_be_bytes();
        return Some(Color::Rgb(red, green, blue));
    }
    if word.bytes().all(|byte| byte.is_ascii_digit()) {
        return word.parse().ok().map(Color::Indexed);
    }
    let (name, is_bright) = word.strip_prefix("bright-").map_or((word, false), |name| (name, true));
    let (_, normal, bright) = NAMES.into_iter().find(|(known, ..)| *known == name)?;
    Some(if is_bright { bright } else { normal })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_style_is_a_colour_a_ground_and_attributes() {
        let plain = Style::new();
        for (words, style) in [
            ("plain", plain),
            ("cyan", plain.fg(Color::Cyan)),
            ("bright-black", plain.fg(Color::DarkGray)),
            ("#5fd7FF bold", plain.fg(Color::Rgb(0x5f, 0xd7, 0xff)).add_modifier(Modifier::BOLD)),
            ("117 on black dim", plain.fg(Color::Indexed(117)).bg(Color::Black).add_modifier(Modifier::DIM)),
            ("on 255", plain.bg(Color::Indexed(255))),
            ("reverse underline", plain.add_modifier(Modifier::REVERSED | Modifier::UNDERLINED)),
        ] {
            assert_eq!(super::style(words).as_ref(), Ok(&style), "{words}");
        }
    }

    #[test]
    fn what_is_no_style_is_refused_with_the_word() {
        for (words, why) in [
            ("", "a style has words"),
            ("  ", "a style has words"),
            ("pink", "\"pink\" is neither"),
            ("256", "\"256\" is neither"),
            ("#12345", "\"#12345\" is neither"),
            ("#+12345", "\"#+12345\" is neither"),
            ("cyan red", "one colour"),
            ("cyan on", "on is followed"),
            ("cyan plain", "\"plain\" is neither"),
            ("\u{1b}[31m", "\"[31m\" is neither"),
        ] {
            let said = super::style(words).unwrap_err();
            assert!(said.contains(why), "{words:?}: {said}");
        }
    }
}
