//! The entries of stories: each tells its number, five minutes after the one before.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use ticketlog::model::{
    entry::{Entry, RawJson, Time, User},
    stamp::Stamp,
    text::Untrusted,
};

/// The types that the entries of a story go through in turn.
const TYPES: [&str; 5] =
    ["ticket_read", "reply_created", "ticket_status_changed", "ticket_read", "something_new"];

/// The `n`-th entry counted from the oldest: its text is its number, five minutes after the one before.
pub fn entry(n: usize) -> Entry {
    let at = start() + TimeDelta::minutes(5 * i64::try_from(n).unwrap());
    let user = User {
        id: Untrusted::new(format!("user-{}", n % 3)),
        name: Untrusted::new(["Garrick Ollivander", "Harry Potter", "Hat Bot"][n % 3]),
        email: Some(Untrusted::new("someone@example.org")),
        status: Untrusted::new(["team", "client", "team"][n % 3]),
        is_bot: n % 3 == 2,
        custom_identifier: None,
    };
    Entry {
        action_type: Untrusted::new(TYPES[n % TYPES.len()]),
        action: Untrusted::new(format!("entry {n}")),
        actor: Some(Arc::new(user)),
        time: Time::At(Stamp::parse(&at.to_rfc3339()).unwrap()),
        included: None,
        raw: Some(RawJson::new(format!(r#"{{"n":{n},"user":{{"email":"someone@example.org"}}}}"#))),
        flaw: None,
        place: None,
    }
}

pub fn start() -> DateTime<Utc> {
    DateTime::parse_from_rfc3339("2023-08-03T12:00:00Z").unwrap().to_utc()
}
