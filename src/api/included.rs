//! What the placeholders of a sentence refer to (reference object "Ticket Action Included Items").
//!
//! The shape of a tag is not documented: a text alone and an object with id and name are both read. An item
//! that cannot be read costs only itself and is no flaw of the entry: its placeholder stays visible as it came,
//! and the entry's own JSON still shows it. Lists of other kinds are ignored.

use std::sync::Arc;

use serde_json::value::RawValue;

use super::{
    interner::Interner,
    json::{self, Shape, Slot},
    person,
    row::Flaws,
};
use crate::model::{
    entry::{Included, Label},
    text::Untrusted,
};

/// Reads `includedItems`. `None` when there is nothing in it.
pub(super) fn read(value: &RawValue, interner: &mut Interner, flaws: &mut Flaws) -> Option<Arc<Included>> {
    if let Some(known) = interner.included_of(value.get()) {
        return Some(known).filter(is_something);
    }
    let (mut users, mut tags, mut categories) = (Slot::default(), Slot::default(), Slot::default());
    let found = json::members(value, |key, value| match key {
        "users" => users.offer(value),
        "tags" => tags.offer(value),
        "categories" => categories.offer(value),
        _ => (),
    });
    if found.is_none() {
        flaws.wrong_shape("includedItems", value, "an object");
        return None;
    }
    let before = flaws.count();
    let mut unheard = Flaws::default();
    let mut included = Included::default();
    for value in list(users, "includedItems.users", flaws) {
        included.users.extend(person::read(value, interner, &mut unheard));
    }
    for value in list(tags, "includedItems.tags", flaws) {
        included.tags.extend(label(value, interner));
    }
    for value in list(categories, "includedItems.categories", flaws) {
        included.categories.extend(label(value, interner));
    }
    let included = Arc::new(included);
    if flaws.count() == before {
        interner.remember_included(value.get(), &included);
    }
    Some(included).filter(is_something)
}

fn is_something(included: &Arc<Included>) -> bool {
    **included != Included::default()
}

fn list<'a>(slot: Slot<'a>, name: &'static str, flaws: &mut Flaws) -> Vec<&'a RawValue> {
    flaws.doubled(slot, name);
    let Some(value) = slot.get() else {
        return Vec::new();
    };
    json::elements(value).unwrap_or_else(|| {
        flaws.wrong_shape(name, value, "a list");
        Vec::new()
    })
}

/// A tag or a category. Without a name there is nothing to show, so there is none.
fn label(value: &RawValue, interner: &mut Interner) -> Option<Label> {
    if let Some(name) = json::text(value) {
        return Some(Label { id: Untrusted::default(), name: interner.text(&name) });
    }
    let (mut id, mut name) = (Slot::default(), Slot::default());
    json::members(value, |key, value| match key {
        "id" => id.offer(value),
        "name" => name.offer(value),
        _ => (),
    })?;
    let name = json::text(name.get()?)?;
    Some(Label {
        id: id.get().and_then(|value| identifier(value, interner)).unwrap_or_default(),
        name: interner.text(&name),
    })
}

fn identifier(value: &RawValue, interner: &mut Interner) -> Option<Untrusted> {
    match Shape::of(value) {
        Shape::Number => Some(interner.text(value.get())),
        _ => json::text(value).map(|text| interner.text(&text)),
    }
}
