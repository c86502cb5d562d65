//! Types as flags name them.

use super::Catalogue;
use crate::model::{snippet::is_odd, text::Untrusted};

impl Catalogue {
    /// A word that [`Catalogue::named`] reads as this type and that can stand in a list with commas: that of the screen,
    /// else its own name; `None` where neither can.
    #[must_use]
    pub fn flag_word(&self, name: &Untrusted) -> Option<String> {
        let known = self.get(name).map(|known| known.word.as_str());
        let fits = |word: &&str| {
            let is_one = !word.contains(|c: char| c == ',' || c.is_whitespace() || is_odd(c));
            is_one && self.named(word).is_ok_and(|named| named == *name)
        };
        known.into_iter().chain([name.raw()]).find(fits).map(str::to_owned)
    }
}
