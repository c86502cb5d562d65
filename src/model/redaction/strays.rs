//! People in the JSON of an entry that could not be read as documented: whatever object under `user` or `users` has a
//! name, an address or an id is taken for one, with any status.

use serde_json::value::RawValue;

use super::members::{Elements, Members};
use crate::model::{entry::User, text::Untrusted};

/// Deeper nesting than any entry has.
const DEEPEST: usize = 40;

/// Everybody whom the JSON names.
pub(super) fn users(raw: &str) -> Vec<User> {
    let mut users = Vec::new();
    walk(raw.trim(), false, 0, &mut users);
    users
}

fn walk(raw: &str, is_person: bool, depth: usize, users: &mut Vec<User>) {
    if depth > DEEPEST {
        return;
    }
    if raw.starts_with('[')
        && let Ok(Elements(elements)) = serde_json::from_str(raw)
    {
        for element in elements {
            walk(element.get(), is_person, depth + 1, users);
        }
    } else if raw.starts_with('{')
        && let Ok(Members(members)) = serde_json::from_str(raw)
    {
        if is_person {
            users.extend(person(&members));
        }
        for (name, value) in members {
            let is_person = matches!(name.get(), "\"user\"" | "\"users\"");
            walk(value.get(), is_person, depth + 1, users);
        }
    }
}

fn person(members: &[(&RawValue, &RawValue)]) -> Option<User> {
    let text = |wanted: &str| {
        let mut values = members.iter().rev().filter(|(name, _)| name.get().trim_matches('"') == wanted);
        values.find_map(|(_, value)| match value.get() {
            raw if raw.starts_with('"') => serde_json::from_str(raw).ok(),
            raw if raw.starts_with(|c: char| c == '-' || c.is_ascii_digit()) => Some(raw.to_owned()),
            _ => None,
        })
    };
    let own = |wanted| text(wanted).map(Untrusted::new);
    let user = User {
        id: own("id").unwrap_or_default(),
        name: own("name").unwrap_or_default(),
        email: own("email"),
        status: own("status").unwrap_or_default(),
        is_bot: false,
        custom_identifier: own("customIdentifier"),
    };
    (!user.id.is_empty() || !user.name.is_empty()).then_some(user)
}
