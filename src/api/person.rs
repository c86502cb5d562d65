//! A person as in the reference's object "User": in `user` of an entry and in `includedItems.users`.
//!
//! Every field may be missing or null. The picture (`image`) is not read: nothing shows it.

use std::sync::Arc;

use serde_json::value::RawValue;

use super::{
    interner::Interner,
    json::{self, Shape, Slot},
    row::Flaws,
};
use crate::model::{entry::User, text::Untrusted};

/// Reads a person. `None` for what is not an object; `flaws` learns what could not be read.
pub(super) fn read(value: &RawValue, interner: &mut Interner, flaws: &mut Flaws) -> Option<Arc<User>> {
    if let Some(known) = interner.user_of(value.get()) {
        return Some(known);
    }
    let mut fields = Fields::default();
    let found = json::members(value, |key, value| match key {
        "id" => fields.id.offer(value),
        "name" => fields.name.offer(value),
        "email" => fields.email.offer(value),
        "status" => fields.status.offer(value),
        "isBot" => fields.is_bot.offer(value),
        "customIdentifier" => fields.custom_identifier.offer(value),
        _ => (),
    });
    if found.is_none() {
        flaws.wrong_shape("user", value, "an object");
        return None;
    }
    let before = flaws.count();
    let user = User {
        id: name_like(fields.id, "user.id", interner, flaws).unwrap_or_default(),
        name: flaws.text(fields.name, "user.name", interner).unwrap_or_default(),
        email: flaws.text(fields.email, "user.email", interner).filter(|text| !text.is_empty()),
        status: flaws.text(fields.status, "user.status", interner).unwrap_or_default(),
        is_bot: flaws.truth(fields.is_bot, "user.isBot"),
        custom_identifier: name_like(fields.custom_identifier, "user.customIdentifier", interner, flaws)
            .filter(|text| !text.is_empty()),
    };
    let whole = flaws.count() == before;
    Some(interner.user(user, whole.then(|| value.get())))
}

#[derive(Default)]
struct Fields<'a> {
    id: Slot<'a>,
    name: Slot<'a>,
    email: Slot<'a>,
    status: Slot<'a>,
    is_bot: Slot<'a>,
    custom_identifier: Slot<'a>,
}

/// An identifier: text, or a number taken as its digits.
fn name_like(
    slot: Slot<'_>,
    name: &'static str,
    interner: &mut Interner,
    flaws: &mut Flaws,
) -> Option<Untrusted> {
    match slot.get() {
        Some(value) if Shape::of(value) == Shape::Number && !slot.is_doubled() => {
            Some(interner.text(value.get()))
        }
        _ => flaws.text(slot, name, interner),
    }
}
