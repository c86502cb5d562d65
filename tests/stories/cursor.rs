//! The terminal's own cursor, which screen readers and magnifiers follow: on the text of the row at the cursor, and in
//! the line that is typed.

use crate::story::Story;

/// The text from the terminal's cursor on.
fn under(story: &Story) -> String {
    let (x, y) = story.hardware_cursor().unwrap();
    story.screen()[usize::from(y)].chars().skip(usize::from(x)).collect()
}

#[test]
fn it_stands_on_the_text_of_the_row_at_the_cursor() {
    for (width, height) in [(80, 24), (40, 12), (200, 50)] {
        let mut story = Story::sized(60, width, height);
        story.settle();
        for keys in ["", "j", "jjj", " ", "G", "k", "x"] {
            story.keys(keys).settle();
            let row = story.cursor_line().unwrap();
            let text: String = story.screen()[row].chars().skip(1).collect();
            assert_eq!(story.hardware_cursor(), Some((1, u16::try_from(row).unwrap())), "{keys}");
            assert_eq!(under(&story), text, "{keys}");
        }
    }
}

#[test]
fn it_stands_in_the_line_that_is_typed_and_comes_back_to_the_row() {
    let mut story = Story::new(60);
    story.settle();
    let on_row = story.hardware_cursor();
    story.keys("/refund");
    assert!(under(&story).starts_with("  ") || under(&story).is_empty(), "{:#?}", story.screen());
    let end = story.hardware_cursor().unwrap();
    story.keys("<c-b><c-b>");
    assert_eq!(story.hardware_cursor(), Some((end.0 - 2, end.1)));
    assert!(under(&story).starts_with("nd"));
    story.keys("<esc>");
    assert_eq!(story.hardware_cursor(), on_row);
    story.keys("O12");
    assert!(under(&story).is_empty(), "behind the number");
}

#[test]
fn in_the_panel_it_stands_on_the_panels_row_and_on_a_page_at_its_start() {
    let mut story = Story::new(60);
    story.settle();
    story.keys("fj");
    assert!(under(&story).starts_with("[x] "), "{}", under(&story));
    story.keys("<enter><enter>");
    assert_eq!(story.hardware_cursor(), Some((1, 2)), "{:#?}", story.screen());
}

#[test]
fn where_nothing_can_be_pointed_at_there_is_none() {
    let story = Story::new(60);
    assert_eq!(story.hardware_cursor(), None, "nothing has come: {:#?}", story.screen());
    let mut small = Story::sized(60, 10, 2);
    small.settle();
    assert_eq!(small.hardware_cursor(), None);
}
