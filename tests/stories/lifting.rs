//! An empty view names what narrows it, and keys that lift each part: for every combination.

use chrono::TimeDelta;
use ticketlog::model::{
    entry::ActorKind,
    narrowing::{Bound, Kinds, Lift, Narrowing, Person, Phrase},
    query::Query,
    text::Untrusted,
    time_words::{Moment, Unit},
    types::TypeRow,
};

use crate::story::Story;

#[test]
fn the_keys_of_each_line_of_an_empty_view_lift_that_part_and_no_other() {
    for (width, combination) in [40, 80].into_iter().flat_map(|width| (1..32_u8).map(move |at| (width, at))) {
        let mut story = Story::unopened(60);
        story.model.size.width = width;
        let mut narrowing = Narrowing::everything(&story.model.catalogue);
        let is_in = |part: u8| combination & (1 << part) != 0;
        if is_in(0) {
            narrowing.types.only(&TypeRow::Type(Untrusted::new("note_created")));
        }
        narrowing.kinds = if is_in(1) { Kinds::only(&[ActorKind::Other]) } else { Kinds::default() };
        narrowing.person = is_in(2).then(|| Person::named("nobody of this name").unwrap());
        let until = Moment { at: crate::story::start() - TimeDelta::days(9), unit: Unit::Day };
        narrowing.span.until = is_in(3).then(|| Bound::up_to(until));
        narrowing.phrase = is_in(4).then(|| Phrase::parse("zzzz", &story.model.catalogue).unwrap().unwrap());
        let parts: Vec<Lift> = narrowing.lifts().collect();
        story.model.reader.begin(narrowing);
        story.open();
        story.settle();
        for lift in &parts {
            let whole = story.screen();
            let lines: Vec<&String> =
                whole.iter().filter(|line| line.contains(": a") || line.contains(": everybody")).collect();
            assert_eq!(lines.len(), parts.len(), "{combination} {whole:#?}");
            let at = parts.iter().position(|part| part == lift).unwrap();
            let keys = lines[at].rsplit_once(": ").unwrap().0.rsplit_once("  ").unwrap().1;
            story.keys(&keys.replace(", then enter", "<enter>"));
            let left: Vec<Lift> = story.model.reader.narrowing().lifts().collect();
            let others: Vec<Lift> = parts.iter().filter(|part| *part != lift).copied().collect();
            assert_eq!(left, others, "{keys} of {}", lines[at]);
            story.keys("u").rest();
            assert_eq!(story.model.reader.narrowing().lifts().collect::<Vec<_>>(), parts, "{keys}");
        }
    }
}

#[test]
fn all_types_again_far_down_is_a_jump_to_the_same_entry() {
    for lifts in ["X", "a", "=", "u"] {
        let mut story = Story::new(5_000);
        story.settle().keys("j").settle().keys("X").rest();
        story.keys("G").rest();
        story.keys("kkk").rest();
        let (at, before) = (story.at(), story.requests.len());
        story.keys(lifts).rest();
        assert_eq!(story.at(), at, "{lifts}: {:#?}", story.screen());
        assert!(story.model.reader.narrowing().is_everything());
        let all = story.requests.iter().skip(before);
        let all = all.inspect(|(query, _)| assert_eq!(*query, Query::All)).count();
        assert!(all <= 2 * 7 + 5, "{lifts}: {all} requests");
        story.keys("<c-o>").rest();
        assert!(story.at() > at.map(|at| at + 4_000), "{lifts}: back to where G began: {:?}", story.at());
    }
}
