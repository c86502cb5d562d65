//! What ends an export before its last entry: a signal, and a reader that goes.

use std::{
    fs,
    io::{PipeWriter, Read, Write as _},
    process::{Child, Stdio},
    sync::mpsc,
    thread,
};

use nix::{
    sys::signal::{Signal, kill},
    unistd::Pid,
};

use rustix::event::{PollFd, PollFlags, Timespec, poll};

use crate::running::{Served, answering, at, entries, names, ok, program, response, run, told};

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
        assert!(said.contains("not complete: stopped\n"), "{said}");
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

/// Whether nothing more goes into a pipe.
fn is_full(pipe: &PipeWriter) -> bool {
    let mut asked = [PollFd::new(pipe, PollFlags::OUT)];
    poll(&mut asked, Some(&Timespec { tv_sec: 0, tv_nsec: 0 })).unwrap() == 0
}

#[test]
fn a_signal_ends_it_while_nobody_reads_what_it_prints() {
    let served = Served::start(&["--entries", "1000000"]);
    for (signal, expected) in [(Signal::SIGINT, 130), (Signal::SIGTERM, 143)] {
        let (reader, writer) = std::io::pipe().unwrap();
        let pipe = writer.try_clone().unwrap();
        let mut command = served.command(&["export", "1", "--format", "json"]);
        let mut child = command.stdout(writer).stderr(Stdio::null()).spawn().unwrap();
        while !is_full(&pipe) {
            thread::yield_now();
        }
        kill(Pid::from_raw(child.id().cast_signed()), signal).unwrap();
        assert_eq!(child.wait().unwrap().code(), Some(expected));
        assert!(is_full(&pipe), "it ended by itself");
        drop(reader);
    }
}

#[test]
fn a_file_stands_in_its_place_when_it_is_whole_and_not_before() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.json");
    let served = Served::start(&["--entries", "1000000"]);
    let mut command = served.command(&["export", "1", "-o", path.to_str().unwrap()]);
    let child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    let is_begun = || {
        let names = names(folder.path());
        names.iter().any(|name| fs::metadata(folder.path().join(name)).is_ok_and(|it| it.len() > 0))
    };
    while !is_begun() {
        thread::yield_now();
    }
    assert!(!path.exists(), "no half file has its name");
    kill(Pid::from_raw(child.id().cast_signed()), Signal::SIGINT).unwrap();
    let (code, _, said) = told(&child.wait_with_output().unwrap());
    assert_eq!(code, Some(130), "{said}");
    let read: Vec<serde_json::Value> = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
    assert!(said.contains(&format!("Stopped. {} entries were printed in ", read.len())), "{said}");
    assert!(said.contains("To go on: the same with --until "), "{said}");
    assert_eq!(names(folder.path()), ["x.json"]);
}

/// Whether a thread waits until standard error takes more: proc(5) tells a call under way with its first argument.
fn is_held_up(child: &Child) -> bool {
    let mut tasks = fs::read_dir(format!("/proc/{}/task", child.id())).unwrap();
    tasks.any(|task| match fs::read_to_string(task.unwrap().path().join("syscall")) {
        Ok(call) => call.split(' ').nth(1) == Some("0x2"),
        Err(error) => {
            assert_ne!(error.kind(), std::io::ErrorKind::PermissionDenied);
            false
        }
    })
}

#[test]
fn a_signal_leaves_no_half_file_where_nobody_reads_what_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.json");
    // The first page, then a wait, of which something is said.
    let busy = "HTTP/1.1 429 Busy\r\nRetry-After: 60\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";
    let base = answering(move |asked, _| match asked.contains("/log") {
        true if asked.contains("skip=0 ") => ok(&entries(199, 50)),
        true => busy.to_owned(),
        false => ok("{}"),
    });
    let (reader, mut writer) = std::io::pipe().unwrap();
    while !is_full(&writer) {
        writer.write_all(&[0; 4096]).unwrap();
    }
    let mut command = at(&base, &["export", "7", "-o", path.to_str().unwrap()]);
    let mut child = command.stdout(Stdio::null()).stderr(writer).spawn().unwrap();
    while !is_held_up(&child) {
        assert_eq!(child.try_wait().unwrap(), None);
        thread::yield_now();
    }
    assert!(!path.exists() && names(folder.path()).len() == 1, "it is whole");
    kill(Pid::from_raw(child.id().cast_signed()), Signal::SIGTERM).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(143));
    assert_eq!(names(folder.path()), [""; 0]);
    drop(reader);
}

/// Stops what asks a server that answers once and then never again.
fn stopped_while_asking(args: &[&str]) -> (Option<i32>, String, String) {
    let (asked, answered) = mpsc::channel();
    let base = answering(move |_, number| {
        let _ = asked.send(number);
        if number > 0 {
            loop {
                thread::park();
            }
        }
        ok(&entries(199, 50))
    });
    let mut command = at(&base, args);
    let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    while answered.recv().unwrap() < 1 {}
    kill(Pid::from_raw(child.id().cast_signed()), Signal::SIGINT).unwrap();
    told(&child.wait_with_output().unwrap())
}

#[test]
fn a_stop_while_names_are_read_says_that_nothing_was_printed() {
    let (code, out, said) = stopped_while_asking(&["export", "7", "--redact"]);
    assert_eq!((code, out.as_str()), (Some(130), ""));
    assert_eq!(said, "ticketlog: Stopped while names were still being read. Nothing was printed.\n");
}

#[test]
fn where_times_are_in_no_order_none_tells_how_to_go_on() {
    for args in [&["export", "7"][..], &["export", "7", "--oldest-first"]] {
        // The newest entries, of which the first one is older than the others; then a refusal.
        let base = answering(|_, number| match number {
            0 => ok(&entries(20, 1).replace(']', &entries(199, 49).replace('[', ","))),
            _ => response("401 Unauthorized", ""),
        });
        let (code, out, said) = told(&crate::canary::output(&mut at(&base, args)));
        assert_eq!((code, out.lines().count()), (Some(3), if args.len() == 2 { 50 } else { 0 }), "{said}");
        assert!(out.is_empty() || said.contains("set a new one. 50 entries were printed.\n"), "{said}");
        assert!(!said.contains("To go on"), "{said}");
    }
}

#[test]
fn a_stop_ends_a_wait_with_a_sentence() {
    let args = ["wait", "7", "--for", "reply", "--interval", "5"];
    let (code, out, said) = stopped_while_asking(&args);
    assert_eq!((code, out.as_str()), (Some(130), ""));
    assert_eq!(said, "ticketlog: Stopped before anything came.\n");
}

#[test]
fn a_log_that_is_another_one_each_time_ends_with_how_far_it_got_and_how_to_go_on() {
    // Every answer is of another log.
    let base = answering(|asked, number| {
        if asked.contains("/log") { ok(&entries(199 + 60 * number.min(20), 50)) } else { ok("{}") }
    });
    let (code, out, said) = told(&crate::canary::output(&mut at(&base, &["export", "7"])));
    assert_eq!((code, out.lines().count()), (Some(4), 50), "{said}");
    let last = said.lines().last().unwrap();
    assert!(last.contains("50 entries were printed, back to 2024-01-01 02:30. To go on: "), "{said}");
    assert!(said.contains("not complete: "), "{said}");
}
