//! What an entry says: the server's sentence with its placeholders resolved, and what changed where that can be
//! read without knowing the language.
//!
//! The sentences are localised, so their words are never read. Quoted labels are read by their position, people
//! through the placeholders (both seen in the reference's examples).

use super::{
    entry::{Entry, Label, User},
    text::Untrusted,
    types::{Catalogue, Meaning},
};

/// What changed, as far as it can be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// A label replaced another.
    FromTo(Untrusted, Untrusted),
    /// The ticket was given to a person.
    Assigned(Untrusted),
    /// The actor took the ticket.
    Took,
    /// The server's sentence.
    Sentence(Untrusted),
}

impl Entry {
    /// What changed.
    #[must_use]
    pub fn what(&self, catalogue: &Catalogue) -> What {
        let told = match catalogue.meaning(&self.action_type) {
            Meaning::Status => self.status_change(),
            Meaning::Assignment => self.assigned(),
            Meaning::Plain | Meaning::Message => None,
        };
        told.unwrap_or_else(|| What::Sentence(self.sentence()))
    }

    /// The server's sentence with every placeholder that can be resolved replaced by its name.
    #[must_use]
    pub fn sentence(&self) -> Untrusted {
        if !self.action.raw().contains('{') {
            return self.action.clone();
        }
        let mut out = String::with_capacity(self.action.raw().len());
        for piece in pieces(self.action.raw()) {
            match piece {
                Piece::Text(text) => out.push_str(text),
                Piece::Placeholder { whole, kind, id } => {
                    out.push_str(self.name_of(kind, id).map_or(whole, Untrusted::raw));
                }
            }
        }
        Untrusted::new(out)
    }

    fn status_change(&self) -> Option<What> {
        let sentence = self.sentence();
        let parts: Vec<&str> = sentence.raw().split('"').collect();
        let &[_, from, _, to, _] = parts.as_slice() else {
            return None;
        };
        let empty = from.trim().is_empty() || to.trim().is_empty();
        (!empty).then(|| What::FromTo(Untrusted::new(from), Untrusted::new(to)))
    }

    fn assigned(&self) -> Option<What> {
        let mut people = pieces(self.action.raw()).into_iter().filter_map(|piece| match piece {
            Piece::Placeholder { kind: "User", id, .. } => Some(id),
            _ => None,
        });
        let (Some(id), None) = (people.next(), people.next()) else {
            return None;
        };
        if self.actor.as_ref().is_some_and(|actor| actor.id.raw() == id) {
            return Some(What::Took);
        }
        self.name_of("User", id).cloned().map(What::Assigned)
    }

    fn name_of(&self, kind: &str, id: &str) -> Option<&Untrusted> {
        let included = self.included.as_deref();
        let label = |labels: &'_ [Label]| labels.iter().position(|label| label.id.raw() == id);
        let name = match kind {
            "User" => {
                let user = included.and_then(|all| all.users.iter().find(|user| user.id.raw() == id));
                let user: Option<&User> = user.map(AsRef::as_ref);
                user.or_else(|| self.actor.as_deref().filter(|actor| actor.id.raw() == id))
                    .map(|user| &user.name)
            }
            "Tag" => included.and_then(|all| all.tags.get(label(&all.tags)?)).map(|tag| &tag.name),
            "Category" => included
                .and_then(|all| all.categories.get(label(&all.categories)?))
                .map(|category| &category.name),
            _ => None,
        };
        name.filter(|name| !name.is_empty())
    }
}

#[derive(Debug, PartialEq, Eq)]
enum Piece<'a> {
    Text(&'a str),
    Placeholder { whole: &'a str, kind: &'a str, id: &'a str },
}

/// Takes a sentence apart at its `{Kind:id}`. Anything else in braces is text.
fn pieces(mut text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    while let Some((before, rest)) = text.split_once('{') {
        if !before.is_empty() {
            pieces.push(Piece::Text(before));
        }
        let inside = rest.split_once('}').map(|(inside, _)| inside);
        let parts = inside.and_then(|inside| inside.split_once(':'));
        let open = text.get(before.len()..=before.len()).unwrap_or_default();
        match (inside, parts) {
            (Some(inside), Some((kind, id)))
                if !kind.is_empty() && kind.chars().all(char::is_alphabetic) && !id.contains('{') =>
            {
                let whole = text.get(before.len()..before.len() + inside.len() + 2).unwrap_or_default();
                pieces.push(Piece::Placeholder { whole, kind, id });
                text = rest.get(inside.len() + 1..).unwrap_or_default();
            }
            _ => {
                pieces.push(Piece::Text(open));
                text = rest;
            }
        }
    }
    if !text.is_empty() {
        pieces.push(Piece::Text(text));
    }
    pieces
}

/// A name that fits: whole, else first name and initial, else the first name alone. Still too long ones are left
/// to the caller's cut.
#[must_use]
pub fn short_name(name: &Untrusted, cells: usize) -> Untrusted {
    use unicode_width::UnicodeWidthStr;
    let raw = name.raw();
    if raw.len() <= cells || raw.width() <= cells {
        return name.clone();
    }
    let mut words = raw.split_whitespace();
    let (Some(first), last) = (words.next(), words.next_back()) else {
        return name.clone();
    };
    let initial = last.and_then(|last| last.chars().next()).filter(|initial| initial.is_alphabetic());
    let with_initial = initial.map(|initial| format!("{first} {initial}."));
    let fitting = with_initial.filter(|short| short.width() <= cells);
    Untrusted::new(fitting.unwrap_or_else(|| first.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(text: &str) -> String {
        pieces(text)
            .into_iter()
            .map(|piece| match piece {
                Piece::Text(text) => text,
                Piece::Placeholder { whole, .. } => whole,
            })
            .collect()
    }

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
            assert_eq!(joined(text), text);
        }
    }

    #[test]
    fn placeholders_are_found_and_other_braces_are_text() {
        assert_eq!(
            pieces("to {User:841c} now"),
            [
                Piece::Text("to "),
                Piece::Placeholder { whole: "{User:841c}", kind: "User", id: "841c" },
                Piece::Text(" now")
            ]
        );
        assert!(pieces("%s{0}${x}").iter().all(|piece| matches!(piece, Piece::Text(_))));
    }

    #[test]
    fn names_are_shortened_by_words_before_they_are_cut() {
        let short = |name: &str, cells| short_name(&Untrusted::new(name), cells).raw().to_owned();
        assert_eq!(short("Garrick Ollivander", 18), "Garrick Ollivander");
        assert_eq!(short("Garrick Ollivander", 10), "Garrick O.");
        assert_eq!(short("Garrick Ollivander", 8), "Garrick");
        assert_eq!(short("Harry Potter", 8), "Harry P.");
        assert_eq!(short("Bartholomew", 4), "Bartholomew");
    }
}
