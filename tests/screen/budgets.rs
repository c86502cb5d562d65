//! What a frame may cost on the line.

use ticketlog::term::{
    colours::Colours,
    oracle,
    screen::{Screen, ScrollUse},
};

use crate::{emulator::Emulator, pictures::Timeline};

/// A terminal that shows a timeline, and counts.
struct Line {
    screen: Screen,
    emulator: Emulator,
}

impl Line {
    fn showing(timeline: Timeline) -> Self {
        let mut line = Self {
            screen: Screen::new(timeline.size, Colours::Sixteen),
            emulator: Emulator::used(timeline.size),
        };
        line.bytes(timeline);
        line
    }

    fn bytes(&mut self, timeline: Timeline) -> usize {
        let frame = self.screen.frame(&timeline.draw(), None);
        oracle::check(&frame).expect("the byte oracle");
        self.emulator.take(&frame);
        frame.len()
    }
}

/// The median cost of doing the same a hundred times.
fn median(mut timeline: Timeline, next: impl Fn(Timeline) -> Timeline, times: usize) -> usize {
    let mut line = Line::showing(timeline);
    let mut costs: Vec<usize> = (0..times)
        .map(|_| {
            timeline = next(timeline);
            line.bytes(timeline)
        })
        .collect();
    costs.sort_unstable();
    costs[times / 2]
}

/// A timeline whose cursor stands on the last row of the list, so that the next step scrolls.
fn at_the_bottom(width: u16, height: u16, detail: bool) -> Timeline {
    let timeline = Timeline { detail, ..Timeline::new(width, height) };
    Timeline { cursor: timeline.list() - 1, ..timeline }
}

fn expect_at_most(what: &str, bytes: usize, budget: usize) {
    println!("{what}: {bytes} bytes, budget {budget}");
    assert!(bytes <= budget, "{what}: {bytes} bytes, budget {budget}");
}

#[test]
fn a_step_that_scrolls_costs_a_line() {
    expect_at_most("scroll 80x24", median(at_the_bottom(80, 24, false), Timeline::step, 100), 132);
    expect_at_most("scroll 200x50", median(at_the_bottom(200, 50, false), Timeline::step, 100), 150);
    expect_at_most(
        "scroll 80x24, detail open",
        median(at_the_bottom(80, 24, true), Timeline::step, 100),
        450,
    );
    let deep = Timeline { top: 200, cursor: 200, ..Timeline::new(80, 24) };
    expect_at_most("scroll back 80x24", median(deep, Timeline::back, 100), 132);
}

#[test]
fn a_move_costs_two_marks_and_a_counter() {
    expect_at_most("move 80x24", median(Timeline::new(80, 24), Timeline::step, 18), 40);
    expect_at_most("move 200x50", median(Timeline::new(200, 50), Timeline::step, 44), 40);
}

#[test]
fn a_page_costs_its_text() {
    expect_at_most("page 80x24", median(Timeline::new(80, 24), Timeline::page, 10), 1_860);
}

#[test]
fn the_start_costs_its_text() {
    let empty = Timeline { loaded: 0, ..Timeline::new(80, 24) };
    let mut screen = Screen::new(empty.size, Colours::Sixteen);
    let first = screen.frame(&empty.draw(), None).len();
    let filled = screen.frame(&Timeline::new(80, 24).draw(), None).len();
    println!("empty frame {first}, first page {filled}");
    expect_at_most("start 80x24", first + filled, 2_400);
}

#[test]
fn five_hundred_steps_drawn_at_once_cost_a_page() {
    let mut line = Line::showing(Timeline { loaded: 1_000, ..Timeline::new(80, 24) });
    let far =
        (0..500).fold(Timeline { loaded: 1_000, ..Timeline::new(80, 24) }, |timeline, _| timeline.step());
    expect_at_most("500 steps 80x24", line.bytes(far), 2_500);
}

#[test]
fn without_scrolls_no_margins_are_sent() {
    let timeline = at_the_bottom(80, 24, false);
    let mut screen = Screen::new(timeline.size, Colours::Sixteen);
    screen.set_scroll(ScrollUse::Off);
    let first = screen.frame(&timeline.draw(), None);
    let step = screen.frame(&timeline.step().draw(), None);
    assert!(first.starts_with(b"\x1b[r\x1b[m\x1b[H\x1b[J"));
    assert!(!step.contains(&b'r') || !step.windows(3).any(|three| three == b"\x1b[r"));
    println!("step without scroll: {} bytes", step.len());
}

#[test]
fn nothing_new_costs_nothing() {
    let timeline = Timeline::new(80, 24);
    let mut screen = Screen::new(timeline.size, Colours::Sixteen);
    assert!(!screen.frame(&timeline.draw(), None).is_empty());
    assert!(screen.frame(&timeline.draw(), None).is_empty());
    screen.invalidate();
    assert!(screen.frame(&timeline.draw(), None).starts_with(b"\x1b[r\x1b[m\x1b[H\x1b[J"));
}
