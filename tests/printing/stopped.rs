//! What ends an export before its last entry: a signal, and a reader that goes.

use std::{io::Read, process::Stdio};

use nix::{
    sys::signal::{Signal, kill},
    unistd::Pid,
};

use crate::running::{Served, program, run, told};

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
