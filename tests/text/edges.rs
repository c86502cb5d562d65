//! The edges of single rules: each test fails when one operator of the module is another one.

use ticketlog::model::text::{Charset, Line, Untrusted};

fn shown(text: &str, cells: usize) -> String {
    Untrusted::new(text).one_line(cells, Charset::Unicode).plain()
}

#[test]
fn spaces_are_read_no_further_than_a_line_may_read() {
    let many = " ".repeat(200_000);
    assert_eq!(shown(&many, 9), format!("{}\u{2026}", " ".repeat(8)), "nobody knows whether more follows");
    assert_eq!(shown(&" ".repeat(60_000), 9), "(empty)");
}

#[test]
fn a_return_after_a_line_break_is_no_second_break() {
    assert_eq!(shown("a\n\rb", 9), "a\u{23CE}\u{240D}b");
    assert_eq!(shown("a\n\r\nb", 9), "a<\u{23CE} x2>b");
}

#[test]
fn honest_writing_stays_as_it_was_written() {
    for text in [
        "\u{E2A}\u{E27}\u{E31}\u{E2A}\u{E14}\u{E35}\u{E04}\u{E48}\u{E30} \u{E19}\u{E49}\u{E33}\u{E43}\u{E0A}\u{E49}\u{E17}\u{E35}\u{E48}",
        "\u{D55C}\u{AD6D}\u{C5B4} \u{1112}\u{1161}\u{11AB}",
        "\u{627}\u{644}\u{633}\u{64E}\u{651}\u{644}\u{627}\u{645}\u{64F}",
        "\u{5E9}\u{5C1}\u{5B8}\u{5DC}\u{5D5}\u{5B9}\u{5DD}",
        "\u{646}\u{645}\u{6CC}\u{200C}\u{62E}\u{648}\u{627}\u{647}\u{645}",
        "\u{915}\u{94D}\u{937}\u{924}\u{94D}\u{930}\u{93F}\u{92F}",
        "\u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467}\u{200D}\u{1F466} \u{1F469}\u{1F3FD}\u{200D}\u{1F680}",
        "Vi\u{1EC7}t Vie\u{323}\u{302}t",
    ] {
        assert_eq!(shown(text, 80), text, "{}", text.escape_unicode());
        let lines = Untrusted::new(text).block(80, Charset::Unicode);
        assert_eq!(lines.iter().map(Line::plain).collect::<String>(), text, "{}", text.escape_unicode());
    }
}

#[test]
fn escaped_text_keeps_printable_ascii_and_doubles_the_backslash() {
    let escaped = Untrusted::new("ok ~\\ \u{E9}\n\u{1B}").escaped();
    assert_eq!(escaped, "ok ~\\\\ \\u{e9}\\u{a}\\u{1b}");
}

#[test]
fn marks_behind_a_cluster_that_is_only_counted_are_counted_too() {
    let letters = "\u{1100}".repeat(200);
    let counted = |text: String| shown(&text, 300).rsplit_once('<').unwrap().1.to_owned();
    assert_eq!(counted(letters.clone()), "+136>");
    assert_eq!(counted(format!("{letters}\u{301}\u{302}\u{301}")), "+139>");
    assert_eq!(shown(&format!("{letters}\u{301}Z"), 300).chars().next_back(), Some('Z'));
}

#[test]
fn a_flood_of_one_letter_is_counted_whole_however_long_it_is() {
    assert!(shown(&"\u{1100}".repeat(200_000), 300).ends_with("\u{1100}<+199936>"));
}

#[test]
fn counting_a_cluster_ends_where_marks_were_left_out() {
    let conjuncts = "\u{915}\u{94D}".repeat(40);
    let text = format!("{conjuncts}\u{915}\u{94D}{}\u{915}Z", "\u{93C}".repeat(8));
    assert!(shown(&text, 300).ends_with("<+26>\u{915}Z"), "{}", shown(&text, 300));
}

#[test]
fn wide_marks_fill_eight_cells_and_no_ninth() {
    let full = format!("\u{65E5}{}", "\u{FF9E}".repeat(3));
    let line = Untrusted::new(full.as_str()).one_line(80, Charset::Unicode);
    assert_eq!((line.plain(), line.cells()), (full.clone(), 8));
    assert_eq!(shown(&format!("{full}\u{FF9E}"), 80), format!("{full}<+1>"));
}

#[test]
fn what_carries_a_mark_counts_among_the_twelve_of_a_cluster_with_joiners() {
    let marks = format!("\u{301}{}", "\u{301}\u{200D}".repeat(5));
    assert_eq!(
        shown(&format!("{marks}x"), 80),
        format!("\u{25CC}{}<U+200D>x", marks.trim_end_matches('\u{200D}'))
    );
}
