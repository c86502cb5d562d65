//! What is pasted into the line that is typed is shown as a stranger's text is, and asks for nothing (T23).

use ratatui::layout::Size;
use ticketlog::{demo::hostile_strings, message::Message};

use crate::{
    fields::{Places, decoded},
    watch::Watch,
};

#[test]
fn every_string_pasted_into_the_line_that_is_typed_is_text_and_presses_no_key() {
    for (number, json) in hostile_strings() {
        let about = format!("string {number}");
        let mut watch = Watch::of(vec![Places::harmless().entry()], None, Size::new(40, 9), &about);
        for opens in ["t", "&", "f/"] {
            watch.keys(&[opens]);
            watch.story.tell(Message::Pasted(decoded(&json).raw_for_export().to_owned()));
            watch.look();
            watch.keys(&["<esc>", "<esc>"]);
        }
        // A text that narrows the view stands in the second line.
        watch.keys(&["&"]);
        watch.story.tell(Message::Pasted(decoded(&json).raw_for_export().to_owned()));
        watch.keys(&["<enter>", "<esc>", "fG<esc>", "f1<esc>", "t"]);
        watch.story.tell(Message::Pasted(decoded(&json).raw_for_export().to_owned()));
        watch.look();
        assert!(watch.story.others.is_empty(), "{about}: {:?}", watch.story.others);
        watch.keys(&["x", "<enter>", "<esc>", "<esc>"]);
        assert!(watch.story.others.is_empty(), "{about}: {:?}", watch.story.others);
        assert!(watch.story.shows("Mallory"), "{about}: the list is back");
    }
}
