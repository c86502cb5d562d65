//! A refresh token that a file holds or another program prints.
//!
//! The program runs before the screen opens, without a shell and without our secrets, as a process group of its own
//! that has the terminal meanwhile, so that it can ask its user; what it says on standard error is shown, as text. It
//! has thirty seconds, and the group is ended then. Called by `main`.

use std::{
    io::{self, IsTerminal as _, Read as _},
    os::unix::process::{CommandExt as _, ExitStatusExt as _},
    path::Path,
    process::{Child, ChildStderr, ChildStdout, ExitStatus, Stdio},
    sync::mpsc::{Receiver, Sender, channel},
    thread,
    time::Duration,
};

use rustix::process::{Pid, Signal, kill_process_group};
use secrecy::SecretString;
use tokio::time::Instant;

use super::{calls, private, underway};
use crate::{
    api::is_token,
    child::{
        self,
        foreground::{Foreground, write_from_behind},
    },
    model::{
        failure::{Failure, FailureKind},
        text::{Charset, Untrusted},
    },
    reason::{not_read, not_started},
};

/// How long a program may take.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// The most bytes that are read as a token, and the most that are shown of standard error.
const LONGEST: usize = 64 * 1024;

/// The longest line of standard error, and the longest name of a program.
const LINE: usize = 300;

/// Why there is no token.
#[derive(Debug)]
pub enum NoToken {
    /// The user interrupted the program.
    Interrupted,
    /// The settings are wrong.
    Settings(String),
    /// Something else.
    Failed(Failure),
}

/// The token that a file holds. The file is its owner's alone, or refused.
///
/// # Errors
/// A sentence with what to do.
pub fn of_file(path: &Path) -> Result<SecretString, NoToken> {
    let name = shown(&path.to_string_lossy());
    let file = private::open(path).map_err(NoToken::Failed)?;
    let file = file.ok_or_else(|| NoToken::Settings(format!("there is no file {name}")))?;
    let mut bytes = Vec::new();
    let length = u64::try_from(LONGEST).unwrap_or(u64::MAX);
    calls::make(|| file.take(length).read_to_end(&mut bytes))
        .map_err(|error| failed(&format!("{name} cannot be read: {}; see to it", not_read(&error))))?;
    token(&bytes).ok_or_else(|| failed(&format!("{name} holds no token; it is one word of ASCII letters")))
}

/// The token that a program prints.
///
/// # Errors
/// A sentence with what to do; never a word that the program printed.
pub fn of_command(
    words: &[String],
    patience: Duration,
    say: impl Fn(&str) + Send + 'static,
) -> Result<SecretString, NoToken> {
    let (program, words) = words.split_first().ok_or_else(|| NoToken::Settings("it is empty".to_owned()))?;
    let name = shown(program);
    // Not what is read here already, such as a log that comes through a pipe.
    let input = if io::stdin().is_terminal() { Stdio::inherit() } else { Stdio::null() };
    let mut command = child::command(program, words);
    command.stdin(input).stdout(Stdio::piped()).stderr(Stdio::piped()).process_group(0);
    let mut underway = underway::enter().ok_or(NoToken::Interrupted)?;
    let mut child = calls::make(|| command.spawn())
        .map_err(|error| NoToken::Settings(format!("{name} cannot be started: {}", not_started(&error))))?;
    let group = i32::try_from(child.id()).ok().and_then(Pid::from_raw);
    let foreground = group.and_then(Foreground::give);
    if let Some(group) = group {
        underway.runs(group);
    }
    let (output, messages) = (child.stdout.take(), child.stderr.take());
    let (sender, events) = channel();
    listen(messages, say);
    read(output, sender.clone());
    wait(child, sender);
    let printed = gather(&events, patience);
    if let (Err(_), Some(group)) = (&printed, group) {
        let _ = kill_process_group(group, Signal::KILL);
    }
    drop(foreground);
    drop(underway);
    let (bytes, status) = printed.map_err(|why| failed(&format!("{name} {why}")))?;
    // Shells say 130 of what was interrupted in them.
    if status.signal() == Some(Signal::INT.as_raw()) || status.code() == Some(130) {
        return Err(NoToken::Interrupted);
    }
    if !status.success() {
        let how = status.code().map_or_else(|| "a signal".to_owned(), |code| format!("exit code {code}"));
        return Err(failed(&format!("{name} failed with {how}; run it by hand to see why")));
    }
    token(&bytes).ok_or_else(|| failed(&format!("{name} printed no token; it is one word of ASCII letters")))
}

/// What becomes known of a program that runs.
enum Event {
    /// What it printed, up to one byte more than is allowed.
    Printed(Vec<u8>),
    /// How it ended; `None` when that cannot be known.
    Ended(Option<ExitStatus>),
}

fn gather(events: &Receiver<Event>, patience: Duration) -> Result<(Vec<u8>, ExitStatus), &'static str> {
    let start = Instant::now();
    let (mut printed, mut ended) = (None, None);
    loop {
        match (printed.take(), ended.take()) {
            (Some(bytes), Some(status)) => return Ok((bytes, status)),
            (bytes, status) => (printed, ended) = (bytes, status),
        }
        let left = patience.saturating_sub(start.elapsed());
        match events.recv_timeout(left) {
            Ok(Event::Printed(bytes)) if bytes.len() > LONGEST => {
                return Err("printed more than 64 KiB, which is no token");
            }
            Ok(Event::Printed(bytes)) => printed = Some(bytes),
            Ok(Event::Ended(Some(status))) => ended = Some(status),
            Ok(Event::Ended(None)) => return Err("cannot be waited for; run it by hand to see why"),
            Err(_) => return Err("gave no token in time and was ended; run it by hand to see why"),
        }
    }
}

fn read(output: Option<ChildStdout>, sender: Sender<Event>) {
    thread::spawn(move || {
        let mut bytes = Vec::new();
        if let Some(output) = output {
            let length = u64::try_from(LONGEST).unwrap_or(u64::MAX);
            let _ = output.take(length + 1).read_to_end(&mut bytes);
        }
        let _ = sender.send(Event::Printed(bytes));
    });
}

fn wait(mut child: Child, sender: Sender<Event>) {
    thread::spawn(move || sender.send(Event::Ended(child.wait().ok())));
}

/// Shows what comes on standard error as it comes: it may be a question.
fn listen(messages: Option<ChildStderr>, say: impl Fn(&str) + Send + 'static) {
    let Some(mut messages) = messages else { return };
    thread::spawn(move || {
        let _ = write_from_behind();
        let (mut chunk, mut left) = ([0; 1024], LONGEST);
        while let Ok(count @ 1..) = messages.read(&mut chunk) {
            let bytes = chunk.get(..count.min(left)).unwrap_or_default();
            left -= bytes.len();
            let text = String::from_utf8_lossy(bytes);
            let lines = text.split('\n').map(|line| line.trim_end_matches('\r'));
            let lines = lines.map(|line| if line.is_empty() { String::new() } else { shown(line) });
            say(&lines.collect::<Vec<_>>().join("\n"));
        }
    });
}

fn token(bytes: &[u8]) -> Option<SecretString> {
    let text = std::str::from_utf8(bytes).ok()?.trim_ascii();
    is_token(text).then(|| text.into())
}

fn shown(text: &str) -> String {
    Untrusted::new(text).one_line(LINE, Charset::Ascii).plain()
}

fn failed(sentence: &str) -> NoToken {
    NoToken::Failed(Failure::new(FailureKind::NotAuthorised, sentence))
}
