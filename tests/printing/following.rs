//! Going on with what arrives, on a file that grows between two looks; time stands still but for the waits.

use std::{
    fs::{self, File, OpenOptions},
    io::Write as _,
    path::Path,
    time::Duration,
};

use ticketlog::{
    export::{Ending, Format},
    model::{
        follow::Follow,
        narrowing::Bound,
        redaction::{Redaction, Scope},
        stamp::Stamp,
        text::Untrusted,
        time_words::{Moment, Unit},
    },
    shell::{
        export::{End, GoingOn, Outcome, Plan, Redacting, Stop, export},
        passage::{Order, Wanted},
    },
};

use crate::support::{file, plan, style, wanted};

fn line(n: usize) -> String {
    let (hour, minute) = (n / 60, n % 60);
    let kind = ["reply_created", "ticket_read"][n % 2];
    format!(
        "{{\"actionType\":\"{kind}\",\"actionString\":\"entry {n}\",\"time\":\"2024-01-01T{hour:02}:{minute:02}:00Z\",\"user\":{{\"id\":\"{n}\",\"name\":\"Person Number{n}\",\"status\":\"client\"}}}}\n"
    )
}

/// Before every look more stands in the file; after the last one it is stopped.
struct Growing {
    file: File,
    next: usize,
    bursts: Vec<usize>,
    looks: std::cell::Cell<usize>,
}

impl Growing {
    fn new(path: &Path, first: usize, bursts: &[usize]) -> Self {
        fs::write(path, (0..first).map(line).collect::<String>()).unwrap();
        let file = OpenOptions::new().append(true).open(path).unwrap();
        Self { file, next: first, bursts: bursts.to_vec(), looks: std::cell::Cell::new(0) }
    }
}

impl Stop for Growing {
    async fn stopped(&mut self) -> u8 {
        if self.looks.get() >= self.bursts.len() {
            return 130;
        }
        std::future::pending().await
    }

    fn is_closed(&self) -> bool {
        let look = self.looks.get();
        let from = self.next + self.bursts[..look].iter().sum::<usize>();
        let text: String = (from..from + self.bursts[look]).map(line).collect();
        (&self.file).write_all(text.as_bytes()).unwrap();
        self.looks.set(look + 1);
        false
    }
}

fn going_on() -> GoingOn {
    GoingOn { follow: Follow::new(Duration::from_secs(5), false), is_patient: true }
}

async fn run(path: &Path, plan: Plan, stop: &mut Growing) -> (Outcome, String) {
    let mut out = Vec::new();
    let outcome = export(plan, &file(path), &mut out, stop, |_| ()).await;
    (outcome, String::from_utf8(out).unwrap())
}

#[tokio::test(start_paused = true)]
async fn an_export_goes_on_with_what_arrives_and_is_whole_when_it_is_stopped() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("log");
    let mut stop = Growing::new(&path, 70, &[0, 1, 60, 0, 130, 0]);
    let plan = Plan { going_on: Some(going_on()), ..plan(Order::OldestFirst, Format::Json) };
    let (outcome, text) = run(&path, plan, &mut stop).await;
    assert!(matches!(outcome.end, End::Stopped(130)), "{outcome:?}");
    let read: Vec<serde_json::Value> = serde_json::from_str(&text).unwrap();
    let told: Vec<&str> = read.iter().map(|entry| entry["actionString"].as_str().unwrap()).collect();
    assert_eq!(told, (0..261).map(|n| format!("entry {n}")).collect::<Vec<_>>());
}

#[tokio::test(start_paused = true)]
async fn a_limit_ends_it_while_it_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("log");
    let mut stop = Growing::new(&path, 3, &[0, 1, 5, 1]);
    let plan = plan(Order::Arriving, Format::Ndjson);
    let wanted = Wanted { limit: Some(4), ..plan.wanted };
    let (outcome, text) = run(&path, Plan { wanted, going_on: Some(going_on()), ..plan }, &mut stop).await;
    assert!(matches!(outcome.end, End::Done));
    let told: Vec<bool> =
        text.lines().zip(3..).map(|(line, n)| line.contains(&format!("entry {n}\""))).collect();
    assert_eq!(told, [true; 4], "{text}");
}

