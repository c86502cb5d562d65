//! The program as a process: how it is run, and servers for it.

use std::{
    fs,
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Output, Stdio},
};

use crate::canary;

pub fn program(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ticketlog"));
    command.args(args).env_clear().env("XDG_CONFIG_DIRS", "/nonexistent").stdin(Stdio::null());
    command
}

pub fn run(args: &[&str]) -> (Option<i32>, String, String) {
    told(&canary::output(&mut program(args)))
}

pub fn told(output: &Output) -> (Option<i32>, String, String) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (output.status.code(), text(&output.stdout), text(&output.stderr))
}

/// An embedded server that ends with the test.
pub struct Served(Child, String, String);

impl Served {
    pub fn start(args: &[&str]) -> Self {
        let mut child = program(&["serve"]).args(args).stdout(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let [base, token] = [0; 2].map(|_| lines.next().unwrap().unwrap());
        Self(child, base, token)
    }

    pub fn command(&self, args: &[&str]) -> Command {
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

pub fn names(folder: &Path) -> Vec<String> {
    let names = fs::read_dir(folder).unwrap();
    let mut names: Vec<_> = names.map(|name| name.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}
