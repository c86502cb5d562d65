//! How the program ends: with 0, or with what failed where nothing was ever loaded.

use super::{
    Model,
    failure::{Failure, FailureKind},
};

impl Model {
    /// Why nothing was ever loaded, for the sentence and the exit code on leaving.
    #[must_use]
    pub fn never_loaded(&self) -> Option<&Failure> {
        let failure = self.reader.asked_log().failure().or(self.failed.as_ref());
        failure.filter(|_| !self.reader.has_loaded())
    }

    /// Keeps why nothing was ever loaded while it is asked for again: until an answer comes it is all that is known.
    pub fn note_failure(&mut self) {
        let failure = self.reader.asked_log().failure().filter(|_| !self.reader.has_loaded());
        if let Some(failure) = failure {
            self.failed = Some(failure.clone());
        }
    }

    /// The exit code of leaving now.
    #[must_use]
    pub fn exit_code(&self) -> u8 {
        self.never_loaded().map_or(0, |failure| FailureKind::exit_code(failure.kind))
    }
}
