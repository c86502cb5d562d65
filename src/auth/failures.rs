//! What is said when there is no access token, where the server says nothing.

use std::{io, path::Path};

use crate::{
    model::failure::{Failure, FailureKind},
    reason::not_written,
};

/// The failure for a lock that another session holds for too long. Asking again at once would only wait as long again.
pub(super) fn busy() -> Failure {
    let sentence = "another session is renewing the access token and does not finish; try again";
    Failure::new(FailureKind::Trouble, sentence)
}

/// The failure for an exchange that was not finished.
pub(super) fn lost() -> Failure {
    Failure::new(FailureKind::Trouble, "the access token was not renewed; try again")
}

/// The failure for a file that cannot be understood.
pub(super) fn no_token() -> Failure {
    let sentence = "what was kept of the token cannot be understood; log in again: ticketlog auth login";
    Failure::new(FailureKind::NotAuthorised, sentence)
}

/// The failure for a file that is gone while the program runs.
pub(super) fn logged_out() -> Failure {
    let sentence = "somebody logged out of this account; log in again: ticketlog auth login";
    Failure::new(FailureKind::NotAuthorised, sentence)
}

/// What the user is told at the end where the file cannot be written.
pub(super) fn unkept(path: &Path, error: &io::Error) -> String {
    format!(
        "The renewed token cannot be kept in {} ({}): where refresh tokens are good for one time only, the next \
         run needs a new one.",
        path.display(),
        not_written(error)
    )
}

/// The failure for a place where no login can be kept.
pub(super) fn unwritable(path: &Path, error: &io::Error) -> Failure {
    let folder = path.parent().unwrap_or(path);
    let sentence = format!(
        "no token can be kept in {} ({}), so none was sent and it is still good; make the folder writable, or name \
         another one in TICKETLOG_STATE",
        folder.display(),
        not_written(error)
    );
    Failure::new(FailureKind::Input, sentence)
}
