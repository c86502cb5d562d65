//! The user's pager: it has the terminal, and reads a text from its standard input.
//!
//! It is a group of its own that is made the one in front, as a shell does it: Ctrl-C is its own then, and so is the
//! keyboard, which we do not read meanwhile. When it stops, we stop with the whole job, and give it the terminal again when
//! the shell continues us. However it ends, the screen is taken again. Messages go on all the while; nothing is drawn.

use std::{io, os::unix::process::CommandExt as _, path::Path, thread};

use nix::{
    errno::Errno,
    sys::signal::Signal as Ending,
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
    reason::not_started,
    term::{input, session},
};

/// What is started where `PAGER` names nothing: the first that there is.
const PAGERS: [&[&str]; 2] = [&["less", "-R"], &["more"]];

/// The exit codes by which a shell tells of Ctrl-C and of a pipe that nobody reads.
const LEFT: [i32; 2] = [128 + 2, 128 + 13];

/// `less` left by Ctrl-C, where it is told to end then.
const LESS_LEFT: i32 = 2;

/// What a pager did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Paged {
    /// It stopped, as Ctrl-Z asks for.
    Stopped,
    /// It ended; how, where that was no way to leave it.
    Ended(Option<Untrusted>),
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
        let mut why = Untrusted::default();
        let named = std::env::var("PAGER").unwrap_or_default();
        let named: Vec<String> = named.split_whitespace().map(str::to_owned).collect();
        let ours = PAGERS.map(|words| words.iter().map(|word| (*word).to_owned()).collect());
        let candidates = if named.is_empty() { ours.to_vec() } else { vec![named] };
        for argv in candidates {
            match spawn(&argv, text.as_bytes(), events.clone()) {
                Ok(group) => return Ok(Self { group, front: Foreground::give(group) }),
                Err(error) => why = Untrusted::new(format!("{}: {}", name(&argv), not_started(&error))),
            }
        }
        Err(why)
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
fn spawn(argv: &[String], text: &[u8], events: UnboundedSender<Paged>) -> io::Result<Pid> {
    let (program, words) = argv.split_first().ok_or(io::ErrorKind::NotFound)?;
    let mut command = child::command(program, words);
    command.env("LESSSECURE", "1").stdin(child::input(text)?).process_group(0);
    let child = command.spawn()?;
    let pid = i32::try_from(child.id()).ok().and_then(Pid::from_raw).ok_or(io::ErrorKind::Other)?;
    let name = name(argv);
    thread::spawn(move || {
        let waited = Waited::from_raw(pid.as_raw_nonzero().get());
        loop {
            let event = match waitpid(waited, Some(WaitPidFlag::WUNTRACED)) {
                Ok(WaitStatus::Stopped(..)) => Paged::Stopped,
                Err(Errno::EINTR) => continue,
                Ok(status) => Paged::Ended(failure(&name, status)),
                Err(_) => Paged::Ended(None),
            };
            let is_over = matches!(event, Paged::Ended(_));
            if events.send(event).is_err() || is_over {
                break;
            }
        }
    });
    Ok(pid)
}

/// The name of a program without its folder and its words.
fn name(argv: &[String]) -> String {
    let path = argv.first().map_or("", String::as_str);
    Path::new(path).file_name().map_or(path.into(), |name| name.to_string_lossy()).into_owned()
}

/// How a pager ended, where nobody left it that way.
fn failure(name: &str, status: WaitStatus) -> Option<Untrusted> {
    let how = match status {
        WaitStatus::Exited(_, 0) | WaitStatus::Signaled(_, Ending::SIGINT | Ending::SIGPIPE, _) => {
            return None;
        }
        WaitStatus::Exited(_, code) if LEFT.contains(&code) => return None,
        WaitStatus::Exited(_, LESS_LEFT) if name == "less" => return None,
        WaitStatus::Exited(_, code) => format!("ended with code {code}"),
        WaitStatus::Signaled(_, signal, _) => format!("was ended by {}", signal.as_str()),
        _ => return None,
    };
    Some(Untrusted::new(format!("{name} {how}")))
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
                let _ = self.paged.send(Paged::Ended(None));
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
            (Paged::Ended(failure), _) => {
                self.paging = None;
                if let Some(how) = failure {
                    self.model.tell_taken(Told::PagerFailed(how));
                }
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
