//! What is found in random logs is what a naive search finds: one that spells every letter out.

use proptest::{prelude::*, sample::select};

use super::*;
use crate::model::{entry::Label, pattern::Syntax};

/// Words in both cases, with accents in one character and in two.
const WORDS: [&str; 8] =
    ["Åse", "A\u{30a}SE", "a\u{30a}se", "åse", "Café", "cafe\u{301}", "refund", "Refund"];

const SENTENCES: [&str; 6] = [
    "sent a reply to {User:1}",
    "added {Tag:1}",
    "{User:2} left {Tag:2} and {Tag:1}",
    "refund {nothing}",
    "café åse",
    "CAFE\u{301} {User:1",
];

const TYPES: [&str; 3] = ["ticket_read", "refund_åse", "reply_created"];

fn user(id: &str, name: &str) -> Arc<User> {
    Arc::new(User {
        id: Untrusted::new(id.to_owned()),
        name: Untrusted::new(name.to_owned()),
        email: None,
        status: Untrusted::new("team"),
        is_bot: false,
        custom_identifier: None,
    })
}

/// A sentence, a type, an actor, and what the placeholders `1` refer to.
type Made = (&'static str, &'static str, &'static str, &'static str);

fn entry((action, kind, actor, word): Made) -> Entry {
    let label = |name: &str| Label { id: Untrusted::new("1"), name: Untrusted::new(name.to_owned()) };
    let included = Included { users: vec![user("1", word)], tags: vec![label(word)], categories: Vec::new() };
    let mut entry = Entry::saying(kind, action);
    entry.actor = Some(user("9", actor));
    entry.included = Some(Arc::new(included));
    entry
}

/// Whether a naive search finds it in one of the words shown.
fn finds(pattern: &str, (action, kind, actor, word): Made) -> bool {
    let spelt = |text: &str| {
        let pairs = [("a\u{30a}", "å"), ("A\u{30a}", "Å"), ("e\u{301}", "é"), ("E\u{301}", "É")];
        pairs.iter().fold(text.to_owned(), |text, (two, one)| text.replace(two, one))
    };
    let pattern = spelt(pattern);
    let is_exact = pattern.chars().any(char::is_uppercase);
    let small = |text: String| if is_exact { text } else { text.to_lowercase() };
    let said = action.replace("{User:1}", word).replace("{Tag:1}", word);
    // Nobody of these ids is known, and ids are hidden.
    let said = said.replace("{User:2}", "{User:hidden}").replace("{Tag:2}", "{Tag:hidden}");
    let short = kind.trim_start_matches("ticket_").replace('_', " ");
    [said.as_str(), kind, &short, actor]
        .iter()
        .any(|shown| small(spelt(shown)).contains(&small(pattern.clone())))
}

proptest! {
    #[test]
    fn what_is_found_is_what_a_naive_search_finds(
        log in prop::collection::vec((select(&SENTENCES), select(&TYPES), select(&WORDS), select(&WORDS)), 1..40),
        pattern in prop_oneof![
            select(&WORDS).prop_map(str::to_owned),
            (select(&SENTENCES), 0..8_usize, 1..9_usize)
                .prop_map(|(text, from, length)| text.chars().skip(from).take(length).collect()),
            "[a-zå{} ]{1,3}",
        ],
    ) {
        let mut finder =
            Finder::new(Pattern::new(&pattern, Syntax::Plain).expect("a plain pattern"), Catalogue::default());
        for made in log {
            let entry = entry(made);
            prop_assert_eq!(finder.finds(&entry), finds(&pattern, made), "{:?} in {:?}", pattern, made);
        }
    }
}
