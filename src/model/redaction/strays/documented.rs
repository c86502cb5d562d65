//! Whether an entry's JSON holds what the reference documents and nothing else, so that all who are in it are known. Asked of every entry before it is taken
//! apart, which takes several times as long.

use crate::model::json::scan::{Token, Tokens};

/// The members of an entry and of all that is in it, with the quotes. Each has a bit in what was seen of an object.
const MEMBERS: [&str; 16] = [
    "\"actionString\"",
    "\"actionType\"",
    "\"categories\"",
    "\"customIdentifier\"",
    "\"email\"",
    "\"id\"",
    "\"image\"",
    "\"includedItems\"",
    "\"isBot\"",
    "\"name\"",
    "\"parents\"",
    "\"status\"",
    "\"tags\"",
    "\"time\"",
    "\"user\"",
    "\"users\"",
];

/// Those in whose place a text is a name.
const PEOPLE: [&str; 2] = ["\"user\"", "\"users\""];

const ITEMS: &str = "\"includedItems\"";

/// What is open.
enum Open {
    /// The members that were seen, and the last of them.
    Object(u16, &'static str),
    /// Whether a text is an element, too.
    List(bool),
    /// Of a category's parents. What is in it is documented, and still nobody has learned the ids.
    Parents,
}

/// Whether all of it is as documented; false for what is no JSON, too. A member that is there twice is not.
pub(super) fn is_all(json: &str) -> bool {
    let mut open: Vec<Open> = Vec::with_capacity(4);
    let mut is_name_next = false;
    for token in Tokens::of(json) {
        let depth = open.len();
        // Of the entry's own members, the one in which this is.
        let within = if let Some(Open::Object(_, member)) = open.first() { *member } else { "" };
        match (token, open.last_mut()) {
            (Token::Text(name), Some(Open::Object(seen, member))) if is_name_next => {
                let known = MEMBERS.iter().zip(0_u16..).find(|(known, _)| **known == name);
                let Some((known, bit)) = known.filter(|(_, bit)| *seen & (1 << bit) == 0) else {
                    return false;
                };
                (*seen, *member, is_name_next) = (*seen | (1 << bit), known, false);
            }
            (Token::Text(_), Some(Open::Object(_, member))) if !PEOPLE.contains(member) => {}
            (Token::Open('{'), beneath) if holds_object(beneath.as_deref(), depth) => {
                open.push(Open::Object(0, ""));
                is_name_next = true;
            }
            (Token::Open('['), Some(Open::Object(_, member))) => match *member {
                "\"users\"" if within == ITEMS && depth == 2 => open.push(Open::List(false)),
                "\"categories\"" | "\"tags\"" if within == ITEMS && depth == 2 => open.push(Open::List(true)),
                "\"parents\"" if within == ITEMS => open.push(Open::Parents),
                _ => return false,
            },
            (Token::Close(_), _) => drop(open.pop()),
            (Token::Comma, Some(Open::Object(..))) => is_name_next = true,
            (Token::Text(_), Some(Open::List(true) | Open::Parents))
            | (Token::Comma | Token::Colon | Token::Scalar(_), _) => {}
            _ => return false,
        }
    }
    true
}

/// Whether an object may stand in what is open.
fn holds_object(open: Option<&Open>, depth: usize) -> bool {
    match open {
        None | Some(Open::List(_)) => true,
        Some(Open::Parents) => false,
        Some(Open::Object(_, member)) => depth == 1 && matches!(*member, ITEMS | "\"user\""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_name_somebody_whom_nobody_knows_is_not_documented() {
        let entry = |user: &str, items: &str| {
            format!(r#"{{"actionString":"a \"b\"","time":null,"user":{user},"includedItems":{{{items}}}}}"#)
        };
        let user = r#"{"id":"1","name":"N","email":null,"isBot":false}"#;
        let items = format!(
            r#""users":[{user},{user}],"tags":["t",{{"id":1,"name":"t"}}],"categories":[{{"id":1,"parents":[]}},{{"parents":["p"]}}]"#
        );
        for json in [entry(user, &items), entry("null", r#""users":[],"tags":null"#), entry(user, "")] {
            assert!(is_all(&json), "{json}");
        }
        for (user, items) in [
            (r#""N""#, ""),
            (r#"["N"]"#, ""),
            (r#"{"name":{"name":"N"}}"#, ""),
            (r#"{"name":"N","name":"M"}"#, ""),
            (r#"{"name":"N","lastName":"M"}"#, ""),
            (r#"{"user":{"name":"N"}}"#, ""),
            (r#"{"users":[{"name":"N"}]}"#, ""),
            ("null", r#""users":["N"]"#),
            ("null", r#""users":"N""#),
            ("null", r#""users":[["N"]]"#),
            ("null", r#""users":{"name":"N"}"#),
            ("null", r#""agents":[]"#),
            ("null", r#""categories":[{"id":1,"parents":[{"id":2}]}]"#),
        ] {
            assert!(!is_all(&entry(user, items)), "{user} {items}");
        }
        for json in [r#""N""#, r#"["N"]"#, r#"[{"user":{"name":"N"}}]"#] {
            assert!(!is_all(json), "{json}");
        }
    }
}
