//! Single promises of the module: what is kept, what is left out, what costs nothing, and that the oracle bites.

use ticketlog::model::text::{Charset, Line, Origin, Segment, Untrusted};

use crate::oracle;

fn lines(text: &str, width: usize) -> Vec<String> {
    Untrusted::new(text).block(width, Charset::Unicode).iter().map(Line::plain).collect()
}

#[test]
fn lines_break_at_spaces_and_inside_words_that_are_too_long() {
    assert_eq!(lines("the quick brown fox", 10), ["the quick ", "brown fox"]);
    assert_eq!(lines("hello world", 5), ["hello", "world"]);
    assert_eq!(lines("hello  world", 5), ["hello", " ", "world"]);
    assert_eq!(lines("hello ", 5), ["hello"]);
    assert_eq!(lines("an extraordinary day", 6), ["an ext", "raordi", "nary ", "day"]);
    assert_eq!(lines("ab\u{65E5}\u{672C}cd", 4), ["ab\u{65E5}", "\u{672C}cd"]);
    assert_eq!(lines("a \u{1F31E} b", 2), ["a ", "\u{1F31E}", "b"]);
    assert_eq!(lines("\u{301}abc", 8), ["\u{25CC}\u{301}abc"]);
}

#[test]
fn tabs_reach_to_the_next_multiple_of_four() {
    assert_eq!(lines("\tx\n1\tx\n123\tx\n1234\tx", 40), ["    x", "1   x", "123 x", "1234    x"]);
    assert_eq!(lines("\u{65E5}\tx", 40), ["\u{65E5}  x"]);
}

#[test]
fn a_tab_counts_the_spaces_before_it() {
    assert_eq!(lines("a \tx", 40), ["a   x"]);
}

#[test]
fn clusters_of_eight_cells_or_of_sixty_four_bytes_are_whole_and_larger_ones_are_not() {
    let shown = |text: &str| Untrusted::new(text).one_line(80, Charset::Unicode).plain();
    let wide = "\u{1100}".repeat(4);
    assert_eq!(shown(&wide), wide);
    assert_ne!(shown(&format!("{wide}\u{1100}")), format!("{wide}\u{1100}"));
    let apart = shown(&format!("{wide}\u{1100}{}", "\u{301}".repeat(10)));
    assert!(apart.ends_with("<+4>"), "{apart}");
    let marks = |letter: &str| {
        format!("\u{915}{}\u{301}\u{301}\u{94D}{}{letter}", "\u{93C}".repeat(3), "\u{915}\u{94D}".repeat(6))
    };
    let long = marks("\u{915}\u{93C}\u{93C}");
    assert_eq!((long.len(), shown(&long)), (64, long));
    let longer = marks("\u{915}\u{93C}\u{93C}\u{93C}");
    assert_ne!(shown(&longer), longer);
}

#[test]
fn a_field_is_not_cut_between_the_halves_of_a_line_break() {
    let text = format!("{}\r\ny", "x".repeat(64 * 1024 - 1));
    assert_eq!(lines(&text, 80).last().unwrap(), "<cut: 3 more characters>");
    assert!(!lines(&text, 80).concat().contains('\u{240D}'));
    assert_eq!(lines("a\r", 9), ["a\u{240D}"]);
}

#[test]
fn a_detail_keeps_empty_lines_and_the_break_at_the_end() {
    assert_eq!(lines("a\n\nb\n", 10), ["a", "", "b", ""]);
    assert_eq!(lines("", 10), ["(empty)"]);
    assert_eq!(lines(" \n\t\n", 10), ["(empty)"]);
    assert_eq!(lines(" \n", 3), ["(e\u{2026}"]);
    assert_eq!(lines("\u{200B}", 4), ["<U+2", "00B>"]);
    assert!(lines("abc", 0).is_empty());
}

#[test]
fn pieces_that_would_share_a_cluster_are_kept_apart() {
    for (left, right, together) in [
        ("\u{1F1E9}", "\u{1F1EA}", "\u{1F1E9}\u{B7}\u{1F1EA}"),
        ("\u{1100}", "\u{1161}x", "\u{1100}<U+1161>x"),
        ("\u{1100}", "\u{AC00}", "\u{1100}\u{B7}\u{AC00}"),
        ("\u{1F44D}", "\u{1F3FD}", "\u{1F44D}\u{25CC}\u{1F3FD}"),
        ("e", "\u{301}", "e\u{25CC}\u{301}"),
        ("\u{1F469}", "\u{200D}\u{1F469}", "\u{1F469}<U+200D>\u{1F469}"),
    ] {
        let mut line = Untrusted::new(left).one_line(20, Charset::Unicode);
        line.append(Untrusted::new(right).one_line(20, Charset::Unicode));
        assert_eq!(line.plain(), together);
        assert_eq!(oracle::check(&line, Charset::Unicode), Ok(()));
    }
}

