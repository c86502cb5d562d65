//! What cannot be read becomes one sentence: what, where, what to do. Names of files are strangers' text, so the
//! sentence is untrusted as a whole and cleaned where it is shown.

use std::{io, path::Path};

use super::format::NoLog;
use crate::{
    model::{
        failure::{Failure, FailureKind},
        text::Untrusted,
    },
    reason::not_read,
};

/// What a log is, for whoever gave something else.
const FORMATS: &str = "Give a log: a JSON object a line, a JSON array, or a saved answer of the API.";

/// What is read, by the names that it is told by.
#[derive(Debug, Clone)]
pub(super) struct Subject {
    /// In a sentence.
    told: String,
    /// In the header.
    shown: Untrusted,
}

impl Subject {
    /// A file.
    pub(super) fn file(path: &Path) -> Self {
        let told = path.to_string_lossy().into_owned();
        let name = path.file_name().map_or_else(|| told.clone(), |name| name.to_string_lossy().into_owned());
        // A stranger's text never stands in the first column: a file may be called as a ticket is shown.
        Self { told, shown: Untrusted::new(format!("file {name}")) }
    }

    /// What comes through a pipe.
    pub(super) fn standard_input() -> Self {
        Self { told: "standard input".to_owned(), shown: Untrusted::new("standard input") }
    }

    /// The name for the header.
    pub(super) fn name(&self) -> Untrusted {
        self.shown.clone()
    }

    /// It could not be opened.
    pub(super) fn not_opened(&self, path: &Path, error: &io::Error) -> Failure {
        let told = &self.told;
        let text = path.to_str().unwrap_or_default();
        let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        refuse(match error.kind() {
            io::ErrorKind::NotFound if is_number => {
                format!("There is no file {told}. To read the ticket of that number: ticketlog {told}")
            }
            io::ErrorKind::NotFound if text.contains("://") => {
                format!("{told} is no file. To read a ticket by its inbox link: ticketlog LINK")
            }
            io::ErrorKind::NotFound => {
                format!("There is no file {told}. Give the name of one, or - for standard input.")
            }
            io::ErrorKind::PermissionDenied => {
                format!("You may not read {told}. Ask its owner, or give another file.")
            }
            _ => format!("{told} cannot be opened: {}. Give another file.", not_read(error)),
        })
    }

    /// It is a folder.
    pub(super) fn directory(&self) -> Failure {
        refuse(format!("{} is a folder. Give a file in it.", self.told))
    }

    /// It holds no log.
    pub(super) fn no_log(&self, why: NoLog) -> Failure {
        let told = &self.told;
        refuse(match why {
            NoLog::Empty => format!("{told} is empty. {FORMATS}"),
            NoLog::Html => format!("{told} is a web page, not a log. {FORMATS}"),
            NoLog::Compressed => {
                format!("{told} is compressed. Unpack it first: gunzip -c FILE | ticketlog open -")
            }
            NoLog::Utf16 => format!("{told} is text in UTF-16. Save it as UTF-8."),
            NoLog::ErrorAnswer => {
                format!("{told} is an answer of the API that says that something failed; it has no entries.")
            }
            NoLog::OtherJson => format!("{told} is JSON, but no log: no entry has an actionType. {FORMATS}"),
            NoLog::NotJson => format!("{told} is not JSON. {FORMATS}"),
        })
    }

    /// Reading it failed on the way.
    pub(super) fn not_read(&self, error: &io::Error) -> Failure {
        Failure::new(FailureKind::Input, format!("{} cannot be read: {}.", self.told, not_read(error)))
    }
}

/// Standard input was asked for, but nothing is sent there.
pub(super) fn terminal() -> Failure {
    refuse("Standard input is the terminal. Send a log to it: cat FILE | ticketlog open -".to_owned())
}

fn refuse(sentence: String) -> Failure {
    Failure::new(FailureKind::NoLog, sentence)
}
