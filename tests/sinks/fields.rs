//! An answer made of parts, each of which may be any JSON: a new field of the model fails to compile here.

use ticketlog::{
    api::{Interner, decode_page, decode_ticket},
    demo::hostile_strings,
    model::{
        entry::{Entry, Included, Label, Time, User},
        text::Untrusted,
        ticket::Ticket,
    },
};

macro_rules! places {
    ($($place:ident = $harmless:literal,)*) => {
        /// The parts of an entry's JSON that a stranger may write, as raw JSON.
        #[derive(Clone)]
        pub(crate) struct Places { $(pub(crate) $place: Vec<u8>,)* }

        /// Their names.
        pub(crate) const NAMES: &[&str] = &[$(stringify!($place)),*];

        impl Places {
            /// Nothing but ordinary words.
            pub(crate) fn harmless() -> Self {
                Self { $($place: $harmless.to_vec(),)* }
            }

            /// The same with other JSON in one place.
            pub(crate) fn with(mut self, name: &str, json: &[u8]) -> Self {
                match name {
                    $(stringify!($place) => self.$place = json.to_vec(),)*
                    _ => panic!("there is no place {name}"),
                }
                self
            }

            /// The same JSON in every place.
            pub(crate) fn all(json: &[u8]) -> Self {
                Self { $($place: json.to_vec(),)* }
            }
        }
    };
}

places! {
    action = b"\"said something\"",
    action_type = b"\"reply_created\"",
    time = b"\"2023-12-13T22:11:52+00:00\"",
    unknown_name = b"\"unknown\"",
    unknown_value = b"\"value\"",
    user_id = b"\"u1\"",
    user_name = b"\"Mallory\"",
    user_email = b"\"m@example.org\"",
    user_status = b"\"client\"",
    user_identifier = b"\"i1\"",
    person_id = b"\"u2\"",
    person_name = b"\"Trent\"",
    person_email = b"\"t@example.org\"",
    person_status = b"\"team\"",
    person_identifier = b"\"i2\"",
    tag_id = b"\"t1\"",
    tag_name = b"\"urgent\"",
    tag_text = b"\"plain\"",
    category_id = b"\"c1\"",
    category_name = b"\"Sales\"",
    category_text = b"\"plain\"",
}

impl Places {
    /// The entry's JSON.
    pub(crate) fn json(&self) -> Vec<u8> {
        let p = self;
        let pieces: [&[u8]; 44] = [
            b"{\"actionString\":",
            &p.action,
            b",\"actionType\":",
            &p.action_type,
            b",\"time\":",
            &p.time,
            b",",
            &p.unknown_name,
            b":",
            &p.unknown_value,
            b",\"user\":{\"id\":",
            &p.user_id,
            b",\"name\":",
            &p.user_name,
            b",\"email\":",
            &p.user_email,
            b",\"status\":",
            &p.user_status,
            b",\"customIdentifier\":",
            &p.user_identifier,
            b"},\"includedItems\":{\"users\":[{\"id\":",
            &p.person_id,
            b",\"name\":",
            &p.person_name,
            b",\"email\":",
            &p.person_email,
            b",\"status\":",
            &p.person_status,
            b",\"customIdentifier\":",
            &p.person_identifier,
            b"}],\"tags\":[{\"id\":",
            &p.tag_id,
            b",\"name\":",
            &p.tag_name,
            b"},",
            &p.tag_text,
            b"],\"categories\":[{\"id\":",
            &p.category_id,
            b",\"name\":",
            &p.category_name,
            b"},",
            &p.category_text,
            b"]}",
            b"}",
        ];
        pieces.concat()
    }

    /// What decoding makes of it.
    pub(crate) fn entry(&self) -> Entry {
        let body = [b"{\"errorCode\":-1,\"data\":[".as_slice(), &self.json(), b"]}"].concat();
        decode_page(&body, &mut Interner::default()).expect("a page").remove(0)
    }
}

/// Every text of an entry. Nothing is left out with `..`: who adds a field adds it here and to [`Places`].
pub(crate) fn texts(entry: &Entry) -> Vec<(&'static str, &Untrusted)> {
    let Entry { action_type, action, actor, time, included, raw: _, flaw, place: _ } = entry;
    let mut texts = vec![("action_type", action_type), ("action", action)];
    match time {
        Time::At(_) => {}
        Time::Unreadable(text) => texts.push(("time", text)),
    }
    texts.extend(flaw.as_ref().map(|flaw| ("flaw", flaw)));
    if let Some(user) = actor {
        texts.extend(of_user(user, ["user_id", "user_name", "user_email", "user_status", "user_identifier"]));
    }
    if let Some(included) = included {
        let Included { users, tags, categories } = &**included;
        let names = ["person_id", "person_name", "person_email", "person_status", "person_identifier"];
        texts.extend(users.iter().flat_map(|user| of_user(user, names)));
        texts.extend(of_labels(tags, ["tag_id", "tag_name", "tag_text"]));
        texts.extend(of_labels(categories, ["category_id", "category_name", "category_text"]));
    }
    texts
}

fn of_user<'a>(user: &'a User, names: [&'static str; 5]) -> Vec<(&'static str, &'a Untrusted)> {
    let User { id, name, email, status, is_bot: _, custom_identifier } = user;
    let texts = [Some(id), Some(name), email.as_ref(), Some(status), custom_identifier.as_ref()];
    names.into_iter().zip(texts).filter_map(|(name, text)| Some((name, text?))).collect()
}

fn of_labels<'a>(labels: &'a [Label], names: [&'static str; 3]) -> Vec<(&'static str, &'a Untrusted)> {
    let [id_name, name_name, text_name] = names;
    let mut texts = Vec::new();
    for (at, Label { id, name }) in labels.iter().enumerate() {
        texts.push((if at == 0 { name_name } else { text_name }, name));
        if at == 0 {
            texts.push((id_name, id));
        }
    }
    texts
}

/// A ticket with the same JSON in every place.
pub(crate) fn ticket(json: &[u8]) -> Ticket {
    let body = [
        b"{\"errorCode\":-1,\"data\":{\"title\":".as_slice(),
        json,
        b",\"status\":",
        json,
        b",\"lockedBy\":{\"name\":",
        json,
        b"},\"category\":{\"name\":",
        json,
        b"},\"creationTime\":",
        json,
        b"}}",
    ];
    decode_ticket(&body.concat()).expect("a ticket")
}

/// Every text of a ticket.
pub(crate) fn texts_of_ticket(ticket: &Ticket) -> Vec<&Untrusted> {
    let Ticket { title, status, owner, category, created: _ } = ticket;
    [title, status, owner, category].into_iter().flatten().collect()
}

/// The hundred strings, floods cut to their beginning: a debug build has no time for them, `weight` has them whole.
pub(crate) fn beginnings() -> Vec<(u8, Vec<u8>)> {
    let cut = |json: Vec<u8>| {
        if json.len() < 1_500 {
            return json;
        }
        let beginning: String = decoded(&json).raw_for_export().chars().take(200).collect();
        serde_json::to_vec(&beginning).expect("text")
    };
    hostile_strings().into_iter().map(|(number, json)| (number, cut(json))).collect()
}

/// What a literal holds, as decoding reads it.
pub(crate) fn decoded(json: &[u8]) -> Untrusted {
    Places::harmless().with("action", json).entry().action
}
