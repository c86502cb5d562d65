//! What a frame costs to compute: one scrolled row of a timeline, and ratatui's comparison alone beside it.
//!
//! `cargo bench --bench screen`. Times mean something only within one run.

use divan::Bencher;
use ratatui::layout::Size;
use ticketlog::term::{
    colours::Colours,
    screen::{Screen, ScrollUse},
};

#[expect(dead_code, reason = "the tests use more of it")]
#[path = "../tests/screen/pictures.rs"]
mod pictures;

use pictures::Timeline;

const SIZES: [(u16, u16); 2] = [(80, 24), (200, 50)];

fn main() {
    divan::main();
}

/// A timeline with the cursor on its last row, and the one a step further.
fn before_and_after((width, height): (u16, u16)) -> [Timeline; 2] {
    let timeline = Timeline::new(width, height);
    let before = Timeline { cursor: timeline.list() - 1, ..timeline };
    let after = Timeline { top: 1, cursor: before.cursor + 1, ..before };
    [before, after]
}

/// To and fro: every frame is a scroll.
fn frames(bencher: Bencher<'_, '_>, size: (u16, u16), scroll: ScrollUse) {
    let pictures = before_and_after(size).map(|timeline| timeline.draw());
    let mut screen = Screen::new(Size::from(size), Colours::Sixteen);
    screen.set_scroll(scroll);
    let mut turn = pictures.iter().cycle();
    bencher.bench_local(|| turn.next().map(|picture| screen.frame(picture, None)));
}

#[divan::bench(args = SIZES)]
fn scroll(bencher: Bencher<'_, '_>, size: (u16, u16)) {
    frames(bencher, size, ScrollUse::On);
}

#[divan::bench(args = SIZES)]
fn without_scroll(bencher: Bencher<'_, '_>, size: (u16, u16)) {
    frames(bencher, size, ScrollUse::Off);
}

#[divan::bench(args = SIZES)]
fn ratatui_diff_alone(bencher: Bencher<'_, '_>, size: (u16, u16)) {
    let [before, after] = before_and_after(size).map(|timeline| timeline.draw());
    bencher.bench_local(|| divan::black_box(&before).diff(divan::black_box(&after)).len());
}
