//! Equal parts of different entries are kept once: types, sentences, people, included items.
//!
//! A log of ten thousand entries names a handful of people and a dozen types. People and included items are
//! recognised by their JSON text, so they are also read only once. Owned by the client, so that sharing goes
//! across pages; callers of [`super::decode_page`] bring their own.
//!
//! Bounded: beyond [`Interner::LIMIT`] bytes it forgets everything and starts again. That costs
//! sharing, never correctness: what was handed out stays with those who hold it.

use std::{
    collections::{HashMap, HashSet},
    fmt,
    sync::Arc,
};

use arcstr::ArcStr;
use foldhash::fast::RandomState;

use crate::model::{
    entry::{Included, User},
    text::Untrusted,
};

/// Keeps equal parts once. See the module.
#[derive(Default)]
pub struct Interner {
    texts: HashSet<ArcStr, RandomState>,
    users: HashSet<Arc<User>, RandomState>,
    users_by_json: HashMap<Box<str>, Arc<User>, RandomState>,
    included_by_json: HashMap<Box<str>, Arc<Included>, RandomState>,
    bytes: usize,
}

impl Interner {
    /// The most bytes that are remembered, the tables' own included, roughly.
    pub const LIMIT: usize = 4 * 1024 * 1024;

    /// What an entry of a table costs beside its text, roughly.
    const OVERHEAD: usize = 64;

    /// Longer texts hardly ever come twice.
    const LONGEST: usize = 512;

    /// The one copy of `text`.
    pub(super) fn text(&mut self, text: &str) -> Untrusted {
        if text.len() > Self::LONGEST {
            return Untrusted::new(text);
        }
        if let Some(known) = self.texts.get(text) {
            return Untrusted::new(known.clone());
        }
        let fresh = ArcStr::from(text);
        self.make_room(text.len());
        self.texts.insert(fresh.clone());
        Untrusted::new(fresh)
    }

    /// The person that exactly this JSON stood for before.
    pub(super) fn user_of(&self, json: &str) -> Option<Arc<User>> {
        self.users_by_json.get(json).map(Arc::clone)
    }

    /// The one copy of `user`; when it could be read in full, `json` stands for it from now on.
    pub(super) fn user(&mut self, user: User, json: Option<&str>) -> Arc<User> {
        let user = if let Some(known) = self.users.get(&user) {
            Arc::clone(known)
        } else {
            let fresh = Arc::new(user);
            self.make_room(size_of::<User>());
            self.users.insert(Arc::clone(&fresh));
            fresh
        };
        if let Some(json) = json {
            self.make_room(json.len());
            self.users_by_json.insert(json.into(), Arc::clone(&user));
        }
        user
    }

    /// The included items that exactly this JSON stood for before.
    pub(super) fn included_of(&self, json: &str) -> Option<Arc<Included>> {
        self.included_by_json.get(json).map(Arc::clone)
    }

    /// Lets `json` stand for these included items from now on.
    pub(super) fn remember_included(&mut self, json: &str, included: &Arc<Included>) {
        self.make_room(json.len());
        self.included_by_json.insert(json.into(), Arc::clone(included));
    }

    fn make_room(&mut self, bytes: usize) {
        let bytes = bytes + Self::OVERHEAD;
        if self.bytes + bytes > Self::LIMIT {
            *self = Self::default();
        }
        self.bytes += bytes;
    }
}

/// Says how much is remembered and nothing of what.
impl fmt::Debug for Interner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Interner({} bytes)", self.bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_remembered_never_exceeds_the_limit() {
        let mut interner = Interner::default();
        let first = interner.text("the first");
        for number in 0..200_000 {
            let text = format!("{number:>100}");
            assert_eq!(interner.text(&text).raw_for_export(), text);
            assert!(interner.bytes <= Interner::LIMIT);
        }
        assert_eq!(interner.text("the first"), first);
    }
}
