//! Which ticket to open: at the start without one, and with O.

use chrono::TimeDelta;
use ratatui::layout::Size;
use ticketlog::{
    message::{Effect, Message},
    model::{
        Setup,
        failure::{Failure, FailureKind},
        follow::Following,
        saved_view::Resume,
        subject::Subject,
        text::Untrusted,
        visit::Visit,
    },
};

use crate::{
    frames::picture,
    story::{Story, start},
};

const SIZE: Size = Size { width: 80, height: 24 };

/// Tickets looked at an hour, three days and a month before the story.
pub fn visits() -> Vec<Visit> {
    let now = start() + TimeDelta::days(400);
    let visit = |ticket, hours| Visit { ticket, looked: now - TimeDelta::hours(hours), seen: None };
    vec![visit(255_762, 1), visit(4_484_618, 72), visit(443_484_636_000, 720)]
}

fn asking(size: Size) -> Story {
    let mut story = Story::asking(size, visits());
    story.titles =
        vec![(443_484_636_000, "Delivery of a broom"), (255_762, "Ønsker ny prisliste"), (1, "not asked")];
    story
}

fn left(story: &Story) -> bool {
    story.others.contains(&Effect::Quit(0))
}

fn marked(story: &Story) -> String {
    story.screen().into_iter().find(|line| line.starts_with('▌')).unwrap_or_default()
}

#[test]
fn without_a_ticket_the_question_stands_and_the_log_of_nothing_is_not_asked_for() {
    let mut story = asking(SIZE);
    assert_eq!(story.asked, [Effect::FetchTickets(vec![255_762, 4_484_618, 443_484_636_000])]);
    assert!(story.screen()[2].starts_with(" Ticket number or inbox link:"), "{:#?}", story.screen());
    assert_eq!(story.screen()[4], "▌255762        13:00");
    assert_eq!(story.screen()[5], " 4484618       Tue 14:00");
    assert_eq!(story.screen()[6], " 443484636000  7 Aug 2024");
    story.settle();
    assert_eq!(story.screen()[4], "▌255762        13:00        open       Ønsker ny prisliste");
    assert_eq!(story.screen()[5], " 4484618       Tue 14:00", "the server told nothing of it");
    assert_eq!(story.screen()[6], " 443484636000  7 Aug 2024   open       Delivery of a broom");
    assert!(story.requests.is_empty());
}

#[test]
fn the_question_in_two_sizes() {
    for (width, height) in [(40, 12), (80, 24)] {
        let mut story = asking(Size { width, height });
        story.settle().keys("44<down>");
        insta::assert_snapshot!(format!("question_{width}x{height}"), picture(&story.buffer()));
    }
}

#[test]
fn without_an_answer_the_numbers_alone_are_offered() {
    let mut story = asking(SIZE);
    story.fail(Failure::new(FailureKind::Trouble, "no connection"));
    assert_eq!(story.screen()[4], "▌255762        13:00");
    assert!(!story.shows("no connection"));
    story.keys("<enter>").settle();
    assert_eq!(story.model.subject, Subject::Ticket(255_762));
}

#[test]
fn nothing_kept_is_a_question_without_a_list_and_without_a_request() {
    let mut story = Story::asking(SIZE, Vec::new());
    assert!(story.asked.is_empty());
    story.keys("<enter><down><up>");
    assert_eq!(story.model.subject, Subject::Nothing);
    story.keys("4478963<enter>").settle();
    assert_eq!(story.at(), Some(189));
}

#[test]
fn a_number_or_a_link_opens_the_ticket() {
    for typed in
        ["4478963", " 4478963 ", "https://inbox.socialboards.com/acme/tickets?view=all&ticketId=4478963#r"]
    {
        let mut story = asking(SIZE);
        story.keys(typed).keys("<enter>").settle();
        assert_eq!(story.model.subject, Subject::Ticket(4_478_963), "{typed}");
        assert_eq!(story.at(), Some(189));
        assert!(story.screen()[0].starts_with("#4478963 open"), "{:#?}", story.screen());
        assert_eq!(story.requests.len(), 1);
    }
}