#[test]
fn our_own_words_are_cleaned_too() {
    let mut line = Line::own("file a\x1b[2Jb\tc\n");
    line.push_own("\u{202E}");
    assert_eq!(line.plain(), "file a\u{241B}[2Jb c\u{23CE}<U+202E>");
    let origins: Vec<Origin> = line.segments().iter().map(|segment| segment.origin).collect();
    assert_eq!(origins, [Origin::Own, Origin::Marker, Origin::Own, Origin::Marker]);
}

#[test]
fn typed_markers_are_data() {
    let line =
        Untrusted::new("<U+202E> \u{241B} (empty) <cut: 1 more character>").one_line(80, Charset::Unicode);
    assert!(matches!(line.segments(), [Segment { origin: Origin::Data, .. }]));
}

#[test]
fn debug_output_says_the_length_and_nothing_else() {
    assert_eq!(format!("{:?}", Untrusted::new("p\u{E9}\x1b")), "Untrusted(4 bytes)");
}

#[test]
fn prepended_characters_stand_before_something_or_are_markers() {
    let shown = |text: &str| Untrusted::new(text).one_line(80, Charset::Unicode).plain();
    assert_eq!(shown("\u{D4E}\u{D15}"), "\u{D4E}\u{D15}");
    assert_eq!(shown(&format!("{}\u{D15}", "\u{D4E}".repeat(4))), format!("{}\u{D15}", "\u{D4E}".repeat(4)));
    assert_eq!(shown(&format!("{}\u{D15}", "\u{D4E}".repeat(5))), "<U+0D4E x5>\u{D15}");
    assert_eq!(shown("\u{D4E}"), "<U+0D4E>");
    assert_eq!(shown("\u{D4E}\x1b"), "<U+0D4E>\u{241B}");
    assert_eq!(shown("\u{D4E} "), "<U+0D4E> ");
}

#[test]
fn a_joiner_needs_twelve_code_points_at_most_and_company() {
    let shown = |text: &str| Untrusted::new(text).one_line(80, Charset::Unicode).plain();
    assert_eq!(shown("a\u{200D}b"), "a<U+200D>b");
    assert_eq!(shown("\u{6CC}\u{200C}"), "\u{6CC}<U+200C>");
    assert_eq!(shown("\u{6CC}\u{200C}\n"), "\u{6CC}<U+200C>\u{23CE}");
    assert_eq!(shown("\u{6CC}\u{200C} x"), "\u{6CC}\u{200C} x");
    assert_eq!(shown("\u{6CC}\u{200D}\u{200D}x"), "\u{6CC}<U+200D x2>x");
    let chain = "\u{1F469}\u{200D}".repeat(6) + "\u{1F469}";
    let five = "\u{1F469}\u{200D}".repeat(5);
    assert_eq!(shown(&chain), format!("{five}\u{1F469}<U+200D>\u{1F469}"));
}

#[test]
fn a_line_reads_no_more_than_its_budget_calls_for() {
    // What is beyond the reach of a line is not counted: the marker would say so.
    let marks: String = "\u{301}\u{302}".repeat(200_000);
    let line = Untrusted::new(format!("a{marks}b")).one_line(80, Charset::Unicode).plain();
    assert!(line.ends_with(">\u{2026}"), "{}", line.escape_unicode());
    let selectors = Untrusted::new("\u{FE0F}".repeat(200_000) + "b").one_line(80, Charset::Unicode);
    assert_eq!(selectors.plain(), "\u{2026}");
    let flood = Untrusted::new("\u{200B}".repeat((1 << 20) + 2)).one_line(80, Charset::Unicode);
    assert_eq!(flood.plain(), "<U+200B x1048576><U+200B x2>");
}

