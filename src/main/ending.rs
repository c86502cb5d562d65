//! A signal that ends the program outside the screen: what must not be cut short is waited for, for a second, the
//! terminal is given back, and the exit code is 128 and the signal's number.
//!
//! A thread of its own: the rest may be waiting for a pipe, a key or another program. The screen has an order of its
//! own for the same signals. Started by `main` for every command that may exchange a token.

use std::{
    fs,
    sync::{
        Arc, OnceLock,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::Duration,
};

use signal_hook::{
    consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM},
    flag,
    iterator::Signals,
};
use ticketlog::{
    auth,
    term::{prompt, session},
};

/// How long an exchange may take to be kept, and a program to end: as on the screen.
const PATIENCE: Duration = Duration::from_secs(1);

/// How long the screen has for its own order, which takes half of it at most.
const SCREEN: Duration = Duration::from_secs(3);

/// Whether a signal came. Set by its handler: nothing that is done after it can be faster.
static SIGNALLED: OnceLock<Arc<AtomicBool>> = OnceLock::new();

/// Whether the screen has taken over.
static SCREEN_OPEN: AtomicBool = AtomicBool::new(false);

/// From here on signals end the program in order. Where the system refuses that, they end it as they would.
pub(super) fn watch() {
    let taken = [SIGHUP, SIGINT, SIGQUIT, SIGTERM].into_iter().filter(|signal| !is_ignored(*signal));
    let taken: Vec<_> = taken.collect();
    let Ok(mut signals) = Signals::new(&taken) else { return };
    let signalled = SIGNALLED.get_or_init(Arc::default);
    for signal in taken {
        let _ = flag::register(signal, Arc::clone(signalled));
    }
    let thread = thread::Builder::new().name("ending".to_owned()).spawn(move || {
        let Some(signal) = signals.forever().next() else { return };
        if SCREEN_OPEN.load(Ordering::SeqCst) {
            thread::sleep(SCREEN);
            session::restore();
        }
        prompt::restore();
        auth::end(signal, PATIENCE);
        // Once more: it may have been asked meanwhile.
        prompt::restore();
        signal_hook::low_level::exit(128 + signal);
    });
    drop(thread);
}

/// The screen opens, and hears of signals itself.
pub(super) fn leave_to_screen() {
    wait_where_signalled();
    SCREEN_OPEN.store(true, Ordering::SeqCst);
}

/// Before the end of `main`: where a signal came first, the exit code is that of the signal.
pub(super) fn wait_where_signalled() {
    let is_signalled = SIGNALLED.get().is_some_and(|signalled| signalled.load(Ordering::SeqCst));
    while is_signalled && !SCREEN_OPEN.load(Ordering::SeqCst) {
        thread::park();
    }
}

/// Whether whoever started the program wants it to outlive a signal: `nohup`, or a script's job in the background.
fn is_ignored(signal: i32) -> bool {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let mask = mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or_default();
    mask >> (signal - 1) & 1 == 1
}
