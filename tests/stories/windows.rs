//! A window of time and a text: what they show, and what is not asked for because of them.

use ticketlog::{
    message::Message,
    model::{
        narrowing::{Bound, Narrowing, Span},
        text::Untrusted,
        time_words::{Moment, Now, parse},
    },
};

use crate::story::{Story, start};

fn moment(story: &Story, text: &str) -> Moment {
    parse(text, Now { clock: story.model.now, cursor: None, zone: story.model.zone }).unwrap()
}

/// A story of a ticket that is opened with a window of time, as the command line does.
fn windowed(entries: usize, since: &str, until: &str) -> Story {
    let mut story = windowed_unsettled(entries, since, until);
    story.settle();
    story
}

/// The same before anything is answered.
fn windowed_unsettled(entries: usize, since: &str, until: &str) -> Story {
    let mut story = Story::unopened(entries);
    let mut narrowing = Narrowing::everything(&story.model.catalogue);
    let end = |text: &str| (!text.is_empty()).then(|| moment(&story, text));
    let (since, until) = (end(since), end(until));
    let zone = story.model.zone;
    narrowing.span =
        Span { since: since.map(|since| Bound::from(since, zone)), until: until.map(Bound::up_to) };
    story.model.reader.begin(narrowing);
    story.open();
    if let Some(until) = until {
        story.tell(Message::GoTo(until));
    }
    story
}

/// The numbers of the shown entries that are loaded.
fn shown(story: &Story) -> Vec<usize> {
    let reader = &story.model.reader;
    let all = reader.log().runs().iter().flat_map(ticketlog::model::log::Run::iter);
    let passing = all.filter(|entry| reader.narrowing().passes(entry));
    passing.map(|entry| entry.action.raw_for_export()[6..].parse().unwrap()).collect()
}

#[test]
fn paging_ends_where_the_window_of_time_ends() {
    // Entry 0 is at 14:00 in Oslo, twelve an hour: entry 1848 is the first of 10 August, 1999 the newest.
    let mut story = windowed(2_000, "2023-08-10", "");
    assert!(story.shows("since 10 Aug 2023"), "{:#?}", story.screen());
    for _ in 0..20 {
        story.keys("<space>").settle();
    }
    assert_eq!(shown(&story), (1_848..2_000).rev().collect::<Vec<_>>());
    assert!(story.shows("outside the window of time"), "{:#?}", story.screen());
    assert_eq!(story.requests.len(), 4, "152 entries are four pages");
}

#[test]
fn the_oldest_entry_of_a_window_is_reached_by_a_jump_and_loading_all_ends_there() {
    let mut story = windowed(10_000, "2023-08-10", "");
    story.keys("G").settle();
    assert_eq!(story.at(), Some(1_848), "{:#?}", story.screen());
    assert!(story.requests.len() <= 21, "{}", story.requests.len());
    let mut story = windowed(2_000, "2023-08-10", "");
    story.keys("A").settle();
    assert!(story.shows("everything in the window of time is loaded"), "{:#?}", story.screen());
    assert!(story.requests.len() <= 5, "{:?}", story.requests);
    let asked = story.requests.len();
    story.keys("gG").settle();
    assert_eq!((story.at(), story.requests.len()), (Some(1_848), asked));
}

#[test]
fn a_window_that_ended_long_ago_is_reached_by_a_jump_and_nothing_newer_is_read() {
    let mut story = windowed(10_000, "", "2023-08-10");
    assert_eq!(story.at(), Some(2_135), "{:#?}", story.screen());
    assert!(story.shows("until 10 Aug 2023"), "{:#?}", story.screen());
    assert!(story.requests.len() <= 21, "{}", story.requests.len());
    let asked = story.requests.len();
    story.keys("kkkkg").settle();
    assert_eq!(story.at(), Some(2_135), "the newest entry in it");
    assert!(story.shows("outside the window of time"), "{:#?}", story.screen());
    assert_eq!(story.requests.len(), asked);
}

