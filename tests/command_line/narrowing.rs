//! The narrowing flags and the plain table: what is printed, what is asked for, what is refused.

use super::{Served, run};

fn printed(args: &[&str]) -> Vec<String> {
    let output = run(args);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect()
}

fn refused(args: &[&str]) -> String {
    let output = run(args);
    assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0));
    let text = String::from_utf8(output.stderr).unwrap();
    assert_eq!(text.lines().count(), 1, "{text}");
    text
}

#[test]
fn named_types_alone_are_printed_and_the_first_line_says_so() {
    let all = printed(&["--demo"]);
    for types in ["reply,status", "reply_created,Status changed", "STATUS, reply"] {
        let lines = printed(&["--demo", "--types", types]);
        assert_eq!(lines[0], "#4478963, newest first, times in Oslo, only reply, status");
        let word = |line: &str| line.chars().skip(18).take(16).collect::<String>();
        let is_kept =
            |line: &str| ["reply", "status"].contains(&word(line).trim_matches(['→', '←', '*', ' ']));
        let kept = all.iter().skip(1).filter(|line| is_kept(line));
        assert!(lines.iter().skip(1).eq(kept), "{lines:#?}");
    }
}

#[test]
fn a_file_is_narrowed_like_a_ticket() {
    let file = "tests/data/files/newest.ndjson";
    let all = printed(&["open", file]);
    let lines = printed(&["open", file, "--types", "status", "--types=reply"]);
    assert!(lines.len() < all.len() && lines.len() > 1, "{lines:#?}");
    assert!(lines[1..].iter().all(|line| line.contains("status") || line.contains("reply")), "{lines:#?}");
}

#[test]
fn types_that_nobody_knows_are_asked_for_by_their_own_name() {
    let lines = printed(&["--demo", "--types", "ticket_never_heard_of"]);
    assert_eq!(lines, ["#4478963, newest first, times in Oslo, only never heard of"]);
}

#[test]
fn a_word_that_is_no_type_is_one_sentence_with_what_was_probably_meant() {
    let text = refused(&["--demo", "--types", "replay"]);
    assert!(text.contains(r#"--types: "replay" is no action type. Did you mean reply?"#), "{text}");
    let text = refused(&["--demo", "--types", "read,\u{1b}[2Jforged\u{202e}"]);
    assert!(text.bytes().all(|byte| matches!(byte, b' '..=b'~' | b'\n')), "{}", text.escape_debug());
    for types in ["", ",", " , "] {
        assert!(refused(&["--demo", "--types", types]).contains("--types names no type."));
    }
}

#[test]
fn the_server_is_asked_for_the_named_types_alone() {
    let served = Served::start(&["--entries", "10000"]);
    let folder = tempfile::TempDir::new().unwrap();
    let trace = folder.path().join("trace");
    let output = super::program(&["1", "--base-url", &served.base_url, "--types", "created", "--trace"])
        .arg(&trace)
        .env("TICKETLOG_ACCESS_TOKEN", &served.token)
        .output()
        .unwrap();
    assert_eq!(String::from_utf8(output.stdout).unwrap().lines().count(), 2);
    assert_eq!(std::fs::read_to_string(trace).unwrap().matches(" POST ").count(), 1);
}
