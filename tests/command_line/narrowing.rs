//! The narrowing flags and the plain table: what is printed, what is asked for, what is refused.

use super::{Served, canary, run};

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
fn a_table_of_nothing_says_what_nothing_matches() {
    for (args, words) in [
        (["--types", "reply", "--grep", "zzzz"], "only reply, \"zzzz\""),
        (["--actor", "nobody", "--since", "2023-12-01"], "nobody only, since 1 Dec 2023"),
    ] {
        let output = run(&[&["--demo"][..], &args].concat());
        assert_eq!(output.status.code(), Some(0));
        assert_eq!(String::from_utf8(output.stdout).unwrap().lines().count(), 1, "the header alone");
        let said = format!("ticketlog: No entry matches what narrows it: {words}.\n");
        assert_eq!(String::from_utf8(output.stderr).unwrap(), said);
    }
    assert!(run(&["--demo", "--types", "reply"]).stderr.is_empty());
}

#[test]
fn without_a_type_nothing_is_printed_or_waited_for() {
    for args in [&["--demo"][..], &["export", "--demo"], &["open", "tests/data/files/newest.ndjson"]] {
        for none in [&["--types", "none"][..], &["--types", "None,none"]] {
            let text = refused(&[args, none].concat());
            assert!(text.contains("--types none shows no entry, so there is nothing to print."), "{text}");
        }
    }
    let text = refused(&["export", "--demo", "--types", "none,reply"]);
    assert!(text.contains("none stands alone"), "{text}");
    for (args, flag) in
        [(&["wait", "--demo", "--for", "none"][..], "--for"), (&["--demo", "--hide", "none"], "--hide")]
    {
        let text = refused(args);
        assert!(text.contains(&format!("{flag}: \"none\" is no action type.")), "{text}");
    }
}

#[test]
fn a_name_of_the_api_that_nobody_knows_is_used_and_a_near_one_told() {
    for typed in ["status_changed", "ticket_status_chnged"] {
        let output = run(&["--demo", "--types", typed]);
        assert_eq!(output.status.code(), Some(0));
        let text = String::from_utf8(output.stderr).unwrap();
        assert!(text.contains(&format!("\"{typed}\" is not known and used as it stands.")), "{text}");
        assert!(text.contains("Did you mean ticket_status_changed?"), "{text}");
    }
    let output = run(&["--demo", "--types", "ticket_never_heard_of"]);
    assert!(!String::from_utf8(output.stderr).unwrap().contains("Did you mean"));
}

