//! Entries vanish while the log is read: noticed, said, and nothing is taken for an arrival.

use ticketlog::{
    message::{Effect, Message},
    model::{entry::Entry, query::Window},
};

use crate::story::{Story, entry};

/// P13: a log that shrank is read again, once.
#[test]
fn a_log_that_lost_entries_is_read_again_and_says_so() {
    let mut story = Story::new(190);
    story.settle();
    story.server.drain(150..160);
    for _ in 0..250 {
        story.keys("j").settle();
    }
    let expected: Vec<usize> = (0..150).chain(160..190).rev().collect();
    assert_eq!(story.loaded().concat(), expected);
    assert!(story.shows("the log changed, read again"), "{:#?}", story.screen());
}

#[test]
fn a_last_entry_alone_below_a_loss_is_not_asked_for_again_and_again() {
    let mut story = Story::new(102);
    story.settle();
    while story.loaded().concat().len() < 98 {
        story.keys("j").settle();
    }
    let before = story.requests.len();
    story.server.drain(50..55);
    for _ in 0..100 {
        story.keys("j").settle();
    }
    assert_eq!(story.loaded().concat(), (0..50).chain(55..102).rev().collect::<Vec<_>>());
    assert!(story.shows("the log changed, read again"), "{:#?}", story.screen());
    assert!(story.requests.len() - before < 12, "{:?}", story.requests);
}

#[test]
fn entries_that_are_gone_from_the_head_are_noticed_and_said() {
    for gone in [1, 20, 49, 60] {
        let mut story = Story::new(300);
        story.settle().keys("A").settle();
        story.server.truncate(300 - gone);
        story.keys("r").settle();
        assert!(story.shows("the log changed, read again"), "{gone}: {:#?}", story.screen());
        assert!(!story.shows("new above"), "{gone}: {:#?}", story.screen());
        let expected: Vec<usize> = (0..300 - gone).rev().collect();
        story.keys("A").settle();
        assert_eq!(story.loaded(), [expected], "{gone}");
    }
}

/// Answers so many times, or less where nothing is asked; tells the most arrivals that are announced meanwhile.
fn answer(story: &mut Story, most: usize) -> u64 {
    let told = |story: &Story| story.model.reader.arrived();
    (0..most).map_while(|_| story.answer().then(|| told(story))).max().unwrap_or(told(story))
}

/// So many entries vanish below the `from` newest ones, while `keys` are under way and so many answers have come.
struct Loss {
    entries: usize,
    from: usize,
    gone: usize,
    keys: &'static str,
    after: usize,
}

impl Loss {
    /// Lives through it; tells the most arrivals ever announced, and whether all is loaded in the end that there is.
    fn live(&self) -> (u64, bool) {
        let mut story = Story::new(self.entries);
        story.settle().keys(self.keys);
        let lost = self.entries - self.from - self.gone..self.entries - self.from;
        let mut announced = answer(&mut story, self.after);
        let loaded = story.loaded().concat();
        let was_known = lost.clone().all(|number| loaded.contains(&number));
        story.server.drain(lost.clone());
        for keys in ["", "r", "A"] {
            announced = announced.max(answer(story.keys(keys), 1_000));
        }
        let all: Vec<usize> = (0..lost.start).chain(lost.end..self.entries).rev().collect();
        // What vanished from the middle of what is loaded is not looked for.
        (announced, story.loaded() == [all] || (was_known && self.from > 0))
    }
}

#[test]
fn a_log_that_only_shrinks_announces_no_arrivals_whatever_runs_meanwhile() {
    for (from, gone) in [(0, 1), (0, 10), (0, 60), (0, 120), (20, 10), (60, 100), (100, 3)] {
        for keys in ["GA", "A", "G<space>A", "GkkkkkkA"] {
            for (entries, after) in (0..12).flat_map(|after| [(190, after), (400, after)]).chain([(2_000, 5)])
            {
                let (announced, whole) = Loss { entries, from, gone, keys, after }.live();
                let what = format!("{gone} of {entries} vanish from {from} on, {keys}, {after} answers");
                assert_eq!(announced, 0, "{what}");
                assert!(whole, "{what}");
            }
        }
    }
}

/// What a server answers of its log: told how many requests there were and what is asked.
type Server = fn(usize, Window, Vec<Entry>) -> Vec<Entry>;

/// Deals the log anew for every request.
fn shuffles(round: usize, window: Window, mut log: Vec<Entry>) -> Vec<Entry> {
    let mut seed = round as u64 + 1;
    for at in (1..log.len()).rev() {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        log.swap(at, usize::try_from(seed >> 33).unwrap() % (at + 1));
    }
    part(log, window)
}

