//! The `{Kind:id}` in a sentence: found, resolved to the name that the entry tells, and without its id.
//!
//! Where ids are masked a name stands in the place of the id (see `json`), so an item without an id is known by its
//! name: what was exported says the same when it is opened again.

use super::{
    entry::{Entry, Label, User},
    text::Untrusted,
};

/// What stands in the place of an id that no name can take.
const HIDDEN: &str = "hidden";

/// A piece of a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    /// Text as it is.
    Text(&'a str),
    /// `{Kind:id}`
    Placeholder {
        /// All of it.
        whole: &'a str,
        /// `User`, `Tag`, `Category`, or anything of letters.
        kind: &'a str,
        /// What stands behind the colon.
        id: &'a str,
    },
}

impl<'a> Piece<'a> {
    /// All of it.
    pub(super) fn text(self) -> &'a str {
        match self {
            Self::Text(text) => text,
            Self::Placeholder { whole, .. } => whole,
        }
    }

    /// A placeholder with a name, or nothing that tells anything, in the place of its id. `None` for what has no id.
    pub(super) fn masked(self, entry: &Entry) -> Option<String> {
        let Self::Placeholder { kind, id, .. } = self else { return None };
        if !["User", "Tag", "Category"].contains(&kind) || id.is_empty() {
            return None;
        }
        let name = entry.name_of(kind, id).map(Untrusted::raw).filter(|name| is_clear(name));
        let is_somebody_else = |name: &&str| {
            let actor = entry.actor.as_deref().filter(|_| kind == "User");
            actor.is_some_and(|actor| actor.name.raw() == *name) && !entry.is_actor(id)
        };
        let name = name.filter(|name| !is_somebody_else(name)).unwrap_or(HIDDEN);
        Some(format!("{{{kind}:{name}}}"))
    }
}

/// Whether a name in a placeholder is read as that name again.
fn is_clear(name: &str) -> bool {
    !name.is_empty() && name != HIDDEN && !name.contains(['{', '}'])
}

impl Entry {
    /// The name that a placeholder stands for.
    pub(super) fn name_of(&self, kind: &str, id: &str) -> Option<&Untrusted> {
        let included = self.included.as_deref();
        let name = match kind {
            "User" => {
                let included = included.map(|all| all.users.as_slice()).unwrap_or_default();
                let people = || included.iter().chain(&self.actor).map(AsRef::<User>::as_ref);
                let known = people().map(|user| (&user.id, &user.name));
                find(known, id)
            }
            "Tag" => find(included?.tags.iter().map(parts), id),
            "Category" => find(included?.categories.iter().map(parts), id),
            _ => None,
        };
        name.filter(|name| !name.is_empty())
    }

    /// Whether a placeholder for a person stands for the actor.
    pub(super) fn is_actor(&self, id: &str) -> bool {
        self.actor.as_ref().is_some_and(|actor| find([(&actor.id, &actor.name)].into_iter(), id).is_some())
    }
}

fn parts(label: &Label) -> (&Untrusted, &Untrusted) {
    (&label.id, &label.name)
}

/// The name of the first item with this id; else of one without an id that has this name.
fn find<'a>(
    items: impl Iterator<Item = (&'a Untrusted, &'a Untrusted)> + Clone,
    id: &str,
) -> Option<&'a Untrusted> {
    let mut by_id = items.clone();
    let mut by_name = items;
    let found = by_id.find(|(known, _)| !known.is_empty() && known.raw() == id);
    let found = found.or_else(|| {
        by_name.find(|(known, name)| known.is_empty() && name.raw() == id && is_clear(name.raw()))
    });
    found.map(|(_, name)| name)
}

/// Takes a sentence apart at its `{Kind:id}`. Anything else in braces is text.
pub(super) fn pieces(text: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let mut looked_at = 0;
        while let Some(open) = rest.get(looked_at..)?.find('{') {
            let before = looked_at + open;
            let (text, behind) = rest.split_at_checked(before)?;
            match first_placeholder(behind) {
                Some(_) if before > 0 => {
                    rest = behind;
                    return Some(Piece::Text(text));
                }
                Some(found) => {
                    rest = rest.get(found.text().len()..)?;
                    return Some(found);
                }
                None => looked_at = before + 1,
            }
        }
        let text = std::mem::take(&mut rest);
        (!text.is_empty()).then_some(Piece::Text(text))
    })
}

/// The placeholder that a text begins with.
fn first_placeholder(text: &str) -> Option<Piece<'_>> {
    let inside = text.strip_prefix('{')?;
    // A brace that opens ends the search: looking for the other one from each of them would be quadratic.
    let end = inside.find(['{', '}'])?;
    let whole = text.get(..end + 2).filter(|whole| whole.ends_with('}'))?;
    let (kind, id) = inside.get(..end)?.split_once(':')?;
    let is_kind = !kind.is_empty() && kind.chars().all(char::is_alphabetic);
    is_kind.then_some(Piece::Placeholder { whole, kind, id })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn taking_a_sentence_apart_loses_nothing() {
        for text in [
            "",
            "{",
            "}",
            "{}",
            "a {User:1} b",
            "{{User:1}}",
            "{User:",
            "{:1}",
            "{0}${x}",
            "å{Tag:é}ø{",
            "{User:{User:1}",
        ] {
            assert_eq!(pieces(text).map(Piece::text).collect::<String>(), text);
        }
    }

    #[test]
    fn placeholders_are_found_and_other_braces_are_text() {
        assert_eq!(
            pieces("to {User:841c} now").collect::<Vec<_>>(),
            [
                Piece::Text("to "),
                Piece::Placeholder { whole: "{User:841c}", kind: "User", id: "841c" },
                Piece::Text(" now")
            ]
        );
        assert!(pieces("%s{0}${x}").all(|piece| matches!(piece, Piece::Text(_))));
    }
}
