//! The real binary in a pseudo-terminal: what it shows, as a terminal would show it, and how it leaves.
//!
//! Nothing here sleeps for a while and hopes: everything waits for a condition and fails with the screen.

use std::{
    io::{Read, Write},
    num::NonZeroU16,
    sync::mpsc::{Receiver, RecvTimeoutError, channel},
    thread,
    time::Duration,
};

use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};

/// The longest wait for a condition; reached only by a test that fails.
const PATIENCE: Duration = Duration::from_secs(30);

pub struct Terminal {
    master: Box<dyn MasterPty + Send>,
    writer: Box<dyn Write + Send>,
    child: Box<dyn Child + Send + Sync>,
    chunks: Receiver<Vec<u8>>,
    parser: vt100::Parser,
    /// Every byte the program wrote.
    pub bytes: Vec<u8>,
}

impl Terminal {
    /// Starts the program with these arguments and variables; nothing of the tester's own environment leaks in.
    pub fn start(columns: u16, lines: u16, args: &[&str], env: &[(&str, &str)]) -> Self {
        let size = PtySize { rows: lines, cols: columns, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_ticketlog"));
        command.env_clear();
        command.env("TERM", "xterm-256color");
        command.env("TZ", "Europe/Oslo");
        for (name, value) in env {
            command.env(name, value);
        }
        command.args(args);
        let child = pair.slave.spawn_command(command).unwrap();
        let mut reader = pair.master.try_clone_reader().unwrap();
        let writer = pair.master.take_writer().unwrap();
        let (sender, chunks) = channel();
        thread::spawn(move || {
            let mut chunk = [0; 4096];
            while let Ok(count) = reader.read(&mut chunk) {
                if count == 0 || sender.send(chunk[..count].to_vec()).is_err() {
                    break;
                }
            }
        });
        Self { master: pair.master, writer, child, chunks, parser: parser(columns, lines), bytes: Vec::new() }
    }

    /// Types keys.
    pub fn keys(&mut self, keys: &str) -> &mut Self {
        self.writer.write_all(keys.as_bytes()).unwrap();
        self.writer.flush().unwrap();
        self
    }

    /// Gives the terminal another size.
    pub fn resize(&mut self, columns: u16, lines: u16) {
        self.parser.screen_mut().set_size(nonzero(lines), nonzero(columns));
        self.master.resize(PtySize { rows: lines, cols: columns, pixel_width: 0, pixel_height: 0 }).unwrap();
    }

    /// Waits until the screen looks as it should.
    pub fn until(&mut self, what: &str, condition: impl Fn(&str) -> bool) -> &mut Self {
        while !condition(&self.screen()) {
            match self.chunks.recv_timeout(PATIENCE) {
                Ok(chunk) => self.take(&chunk),
                Err(RecvTimeoutError::Timeout) => panic!("never saw {what}:\n{}", self.screen()),
                Err(RecvTimeoutError::Disconnected) => {
                    assert!(
                        condition(&self.screen()),
                        "the program ended without {what}:\n{}",
                        self.screen()
                    );
                }
            }
        }
        self
    }

    /// Waits until the screen holds a text.
    pub fn sees(&mut self, text: &str) -> &mut Self {
        self.until(text, |screen| screen.contains(text))
    }

    /// The screen as text.
    pub fn screen(&self) -> String {
        self.parser.screen().contents()
    }

    /// Whether the alternate screen is in use and the cursor is hidden.
    pub fn is_taken(&self) -> (bool, bool) {
        (self.parser.screen().alternate_screen(), self.parser.screen().hide_cursor())
    }

    /// The modes of the terminal, as text to compare.
    pub fn modes(&self) -> String {
        format!("{:?}", self.master.get_termios())
    }

    /// Sends a signal by its number.
    pub fn signal(&mut self, signal: rustix::process::Signal) {
        let pid = i32::try_from(self.child.process_id().unwrap()).unwrap();
        rustix::process::kill_process(rustix::process::Pid::from_raw(pid).unwrap(), signal).unwrap();
    }

    /// Waits for the end; gives the exit status and takes all that was written until then.
    pub fn end(&mut self) -> ExitStatus {
        let status = self.child.wait().unwrap();
        // The other end stays open here, so that the reader never sees the end of the stream: take what is there.
        while let Ok(chunk) = self.chunks.recv_timeout(Duration::from_millis(200)) {
            self.take(&chunk);
        }
        status
    }

    fn take(&mut self, chunk: &[u8]) {
        self.bytes.extend_from_slice(chunk);
        self.parser.process(chunk);
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        // A test that failed must not leave its program behind.
        let _ = self.child.kill();
    }
}

fn parser(columns: u16, lines: u16) -> vt100::Parser {
    vt100::Parser::new(nonzero(lines), nonzero(columns), 0)
}

/// The emulator has no terminal without a cell.
fn nonzero(length: u16) -> NonZeroU16 {
    NonZeroU16::new(length).unwrap_or(NonZeroU16::MIN)
}
