//! Says whether a text is safe to show, character by character and cluster by cluster.
//!
//! Independent of the cleaner: categories come from `unicode-properties`, not from the standard library. Used by
//! every test of cleaning and by the fuzz target. That it bites is tested in `promises`.

use ticketlog::model::text::{Charset, Line};
use unicode_properties::{GeneralCategory as Category, UnicodeGeneralCategory};
use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};
use unicode_width::UnicodeWidthStr;

/// The cells of a cluster as ratatui counts them.
pub(crate) fn cells(cluster: &str) -> usize {
    if cluster.len() == 1 {
        return 1;
    }
    let sound_marks = cluster.matches(['\u{FF9E}', '\u{FF9F}']).count();
    cluster.width() + sound_marks
}

/// Checks a line that the cleaner made: characters, clusters, borders of segments, width.
pub(crate) fn check(line: &Line, charset: Charset) -> Result<(), String> {
    let plain = line.plain();
    let measured = measure(&plain, charset)?;
    if measured != line.cells() {
        return Err(format!("{measured} cells are called {}", line.cells()));
    }
    let mut end = 0;
    for segment in line.segments() {
        if segment.text.is_empty() {
            return Err("an empty segment".to_owned());
        }
        let is_border = GraphemeCursor::new(end, plain.len(), true).is_boundary(&plain, 0);
        if !plain.is_ascii() && is_border != Ok(true) {
            return Err(format!("a cluster grows over segments: {}", plain.escape_unicode()));
        }
        end += segment.text.len();
    }
    Ok(())
}

/// Checks that a text holds nothing but what may be shown.
pub(crate) fn check_text(text: &str, charset: Charset) -> Result<(), String> {
    measure(text, charset).map(|_| ())
}

/// Checks characters and clusters, and measures them.
fn measure(text: &str, charset: Charset) -> Result<usize, String> {
    if charset == Charset::Ascii && !text.is_ascii() {
        return Err("not ASCII".to_owned());
    }
    let mut sum = 0;
    for stretch in stretches(text) {
        if stretch.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
            sum += stretch.len();
            continue;
        }
        let mut before = None;
        for c in stretch.chars() {
            check_character(before, c)?;
            before = Some(c);
        }
        let mut crowded = false;
        for cluster in stretch.graphemes(true) {
            if crowded && cluster != " " {
                return Err(format!("no blank behind a glyph that needs it: {}", stretch.escape_unicode()));
            }
            crowded = cluster.contains(is_far_wider_than_its_cell);
            sum += check_cluster(cluster)?;
        }
    }
    Ok(sum)
}

/// Cuts a text between ASCII characters and leaves the others with their ASCII neighbours: the segmenter, slow
/// without optimisation, then has little to do. Between two printable ASCII characters there is always a border.
fn stretches(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let bytes = rest.as_bytes();
        let plain = bytes.iter().take_while(|byte| byte.is_ascii()).count();
        let end = match plain {
            0 | 1 => bytes
                .windows(2)
                .position(|pair| pair[0].is_ascii() && pair[1].is_ascii())
                .map_or(bytes.len(), |last| last + 1),
            _ if plain == bytes.len() => plain,
            _ => plain - 1,
        };
        let (stretch, behind) = rest.split_at(end);
        rest = behind;
        (!stretch.is_empty()).then_some(stretch)
    })
}

/// Checks that every joiner of a whole text has something to join.
pub(crate) fn check_joiners(text: &str) -> Result<(), String> {
    if text.ends_with(['\u{200C}', '\u{200D}']) {
        return Err("a joiner at the end".to_owned());
    }
    Ok(())
}

fn check_character(before: Option<char>, c: char) -> Result<(), String> {
    let allowed = match c {
        ' '..='~' => true,
        '\u{200C}' | '\u{200D}' => before.is_some_and(may_be_joined),
        _ if looks_like_nothing(c) => false,
        _ => !matches!(
            c.general_category(),
            Category::Control
                | Category::Format
                | Category::Surrogate
                | Category::PrivateUse
                | Category::Unassigned
                | Category::LineSeparator
                | Category::ParagraphSeparator
                | Category::SpaceSeparator
        ),
    };
    if allowed { Ok(()) } else { Err(format!("U+{:04X} comes out", u32::from(c))) }
}

fn may_be_joined(before: char) -> bool {
    use Category as C;
    !before.is_ascii()
        && matches!(
            before.general_category(),
            C::UppercaseLetter
                | C::LowercaseLetter
                | C::TitlecaseLetter
                | C::ModifierLetter
                | C::OtherLetter
                | C::LetterNumber
                | C::NonspacingMark
                | C::SpacingMark
                | C::EnclosingMark
                | C::OtherSymbol
                | C::ModifierSymbol
                | C::MathSymbol
                | C::DashPunctuation
                | C::OtherPunctuation
        )
}

/// Variation selectors for emoji, tags, and the letters and marks that show nothing.
fn looks_like_nothing(c: char) -> bool {
    matches!(u32::from(c),
        0xAD | 0x34F | 0x115F | 0x1160 | 0x17B4 | 0x17B5 | 0x180B..=0x180F | 0x200B | 0x200E | 0x200F
        | 0x2028..=0x202E | 0x2060..=0x206F | 0x2800 | 0x3164 | 0xFE0E | 0xFE0F | 0xFEFF | 0xFFA0
        | 0xFFF0..=0xFFFB | 0x1BCA0..=0x1BCA3 | 0x1D159 | 0x1D173..=0x1D17A | 0xE0000..=0xE0FFF)
}

/// Long dashes, ligatures of a sentence, cuneiform.
fn is_far_wider_than_its_cell(c: char) -> bool {
    matches!(u32::from(c), 0x2E3A | 0x2E3B | 0xFDFA..=0xFDFD | 0x12000..=0x1254F)
}

/// Checks a cluster's caps and answers its cells.
fn check_cluster(cluster: &str) -> Result<usize, String> {
    let cells = cells(cluster);
    let problem = if !(1..=8).contains(&cells) {
        format!("{cells} cells")
    } else if cluster.len() > 64 {
        format!("{} bytes", cluster.len())
    } else if marks(cluster) > 6 {
        "too many marks on one base".to_owned()
    } else {
        return Ok(cells);
    };
    Err(format!("a cluster of {problem}: {}", cluster.escape_unicode()))
}

/// The longest row of combining marks in a cluster, joiners aside.
fn marks(cluster: &str) -> usize {
    let mut longest = 0;
    let mut current = 0;
    for c in cluster.chars() {
        match c.general_category() {
            Category::NonspacingMark | Category::EnclosingMark | Category::SpacingMark => current += 1,
            Category::Format => {}
            _ => current = 0,
        }
        longest = longest.max(current);
    }
    longest
}
