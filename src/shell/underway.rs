//! What is on its way while the user leaves: a text that a program has not taken yet, a file that is not written yet.
//!
//! Whoever leaves by a key waits for it, with the terminal given back and able to say that it waits no longer. A signal
//! waits for hardly anything: what was copied is with its program, whole, and goes on alone.

use std::time::Duration;

use tokio::{
    sync::{mpsc::UnboundedReceiver, watch},
    time::sleep,
};

use super::{
    job,
    signals::{Signalled, Signals},
};
use crate::{
    message::{Message, NotSaved},
    model::{
        taking::{ByHand, Delivery},
        text::{Charset, Untrusted},
    },
};

/// How long nobody needs to hear of a wait.
const QUIET: Duration = Duration::from_millis(300);

/// The longest reason.
const LONGEST: usize = 300;

/// The exit codes from here on are those of signals.
const SIGNALS: u8 = 128;

/// Something that takes a while outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Deed {
    /// A text goes to a program.
    Copy,
    /// A file is written.
    File,
}

/// All that is on its way.
#[derive(Debug, Clone, Default)]
pub(super) struct Underway(watch::Sender<Vec<Deed>>);

/// One of them; dropped when it is done.
#[derive(Debug)]
pub(super) struct Doing {
    deed: Deed,
    underway: Underway,
}

impl Underway {
    pub(super) fn begin(&self, deed: Deed) -> Doing {
        self.0.send_modify(|deeds| deeds.push(deed));
        Doing { deed, underway: self.clone() }
    }

    /// Waits until everything is done, or until a signal says not to. Gives the exit code, which is `code` unless a
    /// signal comes.
    pub(super) async fn finish(&self, code: u8, signals: &mut Signals, tell: fn(&str)) -> u8 {
        let mut deeds = self.0.subscribe();
        tokio::select! {
            _ = deeds.wait_for(Vec::is_empty) => return code,
            other = leaving(signals) => return other,
            () = sleep(QUIET) => {}
        }
        if code > SIGNALS {
            return code;
        }
        let what = match deeds.borrow().first() {
            Some(Deed::File) => "the file is written",
            Some(Deed::Copy) | None => "what was copied is taken",
        };
        tell(&format!("Waiting until {what}. Ctrl-C leaves at once."));
        tokio::select! {
            _ = deeds.wait_for(Vec::is_empty) => code,
            other = leaving(signals) => other,
        }
    }
}

impl Drop for Doing {
    fn drop(&mut self) {
        self.underway.0.send_modify(|deeds| {
            if let Some(at) = deeds.iter().position(|deed| *deed == self.deed) {
                deeds.remove(at);
            }
        });
    }
}

/// The exit code of the next signal that ends the program.
async fn leaving(signals: &mut Signals) -> u8 {
    loop {
        match signals.next().await {
            Signalled::Leave(code) => return code,
            Signalled::HungUp => return crate::term::hangup::HUNG_UP,
            Signalled::Stop if !job::is_orphaned() => job::stop(job::Stopping::Process),
            Signalled::Resized | Signalled::Stop | Signalled::Continued => {}
        }
    }
}

/// What did not come about after the last picture, in sentences.
pub(super) fn undone(messages: &mut UnboundedReceiver<Message>) -> Vec<String> {
    let last = std::iter::from_fn(|| messages.try_recv().ok());
    last.filter_map(|message| match message {
        Message::Copied(Delivery::ByHand(ByHand::Failed(route, why), _)) => {
            Some(format!("Nothing was copied: {} failed: {}.", route.name(), plain(&why)))
        }
        Message::Saved(Err(NotSaved::Failed(why))) => Some(format!("Not written: {}.", plain(&why))),
        Message::Saved(Err(NotSaved::Exists(name))) => {
            Some(format!("Not written: {} is there already.", plain(&Untrusted::new(name))))
        }
        _ => None,
    })
    .collect()
}

fn plain(why: &Untrusted) -> String {
    why.one_line(LONGEST, Charset::Ascii).plain()
}
