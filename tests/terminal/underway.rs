//! Leaving while something is still on its way: a text to a program, or a file to a disk.

use std::{
    fs::{self, File},
    io::{Read, Write},
    path::PathBuf,
};

use rustix::{
    fs::{CWD, Mode, mkfifoat},
    process::Signal,
};

use crate::{copying::World, pty::Terminal};

/// More than a pipe holds.
const LARGE: usize = 80_000;

/// A copy program that for its first text reads nothing before the gate is opened.
struct Gated {
    world: World,
    log: PathBuf,
}

impl Gated {
    /// `last` is what the program does at last.
    fn new(last: &str) -> Self {
        let world = World::new();
        for name in ["gate", "end"] {
            mkfifoat(CWD, world.file(name), Mode::RWXU).unwrap();
        }
        world.program("slow", &format!(r#"[ -e "$D/text" ] || read go <"$D/gate"; cat >"$D/text"; {last}"#));
        fs::write(world.file("config.toml"), "copy_command = ['slow']").unwrap();
        let log = world.file("log.ndjson");
        let entry = |number: usize| {
            let text = "x".repeat(1_600);
            format!(
                r#"{{"actionType":"note_created","actionString":"{text}","time":"2023-12-13T12:{number:02}:00Z","user":{{"id":"1","name":"Ann","status":"team","isBot":false}}}}"#
            )
        };
        fs::write(&log, (0..50).map(entry).collect::<Vec<_>>().join("\n")).unwrap();
        Self { world, log }
    }

    fn start(&self) -> Terminal {
        let config = self.world.file("config.toml");
        let env = [("PATH", self.world.path.as_str()), ("TICKETLOG_CONFIG", config.to_str().unwrap())];
        let mut terminal = Terminal::start(80, 24, &["open", self.log.to_str().unwrap()], &env);
        terminal.sees("50 loaded");
        terminal
    }

    /// Copies all of it: the program runs, and waits.
    fn copies(&self) -> (Terminal, File) {
        let mut terminal = self.start();
        terminal.keys("VG").sees("50 selected").keys("y");
        (terminal, self.gate())
    }

    /// There is one as soon as a program waits at it.
    fn gate(&self) -> File {
        File::options().write(true).open(self.world.file("gate")).unwrap()
    }

    /// Waits for the last word of a program that outlives us.
    fn end(&self) -> String {
        let mut said = String::new();
        File::open(self.world.file("end")).unwrap().read_to_string(&mut said).unwrap();
        said
    }
}

#[test]
fn whoever_leaves_at_once_has_copied_all_the_same() {
    let gated = Gated::new("");
    let (mut terminal, mut gate) = gated.copies();
    terminal.keys("Q").sees("ticketlog: Waiting until what was copied is taken. Ctrl-C leaves at once.");
    terminal.assert_restored();
    gate.write_all(b"go\n").unwrap();
    assert_eq!(terminal.end().exit_code(), 0);
    assert!(gated.world.text("text").len() > LARGE);
    terminal.assert_restored();
}

#[test]
fn of_several_copies_the_last_one_is_waited_for() {
    let gated = Gated::new("");
    let mut terminal = gated.start();
    terminal.keys("y");
    let mut gate = gated.gate();
    terminal.keys("jyjy").sees("entry 3 of 50").keys("Q").sees("Ctrl-C leaves at once");
    gate.write_all(b"go\n").unwrap();
    assert_eq!(terminal.end().exit_code(), 0);
    assert!(gated.world.text("text").contains("13:47:00"), "{}", gated.world.text("text"));
}

#[test]
fn a_program_that_does_not_take_what_was_copied_is_told_of_after_leaving() {
    let gated = Gated::new("echo 'no \\033[31mdisplay' >&2; exit 3");
    let (mut terminal, mut gate) = gated.copies();
    terminal.keys("Q").sees("Ctrl-C leaves at once");
    gate.write_all(b"go\n").unwrap();
    terminal.sees("Nothing was copied: copy_command failed: no ");
    assert_eq!(terminal.end().exit_code(), 0);
    terminal.assert_restored();
}

#[test]
fn ctrl_c_waits_no_longer_and_the_program_has_the_whole_text_still() {
    let gated = Gated::new(r#"echo done >"$D/end""#);
    let (mut terminal, mut gate) = gated.copies();
    terminal.keys("Q").sees("Ctrl-C leaves at once").types(b"\x03");
    assert_eq!(terminal.end().exit_code(), 128 + 2);
    terminal.assert_restored();
    gate.write_all(b"go\n").unwrap();
    assert_eq!(gated.end(), "done\n");
    assert!(gated.world.text("text").len() > LARGE);
}

#[test]
fn ctrl_z_stops_the_wait_and_fg_goes_on_with_it() {
    let gated = Gated::new("");
    let script = r#"set -m; "$T" open "$LOG"; echo "job stopped"; read answer; fg; echo "job ended $?""#;
    let config = gated.world.file("config.toml");
    let env = [
        ("PATH", gated.world.path.as_str()),
        ("TICKETLOG_CONFIG", config.to_str().unwrap()),
        ("LOG", gated.log.to_str().unwrap()),
    ];
    let mut terminal = Terminal::script(script, &env);
    terminal.sees("50 loaded").keys("y");
    let mut gate = gated.gate();
    terminal.keys("Q").sees("Ctrl-C leaves at once").types(b"\x1a").sees("job stopped");
    terminal.types(b"\n");
    gate.write_all(b"go\n").unwrap();
    terminal.sees("job ended 0");
    terminal.end();
}

#[test]
fn a_signal_ends_the_program_at_once_and_cuts_nothing() {
    for signal in [Signal::TERM, Signal::HUP] {
        let gated = Gated::new(r#"echo done >"$D/end""#);
        let (mut terminal, mut gate) = gated.copies();
        terminal.signal(signal);
        assert_eq!(terminal.end().exit_code(), 128 + u32::try_from(signal.as_raw()).unwrap());
        gate.write_all(b"go\n").unwrap();
        assert_eq!(gated.end(), "done\n");
        assert!(gated.world.text("text").len() > LARGE, "{signal:?}");
    }
}

#[test]
fn a_line_that_drops_during_the_wait_drops_no_view() {
    let gated = Gated::new("");
    let state = gated.world.file("state");
    fs::create_dir(&state).unwrap();
    gated.world.program("tmux", r#"[ "$1" = load-buffer ] && read go <"$D/gate"; exit 0"#);
    let env = [
        ("PATH", gated.world.path.as_str()),
        ("TMUX", "/tmp/tmux-1/default,1,0"),
        ("TICKETLOG_STATE", state.to_str().unwrap()),
    ];
    let mut terminal = Terminal::script(r#"trap '' HUP; "$T" --demo; exit $?"#, &env);
    terminal.sees("50 loaded").keys("y");
    let _gate = gated.gate();
    terminal.keys("Q").sees("Ctrl-C leaves at once").hang_up();
    assert_eq!(terminal.end().exit_code(), 128 + 1);
    let kept: Vec<_> = fs::read_dir(&state).unwrap().map(|file| file.unwrap().file_name()).collect();
    assert!(!kept.iter().any(|name| name.to_str().unwrap().starts_with("view-")), "{kept:?}");
}
