//! The program without a screen: what it prints into pipes, and how it leaves.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "command_line/authorities.rs"]
mod authorities;
#[path = "support/canary.rs"]
mod canary;
#[path = "command_line/configuration.rs"]
mod configuration;
#[path = "command_line/narrowing.rs"]
mod narrowing;

use std::{
    io::{BufRead, BufReader, Read},
    process::{Child, Command, Output, Stdio},
};

fn program(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ticketlog"));
    command
        .args(args)
        .env_clear()
        .env("TZ", "Europe/Oslo")
        .env("XDG_CONFIG_DIRS", "/nonexistent")
        .stdin(Stdio::null());
    command
}

fn run(args: &[&str]) -> Output {
    canary::output(&mut program(args))
}

/// An embedded server that ends with the test.
struct Served {
    child: Child,
    base_url: String,
    token: String,
    /// Token URL, refresh token and client id.
    account: [String; 3],
}

impl Served {
    fn start(args: &[&str]) -> Self {
        let mut child = program(&["serve"]).args(args).stdout(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let base_url = lines.next().unwrap().unwrap();
        let token = lines.next().unwrap().unwrap();
        let account = [0; 3].map(|_| lines.next().unwrap().unwrap());
        Self { child, base_url, token, account }
    }

    fn ask(&self, ticket: &str) -> Output {
        let mut command = program(&[ticket, "--base-url", &self.base_url]);
        canary::output(command.env("TICKETLOG_ACCESS_TOKEN", &self.token))
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

#[test]
fn into_a_pipe_goes_the_whole_log_as_a_plain_table() {
    let output = run(&["--demo"]);
    assert!(output.status.success());
    let text = String::from_utf8(output.stdout).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines[0], "#4478963, newest first, times in Oslo");
    assert_eq!(lines.len(), 1 + 190);
    assert!(!text.contains('\x1b'));
    assert!(lines[190].contains("created the ticket"), "{}", lines[190]);
    assert!(output.stderr.is_empty());
}

#[test]
fn the_five_entries_of_the_reference_are_printed_exactly() {
    let output = run(&["--demo", "255762"]);
    let expected = "\
#255762, newest first, times in Oslo
2023-12-13 23:11  status          Garrick Ollivander        Open → Pending
2023-12-13 23:11  reply→          Garrick Ollivander        sent a reply
2023-12-13 23:11  assigned        Garrick Ollivander        took it
2023-12-13 23:01  read            Garrick Ollivander        read the ticket
2023-08-03 19:39  created         Harry Potter              created the ticket
";
    assert_eq!(String::from_utf8(output.stdout).unwrap(), expected);
}

#[test]
fn a_closed_pipe_is_silence_and_not_an_error() {
    let mut child =
        program(&["--demo", "4484636"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut first = [0; 10];
    child.stdout.take().unwrap().read_exact(&mut first).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn serve_prints_address_and_token_and_another_process_reads_from_it() {
    let served = Served::start(&["--entries", "120", "--latency", "5"]);
    assert!(served.base_url.starts_with("http://127.0.0.1:"));
    let output = served.ask("1");
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(String::from_utf8(output.stdout).unwrap().lines().count(), 121);
}

#[test]
fn serve_prints_what_an_account_can_be_tried_with() {
    let served = Served::start(&[]);
    let folder = tempfile::TempDir::new().unwrap();
    let [token_url, refresh_token, client_id] = &served.account;
    let run = |args: &[&str]| {
        let mut command = program(args);
        command.args(["--base-url", &served.base_url, "--token-url", token_url, "--client-id", client_id]);
        let secret = folder.path().join("secret");
        std::fs::write(&secret, refresh_token).unwrap();
        command.env("TICKETLOG_STATE", folder.path()).stdin(std::fs::File::open(secret).unwrap());
        let output = canary::output(&mut command);
        (output.status.code(), String::from_utf8([output.stdout, output.stderr].concat()).unwrap())
    };
    assert_eq!(run(&["auth", "login"]).0, Some(0));
    assert_eq!(run(&["255762"]).0, Some(0));
    let (code, said) = run(&["auth", "login"]);
    assert_eq!(code, Some(3), "it is good for one time: {said}");
    assert_eq!(run(&["255762"]).0, Some(0), "what was kept still is");
}

#[test]
fn what_the_server_refuses_is_one_sentence_and_its_exit_code() {
    let mut served = Served::start(&[]);
    let unknown = served.ask("99");
    assert_eq!(unknown.status.code(), Some(5));
    served.token = "wrong".to_owned();
    let refused = served.ask("255762");
    assert_eq!(refused.status.code(), Some(3));
    served.base_url = "http://127.0.0.1:1".to_owned();
    let unreachable = served.ask("255762");
    assert_eq!(unreachable.status.code(), Some(4));
    for output in [unknown, refused, unreachable] {
        let text = String::from_utf8(output.stderr).unwrap();
        assert!(text.starts_with("ticketlog: ") && text.lines().count() == 1, "{text}");
    }
}

#[test]
fn hostile_text_reaches_a_pipe_as_text_only() {
    let output = run(&["--demo", "666"]);
    assert!(output.status.success());
    let text = String::from_utf8(output.stdout).unwrap();
    let bad = text.chars().find(|c| c.is_control() && *c != '\n');
    assert_eq!(bad, None);
    assert!(!text.contains('\u{202e}') && !text.contains('\u{200b}'));
}

#[test]
fn hostile_arguments_and_variables_come_back_as_text_only() {
    let hostile = "\x1b]0;owned\x07\u{9b}2J\u{202e}\r\u{200b}";
    let flag = format!("--{hostile}");
    let flag_value = format!("--port={hostile}");
    let address = format!("https://{hostile}");
    let arguments: [&[&str]; 8] = [
        &[hostile],
        &[&flag],
        &[&format!("-{hostile}")],
        &["4711", "--base-url", hostile],
        &["4711", "--base-url", &address],
        &["serve", &flag_value],
        &["serve", "--latency", hostile],
        &["4711", hostile, hostile],
    ];
    for arguments in arguments {
        for value in ["plain", hostile] {
            let mut command = program(arguments);
            command.envs(["TZ", "LANG", "LC_ALL", "HTTPS_PROXY", "SSL_CERT_FILE"].map(|name| (name, value)));
            let output = canary::output(command.env("TICKETLOG_ACCESS_TOKEN", "CANARY"));
            assert_eq!(output.status.code(), Some(2), "{arguments:?}");
            assert!(output.stdout.is_empty());
            let is_text = output.stderr.iter().all(|byte| matches!(byte, b' '..=b'~' | b'\n'));
            assert!(is_text, "{:?}", String::from_utf8_lossy(&output.stderr));
        }
    }
}

/// P09: a hostile `TZ` is text.
#[test]
fn a_hostile_zone_locale_and_address_in_the_environment_are_text_in_a_table() {
    let hostile = "\x1b]0;owned\x07\u{9b}2J\u{202e}";
    for name in ["TZ", "LANG", "LC_ALL", "TICKETLOG_BASE_URL", "TERM", "COLORTERM"] {
        let output = canary::output(program(&["--demo", "255762"]).env(name, hostile));
        assert!(output.status.success() && output.stderr.is_empty(), "{name}");
        let text = String::from_utf8(output.stdout).unwrap();
        assert!(
            !text.contains("owned") && !text.contains(|c: char| c.is_control() && c != '\n'),
            "{name}: {text}"
        );
    }
}

#[test]
fn the_help_starts_with_what_the_program_does() {
    let output = run(&["--help"]);
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.starts_with("Read a support ticket's activity log"), "{text}");
    assert!(text.contains("ticketlog --demo") && text.contains("Exit codes"));
}

fn corpus(name: &str) -> String {
    format!("{}/tests/data/files/{name}", env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn a_file_goes_into_a_pipe_as_the_same_table() {
    for name in ["newest.ndjson", "oldest.ndjson", "answer.json"] {
        let output = run(&["open", &corpus(name)]);
        assert!(output.status.success() && output.stderr.is_empty(), "{name}");
        let text = String::from_utf8(output.stdout).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[0], format!("file {name}, newest first, times in Oslo"));
        assert_eq!(lines.len(), 1 + 7);
        assert!(lines[1].contains("Open → Pending") && lines[7].contains("created the ticket"), "{text}");
    }
}

#[test]
fn standard_input_goes_through_as_a_table() {
    let file = std::fs::File::open(corpus("array.json")).unwrap();
    let output = canary::output(program(&["open", "-"]).stdin(file));
    assert!(output.status.success());
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.starts_with("standard input, newest first") && text.lines().count() == 8, "{text}");
    let output = run(&["open", "-"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8(output.stderr).unwrap().contains("standard input is empty"));
}

#[test]
fn a_hostile_file_name_comes_back_as_text_only() {
    let hostile = "\x1b]0;owned\x07\u{9b}2J\u{202e}\n";
    let output = run(&["open", hostile]);
    assert_eq!(output.status.code(), Some(2));
    let text = output.stderr;
    assert!(text.iter().all(|byte| matches!(byte, b' '..=b'~' | b'\n')));
    assert!(text.ends_with(b"\n") && !text.trim_ascii_end().contains(&b'\n'));
}

#[test]
fn what_only_the_screen_can_do_is_refused_in_a_pipe_with_the_flag_named() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/files/newest.ndjson");
    for (args, flag) in [
        (&["--demo", "--at", "yesterday"][..], "--at"),
        (&["--demo", "--follow"], "--follow"),
        (&["--demo", "--find", "refund"], "--find"),
        (&["open", file, "--at", "-3d"], "--at"),
        (&["open", file, "--follow"], "--follow"),
    ] {
        let output = run(args);
        let sentence = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert!(sentence.starts_with(&format!("ticketlog: {flag} needs the screen")), "{sentence}");
        assert!(output.stdout.is_empty(), "{args:?}");
    }
    let output = run(&["open", file, "--linear"]);
    let sentence = String::from_utf8(output.stderr).unwrap();
    assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0));
    assert!(sentence.starts_with("ticketlog: --linear asks for words"), "{sentence}");
    let output = run(&["open", file, "--linear=false"]);
    assert_eq!(output.status.code(), Some(0), "that is what a pipe gets");
}
