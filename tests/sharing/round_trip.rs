//! Whatever narrows a view and is looked for in it: its command opens the same.

use proptest::prelude::*;
use ticketlog::{
    message::Message,
    model::{
        narrowing::{Bound, Narrowing, Span},
        pattern::{Pattern, Syntax},
        search::Wish,
    },
};

use super::{
    generated::{a_narrowing, text},
    views::{Reading, log, reopened},
};

/// What a narrowing lets through of a log.
fn passing(narrowing: &Narrowing) -> Vec<String> {
    let log = log(40);
    let passing = log.iter().filter(|entry| narrowing.passes(entry));
    passing.map(|entry| entry.action.raw_for_export().to_owned()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 160, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_command_opens_the_same_narrowing_search_and_entry(
        narrowing in a_narrowing(),
        sought in prop::option::of((text(), any::<bool>())),
        steps in 0_i16..40,
    ) {
        let pattern = sought.and_then(|(text, is_regex)| {
            Pattern::new(&text, if is_regex { Syntax::Regex } else { Syntax::Plain }).ok()
        });
        let find = pattern.clone().map(|pattern| Message::Find(Wish { pattern, stays: true }));
        let mut reading = Reading::open(narrowing.clone(), find.into_iter().collect());
        reading.tell(Message::Asked(ticketlog::message::Action::Step(steps)));
        let command = reading.model.command().unwrap();
        let command = command.as_str();
        prop_assert!(!command.contains(char::is_control), "{command:?}");
        let (again, other) = reopened(command);
        // A person with characters that no command holds is known by a part of the name.
        if narrowing.person.is_none() {
            prop_assert_eq!(passing(&again), passing(&narrowing), "{}", command);
        }
        prop_assert_eq!(again.types.query(), narrowing.types.query());
        prop_assert_eq!(&again.kinds, &narrowing.kinds);
        let ends = |span: Span| [span.since, span.until].map(|end| end.map(Bound::at));
        prop_assert_eq!(ends(again.span), ends(narrowing.span));
        prop_assert_eq!(again.phrase.is_some(), narrowing.phrase.is_some());
        if let (Some(pattern), Some(found)) = (&pattern, other.model.reader.timeline().pattern()) {
            for text in ["entry 1", "a.b", "/a.b/", "axb", "x'y", "æøå", "\u{1b}]0;x\u{7}"] {
                prop_assert_eq!(pattern.matches(text), found.matches(text), "{}: {}", command, text);
            }
        }
        prop_assert_eq!(pattern.is_some(), other.model.reader.timeline().pattern().is_some());
        if narrowing.person.is_none() && reading.at().is_some() {
            // Of several entries at one instant the newest is meant.
            let time = |reading: &Reading| reading.model.reader.current().map(|entry| entry.time.clone());
            prop_assert_eq!(time(&reading), time(&other), "{}: {:?} and {:?}", command, reading.at(), other.at());
        }
    }
}
