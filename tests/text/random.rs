//! Random texts made of what is dangerous: whatever they are, the promises hold (T03, T09).

use proptest::prelude::*;
use ticketlog::model::text::{Charset, Line, Origin, Untrusted};

use crate::oracle;

/// Pieces that have broken programs of this kind, beside honest ones.
const ATOMS: &[&str] = &[
    "a",
    "b",
    " ",
    "  ",
    "word",
    "\t",
    "\n",
    "\r",
    "\r\n",
    "\u{85}",
    "\u{2028}",
    "\x1b",
    "\x1b[2J",
    "\x07",
    "\u{9B}",
    "\u{7F}",
    "\u{202E}",
    "\u{200B}",
    "\u{200B}\u{200B}",
    "\u{FEFF}",
    "\u{AD}",
    "\u{3164}",
    "\u{2800}",
    "\u{E0064}",
    "\u{E0065}",
    "\u{200D}",
    "\u{200C}",
    "\u{FE0F}",
    "\u{FE0E}",
    "\u{301}",
    "\u{20E3}",
    "\u{E49}",
    "\u{E33}",
    "\u{93F}",
    "\u{94D}",
    "\u{915}",
    "\u{937}",
    "\u{9CD}",
    "\u{995}",
    "\u{1100}",
    "\u{1100}\u{1100}",
    "\u{1161}",
    "\u{11A8}",
    "\u{AC00}",
    "\u{AC01}",
    "\u{1F1E9}",
    "\u{1F1EA}",
    "\u{1F469}",
    "\u{1F468}\u{200D}",
    "\u{1F3FD}",
    "\u{2764}",
    "\u{A9}",
    "\u{600}",
    "\u{D4E}",
    "\u{11A3A}",
    "\u{1F600}",
    "\u{65E5}",
    "\u{672C}",
    "\u{FF76}\u{FF9E}",
    "\u{FF9F}",
    "\u{A0}",
    "\u{3000}",
    "\u{E000}",
    "\u{378}",
    "\u{FFFF}",
    "\u{25CC}",
    "\u{B7}",
    "\u{2026}",
    "<U+200B>",
    "(empty)",
    "\u{644}\u{627}",
    "\u{5D0}\u{200D}\u{5DC}",
    "\u{FDFD}",
    "\u{17D2}\u{1780}",
    "\u{A9BD}",
    "\u{1D165}",
    "\u{302A}",
    "\u{115F}",
    "\u{D7B0}",
    "\u{D7CB}",
];

fn hostile() -> impl Strategy<Value = String> {
    let atom =
        (prop::sample::select(ATOMS), prop_oneof![8 => Just(1_usize), 1 => 2..14_usize, 1 => Just(40)]);
    let text = prop::collection::vec(atom, 0..24)
        .prop_map(|atoms| atoms.into_iter().map(|(atom, times)| atom.repeat(times)).collect());
    prop_oneof![4 => text, 1 => any::<String>()]
}

fn charset() -> impl Strategy<Value = Charset> {
    prop_oneof![3 => Just(Charset::Unicode), 1 => Just(Charset::Ascii)]
}

fn plain(lines: &[Line]) -> String {
    lines.iter().map(Line::plain).collect()
}

/// The lines of a wrapped block that stand for one line of the text, put together as the promise says. Answers
/// how many lines they were.
fn put_together(wrapped: &[Line], whole: &Line, width: usize) -> Result<usize, String> {
    let mut rest = clusters(whole).peekable();
    for (nth, line) in wrapped.iter().enumerate() {
        for (origin, cluster) in clusters(line) {
            let Some(expected) = rest.next() else {
                return Err(format!("{cluster:?} is too much"));
            };
            let stands_for_wide = oracle::cells(expected.1) > width
                && origin == Origin::Marker
                && matches!(cluster, "\u{2026}" | "~");
            if (origin, cluster) != expected && !stands_for_wide {
                return Err(format!("{cluster:?} stands for {expected:?}"));
            }
        }
        if line.cells() == width {
            rest.next_if_eq(&(Origin::Data, " "));
        }
        if rest.peek().is_none() {
            return Ok(nth + 1);
        }
    }
    Err(format!("lost: {:?}", rest.peek()))
}

