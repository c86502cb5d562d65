//! The programs that this one starts: by name and words, never through a shell, and without our secrets.
//!
//! Nothing else in `src` starts one. `feeding` hands one a text, `foreground` lends it the terminal. Called by `auth`, `doctor` and the shell.

pub mod feeding;
pub mod foreground;

use std::process::Command;

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
