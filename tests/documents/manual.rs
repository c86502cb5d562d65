//! The manual page.

use std::{
    fs,
    io::{ErrorKind, Write as _},
    path::Path,
    process::{Command, Stdio},
};

use ticketlog::{
    cli::EXIT_CODES,
    keys,
    model::keymap::{Bound, Context},
};

use crate::{has, printed, words};

/// The page as it is read: without what roff makes of signs.
fn read() -> String {
    let mut page = printed(&["man"]);
    for (roff, sign) in
        [("\\fB", ""), ("\\fI", ""), ("\\fR", ""), ("\\-", "-"), ("\\*(Aq", "'"), ("\\&", ""), ("\\\\", "\\")]
    {
        page = page.replace(roff, sign);
    }
    page
}

fn section<'a>(page: &'a str, title: &str) -> &'a str {
    let plain = page.split_once(&format!("\n.SH {title}\n"));
    let quoted = || page.split_once(&format!("\n.SH \"{title}\"\n"));
    let behind = plain.or_else(quoted).map(|(_, behind)| behind);
    let behind = behind.unwrap_or_else(|| panic!("there is no {title}:\n{page}"));
    behind.split("\n.SH ").next().unwrap_or_default()
}

#[test]
fn every_command_flag_and_exit_code_is_told() {
    let page = read();
    for word in words() {
        assert!(has(&page, &word), "{word}");
    }
    for (code, says) in EXIT_CODES {
        assert!(section(&page, "EXIT STATUS").contains(&format!("{code}\n{says}.\n")), "{code}");
    }
}

#[test]
fn the_keys_are_those_of_the_key_map() {
    let (page, keymap) = (read(), keys::defaults().unwrap());
    let told = section(&page, "KEYS");
    let mut expected = 0;
    for context in Context::ALL {
        let title = format!("\n.SS \"{} [keys.{}]\"\n", context.place(), context.name());
        let here = told.split_once(&title).unwrap_or_else(|| panic!("{title}:\n{told}")).1;
        let here = here.split("\n.SS ").next().unwrap_or_default();
        for row in keymap.rows(context) {
            let keys = if row.keys().is_empty() { "none".to_owned() } else { Bound::names(row) };
            let line = format!("{keys}\n{}: {}", row.described.name, row.described.does);
            assert!(here.contains(&line), "{line}\n{here}");
            expected += 1;
        }
    }
    assert_eq!(told.matches("\n.TP").count(), expected, "and no others");
}

/// Of debug builds, for tests.
const FAULT: &str = "TICKETLOG_FAULT";

/// Names of variables that stand in quotation marks in the sources, without their tests.
fn variables(folder: &Path, found: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.file_stem().is_some_and(|name| name == "tests") {
            continue;
        }
        if path.is_dir() {
            variables(&path, found);
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        let text = text.split("#[cfg(test)]").next().unwrap_or_default();
        let is_name = |word: &&str| {
            let prefixes = ["TICKETLOG_", "XDG_", "CLICOLOR", "COLOR", "NO_COLOR", "LC_", "TMUX"];
            let is_plain = word.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_');
            is_plain && !word.starts_with(FAULT) && prefixes.iter().any(|prefix| word.starts_with(prefix))
        };
        found.extend(text.split('"').filter(is_name).map(str::to_owned));
    }
}

#[test]
fn every_variable_of_the_sources_is_told() {
    let mut found = Vec::new();
    variables(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
    assert!(found.len() > 10, "{found:?}");
    let page = read();
    let told = section(&page, "ENVIRONMENT");
    for name in found {
        assert!(told.contains(&name), "{name} is missing");
    }
}

#[test]
fn the_page_is_plain_roff_of_ascii() {
    let page = printed(&["man"]);
    assert!(page.is_ascii() && page.starts_with(".ie "), "{page}");
    let macros = [".ie", ".el", ".TH", ".SH", ".SS", ".TP", ".PP", ".RS", ".RE", ".IP", ".br"];
    for line in page.lines() {
        let word = line.split(' ').next().unwrap_or_default();
        assert!(!line.starts_with('.') || macros.contains(&word), "{line}");
        assert!(!line.starts_with('\''), "{line}");
        let escapes = line.split('\\').skip(1).filter(|_| !line.starts_with('.'));
        let known =
            |escape: &str| ["f", "-", "*(Aq", "&", "(bu", "e"].iter().any(|sign| escape.starts_with(sign));
        assert!(escapes.into_iter().all(known), "{line}");
    }
    for title in ["NAME", "SYNOPSIS", "DESCRIPTION", "EXAMPLES", "OPTIONS", "COMMANDS", "KEYS", "FILES"] {
        assert!(!section(&page, title).is_empty(), "{title}");
    }
}

/// Where groff is not installed the test above has looked at the structure.
#[test]
fn groff_has_nothing_to_say_of_the_page() {
    let mut command = Command::new("groff");
    command.args(["-man", "-ww", "-Tutf8"]);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut groff = match command.spawn() {
        Err(error) if error.kind() == ErrorKind::NotFound => return,
        spawned => spawned.unwrap(),
    };
    let (mut input, page) = (groff.stdin.take().unwrap(), printed(&["man"]));
    let writer = std::thread::spawn(move || input.write_all(page.as_bytes()).unwrap());
    let output = groff.wait_with_output().unwrap();
    writer.join().unwrap();
    assert!(
        output.status.success() && output.stderr.is_empty(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    assert!(output.stdout.len() > 1000);
}
