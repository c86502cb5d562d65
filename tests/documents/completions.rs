//! What shells complete.

use std::{
    io::Write as _,
    process::{Command, Stdio},
};

use crate::{printed, words};

#[test]
fn every_shell_is_told_every_command_and_every_flag() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = printed(&["completions", shell]);
        for word in words() {
            assert!(script.contains(&word), "{shell} knows no {word}");
        }
    }
}

#[test]
fn bash_reads_its_script() {
    let script = printed(&["completions", "bash"]);
    let mut bash =
        Command::new("bash").arg("-n").stdin(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    bash.stdin.take().unwrap().write_all(script.as_bytes()).unwrap();
    let output = bash.wait_with_output().unwrap();
    assert!(output.status.success() && output.stderr.is_empty(), "{output:?}");
}
