//! Names that the program replaces, and the file that says who is who.

use std::{
    fs,
    os::unix::fs::{PermissionsExt, symlink},
};

use crate::{
    canary,
    running::{answering, at, entries, names, ok, program, response, run, told},
};

#[test]
fn names_are_replaced_and_the_legend_says_who_is_who() {
    let folder = tempfile::tempdir().unwrap();
    let legend = folder.path().join("legend.json");
    let legend = legend.to_str().unwrap();
    let mut outputs = Vec::new();
    for more in [&[][..], &["--oldest-first"], &["--limit", "50"]] {
        let args =
            [&["export", "--demo", "--redact", "--legend", legend, "--format", "json"][..], more].concat();
        let (code, out, said) = run(&args);
        assert_eq!(code, Some(0), "{said}");
        assert!(said.contains("Names are replaced") && !said.contains("anonymous"), "{said}");
        for name in ["Garrick", "Ollivander", "Potter", "@"] {
            assert!(!out.contains(name), "{name}");
        }
        assert!(out.contains("Agent ") && out.contains("Client 1"));
        outputs.push(out);
    }
    let lines = |text: &str| -> Vec<String> {
        text.lines().map(|line| line.trim_end_matches(',').to_owned()).filter(|line| line.len() > 1).collect()
    };
    let (down, mut up) = (lines(&outputs[0]), lines(&outputs[1]));
    up.reverse();
    assert!(down == up && down[..50] == lines(&outputs[2])[..], "the same in every order");
    let text = fs::read_to_string(legend).unwrap();
    assert!(text.contains("\"Client 1\"") && text.contains("Harry Potter"));
    assert_eq!(fs::metadata(legend).unwrap().permissions().mode() & 0o777, 0o600);
    fs::write(legend, "precious").unwrap();
    let (code, out, said) = run(&["export", "--demo", "--redact", "--legend", legend]);
    assert_eq!((code, out.len()), (Some(2), 0), "{said}");
    assert_eq!(fs::read_to_string(legend).unwrap(), "precious");
}

#[test]
fn a_legend_is_no_other_file_however_that_is_spelled_and_is_judged_before_anything_is_asked() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    fs::create_dir(at("in")).unwrap();
    symlink(at("in"), at("link")).unwrap();
    fs::write(at("old"), "[]").unwrap();
    fs::hard_link(at("old"), at("hard")).unwrap();
    symlink(at("old"), at("soft")).unwrap();
    let both = "cannot hold both the log and the legend";
    for (legend, output, code, words) in [
        ("in/x", "in/x", 2, both),
        ("in/x", "in/./x", 2, both),
        ("in/x", "in/../link/x", 2, both),
        ("old", "hard", 2, both),
        ("soft", "old", 2, both),
        ("in", "y", 2, "is no file"),
        ("gone/x", "y", 1, "there is no such folder"),
        ("old/x", "y", 1, "what should be a folder is none"),
    ] {
        let (legend, output) = (at(legend), at(output));
        // Nobody answers there.
        let account = ["--base-url", "http://127.0.0.1:1", "--token-url", "http://127.0.0.1:1"];
        let args = ["export", "7", "--redact", "--legend", &legend, "-o", &output, "--force"];
        let (told, out, said) = run(&[&args[..], &account[..]].concat());
        assert_eq!((told, out.len(), said.lines().count()), (Some(code), 0, 1), "{said}");
        assert!(said.contains(words), "{said}");
    }
    let old = at("old");
    let (code, _, said) = run(&["export", &old, "--redact", "--legend", &old]);
    assert!(code == Some(2) && said.contains("is what is to be printed"), "{said}");
    let mut command = program(&["export", "--demo", "--redact", "--legend", "-"]);
    let (code, out, said) = told(&canary::output(command.current_dir(folder.path())));
    assert_eq!((code, out.len()), (Some(2), 0), "{said}");
    assert!(said.contains("--legend is kept in a file and never printed."), "{said}");
    let out = fs::OpenOptions::new().append(true).open(&old).unwrap();
    let mut command = program(&["export", "--demo", "--redact", "--legend", &old]);
    assert_eq!(command.stdout(out).stderr(std::process::Stdio::null()).status().unwrap().code(), Some(2));
    assert_eq!(fs::read_to_string(&old).unwrap(), "[]");
    assert_eq!(names(folder.path()), ["hard", "in", "link", "old", "soft"]);
    assert_eq!(names(&folder.path().join("in")), [""; 0]);
}

#[test]
fn a_legend_that_fails_in_the_end_hides_no_other_failure() {
    for (is_refused, expected) in [(true, 3), (false, 1)] {
        let folder = tempfile::tempdir().unwrap();
        let legends = folder.path().join("legends");
        fs::create_dir(&legends).unwrap();
        let (gone, mut logs) = (legends.clone(), 0);
        let base = answering(move |asked, _| {
            logs += usize::from(asked.contains("/log"));
            // The ticket is asked for once all names are known.
            if !asked.contains("/log") {
                let _ = fs::remove_dir_all(&gone);
                logs = 100;
            }
            if logs > 100 && is_refused { response("401 Unauthorized", "") } else { ok(&entries(9, 1)) }
        });
        let legend = legends.join("x");
        let args = ["export", "7", "--redact", "--legend", legend.to_str().unwrap()];
        let (code, _, said) = told(&canary::output(&mut at(&base, &args)));
        assert_eq!(code, Some(expected), "{said}");
        assert!(said.contains("legends/x cannot be written: there is no such folder."), "{said}");
        assert_eq!(said.contains("token"), is_refused, "{said}");
    }
}
