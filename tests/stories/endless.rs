//! Places near the largest that are ever asked for.

use chrono::TimeDelta;
use ticketlog::{
    message::{Effect, Message},
    model::{
        entry::{Entry, Time},
        query::Window,
        stamp::Stamp,
        text::Untrusted,
    },
};

use crate::story::{Story, entry, start};

/// The first place that is never asked for.
const LIMIT: u64 = 1 << 31;

/// The entries of a window of a log of so many, a second apart.
fn page(length: u64, window: Window) -> Vec<Entry> {
    let end = length.min(window.skip + u64::from(window.take));
    let like = entry(1);
    let at = |place: u64| {
        let time = start() - TimeDelta::seconds(i64::try_from(place).unwrap());
        let action = Untrusted::new(format!("entry {}", LIMIT * 2 - place));
        Entry { time: Time::At(Stamp::parse(&time.to_rfc3339()).unwrap()), action, ..like.clone() }
    };
    (window.skip..end).map(at).collect()
}

/// Answers so many requests at most, whatever was asked for, with the same page. Gives how many.
fn answer_with(story: &mut Story, page: &[Entry], most: usize) -> usize {
    let mut answered = 0;
    while let Some(asked) = story.asked.pop_front().filter(|_| answered < most) {
        let Effect::FetchLog { generation, window, .. } = asked else {
            story.answer_to(asked);
            continue;
        };
        answered += 1;
        story.tell(Message::Log { generation, window, answer: Ok(page.to_vec()) });
    }
    answered
}

/// Answers so many requests at most from a log of so many entries. Gives the farthest place that was asked for.
fn answer(story: &mut Story, length: u64, most: usize) -> u64 {
    let mut farthest = 0;
    for _ in 0..most {
        match story.asked.pop_front() {
            None => break,
            Some(Effect::FetchLog { generation, window, .. }) => {
                let end = window.skip + u64::from(window.take);
                assert!(end <= LIMIT, "{window:?}");
                farthest = farthest.max(end);
                let answer = Ok(page(length, window));
                story.tell(Message::Log { generation, window, answer });
            }
            Some(other) => story.answer_to(other),
        }
    }
    farthest
}

/// P15: places beyond the end are probed and lead nowhere; none of 2^31 or more is ever asked for, and nothing overflows
/// on the way there.
#[test]
fn no_place_beyond_the_limit_is_asked_for() {
    // An end that probes can pass.
    let length = 1_500_000_000;
    for keys in ["G", "t1980-01-01<enter>"] {
        let mut story = Story::unopened(0);
        story.open();
        answer(&mut story, length, 10);
        story.keys(keys);
        let farthest = answer(&mut story, length, 60);
        assert!(farthest > length && story.asked.is_empty(), "{keys}: {farthest}");
        assert!(story.model.reader.progress().is_none(), "{keys}: {:#?}", story.screen());
        assert!(keys != "G" || story.shows("start of the ticket"), "{:#?}", story.screen());
    }
    // None that they could: it is read in sequence until somebody gives that up.
    let mut story = Story::unopened(0);
    story.open();
    answer(&mut story, u64::MAX, 10);
    story.keys("G");
    let farthest = answer(&mut story, u64::MAX, 100);
    assert!(farthest > LIMIT / 2 && story.model.reader.progress().is_some(), "{farthest}");
    story.keys("<esc>");
    answer(&mut story, u64::MAX, 10);
    assert!(story.asked.is_empty() && story.model.reader.progress().is_none());
}

/// A page that ends as it begins, and holds nothing that tells its places apart, fits below itself again and again.
#[test]
fn the_same_page_for_every_place_is_not_read_on_for_ever() {
    let other = Entry { action: Untrusted::new("other"), ..entry(1) };
    for equal in 2..=25 {
        let page =
            [vec![entry(1); equal], vec![other.clone(); 50 - 2 * equal], vec![entry(1); equal]].concat();
        let mut story = Story::unopened(0);
        story.open();
        answer_with(&mut story, &page, 5);
        story.keys("A");
        let answered = answer_with(&mut story, &page, 400);
        assert!(answered < 250 && story.asked.is_empty(), "{equal}: {answered}");
        assert!(story.model.reader.log().failure().is_some(), "{equal}: {:#?}", story.screen());
        assert!(equal == 25 || answered < 50, "{equal}: {answered}");
    }
}
