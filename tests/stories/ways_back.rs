//! The way back to where the line dropped, in any log and whatever happens on it.

use std::time::Duration;

use chrono::TimeDelta;
use proptest::{prelude::*, test_runner::RngSeed};
use ticketlog::{
    message::Effect,
    model::{
        entry::{Entry, Time},
        saved_view::Resume,
        stamp::Stamp,
    },
};

use crate::{
    resume::{opened, passing, view_of},
    story::{entry, start},
};

/// What happens between two answers.
#[derive(Debug, Clone)]
enum Event {
    Answer,
    Arrive(usize),
    Fail,
    Wait,
}

fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        6 => Just(Event::Answer),
        1 => (1..120_usize).prop_map(Event::Arrive),
        1 => Just(Event::Fail),
        1 => Just(Event::Wait),
    ]
}

/// A log in stretches of entries of one instant, oldest first.
fn log(stretches: &[usize]) -> Vec<Entry> {
    let instants = stretches.iter().enumerate().flat_map(|(at, length)| std::iter::repeat_n(at, *length));
    let at = |number: usize| start() + TimeDelta::seconds(i64::try_from(number).unwrap());
    let time = |number: usize| Time::At(Stamp::parse(&at(number).to_rfc3339()).unwrap());
    instants.enumerate().map(|(number, instant)| Entry { time: time(instant), ..entry(number) }).collect()
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 48,
        // The same lives in every run; each is dear.
        rng_seed: RngSeed::Fixed(4),
        max_shrink_iters: 150,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn leads_to_the_entry_or_says_that_it_is_gone(
        stretches in prop::collection::vec(prop_oneof![9 => 1..4_usize, 1 => 1..160_usize], 1..400),
        wanted in any::<prop::sample::Index>(),
        is_gone in prop::bool::weighted(0.2),
        events in prop::collection::vec(event(), 0..60),
    ) {
        let mut server = log(&stretches);
        let wanted = wanted.index(server.len());
        let view = view_of(&server[wanted]);
        let instant = view.entry.unwrap().time;
        if is_gone {
            server.remove(wanted);
        }
        let arrives = |event: &Event| if let Event::Arrive(count) = event { *count } else { 0 };
        let arrived: usize = events.iter().map(arrives).sum();
        let mut story = opened(0, &view);
        story.server = server;
        for event in events {
            match event {
                Event::Answer => drop(story.answer()),
                Event::Arrive(count) => drop(story.arrive(count)),
                Event::Fail if story.asked.is_empty() => {}
                Event::Fail => story.fail(passing()),
                Event::Wait => story.pass(Duration::from_secs(3)),
            }
        }
        for _ in 0..10 {
            story.settle();
            if story.model.seek.is_some() && story.asked.is_empty() {
                story.pass(Duration::from_secs(3));
            }
            if story.model.seek.is_some() && story.model.reader.retries_at().is_none() {
                story.keys("r");
            }
        }
        prop_assert_eq!(&story.model.seek, &None, "{:#?}", story.screen());
        prop_assert!(!story.others.iter().any(|effect| matches!(effect, Effect::Quit(_))));
        if arrived > 50 && story.shows("where the line dropped was not reached") {
            // More arrives meanwhile than is read: the view stays on offer.
            prop_assert_eq!(&story.model.resume, &Resume::Offer(view));
            return Ok(());
        }
        prop_assert_eq!(story.model.taken_up.as_ref(), Some(&view));
        let says_gone = story.shows("where the line dropped is gone");
        if is_gone {
            prop_assert!(says_gone || story.server.is_empty(), "{:#?}", story.screen());
            let away = |entry: &Entry| (entry.stamp().unwrap().instant() - instant).abs();
            let nearest = story.server.iter().map(away).min();
            prop_assert_eq!(story.model.reader.current().map(away), nearest);
        } else {
            prop_assert!(!says_gone, "{:#?}", story.screen());
            prop_assert_eq!(story.at(), Some(wanted), "{:?}\n{:#?}", story.requests, story.screen());
        }
    }
}
