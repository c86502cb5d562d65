//! How the list tells times: a form of one's own, ages, universal time.

use std::time::Duration;

use chrono::TimeDelta;
use ticketlog::{
    message::Message,
    model::{
        text::Untrusted,
        times::{Form, Times},
        zone::Zone,
    },
};

use crate::story::Story;

/// A story whose newest entry was made that many seconds ago.
fn aged(width: u16, seconds: i64) -> Story {
    let mut story = Story::sized(3, width, 24);
    story.settle();
    let newest = story.model.reader.current().unwrap().stamp().unwrap().instant();
    story.tell(Message::Clock(newest + TimeDelta::seconds(seconds)));
    story
}

/// The row at the cursor without the mark.
fn row(story: &Story) -> String {
    story.screen()[story.cursor_line().unwrap()].trim_start_matches('▌').to_owned()
}

#[test]
fn ages_stand_in_columns_of_one_width_and_times_come_back() {
    for (width, begins) in
        [(120, "2 hours ago    "), (80, "2 hours ago    "), (40, "2 h ago     "), (24, "2h    ")]
    {
        let mut story = aged(width, 7_300);
        let before = story.screen();
        story.keys("z");
        assert!(row(&story).starts_with(begins), "{:#?}", story.screen());
        story.keys("z");
        assert_eq!(story.screen(), before);
    }
}

#[test]
fn an_age_is_counted_anew_each_minute_and_only_while_ages_are_shown() {
    let mut story = aged(80, 30);
    story.keys("z");
    assert!(row(&story).starts_with("now "), "{:#?}", story.screen());
    story.pass(Duration::from_mins(1));
    assert!(row(&story).starts_with("1 minute ago "), "{:#?}", story.screen());
    story.pass(Duration::from_mins(2));
    assert!(row(&story).starts_with("3 minutes ago "), "{:#?}", story.screen());
    assert_eq!(story.waits(), 1, "one wait, however often it was switched");
    story.keys("zz").pass(Duration::from_mins(1));
    assert_eq!(story.waits(), 1);
    story.keys("z").pass(Duration::from_mins(1));
    assert_eq!(story.waits(), 0, "no wait without ages");
}

#[test]
fn universal_time_is_named_and_the_zone_of_the_settings_comes_back() {
    let mut story = Story::new(3);
    story.settle();
    let before = story.screen();
    assert!(before[1].ends_with("Oslo"));
    let clock = |story: &Story| row(story)[11..16].to_owned();
    let local = clock(&story);
    story.keys("Z");
    assert!(story.screen()[1].ends_with("UTC"), "{:#?}", story.screen());
    assert_ne!(clock(&story), local);
    story.keys("<enter>");
    assert!(story.shows("UTC"), "the page too: {:#?}", story.screen());
    story.keys("Z<esc>");
    assert_eq!(story.screen(), before);
}

#[test]
fn where_the_zone_is_universal_time_there_is_no_other_to_show() {
    let mut story = Story::new(3);
    let home = Zone::named("Etc/UTC").unwrap();
    (story.model.zone, story.model.times) = (home, Times::new(home, Form::default()));
    story.settle();
    story.keys("Z");
    assert!(story.shows("your zone is universal time"), "{:#?}", story.screen());
    assert_eq!(story.model.zone, home);
}

#[test]
fn a_form_of_ones_own_moves_the_other_columns_with_it() {
    for (pattern, begins) in [("%d.%m.%y %H:%M", "03.08.23 "), ("%a %d %b %Y %H:%M:%S", "Thu 03 Aug 2023 ")] {
        let mut story = Story::new(2);
        story.server[0].time = ticketlog::model::entry::Time::Unreadable(Untrusted::new("soon"));
        let form = Form::parse(pattern).unwrap();
        let cells = form.cells();
        story.model.times = Times::new(story.model.zone, form);
        story.settle();
        assert!(row(&story).starts_with(begins), "{:#?}", story.screen());
        let rows: Vec<String> = story.screen()[2..4].to_vec();
        for row in rows {
            let column: String = row.chars().skip(1 + cells).take(2).collect();
            assert!(column.starts_with(' ') && !column.ends_with(' '), "{pattern}: {row:?}");
        }
    }
}
