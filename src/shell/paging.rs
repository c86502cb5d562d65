//! The user's pager: it has the terminal, and reads a text from its standard input.
//!
//! It is a group of its own that is made the one in front, as a shell does it: Ctrl-C is its own then, and so is the
//! keyboard, which we do not read meanwhile. When it stops, we stop with the whole job, and give it the terminal again when
//! the shell continues us. However it ends, the screen is taken again. Messages go on all the while; nothing is drawn.

use std::{io::Write as _, os::unix::process::CommandExt as _, process::Stdio, thread};

use nix::{
    sys::wait::{WaitPidFlag, WaitStatus, waitpid},
    unistd::Pid as Waited,
};
use rustix::process::{Pid, Signal, kill_process_group};
use tokio::sync::mpsc::UnboundedSender;

use super::{
    job::{self, Stopping},
    program::Program,
};
use crate::{
    child::{self, foreground::Foreground},
    export::Parcel,
    model::{taking::Told, text::Untrusted},
    term::{input, session},
};

/// What is started where `PAGER` names nothing: the first that there is.
const PAGERS: [&[&str]; 2] = [&["less", "-R"], &["more"]];

/// What a pager did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Paged {
    /// It stopped, as Ctrl-Z asks for.
    Stopped,
    /// It ended.
    Ended,
}

/// A pager that runs.
pub(super) struct Paging {
    group: Pid,
    /// While it is in front.
    front: Option<Foreground>,
}

impl Paging {
    /// Starts the pager that the environment names, else one of ours. The terminal must have been given back.
    fn start(text: &str, events: &UnboundedSender<Paged>) -> Result<Self, Untrusted> {
        let named = std::env::var("PAGER").unwrap_or_default();
        let named: Vec<String> = named.split_whitespace().map(str::to_owned).collect();
        let ours = PAGERS.map(|words| words.iter().map(|word| (*word).to_owned()).collect());
        let candidates = if named.is_empty() { ours.to_vec() } else { vec![named] };
        let mut why = String::new();
        for argv in candidates {
            match spawn(&argv, text.as_bytes(), events.clone()) {
                Ok(group) => return Ok(Self { group, front: Foreground::give(group) }),
                Err(error) => {
                    why = format!(
                        "{} cannot be started: {}",
                        argv.first().map_or("", |name| name),
                        error.kind()
                    );
                }
            }
        }
        Err(Untrusted::new(why))
    }

    /// In front again after a stop.
    fn go_on(&mut self) {
        self.front = Foreground::give(self.group);
        let _ = kill_process_group(self.group, Signal::CONT);
    }
}

/// Whoever leaves does not leave it behind in front of a shell.
impl Drop for Paging {
    fn drop(&mut self) {
        let _ = kill_process_group(self.group, Signal::TERM);
        let _ = kill_process_group(self.group, Signal::CONT);
    }
}

/// Without a shell and without our secrets. `LESSSECURE` keeps less from starting others: it shows a stranger's text.
fn spawn(argv: &[String], text: &[u8], events: UnboundedSender<Paged>) -> std::io::Result<Pid> {
    let (program, words) = argv.split_first().ok_or(std::io::ErrorKind::NotFound)?;
    let mut command = child::command(program, words);
    command.env("LESSSECURE", "1").stdin(Stdio::piped()).process_group(0);
    let mut child = command.spawn()?;
    let pid = i32::try_from(child.id()).ok().and_then(Pid::from_raw).ok_or(std::io::ErrorKind::Other)?;
    let (input, text) = (child.stdin.take(), text.to_vec());
    thread::spawn(move || {
        // A pager may be left before it has read everything.
        input.map(|mut input| input.write_all(&text))
    });
    thread::spawn(move || {
        let waited = Waited::from_raw(pid.as_raw_nonzero().get());
        loop {
            let event = match waitpid(waited, Some(WaitPidFlag::WUNTRACED)) {
                Ok(WaitStatus::Stopped(..)) => Paged::Stopped,
                Err(nix::errno::Errno::EINTR) => continue,
                _ => Paged::Ended,
            };
            if events.send(event).is_err() || event == Paged::Ended {
                break;
            }
        }
    });
    Ok(pid)
}

impl Program {
    /// Lends the terminal to the pager. Where there is none the screen comes back, and that is said.
    pub(super) fn browse(&mut self, parcel: &Parcel) {
        if self.paging.is_some() {
            return;
        }
        let text = parcel.text();
        input::pause();
        session::restore();
        match Paging::start(&text, &self.paged) {
            Ok(paging) => self.paging = Some(paging),
            Err(why) => {
                self.model.tell_taken(Told::NoPager(why));
                let _ = self.paged.send(Paged::Ended);
            }
        }
    }

    /// The pager has stopped or ended.
    pub(super) fn take_paged(&mut self, event: Paged) -> std::io::Result<Option<u8>> {
        match (event, &mut self.paging) {
            (Paged::Stopped, Some(paging)) if job::is_orphaned() => {
                let _ = kill_process_group(paging.group, Signal::CONT);
                Ok(None)
            }
            (Paged::Stopped, Some(paging)) => {
                paging.front = None;
                job::stop(Stopping::Job);
                Ok(None)
            }
            (Paged::Stopped, None) => Ok(None),
            (Paged::Ended, _) => {
                self.paging = None;
                let outcome = self.take_again();
                input::resume();
                outcome
            }
        }
    }

    /// The shell continues us while a pager runs; true where one does.
    pub(super) fn goes_on_paging(&mut self) -> bool {
        let Some(paging) = &mut self.paging else { return false };
        if paging.front.is_none() {
            if job::is_in_foreground(self.session.keyboard()) {
                paging.go_on();
            } else {
                job::stop_in_background();
            }
        }
        true
    }
}
