//! What a dropped line left behind, as it is offered: in the footer, in the list of keys, where a ticket is chosen.

use ratatui::layout::Size;
use ticketlog::{
    message::Message,
    model::{
        Setup,
        saved_view::{Resume, SavedEntry, SavedView},
        subject::Subject,
    },
};

use crate::{
    choosing::visits,
    frames::picture,
    resume::{view_at, view_of},
    story::{Story, entry},
};

const SIZE: Size = Size { width: 80, height: 24 };

/// The question after a line dropped on a ticket that is not among the last ones.
fn asking_after_a_drop(size: Size) -> Story {
    let resume = Resume::Offer(view_of(&entry(100)));
    let setup = Setup { subject: Subject::Nothing, ..Story::setup(size, resume) };
    Story::told(190, setup, visits())
}

#[test]
fn an_offer_stands_in_the_footer_until_it_is_taken() {
    let view = view_at(190, 170);
    for width in [40, 80] {
        let size = Size { width, height: 24 };
        let mut story = Story::resumed(190, size, Resume::Offer(view.clone()));
        story.settle();
        assert_eq!(story.at(), Some(189));
        assert!(story.shows("R resume (line dropped)"), "{:#?}", story.screen());
        story.keys("R").settle();
        assert_eq!(story.at(), Some(170));
        assert!(!story.shows("R resume"), "{:#?}", story.screen());
        story.keys("R").settle();
        assert_eq!(story.at(), Some(170), "nothing is left to be taken up");
    }
}

#[test]
fn while_nobody_has_pressed_a_key_a_second_drop_keeps_what_is_offered() {
    let offered = view_of(&entry(33));
    let mut story = Story::resumed(400, SIZE, Resume::Offer(offered));
    story.settle().arrive(3);
    story.tell(Message::Resized(SIZE));
    story.settle();
    assert_eq!(story.model.saved_view(), None, "nothing takes its place");
    assert!(story.model.visit().is_some());
    story.keys("j");
    let entry = SavedEntry::of(&entry(398));
    assert_eq!(story.model.saved_view().map(|view| view.entry), Some(entry), "somebody reads on here");
    let mut story = Story::resumed(400, SIZE, Resume::Nothing);
    story.settle();
    assert!(story.model.saved_view().is_some(), "there is nothing to be kept");
}

#[test]
fn the_list_of_actions_runs_it_only_while_there_is_something_to_take_up() {
    let mut story = Story::new(190);
    story.settle().keys(":resume<enter>");
    assert!(story.shows("resume does nothing now: no line dropped here"), "{:#?}", story.screen());
    let mut story = Story::resumed(190, SIZE, Resume::Offer(view_at(190, 150)));
    story.settle().keys(":resume<enter>").settle();
    assert!(story.model.palette.is_none());
    assert_eq!(story.at(), Some(150));
}

#[test]
fn what_a_dropped_line_left_behind_is_offered_above_the_last_tickets() {
    for typed in ["", "44", "broom R"] {
        let mut story = asking_after_a_drop(SIZE);
        story.settle().keys(typed);
        assert_eq!(story.screen()[4], " ctrl-r  #4478963 (line dropped)", "{typed}");
        assert!(story.shows("ctrl-r resume"), "{:#?}", story.screen());
        assert!(story.model.saved_view().is_none());
        story.keys("<c-r>").settle();
        assert_eq!(story.model.subject, Subject::Ticket(4_478_963), "{typed}");
        assert_eq!(story.at(), Some(100));
        assert!(story.model.chooser.is_none() && story.model.input.is_none());
        story.keys("O").settle();
        assert!(!story.shows("ctrl-r"), "{:#?}", story.screen());
    }
}

#[test]
fn without_a_dropped_line_its_key_does_nothing() {
    let mut story = Story::asking(SIZE, visits());
    story.settle().keys("44");
    let before = story.screen();
    story.keys("<c-r>").settle();
    assert_eq!(story.screen(), before);
    assert!(!story.shows("ctrl-r"));
}

#[test]
fn over_a_ticket_the_question_offers_it_too_and_the_footer_names_a_ticket_that_is_not_open() {
    let other = SavedView { ticket: 255_762, ..view_of(&entry(100)) };
    let mut story = Story::told(190, Story::setup(SIZE, Resume::Offer(other)), visits());
    story.settle();
    assert!(story.shows("R resume #255762 (line dropped)"), "{:#?}", story.screen());
    story.keys("O").settle();
    assert!(story.shows(" ctrl-r  #255762 (line dropped)"), "{:#?}", story.screen());
    story.keys("<c-r>").settle();
    assert_eq!((&story.model.subject, story.at()), (&Subject::Ticket(255_762), Some(100)));
}

#[test]
fn the_question_with_an_offer_in_two_sizes() {
    for (width, height) in [(40, 12), (80, 24)] {
        let mut story = asking_after_a_drop(Size { width, height });
        story.settle();
        insta::assert_snapshot!(format!("question_{width}x{height}"), picture(&story.buffer()));
    }
}

#[test]
fn with_an_offer_too_every_size_shows_the_line_that_is_typed() {
    for (width, height) in [(20, 3), (20, 4), (33, 5), (40, 12), (200, 50), (1, 1), (0, 0)] {
        let mut story = asking_after_a_drop(Size { width, height });
        story.settle().keys("4477<down><down>");
        assert!(width < 20 || height < 4 || story.shows("4477"), "{:#?}", story.screen());
    }
}
