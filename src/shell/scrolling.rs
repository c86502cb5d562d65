//! Finds out in the background whether scrolls pay: inside tmux, with `--scroll auto`, at the start and after each
//! change of size. Until the answer comes, scrolling is on.

use std::{
    process::Stdio,
    sync::{
        Arc,
        atomic::{AtomicU8, Ordering},
    },
    thread,
};

use tokio::sync::mpsc::UnboundedSender;

use crate::{
    child,
    term::{
        screen::ScrollUse,
        tmux::{scroll_use, width_query},
    },
};

/// What the user wants of scrolling.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ScrollChoice {
    /// On, except in a tmux pane narrower than its window.
    #[default]
    Auto,
    /// Always.
    On,
    /// Never.
    Off,
}

const IDLE: u8 = 0;
const ASKING: u8 = 1;
const ASK_AGAIN: u8 = 2;

/// Asks tmux, one question at a time.
pub(super) struct Scrolling {
    argv: Option<Vec<String>>,
    answers: UnboundedSender<ScrollUse>,
    state: Arc<AtomicU8>,
}

impl Scrolling {
    /// `var` looks up the environment. With a fixed choice the answer is given at once and tmux is never asked.
    pub(super) fn new(
        choice: ScrollChoice,
        var: impl Fn(&str) -> Option<String>,
        answers: UnboundedSender<ScrollUse>,
    ) -> Self {
        let argv = match choice {
            ScrollChoice::Auto => width_query(var),
            ScrollChoice::On => None,
            ScrollChoice::Off => {
                let _ = answers.send(ScrollUse::Off);
                None
            }
        };
        Self { argv, answers, state: Arc::new(AtomicU8::new(IDLE)) }
    }

    /// Asks, unless a question is under way: then it is asked once more after it, however often this is called.
    pub(super) fn ask(&self) {
        let Some(argv) = self.argv.clone() else { return };
        let busy = self.state.fetch_update(Ordering::AcqRel, Ordering::Acquire, |state| {
            Some(if state == IDLE { ASKING } else { ASK_AGAIN })
        });
        if busy != Ok(IDLE) {
            return;
        }
        let (answers, state) = (self.answers.clone(), Arc::clone(&self.state));
        // A tmux that does not answer holds up this thread and nothing else.
        let started = thread::Builder::new().name("tmux".to_owned()).spawn(move || {
            loop {
                if answers.send(answer(&argv)).is_err() {
                    break;
                }
                let done = state.compare_exchange(ASKING, IDLE, Ordering::AcqRel, Ordering::Acquire);
                if done.is_ok() {
                    break;
                }
                state.store(ASKING, Ordering::Release);
            }
        });
        if started.is_err() {
            self.state.store(IDLE, Ordering::Release);
        }
    }
}

/// Runs the command without a shell and without our secrets.
fn answer(argv: &[String]) -> ScrollUse {
    let Some((program, words)) = argv.split_first() else { return ScrollUse::On };
    let mut command = child::command(program, words);
    command.stdin(Stdio::null()).stderr(Stdio::null());
    command.output().map_or(ScrollUse::On, |output| scroll_use(&String::from_utf8_lossy(&output.stdout)))
}
