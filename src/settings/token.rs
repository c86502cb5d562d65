//! Where tokens are found: the access token of the environment, and what the files name in the place of a secret.

use std::{
    fmt,
    path::{Path, PathBuf},
};

use secrecy::SecretString;

use super::{Files, Problem, Setting, files, in_the_folder_of, keys, look_up::read, origin::Origin};

/// What the files name for the refresh token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TokenSource {
    /// A file that holds it.
    File(PathBuf),
    /// A program that prints it, and its words.
    Command(Vec<String>),
}

impl TokenSource {
    /// The key that names it.
    #[must_use]
    pub fn key(&self) -> &'static str {
        match self {
            Self::File(_) => keys::TOKEN_FILE.name,
            Self::Command(_) => keys::TOKEN_COMMAND.name,
        }
    }

    /// The one that counts: what a profile names goes before the top of the files, your file before the host's.
    pub(super) fn find(files: &Files, profile: Option<&str>) -> Result<Option<Setting<Self>>, Problem> {
        let of = |place| files::origin(place);
        match files.either(profile, [keys::TOKEN_FILE.name, keys::TOKEN_COMMAND.name]) {
            [Some(_), Some((_, place))] => Err(Problem::at(
                of(place),
                "token_command and token_file stand side by side; remove one of them",
            )),
            [Some((value, place)), None] => read(&keys::TOKEN_FILE, value, of(place)).map(|path| {
                let Setting { value, origin } = path;
                let value = Self::File(in_the_folder_of(&origin, &value));
                Some(Setting { value, origin })
            }),
            [None, Some((value, place))] => read(&keys::TOKEN_COMMAND, value, of(place)).map(|words| {
                let Setting { value, origin } = words;
                Some(Setting { value: Self::Command(beside(&origin, value)), origin })
            }),
            [None, None] => Ok(None),
        }
    }
}

/// A program that is named by a path is meant from where the name stands; one without is looked for as usual.
fn beside(origin: &Origin, words: Vec<String>) -> Vec<String> {
    let program = |word: String| {
        let path = if word.contains('/') { in_the_folder_of(origin, Path::new(&word)) } else { return word };
        path.into_os_string().into_string().unwrap_or(word)
    };
    let mut words = words.into_iter();
    words.next().map(program).into_iter().chain(words).collect()
}

/// The variable that holds the access token.
pub const ACCESS_TOKEN: &str = "TICKETLOG_ACCESS_TOKEN";

/// Why there is no token to use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenError {
    /// There is none.
    Missing,
    /// It holds characters that no token has.
    Unusable,
}

impl TokenError {
    /// The exit code: not authorised, or wrong configuration.
    #[must_use]
    pub fn exit_code(self) -> u8 {
        match self {
            Self::Missing => 3,
            Self::Unusable => 2,
        }
    }
}

impl fmt::Display for TokenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Missing => {
                "No access token. Put one into TICKETLOG_ACCESS_TOKEN (inbox: Settings, Installation, Public API), \
                 or try ticketlog --demo."
            }
            Self::Unusable => {
                "TICKETLOG_ACCESS_TOKEN holds a line break or another character that no token has. Set it again."
            }
        })
    }
}

/// Reads the access token; from the environment alone, never from a flag or a file of settings.
///
/// # Errors
/// A sentence for what is missing or wrong.
pub fn access_token(var: impl Fn(&str) -> Option<String>) -> Result<SecretString, TokenError> {
    let token = var(ACCESS_TOKEN).map(|token| token.trim_end_matches(['\r', '\n']).to_owned());
    let token = token.filter(|token| !token.is_empty()).ok_or(TokenError::Missing)?;
    let usable = token.bytes().all(|byte| byte.is_ascii_graphic());
    if usable { Ok(SecretString::from(token)) } else { Err(TokenError::Unusable) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_one_word_of_the_environment() {
        let token = |value: Option<&str>| access_token(|_| value.map(str::to_owned)).map(drop);
        assert_eq!(token(Some("abc\n")), Ok(()));
        assert_eq!(token(None).unwrap_err().exit_code(), 3);
        assert_eq!(token(Some("")).unwrap_err().exit_code(), 3);
        assert_eq!(token(Some("a\nb")).unwrap_err().exit_code(), 2);
    }
}
