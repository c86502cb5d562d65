//! Configuration files and the real program: what it prints of them, and what it refuses to start with.

use std::{fs, path::PathBuf};

use tempfile::TempDir;

use super::{Served, canary, program, run};

const TOKEN: &str = "CANARY-7f3a9c";

/// A user's configuration file.
pub(crate) struct Configured {
    folder: TempDir,
}

impl Configured {
    pub(crate) fn new(text: &str) -> Self {
        let folder = TempDir::new().unwrap();
        fs::create_dir(folder.path().join("ticketlog")).unwrap();
        fs::write(folder.path().join("ticketlog/config.toml"), text).unwrap();
        Self { folder }
    }

    pub(crate) fn file(&self) -> PathBuf {
        self.folder.path().join("ticketlog/config.toml")
    }

    /// The exit code and what is printed on both outputs, without the token in any of it.
    fn run(&self, args: &[&str]) -> (i32, String, String) {
        let mut command = program(args);
        command.env("XDG_CONFIG_HOME", self.folder.path()).env("TICKETLOG_ACCESS_TOKEN", TOKEN);
        let output = canary::output(&mut command);
        let printed = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
        let [stdout, stderr] = printed.map(|text| text.replace(&self.file().display().to_string(), "FILE"));
        (output.status.code().unwrap(), stdout, stderr)
    }
}

#[test]
fn every_value_is_printed_with_where_it_comes_from_and_the_token_as_set() {
    let configured = Configured::new(
        "bell = true\nfold_reads = false\n[profiles.acme]\ncommunity = 'acme'\ntime_zone = 'Asia/Tokyo'",
    );
    let (code, stdout, stderr) = configured.run(&["config", "show", "--base-url", "https://api.example"]);
    assert_eq!((code, stderr.as_str()), (0, ""));
    let rows: Vec<Vec<&str>> =
        stdout.lines().map(|line| line.splitn(3, char::is_whitespace).map(str::trim).collect()).collect();
    let row = |key: &str| {
        let row = rows.iter().find(|row| row[0] == key).unwrap_or_else(|| panic!("no {key}: {stdout}"));
        row[1..].join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
    };
    assert_eq!(row("profile"), "acme the only profile");
    assert_eq!(row("base_url"), "https://api.example/ --base-url");
    assert_eq!(row("token_url"), "-", "the default one is of another API");
    assert_eq!(row("client_id"), "-");
    assert_eq!(row("community"), "acme FILE:4");
    assert_eq!(row("time_zone"), "Asia/Tokyo FILE:5");
    assert_eq!(row("read_timeout"), "15 default");
    assert_eq!(row("bell"), "true FILE:1");
    assert_eq!(row("fold_reads"), "false FILE:2");
    assert_eq!(row("ascii"), "false default");
    assert_eq!(row("access_token"), "set TICKETLOG_ACCESS_TOKEN");
}

#[test]
fn what_the_files_add_to_the_action_types_is_printed_with_its_file() {
    let configured = Configured::new(
        "[labels]\nticket_read = 'seen'\n[types.call_logged]\nword = 'call'\nrole = 'message'\n\
         [presets.calls]\nonly = ['call_logged', 'note']\n[presets.\"a\\u001b\"]\nwithout = ['reads']",
    );
    let (code, stdout, _) = configured.run(&["config", "show"]);
    assert_eq!(code, 0);
    let rows: Vec<String> = stdout
        .lines()
        .filter(|line| line.starts_with("types.") || line.starts_with("presets."))
        .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
        .collect();
    for row in [
        "types.ticket_read label seen FILE",
        "types.call_logged word call, role message FILE",
        "presets.calls only call_logged, note FILE",
    ] {
        assert!(rows.iter().any(|found| found == row), "{row}: {rows:#?}");
    }
    assert!(rows.len() == 4 && !stdout.contains('\x1b'), "{rows:#?}");
}

#[test]
fn the_files_are_printed_with_whether_they_are_there() {
    let configured = Configured::new("");
    let (code, stdout, _) = configured.run(&["config", "path"]);
    assert_eq!(code, 0);
    assert_eq!(stdout, "FILE  user, read\n/nonexistent/ticketlog/config.toml  host, not there\n");
    let (code, stdout, _) = configured.run(&["config", "path", "--config", "/nonexistent/own.toml"]);
    assert_eq!(code, 0);
    assert!(stdout.starts_with("/nonexistent/own.toml  --config, not there\n"), "{stdout}");
}

