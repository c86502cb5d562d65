//! Copying by every way there is: the user's program, tmux, the terminal, and by hand.

use std::{
    fs::{self, Permissions},
    os::unix::fs::PermissionsExt,
    path::Path,
};

use tempfile::TempDir;

use crate::pty::Terminal;

fn log() -> String {
    format!("{}/tests/data/files/newest.ndjson", env!("CARGO_MANIFEST_DIR"))
}

/// A folder with programs that are not what they are called, and a configuration.
pub struct World {
    folder: TempDir,
    pub path: String,
}

impl World {
    pub fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let path = format!("{}:/usr/bin:/bin", folder.path().display());
        Self { folder, path }
    }

    pub fn file(&self, name: &str) -> std::path::PathBuf {
        self.folder.path().join(name)
    }

    /// A program of this name that does what a shell's script says; `$D` is the folder.
    pub fn program(&self, name: &str, script: &str) -> &Self {
        let folder = self.folder.path().display();
        fs::write(self.file(name), format!("#!/bin/sh\nD='{folder}'\n{script}\n")).unwrap();
        fs::set_permissions(self.file(name), Permissions::from_mode(0o755)).unwrap();
        self
    }

    pub fn start(&self, configuration: &str, env: &[(&str, &str)]) -> Terminal {
        fs::write(self.file("config.toml"), configuration).unwrap();
        let config = self.file("config.toml");
        let own = [("PATH", self.path.as_str()), ("TICKETLOG_CONFIG", config.to_str().unwrap())];
        let mut terminal = Terminal::start(80, 24, &["open", &log()], &[&own, env].concat());
        terminal.sees("7 entries");
        terminal
    }

    pub fn text(&self, name: &str) -> String {
        fs::read_to_string(self.file(name)).unwrap()
    }
}

fn leave(mut terminal: Terminal) -> Vec<u8> {
    terminal.keys("Q");
    assert_eq!(terminal.end().exit_code(), 0);
    terminal.assert_restored();
    terminal.bytes.clone()
}

/// Whether any OSC 52 was sent.
fn osc52(bytes: &[u8]) -> usize {
    bytes.windows(5).filter(|five| five == b"\x1b]52;").count()
}

const TMUX: (&str, &str) = ("TMUX", "/tmp/tmux-1/default,1,0");

/// Where the screen asks tmux for its widths.
const WIDTHS: &str = r#"[ "$1" = display-message ] && { echo 80 80; exit; }"#;

