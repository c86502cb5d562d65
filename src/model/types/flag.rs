//! Types as flags name them.

use super::Catalogue;
use crate::model::{snippet::is_odd, text::Untrusted};

/// The word for a choice without a type; it stands alone, and a type of that name has no word of its own in a flag.
pub const NO_TYPE: &str = "none";

impl Catalogue {
    /// A word that [`Catalogue::named`] reads as this type and that can stand in a list with commas: that of the screen,
    /// else its own name; `None` where neither can.
    #[must_use]
    pub fn flag_word(&self, name: &Untrusted) -> Option<String> {
        let known = self.get(name).map(|known| known.word.as_str());
        let fits = |word: &&str| {
            let is_one = !word.contains(|c: char| c == ',' || c.is_whitespace() || is_odd(c));
            let is_taken = word.eq_ignore_ascii_case(NO_TYPE);
            is_one && !is_taken && self.named(word).is_ok_and(|named| named == *name)
        };
        known.into_iter().chain([name.raw()]).find(fits).map(str::to_owned)
    }
}
