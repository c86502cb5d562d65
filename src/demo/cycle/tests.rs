//! The arithmetic of generated logs against the plain way of counting.

use chrono::TimeDelta;

use super::*;

fn still(count: u64) -> Cycle {
    Cycle::new(Pace::over_years(count, 3), &Cast::embedded().unwrap()).unwrap()
}

fn growing(origin: DateTime<Utc>) -> Cycle {
    Cycle::new(Pace::Growing { origin }, &Cast::embedded().unwrap()).unwrap()
}

#[test]
fn every_step_has_the_type_of_its_deed() {
    let cycle = still(100);
    for (ordinal, step) in (1..).zip(&STEPS) {
        assert_eq!(step.what.action_type(), cycle.deed(ordinal).1.action_type());
    }
}

#[test]
fn moments_rise_strictly_at_every_pace_as_they_are_written() {
    for count in [2, 21, 500, 10_000, 100_000_000] {
        let cycle = still(count);
        assert_rising(&cycle, 0..count.min(3_000));
        assert_rising(&cycle, count.saturating_sub(3_000)..count);
    }
    assert_rising(&growing(DateTime::UNIX_EPOCH), 0..3_000);
}

fn assert_rising(cycle: &Cycle, ordinals: std::ops::Range<u64>) {
    let written = |ordinal| {
        let text = cycle.pace.moment(ordinal).written_by(cycle.deed(ordinal).0);
        DateTime::parse_from_rfc3339(&text).unwrap()
    };
    for ordinal in ordinals.skip(1) {
        assert!(written(ordinal - 1) < written(ordinal), "{:?} {ordinal}", cycle.pace);
    }
}

#[test]
fn a_log_of_a_million_ends_where_it_should() {
    let end = still(1_000_000).pace.moment(999_999).at.to_rfc3339();
    assert!(end.starts_with("2023-12-"), "{end}");
}

#[test]
fn an_empty_log_has_no_entry_and_one_entry_creates_the_ticket() {
    let now = DateTime::UNIX_EPOCH;
    assert!(still(0).page(now, &[], 0, 50).is_empty());
    let page = still(1).page(now, &[], 0, 50);
    assert_eq!(page.iter().map(|row| row.action_type.as_str()).collect::<Vec<_>>(), ["ticket_created"]);
    assert!(still(1).page(now, &["ticket_read".into()], 0, 50).is_empty());
}

#[test]
fn a_clock_that_goes_backwards_takes_no_entry_away_that_was_there_at_the_start() {
    let origin = DateTime::from_timestamp(1_000_000, 0).unwrap();
    let cycle = growing(origin);
    assert_eq!(cycle.pace.count(origin - TimeDelta::days(3)), 120);
    assert_eq!(cycle.pace.count(origin + TimeDelta::milliseconds(7_999)), 121);
}
