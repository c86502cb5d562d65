//! What does not exist cannot be turned against anybody: no export, no clipboard, no pager, no editor, no browser,
//! no window title, no log (T14 to T20). Reads `src/`. Who adds one of them meets this test and writes its own.

use std::{fs, path::Path};

/// What a way out needs, and the files that may have it.
const WAYS: &[(&str, &[&str])] = &[
    // A stranger's text as it came: to tell where a file is broken (our own words), to ask the server, to keep the
    // names of chosen types in the file of a dropped line; to cut what is typed at its start, before it is cleaned; to
    // leave letters and digits of a type's name in a trace. And to write JSON, which escapes it: `tests/export`.
    (
        "raw_for_export",
        &[
            "api/trace.rs",
            "api/transport.rs",
            "export/json.rs",
            "file/rows.rs",
            "model/entry.rs",
            "model/text.rs",
            "state/view.rs",
            "view/footer.rs",
        ],
    ),
    // Other programs: tmux with arguments of our own, those that the user names to print a token and to take a copy, and
    // the pager. What they are given goes to their standard input, cleaned.
    // The manual page makes a command line of its own, which is no program.
    ("Command::new(", &["child.rs", "main/manual.rs"]),
    ("child::command(", &["auth/given.rs", "doctor/terminal.rs", "shell/paging.rs", "shell/scrolling.rs"]),
    ("posix_spawn", &[]),
    ("fork(", &[]),
    // Files that are written: the view of a dropped line, the tokens, and exports, which the tests of printing and of
    // saving read back; what is no plain file is opened to be appended to.
    ("NamedTempFile", &["auth/vault.rs", "shell/placing.rs"]),
    // A text for a program is a file without a name.
    ("memfd_create", &["child.rs"]),
    ("tempfile::", &["auth/vault.rs", "child.rs", "shell/placing.rs", "state.rs"]),
    ("File::create", &[]),
    ("OpenOptions", &["shell/placing.rs"]),
    ("fs::write", &[]),
    // Words for the terminal itself: the grammar of what may be sent, the copy that is sent, and the panic that tests ask
    // for.
    ("52;c;", &["shell/faults.rs", "term/clipboard.rs", "term/oracle.rs"]),
    ("SetTitle", &[]),
    ("CopyToClipboard", &[]),
    // Printing, and the terminal.
    (
        "stdout()",
        &[
            "main.rs",
            "main/configuration.rs",
            "main/doctor.rs",
            "main/documents.rs",
            "main/export.rs",
            "main/login.rs",
            "main/output.rs",
            "main/printing.rs",
            "main/reading.rs",
            "main/stopping.rs",
            "main/wait.rs",
            "shell/linear.rs",
            "term/session.rs",
        ],
    ),
    // Asked only whether it is a terminal, but for the one place that says sentences, and the line that tells how far an
    // export has come.
    ("stderr()", &["main.rs", "main/progress.rs", "main/reading.rs"]),
];

fn sources(folder: &Path, found: &mut Vec<(String, String)>) {
    for place in fs::read_dir(folder).unwrap() {
        let path = place.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.file_name().is_some_and(|name| name != "tests.rs") {
            let text = fs::read_to_string(&path).unwrap();
            let name = path.strip_prefix(Path::new(env!("CARGO_MANIFEST_DIR")).join("src")).unwrap();
            let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap();
            let code = code.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>();
            found.push((name.to_str().unwrap().to_owned(), code.join("\n")));
        }
    }
}

#[test]
fn there_is_no_way_out_of_the_program_that_no_test_looks_at() {
    let mut all = Vec::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut all);
    assert!(all.len() > 60, "{} files", all.len());
    for (way, allowed) in WAYS {
        let mut found: Vec<&str> =
            all.iter().filter(|(_, code)| code.contains(way)).map(|(name, _)| name.as_str()).collect();
        found.sort_unstable();
        assert_eq!(found, *allowed, "{way}");
    }
}

#[test]
fn nothing_is_logged() {
    let manifest = include_str!("../../Cargo.toml");
    for logger in ["log", "tracing", "tracing-subscriber", "env_logger"] {
        assert!(!manifest.lines().any(|line| line.starts_with(&format!("{logger} ="))), "{logger}");
    }
}
