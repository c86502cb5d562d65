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
    shell::placing::remove_unfinished,
    term::{prompt, session},
};

/// How long an exchange may take to be kept, and a program to end: as on the screen.
const PATIENCE: Duration = Duration::from_secs(1);

/// How long the screen has for its own order, which takes half of it at most.
const SCREEN: Duration = Duration::from_secs(3);

/// Whether a signal came. Set by its handler: nothing that is done after it can be faster.
static SIGNALLED: OnceLock<Arc<AtomicBool>> = OnceLock::new();

/// Who has taken over, once somebody has.
static IN_CHARGE: OnceLock<InCharge> = OnceLock::new();

/// Who hears of signals and ends the program in an order of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum InCharge {
    /// The screen: every signal ends it.
    Screen,
    /// The linear mode: an interrupt stops what runs there, and may end nothing.
    Linear,
    /// A log on its way into a file or a pipe: what is there is made whole first.
    Printing,
}

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
        let ends = |signal| Some((signal, wait(signal, IN_CHARGE.get().copied())?));
        let Some((signal, wait)) = signals.forever().find_map(ends) else { return };
        if wait > Duration::ZERO {
            thread::sleep(wait);
            session::restore();
        }
        prompt::restore();
        let _none = remove_unfinished();
        auth::end(signal, PATIENCE);
        // Once more: it may have been asked meanwhile.
        prompt::restore();
        signal_hook::low_level::exit(128 + signal);
    });
    drop(thread);
}

/// How long others have for their own order before a signal ends the program; `None` where it is not to.
fn wait(signal: i32, in_charge: Option<InCharge>) -> Option<Duration> {
    match in_charge {
        None => Some(Duration::ZERO),
        Some(InCharge::Linear) if signal == SIGINT => None,
        // Nobody may read any more what is being printed.
        Some(InCharge::Printing) => Some(PATIENCE),
        Some(_) => Some(SCREEN),
    }
}

/// Somebody takes over, who hears of signals as well.
pub(super) fn leave_to(in_charge: InCharge) {
    wait_where_signalled();
    let _ = IN_CHARGE.set(in_charge);
}

/// Before the end of `main`: where a signal came first, the exit code is that of the signal.
pub(super) fn wait_where_signalled() {
    let is_signalled = SIGNALLED.get().is_some_and(|signalled| signalled.load(Ordering::SeqCst));
    while is_signalled && IN_CHARGE.get().is_none() {
        thread::park();
    }
}

/// Whether whoever started the program wants it to outlive a signal: `nohup`, or a script's job in the background.
pub(super) fn is_ignored(signal: i32) -> bool {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let mask = mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or_default();
    (mask >> (signal - 1)) & 1 == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_interrupt_that_stops_a_command_of_the_linear_mode_ends_nothing() {
        assert_eq!(wait(SIGINT, Some(InCharge::Linear)), None);
        for signal in [SIGTERM, SIGHUP, SIGQUIT] {
            assert_eq!(wait(signal, Some(InCharge::Linear)), Some(SCREEN));
        }
        for signal in [SIGINT, SIGTERM, SIGHUP, SIGQUIT] {
            assert_eq!(wait(signal, Some(InCharge::Screen)), Some(SCREEN));
            assert_eq!(wait(signal, Some(InCharge::Printing)), Some(PATIENCE), "nobody may read it");
            assert_eq!(wait(signal, None), Some(Duration::ZERO), "the table, a login, the doctor");
        }
    }
}
