//! The pager has the terminal, and it comes back, however the pager ends.

use std::{fs, path::Path};

use rustix::process::{Pid, Signal, kill_process};

use crate::{copying::World, pty::Terminal};

/// A pager that says what it was given, and then does what its own script says.
fn world(script: &str) -> World {
    let world = World::new();
    world.program(
        "mine",
        &format!(r#"printf '%s|' "$@" >"$D/words"; echo $$ >"$D/pid"; cat >"$D/text"; {script}"#),
    );
    world
}

fn pid(world: &World) -> Pid {
    Pid::from_raw(world.text("pid").trim().parse().unwrap()).unwrap()
}

/// The screen is ours again, and keys are read.
fn is_back(terminal: &mut Terminal) {
    terminal.until_taken_times(2).sees("7 shown").keys("j").sees("entry 2 of 7");
    terminal.keys("Q");
    assert_eq!(terminal.end().exit_code(), 0);
    terminal.assert_restored();
}

/// What was typed for the pager does not reach us, and what is typed for us afterwards does.
#[test]
fn it_has_the_terminal_as_it_was_and_every_key_until_it_ends() {
    let world =
        world(r#"echo "[pager $LESSSECURE]" >/dev/tty; read line </dev/tty; echo "$line" >"$D/typed""#);
    let mut terminal = world.start("", &[("PAGER", "mine -x $(id)")]);
    let before = terminal.before.clone();
    terminal.keys("|").sees("[pager 1]");
    assert_eq!(terminal.modes(), before);
    terminal.keys("jjGq\n");
    is_back(&mut terminal);
    assert_eq!((world.text("typed").trim(), world.text("words").as_str()), ("jjGq", "-x|$(id)|"));
    let text = world.text("text");
    assert!(text.lines().count() >= 8 && !text.contains('\u{1b}'), "{text}");
}

#[test]
fn one_that_fails_or_is_killed_gives_the_screen_back_and_that_is_told() {
    let world = World::new();
    world.program("fails", "exit 3");
    let path = world.file("fails");
    let mut terminal = world.start("", &[("PAGER", &format!("{} -x", path.display()))]);
    terminal.keys("|").sees("the pager fails ended with code 3; set PAGER to another one");
    is_back(&mut terminal);
    let world = self::world(r#"echo "[pager]" >/dev/tty; exec sleep 1000"#);
    let mut terminal = world.start("", &[("PAGER", "mine")]);
    terminal.keys("|").sees("[pager]");
    kill_process(pid(&world), Signal::KILL).unwrap();
    terminal.sees("the pager mine was ended by SIGKILL; set PAGER to another one");
    is_back(&mut terminal);
}

/// `less` left by Ctrl-C with `-K` ends with 2; a shell tells of a signal by 128 and its number.
#[test]
fn one_that_is_left_in_its_own_way_has_not_failed() {
    let world = World::new();
    world.program("closes", "exec <&-; exit 0").program("less", "exit 2");
    world.program("pipe", "kill -PIPE $$").program("int", "kill -INT $$");
    world.program("shell-pipe", "exit 141").program("shell-int", "exit 130");
    for name in ["closes", "less", "pipe", "int", "shell-pipe", "shell-int"] {
        let mut terminal = world.start("", &[("PAGER", name)]);
        terminal.keys("|").until_taken_times(2).sees("7 shown").sees("j k move");
        assert!(!terminal.screen().contains("PAGER"), "{name}: {}", terminal.screen());
        is_back(&mut terminal);
    }
}

#[test]
fn where_there_is_none_that_is_said() {
    let world = World::new();
    let mut terminal = world.start("", &[("PAGER", "not-to-be-found")]);
    terminal.keys("|").sees("no pager: not-to-be-found: there is no such program; set PAGER to another one");
    is_back(&mut terminal);
}

#[test]
fn without_a_wish_it_is_less_and_where_that_is_missing_more() {
    let world = World::new();
    world.program("less", r#"printf '%s|' "$@" >"$D/words"; cat >"$D/text""#);
    let mut terminal = world.start("", &[]);
    terminal.keys("|");
    is_back(&mut terminal);
    assert_eq!(world.text("words"), "-R|");
    let world = World::new();
    world.program("more", r#"cat >"$D/text""#);
    let folder = Path::new(&world.path).to_str().unwrap().split(':').next().unwrap().to_owned();
    for name in ["sh", "cat"] {
        std::os::unix::fs::symlink(format!("/bin/{name}"), format!("{folder}/{name}")).unwrap();
    }
    let mut terminal = world.start("", &[("PATH", &folder)]);
    terminal.keys("|");
    is_back(&mut terminal);
    assert!(!world.text("text").is_empty());
}

#[test]
fn ctrl_c_is_the_pagers_own() {
    let world =
        world(r#"trap 'echo got >"$D/int"' INT; echo "[pager]" >/dev/tty; read line </dev/tty; exit 0"#);
    let mut terminal = world.start("", &[("PAGER", "mine")]);
    terminal.keys("|").sees("[pager]").types(b"\x03");
    terminal.keys("\n");
    is_back(&mut terminal);
    assert!(world.file("int").exists());
}

#[test]
fn a_pager_that_stops_stops_the_job_and_goes_on_with_it() {
    let world = world(r#"echo "[pager]" >/dev/tty; read line </dev/tty; echo "$line" >"$D/typed"; exit 0"#);
    let log = format!("{}/tests/data/files/newest.ndjson", env!("CARGO_MANIFEST_DIR"));
    let script =
        format!(r#"set -m; "$T" open {log}; echo "job stopped"; read answer; fg; echo "job ended $?""#);
    let mut terminal = Terminal::script(&script, &[("PATH", &world.path), ("PAGER", "mine")]);
    terminal.sees("7 entries").keys("|").sees("[pager]").types(b"\x1a");
    terminal.sees("job stopped");
    assert_eq!(terminal.modes(), terminal.before);
    terminal.keys("\n").keys("typed\n").until_taken_times(2).sees("7 shown").keys("Q").sees("job ended 0");
    assert_eq!(world.text("typed").trim(), "typed");
    terminal.end();
    terminal.assert_restored();
}

#[test]
fn whoever_ends_the_program_ends_the_pager() {
    let world = world(r#"echo "[pager]" >/dev/tty; exec sleep 1000"#);
    let mut terminal = world.start("", &[("PAGER", "mine")]);
    terminal.keys("|").sees("[pager]");
    let pager = pid(&world);
    terminal.signal(Signal::TERM);
    assert_eq!(terminal.end().exit_code(), 128 + 15);
    let gone = || {
        !fs::read_to_string(format!("/proc/{}/cmdline", pager.as_raw_nonzero()))
            .is_ok_and(|line| line.contains("sleep"))
    };
    assert!(crate::pty::ends(pager, crate::pty::PATIENCE) || gone(), "the pager runs still");
    terminal.assert_restored();
}
