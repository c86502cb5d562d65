//! What the end of the program must not cut short: an exchange, whose refresh token may be good for one time, and
//! another program that has the terminal meanwhile.
//!
//! From the moment a signal is to end the program nothing of this begins any more. Called by the renewal, by `given`,
//! and by `main` when a signal arrives.

use std::{
    future,
    sync::{Condvar, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use rustix::process::{Pid, Signal, kill_process_group};

/// The longest wait for a program that was killed.
const LAST: Duration = Duration::from_millis(250);

static STATE: Mutex<State> = Mutex::new(State { count: 0, program: None, ending: None });
static CHANGED: Condvar = Condvar::new();

struct State {
    count: u32,
    /// The process group of a program that runs.
    program: Option<Pid>,
    /// The signal that ends this process.
    ending: Option<Signal>,
}

/// Under way until it is dropped.
pub(super) struct Underway {
    has_program: bool,
}

/// Something begins; never, where the program is about to end.
pub(super) async fn begin() -> Underway {
    match enter() {
        Some(underway) => underway,
        None => future::pending().await,
    }
}

/// Something begins; `None` where the program is about to end.
pub(super) fn enter() -> Option<Underway> {
    let mut state = state();
    if state.ending.is_some() {
        return None;
    }
    state.count += 1;
    Some(Underway { has_program: false })
}

/// Whether anything is under way.
pub(super) fn is_anything() -> bool {
    state().count > 0
}

impl Underway {
    /// It is a program of this process group, which gets the signal that ends this one.
    pub(super) fn runs(&mut self, group: Pid) {
        let mut state = state();
        self.has_program = true;
        state.program = Some(group);
        state.pass_on();
    }
}

impl Drop for Underway {
    fn drop(&mut self) {
        let mut state = state();
        state.count -= 1;
        if self.has_program {
            state.program = None;
        }
        CHANGED.notify_all();
    }
}

impl State {
    /// A program that is stopped would not hear of it.
    fn pass_on(&self) {
        if let (Some(signal), Some(group)) = (self.ending, self.program) {
            let _ = kill_process_group(group, signal);
            let _ = kill_process_group(group, Signal::CONT);
        }
    }
}

/// A signal ends the program: passes it on to a program that runs, and waits so long until nothing is under way.
/// Blocks its thread, which must not be the one that the exchange needs.
pub fn end(signal: i32, patience: Duration) {
    let mut state = state();
    state.ending = Signal::from_named_raw(signal).or(Some(Signal::TERM));
    state.pass_on();
    let state = wait(state, patience);
    if let Some(group) = state.program {
        let _ = kill_process_group(group, Signal::KILL);
        drop(wait(state, LAST));
    }
}

fn wait(state: MutexGuard<'static, State>, patience: Duration) -> MutexGuard<'static, State> {
    let waited = CHANGED.wait_timeout_while(state, patience, |state| state.count > 0);
    waited.unwrap_or_else(PoisonError::into_inner).0
}

fn state() -> MutexGuard<'static, State> {
    STATE.lock().unwrap_or_else(PoisonError::into_inner)
}
