//! Files that the program writes: in their place when they are whole, for their owner alone.

use std::{
    fs,
    os::unix::fs::{PermissionsExt, symlink},
    process::Stdio,
};

use nix::{
    sys::signal::{Signal, kill},
    unistd::Pid,
};

use crate::{
    canary,
    running::{Served, answering, at, entries, entry, names, ok, program, response, run, told},
};

#[test]
fn a_file_is_its_owners_alone_and_no_other_one_is_written_over() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.csv");
    let name = path.to_str().unwrap();
    assert_eq!(run(&["export", "--demo", "255762", "-o", name]).0, Some(0));
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    let first = fs::read_to_string(&path).unwrap();
    // The ending says the format.
    assert!(first.starts_with("time,"), "{first}");
    let (code, out, said) = run(&["export", "--demo", "-o", name]);
    assert_eq!((code, out.len(), said.lines().count()), (Some(2), 0, 1));
    assert!(said.contains("x.csv exists. Name another file, or add --force"), "{said}");
    assert_eq!(fs::read_to_string(&path).unwrap(), first);
    let link = folder.path().join("link");
    symlink(&path, &link).unwrap();
    let link = link.to_str().unwrap();
    assert_eq!(run(&["export", "--demo", "-o", link]).0, Some(2));
    assert_eq!(run(&["export", "--demo", "-o", link, "--force", "--format", "csv"]).0, Some(0));
    assert!(fs::read_to_string(&path).unwrap().lines().count() > 190, "behind the link, not in its place");
    assert!(fs::symlink_metadata(link).unwrap().is_symlink());
    assert_eq!(names(folder.path()), ["link", "x.csv"], "nothing else is left");
}

#[test]
#[cfg(target_os = "linux")]
fn a_file_in_memory_is_a_file_although_its_folder_is_one_of_devices() {
    let folder = tempfile::tempdir_in("/dev/shm").unwrap();
    let path = folder.path().join("x.json");
    let name = path.to_str().unwrap();
    assert_eq!(run(&["export", "--demo", "255762", "-o", name]).0, Some(0));
    let first = fs::read_to_string(&path).unwrap();
    let (code, _, said) = run(&["export", "--demo", "255762", "-o", name]);
    assert_eq!(code, Some(2), "{said}");
    assert_eq!(fs::read_to_string(&path).unwrap(), first);
    fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
    assert_eq!(run(&["export", "--demo", "255762", "-o", name, "--force"]).0, Some(0));
    assert_eq!(fs::read_to_string(&path).unwrap(), first);
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
}

#[test]
fn a_name_for_standard_output_is_where_that_goes() {
    let folder = tempfile::tempdir().unwrap();
    for (at, name) in ["/dev/stdout", "/dev/fd/1"].into_iter().enumerate() {
        let path = folder.path().join(at.to_string());
        let out = fs::File::create(&path).unwrap();
        let args = ["export", "--demo", "255762", "-o", name, "--format", "json"];
        let output = program(&args).stdout(out).stderr(Stdio::piped()).output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        assert!(fs::read_to_string(&path).unwrap().ends_with("]\n"));
    }
}

#[test]
fn what_cannot_be_written_is_one_sentence_and_leaves_nothing_behind() {
    let folder = tempfile::tempdir().unwrap();
    let gone = folder.path().join("gone/x.json");
    let in_file = folder.path().join("file/x");
    fs::write(folder.path().join("file"), "").unwrap();
    for (path, words, expected) in [
        ("/dev/full", "there is no room left", 1),
        (gone.to_str().unwrap(), "there is no such folder", 1),
        (in_file.to_str().unwrap(), "what should be a folder is none", 1),
        (folder.path().to_str().unwrap(), "is a folder", 2),
        // Nobody makes files there, whoever he is.
        ("/proc/ticketlog-x", "cannot be written", 1),
    ] {
        let (code, out, said) = run(&["export", "--demo", "-o", path]);
        assert_eq!((code, out.len(), said.lines().count()), (Some(expected), 0, 1), "{path}: {said}");
        assert!(said.contains(words), "{path}: {said}");
    }
    assert_eq!(names(folder.path()), ["file"]);
    let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    for args in [&["export", "--demo"][..], &["--demo"]] {
        let full = full.try_clone().unwrap();
        let output = program(args).stdout(full).stderr(Stdio::piped()).output().unwrap();
        let (code, _, said) = told(&output);
        assert_eq!(code, Some(1), "{said}");
        assert!(said.contains("The output cannot be written: there is no room left."), "{said}");
    }
}

#[test]
fn a_refusal_leaves_no_file() {
    let folder = tempfile::tempdir().unwrap();
    let served = Served::start(&[]);
    for more in [&[][..], &["--follow"]] {
        let path = folder.path().join("x.json");
        let args = [&["export", "99", "-o", path.to_str().unwrap()][..], more].concat();
        let (code, _, said) = told(&canary::output(&mut served.command(&args)));
        assert_eq!((code, said.lines().count()), (Some(5), 1), "{said}");
        assert_eq!(names(folder.path()), [""; 0]);
    }
}

