//! A program that is handed a text on its standard input: it takes it, fails, or takes too long and is ended.
//!
//! It is a group of its own in the background, so it cannot ask anything on our terminal, and what it says on standard
//! error is caught. One that leaves a part of itself behind, as programs that hold a clipboard do, has done its work. It has
//! the whole text from its start on: whoever leaves before it has read that cuts nothing.

use std::{
    fmt,
    io::{self, Read as _},
    os::unix::process::CommandExt as _,
    process::Stdio,
    sync::mpsc::{Receiver, channel},
    thread,
    time::Duration,
};

use crate::reason;
use rustix::process::{Pid, Signal, kill_process_group};

/// The most that is kept of what a program says.
const LONGEST: u64 = 4_096;

/// How long what a program said last is waited for after its end.
const LAST_WORDS: Duration = Duration::from_millis(200);

/// Why a program did not take a text. What it said is a stranger's text.
#[derive(Clone, PartialEq, Eq)]
pub enum Unfed {
    /// It cannot be started, for this reason.
    NotStarted(String),
    /// It ended with this code, if any, and said this.
    Failed(Option<i32>, String),
    /// It took too long and was ended.
    TooLong,
}

/// What a program says may quote what it was handed.
impl fmt::Debug for Unfed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotStarted(why) => write!(f, "NotStarted({why:?})"),
            Self::Failed(code, said) => write!(f, "Failed({code:?}, {} bytes)", said.len()),
            Self::TooLong => f.write_str("TooLong"),
        }
    }
}

/// Hands a text to a program and waits until it has ended, at most so long.
///
/// # Errors
/// Why it did not take it.
pub fn feed(argv: &[String], text: &[u8], patience: Duration) -> Result<(), Unfed> {
    let not_started = |error: io::Error| Unfed::NotStarted(reason::not_started(&error));
    let (program, words) = argv.split_first().ok_or_else(|| not_started(io::ErrorKind::NotFound.into()))?;
    let mut command = super::command(program, words);
    command.stdin(super::input(text).map_err(not_started)?);
    command.stdout(Stdio::null()).stderr(Stdio::piped()).process_group(0);
    let mut child = command.spawn().map_err(not_started)?;
    let group = i32::try_from(child.id()).ok().and_then(Pid::from_raw);
    let said = listen(child.stderr.take());
    let (sender, ended) = channel();
    thread::spawn(move || drop(sender.send(child.wait())));
    match ended.recv_timeout(patience) {
        Ok(Ok(status)) if status.success() => Ok(()),
        Ok(status) => {
            let code = status.ok().and_then(|status| status.code());
            Err(Unfed::Failed(code, said.recv_timeout(LAST_WORDS).unwrap_or_default()))
        }
        Err(_) => {
            if let Some(group) = group {
                let _ = kill_process_group(group, Signal::KILL);
            }
            Err(Unfed::TooLong)
        }
    }
}

/// The beginning of what is said; the rest is taken and forgotten, so that nobody waits for us.
fn listen(from: Option<impl io::Read + Send + 'static>) -> Receiver<String> {
    let (sender, said) = channel();
    thread::spawn(move || {
        let Some(mut from) = from else { return };
        let mut kept = Vec::new();
        let _ = from.by_ref().take(LONGEST).read_to_end(&mut kept);
        let _ = sender.send(String::from_utf8_lossy(&kept).into_owned());
        let _ = io::copy(&mut from, &mut io::sink());
    });
    said
}

#[cfg(test)]
mod tests {
    use super::*;

    const LONG: Duration = Duration::from_mins(1);

    fn sh(script: &str) -> Vec<String> {
        ["/bin/sh", "-c", script].map(str::to_owned).to_vec()
    }

    #[test]
    fn a_program_that_takes_the_text_has_done_its_work() {
        let whole = vec![b'x'; 1_000_000];
        assert_eq!(feed(&sh("test $(wc -c) -eq 1000000"), &whole, LONG), Ok(()));
        // What is not read is no failure of ours.
        assert_eq!(feed(&sh("exec <&-; exit 0"), &whole, LONG), Ok(()));
        // A part that stays holds the pipes open.
        assert_eq!(feed(&sh("cat >/dev/null; sleep 20 & exit 0"), b"x", LONG), Ok(()));
    }

    #[test]
    fn one_that_fails_says_why_and_one_that_hangs_is_ended() {
        let said = feed(&sh("echo no display >&2; exit 3"), b"x", LONG);
        assert_eq!(said, Err(Unfed::Failed(Some(3), "no display\n".to_owned())));
        let flood = feed(&sh("yes | head -c 1000000 >&2; exit 1"), b"x", LONG);
        assert!(matches!(flood, Err(Unfed::Failed(Some(1), said)) if said.len() <= 4_096));
        assert_eq!(feed(&sh("sleep 100"), b"x", Duration::from_millis(50)), Err(Unfed::TooLong));
        let none = || Unfed::NotStarted("there is no such program".to_owned());
        let missing = feed(&["/nonexistent/program".to_owned()], b"", LONG);
        assert_eq!(missing, Err(none()));
        assert_eq!(feed(&[], b"", LONG), Err(none()));
    }
}
