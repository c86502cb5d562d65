//! Hostile titles and hostile lines in the question which ticket to open.

use chrono::TimeDelta;
use ratatui::layout::Size;
use ticketlog::{
    message::Message,
    model::{text::Charset, visit::Visit},
};

use crate::{
    fields::{beginnings, decoded, ticket},
    story::{Story, start},
    watch::Watch,
};

fn asking(size: Size) -> Story {
    let visit = |ticket| Visit { ticket, looked: start() + TimeDelta::days(400), seen: None };
    Story::asking(size, vec![visit(1), visit(2), visit(3)])
}

#[test]
fn every_string_as_a_title_and_a_status_is_text_on_every_screen() {
    for (number, json) in beginnings() {
        for (size, charset) in [
            (Size::new(80, 24), Charset::Unicode),
            (Size::new(40, 12), Charset::Unicode),
            (Size::new(60, 9), Charset::Ascii),
        ] {
            let mut watch = Watch::on(asking(size), &format!("string {number} at {size}"));
            watch.story.model.charset = charset;
            watch.look();
            watch.story.tell(Message::Tickets(Ok(vec![(2, ticket(&json)), (9, ticket(&json))])));
            let rows = crate::watch::rows(&watch.look());
            assert!(rows.iter().filter(|row| row.starts_with(['▌', '>'])).count() == 1, "{rows:#?}");
            watch.story.keys("<down>");
            watch.look();
        }
    }
}

#[test]
fn every_string_typed_or_pasted_is_text_on_the_screen_and_opens_nothing() {
    for (number, json) in beginnings() {
        let mut watch = Watch::on(asking(Size::new(40, 12)), &format!("string {number}"));
        let text: String = decoded(&json).raw_for_export().chars().take(60).collect();
        watch.story.keys("x");
        for c in text.chars().filter(|c| *c != '<') {
            watch.story.keys(&c.to_string());
        }
        watch.look();
        watch.story.keys("<enter>");
        watch.look();
        assert_eq!(watch.story.model.subject.ticket(), None, "string {number}");
        watch.keys(&["<c-u>"]);
    }
}