#[test]
fn a_word_that_is_no_type_is_one_sentence_with_what_was_probably_meant() {
    let text = refused(&["--demo", "--types", "replay"]);
    let plural = refused(&["--demo", "--types", "replies"]);
    assert!(plural.contains(r#"--types: "replies" is no action type. Did you mean reply?"#), "{plural}");
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
    let output = canary::output(
        super::program(&["1", "--base-url", &served.base_url, "--types", "created", "--trace"])
            .arg(&trace)
            .env("TICKETLOG_ACCESS_TOKEN", &served.token),
    );
    assert_eq!(String::from_utf8(output.stdout).unwrap().lines().count(), 2);
    assert_eq!(std::fs::read_to_string(trace).unwrap().matches(" POST ").count(), 1);
}

#[test]
fn people_kinds_times_and_texts_narrow_the_table_as_they_narrow_the_screen() {
    let all = printed(&["--demo"]);
    let kept = |args: &[&str], line: &str, keeps: &dyn Fn(&str) -> bool| {
        let lines = printed(&[&["--demo"], args].concat());
        assert_eq!(lines[0], format!("#4478963, newest first, times in Oslo, {line}"));
        assert!(lines.len() > 1 && lines.len() < all.len(), "{args:?}: {}", lines.len());
        assert!(lines[1..].iter().eq(all[1..].iter().filter(|line| keeps(line))), "{args:?} {lines:#?}");
    };
    kept(&["--actor", "garrick"], "garrick only", &|line| line.contains("  Garrick Ollivander   "));
    kept(&["--kind", "bot"], "bots only", &|line| line.contains("  Hedwig   "));
    kept(&["--since", "2023-12-13"], "since 13 Dec 2023", &|line| line >= "2023-12-13");
    kept(&["--until", "2023-10-05 10:17"], "until 5 Oct 2023 10:17", &|line| line < "2023-10-05 10:18");
    kept(&["--grep", "/took it$/"], "/took it$/", &|line| line.ends_with("took it"));
    kept(&["--grep", "!read the"], "not \"read the\"", &|line| !line.contains("read the"));
}

#[test]
fn what_cannot_narrow_is_one_sentence() {
    for (args, words) in [
        (&["--since", "soon"][..], "--since is not a time."),
        (&["--until=-x"], "--until is not a time."),
        (&["--since", "2023-10-05", "--until", "2023-10-04"], "--since is later than --until"),
        (&["--grep", "/(/"], "--grep: unclosed group"),
        (&["--grep", "!"], "--grep has no text."),
        (&["--actor", " "], "--actor has no name."),
        (&["--actor", "me"], "--actor me: no setting says who you are."),
        (&["--kind", "teams"], "teams"),
    ] {
        let text = refused(&[&["--demo"], args].concat());
        assert!(text.contains(words), "{text}");
    }
}

#[test]
fn a_window_of_time_ends_the_requests_when_it_is_passed() {
    let served = Served::start(&["--entries", "10000"]);
    let folder = tempfile::TempDir::new().unwrap();
    let trace = folder.path().join("trace");
    let ask = |since: &str| {
        let _ = std::fs::remove_file(&trace);
        let output = canary::output(
            super::program(&["1", "--base-url", &served.base_url, "--since", since, "--trace"])
                .arg(&trace)
                .env("TICKETLOG_ACCESS_TOKEN", &served.token),
        );
        let lines = String::from_utf8(output.stdout).unwrap().lines().count();
        (lines - 1, std::fs::read_to_string(&trace).unwrap().matches(" POST ").count())
    };
    let (entries, requests) = ask("1990-01-01");
    assert_eq!((entries, requests), (10_000, 209));
    let all = served.ask("1");
    let text = String::from_utf8(all.stdout).unwrap();
    let hundredth = text.lines().nth(100).unwrap();
    let (entries, requests) = ask(&hundredth.chars().take(16).collect::<String>());
    assert!((100..150).contains(&entries), "{entries}");
    assert!(requests <= 4, "{requests} requests for {entries} entries");
}

/// The lines of a ticket of the served log, and how many requests they cost.
fn traced(served: &Served, args: &[&str]) -> (Vec<String>, usize) {
    let folder = tempfile::TempDir::new().unwrap();
    let trace = folder.path().join("trace");
    let output = super::program(&[&["1", "--base-url", &served.base_url], args].concat())
        .arg("--trace")
        .arg(&trace)
        .env("TICKETLOG_ACCESS_TOKEN", &served.token)
        .output()
        .unwrap();
    let lines = String::from_utf8(output.stdout).unwrap().lines().skip(1).map(str::to_owned).collect();
    (lines, std::fs::read_to_string(&trace).unwrap().matches(" POST ").count())
}

#[test]
fn a_window_of_time_begins_with_a_jump_to_its_end() {
    let served = Served::start(&["--entries", "10000"]);
    let (all, _) = traced(&served, &[]);
    assert_eq!(all.len(), 10_000);
    let minute = |at: usize| all[at].chars().take(16).collect::<String>();
    for (newest, oldest) in [(10, 40), (300, 360), (5_000, 5_100), (9_990, 9_999)] {
        let (until, since) = (minute(newest), minute(oldest));
        let (lines, requests) = traced(&served, &["--until", &until, "--since", &since]);
        let within = |line: &&String| (since.as_str()..=until.as_str()).contains(&line.get(..16).unwrap());
        assert!(lines.iter().eq(all.iter().filter(within)), "{until} to {since}: {lines:#?}");
        // The opening, the jump with its pages, and what the window holds.
        let most = 21 + (oldest - newest) / 48 + 2;
        assert!(requests <= most, "{requests} requests from {newest} to {oldest}");
    }
    let (lines, requests) = traced(&served, &["--until", "1990-01-01"]);
    assert_eq!(lines.len(), 0);
    assert!(requests <= 21, "{requests}");
}

#[test]
fn where_times_are_not_in_order_everything_is_read_for_a_window() {
    let entry = |minute: usize| {
        format!(
            r#"{{"actionType":"note_created","actionString":"note {minute}","time":"2023-08-{:02}T12:{:02}:00Z"}}"#,
            1 + minute / 60,
            minute % 60
        )
    };
    let mut minutes: Vec<usize> = (0..600).rev().collect();
    // Entries of the window stand far above and far below it.
    minutes.swap(20, 450);
    minutes.swap(70, 300);
    minutes.swap(120, 310);
    let folder = tempfile::TempDir::new().unwrap();
    let file = folder.path().join("log.ndjson");
    std::fs::write(&file, minutes.iter().map(|minute| entry(*minute) + "\n").collect::<String>()).unwrap();
    let file = file.to_str().unwrap();
    let all = printed(&["open", file]);
    let window = ["--since", "2023-08-03 00:00", "--until", "2023-08-06 23:59"];
    let lines = printed(&[&["open", file][..], &window].concat());
    let within = |line: &&String| ("2023-08-03".."2023-08-07").contains(&line.get(..10).unwrap());
    assert!(lines[1..].iter().eq(all[1..].iter().filter(within)), "{lines:#?}");
}