#[test]
fn inside_tmux_the_line_goes_to_tmux_as_it_is() {
    let world = World::new();
    world.program("tmux", &format!(r#"{WIDTHS}; printf '%s|' "$@" >"$D/words"; cat >"$D/text""#));
    let mut terminal = world.start("", &[TMUX]);
    terminal.keys("y").sees("characters to tmux; paste where your terminal allows it");
    let text = world.text("text");
    assert_eq!(world.text("words"), "load-buffer|-w|-|");
    assert!(!text.contains(char::is_control) && text.contains(" Oslo  "), "{text:?}");
    terminal.sees(&format!("sent {} characters", text.chars().count()));
    assert_eq!(osc52(&leave(terminal)), 0);
}

#[test]
fn an_old_tmux_is_asked_without_what_it_does_not_know_and_that_is_said() {
    let world = World::new();
    let script = r#"[ "$2" = -w ] && { echo 'usage: load-buffer [-b buffer-name] path' >&2; exit 1; }
printf '%s|' "$@" >"$D/words"; cat >"$D/text""#;
    world.program("tmux", &format!("{WIDTHS}\n{script}"));
    let mut terminal = world.start("", &[TMUX]);
    terminal.keys("y").sees("to this tmux alone, which is too old to hand it on");
    assert_eq!(world.text("words"), "load-buffer|-|");
    leave(terminal);
}

#[test]
fn a_tmux_that_fails_says_why_and_the_text_can_be_selected_by_hand() {
    let world = World::new();
    world.program("tmux", r"printf 'no server \033]0;x\007running on /tmp\n' >&2; exit 1");
    let mut terminal = world.start("", &[TMUX]);
    terminal.keys("y").sees("tmux failed: no server");
    terminal.until("the page", |screen| screen.lines().nth(3).is_none_or(|line| line.trim().is_empty()));
    leave(terminal);
}

#[test]
fn the_users_program_goes_before_tmux_and_is_no_shell() {
    let world = World::new();
    world.program("tmux", "exit 9").program("mine", r#"printf '%s|' "$@" >"$D/words"; cat >"$D/text""#);
    for configuration in ["copy_command = ['mine', 'a b', '$(id)']", "copy_command = 'mine -x primary'"] {
        let mut terminal = world.start(configuration, &[TMUX]);
        terminal.keys("y").sees("characters to your copy_command");
        assert!(["a b|$(id)|", "-x|primary|"].contains(&world.text("words").as_str()));
        assert!(!world.text("text").is_empty());
        leave(terminal);
    }
}

#[test]
fn a_program_that_fails_is_missing_or_hangs_is_told_and_ended() {
    let world = World::new();
    world.program("fails", "echo 'cannot open display' >&2; exit 3").program("silent", "exit 3");
    world.program("hangs", r#"echo $$ >"$D/pid"; exec sleep 1000"#);
    for (name, words) in [
        ("fails", "copy_command failed: cannot open display"),
        ("silent", "copy_command failed: it ended with 3 and said nothing"),
        ("missing-altogether", "copy_command failed: there is no such program"),
        ("hangs", "copy_command failed: it took longer than 5 s and was ended"),
    ] {
        let mut terminal = world.start(&format!("copy_command = ['{name}']"), &[]);
        terminal.keys("y").sees(words);
        leave(terminal);
    }
    let pid = world.text("pid");
    assert!(!Path::new(&format!("/proc/{}/exe", pid.trim())).exists(), "it runs still");
}

#[test]
fn a_program_that_hangs_holds_up_no_key() {
    let world = World::new();
    world.program("hangs", r#": >"$D/runs"; exec sleep 1000"#);
    let mut terminal = world.start("copy_command = ['hangs']", &[]);
    terminal.keys("y").keys("jj").sees("entry 3 of 7 shown");
    leave(terminal);
}

#[test]
fn what_keeps_a_part_of_itself_behind_as_xclip_does_has_taken_the_text() {
    let world = World::new();
    world.program("stays", r#"cat >"$D/text"; sleep 30 & echo $! >"$D/pid"; exit 0"#);
    let mut terminal = world.start("copy_command = ['stays']", &[]);
    terminal.keys("y").sees("characters to your copy_command");
    leave(terminal);
    let pid = world.text("pid");
    assert!(Path::new(&format!("/proc/{}", pid.trim())).exists(), "it was ended");
    let pid = rustix::process::Pid::from_raw(pid.trim().parse().unwrap()).unwrap();
    rustix::process::kill_process(pid, rustix::process::Signal::KILL).unwrap();
}

#[test]
fn outside_tmux_the_terminal_gets_one_sequence_between_frames() {
    let world = World::new();
    let mut terminal = world.start("", &[]);
    for _ in 0..3 {
        terminal.keys("jy").sees("to your terminal; paste where it allows it").keys("jjkk").sees("move");
    }
    // That nothing stands inside it, and that it stands inside nothing, is the oracle's.
    let bytes = leave(terminal);
    assert!(osc52(&bytes) >= 3);
}

#[test]
fn inside_tmux_too_where_the_setting_says_so() {
    let world = World::new();
    world.program("tmux", WIDTHS);
    let mut terminal = world.start("copy = 'osc52'", &[TMUX, ("TERM", "tmux-256color")]);
    terminal.keys("y").sees("to your terminal; paste where it allows it");
    assert_eq!(osc52(&leave(terminal)), 1);
}

#[test]
fn a_console_without_a_clipboard_and_whoever_asks_for_it_get_a_page() {
    let world = World::new();
    for (configuration, term, words) in [
        ("", "linux", "this terminal has no clipboard: select it by hand"),
        ("copy = 'osc52'", "linux", "this terminal has no clipboard: select it by hand"),
        ("", "screen", "this terminal has no clipboard: select it by hand"),
        ("copy = 'page'", "xterm-256color", "select it by hand, esc closes"),
    ] {
        let mut terminal = world.start(configuration, &[("TERM", term)]);
        terminal.keys("y").sees(words).keys("q").sees("7 shown");
        assert_eq!(osc52(&leave(terminal)), 0, "{term}");
    }
}

#[test]
fn a_long_line_on_the_page_is_one_line_for_whoever_selects_it() {
    let world = World::new();
    let mut terminal = world.start("copy = 'page'", &[]);
    let times = |many: usize| "ab".repeat(many);
    terminal.keys(&format!("/{}\rYjjjj", times(60))).sees("▌command").keys("\r");
    // The emulator gives rows back in one piece where they were written in one piece, as terminals do.
    terminal.sees(&format!("--find {}", times(60))).sees("full rows go on below");
    let before = terminal.bytes.len();
    terminal.keys("j\x0c").until_it("the page anew", |terminal| terminal.bytes.len() > before + 300);
    terminal.sees(&format!("--find {}", times(60))).keys("q");
    leave(terminal);
}

#[test]
fn what_is_more_than_a_terminal_takes_is_not_sent_at_all() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("log.ndjson");
    let entry = |number: usize| {
        let text = "x".repeat(1_500);
        format!(
            r#"{{"actionType":"note_created","actionString":"{text}","time":"2023-12-13T12:{number:02}:00Z","user":{{"id":"1","name":"Ann","status":"team","isBot":false}}}}"#
        )
    };
    fs::write(&file, (0..30).map(entry).collect::<Vec<_>>().join("\n")).unwrap();
    let mut terminal = Terminal::start(80, 24, &["open", file.to_str().unwrap()], &[]);
    terminal.sees("30 loaded").keys("Vjjy").sees("to your terminal");
    terminal.keys("jjjy").sees("are too many for a terminal: select it by hand, esc closes");
    assert_eq!(osc52(&leave(terminal)), 1);
}