#[test]
fn a_failure_on_the_way_to_the_first_entry_leaves_no_file() {
    for more in [&[][..], &["--follow"], &["--since", "2024-01-01T02:00:00Z"]] {
        for format in ["json", "csv", "table"] {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("x");
            let base = answering(|_, number| match number {
                0 => ok(&entries(199, 50)),
                _ => response("401 Unauthorized", ""),
            });
            let path = path.to_str().unwrap();
            let args =
                [&["export", "7", "--oldest-first", "-o", path, "--format", format][..], more].concat();
            let (code, _, said) = told(&canary::output(&mut at(&base, &args)));
            assert_eq!((code, said.lines().count()), (Some(3), 1), "{said}");
            assert_eq!(names(folder.path()), [""; 0], "{said}");
        }
    }
}

#[test]
fn a_log_without_an_entry_is_a_whole_file() {
    for more in [&[][..], &["--oldest-first"]] {
        for (format, lines) in [("json", 1), ("ndjson", 0), ("csv", 1), ("table", 3)] {
            let base = answering(|asked, _| ok(if asked.contains("/log") { "[]" } else { "{}" }));
            let args = [&["export", "7", "--format", format][..], more].concat();
            let (code, out, said) = told(&canary::output(&mut at(&base, &args)));
            assert_eq!((code, out.lines().count()), (Some(0), lines), "{out}{said}");
            assert!(format!("{out}{said}").contains("0 entries, 0 hidden, complete"), "{out}{said}");
        }
    }
}

#[test]
fn a_file_that_is_followed_grows_in_its_place_and_is_whole_when_it_is_stopped() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.json");
    let log = folder.path().join("log");
    let line = |n: u32| {
        format!(
            "{{\"actionType\":\"note\",\"actionString\":\"entry {n}\",\"time\":\"2024-01-01T00:{n:02}:00Z\"}}\n"
        )
    };
    fs::write(&log, (0..9).map(line).collect::<String>()).unwrap();
    let args = ["export", log.to_str().unwrap(), "--follow", "-o", path.to_str().unwrap()];
    let child = program(&args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    while !fs::read_to_string(&path).unwrap_or_default().contains("entry 8") {
        std::thread::yield_now();
    }
    kill(Pid::from_raw(child.id().cast_signed()), Signal::SIGINT).unwrap();
    let (code, _, said) = told(&child.wait_with_output().unwrap());
    assert_eq!(code, Some(130), "{said}");
    let read: Vec<serde_json::Value> = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
    assert_eq!(read.len(), 9);
    assert!(said.contains("x.json, up to 2024-01-01 00:08"), "{said}");
}

/// What `export` gives of a file that holds this.
fn exported(text: &str, format: &str, more: &[&str]) -> (Option<i32>, String, String) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("log");
    fs::write(&path, text).unwrap();
    run(&[&["export", path.to_str().unwrap(), "--format", format][..], more].concat())
}

#[test]
fn a_file_that_cannot_be_read_whole_is_not_complete_and_nothing_is_made_up() {
    let entries = [entry(2, "Luna"), entry(1, "Luna")];
    let [newer, older] = &entries;
    let half = older.split_at(older.len() - 40).0;
    let endless = format!(r#"{{"actionType":"note","actionString":"{}"}}"#, "x".repeat(9 * 1024 * 1024));
    let [cut, between] = ["is cut off", "ends too early: the file is cut off there"];
    for (text, line, why) in [
        (format!("[{newer},\n{half}"), 2, cut),
        (format!("[\n{newer},\n"), 3, between),
        (format!("{newer}\n{half}"), 2, cut),
        (format!("{half}\n{newer}\n"), 1, cut),
        (format!("{newer}\n{endless}\n"), 2, "bytes, more than an entry may have"),
        (format!("hello\n{newer}\n"), 1, "is not JSON"),
    ] {
        for format in ["json", "ndjson", "csv", "markdown", "table"] {
            for more in [&[][..], &["--redact"], &["--oldest-first"]] {
                let (code, out, said) = exported(&text, format, more);
                let is_told = if format == "markdown" || format == "table" { &out } else { &said };
                let told = is_told.lines().find(|told| told.contains(" hidden, ")).unwrap();
                assert_eq!(code, Some(1), "{why}, {format} {more:?}: {said}");
                let lead = format!("not complete: the file cannot be read whole: line {line} ");
                assert!(told.contains(&lead) && told.contains(why), "{format} {more:?}: {told}");
                let last = said.lines().last().unwrap();
                assert!(last.contains("log cannot be read whole: line ") && last.contains(why), "{last}");
                if format.ends_with("json") {
                    assert!(told.contains(" 1 entry, "), "{format} {more:?}: {told}");
                    assert!(out.contains("entry 2") && !out.contains(why), "{out}");
                }
            }
        }
        // It is of no type and has no time, and may have been any entry.
        for more in [["--types", "reply"], ["--since", "2024-01-01"]] {
            let (code, _, said) = exported(&text, "json", &more);
            assert_eq!(code, Some(1), "{why}, {more:?}: {said}");
            assert!(said.contains("not complete: the file cannot be read whole"), "{more:?}: {said}");
        }
    }
}

#[test]
fn what_stands_in_the_place_of_an_entry_is_told_as_it_stands_there() {
    let entry = entry(2, "Luna");
    let others = r#""line 1: the entry is a text, not an object","line 1 is cut off",7"#;
    let (code, out, said) = exported(&format!("[{others},{entry}]"), "json", &[]);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("4 entries, 0 hidden, complete"), "{said}");
    let read: Vec<serde_json::Value> = serde_json::from_str(&out).unwrap();
    assert_eq!(read[..3], serde_json::from_str::<Vec<serde_json::Value>>(&format!("[{others}]")).unwrap());
}

