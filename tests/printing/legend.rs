//! Names that the program replaces, and the file that says who is who.

use std::{fs, os::unix::fs::PermissionsExt};

use crate::running::run;

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
