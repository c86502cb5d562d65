//! The real binary in a pseudo-terminal: what it shows, as a terminal would show it, and how it leaves.
//!
//! Nothing here sleeps for a while and hopes: everything waits for a condition and fails with the screen. All bytes
//! go through the oracle of the grammar of our output, and are searched for the secrets of tests in the end.

#[path = "canary.rs"]
mod canary;
#[path = "pty/device.rs"]
mod device;
#[path = "pty/end.rs"]
mod end;
#[path = "pty/load.rs"]
mod load;

use std::{
    ffi::OsString,
    fs::{self, File},
    io::{Read, Write},
    num::NonZeroU16,
    process::{Child, Command, Stdio},
    time::Duration,
};

use rustix::{
    event::PollFlags,
    fs::OFlags,
    process::{Pid, Signal, kill_process},
    termios::tcgetattr,
};
use ticketlog::term::oracle::{Oracle, Scope};

pub use self::device::ends;
use self::device::{open_slave, open_terminal, set_size, wait_for};

/// The longest wait for a condition; reached only by a test that fails.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// The largest screen that the emulator shows.
const LARGEST: u16 = 500;

pub struct Terminal {
    master: Option<File>,
    child: Child,
    /// Where the program's end of the terminal is.
    path: OsString,
    parser: vt100::Parser,
    /// None where another program's output comes between.
    oracle: Option<Oracle>,
    /// The bell is no breach of the grammar.
    may_ring: bool,
    /// The modes of the terminal before the program took it.
    pub before: String,
    /// Every byte the program wrote.
    pub bytes: Vec<u8>,
}

impl Terminal {
    /// Starts the program with these arguments and variables; nothing of the tester's own environment leaks in.
    pub fn start(columns: u16, lines: u16, args: &[&str], env: &[(&str, &str)]) -> Self {
        let program = env!("CARGO_BIN_EXE_ticketlog");
        Self::run(columns, lines, &[&[program], args].concat(), env)
    }

    /// Runs a shell's script that finds the program as `$T`.
    pub fn script(script: &str, env: &[(&str, &str)]) -> Self {
        let program = ("T", env!("CARGO_BIN_EXE_ticketlog"));
        Self::run(80, 24, &["/bin/sh", "-c", script], &[env, &[program]].concat())
    }

    /// The same where the description behind standard output is one that does not wait: it belongs to whoever
    /// started the program.
    pub fn script_without_waiting(script: &str, env: &[(&str, &str)]) -> Self {
        let program = ("T", env!("CARGO_BIN_EXE_ticketlog"));
        let command = ["/bin/sh", "-c", script];
        Self::launch(80, 24, &command, &[env, &[program]].concat(), OFlags::NONBLOCK)
    }

    /// Runs any command as the first process of a new session on a new terminal.
    pub fn run(columns: u16, lines: u16, command: &[&str], env: &[(&str, &str)]) -> Self {
        Self::launch(columns, lines, command, env, OFlags::empty())
    }

    fn launch(columns: u16, lines: u16, command: &[&str], env: &[(&str, &str)], output: OFlags) -> Self {
        let (master, path) = open_terminal();
        let slave = |flags| Stdio::from(open_slave(&path, flags));
        set_size(&master, columns, lines);
        let mut starter = Command::new("/usr/bin/setsid");
        starter.arg("--ctty").args(command).env_clear();
        starter.env("TERM", "xterm-256color").env("TZ", "Europe/Oslo").env("PATH", "/usr/bin:/bin");
        starter.envs(env.iter().copied());
        starter.stdin(slave(OFlags::empty())).stdout(slave(output)).stderr(slave(OFlags::empty()));
        let before = format!("{:?}", tcgetattr(&master).unwrap());
        let child = starter.spawn().unwrap();
        canary::search_command_lines(child.id());
        Self {
            master: Some(master),
            child,
            path,
            parser: parser(columns, lines),
            oracle: Some(Oracle::new(Scope::Session)),
            may_ring: false,
            before,
            bytes: Vec::new(),
        }
    }

    /// The same for a command that writes to the terminal in its own way, such as a multiplexer.
    pub fn unchecked(columns: u16, lines: u16, command: &[&str], env: &[(&str, &str)]) -> Self {
        let mut terminal = Self::run(columns, lines, command, env);
        terminal.oracle = None;
        terminal
    }

    /// The bell was asked for.
    pub fn may_ring(&mut self) -> &mut Self {
        self.may_ring = true;
        self
    }

    /// Types keys.
    pub fn keys(&mut self, keys: &str) -> &mut Self {
        self.types(keys.as_bytes())
    }

    /// Types bytes, and takes what the program writes meanwhile.
    pub fn types(&mut self, bytes: &[u8]) -> &mut Self {
        // Small pieces: a terminal that is full throws away what is typed.
        for piece in bytes.chunks(512) {
            let mut rest = piece;
            while !rest.is_empty() {
                let ready = self.poll(PollFlags::IN | PollFlags::OUT, PATIENCE);
                if ready.contains(PollFlags::IN) {
                    self.read();
                }
                if ready.contains(PollFlags::OUT) {
                    let count = self.master.as_ref().unwrap().write(rest).unwrap();
                    rest = &rest[count..];
                }
                assert!(!ready.is_empty(), "nobody reads what is typed:\n{}", self.screen());
            }
        }
        self
    }

    /// Types bytes without taking what the program writes.
    pub fn press(&mut self, bytes: &[u8]) {
        self.master.as_ref().unwrap().write_all(bytes).unwrap();
    }

