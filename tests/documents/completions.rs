//! What shells complete.

use std::{
    io::{ErrorKind, Write as _},
    process::{Command, Stdio},
};

use ticketlog::{cli, settings::shipped_themes};

use crate::{has, printed, words};

#[test]
fn every_shell_is_told_every_command_and_every_flag() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = printed(&["completions", shell]);
        for word in words() {
            // fish writes the flags of a command as `-l at`.
            let written = word.trim_start_matches('-');
            let known =
                has(&script, &word) || (shell == "fish" && script.contains(&format!(" -l {written} ")));
            assert!(known, "{shell} knows no {word}");
        }
    }
}

#[test]
fn bash_reads_its_script() {
    let script = printed(&["completions", "bash"]);
    let mut bash =
        Command::new("bash").arg("-n").stdin(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    bash.stdin.take().unwrap().write_all(script.as_bytes()).unwrap();
    let output = bash.wait_with_output().unwrap();
    assert!(output.status.success() && output.stderr.is_empty(), "{output:?}");
}

/// Does what Tab does: the function of the script is called with the line up to the cursor, which stands behind the last
/// word. `None` where there is no bash.
fn completed(line: &[&str]) -> Option<Vec<String>> {
    let script = printed(&["completions", "bash"]);
    // It is called by us, not by readline, which is what options are for.
    let calls = r#"
        compopt() { :; }
        COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
        _ticketlog ticketlog "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
        if [ ${#COMPREPLY[@]} -gt 0 ]; then printf '%s\n' "${COMPREPLY[@]}"; else echo FILES; fi
    "#;
    let mut command = Command::new("bash");
    command.args(["--norc", "-c", &format!("{script}\n{calls}"), "bash", "ticketlog"]).args(line);
    let output = match command.stdin(Stdio::null()).output() {
        Err(error) if error.kind() == ErrorKind::NotFound => return None,
        output => output.unwrap(),
    };
    assert!(output.status.success() && output.stderr.is_empty(), "{line:?}: {output:?}");
    Some(String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect())
}

#[test]
fn tab_offers_what_belongs_there() {
    let mut themes = vec!["auto".to_owned()];
    themes.extend(shipped_themes().into_iter().map(|(name, _)| name));
    themes.sort();
    assert_eq!(cli::THEMES.to_vec(), themes, "those that ship");
    let themes: Vec<&str> = themes.iter().map(String::as_str).collect();
    // Where the function offers nothing, bash offers files.
    assert!(printed(&["completions", "bash"]).contains("complete -F _ticketlog -o bashdefault -o default"));
    let expected: [(&[&str], &[&str]); 14] = [
        (&["--theme", ""], &themes),
        (&["--theme", "m"], &["mono"]),
        (&["open", "--theme", "d"], &["dark"]),
        (&["--profile", "ac"], &["ac"]),
        (&["--profile", "Car"], &["Car"]),
        (&["--at", "Car"], &["Car"]),
        (&["--ca-file", "Cargo.to"], &["Cargo.toml"]),
        (&["open", ""], &["FILES"]),
        (&["open", "Cargo.to"], &["FILES"]),
        (&["open", "--ascii", "--config", "Cargo.to"], &["Cargo.toml"]),
        (&["open", "--fi"], &["--find"]),
        (&["auth", "lo"], &["login", "logout"]),
        (&["doc"], &["doctor"]),
        (&["completions", "f"], &["fish"]),
    ];
    for (line, offers) in expected {
        let Some(offered) = completed(line) else { return };
        assert_eq!(offered, offers, "{line:?}");
    }
    let all = completed(&[""]).unwrap_or_default();
    for word in ["open", "auth", "doctor", "--demo", "--linear"] {
        assert!(all.is_empty() || all.iter().any(|offered| offered == word), "{word}: {all:?}");
    }
}
