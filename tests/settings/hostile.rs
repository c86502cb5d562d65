//! Files that nobody would write: they are told as text, and nothing in them does harm.

use std::fs;

use proptest::prelude::*;

use super::World;

/// The problems of a file of these bytes, each a line of printable ASCII.
fn problems(bytes: &[u8]) -> Vec<String> {
    let world = World::new("", "");
    fs::write(world.folder.path().join("user/ticketlog/config.toml"), bytes).unwrap();
    let problems = world.problems();
    for problem in &problems {
        assert!(problem.bytes().all(|byte| matches!(byte, b' '..=b'~')), "{}", problem.escape_debug());
        assert!(problem.len() < 2_000, "{problem}");
    }
    problems
}

#[test]
fn hostile_files_are_told_as_text_only() {
    for bytes in [
        &b"\"\x1b]0;owned\x07\xc2\x9b\xe2\x80\xae\" = 1"[..],
        b"base_url = \"https://\\u001b[2J\"",
        b"color = \"\\u001b[2J\\u202e\"",
        b"default_profile = \"\\u001b\"",
        b"bell = true\n\xff\xfe",
        b"\0\0\0",
        b"[profiles.\"\\u001b\"]",
    ] {
        assert!(!problems(bytes).is_empty(), "{bytes:?}");
    }
}

#[test]
fn a_file_that_is_too_large_is_not_read_to_its_end() {
    let large = [b"bell = true\n#".to_vec(), vec![b'x'; 2 * 1024 * 1024]].concat();
    assert!(problems(&large)[0].contains("larger than 1 MiB"));
    let nested = format!("me = {}", "[".repeat(100_000));
    assert!(!problems(nested.as_bytes()).is_empty());
}

proptest! {
    #[test]
    fn any_bytes_are_settings_or_sentences(bytes: Vec<u8>) {
        problems(&bytes);
    }

    #[test]
    fn any_key_with_any_value_is_a_setting_or_a_sentence(
        key in "[a-z_]{1,20}|default_profile|base_url|me|color|follow_interval|profiles|'[^'\\n]{0,9}'",
        value in r#"-?[0-9]{1,30}|0x[0-9a-f]{1,20}|true|[0-9.e+-]{1,9}|"[^"\\]{0,20}"|\[1, 2\]|\{ a = 1 \}|.{0,20}"#,
    ) {
        problems(format!("{key} = {value}").as_bytes());
        problems(format!("[profiles.p]\n{key} = {value}").as_bytes());
    }
}
