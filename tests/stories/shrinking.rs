//! Entries vanish while the log is read: noticed, said, and nothing is taken for an arrival.

use crate::story::Story;

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
