//! Refresh tokens of a file and of a program: taken when they are safe, refused with a sentence when they are not.

use std::{fs, os::unix::fs::symlink, path::Path, sync::mpsc, time::Duration};

use ticketlog::auth::given::{self, NoToken};

use crate::{
    session::{Said, Session, ran},
    token_server::SEED,
};

const FILE: &str = "token_file = \"secrets/token\"";

fn helper(session: &Session, script: &str, words: &str, args: &[&str]) -> Said {
    session.secret_file("helper", &format!("#!/bin/sh\n{script}\n"), 0o700);
    ran(&mut session.configured(&format!("token_command = [\"secrets/helper\"{words}]"), args))
}

#[test]
fn the_token_of_a_file_is_the_beginning_and_what_became_of_it_is_used() {
    let session = Session::new();
    session.secret_file("token", &format!("{SEED}\n"), 0o600);
    ran(&mut session.configured(FILE, &["7"])).fine();
    ran(&mut session.configured(FILE, &["7"])).fine();
    assert_eq!(session.redeemed(), 1);
    let said = ran(&mut session.configured(FILE, &["auth", "status"])).fine();
    assert!(said.out.contains("token    refresh token of token_file of "), "{said:?}");
    assert!(said.out.contains("config.toml:4") && said.out.contains("accepts it"), "{said:?}");
}

