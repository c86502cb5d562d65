//! The real binary inside tmux and GNU screen. Needs both, so it is behind the feature `multiplexer-tests`.
#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

#[path = "support/pty.rs"]
#[expect(dead_code, reason = "each test target uses a part of it")]
mod pty;

use std::process::Command;

use pty::Terminal;
use tempfile::TempDir;

/// A server of tmux of our own; it ends with the test.
struct Tmux(TempDir);

impl Tmux {
    /// A window of 80x24 with a shell in it that has job control.
    fn start() -> Self {
        let tmux = Self(TempDir::new().unwrap());
        let program = format!("T={}", env!("CARGO_BIN_EXE_ticketlog"));
        tmux.run(&[
            "new-session",
            "-d",
            "-x",
            "80",
            "-y",
            "24",
            "-e",
            &program,
            "bash --norc --noprofile -i",
        ]);
        tmux.run(&["set", "-g", "status", "off"]);
        tmux.run(&["resize-window", "-x", "80", "-y", "24"]);
        tmux
    }

    fn command(&self, args: &[&str]) -> Command {
        let socket = self.0.path().join("socket");
        let mut command = Command::new("tmux");
        command.args(["-f", "/dev/null", "-S"]).arg(socket).args(args);
        command.env_remove("TMUX").env("LC_ALL", "C.UTF-8").env("TICKETLOG_STATE", self.0.path());
        command
    }