#[test]
fn a_number_typed_in_full_never_opens_another_ticket() {
    let mut story = asking(SIZE);
    story.settle().keys("44");
    assert_eq!(marked(&story), "", "44 is a ticket of its own: {:#?}", story.screen());
    assert!(story.shows("4484618") && story.shows("443484636000") && !story.shows("255762"));
    story.keys("<enter>");
    assert_eq!(story.model.subject, Subject::Ticket(44));
}

#[test]
fn typing_narrows_by_number_and_title_and_arrows_choose() {
    let mut story = asking(SIZE);
    story.settle().keys("BROOM");
    assert!(marked(&story).contains("443484636000"), "{:#?}", story.screen());
    assert!(!story.shows("255762"));
    for _ in 0..5 {
        story.keys("<back>");
    }
    story.keys("<down><c-n><down><down>");
    assert!(marked(&story).contains("443484636000"), "{:#?}", story.screen());
    story.keys("<up>");
    assert!(marked(&story).contains("4484618"));
    story.keys("<c-p><c-p><c-p>");
    assert!(marked(&story).contains("255762"));
    story.keys("<down><enter>");
    assert_eq!(story.model.subject, Subject::Ticket(4_484_618));
}

#[test]
fn what_names_no_ticket_is_said_in_place_and_can_be_corrected() {
    let mut story = asking(SIZE);
    story.settle().keys("x1<enter>");
    assert!(story.shows("a ticket is named by its number"), "{:#?}", story.screen());
    assert_eq!(story.model.subject, Subject::Nothing);
    story.keys("<back>");
    assert!(!story.shows("a ticket is named by its number"), "{:#?}", story.screen());
    story.keys("<back>1<enter>");
    assert_eq!(story.model.subject, Subject::Ticket(1));
    let mut story = asking(SIZE);
    story.settle().keys("https://inbox.socialboards.com/acme/tickets<enter>");
    assert!(story.shows("the link names no ticket"), "{:#?}", story.screen());
}

#[test]
fn esc_ctrl_c_and_q_on_an_empty_line_leave_with_0() {
    for keys in ["<esc>", "<c-c>", "q", "1<esc>", "1<c-c>"] {
        let mut story = asking(SIZE);
        story.keys(keys);
        assert!(left(&story), "{keys}");
    }
    let mut story = asking(SIZE);
    story.keys("1q");
    assert!(!left(&story));
    assert!(story.shows("link: 1q"), "{:#?}", story.screen());
}

#[test]
fn esc_goes_back_to_what_was_open_just_as_it_was() {
    let mut story = Story::visited(190, SIZE, visits());
    story.settle();
    story.keys("jjj");
    let before = story.screen();
    let requests = story.requests.len();
    for keys in ["O<esc>", "O<c-c>", "Oq", "O12<down><esc>", "O4478963<enter>"] {
        story.keys(keys).settle();
        assert_eq!(story.screen(), before, "{keys}");
        assert!(!left(&story));
    }
    assert_eq!(story.requests.len(), requests);
}

#[test]
fn the_ticket_that_is_open_is_not_offered() {
    let mut open = visits();
    open.push(Visit { ticket: 4_478_963, ..open[0] });
    let mut story = Story::visited(190, SIZE, open);
    story.settle();
    story.keys("O");
    assert!(!story.screen()[3..].iter().any(|line| line.contains("4478963")), "{:#?}", story.screen());
}

/// P20: a late answer to the old ticket.
#[test]
fn on_another_ticket_nothing_late_of_the_old_one_shows() {
    let mut story = Story::visited(190, SIZE, visits());
    let old: Vec<Effect> = story.asked.drain(..).collect();
    story.keys("O255762<enter>");
    assert!(matches!(story.asked.back(), Some(Effect::FetchTicket(255_762))), "{:?}", story.asked);
    let before = story.screen();
    for asked in old {
        story.answer_to(asked);
        assert_eq!(story.screen(), before);
    }
    assert!(story.others.iter().any(|effect| matches!(effect, Effect::Cancel(_))));
    story.settle();
    assert!(story.screen()[0].starts_with("#255762 open"), "{:#?}", story.screen());
}