#[test]
fn a_search_and_loading_all_read_nothing_above_a_window_that_ended_long_ago() {
    // Entries 1848 to 2135 are those of 10 August.
    for keys in ["A", "/nowhere<enter>"] {
        let mut story = windowed(10_000, "2023-08-10", "2023-08-10");
        let asked = story.requests.len();
        story.keys(keys).settle();
        assert_eq!(shown(&story).len(), 288, "{keys} {:#?}", story.screen());
        // 288 entries are seven windows; with the last one another was under way.
        assert!(story.requests.len() <= asked + 8, "{keys} {:?}", &story.requests[asked..]);
        let said = if keys == "A" { "everything in the window of time is loaded" } else { "not found in" };
        assert!(story.shows(said), "{:#?}", story.screen());
    }
}

#[test]
fn what_is_read_on_below_the_end_of_a_window_begins_there() {
    let mut story = windowed(10_000, "", "2023-08-10");
    let asked = story.requests.len();
    story.keys("/entry 1555<enter>").settle();
    assert_eq!(story.at(), Some(1_555), "{:#?}", story.screen());
    assert!(story.requests.len() <= asked + 15, "{:?}", &story.requests[asked..]);
    assert!(story.requests[asked..].iter().all(|(_, window)| window.skip > 7_800), "{:?}", story.requests);
}

#[test]
fn a_hole_in_a_window_is_read_from_both_of_its_sides_and_nothing_else() {
    let mut story = windowed(10_000, "2023-08-09", "2023-08-10");
    story.keys("Gg");
    story.settle();
    let asked = story.requests.len();
    story.keys("/zzzz<enter>").settle();
    assert_eq!(shown(&story).len(), 576, "{:#?}", story.screen());
    assert!(story.requests.len() <= asked + 12, "{:?}", &story.requests[asked..]);
}

#[test]
fn a_window_whose_jump_was_given_up_is_looked_for_before_anything_is_read_on() {
    for keys in ["A", "/zzzz<enter>", "j"] {
        let mut story = windowed_unsettled(10_000, "2023-08-10", "2023-08-10");
        while story.model.reader.progress().is_none_or(|progress| progress.requests < 3) {
            assert!(story.answer());
        }
        story.keys("<esc>");
        story.settle();
        assert_eq!(shown(&story).len(), 0);
        let asked = story.requests.len();
        story.keys(keys).settle();
        assert!(!shown(&story).is_empty(), "{keys}: {:#?}", story.screen());
        assert!(story.requests.len() <= asked + 29, "{keys}: {:?}", &story.requests[asked..]);
    }
}

#[test]
fn where_times_are_in_no_order_a_window_ends_no_paging() {
    for keys in ["A", "<space><space><space>"] {
        let mut story = disordered();
        for _ in 0..20 {
            story.keys(keys).settle();
        }
        assert_eq!(story.model.reader.log().total(), Some(300), "{keys}");
    }
}

/// A story of a window of time in a log whose times are in no order.
fn disordered() -> Story {
    let mut story = Story::unopened(300);
    for at in (0..300).step_by(7) {
        story.server[at].time = story.server[299 - at].time.clone();
    }
    let mut narrowing = Narrowing::everything(&story.model.catalogue);
    narrowing.span.since = Some(Bound::from(moment(&story, "2023-08-04"), story.model.zone));
    story.model.reader.begin(narrowing);
    story.open();
    story.settle();
    story
}

#[test]
fn the_ends_of_a_window_belong_to_it() {
    let story = windowed(200, "2023-08-03 15:00", "2023-08-03 16:00");
    assert_eq!(shown(&story), (12..=24).rev().collect::<Vec<_>>());
    assert_eq!(start().to_rfc3339(), "2023-08-03T12:00:00+00:00");
}

