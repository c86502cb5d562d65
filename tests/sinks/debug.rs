//! What `Debug` says goes to places that nobody cleans: it is ASCII and tells nothing a stranger wrote (T11).

use ratatui::layout::Size;
use ticketlog::{
    api::{Interner, decode_page},
    demo::hostile_strings,
    message::Message,
};

use crate::{
    fields::{Places, beginnings, ticket},
    watch::Watch,
};

fn is_silent(debug: &str, about: &str) {
    assert!(debug.bytes().all(|byte| matches!(byte, b' '..=b'~' | b'\n')), "{about}");
    for word in ["owned", "forged", "SECRET", "CANARY", "passwd"] {
        assert!(!debug.contains(word), "{about}: {word}");
    }
}

#[test]
fn entries_tickets_messages_and_the_whole_model_tell_no_text_in_their_debug_form() {
    let canary = (0, b"\"CANARY owned \xF0\x9F\x98\x80\"".to_vec());
    for (number, json) in beginnings().into_iter().chain([canary]) {
        let about = format!("string {number}");
        let entry = Places::all(&json).entry();
        let ticket = ticket(&json);
        is_silent(&format!("{entry:?}{entry:#?}{ticket:#?}"), &about);
        let message = Message::Ticket { ticket: 1, answer: Ok(ticket.clone()) };
        is_silent(&format!("{message:?}"), &about);
        let mut watch = Watch::of(vec![entry], Some(ticket), Size::new(40, 10), &about);
        watch.keys(&["f"]);
        is_silent(&format!("{:?}", watch.story.model), &about);
        is_silent(&format!("{:?}", watch.story.requests), &about);
    }
}

#[test]
fn errors_tell_no_text_in_their_debug_form() {
    for (number, json) in hostile_strings() {
        for body in [
            [b"{\"errorCode\":1,\"errorText\":".as_slice(), &json, b"}"].concat(),
            [b"{\"errorText\":".as_slice(), &json, b"}"].concat(),
            json.clone(),
            [&json, b"x".as_slice()].concat(),
        ] {
            let error = decode_page(&body, &mut Interner::default()).expect_err("no page");
            is_silent(&format!("{error:?} {error}"), &format!("string {number}"));
        }
    }
}