/// C06
#[test]
fn a_file_that_is_not_its_owners_alone_is_refused_with_its_cure() {
    let session = Session::new();
    let run = || ran(&mut session.configured(FILE, &["7"]));
    run().fails(2, "token_file: there is no file ");
    for mode in [0o644, 0o640, 0o660, 0o602, 0o604] {
        let path = session.secret_file("token", SEED, mode);
        run().fails(3, &format!("chmod 600 '{}'", path.display()));
    }
    let path = session.secret_file("token", SEED, 0o600);
    let other = path.with_file_name("other");
    fs::hard_link(&path, &other).unwrap();
    run().fails(3, "has a second name");
    fs::remove_file(&path).unwrap();
    symlink(&other, &path).unwrap();
    run().fails(3, "is a link");
    fs::remove_file(&path).unwrap();
    fs::create_dir(&path).unwrap();
    run().fails(3, "is no plain file");
    fs::remove_dir(&path).unwrap();
    rustix::fs::mkfifoat(rustix::fs::CWD, &path, rustix::fs::Mode::RUSR).unwrap();
    run().fails(3, "is no plain file");
    fs::remove_file(&path).unwrap();
    if rustix::process::geteuid().is_root() {
        session.secret_file("token", SEED, 0o600);
        std::os::unix::fs::chown(&path, Some(65_534), None).unwrap();
        run().fails(3, "belongs to somebody else");
        fs::remove_file(&path).unwrap();
    }
    for text in ["", "CANARY two", "CANARY\nX-Evil: 1", "CANARY-\u{e9}", "\0"] {
        session.secret_file("token", text, 0o600);
        run().fails(3, "holds no token");
    }
    session.secret_file("token", &"x".repeat(10_000_000), 0o600);
    assert_ne!(run().code, Some(0), "64 KiB of it may be a token, the server's to refuse");
    let quoted = session.secret_file("it's", SEED, 0o644);
    let line = "token_file = \"secrets/it's\"";
    let cure = format!("chmod 600 '{}'", quoted.display().to_string().replace('\'', r#"'"'"'"#));
    ran(&mut session.configured(line, &["7"])).fails(3, &cure);
    // What is shown of these names is the name of another file.
    for (name, written) in [("a\nb", r"a\nb"), ("a\\b", r"a\\b"), ("\u{e6}", "\u{e6}")] {
        session.secret_file(name, SEED, 0o644);
        let line = format!("token_file = \"secrets/{written}\"");
        ran(&mut session.configured(&line, &["7"])).fails(3, "see to it with chmod 600");
    }
    assert_eq!(session.redeemed(), 0);
}

/// C02, C03
#[test]
fn a_program_gets_its_words_as_they_are_and_nothing_of_ours() {
    let session = Session::new();
    let folder = session.folder.path().display().to_string();
    let script = format!(
        "printf '%s\\n' \"$@\" >{folder}/words; env >{folder}/environment; \
         tr '\\0' ' ' </proc/$PPID/cmdline >{folder}/parent; printf '%s%s\\n' CANARY -refresh-0"
    );
    let words = r#", "a b", "$(touch made)", "; touch made", "`touch made`", "*""#;
    helper(&session, &script, words, &["7"]).fine();
    let said = fs::read_to_string(session.folder.path().join("words")).unwrap();
    assert_eq!(said, "a b\n$(touch made)\n; touch made\n`touch made`\n*\n");
    let parent = fs::read_to_string(session.folder.path().join("parent")).unwrap();
    assert!(parent.trim_end().ends_with("ticketlog 7"), "{parent}");
    let environment = fs::read_to_string(session.folder.path().join("environment")).unwrap();
    assert!(environment.contains("TICKETLOG_STATE=") && !environment.contains("_TOKEN="), "{environment}");
    let said = helper(&session, &script, words, &["config", "show"]).fine();
    assert!(said.out.contains("secrets/helper (and 5 words)"), "{said:?}");
    assert_eq!(session.redeemed(), 1);
}

/// C30
#[test]
fn a_program_that_brings_no_token_is_one_sentence_without_a_word_of_it() {
    let session = Session::new();
    for (script, code, sentence) in [
        ("printf 'CAN''ARY'; exit 7", 3, "failed with exit code 7; run it by hand"),
        ("head -c 10000000 /dev/zero | tr '\\0' x", 3, "printed more than 64 KiB"),
        ("printf 'CAN''ARY two'", 3, "printed no token"),
        ("printf 'CAN''ARY\\0x'", 3, "printed no token"),
        ("printf 'CAN''ARY\\n\\nX-Evil: 1'", 3, "printed no token"),
        ("true", 3, "printed no token"),
        ("kill -INT $$", 130, "was interrupted"),
        ("kill -KILL $$", 3, "failed with a signal"),
    ] {
        let said = helper(&session, script, "", &["7"]).fails(code, sentence);
        assert!(said.err.contains("config.toml:4: token_command"), "{said:?}");
    }
    let run = |line: &str| ran(&mut session.configured(line, &["7"]));
    run("token_command = [\"/nonexistent/x\"]")
        .fails(2, "/nonexistent/x cannot be started: there is no such program");
    run("token_command = \"pass show\"").fails(2, "a list of words is needed");
    run("token_command = []").fails(2, "the name of a program is needed");
    run("token_command = [\"~/bin/x\"]").fails(2, "no shell reads this");
    run("token_file = \"~/token\"").fails(2, "no shell reads this");
    run("token_command = [\"true\"]\ntoken_file = \"x\"").fails(2, "remove one of them");
    assert_eq!(session.exchanges(), 0);
}

/// C30
#[test]
fn what_a_program_says_meanwhile_is_shown_as_text() {
    let session = Session::new();
    let script = "printf 'touch the key\\n\\033]0;x\\007\\r\\n' >&2; printf '%s%s' CANARY -refresh-0";
    let said = helper(&session, script, "", &["7"]).fine();
    assert!(said.err.starts_with("touch the key\n"), "{said:?}");
    assert!(!said.err.contains(|c: char| c.is_control() && c != '\n'), "{said:?}");
}

/// C30
#[test]
fn a_program_that_takes_too_long_is_ended_with_all_that_it_started() {
    let session = Session::new();
    let script = "#!/bin/sh\nsleep 1000 & echo $! >\"$0.pid\"; echo $$ >>\"$0.pid\"; wait\n";
    let path = session.secret_file("helper", script, 0o700);
    // The end must not come before the numbers are there.
    let (sender, written) = mpsc::channel();
    let numbers = path.with_extension("pid");
    let watched = numbers.clone();
    std::thread::spawn(move || {
        until("the numbers", || lines(&watched).len() == 2);
        sender.send(()).unwrap();
    });
    let words = [path.display().to_string()];
    let asking = std::thread::spawn(move || given::of_command(&words, Duration::from_secs(3), |_| {}));
    written.recv().unwrap();
    let Err(NoToken::Failed(failure)) = asking.join().unwrap() else { panic!("it brought a token") };
    assert!(failure.sentence.escaped().contains("gave no token in time"), "{failure:?}");
    for number in lines(&numbers) {
        until("the end of it", || {
            let stat = fs::read_to_string(format!("/proc/{number}/stat")).unwrap_or_default();
            stat.rsplit(')').next().unwrap_or_default().trim_start().starts_with('Z') || stat.is_empty()
        });
    }
}

/// C32
#[test]
fn a_token_of_the_configuration_goes_to_no_address_of_a_flag_or_a_variable() {
    let (session, other) = (Session::new(), Session::new());
    session.secret_file("token", SEED, 0o600);
    let url = other.server.url();
    let token_url = format!("{url}/token");
    for args in [["7", "--base-url", &url], ["7", "--token-url", &token_url]] {
        let said = ran(&mut session.configured(FILE, &args)).fails(2, "names another one");
        assert!(said.err.contains(args[1]), "{said:?}");
    }
    for (name, value) in [("TICKETLOG_BASE_URL", &url), ("TICKETLOG_TOKEN_URL", &token_url)] {
        let mut command = session.configured(FILE, &["7"]);
        ran(command.env(name, value)).fails(2, &format!("{name} names another one"));
    }
    assert_eq!((session.exchanges(), other.exchanges()), (0, 0));
    assert!(other.server.told().asked.is_empty());
}

#[test]
fn the_environment_goes_before_the_configuration_and_that_before_a_login() {
    let session = Session::new();
    session.secret_file("token", "CANARY-of-the-file", 0o600);
    ran(session.configured(FILE, &["7"]).env("TICKETLOG_REFRESH_TOKEN", SEED)).fine();
    let said = ran(&mut session.configured(FILE, &["auth", "logout"])).fine();
    assert!(
        said.out.contains("Logged out") && said.out.contains("There is still token_file of "),
        "{said:?}"
    );
    assert!(session.files("json").is_empty(), "what became of any of them is forgotten");
}

fn lines(path: &Path) -> Vec<String> {
    fs::read_to_string(path).unwrap_or_default().lines().map(str::to_owned).collect()
}

fn until(what: &str, condition: impl Fn() -> bool) {
    let mut left = 15_000;
    while !condition() {
        assert!(left > 0, "never saw {what}");
        left -= 1;
        std::thread::sleep(Duration::from_millis(2));
    }
}
