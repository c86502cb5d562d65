//! What narrows a printed log, in words.

use super::Table;
use crate::model::narrowing::Saying;

impl Table {
    /// What narrows it, in words: `, only reply`.
    #[must_use]
    pub fn narrowed(&self) -> String {
        let saying = Saying::in_full(&self.catalogue, self.charset, self.zone);
        let parts = self.narrowing.parts(saying);
        parts.iter().flat_map(|part| [", ".to_owned(), part.words.plain()]).collect()
    }
}