#[test]
fn the_oracle_refuses_what_it_should() {
    for text in [
        "\x1b",
        "\u{9B}",
        "\n",
        "\t",
        "\u{7F}",
        "\u{202E}",
        "\u{200B}",
        "\u{FEFF}",
        "\u{E0064}",
        "\u{E000}",
        "\u{378}",
        "\u{FFFF}",
        "\u{2028}",
        "\u{A0}",
        "\u{3000}",
        "\u{FE0F}",
        "a\u{200D}b",
        "\u{1161}",
        "\u{2800}",
        "\u{2E3B}x",
        "a\u{FDFD}\u{FDFD}",
    ] {
        assert!(oracle::check_text(text, Charset::Unicode).is_err(), "{}", text.escape_unicode());
    }
    let wide = "\u{1100}".repeat(5);
    let marked = format!("a{}", "\u{301}".repeat(7));
    let long = "\u{1F469}\u{200D}".repeat(10) + "\u{1F469}";
    for text in [wide, marked, long] {
        assert!(oracle::check_text(&text, Charset::Unicode).is_err(), "{}", text.escape_unicode());
    }
    assert!(oracle::check_text("\u{E9}", Charset::Ascii).is_err());
}

/// Whether a stranger's text and a `String` implement a trait: the inherent constant wins where the bound holds.
macro_rules! implement {
    ($($bound:tt)+) => {{
        trait Not {
            const IT: bool = false;
        }
        impl<T: ?Sized> Not for T {}
        struct Is<T: ?Sized>(std::marker::PhantomData<T>);
        impl<T: ?Sized + $($bound)+> Is<T> {
            const IT: bool = true;
        }
        (<Is<Untrusted>>::IT, <Is<String>>::IT)
    }};
}

#[test]
fn a_strangers_text_has_no_way_out_that_a_string_has() {
    assert_eq!(implement!(std::fmt::Display), (false, true));
    assert_eq!(implement!(std::ops::Deref<Target = str>), (false, true));
    assert_eq!(implement!(AsRef<str>), (false, true));
    assert_eq!(implement!(AsRef<[u8]>), (false, true));
    assert_eq!(implement!(std::borrow::Borrow<str>), (false, true));
    assert_eq!(implement!(Into<std::sync::Arc<str>>), (false, true));
    assert_eq!(implement!(PartialEq<str>), (false, true));
    assert_eq!(implement!(Into<ratatui::text::Span<'static>>), (false, true));
}

#[test]
fn a_glyph_wider_than_its_cell_never_stands_before_another_on_a_line() {
    for (text, cells, shown) in [
        ("ab\u{FDFD}cd", 20, "ab\u{FDFD} cd"),
        ("ab\u{FDFD}cd", 5, "ab\u{FDFD} \u{2026}"),
        ("\u{2E3B} \u{301}", 9, "\u{2E3B}  \u{301}"),
        ("ab\u{FDFD}cd", 4, "ab\u{2026}"),
        ("ab\u{12031}", 4, "ab\u{12031} "),
        ("\u{FDFD}", 1, "\u{2026}"),
    ] {
        assert_eq!(Untrusted::new(text).one_line(cells, Charset::Unicode).plain(), shown, "{cells}");
    }
    let mut line = Line::default();
    for part in Untrusted::new("a\u{2E3B} b").block(2, Charset::Unicode) {
        line.append(part);
    }
    assert_eq!(line.plain(), "a\u{2E3B} b", "the blank that a full line left out is back");
    assert_eq!(lines("a\u{2E3B}b", 2), ["a\u{2E3B}", " b"]);
    assert_eq!(Untrusted::new("\u{2E3B}x").one_line(9, Charset::Ascii).plain(), "\\u{2e3b}x");
}

#[test]
fn a_name_that_mixes_scripts_has_a_marker_behind_it_that_nobody_can_type() {
    let mixed = Untrusted::new("\u{430}d\u{43C}\u{456}n").name(20, Charset::Unicode);
    assert_eq!(mixed.plain(), "\u{430}d\u{43C}\u{456}n <mixed script>");
    let last = mixed.segments().last();
    assert!(matches!(last, Some(Segment { origin: Origin::Marker, text }) if text == "<mixed script>"));
    let typed = Untrusted::new("admin <mixed script>").name(40, Charset::Unicode);
    assert!(matches!(typed.segments(), [Segment { origin: Origin::Data, .. }]));
    let ascii = Untrusted::new("\u{430}dmin").name(20, Charset::Ascii);
    assert_eq!(ascii.plain(), "\\u{430}dmin <mixed script>");
    let long = Untrusted::new(format!("{}\u{430}", "a".repeat(50))).name(4, Charset::Unicode);
    assert_eq!(long.plain(), "aaa\u{2026} <mixed script>");
}