#[test]
fn a_late_list_of_titles_does_no_harm() {
    let mut story = Story::visited(190, SIZE, visits());
    story.settle();
    story.keys("O");
    let late = story.asked.pop_back().unwrap();
    story.keys("<esc>");
    let before = story.screen();
    story.answer_to(late.clone());
    story.tell(Message::Visits(visits()));
    assert_eq!(story.screen(), before);
    story.keys("O");
    story.answer_to(late);
}

#[test]
fn another_ticket_has_its_own_narrowing_and_its_own_visit() {
    let mut story = Story::visited(190, SIZE, visits());
    story.settle();
    story.keys("f<space><enter>").rest();
    story.keys("O1<enter>").settle();
    assert!(story.model.reader.choice().is_everything());
    assert_eq!(story.model.visit().unwrap().ticket, 1);
}

#[test]
fn following_ends_with_the_ticket_that_was_followed_and_waits_for_one_that_is_chosen() {
    let mut story = Story::visited(190, SIZE, visits());
    story.settle();
    story.keys("F").settle();
    assert_ne!(story.model.follow.following(), Following::Off);
    story.keys("O<esc>").settle();
    assert_ne!(story.model.follow.following(), Following::Off);
    story.keys("O1<enter>").settle();
    assert_eq!(story.model.follow.following(), Following::Off);
    let mut story = asking(SIZE);
    story.tell(Message::Follow);
    assert!(story.requests.is_empty());
    assert!(!story.shows("following"), "{:#?}", story.screen());
    story.keys("4478963<enter>").settle();
    assert!(story.screen()[0].contains("following"), "{:#?}", story.screen());
}

#[test]
fn a_pasted_link_is_a_line_that_was_typed() {
    let mut story = asking(SIZE);
    story.settle().keys("x<enter>");
    story.keys("<back>");
    story.tell(Message::Pasted("https://inbox.socialboards.com/acme/tickets?ticketId=4478963\n".into()));
    assert_eq!(story.model.subject, Subject::Nothing, "a paste opens nothing by itself");
    story.keys("<enter>").settle();
    assert_eq!(story.at(), Some(189));
}

#[test]
fn a_time_given_at_the_start_waits_for_the_ticket() {
    let mut story = asking(SIZE);
    let at = start() + TimeDelta::minutes(5 * 20 + 1);
    story.tell(Message::GoTo(ticketlog::model::time_words::Moment {
        at,
        unit: ticketlog::model::time_words::Unit::Instant,
    }));
    assert!(story.requests.is_empty());
    story.keys("4478963<enter>").settle();
    assert_eq!(story.at(), Some(20));
}

#[test]
fn in_a_file_there_is_nothing_to_open_a_ticket_with() {
    let subject = Subject::File(Untrusted::new("a.ndjson"));
    let mut story = Story::told(190, Setup { subject, ..Story::setup(SIZE, Resume::Nothing) }, visits());
    story.settle();
    story.keys("O");
    assert!(story.shows("a file is open; a ticket is opened by ticketlog NUMBER"), "{:#?}", story.screen());
    assert_eq!(story.model.visit(), None);
    assert!(!story.others.iter().any(|effect| matches!(effect, Effect::FindVisits)));
}

#[test]
fn of_a_line_too_long_for_the_screen_the_end_is_shown() {
    let mut story = asking(Size { width: 40, height: 12 });
    let link = "https://inbox.socialboards.com/acme/tickets?view=all&ticketId=4478963";
    story.settle().keys(link);
    assert!(story.screen()[3].ends_with("?view=all&ticketId=4478963"), "{:#?}", story.screen());
}

#[test]
fn every_size_shows_the_line_that_is_typed() {
    for (width, height) in [(20, 3), (20, 4), (33, 5), (40, 12), (200, 50), (1, 1), (0, 0)] {
        let mut story = asking(Size { width, height });
        story.settle().keys("4477<down><down>");
        assert!(width < 20 || height < 4 || story.shows("4477"), "{:#?}", story.screen());
    }
}
