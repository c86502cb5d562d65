//! Narrowings and texts of all kinds.

use chrono::TimeDelta;
use proptest::prelude::*;
use ticketlog::model::{
    entry::ActorKind,
    narrowing::{Bound, KINDS, Kinds, Narrowing, Person, Phrase, Span},
    text::Untrusted,
    time_words::{Moment, Unit},
    types::TypeChoice,
};

use super::{entries::start, views::catalogue};

/// Texts as people type them, and as they should not.
pub fn text() -> impl Strategy<Value = String> {
    let odd = prop::sample::select(vec![
        "'",
        "\"",
        "$(id)",
        "`id`",
        "\\",
        ";rm -rf ~",
        "--types",
        "-3d",
        "!",
        "/",
        "/a.b/",
        "*",
        "\u{1b}]0;x\u{7}",
        "\n",
        "\u{202e}",
        "æøå",
        "\u{65e5}",
        "#",
        "~",
        "entry",
        " ",
        "\u{200b}",
        "%",
        "=",
        "me",
        "{a,b}",
        "\u{2028}",
    ]);
    prop::collection::vec(prop_oneof![odd.prop_map(str::to_owned), "[a-z0-9]{1,4}"], 1..5)
        .prop_map(|parts| parts.concat())
        .prop_filter("something", |text| !text.trim().is_empty())
}

fn types() -> impl Strategy<Value = TypeChoice> {
    let known = ["ticket_read", "reply_created", "ticket_status_changed", "something_new", "note_created"];
    (prop::sample::subsequence(known.to_vec(), 0..=4), any::<bool>()).prop_map(|(names, hides)| {
        let catalogue = catalogue();
        let mut choice = TypeChoice::everything(&catalogue);
        let names: Vec<Untrusted> = names.into_iter().map(Untrusted::new).collect();
        choice.learn(names.iter());
        let none: &[Untrusted] = &[];
        let (shown, hidden) = if hides { (none, names.as_slice()) } else { (names.as_slice(), none) };
        choice.set(shown, hidden, hides);
        choice
    })
}

fn kinds() -> impl Strategy<Value = Kinds> {
    prop::sample::subsequence(KINDS.to_vec(), 1..=4).prop_map(|shown: Vec<ActorKind>| Kinds::only(&shown))
}

fn bound(from: i64, to: i64) -> impl Strategy<Value = Bound> {
    (from..to).prop_map(|nanos| {
        Bound::up_to(Moment { at: start() + TimeDelta::nanoseconds(nanos), unit: Unit::Instant })
    })
}

pub fn a_narrowing() -> impl Strategy<Value = Narrowing> {
    let hour = 3_600_000_000_000;
    let span = (prop::option::of(bound(-hour, hour)), prop::option::of(bound(hour + 1, 4 * hour)));
    let phrase = (text(), any::<bool>());
    (
        prop::option::of(types()),
        prop::option::of(kinds()),
        prop::option::of(text()),
        span,
        prop::option::of(phrase),
    )
        .prop_map(|(types, kinds, person, (since, until), phrase)| {
            let catalogue = catalogue();
            let mut narrowing = Narrowing::everything(&catalogue);
            narrowing.types = types.unwrap_or(narrowing.types);
            narrowing.kinds = kinds.unwrap_or_default();
            narrowing.person = person.and_then(|name| Person::named(&name).ok());
            narrowing.span = Span { since, until };
            narrowing.phrase = phrase.and_then(|(text, negated)| {
                let sign = if negated { "!" } else { "" };
                Phrase::parse(&format!("{sign}{text}"), &catalogue).ok().flatten()
            });
            narrowing
        })
}
