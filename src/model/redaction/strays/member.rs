//! What the name of a member says of what it holds: people, things, a name.

use crate::model::json::text::words;

/// What a member holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Calls {
    People,
    Things,
}

/// Words for people, of which one may have several.
const PEOPLE: [&str; 31] = [
    "actor",
    "agent",
    "assignee",
    "author",
    "behalf",
    "caller",
    "client",
    "colleague",
    "contact",
    "creator",
    "customer",
    "editor",
    "employee",
    "follower",
    "manager",
    "member",
    "operator",
    "owner",
    "participant",
    "people",
    "person",
    "recipient",
    "reporter",
    "requester",
    "responder",
    "sender",
    "subscriber",
    "teammate",
    "user",
    "visitor",
    "watcher",
];

/// Words for what has a name and is nobody.
const THINGS: [&str; 32] = [
    "app",
    "attachment",
    "brand",
    "browser",
    "category",
    "categorie",
    "channel",
    "community",
    "company",
    "country",
    "department",
    "device",
    "field",
    "file",
    "folder",
    "group",
    "host",
    "inbox",
    "label",
    "language",
    "organisation",
    "organization",
    "parent",
    "product",
    "queue",
    "role",
    "source",
    "status",
    "tag",
    "team",
    "template",
    "type",
];

/// What stands before `name` where it is a person's.
const CERTAIN: [&str; 9] = ["family", "first", "full", "given", "last", "maiden", "middle", "nick", "sur"];

/// Words for what is an id.
const IDS: [&str; 6] = ["id", "ids", "guid", "uuid", "identifier", "identifiers"];

/// Whether a member holds an id: `id`, `agentId`, `user_ids`.
pub(super) fn is_id_member(member: &str) -> bool {
    words(member).last().is_some_and(|last| IDS.contains(&last.as_str()))
}

/// What a member holds, where its last words say so: `users`, `onBehalfOf`, `lockedBy`, `assignedTo`.
pub(super) fn calls(member: &str) -> Option<Calls> {
    let words = words(member);
    let last = words.last()?;
    let is_behalf = words.iter().any(|word| word == "behalf");
    let is_doer = words.len() > 1 && last == "by" || member.eq_ignore_ascii_case("assignedTo");
    if is_one(&PEOPLE, last) || is_behalf || is_doer {
        Some(Calls::People)
    } else if is_one(&THINGS, last) {
        Some(Calls::Things)
    } else {
        None
    }
}

/// Whether a member holds a name, whoever's: `name`, `displayName`, but no `fileName`.
pub(super) fn is_name_member(member: &str) -> bool {
    before_name(member).is_some_and(|before| !before.iter().any(|word| is_one(&THINGS, word)))
}

/// Whether that is a person's wherever it stands: `lastName`, `surname`, `agentName`.
pub(super) fn is_certain(member: &str) -> bool {
    let is_certain = |word: &String| CERTAIN.contains(&word.as_str()) || is_one(&PEOPLE, word);
    before_name(member).is_some_and(|before| before.iter().any(is_certain))
}

/// The words before the one that ends in `name`.
fn before_name(member: &str) -> Option<Vec<String>> {
    let mut words = words(member);
    let before = words.pop()?.strip_suffix("name")?.to_owned();
    words.extend(Some(before).filter(|before| !before.is_empty()));
    Some(words)
}

/// Whether a word is one of these, or several of it.
fn is_one(known: &[&str], word: &str) -> bool {
    known.contains(&word) || word.strip_suffix('s').is_some_and(|one| known.contains(&one))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_that_hold_people_and_things_are_told_apart() {
        for member in
            ["user", "users", "agents", "onBehalfOf", "on_behalf_of", "lockedBy", "assignedTo", "Author"]
        {
            assert_eq!(calls(member), Some(Calls::People), "{member}");
        }
        for member in ["tags", "categories", "teams", "userGroups", "group", "status", "agentRole"] {
            assert_eq!(calls(member), Some(Calls::Things), "{member}");
        }
        for member in ["", "by", "userId", "to", "from", "extra", "isAgentNew"] {
            assert_eq!(calls(member), None, "{member}");
        }
    }

    #[test]
    fn names_of_people_and_of_things_are_told_apart() {
        for (member, is_certainly_a_persons) in [
            ("name", false),
            ("displayName", false),
            ("Name", false),
            ("firstName", true),
            ("last_name", true),
            ("fullname", true),
            ("username", true),
            ("agentName", true),
        ] {
            assert!(is_name_member(member), "{member}");
            assert_eq!(is_certain(member), is_certainly_a_persons, "{member}");
        }
        for member in ["fileName", "filename", "group_name", "rename it", "names", ""] {
            assert!(!is_name_member(member), "{member}");
        }
    }
}
