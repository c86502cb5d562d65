//! What an entry says: the server's sentence with its placeholders resolved, and what changed where that can be
//! read without knowing the language.
//!
//! The sentences are localised, so their words are never read. Quoted labels are read by their position, people
//! through the placeholders (both seen in the reference's examples).

use std::borrow::Cow;

use super::{
    entry::{ActorKind, Entry},
    json::Personal,
    placeholder::{Piece, pieces},
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
        self.what_as(catalogue, Personal::Masked)
    }

    /// What changed. The ids in placeholders that cannot be resolved are personal data.
    #[must_use]
    pub fn what_as(&self, catalogue: &Catalogue, personal: Personal) -> What {
        let told = match catalogue.meaning(&self.action_type) {
            Meaning::Status => self.status_change(personal),
            Meaning::Assignment => self.assigned(),
            Meaning::Plain | Meaning::Unassignment | Meaning::Message | Meaning::Read => None,
        };
        told.unwrap_or_else(|| What::Sentence(self.sentence_as(personal)))
    }

    /// The server's sentence with every placeholder that can be resolved replaced by its name; of the others the ids
    /// are hidden.
    #[must_use]
    pub fn sentence(&self) -> Untrusted {
        self.sentence_as(Personal::Masked)
    }

    /// The same; the ids in placeholders that cannot be resolved are personal data.
    #[must_use]
    pub fn sentence_as(&self, personal: Personal) -> Untrusted {
        if !self.action.raw().contains('{') {
            return self.action.clone();
        }
        let pieces = pieces(self.action.raw());
        Untrusted::new(pieces.map(|piece| self.resolved(piece, personal)).collect::<String>())
    }

    fn resolved<'a>(&'a self, piece: Piece<'a>, personal: Personal) -> Cow<'a, str> {
        let name = match piece {
            Piece::Text(_) => None,
            Piece::Placeholder { kind, id, .. } => self.name_of(kind, id),
        };
        let masked = || Some(personal).filter(|mask| *mask == Personal::Masked).and(piece.masked(self));
        match name {
            Some(name) => Cow::Borrowed(name.raw()),
            None => masked().map_or(Cow::Borrowed(piece.text()), Cow::Owned),
        }
    }

    /// The labels are found before any name is put in, and outside of placeholders, where a name may stand: a name
    /// with quotes in it does not become a label.
    fn status_change(&self, personal: Personal) -> Option<What> {
        let mut parts = vec![String::new()];
        for piece in pieces(self.action.raw()) {
            let resolved = self.resolved(piece, personal);
            let is_text = matches!(piece, Piece::Text(_));
            let mut more = resolved.split(|c| c == '"' && is_text);
            if let (Some(last), Some(first)) = (parts.last_mut(), more.next()) {
                last.push_str(first);
            }
            parts.extend(more.map(str::to_owned));
            if parts.len() > LABELLED {
                return None;
            }
        }
        let [_, from, _, to, _] = parts.as_slice() else { return None };
        let empty = from.trim().is_empty() || to.trim().is_empty();
        (!empty).then(|| What::FromTo(Untrusted::new(from.as_str()), Untrusted::new(to.as_str())))
    }

    fn assigned(&self) -> Option<What> {
        let mut people = pieces(self.action.raw()).filter_map(|piece| match piece {
            Piece::Placeholder { kind: "User", id, .. } => Some(id),
            _ => None,
        });
        let (Some(id), None) = (people.next(), people.next()) else {
            return None;
        };
        if self.is_actor(id) {
            return Some(What::Took);
        }
        self.name_of("User", id).cloned().map(What::Assigned)
    }
}

/// The parts of a sentence with two quoted labels.
const LABELLED: usize = 5;

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
        self.what_line_as(catalogue, cells, charset, Personal::Masked)
    }

    /// The same; the ids in placeholders that cannot be resolved are personal data.
    #[must_use]
    pub fn what_line_as(
        &self,
        catalogue: &Catalogue,
        cells: usize,
        charset: Charset,
        personal: Personal,
    ) -> Line {
        let Some(flaw) = &self.flaw else { return self.what_as(catalogue, personal).line(cells, charset) };
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