    /// Gives the terminal another size.
    pub fn resize(&mut self, columns: u16, lines: u16) {
        self.parser.screen_mut().set_size(nonzero(lines), nonzero(columns));
        set_size(self.master.as_ref().unwrap(), columns, lines);
    }

    /// Waits until the screen looks as it should.
    pub fn until(&mut self, what: &str, condition: impl Fn(&str) -> bool) -> &mut Self {
        self.until_it(what, |terminal| condition(&terminal.screen()))
    }

    /// Waits until the terminal is as it should be.
    pub fn until_it(&mut self, what: &str, condition: impl Fn(&Self) -> bool) -> &mut Self {
        while !condition(self) {
            let ready = self.poll(PollFlags::IN, PATIENCE);
            assert!(!ready.is_empty(), "never saw {what}:\n{}", self.screen());
            if !self.read() {
                assert!(condition(self), "the program ended without {what}:\n{}", self.screen());
            }
        }
        self
    }

    /// Waits until the screen holds a text.
    pub fn sees(&mut self, text: &str) -> &mut Self {
        self.until(text, |screen| screen.contains(text))
    }

    /// Waits until the program has taken or given back the terminal.
    pub fn until_taken(&mut self, taken: bool) -> &mut Self {
        self.until_it("the other screen", |terminal| terminal.is_taken() == (taken, taken))
    }

    /// Waits until the program has taken the terminal for this many times.
    pub fn until_taken_times(&mut self, times: usize) -> &mut Self {
        const TAKES: &[u8] = b"\x1b[?1049h";
        let taken = |terminal: &Self| terminal.bytes.windows(TAKES.len()).filter(|at| *at == TAKES).count();
        self.until_it("the screen again", |terminal| taken(terminal) == times)
    }

    /// The screen as text.
    pub fn screen(&self) -> String {
        self.parser.screen().contents()
    }

    /// Row and column of the cells that look in some way.
    pub fn cells(&self, looks: impl Fn(&vt100::Cell) -> bool) -> Vec<(u16, u16)> {
        let screen = self.parser.screen();
        let (rows, columns) = (screen.size().0.get(), screen.size().1.get());
        let all = (0..rows).flat_map(|row| (0..columns).map(move |column| (row, column)));
        all.filter(|(row, column)| screen.cell(*row, *column).is_some_and(&looks)).collect()
    }

    /// Row and column of the cursor, where it is seen.
    pub fn cursor(&self) -> Option<(u16, u16)> {
        let screen = self.parser.screen();
        (!screen.hide_cursor()).then(|| screen.cursor_position())
    }

    /// Whether the alternate screen is in use and pastes are marked.
    pub fn is_taken(&self) -> (bool, bool) {
        (self.parser.screen().alternate_screen(), self.marks_pastes())
    }

    /// Whether pastes are marked.
    pub fn marks_pastes(&self) -> bool {
        self.parser.screen().bracketed_paste()
    }

    /// The modes of the terminal, as text to compare.
    pub fn modes(&self) -> String {
        format!("{:?}", tcgetattr(self.master.as_ref().unwrap()).unwrap())
    }

    /// The process that was started.
    pub fn pid(&self) -> Pid {
        Pid::from_raw(i32::try_from(self.child.id()).unwrap()).unwrap()
    }

    /// The process that a script started last and waits for.
    pub fn grandchild(&self) -> Pid {
        let pid = self.child.id();
        let children = fs::read_to_string(format!("/proc/{pid}/task/{pid}/children")).unwrap();
        Pid::from_raw(children.split_whitespace().last().unwrap().parse().unwrap()).unwrap()
    }

    /// Sends a signal.
    pub fn signal(&mut self, signal: Signal) {
        kill_process(self.pid(), signal).unwrap();
    }

    /// A field of the process's status, such as `VmHWM`, or of its limits.
    pub fn proc(&self, file: &str, field: &str) -> String {
        let text = fs::read_to_string(format!("/proc/{}/{file}", self.child.id())).unwrap();
        text.lines().find(|line| line.starts_with(field)).unwrap().to_owned()
    }

    /// Takes what is there; false when the other end is closed.
    fn read(&mut self) -> bool {
        let mut chunk = [0; 4096];
        match self.master.as_mut().unwrap().read(&mut chunk) {
            Ok(count) if count > 0 => {
                self.take(&chunk[..count]);
                true
            }
            // EIO: nobody has the terminal open any more.
            Ok(_) | Err(_) => false,
        }
    }

    fn poll(&self, events: PollFlags, limit: Duration) -> PollFlags {
        wait_for(self.master.as_ref().unwrap(), events, limit)
    }

    fn take(&mut self, chunk: &[u8]) {
        self.bytes.extend_from_slice(chunk);
        self.parser.process(chunk);
        let is_checked = |byte: &u8| !(self.may_ring && *byte == 0x07);
        let checked: Vec<u8> = chunk.iter().copied().filter(is_checked).collect();
        if let Some(Err(breach)) = self.oracle.as_mut().map(|oracle| oracle.feed(&checked)) {
            panic!("{breach}: {}", self.bytes.escape_ascii());
        }
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            canary::search_command_lines(self.child.id());
            canary::search("what the terminal was sent", &self.bytes);
        }
        // A test that failed must not leave its program behind.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn parser(columns: u16, lines: u16) -> vt100::Parser {
    vt100::Parser::new(nonzero(lines), nonzero(columns), 0)
}

/// The emulator has no terminal without a cell, and no memory for the largest.
fn nonzero(length: u16) -> NonZeroU16 {
    NonZeroU16::new(length.min(LARGEST)).unwrap_or(NonZeroU16::MIN)
}
