//! The access token of the environment.

use std::fmt;

use secrecy::SecretString;

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
