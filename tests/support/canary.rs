//! Every secret of a test holds the word CANARY; here it is looked for wherever no secret may stand. The harnesses call
//! this after each run, not the tests.

use std::{
    ffi::OsStr,
    fs,
    path::Path,
    process::{Command, Output, Stdio},
};

const CANARY: &[u8] = b"CANARY";

/// Fails when a secret stands in what was said at `place`.
pub fn search(place: &str, bytes: &[u8]) {
    let found = bytes.windows(CANARY.len()).any(|window| window == CANARY);
    assert!(!found, "a secret stands in {place}: {}", bytes.escape_ascii());
}

/// Runs a command to its end. Fails when a secret stands in what it says, in its command line, in that of a program
/// that it started, or in the trace that it was told to write.
pub fn output(command: &mut Command) -> Output {
    let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    search_command_lines(child.id());
    let output = child.wait_with_output().unwrap();
    search("standard output", &output.stdout);
    search("standard error", &output.stderr);
    let named = command.get_args().chain(command.get_envs().filter_map(|(_, value)| value));
    let is_trace = |path: &&Path| path.file_name() == Some(OsStr::new("trace"));
    for trace in named.map(Path::new).filter(is_trace) {
        search("a trace", &fs::read(trace).unwrap_or_default());
    }
    output
}

/// Fails when a secret stands in the command line of a process or of one that it started.
pub fn search_command_lines(pid: u32) {
    search("a command line", &command_line(pid));
    let children = fs::read_to_string(format!("/proc/{pid}/task/{pid}/children")).unwrap_or_default();
    for child in children.split_whitespace().filter_map(|pid| pid.parse().ok()) {
        search_command_lines(child);
    }
}

/// Empty for a process that has ended.
fn command_line(pid: u32) -> Vec<u8> {
    loop {
        let bytes = fs::read(format!("/proc/{pid}/cmdline")).unwrap_or_default();
        let stat = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
        let state = stat.rsplit(')').next().unwrap_or_default().trim_start().chars().next();
        // One that is just being started has none yet.
        if !bytes.is_empty() || matches!(state, None | Some('Z' | 'X')) {
            return bytes;
        }
        std::thread::yield_now();
    }
}