    fn run(&self, args: &[&str]) -> String {
        let output = self.command(args).output().unwrap();
        assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    fn keys(&self, keys: &[&str]) -> &Self {
        self.run(&[&["send-keys"], keys].concat());
        self
    }

    fn picture(&self) -> String {
        self.run(&["capture-pane", "-p"])
    }

    fn sees(&self, text: &str) -> &Self {
        let mut picture = String::new();
        // Each look is a process of its own: patience is counted in looks.
        for _ in 0..5_000 {
            picture = self.picture();
            if picture.contains(text) {
                return self;
            }
        }
        panic!("never saw {text}:\n{picture}");
    }
}

impl Drop for Tmux {
    fn drop(&mut self) {
        // A test that failed may have ended it already: a second panic would hide the first.
        let _ = self.command(&["kill-server"]).output();
    }
}

#[test]
fn in_tmux_the_picture_is_whole_while_scrolling_resizing_and_after_fg() {
    let tmux = Tmux::start();
    tmux.keys(&["$T --demo", "Enter"]).sees("50 loaded").sees("entry 1 of 50 shown");
    // Reads that follow each other are one row: fewer rows than entries.
    for _ in 0..30 {
        tmux.keys(&["j"]);
    }
    tmux.sees("entry 46 of 98 shown");
    tmux.keys(&["f"]).sees("[x] reply").keys(&["f"]).sees("98 loaded").sees("entry 46 of 98 shown");
    let scrolled = tmux.picture();
    tmux.keys(&["C-l", "f"]).sees("[x] reply").keys(&["f"]).sees("entry 46 of 98 shown");
    assert_eq!(tmux.picture(), scrolled, "painted in full as scrolled there");
    tmux.run(&["resize-window", "-x", "60", "-y", "20"]);
    tmux.sees("? help");
    tmux.keys(&["C-z"]).sees("Stopped").keys(&["fg", "Enter"]).sees("entry 46 of 98 shown");
    tmux.keys(&["q"]).sees("$");
    assert!(!tmux.picture().contains("entry 46 of"), "{}", tmux.picture());
}

#[test]
fn in_tmux_a_killed_pane_ends_the_program() {
    let tmux = Tmux::start();
    tmux.keys(&["exec $T --demo", "Enter"]).sees("50 loaded");
    let pid: i32 = tmux.run(&["display", "-p", "#{pane_pid}"]).trim().parse().unwrap();
    tmux.run(&["new-window"]);
    tmux.run(&["kill-pane", "-t", ":0.0"]);
    assert!(pty::ends(rustix::process::Pid::from_raw(pid).unwrap(), pty::PATIENCE));
}

#[test]
fn attached_again_in_another_size_the_picture_is_whole() {
    let tmux = Tmux::start();
    // The window takes the size of whoever is attached.
    tmux.run(&["set", "-wu", "window-size"]);
    tmux.keys(&["$T --demo", "Enter"]).sees("50 loaded").sees("entry 1 of 50 shown");
    let socket = tmux.0.path().join("socket");
    let attach = ["tmux", "-f", "/dev/null", "-S", socket.to_str().unwrap(), "attach"];
    // A taller window shows more than the first page: how many are loaded depends on its size.
    for (columns, rows, at) in [(100, 30, 2), (50, 15, 3), (80, 24, 4)] {
        tmux.keys(&["j"]).sees(&format!("entry {at} of "));
        let env = [("LC_ALL", "C.UTF-8"), ("TERM", "xterm-256color")];
        let mut client = Terminal::unchecked(columns, rows, &attach, &env);
        client.until("the picture in its own size", |screen| {
            let size = format!("{columns}x{rows}");
            let is_of_size = tmux.run(&["display", "-p", "#{window_width}x#{window_height}"]).trim() == size;
            let picture = tmux.picture();
            let has_all = picture.contains("? help") && picture.contains(&format!("entry {at} of "));
            is_of_size && has_all && screen.trim_end() == picture.trim_end()
        });
        tmux.run(&["detach-client"]);
        assert_eq!(client.end().exit_code(), 0);
    }
    tmux.keys(&["q"]).sees("$");
}

#[test]
fn a_client_whose_line_drops_leaves_the_program_to_the_next_one() {
    let tmux = Tmux::start();
    tmux.keys(&["$T --demo", "Enter"]).sees("50 loaded").sees("entry 1 of 50 shown");
    let socket = tmux.0.path().join("socket");
    let attach = ["tmux", "-f", "/dev/null", "-S", socket.to_str().unwrap(), "attach"];
    let env = [("LC_ALL", "C.UTF-8"), ("TERM", "xterm-256color")];
    let mut client = Terminal::unchecked(80, 24, &attach, &env);
    client.sees("entry 1 of 50 shown").keys("j").sees("entry 2 of 50 shown").hang_up();
    assert!(client.ends_within(pty::PATIENCE));
    tmux.keys(&["j"]).sees("entry 3 of 50 shown");
    let mut client = Terminal::unchecked(80, 24, &attach, &env);
    client.sees("entry 3 of 50 shown").keys("k").sees("entry 2 of 50 shown").keys("q");
    tmux.sees("$");
    assert!(!tmux.picture().contains("entry 2"), "{}", tmux.picture());
}

#[test]
fn a_window_of_one_cell_and_back_shows_the_same_picture() {
    let tmux = Tmux::start();
    tmux.keys(&["$T --demo", "Enter"]).sees("50 loaded").sees("entry 1 of 50 shown").sees("? help");
    let picture = tmux.picture();
    for _ in 0..3 {
        tmux.run(&["resize-window", "-x", "1", "-y", "1"]);
        tmux.run(&["resize-window", "-x", "80", "-y", "24"]);
        tmux.sees(&picture);
    }
    tmux.keys(&["q"]).sees("$");
}

#[test]
fn in_screen_it_starts_draws_and_leaves() {
    in_screen("altscreen on");
}

#[test]
fn in_screen_as_it_comes_nothing_of_it_stays_above_the_prompt() {
    let left = in_screen("altscreen off");
    assert_eq!(left.trim_end(), "over");
}

/// Starts it, scrolls and quits; gives what is on the screen then.
fn in_screen(altscreen: &str) -> String {
    let folder = TempDir::new().unwrap();
    std::fs::set_permissions(folder.path(), std::os::unix::fs::PermissionsExt::from_mode(0o700)).unwrap();
    let settings = folder.path().join("settings");
    std::fs::write(&settings, format!("{altscreen}\nstartup_message off\n")).unwrap();
    let env = [
        ("SCREENDIR", folder.path().to_str().unwrap()),
        ("LC_ALL", "C.UTF-8"),
        ("SHELL", "/bin/sh"),
        ("TICKETLOG_STATE", "/nonexistent"),
    ];
    let program = env!("CARGO_BIN_EXE_ticketlog");
    let command = [
        "screen",
        "-U",
        "-c",
        settings.to_str().unwrap(),
        "/bin/sh",
        "-c",
        &format!("{program} --demo; echo over; read end"),
    ];
    let mut terminal = Terminal::unchecked(80, 24, &command, &env);
    terminal.sees("50 loaded").sees("entry 1 of 50 shown");
    terminal.keys("jjj").sees("entry 4 of 50 shown").keys("q");
    terminal.sees("over");
    let left = terminal.screen();
    terminal.keys("\n");
    assert_eq!(terminal.end().exit_code(), 0);
    left
}