/// Among entries that all are equal, the ones that are not stand elsewhere at every request.
fn moves_equals(round: usize, window: Window, mut log: Vec<Entry>) -> Vec<Entry> {
    for at in (0..log.len()).filter(|at| !(at + round).is_multiple_of(9)) {
        log[at] = entry(1);
    }
    part(log, window)
}

/// More and fewer equal entries by turns stand at the head, and few are given at once.
fn breathes(round: usize, window: Window, mut log: Vec<Entry>) -> Vec<Entry> {
    log.splice(0..0, vec![entry(500); 60 + 7 * (round % 3)]);
    part(log, Window { take: 7, ..window })
}

/// Two logs by turns.
fn alternates(round: usize, window: Window, log: Vec<Entry>) -> Vec<Entry> {
    let kept = log.into_iter().enumerate().filter(|(at, _)| at % 3 != round % 3);
    part(kept.map(|(_, entry)| entry).collect(), window)
}

/// Long and short by turns.
fn shrinks(round: usize, window: Window, log: Vec<Entry>) -> Vec<Entry> {
    part(log.into_iter().skip(round % 5 * 30).collect(), window)
}

/// The same entries come again among others, and few are given at once.
fn repeats(_: usize, window: Window, mut log: Vec<Entry>) -> Vec<Entry> {
    for (at, told) in log.iter_mut().take(40).enumerate() {
        *told = entry(if at % 18 == 0 { 300 } else { 299 });
    }
    part(log, Window { take: 7, ..window })
}

/// One page of nothing but equal entries for every place.
fn stands_still(_: usize, window: Window, _: Vec<Entry>) -> Vec<Entry> {
    vec![entry(500); window.take.into()]
}

fn part(log: Vec<Entry>, window: Window) -> Vec<Entry> {
    log.into_iter().skip(usize::try_from(window.skip).unwrap()).take(window.take.into()).collect()
}

/// Tells how many requests follow, at most so many.
fn count(story: &mut Story, server: Server, most: usize) -> usize {
    let log: Vec<Entry> = story.server.iter().rev().cloned().collect();
    for count in 0..most {
        story.wake();
        let Some(asked) = story.asked.pop_front() else { return count };
        let Effect::FetchLog { generation, ref query, window, .. } = asked else { continue };
        let log: Vec<Entry> =
            log.iter().filter(|entry| query.includes(&entry.action_type)).cloned().collect();
        let round = story.requests.len() - story.asked.len();
        let page = server(round, window, log);
        story.tell(Message::Log { generation, window, answer: Ok(page) });
    }
    most
}

/// How many entries the server may hold of what is asked.
fn lengths(story: &Story, server: Server) -> Vec<usize> {
    let query = story.model.reader.log().query();
    let known = story.server.iter().rev().filter(|entry| query.includes(&entry.action_type));
    let log: Vec<Entry> = known.cloned().collect();
    let length = |round| {
        let mut length = 0;
        loop {
            let window = Window { skip: length as u64, take: u16::MAX };
            match server(round, window, log.clone()).len() {
                0 => return length,
                more => length += more,
            }
        }
    };
    (0..9).map(length).collect()
}

#[test]
fn no_server_whatever_makes_the_program_ask_for_ever() {
    let servers = [shuffles, moves_equals, breathes, alternates, shrinks, repeats];
    for (at, server) in servers.into_iter().enumerate() {
        for keys in ["A", "GA", "<space>G", "GrA", "XA"] {
            let mut story = Story::new(300);
            for keys in ["", keys, "A", "r", "G", "A"] {
                let asked = count(story.keys(keys), server, 1_000);
                assert!(asked < 400, "{at}, {keys}: {asked} requests");
            }
            let log = story.model.reader.log();
            let is_whole = log.total().is_some_and(|total| lengths(&story, server).contains(&total));
            assert!(is_whole || log.failure().is_some(), "{at}, {keys}: {:#?}", story.screen());
        }
    }
}

#[test]
fn a_server_that_gives_one_and_the_same_entry_for_every_place_is_not_asked_for_ever() {
    let mut story = Story::new(300);
    for keys in ["A", "rA"] {
        let asked = count(story.keys(keys), stands_still, 1_000);
        assert!(asked <= 205, "{keys}: {asked} requests");
        assert!(story.model.reader.log().failure().is_some(), "{:#?}", story.screen());
    }
    assert_eq!(
        count(story.keys("Gjk"), stands_still, 1_000),
        0,
        "nothing is asked before somebody tries again"
    );
}
