//! What an entry says: the server's sentence with its placeholders resolved, and what changed where that can be
//! read without knowing the language.
//!
//! The sentences are localised, so their words are never read. Quoted labels are read by their position, people
//! through the placeholders (both seen in the reference's examples).

use super::{
    entry::{ActorKind, Entry, Label, User},
    text::{Charset, Line, Untrusted},
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
            Meaning::Plain | Meaning::Unassignment | Meaning::Message | Meaning::Read => None,
        };
        told.unwrap_or_else(|| What::Sentence(self.sentence()))
    }

    /// The server's sentence with every placeholder that can be resolved replaced by its name.
    #[must_use]
    pub fn sentence(&self) -> Untrusted {
        if self.action.raw().contains('{') { self.resolved(self.action.raw()) } else { self.action.clone() }
    }

    fn resolved(&self, text: &str) -> Untrusted {
        let mut out = String::with_capacity(text.len());
        for piece in pieces(text) {
            match piece {
                Piece::Text(text) => out.push_str(text),
                Piece::Placeholder { whole, kind, id } => {
                    out.push_str(self.name_of(kind, id).map_or(whole, Untrusted::raw));
                }
            }
        }
        Untrusted::new(out)
    }

    /// The labels are found before any name is put in: a name with quotes in it does not become a label.
    fn status_change(&self) -> Option<What> {
        let parts: Vec<&str> = self.action.raw().split('"').collect();
        let &[_, from, _, to, _] = parts.as_slice() else { return None };
        let empty = from.trim().is_empty() || to.trim().is_empty();
        (!empty).then(|| What::FromTo(self.resolved(from), self.resolved(to)))
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

impl What {
    /// What changed, on one line of at most so many cells.
    #[must_use]
    pub fn line(&self, cells: usize, charset: Charset) -> Line {
        let mut line = Line::default();
        match self {
            Self::FromTo(from, to) => {
                line.append(from.one_line(cells, charset));
                line.push_own(if charset == Charset::Ascii { " -> " } else { " → " });
                line.append(to.one_line(cells, charset));
            }
            Self::Assigned(name) => {
                line.push_own("to ");
                line.append(name.one_line(cells, charset));
            }
            Self::Took => line.push_own("took it"),
            Self::Sentence(sentence) => return sentence.one_line(cells, charset),
        }
        line.fit(cells, charset);
        line
    }
}

impl Entry {
    /// What the list says of an entry: why it cannot be read, or what changed.
    #[must_use]
    pub fn what_line(&self, catalogue: &Catalogue, cells: usize, charset: Charset) -> Line {
        let Some(flaw) = &self.flaw else { return self.what(catalogue).line(cells, charset) };
        let mut line = Line::own("unreadable entry: ");
        line.append(flaw.one_line(cells.saturating_sub(line.cells()).max(1), charset));
        line.fit(cells, charset);
        line
    }

    /// Which way a message went: the sign before or behind its word.
    #[must_use]
    pub fn direction(&self, catalogue: &Catalogue, charset: Charset) -> Option<Direction> {
        if catalogue.meaning(&self.action_type) != Meaning::Message {
            return None;
        }
        let ascii = charset == Charset::Ascii;
        match self.actor_kind()? {
            ActorKind::Team => Some(Direction::Out(if ascii { ">" } else { "→" })),
            ActorKind::Client => Some(Direction::In(if ascii { "<" } else { "←" })),
            ActorKind::Bot => Some(Direction::Out("*")),
            ActorKind::Other => None,
        }
    }

    /// The type's word with the direction of a message: `reply→`, `←reply`, `reply*`.
    #[must_use]
    pub fn word_line(&self, catalogue: &Catalogue, cells: usize, charset: Charset) -> Line {
        let direction = self.direction(catalogue, charset);
        let room = cells.saturating_sub(usize::from(direction.is_some()));
        let mut line = Line::default();
        if let Some(Direction::In(sign)) = direction {
            line.push_own(sign);
        }
        if self.flaw.is_some() && self.action_type.is_empty() {
            line.push_own("?");
        } else {
            line.append(catalogue.word(&self.action_type).one_line(room, charset));
        }
        if let Some(Direction::Out(sign)) = direction {
            line.push_own(sign);
        }
        line.pad(cells);
        line
    }
}

/// Which way a message went, with its sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// From us to the client; the sign stands behind the word.
    Out(&'static str),
    /// From the client to us; the sign stands before the word.
    In(&'static str),
}

/// A part of a sentence.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::model) enum Piece<'a> {
    Text(&'a str),
    Placeholder { whole: &'a str, kind: &'a str, id: &'a str },
}

/// Takes a sentence apart at its `{Kind:id}`. Anything else in braces is text.
pub(in crate::model) fn pieces(mut text: &str) -> Vec<Piece<'_>> {
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
