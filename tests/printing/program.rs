//! The program: its files, pipes, signals and exit codes.

use std::{
    fs,
    io::{BufRead, BufReader, Read},
    os::unix::fs::{PermissionsExt, symlink},
    path::Path,
    process::{Child, Command, Output, Stdio},
};

use nix::{
    sys::signal::{Signal, kill},
    unistd::Pid,
};

use crate::canary;

fn program(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ticketlog"));
    command.args(args).env_clear().env("XDG_CONFIG_DIRS", "/nonexistent").stdin(Stdio::null());
    command
}

fn run(args: &[&str]) -> (Option<i32>, String, String) {
    told(&canary::output(&mut program(args)))
}

fn told(output: &Output) -> (Option<i32>, String, String) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (output.status.code(), text(&output.stdout), text(&output.stderr))
}

/// An embedded server that ends with the test.
struct Served(Child, String, String);

impl Served {
    fn start(args: &[&str]) -> Self {
        let mut child = program(&["serve"]).args(args).stdout(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let [base, token] = [0; 2].map(|_| lines.next().unwrap().unwrap());
        Self(child, base, token)
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = program(args);
        command.args(["--base-url", &self.1]).env("TICKETLOG_ACCESS_TOKEN", &self.2);
        command
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }
}

fn names(folder: &Path) -> Vec<String> {
    let names = fs::read_dir(folder).unwrap();
    let mut names: Vec<_> = names.map(|name| name.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn into_a_pipe_goes_ndjson_and_standard_error_says_what_it_is_and_what_came_of_it() {
    let (code, out, said) = run(&["export", "--demo", "--types", "reply"]);
    assert_eq!(code, Some(0));
    assert!(out.lines().all(|line| line.starts_with('{') && line.contains("reply_created")));
    let entries = out.lines().count();
    let expected =
        format!("ticketlog: #4478963, newest first, only reply: {entries} entries, 0 hidden, complete.");
    assert!(said.starts_with(&expected), "{said}");
    assert!(
        said.contains("It contains 3 names; --redact replaces them.") || said.contains("names; --redact"),
        "{said}"
    );
    assert!(!out.contains('@'), "no address");
}

#[test]
fn with_head_the_file_says_it_and_standard_error_does_not() {
    for (format, marks) in [("csv", "# "), ("ndjson", "{")] {
        let (code, out, said) = run(&["export", "--demo", "255762", "--head", "--format", format]);
        assert_eq!(code, Some(0));
        assert!(out.starts_with(marks) && out.contains("complete"), "{out}");
        assert!(!said.contains("complete") && said.contains("2 names"), "{said}");
    }
}

#[test]
fn what_was_exported_is_read_again_and_is_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    for personal in [&[][..], &["--with-personal-data"]] {
        let (first, again) = (at("first.json"), at("again.json"));
        let one = [&["export", "--demo", "-o", &first, "--force"][..], personal].concat();
        let two = [&["export", &first, "-o", &again, "--force"][..], personal].concat();
        assert_eq!((run(&one).0, run(&two).0), (Some(0), Some(0)));
        let (first, again) = (fs::read_to_string(&first).unwrap(), fs::read_to_string(&again).unwrap());
        assert!(first == again && first.len() > 10_000);
        assert_eq!(first.contains('@'), !personal.is_empty());
    }
}

#[test]
fn a_file_is_its_owners_alone_and_no_other_one_is_written_over() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.csv");
    let name = path.to_str().unwrap();
    assert_eq!(run(&["export", "--demo", "255762", "-o", name]).0, Some(0));
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    let first = fs::read_to_string(&path).unwrap();
    // The ending says the format.
    assert!(first.starts_with("time,"), "{first}");
    let (code, out, said) = run(&["export", "--demo", "-o", name]);
    assert_eq!((code, out.len(), said.lines().count()), (Some(2), 0, 1));
    assert!(said.contains("x.csv exists. Name another file, or add --force"), "{said}");
    assert_eq!(fs::read_to_string(&path).unwrap(), first);
    let link = folder.path().join("link");
    symlink(&path, &link).unwrap();
    let link = link.to_str().unwrap();
    assert_eq!(run(&["export", "--demo", "-o", link]).0, Some(2));
    assert_eq!(run(&["export", "--demo", "-o", link, "--force", "--format", "csv"]).0, Some(0));
    assert!(fs::read_to_string(&path).unwrap().lines().count() > 190, "behind the link, not in its place");
    assert!(fs::symlink_metadata(link).unwrap().is_symlink());
    assert_eq!(names(folder.path()), ["link", "x.csv"], "nothing else is left");
}

#[test]
fn what_cannot_be_written_is_one_sentence_and_leaves_nothing_behind() {
    let folder = tempfile::tempdir().unwrap();
    let gone = folder.path().join("gone/x.json");
    let in_file = folder.path().join("file/x");
    fs::write(folder.path().join("file"), "").unwrap();
    for (path, words, expected) in [
        ("/dev/full", "there is no room left", 1),
        (gone.to_str().unwrap(), "there is no such folder", 1),
        (in_file.to_str().unwrap(), "what should be a folder is none", 1),
        (folder.path().to_str().unwrap(), "is a folder", 2),
        // Nobody makes files there, whoever he is.
        ("/proc/ticketlog-x", "cannot be written", 1),
    ] {
        let (code, out, said) = run(&["export", "--demo", "-o", path]);
        assert_eq!((code, out.len(), said.lines().count()), (Some(expected), 0, 1), "{path}: {said}");
        assert!(said.contains(words), "{path}: {said}");
    }
    assert_eq!(names(folder.path()), ["file"]);
    let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let output = program(&["export", "--demo"]).stdout(full).stderr(Stdio::piped()).output().unwrap();
    let (code, _, said) = told(&output);
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("The output cannot be written: there is no room left."), "{said}");
}

