//! What is copied, written and read elsewhere: what became of it is told.

use ticketlog::{
    message::{Effect, Message, NotSaved},
    model::{
        json::Personal,
        taking::{self, ByHand, Delivery, Route},
        text::Untrusted,
    },
};

use super::told::Told;

#[test]
fn what_is_copied_is_named_by_its_number_and_what_became_of_it_is_told() {
    let mut told = Told::opened(30);
    told.hears("copy 3");
    let Some(Effect::Copy(text)) = told.story.others.last().cloned() else { panic!("nothing was copied") };
    assert!(text.as_str().contains("entry 27"), "{}", text.as_str());
    assert!(!told.linear.is_idle(), "until it is known what became of it");
    told.story.tell(Message::Copied(Delivery::Sent(Route::Tmux, text.clone())));
    told.look();
    assert!(told.linear.is_idle());
    assert!(told.said.last().unwrap().starts_with("Sent "), "{:?}", told.said);
    // By hand the text itself is told, in one piece.
    told.hears("command");
    let Some(Effect::Copy(text)) = told.story.others.last().cloned() else { panic!("nothing was copied") };
    told.story.tell(Message::Copied(Delivery::ByHand(ByHand::NoClipboard, text.clone())));
    told.look();
    assert_eq!(told.said.last().unwrap(), &format!(" {}", text.as_str()));
    assert!(text.as_str().starts_with("ticketlog 4478963 --at "));
    assert!(told.linear.is_idle() && told.story.model.page.is_none());
    told.hears("link");
    assert!(told.said.join(" ").contains("set community in the configuration"), "{:?}", told.said);
    told.hears("copy 99").hears("copy x");
    assert!(told.said.last().unwrap().starts_with("Which entry?"), "{:?}", told.said);
}

#[test]
fn a_file_is_written_by_its_name_and_one_that_is_there_is_told() {
    let mut told = Told::opened(30);
    told.hears("save").hears("save log");
    assert!(told.said.last().unwrap().contains("must end with .md"), "{:?}", told.said);
    told.hears("save log.md");
    assert!(matches!(told.story.others.last(), Some(Effect::Save { name, .. }) if name == "log.md"));
    told.story.tell(Message::Saved(Err(NotSaved::Exists("log.md".to_owned()))));
    told.look();
    assert_eq!(told.said.last().unwrap(), "Not written: log.md is there already; log.md! writes over it.");
    told.hears("save log.md!");
    assert!(matches!(told.story.others.last(), Some(Effect::Save { is_forced: true, .. })));
    let (names, aliases, personal, file) = (3, None, Personal::Shown, Untrusted::new("log.md"));
    let wrote = taking::Told::Wrote { entries: 30, is_whole: true, names, aliases, personal, file };
    told.story.tell(Message::Saved(Ok(wrote)));
    told.look();
    assert_eq!(
        told.said.last_chunk::<2>().unwrap(),
        &["Wrote 30 entries, all there are, with 3 names, personal data shown, to", "    log.md."]
    );
    assert!(told.linear.is_idle());
}

#[test]
fn where_there_is_no_pager_nobody_speaks_of_writing() {
    let mut told = Told::opened(30);
    told.hears("copy 3");
    told.story.model.tell_taken(taking::Told::NoPager(Untrusted::new("less cannot be started")));
    told.look();
    assert_eq!(told.said.last().unwrap(), "No pager: less cannot be started.");
}
