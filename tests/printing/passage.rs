//! Reading a log in order: every entry once, whatever arrives meanwhile, with as few requests as there can be.

use std::fs;

use ticketlog::{
    assets,
    model::{
        entry::ActorKind,
        narrowing::{Bound, Kinds, Narrowing, Span},
        time_words::{Moment, Unit},
    },
    shell::passage::{Order, Passage, Wanted},
};

use crate::support::{GROWING, Ground, all, file, texts, wanted};

/// Without printing all of both.
fn same(given: &[String], expected: &[String], what: &str) {
    let differs = given.iter().zip(expected).position(|(given, expected)| given != expected);
    assert_eq!((given.len(), differs), (expected.len(), None), "{what}");
}

#[tokio::test]
async fn both_orders_give_the_same_entries_and_the_json_of_each() {
    let ground = Ground::with(3_000).await;
    let down = all(&ground.source(1), wanted(Order::NewestFirst)).await;
    let asked = ground.server.requests().log;
    // The documented price of reading to the end.
    assert_eq!(asked, (3_000 - 2) / 48 + 1);
    let mut up = all(&ground.source(1), wanted(Order::OldestFirst)).await;
    // A jump to the oldest entry before: at most 2 * ceil(log2(3000 / 50)) + 5.
    let bound = asked + 2 * 6 + 5;
    assert!(ground.server.requests().log - asked <= bound, "{}", ground.server.requests().log - asked);
    up.reverse();
    assert_eq!(down.len(), 3_000);
    same(&texts(&up), &texts(&down), "upwards");
    assert!(down.iter().zip(&up).all(|(down, up)| down.raw.is_some() && down.raw == up.raw));
}

/// Reads newest first while so many entries arrive after every answer; then none.
async fn read_while(arriving: &[i32]) -> (Vec<String>, Vec<String>, bool) {
    let ground = Ground::with(1).await;
    ground.arrive(900);
    let expected = ground.held(GROWING).await;
    let source = ground.source(GROWING);
    let mut passage = Passage::new(wanted(Order::NewestFirst));
    let (mut given, mut times) = (Vec::new(), arriving.iter());
    let before = ground.server.requests().log;
    loop {
        let asked = ground.server.requests().log - before;
        assert!(asked < 1_000, "{asked} requests and {} entries, while {arriving:?} arrive", given.len());
        match passage.page(&source, |_, _| ()).await {
            Ok(Some(page)) => given.extend(page.entries),
            told => return (texts(&given), expected, told.is_ok()),
        }
        ground.arrive(*times.next().unwrap_or(&0));
    }
}

#[tokio::test]
async fn newest_first_gives_what_was_there_at_the_opening_whatever_arrives_meanwhile() {
    for arriving in [[1; 30], [3; 30], [20; 30]] {
        let (given, expected, is_whole) = read_while(&arriving).await;
        assert!(is_whole);
        same(&given, &expected, &format!("{arriving:?}"));
    }
}

#[tokio::test]
async fn a_burst_that_hides_where_reading_stood_never_ends_the_log_in_silence() {
    for burst in [49, 51, 120, 700] {
        for every in [1, 3, 6] {
            let arriving: Vec<i32> = (0..30).map(|at| if at % every == 0 { burst } else { 0 }).collect();
            let (given, expected, is_whole) = read_while(&arriving).await;
            let expected = if is_whole { &expected[..] } else { &expected[..given.len()] };
            same(&given, expected, &format!("{burst} every {every}, whole: {is_whole}"));
        }
    }
}

#[tokio::test]
async fn oldest_first_gives_all_and_what_arrives_meanwhile() {
    for arriving in
        [&[1][..], &[3, 0, 2], &[20, 21, 19, 0], &[120, 0, 0, 0, 0, 0, 0], &[300, 0, 0, 0, 0, 0, 0, 0, 0]]
    {
        let ground = Ground::with(1).await;
        ground.arrive(900);
        let opening = ground.held(GROWING).await.len();
        let source = ground.source(GROWING);
        let mut passage = Passage::new(wanted(Order::OldestFirst));
        let (mut given, mut times) = (Vec::new(), arriving.iter().cycle());
        let mut answers = 0;
        while let Some(page) = passage.page(&source, |_, _| ()).await.unwrap() {
            given.extend(page.entries);
            answers += 1;
            if answers < 200 {
                ground.arrive(*times.next().unwrap());
            }
        }
        let mut held = ground.held(GROWING).await;
        held.reverse();
        assert!(given.len() >= opening, "{arriving:?}: {} of {opening}", given.len());
        same(&texts(&given), &held[..given.len()], &format!("{arriving:?}"));
        assert!(passage.count().is_complete);
    }
}

#[tokio::test]
async fn what_arrives_is_given_once_and_in_order_a_burst_of_more_than_a_page_too() {
    let ground = Ground::with(1).await;
    let source = ground.source(GROWING);
    let mut passage = Passage::new(wanted(Order::Arriving));
    let mut given = Vec::new();
    for burst in [0, 1, 0, 49, 50, 51, 130, 0, 400, 2] {
        ground.arrive(burst);
        passage.poll();
        while let Some(page) = passage.page(&source, |_, _| ()).await.unwrap() {
            given.extend(page.entries);
        }
    }
    let mut held = ground.held(GROWING).await;
    held.reverse();
    assert_eq!(given.len(), 1 + 49 + 50 + 51 + 130 + 400 + 2);
    same(&texts(&given), &held[120..], "arrivals");
}