#[test]
fn a_text_narrows_without_a_request_and_nothing_typed_lifts_it() {
    let mut story = Story::new(40);
    story.settle().keys("&ENTRY 1<back>");
    assert!(story.shows("text: ENTRY"), "{:#?}", story.screen());
    story.keys("<esc>&entry 1<enter>").rest();
    assert_eq!(shown(&story), (10..20).rev().chain([1]).collect::<Vec<_>>());
    assert!(story.shows("\"entry 1\""), "{:#?}", story.screen());
    assert!(story.shows("11 shown, 29 hidden of 40 loaded · Oslo"), "{:#?}", story.screen());
    story.keys("&!entry 1<enter>").rest();
    assert_eq!(story.model.reader.timeline().shown(), 29);
    assert!(story.shows("not \"entry 1\""), "{:#?}", story.screen());
    story.keys("&/entry [25]$/<enter>").rest();
    assert_eq!(shown(&story), [5, 2]);
    story.keys("&took it<enter>").rest();
    assert!(story.shows("\"took it\"  &, then enter: any text"), "{:#?}", story.screen());
    story.keys("&<enter>").rest();
    assert_eq!(story.model.reader.timeline().shown(), 40);
    assert_eq!(story.requests.len(), 1);
}

#[test]
fn an_expression_that_cannot_be_used_says_why_and_stays_to_be_corrected() {
    let mut story = Story::new(40);
    story.settle().keys("&/(/<enter>");
    assert!(story.shows("unclosed group"), "{:#?}", story.screen());
    assert!(story.model.reader.narrowing().is_everything());
    story.keys("<esc>");
    assert!(story.shows("enter entry"), "{:#?}", story.screen());
}

#[test]
fn what_the_line_shows_is_found_in_the_words_that_it_shows() {
    let mut story = Story::new(10);
    story.server[4].action_type = Untrusted::new("ticket_status_changed");
    story.server[4].action = Untrusted::new(r#"changed the status from "Open" to "Pending""#);
    story.settle();
    let asked = story.requests.len();
    for text in ["open → pend", "changed the status from", "HARRY", "status"] {
        story.keys("&").keys(&text.to_lowercase()).keys("<enter>");
        let entries = story.model.reader.log().runs()[0].iter();
        let passing = entries.filter(|entry| story.model.reader.narrowing().passes(entry));
        assert!(passing.into_iter().any(|entry| entry.action.raw_for_export().contains("Pending")), "{text}");
    }
    assert_eq!(story.requests.len(), asked);
}

#[test]
fn a_search_in_a_window_that_is_loaded_says_that_nothing_is_left_to_read() {
    let mut story = windowed(10_000, "2023-08-10", "2023-08-10");
    let footer = |story: &Story| story.screen().last().cloned().unwrap();
    story.keys("/zzzz");
    assert!(footer(&story).contains("no hit in "), "{}", footer(&story));
    assert!(footer(&story).contains(" hidden, enter reads on"), "{}", footer(&story));
    story.keys("<enter>").settle();
    assert!(footer(&story).starts_with("not found in all 288 entries shown, "), "{}", footer(&story));
    story.keys("j");
    assert!(footer(&story).starts_with("zzzz no hit in all 288, "), "{}", footer(&story));
    story.keys("/yyyy");
    assert!(footer(&story).contains("no hit in all 288, "), "{}", footer(&story));
}

#[test]
fn a_jump_out_of_a_window_says_so_and_the_cursor_stays() {
    for time in ["2023-08-20", "2023-08-01", "2023-08-11 00:00"] {
        let mut story = windowed(10_000, "2023-08-09", "2023-08-10");
        story.keys("jj");
        let (at, asked) = (story.at(), story.requests.len());
        story.keys("t").keys(time).keys("<enter>").settle();
        assert!(story.shows("that is outside the window of time, T lifts it"), "{:#?}", story.screen());
        assert_eq!((story.at(), story.requests.len()), (at, asked), "{time}");
    }
}

#[test]
fn a_day_that_the_window_ends_in_is_gone_to_as_far_as_it_is_shown() {
    let mut story = windowed(10_000, "", "2023-08-10 12:00");
    story.keys("G").settle();
    story.keys("t2023-08-10<enter>").settle();
    // Entry 1848 is the first of that day, twelve an hour.
    assert_eq!(story.at(), Some(1_848 + 144), "{:#?}", story.screen());
}
