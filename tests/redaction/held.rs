//! Numbers that are held back until everybody is known.

use ticketlog::{
    assets,
    model::redaction::{Redaction, Scope},
};

use crate::{
    aliases::{called, redaction},
    dice::{Dice, seeds},
    log::{make, raw},
};

#[test]
fn numbers_that_are_held_back_are_those_of_whoever_knew_everybody_first() {
    for scope in [Scope::Everyone, Scope::Clients] {
        for seed in seeds(10) {
            let entries = make(&mut Dice::new(seed), 12, 40).entries;
            let new = || Redaction::new(scope, &assets::action_types().unwrap());
            let mut knowing = new();
            for entry in &entries {
                knowing.learn(entry);
            }
            let mut holding = new().holding_numbers();
            for entry in entries.iter().rev() {
                holding.learn(entry);
                let copy = holding.entry(entry);
                let name = copy.actor.as_ref().map(|user| raw(&user.name).to_owned()).unwrap_or_default();
                let has_number = ["Agent ", "Client ", "Bot ", "Person "]
                    .iter()
                    .any(|word| name.strip_prefix(word).is_some_and(|rest| rest.parse::<u64>().is_ok()));
                assert!(!has_number, "REDACTION_SEED={seed}: {name}");
                assert_eq!(holding.legend(), []);
            }
            assert!(holding.lacks_numbers());
            holding.release_numbers();
            assert!(!holding.lacks_numbers());
            assert_eq!(called(&holding), called(&knowing), "REDACTION_SEED={seed}");
            for entry in &entries {
                assert!(holding.entry(entry).is_same(&knowing.entry(entry)), "REDACTION_SEED={seed}");
            }
        }
    }
}

#[test]
fn who_has_a_number_keeps_it_and_newcomers_wait_for_theirs() {
    let entries = make(&mut Dice::new(7), 12, 40).entries;
    let (new, old) = entries.split_at(3);
    let mut holding = redaction(&[]).holding_numbers();
    for entry in new {
        holding.learn(entry);
    }
    holding.release_numbers();
    let before = called(&holding);
    for entry in old {
        holding.learn(entry);
    }
    assert_eq!(called(&holding), before);
    assert!(holding.lacks_numbers());
    holding.release_numbers();
    let after = called(&holding);
    assert!(after.len() > before.len());
    assert!(before.iter().all(|(id, alias)| after.get(id) == Some(alias)));
}