#[test]
fn what_a_hostile_file_is_printed_as_is_text_only() {
    let text = "me = 'x\u{202e}y\u{200b}z'\n[profiles.acme]\nca_file = \"\\u001b]0;owned\\u0007\\n\"";
    let (code, stdout, stderr) = Configured::new(text).run(&["config", "show"]);
    assert_eq!((code, stderr.as_str()), (0, ""));
    let hostile =
        |text: &str| text.contains(|c: char| c.is_control() && c != '\n' || "\u{202e}\u{200b}".contains(c));
    assert!(!hostile(&stdout) && stdout.contains("x<U+202E>y"), "{}", stdout.escape_debug());
    let plain = Configured::new("me = 'x'\n[profiles.acme]\nca_file = 'x'");
    let rows = plain.run(&["config", "show"]).1.lines().count();
    assert_eq!(stdout.lines().count(), rows, "a row each: {}", stdout.escape_debug());
    let named = "/nonexistent/\x1b]0;owned\x07\n\u{202e}";
    let (code, stdout, _) = Configured::new("").run(&["config", "path", "--config", named]);
    assert!(code == 0 && !hostile(&stdout) && stdout.lines().count() == 2, "{}", stdout.escape_debug());
    let (code, _, stderr) = Configured::new("").run(&["config", "show", "--config", named]);
    assert!(code == 2 && !hostile(&stderr) && stderr.lines().count() == 1, "{}", stderr.escape_debug());
}

#[test]
fn a_check_tells_every_fault_on_a_line_and_says_when_there_is_none() {
    let configured = Configured::new("colour = 'never'\nbell = 1\n");
    let (code, stdout, stderr) = configured.run(&["config", "check"]);
    assert_eq!((code, stdout.as_str()), (2, ""));
    assert_eq!(
        stderr,
        "ticketlog: FILE:1:1: unknown key \"colour\"; did you mean color?\n\
         ticketlog: FILE:2:8: bell: true or false is needed, not a whole number.\n"
    );
    let (code, _, stderr) = Configured::new("default_profile = 'x'").run(&["config", "check"]);
    assert_eq!(code, 2);
    assert!(stderr.starts_with("ticketlog: FILE:1:1: there is no profile \"x\""), "{stderr}");
    let (code, stdout, stderr) = Configured::new("bell = true").run(&["config", "check"]);
    assert_eq!((code, stdout.as_str(), stderr.as_str()), (0, "ok: nothing is wrong in 1 file\n", ""));
}

#[test]
fn a_broken_file_is_one_sentence_before_anything_is_opened_but_the_demo_does_not_look_at_it() {
    let log = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/files/newest.ndjson");
    let broken = [
        ("bell = maybe", "FILE:1:8: "),
        ("time_zone = 'Oslo'", "FILE:1:13: time_zone: there is no time zone \"Oslo\""),
        (
            "\n  xx = 1\nyy = 2",
            "FILE:2:3: unknown key \"xx\". There is more, 2 in all: ticketlog config check.\n",
        ),
    ];
    for (text, said) in broken {
        let configured = Configured::new(text);
        for args in [&["4711", "--base-url", "http://127.0.0.1:1"][..], &["open", log], &["config", "show"]] {
            let (code, stdout, stderr) = configured.run(args);
            assert_eq!((code, stdout.as_str()), (2, ""), "{args:?}");
            assert!(
                stderr.starts_with(&format!("ticketlog: {said}")) && stderr.lines().count() == 1,
                "{stderr}"
            );
        }
        let (code, stdout, stderr) = configured.run(&["--demo", "255762"]);
        assert_eq!((code, stderr.as_str()), (0, ""));
        assert!(stdout.starts_with("#255762, newest first, times in Oslo\n"), "{stdout}");
    }
}

#[test]
fn the_demo_ignores_every_setting_that_could_be_read() {
    let configured =
        Configured::new("ascii = true\ntime_zone = 'Asia/Tokyo'\nbase_url = 'https://api.example'");
    let args = ["--demo", "255762", "--profile", "none"];
    let (code, stdout, stderr) = configured.run(&args);
    assert_eq!((code, stderr.as_str()), (0, ""));
    assert_eq!(stdout.as_bytes(), run(&["--demo", "255762"]).stdout);
}

