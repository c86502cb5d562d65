//! What narrows a printed log, in words.

use super::Table;
use crate::model::{narrowing::Saying, text::Untrusted};

impl Table {
    /// What narrows it, in words: `, only reply`.
    #[must_use]
    pub fn narrowed(&self) -> String {
        let seen = |_: &Untrusted| true;
        let saying = Saying {
            catalogue: &self.catalogue,
            charset: self.charset,
            zone: self.zone,
            seen: &seen,
            is_short: false,
        };
        let parts = self.narrowing.parts(saying);
        parts.iter().flat_map(|part| [", ".to_owned(), part.words.plain()]).collect()
    }
}