#[tokio::test(start_paused = true)]
async fn names_of_people_who_come_later_are_replaced_too() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("log");
    let mut stop = Growing::new(&path, 5, &[0, 3, 60, 0]);
    let plan = plan(Order::OldestFirst, Format::Ndjson);
    let mut narrowed = plan.wanted.clone();
    narrowed.narrowing.types.hide(&Untrusted::new("ticket_read"));
    let catalogue = style(Format::Ndjson).catalogue;
    let redaction = Redaction::new(Scope::Everyone, &catalogue);
    let redacting = Some(Redacting::new(redaction, catalogue));
    let (outcome, text) =
        run(&path, Plan { wanted: narrowed, going_on: Some(going_on()), redacting, ..plan }, &mut stop).await;
    // Of 68 entries every other one.
    assert_eq!(text.lines().count(), 34);
    assert!(text.contains("Client 1") && !text.contains("Person"), "{text}");
    let legend = outcome.redacting.unwrap().legend().unwrap();
    assert_eq!(legend.len(), 68, "those of other types, too");
}

#[tokio::test(start_paused = true)]
async fn a_wait_is_an_export_of_the_first_entry_to_come() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("log");
    let mut stop = Growing::new(&path, 4, &[0, 0, 120, 3]);
    let wanted = Wanted { limit: Some(1), ..wanted(Order::Arriving) };
    let plan =
        Plan { wanted, is_bare: true, going_on: Some(going_on()), ..plan(Order::Arriving, Format::Table) };
    let (outcome, text) = run(&path, plan, &mut stop).await;
    assert!(matches!(outcome.end, End::Done));
    assert_eq!(text.lines().count(), 1);
    assert!(text.contains("entry 4"), "{text}");
    assert_eq!(stop.looks.get(), 3, "nothing is asked after it");
}

#[tokio::test(start_paused = true)]
async fn what_goes_on_until_a_time_ends_once_that_is_over() {
    for (until, expected) in [("2024-01-01T00:04:00Z", 5), ("2024-06-01T00:00:00Z", 70)] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("log");
        let mut stop = Growing::new(&path, 70, &[0, 1, 60]);
        let mut plan = Plan { going_on: Some(going_on()), ..plan(Order::OldestFirst, Format::Ndjson) };
        let at = Stamp::parse(until).unwrap().instant();
        plan.wanted.narrowing.span.until = Some(Bound::up_to(Moment { at, unit: Unit::Instant }));
        let (outcome, text) = run(&path, plan, &mut stop).await;
        assert!(matches!(outcome.end, End::Done), "{:?}", outcome.end);
        assert_eq!((text.lines().count(), outcome.tally.ending), (expected, Ending::Complete));
    }
    let args = ["export", "--demo", "255762", "--follow", "--until", "2023-12-14"];
    assert_eq!(crate::running::run(&args).0, Some(0));
}

#[tokio::test(start_paused = true)]
async fn half_a_line_at_the_end_of_a_file_that_is_followed_may_just_be_being_written() {
    for (going_on, expected) in [(Some(going_on()), None), (None, Some("line 4 is cut off"))] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("log");
        let mut stop = Growing::new(&path, 3, &[0]);
        (&stop.file).write_all(&line(3).as_bytes()[..40]).unwrap();
        let (outcome, text) =
            run(&path, Plan { going_on, ..plan(Order::OldestFirst, Format::Ndjson) }, &mut stop).await;
        assert_eq!((outcome.unreadable.as_deref(), text.lines().count()), (expected, 3), "{text}");
    }
}