#[test]
fn what_shows_a_log_can_be_set_for_files_too() {
    let log = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/files/newest.ndjson");
    let configured = Configured::new("ascii = true\ntime_zone = 'Asia/Tokyo'");
    let (_, stdout, _) = configured.run(&["open", log]);
    assert!(
        stdout.starts_with("file newest.ndjson, newest first, times in Tokyo\n") && stdout.is_ascii(),
        "{stdout}"
    );
    let (_, stdout, _) = configured.run(&["open", log, "--ascii=false"]);
    assert!(!stdout.is_ascii(), "{stdout}");
}

#[test]
fn a_link_is_opened_in_its_own_community_or_not_at_all() {
    let served = Served::start(&[]);
    let ask = |text: &str, ticket: &str| {
        let configured = Configured::new(text);
        let file = configured.file();
        let output = canary::output(
            program(&[ticket, "--config"]).arg(&file).env("TICKETLOG_ACCESS_TOKEN", &served.token),
        );
        (output.status.code().unwrap(), String::from_utf8([output.stdout, output.stderr].concat()).unwrap())
    };
    let url = &served.base_url;
    let profiles = format!(
        "base_url = '{url}'\ndefault_profile = 'acme'\n[profiles.acme]\ncommunity = 'acme'\n\
         [profiles.beta]\ncommunity = 'beta'"
    );
    let link =
        |community: &str| format!("https://inbox.socialboards.com/{community}/tickets?ticketId=255762");
    for (text, ticket) in [
        (&profiles, link("acme")),
        (&profiles, "255762".to_owned()),
        (&format!("base_url = '{url}'"), link("any")),
    ] {
        let (code, printed) = ask(text, &ticket);
        assert_eq!(code, 0, "{printed}");
        assert!(printed.starts_with("#255762, newest first"), "{printed}");
    }
    for community in ["beta", "gamma"] {
        let (code, printed) = ask(&profiles, &link(community));
        assert_eq!(code, 2, "{printed}");
        assert!(printed.starts_with("ticketlog: ") && printed.lines().count() == 1, "{printed}");
        assert!(printed.contains(community), "{printed}");
    }
}

#[test]
#[should_panic(expected = "a secret stands in standard error")]
fn a_secret_that_is_said_is_found() {
    let mut command = std::process::Command::new("/bin/sh");
    canary::output(command.args(["-c", "echo x-$(printf CAN)ARY-x >&2"]).stdin(std::process::Stdio::null()));
}

#[test]
#[should_panic(expected = "a secret stands in a trace")]
fn a_secret_in_a_trace_is_found() {
    let folder = TempDir::new().unwrap();
    let trace = folder.path().join("trace");
    let mut command = std::process::Command::new("/bin/sh");
    command.args(["-c", "echo x-$(printf CAN)ARY-x >\"$F\""]).env("F", &trace);
    canary::output(command.stdin(std::process::Stdio::null()));
}

#[test]
fn keys_that_are_wrong_are_refused_before_the_screen_opens_and_told_by_check() {
    for (text, sentence) in [
        ("[keys.list]\noldr = ['n']", "FILE:2:1: unknown action \"oldr\"; did you mean older?"),
        (
            "[keys.list]\nclose-or-quit = 'none'\nquit = 'none'",
            "FILE:3:1: no key quits on the list any more; bind close-or-quit or quit.",
        ),
    ] {
        let configured = Configured::new(text);
        for args in [&["4478963"][..], &["config", "check"], &["open", "-"]] {
            let (code, stdout, stderr) = configured.run(args);
            assert_eq!((code, stdout.as_str()), (2, ""), "{args:?}");
            assert_eq!(stderr, format!("ticketlog: {sentence}\n"), "{args:?}");
        }
    }
    let configured = Configured::new("[keys.list]\nolder = ['n', 'down']\n");
    let (_, stdout, _) = configured.run(&["config", "show"]);
    assert!(
        stdout.lines().any(|line| line.split_whitespace().eq(["keys.list.older", "n", "down", "FILE:2"])),
        "{stdout}"
    );
    assert_eq!(configured.run(&["config", "check"]).0, 0);
}
