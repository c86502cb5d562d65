//! A signal while a token is exchanged: what the server changed is kept before the program is gone.

use std::process::{Child, Stdio};

use rustix::process::{Pid, Signal, kill_process};
use serde_json::json;

use crate::{
    session::{Session, end},
    token_server::SEED,
};

/// The signals that end the program, and its exit code then.
const SIGNALS: [(Signal, i32); 4] =
    [(Signal::INT, 130), (Signal::TERM, 143), (Signal::HUP, 129), (Signal::QUIT, 131)];

fn signal(child: &Child, signal: Signal) {
    kill_process(Pid::from_child(child), signal).unwrap();
}

#[test]
fn a_signal_waits_until_the_token_that_the_server_changed_is_kept() {
    for args in [&["7"][..], &["auth", "status"], &["auth", "login"], &["doctor"]] {
        for (sent, code) in SIGNALS {
            let session = Session::new();
            let is_login = args.contains(&"login");
            let mut command = if is_login { session.bare(args) } else { session.command(args) };
            if is_login {
                let typed = session.secret_file("typed", SEED, 0o600);
                command.stdin(Stdio::from(std::fs::File::open(typed).unwrap()));
            }
            session.server.told().holds = true;
            let child = command.spawn().unwrap();
            session.server.until_exchanges(1);
            signal(&child, sent);
            session.server.told().holds = false;
            let said = end(child);
            assert_eq!(said.code, Some(code), "{args:?}: {said:?}");
            assert_eq!(session.document()["refresh_token"], "CANARY-refresh-1", "{args:?}, {code}");
            // Nobody tells that it was used a second time.
            session.change("ends", json!(0));
            let mut again = if is_login { session.bare(&["7"]) } else { session.command(&["7"]) };
            crate::session::ran(&mut again).fine();
            assert_eq!(session.redeemed(), 2);
        }
    }
}

#[test]
fn an_exchange_without_an_answer_is_given_up_and_a_signal_that_is_ignored_ends_nothing() {
    let session = Session::new();
    session.server.told().stalls = 1;
    let child = session.command(&["7"]).spawn().unwrap();
    session.server.until_exchanges(1);
    signal(&child, Signal::TERM);
    assert_eq!(end(child).code, Some(143), "nobody waits for ever");
    let session = Session::new();
    session.server.told().holds = true;
    let mut command = std::process::Command::new("/bin/sh");
    let program = session.command(&["7"]);
    command.args(["-c", "trap '' HUP; exec \"$0\" 7"]).arg(program.get_program()).env_clear();
    command.envs(program.get_envs().filter_map(|(name, value)| Some((name, value?))));
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let child = command.spawn().unwrap();
    session.server.until_exchanges(1);
    signal(&child, Signal::HUP);
    session.server.told().holds = false;
    end(child).fine();
}
