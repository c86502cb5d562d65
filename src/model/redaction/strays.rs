//! People where the reference documents none, told from the JSON of an entry: under members that nobody knows, and as
//! texts in the place of an object. What those members hold comes out nowhere; but the names are in other texts, too.
//!
//! What calls people is told by the words of its name (`onBehalfOf`, `agents`, `lastName`); else an object that has what
//! a person of the reference has beside the name. Tags, teams and the like are nobody. Ids are learned whatever they are
//! of: by the name of their member, or as a text in the place of a name that is an id.

mod documented;
mod member;

use serde_json::value::RawValue;

use self::member::{Calls, calls, is_certain, is_id_member, is_name_member};
use super::{
    ID, STATUSES,
    members::{Elements, Members},
};
use crate::model::{
    json::text::{scalar, text},
    text::Untrusted,
};

/// How deep people are looked for: an entry of the reference has a third of it.
const DEEPEST: usize = 12;

/// The longest text that is a name, in bytes.
const LONGEST: usize = 200;

/// Somebody whom an entry names beside the people of the reference, who may be one of them.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Stray {
    /// Empty where none is told.
    pub(super) id: Untrusted,
    pub(super) names: Vec<Untrusted>,
    pub(super) email: Option<Untrusted>,
    pub(super) identifier: Option<Untrusted>,
}

/// What a value stands for, by the members that it is in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Entry,
    Included,
    /// A member that calls people: a text is a name, too.
    People,
    /// A person's name in parts: every text is one.
    Name,
    /// Somewhere in what belongs to a person.
    Person,
    /// A tag, a team and the like.
    Thing,
    /// An id, or several.
    Id,
    Unknown,
}

/// Whom an entry's JSON names, where anything in it is not as documented: else nobody is named whom nobody knows.
pub(super) fn of(raw: &str) -> Vec<Stray> {
    let mut walk = Walk { strays: Vec::new() };
    if !documented::is_all(raw) {
        walk.value(raw.trim(), Place::Entry, 0);
    }
    walk.strays
}

struct Walk {
    strays: Vec<Stray>,
}

impl Walk {
    fn value(&mut self, raw: &str, place: Place, depth: usize) {
        if depth > DEEPEST {
            return;
        }
        match raw.as_bytes().first() {
            Some(b'[') => {
                if let Ok(Elements(elements)) = serde_json::from_str(raw) {
                    for element in elements {
                        self.value(element.get(), place, depth + 1);
                    }
                }
            }
            Some(b'{') => {
                if let Ok(Members(members)) = serde_json::from_str(raw) {
                    self.object(&members, place, depth);
                }
            }
            Some(b'"') if matches!(place, Place::People | Place::Name) => {
                let named = |name| Stray { names: vec![name], ..Stray::default() };
                self.strays.extend(name(raw).map(named));
                self.id(raw);
            }
            Some(_) if place == Place::Id => self.id(raw),
            _ => {}
        }
    }

    /// Takes an id, if it is one.
    fn id(&mut self, raw: &str) {
        let is_id = |id: &String| id.len() >= ID && id.len() <= LONGEST && is_id(id);
        let id = scalar(raw).filter(is_id).map(Untrusted::new);
        self.strays.extend(id.map(|id| Stray { id, ..Stray::default() }));
    }

    fn object(&mut self, members: &[(&RawValue, &RawValue)], place: Place, depth: usize) {
        let members: Vec<(String, &str)> =
            members.iter().map(|(name, value)| (text(name.get()).into_owned(), value.get())).collect();
        self.person(&members, place);
        for (name, value) in &members {
            let beneath = beneath(place, name);
            if value.starts_with(['{', '[']) || !is_name_member(name) || place == Place::Name {
                self.value(value, beneath, depth + 1);
            }
        }
    }

    /// Takes the names of an object, if it is a person's.
    fn person(&mut self, members: &[(String, &str)], place: Place) {
        let is_person = is_person(members, place);
        let called = members.iter().filter(|(name, value)| {
            value.starts_with('"') && is_name_member(name) && (is_person || is_certain(name))
        });
        let mut names = Vec::new();
        for (_, value) in called {
            names.extend(name(value));
            self.id(value);
        }
        let own = |wanted: &str| {
            let mut values = members.iter().rev().filter(|(name, _)| name == wanted);
            values.find_map(|(_, value)| scalar(value)).filter(|text| !text.is_empty()).map(Untrusted::new)
        };
        let mut stray = Stray { names, ..Stray::default() };
        if is_person {
            stray.id = own("id").unwrap_or_default();
            (stray.email, stray.identifier) = (own("email"), own("customIdentifier"));
        }
        if stray != Stray::default() {
            self.strays.push(stray);
        }
    }
}

/// What the member of a place stands for.
fn beneath(place: Place, member: &str) -> Place {
    match (place, member) {
        (Place::Entry, "includedItems") => Place::Included,
        _ if is_id_member(member) => Place::Id,
        _ => match calls(member) {
            Some(Calls::People) => Place::People,
            Some(Calls::Things) => Place::Thing,
            None => match place {
                Place::People if is_name_member(member) => Place::Name,
                Place::People | Place::Person => Place::Person,
                Place::Name | Place::Thing => place,
                Place::Entry | Place::Included | Place::Id | Place::Unknown => Place::Unknown,
            },
        },
    }
}

/// Whether an object is a person's.
fn is_person(members: &[(String, &str)], place: Place) -> bool {
    match place {
        Place::People | Place::Person => true,
        Place::Entry | Place::Included | Place::Name | Place::Thing | Place::Id => false,
        // The ids of people are texts, those of categories are numbers.
        Place::Unknown => members.iter().any(|(name, value)| match name.as_str() {
            "email" | "customIdentifier" | "isBot" | "status" => true,
            "id" => value.starts_with('"'),
            _ => false,
        }),
    }
}

/// A text, if it may be a name: no address, no id, no word of the reference, nothing without a letter.
fn name(raw: &str) -> Option<Untrusted> {
    let name = text(raw);
    let is_other = is_id(&name) || name.contains('@') || name.contains("://") || STATUSES.contains(&&*name);
    let is_name = name.len() <= LONGEST && !is_other && name.contains(char::is_alphabetic);
    is_name.then(|| Untrusted::new(name.into_owned()))
}

/// Whether a text is an id rather than a name.
fn is_id(text: &str) -> bool {
    text.contains(|c: char| c.is_ascii_digit()) && !text.contains(char::is_whitespace)
}