#[test]
fn a_refusal_leaves_no_file() {
    let folder = tempfile::tempdir().unwrap();
    let served = Served::start(&[]);
    for more in [&[][..], &["--follow"]] {
        let path = folder.path().join("x.json");
        let args = [&["export", "99", "-o", path.to_str().unwrap()][..], more].concat();
        let (code, _, said) = told(&canary::output(&mut served.command(&args)));
        assert_eq!((code, said.lines().count()), (Some(5), 1), "{said}");
        assert_eq!(names(folder.path()), [""; 0]);
    }
}

#[test]
fn a_closed_pipe_is_silence_and_not_an_error() {
    for args in [&["export", "--demo", "4484636"][..], &["export", "--demo", "4484636", "--oldest-first"]] {
        let mut child = program(args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        child.stdout.take().unwrap().read_exact(&mut [0; 10]).unwrap();
        let (code, _, said) = told(&child.wait_with_output().unwrap());
        assert_eq!((code, said.as_str()), (Some(0), ""));
    }
}

/// Stops an export of a long log once it has begun to print.
fn stopped(signal: Signal, format: &str, order: &[&str]) -> (Option<i32>, String, String) {
    let served = Served::start(&["--entries", "1000000"]);
    let args = [&["export", "1", "--format", format][..], order].concat();
    let mut child = served.command(&args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut out = child.stdout.take().unwrap();
    let mut text = vec![0; 200_000];
    out.read_exact(&mut text).unwrap();
    kill(Pid::from_raw(child.id().cast_signed()), signal).unwrap();
    out.read_to_end(&mut text).unwrap();
    let output = child.wait_with_output().unwrap();
    let (code, _, said) = told(&output);
    (code, String::from_utf8(text).unwrap(), said)
}

#[test]
fn a_signal_leaves_a_whole_file_and_says_how_to_go_on() {
    for (signal, expected) in [(Signal::SIGINT, 130), (Signal::SIGTERM, 143)] {
        let (code, text, said) = stopped(signal, "json", &[]);
        assert_eq!(code, Some(expected), "{said}");
        let read: Vec<serde_json::Value> = serde_json::from_str(&text).unwrap();
        let count = format!("Stopped. {} entries were printed, back to ", read.len());
        assert!(said.contains(&count), "{said}");
        assert!(said.contains("not complete: stopped."), "{said}");
        let last =
            chrono::DateTime::parse_from_rfc3339(read.last().unwrap()["time"].as_str().unwrap()).unwrap();
        let until = said.split("--until ").nth(1).unwrap().split(',').next().unwrap();
        assert_eq!(chrono::DateTime::parse_from_rfc3339(until).unwrap(), last);
    }
    let (code, text, said) = stopped(Signal::SIGINT, "table", &["--oldest-first"]);
    assert_eq!(code, Some(130));
    assert!(text.trim_end().lines().last().unwrap().ends_with("not complete: stopped"), "{said}");
    assert!(said.contains("--since "), "{said}");
}

#[test]
fn what_a_stop_left_out_is_what_going_on_prints() {
    let all = run(&["export", "--demo", "--format", "ndjson"]).1;
    let lines: Vec<&str> = all.lines().collect();
    let last: serde_json::Value = serde_json::from_str(lines[99]).unwrap();
    let time = last["time"].as_str().unwrap();
    let rest = run(&["export", "--demo", "--format", "ndjson", "--until", time]).1;
    let rest: Vec<&str> = rest.lines().collect();
    let again = lines.len() - rest.len();
    assert!(again <= 99 && rest == lines[again..]);
}

#[test]
fn a_file_that_is_followed_grows_in_its_place_and_is_whole_when_it_is_stopped() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.json");
    let log = folder.path().join("log");
    let line = |n: u32| {
        format!(
            "{{\"actionType\":\"note\",\"actionString\":\"entry {n}\",\"time\":\"2024-01-01T00:{n:02}:00Z\"}}\n"
        )
    };
    fs::write(&log, (0..9).map(line).collect::<String>()).unwrap();
    let args = ["export", log.to_str().unwrap(), "--follow", "-o", path.to_str().unwrap()];
    let child = program(&args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    while !fs::read_to_string(&path).unwrap_or_default().contains("entry 8") {
        std::thread::yield_now();
    }
    kill(Pid::from_raw(child.id().cast_signed()), Signal::SIGINT).unwrap();
    let (code, _, said) = told(&child.wait_with_output().unwrap());
    assert_eq!(code, Some(130), "{said}");
    let read: Vec<serde_json::Value> = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
    assert_eq!(read.len(), 9);
    assert!(said.contains("x.json, up to 2024-01-01 00:08"), "{said}");
}

#[test]
fn names_are_replaced_and_the_legend_says_who_is_who() {
    let folder = tempfile::tempdir().unwrap();
    let legend = folder.path().join("legend.json");
    let legend = legend.to_str().unwrap();
    let mut outputs = Vec::new();
    for more in [&[][..], &["--oldest-first"], &["--limit", "50"]] {
        let args =
            [&["export", "--demo", "--redact", "--legend", legend, "--format", "json"][..], more].concat();
        let (code, out, said) = run(&args);
        assert_eq!(code, Some(0), "{said}");
        assert!(said.contains("Names are replaced") && !said.contains("anonymous"), "{said}");
        for name in ["Garrick", "Ollivander", "Potter", "@"] {
            assert!(!out.contains(name), "{name}");
        }
        assert!(out.contains("Agent ") && out.contains("Client 1"));
        outputs.push(out);
    }
    let lines = |text: &str| -> Vec<String> {
        text.lines().map(|line| line.trim_end_matches(',').to_owned()).filter(|line| line.len() > 1).collect()
    };
    let (down, mut up) = (lines(&outputs[0]), lines(&outputs[1]));
    up.reverse();
    assert!(down == up && down[..50] == lines(&outputs[2])[..], "the same in every order");
    let text = fs::read_to_string(legend).unwrap();
    assert!(text.contains("\"Client 1\"") && text.contains("Harry Potter"));
    assert_eq!(fs::metadata(legend).unwrap().permissions().mode() & 0o777, 0o600);
    fs::write(legend, "precious").unwrap();
    let (code, out, said) = run(&["export", "--demo", "--redact", "--legend", legend]);
    assert_eq!((code, out.len()), (Some(2), 0), "{said}");
    assert_eq!(fs::read_to_string(legend).unwrap(), "precious");
}

#[test]
fn what_makes_no_sense_is_refused_before_anything_is_asked() {
    for (args, words) in [
        (&["export"][..], "TICKET|FILE"),
        (&["export", "-", "--follow"], "--follow goes on until it is stopped"),
        (&["export", "7", "--force"], "--output"),
        (&["export", "7", "--limit", "0"], "give 1 at least"),
        (&["export", "7", "--legend", "x"], "--redact"),
        (&["export", "7", "--redact", "--with-personal-data"], "contradict"),
        (&["export", "--demo", "no-such-file"], "--demo takes the number of a sample ticket"),
        (&["export", "no-such-file"], "no-such-file"),
        (&["export", "--demo", "--format", "xml"], "xml"),
        (&["wait", "7"], "--for"),
        (&["wait", "--demo", "--for", "replay"], "--for: \"replay\" is no action type. Did you mean reply?"),
        (&["wait", "--demo", "--for", "reply", "--timeout", "1d"], "90s"),
    ] {
        let (code, out, said) = run(args);
        assert!(code == Some(2) || code == Some(1), "{args:?}: {code:?}");
        assert_eq!((out.len(), said.lines().count()), (0, 1), "{args:?}: {said}");
        assert!(said.contains(words), "{args:?}: {said}");
    }
}
