//! The programs that this one starts: by name and words, never through a shell, and without our secrets.
//!
//! Nothing else in `src` starts one. `feeding` hands one a text, `foreground` lends it the terminal. Called by `auth`, `doctor` and the shell.

pub mod feeding;
pub mod foreground;

use std::{
    fs::File,
    io::{self, Seek as _, Write as _},
    process::{Command, Stdio},
};

/// The variables that hold secrets.
pub const SECRETS: [&str; 2] = ["TICKETLOG_ACCESS_TOKEN", "TICKETLOG_REFRESH_TOKEN"];

/// A program to be started with these words, in an environment without our secrets.
#[must_use]
pub fn command(program: &str, words: &[impl AsRef<str>]) -> Command {
    let mut command = Command::new(program);
    command.args(words.iter().map(AsRef::as_ref));
    for secret in SECRETS {
        command.env_remove(secret);
    }
    command
}

/// A text as a program's standard input: whole before the program starts, and there still when we are gone, which a pipe
/// is not. It has no name, and is in memory where the system has such files.
///
/// # Errors
/// The system has no room for it.
pub fn input(text: &[u8]) -> io::Result<Stdio> {
    let mut file = nameless()?;
    file.write_all(text)?;
    file.rewind()?;
    Ok(file.into())
}

fn nameless() -> io::Result<File> {
    #[cfg(target_os = "linux")]
    if let Ok(file) = rustix::fs::memfd_create("text", rustix::fs::MemfdFlags::CLOEXEC) {
        return Ok(file.into());
    }
    // Of mode 0600, and without its name before anything is in it.
    tempfile::tempfile()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_secret_is_handed_to_another_program() {
        let command = command("true", &["a b", "$(id)"]);
        let removed: Vec<_> = command.get_envs().filter(|(_, value)| value.is_none()).collect();
        assert_eq!(removed.len(), SECRETS.len());
        assert_eq!(command.get_args().collect::<Vec<_>>(), ["a b", "$(id)"]);
    }
}
