//! The program as a process: how it is run, and servers for it.

use std::{
    fs,
    io::{BufRead, BufReader, Read as _, Write as _},
    net::TcpListener,
    path::Path,
    process::{Child, Command, Output, Stdio},
    thread,
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

/// An embedded server that ends with the test, its base URL and its token.
pub struct Served(Child, pub String, pub String);

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

/// Answers each request, one a connection, with what is said of its text and its number; gives the base URL. Ends with
/// the test.
pub fn answering(mut answer: impl FnMut(&str, usize) -> String + Send + 'static) -> String {
    let server = TcpListener::bind("127.0.0.1:0").unwrap();
    let base = format!("http://{}", server.local_addr().unwrap());
    thread::spawn(move || {
        for (number, stream) in server.incoming().enumerate() {
            let mut stream = stream.unwrap();
            let mut asked = vec![0; 4096];
            let length = stream.read(&mut asked).unwrap_or_default();
            let asked = String::from_utf8_lossy(&asked[..length]).into_owned();
            let _ = stream.write_all(answer(&asked, number).as_bytes());
        }
    });
    base
}

/// An answer that holds this.
pub fn ok(data: &str) -> String {
    response("200 OK", &format!(r#"{{"data":{data},"errorCode":-1,"errorText":null}}"#))
}

pub fn response(status: &str, body: &str) -> String {
    let length = body.len();
    let head = "Content-Type: application/json\r\nConnection: close";
    format!("HTTP/1.1 {status}\r\n{head}\r\nContent-Length: {length}\r\n\r\n{body}")
}

/// An entry of a person.
pub fn entry(n: usize, name: &str) -> String {
    let time = format!("2024-01-01T{:02}:{:02}:00Z", n / 60, n % 60);
    let user = format!(r#"{{"id":"1","name":"{name}","status":"client"}}"#);
    format!(r#"{{"actionString":"entry {n}","actionType":"note","time":"{time}","user":{user}}}"#)
}

/// So many entries from a number down, as an answer holds them.
pub fn entries(newest: usize, count: usize) -> String {
    let entries: Vec<_> = (0..count).map(|at| entry(newest - at, "Luna Lovegood")).collect();
    format!("[{}]", entries.join(","))
}

/// The program with an account at a server of [`answering`].
pub fn at(base: &str, args: &[&str]) -> Command {
    let mut command = program(args);
    command.args(["--base-url", base]).env("TICKETLOG_ACCESS_TOKEN", "CANARY");
    command
}
