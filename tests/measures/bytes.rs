//! Bytes that the terminal gets, on a sample ticket of 10,000 entries. The limits are the goals of the project.

use crate::program::Program;

const LONG: u64 = 4_484_636;

/// Opened, the first page there, the detail pane as asked.
async fn opened(ticket: u64, width: u16, height: u16, detail: bool) -> Program {
    let mut program = Program::open(ticket, width, height).await;
    program.settle().await;
    if program.model.detail != detail {
        program.keys("\t");
    }
    program.settle().await;
    program.draw();
    program
}

#[tokio::test]
async fn the_empty_frame_and_the_first_page_together_cost_at_most_2400_bytes() {
    let mut program = Program::open(LONG, 80, 24).await;
    let empty = program.draw();
    program.settle().await;
    let page = program.draw();
    assert!(empty > 0 && empty + page <= 2_400, "{empty} + {page}");
}

#[tokio::test]
async fn a_one_line_scroll_costs_at_most_132_bytes_at_80x24_and_150_at_200x50() {
    for (width, height, most) in [(80, 24, 132), (200, 50, 150)] {
        let mut program = opened(LONG, width, height, false).await;
        for _ in 0..height {
            program.keys("j");
        }
        program.settle().await;
        program.draw();
        let cost = program.median("j", 100).await;
        assert!(cost > 40 && cost <= most, "{width}x{height}: {cost}");
        program.keys("k");
        for _ in 0..height {
            program.keys("k");
        }
        program.draw();
        let back = program.median("k", 50).await;
        assert!(back > 40 && back <= most, "{width}x{height} back: {back}");
    }
}

#[tokio::test]
async fn a_one_line_scroll_with_the_detail_pane_open_costs_at_most_450_bytes() {
    let mut program = opened(LONG, 80, 24, true).await;
    program.keys("jjjjjjjjjjjjjjjjjjjj");
    program.settle().await;
    program.draw();
    let cost = program.median("j", 100).await;
    assert!(cost > 80 && cost <= 450, "{cost}");
}

#[tokio::test]
async fn a_move_of_the_cursor_costs_at_most_40_bytes() {
    let mut program = opened(LONG, 80, 24, false).await;
    let cost = program.median("j", 18).await;
    assert!(cost > 0 && cost <= 40, "{cost}");
}

#[tokio::test]
async fn a_page_costs_at_most_1860_bytes() {
    let mut program = opened(LONG, 80, 24, false).await;
    let cost = program.median(" ", 20).await;
    assert!(cost > 400 && cost <= 1_860, "{cost}");
}

#[tokio::test]
async fn five_hundred_steps_at_once_cost_at_most_2500_bytes() {
    let mut program = opened(LONG, 80, 24, false).await;
    program.keys(&"j".repeat(500));
    let mut cost = program.draw();
    program.settle().await;
    cost += program.draw();
    assert!(cost > 400 && cost <= 2_500, "{cost}");
}

#[tokio::test]
async fn nothing_is_written_while_nothing_changes() {
    let mut program = opened(LONG, 80, 24, true).await;
    assert_eq!(program.draw(), 0);
    program.keys("k");
    assert_eq!(program.draw(), 0, "the cursor is at the top already");
}

/// P19: a frame costs the height of the screen, however long the log is.
#[tokio::test]
async fn a_frame_costs_the_same_at_two_hundred_and_at_a_million_entries() {
    let mut costs = Vec::new();
    for ticket in [4_478_963, 1_000_000] {
        let mut program = opened(ticket, 80, 24, false).await;
        program.keys(&"j".repeat(25));
        program.settle().await;
        program.draw();
        costs.push(program.median("j", 60).await);
    }
    let (short, long) = (costs.first().copied().unwrap(), costs.last().copied().unwrap());
    assert!(short.abs_diff(long) <= 30, "{short} and {long}");
}

#[tokio::test]
async fn a_step_that_selects_stays_within_the_cost_of_a_step() {
    for (width, height, most) in [(80, 24, 132), (200, 50, 150)] {
        let mut program = opened(LONG, width, height, false).await;
        program.keys("V");
        let moved = program.median("j", 18).await;
        assert!(moved > 0 && moved <= 60, "{width}x{height}: {moved}");
        for _ in 0..height {
            program.keys("j");
        }
        program.settle().await;
        program.draw();
        let scrolled = program.median("j", 100).await;
        assert!(scrolled > 40 && scrolled <= most, "{width}x{height}: {scrolled}");
    }
}