#[tokio::test]
async fn a_limit_stops_asking() {
    for (order, limit, most) in [
        (Order::NewestFirst, 0, 0),
        (Order::NewestFirst, 50, 1),
        (Order::NewestFirst, 51, 2),
        // The opening, and the jump.
        (Order::OldestFirst, 20, 1 + 2 * 8 + 4),
    ] {
        let ground = Ground::with(10_000).await;
        let entries = all(&ground.source(1), Wanted { limit: Some(limit), ..wanted(order) }).await;
        assert_eq!(entries.len() as u64, limit);
        assert!(ground.server.requests().log <= most, "{order:?} {limit}: {:?}", ground.server.requests());
    }
}

#[tokio::test]
async fn a_limit_that_leaves_something_out_is_never_called_complete() {
    let ground = Ground::with(1).await;
    let source = ground.source(GROWING);
    let held = ground.held(GROWING).await.len() as u64;
    for order in [Order::NewestFirst, Order::OldestFirst] {
        for limit in [1, 2, held - 50, held - 1, held, held + 1] {
            let mut passage = Passage::new(Wanted { limit: Some(limit), ..wanted(order) });
            while passage.page(&source, |_, _| ()).await.unwrap().is_some() {}
            let count = passage.count();
            assert_eq!(count.shown, limit.min(held), "{order:?} {limit}");
            // Whoever stops at the last entry need not know that it was the last.
            assert!(!count.is_complete || limit >= held, "{order:?} {limit}");
            assert!(count.is_complete || limit <= held, "{order:?} {limit}");
        }
    }
}

/// From the entry at one place to the one at another.
fn span(entries: &[ticketlog::model::entry::Entry], newest: usize, oldest: usize) -> Span {
    let bound = |at: usize| {
        let at = entries[at].stamp().unwrap().instant();
        Some(Bound::up_to(Moment { at, unit: Unit::Instant }))
    };
    Span { since: bound(oldest), until: bound(newest) }
}

#[tokio::test]
async fn a_window_of_time_is_reached_by_a_jump_from_either_side() {
    let ground = Ground::with(10_000).await;
    let everything = all(&ground.source(1), wanted(Order::NewestFirst)).await;
    for (newest, oldest) in [(5_000, 5_099), (0, 30), (9_950, 9_999), (40, 70), (4_000, 4_000)] {
        for order in [Order::NewestFirst, Order::OldestFirst] {
            let mut wanted = wanted(order);
            wanted.narrowing.span = span(&everything, newest, oldest);
            let before = ground.server.requests().log;
            let mut passage = Passage::new(wanted);
            let mut given = Vec::new();
            let source = ground.source(1);
            while let Some(page) = passage.page(&source, |_, _| ()).await.unwrap() {
                given.extend(page.entries);
            }
            if order == Order::OldestFirst {
                given.reverse();
            }
            same(
                &texts(&given),
                &texts(&everything[newest..=oldest]),
                &format!("{order:?} {newest} {oldest}"),
            );
            let asked = ground.server.requests().log - before;
            assert!(asked <= 2 * 8 + 5 + 4, "{order:?} {newest} {oldest}: {asked}");
            let count = passage.count();
            assert!(count.is_complete && count.hidden == 0, "{count:?}");
        }
    }
}

#[tokio::test]
async fn what_is_left_out_is_counted() {
    let ground = Ground::with(500).await;
    let everything = all(&ground.source(1), wanted(Order::NewestFirst)).await;
    let bots = everything.iter().filter(|entry| entry.actor_kind() == Some(ActorKind::Bot)).count() as u64;
    for order in [Order::NewestFirst, Order::OldestFirst] {
        let mut narrowing = Narrowing::everything(&assets::action_types().unwrap());
        narrowing.kinds = Kinds::only(&[ActorKind::Bot]);
        let mut passage = Passage::new(Wanted { narrowing, ..wanted(order) });
        let source = ground.source(1);
        while passage.page(&source, |_, _| ()).await.unwrap().is_some() {}
        let count = passage.count();
        assert!(bots > 0 && count.is_complete);
        assert_eq!((count.shown, count.hidden), (bots, 500 - bots));
    }
}

#[tokio::test]
async fn a_file_is_read_like_a_ticket_and_times_in_no_order_keep_the_order_of_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let line = |at: u32, n: u32| {
        format!(
            "{{\"actionType\":\"note\",\"actionString\":\"entry {n}\",\"time\":\"2024-01-01T{:02}:{:02}:00Z\"}}\n",
            at / 60 % 24,
            at % 60
        )
    };
    let falling: String = (0..1_000).map(|n| line(1_400 - n, n)).collect();
    let scattered: String = (0..1_000).map(|n| line(n * 7_919 % 1_440, n)).collect();
    for (name, text) in [("falling", falling), ("scattered", scattered)] {
        let path = folder.path().join(name);
        fs::write(&path, text).unwrap();
        let down = all(&file(&path), wanted(Order::NewestFirst)).await;
        let mut up = all(&file(&path), wanted(Order::OldestFirst)).await;
        up.reverse();
        assert_eq!(down.len(), 1_000, "{name}");
        assert!(name == "scattered" || texts(&down)[0].ends_with("entry 0"));
        same(&texts(&up), &texts(&down), name);
        assert!(down.iter().zip(&up).all(|(down, up)| down.raw.is_some() && down.raw == up.raw), "{name}");
    }
}
