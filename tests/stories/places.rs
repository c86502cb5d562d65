//! Places of runs that were measured at different moments: what has arrived between is announced once or not at all.

use chrono::TimeDelta;
use ticketlog::model::{
    entry::Entry,
    log::{Log, RunId, Target},
    query::{Generation, Query, Window},
};

use crate::story::{entry, start};

/// A log, and what the server holds of it, newest first.
struct Reading {
    log: Log,
    server: Vec<Entry>,
}

impl Reading {
    /// The head has come.
    fn of(server: Vec<Entry>) -> Self {
        let mut reading = Self { log: Log::new(Query::All, Generation::default()), server };
        reading.look();
        reading
    }

    fn arrive(&mut self, entries: Vec<Entry>) {
        self.server.splice(0..0, entries);
    }

    fn answer(&mut self, window: Window) {
        let skip = usize::try_from(window.skip).unwrap();
        let page = self.server.iter().skip(skip).take(window.take.into()).cloned().collect();
        self.log.accept(window, page);
    }

    fn look(&mut self) {
        let window = self.log.ask_head().unwrap();
        self.answer(window);
    }

    /// Goes to an entry by its number and tells in which run it stands.
    fn jump(&mut self, number: i64) -> RunId {
        self.log.seek(Target::At(start() + TimeDelta::minutes(5 * number)));
        while let Some(window) = self.log.ask_seek() {
            self.answer(window);
        }
        self.log.runs().last().unwrap().id()
    }

    /// Asks below the first run until that is through with it.
    fn read_below_head(&mut self, times: usize) {
        for _ in 0..times {
            let first = self.log.runs()[0].id();
            if let Some(window) = self.log.ask_older(first) {
                self.answer(window);
            }
        }
    }

    /// The lengths of the runs.
    fn runs(&self) -> Vec<usize> {
        self.log.runs().iter().map(ticketlog::model::log::Run::len).collect()
    }
}

/// Entries by their numbers, from the newest on.
fn entries(numbers: std::ops::Range<usize>) -> Vec<Entry> {
    numbers.rev().map(entry).collect()
}

#[test]
fn equal_entries_that_are_counted_from_the_top_are_not_announced_by_a_run_that_was_measured_before() {
    let mut reading = Reading::of([vec![entry(700); 60], entries(0..700)].concat());
    let far = reading.jump(300);
    let window = reading.log.ask_older(reading.log.runs()[0].id()).unwrap();
    reading.arrive(vec![entry(700); 16]);
    // The answer holds nothing but equal entries: it is taken in where it was asked for.
    reading.answer(window);
    reading.read_below_head(6);
    let window = reading.log.ask_older(far).unwrap();
    reading.answer(window);
    assert_eq!(reading.log.unloaded_above(), 0, "the equal entries were counted with those that arrived");
}

#[test]
fn an_older_answer_that_holds_more_above_the_head_than_was_known_moves_what_stands_below() {
    let mut reading = Reading::of([entries(694..700), vec![entry(650); 84], entries(0..650)].concat());
    let far = reading.jump(300);
    let head = reading.log.ask_older(reading.log.runs()[0].id()).unwrap();
    let below = reading.log.ask_older(far).unwrap();
    reading.arrive(entries(700..704));
    reading.answer(below);
    assert_eq!(reading.log.unloaded_above(), 4);
    reading.arrive(entries(704..720));
    reading.answer(head);
    // It lacks the newest five.
    assert_eq!(reading.runs(), [65, 94]);
    reading.look();
    let below = reading.log.ask_older(far).unwrap();
    reading.answer(below);
    assert_eq!(reading.log.unloaded_above(), 0, "all is loaded above");
}

#[test]
fn a_window_that_was_asked_for_at_a_wrong_place_joins_nothing_by_its_place() {
    let mut reading = Reading::of([entries(600..700), vec![entry(599); 300], entries(0..599)].concat());
    reading.read_below_head(6);
    let old = reading.log.runs()[0].id();
    reading.arrive(entries(700..760));
    reading.look();
    // The old run is looked for, and found when more has arrived than the head told of.
    reading.arrive(entries(760..770));
    while let Some(window) = reading.log.ask_older(old) {
        reading.answer(window);
        if window.take > 1 {
            break;
        }
    }
    reading.look();
    assert_eq!(reading.runs(), [60, 197]);
    // So its place is too low, and the window below it leaves out as many.
    let below = reading.log.ask_older(old).unwrap();
    reading.read_below_head(1);
    assert_eq!(reading.runs(), [267], "joined");
    reading.answer(below);
    reading.look();
    assert_eq!(reading.log.unloaded_above(), 0);
    reading.read_below_head(30);
    let equal = reading.log.runs()[0].iter().filter(|known| known.is_same(&entry(599))).count();
    assert_eq!((reading.runs(), equal), (vec![770 + 299], 300));
}

#[test]
fn a_hole_above_a_run_of_which_nobody_knows_the_place_has_no_number() {
    let mut story = crate::story::Story::new(3_000);
    story.settle().keys("G").settle();
    story.keys("gX");
    let log = story.model.reader.log();
    assert!(log.runs().len() > 1, "{:#?}", story.screen());
    assert_eq!(log.hole_below(log.runs()[0].id()), None);
    for _ in 0..3 {
        story.keys("<space>");
        assert!(!story.shows("about 0 entries"), "{:#?}", story.screen());
    }
    assert!(story.shows("not loaded"), "{:#?}", story.screen());
}

#[test]
fn a_place_that_nobody_knows_any_more_takes_none_from_what_is_found_below_it() {
    let mut reading = Reading::of([vec![entry(164); 26], entries(0..164)].concat());
    let far = reading.jump(100);
    let below = reading.log.ask_older(far).unwrap();
    reading.answer(below);
    assert_eq!(reading.runs(), [50, 98]);
    // The equal ones are counted with every head that holds them, so what stands below is believed too far down.
    reading.arrive(vec![entry(164); 33]);
    reading.look();
    reading.arrive(entries(165..168));
    reading.look();
    assert_eq!(reading.runs(), [50, 24, 98]);
    for _ in 0..7 {
        let window = reading.log.ask_newer(far).unwrap();
        reading.answer(window);
    }
    assert_eq!(reading.runs(), [50, 150], "it is found, and what stands above is read from there");
}

#[test]
fn a_run_without_room_below_the_one_above_it_has_lost_entries_and_is_read_again() {
    let mut reading = Reading::of(entries(1..300));
    reading.read_below_head(8);
    let old = reading.log.runs()[0].id();
    assert_eq!(reading.runs(), [299]);
    reading.server.drain(150..165);
    reading.arrive(entries(300..364));
    reading.look();
    assert_eq!(reading.runs(), [50, 299]);
    // By its end it would begin at 49.
    while let Some(window) = reading.log.ask_newer(old) {
        reading.answer(window);
    }
    assert_eq!(reading.runs(), [50], "only the head is believed");
    reading.read_below_head(8);
    assert_eq!(reading.runs(), [299 - 15 + 64]);
}
