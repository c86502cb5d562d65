//! Why the system would not, in words that say something to whoever reads them: never its own names and numbers. The end of
//! a sentence that has said already what was to be done with what.

use std::io::{Error, ErrorKind};

/// Why something cannot be read.
#[must_use]
pub fn not_read(error: &Error) -> String {
    match error.kind() {
        ErrorKind::NotFound => "there is no such file".to_owned(),
        ErrorKind::PermissionDenied => "you may not read it".to_owned(),
        _ => any(error),
    }
}

/// Why something cannot be written, or made in its folder.
#[must_use]
pub fn not_written(error: &Error) -> String {
    match error.kind() {
        ErrorKind::NotFound => "there is no such folder".to_owned(),
        ErrorKind::PermissionDenied => "you may not write there".to_owned(),
        _ => any(error),
    }
}

/// Why a program cannot be started.
#[must_use]
pub fn not_started(error: &Error) -> String {
    match error.kind() {
        ErrorKind::NotFound => "there is no such program".to_owned(),
        ErrorKind::PermissionDenied => "you may not run it".to_owned(),
        _ => any(error),
    }
}

/// Why a port or a terminal cannot be used.
#[must_use]
pub fn not_used(error: &Error) -> String {
    match error.kind() {
        ErrorKind::AddrInUse => "another program uses it".to_owned(),
        ErrorKind::PermissionDenied => "you may not use it".to_owned(),
        _ => any(error),
    }
}

/// What means the same of whatever was to be done. Of the rest the system's words without their number.
fn any(error: &Error) -> String {
    let known = match error.kind() {
        ErrorKind::StorageFull => "there is no room left",
        ErrorKind::QuotaExceeded => "no more room is yours there",
        ErrorKind::FileTooLarge => "no file may be as large as that",
        ErrorKind::ReadOnlyFilesystem => "nothing can be written there",
        ErrorKind::NotADirectory => "what should be a folder is none",
        ErrorKind::IsADirectory => "it is a folder",
        ErrorKind::AlreadyExists => "it is there already",
        ErrorKind::OutOfMemory => "there is no memory left",
        ErrorKind::BrokenPipe => "nobody reads it any more",
        _ => "",
    };
    let words = if known.is_empty() { error.to_string() } else { known.to_owned() };
    words.split_once(" (os error").map_or(words.as_str(), |(words, _)| words).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_reason_has_a_number_or_a_name_of_the_libraries() {
        for number in 1..=133 {
            let error = || Error::from_raw_os_error(number);
            for words in [not_read, not_written, not_started, not_used].map(|why| why(&error())) {
                assert!(!words.contains("os error") && !words.contains("entity"), "{number}: {words}");
                assert!(!words.is_empty() && !words.ends_with('.'), "{number}: {words}");
            }
        }
        let gone = Error::from(ErrorKind::NotFound);
        assert_eq!(not_read(&gone), "there is no such file");
        assert_eq!(not_written(&gone), "there is no such folder");
        assert_eq!(not_started(&gone), "there is no such program");
    }
}