#[test]
fn an_output_that_fails_half_way_says_how_far_it_got_and_how_to_go_on() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.ndjson");
    // A write beyond the largest size of a file fails, where the signal that tells of it is ignored.
    let small = |more: &[&str]| {
        let mut command = program(&["export", "--demo", "4484636"]);
        let ticketlog = command.get_program().to_owned();
        let args: Vec<_> = command.args(more).get_args().map(ToOwned::to_owned).collect();
        let mut shell = std::process::Command::new("/bin/sh");
        shell.args(["-c", "trap '' XFSZ; ulimit -f 400; exec \"$@\"", "sh"]).arg(ticketlog).args(args);
        shell.env_clear().env("XDG_CONFIG_DIRS", "/nonexistent").stdin(Stdio::null());
        shell
    };
    for (order, flag) in [(&[][..], "--until"), (&["--oldest-first"], "--since")] {
        let file = fs::File::create(&path).unwrap();
        let (code, _, said) = told(&small(order).stdout(file).stderr(Stdio::piped()).output().unwrap());
        assert_eq!((code, said.lines().count()), (Some(1), 1), "{said}");
        let count = said.split(" entries were printed").next().unwrap().rsplit(' ').next().unwrap();
        let count: usize = count.parse().unwrap();
        let text = fs::read(&path).unwrap();
        let text = String::from_utf8_lossy(&text);
        let lines: Vec<&str> = text.split_inclusive('\n').filter(|line| line.ends_with('\n')).collect();
        assert!((1..=lines.len()).contains(&count) && lines.len() - count < 50, "{said}");
        assert!(said.contains("The output cannot be written: ") && said.contains("At least "), "{said}");
        let last: serde_json::Value = serde_json::from_str(lines[count - 1]).unwrap();
        let time = said.split(&format!("To go on: the same with {flag} ")).nth(1).unwrap();
        let time = chrono::DateTime::parse_from_rfc3339(time.split(',').next().unwrap()).unwrap();
        assert_eq!(time, chrono::DateTime::parse_from_rfc3339(last["time"].as_str().unwrap()).unwrap());
    }
    let name = path.to_str().unwrap();
    fs::remove_file(&path).unwrap();
    let (code, _, said) = told(&canary::output(&mut small(&["-o", name])));
    assert_eq!((code, said.lines().count()), (Some(1), 1), "{said}");
    assert!(said.ends_with("Nothing is kept of it.\n"), "{said}");
    assert_eq!(names(folder.path()), [""; 0]);
    let (_, _, said) = run(&["export", "--demo", "-o", "/dev/full"]);
    assert!(said.ends_with("there is no room left. Not a page of entries was printed whole.\n"), "{said}");
}

#[test]
fn what_cannot_be_read_is_no_entry_of_a_limit_unless_its_row_is_printed() {
    let [one, two, three] = [3, 2, 1].map(|n| entry(n, "Luna"));
    let text = format!("{one}\nhello\n{two}\n{three}\n");
    for format in ["json", "ndjson", "csv"] {
        for (more, given) in
            [(&[][..], ["entry 3", "entry 2"]), (&["--oldest-first"], ["entry 1", "entry 2"])]
        {
            let (_, out, said) = exported(&text, format, &[&["--limit", "2"][..], more].concat());
            let has_row = format == "csv" && more.is_empty();
            let given = if has_row { ["entry 3", "is not JSON"] } else { given };
            let words = ["entry 1", "entry 2", "entry 3", "is not JSON"];
            let printed = words.iter().filter(|words| out.contains(*words)).count();
            assert!(
                printed == 2 && given.iter().all(|given| out.contains(given)),
                "{format} {more:?}: {out}"
            );
            assert!(said.contains("2 entries, 0 hidden, "), "{said}");
        }
    }
}
