//! Waiting at a log of which entries are changed or vanish meanwhile: it goes on, for what is new.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use ticketlog::{
    export::Format,
    model::{
        follow::Follow,
        narrowing::Bound,
        stamp::Stamp,
        text::Charset,
        time_words::{Moment, Unit},
    },
    shell::{
        export::{End, GoingOn, Outcome, Plan, Stop, export},
        passage::{Order, Source, Wanted},
    },
};

use crate::{
    running::{answering, entry, ok, response},
    support::{client, plan, wanted},
};

/// How often each state of a log is asked for its head.
const LOOKS: usize = 4;

/// The most requests for three states, each of which may be looked at twice or read anew.
const MOST: usize = 20;

/// Stops what has asked for too much.
struct Enough(Arc<Mutex<usize>>);

impl Stop for Enough {
    async fn stopped(&mut self) -> u8 {
        std::future::pending().await
    }

    fn is_closed(&self) -> bool {
        *self.0.lock().unwrap() > MOST
    }
}

/// Serves a log that has one state after the other, newest entry first; the last one stays. Gives its base URL, and how
/// often it was asked.
fn serve(states: Vec<Vec<String>>) -> (String, Arc<Mutex<usize>>) {
    let asked = Arc::new(Mutex::new(0));
    let (count, mut heads) = (Arc::clone(&asked), 0);
    let base = answering(move |request, _| {
        let Some((_, skip)) = request.split_once("&skip=") else { return response("404 Not Found", "") };
        let skip: usize = skip.split(' ').next().unwrap().parse().unwrap();
        let state = &states[(heads / LOOKS).min(states.len() - 1)];
        heads += usize::from(skip == 0);
        *count.lock().unwrap() += 1;
        let page: Vec<&str> = state.iter().skip(skip).take(50).map(String::as_str).collect();
        ok(&format!("[{}]", page.join(",")))
    });
    (base, asked)
}

/// Waits as the program does; `after` a minute of the log.
async fn waited(states: Vec<Vec<String>>, after: Option<&str>) -> (Outcome, String) {
    let (base, asked) = serve(states);
    let source = Source::Ticket(client(&base, "CANARY"), 7);
    let order = if after.is_some() { Order::OldestFirst } else { Order::Arriving };
    let mut wanted = Wanted { limit: Some(1), ..wanted(order) };
    wanted.narrowing.span.since = after.map(|after| {
        let at = Stamp::parse(after).unwrap().instant();
        Bound::up_to(Moment { at, unit: Unit::Instant })
    });
    let going_on = GoingOn { follow: Follow::new(Duration::from_millis(1), false), is_patient: true };
    let plan =
        Plan { wanted, is_bare: true, going_on: Some(going_on), ..plan(Order::Arriving, Format::Ndjson) };
    let mut out = Vec::new();
    let outcome = export(plan, &source, &mut out, &mut Enough(asked), |_| ()).await;
    (outcome, String::from_utf8(out).unwrap())
}

fn log(newest: usize, count: usize) -> Vec<String> {
    (0..count).map(|at| entry(newest - at, "Luna Lovegood")).collect()
}

/// The same entry with other words.
fn edited(n: usize) -> String {
    entry(n, "Luna Lovegood").replace(&format!("entry {n}"), &format!("edited {n}"))
}

#[tokio::test]
async fn a_log_that_changes_or_is_emptied_ends_no_wait() {
    let mut cases: Vec<(&str, Vec<Vec<String>>)> = Vec::new();
    for count in [1, 2, 5, 49, 50, 120] {
        let (old, new) = (log(199, count), log(200, 1));
        let with = |top: &[String], left_out: usize| [top, &old[left_out..]].concat();
        let edit = [edited(199)];
        cases.extend([
            ("edited", vec![old.clone(), with(&edit, 1), with(&[&new[..], &edit].concat(), 1)]),
            ("edited as it arrives", vec![old.clone(), with(&[&new[..], &edit].concat(), 1)]),
            ("gone", vec![old.clone(), with(&[], 1), with(&new, 1)]),
            ("replaced", vec![old.clone(), with(&new, 1)]),
            ("two replaced", vec![old.clone(), with(&log(201, 2), 2.min(count))]),
            ("emptied", vec![old.clone(), Vec::new(), new.clone()]),
            ("emptied, and less came back", vec![old.clone(), Vec::new(), with(&new, count / 2)]),
            ("another log", vec![old.clone(), log(100, 3), [new, log(100, 3)].concat()]),
        ]);
    }
    for (what, states) in cases {
        for after in [None, Some("2024-01-01T03:19:00.000000001Z")] {
            let (outcome, out) = waited(states.clone(), after).await;
            let what = format!("{what}, {} entries, after {after:?}", states[0].len());
            assert!(matches!(outcome.end, End::Done), "{what}: {:?}", outcome.end);
            assert!(out.lines().count() == 1 && out.contains("\"entry 200\""), "{what}: {out}");
        }
    }
}

#[tokio::test]
async fn where_nothing_tells_what_is_new_a_wait_says_so() {
    let timeless = r#"{"actionString":"entry 7","actionType":"note","time":"soon"}"#.to_owned();
    let disordered = [log(100, 1), log(199, 3)].concat();
    for old in [vec![timeless], disordered] {
        let (outcome, out) = waited(vec![old, Vec::new()], None).await;
        let End::Failed(failure) = outcome.end else { panic!("{:?}", outcome.end) };
        let why = failure.sentence.one_line(200, Charset::Unicode).plain();
        assert_eq!(why, "The log changed, and its times do not tell which entries are new. Wait again.");
        assert_eq!(out, "");
    }
}
