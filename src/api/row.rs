//! One element of `data` becomes one [`Entry`], whatever it is.
//!
//! Missing and null fields are empty, unknown ones are ignored. A field of the wrong type, a field that stands
//! there twice (the first counts) or a row that is no object is a flaw: told in plain words, never quoting the
//! value, with everything else still filled in. A time that is text but no time is not a flaw:
//! [`Time::Unreadable`] says it.

use std::fmt::Write as _;

use serde_json::value::RawValue;

use super::{
    included,
    interner::Interner,
    json::{self, Shape, Slot},
    person,
};
use crate::model::{
    entry::{Entry, RawJson, Time},
    stamp::Stamp,
    text::Untrusted,
};

/// Reads a row.
pub(super) fn read(value: &RawValue, interner: &mut Interner) -> Entry {
    let mut fields = Fields::default();
    let mut flaws = Flaws::default();
    let found = json::members(value, |key, value| match key {
        "actionType" => fields.action_type.offer(value),
        "actionString" => fields.action.offer(value),
        "user" => fields.user.offer(value),
        "time" => fields.time.offer(value),
        "includedItems" => fields.included.offer(value),
        _ => (),
    });
    if found.is_none() {
        flaws.wrong_shape("the entry", value, "an object");
    }
    flaws.doubled(fields.user, "user");
    flaws.doubled(fields.included, "includedItems");
    Entry {
        action_type: flaws.text(fields.action_type, "actionType", interner).unwrap_or_default(),
        action: flaws.text(fields.action, "actionString", interner).unwrap_or_default(),
        actor: fields.user.get().and_then(|value| person::read(value, interner, &mut flaws)),
        time: time(fields.time, interner, &mut flaws),
        included: fields.included.get().and_then(|value| included::read(value, interner, &mut flaws)),
        raw: Some(RawJson::new(value.get())),
        flaw: flaws.sentence(),
        place: None,
    }
}

#[derive(Default)]
struct Fields<'a> {
    action_type: Slot<'a>,
    action: Slot<'a>,
    user: Slot<'a>,
    time: Slot<'a>,
    included: Slot<'a>,
}

fn time(slot: Slot<'_>, interner: &mut Interner, flaws: &mut Flaws) -> Time {
    if let Some(value) = slot.get()
        && let Shape::Number | Shape::Bool = Shape::of(value)
    {
        // Seconds or milliseconds? A guess would be a false time; the digits at least are the server's.
        flaws.wrong_shape("time", value, "a text");
        return Time::Unreadable(Untrusted::new(value.get()));
    }
    let text = slot.get().and_then(json::text);
    match text.as_deref().map(Stamp::parse) {
        Some(Some(stamp)) => {
            flaws.doubled(slot, "time");
            Time::At(stamp)
        }
        _ => Time::Unreadable(flaws.text(slot, "time", interner).unwrap_or_default()),
    }
}

/// What could not be read of one row, in plain words. Costs nothing while there is nothing to tell.
#[derive(Debug, Default)]
pub(super) struct Flaws {
    words: String,
    count: usize,
}

impl Flaws {
    /// How many there are.
    pub(super) fn count(&self) -> usize {
        self.count
    }

    /// `name` holds a value of another shape than `expected`.
    pub(super) fn wrong_shape(&mut self, name: &str, value: &RawValue, expected: &str) {
        self.add(format_args!("{name} is {}, not {expected}", Shape::of(value).words()));
    }

    /// Tells when `name` stood there more than once.
    pub(super) fn doubled(&mut self, slot: Slot<'_>, name: &str) {
        if slot.is_doubled() {
            self.add(format_args!("{name} is there more than once"));
        }
    }

    /// The text in `slot`; `None` when it is missing or null, and with a flaw when it is something else.
    pub(super) fn text(&mut self, slot: Slot<'_>, name: &str, interner: &mut Interner) -> Option<Untrusted> {
        self.doubled(slot, name);
        let value = slot.get()?;
        let text = json::text(value);
        if text.is_none() {
            self.wrong_shape(name, value, "a text");
        }
        text.map(|text| interner.text(&text))
    }

    /// The truth in `slot`; `false` when it is missing or null, and with a flaw when it is something else.
    pub(super) fn truth(&mut self, slot: Slot<'_>, name: &str) -> bool {
        self.doubled(slot, name);
        let Some(value) = slot.get() else {
            return false;
        };
        if Shape::of(value) != Shape::Bool {
            self.wrong_shape(name, value, "true or false");
        }
        value.get() == "true"
    }

    fn add(&mut self, words: std::fmt::Arguments<'_>) {
        if self.count > 0 {
            self.words.push_str("; ");
        }
        // Writing to a String cannot fail.
        let _ = self.words.write_fmt(words);
        self.count += 1;
    }

    fn sentence(self) -> Option<Untrusted> {
        (self.count > 0).then(|| Untrusted::new(self.words))
    }
}