fn clusters(line: &Line) -> impl Iterator<Item = (Origin, &str)> {
    line.segments()
        .iter()
        .flat_map(|segment| segment.clusters().map(|(cluster, _)| (segment.origin, cluster)))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn one_line_is_safe_and_never_too_wide(text in hostile(), cells in 0..90_usize, charset in charset()) {
        let line = Untrusted::new(text).one_line(cells, charset);
        prop_assert!(line.cells() <= cells);
        prop_assert_eq!(oracle::check(&line, charset), Ok(()));
        prop_assert_eq!(oracle::check_joiners(&line.plain()), Ok(()));
    }

    #[test]
    fn a_block_is_safe_and_never_too_wide(text in hostile(), width in 1..40_usize, charset in charset()) {
        for line in Untrusted::new(text).block(width, charset) {
            prop_assert!(line.cells() <= width);
            prop_assert_eq!(oracle::check(&line, charset), Ok(()));
        }
    }

    #[test]
    fn cleaning_what_came_out_changes_nothing(text in hostile(), charset in charset()) {
        let once = Untrusted::new(text.as_str()).one_line(100_000, charset).plain();
        let twice = Untrusted::new(once.as_str()).one_line(100_000, charset).plain();
        prop_assert_eq!(&once, &twice);
        let lines: Vec<String> = Untrusted::new(text).block(100_000, charset).iter().map(Line::plain).collect();
        let again = Untrusted::new(lines.join("\n")).block(100_000, charset);
        let again: Vec<String> = again.iter().map(Line::plain).collect();
        prop_assert_eq!(lines, again);
    }

    #[test]
    fn wrapped_lines_put_together_are_the_text(text in hostile(), width in 1..30_usize) {
        let text = Untrusted::new(text);
        let whole = text.block(1_000_000, Charset::Unicode);
        prop_assume!(plain(&whole) != "(empty)");
        let wrapped = text.block(width, Charset::Unicode);
        let mut rest = wrapped.as_slice();
        for line in &whole {
            let taken = put_together(rest, line, width).map_err(TestCaseError::fail)?;
            rest = &rest[taken..];
        }
        prop_assert!(rest.is_empty(), "lines too many");
    }

    #[test]
    fn a_shorter_line_is_the_beginning_of_a_longer_one(text in hostile(), cells in 1..60_usize) {
        let text = Untrusted::new(text);
        let mut long = text.one_line(100_000, Charset::Unicode);
        long.fit(cells, Charset::Unicode);
        prop_assert_eq!(text.one_line(cells, Charset::Unicode), long);
    }

    #[test]
    fn pieces_put_side_by_side_keep_their_clusters(texts in prop::collection::vec(hostile(), 1..5), width in 1..30_usize) {
        let mut line = Line::own("a: ");
        for text in texts {
            line.append(Untrusted::new(text.as_str()).one_line(width, Charset::Unicode));
            for part in Untrusted::new(text.as_str()).block(width, Charset::Unicode) {
                line.append(part);
            }
            line.push_own(&text);
            prop_assert_eq!(oracle::check(&line, Charset::Unicode), Ok(()));
        }
    }

    #[test]
    fn fit_and_pad_are_exact(text in hostile(), cells in 0..60_usize, charset in charset()) {
        let mut line = Untrusted::new(text).one_line(100_000, charset);
        let before = line.clone();
        line.fit(cells, charset);
        if before.cells() <= cells {
            prop_assert_eq!(&line, &before);
        } else if cells > 0 {
            let is_cut = line.plain().ends_with(['\u{2026}', '~']);
            prop_assert!(line.cells() <= cells && is_cut);
        } else {
            prop_assert_eq!(line.cells(), 0);
        }
        line.pad(cells);
        prop_assert_eq!(line.cells(), cells);
        prop_assert_eq!(oracle::check(&line, charset), Ok(()));
    }

    #[test]
    fn emoji_selectors_change_nothing(text in hostile()) {
        let without = text.replace(['\u{FE0E}', '\u{FE0F}'], "");
        let text = Untrusted::new(text).one_line(10_000, Charset::Unicode);
        prop_assert_eq!(text, Untrusted::new(without).one_line(10_000, Charset::Unicode));
    }

    #[test]
    fn escaped_text_is_printable_ascii_and_can_be_read_back(text in hostile()) {
        let escaped = Untrusted::new(text.as_str()).escaped();
        prop_assert!(escaped.bytes().all(|byte| matches!(byte, b' '..=b'~')));
        let mut back = String::new();
        let mut rest = escaped.as_str();
        while let Some(c) = rest.chars().next() {
            if let Some(number) = rest.strip_prefix("\\u{") {
                let (digits, behind) = number.split_once('}').unwrap();
                back.push(char::from_u32(u32::from_str_radix(digits, 16).unwrap()).unwrap());
                rest = behind;
            } else {
                back.push(c);
                rest = rest.strip_prefix("\\\\").or_else(|| rest.strip_prefix(c)).unwrap();
            }
        }
        prop_assert_eq!(back, text);
    }
}
